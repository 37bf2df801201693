"""団体の一覧の取り込み: the file, its columns, every row with its outcome, a doubtful one decided, the whole in one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.subjects.register.screens.import_views import ImportColumnsView, ImportRowsView
from app.subjects.register.screens.record_picker import RecordPicker
from app.subjects.register.screens.register_dialogs import organisation_words
from app.subjects.register.services.organisation_import import (
    ImportedOrganisations,
    import_organisations,
    undo_organisation_import,
)
from app.subjects.register.services.organisation_intake import (
    IntakeRow,
    OrganisationPreview,
    RowDecision,
    past_imports,
    preview_organisations,
)
from app.subjects.register.services.search import OrganisationHit, find_organisations
from app.widgets.buttons import Button, main_button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.failure_dialog import note_failure
from app.widgets.fitted_table import PastImports
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph, heading, label, section
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import scrolling
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.applications import ForeignImport


class ImportStartView(QWidget):
    """Signals: ``file_asked()``; ``undo_asked()`` what was taken in last goes back; ``left()``;
    ``take_back_asked(ForeignImport)`` an earlier list goes back.
    """

    file_asked = Signal()
    undo_asked = Signal()
    left = Signal()
    take_back_asked = Signal(object)

    def __init__(self, today: date, *, may_write: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.result = NoteBox()
        self.undo = Button("元に戻す", self.undo_asked.emit, low=True)
        self.result.put(self.undo)
        self.problem = NoteBox(tone="red")
        self.choose = main_button("一覧のファイルを選ぶ", self.file_asked.emit, icon_name="upload-simple")
        self.back = Button("団体の一覧を見る", self.left.emit)
        self.imports = PastImports("organisation-imports", today, may_write=may_write)
        self.imports.acted.connect(self.take_back_asked)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.result)
        column.addWidget(self.problem)
        panel = Panel()
        panel.put(
            Paragraph(
                "区でお持ちの団体の一覧（**Excel** または **CSV**）を選ぶか、ここへ置いてください。"
                "取り込む前に、1行ずつ結果を確かめられます。"
            )
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.choose)
        line.addWidget(self.back)
        line.addStretch(1)
        panel.body.addLayout(line)
        panel.put(
            Paragraph(
                "団体は、支部と名称で見分けます。同じファイルをもう一度取り込んでも、増えたり変わったりしません。"
                "文字が失われた値（？や〓）で、登録されている値を書き替えることはありません。",
                role="small",
            )
        )
        column.addWidget(panel)
        column.addWidget(section("これまでの取り込み"))
        column.addWidget(self.imports)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))

    def show_imports(self, found: Sequence[ForeignImport]) -> None:
        """Show the lists taken in so far."""
        self.imports.show_rows(found)

    def say_result(self, sentence: str, *, can_undo: bool = False) -> None:
        """Say how it came out; an empty text hides it."""
        self.problem.say("")
        self.result.say(sentence, tone="accent")
        self.undo.setVisible(can_undo)


SAME, NEW, OUT = "同じ団体", "新しい団体", "取り込まない"


class DecisionDialog(DialogFrame):
    """Signals: those of ``DialogFrame``; ``decided(object)`` the RowDecision."""

    decided = Signal(object)

    def __init__(self, desk: Desk, row: IntakeRow, *, parent: QWidget | None = None) -> None:
        super().__init__(f"{row.line}行目を決める", row.source.name, main="この扱いにする", width=640, parent=parent)
        self.problem = NoteBox(tone="red")
        self.put(self.problem)
        reason = "　".join(part for part in (row.reason, row.note) if part)
        self.put(Paragraph(f"ファイルの団体　**{row.source.name}**（{row.source.branch or '支部なし'}）\n{reason}"))
        self.form = Form(
            (
                Field(
                    key="action",
                    label="この行の扱い",
                    kind="radio",
                    choices=(
                        (SAME, "登録されている団体と同じ（変わったところだけ更新）"),
                        (NEW, "新しい団体として加える"),
                        (OUT, "取り込まない"),
                    ),
                ),
            ),
            fiscal_year=desk.fiscal_year,
        )
        self.put(self.form)
        self.picker = RecordPicker(
            desk, find_organisations, organisation_words, title="同じ団体", hint="登録されている団体を探す"
        )
        self.put(self.picker)
        self.body.addStretch(1)
        known = row.organisation or (row.near[0] if row.near else None)
        action = row.decision.action if row.decision else SAME if known is not None else NEW
        self.form.set_values({"action": action})
        if known is not None:
            self.picker.show_hit(OrganisationHit(organisation=known))
        self.form.changed.connect(lambda _key: self._follow())
        self.picker.chosen.connect(lambda _hit: self.fit())
        self.confirmed.connect(self._decide)
        self._follow()

    def _follow(self) -> None:
        self.picker.setVisible(self.form.value("action") == SAME)
        if self.isVisible():
            self.fit()

    def _decide(self) -> None:
        action = self.form.value("action")
        hit = self.picker.hit
        if action == SAME and hit is None:
            self.problem.say("**同じ団体が選ばれていません。**\n候補から選んでください。", tone="red")
            self.picker.setFocus()
            return
        self.accept()
        self.decided.emit(RowDecision(action=action, organisation_id=hit.id if action == SAME else None))


_KINDS = "団体の一覧 (*.xlsx *.csv *.txt *.tsv *.zip);;すべてのファイル (*)"
_STEPS = ("ファイル", "列の対応", "行ごとの結果")
START, COLUMNS, ROWS = range(3)


class ImportPage(QWidget):
    """Three steps. Signals: ``left()`` back to the list.

    ``ask_file`` gives the path of the chosen file or None; the window's own dialog unless replaced.
    """

    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ask_file: Callable[[], Path | None] = self._ask_file
        self._path: Path | None = None
        self._sheet = ""
        self._decisions: dict[int, RowDecision] = {}
        self.steps = label("", "second", wrap=True)
        self.start = ImportStartView(desk.today(), may_write=not desk.read_only)
        self.columns = ImportColumnsView(desk.fiscal_year)
        self.rows = ImportRowsView(desk)
        self._pages = QStackedWidget()
        for one in (self.start, self.columns, self.rows):
            self._pages.addWidget(one)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(heading("団体の一覧を取り込む"))
        head.addWidget(self.steps, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.setAcceptDrops(True)
        self._connect()
        self._go(START)

    def _connect(self) -> None:
        self.start.file_asked.connect(self.choose_file)
        self.start.undo_asked.connect(self._undo)
        self.start.left.connect(self.left)
        self.start.take_back_asked.connect(self._take_back)
        self.columns.confirmed.connect(lambda: self._read(self._show_rows))
        self.columns.sheet_chosen.connect(self._read_sheet)
        self.columns.left.connect(self.begin)
        self.rows.confirmed.connect(self._write)
        self.rows.mend_asked.connect(self._decide)
        self.rows.back_asked.connect(lambda: self._go(COLUMNS))
        self.rows.left.connect(self.begin)

    def begin(self) -> None:
        """Begin at the first step, with nothing chosen."""
        self._path = None
        self._decisions = {}
        self.start.say_result("")
        self._go(START)
        self.reload()

    def reload(self) -> None:
        """Read the lists taken in so far."""
        self.desk.read(past_imports, self.start.show_imports, owner=self)

    def choose_file(self) -> None:
        """Ask for a file and show its columns."""
        path = self.ask_file()
        if path is not None:
            self.show_file(path)

    def show_file(self, path: Path) -> None:
        """Read a file; nothing is saved."""
        self._path = path
        self._sheet = ""
        self._decisions = {}
        self.start.say_result("")
        self._ask(self._show_columns)

    # inside

    def _go(self, number: int) -> None:
        self._pages.setCurrentIndex(number)
        self.steps.setText("　›　".join(f"【{word}】" if at == number else word for at, word in enumerate(_STEPS)))
        (self.start.choose, self.columns.on, self.rows.table)[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, show: Callable[[OrganisationPreview], None], **given: Any) -> None:
        if self._path is None:
            return
        self.desk.read(
            with_store(preview_organisations, path=self._path, today=self.desk.today(), sheet=self._sheet, **given),
            partial(self._arrived, self._path, show),
            failed=self._refuse_file,
            owner=self,
            title="ファイルを読んでいます",
        )

    def _arrived(self, path: Path, show: Callable[[OrganisationPreview], None], preview: OrganisationPreview) -> None:
        if path == self._path:
            show(preview)

    def _read_sheet(self, sheet: str) -> None:
        self._sheet = sheet
        self._ask(self._show_columns)

    def _read(self, show: Callable[[OrganisationPreview], None]) -> None:
        as_of, year, _gone = self.columns.settings()
        self._ask(show, columns=self.columns.columns(), as_of=as_of, fiscal_year=year, decisions=dict(self._decisions))

    def _show_columns(self, preview: OrganisationPreview) -> None:
        self.start.problem.say("")
        self.columns.show_preview(preview)
        self._go(COLUMNS)

    def _show_rows(self, preview: OrganisationPreview) -> None:
        self.rows.show_preview(preview)
        self._go(ROWS)
        self.rows.begin()

    def _refuse_file(self, problem: Exception) -> None:
        self._path = None
        self._go(START)
        note_failure(failure_of(problem), self.start.problem)

    def _decide(self, row: IntakeRow | None) -> None:
        if row is None or (row.outcome == "取り込まない" and row.decision is None):
            return
        dialog = DecisionDialog(self.desk, row, parent=self)
        dialog.decided.connect(lambda decision: self._decided(row.row, decision))
        dialog.open()

    def _decided(self, number: int, decision: RowDecision) -> None:
        self._decisions[number] = decision
        self._read(self.rows.show_preview)

    def _write(self) -> None:
        preview = self.rows.preview
        if preview is None or self._path is None:
            return
        as_of, year, gone = self.columns.settings()
        self.rows.take.setEnabled(False)
        self.desk.write(
            with_store(
                import_organisations,
                path=self._path,
                columns=self.columns.columns(),
                sheet=self._sheet,
                as_of=as_of,
                fiscal_year=year,
                decisions=dict(self._decisions),
                dispose_on=gone,
                seen_sha256=preview.sha256,
                **self.desk.signed,
            ),
            self._done,
            failed=self._refuse,
            owner=self,
            title="団体の一覧を取り込んでいます",
        )

    def _done(self, imported: ImportedOrganisations) -> None:
        self.begin()
        left = imported.preview.count("確認が必要")
        rest = f"\n確認が必要な{left}行は取り込んでいません。" if left else ""
        self.start.say_result(f"**{imported.said}**{rest}", can_undo=imported.can_undo and self.desk.can_undo)
        self.start.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, problem: Exception) -> None:
        self.rows.take.setEnabled(True)
        note_failure(failure_of(problem), self.rows.problem)

    def _undo(self) -> None:
        self.start.say_result("")
        self.desk.undo()

    def _take_back(self, imported: ForeignImport) -> None:
        self.start.say_result("")
        self.desk.write(
            with_store(undo_organisation_import, import_id=imported.id, **self.desk.signed),
            owner=self,
            failed=lambda problem: note_failure(failure_of(problem), self.start.problem),
        )

    def _ask_file(self) -> Path | None:
        name, _kind = QFileDialog.getOpenFileName(self, "団体の一覧のファイルを選ぶ", "", _KINDS)
        return Path(name) if name else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back."""
        if event.key() == Qt.Key.Key_Escape:
            here = self._pages.currentIndex()
            if here == ROWS:
                self._go(COLUMNS)
            elif here == COLUMNS:
                self.begin()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    # a file dropped here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file from the desktop."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the file that was dropped."""
        event.acceptProposedAction()
        self.show_file(Path(event.mimeData().urls()[0].toLocalFile()))
