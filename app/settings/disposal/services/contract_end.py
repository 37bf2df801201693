"""契約の終わり (特22): what both sides still hold, the instruction, the certificate and the 検査, on one page.

Nothing of it is stored here: the ledgers say what the contractor holds, the retention rules what the ward holds, the
letter is the instruction, 返還・廃棄簿 the proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date, short_date_or
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event_day.checkouts.services import CHECKOUTS, is_outside
from app.ledgers.rules import cell_moment
from app.ledgers.services.ledger_reading import read_books
from app.ledgers.services.ledger_writing import insert_rows
from app.programme.holds import kept_words
from app.programme.rules import CERTIFIED
from app.programme.services import ProgrammeView, read_programme
from app.settings.disposal.services.due_rows import read_due
from app.submissions.deliverables.services.disposal_ledger import DISPOSAL_LEDGER
from app.submissions.deliverables.services.disposal_order import DisposalOrder, read_disposal_order
from app.submissions.deliverables.services.holdings import HoldingLine
from app.year_end.completion.services.completion import Completion, read_completion
from db.record import record
from db.store import Store

EndState = Literal["left", "stray", "proven", "ward"]
EndStep = Literal["残っているもの", "指示", "証明書", "検査"]
STEPS: tuple[EndStep, ...] = ("残っているもの", "指示", "証明書", "検査")
_DUE = {"due": "消す時期が来た", "marked": "消す印を付けた", "kept": "理由を書いて残した", "later": "まで持つ"}


@record
class ContractEndRow:
    """One item still held or settled: medium, quantity, source and state.

    Attributes:
        state: ``left`` = the contractor holds it, ``stray`` = a row of 返還・廃棄簿 that matches no item, ``proven`` =
            returned or destroyed, ``ward`` = the ward holds it.
        line: the line of 残っているもの. row_key: the row of 返還・廃棄簿 that matches no line. link: leads to its
            source.
    """

    id: str
    state: EndState
    item: str
    medium: str
    quantity: str
    source: str
    state_text: str
    line: HoldingLine | None = None
    row_key: str = ""
    link: ActionLink | None = None
    needs_attention: bool = False


@record
class ContractEnd:
    """The end of a contract: its rows, the letter, the completion, and the next step ("" = none).

    ``held_text`` says what is held, to be told before the contractor destroys it.
    """

    view: ProgrammeView
    rows: tuple[ContractEndRow, ...]
    order: DisposalOrder
    completion: Completion
    next_step: EndStep | Literal[""]
    held_text: str = ""

    @property
    def fiscal_year(self) -> int:
        """Return the fiscal year."""
        return self.view.programme.fiscal_year

    @property
    def remaining_count(self) -> int:
        """Return how many items the contractor still has to return or destroy."""
        return len(self.order.holdings.remaining)

    @property
    def stray_rows(self) -> tuple[ContractEndRow, ...]:
        """Return the rows of 返還・廃棄簿 that match no item of the list."""
        return tuple(one for one in self.rows if one.state == "stray")


def read_contract_end(
    store: Store, *, fiscal_year: int | None = None, programme_id: int | None = None, today: date
) -> ContractEnd:
    """Return the state of the end of a year's contract, by ``fiscal_year`` or ``programme_id`` (else the newest).

    Raises:
        UserError: no such year.
    """
    view = read_programme(store, fiscal_year=fiscal_year, programme_id=programme_id, on=today)
    order = read_disposal_order(store.database, view.programme)
    completion = read_completion(store, programme_id=view.programme.id, today=today)
    rows = (
        *(_held_row(one) for one in order.holdings.remaining),
        *_stray_rows(order),
        *(_held_row(one) for one in order.holdings.proven),
        *_ward_rows(store, view, order, today),
    )
    return ContractEnd(
        view=view,
        rows=rows,
        order=order,
        completion=completion,
        next_step=_next_step(order, completion),
        held_text=kept_words(store.database, today),
    )


def contract_end_words(store: Store, *, programme_id: int, today: date) -> tuple[str, bool]:
    """Return in words how much is left and what comes next, and whether nothing does."""
    view = read_programme(store, programme_id=programme_id, on=today)
    order = read_disposal_order(store.database, view.programme)
    step = _next_step(order, read_completion(store, programme_id=programme_id, today=today))
    left = len(order.holdings.remaining)
    words = f"残っているもの {left}件" if left else "残っているものはない"
    return (f"{words}・つぎは{step}" if step else words), not step


def _next_step(order: DisposalOrder, completion: Completion) -> EndStep | Literal[""]:
    """Return the next step, "" after the last; items new since the instruction are notified first."""
    if order.is_outdated or (order.holdings.remaining and order.notification is None and order.certificate is None):
        return "指示"
    certified = any(one.kind == CERTIFIED and one.checked_on is not None for one in completion.papers)
    if order.holdings.remaining or (order.notification is not None and not certified):
        return "証明書"
    return "検査" if completion.passed_on is None else ""


def _held_row(line: HoldingLine) -> ContractEndRow:
    """Return the row of the list for an item that the contractor holds, or that is proven returned or destroyed."""
    day = fill_nonempty("{} ", short_date_or("", line.ended_on))
    return ContractEndRow(
        id=line.id,
        state="left" if line.is_remaining else "proven",
        item=line.item,
        medium=line.medium,
        quantity=line.quantity,
        source=line.source,
        state_text=line.difference or f"{day}{line.ended_how}".strip() or "証明なし",
        line=line,
        link=ActionLink("管理簿", ledger=line.ledger) if line.ledger else ActionLink("アンケートの一覧"),
        needs_attention=bool(line.difference),
    )


def _stray_rows(order: DisposalOrder) -> Iterator[ContractEndRow]:
    """Yield a row of the list for each row of the contractor's certificate that matches no item."""
    for line in order.holdings.unmatched_rows:
        cells = line.cells
        yield ContractEndRow(
            id=f"{DISPOSAL_LEDGER.key}:{line.key}",
            state="stray",
            item=cells.get("item", ""),
            medium=cells.get("medium", ""),
            quantity=cells.get("quantity", ""),
            source=f"{DISPOSAL_LEDGER.title} {line.number}番",
            state_text="どれに当たるか未定",
            row_key=line.key,
            link=ActionLink("管理簿", ledger=DISPOSAL_LEDGER.key),
            needs_attention=True,
        )


def _ward_rows(store: Store, view: ProgrammeView, order: DisposalOrder, today: date) -> Iterator[ContractEndRow]:
    """Yield what the ward itself holds: lent by the contractor, checked out, or under a retention rule."""
    for line in order.holdings.lines:
        if line.holder == "区":
            yield replace(_held_row(line), state="ward", state_text="受託者に返す", line=None, needs_attention=True)
    book, _setting = read_books(store.database, view.programme, today, (CHECKOUTS,))[CHECKOUTS.key]
    for out in book.counted_lines:
        if is_outside(out.cells):
            due = cell_moment(out.cell("due"))
            yield ContractEndRow(
                id=f"{CHECKOUTS.key}:{out.key}",
                state="ward",
                item=out.cell("contents"),
                medium=out.cell("medium"),
                quantity=f"{out.cells.get('copies', '')}部",
                source=f"{CHECKOUTS.title} {out.number}番",
                state_text=join_nonempty(
                    out.cell("part") or "持出し中",
                    f"返却予定 {short_date(due.date(), today)}" if due is not None else "",
                ),
                link=ActionLink("持出し管理簿", event_id=out.event_id),
                needs_attention=True,
            )
    for kept in read_due(store, today=today).lines:
        if kept.state != "erased":
            yield ContractEndRow(
                id=f"due:{kept.id}",
                state="ward",
                item=kept.title,
                medium="データ",
                quantity=f"{kept.count}{kept.unit}",
                source=kept.events_text or kept.why,
                state_text=join_nonempty(short_date(kept.until, today), _DUE[kept.state]),
                link=ActionLink("消す時期が来たもの"),
                needs_attention=kept.is_due,
            )


def record_ended_items(
    context: ActionContext, *, fiscal_year: int, lines: Sequence[str], cells: Mapping[str, str]
) -> ActionResult:
    """Add items of 残っているもの to 返還・廃棄簿 as returned, destroyed, or kept for a reason.

    A certificate on paper is entered this way: all items that share the same details in one action.

    Args:
        lines: ids of the open ``HoldingLine``. cells: day, way, person, and for some ways a tool or a reason.

    Raises:
        UserError: an item is no longer open, or a row is not complete.
    """
    order = read_disposal_order(context.database, read_programme(context.store, fiscal_year=fiscal_year).programme)
    found = [one for one in order.holdings.remaining if one.id in lines]
    if not found or len(found) < len(set(lines)):
        raise UserError("選んだものの中に、もう残っていないものがあります。", "画面を開き直してください。")
    rows = [{"item": one.item, "medium": one.medium, "quantity": one.quantity, **cells} for one in found]
    more = and_others(found, 1, "ほか{}件")
    with context.change(
        f"「{found[0].words}」{more}の{cells.get('way', '')}を{DISPOSAL_LEDGER.title}に記入", "ledgers"
    ) as change:
        numbers = insert_rows(
            context.store,
            change,
            key=DISPOSAL_LEDGER.key,
            fiscal_year=fiscal_year,
            rows=rows,
            who=context.by,
            now=context.now,
        )
    return ActionResult(f"{DISPOSAL_LEDGER.title}に{'・'.join(map(str, numbers))}番を記入しました。")
