"""Field that finds a record by any spelling, for use with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.widgets.forms.form_fields import OneLine
from app.widgets.keys import ENTER
from app.widgets.labels import show_text_or_hide, small_label, with_accessible_name
from app.widgets.layouts import in_column
from app.window import theme as t
from app.window.announce import announce_current_rows
from app.window.app_context import AppContext, with_store
from app.window.debounce import debounce

NOT_FOUND = "見つかりません。ほかの書き方や、ふりがなの一部でも探せます。"


_WAIT_MS = 80


_COUNT_LIMIT = 100


_PLAIN = Qt.KeyboardModifier.KeypadModifier


class RecordPicker(QWidget):
    """Line edit with a list of hits below it: type, ↓, Enter; Esc closes the list first.

    When Enter is pressed before the list has arrived, a single hit is taken as soon as it is there.
    Signals: ``chosen(object)`` the hit taken; ``edited()`` the text changed; ``confirmed_without_match()`` Enter was
    pressed and nothing was taken.
    """

    chosen = Signal(object)
    edited = Signal()
    confirmed_without_match = Signal()

    def __init__(
        self,
        app_context: AppContext,
        find: Callable[..., Sequence[Any]],
        to_text: Callable[[Any], str],
        *,
        title: str,
        hint: str = "",
        to_name: Callable[[Any], str] | None = None,
        no_match_text: str = NOT_FOUND,
        min_letters: int = 1,
        max_suggestions: int = 6,
        visible_rows: int = 6,
        mark_first: bool = True,
        is_overlay: bool = False,
    ):
        """Build the field; ``find(store, text=, limit=)`` searches, ``to_text(hit)`` is the text of a hit in the list.

        ``to_name(hit)`` is the text in the line after choosing (default: the same). ``no_match_text`` is shown when
        nothing is found; where it is empty, Enter goes on at once. The search starts at ``min_letters`` letters and
        lists at most ``max_suggestions`` hits, ``visible_rows`` of them without scrolling. Without ``mark_first`` a
        hit is taken only after ↓ was pressed, so a new name is never replaced. ``is_overlay`` lays the list over what
        follows, so that nothing moves while somebody types.
        """
        super().__init__()
        self._app_context = app_context
        self._find = find
        self._to_text = to_text
        self._to_name = to_name or to_text
        self._no_match_text = no_match_text
        self._min_letters, self._max_suggestions, self._visible_rows = min_letters, max_suggestions, visible_rows
        self._mark_first = mark_first
        self._is_overlay = is_overlay
        self._is_enter_pending = False
        self._pending_text = ""
        self._hidden_count = 0
        self.hit: Any = None
        self.extra_arguments: dict[str, Any] = {}
        self.line = with_accessible_name(OneLine(), title)
        self.line.setPlaceholderText(hint)
        self.list = with_accessible_name(QListWidget(self), f"{title}の候補")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        announce_current_rows(self.list)
        # A long name goes on in a second line where the field is narrow.
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.status_label = small_label()
        column = in_column(self.line, owner=self, spacing=3)
        if is_overlay:
            self.list.setObjectName("offers")
            self.list.setStyleSheet(f"QListWidget#offers {{ border: 1px solid {t.CONTROL}; }}")
        else:
            column.addWidget(self.list)
        column.addWidget(self.status_label)
        self.list.hide()
        self.status_label.hide()
        self._search_timer = debounce(self, self.find_now, _WAIT_MS)
        self.line.textEdited.connect(self._on_edit)
        self.list.itemClicked.connect(self._choose_item)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """Return the text of the line."""
        return self.line.text()

    def show_hit(self, hit: Any, text: str = "") -> None:
        """Show a hit as chosen, or ``text`` where it is None, without searching or a signal."""
        self.hit, self._hidden_count = hit, 0
        self.line.setText(self._to_name(hit) if hit is not None else text)
        self.list.hide()
        self._show_status()

    def find_now(self) -> None:
        """Search for the text of the line now, in the background; hide the list where it is too short."""
        self._search_timer.stop()
        text = self.text.strip()
        if len(text) < self._min_letters:
            self.list.hide()
            return
        self._pending_text = text
        self._app_context.read(
            with_store(self._find, text=text, limit=self._max_suggestions + _COUNT_LIMIT, **self.extra_arguments),
            lambda hits: self.show_found(text, hits),
            owner=self,
        )

    def show_suggestions(self, hits: Sequence[Any], *, mark: bool) -> None:
        """List hits, the first of them marked when ``mark`` is True."""
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(self._to_text(hit))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.list.addItem(item)
        if self._is_overlay and self._hidden_count:
            # An overlay list covers the status text under the line.
            self.list.addItem(more := QListWidgetItem(self._hidden_count_text()))
            more.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(0 if mark and hits else -1)
        self.list.setVisible(bool(hits) and (not self._is_overlay or self.window().focusWidget() is self.line))
        seen = [*range(min(len(hits), self._visible_rows)), *range(len(hits), self.list.count())]
        self.list.setFixedHeight(sum(max(self.list.sizeHintForRow(row), t.scaled(28)) for row in seen) + 4)
        if self._is_overlay and hits:
            self._place_overlay()

    def status_text(self, *, no_match: bool) -> str:
        """Return the text shown under the line: that nothing was found where ``no_match``, else ""."""
        return self._no_match_text if no_match else ""

    def _hidden_count_text(self) -> str:
        """Return how many hits were found beyond those listed (「ほか12件　続けて打つと絞れます」); "" = none."""
        if not self._hidden_count:
            return ""
        return f"ほか{self._hidden_count}件{'以上' if self._hidden_count >= _COUNT_LIMIT else ''}　続けて打つと絞れます"

    @property
    def last_selectable_row(self) -> int:
        """Return the index of the last row that can be chosen."""
        return self.list.count() - (2 if self._is_overlay and self._hidden_count else 1)

    def confirm_without_match(self) -> None:
        """Close the list and emit ``confirmed_without_match``; called on Enter when no hit was taken."""
        self.list.hide()
        self.confirmed_without_match.emit()

    def _on_edit(self, _text: str) -> None:
        """Forget the chosen record, emit ``edited`` and soon search for the typed text."""
        self.hit = None
        self._is_enter_pending = False
        self._pending_text = ""
        self._hidden_count = 0
        self._show_status()
        self.edited.emit()
        self._search_timer.start()

    def show_found(self, text: str, hits: Sequence[Any]) -> None:
        """List what was found for ``text`` unless the line holds another by now; a waiting Enter takes a single hit."""
        if text == self._pending_text:
            self._pending_text = ""
        if self.hit is not None or text != self.text.strip():
            return
        self._hidden_count = max(0, len(hits) - self._max_suggestions)
        self.show_suggestions(hits[: self._max_suggestions], mark=self._mark_first)
        self._show_status(no_match=not hits)
        waits, self._is_enter_pending = self._is_enter_pending, False
        if waits and len(hits) == 1:
            self._choose_item(self.list.item(0))
        elif waits and not hits and not self._no_match_text:
            self.confirm_without_match()

    def _show_status(self, *, no_match: bool = False) -> None:
        """Show under the line its status text, or how many hits are not listed."""
        words = self.status_text(no_match=no_match) or ("" if self._is_overlay else self._hidden_count_text())
        show_text_or_hide(self.status_label, words)

    def _choose_item(self, item: QListWidgetItem) -> None:
        """Take the record of a row of the list and emit ``chosen``."""
        self.show_hit(item.data(Qt.ItemDataRole.UserRole))
        self.chosen.emit(self.hit)

    def _place_overlay(self) -> None:
        """Lay the list over the nearest ancestor widget that is high enough for it."""
        over: QWidget = self
        while over.height() < t.scaled(280) and (above := over.parentWidget()) is not None:
            over = above
        shown = not self.list.isHidden()
        self.list.setParent(over)
        self.list.move(self.line.mapTo(over, self.line.rect().bottomLeft()))
        self.list.setFixedWidth(self.line.width())
        self.list.setVisible(shown)
        self.list.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let ↓ ↑, Enter and Esc act on the list while the line keeps the focus."""
        if event.type() == QEvent.Type.FocusOut and self._is_overlay:
            self.list.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.modifiers() & ~_PLAIN:
            return super().eventFilter(watched, event)
        key, folded = event.key(), self.list.isHidden()
        if key in ENTER:
            self._on_enter()
        elif folded:
            return super().eventFilter(watched, event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            row = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
            self.list.setCurrentRow(max(0, min(self.last_selectable_row, row)))
        elif key == Qt.Key.Key_Escape:
            self.list.hide()
        else:
            return super().eventFilter(watched, event)
        return True

    def _on_enter(self) -> None:
        """Take the marked suggestion, once it is there where the search is still running; else confirm without it."""
        item = None if self.list.isHidden() else self.list.currentItem()
        if self._search_timer.isActive() and self._mark_first:
            self._is_enter_pending = True
            self.find_now()
        elif item is None and self._mark_first and self._pending_text and self._pending_text == self.text.strip():
            # A busy PC is still looking: what it finds is taken as if it had been there.
            self._is_enter_pending = True
        elif item is not None:
            self._choose_item(item)
        else:
            self._search_timer.stop()
            self.confirm_without_match()
