"""Saves the records of 協議 of a year with views, decision and reason; searches, withdraws and confirms them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.documents.services.notification_kinds import MatterLine
from app.documents.services.stored_files import keep_file
from app.programme.services.programme import programmes, read_programme
from app.subjects.events.agreements.rules import State, is_open, matches_search, missing_parts, search_words, state_of
from app.subjects.events.agreements.services.notified_changes import read_change_notification
from db.engine import Database
from db.fields import corrections
from db.frozen_record import frozen_record
from db.records.agreements import Agreement, AgreementFile, Homework, Meeting
from db.records.events import Event
from db.rows import rows
from db.store import Store
from db.tables.agreements import next_number, of_year, with_related_texts

SUBJECT = "agreements"


@frozen_record
class RecordRow:
    """One 協議 in the list; ``homework`` counts open 宿題, ``is_match`` = found by the search."""

    id: int
    record: Agreement
    event: Event | None
    state: State
    homework: int
    is_match: bool

    @property
    def day(self) -> date | None:
        """Return the day of the decision, else that on which it was opened."""
        return self.record.settled_on or self.record.asked_on

    @property
    def about(self) -> str:
        """Return the event, or 「年度」."""
        return self.event.full_title if self.event is not None else "年度に共通"

    @property
    def question(self) -> str:
        """Return what it was about, in one line."""
        return self.record.content.strip().split("\n")[0] or self.record.topic


@frozen_record
class HomeworkRow:
    """One 宿題 with the 協議 or 打合せ it comes from."""

    id: int
    homework: Homework
    record: Agreement | None
    meeting: Meeting | None

    @property
    def source(self) -> str:
        """Return 「第3号」「第2回 打合せ」."""
        if self.record is not None:
            return f"協議 {self.record.record_number}".strip() if self.record.record_number else self.record.topic
        return f"第{self.meeting.ordinal}回 打合せ" if self.meeting is not None else ""


@frozen_record
class RecordList:
    """The 協議 of a year, matches first, then newest first; ``synonyms`` are words searched beside the typed ones."""

    programme_id: int
    fiscal_year: int
    text: str
    synonyms: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    meetings: tuple[Meeting, ...]
    homework: tuple[HomeworkRow, ...]

    @property
    def match_count(self) -> int:
        """Return how many the search found."""
        return sum(row.is_match for row in self.rows)


@frozen_record
class AgreementView:
    """One 協議 with everything that belongs to it.

    Attributes:
        matter_number: its position among the 協議 of its meeting.
        contract_change: status of its 契約変更の協議書.
    """

    record: Agreement
    fiscal_year: int
    event: Event | None
    state: State
    meeting: Meeting | None
    matter_number: str
    homework: tuple[Homework, ...]
    files: tuple[AgreementFile, ...]
    missing: tuple[str, ...]
    contract_change: MatterLine | None = None


def read_records(store: Store, *, fiscal_year: int | None = None, text: str = "") -> RecordList:
    """Return the 協議 of a year, newest first; matches of ``text`` come before the rest.

    Raises:
        UserError: that year was not started here.
    """
    database = store.database
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    records = of_year(database, programme.id)
    events = {one.id: one for one in rows(database, Event, programme_id=programme.id)}
    meetings = rows(database, Meeting, programme_id=programme.id, order="-held_on")
    withdrawn = {record.id for record in records if record.withdrawn_on is not None}
    noted = rows(database, Homework, programme_id=programme.id, order=("due nulls last", "id"))
    # A withdrawn 協議 has nothing left to do.
    homework = [task for task in noted if not (task.agreement_id in withdrawn and is_open(task))]
    files: dict[int, list[str]] = {}
    for one in rows(database, AgreementFile, agreement_id=[record.id for record in records]):
        files.setdefault(one.agreement_id, []).append(one.name)
    of_record: dict[int, list[Homework]] = {}
    for task in noted:
        of_record.setdefault(task.agreement_id or 0, []).append(task)
    listed = []
    for record in records:
        event = events.get(record.event_id or 0)
        tasks = of_record.get(record.id, [])
        said = _searchable_texts(record, event, tasks, files.get(record.id, ()))
        listed.append(
            RecordRow(
                id=record.id,
                record=record,
                event=event,
                state=state_of(record),
                homework=sum(is_open(task) for task in tasks if record.id not in withdrawn),
                is_match=bool(text.strip()) and matches_search(text, said),
            )
        )
    listed.sort(key=lambda row: (row.is_match, row.day or date.max, row.record.ordinal or 0, row.id), reverse=True)
    known = {record.id: record for record in records}
    of_meeting = {meeting.id: meeting for meeting in meetings}
    return RecordList(
        programme_id=programme.id,
        fiscal_year=programme.fiscal_year,
        text=text,
        synonyms=search_words(text)[1],
        rows=tuple(listed),
        meetings=tuple(meetings),
        homework=tuple(_task_row(task, known, of_meeting) for task in homework),
    )


def _task_row(task: Homework, records: Mapping[int, Agreement], meetings: Mapping[int, Meeting]) -> HomeworkRow:
    record, meeting = records.get(task.agreement_id or 0), meetings.get(task.meeting_id or 0)
    return HomeworkRow(id=task.id, homework=task, record=record, meeting=meeting)


def _searchable_texts(
    record: Agreement, event: Event | None, homework: Sequence[Homework], files: Sequence[str]
) -> tuple[str, ...]:
    """Return all texts that are searched."""
    return (
        record.topic, record.content, record.ward_view, record.contractor_view, record.decision, record.reason,
        record.clause, record.partner, record.ward_people, record.related, record.note, record.section_answer,
        record.record_number, event.full_title if event is not None else "",
        *(task.text for task in homework), *files,
    )  # fmt: skip


def find_records(database: Database, text: str, events: Iterable[Event], limit: int) -> tuple[list[Agreement], int]:
    """Return up to ``limit`` records of all years with every word of ``text``, newest first, and their total number.

    Args:
        events: those of all years.
    """
    known = {one.id: one for one in events}
    found = [
        one
        for one, belonging in with_related_texts(database)
        if _has_content(one)
        and matches_search(text, _searchable_texts(one, known.get(one.event_id or 0), (), (belonging,)))
    ]
    return found[:limit], len(found)


def _has_content(agreement: Agreement) -> bool:
    return bool(agreement.content.strip() or agreement.decision.strip() or agreement.reason.strip())


def read_record(store: Store, *, agreement_id: int) -> AgreementView:
    """Return one 協議 with everything that belongs to it; raises ``UserError`` when it is gone."""
    database = store.database
    record = get_or_raise(database, Agreement, agreement_id)
    event = get_or_raise(database, Event, record.event_id) if record.event_id is not None else None
    year = year_of_record(store, record, event)
    meeting = get_or_raise(database, Meeting, record.meeting_id) if record.meeting_id is not None else None
    place = ""
    if meeting is not None:
        held = [one.id for one in rows(database, Agreement, meeting_id=meeting.id, order=("ordinal nulls last", "id"))]
        place = f"{len(held)}件のうち{held.index(record.id) + 1}件目"
    return AgreementView(
        record=record,
        fiscal_year=year,
        event=event,
        state=state_of(record),
        meeting=meeting,
        matter_number=place,
        homework=tuple(rows(database, Homework, agreement_id=record.id, order=("due nulls last", "id"))),
        files=tuple(rows(database, AgreementFile, agreement_id=record.id)),
        missing=missing_parts(record),
        contract_change=read_change_notification(store, record, year),
    )


def year_of_record(store: Store, record: Agreement, event: Event | None) -> int:
    """Return the fiscal year of a 協議: that of its event, else its own."""
    programme_id = event.programme_id if event is not None else record.programme_id
    return next(one.fiscal_year for one in programmes(store) if one.id == programme_id)


@deed
def save_record(context: ActionContext, *, record: Agreement) -> ActionResult:
    """Save a 協議 as typed (``id`` 0 = a new one); the day of the decision gives it the next number of its year.

    Args:
        record: ``event_id`` None = of the year ``programme_id``; else the year is that of the event.

    Raises:
        UserError: no question; a decision without its day, or a day that lies ahead; it was confirmed or withdrawn; or
            it would join or leave a confirmed meeting.
    """
    database = context.database
    if not (record.topic.strip() or record.content.strip()):
        raise UserError("何を協議したかが書かれていません。", "問いを一行で書いてください。")
    if record.settled_on is None and record.decision.strip():
        raise UserError("決まったことが書かれていますが、決まった日がありません。", "決まった日を入れてください。")
    if record.settled_on is not None and record.settled_on > context.today:
        raise UserError("決まった日が先の日付です。", "本日までの日を入れてください。")
    if record.event_id is not None:
        programme_id = get_or_raise(database, Event, record.event_id).programme_id
        record = replace(record, programme_id=None)
    else:
        programme_id = record.programme_id or read_programme(context.store).programme.id
        record = replace(record, programme_id=programme_id)
    before = get_or_raise(database, Agreement, record.id) if record.id else None
    if before is not None:
        if before.confirmed_on is not None:
            raise UserError("受託者が確認した記録です。", "直すときは、先に「確認を取り消す」で理由を残してください。")
        if before.withdrawn_on is not None:
            raise UserError("取消にした協議です。", "改めて決めたことは、新しい協議として記録してください。")
        record = replace(record, ordinal=before.ordinal)
        _check_confirmed_meetings(database, before.meeting_id, record.meeting_id)
    else:
        _check_confirmed_meetings(database, None, record.meeting_id)
    topic = record.topic.strip() or record.content.strip().split("\n")[0][:30]
    record = replace(record, topic=topic)
    action = f"協議「{topic}」を記録した" if not record.id else f"協議「{topic}」の記録を変えた"
    with context.change(action, SUBJECT, event_id=record.event_id) as change:
        if record.settled_on is not None and record.ordinal is None:
            record = replace(record, ordinal=next_number(database, programme_id))
        row_id = change.update_or_insert(Agreement, before, **corrections(before, record))
    return ActionResult(f"{record.record_number or '協議中'}「{topic}」を保存しました。".strip(), row_id)


def _check_confirmed_meetings(database: Database, previous_meeting_id: int | None, new_meeting_id: int | None) -> None:
    """Raise ``UserError`` if a 協議 would join or leave a 打合せ that the contractor confirmed."""
    if previous_meeting_id == new_meeting_id:
        return
    for meeting_id in (one for one in (previous_meeting_id, new_meeting_id) if one is not None):
        meeting = get_or_raise(database, Meeting, meeting_id)
        if meeting.confirmed_on is not None:
            raise UserError(
                f"第{meeting.ordinal}回の打合せは、受託者が記録を確認しています。"
                f"協議を{'加えられ' if meeting_id == new_meeting_id else '外せ'}ません。",
                "打合せを元のままにして保存するか、先に打合せ全体の確認を取り消してください。",
            )


@deed
def withdraw_record(context: ActionContext, *, agreement_id: int, reason: str) -> ActionResult:
    """Mark a numbered 協議 as 取消 with a reason; it keeps its number and stays readable.

    Raises:
        UserError: no reason, or it was withdrawn already.
    """
    record = get_or_raise(context.database, Agreement, agreement_id)
    if record.withdrawn_on is not None:
        raise UserError("この協議は、すでに取り消しています。")
    why = require_reason(reason, f"協議{record.record_number}")
    action = f"協議{record.record_number}「{record.topic}」を取り消した"
    with context.change(action, SUBJECT, event_id=record.event_id) as change:
        change.update(Agreement, record.id, withdrawn_on=context.today, withdrawn_reason=why)
    return ActionResult(f"{record.record_number}を取消にしました。番号と内容は残ります。", record.id)


@deed
def confirm_record(
    context: ActionContext, *, agreement_id: int, confirmed_on: date, confirmed_how: str
) -> ActionResult:
    """Record that the contractor's 業務責任者 checked and confirmed the record.

    Raises:
        UserError: it was withdrawn, is not decided, lacks a required part, or the day lies ahead.
    """
    record = get_or_raise(context.database, Agreement, agreement_id)
    if record.withdrawn_on is not None:
        raise UserError("取消にした協議です。", "改めて決めたことは、新しい協議として記録してください。")
    if record.settled_on is None:
        raise UserError("まだ協議中です。", "決まったことと決まった日を入れてから、確認を記録してください。")
    if missing := missing_parts(record):
        raise UserError(f"{'、'.join(missing)}がありません。", "記録に書き足してから、確認を記録してください。")
    if not record.settled_on <= confirmed_on <= context.today:
        raise UserError(
            "確認日は、決まった日から本日までの日です。",
            f"決まった日は{short_date(record.settled_on, context.today)}です。",
        )
    action = f"協議{record.record_number}「{record.topic}」の受託者の確認を記録した"
    with context.change(action, SUBJECT, event_id=record.event_id) as change:
        change.update(Agreement, record.id, confirmed_on=confirmed_on, confirmed_how=confirmed_how.strip())
    return ActionResult(f"{record.record_number}を確認済にしました。", record.id)


@deed
def take_back_confirmation(context: ActionContext, *, agreement_id: int, reason: str) -> ActionResult:
    """Revoke the contractor's confirmation, with a reason that stays in the note."""
    record = get_or_raise(context.database, Agreement, agreement_id)
    why = require_reason(reason, "受託者の確認")
    action = f"協議{record.record_number}「{record.topic}」の確認を取り消した"
    note = join_nonempty(
        record.note, f"確認の取消（{short_date(context.today, context.today)}）：{why}", separator="\n"
    )
    with context.change(action, SUBJECT, event_id=record.event_id) as change:
        change.update(Agreement, record.id, confirmed_on=None, confirmed_how="", note=note)
    return ActionResult("確認を取り消しました。記録を直せます。", record.id)


@deed
def attach_file(context: ActionContext, *, agreement_id: int, data: bytes, name: str) -> ActionResult:
    """Save a file with a 協議, encrypted; the original stays at 原本の所在."""
    record = get_or_raise(context.database, Agreement, agreement_id)
    action = f"協議「{record.topic}」に「{name}」を添付した"
    with context.change(action, SUBJECT, event_id=record.event_id) as change:
        kept = keep_file(context.store, change, data=data, name=name, now=context.now)
        row_id = change.insert(AgreementFile(agreement_id=record.id, file_id=kept.id, name=name))
    return ActionResult(f"「{name}」を添付しました。", row_id)


@deed
def remove_file(context: ActionContext, *, attached_id: int) -> ActionResult:
    """Remove an attached file from its 協議."""
    found = get_or_raise(context.database, AgreementFile, attached_id)
    record = get_or_raise(context.database, Agreement, found.agreement_id)
    action = f"協議「{record.topic}」の添付「{found.name}」を外した"
    with context.change(action, SUBJECT, event_id=record.event_id) as change:
        change.delete(AgreementFile, found.id)
    return ActionResult(f"「{found.name}」を外しました。", record.id)
