"""A version is looked at, found fault with, judged and locked; nothing is ever written into the received file."""

import io
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from app.documents.screens.document_view import DocumentDialog
from app.documents.services import document_saving
from app.events.materials.screens.finding_dialogs import FindingDialog, VersionFileDialog
from app.events.materials.screens.handout_steps import HandoutSteps
from app.events.materials.screens.material_detail import RECORD, STATE
from app.events.materials.screens.material_dialogs import WithdrawResultDialog
from app.events.materials.services import materials
from app.events.materials.services.material_files import COPY_KIND
from app.widgets.dialogs.common_dialogs import ReplaceDialog
from app.window.app_context import bind_action
from tests.support.doing import do
from tests.support.pressing import press_key
from tests.support.sample_desk import dialog_over, handout
from tests.support.turns_pages import handout_page
from tests.support.waiting import press, wait_idle

SLIDES = "Instagramの投稿"


@pytest.fixture
def panel(qtbot, desk):
    return handout_page(qtbot, desk, SLIDES, part=RECORD, height=900)


@pytest.fixture
def check(panel):
    """Page and findings, where the result is given."""
    panel.open_check()
    return panel.check


def slides(desk):
    return handout(desk.store, 6, SLIDES)


def receive(qtbot, desk, data: bytes, name: str) -> None:
    desk.write(bind_action(materials.receive_version, material_id=slides(desk).material.id, name=name, data=data))
    wait_idle(qtbot, desk)


def three_pages() -> bytes:
    pdf = pikepdf.new()
    for _number in range(3):
        pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def mend_all(qtbot, desk) -> None:
    for row in slides(desk).versions:
        for finding in row.findings:
            desk.write(bind_action(materials.resolve_finding, finding_id=finding.id))
    wait_idle(qtbot, desk)


def test_findings_stand_with_page_duty_basis_and_whether_they_are_mended(panel):
    _heads, rows = panel.record.findings.export_content()
    assert rows[0][0] == "p.7"
    assert "必須（特14）" in rows[0][1]
    assert [row[2] for row in rows] == ["未修正", "未修正", "未修正"]
    assert panel.record.findings_title.text() == "指摘 3件　必須 2・お願い 1"


def test_a_finding_is_mended_with_space_or_a_click_and_opened_again(panel, desk, qtbot):
    findings = panel.record.findings
    findings.choose(lambda line: line.finding.page == "7")
    press_key(qtbot, desk, findings.view, Qt.Key.Key_Space)
    assert [row.resolved for row in slides(desk).versions[0].findings] == [True, False, False]

    state = next(n for n, column in enumerate(findings.model.columns) if column.key == STATE)
    index = findings.model.index(findings.model.row_of(lambda line: line.finding.page == "7"), state)
    do(qtbot, desk, lambda: findings.view.clicked.emit(index))
    assert [row.resolved for row in slides(desk).versions[0].findings] == [False, False, False]


def test_findings_are_written_beside_the_page_not_in_a_dialog(panel, desk, qtbot):
    press(qtbot, desk, panel.record.add_finding)

    assert panel.check.isVisible()
    assert panel.findChildren(FindingDialog) == []
    assert panel.check.row.text.hasFocus()


def test_a_finding_takes_the_answer_of_the_contractor_and_is_removed_with_delete(panel, desk, qtbot):
    findings = panel.record.findings
    findings.choose(lambda line: line.finding.page == "11")
    QTest.keyClick(findings.view, Qt.Key.Key_F2)
    dialog = dialog_over(panel, FindingDialog)
    dialog.form.set_values({"response": "令和8年12月現在と入れました", "resolved": True})
    press(qtbot, desk, dialog.main)
    answered = slides(desk).versions[0].findings[1]
    assert (answered.response, answered.resolved) == ("令和8年12月現在と入れました", True)

    findings.choose(lambda line: line.finding.page == "18")
    press_key(qtbot, desk, findings.view, Qt.Key.Key_Delete)
    assert [row.page for row in slides(desk).versions[0].findings] == ["7", "11"]
    do(qtbot, desk, desk.undo)
    assert [row.page for row in slides(desk).versions[0].findings] == ["7", "11", "18"]


def test_a_confirmed_version_is_locked_until_the_result_is_taken_back_with_a_reason(panel, desk, check, qtbot):
    receive(qtbot, desk, three_pages(), "第2版.pdf")
    assert not check.results["確認済"].isEnabled()
    assert "必須が2件、未修正" in check.bar.words.plain_text()
    mend_all(qtbot, desk)
    press(qtbot, desk, check.results["確認済"])
    assert slides(desk).versions[0].version.locked
    assert not check.results["再提出"].isEnabled()
    panel.open_record()
    assert not panel.record.add_finding.isVisible()

    steps = HandoutSteps(desk, of_event=True)
    qtbot.addWidget(steps)
    do(qtbot, desk, lambda: steps.show_item(event_id=6, material_id=slides(desk).material.id, event_words=""))
    steps.withdraw.click()
    dialog = dialog_over(steps, WithdrawResultDialog)
    press(qtbot, desk, dialog.main)
    assert dialog.form.problem_shown("reason")
    dialog.form.set_values({"reason": "誤記が見つかったため"})
    press(qtbot, desk, dialog.main)
    assert slides(desk).versions[0].version.result is None
    panel.open_check()
    assert check.results["再提出"].isEnabled()


def test_the_result_can_be_taken_back_with_undo(panel, desk, check, qtbot):
    receive(qtbot, desk, three_pages(), "第2版.pdf")
    mend_all(qtbot, desk)
    press(qtbot, desk, check.results["確認済"])
    do(qtbot, desk, desk.undo)

    assert slides(desk).versions[0].version.result is None
    assert check.results["確認済"].isEnabled()


def test_the_kept_pdf_is_read_from_memory_and_a_finding_goes_to_the_page_in_view(panel, desk, qtbot):
    data = three_pages()
    receive(qtbot, desk, data, "第2版.pdf")
    do(qtbot, desk, lambda: panel.record.version_opened.emit(slides(desk).versions[0].version.id))
    viewer = dialog_over(panel, VersionFileDialog)
    assert viewer.preview.page_count() == 3
    assert viewer.file.data == data
    viewer.preview.pages.go_to_page(2)
    page = str(viewer.preview.pages.page())
    press(qtbot, desk, viewer.add)
    assert [found for found in panel.findChildren(VersionFileDialog) if found.isVisible()] == []
    row = panel.check.row
    assert row.page.text() == page
    row.basis.setEditText("肖像の承諾")
    row.text.setText("写真の承諾")
    press_key(qtbot, desk, row.text, Qt.Key.Key_Return)

    newest = slides(desk).versions[0]
    assert [(each.page, each.text) for each in newest.findings] == [(page, "写真の承諾")]


def test_a_file_of_another_kind_says_so_and_its_copy_is_saved_once_and_logged(panel, desk, tmp_path, qtbot):
    receive(qtbot, desk, b"PK\x03\x04 slides", "第2版.pptx")
    do(qtbot, desk, lambda: panel.record.version_opened.emit(slides(desk).versions[0].version.id))
    viewer = dialog_over(panel, VersionFileDialog)
    assert "ここでは表示できません" in viewer.preview.words()
    assert not viewer.add.isEnabled()
    target = tmp_path / "控え.pptx"
    do(qtbot, desk, lambda: viewer.save_copy(target))
    assert target.read_bytes() == b"PK\x03\x04 slides"
    row = document_saving.list_outgoing(desk.store, event_id=6)[0]
    assert (row.document_kind, row.reference, row.file_name) == (COPY_KIND, slides(desk).material.title, target.name)

    target.write_bytes(b"mine")
    do(qtbot, desk, lambda: viewer.save_copy(target))
    assert target.read_bytes() == b"mine"
    press(qtbot, desk, dialog_over(viewer, ReplaceDialog).main)
    assert target.read_bytes() == b"PK\x03\x04 slides"


def test_a_received_name_that_misleads_is_not_the_one_proposed_for_the_copy(panel, desk, qtbot, monkeypatch):
    receive(qtbot, desk, b"PK\x03\x04 slides", "資料\u202exdp.exe")
    do(qtbot, desk, lambda: panel.record.version_opened.emit(slides(desk).versions[0].version.id))
    viewer = dialog_over(panel, VersionFileDialog)
    proposed = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda _over, _title, start, **_how: proposed.append(start) or ("", "")
    )

    press(qtbot, desk, viewer.copy)

    assert [Path(start).name for start in proposed] == ["資料xdp.exe"]


def test_the_copies_printed_and_handed_out_are_kept(panel, desk, qtbot):
    for form, key, number in ((panel.record.printed, "printed", "１６"), (panel.record.handed_out, "handed_out", "14")):
        form.editor(key).setText(number)
        press_key(qtbot, desk, form.editor(key), Qt.Key.Key_Return)

    version = slides(desk).versions[0].version
    assert (version.printed, version.handed_out) == (16, 14)


def test_the_notice_shows_the_results_as_they_stand(panel, desk, check, qtbot):
    press(qtbot, desk, check.notice)
    dialog = dialog_over(panel, DocumentDialog)
    qtbot.waitUntil(lambda: dialog.view.preview.page_count() > 0)

    document = dialog.view.preview.pages.source.document
    assert "他団体の画面に会員の氏名" in document.getAllText(0).text().replace("\r\n", "")
