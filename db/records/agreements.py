"""協議 between ward and contractor, the meetings (打合せ) that held them, and the 宿題 of each side."""

from __future__ import annotations

from datetime import date
from typing import Literal

from db.frozen_record import frozen_record

Side = Literal["区", "受託者"]


@frozen_record
class Agreement:
    """One 協議; ``settled_on`` None means 協議中.

    ``topic`` e.g. 日程, 内容, 機材, 設問; ``content`` is what was asked. ``ordinal`` is its number in the year, given
    when it is settled and never reused; ``number`` is one that staff typed. It belongs to an event, or with
    ``programme_id`` to the whole year. ``partner`` spoke for the contractor, ``nature`` is what it means for
    the contract; the three ``section_`` fields are the question to 契約課. ``withdrawn_on`` = 取消.
    """

    id: int = 0
    event_id: int | None = None
    programme_id: int | None = None
    meeting_id: int | None = None
    ordinal: int | None = None
    number: str = ""
    topic: str
    content: str = ""
    asked_on: date | None = None
    settled_on: date | None = None
    way: str = ""
    ward_view: str = ""
    contractor_view: str = ""
    decision: str = ""
    reason: str = ""
    clause: str = ""
    ward_people: str = ""
    partner: str = ""
    nature: str = "協議で足りる"
    section_asked_on: date | None = None
    section_person: str = ""
    section_answer: str = ""
    related: str = ""
    original_place: str = ""
    confirmed_on: date | None = None
    confirmed_how: str = ""
    withdrawn_on: date | None = None
    withdrawn_reason: str = ""
    note: str = ""

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


@frozen_record
class Meeting:
    """One 打合せ of the year.

    ``answer_by`` is until when the contractor checks its record, ``confirmed_on`` when it did.
    """

    id: int = 0
    programme_id: int
    ordinal: int = 0
    subject: str
    held_on: date
    start_time: str = ""
    end_time: str = ""
    place: str = ""
    ward_people: str = ""
    contractor_people: str = ""
    handed: str = ""
    next_meeting: str = ""
    answer_by: date | None = None
    confirmed_on: date | None = None
    confirmed_how: str = ""
    original_place: str = ""


@frozen_record
class Homework:
    """宿題 of one side until ``due`` (None = no day), from a 協議 or a meeting."""

    id: int = 0
    programme_id: int
    agreement_id: int | None = None
    meeting_id: int | None = None
    text: str
    side: Side = "区"
    person: str = ""
    due: date | None = None
    done_on: date | None = None
    done_note: str = ""


@frozen_record
class AgreementFile:
    """A stored file that belongs to a 協議, with the name it came with."""

    id: int = 0
    agreement_id: int
    file_id: int
    name: str
