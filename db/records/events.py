"""Events of every kind with their preparation, deadlines set by hand, calendar entries and results."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

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
    Title,
)
from db.record import data_field, one_of, optional_field, record, text_field
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
    kind: Kind = data_field("種類", is_editable=True, erasing="word")
    form: EventForm = data_field("実施の形")
    ordinal: int | None = optional_field("回")
    subject: str = data_field("名称", is_editable=True, hint="LINE講習会", names_row=True, erasing="word")
    event_date: date | None = optional_field("実施日", is_editable=True, width=120)
    start_time: str = data_field("開始", is_editable=True, width=80, erasing="day", default="14:00")
    end_time: str = data_field("終了", is_editable=True, width=80, erasing="day", default="16:00")
    venue: str = text_field("会場", "word", is_editable=True)
    room: str = text_field("部屋", "word", is_editable=True)
    venue_capacity: int | None = optional_field("会場の定員", unit="人", is_editable=True, width=80)
    venue_booked_on: date | None = optional_field("使用承認日", is_editable=True, width=120)
    facility: Facility = data_field("施設の区分", is_editable=True, default=Facility.UNKNOWN)
    venue_named_on: date | None = optional_field("区の指定日", is_editable=True, width=120)
    fee_payer: FeePayer = data_field("使用料負担", is_editable=True, default=FeePayer.UNKNOWN)
    content: str = text_field("内容", "free", is_editable=True)
    lecturer: str = text_field("講師", "staff", is_editable=True)
    organisation_id: int | None = optional_field("団体", is_editable=True, is_hidden=True)
    organisation_name: str = text_field("団体名", "word", is_editable=True)
    tools: tuple[str, ...] = data_field(
        "使うもの", is_editable=True, hint="LINE、Instagram", erasing="word", default=()
    )
    groups: int | None = optional_field("班の数", unit="班", is_editable=True, width=80)
    facilitators: int | None = optional_field("ファシリテーター", unit="人", is_editable=True, width=80)
    network: Network = data_field("ネット環境", is_editable=True, default=Network.UNKNOWN)
    extra_materials: bool = data_field("追加資料あり", is_editable=True, default=True)
    hands_on: bool = data_field("操作体験", is_editable=True, default=False)
    status: EventStatus = data_field("状態", default=EventStatus.PLANNED)
    cancelled_on: date | None = optional_field("中止を決めた日")
    cancel_reason: str = text_field("中止の理由", "free")
    exception_reason: str = text_field("実施期間外の理由", "free", is_editable=True)
    exception_kind: str = text_field("実施期間外の扱い", "word", is_editable=True)
    note: str = text_field("メモ", "free", is_editable=True)
    count_source: CountSource = data_field("人数の出どころ", default=CountSource.USUAL)
    admissions: bool = data_field("入場番号を入れる", default=False)
    last_admission: int = data_field("最後の入場番号", default=0)
    certificates: bool = data_field("受講証", is_editable=True, default=False)
    dated_on: date | None = optional_field("日程の決定日")
    replaces: Key | None = None
    kind_name: str = text_field("種類の名前", "word")
    request_id: Key | None = None
    exception_clauses: tuple[str, ...] = data_field("理由を書いた条項", default=(), erasing="word")
    large_letters: tuple[str, ...] = data_field("拡大版で出す宛先", is_hidden=True, default=(), erasing="word")

    def is_large(self, kind: str, addressee: str) -> bool:
        """Return whether the letter of a kind to an addressee of this key is a 拡大版."""
        return large_key(kind, addressee) in self.large_letters

    def reason_for(self, clause: str) -> str:
        """Return the reason recorded for what differs from a clause; one of unknown clauses counts for all."""
        known = self.exception_clauses
        return self.exception_reason.strip() if clause in known or not known else ""

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


EVERYBODY = "all"
"""Key of the one addressee of a letter to all, or of a form that is addressed to nobody."""


def large_key(kind: str, addressee: str) -> str:
    """Return the key under which an event keeps whose letters are a 拡大版: of one to all, its kind."""
    return kind if addressee in ("", EVERYBODY) else addressee.removesuffix("w")


@record
class AgendaItem:
    """One line of the day's timetable; ``minutes`` None = before or after the day itself."""

    id: Key = 0
    event_id: Key
    position: Position
    minutes: int | None = data_field("時間（分）")
    title: Title
    form: str = text_field("形", "word")
    content: Content = ""
    owner: str = data_field("担当", erasing="staff", default="受託者")
    uses: str = text_field("使うもの", "word")


@record
class EquipmentItem:
    """One item needed on the day and which side prepares it (仕様書4(1)ク, (2)ク, (3)ク)."""

    id: Key = 0
    event_id: Key
    position: Position
    name: Name
    quantity: str = data_field("数量", erasing="word", default="1")
    owner: Side = data_field("担当", default=Side.WARD)
    checked_on: CheckedOn = None
    checked_by: CheckedBy = ""
    agreement: str = text_field("協議番号", "word")
    note: Note = ""


@record
class RecruitmentStep:
    """One step of recruitment (周知 … 通知) with its 目安日, counted back from the event."""

    id: Key = 0
    event_id: Key
    position: Position
    name: Name
    offset_days: int = data_field("何日前")
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
    task: str = data_field("期限の種類", names_row=True, erasing="word")
    due: date = data_field("期限")
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
        changed_at: when the first file with what it says now was saved; None = in one not saved yet, or not known.
    """

    id: Key = 0
    programme_id: Key
    key: str = data_field("予定", names_row=True, erasing="word")
    uid: str = data_field(is_hidden=True, erasing="sum")
    sequence: int = data_field("変えた回数", default=0)
    day: Day
    digest: str = data_field(is_hidden=True, erasing="sum")
    withdrawn: bool = data_field("取りやめ", default=False)
    changed_at: datetime | None = optional_field("変えた日時")


@record
class EventResult:
    """The result of the day as counted by the ward; ``source`` 「名簿」 = counted from the attendance.

    ``cut_short`` says of an event that was broken off whether it counts, ``agreement_id`` by which 協議 that was
    agreed; the three fields between are empty for any other. ``ended_at`` is "HH:MM".
    """

    id: Key = 0
    event_id: Key
    applied: int | None = optional_field("申込者数")
    applied_organisations: int | None = optional_field("申込団体数")
    attended: int | None = optional_field("出席者数")
    attended_organisations: int | None = optional_field("出席団体数")
    absent: int | None = optional_field("欠席者数")
    walk_ins: int | None = optional_field("当日受付")
    lent_devices: int | None = optional_field("貸与端末数")
    own_devices: int | None = optional_field("持参端末")
    witness: str = text_field("区の立会い", "staff")
    note: Memo = ""
    source: Origin = ""
    cut_short: CutShort = data_field("途中の打切り", default=CutShort.NOT)
    ended_at: str = text_field("打切りの時刻", "day")
    cut_reason: str = text_field("打切りの理由", "free")
    people_at_end: int | None = optional_field("打切りのときの人数", unit="人")
    agreement_id: Key | None = None
