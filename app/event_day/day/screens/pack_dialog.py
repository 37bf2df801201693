"""Dialog 部数と選び直し: which documents of the day are printed, number of copies, and sheet layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.event_day.day.screens.document_table import DocumentLine
from app.event_day.day.services.day_document_content import NAMES_ON_TABLES, WARD_PRINTS, DayOptions, Option
from app.event_day.day.services.day_pack import MAX_COPIES
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import Field, TextEditor, UnreadableInput
from app.widgets.labels import separator, small_label
from app.widgets.layouts import in_grid

_OPTION_WORDS: Mapping[Option, str] = {
    WARD_PRINTS: "配布資料は区で印刷する",
    NAMES_ON_TABLES: "班札の裏に名簿を載せる",
}


class PackDialog(DialogFrame):
    """Dialog for the choice. It writes nothing; its opener reads ``ticked``, ``copies``, ``whole_sheets``, ``options``.

    Signals:
        ``choice_confirmed()``: the choice was confirmed.
        ``files_asked()``: it was confirmed, to be saved document by document.
        ``handouts_asked()``: print the handouts; and those of ``DialogFrame``.
    """

    choice_confirmed = Signal()
    files_asked = Signal()
    handouts_asked = Signal()

    def __init__(
        self,
        subject: str,
        lines: Sequence[DocumentLine],
        options: DayOptions,
        *,
        whole_sheets: bool,
        read_only: bool,
        parent: QWidget,
    ):
        super().__init__("部数と選び直し", subject, main="この部数にする", width=640, parent=parent)
        self.boxes: dict[str, QCheckBox] = {}
        self.editors: dict[str, TextEditor] = {}
        grid = in_grid(across=12, down=4, wide=0)
        self.put(grid)
        for number, line in enumerate(one for one in lines if one.row is not None):
            self._add(grid, number, line)
        self.put(separator())
        self.apart = QCheckBox("両面でも1部ずつ別の用紙にする")
        self.apart.setChecked(whole_sheets)
        self.put(self.apart)
        chosen = {WARD_PRINTS: options.ward_prints, NAMES_ON_TABLES: options.names_on_tables}
        wanted = {
            WARD_PRINTS: any(one.row is None for one in lines),
            NAMES_ON_TABLES: any("班札" in kind for kind in self.boxes),
        }
        self.options = {}
        for option, words in _OPTION_WORDS.items():
            if wanted[option]:
                box = self.options[option] = QCheckBox(words)
                box.setChecked(chosen[option])
                box.setEnabled(not read_only)
                self.put(box)
        self.files_button = Button("書類ごとに保存", self._ask_files, icon_name="files")
        self.files_button.setEnabled(not read_only)
        self.handouts_button = Button("配布資料を印刷", self._ask_handouts, icon_name="printer")
        self.handouts_button.setEnabled(wanted[WARD_PRINTS])
        self.put(FlowRow(self.files_button, self.handouts_button), None)
        self.confirmed.connect(self._confirm_choice)

    @property
    def ticked(self) -> dict[str, bool]:
        """Return by document whether it is to be printed."""
        return {kind: box.isChecked() for kind, box in self.boxes.items()}

    @property
    def copies(self) -> dict[str, int]:
        """Return the number of copies by document; only if every number can be read."""
        return {kind: int(str(editor.value())) for kind, editor in self.editors.items()}

    @property
    def whole_sheets(self) -> bool:
        """Return whether every document begins on a new sheet."""
        return self.apart.isChecked()

    def _add(self, grid: QGridLayout, number: int, line: DocumentLine) -> None:
        row = line.row
        assert row is not None
        box = QCheckBox(row.kind)
        box.setEnabled(row.is_ready)
        box.setChecked(line.is_ticked)
        box.setAccessibleDescription(row.state)
        grid.addWidget(box, 2 * number, 0)
        if row.state:
            small = small_label(row.state)
            small.setContentsMargins(28, 0, 0, 4)
            grid.addWidget(small, 2 * number + 1, 0, 1, 2)
        if not row.is_ready:
            return
        field = Field(row.kind, f"{row.kind}の部数", "number", width=44, unit="部", least=1, most=MAX_COPIES)
        editor = TextEditor(field, 2026)
        editor.target().setAccessibleName(field.label)
        editor.show_value(line.copies)
        editor.focus_left.connect(lambda: self._read(row.kind))
        grid.addWidget(editor, 2 * number, 1)
        self.boxes[row.kind], self.editors[row.kind] = box, editor

    def _read(self, kind: str) -> bool:
        """Return whether the typed number of copies is valid, and mark the field where it is not."""
        editor = self.editors[kind]
        try:
            value = editor.value()
        except UnreadableInput as problem:
            editor.mark(str(problem))
            return False
        good = isinstance(value, int) and 1 <= value <= MAX_COPIES
        editor.mark("" if good else f"1から{MAX_COPIES}までの部数を入力してください。")
        return good

    def _is_valid(self) -> bool:
        """Return whether every number can be read; the first that cannot gets the focus."""
        wrong = [kind for kind in self.editors if not self._read(kind)]
        if wrong:
            self.editors[wrong[0]].target().setFocus()
        return not wrong

    def _confirm_choice(self) -> None:
        """Close the dialog and emit ``choice_confirmed``, if every number can be read."""
        if self._is_valid():
            self.accept()
            self.choice_confirmed.emit()

    def _ask_files(self) -> None:
        """Close the dialog and emit ``files_asked``, if every number can be read."""
        if self._is_valid():
            self.accept()
            self.files_asked.emit()

    def _ask_handouts(self) -> None:
        """Close the dialog without a choice, and emit ``handouts_asked``."""
        self.reject()
        self.handouts_asked.emit()
