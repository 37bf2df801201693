"""Base class of every dialog: fixed title and buttons, a scrolling middle, verbs as button texts.

It stays within the screen, focuses the first input and never a destructive button, restores the focus when closed,
shows errors above its buttons, and asks before typed text is discarded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from app.widgets.bars.lock_banner import WANT_TO_TYPE, LockBanner
from app.widgets.buttons import Button, Kind, pause_filled_key
from app.widgets.focus_keeper import first_usable_part, move_focus, restore_focus
from app.widgets.keys import is_enter
from app.widgets.labels import Paragraph, label, second_label, small_label, styled_frame
from app.widgets.layouts import Part, add, in_column, in_row, row_of
from app.widgets.note_box import NoteBox
from app.widgets.screen import in_scroll_area
from app.widgets.tips import install_tip_key
from app.window import theme as t
from app.window.app_context import AppContext, app_context_of, when_unlocked

CAN_UNDO = "保存したあとも Ctrl+Z で元に戻せます"
WIDEST, TALLEST = 880, 440
_OF_A_LIST = 1280
_TITLE_BAR = 40
"""Assumed height of the dialog's title bar; the true one is known only once it is shown."""


class DialogFrame(QDialog):
    """A dialog: the title names the action and its object, then a body, and buttons with verbs.

    Signals: ``confirmed()`` when the main button was pressed. It does not close by itself: call ``accept()`` when the
    work is done, and ``set_busy(True)`` meanwhile. Esc and やめる call ``reject()``.
    """

    confirmed = Signal()
    writes = False
    """Whether its main button writes.

    While a colleague holds the write lock, 「入力したい」 replaces the button, and what was typed stays.
    """

    def __init__(
        self,
        title: str,
        subject: str = "",
        *,
        main: str = "",
        cancel: str = "やめる",
        note: str = "",
        width: int = 720,
        main_kind: Kind = "main",
        full: bool = False,
        wide: bool = False,
        parent: QWidget | None = None,
    ):
        """Create the dialog; ``subject`` is the object of the action, ``note`` the text left of the buttons.

        An empty ``main`` leaves only the closing button. ``width`` is at most 880. ``full`` takes the whole available
        height from the start, so that no button moves when content grows. ``wide`` also takes the width of the
        window, for whole lists.
        """
        super().__init__(parent)
        self._full = full
        self._placed = False
        self._came_from: QWidget | None = None
        self._by_key = False
        self._written: set[QWidget] = set()
        self._asking = False
        self._seat_desk: AppContext | None = None
        # Whose it is stands in the window alone: titles are seen by everybody who looks at the task bar.
        self.setWindowTitle(title)
        self.setAccessibleDescription(subject)
        self.setModal(True)
        self._wished = _OF_A_LIST if wide else min(width, WIDEST)
        self._top = self._head(title, subject)
        outer = in_column(self._top, owner=self, spacing=0)
        self.inside = QWidget()
        self.body = in_column(owner=self.inside, spacing=12, margins=(t.PAGE_X, t.PAGE_Y, t.PAGE_X, t.PAGE_Y))
        self._scroll = in_scroll_area(self.inside)
        outer.addWidget(self._scroll, 1)
        self.refusal = NoteBox(tone="red")
        outer.addWidget(self.refusal)
        self._band: LockBanner | None = None
        self.main = Button(main, self._confirm, kind=main_kind, tall=True)
        self.ask_button = Button(WANT_TO_TYPE, self._request_lock, kind="main", tall=True)
        self.ask_button.hide()
        if not main:
            self.main.hide()
        self.cancel = Button(cancel, self.reject, tall=True, key="" if main else "Esc")
        # What can't be taken back is done by a press on its own button alone; Enter leaves it.
        self.main.setDefault(bool(main) and main_kind != "danger")
        self.cancel.setDefault(main_kind == "danger")
        self._foot = self._footer(note)
        outer.addWidget(self._foot)
        install_tip_key(self)
        # A dialog is opened once: kept by its parent, the closed ones of a day would add up.
        self.finished.connect(self._restore_focus)
        self.finished.connect(self.deleteLater)

    def _head(self, title: str, subject: str) -> QFrame:
        head = styled_frame("dialoghead")
        in_row(
            label(title, "h2"),
            (second_label(subject), 1),
            owner=head,
            spacing=12,
            margins=(t.PAGE_X, 8, t.PAGE_X, 8),
        )
        head.setMinimumHeight(t.scaled(48))
        return head

    def _footer(self, note: str) -> QFrame:
        """Build the foot of the dialog, with a note and the buttons, and return it."""
        foot = styled_frame("footer")
        self._note = small_label(note)
        self.foot = in_row((self._note, 1), self.cancel, owner=foot, spacing=12, margins=(t.PAGE_X, 12, t.PAGE_X, 12))
        # A container of its own, so that showing, hiding and disabling the main button is independent of the lock
        # state and of running work.
        self._main_place = row_of(self.main)
        add(self.foot, self._main_place, self.ask_button)
        self._main_place.setVisible(not self.main.isHidden())
        self.main.installEventFilter(self)
        return foot

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the space of the main button only while the button is visible."""
        if watched is self.main and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show_main()
        return super().eventFilter(watched, event)

    def _show_main(self) -> None:
        """Show the main button, or the one that asks for the write lock."""
        waits = self.writes and self._seat_desk is not None and self._seat_desk.read_only
        self._main_place.setVisible(not waits and not self.main.isHidden())
        self.ask_button.setVisible(waits and not self.main.isHidden())

    def put(self, *parts: Part) -> None:
        """Add widgets at the end of the scrolling middle."""
        add(self.body, *parts)

    def put_button(self, button: QWidget) -> None:
        """Add another button left of all others."""
        self.foot.insertWidget(1, button)

    def set_note(self, note: str) -> None:
        """Set the text left of the buttons."""
        self._note.setText(note)

    def set_main(self, words: str, *, enabled: bool = True) -> None:
        """Set the text of the main button (「期限を3件動かして保存する」, "" hides it) and whether it is enabled."""
        self.main.set_words(words)
        self.main.setVisible(bool(words))
        self.main.setEnabled(enabled)

    def _connect_lock(self) -> None:
        """Show the state of the write lock from the first showing on, because the window's banner is covered."""
        desk = app_context_of(self)
        if desk is None or self._seat_desk is desk:
            return
        self._seat_desk = desk
        desk.lock_message_changed.connect(self._show_lock)
        desk.lock_changed.connect(self._show_lock)
        self._show_lock()

    @property
    def lock_banner(self) -> LockBanner:
        """Return the banner of the write lock above the buttons, created on first use."""
        if self._band is None:
            self._band = LockBanner()
            outer = self.layout()
            assert isinstance(outer, QVBoxLayout)
            outer.insertWidget(outer.indexOf(self._foot), self._band)
            self._band.action_chosen.connect(self.run_lock_action)
        return self._band

    def run_lock_action(self, action: str) -> None:
        """Pass the action chosen in the banner on to the lock by emitting ``lock_action_chosen``."""
        if self._seat_desk is not None:
            self._seat_desk.lock_action_chosen.emit(action)

    def _show_lock(self) -> None:
        """Update the banner, from which the write lock can be requested or given."""
        assert self._seat_desk is not None
        saying, reads = self._seat_desk.lock_message, self._seat_desk.read_only
        waits = self.writes and reads and not self.main.isHidden()
        self._show_main()
        self.ask_button.setEnabled(saying is None or "ask" in saying.actions)
        if saying is None or not saying.first_line or not (self.writes or "give" in saying.actions):
            if self._band is not None:
                self._band.hide()
        else:
            # What is filled here stays the dialog's own act.
            acts = tuple(act for act in saying.actions if act != "ask" or not waits)
            self.lock_banner.show_state(replace(saying, actions=acts, main_action=None))

    def _request_lock(self) -> None:
        if self._seat_desk is not None:
            self._seat_desk.request_write_lock()

    def set_busy(self, busy: bool) -> None:
        """Disable the main button, やめる and Esc while work runs (``busy``), or enable them again.

        A main button that the dialog disabled stays so.
        """
        self._main_place.setEnabled(not busy)
        self.cancel.setEnabled(not busy)

    def reject(self) -> None:
        """Close on Esc and やめる unless work runs; ask first if typed text would be lost."""
        if not self.cancel.isEnabled():
            return
        if not self._asking and self.has_unsaved_input():
            self._asking = True
            question = confirm_first(
                self,
                title="入力をやめる",
                text="入力した内容は、まだ保存していません。閉じると消えます。",
                verb="保存せずに閉じる",
                on_confirmed=super().reject,
                cancel="入力をつづける",
            )
            question.finished.connect(lambda _result: setattr(self, "_asking", False))
            return
        super().reject()

    def has_unsaved_input(self) -> bool:
        """Return whether closing would lose typed text; a field that was emptied again does not count."""
        return any(
            _text_of(part).strip()
            for part in (*self.inside.findChildren(QLineEdit), *self.inside.findChildren(QPlainTextEdit))
            if part in self._written or _is_modified(part)
        )

    def show_error_text(self, words: str) -> None:
        """Show an error above the buttons, visible at any scroll position; "" hides it."""
        self.refusal.show_text(words)
        if words and self.isVisible():
            self.fit_to_content()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Move the focus by Tab to the next usable widget, or back (``forward`` False); return whether it moved."""
        return move_focus(self, forward=forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the main button, or 「入力したい」 in its place, on Ctrl+Enter, also from a multi-line text."""
        if is_enter(event) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.isAutoRepeat():
                return
            self._by_key = True
            for button in (self.main, self.ask_button):
                if button.isVisible() and button.isEnabled():
                    button.click()
                    break
            return
        super().keyPressEvent(event)

    def setVisible(self, visible: bool) -> None:
        """Show or hide the dialog; while the screen is locked it is shown after that."""
        if visible:
            when_unlocked(self, lambda: QDialog.setVisible(self, True))
        else:
            super().setVisible(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size of the content, and focus the first input."""
        owner = self.parentWidget()
        self._came_from = owner.window().focusWidget() if owner is not None else None
        for box in self.inside.findChildren(QLineEdit):
            box.textEdited.connect(self._note_typing)
        self._connect_lock()
        self._placed = False
        self.fit_to_content()
        self._focus_first_part()
        super().showEvent(event)
        self._placed = True
        QTimer.singleShot(0, self, self.fit_to_content)

    def _note_typing(self) -> None:
        """Remember which fields were typed into."""
        box = self.sender()
        if isinstance(box, QLineEdit):
            self._written.add(box)

    def _confirm(self) -> None:
        """Hide the error and emit ``confirmed``."""
        # What was refused before was about other words; whatever is wrong now says so itself.
        self.show_error_text("")
        self.confirmed.emit()

    def _restore_focus(self) -> None:
        """Give the focus back to where it was; after a key press Ctrl+Enter is ignored below for a moment."""
        came_from, self._came_from = self._came_from, None
        restore_focus(came_from)
        owner = self.parentWidget()
        if self._by_key and owner is not None:
            pause_filled_key(owner.window())

    def _focus_first_part(self) -> None:
        """Focus the first widget of the middle, unless a field was chosen already; a question focuses its answer."""
        held = self.focusWidget()
        if held is not None and self.inside.isAncestorOf(held):
            return
        first = first_usable_part(self.inside)
        if first is None:
            safe = self.main.isVisibleTo(self) and self.main.isEnabled() and self.main.property("kind") != "danger"
            first = self.main if safe else self.cancel
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def fit_to_content(self) -> None:
        """Resize to the content, within the window and the screen."""
        self.inside.setMinimumWidth(0)
        middle = self.inside.layout()
        if middle is None:
            return
        room = self.available_area()
        width = min(t.scaled(self._wished), room.width())
        middle.activate()
        tall = middle.heightForWidth(width) if middle.hasHeightForWidth() else middle.sizeHint().height()
        # A dialog whose offers fold out over the empty part says how much of it it needs.
        tall = max(tall, self.inside.minimumHeight())
        around = max(self._top.sizeHint().height(), self._top.minimumHeight()) + self._foot.sizeHint().height()
        if not self.refusal.isHidden():
            around += max(self.refusal.heightForWidth(width), self.refusal.sizeHint().height())
        if self._band is not None and not self._band.isHidden():
            around += self._band.height()
        self.resize_on_screen(width, room.height() if self._full else min(tall + around + 2, room.height()))

    def available_area(self) -> QRect:
        """Return the largest area the dialog may take: the screen, and within the window if that is large.

        Over another dialog it is that of the other.
        """
        window = self._window_below()
        shown = self.screen().availableGeometry()
        if window is None:
            return shown.adjusted(0, _TITLE_BAR, 0, 0)
        # Where the window itself is larger than the screen (no window manager), it is the measure.
        bounds = shown.united(window.frameGeometry())
        width = min(max(window.width() - 32, 480), bounds.width())
        height = min(max(window.height() - 72, TALLEST), bounds.height() - _TITLE_BAR)
        return QRect(bounds.left(), bounds.top() + _TITLE_BAR, width, height)

    def fill_height(self, *parts: QWidget, around: int = 120) -> None:
        """Give each of ``parts`` the height of the area that ``around`` leaves, for a preview of pages."""
        for part in parts:
            part.setMinimumHeight(max(260, self.available_area().height() - around))

    def resize_on_screen(self, width: int, height: int) -> None:
        """Resize, and move up if the bottom would leave the window, whose lower end a task bar may cover."""
        self.resize(width, height)
        window = self._window_below()
        # Where it comes up is Qt's to say, over the middle of its owner: moved before, it stays where Windows began.
        if not self._placed or window is None:
            return
        bounds, frame = window.frameGeometry(), self.frameGeometry()
        shown = self.screen().availableGeometry().united(bounds)
        over = QPoint(max(0, frame.right() - bounds.right()), max(0, frame.bottom() - bounds.bottom()))
        if not over.isNull():
            corner = self.pos() - over
            self.move(max(shown.left(), corner.x()), max(shown.top(), corner.y()))

    def _window_below(self) -> QWidget | None:
        """Return the window below the dialog, of a dialog over another that of the other."""
        owner = self.parentWidget()
        window = owner.window() if owner is not None else None
        return window._window_below() if isinstance(window, DialogFrame) else window


def _text_of(part: QWidget) -> str:
    """Return the text of a field that can be edited, "" of any other widget."""
    if isinstance(part, QPlainTextEdit):
        return "" if part.isReadOnly() else part.toPlainText()
    return part.text() if isinstance(part, QLineEdit) and not part.isReadOnly() else ""


def _is_modified(part: QWidget) -> bool:
    if isinstance(part, QPlainTextEdit):
        return part.document().isModified()
    return isinstance(part, QLineEdit) and part.isModified()


def confirm_first(
    parent: QWidget,
    *,
    title: str,
    text: str,
    verb: str,
    on_confirmed: Callable[[], object],
    danger: bool = True,
    subject: str = "",
    note: str = "",
    cancel: str = "やめる",
) -> DialogFrame:
    """Ask before something that can't be undone; ``verb`` names the result (「3人を削除する」). Return the open dialog.

    ``on_confirmed`` runs after the main button, when the dialog is closed. With ``danger`` the button of the verb is
    red, ``cancel`` has the focus, and only a press on the verb confirms; without, the verb has the focus.
    """
    dialog = DialogFrame(
        title,
        subject,
        main=verb,
        cancel=cancel,
        note=note,
        width=560,
        main_kind="danger" if danger else "main",
        parent=parent,
    )
    dialog.put(Paragraph(text))
    dialog.body.addStretch(1)

    def go() -> None:
        dialog.accept()
        on_confirmed()

    dialog.confirmed.connect(go)
    dialog.open()
    return dialog
