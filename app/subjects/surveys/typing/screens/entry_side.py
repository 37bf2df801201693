"""Beside the sheet being typed: why, how far, the contractor's numbers, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.parts.entry_numbers import paper_total, said_numbers
from app.subjects.surveys.typing.screens.choice_keys import NONE_KEY, UNREADABLE_KEY, choice_keys
from app.subjects.surveys.typing.services.survey_entry import ON_BEHALF, missing_numbers, purpose_of
from app.subjects.surveys.typing.services.survey_second_entry import to_settle
from app.widgets.labels import Link, Paragraph, key_cap, label
from app.widgets.panel import Panel
from app.widgets.progress_blocks import ProgressBlocks
from app.window import theme as t

_MOST_BLOCKS = 30
_MISSING, _DIFFERING = "番号のぬけ", "2回目とのちがい"
_LETTERS = ("A", "Z")
_KEYS = (
    (("1", "9"), "選ぶ・つぎの設問へ"),
    (_LETTERS, "10番からの選択肢"),
    ((NONE_KEY,), "無回答"),
    ((UNREADABLE_KEY,), "読みとれない"),
    (("BackSpace",), "ひとつ戻る（←）"),
    (("Enter",), "複数回答・紙を確定"),
)


class EntrySide(QWidget):
    """The panels at the right. Signals: ``purpose_asked()``, ``comparison_asked()``."""

    purpose_asked = Signal()
    comparison_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        aim = Panel("目的", note="検算")
        self._aim = aim.note
        aim.put_in_head(Link("変える", self.purpose_asked.emit))
        column.addWidget(aim)
        column.addWidget(self._progress())
        compare = Panel("受託者の集計との照合")
        self._compare = Paragraph()
        compare.put(self._compare)
        compare.put(Link("受託者の数と照合する", self.comparison_asked.emit))
        column.addWidget(compare)
        self._keys = _Keys()
        column.addWidget(self._keys)
        column.addWidget(label("氏名・電話番号が書かれていても、打たないでください（無記名）。", "small", wrap=True))
        column.addStretch(1)

    def _progress(self) -> Panel:
        panel = Panel("進み")
        line = QHBoxLayout()
        line.setSpacing(6)
        self._count = label("0", "h1")
        self._count.setStyleSheet(f"color: {t.ACCENT}; font-size: {t.points('h1') * 1.6}pt;")
        self._of = label("")
        line.addWidget(self._count, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._of, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        panel.body.addLayout(line)
        self._blocks = ProgressBlocks(name="入力した用紙")
        panel.put(self._blocks)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        self._values = {}
        self._names = {}
        for place, words in enumerate(("1枚あたり", "要確認", _MISSING, _DIFFERING, "オンライン回答")):
            self._names[words] = label(words)
            self._values[words] = label("", "strong")
            grid.addWidget(self._names[words], place, 0)
            grid.addWidget(self._values[words], place, 1, Qt.AlignmentFlag.AlignRight)
        panel.body.addLayout(grid)
        return panel

    def show_view(self, view: SurveyView, *, seconds: float | None, second: bool = False) -> None:
        """Show how far it is; ``seconds`` a sheet took on average in this sitting, ``second`` for the second typing."""
        survey = view.survey
        if survey is None:
            return
        purpose, agreement = purpose_of(survey)
        self._aim.setText(f"代行（協議 {agreement}）" if purpose == ON_BEHALF else "検算（任意）")
        known = paper_total(view)
        done, total = (len(view.second), len(view.paper)) if second else (len(view.paper), known)
        self._count.setText(str(done))
        ended = "2回目 済" if second else "入力済"
        self._of.setText(f"/ {total}枚 {ended}" if total else f"枚 {ended}")
        shown = total is not None and max(total, done) <= _MOST_BLOCKS
        self._blocks.setVisible(shown)
        if shown:
            self._blocks.show_states(("done",) * done + ("planned",) * max(0, (total or 0) - done))
        self._values["1枚あたり"].setText(f"{round(seconds)}秒" if seconds is not None else "—")
        doubtful = sum(1 for sheet in view.doubtful if sheet.source == "紙")
        self._values["要確認"].setText(f"{doubtful}枚")
        self._values["オンライン回答"].setText(f"{len(view.online)}件")
        self._show_amber(_MISSING, said_numbers(missing_numbers(view.paper)))
        differing = len(to_settle(view))
        self._show_amber(_DIFFERING, f"{differing}枚" if differing else "")
        self._compare.say(_comparison_words(view, known))
        options = [one for question in survey.questions for one in choice_keys(question) if one.number]
        self._keys.show_most(max((one.number for one in options), default=0))

    def _show_amber(self, name: str, words: str) -> None:
        self._values[name].setText(words)
        self._values[name].setStyleSheet(f"color: {t.AMBER};")
        for part in (self._names[name], self._values[name]):
            part.setVisible(bool(words))


def _comparison_words(view: SurveyView, total: int | None) -> str:
    survey = view.survey
    if survey is None:
        return ""
    if survey.checked_on is not None:
        return f"検算済　{survey.checked_by}"
    if total is None:
        return "受託者の人数を入れると、設問ごとに差が出ます。"
    left = total - len(view.paper)
    if left < 0:
        return f"受け取った枚数より{-left}枚多くなっています。"
    return f"あと{left}枚そろうと、設問ごとの差が分かります。" if left else "枚数がそろいました。"


class _Keys(Panel):
    """The keys; letters are named only where a question has ten choices or more. Signals: none."""

    def __init__(self) -> None:
        super().__init__("キー")
        self.body.setSpacing(3)
        self._lines = {}
        for caps, words in _KEYS:
            holder = self._lines[caps] = QWidget()
            line = QHBoxLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(2)
            for place, cap in enumerate(caps):
                if place:
                    line.addWidget(label("～", "small"))
                line.addWidget(key_cap(cap))
            line.addStretch(1)
            line.addWidget(label(words, "smallink"))
            self.put(holder)

    def show_most(self, choices: int) -> None:
        """Show the keys needed for questions of at most so many choices."""
        self._lines[_LETTERS].setVisible(choices > 9)
