"""One line of the count grid: the fields of a 団体, what they say, and the words under them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QFontMetrics, QStandardItemModel
from PySide6.QtWidgets import QLabel, QWidget

from app.subjects.headcount.screens.count_fields import CountField, OrganisationField
from app.widgets.buttons import Button
from app.widgets.form_fields import Field, Unreadable, read_number
from app.widgets.labels import label
from app.window import theme as t
from db.records.participants import ExpectedCount

NUMBERS: tuple[tuple[str, str, str], ...] = (
    ("people", "人数", "人"),
    ("own_devices", "持参端末", "台"),
    ("lent_devices", "貸与端末", "台"),
    ("care_count", "配慮", "件"),
)
COLUMNS = ("organisation_name", *(key for key, _title, _unit in NUMBERS), "care_request")
_NUMBER_WIDTH = 56


class CountLine:
    """The widgets of one line; the grid places them.

    ``record`` is the stored row, or None for the empty line at the end.
    """

    def __init__(self, event_id: int, record: ExpectedCount | None, model: QStandardItemModel, parent: QWidget) -> None:
        self._event_id = event_id
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
        self.remove.setVisible(record is not None)
        self.under: QLabel = label("", "small", wrap=True)
        self.under.setParent(parent)
        self.under.hide()
        self.show_record(record)

    def widgets(self) -> tuple[QWidget, ...]:
        """Everything of this line, to be taken away with it."""
        return (*self.fields.values(), self.remove, self.under)

    def show_record(self, record: ExpectedCount | None) -> None:
        """Show what is stored, except where somebody is typing or something typed could not be read yet."""
        if record is None and self.record is None and not self.empty:
            return
        self.record = record
        for key, field in self.fields.items():
            if not field.in_work and not (field.property("wrong") and field.text() != field.known):
                field.show_text(_typed(record, key))
                field.mark("")
        self.remove.setVisible(record is not None)
        self.remove.setAccessibleName(f"{record.organisation_name}の行を消す" if record else "この行を消す")
        self.say_under()

    @property
    def empty(self) -> bool:
        """Whether nothing has been typed into the line."""
        return not any(field.text().strip() for field in self.fields.values())

    def problems(self) -> dict[str, str]:
        """A sentence for every field that won't do."""
        found = {}
        if not self.name.text().strip() and not self.empty:
            found["organisation_name"] = "団体名がまだ入力されていません。行を消すときは、右端のボタンを押します。"
        for key, _title, unit in NUMBERS:
            try:
                self._number(key, unit)
            except Unreadable as problem:
                found[key] = str(problem)
        return found

    def read(self) -> ExpectedCount:
        """The row as typed; a number that can't be read stays as it was stored."""
        before = self.record or ExpectedCount(event_id=self._event_id, position=0, organisation_name="", people=0)
        values: dict[str, int] = {}
        for key, _title, unit in NUMBERS:
            try:
                values[key] = self._number(key, unit)
            except Unreadable:
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

    def say_under(self) -> None:
        """Say the first problem under the line, or in full what does not fit into its field."""
        problems = self.problems()
        for key, field in self.fields.items():
            field.mark(problems.get(key, ""))
        words = next(iter(problems.values()), "") or "　".join(
            field.text() for key, field in self.fields.items() if key in ("organisation_name", "care_request")
            and not _fits(field)
        )  # fmt: skip
        role = "problem" if problems else "small"
        if self.under.property("role") != role:
            self.under.setProperty("role", role)
            self.under.style().unpolish(self.under)
            self.under.style().polish(self.under)
        self.under.setText(words)
        self.under.setVisible(bool(words))

    def _number(self, key: str, unit: str) -> int:
        field = Field(key=key, label=key, kind="number", unit=unit, least=0, most=999)
        return read_number(field, self.fields[key].text()) or 0


def _fits(field: CountField) -> bool:
    return QFontMetrics(field.font()).horizontalAdvance(field.text()) <= max(field.width(), 120) - 20


def _typed(record: ExpectedCount | None, key: str) -> str:
    """A value as it stands in its field; a zero of devices or needs stays empty, one of people is said."""
    if record is None:
        return ""
    value = getattr(record, key)
    return value if isinstance(value, str) else str(value) if value or key == "people" else ""
