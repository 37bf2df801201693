"""Screen 実施回の参加者: the roster of one event with counts by state, and a key for each action on a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import export_button
from app.event.parts import EventPicker, empty_year_words
from app.events.roster.parts import SubstituteDialog
from app.events.roster.parts.mail_addresses_dialog import MailAddressesDialog
from app.events.roster.screens.entry_dialogs import EntryDialog, MoveDialog, MoveUpDialog, StateDialog
from app.events.roster.screens.roster_head import LOW_HEIGHT, RosterHeader
from app.events.roster.services.entries import (
    ABSENCE_NOTICE,
    STATUSES,
    UNCLEAR_READING,
    EntryList,
    EntryRow,
    read_entries,
)
from app.events.roster.services.entry_changes import (
    record_absence,
    remove_entries,
    take_back_absence,
)
from app.events.roster.services.entry_moves import OtherEvent, events_to_move_to
from app.events.roster.services.selection_documents import NOT_APPLIED
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import ALL, FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.keys import on_key
from app.widgets.labels import heading
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.record_columns import export_column, record_column
from app.widgets.lists.record_model import Cell, Column, ExportColumn
from app.widgets.lists.record_table import RecordTable
from app.widgets.panel import EmptyState
from app.widgets.screen import Screen, page_column, trim_page_edges
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from app.window.failure_messages import failure_of
from app.window.year_words import in_year_words
from db.fields import field_label
from db.name_key import name_key
from db.records.roster import Entry


def roster_columns(
    is_unusual: Callable[[EntryRow], bool], organisation: Callable[[EntryRow], Cell]
) -> tuple[Column, ...]:
    """Return the columns; on a narrow window those for the check-in are dropped first.

    The state is shown only if a row of the list ``is_unusual``.
    """
    return (
        Column("number", "番号", _number, align="right", sort=lambda row: row.entry.number, min_list_width=1000),
        Column("admission", field_label(Entry, "admission"), lambda row: str(row.entry.admission or ""), align="right",
               sort=lambda row: row.entry.admission, min_list_width=1240),
        Column(
            "status", "状態", _status, widest=150, shown_if_any=is_unusual,
            sort=lambda row: (STATUSES.index(row.status), row.entry.waiting_order or 0),
            export_parts=(
                ExportColumn("状態", lambda row: row.status_words),
                ExportColumn("状態の補足", lambda row: row.status_hint),
            ),
        ),
        Column(
            "applied", "申込", _applied, sort=lambda row: row.entry.applied_at,
            export_parts=(
                ExportColumn("申込日時", lambda row: row.applied_words),
                export_column(Entry, "way", lambda row: row.entry),
            ),
        ),
        Column(
            "organisation", in_year_words("団体・支部"), organisation, widest=230,
            export_parts=(
                ExportColumn("団体", lambda row: row.row.organisation_name),
                ExportColumn("支部", lambda row: row.row.branch),
            ),
        ),
        Column(
            "name", "氏名", _name, sort=lambda row: name_key(row.row.furigana or row.row.name), widest=200,
            export_parts=(
                ExportColumn("氏名", lambda row: row.row.name),
                ExportColumn("ふりがな", lambda row: row.row.furigana),
            ),
        ),
        Column("role", "役職", lambda row: row.row.role, widest=110, min_list_width=760),
        record_column(Entry, "device", lambda row: row.entry),
        Column("group", field_label(Entry, "group_number"), _group, align="right",
               sort=lambda row: row.entry.group_number, min_list_width=900,
               shown_if_any=lambda row: row.entry.group_number is not None),
        Column("care", field_label(Entry, "care"), _care, copy_text=lambda row: "●" if row.entry.care.strip() else ""),
        Column("photo", field_label(Entry, "photo"), _photo, min_list_width=840),
        Column(
            "look", "確認・備考", _check_cell, stretch=True, sort=lambda row: (not row.entry.doubtful,
                row.entry.note),
            export_parts=(
                export_column(Entry, "doubtful", lambda row: row.entry),
                export_column(Entry, "note", lambda row: row.entry),
            ),
        ),
    )  # fmt: skip


def search_text(row: EntryRow) -> str:
    """Return ふりがな, 支部 and 備考 of a place, which the search finds beside the text of its cells."""
    return f"{row.row.furigana} {row.row.branch} {row.entry.note}"


def row_tint(row: EntryRow) -> str:
    """Return the tint of a roster row with something doubtful, "" for others."""
    return t.AMBER_BOX if row.entry.doubtful.strip() else ""


def _number(row: EntryRow) -> str:
    return str(row.entry.number) if row.entry.number is not None else ""


def _status(row: EntryRow) -> Cell:
    return Cell(row.status_words, row.status_hint, badge=row.status)


def _applied(row: EntryRow) -> Cell:
    return Cell(row.applied_words or "—", row.entry.way, tone="" if row.applied_words else "second")


_UNREGISTERED = "登録のない団体"


def _is_unregistered(row: EntryRow) -> bool:
    return row.row.organisation is None and bool(row.row.organisation_name)


def _name(row: EntryRow) -> Cell:
    if row.row.person is None:
        return Cell(row.row.name, tone="second")
    return Cell(row.row.name, row.row.furigana, strong=True)


def _group(row: EntryRow) -> str:
    return f"{row.entry.group_number}班" if row.entry.group_number is not None else ""


def _care(row: EntryRow) -> Cell:
    """Return the cell with the badge 配慮, never its content; an empty one without 配慮."""
    return Cell(badge="配慮", tip="内容は Enter で開いて見ます。") if row.entry.care.strip() else Cell()


def _photo(row: EntryRow) -> Cell:
    """Return the cell of 撮影: 不可 with a sign; below it 掲載 where that was asked apart, else 「未確認の読み」."""
    published = fill_nonempty("掲載 {}", row.entry.publication)
    if row.entry.photo.is_refused:
        return Cell("不可", published, icon="eye-slash", strong=True)
    if row.is_photo_unclear:
        return Cell(row.entry.photo, UNCLEAR_READING, tone="amber")
    return Cell(row.entry.photo, published)


def _check_cell(row: EntryRow) -> Cell:
    if row.entry.doubtful.strip():
        return Cell(badge="確認が必要", second=row.entry.doubtful, second_tone="amber")
    if row.entry.has_unread_words:
        return Cell("本人のことば　未読", row.entry.note, tone="amber")
    return Cell(row.entry.note)


NEEDS_CHECK = "確認が必要"
TITLE = "参加者の一覧"


class RosterPanel(Screen):
    """Screen or tab with the roster of one event. Signals: none.

    ``embedded`` is the tab of an event, without heading and choice of the event. ``open_with(event_id=…, entry_id=…,
    word=…)`` selects a place, and the state to filter by.
    """

    def __init__(self, app_context: AppContext, *, embedded: bool = False):
        super().__init__(app_context)
        self._embedded = embedded
        self._event_id = 0
        self._wanted = 0
        self._asks_name = False
        self.found: EntryList | None = None
        # In the tab of an event it has no layout; without an owner it would never be deleted.
        self.picker = EventPicker(app_context, parent=self)
        self.picker.setVisible(not embedded)
        self.to_event = link_button("実施回を開く", self._back_to_event)
        self.to_event.setParent(self)
        self.to_event.setVisible(not embedded)
        self._usual = ""
        self._all_unregistered = False
        self.head = RosterHeader(app_context)
        self.which = ChoiceBox("状態で絞り込む")
        self._word = ALL
        self.table = RecordTable(
            "roster",
            roster_columns(lambda row: row.status != self._usual or bool(row.status_hint), self._organisation),
            title=TITLE,
            empty="まだ申込がありません。",
            empty_button="申込を取り込む",
            empty_on_click=lambda: self._open_screen("applications", {}),
            search=search_text,
            tint=row_tint,
            sort="applied",
            unit="人",
            on_select=self._update_row_actions,
            on_choose=self._update_row_actions,
            on_delete=self.remove_selected,
            on_edit=self.open_entry,
            on_open=self.open_entry,
        )
        self.absence = Button("欠席連絡 F4", self.toggle_absence)
        self.substitute = Button("代理 F6", self.open_substitute)
        self.up = Button("繰上げ F7", self.move_up)
        self.state = Button("状態 Alt+J", self.open_state)
        self.elsewhere = Button("ほかの回へ移す", self.open_move)
        self.edit = Button("直す F2", self.open_entry, hint="配慮や備考などを開きます。Enter でも開きます。")
        self.remove = Button("外す Delete", self.remove_selected)
        self.confirmation = Button("確認の電話をかける", self.open_confirmation)
        self.addresses = Button("メールアドレスをコピー", self.copy_addresses)
        self.bar_buttons = (
            self.head.decide, self.absence, self.substitute, self.up, self.state, self.elsewhere, self.edit,
            self.confirmation, self.addresses, self.remove,
        )  # fmt: skip
        self.export = export_button(
            app_context,
            self.table,
            title=TITLE,
            filter_words=self._current_filter,
            event_id=lambda: self._event_id,
        )
        self.none = EmptyState()
        self._build()
        self._connect()
        self._update_row_actions()

    def _build(self) -> None:
        self._page = QWidget()
        self._column = page_column(self._page, spacing=8)
        whole = in_column((self._page, 1), owner=self, spacing=0)
        if not self._embedded:
            bar = ActionBar(self.app_context)
            bar.put(*self.bar_buttons)
            whole.addWidget(bar)
            self._column.addWidget(FlowRow(heading("実施回の参加者"), self.picker, self.to_event, spacing=16))
        self.inside = QWidget()
        column = in_column(self.head, owner=self.inside, spacing=8)
        self.head.short.hide()
        narrowing = in_row(self.which, self.head.folded, self.head.short, None, self.table.filter_field, spacing=8)
        add(column, narrowing, (self.table, 1))
        self.table.foot.addWidget(self.export)
        add(self._column, (self.inside, 1), (self.none, 1))
        self.none.hide()
        if self._embedded:
            # On its own screen one begins with the choice of the event.
            self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.picker.chosen.connect(self._choose)
        self.head.navigation_asked.connect(self._open_screen)
        self.head.move_up.chosen.connect(self.move_up)
        self.head.ask_more.chosen.connect(self.open_list)
        self.which.activated.connect(lambda _number: self._filter_by(str(self.which.currentData())))
        for keys, act in (
            ("F4", self.toggle_absence),
            ("F6", self.open_substitute),
            ("F7", self.move_up),
            ("Alt+J", self.open_state),
        ):
            on_key(self, keys, partial(self._run_key_action, act), inside=True)
        if not self._embedded:  # else it is a key of the whole page of the event
            on_key(self, "F9", self.head.phone.click, inside=True)

    # reading

    def _back_to_event(self) -> None:
        self.app_context.back_to("event", event_id=self._event_id, tab="参加者")

    def open_with(self, **arguments: Any) -> None:
        """Choose the event (else the last one stays), the state to filter by (``word``) and the entry to select.

        With ``field`` "name" the entry is opened as well, at its 氏名, while it has none.
        """
        self._wanted = int(arguments.get("entry_id") or 0)
        self._asks_name = arguments.get("field") == "name"
        if arguments.get("event_id"):
            self._choose(int(arguments["event_id"]))
            self.picker.choose(self._event_id)
        if arguments.get("word"):
            self._word = str(arguments["word"])

    def view_state(self) -> dict[str, Any]:
        """Return the event, and the state by which the list is filtered."""
        return {"event_id": self._event_id, "word": self._word}

    def reload(self) -> None:
        """Read the roster again."""
        if not self._embedded:
            self.picker.reload()
        self._read()

    def _choose(self, event_id: int) -> None:
        """Show another event unfiltered, or the empty page without one."""
        if event_id == self._event_id and (event_id or self._embedded):
            return
        self._event_id = event_id
        self.found = None
        self.table.clear_filter()
        self._word = ALL
        self.inside.setVisible(bool(event_id))
        self.none.setVisible(not event_id)
        self.none.show_text(*empty_year_words(self.app_context))
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        if self._event_id:
            self.run_read(self._show, read_entries, event_id=self._event_id, today=self.today)

    def _show(self, entry_list: EntryList) -> Iterator[None]:
        """Show the head, then in another turn of the event loop the list; only of the event still chosen."""
        if entry_list.event.id != self._event_id:
            return
        self.found = entry_list
        self.head.show_list(entry_list)
        counts = {**entry_list.counts, NEEDS_CHECK: entry_list.doubtful_count}
        if not counts.get(self._word):
            self._word = ALL
        self.which.clear()
        # A place that needs attention is counted under its state as well.
        for word, count in {ALL: len(entry_list.rows), **counts}.items():
            if word == ALL or count:
                self.which.addItem(f"{word} {count}人", word)
        yield
        if self.found is not entry_list:
            return
        self._show_rows()
        if self._wanted:
            opens = self.table.choose(lambda row: row.id == self._wanted) and self._asks_name
            self._wanted, row = 0, self.current_row()
            if opens and row is not None and row.row.person is None:
                self.open_entry()

    def _show_rows(self) -> None:
        if self.found is None:
            return
        word = self._word
        self.which.setCurrentIndex(self.which.findData(word))
        shown = [
            row for row in self.found.rows if word in (ALL, row.status) or (word == NEEDS_CHECK and row.entry.doubtful)
        ]
        # What every row would say is said by the filter above them.
        self._usual = shown[0].status if len({row.status for row in shown}) == 1 else ""
        self._all_unregistered = len(shown) > 1 and all(map(_is_unregistered, shown))
        self.table.set_hint(
            f"{_UNREGISTERED}だけです。「団体」の「名簿にない団体名」で結び付けます" if self._all_unregistered else ""
        )
        self.table.show_rows(shown)
        if self.table.current() is None and self.found.rows:
            self.table.choose(lambda _row: True, take_focus=False)
        self._update_row_actions()

    def _organisation(self, row: EntryRow) -> Cell:
        """Return the cell of the 団体 with its 支部 below, or that it is not in the register, unless all are not."""
        unknown = "" if self._all_unregistered or not _is_unregistered(row) else _UNREGISTERED
        return Cell(row.row.organisation_name or "—", unknown or row.row.branch)

    def _filter_by(self, word: str) -> None:
        """Show only the people in this state."""
        self._word = word
        self._show_rows()

    def _current_filter(self) -> str:
        return "" if self._word == ALL else self._word

    def current_row(self) -> EntryRow | None:
        """Return the selected place, or None."""
        current: EntryRow | None = self.table.current()
        return current

    def _update_row_actions(self) -> None:
        """Enable the buttons of the actions that the current row allows, all but 「直す」 disabled for a reader."""
        row, may = self.current_row(), self.may_write
        told = holds = waits = here = moves = replaced = False
        if row is not None:
            state, here = row.entry.state, not row.entry.walk_in
            told, waits, holds = row.status == ABSENCE_NOTICE, row.status == "補欠", here and state.is_coming
            replaced = self._has_substitute(row)
            moves = here and not (state.is_withdrawn or row.entry.attendance.is_present or replaced)
        chosen = len(self.table.selected())
        self.absence.set_words("欠席連絡を取り消す F4" if told else "欠席連絡 F4")
        self.absence.setEnabled(may and (holds or waits or told) and not replaced)
        self.substitute.setEnabled(may and holds and not replaced)
        self.up.setEnabled(may and (waits or bool(self.found and self.found.next_waitlisted)))
        self.state.setEnabled(may and here)
        self.elsewhere.setEnabled(may and moves)
        self.edit.setEnabled(row is not None)
        self.addresses.setEnabled(may and row is not None)
        self.remove.set_words(f"{chosen}人を外す Delete" if chosen > 1 else "外す Delete")
        self.remove.setEnabled(may and row is not None and (chosen > 1 or not replaced))

    def _has_substitute(self, row: EntryRow) -> bool:
        """Return whether somebody comes in place of this person."""
        rows = self.found.rows if self.found is not None else ()
        return any(one.entry.substitute_for == row.id for one in rows)

    # actions

    def _run_key_action(self, action: Callable[[], None]) -> None:
        """Run the action of a key; with a row selected and no right to write, say so instead."""
        if self.current_row() is None or self.app_context.check_may_write():
            action()

    def toggle_absence(self) -> None:
        """Record an absence reported now, or take it back; the state is asked for where the place is no longer free."""
        row = self.current_row()
        if row is not None and self.absence.isEnabled():
            act = take_back_absence if row.status == ABSENCE_NOTICE else record_absence
            self.run_change(bind_action(act, entry_id=row.id), failed=partial(self._ask_state, row))

    def _ask_state(self, row: EntryRow, problem: Exception) -> None:
        """Ask for the state of a place, and say why."""
        failure = failure_of(problem)
        if not failure.small:
            self.show_error(problem)
            return
        dialog = StateDialog(self, row)
        dialog.refusal.show_text(f"{failure.happened}{failure.todo}", tone="accent")
        dialog.open()

    def move_up(self) -> None:
        """Ask what the selected 補欠 answered, else the next in line."""
        row = self.current_row()
        chosen = row if row is not None and row.status == "補欠" else self.found and self.found.next_waitlisted
        if chosen and self.up.isEnabled():
            MoveUpDialog(self, chosen).open()

    def remove_selected(self) -> None:
        """Remove the selected places from the roster, in one action."""
        rows = self.table.selected()
        if rows and self.remove.isEnabled():
            self.run_action(remove_entries, entry_ids=[one.id for one in rows])

    def open_entry(self) -> None:
        """Open the dialog to correct the place."""
        row = self.current_row()
        if row is not None:
            EntryDialog(self, row).open()

    def open_substitute(self) -> None:
        """Open the dialog that asks who comes instead of the current person."""
        row = self.current_row()
        if row is not None and self.substitute.isEnabled():
            organisation = (row.entry.organisation_id, row.row.organisation_name)
            SubstituteDialog(self, row.id, row.spoken_name, organisation).open()

    def open_state(self) -> None:
        """Open the dialog that sets another state."""
        row = self.current_row()
        if row is not None and self.state.isEnabled():
            StateDialog(self, row).open()

    def open_move(self) -> None:
        """Read the other events somebody can come to instead, then open the dialog that asks for one."""
        row = self.current_row()
        if row is not None and self.elsewhere.isEnabled():
            self.run_read(
                partial(self._ask_target_event, row),
                events_to_move_to,
                event_id=self._event_id,
                today=self.today,
            )

    def _ask_target_event(self, row: EntryRow, others: tuple[OtherEvent, ...]) -> None:
        if others:
            MoveDialog(self, row, others).open()
        else:
            self.app_context.show_message("移せる回がありません。これから開く、同じ種類の回に移せます。")

    def open_confirmation(self) -> None:
        """Show the calls some days before the event."""
        self.go("confirmations", event_id=self._event_id)

    def copy_addresses(self) -> None:
        """Show the mail addresses of the selected people, or of all that are shown, to copy them."""
        if self.found is None or not self.addresses.isEnabled():
            return
        MailAddressesDialog(
            self,
            event_id=self._event_id,
            title=self.found.title,
            chosen=[one.id for one in self.table.selected()],
            shown=[one.id for one in self.table.model.records()],
        ).open()

    def open_list(self) -> None:
        """Open the document that lists the 団体 that have not applied and can still be asked."""
        title = self.found.title if self.found is not None else ""
        DocumentDialog(self, event_id=self._event_id, kind=NOT_APPLIED, subject=title).open()

    def _open_screen(self, screen: str, more: dict[str, Any]) -> None:
        self.go(screen, event_id=self._event_id, **more)

    def fit_size(self) -> None:
        """On a low page, shorten the head."""
        low = self.height() < LOW_HEIGHT
        self.head.set_low(low=low)
        trim_page_edges(self._page, short=low)
