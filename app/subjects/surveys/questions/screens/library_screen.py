"""設問のひな形: the library of questionnaires with what can be done to each, one being written, or two of them
compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.papers.screens.export_button import export_button
from app.subjects.surveys.questions.parts.survey_words import year_words
from app.subjects.surveys.questions.screens.library_comparison import LibraryComparison
from app.subjects.surveys.questions.screens.library_master import (
    LibraryMaster,
    import_fields,
    keep_fields,
    master_fields,
)
from app.subjects.surveys.questions.services import questionnaires
from app.subjects.surveys.questions.services.questionnaire_files import import_questionnaire, read_file
from app.subjects.surveys.questions.services.questionnaires import QuestionnaireRow, VersionKey
from app.widgets.buttons import Button, main_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Link, heading, label
from app.widgets.layouts import add, in_column
from app.widgets.lists.record_model import Cell, Column, SheetPart
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen
from app.widgets.screen import row as side_by_side
from app.window import theme as t
from app.window.background_task import bound
from app.window.desk import Desk, acting, with_store
from db.records.surveys import Questionnaire
from db.store import Store

_KINDS = "設問のファイル (*.xlsx *.json);;すべてのファイル (*)"


class LibraryList(QWidget):
    """設問のひな形: the masters of the library, with what can be done to the one that is chosen.

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

    def __init__(self, desk: Desk) -> None:
        super().__init__()
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
            hint="Enter で設問を開く",
            rule="ひな形を直しても、実施回の設問は変わりません。",
        )
        self.table.foot.addWidget(export_button(desk, self.table, title="設問のひな形の一覧"))
        self.table.opened.connect(lambda row: self.opened.emit(row.id))
        self.table.edit_asked.connect(lambda row: self.opened.emit(row.id) if row is not None else None)
        self.table.delete_asked.connect(lambda rows: self.delete_asked.emit(rows[0]))
        self.table.chosen.connect(lambda _row: self._light())
        crumb = side_by_side(Link("アンケート", self.surveys_asked.emit), label("›", "small"), spacing=6)
        column = in_column(crumb, owner=self, spacing=12)
        add(crumb, heading("設問のひな形"), 8, self.summary, None, self.archived, 8, self.table.filter_field)
        add(
            column,
            FlowRow(
                self.create_button,
                self.import_button,
                self.compare_button,
                self.copy_button,
                self.archive_button,
                self.delete_button,
            ),
            self.problem,
            (self.table, 1),
        )

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
            "name",
            "名称",
            show=lambda row: Cell(
                row.questionnaire.name,
                row.questionnaire.note,
                kind=row.questionnaire.kind,
                strong=True,
                tone="second" if row.questionnaire.archived else "",
            ),
            stretch=True,
            parts=(
                SheetPart("種別", show=lambda row: row.questionnaire.kind),
                SheetPart("名称", show=lambda row: row.questionnaire.name),
                SheetPart("備考", show=lambda row: row.questionnaire.note),
            ),
        ),
        Column(
            "year",
            "年度",
            show=lambda row: year_words(row.questionnaire.fiscal_year).strip(),
            sort=lambda row: -(row.questionnaire.fiscal_year or 0),
        ),
        Column(
            "questions",
            "設問",
            show=lambda row: f"{len(row.questionnaire.questions)}問",
            sort=lambda row: len(row.questionnaire.questions),
            align="right",
        ),
        Column(
            "agreed",
            "協議",
            show=lambda row: _agreed(row, today),
            sort=lambda row: row.questionnaire.agreed_on or date.max,
            parts=(
                SheetPart(
                    "協議済",
                    show=lambda row: (
                        short_date(row.questionnaire.agreed_on, today) if row.questionnaire.agreed_on else ""
                    ),
                ),
                SheetPart("協議の相手", show=lambda row: row.questionnaire.agreed_with),
            ),
        ),
        Column(
            "used",
            "使った実施回",
            show=lambda row: f"{row.used}回" if row.used else "",
            sort=lambda row: row.used,
            align="right",
        ),
        Column(
            "state",
            "状態",
            show=lambda row: Cell("使わない", tone="second") if row.questionnaire.archived else Cell("使う"),
            narrow=False,
        ),
    )


def _agreed(row: QuestionnaireRow, today: date) -> Cell:
    master = row.questionnaire
    if master.agreed_on is None:
        return Cell("協議前", badge="協議中")
    return Cell("協議済", f"{short_date(master.agreed_on, today)}　{master.agreed_with}".strip(), badge="済")


class LibraryScreen(Screen):
    """設問のひな形: the library of questionnaires, one of them being written, or two of them compared.

    Signals: none.

    ``open_with(questionnaire_id=…)`` opens a master, ``open_with(compare=(old, new))`` compares two versions.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._questionnaire_id = 0
        self._comparing = False
        self.list = LibraryList(desk)
        self.problem = self.list.problem
        inside = QWidget()
        in_column(inside, owner=self, margins=(t.PAGE_X, 12, t.PAGE_X, 12))
        self._stack = PageLayout(inside)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.list)
        self.list.opened.connect(lambda found: desk.go("questionnaires", questionnaire_id=found))
        self.list.create_asked.connect(self.make)
        self.list.import_asked.connect(self.choose_file)
        self.list.compare_asked.connect(self._compare_chosen)
        self.list.copy_asked.connect(self.copy)
        self.list.archive_asked.connect(self.archive)
        self.list.delete_asked.connect(self.delete)
        self.list.surveys_asked.connect(lambda: desk.go("survey"))
        self.list.archived_wished.connect(lambda _on: self.reload())

    # the pages behind the list, each built when first gone to: all at once would hold the window

    @cached_property
    def master(self) -> LibraryMaster:
        """One master."""
        made = LibraryMaster(self.desk)
        made.back_asked.connect(lambda: self.desk.go("questionnaires"))
        made.compare_asked.connect(lambda found: self.desk.go("questionnaires", compare=(None, ("ひな形", found))))
        self._stack.addWidget(made)
        return made

    @cached_property
    def comparison(self) -> LibraryComparison:
        """Two versions beside each other."""
        made = LibraryComparison(self.desk)
        made.back_asked.connect(lambda: self.desk.go("questionnaires"))
        self._stack.addWidget(made)
        return made

    def open_with(
        self,
        *,
        questionnaire_id: int = 0,
        compare: tuple[VersionKey | None, VersionKey | None] | None = None,
        **_more: Any,
    ) -> None:
        """Open a master, compare two versions, or show the list."""
        self._questionnaire_id = questionnaire_id
        self._comparing = compare is not None
        if compare is not None:
            self.comparison.want(*compare)

    @property
    def unfinished(self) -> bool:
        """A question half typed."""
        return "master" in vars(self) and bool(self.master.unfinished)

    def reload(self) -> None:
        """Read the list, the master or the comparison."""
        if self._comparing:
            self._stack.setCurrentWidget(self.comparison)
            self.comparison.reload()
        elif self._questionnaire_id:
            self.desk.read(
                with_store(questionnaires.read_questionnaire, questionnaire_id=self._questionnaire_id),
                self._show_master,
                failed=self._gone,
            )
        else:
            self._stack.setCurrentWidget(self.list)
            self.fetch(self.list.show_rows, questionnaires.list_questionnaires, archived=self.list.archived.isChecked())

    def may_leave(self) -> bool:
        """A question half typed is finished or put aside first."""
        shown = self._stack.currentWidget()
        words = shown.unfinished if isinstance(shown, LibraryMaster) else ""
        if words:
            self.master.problem.say(words, tone="amber")
        return not words

    # acts

    def make(self) -> None:
        """Ask for name, kind and year, and make a master."""
        self._ask(
            "ひな形を作る",
            master_fields(self.desk.fiscal_year, start=True),
            {"name": "", "kind": "講習会", "fiscal_year": self.desk.fiscal_year, "from_default": True, "note": ""},
            verb="ひな形を作成する",
            change=lambda typed: acting(self.desk, questionnaires.create_questionnaire, **typed),
            then_open=True,
        )

    def copy(self, row: QuestionnaireRow | None) -> None:
        """Copy a master into a year of one's choice."""
        if row is None:
            return
        master = row.questionnaire
        year = self.desk.fiscal_year
        same = year == master.fiscal_year
        self._ask(
            "ひな形をコピーする",
            keep_fields(year, master.fiscal_year),
            {"name": master.name + questionnaires.COPY_SIGN if same else master.name, "fiscal_year": year},
            verb="コピーを作成する",
            text="設問の記号も写るので、年度をこえて比べられます。協議は改めて要ります。",
            change=lambda typed: acting(
                self.desk, questionnaires.duplicate_questionnaire, questionnaire_id=row.id, **typed
            ),
        )

    def archive(self, row: QuestionnaireRow | None) -> None:
        """Put a master away, or take it back."""
        if row is not None:
            self.do(
                questionnaires.archive_questionnaire,
                questionnaire_id=row.id,
                archived=not row.questionnaire.archived,
            )

    def delete(self, row: QuestionnaireRow | None) -> None:
        """Delete a master that no event took; it comes back by undo."""
        if row is not None:
            self.do(questionnaires.delete_questionnaire, questionnaire_id=row.id)

    def choose_file(self) -> None:
        """Ask for a file and read it."""
        name, _kind = QFileDialog.getOpenFileName(self, "設問のファイルを選ぶ", "", _KINDS)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Read a file; what it is called and for which kind is asked before it is kept."""
        self.desk.apart(
            bound(read_file, path=path),
            lambda found: self._ask_name(path, found),
            failed=self.refuse,
            owner=self,
            title="設問のファイルを読んでいます",
        )

    # inside

    def _ask_name(self, path: Path, found: Questionnaire) -> None:
        kind = found.kind if found.kind in questionnaires.KINDS else "講習会"
        year = found.fiscal_year or self.desk.fiscal_year
        self._ask(
            "設問をひな形に読み込む",
            import_fields(self.desk.fiscal_year, year),
            {"name": found.name, "kind": kind, "fiscal_year": year},
            verb="読み込む",
            text=f"「{path.name}」に{len(found.questions)}問あります。",
            change=lambda typed: acting(self.desk, import_questionnaire, path=path, **typed),
            then_open=True,
        )

    def _ask(
        self,
        title: str,
        fields: Any,
        values: dict[str, Any],
        *,
        verb: str,
        change: Callable[[dict[str, Any]], Callable[[Store], Saved]],
        text: str = "",
        then_open: bool = False,
    ) -> None:
        def open_it(saved: Saved) -> None:
            self.desk.go("questionnaires", questionnaire_id=saved.id)

        FormDialog(
            self.desk,
            title,
            main=verb,
            fields=fields,
            values=values,
            change=change,
            then=open_it if then_open else None,
            text=text,
            parent=self,
        ).open()

    def _compare_chosen(self) -> None:
        row = self.list.table.current()
        new: VersionKey | None = ("ひな形", row.id) if row is not None else None
        self.desk.go("questionnaires", compare=(None, new))

    def _show_master(self, view: questionnaires.QuestionnaireView) -> None:
        if view.questionnaire.id == self._questionnaire_id and not self._comparing:
            changed = self._stack.currentWidget() is not self.master
            self._stack.setCurrentWidget(self.master)
            self.master.show_view(view)
            if changed:
                self.master.bench.take_focus()

    def _gone(self, problem: Exception) -> None:
        """The master was deleted or its making taken back: the list is what is left."""
        self._questionnaire_id = 0
        self._stack.setCurrentWidget(self.list)

        def show(rows: tuple[QuestionnaireRow, ...]) -> None:
            self.list.show_rows(rows)
            self.refuse(problem)

        self.fetch(show, questionnaires.list_questionnaires, archived=self.list.archived.isChecked())
