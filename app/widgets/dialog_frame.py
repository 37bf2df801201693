"""The frame of every dialog: title and buttons stay, the middle scrolls, the buttons are verbs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.widgets.buttons import Button, Kind
from app.widgets.labels import Paragraph, label
from app.widgets.screen import scrolling
from app.window import theme as t

CAN_UNDO = "保存したあとも Ctrl+Z で元に戻せます"
WIDEST, TALLEST = 880, 440


class DialogFrame(QDialog):
    """A dialog: title = the act and its object, body, and verb buttons.

    Signals: ``confirmed()`` when the main button was pressed. It does not close by itself: call
    ``accept()`` when the work is done; ``wait(True)`` meanwhile. Esc and やめる call ``reject()``.
    """

    confirmed = Signal()

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
        parent: QWidget | None = None,
    ) -> None:
        """``subject`` is the object of the act, ``note`` stands left of the buttons (``CAN_UNDO``).

        An empty ``main`` leaves only the closing button. ``width`` is at most 880.
        """
        super().__init__(parent)
        self.setWindowTitle(f"{title}　{subject}".strip())
        self.setModal(True)
        self._wished = min(width, WIDEST)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._top = self._head(title, subject)
        outer.addWidget(self._top)
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(t.PAGE_X, t.PAGE_Y, t.PAGE_X, t.PAGE_Y)
        self.body.setSpacing(12)
        self._scroll = scrolling(self.inside)
        outer.addWidget(self._scroll, 1)
        self.main = Button(main, self.confirmed.emit, kind=main_kind, tall=True)
        if not main:
            self.main.hide()
        self.main.setDefault(bool(main))
        self.cancel = Button(cancel, self.reject, tall=True)
        self._foot = self._footer(note)
        outer.addWidget(self._foot)
        # A dialog is opened once: kept by its parent, the closed ones of a day would add up.
        self.finished.connect(self.deleteLater)

    def _head(self, title: str, subject: str) -> QFrame:
        head = QFrame()
        head.setProperty("kind", "dialoghead")
        line = QHBoxLayout(head)
        line.setContentsMargins(t.PAGE_X, 8, t.PAGE_X, 8)
        line.setSpacing(12)
        line.addWidget(label(title, "h2"))
        line.addWidget(label(subject, "second", wrap=True), 1)
        head.setMinimumHeight(t.scaled(48))
        return head

    def _footer(self, note: str) -> QFrame:
        foot = QFrame()
        foot.setProperty("kind", "footer")
        self.foot = QHBoxLayout(foot)
        self.foot.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 12)
        self.foot.setSpacing(12)
        self._note = label(note, "small", wrap=True)
        self.foot.addWidget(self._note, 1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.main)
        return foot

    def put(self, part: QWidget, stretch: int = 0) -> None:
        """Add a part to the middle."""
        self.body.addWidget(part, stretch)

    def put_button(self, button: QWidget) -> None:
        """Add another button left of やめる."""
        self.foot.insertWidget(1, button)

    def set_note(self, note: str) -> None:
        """Change the words left of the buttons."""
        self._note.setText(note)

    def set_main(self, words: str, *, enabled: bool = True) -> None:
        """Change the words of the main button (「期限を3件動かして保存する」) and whether it may be pressed."""
        self.main.set_words(words)
        self.main.setVisible(bool(words))
        self.main.setEnabled(enabled)

    def wait(self, waiting: bool) -> None:
        """While the work runs, no second press and no closing."""
        self.main.setEnabled(not waiting)
        self.cancel.setEnabled(not waiting)

    def reject(self) -> None:
        """Esc and やめる, unless the work runs."""
        if self.cancel.isEnabled():
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the main button from anywhere, also from a text of several lines."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.main.isVisible() and self.main.isEnabled():
                self.main.click()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size the content wants, within the window."""
        self.fit()
        super().showEvent(event)
        QTimer.singleShot(0, self, self.fit)

    def fit(self) -> None:
        """Size to the content, within the window and never beyond what a 150 % screen shows."""
        parent = self.parentWidget()
        owner = parent.window() if parent is not None else None
        room_w = owner.width() - 32 if owner is not None else WIDEST
        room_h = owner.height() - 72 if owner is not None else TALLEST
        width = min(t.scaled(self._wished), max(WIDEST, t.scaled(self._wished)), max(room_w, 480))
        self.inside.setMinimumWidth(0)
        middle = self.inside.layout()
        if middle is None:
            return
        middle.activate()
        tall = middle.heightForWidth(width) if middle.hasHeightForWidth() else middle.sizeHint().height()
        # A dialog whose offers fold out over the empty part says how much of it it needs.
        tall = max(tall, self.inside.minimumHeight())
        around = max(self._top.sizeHint().height(), self._top.minimumHeight()) + self._foot.sizeHint().height()
        self.resize(width, min(tall + around + 2, max(room_h, TALLEST)))


def ask_before(
    parent: QWidget,
    *,
    title: str,
    text: str,
    verb: str,
    then: Callable[[], object],
    danger: bool = True,
    subject: str = "",
    note: str = "",
) -> DialogFrame:
    """Ask before something that can't be undone; ``verb`` says the result (「3人を削除する」).

    ``then`` runs after the main button; the dialog is closed by then. Returns the open dialog.
    """
    dialog = DialogFrame(
        title,
        subject,
        main=verb,
        note=note,
        width=560,
        main_kind="danger" if danger else "main",
        parent=parent,
    )
    dialog.put(Paragraph(text))
    dialog.body.addStretch(1)
    if danger:
        dialog.main.setDefault(False)
        dialog.cancel.setDefault(True)

    def go() -> None:
        dialog.accept()
        then()

    dialog.confirmed.connect(go)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
