"""A clerk at the desk: finds what can be seen by its words, presses, types, and reads the window aloud."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from app.widgets.lists.record_view import RecordView

Found = TypeVar("Found", bound=QWidget)
_WAIT_MS = 30_000
_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit)


class Clerk:
    """Mouse, keyboard and eyes over the windows of one start of the program.

    ``frame`` is what the start gave back; it is asked only which window it shows and whether work is
    under way, as a clerk waits for the bar to go away. ``scrolled`` collects what lay below the fold.
    """

    def __init__(self, qtbot: Any, frame: Any) -> None:
        self._qtbot = qtbot
        self._frame = frame
        self._pressed: QAbstractButton | None = None
        self.scrolled: list[str] = []

    def works_at(self, frame: Any) -> bool:
        """Whether ``frame`` is the start that this clerk sits before."""
        return frame is self._frame

    # eyes

    def window(self) -> QWidget:
        """The window or dialog in front."""
        front = QApplication.activeModalWidget()
        if front is not None:
            return front
        main = self._frame.main_window
        return main if main is not None and main.isVisible() else self._frame

    def said(self) -> str:
        """All words that stand in the front window, whether in sight or to be scrolled to."""
        return "\n".join(self._words())

    def sees(self, *words: str) -> None:
        """Wait until each of ``words`` stands in the front window."""
        for each in words:
            self._until(lambda each=each: each in self.said(), lambda each=each: f"「{each}」 in:\n{self.said()}")

    def sees_not(self, *words: str) -> None:
        """Wait until none of ``words`` stands in the front window."""
        for each in words:
            self._until(
                lambda each=each: each not in self.said(), lambda each=each: f"no 「{each}」 in:\n{self.said()}"
            )

    def wait(self) -> None:
        """Wait until nothing is under way."""
        self._until(lambda: self._frame.tasks.is_idle, lambda: "work that does not end")

    def all(self, kind: type[Found]) -> list[Found]:
        """Every visible part of a kind in the front window."""
        return [one for one in self.window().findChildren(kind) if one.isVisible()]

    def rows(self, title: str) -> list[list[str]]:
        """What the list called ``title`` says, cell by cell."""
        view = self.find(QTableView, title)
        return [_cells(view, row) for row in range(view.model().rowCount())]

    def find(self, kind: type[Found], words: str, *, nth: int = 0, starts: bool = False) -> Found:
        """The visible part of a kind that bears ``words``; ``nth`` where several alike stand below each other."""

        def found() -> list[Found]:
            return [one for one in self.all(kind) if _bears(one, words, starts=starts)]

        self._until(
            lambda: len(found()) > nth,
            lambda: f"a {kind.__name__} 「{words}」 among {sorted({_name(one) for one in self.all(kind)})}",
        )
        return found()[nth]

    # mouse

    def press(self, words: str, *, nth: int = 0, starts: bool = False, wait: bool = True) -> None:
        """Click the button, tab, entry, radio button or box that bears ``words``."""

        def ready() -> list[QAbstractButton]:
            return [one for one in self.all(QAbstractButton) if _bears(one, words, starts=starts) and one.isEnabled()]

        self._until(
            lambda: len(ready()) > nth,
            lambda: (
                f"a button 「{words}」 that can be pressed among "
                f"{[(_name(one), one.isEnabled()) for one in self.all(QAbstractButton)]}\n{self.said()}"
            ),
        )
        self._pressed = ready()[nth]
        self.click(self._pressed, wait=wait)

    def choose_act(self, button: str, act: str) -> None:
        """Open the menu of a button with the mouse and click the entry that says ``act``."""
        self.press(button, wait=False)
        self._until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), lambda: f"the menu of 「{button}」")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        entries = {one.text(): one for one in menu.actions() if one.isEnabled()}
        assert act in entries, f"no 「{act}」 in the menu of 「{button}」: {list(entries)}"
        spot = menu.actionGeometry(entries[act]).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        self.wait()

    def press_twice(self, words: str) -> None:
        """Double-click a button, as one does with everything on a PC."""
        self.press(words, wait=False)
        button = self._pressed
        if button is not None and isValid(button) and button.isVisible():
            QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
            QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
        self.wait()

    def click(self, widget: QWidget, *, wait: bool = True) -> None:
        """Click the middle of a widget, scrolling to it where it lies below the fold."""
        spot = self._bring_into_sight(widget)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        if wait:
            self.wait()

    def row(self, *words: str, button: str = "", double: bool = False) -> None:
        """Click (or ``double``, or the ``button`` of) the first row of a list that holds all ``words``."""

        view, row = self._row_with(*words, button)
        if button:
            for column in range(view.model().columnCount()):
                holder = view.indexWidget(view.model().index(row, column))
                inside = holder.findChildren(QPushButton) if holder is not None else []
                if any(_bears(one, button, starts=False) for one in inside):
                    view.scrollTo(view.model().index(row, column))
                    self.click(inside[0])
                    return
            raise AssertionError(f"the row {words} has no button 「{button}」")
        index = view.model().index(row, 0)
        view.scrollTo(index)
        spot = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        if double:
            QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
            QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        self.wait()

    def _row_with(self, *wanted: str) -> tuple[QTableView, int]:
        """Wait for the first row of a list that holds all these words."""

        def found() -> tuple[QTableView, int] | None:
            return next(((view, row) for view, row, said in self._rows() if all(w in said for w in wanted)), None)

        self._until(lambda: found() is not None, lambda: f"a row {wanted} in:\n{self.said()}")
        place = found()
        assert place is not None
        return place

    def item(self, words: str) -> None:
        """Click the entry of a list that says ``words``."""

        def found() -> tuple[QListView, QModelIndex] | None:
            return next(((view, index) for view, index in self._items() if words in _told(index)), None)

        self._until(lambda: found() is not None, lambda: f"an entry 「{words}」 in:\n{self.said()}")
        place = found()
        assert place is not None
        view, index = place
        view.scrollTo(index)
        spot = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        self.wait()

    # keyboard

    def type(self, label: str, text: str, *, nth: int = 0, leave: bool = True) -> QWidget:
        """Click the field called ``label``, replace what stands in it, and go on with Tab unless ``leave`` is False."""
        found = [one for kind in _FIELDS for one in self.all(kind) if _bears(one, label, starts=False)]
        names = sorted({_name(one) for kind in _FIELDS for one in self.all(kind)})
        assert len(found) > nth, f"no field 「{label}」 among {names}"
        field = found[nth]
        spot = self._bring_into_sight(field)
        QTest.mouseClick(_pressed_part(field), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        assert field.hasFocus() or field.focusProxy() is not None, f"「{label}」 does not take the keyboard"
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.write(text)
        if leave:
            self.key(Qt.Key.Key_Tab)
        return field

    def write(self, text: str) -> None:
        """Type ``text`` where the keyboard stands; what is not on the keys comes through the input method."""
        target = QApplication.focusWidget()
        assert target is not None, "the keyboard stands nowhere"
        if not text:
            QTest.keyClick(target, Qt.Key.Key_Delete)
        elif text.isascii():
            QTest.keyClicks(target, text)
        else:
            assert target.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), "this field takes keys only"
            typed = QInputMethodEvent("", [])
            typed.setCommitString(text)
            QApplication.sendEvent(target, typed)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the keyboard stands."""
        self._take_the_front()
        QTest.keyClick(QApplication.focusWidget() or self.window(), key, modifier)
        self.wait()

    def search(self, words: str) -> None:
        """Ctrl+K, the words, Enter on what is found first."""
        self.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self.write(words)
        self.wait()
        self.key(Qt.Key.Key_Return)

    def keys(self, digits: str) -> None:
        """Press keys one after the other; 「⏎」 is Enter. Each goes to whatever then has the keyboard."""
        for sign in digits:
            target = QApplication.focusWidget() or self.window()
            if sign == "⏎":
                QTest.keyClick(target, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(target, sign)

    def choose(self, label: str, words: str, *, nth: int = 0) -> None:
        """Choose in a folding list with the arrow keys."""
        box = self.find(QComboBox, label, nth=nth)
        self._until(lambda: any(words in box.itemText(n) for n in range(box.count())), lambda: f"{words} in {label}")
        wanted = next(n for n in range(box.count()) if words in box.itemText(n))
        self._bring_into_sight(box)
        box.setFocus()
        while box.currentIndex() != wanted:
            before = box.currentIndex()
            QTest.keyClick(box, Qt.Key.Key_Down if before < wanted else Qt.Key.Key_Up)
            assert box.currentIndex() != before, f"「{label}」 does not follow the arrow keys"
        self.wait()

    # pictures

    def picture(self, path: Path) -> None:
        """Save what the front window looks like."""
        for _turn in range(10):
            QApplication.processEvents()
        self.window().grab().save(str(path))

    # inside

    def _until(self, holds: Any, told: Any) -> None:
        try:
            self._qtbot.waitUntil(holds, timeout=_WAIT_MS)
        except Exception as problem:
            raise AssertionError(f"waited in vain for {told()}") from problem

    def _take_the_front(self) -> None:
        """Without a window manager nobody hands the keyboard to the window in front."""
        QApplication.processEvents()
        window = self.window()
        if not window.isActiveWindow():
            window.activateWindow()
            self._until(window.isActiveWindow, lambda: "the window in front")

    def _bring_into_sight(self, widget: QWidget) -> QPoint:
        """Scroll as with the wheel until the middle can be clicked; returns that spot."""
        self._take_the_front()
        if not _is_in_sight(widget):
            self.scrolled.append(_name(widget))
            # What is still being read moves the page under the wheel.
            self._until(
                lambda: _scroll_to(widget),
                lambda: f"「{_name(widget)}」, which cannot be brought into sight",
            )
        spot = _middle(widget)
        if not _free(widget, spot):
            self.wait()  # the bar that says that long work is under way goes with it
        hit = _under_mouse(widget, spot)
        assert _free(widget, spot), f"「{_name(widget)}」 is covered by {_name(hit) if hit else 'nothing'} {hit!r}"
        return spot

    def _rows(self) -> Iterator[tuple[QTableView, int, str]]:
        for view in self.all(QTableView):
            model = view.model()
            for row in range(model.rowCount()):
                yield view, row, "　".join((*_cells(view, row), *_under(view, row)))

    def _items(self) -> Iterator[tuple[QListView, QModelIndex]]:
        for view in self.all(QListView):
            for row in range(view.model().rowCount()):
                yield view, view.model().index(row, 0)

    def _words(self) -> Iterator[str]:
        window = self.window()
        yield window.windowTitle()
        for one in window.findChildren(QWidget):
            if one.isVisible():
                yield from _words_of(one)
        for _view, _row, said in self._rows():
            yield said
        for _list, index in self._items():
            yield _told(index)


def _is_in_sight(widget: QWidget) -> bool:
    return _pressed_part(widget).visibleRegion().contains(_middle(widget))


def _scroll_to(widget: QWidget) -> bool:
    """Scroll all areas around the widget; returns whether it can be clicked then."""
    QApplication.processEvents()
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 8, 8)  # of a text field that is the line of its caret alone
            inner = above.widget()
            assert inner is not None
            middle = widget.mapTo(inner, widget.rect().center())
            above.ensureVisible(middle.x(), middle.y(), 8, widget.height() // 2)
        above = above.parentWidget()
    return _is_in_sight(widget)


def _under_mouse(widget: QWidget, spot: QPoint) -> QWidget | None:
    return widget.window().childAt(_pressed_part(widget).mapTo(widget.window(), spot))


def _free(widget: QWidget, spot: QPoint) -> bool:
    hit = _under_mouse(widget, spot)
    return hit is not None and (hit is widget or widget.isAncestorOf(hit))


def _words_of(one: QWidget) -> Iterator[str]:
    if isinstance(one, QLabel):
        text = one.text()
        rich = one.textFormat() == Qt.TextFormat.RichText
        yield QTextDocumentFragment.fromHtml(text).toPlainText() if rich else text
    elif isinstance(one, QAbstractButton):
        yield one.text()
    elif isinstance(one, QComboBox):
        yield one.currentText()
    elif isinstance(one, QLineEdit):
        yield one.text()
    elif isinstance(one, QPlainTextEdit | QTextEdit):
        yield one.toPlainText()
    if one.accessibleName():
        yield one.accessibleName()
    if one.accessibleDescription():
        yield one.accessibleDescription()


def _cells(view: QTableView, row: int) -> list[str]:
    model = view.model()
    cells = [str(model.data(model.index(row, column, QModelIndex())) or "") for column in range(model.columnCount())]
    for column in range(model.columnCount()):
        holder = view.indexWidget(model.index(row, column))
        if holder is not None:
            cells += [button.text() for button in holder.findChildren(QPushButton)]
    return [cell for cell in cells if cell]


def _under(view: QTableView, row: int) -> list[str]:
    """The words in small type under a row."""
    words = view.text_below(view.rows.record(row)) if isinstance(view, RecordView) else ""
    return [words] if words else []


def _told(index: QModelIndex) -> str:
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    return str(spoken or index.data(Qt.ItemDataRole.DisplayRole) or "")


def _name(one: QWidget) -> str:
    text = one.text() if isinstance(one, QAbstractButton) else ""
    return one.accessibleName() or text or type(one).__name__


def _bears(one: QWidget, words: str, *, starts: bool) -> bool:
    names = [one.accessibleName(), one.text() if isinstance(one, QAbstractButton) else ""]
    if isinstance(one, QLineEdit):
        names.append(one.placeholderText())
    return any(name == words or (starts and name.startswith(words)) for name in names)


def _pressed_part(widget: QWidget) -> QWidget:
    return widget.viewport() if isinstance(widget, QPlainTextEdit | QTextEdit) else widget


def _middle(widget: QWidget) -> QPoint:
    """Where one clicks: the middle, or the box at the left end of a radio button or tick box."""
    part = _pressed_part(widget)
    if isinstance(widget, QAbstractButton) and widget.isCheckable() and not isinstance(widget, QPushButton):
        return QPoint(min(12, part.width() // 2), part.height() // 2)
    return part.rect().center()
