"""中止・変更の連絡 on the screen: by keyboard from the decision to the last call."""

from datetime import date, datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_saving import list_outgoing
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.event.services.event_cancellation import restore_event
from app.events.calls.documents import CALL_LIST
from app.events.calls.screens.call_dialogs import (
    CallAgainDialog,
    LinePeopleDialog,
    PresenterDialog,
    SubstituteDayDialog,
    next_call_time,
)
from app.events.calls.screens.calls_screen import CallsScreen
from app.events.calls.services import calls
from app.events.calls.services.call_documents import build_call_list
from app.events.calls.services.call_view import read_calls
from app.events.calls.services.presenters import PURPOSE, remove_presenter, save_presenter
from app.history import services as history_services
from app.programme.rules import contacts_end
from app.widgets.buttons import Button
from db.records.agreements import Agreement
from db.records.calls import ChangeDecision, DecisionKind
from db.records.documents import Letter, LetterState
from db.records.events import Event
from db.records.organisations import Contact
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.called_people import fill_roster
from tests.support.doing import do
from tests.support.paper_words import said_by
from tests.support.pressing import fill_in, press_key
from tests.support.sample_desk import shown
from tests.support.waiting import opened, wait_idle
from tests.support.years import BY, add_lecture, the_event

NOW = datetime(2026, 9, 24, 8, 12)
acting = partial(ActionContext, by=BY, now=NOW)


@pytest.fixture
def event_id(store):
    made = add_lecture(store, date(2026, 9, 24))
    fill_roster(store, made, now=NOW)
    return made


@pytest.fixture
def screen(qtbot, desk_at, event_id):
    desk = desk_at(NOW)
    return shown(qtbot, CallsScreen(desk), desk, event_id=event_id)


def decide(store, event_id):
    calls.decide_change(
        acting(store),
        event_id=event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=NOW,
        decided_by="協働推進課長",
        reason="大雨警報の発表",
    )


@pytest.fixture
def decided(qtbot, store, event_id, screen):
    decide(store, event_id)
    do(qtbot, screen.app_context, screen.refresh)
    return screen


def press(qtbot, screen, key):
    press_key(qtbot, screen.app_context, screen.list.table.view, key)


def sheet(store, event_id):
    return read_calls(store, event_id=event_id, caller="見本", today=NOW.date()).sheet


def counts(store, event_id):
    found = sheet(store, event_id)
    return tuple(found.count(state).people for state in ("連絡済", "不在・再架電", "未連絡"))


def test_the_decision_comes_first_and_nobody_is_called_before_it(qtbot, store, event_id, screen):
    assert screen.decision.who.hasFocus()
    press(qtbot, screen, Qt.Key.Key_Return)
    assert counts(store, event_id) == (0, 0, 17)
    assert not screen.printing.isEnabled()

    screen.decision.when.setText("9/24 810")
    screen.decision.when.editingFinished.emit()
    assert screen.decision.when.text() == "9/24(木) 8:10"
    screen.decision.who.setText("協働推進課長")
    screen.decision.save.click()
    assert screen.decision.problem.text() == "理由がまだ入力されていません。"
    screen.decision.reason.setText("大雨警報の発表（荒天時の取扱いによる）")
    do(qtbot, screen.app_context, screen.decision.save.click)

    assert the_event(store, event_id).status == "中止"
    assert "8:12 記録" in screen.decision.noted.text()
    assert not screen.decision.save.isVisible()
    assert screen.list.table.view.hasFocus()
    assert screen.printing.isEnabled()

    # That nothing is held instead is decided at its own time, and no longer once a day is named.
    assert not sheet(store, event_id).decision.no_replacement
    screen.decision.alone.click()
    assert screen.decision.save.isVisible()
    do(qtbot, screen.app_context, screen.decision.save.click)
    assert sheet(store, event_id).decision.no_replacement
    calls.set_substitute(acting(store), event_id=event_id, day_words="10月22日（木）午後2時から", nature="協議で足りる")
    assert not sheet(store, event_id).decision.no_replacement


def test_by_key_who_decides_is_offered_at_once_and_what_is_typed_goes_into_its_field(qtbot, event_id, screen):
    screen.open_with(event_id=event_id, offer=True)
    do(qtbot, screen.app_context, screen.refresh)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert menu.actions()[0].text() == "&1　協働推進課長"
    # No digit of the list: it was meant for the field, and the list goes.
    qtbot.keyClick(menu, Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier)
    assert QApplication.activePopupWidget() is None
    assert screen.decision.who.text() == "k"
    # Now something stands there: nothing is offered over it.
    screen.open_with(event_id=event_id, offer=True)
    do(qtbot, screen.app_context, screen.refresh)
    QApplication.processEvents()
    assert QApplication.activePopupWidget() is None


def test_who_decided_and_why_are_taken_by_digit_and_enter_cancels(qtbot, store, event_id, screen):
    assert (screen.decision.who.text(), screen.decision.reason.text()) == ("", "")
    qtbot.keyClick(screen.decision.who, Qt.Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert menu.actions()[0].text() == "&1　協働推進課長"
    qtbot.keyClick(menu, Qt.Key.Key_1)
    assert screen.decision.reason.hasFocus()
    # The usual reasons come by themselves behind who was taken from the list.
    menu = QApplication.activePopupWidget()
    assert menu.title() == "よくある理由"
    qtbot.keyClick(menu, Qt.Key.Key_2)
    assert the_event(store, event_id).status == "予定"
    press_key(qtbot, screen.app_context, screen.decision.reason, Qt.Key.Key_Return)

    made = sheet(store, event_id).decision
    assert (made.decided_by, made.reason) == ("協働推進課長", "台風の接近のため")
    again = read_calls(store, event_id=event_id, caller="見本", today=NOW.date())
    assert again.reasons[:2] == ("台風の接近のため", "大雨警報の発表のため")


def test_a_wrong_weekday_of_the_decision_is_said_and_nothing_is_saved(qtbot, store, event_id, screen):
    screen.decision.when.setText("9/24(金) 8:10")
    screen.decision.who.setText("協働推進課長")
    screen.decision.reason.setText("大雨")
    screen.decision.save.click()
    assert "木曜日" in screen.decision.problem.text()
    assert the_event(store, event_id).status == "予定"


def test_what_is_no_time_of_the_decision_is_said_while_the_next_fields_are_filled_in(qtbot, screen):
    panel = screen.decision
    panel.kind.setFocus()
    qtbot.keyClick(panel.kind, Qt.Key.Key_Down)
    reached = []
    for typed in ("課長", "佐藤", "大雨"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        QApplication.focusWidget().selectAll()
        QApplication.focusWidget().insert(typed)
    assert reached == [panel.when, panel.who, panel.reason], "another 区分 leaves the order of the fields as it is"
    assert [one.text() for one in reached] == ["課長", "佐藤", "大雨"]
    assert panel.problem.isVisible()
    assert panel.problem.text() == "判断した日と時刻を、9/24 8:10 のように入力してください。"
    panel.when.setFocus()
    panel.when.setText("9/24 810")
    assert not panel.problem.isVisible()


def test_enter_reaches_a_group_and_goes_to_the_next_with_time_and_caller_by_themselves(qtbot, store, event_id, decided):
    press(qtbot, decided, Qt.Key.Key_Return)
    assert counts(store, event_id) == (2, 0, 15)
    first = sheet(store, event_id).lines[0]
    assert (first.newest_call.at, first.newest_call.by) == (NOW, BY)
    assert decided.list.current().key == sheet(store, event_id).lines[1].key
    press(qtbot, decided, Qt.Key.Key_Up)
    press(qtbot, decided, Qt.Key.Key_Return)
    assert counts(store, event_id) == (2, 0, 15)
    assert decided.list.current().key == sheet(store, event_id).lines[1].key


def test_keys_pressed_fast_never_act_on_the_line_that_was_just_called(qtbot, store, event_id, decided):
    view = decided.list.table.view
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_A):
        qtbot.keyClick(view, key)
    wait_idle(qtbot, decided.app_context)
    assert counts(store, event_id) == (2, 0, 15)
    assert not [one for one in decided.findChildren(CallAgainDialog) if one.isVisible()]
    press(qtbot, decided, Qt.Key.Key_Return)
    assert counts(store, event_id)[0] > 2, "once it is recorded, the keys are those of the next line"


def test_it_is_said_when_everybody_is_reached_and_no_longer_once_a_call_is_taken_back(qtbot, store, event_id, decided):
    assert not decided.counts.reached.isVisible()
    for _line in sheet(store, event_id).lines:
        assert not decided.counts.reached.isVisible()
        press(qtbot, decided, Qt.Key.Key_Return)
    assert counts(store, event_id) == (17, 0, 0)
    assert decided.counts.reached.isVisible()
    assert decided.counts.reached.text() == "すべて連絡済です。"
    history_services.undo(store, by=BY, now=NOW)
    do(qtbot, decided.app_context, decided.refresh)
    assert not decided.counts.reached.isVisible()


def test_nobody_in_asks_for_the_next_time_with_one_ready(qtbot, store, event_id, decided):
    press(qtbot, decided, Qt.Key.Key_A)
    dialog = opened(decided, CallAgainDialog)
    assert dialog.form.value("time") == "09:00"
    dialog.form.set_values({"time": "8:00"})
    dialog.main.click()
    assert "もう過ぎた時刻です" in dialog.refusal.words()
    fill_in(qtbot, decided.app_context, dialog, {"time": "9:00"})
    assert counts(store, event_id) == (0, 2, 15)
    assert sheet(store, event_id).lines[0].again_at == NOW.replace(hour=9, minute=0)

    press(qtbot, decided, Qt.Key.Key_D)
    dialog = opened(decided, CallAgainDialog)
    assert dialog.form.value("note") == "留守電"
    do(qtbot, decided.app_context, dialog.main.click)
    assert counts(store, event_id) == (0, 4, 13)


@pytest.mark.parametrize(("minute", "expected"), [(12, "9:00"), (29, "9:00"), (36, "9:00"), (8, "8:30"), (50, "9:30")])
def test_the_time_proposed_is_the_next_half_hour_that_is_far_enough(minute, expected):
    at = next_call_time(NOW.replace(minute=minute))
    assert f"{at.hour}:{at.minute:02d}" == expected


def test_one_person_is_noted_alone(qtbot, store, event_id, decided):
    press(qtbot, decided, Qt.Key.Key_F2)
    dialog = opened(decided, LinePeopleDialog)
    button = next(one for one in dialog.findChildren(Button) if one.accessibleName() == "渡邉 見本子　連絡済")
    do(qtbot, decided.app_context, button.click)
    assert counts(store, event_id) == (1, 0, 16)


def test_the_buttons_of_the_line_do_the_same_as_the_keys_and_undo_takes_the_call_back(qtbot, store, event_id, decided):
    button = next(
        one
        for one in decided.list.findChildren(Button)
        if one.accessibleName() == "みほんつつじ町会　連絡済" and one.isVisible()
    )
    do(qtbot, decided.app_context, button.click)
    assert counts(store, event_id)[0] == 2
    following = decided.list.current().name
    assert following != "みほんつつじ町会"

    history_services.undo(store, by=BY, now=NOW)
    do(qtbot, decided.app_context, decided.refresh)
    assert counts(store, event_id)[0] == 0
    # Enter is about the 団体 whose call was taken back, not about the one that came after it.
    assert decided.list.current().name == "みほんつつじ町会"
    press(qtbot, decided, Qt.Key.Key_Return)
    assert counts(store, event_id)[0] == 2
    assert decided.list.current().name == following


def test_the_contractor_and_the_venue_are_noted_beside_the_list(qtbot, store, event_id, decided):
    do(qtbot, decided.app_context, decided.others.buttons["受託者"].click)
    assert decided.others.count.text() == "あと1件"
    assert "受託者" not in decided.others.buttons


@pytest.mark.parametrize("width", [1190, 900])
def test_the_row_of_home_leads_to_the_venue_that_does_not_know_yet(qtbot, event_id, decided, width):
    decided.resize(width, 720)
    decided.open_with(event_id=event_id, kind="会場")
    do(qtbot, decided.app_context, decided.refresh)
    button = decided.others.buttons["会場"]
    assert decided.focusWidget() is button
    qtbot.waitUntil(lambda: not button.visibleRegion().isEmpty())


def test_a_text_is_copied_as_edited_and_nothing_is_sent(qtbot, store, event_id, decided):
    assert "中止します" in decided.texts.text.toPlainText()
    decided.texts.text.setPlainText("短く話す。")
    do(qtbot, decided.app_context, decided.texts.copy.click)
    assert QGuiApplication.clipboard().text() == "短く話す。"
    assert decided.texts.again.isVisible()
    do(qtbot, decided.app_context, decided.texts.again.click)
    assert "中止します" in decided.texts.text.toPlainText()


def test_the_texts_of_another_decision_than_the_chosen_one_are_not_copied(decided):
    assert decided.texts.copy.isEnabled()
    kind = decided.decision.kind
    recorded = kind.currentText()
    kind.setCurrentIndex((kind.currentIndex() + 1) % kind.count())
    assert not decided.texts.copy.isEnabled()
    kind.setCurrentText(recorded)
    assert decided.texts.copy.isEnabled()


def test_texts_half_typed_while_a_colleague_has_the_seat_are_kept_when_it_is_back(qtbot, store, event_id, decided):
    texts, failed = decided.texts, []
    decided.app_context.failed.connect(failed.append)
    first = texts.key()
    do(qtbot, decided.app_context, lambda: decided.app_context.set_read_only(True))
    texts.text.setPlainText("短く話す。")
    texts.tabs.choose(1)
    assert texts.text.toPlainText() != "短く話す。"
    texts.tabs.choose(0)
    assert texts.text.toPlainText() == "短く話す。"
    texts.tabs.choose(1)
    do(qtbot, decided.app_context, lambda: decided.app_context.set_read_only(False))
    texts.tabs.choose(0)
    assert (texts.key(), texts.text.toPlainText(), failed) == (first, "短く話す。", [])
    assert texts.again.isVisible()


def test_the_main_button_leads_from_the_decision_over_the_calls_to_the_letter(qtbot, store, event_id, decided):
    def main():
        return [one.text() for one in decided.bar.findChildren(Button) if one.is_filled and one.isVisible()]

    assert main() == ["つぎの電話へ進む"]
    decided.decision.reason.setFocus()
    decided.go_on.click()
    assert decided.list.table.view.hasFocus()
    first = decided.list.current().key
    press(qtbot, decided, Qt.Key.Key_Return)
    decided.list.table.choose(lambda line: line.key == first)
    do(qtbot, decided.app_context, decided.go_on.click)
    assert decided.list.current().key != first, "who was reached is not called again"
    for line in sheet(store, event_id).lines:
        decided.list.table.choose(lambda one, key=line.key: one.key == key)
        press(qtbot, decided, Qt.Key.Key_Return)
    assert main() == ["中止通知を起案する"]
    with qtbot.waitSignal(decided.app_context.navigation_requested) as went:
        decided.go_on.click()
    assert went.args == ["event", {"event_id": event_id, "tab": "書類", "kind": "中止通知"}]

    decided.decision.reason.setText("大雨警報の発表のため")
    assert main() == ["判断を直す"], "what is typed comes first"
    decided.decision.reason.setText("大雨警報の発表")
    assert main() == ["中止通知を起案する"]
    do(qtbot, decided.app_context, lambda: decided.app_context.set_read_only(True))
    do(qtbot, decided.app_context, decided.refresh)
    assert main() == []


def test_a_letter_that_is_put_up_already_is_opened(qtbot, store, event_id, decided):
    assert decided.next.buttons["letter"].text() == "中止通知を起案する"
    with store.change(action="試験の用意", by=BY, now=NOW) as change:
        change.insert(Letter(event_id=event_id, document_kind="中止通知", state=LetterState.IN_APPROVAL))
    do(qtbot, decided.app_context, decided.refresh)
    assert decided.next.buttons["letter"].text() == "中止通知を開く"


def test_a_moved_day_comes_before_the_calls_and_no_longer_once_it_is_entered(qtbot, store, event_id, screen):
    calls.decide_change(
        acting(store),
        event_id=event_id,
        kind=DecisionKind.NEW_TIME,
        decided_at=NOW,
        decided_by="協働推進課長",
        reason="会場の都合",
    )
    do(qtbot, screen.app_context, screen.refresh)
    assert screen.decision.change.is_filled
    assert not screen.go_on.is_offered
    with store.change(action="試験の用意", by=BY, now=NOW) as change:
        change.update(Event, event_id, event_date=date(2026, 10, 1))
    do(qtbot, screen.app_context, screen.refresh)
    assert not screen.decision.change.is_filled
    assert screen.go_on.text() == "つぎの電話へ進む"


def test_what_follows_leads_on(qtbot, store, event_id, decided):
    with qtbot.waitSignal(decided.app_context.navigation_requested) as went:
        decided.next.buttons["letter"].click()
    assert went.args == ["event", {"event_id": event_id, "tab": "書類", "kind": "中止通知"}]
    with qtbot.waitSignal(decided.app_context.navigation_requested) as went:
        decided.next.buttons["deadlines"].click()
    assert went.args == ["event", {"event_id": event_id, "tab": "概要"}], "the tab that lists them, not the last one"
    decided.next.buttons["agreement"].click()
    dialog = opened(decided, SubstituteDayDialog)
    fill_in(qtbot, decided.app_context, dialog, {"day": date(2026, 10, 1)})
    assert "振替の日は、令和8年10月1日（木）午後2時からです。" in decided.texts.text.toPlainText()
    assert "agreement" in decided.next.buttons
    # Recorded once more, for the answer: the day stays, and there is one 協議.
    decided.next.buttons["agreement"].click()
    dialog = opened(decided, SubstituteDayDialog)
    assert (dialog.form.value("day"), dialog.form.value("time")) == (date(2026, 10, 1), "14:00")
    do(qtbot, decided.app_context, dialog.main.click)
    assert "振替の日は、令和8年10月1日（木）午後2時からです。" in decided.texts.text.toPlainText()
    assert len(rows(store.database, Agreement, event_id=event_id, topic="振替の日程")) == 1
    # What is asked of 契約課, in words of one's own, goes on as it was begun.
    decided.next.buttons["agreement"].click()
    dialog = opened(decided, SubstituteDayDialog)
    fill_in(qtbot, decided.app_context, dialog, {"how": CONTRACT_CHANGE, "content": "振り替えると全2回を超える"})
    decided.next.buttons["agreement"].click()
    dialog = opened(decided, SubstituteDayDialog)
    assert (dialog.form.value("how"), dialog.form.value("content")) == (CONTRACT_CHANGE, "振り替えると全2回を超える")
    do(qtbot, decided.app_context, dialog.main.click)
    assert len(rows(store.database, Agreement, event_id=event_id, topic="契約変更の要否")) == 1


def test_another_day_is_changed_at_the_event(qtbot, store, event_id, screen):
    screen.decision.kind.setCurrentText("延期")
    screen.decision.who.setText("協働推進課長")
    screen.decision.reason.setText("会場の点検")
    assert screen.decision.save.text() == "判断を記録する"
    do(qtbot, screen.app_context, screen.decision.save.click)
    assert the_event(store, event_id).status == "予定"
    with qtbot.waitSignal(screen.app_context.navigation_requested) as went:
        screen.decision.change.click()
    assert went.args[1]["act"] == "move"
    assert went.args[1]["reason"] == "会場の点検（協働推進課長の判断）"


def test_names_and_numbers_that_are_copied_leave_a_row(qtbot, store, event_id, decided):
    decided.list.table.view.setFocus()
    press_key(qtbot, decided.app_context, decided.list.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "03-0000" in QGuiApplication.clipboard().text()
    newest = list_outgoing(store, event_id=event_id)[0]
    assert (newest.way, newest.document_kind, newest.personal) == ("コピー", CALL_LIST, True)


def test_a_presenter_has_a_number_with_purpose_and_disposal_before_anything_is_decided(qtbot, store, event_id, screen):
    assert "対象外" in words_of(screen.others)
    qtbot.mouseClick(screen.others.add_presenter, Qt.MouseButton.LeftButton)
    asked = opened(screen, PresenterDialog)
    assert (asked.form.value("purpose"), asked.form.value("dispose_on")) == (PURPOSE, date(2027, 4, 30))
    asked.form.set_values({"note": "見本町会　髙﨑 𠮷子", "value": "03-0000-4001"})
    do(qtbot, screen.app_context, lambda: qtbot.mouseClick(asked.main, Qt.MouseButton.LeftButton))
    (kept,) = rows(store.database, Contact, event_id=event_id)
    assert (kept.note, kept.value, kept.dispose_on) == ("見本町会　髙﨑 𠮷子", "03-0000-4001", date(2027, 4, 30))
    assert "03-0000-4001" in words_of(screen.others)

    decide(store, event_id)
    do(qtbot, screen.app_context, screen.refresh)
    do(qtbot, screen.app_context, lambda: qtbot.mouseClick(screen.others.buttons["発表者"], Qt.MouseButton.LeftButton))
    one = read_calls(store, event_id=event_id, caller="見本", today=NOW.date()).others[-1]
    assert (one.title, one.phone, one.state) == ("事例発表者　見本町会　髙﨑 𠮷子", "03-0000-4001", "連絡済")
    content = build_call_list(store, by_id(store.database, Event, event_id), NOW)
    assert "03-0000-4001" in said_by(content)


def test_a_presenter_needs_a_name_and_a_number_its_purpose_and_day(store, event_id):
    given = {"by": BY, "now": NOW}
    for contact in (
        Contact(event_id=event_id, value="03-0000-4001", note=" ", purpose=PURPOSE, dispose_on=date(2027, 4, 30)),
        Contact(event_id=event_id, value="03-0000-4001", note="見本", purpose="", dispose_on=date(2027, 4, 30)),
        Contact(event_id=event_id, value="03-0000-4001", note="見本", purpose=PURPOSE),
    ):
        with pytest.raises(UserError):
            save_presenter(ActionContext(store, **given), contact=contact)
    made = save_presenter(ActionContext(store, **given), contact=Contact(event_id=event_id, value="", note="見本"))
    assert by_id(store.database, Contact, made.id).dispose_on == contacts_end(2026, ()), "a name alone goes too"
    remove_presenter(ActionContext(store, **given), contact_id=made.id)
    assert rows(store.database, Contact, event_id=event_id) == []


def words_of(panel) -> str:
    return "　".join(one.text() for one in panel.findChildren(QLabel))


def test_a_reason_is_seen_as_letters_say_it_and_one_typed_before_is_asked_about_once(qtbot, store, event_id, screen):
    screen.decision.reason.setText("会場が使えないので")
    assert "「理由　会場が使えないので」" in screen.decision.read_as.text()
    screen.decision.reason.clear()
    with store.change(action="判断", by=BY, now=NOW) as change:
        change.insert(ChangeDecision(event_id=event_id, kind="延期", decided_at=NOW, decided_by="課長", reason="大雪"))
    do(qtbot, screen.app_context, screen.refresh)
    assert "確かめてください" in screen.decision.read_as.text()
    assert (screen.decision.save.isVisible(), screen.decision.save.text()) == (True, "この文面で確定する")
    do(qtbot, screen.app_context, screen.decision.submit)
    assert sheet(store, event_id).decision.reason == "大雪"
    assert not screen.decision.save.isVisible()
    assert "確かめてください" not in screen.decision.read_as.text()


def narrow(qtbot, screen):
    do(qtbot, screen.app_context, lambda: screen.resize(912, 470))


def test_in_a_narrow_window_the_reason_has_room_for_its_words(qtbot, decided):
    def width_of_the_words():
        return decided.decision.reason.fontMetrics().horizontalAdvance("大雨警報の発表のため（荒天時の取扱いによる）")

    decided.decision.reason.setText("大雨警報の発表のため（荒天時の取扱いによる）")
    assert decided.decision.reason.y() == decided.decision.who.y()
    narrow(qtbot, decided)
    qtbot.waitUntil(lambda: decided.decision.reason.width() > width_of_the_words() + 40)
    decided.resize(1190, 720)
    qtbot.waitUntil(lambda: decided.decision.reason.y() == decided.decision.who.y())


def test_from_call_to_call_the_line_at_hand_stays_in_sight_in_a_narrow_window(qtbot, decided):
    narrow(qtbot, decided)
    decided.list.table.view.setFocus()

    def in_sight():
        view = decided.list.table.view
        line = view.visualRect(view.currentIndex())
        page = next(one for one in decided.findChildren(QScrollArea) if one.isAncestorOf(view)).viewport()
        top = view.viewport().mapTo(page, line.topLeft()).y()
        return top >= 0 and top + line.height() <= page.height()

    for _line in range(decided.list.table.model.rowCount() - 1):
        press(qtbot, decided, Qt.Key.Key_Return)
        qtbot.waitUntil(in_sight)


def test_a_second_postponement_is_recorded_as_a_new_decision_by_its_day(qtbot, store, event_id, screen):
    given = {"kind": DecisionKind.POSTPONEMENT, "decided_by": "課長", "reason": "大雪のため"}
    context = acting(store)
    calls.decide_change(context, event_id=event_id, decided_at=datetime(2026, 9, 20, 8, 10), **given)
    with store.change(action="日付", by=BY, now=NOW, subject="events") as change:
        change.update(Event, event_id, event_date=date(2026, 10, 8))
    do(qtbot, screen.app_context, screen.refresh)
    panel = screen.decision
    panel.reason.setText("停電のため")
    assert panel.save.text() == "判断を直す"
    assert panel.read_as.text().endswith("もう一度の延期は、「判断した時刻」を新しい判断の日にします。")
    panel.when.setText("9/24 8:12")
    assert panel.save.text() == "判断を記録する"
    assert "もう一度の延期" not in panel.read_as.text()
    do(qtbot, screen.app_context, panel.save.click)
    assert [one.reason for one in rows(store.database, ChangeDecision)] == ["大雪のため", "停電のため"]


def test_when_a_cancellation_is_taken_back_each_one_told_is_asked_by_key_whether_he_comes(
    qtbot, store, event_id, decided
):
    for _line in range(2):
        press(qtbot, decided, Qt.Key.Key_Return)
    restore_event(acting(store), event_id=event_id)
    do(qtbot, decided.app_context, decided.refresh)
    assert decided.decision.kind.currentText() == "中止の取消し"
    hints = [one.text() for one in decided.list.keys.findChildren(QLabel) if one.isVisible()]
    assert ("来る" in hints, "来ない" in hints) == (True, True)
    groups = [[one.entry_id for one in line.people] for line in sheet(store, event_id).lines[:2]]
    press(qtbot, decided, Qt.Key.Key_Return)
    press(qtbot, decided, Qt.Key.Key_F4)

    def found(numbers):
        people = [by_id(store.database, Entry, one) for one in numbers]
        return {(one.state, one.comes_again) for one in people}

    assert [found(one) for one in groups] == [{("決定", "来る")}, {("辞退", "")}]
    history_services.undo(store, by=BY, now=NOW)
    assert found(groups[1]) == {("決定", "待ち")}
