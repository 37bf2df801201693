"""Usual texts for a field: ↓ or the arrow at its end lists them below it, a digit inserts one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from app.window import theme as t
from app.window.icons import icon_pixmap
from db.digits import is_digits
from db.record import record

_MOST = 9
"""The digits 1 to 9 select one each."""


@record
class UsualText:
    """A text that can be put into the field, with an explanation shown behind it in the list."""

    words: str
    about: str = ""


class _TextMenu(QMenu):
    """The open list; keys other than its digits go to the field and close the list.

    Signals: those of QMenu.
    """

    def __init__(self, title: str, field: QLineEdit):
        super().__init__(title, field)
        self._field = field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close the list and type on in the field when a character is pressed that is no digit of an entry."""
        typed = event.text()
        own = is_digits(typed) and any(one.text().startswith(f"&{typed}　") for one in self.actions())
        if own or not typed.strip() or not typed.isprintable():
            super().keyPressEvent(event)
            return
        self.close()
        QApplication.sendEvent(self._field, event)


class UsualTexts(QObject):
    """Offers texts for one field, set as ``words``; one replaces what is in the field on request, and can be edited.

    Signals: ``text_chosen(UsualText)`` after the text was put in.
    """

    text_chosen = Signal(object)

    def __init__(self, field: QLineEdit, title: str):
        """Create the list; ``title`` says what is offered (「よくある理由」)."""
        super().__init__(field)
        self._field = field
        self._title = title
        self.words: tuple[UsualText, ...] = ()
        sign = QIcon(icon_pixmap("caret-down", 14, t.INK_SECONDARY, ratio=field.devicePixelRatioF()))
        arrow = field.addAction(sign, QLineEdit.ActionPosition.TrailingPosition)
        arrow.setText(f"{title}（↓）")
        arrow.triggered.connect(self.open_menu)
        field.setAccessibleDescription(f"↓で{title}")
        field.installEventFilter(self)

    def open_menu(self) -> QMenu:
        """Return the list, filtered by what is typed already if anything matches, and open it unless it is empty."""
        typed = self._field.text().strip()
        fitting = [one for one in self.words if typed in one.words] or list(self.words)
        menu = _TextMenu(self._title, self._field)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, one in enumerate(fitting[:_MOST], 1):
            shown = f"{one.words}　{one.about}" if one.about else one.words
            menu.addAction(f"&{number}　{shown.replace('&', '&&')}", partial(self._insert, one))
        if fitting:
            menu.popup(self._field.mapToGlobal(self._field.rect().bottomLeft()))
        return menu

    def _insert(self, usual_text: UsualText) -> None:
        """Replace the text of the field by a usual one, focus the field and emit ``text_chosen``."""
        self._field.setText(usual_text.words)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text_chosen.emit(usual_text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open the list on ↓ in the field, unless it is read-only."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and event.key() == Qt.Key.Key_Down and watched is self._field and not self._field.isReadOnly():
                self.open_menu()
                return True
        return super().eventFilter(watched, event)
