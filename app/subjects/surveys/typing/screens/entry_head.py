"""The line over the sheet: which sheet it is, to be compared with the paper by eye, and the ways out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.subjects.surveys.typing.screens.typed_sheet import TypedSheet
from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import heading, key_cap, label
from app.window import theme as t


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
