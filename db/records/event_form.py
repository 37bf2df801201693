"""The three ways in which an event works in this program, whatever the contract calls it."""

from __future__ import annotations

from enum import StrEnum


class EventForm(StrEnum):
    """How an event works. A form is never printed and never changes for an event; its value is what files hold.

    What the contract calls an event and asks of it belongs to its kind.
    """

    LECTURE = "講習"
    """People apply one by one and come to a venue of the ward."""
    VISIT = "派遣"
    """An advisor goes to one 団体 that asked for it."""
    EXCHANGE = "意見交換"
    """People apply one by one and talk in groups at a venue of the ward."""

    @property
    def recruits(self) -> bool:
        """Return whether people apply one by one, are chosen and get a letter each."""
        return self is not EventForm.VISIT

    @property
    def at_organisation(self) -> bool:
        """Return whether one 団体 is supported at its own place (request form, selection, follow-up calls)."""
        return self is EventForm.VISIT

    @property
    def in_groups(self) -> bool:
        """Return whether people talk in 班 with facilitators, and what they said is recorded."""
        return self is EventForm.EXCHANGE
