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


class HasViewState(Protocol):
    """A part of a screen with a place of its own."""

    @property
    def state_key(self) -> str:
        """The name by which the part is known among the parts of its screen."""

    def view_state(self) -> object:
        """Where it stands; None = where it begins."""


@dataclass(frozen=True)
class ScreenState:
    """Where a screen stood: what ``open_with`` is handed to stand there again, and the places of its parts by name."""

    arguments: dict[str, Any] = field(default_factory=dict)
    part_states: dict[str, object] = field(default_factory=dict)


def part_states_in(screen: QWidget) -> dict[str, object]:
    """Return where the parts inside ``screen`` stand, by name."""
    parts = (part for part in screen.findChildren(QWidget) if _has_view_state(part))
    return {part.state_key: place for part in parts if (place := part.view_state()) is not None}


def _has_view_state(part: QWidget) -> TypeGuard[HasViewState]:
    kind: Any = type(part)
    return _class_has_view_state(kind)


@cache
def _class_has_view_state(kind: Any) -> bool:
    """Asked once a class: Python compares an object with a protocol by all its names, for each of thousands of
    parts."""
    return hasattr(kind, "state_key") and hasattr(kind, "view_state")


def take_state_for(part: QWidget, name: str) -> object:
    """Return the place that is kept for ``part`` by what it stands in, or None; it is handed out once."""
    above = part.parentWidget()
    while above is not None:
        hand_out = getattr(above, "take_part_state", None)
        if hand_out is not None and (found := hand_out(name)) is not None:
            return found
        above = above.parentWidget()
    return None


def has_unsaved_input(parts: Sequence[QWidget]) -> bool:
    """True while a person's own words stand in a field among the ``parts`` of a screen, or one of them is an open
    dialog.

    A field counts from its first keystroke until the program shows something else in it. What only narrows a list
    is no input: it is kept with the place of the list.
    """
    return any(isinstance(part, QDialog) and part.isVisible() for part in parts) or any(
        True for _field in _edited_fields(parts)
    )


def has_input_outside_forms(screen: QWidget) -> bool:
    """True while own words stand in a field of ``screen`` that belongs to no form: a form keeps its own by itself."""
    return any(
        field.window() is screen.window() and not _in_form(field)
        for field in _edited_fields(screen.findChildren(QWidget))
    )


def _edited_fields(parts: Iterable[QWidget]) -> Iterator[QWidget]:
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
