"""申込の一覧 of one event, first come first, and how applications, rows of a file and imports become rows of a list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.dates import short_date
from app.papers.screens.export_button import export_button
from app.subjects.applications.services.application_preview import PreviewRow
from app.subjects.applications.services.applications import ApplicationLine, ApplicationList, ImportLine
from app.widgets.buttons import Button, danger_button
from app.widgets.note_box import NoteBox
from app.widgets.record_model import Cell, Column, Tone
from app.widgets.record_table import RecordTable
from app.window.desk import Desk

UNNAMED = "（氏名なし）"


def row_columns(today: date, titles: Mapping[int, str] | None = None) -> tuple[Column, ...]:
    """The columns of the preview; ``titles`` (event to its name) says where a row goes when each wish names its own event."""
    return (
        Column(
            key="row",
            title="行",
            show=lambda row: Cell(text=str(row.line), tone="second"),
            align="right",
            sort=lambda row: row.row,
            width=46,
        ),
        Column(key="outcome", title="結果", show=lambda row: Cell(badge=row.outcome)),
        Column(
            key="time",
            title="申込日時・経路",
            show=lambda row: Cell(
                text=stamp(row.received_at, today, date_only=row.date_only),
                second=row.way or "経路なし",
                tone=_tone(row),
            ),
            sort=lambda row: row.received_at,
        ),
        Column(key="organisation", title="団体", show=_organisation, widest=172),
        Column(key="name", title="氏名", show=_name, widest=140),
        Column(key="device", title="端末", show=_device, widest=84, narrow=False),
        Column(
            key="reason",
            title="理由・変わるところ" if titles is None else "実施回・理由",
            show=lambda row: _reason(row, titles),
            stretch=True,
            sortable=False,
        ),
    )


def stamp(moment: datetime | None, today: date, *, date_only: bool = False) -> str:
    """「9/12 21:16」, the day alone where no time came, or 「日時なし」."""
    if moment is None:
        return "日時なし"
    day = short_date(moment.date(), today).partition("(")[0]
    return day if date_only else f"{day} {moment.hour}:{moment:%M}"


def _tone(row: PreviewRow) -> Tone:
    return "second" if row.outcome in ("重複", "取り込まない") else ""


def _organisation(row: PreviewRow) -> Cell:
    doubtful = "organisation" in row.odd_fields and row.outcome == "確認が必要"
    other = row.organisation is not None and row.organisation.name != row.organisation_text.strip()
    second = f"ファイルでは「{row.organisation_text}」" if other and row.organisation_text.strip() else ""
    text = row.organisation_name or "（団体名なし）"
    return Cell(text=text, second=second, tone="amber" if doubtful else _tone(row), strong=doubtful)


def _name(row: PreviewRow) -> Cell:
    doubtful = "name" in row.odd_fields and row.outcome == "確認が必要"
    aside = f"{row.people}人" if row.people > 1 else ""
    return Cell(
        text=row.name or UNNAMED,
        aside=aside,
        second=row.furigana,
        tone="amber" if doubtful else _tone(row),
        strong=doubtful,
    )


def _device(row: PreviewRow) -> Cell:
    change = row.changed("device")
    if change is not None and change.old:
        return Cell(text=f"{change.old}→{change.new}", strong=True)
    told = row.device_text.strip()
    if not row.device:
        return Cell(text=told or "—", tone="second")
    return Cell(text=row.device, second=told if told not in ("", row.device) else "", tone=_tone(row))


def _reason(row: PreviewRow, titles: Mapping[int, str] | None) -> Cell:
    second = [] if titles is None else ["、".join(titles.get(event_id, "") for event_id in row.event_ids)]
    second.append("直した行です" if row.mended and row.outcome != "取り込まない" else "")
    return Cell(
        text=row.reason,
        second="　".join(part for part in (*second, row.note) if part),
        tone="second" if row.outcome != "確認が必要" else "",
    )


def import_columns(today: date) -> tuple[Column, ...]:
    """The columns of the files taken in so far."""
    return (
        Column(
            key="at",
            title="取り込んだ日時",
            show=lambda row: Cell(text=stamp(row.imported.at, today), second=row.imported.by),
            sortable=False,
        ),
        Column(
            key="file",
            title="ファイル",
            show=lambda row: Cell(text=row.imported.file_name, second=row.event_title or "希望欄のとおり各回へ"),
            stretch=True,
            sortable=False,
        ),
        Column(key="counts", title="結果", show=_counts, stretch=True, sortable=False),
    )


def _counts(row: ImportLine) -> Cell:
    taken = row.imported
    parts = [
        f"{word} {count}"
        for word, count in (
            ("新規", taken.new),
            ("更新", taken.updated),
            ("重複", taken.duplicate),
            ("確認が必要", taken.needs_check),
            ("取り込まない", taken.skipped),
        )
        if count
    ]
    return Cell(text="・".join(parts))


class ListPage(QWidget):
    """The applications of one event.

    Signals: ``change_asked(ApplicationLine)``; ``withdraw_asked(ApplicationLine)``; ``name_asked(ApplicationLine)``;
    ``typing_asked()``; ``file_asked()``.
    """

    change_asked = Signal(object)
    withdraw_asked = Signal(object)
    name_asked = Signal(object)
    typing_asked = Signal()
    file_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._event_id = 0
        self._may_write = not desk.read_only
        self.problem = NoteBox(tone="amber")
        self.table = RecordTable(
            "applications",
            list_columns(desk.today()),
            title="申込の一覧",
            empty="まだ申込がありません。",
            empty_button="申込のファイルを取り込む",
            empty_act=self.file_asked.emit,
        )
        self.change = Button("直す", lambda: self._with_current(self.change_asked), low=False)
        self.name = Button("氏名を入れる", lambda: self._with_current(self.name_asked))
        self.withdraw = danger_button("取下げにする", lambda: self._with_current(self.withdraw_asked))
        self.typing = Button("電話の申込を入力する", self.typing_asked.emit, icon_name="phone")
        for button in (self.change, self.name, self.withdraw, self.typing):
            self.table.bar.addWidget(button)
        self.export = export_button(
            desk, self.table, title="申込の一覧", personal=True, event_id=lambda: self._event_id or None
        )
        self.table.foot.addWidget(self.export)
        self.table.opened.connect(self.change_asked)
        self.table.edit_asked.connect(lambda _row: self._with_current(self.change_asked))
        self.table.chosen.connect(lambda _row: self._offer())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.problem)
        column.addWidget(self.table, 1)
        self._offer()

    def show_list(self, found: ApplicationList) -> None:
        """Show the applications of an event."""
        self._event_id = found.event.id
        self.table.show_rows(found.rows)
        self._offer()

    def take_focus(self) -> None:
        """The list."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _with_current(self, signal: SignalInstance) -> None:
        row = self.table.current()
        if row is not None:
            signal.emit(row)

    def _offer(self) -> None:
        row = self.table.current() if self._may_write else None
        self.change.setEnabled(row is not None and not row.application.withdrawn)
        self.withdraw.setEnabled(row is not None and not row.application.withdrawn)
        self.name.setEnabled(row is not None and row.unnamed > 0)


def list_columns(today: date) -> tuple[Column, ...]:
    """The columns of the list."""
    return (
        Column(
            key="time",
            title="申込日時",
            show=lambda row: Cell(
                text=stamp(row.application.received_at, today), second=row.application.receipt_number
            ),
            sort=lambda row: row.application.received_at,
        ),
        Column(key="way", title="経路", show=lambda row: row.application.way or "—"),
        Column(
            key="organisation",
            title="団体",
            show=lambda row: Cell(
                text=row.organisation_name or "（団体名なし）",
                second=row.organisation.branch if row.organisation else "",
            ),
            widest=200,
        ),
        Column(
            key="name",
            title="氏名",
            show=lambda row: Cell(
                text=row.name or "（氏名なし）", second=row.person.furigana if row.person else row.application.furigana
            ),
            widest=180,
        ),
        Column(key="people", title="人数", show=_people, align="right", sort=lambda row: row.application.people),
        Column(key="device", title="端末", show=lambda row: row.entries[0].device or "—", needs=620),
        Column(key="phone", title="電話", show=lambda row: row.phone, needs=720),
        Column(key="state", title="状態", show=_state, stretch=True),
    )


def _people(row: ApplicationLine) -> Cell:
    count = sum(entry.state not in ("辞退", "落選") for entry in row.entries)
    return Cell(text=f"{count}人", second=f"氏名未定 {row.unnamed}" if row.unnamed else "")


def _state(row: ApplicationLine) -> Cell:
    first = row.entries[0]
    doubt = next((entry.doubtful for entry in row.entries if entry.doubtful), "")
    second = "取下げ" if row.application.withdrawn else ""
    if doubt:
        return Cell(text="確認が必要", badge="確認が必要", second=doubt)
    return Cell(text=first.state, second=second, tone="second" if row.application.withdrawn else "")
