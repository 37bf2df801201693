"""The form of a 実施報告書: completeness, chapters, typing that is saved as one goes, the paper beside it."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from app.actions.action_context import ActionContext
from app.documents.screens.save_dialog import SaveDocumentDialog
from app.event.services import event_changes, event_drafts
from app.history import services as history_services
from app.submissions.reports.rules.report_points import HANDED_OVER, PHOTO_ANSWER, WITHOUT_PHOTOS
from app.submissions.reports.screens import section_editor
from app.submissions.reports.screens.report_dialogs import HandOverDialog, ReportDayDialog
from app.submissions.reports.services import reports
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.window.app_context import bind_action
from db.records.events import Event
from db.rows import by_id
from tests.support.doing import do
from tests.support.report_pages import click, commit_text, id_of, press, reports_shown, settle, stored
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over


@pytest.fixture
def panel(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path, "L5", fixed=True) as found:
        yield found


def _choose(qtbot, panel, title):
    do(qtbot, panel, panel.form.chapters.choose, title)
    if panel.form.editor.typing.isVisible() and not panel.form.editor.typing.isChecked():
        panel.form.editor.typing.click()
    parts = panel.form.editor.parts
    qtbot.waitUntil(lambda: all(part.isVisible() and part.editor.width() < 600 for part in parts))
    return parts


def test_it_begins_with_what_still_waits_and_says_who_fills_it(panel):
    assert panel.form.chapters.current() == "講師所感"
    shown = panel.form.chapters.table.model
    cells = [shown.cell(row, 0) for row in range(shown.rowCount()) if shown.heading(row) is None]
    assert [cell.text for cell in cells if cell.aside == "仕"] == ["2　実施内容", "4　アンケート集計", "5　講師所感"]
    assert panel.form.chapters.asked.text() == "仕　仕4(1)コが求める3章"
    # What the contractor writes is nothing that the ward must do today.
    assert "amber" not in {cell.icon_tone for cell in cells}
    # Of a chapter of the contractor's it says what comes there and when; its field is folded.
    assert panel.form.editor.theirs.text() == "受託者が書きます。12/17(木)までの報告書で届きます。"
    assert not panel.form.editor.parts[0].isVisible()
    assert panel.form.editor.writer.text() == "受託者が記入"
    assert panel.form.date.text() == "12/17(木)"
    assert "あと16日" in panel.form.left.text()


def test_the_paper_beside_is_the_real_one_with_its_stamp(panel):
    assert panel.form.paper.kind == "実施報告書"
    assert panel.form.paper.content.stamp == "様式・受託者確認前"
    assert panel.form.paper.preview.page_count() >= 4


def test_what_is_typed_is_saved_on_leaving_and_counts_for_the_clause_at_once(panel, qtbot):
    part = _choose(qtbot, panel, "講師所感")[0]
    part.editor.setFocus()
    commit_text(part.editor, "操作体験では、隣どうしで教え合う姿が見られた。")
    assert stored(panel, "L5").body.get("所感", "") == ""
    do(qtbot, panel, panel.form.steps.more.setFocus)

    assert stored(panel, "L5").body["所感"] == "操作体験では、隣どうしで教え合う姿が見られた。"
    assert all(point.done for point in panel.form.view.form.points)


@pytest.mark.parametrize("format_", ["xlsx", "pdf"])
def test_the_first_click_on_saving_the_paper_counts_while_text_is_half_typed(panel, qtbot, monkeypatch, format_):
    """The press leaves the field, which saves it; the paper that is drawn anew must not take the click away."""
    part = _choose(qtbot, panel, "講師所感")[0]
    part.editor.setFocus()
    commit_text(part.editor, "隣どうしで教え合う姿が見られた。")
    paper, left = panel.form.paper, []
    ask = paper._ask_where
    monkeypatch.setattr(paper, "_ask_where", lambda drawn: (left.append(drawn), ask(drawn)))
    # An entry of the menu, whose button takes the focus, or a button beside it.
    panel.form.steps.more.setFocus(Qt.FocusReason.MouseFocusReason)
    do(qtbot, panel, (paper.xlsx_button if format_ == "xlsx" else paper.pdf_button).click)

    assert stored(panel, "L5").body["所感"] == "隣どうしで教え合う姿が見られた。"
    assert dialog_over(panel, SaveDocumentDialog).isVisible()
    assert [(one.format, "隣どうしで教え合う姿が見られた。" in str(one.content)) for one in left] == [(format_, True)]


def test_a_pause_in_typing_saves_without_moving_the_cursor(panel, qtbot, monkeypatch):
    part = _choose(qtbot, panel, "講師所感")[0]
    part._pause.setInterval(20)
    part.editor.setFocus()
    with qtbot.waitSignal(part._pause.timeout):
        commit_text(part.editor, "前半と後半")
        cursor = part.editor.textCursor()
        cursor.setPosition(2)
        part.editor.setTextCursor(cursor)
    settle(qtbot, panel)
    assert stored(panel, "L5").body["所感"] == "前半と後半"
    commit_text(part.editor, "の時間")

    assert part.editor.toPlainText() == "前半の時間と後半"
    assert part.editor.hasFocus()
    assert section_editor.PAUSE_MS <= 5000


def test_undo_takes_the_text_back_and_the_editor_shows_it(panel, qtbot):
    part = _choose(qtbot, panel, "要点")[0]
    before = stored(panel, "L5").body["要点"]
    part.editor.setFocus()
    part.editor.selectAll()
    commit_text(part.editor, "別の要点")
    do(qtbot, panel, panel.form.steps.more.setFocus)
    assert stored(panel, "L5").body["要点"] == "別の要点"
    do(qtbot, panel, panel.app_context.undo)

    assert part.editor.toPlainText() == before


def test_going_to_another_chapter_or_away_loses_nothing(panel, qtbot):
    part = _choose(qtbot, panel, "写真")[0]
    commit_text(part.editor, "写真は2枚。承諾を得ています。")
    _choose(qtbot, panel, "要点")
    assert stored(panel, "L5").body["写真"] == "写真は2枚。承諾を得ています。"

    part = panel.form.editor.parts[0]
    part.editor.setPlainText("最後の要点")
    assert do(qtbot, panel, panel.may_leave)
    assert stored(panel, "L5").body["要点"] == "最後の要点"


def test_rows_are_added_by_tab_moved_and_removed(panel, qtbot):
    part = _choose(qtbot, panel, "課題と次回への改善")[0]
    grid = part.editor
    grid.cell(0, 0).setFocus()
    for text in ("時間が足りない", "問4", "講義を短くする", "受託者", "R9.1.15"):
        commit_text(panel.focusWidget(), text)
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
    commit_text(panel.focusWidget(), "用語の差")
    do(qtbot, panel, part.save)
    rows = stored(panel, "L5").tables["課題と改善"]
    assert rows == (("時間が足りない", "問4", "講義を短くする", "受託者", "R9.1.15"), ("用語の差", "", "", "", ""))

    do(qtbot, panel, qtbot.keyClick, grid.cell(1, 0), Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [row[0] for row in stored(panel, "L5").tables["課題と改善"]] == ["用語の差", "時間が足りない"]
    do(qtbot, panel, qtbot.keyClick, grid.cell(0, 0), Qt.Key.Key_Delete, Qt.KeyboardModifier.AltModifier)
    assert [row[0] for row in stored(panel, "L5").tables["課題と改善"]] == ["時間が足りない"]


def test_a_table_from_a_spreadsheet_fills_the_cells(panel, qtbot):
    parts = _choose(qtbot, panel, "実施内容")
    part = next(one for one in parts if one.chapter.key == "質疑")
    copied = QMimeData()
    copied.setText('引継ぎは？\t"権限を2人に付ける。\n旧役員を外す。"\n費用は？\t無料\n')
    do(qtbot, panel, part.editor.cell(0, 0).insertFromMimeData, copied)

    assert stored(panel, "L5").tables["質疑"] == (
        ("引継ぎは？", "権限を2人に付ける。\n旧役員を外す。"),
        ("費用は？", "無料"),
    )
    part.editor.cell(0, 1).insertFromMimeData(_text("行1\n行2"))
    assert part.editor.cell(0, 1).toPlainText().startswith("行1\n行2")


def _text(words):
    made = QMimeData()
    made.setText(words)
    return made


def test_chapters_from_the_records_show_them_and_lead_to_where_they_are_changed(panel, qtbot):
    went = []
    panel.app_context.navigation_requested.connect(lambda place, given: went.append((place, given)))
    _choose(qtbot, panel, "概要")
    box = panel.form.editor._facts_area.itemAt(0).widget()
    click(qtbot, panel, box.link)

    assert went == [("event", {"event_id": id_of(panel, "L5"), "tab": "概要", "part": "result"})]


def test_words_beside_the_timetable_go_into_the_report(panel, qtbot):
    part = _choose(qtbot, panel, "実施内容")[0]
    box = part.editor.boxes[0]
    box.setFocus()
    commit_text(box, "目標を確かめた。")
    do(qtbot, panel, part.save)

    (row,) = [row for row in stored(panel, "L5").tables["時間割内容"] if row[1] == "目標を確かめた。"]
    assert row[0] == "開会・本日の目標"


def test_the_form_is_handed_over_with_its_text_and_the_record_of_it(panel, qtbot):
    assert panel.form.hand_over.is_filled
    press(qtbot, panel.form.hand_over)
    dialog = dialog_over(panel, HandOverDialog)
    press(qtbot, dialog.text.copy_button)
    copied = QGuiApplication.clipboard().text()
    assert "業務責任者" in copied
    assert {"Excelで保存", "PDFで保存"} <= {one.text() for one in dialog.findChildren(Button)}
    for button in (panel.form.paper.pdf_button, panel.form.paper.xlsx_button):
        assert button.isVisible(), "beside the filled one, not behind 「…」"
    assert "・講師所感" in copied
    assert "令和8年12月17日（木）までに" in copied
    assert dialog.text.said.text() == "コピーしました"
    # What happened elsewhere is not proposed: without its day nothing is recorded.
    press(qtbot, dialog.main)
    assert dialog.isVisible()
    assert HANDED_OVER not in stored(panel, "L5").tables
    dialog.form.set_values({"on": date(2026, 12, 1)})
    click(qtbot, panel, dialog.main)

    assert stored(panel, "L5").tables[HANDED_OVER] == (("2026-12-01", "メール", "業務責任者"),)
    assert "12/1(火) に業務責任者へ渡しました（メール）。" in panel.form.steps.words.plain_text()
    assert not panel.form.hand_over.is_offered
    assert panel.form.receive.is_filled
    do(qtbot, panel, panel.form.steps.unhand.click)
    assert HANDED_OVER not in stored(panel, "L5").tables
    assert panel.form.hand_over.is_filled


def test_that_there_are_no_photos_is_printed_once_somebody_answered_so(panel, qtbot):
    _choose(qtbot, panel, "写真")
    printed = "写真の掲載はない。"
    assert panel.form.editor.photos.answers[""].isChecked()
    assert printed not in str(panel.form.paper.content)
    do(qtbot, panel, panel.form.editor.photos.answers[WITHOUT_PHOTOS].click)
    assert stored(panel, "L5").body[PHOTO_ANSWER] == WITHOUT_PHOTOS
    assert printed in str(panel.form.paper.content)


def test_the_stamp_goes_when_the_contractor_has_confirmed_and_the_text_is_fixed(panel, qtbot):
    press(qtbot, panel.form.steps.confirm)
    dialog = dialog_over(panel, ReportDayDialog)
    box = dialog.form.editor("on")
    box.selectAll()
    qtbot.keyClicks(box, "R8.11.30")
    do(qtbot, panel, qtbot.keyClick, box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert stored(panel, "L5").contractor_confirmed_on == date(2026, 11, 30)
    assert panel.form.paper.content.stamp == ""
    assert all(part.editor.isReadOnly() for part in panel.form.editor.parts)
    press(qtbot, panel.form.steps.receive)
    dialog = dialog_over(panel, ReportDayDialog)
    click(qtbot, panel, dialog.main)
    assert stored(panel, "L5").status == "受領"
    assert not panel.form.steps.check.isEnabled()  # 講師からの所感 is still missing
    click(qtbot, panel, panel.form.steps.version)
    assert stored(panel, "L5").version == 2
    assert panel.form.steps.earlier.is_offered


def test_a_day_before_the_event_is_refused_and_the_dialog_stays(panel, qtbot):
    press(qtbot, panel.form.steps.confirm)
    dialog = dialog_over(panel, ReportDayDialog)
    box = dialog.form.editor("on")
    box.selectAll()
    qtbot.keyClicks(box, "11/1")
    click(qtbot, panel, dialog.main)

    assert dialog.isVisible()
    assert "実施日より前" in dialog.refusal.words()
    dialog.reject()


def test_a_refused_save_keeps_what_was_typed(panel, qtbot):
    told = []
    panel.app_context.failed.connect(told.append)
    part = _choose(qtbot, panel, "講師所感")[0]
    reports.confirm_by_contractor(
        ActionContext(panel.app_context.store, BY, NOW), report_id=stored(panel, "L5").id, on=date(2026, 11, 30)
    )
    part.editor.setFocus()
    commit_text(part.editor, "遅れて書いた文")
    do(qtbot, panel, part.save)

    assert len(told) == 1
    assert part.editor.toPlainText() == "遅れて書いた文"
    history_services.undo(panel.app_context.store, by=BY, now=NOW)
    do(qtbot, panel, part.save)
    assert stored(panel, "L5").body["所感"] == "遅れて書いた文"


def test_a_confirmed_form_shows_what_was_confirmed_and_names_what_the_records_say_otherwise(panel, qtbot):
    fifth = stored(panel, "L5").event_id
    do(
        qtbot,
        panel,
        panel.app_context.write,
        bind_action(reports.confirm_by_contractor, report_id=stored(panel, "L5").id, on=date(2026, 11, 30)),
        owner=panel,
    )
    assert "受託者が確認済（11/30(月)）の内容です" in panel.form.steps.words.text()
    assert not panel.form.differing.isVisible()
    shown = panel.form.paper.content

    event = by_id(panel.app_context.store.database, Event, fifth)
    do(
        qtbot,
        panel,
        panel.app_context.write,
        bind_action(
            event_changes.update_event,
            event_id=fifth,
            draft=replace(event_drafts.draft_of(event), lecturer="別の講師"),
        ),
        owner=panel,
    )
    assert panel.form.differing.text() == "いまの記録と違うところ：1 概要。書類は確認したときのままです。"
    assert panel.form.differing.isVisible()
    assert panel.form.paper.content == shown

    do(qtbot, panel, panel.form.steps.unconfirm.click)
    assert not panel.form.differing.isVisible()
    assert "別の講師" in str(panel.form.paper.content)


def test_receipt_and_confirmation_are_taken_back_with_a_reason_one_step_at_a_time(panel, qtbot):
    report_id = stored(panel, "L5").id
    commit = {"report_id": report_id}
    panel.app_context.write(
        bind_action(reports.write_chapter, **commit, key="所感", text="よく学ばれた。"),
        owner=panel,
    )
    panel.app_context.write(
        bind_action(reports.confirm_by_contractor, **commit, on=date(2026, 11, 30)),
        owner=panel,
    )
    panel.app_context.write(
        bind_action(reports.mark_received, **commit, on=date(2026, 12, 1), how="メール"),
        owner=panel,
    )
    do(
        qtbot,
        panel,
        panel.app_context.write,
        bind_action(reports.confirm_form, **commit, on=date(2026, 12, 1)),
        owner=panel,
    )

    for words, status in (("確認済を取り消す", "受領"), ("受領を取り消す", "作成中")):
        assert panel.form.steps.withdraw.text() == words
        press(qtbot, panel.form.steps.withdraw)
        dialog = dialog_over(panel, ReasonDialog)
        dialog.form.set_values({"reason": "日付の誤り"})
        click(qtbot, panel, dialog.main)
        assert stored(panel, "L5").status == status
    assert not panel.form.steps.withdraw.is_offered
    assert panel.form.steps.unconfirm.is_offered
