"""Events of every kind with their preparation, deadlines set by hand, calendar entries and results."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from db.fields import (
    CheckedBy,
    CheckedOn,
    Content,
    Day,
    DoneOn,
    DueOn,
    Key,
    Memo,
    Name,
    Note,
    Origin,
    Position,
    Reason,
    RecordedAt,
    RecordedBy,
    Spec,
    Title,
)
from db.record import one_of, record
from db.records.event_form import EventForm
from db.records.event_status import CutShort, EventStatus
from db.records.programme import Kind, Side
from db.records.venues import Facility, Network


class FeePayer(StrEnum):
    """Who pays for the venue; "" = unknown."""

    UNKNOWN = ""
    WARD = "区"
    ORGANISATION = "団体"
    CONTRACTOR = "受託者"
    NOBODY = "無料"

    is_elsewhere = one_of(ORGANISATION, CONTRACTOR)
    """Whether somebody other than the ward pays."""


class CountSource(StrEnum):
    """Where the expected numbers come from; "" = the roster once it has an entry, else the typed numbers."""

    USUAL = ""
    ROSTER = "名簿"
    TYPED = "入力"

    is_roster = one_of(ROSTER)


@record
class Event:
    """One event of a kind of its year (講習会, 派遣, 意見交換会 …).

    ``ordinal`` counts events of the same kind; it is given when the date is fixed and never changes.
    ``form`` is copied from the kind of its year when it is made, ``kind_name`` from the kind as in force on its day
    (agreed last, without a day) whenever either changes.
    ``admissions``: its 決定通知 have 入場番号 and a map; ``last_admission`` is the highest number ever given, 0 =
    none. ``certificates``: each person who came gets a 受講証. ``dated_on`` is the day on which it first got a date,
    None = no date, or unknown. ``replaces`` is the cancelled event in whose place it is held, ``request_id`` the
    request that a visit answers. Times are "HH:MM".
    ``subject`` is e.g. "LINE講習会"; ``full_title`` adds the ordinal.
    """

    id: Key = 0
    programme_id: Key = 1
    kind: Annotated[Kind, Spec("種類", is_editable=True, erasing="word")]
    form: Annotated[EventForm, Spec("実施の形")]
    ordinal: Annotated[int | None, Spec("回")] = None
    subject: Annotated[str, Spec("名称", is_editable=True, hint="LINE講習会", names_row=True, erasing="word")]
    event_date: Annotated[date | None, Spec("実施日", is_editable=True, width=120)] = None
    start_time: Annotated[str, Spec("開始", is_editable=True, width=80, erasing="day")] = "14:00"
    end_time: Annotated[str, Spec("終了", is_editable=True, width=80, erasing="day")] = "16:00"
    venue: Annotated[str, Spec("会場", is_editable=True, erasing="word")] = ""
    room: Annotated[str, Spec("部屋", is_editable=True, erasing="word")] = ""
    venue_capacity: Annotated[int | None, Spec("会場の定員", unit="人", is_editable=True, width=80)] = None
    venue_booked_on: Annotated[date | None, Spec("使用承認日", is_editable=True, width=120)] = None
    facility: Annotated[Facility, Spec("施設の区分", is_editable=True)] = Facility.UNKNOWN
    venue_named_on: Annotated[date | None, Spec("区の指定日", is_editable=True, width=120)] = None
    fee_payer: Annotated[FeePayer, Spec("使用料負担", is_editable=True)] = FeePayer.UNKNOWN
    content: Annotated[str, Spec("内容", is_editable=True, erasing="free")] = ""
    lecturer: Annotated[str, Spec("講師", is_editable=True, erasing="staff")] = ""
    organisation_id: Annotated[int | None, Spec("団体", is_editable=True, is_hidden=True)] = None
    organisation_name: Annotated[str, Spec("団体名", is_editable=True, erasing="word")] = ""
    tools: Annotated[tuple[str, ...], Spec("使うもの", is_editable=True, hint="LINE、Instagram", erasing="word")] = ()
    groups: Annotated[int | None, Spec("班の数", unit="班", is_editable=True, width=80)] = None
    facilitators: Annotated[int | None, Spec("ファシリテーター", unit="人", is_editable=True, width=80)] = None
    network: Annotated[Network, Spec("ネット環境", is_editable=True)] = Network.UNKNOWN
    extra_materials: Annotated[bool, Spec("追加資料あり", is_editable=True)] = True
    hands_on: Annotated[bool, Spec("操作体験", is_editable=True)] = False
    status: Annotated[EventStatus, Spec("状態")] = EventStatus.PLANNED
    cancelled_on: Annotated[date | None, Spec("中止を決めた日")] = None
    cancel_reason: Annotated[str, Spec("中止の理由", erasing="free")] = ""
    exception_reason: Annotated[str, Spec("実施期間外の理由", is_editable=True, erasing="free")] = ""
    exception_kind: Annotated[str, Spec("実施期間外の扱い", is_editable=True, erasing="word")] = ""
    note: Annotated[str, Spec("メモ", is_editable=True, erasing="free")] = ""
    count_source: Annotated[CountSource, Spec("人数の出どころ")] = CountSource.USUAL
    admissions: Annotated[bool, Spec("入場番号を入れる")] = False
    last_admission: Annotated[int, Spec("最後の入場番号")] = 0
    certificates: Annotated[bool, Spec("受講証", is_editable=True)] = False
    dated_on: Annotated[date | None, Spec("日程の決定日")] = None
    replaces: Key | None = None
    kind_name: Annotated[str, Spec("種類の名前", erasing="word")] = ""
    request_id: Key | None = None

    @property
    def kind_words(self) -> str:
        """Return what its kind is called on its day, as stands on screens and papers."""
        return self.kind_name or self.kind

    @property
    def place_words(self) -> str:
        """Return venue and room (「みほん区民館 研修室」), as far as known."""
        return f"{self.venue} {self.room}".strip()

    @property
    def hours(self) -> str:
        """Return from when to when it is held (「14:00–16:00」)."""
        return f"{self.start_time}–{self.end_time}"

    def is_past(self, today: date) -> bool:
        """Return whether its day is over on ``today``; False without a day."""
        return self.event_date is not None and self.event_date < today

    @property
    def full_title(self) -> str:
        """Return the title by the naming rule (「第3回 LINE講習会」「第1回 派遣 団体名」「第1回 意見交換会」)."""
        if self.form.at_organisation:
            name = f"{self.kind_words} {self.organisation_name or self.subject}"
        elif self.form.in_groups:
            name = self.subject or self.kind_words
        else:
            name = self.subject
        return f"第{self.ordinal}回 {name}" if self.ordinal else name


@record
class AgendaItem:
    """One line of the day's timetable; ``minutes`` None = before or after the day itself."""

    id: Key = 0
    event_id: Key
    position: Position
    minutes: Annotated[int | None, Spec("時間（分）")]
    title: Title
    form: Annotated[str, Spec("形", erasing="word")] = ""
    content: Content = ""
    owner: Annotated[str, Spec("担当", erasing="staff")] = "受託者"
    uses: Annotated[str, Spec("使うもの", erasing="word")] = ""


@record
class EquipmentItem:
    """One item needed on the day and which side prepares it (仕様書4(1)ク, (2)ク, (3)ク)."""

    id: Key = 0
    event_id: Key
    position: Position
    name: Name
    quantity: Annotated[str, Spec("数量", erasing="word")] = "1"
    owner: Annotated[Side, Spec("担当")] = Side.WARD
    checked_on: CheckedOn = None
    checked_by: CheckedBy = ""
    agreement: Annotated[str, Spec("協議番号", erasing="word")] = ""
    note: Note = ""


@record
class RecruitmentStep:
    """One step of recruitment (周知 … 通知) with its 目安日, counted back from the event."""

    id: Key = 0
    event_id: Key
    position: Position
    name: Name
    offset_days: Annotated[int, Spec("何日前")]
    due: DueOn = None
    done_on: DoneOn = None
    done_by: RecordedBy = ""
    note: Memo = ""


@record
class DeadlineOverride:
    """A deadline set by hand for one task of an event or of a year, with the reason that is shown."""

    id: Key = 0
    event_id: Key | None = None
    programme_id: Key | None = None
    task: Annotated[str, Spec("期限の種類", names_row=True, erasing="word")]
    due: Annotated[date, Spec("期限")]
    reason: Reason
    by: RecordedBy
    at: RecordedAt


@record
class CalendarEntry:
    """One entry of the calendar files saved so far, with what the last of them said of it.

    Attributes:
        key: what it stands for: an event, one of its deadlines or steps, or a deadline of the year.
        uid: its name in the files, which never changes.
        sequence: how often it has changed.
        day: its day then; ``digest`` is the hash of everything it said.
        withdrawn: it is no longer planned, and the files say so.
    """

    id: Key = 0
    programme_id: Key
    key: Annotated[str, Spec("予定", names_row=True, erasing="word")]
    uid: Annotated[str, Spec(is_hidden=True, erasing="sum")]
    sequence: Annotated[int, Spec("変えた回数")] = 0
    day: Day
    digest: Annotated[str, Spec(is_hidden=True, erasing="sum")]
    withdrawn: Annotated[bool, Spec("取りやめ")] = False


@record
class EventResult:
    """The result of the day as counted by the ward; ``source`` 「名簿」 = counted from the attendance.

    ``cut_short`` says of an event that was broken off whether it counts, ``agreement_id`` by which 協議 that was
    agreed; the three fields between are empty for any other. ``ended_at`` is "HH:MM".
    """

    id: Key = 0
    event_id: Key
    applied: Annotated[int | None, Spec("申込者数")] = None
    applied_organisations: Annotated[int | None, Spec("申込団体数")] = None
    attended: Annotated[int | None, Spec("出席者数")] = None
    attended_organisations: Annotated[int | None, Spec("出席団体数")] = None
    absent: Annotated[int | None, Spec("欠席者数")] = None
    walk_ins: Annotated[int | None, Spec("当日受付")] = None
    lent_devices: Annotated[int | None, Spec("貸与端末数")] = None
    own_devices: Annotated[int | None, Spec("持参端末")] = None
    witness: Annotated[str, Spec("区の立会い", erasing="staff")] = ""
    note: Memo = ""
    source: Origin = ""
    cut_short: Annotated[CutShort, Spec("途中の打切り")] = CutShort.NOT
    ended_at: Annotated[str, Spec("打切りの時刻", erasing="day")] = ""
    cut_reason: Annotated[str, Spec("打切りの理由", erasing="free")] = ""
    people_at_end: Annotated[int | None, Spec("打切りのときの人数", unit="人")] = None
    agreement_id: Key | None = None
