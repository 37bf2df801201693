"""Around the sheet being typed: which sheet it is, why and how far, the keys, and the line under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.surveys.questions.services.surveys import SurveyView
from app.subjects.surveys.typing.parts.entry_numbers import paper_total, said_numbers
from app.subjects.surveys.typing.screens.sheet_entry import NONE_KEY, UNREADABLE_KEY, TypedSheet, choice_keys
from app.subjects.surveys.typing.services.survey_entry import ON_BEHALF, missing_numbers, purpose_of
from app.subjects.surveys.typing.services.survey_second_entry import to_settle
from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Link, Paragraph, heading, key_cap, label
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
HALF_TYPED = "この用紙の入力が途中です。確定してから、ほかの用紙を開いてください。"
STAY_BLIND = "2回目の入力中は、1回目の回答を開きません。打ち直すときは、Ctrl+Z で戻して打ちます。"


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


class EntryHead(QWidget):
    """Heading, number and buttons.

    Signals: ``turned(int)`` −1 for the sheet before; ``number_chosen(int)``; ``stopped()``.
    """

    turned = Signal(int)
    number_chosen = Signal(int)
    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = heading("アンケートの検算・代行入力")
        self.number = label("", "h1")
        self.number.setStyleSheet(f"color: {t.ACCENT}; font-size: {t.points('h1') * 1.4}pt;")
        self.rest = label("", "h2")
        self.look = label("", "small", wrap=True)
        self.look.setMinimumWidth(t.scaled(140))
        self.change_button = Button("番号を変える", self._ask_number, low=True)
        self.before_button = Button("前の紙", lambda: self.turned.emit(-1), icon_name="caret-left")
        self.stop_button = Button("入力を中断する", self.stopped.emit)
        self.finish_button = Button("この紙を確定してつぎへ", kind="plain", tall=True)
        for button in (self.change_button, self.before_button, self.stop_button, self.finish_button):
            # The keyboard stays with the sheet: these have keys of their own or are for the mouse.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.before_button.setToolTip("前の紙を開いて直す（PageUp）")
        self.finish_button.setToolTip("この紙を確定する（Enter）")
        self._sheet: TypedSheet | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in (self.title, self.number, self.rest):
            line.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.look, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.change_button)
        line.addWidget(self.before_button)
        self._cap = key_cap("PgUp")
        line.addWidget(self._cap)
        line.addWidget(self.stop_button)

    def show_sheet(self, sheet: TypedSheet, *, total: int | None, complete: bool) -> None:
        """Show which sheet is under the hand; ``complete`` lights the button that ends it."""
        self._sheet = sheet
        correcting = bool(sheet.sheet_id)
        self.title.setText(
            "回答を直す" if correcting else "2回目の入力" if sheet.second else "アンケートの検算・代行入力"
        )
        self.number.setText("" if sheet.online else str(sheet.number))
        of = f" / {total}枚" if total and not correcting and (sheet.number or 0) <= total else ""
        self.rest.setText("オンラインの回答" if sheet.online else f"枚目{of}")
        self.look.setText("" if sheet.online else f"用紙の番号 {sheet.number} と同じか確かめてください")
        self.change_button.setVisible(not correcting)
        self._make_room()
        short = self._cap.isHidden()
        words = "直して保存" if short else "直した回答を保存する"
        if not correcting:
            words = "確定してつぎへ" if short else "この紙を確定してつぎへ"
        if self.finish_button.text() != words:
            self.finish_button.set_words(words)
        if self.finish_button.property("kind") != ("main" if complete else "plain"):
            self.finish_button.setProperty("kind", "main" if complete else "plain")
            self.finish_button.style().unpolish(self.finish_button)
            self.finish_button.style().polish(self.finish_button)
        self.stop_button.set_words("直さずに戻る" if correcting else "入力を中断する")

    def fold(self, *, narrow: bool) -> None:
        """On a narrow window only what is needed for the sheet stays."""
        self._cap.setVisible(not narrow)
        self._make_room()

    def _make_room(self) -> None:
        """The heading gives way before anything is cut; the row of pages says the same."""
        parts = (self.number, self.rest, self.change_button, self.before_button, self._cap, self.stop_button)
        need = sum(part.sizeHint().width() + 8 for part in parts if not part.isHidden()) + self.look.minimumWidth()
        self.title.setVisible(need + self.title.sizeHint().width() + 8 <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room."""
        super().resizeEvent(event)
        self._make_room()

    def _ask_number(self) -> None:
        dialog = NumberDialog(self._sheet.number if self._sheet is not None else 1, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self.number_chosen)
        dialog.open()


class NumberDialog(DialogFrame):
    """Another number for the sheet under the hand. Signals: ``chosen(int)``."""

    chosen = Signal(int)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__("用紙の番号を変える", main="この番号にする", width=480, parent=parent)
        self.form = Form(
            (Field(key="number", label="用紙の番号", kind="number", unit="枚目", width=72, least=1, most=9999),)
        )
        self.form.set_values({"number": number})
        self.put(self.form)
        self.body.addStretch(1)
        self.confirmed.connect(self._take)
        self.form.go_to("number")

    def _take(self) -> None:
        if self.form.check_all():
            self.accept()
            self.chosen.emit(self.form.value("number"))


def usual_hint(sheet: TypedSheet | None) -> str:
    """What to do at the question now asked."""
    question = sheet.entry.question if sheet is not None else None
    if sheet is None or question is None:
        return "この紙の入力が終わりました。Enter で保存して、つぎの紙へ進みます。"
    if sheet.entry.passed(question):
        return "↑↓ で、聞いていない設問にも行けます。"
    if question.type == "FA":
        return "読みとれないところは、読めたところまで打ってください。"
    if question.type == "SA":
        return (
            f"読みとれないとき、2つ以上に印があるときは {UNREADABLE_KEY} を押すと「要確認」になり、あとで見直せます。"
        )
    return f"読みとれないときは {UNREADABLE_KEY} を押すと「要確認」になり、あとで見直せます。"


def gap_words(untyped: Sequence[int]) -> str:
    """What to say when a number further on was chosen: which ones are passed over."""
    return f"{said_numbers(untyped)}枚目がまだ入力されていません。あとで番号を選んで入力できます。" if untyped else ""
