"""Wizard pages ファイル, 列の対応 and 取り込む, and the dialog for the purpose of applicants' contacts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.calendar.dates import long_date, short_date
from app.common.and_others import and_others
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.export_button import ExportButton, ExportTable
from app.events.applications.intake.application_fields import (
    APPLICATION_FIELDS,
    DROPPED,
    JOINED_FIELDS,
    MULTIPLE_COLUMN_FIELDS,
)
from app.events.applications.rules import OUTCOMES
from app.events.applications.screens.list_page import import_columns
from app.events.applications.services.application_import import ImportResult
from app.events.applications.services.application_preview import TITLE, ApplicationPreview, WishChoice, left_out_table
from app.events.applications.services.application_reading import IGNORED
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.events.applications.services.application_writing import ContactRule, set_contact_rule
from app.events.applications.services.applications import ImportLine
from app.importing.column_choices import COUNTED, COUNTED_WORDS, UNUSED_WORDS
from app.importing.missing_years import question_words, year_choices
from app.importing.parts import ListColumn, ListMapping
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.forms.recent_files import RecentFilesBar
from app.widgets.labels import Paragraph, label, section, small_label, wrapped_label
from app.widgets.layouts import add, column_of, in_column, in_grid, row_of
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import RowAction
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import in_scroll_area, widget_row
from app.window.app_context import AppContext, bind_action
from db.records.events import Event

EVERY_EVENT = 0
"""Choice that sends each row to the events it wishes for."""


class FilePage(QWidget):
    """Page to choose the file, first step of the import of applications.

    Signals:
        ``file_chosen(Path)`` one that was just saved.
        ``event_chosen(int)``: 0 = by the wishes.
        ``undo_asked(ImportLine)``.
    """

    file_chosen = Signal(object)
    event_chosen = Signal(int)
    undo_asked = Signal(object)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.problem = NoteBox(tone="amber")
        self.recent = RecentFilesBar(app_context, (".csv", ".tsv", ".xlsx", ".zip"))
        self.recent.file_chosen.connect(lambda one: self.file_chosen.emit(one.path))
        self.recent.list_updated.connect(self._focus_newest_file)
        self.events = ChoiceBox("どの実施回の申込か", self.event_chosen.emit)
        self.choose_button = main_button("申込のファイルを選ぶ", icon_name="upload-simple")
        self.typing_button = Button("電話の申込を入力する", icon_name="phone")
        self.form_button = Button("申込フォームに入れる文", icon_name="copy")
        self.imports = FittedTable(
            "application_imports",
            import_columns(app_context.today()),
            title="これまでの取り込み",
            empty="まだ取り込みはありません。",
            action=lambda _row: RowAction("取り込みを取り消す"),
            names_people=False,
            on_act=self.undo_asked.emit,
        )
        self.past = column_of(section("これまでの取り込み"), self.imports, spacing=12)
        self.past.hide()
        self._build()

    def _build(self) -> None:
        """Lay out the choice of event and file and the imports so far."""
        inside = QWidget()
        column = in_column(self.problem, owner=inside, spacing=12, margins=(0, 0, 8, 0))
        panel = Panel()
        panel.put(
            widget_row(label("どの実施回の申込か", "strong"), self.events, None, spacing=16),
            Paragraph(
                "Google フォーム・Microsoft Forms・LoGoフォーム・電子申請のファイルか、係で作ったExcelの表を選ぶか、"
                "ここへ置いてください。"
            ),
            self.recent,
            Paragraph(
                "同じファイルをもう一度取り込んでも、増えたり変わったりしません。"
                "翌週のファイルは、新しい申込だけが加わります。",
                role="small",
            ),
        )
        add(column, panel, self.past, None)
        in_column(in_scroll_area(inside), owner=self)

    def show_events(self, events: Sequence[tuple[int, str]], chosen: int) -> None:
        """Show the events as (id, words) and choose one; 0 = each row by its wishes."""
        self.events.clear()
        self.events.addItem("希望欄のとおりに、各回へ分ける", EVERY_EVENT)
        for event_id, words in events:
            self.events.addItem(words, event_id)
        self.events.setCurrentIndex(max(0, self.events.findData(chosen)))

    def show_imports(self, lines: Sequence[ImportLine]) -> None:
        """Show the imported files."""
        self.imports.show_rows(lines)
        self.past.setVisible(bool(lines))

    def take_focus(self) -> None:
        """Focus the button, or a file that was just saved."""
        self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_newest_file()

    def showEvent(self, event: QShowEvent) -> None:
        """Search for recently saved files again, as the user may come from saving one."""
        super().showEvent(event)
        self.recent.search()

    def _focus_newest_file(self) -> None:
        if self.choose_button.hasFocus() and not self.recent.isHidden():
            self.recent.setFocus(Qt.FocusReason.OtherFocusReason)


_CONTACTS = ("phone", "fax", "email", "address", "contact_phone")
_UNDECIDED = -1
_USES = {COUNTED_WORDS: COUNTED, UNUSED_WORDS: ""}
_MAX_COLUMNS = 120


class MappingPage(QWidget):
    """Page to map columns and wishes of the file, second step of the import.

    Signals: ``sheet_chosen(str)``; ``changed()`` a column, a wish or the year was changed.
    """

    sheet_chosen = Signal(str)
    changed = Signal()

    def __init__(self, today: date):
        super().__init__()
        self.problem = NoteBox(tone="amber")
        self.year = ChoiceBox("日付の年")
        for begins, words in year_choices(today):
            self.year.addItem(words, begins.isoformat() if begins else "")
        self.year.activated.connect(self.changed)
        self._year_words = label("", "body")
        self._year_panel = Panel("日付の年", note="ファイル全体に適用")
        self._year_panel.put(widget_row(self._year_words, self.year, None))
        self.sheets = ChoiceBox("表のあるシート", self.sheet_chosen.emit)
        self.mapping = ListMapping()
        self.mapping.table.changed.connect(self.changed)
        self.mapping.open.changed.connect(self.changed)
        self.contacts = small_label()
        self.mend = link_button("直す")
        self._contacts_line = row_of((self.contacts, 1), self.mend)
        self.wishes: dict[str, ChoiceBox] = {}
        self._column = in_column(spacing=12, margins=(0, 0, 8, 0))
        self._inside: QWidget | None = None
        holder = QWidget()
        holder.setLayout(self._column)
        self._column.addWidget(self.problem)
        self._sheet_line = QWidget()
        self._sheet_line.setLayout(widget_row(label("シート", "strong"), self.sheets, None))
        add(self._column, self._sheet_line, self._year_panel)
        in_column(in_scroll_area(holder), owner=self)

    def show_preview(self, preview: ApplicationPreview) -> None:
        """Show sheets, columns and what has to be chosen about a file.

        Wishes stand only where no event was chosen, the year only if days lack one.
        """
        self.problem.show_text(fill_nonempty("**{}。**下の表で選んでください。", preview.needs_columns))
        self.sheets.clear()
        for name in preview.file.sheets:
            self.sheets.addItem(name, name)
        self.sheets.setCurrentIndex(self.sheets.findData(preview.file.sheet))
        self._sheet_line.setVisible(len(preview.file.sheets) > 1)
        self._year_words.setText(question_words(preview.days_without_year))
        self._year_panel.setVisible(bool(preview.days_without_year))
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        column = in_column(owner=self._inside, spacing=12)
        self.wishes = {}
        if preview.event is None and preview.wishes:
            column.addWidget(self._wish_panel(preview.wishes, preview.events))
        self._column.addWidget(self._inside)
        self.mapping.show_columns(
            [
                ListColumn(**vars(one), is_excluded=one.field == DROPPED)
                for one in preview.mapped.columns[:_MAX_COLUMNS]
            ],
            APPLICATION_FIELDS,
            needed=APPLICATIONS_TARGET.required_groups,
            several=MULTIPLE_COLUMN_FIELDS | JOINED_FIELDS.keys(),
            settled=preview.mapped.is_remembered,
            open_columns=preview.mapped.open_columns[:_MAX_COLUMNS],
            row_count=sum(row.row > 0 for row in preview.rows),
            choices={words: key for key, words in APPLICATION_FIELDS.items()} | _USES,
        )
        add(self._column, self._contacts_line, (self.mapping, 1))

    def show_contacts(self, preview: ApplicationPreview) -> None:
        """Show what the contacts of the applicants are kept for, if the file has any."""
        day = long_date(preview.rule.dispose_on) if preview.rule.dispose_on else "未定"
        self.contacts.setText(f"連絡先　目的　{preview.rule.purpose}　廃棄予定日　{day}")
        self._contacts_line.setVisible(any(one.field in _CONTACTS for one in preview.mapped.columns))

    def chosen_columns(self) -> dict[int, str]:
        """Return the chosen field of each column number; "" = not used."""
        return self.mapping.chosen_fields()

    def chosen_wishes(self) -> dict[str, int]:
        """Return the event of each decided wish; ``IGNORED`` = none."""
        found = {text: int(box.currentData()) for text, box in self.wishes.items() if box.currentData() is not None}
        return {text: event_id for text, event_id in found.items() if event_id != _UNDECIDED}

    def clear_year(self) -> None:
        """Forget the chosen year, for another file."""
        self.year.setCurrentIndex(0)

    def chosen_year(self) -> date | None:
        """Return the chosen first day of the twelve months of days without a year, None = not chosen."""
        found = str(self.year.currentData() or "")
        return date.fromisoformat(found) if found else None

    def take_focus(self) -> bool:
        """Focus the year or wish still to be chosen, else the table of columns; return False if nothing takes it."""
        asks_year = not self._year_panel.isHidden() and self.chosen_year() is None
        open_wishes = (box for box in self.wishes.values() if box.currentData() == _UNDECIDED)
        wanted = self.year if asks_year else next(open_wishes, None)
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return self.mapping.go_to_waiting() or self.mapping.table.take_focus()

    def _wish_panel(self, wishes: Sequence[WishChoice], events: Sequence[Event]) -> Panel:
        """Return the panel that maps wishes to events; each choice emits ``changed``."""
        panel = Panel(
            "希望と実施回", note="ファイルの希望が、どの実施回か。つぎに同じ様式のファイルを取り込むときも使います"
        )
        grid = in_grid(across=16, down=6, wide=3)
        for line, one in enumerate(wishes):
            grid.addWidget(wrapped_label(one.text, "strong"), line, 0)
            grid.addWidget(label(f"{one.count}件", "second"), line, 1)
            box = _wish_box(one, events)
            box.activated.connect(self.changed)
            self.wishes[one.text] = box
            grid.addWidget(box, line, 2)
        panel.put(grid)
        return panel


def _wish_box(wish: WishChoice, events: Sequence[Event]) -> ChoiceBox:
    """Return the choice of the event that a wish means, likely ones first."""
    box = ChoiceBox(f"「{wish.text}」の実施回")
    if wish.event_id is None:
        box.addItem("選んでください", _UNDECIDED)
    likely = [event for event in events if event.id in wish.candidates]
    others = [event for event in events if event not in likely and event.status.counts]
    for event in [*likely, *others]:
        day = short_date(event.event_date) if event.event_date else "日程未定"
        box.addItem(f"{day}　{event.full_title}", event.id)
    box.addItem("取り込まない", IGNORED)
    box.setCurrentIndex(0 if wish.event_id is None else max(0, box.findData(wish.event_id)))
    return box


class ContactDialog(FormDialog):
    """Dialog for purpose and day of disposal of contacts. Signals: those of ``FormDialog``."""

    def __init__(self, parent: QWidget, rule: ContactRule):
        super().__init__(
            parent,
            "連絡先の扱いを変える",
            "電話・メール・住所",
            fields=(
                Field("purpose", "使う目的"),
                Field("dispose_on", "廃棄予定日", "date", width=120),
            ),
            values={"purpose": rule.purpose, "dispose_on": rule.dispose_on},
            change=lambda typed: bind_action(set_contact_rule, **typed),
        )
        self.body.insertWidget(
            0,
            Paragraph(
                "これから取り込む申込と、電話で受け付ける申込の連絡先に付きます。前に取り込んだものは変わりません。"
            ),
        )


_MAX_ROSTERS = 4
_MAX_JOINED = 10


class ResultPage(QWidget):
    """Page with the result, last step of the import. Signals: ``roster_asked(int)`` show the roster of the event."""

    roster_asked = Signal(int)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.import_id = 0
        self._taken: ApplicationPreview | None = None
        self.said = Paragraph()
        self.joined = Paragraph()
        self.counts = Paragraph(role="second")
        self.rosters: list[Button] = []
        self.again = Button("別のファイルを取り込む")
        self.export = ExportButton(app_context, self._export_left_out_rows, title=TITLE)
        panel = Panel()
        for part in (self.said, self.joined, self.counts):
            panel.put(part)
        in_column(panel, None, owner=self)

    def show_result(self, imported: ImportResult) -> None:
        """Show what was imported, with links to at most ``_MAX_ROSTERS`` rosters and to the rows that stayed out."""
        self._taken = preview = imported.preview
        self.import_id = imported.id
        self.said.show_text(f"**{imported.message}**")
        joined = [
            f"{one.line}行目の{one.name}さんは、{one.joined_line}行目と同じ人です。"
            for one in preview.rows
            if one.joined_line
        ]
        words = "\n".join(joined[:_MAX_JOINED]) + and_others(joined, _MAX_JOINED, "\nほか{}行")
        self.joined.show_text(fill_nonempty("同じ人の申込は、名簿では1つにまとめました。\n{}", words))
        parts = [f"{word} {preview.count(word)}" for word in OUTCOMES if preview.count(word)]
        undo = (
            "「元に戻す」（Ctrl+Z）か、「別のファイルを取り込む」の先の「これまでの取り込み」で、まるごと取り消せます。"
        )
        self.counts.show_text(join_nonempty("・".join(parts), undo if imported.id else ""))
        out = len(preview.rows_left_out)
        self.export.set_words(f"取り込まなかった{out}行をExcelに出力")
        self.export.set_available(out > 0)
        self.export.setVisible(out > 0)
        wanted = {event_id for one in preview.rows_to_import for event_id in one.event_ids}
        events = [event for event in preview.events if event.id in wanted]
        if preview.event is not None:
            events = [preview.event]
        self.rosters = [
            self._roster_button(event, is_main=place == 0, several=len(events) > 1)
            for place, event in enumerate(events[:_MAX_ROSTERS])
        ]

    def _roster_button(self, event: Event, *, is_main: bool, several: bool) -> Button:
        """Return the button that asks for the participants of an event (``roster_asked``)."""
        words = f"{event.full_title}の参加者を開く" if several else "参加者を開く"
        return Button(words, lambda: self.roster_asked.emit(event.id), kind="main" if is_main else "plain")

    def _export_left_out_rows(self, deliver: Callable[[ExportTable], None]) -> None:
        if self._taken is not None:
            columns, rows = left_out_table(self._taken)
            deliver(ExportTable(columns=columns, rows=rows, words=f"{len(rows)}行", personal=True))

    def take_focus(self) -> None:
        """Focus the button to go on."""
        (self.rosters[0] if self.rosters else self.again).setFocus(Qt.FocusReason.OtherFocusReason)
