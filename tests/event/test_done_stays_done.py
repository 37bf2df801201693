"""What comes after the day of an event opens no task of it and moves no figure of the year."""

from __future__ import annotations

from datetime import date

from app.actions.action_context import ActionContext
from app.event.services.event_results import record_result
from app.event.services.event_view import read_event
from app.events.materials.services.materials import add_material, receive_version, set_result
from app.submissions.work_queue.services import read_event_work_queue
from app.year_end.summary.services.summary_context import read_context
from db.records.events import EventResult
from db.records.submissions.materials import MaterialResult
from tests.support.years import BY, add_lecture, at, started_year

DAY, AFTER = date(2026, 9, 24), date(2026, 12, 1)


def test_a_handout_or_version_after_the_day_does_not_undo_the_check_before_it(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, DAY)

    def act(day):
        return ActionContext(store, BY, at(day))

    def said(today):
        """Return the check of the handouts: its task, its line of preparation, its figure of 総括, and whose turn."""
        view = read_event(store, event_id=event_id, today=today)
        tasks = [(one.task, one.bucket, one.state_words) for one in (*view.tasks, *view.lapsed_tasks)]
        items = [one for one in view.preparation if one.label == "資料の確認"]
        figures = [one.material_check for one in read_context(store, today=today).facts("講習会")]
        queue = read_event_work_queue(store, event_id=event_id, today=today)
        return tasks, items, figures, [(one.title, one.turn) for one in queue.rows if one.kind == "資料"]

    first = add_material(act(date(2026, 9, 1)), event_id=event_id, title="講習資料").id
    for day in (date(2026, 9, 2), date(2026, 9, 5)):
        version = receive_version(act(day), material_id=first, data=None).id
    set_result(act(date(2026, 9, 8)), version_id=version, result=MaterialResult.CHECKED)
    record_result(act(DAY), event_id=event_id, result=EventResult(event_id=event_id, attended=9))
    before = said(AFTER)
    assert ("資料確認", "済") in [one[:2] for one in before[0]]
    assert before[2][0].done_on == date(2026, 9, 8)

    add_material(act(AFTER), event_id=event_id, title="足した資料")
    receive_version(act(AFTER), material_id=first, data=None, reason="誤字")
    assert said(AFTER) == before
