"""Expected numbers of participants and the notices (人数報告) of them to the contractor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from db.frozen_record import frozen_record
from db.name_key import organisation_key
from db.records.documents import Notification


@frozen_record
class ExpectedCount:
    """How many come from one 団体, with devices and needs (numbers and wording only, no person)."""

    id: int = 0
    event_id: int
    position: int
    organisation_id: int | None = None
    organisation_name: str
    people: int
    own_devices: int = 0
    lent_devices: int = 0
    care_count: int = 0
    care_request: str = ""

    @property
    def organisation_key(self) -> int | str:
        """Return the key by which its 団体 is counted."""
        return organisation_key(self.organisation_id, self.organisation_name)


@frozen_record
class HeadcountNotice:
    """A snapshot of the numbers for one notice to the contractor, sent or not."""

    id: int = 0
    event_id: int
    revision: int
    people: int
    organisations: int
    own_devices: int
    lent_devices: int
    care_count: int
    care_request: str = ""
    made_on: date
    reason: str = ""


HEADCOUNT_KEY: Final = "人数"


@frozen_record
class NoticeWithNotification(HeadcountNotice):
    """A notice with the notification that sent it, None while it was not."""

    act: Notification | None = None

    @property
    def notified_on(self) -> date | None:
        """Return the day of the notification."""
        return self.act.told_on if self.act is not None else None

    @property
    def notified_how(self) -> str:
        """Return the way of the notification, or ""."""
        return self.act.told_how if self.act is not None else ""

    @property
    def notified_to(self) -> str:
        """Return who received the notification, or ""."""
        return self.act.told_to if self.act is not None else ""

    @property
    def notified_by(self) -> str:
        """Return who notified, or ""."""
        return self.act.told_by if self.act is not None else ""


def with_notifications(
    notices: Iterable[HeadcountNotice], notifications: Iterable[Notification]
) -> list[NoticeWithNotification]:
    """Join notices with their notifications that still count."""
    told = {(act.event_id, act.version): act for act in notifications if act.key == HEADCOUNT_KEY and act.is_notified}
    return [NoticeWithNotification(**vars(one), act=told.get((one.event_id, one.revision))) for one in notices]
