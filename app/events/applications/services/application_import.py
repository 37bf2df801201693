"""Imports a file of applications into the rosters: preview of every row, one action to import, one to undo it.

``read_application_file`` needs no store, so it can run in the background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TypedDict, Unpack

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_of
from app.common.contacts import phone_digits
from app.common.gc_paused import pause_gc
from app.common.join_nonempty import fill_nonempty
from app.event.rules.participation import withdrawal
from app.event.services.event_records import read_event_or_error
from app.events.applications.intake.application_answers import READERS
from app.events.applications.intake.application_fields import DROPPED
from app.events.applications.intake.application_rows import ApplicationRow, ApplicationTable, read_applications
from app.events.applications.intake.ticked_columns import option_in_heading
from app.events.applications.intake.unclear_answers import (
    OWN,
    AnswerKey,
    AnswerQuestion,
    day_orders,
    find_unclear_answers,
    unclear_words_by_row,
    with_answers,
)
from app.events.applications.rules import COMPANIONS, match_wish, wish_match_level
from app.events.applications.services.application_judging import JudgedRow, RowJudge
from app.events.applications.services.application_keys import earlier_texts
from app.events.applications.services.application_misreadings import CONTACTS, apply_corrections
from app.events.applications.services.application_preview import (
    ApplicationPreview,
    FileColumns,
    PreviewRow,
    RowCorrection,
    map_file,
    rows_without_application,
)
from app.events.applications.services.application_reading import QUIET_FINDINGS, WishMatching, names_event
from app.events.applications.services.application_target import APPLICATIONS_TARGET, WISHED_DAYS
from app.events.applications.services.application_writing import (
    ABSENCE_KEY,
    ApplicationWriter,
    close_waitlist_gaps,
    read_contact_rule,
)
from app.foreign_files.cells.answer_headings import About
from app.foreign_files.cells.answer_reading import answers_question, parse_heading, parse_tick
from app.foreign_files.cells.contact_cells import plain_mail
from app.foreign_files.cells.date_parsing import DateOrder
from app.foreign_files.foreign_shape import ForeignFile
from app.importing.column_choices import COUNTED, choices_to_keep, refuse_open_columns, value_counts_words
from app.importing.column_maps import column_map, save_named_values
from app.importing.list_target import (
    build_import_record,
    read_list,
    reject_changed_file,
    revert_import,
    save_columns_within,
)
from app.importing.missing_years import days_without_year, only_twelve_months, question_words, with_years
from app.programme.services import programme_of_event, programmes
from app.registers.register.services.letter_names import names_in_letters, old_names_in_letters
from app.registers.register.services.registered_people import RegisteredPeople
from db.digits import one_width
from db.engine import Database
from db.journal import Change
from db.record import record
from db.records.applications import READ_WHOLE, ForeignImport, ImportTarget
from db.records.events import Event
from db.records.programme import Programme
from db.records.roster import Entry
from db.rows import rows as rows_of
from db.store import Store
from db.tables import events as event_table

_WISHES = "希望　"


@record
class ApplicationPlan:
    """The preview of an import, and its judged rows in the order of writing."""

    preview: ApplicationPreview
    judged_rows: tuple[JudgedRow, ...]


class ImportDecisions(TypedDict, total=False):
    """What was decided about a file of applications.

    Attributes:
        event_id: the event whose applications these are; None = each wish names its event.
        columns: column number to field, None = remembered or proposed.
        wishes: text to event (0 = not imported).
        mends: corrections by row.
        answers: answers to the questions about equal words.
        include_doubtful: rows in 確認が必要 are imported too, marked.
        year_from: the first of the twelve months in which days without a year lie; None = not chosen, or the only ones.
    """

    event_id: int | None
    columns: Mapping[int, str] | None
    wishes: Mapping[str, int]
    mends: Mapping[int, RowCorrection]
    answers: Mapping[AnswerKey, str]
    include_doubtful: bool
    year_from: date | None


@pause_gc()
def plan_applications(
    store: Store,
    file: ForeignFile,
    file_name: str,
    *,
    today: date | None = None,
    **decided: Unpack[ImportDecisions],
) -> ApplicationPlan:
    """Return every row of ``file`` judged, with the preview; see ``preview_applications`` for ``today``."""
    event_id, year_from = decided.get("event_id"), decided.get("year_from")
    mends, answers = decided.get("mends", {}), decided.get("answers", {})
    event = read_event_or_error(store.database, event_id) if event_id is not None else None
    events = [
        one for year in _candidate_years(store, event) for one in event_table.events_of_year(store.database, year.id)
    ]
    mapped = map_file(store, file, decided.get("columns"), _known_by_field(events, event))
    without_year = days_without_year(file, mapped.fields, APPLICATIONS_TARGET.day_fields)
    dated = ""
    if (
        without_year
        and year_from is None
        and today is not None
        and not days_without_year(file, mapped.fields, WISHED_DAYS)
    ):
        year = fiscal_year_of((event and event.event_date) or today)
        year_from = only_twelve_months(file, mapped.fields, APPLICATIONS_TARGET.day_fields, today, year)
        if year_from is not None:
            dated, without_year = f"{question_words(without_year)}は、本日までの1年のうちの日と読む", ()
    received = file
    file = with_years(file, mapped.fields, APPLICATIONS_TARGET.day_fields, year_from)
    released = {row for row, mend in mends.items() if mend.decision == "取り込む" and mend.reason.strip()}
    table = _read_rows(file, mapped, events, released, today)
    unsure, words = find_unclear_answers(table), unclear_words_by_row(table)
    if orders := day_orders(answers):
        table = _read_rows(file, mapped, events, released, today, orders)
    table = with_answers(table, answers, {row: mend.answers for row, mend in mends.items() if mend.answers})
    wished = WishMatching(
        table.rows,
        events,
        decided.get("wishes", {}),
        recall_wishes(store, source_key=mapped.key),
        has_wish_column="wishes" in mapped.fields.values(),
        event_id=event_id,
    )
    judge = RowJudge(
        store,
        file,
        table,
        mapped.fields,
        wished,
        mends,
        answers,
        include_doubtful=decided.get("include_doubtful", False),
        earlier_texts=partial(earlier_texts, store, received, mapped.fields, year_from),
    )
    judged = tuple(_with_unclear_words(one, words, mends) for one in judge.judge_rows(_in_order_of_arrival(table.rows)))
    by_row = {one.preview.row: one.preview for one in judged}
    preview = ApplicationPreview(
        event=event,
        events=tuple(events),
        file_name=file_name,
        file=received,
        mapped=mapped,
        wishes=wished.choices,
        rows=tuple(by_row[row.row] for row in table.rows),
        notices=(
            *_event_over_warnings(event, events, by_row.values()),
            *_other_kind_warnings(store, file_name, mapped, event),
            *judge.unlisted,
            *_file_notices(file, table, wished),
        ),
        readings=(*_readings(table), *filter(None, [dated])),
        days_without_year=without_year,
        questions=_questions((*judge.questions, *unsure), answers, by_row, judge.asked_nothing, mends),
        rule=read_contact_rule(
            store,
            programme_id=event.programme_id if event is not None else None,
            held_on=event.event_date if event is not None else None,
        ),
        needs_event=wished.needs_event,
        needs_columns=_missing_columns_text(mapped),
        rows_without_application=rows_without_application(file),
        compared_imports=judge.compared_imports(),
    )
    return ApplicationPlan(preview=preview, judged_rows=judged)


def _known_by_field(events: Sequence[Event], event: Event | None) -> dict[str, Callable[[str, str], bool]]:
    """Return by field whether a cell says something that the field knows, from heading and text."""

    def answers(about: About, heading: str, text: str) -> bool:
        return answers_question(text, parse_heading(about, heading))

    def is_state(heading: str, text: str) -> bool:
        """Return whether a cell is a state of this event; what is asked about the day of another is none."""
        other = event is not None and match_wish(heading, events) and not match_wish(heading, [event])
        return not other and answers("state", heading, text)

    def is_wish(heading: str, text: str) -> bool:
        """Return whether a cell wishes for an event; a tick means what its heading says."""
        wished = option_in_heading(heading) if parse_tick(text) is not None else text
        return names_event(wished) or bool(wish_match_level(wished, events))

    def is_mail(_heading: str, text: str) -> bool:
        return "@" in text or "@" in one_width(text) or not plain_mail(text)

    def is_phone(_heading: str, text: str) -> bool:
        return bool(phone_digits(text)) or is_mail("", text)

    about_of = {key: about for about, key in APPLICATIONS_TARGET.answer_fields.items()}
    known: dict[str, Callable[[str, str], bool]] = {
        key: partial(answers, about_of.get(key, "consent")) for key in READERS
    }
    return (
        known
        | {"status": is_state, "email": is_mail, "phone": is_phone}
        | ({"wishes": is_wish} if event is not None else {})
    )


def _with_unclear_words(
    judged: JudgedRow, words: Mapping[int, Mapping[str, str]], corrections: Mapping[int, RowCorrection]
) -> JudgedRow:
    """Return a judged row with its unreadable words, and the answers given for this row alone."""
    row = judged.preview.row
    if row not in words:
        return judged
    own = corrections[row].answers if row in corrections else {}
    return replace(
        judged, preview=replace(judged.preview, unclear_answers=tuple(words[row].items()), answers=tuple(own.items()))
    )


def _questions(
    unclear_answers: Sequence[AnswerQuestion],
    answers: Mapping[AnswerKey, str],
    rows: Mapping[int, PreviewRow],
    rows_without_questions: Collection[int],
    mends: Mapping[int, RowCorrection],
) -> tuple[AnswerQuestion, ...]:
    """Return the questions asked once, without rows settled singly, imported already or of no event here."""
    found = []
    for one in unclear_answers:
        names = [
            rows[row].name or f"{rows[row].line}行目"
            for row in one.rows
            if row not in rows_without_questions
            and not (one.field == OWN and rows[row].outcome == "取り込まない")
            and not (row in mends and mends[row].settles(one.field))
        ]
        answer = answers.get(one.key, "")
        if names:
            found.append(replace(one, names=tuple(names), answer=answer if answer in one.choices else ""))
    return tuple(found)


def _candidate_years(store: Store, event: Event | None) -> list[Programme]:
    """Return the years whose events an application may mean: that of its event, else all open ones."""
    if event is not None:
        return [programme_of_event(store, event).programme]
    return [one for one in reversed(programmes(store)) if one.closed_on is None]


def source_words(file: ForeignFile) -> str:
    """Return the label of the kind of file: 「Microsoft Forms」, or 「形の知られていない表」 if unknown."""
    return SOURCE_WORDS.get(file.source, SOURCE_WORDS.get(file.service, "形の知られていない表"))


SOURCE_WORDS: Mapping[str, str] = {
    "google_forms_csv": "Google フォーム（直接）", "google_sheets_csv": "Google フォーム（スプレッドシート経由）",
    "ms_forms_xlsx": "Microsoft Forms", "logo_form_like_csv": "LoGoフォームの形",
    "e_application_like_csv": "電子申請の形", "clerk_xlsx": "職員が作った表", "zipped_csv": "zipの中のCSV",
    "csv_named_xlsx": "中身はCSVの.xlsx", "utf16le_tsv": "タブ区切りのテキスト",
}  # fmt: skip


def _read_rows(
    file: ForeignFile,
    file_columns: FileColumns,
    events: Sequence[Event],
    accepted_rows: Collection[int],
    today: date | None,
    orders: Mapping[int, DateOrder] | None = None,
) -> ApplicationTable:
    """Return the rows as read; every text that may mean an event of the year is a wish, however it is separated."""
    return read_applications(
        file,
        file_columns.fields,
        wish_match_level=partial(wish_match_level, events=events),
        accepted_rows=accepted_rows,
        today=today,
        day_orders=orders,
    )


def _in_order_of_arrival(rows: Sequence[ApplicationRow]) -> list[ApplicationRow]:
    """Return the rows by time of arrival; a row without a time counts as of the time of the row before it."""
    last = datetime.min  # noqa: DTZ901 - local time throughout
    moments = {}
    for row in rows:
        if row.received_at is not None:
            last = row.received_at.replace(tzinfo=None)
        moments[row.row] = last
    # Rows of the same moment keep the order of the file.
    return sorted(rows, key=lambda row: moments[row.row])


def _missing_columns_text(file_columns: FileColumns) -> str:
    """Return 「氏名の列がわかりません」, also with 団体 if that column is missing too; "" with a column of names."""
    fields = set(file_columns.fields.values())
    if not fields & {"name", "organisation"}:
        return "氏名と団体の列がわかりません"
    return "" if "name" in fields else "氏名の列がわかりません"


def _event_over_warnings(chosen: Event | None, events: Sequence[Event], rows: Iterable[PreviewRow]) -> tuple[str, ...]:
    """Return a warning for each event that is cancelled or held, if it was chosen or rows would be entered for it."""
    wished = {event_id for row in rows if row.is_taken for event_id in row.event_ids}
    wished |= {chosen.id} if chosen is not None else set()
    return tuple(
        f"{event.full_title}は{event.status}です。取り込むと、その名簿に加わります。"
        for event in events
        if event.id in wished and not event.status.is_planned
    )


def _other_kind_warnings(
    store: Store, file_name: str, file_columns: FileColumns, event: Event | None
) -> tuple[str, ...]:
    """Return one warning if the file's name or its columns of wished days suggest another kind of event.

    () without an event, and where the name holds the kind of the event itself.
    """
    if event is None:
        return ()
    kinds = programme_of_event(store, event).kinds
    words = {one.kind: one.name.removesuffix("会") for one in kinds}
    if words.get(event.kind, event.kind) in file_name:
        return ()
    named = [one.name for one in kinds if words[one.kind] in file_name]
    if not named and "date1" in file_columns.fields.values() and not event.form.at_organisation:
        named = [one.name for one in kinds if one.form.at_organisation]
    return tuple(f"{kind}の申込のファイルのようです（取込先は{event.full_title}）" for kind in named[:1])


def _file_notices(file: ForeignFile, table: ApplicationTable, wished: WishMatching) -> tuple[str, ...]:
    """Return the notices about the file as a whole."""
    found = [*file.problems, *file.notices, *table.problems, *table.notices]
    said = list(dict.fromkeys(one.reason for one in found if one.row == 0))
    if not table.rows:
        said.insert(0, "見出しだけで、申込の行がありません")
    if wished.unmatched_wishes:
        said.append(f"この年度の実施回にない希望：{'、'.join(wished.unmatched_wishes)}")
    return tuple(said)


def _readings(table: ApplicationTable) -> tuple[str, ...]:
    """Return how cells of many rows were read, each with its count; nobody has to do anything about it."""
    quiet = {(one.code, one.row) for row in table.rows for one in row.notices if one.code in QUIET_FINDINGS}
    rows = Counter(code for code, _ in quiet)
    return tuple(f"{words}　{rows[code]}行" for code, words in QUIET_FINDINGS.items() if words and rows[code])


@record
class ImportResult(ActionResult):
    """The result of an import (``id`` 0 = nothing was imported), with its preview for the screen."""

    preview: ApplicationPreview


def read_application_file(path: Path, *, sheet: str = "") -> ForeignFile:
    """Return a file of applications as read; nothing is judged or written.

    Raises:
        UserError: it cannot be read (the sentence says why), or it holds something else.
    """
    return read_list(path, APPLICATIONS_TARGET, sheet=sheet)


def preview_applications(
    store: Store,
    *,
    path: Path,
    file: ForeignFile | None = None,
    sheet: str = "",
    today: date | None = None,
    **decided: Unpack[ImportDecisions],
) -> ApplicationPreview:
    """Return every row of ``path`` judged against the register, the year's events and earlier imports.

    Args:
        file: the file if read already.
        sheet: the sheet of a workbook.
        today: a receipt after it, or a year before, is asked about; None = not asked.

    Raises:
        UserError: the file cannot be read, or the event is gone.
    """
    found = file or read_application_file(path, sheet=sheet)
    return plan_applications(store, found, path.name, today=today, **decided).preview


@pause_gc()
def import_applications(
    context: ActionContext,
    *,
    path: Path,
    file: ForeignFile | None = None,
    sheet: str = "",
    seen_sha256: str = "",
    **decided: Unpack[ImportDecisions],
) -> ImportResult:
    """Import what the preview with the same arguments shows; a file without anything new imports nothing.

    Imports of an earlier version of the reader that the file repeats as a whole are marked as compared all the same.
    ``file`` None reads ``path``; the other arguments are those of ``preview_applications``.

    Args:
        seen_sha256: hash of the file as the preview showed it; a file that changed since is rejected.

    Raises:
        UserError: the file changed or cannot be read, or no column holds names, or it is unknown which event is meant.
    """
    found = file or read_application_file(path, sheet=sheet)
    reject_changed_file(seen_sha256, found.sha256)
    event_id, columns = decided.get("event_id"), decided.get("columns")
    plan = plan_applications(context.store, found, path.name, today=context.today, **decided)
    preview = plan.preview
    check_importable(preview)
    writing = [row for row in plan.judged_rows if row.entry_actions]
    if not writing and preview.compared_imports:
        with context.change("取り込み済みの申込を、今の読み方と比べた", "applications", event_id=event_id) as change:
            _mark_compared(change, preview)
        said = "取り込み済みの申込を、今の読み方と比べました。違いはありません。新しい申込もありませんでした。"
        return ImportResult(message=said, id=0, preview=preview)
    if not writing:
        empty = "" if preview.rows else "見出しだけで、データは0行です。"
        return ImportResult(message=f"{empty}新しい申込はありませんでした。何も変えていません。", id=0, preview=preview)
    names = names_in_letters(context.store, today=context.today)
    with context.change(f"申込を取り込み（{len(writing)}件）", "applications", event_id=event_id) as change:
        if columns:
            save_columns_within(change, context, APPLICATIONS_TARGET, file=found, columns=columns)
        import_id = change.insert(
            build_import_record(
                APPLICATIONS_TARGET,
                context,
                found,
                preview.file_name,
                preview.count,
                source=found.source,
                value_counts=_value_counts(preview, found),
                dropped_columns=preview.headings_of(DROPPED),
                event_id=event_id,
            )
        )
        writer = ApplicationWriter(
            change, context.database, RegisteredPeople(context.database), preview.rule, context.today
        )
        with change.batching():
            for row in writing:
                _write_row(change, context.database, writer, row, import_id)
        close_waitlist_gaps(change, context.database, _events_with_changed_places(writing))
        _mark_compared(change, preview)
    rest = old_names_in_letters(context.store, today=context.today, before=names)
    return ImportResult(message=_result_text(preview, len(writing)) + rest, id=import_id, preview=preview)


def _value_counts(preview: ApplicationPreview, file: ForeignFile) -> dict[str, str]:
    """Return by heading how often each value came among new rows, of the columns kept as numbers alone."""
    told = {one.heading: one.index for one in preview.mapped.columns if one.field == COUNTED}
    new = {row.row for row in preview.rows_to_import if row.outcome == "新規"} if told else ()
    return {heading: value_counts_words(file, index, new) for heading, index in told.items()}


def _mark_compared(change: Change, preview: ApplicationPreview) -> None:
    """Mark the imports of an earlier version of the reader as compared with today's reading."""
    for import_id in preview.compared_imports:
        change.update(ForeignImport, import_id, reading=READ_WHOLE)


def check_importable(preview: ApplicationPreview) -> None:
    """Raise ``UserError`` while a column has to be chosen, or it is unknown which holds the names or which event."""
    refuse_open_columns(preview.mapped.open_columns, APPLICATIONS_TARGET.choices(APPLICATIONS_TARGET.fields))
    if preview.needs_columns:
        raise UserError(f"{preview.needs_columns}。", "列の対応を選んでから取り込んでください。")
    if preview.needs_event:
        raise UserError("どの実施回の申込か、選ばれていません。", "実施回を選んでから取り込んでください。")


def undo_import(context: ActionContext, *, import_id: int) -> ActionResult:
    """Undo one import: its applications, their places and the people it added are deleted.

    Raises:
        UserError: it is gone, or one of its places was selected, checked in or changed since (the later action is
            named).
    """
    return revert_import(context, APPLICATIONS_TARGET, import_id=import_id)


def _write_row(change: Change, database: Database, writer: ApplicationWriter, row: JudgedRow, import_id: int) -> None:
    """Save an application with its places.

    One imported before and read otherwise is only corrected; one withdrawn in the file only sets its places to 辞退.
    """
    if row.application is None or row.applicant is None:
        for step in row.entry_actions:
            _withdraw(change, database, step.held_entries.entry_ids)
        return
    misread = next((step for step in row.entry_actions if step.kind in ("読み直し", "取下げ")), None)
    if misread is not None and row.known_application is not None:
        apply_corrections(
            change, database, misread.held_entries, row.application, row.known_application, misread.changes
        )
        if misread.kind == "取下げ":
            _withdraw(change, database, misread.held_entries.entry_ids)
        elif any(one.key in CONTACTS for one in misread.changes):
            person = misread.held_entries.person
            writer.find_or_add_person(
                replace(row.applicant, person_id=person.id if person else None), row.known_application.id
            )
        return
    application_id = (
        row.known_application.id if row.known_application else change.insert(row.application, import_id=import_id)
    )
    person_id = None
    made = False
    for step in row.entry_actions:
        applicant = row.applicant
        if step.kind == "更新":
            writer.update_entries(step.held_entries, applicant, application_id, step.changes)
            continue
        if not made:
            person_id, made = writer.find_or_add_person(applicant, application_id), True
        step.held_entries.planned_ids = writer.add_entries(
            applicant, application_id, person_id, step.held_entries.event_id
        )


def _withdraw(change: Change, database: Database, entry_ids: Sequence[int]) -> None:
    """Set places to 辞退, those that a row before made as well."""
    change.flush()
    for entry in rows_of(database, Entry, id=entry_ids):
        change.update(Entry, entry.id, **withdrawal(entry))


def _events_with_changed_places(rows: Iterable[JudgedRow]) -> set[int]:
    """Return the ids of the events in which a row may have set places to 辞退, or taken an absence back."""
    return {
        step.held_entries.event_id
        for row in rows
        for step in row.entry_actions
        if step.kind in ("取下げ", "読み直し")
        or any(change.key in ("people", COMPANIONS, ABSENCE_KEY) for change in step.changes)
    }


def _result_text(preview: ApplicationPreview, count: int) -> str:
    """Return the message after an import: the number of applications, of new places, and of rows left out."""
    people = preview.new_entry_count
    rest = len(preview.rows_left_out)
    words = f"{count}件の申込を取り込みました" + (f"（{people}人分）。" if people else "。")
    return words + fill_nonempty("取り込まなかった行が{}行あります。", rest)


def save_columns(
    context: ActionContext,
    *,
    file: ForeignFile,
    columns: Mapping[int, str],
    target: ImportTarget = ImportTarget.APPLICATIONS,
) -> ActionResult:
    """Remember these columns by their headings, for every later file of this service."""
    key, kept = choices_to_keep(context.store, file, target, columns)
    return save_named_values(context, target=target, source_key=key, values=kept, action="列の対応を覚えた")


def recall_wishes(store: Store, *, source_key: str) -> dict[str, int]:
    """Return the event that each wish of this source was assigned to; ``IGNORED`` = none."""
    found = column_map(store.database, ImportTarget.APPLICATIONS, _WISHES + source_key)
    return {text: int(event_id) for text, event_id in found.columns.items()} if found else {}


def save_wishes(context: ActionContext, *, source_key: str, wishes: Mapping[str, int]) -> ActionResult:
    """Remember these assignments of wishes for every later file of this source, besides earlier ones."""
    kept = recall_wishes(context.store, source_key=source_key) | dict(wishes)
    values = {text: str(event_id) for text, event_id in kept.items()}
    return save_named_values(
        context,
        target=ImportTarget.APPLICATIONS,
        source_key=_WISHES + source_key,
        values=values,
        action="希望と実施回の対応を覚えた",
    )
