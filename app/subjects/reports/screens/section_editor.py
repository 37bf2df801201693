"""The chosen chapter of a report: what the records say, what is typed, and the request to the contractor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.services.issued_copies import note_copied_text
from app.papers.services.paper_scope import PaperScope
from app.subjects.reports.rules.report_points import is_written
from app.subjects.reports.screens.copy_text import CopyText
from app.subjects.reports.screens.facts_box import FactsBox
from app.subjects.reports.screens.typed_part import TypedPart
from app.subjects.reports.services.report_form import FormScreenView, SectionView
from app.widgets.buttons import Button
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.screen import row, scrolling
from app.window.desk import Desk, with_store

_WRITERS = {
    "区が記入": "区の記録から入ります",
    "受託者の集計": "受託者の集計が入ります",
    "受託者": "受託者が記入",
}


class SectionEditor(QWidget):
    """One chapter. Signals: ``followed(WayThere)`` to the place where a record is changed; ``laid_out()`` new boxes."""

    followed = Signal(object)
    laid_out = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[int, str] = (0, "")
        self._facts: tuple[object, ...] = ()
        self.parts: list[TypedPart] = []
        self.title = label("", "h2")
        self.writer = label("", "small")
        self.flags = NoteBox(tone="amber")
        self.request = CopyText("受託者への依頼文案", "業務責任者あて")
        self.request.copied.connect(self._note_copied)
        self.remark = NoteBox(tone="quiet")
        self._remark = ""
        self._event_id: int | None = None
        self.remark.put(Button("依頼文に加える", self._add_remark, kind="link"))
        self._facts_area = QVBoxLayout()
        self._typed_area = QVBoxLayout()
        for area in (self._facts_area, self._typed_area):
            area.setSpacing(12)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 8, 12)
        column.setSpacing(12)
        column.addWidget(self.flags)
        column.addLayout(self._facts_area)
        column.addLayout(self._typed_area)
        column.addWidget(self.request)
        column.addWidget(self.remark)
        column.addStretch(1)
        self.area = scrolling(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row(self.title, None, self.writer))
        outer.addWidget(self.area, 1)

    def show_section(self, view: FormScreenView, section: SectionView, *, read_only: bool) -> None:
        """Show a chapter; while it is the same one, only what changed elsewhere is shown anew."""
        report = view.form.report
        if report is None:
            return
        shown = (report.id, section.section.title)
        if shown != self._shown:
            self._shown = shown
            self._begin(section)
        self.title.setText(section.section.words)
        self.writer.setText(_WRITERS[section.section.writer])
        self._show_facts(section)
        for part in self.parts:
            part.show_view(view, read_only=read_only)
        self._show_flags(view, section)
        self._show_request(view, section, read_only=read_only)

    def save(self) -> None:
        """Save what was typed so far."""
        for part in self.parts:
            part.save()

    def _begin(self, section: SectionView) -> None:
        self.save()
        for part in self.parts:
            self._typed_area.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts = [TypedPart(self._desk, chapter) for chapter in section.chapters]
        for part in self.parts:
            self._typed_area.addWidget(part)
            part.laid_out.connect(self.laid_out)
        self.area.verticalScrollBar().setValue(0)
        self._facts = ()

    def _show_facts(self, section: SectionView) -> None:
        if section.facts == self._facts and self._facts_area.count() == len(section.facts):
            return
        self._facts = section.facts
        while (item := self._facts_area.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for facts in section.facts:
            box = FactsBox(facts)
            box.followed.connect(self.followed)
            self._facts_area.addWidget(box)

    def _show_flags(self, view: FormScreenView, section: SectionView) -> None:
        found = view.flags if "survey" in section.section.sources else ()
        lines = "\n".join(f"{question}「{text}」（{words}）" for question, text, words in found)
        self.flags.say(
            f"**自由記述に、個人が分かるおそれのある文が{len(found)}件あります。**アンケートの画面で確かめてください。\n{lines}"
            if found
            else ""
        )

    def _note_copied(self, text: str) -> None:
        if not self._desk.read_only:
            self._desk.write(
                with_store(
                    note_copied_text,
                    scope=PaperScope(event_id=self._event_id),
                    kind="報告書の依頼文",
                    text=text,
                    to="受託者",
                    **self._desk.signed,
                ),
                owner=self,
            )

    def _show_request(self, view: FormScreenView, section: SectionView, *, read_only: bool) -> None:
        report = view.form.report
        asked = section.section.writer == "受託者" and not read_only and report is not None
        missing = asked and not all(is_written(chapter, report) for chapter in section.chapters if report is not None)
        self._event_id = view.form.event.id
        self.request.setVisible(bool(missing))
        self.request.show_text(view.request_text, about=report.id if report else 0)
        self._remark = view.remark
        self.remark.say(f"当日の記録に、区の気付きがあります。{view.remark}" if missing and view.remark else "")

    def _add_remark(self) -> None:
        self.request.add_line(f"・当日の気付き　{self._remark}")

    def focus_first(self) -> None:
        """Put the cursor into the first box of the chapter."""
        if self.parts:
            self.parts[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
