"""Panels of the steps 1 判断, 3 ほかの連絡先 and 4 文をコピーして使う."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from app.calendar.date_parsing import parse_date, parse_time
from app.calendar.dates import moment_of, short_date
from app.calendar.office_days import DateProblem
from app.common.display_words import left_words
from app.event.parts import settlement_options
from app.event.rules.event_warning import CONTRACT_CHANGE
from app.events.calls.rules import TEXT_KEYS
from app.events.calls.screens.call_table import call_again_words, unreached_words
from app.events.calls.services.call_sheet import AGAIN, NOT_NEEDED, REACHED
from app.events.calls.services.call_view import CallText, CallView, OtherContact
from app.events.letters.rules.change_letters import is_reason_unchecked, reason_line
from app.widgets.buttons import Button, inline_button, main_button
from app.widgets.display_texts import clock_of
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import ChoiceBox
from app.widgets.forms.usual_texts import UsualText, UsualTexts
from app.widgets.labels import (
    IconLabel,
    label,
    second_label,
    section,
    separator,
    show_text_or_hide,
    small_label,
    styled_frame,
    with_accessible_name,
    wrapped_label,
)
from app.widgets.layouts import add, in_column, in_grid, in_row, layout_now
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout, widget_row
from app.widgets.tabs import TabBar
from app.window import theme as t
from app.window.app_context import can_save_now, check_may_copy
from app.window.clipboard import copy_for_pasting
from db.records.calls import DecisionKind

CANCEL = "中止"
_CHANGE_LINKS: dict[str, tuple[str, str]] = {
    "延期": ("日付を変える", "move"), "日時の変更": ("日付を変える", "move"), "会場の変更": ("会場を変える", "edit"),
}  # fmt: skip


_ROOM_FOR_ALL = 640


class DecisionPanel(Panel):
    """Panel for the decision about a 中止 or change; ``save`` and ``change`` stand in the action bar of the page.

    Signals: ``decided(dict)`` the entered decision (kind, decided_at, decided_by, reason, nature, no_replacement);
    ``change_asked(str)`` "move" or "edit" the event itself.
    """

    decided = Signal(object)
    change_asked = Signal(str)

    def __init__(self, *, fiscal_year: int):
        super().__init__("1　判断", tone="accent")
        self._year = fiscal_year
        self._shown: dict[str, Any] = {}
        self._strict: bool | None = None
        self._apart = False
        self._now = ""
        self.kind = ChoiceBox()
        self.kind.addItems([one for one in DecisionKind if not one.revokes])
        self.when = QLineEdit()
        self.who = QLineEdit()
        self.reason = QLineEdit()
        self.usual_who = UsualTexts(self.who, "判断することの多い者")
        self.usual_reason = UsualTexts(self.reason, "よくある理由")
        self.usual_who.text_chosen.connect(self._focus_reason)
        self.nature = ChoiceBox()
        self.alone = QCheckBox("代わりの開催は行わない")
        self.noted = label("", "small")
        self.read_as = small_label()
        self.problem = wrapped_label("", "problem")
        self.save = main_button("中止にする", self.submit)
        self.change = Button("", self._ask_change)
        self._nature_word = label("回数が減ることは", "second")
        self._lay_out()
        self.kind.currentTextChanged.connect(self._choose)
        self.nature.activated.connect(self._update_buttons)
        self.alone.toggled.connect(self._update_buttons)
        for field in (self.when, self.who, self.reason):
            field.textChanged.connect(self._update_buttons)
            field.returnPressed.connect(self.submit)
        self.when.editingFinished.connect(self._show_full_moment)

    def _lay_out(self) -> None:
        self.put_in_head(self.noted)
        grid = self._grid = in_grid(across=10, down=2)
        fields = (
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
        self._line = FlowRow(self._nature_word, self.nature, self.alone)
        self.put(self._line, self.problem)
        self.nature.setAccessibleName("回数が減ることは")
        self.reason.setInputMethodHints(Qt.InputMethodHint.ImhNone)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the reason a line of its own if it would be too narrow."""
        super().resizeEvent(event)
        apart = t.unscaled(self.width()) < _ROOM_FOR_ALL
        if apart != self._apart:
            self._apart = apart
            self._grid.addWidget(self._reason_word, 2 if apart else 0, 0 if apart else 3)
            self._grid.addWidget(self.reason, 2 if apart else 1, 1 if apart else 3, 1, 3 if apart else 1)

    def show_view(self, view: CallView, now: datetime) -> None:
        """Show the decision, or empty fields with the present time; text being typed stays."""
        decision = view.sheet.decision
        self.usual_who.words = tuple(UsualText(words=one) for one in view.deciders)
        self.usual_reason.words = tuple(UsualText(words=one) for one in view.reasons)
        typing = bool(self._shown) and self._has_changes() and self._shown.get("event") == view.event.id
        if self._strict != view.is_number_strict:
            self._strict = view.is_number_strict
            self.nature.clear()
            for value, words in settlement_options(strict=view.is_number_strict):
                self.nature.addItem(words, value)
            if view.is_number_strict:  # one event less of 「全2回」 is another contract until 契約課 says otherwise
                self.nature.setCurrentIndex(self.nature.findData(CONTRACT_CHANGE))
        self._now = f"{short_date(now.date())} {clock_of(now)}"
        if decision is not None and decision.kind.revokes and self.kind.findText(decision.kind) < 0:
            self.kind.addItem(decision.kind)
        moment = decision.decided_at if decision is not None else now
        if not (typing and self._shown["decided"] == (decision is not None)):
            self._fill(
                kind=decision.kind if decision is not None else CANCEL,
                when=f"{short_date(moment.date())} {clock_of(moment)}",
                who=decision.decided_by if decision is not None else "",
                reason=decision.reason if decision is not None else "",
                alone=decision is not None and decision.no_replacement,
            )
        self._shown |= {
            "decided": decision is not None,
            "event": view.event.id,
            "unseen": is_reason_unchecked(decision),
            "carried_out": moment.date() if decision is not None and view.is_carried_out else None,
        }
        at = (
            f"{clock_of(view.noted_by[0])} 記録　{view.noted_by[1]}　履歴に残りました"
            if view.noted_by is not None
            else ""
        )
        self.noted.setText(at)
        self._update_buttons()

    def _fill(self, **values: Any) -> None:
        """Fill in the fields and remember the values."""
        self._shown = dict(values)
        self.kind.setCurrentText(values["kind"])
        self.alone.setChecked(values["alone"])
        for name, field in (("when", self.when), ("who", self.who), ("reason", self.reason)):
            field.setText(values[name])
            field.setCursorPosition(0)

    def _typed(self) -> dict[str, Any]:
        return {
            "kind": DecisionKind(self.kind.currentText()), "when": self.when.text(), "who": self.who.text(),
            "reason": self.reason.text(), "alone": self.alone.isChecked(),
        }  # fmt: skip

    @property
    def unfinished(self) -> bool:
        """Return whether something is chosen or typed and not recorded."""
        return bool(self._shown) and self._has_changes()

    def _has_changes(self) -> bool:
        return any(value != self._shown.get(name) for name, value in self._typed().items())

    def _choose(self, kind: str) -> None:
        """Set the time of a recorded decision to now when another kind is chosen, unless a time was typed."""
        before, now = str(self._shown.get("when", "")), self._now
        if bool(self._shown.get("decided")) and self.when.text() in (before, now):
            self.when.setText(before if kind == self._shown.get("kind") else now)
        self._update_buttons()

    def _update_buttons(self) -> None:
        """Enable the buttons that fit: recording while something is new, changing the event once decided."""
        kind, decided = self.kind.currentText(), bool(self._shown.get("decided"))
        again = self._is_another_change(kind)
        new_kind = not decided or kind != self._shown.get("kind") or again is True
        asked = bool(self._shown.get("unseen")) and not self._has_changes()
        self.save.set_words(
            "中止にする"
            if new_kind and kind == CANCEL
            else "判断を記録する"
            if new_kind
            else "この文面で確定する"
            if asked
            else "判断を直す"
        )
        self.save.set_kind("danger" if new_kind and kind == CANCEL else "main")
        saves = not decided or self._has_changes() or asked
        self.save.setVisible(saves)
        reason = self.reason.text().strip()
        said = (
            f"通知と電話の文には、入力したとおりに出ます：「{reason_line(reason)}」"
            if reason
            else "通知と電話の文には、理由が入力したとおりに出ます。「…のため」のように終わりまで書いてください。"
        )
        self.read_as.setText(
            f"{said}　前に入力された理由です。「…のため」のように、終わりまで書いてあるか確かめてください。"
            if asked
            else f"{said}　もう一度の{kind}は、「判断した時刻」を新しい判断の日にします。"
            if again is False and self._has_changes()
            else said
        )
        asks = kind == CANCEL and new_kind
        self._nature_word.setVisible(asks)
        self.nature.setVisible(asks)
        self.alone.setVisible(kind == CANCEL)
        words, _place = _CHANGE_LINKS.get(kind, ("", ""))
        self.change.set_words(words)
        changes = bool(words) and decided and not saves
        self.change.setVisible(changes)
        self.change.set_filled(changes and self._shown.get("carried_out") is None)
        self._line.setVisible(kind == CANCEL)
        self._show_full_moment()

    def _is_another_change(self, kind: str) -> bool | None:
        """Return whether the typed day makes this a new decision of the kind; None unless the last was carried out."""
        done_on: date | None = self._shown.get("carried_out")
        if done_on is None or kind != self._shown.get("kind"):
            return None
        try:
            return self.moment().date() > done_on
        except DateProblem:
            return False

    def _show_full_moment(self) -> None:
        """Show a time that was typed in full, 「9/24 810」 as 「9/24(木) 8:10」, or say what is wrong with it."""
        self._show_problem("")
        if self.when.hasFocus() or self.when.text() == self._shown.get("when"):
            return
        try:
            moment = self.moment()
        except DateProblem as problem:
            self._show_problem(str(problem))
            return
        words = f"{short_date(moment.date())} {clock_of(moment)}"
        if self.when.text() != words:
            self.when.setText(words)

    def moment(self) -> datetime:
        """Return the typed time of the decision (day, a space, time); raises ``DateProblem`` with a sentence."""
        day, _space, clock = self.when.text().strip().rpartition(" ")
        if not day:
            raise DateProblem("判断した日と時刻を、9/24 8:10 のように入力してください。")
        return moment_of(parse_date(day, self._year), parse_time(clock))

    def _focus_reason(self, _taken: UsualText) -> None:
        """Focus an empty reason after the decider was chosen, and offer the usual reasons."""
        if not self.reason.text().strip():
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)
            self.usual_reason.open_menu()

    def submit(self) -> None:
        """Emit ``decided`` if the decision is complete, else show what is missing; nothing if the button is hidden."""
        if not self.save.is_offered:
            return
        try:
            moment = self.moment()
        except DateProblem as problem:
            self._show_problem(str(problem), self.when)
            return
        for field, words in ((self.who, "判断した者"), (self.reason, "理由")):
            if not field.text().strip():
                self._show_problem(f"{words}がまだ入力されていません。", field)
                return
        self.decided.emit(
            {
                "kind": DecisionKind(self.kind.currentText()), "decided_at": moment, "decided_by": self.who.text(),
                "reason": self.reason.text(), "nature": self.nature.currentData(),
                "no_replacement": self.alone.isChecked(),
            }
        )  # fmt: skip

    def mark_saved(self) -> None:
        """Mark the input as saved."""
        self._shown |= self._typed()

    def _ask_change(self) -> None:
        """Emit ``change_asked`` with where the event is changed, as the chosen kind requires."""
        _words, place = _CHANGE_LINKS.get(self.kind.currentText(), ("", ""))
        if place:
            self.change_asked.emit(place)

    def _show_problem(self, sentence: str, field: QLineEdit | None = None) -> None:
        """Show a problem and focus its field; "" hides it, without a field the focus stays."""
        show_text_or_hide(self.problem, sentence)
        if field is not None:
            field.setFocus()


_SHORT = ("電話で話す文", "メール", "ホームページ", "掲示")


class ChangeTextsPanel(QWidget):
    """Panel with the texts about a 中止 or change to copy.

    Signals: ``edited(str, str)`` key and new text ("" restores the default); ``text_copied(str, str)`` key and text
    that was copied.
    """

    edited = Signal(str, str)
    text_copied = Signal(str, str)

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
        self.copy = Button("コピー", self.copy_text, icon_name="copy")
        self.again = Button("はじめの文面に戻す", lambda: self.edited.emit(self.key(), ""))
        self._frame = styled_frame("panel")
        in_column(
            self.text,
            FlowRow(self.copy, self.again, self.copied),
            small_label("記録した判断の文です。参加者が知っている日時から書いています。このアプリからは送信しません。"),
            owner=self._frame,
            spacing=6,
            margins=(8, 8, 8, 8),
        )
        self._none = second_label("判断を記録すると、文がここに出ます。")
        in_column(section("4　文面のコピー"), self.tabs, self.choice, self._none, self._frame, owner=self, spacing=6)
        self.choice.hide()
        self.tabs.chosen.connect(self._choose)
        self.choice.activated.connect(self.tabs.choose)

    def use_list(self, *, narrow: bool) -> None:
        """Offer the texts in a list if ``narrow``, else in tabs; neither is shown while there are no texts."""
        self.tabs.setVisible(not narrow and bool(self._texts))
        self.choice.setVisible(narrow and bool(self._texts))

    def show_view(self, view: CallView, *, narrow: bool) -> None:
        """Show the texts; one being edited stays as it is."""
        typing = self.text.hasFocus() and self._is_changed()
        self._texts = {one.key: one for one in view.texts}
        self._none.setVisible(not self._texts)
        self._frame.setVisible(bool(self._texts))
        self.use_list(narrow=narrow)
        if not typing:
            self._show()

    def key(self) -> str:
        """Return the key of the text now shown."""
        return TEXT_KEYS[self.tabs.current()]

    def copy_text(self) -> None:
        """Copy the shown text, if this person may copy, and emit ``text_copied``; edits are emitted first."""
        if not check_may_copy(self):
            return
        self.save_text()
        copy_for_pasting(self.text.toPlainText())
        self.copied.setText("コピーしました")
        self.text_copied.emit(self.key(), self.text.toPlainText())

    def save_text(self) -> None:
        """Emit ``edited`` with the shown text, if it was changed."""
        if self._is_changed():
            self.edited.emit(self.key(), self.text.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Emit the edited text when it loses the focus."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut and can_save_now(self):
            self.save_text()
        return super().eventFilter(watched, event)

    def keep_dirty_fields(self) -> None:
        """Emit all edited texts, after the write lock came back."""
        if can_save_now(self):
            half, self._half = self._half, {}
            for key, text in half.items():
                self.edited.emit(key, text)
            self.save_text()

    def _is_changed(self) -> bool:
        """Return whether the shown text differs from the stored one."""
        found = self._texts.get(self.text.accessibleName())
        return found is not None and self.text.toPlainText() != found.text

    def _choose(self, number: int) -> None:
        """Show another text and keep what was typed in the last one."""
        if self._is_changed() and not can_save_now(self):  # a colleague holds the write lock
            self._half[self.text.accessibleName()] = self.text.toPlainText()
        self.choice.setCurrentIndex(number)
        self._show()

    def _show(self) -> None:
        """Show the chosen text, with what was typed in it before."""
        found = self._texts.get(self.key())
        self.copied.setText("")
        self.text.setAccessibleName(self.key())
        self.text.setPlainText(self._half.get(self.key(), found.text if found is not None else ""))
        self.again.setVisible(found is not None and found.is_edited)


class OtherContactsPanel(QWidget):
    """Panel ほかの連絡先 with the contacts to call beside the 団体.

    Signals: ``called(OtherContact, str)`` contact and outcome; ``presenter_asked(object)`` edit a presenter, None = a
    new one; ``presenter_removed(object)``.
    """

    called = Signal(object, object)
    presenter_asked = Signal(object)
    presenter_removed = Signal(object)

    def __init__(self, *, today: date):
        super().__init__()
        self._today = today
        self.count = label("", "small")
        self.buttons: dict[str, Button] = {}
        self._lines = in_column(spacing=4)
        self.add_presenter = Button(
            "発表者を加える", lambda: self.presenter_asked.emit(None), icon_name="plus", low=True
        )
        in_column(
            widget_row(section("3　ほかの連絡先"), None, self.count),
            separator(),
            self._lines,
            widget_row(self.add_presenter, None),
            owner=self,
            spacing=6,
        )

    def show_view(self, view: CallView) -> None:
        """Show the contacts and the progress of their calls."""
        self.count.setText(left_words(view.settled_contact_count, view.contact_count))
        self.buttons = {}
        clear_layout(self._lines)
        for one in view.others:
            add(self._lines, self._line(one, is_enabled=view.has_decision), separator())
        layout_now(self)

    def _line(self, contact: OtherContact, *, is_enabled: bool) -> QWidget:
        quiet = contact.state == NOT_NEEDED
        holder = QWidget()
        column = in_column(
            FlowRow(
                label(contact.title, "second" if quiet else "strong"),
                self._state(contact, is_enabled=is_enabled),
                at_end=1,
            ),
            owner=holder,
            spacing=4,
        )
        if contact.phone or contact.detail:
            under = FlowRow(spacing=10)
            if contact.phone:
                under.add(label(contact.phone))
            if contact.detail:
                under.add(label(contact.detail, "small"))
            column.addWidget(under)
        return holder

    def _state(self, contact: OtherContact, *, is_enabled: bool) -> QWidget:
        """Return the state of a contact with the button 連絡済 and its menu; once reached, when and by whom alone.

        対象外 has the menu without the button. While nothing is decided (``is_enabled`` False) only a presenter with a
        stored number has the menu.
        """
        holder = QWidget()
        line = in_row(owner=holder, spacing=6)
        if contact.state == REACHED and contact.newest_call is not None:
            add(
                line,
                IconLabel("check-circle-fill", 16, t.GREEN),
                label(REACHED, "done"),
                label(f"{clock_of(contact.newest_call.at)} {contact.newest_call.by}", "small"),
            )
            return holder
        if contact.state == NOT_NEEDED:
            line.addWidget(label(NOT_NEEDED, "second"))
        elif contact.newest_call is not None:
            add(
                line,
                IconLabel("phone-x", 16, t.AMBER),
                label(
                    f"{unreached_words(contact.newest_call)} "
                    f"{call_again_words(contact.newest_call, self._today)}".strip(),
                    "warned",
                ),
            )
        if is_enabled and contact.state != NOT_NEEDED:
            line.addWidget(self._button(contact))
        if is_enabled or contact.contact is not None:
            line.addWidget(self._more(contact, is_enabled=is_enabled))
        return holder

    def _button(self, contact: OtherContact) -> Button:
        """Return the button that records a call as reached."""
        button = with_accessible_name(
            inline_button(REACHED, lambda: self.called.emit(contact, REACHED)), f"{contact.title}　{REACHED}"
        )
        self.buttons[contact.target] = button
        return button

    def _more(self, contact: OtherContact, *, is_enabled: bool) -> Button:
        """Return the menu of a contact: the outcomes it does not have now, for a presenter also 直す and 外す.

        With ``is_enabled`` False (nothing decided) it has no outcomes.
        """
        more = Button(f"{contact.title}　ほかの記録", kind="icon", icon_name="dots-three")
        menu = QMenu(more)
        for outcome in (REACHED, AGAIN, NOT_NEEDED) if is_enabled else ():
            if outcome != contact.state:
                menu.addAction(outcome, partial(self.called.emit, contact, outcome))
        if contact.contact is not None:
            menu.addAction("氏名・電話を直す", partial(self.presenter_asked.emit, contact.contact))
            menu.addAction("発表者から外す", partial(self.presenter_removed.emit, contact.contact))
        more.setMenu(menu)
        return more
