"""The columns of a list set by hand: a column for each of our fields, and the ignored ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.importing.parts.mapping_table import FileColumn, MappedField, MappingTable, letters_of
from app.widgets.labels import wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.pages import ensure_visible
from app.widgets.panel import Panel
from app.window import theme as t
from db.frozen_record import frozen_record


@frozen_record
class ListColumn:
    """One column of a list: number from 0, heading, its field ("" = none), its first value.

    ``is_excluded`` True = personal data that is not needed and can't be chosen.
    """

    index: int
    heading: str
    field: str
    sample: str
    is_excluded: bool = False


class ListMapping(QWidget):
    """The widget to assign columns to fields. Signals: ``changed()`` a field got another column."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.table = MappingTable()
        self._columns: tuple[ListColumn, ...] = ()
        self._needed: Sequence[frozenset[str]] = ()
        self._rest: dict[int, QLabel] = {}
        self._panel = Panel("読み込まない列")
        self._rest_place = in_column(spacing=4)
        self._panel.put(self._rest_place)
        ensure_visible(self._panel, seen=True)
        line = in_row(owner=self, spacing=16)
        self._line = line
        add(line, (in_column(self.table, None), 4), (in_column(self._panel, None), 1))
        self.table.changed.connect(self._on_field_chosen)

    def show_columns(
        self,
        columns: Sequence[ListColumn],
        labels: Mapping[str, str],
        *,
        needed: Sequence[frozenset[str]],
        several: Collection[str] = (),
        settled: bool = False,
    ) -> None:
        """Show the fields of ``labels`` with the columns; ``needed`` are groups of which one each must have a column.

        ``several`` fields may have more than one column, ``settled`` = set by a person before.
        """
        self._columns = tuple(columns)
        self._needed = needed
        choosable = [one for one in columns if not one.is_excluded]
        held: dict[str, list[int]] = {}
        for one in choosable:
            if one.field:
                held.setdefault(one.field, []).append(one.index)
        samples = {one.index: one.sample for one in choosable}
        missing = {min(group, key=list(labels).index) for group in needed if not group & held.keys()}
        order = sorted(labels, key=lambda field: (held.get(field, [1_000])[0], field not in missing))
        self.table.show_fields(
            [
                MappedField(
                    key=field,
                    title=labels[field],
                    columns=tuple(held.get(field, ())),
                    state="選ぶ" if field in missing else ("決めた" if settled else "提案") if field in held else "",
                    samples=samples.get(held[field][0], "") if field in held else "",
                    allows_multiple=field in several,
                )
                for field in order
            ],
            [FileColumn(index=one.index, heading=one.heading) for one in choosable],
        )
        self._show_unused()
        self._on_field_chosen()

    def chosen_fields(self) -> dict[int, str]:
        """Return column number to field as chosen now; "" = ignored, excluded columns as they were."""
        found = {one.index: one.field if one.is_excluded else "" for one in self._columns}
        for field, columns in self.table.chosen_columns().items():
            found.update(dict.fromkeys(columns, field))
        return found

    def problem(self) -> str:
        """Return why these columns are not sufficient, or ""."""
        taken = {field for field, columns in self.table.chosen_columns().items() if columns}
        lines = self.table.lines
        missing = [lines[min(group, key=list(lines).index)].field.title for group in self._needed if not group & taken]
        if missing:
            return f"「{'」「'.join(missing)}」の列が決まっていません。ファイルの列を選んでください。"
        twice = [field.title for field in self.table.fields_sharing_column()]
        return f"「{'」「'.join(twice)}」に、ほかの項目と同じ列が当てられています。" if twice else ""

    def _show_unused(self) -> None:
        for words in self._rest.values():
            self._rest_place.removeWidget(words)
            words.deleteLater()
        self._rest = {}
        for one in self._columns:
            why = "　要らない個人情報" if one.is_excluded else ""
            words = wrapped_label(f"{letters_of(one.index)}　{one.heading}{why}", "small")
            self._rest[one.index] = words
            self._rest_place.addWidget(words)

    def _on_field_chosen(self) -> None:
        used = {index for columns in self.table.chosen_columns().values() for index in columns}
        for index, words in self._rest.items():
            words.setVisible(index not in used)
        beside = len(used) < len(self._rest)
        self._panel.setVisible(beside)
        self._line.setStretch(1, 1 if beside else 0)
        self._panel.setMaximumWidth(t.scaled(280))
        self.changed.emit()
