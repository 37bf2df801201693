"""Retention of the 控え of what was issued: how long they stay, who is named in them, and their erasing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain, short_date
from app.calendar.wareki import fiscal_year_of
from app.common.and_others import and_others
from app.programme.holds import Holds, read_holds
from app.programme.rules import copies_until
from app.programme.services import agreed_years
from db.backups import finish_erasing
from db.engine import Database
from db.erasing import erase
from db.journal import Change
from db.record import RowsById, record
from db.records.documents import KeptPaper, Outgoing, OutgoingOrganisation, OutgoingPerson, StoredFile
from db.records.events import Event
from db.records.programme import Programme
from db.redactions import REDACTED
from db.row_history import row_histories
from db.rows import by_id, rows
from db.store import Store
from db.tables import documents as table
from db.tables import journal

_SHOWN = 3


def fiscal_year_of_row(store: Store, row: Outgoing) -> int:
    """Return the fiscal year of a row of the log: that of its event or document, else that of its day."""
    year = _year_of(store, row)
    return year.fiscal_year if year is not None else fiscal_year_of(row.at.date())


def kept_until(store: Store, row: Outgoing) -> date:
    """Return the last day on which the copy of a row is kept, by the setting of its year."""
    event = by_id(store.database, Event, row.event_id)
    year, known = _year_of(store, row), agreed_years(store.database)
    if year is not None:
        agreed = next(one for one in known if one.id == year.id)
        return copies_until(agreed, event.event_date if event is not None else None)
    # Of a year that was never started here: as long as any year of the folder says, so that none goes too early.
    then = fiscal_year_of(row.at.date())
    usual = Programme(fiscal_year=then, title="", term_end=date(then + 1, 3, 31))
    return max(copies_until(replace(one, fiscal_year=then, term_end=usual.term_end)) for one in (*known, usual))


def _year_of(store: Store, row: Outgoing) -> Programme | None:
    """Return the year that an outgoing document belongs to: that of its event, else its own, else that of its day.

    None = that year was never started here.
    """
    event = by_id(store.database, Event, row.event_id)
    programme_id = event.programme_id if event is not None else row.programme_id
    year = by_id(store.database, Programme, programme_id)
    if year is None:
        year = next(iter(rows(store.database, Programme, fiscal_year=fiscal_year_of(row.at.date()))), None)
    return year


def copies_naming(store: Store, *, person_id: int | None = None, organisation_id: int | None = None) -> str:
    """Return a sentence on the stored copies that name a person or 団体 and how long they stay, "" if none.

    ``person_id`` or ``organisation_id`` is given.
    """
    found = table.copies_with(store.database, person_id=person_id, organisation_id=organisation_id)
    if not found:
        return ""
    named = "、".join(f"{row.document_kind}（{short_date(row.at.date())}）" for row in found[:_SHOWN])
    more = and_others(found, _SHOWN, " ほか{}件")
    last = max(kept_until(store, row) for row in found)
    return (
        f"出した書類の控え{len(found)}件には載ったまま残ります：{named}{more}。"
        f"控えの保存期間は{long_date_plain(last)}までです。"
    )


@record
class ExpiredCopies:
    """The rows whose copy is past its retention period, oldest first; ``held_words`` says which others stay and why."""

    rows: tuple[Outgoing, ...]
    held_words: str = ""


def _is_about_held(store: Store, row: Outgoing, holds: Holds) -> bool:
    year = _year_of(store, row)
    return holds.keeps(event_id=row.event_id, programme_id=year.id if year is not None else None)


def read_expired(store: Store, *, today: date) -> ExpiredCopies:
    """Return the copies past their retention period that nothing holds."""
    found = [row for row in table.rows_with_copy(store.database) if kept_until(store, row) < today]
    holds = read_holds(store.database, today)
    inside = rows(store.database, OutgoingPerson, person_id=sorted(holds.people))
    named = {one.outgoing_id for one in inside}
    held = [row for row in found if row.id in named or _is_about_held(store, row, holds)]
    words = f"ほかに、保存期間を過ぎた控え{len(held)}件があります。{holds.words}" if held else ""
    return ExpiredCopies(rows=tuple(row for row in found if row not in held), held_words=words)


def erase_expired(context: ActionContext, *, outgoing_ids: Sequence[int]) -> ActionResult:
    """Erase copies past their retention with the list of who is named in them; the row with its hash stays; no undo.

    It is an erasing like any other: listed beside the backups, so that no restore brings a copy back.

    Raises:
        UserError: none was chosen, or one of them must still be kept.
    """
    found = read_expired(context.store, today=context.today)
    expired = RowsById(found.rows)
    wanted = [expired[one] for one in outgoing_ids if one in expired]
    if not wanted or len(wanted) < len(set(outgoing_ids)):
        raise UserError(f"保存期間の残っている控えは消去できません。{found.held_words}", "一覧を開き直してください。")
    kept = _kept_with_all(context.store, wanted)
    ours = {("outgoing", row.id) for row in wanted} | {("kept_papers", one.id) for one in kept}
    held = [row.copy_file_id for row in wanted] + [part for one in kept for part in (one.content_file_id, one.file_id)]
    files = [
        file
        for file_id in dict.fromkeys(one for one in held if one is not None)
        if (file := by_id(context.database, StoredFile, file_id)) is not None
        and set(journal.referring_rows(context.database, "stored_files", file_id)) <= ours  # else others keep the same
    ]
    lives = row_histories(context.database)
    erase(
        context.store,
        {lives.current["stored_files", file.id]: {"name": REDACTED} for file in files},
        action=f"保存期間を過ぎた控え{len(wanted)}件を消去",
        by=context.by,
        now=context.now,
        files=[file.keyed_hash for file in files],
        write_note=lambda change: _erase_copies(context.database, change, wanted, kept, context.today),
    )
    left = "".join(finish_erasing.finish(context.store, now=context.now))
    return ActionResult(
        f"保存期間を過ぎた控え{len(wanted)}件を消去しました。{found.held_words}{left}", wanted[0].id, can_undo=False
    )


def _kept_with_all(store: Store, expired: Iterable[Outgoing]) -> list[KeptPaper]:
    """Return the kept letters of the letters of these rows, with their 起案資料 and what was replaced."""
    ids = {number for row in expired for number in row.kept_papers}
    copies = [row.copy_file_id for row in expired if row.copy_file_id is not None]
    letters = {one.letter_id for one in rows(store.database, KeptPaper, id=list(ids))}
    letters |= {one.letter_id for one in rows(store.database, KeptPaper, file_id=copies)}
    return rows(store.database, KeptPaper, letter_id=list(letters), erased_on=None)


def _erase_copies(
    database: Database, change: Change, expired: Iterable[Outgoing], kept: Iterable[KeptPaper], today: date
) -> None:
    """Delete the copies and the names in them; the rows keep their hashes and record the day of erasing."""
    for one in kept:
        change.update(KeptPaper, one.id, content_file_id=None, file_id=None, erased_on=today)
    for row in expired:
        change.update(Outgoing, row.id, copy_file_id=None, copy_erased_on=today)
        for person in rows(database, OutgoingPerson, outgoing_id=row.id):
            change.delete(OutgoingPerson, person.id)
        for organisation in rows(database, OutgoingOrganisation, outgoing_id=row.id):
            change.delete(OutgoingOrganisation, organisation.id)
