"""Plans of candidate dates for a year's events, and the ward's own calendar days."""

from __future__ import annotations

from datetime import date

from db.fields import (
    Day,
    DoneOn,
    Key,
    Name,
    Position,
    Reason,
    RecordedBy,
)
from db.record import data_field, optional_field, record, text_field
from db.records.programme import Kind


@record
class SchedulePlan:
    """One 案 of the dates of a year.

    ``ordinal`` is its number (案2), ``applied_on`` the day on which its dates were taken over by the events.
    """

    id: Key = 0
    programme_id: Key
    ordinal: int = data_field("案の番号")
    name: Name = ""
    made_on: date = data_field("案を作った日")
    made_by: str = text_field("作った人", "staff")
    applied_on: date | None = optional_field("実施回にした日")


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
    kind: Kind = data_field("種別", erasing="word")
    subject: Name = ""
    organisation_name: str = text_field("団体", "word")
    typed: str = text_field("候補日", "word")
    start_time: str = data_field("開始時刻", erasing="day", default="14:00")
    end_time: str = data_field("終了時刻", erasing="day", default="16:00")
    venue: str = text_field("会場", "word")
    room: str = text_field("部屋", "word")
    lecturer: str = text_field("講師", "staff")
    reason: Reason = ""
    nature: str = text_field("協議の扱い", "word")


@record
class WardDay:
    """One day of the ward's own calendar (会長改選, 予算要求, 補助金, 検査), a 目安日 and never a contract date.

    ``owner`` is who in the ward is responsible; ``basis`` where the date comes from.
    """

    id: Key = 0
    programme_id: Key
    title: str = data_field("行事", names_row=True, erasing="free")
    owner: str = data_field("担当", erasing="staff", default="担当係")
    day: Day
    basis: str = text_field("根拠", "free")
    done_on: DoneOn = None
    done_by: RecordedBy = ""
