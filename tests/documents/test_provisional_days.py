"""While an event waits for its day, no document names a day that is counted from the old one as if it were firm."""

import re

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands.documents import documents_of_rows, scopes_of_all
from app.documents.document_frame import table_day
from app.documents.event_phase import EventPhase, EventState
from app.documents.rules import state_effect
from app.documents.services.document_kind import DOCUMENTS, document_kind
from app.event.services.event_records import read_event_records
from app.event.services.tasks.deadlines import read_event_year, tasks_of
from app.event.services.tasks.task import PROPOSAL
from app.events.calls.services.calls import decide_change
from app.submissions.deliverables.services.due_list import read_due_list
from db.query_cache import cached_queries
from db.tables import events
from tests.support.paper_words import said_by
from tests.support.sample import NOW, sample_store

_NOT_OF_THE_OLD_DAY = ("日程の比べ", "その日の状態")
"""Proposed days with what would follow from each, and a record of what was so on a past day."""

_OFF = EventState(phase=EventPhase.WITHOUT_NEW_DAY, decided="延期")


def proposal(store):
    return next(row for row in read_due_list(store, programme_id=1, today=NOW.date()).rows if row.kind == PROPOSAL)


@cached_queries
def lines_of_papers(store, event_id):
    """Every line of the year's documents and of those of one postponed event that are made."""
    scopes = scopes_of_all(store, NOW)
    wanted = [(scope, kind) for scope, kinds in documents_of_rows(store, scopes) for kind in kinds]
    wanted += [
        (scope, paper.kind)
        for scope in scopes
        for paper in DOCUMENTS
        if paper.about == scope.about
        and (scope.event_id is None or (scope.event_id == event_id and state_effect(paper.event_role, _OFF) != "停止"))
    ]
    for scope, kind in wanted:
        try:
            content = document_kind(kind).build(store, scope, NOW)
        except UserError:
            continue
        yield from ((kind, line) for line in said_by(content).splitlines())


def test_no_document_names_a_firm_day_counted_from_a_day_that_is_given_up(tmp_path):
    """お願い, 提出物と遅れの一覧, 検査別紙 and 引継書 named the day of the 提案書; 不採択通知 offered the old day."""
    store = sample_store(tmp_path)
    planned = [one for one in events.events_of_year(store.database, 1) if one.status == "予定" and one.event_date]
    event = max(planned, key=lambda one: one.event_date)
    tasks = tasks_of(read_event_records(store, event.id), read_event_year(store, event.id, NOW.date()))
    counted = {task.nominal for task in tasks if task.task == "実施報告書"} | {proposal(store).due}
    decide_change(
        ActionContext(store, "見本", NOW),
        event_id=event.id,
        kind="延期",
        decided_at=NOW,
        decided_by="課長",
        reason="台風",
    )
    counted |= {proposal(store).due, proposal(store).last_day}
    assert proposal(store).firm_due is None
    days = [re.compile(rf"(?<!\d){day.month}(月|/|\.){day.day}(?!\d)") for day in counted]
    old = re.compile(rf"令和9年{event.event_date.month}月{event.event_date.day}日.*申込み")

    lines = list(lines_of_papers(store, event.id))

    firm = {
        line
        for line in lines
        if line[0] not in _NOT_OF_THE_OLD_DAY
        and "仮" not in line[1]
        and (any(day.search(line[1]) for day in days) or old.search(line[1]))
    }
    assert firm == set()
    named = {kind for kind, line in lines if f"仮 {table_day(event.event_date)}" in line}
    assert named == {"検査調書別紙", "年間実績総括", "提案書の様式", "提出物と遅れの一覧", "引継書"}
