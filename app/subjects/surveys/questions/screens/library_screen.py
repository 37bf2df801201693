"""設問のひな形: the library of questionnaires, one of them being written, or two of them compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QStackedLayout, QVBoxLayout, QWidget

from app.saved import Saved
from app.subjects.surveys.questions.parts.form_dialog import Done, Failed, FormDialog
from app.subjects.surveys.questions.screens.library_comparison import LibraryComparison
from app.subjects.surveys.questions.screens.library_fields import import_fields, keep_fields, master_fields
from app.subjects.surveys.questions.screens.library_list import LibraryList
from app.subjects.surveys.questions.screens.library_master import LibraryMaster
from app.subjects.surveys.questions.services import questionnaires
from app.subjects.surveys.questions.services.questionnaire_files import import_questionnaire, read_file
from app.subjects.surveys.questions.services.questionnaires import QuestionnaireRow, VersionKey
from app.widgets.failure_dialog import note_failure
from app.widgets.screen import Screen
from app.window import theme as t
from app.window.background_task import bound
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import Questionnaire
from db.store import Store

_KINDS = "設問のファイル (*.xlsx *.json);;すべてのファイル (*)"


class LibraryScreen(Screen):
    """The library. Signals: none.

    ``arrive(questionnaire_id=…)`` opens a master, ``arrive(compare=(old, new))`` compares two versions.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._questionnaire_id = 0
        self._comparing = False
        self.list = LibraryList(desk)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 12)
        inside = QWidget()
        outer.addWidget(inside)
        self._stack = QStackedLayout(inside)
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

    def arrive(
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
            self.desk.read(
                with_store(questionnaires.list_questionnaires, archived=self.list.archived.isChecked()),
                self.list.show_rows,
            )

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
            change=lambda typed: with_store(questionnaires.create_questionnaire, **typed, **self.desk.signed),
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
            change=lambda typed: with_store(
                questionnaires.duplicate_questionnaire, questionnaire_id=row.id, **typed, **self.desk.signed
            ),
        )

    def archive(self, row: QuestionnaireRow | None) -> None:
        """Put a master away, or take it back."""
        if row is not None:
            self.desk.write(
                with_store(
                    questionnaires.archive_questionnaire,
                    questionnaire_id=row.id,
                    archived=not row.questionnaire.archived,
                    **self.desk.signed,
                ),
                owner=self,
                failed=self._refuse,
            )

    def delete(self, row: QuestionnaireRow | None) -> None:
        """Delete a master that no event took; it comes back by undo."""
        if row is not None:
            self.desk.write(
                with_store(questionnaires.delete_questionnaire, questionnaire_id=row.id, **self.desk.signed),
                owner=self,
                failed=self._refuse,
            )

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
            failed=self._refuse,
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
            change=lambda typed: with_store(import_questionnaire, path=path, **typed, **self.desk.signed),
            then_open=True,
        )

    def _ask(
        self, title: str, fields: Any, values: dict[str, Any], *, verb: str,
        change: Callable[[dict[str, Any]], Callable[[Store], Saved]], text: str = "", then_open: bool = False,
    ) -> None:  # fmt: skip
        def save(typed: dict[str, Any], done: Done, failed: Failed) -> None:
            def end(saved: Saved) -> None:
                done(saved)
                if then_open:
                    self.desk.go("questionnaires", questionnaire_id=saved.id)

            self.desk.write(change(typed), end, failed=failed, owner=self)

        FormDialog(
            title, fields, values, verb=verb, save=save, text=text, fiscal_year=self.desk.fiscal_year, parent=self
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
            self._refuse(problem)

        self.desk.read(with_store(questionnaires.list_questionnaires, archived=self.list.archived.isChecked()), show)

    def _refuse(self, problem: Exception) -> None:
        note_failure(failure_of(problem), self.list.problem)
