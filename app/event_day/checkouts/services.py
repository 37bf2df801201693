"""The 持出し管理簿 (F-16, 特18(2)) as a ledger: what is taken out of the office, its return, which day files are out.

Its rows are written by check-outs, and by exporting a list of one event for a purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import (
    clock_time,
    short_date,
)
from app.calendar.wareki import fiscal_year_of
from app.common.clauses import clause_of
from app.common.contacts import contacts_in_force
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_facts import devices_words
from app.documents.rules import in_hiragana
from app.documents.services.document_kind import reject_internal
from app.documents.services.file_saving import SavedFile, SaveOptions
from app.documents.services.list_export import export_list
from app.event.rules.expected_attendance import expected_totals
from app.event.rules.participation import photo_marks
from app.event.services.expected_counts import expected_of_event
from app.event.services.tasks.follow_ups import FollowUp
from app.event_day.checkouts.rules import NUMBER, OFFICE_ENDS, PURPOSES, ExportPurpose, due_back
from app.events.dispatches.services.contact_consent import check_outgoing_contents
from app.events.letters.services.letter_addressees import ALL_ORGANISATIONS
from app.events.letters.services.merge_list import read_merge_list
from app.events.roster.rules import missing_roster_numbers
from app.events.roster.services.roster import Roster, RosterRow, assign_roster_numbers, read_roster
from app.ledgers.rules import (
    DerivedRow,
    LedgerBook,
    LedgerColumn,
    LedgerDoubt,
    cell_moment,
    cells_of,
    day_order_problem,
)
from app.ledgers.services.corrections import corrections_of
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.programme.services import applicant_retention_end, programme_of_event, read_programme
from db.engine import Database
from db.name_key import name_key
from db.record import record
from db.records.events import Event
from db.records.programme import Programme
from db.records.protection import Checkout
from db.records.roster import Device
from db.rows import by_id, rows_by_id
from db.rows import rows as rows_of
from db.store import Store
from db.tables import events as event_table
from db.tables import organisations, protection
from db.tables import protection as table

RETURN = "持出しの返却"
PAPER = "紙"
EMPTY_TEXT = "なし（空の媒体）"
OPEN, OVERDUE, PART, BACK, DISPOSED, CANCELLED, NOT_ERASED, LATE_TO_ERASE = (
    "未返却", "返却予定を過ぎています", "一部未返却", "返却済", "廃棄済", "取消", "未消去", "消去する日を過ぎています",
)  # fmt: skip
_ORDER = {OVERDUE: 0, LATE_TO_ERASE: 0, PART: 1, OPEN: 1, NOT_ERASED: 1, BACK: 2, DISPOSED: 2, CANCELLED: 3}
KIND = "当日持出しファイル"
MEDIUM = "ノートPC／USB"
"""Medium of rows for a 当日持出しファイル; rows typed by hand never have it."""
MERGE_FILE = "差し込み用のファイル"
"""Medium of rows for a list of a mail merge, which is erased and not brought back."""
_OWN_MEDIA = frozenset({MEDIUM, MERGE_FILE})
_MERGE_KEPT = timedelta(weeks=2)
LEDGER = "takeouts"
COLUMNS: Mapping[str, str] = {
    "taken": "taken_at", "contents": "contents", "taken_by": "taken_by", "approved": "approved_by",
    "purpose": "purpose",
    "destination": "destination", "medium": "medium", "copies": "copies", "encryption": "encryption",
    "due": "due_back_at",
    "returned": "returned_at", "checked": "return_checked_by",
}  # fmt: skip
"""Attribute of a row for each column of the ledger that a correction may change; the note is not corrected."""
_MOMENTS = ("taken", "due", "returned")
_OF_RETURN = ("returned", "checked")


@record
class CheckoutRow:
    """One row of the ledger as a screen shows it.

    ``state`` is one of 未返却 / 未消去 / 返却予定を過ぎています / 消去する日を過ぎています / 一部未返却 / 返却済 /
    廃棄済 / 取消; ``remark`` is a warning (e.g. the person who took it out checked its return).
    """

    id: int
    checkout: Checkout
    event_title: str
    state: str
    remark: str

    @property
    def is_open(self) -> bool:
        """Return whether something is not back yet."""
        return self.is_overdue or self.state in (OPEN, PART, NOT_ERASED)

    @property
    def is_overdue(self) -> bool:
        """Return whether it should have been brought back, or erased, by now."""
        return self.state in (OVERDUE, LATE_TO_ERASE)


@record
class CheckoutList:
    """The rows, open ones first, the number of open ones, and that of the closed ones of other years left out."""

    rows: tuple[CheckoutRow, ...]
    open_count: int
    other_years_count: int = 0


def check_checkout(checkout: Checkout) -> None:
    """Check that a row has everything the clause requires (特18(1)–(3)).

    Raises:
        UserError: no 格納情報, 持ち出した者, 承認者, 用途 or 持ち出し先, fewer than one copy, a return day before the
            check-out, or an electronic medium without its encryption.
    """
    asked = {
        "格納情報": checkout.contents, "持ち出した者": checkout.taken_by, "承認者": checkout.approved_by,
        "用途": checkout.purpose, "持ち出し先": checkout.destination,
    }  # fmt: skip
    missing = [name for name, value in asked.items() if not value.strip()]
    if missing:
        raise UserError(
            f"持出し管理簿の{'、'.join(missing)}が書かれていません。", "持ち出す前に、すべて記入してください。"
        )
    reject_internal(checkout.contents)
    if checkout.copies < 1:
        raise UserError("部数は1以上で記入してください。", "持ち出す部数を確かめてください。")
    if checkout.due_back_at is not None and checkout.due_back_at.date() < checkout.taken_at.date():
        raise UserError("返却予定の日が、持ち出す日より前です。", "返却予定の日を確かめてください。")
    if (
        checkout.medium not in (PAPER, MERGE_FILE)
        and checkout.contents != EMPTY_TEXT
        and not checkout.encryption.strip()
    ):
        raise UserError(
            "暗号化の方法が書かれていません。",
            "情報を入れた媒体を持ち出すときは、暗号化してその方法を記入してください。",
        )


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
    with context.change(
        f"持出し管理簿に記入（{checkout.medium} {checkout.copies}部）", "takeouts", event_id=checkout.event_id
    ) as change:
        row_id = change.insert(row)
    return ActionResult("持出し管理簿に記入しました。", row_id)


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
        UserError: the row is 取消, nobody checked, a return before the check-out or in the future, more copies than
            were taken, or fewer without a reason.
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
    what = "差し込み用の一覧の消去" if is_merge_list(row) else "持出しの返却"
    with context.change(f"{what}を記録（{back}部）", "takeouts", event_id=row.event_id) as change:
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
        f"{what.rpartition('の')[2]}を記録しました。"
        if back == row.copies
        else f"{back}部の返却を記録しました。残り{row.copies - back}部は未返却のままです。"
    )
    return ActionResult(said, row.id)


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


def list_checkouts(
    store: Store, *, now: datetime, event_id: int | None = None, fiscal_year: int | None = None
) -> CheckoutList:
    """Return the ledger: rows overdue at ``now``, open, closed, 取消, each newest first.

    Args:
        event_id: the event whose rows are wanted, None = of all.
        fiscal_year: the year whose rows are wanted, with the open ones of every year; None = of all years.
    """
    database = store.database
    found = as_corrected(
        database, table.checkouts(database) if event_id is None else table.checkouts_of_event(database, event_id)
    )
    wanted = sorted({row.event_id for row in found if row.event_id is not None})
    events = rows_by_id(database, Event, id=wanted)
    of_year = {one.id for one in rows_of(database, Programme, fiscal_year=fiscal_year)} if fiscal_year else set()
    mine = {one.id for one in events.values() if one.programme_id in of_year}
    every = [
        CheckoutRow(
            id=row.id,
            checkout=row,
            event_title=event.full_title if (event := events.get(row.event_id)) is not None else "",
            state=state_of_checkout(row, now),
            remark=_remark(row),
        )
        for row in found
    ]
    rows = [row for row in every if row.is_open or fiscal_year is None or _is_of_year(row.checkout, mine, fiscal_year)]
    rows.sort(key=lambda row: (_ORDER[row.state], -row.checkout.taken_at.timestamp(), -row.id))
    return CheckoutList(
        rows=tuple(rows), open_count=sum(row.is_open for row in rows), other_years_count=len(every) - len(rows)
    )


def _is_of_year(row: Checkout, events: Container[int], fiscal_year: int) -> bool:
    """Return whether a row belongs to a year: its event is one of ``events``, the year's; without one, by its day."""
    if row.event_id is not None:
        return row.event_id in events
    return fiscal_year_of(row.taken_at.date()) == fiscal_year


def read_checkouts(database: Database) -> list[Checkout]:
    """Return every row with its corrections in the order they were written, 取消 included."""
    return as_corrected(database, protection.checkouts(database))


def as_corrected(database: Database, found: Sequence[Checkout]) -> list[Checkout]:
    """Return the rows, each with the values of its 訂正行 in the 持出し管理簿."""
    said = corrections_of(database, LEDGER) if found else {}
    return [_apply_correction(row, said.get(row_key(row), {})) for row in found]


def row_key(row: Checkout) -> str:
    """Return the key of a row in the ledger."""
    return f"takeouts:{row.id}"


def _apply_correction(row: Checkout, said: Mapping[str, str]) -> Checkout:
    """Return the row with the values that its 訂正行 gives."""
    values: dict[str, Any] = {}
    for column, text in said.items():
        # A return that was taken back is none, and what tells a day file from a row by hand stays.
        unsaid = column in _OF_RETURN and not getattr(row, COLUMNS[column])
        if column not in COLUMNS or unsaid or (column == "medium" and _OWN_MEDIA & {row.medium, text}):
            continue
        values[COLUMNS[column]] = cell_moment(text) if column in _MOMENTS else int(text) if column == "copies" else text
    return replace(row, **values)


def state_of_checkout(row: Checkout, now: datetime) -> str:
    """Return the state of a row at ``now`` (see ``CheckoutRow``)."""
    if row.cancelled:
        return CANCELLED
    if is_fully_returned(row):
        return DISPOSED if row.disposed_at is not None else BACK
    is_late = row.due_back_at is not None and row.due_back_at < now
    if is_merge_list(row):
        return LATE_TO_ERASE if is_late else NOT_ERASED
    if is_late:
        return OVERDUE
    return PART if row.returned_at is not None else OPEN


def _missing_copies_words(missing: int, reason: str, at: datetime) -> str:
    """Return 「9/24(木) 不足1部：{reason}」, the reason alone where no copy is missing."""
    return f"{short_date(at.date())} 不足{missing}部：{reason.strip()}" if missing else reason.strip()


def _remark(row: Checkout) -> str:
    """Return the remark that one person took a thing out and checked its return; "" if not so, or if cancelled."""
    if not row.cancelled and is_same_person(row.return_checked_by, row.taken_by):
        return "持ち出した者と返却確認者が同じ人です。別の人が確かめるのが原則です。"
    return ""


def is_same_person(checked_by: str, taken_by: str) -> bool:
    """Return whether both names are one person's, however they are spaced or written; False for an empty one."""
    key = name_key(checked_by)
    return bool(key) and key == name_key(taken_by)


def checkout_follow_ups(database: Database, today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return a follow-up for everything not back yet, due on 返却予定, without one on the day it was taken out."""
    if event_id is None:
        found = read_checkouts(database)
    else:
        found = as_corrected(database, protection.checkouts_of_event(database, event_id))
    open_rows = [row for row in found if not row.cancelled and not is_fully_returned(row)]
    return [_return_follow_up(row, today) for row in open_rows]


def _return_follow_up(row: Checkout, today: date) -> FollowUp:
    """Return the open task to bring back what was taken out."""
    due = row.due_back_at or row.taken_at
    until = f"返却予定 {short_date(due.date(), today)} {clock_time(due)}" if row.due_back_at else "返却予定の記入なし"
    if is_merge_list(row):
        until = f"消去する日 {short_date(due.date(), today)}"
    return FollowUp(
        task=RETURN,
        event_id=row.event_id,
        label="差し込み用の一覧を消去する" if is_merge_list(row) else "持出しの返却を記録する",
        detail=f"{row.medium} {row.copies - (row.returned_copies or 0)}部",
        due=due.date(),
        basis=f"区の自主管理。持ち出し {short_date(row.taken_at.date(), today)}　{until}",
        rule="返却予定",
        link=ActionLink("持出しの返却を記録する", event_id=row.event_id),
    )


def is_day_file(row: Checkout) -> bool:
    """Return whether a row of the ledger is for a 当日持出しファイル."""
    return row.medium == MEDIUM


def is_merge_list(row: Checkout) -> bool:
    """Return whether a row of the ledger is for a list of a mail merge."""
    return row.medium == MERGE_FILE


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
    taken = [f"{short_date(row.taken_at.date())} {clock_time(row.taken_at)} {row.taken_by}さん" for row in rows]
    return fill_nonempty("{}が持出し中", "、".join(taken))


_RETURN = "持出し・返却の画面の「返却を記録」"


def _checkout_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield the check-outs of the year's events, and those without an event made in the months of the year."""
    titles = {one.id: one.full_title for one in event_table.events_of_year(database, programme.id)}
    found = protection.checkouts(database)
    for row, corrected in zip(found, as_corrected(database, found), strict=True):
        if not _is_of_year(row, titles, programme.fiscal_year):
            continue
        values = {
            "taken": row.taken_at, "contents": row.contents, "taken_by": row.taken_by, "approved": row.approved_by,
            "purpose": row.purpose, "destination": row.destination, "medium": row.medium, "copies": f"{row.copies}",
            "encryption": row.encryption, "due": row.due_back_at, "returned": row.returned_at,
            "checked": row.return_checked_by, "part": _partial_return_text(corrected), "note": row.note,
        }  # fmt: skip
        yield DerivedRow(
            key=row_key(row),
            cells=cells_of(**values),
            written_at=row.taken_at,
            made_by="持出しを記入",
            withdrawn=row.cancelled,
            link=ActionLink("持出し管理簿", event_id=row.event_id),
            event_id=row.event_id,
        )


def _partial_return_text(row: Checkout) -> str:
    """Return 「一部未返却（1/3部）」 while only some copies are back."""
    return (
        f"{PART}（{row.returned_copies}/{row.copies}部）"
        if row.returned_at is not None and not is_fully_returned(row)
        else ""
    )


def _checkout_doubts(
    _database: Database, _programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts about check-outs (the program's own checks, not the contract's).

    They are: the same person took it and checked its return, only a part is back, or it is overdue.
    """
    for line in book.lines:
        cells = line.cells
        if is_same_person(cells.get("checked", ""), cells.get("taken_by", "")):
            yield LedgerDoubt(
                row=line.key,
                rule="返却確認者",
                words="持ち出した者が返却も確かめています",
                basis=clause_of("媒体の持出しの管理簿"),
                column="checked",
                explanation="返却は、持ち出した者と別の人が確かめるのが原則です。"
                "確かめた人を訂正するか、事情を理由に書いてください。",
            )
        if part := cells.get("part", ""):
            yield LedgerDoubt(
                row=line.key,
                rule=f"返却:{part}",
                words=part,
                basis=clause_of("媒体の持出しの管理簿"),
                column="part",
                explanation=join_nonempty(
                    cells.get("note", ""), "残りの返却を記録するか、戻らない事情を理由に書いてください。"
                ),
            )
        due = cell_moment(cells.get("due", ""))
        if due is not None and due.date() < today and is_outside(cells):
            what, state = ("消去", LATE_TO_ERASE) if cells.get("medium") == MERGE_FILE else ("返却", OVERDUE)
            yield LedgerDoubt(
                row=line.key,
                rule="返却予定",
                words=state,
                basis=clause_of("媒体の持出しの管理簿"),
                column="part" if part else "returned",
                explanation=f"{what}を記録するか、{what}が遅れている事情を理由に書いてください。",
            )


def is_outside(cells: Mapping[str, str]) -> bool:
    """Return whether what a row of the ledger checked out, or a part of it, is not back."""
    return not cells.get("returned") or bool(cells.get("part"))


def _row_problem(cells: Mapping[str, str]) -> str:
    """Return why a new or corrected row is not valid, or ""."""
    if cells.get("copies") == "0":
        return "部数は1以上で記入してください。"
    return day_order_problem(CHECKOUTS.columns, cells, ("taken", "due"), ("taken", "returned"))


CHECKOUTS = Ledger(
    key=LEDGER,
    title="持出し管理簿",
    sign="持出",
    keeper=WARD,
    clause=clause_of("媒体の持出しの管理簿"),
    about="記録媒体と重要情報の持ち出しと返却。空の媒体も1行になります",
    handling_mark="重要情報",
    allows_typed_rows=False,
    entry_link=ActionLink("持出し管理簿"),
    columns=(
        LedgerColumn("taken", "持ち出し日時", "moment", width=25),
        LedgerColumn("contents", "格納情報", width=44),
        LedgerColumn("taken_by", "持ち出した者", "person"),
        LedgerColumn("approved", "承認者", "person", shown_under=("taken_by", "承認 ")),
        LedgerColumn("purpose", "用途", shown_under=("destination", "")),
        LedgerColumn("destination", "持ち出し先", width=30),
        LedgerColumn("medium", "媒体", width=18, shown_in_list=False),
        LedgerColumn("copies", "部数", "number", width=12, unit="部", shown_in_list=False),
        LedgerColumn("encryption", "暗号化の方法", width=20, is_required=False, shown_in_list=False),
        LedgerColumn("due", "返却予定", "moment", is_required=False, shown_under=("taken", "返却・消去の予定 ")),
        LedgerColumn("returned", "返却日時", "moment", filled_later=True, recorded_elsewhere=_RETURN),
        LedgerColumn(
            "part",
            "返却の状況",
            is_required=False,
            shown_in_list=False,
            has_print_column=False,
            recorded_elsewhere=_RETURN,
        ),
        LedgerColumn(
            "checked",
            "返却確認者",
            "person",
            filled_later=True,
            shown_under=("returned", "確認 "),
            recorded_elsewhere=_RETURN,
        ),
        LedgerColumn("note", "備考", is_required=False, shown_in_list=False, has_print_column=False),
    ),
    sources=(_checkout_rows,),
    row_problem=_row_problem,
    doubt_rules=(_checkout_doubts,),
    totals=(
        Total("未返却", is_outside, names_rows=True),
        Total("空の媒体", lambda cells: cells.get("contents") == EMPTY_TEXT),
    ),
    note="格納情報のない媒体も記入する。",
)


CARE_MARK = "●"
Rows = list[tuple[str, ...]]
ENCRYPTED = "ファイルのパスワード（AES、鍵長256）"


def _check_in_rows(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    """Return rows in the order and with the numbers of the 受付名簿; missing numbers are computed, not saved."""
    coming = missing_roster_numbers([row.entry for row in roster.rows], organisations.all_organisations(store.database))
    photo = photo_marks(row.entry for row in roster.rows)
    numbers = {row.entry.id: row.entry.number or coming.get(row.entry.id, 0) for row in roster.check_in_rows}
    return [
        (
            str(numbers[row.entry.id] or ""), row.organisation_name, row.branch, row.name, in_hiragana(row.furigana),
            row.role, row.entry.device, str(row.entry.group_number or ""), row.entry.seat,
            CARE_MARK if row.entry.care.strip() else "", photo[row.entry.id],
        )
        for row in sorted(roster.check_in_rows, key=lambda row: numbers[row.entry.id])
    ]  # fmt: skip


def _name_tag_rows(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    photo = photo_marks(row.entry for row in roster.rows)
    return [
        (row.name, in_hiragana(row.furigana), row.organisation_name, photo[row.entry.id])
        for row in roster.check_in_rows
        if row.person is not None and not row.is_erased
    ]


def _call_list_rows(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    return [
        (row.organisation_name, row.branch, row.name, _contact(store, row, "電話"), _contact(store, row, "メール"))
        for row in roster.coming_rows
    ]


def _contact(store: Store, row: RosterRow, kind: str) -> str:
    """Return the contact of this kind to use for the person, else for the 団体; "" for none."""
    of_person = organisations.contacts_of_person(store.database, row.entry.person_id or 0)
    group = row.organisation.id if row.organisation is not None else 0
    of_group = organisations.contacts_of_organisation(store.database, group)
    used = contacts_in_force(of_person, kind, "中止") or contacts_in_force(of_group, kind, "中止")
    return used[0].value if used else ""


def _headcount_rows(store: Store, roster: Roster) -> list[tuple[str, ...]]:
    """Return the rows (title, number) of 人数連絡用: people, 団体, devices and 配慮."""
    totals = expected_totals(expected_of_event(store.database, roster.event))
    return [
        ("参加予定人数", f"{totals.people}人"),
        ("団体数", f"{totals.organisations}団体"),
        ("持参する端末", devices_words(totals.own_devices, totals.unknown_devices)),
        ("貸与する端末", devices_words(totals.lent_devices, totals.unknown_devices)),
        *([("端末　未確認", f"{totals.unknown_devices}人")] if totals.unknown_devices else []),
        ("配慮の必要な方", f"{totals.care_count}件"),
    ]


def _ward_rows(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    """Return 団体 (「団体なし」), 支部, 申込 and 出席 (「3人」); walk-ins and substitutes do not count as 申込."""
    applied: Counter[tuple[str, str]] = Counter()
    came: Counter[tuple[str, str]] = Counter()
    for row in roster.rows:
        key = (row.organisation_name or "団体なし", row.branch)
        applied[key] += not row.entry.walk_in and row.entry.substitute_for is None
        came[key] += row.entry.attendance.is_present
    return [(name, branch, f"{count}人", f"{came[name, branch]}人") for (name, branch), count in applied.items()]


def _lecturer_rows(_store: Store, roster: Roster) -> list[tuple[str, ...]]:
    """Return the rows (title, number) of the list for the lecturer: people, by role, by device, with care; no names."""
    people = roster.coming_rows
    roles = Counter(row.role or "役職なし・不明" for row in people)
    devices = Counter(
        {Device.OWN: "端末を持参", Device.LENT: "端末を貸与"}.get(row.entry.device, "端末は未定") for row in people
    )
    cares = sum(bool(row.entry.care.strip()) for row in people)
    rows = [
        ("参加予定人数", f"{len(people)}人"),
        *((f"役職　{role}", f"{count}人") for role, count in roles.most_common()),
    ]
    rows += [(words, f"{count}人") for words, count in sorted(devices.items())]
    return [*rows, ("配慮の必要な方", f"{cares}人")]


ROW_BUILDERS: Mapping[str, Callable[[Store, Roster], Rows]] = {
    "受付用": _check_in_rows, "名札用": _name_tag_rows, "中止連絡用": _call_list_rows, "人数連絡用": _headcount_rows,
    "区内報告用": _ward_rows,
    "講師への参考": _lecturer_rows,
}  # fmt: skip
"""Function that builds the rows, by the name of the purpose."""


@record
class PurposeList:
    """The list to export: headings, rows, and the venue of the event.

    ``people_count`` is the number of people in the list, or of those coming where its rows are not people. Of a mail
    merge ``letter`` is what it is for, one of ``letters``; ``left_out`` people of the letter are not in it,
    ``without_address`` says who has none.
    """

    purpose: ExportPurpose
    title: str
    event_title: str = ""
    venue: str = ""
    day: date | None = None
    end_time: str = ""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    people_count: int
    letter: str = ""
    letters: tuple[str, ...] = ()
    left_out: int = 0
    without_address: str = ""

    @property
    def words(self) -> str:
        """Return the number of people or addressees as words, 「17人」「11件」."""
        return f"{self.people_count}{'件' if self.purpose.is_merge else '人'}"


def read_purpose_list(store: Store, *, event_id: int, purpose: str, letter: str = "", now: datetime) -> PurposeList:
    """Return the list that would be exported for a purpose now.

    Args:
        event_id: 0 for the list of all 団体, which needs none. letter: the kind of letter that a mail merge is for.
    Raises:
        UserError: there is no such purpose, the event is gone, or the letter can't be made.
    """
    wanted = _purpose(purpose)
    about: dict[str, Any] = {"purpose": wanted}
    if event_id or not wanted.is_merge:
        event = get_or_raise(store.database, Event, event_id)
        about |= {
            "event_title": event.full_title,
            "venue": event.venue,
            "day": event.event_date,
            "end_time": event.end_time,
        }
    if wanted.is_merge:
        merge = read_merge_list(store, event_id=event_id, letter=letter, now=now)
        return PurposeList(
            **about,
            title=f"{wanted.name}の一覧（{merge.letter}）",
            columns=merge.columns,
            rows=merge.rows,
            people_count=len(merge.rows),
            letter=merge.letter,
            letters=merge.letters,
            left_out=merge.left_out,
            without_address=merge.without_address,
        )
    roster = read_roster(store, event_id=event_id)
    rows = ROW_BUILDERS[wanted.name](store, roster)
    return PurposeList(
        **about,
        title=f"{wanted.name}の一覧",
        columns=wanted.columns,
        rows=tuple(rows),
        people_count=len(rows if wanted.row_unit == "people" else roster.coming_rows),
    )


def export_for_purpose(
    context: ActionContext,
    *,
    event_id: int,
    purpose: str,
    options: SaveOptions,
    checkout: Checkout | None = None,
    letter: str = "",
    fiscal_year: int | None = None,
) -> SavedFile:
    """Write the list of a purpose, with a log row and, for personal data leaving the office, a ledger row.

    A list with numbers assigns those of the 受付名簿 first.

    Args:
        checkout: the row of the 持出し管理簿 as filled in (approver, destination, medium, due back), None where it
            stays in the office; ignored for a list without names. Event, contents and time are set here, the purpose
            if it is empty, and the encryption if the file is encrypted. A list for a mail merge needs one, with what
            it is for and the day on which it is erased.
        letter: the kind of letter that a mail merge is for. fiscal_year: the year of a list without an event.

    Raises:
        UserError: nobody is on the roster, the ledger row is incomplete, or as in ``export_list``.
    """
    sheet = read_purpose_list(context.store, event_id=event_id, purpose=purpose, letter=letter, now=context.now)
    if not sheet.rows:
        raise UserError("出力する行がありません。", "名簿に参加者を入れてから出力してください。")
    row, merge = None, sheet.purpose.is_merge
    about = None if sheet.letter == ALL_ORGANISATIONS else event_id
    event = by_id(context.database, Event, event_id)
    year = (
        programme_of_event(context.store, event)
        if event is not None
        else read_programme(context.store, fiscal_year=fiscal_year)
    ).programme
    if merge:
        _check_erasing(context, checkout, applicant_retention_end(context.database, year, sheet.day))
    if checkout is not None and sheet.purpose.names_people:
        row = replace(
            checkout,
            event_id=about,
            medium=MERGE_FILE if merge else checkout.medium,
            contents=f"{sheet.title}（{sheet.words}分：{'・'.join(sheet.purpose.personal_data)}）",
            purpose=checkout.purpose or sheet.purpose.name,
            taken_at=context.now,
            encryption=ENCRYPTED if options.way.is_encrypted else checkout.encryption,
        )
        check_checkout(row)
    to = f"{row.destination}　{row.taken_by}　{options.reason}" if row is not None else options.reason
    check_outgoing_contents(context.store, event_id=about, recipient=to, contents="・".join(sheet.columns))
    if NUMBER in sheet.columns:
        # What leaves with numbers on it keeps them, as the printed 受付名簿 does.
        assign_roster_numbers(context, event_id=event_id)
    return export_list(
        context,
        title=sheet.title,
        columns=sheet.columns,
        rows=sheet.rows,
        options=options,
        personal=sheet.purpose.names_people,
        words=f"{sheet.words}　用途 {row.purpose if row is not None and merge else sheet.purpose.name}",
        event_id=about,
        fiscal_year=year.fiscal_year,
        takeout=row,
        merge=merge,
    )


def _check_erasing(context: ActionContext, checkout: Checkout | None, last: date) -> None:
    """Raise ``UserError`` for a list of a mail merge without what it is for, or a day of erasing up to ``last``."""
    if checkout is None or not checkout.purpose.strip() or checkout.due_back_at is None:
        raise UserError(
            "何に使う一覧か、いつ消去するかが書かれていません。",
            "使い道と、差し込みが終わってファイルを消去する日を書いてください。",
            "ファイルは作成していません。",
        )
    if checkout.due_back_at.date() > last:
        raise UserError(
            f"消去する日が、氏名を消す日（{short_date(last, context.today)}）より後です。",
            "それより前の日にしてください。",
            "ファイルは作成していません。",
        )


def blank_checkout(sheet: PurposeList, *, taken_by: str, now: datetime) -> Checkout:
    """Return the ledger row to fill in: to the place of the purpose, due back after the event (see ``due_back``).

    Without a day of its own if the event has none; a list for a mail merge is erased after two weeks.
    """
    purpose = sheet.purpose
    back = due_back(sheet.day, sheet.end_time, now) if sheet.day is not None else None
    if purpose.is_merge:
        back = datetime.combine(now.date() + _MERGE_KEPT, OFFICE_ENDS)
    return Checkout(
        contents="",
        taken_at=now,
        taken_by=taken_by,
        purpose="" if purpose.is_merge else purpose.name,
        destination=sheet.venue if purpose.destination == "会場" else purpose.destination,
        medium=PAPER,
        due_back_at=back,
    )


def _purpose(name: str) -> ExportPurpose:
    """Return the purpose with this name; raises ``UserError`` when there is none."""
    found = next((one for one in PURPOSES if one.name == name), None)
    if found is None:
        raise UserError(
            f"「{name}」という用途はありません。",
            f"つぎの中から選んでください：{'、'.join(one.name for one in PURPOSES)}",
        )
    return found
