"""List 当日の紙: the documents of the day, ticked with mouse or Space, opened with Enter; changed ones are marked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_print import BY_MENU, offer_kept
from app.event_day.day.rules import KIND as GUIDE
from app.event_day.day.services.day_pack import PackChoice, PackRow, PackView
from app.event_day.day.services.printed_documents import PrintedDocument
from app.widgets.buttons import Button, link_button, main_button
from app.widgets.keys import on_key
from app.widgets.labels import label, section, show_text_or_hide, small_label
from app.widgets.layouts import in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, Tone, unsorted
from app.widgets.screen import widget_row as side_by_side
from app.window import theme as t
from db.record import record

HANDOUTS = "配布資料"
_OTHER_DOCUMENTS = "ほかの紙"
_MIN_FOLDED_LINES = 2


@record
class DocumentLine:
    """One line: a document, or the handouts (``row`` None), which are printed as confirmed.

    Attributes:
        words: how many copies of the handouts are needed, only in their line.
        newest_copy: the last one printed or saved.
        folded_kinds: documents behind this line, which only folds and unfolds them.
    """

    row: PackRow | None
    is_ticked: bool = False
    copies: int = 0
    words: str = ""
    newest_copy: PrintedDocument | None = None
    folded_kinds: tuple[str, ...] = ()
    is_unfolded: bool = False
    today: date

    @property
    def id(self) -> str:
        """Return the key of the row."""
        return self.row.kind if self.row is not None else _OTHER_DOCUMENTS if self.folded_kinds else HANDOUTS

    @property
    def title(self) -> str:
        """Return the name of the document."""
        return f"{_OTHER_DOCUMENTS} {len(self.folded_kinds)}種" if self.folded_kinds else self.id


def _document_cell(line: DocumentLine) -> Cell:
    """Return the cell of a document with its checkbox; one that cannot be printed from here has none."""
    row = line.row
    if line.folded_kinds:
        return Cell(line.title, icon="caret-down" if line.is_unfolded else "caret-right", icon_tone="accent")
    if row is None or not row.is_ready:
        return Cell(line.title, icon="prohibit" if row is not None else "files", icon_tone="second")
    sign = "check-square" if line.is_ticked else "square"
    return Cell(line.title, row.mark, icon=sign, icon_tone="accent" if line.is_ticked else "second", tip=row.state)


def _state(line: DocumentLine) -> Cell:
    row, printed = line.row, line.newest_copy
    if line.folded_kinds:
        return Cell("", "、".join(line.folded_kinds))
    if printed is not None:
        changed = bool(printed.change_words)
        tone: Tone = "amber" if changed else "green"
        sign = "clock-fill" if changed else "check-circle-fill"
        return Cell(printed.words(line.today), line.words, icon=sign, icon_tone=tone, tone=tone, strong=changed)
    if row is None:
        return Cell(line.words, tone="second")
    return Cell("まだ" if row.is_ready else row.state, tone="second")


_COLUMNS = unsorted(
    Column("paper", "書類", _document_cell, stretch=True),
    Column("copies", "部数", lambda line: str(line.copies) if line.copies else "", width=56, align="right"),
    Column("printed", "印刷", _state, width=210),
)


class DocumentTable(QWidget):
    """The documents with checkbox and copies; ticks stay as set until an output, copies until another event is shown.

    ``print_button`` and ``pdf_button`` stand in the action bar of the page. Documents outside the set that are neither
    ticked nor printed are folded into one line.

    Signals:
        ``opened(DocumentLine)``: Enter.
        ``keep_asked()`` print the ticked documents for the office's own file.
    """

    opened = Signal(object)
    keep_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._view: PackView | None = None
        self._today = date.min
        self._read_only = False
        self._ticked: dict[str, bool] = {}
        self._turned: set[str] = set()
        self._others: set[str] = set()
        self._unfolded = False
        self._copies: dict[str, int] = {}
        self.whole_sheets = False
        self.choose_button = link_button("部数を変える")
        self.guide_button = link_button("しおりの文面")
        self.table = FittedTable(
            "day_papers",
            _COLUMNS,
            title="当日の紙",
            empty="この実施回に、当日の紙はありません。",
            least_row=t.LOW_ROW,
            names_people=False,
            on_act=self.toggle,
            on_open=self._open,
            on_choose=self._show_keys,
        )
        self.keys = label("", "small")
        self._show_keys(None)
        self.beside = small_label()
        self.print_button = main_button("印刷する", icon_name="printer")
        offer_kept(self.print_button, self.keep_asked.emit)
        self.pdf_button = Button("1つのPDFにする", icon_name="file-pdf", key="Ctrl+S")
        on_key(self.pdf_button, "Ctrl+S", self.pdf_button.click)
        in_column(
            side_by_side(section("当日の紙"), self.keys, None, self.guide_button, self.choose_button),
            self.table,
            self.beside,
            owner=self,
            spacing=8,
        )
        self.setFocusProxy(self.table)

    def show_pack(self, view: PackView, today: date, *, read_only: bool, is_next: bool) -> None:
        """Show the documents of an event; with ``read_only`` nothing can be printed or saved.

        ``is_next``: their printing is the step in turn, and its button the filled one.
        """
        if self._view is None or self._view.event_id != view.event_id:
            self.clear_choices()
            self._copies = {}
            self.whole_sheets = self._unfolded = False
        self._view, self._today, self._read_only = view, today, read_only
        self.print_button.set_filled(is_next)
        show_text_or_hide(self.beside, fill_nonempty("ほかに用意するもの　{}", view.beside))
        self.guide_button.setVisible(any(row.kind == GUIDE and row.is_ready for row in view.rows))
        self._fill()

    def clear_choices(self) -> None:
        """Set the ticks back to the default, after an output; copies stay. The list shows it after ``show_pack``."""
        self._ticked = {}
        self._turned = set()

    def set_choices(self, ticked: Mapping[str, bool], copies: Mapping[str, int], *, whole_sheets: bool) -> None:
        """Take over ticks, copies and print form chosen in 部数と選び直し."""
        self._ticked = dict(ticked)
        self._copies = dict(copies)
        self.whole_sheets = whole_sheets
        self._fill()

    def toggle(self, line: DocumentLine) -> None:
        """Tick or untick a document; the line of the folded ones folds or unfolds them."""
        if line.folded_kinds:
            self._unfolded = not self._unfolded
            self._fill()
        elif line.row is not None and line.row.is_ready:
            self._ticked[line.row.kind] = not line.is_ticked
            self._turned.add(line.row.kind)
            self._fill()

    def lines(self) -> tuple[DocumentLine, ...]:
        """Return a line for each document with its tick and copies, then one for the handouts if there are any."""
        if self._view is None:
            return ()
        found = [
            DocumentLine(
                row=row,
                is_ticked=row.is_ready and self._ticked.get(row.kind, row.is_ticked),
                copies=self._copies.get(row.kind, row.copies) if row.is_ready else 0,
                newest_copy=row.newest_copy,
                today=self._today,
            )
            for row in self._view.rows
        ]
        words = self._view.handout_words
        if words is not None:
            found.append(DocumentLine(row=None, words=words, newest_copy=self._view.handouts, today=self._today))
        return tuple(found)

    def choices(self) -> tuple[PackChoice, ...]:
        """Return the ticked documents with their copies."""
        return _chosen([line for line in self.lines() if line.is_ticked])

    def joined_set(self) -> tuple[PackChoice, ...]:
        """Return what one PDF takes: what is ticked; without a tick all that belongs to it or was issued before."""
        return self.choices() or _chosen(
            [
                line
                for line in self.lines()
                if line.row is not None
                and line.row.is_ready
                and (line.row.is_in_joined_pdf or line.newest_copy is not None)
            ]
        )

    def _show_keys(self, line: DocumentLine | None) -> None:
        """Show what the keys do in the chosen line; only a document that can be printed is ticked."""
        ticks = line is None or (line.row is not None and line.row.is_ready)
        self.keys.setText("Space 印　Enter 見る" if ticks else "Enter 開く")

    def _open(self, line: DocumentLine) -> None:
        if line.folded_kinds:
            self.toggle(line)
        else:
            self.opened.emit(line)

    def _visible_lines(self, lines: Sequence[DocumentLine]) -> list[DocumentLine]:
        """Return the lines of the set, then one for the others and, if unfolded, those themselves.

        While they are unfolded none moves, so that one after the other can be ticked.
        """
        if not self._unfolded:
            self._others = {line.id for line in lines if not self._is_preselected(line)}
        others = [line for line in lines if line.id in self._others]
        if len(others) < _MIN_FOLDED_LINES:
            return list(lines)
        fold = DocumentLine(
            row=None, folded_kinds=tuple(line.title for line in others), is_unfolded=self._unfolded, today=self._today
        )
        return [*(line for line in lines if line not in others), fold, *(others if self._unfolded else ())]

    def _is_preselected(self, line: DocumentLine) -> bool:
        """Return whether the document belongs to the set shown at first: joined, copied, ticked or just unticked."""
        is_joined = line.row is not None and line.row.is_in_joined_pdf
        return is_joined or line.newest_copy is not None or line.is_ticked or line.id in self._turned

    def _fill(self) -> None:
        """Show the documents, and on the button how many are ticked."""
        lines = self.lines()
        self.table.show_rows(self._visible_lines(lines))
        ticked = {line.id for line in lines if line.is_ticked}
        changed = {row.kind for row in self._view.outdated_rows} if self._view is not None else set()
        words = (
            f"変わった {len(ticked)}種を印刷する"
            if ticked and ticked == changed
            else f"印を付けた {len(ticked)}種を印刷する"
        )
        self.print_button.set_words(words if ticked else "印を付けて印刷する")
        self.print_button.setEnabled(bool(ticked) and not self._read_only)
        self.print_button.setToolTip(
            BY_MENU if ticked else "一覧で□を押すか Space で、印刷する紙に印をつけてください。"
        )
        self.pdf_button.setEnabled(bool(self.joined_set()) and not self._read_only)


def _chosen(lines: Sequence[DocumentLine]) -> tuple[PackChoice, ...]:
    return tuple(PackChoice(kind=line.id, copies=line.copies) for line in lines)
