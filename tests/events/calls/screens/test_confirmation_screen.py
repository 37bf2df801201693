"""確認の電話 on the screen: each result by its key or button, 欠席 and 代理 into the roster, undo."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.documents.screens.passage_fields import WordingDialog
from app.events.calls.screens.call_dialogs import CallAgainDialog, LinePeopleDialog
from app.events.calls.screens.confirmation_screen import ConfirmationScreen
from app.events.roster.parts import SubstituteDialog
from app.events.roster.parts.mail_addresses_dialog import MailAddressesDialog
from app.events.roster.screens.roster_panel import RosterPanel
from app.history import services as history_services
from app.widgets.buttons import Button
from app.widgets.dialogs.form_dialog import FormDialog
from db.records.organisations import Contact
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.called_people import fill_roster
from tests.support.cancelling import cancel_event
from tests.support.doing import do
from tests.support.sample_desk import shown
from tests.support.waiting import opened, wait_idle
from tests.support.years import BY, add_lecture

NOW = datetime(2026, 9, 21, 9, 40)


@pytest.fixture
def event_id(store):
    made = add_lecture(store, date(2026, 9, 24))
    fill_roster(store, made, now=NOW)
    return made


@pytest.fixture
def screen(qtbot, desk_at, event_id):
    desk = desk_at(NOW)
    return shown(qtbot, ConfirmationScreen(desk), desk, event_id=event_id)


def press(qtbot, screen, key):
    qtbot.keyClick(screen.list.table.view, key)
    wait_idle(qtbot, screen.app_context)


def click(qtbot, where, name):
    next(one for one in where.findChildren(Button) if one.accessibleName() == name and one.isVisible()).click()


def states(screen):
    return [one.state for line in screen.list.table.model.records()[:5] for one in line.people]


def test_every_result_has_its_key_and_stands_in_the_list_and_in_the_counts(qtbot, store, event_id, screen):
    assert "見本 太郎です" in screen.talk.text()
    assert screen.list.table.view.hasFocus()
    press(qtbot, screen, Qt.Key.Key_Return)
    press(qtbot, screen, Qt.Key.Key_A)
    dialog = opened(screen, CallAgainDialog)
    dialog.form.set_values({"time": "18:00"})
    do(qtbot, screen.app_context, dialog.main.click)
    # Two people: who of them does not come is asked.
    press(qtbot, screen, Qt.Key.Key_F4)
    click(qtbot, opened(screen, LinePeopleDialog), "山﨑 見本子　欠席")
    wait_idle(qtbot, screen.app_context)
    assert states(screen)[:6] == ["連絡済", "連絡済", "不在・再架電", "不在・再架電", "未連絡", "欠席"]
    # One person: at once.
    screen.list.table.choose(lambda line: line.name == "みほん微風坂町会")
    press(qtbot, screen, Qt.Key.Key_F6)
    asked = opened(screen, SubstituteDialog)
    asked.fields.person.line.setText("髙見沢 代わり")
    do(qtbot, screen.app_context, asked.main.click)
    assert states(screen)[-2:] == ["代理", "連絡済"]
    assert screen.counts.total.text() == "計 18人・11団体（うち欠席 1人、代理 1人）"
    assert sum(one.absent_told_at is not None for one in rows(store.database, Entry)) == 2

    for _step in range(2):
        history_services.undo(store, by=BY, now=NOW)
    do(qtbot, screen.app_context, screen.refresh)
    assert "うち" not in screen.counts.total.text()
    assert not any(one.absent_told_at for one in rows(store.database, Entry))


def test_the_text_is_put_in_ones_own_words_and_the_roster_leads_here_and_from_here_to_the_paper(
    qtbot, desk_at, event_id, screen
):
    screen.wording.click()
    dialog = opened(screen, WordingDialog)
    wait_idle(qtbot, screen.app_context)
    dialog.texts.fields[0].editor.show_value("明日の会のことです。")
    do(qtbot, screen.app_context, dialog.reject)
    do(qtbot, screen.app_context, screen.refresh)
    assert screen.talk.text() == "明日の会のことです。"
    panel = RosterPanel(screen.app_context)
    qtbot.addWidget(panel)
    panel.open_with(event_id=event_id)
    with qtbot.waitSignal(screen.app_context.navigation_requested) as went:
        panel.open_confirmation()
    assert went.args == ["confirmations", {"event_id": event_id}]
    with qtbot.waitSignal(screen.app_context.navigation_requested) as went:
        screen.printing.click()
    assert went.args == ["event", {"event_id": event_id, "tab": "書類", "kind": "確認の電話一覧"}]


def test_a_cancelled_event_says_where_its_calls_are_and_takes_no_result(qtbot, store, event_id, screen):
    cancel_event(store, event_id=event_id, reason="大雨", by=BY, now=NOW)
    do(qtbot, screen.app_context, screen.refresh)
    assert screen.refusal.isVisible()
    press(qtbot, screen, Qt.Key.Key_Return)
    assert set(states(screen)) == {"未連絡"}
    assert not screen.list.keys.isVisible()


def test_a_clerk_sets_the_days_copies_the_mail_and_marks_who_got_it(qtbot, screen, event_id):
    assert not screen.sms.is_offered, "no SMS without a contracted service"
    screen.options.click()
    asked = opened(screen, FormDialog)
    asked.form.set_values({"days": 3, "sms_service": "見本SMS"})
    do(qtbot, screen.app_context, asked.confirmed.emit)
    assert screen.sms.is_offered
    screen.sms.click()
    assert QApplication.clipboard().text() == screen._view.sms
    screen.mail.click()
    assert QApplication.clipboard().text() == screen._view.mail
    people = [one.entry_id for line in screen._view.sheet.lines for one in line.people]
    first = by_id(screen.app_context.store.database, Entry, people[0])
    with screen.app_context.store.change(action="用意", by=BY, now=NOW) as change:
        change.insert(Contact(person_id=first.person_id, kind="メール", value="mihon@example.jp", purpose="申込"))
    screen.addresses.click()
    asked = opened(screen, MailAddressesDialog)
    wait_idle(qtbot, screen.app_context)
    do(qtbot, screen.app_context, asked.main.click)
    assert QApplication.clipboard().text() == "mihon@example.jp"
    do(qtbot, screen.app_context, screen.mailed.click)
    assert states(screen)[0] == "連絡済"
    assert not screen.mailed.isHidden()
