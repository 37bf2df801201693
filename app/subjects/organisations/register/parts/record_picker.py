"""The one field that finds a 団体 or a person by any spelling and takes the one chosen, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from app.common.together import together
from app.subjects.organisations.register.services.search import OrganisationHit, find_organisations
from app.widgets.forms.form_fields import OneLine
from app.widgets.labels import named, say_or_hide, wrapped_label
from app.widgets.layouts import in_column
from app.window import theme as t
from app.window.desk import Desk, with_store
from app.window.later import later

NOT_FOUND = "見つかりません。ほかの書き方や、ふりがなの一部でも探せます。"
_WAIT_MS = 80
_COUNTED: Final = 100
_PLAIN = Qt.KeyboardModifier.KeypadModifier


def organisation_words(hit: OrganisationHit) -> str:
    """「若葉野町会（第4支部）」."""
    branch = f"（{hit.organisation.branch}）" if hit.organisation.branch else ""
    return f"{hit.organisation.name}{branch}"


def organisation_offered(hit: OrganisationHit) -> str:
    """「若葉野町会（第4支部）　旧称 若葉町会」: what is offered, with the name by which alone it was found."""
    return together(organisation_words(hit), hit.formerly)


class RecordPicker(QWidget):
    """A line with what it finds under it: type, ↓, Enter; Esc folds the list first.

    Enter that comes faster than the list takes the only hit when it is there; of several one is chosen.
    Signals: ``chosen(object)`` the hit taken; ``typed()`` another text stands in the line; ``settled()`` Enter where
    nothing was taken.
    """

    chosen = Signal(object)
    typed = Signal()
    settled = Signal()

    def __init__(
        self,
        desk: Desk,
        find: Callable[..., Sequence[Any]],
        words: Callable[[Any], str],
        *,
        title: str,
        hint: str = "",
        name: Callable[[Any], str] | None = None,
        nothing: str = NOT_FOUND,
        least: int = 1,
        most: int = 6,
        rows: int = 6,
        marks: bool = True,
        floats: bool = False,
    ) -> None:
        """``find(store, text=, limit=)`` finds; ``words(hit)`` is what is offered, ``name(hit)`` what stands in the
        line afterwards (default: the same).

        ``nothing`` is said where nothing is found; where it is empty, Enter goes on at once. ``least`` letters are
        looked for, at the ``most`` so many are offered, ``rows`` of them in sight. Without ``marks`` a hit is taken
        only after ↓ was pressed: a new name is never replaced. ``floats`` lays the list over what follows, so that
        nothing jumps while somebody types. What else the service is given stands in ``given``.
        """
        super().__init__()
        self._desk = desk
        self._service = find
        self._words = words
        self._name = name or words
        self._nothing = nothing
        self._least, self._most, self._rows = least, most, rows
        self._marks = marks
        self._floats = floats
        self._enter_waits = False
        self._looked_for = ""
        self._more = 0
        self.hit: Any = None
        self.given: dict[str, Any] = {}
        self.line = named(OneLine(), title)
        self.line.setPlaceholderText(hint)
        self.list = named(QListWidget(self), f"{title}の候補")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # A long name goes on in a second line where the field is narrow.
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.told = wrapped_label("", "small")
        column = in_column(self.line, owner=self, spacing=3)
        if floats:
            self.list.setObjectName("offers")
            self.list.setStyleSheet(f"QListWidget#offers {{ border: 1px solid {t.CONTROL}; }}")
        else:
            column.addWidget(self.list)
        column.addWidget(self.told)
        self.list.hide()
        self.told.hide()
        self._soon = later(self, self.find_now, _WAIT_MS)
        self.line.textEdited.connect(self._on_edit)
        self.list.itemClicked.connect(self._take)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    def show_hit(self, hit: Any, text: str = "") -> None:
        """Show a hit without asking, or a text that is none."""
        self.hit, self._more = hit, 0
        self.line.setText(self._name(hit) if hit is not None else text)
        self.list.hide()
        self._tell()

    def find_now(self) -> None:
        """Look at once for what stands in the line."""
        self._soon.stop()
        text = self.text.strip()
        if len(text) < self._least:
            self.list.hide()
            return
        self._looked_for = text
        self._desk.read(
            with_store(self._service, text=text, limit=self._most + _COUNTED, **self.given),
            lambda hits: self.show_found(text, hits),
            owner=self,
        )

    def fill(self, hits: Sequence[Any], *, mark: bool) -> None:
        """Offer hits, the first of them marked or none."""
        self.list.clear()
        for hit in hits:
            item = QListWidgetItem(self._words(hit))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.list.addItem(item)
        if self._floats and self._more:
            # What is told under the line lies under the list there.
            self.list.addItem(more := QListWidgetItem(self._more_words()))
            more.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.setCurrentRow(0 if mark and hits else -1)
        self.list.setVisible(bool(hits) and (not self._floats or self.window().focusWidget() is self.line))
        seen = [*range(min(len(hits), self._rows)), *range(len(hits), self.list.count())]
        self.list.setFixedHeight(sum(max(self.list.sizeHintForRow(row), t.scaled(28)) for row in seen) + 4)
        if self._floats and hits:
            self._lay_over()

    def said(self, *, nothing: bool) -> str:
        """What is told under the line."""
        return self._nothing if nothing else ""

    def _more_words(self) -> str:
        """How many were found beside those that are offered."""
        if not self._more:
            return ""
        return f"ほか{self._more}件{'以上' if self._more >= _COUNTED else ''}　続けて打つと絞れます"

    @property
    def last_row(self) -> int:
        """The last line that can be taken."""
        return self.list.count() - (2 if self._floats and self._more else 1)

    def settle(self) -> None:
        """Enter where nothing was taken."""
        self.list.hide()
        self.settled.emit()

    def _on_edit(self, _text: str) -> None:
        self.hit = None
        self._enter_waits = False
        self._looked_for = ""
        self._more = 0
        self._tell()
        self.typed.emit()
        self._soon.start()

    def show_found(self, text: str, hits: Sequence[Any]) -> None:
        """Offer what was found for ``text``, unless another one stands there by now."""
        if text == self._looked_for:
            self._looked_for = ""
        if self.hit is not None or text != self.text.strip():
            return
        self._more = max(0, len(hits) - self._most)
        self.fill(hits[: self._most], mark=self._marks)
        self._tell(nothing=not hits)
        waits, self._enter_waits = self._enter_waits, False
        if waits and len(hits) == 1:
            self._take(self.list.item(0))
        elif waits and not hits and not self._nothing:
            self.settle()

    def _tell(self, *, nothing: bool = False) -> None:
        words = self.said(nothing=nothing) or ("" if self._floats else self._more_words())
        say_or_hide(self.told, words)

    def _take(self, item: QListWidgetItem) -> None:
        self.show_hit(item.data(Qt.ItemDataRole.UserRole))
        self.chosen.emit(self.hit)

    def _lay_over(self) -> None:
        """Put the list over the nearest part that is high enough for it."""
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
        """↓ ↑, Enter and Esc work on the list while the line keeps the focus."""
        if event.type() == QEvent.Type.FocusOut and self._floats:
            self.list.hide()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or event.modifiers() & ~_PLAIN:
            return super().eventFilter(watched, event)
        key, folded = event.key(), self.list.isHidden()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif folded:
            return super().eventFilter(watched, event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            row = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
            self.list.setCurrentRow(max(0, min(self.last_row, row)))
        elif key == Qt.Key.Key_Escape:
            self.list.hide()
        else:
            return super().eventFilter(watched, event)
        return True

    def _enter(self) -> None:
        item = None if self.list.isHidden() else self.list.currentItem()
        if self._soon.isActive() and self._marks:
            self._enter_waits = True
            self.find_now()
        elif item is None and self._marks and self._looked_for and self._looked_for == self.text.strip():
            # A busy PC is still looking: what it finds is taken as if it had been there.
            self._enter_waits = True
        elif item is not None:
            self._take(item)
        else:
            self._soon.stop()
            self.settle()


def organisation_picker(desk: Desk, *, title: str, hint: str) -> RecordPicker:
    """Return the field in which a 団体 of the register is picked."""
    return RecordPicker(desk, find_organisations, organisation_offered, name=organisation_words, title=title, hint=hint)


def organisation_line(desk: Desk) -> RecordPicker:
    """Return the line in which a 団体 is picked or, where none is registered, just typed; its list lies over what
    follows."""
    return RecordPicker(
        desk,
        find_organisations,
        organisation_offered,
        title="団体",
        hint="2文字で探す　なければそのまま入力",
        name=lambda hit: hit.organisation.name,
        nothing="",
        most=5,
        floats=True,
    )
