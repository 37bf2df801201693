"""A report that is due by a day of the next month is received once for all events of its month, checked for each."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QCheckBox

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.services.tasks.deadlines import event_tasks
from app.programme.services import change_numbers, read_programme
from app.submissions.reports.screens.report_dialogs import ReceiveReportDialog
from app.submissions.reports.services.report_check import events_of_same_report, read_report_check, receive_report
from db.records.documents import StoredFile
from db.records.events import Event
from db.rows import by_id, rows
from db.tables.reports import reports_of_event
from tests.support.doing import do
from tests.support.sample_desk import empty_screen
from tests.support.waiting import wait_idle
from tests.support.years import BY, NOW, add_dispatch, add_lecture, at

DAY = date(2026, 11, 6)


@pytest.fixture
def month(store):
    """Two lectures of October, and what is not of their report: a later one, one of November, a visit of October."""
    kind = read_programme(store).kind("講習会")
    change_numbers(ActionContext(store, BY, NOW), numbers=replace(kind, report_period="翌月10日まで"))
    first, second = (add_lecture(store, date(2026, 10, day), subject=f"{day}日の回") for day in (1, 22))
    add_lecture(store, date(2026, 11, 5))
    add_dispatch(store, date(2026, 10, 15))
    return first, second


def same(store, event_id, today=DAY):
    return [one.id for one in events_of_same_report(store, by_id(store.database, Event, event_id), today)]


def received(store, event_id, data=b"%PDF monthly", *, also_for=(), on=DAY):
    return receive_report(
        ActionContext(store, BY, at(on)),
        event_id=event_id,
        data=data,
        name="10月の報告書.pdf",
        pages=2,
        received_on=on,
        received_how="メール",
        also_for=also_for,
    )


def report_due(store, event_id):
    (task,) = (one for one in event_tasks(store, event_id=event_id, today=DAY) if one.task == "実施報告書")
    return task.due, task.is_open


def test_one_file_is_the_report_of_every_event_of_its_month(store, month):
    first, second = month
    assert (same(store, first), same(store, second)) == ([second], [first])
    assert same(store, first, date(2026, 10, 21)) == [], "what has not taken place has no report"
    assert report_due(store, second) == (date(2026, 11, 10), True)

    done = received(store, first, also_for=[second])
    assert "（ほか1回）の実施報告書（第1版）を受領しました。" in done.message
    found = [reports_of_event(store.database, one)[-1] for one in month]
    assert [one.status for one in found] == ["区が確認中", "区が確認中"]
    assert len({one.file_id for one in found}) == len(rows(store.database, StoredFile)) == 1
    assert [report_due(store, one) for one in month] == [(date(2026, 11, 10), False)] * 2
    checks = [read_report_check(store, report_id=one.id, with_file=False) for one in found]
    assert all(one.points and one.figures for one in checks)

    assert same(store, first) == [second], "a corrected version is that of both, too"
    received(store, first, b"%PDF alone")
    assert same(store, first) == []


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        ({"event_date": date(2026, 10, 31)}, True), ({"event_date": date(2026, 11, 1)}, False),
        ({"event_date": date(2025, 10, 22)}, False), ({"event_date": None}, False), ({"status": "中止"}, False),
        ({"kind": "派遣"}, False),
    ],
)  # fmt: skip
def test_the_report_of_a_month_is_about_its_events_that_are_over_alone(store, month, other, counts):
    first, second = month
    assert same(store, first, date(2026, 10, 22)) == [second], "on the day itself it has taken place"
    with store.change(action="test", by=BY, now=NOW) as change:
        change.update(Event, second, **other)
    assert same(store, first) == [second] * counts
    dateless = replace(by_id(store.database, Event, first), event_date=None)
    assert events_of_same_report(store, dateless, DAY) == ()


def test_nothing_is_received_where_one_of_the_events_was_not_yet(store, month):
    with pytest.raises(UserError, match="受領日が実施日"):
        received(store, month[0], also_for=[month[1]], on=date(2026, 10, 21))
    assert [reports_of_event(store.database, one) for one in month] == [[], []]


def test_the_dialog_offers_the_others_and_takes_them_only_where_it_is_ticked(desk_at, qtbot, store, month):
    first, second = (by_id(store.database, Event, one) for one in month)
    desk = desk_at(at(DAY))
    parent = empty_screen(qtbot, desk)
    for ticked, count in ((False, 0), (True, 1)):
        dialog = ReceiveReportDialog(parent, first, version=1, same_report=(second,))
        wait_idle(qtbot, desk)
        dialog._show_file(SimpleNamespace(name="10月.pdf", pages=1, data=b"%PDF", words=""))
        box = dialog.form.editor("same_report")
        assert isinstance(box, QCheckBox)
        box.setChecked(ticked)
        do(qtbot, desk, dialog.main.click)
        assert len(reports_of_event(store.database, second.id)) == count
    assert "same_report" not in ReceiveReportDialog(parent, first, version=1).form.values()
