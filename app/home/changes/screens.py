"""The screen 変更, which lists changes since a day in words and can undo each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QWidget

from app.calendar.dates import short_date
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.export_button import export_button
from app.history.services import undo_entry
from app.home.changes.services import ChangeDetails, ChangeRow, Changes, event_name, read_change, read_changes, week_of
from app.main_window.action_routes import route_to
from app.main_window.navigation import ScreenEntry
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import Button, link_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading, second_label, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import column_of, in_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import Screen, disable_when_read_only, in_scroll_area
from app.widgets.tab_order import OneStop
from app.window import theme as t
from app.window.app_context import AppContext


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, which is built when it is first shown."""

    yield ScreenEntry("changes", "clock-counter-clockwise", "変更", ChangesScreen, parent_screen="home")


EVERYBODY = "全員"
FIRST_ROWS = 300
"""How many changes are shown until somebody asks for the rest."""
_SPANS = ("今日", "きのうから", "今週")
FROM_BEGINNING = "はじめから"
"""All changes from the beginning, of a single event only."""
_EMPTY = "この間に変えたものはありません。"
_PARTS_SHOWN = 40
_FOOT = 44


def _change_cell(row: ChangeRow) -> Cell:
    """Return the cell with the action and, below, before → after; an undone one is paler with 元に戻しました."""
    return Cell(
        row.words,
        row.summary,
        strong=not row.is_undone,
        tone="second" if row.is_undone else "",
        aside="元に戻しました" if row.is_undone else "",
    )


class ChangeDetail(ActionMixin, Panel):
    """The details of one change with links and the button that undoes it; hidden without a change; emits no signals.

    The button stands in ``foot``, which the screen places below the panel.
    """

    def __init__(self, app_context: AppContext):
        super().__init__("変更")
        self.app_context = app_context
        self._seq = 0
        self._shown: ChangeDetails | None = None
        self._row: ChangeRow | None = None
        self.where = small_label()
        self.words = wrapped_label("", "h2")
        self.when = second_label()
        self.changed = Paragraph()
        self.place = link_button("この場所を開く", self.open_location)
        self.past = link_button("このあとの状態を見る", self.show_as_of)
        self.past.setToolTip("この変更のすぐあとに、実施回がどうだったかを見ます")
        self.copy = link_button("控えを開く", self.open_copy)
        self.back = NoteBox(tone="quiet")
        self.refused = NoteBox(tone="quiet")
        self.undo = Button("これだけを元に戻す", self._undo, icon_name="arrow-u-up-left")
        self.stays = small_label("戻したことも1件の変更として残ります。")
        for part in (self.where, self.words, self.when, self.changed):
            self.put(part)
        self.put(FlowRow(self.place, self.past, self.copy, spacing=16))
        for note in (self.back, self.refused, self.stays, None):
            self.put(note)
        # It is below the scroll area, however long the text is.
        self.foot = QWidget()
        self.foot.setMinimumHeight(t.scaled(_FOOT))
        in_column((self.undo, 0, Qt.AlignmentFlag.AlignLeft), owner=self.foot, margins=(16, 4, 16, 4))
        disable_when_read_only(app_context, self.undo)

    def show_row(self, row: ChangeRow | None) -> None:
        """Show one change and read its details; None hides everything."""
        if row is not None and row is self._row:
            return  # the list tells of the row it makes current while it is filled
        self.setVisible(row is not None)
        self.foot.setVisible(row is not None)
        self._shown = None
        self._row = row
        if row is None:
            self._seq = 0
            return
        self._seq = row.seq
        self.where.setText(row.location)
        self.words.setText(row.words)
        self.past.setVisible(row.event_id is not None)
        self.copy.setVisible(row.outgoing_id is not None)
        self.when.setText(f"{short_date(row.day, self.today)} {row.at.hour}:{row.at.minute:02d}　{row.by}")
        self.run_read(self._show, read_change, seq=row.seq, by=self.app_context.user_name, today=self.today)

    def _show(self, change: ChangeDetails) -> None:
        """Show what a change did, unless another was chosen meanwhile."""
        if change.row.seq != self._seq:
            return
        self._shown = change
        said = [
            f"{part.row_name}　{part.field}　{part.before} → **{part.after}**"
            if part.field
            else f"{part.row_name}　**{part.after}**"
            for part in change.parts[:_PARTS_SHOWN]
        ]
        more = len(change.parts) - _PARTS_SHOWN
        self.changed.show_text("\n".join([*said, *([f"ほか{more}か所"] if more > 0 else [])]))
        self.place.setVisible(change.row.link is not None)
        self.back.show_text("\n".join(("これだけを元に戻すと", *change.undo_effects)) if change.undo_effects else "")
        self.refused.show_text(change.undo_problem)
        may = not change.undo_problem and self.may_write
        self.undo.setVisible(may)
        self.stays.setVisible(may)
        self.undo.set_words(change.undo_verb)

    def open_location(self) -> None:
        """Open the place where the change was made; does nothing where it has none or its details are not read yet."""
        if self._shown is not None and self._shown.row.link is not None:
            way = route_to(self._shown.row.link)
            self.follow(way)

    def show_as_of(self) -> None:
        """Show the event as it was after the change."""
        if self._row is not None and self._row.event_id is not None:
            self.go("past", event_id=self._row.event_id, seq=self._row.seq)

    def open_copy(self) -> None:
        """Open the dialog with the 控え of the document that was saved or printed by the change, if there is one."""
        if self._row is not None and self._row.outgoing_id is not None:
            IssuedCopyDialog(self, outgoing_id=self._row.outgoing_id).open()

    def _undo(self) -> None:
        """Undo this change alone; later ones stay, and the undoing is a change itself."""
        if self._shown is not None:
            self.run_change(
                lambda act: undo_entry(act.store, seq=self._seq, by=act.by, now=act.now), lambda _undone: None
            )


class SinceDayDialog(DialogFrame):
    """Dialog for the first day to show; signals are those of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, since: date, parent: QWidget):
        super().__init__("変更を見る日", main="見る", width=420, parent=parent)
        self.form = Form(
            (Field("since", "この日から", "date", width=120, hint="12/1、R8.12.1 など"),),
            app_context.fiscal_year,
        )
        self.form.set_values({"since": since})
        self.put(self.form, None)
        self.form.go_to("since")


class ChangesScreen(Screen):
    """The screen of changes; emits no signals.

    ``open_with(since=…, event_id=…)`` shows those from a day on, of one event or of all. Of an event they begin
    with its first one, and saving and printing can be included.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._span = "きのうから"
        self._since: date | None = None
        self._event_id: int | None = None
        self._view: Changes | None = None
        self._all = False
        self.title = heading("変更")
        self.of_event = link_button("", lambda: app_context.back_to("event", event_id=self._event_id))
        self.every_event = link_button("すべての実施回の変更", lambda: app_context.go("changes"))
        self.past = link_button("その日の状態を見る", lambda: app_context.go("past", event_id=self._event_id))
        self.spans = {span: Button(span, partial(self._choose_span, span)) for span in (*_SPANS, FROM_BEGINNING)}
        self.saved = QCheckBox("保存・印刷も")
        self._group = QButtonGroup(self)
        one_stop = OneStop(self, chooses=True)
        for button in self.spans.values():
            button.setCheckable(True)
            self._group.addButton(button)
            one_stop.add(button)
        self.day = Button("日を選ぶ", self._ask_first_day, icon_name="calendar")
        self.who = with_accessible_name(QComboBox(), "だれ")
        self.who.currentTextChanged.connect(self._filter)
        self.table = RecordTable(
            "changes",
            unsorted(
                Column(
                    "at",
                    "時刻",
                    lambda row: Cell(f"{row.at.hour}:{row.at.minute:02d}"),
                    width=64,
                    export_parts=(
                        ExportColumn("日", lambda row: short_date(row.day)),
                        ExportColumn("時刻", lambda row: f"{row.at.hour}:{row.at.minute:02d}"),
                    ),
                ),
                Column("by", "だれ", lambda row: row.by, width=110),
                Column("where", "どこ", lambda row: Cell(row.location, kind=row.kind), width=168),
                Column("what", "何を　前 → 後", _change_cell, stretch=True),
            ),
            title="変更",
            empty=_EMPTY,
            hint="Enter でその場所を開く",
            rule="見ただけのことは、ここに出ません。",
            search=lambda row: f"{row.location} {row.words} {row.summary} {row.by}",
            on_open=self._open,
        )
        self.rest = link_button("", self._show_all)
        self.rest.hide()
        self.export = export_button(app_context, self.table, title="変更", filter_words=self._words_of_part)
        self.table.foot.addWidget(self.rest)
        self.table.foot.addWidget(self.export)
        self.detail = ChangeDetail(app_context)
        self.detail.show_row(None)
        beside = column_of((in_scroll_area(self.detail), 1), self.detail.foot, spacing=0)
        self.parts = ListAndDetail(self.table, beside, back="変更の一覧", wide=360, usual=320)
        tools = (self.saved, self.who, self.table.filter_field)
        head = FlowRow(self.title, *self.spans.values(), self.day, *tools, at_end=2)
        self._of_one = FlowRow(self.of_event, self.past, self.every_event, spacing=16)
        in_column(
            head, self._of_one, (self.parts, 1), owner=self, spacing=12, margins=(t.PAGE_X, t.PAGE_Y, t.PAGE_X, 8)
        )
        self.table.chosen.connect(self.detail.show_row)
        self.saved.toggled.connect(self.reload)
        self.table.filter_field.textChanged.connect(self._search_everywhere)
        self.setFocusProxy(self.table)

    def open_with(self, *, since: date | None = None, event_id: int | None = None, **_more: Any) -> None:
        """Set the first day (default yesterday, for one event its beginning) and the event of the next ``reload``."""
        self._event_id = event_id
        self._since = since
        self._all = False
        usual = FROM_BEGINNING if event_id is not None else "きのうから"
        self._span = next((span for span in self.spans if since == self._day_of(span)), "" if since else usual)

    def view_state(self) -> dict[str, Any]:
        """Return the first day and the event."""
        return {"since": self._first_day(), "event_id": self._event_id}

    def reload(self) -> None:
        """Read the changes of the span, and the event's name if only its changes are shown."""
        of_one = self._event_id is not None
        self.run_read(
            self._show,
            read_changes,
            since=self._first_day(),
            today=self.today,
            event_id=self._event_id,
            saved=of_one and self.saved.isChecked(),
            limit=None
            if self._all or (self.who.currentText() not in ("", EVERYBODY) or bool(self.table.filter_field.text()))
            else FIRST_ROWS,
        )
        for part in (self._of_one, self.saved, self.spans[FROM_BEGINNING]):
            part.setVisible(of_one)
        if self._event_id is not None:
            self.run_read(self._name_event, event_name, event_id=self._event_id)

    def _name_event(self, words: str) -> None:
        self.of_event.set_words(f"‹ {words}に戻る")

    def _day_of(self, span: str) -> date:
        """Return the first day of a span by its label; ``date.min`` for はじめから and unknown labels."""
        today = self.today
        days = {"今日": today, "きのうから": today - timedelta(days=1), "今週": week_of(today)}
        return days.get(span, date.min)

    def _first_day(self) -> date:
        return self._day_of(self._span) if self._span else self._since or self.today

    def _show_all(self) -> None:
        self._all = True
        self.reload()

    def _filter(self) -> None:
        """Show the changes of one person; while the older ones are left out they are read first."""
        if self._view is not None and self._view.count_left and self.who.currentText() != EVERYBODY:
            self._show_all()
        else:
            self._show_rows()

    def _search_everywhere(self, words: str) -> None:
        if words and self._view is not None and self._view.count_left and not self._all:
            self._show_all()

    def _words_of_part(self) -> str:
        """Return what a saved list says of the changes that are left out, "" if none are."""
        left = self._view.count_left if self._view is not None else 0
        return f"新しい順に{FIRST_ROWS}件（残り {left}件）" if left else ""

    def _choose_span(self, span: str) -> None:
        """Show the newest changes of a span of days, chosen by its label (「今週」)."""
        self._all = False
        self._span = span
        self.reload()

    def _ask_first_day(self) -> None:
        """Open the dialog that asks from which day on the changes are shown."""
        dialog = SinceDayDialog(
            self.app_context,
            self.today if self._span == FROM_BEGINNING else self._first_day(),
            parent=self,
        )

        def take() -> None:
            """Show the changes since the day entered."""
            if dialog.form.check_all():
                self._all = False
                self._span, self._since = "", dialog.form.value("since")
                dialog.accept()
                self.reload()

        dialog.confirmed.connect(take)
        dialog.open()

    def _show(self, view: Changes) -> None:
        """Show the changes read, the counts on the buttons and the people to choose from; the chosen person stays."""
        self._view = view
        for span, count in zip(_SPANS, (view.count_today, view.count_yesterday, view.count_this_week), strict=True):
            self.spans[span].set_words(f"{span} {count}")
        for span, button in self.spans.items():
            button.setChecked(span == self._span)
        self._group.setExclusive(bool(self._span))
        if not self._span:
            for button in self.spans.values():
                button.setChecked(False)
        self.day.set_words(f"{short_date(view.since, self.today)}から" if not self._span else "日を選ぶ")
        chosen = self.who.currentText()
        self.who.blockSignals(True)
        self.who.clear()
        self.who.addItems([EVERYBODY, *view.people])
        self.who.setCurrentText(chosen if chosen in view.people else EVERYBODY)
        self.who.blockSignals(False)
        self.rest.set_words(f"残り {view.count_left}件も表示する")
        self.rest.setVisible(bool(view.count_left))
        self._show_rows()

    def _show_rows(self) -> None:
        """Show the read changes of the chosen person grouped by day, and the details of the current or first one."""
        view = self._view
        if view is None:
            return
        today = self.today
        counts = view.counts_by_person()
        self.table.model.group_by(lambda row: f"{_day_words(row.day, today)}　{counts[row.day]}".rstrip("　"))
        self.table.show_rows([row for row in view.rows if self.who.currentText() in (EVERYBODY, row.by)])
        if self.table.current() is None:
            self.table.choose(lambda _row: True, take_focus=False)
        self.detail.show_row(self.table.current())

    def _open(self, row: ChangeRow) -> None:
        if self.parts.is_narrow:
            self.detail.show_row(row)
            self.parts.show_detail()
        elif row.link is not None:
            way = route_to(row.link)
            self.follow(way)


def _day_words(day: date, today: date) -> str:
    """Return 「9/18(金)」, with 今日 or きのう before it for these days."""
    named = {today: "今日 ", today - timedelta(days=1): "きのう "}.get(day, "")
    return f"{named}{short_date(day, today)}"
