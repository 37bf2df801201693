"""The steps 1 判断, 3 ほかの連絡先 and 4 文をコピーして使う: what was decided, whom else to reach, texts to paste
elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any, get_args

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from app.calendar.dates import short_date
from app.calendar.office_days import DateProblem
from app.calendar.typed_dates import parse_date, parse_time
from app.subjects.events.calls.screens.call_table import again_words, what_happened
from app.subjects.events.calls.services.call_sheet import AGAIN, NOT_NEEDED, REACHED
from app.subjects.events.calls.services.call_view import CallText, CallView, OtherContact
from app.subjects.events.event.parts.settled_ways import ways
from app.subjects.events.letters.rules.change_texts import TEXT_KEYS, reason_line, reason_unseen
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.forms.usual_words import UsualWord, UsualWords
from app.widgets.labels import framed, label, named, rule, say_or_hide, section, wrapped_label
from app.widgets.layouts import add, in_column, in_grid, in_row, see_at_once
from app.widgets.panel import Panel
from app.widgets.screen import empty, row
from app.widgets.shown_words import clock_of
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.clipboard import put_to_paste
from app.window.desk import may_let_out, may_save
from app.window.icons import picture
from db.records.calls import DecisionKind

CANCEL = "中止"
_PLACES: dict[str, tuple[str, str]] = {
    "延期": ("日付を変える", "move"), "日時の変更": ("日付を変える", "move"), "会場の変更": ("会場を変える", "edit"),
}  # fmt: skip


_ROOM_FOR_ALL = 640
_FINISH = "通知と電話の文には、理由が入力したとおりに出ます。「…のため」のように終わりまで書いてください。"


class DecisionPanel(Panel):
    """The decision.

    Signals: ``decided(dict)`` what is written down (kind, decided_at, decided_by, reason, nature);
    ``change_asked(str)`` "move" or "edit": the event itself is to be changed.
    """

    decided = Signal(object)
    change_asked = Signal(str)

    def __init__(self, *, fiscal_year: int) -> None:
        super().__init__("1　判断", tone="accent")
        self._year = fiscal_year
        self._shown: dict[str, Any] = {}
        self._strict: bool | None = None
        self._apart = False
        self._now = ""
        self.kind = ChoiceBox()
        self.kind.addItems(get_args(DecisionKind))
        self.when = QLineEdit()
        self.who = QLineEdit(placeholderText="協働推進課長")
        self.reason = QLineEdit(placeholderText="大雨警報の発表のため（荒天時の取扱いによる）")
        self.usual_who = UsualWords(self.who, "判断することの多い者")
        self.usual_reason = UsualWords(self.reason, "よくある理由")
        self.usual_who.taken.connect(self._go_on)
        self.nature = ChoiceBox()
        self.noted = label("", "small")
        self.read_as = wrapped_label("", "small")
        self.problem = wrapped_label("", "problem")
        self.save = Button("中止にする", self.send, kind="main")
        self.change = Button("", self._ask_change)
        self._nature_word = label("回数が減ることは", "second")
        self._lay_out()
        self.kind.currentTextChanged.connect(self._choose)
        self.nature.activated.connect(lambda _number: self._follow())
        for field in (self.when, self.who, self.reason):
            field.textChanged.connect(lambda _text: self._follow())
            field.returnPressed.connect(self.send)
        self.when.editingFinished.connect(self._say_back)

    def _lay_out(self) -> None:
        self.put_in_head(self.noted)
        grid = self._grid = in_grid(across=10, down=2)
        fields: tuple[tuple[str, QWidget, int], ...] = (
            ("区分", self.kind, 128), ("判断した時刻", self.when, 148), ("判断した者", self.who, 160),
            ("理由", self.reason, 0),
        )  # fmt: skip
        for column, (words, field, width) in enumerate(fields):
            name = label(words, "small")
            name.setBuddy(field)
            field.setAccessibleName(words)
            if width:
                field.setFixedWidth(t.scaled(width))
            grid.addWidget(name, 0, column)
            grid.addWidget(field, 1, column)
        self._reason_word = name
        grid.setColumnStretch(3, 1)
        self.put(grid, self.read_as)
        self._line = FlowRow(self._nature_word, self.nature, self.change, self.save, at_end=2)
        # Below what is pressed, so that a refusal does not move it.
        self.put(self._line, self.problem)
        self.nature.setAccessibleName("回数が減ることは")
        self.reason.setInputMethodHints(Qt.InputMethodHint.ImhNone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The reason has a line of its own where it could not be read beside the others."""
        super().resizeEvent(event)
        apart = t.unscaled(self.width()) < _ROOM_FOR_ALL
        if apart != self._apart:
            self._apart = apart
            self._grid.addWidget(self._reason_word, 2 if apart else 0, 0 if apart else 3)
            self._grid.addWidget(self.reason, 2 if apart else 1, 1 if apart else 3, 1, 3 if apart else 1)

    def show_view(self, view: CallView, now: datetime) -> None:
        """Show what was decided, or empty fields with the present moment; what is being typed stays."""
        decision = view.sheet.decision
        self.usual_who.words = tuple(UsualWord(words=one) for one in view.deciders)
        self.usual_reason.words = tuple(UsualWord(words=one) for one in view.reasons)
        typing = bool(self._shown) and self._differs() and self._shown.get("event") == view.event.id
        if self._strict != view.strict:
            self._strict = view.strict
            self.nature.clear()
            for value, words in ways(strict=view.strict):
                self.nature.addItem(words, value)
        self._now = f"{short_date(now.date())} {clock_of(now)}"
        moment = decision.decided_at if decision is not None else now
        if not (typing and self._shown["decided"] == (decision is not None)):
            self._fill(
                kind=decision.kind if decision is not None else CANCEL,
                when=f"{short_date(moment.date())} {clock_of(moment)}",
                who=decision.decided_by if decision is not None else "",
                reason=decision.reason if decision is not None else "",
            )
        self._shown |= {"decided": decision is not None, "event": view.event.id, "unseen": reason_unseen(decision)}
        at = f"{clock_of(view.noted[0])} 記録　{view.noted[1]}　履歴に残りました" if view.noted is not None else ""
        self.noted.setText(at)
        self._follow()

    def _fill(self, **values: str) -> None:
        self._shown = dict(values)
        self.kind.setCurrentText(values["kind"])
        for name, field in (("when", self.when), ("who", self.who), ("reason", self.reason)):
            field.setText(values[name])
            field.setCursorPosition(0)

    def _typed(self) -> dict[str, str]:
        return {
            "kind": self.kind.currentText(), "when": self.when.text(), "who": self.who.text(),
            "reason": self.reason.text(),
        }  # fmt: skip

    @property
    def unfinished(self) -> bool:
        """True while something is chosen or typed that is not recorded."""
        return bool(self._shown) and self._differs()

    def _differs(self) -> bool:
        return any(value != self._shown.get(name) for name, value in self._typed().items())

    def _choose(self, kind: str) -> None:
        """Another kind is decided now, and not when the one before was; who typed a time of his own keeps it."""
        before, now = str(self._shown.get("when", "")), self._now
        if bool(self._shown.get("decided")) and self.when.text() in (before, now):
            self.when.setText(before if kind == self._shown.get("kind") else now)
        self._follow()

    def _follow(self) -> None:
        """Offer only what fits: recording while something is new, the change of the event once it is decided."""
        kind, decided = self.kind.currentText(), bool(self._shown.get("decided"))
        new_kind = not decided or kind != self._shown.get("kind")
        asked = bool(self._shown.get("unseen")) and not self._differs()
        self.save.set_words(
            "中止にする"
            if new_kind and kind == CANCEL
            else "判断を記録する"
            if new_kind
            else "この文でよい"
            if asked
            else "判断を直す"
        )
        saves = not decided or self._differs() or asked
        self.save.setVisible(saves)
        reason = self.reason.text().strip()
        said = f"通知と電話の文には、入力したとおりに出ます：「{reason_line(reason)}」" if reason else _FINISH
        self.read_as.setText(
            f"{said}　前に入力された理由です。文として終わっているか、確かめてください。" if asked else said
        )
        asks = kind == CANCEL and new_kind
        self._nature_word.setVisible(asks)
        self.nature.setVisible(asks)
        words, _place = _PLACES.get(kind, ("", ""))
        self.change.set_words(words)
        changes = bool(words) and decided and not saves
        self.change.setVisible(changes)
        # Not asked of the buttons: in a line that is hidden none of them is seen, and it would never come back.
        self._line.setVisible(saves or changes)
        self._tell("")

    def _say_back(self) -> None:
        """Show a typed moment in full: 「9/24 810」 becomes 「9/24(木) 8:10」."""
        try:
            moment = self.moment()
        except DateProblem as problem:
            self._tell(str(problem))
            return
        words = f"{short_date(moment.date())} {clock_of(moment)}"
        if self.when.text() != words:
            self.when.setText(words)

    def moment(self) -> datetime:
        """The time of the decision as typed (day, a space, time); raises ``DateProblem`` with a sentence."""
        day, _space, clock = self.when.text().strip().rpartition(" ")
        if not day:
            raise DateProblem("判断した日と時刻を、9/24 8:10 のように入力してください。")
        found = parse_date(day, self._year)
        hour, minute = (int(part) for part in parse_time(clock).split(":"))
        return datetime(found.year, found.month, found.day, hour, minute)  # noqa: DTZ001 - local time, as everywhere

    def _go_on(self, _taken: UsualWord) -> None:
        """Who decided is said: the reason comes next, with the usual ones below it for whoever takes one there too."""
        if not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            self.usual_reason.offer()

    def send(self) -> None:
        """Hand over the decision when it is complete; say what is missing otherwise."""
        if not self.save.isVisibleTo(self):
            return
        try:
            moment = self.moment()
        except DateProblem as problem:
            self._tell(str(problem), self.when)
            return
        for field, words in ((self.who, "判断した者"), (self.reason, "理由")):
            if not field.text().strip():
                self._tell(f"{words}がまだ入力されていません。", field)
                return
        self.decided.emit(
            {
                "kind": self.kind.currentText(), "decided_at": moment, "decided_by": self.who.text(),
                "reason": self.reason.text(), "nature": self.nature.currentData(),
            }
        )  # fmt: skip

    def settle(self) -> None:
        """What is typed was saved: it no longer counts as being typed."""
        self._shown |= self._typed()

    def _ask_change(self) -> None:
        _words, place = _PLACES.get(self.kind.currentText(), ("", ""))
        if place:
            self.change_asked.emit(place)

    def _tell(self, sentence: str, field: QLineEdit | None = None) -> None:
        say_or_hide(self.problem, sentence)
        if field is not None:
            field.setFocus()


_NOTE = "このアプリからは送信しません"
_SHORT = ("電話で話す文", "メール", "ホームページ", "掲示")
_NONE = "判断を記録すると、文がここに出ます。"


class TextsPanel(QWidget):
    """The texts. Signals: ``edited(str, str)`` which text was changed to what; "" brings back the first wording;
    ``taken(str, str)`` which text was copied, and the text."""

    edited = Signal(str, str)
    taken = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._texts: dict[str, CallText] = {}
        self._half: dict[str, str] = {}
        self.tabs = TabBar(*_SHORT)
        self.choice = ChoiceBox("文を選ぶ")
        self.choice.addItems(TEXT_KEYS)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(round(t.line_height() * 6))
        self.text.installEventFilter(self)
        self.copied = label("", "done")
        self.copy = Button("コピー", self.put_on_clipboard, icon_name="copy")
        self.again = Button("はじめの文に戻す", lambda: self.edited.emit(self.key(), ""))
        self._frame = framed("panel")
        in_column(
            self.text,
            FlowRow(self.copy, self.again, label(_NOTE, "small"), self.copied),
            owner=self._frame,
            spacing=6,
            margins=(8, 8, 8, 8),
        )
        self._none = wrapped_label(_NONE, "second")
        in_column(
            section("4　文をコピーして使う"), self.tabs, self.choice, self._none, self._frame, owner=self, spacing=6
        )
        self.choice.hide()
        self.tabs.chosen.connect(self._choose)
        self.choice.activated.connect(self.tabs.choose)

    def fold(self, *, narrow: bool) -> None:
        """A list in the place of the tabs, where they have no room or would stand inside others."""
        self.tabs.setVisible(not narrow and bool(self._texts))
        self.choice.setVisible(narrow and bool(self._texts))

    def show_view(self, view: CallView, *, narrow: bool) -> None:
        """Show the texts; one that is being typed in stays as it is."""
        typing = self.text.hasFocus() and self._changed()
        self._texts = {one.key: one for one in view.texts}
        self._none.setVisible(not self._texts)
        self._frame.setVisible(bool(self._texts))
        self.fold(narrow=narrow)
        if not typing:
            self._show()

    def key(self) -> str:
        """The text now shown."""
        return TEXT_KEYS[self.tabs.current()]

    def put_on_clipboard(self) -> None:
        """Copy the text as it stands."""
        if not may_let_out(self):
            return
        self.keep()
        put_to_paste(self.text.toPlainText())
        self.copied.setText("コピーしました")
        self.taken.emit(self.key(), self.text.toPlainText())

    def keep(self) -> None:
        """Hand over what was typed."""
        if self._changed():
            self.edited.emit(self.key(), self.text.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the text keeps it."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut and may_save(self):
            self.keep()
        return super().eventFilter(watched, event)

    def keep_dirty_fields(self) -> None:
        """The seat is back: hand over what was typed in every text meanwhile."""
        if may_save(self):
            half, self._half = self._half, {}
            for key, text in half.items():
                self.edited.emit(key, text)
            self.keep()

    def _changed(self) -> bool:
        found = self._texts.get(self.text.accessibleName())
        return found is not None and self.text.toPlainText() != found.text

    def _choose(self, number: int) -> None:
        if self._changed() and not may_save(self):  # a colleague has the seat
            self._half[self.text.accessibleName()] = self.text.toPlainText()
        self.choice.setCurrentIndex(number)
        self._show()

    def _show(self) -> None:
        found = self._texts.get(self.key())
        self.copied.setText("")
        self.text.setAccessibleName(self.key())
        self.text.setPlainText(self._half.get(self.key(), found.text if found is not None else ""))
        self.again.setVisible(found is not None and found.edited)


class OthersPanel(QWidget):
    """The other contacts. Signals: ``called(OtherContact, str)`` whom and with what outcome;
    ``presenter_asked(object)`` a presenter to be put right, None = a new one; ``presenter_gone(object)`` one to be
    taken out.
    """

    called = Signal(object, str)
    presenter_asked = Signal(object)
    presenter_gone = Signal(object)

    def __init__(self, *, today: date) -> None:
        super().__init__()
        self._today = today
        self.count = label("", "small")
        self.buttons: dict[str, Button] = {}
        self._lines = in_column(spacing=4)
        self.add_presenter = Button(
            "発表者を加える", lambda: self.presenter_asked.emit(None), icon_name="plus", low=True
        )
        in_column(
            row(section("3　ほかの連絡先"), None, self.count),
            rule(),
            self._lines,
            row(self.add_presenter, None),
            owner=self,
            spacing=6,
        )

    def show_view(self, view: CallView) -> None:
        """Show how far they are."""
        self.count.setText(f"{view.others_settled} / {view.others_wanted} 済")
        self.buttons = {}
        empty(self._lines)
        for one in view.others:
            add(self._lines, self._line(one, on=view.decided), rule())
        see_at_once(self)

    def _line(self, one: OtherContact, *, on: bool) -> QWidget:
        quiet = one.state == NOT_NEEDED
        holder = QWidget()
        column = in_column(
            FlowRow(label(one.title, "second" if quiet else "strong"), self._state(one, on=on), at_end=1),
            owner=holder,
            spacing=4,
        )
        if one.phone or one.detail:
            under = FlowRow(spacing=10)
            if one.phone:
                under.add(label(one.phone))
            if one.detail:
                under.add(label(one.detail, "small"))
            column.addWidget(under)
        return holder

    def _state(self, one: OtherContact, *, on: bool) -> QWidget:
        holder = QWidget()
        line = in_row(owner=holder, spacing=6)
        if one.state == REACHED and one.call is not None:
            add(
                line,
                self._sign("check-circle-fill", t.GREEN),
                label(REACHED, "done"),
                label(f"{clock_of(one.call.at)} {one.call.by}", "small"),
            )
            return holder
        if one.state == NOT_NEEDED:
            line.addWidget(label(NOT_NEEDED, "second"))
        elif one.call is not None:
            add(
                line,
                self._sign("phone-x", t.AMBER),
                label(f"{what_happened(one.call)} {again_words(one.call, self._today)}".strip(), "warned"),
            )
        if on and one.state != NOT_NEEDED:
            line.addWidget(self._button(one))
        if on or one.contact is not None:
            line.addWidget(self._more(one, on=on))
        return holder

    def _button(self, one: OtherContact) -> Button:
        button = named(Button(REACHED, lambda: self.called.emit(one, REACHED), low=True), f"{one.title}　{REACHED}")
        self.buttons[one.target] = button
        return button

    def _more(self, one: OtherContact, *, on: bool) -> Button:
        more = Button(f"{one.title}　ほかの記録", kind="icon", icon_name="dots-three")
        menu = QMenu(more)
        for outcome in (REACHED, AGAIN, NOT_NEEDED) if on else ():
            if outcome != one.state:
                menu.addAction(outcome, partial(self.called.emit, one, outcome))
        if one.contact is not None:
            menu.addAction("氏名・電話を直す", partial(self.presenter_asked.emit, one.contact))
            menu.addAction("発表者から外す", partial(self.presenter_gone.emit, one.contact))
        more.setMenu(menu)
        return more

    def _sign(self, name: str, colour: str) -> QLabel:
        sign = QLabel()
        sign.setPixmap(picture(name, 16, colour, ratio=self.devicePixelRatioF()))
        return sign
