"""What people ask of their own data: a mistake they point out, and requests by 個人情報保護法76条, 90条 and 98条."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import Key, RecordedAt, RecordedBy
from db.record import data_field, one_of, optional_field, record, text_field
from db.records.year.enquiries import EnquiryWay


class RequestKind(StrEnum):
    """What somebody asks for."""

    DISCLOSURE = "開示"
    CORRECTION = "訂正"
    SUSPENSION = "利用停止"

    is_disclosure = one_of(DISCLOSURE)
    is_suspension = one_of(SUSPENSION)


class Capacity(StrEnum):
    """As whom somebody asks."""

    SELF = "本人"
    LEGAL = "法定代理人"
    MANDATED = "任意代理人"

    is_agent = one_of(LEGAL, MANDATED)


class Decision(StrEnum):
    """How a request was decided, or ended without a decision."""

    OPEN = ""
    DISCLOSED = "全部開示"
    PARTLY_DISCLOSED = "一部開示"
    NOT_DISCLOSED = "不開示"
    NOT_HELD = "不開示（不存在）"
    NEITHER_CONFIRMED = "不開示（存否応答拒否）"
    CORRECTED = "訂正する"
    PARTLY_CORRECTED = "一部を訂正する"
    NOT_CORRECTED = "訂正しない"
    SUSPENDED = "利用停止する"
    PARTLY_SUSPENDED = "一部を利用停止する"
    NOT_SUSPENDED = "利用停止しない"
    REJECTED = "却下"
    TRANSFERRED = "移送"
    WITHDRAWN = "取下げ"

    is_granted = one_of(DISCLOSED, PARTLY_DISCLOSED, CORRECTED, PARTLY_CORRECTED, SUSPENDED, PARTLY_SUSPENDED)
    """Whether something has to be done."""
    of_disclosure = one_of(DISCLOSED, PARTLY_DISCLOSED, NOT_DISCLOSED, NOT_HELD, NEITHER_CONFIRMED)
    of_correction = one_of(CORRECTED, PARTLY_CORRECTED, NOT_CORRECTED)
    of_suspension = one_of(SUSPENDED, PARTLY_SUSPENDED, NOT_SUSPENDED)
    is_open = one_of(OPEN)
    ends_undecided = one_of(TRANSFERRED, WITHDRAWN)
    """Whether the office decides nothing, so that nothing can be appealed against."""

    def fits(self, kind: RequestKind) -> bool:
        """Return whether a request of a kind can be decided so."""
        own = self.of_disclosure or self.of_correction or self.of_suspension
        if kind.is_disclosure:
            return self.of_disclosure or not own
        return (self.of_suspension if kind.is_suspension else self.of_correction) or not own


class StepSort(StrEnum):
    """Whom the office asks about a request: who made it, or somebody else whom the data are about."""

    COMPLETION = "補正"
    THIRD_PARTY = "第三者の意見"

    is_completion = one_of(COMPLETION)


@record
class MistakeReport:
    """What somebody said is wrong in the record of a person, and what was done; None as ``done_on`` = still open."""

    id: Key = 0
    programme_id: Key
    person_id: Key
    about: str = data_field("申出の内容", erasing="goes", max_length=200)
    said_by: str = text_field("申し出た人", "goes", max_length=60)
    received_on: date = data_field("申出の日")
    way: EnquiryWay = data_field("申出の方法", default=EnquiryWay.PHONE)
    done: str = text_field("したこと", "goes", max_length=200)
    done_on: date | None = optional_field("したことの日")
    by: RecordedBy
    at: RecordedAt


@record
class DataRequest:
    """One request to disclose, correct or no longer use a person's data, from the counter to the 審査請求.

    Attributes:
        person_id: whose data, None = nobody of the register.
        received_on: when it reached the ward, from which the period counts; section_on: when it reached the section.
        days, extra_days, basis: the period that held when it came (``RequestTerm``).
        late_until: until when the rest is decided where the data are many (84条, 95条, 103条).
        disclosed_on: when what it is about was disclosed (90条, 98条).
        reason: why it was decided so, and why a use is suspended; only managers read it.
        stops_letters, stops_lists, stops_exports: what a suspension covers, from ``decided_on`` to ``ended_on``.
    """

    id: Key = 0
    programme_id: Key
    number: int = data_field("請求の号", names_row=True)
    kind: RequestKind = data_field("請求の種類")
    person_id: Key | None = None
    requester: str = data_field("請求した人", erasing="goes", max_length=60)
    contact: str = text_field("請求した人の連絡先", "goes", max_length=120)
    capacity: Capacity = data_field("請求の資格", default=Capacity.SELF)
    agent: str = text_field("代理人の氏名", "goes", max_length=60)
    proof: str = text_field("本人・代理権の確認", "goes", max_length=120)
    asked: str = data_field("請求の内容", erasing="goes", max_length=400)
    received_on: date = data_field("窓口の受付日")
    section_on: date | None = optional_field("課に届いた日")
    disclosed_on: date | None = optional_field("開示を受けた日")
    days: int = data_field("決定の期間", unit="日")
    extra_days: int = data_field("延長できる期間", unit="日")
    basis: str = data_field("期間の根拠", erasing="word", max_length=120)
    extended_on: date | None = optional_field("延長を知らせた日")
    extension_reason: str = text_field("延長の理由", "free", max_length=200)
    late_until: date | None = optional_field("期限の特例で決める日")
    decision: Decision = data_field("決定", default=Decision.OPEN)
    decided_on: date | None = optional_field("決定の日")
    notified_on: date | None = optional_field("通知の日")
    notice_number: str = text_field("通知の番号", "word", max_length=40)
    reason: str = text_field("決定の理由", "goes", is_hidden=True, max_length=400)
    stops_letters: bool = data_field("手紙・メールに使わない", default=False)
    stops_lists: bool = data_field("名簿・一覧に載せない", default=False)
    stops_exports: bool = data_field("書き出さない・提供しない", default=False)
    ended_on: date | None = optional_field("利用停止を終えた日")
    carried_out_on: date | None = optional_field("実施の日")
    carried_out_how: str = text_field("実施の方法", "free", max_length=120)
    sheets: int | None = optional_field("写しの枚数", unit="枚")
    cost: int | None = optional_field("写しの費用", unit="円")
    paid_on: date | None = optional_field("費用を受け取った日")
    appealed_on: date | None = optional_field("審査請求の日")
    appeal_result: str = text_field("審査請求の結果", "free", max_length=200)
    appeal_ended_on: date | None = optional_field("審査請求が終わった日")
    by: RecordedBy
    at: RecordedAt

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is left to do: decided, notified, carried out, and no 審査請求 is open."""
        if self.decision.ends_undecided:
            return True
        told = not self.decision.is_open and self.notified_on is not None
        done = not self.decision.is_granted or self.carried_out_on is not None
        return told and done and (self.appealed_on is None or self.appeal_ended_on is not None)


@record
class RequestStep:
    """One 補正 or one 第三者の意見 of a request; ``opposes`` = the third party is against a disclosure."""

    id: Key = 0
    request_id: Key
    sort: StepSort = data_field("求めたこと", names_row=True, default=StepSort.COMPLETION)
    whom: str = text_field("求めた相手", "goes", max_length=60)
    what: str = text_field("求めた内容・答え", "goes", max_length=200)
    asked_on: date = data_field("求めた日")
    answered_on: date | None = optional_field("答えの日")
    opposes: bool = data_field("開示に反対", default=False)


@record
class RequestTerm:
    """How long the ward has for a kind of request, where it says something else than the law, and where it says so."""

    id: Key = 0
    kind: RequestKind = data_field("請求の種類", names_row=True)
    days: int = data_field("決定の期間", unit="日")
    extra_days: int = data_field("延長できる期間", unit="日")
    basis: str = data_field("期間の根拠", erasing="word", max_length=120)
    sheet_cost: int | None = optional_field("写し1枚の費用", unit="円")
    by: RecordedBy
    at: RecordedAt
