"""The numbers are told: making the notice does not close the deadline, telling does, and a change shows 前回 → 今回."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.mail_text_dialog import MailTextDialog
from app.documents.screens.notification_dialog import CorrectNotificationDialog, NotificationDialog
from app.event.services.tasks import deadlines
from app.events.headcount import services as headcount_services
from app.events.headcount.screens.count_panel import CountPanel
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.window.app_context import bind_action
from tests.support.doing import do
from tests.support.entries import type_the_numbers_of_the_roster
from tests.support.history_lines import list_history
from tests.support.pressing import press_key
from tests.support.sample import NOW
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.waiting import press

EVENT = 6


@pytest.fixture
def desk(tmp_path, qtbot):
    with session(tmp_path) as made:
        type_the_numbers_of_the_roster(made.store, EVENT)
        yield made


@pytest.fixture
def panel(qtbot, desk):
    return shown(qtbot, CountPanel(desk), desk, event_id=EVENT)


def closed(desk) -> date | None:
    tasks = deadlines.event_tasks(desk.store, event_id=EVENT, today=NOW.date())
    return next(task.completed_on for task in tasks if task.task == "人数連絡")


def view(desk):
    return headcount_services.read_headcount(desk.store, event_id=EVENT, today=NOW.date())


def make_and_tell(qtbot, desk, panel, **typed) -> None:
    press(qtbot, desk, panel.notice.make)
    press(qtbot, desk, panel.notice.tell)
    dialog = dialog_over(panel, NotificationDialog)
    qtbot.waitUntil(lambda: dialog.wanted is not None)
    dialog.form.set_values({"told_how": "メール"} | typed)
    dialog.form.changed.emit("told_how")
    qtbot.waitUntil(dialog.main.isEnabled)
    press(qtbot, desk, dialog.main)


def test_it_is_told_beside_its_paper_and_goes_back(panel, desk, qtbot):
    assert not panel.notice.tell.isVisible()
    make_and_tell(qtbot, desk, panel)

    told = view(desk).notified_notice
    assert (told.notified_on, told.notified_how, told.notified_by, told.people) == (
        NOW.date(), "メール", desk.user_name, 14,
    )  # fmt: skip
    assert told.notified_to.startswith("受託者　業務責任者")
    assert panel.notice.correct.is_offered
    do(qtbot, desk, panel.notice.correct.click)
    mending = dialog_over(panel, CorrectNotificationDialog)
    mending.fields.form.set_values({"told_how": "手渡し"})
    press(qtbot, desk, mending.main)
    assert view(desk).notified_notice.notified_how == "手渡し"
    do(qtbot, desk, desk.undo)
    assert view(desk).notified_notice.notified_how == "メール"
    do(qtbot, desk, desk.undo)
    assert (closed(desk), view(desk).draft.people) == (None, 14)


def test_making_the_notice_closes_nothing_and_telling_closes_the_deadline(panel, desk, qtbot):
    assert panel.notice.make.text() == "参加人数連絡書を作成"
    press(qtbot, desk, panel.notice.make)
    assert closed(desk) is None
    assert view(desk).draft.people == 14

    press(qtbot, desk, panel.notice.tell)
    dialog = dialog_over(panel, NotificationDialog)
    qtbot.waitUntil(lambda: dialog.wanted is not None)
    assert dialog.view.kind == "参加人数連絡書"
    assert (dialog.looked.isHidden(), dialog.decided.isHidden()) == (True, True), "nothing was judged: one step"
    said = [one.text() for one in dialog.findChildren(QLabel) if one.isVisible()]
    assert dialog.form.text("told_to") not in said, "the field shows it whole"
    assert sum("1 / 1ページ" in one for one in said) == 1
    party = "受託者　業務責任者　受託見本　恵子"
    for long in (party, f"見本企画コンサルティング株式会社　東京支店　{party}"):
        dialog.form.set_values({"told_to": long})
        dialog.form.changed.emit("told_to")
        line = dialog.form.editor("told_to")
        shown_whole = long in [one.text() for one in dialog.form.findChildren(QLabel) if one.isVisible()]
        fits = line.fontMetrics().horizontalAdvance(long) < line.width() - 20
        assert fits or shown_whole, "a party is never cut"
    assert shown_whole
    dialog.form.set_values({"told_how": "電話", "told_on": date(2026, 12, 2), "words": "14人と伝えた"})
    dialog.form.changed.emit("told_how")
    press(qtbot, desk, dialog.main)
    assert dialog.isVisible()
    assert "本日より後" in dialog.refusal.words()
    assert closed(desk) is None
    dialog.form.set_values({"told_on": date(2026, 11, 30)})
    press(qtbot, desk, dialog.main)

    told = view(desk).notified_notice
    assert closed(desk) == date(2026, 11, 30)
    assert (told.notified_how, told.notified_by, told.people) == ("電話", desk.user_name, 14)


def test_telling_can_be_taken_back(panel, desk, qtbot):
    make_and_tell(qtbot, desk, panel)
    assert closed(desk) is not None
    do(qtbot, desk, desk.undo)

    assert closed(desk) is None
    assert panel.notice.tell.isVisible()


def test_telling_is_taken_back_with_a_reason_in_sight(panel, desk, qtbot):
    assert not panel.notice.untell.is_offered
    make_and_tell(qtbot, desk, panel)
    assert panel.notice.untell.text() == "連絡済を取り消す"
    do(qtbot, desk, panel.notice.untell.click)
    dialog = dialog_over(panel, ReasonDialog)
    press(qtbot, desk, dialog.main)
    assert dialog.isVisible()
    assert closed(desk) is not None
    dialog.form.set_values({"reason": "別の実施回と取り違えた"})
    press(qtbot, desk, dialog.main)

    assert closed(desk) is None
    assert panel.notice.tell.isVisible()
    assert not panel.notice.untell.is_offered
    line = list_history(desk.store, event_id=EVENT, limit=1)[0]
    assert line.action == "人数連絡の第1報の連絡済を取り消した（別の実施回と取り違えた）"


def test_a_change_after_telling_shows_the_difference_and_needs_a_reason(panel, desk, qtbot):
    make_and_tell(qtbot, desk, panel)
    assert not panel.notice.differences.isVisible()
    field = panel.grid.lines[0].fields["people"]
    field.setText("4")
    press_key(qtbot, desk, field, Qt.Key.Key_Return)

    assert panel.notice.differences.shown_rows()[0] == ("参加予定人数", 14, 16, "+2")
    assert panel.notice.make.text() == "変更連絡を作成"
    assert panel.notice.make.property("kind") == "main"
    panel.notice.focus_next_step()
    assert panel.window().focusWidget() is panel.notice.reason.editor("reason"), "nothing is made without a reason"
    press(qtbot, desk, panel.notice.make)
    assert len(view(desk).notices) == 1
    assert panel.notice.reason.problem_shown("reason")

    panel.notice.reason.set_values({"reason": "追加の申込みがあったため。"})
    press(qtbot, desk, panel.notice.make)
    panel.notice.focus_next_step()
    assert panel.window().focusWidget() is panel.notice.tell
    assert panel.notice.tell.property("kind") == "main"
    draft = view(desk).draft
    assert (draft.revision, draft.people, draft.reason) == (2, 16, "追加の申込みがあったため。")


def test_numbers_changed_after_making_ask_to_make_it_again(panel, desk, qtbot):
    press(qtbot, desk, panel.notice.make)
    rows = list(view(desk).rows)[:-1]
    do(qtbot, desk, lambda: desk.write(bind_action(headcount_services.set_expected_counts, event_id=EVENT, rows=rows)))

    assert not panel.notice.tell.isVisible()
    assert panel.notice.make.text() == "参加人数連絡書を作成し直す"
    press(qtbot, desk, panel.notice.make)
    assert view(desk).draft.people == 13


def test_the_paper_and_the_mail_say_the_numbers_and_no_name(panel, desk, qtbot):
    press(qtbot, desk, panel.notice.make)
    press(qtbot, desk, panel.notice.preview)
    paper = dialog_over(panel, DocumentDialog)
    qtbot.waitUntil(lambda: paper.view.preview.page_count() == 1)
    paper.reject()

    press(qtbot, desk, panel.notice.mail)
    mail = dialog_over(panel, MailTextDialog)
    press(qtbot, desk, mail.main)
    text = QGuiApplication.clipboard().text()
    assert "参加予定人数：14人（8団体）" in text
    assert not any(row.organisation_name in text for row in view(desk).rows)
