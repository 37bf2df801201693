"""The 持出し管理簿 (特18(2)): what is taken out of the office, its return, the list of both, and which day files are
outside.

- ``note_takeout(act, takeout) -> Saved`` one row; ``check_takeout(takeout)`` refuses what is not complete
- ``note_return(act, takeout_id, returned_at, checked_by, copies, reason, disposed) -> Saved``
- ``cancel_takeout(act, takeout_id, reason) -> Saved`` a row written by mistake: it stays, marked 取消
- ``list_takeouts(store, now, event_id=None) -> TakeoutList`` open rows first
- ``files_outside(database, event_id) -> tuple[Takeout, ...]``
- ``as_corrected(database, found) -> list[Takeout]``; ``read_takeouts(database)`` all rows as the ledger says them
- ``outside_words(rows) -> str``; ``is_day_file(takeout)``; ``is_back(takeout)``; ``was_merged(takeout)``
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.common.together import together
from app.ledgers.rules.columns import moment_of
from app.ledgers.services.corrections import corrections_of
from app.papers.services.paper_kind import refuse_inside
from app.subjects.events.dispatches.services.contact_gate import check_leaving
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.protection import Takeout
from db.rows import by_id
from db.store import Store
from db.tables import protection
from db.tables import protection as table

RETURN = "持出しの返却"
PAPER = "紙"
EMPTY = "なし（空の媒体）"
OPEN, OVERDUE, PART, BACK, DISPOSED, CANCELLED = (
    "未返却", "返却予定を過ぎています", "一部未返却", "返却済", "廃棄済", "取消",
)  # fmt: skip
_ORDER = {OVERDUE: 0, PART: 1, OPEN: 1, BACK: 2, DISPOSED: 2, CANCELLED: 3}
KIND: Final = "当日持出しファイル"
MEDIUM: Final = "ノートPC／USB"
"""The medium of these rows; no row written by hand has it, so it tells them apart."""
LEDGER: Final = "takeouts"
COLUMNS: Final[Mapping[str, str]] = {
    "taken": "taken_at", "contents": "contents", "taken_by": "taken_by", "approved": "approved_by",
    "purpose": "purpose",
    "destination": "destination", "medium": "medium", "copies": "copies", "encryption": "encryption",
    "due": "due_back_at",
    "returned": "returned_at", "checked": "return_checked_by",
}  # fmt: skip
"""What of a row each column of the ledger says; the note stays as it was written."""
_MOMENTS: Final = ("taken", "due", "returned")
_OF_RETURN: Final = ("returned", "checked")


@frozen_record
class TakeoutRow:
    """One row of the ledger as a screen shows it.

    ``state`` one of 未返却 / 返却予定を過ぎています / 一部未返却 / 返却済 / 廃棄済 / 取消; ``remark`` what somebody
    should look at (the person who took it out checked its return).
    """

    id: int
    takeout: Takeout
    event_title: str
    state: str
    remark: str

    @property
    def open(self) -> bool:
        """Whether something is still outside."""
        return self.state in (OPEN, OVERDUE, PART)


@frozen_record
class TakeoutList:
    """The rows, what is outside first, and how many are outside."""

    rows: tuple[TakeoutRow, ...]
    open: int


def check_takeout(takeout: Takeout) -> None:
    """Refuse a row that lacks what the clause asks for (特18(1)–(3)).

    Raises:
        Refusal: no 格納情報, 持ち出した者, 承認者, 用途 or 持ち出し先, fewer than one copy, to be back on a day before
            it goes out, or a medium that holds something without a word on how it is encrypted.
    """
    asked = {
        "格納情報": takeout.contents, "持ち出した者": takeout.taken_by, "承認者": takeout.approved_by,
        "用途": takeout.purpose, "持ち出し先": takeout.destination,
    }  # fmt: skip
    missing = [name for name, value in asked.items() if not value.strip()]
    if missing:
        raise Refusal(
            f"持出し管理簿の{'、'.join(missing)}が書かれていません。", "持ち出す前に、すべて記入してください。"
        )
    refuse_inside(takeout.contents)
    if takeout.copies < 1:
        raise Refusal("部数は1以上で記入してください。", "持ち出す部数を確かめてください。")
    if takeout.due_back_at is not None and takeout.due_back_at.date() < takeout.taken_at.date():
        raise Refusal("返却予定の日が、持ち出す日より前です。", "返却予定の日を確かめてください。")
    if takeout.medium != PAPER and takeout.contents != EMPTY and not takeout.encryption.strip():
        raise Refusal(
            "暗号化の方法が書かれていません。",
            "情報を入れた媒体を持ち出すときは、暗号化してその方法を記入してください。",
        )


@deed
def note_takeout(act: Act, *, takeout: Takeout) -> Saved:
    """Write one row of the ledger; taking this back marks the row as 取消, it is never deleted.

    Raises:
        Refusal: something the clause asks for is missing (see ``check_takeout``), or contacts of a 派遣 would go to the
            contractor without consent.
    """
    check_takeout(takeout)
    check_leaving(
        act.store, event_id=takeout.event_id, to=f"{takeout.destination}　{takeout.taken_by}", contents=takeout.contents
    )
    row = replace(takeout, id=0, returned_at=None, return_checked_by="", returned_copies=None, cancelled=False)
    action = f"持出し管理簿に記入（{takeout.medium} {takeout.copies}部）"
    with act.change(action, "takeouts", event_id=takeout.event_id) as change:
        row_id = change.insert(row)
    return Saved("持出し管理簿に記入しました。", row_id)


@deed
def note_return(
    act: Act,
    *,
    takeout_id: int,
    returned_at: datetime,
    checked_by: str,
    copies: int | None = None,
    reason: str = "",
    disposed: bool = False,
) -> Saved:
    """Note what came back, when, and who checked it; with fewer copies than were taken the row stays open.

    Args:
        copies: how many are back in all; None = every one. reason: why some are missing, needed when they are.
        disposed: what came back was destroyed at once (a file for the day, a roster on paper).

    Raises:
        Refusal: nobody checked, back before it went out or later than now, more copies than were taken, or fewer
            without a reason.
    """
    (row,) = as_corrected(act.database, [get_or_refuse(act.database, Takeout, takeout_id)])
    back = row.copies if copies is None else copies
    if row.cancelled:
        raise Refusal("この行は取消になっています。", "新しい行を記入してください。")
    if not checked_by.strip():
        raise Refusal("返却確認者が書かれていません。", "返却を確かめた方の氏名を入力してください。")
    if returned_at < row.taken_at:
        raise Refusal("返却日時が、持ち出し日時より前です。", "日時を確かめてください。")
    if returned_at > act.now:
        raise Refusal("返却日時が、いまより後です。", "返却された日時を確かめてください。")
    if not 0 <= back <= row.copies:
        raise Refusal(f"持ち出した部数は{row.copies}部です。", "返却された部数を確かめてください。")
    if back < row.copies and not reason.strip():
        raise Refusal(
            f"持ち出した{row.copies}部のうち、返却は{back}部です。",
            "足りない理由を書いてください。行は閉じずに残ります。",
        )
    note = together(row.note, _missing_words(row.copies - back, reason, returned_at))
    with act.change(f"持出しの返却を記録（{back}部）", "takeouts", event_id=row.event_id) as change:
        change.update(
            Takeout,
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
    return Saved(said, row.id)


@deed
def cancel_takeout(act: Act, *, takeout_id: int, reason: str) -> Saved:
    """Mark a row that was written by mistake as 取消; it stays in the ledger with the reason.

    Raises:
        Refusal: no reason, or it is 取消 already.
    """
    row = get_or_refuse(act.database, Takeout, takeout_id)
    if row.cancelled:
        raise Refusal("この行は、もう取消になっています。", "画面を開き直してください。")
    if not reason.strip():
        raise Refusal("取消の理由が書かれていません。", "理由を書いてください。行は消えずに残ります。")
    note = together(row.note, f"取消：{reason.strip()}")
    with act.change("持出し管理簿の行を取消にした", "takeouts", event_id=row.event_id) as change:
        change.update(Takeout, row.id, cancelled=True, note=note)
    return Saved("行を取消にしました。管理簿には残ります。", row.id)


def list_takeouts(store: Store, *, now: datetime, event_id: int | None = None) -> TakeoutList:
    """Return the ledger of one event, or all of it: overdue rows first, then what is outside, newest first within."""
    database = store.database
    found = as_corrected(
        database, table.takeouts(database) if event_id is None else table.takeouts_of_event(database, event_id)
    )
    titles: dict[int, str] = {}
    for one in {row.event_id for row in found if row.event_id is not None}:
        event = by_id(database, Event, one)
        titles[one] = event.full_title if event is not None else ""
    rows = [
        TakeoutRow(
            id=row.id,
            takeout=row,
            event_title=titles.get(row.event_id or 0, ""),
            state=state_of_takeout(row, now),
            remark=_remark(row),
        )
        for row in found
    ]
    rows.sort(key=lambda row: (_ORDER[row.state], -row.takeout.taken_at.timestamp(), -row.id))
    return TakeoutList(rows=tuple(rows), open=sum(row.open for row in rows))


def read_takeouts(database: Database) -> list[Takeout]:
    """Return every row in the order in which they were written, 取消 included, as the ledger says them."""
    return as_corrected(database, protection.takeouts(database))


def as_corrected(database: Database, found: Sequence[Takeout]) -> list[Takeout]:
    """Return rows with what the 訂正行 of the ledger say of them: it is corrected there, and read here."""
    said = corrections_of(database, LEDGER) if found else {}
    return [_corrected(row, said.get(row_key(row), {})) for row in found]


def row_key(row: Takeout) -> str:
    """Return the key under which the ledger draws a row."""
    return f"takeouts:{row.id}"


def _corrected(row: Takeout, said: Mapping[str, str]) -> Takeout:
    values: dict[str, Any] = {}
    for column, text in said.items():
        # A return that was taken back is none, and what tells a day file from a row by hand stays.
        unsaid = column in _OF_RETURN and not getattr(row, COLUMNS[column])
        if column not in COLUMNS or unsaid or (column == "medium" and MEDIUM in (row.medium, text)):
            continue
        values[COLUMNS[column]] = moment_of(text) if column in _MOMENTS else int(text) if column == "copies" else text
    return replace(row, **values)


def state_of_takeout(row: Takeout, now: datetime) -> str:
    """Say where a row stands at ``now``."""
    if row.cancelled:
        return CANCELLED
    if is_back(row):
        return DISPOSED if row.disposed_at is not None else BACK
    if row.due_back_at is not None and row.due_back_at < now:
        return OVERDUE
    return PART if row.returned_at is not None else OPEN


def _missing_words(missing: int, reason: str, at: datetime) -> str:
    return f"{short_date(at.date())} 不足{missing}部：{reason.strip()}" if missing else reason.strip()


def _remark(row: Takeout) -> str:
    if not row.cancelled and row.return_checked_by and row.return_checked_by == row.taken_by:
        return "持ち出した者と返却確認者が同じ人です。別の人が確かめるのが原則です。"
    return ""


def takeout_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return what is still outside, each with the day it should be back."""
    if event_id is None:
        found = read_takeouts(database)
    else:
        found = as_corrected(database, protection.takeouts_of_event(database, event_id))
    open_rows = [row for row in found if not row.cancelled and not is_back(row)]
    return [_return(row) for row in open_rows]


def _return(row: Takeout) -> FollowUp:
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
        asked=Asked("持出しの返却を記録する", event_id=row.event_id),
    )


def is_day_file(row: Takeout) -> bool:
    """Whether a row of the ledger stands for a 当日持出しファイル."""
    return row.medium == MEDIUM


def was_merged(row: Takeout) -> bool:
    """Whether what the file brought back is in the roster (a return noted by hand brings nothing back)."""
    return row.merged_at is not None


def files_outside(database: Database, event_id: int) -> tuple[Takeout, ...]:
    """Return the files of one event that are not back, the first taken first."""
    return _outside(as_corrected(database, protection.takeouts_of_event(database, event_id)))


def every_file_outside(database: Database) -> tuple[Takeout, ...]:
    """Return the files of all events that are not back."""
    return _outside(read_takeouts(database))


def _outside(found: Sequence[Takeout]) -> tuple[Takeout, ...]:
    return tuple(row for row in found if is_day_file(row) and not row.cancelled and not is_back(row))


def is_back(row: Takeout) -> bool:
    """Whether all of it is back. A return without the file (0 of 1) leaves it outside: it is lost until it is found."""
    return row.returned_at is not None and (row.returned_copies is None or row.returned_copies >= row.copies)


def outside_words(rows: Sequence[Takeout]) -> str:
    """「9/24(木) 12:30 見本 太郎さんが持出し中」, or nothing."""
    return "、".join(f"{short_date(row.taken_at.date())} {row.taken_at:%H:%M} {row.taken_by}さん" for row in rows) + (
        "が持出し中" if rows else ""
    )
