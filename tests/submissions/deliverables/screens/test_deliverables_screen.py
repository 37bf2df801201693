"""A paper of the year in 資料・報告: a row is received with a dropped file, looked through, sent back, confirmed
and taken back."""

from datetime import date

import pytest
from PySide6.QtWidgets import QComboBox

from app.event.services.tasks.deadlines import read_year, year_tasks
from app.history import services as history_services
from app.main_window.action_routes import route_to
from app.programme.services import read_programme
from app.received.services import ReceiptScope, received_of_kind
from app.submissions.deliverables.parts import (
    CorrectionDialog,
    NotifyCorrectionDialog,
    ReceiveDialog,
    inspect_file,
)
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.form_dialog import FormDialog
from tests.support import hostile_pdfs
from tests.support.doing import do
from tests.support.handout_pdfs import handout, locked
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, session
from tests.support.turns_pages import stand_on, turns_shown
from tests.support.waiting import wait_idle

YEAR = ReceiptScope(programme_id=1)


@pytest.fixture
def screen(qtbot, tmp_path):
    with session(tmp_path) as desk:
        yield turns_shown(qtbot, desk, kind="提案書")
        wait_idle(qtbot, desk)


def paper(screen, kind="提案書"):
    return received_of_kind(screen.app_context.store, kind, YEAR)[-1]


def choose(qtbot, screen, number: int, result: str) -> None:
    box = screen.outstanding.panel.form.editor(f"r{number}")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findText(result))
    do(qtbot, screen, box.activated.emit, box.currentIndex())


def receive(qtbot, screen, path) -> None:
    screen.take_file(path)
    dialog = dialog_over(screen, ReceiveDialog)
    wait_idle(qtbot, screen.app_context)
    dialog.form.set_values({"receipt_number": "9見本収第3号", "sensitive": "あり", "encrypted": "平文"})
    do(qtbot, screen, dialog.main.click)


def test_a_paper_is_received_looked_through_and_confirmed_by_hand(screen, qtbot, tmp_path):
    assert screen.table.current().kind == "提案書"
    assert not screen.outstanding.panel.confirm.isVisible()
    path = tmp_path / "提案書.docx"
    path.write_bytes(b"invented proposal")
    receive(qtbot, screen, path)

    kept = paper(screen)
    assert (kept.file_name, kept.receipt_number, kept.received_from) == (
        "提案書.docx",
        "9見本収第3号",
        "受託見本　恵子",
    )
    assert "暗号化されずに届いています" in screen.outstanding.panel.unprotected.words()
    assert screen.outstanding.panel.looked.words.text() == "内容確認　あと6件"

    do(qtbot, screen, screen.outstanding.panel.confirm.click)
    assert "まだ済んでいない項目" in screen.outstanding.problem.words()
    for number in range(6):
        choose(qtbot, screen, number, "要確認" if number == 1 else "○")
    assert screen.outstanding.panel.looked.words.text() == "内容確認　あと1件"
    note = screen.outstanding.panel.form.editor("n1")
    note.setPlainText("見出しだけで、本文がありません")
    do(qtbot, screen, note.focus_left.emit)
    assert paper(screen).points["団体支援方針"].note == "見出しだけで、本文がありません"

    do(qtbot, screen, screen.outstanding.panel.correct.click)
    dialog = dialog_over(screen, CorrectionDialog)
    assert "1　団体支援方針　見出しだけで、本文がありません" in dialog.form.value("text")
    dialog.told.form.set_values({"told_how": "電話"})
    dialog.told.form.changed.emit("told_how")
    assert not dialog.main.isEnabled(), "what was said on the telephone is not written yet"
    dialog.told.form.set_values({"told_how": ""})
    dialog.told.form.changed.emit("told_how")
    do(qtbot, screen, dialog.main.click)
    current, panel = screen.table.current(), screen.outstanding.panel
    assert (paper(screen).status, current.turn, current.state_words) == (
        "修正依頼",
        "区の対応待ち",
        "修正の依頼を通知する",
    )
    assert [one.isVisible() for one in (panel.tell, panel.correct_told)] == [True, False]

    panel.tell.click()
    telling = dialog_over(screen, NotifyCorrectionDialog)
    assert not telling.main.isEnabled()
    telling.told.form.set_values({"told_how": "メール"})
    telling.told.form.changed.emit("told_how")
    do(qtbot, screen, telling.main.click)
    assert screen.table.current().turn == "受託者待ち"
    assert [one.isVisible() for one in (panel.tell, panel.correct_told)] == [False, True]
    history_services.undo(screen.app_context.store, by=BY, now=NOW)
    do(qtbot, screen, screen.reload)
    assert screen.table.current().turn == "区の対応待ち"

    screen.outstanding.panel.confirm.click()
    reason = dialog_over(screen, ReasonDialog)
    reason.form.set_values({"reason": "口頭で補われた"})
    do(qtbot, screen, reason.main.click)
    assert paper(screen).status == "確認済"
    assert screen.outstanding.panel.withdraw.isVisible()
    history_services.undo(screen.app_context.store, by=BY, now=NOW)
    assert paper(screen).status == "修正依頼"


def test_the_days_of_a_receipt_carry_their_year_once_it_is_another(screen, qtbot, monkeypatch):
    def said():
        stand_on(qtbot, screen, kind="提案書")
        stand_on(qtbot, screen, kind="従事者・配置表の届")
        return screen.outstanding.panel.closed.words(), screen.outstanding.panel.receipt.text()

    assert not any("R8 " in words for words in said())
    monkeypatch.setattr(screen.app_context, "today", lambda: date(2027, 2, 1))
    closed, receipt = said()
    assert closed.startswith("R8 ")
    assert receipt.startswith("受領 R8 ")


def test_what_is_noted_of_a_receipt_can_be_added_after_it_was_confirmed(screen, qtbot):
    stand_on(qtbot, screen, kind="従事者・配置表の届")
    assert "が確認済にしました" in screen.outstanding.panel.closed.words()
    assert not screen.outstanding.panel.form.isEnabled()
    screen.outstanding.panel.notes.click()
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values({"keep_years": 10})
    do(qtbot, screen, dialog.main.click)
    assert paper(screen, "従事者・配置表の届").keep_years == 10


def test_a_report_is_opened_where_it_is_checked(screen, qtbot):
    asked: list[tuple[str, object]] = []
    screen.app_context.navigation_requested.connect(lambda place, given: asked.append((place, given)))
    stand_on(qtbot, screen, id="report-3")
    assert screen.outstanding.panel.receipt.text().startswith("受領 11/12(木)")
    assert screen.outstanding.panel.looks.text()
    screen.outstanding.panel.report.click()
    assert asked == [("report", {"event_id": screen.table.current().event_id})]


def test_a_file_that_cannot_be_read_is_said_and_nothing_is_recorded(screen, qtbot, tmp_path):
    screen.take_file(tmp_path / "ない.pdf")
    dialog = dialog_over(screen, ReceiveDialog)
    qtbot.waitUntil(lambda: bool(dialog.refusal.words()))
    assert "まだ何も記録していません" in dialog.refusal.words()
    dialog.reject()
    assert received_of_kind(screen.app_context.store, "提案書", YEAR) == ()


def test_a_task_of_the_year_leads_to_its_row_and_its_receipt_closes_it(screen, qtbot, tmp_path):
    view = read_programme(screen.app_context.store)
    year = read_year(screen.app_context.store, NOW.date())
    asked = next(one for one in year_tasks(screen.app_context.store, year) if one.task == "業務完了届").link
    way = route_to(asked)
    assert (way.screen_name, way.arguments["programme_id"]) == ("turns", view.programme.id)
    screen.open_with(**way.arguments)
    do(qtbot, screen, screen.reload)
    assert screen.table.current().kind == "業務完了届"
    path = tmp_path / "完了届.pdf"
    path.write_bytes(b"%PDF invented")
    receive(qtbot, screen, path)
    year = read_year(screen.app_context.store, NOW.date())
    assert (
        next(one for one in year_tasks(screen.app_context.store, year) if one.task == "業務完了届").completed_on
        == NOW.date()
    )


def test_a_paper_whose_pdf_cannot_be_opened_is_received_with_the_reason(tmp_path):
    path = tmp_path / "業務完了届.pdf"
    for data, why in ((locked(handout()), "パスワード"), (hostile_pdfs.deep_tree(2_500), "ページが多すぎる")):
        path.write_bytes(data)
        read = inspect_file(path=path)
        assert (read.file.data, read.file.pages) == (data, None)
        assert why in read.remark
        assert read.remark.endswith("このまま受領することもできます。")
    path.write_bytes(handout())
    read = inspect_file(path=path)
    assert (read.file.pages, read.file.media_type, read.remark) == (5, "application/pdf", "")
