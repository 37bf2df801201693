"""The editors of the count grid: a number, a text, a 団体 with proposals from the register."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QWidget

from app.subjects.headcount.services.headcount_view import OrganisationChoice
from app.widgets.one_line import OneLine

_NAME = int(Qt.ItemDataRole.UserRole) + 1
_ID = int(Qt.ItemDataRole.UserRole) + 2


class CountField(OneLine):
    """One cell of the grid.

    Signals: ``settled()`` left or Enter with another text than before; ``moved(int)`` +1 down, -1 up;
    ``pasted(str)`` a table from the clipboard.
    """

    settled = Signal()
    moved = Signal(int)
    pasted = Signal(str)

    def __init__(self, name: str, *, number: bool = False, parent: QWidget | None = None) -> None:
        """``name`` is the accessible name; ``number`` sets the digits right and turns the IME off."""
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self._known = ""
        if number:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.editingFinished.connect(self._settle)

    def show_text(self, text: str) -> None:
        """Show what is stored; it counts as known from now on."""
        self._known = text
        if self.text() != text:
            self.setText(text)
        if self.hasFocus():
            # As after Tab: the first key replaces what stands here; an 8 must not become 80.
            self.selectAll()
        else:
            self.setCursorPosition(0)

    def note_known(self) -> None:
        """What stands here now has been handed over."""
        self._known = self.text()

    @property
    def known(self) -> str:
        """The text last shown or handed over."""
        return self._known

    @property
    def in_work(self) -> bool:
        """Whether somebody is typing here."""
        return self.hasFocus() and self.text() != self._known

    def mark(self, problem: str) -> None:
        """Draw the field as wrong, or right again when ``problem`` is empty."""
        self.setAccessibleDescription(problem)
        if bool(self.property("wrong")) != bool(problem):
            self.setProperty("wrong", bool(problem))
            self.style().unpolish(self)
            self.style().polish(self)

    def _settle(self) -> None:
        if self.text() != self._known:
            self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrow keys move between lines, a pasted table fills several."""
        steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text()
            if "\t" in text or "\n" in text.strip("\r\n"):
                self.pasted.emit(text)
                return
        super().keyPressEvent(event)
        if key in steps:
            self._settle()
            self.moved.emit(steps[key])

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z belongs to the window unless something was typed here."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and self.text() == self._known
        ):
            event.ignore()
            return False
        return super().event(event)


class OrganisationField(CountField):
    """The name of a 団体, exactly as typed; names of the register are proposed. Signals: those of ``CountField``."""

    def __init__(self, name: str, model: QStandardItemModel, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.chosen_id: int | None = None
        self._chosen_name = ""
        completer = QCompleter(model, self)
        completer.setCompletionRole(_NAME)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(8)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self.setCompleter(completer)

    def organisation_id(self) -> int | None:
        """The 団体 picked from the proposals, while its name stands unchanged."""
        return self.chosen_id if self.text() == self._chosen_name else None

    def _take(self, index: QModelIndex) -> None:
        self.chosen_id = index.data(_ID)
        self._chosen_name = str(index.data(_NAME))
        # The completer writes the name after this signal.
        QTimer.singleShot(0, self, self._settle)


def proposals(organisations: Sequence[OrganisationChoice]) -> QStandardItemModel:
    """The 団体 of the register as the fields propose them: name with 支部."""
    model = QStandardItemModel()
    for each in organisations:
        item = QStandardItem(f"{each.name}　{each.branch}".rstrip("　"))
        item.setData(each.name, _NAME)
        item.setData(each.id, _ID)
        model.appendRow(item)
    return model
