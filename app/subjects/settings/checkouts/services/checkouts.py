"""The 持出し管理簿 (特18(2)): what is taken out of the office, its return, and which day files are out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.documents.services.document_kind import reject_internal
from app.ledgers.rules.ledger_columns import cell_moment
from app.ledgers.services.corrections import corrections_of
from app.subjects.events.dispatches.services.contact_consent import check_outgoing_contents
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.protection import Checkout
from db.rows import by_id
from db.store import Store
from db.tables import protection
from db.tables import protection as table

RETURN = "持出しの返却"
PAPER = "紙"
EMPTY_TEXT = "なし（空の媒体）"
OPEN, OVERDUE, PART, BACK, DISPOSED, CANCELLED = (
    "未返却", "返却予定を過ぎています", "一部未返却", "返却済", "廃棄済", "取消",
)  # fmt: skip
_ORDER = {OVERDUE: 0, PART: 1, OPEN: 1, BACK: 2, DISPOSED: 2, CANCELLED: 3}
KIND: Final = "当日持出しファイル"
MEDIUM: Final = "ノートPC／USB"
"""Medium of rows for a 当日持出しファイル; rows typed by hand never have it."""
LEDGER: Final = "takeouts"
COLUMNS: Final[Mapping[str, str]] = {
    "taken": "taken_at", "contents": "contents", "taken_by": "taken_by", "approved": "approved_by",
    "purpose": "purpose",
    "destination": "destination", "medium": "medium", "copies": "copies", "encryption": "encryption",
    "due": "due_back_at",
    "returned": "returned_at", "checked": "return_checked_by",
}  # fmt: skip
"""Attribute of a row for each column of the ledger that a correction may change; the note is not corrected."""
_MOMENTS: Final = ("taken", "due", "returned")
_OF_RETURN: Final = ("returned", "checked")


@frozen_record
class CheckoutRow:
    """One row of the ledger as a screen shows it.

    ``state`` is one of 未返却 / 返却予定を過ぎています / 一部未返却 / 返却済 / 廃棄済 / 取消; ``remark`` is a warning
    (e.g. the person who took it out checked its return).
    """

    id: int
    checkout: Checkout
    event_title: str
    state: str
    remark: str

    @property
    def is_open(self) -> bool:
        """Return whether something is not back yet."""
        return self.state in (OPEN, OVERDUE, PART)


@frozen_record
class CheckoutList:
    """The rows, open ones first, and the number of open ones."""

    rows: tuple[CheckoutRow, ...]
    open_count: int


def check_checkout(takeout: Checkout) -> None:
    """Check that a row has everything the clause requires (特18(1)–(3)).

    Raises:
        UserError: no 格納情報, 持ち出した者, 承認者, 用途 or 持ち出し先, fewer than one copy, a return day before the
            check-out, or an electronic medium without its encryption.
    """
    asked = {
        "格納情報": takeout.contents, "持ち出した者": takeout.taken_by, "承認者": takeout.approved_by,
        "用途": takeout.purpose, "持ち出し先": takeout.destination,
    }  # fmt: skip
    missing = [name for name, value in asked.items() if not value.strip()]
    if missing:
        raise UserError(
            f"持出し管理簿の{'、'.join(missing)}が書かれていません。", "持ち出す前に、すべて記入してください。"
        )
    reject_internal(takeout.contents)
    if takeout.copies < 1:
        raise UserError("部数は1以上で記入してください。", "持ち出す部数を確かめてください。")
    if takeout.due_back_at is not None and takeout.due_back_at.date() < takeout.taken_at.date():
        raise UserError("返却予定の日が、持ち出す日より前です。", "返却予定の日を確かめてください。")
    if takeout.medium != PAPER and takeout.contents != EMPTY_TEXT and not takeout.encryption.strip():
        raise UserError(
            "暗号化の方法が書かれていません。",
            "情報を入れた媒体を持ち出すときは、暗号化してその方法を記入してください。",
        )


@deed
def record_checkout(context: ActionContext, *, checkout: Checkout) -> ActionResult:
    """Add one row to the ledger; undo marks the row as 取消, it is never deleted.

    Raises:
        UserError: something the clause requires is missing (see ``check_checkout``), or contacts of a 派遣 would go to
            the contractor without consent.
    """
    check_checkout(checkout)
    check_outgoing_contents(
        context.store,
        event_id=checkout.event_id,
        recipient=f"{checkout.destination}　{checkout.taken_by}",
        contents=checkout.contents,
    )
    row = replace(checkout, id=0, returned_at=None, return_checked_by="", returned_copies=None, cancelled=False)
    action = f"持出し管理簿に記入（{checkout.medium} {checkout.copies}部）"
    with context.change(action, "takeouts", event_id=checkout.event_id) as change:
        row_id = change.insert(row)
    return ActionResult("持出し管理簿に記入しました。", row_id)


@deed
def record_return(
    context: ActionContext,
    *,
    checkout_id: int,
    returned_at: datetime,
    checked_by: str,
    copies: int | None = None,
    reason: str = "",
    disposed: bool = False,
) -> ActionResult:
    """Record what came back, when, and who checked it; the row stays open while copies are missing.

    Args:
        copies: how many are back in all; None = every one. reason: why some are missing, required then.
        disposed: what came back was destroyed at once (a file for the day, a roster on paper).

    Raises:
        UserError: nobody checked, a return before the check-out or in the future, more copies than were taken, or fewer
            without a reason.
    """
    (row,) = as_corrected(context.database, [get_or_raise(context.database, Checkout, checkout_id)])
    back = row.copies if copies is None else copies
    if row.cancelled:
        raise UserError("この行は取消になっています。", "新しい行を記入してください。")
    if not checked_by.strip():
        raise UserError("返却確認者が書かれていません。", "返却を確かめた方の氏名を入力してください。")
    if returned_at < row.taken_at:
        raise UserError("返却日時が、持ち出し日時より前です。", "日時を確かめてください。")
    if returned_at > context.now:
        raise UserError("返却日時が、いまより後です。", "返却された日時を確かめてください。")
    if not 0 <= back <= row.copies:
        raise UserError(f"持ち出した部数は{row.copies}部です。", "返却された部数を確かめてください。")
    if back < row.copies and not reason.strip():
        raise UserError(
            f"持ち出した{row.copies}部のうち、返却は{back}部です。",
            "足りない理由を書いてください。行は閉じずに残ります。",
        )
    note = join_nonempty(row.note, _missing_copies_words(row.copies - back, reason, returned_at))
    with context.change(f"持出しの返却を記録（{back}部）", "takeouts", event_id=row.event_id) as change:
        change.update(
            Checkout,
            row.id,
            returned_at=returned_at,
            return_checked_by=checked_by.strip(),
            returned_copies=back,
            disposed_at=returned_at if disposed else row.disposed_at,
            note=note,
        )
    said = (
        "返却を記録しました。"
        if back == row.copies
        else f"{back}部の返却を記録しました。残り{row.copies - back}部は未返却のままです。"
    )
    return ActionResult(said, row.id)


@deed
def cancel_checkout(context: ActionContext, *, checkout_id: int, reason: str) -> ActionResult:
    """Mark a row that was written by mistake as 取消; it stays in the ledger with the reason.

    Raises:
        UserError: no reason, or it is 取消 already.
    """
    row = get_or_raise(context.database, Checkout, checkout_id)
    if row.cancelled:
        raise UserError("この行は、もう取消になっています。", "画面を開き直してください。")
    if not reason.strip():
        raise UserError("取消の理由が書かれていません。", "理由を書いてください。行は消えずに残ります。")
    note = join_nonempty(row.note, f"取消：{reason.strip()}")
    with context.change("持出し管理簿の行を取消にした", "takeouts", event_id=row.event_id) as change:
        change.update(Checkout, row.id, cancelled=True, note=note)
    return ActionResult("行を取消にしました。管理簿には残ります。", row.id)


def list_checkouts(store: Store, *, now: datetime, event_id: int | None = None) -> CheckoutList:
    """Return the ledger of one event or all: overdue rows first, then open ones, each group newest first."""
    database = store.database
    found = as_corrected(
        database, table.checkouts(database) if event_id is None else table.checkouts_of_event(database, event_id)
    )
    titles: dict[int, str] = {}
    for one in {row.event_id for row in found if row.event_id is not None}:
        event = by_id(database, Event, one)
        titles[one] = event.full_title if event is not None else ""
    rows = [
        CheckoutRow(
            id=row.id,
            checkout=row,
            event_title=titles.get(row.event_id or 0, ""),
            state=state_of_checkout(row, now),
            remark=_remark(row),
        )
        for row in found
    ]
    rows.sort(key=lambda row: (_ORDER[row.state], -row.checkout.taken_at.timestamp(), -row.id))
    return CheckoutList(rows=tuple(rows), open_count=sum(row.is_open for row in rows))


def read_checkouts(database: Database) -> list[Checkout]:
    """Return every row with its corrections in the order they were written, 取消 included."""
    return as_corrected(database, protection.checkouts(database))


def as_corrected(database: Database, found: Sequence[Checkout]) -> list[Checkout]:
    """Return rows with the values of their 訂正行 in the ledger applied."""
    said = corrections_of(database, LEDGER) if found else {}
    return [_apply_correction(row, said.get(row_key(row), {})) for row in found]


def row_key(row: Checkout) -> str:
    """Return the key of a row in the ledger."""
    return f"takeouts:{row.id}"


def _apply_correction(row: Checkout, said: Mapping[str, str]) -> Checkout:
    values: dict[str, Any] = {}
    for column, text in said.items():
        # A return that was taken back is none, and what tells a day file from a row by hand stays.
        unsaid = column in _OF_RETURN and not getattr(row, COLUMNS[column])
        if column not in COLUMNS or unsaid or (column == "medium" and MEDIUM in (row.medium, text)):
            continue
        values[COLUMNS[column]] = cell_moment(text) if column in _MOMENTS else int(text) if column == "copies" else text
    return replace(row, **values)


def state_of_checkout(row: Checkout, now: datetime) -> str:
    """Return the state of a row at ``now`` (see ``CheckoutRow``)."""
    if row.cancelled:
        return CANCELLED
    if is_fully_returned(row):
        return DISPOSED if row.disposed_at is not None else BACK
    if row.due_back_at is not None and row.due_back_at < now:
        return OVERDUE
    return PART if row.returned_at is not None else OPEN


def _missing_copies_words(missing: int, reason: str, at: datetime) -> str:
    return f"{short_date(at.date())} 不足{missing}部：{reason.strip()}" if missing else reason.strip()


def _remark(row: Checkout) -> str:
    if not row.cancelled and row.return_checked_by and row.return_checked_by == row.taken_by:
        return "持ち出した者と返却確認者が同じ人です。別の人が確かめるのが原則です。"
    return ""


def checkout_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return a follow-up for everything not back yet, with the day it should be back."""
    if event_id is None:
        found = read_checkouts(database)
    else:
        found = as_corrected(database, protection.checkouts_of_event(database, event_id))
    open_rows = [row for row in found if not row.cancelled and not is_fully_returned(row)]
    return [_return_follow_up(row) for row in open_rows]


def _return_follow_up(row: Checkout) -> FollowUp:
    due = row.due_back_at or row.taken_at
    return FollowUp(
        task=RETURN,
        event_id=row.event_id,
        label="持出しの返却を記録する",
        detail=f"{row.medium} {row.copies - (row.returned_copies or 0)}部",
        due=due.date(),
        basis=f"区の自主管理。持ち出し {short_date(row.taken_at.date())}　返却予定 {short_date(due.date())} "
        f"{due.hour}:{due.minute:02d}",
        rule="返却予定",
        link=ActionLink("持出しの返却を記録する", event_id=row.event_id),
    )


def is_day_file(row: Checkout) -> bool:
    """Return whether a row of the ledger is for a 当日持出しファイル."""
    return row.medium == MEDIUM


def was_merged(row: Checkout) -> bool:
    """Return whether the returned file was merged into the roster (a return recorded by hand merges nothing)."""
    return row.merged_at is not None


def files_outside(database: Database, event_id: int) -> tuple[Checkout, ...]:
    """Return the 当日持出しファイル of one event that are not back, oldest first."""
    return _day_files_outside(as_corrected(database, protection.checkouts_of_event(database, event_id)))


def all_files_outside(database: Database) -> tuple[Checkout, ...]:
    """Return the 当日持出しファイル of all events that are not back."""
    return _day_files_outside(read_checkouts(database))


def _day_files_outside(found: Sequence[Checkout]) -> tuple[Checkout, ...]:
    return tuple(row for row in found if is_day_file(row) and not row.cancelled and not is_fully_returned(row))


def is_fully_returned(row: Checkout) -> bool:
    """Return whether all copies are back; a file recorded as lost (0 of 1 back) counts as not returned."""
    return row.returned_at is not None and (row.returned_copies is None or row.returned_copies >= row.copies)


def outside_words(rows: Sequence[Checkout]) -> str:
    """Return 「9/24(木) 12:30 見本 太郎さんが持出し中」, or an empty text without rows."""
    return "、".join(f"{short_date(row.taken_at.date())} {row.taken_at:%H:%M} {row.taken_by}さん" for row in rows) + (
        "が持出し中" if rows else ""
    )
