"""What a piece of work costs: the keys, clicks, scrolls and decisions of a clerk, step by step, and their model time.

The rules of counting stand in docs/usability.md. They ask the window, not the script: whether a field already has the
keyboard, whether a button is the one that Enter presses.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QTextEdit,
    QWidget,
)

from app.main_window.main_window import MainWindow
from app.startup.start_window import StartWindow
from app.startup.window import start_window
from app.widgets.buttons import MoreButton, filled_button
from app.widgets.tabs import TabBar
from tests.support.clerk import Clerk
from tests.support.input_method import compose
from tests.support.office_days import Office

KEY, CLICK, DECISION = 0.28, 1.1, 1.35
"""Seconds of one key, one click (pointing and pressing; also one turn of the wheel), one decision."""
_STILL_S = 0.3
_SEVERAL_LINES = (QPlainTextEdit, QTextEdit)
_RUN = re.compile(r"[^\x00-\x7f、。，．・「」（）　]+")


def keys_of(text: str) -> int:
    """How many keys a text takes: one a sign, kana two, kanji four, and two (space, Enter) for each run converted."""
    signs = sum(_keys_of_sign(sign) for sign in text)
    return signs + 2 * len(_RUN.findall(text))


def _keys_of_sign(sign: str) -> int:
    if sign.isascii() or sign in "、。，．・「」（）　ー":
        return 1
    if "぀" <= sign <= "ヿ":
        return 2
    return 4


@dataclass
class Step:
    """One step of a job and what it cost."""

    name: str
    keys: int = 0
    clicks: int = 0
    scrolls: int = 0
    decisions: int = 0

    @property
    def seconds(self) -> float:
        """The model time."""
        return KEY * self.keys + CLICK * (self.clicks + self.scrolls) + DECISION * self.decisions


@dataclass
class Effort:
    """All steps of one job."""

    job: str
    steps: list[Step] = field(default_factory=list)

    def total(self) -> Step:
        """The steps added up."""
        return Step(
            self.job,
            *(sum(getattr(step, what) for step in self.steps) for what in ("keys", "clicks", "scrolls", "decisions")),
        )


class CountingClerk(Clerk):
    """A clerk whose every act is noted under the step it belongs to."""

    def __init__(self, qtbot: Any, frame: Any, effort: Effort) -> None:
        super().__init__(qtbot, frame)
        self._effort = effort
        self._filling = self._under_way = False

    def begin(self, effort: Effort) -> None:
        """What follows belongs to this job."""
        self._effort = effort
        self._filling = self._under_way = False

    def step(self, name: str) -> None:
        """What follows belongs to this step."""
        self._effort.steps.append(Step(name))
        self._filling = self._under_way = False

    def decide(self, what: str, *, within: bool = False) -> None:
        """Something has to be judged by reading, before the next act; ``what`` is said for whoever reads the script.

        ``within`` a group of fields: what is filled in afterwards still belongs to it.
        """
        assert what
        self._note(decisions=1)
        self._under_way = True
        self._filling = self._filling and within

    def press(self, words: str, *, nth: int = 0, starts: bool = False, wait: bool = True, choice: bool = False) -> None:
        """Press with one key where the window has the button ready, otherwise with the mouse.

        It is a decision where a way begins, where a dialog with fields is confirmed as it was proposed, and where the
        script says that it is a ``choice`` between what stands beside each other; else it goes on with what was begun.
        """
        self._take_the_front()
        button = self._ready(words, nth=nth, starts=starts)
        if button is None:
            self._choose(choice)
            self._open_what_hides(words, starts=starts)
            self._filling = False
            return
        self._choose(choice or (not self._filling and _confirms_fields(button)))
        key = _key_for(button)
        if key is not None:
            self._note(keys=1)
            QTest.keyClick(QApplication.focusWidget() or self.window(), key)
        elif isinstance(button.window(), MainWindow | StartWindow) and filled_button(button.window()) is button:
            self._note(keys=2)
            held = Qt.KeyboardModifier.ControlModifier
            QTest.keyClick(QApplication.focusWidget() or self.window(), Qt.Key.Key_Return, held)
            # What was pressed may have taken away the widget that was to see Ctrl go up.
            QTest.keyRelease(self.window(), Qt.Key.Key_Control)
        else:
            self._note(clicks=1)
            super().press(words, nth=nth, starts=starts, wait=wait)
        if wait:
            self.wait()
        self._filling = False

    def row(self, *words: str, button: str = "", double: bool = False) -> None:
        """A row of a list on the way to somewhere: by keys where the keyboard stands in its list and it is near."""
        self._choose(False)
        self.look()
        self._take_the_front()
        keys = self._keys_to_row(*words, button, act=bool(button or double))
        if keys is None:
            self._note(clicks=1)
            super().row(*words, button=button, double=double)
        else:
            # Space presses the button of the row, Enter opens it.
            for pressed in (*keys, Qt.Key.Key_Space) if button else (*keys, Qt.Key.Key_Return):
                self.key(pressed)
        self._filling = False

    def press_or_find(self, words: str, *, menu: str, under: str) -> None:
        """Press a button that a small window keeps in a menu of a ``menu``: three clicks there, as a choice."""
        if self._buttons(words, starts=False):
            self.press(words, choice=True)
            return
        self._choose(True)
        self._note(clicks=3)
        super().press(menu, wait=False)
        for step in (under, words):
            self._until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), lambda: f"the menu of 「{menu}」")
            open_one = QApplication.activePopupWidget()
            assert isinstance(open_one, QMenu)
            entry = next(one for one in open_one.actions() if one.text().startswith(step))
            spot = open_one.actionGeometry(entry).center()
            QTest.mouseClick(open_one, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
            self._until(lambda now=open_one: QApplication.activePopupWidget() is not now, lambda: "what an entry opens")
        self.wait()
        self._filling = False

    def mark(self, words: str) -> None:
        """Click the last cell of the row that holds ``words``, which turns over what it says."""
        self._note(clicks=1, decisions=1)
        view, row = next((view, row) for view, row, said in self._rows() if words in said)
        index = view.model().index(row, view.model().columnCount() - 1)
        view.scrollTo(index)
        spot = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        self.wait()
        self._filling = False

    def item(self, words: str) -> None:
        """An entry of a list on the way to somewhere."""
        self._choose(False)
        self._note(clicks=1)
        super().item(words)
        self._filling = False

    def type(self, label: str, text: str, *, nth: int = 0, leave: bool = True) -> QWidget:
        """Type into a field: where the keyboard already stands there, without the mouse."""
        self._take_the_front()
        here = self._field(label, nth)
        if here is not None and _has_keyboard(here):
            if _holds_unmarked(here):
                self._note(keys=2)
                QTest.keyClick(here, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            self.write(text)
            if leave:
                self.key(Qt.Key.Key_Tab)
            return here
        self._note(clicks=1, keys=2 if here is not None and _text_of(here) else 0)
        return super().type(label, text, nth=nth, leave=leave)

    def write(self, text: str, *, reading: str = "") -> None:
        """The keys of a text; the first text after something was pressed asks what to fill in.

        With its ``reading`` each word comes as the input method sends it: its kana while it is composed, then itself.
        """
        self._fill()
        self._note(keys=max(1, keys_of(text)))
        if not reading:
            super().write(text)
            return
        field = QApplication.focusWidget()
        assert field is not None, "the keyboard stands nowhere"
        for number, (word, kana) in enumerate(zip(text.split("　"), reading.split("　"), strict=True)):
            if number:
                compose(field, "　")
            compose(field, kana, word)

    def keys(self, digits: str) -> None:
        """Keys one after the other."""
        self._fill()
        self._note(keys=len(digits))
        super().keys(digits)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, two where another is held down with it; what it puts into a field of a dialog belongs
        to its group."""
        self._note(keys=1 if modifier == Qt.KeyboardModifier.NoModifier else 2)
        before = _filled_in(self.window())
        super().key(key, modifier)
        if before is not None and _filled_in(self.window()) not in (before, None):
            self._filling = True

    def pick(self, words: str) -> None:
        """Take the entry of the open menu that says ``words`` by the key that stands before it."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu), "no menu is open"
        sign = next(one.text() for one in menu.actions() if words in one.text()).partition("&")[2][:1]
        self._note(keys=1)
        QTest.keyClicks(menu, sign)
        self.wait()

    def choose(self, label: str, words: str, *, nth: int = 0) -> None:
        """A choice in a folding list: one click to reach it, one to take it."""
        self._note(clicks=2, decisions=1)
        super().choose(label, words, nth=nth)
        self._filling = False

    def choose_file(self, path: Path, button: str) -> None:
        """Press what asks for a file and choose it in the dialog of the system: one decision, one double click."""
        dialog: Any = QFileDialog
        real = dialog.getOpenFileName
        dialog.getOpenFileName = lambda *_given, **_named: (str(path), "")
        try:
            self.press(button)
        finally:
            dialog.getOpenFileName = real
        self._note(clicks=1, decisions=1)
        self._under_way = True

    def look(self) -> None:
        """Wait as eyes do, until the rows of a list stand where they will stay."""
        self.wait()
        end = time.monotonic() + _STILL_S
        self._until(lambda: time.monotonic() > end, lambda: "a still window")

    def _fill(self) -> None:
        if not self._filling:
            self._note(decisions=1)
        self._filling = self._under_way = True

    def _choose(self, choice: bool) -> None:
        if choice or not self._under_way:
            self._note(decisions=1)
        self._under_way = True

    def _note(self, *, keys: int = 0, clicks: int = 0, decisions: int = 0) -> None:
        if not self._effort.steps:
            self._effort.steps.append(Step("前"))
        step = self._effort.steps[-1]
        step.keys += keys
        step.clicks += clicks
        step.decisions += decisions
        step.scrolls += len(self.scrolled)
        self.scrolled.clear()

    def _keys_to_row(self, *wanted: str, act: bool) -> list[Qt.Key] | None:
        """The arrows that lead to a row from where the keyboard stands, if cheaper than a click."""
        rows = list(self._rows())
        view = QApplication.focusWidget()
        if not act or not isinstance(view, QTableView):
            return None
        rows = [one for one in rows if one[0] is view]
        here = next(
            (n for n, (one, row, _) in enumerate(rows) if one is view and row == view.currentIndex().row()), None
        )
        place = next((n for n, (_, _, said) in enumerate(rows) if all(word in said for word in wanted)), None)
        if here is None or place is None:
            return None
        far = place - here
        arrows = [Qt.Key.Key_Down if far > 0 else Qt.Key.Key_Up] * abs(far)
        return arrows if KEY * (len(arrows) + 1) < CLICK else None

    def _ready(self, words: str, *, nth: int, starts: bool) -> QAbstractButton | None:
        """The button that bears ``words``; None where room is short and a menu holds it."""
        self._until(
            lambda: len(self._buttons(words, starts)) > nth or self._hiding(words, starts=starts) is not None,
            lambda: f"a button 「{words}」 among {[one.text() for one in self.all(QAbstractButton)]}\n{self.said()}",
        )
        found = self._buttons(words, starts)
        if len(found) <= nth:
            return None
        # After a press the buttons of a bar rest for a moment, shorter than a hand needs.
        self._until(lambda: not getattr(found[nth], "is_resting", False), lambda: f"「{words}」 that acts again")
        return found[nth]

    def _hiding(self, words: str, *, starts: bool) -> tuple[QAbstractButton, str] | None:
        """The button whose menu holds what bears ``words``, and the entry: buttons that were folded into one, tabs
        that found no room."""
        for button in self.all(QPushButton):
            menu = button.menu()
            for entry in menu.actions() if menu is not None and button.isEnabled() else ():
                if entry.isVisible() and _is(entry.text(), words, starts=starts):
                    return button, entry.text()
            if isinstance(button, MoreButton):
                for entry, act in button.entries():
                    if act is not None and _is(entry, words, starts=starts):
                        return button, entry
        for bar in self.all(TabBar):
            for tab in bar.findChildren(QAbstractButton) if bar.more.isVisible() else ():
                if tab.isHidden() and _is(tab.accessibleName(), words, starts=starts):
                    return bar.more, tab.accessibleName()
        return None

    def _open_what_hides(self, words: str, *, starts: bool) -> None:
        """Two clicks: the menu, and its entry."""
        menu, entry = self._open_menu(words, starts=starts)
        spot = menu.actionGeometry(next(one for one in menu.actions() if one.text() == entry)).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        self._note(clicks=2)
        self.wait()

    def _open_menu(self, words: str, *, starts: bool) -> tuple[QMenu, str]:
        """Open the menu that hides an entry; return it, and the words of the entry in it."""
        hiding = self._hiding(words, starts=starts)
        assert hiding is not None
        button, entry = hiding
        self.click(button, wait=False)
        self._until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), lambda: f"the menu of 「{words}」")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu, entry

    def _buttons(self, words: str, starts: bool) -> list[QAbstractButton]:
        return [
            one
            for one in self.all(QAbstractButton)
            if one.isEnabled() and any(_is(name, words, starts=starts) for name in (one.accessibleName(), one.text()))
        ]

    def _field(self, label: str, nth: int) -> QWidget | None:
        kinds: tuple[type[QWidget], ...] = (QLineEdit, *_SEVERAL_LINES)
        found = [one for kind in kinds for one in self.all(kind) if label in _names_of(one)]
        return found[nth] if len(found) > nth else None


class CountingOffice(Office):
    """Starts of the program whose clerk is counted; ``size`` is smaller than a screen of 1366×768 the larger its signs
    are."""

    clerk: type[CountingClerk] = CountingClerk
    """Who sits there: ``KeyboardClerk`` has no mouse."""

    def __init__(self, qtbot: Any, home: Path, effort: Effort) -> None:
        super().__init__(qtbot, home)
        self.effort = effort

    def start(self, moment: datetime, *, home: Path | None = None, **given: Any) -> CountingClerk:
        """Start the program at ``moment``."""
        frame = start_window(settings_folder=home or self.home, clock=lambda: moment, **given)
        frame.resize(*self.size)
        self._started.append(frame)
        return self.clerk(self.qtbot, frame, self.effort)


@contextmanager
def counted_office(qtbot: Any, home: Path, effort: Effort) -> Iterator[CountingOffice]:
    """An office for one job."""
    made = CountingOffice(qtbot, home, effort)
    try:
        yield made
    finally:
        made.end()


def _is(name: str, words: str, *, starts: bool) -> bool:
    return name == words or (starts and name.startswith(words))


def _key_for(button: QAbstractButton) -> Qt.Key | None:
    """The key that presses a button from where the keyboard stands; None where only the mouse does it."""
    if button.hasFocus():
        return Qt.Key.Key_Space
    if not isinstance(button, QPushButton) or not isinstance(button.window(), QDialog):
        return None
    focus = QApplication.focusWidget()
    held = isinstance(focus, (QPushButton, _SEVERAL_LINES))
    return Qt.Key.Key_Return if button.isDefault() and focus is not None and not held else None


def _confirms_fields(button: QAbstractButton) -> bool:
    """Whether it is the main button of a dialog that proposes values."""
    window = button.window()
    if not isinstance(button, QPushButton) or not isinstance(window, QDialog) or not button.isDefault():
        return False
    boxes = [*window.findChildren(QLineEdit), *window.findChildren(QPlainTextEdit)]
    return any(box.isVisible() and box.isEnabled() and not box.isReadOnly() for box in boxes)


def _filled_in(front: QWidget) -> list[str] | None:
    """What stands in the fields of the window in front; None = it is no dialog."""
    if not isinstance(front, QDialog):
        return None
    return [_text_of(one) for kind in (QLineEdit, *_SEVERAL_LINES) for one in front.findChildren(kind)]


def _has_keyboard(widget: QWidget) -> bool:
    return widget.hasFocus() or (widget.focusProxy() is not None and widget.focusProxy().hasFocus())


def _text_of(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    return widget.toPlainText() if isinstance(widget, _SEVERAL_LINES) else ""


def _holds_unmarked(widget: QWidget) -> bool:
    text = _text_of(widget)
    if isinstance(widget, QLineEdit):
        return bool(text) and widget.selectedText() != text
    return bool(text)


def _names_of(one: QWidget) -> tuple[str, ...]:
    return (one.accessibleName(), one.placeholderText() if isinstance(one, QLineEdit) else "")
