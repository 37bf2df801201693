"""Expected numbers of participants and the notices (人数報告) of them to the contractor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from db.fields import (
    Key,
    NamingVersion,
    Position,
    Reason,
)
from db.name_key import organisation_key
from db.record import data_field, optional_field, record, text_field
from db.records.documents import Notification

NO_ORGANISATION = "団体名なし"
"""The name of the row of expected people without a 団体."""


@record
class ExpectedCount:
    """How many are expected at an event from one 団体, with devices and needs (numbers and wording only, no person)."""

    id: Key = 0
    event_id: Key
    position: Position
    organisation_id: Key | None = None
    organisation_name: str = data_field("団体", names_row=True, erasing="word")
    people: int = data_field("人数")
    own_devices: int = data_field("持参端末", default=0)
    lent_devices: int = data_field("貸与端末", default=0)
    care_count: int = data_field("配慮が必要な人数", default=0)
    care_request: str = text_field("配慮の内容", "word")

    @property
    def organisation_key(self) -> int | str:
        """Return the key by which its 団体 is counted, its id or else its folded name, "" = none; never shown."""
        if self.organisation_id is None and self.organisation_name == NO_ORGANISATION:
            return ""
        return organisation_key(self.organisation_id, self.organisation_name)


@record
class HeadcountNotice:
    """A snapshot of the expected numbers of an event for one notice to the contractor, sent or not."""

    id: Key = 0
    event_id: Key
    revision: NamingVersion
    people: int = data_field("人数")
    organisations: int = data_field("団体数")
    own_devices: int = data_field("持参端末")
    lent_devices: int = data_field("貸与端末")
    care_count: int = data_field("配慮が必要な人数")
    care_request: str = text_field("配慮の内容", "word")
    made_on: date = data_field("作成日")
    reason: Reason = ""


HEADCOUNT_KEY = "人数"


@record
class NoticeWithNotification(HeadcountNotice):
    """A notice with the notification that sent it, None while it was not."""

    act: Notification | None = optional_field(is_hidden=True)

    @property
    def notified_on(self) -> date | None:
        """Return the day of the notification, None while there is none."""
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
