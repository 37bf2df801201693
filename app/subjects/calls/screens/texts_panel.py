"""4 文をコピーして使う: the four texts, editable, to be pasted elsewhere; nothing is sent."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from app.subjects.calls.services.call_view import CallText, CallView
from app.subjects.letters.rules.change_texts import TEXT_KEYS
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.form_editors import ChoiceBox
from app.widgets.labels import label, section
from app.widgets.tabs import TabBar
from app.window import theme as t

_NOTE = "このアプリからは送信しません"
_SHORT = ("電話で話す文", "メール", "ホームページ", "掲示")
_NONE = "判断を記録すると、文がここに出ます。"


class TextsPanel(QWidget):
    """The texts. Signals: ``edited(str, str)`` which text was changed to what; "" brings back the first wording;
    ``taken(str, str)`` which text was copied, and the text."""

    edited = Signal(str, str)
    taken = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[str, CallText] = {}
        self.tabs = TabBar(*_SHORT)
        self.choice = ChoiceBox()
        self.choice.addItems(TEXT_KEYS)
        self.choice.setAccessibleName("文を選ぶ")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(round(t.line_height() * 6))
        self.text.installEventFilter(self)
        self.copied = label("", "done")
        self.copy = Button("コピー", self.put_on_clipboard, icon_name="copy")
        self.again = Button("はじめの文に戻す", lambda: self.edited.emit(self.key(), ""))
        self._frame = QFrame()
        self._frame.setProperty("kind", "panel")
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(6)
        inside.addWidget(self.text)
        inside.addWidget(FlowRow(self.copy, self.again, label(_NOTE, "small"), self.copied))
        self._none = label(_NONE, "second", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(section("4　文をコピーして使う"))
        column.addWidget(self.tabs)
        column.addWidget(self.choice)
        column.addWidget(self._none)
        column.addWidget(self._frame)
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
        self.keep()
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copied.setText("コピーしました")
        self.taken.emit(self.key(), self.text.toPlainText())

    def keep(self) -> None:
        """Hand over what was typed."""
        if self._changed():
            self.edited.emit(self.key(), self.text.toPlainText())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the text keeps it."""
        if watched is self.text and event.type() == QEvent.Type.FocusOut:
            self.keep()
        return super().eventFilter(watched, event)

    def _changed(self) -> bool:
        found = self._texts.get(self.text.accessibleName())
        return found is not None and self.text.toPlainText() != found.text

    def _choose(self, number: int) -> None:
        self.choice.setCurrentIndex(number)
        self._show()

    def _show(self) -> None:
        found = self._texts.get(self.key())
        self.copied.setText("")
        self.text.setAccessibleName(self.key())
        self.text.setPlainText(found.text if found is not None else "")
        self.again.setVisible(found is not None and found.edited)
