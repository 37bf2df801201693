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
from db.record import data_field, optional_field, record, text_field
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
    ordinal: int | None = optional_field("記録の番号")
    number: str = text_field("協議番号", "word")
    topic: str = data_field("協議の題", names_row=True, erasing="free")
    content: str = text_field("問い", "free")
    asked_on: date | None = optional_field("協議を始めた日")
    settled_on: AgreedOn = None
    way: Way = ""
    ward_view: str = text_field("区の考え", "free")
    contractor_view: str = text_field("受託者の考え", "free")
    decision: str = text_field("決まったこと", "free")
    reason: Reason = ""
    clause: str = text_field("根拠", "word")
    ward_people: str = text_field("区の出た人", "staff")
    partner: str = text_field("協議の相手", "staff")
    nature: str = data_field("協議の扱い", erasing="word", default="協議で足りる")
    section_asked_on: date | None = optional_field("契約課へ確認した日")
    section_person: str = text_field("契約課の相手", "staff")
    section_answer: str = text_field("契約課の回答", "free")
    related: str = text_field("関係", "word")
    original_place: str = text_field("原本の所在", "word")
    confirmed_on: CheckedOn = None
    confirmed_how: str = text_field("確認の方法", "staff")
    withdrawn_on: date | None = optional_field("取り消した日")
    withdrawn_reason: str = text_field("取り消した理由", "staff")
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
    def state(self) -> Literal["協議中", "決定", "確認済", "取消"]:
        """Return its state: 協議中 without a day of decision, 確認済 once the contractor confirmed it."""
        if not self.is_in_effect:
            return "取消"
        return "協議中" if self.is_open else "決定" if self.confirmed_on is None else "確認済"


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
    start_time: str = text_field("開始時刻", "day")
    end_time: str = text_field("終了時刻", "day")
    place: str = text_field("場所", "word")
    ward_people: str = text_field("区の出た人", "staff")
    contractor_people: str = text_field("受託者の出た人", "staff")
    handed: str = text_field("配ったもの", "word")
    next_meeting: str = text_field("つぎの打合せ", "word")
    answer_by: date | None = optional_field("確認の期限")
    confirmed_on: CheckedOn = None
    confirmed_how: str = text_field("確認の方法", "staff")
    original_place: str = text_field("原本の所在", "word")


@record
class Homework:
    """宿題 of one side until ``due`` (None = no day), from a 協議 or a meeting."""

    id: Key = 0
    programme_id: Key
    agreement_id: Key | None = None
    meeting_id: Key | None = None
    text: str = data_field("宿題", names_row=True, erasing="free")
    side: Side = data_field("担当", default=Side.WARD)
    person: str = text_field("担当者", "staff")
    due: DueOn = None
    done_on: DoneOn = None
    done_note: str = text_field("済んだことの覚え", "free")


@record
class AgreementFile:
    """A stored file that belongs to a 協議, with the name it came with."""

    id: Key = 0
    agreement_id: Key
    file_id: Key
    name: Name
