"""The one field at the door: a number or the beginning of a name; every key of the door is pressed in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.widgets.one_line import OneLine
from app.window import theme as t
from app.window.icons import icon

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class DoorField(OneLine):
    """A large line.

    Signals: ``stepped(int)`` ↑↓; ``taken()`` Space on a chosen row; ``submitted(str)`` Enter with what is typed;
    ``care_held()`` / ``care_let_go()`` F8; ``dropped()`` Delete on an empty line; ``menu_wanted()`` the menu key.
    Those of QLineEdit.
    """

    stepped = Signal(int)
    taken = Signal()
    submitted = Signal(str)
    care_held = Signal()
    care_let_go = Signal()
    dropped = Signal()
    menu_wanted = Signal()

    def __init__(self, placeholder: str, *, height: int = 52, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        sign = QAction(icon("magnifying-glass", t.ACCENT), "", self)
        self.addAction(sign, OneLine.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(True)
        tall = t.scaled(height) - 4
        self.setStyleSheet(
            f"QLineEdit {{ font-size: {t.points('h2') * 1.1}pt; min-height: {tall}px; max-height: {tall}px;"
            f" border: 2px solid {t.ACCENT}; padding: 0 7px; }}"
            f"QLineEdit:focus {{ min-height: {tall}px; border: 2px solid {t.ACCENT}; }}"
        )
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._moved = False
        self.textEdited.connect(self._forget_move)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes back what was done at the door, not the letters of the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            standard = QKeySequence.StandardKey
            if event.matches(standard.Undo) or event.matches(standard.Redo):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the door; everything else is typed."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._moved = True
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.submitted.emit(self.text())
        elif key == Qt.Key.Key_Space and (not self.text() or self._moved):
            if not event.isAutoRepeat():
                self.taken.emit()
        elif key == Qt.Key.Key_F8:
            if not event.isAutoRepeat():
                self.care_held.emit()
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self._moved = False
        elif key == Qt.Key.Key_Delete and not self.text():
            self.dropped.emit()
        elif key == Qt.Key.Key_Menu or (
            key == Qt.Key.Key_F10 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        ):
            self.menu_wanted.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """F8 let go."""
        if event.key() == Qt.Key.Key_F8 and not event.isAutoRepeat():
            self.care_let_go.emit()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was held is let go with the focus."""
        self.care_let_go.emit()
        super().focusOutEvent(event)

    @property
    def moved(self) -> bool:
        """Whether a row was chosen with the arrows since the last letter."""
        return self._moved

    def start_anew(self) -> None:
        """Empty, ready for the next person."""
        self.clear()
        self._moved = False

    def _forget_move(self, _text: str) -> None:
        self._moved = False
