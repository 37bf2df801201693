"""The status of an event on a day for the state check of its documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from app.actions.action_id import ActionLink
from app.documents.event_facts import EventState
from db.record import record


@record
class EventStatus:
    """The status against which a document kind is checked before it is drawn.

    Attributes:
        state: the state of the event on the day. link: where to go on when a document is stopped.
        outdated_letters: by kind of an issued letter, a sentence on what it says that is no longer so.
        notification_link: where the change is notified. schedule_key: current day, start and place of the event.
        override_reasons: reasons against a stop, by its key (``document_states``).
    """

    event_id: int
    state: EventState
    link: ActionLink
    outdated_letters: Mapping[str, str] = field(default_factory=dict)
    notification_link: ActionLink | None = None
    schedule_key: str = ""
    override_reasons: Mapping[str, str] = field(default_factory=dict)
