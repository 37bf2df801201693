"""さがす (Ctrl+K) in the real window: by the keyboard alone, the newest words win, names as registered."""

import threading
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.actions.action_context import ActionContext
from app.home.today.screens import search_palette as palette_module
from app.home.today.screens.search_palette import SearchPalette, _manual_groups
from app.home.today.services import global_search as service
from app.registers.register.services.organisations import create_organisation
from app.registers.register.services.people import add_person
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.manual.manual_text import found_passages
from db.records.organisations import Organisation
from tests.support.doing import do
from tests.support.sample_desk import dialog_over, session
from tests.support.waiting import wait_idle
from tests.support.whole_window import whole_window

WHO = {"by": "見本　係員", "now": datetime(2026, 12, 1, 9, 5)}


@pytest.fixture
def window(tmp_path, qtbot):
    with session(tmp_path) as desk:
        first = create_organisation(
            ActionContext(desk.store, **WHO), organisation=Organisation(branch="第99支部", name="検索葛󠄀台自治会")
        ).id
        for name, furigana, role in (
            ("髙梁　恵子", "たかはり　けいこ", "会計"),
            ("高梁 勝", "たかはり まさる", "副会長"),
            ("𠮷梁　葛󠄀子", "よしはり　かつこ", "書記"),
        ):
            add_person(ActionContext(desk.store, **WHO), name=name, furigana=furigana, organisation_id=first, role=role)
        made = whole_window(desk)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.go("home")
        do(qtbot, desk, made.show)
        made.activateWindow()
        yield made


@pytest.fixture
def search(window):
    found = window.findChild(SearchPalette)
    window.open_search()
    return found


def type_in(qtbot, search, text) -> None:
    search.field.setText(text)
    qtbot.waitUntil(lambda: not search._soon.isActive())
    wait_idle(qtbot, search._app_context)


def titles(search) -> list[str]:
    return [line.title for line in search.list.found.lines]


def key(search, code, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(search.field, code, modifier)


def enter(qtbot, window, search) -> None:
    """Press Enter and wait until what it opened is there."""
    key(search, Qt.Key.Key_Return)
    wait_idle(qtbot, window.app_context)


def test_ctrl_k_opens_over_any_screen_and_esc_gives_the_focus_back(qtbot, window):
    search = window.findChild(SearchPalette)
    assert window.top_bar.search.isVisible()
    before = window.focusWidget()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert (search.isVisible(), search.geometry()) == (True, window.rect())
    assert search.field.hasFocus() or window.focusWidget() is search.field
    key(search, Qt.Key.Key_Escape)
    assert not search.isVisible()
    assert window.focusWidget() is before
    qtbot.mouseClick(window.top_bar.search, Qt.MouseButton.LeftButton)
    assert search.isVisible()
    qtbot.mouseClick(search, Qt.MouseButton.LeftButton, pos=QPoint(4, 400))
    assert not search.isVisible()


def test_the_manual_counts_the_passages_that_it_shows():
    (manual,) = _manual_groups("名前を直したい")
    assert len(found_passages("名前を直したい")) > len(manual.items)
    assert manual.total == len(manual.items) > 1


def test_one_spelling_finds_the_other_and_says_so(qtbot, search):
    type_in(qtbot, search, "高梁")
    assert titles(search)[:3] == ["人", "髙梁　恵子", "高梁 勝"]
    assert search.also.text() == "✓ 「髙」「たかはり」も合わせて探しました"
    assert search.list.current().title == "髙梁　恵子"


def test_enter_opens_the_person_with_the_keyboard_alone(qtbot, window, search):
    type_in(qtbot, search, "たかはり")
    key(search, Qt.Key.Key_Down)
    assert search.list.current().title == "高梁 勝"
    key(search, Qt.Key.Key_Up)
    key(search, Qt.Key.Key_Up)
    assert search.list.current().title == "髙梁　恵子"
    key(search, Qt.Key.Key_Return)
    assert not search.isVisible()
    wait_idle(qtbot, window.app_context)
    screen = window.screen_of("organisations")
    assert window.shown_screen_name() == "organisations"
    assert screen.people_page.detail.name.text() == "髙梁　恵子"


def test_enter_straight_after_typing_means_what_was_typed(qtbot, window, search):
    type_in(qtbot, search, "高梁")
    search.field.setText("吉梁")
    enter(qtbot, window, search)
    assert window.screen_of("organisations").people_page.detail.name.text() == "𠮷梁　葛󠄀子"


def test_enter_before_the_answer_has_come_waits_for_it(qtbot, window, search):
    type_in(qtbot, search, "高梁")
    search.field.setText("吉梁")
    search._soon.stop()
    search._start_search()
    enter(qtbot, window, search)
    assert window.screen_of("organisations").people_page.detail.name.text() == "𠮷梁　葛󠄀子"


def test_only_the_newest_words_are_answered(qtbot, search, monkeypatch):
    free = threading.Event()

    def slow(store, *, text, today):
        if text == "高梁":
            free.wait(5)
        return service.search_everything(store, text=text, today=today)

    monkeypatch.setattr(palette_module, "search_everything", slow)
    search.field.setText("高梁")
    qtbot.waitUntil(lambda: not search._soon.isActive())
    search.field.setText("吉梁")
    qtbot.waitUntil(lambda: not search._soon.isActive())
    do(qtbot, search._app_context, free.set)
    assert "𠮷梁　葛󠄀子" in titles(search)
    assert "髙梁　恵子" not in titles(search)


def test_ctrl_c_copies_the_name_as_registered(qtbot, search):
    type_in(qtbot, search, "吉梁")
    key(search, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "𠮷梁　葛󠄀子"
    assert "コピーしました" in search.also.text()


def test_an_event_opens_and_the_list_of_people_is_narrowed(qtbot, window, search):
    type_in(qtbot, search, "第2回 LINE")
    assert search.list.current().kind == "講習会"
    enter(qtbot, window, search)
    assert window.shown_screen_name() == "event"
    window.open_search()
    type_in(qtbot, search, "高梁")
    search.list.step(1, begin=len(search.list.found.lines) - 3)
    assert search.list.current().title == "人の一覧を「高梁」で絞り込む"
    enter(qtbot, window, search)
    people = window.screen_of("organisations").people_page
    assert [hit.person.name for hit in people.table.model.records()] == ["髙梁　恵子", "高梁 勝"]


def test_what_was_typed_becomes_a_new_person_only_when_it_was_gone_to(qtbot, window, search):
    type_in(qtbot, search, "見本　未登録")
    assert (search.none.isVisible(), search.list.current()) == (True, None)
    key(search, Qt.Key.Key_Return)
    assert search.isVisible()
    key(search, Qt.Key.Key_Down)
    assert search.list.current().title == "「見本　未登録」を新しい人として加える"
    enter(qtbot, window, search)
    dialog = dialog_over(window, FormDialog)
    assert dialog.form.value("name") == "見本　未登録"
    dialog.reject()


def test_a_word_that_is_being_composed_is_not_taken_by_enter(qtbot, search):
    QApplication.sendEvent(search.field, QInputMethodEvent("たかはり", []))
    assert search.field.text() == ""
    done = QInputMethodEvent("", [])
    done.setCommitString("高梁")
    QApplication.sendEvent(search.field, done)
    qtbot.waitUntil(lambda: not search._soon.isActive())
    wait_idle(qtbot, search._app_context)
    assert "髙梁　恵子" in titles(search)


def test_nothing_found_and_nothing_typed_are_said(qtbot, search):
    assert "どの" in search.none.words() or "探せます" in search.none.words()
    type_in(qtbot, search, "・")
    assert search.list.current() is None
    search.field.clear()
    assert "探せます" in search.none.words()


def test_the_veil_follows_the_window(qtbot, window, search):
    window.resize(911, 512)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    qtbot.waitUntil(lambda: search.geometry() == window.rect())
    assert search.panel.geometry().right() <= window.width()
    assert search.panel.geometry().bottom() <= window.height()
