"""さがす (Ctrl+K), a field over the window that finds people, 団体, 実施回, documents and actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.actions.action_id import ActionLink
from app.common.join_nonempty import fill_nonempty
from app.common.phrase_search import may_be_said
from app.home.today.screens.search_results_list import SearchResultsList
from app.home.today.services.global_search import FoundGroup, FoundItem, SearchResult, search_everything
from app.main_window.action_routes import route_to
from app.widgets.focus_keeper import holding_focus
from app.widgets.forms.form_fields import OneLine
from app.widgets.keys import ENTER
from app.widgets.labels import IconLabel, key_cap, label, small_label, styled_frame, with_accessible_name
from app.widgets.layouts import add, in_column, in_row
from app.widgets.manual.manual_text import found_passages
from app.widgets.panel import EmptyState
from app.window import theme as t
from app.window.app_context import AppContext, check_may_copy, with_store
from app.window.clipboard import copy_personal
from app.window.debounce import debounce
from db.records.accounts import AccessAct

_WAIT_MS = 60
_WIDE, _TOP = 800, 72
_PASSAGES = 3
_HINT = (
    "名前、ふりがな、団体、支部、電話番号の一部、実施回、書類の名前で探せます。"
    "高橋で髙橋も、ﾀｶﾊｼでたかはしも見つかります。"
    "したいことも、そのまま書けます（例：日付を変えたい、申込用紙、パスワードを忘れた）。"
)


class SearchPalette(QWidget):
    """さがす: a field with its results over the whole window, hidden until ``open_palette``.

    Signals: ``opened()``, ``closed()``.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, app_context: AppContext, window: QWidget):
        super().__init__(window)
        self._app_context = app_context
        self._asked = 0
        self._shown = 0
        self._enter_waits = False
        self._before: QWidget | None = None
        self.hide()
        self.setAccessibleName("さがす")
        self.panel = QFrame(self)
        self.panel.setProperty("kind", "palette")
        self.panel.setStyleSheet(
            f'QFrame[kind="palette"] {{ background: {t.PAGE}; border: 1px solid {t.CONTROL}; border-radius: 6px; }}'
        )
        self.field = with_accessible_name(OneLine(), "さがす言葉")
        self.field.setPlaceholderText("団体・人・事業・書類をさがす")
        self.field.setStyleSheet("border: none; background: transparent; padding: 0;")
        self.also = small_label()
        self.also.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.list = SearchResultsList()
        self.none = EmptyState(_HINT)
        self._build()
        self._soon = debounce(self, self._start_search, _WAIT_MS)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.item_clicked.connect(self._open_item)
        window.installEventFilter(self)
        app_context.style_changing.connect(self.close_palette)

    def _build(self) -> None:
        column = in_column(owner=self.panel, spacing=0, margins=(1, 1, 1, 1))
        sign = IconLabel("magnifying-glass", 24, t.ACCENT)
        self.field.setFont(t.font("h1", bold=False))
        self.field.setMinimumHeight(t.scaled(40))
        add(
            column,
            in_row(sign, (self.field, 3), (self.also, 2), key_cap("Esc"), spacing=14, margins=(20, 12, 20, 12)),
            _line(),
            (self.list, 1),
        )
        self.none.setContentsMargins(12, 0, 12, 0)
        column.addWidget(self.none, 1)
        foot = QFrame()
        foot.setStyleSheet(f"background: {t.FOOTER};")
        keys = in_row(owner=foot, spacing=8, margins=(20, 8, 20, 8))
        for caps, words in ((("↑", "↓"), "選ぶ"), (("Enter",), "開く"), (("Ctrl+C",), "名前をコピー")):
            for cap in caps:
                keys.addWidget(key_cap(cap))
            add(keys, label(words, "small"), 8)
        keys.addStretch(1)
        self.kept = label("名前は登録された字のまま表示します", "small")
        keys.addWidget(self.kept)
        add(column, _line(), foot)

    # opening and closing

    def open_palette(self) -> None:
        """Open the palette with an empty field and emit ``opened``; in one that is open the text is selected."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
            self.field.clear()
            self._show(0, SearchResult(text="", groups=()))
        self._update_geometry()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.opened.emit()

    def close_palette(self) -> None:
        """Close the palette and emit ``closed``; the focus returns to where it was."""
        if not self.isVisible():
            return
        self._asked += 1
        self._soon.stop()
        self._enter_waits = False
        with holding_focus(self.window()):
            self.hide()
            if self._before is not None:
                self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.closed.emit()

    def _update_geometry(self) -> None:
        """Cover the whole window, and place the panel near its top."""
        window = self.window()
        self.setGeometry(window.rect())
        width = min(t.scaled(_WIDE), window.width() - 32)
        top = min(_TOP, max(8, window.height() // 10))
        height = min(t.scaled(620), window.height() - top - 16)
        self.panel.setGeometry(QRect((window.width() - width) // 2, top, width, height))
        self.kept.setVisible(width >= t.scaled(640))

    # searching

    def _on_typed(self, text: str) -> None:
        """Start the search a moment after the last key; an empty field clears the results."""
        self._enter_waits = False
        if text.strip():
            self._soon.start()
        else:
            self._soon.stop()
            self._asked += 1
            self._show(self._asked, SearchResult(text="", groups=()))

    def _start_search(self) -> None:
        """Start a search; only the newest one's result is shown."""
        self._soon.stop()
        self._asked += 1
        self._app_context.read(
            with_store(search_everything, text=self.field.text().strip(), today=self._app_context.today()),
            partial(self._show, self._asked),
            owner=self,
        )

    def _show(self, asked: int, found: SearchResult) -> None:
        """Show the results, unless more was typed meanwhile; open the current one if Enter waits for them."""
        if asked not in (0, self._asked):
            return
        self._shown = self._asked
        found = replace(found, groups=(*found.groups, *_manual_groups(found.text)))
        known = any(not item.creates_record for group in found.groups for item in group.items)
        self.list.setVisible(bool(found.groups))
        self.none.setVisible(not known)
        self.none.show_text(_HINT if not found.text else f"「{found.text}」に合うものは見つかりませんでした。")
        self.list.show_found(found)
        if found.text and known:
            self._app_context.note_access("検索", count=sum(len(group.items) for group in found.groups))
        said = "".join(f"「{one}」" for one in found.other_spellings)
        self.also.setText(fill_nonempty("✓ {}も合わせて探しました", said))
        if self._enter_waits:
            self._open_current()

    # keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle the keys in the field, and follow the size of the window."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_copy(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._key(event):
                return True
        if watched is self.window() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._update_geometry()
        return super().eventFilter(watched, event)

    def _is_copy(self, event: QKeyEvent) -> bool:
        """Return whether the key is Ctrl+C with nothing selected in the field, which copies the chosen result."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        return control and event.key() == Qt.Key.Key_C and not self.field.hasSelectedText()

    def _key(self, event: QKeyEvent) -> bool:
        """Handle a key; return whether it was one of the search."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
            self.list.step(1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            self.list.step(-1)
        elif key in ENTER:
            self._open_current()
        elif self._is_copy(event):
            self._copy()
        else:
            return False
        return True

    def _open_current(self) -> None:
        """Open the chosen item; straight after typing, wait for the result of the current text."""
        if self._soon.isActive():
            self._start_search()
        self._enter_waits = self._shown != self._asked
        item = None if self._enter_waits else self.list.current()
        if item is not None:
            self._open_item(item)

    def _open_item(self, item: FoundItem) -> None:
        """Close the search and go where a result leads; nothing for one without a link."""
        if item.link is None:
            return
        self._before = None
        way = route_to(item.link)
        with holding_focus(self.window()):
            self.close_palette()
            self._app_context.follow(way)

    def _copy(self) -> None:
        """Copy the text of the current result if personal data may be copied, and say so."""
        item = self.list.current()
        if item is not None and item.copy_text and check_may_copy(self):
            copy_personal(item.copy_text)
            if self._app_context.may_write:  # who only reads is noted above
                self._app_context.note_access("検索", act=AccessAct.OUTPUT)
            self.also.setText(f"「{item.copy_text}」をコピーしました")

    # the ground

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a grey veil over the window."""
        with QPainter(self) as painter:
            veil = QColor(t.INK)
            veil.setAlpha(102)
            painter.fillRect(self.rect(), veil)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click beside the panel."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_palette()


def _manual_groups(text: str) -> Iterator[FoundGroup]:
    """Yield the paragraphs of the manual that answer a text, none where it does not."""
    found = found_passages(text) if may_be_said(text) else []
    items = [
        FoundItem("question", said, f"使い方　{chapter.title}", ActionLink("使い方", text=chapter.name), said)
        for chapter, said in found[:_PASSAGES]
    ]
    if items:
        yield FoundGroup(title="使い方", items=tuple(items), total=len(items))


def _line() -> QFrame:
    return styled_frame("line")
