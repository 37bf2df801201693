"""What others asked of the office, who answers it until when (応対メモ), and who acts for somebody who is away."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from db.fields import Key, RecordedBy
from db.record import data_field, one_of, record


class EnquiryWay(StrEnum):
    """How an enquiry came."""

    PHONE = "電話"
    COUNTER = "窓口"
    MAIL = "メール"
    HALL = "会場"
    PAPER = "書面"


class EnquirySort(StrEnum):
    """What an enquiry is; the last one is what the ward told by itself."""

    QUESTION = "問合せ"
    COUNSEL = "相談"
    WISH = "要望"
    COMPLAINT = "苦情"
    TROUBLE = "不具合"
    TOLD = "区からの連絡"

    is_trouble = one_of(COMPLAINT, TROUBLE)


@record
class ContactMemo:
    """One enquiry as somebody took it: who asked what, who answers it until when, and what was answered.

    Its row in 問合せ・相談台帳 has neither caller nor number, which are erased with the year.
    """

    id: Key = 0
    programme_id: Key
    received_at: datetime = data_field("受けた日時")
    way: EnquiryWay = data_field("経路", default=EnquiryWay.PHONE)
    sort: EnquirySort = data_field("区分", default=EnquirySort.QUESTION)
    caller: str = data_field("相手", erasing="goes", max_length=60, default="")
    phone: str = data_field("折返し先", erasing="goes", max_length=60, default="")
    organisation_id: Key | None = None
    event_id: Key | None = None
    about: str = data_field("用件", names_row=True, erasing="free", max_length=400)
    answerer: str = data_field("答える人", erasing="staff", max_length=40)
    answer_by: date | None = data_field("いつまでに", default=None)
    answer: str = data_field("答えたこと", erasing="free", max_length=400, default="")
    answered_on: date | None = data_field("答えた日", default=None)
    by: RecordedBy

    @property
    def is_open(self) -> bool:
        """Return whether it still waits for an answer."""
        return self.answered_on is None


@record
class Absence:
    """Somebody of the office is away from a day to another, and a colleague acts in his place."""

    id: Key = 0
    person: str = data_field("留守にする人", names_row=True, erasing="staff", max_length=40)
    colleague: str = data_field("代わりの人", erasing="staff", max_length=40)
    begins_on: date = data_field("留守の始まり")
    until: date = data_field("留守の終わり")
    by: RecordedBy
