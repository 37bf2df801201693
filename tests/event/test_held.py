"""Held is what has a recorded result: by one rule, whatever its day."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.documents.event_phase import EventPhase
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.rules.event_state import phase_of
from app.event.rules.held_events import cancelled_words, is_held, without_result_words
from app.event.services import event_results
from app.events.calls.services import calls
from app.surveys.compare.services import read_record_summary
from app.year_end.proposal.services import add_own_note
from app.year_end.summary.services.year_summary import read_summary
from db.records.calls import DecisionKind
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, EventResult
from tests.support.paper_words import said_by
from tests.support.years import BY, add_lecture, at

DAY = date(2026, 11, 10)


@pytest.mark.parametrize(
    ("status", "today", "held", "waits"),
    [
        ("予定", DAY, False, False),
        ("予定", date(2026, 11, 11), False, True),
        ("実施済", DAY, True, False),
        ("実施済", date(2026, 11, 9), False, False),
        ("中止", date(2026, 11, 11), False, False),
    ],
)
def test_by_status_and_day(status, today, held, waits):
    event = Event(
        kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", event_date=DAY, status=EventStatus(status)
    )
    assert (is_held(event, today), phase_of(event, (), today) is EventPhase.RESULT_MISSING) == (held, waits)


def test_every_count_of_the_year_leaves_it_out_and_names_it(store):
    first, _second = add_lecture(store, date(2026, 9, 24)), add_lecture(store, DAY)
    event_results.record_result(
        ActionContext(store, BY, at(date(2026, 9, 25))), event_id=first, result=EventResult(event_id=first, attended=14)
    )
    today = date(2026, 12, 1)
    add_own_note(ActionContext(store, BY, at(today)), fiscal_year=2026, text="席が近い", source="実施確認票")
    waits = "結果の記録がないため数えていない回：第2回 LINE講習会（R8.11.10）。"

    line = read_record_summary(store, today=today).text
    summary = read_summary(store, today=today)
    assert "講習会1回　計1回　延べ人数14人" in line
    assert line.endswith(waits), "the line is copied by itself"
    assert waits in summary.record_line
    assert (summary.total.counts.events, summary.total.counts.visits) == (1, 14)
    for kind in ("引継書", "提案書の様式"):
        said = said_by(build_document(store, scope=DocumentScope(fiscal_year=2026), kind=kind, now=at(today)))
        assert waits in said
        assert "1回" in said
    assert "令和8年12月1日（火）現在" in said_by(
        build_document(store, scope=DocumentScope(fiscal_year=2026), kind="引継書", now=at(today))
    )


def test_nothing_is_named_where_nothing_waits():
    assert without_result_words([], {}) == ""


@pytest.mark.parametrize("kind", ["延期", "日時の変更"])
def test_what_was_put_off_lacks_no_result_and_no_count_says_so(store, kind):
    """The papers of such an event say 延期; a count that asked for its result would say that it was held."""
    off = add_lecture(store, DAY)
    add_lecture(store, date(2026, 11, 12))
    calls.decide_change(
        ActionContext(store, BY, at(DAY)),
        event_id=off,
        kind=kind,
        decided_at=at(DAY),
        decided_by="課長",
        reason="大雪のため",
    )
    today = date(2026, 12, 1)
    said = (
        "結果の記録がないため数えていない回：第2回 LINE講習会（R8.11.12）。行っていないため数えていない回：第1回 "
        f"LINE講習会（R8.11.10、{kind}）。"
    )
    assert said in read_record_summary(store, today=today).text
    assert said in read_summary(store, today=today).record_line
    assert "1回が日程未定" in said_by(
        build_document(store, scope=DocumentScope(fiscal_year=2026), kind="引継書", now=at(today))
    )
    for paper in ("引継書", "検査調書別紙", "業務完了届"):
        assert said in said_by(build_document(store, scope=DocumentScope(fiscal_year=2026), kind=paper, now=at(today)))


def test_the_day_on_which_a_replacement_is_not_held_is_not_said(store):
    off, instead = add_lecture(store, DAY), add_lecture(store, date(2026, 12, 10))
    context = ActionContext(store, BY, at(DAY))
    given = {"decided_at": at(DAY), "decided_by": "課長", "reason": "大雪のため"}
    calls.decide_change(context, event_id=off, kind=DecisionKind.CANCELLATION, **given)
    calls.set_substitute(context, event_id=off, day_words="", nature="協議で足りる", replacement_id=instead)
    paper, scope = "検査調書別紙", DocumentScope(fiscal_year=2026)
    assert "代わりに第2回 LINE講習会 R8.12.10" in said_by(build_document(store, scope=scope, kind=paper, now=at(DAY)))
    calls.decide_change(context, event_id=instead, kind=DecisionKind.POSTPONEMENT, **given)
    said = said_by(build_document(store, scope=scope, kind=paper, now=at(DAY)))
    assert "代わりに第2回 LINE講習会" in said
    assert "R8.12.10" not in said


def test_a_replacement_that_is_cancelled_as_well_is_not_held_instead():
    first = Event(id=1, kind="講習会", form=EventForm.LECTURE, subject="LINE講習会", ordinal=1, event_date=DAY)
    second = replace(first, id=2, ordinal=2, event_date=date(2026, 12, 10), replaces=1)
    assert cancelled_words([first], [first, second]).endswith("（R8.11.10。代わりに第2回 LINE講習会 R8.12.10）")
    assert cancelled_words([replace(first, event_date=None)], []) == "第1回 LINE講習会"
    assert (
        cancelled_words([replace(first, cancel_reason="大雪のため。（課長の判断）")], [])
        == "第1回 LINE講習会（R8.11.10、大雪のため）"
    )
    both = [replace(one, status=EventStatus.CANCELLED) for one in (first, second)]
    assert "代わりに" not in cancelled_words(both, both)
