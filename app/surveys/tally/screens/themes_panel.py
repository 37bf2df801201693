"""The panels beside the free texts, for themes with keys and counts, and for quoting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.registers.register.rules import HIDDEN
from app.surveys.tally.rules import NO_THEME, Comment
from app.widgets.badges import Badge
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import Paragraph, label, small_label, with_accessible_name
from app.widgets.layouts import add, in_column, in_row
from app.widgets.panel import Panel
from app.widgets.screen import clear_layout
from app.window import theme as t
from db.records.surveys import CommentTheme

THEME_KEYS = "123456789"
HIDE_SELECTED = "選んだ字を伏せる"


class ThemePanel(Panel):
    """The themes of one question.

    Signals: ``theme_chosen(object)`` assign the chosen texts to this theme (None = none); ``added(str)`` a new name;
    ``renamed(int)``, ``moved(int, bool)`` (True = up), ``removed(int)`` by the theme's id.
    """

    theme_chosen = Signal(object)
    added = Signal(str)
    renamed = Signal(int)
    moved = Signal(int, bool)
    removed = Signal(int)

    def __init__(self) -> None:
        super().__init__("分類", note="番号のキーでも選べます")
        self._rows = in_column(spacing=4)
        self.name = with_accessible_name(OneLine(), "新しい分類の名前")
        self.name.setPlaceholderText("新しい分類の名前")
        self.name.returnPressed.connect(self._emit_added)
        self.add_button = Button("加える", self._emit_added)
        self.put(self._rows, in_row((self.name, 1), self.add_button, spacing=8))
        self.buttons: list[Button] = []

    def show_themes(self, themes: Sequence[CommentTheme], counts: Counter[int | None]) -> None:
        """Show these themes with the number of their texts."""
        self._clear()
        for place, theme in enumerate(themes):
            key = THEME_KEYS[place] if place < len(THEME_KEYS) else ""
            self._rows.addWidget(
                self._row(theme, key, counts[theme.id], last=place == len(themes) - 1, first=not place)
            )
        known = {theme.id for theme in themes}
        rest = sum(count for theme_id, count in counts.items() if theme_id not in known)
        none = Button(f"0　{NO_THEME}　{rest}件", partial(self.theme_chosen.emit, None))
        none.setVisible(bool(themes))
        self.buttons.append(none)
        self._rows.addWidget(none)

    def clear_name(self) -> None:
        """Clear the field for the name of a new theme."""
        self.name.clear()

    def _row(self, theme: CommentTheme, key: str, count: int, *, first: bool, last: bool) -> QWidget:
        holder = QWidget()
        wanted = Button(f"{key}　{theme.name}　{count}件".strip(), partial(self.theme_chosen.emit, theme.id))
        self.buttons.append(wanted)
        line = in_row((wanted, 1), owner=holder, spacing=2)
        up = _icon(f"「{theme.name}」を上へ", "caret-up", partial(self.moved.emit, theme.id, True))
        down = _icon(f"「{theme.name}」を下へ", "caret-down", partial(self.moved.emit, theme.id, False))
        up.setEnabled(not first)
        down.setEnabled(not last)
        rename = _icon(f"「{theme.name}」の名前を直す", "pencil-simple", partial(self.renamed.emit, theme.id))
        remove = _icon(f"「{theme.name}」を削除", "trash", partial(self.removed.emit, theme.id))
        add(line, up, down, rename, remove)
        return holder

    def _emit_added(self) -> None:
        if self.name.text().strip():
            self.added.emit(self.name.text())

    def _clear(self) -> None:
        self.buttons = []
        clear_layout(self._rows)


_QUOTE, _QUOTE_AS_IT_IS = "この文で引用する", "個人情報ではない"


class QuotePanel(Panel):
    """Panel that decides whether and in which words one comment is quoted.

    Signals: ``quoted(str, bool)`` with these words, True = as they are, although somebody may be known by them;
    ``withheld()`` not at all.
    """

    quoted = Signal(str, bool)
    withheld = Signal()

    def __init__(self) -> None:
        super().__init__("選んだ記入")
        self._comment: Comment | None = None
        self.words = Paragraph()
        self.flag = Badge("確認が必要")
        self.reason = small_label()
        self.text = with_accessible_name(QPlainTextEdit(), "引用する文")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(round(t.line_height() * 4) + 14)
        self.quote = Button(_QUOTE, self._emit_quoted, icon_name="check")
        self.text.textChanged.connect(lambda: self.quote.set_words(_QUOTE))
        self.withhold = Button("引用しない", self.withheld.emit)
        self.hide_button = Button(HIDE_SELECTED, lambda: self.text.insertPlainText(HIDDEN))
        self.original = Button("原文に戻す", self._restore)
        self.put(self.words, self.flag, self.reason, label("引用する文（原文は変わりません）", "small"), self.text)
        self.body.setAlignment(self.flag, Qt.AlignmentFlag.AlignLeft)
        self.put(FlowRow(self.quote, self.withhold, self.hide_button, self.original))
        self.text.copyAvailable.connect(self.hide_button.setEnabled)
        self.hide_button.setEnabled(False)

    def show_comment(self, comment: Comment | None) -> None:
        """Show one comment with its decision, or a hint for None.

        Words being typed stay while the same comment is unchanged.
        """
        same = comment is not None and self._comment is not None and comment.sheet_id == self._comment.sheet_id
        typed = self.text.toPlainText() if same and comment == self._comment else None
        self._comment = comment
        self.quote.set_words(_QUOTE)
        for part in (self.quote, self.withhold, self.original, self.text):
            part.setEnabled(comment is not None)
        if comment is None:
            self.words.show_text("一覧から1件を選んでください。")
            self.text.setPlainText("")
            self.flag.hide()
            self.reason.setText("")
            return
        self.words.show_text(comment.text.replace("**", "＊＊"))
        waiting = comment.quote_decision == "確認が必要"
        self.flag.setVisible(waiting)
        flags = "・".join(comment.flags)
        what = "決めるまで、書類には載りません。名前や番号を除いた文にできます。" if waiting else ""
        self.reason.setText(f"{flags}。{what}" if flags else f"いまは「{comment.quote_decision}」です。")
        words = (comment.mark.quote if comment.mark is not None else "") or comment.masked or comment.text
        self.text.setPlainText(words if typed is None else typed)

    def take_focus(self) -> None:
        """Set the focus to the words to quote."""
        self.text.setFocus()
        self.text.selectAll()

    def _emit_quoted(self) -> None:
        if self._comment is not None:
            self.quoted.emit(self.text.toPlainText(), self.quote.text() == _QUOTE_AS_IT_IS)

    def offer_as_it_is(self) -> None:
        """Let the button quote words by which somebody may be known, until they are changed."""
        self.quote.set_words(_QUOTE_AS_IT_IS)

    def _restore(self) -> None:
        if self._comment is not None:
            self.text.setPlainText(self._comment.text)


def _icon(words: str, name: str, on_click: partial[None]) -> Button:
    return Button(words, on_click, kind="icon", icon_name=name)
