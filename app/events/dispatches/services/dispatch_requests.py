"""Saves the 派遣希望票 of a year from the signed form, decides on them, and records their handover with consent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.documents.services.stored_files import keep_file
from app.event.rules.recruitment import CHOICE_STEP
from app.event.services.event_changes import visits_of_request
from app.event.services.recruitment import Call, call_on, read_calls, request_forms_close_on, tick_open_step
from app.event.services.tasks.follow_ups import FollowUp
from app.events.dispatches.rules import (
    LectureLink,
    contact_withheld_reason,
    count_organisations,
    event_of_request,
    labels_of,
    lecture_links,
    lectures_before_visits,
    may_share_contact,
    selected_despite_text,
    selection_target_date,
    tools_requested,
    unanswered_objections,
    unlinked_warning,
)
from app.programme.rules import lecture_names
from app.programme.services import ProgrammeView, kind_of_event, read_programme, read_view, visit_words
from app.registers.register.services.organisations import check_organisation, insert_organisation
from app.registers.register.services.unlinked_names import unlinked_notice
from db.engine import Database
from db.fields import changed_fields, with_values
from db.journal import Change
from db.name_key import plain_organisation
from db.record import RowsById, record
from db.records.dispatches import DispatchRequest, RequestOutcome
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Organisation
from db.records.programme import EventKind, Programme
from db.rows import by_id, rows, rows_by_id
from db.store import Store
from db.tables import dispatches, events, roster

SUBJECT = "dispatches"
REQUEST_TASK = "希望票の選定"


@record
class DispatchRequestRow:
    """One request in a list.

    Attributes:
        event: the 派遣 linked to it; None = none is linked.
        links: the 講習会 in which the 団体 has entries.
        warning: that nobody of it attended one; "" = somebody did, or it is not asked for.
    """

    id: int
    request: DispatchRequest
    organisation: Organisation
    event: Event | None
    links: tuple[LectureLink, ...]
    warning: str

    @property
    def state(self) -> str:
        """Return 決定, 不採択, 取下げ or 選定前."""
        return self.request.outcome or "選定前"


@record
class DispatchRequestList:
    """The requests of a year for one kind of visits in the order of receipt, never ranked.

    Attributes:
        dispatches: its 派遣, without cancelled ones.
        visit_kinds: all kinds of visits of the year.
        item: of the documents of the year about it, None = it is the only kind of visits.
        lecture_names: the names of the lectures whose 団体 the visits are for, "" = there are none.
        kind: the kind of event that they are for.
        calls: the calls of the kind.
    """

    fiscal_year: int
    rows: tuple[DispatchRequestRow, ...]
    dispatches: tuple[Event, ...]
    lecture_names: str
    organisations: RowsById[Organisation]
    kind: EventKind
    visit_kinds: tuple[EventKind, ...]
    item: int | None
    calls: Sequence[Call]

    def closes_for(self, received_on: date) -> date | None:
        """Return the last day of the call to which a request of that day belongs (None = not set)."""
        call = call_on(self.kind, self.calls, received_on)
        return call.closes if call is not None else None

    @property
    def organisation_count(self) -> int:
        """Return of how many 団体 the requests are."""
        return count_organisations(one.request for one in self.rows)

    def count(self, outcome: RequestOutcome) -> int:
        """Return how many have this outcome ("" = not decided)."""
        return sum(one.request.outcome == outcome for one in self.rows)


def kind_of_request(view: ProgrammeView, request: DispatchRequest) -> EventKind:
    """Return the kind of visits that a request asks for; one that names none asks for the first."""
    return view.find_kind(request.kind) or view.numbers_of_form(EventForm.VISIT)


def numbered_visits(view: ProgrammeView) -> dict[int, EventKind]:
    """Return the kinds of visits of a year by the number under which their documents are kept.

    The one that the year has longest is 1, another bears the number of its first row.
    """
    kinds = view.kinds_of_form(EventForm.VISIT)
    rows_of = {one.kind: min(row.id for row in view.rows.numbers if row.kind == one.kind) for one in kinds}
    ordered = sorted(kinds, key=lambda one: rows_of[one.kind])
    return {rows_of[one.kind] if place else 1: one for place, one in enumerate(ordered)}


def number_of_visits(view: ProgrammeView, kind: EventKind) -> int:
    """Return the number of a kind of visits of a year."""
    return next(number for number, one in numbered_visits(view).items() if one.kind == kind.kind)


def read_dispatch_requests(store: Store, *, fiscal_year: int | None = None, kind: str = "") -> DispatchRequestList:
    """Return the requests of a year (None = the newest) for a kind of visits with everything a decision rests on.

    Args:
        kind: the key of the kind; "" = the first kind of visits.

    Raises:
        UserError: that year was not started here.
    """
    database = store.database
    view = read_programme(store, fiscal_year=fiscal_year)
    programme, visits = view.programme, view.kinds_of_form(EventForm.VISIT)
    numbers = view.find_kind(kind) or view.numbers_of_form(EventForm.VISIT)
    every = rows(database, DispatchRequest, programme_id=programme.id, order=("received_on", "id"))
    found = [one for one in every if kind_of_request(view, one).kind == numbers.kind]
    events = rows(database, Event, programme_id=programme.id)
    known = rows_by_id(database, Organisation)
    lectures = [one for one in events if one.form is EventForm.LECTURE]
    wanted = {one.organisation_id for one in found}
    entries = defaultdict(list)
    written: dict[int | str, int] = {plain_organisation(known[one].name): one for one in wanted}
    for entry in roster.entries_of(database, [one.id for one in lectures]) if wanted else ():
        side = entry.organisation_id or written.get(entry.organisation_key)
        if side in wanted:
            entries[side].append(entry)
    by_id = RowsById(events)
    listed, before = [], lecture_names(lectures_before_visits(view.kinds, numbers))
    for one in found:
        links = lecture_links(lectures, entries[one.organisation_id])
        listed.append(
            DispatchRequestRow(
                id=one.id,
                request=one,
                organisation=known[one.organisation_id],
                event=by_id.get(one.event_id),
                links=links,
                warning=unlinked_warning(one, links, numbers, before),
            )
        )
    return DispatchRequestList(
        fiscal_year=programme.fiscal_year,
        rows=tuple(listed),
        dispatches=tuple(one for one in events if one.kind == numbers.kind and one.status.counts),
        lecture_names=before,
        organisations=known,
        kind=numbers,
        visit_kinds=visits,
        item=number_of_visits(view, numbers) if len(visits) > 1 else None,
        calls=read_calls(database, numbers),
    )


def request_follow_ups(store: Store, today: date) -> Iterator[FollowUp]:
    """Yield a follow-up for each undecided or selected request of an open year that has no 実施回.

    It says to record the selection, or for a selected one to add the 実施回; its day is a 目安日.
    """
    every = rows(store.database, DispatchRequest, order=("received_on", "id"))
    waiting = [one for one in every if one.event_id is None and one.outcome.is_live]
    for programme_id in dict.fromkeys(one.programme_id for one in waiting):
        programme = get_or_raise(store.database, Programme, programme_id)
        if programme.closed_on is not None:
            continue
        slips = [one for one in every if one.programme_id == programme_id]
        visits = rows(store.database, Event, programme_id=programme_id, form=EventForm.VISIT)
        view = read_view(store.database, programme, today)
        calls = {one.kind: read_calls(store.database, one) for one in view.kinds_of_form(EventForm.VISIT)}
        if not calls:
            continue  # An earlier version let a year take its visits out beside their requests.
        for one in waiting:
            if one not in slips or event_of_request(one, visits, slips) is not None:
                continue
            name = get_or_raise(store.database, Organisation, one.organisation_id).name
            kind = kind_of_request(view, one)
            call = call_on(kind, calls[kind.kind], one.received_on)
            target = selection_target_date(one, call.closes if call is not None else None)
            yield FollowUp(
                task=f"{REQUEST_TASK}:{one.id}",
                label=f"{kind.name}の実施回を追加する" if one.outcome else "希望票の選定を記録する",
                detail=name,
                due=(one.decided_on if one.outcome else None) or target,
                basis=f"{name}の希望票（{short_date(one.received_on, today)} 受領）に、実施回がまだありません。",
                rule="目安日",
                link=ActionLink("派遣の希望票", organisation_id=one.organisation_id),
            )


def lectures_naming_organisation(
    database: Database, *, organisation_id: int, programme_id: int
) -> tuple[LectureLink, ...]:
    """Return the 講習会 of a year that link a 団体 to a 派遣.

    Entries with only its name, written before it was registered, count too.
    """
    entries = dispatches.entries_in_lectures(database, organisation_id, programme_id)
    name = plain_organisation(get_or_raise(database, Organisation, organisation_id).name)
    unlinked = dispatches.unlinked_entries_in_lectures(database, programme_id)
    entries += [one for one in unlinked if one.organisation_key == name]
    events = rows(database, Event, id=sorted({one.event_id for one in entries}))
    return lecture_links(events, entries)


_UNDECIDED: Mapping[str, Any] = {
    "outcome": RequestOutcome.OPEN,
    "decided_on": None,
    "reason": "",
    "event_id": None,
    "lecture_id": None,
    "unlinked_reason": "",
    "exception_reason": "",
}
"""What a request has before the decision on it."""
_FIELDS_SET_LATER = (*_UNDECIDED, "file_id", "file_name", "handed_on", "handed_how")
"""Fields of a request that are set by decision, attachment and handover, never by correcting it."""


def save_dispatch_request(context: ActionContext, *, wish: DispatchRequest, new_name: str = "") -> ActionResult:
    """Save a request as written on its form or told before (``id`` 0 = a new one); decision and file stay.

    The tools of its 派遣 follow, unless others were typed there. 同意あり without a day gets that of receipt.

    Args:
        new_name: name of an unregistered 団体, which is added to the register in the same action; "" = the 団体 of
            ``wish``.

    Raises:
        UserError: no 団体, or it is gone, or the new one is registered already; signed without a name; a day that lies
            ahead, or receipt after the decision; nothing requested; more smartphones than people; signature or consent
            removed from a request that is with the contractor.
    """
    if new_name.strip():
        organisation = Organisation(name=new_name.strip())
        check_organisation(context.database, organisation)
    elif not wish.organisation_id:
        raise UserError(
            "どの団体の希望票か、まだ選ばれていません。",
            "団体名を入力し、出てきた団体か「新しく加える」を選んでください。",
        )
    else:
        organisation = get_or_raise(context.database, Organisation, wish.organisation_id)
    if wish.signed and not wish.signer.strip():
        raise UserError(
            "署名した代表者の氏名がまだ入力されていません。",
            "署名のとおりに入力してください。署名がまだのときは、「代表者の署名がある」の印を外します。",
        )
    _check_day(wish.received_on, context.today, "受け取った日")
    if wish.consent_on is not None:
        _check_day(wish.consent_on, context.today, "同意を確かめた日")
    if not (wish.tools or wish.wish.strip()):
        raise UserError("希望するものがまだ入力されていません。", "希望票のとおりに入力してください。")
    if wish.people is not None and (wish.phones or 0) > wish.people:
        raise UserError(
            f"スマートフォンを持って来る方（{wish.phones}人）が、参加する人数（{wish.people}人）を超えています。",
            "希望票の数をご確認ください。",
        )
    if wish.consent.is_given and wish.consent_on is None:
        wish = replace(wish, consent_on=wish.received_on)
    before = get_or_raise(context.database, DispatchRequest, wish.id) if wish.id else None
    if before is not None:
        if before.outcome and before.decided_on is not None and wish.received_on > before.decided_on:
            raise UserError(
                f"受け取った日が、{before.outcome}とした日（"
                f"{short_date(before.decided_on, context.today)}）より後です。",
                f"日付をご確認ください。{before.outcome}とした日がちがうときは、先に「選定を直す」で直してください。",
            )
        if before.handed_on is not None and not (wish.signed and wish.consent.is_given):
            raise UserError(
                f"希望票は{short_date(before.handed_on, context.today)}に受託者へ渡しています。",
                "署名または同意を取り消すときは、先に渡した記録を取り消し、受託者に返してもらってください。",
            )
        wish = with_values(wish, {name: getattr(before, name) for name in _FIELDS_SET_LATER})
    form = visit_words(context.database, "派遣希望票", wish.programme_id)
    with context.change(
        f"{organisation.name}の{form}を{'直した' if wish.id else '記録した'}", SUBJECT, event_id=wish.event_id
    ) as change:
        if not organisation.id:
            wish = replace(wish, organisation_id=insert_organisation(change, context, organisation))
        row_id = change.correct(before, wish)
        _follow_request(change, context.database, replace(wish, id=row_id))
        taken = (
            _copy_tools_to_event(change, context.database, wish, tools_requested(before)) if before is not None else ""
        )
    written = unlinked_notice(context.database, organisation.name) if not organisation.id else ""
    same = rows(context.database, DispatchRequest, programme_id=wish.programme_id, organisation_id=wish.organisation_id)
    other = next((short_date(one.received_on, context.today) for one in same if one.id != row_id), "")
    added = f"「{organisation.name}」を団体の名簿に加え、" if not organisation.id else f"{organisation.name}の"
    more = fill_nonempty("この年度の希望票は、ほかにもあります（{} 受領）。", other)
    waits = "" if wish.signed else "署名のある用紙が届いたら、「署名」に印を付けてください。"
    closes = _closing_day(context, wish) if wish.outcome.is_chosen else None
    known = selected_despite_text(wish, closes, context.today) or waits
    return ActionResult(f"{added}{form}を保存しました。{taken}{known}{more}{written}", row_id)


def remove_dispatch_request(context: ActionContext, *, wish_id: int) -> ActionResult:
    """Delete a request entered by mistake; raises ``UserError`` once it was decided on."""
    wish = get_or_raise(context.database, DispatchRequest, wish_id)
    organisation = get_or_raise(context.database, Organisation, wish.organisation_id)
    if wish.outcome:
        raise UserError(
            "決定した希望票は、削除できません。", "取り下げのときは「取下げ」にしてください。記録は残ります。"
        )
    form = visit_words(context.database, "派遣希望票", wish.programme_id)
    with context.change(f"{organisation.name}の{form}を削除した", SUBJECT) as change:
        change.update_each(
            Event, {one.id: {"request_id": None} for one in rows(context.database, Event, request_id=wish.id)}
        )
        change.delete(DispatchRequest, wish.id)
    return ActionResult(f"{organisation.name}の{form}を削除しました。", wish.id)


def attach_request_form(context: ActionContext, *, wish_id: int, data: bytes, name: str) -> ActionResult:
    """Save the scanned request encrypted in place of an earlier file; the original stays at 原本の所在."""
    wish = get_or_raise(context.database, DispatchRequest, wish_id)
    organisation = get_or_raise(context.database, Organisation, wish.organisation_id)
    with context.change(
        f"{organisation.name}の{visit_words(context.database, '派遣希望票', wish.programme_id)}の写しを保管した",
        SUBJECT,
        event_id=wish.event_id,
    ) as change:
        kept = keep_file(context.store, change, data=data, name=name, now=context.now)
        change.update(DispatchRequest, wish.id, file_id=kept.id, file_name=name)
    return ActionResult(f"希望票の写し「{name}」を保管しました。", wish.id)


def decide_dispatch_request(
    context: ActionContext,
    *,
    wish_id: int,
    outcome: RequestOutcome,
    decided_on: date,
    reason: str,
    event_id: int | None = None,
    lecture_id: int | None = None,
    unlinked_reason: str = "",
    exception_reason: str = "",
) -> ActionResult:
    """Record the decision on a request and its reason.

    Selecting it for a 派遣 also completes the step 選定 there and sets its tools, unless others were typed. A step that
    the decision before completed is reopened first.

    Args:
        outcome: 決定, 不採択 or 取下げ; "" revokes the decision, and all other arguments are ignored.
        reason: 選定理由, or the published rule by which it was declined.
        event_id: the 派遣 it became; it may be given later. Only with 決定, as ``lecture_id`` and
            ``exception_reason``.
        lecture_id: the 講習会 that links the 団体 to it.
        unlinked_reason: why a 団体 without such a link was selected (「主に」); optional.
        exception_reason: why a late or unsigned request was selected, as ``join_exception_reasons`` writes it;
            required then.

    Raises:
        UserError: a reason is missing; a day that lies ahead or before the receipt; an event that is no 派遣 of the
            year, of another 団体 or has a request; a 講習会 without an entry of the 団体; or a request that is with
            the contractor would no longer be selected.
    """
    outcome = RequestOutcome(outcome)
    database = context.database
    wish = get_or_raise(database, DispatchRequest, wish_id)
    organisation = get_or_raise(database, Organisation, wish.organisation_id)
    if not outcome.is_chosen and wish.handed_on is not None:
        raise UserError(
            f"希望票は{short_date(wish.handed_on, context.today)}に受託者へ渡しています。",
            "受託者から返してもらい、渡した記録を取り消してから変えてください。",
        )
    if not outcome:
        action = f"{organisation.name}の{visit_words(database, '派遣', wish.programme_id)}の決定を取り消した"
        with context.change(action, SUBJECT, event_id=wish.event_id) as change:
            change.update(DispatchRequest, wish.id, **_UNDECIDED)
            _follow_request(change, database, replace(wish, outcome=RequestOutcome.OPEN, event_id=None))
            _reopen_selection_step(change, database, wish)
        return ActionResult(f"{organisation.name}の希望票を選定前に戻しました。", wish.id)
    if not reason.strip():
        raise UserError(f"{outcome}の理由がまだ入力されていません。", "募集要項の「決め方」にそって書いてください。")
    _check_day(decided_on, context.today, "決定した日")
    if decided_on < wish.received_on:
        raise UserError("決定した日が、希望票を受け取った日より前です。", "日付をご確認ください。")
    links = lectures_naming_organisation(database, organisation_id=organisation.id, programme_id=wish.programme_id)
    if outcome.is_chosen:
        if event_id is not None:
            _check_event(database, event_id, wish)
        if lecture_id is not None and lecture_id not in {link.event.id for link in links}:
            raise UserError(
                "選んだ実施回に、この団体の名簿の記録がありません。", "この団体が参加した実施回を選んでください。"
            )
        _check_exceptions(context, replace(wish, exception_reason=exception_reason))
    else:
        event_id, lecture_id, exception_reason = None, None, ""
    decided = replace(
        wish,
        outcome=outcome,
        decided_on=decided_on,
        reason=reason.strip(),
        event_id=event_id,
        lecture_id=lecture_id,
        unlinked_reason=unlinked_reason.strip(),
        exception_reason=exception_reason.strip(),
    )
    view = read_programme(context.store, programme_id=wish.programme_id, with_names=False)
    kind = kind_of_request(view, wish)
    action = f"{organisation.name}の{kind.name}を{outcome}とした"
    with context.change(action, SUBJECT, event_id=event_id) as change:
        change.update(DispatchRequest, wish.id, **changed_fields(wish, decided))
        _follow_request(change, database, decided)
        _reopen_selection_step(change, database, wish)
        # The decision completes the step 選定 of its 派遣, on the day of the decision.
        tick_open_step(database, change, event_id, CHOICE_STEP, on=decided_on, done_by=context.by)
        taken = _copy_tools_to_event(change, database, decided)
    before = lecture_names(lectures_before_visits(view.kinds, kind))
    asks = outcome.is_chosen and not decided.unlinked_reason
    warning = unlinked_warning(decided, links, kind, before) if asks else ""
    return ActionResult(f"{organisation.name}の{kind.name}を{outcome}としました。{taken}{warning}", wish.id)


def _check_exceptions(context: ActionContext, request: DispatchRequest) -> None:
    """Raise ``UserError`` if a request is late or unsigned and gives no reason to select it all the same."""
    against = unanswered_objections(request, _closing_day(context, request), context.today)
    if against:
        raise UserError(
            f"{'。また、'.join(against.values())}。",
            f"それでも選ぶときは、{labels_of(against)}に書いてください。記録に残り、起案資料に載ります。",
        )


def _closing_day(context: ActionContext, request: DispatchRequest) -> date | None:
    """Return the last day of the call to which a request belongs, None = not set."""
    view = read_programme(context.store, programme_id=request.programme_id)
    return request_forms_close_on(context.database, kind_of_request(view, request), request.received_on)


def link_event(context: ActionContext, *, wish_id: int, event_id: int) -> ActionResult:
    """Record which 派遣 a selected request became, complete its step 選定 and set its tools, if none were typed.

    Of a kind whose requests ask for several visits a further one is added to those that it has.

    Raises:
        UserError: the request was not selected, or the event is not of its year and 団体, or has a request already; or
            the request has as many visits as one can have.
    """
    database = context.database
    wish = get_or_raise(database, DispatchRequest, wish_id)
    organisation = get_or_raise(database, Organisation, wish.organisation_id)
    if not wish.outcome.is_chosen:
        raise UserError(
            f"{organisation.name}の{visit_words(database, '派遣', wish.programme_id)}は、まだ決まっていません。",
            "選定を記録してから、実施回に結び付けてください。",
        )
    event = _check_event(database, event_id, wish)
    most = kind_of_event(database, event).visits_per_request
    visits = {one.id for one in visits_of_request(database, wish)} | {event_id}
    if most > 1 and len(visits) > most:
        raise UserError(
            f"この希望票には、もう{most}回の実施回があります。",
            "希望票1枚で行えるのは、そこまでです。新しい希望票を記録してください。",
        )
    first = event_id if most == 1 or wish.event_id is None else wish.event_id
    with context.change(
        f"{organisation.name}の希望票を{event.full_title}に結び付けた", SUBJECT, event_id=event_id
    ) as change:
        change.update(DispatchRequest, wish.id, event_id=first)
        before = by_id(database, Event, wish.event_id)
        if before is not None and before.id != first and before.status.is_planned:
            change.update(Event, before.id, request_id=None)
        if event_id != first:
            change.update(Event, event_id, request_id=wish.id)
        _follow_request(change, database, replace(wish, event_id=first))
        tick_open_step(database, change, event_id, CHOICE_STEP, on=wish.decided_on, done_by=context.by)
        taken = _copy_tools_to_event(change, database, replace(wish, event_id=event_id))
    return ActionResult(f"{event.full_title}に、{organisation.name}の希望票を結び付けました。{taken}", wish.id)


def _follow_request(change: Change, database: Database, request: DispatchRequest) -> None:
    """Let the visits of a 団体 name its request, and bear its word if it ended (取下げ, 不採択).

    A visit without a request, or with one that ended, takes a request that did not. One that is held or cancelled keeps
    its word.
    """
    status = EventStatus.PLANNED if request.outcome.is_live else EventStatus(request.outcome)
    visits = rows(database, Event, programme_id=request.programme_id, organisation_id=request.organisation_id)
    for visit in visits:
        kind = kind_of_event(database, visit)
        one_of_several = kind.visits_per_request > 1 and visit.request_id == request.id
        if request.kind not in ("", visit.kind) or not visit.form.at_organisation:
            continue
        if not one_of_several and request.event_id not in (None, visit.id):
            continue
        free = visit.request_id is None or (visit.status.is_request_ended and status.is_planned)
        named = request.id if free or request.event_id == visit.id else visit.request_id
        if named == request.id and not (visit.status.is_held or visit.status.is_cancelled):
            change.update(Event, visit.id, request_id=named, status=status)


def _copy_tools_to_event(
    change: Change, database: Database, request: DispatchRequest, previous_tools: tuple[str, ...] = ()
) -> str:
    """Set the tools of a request at its 派遣 unless others were typed; return a sentence about it.

    Args:
        previous_tools: the tools of the request until now; a 派遣 with exactly those follows the request.
    """
    tools = tools_requested(request)
    event = by_id(database, Event, request.event_id)
    if event is None or event.tools not in ((), previous_tools) or event.tools == tools:
        return ""
    change.update(Event, event.id, tools=tools)
    return fill_nonempty("対象ツールを、希望票のとおり「{}」にしました。", "、".join(tools))


def _reopen_selection_step(change: Change, database: Database, previous_request: DispatchRequest) -> None:
    """Reopen a step that the decision completed; one completed on another day stays."""
    if previous_request.event_id is None:
        return
    for step in events.recruitment_steps(database, previous_request.event_id):
        if step.name == CHOICE_STEP and step.done_on == previous_request.decided_on:
            change.update(RecruitmentStep, step.id, done_on=None, done_by="")


def note_form_handed_over(context: ActionContext, *, wish_id: int, on: date | None, how: str = "") -> ActionResult:
    """Record when and how (「持参」) the request form was handed to the contractor; ``on`` None removes the record.

    Raises:
        UserError: it was not selected, is not signed or does not agree that the contractor learns name and telephone;
            or the day lies ahead.
    """
    wish = get_or_raise(context.database, DispatchRequest, wish_id)
    organisation = get_or_raise(context.database, Organisation, wish.organisation_id)
    if on is not None:
        if not may_share_contact(wish):
            called = partial(visit_words, context.database, programme_id=wish.programme_id)
            raise UserError(
                f"{organisation.name}の希望票は、受託者へ渡せません。",
                f"{called(contact_withheld_reason(wish))}ためです。"
                f"{called('派遣が決まり')}、署名のある希望票で同意があるときに限り渡せます。",
            )
        _check_day(on, context.today, "渡した日")
    action = f"{organisation.name}の希望票を{'受託者へ渡した' if on else '渡した記録を取り消した'}"
    with context.change(action, SUBJECT, event_id=wish.event_id) as change:
        change.update(DispatchRequest, wish.id, handed_on=on, handed_how=how.strip() if on else "")
    return ActionResult(f"{action}ことを記録しました。" if on else f"{action.removesuffix('た')}ました。", wish.id)


def _check_event(database: Database, event_id: int, request: DispatchRequest) -> Event:
    """Return an event that may answer a request.

    Raises:
        UserError: it is no 派遣 of the year, of another 団体, or has another 決定 request.
    """
    event = get_or_raise(database, Event, event_id)
    wrong = event.programme_id != request.programme_id or request.kind not in ("", event.kind)
    if wrong or not event.form.at_organisation:
        visit = visit_words(database, "派遣", request.programme_id)
        raise UserError(f"その実施回は、この年度の{visit}ではありません。", f"{visit}の実施回を選んでください。")
    if event.organisation_id not in (None, request.organisation_id):
        raise UserError(
            f"{event.full_title}は、ほかの団体への{visit_words(database, '派遣', request.programme_id)}です。",
            "この団体の実施回を選んでください。",
        )
    others = rows(database, DispatchRequest, event_id=event_id)
    if any(one.id != request.id and one.outcome.is_chosen for one in others):
        raise UserError(f"{event.full_title}には、別の希望票が結び付いています。", "実施回を選び直してください。")
    return event


def _check_day(day: date, today: date, what: str) -> None:
    """Raise ``UserError`` if the day lies after ``today``; ``what`` names it in the sentence (「決定した日」)."""
    if day > today:
        raise UserError(f"{what}が本日より後です。", "日付をご確認ください。")
