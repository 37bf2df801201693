"""A hand at a shown window: it clicks, drags and presses keys where a person would, puts away what opened, and notes
what failed."""

from __future__ import annotations

import re
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QDesktopServices, QMouseEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QHeaderView,
    QMenu,
    QScrollArea,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from app.common import failure_log
from app.main_window.main_window import MainWindow
from app.startup.pictures.shot import close_dialogs
from app.startup.window import install_error_hooks
from app.widgets.dialogs.failure_dialog import FailureDialog
from app.widgets.fold_line import FoldLine
from app.widgets.layouts import front_window
from app.widgets.month_calendar import MonthPage
from app.widgets.panel import EmptyState
from tests.support.sample_desk import give_users, session
from tests.support.system_dialogs import answer_file_dialogs
from tests.support.visits import Visit, until_quiet
from tests.support.whole_window import whole_window

LEFT, RIGHT, _NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.NoButton
_NOTHING_HELD = Qt.KeyboardModifier.NoModifier
RECORD, HEADING, SUM, EMPTY, COLUMNS, FOLD, NO_ROWS, BELOW = (
    "row", "group heading", "sum", "empty row", "column heading", "fold", "list without rows", "below the rows",
)  # fmt: skip
DAY, CLOSED_DAY, WEEKDAYS = "day", "closed day", "weekdays"
_SUMS = ("計", "合計", "小計", "総計")
_LEAST = 12
_DRAG = (8, 20, 40, 60)
_TRIES = 8
_ELSEWHERE = "duties"


@contextmanager
def shown_sample(folder: Path) -> Iterator[MainWindow]:
    """Show the window over a copy of the sample year under ``folder`` that two people log in to."""
    with session(folder) as desk:
        give_users(desk.store)
        window = whole_window(desk)
        window.resize(1366, 768)
        window.go("home")
        window.show()
        window.activateWindow()
        until_quiet(window)
        yield window
        close_dialogs(window)
        until_quiet(window)
        window.hide()
        window.deleteLater()


@contextmanager
def hands_at(window: MainWindow, folder: Path) -> Iterator[Hands]:
    """Hand out hands at ``window``; whatever fails is shown and logged as in the program, and noted by them.

    Files, printers and the file manager of the system are asked for, and answer that nothing was chosen.
    """
    before = sys.excepthook, sys.unraisablehook
    made = Hands(window, folder / "failures.log")
    install_error_hooks(made.log)
    shown = sys.excepthook

    def noted(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        made.note("".join(traceback.format_exception(error)[-3:]))
        shown(kind, error, trace)

    sys.excepthook = noted
    try:
        with pytest.MonkeyPatch.context() as patched:
            answer_file_dialogs(patched.setattr)
            patched.setattr(QPrintDialog, "exec", lambda *_given: QDialog.DialogCode.Rejected)
            patched.setattr(QDesktopServices, "openUrl", lambda *_given: True)
            yield made
            made.put_away()
    finally:
        sys.excepthook, sys.unraisablehook = before
        failure_log.set_log_file(None)


@contextmanager
def _told_to_the_program() -> Iterator[None]:
    """Tell the program what fails in an event that a test sends, as Qt does with one that a person sends."""
    try:
        yield
    except Exception as error:  # noqa: BLE001  # whatever it is
        sys.excepthook(type(error), error, error.__traceback__)


class Hands:
    """Does one thing after another, waits until all has followed, and notes what failed by what was being done."""

    def __init__(self, window: MainWindow, log: Path) -> None:
        self.window = window
        self.log = log
        self.doing = ""
        self.acts = 0
        self.failed: list[str] = []
        self._logged = 0

    def do(self, doing: str, act: Callable[[], object], *, waits: bool = True) -> None:
        """Do one thing, wait until the window is quiet, and look whether it failed."""
        self.doing, self.acts = doing, self.acts + 1
        with _told_to_the_program():
            act()
        if waits:
            self.wait()
        else:
            with _told_to_the_program():
                QApplication.processEvents()
        self.look()

    def wait(self) -> None:
        """Wait until the window is quiet."""
        with _told_to_the_program():
            until_quiet(self.window)

    def look(self) -> None:
        """Note what the program logged since the last look, and a failure that it shows."""
        size = self.log.stat().st_size if self.log.exists() else 0
        if size != self._logged:
            lines = self.log.read_text(encoding="utf-8")[self._logged :].strip().splitlines()
            # What 「データを点検する」 finds is its answer: the folder of a test keeps no copies of its changes.
            if told := "\n".join(line for line in lines if " | found | " not in line):
                self.note(told)
            self._logged = size
        front = front_window(self.window)
        if isinstance(front, FailureDialog) and not front.failure.small:
            self.note(f"{front.failure.happened} {front.failure.details}")
            front.reject()

    def note(self, words: str) -> None:
        """Note a failure of what is being done, once: it is raised, logged and shown."""
        if not self.failed or not self.failed[-1].startswith(f"{self.doing}: "):
            self.failed.append(f"{self.doing}: {words}")

    def put_away(self, *, down_to: QWidget | None = None) -> None:
        """Close the menus and dialogs over the window, or over one of its dialogs, with Esc as a person does.

        What stays open all the same is closed in the end.
        """
        for _ in range(_TRIES):
            over = self.front()
            if over in (self.window, down_to):
                return
            with _told_to_the_program():
                self.press(Qt.Key.Key_Escape)
            self.wait()
            self.look()
            if QApplication.activePopupWidget() is over:
                over.close()
        close_dialogs(self.window)
        self.wait()

    # Not by the windows of the system: what is known here of one that is gone may be taken for another in its place.

    def click(self, part: QWidget, at: QPoint, button: Qt.MouseButton = LEFT) -> None:
        """Click there; the right button asks for the menu. What went since it was chosen hears nothing."""
        if not isValid(part):
            return
        QTest.mousePress(part, button, _NOTHING_HELD, at)
        if isValid(part):
            QTest.mouseRelease(part, button, _NOTHING_HELD, at)
        if button == RIGHT and isValid(part):
            asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, part.mapToGlobal(at))
            QApplication.sendEvent(part, asked)

    def double_click(self, part: QWidget, at: QPoint) -> None:
        """Click twice there, unless the first click took the part away."""
        self.click(part, at)
        for kind, held in ((QEvent.Type.MouseButtonDblClick, LEFT), (QEvent.Type.MouseButtonRelease, _NO_BUTTON)):
            if isValid(part) and part.isVisible():
                here, there = at.toPointF(), part.mapToGlobal(at).toPointF()
                QApplication.sendEvent(part, QMouseEvent(kind, here, there, LEFT, held, _NOTHING_HELD))

    def drag(self, part: QWidget, at: QPoint) -> None:
        """Press there, go down in steps, and let go."""
        if not isValid(part):
            return
        QTest.mousePress(part, LEFT, _NOTHING_HELD, at)
        for step in _DRAG:
            if isValid(part):
                here = at + QPoint(step // 4, step)
                moved = (QEvent.Type.MouseMove, here.toPointF(), part.mapToGlobal(here).toPointF())
                QApplication.sendEvent(part, QMouseEvent(*moved, _NO_BUTTON, LEFT, _NOTHING_HELD))
                QApplication.processEvents()
        if isValid(part):
            QTest.mouseRelease(part, LEFT, _NOTHING_HELD, at + QPoint(15, 60))

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = _NOTHING_HELD) -> None:
        """Press a key where the keyboard stands, and let it go where it stands then."""
        in_menu = QApplication.activePopupWidget() is not None
        if held == Qt.KeyboardModifier.AltModifier and in_menu and isValid(part := self.keyboard()):
            QTest.keyPress(part, Qt.Key.Key_Alt)  # already closes a menu
        if isValid(part := self.keyboard()):
            QTest.keyPress(part, key, held)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what the key closed hears it no more
        if isValid(part := self.keyboard()):  # what is gone is still known here where another stands at its address
            QTest.keyRelease(part, key, held)

    def keyboard(self) -> QWidget:
        """Return the part that hears the keys."""
        over = self.front()
        at = over.focusWidget()
        return at if at is not None and isValid(at) and not isinstance(over, QMenu) else over

    def front(self) -> QWidget:
        """Return the menu, dialog or window that is in front."""
        return QApplication.activePopupWidget() or front_window(self.window)


# what can be clicked on


@dataclass(frozen=True, order=True)
class Spot:
    """A kind of row in one list, calendar or fold of a place; ``view`` is its class and name, and which of several."""

    view: str
    kind: str


def spots(root: QWidget) -> dict[Spot, tuple[QWidget, Callable[[], QRect]]]:
    """Return one row of each kind of every list, calendar, fold and empty list that is seen: the part that takes the
    mouse, and what scrolls there and says where it is."""
    found: dict[Spot, tuple[QWidget, Callable[[], QRect]]] = {}
    numbers: Counter[str] = Counter()
    for part in root.findChildren(QWidget):
        if part.isVisible() and part.window() is root.window() and not isinstance(part, QHeaderView):
            name = f"{type(part).__name__}「{part.accessibleName()}」"
            for kind, target, where in _rows(part):
                view = f"{name}{numbers[name] or ''}"
                found.setdefault(Spot(view, kind), (target, where))
            numbers[name] += 1
    return found


def _rows(part: QWidget) -> Iterator[tuple[str, QWidget, Callable[[], QRect]]]:
    if isinstance(part, QAbstractItemView):
        yield from _rows_of_list(part)
    elif isinstance(part, MonthPage):
        yield WEEKDAYS, part, lambda: QRect(0, 0, part.width(), 10)
        for day in part._days:
            closed = part._is_closed(day) or (day in part._marks and part._marks[day].closed)
            yield CLOSED_DAY if closed else DAY, part, lambda day=day: part.rect_of(day).toRect()
    elif isinstance(part, (FoldLine, EmptyState)):
        yield FOLD if isinstance(part, FoldLine) else NO_ROWS, part, part.rect


def _rows_of_list(view: QAbstractItemView) -> Iterator[tuple[str, QWidget, Callable[[], QRect]]]:
    model = view.model()
    if isinstance(view, QTableView) and view.horizontalHeader().isVisible():
        head = view.horizontalHeader()
        yield COLUMNS, head.viewport(), head.viewport().rect
    for row in range(model.rowCount()):
        yield _kind_of(view, row), view.viewport(), lambda row=row: _reached(view, row)
    if model.rowCount() and _rest(view).height() > _LEAST:
        yield BELOW, view.viewport(), lambda: _rest(view)


def _rest(view: QAbstractItemView) -> QRect:
    """Where no row stands any more, of a list that is scrolled to its end."""
    bar, over = view.verticalScrollBar(), view.viewport()
    bar.setValue(bar.maximum())
    last = view.visualRect(view.model().index(view.model().rowCount() - 1, 0)).bottom()
    return QRect(0, last + 2, over.width(), over.height() - last - 2)


def _kind_of(view: QAbstractItemView, row: int) -> str:
    model = view.model()
    chosen = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
    if model.flags(model.index(row, 0)) & chosen != chosen:
        return HEADING
    columns = model.columnCount(QModelIndex()) if isinstance(view, QTableView) else 1
    texts = [str(model.index(row, column).data() or "") for column in range(columns)]
    words = next((text for text in texts if text), "")
    if not words:
        # What is painted from its record has no words of its own, and is no empty row.
        return EMPTY if isinstance(view, QTableView) else RECORD
    return SUM if words.split()[0] in _SUMS else RECORD


def _reached(view: QAbstractItemView, row: int) -> QRect:
    shown = 0
    while isinstance(view, QTableView) and view.isColumnHidden(shown):
        shown += 1
    index = view.model().index(row, shown)
    view.scrollTo(index)
    return view.visualRect(index).intersected(view.viewport().rect())


def into_sight(part: QWidget, at: QPoint) -> bool:
    """Scroll the pages around ``part`` until the point is seen; return whether it is."""
    above = part.parentWidget()
    while above is not None and above is not part.window():
        if isinstance(above, QScrollArea) and above.widget() is not None and above.widget().isAncestorOf(part):
            place = part.mapTo(above.widget(), at)
            above.ensureVisible(place.x(), place.y(), 0, 20)
        above = above.parentWidget()
    return part.visibleRegion().contains(at)


# going through a place


@dataclass
class Met:
    """What was met on the way: places, and spots by place; what was lost before all was done there."""

    places: list[str] = field(default_factory=list)
    spots: dict[str, list[Spot]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    pressed: Counter[str] = field(default_factory=Counter)
    entries: set[str] = field(default_factory=set)

    def told(self) -> str:
        """Return how much was met, in a line."""
        views = sum(len({spot.view for spot in found}) for found in self.spots.values())
        rows = Counter(spot.kind for found in self.spots.values() for spot in found)
        kinds = ", ".join(f"{kind} {count}" for kind, count in rows.most_common())
        return (
            f"places {len(self.places)}, lists {views} ({kinds}), buttons {len(self.pressed)}, "
            f"entries of menus {len(self.entries)}"
        )

    def with_kind(self, kind: str) -> list[str]:
        """Return the places that have a row of this kind."""
        return [place for place, found in self.spots.items() if any(spot.kind == kind for spot in found)]


class Tourist:
    """Comes to a screen or dialog, and comes again where an act led away."""

    def __init__(self, hands: Hands, visit: Visit) -> None:
        self.hands, self.visit = hands, visit
        self._dialog: QDialog | None = None

    def come(self, *, anew: bool = False) -> QWidget:
        """Go there, from elsewhere if ``anew``, and return the part in front."""
        window, self._dialog = self.hands.window, None
        self.hands.doing = f"{self.visit.name}: come"
        self.hands.put_away()
        if anew:
            self.hands.press(Qt.Key.Key_Escape)  # out of a form that stands in the page
            self.hands.put_away()
            self._step(lambda window: window.go(_ELSEWHERE))
            self.hands.put_away()
        self._step(lambda window: window.go(self.visit.place, **self.visit.arguments))
        for step in self.visit.opening:
            self._step(step)
        self.hands.look()
        front = front_window(window)
        self._dialog = front if isinstance(front, QDialog) else None
        return self._root()

    def _step(self, act: Callable[[MainWindow], object]) -> None:
        with _told_to_the_program():
            act(self.hands.window)
        self.hands.wait()

    def here(self) -> QWidget:
        """Return the part in front, coming again where an act led away."""
        self.hands.put_away(down_to=self._dialog)
        over = front_window(self.hands.window)
        there = over is self._dialog if self._dialog else self.hands.window.shown_screen_name() == self.visit.place
        return self._root() if there else self.come()

    def spot(self, wanted: Spot) -> tuple[QWidget, QPoint] | None:
        """Return where a spot is seen now, coming again if it is not here; None if it is gone."""
        for way in (self.here, self.come, lambda: self.come(anew=True)):
            part, where = spots(way()).get(wanted, (None, QRect))
            if part is not None and into_sight(part, at := where().center()):
                return part, at
        return None

    def press(self, name: str) -> bool:
        """Press a button by its name (``buttons``), coming again if it is not here; return whether it is."""
        for way in (self.here, self.come, lambda: self.come(anew=True)):
            button = buttons(way()).get(name)
            if button is not None and into_sight(button, at := button.rect().center()):
                self.hands.do(f"{self.visit.name} {name}", partial(self.hands.click, button, at))
                return True
        return False

    def _root(self) -> QWidget:
        return self._dialog or self.hands.window.shown_screen() or self.hands.window


def use_every_row(hands: Hands, visit: Visit, met: Met) -> None:
    """Click, double-click, right-click and drag on a row of every kind of a place, and press keys there."""
    tourist = Tourist(hands, visit)
    met.places.append(visit.name)
    for wanted in sorted(spots(tourist.come(anew=True))):
        ways: tuple[tuple[str, Callable[[QWidget, QPoint], object]], ...] = (
            ("click", hands.click),
            ("Space", lambda *_: hands.press(Qt.Key.Key_Space)),
            ("Enter", lambda *_: hands.press(Qt.Key.Key_Return)),
            ("click at the edge", lambda part, at: hands.click(part, QPoint(8, at.y()))),
            ("double click", hands.double_click),
            ("right click", lambda part, at: hands.click(part, at, RIGHT)),
            ("drag", hands.drag),
            ("click", hands.click),
            ("Delete", lambda *_: hands.press(Qt.Key.Key_Delete)),
        )
        done = 0
        for words, act in ways:
            place = tourist.spot(wanted)
            if place is not None:
                hands.do(f"{visit.name} {wanted.view} {wanted.kind}: {words}", partial(act, *place))
                done += 1
        if done == len(ways):
            met.spots.setdefault(visit.name, []).append(wanted)
        elif done and wanted.kind != BELOW:  # a list may grow into the room below its rows
            met.lost.append(f"{visit.name} {wanted} after {done}")
    hands.put_away()


def buttons(root: QWidget) -> dict[str, QAbstractButton]:
    """Return the buttons that can be pressed, the first of those that say the same in the same part."""
    found: dict[str, QAbstractButton] = {}
    for one in root.findChildren(QAbstractButton):
        if one.isVisible() and one.isEnabled() and one.window() is root.window():
            found.setdefault(_button_name(one), one)
    return found


def _button_name(button: QAbstractButton) -> str:
    above = button.parentWidget()
    while above is not None and type(above).__module__.startswith(("app.widgets.", "PySide6.")):
        above = above.parentWidget()
    words = re.sub(r"[0-9０-９]+", "0", button.text() or button.accessibleName())
    return f"{type(above).__name__} {type(button).__name__}「{words}」"


def press_every_button(hands: Hands, visit: Visit, met: Met) -> None:
    """Press each button of a place that was not pressed elsewhere: as it is come to, and with a row chosen."""
    tourist = Tourist(hands, visit)
    met.places.append(visit.name)
    for chooses in (False, True):
        root = tourist.come(anew=not chooses)
        if chooses:
            row = next((spot for spot in sorted(spots(root)) if spot.kind == RECORD), None)
            place = tourist.spot(row) if row is not None else None
            if place is None:
                continue
            hands.do(f"{visit.name}: choose a row", partial(hands.click, *place))
            root = tourist.here()
        for name in buttons(root):
            if name not in met.pressed and tourist.press(name):
                met.pressed[name] += 1
                _choose_every_entry(tourist, name, met)
    hands.put_away()


def _choose_every_entry(tourist: Tourist, name: str, met: Met) -> None:
    """Choose each entry of the menu that a button opened, pressing it again for the next."""
    while isinstance(menu := QApplication.activePopupWidget(), QMenu):
        waiting = [one for one in menu.actions() if one.isEnabled() and one.text() and not one.menu()]
        entry = next((one for one in waiting if f"{name} {one.text()}" not in met.entries), None)
        if entry is None:
            return
        met.entries.add(f"{name} {entry.text()}")
        at = menu.actionGeometry(entry).center()
        doing = f"{tourist.visit.name} {name}: {entry.text()}"
        tourist.hands.do(doing, partial(tourist.hands.click, menu, at))
        tourist.press(name)
