"""A form that comes back, by hand: dropped, looked at, taken in, what is wrong asked for, and its report told and
passed round."""

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QApplication

from app.documents.screens.document_view import DocumentDialog
from app.submissions.deliverables.parts import ReceiveDialog
from app.submissions.deliverables.screens.form_preview_dialog import FormPreviewDialog
from app.submissions.deliverables.screens.outstanding_dialogs import (
    CombinedCorrectionDialog,
    OutstandingTextsDialog,
)
from app.widgets.dialogs.form_dialog import FormDialog
from db.records.submissions.received import ReceivedPaper
from db.rows import rows
from tests.support import submission_forms as made
from tests.support.doing import do
from tests.support.paper_words import said_by
from tests.support.sample import NOW
from tests.support.sample_desk import dialog_over, session
from tests.support.turns_pages import stand_on, turns_shown
from tests.support.waiting import wait_idle


@pytest.fixture
def screen(qtbot, tmp_path):
    with session(tmp_path) as desk:
        yield turns_shown(qtbot, desk)
        wait_idle(qtbot, desk)


def change_day(dialog, day, qtbot):
    dialog.form.set_values({"due": day})
    do(qtbot, dialog, dialog.form.committed.emit, "due")


def papers(screen, kind):
    return rows(screen.app_context.store.database, ReceivedPaper, event_id=11, kind=kind)


def test_a_form_is_opened_looked_at_taken_in_and_its_cells_are_asked_for(screen, qtbot, tmp_path):
    desk = screen.app_context
    path = tmp_path / "返ってきた数字.xlsx"
    path.write_bytes(made.filled(made.figures_form(desk.store, NOW, 11), {"申込": "十六人", "出席": 23, "団体": 20}))
    screen.ask_file = lambda: path
    do(qtbot, desk, screen.open_file)
    dialog = dialog_over(screen, FormPreviewDialog)
    assert screen.table.current().id == "report-11"
    assert dialog.faults.faults[0].cell == "B5"
    assert dialog.main.text() == "受領して突合に入れる"
    do(qtbot, desk, dialog.main.click)

    assert [one.version for one in papers(screen, "実施報告書の数字")] == [1, 2]
    assert next(fault.cell for fault in screen.outstanding.panel.box.lines.faults) == "B5"
    count = screen.outstanding.beside.point_count
    assert screen.outstanding.panel.joined.text() == f"修正依頼を作成（{count}点）"
    do(qtbot, desk, screen.outstanding.panel.joined.click)
    asked = dialog_over(screen, CombinedCorrectionDialog)
    assert "申込の欄に「十六人」とあります" in asked.form.value("text")
    change_day(asked, date(2026, 12, 18), qtbot)
    assert "12月18日" in asked.form.value("text"), "nobody wrote in it"
    asked.form.set_values({"text": f"{asked.form.value('text')}\n写真は不要です。"})
    written = asked.form.value("text")
    change_day(asked, date(2026, 12, 21), qtbot)
    assert asked.form.value("text") == written, "another day takes no words away"
    assert "文の中の期限の日" in asked.stays.words()
    asked.told.form.set_values({"told_how": "メール"})
    asked.told.form.changed.emit("told_how")
    do(qtbot, desk, asked.main.click)
    assert papers(screen, "実施報告書")[-1].status == "修正依頼"
    assert "メールで受託者" in screen.outstanding.panel.told.words.text()
    assert screen.outstanding.panel.correct_told.isVisible()

    screen.outstanding.panel.round.click()
    seen = dialog_over(screen, FormDialog)
    seen.form.set_values({"to": "係長、課長"})
    do(qtbot, desk, seen.main.click)
    assert "供覧　12/1(火)　係長、課長" in screen.outstanding.panel.rounds.text()
    do(qtbot, desk, screen.outstanding.panel.slip.click)
    assert dialog_over(screen, DocumentDialog).isVisible()


def test_a_text_is_copied_and_the_same_is_a_letter_and_what_is_no_form_is_said(screen, qtbot, tmp_path):
    desk = screen.app_context
    stand_on(qtbot, screen, id="report-4")
    screen.outstanding.ask_texts()
    texts = dialog_over(screen, OutstandingTextsDialog)
    assert texts.what == "督促"
    texts.kinds["受領"].click()
    assert "まだ届いていません" in texts.missing.words()
    texts.kinds["督促"].click()
    do(qtbot, desk, texts.main.click)
    assert "届いていません" in QApplication.clipboard().text()
    do(qtbot, desk, texts.letter.click)
    letter = dialog_over(screen, DocumentDialog)
    qtbot.waitUntil(lambda: letter.view.content is not None)
    letter.reject()

    # The letter about a report has one text a day: a reminder once the day has passed, so no other is promised.
    screen.outstanding.ask_texts()
    texts = dialog_over(screen, OutstandingTextsDialog)
    texts.kinds["お願い"].click()
    assert (texts.main.isEnabled(), texts.letter.isEnabled()) == (True, False)
    assert texts.missing.words() == "期限を過ぎているため、公文書・事務連絡は「督促」で作成します。"
    texts.kinds["督促"].click()
    assert (texts.letter.isEnabled(), texts.missing.words()) == (True, "")
    texts.reject()

    path = tmp_path / "ふつうの表.xlsx"
    made.ordinary(path)
    do(qtbot, desk, screen.take_file, path)
    assert "ふつうのExcelブックです" in screen.outstanding.problem.words()
    assert not screen.findChildren(ReceiveDialog)


def test_the_letter_about_a_paper_of_the_year_is_the_text_that_was_chosen(qtbot, tmp_path):
    with session(tmp_path) as desk:
        desk._clock = lambda: datetime(2027, 6, 1, 9, 0)
        screen = turns_shown(qtbot, desk)
        stand_on(qtbot, screen, kind="提案書")
        for action in ("お願い", "督促"):
            screen.outstanding.ask_texts()
            texts = dialog_over(screen, OutstandingTextsDialog)
            texts.kinds[action].click()
            do(qtbot, desk, texts.letter.click)
            letter = dialog_over(screen, DocumentDialog)
            qtbot.waitUntil(lambda view=letter.view: view.content is not None)
            assert f"提案書の提出について（{action}）" in said_by(letter.view.content)
            do(qtbot, desk, letter.reject)
