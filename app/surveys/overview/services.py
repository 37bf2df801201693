"""One event's survey in five steps, each with its state: done, to be looked at again, or next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.services.event_facts import FrozenAttendance, excess_responses_words, return_rate
from app.surveys.data_entry.services import missing_response_numbers, paper_response_total
from app.surveys.questions.rules import REFERENCE_BASE
from app.surveys.questions.services.surveys import SurveyView, read_survey
from app.surveys.tally.rules import count_responses
from app.surveys.tally.services.confirmed_tallies import TallyState, tally_state
from app.surveys.tally.services.survey_check import SurveyCheck, check_of_view
from db.record import record
from db.records.surveys import EventSurvey
from db.store import Store

StepWord = Literal["済", "確認が必要", "途中", "未着手"]
STEPS = ("設問を決める", "用紙・オンライン", "回答を入れる", "確かめる", "確定する")
DONE: StepWord = "済"
NEEDS_CHECK: StepWord = "確認が必要"
UNDER_WAY: StepWord = "途中"
NOT_YET: StepWord = "未着手"


@record
class Step:
    """One step with number from 1, title, state, and count in words (「10問　協議 11/6(金)」)."""

    number: int
    title: str
    state: StepWord
    words: str


@record
class SurveySteps:
    """One event's survey with its five steps; ``check`` None before there are questions.

    ``fixed_state`` is the context of its totals when they were fixed, None while open: the 回収率 is of the 出席
    of that time.
    """

    view: SurveyView
    steps: tuple[Step, ...]
    fixed_state: TallyState | None = None

    @property
    def _attended(self) -> int | None:
        return self.fixed_state.attendance if self.fixed_state is not None else self.view.attendance

    @property
    def excess_words(self) -> str:
        """Return what to check where more answers count than people came, "" where not."""
        collected, attended = self.view.counted_total, self._attended
        return excess_responses_words(collected, attended) if attended is not None and collected > attended else ""

    @property
    def numbers_words(self) -> str:
        """Return 出席, 回収 by channel and 回収率 of this event, a line each."""
        view = self.view
        collected, attended = view.counted_total, self._attended
        paper = sum(sheet.counted for sheet in view.paper_responses)
        of_then = "（確定時の出席）" if attended != view.attendance else ""
        rate = return_rate(collected, attended) if collected else ""
        present = f"{view.attendance}人" if view.attendance is not None else "—"
        few = "　％は参考値（n＜30）" if collected < REFERENCE_BASE else ""
        return join_nonempty(
            f"出席 {present}・回収 {collected}件",
            f"紙 {paper}・オンライン {collected - paper}" if collected else "",
            f"回収率 {rate}%（{collected} ÷ {attended}{of_then}）{few}" if rate else "",
            self.excess_words,
            separator="\n",
        )


def read_steps(store: Store, *, event_id: int, today: date) -> SurveySteps:
    """Return one event's survey with the state of each step.

    Raises:
        UserError: the event does not exist, or its kind has no survey (as a 派遣) and nothing was collected.
    """
    view = read_survey(store, event_id=event_id)
    survey = view.survey
    if survey is None:
        steps = tuple(
            Step(number=number, title=title, state=NOT_YET, words="設問を選ぶと始まります" if number == 1 else "")
            for number, title in enumerate(STEPS, 1)
        )
        return SurveySteps(view=view, steps=steps)
    check = check_of_view(view, survey, count_responses(survey.questions, view.responses, attendance=view.attendance))
    found = (
        _questions(survey, today),
        _handout_step(view, survey, today),
        _answers(view, survey),
        _check_step(view, survey, check),
        _fix_step(view, survey, check, today),
    )
    steps = tuple(
        Step(number=number, title=title, state=state, words=words)
        for number, (title, (state, words)) in enumerate(zip(STEPS, found, strict=True), 1)
    )
    fixed = tally_state(store, survey)
    if fixed is not None:
        view = replace(view, fixed_attendance=FrozenAttendance(attended=fixed.attendance))
    return SurveySteps(view=view, steps=_reopen_later_steps(steps), fixed_state=fixed)


def _reopen_later_steps(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps, where a done step after one that is not done becomes 確認が必要."""
    found, sound = [], True
    for step in steps:
        found.append(replace(step, state=NEEDS_CHECK) if step.state == DONE and not sound else step)
        sound = sound and step.state == DONE
    return tuple(found)


def _questions(survey: EventSurvey, today: date) -> tuple[StepWord, str]:
    """Return the state of the step 設問, and its words."""
    count = f"{len(survey.questions)}問"
    if survey.fixed_on is None:
        return UNDER_WAY, f"{count}　協議中"
    agreed = fill_nonempty("　協議 {}", short_date_or("", survey.agreed_on, today))
    return DONE, count + agreed


def _handout_step(view: SurveyView, survey: EventSurvey, today: date) -> tuple[StepWord, str]:
    """Return the state of the step 配布, and its words: done with a number of sheets, or once any response came."""
    parts = [f"{survey.distributed}部"] if survey.distributed is not None else []
    if view.online_responses:
        parts.append(f"オンライン {sum(one.counted for one in view.online_responses)}件")
    elif survey.online_url:
        close = fill_nonempty(" 締切 {}", short_date_or("", survey.online_close, today))
        parts.append(f"オンラインあり{close}")
    # Received answers imply that sheets were handed out, whether or not anybody recorded how many.
    if survey.distributed is not None or view.responses:
        return DONE, "・".join(parts) or "配布数 記録なし"
    return (UNDER_WAY, "・".join(parts)) if parts else (NOT_YET, "配布数 まだ")


def _answers(view: SurveyView, survey: EventSurvey) -> tuple[StepWord, str]:
    """Return the state of the step 回答, and its words; missing sheets or numbers count until the tally is fixed."""
    if not view.responses:
        return NOT_YET, "まだ回答がありません"
    paper = sum(1 for sheet in view.paper_responses if sheet.counted)
    count, kinds = f"{view.counted_total}件", f"（紙 {paper}・オンライン {view.counted_total - paper}）"
    total = paper_response_total(view)
    left = max(0, total - len(view.paper_responses)) if total is not None else 0
    if survey.frozen_at is None and (left or missing_response_numbers(view.paper_responses)):
        return (
            UNDER_WAY,
            f"{count}　{f'あと{left}枚' if left else '番号のぬけ'}{kinds}",
        )  # a narrow list keeps its start
    return DONE, f"{count}{kinds}"


def _check_step(view: SurveyView, survey: EventSurvey, check: SurveyCheck) -> tuple[StepWord, str]:
    """Return the state of the comparison with the contractor's tally, and its words; done also if fixed without one."""
    if not view.counted_total:
        return NOT_YET, "回答が入ると開きます"
    if survey.uncompared:
        return DONE, "照合せず確定"
    if check.waiting_count:
        return NEEDS_CHECK, f"確定まで 残り{check.waiting_count}件"
    if check.questions_without_counts:
        return NEEDS_CHECK, f"受託者の数 未入力 {len(check.questions_without_counts)}問"
    if check.is_on_behalf:
        return DONE, "区が代行して集計"
    differing = sum(1 for one in check.questions if one.differing_rows)
    return DONE, f"差 {differing}問（決定済）" if differing else "差 0"


def _fix_step(view: SurveyView, survey: EventSurvey, check: SurveyCheck, today: date) -> tuple[StepWord, str]:
    """Return the state of fixing the tally, and its words; not yet without a counted response or with doubtful ones."""
    if survey.frozen_at is not None:
        return DONE, f"{short_date(survey.frozen_at.date(), today)} {survey.frozen_by}"
    if not view.counted_total or check.waiting_count:
        return NOT_YET, "確かめると開きます"
    return NOT_YET, "まだ確定していません"
