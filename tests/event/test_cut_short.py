"""An event that was broken off keeps hour, reason and people; whether it counts is agreed, and every count follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services.agreements import CUT_SHORT_TOPIC, open_topic, remove_topic, settle_topics
from app.event.services.event_records import read_records_of_year
from app.event.services.event_results import record_result
from app.event.services.progress import progress
from app.event.services.tasks.deadlines import event_tasks
from app.event_day.reception.services import close_reception
from app.history.services import undo
from app.programme.services import read_programme
from app.surveys.compare.services import read_record_summary
from app.year_end.completion.services.completion import held_words
from app.year_end.handover.services import read_handover
from app.year_end.summary.services.year_summary import read_summary
from db.records.event_status import CutShort
from db.records.events import Event, EventResult
from db.rows import by_id, row
from db.store import Store
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, event_id

pytestmark = pytest.mark.sample_year

TODAY = NOW.date()
NOTE = "午後3時10分に途中で打切り（大雨警報の発表のため。そのとき9人）"
CUT = {"ended_at": "15:10", "cut_reason": "大雨警報の発表のため", "people_at_end": 9}


def record(store: Store, number: int, **values) -> int:
    """Correct the recorded result, as the dialog does."""
    result = row(store.database, EventResult, event_id=number)
    record_result(ActionContext(store, BY, NOW), event_id=number, result=replace(result, **values))
    return number


def talks(store: Store, number: int) -> list[tuple[str, str, str]]:
    tasks = event_tasks(store, event_id=number, today=TODAY)
    return [(one.label, one.detail, one.link.action) for one in tasks if one.task == "打切りの協議"]


def counted(store: Store) -> tuple[object, ...]:
    """How many 講習会 the year has held, as each surface counts them."""
    view = read_programme(store, fiscal_year=2026)
    numbers, records = view.kind("講習会"), read_records_of_year(store, view.programme.id)
    summary = read_summary(store, today=TODAY)
    said = read_handover(store, fiscal_year=2026, now=NOW).progress_words
    return (
        progress(records, numbers, TODAY).done,
        summary.kinds[0].counts.events,
        int(said.partition("講習会")[2][0]),
        int(held_words(numbers, records, TODAY)[0]),
        dict(read_record_summary(store, today=TODAY).rows)["講習会"].events,
    )


def test_it_counts_as_agreed_everywhere_and_is_named_in_any_case(store):
    first = event_id(store, "講習会", 1)
    before = counted(store)
    assert len(set(before)) == 1
    whole = read_summary(store, today=TODAY).kinds[0]

    record(store, first, cut_short=CutShort.OPEN, **CUT)
    for way, words, left_out in (
        (CutShort.OPEN, "回数の扱いは協議中", 0),
        (CutShort.COUNTED, "回数に数える", 0),
        (CutShort.LEFT_OUT, "回数に数えない", 1),
    ):
        record(store, first, cut_short=way)
        assert counted(store) == tuple(one - left_out for one in before), way
        named = f"{NOTE}。{words}）"
        assert named in read_record_summary(store, today=TODAY).text
        assert named in read_handover(store, fiscal_year=2026, now=NOW).progress_words
        for kind in ("年間実績総括", "検査調書別紙"):
            scope = DocumentScope(fiscal_year=2026, as_of=TODAY)
            assert named in said_by(build_document(store, scope=scope, kind=kind, now=NOW)), kind
        assert by_id(store.database, Event, first).status == "実施済"
        satisfied = read_summary(store, today=TODAY).satisfaction
        assert first in [one.event.id for one in satisfied.events], "what people answered stays"
    assert read_summary(store, today=TODAY).kinds[0].undecided == whole.undecided + 1

    undo(store, by=BY, now=NOW)
    assert counted(store) == before
    record(store, first, cut_short=CutShort.NOT)
    ended = row(store.database, EventResult, event_id=first)
    assert (ended.ended_at, ended.cut_reason, ended.people_at_end) == ("", "", None)
    assert NOTE not in read_record_summary(store, today=TODAY).text


@pytest.mark.parametrize("kind", ["実施報告書", "実施確認票"])
def test_the_papers_of_the_day_say_when_and_why_it_ended(store, kind):
    first = event_id(store, "講習会", 1)

    def said() -> str:
        return said_by(build_document(store, scope=DocumentScope(event_id=first), kind=kind, now=NOW))

    assert NOTE not in said()
    record(store, first, cut_short=CutShort.COUNTED, **CUT)
    assert NOTE in said()
    assert kind == "実施確認票" or ("70分" in said() and "120分" not in said()), "it was not held as long as planned"


def test_until_it_is_agreed_it_is_a_task_that_leads_to_the_talk_and_then_to_the_result(store):
    first = event_id(store, "講習会", 1)
    assert talks(store, first) == []
    record(store, first, cut_short=CutShort.OPEN, **CUT)
    label = "打切りの扱いを受託者と協議する"
    assert talks(store, first) == [(label, "回数・代替・費用・契約変更", "受託者と協議する")]

    context = ActionContext(store, BY, NOW)
    talk = open_topic(context, event_id=first, topic=CUT_SHORT_TOPIC).id
    assert talks(store, first) == [(label, f"協議中 {CUT_SHORT_TOPIC}", "協議の記録")]
    settle_topics(context, agreement_ids=[talk])
    assert [where for *_said, where in talks(store, first)] == ["結果を記録する"]
    record(store, first, cut_short=CutShort.LEFT_OUT, agreement_id=talk)
    assert talks(store, first) == []
    with pytest.raises(UserError, match="打切りの扱いがあります"):
        remove_topic(context, agreement_id=talk)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({**CUT, "ended_at": ""}, "打切りの時刻が"),
        ({**CUT, "ended_at": "23:10"}, "打切りの時刻が"),
        ({**CUT, "cut_reason": " "}, "打切りの理由が"),
        ({**CUT, "people_at_end": -1}, "0より小さい"),
    ],
)
def test_what_a_break_off_lacks_is_said(store, values, why):
    with pytest.raises(UserError, match=why):
        record(store, event_id(store, "講習会", 2), cut_short=CutShort.OPEN, **values)


def test_closing_the_reception_on_the_day_records_it_with_the_counted_numbers(store):
    sixth = event_id(store, "講習会", 6)
    day = by_id(store.database, Event, sixth).event_date
    context = ActionContext(store, BY, NOW + timedelta(days=(day - TODAY).days))
    close_reception(context, event_id=sixth, ended_at="15:10", cut_reason="停電のため", people_at_end=3)
    found = row(store.database, EventResult, event_id=sixth)
    assert (found.cut_short, found.ended_at, found.people_at_end) == (CutShort.OPEN, "15:10", 3)
    close_reception(context, event_id=sixth)
    assert row(store.database, EventResult, event_id=sixth).cut_reason == "停電のため"
