"""The screen of one ledger of 情報保護: its rows, and the doubts to be answered below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.action_result import ActionResult
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.screens.document_view import show_year_document
from app.documents.screens.export_button import export_button
from app.ledgers.rules import LedgerBook, LedgerEntry, LedgerLine, TrackedDoubt, typed_key
from app.ledgers.screens.ledger_dialogs import (
    AskContractorDialog,
    CorrectionDialog,
    LedgerCheckDialog,
    LedgerSettingDialog,
    NewRowDialog,
)
from app.ledgers.screens.ledger_list import entry_background, entry_columns
from app.ledgers.services.ledger_reading import LedgerSummary, LedgerView, read_ledger, read_overview
from app.ledgers.services.ledger_writing import answer_doubt, cancel_row
from app.main_window.action_routes import route_to
from app.widgets.badges import Badge
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, danger_button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.focus_keeper import first_work_part, restore_focus
from app.widgets.labels import Paragraph, heading, label, small_label
from app.widgets.layouts import add, in_column
from app.widgets.lists.evidence_shortcut import install_evidence_key
from app.widgets.lists.record_table import RecordTable
from app.widgets.panel import Panel
from app.widgets.screen import Screen, back_button, disable_when_read_only, is_short, trim_page_edges
from app.window.app_context import AppContext, bind_action
from db.records.ledgers import NoteKind

_USUAL = ("名簿の届が遅れている", "受託者に口頭で確かめた", "記録の書き違い")


class DoubtPanel(Panel):
    """The doubt of the selected row, and three buttons to answer it. Signals: none."""

    def __init__(self, screen: LedgersScreen):
        super().__init__(tone="accent")
        self.setAccessibleName("確かめる")
        self._screen = screen
        self._why = ""
        self.words = label("", "strong")
        self.told = Paragraph(role="smallink")
        self.correct = inline_button("値を訂正する", screen.correct_doubt)
        self.ask = inline_button("受託者に確かめる文を作成", screen.ask_contractor)
        self.reason = inline_button("理由を書いて残す", screen.accept_doubt)
        self.put(FlowRow(self.words, self.correct, self.ask, self.reason), self.told)
        self.body.setSpacing(4)
        self.hide()

    def fold(self, *, low: bool) -> None:
        """Show the explanation, on a ``low`` page as a tooltip only."""
        self.told.setVisible(not low)
        self.words.setToolTip(self._why if low else "")

    def show_item(
        self, line: LedgerLine | None, *, may_write: bool, elsewhere: Callable[[TrackedDoubt], bool]
    ) -> TrackedDoubt | None:
        """Show the first unanswered doubt of a row, else the first one asked of the contractor; return it.

        Without either the panel is hidden and None returned. ``elsewhere`` says whether the value of a doubt is
        recorded on another screen: then the first button says so instead of offering a correction.
        """
        open_ones = [one for one in line.doubts if one.state != "settled"] if line is not None else []
        open_ones.sort(key=lambda one: one.state != "open")
        self.setVisible(bool(open_ones))
        if not open_ones or line is None:
            return None
        one = open_ones[0]
        waits = (
            f"　{one.note.by}さんが受託者に確かめています。" if one.state == "asked" and one.note is not None else ""
        )
        self.words.setText(f"{line.number}番　{one.doubt.words}")
        basis = fill_nonempty("（{}）", one.doubt.basis)
        self._why = one.doubt.explanation + basis + waits
        self.told.show_text(self._why)
        self.fold(low=is_short(self._screen))
        self.correct.setVisible(may_write)
        self.correct.set_words("元の画面で記録する" if elsewhere(one) else "値を訂正する")
        self.ask.setVisible(may_write and bool(one.doubt.question) and one.state == "open")
        self.reason.setVisible(may_write)
        return one


class LedgersScreen(Screen):
    """The screen of the year's ledgers. Signals: none.

    ``open_with(ledger=…, text=…)`` opens one, filtered by the text; without arguments the last one stays, at first the
    one with doubts.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._key = ""
        self._text = ""
        self._shown = ""
        self._wanted = ""
        self._view: LedgerView | None = None
        self._doubt: TrackedDoubt | None = None
        self.title = heading("情報保護")
        self.badge = Badge("要確認")
        self.badge.hide()
        self.basis = small_label()
        self.setting = link_button("点検と根拠", self.edit_setting)
        self.check = Button("点検を記録する", self.note_check, icon_name="check-circle")
        self.paper = Button("印刷・保存", self.open_document, icon_name="printer")
        self.elsewhere = Button("", self._open_record_screen)
        self.add_button = main_button("行を加える", self.add_row, icon_name="plus")
        self.correct_button = Button("訂正する（F2）", self.correct_value)
        self.cancel_button = danger_button("取消にする", self.cancel_row)
        self.source_button = Button("元の記録を開く", self.open_source)
        self.bar = ActionBar(app_context)
        self.bar.put(
            self.add_button,
            self.elsewhere,
            self.correct_button,
            self.source_button,
            self.check,
            self.paper,
            self.cancel_button,
        )
        self.doubt = DoubtPanel(self)
        self.table: RecordTable | None = None
        self.export: Button | None = None
        self._low_table: RecordTable | None = None
        self._build()
        install_evidence_key(self, app_context, self._row_as_evidence)
        disable_when_read_only(app_context, self.add_button, self.check)

    def _build(self) -> None:
        """Lay out the head, the list and the foot."""
        column = page_above(self.bar, self)
        self._page = column.parentWidget()
        middle = QWidget()
        self._middle = in_column(self.doubt, owner=middle, spacing=8)
        back = back_button(self.app_context, "settings")
        self._head = FlowRow(back, self.title, self.badge, self.setting, spacing=16)
        add(column, self._head, self.basis, (middle, 1))

    def fit_size(self) -> None:
        """Hide or show explanations and join the button rows, depending on the height of the page."""
        low = is_short(self)
        self.basis.setVisible(not low)
        self.title.setToolTip(self.basis.text() if low else "")
        self.doubt.fold(low=low)
        self._join_lines(low=low)
        trim_page_edges(self._page, short=low)

    def _join_lines(self, *, low: bool) -> None:
        """On a low page, join the button rows with the title and the count, to give the rows more room."""
        table = self.table
        if table is None or self.export is None or low == (self._low_table is table):
            return
        self._low_table = table if low else None
        table.count_line.setVisible(not low)
        if table.about is not None:
            table.about.setVisible(not low)
        if low:
            self._head.add_at_end(table.filter_field)
            self._head.add_at_end(self.export)
        else:
            table.put_tool(table.filter_field, first=True)
            table.foot.addWidget(self.export)

    # what is shown

    def open_with(self, *, ledger: str = "", text: str = "", **_more: Any) -> None:
        """Remember the ledger and the text to filter by, for ``reload``."""
        self._key = ledger or self._key
        self._text = text

    def view_state(self) -> dict[str, Any]:
        """Return the arguments that open this ledger again."""
        return {"ledger": self._key}

    def reload(self) -> None:
        """Read the open ledger; if none was chosen, the first one with doubts."""
        if self._key:
            self._read()
        else:
            self.run_read(
                self._choose_ledger,
                read_overview,
                fiscal_year=self.fiscal_year,
                today=self.today,
            )

    def _choose_ledger(self, found: tuple[LedgerSummary, ...]) -> None:
        """Take the first ledger with open doubts, else the first, if none was chosen, and read it."""
        self._key = self._key or next((one.id for one in sorted(found, key=lambda one: not one.open_doubts)), "")
        self._read()

    def _read(self) -> None:
        if self._key:
            self.run_read(
                self._show,
                read_ledger,
                key=self._key,
                fiscal_year=self.fiscal_year,
                today=self.today,
            )

    def _show(self, view: LedgerView) -> None:
        """Show the ledger with its doubts, basis, counts and rows, unless another was opened meanwhile."""
        if view.ledger.key != self._key:
            return
        self._view = view
        today = self.today
        self.title.setText(view.ledger.title)
        self.badge.setVisible(bool(view.summary.open_doubts))
        self.badge.show_status("要確認", f"要確認 {view.summary.open_doubts}")
        counts = f"{today.month}月 {view.summary.count_this_month}行・この年度 {view.summary.total}行"
        self.basis.setText(join_nonempty(view.basis, view.ledger.about, counts, view.summary.check_text))
        self.fit_size()
        self.add_button.setVisible(view.ledger.allows_typed_rows)
        way = route_to(view.ledger.entry_link) if view.ledger.entry_link is not None else None
        self.elsewhere.setVisible(way is not None)
        self.elsewhere.set_words(way.label if way is not None else "")
        self._show_rows(view)

    def _show_rows(self, view: LedgerView) -> None:
        """Show the rows, select the row just added and apply the filter that was handed over, both only once."""
        table = self.table
        if table is None or self._shown != view.ledger.key:
            table = self._new_table(view)
        table.show_rows(view.book.entries())
        if self._wanted:
            table.choose(lambda entry: entry.line.key == self._wanted and entry.correction is None)
            self._wanted = ""
        table.ensure_current_row()
        if self._text:
            table.filter_field.setText(self._text)
            table.apply_filter_now()
            self._text = ""
        self._update_buttons(table.current())

    def _new_table(self, view: LedgerView) -> RecordTable:
        """Put a new table with the columns of the ledger in place and return it; focus it unless the user left."""
        stood = self.window().focusWidget()
        before = self.table
        begun = stood is None or stood is first_work_part(self) or (before is not None and before.isAncestorOf(stood))
        if self.table is not None:
            self._join_lines(low=False)
            self._middle.removeWidget(self.table)
            self.table.deleteLater()
        ledger = view.ledger
        table = RecordTable(
            f"ledger-{ledger.key}",
            entry_columns(ledger, self._book, self.today),
            title=ledger.title,
            empty="この年度の行は、まだありません。"
            + ("" if ledger.allows_typed_rows else "記録すると、ここに並びます。"),
            empty_button="行を加える" if ledger.allows_typed_rows else "",
            empty_on_click=self.add_row if ledger.allows_typed_rows else None,
            tint=entry_background,
            unit="行",
            rule="行は消えません。直すときは訂正行になります",
            on_choose=self._update_buttons,
            on_open=self._open,
            on_edit=lambda entry: self.correct_value() if entry is not None else None,
        )
        self.export = export_button(self.app_context, table, title=ledger.title)
        table.foot.addWidget(self.export)
        self._middle.insertWidget(0, table, 1)
        self.setFocusProxy(table)
        self.table, self._shown = table, ledger.key
        self.fit_size()
        if begun:
            restore_focus(table)
        return table

    def _row_as_evidence(self) -> tuple[str, str] | None:
        """Return ledger and key of the selected row, as evidence for the 提案書; None without one."""
        chosen = self.table.current() if self.table is not None else None
        return (self._key, chosen.line.key) if isinstance(chosen, LedgerEntry) else None

    def _book(self) -> LedgerBook:
        return self._view.book if self._view is not None else LedgerBook(columns=(), lines=())

    def _update_buttons(self, chosen: LedgerEntry | None) -> None:
        """Show the doubt of the selected row, and enable the actions possible for it."""
        line = chosen.line if isinstance(chosen, LedgerEntry) else None
        may_write = self.may_write
        self._doubt = self.doubt.show_item(line, may_write=may_write, elsewhere=self._is_recorded_elsewhere)
        stands = line is not None and not line.cancel_reason
        self.bar.show_words(f"**{line.number}番**" if line is not None else "")
        self.correct_button.setVisible(stands and may_write)
        self.cancel_button.setVisible(stands and may_write and line is not None and line.is_typed)
        self.source_button.setVisible(line is not None and line.link is not None)

    @property
    def _current_line(self) -> LedgerLine | None:
        """Return the row that is selected, or whose correction is; None without one."""
        entry = self.table.current() if self.table is not None else None
        return entry.line if isinstance(entry, LedgerEntry) else None

    # what is done

    def add_row(self) -> None:
        """Open the dialog for a new row, if rows can be typed into this ledger."""
        if self._view is not None and self._view.ledger.allows_typed_rows and self.may_write:
            dialog = NewRowDialog(self, self._view)
            dialog.saved_result.connect(self._select_new_row)
            dialog.open()

    def _select_new_row(self, saved: ActionResult) -> None:
        self._wanted = typed_key(saved.id)

    def correct_value(self, column: str = "") -> None:
        """Open the dialog to correct a value (``column``, "" = to be chosen) of the selected row, if allowed."""
        line = self._current_line
        if self._view is not None and line is not None and not line.cancel_reason and self.may_write:
            CorrectionDialog(self, self._view, line, column=column).open()

    def correct_doubt(self) -> None:
        """Open the dialog to correct the doubtful value, or go where it is recorded."""
        if self._doubt is not None and self._is_recorded_elsewhere(self._doubt):
            self.open_source()
        elif self._doubt is not None:
            self.correct_value(self._doubt.doubt.column)

    def _is_recorded_elsewhere(self, one: TrackedDoubt) -> bool:
        """Return whether the value that settles a doubt is recorded by the source record of the row."""
        line, view = self._current_line, self._view
        columns = view.ledger.columns if view is not None else ()
        return line is not None and any(
            column.key == one.doubt.column and not line.is_correctable(column) for column in columns
        )

    def ask_contractor(self) -> None:
        """Open the text of the question to the contractor; copying it records that it was asked."""
        line = self._current_line
        if self._view is not None and line is not None and self._doubt is not None:
            AskContractorDialog(self, self._view, line, self._doubt).open()

    def accept_doubt(self) -> None:
        """Open the dialog that asks why the doubtful row is correct as it is, and records it."""
        view, line, doubt = self._view, self._current_line, self._doubt
        if view is None or line is None or doubt is None:
            return
        ReasonDialog(
            self,
            "理由を書いて残す",
            f"{view.ledger.title}　{line.number}番",
            verb="理由を残す",
            text=doubt.doubt.explanation,
            usual_reasons=_USUAL,
            change=lambda words: bind_action(
                answer_doubt,
                key=view.ledger.key,
                fiscal_year=self.fiscal_year,
                row_key=line.key,
                rule=doubt.doubt.rule,
                how=NoteKind.REASON,
                words=words,
            ),
        ).open()

    def cancel_row(self) -> None:
        """Open the dialog that asks why a typed row is cancelled, and cancels it."""
        view, line = self._view, self._current_line
        if view is None or line is None:
            return
        ReasonDialog(
            self,
            "行を取消にする",
            f"{view.ledger.title}　{line.number}番",
            verb="取消にする",
            text="行は消さずに、「取消」として理由と一緒に残します。",
            usual_reasons=("二重に記入した", "別の年度の記録だった"),
            change=lambda words: bind_action(
                cancel_row,
                key=view.ledger.key,
                fiscal_year=self.fiscal_year,
                row_key=line.key,
                reason=words,
            ),
        ).open()

    def note_check(self) -> None:
        """Open the dialog that records a check of the ledger."""
        if self._view is not None:
            LedgerCheckDialog(self, self._view).open()

    def edit_setting(self) -> None:
        """Open the dialog for the settings of the ledger."""
        if self._view is not None and self.may_write:
            LedgerSettingDialog(self, self._view).open()

    def open_document(self) -> None:
        """Open a dialog that shows the print form, with buttons to save and print."""
        if self._view is not None:
            show_year_document(self, self._view.ledger.title)

    def open_source(self) -> None:
        """Go where the selected row was recorded; a typed row has no such place."""
        line = self._current_line
        if line is not None and line.link is not None:
            way = route_to(line.link)
            self.follow(way)

    def _open(self) -> None:
        """Go where the selected row was recorded, or open the dialog to correct it."""
        line = self._current_line
        if line is not None and line.link is not None:
            self.open_source()
        else:
            self.correct_value()

    def _open_record_screen(self) -> None:
        if self._view is not None and self._view.ledger.entry_link is not None:
            way = route_to(self._view.ledger.entry_link)
            self.follow(way)
