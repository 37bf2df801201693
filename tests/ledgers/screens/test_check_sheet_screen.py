"""A check list on the screen: begun from its head, judged by digit and in the form, taken in, revised."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.ledgers.screens.check_sheet_screen import AcceptSheetDialog, CheckSheetScreen, SheetHeaderDialog
from tests.support.check_sheets import filled
from tests.support.doing import do
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import wait_idle


@pytest.fixture
def screen(qtbot, tmp_path):
    """The screen without a sheet, as the list of all leads to it."""
    with session(tmp_path) as desk:
        made = shown(qtbot, CheckSheetScreen(desk), desk, ledger="cloud")
        yield made
        wait_idle(qtbot, desk)


def press(qtbot, screen, button):
    do(qtbot, screen.app_context, button.click)


def test_a_sheet_is_begun_and_judged_by_digit_with_its_evidence(qtbot, screen):
    assert not screen.bar.isVisible(), "nothing can be done yet but to begin, which the empty list offers"
    assert screen.table.count_line.text() == ""
    screen.new_button.click()
    dialog = dialog_over(screen, SheetHeaderDialog)
    dialog.main.click()
    assert dialog.form.problem_shown("service")
    dialog.form.set_values(
        {"service": "見本フォーム", "provider": "見本クラウド", "type": "SaaS型", "use": "事前アンケート"}
    )
    press(qtbot, screen, dialog.main)
    assert screen.title.text() == "クラウドサービス確認票　S-01 第1版"
    assert screen.words.text() == "項1　国内の法令・合意管轄"
    assert screen.take.isVisible()
    assert "1 適合" in screen.table.count_line.text()
    do(qtbot, screen, qtbot.keyClick, screen.table.view, Qt.Key.Key_1)
    assert screen.remark.text() == "「適合」には根拠資料が要ります"
    screen.form.set_values({"evidence": "利用規約 第28条"})
    do(qtbot, screen, screen.form.committed.emit, "evidence")
    assert screen._view.answers[0].judgement == "適合"
    assert not screen.remark.isVisible()
    screen.table.choose(lambda one: one.item.number == 2)
    assert screen.form.value("evidence") == ""
    do(qtbot, screen, screen.judge, "不適合")
    assert screen._view.outcome.overall == "選定不可"
    do(qtbot, screen, screen.undo)
    assert screen._view.outcome.overall == "保留（要確認あり）"
    assert screen.view_state() == {"ledger": "cloud", "sheet_id": screen._view.sheet.id}


def test_a_sheet_is_taken_in_then_only_a_new_version_can_be_changed(qtbot, screen):
    made = []
    do(qtbot, screen, screen.app_context.write, lambda act: filled(act.store), made.append)
    screen.open_with(ledger="cloud", sheet_id=made[0])
    do(qtbot, screen, screen.reload)
    screen.take.click()
    dialog = dialog_over(screen, AcceptSheetDialog)
    dialog.form.set_values({"review_on": date(2027, 8, 17)})
    press(qtbot, screen, dialog.main)
    assert not screen.take.isVisible()
    assert not screen.form.editor("evidence").isEnabled()
    screen.judge("不適合")
    assert screen._view.outcome.overall == "選定可"
    press(qtbot, screen, screen.revise_button)
    assert screen.title.text().endswith("S-01 第2版")
    assert screen.form.editor("evidence").isEnabled()
