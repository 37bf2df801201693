"""Fields that find a 団体 or a person by any spelling, for use with the keyboard alone; one keeps a typed name too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.registers.register.services.organisation_suggestions import OrganisationSuggestion, suggest_organisations
from app.registers.register.services.search import OrganisationHit, find_organisations
from app.widgets.forms.form_fields import OneLine
from app.widgets.keys import ENTER
from app.widgets.labels import show_text_or_hide, small_label, with_accessible_name
from app.widgets.layouts import in_column
from app.window import theme as t
from app.window.announce import announce_current_rows
from app.window.app_context import AppContext, with_store
from app.window.debounce import debounce
from app.window.year_words import in_year_words
from db.records.organisations import Organisation

NOT_FOUND = "見つかりません。ほかの書き方や、ふりがなの一部でも探せます。"
_WAIT_MS = 80
_COUNT_LIMIT = 100
_PLAIN = Qt.KeyboardModifier.KeypadModifier


def organisation_text(hit: OrganisationHit) -> str:
    """Return name and 支部 of a hit, as 「若葉野町会（第4支部）」."""
    branch = fill_nonempty("（{}）", hit.organisation.branch)
    return f"{hit.organisation.name}{branch}"


def organisation_suggestion(hit: OrganisationHit) -> str:
    """Return 「若葉野町会（第4支部）　旧称 若葉町会」, the former name only where the 団体 was found by it alone."""
    return join_nonempty(organisation_text(hit), hit.former_name_words)


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
    ) -> None:
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


def organisation_picker(app_context: AppContext, *, title: str, hint: str) -> RecordPicker:
    """Return a field in which a registered 団体 is chosen."""
    return RecordPicker(
        app_context, find_organisations, organisation_suggestion, to_name=organisation_text, title=title, hint=hint
    )


def organisation_entry_field(app_context: AppContext) -> RecordPicker:
    """Return a field to choose a 団体 in or, if it is not registered, just type it; its list is an overlay."""
    return RecordPicker(
        app_context,
        find_organisations,
        organisation_suggestion,
        title="団体",
        hint="2文字で探す　なければそのまま入力",
        to_name=lambda hit: hit.organisation.name,
        no_match_text="",
        max_suggestions=5,
        is_overlay=True,
    )


class OrganisationFinder(RecordPicker):
    """Search field for a 団体; typed text stays as written when no 団体 is chosen.

    With ``allow_new`` the last row of the list offers the typed name as a new 団体; ``new_name`` is that name once it
    was chosen. With ``allow_unregistered`` False a name outside the register must be taken as a new 団体. Signals:
    those of ``RecordPicker``.
    """

    def __init__(
        self,
        app_context: AppContext,
        *,
        allow_new: bool = False,
        allow_unregistered: bool = True,
        is_overlay: bool = False,
    ) -> None:
        self._allow_new, self._allow_unregistered = allow_new, allow_unregistered
        super().__init__(
            app_context,
            suggest_organisations,
            self._suggestion_text,
            to_name=lambda one: one.name,
            title="団体",
            hint=in_year_words("2文字から探します（名称・ふりがな・支部）"),
            no_match_text="団体の名簿にありません。このままでも受け付けられます（書かれたとおりに残します）。",
            min_letters=2,
            max_suggestions=5 if allow_new else 8,
            visible_rows=6 if allow_new else 4,
            is_overlay=is_overlay,
        )

    @property
    def organisation(self) -> Organisation | None:
        """Return the registered 団体 that is chosen, or None."""
        return self.hit.organisation if self.hit is not None else None

    @property
    def new_name(self) -> str:
        """Return the name of the new 団体 if one was chosen, else ""."""
        return self.hit.name if self.hit is not None and self.hit.is_new else ""

    def show_organisation(self, organisation: Organisation | None, text: str = "") -> None:
        """Show a registered 団体, or without one the name ``text`` as written."""
        self.show_hit(_to_suggestion(organisation) if organisation is not None else None, text)

    def suggest_organisations(self, organisations: Sequence[Organisation]) -> None:
        """List 団体 to choose from before anything is typed."""
        self.show_suggestions([_to_suggestion(one) for one in organisations], mark=False)

    def show_found(self, text: str, hits: Sequence[OrganisationSuggestion]) -> None:
        """Show the hits; names only known from earlier entries are left out where plain text is not allowed."""
        super().show_found(text, [one for one in hits if one.organisation is not None or self._allow_unregistered])

    def show_suggestions(self, hits: Sequence[OrganisationSuggestion], *, mark: bool) -> None:
        """List the 団体 found, the first marked where ``mark``.

        With ``allow_new`` the typed name comes last, as a new 団体.
        """
        new = (
            (OrganisationSuggestion(name=self.text.strip(), is_new=True),)
            if self._allow_new and self.text.strip()
            else ()
        )
        super().show_suggestions([*hits, *new], mark=mark and bool(hits))

    def status_text(self, *, no_match: bool) -> str:
        """Return the 支部 of the chosen 団体, or what happens with a name that is not in the register."""
        if self.organisation is not None:
            return self.organisation.branch or "支部なし"
        if self.new_name:
            return "新しい団体として名簿に加えます（支部などは、あとで「団体」で入れられます）。"
        return super().status_text(no_match=no_match and self._allow_unregistered)

    def confirm_without_match(self) -> None:
        """Mark the row that adds the typed name and ask for a second Enter, where only a new 団体 can be meant.

        In any other case close the list and emit ``confirmed_without_match``.
        """
        if self._allow_new and not self._allow_unregistered and not self.new_name and not self.list.isHidden():
            self.list.setCurrentRow(self.last_selectable_row)
            self.status_label.setText("名簿にありません。もう一度Enterを押すと、新しい団体として加えます。")
            self.status_label.show()
        else:
            super().confirm_without_match()

    def _suggestion_text(self, suggestion: OrganisationSuggestion) -> str:
        """Return the text of a suggestion, with branch and former name."""
        if suggestion.organisation is not None:
            return join_nonempty(suggestion.name, suggestion.organisation.branch, suggestion.former_name_words)
        return (
            f"「{suggestion.name}」を新しく加える" if suggestion.is_new else f"{suggestion.name}　（前の申込の書き方）"
        )


def _to_suggestion(organisation: Organisation) -> OrganisationSuggestion:
    return OrganisationSuggestion(name=organisation.name, organisation=organisation)
