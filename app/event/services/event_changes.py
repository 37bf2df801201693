"""Creates, changes and copies an event with all its rows, each in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.event.rules.agenda import default_agenda
from app.event.rules.equipment import ROUTER, default_equipment
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.event.rules.recruitment import (
    CALL_STEPS,
    recruitment_steps,
    step_for_audience,
    steps_of_kind,
)
from app.event.services.agreements import (
    AGREED_TOPICS,
    HEARING,
    QUESTIONS_TOPIC,
    ask_contract_section,
    insert_numbered,
)
from app.event.services.event_cancellation import enter_changes
from app.event.services.event_drafts import (
    EventDraft,
    draft_warnings,
    event_from_draft,
    needs_reason,
    refuse_outside_term,
)
from app.event.services.event_lines import write_lines
from app.event.services.event_moves import is_in_another_room, read_move_context
from app.event.services.event_records import read_event_or_error, read_event_records
from app.event.services.recruitment import follow_approval_day
from app.event.services.tasks.deadlines import read_event_year, read_year
from app.event.services.tasks.event_tasks import YearContext
from app.programme.rules import in_own_words
from app.programme.services import kind_of_event, read_programme, with_kind_name
from db.engine import Database
from db.fields import changed_fields
from db.journal import Change
from db.records.agreements import Agreement
from db.records.dispatches import DispatchRequest
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.programme import EventKind, VisitStep
from db.records.venues import Network
from db.rows import by_id, rows, rows_by_id
from db.store import Store
from db.tables import events as table
from db.tables.calls import decisions

COPIED_FIELDS = "（複写）"


def create_event(
    context: ActionContext,
    *,
    draft: EventDraft,
    contract_reply: str = "",
    agreed: bool = False,
    fiscal_year: int | None = None,
) -> ActionResult:
    """Create an event with its default timetable, equipment, recruitment steps and open 協議.

    The ordinal is assigned once the date is known, here or later, and never changes.

    Args:
        contract_reply: day, person and answer of 契約課 when the exception is settled that way; while it is empty
            「契約変更の要否」 stays 協議中.
        agreed: day, content and equipment were agreed with the contractor already, and are settled today. The questions
            are settled when they are fixed, the hearing of a 派遣 when it was held.
        fiscal_year: the year it belongs to; None = the newest.

    Raises:
        UserError: it has no name, its times are in the wrong order, a deviation from the specification has no reason,
            the day is said to be agreed and is missing, or lies outside 履行期間 (``refuse_outside_term``).
    """
    if agreed and draft.event_date is None:
        raise UserError(
            "実施日が空のため、日程の協議を済にできません。", "実施日を入れるか、協議の印を外してください。"
        )
    year = read_year(context.store, context.today, fiscal_year=fiscal_year)
    event = event_from_draft(context.store, draft, year, None)
    refuse_outside_term(event, None, year)
    event = check_event(context.store, event, year, draft.expected_people)
    with context.change(f"{event.full_title}を加えた", "events") as change:
        event_id = insert_event(
            context.store, change, event, contract_reply=contract_reply, agreed=agreed, now=context.now
        )
    return ActionResult(f"{event.full_title}を加えました。", event_id)


def insert_event(
    store: Store, change: Change, event: Event, *, contract_reply: str = "", agreed: bool = False, now: datetime
) -> int:
    """Insert an event with the default rows of a new one within an open change, and return its id.

    The rows are those that ``create_event`` names, and the question to 契約課 if the exception is settled that way.
    """
    kind = kind_of_event(store.database, event)
    event = replace(event, request_id=_request_of(store.database, event))
    event_id = change.insert(event)
    write_lines(change, event_id, default_agenda(kind))
    write_lines(change, event_id, default_equipment(kind, network=event.network, hands_on=event.hands_on))
    office = read_programme(store, programme_id=event.programme_id, on=now.date()).office
    steps = _applicable_steps(store.database, replace(event, id=event_id), kind)
    own = [(in_own_words(step_for_audience(name, kind.audience), office), offset) for name, offset in steps]
    write_lines(change, event_id, recruitment_steps(event_id, own))
    open_default_topics(store, change, replace(event, id=event_id), now, agreed=agreed)
    _ask_contract_section(store, change, replace(event, id=event_id), contract_reply, now)
    return event_id


def _request_of(database: Database, event: Event) -> int | None:
    """Return the id of the newest request of the 団体 of a visit that is open or selected, or None.

    It has no visit yet, or fewer than one request of its kind asks for.
    """
    if not event.form.at_organisation or event.organisation_id is None:
        return None
    came, most = _requests_of_organisation(database, event), kind_of_event(database, event).visits_per_request
    return next(
        (one.id for one in reversed(came) if one.outcome.is_live and len(visits_of_request(database, one)) < most),
        None,
    )


def visits_of_request(database: Database, request: DispatchRequest) -> list[Event]:
    """Return the visits that a request led to, the linked one too, without those that are not held."""
    found = rows_by_id(database, Event, request_id=request.id)
    linked = by_id(database, Event, request.event_id)
    return [one for one in (found | ({linked.id: linked} if linked else {})).values() if one.status.counts]


def _requests_of_organisation(database: Database, event: Event) -> Sequence[DispatchRequest]:
    return rows(
        database,
        DispatchRequest,
        programme_id=event.programme_id,
        organisation_id=event.organisation_id,
        kind=["", event.kind],
        order=("received_on", "id"),
    )


def _applicable_steps(database: Database, event: Event, kind: EventKind) -> Sequence[tuple[str, int]]:
    """Return the recruitment steps of a new event as (name, days before the event).

    Those of the call for requests are left out for a 派遣 to a 団体 whose request was received, if the year has another
    派遣: all of a year share one call. A further visit of one request has none.
    """
    steps = steps_of_kind(kind)
    if not event.form.at_organisation or event.organisation_id is None:
        return steps
    came = _requests_of_organisation(database, event)
    if _is_further_visit(database, event):
        return []
    earlier = rows(database, Event, programme_id=event.programme_id, form=event.form)
    over = came and any(one.id != event.id for one in earlier)
    return [step for step in steps if step[0] not in CALL_STEPS] if over else steps


def _is_further_visit(database: Database, event: Event) -> bool:
    """Return whether the request of a visit led to another one, so that it was chosen, heard and talked over."""
    request = by_id(database, DispatchRequest, event.request_id)
    return request is not None and any(one.id != event.id for one in visits_of_request(database, request))


def update_event(
    context: ActionContext,
    *,
    event_id: int,
    draft: EventDraft,
    original: EventDraft | None = None,
    contract_reply: str = "",
) -> ActionResult:
    """Save the fields of an event; an undated event may get its date here, and with it its ordinal.

    A new settlement or reason of an exception is recorded with ``contract_reply`` as in ``create_event``. A 派遣 whose
    network becomes 無 gets a mobile router in its equipment. The day of the 使用承認 of the room before is not kept for
    another one; the step 会場の使用承認 follows that day.

    Args:
        original: the draft that filled the form, from which ``draft`` was made; None = all of ``draft`` was typed.

    Raises:
        UserError: the date of a dated event differs (日付を変える first shows what moves), or as in ``create_event``.
    """
    year = read_event_year(context.store, event_id, context.today)
    before = read_event_or_error(context.database, event_id)
    if before.event_date is not None and draft.event_date != before.event_date:
        raise UserError("日付は「日付を変える」で変えます。", "動く期限を確かめてから保存できます。")
    event = event_from_draft(context.store, draft, year, event_id, original=original)
    refuse_outside_term(event, before.event_date, year)
    event = check_event(context.store, event, year, draft.expected_people, before=before)
    if event.organisation_id != before.organisation_id:
        event = replace(event, request_id=_request_of(context.database, event))
    said = ""
    if (
        (day := before.venue_booked_on) is not None
        and day == event.venue_booked_on
        and is_in_another_room(before, event)
    ):
        approved = read_move_context(context.store, event_id=event_id, today=context.today).approved_on(event)
        event = replace(event, venue_booked_on=approved)
        now = f"この会場の{short_date(approved, context.today)}にしました" if approved is not None else "消しました"
        said = f"会場が変わったため、前の会場の使用承認日（{short_date(day, context.today)}）は{now}。"
    with context.change(f"{event.full_title}の内容を変えた", "events", event_id=event_id) as change:
        change.update(Event, event_id, **changed_fields(before, event))
        enter_changes(change, event, decisions(context.database, event_id), context.today)
        if (approved := event.venue_booked_on) != (known := before.venue_booked_on):
            follow_approval_day(context.database, change, event_id, before=known, approved=approved, done_by=context.by)
        if event.form.at_organisation and event.network.is_absent and not before.network.is_absent:
            add_router(context.store, change, event)
        if (event.exception_kind, event.exception_reason) != (before.exception_kind, before.exception_reason):
            _ask_contract_section(context.store, change, event, contract_reply, context.now)
    return ActionResult(f"{event.full_title}を保存しました。{said}", event_id)


def duplicate_event(context: ActionContext, *, event_id: int) -> ActionResult:
    """Copy an event without its date, ordinal, results and checks: content, timetable, equipment, steps.

    The default 協議 are opened for the copy. Its name says that it is a copy until it gets its own; a 派遣 has the name
    of its 団体.
    """
    source = read_event_records(context.store, event_id)
    event = replace(
        source.event,
        id=0,
        subject=_copied_subject(source.event),
        ordinal=None,
        event_date=None,
        status=EventStatus.PLANNED,
        venue_booked_on=None,
        venue_named_on=None,
        cancelled_on=None,
        cancel_reason="",
        exception_reason="",
        exception_kind="",
        exception_clauses=(),
        large_letters=(),
        last_admission=0,
        dated_on=None,
        replaces=None,
        request_id=None,
    )
    event = with_kind_name(event, kind_of_event(context.database, event).name)
    with context.change(f"{source.event.full_title}を複写した", "events") as change:
        new_id = change.insert(event)
        write_lines(change, new_id, [replace(row, id=0) for row in source.agenda])
        write_lines(change, new_id, [replace(row, id=0, checked_on=None, checked_by="") for row in source.equipment])
        write_lines(
            change, new_id, [replace(row, id=0, due=None, done_on=None, done_by="", note="") for row in source.steps]
        )
        open_default_topics(context.store, change, replace(event, id=new_id), context.now)
    return ActionResult(f"{source.event.full_title}を複写しました。日程は協議中です。", new_id)


def _copied_subject(event: Event) -> str:
    """Return the subject of the copy: with 「（複写）」 once at its end, for a 派遣 without it."""
    name = event.subject.removesuffix(COPIED_FIELDS)
    return name if event.form.at_organisation else f"{name}{COPIED_FIELDS}"


def default_topics(kind: EventKind) -> tuple[str, ...]:
    """Return the topics of the 協議 that are opened for every new event of a kind (「日程」, 「内容」, …)."""
    hearing = (HEARING,) if VisitStep.HEARING in kind.steps else ()
    agreed = AGREED_TOPICS if VisitStep.CONSULTATION in kind.steps else ()
    return (*agreed, *hearing, *((QUESTIONS_TOPIC,) if kind.has_survey else ()))


def open_default_topics(store: Store, change: Change, event: Event, now: datetime, *, agreed: bool = False) -> None:
    """Insert the 協議 of a new event (``default_topics``) within an open change, open unless ``agreed``.

    Args:
        agreed: those of ``AGREED_TOPICS`` are settled at once.
    """
    for topic in default_topics(kind_of_event(store.database, event)):
        if topic == HEARING and _is_further_visit(store.database, event):
            continue
        settled = now.date() if agreed and topic in AGREED_TOPICS else None
        insert_numbered(
            store, change, Agreement(event_id=event.id, topic=topic, asked_on=now.date(), settled_on=settled)
        )


def check_event(
    store: Store, event: Event, year: YearContext, expected: int | None, *, before: Event | None = None
) -> Event:
    """Return the event with the clauses that its reason was asked for.

    A reason that was written ``before`` counts only for the clauses it was asked for then. ``expected`` is the expected
    number of people, None = unknown.

    Raises:
        UserError: it has no name, times in the wrong order, or a deviation without a reason.
    """
    if not event.subject.strip() and not event.organisation_name.strip():
        raise UserError("実施回の名前が書かれていません。", "実施回の名前または団体名を書いてください。")
    if event.end_time <= event.start_time:
        raise UserError("終わりの時刻が、始まりの時刻より後になっていません。", "時刻を確かめてください。")
    warnings = [row for row in draft_warnings(store, event, year, expected) if needs_reason(row, event, year)]
    if before is None or event.exception_reason != before.exception_reason:
        # A reason that nothing asked for counts for no clause.
        asked = dict.fromkeys(row.clause for row in warnings) or ("",) * bool(event.exception_reason)
        event = replace(event, exception_clauses=tuple(asked))
    for row in warnings:
        if not (event.reason_for(row.clause) and event.exception_kind):
            other = fill_nonempty(
                "記録した理由「{}」は、ほかの違いの理由です。書き足してください。", event.exception_reason
            )
            raise UserError(
                f"契約条件と違います。{row.text}{other}",
                "理由と、協議のみか契約課へ確認するかを選ぶと保存できます。",
            )
    return event


def _ask_contract_section(store: Store, change: Change, event: Event, contract_reply: str, now: datetime) -> None:
    if event.exception_kind == CONTRACT_CHANGE:
        ask_contract_section(
            store, change, event_id=event.id, reason=event.exception_reason, contract_reply=contract_reply, now=now
        )


def add_router(store: Store, change: Change, event: Event) -> None:
    """Add the モバイルルーター of the 受託者 to the equipment where the contract asks for it (仕様書4(2)ク).

    An item there that names a ルーター is enough.
    """
    present = table.equipment(store.database, event.id)
    if any("ルーター" in item.name for item in present):
        return
    for row in default_equipment(kind_of_event(store.database, event), network=Network.ABSENT):
        if row.name == ROUTER:
            change.insert(replace(row, event_id=event.id, position=len(present)))
