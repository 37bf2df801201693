"""A handout's two versions side by side, a finding put to a place of its page, and its rights answered by hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.events.materials.screens.handout_page import ReuseDialog, RightsDialog
from app.events.materials.services import materials
from app.window.app_context import bind_action
from db.records.submissions.materials import Material, MaterialResult
from db.rows import rows
from tests.support.doing import do
from tests.support.handout_pdfs import BLUE_FOURTH, PAGES
from tests.support.handout_pdfs import handout as pdf
from tests.support.pressing import fill_in, press_key
from tests.support.sample import event_id
from tests.support.sample_desk import dialog_over, handout
from tests.support.turns_pages import handout_page
from tests.support.waiting import wait_idle

SLIDES = "Instagramの投稿"


@pytest.fixture
def panel(qtbot, desk):
    return handout_page(qtbot, desk, SLIDES)


def slides(desk):
    return handout(desk.store, 6, SLIDES)


def receive(qtbot, desk, data: bytes, name: str) -> None:
    change = bind_action(materials.receive_version, material_id=slides(desk).material.id, name=name, data=data)
    do(qtbot, desk, lambda: desk.write(change))


def press(qtbot, check, page: int, x: float, y: float) -> None:
    check.preview.pages.pressed_at.emit(page, x, y)


def test_the_changed_pages_of_two_versions_stand_side_by_side_with_frames(panel, desk, qtbot):
    receive(qtbot, desk, pdf(), "第2版.pdf")
    do(qtbot, desk, panel.open_check)
    check = panel.check
    assert not check.beside.isVisible(), "the sample's first version came without a file"
    pages = [*PAGES[:2], "Write 13 words", *PAGES[3:4], "Ask before you show a face", PAGES[4]]
    receive(qtbot, desk, pdf(pages, version=3, pictures=BLUE_FOURTH), "第3版.pdf")
    assert check.beside.text() == "第2版と並べる"
    do(qtbot, desk, check.beside.click)
    side = panel.compare
    assert side.isVisible()
    assert side.said.text() == "変わった 2ページ・加わった 1ページ（5ページ → 6ページ）"
    listed = [side.list.model.record(number).page_words for number in range(side.list.model.rowCount())]
    assert listed == ["p.3", "p.4", "p.5"]
    assert {mark.page for mark in side.old.pages._marks} == {3, 4}
    assert {mark.page for mark in side.new.pages._marks} == {3, 4}
    side.list.choose(lambda line: line.id == 2)
    assert (side.new.pages.page(), side.old.note.text()) == (5, "この版にはないページです")
    side.write.click()
    assert check.isVisible()
    assert check.row.page.text() == "5"


def test_a_click_on_the_page_gives_a_finding_its_place_and_a_click_on_the_mark_finds_it(panel, desk, qtbot):
    receive(qtbot, desk, pdf(), "第2版.pdf")
    do(qtbot, desk, panel.open_check)
    check = panel.check
    press(qtbot, check, 4, 200, 300)
    assert check.row.page.text() == "4"
    check.row.wish.click()
    check.row.text.setText("図の番号を大きく")
    do(qtbot, desk, check.row.keep.click)
    (finding,) = slides(desk).versions[0].findings
    assert (finding.page, finding.place) == ("4", (140.0, 291.0, 120.0, 18.0))
    (mark,) = [one for one in check.preview.pages._marks if one.words]
    assert (mark.page, mark.tone) == (4, "red")
    assert check.row.place == (), "the next finding has a place of its own"
    check.findings.view.clearSelection()
    press(qtbot, check, 4, 150, 295)
    assert check.findings.current().finding.id == finding.id
    assert check.row.place == ()
    # A page typed by hand is another place; the finding that came over keeps its mark, dashed.
    press(qtbot, check, 2, 100, 100)
    check.row.page.selectAll()
    QTest.keyClicks(check.row.page, "5")
    assert check.row.place == ()
    receive(qtbot, desk, pdf(version=3), "第3版.pdf")
    (mark,) = [one for one in check.preview.pages._marks if one.words]
    assert mark.dashed
    check.findings.choose(lambda line: line.finding.id == finding.id)
    press_key(qtbot, desk, check.findings.view, Qt.Key.Key_Space)
    (mark,) = [one for one in check.preview.pages._marks if one.words]
    assert mark.tone == "green"


def test_rights_are_answered_in_one_dialog_and_the_handout_goes_to_another_event(panel, desk, qtbot):
    assert "許諾 未確認" in panel.record.rights.text()
    panel.record.answer.click()
    dialog = dialog_over(panel, RightsDialog)
    fill_in(qtbot, desk, dialog, {"許諾": "確認中", "次年度再利用": "使えない"})
    assert "許諾 確認中" in panel.record.rights.text()
    assert "許諾が「確認中」のため、印刷できません" in panel.record.held.words()
    receive(qtbot, desk, pdf(), "第2版.pdf")
    for line in slides(desk).versions:
        for finding in line.findings:
            desk.write(bind_action(materials.resolve_finding, finding_id=finding.id))
    desk.write(
        bind_action(materials.set_result, version_id=slides(desk).versions[0].version.id, result=MaterialResult.CHECKED)
    )
    wait_idle(qtbot, desk)
    do(qtbot, desk, panel.record.reuse.click)
    dialog = dialog_over(panel, ReuseDialog)
    other = event_id(desk.store, "講習会", 7)
    fill_in(qtbot, desk, dialog, {"event": str(other)})
    assert "次年度再利用が「使えない」" in dialog.refusal.words()
    fill_in(qtbot, desk, dialog, {"event": str(other), "reason": "受託者と協議して認めた"})
    assert [one.title for one in rows(desk.store.database, Material, event_id=other)][-1] == slides(desk).material.title


def test_a_right_is_set_back_in_the_dialog_and_a_reason_alone_is_asked_about(panel, desk, qtbot):
    panel.record.answer.click()
    dialog = dialog_over(panel, RightsDialog)
    fill_in(qtbot, desk, dialog, {"許諾": "確認中", "生成AI": "使っていない"})
    panel.record.answer.click()
    dialog = dialog_over(panel, RightsDialog)
    fill_in(qtbot, desk, dialog, {"許諾": "", "次年度再利用_理由": "受託者に聞く"})
    assert "「次年度再利用」は未確認のまま" in dialog.refusal.words()
    fill_in(qtbot, desk, dialog, {"次年度再利用_理由": ""})
    assert panel.record.rights.text().startswith("許諾 未確認\n生成AI 使っていない")
