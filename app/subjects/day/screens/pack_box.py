"""当日セット: the papers to tick with their copies, how they lie on the sheets, and how they leave: printed, one PDF,
files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.main_window.ways import way_to
from app.papers.screens.leaving_dialog import SaveDialog
from app.papers.screens.paper_print import print_paper
from app.papers.screens.paper_view import ask_to_leave_open
from app.subjects.day.services import day_pack
from app.subjects.day.services.day_building import NAMES_ON_TABLES, WARD_PRINTS, DayOptions
from app.subjects.day.services.day_pack import MOST_COPIES, DrawnPack, PackChoice, PackContents, PackRow, PackView
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.form_fields import Field, TextEditor, Unreadable
from app.widgets.labels import label
from app.widgets.panel import Panel
from app.widgets.pdf_printing import Printed
from app.window.background_task import bound
from app.window.desk import Desk, acting, with_store

_PERSONAL = "受付名簿など、個人情報を含む書類があります。暗号化して保存することをおすすめします。"
_ALONE = "両面でも1部ずつ別の用紙にする"
_OPTION_WORDS = {WARD_PRINTS: "配布資料は区で印刷する", NAMES_ON_TABLES: "班札の裏に名簿を載せる"}


class SaveFilesDialog(SaveDialog):
    """Asks for the folder's name instead of a file's. Signals: those of ``SaveDialog``.

    A folder that is there is used as it is; the service refuses when a file of the same name lies in it.
    """

    def _fields(self) -> tuple[Field, ...]:
        return tuple(
            replace(field, label="フォルダー名") if field.key == "name" else field for field in super()._fields()
        )

    def save(self, *, overwrite: bool = True) -> None:  # noqa: ARG002 - a folder is never replaced
        """Save; only the service decides about files that are there."""
        super().save(overwrite=True)


class PackLeaving(QObject):
    """The ways out of the 当日セット.

    Signals: ``left(DrawnPack)`` after it was printed or saved; ``busy(bool)`` while it is being drawn.
    """

    left = Signal(object)
    busy = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._over = parent

    def print_out(self, event_id: int, choices: tuple[PackChoice, ...], *, whole_sheets: bool) -> None:
        """Draw the papers, ask for the printer and print them."""
        self._draw(event_id, choices, lambda drawn: self._print(drawn, whole_sheets), whole_sheets=whole_sheets)

    def save_pdf(self, event_id: int, choices: tuple[PackChoice, ...], *, whole_sheets: bool) -> None:
        """Draw the papers and ask where to save the one PDF."""
        self._draw(event_id, choices, self._ask_file, whole_sheets=whole_sheets)

    def save_files(self, event_id: int, choices: tuple[PackChoice, ...]) -> None:
        """Draw the papers, with their workbooks, and ask for the folder."""
        self._draw(event_id, choices, self._ask_folder, excel=True)

    def _draw(
        self,
        event_id: int,
        choices: tuple[PackChoice, ...],
        then: Callable[[DrawnPack], None],
        *,
        excel: bool = False,
        whole_sheets: bool = False,
        leave_open: bool = False,
    ) -> None:
        self.busy.emit(True)

        def draw(contents: PackContents) -> None:
            self._desk.apart(
                bound(
                    day_pack.draw_pack,
                    contents=contents,
                    excel=excel,
                    whole_sheets=whole_sheets,
                    leave_open=leave_open,
                ),
                arrive,
                failed=refuse,
                owner=self,
                title="当日セットを作成しています",
                drawing=True,
            )

        def arrive(drawn: DrawnPack) -> None:
            self.busy.emit(False)
            then(drawn)

        def refuse(problem: Exception) -> None:
            self.busy.emit(False)
            again = partial(
                self._draw, event_id, choices, then, excel=excel, whole_sheets=whole_sheets, leave_open=True
            )
            ask_to_leave_open(self._desk, problem, again, self._over)

        self._desk.read(
            with_store(day_pack.build_pack, event_id=event_id, choices=choices, now=self._desk.now()),
            draw,
            failed=refuse,
            owner=self,
        )

    def _print(self, drawn: DrawnPack, whole_sheets: bool) -> None:
        print_paper(
            drawn.data,
            title=drawn.stem,
            parent=self._over,
            printed=lambda told: self._note(drawn, told),
            failed=self._desk.fail,
            both_sides=whole_sheets,
        )

    def _note(self, drawn: DrawnPack, printed: Printed) -> None:
        sides = "両面" if printed.both_sides else "片面"
        self._desk.write(
            acting(
                self._desk,
                day_pack.note_pack_print,
                drawn=drawn,
                copies=printed.copies,
                use=printed.use,
                how=f"{'白黒' if printed.mono else 'カラー'}・{sides}",
            ),
            lambda _saved: self.left.emit(drawn),
            owner=self,
        )

    def _ask_file(self, drawn: DrawnPack) -> None:
        dialog = SaveDialog(
            self._desk,
            "当日セットをPDFで保存",
            drawn.stem,
            told=_told(drawn),
            change=lambda leaving: acting(self._desk, day_pack.save_pack_file, drawn=drawn, **leaving),
            **self._common(drawn, ".pdf"),
        )
        dialog.saved.connect(lambda _path: self.left.emit(drawn))
        dialog.open()

    def _ask_folder(self, drawn: DrawnPack) -> None:
        dialog = SaveFilesDialog(
            self._desk,
            "当日セットを書類ごとに保存",
            drawn.stem,
            told="フォルダーを作り、書類ごとのPDFと、Excelのある書類はExcelも入れます。",
            change=lambda leaving: acting(self._desk, day_pack.save_pack_folder, drawn=drawn, **leaving),
            **self._common(drawn, ""),
        )
        dialog.saved.connect(lambda _path: self.left.emit(drawn))
        dialog.open()

    def _common(self, drawn: DrawnPack, ending: str) -> dict[str, Any]:
        return {
            "stem": drawn.stem,
            "ending": ending,
            "personal": _PERSONAL if drawn.personal else "",
            "parent": self._over,
        }


def _told(drawn: DrawnPack) -> str:
    """「受付名簿2部、… 全9ページ」."""
    names = "、".join(f"{one.content.kind}{one.copies}部" for one in drawn.papers)
    return f"{names}（全{drawn.pages}ページ）" + (f"\n{drawn.open_words}" if drawn.open_words else "")


class PackBox(Panel):
    """当日セット: the papers to tick with their copies, how they are to lie on the sheets, and the ways out.

    Signals: ``chosen(str)`` a paper is to be shown; ``followed(WayThere)``; ``print_asked()``, ``pdf_asked()``,
    ``files_asked()``; ``option_set(str, bool)``.
    """

    chosen = Signal(str)
    followed = Signal(object)
    print_asked = Signal()
    pdf_asked = Signal()
    files_asked = Signal()
    option_set = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("当日セット", parent=parent)
        self._view: PackView | None = None
        self._read_only = False
        self._ticked: dict[str, bool] = {}
        self._copies: dict[str, int] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self.editors: dict[str, TextEditor] = {}
        self.eyes: dict[str, Button] = {}
        self._parts: list[QWidget] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.beside = label("", "small", wrap=True)
        self.put(self.beside)
        self.apart = QCheckBox(_ALONE)
        self.put(self.apart)
        self.options = {option: QCheckBox(words) for option, words in _OPTION_WORDS.items()}
        for option, box in self.options.items():
            box.clicked.connect(lambda on, option=option: self.option_set.emit(option, on))
            self.put(box)
        self.print_button = Button("当日セットを印刷", self.print_asked.emit, kind="main", icon_name="printer")
        self.pdf_button = Button("1つのPDFで保存", self.pdf_asked.emit, icon_name="file-pdf")
        self.files_button = Button("書類ごとに保存", self.files_asked.emit, icon_name="files")
        # Handed to the screen, which keeps them in sight while the list is scrolled.
        self.ways = FlowRow(self.print_button, self.pdf_button, self.files_button)
        self.left = label("", "small", wrap=True)
        self.put(self.left)

    def show_pack(self, view: PackView, options: DayOptions, *, read_only: bool, left_words: str) -> None:
        """Show the papers; ticks and copies that a person changed stay as long as the event does."""
        if self._view is None or self._view.event_id != view.event_id:
            self._ticked, self._copies = {}, {}
        self._view = view
        focused = next((kind for kind, box in self.boxes.items() if box.hasFocus()), "")
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self.boxes, self.editors, self.eyes = [], {}, {}, {}
        for number, row in enumerate(view.rows):
            self._add(2 * number, row)
        if focused in self.boxes:
            self.boxes[focused].setFocus()
        self.beside.setText("ほかに用意するもの　" + "、".join(view.beside) if view.beside else "")
        self.beside.setVisible(bool(view.beside))
        self.options[WARD_PRINTS].setVisible(any("配布資料" in row.kind for row in view.rows))
        self.options[NAMES_ON_TABLES].setVisible(any("班札" in row.kind for row in view.rows))
        self.options[WARD_PRINTS].setChecked(options.ward_prints)
        self.options[NAMES_ON_TABLES].setChecked(options.names_on_tables)
        for option in self.options.values():
            option.setEnabled(not read_only)
        self.left.setText(left_words)
        self.left.setVisible(bool(left_words))
        self._read_only = read_only
        self._offer()

    def choices(self) -> tuple[PackChoice, ...] | None:
        """The ticked papers with their copies; None when a number of copies can't be read (it is marked)."""
        found, sound = [], True
        for kind, box in self.boxes.items():
            if not box.isChecked():
                continue
            copies = self._read(kind)
            sound = sound and copies is not None
            found.append(PackChoice(kind=kind, copies=copies or 1))
        return tuple(found) if sound else None

    @property
    def whole_sheets(self) -> bool:
        """Whether every paper begins on a sheet of its own."""
        return self.apart.isChecked()

    def _add(self, line: int, row: PackRow) -> None:
        box = QCheckBox(row.kind)
        box.setEnabled(row.ready)
        box.setChecked(self._ticked.get(row.kind, row.ticked) and row.ready)
        box.setAccessibleDescription(row.state)
        box.clicked.connect(lambda on: self._tick(row.kind, on))
        field = Field(
            key=row.kind, label=f"{row.kind}の部数", kind="number", width=44, unit="部", least=1, most=MOST_COPIES
        )
        editor = TextEditor(field, 2026)
        editor.target().setAccessibleName(field.label)
        editor.show_value(self._copies.get(row.kind, row.copies))
        editor.setEnabled(row.ready)
        editor.left.connect(lambda: self._read(row.kind))
        eye = Button(f"{row.kind}の見本を表示", lambda: self.chosen.emit(row.kind), kind="icon", icon_name="eye")
        self._put(box, line, 0)
        self._put(editor, line, 1)
        self._put(eye, line, 2)
        small = label(row.state, "small", wrap=True)
        small.setContentsMargins(28, 0, 0, 4)
        if row.todo is not None:
            todo = way_to(row.todo)
            self._put(small, line + 1, 0)
            link = Button(todo.label, lambda: self.followed.emit(todo), kind="link")
            link.setAccessibleName(f"{row.kind}　{todo.label}")
            self._put(link, line + 1, 1, across=2)
        elif row.state:
            self._put(small, line + 1, 0, across=3)
        self.boxes[row.kind], self.editors[row.kind], self.eyes[row.kind] = box, editor, eye

    def _put(self, part: QWidget, line: int, column: int, *, across: int = 1) -> None:
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag(0)
        if column == 0:
            self._grid.addWidget(part, line, column, 1, across)
        else:
            self._grid.addWidget(part, line, column, 1, across, side | Qt.AlignmentFlag.AlignVCenter)
        self._parts.append(part)

    def _tick(self, kind: str, on: bool) -> None:
        self._ticked[kind] = on
        self._offer()

    def _read(self, kind: str) -> int | None:
        editor = self.editors[kind]
        try:
            value = editor.value()
        except Unreadable as problem:
            editor.mark(str(problem))
            return None
        good = isinstance(value, int) and 1 <= value <= MOST_COPIES
        editor.mark("" if good else f"1から{MOST_COPIES}までの部数を入力してください。")
        if not good:
            return None
        self._copies[kind] = int(value)
        return int(value)

    def _offer(self) -> None:
        ready = any(box.isChecked() for box in self.boxes.values()) and not self._read_only
        for button in (self.print_button, self.pdf_button, self.files_button):
            button.setEnabled(ready)
