"""協議 between ward and contractor, the meetings (打合せ) that held them, and the 宿題 of each side."""

from __future__ import annotations

from datetime import date
from typing import Literal

from db.fields import (
    AgreedOn,
    CheckedOn,
    DoneOn,
    DueOn,
    Key,
    Memo,
    Name,
    Reason,
    Way,
)
from db.record import data_field, record
from db.records.programme import Side


@record
class Agreement:
    """One 協議; ``settled_on`` None means 協議中.

    ``topic`` e.g. 日程, 内容, 機材, 設問; ``content`` is what was asked. ``ordinal`` is its number in the year, given
    when it is settled and never reused; ``number`` is one that staff typed. It belongs to an event, or with
    ``programme_id`` to the whole year. ``partner`` spoke for the contractor, ``nature`` is what it means for
    the contract; the three ``section_`` fields are the question to 契約課. ``withdrawn_on`` = 取消.
    """

    id: Key = 0
    event_id: Key | None = None
    programme_id: Key | None = None
    meeting_id: Key | None = None
    ordinal: int | None = data_field("記録の番号", default=None)
    number: str = data_field("協議番号", erasing="word", default="")
    topic: str = data_field("協議の題", names_row=True, erasing="free")
    content: str = data_field("問い", erasing="free", default="")
    asked_on: date | None = data_field("協議を始めた日", default=None)
    settled_on: AgreedOn = None
    way: Way = ""
    ward_view: str = data_field("区の考え", erasing="free", default="")
    contractor_view: str = data_field("受託者の考え", erasing="free", default="")
    decision: str = data_field("決まったこと", erasing="free", default="")
    reason: Reason = ""
    clause: str = data_field("根拠", erasing="word", default="")
    ward_people: str = data_field("区の出た人", erasing="staff", default="")
    partner: str = data_field("協議の相手", erasing="staff", default="")
    nature: str = data_field("協議の扱い", erasing="word", default="協議で足りる")
    section_asked_on: date | None = data_field("契約課へ確認した日", default=None)
    section_person: str = data_field("契約課の相手", erasing="staff", default="")
    section_answer: str = data_field("契約課の回答", erasing="free", default="")
    related: str = data_field("関係", erasing="word", default="")
    original_place: str = data_field("原本の所在", erasing="word", default="")
    confirmed_on: CheckedOn = None
    confirmed_how: str = data_field("確認の方法", erasing="staff", default="")
    withdrawn_on: date | None = data_field("取り消した日", default=None)
    withdrawn_reason: str = data_field("取り消した理由", erasing="staff", default="")
    note: Memo = ""

    @property
    def record_number(self) -> str:
        """Return 「第3号」, or what staff typed instead; "" while it is open."""
        return self.number or (f"第{self.ordinal}号" if self.ordinal else "")

    @property
    def is_in_effect(self) -> bool:
        """Return whether it counts; a withdrawn one is neither settled nor open, whatever dates it has."""
        return self.withdrawn_on is None

    @property
    def is_open(self) -> bool:
        """Return whether it is 協議中."""
        return self.is_in_effect and self.settled_on is None

    @property
    def state(self) -> Literal["協議中", "協議済", "取消"]:
        """Return its state as a screen shows it."""
        return "取消" if not self.is_in_effect else "協議中" if self.is_open else "協議済"

    @property
    def is_locked(self) -> bool:
        """Return whether it is confirmed or withdrawn, so that only 協議・打合せ can change it."""
        return self.confirmed_on is not None or not self.is_in_effect


@record
class Meeting:
    """One 打合せ of the year.

    ``answer_by`` is until when the contractor checks its record, ``confirmed_on`` when it did.
    """

    id: Key = 0
    programme_id: Key
    ordinal: int = data_field("回", default=0)
    subject: str = data_field("打合せの件名", names_row=True, erasing="word")
    held_on: date = data_field("打合せの日")
    start_time: str = data_field("開始時刻", erasing="day", default="")
    end_time: str = data_field("終了時刻", erasing="day", default="")
    place: str = data_field("場所", erasing="word", default="")
    ward_people: str = data_field("区の出た人", erasing="staff", default="")
    contractor_people: str = data_field("受託者の出た人", erasing="staff", default="")
    handed: str = data_field("配ったもの", erasing="word", default="")
    next_meeting: str = data_field("つぎの打合せ", erasing="word", default="")
    answer_by: date | None = data_field("確認の期限", default=None)
    confirmed_on: CheckedOn = None
    confirmed_how: str = data_field("確認の方法", erasing="staff", default="")
    original_place: str = data_field("原本の所在", erasing="word", default="")


@record
class Homework:
    """宿題 of one side until ``due`` (None = no day), from a 協議 or a meeting."""

    id: Key = 0
    programme_id: Key
    agreement_id: Key | None = None
    meeting_id: Key | None = None
    text: str = data_field("宿題", names_row=True, erasing="free")
    side: Side = data_field("担当", default=Side.WARD)
    person: str = data_field("担当者", erasing="staff", default="")
    due: DueOn = None
    done_on: DoneOn = None
    done_note: str = data_field("済んだことの覚え", erasing="free", default="")


@record
class AgreementFile:
    """A stored file that belongs to a 協議, with the name it came with."""

    id: Key = 0
    agreement_id: Key
    file_id: Key
    name: Name
