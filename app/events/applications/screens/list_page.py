"""List of an event's applications in order of arrival, and the list rows of applications, file rows and imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from app.calendar.date_only_moments import clock_words_if_timed, is_date_only
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.export_button import export_button
from app.events.applications.rules import OUTCOMES
from app.events.applications.services.application_preview import PreviewRow
from app.events.applications.services.applications import ApplicationLine, ApplicationList, ImportLine
from app.widgets.buttons import Button, danger_button
from app.widgets.layouts import in_column
from app.widgets.lists.record_columns import ColumnOverride, record_columns
from app.widgets.lists.record_model import Cell, Column, ExportColumn, Tone, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.app_context import AppContext
from db.records.applications import Application
from db.redactions import text_beside_name

UNNAMED = "（氏名なし）"


def row_columns(today: date, titles: Mapping[int, str] | None, only_outcome: Callable[[], str]) -> tuple[Column, ...]:
    """Return the columns of the preview of an application file.

    Args:
        titles: event to its name, shown where each wish names its own event.
        only_outcome: the outcome by which the list is filtered, which no row repeats.
    """
    return (
        Column(
            "row",
            "行",
            lambda row: Cell(str(row.line), tone="second"),
            align="right",
            sort=lambda row: row.row,
            width=46,
        ),
        Column(
            "outcome",
            "結果",
            lambda row: _outcome(row, only_outcome()),
            badges=OUTCOMES,
            shown_if_any=lambda row: row.outcome != only_outcome() or bool(_consent(row)),
            export_parts=(
                ExportColumn("結果", lambda row: row.outcome),
                ExportColumn("撮影", lambda row: row.photo),
                ExportColumn("掲載", lambda row: row.publication),
                ExportColumn("理由・変わるところ", lambda row: row_remark(row)[0]),
            ),
        ),
        Column(
            "time",
            "申込日時・経路",
            lambda row: Cell(
                receipt_text(row.received_at, today) if row.row > 0 else "",
                aside=(row.way or "経路は未記入") if row.row > 0 else "",
                tone=_tone(row),
            ),
            sort=lambda row: row.received_at,
        ),
        Column("organisation", "団体", _organisation, widest=260),
        Column("name", "氏名", _name, stretch=True),
        Column("device", "端末", _device, widest=84, narrow=False),
        *(
            ()
            if titles is None
            else (
                Column(
                    "events",
                    "実施回",
                    lambda row: "、".join(titles.get(event_id, "") for event_id in row.event_ids),
                    stretch=True,
                    sortable=False,
                ),
            )
        ),
    )


def row_remark(row: PreviewRow) -> tuple[str, str]:
    """Return the remark below a row and its colour: why it is not simply new, corrections, notices."""
    mended = "直した行です" if row.is_corrected and row.outcome != "取り込まない" else ""
    other = row.organisation is not None and row.organisation.name != row.organisation_text.strip()
    written = f"ファイルでは「{row.organisation_text}」" if other and row.organisation_text.strip() else ""
    words = join_nonempty(row.reason, mended, row.note, written, separator="\n")
    return words, t.AMBER if row.outcome == "確認が必要" else t.INK_SECONDARY


def receipt_text(moment: datetime | None, today: date) -> str:
    """Return 「9/12 21:16」, 「9/12」 where only the day is known, or 「日時なし」."""
    if moment is None:
        return "日時なし"
    day = short_date(moment.date(), today).partition("(")[0]
    return day if is_date_only(moment) else f"{day} {clock_words_if_timed(moment)}"


def _tone(row: PreviewRow) -> Tone:
    return "second" if row.outcome in ("重複", "取り込まない") else ""


def _organisation(row: PreviewRow) -> Cell:
    """Return the cell of the organisation, amber where it is doubtful."""
    doubtful = "organisation" in row.doubtful_fields and row.outcome == "確認が必要"
    text = row.organisation_name or ("（団体名なし）" if row.row > 0 else "")
    return Cell(text, tone="amber" if doubtful else _tone(row), strong=doubtful)


def _name(row: PreviewRow) -> Cell:
    """Return the cell of the name, amber where it is doubtful."""
    doubtful = "name" in row.doubtful_fields and row.outcome == "確認が必要"
    aside = f"{row.people}人" if row.people > 1 else ""
    return Cell(
        row.name or (UNNAMED if row.row > 0 else ""),
        aside=join_nonempty(row.furigana, aside),
        tone="amber" if doubtful else _tone(row),
        strong=doubtful,
    )


def _device(row: PreviewRow) -> Cell:
    """Return the cell of the device: 「持参→貸与」 if it changes, else as read with the text of the file beside it."""
    change = row.change_of("device")
    if change is not None and change.old:
        return Cell(f"{change.old}→{change.new}", strong=True)
    told = row.device_text.strip()
    if row.row < 1:
        return Cell()
    if not row.device:
        return Cell(told or "—", tone="second")
    return Cell(row.device, told if told not in ("", row.device) else "", tone=_tone(row), spare=True)


def _consent(row: PreviewRow) -> str:
    return join_nonempty(fill_nonempty("撮影 {}", row.photo), fill_nonempty("掲載 {}", row.publication))


def _outcome(row: PreviewRow, only: str) -> Cell:
    """Return the outcome, but the ``only`` one, with the consent as read; below it there is room at every width."""
    consent = _consent(row)
    shown = "" if row.outcome == only else row.outcome
    return Cell(badge=shown, second=consent, second_tone="" if "不可" in consent else "second")


def import_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the list of imported application files."""
    return unsorted(
        Column(
            "at",
            "取り込んだ日時",
            lambda row: Cell(receipt_text(row.imported.at, today), row.imported.by),
        ),
        Column(
            "file",
            "ファイル",
            lambda row: Cell(row.imported.file_name, row.event_title or "希望欄のとおり各回へ"),
            stretch=True,
        ),
        Column("counts", "結果", _counts, stretch=True),
    )


def _counts(row: ImportLine) -> Cell:
    """Return the cell with the counts of an import by outcome (none of 0), and of values kept as numbers below."""
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
    kept = "　".join(f"{heading}：{words}" for heading, words in taken.value_counts.items() if words)
    return Cell("・".join(parts), second=kept)


class ListPage(QWidget):
    """List of the applications of one event.

    Signals: ``change_asked(ApplicationLine)``; ``withdraw_asked(ApplicationLine)``; ``name_asked(ApplicationLine)``;
    ``file_asked()``.
    """

    change_asked = Signal(object)
    withdraw_asked = Signal(object)
    name_asked = Signal(object)
    file_asked = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self._event_id = 0
        self._may_write = app_context.may_write
        self.problem = NoteBox(tone="amber")
        self.table = RecordTable(
            "applications",
            list_columns(app_context.today()),
            title="申込の一覧",
            empty="まだ申込がありません。",
            empty_button="申込のファイルを取り込む",
            empty_on_click=self.file_asked.emit,
            on_choose=self._update_buttons,
            on_edit=lambda _row: self._emit_with_current(self.change_asked),
            on_open=self.change_asked.emit,
        )
        self.change = Button("直す", lambda: self._emit_with_current(self.change_asked))
        self.name = Button("氏名を入れる", lambda: self._emit_with_current(self.name_asked))
        self.withdraw = danger_button("取下げにする", lambda: self._emit_with_current(self.withdraw_asked))
        self.typing = Button("電話の申込を入力する", icon_name="phone")
        self.bar_buttons = (self.typing, self.change, self.name, self.withdraw)
        self.export = export_button(
            app_context, self.table, title="申込の一覧", event_id=lambda: self._event_id or None
        )
        self.table.foot.addWidget(self.export)
        in_column(self.problem, (self.table, 1), owner=self, spacing=8)
        self._update_buttons()

    def show_list(self, found: ApplicationList) -> None:
        """Show the applications of an event."""
        self._event_id = found.event.id
        self.table.show_rows(found.rows)
        self._update_buttons()

    def take_focus(self) -> None:
        """Focus the list."""
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _emit_with_current(self, signal: SignalInstance) -> None:
        """Emit ``signal`` with the current application (``ApplicationLine``); nothing without one."""
        row = self.table.current()
        if row is not None:
            signal.emit(row)

    def _update_buttons(self) -> None:
        """Enable 「直す」 and 「取下げにする」 unless it is withdrawn, 「氏名を入れる」 if a place has no name.

        None of them without a current application or while read-only.
        """
        row = self.table.current() if self._may_write else None
        self.change.setEnabled(row is not None and not row.application.withdrawn)
        self.withdraw.setEnabled(row is not None and not row.application.withdrawn)
        self.name.setEnabled(row is not None and row.unnamed_count > 0)


def list_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the list of an event's applications."""
    own = {
        "received_at": ColumnOverride(
            key="time",
            show=lambda row: Cell(receipt_text(row.application.received_at, today), row.application.receipt_number),
        ),
        "organisation_name": ColumnOverride(
            key="organisation",
            show=lambda row: Cell(
                row.organisation_name or "（団体名なし）",
                row.organisation.branch if row.organisation else "",
            ),
        ),
        "name": ColumnOverride(
            show=lambda row: Cell(
                row.name or "（氏名なし）",
                text_beside_name(row.person.furigana if row.person else row.application.furigana),
            ),
        ),
        "people": ColumnOverride(show=_people, sort=_count),
        "device": ColumnOverride(
            show=lambda row: row.entries[0].device or "—",
            following_columns=(Column("phone", "電話", lambda row: row.phone, min_list_width=720),),
        ),
    }
    columns = record_columns(Application, lambda row: row.application, own)
    return (*columns, Column("state", "状態", _state, stretch=True))


def _count(row: ApplicationLine) -> int:
    return sum(not entry.state.is_out for entry in row.entries)


def _people(row: ApplicationLine) -> Cell:
    return Cell(f"{_count(row)}人", fill_nonempty("氏名未定 {}", row.unnamed_count))


def _state(row: ApplicationLine) -> Cell:
    """Return the cell of the state of an application: 確認が必要 with its doubt, else the state of its first place."""
    first = row.entries[0]
    doubt = next((entry.doubtful for entry in row.entries if entry.doubtful), "")
    second = "取下げ" if row.application.withdrawn else ""
    if doubt:
        return Cell("確認が必要", doubt, badge="確認が必要")
    return Cell(first.state, second, tone="second" if row.application.withdrawn else "")
