"""A morning as who listens hears it: titles, where the keyboard stands and what is announced, as it is written down."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.event_day.reception.screens.reception_screen import ReceptionScreen
from app.event_day.reception.services import receive
from app.main_window.main_window import MainWindow
from app.startup.pictures.sample_additions import event_ids, event_with
from app.window import announce as announcing
from app.window import background_task
from app.window.background_task import Tasks
from db.store import Store
from tests.support.input_method import compose
from tests.support.said_words import WRITES
from tests.support.sample import BY, sample_store
from tests.support.sample_desk import context_over
from tests.support.visits import until_quiet
from tests.support.whole_window import whole_window

SCRIPT = Path(__file__).with_name("heard_morning.txt")
MORNING = datetime(2026, 12, 8, 13, 0)
"""The day of the sixth workshop, so that its reception is open."""
ANSWERS = 10
_A_MOMENT_MS = 500


class Listener:
    """Writes down, line by line, what a screen reader says of the windows in front."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._title = ""

    def chapter(self, words: str) -> None:
        """Begin what is done next."""
        self.lines += ["", f"■{words}"] if self.lines else [f"■{words}"]

    def key(self, words: str) -> None:
        """Write down what is typed."""
        self.lines.append(f"キー　{words}")

    def announced(self, words: str) -> None:
        """Take an announcement."""
        self.lines.append(f"　　　声　{words}".replace("\n", "／"))

    def focused(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Take the part that has the keyboard now, with its name, value and description."""
        if now is None or not now.window().isVisible():
            return
        title = now.window().windowTitle()
        if title != self._title:
            self._title = title
            self.lines.append(f"　　　窓　{title}")
        told = QAccessible.queryAccessibleInterface(now)
        texts = (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        words = dict.fromkeys(told.text(kind).replace("\n", "／") for kind in texts)
        self.lines.append(f"　　　場所　{'　'.join(one for one in words if one)}")


class Morning:
    """The window over the sample year, its keys, and who listens."""

    def __init__(self, qtbot: Any, window: MainWindow, store: Store, listener: Listener, ids: dict[str, int]) -> None:
        self.qtbot = qtbot
        self.window, self.store, self.listener = window, store, listener
        self.ids = ids

    def go(self, words: str, place: str, **arguments: object) -> None:
        """Open a place."""
        self.listener.chapter(words)
        self.window.go(place, **arguments)
        self.settle()

    def type(self, words: str) -> None:
        """Type into whatever has the keyboard."""
        self.listener.key(words)
        target = QApplication.focusWidget()
        assert target is not None
        if words.isascii():
            QTest.keyClicks(target, words)
        else:
            compose(target, words)
        self.settle()

    def press(self, words: str, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the keyboard stands."""
        self.listener.key(words)
        QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or self.window, key, held)
        self.settle()

    def settle(self) -> None:
        """Until what a key leads to is there, also what waits a moment after the last one."""
        until_quiet(self.window)
        while any(
            one.isActive() and one.isSingleShot() and one.interval() <= _A_MOMENT_MS
            for one in self.window.findChildren(QTimer)
        ):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        until_quiet(self.window)
        if QApplication.activeWindow() is None and self.window.isVisible():
            # Without a window manager nobody gives the keyboard back when a list of proposals has closed.
            self.take_the_front()

    def take_the_front(self) -> None:
        """Be the window with the keyboard."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)


@pytest.fixture
def morning(tmp_path: Path, qapp: QApplication, qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Morning]:
    store, tasks, listener = sample_store(tmp_path), Tasks(), Listener()
    desk = context_over(tasks, store, clock=lambda: MORNING)
    tell = QAccessible.updateAccessibility

    class Heard(QAccessible):
        @staticmethod
        def updateAccessibility(event):
            listener.announced(event.message())
            tell(event)

    monkeypatch.setattr(announcing, "QAccessible", Heard)
    # Whether work takes so long that it is spoken of is a matter of the machine.
    monkeypatch.setattr(background_task, "LONG_AFTER_MS", 600_000)
    QAccessible.setActive(True)
    ids = dict(event_ids(store, MORNING.date()))  # before the window reads: the store has one thread at a time
    window = whole_window(desk)
    window.resize(1366, 768)
    window.setUpdatesEnabled(False)
    window.show()
    heard = Morning(qtbot, window, store, listener, ids)
    heard.take_the_front()
    qapp.focusChanged.connect(listener.focused)
    try:
        yield heard
    finally:
        qapp.focusChanged.disconnect(listener.focused)
        QAccessible.setActive(False)
        tasks.shutdown()
        window.close()
        window.deleteLater()
        store.database.conn.close()


@pytest.mark.nightly
def test_a_morning_is_heard_as_it_is_written_down(morning: Morning) -> None:
    _somebody_is_found(morning)
    _numbers_of_three_organisations(morning)
    _ten_answers(morning)
    door = _three_at_the_reception(morning)
    _a_locked_minute(morning, door)
    found = "\n".join(morning.listener.lines) + "\n"
    if WRITES:
        SCRIPT.write_text(found, encoding="utf-8")
    assert found == SCRIPT.read_text(encoding="utf-8"), "DESK_WORDS=write writes it anew; the difference is read"


def _somebody_is_found(morning: Morning) -> None:
    morning.go("ホームから、Ctrl+Kで人をさがす", "home")
    morning.press("Ctrl+K", Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    morning.type("仮名")
    morning.press("↓", Qt.Key.Key_Down)
    morning.press("Enter", Qt.Key.Key_Return)


def _numbers_of_three_organisations(morning: Morning) -> None:
    coming = event_with(morning.ids, "第2回 意見交換会")
    morning.go("参加人数を、3つの団体について入れる", "participants", event_id=coming)
    for name in ("あおば", "ひだまり", "みどりば"):
        morning.type(name)
        morning.press("↓", Qt.Key.Key_Down)
        morning.press("Tab", Qt.Key.Key_Tab)
        morning.type("3")
        morning.press("Enter", Qt.Key.Key_Return)


def _ten_answers(morning: Morning) -> None:
    fifth = event_with(morning.ids, "第5回")
    morning.go("紙の回答を10問入れる", "survey", event_id=fifth, page="検算・代行入力")
    _button(morning.window, "入力を始める").click()
    morning.settle()
    board = morning.window.screen_of("survey").entry_page.board
    for number in range(ANSWERS):
        morning.type("1" if board.rows[number].chips else "来てよかったです。")
        if board.entry.place == number:
            morning.press("Enter", Qt.Key.Key_Return)
    morning.press("Enter", Qt.Key.Key_Return)


def _three_at_the_reception(morning: Morning) -> ReceptionScreen:
    today = event_with(morning.ids, "第6回")
    morning.go("受付で3人", "reception", event_id=today)
    door = morning.window.screen_of("reception")
    assert isinstance(door, ReceptionScreen)
    for number in ("2", "5", "11"):
        morning.type(number)
        morning.press("Enter", Qt.Key.Key_Return)
    morning.type("1")
    morning.listener.key("F8を押している間")
    QTest.keyPress(door.field, Qt.Key.Key_F8)
    morning.settle()
    care = door.care._words.plain_text()
    assert care, "the 配慮 is in sight"
    assert door.care.isVisible()
    QTest.keyRelease(door.field, Qt.Key.Key_F8)
    morning.press("Esc", Qt.Key.Key_Escape)
    assert care not in "".join(morning.listener.lines), "and nobody at the door hears what it is"
    return door


def _a_locked_minute(morning: Morning, door: ReceptionScreen) -> None:
    morning.listener.chapter("画面が隠れている1分")
    before = len(morning.listener.lines)
    password = QWidget()
    password.show()
    password.activateWindow()
    morning.window.hide()
    first = door.door.waiting[0].entry_id
    door.app_context.write(lambda act: receive(replace(act, by=BY, now=MORNING), entry_id=first), lambda _done: None)
    morning.window.undo_bar.show_text("1人を受付済にしました。", can_undo=True)
    door.message.show_rejection("99番は名簿にありません。")
    door.reload()
    morning.settle()
    assert morning.listener.lines[before:] == []
    morning.listener.chapter("また開いて、もう1人")
    password.hide()
    morning.window.show()
    morning.take_the_front()
    morning.settle()
    morning.type("6")
    morning.press("Enter", Qt.Key.Key_Return)


def _button(window: QWidget, words: str) -> QAbstractButton:
    return next(one for one in window.findChildren(QAbstractButton) if one.isVisible() and one.text() == words)
