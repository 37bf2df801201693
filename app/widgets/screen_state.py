"""State of a screen (selection, filter, scroll position), so that a discarded screen can be restored.

The window keeps few hidden screens. A discarded one is built again and restored; a part with a state of its own (a
list) restores it when it is first shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import cache
from typing import Any, Protocol, TypeGuard

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from app.widgets.forms.form import Form
from db.record import frozen


class HasViewState(Protocol):
    """A part of a screen with a state of its own."""

    @property
    def state_key(self) -> str:
        """Return the name of the part within its screen."""

    def view_state(self) -> object:
        """Return its state; None = the initial one."""


@frozen
class ScreenState:
    """State of a screen: arguments for ``open_with``, and the states of its parts by ``state_key``."""

    arguments: dict[str, Any] = field(default_factory=dict)
    part_states: dict[str, object] = field(default_factory=dict)


def part_states_in(screen: QWidget) -> dict[str, object]:
    """Return the states of the parts inside ``screen``, by name."""
    parts = (part for part in screen.findChildren(QWidget) if _has_view_state(part))
    return {part.state_key: place for part in parts if (place := part.view_state()) is not None}


def _has_view_state(part: QWidget) -> TypeGuard[HasViewState]:
    """Return whether a widget has a state of its own to be saved."""
    kind: Any = type(part)
    return _class_has_view_state(kind)


@cache
def _class_has_view_state(kind: Any) -> bool:
    """Return whether a class implements ``HasViewState``; cached, as the protocol check is slow."""
    return hasattr(kind, "state_key") and hasattr(kind, "view_state")


def take_state_for(part: QWidget, name: str) -> object:
    """Return the state saved for ``part`` by its container and remove it there; None if there is none."""
    above = part.parentWidget()
    while above is not None:
        hand_out = getattr(above, "take_part_state", None)
        if hand_out is not None and (found := hand_out(name)) is not None:
            return found
        above = above.parentWidget()
    return None


def has_unsaved_input(parts: Sequence[QWidget]) -> bool:
    """Return whether a field among ``parts`` has typed text, or one of them is an open dialog.

    A field counts from its first keystroke until the program shows something else in it, a field of one line only
    while it holds text. A list filter does not count: it is saved with the state of the list.
    """
    return any(isinstance(part, QDialog) and part.isVisible() for part in parts) or any(
        True for _field in _edited_fields(parts)
    )


def has_input_outside_forms(screen: QWidget) -> bool:
    """Return whether a field of ``screen`` outside any form has typed text; forms keep theirs themselves."""
    return any(
        field.window() is screen.window() and not _in_form(field)
        for field in _edited_fields(screen.findChildren(QWidget))
    )


def _edited_fields(parts: Iterable[QWidget]) -> Iterator[QWidget]:
    """Yield the text fields with unsaved input; those that narrow a list or are read-only never count."""
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
