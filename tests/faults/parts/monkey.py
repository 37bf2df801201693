"""Twenty thousand acts of mouse and keyboard, drawn at random, on the whole window over copies of the sample year."""

import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from app.main_window.main_window import MainWindow
from app.startup.pictures.sample_additions import event_ids
from app.startup.screens import preload_screens
from app.widgets.month_calendar import MonthPage
from app.window.language import install_japanese
from tests.bench.opening import visits
from tests.faults.report import Report
from tests.support.dressing import dress
from tests.support.hands import RIGHT, Hands, hands_at, shown_sample
from tests.support.input_method import compose
from tests.support.sample import NOW
from tests.support.sample_desk import set_seat

NAME = "monkey"
SAYS = "見本の年度の写しの上で、でたらめなマウスとキーの操作を20,000回行い、プログラムの失敗が出ないことを確かめます。"
ACTS = 20_000
_OF_ONE_COPY = 4_000
"""So many acts leave enough of a year that others can follow."""
_GOES_ELSEWHERE = 40
_CLOSES = "終了する"
_MISSES = 0.02
"""So few acts may find nothing to be done in sight."""
_READS_ONLY = 0.15
"""How often a colleague has the seat meanwhile."""
_UNWAITED = 0.15
"""How often the next act comes before what the last one asked for is there."""
_NO_KEY, _SHIFT, _CTRL, _ALT = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
_KEYS: Sequence[tuple[Qt.Key, Qt.KeyboardModifier]] = (
    *((getattr(Qt.Key, f"Key_{name}"), _NO_KEY) for name in (
        "Tab", "Tab", "Backtab", "Return", "Return", "Space", "Space", "Escape", "Delete", "Backspace", "Up", "Down",
        "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown", "Menu", "F2", "F3", "F4", "F5", "F6", "F7", "F8",
        "F9", "0", "1", "2", "3", "9",
    )),
    *((getattr(Qt.Key, f"Key_{name}"), _CTRL) for name in (
        "A", "C", "F", "K", "L", "N", "P", "S", "V", "X", "Y", "Z", "Z", "Return", "1", "2", "4", "6", "End",
    )),
    *((getattr(Qt.Key, f"Key_{name}"), _ALT) for name in ("Left", "Right", "Up", "Down", "1", "3")),
    *((getattr(Qt.Key, f"Key_{name}"), _SHIFT) for name in ("Down", "Up", "F10", "F6")),
)  # fmt: skip
_TEXTS = (
    "1", "12", "0", "-3", "12/3", "10:30", "令和8年12月1日", "2026-12-05", "みほん", "見本　花子", "髙橋𠮷", "=1+1",
    "％_'\"", "050-0000-0000", "mihon@example.jp", "あ" * 300, "一行目\n二行目", " ", "　",
)  # fmt: skip
_TAKES_MOUSE = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit, MonthPage,
)  # fmt: skip


def run(report: Report) -> bool:
    """Do the acts, and say what they were and which of them failed."""
    with tempfile.TemporaryDirectory(prefix="desk-monkey-") as place:
        os.environ["DEJIKATSU_DESK_HOME"] = place
        application = QApplication.instance() or QApplication(["dejikatsu"])
        assert isinstance(application, QApplication)
        application.setQuitOnLastWindowClosed(False)
        install_japanese(application)
        for _name_of_screen in preload_screens():
            pass  # what is loaded now is not walked by each collection later
        began, failed, kinds, missed = time.monotonic(), [], Counter[str](), 0
        for number in range(ACTS // _OF_ONE_COPY):
            dress(application)
            folder = Path(place) / str(number)
            folder.mkdir()
            with shown_sample(folder) as window, hands_at(window, folder) as hands:
                monkey = _Monkey(hands, random.Random(f"{report.seed} {number}"))
                monkey.go_on(_OF_ONE_COPY)
            failed += hands.failed
            kinds += monkey.kinds
            missed += monkey.missed
            report.say(f"{number + 1}つ目の写し　{hands.acts}回、失敗 {len(hands.failed)}件", *hands.failed)
    told = "、".join(f"{kind} {count}" for kind, count in kinds.most_common())
    report.say(
        f"操作 {kinds.total()}回（{told}）、押すものがなかったもの {missed}回、{time.monotonic() - began:.0f}秒、"
        f"失敗 {len(failed)}件"
    )
    return not failed and kinds.total() >= ACTS and missed < ACTS * _MISSES


class _Monkey:
    """Draws one act after the other from what stands in the window in front."""

    def __init__(self, hands: Hands, drawn: random.Random) -> None:
        self.hands, self.drawn = hands, drawn
        self.kinds: Counter[str] = Counter()
        self.missed = 0
        self._window: MainWindow = hands.window
        self._places = list(visits(dict(event_ids(self._window.app_context.store, NOW.date()))))

    def go_on(self, acts: int) -> None:
        """Do so many acts; every now and then all is put away, and another place is gone to."""
        for number in range(acts):
            if number % _GOES_ELSEWHERE == 0:
                self.hands.put_away()
                reads, desk = self.drawn.random() < _READS_ONLY, self._window.app_context
                if reads != desk.read_only:
                    self.hands.do(f"{number} seat", partial(set_seat, desk, reads=reads))
                name, place, given = self.drawn.choice(self._places)
                self.hands.do(f"{number} {name}", partial(self._window.go, place, **given))
                self.kinds["場所"] += 1
                continue
            kind, doing, act = self._draw()
            self.kinds[kind] += 1
            self.hands.do(
                f"{number} {self._window.shown_screen_name()} {doing}", act, waits=self.drawn.random() > _UNWAITED
            )

    def _draw(self) -> tuple[str, str, Callable[[], object]]:
        """Return an act: its kind, what it is for the reader, and what does it."""
        over = self.hands.front()
        number = self.drawn.random()
        if number < 0.14:
            key, held = self.drawn.choice(_KEYS)
            return "キー", f"{held.name} {key.name}", partial(self.hands.press, key, held)
        at = self.hands.keyboard()
        if number < 0.55 and at.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            words = self.drawn.choice(_TEXTS)
            return "入力", f"{_name(at)} {words[:20]!r}", partial(compose, at, words)
        if isinstance(over, QMenu) and (entries := [one for one in over.actions() if _can_be_chosen(one)]):
            entry: QAction = self.drawn.choice(entries)
            return "メニュー", entry.text(), partial(self.hands.click, over, over.actionGeometry(entry).center())
        return self._draw_of_mouse(over)

    def _draw_of_mouse(self, over: QWidget) -> tuple[str, str, Callable[[], object]]:
        """Return an act of the mouse, mostly a click."""
        part, point = self._place(over)
        hands = self.hands
        kind, act = self.drawn.choices(
            (
                ("クリック", hands.click),
                ("ダブルクリック", hands.double_click),
                ("右クリック", lambda part, at: hands.click(part, at, RIGHT)),
                ("ドラッグ", hands.drag),
                ("ホイール", self._turn_wheel),
            ),
            weights=(66, 13, 9, 5, 7),
        )[0]
        return kind, f"{kind} {_name(part)} {point.toTuple()}", partial(act, part, point)

    def _place(self, over: QWidget) -> tuple[QWidget, QPoint]:
        """Return a point in sight, mostly of a part that takes the mouse, the others of any."""
        parts = [one for one in over.findChildren(QWidget) if isValid(one) and one.isVisible() and one.window() is over]
        working = [one for one in parts if isinstance(one, _TAKES_MOUSE) and one.isEnabled()]
        for _ in range(20):
            part = self.drawn.choice(working if working and self.drawn.random() < 0.8 else parts or [over])
            seen = part.visibleRegion().boundingRect()
            if not seen.isEmpty():
                if isinstance(part, QAbstractItemView):
                    part = part.viewport()
                    seen = part.visibleRegion().boundingRect()
                x = self.drawn.randint(0, max(0, seen.width() - 1))
                y = self.drawn.randint(0, max(0, seen.height() - 1))
                return part, seen.topLeft() + QPoint(x, y)
        self.missed += 1
        return over, over.rect().center()

    def _turn_wheel(self, part: QWidget, at: QPoint) -> None:
        turned = QPoint(0, self.drawn.choice((-240, -120, 120, 240)))
        here, there = at.toPointF(), part.mapToGlobal(at).toPointF()
        none = (Qt.MouseButton.NoButton, _NO_KEY, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(part, QWheelEvent(here, there, QPoint(), turned, *none))


def _can_be_chosen(entry: QAction) -> bool:
    """Return whether an entry of a menu does anything but close the window."""
    return entry.isEnabled() and bool(entry.text()) and entry.text() != _CLOSES


def _name(part: QWidget) -> str:
    around = part.parentWidget() if not part.accessibleName() else None
    words = part.accessibleName() or (around.accessibleName() if around is not None else "")
    kind = type(part).__name__ if around is None or type(part) is not QWidget else f"{type(around).__name__}'s"
    return f"{kind}「{words[:30]}」"
