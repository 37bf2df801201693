"""The check of a received report: receipt, points, numbers side by side, request, confirmation."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.papers.screens.paper_view import PaperDialog
from app.subjects.events.services.event_results import record_result
from app.subjects.reports.screens.figure_table import find_near, marks_for
from app.subjects.reports.services import report_check
from app.widgets.dialogs import ReasonDialog
from db.records.events import EventResult
from db.tables import events
from db.tables import reports as table
from tests.support.report_pages import arrive, contractors_pdf, id_of, press, reports_shown, settle, stored
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over


@pytest.fixture
def panel(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path, "E1") as found:
        yield found


def _row(panel, item):
    return next(row for row in panel.check.figures.rows if row.figure.item == item)


def _stored(panel, event, item):
    report = stored(panel, event, "受領")
    found = table.figures_of_report(panel.desk.store.database, report.id)
    return next(figure for figure in found if figure.item == item)


def _choose(qtbot, panel, item, words):
    choice = _row(panel, item).choice
    number = next(n for n in range(choice.count()) if choice.itemText(n).startswith(words))
    choice.setFocus()
    choice.setCurrentIndex(number)
    choice.activated.emit(number)
    settle(qtbot, panel)


def _tick_all(qtbot, panel):
    for pair in panel.check.points.pairs:
        press(qtbot, pair.there)
        settle(qtbot, panel)


def _type(qtbot, box, text):
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)


def test_a_difference_is_told_by_sign_word_colour_and_a_mark_on_the_page(panel):
    row = _row(panel, "回収数")

    assert row.words.text() == "① +1"
    assert row.ground.tinted
    assert row.choice.isVisible()
    assert not _row(panel, "出席").choice.isVisible()
    marks = marks_for(panel.check.preview.pages.document, [figure.figure for figure in panel.check.figures.rows])
    assert [(mark.page, mark.words) for mark in marks] == [(1, "1")]
    assert panel.check.preview.page_count() == stored(panel, "E1", "受領").pages


def test_it_stays_shut_with_the_count_of_what_is_open_until_all_is_settled(panel, qtbot):
    assert panel.check.confirm.text() == "確認済にする（残り 3件）"
    assert not panel.check.confirm.isEnabled()
    _tick_all(qtbot, panel)
    assert panel.check.confirm.text() == "確認済にする（残り 1件）"
    _choose(qtbot, panel, "回収数", "差のまま")
    assert _stored(panel, "E1", "回収数").handling == ""  # not before there is a reason
    reason = _row(panel, "回収数").reason
    reason.setText("白紙1枚を含む数")
    reason.editingFinished.emit()
    settle(qtbot, panel)

    assert panel.check.confirm.isEnabled()
    assert panel.check.confirm.property("kind") == "main"
    press(qtbot, panel.check.confirm)
    settle(qtbot, panel)
    report = stored(panel, "E1", "受領")
    assert (report.status, report.checked_by) == ("確認済", BY)
    assert not panel.check.confirm.isVisible()
    assert _row(panel, "出席").theirs.isReadOnly()

    press(qtbot, panel.check.withdraw)
    dialog = dialog_over(panel, ReasonDialog)
    dialog.form.set_values({"reason": "確認の途中だった"})
    press(qtbot, dialog.main)
    settle(qtbot, panel)
    assert stored(panel, "E1", "受領").status == "区が確認中"
    assert panel.check.confirm.isVisible()
    assert not panel.check.withdraw.isVisible()
    assert not _row(panel, "出席").theirs.isReadOnly()


def test_a_bare_number_gets_its_unit_and_enter_goes_on(panel, qtbot):
    row = _row(panel, "申込")
    _type(qtbot, row.theirs, "20")
    qtbot.keyClick(row.theirs, Qt.Key.Key_Return)
    assert _row(panel, "出席").theirs.hasFocus()
    settle(qtbot, panel)

    assert _stored(panel, "E1", "申込").theirs == "20人"
    assert _row(panel, "申込").theirs.text() == "20人"
    assert _row(panel, "申込").words.text() == "① +1"
    assert _row(panel, "回収数").words.text() == "② +1"


def test_tab_goes_along_a_line_and_on_to_the_next(panel, qtbot):
    first, second = _row(panel, "申込"), _row(panel, "出席")
    first.theirs.setFocus()
    for expected in (first.page, second.theirs):
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
        assert panel.focusWidget() is expected


def test_our_own_record_corrected_is_read_again_and_closes_the_difference(panel, qtbot):
    went = []
    panel.desk.going.connect(lambda place, given: went.append((place, given)))
    _type(qtbot, _row(panel, "出席").theirs, "17")
    qtbot.keyClick(_row(panel, "出席").theirs, Qt.Key.Key_Return)
    settle(qtbot, panel)
    _choose(qtbot, panel, "出席", "区の記録を訂正")
    row = _row(panel, "出席")
    assert report_check.is_open(row.figure)
    press(qtbot, row.link)
    assert went == [("event", {"event_id": id_of(panel, "E1"), "tab": "概要", "part": "result"})]
    store, event = panel.desk.store, id_of(panel, "E1")
    found = events.result(store.database, event)
    record_result(store, event_id=event, result=EventResult(**{**vars(found), "attended": 17}), by=BY, now=NOW)
    press(qtbot, panel.check.figures.refresh)
    settle(qtbot, panel)

    assert _stored(panel, "E1", "出席").ours == "17人"
    assert _row(panel, "出席").words.text() == "一致"


def test_the_request_is_copied_and_noted(panel, qtbot):
    press(qtbot, panel.check.points.pairs[2].missing)
    settle(qtbot, panel)
    press(qtbot, panel.check.request.copy_button)
    copied = QGuiApplication.clipboard().text()
    assert "業務責任者" in copied
    assert "p.1　回収数「18枚」（区の記録は17枚）" in copied
    assert "「講師からの所感」の記載が見当たりません" in copied
    press(qtbot, panel.check.ask)
    settle(qtbot, panel)

    report = stored(panel, "E1", "受領")
    assert (report.status, report.checked_on) == ("修正依頼", NOW.date())
    assert _stored(panel, "E1", "回収数").handling == "修正を依頼"
    assert panel.check.head.badge.kind == "修正依頼"


def test_a_newer_version_starts_a_new_check_and_the_old_one_stays_to_be_read(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L3") as panel:
        file = contractors_pdf(panel, "L3", tmp_path / "報告書_修正版.pdf")
        press(qtbot, panel.check.receive)
        dialog = panel.dialog
        dialog.ask_file = lambda: str(file)
        press(qtbot, dialog.choose_button)
        settle(qtbot, panel)
        assert "報告書_修正版.pdf" in dialog.file.text()
        _type(qtbot, dialog.form.editor("on"), "R8.11.24")
        dialog.form.editor("number").setText("8練地協収第24号")
        press(qtbot, dialog.main)
        settle(qtbot, panel)

        report = stored(panel, "L3", "受領")
        assert (report.version, report.status, report.receipt_number) == (2, "区が確認中", "8練地協収第24号")
        assert panel.check.head.badge.kind == "区が確認中"
        assert all(not row.theirs.text() for row in panel.check.figures.rows)
        assert _row(panel, "出席").hint.text() == "前の版は 15人（修正を依頼）"
        assert panel.check.figures.same.text() == "一致 0件　未入力 9件"
        panel.check.versions.setCurrentIndex(1)
        panel.check.versions.activated.emit(1)
        settle(qtbot, panel)
        assert _row(panel, "出席").theirs.text() == "15人"
        assert _row(panel, "出席").theirs.isReadOnly()
        assert "第2版を受領したため" in panel.check.closed.words()


def test_a_received_file_is_kept_as_it_came_and_opens_its_check(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        file = contractors_pdf(panel, "L4", tmp_path / "報告書.pdf")
        press(qtbot, panel.start.receive)
        panel.dialog.ask_file = lambda: str(file)
        press(qtbot, panel.dialog.choose_button)
        settle(qtbot, panel)
        press(qtbot, panel.dialog.main)
        settle(qtbot, panel)

        assert panel.check.isVisible()
        view = report_check.read_report_check(panel.desk.store, report_id=stored(panel, "L4", "受領").id)
        assert view.data == file.read_bytes()
        assert "期限の1日後" in panel.check.points.receipt.text()


def test_a_file_that_is_no_pdf_is_refused_in_words_before_anything_is_saved(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        wrong = tmp_path / "報告書.pdf"
        wrong.write_bytes(b"PK\x03\x04 not a pdf")
        press(qtbot, panel.start.receive)
        panel.dialog.ask_file = lambda: str(wrong)
        press(qtbot, panel.dialog.choose_button)
        settle(qtbot, panel)
        assert "PDFとして開けません" in panel.dialog.problem.words()
        press(qtbot, panel.dialog.main)
        settle(qtbot, panel)
        assert "まだ選んでいません" in panel.dialog.problem.words()
        assert table.reports_of_event(panel.desk.store.database, id_of(panel, "L4")) == []
        panel.dialog.reject()


def test_what_the_ward_keeps_with_the_report_is_saved_when_the_field_is_left(panel, qtbot):
    box = panel.check.receipt.form.editor("receipt_number")
    box.setText("8練地協収第9号")
    box.textEdited.emit(box.text())
    box.editingFinished.emit()
    settle(qtbot, panel)

    report = stored(panel, "E1", "受領")
    assert (report.receipt_number, report.original_place) == ("8練地協収第9号", "文書管理システム")


def test_the_sheet_of_the_check_is_seen_before_it_is_printed(panel, qtbot):
    press(qtbot, panel.check.sheet)
    settle(qtbot, panel)
    dialog = dialog_over(panel, PaperDialog)

    assert dialog.view.kind == "実施報告書確認票"
    assert dialog.view.preview.page_count() == 1
    dialog.reject()


def test_form_and_check_of_one_event_lead_to_each_other(panel, qtbot):
    press(qtbot, panel.check.to_form)
    settle(qtbot, panel)
    assert panel.form.isVisible()
    press(qtbot, panel.form.to_check)
    settle(qtbot, panel)
    assert panel.check.isVisible()
    arrive(qtbot, panel)
    assert panel.list.isVisible()


def test_on_a_narrow_window_the_report_becomes_a_tab_and_comes_back(panel, qtbot):
    panel.resize(860, 460)
    settle(qtbot, panel)
    assert panel.check.sides.tabs.isVisible()
    assert not panel.check.preview.isVisible()
    panel.check.sides.tabs.choose(1)
    assert panel.check.preview.isVisible()
    panel.resize(1360, 720)
    settle(qtbot, panel)
    assert panel.check.preview.isVisible()
    assert panel.check.figures.isVisible()


@pytest.mark.parametrize(
    ("text", "item", "typed", "found"),
    [
        ("申込 18人 出席 18人", "出席", "18人", "18人"),
        ("アンケート回収\n18\n件", "回収数", "18枚", "18"),
        ("出席者 118人", "出席", "18人", None),
        ("出席 1 8 人", "出席", "18人", "1 8 人"),
    ],
)
def test_a_number_is_found_near_its_name_on_the_page(text, item, typed, found):
    place = find_near(text, item, typed)

    assert (None if place is None else text[place[0] : place[0] + place[1]]) == found
