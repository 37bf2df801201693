"""What stands beside the rows of a file: the file itself, its columns, contacts and their disposal, what is not read."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.calendar.dates import long_date, short_date_plain
from app.subjects.applications.services.application_preview import ApplicationPreview
from app.widgets.buttons import link_button
from app.widgets.labels import label, rule, section
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.window import theme as t
from app.window.icons import picture

_CONTACTS = ("phone", "fax", "email", "address", "contact_phone")


class FileSide(QWidget):
    """The left column of the rows. Signals: ``columns_asked()`` 変える; ``contacts_asked()`` 直す."""

    columns_asked = Signal()
    contacts_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._inside: QWidget | None = None
        self.change = link_button("変える", self.columns_asked.emit)
        self.mend = link_button("直す", self.contacts_asked.emit)
        for button in (self.change, self.mend):
            button.setParent(self)
            button.hide()

    def show_preview(self, preview: ApplicationPreview, chosen_at: datetime) -> None:
        """Show what the file is and what becomes of its columns."""
        for button in (self.change, self.mend):
            button.setParent(self)
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(_file_card(preview, chosen_at))
        for notice in preview.notices[:3]:
            column.addWidget(NoteBox(notice, tone="amber"))
        column.addLayout(self._columns(preview))
        if preview.dropped:
            column.addWidget(
                NoteBox(
                    f"**読み込まない列 {len(preview.dropped)}つ**　{'、'.join(preview.dropped)}\n"
                    "この事業に要らない個人情報のため、保存もしません。"
                )
            )
        if preview.unmapped:
            column.addWidget(
                NoteBox(
                    f"**使わない列 {len(preview.unmapped)}つ**　{'、'.join(preview.unmapped[:12])}\n"
                    "使うときは「変える」で選びます。",
                    tone="quiet",
                )
            )
        self._column.addWidget(self._inside)

    def _columns(self, preview: ApplicationPreview) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(section("列の対応"))
        head.addWidget(label("前回の対応を使用" if preview.remembered else "", "small"))
        head.addStretch(1)
        head.addWidget(self.change)
        self.change.show()
        column.addLayout(head)
        column.addWidget(rule())
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        line = 0
        for one in preview.columns:
            if not one.field or one.field == "dropped" or one.field in _CONTACTS:
                continue
            _pair(grid, line, one.heading, one.label, one.note)
            line += 1
        contacts = [one.heading for one in preview.columns if one.field in _CONTACTS]
        if contacts:
            _pair(grid, line, "・".join(contacts), "連絡先", "")
        column.addLayout(grid)
        if contacts:
            column.addWidget(label(f"目的　{preview.rule.purpose}", "small", wrap=True))
            disposal = QHBoxLayout()
            disposal.setSpacing(8)
            day = long_date(preview.rule.dispose_on) if preview.rule.dispose_on else "未定"
            disposal.addWidget(label(f"廃棄予定日　{day}", "small"))
            disposal.addWidget(self.mend)
            disposal.addStretch(1)
            self.mend.show()
            column.addLayout(disposal)
        return column


def _pair(grid: QGridLayout, line: int, heading: str, words: str, note: str) -> None:
    """Their column, an arrow, our field, with what happens to it under it."""
    grid.addWidget(label(heading, wrap=True), line, 0)
    arrow = QLabel()
    arrow.setPixmap(picture("arrow-right", 14, t.SECOND, ratio=arrow.devicePixelRatioF()))
    grid.addWidget(arrow, line, 1)
    right = QVBoxLayout()
    right.setSpacing(0)
    right.addWidget(label(words, "strong", wrap=True))
    if note:
        right.addWidget(label(note, "small", wrap=True))
    grid.addLayout(right, line, 2)


def _file_card(preview: ApplicationPreview, chosen_at: datetime) -> Panel:
    card = Panel()
    card.put(label(preview.file_name, "strong", wrap=True))
    sheet = f"シート「{preview.sheet}」" if preview.sheet else ""
    what = "・".join(
        part
        for part in (preview.source_words, preview.encoding_words, sheet, f"見出し {preview.header_row}行目")
        if part
    )
    card.put(label(what, "small", wrap=True))
    stamp = f"{short_date_plain(chosen_at.date())} {chosen_at:%H:%M} に選択"
    card.put(label(f"データ {len(preview.rows)}行　{stamp}", "small", wrap=True))
    return card


def day_words(day: date | None) -> str:
    """「令和9年4月30日（金）」, or 「未定」."""
    return long_date(day) if day else "未定"
