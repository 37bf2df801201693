"""Two versions of a questionnaire side by side: which questions can be compared, and what changed in the others."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.papers.screens.export_button import export_button
from app.subjects.surveys.questions.rules.questionnaire_versions import COMPARABLE, ComparedVersion, VersionStanding
from app.subjects.surveys.questions.rules.survey_questions import printed_title
from app.subjects.surveys.questions.services.questionnaires import (
    Version,
    VersionComparison,
    VersionKey,
    compare,
    list_versions,
)
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.labels import Link, Paragraph, heading, label
from app.widgets.layouts import in_column
from app.widgets.lists.record_model import Cell, Column, SheetPart
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.screen import row as side_by_side
from app.widgets.sending import note_failure
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import Question

_BADGES: dict[VersionStanding, str] = {
    "同じ": "済",
    "文だけ変更": "更新",
    "選択肢を変更": "要確認",
    "聞き方を変更": "要確認",
    "新設": "新規",
    "廃止": "取り込まない",
}
_ORDER: tuple[VersionStanding, ...] = ("同じ", "文だけ変更", "選択肢を変更", "聞き方を変更", "新設", "廃止")


class LibraryComparison(QWidget):
    """The comparison. Signals: ``back_asked()`` to the list of masters."""

    back_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._wanted: tuple[VersionKey, VersionKey] | None = None
        self.old = ChoiceBox("前の設問")
        self.new = ChoiceBox("新しい設問")
        self.turn = Button("入れ替える", self._turn, icon_name="arrows-left-right", low=True)
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
        )
        self.table.foot.addWidget(export_button(desk, self.table, title="設問の比較"))
        self.back = Link("設問のひな形", self.back_asked.emit)
        in_column(
            side_by_side(self.back, label("›", "small"), heading("2つの設問を比べる"), None, spacing=6),
            FlowRow(_together(label("前の設問"), self.old), _together(label("→　新しい設問"), self.new), self.turn),
            self.problem,
            self.summary,
            (self.table, 1),
            owner=self,
            spacing=12,
        )
        for box in (self.old, self.new):
            box.activated.connect(lambda _number: self._compare())

    def want(self, old: VersionKey | None, new: VersionKey | None) -> None:
        """Which two are to be compared; None = as proposed: the newest, and the one before it."""
        self._wanted = (old, new) if old is not None and new is not None else None
        self._new_only = new if old is None else None

    def reload(self) -> None:
        """Read what can be compared, and compare."""
        self.desk.read(list_versions, self._offer, owner=self)

    def take_focus(self) -> None:
        """The first choice."""
        self.old.setFocus()

    def chosen(self) -> tuple[VersionKey | None, VersionKey | None]:
        """What is chosen now."""
        return self.old.currentData(), self.new.currentData()

    # inside

    def _offer(self, versions: tuple[Version, ...]) -> None:
        kept = self._wanted or (self.chosen() if self.old.count() else None)
        self._wanted = None
        for box in (self.old, self.new):
            box.clear()
            for version in versions:
                box.addItem(version.label, version.key)
        keys = [version.key for version in versions]
        old, new = kept if kept is not None else (None, None)
        if self._new_only is not None:
            old, new, self._new_only = None, self._new_only, None
        if new not in keys:
            new = keys[0] if keys else None
        if old not in keys:
            old = next((key for key in keys if key != new and _same_kind(key, new, versions)), new)
        self.old.setCurrentIndex(keys.index(old) if old in keys else -1)
        self.new.setCurrentIndex(keys.index(new) if new in keys else -1)
        self._compare()

    def _turn(self) -> None:
        old, new = self.old.currentIndex(), self.new.currentIndex()
        self.old.setCurrentIndex(new)
        self.new.setCurrentIndex(old)
        self._compare()

    def _compare(self) -> None:
        old, new = self.chosen()
        if old is None or new is None:
            self.summary.say("")
            self.table.show_rows(())
            return
        self.desk.read(with_store(compare, old=old, new=new), self._show, failed=self._refuse, owner=self)

    def _show(self, found: VersionComparison) -> None:
        self.problem.say("")
        counts = found.counts
        told = "、".join(f"{standing} {counts[standing]}問" for standing in _ORDER if standing in counts)
        self.summary.say(
            f"{len(found.new.questions)}問のうち **{found.comparable}問** "
            f"は、年度や回をこえて数字を比べられます。\n{told}"
        )
        self.table.show_rows(found.rows)

    def _refuse(self, problem: Exception) -> None:
        note_failure(failure_of(problem), self.problem)


def _same_kind(key: VersionKey, other: VersionKey | None, versions: tuple[Version, ...]) -> bool:
    """Whether two versions share a question: a 講習会 and a 意見交換会 are rarely compared."""
    codes = {version.key: {question.code for question in version.questions} for version in versions}
    return other is not None and len(codes[key] & codes[other]) * 2 > len(codes[other])


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            "standing",
            "判定",
            show=lambda row: Cell(
                row.standing,
                "比べられる" if row.standing in COMPARABLE else "比べられない",
                badge=_BADGES[row.standing],
            ),
            sort=lambda row: _ORDER.index(row.standing),
            width=150,
            parts=(
                SheetPart("判定", show=lambda row: row.standing),
                SheetPart("数字の比較", show=lambda row: "できる" if row.comparable else "できない"),
            ),
        ),
        Column(
            "places",
            "番号",
            show=_places,
            sortable=False,
            width=110,
            parts=(
                SheetPart("前の番号", show=lambda row: f"問{row.old_place}" if row.old_place else ""),
                SheetPart("新しい番号", show=lambda row: f"問{row.new_place}" if row.new_place else ""),
            ),
        ),
        Column(
            "title",
            "設問",
            show=_title,
            stretch=True,
            sortable=False,
            parts=(
                SheetPart("前の設問文", show=lambda row: _words(row.old)),
                SheetPart("新しい設問文", show=lambda row: _words(row.new)),
            ),
        ),
        Column(
            "differences",
            "違い",
            show=lambda row: "、".join(row.differences),
            sortable=False,
            stretch=True,
            parts=(SheetPart("違い", show=lambda row: "\n".join(row.differences)),),
        ),
    )


def _places(row: ComparedVersion) -> str:
    old = f"問{row.old_place}" if row.old_place else "—"
    return f"{old} → {f'問{row.new_place}' if row.new_place else '—'}"


def _title(row: ComparedVersion) -> Cell:
    asked = row.new or row.old
    options = "　".join(asked.options) if asked is not None else ""
    return Cell(_words(asked), options, strong=True)


def _words(question: Question | None) -> str:
    return printed_title(question) if question is not None else ""


def _together(*parts: QWidget) -> QWidget:
    """A name and its choice, which a narrow window puts on the next line together."""
    made = QWidget()
    made.setLayout(side_by_side(*parts))
    return made
