"""Plans of candidate dates for a year's events, and the ward's own calendar days."""

from __future__ import annotations

from datetime import date

from db.frozen_record import frozen_record
from db.records.programme import Kind


@frozen_record
class SchedulePlan:
    """One 案 of the dates of a year.

    ``ordinal`` is its number (案2), ``applied_on`` the day on which its dates were taken over by the events.
    """

    id: int = 0
    programme_id: int
    ordinal: int
    name: str = ""
    made_on: date
    made_by: str = ""
    applied_on: date | None = None


@frozen_record
class ScheduleCandidate:
    """One event of a 案 with its candidate date.

    ``event_id`` None = an event that does not exist yet. ``typed`` is the date exactly as typed, parsed each
    time, so that nothing typed is lost while it is invalid. ``reason`` and ``nature`` say why a date outside
    the specification is kept, and how that is settled (程度の範囲内 / 協議で足りる / 契約変更の要否を契約課へ確認).
    """

    id: int = 0
    plan_id: int
    position: int
    event_id: int | None = None
    kind: Kind
    subject: str = ""
    organisation_name: str = ""
    typed: str = ""
    start_time: str = "14:00"
    end_time: str = "16:00"
    venue: str = ""
    room: str = ""
    lecturer: str = ""
    reason: str = ""
    nature: str = ""


@frozen_record
class WardDay:
    """One day of the ward's own calendar (会長改選, 予算要求, 補助金, 検査), a 目安日 and never a contract date.

    ``owner`` is who in the ward is responsible; ``basis`` where the date comes from.
    """

    id: int = 0
    programme_id: int
    title: str
    owner: str = "担当係"
    day: date
    basis: str = ""
    done_on: date | None = None
    done_by: str = ""
