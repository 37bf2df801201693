"""The end of a contract (業務完了届 and 請求書, 検査, payment, questions to the 会計課)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import Key, Note, Reason
from db.record import data_field, one_of, optional_field, record, text_field


class InspectionResult(StrEnum):
    """What an 検査 found."""

    PASSED = "合格"
    REWORK = "手直し"
    FAILED = "不合格"

    is_passed = one_of(PASSED)
    needs_rework = one_of(REWORK)


@record
class PaperReading:
    """The data of one received document, typed once from it, and who compared them.

    Attributes:
        paper_id: the received document (one version).
        said: its data by field; days as ISO, amounts as digits.
        reasons: why a point that does not match is accepted, by point.
        first_by, second_by, checked_on: the two who compared it, and when; "" and None = not finished.
    """

    id: Key = 0
    paper_id: Key
    said: dict[str, str] = data_field("書類の記載", erasing="free", default_factory=dict)
    reasons: dict[str, str] = data_field("そのまま受ける理由", erasing="free", default_factory=dict)
    first_by: str = text_field("点検した人（1人目）", "staff")
    second_by: str = text_field("点検した人（2人目）", "staff")
    checked_on: date | None = optional_field("点検を終えた日")


@record
class Inspection:
    """One 検査 by the 検査員, who is not one of the 担当; after a 手直し there is another row.

    Attributes:
        inspector_post, inspector, witness_post, witness: 職 and 氏名 of 検査員 and 立会人.
        staff: the 担当 at that time.
        repair, repair_due, repaired_on: what must be corrected, by when, and when it was.
        open_reason: why it was 合格 although a document was missing.
    """

    id: Key = 0
    programme_id: Key
    held_on: date = data_field("検査年月日", names_row=True)
    result: InspectionResult = data_field("検査結果")
    inspector_post: str = text_field("検査員の職", "staff")
    inspector: str = data_field("検査員の氏名", erasing="staff")
    witness_post: str = text_field("立会人の職", "staff")
    witness: str = text_field("立会人の氏名", "staff")
    staff: str = text_field("契約の担当", "staff")
    repair: str = text_field("手直しの内容", "word")
    repair_due: date | None = optional_field("手直しの期限")
    repaired_on: date | None = optional_field("手直しが済んだ日")
    open_reason: str = text_field("未了の書類があるまま進める理由", "free")
    note: Note = ""


@record
class Payment:
    """The single payment of a year, with day and number of the 支出命令, and the day of payment.

    ``reason`` says why it went on although the check of the 請求書 was not finished.
    """

    id: Key = 0
    programme_id: Key
    ordered_on: date = data_field("支出命令の日", names_row=True)
    order_number: str = text_field("支出命令の番号", "word")
    paid_on: date | None = optional_field("支払日")
    reason: Reason = ""
    note: Note = ""


@record
class AccountQuestion:
    """A question to the 会計課 that no rule of this app answers, with the answer."""

    id: Key = 0
    programme_id: Key
    matter: str = data_field("確認すること", names_row=True, erasing="word")
    asked_on: date = data_field("確認を頼んだ日")
    asked_by: str = data_field("依頼した人", erasing="staff")
    answer: str = text_field("回答", "free")
    answered_on: date | None = optional_field("回答の日")
