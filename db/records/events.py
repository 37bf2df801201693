"""Events of the three kinds and their preparation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from db.fields import Spec
from db.frozen_record import frozen_record
from db.records.event_form import EventForm
from db.records.programme import Kind
from db.records.venues import Facility

Network = Literal["有", "無", "不明"]
FeePayer = Literal["", "区", "団体", "受託者", "無料"]
"""Who pays for the venue; "" = unknown."""
EventStatus = Literal["予定", "実施済", "中止"]
Side = Literal["区", "受託者"]
CountSource = Literal["", "名簿", "入力"]
"""Where the expected numbers come from; "" = the roster once it has an entry, else the typed numbers."""


@frozen_record
class Event:
    """One 講習会, 派遣 or 意見交換会.

    ``ordinal`` counts events of the same kind; it is given when the date is fixed and never changes.
    ``form`` is copied from the kind of its year when it is made.
    ``admissions``: its 決定通知 have 入場番号 and a map; ``last_admission`` is the highest number ever given, 0 =
    none. ``dated_on`` is the day on which it first got a date, None = no date, or unknown. ``replaces`` is
    the cancelled event in whose place it is held. Times are "HH:MM". ``subject`` is e.g. "LINE講習会";
    ``full_title`` adds the ordinal.
    """

    id: int = 0
    programme_id: int = 1
    kind: Annotated[Kind, Spec("種類", is_editable=True)]
    form: EventForm
    ordinal: int | None = None
    subject: Annotated[str, Spec("名称", is_editable=True, hint="LINE講習会")]
    event_date: Annotated[date | None, Spec("実施日", is_editable=True, width=120)] = None
    start_time: Annotated[str, Spec("開始", is_editable=True, width=80)] = "14:00"
    end_time: Annotated[str, Spec("終了", is_editable=True, width=80)] = "16:00"
    venue: Annotated[str, Spec("会場", is_editable=True)] = ""
    room: Annotated[str, Spec("部屋", is_editable=True)] = ""
    venue_capacity: Annotated[int | None, Spec("会場の定員", unit="人", is_editable=True, width=80)] = None
    venue_booked_on: Annotated[date | None, Spec("使用承認日", is_editable=True, width=120)] = None
    facility: Annotated[Facility, Spec("施設の区分", is_editable=True)] = ""
    venue_named_on: Annotated[date | None, Spec("区の指定日", is_editable=True, width=120)] = None
    fee_payer: Annotated[FeePayer, Spec("使用料負担", is_editable=True)] = ""
    content: Annotated[str, Spec("内容", is_editable=True)] = ""
    lecturer: Annotated[str, Spec("講師", is_editable=True)] = ""
    organisation_id: Annotated[int | None, Spec("団体", is_editable=True)] = None
    organisation_name: Annotated[str, Spec("団体名", is_editable=True)] = ""
    tools: Annotated[tuple[str, ...], Spec("使うもの", is_editable=True, hint="LINE、Instagram")] = ()
    groups: Annotated[int | None, Spec("班の数", unit="班", is_editable=True, width=80)] = None
    facilitators: Annotated[int | None, Spec("ファシリテーター", unit="人", is_editable=True, width=80)] = None
    network: Annotated[Network, Spec("ネット環境", is_editable=True)] = "不明"
    extra_materials: Annotated[bool, Spec("追加資料あり", is_editable=True)] = True
    hands_on: Annotated[bool, Spec("操作体験", is_editable=True)] = False
    status: EventStatus = "予定"
    cancelled_on: date | None = None
    cancel_reason: str = ""
    exception_reason: Annotated[str, Spec("実施期間外の理由", is_editable=True)] = ""
    exception_kind: Annotated[str, Spec("実施期間外の扱い", is_editable=True)] = ""
    note: Annotated[str, Spec("メモ", is_editable=True)] = ""
    count_source: CountSource = ""
    admissions: bool = False
    last_admission: int = 0
    dated_on: date | None = None
    replaces: int | None = None

    @property
    def full_title(self) -> str:
        """Return the title by the naming rule (「第3回 LINE講習会」「第1回 派遣 団体名」「第1回 意見交換会」)."""
        if self.form.at_organisation:
            name = f"派遣 {self.organisation_name or self.subject}"
        elif self.form.in_groups:
            name = self.subject or self.kind
        else:
            name = self.subject
        return f"第{self.ordinal}回 {name}" if self.ordinal else name


@frozen_record
class AgendaItem:
    """One line of the day's timetable; ``minutes`` None = before or after the day itself."""

    id: int = 0
    event_id: int
    position: int
    minutes: int | None
    title: str
    form: str = ""
    content: str = ""
    owner: str = "受託者"
    uses: str = ""


@frozen_record
class EquipmentItem:
    """One item needed on the day and which side prepares it (仕様書4(1)ク, (2)ク, (3)ク)."""

    id: int = 0
    event_id: int
    position: int
    name: str
    quantity: str = "1"
    owner: Side = "区"
    checked_on: date | None = None
    checked_by: str = ""
    agreement: str = ""
    note: str = ""


@frozen_record
class RecruitmentStep:
    """One step of recruitment (周知 … 通知) with its 目安日, counted back from the event."""

    id: int = 0
    event_id: int
    position: int
    name: str
    offset_days: int
    due: date | None = None
    done_on: date | None = None
    done_by: str = ""
    note: str = ""


@frozen_record
class DeadlineOverride:
    """A deadline set by hand for one task of an event or of a year, with the reason that is shown."""

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    task: str
    due: date
    reason: str
    by: str
    at: datetime


@frozen_record
class EventResult:
    """The result of the day as counted by the ward; ``source`` 「名簿」 = counted from the attendance."""

    id: int = 0
    event_id: int
    applied: int | None = None
    applied_organisations: int | None = None
    attended: int | None = None
    attended_organisations: int | None = None
    absent: int | None = None
    walk_ins: int | None = None
    lent_devices: int | None = None
    own_devices: int | None = None
    witness: str = ""
    note: str = ""
    source: str = ""
