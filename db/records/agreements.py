"""協議 between ward and contractor, the meetings (打合せ) that held them, and the 宿題 of each side."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from db.fields import (
    AgreedOn,
    CheckedOn,
    DoneOn,
    DueOn,
    Key,
    Memo,
    Name,
    Reason,
    Spec,
    Way,
)
from db.record import record
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
    ordinal: Annotated[int | None, Spec("記録の番号")] = None
    number: Annotated[str, Spec("協議番号", erasing="word")] = ""
    topic: Annotated[str, Spec("協議の題", names_row=True, erasing="free")]
    content: Annotated[str, Spec("問い", erasing="free")] = ""
    asked_on: Annotated[date | None, Spec("協議を始めた日")] = None
    settled_on: AgreedOn = None
    way: Way = ""
    ward_view: Annotated[str, Spec("区の考え", erasing="free")] = ""
    contractor_view: Annotated[str, Spec("受託者の考え", erasing="free")] = ""
    decision: Annotated[str, Spec("決まったこと", erasing="free")] = ""
    reason: Reason = ""
    clause: Annotated[str, Spec("根拠", erasing="word")] = ""
    ward_people: Annotated[str, Spec("区の出た人", erasing="staff")] = ""
    partner: Annotated[str, Spec("協議の相手", erasing="staff")] = ""
    nature: Annotated[str, Spec("協議の扱い", erasing="word")] = "協議で足りる"
    section_asked_on: Annotated[date | None, Spec("契約課へ確認した日")] = None
    section_person: Annotated[str, Spec("契約課の相手", erasing="staff")] = ""
    section_answer: Annotated[str, Spec("契約課の回答", erasing="free")] = ""
    related: Annotated[str, Spec("関係", erasing="word")] = ""
    original_place: Annotated[str, Spec("原本の所在", erasing="word")] = ""
    confirmed_on: CheckedOn = None
    confirmed_how: Annotated[str, Spec("確認の方法", erasing="staff")] = ""
    withdrawn_on: Annotated[date | None, Spec("取り消した日")] = None
    withdrawn_reason: Annotated[str, Spec("取り消した理由", erasing="staff")] = ""
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
    ordinal: Annotated[int, Spec("回")] = 0
    subject: Annotated[str, Spec("打合せの件名", names_row=True, erasing="word")]
    held_on: Annotated[date, Spec("打合せの日")]
    start_time: Annotated[str, Spec("開始時刻", erasing="day")] = ""
    end_time: Annotated[str, Spec("終了時刻", erasing="day")] = ""
    place: Annotated[str, Spec("場所", erasing="word")] = ""
    ward_people: Annotated[str, Spec("区の出た人", erasing="staff")] = ""
    contractor_people: Annotated[str, Spec("受託者の出た人", erasing="staff")] = ""
    handed: Annotated[str, Spec("配ったもの", erasing="word")] = ""
    next_meeting: Annotated[str, Spec("つぎの打合せ", erasing="word")] = ""
    answer_by: Annotated[date | None, Spec("確認の期限")] = None
    confirmed_on: CheckedOn = None
    confirmed_how: Annotated[str, Spec("確認の方法", erasing="staff")] = ""
    original_place: Annotated[str, Spec("原本の所在", erasing="word")] = ""


@record
class Homework:
    """宿題 of one side until ``due`` (None = no day), from a 協議 or a meeting."""

    id: Key = 0
    programme_id: Key
    agreement_id: Key | None = None
    meeting_id: Key | None = None
    text: Annotated[str, Spec("宿題", names_row=True, erasing="free")]
    side: Annotated[Side, Spec("担当")] = Side.WARD
    person: Annotated[str, Spec("担当者", erasing="staff")] = ""
    due: DueOn = None
    done_on: DoneOn = None
    done_note: Annotated[str, Spec("済んだことの覚え", erasing="free")] = ""


@record
class AgreementFile:
    """A stored file that belongs to a 協議, with the name it came with."""

    id: Key = 0
    agreement_id: Key
    file_id: Key
    name: Name
