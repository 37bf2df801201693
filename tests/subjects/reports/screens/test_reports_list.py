"""報告書: the list of all events' reports, and the two ways where nothing is there yet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.subjects.events.parts.request_dialog import RequestDialog
from app.subjects.reports.services.report_board import count_to_check, report_board
from tests.support.report_pages import id_of, press, reports_shown, settle, stored
from tests.support.sample import NOW, event_id
from tests.support.sample_desk import dialog_over


@pytest.fixture
def panel(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path) as found:
        yield found


def _row(panel, event):
    wanted = id_of(panel, event)
    return next(row for row in panel.list.table.model.records() if row.id == wanted)


def test_every_event_stands_with_the_state_of_its_report(panel):
    states = {event: _row(panel, event).state for event in ("L1", "L2", "L3", "L4", "L5", "L6", "D1", "E1")}

    assert states == {
        "L1": "確認済", "L2": "確認済", "L3": "修正依頼", "L4": "受領前", "L5": "様式作成中", "L6": "未着手",
        "D1": "確認済", "E1": "区が確認中",
    }  # fmt: skip


def test_the_wards_own_turn_stands_first_and_is_counted_at_the_side_bar(panel):
    first = panel.list.table.model.records()[0]

    assert (first.id, first.action) == (id_of(panel, "E1"), "報告書を確かめる")
    assert count_to_check(panel.desk.store, today=NOW.date()) == 1


def test_an_overdue_report_says_so_with_its_date_and_its_basis(panel):
    row = _row(panel, "L4")

    assert (row.due_words, row.left_words, row.overdue) == ("11/29(日)", "1日超過", True)
    assert row.basis_words == "仕4(1)コ 1か月以内 休日の場合 11/30(月)"
    assert "期限超過 1" in panel.list.summary.text()


def test_a_corrected_version_is_awaited_by_its_own_target_while_the_deadline_was_met(panel):
    row = _row(panel, "L3")

    basis = "修正版 区の目標 11/26(木)　はじめの版は期限内"
    assert (row.left_words, row.left_basis, row.action) == ("目標を5日過ぎ", basis, "修正版を受領")


def test_enter_opens_the_check_of_a_received_report(panel, qtbot):
    panel.list.table.choose(lambda row: row.id == id_of(panel, "E1"))
    qtbot.keyClick(panel.list.table.view, Qt.Key.Key_Return)
    settle(qtbot, panel)

    assert panel.check.isVisible()
    assert panel.check.head.event_link.text() == "11/12(木)　第1回 意見交換会"


def test_the_form_promises_only_what_goes_into_one_of_its_kind(panel, qtbot):
    for event, inside in (
        (("講習会", 6), "当日の記録、進行表、資料、アンケートの集計が入った様式"),
        (("派遣", 3), "当日の記録、進行表が入った様式"),
    ):
        wanted = event_id(panel.desk.store, *event)
        panel.list.table.opened.emit(next(row for row in panel.list.table.model.records() if row.id == wanted))
        settle(qtbot, panel)
        assert panel.start.isVisible()
        assert panel.start.what.plain().startswith(inside)
        panel.arrive()
        settle(qtbot, panel)


def test_where_nothing_is_there_both_ways_are_offered_and_the_request_is_at_hand(panel, qtbot):
    panel.list.table.opened.emit(_row(panel, "L4"))
    settle(qtbot, panel)

    assert panel.start.isVisible()
    assert panel.start.head.badge.kind == "期限超過"
    assert "休日の場合 11/30(月)" in panel.start.due.text()
    press(qtbot, panel.start.remind)
    settle(qtbot, panel)
    dialog = dialog_over(panel, RequestDialog)
    assert "業務責任者" in dialog.text.toPlainText()
    dialog.reject()


def test_a_report_of_an_event_still_to_come_cannot_be_received_yet(panel, qtbot):
    panel.list.table.opened.emit(_row(panel, "L6"))
    settle(qtbot, panel)

    assert not panel.start.receive.isEnabled()
    assert "実施日を過ぎると" in panel.start.not_yet.words()
    assert panel.start.make.isEnabled()


def test_the_form_is_made_by_the_ward_or_in_the_name_of_the_contractor(panel, qtbot):
    panel.list.table.opened.emit(_row(panel, "L4"))
    settle(qtbot, panel)
    press(qtbot, panel.start.make)
    settle(qtbot, panel)

    assert panel.form.isVisible()
    assert stored(panel, "L4").author == "区"
    assert panel.form.head.badge.words == "区が事前記入・受託者確認前"
    assert next(
        row.state for row in report_board(panel.desk.store, today=NOW.date()) if row.id == id_of(panel, "L4")
    ) == ("様式作成中")
