"""One paragraph of both 仕様書 side by side, with marked changes, its numbers, and what refers to it."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from app.subjects.year.specification.rules.paragraph_comparison import Run, mark_changes
from app.subjects.year.specification.services.clause_references import ORDER
from app.subjects.year.specification.services.specification import ClauseRow, NumberLine
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import Paragraph, section, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.panel import Panel
from app.window import theme as t

_NOTHING: Final = {"追加": "（この段落はありません）", "削除": "（この段落はなくなりました）"}


def _words(line: NumberLine) -> Cell:
    if line.confirmed is None:
        return Cell("未確認", tone="second")
    again = "仕様書の文が変わりました" if line.is_outdated else ""
    return Cell(line.next_words, again, strong=True, tone="green", second_tone="amber")


NUMBER_COLUMNS: Final = unsorted(
    Column("label", "数", lambda one: one.value.label, stretch=True),
    Column("this", "この年度", lambda one: one.this_words, width=132),
    Column(
        "found",
        "つぎの仕様書",
        lambda one: Cell(one.found_words, strong=one.differs, tone="amber" if one.differs else ""),
        width=132,
    ),
    Column("next", "確認した値", _words, width=132),
)


class ClausePanel(QWidget):
    """The details of one row.

    Signals: ``confirm_asked``, ``entry_asked``, ``withdraw_asked`` for the paragraph shown.
    """

    confirm_asked = Signal()
    entry_asked = Signal()
    withdraw_asked = Signal(object)

    def __init__(self, *, may_write: bool) -> None:
        super().__init__()
        self.row: ClauseRow | None = None
        self._may_write = may_write
        self.title = wrapped_label("", "h2")
        self.sides = (Panel(" "), Panel(" "))
        self.texts = tuple(_text_label() for _side in self.sides)
        self.numbers_title = section("つぎの年度の数")
        self.numbers = FittedTable(
            "specification-numbers",
            NUMBER_COLUMNS,
            title="つぎの年度の数",
            empty="この段落に、契約条件の数はありません。",
        )
        self.take = Button("仕様書の値で確認する", self.confirm_asked.emit, icon_name="check", low=True)
        self.type = Button("値を入力して確認する", self.entry_asked.emit, low=True)
        self.withdraw = Button("確認を取り消す", self._withdraw, low=True)
        self.buttons = FlowRow(self.take, self.type, self.withdraw)
        self.hanging = Paragraph()
        self._build()
        self.numbers.chosen.connect(lambda _line: self._offer())

    def _build(self) -> None:
        column = in_column(self.title, owner=self, spacing=10, margins=(0, 0, 8, 0))
        across = in_row(spacing=12)
        for panel, words in zip(self.sides, self.texts, strict=True):
            panel.put(words)
            across.addWidget(panel, 1)
        add(
            column,
            across,
            self.numbers_title,
            self.numbers,
            self.buttons,
            section("この項番にかかるもの"),
            self.hanging,
            None,
        )

    def show_row(self, row: ClauseRow, *, this_year: str, next_year: str, without_paragraph: bool = False) -> None:
        """Show one paragraph; ``without_paragraph`` shows the numbers that belong to none."""
        self.row = row
        pair = row.pair
        named = (
            f"仕{pair.clause}　{pair.title}"
            if pair.clause[:1].isdigit()
            else f"{pair.clause}　{pair.title}".strip("　")
        )
        self.title.setText("どの段落にも見つからない数" if without_paragraph else f"{named}　—　{pair.change}")
        for panel, year in zip(self.sides, (this_year, next_year), strict=True):
            panel.title.setText(year)
            panel.setVisible(not without_paragraph)
        if pair.old is not None and pair.new is not None:
            left, right = mark_changes(pair.old.text, pair.new.text)
        else:
            left = ((pair.old.text, True),) if pair.old else ((_NOTHING["追加"], False),)
            right = ((pair.new.text, True),) if pair.new else ((_NOTHING["削除"], False),)
        for words, runs, ground in zip(self.texts, (left, right), (t.RED_TINT, t.AMBER_TINT), strict=True):
            words.setText(_html(runs, ground))
        self.numbers.show_rows(row.numbers)
        self.numbers_title.setVisible(bool(row.numbers))
        self.numbers.setVisible(bool(row.numbers))
        self.buttons.setVisible(bool(row.numbers))
        self.hanging.show_text(_reference_words(row))
        self._offer()

    def _offer(self) -> None:
        found = self.row.numbers if self.row is not None else ()
        line = self.numbers.current()
        self.take.setEnabled(self._may_write and any(_is_unconfirmed(one) for one in found))
        self.type.setEnabled(self._may_write and bool(found))
        self.withdraw.setEnabled(self._may_write and line is not None and line.confirmed is not None)

    def _withdraw(self) -> None:
        line = self.numbers.current()
        if line is not None and line.confirmed is not None:
            self.withdraw_asked.emit(line)


def _is_unconfirmed(line: NumberLine) -> bool:
    return line.found is not None and (
        line.confirmed is None or line.confirmed.value != line.found.text or line.is_outdated
    )


def _text_label() -> QLabel:
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made


def _html(runs: tuple[Run, ...], background: str) -> str:
    """Return the words as HTML, with changes coloured and underlined, so that colour is not needed."""
    said = "".join(
        f'<span style="background:{background}"><u>{escape(words)}</u></span>' if changed else escape(words)
        for words, changed in runs
    )
    return f"<div>{said.replace(chr(10), '<br>')}</div>"


def _reference_words(row: ClauseRow) -> str:
    if not row.references:
        return "この項番を根拠にしている設定、確認、帳票はありません。"
    lines = []
    for what in ORDER:
        words = [one.words for one in row.references if one.action == what]
        if words:
            lines.append(f"**{what}**　{'、'.join(words)}")
    return "\n".join(lines)
