"""設問のひな形: the masters of the library, with what can be done to the one that is chosen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.papers.screens.table_export import export_button
from app.subjects.surveys.questions.parts.survey_words import year_words
from app.subjects.surveys.questions.services.questionnaires import QuestionnaireRow
from app.widgets.buttons import Button, main_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Link, heading, label
from app.widgets.note_box import NoteBox
from app.widgets.record_columns import Cell, Column, SheetPart
from app.widgets.record_table import RecordTable
from app.widgets.screen import row as side_by_side
from app.window.desk import Desk


class LibraryList(QWidget):
    """The masters.

    Signals: ``opened(int)`` the master to write; ``create_asked()``, ``import_asked()``, ``compare_asked()``;
    ``copy_asked(object)``, ``archive_asked(object)``, ``delete_asked(object)`` with its row; ``surveys_asked()``;
    ``archived_wished(bool)`` those put away are to be shown too.
    """

    opened = Signal(int)
    create_asked = Signal()
    import_asked = Signal()
    compare_asked = Signal()
    copy_asked = Signal(object)
    archive_asked = Signal(object)
    delete_asked = Signal(object)
    surveys_asked = Signal()
    archived_wished = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problem = NoteBox()
        self.summary = label("", "second")
        self.create_button = main_button("ひな形を作る", self.create_asked.emit, icon_name="plus")
        self.import_button = Button("ファイルから読み込む", self.import_asked.emit, icon_name="upload-simple")
        self.compare_button = Button("2つを比べる", self.compare_asked.emit, icon_name="columns")
        self.copy_button = Button("コピーする", lambda: self.copy_asked.emit(self.table.current()), icon_name="copy")
        self.archive_button = Button("使わないことにする", lambda: self.archive_asked.emit(self.table.current()))
        self.delete_button = Button("削除する", lambda: self.delete_asked.emit(self.table.current()), kind="danger")
        self.archived = QCheckBox("使わないひな形も表示する")
        self.archived.clicked.connect(self.archived_wished)
        self.table = RecordTable(
            "questionnaires",
            _columns(desk.today()),
            title="設問のひな形の一覧",
            empty="設問のひな形は、まだありません。年度をこえて使う設問を、ここに残せます。",
            empty_button="ひな形を作る",
            empty_act=self.create_asked.emit,
            hint="Enter で設問を開きます。ひな形を直しても、実施回の設問は変わりません。",
        )
        self.table.foot.addWidget(export_button(desk, self.table, title="設問のひな形の一覧"))
        self.table.opened.connect(lambda row: self.opened.emit(row.id))
        self.table.edit_asked.connect(lambda row: self.opened.emit(row.id) if row is not None else None)
        self.table.delete_asked.connect(lambda rows: self.delete_asked.emit(rows[0]))
        self.table.chosen.connect(lambda _row: self._light())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        crumb = side_by_side(Link("アンケート", self.surveys_asked.emit), label("›", "small"), spacing=6)
        column.addLayout(crumb)
        crumb.addWidget(heading("設問のひな形"))
        crumb.addSpacing(8)
        crumb.addWidget(self.summary)
        crumb.addSpacing(8)
        crumb.addWidget(self.table.filter_field)
        crumb.addStretch(1)
        crumb.addWidget(self.archived)
        column.addWidget(
            FlowRow(
                self.create_button, self.import_button, self.compare_button, self.copy_button, self.archive_button,
                self.delete_button,
            )
        )  # fmt: skip
        column.addWidget(self.problem)
        column.addWidget(self.table, 1)

    def show_rows(self, rows: tuple[QuestionnaireRow, ...]) -> None:
        """Show these masters."""
        self.problem.say("")
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            self.table.choose(lambda row: row.id == rows[0].id, take_focus=False)
        self.summary.setText(f"{len(rows)}件" if rows else "")
        self._light()

    def _light(self) -> None:
        row = self.table.current()
        for button in (self.copy_button, self.archive_button):
            button.setEnabled(row is not None)
        archived = row is not None and row.questionnaire.archived
        self.archive_button.set_words("使うひな形に戻す" if archived else "使わないことにする")
        used = row.used if row is not None else 0
        self.delete_button.setEnabled(row is not None and not used)
        self.delete_button.setToolTip(f"{used}回の実施回で使われているため、削除できません。" if used else "")


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            key="name",
            title="名称",
            show=lambda row: Cell(
                text=row.questionnaire.name,
                kind=row.questionnaire.kind,
                strong=True,
                second=row.questionnaire.note,
                tone="second" if row.questionnaire.archived else "",
            ),
            stretch=True,
            parts=(
                SheetPart(title="種別", show=lambda row: row.questionnaire.kind),
                SheetPart(title="名称", show=lambda row: row.questionnaire.name),
                SheetPart(title="備考", show=lambda row: row.questionnaire.note),
            ),
        ),
        Column(
            key="year",
            title="年度",
            show=lambda row: year_words(row.questionnaire.fiscal_year).strip(),
            sort=lambda row: -(row.questionnaire.fiscal_year or 0),
        ),
        Column(
            key="questions",
            title="設問",
            show=lambda row: f"{len(row.questionnaire.questions)}問",
            sort=lambda row: len(row.questionnaire.questions),
            align="right",
        ),
        Column(
            key="agreed",
            title="協議",
            show=lambda row: _agreed(row, today),
            sort=lambda row: row.questionnaire.agreed_on or date.max,
            parts=(
                SheetPart(
                    title="協議済",
                    show=lambda row: (
                        short_date(row.questionnaire.agreed_on, today) if row.questionnaire.agreed_on else ""
                    ),
                ),
                SheetPart(title="協議の相手", show=lambda row: row.questionnaire.agreed_with),
            ),
        ),
        Column(
            key="used",
            title="使った実施回",
            show=lambda row: f"{row.used}回" if row.used else "",
            sort=lambda row: row.used,
            align="right",
        ),
        Column(
            key="state",
            title="状態",
            show=lambda row: Cell(text="使わない", tone="second") if row.questionnaire.archived else Cell(text="使う"),
            narrow=False,
        ),
    )


def _agreed(row: QuestionnaireRow, today: date) -> Cell:
    master = row.questionnaire
    if master.agreed_on is None:
        return Cell(badge="協議中", text="協議前")
    return Cell(
        badge="済", text="協議済", second=f"{short_date(master.agreed_on, today)}　{master.agreed_with}".strip()
    )
