"""資料・報告 by hand: switches, groups, the three steps, what was looked for by its old name, and how little stands
there."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
from shiboken6 import delete

from app.actions.action_context import ActionContext
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.notification_dialog import NotificationDialog
from app.event.parts import RequestDraftDialog
from app.event.services import event_results
from app.events.materials.screens.material_dialogs import ReceiveHandoutDialog, WithdrawResultDialog
from app.home.today.screens.home_screen import WorkQueueBox
from app.home.today.services.action_search import matching_actions
from app.home.today.services.home import read_home
from app.main_window.action_routes import route_to
from app.programme.services import read_programme
from app.submissions.deliverables.parts import ReceiveDialog as OutstandingReceipt
from app.submissions.deliverables.screens.outstanding_detail import OutstandingDetail
from app.submissions.reports.screens.report_panel import ReportPanel
from app.submissions.work_queue.rules import DEFINITION, DONE, WAITING, WARD
from app.submissions.work_queue.screens import EventWorkQueue
from app.submissions.work_queue.services import read_work_queue
from app.window import theme as t
from app.year.dates import services as dates_services
from db.name_key import name_key
from db.records.submissions.materials import MaterialVersion
from db.tables import events
from db.tables.reports import REPORT_KIND
from tests.support.doing import do
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, shown
from tests.support.turns_pages import stand_on, turns_made, turns_shown
from tests.support.waiting import wait_idle
from tests.support.whole_window import whole_window
from tests.support.window_parts import sample_pdf

CONTROLS = (QAbstractButton, QLineEdit, QAbstractSpinBox, QComboBox, QTextEdit, QPlainTextEdit)
NOTICE, AGENDA, SLIDES = "資料確認結果通知", "次第", "講習資料「Instagramの投稿と注意点」"


@pytest.fixture
def went(desk):
    found = []
    desk.navigation_requested.connect(lambda place, given: found.append((place, given)))
    return found


NEXT = datetime(2027, 3, 20, 9)


def begin_next_year(desk):
    dates_services.start_year(
        ActionContext(desk.store, desk.user_name, NEXT),
        draft=dates_services.next_year_draft(desk.store, today=NEXT.date()),
    )


def groups(screen):
    view = screen.table.model
    return [view.heading(n).title for n in range(view.rowCount()) if view.heading(n) is not None]


def press(qtbot, screen, button):
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    wait_idle(qtbot, screen.app_context)


def test_the_switches_count_everything_and_show_what_is_on(desk, qtbot):
    screen = turns_shown(qtbot, desk, everything=False)
    counts = {turn: chip.count for turn, chip in screen.chips.items()}
    assert counts == {WARD: 5, WAITING: 13, DONE: 27}
    assert groups(screen) == ["区の対応待ち", "受託者待ち　いま"]
    assert screen.later.words() == "これから届くもの 9"
    assert DEFINITION in screen.total.toolTip()
    assert DEFINITION in screen.late.toolTip()

    press(qtbot, screen, screen.chips[WARD])
    press(qtbot, screen, screen.later)
    assert groups(screen) == ["受託者待ち　いま", "これから届くもの"]
    press(qtbot, screen, screen.chips[DONE])
    assert len(screen.table.model.records()) == 13 + 27
    assert {turn: chip.count for turn, chip in screen.chips.items()} == counts, "a switch hides, it does not count"


def test_one_event_alone_is_a_cut_that_is_said_and_taken_back(desk, qtbot):
    screen = turns_shown(qtbot, desk, event_id=6, kind="資料", only=True)
    assert screen.table.current().title == AGENDA
    assert {row.event_id for row in screen.table.model.records()} == {6}
    assert screen.chips[WARD].count == 3
    assert screen.only.text() == "第6回 Instagram講習会（2回目） だけ"
    press(qtbot, screen, screen.only)
    assert screen.chips[WARD].count == 5
    assert not screen.only.isVisible()


def test_who_is_led_to_a_row_sees_it_also_where_the_list_was_let_go(desk, qtbot):
    left = turns_shown(qtbot, desk, everything=False).full_state()
    screen = turns_made(desk)
    screen.restore_state(left)
    screen.open_with(kind="従事者・配置表の届")
    shown(qtbot, screen, desk)
    assert screen.table.current().kind == "従事者・配置表の届"
    view = screen.table.view
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


@pytest.mark.parametrize("kind", ["業務完了届", "廃棄・消去証明書"])
def test_the_row_one_is_led_to_is_whole_in_sight_also_where_the_room_gets_less(desk, qtbot, kind):
    screen = shown(qtbot, turns_made(desk), desk, width=735, height=432, kind=kind)
    view = screen.table.view

    def whole() -> bool:
        return view.viewport().rect().contains(view.visualRect(view.currentIndex()))

    assert screen.table.current().kind == kind
    qtbot.waitUntil(whole)
    screen.resize(735, 330)
    qtbot.waitUntil(lambda: not view._measure_soon.isActive() and whole())
    view.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    screen.resize(735, 320)
    qtbot.waitUntil(lambda: not view._measure_soon.isActive() and not view._later.isActive())
    assert view.verticalScrollBar().value() == 0, "who scrolls is led nowhere any more"


def test_the_rows_have_the_room_where_the_window_is_not_wide(desk, qtbot):
    screen = turns_shown(qtbot, desk, everything=False)
    screen.resize(1366, 700)
    qtbot.waitUntil(screen.total.isVisible)
    assert "講習会" in screen.late.text()
    screen.resize(1093, 534)
    qtbot.waitUntil(lambda: not screen.total.isVisible())
    assert screen.late.text() == ("計 45件　遅れ（契約の期限）　受託者 1件・1日　／　区 1件・7日")
    assert not screen.total.isVisible(), "the heading keeps to one line"
    assert "講習会" in screen.late.toolTip()
    assert DEFINITION in screen.late.toolTip()
    assert screen.late.height() < 2 * screen.late.fontMetrics().height()


def test_after_a_result_is_taken_back_the_keyboard_stands_in_what_is_nearest(desk, qtbot):
    window = window_over(qtbot, desk)
    do(qtbot, desk, window.go, "turns", kind="資料", event_id=6)
    steps = window.screen_of("turns").handout
    steps.withdraw.setFocus()
    press(qtbot, window.screen_of("turns"), steps.withdraw)
    dialog = dialog_over(window, WithdrawResultDialog)
    dialog.form.set_values({"reason": "誤記が見つかったため"})
    do(qtbot, desk, dialog.main.click)
    assert not steps.withdraw.isVisible()
    qtbot.waitUntil(lambda: window.focusWidget().isVisible())
    assert window.focusWidget().isEnabled()
    assert steps.isAncestorOf(window.focusWidget()), window.focusWidget().accessibleName()
    window.hide()


def test_a_report_whose_records_changed_after_its_check_is_the_wards_again(desk, qtbot, went):
    screen = turns_shown(qtbot, desk, event_id=2, kind="実施報告書", turn=DONE)
    assert (screen.current_row().turn, screen.current_row().drift) == (DONE, 0)
    done, ward = screen.turns.count(DONE), screen.turns.count(WARD)
    present = events.result(desk.store.database, 2)
    typed = replace(present, attended=present.attended - 1)
    event_results.record_result(ActionContext(desk.store, "同僚", NOW), event_id=2, result=typed)
    screen = turns_shown(qtbot, desk, everything=False, event_id=2, kind="実施報告書")
    row = screen.current_row()
    assert (row.turn, row.drift > 0) == (WARD, True)
    assert row.state_words == f"確認し直す 差 {row.drift}件"
    assert row.state_second == "確認後に記録が変更"
    cell = screen.table.model.columns[2].show(row)
    assert (cell.icon, cell.tone) == ("warning-fill", "amber")
    assert "「確認済を取り消す」" in cell.tip
    assert (screen.turns.count(DONE), screen.turns.count(WARD)) == (done - 1, ward + 1)
    panel = screen.outstanding.panel
    assert panel.report.property("kind") == "main", "what is to be done is on its page"
    dict(screen.menu_actions())["数字の食い違い検査を開く"]()
    screen.outstanding.open_next_step()
    assert went == [("numbers", {"event_id": 2}), ("report", {"event_id": 2})]
    tab = shown(qtbot, EventWorkQueue(desk, "報告", detail=OutstandingDetail(desk)), desk, event_id=2)
    assert [(one.turn, one.drift) for one in tab.table.model.records()] == [(WARD, row.drift)]
    assert tab.count.text() == "区の対応待ち 1・受託者待ち 0・済 0"


def test_home_says_beside_its_count_that_records_changed_after_a_check(desk, qtbot):
    box = WorkQueueBox()
    qtbot.addWidget(box)
    box.show_counts(read_home(desk.store, today=desk.today()).work_queue)
    assert box.outdated.isHidden()
    present = events.result(desk.store.database, 2)
    typed = replace(present, attended=present.attended - 1)
    event_results.record_result(ActionContext(desk.store, "同僚", NOW), event_id=2, result=typed)
    found = read_home(desk.store, today=desk.today()).work_queue
    box.show_counts(found)
    assert (box.outdated.isHidden(), box.outdated.text()) == (False, "区の対応待ちのうち 確認後に記録が変更 1")
    assert box.ward.text() == f"区の対応待ち {found.count(WARD)}件"


def test_a_key_of_the_result_leads_to_the_page_on_which_it_is_decided(desk, qtbot, went):
    screen = turns_shown(qtbot, desk, everything=False)
    stand_on(qtbot, screen, title=SLIDES)
    screen.handout._open_decision()
    assert went == [], "it is decided already"
    stand_on(qtbot, screen, title="操作手順書")
    qtbot.keyClick(screen.table.view, Qt.Key.Key_F6)
    assert [place for place, _given in went] == ["materials"]


def test_pages_that_nobody_opened_before_the_result_are_said_beside_the_step_without_a_tick(desk, qtbot, went):
    screen = turns_shown(qtbot, desk, everything=False)
    stand_on(qtbot, screen, title=SLIDES)
    newest = screen.handout.view.versions[0].version
    with desk.store.change(action="試験の用意", by=BY, now=NOW) as change:
        change.update(MaterialVersion, newest.id, pages=5, looked=(1, 2, 3, 4))
    do(qtbot, desk, screen.refresh)
    stand_on(qtbot, screen, title=SLIDES)
    looked = screen.handout.looked
    assert looked.state == "これから"
    assert looked.words.text().startswith("4 / 5ページ")
    assert looked.words.text().endswith("1ページは、開かないまま判定しました。")


def test_a_handout_goes_through_its_steps_and_is_counted_where_it_is_then(desk, qtbot, went):
    screen = turns_shown(qtbot, desk, everything=False)
    stand_on(qtbot, screen, title=SLIDES)
    steps = screen.handout
    assert [one.state for one in (steps.looked, steps.result, steps.told)] == ["済", "済", "いま"]
    assert steps.notice.is_filled
    press(qtbot, screen, steps.notice)
    dialog_over(screen, DocumentDialog).reject()
    press(qtbot, screen, steps.tell)
    told = dialog_over(screen, NotificationDialog)
    assert not told.main.isEnabled(), "nobody is told by a press alone"
    told.form.set_values({"told_how": "電話", "words": "再提出と伝えた"})
    told.form.changed.emit("told_how")
    do(qtbot, desk, told.main.click)

    assert (screen.chips[WARD].count, screen.chips[WAITING].count) == (4, 14)
    row = screen.table.current()
    assert (row.title, row.turn, row.state_words) == (SLIDES, WAITING, "第2版を待つ")
    assert screen.handout.request.isVisible()
    do(qtbot, desk, desk.undo)
    assert (screen.chips[WARD].count, screen.chips[WAITING].count) == (5, 13)

    qtbot.keyClick(screen.table.view, Qt.Key.Key_Return)
    assert went[-1][0] == "materials"
    assert went[-1][1]["event_id"] == 6


def test_what_has_not_come_is_received_or_asked_for_from_its_row(desk, qtbot, went):
    screen = turns_shown(qtbot, desk)
    stand_on(qtbot, screen, title="資料は未登録")
    press(qtbot, screen, screen.handout.request)
    asked = dialog_over(screen, RequestDraftDialog)
    assert "業務責任者" in asked.text.toPlainText()
    asked.reject()

    press(qtbot, screen, screen.receive)
    dialog = dialog_over(screen, ReceiveHandoutDialog)
    dialog.form.set_values({"title": "ワークシート"})
    do(qtbot, desk, dialog.main.click)
    assert (screen.table.current().title, screen.table.current().turn) == ("ワークシート", WARD)
    assert screen.handout.check.is_filled

    stand_on(qtbot, screen, id="report-4")
    assert not screen.outstanding.panel.report.is_offered, "nothing has come that could be opened"
    press(qtbot, screen, screen.receive)
    assert went[-1] == ("report", {"event_id": 4, "receive": True})


def test_of_two_years_each_row_keeps_its_place_and_its_own_details(desk, qtbot):
    begin_next_year(desk)
    screen = turns_shown(qtbot, desk)
    first, second = (one for one in screen.turns.rows if one.kind == "業務完了届")
    assert do(qtbot, desk, screen.table.choose, lambda one: one is second)
    do(qtbot, desk, desk.changed.emit, None)
    current = screen.table.current()
    assert (current.kind, current.programme_id) == ("業務完了届", second.programme_id)
    assert screen.outstanding.beside.outstanding.programme_id == second.programme_id

    # The answer for the row one left comes late: it is of the other year, though it is called the same.
    late = screen.outstanding.beside
    assert do(qtbot, desk, screen.table.choose, lambda one: one.id == first.id)
    screen.outstanding._show_related(("業務完了届", second.programme_id, "業務完了届"), late)
    assert screen.outstanding.beside.outstanding.programme_id == first.programme_id

    # A form says of which year it is.
    screen.outstanding.form_recognised.emit("業務完了届", second.programme_id)
    assert screen.table.current().programme_id == second.programme_id


def test_a_closed_year_that_is_not_shown_is_there_when_one_is_sent_to_it(desk, qtbot):
    begin_next_year(desk)
    old = read_programme(desk.store, fiscal_year=2026).programme.id
    signed = {"by": desk.user_name, "now": NEXT}
    dates_services.close_year(
        ActionContext(desk.store, **signed), fiscal_year=2026, day=NEXT.date(), reason="支払が済んだ"
    )
    desk.choose_year(2027)
    screen = turns_shown(qtbot, desk, everything=False, programme_id=old, kind="提案書")
    assert (screen.table.current().programme_id, screen.table.current().kind) == (old, "提案書")
    assert screen.chips[WARD].count == read_home(desk.store, today=NOW.date(), fiscal_year=2027).work_queue.count(WARD)
    assert screen.view_state() == {"programme_id": old}
    desk.choose_year(2026)
    do(qtbot, desk, desk.choose_year, 2027)
    assert not screen.turns.filtered(programme_id=old).rows, "another year was chosen: it is no longer asked for"


def test_one_is_brought_to_a_row_whatever_hides_it(desk, qtbot):
    screen = turns_shown(qtbot, desk, everything=False, event_id=6, only=True)
    screen.outstanding.form_recognised.emit("report-4", 1)
    assert (screen.table.current().id, screen.only.isVisible()) == ("report-4", False)
    screen.table.filter_field.setText("提案書")
    screen.table._filter_now()
    screen.open_with(event_id=6, kind="資料")
    do(qtbot, desk, screen.reload)
    assert (screen.table.current().title, screen.table.filter_field.text()) == (AGENDA, "")


def test_a_file_that_is_dropped_where_no_row_is_chosen_is_of_the_year_shown(desk, qtbot, tmp_path):
    screen = turns_shown(qtbot, desk)
    stand_on(qtbot, screen, kind="請求書")
    for chip in screen.chips.values():
        chip.setChecked(False)
    assert screen.table.current() is None
    (tmp_path / "届.pdf").write_bytes(b"%PDF-1.4 kept as it came")
    do(qtbot, desk, screen.take_file, tmp_path / "届.pdf")
    dialog = dialog_over(screen, OutstandingReceipt)
    assert dialog.form.value("kind") == "", "nothing of the row before stays, and what came is nobody's guess"
    dialog.main.click()
    assert any(dialog.form.problems()), "it is asked for"
    assert dialog._programme_id == read_programme(desk.store, fiscal_year=2026).programme.id
    assert not screen.outstanding.panel.isVisible()
    dialog.done(0)


def test_a_file_that_is_opened_at_a_report_is_received_as_that_report(desk, qtbot, tmp_path, went):
    screen = turns_shown(qtbot, desk)
    stand_on(qtbot, screen, kind=REPORT_KIND)
    event_id = screen.current_row().event_id
    path = tmp_path / "届いた報告書.pdf"
    path.write_bytes(sample_pdf())
    screen.ask_file = lambda: path
    do(qtbot, desk, screen.open_file)
    assert went[-1] == ("report", {"event_id": event_id, "receive": True, "file": str(path)})
    panel = shown(qtbot, ReportPanel(desk), desk, **went[-1][1])
    qtbot.waitUntil(lambda: "届いた報告書.pdf" in panel.dialog.file.text())
    assert panel.dialog.windowTitle().startswith("届いた報告書を受領")
    panel.dialog.done(0)


@pytest.mark.parametrize("name", ["届いた報告書.docx", "スキャン.jpg", "届いた報告書.xls"])
def test_what_is_no_pdf_is_no_paper_of_the_year_because_it_was_opened_at_a_report(desk, qtbot, tmp_path, went, name):
    screen = turns_shown(qtbot, desk)
    stand_on(qtbot, screen, kind=REPORT_KIND)
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 no pdf")
    do(qtbot, desk, screen.take_file, path)
    assert not screen.findChildren(OutstandingReceipt)
    panel = shown(qtbot, ReportPanel(desk), desk, **went[-1][1])
    qtbot.waitUntil(lambda: "PDFとして開けません" in panel.dialog.refusal.words())
    assert "PDFにして送ってもらってください" in panel.dialog.refusal.words()
    panel.dialog.done(0)


def test_a_file_that_is_opened_at_a_row_of_the_year_is_proposed_as_what_the_row_is(desk, qtbot, tmp_path):
    screen = turns_shown(qtbot, desk)
    for chip in (*screen.chips.values(), screen.later):
        chip.setChecked(True)
    kinds = dict.fromkeys(one.kind for one in screen.turns.rows if not one.event_id)
    assert len(kinds) > 4
    path = tmp_path / "届いたもの.docx"
    path.write_bytes(b"PK\x03\x04 kept as it came")
    for kind in kinds:
        stand_on(qtbot, screen, kind=kind)
        do(qtbot, desk, screen.take_file, path)
        dialog = dialog_over(screen, OutstandingReceipt)
        assert dialog.form.value("kind") == kind
        dialog.done(0)
        delete(dialog)


def test_where_nothing_is_due_yet_what_comes_later_stands_open_so_that_it_can_be_received(desk, qtbot):
    found = read_work_queue(desk.store, today=NOW.date(), fiscal_year=2026)
    screen = turns_made(desk)
    screen._show(replace(found, rows=tuple(one for one in found.rows if one.is_later)))
    assert groups(screen) == ["これから届くもの"]
    assert screen.receive.isEnabled()
    screen.later.setChecked(False)
    assert not screen.receive.isEnabled()
    assert screen.receive.toolTip() == "届いたものは、その行を選んでから受領します。"
    qtbot.addWidget(screen)


def test_the_tab_of_the_event_opens_at_the_handout_one_came_from(desk, qtbot):
    window = window_over(qtbot, desk)
    for material_id in (14, 15):
        do(qtbot, desk, window.go, "turns", material_id=material_id)
        do(qtbot, desk, window.screen_of("turns").handout.more.click)
        page = window.screen_of("materials")
        assert page.record.isVisible()
        assert page.view.material.id == material_id
    window.hide()


def test_a_screen_that_was_let_go_hears_of_no_other_year(desk, qtbot):
    screen = turns_made(desk)
    do(qtbot, desk, screen.reload)
    delete(screen)
    do(qtbot, desk, desk.year_changed.emit, 2026)


@pytest.mark.parametrize("words", ["資料確認", "報告書", "提出物", "受託者の提出物", "提出物と確認"])
def test_every_old_name_leads_here(words):
    found = matching_actions(words, [name_key(words)], ())
    assert "turns" in {route_to(one.link).screen_name for one in found}


def window_over(qtbot, desk):
    window = whole_window(desk)
    qtbot.addWidget(window)
    window.show()
    window.setMinimumSize(0, 0)
    window.resize(1366, 768)
    return window


def test_home_the_side_bar_and_the_list_have_one_count_and_little_stands_there(desk, qtbot):
    window = window_over(qtbot, desk)
    for arguments in ({"kind": "資料"}, {"kind": "実施報告書"}, {"kind": "従事者・配置表の届"}, {"kind": "請求書"}):
        do(qtbot, desk, window.go, "turns", **arguments)
        parts = [part for kind in CONTROLS for part in window.findChildren(kind)]
        seen = [part for part in parts if part.isVisible() and not part.visibleRegion().isEmpty()]
        assert len(seen) <= 32, [part.accessibleName() for part in seen]
    do(qtbot, desk, window.read_badges)
    screen = window.screen_of("turns")
    turns = read_home(desk.store, today=NOW.date(), fiscal_year=2026).work_queue
    assert turns == read_work_queue(desk.store, today=NOW.date(), fiscal_year=2026)
    assert window.side_bar.count("turns") == screen.chips[WARD].count == turns.count(WARD)
    assert t.unscaled(window.side_bar.width()) == t.SIDE_BAR
    window.hide()
