"""The days that the one call for visits prints are those of the 段取り, and a closing day that has passed is said."""

from datetime import date

from app.actions.action_context import ActionContext
from app.documents.services.document_doubts import read_doubts, read_doubts_of
from app.documents.services.document_passages import set_passage
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.rules.recruitment import RESULTS_STEP
from app.event.services.recruitment import set_step_date
from app.event.services.tasks.deadlines import all_tasks, event_tasks
from app.events.dispatches.documents import APPLY, CALL_FOR_REQUESTS, CLOSES, REQUEST_FORM
from db.records.events import RecruitmentStep
from db.rows import row
from tests.support.paper_words import said_by
from tests.support.years import BY, TODAY, add_dispatch, at

YEAR = DocumentScope(fiscal_year=2026)


def call(store, today=TODAY):
    return said_by(build_document(store, scope=YEAR, kind=CALL_FOR_REQUESTS, now=at(today)))


def planned(store, event_id):
    (task,) = (one for one in event_tasks(store, event_id=event_id, today=TODAY) if one.label == RESULTS_STEP)
    return task.due


def test_the_results_are_promised_by_the_day_that_is_planned(store):
    event_id = add_dispatch(store, date(2026, 12, 16))
    add_dispatch(store, date(2027, 1, 20))
    assert planned(store, event_id) == date(2026, 11, 6)
    assert "令和8年10月28日（水）まで（必着）" in call(store)
    assert "11月6日（金）までに、全団体へ文書でお知らせします。" in call(store)

    step = row(store.database, RecruitmentStep, event_id=event_id, name=RESULTS_STEP)
    set_step_date(ActionContext(store, BY, at(TODAY)), step_id=step.id, due=date(2026, 11, 13))
    assert planned(store, event_id) == date(2026, 11, 13)
    assert "11月13日（金）までに" in call(store)
    # A plan that tells before the closing day is no promise.
    set_step_date(ActionContext(store, BY, at(TODAY)), step_id=step.id, due=date(2026, 10, 20))
    assert "11月6日（金）までに" in call(store)


def test_one_call_has_one_closing_day_and_one_day_of_results_on_home_and_on_the_plan(store):
    first, later = add_dispatch(store, date(2026, 12, 16)), add_dispatch(store, date(2027, 1, 20))
    tasks = [(one.event.id, one.label, one.due) for one in all_tasks(store, today=TODAY) if one.event is not None]
    assert [one for one in tasks if "希望票" in one[1]] == [(first, "希望票の締切", date(2026, 10, 28))]
    results = [one for one in tasks if one[1] == RESULTS_STEP]
    assert results == [(first, RESULTS_STEP, date(2026, 11, 6)), (later, RESULTS_STEP, date(2026, 11, 6))]
    plan = said_by(build_document(store, scope=YEAR, kind="年間計画", now=at(TODAY)))
    assert plan.count("希望票の締切") == 1
    assert "希望票の締切 派1" not in plan, "it is that of all visits"


def test_a_closing_day_of_the_plan_that_is_over_is_said_too(store):
    """It was said of a counted day alone, so a 募集要項 of the year before went out with its own."""
    add_dispatch(store, date(2026, 12, 16))
    over = date(2026, 10, 29)
    (said,) = read_doubts(store, scope=YEAR, kind=CALL_FOR_REQUESTS, today=over)
    assert said == (
        "希望票の締切（令和8年10月28日（水））を過ぎています。「申込み」の日付を書き直すか、"
        "派遣の段取りの締切を直してください。"
    )
    new = [build_document(store, scope=YEAR, kind=CALL_FOR_REQUESTS, now=at(over))]
    asked = {"scope": YEAR, "contents": new, "today": over}
    assert read_doubts_of(store, kinds=[CALL_FOR_REQUESTS], **asked).asks_reason
    assert not read_doubts_of(store, kinds=["年間計画"], **asked).asks_reason


def test_a_closing_day_that_passed_while_no_visit_had_a_day_is_said_before_the_paper_leaves(store):
    def doubts(kind, today):
        return read_doubts(store, scope=YEAR, kind=kind, today=today)

    assert "令和8年7月3日（金）まで（必着）" in call(store)
    for kind, part in ((CALL_FOR_REQUESTS, APPLY), (REQUEST_FORM, CLOSES)):
        assert doubts(kind, date(2026, 7, 3)) == ()
        (said,) = doubts(kind, date(2026, 7, 4))
        assert said.startswith("希望票の締切（令和8年7月3日（金））を過ぎています。")
        assert f"「{part}」の日付を書き直すか、派遣の実施回に日付を入れてください。" in said
        context = ActionContext(store, BY, at(TODAY))
        set_passage(context, scope=YEAR, kind=kind, part=part, text="令和8年10月30日（金）")
        assert doubts(kind, TODAY) == ()
    assert doubts("年間計画", TODAY) == ()
