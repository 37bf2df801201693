"""Where a screen stands, so that one that was let go comes back as it was: chosen, narrowed and scrolled alike.

The window keeps few screens that nobody sees. What is asked for again is built anew and takes its place again;
a part that keeps a place of its own (a list) does so when it is first shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.widgets.form import Form


@runtime_checkable
class KeepsPlace(Protocol):
    """A part of a screen with a place of its own."""

    @property
    def place_name(self) -> str:
        """The name by which the part is known among the parts of its screen."""

    def place(self) -> object:
        """Where it stands; None = where it begins."""


@dataclass(frozen=True)
class Stand:
    """Where a screen stood: what ``arrive`` is handed to stand there again, and the places of its parts by name."""

    arguments: dict[str, Any] = field(default_factory=dict)
    places: dict[str, object] = field(default_factory=dict)


class Holder(Protocol):
    """Whoever holds the places of the parts inside it."""

    def hand_out_place(self, name: str) -> object:
        """Return the place of a part and forget it; None = it has none."""


def places_in(screen: QWidget) -> dict[str, object]:
    """Return where the parts inside ``screen`` stand, by name."""
    parts = (part for part in screen.findChildren(QWidget) if isinstance(part, KeepsPlace))
    return {part.place_name: place for part in parts if (place := part.place()) is not None}


def place_for(part: QWidget, name: str) -> object:
    """Return the place that is kept for ``part`` by what it stands in, or None; it is handed out once."""
    above = part.parentWidget()
    while above is not None:
        hand_out = getattr(above, "hand_out_place", None)
        if hand_out is not None and (found := hand_out(name)) is not None:
            return found
        above = above.parentWidget()
    return None


def half_typed(screen: QWidget) -> bool:
    """True while a person's own words stand in a field, or a dialog over ``screen`` is open.

    A field counts from its first keystroke until the program shows something else in it. What only narrows a list
    is no input: it is kept with the place of the list.
    """
    if any(dialog.isVisible() for dialog in screen.findChildren(QDialog)):
        return True
    return any(True for _field in _typed_fields(screen))


def typed_outside_forms(screen: QWidget) -> bool:
    """True while own words stand in a field of ``screen`` that belongs to no form: a form keeps its own by itself."""
    return any(field.window() is screen.window() and not _in_form(field) for field in _typed_fields(screen))


def _typed_fields(screen: QWidget) -> Iterator[QWidget]:
    for line in screen.findChildren(QLineEdit):
        if line.isModified() and line.text() and not line.property("narrows") and not line.isReadOnly():
            yield line
    texts: list[QPlainTextEdit | QTextEdit] = [*screen.findChildren(QPlainTextEdit), *screen.findChildren(QTextEdit)]
    yield from (text for text in texts if text.document().isModified() and not text.isReadOnly())


def _in_form(field: QWidget) -> bool:
    above: QWidget | None = field
    while above is not None and not isinstance(above, Form):
        above = above.parentWidget()
    return above is not None
