"""The five steps of a survey, each by what is known of its responses."""

from datetime import date
from types import SimpleNamespace as Facts

import pytest

from app.surveys.data_entry.services import set_papers_received
from app.surveys.overview import services
from app.surveys.tally.services.confirmed_tallies import save_tally_state
from app.surveys.tally.services.survey_tally import counted_words
from db.records.events import EventResult
from db.records.surveys import EventSurvey
from db.rows import rows
from tests.support.paper_lines import assert_paper
from tests.support.survey_sheets import AFTER, acting, fixed_survey, survey_of, type_sheets
from tests.support.years import BY, add_lecture, at

TODAY = date(2026, 10, 7)
DONE, NOW, LATER, CHECK = "済", "途中", "未着手", "確認が必要"


def survey(**values):
    return EventSurvey(event_id=1, title="アンケート", **values)


def view(paper=0, online=0, *, left_out=0):
    of_paper = Facts(is_paper=True)
    sheets = [Facts(counted=at >= left_out, number=at + 1, source=of_paper) for at in range(paper)]
    others = [Facts(counted=True)] * online
    known = Facts(responses=[*sheets, *others], paper_responses=sheets, online_responses=others)
    known.counted_total = paper - left_out + online
    return known


def test_a_done_step_after_one_that_is_not_done_is_to_be_checked():
    def found(*given):
        steps = [services.Step(number=number, title="", state=state, words="") for number, state in enumerate(given, 1)]
        return [one.state for one in services._reopen_later_steps(steps)]

    assert found(DONE, DONE, DONE) == [DONE, DONE, DONE]
    assert found(DONE, NOW, DONE, LATER, DONE) == [DONE, NOW, CHECK, LATER, CHECK]
    assert found(LATER, DONE) == [LATER, CHECK]


@pytest.mark.parametrize(
    ("values", "seen", "said"),
    [
        ({}, (), (LATER, "配布数 まだ")), ({"distributed": 0}, (), (DONE, "0部")),
        ({}, (1,), (DONE, "配布数 記録なし")),
        ({"distributed": 5}, (0, 2), (DONE, "5部・オンライン 2件")), ({}, (0, 2), (DONE, "オンライン 2件")),
        ({"online_url": "x"}, (), (NOW, "オンラインあり")),
        ({"online_url": "x", "online_close": TODAY}, (1,), (DONE, "オンラインあり 締切 10/7(水)")),
    ],
)  # fmt: skip
def test_handing_out(values, seen, said):
    assert services._handout_step(view(*seen), survey(**values), TODAY) == said


@pytest.mark.parametrize(
    ("paper", "online", "left_out", "said"),
    [
        (0, 0, 0, (LATER, "まだ回答がありません")),
        *((2 + out, 1, out, (DONE, "3件（紙 2・オンライン 1）")) for out in (0, 1)),
    ],
)
def test_responses(paper, online, left_out, said, monkeypatch):
    monkeypatch.setattr("app.surveys.overview.services.paper_response_total", lambda one: one.total)
    known = view(paper, online, left_out=left_out)
    known.total = None
    assert services._answers(known, survey()) == said
    known.total = paper + 2
    if known.responses:
        assert services._answers(known, survey()) == (NOW, "3件　あと2枚（紙 2・オンライン 1）")
        assert services._answers(known, survey(frozen_at=at(TODAY))) == (DONE, said[1])
    known.total = paper - 1
    assert services._answers(known, survey()) == said
    if paper:
        known.paper_responses[-1].number = 9
        assert services._answers(known, survey()) == (NOW, "3件　番号のぬけ（紙 2・オンライン 1）")


@pytest.mark.parametrize(
    ("counted", "values", "check", "said"),
    [
        (0, {"uncompared": "理由"}, {}, (LATER, "回答が入ると開きます")),
        (1, {"uncompared": "理由"}, {}, (DONE, "照合せず確定")),
        (1, {}, {"waiting_count": 2, "questions_without_counts": [1]}, (CHECK, "確定まで 残り2件")),
        (1, {}, {"questions_without_counts": [1, 2], "is_on_behalf": True}, (CHECK, "受託者の数 未入力 2問")),
        (1, {}, {"is_on_behalf": True}, (DONE, "区が代行して集計")), (1, {}, {}, (DONE, "差 0")),
        (1, {}, {"questions": [Facts(differing_rows=[1]), Facts(differing_rows=[])]}, (DONE, "差 1問（決定済）")),
    ],
)  # fmt: skip
def test_comparing(counted, values, check, said):
    usual = {"waiting_count": 0, "questions_without_counts": [], "is_on_behalf": False, "questions": []}
    known = Facts(**(usual | check))
    assert services._check_step(view(counted), survey(**values), known) == said


def test_fixing_and_the_questions():
    known = [Facts(waiting_count=0), Facts(waiting_count=1)]
    found = [services._fix_step(view(paper), survey(), one, TODAY) for paper in (0, 1) for one in known]
    closed = (LATER, "確かめると開きます")
    assert found == [closed, closed, (LATER, "まだ確定していません"), closed]
    assert services._fix_step(view(), survey(frozen_at=at(TODAY), frozen_by="甲"), known[1], TODAY) == (
        DONE,
        "10/7(水) 甲",
    )
    assert services._questions(survey(), TODAY) == (NOW, "0問　協議中")
    assert services._questions(survey(fixed_on=TODAY), TODAY) == (DONE, "0問")
    assert services._questions(survey(fixed_on=TODAY, agreed_on=TODAY), TODAY) == (DONE, "0問　協議 10/7(水)")


@pytest.mark.parametrize(
    ("sheets", "came", "of_then", "lines"),
    [
        ((0, 0), None, None, ["出席 —・回収 0件"]), ((0, 0), 9, None, ["出席 9人・回収 0件"]),
        ((2, 1), None, None, ["出席 —・回収 3件", "紙 2・オンライン 1"]),
        ((15, 14), 58, None,
         ["出席 58人・回収 29件", "紙 15・オンライン 14", "回収率 50.0%（29 ÷ 58）　％は参考値（n＜30）"]),
        ((16, 14), 58, 60, ["出席 58人・回収 30件", "紙 16・オンライン 14", "回収率 50.0%（30 ÷ 60（確定時の出席））"]),
        ((2, 1), 3, None, ["出席 3人・回収 3件", "紙 2・オンライン 1", "回収率 100.0%（3 ÷ 3）　％は参考値（n＜30）"]),
    ],
)  # fmt: skip
def test_the_numbers_of_a_survey(sheets, came, of_then, lines):
    known = view(*sheets)
    known.attendance = came
    found = services.SurveySteps(view=known, steps=(), fixed_state=of_then and Facts(attendance=of_then))
    assert (found.numbers_words.split("\n"), found.excess_words) == (lines, "")
    known.attendance, found = 2, services.SurveySteps(view=known, steps=())
    assert (found.numbers_words.endswith(found.excess_words), bool(found.excess_words)) == (True, sum(sheets) > 2)


@pytest.mark.parametrize(("purpose", "by"), [("代行", "区（代行）"), ("代行", "受託者"), ("検算", "区（代行）")])
def test_who_counted_on_whose_behalf(purpose, by, monkeypatch):
    words = "区（代行・協議 R8-1）" if (purpose, by) == ("代行", "区（代行）") else by
    monkeypatch.setattr("app.surveys.tally.services.survey_tally.purpose_of", lambda _survey: (purpose, "R8-1"))
    assert counted_words(survey(counted_by=by, counted_on=TODAY)) == f"集計　{words}（R8.10.7）　未確定"


def test_a_survey_is_read_step_by_step_from_nothing_to_its_fixed_totals(tmp_path):
    store, event = fixed_survey(tmp_path, attended=4)
    said = []

    def read(event_id=event):
        found = services.read_steps(store, event_id=event_id, today=date(2026, 10, 1))
        said.append("、".join(f"{one.number} {one.title} {one.state} {one.words}".rstrip() for one in found.steps))
        said.extend([found.numbers_words, str(found.fixed_state and found.fixed_state.attendance)])
        return found

    other = add_lecture(store, date(2026, 10, 7))
    assert read(other).view.survey is None
    read()
    survey_id = survey_of(store, event).id
    set_papers_received(acting(store), survey_id=survey_id, count=3)
    type_sheets(store, event, 2)
    read()
    type_sheets(store, event, 2, first=3)
    read()
    with store.change(action="確定", by=BY, now=AFTER, subject="surveys") as change:
        change.update(EventSurvey, survey_id, frozen_at=AFTER, frozen_by=BY, uncompared="急ぎ")
        save_tally_state(store, change, survey_of(store, event))
        result = rows(store.database, EventResult, event_id=event)[0]
        change.update(EventResult, result.id, attended=3)
    fixed = read()
    assert (fixed.fixed_state.attendance, fixed.view.fixed_attendance.attended, fixed.excess_words) == (4, 4, "")
    assert_paper([line for one in said for line in one.split("\n")], "5つの段階")
