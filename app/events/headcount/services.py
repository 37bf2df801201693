"""Expected numbers of participants of an event, and the notices of them (参加人数連絡書, 変更連絡).

A notice tells the contractor the numbers with day, hours and place. Making one does not complete the deadline; its
notification does. A typed 団体 is linked to a registered one, after a question where names are similar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final, Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent
from app.documents.event_facts import EventFacts, VenueFacts, devices_words
from app.documents.rules import Matter, fact_changes, with_earlier_words
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.documents import addressee_words, sender_words
from app.documents.services.notification import notify, withdraw_notification_within
from app.documents.services.notification_kinds import CONTRACTOR, NotificationKind
from app.documents.services.rare_characters import rare_in_input
from app.event.rules import deadlines
from app.event.rules.copies import CopiesNeeded, copies_to_prepare
from app.event.rules.equipment import tablet_remark
from app.event.rules.event_warning import AGREEMENT, EventWarning
from app.event.rules.expected_attendance import (
    ExpectedTotals,
    expected_totals,
    has_same_numbers,
    people_warnings,
    requested_care,
    unknown_devices,
)
from app.event.rules.notification_facts import (
    ENDED_WORDS,
    PLACE,
    notified_place_words,
    place_fact,
    time_and_place_facts,
)
from app.event.rules.participation import is_expected
from app.event.services.event_document import core_records_of, event_document_kind
from app.event.services.event_facts import read_event_facts
from app.event.services.event_notifications import TIME_AND_PLACE
from app.event.services.event_records import (
    EventCoreRecords,
    EventRecords,
    read_core_records,
    read_event_or_error,
    read_event_records,
)
from app.event.services.expected_counts import counts_from_roster, expected_of_event
from app.event.services.tasks.deadlines import read_event_year
from app.event.services.tasks.event_tasks import tasks_of
from app.event.services.tasks.task import Task
from app.event.services.tasks.task_completion import equipment_agreed, outdated_headcount
from app.events.headcount import documents as headcount_notice
from app.events.headcount.documents import CHANGE_KIND, KIND
from app.programme.rules import people_words
from app.programme.services import programme_of_event
from app.registers.register.intake import OrganisationIndex, match_organisation
from app.registers.register.services.organisations import check_organisation, get_organisation, insert_organisation
from app.registers.register.services.unlinked_names import find_organisation_id, unlinked_notice
from db.name_key import plain_organisation
from db.query_cache import cached_queries
from db.record import RowsById, record
from db.records.events import CountSource, EquipmentItem, Event
from db.records.organisations import Organisation
from db.records.participants import HEADCOUNT_KEY, ExpectedCount, HeadcountNotice, NoticeWithNotification
from db.records.programme import EventKind
from db.records.roster import Entry
from db.rows import by_id
from db.store import Store
from db.tables import organisations, participants, roster
from db.tables import participants as table

NOTIFICATION_NAME = "人数連絡"


_HOURS_PATTERN = re.compile(r"(\d{1,2}:\d{2})–(\d{1,2}:\d{2})")


def document_of_revision(revision: int) -> str:
    """Return the kind of document (参加人数連絡書 or 変更連絡) of a notice by its revision."""
    return KIND if revision == 1 else CHANGE_KIND


def facts_of_notice(records: EventCoreRecords, notice: NoticeWithNotification) -> dict[str, str]:
    """Return what a document of this notice states if issued now; of a notified one what it stated."""
    if notice.act is not None:
        return dict(notice.act.facts)
    without = expected_totals(records.expected).without_organisation
    return headcount_facts(notice, without_organisation=without) | time_and_place_facts(records.event, records.agenda)


def title_of_notice(notice: HeadcountNotice) -> str:
    """Return 「第1報 14人」."""
    return f"第{notice.revision}報 {notice.people}人"


def headcount_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    """Return as matters to notify the present numbers, and the notice that was made and not notified, if there is one.

    () before the first notice while nobody is expected, or where the event was cancelled.
    """
    course = core_records_of(subject)
    totals, told = expected_totals(course.expected), course.notified_headcount
    draft = next((row for row in course.notices if row.notified_on is None), None)
    if not course.notices and (not totals.people or not course.event.status.counts):
        return ()
    revision = told.revision if told is not None else 1
    now = Matter(
        key=HEADCOUNT_KEY,
        version=revision,
        title=f"第{revision}報 {totals.people}人",
        facts=headcount_facts(totals, without_organisation=totals.without_organisation)
        | time_and_place_facts(course.event, course.agenda),
        document_kind=document_of_revision(revision),
    )
    if draft is None:
        return (now,)
    return (
        now,
        Matter(
            key=HEADCOUNT_KEY,
            version=draft.revision,
            title=title_of_notice(draft),
            facts=facts_of_notice(course, draft),
            document_kind=document_of_revision(draft.revision),
            is_draft=True,
            created_words=short_date(draft.made_on),
        ),
    )


def stated_facts(subject: DocumentSubject, kind: str) -> Mapping[str, Mapping[str, str]]:
    """Return what a document states: 参加人数連絡書 the first notice, 変更連絡 the newest; {} before the first."""
    course = core_records_of(subject)
    if not course.notices:
        return {}
    notice = course.notices[0] if kind == KIND else course.notices[-1]
    return {HEADCOUNT_KEY: facts_of_notice(course, notice)}


NOTIFICATIONS = (
    NotificationKind(
        document_names=(KIND, CHANGE_KIND),
        usual_party=CONTRACTOR,
        matters=headcount_matters,
        outgoing_facts=stated_facts,
        logged_name=NOTIFICATION_NAME,
        next_place_words=lambda _subject, _matter: "「連絡済」になり、参加人数の連絡の期限は、伝えた日で済になります。",
    ),
)


Answer = int | Literal["new"]
NEW_ORGANISATION: Final = "new"


@record
class UnknownOrganisation:
    """A typed name without a certain registered 団体; ``similar`` are those it may mean, most likely first."""

    name: str
    similar: tuple[Organisation, ...]


def link_organisations(rows: Sequence[ExpectedCount], registered: Iterable[Organisation]) -> tuple[ExpectedCount, ...]:
    """Return all ``rows``, those without a 団体 linked to the one that their name clearly means, if there is one.

    Width and blanks are folded for this; names stay as typed, and rows linked already as they are.
    """
    index = OrganisationIndex.of(registered)
    return tuple(
        replace(row, organisation_id=one.id)
        if row.organisation_id is None and (one := match_organisation(row.organisation_name, "", index).organisation)
        else row
        for row in rows
    )


def unknown_organisations(
    rows: Sequence[ExpectedCount], registered: Sequence[Organisation]
) -> tuple[UnknownOrganisation, ...]:
    """Return the names without a registered 団体, each once, in the order of the rows."""
    names = dict.fromkeys(row.organisation_name for row in rows if row.organisation_id is None)
    if not names:
        return ()
    index = OrganisationIndex.of(registered)
    return tuple(
        UnknownOrganisation(name=name, similar=match_organisation(name, "", index).candidates) for name in names
    )


def settle_organisations(context: ActionContext, *, event_id: int, answers: Mapping[str, Answer]) -> ActionResult:
    """Link typed names to registered 団体, or register them; the grid keeps them as typed.

    Names of one 団体 in several spellings are registered once, and not at all where it was registered meanwhile; a name
    whose rows are gone or linked is left out.

    Args:
        answers: by typed name the id of a registered 団体, or ``NEW_ORGANISATION`` to register it under that name.

    Raises:
        UserError: no name was answered, a 団体 is gone, or a new one can't be added.
    """
    database = context.database
    event = read_event_or_error(database, event_id)
    if not answers:
        raise UserError("どの団体かが、まだ選ばれていません。", "1つ以上選んでください。")
    rows = [
        row
        for row in table.expected_counts(database, event_id)
        if row.organisation_name in answers and row.organisation_id is None
    ]
    if not rows:
        raise UserError("選んだ団体名は、もう結び付いているか、人数の表にありません。", "画面を開き直してください。")
    known = {}
    new = {}
    for name in dict.fromkeys(row.organisation_name for row in rows):
        answer = answers[name]
        registered = find_organisation_id(database, name) if answer == NEW_ORGANISATION else answer
        if registered is not None:
            known[name] = get_organisation(database, registered).id
        elif plain_organisation(name) not in new:
            new[plain_organisation(name)] = Organisation(name=name.strip())
            check_organisation(database, new[plain_organisation(name)])
    with context.change("人数の団体を名簿と結び付けた", "participants", event_id=event.id) as change:
        made = {key: insert_organisation(change, context, one) for key, one in new.items()}
        for row in rows:
            name = row.organisation_name
            change.update(ExpectedCount, row.id, organisation_id=known.get(name) or made[plain_organisation(name)])
    joined = len(set(known.values()))
    added = [one.name for one in new.values()]
    parts = [
        fill_nonempty("{}団体を名簿に加えました。", len(made)),
        fill_nonempty("{}団体を名簿と結び付けました。", joined),
        unlinked_notice(database, *added),
        rare_in_input(*added),
    ]
    return ActionResult("".join(parts), event.id)


_ITEMS: tuple[tuple[str, str, str], ...] = (
    ("参加予定人数", "人", "people"),
    ("参加団体", "団体", "organisations"),
    ("貸与する端末", "台", "lent_devices"),
    ("持参する端末", "台", "own_devices"),
    ("配慮を要する件数", "件", "care_count"),
)


@record
class CountDifference:
    """One number as notified before and as it is now, and both in words (「3台」, 「未確認」 for devices not known).

    ``change_words`` is 「+2」「-1」, 「変更なし」, or "" where only one of two equal numbers is shown as 未確認.
    """

    label: str
    previous_count: int
    current_count: int
    change_words: str
    previous_words: str
    current_words: str

    @property
    def is_changed(self) -> bool:
        """Return whether the number as shown differs, 「0台」 from 「未確認」 too."""
        return self.previous_words != self.current_words


@record
class NoticeRow:
    """One notice: ``title`` 「第1報」「変更連絡（第2報）」, ``state`` 「作成済・未連絡」 or 「連絡済 9/18(金)」."""

    notice: NoticeWithNotification
    title: str
    state: str


@record
class OrganisationChoice:
    """A registered 団体 to choose in the grid of expected numbers."""

    id: int
    branch: str
    name: str


@record
class HeadcountView:
    """Everything the screen of expected numbers of one event shows.

    Attributes:
        lends_devices: whether the ward lends devices, or did; else nothing is asked about lent ones.
        draft: a notice made and not notified; ``is_draft_outdated`` = the counts changed since.
        notified_notice: the newest notified one.
        differences: between it and now (empty before the first).
        is_changed_since_notice: numbers, day, hours or place differ from the notified notice.
        next_kind: 参加人数連絡書 or 変更連絡 if one can be made or made again, else "".
        next_words: why none can be made, or why one is to be made; "" = nothing to say.
        are_copies_final: the number was notified and is still true.
        task: the deadline.
        rows: those stored; of a visit without any, the 団体 that it goes to, not stored yet.
        from_roster: the rows are counted from the roster; ``roster_people`` is its number (None = nobody entered),
            ``typed_people`` the typed one.
        unknown_organisations: typed names without a registered 団体.
    """

    event_id: int
    title: str
    rows: tuple[ExpectedCount, ...]
    totals: ExpectedTotals
    spec_words: str
    venue_capacity: int | None
    warnings: tuple[EventWarning, ...]
    lends_devices: bool
    notices: tuple[NoticeRow, ...]
    draft: NoticeWithNotification | None
    is_draft_outdated: bool
    notified_notice: NoticeWithNotification | None
    differences: tuple[CountDifference, ...]
    is_changed_since_notice: bool
    next_kind: str
    next_words: str
    copies: CopiesNeeded
    are_copies_final: bool
    task: Task | None
    organisations: tuple[OrganisationChoice, ...]
    from_roster: bool
    roster_people: int | None
    typed_people: int
    unknown_organisations: tuple[UnknownOrganisation, ...]


@cached_queries
def read_headcount(store: Store, *, event_id: int, today: date) -> HeadcountView:
    """Return the expected numbers of one event with their notices and the next step.

    Raises:
        UserError: the event is gone.
    """
    year = read_event_year(store, event_id, today, with_follow_ups=False)
    file = read_event_records(store, event_id)
    event, numbers = file.event, year.view.kind(file.event.kind)
    totals, told = expected_totals(file.expected), file.notified_headcount
    draft = next((row for row in file.notices if row.notified_on is None), None)
    lends = numbers.lends_devices or bool(totals.lent_devices) or (told is not None and bool(told.lent_devices))
    differences = _differences(told, totals, lends=lends) if told is not None else ()
    elsewhere = outdated_headcount(file) is not None
    entries = roster.entries(store.database, event_id)
    from_roster = counts_from_roster(event, has_entries=bool(entries))
    next_kind, next_words = _next_notice(
        totals,
        told,
        draft,
        is_time_or_place_changed=elsewhere,
        is_known=_are_numbers_known(file.expected, entries, from_roster=from_roster),
    )
    if not event.status.counts and told is None:
        next_kind, next_words = "", f"{event.status}の回のため、人数の連絡は要りません。"
    elif told is not None and draft is None and file.phase(today).is_over:
        next_kind, next_words = "", "実施日を過ぎたため、変更の連絡は要りません。"
    warnings = people_warnings(numbers, totals.people, venue_capacity=event.venue_capacity) if file.expected else ()
    tasks = {task.task: task for task in tasks_of(file, year)}
    registered = organisations.all_organisations(store.database)
    copies, final = copies_to_prepare(
        told.people if told is not None else None,
        totals.people,
        draft_people=draft.people if draft is not None else None,
        held=event.status.is_held,
    )
    return HeadcountView(
        event_id=event_id,
        title=event.full_title,
        rows=file.expected or _visited(event),
        totals=totals,
        spec_words=people_words(numbers),
        venue_capacity=event.venue_capacity,
        warnings=(
            *warnings,
            *device_warnings(file.expected),
            *tablet_warnings(file.kind, file.equipment, totals, agreed=equipment_agreed(file)),
        ),
        lends_devices=lends,
        notices=tuple(_notice_row(row, today) for row in file.notices),
        draft=draft,
        is_draft_outdated=draft is not None and not has_same_numbers(draft, totals),
        notified_notice=told,
        differences=differences,
        is_changed_since_notice=told is not None and (not has_same_numbers(told, totals) or elsewhere),
        next_kind=next_kind,
        next_words=next_words,
        copies=copies,
        are_copies_final=final,
        task=tasks.get(deadlines.HEADCOUNT),
        organisations=tuple(OrganisationChoice(id=row.id, branch=row.branch, name=row.name) for row in registered),
        from_roster=from_roster,
        unknown_organisations=() if from_roster else unknown_organisations(file.expected, registered),
        roster_people=sum(map(is_expected, entries)) if entries else None,
        typed_people=sum(row.people for row in participants.expected_counts(store.database, event_id)),
    )


def _visited(event: Event) -> tuple[ExpectedCount, ...]:
    if not event.form.at_organisation:
        return ()
    name, known = event.organisation_name, event.organisation_id
    return (ExpectedCount(event_id=event.id, position=1, organisation_name=name, organisation_id=known, people=0),)


def notice_title(revision: int) -> str:
    """Return 「第1報」 or 「変更連絡（第2報）」."""
    return f"第{revision}報" if revision == 1 else f"変更連絡（第{revision}報）"


def _notice_row(notice: NoticeWithNotification, today: date) -> NoticeRow:
    state = f"連絡済 {short_date(notice.notified_on, today)}" if notice.notified_on else "作成済・未連絡"
    return NoticeRow(notice=notice, title=notice_title(notice.revision), state=state)


def _differences(
    notified: NoticeWithNotification, totals: ExpectedTotals, *, lends: bool
) -> tuple[CountDifference, ...]:
    """Return each number as last notified and as it is now, with the difference; lent devices with ``lends`` only."""
    rows = []
    for item, unit, name in _ITEMS:
        if name == "lent_devices" and not lends:
            continue
        before, after = getattr(notified, name), getattr(totals, name)
        words, now_words = f"{before}{unit}", f"{after}{unit}"
        if unit == "台":
            words, now_words = (
                devices_words(before, unknown_devices(notified)),
                devices_words(after, totals.unknown_devices),
            )
        change = f"{after - before:+d}" if after != before else "変更なし" if words == now_words else ""
        rows.append(
            CountDifference(
                label=item,
                previous_count=before,
                current_count=after,
                change_words=change,
                previous_words=words,
                current_words=now_words,
            )
        )
    return tuple(rows)


def _next_notice(
    totals: ExpectedTotals,
    notified: NoticeWithNotification | None,
    draft: NoticeWithNotification | None,
    *,
    is_time_or_place_changed: bool,
    is_known: bool,
) -> tuple[str, str]:
    """Return the kind of the notice that can be made now ("" = none), and the sentence why, or why none ("" = none).

    Args:
        is_time_or_place_changed: day, hours or place differ from the notification.
        is_known: the numbers are known, so that nobody is 0人 (``_are_numbers_known``).
    """
    if totals.people == 0 and not (is_known and notified is not None):
        return "", "参加する方が名簿に入るか、団体ごとの人数を入力すると作成できます。"
    is_as_notified = notified is not None and has_same_numbers(notified, totals) and not is_time_or_place_changed
    if draft is not None and notified is not None and is_as_notified:
        return "", f"人数は、第{notified.revision}報で連絡したとおりに戻っています。「作成を取り消す」で消せます。"
    if draft is not None:
        words = "" if has_same_numbers(draft, totals) else "作成したあとに人数が変わっています。作成し直してください。"
        return ("変更連絡" if draft.revision > 1 else "参加人数連絡書"), words
    if notified is None:
        return "参加人数連絡書", ""
    if is_as_notified:
        return "", f"第{notified.revision}報で連絡した人数から変わっていません。"
    moved = has_same_numbers(notified, totals)
    return "変更連絡", "日程または会場が、連絡したときから変わっています。" if moved else ""


def _are_numbers_known(rows: Sequence[ExpectedCount], entries: Sequence[Entry], *, from_roster: bool) -> bool:
    """Return whether numbers were typed, or come from a roster on which there is anybody, coming or not."""
    return bool(rows) or (from_roster and bool(entries))


HEADCOUNT = headcount_notice.KIND
CHANGE = headcount_notice.CHANGE_KIND


def headcount_content(store: Store, event: Event, now: datetime, *, change: bool) -> DocumentContent:
    """Return the first notice (参加人数連絡書), or with ``change`` the newest (変更連絡).

    Raises:
        UserError: there is none yet, or with ``change`` no second one.
    """
    view = programme_of_event(store, event, on=now.date())
    notices = participants.headcount_notices(store.database, event.id)
    first = [notice for notice in notices if notice.revision == 1]
    if not first:
        raise UserError(
            "参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。"
        )
    if change and len(notices) < 2:
        raise UserError("人数の変更はまだありません。", "変更があったときに作成できます。")
    told, previous = (notices[-1], notices[-2]) if change else (first[0], None)
    kind = CHANGE if change else HEADCOUNT
    context = event_document_context(store, event, kind, now, view=view, given_on=told.notified_on)
    before = _facts(store, event, previous) if previous is not None else None
    facts = _facts(store, event, told)
    return headcount_notice.headcount_notice(context, facts, view.kind(event.kind), told, previous, before)


def _facts(store: Store, event: Event, notice: NoticeWithNotification) -> EventFacts:
    """Return the event for the document of a notice: as notified, else as it is now."""
    found = read_event_facts(store, event)
    return event_as_notified(found, notice.act.facts) if notice.act is not None else found


def mail_text(store: Store, *, event_id: int, change: bool, now: datetime) -> str:
    """Return the headcount as a mail to copy (nothing is sent): with ``change`` the newest notice, else the first.

    With ``change`` while there is only one, that is returned as the first notice.

    Raises ``UserError`` while there is none.
    """
    event = by_id(store.database, Event, event_id)
    notices = participants.headcount_notices(store.database, event_id)
    if event is None or not notices:
        raise UserError(
            "参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。"
        )
    view = programme_of_event(store, event, on=now.date())
    notice, previous = (notices[-1], notices[-2]) if change and len(notices) > 1 else (notices[0], None)
    return headcount_notice.notice_mail(
        _facts(store, event, notice),
        view.kind(event.kind),
        notice,
        previous,
        _facts(store, event, previous) if previous is not None else None,
        addressee=addressee_words(view),
        sender=sender_words(view),
    )


def _notice_state(notice_index: int) -> Callable[[Store, EventRecords, date], str]:
    """Return the function that gives the state of a document: 「第1報　14人　連絡済 9/18(金)」.

    It is that of the notice at ``notice_index`` (0 = the first, -1 = the newest).
    """

    def words(_store: Store, file: EventRecords, today: date) -> str:
        """Return title, people and state of the notice, as the state of its document."""
        row = _notice_row(file.notices[notice_index], today)
        return f"{row.title}　{row.notice.people}人　{row.state}"

    return words


DOCUMENTS: tuple[DocumentKind, ...] = (
    event_document_kind(
        kind=HEADCOUNT,
        clauses=("clause_people",),
        group="人数・資料",
        event_role="案内",
        names_no_place=True,
        build=lambda store, event, now: headcount_content(store, event, now, change=False),
        ready=lambda _store, file: bool(file.notices),
        fits=lambda file: file.headcount_needed,
        state=_notice_state(0),
        missing_words="参加人数をまとめると作成できます。",
        todo="参加人数",
        goes_out=True,
        recipient="受託者",
        mail=lambda store, event, now: mail_text(store, event_id=event.id, change=False, now=now),
    ),
    event_document_kind(
        kind=CHANGE,
        clauses=("clause_people",),
        group="人数・資料",
        event_role="案内",
        names_no_place=True,
        build=lambda store, event, now: headcount_content(store, event, now, change=True),
        ready=lambda _store, file: len(file.notices) > 1,
        fits=lambda file: file.headcount_needed,
        state=_notice_state(-1),
        missing_words="連絡したあとに人数が変わったとき作成できます。",
        todo="参加人数",
        goes_out=True,
        recipient="受託者",
        mail=lambda store, event, now: mail_text(store, event_id=event.id, change=True, now=now),
    ),
)


def set_expected_counts(context: ActionContext, *, event_id: int, rows: Sequence[ExpectedCount]) -> ActionResult:
    """Save ``rows`` as the expected numbers in this order; 団体名 are kept exactly as typed.

    A row with an ``id`` keeps it; a name that clearly means one registered 団体 is linked to it. Stored rows that are
    not among ``rows`` are deleted, except one that a colleague added since the form was opened. The capacity is not
    checked here: ``HeadcountView.warnings`` tells of it.

    Raises:
        UserError: a row without a 団体 or with a number below zero.
    """
    event = read_event_or_error(context.database, event_id)
    for row in rows:
        if not row.organisation_name.strip():
            raise UserError("団体名が空の行があります。", "団体名を書くか、その行を消してください。")
        if min(row.people, row.own_devices, row.lent_devices, row.care_count) < 0:
            raise UserError(f"{row.organisation_name}に、0より小さい数があります。", "数を確かめてください。")
    rows = link_organisations(rows, organisations.all_organisations(context.database))
    present = RowsById(table.expected_counts(context.database, event_id))
    with context.change("参加予定人数を変えた", "participants", event_id=event_id) as change:
        kept = set()
        for position, row in enumerate(rows):
            row_id = row.id if row.id in present else 0
            kept.add(change.save(replace(row, id=row_id, event_id=event_id, position=position)))
        for row_id in present.keys() - kept:
            if not change.is_added_since(ExpectedCount, row_id):
                change.delete(ExpectedCount, row_id)
    totals = expected_totals(rows)
    return ActionResult(
        f"{event.full_title}の参加予定を{totals.people}人・{totals.organisations}団体にしました。", event_id
    )


def set_count_source(context: ActionContext, *, event_id: int, source: CountSource) -> ActionResult:
    """Set whether the expected numbers come from the roster (「名簿」) or are typed by 団体 (「入力」).

    The others are kept and can be chosen again.

    Raises:
        UserError: the event is gone, or this is the source already.
    """
    source = CountSource(source)
    event = read_event_or_error(context.database, event_id)
    if event.count_source == source:
        raise UserError("人数の出どころは、もうそのとおりです。", "画面を開き直してください。")
    words = "名簿の人数" if source.is_roster else "入力した人数"
    with context.change(f"参加予定人数を{words}にした", "participants", event_id=event_id) as change:
        change.update(Event, event_id, count_source=source)
    people = expected_totals(
        expected_of_event(context.database, read_event_or_error(context.database, event_id))
    ).people
    return ActionResult(f"{event.full_title}の参加予定を、{words}（{people}人）にしました。", event_id)


def make_headcount_notice(context: ActionContext, *, event_id: int, reason: str = "") -> ActionResult:
    """Make the snapshot for 参加人数連絡書, or for 変更連絡 once the former was notified.

    A notice that was not notified yet is updated instead of making a new revision, because a revision that nobody
    received must not exist. Making it does not complete the deadline; notifying does.

    Args:
        reason: why the numbers changed; needed for a 変更連絡.

    Raises:
        UserError: no numbers yet, nothing changed since the notification, or no reason for a change.
    """
    event = read_event_or_error(context.database, event_id)
    rows = expected_of_event(context.database, event)
    totals = expected_totals(rows)
    notices = table.headcount_notices(context.database, event_id)
    told = next((row for row in reversed(notices) if row.notified_on is not None), None)
    draft = next((row for row in notices if row.notified_on is None), None)
    entries = roster.entries(context.database, event_id)
    from_roster = counts_from_roster(event, has_entries=bool(entries))
    if not rows and (told is None or not _are_numbers_known(rows, entries, from_roster=from_roster)):
        raise UserError("参加予定人数がまだ入力されていません。", "団体ごとの人数を入力してください。")
    changed = told is not None and (
        not has_same_numbers(told, totals) or outdated_headcount(read_core_records(context.store, event)) is not None
    )
    if told is not None and not changed:
        raise UserError(
            f"第{told.revision}報で連絡した内容から変わっていません。", "人数や日程が変わったときに作成できます。"
        )
    if told is not None and not reason.strip():
        raise UserError("変わった理由が書かれていません。", "理由を書いてください。変更連絡に載ります。")
    revision = draft.revision if draft else (told.revision + 1 if told else 1)
    words = notice_title(revision)
    with context.change(f"人数連絡の{words}を作成した", "participants", event_id=event_id) as change:
        notice_id = change.update_or_insert(
            HeadcountNotice,
            draft,
            event_id=event_id,
            revision=revision,
            people=totals.people,
            organisations=totals.organisations,
            own_devices=totals.own_devices,
            lent_devices=totals.lent_devices,
            care_count=totals.care_count,
            care_request=totals.care_request,
            made_on=context.today,
            reason=reason,
        )
    return ActionResult(f"{event.full_title}の{words}を作成しました。連絡したら「連絡済」にします。", notice_id)


def mark_headcount_notified(
    context: ActionContext,
    *,
    notice_id: int,
    notified_to: str,
    notified_how: str,
    notified_on: date | None = None,
) -> ActionResult:
    """Record that the contractor was notified of a notice; this completes 人数連絡. Nothing is sent.

    Args:
        notified_to: who received it.
        notified_how: メール, 電話 ….
        notified_on: the day (default: today); it may lie before the day of entry.

    Raises:
        UserError: it is gone or already notified, nobody or no way named, or a day still to come.
    """
    notice = _read_notice(context.store, notice_id)
    words = notice_title(notice.revision)
    if notice.notified_on is not None:
        raise UserError(f"{words}は、もう連絡済です。", "人数が変わったときは変更連絡を作成します。")
    saved = notify(
        context,
        event_id=notice.event_id,
        key=HEADCOUNT_KEY,
        told_on=notified_on,
        told_to=notified_to,
        told_how=notified_how,
    )
    day = notified_on or context.today
    said = f"{words}（{notice.people}人）を{short_date(day, context.today)}連絡済にしました。"
    return replace(saved, message=said, id=notice_id)


def _read_notice(store: Store, notice_id: int) -> NoticeWithNotification:
    """Return a notice with its notification; raises ``UserError`` when it is gone."""
    event_id = get_or_raise(store.database, HeadcountNotice, notice_id).event_id
    return next(row for row in table.headcount_notices(store.database, event_id) if row.id == notice_id)


def remove_headcount_notice(context: ActionContext, *, notice_id: int) -> ActionResult:
    """Delete a notice; raises ``UserError`` for a notified one, the record of what the contractor knows."""
    notice = _read_notice(context.store, notice_id)
    words = notice_title(notice.revision)
    if notice.notified_on is not None:
        raise UserError(f"{words}は連絡済のため、消せません。", "人数が変わったときは変更連絡を作成します。")
    with context.change(f"人数連絡の{words}を消した", "participants", event_id=notice.event_id) as change:
        change.delete(HeadcountNotice, notice_id)
    return ActionResult(f"{words}を消しました。", notice_id)


def revoke_headcount_notification(context: ActionContext, *, notice_id: int, reason: str) -> ActionResult:
    """Revoke the notification of a notice, so that the deadline is open again.

    Raises:
        UserError: no reason, it was not notified, or a later notice was made.
    """
    notice = _read_notice(context.store, notice_id)
    words = notice_title(notice.revision)
    why = require_reason(reason, "連絡済")
    if notice.act is None:
        raise UserError(f"{words}は、連絡済になっていません。", "画面を開き直してください。")
    later = [
        row
        for row in participants.headcount_notices(context.database, notice.event_id)
        if row.revision > notice.revision
    ]
    if later:
        raise UserError(
            f"{notice_title(later[-1].revision)}が作成されているため、{words}の連絡済は取り消せません。",
            "先に、あとの連絡を取り消してください。",
        )
    with context.change(
        f"人数連絡の{words}の連絡済を取り消した（{why}）", "participants", event_id=notice.event_id
    ) as change:
        withdraw_notification_within(change, context, notice.act, reason=why)
    return ActionResult(f"{words}の連絡済を取り消しました。連絡した記録は「取消」として残ります。", notice_id)


def device_warnings(counts: Iterable[ExpectedCount]) -> tuple[EventWarning, ...]:
    """Return warnings about rows with more devices than people, named by their 団体."""
    return tuple(
        EventWarning(f"{row.organisation_name}：端末の数が人数（{row.people}人）を超えています。")
        for row in counts
        if row.own_devices + row.lent_devices > row.people
    )


def tablet_warnings(
    kind: EventKind, equipment: Iterable[EquipmentItem], totals: ExpectedTotals, *, agreed: bool
) -> tuple[EventWarning, ...]:
    """Return one warning about borrowed tablets that nobody has agreed to bring, else () (仕様書4(1)ク, (2)ク).

    Args:
        agreed: the 協議 「機材」 of the event is settled.
    """
    remark = tablet_remark(kind, equipment, totals.lent_devices, agreed=agreed)
    return (EventWarning(remark, clause=kind.clause_equipment, needs=AGREEMENT),) if remark else ()


def event_as_notified(event: EventFacts, facts: Mapping[str, str]) -> EventFacts:
    """Return an event with the day, hours and place of a notification, for documents of that time.

    What the notification does not state stays, and so does the day if it states 中止 or 取下げ. Another place than now
    has no address, access or telephone.
    """
    day, hours, place = (facts.get(name, "") for name in TIME_AND_PLACE)
    found = _HOURS_PATTERN.match(hours)
    if day and day not in ENDED_WORDS:
        event = replace(event, event_date=date.fromisoformat(day))
    if found:
        event = replace(event, start_time=found[1], end_time=found[2])
    if place and fact_changes({PLACE: place}, {PLACE: place_fact(event.venue, event.room)}):
        event = replace(event, venue_facts=VenueFacts(venue=notified_place_words(facts), terms=event.venue_facts.terms))
    return event


def headcount_facts(numbers: ExpectedTotals | HeadcountNotice, *, without_organisation: int) -> dict[str, str]:
    """Return the facts about the numbers of participants (仕様書4(1)エ) in words: 「参加予定」 is 「17人」 …

    The others are 団体, 持参する端末, 貸与する端末, 配慮 and 必要な対応; copies follow from them and are left out.
    Devices of which nobody was asked are 未確認; older versions of the program stored them as 0台.
    ``without_organisation`` of the people have no 団体, whom older versions counted together as one.
    """
    once = numbers.organisations + bool(without_organisation)
    unknown = unknown_devices(numbers)

    def devices(count: int) -> str:
        """Return a number of devices in words; none and 未確認 with 「0台」, as older programs said of both."""
        words = devices_words(count, unknown)
        return words if count else with_earlier_words(words, "0台")

    return {
        "参加予定": f"{numbers.people}人",
        "団体": with_earlier_words(f"{numbers.organisations}団体", f"{once}団体"),
        "持参する端末": devices(numbers.own_devices),
        "貸与する端末": devices(numbers.lent_devices),
        "配慮": f"{numbers.care_count}件",
        "必要な対応": requested_care(numbers.care_request),
    }
