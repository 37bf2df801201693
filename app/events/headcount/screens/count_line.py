"""One line of the count grid: its fields, suggested 団体, and the message below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLabel, QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.event_facts import devices_words
from app.event.rules.expected_attendance import ExpectedTotals, unknown_devices
from app.events.headcount.services import OrganisationChoice
from app.widgets.buttons import Button
from app.widgets.forms.form_fields import Field, OneLine, UnreadableInput, read_number
from app.widgets.forms.line_completion import attach_completer
from app.widgets.keys import ENTER
from app.widgets.labels import show_text_or_hide, small_label
from app.window import theme as t
from db.records.participants import ExpectedCount

_NAME = int(Qt.ItemDataRole.UserRole) + 1
_ID = int(Qt.ItemDataRole.UserRole) + 2


class CountField(OneLine):
    """One field of the grid of expected numbers.

    Signals: ``edit_finished()`` left, or Enter, with another text than before; ``row_move_asked(int)`` +1 down, -1 up;
    ``entered()`` Enter; ``pasted(str)`` a table from the clipboard.
    """

    edit_finished = Signal()
    row_move_asked = Signal(int)
    entered = Signal()
    pasted = Signal(str)

    def __init__(self, name: str, *, number: bool = False, parent: QWidget | None = None):
        """Create the field; ``name`` is its accessible name, ``number`` aligns digits right and turns the IME off."""
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self._known = ""
        if number:
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.editingFinished.connect(self._finish_editing)

    def show_text(self, text: str) -> None:
        """Show the stored text, which counts as saved."""
        self._known = text
        if self.text() != text:
            self.setText(text)
        if self.hasFocus():
            # As after Tab, the first key replaces the text; an 8 must not become 80.
            self.selectAll()
        else:
            self.setCursorPosition(0)

    def mark_as_saved(self) -> None:
        """Mark the present text as saved."""
        self._known = self.text()

    @property
    def saved_text(self) -> str:
        """Return the text last shown or saved."""
        return self._known

    @property
    def is_being_typed(self) -> bool:
        """Return whether somebody is typing here."""
        return self.hasFocus() and self.text() != self._known

    def show_problem(self, problem: str) -> None:
        """Mark the field as invalid, or as valid when ``problem`` is empty."""
        self.setAccessibleDescription(problem)
        if bool(self.property("wrong")) != bool(problem):
            self.setProperty("wrong", bool(problem))
            self.style().unpolish(self)
            self.style().polish(self)

    def _finish_editing(self) -> None:
        if self.text() != self._known:
            self.edit_finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish editing and emit ``row_move_asked`` for Enter, ↓ and ↑, for Enter ``entered`` before it.

        A table (several cells or lines) pasted from the clipboard is emitted as ``pasted`` instead of entered here.
        """
        steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Paste) and not self.isReadOnly():
            text = QGuiApplication.clipboard().text()
            if "\t" in text or "\n" in text.strip("\r\n"):
                self.pasted.emit(text)
                return
        super().keyPressEvent(event)
        if key in steps:
            self._finish_editing()
            # Before moving: an Enter that leads into the empty line is not yet one in it.
            if key in ENTER:
                self.entered.emit()
            self.row_move_asked.emit(steps[key])

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z to the window unless something was typed here."""
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
    """Field for the name of a 団体, exactly as typed, with suggestions. Signals: those of ``CountField``."""

    def __init__(self, name: str, model: QStandardItemModel, parent: QWidget):
        super().__init__(name, parent=parent)
        self.chosen_id: int | None = None
        self._chosen_name = ""
        completer = QCompleter(model, self)
        completer.setCompletionRole(_NAME)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(8)
        completer.activated[QModelIndex].connect(self._take_proposal)  # type: ignore[index]
        attach_completer(self, completer)

    def organisation_id(self) -> int | None:
        """Return the id of the 団体 chosen from the suggestions while its name is unchanged, else None."""
        return self.chosen_id if self.text() == self._chosen_name else None

    def _take_proposal(self, index: QModelIndex) -> None:
        """Remember the chosen 団体, and finish editing once the completer has written its name."""
        self.chosen_id = index.data(_ID)
        self._chosen_name = str(index.data(_NAME))
        # The completer writes the name after this signal.
        QTimer.singleShot(0, self, self._finish_editing)


def organisation_proposals(organisations: Sequence[OrganisationChoice]) -> QStandardItemModel:
    """Return the model of suggested 団体: name with 支部."""
    model = QStandardItemModel()
    for each in organisations:
        item = QStandardItem(f"{each.name}　{each.branch}".rstrip("　"))
        item.setData(each.name, _NAME)
        item.setData(each.id, _ID)
        model.appendRow(item)
    return model


NUMBERS: tuple[tuple[str, str, str], ...] = (
    ("people", "人数", "人"),
    ("own_devices", "持参端末", "台"),
    ("lent_devices", "貸与端末", "台"),
    ("care_count", "配慮", "件"),
)


LENT = "lent_devices"


def numbers_asked(*, lends: bool) -> tuple[tuple[str, str, str], ...]:
    """Return key, heading and unit of each number; lent devices only with ``lends``."""
    return tuple(one for one in NUMBERS if lends or one[0] != LENT)


def sum_words(totals: ExpectedTotals, key: str, unit: str) -> str:
    """Return one sum with its unit (「14人」); of devices 「未確認」 where ``devices_words`` calls them not known."""
    count: int = getattr(totals, key)
    return devices_words(count, totals.unknown_devices, unit) if unit == "台" else f"{count}{unit}"


def unknown_words(numbers: ExpectedTotals | ExpectedCount) -> str:
    """Return of how many people no device is known (「端末 未確認 1人」), "" for none: why the devices are fewer."""
    return fill_nonempty("端末 未確認 {}人", unknown_devices(numbers))


COLUMNS = ("organisation_name", *(key for key, _title, _unit in NUMBERS), "care_request")
_NUMBER_WIDTH = 56


class CountLine:
    """The widgets of one line, placed by the grid. ``record`` is the stored row, None for the empty line."""

    def __init__(self, event_id: int, record: ExpectedCount | None, model: QStandardItemModel, parent: QWidget):
        self._event_id = event_id
        self._read_only = False
        self.record = record
        self.name = OrganisationField("団体", model, parent)
        self.name.setPlaceholderText("団体を選ぶか入力する" if record is None else "")
        self.fields: dict[str, CountField] = {"organisation_name": self.name}
        for key, title, _unit in NUMBERS:
            field = CountField(title, number=True, parent=parent)
            field.setFixedWidth(t.scaled(_NUMBER_WIDTH))
            self.fields[key] = field
        self.fields["care_request"] = CountField("必要な対応", parent=parent)
        self.remove = Button("この行を消す", kind="icon", icon_name="x", parent=parent)
        self.under: QLabel = small_label()
        self.under.setParent(parent)
        self.under.hide()
        self.show_record(record)

    def widgets(self) -> tuple[QWidget, ...]:
        """Return all widgets of this line, to delete them with it."""
        return (*self.fields.values(), self.remove, self.under)

    def show_record(self, record: ExpectedCount | None) -> None:
        """Show the stored row, except in fields being typed in or with unreadable text."""
        if record is None and self.record is None and not self.is_empty:
            return
        self.record = record
        for key, field in self.fields.items():
            if not field.is_being_typed and not (field.property("wrong") and field.text() != field.saved_text):
                field.show_text(_field_text(record, key))
                field.show_problem("")
        self.remove.setVisible(record is not None and not self._read_only)
        self.remove.setAccessibleName(f"{record.organisation_name}の行を消す" if record else "この行を消す")
        self.show_message()

    def set_read_only(self, on: bool) -> None:
        """Set whether the fields can be edited and the line removed."""
        self._read_only = on
        for field in self.fields.values():
            field.setReadOnly(on)
        self.remove.setVisible(self.record is not None and not on)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing has been typed into the line."""
        return not any(field.text().strip() for field in self.fields.values())

    def problems(self) -> dict[str, str]:
        """Return a sentence for every invalid field, by field."""
        found = {}
        if not self.name.text().strip() and not self.is_empty:
            found["organisation_name"] = "団体名がまだ入力されていません。行を消すときは、右端のボタンを押します。"
        for key, _title, unit in NUMBERS:
            try:
                self._number(key, unit)
            except UnreadableInput as problem:
                found[key] = str(problem)
        return found

    def read(self) -> ExpectedCount:
        """Return the row as typed; an unreadable number keeps its stored value."""
        before = self.record or ExpectedCount(event_id=self._event_id, position=0, organisation_name="", people=0)
        values = {}
        for key, _title, unit in NUMBERS:
            try:
                values[key] = self._number(key, unit)
            except UnreadableInput:
                values[key] = int(getattr(before, key))
        name = self.name.text()
        kept = before.organisation_id if name == before.organisation_name else None
        return replace(
            before,
            organisation_name=name,
            organisation_id=self.name.organisation_id() or kept,
            care_request=self.fields["care_request"].text(),
            **values,
        )

    def show_message(self) -> None:
        """Show the first problem below the line, or the full text that does not fit its field."""
        problems = self.problems()
        for key, field in self.fields.items():
            field.show_problem(problems.get(key, ""))
        words = next(iter(problems.values()), "") or "　".join(
            field.text()
            for key, field in self.fields.items()
            if key in ("organisation_name", "care_request") and not _fits(field)
        )
        role = "problem" if problems else "small"
        if self.under.property("role") != role:
            self.under.setProperty("role", role)
            self.under.style().unpolish(self.under)
            self.under.style().polish(self.under)
        show_text_or_hide(self.under, words)

    def _number(self, key: str, unit: str) -> int:
        """Return the number in a field, 0 where it is empty; raises ``UnreadableInput`` unless it is 0 to 999."""
        field = Field(key, key, "number", unit=unit, least=0, most=999)
        return read_number(field, self.fields[key].text()) or 0


def _fits(field: CountField) -> bool:
    return QFontMetrics(field.font()).horizontalAdvance(field.text()) <= max(field.width(), 120) - 20


def _field_text(record: ExpectedCount | None, key: str) -> str:
    """Return a value for its field; zero devices or needs are empty, zero people of a stored row are shown."""
    if record is None:
        return ""
    value = getattr(record, key)
    return value if isinstance(value, str) else str(value) if value or (key == "people" and record.id) else ""
