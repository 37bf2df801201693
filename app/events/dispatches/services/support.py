"""Reads and saves 支援のあゆみ of one 派遣: request, selection, hearing, stages, plan, follow-ups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.calendar.wareki import fiscal_year_of
from app.common.join_nonempty import join_nonempty
from app.common.row_cells import filled_cells
from app.event.rules.agenda import has_usual_content
from app.event.services.agreements import HEARING, settled_number
from app.event.services.event_changes import add_router
from app.event.services.event_facts import read_venue_entry
from app.event.services.event_records import EventCoreRecords
from app.event.services.expected_counts import expected_of_event
from app.event.services.tasks.follow_ups import FollowUp
from app.events.discussion.rules import is_of_ward
from app.events.dispatches.rules import (
    CELL_SEPARATOR,
    PLAN,
    PLAN_COLUMNS,
    PLAN_WORDS,
    STAGES,
    DispatchSteps,
    LectureLink,
    call_due,
    count_organisations,
    counts_at_selection,
    dispatch_steps,
    event_of_request,
    is_after_march,
    lectures_before_visits,
    newest_confirmed,
    newest_received,
    outdated_tables_text,
    report_rows,
    stage_source,
    stages_before,
    unlinked_warning,
    with_table,
)
from app.events.dispatches.services.contact_consent import request_of_visit
from app.events.dispatches.services.dispatch_requests import SUBJECT, lectures_naming_organisation
from app.events.dispatches.services.stages import remove_stages_from_history, stage_rows, write_stages_to_history
from app.events.dispatches.services.step_context import step_context_of
from app.programme.rules import lecture_names
from app.programme.services import kind_of_event, kinds_of_events, office_calendar, programme_of_event
from app.registers.register.rules import NOT_WANTED, is_stage
from db.engine import Database
from db.fields import changed_fields, corrections
from db.record import group_by_key, record
from db.records.agreements import Agreement
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchFollowUp, DispatchRequest, DispatchSupport, FollowUpKind, FollowUpState
from db.records.documents import Letter
from db.records.events import Event, FeePayer, RecruitmentStep
from db.records.organisations import Organisation, StageMark
from db.records.participants import ExpectedCount
from db.records.programme import EventKind, Programme, Side
from db.records.submissions.reports import Report
from db.records.venues import Network, Venue
from db.rows import by_id, row, rows
from db.store import Store
from db.tables import dispatches, register, reports
from db.tables.dispatches import calls_after_visits, follow_ups_of_year

CallOutcome = Literal["話せた", "不在", "日を変える"]
CALL_TASK = "派遣の3か月後の電話"
ANSWER_TASK = "派遣のフォローアップ"
_ONE_WEEK = timedelta(days=7)


@record
class StageLine:
    """One tool of a 団体 with its stage before and after the 派遣, on six stages.

    Attributes:
        before: from the history of the 団体, else as the confirmed report says.
        after: from the confirmed report; "" = not known, then ``source`` is "" too.
        is_unwanted: × 希望しない, so it has no stage.
        words: 「before → after」 as shown.
    """

    tool: str
    before: str
    after: str
    is_unwanted: bool
    words: str
    source: str


@record
class SupportView:
    """Everything the tab 支援のあゆみ of one 派遣 shows.

    Attributes:
        applied, chosen_count: 団体 with a request and with a selected one, as of the selection (None = not recorded).
        request: the request linked to the event (``steps`` also count one that may become it).
        declined_count: 団体 of the year with a declined request.
        decision_letter: the newest 決定通知 of the event.
        lecture: the 講習会 named by the decision, else the first of ``links``.
        report: the confirmed report; ``draft_report`` the newest one if it is not confirmed.
        stages_noted_on: last day on which a stage before was recorded; ``stages_written_on`` those of ``report``.
        policy, plan: words and rows of 支援方針, of the confirmed report, else of the newest made here, else as typed.
        call_due: open day by which the call after three months is due (None = it was made, or is not to be made).
        next_try_on: the open day to which it is put off by default.
        has_people: the number of people is known. venue: the venue's entry in the register.
        outdated_warning: what was typed from an earlier version ("" = nothing).
        steps: state of the seven steps.
    """

    event: Event
    kind: EventKind
    fiscal_year: int
    organisation: Organisation | None
    request: DispatchRequest | None
    applied: int
    links: tuple[LectureLink, ...]
    lecture: Event | None
    warning: str
    decision_letter: Letter | None
    chosen_count: int | None
    declined_count: int
    support: DispatchSupport
    has_people: bool
    venue: Venue | None
    report: Report | None
    draft_report: Report | None
    stage_lines: tuple[StageLine, ...]
    stages_noted_on: date | None
    stages_written_on: date | None
    plan: tuple[tuple[str, ...], ...]
    policy: str
    follow_ups: tuple[DispatchFollowUp, ...]
    call_due: date | None
    next_try_on: date
    is_called: bool
    outdated_warning: str
    steps: DispatchSteps

    @property
    def done_count(self) -> int:
        """Return how many of the follow-ups are done, including the call after three months."""
        return sum(one.state.is_done for one in self.follow_ups)

    @property
    def follow_up_count(self) -> int:
        """Return how many follow-ups there are; the call after three months counts once, made or due."""
        return sum(not one.kind.is_later_call for one in self.follow_ups) + (
            self.call_due is not None or self.is_called
        )


def read_support(store: Store, *, event_id: int, today: date) -> SupportView | None:
    """Return the support of one 派遣, None for an event of another kind; raises ``UserError`` when it is gone."""
    database = store.database
    event = get_or_raise(database, Event, event_id)
    if not event.form.at_organisation:
        return None
    organisation = by_id(database, Organisation, event.organisation_id)
    wishes = rows(database, DispatchRequest, programme_id=event.programme_id, order=("received_on", "id"))
    kind, view = kind_of_event(database, event), programme_of_event(store, event, on=today)
    wish = request_of_visit(database, event)
    events = rows(database, Event, programme_id=event.programme_id, form=event.form) if wish is None else [event]
    links: tuple[LectureLink, ...] = ()
    if organisation is not None:
        links = lectures_naming_organisation(database, organisation_id=organisation.id, programme_id=event.programme_id)
    support = row(database, DispatchSupport, event_id=event_id) or DispatchSupport(event_id=event_id)
    found = reports.reports_of_event(database, event_id)
    confirmed = newest_confirmed(found)
    follow_ups = tuple(rows(database, DispatchFollowUp, event_id=event_id, order=("-asked_on", "-id")))
    marks = register.stage_marks(database, organisation.id) if organisation is not None else []
    ladder, before_on = _stage_lines(event, organisation, marks, wish, confirmed, support)
    written = [mark.marked_on for mark in marks if confirmed and mark.source == stage_source(event, confirmed)]
    letters = rows(database, Letter, event_id=event_id, document_kind="決定通知")
    draft = found[-1] if found else None
    said = confirmed or next((one for one in reversed(found) if not one.way.is_received), None)
    call = calls_after_visits(database)[event_id]
    due = call_due(event, kind, made=call.made, put_off=call.put_off, is_followed=call.is_followed)
    calendar = office_calendar(store)
    lecture = next((one.event for one in links if wish and one.event.id == wish.lecture_id), None)
    before = lecture_names(lectures_before_visits(view.kinds, kind))
    applied, chosen = counts_at_selection(wishes, wish.decided_on if wish is not None else None)
    return SupportView(
        event=event,
        kind=kind,
        fiscal_year=view.programme.fiscal_year,
        organisation=organisation,
        request=wish,
        applied=applied,
        links=links,
        lecture=lecture or (links[0].event if links else None),
        warning=unlinked_warning(wish, links, kind, before) if wish is not None else "",
        decision_letter=letters[-1] if letters else None,
        chosen_count=chosen,
        declined_count=count_organisations(one for one in wishes if one.outcome.is_refused),
        support=support,
        has_people=bool(expected_of_event(database, event)),
        venue=read_venue_entry(database, event),
        report=confirmed,
        draft_report=draft if draft is not None and not draft.status.is_checked else None,
        stage_lines=ladder,
        stages_noted_on=before_on,
        stages_written_on=max(written, default=None),
        plan=report_rows(said, support, PLAN),
        policy=said.body.get(PLAN_WORDS, "") if said is not None else "",
        follow_ups=follow_ups,
        call_due=calendar.open_on_or_before(due) if due is not None else None,
        next_try_on=calendar.open_on_or_after(today + _ONE_WEEK),
        is_called=call.made > 0,
        outdated_warning=outdated_tables_text(support, newest_received(found)),
        steps=dispatch_steps(
            step_context_of(
                EventCoreRecords(
                    event=event,
                    steps=tuple(rows(database, RecruitmentStep, event_id=event_id, order=("position", "id"))),
                    letters=tuple(letters),
                    agreements=tuple(rows(database, Agreement, event_id=event_id, topic=HEARING)),
                    reports=tuple(found),
                ),
                wish or next((one for one in wishes if event_of_request(one, events, wishes) == event), None),
                decisions=rows(database, ChangeDecision, event_id=event_id),
                call=call,
                kind=kind,
            ),
            today,
        ),
    )


def _stage_lines(
    event: Event,
    organisation: Organisation | None,
    marks: Sequence[StageMark],
    request: DispatchRequest | None,
    report: Report | None,
    support: DispatchSupport,
) -> tuple[tuple[StageLine, ...], date | None]:
    """Return each tool's stage before and after the visit, and the last day a stage before was recorded (or None)."""
    stages: Mapping[str, tuple[str, date | None]] = (
        stages_before(marks, organisation.stages, event=event) if organisation is not None else {}
    )
    typed = {tool: (before, after) for tool, before, after in stage_rows(report_rows(report, support, STAGES))}
    tools = dict.fromkeys((*(request.tools if request else ()), *event.tools, *typed, *stages))
    lines = []
    for tool in tools:
        old, _on = stages.get(tool, ("", None))
        said, new = typed.get(tool, ("", ""))
        before = old or said
        unwanted = NOT_WANTED in (before if not is_stage(new) else "", new)
        words = _stage_text(before, new, is_unwanted=unwanted)
        lines.append(
            StageLine(
                tool=tool, before=before, after=new, is_unwanted=unwanted, words=words, source="報告 4章" if new else ""
            )
        )
    noted = [on for tool, (_stage, on) in stages.items() if on is not None and tool in tools]
    return tuple(lines), max(noted, default=None)


def _stage_text(before: str, after: str, *, is_unwanted: bool) -> str:
    """Return 「before → after」, the one stage known, 「×」 for an unwanted tool, or 「—」."""
    if is_unwanted:
        return "×"
    if after and before and after != before:
        return f"{before} → {after}"
    return after or before or "—"


@record
class WardPromise:
    """What the ward does for a 団体 after the year by the plan of its report: when, what, and its part."""

    event: Event
    when: str
    what: str
    role: str


def read_ward_promises(database: Database, events: Sequence[Event]) -> list[WardPromise]:
    """Return the rows of 今後の支援方針 for the ward after March, by event, of reports that are 確認済."""
    held = [one for one in events if one.form.at_organisation and one.status.is_held and one.event_date is not None]
    ids = [one.id for one in held]
    supports = {one.event_id: one for one in rows(database, DispatchSupport, event_id=ids)}
    made = group_by_key(
        (report.event_id, report) for report in (reports.reports_of_events(database, ids) if ids else ())
    )
    found = []
    for event in held:
        confirmed = newest_confirmed(made.get(event.id, ()))
        if confirmed is None or event.event_date is None:
            continue
        for one in report_rows(confirmed, supports.get(event.id), PLAN):
            when, what, who, _aim, role = filled_cells(one, 5)
            if ("区" in who or is_of_ward(who)) and is_after_march(when, fiscal_year_of(event.event_date)):
                found.append(WardPromise(event=event, when=when, what=what, role=role))
    return found


def open_follow_ups(database: Database, programme_id: int) -> list[DispatchFollowUp]:
    """Return the follow-ups of a year's 派遣 that are 対応中; a call to be made is none of them."""
    return [one for one in follow_ups_of_year(database, programme_id) if one.state.is_open]


# the hearing, and tables of a received report


def save_hearing(
    context: ActionContext,
    *,
    support: DispatchSupport,
    network: Network = Network.UNKNOWN,
    fee_payer: FeePayer = FeePayer.UNKNOWN,
    people: int | None = None,
) -> ActionResult:
    """Save hearing, agreed contents and facilities of the venue (仕様書4(2)カ, ク); typed rows stay.

    What it answers is settled with it: the 協議 about it, network and payer of the event, and its number of people
    while none is known.

    Args:
        network, fee_payer, people: what was heard; unknown leaves the event as it is.
    Raises:
        UserError: the event is no 派遣, or the day lies ahead.
    """
    event = _required_dispatch(context.database, support.event_id)
    if support.hearing_on is not None and support.hearing_on > context.today:
        raise UserError("ヒアリングの日が本日より後です。", "日付をご確認ください。")
    before = row(context.database, DispatchSupport, event_id=event.id)
    said = {name: value for name, value in corrections(before, support).items() if name != "tables"}
    with context.change(f"{event.full_title}のヒアリングを記録した", SUBJECT, event_id=event.id) as change:
        row_id = change.update_or_insert(DispatchSupport, before, **said)
        heard = replace(
            event,
            network=event.network if network.is_unknown else network,
            fee_payer=fee_payer or event.fee_payer,
        )
        change.update(Event, event.id, **changed_fields(event, heard))
        if heard.network.is_absent and not event.network.is_absent:
            add_router(context.store, change, heard)
        if support.hearing_on is not None:
            for topic in rows(context.database, Agreement, event_id=event.id, topic=HEARING):
                if topic.is_open:
                    number = settled_number(context.store, topic)
                    change.update(Agreement, topic.id, settled_on=support.hearing_on, ordinal=number)
        if people and not expected_of_event(context.database, event):
            change.insert(
                ExpectedCount(
                    event_id=event.id,
                    position=0,
                    organisation_id=event.organisation_id,
                    organisation_name=event.organisation_name,
                    people=people,
                )
            )
    return ActionResult("ヒアリングと合意した内容を保存しました。", row_id)


def save_report_table(
    context: ActionContext, *, event_id: int, key: str, lines: Sequence[Sequence[str]]
) -> ActionResult:
    """Save 到達状況 or 支援計画 typed from a report that was received as a file.

    If that report is 確認済 already, the stages go to the history of the 団体 in the same action.

    Raises:
        UserError: no such table, an unknown stage, a row with more cells than columns, or a report made here, which has
            its own rows.
    """
    event = _required_dispatch(context.database, event_id)
    if key not in (STAGES, PLAN):
        raise UserError(f"「{key}」という表はありません。", f"{STAGES}または{PLAN}です。")
    found = reports.reports_of_event(context.database, event_id)
    confirmed = newest_confirmed(found)
    counts = confirmed or (found[-1] if found else None)
    if counts is not None and not counts.way.is_received:
        raise UserError("この回の報告書は、ここで作成しています。", "報告書の章で直してください。")
    typed = tuple(tuple(cell.strip() for cell in one) for one in lines if any(cell.strip() for cell in one))
    if key == STAGES and any(not is_stage(cell) for one in typed for cell in one[1:3] if cell):
        raise UserError("段階は0から5、または×（希望しない）です。", "書き直してください。")
    long = next((one for one in typed if key == PLAN and len(one) > len(PLAN_COLUMNS)), None)
    if long is not None:
        raise UserError(
            f"「{long[0]}」で始まる行が、{len(long)}つに分かれています。",
            f"{'、'.join(PLAN_COLUMNS)}の{len(PLAN_COLUMNS)}つまでです。"
            f"文の中の「{CELL_SEPARATOR}」は、ほかの文字にしてください。",
        )
    before = row(context.database, DispatchSupport, event_id=event_id) or DispatchSupport(event_id=event_id)
    newest = newest_received(found)
    tables = with_table(before.tables, key, typed, version=newest.version if newest is not None else 0)
    with context.change(f"{event.full_title}の{key}を報告書から書き写した", SUBJECT, event_id=event_id) as change:
        again = confirmed if key == STAGES else None
        if again is not None:
            remove_stages_from_history(context.store, change, event=event, report=again)
        change.update_or_insert(DispatchSupport, before, event_id=event_id, tables=tables)
        if again is not None:
            on = again.checked_on or context.today
            write_stages_to_history(context.store, change, event=event, report=again, on=on, who=context.by)
    return ActionResult(f"{key}を保存しました。", event_id)


# questions asked afterwards


def save_follow_up(context: ActionContext, *, follow_up: DispatchFollowUp) -> ActionResult:
    """Save one question of the 団体 with its answer (``id`` 0 = a new one).

    A done one without 対応日 gets 受けた日, and has no next day.

    Raises:
        UserError: nothing was asked; a day lies ahead or before the event; an answer or the next day lies before the
            question; the next day is a closed one; or it is done without an answer.
    """
    event = _required_dispatch(context.database, follow_up.event_id)
    if not follow_up.question.strip():
        raise UserError("聞かれたことがまだ入力されていません。", "一行で書いてください。")
    if follow_up.asked_on > context.today or (event.event_date is not None and follow_up.asked_on < event.event_date):
        raise UserError("受けた日は、実施日から本日までの日です。", "日付をご確認ください。")
    if follow_up.state.is_done:
        if not follow_up.answer.strip():
            raise UserError("対応がまだ入力されていません。", "答えたことを書くか、状態を「対応中」にしてください。")
        follow_up = replace(follow_up, answered_on=follow_up.answered_on or follow_up.asked_on, next_on=None)
    _check_days_after(follow_up, context.today)
    if follow_up.next_on is not None:
        _check_open_day(context.store, follow_up.next_on, context.today)
    with context.change(f"{event.full_title}のフォローアップを記録した", SUBJECT, event_id=event.id) as change:
        row_id = change.correct(by_id(context.database, DispatchFollowUp, follow_up.id), follow_up)
    return ActionResult(f"フォローアップを保存しました。{_reminder_text(follow_up, context.today)}", row_id)


def _reminder_text(follow_up: DispatchFollowUp, today: date) -> str:
    """Return a sentence on whether and by when an open question stands on home; "" if it is done."""
    if follow_up.state.is_done:
        return ""
    if follow_up.next_on is None:
        return "つぎの日が空のため、ホームには出ません。"
    return f"つぎの日の{short_date(follow_up.next_on, today)}を期限に、ホームに出ます。"


def _check_days_after(follow_up: DispatchFollowUp, today: date) -> None:
    """Raise ``UserError`` unless 対応日 lies between 受けた日 and today, and つぎの日 not before it.

    A finished question has no next day.
    """
    asked, answered, following = follow_up.asked_on, follow_up.answered_on, follow_up.next_on
    if answered is not None and not asked <= answered <= today:
        wrong = "本日より後" if answered > today else f"受けた日（{short_date(asked, today)}）より前"
        raise UserError(
            f"対応日の{short_date(answered, today)}が、{wrong}です。",
            "対応日は、受けた日から本日までの日です。日付をご確認ください。",
        )
    if following is not None and following < asked:
        raise UserError(
            f"つぎの日の{short_date(following, today)}が、受けた日（{short_date(asked, today)}）より前です。",
            "年と日付をご確認ください。",
        )


def _check_open_day(store: Store, day: date, today: date) -> None:
    """Raise ``UserError`` for a next day on which the office is closed, as home would show another day."""
    calendar = office_calendar(store)
    reason = calendar.closed_reason(day)
    if reason is not None:
        opens = calendar.open_on_or_after(day)
        raise UserError(
            f"つぎの日の{short_date(day, today)}は閉庁日（{reason}）です。",
            f"開庁日を選んでください。直後の開庁日は{short_date(opens, today)}です。",
        )


def remove_follow_up(context: ActionContext, *, follow_up_id: int) -> ActionResult:
    """Delete a follow-up recorded by mistake."""
    found = get_or_raise(context.database, DispatchFollowUp, follow_up_id)
    with context.change("フォローアップの記録を削除した", SUBJECT, event_id=found.event_id) as change:
        change.delete(DispatchFollowUp, found.id)
    return ActionResult("フォローアップの記録を削除しました。", found.id)


def note_call(
    context: ActionContext,
    *,
    event_id: int,
    outcome: CallOutcome,
    question: str = "",
    answer: str = "",
    counted: str = "",
    tools_in_use: Sequence[str] = (),
    next_on: date | None = None,
) -> ActionResult:
    """Record a try of the call after three months with one of three outcomes; 話せた completes it.

    Args:
        question, answer: what was asked ("" = ``call_questions``) and said.
        counted: a number that was told (「9–11月 5回」); only with 話せた. tools_in_use: what is used now; likewise.
        next_on: when it is tried again, unless 話せた; None = the next open day.

    Raises:
        UserError: the event lies ahead or has no day, it was called already, 話せた without an answer, or ``next_on``
            is not a later open day.
    """
    event = _required_dispatch(context.database, event_id)
    if event.event_date is None or event.event_date > context.today:
        raise UserError("まだ実施していない回です。", "実施のあとに記録してください。")
    kind = kind_of_event(context.database, event)
    made = calls_after_visits(context.database)[event_id].made
    months = kind.follow_up_months[made] if made < len(kind.follow_up_months) else 0
    if not months:
        raise UserError(
            "その後の電話は、もう記録されています。" if made else "この種類では、その後の電話をしません。",
            "つづきは「フォローアップを記録」で残せます。",
        )
    today = context.today
    one = DispatchFollowUp(
        event_id=event_id,
        kind=FollowUpKind.THREE_MONTHS,
        asked_on=today,
        side=Side.WARD,
        question=question.strip() or call_questions(kind),
        answer=answer.strip(),
    )
    if outcome == "話せた":
        if not one.answer:
            raise UserError("聞いたことがまだ入力されていません。", "いまの様子を一行で書いてください。")
        one = replace(one, answered_on=today, state=FollowUpState.DONE, counted=counted.strip())
        one = replace(one, months=months, tools_in_use=tuple(tools_in_use))
        said = f"{months}か月後の電話を記録しました。"
    else:
        day = next_on or office_calendar(context.store).open_on_or_after(today + timedelta(days=1))
        if day <= today:
            raise UserError("つぎの日が本日以前です。", "あす以後の開庁日を選んでください。")
        _check_open_day(context.store, day, today)
        one = replace(one, state=FollowUpState.ABSENT if outcome == "不在" else FollowUpState.MOVED, next_on=day)
        said = f"{'不在を記録しました。' if outcome == '不在' else ''}つぎは{short_date(day, today)}です。"
    with context.change(
        f"{event.full_title}の{months}か月後の電話（{outcome}）を記録した", SUBJECT, event_id=event_id
    ) as change:
        row_id = change.insert(one)
    return ActionResult(said, row_id)


def call_questions(kind: EventKind) -> str:
    """Return what the call after a visit asks: of the usual tools how they are used, else what goes on."""
    return (
        "配信の回数・管理者の数・困っていること"
        if not kind.content or has_usual_content(kind)
        else "続いていること・困っていること"
    )


def _is_not_dispatch(database: Database, event_id: int | None) -> bool:
    """Return whether the event is no 派遣; False where none is given or it is gone."""
    event = by_id(database, Event, event_id)
    return event is not None and not event.form.at_organisation


def call_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> Iterator[FollowUp]:
    """Yield a task for each call after three months to be made to the 団体 of a 派遣, on an open day.

    It is the day it was put off to, else three months after the event: a 目安日 and no date of the contract.

    Args:
        event_id: if this event is no 派遣, there are none; else all events are looked at, also for None.
    """
    if _is_not_dispatch(database, event_id):
        return
    waiting = [one for one in calls_after_visits(database).values() if one.event.status.is_held]
    kinds = kinds_of_events(database, [one.event for one in waiting])
    for one in waiting:
        event, calendar, kind = one.event, OfficeCalendar(one.closed), kinds[one.event.id]
        due = call_due(event, kind, made=one.made, put_off=one.put_off, is_followed=one.is_followed)
        if due is None:
            continue
        months = kind.follow_up_months[one.made]
        yield FollowUp(
            task=CALL_TASK,
            event_id=event.id,
            label=f"{months}か月後の電話：{event.organisation_name or event.subject}",
            detail=f"聞くこと　{call_questions(kind)}",
            due=calendar.open_on_or_before(due),
            basis=f"実施日から{months}か月後の電話です（目安日）",
            rule="目安日",
            link=ActionLink("派遣のその後を聞く", event_id=event.id),
        )


def carried_calls(database: Database, today: date) -> Iterator[FollowUp]:
    """Yield the calls after visits of years that are closed: they belong to no open year and are made all the same."""
    if not (closed := {one.id for one in rows(database, Programme) if one.closed_on is not None}):
        return
    events = calls_after_visits(database)
    for one in call_follow_ups(database, today):
        if one.event_id is not None and events[one.event_id].event.programme_id in closed:
            yield replace(one, event_id=None)


def answer_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> Iterator[FollowUp]:
    """Yield a task for each unanswered question of a 団体 after its 派遣, on the next day noted with it, a 目安日.

    Args:
        event_id: if this event is no 派遣, there are none; else all events are looked at, also for None.
    """
    if _is_not_dispatch(database, event_id):
        return
    for one in dispatches.open_follow_ups(database):
        assert one.next_on is not None
        yield FollowUp(
            task=ANSWER_TASK,
            event_id=one.event_id,
            label=f"フォローアップ：{one.question}",
            detail=join_nonempty(one.side, one.answer),
            due=one.next_on,
            basis="フォローアップに記録したつぎの日です（目安日）",
            rule="目安日",
            link=ActionLink("派遣のフォローアップを続ける", event_id=one.event_id),
        )


def _required_dispatch(database: Database, event_id: int) -> Event:
    """Return an event if it is a 派遣; raises ``UserError`` if it is none or gone."""
    event = get_or_raise(database, Event, event_id)
    if not event.form.at_organisation:
        raise UserError(
            "この実施回は、団体へうかがう回ではありません。", "団体へうかがう種類の実施回を選んでください。"
        )
    return event
