"""Plans of candidate dates for a year's events, and the ward's own calendar days."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from db.fields import (
    Day,
    DoneOn,
    Key,
    Name,
    Position,
    Reason,
    RecordedBy,
    Spec,
)
from db.record import record
from db.records.programme import Kind


@record
class SchedulePlan:
    """One 案 of the dates of a year.

    ``ordinal`` is its number (案2), ``applied_on`` the day on which its dates were taken over by the events.
    """

    id: Key = 0
    programme_id: Key
    ordinal: Annotated[int, Spec("案の番号")]
    name: Name = ""
    made_on: Annotated[date, Spec("案を作った日")]
    made_by: Annotated[str, Spec("作った人", erasing="staff")] = ""
    applied_on: Annotated[date | None, Spec("実施回にした日")] = None


@record
class ScheduleCandidate:
    """One event of a 案 with its candidate date.

    ``event_id`` None = an event that does not exist yet. ``typed`` is the date exactly as typed, parsed each
    time, so that nothing typed is lost while it is invalid. ``reason`` and ``nature`` say why a date outside
    the specification is kept, and how that is settled (程度の範囲内 / 協議で足りる / 契約変更の要否を契約課へ確認).
    """

    id: Key = 0
    plan_id: Key
    position: Position
    event_id: Key | None = None
    kind: Annotated[Kind, Spec("種別", erasing="word")]
    subject: Name = ""
    organisation_name: Annotated[str, Spec("団体", erasing="word")] = ""
    typed: Annotated[str, Spec("候補日", erasing="word")] = ""
    start_time: Annotated[str, Spec("開始時刻", erasing="day")] = "14:00"
    end_time: Annotated[str, Spec("終了時刻", erasing="day")] = "16:00"
    venue: Annotated[str, Spec("会場", erasing="word")] = ""
    room: Annotated[str, Spec("部屋", erasing="word")] = ""
    lecturer: Annotated[str, Spec("講師", erasing="staff")] = ""
    reason: Reason = ""
    nature: Annotated[str, Spec("協議の扱い", erasing="word")] = ""


@record
class WardDay:
    """One day of the ward's own calendar (会長改選, 予算要求, 補助金, 検査), a 目安日 and never a contract date.

    ``owner`` is who in the ward is responsible; ``basis`` where the date comes from.
    """

    id: Key = 0
    programme_id: Key
    title: Annotated[str, Spec("行事", names_row=True, erasing="free")]
    owner: Annotated[str, Spec("担当", erasing="staff")] = "担当係"
    day: Day
    basis: Annotated[str, Spec("根拠", erasing="free")] = ""
    done_on: DoneOn = None
    done_by: RecordedBy = ""
