"""The end of a contract (業務完了届 and 請求書, 検査, payment, questions to the 会計課)."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from db.frozen_record import frozen_record

InspectionResult = Literal["合格", "手直し", "不合格"]


@frozen_record
class PaperReading:
    """The data of one received document, typed once from it, and who compared them.

    Attributes:
        paper_id: the received document (one version).
        said: its data by field; days as ISO, amounts as digits.
        reasons: why a point that does not match is accepted, by point.
        first_by, second_by, checked_on: the two who compared it, and when; "" and None = not finished.
    """

    id: int = 0
    paper_id: int
    said: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    first_by: str = ""
    second_by: str = ""
    checked_on: date | None = None


@frozen_record
class Inspection:
    """One 検査 by the 検査員, who is not one of the 担当; after a 手直し there is another row.

    Attributes:
        inspector_post, inspector, witness_post, witness: 職 and 氏名 of 検査員 and 立会人.
        staff: the 担当 at that time.
        repair, repair_due, repaired_on: what must be corrected, by when, and when it was.
        open_reason: why it was 合格 although a document was missing.
    """

    id: int = 0
    programme_id: int
    held_on: date
    result: InspectionResult
    inspector_post: str = ""
    inspector: str
    witness_post: str = ""
    witness: str = ""
    staff: str = ""
    repair: str = ""
    repair_due: date | None = None
    repaired_on: date | None = None
    open_reason: str = ""
    note: str = ""


@frozen_record
class Payment:
    """The single payment of a year, with day and number of the 支出命令, and the day of payment.

    ``reason`` says why it went on although a point of the 請求書 did not match.
    """

    id: int = 0
    programme_id: int
    ordered_on: date
    order_number: str = ""
    paid_on: date | None = None
    reason: str = ""
    note: str = ""


@frozen_record
class AccountQuestion:
    """A question to the 会計課 that no rule of this app answers, with the answer."""

    id: int = 0
    programme_id: int
    matter: str
    asked_on: date
    asked_by: str
    answer: str = ""
    answered_on: date | None = None
