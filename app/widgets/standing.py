"""Where a screen stands, so that one that was let go comes back as it was: chosen, narrowed and scrolled alike.

The window keeps few screens that nobody sees. What is asked for again is built anew and takes its place again;
a part that keeps a place of its own (a list) does so when it is first shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TypeGuard

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.widgets.forms.form import Form


class KeepsPlace(Protocol):
    """A part of a screen with a place of its own."""

    @property
    def place_name(self) -> str:
        """The name by which the part is known among the parts of its screen."""

    def place(self) -> object:
        """Where it stands; None = where it begins."""


@dataclass(frozen=True)
class StoodAt:
    """Where a screen stood: what ``open_with`` is handed to stand there again, and the places of its parts by name."""

    arguments: dict[str, Any] = field(default_factory=dict)
    places: dict[str, object] = field(default_factory=dict)


def places_in(screen: QWidget) -> dict[str, object]:
    """Return where the parts inside ``screen`` stand, by name."""
    parts = (part for part in screen.findChildren(QWidget) if _keeps_place(part))
    return {part.place_name: place for part in parts if (place := part.place()) is not None}


def _keeps_place(part: QWidget) -> TypeGuard[KeepsPlace]:
    kind: Any = type(part)
    return _has_place(kind)


@cache
def _has_place(kind: Any) -> bool:
    """Asked once a class: Python compares an object with a protocol by all its names, for each of thousands of
    parts."""
    return hasattr(kind, "place_name") and hasattr(kind, "place")


def place_for(part: QWidget, name: str) -> object:
    """Return the place that is kept for ``part`` by what it stands in, or None; it is handed out once."""
    above = part.parentWidget()
    while above is not None:
        hand_out = getattr(above, "hand_out_place", None)
        if hand_out is not None and (found := hand_out(name)) is not None:
            return found
        above = above.parentWidget()
    return None


def dirty_fields(parts: Sequence[QWidget]) -> bool:
    """True while a person's own words stand in a field among the ``parts`` of a screen, or one of them is an open
    dialog.

    A field counts from its first keystroke until the program shows something else in it. What only narrows a list
    is no input: it is kept with the place of the list.
    """
    return any(isinstance(part, QDialog) and part.isVisible() for part in parts) or any(
        True for _field in _typed_fields(parts)
    )


def typed_outside_forms(screen: QWidget) -> bool:
    """True while own words stand in a field of ``screen`` that belongs to no form: a form keeps its own by itself."""
    return any(
        field.window() is screen.window() and not _in_form(field)
        for field in _typed_fields(screen.findChildren(QWidget))
    )


def _typed_fields(parts: Iterable[QWidget]) -> Iterator[QWidget]:
    for part in parts:
        if isinstance(part, QLineEdit):
            if part.isModified() and part.text() and not part.property("narrows") and not part.isReadOnly():
                yield part
        elif isinstance(part, QPlainTextEdit | QTextEdit) and part.document().isModified() and not part.isReadOnly():
            yield part


def _in_form(field: QWidget) -> bool:
    above: QWidget | None = field
    while above is not None and not isinstance(above, Form):
        above = above.parentWidget()
    return above is not None
