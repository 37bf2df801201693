"""The 協議, 打合せ and 宿題 of a year: saving, searching and confirming them, and building their documents.

A 打合せ holds several 協議; a 宿題 stands on home until it is done. Each 協議 is notified and compared separately,
and once decided is evidence for the 提案書 with its number as source.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import long_date, short_date
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.event_facts import formal_title
from app.documents.file_format import TEXT_FORMATS
from app.documents.rules import Matter
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope, keys_of, year_at, year_of
from app.documents.services.notification import read_outgoing_view
from app.documents.services.notification_kinds import CONTRACTOR, MatterLine, NotificationKind, matter_lines
from app.documents.services.stored_files import keep_file
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.event.services.agreements import QUESTIONS_TOPIC
from app.event.services.tasks.follow_ups import FollowUp
from app.events.agreements import documents as papers
from app.events.agreements.documents import (
    KIND,
    MINUTES,
    RECORD,
    YEAR_LIST,
    ChangeFacts,
    MeetingView,
    RecordFacts,
    change_passages,
    contract_change,
    reference_of,
)
from app.events.agreements.documents import KIND as CHANGE
from app.events.agreements.rules import has_content, is_based_on, is_open, matches_search, missing_parts, search_words
from app.programme.services import YearRows, kind_of_event, kinds_of_events, programmes, read_programme, read_view
from app.year.contract.services import changes_of_contract
from app.year.dates.services import CurrentEvidence, EvidenceSource
from db.engine import Database
from db.record import RowsById, group_by_key, record
from db.records.agreements import Agreement, AgreementFile, Homework, Meeting
from db.records.documents import Notification, Outgoing
from db.records.events import Event
from db.records.programme import Programme
from db.records.year.proposal import EvidenceSort
from db.rows import by_id, row, rows, rows_by_id
from db.store import Store
from db.tables.agreements import (
    homework_of_year,
    next_meeting_number,
    next_number,
    of_year,
    open_homework,
    with_related_texts,
)
from db.tables.documents import passages_of_document

EVIDENCE_KIND = "協議"


def read_evidence(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return the present text of the 協議 with these ids (written as text), by id; withdrawn ones are left out."""
    records = rows(store.database, Agreement, id=[int(key) for key in keys], withdrawn_on=None)
    of_event = rows(store.database, Event, id=[one.event_id for one in records if one.event_id is not None])
    years = {event.id: event.programme_id for event in of_event}
    return {
        str(one.id): CurrentEvidence(
            sort=EvidenceSort.AGREEMENT,
            said=join_nonempty(one.topic, one.decision or one.content).replace("\n", ""),
            source=f"協議記録 {one.record_number or '協議中'}",
            day=one.settled_on or one.asked_on,
            programme_id=years.get(one.event_id or 0) or one.programme_id or 0,
        )
        for one in records
    }


SOURCE = EvidenceSource(kind=EVIDENCE_KIND, read=read_evidence)


NOTIFICATION_TASK = "契約変更の協議書の連絡"
_KEY_PREFIX = "契約変更:"


@record
class _MatterContext:
    """The 協議 of a year that have or had a 協議書, with the settings of the year."""

    fiscal_year: int
    records: Sequence[Agreement]
    settings: YearRows


def matter_key(agreement_id: int) -> str:
    """Return the key (``Notification.key``) under which the 契約変更の協議書 of a 協議 is notified."""
    return f"{_KEY_PREFIX}{agreement_id}"


def contract_changes_of(agreement: Agreement, settings: YearRows) -> list[tuple[str, str, str]]:
    """Return each item of the contract changed because of a 協議: name, before, after."""
    return [
        (join_nonempty(item.subject, item.item), item.old, item.new)
        for item in changes_of_contract(settings)
        if is_based_on(agreement, number=item.number, reason=item.reason)
    ]


def _read_context(database: Database, programme: Programme) -> _MatterContext | None:
    """Return the 協議 of a year that have or had a 協議書, with its settings; None if there are none."""
    told = {one.key for one in rows(database, Notification, programme_id=programme.id, document_kind=KIND)}
    records = [
        one
        for one in of_year(database, programme.id)
        if (one.nature == CONTRACT_CHANGE and one.is_in_effect) or matter_key(one.id) in told
    ]
    if not records:
        return None
    settings = read_view(database, programme, None).rows
    return _MatterContext(fiscal_year=programme.fiscal_year, records=records, settings=settings)


def _scope_context(store: Store, scope: DocumentScope) -> object:
    """Return the ``_MatterContext`` of the year of ``scope``; None if there is no such year, or no 協議書 in it."""
    found = row(store.database, Programme, fiscal_year=scope.fiscal_year)
    return _read_context(store.database, found) if found is not None else None


def _notification_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return a matter for each 協議書 of a year, or only for the 協議 ``scope.item``, whether notified or not."""
    ground = subject.record
    if not isinstance(ground, _MatterContext):
        return ()
    return tuple(
        Matter(
            key=matter_key(one.id),
            title=join_nonempty(one.record_number, one.topic),
            facts=_notified_facts(one, ground.settings),
            document_kind=KIND,
            reference=reference_of(ground.fiscal_year, one),
        )
        for one in ground.records
        if subject.scope.item in (None, one.id)
    )


def _notified_facts(agreement: Agreement, settings: YearRows) -> dict[str, str]:
    """Return what a 協議書 states, by name; also the day of 取消 ("" = in effect) and how it concerns the contract."""
    of_items = {name: f"{before or 'なし'} → {now}" for name, before, now in contract_changes_of(agreement, settings)}
    return {
        "項目": agreement.topic,
        "変更後": agreement.decision,
        "変更の理由": agreement.reason or agreement.content,
        "根拠": agreement.clause,
        "契約課の回答": agreement.section_answer,
        "契約との関わり": agreement.nature,
        "取消": agreement.withdrawn_on.isoformat() if agreement.withdrawn_on is not None else "",
        **of_items,
    }


NOTIFICATIONS = (
    NotificationKind(
        document_names=(KIND,),
        about="年度",
        usual_party=CONTRACTOR,
        matters=_notification_matters,
        read_context=_scope_context,
    ),
)


def read_change_notification(store: Store, agreement: Agreement, fiscal_year: int) -> MatterLine | None:
    """Return the notification status of the 契約変更の協議書 of a 協議.

    None for a 協議 that is no ``CONTRACT_CHANGE`` and whose 協議書 was never notified.
    """
    if agreement.nature != CONTRACT_CHANGE and not rows(
        store.database, Notification, key=matter_key(agreement.id), limit=1
    ):
        return None
    lines = read_outgoing_view(store, scope=DocumentScope(fiscal_year=fiscal_year, item=agreement.id)).lines
    return next((line for line in lines if line.key == matter_key(agreement.id)), None)


def change_follow_ups(database: Database, today: date) -> Iterator[FollowUp]:
    """Yield a follow-up for each 協議書 of a year not closed that is made and not told yet, or changed since told.

    Only contracts of which a 協議書 has left are looked at.
    """
    left = rows(database, Outgoing, document_kind=(KIND, f"{KIND}の連絡"))
    about = {one.programme_id for one in left if one.programme_id is not None}
    for programme in rows(database, Programme, id=sorted(about), closed_on=None):
        ground = _read_context(database, programme)
        if ground is None:
            continue
        scope = DocumentScope(fiscal_year=programme.fiscal_year)
        subject = DocumentSubject(scope=scope, title="", record={KIND: ground})
        acts = rows(database, Notification, programme_id=programme.id)
        for line in matter_lines(subject, acts, [one for one in left if one.programme_id == programme.id]):
            if line.status in ("未通知", "変更あり"):
                yield _follow_up(line, today)


def _follow_up(line: MatterLine, today: date) -> FollowUp:
    """Return the follow-up on home for a 協議書 to be notified, or changed since it was."""
    stand = line.matter_status
    changed = stand.status == "変更あり"
    since = (
        stand.notification.told_on
        if stand.notification is not None
        else stand.outgoing.at.date()
        if stand.outgoing is not None
        else today
    )
    said = "、".join(one.name for one in stand.changed_facts)
    return FollowUp(
        task=NOTIFICATION_TASK,
        label="契約変更の協議書を伝え直す" if changed else "契約変更の協議書を受託者に伝える",
        detail=join_nonempty(line.title, f"{said}が、伝えたあとに変わりました" if changed else ""),
        due=since if not changed else today,
        basis=f"{short_date(since, today)}に{'伝えた' if changed else '作成した'}協議書です",
        rule="目安日",
        link=ActionLink("協議の記録", agreement_id=int(stand.matter.key.removeprefix(_KEY_PREFIX))),
    )


SUBJECT = "agreements"


@record
class RecordRow:
    """One 協議 in the list; ``homework`` counts open 宿題, ``is_match`` = found by the search."""

    id: int
    record: Agreement
    event: Event | None
    homework: int
    is_match: bool

    @property
    def day(self) -> date | None:
        """Return the day of the decision, else that on which it was opened."""
        return self.record.settled_on or self.record.asked_on

    @property
    def about(self) -> str:
        """Return the title of the event, or 「年度に共通」."""
        return self.event.full_title if self.event is not None else "年度に共通"

    @property
    def question(self) -> str:
        """Return the first line of its question, or its topic where no question is written."""
        return self.record.content.strip().split("\n")[0] or self.record.topic


@record
class HomeworkRow:
    """One 宿題 with the 協議 or 打合せ it comes from."""

    id: int
    homework: Homework
    record: Agreement | None
    meeting: Meeting | None

    @property
    def source(self) -> str:
        """Return where it comes from: 「協議 第3号」, the topic of a 協議 without number, or 「第2回 打合せ」."""
        if self.record is not None:
            return f"協議 {self.record.record_number}" if self.record.record_number else self.record.topic
        return f"第{self.meeting.ordinal}回 打合せ" if self.meeting is not None else ""


@record
class RecordList:
    """The 協議, 打合せ and 宿題 of a year.

    Attributes:
        text: what was searched for; "" = nothing, so that no row is a match.
        synonyms: words searched beside the typed ones.
        rows: matches first, each part newest first, those without a day before all.
        meetings: newest first.
        homework: open and done, earliest ``due`` first; without open ones of a withdrawn 協議.
    """

    programme_id: int
    fiscal_year: int
    text: str
    synonyms: tuple[str, ...]
    rows: tuple[RecordRow, ...]
    meetings: tuple[Meeting, ...]
    homework: tuple[HomeworkRow, ...]


@record
class AgreementView:
    """One 協議 with everything that belongs to it.

    Attributes:
        matter_number: its position among the 協議 of its meeting: 「3件のうち2件目」; "" without a meeting.
        missing: what it lacks to be confirmed, see ``missing_parts``.
        contract_change: notification status of its 契約変更の協議書; None = it has none.
    """

    record: Agreement
    event: Event | None
    meeting: Meeting | None
    matter_number: str
    homework: tuple[Homework, ...]
    files: tuple[AgreementFile, ...]
    missing: tuple[str, ...]
    contract_change: MatterLine | None = None


def read_records(store: Store, *, fiscal_year: int | None = None, text: str = "") -> RecordList:
    """Return the 協議, 打合せ and 宿題 of a year (None = the newest); all 協議 stay, matches of ``text`` come first.

    Left out are open, empty 協議 about survey questions of events whose kind has no survey.

    Raises:
        UserError: that year was not started here.
    """
    database = store.database
    programme = read_programme(store, fiscal_year=fiscal_year).programme
    events = rows_by_id(database, Event, programme_id=programme.id)
    kinds = kinds_of_events(database, list(events.values()))
    unasked = {event_id for event_id, kind in kinds.items() if not kind.has_survey}
    records = [one for one in of_year(database, programme.id) if not _is_asked_no_more(one, unasked)]
    meetings = rows(database, Meeting, programme_id=programme.id, order="-held_on")
    withdrawn = {record.id for record in records if record.withdrawn_on is not None}
    noted = rows(database, Homework, programme_id=programme.id, order=("due nulls last", "id"))
    # A withdrawn 協議 has nothing left to do.
    homework = [task for task in noted if not (task.agreement_id in withdrawn and is_open(task))]
    files = group_by_key(
        (one.agreement_id, one.name)
        for one in rows(database, AgreementFile, agreement_id=[agreement.id for agreement in records])
    )
    of_record = group_by_key((task.agreement_id or 0, task) for task in noted)
    listed = []
    for agreement in records:
        event = events.get(agreement.event_id)
        tasks = of_record.get(agreement.id, [])
        said = _searchable_texts(agreement, event, tasks, files.get(agreement.id, ()))
        listed.append(
            RecordRow(
                id=agreement.id,
                record=agreement,
                event=event,
                homework=sum(is_open(task) for task in tasks if agreement.id not in withdrawn),
                is_match=bool(text.strip()) and matches_search(text, said),
            )
        )
    listed.sort(key=lambda row: (row.is_match, row.day or date.max, row.record.ordinal or 0, row.id), reverse=True)
    known = RowsById(records)
    of_meeting = RowsById(meetings)
    return RecordList(
        programme_id=programme.id,
        fiscal_year=programme.fiscal_year,
        text=text,
        synonyms=search_words(text)[1],
        rows=tuple(listed),
        meetings=tuple(meetings),
        homework=tuple(_task_row(task, known, of_meeting) for task in homework),
    )


def _task_row(task: Homework, records: RowsById[Agreement], meetings: RowsById[Meeting]) -> HomeworkRow:
    """Return the row of one 宿題; its 協議 or 打合せ is None if it is not among ``records`` or ``meetings``."""
    record, meeting = records.get(task.agreement_id), meetings.get(task.meeting_id)
    return HomeworkRow(id=task.id, homework=task, record=record, meeting=meeting)


def _searchable_texts(
    record: Agreement, event: Event | None, homework: Sequence[Homework], files: Sequence[str]
) -> tuple[str, ...]:
    """Return all texts of a 協議 in which a search looks, those of its event, 宿題 and files (names) included."""
    return (
        record.topic, record.content, record.ward_view, record.contractor_view, record.decision, record.reason,
        record.clause, record.partner, record.ward_people, record.related, record.note, record.section_answer,
        record.record_number, event.full_title if event is not None else "",
        *(task.text for task in homework), *files,
    )  # fmt: skip


def find_records(database: Database, text: str, events: Iterable[Event], limit: int) -> tuple[list[Agreement], int]:
    """Return up to ``limit`` 協議 of all years with every word of ``text`` or a synonym, and how many there are.

    The last decided come first, undecided ones at the end; withdrawn ones are among them. Left out are 協議 without
    text besides their topic.

    Args:
        events: those of all years.
    """
    known = RowsById(events)
    found = [
        one
        for one, belonging in with_related_texts(database)
        if has_content(one) and matches_search(text, _searchable_texts(one, known.get(one.event_id), (), (belonging,)))
    ]
    return found[:limit], len(found)


def _is_asked_no_more(agreement: Agreement, unasked: Collection[int]) -> bool:
    """Return whether an open, empty 協議 is about survey questions that its event no longer has.

    Args:
        unasked: ids of the events whose kind has no survey.
    """
    about = agreement.topic == QUESTIONS_TOPIC and agreement.event_id in unasked
    return about and agreement.is_open and not has_content(agreement)


def read_record(store: Store, *, agreement_id: int | None) -> AgreementView:
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
        event=event,
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


def save_record(context: ActionContext, *, record: Agreement) -> ActionResult:
    """Save a 協議 as typed (``id`` 0 = a new one); the day of the decision gives it the next number of its year.

    Without a topic it gets the first 30 characters of its question.

    Args:
        record: ``event_id`` None = of the year ``programme_id``; else the year is that of the event.

    Raises:
        UserError: neither topic nor question; a decision without its day, or a day that lies ahead; it was confirmed
            or withdrawn; or it would join or leave a confirmed meeting.
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
        row_id = change.correct(before, record)
    return ActionResult(f"{record.record_number or '協議中'}「{topic}」を保存しました。", row_id)


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


def withdraw_record(context: ActionContext, *, agreement_id: int, reason: str) -> ActionResult:
    """Mark a 協議 as 取消 today, with a reason; it keeps its number, if it has one, and stays readable.

    Raises:
        UserError: no reason, or it was withdrawn already.
    """
    record = get_or_raise(context.database, Agreement, agreement_id)
    if record.withdrawn_on is not None:
        raise UserError("この協議は、すでに取り消しています。")
    why = require_reason(reason, f"協議{record.record_number}")
    with context.change(
        f"協議{record.record_number}「{record.topic}」を取り消した", SUBJECT, event_id=record.event_id
    ) as change:
        change.update(Agreement, record.id, withdrawn_on=context.today, withdrawn_reason=why)
    return ActionResult(f"{record.record_number}を取消にしました。番号と内容は残ります。", record.id)


def confirm_record(
    context: ActionContext, *, agreement_id: int, confirmed_on: date, confirmed_how: str
) -> ActionResult:
    """Record that the contractor's 業務責任者 checked and confirmed the record.

    Raises:
        UserError: it was withdrawn, is not decided, lacks a required part (see ``missing_parts``), or the day lies
            before the decision or ahead.
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
    with context.change(
        f"協議{record.record_number}「{record.topic}」の受託者の確認を記録した", SUBJECT, event_id=record.event_id
    ) as change:
        change.update(Agreement, record.id, confirmed_on=confirmed_on, confirmed_how=confirmed_how.strip())
    return ActionResult(f"{record.record_number}を確認済にしました。", record.id)


def take_back_confirmation(context: ActionContext, *, agreement_id: int, reason: str) -> ActionResult:
    """Revoke the contractor's confirmation, with a reason that stays in the note.

    Raises:
        UserError: it is not confirmed, or no reason.
    """
    record = get_or_raise(context.database, Agreement, agreement_id)
    if record.confirmed_on is None:
        raise UserError("この協議は、確認を記録していません。", "画面を開き直してください。")
    why = require_reason(reason, "受託者の確認")
    action = f"協議{record.record_number}「{record.topic}」の確認を取り消した"
    note = join_nonempty(
        record.note, f"確認の取消（{short_date(context.today, context.today)}）：{why}", separator="\n"
    )
    with context.change(action, SUBJECT, event_id=record.event_id) as change:
        change.update(Agreement, record.id, confirmed_on=None, confirmed_how="", note=note)
    return ActionResult("確認を取り消しました。記録を直せます。", record.id)


def attach_file(context: ActionContext, *, agreement_id: int, data: bytes, name: str) -> ActionResult:
    """Save a file with a 協議, encrypted; the original stays at 原本の所在."""
    record = get_or_raise(context.database, Agreement, agreement_id)
    with context.change(f"協議「{record.topic}」に「{name}」を添付した", SUBJECT, event_id=record.event_id) as change:
        kept = keep_file(context.store, change, data=data, name=name, now=context.now)
        row_id = change.insert(AgreementFile(agreement_id=record.id, file_id=kept.id, name=name))
    return ActionResult(f"「{name}」を添付しました。", row_id)


def remove_file(context: ActionContext, *, attached_id: int) -> ActionResult:
    """Remove an attached file (``AgreementFile`` id) from its 協議; the id returned is that of the 協議."""
    found = get_or_raise(context.database, AgreementFile, attached_id)
    record = get_or_raise(context.database, Agreement, found.agreement_id)
    with context.change(
        f"協議「{record.topic}」の添付「{found.name}」を外した", SUBJECT, event_id=record.event_id
    ) as change:
        change.delete(AgreementFile, found.id)
    return ActionResult(f"「{found.name}」を外しました。", record.id)


HOMEWORK = "協議の宿題"


def read_meeting(store: Store, *, meeting_id: int | None) -> MeetingView:
    """Return one 打合せ, with how much homework of earlier ones is done; raises ``UserError`` when it is gone."""
    database = store.database
    meeting = get_or_raise(database, Meeting, meeting_id)
    records = rows(database, Agreement, meeting_id=meeting.id, order=("ordinal nulls last", "id"))
    of_records = {one.id for one in records}
    known = homework_of_year(database, meeting.programme_id)
    mine = [one for one in known if one.meeting_id == meeting.id or one.agreement_id in of_records]
    before = {
        one.id for one in rows(database, Meeting, programme_id=meeting.programme_id) if one.held_on < meeting.held_on
    }
    of_before = rows(database, Agreement, meeting_id=before)
    ids_before = {one.id for one in of_before}
    earlier = [one for one in known if one.meeting_id in before or one.agreement_id in ids_before]
    going_on = [
        one for one in of_before if one.is_in_effect and (one.settled_on is None or one.settled_on >= meeting.held_on)
    ]
    ids = {one.event_id for one in (*records, *going_on) if one.event_id is not None}
    return MeetingView(
        meeting=meeting,
        records=tuple(records),
        titles={one.id: one.full_title for one in rows(database, Event, id=ids)},
        homework=tuple(mine),
        earlier_homework_done=sum(not is_open(one) for one in earlier),
        earlier_homework_count=len(earlier),
        continued=tuple(going_on),
    )


def save_meeting(context: ActionContext, *, meeting: Meeting, agreement_ids: Sequence[int] = ()) -> ActionResult:
    """Save a 打合せ (``id`` 0 = a new one, which gets the next number of its year).

    Args:
        agreement_ids: all its 協議; others leave it, unless withdrawn. Those of another meeting change over.

    Raises:
        UserError: no subject; a day that lies ahead; the contractor confirmed it already; a 協議 of another year.
    """
    database = context.database
    if not meeting.subject.strip():
        raise UserError("打合せの件名がありません。", "何の打合せかを一行で書いてください。")
    if meeting.held_on > context.today:
        raise UserError("打合せの日が先の日付です。", "つぎの打合せは「つぎの打合せ」の欄に書いてください。")
    known = get_or_raise(database, Meeting, meeting.id) if meeting.id else None
    if known is not None and known.confirmed_on is not None:
        raise UserError("受託者が確認した打合せの記録です。", "直すときは、先に確認を取り消してください。")
    chosen = [get_or_raise(database, Agreement, each) for each in dict.fromkeys(agreement_ids)]
    of_this_year = {one.id for one in of_year(database, meeting.programme_id)}
    if any(one.id not in of_this_year for one in chosen):
        raise UserError("別の年度の協議が選ばれています。", "同じ年度の協議だけを選んでください。")
    with context.change(f"打合せ「{meeting.subject}」を記録した", SUBJECT) as change:
        if not meeting.id:
            meeting = replace(meeting, ordinal=next_meeting_number(database, meeting.programme_id))
        meeting_id = change.correct(known, meeting)
        wanted = {one.id for one in chosen}
        for one in rows(database, Agreement, meeting_id=meeting_id):
            # A withdrawn 協議 is not offered and stays readable in its meeting.
            if one.id not in wanted and one.withdrawn_on is None:
                change.update(Agreement, one.id, meeting_id=None)
        for one in chosen:
            if one.meeting_id != meeting_id:
                change.update(Agreement, one.id, meeting_id=meeting_id)
    return ActionResult(f"第{meeting.ordinal}回の打合せを保存しました。", meeting_id)


def remove_meeting(context: ActionContext, *, meeting_id: int) -> ActionResult:
    """Delete a 打合せ recorded by mistake; its 協議 stay.

    Raises:
        UserError: the contractor confirmed it, or it has homework.
    """
    meeting = get_or_raise(context.database, Meeting, meeting_id)
    if meeting.confirmed_on is not None:
        raise UserError("受託者が確認した打合せの記録は消せません。")
    if rows(context.database, Homework, meeting_id=meeting.id):
        raise UserError("この打合せには宿題があります。", "宿題を消してから、もう一度お試しください。")
    with context.change(f"第{meeting.ordinal}回の打合せの記録を消した", SUBJECT) as change:
        for one in rows(context.database, Agreement, meeting_id=meeting.id):
            change.update(Agreement, one.id, meeting_id=None)
        change.delete(Meeting, meeting.id)
    return ActionResult(f"第{meeting.ordinal}回の打合せの記録を消しました。", meeting.id)


def confirm_meeting(context: ActionContext, *, meeting_id: int, confirmed_on: date, confirmed_how: str) -> ActionResult:
    """Record that the 業務責任者 confirmed a 打合せ; its decided 協議 that are not confirmed yet are confirmed with it.

    Raises:
        UserError: a decided 協議 lacks a required part; the day lies before the meeting, before a decision, or ahead.
    """
    meeting = get_or_raise(context.database, Meeting, meeting_id)
    if not meeting.held_on <= confirmed_on <= context.today:
        raise UserError(
            "確認日は、打合せの日から本日までの日です。", f"打合せは{short_date(meeting.held_on, context.today)}です。"
        )
    today = context.today
    decided = [
        one
        for one in rows(context.database, Agreement, meeting_id=meeting.id, withdrawn_on=None)
        if one.settled_on is not None
    ]
    for one in decided:
        if one.settled_on is not None and one.settled_on > confirmed_on:
            raise UserError(
                f"{one.record_number}が決まった日（{short_date(one.settled_on, today)}）は、確認日より後です。",
                "決まった日か確認日を直すか、この打合せから外してください。",
            )
        if missing := missing_parts(one):
            raise UserError(f"{one.record_number}に{'、'.join(missing)}がありません。", "記録に書き足してください。")
    with context.change(f"第{meeting.ordinal}回の打合せの、受託者の確認を記録した", SUBJECT) as change:
        change.update(Meeting, meeting.id, confirmed_on=confirmed_on, confirmed_how=confirmed_how.strip())
        for one in decided:
            if one.confirmed_on is None:
                change.update(Agreement, one.id, confirmed_on=confirmed_on, confirmed_how=confirmed_how.strip())
    return ActionResult(f"第{meeting.ordinal}回の打合せを確認済にしました。", meeting.id)


def take_back_meeting_confirmation(context: ActionContext, *, meeting_id: int, reason: str) -> ActionResult:
    """Revoke the contractor's confirmation of a 打合せ; the reason stands in the 履歴.

    Its 協議 with the same day and way of confirmation are no longer confirmed either.

    Raises:
        UserError: it is not confirmed, or no reason.
    """
    meeting = get_or_raise(context.database, Meeting, meeting_id)
    if meeting.confirmed_on is None:
        raise UserError("この打合せは、確認を記録していません。", "画面を開き直してください。")
    why = require_reason(reason, "受託者の確認")
    with context.change(f"第{meeting.ordinal}回の打合せの、受託者の確認を取り消した（{why}）", SUBJECT) as change:
        change.update(Meeting, meeting.id, confirmed_on=None, confirmed_how="")
        for one in rows(context.database, Agreement, meeting_id=meeting.id):
            if (one.confirmed_on, one.confirmed_how) == (meeting.confirmed_on, meeting.confirmed_how):
                change.update(Agreement, one.id, confirmed_on=None, confirmed_how="")
    return ActionResult(f"第{meeting.ordinal}回の打合せの確認を取り消しました。記録を直せます。", meeting.id)


# homework


def save_homework(context: ActionContext, *, homework: Homework) -> ActionResult:
    """Save a 宿題 (``id`` 0 = a new one); raises ``UserError`` when it has no text or belongs to nothing."""
    if not homework.text.strip():
        raise UserError("宿題の内容がありません。", "何をするかを一行で書いてください。")
    if homework.agreement_id is None and homework.meeting_id is None:
        raise UserError("宿題がどの協議のものか、決まっていません。", "協議か打合せを選んでください。")
    with context.change(f"宿題「{homework.text}」を記録した", SUBJECT) as change:
        row_id = change.correct(by_id(context.database, Homework, homework.id), homework)
    return ActionResult(f"宿題を保存しました。{_reminder_text(homework, context.today)}", row_id)


def _reminder_text(homework: Homework, today: date) -> str:
    """Return a sentence on whether a saved 宿題 stands on home, and whether its day has passed; "" if it is done."""
    if homework.done_on is not None:
        return ""
    if homework.due is None:
        return "期限が空のため、ホームには出ません。"
    passed = f"期限の{short_date(homework.due, today)}を過ぎています。" if homework.due < today else ""
    return f"{passed}済にするまでホームに出ます。"


def finish_homework(
    context: ActionContext, *, homework_id: int, done_on: date | None = None, note: str = ""
) -> ActionResult:
    """Record that a 宿題 is done on a day (default: today), with a ``note``; raises ``UserError`` for a day to come."""
    found = get_or_raise(context.database, Homework, homework_id)
    day = done_on or context.today
    if day > context.today:
        raise UserError("済んだ日が先の日付です。", "本日までの日を入れてください。")
    with context.change(f"宿題「{found.text}」を済にした", SUBJECT) as change:
        change.update(Homework, found.id, done_on=day, done_note=note.strip())
    return ActionResult(f"宿題「{found.text}」を済にしました。", found.id)


def reopen_homework(context: ActionContext, *, homework_id: int) -> ActionResult:
    """Set a 宿題 back to open."""
    found = get_or_raise(context.database, Homework, homework_id)
    with context.change(f"宿題「{found.text}」を未了に戻した", SUBJECT) as change:
        change.update(Homework, found.id, done_on=None, done_note="")
    return ActionResult(f"宿題「{found.text}」を未了に戻しました。", found.id)


def remove_homework(context: ActionContext, *, homework_id: int) -> ActionResult:
    """Delete a 宿題 recorded by mistake."""
    found = get_or_raise(context.database, Homework, homework_id)
    with context.change(f"宿題「{found.text}」を消した", SUBJECT) as change:
        change.delete(Homework, found.id)
    return ActionResult(f"宿題「{found.text}」を消しました。", found.id)


def homework_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return the open 宿題 with a day as follow-ups: a 目安日, never a contract date.

    Args:
        event_id: only 宿題 of 協議 of this event; None = all of years that are not closed.
    """
    found = []
    for one, about in open_homework(database, event_id=event_id):
        assert one.due is not None
        found.append(
            FollowUp(
                task=HOMEWORK,
                event_id=about,
                label=f"宿題：{one.text}",
                detail=join_nonempty(one.side, one.person),
                due=one.due,
                basis="協議・打合せで決めた宿題の期限です",
                rule="目安日",
                link=ActionLink("宿題を確かめる", homework_id=one.id),
            )
        )
    return found


def build_record(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 協議記録 of ``scope.item``; raises ``UserError`` when it is gone."""
    context = document_context_of(store, scope, RECORD, now)
    view = read_record(store, agreement_id=scope.item)
    facts = RecordFacts(
        record=view.record,
        about=_event_title(store, view.event),
        homework=view.homework,
        files=tuple(one.name for one in view.files),
    )
    return papers.agreement_record(context, facts)


def _event_title(store: Store, event: Event | None) -> str:
    """Return 「デジタル活用講習会 第2回「LINE講習会」 令和8年9月10日（木）」, empty for a matter of the year."""
    if event is None:
        return ""
    day = long_date(event.event_date) if event.event_date else ""
    return join_nonempty(formal_title(event, kind_of_event(store.database, event)), day)


def build_minutes(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 打合せ記録 of ``scope.item``; raises ``UserError`` when it is gone."""
    context = document_context_of(store, scope, MINUTES, now)
    return papers.meeting_minutes(context, read_meeting(store, meeting_id=scope.item))


def build_change(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 契約変更の協議書 of ``scope.item``: 案 until it is settled and 契約課 has answered.

    Raises:
        UserError: it is gone, withdrawn, or does not concern 契約課.
    """
    year = year_at(store, scope, now)
    view = read_record(store, agreement_id=scope.item)
    one = view.record
    if one.nature != CONTRACT_CHANGE or not one.is_in_effect:
        raise UserError(
            "この協議は、契約変更の要否を契約課へ確認するものではありません。",
            "協議の「契約との関わり」を直すと作成できます。",
        )
    context = document_context_of(store, scope, CHANGE, now)
    defaults, number = change_texts(store, scope, now.date()), _wording_item(store, scope)
    return contract_change(
        context,
        ChangeFacts(
            record=one,
            about=_event_title(store, view.event),
            changes=contract_changes_of(one, year.rows),
            texts=passage_texts(store, scope, CHANGE, defaults, revision=number),
        ),
    )


def change_texts(store: Store, scope: DocumentScope, on: date) -> Sequence[Passage]:
    """Return the default wording of the 契約変更の協議書 of a year."""
    year = year_of(store, scope, on=on)
    return change_passages(year.office.ward, year.contractor.name)


def _wording_item(store: Store, scope: DocumentScope) -> int:
    """Return the number under which the texts of a 協議書 are stored, as each has its own.

    It is 1 for a year. Older texts typed for a whole year belong to its earliest 協議書.
    """
    if scope.item is None:
        return 1
    keys = keys_of(store, scope)
    shared = [one for one in passages_of_document(store.database, CHANGE, **keys) if "／" not in one.part]
    if shared:
        first = min(
            (one.id for one in of_year(store.database, keys["programme_id"] or 0) if _may_change_contract(one)),
            default=0,
        )
        if first == scope.item:
            return 1
    return scope.item + 1


def _may_change_contract(agreement: Agreement) -> bool:
    return agreement.nature == CONTRACT_CHANGE


def _contract_change_items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    """Return the 協議 in effect whose 契約との関わり is ``CONTRACT_CHANGE``, each 「第3号　topic」."""
    return [
        DocumentItem(id=one.id, title=f"{one.record_number}　{one.topic}".strip())
        for one in of_year(store.database, read_programme(store, fiscal_year=scope.fiscal_year).programme.id)
        if _may_change_contract(one) and one.is_in_effect
    ]


def build_year_list(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 協議記録一覧 of a year, by number, those without one at the end."""
    context = document_context_of(store, scope, YEAR_LIST, now)
    listed = read_records(store, fiscal_year=scope.fiscal_year)
    inside = sorted(listed.rows, key=lambda row: (row.record.ordinal is None, row.record.ordinal or 0, row.id))
    return papers.records_of_year(
        context, [(row.record, row.event.full_title if row.event is not None else "") for row in inside]
    )


def _record_items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    """Return the 協議 with a decision or a reason; a topic that was only ticked has no document of its own."""
    return [
        DocumentItem(id=one.id, title=f"{one.record_number}　{one.topic}".strip())
        for one in of_year(store.database, read_programme(store, fiscal_year=scope.fiscal_year).programme.id)
        if one.decision.strip() or one.reason.strip()
    ]


def _meeting_items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    """Return the 打合せ of a year by number, each 「第2回　subject」, as those of which a 打合せ記録 can be made."""
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    return [
        DocumentItem(id=one.id, title=f"第{one.ordinal}回　{one.subject}")
        for one in rows(store.database, Meeting, programme_id=programme.id, order="ordinal")
    ]


def _has_records(store: Store, subject: DocumentSubject) -> bool:
    return bool(of_year(store.database, keys_of(store, subject.scope)["programme_id"] or 0))


def _count(store: Store, subject: DocumentSubject, _today: date) -> str:
    return f"{len(of_year(store.database, keys_of(store, subject.scope)['programme_id'] or 0))}件"


def _is_available(_store: Store, _subject: DocumentSubject) -> bool:
    return True


DOCUMENTS = (
    DocumentKind(
        kind=RECORD, formats=TEXT_FORMATS, build=build_record, is_ready=_is_available, items=_record_items,
        missing_words="協議・打合せで1件を選ぶと作成できます。", todo="協議の記録", recipient="受託者",
    ),
    DocumentKind(
        kind=MINUTES, formats=TEXT_FORMATS, build=build_minutes, is_ready=_is_available, items=_meeting_items,
        missing_words="協議・打合せで打合せを選ぶと作成できます。", todo="協議の記録", recipient="受託者",
    ),
    DocumentKind(
        kind=CHANGE, build=build_change, is_ready=_is_available,
        items=_contract_change_items,
        passages=change_texts, revision=_wording_item,
        missing_words="協議・打合せで、契約課へ確認する1件を選ぶと作成できます。", todo="協議の記録",
        recipient="受託者",
    ),
    DocumentKind(
        kind=YEAR_LIST, build=build_year_list, is_ready=_has_records, state_words=_count,
        missing_words="協議を記録すると作成できます。", todo="協議の記録",
    ),
)  # fmt: skip
