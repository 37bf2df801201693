"""How an event stands on a day as its papers ask: its state, the way on from there, and what was told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from app.actions.action_id import ActionLink
from app.documents.event_facts import EventState
from db.frozen_record import frozen_record


@frozen_record
class EventStatus:
    """What a kind of paper is held against before it is drawn.

    Attributes:
        state: how the event stands on the day. link: where somebody goes on who is stopped by it.
        outdated_letters: by kind of letter that was issued, in a sentence, what it says otherwise than is so now.
        notification_link: where the change is told. schedule_key: the day, the beginning and the place that the event
            has now.
        override_reasons: why somebody went on against a stop, by its key (``paper_states``).
    """

    event_id: int
    state: EventState
    link: ActionLink
    outdated_letters: Mapping[str, str] = field(default_factory=dict)
    notification_link: ActionLink | None = None
    schedule_key: str = ""
    override_reasons: Mapping[str, str] = field(default_factory=dict)
