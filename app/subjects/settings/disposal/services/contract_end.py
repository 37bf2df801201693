"""契約の終わり (特22): 残っているもの on both shelves, the instruction, the certificate and the 検査, as one page.

- ``read_contract_end(store, fiscal_year or programme_id, today) -> ContractEnd``
- ``settle_held(act, fiscal_year, lines, cells) -> Saved`` what came back, was destroyed, or stays for a reason

Nothing of it is kept here: what the contractor holds is said by the ledgers, what the ward holds by the rules of
retention, the order by its letter, the proof by 返還・廃棄簿.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, Literal

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.common.together import together
from app.ledgers.rules.columns import moment_of
from app.ledgers.services.entering import put_rows
from app.ledgers.services.reading import read_books
from app.programme.services.programme import read_programme
from app.programme.services.programme_view import ProgrammeView
from app.subjects.settings.disposal.services.due import DueLine, read_due
from app.subjects.settings.takeouts.services.takeout_ledger import TAKEOUTS, is_outside
from app.subjects.submissions.deliverables.services.disposal_ledger import DISPOSED
from app.subjects.submissions.deliverables.services.disposal_order import CERTIFIED, DisposalOrder, read_disposal_order
from app.subjects.submissions.deliverables.services.held import HeldLine
from app.subjects.year.completion.services.completion import Completion, read_completion
from db.frozen_record import frozen_record
from db.store import Store

EndState = Literal["left", "stray", "proven", "ward"]
EndStep = Literal["残っているもの", "指示", "証明書", "検査"]
STEPS: Final[tuple[EndStep, ...]] = ("残っているもの", "指示", "証明書", "検査")
_DUE: Final = {"due": "消す時期が来た", "marked": "消す印を付けた", "kept": "理由を書いて残した", "later": "まで持つ"}


@frozen_record
class EndRow:
    """One thing: what, on which medium, how much, where it comes from, and how it stands.

    Attributes:
        line: of 残っているもの. row_key: of 返還・廃棄簿, for what names none of it. asked: what leads to it.
    """

    id: str
    state: EndState
    what: str
    medium: str
    quantity: str
    source: str
    stands: str
    line: HeldLine | None = None
    row_key: str = ""
    asked: Asked | None = None
    amber: bool = False


@frozen_record
class ContractEnd:
    """The page: its rows, the letter, the end of the contract, and the step that is the next one ("" = none is)."""

    view: ProgrammeView
    rows: tuple[EndRow, ...]
    order: DisposalOrder
    completion: Completion
    next: EndStep | Literal[""]

    @property
    def fiscal_year(self) -> int:
        """The year."""
        return self.view.programme.fiscal_year

    @property
    def left(self) -> int:
        """How much the contractor still has to give back or to destroy."""
        return len(self.order.held.left)

    @property
    def strays(self) -> tuple[EndRow, ...]:
        """The rows of 返還・廃棄簿 that name nothing of the list."""
        return tuple(one for one in self.rows if one.state == "stray")


def read_contract_end(
    store: Store, *, fiscal_year: int | None = None, programme_id: int | None = None, today: date
) -> ContractEnd:
    """Return how the end of a year's contract stands, the year named in one of both ways.

    Raises:
        Refusal: no such year.
    """
    view = read_programme(store, fiscal_year=fiscal_year, programme_id=programme_id, on=today)
    order = read_disposal_order(store.database, view.programme)
    completion = read_completion(store, programme_id=view.programme.id, today=today)
    rows = (
        *(_held_row(one) for one in order.held.left),
        *_strays(order),
        *(_held_row(one) for one in order.held.proven),
        *_of_ward(store, view, order, today),
    )
    return ContractEnd(view=view, rows=rows, order=order, completion=completion, next=_next(order, completion))


def _next(order: DisposalOrder, completion: Completion) -> EndStep | Literal[""]:
    """What comes next: something new is told first, whatever came meanwhile."""
    if order.is_outdated or (order.held.left and order.told is None and order.certificate is None):
        return "指示"
    certified = any(one.kind == CERTIFIED and one.checked_on is not None for one in completion.papers)
    if order.held.left or (order.told is not None and not certified):
        return "証明書"
    return "検査" if completion.passed_on is None else ""


def _held_row(line: HeldLine) -> EndRow:
    day = f"{short_date(line.ended)} " if line.ended is not None else ""
    return EndRow(
        id=line.id,
        state="left" if line.left else "proven",
        what=line.item,
        medium=line.medium,
        quantity=line.quantity,
        source=line.source,
        stands=line.differs or f"{day}{line.how}".strip() or "証明なし",
        line=line,
        asked=Asked("管理簿", ledger=line.ledger) if line.ledger else Asked("アンケートの一覧"),
        amber=bool(line.differs),
    )


def _strays(order: DisposalOrder) -> Iterator[EndRow]:
    for line in order.held.strays:
        cells = line.cells
        yield EndRow(
            id=f"{DISPOSED.key}:{line.key}",
            state="stray",
            what=cells.get("item", ""),
            medium=cells.get("medium", ""),
            quantity=cells.get("quantity", ""),
            source=f"{DISPOSED.title} {line.number}番",
            stands="どれに当たるか未定",
            row_key=line.key,
            asked=Asked("管理簿", ledger=DISPOSED.key),
            amber=True,
        )


def _of_ward(store: Store, view: ProgrammeView, order: DisposalOrder, today: date) -> Iterator[EndRow]:
    """What the ward itself holds: lent by the contractor, outside the office, and by its rules of retention."""
    for line in order.held.lines:
        if line.by == "区":
            yield EndRow(
                id=line.id,
                state="ward",
                what=line.item,
                medium=line.medium,
                quantity=line.quantity,
                source=line.source,
                stands="受託者に返す",
                asked=Asked("管理簿", ledger=line.ledger),
                amber=True,
            )
    book, _setting = read_books(store.database, view.programme, today, (TAKEOUTS,))[TAKEOUTS.key]
    for out in book.counted:
        if is_outside(out.cells):
            due = moment_of(out.cells.get("due", ""))
            yield EndRow(
                id=f"{TAKEOUTS.key}:{out.key}",
                state="ward",
                what=out.cells.get("contents", ""),
                medium=out.cells.get("medium", ""),
                quantity=f"{out.cells.get('copies', '')}部",
                source=f"{TAKEOUTS.title} {out.number}番",
                stands=together("持出し中", f"返却予定 {short_date(due.date(), today)}" if due is not None else ""),
                asked=Asked("持出し管理簿", event_id=out.event_id),
                amber=True,
            )
    for kept in read_due(store, today=today).lines:
        if kept.state != "erased":
            yield _due_row(kept, today)


def _due_row(line: DueLine, today: date) -> EndRow:
    return EndRow(
        id=f"due:{line.id}",
        state="ward",
        what=line.what,
        medium="データ",
        quantity=f"{line.count}{line.unit}",
        source=line.places or line.why,
        stands=together(short_date(line.until, today), _DUE[line.state]),
        asked=Asked("消す時期が来たもの"),
        amber=line.due,
    )


@deed
def settle_held(act: Act, *, fiscal_year: int, lines: Sequence[str], cells: Mapping[str, str]) -> Saved:
    """Enter things of 残っているもの into 返還・廃棄簿: they came back, were destroyed, or stay for a reason.

    It is how a certificate on paper gets there: all that it says alike in one action.

    Args:
        lines: the ids of ``HeldLine`` that are left. cells: day, way, person, and for some ways a tool or a reason.

    Raises:
        Refusal: one is not left any more, or a row is not complete.
    """
    programme = read_programme(act.store, fiscal_year=fiscal_year).programme
    order = read_disposal_order(act.database, programme)
    found = [one for one in order.held.left if one.id in lines]
    if not found or len(found) < len(set(lines)):
        raise Refusal("選んだものの中に、もう残っていないものがあります。", "画面を開き直してください。")
    rows = [{"item": one.item, "medium": one.medium, "quantity": one.quantity, **cells} for one in found]
    more = f"ほか{len(found) - 1}件" if len(found) > 1 else ""
    what = f"「{found[0].words}」{more}の{cells.get('way', '')}を{DISPOSED.title}に記入"
    with act.change(what, "ledgers") as change:
        numbers = put_rows(
            act.store, change, key=DISPOSED.key, fiscal_year=fiscal_year, rows=rows, who=act.by, now=act.now
        )
    return Saved(f"{DISPOSED.title}に{'・'.join(map(str, numbers))}番を記入しました。")
