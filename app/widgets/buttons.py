"""Buttons by meaning: the one main action, other actions, and destructive ones.

Those of a row can be visible only while the mouse or the focus is on the row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QMenu,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from app.widgets.keys import is_enter, on_key
from app.widgets.layouts import keep_room
from app.window import theme as t
from app.window.icons import icon
from app.window.painting import key_width, paint_key, painting, stroke

Kind = Literal["plain", "main", "danger", "link", "icon", "bare"]
MenuAction = tuple[str, Callable[[], object] | None]
"""An entry of a 「…」 menu: its text and its callback; None = it cannot be chosen now."""
MINIMUM_WIDTH = 72
_FILLED_KEY = "Ctrl+Enter"
_KEY_GAP = 10
_RESTS = "filled key rests"

_INK: dict[str, str] = {"main": t.PAGE, "danger": t.RED, "link": t.ACCENT}


class Button(QPushButton):
    """A push button that is never narrower than its text.

    Signals: ``chosen()`` it was pressed, and acts; ``clicked(bool)`` also while it rests; ``offer_changed()`` whether
    it is offered or filled, or its text, may have changed.

    ``kind``: main (filled, at most one a screen or dialog), plain, danger (red line and text), link (goes somewhere),
    icon (square, ``text`` becomes tooltip and accessible name), bare (top bar). ``low`` is the 28 px button in a row,
    ``tall`` the 40 px button of a dialog. A button without text is hidden until ``set_words`` gives it one. ``hint``
    is its tool tip, ``key`` the key that presses it, written on it; whoever places it makes the key work.
    """

    chosen = Signal()
    offer_changed = Signal()

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        *,
        kind: Kind = "plain",
        icon_name: str = "",
        low: bool = False,
        tall: bool = False,
        hint: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ):
        super().__init__("" if kind == "icon" else text, parent)
        self._kind = kind
        self._icon_name = icon_name
        self._shown = True
        self._key = key
        self._has_filled_key = not low
        self.is_next = False
        """Whether it keeps the place of the filled button while its press still lacks something."""
        self.is_arranged = False
        """Whether it stands in an action bar, which decides where and whether it is seen (``show_in_place``)."""
        self.is_resting = False
        """Whether a press does nothing, because the page is still to be drawn anew after the last one."""
        self.setProperty("kind", kind)
        self.setProperty("low", low)
        self.setProperty("tall", tall)
        self.setAccessibleName(text)
        if hint or kind == "icon":
            self.setToolTip(hint or text)
        self._draw_icon()
        if icon_name:
            # Wider than tall: the glyph stands in the middle, so that it keeps clear of the words.
            side = t.scaled(16)
            self.setIconSize(QSize(side if kind == "icon" else side + 6, side))
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked: None if self.is_resting else self.chosen.emit())
        if on_click is not None:
            self.chosen.connect(lambda: on_click())  # noqa: PLW0108 - Qt does not keep the owner of a method alive
        if not text:
            super().setVisible(False)

    @property
    def is_filled(self) -> bool:
        """Return whether it is the filled main button."""
        return bool(self.property("kind") == "main")

    @property
    def is_navigation(self) -> bool:
        """Return whether no work begins with it: a link, the way back, or an act at the foot of a page."""
        return self._kind == "link" or self._icon_name == "arrow-left" or self.is_arranged

    @property
    def is_destructive(self) -> bool:
        """Return whether it destroys something: red line and text."""
        return self._kind == "danger"

    def set_filled(self, filled: bool) -> None:
        """Make this the filled main button, or a plain one, as the situation asks."""
        self.set_kind("main" if filled else "plain")

    def set_kind(self, kind: Kind) -> None:
        """Make this a button of another kind."""
        if kind == self._kind:
            return
        self._kind = kind
        self.setProperty("kind", kind)
        self._draw_icon()
        self.style().unpolish(self)
        self.style().polish(self)
        self.updateGeometry()
        self.offer_changed.emit()

    def write_filled_key(self, written: bool) -> None:
        """Write Ctrl+Enter on the button while it is filled, or its own key alone."""
        if written != self._has_filled_key:
            self._has_filled_key = written
            self.updateGeometry()

    @property
    def key(self) -> str:
        """Return the key that is written at the right of its text, "" = none; a link that can't be used has none."""
        if self._has_filled_key and self.is_filled:
            return _FILLED_KEY
        return self._key if self.isEnabled() or self._kind != "link" else ""

    def _key_width(self) -> int:
        return key_width(self.key) + _KEY_GAP if self.key else 0

    def _draw_icon(self) -> None:
        if self._icon_name:
            self.setIcon(icon(self._icon_name, _INK.get(self._kind, t.INK)))

    def set_words(self, text: str) -> None:
        """Set the text (a count on a button) together with the accessible name; without a text it is hidden."""
        self.setText(text)
        self.setAccessibleName(text)
        if not self._has_words:
            self.setVisible(self._shown)
        elif self._shown and self.isHidden() and not self.is_arranged:
            if self.parentWidget() is not None:
                super().setVisible(True)
            else:  # shown by what it will stand in, and not as a window of its own
                self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        self.offer_changed.emit()

    def setVisible(self, visible: bool) -> None:
        """Show the button if it has a text; without one, it appears as soon as it gets one."""
        self._shown = visible
        if not self.is_arranged:
            super().setVisible(visible and self._has_words)
        self.offer_changed.emit()

    @property
    def is_offered(self) -> bool:
        """Return whether it is to be shown, by itself or as an entry of a menu (``show_in_place``)."""
        return self._shown and self._has_words

    def move_into(self, bar: QWidget) -> None:
        """Move into an action bar, offered there as soon as it was before and has words."""
        shown = self._shown
        self.setParent(bar)  # a button in sight elsewhere is hidden by it
        self.is_arranged, self._shown = True, shown
        super().setVisible(False)

    def show_in_place(self, shown: bool) -> None:
        """Show or hide the button without changing whether it is offered; hidden, it is an entry of a menu."""
        super().setVisible(shown)

    @property
    def _has_words(self) -> bool:
        return bool(self.text() or self.accessibleName())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter, as elsewhere on the PC; ↓ and → stay at the foot of a page."""
        enter = is_enter(event)
        if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and not event.isAutoRepeat():
            self.click()
        elif self.is_arranged and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            event.ignore()  # Qt takes them for Tab, which comes from there to the side bar
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Count a double click on a text button once; arrows and icons count each click."""
        if self._kind == "icon":
            super().mouseDoubleClickEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key, and the focus of a filled button as a white line inside, which is visible on its colour."""
        if self.key:
            self._paint_with_key()
        else:
            super().paintEvent(event)
        if self._kind == "main" and self.hasFocus():
            with painting(self) as painter:
                painter.setPen(stroke(t.PAGE, 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 2, 2)

    def _paint_with_key(self) -> None:
        """Draw the button with its text, and the key framed at the right."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        option.rect.adjust(0, 0, -self._key_width(), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = _INK.get(self._kind, t.INK) if self.isEnabled() else t.INK_WEAK
        paint_key(painter, QRectF(self.rect()).adjusted(0, 0, -_KEY_GAP, 0), self.key, ink)
        painter.end()

    def sizeHint(self) -> QSize:
        """Return at least 72 px width, except for the kinds link, icon and bare."""
        hint = super().sizeHint() + QSize(self._key_width(), 0)
        if self._kind in ("link", "icon", "bare"):
            return hint
        return hint.expandedTo(QSize(MINIMUM_WIDTH, 0))

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: the button never becomes narrower than its text."""
        return self.sizeHint()


def main_button(text: str, on_click: Callable[[], object] | None = None, *, icon_name: str = "") -> Button:
    """Return the filled main button, at most one on a screen."""
    return Button(text, on_click, kind="main", icon_name=icon_name)


def filled_button(container: QWidget) -> Button | None:
    """Return the visible, enabled filled button of a screen; None if there is none, or more than one.

    If a form with its own button is on the screen, it is the one nearest to the keyboard focus. Filled buttons in the
    rows of a list don't count.
    """
    seen = [one for one in container.findChildren(Button) if one.is_filled and one.isVisible() and one.isEnabled()]
    found = [one for one in seen if not _in_a_list(one, container)]
    around = container.window().focusWidget() if len(found) > 1 else None
    while around is not None and around is not container and container.isAncestorOf(around):
        near = [one for one in found if around.isAncestorOf(one)]
        if near:
            found = near
            break
        around = around.parentWidget()
    return found[0] if len(found) == 1 else None


def press_filled_button(container: QWidget | None) -> None:
    """Focus the filled button of ``container``, if there is one, and click it if it is enabled."""
    button = filled_button(container) if container is not None else None
    if button is None:
        return
    # What is typed counts when its field is left, and may forbid the act.
    button.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if button.isEnabled():
        button.click()


def install_filled_key(window: QWidget, current_container: Callable[[], QWidget | None]) -> None:
    """Make Ctrl+Enter in ``window`` click the filled button of the container that ``current_container`` returns."""
    rest = QTimer(window, singleShot=True)
    rest.setObjectName(_RESTS)

    def press() -> None:
        """Click the filled button, unless the key is paused (``pause_filled_key``)."""
        if not rest.isActive():
            press_filled_button(current_container())

    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        on_key(window, keys, press, repeats=False)


def pause_filled_key(window: QWidget) -> None:
    """Ignore Ctrl+Enter briefly after it closed a dialog, so that a second press does not hit what was below."""
    rest = window.findChild(QTimer, _RESTS, Qt.FindChildOption.FindDirectChildrenOnly)
    if rest is not None:
        rest.start(QApplication.doubleClickInterval())


def _in_a_list(part: QWidget, container: QWidget) -> bool:
    """Return whether the widget stands in a list inside the container."""
    above = part.parentWidget()
    while above is not None and above is not container:
        if isinstance(above, QAbstractItemView):
            return True
        above = above.parentWidget()
    return False


def back_arrow(on_click: Callable[[], object] | None = None) -> Button:
    """Return the arrow at the heading of a page, which leads back as Alt+← does."""
    return Button("前の画面へ戻る", on_click, kind="icon", icon_name="arrow-left", hint="前の画面へ戻る（Alt+←）")


def danger_button(text: str, on_click: Callable[[], object] | None = None) -> Button:
    """Return the button of a destructive action: red line and text, never filled."""
    return Button(text, on_click, kind="danger")


def link_button(text: str, on_click: Callable[[], object] | None = None) -> Button:
    """Return a button that looks like a link and goes somewhere; ``on_click`` is called when it is pressed."""
    return Button(text, on_click, kind="link")


def inline_button(text: str, on_click: Callable[[], object] | None = None, *, danger: bool = False) -> Button:
    """Return a small button to be placed beside what it acts on; red if it removes something."""
    return Button(text, on_click, kind="danger" if danger else "plain", low=True)


def menu_entry(menu: QMenu, words: str, on_click: Callable[[], object], *, icon_name: str = "") -> QAction:
    """Add an entry to a menu and return it, to be changed later.

    The action is created here and not by the menu: Python does not notice the destruction of an action created by Qt,
    and may take another one at the same address for it, which is then destroyed with the old one.
    """
    entry = QAction(words, menu)
    if icon_name:
        entry.setIcon(icon(icon_name))
    entry.triggered.connect(lambda _on=False: on_click())
    menu.addAction(entry)
    return entry


def menu_actions_of(buttons: Iterable[Button]) -> Iterator[MenuAction]:
    """Yield the entries of 「…」 that stand for the offered ones of some buttons."""
    for button in buttons:
        if button.is_offered:
            yield button.accessibleName(), button.click if button.isEnabled() else None


def _do_nothing() -> None:
    """Do nothing; what an entry does that cannot be chosen."""


class MoreButton(Button):
    """The button 「…」 with a menu of rarely used actions. Signals: those of ``Button``."""

    def __init__(
        self,
        menu_actions: Callable[[], Iterable[MenuAction]],
        words: str = "ほかの操作",
        *,
        kind: Kind = "icon",
        icon_name: str = "dots-three",
    ):
        """Create the button; ``menu_actions`` is called at every press and returns the entries.

        ``words`` is the accessible name of the button, or its text.
        """
        super().__init__(words, self._open, kind=kind, icon_name=icon_name)
        self.entries: Callable[[], Iterable[MenuAction]] = menu_actions

    def _open(self) -> None:
        """Ask for the entries and open the menu of them below the button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in self.entries():
            menu_entry(menu, words, act or _do_nothing).setEnabled(act is not None)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class HoverButtons(QObject):
    """Shows ``parts`` of ``row`` only while the mouse or the focus is on the row; their space stays. Signals: none."""

    def __init__(self, row: QWidget, *parts: QWidget):
        super().__init__(row)
        self._row, self._parts = row, parts
        self._over = False
        for part in parts:
            keep_room(part)
            part.hide()
        row.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._update_visibility)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show or hide the buttons when the mouse enters or leaves."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self._over = event.type() == QEvent.Type.Enter
            self._update_visibility()
        return False

    def _update_visibility(self, *_: QWidget | None) -> None:
        """Show the buttons while the row is under the mouse or has the focus."""
        # What has the keyboard in this window, also while a dialog stands over it: it goes back to the button there.
        now = self._row.window().focusWidget()
        held = self._over or (now is not None and self._row.isAncestorOf(now))
        for part in self._parts:
            part.setVisible(held)
