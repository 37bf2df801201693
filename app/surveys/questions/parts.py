"""Widgets that the screens of a survey share: page buttons and headings, small forms, and words for its state."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QWidget

from app.calendar.dates import short_date, short_date_or
from app.calendar.wareki import fiscal_year_words
from app.surveys.questions.rules import TYPE_WORDS, address_fault
from app.surveys.questions.services.survey_documents import MAX_LARGE_COPIES
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import Field
from app.widgets.labels import HeadingLine
from app.widgets.layouts import in_row
from app.widgets.tab_order import OneStop
from app.window import theme as t
from db.records.events import Event
from db.records.surveys import Question


class PageHeading(HeadingLine):
    """An h1 that ``set_headings_hidden`` hides in a narrow window, where the page buttons say the same.

    Signals: none.
    """

    def __init__(self, text: str):
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "h1")
        self.setMinimumHeight(t.scaled(t.FIELD) + 2)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)


def set_headings_hidden(parent: QWidget, *, is_hidden: bool) -> None:
    """Show or hide every page heading in ``parent``."""
    for found in parent.findChildren(PageHeading):
        found.setVisible(not is_hidden)


class PageSwitch(QWidget):
    """Buttons of which one is pressed; ←/→ move between the pages.

    Signals: ``chosen(str)`` the name of the chosen page.
    """

    chosen = Signal(str)

    def __init__(self, words: tuple[str, ...]):
        super().__init__()
        self._words = words
        self._group = QButtonGroup(self)
        one_stop = OneStop(self, chooses=True)
        for number, word in enumerate(words):
            button = Button(word)
            button.setCheckable(True)
            self._group.addButton(button, number)
            one_stop.add(button)
        in_row((FlowRow(*self._group.buttons(), spacing=4), 1), owner=self)
        self._group.idClicked.connect(lambda number: self.chosen.emit(words[number]))

    def show_page(self, word: str) -> None:
        """Press the button of the page ``word`` without emitting a signal."""
        self.button(word).setChecked(True)

    def button(self, word: str) -> Button:
        """Return the button of a page."""
        button = self._group.button(self._words.index(word))
        assert isinstance(button, Button)
        return button

    def set_count(self, word: str, count: int) -> None:
        """Show a count behind the name; 0 removes it."""
        self.button(word).set_words(f"{word} {count}" if count else word)


def agreement_fields(today: date) -> tuple[Field, ...]:
    """Return the field ``day``, the day of the 協議 about the questions, not in the future."""
    return (
        Field(
            "day",
            "協議した日",
            "date",
            width=96,
            hint="受託者と設問を協議して決めた日",
            rule=lambda day: future_day_problem(day, today),
        ),
    )


def handout_fields() -> tuple[Field, ...]:
    """Return the fields ``url`` and ``close`` of the online form, ``distributed`` and ``large`` of the sheets."""
    return (
        Field(
            "url",
            "フォームのURL",
            optional=True,
            hint="回答する人がブラウザーで開く場所。用紙にQRコードで入ります",
            rule=address_fault,
        ),
        Field("close", "回答の締切", "date", optional=True, width=96),
        Field(
            "distributed",
            "配布した枚数",
            "number",
            unit="枚",
            optional=True,
            width=72,
            least=0,
            hint="印刷と配布は受託者の仕事です。聞いた数を控えます",
        ),
        Field(
            "large",
            "拡大版の部数",
            "number",
            unit="部",
            optional=True,
            width=72,
            least=0,
            most=MAX_LARGE_COPIES,
            hint="大きな字（20ポイント）を希望する方の分",
        ),
    )


def future_day_problem(day: date, today: date) -> str:
    """Return a message when ``day`` is in the future, else ""."""
    return "今日より先の日です。日付を確かめてください。" if day > today else ""


STATE_BADGES = {
    "未着手": "未着手",
    "設問を協議中": "協議中",
    "設問決定": "準備",
    "回収中": "提出待ち",
    "集計を確認中": "区が確認中",
    "集計確定": "確認済",
}


def event_words(event: Event, today: date) -> str:
    """Return 「9/30(水) 第1回 LINE講習会」; an undated event has 日程協議中."""
    day = short_date_or("日程協議中", event.event_date, today)
    return f"{day} {event.full_title}"


def year_words(fiscal_year: int | None) -> str:
    """Return 「令和8年度　」 to put before a name, "" without a year."""
    return f"{fiscal_year_words(fiscal_year)}　" if fiscal_year else ""


def question_hint(question: Question) -> str:
    """Return type and limit of a question (「複数回答・3つまで」)."""
    words = TYPE_WORDS[question.type]
    return f"{words}・{question.max_select}つまで" if question.max_select and question.type.takes_several else words


def agreed_words(agreed_on: date | None, today: date, *, fixed: bool) -> str:
    """Return whether the 協議 about the questions was held, on which day, and whether they are still to be decided.

    ``agreed_on`` is from ``agreement_day``, ``fixed`` = they were decided.
    """
    if agreed_on is None:
        return "協議がまだ"
    day = short_date(agreed_on, today)
    return f"協議 {day}" if fixed else f"協議 {day}・決定がまだ"
