"""支援のあゆみ of one 派遣 in the order of the work: slip, choice, hearing, stages, plan, follow-ups; and what is due
from it.

- ``read_support(store, event_id, today) -> SupportView`` (None: no 派遣)
- ``save_hearing``, ``save_table``; ``save_follow_up``, ``remove_follow_up``; ``note_call``
- ``call_follow_ups(database, today)`` the call after three months, ``answer_follow_ups(database, today)`` what is being
    answered: both on home
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Literal

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.calendar.wareki import fiscal_year_of
from app.common.together import together
from app.programme.services.programme import office_calendar, programme_of_event
from app.subjects.events.dispatches.rules import (
    BETWEEN,
    CALL,
    MONTHS_TO_CALL,
    NOT_WANTED,
    PLAN,
    PLAN_COLUMNS,
    STAGES,
    LectureLink,
    Steps,
    call_due,
    dispatch_steps,
    event_of_slip,
    is_after_march,
    newest_confirmed,
    newest_received,
    outdated_words,
    rows_of,
    source_of,
    stages_before,
    unlinked,
    with_table,
)
from app.subjects.events.dispatches.services.stages import take_back, write_back
from app.subjects.events.dispatches.services.step_ground import ground_of
from app.subjects.events.dispatches.services.wishes import SUBJECT, links_of
from app.subjects.events.event.rules.held import has_result
from app.subjects.events.event.services.event_facts import read_venue
from app.subjects.events.event.services.event_file import EventCourse
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.organisations.register.rules.stages import is_stage
from db.engine import Database
from db.fields import corrections
from db.frozen_record import frozen_record
from db.records.calls import ChangeDecision
from db.records.dispatches import DispatchFollowUp, DispatchSupport, DispatchWish
from db.records.events import Event, EventResult, RecruitmentStep
from db.records.organisations import Organisation, StageMark
from db.records.papers import Letter
from db.records.submissions.reports import Report
from db.records.venues import Venue
from db.rows import by_id, row, rows
from db.store import Store
from db.tables import dispatches, register, reports
from db.tables.dispatches import calls_to_make, follow_ups_of_year

CallOutcome = Literal["話せた", "不在", "日を変える"]
CALL_TASK: Final = "派遣の3か月後の電話"
ANSWER_TASK: Final = "派遣のフォローアップ"
_A_WEEK: Final = timedelta(days=7)
TO_ASK: Final = "配信の回数・管理者の数・困っていること"


@frozen_record
class LadderLine:
    """One tool on the six steps: before from the record of the 団体, after from the confirmed report; ``source`` of
    both.

    ``unwanted`` = × 希望しない: no step at all.
    """

    tool: str
    before: str
    after: str
    unwanted: bool
    words: str
    source: str


@frozen_record
class SupportView:
    """Everything the tab shows of one 派遣.

    ``applied`` counts the slips of the year; ``notice`` is the 決定通知; ``report`` the confirmed report, ``draft`` the
    newest that is not; ``call_on`` when the call after three months is due (None = it was made), ``again_on`` the open
    day to which it is put off unless another is chosen, ``venue`` the record of the place, ``outdated`` says what was
    typed from an earlier version ("" = nothing), ``steps`` how the seven steps stand.
    """

    event: Event
    fiscal_year: int
    organisation: Organisation | None
    attended: int | None
    wish: DispatchWish | None
    applied: int
    links: tuple[LectureLink, ...]
    lecture: Event | None
    warning: str
    notice: Letter | None
    declined: int
    support: DispatchSupport
    venue: Venue | None
    report: Report | None
    draft: Report | None
    ladder: tuple[LadderLine, ...]
    before_on: date | None
    written_on: date | None
    plan: tuple[tuple[str, ...], ...]
    follow_ups: tuple[DispatchFollowUp, ...]
    call_on: date | None
    again_on: date
    called: bool
    outdated: str
    steps: Steps

    @property
    def done(self) -> int:
        """How many of the follow-ups are through."""
        return sum(one.state == "完了" for one in self.follow_ups if one.kind != CALL or one.state == "完了")

    @property
    def asked(self) -> int:
        """How many there are, the call after three months among them."""
        return sum(one.kind != CALL for one in self.follow_ups) + (self.call_on is not None or self.called)


def read_support(store: Store, *, event_id: int, today: date) -> SupportView | None:
    """Return what is known of the support of one 派遣, None for an event of another kind; raises ``Refusal`` when it is
    gone."""
    database = store.database
    event = get_or_refuse(database, Event, event_id)
    if event.kind != "派遣":
        return None
    organisation = by_id(database, Organisation, event.organisation_id) if event.organisation_id else None
    wishes = rows(database, DispatchWish, programme_id=event.programme_id, order=("received_on", "id"))
    wish = next((one for one in reversed(wishes) if one.event_id == event_id), None)
    events = rows(database, Event, programme_id=event.programme_id, kind="派遣") if wish is None else [event]
    links: tuple[LectureLink, ...] = ()
    if organisation is not None:
        links = links_of(database, organisation_id=organisation.id, programme_id=event.programme_id)
    support = row(database, DispatchSupport, event_id=event_id) or DispatchSupport(event_id=event_id)
    found = reports.reports_of_event(database, event_id)
    confirmed = newest_confirmed(found)
    follow_ups = tuple(rows(database, DispatchFollowUp, event_id=event_id, order=("-asked_on", "-id")))
    marks = register.stage_marks(database, organisation.id) if organisation is not None else []
    ladder, before_on = _ladder(event, organisation, marks, wish, confirmed, support)
    written = [mark.marked_on for mark in marks if confirmed and mark.source == source_of(event, confirmed)]
    letters = rows(database, Letter, event_id=event_id, document_kind="決定通知", order="id")
    draft = found[-1] if found else None
    due = call_due(event, follow_ups)
    calendar = office_calendar(store)
    result = row(database, EventResult, event_id=event_id)
    lecture = next((one.event for one in links if wish and one.event.id == wish.lecture_id), None)
    return SupportView(
        event=event,
        fiscal_year=programme_of_event(store, event, on=today).programme.fiscal_year,
        organisation=organisation,
        attended=result.attended if result is not None else None,
        wish=wish,
        applied=len(wishes),
        links=links,
        lecture=lecture or (links[0].event if links else None),
        warning=unlinked(wish, links) if wish is not None else "",
        notice=letters[-1] if letters else None,
        declined=sum(one.outcome == "不採択" for one in wishes),
        support=support,
        venue=read_venue(database, event),
        report=confirmed,
        draft=draft if draft is not None and draft.status != "確認済" else None,
        ladder=ladder,
        before_on=before_on,
        written_on=max(written, default=None),
        plan=rows_of(confirmed or _made(found), support, PLAN),
        follow_ups=follow_ups,
        call_on=calendar.open_on_or_before(due) if due is not None else None,
        again_on=calendar.open_on_or_after(today + _A_WEEK),
        called=any(one.kind == CALL and one.state == "完了" for one in follow_ups),
        outdated=outdated_words(support, newest_received(found)),
        steps=dispatch_steps(
            ground_of(
                EventCourse(
                    event=event,
                    steps=tuple(rows(database, RecruitmentStep, event_id=event_id, order=("position", "id"))),
                    letters=tuple(letters),
                    reports=tuple(found),
                ),
                wish or next((one for one in wishes if event_of_slip(one, events, wishes) == event), None),
                decisions=rows(database, ChangeDecision, event_id=event_id),
                tries=follow_ups,
            ),
            today,
        ),
    )


def _made(found: Sequence[Report]) -> Report | None:
    """The form that is being filled, while none is confirmed."""
    return next((one for one in reversed(found) if one.way == "作成"), None)


def _ladder(
    event: Event,
    organisation: Organisation | None,
    marks: Sequence[StageMark],
    wish: DispatchWish | None,
    report: Report | None,
    support: DispatchSupport,
) -> tuple[tuple[LadderLine, ...], date | None]:
    stages: Mapping[str, tuple[str, date | None]] = (
        stages_before(marks, organisation.stages, event=event) if organisation is not None else {}
    )
    typed = {
        one[0].strip(): (*(cell.strip() for cell in one[1:3]), "", "")[:2]
        for one in rows_of(report, support, STAGES)
        if one
    }
    tools = dict.fromkeys((*(wish.tools if wish else ()), *event.tools, *typed, *stages))
    lines = []
    for tool in tools:
        old, _on = stages.get(tool, ("", None))
        said, new = typed.get(tool, ("", ""))
        before = old or said
        unwanted = NOT_WANTED in (before if not is_stage(new) else "", new)
        words = _words(before, new, unwanted=unwanted)
        lines.append(
            LadderLine(
                tool=tool, before=before, after=new, unwanted=unwanted, words=words, source="報告 4章" if new else ""
            )
        )
    noted = [on for tool, (_stage, on) in stages.items() if on is not None and tool in tools]
    return tuple(lines), max(noted, default=None)


def _words(before: str, after: str, *, unwanted: bool) -> str:
    if unwanted:
        return "×"
    if after and before and after != before:
        return f"{before} → {after}"
    return after or before or "—"


@frozen_record
class Promise:
    """What the ward does for a 団体 after the year, by the plan of its report: when, what, and its part."""

    event: Event
    when: str
    what: str
    role: str


def promises_of_ward(database: Database, events: Sequence[Event]) -> list[Promise]:
    """Return the rows of 今後の支援方針 that the ward has after March, event by event, as far as their reports are
    確認済."""
    held = [one for one in events if one.kind == "派遣" and has_result(one) and one.event_date is not None]
    ids = [one.id for one in held]
    supports = {one.event_id: one for one in rows(database, DispatchSupport, event_id=ids)} if ids else {}
    made: dict[int, list[Report]] = {}
    for report in reports.reports_of_events(database, ids) if ids else ():
        made.setdefault(report.event_id, []).append(report)
    found = []
    for event in held:
        confirmed = newest_confirmed(made.get(event.id, ()))
        if confirmed is None or event.event_date is None:
            continue
        for one in rows_of(confirmed, supports.get(event.id), PLAN):
            when, what, who, _aim, role = (*one, *("",) * 5)[:5]
            if "区" in who and is_after_march(when, fiscal_year_of(event.event_date)):
                found.append(Promise(event=event, when=when, what=what, role=role))
    return found


def open_follow_ups(database: Database, programme_id: int) -> list[DispatchFollowUp]:
    """Return the questions after the 派遣 of a year that are still being answered."""
    return [one for one in follow_ups_of_year(database, programme_id) if one.state == "対応中"]


# the hearing, and what a received report says


@deed
def save_hearing(act: Act, *, support: DispatchSupport) -> Saved:
    """Keep hearing, agreed contents and what the place offers (仕様書4(2)カ, ク); typed rows stay as they are.

    Raises:
        Refusal: the event is none of 派遣, or the day lies ahead.
    """
    event = _dispatch(act.database, support.event_id)
    if support.hearing_on is not None and support.hearing_on > act.today:
        raise Refusal("ヒアリングの日が本日より後です。", "日付をご確認ください。")
    before = row(act.database, DispatchSupport, event_id=event.id)
    said = {name: value for name, value in corrections(before, support).items() if name != "tables"}
    with act.change(f"{event.full_title}のヒアリングを記録した", SUBJECT, event_id=event.id) as change:
        row_id = change.keep(DispatchSupport, before, **said)
    return Saved("ヒアリングと合意した内容を保存しました。", row_id)


@deed
def save_table(act: Act, *, event_id: int, key: str, lines: Sequence[Sequence[str]]) -> Saved:
    """Keep what a report that came in as a file says of 到達状況 or 支援計画, typed from it.

    Where that report is 確認済 already, the stages go to the record of the 団体 in the same step.

    Raises:
        Refusal: no such table, a stage that is none, a row of the plan in more parts than it has columns, or the report
            is one made here, which holds its own rows.
    """
    event = _dispatch(act.database, event_id)
    if key not in (STAGES, PLAN):
        raise Refusal(f"「{key}」という表はありません。", f"{STAGES}または{PLAN}です。")
    found = reports.reports_of_event(act.database, event_id)
    confirmed = newest_confirmed(found)
    counts = confirmed or (found[-1] if found else None)
    if counts is not None and counts.way == "作成":
        raise Refusal("この派遣の報告書は、ここで作成しています。", "報告書の章で直してください。")
    typed = tuple(tuple(cell.strip() for cell in one) for one in lines if any(cell.strip() for cell in one))
    if key == STAGES and any(not is_stage(cell) for one in typed for cell in one[1:3] if cell):
        raise Refusal("段階は0から5、または×（希望しない）です。", "書き直してください。")
    long = next((one for one in typed if key == PLAN and len(one) > len(PLAN_COLUMNS)), None)
    if long is not None:
        raise Refusal(
            f"「{long[0]}」で始まる行が、{len(long)}つに分かれています。",
            f"{'、'.join(PLAN_COLUMNS)}の{len(PLAN_COLUMNS)}つまでです。"
            f"文の中の「{BETWEEN}」は、ほかの文字にしてください。",
        )
    before = row(act.database, DispatchSupport, event_id=event_id) or DispatchSupport(event_id=event_id)
    newest = newest_received(found)
    tables = with_table(before.tables, key, typed, version=newest.version if newest is not None else 0)
    with act.change(f"{event.full_title}の{key}を報告書から書き写した", SUBJECT, event_id=event_id) as change:
        again = key == STAGES and confirmed is not None
        if again and confirmed is not None:
            take_back(act.store, change, event=event, report=confirmed)
        change.keep(DispatchSupport, before, event_id=event_id, tables=tables)
        if again and confirmed is not None:
            write_back(
                act.store, change, event=event, report=confirmed, on=confirmed.checked_on or act.today, who=act.by
            )
    return Saved(f"{key}を保存しました。", event_id)


# what is asked afterwards


@deed
def save_follow_up(act: Act, *, follow_up: DispatchFollowUp) -> Saved:
    """Keep one question of the 団体 with its answer (``id`` 0 = a new one).

    Raises:
        Refusal: nothing was asked, a day lies ahead or before the event, an answer or the next day before the question,
            the next day is a closed one, or what is done has no answer.
    """
    event = _dispatch(act.database, follow_up.event_id)
    if not follow_up.question.strip():
        raise Refusal("聞かれたことがまだ入力されていません。", "一行で書いてください。")
    if follow_up.asked_on > act.today or (event.event_date is not None and follow_up.asked_on < event.event_date):
        raise Refusal("受けた日は、実施日から本日までの日です。", "日付をご確認ください。")
    if follow_up.state == "完了" and not follow_up.answer.strip():
        raise Refusal("対応がまだ入力されていません。", "答えたことを書くか、状態を「対応中」にしてください。")
    _check_days_after(follow_up, act.today)
    if follow_up.next_on is not None and follow_up.state != "完了":
        _check_open(act.store, follow_up.next_on, act.today)
    if follow_up.state == "完了":
        follow_up = replace(follow_up, answered_on=follow_up.answered_on or follow_up.asked_on, next_on=None)
    with act.change(f"{event.full_title}のフォローアップを記録した", SUBJECT, event_id=event.id) as change:
        known = by_id(act.database, DispatchFollowUp, follow_up.id)
        row_id = change.keep(DispatchFollowUp, known, **corrections(known, follow_up))
    return Saved(f"フォローアップを保存しました。{_where_it_shows(follow_up, act.today)}", row_id)


def _where_it_shows(one: DispatchFollowUp, today: date) -> str:
    """Where somebody meets an open question again; without a day it waits where it was noted alone."""
    if one.state == "完了":
        return ""
    if one.next_on is None:
        return "つぎの日が空のため、ホームには出ません。"
    return f"つぎの日の{short_date(one.next_on, today)}を期限に、ホームに出ます。"


def _check_days_after(follow_up: DispatchFollowUp, today: date) -> None:
    """対応日 from 受けた日 to today, つぎの日 not before it; what is done has no next day, whatever stands there."""
    asked, answered, following = follow_up.asked_on, follow_up.answered_on, follow_up.next_on
    if answered is not None and not asked <= answered <= today:
        wrong = "本日より後" if answered > today else f"受けた日（{short_date(asked, today)}）より前"
        raise Refusal(
            f"対応日の{short_date(answered, today)}が、{wrong}です。",
            "対応日は、受けた日から本日までの日です。日付をご確認ください。",
        )
    if following is not None and follow_up.state != "完了" and following < asked:
        raise Refusal(
            f"つぎの日の{short_date(following, today)}が、受けた日（{short_date(asked, today)}）より前です。",
            "年と日付をご確認ください。",
        )


def _check_open(store: Store, day: date, today: date) -> None:
    """A day on which nobody works is never a next day: home would show another one than was chosen."""
    calendar = office_calendar(store)
    reason = calendar.closed_reason(day)
    if reason is not None:
        opens = calendar.open_on_or_after(day)
        raise Refusal(
            f"つぎの日の{short_date(day, today)}は閉庁日（{reason}）です。",
            f"開庁日を選んでください。直後の開庁日は{short_date(opens, today)}です。",
        )


@deed
def remove_follow_up(act: Act, *, follow_up_id: int) -> Saved:
    """Delete a follow-up that was noted by mistake."""
    found = get_or_refuse(act.database, DispatchFollowUp, follow_up_id)
    with act.change("フォローアップの記録を削除した", SUBJECT, event_id=found.event_id) as change:
        change.delete(DispatchFollowUp, found.id)
    return Saved("フォローアップの記録を削除しました。", found.id)


@deed
def note_call(
    act: Act,
    *,
    event_id: int,
    outcome: CallOutcome,
    question: str = "",
    answer: str = "",
    counted: str = "",
    next_on: date | None = None,
) -> Saved:
    """Note a try of the call after three months by one of three outcomes; 話せた closes it.

    Args:
        answer: what was said. counted: a number that was told (「9–11月 5回」). next_on: when it is tried again;
            None after 不在 = the next open day.

    Raises:
        Refusal: the event was not held yet, it was called already, 話せた without a word, or no later open day to put
            it off to.
    """
    event = _dispatch(act.database, event_id)
    if event.event_date is None or event.event_date > act.today:
        raise Refusal("まだ実施していない派遣です。", "実施のあとに記録してください。")
    tries = rows(act.database, DispatchFollowUp, event_id=event_id, kind=CALL)
    if any(one.state == "完了" for one in tries):
        raise Refusal("3か月後の電話は、もう記録されています。", "つづきは「フォローアップを記録」で残せます。")
    today = act.today
    if outcome == "話せた":
        if not answer.strip():
            raise Refusal("聞いたことがまだ入力されていません。", "いまの様子を一行で書いてください。")
        one = DispatchFollowUp(
            event_id=event_id,
            kind=CALL,
            asked_on=today,
            side="区",
            question=question.strip() or TO_ASK,
            answer=answer.strip(),
            answered_on=today,
            state="完了",
            counted=counted.strip(),
        )
        said = "3か月後の電話を記録しました。"
    else:
        day = next_on or office_calendar(act.store).open_on_or_after(today + timedelta(days=1))
        if day <= today:
            raise Refusal("つぎの日が本日以前です。", "あす以後の開庁日を選んでください。")
        _check_open(act.store, day, today)
        one = DispatchFollowUp(
            event_id=event_id,
            kind=CALL,
            asked_on=today,
            side="区",
            question=question.strip() or TO_ASK,
            answer=answer.strip(),
            state="不在" if outcome == "不在" else "日を変更",
            next_on=day,
        )
        said = f"{'不在を記録しました。' if outcome == '不在' else ''}つぎは{short_date(day, today)}です。"
    with act.change(f"{event.full_title}の3か月後の電話（{outcome}）を記録した", SUBJECT, event_id=event_id) as change:
        row_id = change.insert(one)
    return Saved(said, row_id)


def _no_dispatch(database: Database, event_id: int | None) -> bool:
    """Whether one event is asked about, and is no 派遣."""
    event = by_id(database, Event, event_id) if event_id is not None else None
    return event is not None and event.kind != "派遣"


def call_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """The call after three months to each 団体 that had a 派遣: a 目安日, no date of the contract."""
    found: list[FollowUp] = []
    if _no_dispatch(database, event_id):
        return found
    for one in calls_to_make(database):
        event, calendar = one.event, OfficeCalendar(one.closed)
        due = one.put_off or call_due(event, ())
        if due is None:
            continue
        found.append(
            FollowUp(
                task=CALL_TASK,
                event_id=event.id,
                label=f"{CALL}：{event.organisation_name or event.subject}",
                detail=f"聞くこと　{TO_ASK}",
                due=calendar.open_on_or_before(due),
                basis=f"実施日から{MONTHS_TO_CALL}か月後の電話です（目安日）",
                rule="目安日",
                asked=Asked("派遣のその後を聞く", event_id=event.id),
            )
        )
    return found


def answer_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """What a 団体 asked after its 派遣 and is still being answered, on its next day: a 目安日."""
    found: list[FollowUp] = []
    if _no_dispatch(database, event_id):
        return found
    for one in dispatches.open_follow_ups(database):
        assert one.next_on is not None
        found.append(
            FollowUp(
                task=ANSWER_TASK,
                event_id=one.event_id,
                label=f"フォローアップ：{one.question}",
                detail=together(one.side, one.answer),
                due=one.next_on,
                basis="フォローアップに記録したつぎの日です（目安日）",
                rule="目安日",
                asked=Asked("派遣のフォローアップを続ける", event_id=one.event_id),
            )
        )
    return found


def _dispatch(database: Database, event_id: int) -> Event:
    event = get_or_refuse(database, Event, event_id)
    if event.kind != "派遣":
        raise Refusal("この実施回は派遣ではありません。", "派遣の実施回を選んでください。")
    return event
