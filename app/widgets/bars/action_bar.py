"""The bar at the foot of a page: what the act does, its filled button at the right end, the rest in 「…」."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.widgets.buttons import Button, MenuAction, MoreButton, menu_actions_of
from app.widgets.labels import Paragraph
from app.widgets.layouts import in_column, in_row
from app.widgets.screen import in_scroll_area, page_column
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.debounce import debounce

HEIGHT = 56
_MAX_BESIDE = 2
_GAP = 12
_MIN_WORDS = 300
"""Width left for the words; buttons that would take it are entries of 「…」."""
_RELEASE_MS = 50


class ActionBar(QFrame):
    """The bar of a page with acts. Signals: none.

    ``put`` takes the buttons of the page in the order of their use; whoever made them goes on to show, hide, name and
    fill them. The filled one stands at the right end with its key, the first two others left of it where there is
    room, the rest are entries of 「…」. ``show_words`` says at the left whom a press binds and what it will do, or why
    it can't be pressed. For ten seconds after an act the undo bar stands in the place of the words.

    After a press nothing in the bar acts until the page has been drawn anew and Ctrl was released.
    """

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.setProperty("kind", "footer")
        self._app_context = app_context
        self._buttons: tuple[Button, ...] = ()
        self._beside: tuple[Button, ...] = ()
        self._is_drawn = True
        self._undo_bar: QWidget | None = None
        self.words = Paragraph(role="small")
        self.more = MoreButton(self._menu_actions)
        self.more.hide()
        self.more.is_arranged = True
        self._row = in_row((self.words, 1), self.more, owner=self, spacing=_GAP, margins=(t.PAGE_X, 7, t.PAGE_X, 8))
        self.setMinimumHeight(t.scaled(HEIGHT))
        self._wake_soon = debounce(self, self._wake, _RELEASE_MS)
        app_context.tasks.idle_changed.connect(self._on_idle)

    def put(self, *buttons: Button) -> None:
        """Place the buttons of the page, in the order of their use, instead of those placed before."""
        rests = any(button.is_resting for button in self._buttons)
        for button in self._buttons:
            if button not in buttons:
                button.show_in_place(False)
                button.is_resting = False
        self._buttons = buttons
        for button in buttons:
            button.is_resting = rests
            if button.is_arranged:
                continue
            button.setProperty("low", False)
            button.setProperty("tall", False)
            button.move_into(self)
            button.offer_changed.connect(self._arrange)
            button.clicked.connect(self._on_pressed)
        self._arrange()

    def show_words(self, text: str) -> None:
        """Show what a press will do, or why nothing can be pressed (strong parts between 「**」).

        The page calls it once it is drawn anew.
        """
        self.words.show_text(text)
        self._is_drawn = True

    # the undo bar

    def set_undo_bar(self, undo_bar: QWidget) -> None:
        """Place the undo bar, which hides the words while it is shown."""
        if undo_bar is not self._undo_bar:
            undo_bar.installEventFilter(self)
            self._undo_bar = undo_bar
        self._row.insertWidget(0, undo_bar, 1)
        self._show_words_or_undo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the words again when the undo bar is hidden or stands elsewhere."""
        kinds = (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.ParentChange)
        if watched is self._undo_bar and event.type() in kinds:
            self._show_words_or_undo()
        return super().eventFilter(watched, event)

    def _show_words_or_undo(self) -> None:
        """Hide the words while the undo bar is shown in their place."""
        undo_bar = self._undo_bar
        self.words.setVisible(undo_bar is None or undo_bar.parent() is not self or undo_bar.isHidden())

    # the buttons

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place as many buttons side by side as the width allows."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Apply the current text size to the height."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setMinimumHeight(t.scaled(HEIGHT))

    def _arrange(self) -> None:
        """Place the filled button at the right end and others left of it; the rest go into 「…」.

        Where none is filled and the first one destroys or is next, that stands there, without a key.
        """
        offered = [button for button in self._buttons if button.is_offered]
        filled = next((button for button in offered if button.is_filled), None)
        for button in self._buttons:
            button.write_filled_key(button is filled)
        if filled is None and offered and (offered[0].is_destructive or offered[0].is_next):
            filled = offered[0]
        others = [button for button in offered if button is not filled]
        room = self.width() - 2 * t.PAGE_X - t.scaled(_MIN_WORDS) - self.more.sizeHint().width() - _GAP
        room -= filled.sizeHint().width() + _GAP if filled is not None else 0
        beside: list[Button] = []
        for button in others[:_MAX_BESIDE]:
            room -= button.sizeHint().width() + _GAP
            if room >= 0 or (filled is None and not beside):
                beside.append(button)
        placed = (*beside, *([filled] if filled is not None else []))
        if placed != self._beside:
            self._beside = placed
            before: QWidget = self.more
            for button in placed:
                self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
                QWidget.setTabOrder(before, button)
                before = button
        for button in self._buttons:
            button.show_in_place(button in placed)
        self.more.show_in_place(len(offered) > len(placed))

    def _menu_actions(self) -> Iterator[MenuAction]:
        return menu_actions_of(one for one in self._buttons if one not in self._beside)

    # no second act before the page shows the first

    def _on_pressed(self) -> None:
        """Let nothing act until what the press began is shown; at once where it began nothing."""
        self._is_drawn = self._app_context.tasks.is_idle
        if not self._is_drawn:
            self._set_resting(True)
            self._wake_soon.start()

    def _on_idle(self, idle: bool) -> None:
        """Let the buttons act again, as all is read and shown."""
        if idle and any(button.is_resting for button in self._buttons):
            self._is_drawn = True
            self._wake()

    def _wake(self) -> None:
        """Let the buttons act again, once the page is drawn and Ctrl is released."""
        held = QGuiApplication.queryKeyboardModifiers() & Qt.KeyboardModifier.ControlModifier
        if self._is_drawn and not held:
            self._set_resting(False)
            if self.more.hasFocus():
                self._focus_next_act()
        else:
            self._wake_soon.start()

    def _focus_next_act(self) -> None:
        """Move the keyboard, which fell on 「…」 as the page lost the part that had it, to the act that is next."""
        act = next((one for one in reversed(self._beside) if not one.is_destructive), self.more)
        act.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_resting(self, resting: bool) -> None:
        for button in self._buttons:
            button.is_resting = resting


def page_above(bar: ActionBar, owner: QWidget, *, spacing: int = 12, scrolls: bool = False) -> QVBoxLayout:
    """Return the column of a page of ``owner``, which may scroll, with the bar at its foot."""
    page = QWidget()
    in_column((in_scroll_area(page) if scrolls else page, 1), bar, owner=owner, spacing=0)
    return page_column(page, spacing=spacing)
