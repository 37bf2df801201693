"""設問のひな形, the library of questionnaires, with one being edited, or two compared."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty
from app.documents.screens.export_button import export_button
from app.surveys.questions.parts import year_words
from app.surveys.questions.screens.library_comparison import LibraryComparison
from app.surveys.questions.screens.library_master import LibraryMaster, copy_fields, import_fields, master_fields
from app.surveys.questions.services import questionnaires
from app.surveys.questions.services.questionnaire_files import import_questionnaire, read_questionnaire_set
from app.surveys.questions.services.questionnaires import QuestionnaireRow, VersionKey
from app.widgets.badges import kind_look
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, danger_button, main_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.labels import label
from app.widgets.layouts import in_column
from app.widgets.lists.record_columns import export_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout
from app.widgets.screen import Screen, page_title
from app.window.app_context import AppContext, bind_action, with_store
from app.window.background_task import bind_arguments
from db.fields import field_label
from db.records.programme import EventKind
from db.records.surveys import Questionnaire

_KINDS = "設問のファイル (*.xlsx *.json);;すべてのファイル (*)"


class LibraryList(QWidget):
    """The masters of the library, with actions on the chosen one.

    Signals: ``opened(int)`` edit a master; ``create_asked()``, ``copy_asked(object)``, ``archive_asked(object)``,
    ``delete_asked(object)`` with its row; ``archived_toggled(bool)`` show archived ones too.
    """

    opened = Signal(int)
    create_asked = Signal()
    copy_asked = Signal(object)
    archive_asked = Signal(object)
    delete_asked = Signal(object)
    archived_toggled = Signal(bool)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.problem = NoteBox()
        self.summary = label("", "second")
        self.create_button = main_button("ひな形を作る", self.create_asked.emit, icon_name="plus")
        self.import_button = Button("ファイルから読み込む", icon_name="upload-simple")
        self.compare_button = Button("2つを比べる", icon_name="columns")
        self.copy_button = Button("コピーする", lambda: self.copy_asked.emit(self.table.current()), icon_name="copy")
        self.archive_button = Button("使わないことにする", lambda: self.archive_asked.emit(self.table.current()))
        self.delete_button = danger_button("削除する", lambda: self.delete_asked.emit(self.table.current()))
        self.archived = QCheckBox("使わないひな形も表示する")
        self.archived.clicked.connect(self.archived_toggled)
        self.table = RecordTable(
            "questionnaires",
            _columns(app_context.today()),
            title="設問のひな形の一覧",
            empty="設問のひな形は、まだありません。年度をこえて使う設問を、ここに残せます。",
            empty_button="ひな形を作る",
            empty_on_click=self.create_asked.emit,
            hint="Enter で設問を開く",
            rule="ひな形を直しても、実施回の設問は変わりません。",
            names_people=False,
            on_choose=self._update_buttons,
            on_delete=lambda rows: self.delete_asked.emit(rows[0]),
            on_edit=lambda row: self.opened.emit(row.id) if row is not None else None,
            on_open=lambda row: self.opened.emit(row.id),
        )
        self.table.foot.addWidget(export_button(app_context, self.table, title="設問のひな形の一覧"))
        self.bar = ActionBar(app_context)
        self.bar.put(
            self.create_button,
            self.copy_button,
            self.import_button,
            self.compare_button,
            self.archive_button,
            self.delete_button,
        )
        title = page_title(
            app_context, "設問のひな形", "survey", self.summary, self.archived, self.table.filter_field, at_end=2
        )
        in_column(title, self.problem, (self.table, 1), owner=self, spacing=12)

    def show_rows(self, rows: tuple[QuestionnaireRow, ...]) -> None:
        """Show these masters and their number; choose the first if none is chosen."""
        self.problem.show_text("")
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            self.table.choose(lambda row: row.id == rows[0].id, take_focus=False)
        self.summary.setText(fill_nonempty("{}件", len(rows)))
        self._update_buttons()

    def _update_buttons(self) -> None:
        """Enable and label the buttons by what can be done with the chosen master."""
        row = self.table.current()
        for button in (self.copy_button, self.archive_button):
            button.setEnabled(row is not None)
        archived = row is not None and row.questionnaire.archived
        self.archive_button.set_words("使うひな形に戻す" if archived else "使わないことにする")
        used = row.event_count if row is not None else 0
        self.delete_button.setEnabled(row is not None and not used)
        self.delete_button.setToolTip(fill_nonempty("{}回の実施回で使われているため、削除できません。", used))


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column(
            "name",
            field_label(Questionnaire, "name"),
            show=lambda row: Cell(
                row.questionnaire.name,
                row.questionnaire.note,
                kind=row.questionnaire.kind,
                strong=True,
                tone="second" if row.questionnaire.archived else "",
            ),
            stretch=True,
            export_parts=(
                ExportColumn(field_label(Questionnaire, "kind"), lambda row: kind_look(row.questionnaire.kind).name),
                export_column(Questionnaire, "name", lambda row: row.questionnaire),
                export_column(Questionnaire, "note", lambda row: row.questionnaire),
            ),
        ),
        Column(
            "year",
            field_label(Questionnaire, "fiscal_year"),
            show=lambda row: year_words(row.questionnaire.fiscal_year).strip(),
            sort=lambda row: -(row.questionnaire.fiscal_year or 0),
        ),
        Column(
            "questions",
            field_label(Questionnaire, "questions"),
            show=lambda row: f"{len(row.questionnaire.questions)}問",
            sort=lambda row: len(row.questionnaire.questions),
            align="right",
        ),
        Column(
            "agreed",
            "協議",
            show=lambda row: _agreed_cell(row, today),
            sort=lambda row: row.questionnaire.agreed_on or date.max,
            export_parts=(
                ExportColumn(
                    "協議済",
                    show=lambda row: short_date_or("", row.questionnaire.agreed_on, today),
                ),
                export_column(Questionnaire, "agreed_with", lambda row: row.questionnaire),
            ),
        ),
        Column(
            "used",
            "使った実施回",
            show=lambda row: fill_nonempty("{}回", row.event_count),
            sort=lambda row: row.event_count,
            align="right",
        ),
        Column(
            "state",
            "状態",
            show=lambda row: Cell("使わない", tone="second") if row.questionnaire.archived else Cell("使う"),
            narrow=False,
        ),
    )


def _agreed_cell(row: QuestionnaireRow, today: date) -> Cell:
    master = row.questionnaire
    if master.agreed_on is None:
        return Cell("協議前", badge="協議中")
    return Cell("協議済", f"{short_date(master.agreed_on, today)}　{master.agreed_with}".strip(), badge="済")


class LibraryScreen(Screen):
    """設問のひな形, the library of questionnaires, with one being edited, or two compared; no signals.

    ``open_with(questionnaire_id=…)`` opens a master, ``open_with(compare=(old, new))`` compares two versions.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._questionnaire_id = 0
        self._comparing = False
        self._kinds: tuple[EventKind, ...] = ()
        self.master_list = LibraryList(app_context)
        self.problem = self.master_list.problem
        inside = QWidget()
        bar = self.master_list.bar
        page_above(bar, self).addWidget(inside)
        self._stack = PageLayout(inside)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.master_list)
        self._stack.currentChanged.connect(lambda place: bar.setVisible(place == 0))
        self.master_list.opened.connect(lambda found: app_context.go("questionnaires", questionnaire_id=found))
        self.master_list.create_asked.connect(self.create_master)
        self.master_list.import_button.chosen.connect(self.choose_file)
        self.master_list.compare_button.chosen.connect(self._compare_chosen)
        self.master_list.copy_asked.connect(self.copy)
        self.master_list.archive_asked.connect(self.archive)
        self.master_list.delete_asked.connect(self.delete)
        self.master_list.archived_toggled.connect(self.reload)
        self.setFocusProxy(self.master_list.table)

    # the further pages are built on first use, since all at once would block the window

    @cached_property
    def master(self) -> LibraryMaster:
        """Build the page of one master when first needed, and add it to the screen."""
        made = LibraryMaster(self.app_context)
        made.back_asked.connect(lambda: self.go("questionnaires"))
        made.compare_asked.connect(lambda found: self.go("questionnaires", compare=(None, ("ひな形", found))))
        self._stack.addWidget(made)
        return made

    @cached_property
    def comparison(self) -> LibraryComparison:
        """Build the page that compares two versions when first needed, and add it to the screen."""
        made = LibraryComparison(self.app_context)
        made.back_asked.connect(lambda: self.go("questionnaires"))
        self._stack.addWidget(made)
        return made

    def open_with(
        self,
        *,
        questionnaire_id: int = 0,
        compare: tuple[VersionKey | None, VersionKey | None] | None = None,
        **_more: Any,
    ) -> None:
        """Set what the next ``reload`` shows: two versions to compare, else a master, else (0) the list."""
        self._questionnaire_id = questionnaire_id
        self._comparing = compare is not None
        if compare is not None:
            self.comparison.request_versions(*compare)

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether a question is half typed."""
        return "master" in vars(self) and bool(self.master.unsaved_words)

    def reload(self) -> None:
        """Show the list, the master or the comparison with data read anew."""
        if self._comparing:
            self._stack.setCurrentWidget(self.comparison)
            self.comparison.reload()
        elif self._questionnaire_id:
            self.app_context.read(
                with_store(questionnaires.read_questionnaire, questionnaire_id=self._questionnaire_id),
                self._show_master,
                on_failed=self._on_master_missing,
            )
        else:
            self._stack.setCurrentWidget(self.master_list)
            self.run_read(self._keep_kinds, questionnaires.surveyed_kinds, fiscal_year=self.fiscal_year)
            self.run_read(
                self.master_list.show_rows,
                questionnaires.list_questionnaires,
                archived=self.master_list.archived.isChecked(),
            )

    def may_leave(self) -> bool:
        """Return False, and say so, while a question of the master is half typed."""
        shown = self._stack.currentWidget()
        words = shown.unsaved_words if isinstance(shown, LibraryMaster) else ""
        if words:
            self.master.problem.show_text(words, tone="amber")
        return not words

    # acts

    def create_master(self) -> None:
        """Open a dialog for name, kind and year, which makes a master; without a surveyed kind say so instead."""
        if not self._has_kinds():
            return
        self._ask(
            "ひな形を作る",
            master_fields(self._kinds, self.fiscal_year, ask_start=True),
            {
                "name": "",
                "kind": self._kinds[0].kind,
                "fiscal_year": self.fiscal_year,
                "from_default": True,
                "note": "",
            },
            verb="ひな形を作成する",
            change=lambda typed: bind_action(questionnaires.create_questionnaire, **typed),
            open_after=True,
        )

    def _keep_kinds(self, kinds: tuple[EventKind, ...]) -> None:
        self._kinds = kinds

    def _has_kinds(self) -> bool:
        """Return whether the year has a kind with a survey, else say so over the list."""
        if not self._kinds:
            self.problem.show_text(
                f"この年度に、アンケートを行う種類はありません。{questionnaires.choose_kind_words(())}"
            )
        return bool(self._kinds)

    def copy(self, row: QuestionnaireRow | None) -> None:
        """Open a dialog for name and year (at first the current one), which copies a master; nothing for None."""
        if row is None:
            return
        master = row.questionnaire
        year = self.fiscal_year
        same = year == master.fiscal_year
        self._ask(
            "ひな形をコピーする",
            copy_fields(year, master.fiscal_year),
            {"name": master.name + questionnaires.COPY_SIGN if same else master.name, "fiscal_year": year},
            verb="コピーを作成する",
            text="設問の記号も写るので、年度をこえて比べられます。協議は改めて要ります。",
            change=lambda typed: bind_action(questionnaires.duplicate_questionnaire, questionnaire_id=row.id, **typed),
        )

    def archive(self, row: QuestionnaireRow | None) -> None:
        """Save a master as no longer used, or one so marked as used again."""
        if row is not None:
            self.run_action(
                questionnaires.archive_questionnaire,
                questionnaire_id=row.id,
                archived=not row.questionnaire.archived,
            )

    def delete(self, row: QuestionnaireRow | None) -> None:
        """Delete a master at once, without asking; the service refuses one that an event uses. Undo restores it."""
        if row is not None:
            self.run_action(questionnaires.delete_questionnaire, questionnaire_id=row.id)

    def choose_file(self) -> None:
        """Ask for a file of questions, read it, and ask name and kind before it is stored (``take_file``)."""
        name, _kind = QFileDialog.getOpenFileName(self, "設問のファイルを選ぶ", "", _KINDS)
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Read a file of questions in the background; a dialog asks name and kind before it is stored."""
        self.app_context.run_in_background(
            bind_arguments(read_questionnaire_set, path=path),
            lambda found: self._ask_import(path, found),
            on_failed=self.show_error,
            owner=self,
            title="設問のファイルを読んでいます",
        )

    # inside

    def _ask_import(self, path: Path, questionnaire: Questionnaire) -> None:
        """Open a dialog for name, kind and year of a questionnaire read from a file, which stores it."""
        if not self._has_kinds():
            return
        known = [one.kind for one in self._kinds]
        kind = questionnaire.kind if questionnaire.kind in known else known[0]
        year = questionnaire.fiscal_year or self.fiscal_year
        self._ask(
            "設問をひな形に読み込む",
            import_fields(self._kinds, self.fiscal_year, year),
            {"name": questionnaire.name, "kind": kind, "fiscal_year": year},
            verb="読み込む",
            text=f"「{path.name}」に{len(questionnaire.questions)}問あります。",
            change=lambda typed: bind_action(import_questionnaire, path=path, **typed),
            open_after=True,
        )

    def _ask(
        self,
        title: str,
        fields: Any,
        values: dict[str, Any],
        *,
        verb: str,
        change: Callable[[dict[str, Any]], Callable[[ActionContext], ActionResult]],
        text: str = "",
        open_after: bool = False,
    ) -> None:
        """Open a dialog with these fields that saves by ``change``; the saved master may be opened after it."""

        def open_it(saved: ActionResult) -> None:
            self.go("questionnaires", questionnaire_id=saved.id)

        FormDialog(
            self,
            title,
            main=verb,
            fields=fields,
            values=values,
            change=change,
            on_saved=open_it if open_after else None,
            text=text,
        ).open()

    def _compare_chosen(self) -> None:
        """Go to the comparison of two versions, with the chosen master as the new one."""
        row = self.master_list.table.current()
        new: VersionKey | None = ("ひな形", row.id) if row is not None else None
        self.go("questionnaires", compare=(None, new))

    def _show_master(self, view: questionnaires.QuestionnaireView) -> None:
        if view.questionnaire.id == self._questionnaire_id and not self._comparing:
            changed = self._stack.currentWidget() is not self.master
            self._stack.setCurrentWidget(self.master)
            self.master.show_view(view)
            if changed:
                self.master.question_workspace.take_focus()

    def _on_master_missing(self, problem: Exception) -> None:
        """Show the list when the master was deleted or its creation undone."""
        self._questionnaire_id = 0
        self._stack.setCurrentWidget(self.master_list)

        def show(rows: tuple[QuestionnaireRow, ...]) -> None:
            """Show the list, with the problem over it."""
            self.master_list.show_rows(rows)
            self.show_error(problem)

        self.run_read(show, questionnaires.list_questionnaires, archived=self.master_list.archived.isChecked())
