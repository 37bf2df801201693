"""The three ways in which an event works in this program, whatever the contract calls it."""

from __future__ import annotations

from enum import StrEnum

from db.record import one_of


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

    recruits = one_of(LECTURE, EXCHANGE)
    """Whether people apply one by one, are chosen and get a letter each."""
    at_organisation = one_of(VISIT)
    """Whether one 団体 is supported at its own place (request form, selection, follow-up calls)."""

    @property
    def deed(self) -> str:
        """Return what a 決定通知 decides: 「参加」, of a 派遣 「実施」."""
        return "参加" if self.recruits else "実施"

    in_groups = one_of(EXCHANGE)
    """Whether people talk in 班 with facilitators, and what they said is recorded."""
