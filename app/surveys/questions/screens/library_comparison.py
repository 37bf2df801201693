"""Two versions of a questionnaire side by side, with comparable questions and changes in the others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.export_button import export_button
from app.surveys.questions.rules import COMPARABLE, ComparedVersion, VersionChange, printed_title
from app.surveys.questions.services.questionnaires import (
    Version,
    VersionComparison,
    VersionKey,
    compare_questionnaires,
    list_versions,
)
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import Link, Paragraph, heading, label
from app.widgets.layouts import in_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row as side_by_side
from app.window.app_context import AppContext, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import Question

_BADGES: dict[VersionChange, str] = {
    "同じ": "済",
    "文だけ変更": "更新",
    "選択肢を変更": "要確認",
    "聞き方を変更": "要確認",
    "新設": "新規",
    "廃止": "取り込まない",
}
_ORDER: tuple[VersionChange, ...] = ("同じ", "文だけ変更", "選択肢を変更", "聞き方を変更", "新設", "廃止")


class LibraryComparison(QWidget):
    """The comparison of two versions of a questionnaire.

    Signals: ``back_asked()`` to the list of masters.
    """

    back_asked = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._requested: tuple[VersionKey, VersionKey] | None = None
        self.old = ChoiceBox("前の設問")
        self.new = ChoiceBox("新しい設問")
        self.swap_button = Button("入れ替える", self._swap_versions, icon_name="arrows-left-right", low=True)
        self.problem = NoteBox()
        self.summary = Paragraph()
        self.table = RecordTable(
            "questionnaire_versions",
            _columns(),
            title="設問の比較",
            empty="比べる設問を選んでください。ひな形か、設問のある実施回が2つ要ります。",
            filtered=False,
            unit="問",
            rule="同じ設問かどうかは、文ではなく記号で見ています。",
            names_people=False,
        )
        self.table.foot.addWidget(export_button(app_context, self.table, title="設問の比較"))
        self.back = Link("設問のひな形", self.back_asked.emit)
        in_column(
            side_by_side(self.back, label("›", "small"), heading("2つの設問を比べる"), None, spacing=6),
            FlowRow(
                _keep_together(label("前の設問"), self.old),
                _keep_together(label("→　新しい設問"), self.new),
                self.swap_button,
            ),
            self.problem,
            self.summary,
            (self.table, 1),
            owner=self,
            spacing=12,
        )
        for box in (self.old, self.new):
            box.activated.connect(self._load_comparison)

    def request_versions(self, old: VersionKey | None, new: VersionKey | None) -> None:
        """Set the versions that the next ``reload`` compares.

        ``old`` None = the first other version with most questions of ``new``. Both None = those chosen before, at
        first the first listed as the new one.
        """
        self._requested = (old, new) if old is not None and new is not None else None
        self._new_without_old = new if old is None else None

    def reload(self) -> None:
        """Read the versions to choose from, and compare the chosen ones."""
        self.app_context.read(list_versions, self._show_versions, owner=self)

    def take_focus(self) -> None:
        """Set the focus to the first choice."""
        self.old.setFocus()

    def chosen_versions(self) -> tuple[VersionKey | None, VersionKey | None]:
        """Return the chosen versions, the old and the new one; None = none is chosen."""
        return self.old.currentData(), self.new.currentData()

    # inside

    def _show_versions(self, versions: tuple[Version, ...]) -> None:
        """Fill both choices of versions, select the requested, else those chosen before, and compare them."""
        kept = self._requested or (self.chosen_versions() if self.old.count() else None)
        self._requested = None
        for box in (self.old, self.new):
            box.clear()
            for version in versions:
                box.addItem(version.label, version.key)
        keys = [version.key for version in versions]
        old, new = kept if kept is not None else (None, None)
        if self._new_without_old is not None:
            old, new, self._new_without_old = None, self._new_without_old, None
        if new not in keys:
            new = keys[0] if keys else None
        if old not in keys:
            old = next((key for key in keys if key != new and _same_kind(key, new, versions)), new)
        self.old.setCurrentIndex(keys.index(old) if old in keys else -1)
        self.new.setCurrentIndex(keys.index(new) if new in keys else -1)
        self._load_comparison()

    def _swap_versions(self) -> None:
        """Exchange both chosen versions, and compare them again."""
        old, new = self.old.currentIndex(), self.new.currentIndex()
        self.old.setCurrentIndex(new)
        self.new.setCurrentIndex(old)
        self._load_comparison()

    def _load_comparison(self) -> None:
        """Read the comparison of the chosen versions and show it; show nothing unless both are chosen."""
        old, new = self.chosen_versions()
        if old is None or new is None:
            self.summary.show_text("")
            self.table.show_rows(())
            return
        self.app_context.read(
            with_store(compare_questionnaires, old=old, new=new),
            self._show,
            on_failed=self._show_load_error,
            owner=self,
        )

    def _show(self, found: VersionComparison) -> None:
        """Show how many questions can be compared, and the table of all."""
        self.problem.show_text("")
        counts = found.change_counts
        told = "、".join(f"{standing} {counts[standing]}問" for standing in _ORDER if standing in counts)
        self.summary.show_text(
            f"{len(found.new.questions)}問のうち **{found.comparable_count}問** "
            f"は、年度や回をこえて数字を比べられます。\n{told}"
        )
        self.table.show_rows(found.rows)

    def _show_load_error(self, problem: Exception) -> None:
        show_failure_in(failure_of(problem), self.problem)


def _same_kind(key: VersionKey, other: VersionKey | None, versions: tuple[Version, ...]) -> bool:
    """Return whether a version has more than half of the questions of the other; False for None."""
    codes = {version.key: {question.code for question in version.questions} for version in versions}
    return other is not None and len(codes[key] & codes[other]) * 2 > len(codes[other])


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            "standing",
            "判定",
            show=lambda row: Cell(
                row.change,
                "比べられる" if row.change in COMPARABLE else "比べられない",
                badge=_BADGES[row.change],
            ),
            sort=lambda row: _ORDER.index(row.change),
            width=150,
            export_parts=(
                ExportColumn("判定", show=lambda row: row.change),
                ExportColumn("数字の比較", show=lambda row: "できる" if row.is_comparable else "できない"),
            ),
        ),
        Column(
            "places",
            "番号",
            show=_places,
            sortable=False,
            width=110,
            export_parts=(
                ExportColumn("前の番号", show=lambda row: fill_nonempty("問{}", row.old_place)),
                ExportColumn("新しい番号", show=lambda row: fill_nonempty("問{}", row.new_place)),
            ),
        ),
        Column(
            "title",
            "設問",
            show=_title,
            stretch=True,
            sortable=False,
            export_parts=(
                ExportColumn("前の設問文", show=lambda row: _words(row.old)),
                ExportColumn("新しい設問文", show=lambda row: _words(row.new)),
            ),
        ),
        Column(
            "differences",
            "違い",
            show=lambda row: "、".join(row.differences),
            sortable=False,
            stretch=True,
            export_parts=(ExportColumn("違い", show=lambda row: "\n".join(row.differences)),),
        ),
    )


def _places(row: ComparedVersion) -> str:
    """Return words on where a question stands in both versions (「問3 → 問4」)."""
    old = f"問{row.old_place}" if row.old_place else "—"
    return f"{old} → {f'問{row.new_place}' if row.new_place else '—'}"


def _title(row: ComparedVersion) -> Cell:
    asked = row.new or row.old
    options = "　".join(asked.options) if asked is not None else ""
    return Cell(_words(asked), options, strong=True)


def _words(question: Question | None) -> str:
    return printed_title(question) if question is not None else ""


def _keep_together(*parts: QWidget) -> QWidget:
    """Return a name and its choice as one part, which wraps as a whole."""
    made = QWidget()
    made.setLayout(side_by_side(*parts))
    return made
