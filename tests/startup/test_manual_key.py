"""F1 opens the manual at the chapter of what is shown, everywhere, and leads back exactly where one was."""

import pkgutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

import app
from app.data_folder.screens.login import LoginPage
from app.data_folder.screens.welcome import WelcomePage
from app.home.today.services.action_search import matching_actions
from app.main_window.action_routes import MANUAL
from app.main_window.main_window import MainWindow
from app.startup import manual_key
from app.startup.manual_key import ManualKey
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form_fields import OneLine
from app.widgets.manual.manual_card import CardTooSmall
from app.widgets.manual.manual_dialog import ManualDialog
from app.widgets.manual.manual_pages import chapter_pdf
from app.widgets.manual.manual_text import CARD, read_manual
from db.name_key import name_key
from tests.support.doing import do
from tests.support.dressing import dress
from tests.support.in_full import some
from tests.support.sample import NOW
from tests.support.sample_desk import session
from tests.support.sessions import Sessions
from tests.support.waiting import in_front, wait_idle
from tests.support.whole_window import whole_window

PLACES = {
    "home": "ホーム",
    "events": "事業",
    "organisations": "団体",
    "turns": "資料・報告",
    "survey": "アンケート",
    "summary": "年度",
    "settings": "設定",
}
TABS = {
    "概要": "事業",
    "参加者": "参加者",
    "資料": "資料・報告",
    "当日": "当日",
    "アンケート": "アンケート",
    "報告": "資料・報告",
    "書類": "書類",
}
OTHERS = {
    "reception": "当日",
    "documents": "書類",
    "changes": "まちがえたとき",
    "takeouts": "情報保護",
    "disposal": "情報保護",
    "ledgers": "情報保護",
    "completion": "年度",
    "venues": "団体",
    "calls": "事業",
    "confirmations": "参加者",
}


def manual_over(window: QWidget) -> ManualDialog:
    (found,) = [one for one in window.findChildren(ManualDialog) if one.isVisible()]
    return found


def opened(qtbot, window: QWidget) -> str:
    """Press F1, look which chapter is shown, and go again with Esc."""
    in_front(qtbot, window)
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_F1)
    dialog = manual_over(window)
    name = dialog.chapter.name
    qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    return name


@pytest.fixture(scope="module")
def rooms() -> set[str]:
    """Every room and file of the program by its dotted name."""
    return {one.name for one in pkgutil.walk_packages(app.__path__, "app.")} | {"app.surveys"}


def registered(desk) -> MainWindow:
    return whole_window(desk)


@pytest.mark.nightly
def test_every_place_every_tab_and_every_other_screen_leads_to_its_chapter(qtbot, qapp, tmp_path):
    dress(qapp)
    with session(tmp_path) as desk:
        window = registered(desk)
        qtbot.addWidget(window)
        key = ManualKey(window)
        window.resize(1366, 768)
        window.show()
        asked = dict(some((PLACES | OTHERS).items(), of=8))
        found = {}
        for place in asked:
            window.go(place, **({"event_id": 6} if place in ("reception", "calls", "confirmations") else {}))
            wait_idle(qtbot, desk)
            found[place] = opened(qtbot, window)
        tabs = {}
        for tab in TABS:
            do(qtbot, desk, window.go, "event", event_id=6, tab=tab)
            tabs[tab] = opened(qtbot, window)

        assert key.parent() is window
        assert found == asked
        assert tabs == TABS
        told = [
            place
            for place, entry in window._screen_entries.items()
            if not manual_key.chapter_of_module(type(window.screen_of(place)).__module__)
        ]
        assert told == []


def test_esc_leads_back_to_the_very_field_also_over_a_dialog_and_to_somebody_who_only_reads(qtbot, qapp, tmp_path):
    dress(qapp)
    with session(tmp_path, read_only=True) as desk:
        window = registered(desk)
        qtbot.addWidget(window)
        ManualKey(window)
        window.show()
        do(qtbot, desk, window.go, "organisations")
        screen = window.shown_screen()
        assert screen is not None
        before = window.focusWidget()

        assert opened(qtbot, window) == "団体"
        assert window.shown_screen() is screen
        assert window.focusWidget() is before

        dialog = DialogFrame("みほん", parent=screen)
        field = OneLine()
        dialog.put(field)
        dialog.open()
        qtbot.waitUntil(dialog.isActiveWindow)
        field.setFocus()
        qtbot.keyClicks(field, "half")
        assert opened(qtbot, dialog) == "団体"
        assert dialog.isVisible()
        assert (field.text(), dialog.focusWidget()) == ("half", field)
        dialog.done(0)


def test_the_user_menu_and_the_search_lead_there(qtbot, qapp, tmp_path):
    dress(qapp)
    with session(tmp_path) as desk:
        window = registered(desk)
        qtbot.addWidget(window)
        ManualKey(window)
        window.show()
        do(qtbot, desk, window.go, "turns")
        (entry,) = [one for one in window.top_bar.user_menu.actions() if one.text() == "使い方（F1）"]
        assert entry.isVisible()
        entry.trigger()
        first = manual_over(window)
        assert first.chapter.name == "資料・報告"
        first.reject()
        desk.go(MANUAL)
        assert manual_over(window).chapter.name == "資料・報告"
        assert window.shown_screen_name() == "turns"
        manual_over(window).reject()

    for typed in ("使い方", "ヘルプ", "f1", "早見表"):
        assert [one.link.action for one in matching_actions(typed, (name_key(typed),), ())] == ["使い方"]


def test_the_pages_before_the_window_have_it_too(qtbot, qapp, tmp_path):
    dress(qapp)
    sessions = Sessions(qtbot, tmp_path)
    sessions.now = NOW
    window = sessions.start()
    try:
        page = sessions.on_page(window, WelcomePage)
        assert opened(qtbot, window) == "はじめて開くとき"
        assert window.page is page
        main = sessions.make_data(window)
        qtbot.waitUntil(main.isActiveWindow)
        assert opened(qtbot, main) == "ホーム"
        sessions.end(window)
        window = sessions.start()
        sessions.on_page(window, LoginPage)
        assert opened(qtbot, window) == "はじめて開くとき"
    finally:
        sessions.end_all()


def test_what_is_looked_for_is_found_in_every_chapter_and_marked(qtbot, qapp):
    dress(qapp)
    dialog = ManualDialog("団体")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.field.setText("ｃｔｒｌ+z")
    shown = [dialog.list.item(row).text() for row in range(dialog.list.count()) if not dialog.list.item(row).isHidden()]

    assert len(shown) > 1
    assert dialog.found.text().endswith("か所")
    before = dialog.chapter
    assert dialog.text.extraSelections()
    seen = {before.name}
    for _press in range(2 * len(shown)):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        seen.add(dialog.chapter.name)
    assert len(seen) == len(shown)

    dialog.field.setText("パスワードを忘れちゃった")
    assert dialog.found.text().endswith("か所"), "the words that it is about are found"
    assert dialog.chapter.name == "バックアップと回復キー"
    assert dialog.text.extraSelections()
    dialog.field.setText("ないことば")
    assert dialog.found.text() == "見つかりませんでした"
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_each_chapter_can_be_printed_and_shows_no_picture_of_the_window(qtbot, qapp):
    dress(qapp)
    chapter = next(one for one in read_manual() if one.name == "事業")
    assert "![" in chapter.text
    dialog = ManualDialog("事業")
    qtbot.addWidget(dialog)
    assert "実施回を追加" in dialog.text.toPlainText()
    assert "￼" not in dialog.text.toPlainText()
    assert chapter_pdf(chapter).startswith(b"%PDF")
    card = read_manual()[0]
    assert chapter_pdf(card).startswith(b"%PDF")
    # A painter that goes on after its page is gone takes the program with it.
    with pytest.raises(CardTooSmall) as raised:
        chapter_pdf(replace(card, text=card.text.replace("。", "長い" * 99)))
    painters = [step.frame.f_locals["painter"] for step in raised.traceback if "painter" in step.frame.f_locals]
    assert len(painters) > 1
    assert not any(painter.isActive() for painter in painters)


def test_the_table_of_chapters_names_rooms_and_chapters_that_are_there(rooms):
    names = [one.name for one in read_manual()]

    assert (names[0], len(set(names))) == (CARD, len(names))
    assert set(manual_key.CHAPTERS) - rooms == set()
    assert set(manual_key.CHAPTERS.values()) - set(names) == set()
    assert {"1年と1日の流れ", "困ったとき", "キーの一覧", CARD} == set(names) - set(manual_key.CHAPTERS.values())


def test_every_room_of_screens_and_dialogs_has_its_chapter(rooms):
    showing = {name for name in rooms if {"screens", "parts"} & set(name.split(".")[2:-1])}
    assert len(showing) > 100
    assert {name for name in showing if not manual_key.chapter_of_module(name)} == {
        name for name in showing if name.startswith("app.importing")
    }


def test_nobody_opens_it_twice(qtbot, qapp):
    dress(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    ManualKey(window)
    window.show()
    in_front(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = manual_over(window)
    qtbot.waitUntil(lambda: dialog in QApplication.topLevelWidgets() and dialog.isActiveWindow())
    qtbot.keyClick(dialog.field, Qt.Key.Key_F1)
    assert manual_over(window) is dialog
    dialog.reject()
