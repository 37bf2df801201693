"""One ledger of 情報保護: its rows, and what is to be answered below them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.acts.saved import Saved
from app.common.together import together
from app.ledgers.rules.book import Answered, Book, LedgerEntry, LedgerLine, typed_key
from app.ledgers.screens.ledger_dialogs import AskDialog, CheckDialog, CorrectDialog, NewRowDialog, SettingDialog
from app.ledgers.screens.ledger_list import entry_columns, entry_tint
from app.ledgers.services.entering import answer_doubt, cancel_row
from app.ledgers.services.reading import LedgerSummary, LedgerView, read_ledger, read_shelf
from app.main_window.ways import way_to
from app.papers.screens.export_button import export_button
from app.papers.screens.paper_view import PaperDialog
from app.papers.services.paper_scope import PaperScope
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.dialogs.usual_dialogs import ReasonDialog
from app.widgets.flow_row import FlowRow
from app.widgets.focus_keeper import first_work, give_focus
from app.widgets.labels import Paragraph, heading, label, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.lists.collecting import offer_collecting
from app.widgets.lists.record_table import RecordTable
from app.widgets.marks import Badge
from app.widgets.panel import Panel
from app.widgets.screen import Screen, give_lines_room, is_low, only_for_writing, page
from app.window.desk import Desk, acting

_AT_RECORD: Final = "元の画面で記録する"
_USUAL: Final = ("名簿の届が遅れている", "受託者に口頭で確かめた", "記録の書き違い")


class DoubtPanel(Panel):
    """What is doubtful at the row chosen, and the three ways to answer it. Signals: none."""

    def __init__(self, screen: LedgersScreen) -> None:
        super().__init__(tone="accent")
        self.setAccessibleName("確かめる")
        self._screen = screen
        self._why = ""
        self.words = label("", "strong")
        self.told = Paragraph(role="smallink")
        self.correct = Button("値を訂正する", screen.correct_doubt, low=True)
        self.ask = Button("受託者に確かめる文を作成", screen.ask_contractor, low=True)
        self.reason = Button("理由を書いて残す", screen.give_reason, low=True)
        self.put(FlowRow(self.words, self.correct, self.ask, self.reason), self.told)
        self.body.setSpacing(4)
        self.hide()

    def fold(self, *, low: bool) -> None:
        """On a low page the words tell in their tip why it is doubtful."""
        self.told.setVisible(not low)
        self.words.setToolTip(self._why if low else "")

    def show_of(
        self, line: LedgerLine | None, *, may_write: bool, elsewhere: Callable[[Answered], bool]
    ) -> Answered | None:
        """Show the first doubt that nobody answered, else the first that waits; return it.

        Where its value is recorded ``elsewhere``, the first button leads there.
        """
        open_ones = [one for one in line.doubts if one.standing != "settled"] if line is not None else []
        open_ones.sort(key=lambda one: one.standing != "open")
        self.setVisible(bool(open_ones))
        if not open_ones or line is None:
            return None
        one = open_ones[0]
        waits = (
            f"　{one.note.by}さんが受託者に確かめています。" if one.standing == "asked" and one.note is not None else ""
        )
        self.words.setText(f"{line.number}番　{one.doubt.words}")
        basis = f"（{one.doubt.basis}）" if one.doubt.basis else ""
        self._why = one.doubt.told + basis + waits
        self.told.say(self._why)
        self.fold(low=is_low(self._screen))
        self.correct.setVisible(may_write)
        self.correct.set_words(_AT_RECORD if elsewhere(one) else "値を訂正する")
        self.ask.setVisible(may_write and bool(one.doubt.question) and one.standing == "open")
        self.reason.setVisible(may_write)
        return one


class LedgersScreen(Screen):
    """The ledgers of the year. Signals: none.

    ``open_with(ledger=…, text=…)`` opens one of them, narrowed to what the text finds; without it the last one stays,
    at first the one with something to answer.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._key = ""
        self._text = ""
        self._shown = ""
        self._wanted = ""
        self._view: LedgerView | None = None
        self._doubt: Answered | None = None
        self.back = link_button("情報保護", lambda: desk.go("settings", page="protection"))
        self.title = heading("情報保護")
        self.badge = Badge("要確認")
        self.badge.hide()
        self.basis = wrapped_label("", "small")
        self.setting = link_button("点検と根拠", self.set_up)
        self.check = Button("点検を記録する", self.note_check, icon_name="check-circle")
        self.paper = Button("印刷・保存", self.open_paper, icon_name="printer")
        self.elsewhere = Button("", self._go_elsewhere)
        self.add_button = main_button("行を加える", self.add, icon_name="plus")
        self.correct_button = Button("訂正する（F2）", self.correct, low=True)
        self.cancel_button = Button("取消にする", self.cancel, kind="danger", low=True)
        self.source_button = Button("元の記録を開く", self.open_source, low=True)
        self.doubt = DoubtPanel(self)
        self.table: RecordTable | None = None
        self.export: Button | None = None
        self._low_table: RecordTable | None = None
        self._build()
        offer_collecting(self, desk, self._as_evidence)
        only_for_writing(desk, self.add_button, self.check)

    def _build(self) -> None:
        column = page(self)
        middle = QWidget()
        self._middle = in_column(self.doubt, owner=middle, spacing=8)
        names = QWidget()
        line = FlowRow(self.back, self.title, self.badge, self.setting, spacing=16)
        in_column(line, owner=names, spacing=2)
        self._acts = FlowRow(self.check, self.paper, self.elsewhere, self.add_button)
        self._head = FlowRow(names, self._acts, at_end=1)
        add(column, self._head, self.basis, (middle, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low page the rows have the room of what the ledger rests on."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        low = is_low(self)
        self.basis.setVisible(not low)
        self.title.setToolTip(self.basis.text() if low else "")
        self.doubt.fold(low=low)
        self._join_lines(low=low)
        give_lines_room(self, low=low)

    def _join_lines(self, *, low: bool) -> None:
        """On a low page what narrows and what leaves stand in the title line, what acts in one line over the rows: the
        line of the count and a line of buttons are rows more."""
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
            table.put_tool(self._acts, first=True)
        else:
            self._head.add_at_end(self._acts)
            table.put_tool(table.filter_field, first=True)
            table.foot.addWidget(self.export)

    # what is shown

    def open_with(self, *, ledger: str = "", text: str = "", **_more: Any) -> None:
        """Open a ledger, narrowed to what ``text`` finds."""
        self._key = ledger or self._key
        self._text = text

    def view_state(self) -> dict[str, Any]:
        """The ledger that is open."""
        return {"ledger": self._key}

    def reload(self) -> None:
        """Read the rows of the ledger that is open; where none was asked for, look for one with something to answer."""
        if self._key:
            self._read()
        else:
            self.fetch(self._choose, read_shelf, fiscal_year=self.desk.fiscal_year, today=self.desk.today())

    @property
    def view(self) -> LedgerView | None:
        """The ledger shown."""
        return self._view

    @property
    def key(self) -> str:
        """The key of the ledger shown."""
        return self._key

    def _choose(self, found: tuple[LedgerSummary, ...]) -> None:
        self._key = self._key or next((one.id for one in sorted(found, key=lambda one: not one.open)), "")
        self._read()

    def _read(self) -> None:
        if self._key:
            self.fetch(
                self._show, read_ledger, key=self._key, fiscal_year=self.desk.fiscal_year, today=self.desk.today()
            )

    def _show(self, view: LedgerView) -> None:
        if view.ledger.key != self._key:
            return
        self._view = view
        today = self.desk.today()
        self.title.setText(view.ledger.title)
        self.badge.setVisible(bool(view.summary.open))
        self.badge.show_status("要確認", f"要確認 {view.summary.open}")
        counts = f"{today.month}月 {view.summary.month}行・この年度 {view.summary.total}行"
        self.basis.setText(together(view.basis, view.ledger.about, counts, view.summary.check))
        self._fold()
        self.add_button.setVisible(view.ledger.typed)
        way = way_to(view.ledger.entered_at) if view.ledger.entered_at is not None else None
        self.elsewhere.setVisible(way is not None)
        self.elsewhere.set_words(way.label if way is not None else "")
        self._show_rows(view)

    def _show_rows(self, view: LedgerView) -> None:
        table = self.table
        if table is None or self._shown != view.ledger.key:
            table = self._new_table(view)
        table.show_rows(view.book.entries())
        if self._wanted:
            table.choose(lambda entry: entry.line.key == self._wanted and entry.correction is None)
            self._wanted = ""
        table.stand_somewhere()
        if self._text:
            table.filter_field.setText(self._text)
            table.settle_filter()
            self._text = ""
        self._offer(table.current())

    def _new_table(self, view: LedgerView) -> RecordTable:
        """Each ledger has columns of its own, so it gets a list of its own, and that the keyboard where nobody took it
        elsewhere since the screen was opened."""
        stood = self.window().focusWidget()
        before = self.table
        begun = stood is None or stood is first_work(self) or (before is not None and before.isAncestorOf(stood))
        if self.table is not None:
            self._join_lines(low=False)
            for button in (self.correct_button, self.cancel_button, self.source_button):
                button.setParent(self)
                button.hide()
            self._middle.removeWidget(self.table)
            self.table.deleteLater()
        ledger = view.ledger
        table = RecordTable(
            f"ledger-{ledger.key}",
            entry_columns(ledger, self._book, self.desk.today()),
            title=ledger.title,
            empty="この年度の行は、まだありません。" + ("" if ledger.typed else "記録すると、ここに並びます。"),
            empty_button="行を加える" if ledger.typed else "",
            empty_act=self.add if ledger.typed else None,
            tint=entry_tint,
            unit="行",
            rule="行は消えません。直すときは訂正行になります",
        )
        for button in (self.source_button, self.correct_button, self.cancel_button):
            table.put_tool(button)
            button.show()
        self.export = export_button(self.desk, table, title=ledger.title, personal=True)
        table.foot.addWidget(self.export)
        table.edit_asked.connect(lambda entry: self.correct() if entry is not None else None)
        table.opened.connect(lambda _entry: self._open())
        table.chosen.connect(self._offer)
        self._middle.insertWidget(0, table, 1)
        self.setFocusProxy(table)
        self.table, self._shown = table, ledger.key
        self._fold()
        if begun:
            give_focus(table)
        return table

    def _as_evidence(self) -> tuple[str, str] | None:
        """The row at hand, to be collected for the 提案書."""
        chosen = self.table.current() if self.table is not None else None
        return (self._key, chosen.line.key) if isinstance(chosen, LedgerEntry) else None

    def _book(self) -> Book:
        return self._view.book if self._view is not None else Book(columns=(), lines=())

    def _offer(self, chosen: LedgerEntry | None) -> None:
        """Offer what can be done with the row at hand."""
        line = chosen.line if isinstance(chosen, LedgerEntry) else None
        may_write = not self.desk.read_only
        self._doubt = self.doubt.show_of(line, may_write=may_write, elsewhere=self._is_elsewhere)
        stands = line is not None and not line.cancelled
        self.correct_button.setEnabled(stands and may_write)
        self.cancel_button.setVisible(self._view is not None and self._view.ledger.typed)
        self.cancel_button.setEnabled(stands and may_write and line is not None and line.typed)
        self.source_button.setVisible(line is not None and line.asked is not None)

    @property
    def _line(self) -> LedgerLine | None:
        entry = self.table.current() if self.table is not None else None
        return entry.line if isinstance(entry, LedgerEntry) else None

    # what is done

    def add(self) -> None:
        """Open the form of a new row."""
        if self._view is not None and self._view.ledger.typed and not self.desk.read_only:
            dialog = NewRowDialog(self.desk, self._view, self)
            dialog.stored.connect(self._stand_at)
            dialog.open()

    def _stand_at(self, saved: Saved) -> None:
        self._wanted = typed_key(saved.id)

    def correct(self, column: str = "") -> None:
        """Ask which value of the row at hand is wrong, and what is right."""
        line = self._line
        if self._view is not None and line is not None and not line.cancelled and not self.desk.read_only:
            CorrectDialog(self.desk, self._view, line, column=column, parent=self).open()

    def correct_doubt(self) -> None:
        """Correct the value that is doubtful, or go where it is recorded."""
        if self._doubt is not None and self._is_elsewhere(self._doubt):
            self.open_source()
        elif self._doubt is not None:
            self.correct(self._doubt.doubt.column)

    def _is_elsewhere(self, one: Answered) -> bool:
        """Whether what would settle a doubt is said by the record that holds the row, and not here."""
        line, view = self._line, self._view
        columns = view.ledger.columns if view is not None else ()
        return line is not None and any(
            column.key == one.doubt.column and not line.writable(column) for column in columns
        )

    def ask_contractor(self) -> None:
        """Make the text of the question; copying it notes that it was asked."""
        line = self._line
        if self._view is not None and line is not None and self._doubt is not None:
            AskDialog(self.desk, self._view, line, self._doubt, self).open()

    def give_reason(self) -> None:
        """Ask why the doubtful row stands as it is."""
        view, line, doubt = self._view, self._line, self._doubt
        if view is None or line is None or doubt is None:
            return
        ReasonDialog(
            self.desk,
            "理由を書いて残す",
            f"{view.ledger.title}　{line.number}番",
            verb="理由を残す",
            text=doubt.doubt.told,
            usual=_USUAL,
            change=lambda words: acting(
                self.desk,
                answer_doubt,
                key=view.ledger.key,
                fiscal_year=self.desk.fiscal_year,
                row_key=line.key,
                rule=doubt.doubt.rule,
                how="理由",
                words=words,
            ),
            parent=self,
        ).open()

    def cancel(self) -> None:
        """Ask why a typed row should not be there."""
        view, line = self._view, self._line
        if view is None or line is None:
            return
        ReasonDialog(
            self.desk,
            "行を取消にする",
            f"{view.ledger.title}　{line.number}番",
            verb="取消にする",
            text="行は消さずに、「取消」として理由と一緒に残します。",
            usual=("二重に記入した", "別の年度の記録だった"),
            change=lambda words: acting(
                self.desk,
                cancel_row,
                key=view.ledger.key,
                fiscal_year=self.desk.fiscal_year,
                row_key=line.key,
                reason=words,
            ),
            parent=self,
        ).open()

    def note_check(self) -> None:
        """Note that the ledger was looked through."""
        if self._view is not None:
            CheckDialog(self.desk, self._view, self).open()

    def set_up(self) -> None:
        """Say how the ledger is checked."""
        if self._view is not None and not self.desk.read_only:
            SettingDialog(self.desk, self._view, self).open()

    def open_paper(self) -> None:
        """Show the print form with its ways out."""
        if self._view is not None:
            scope = PaperScope(fiscal_year=self.desk.fiscal_year, as_of=self.desk.today())
            PaperDialog(self.desk, scope=scope, kind=self._view.ledger.title, parent=self).open()

    def open_source(self) -> None:
        """Go where the row at hand was recorded."""
        line = self._line
        if line is not None and line.asked is not None:
            way = way_to(line.asked)
            self.desk.go(way.place, **way.arguments)

    def _open(self) -> None:
        line = self._line
        if line is not None and line.asked is not None:
            self.open_source()
        else:
            self.correct()

    def _go_elsewhere(self) -> None:
        if self._view is not None and self._view.ledger.entered_at is not None:
            way = way_to(self._view.ledger.entered_at)
            self.desk.go(way.place, **way.arguments)
