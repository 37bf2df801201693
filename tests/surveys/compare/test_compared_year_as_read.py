"""The surveys of a year side by side as they are read: totals to a day, options to cite, the line of a year."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_kind import read_subject
from app.documents.services.document_scope import DocumentScope
from app.programme.intake import preset
from app.programme.services import read_programme
from app.surveys.compare import services
from app.surveys.compare.rules import asked_questions, combine_sources, compare_sources
from app.surveys.tally.rules import tally_answers
from db.records.event_status import EventStatus
from db.records.events import CutShort, Event, EventResult
from db.records.organisations import Person
from db.records.programme import EventForm
from db.records.roster import Attendance, Entry
from db.records.surveys import (
    Answer,
    EarlierCounts,
    EarlierQuestion,
    EventSurvey,
    Question,
    QuestionRole,
    QuestionType,
    SurveyResponse,
)
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.view_lines import view_lines
from tests.support.years import BY, NOW, acting, add_dispatch, add_lecture, at


def asks(code, title, *options, kind=QuestionType.ONE, **more):
    return Question(code=code, title=title, type=kind, options=options, **more)


HAPPY = asks("q1", "満足度", "満足", "ふつう", "不満", positive=("満足",), role=QuestionRole.SATISFACTION)
_MORE = {"max_select": 2, "has_other": True, "exclusive_option": "なし", "positive": ("LINE",)}
TOOLS = asks("q2", "使うもの", "LINE", "Zoom", "なし", kind=QuestionType.SEVERAL, **_MORE)
_OF = {"asked_of": "q2", "asked_of_options": ("Zoom", "LINE"), "positive": ("安い",), "role": QuestionRole.INTENT}
WHY, WORDS = asks("q3", "なぜ", "安い", "楽", **_OF), asks("q4", "ご意見", kind=QuestionType.TEXT)
ASKED = (HAPPY, TOOLS, WHY, WORDS)


def sheet(happy="", *tools, why="", words="", other=""):
    return {
        "q1": Answer(chosen=(happy,) if happy else ()),
        "q2": Answer(chosen=tools, other=other),
        "q3": Answer(chosen=(why,) if why else ()),
        "q4": Answer(text=words),
    }


def collected(store, day, sheets, questions=ASKED, *, came=None, status=EventStatus.HELD, **survey):
    """Add an event with its survey and responses, every second one from the form; return its id."""
    event = add_lecture(store, min(day, date(2026, 12, 25)), subject=f"{day:%-m/%-d}の会")
    with store.change(action="用意", by=BY, now=NOW, subject="surveys") as change:
        change.update(Event, event, status=status, event_date=day)
        if came is not None:
            change.insert(EventResult(event_id=event, attended=came))
        asked = change.insert(EventSurvey(event_id=event, title="", questions=questions, **survey))
        for number, answers in enumerate(sheets, 1):
            source = "紙" if number % 2 else "オンライン"
            change.insert(SurveyResponse(survey_id=asked, source=source, number=number, answers=answers))
    return event


@pytest.fixture
def year(store):
    """Three events with answers, one of them the last day of the year, and four that have none or do not count."""
    first = [sheet("満足", "LINE", why="安い", words="よい"), sheet("不満", "Zoom", "なし"), sheet("", "なし")]
    second = [sheet("満足", "LINE", "Zoom", why="楽", other="ほか"), sheet("ふつう")]
    collected(store, date(2026, 9, 3), first, came=4, frozen_at=NOW)
    other = (replace(HAPPY, title="今日の満足度"), replace(TOOLS, options=("LINE", "電話")), WHY)
    collected(store, date(2026, 9, 10), second, (*other, WORDS))
    collected(store, date(2027, 3, 31), [sheet("満足", "LINE", why="安い")], (HAPPY, TOOLS), came=1)
    collected(store, date(2026, 9, 17), [])
    collected(store, date(2026, 9, 24), [], status=EventStatus.PLANNED)
    collected(store, date(2026, 9, 25), [sheet("不満")], status=EventStatus.CANCELLED)
    return store


@pytest.mark.parametrize("day", [date(2026, 9, 3), date(2026, 9, 10), date(2027, 3, 31)])
def test_the_paper_of_a_day_has_the_totals_of_the_events_up_to_it(year, day):
    paper = services.build_interim(year, DocumentScope(fiscal_year=2026, as_of=day), at(day))
    assert_paper([*lines_of(paper), paper.stamp], f"{day}")


@pytest.mark.parametrize(("day", "there"), [(date(2026, 9, 2), False), (date(2026, 9, 3), True)])
def test_there_are_answers_from_the_day_of_the_first_event_on(year, day, there):
    assert services.has_answers(year, programme_id=1, as_of=day) is there
    if not there:
        with pytest.raises(UserError, match="集計する回答がまだありません"):
            services.read_interim(year, as_of=day, fiscal_year=2026)


def test_a_cancelled_event_alone_has_no_answers_that_count(store):
    collected(store, date(2026, 9, 3), [sheet("満足")], status=EventStatus.CANCELLED)
    add_dispatch(store, None)
    assert services.has_answers(store, programme_id=1, as_of=date.max) is False
    assert services.read_year_options(store, fiscal_year=2026) == ()


def test_every_option_can_be_cited_with_its_people_and_few_have_no_percentage(year):
    assert_paper(view_lines(services.read_year_options(year, fiscal_year=2026)), "選べる数字")
    keys = ["2026|講習会|満足度|満足", "2026|講習会|満足度|ない選択肢", "2025|講習会|満足度|満足"]
    cited = services.read_evidence(year, keys)
    assert_paper([f"{key}　{one.said}　{one.count}　{one.source}" for key, one in cited.items()], "引いた数字")


def test_thirty_answers_have_a_percentage_and_fixed_totals_are_no_more_preliminary(store):
    collected(store, date(2026, 9, 3), [sheet("満足")] * 20 + [sheet("不満")] * 10, (HAPPY,), frozen_at=NOW)
    assert_paper(view_lines(services.read_year_options(store, fiscal_year=2026)), "30枚")


def test_a_year_stands_beside_those_before_it_question_by_question(year):
    counts = {"満足": 6, "ふつう": 3, "不満": 1}
    earlier = (EarlierQuestion(code="q1", title="満足度", base=10, counts=counts),)
    for fiscal_year, more in ((2025, {"events_held": 4, "source": " 総括 ", "note": " 覚え "}), (2024, {})):
        saved = services.save_earlier(
            acting(year), fiscal_year=fiscal_year, kind="講習会", sheets=10, questions=earlier, **more
        )
    assert saved.message == "令和6年度の講習会の集計（1問）を保存しました。"
    view = services.read_year(year)
    assert_paper(
        view_lines(replace(view, questions=(), earlier=()), "kinds", "questions", "changed_codes"), "年度をくらべる"
    )
    assert [one.code for one in view.questions] == ["q1", "q2"], "of the last event that has a survey"
    assert [(one.fiscal_year, one.events, one.source, one.note) for one in view.earlier] == [
        (2025, 4, "総括", "覚え"),
        (2024, None, "", ""),
    ]
    compared = compare_sources([one.source for one in view.sources])
    told = []
    for one in compared:
        told += [f"■{one.title}　{'・'.join(one.comparabilities)}　{one.bases}", *map("：".join, one.wordings)]
        told += [
            f"{line.text}　{'・'.join(f'{each.people}人{each.percent}' for each in line.cells)}" for line in one.lines
        ]
    assert_paper(told, "設問ごと")
    assert compare_sources([]) == ()
    done = services.remove_earlier(acting(year), earlier_id=view.earlier[1].id)
    assert done.message == "令和6年度の講習会の集計を削除しました。"


def test_kinds_that_asked_once_are_compared_and_corrected_and_one_answer_is_enough(year):
    subject = read_subject(year, DocumentScope(fiscal_year=2026))
    assert services.DOCUMENT.is_ready(year, subject), "answers of any day count where none is said"
    visit = add_dispatch(year)
    with year.change(action="用意", by=BY, now=NOW) as change:
        change.insert(EventSurvey(event_id=visit, title="", questions=(HAPPY,)))
        before = change.insert(EarlierCounts(fiscal_year=2025, kind="見学", sheets=1, questions=()))
    view = read_programme(year)
    asked = [one.kind for one in services.read_year(year).kinds]
    assert (asked, services.read_year(year, kind="派遣").kind) == ([one.kind for one in view.kinds], "派遣")
    only = services._compared_kinds(view, ())
    assert only == view.surveyed_kinds != view.kinds
    one = EarlierQuestion(code="q1", title="満足度", base=1, counts={"満足": 1})
    given = {"fiscal_year": 2025, "kind": "見学", "questions": (one,)}
    assert services.save_earlier(acting(year), **given, sheets=1, earlier_id=before).id == before
    with pytest.raises(UserError, match="回収数が入っていません"):
        services.save_earlier(acting(year), **given, sheets=0, earlier_id=before)
    for other in (0, before + 1):
        with pytest.raises(UserError, match="「見学」にはアンケートの定めがありません"):
            services.save_earlier(acting(year), **given, sheets=1, earlier_id=other)


def test_only_a_question_with_a_role_and_positive_options_has_a_sum():
    asked = (HAPPY, replace(HAPPY, code="q5", role=None), replace(WHY, positive=(), asked_of="", asked_of_options=()))
    survey = EventSurvey(event_id=1, title="", questions=asked)
    sheets = (SurveyResponse(survey_id=1, source="紙", number=1, answers={"q1": Answer(chosen=("満足",))}),)
    event = services._SurveyedEvent(
        Event(programme_id=1, kind="講習会", form=EventForm.LECTURE, ordinal=1, subject="会"),
        survey,
        sheets,
        None,
        None,
    )
    assert [*services._kind(preset().kinds[0], [event]).sums_by_role] == [QuestionRole.SATISFACTION]


@pytest.mark.parametrize("counts", [{"満足": -1, "不満": 4}, {"満足": 4, "不満": -1}])
def test_no_number_is_below_none_or_above_all(store, counts):
    asked = EarlierQuestion(code="q1", title="満足度", base=3, counts=counts)
    with pytest.raises(UserError, match="より多い人数があります"):
        services.save_earlier(acting(store), fiscal_year=2025, kind="講習会", sheets=9, questions=(asked,))


def test_counts_of_several_choices_need_not_add_up_and_the_list_has_a_row_for_each_option(store):
    several = EarlierQuestion(
        code="q2", title="使うもの", type=QuestionType.SEVERAL, base=3, counts={"LINE": 3, "Zoom": 2}
    )
    services.save_earlier(acting(store), fiscal_year=2025, kind="講習会", sheets=3, questions=(several,))
    assert_paper(map("｜".join, services.template_rows((HAPPY, TOOLS))), "記入する一覧")


def test_a_sum_of_what_is_not_known_is_not_known():
    one = asked_questions(tally_answers(ASKED, [sheet("満足", "LINE", "Zoom", why="楽"), sheet("不満", other="ほか")]))
    source = services.ComparisonSource(label="回", response_count=2, questions=one)
    told = replace(source, questions=tuple(replace(each, sum_count=None, positive=("ない",)) for each in one))
    sums = [combine_sources("計", parts) for parts in ([source, source], [source, told])]
    assert [[each.sum_count for each in one.questions] for one in sums] == [[2, 2, 0], [0, None, 0]]
    assert_paper(view_lines(sums[0], "changed_codes"), "計の列")
    outside = asked_questions(tally_answers((HAPPY,), [{"q1": Answer(out_of_list=("まあまあ",))}]))
    both = combine_sources("計", [source, replace(source, questions=outside)]).find("q1")
    assert (both.base, both.counts["選択肢にない回答"], both.counts["満足"]) == (3, 1, 1)


def test_the_line_of_a_year_says_how_people_were_counted(store):
    told = []

    def read(day):
        found = services.read_record_summary(store, today=day)
        told.append(found.text)
        told.extend(found.notes)

    read(date(2026, 9, 30))
    typed = add_lecture(store, date(2026, 9, 3))
    roster, unknown, short = (add_lecture(store, date(2026, 9, day), subject="Zoom講習会") for day in (10, 17, 24))
    visit = add_dispatch(store, date(2026, 10, 15))
    read(date(2026, 9, 30))
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, typed, status=EventStatus.HELD)
        change.insert(EventResult(event_id=typed, attended=9, attended_organisations=6))
    read(date(2026, 9, 30))
    with store.change(action="用意", by=BY, now=NOW) as change:
        person = change.insert(Person(name="見本　太郎"))
        for event in (roster, unknown, short, visit):
            change.update(Event, event, status=EventStatus.HELD)
        cut = {"ended_at": "14:30", "cut_reason": "停電", "cut_short": CutShort.LEFT_OUT}
        change.insert(EventResult(event_id=short, attended=5, **cut))
        came = {"state": "決定", "attendance": Attendance.PRESENT, "organisation_name": "みほん会"}
        for event, who in ((roster, person), (roster, None), (visit, person)):
            change.insert(Entry(event_id=event, person_id=who, **came))
    read(date(2026, 9, 30))
    read(date(2026, 10, 15))
    assert_paper(told, "実績の一行")
