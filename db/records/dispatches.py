"""派遣 in detail, with the signed 希望票, the support of each 団体, and later questions and calls."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import (
    DisposeOn,
    FileName,
    Key,
    Reason,
    ReceiptNumber,
    ReceivedHow,
    Way,
)
from db.record import data_field, one_of, optional_field, record, text_field
from db.records.programme import Side
from db.records.venues import Network


class Consent(StrEnum):
    """Whether a 団体 agreed to be contacted."""

    UNKNOWN = ""
    GIVEN = "同意あり"
    REFUSED = "同意なし"

    is_given = one_of(GIVEN)
    is_refused = one_of(REFUSED)


class RequestOutcome(StrEnum):
    """What became of a 希望."""

    OPEN = ""
    CHOSEN = "決定"
    REFUSED = "不採択"
    WITHDRAWN = "取下げ"

    is_open = one_of(OPEN)
    is_chosen = one_of(CHOSEN)
    is_refused = one_of(REFUSED)
    is_answered = one_of(CHOSEN, REFUSED)
    is_live = one_of(OPEN, CHOSEN)
    """Whether the 希望 may still lead to a 派遣."""
    is_withdrawn = one_of(WITHDRAWN)


class FollowUpKind(StrEnum):
    """Why a 団体 was called afterwards."""

    FOLLOW_UP = "フォローアップ"
    THREE_MONTHS = "3か月後の電話"

    is_later_call = one_of(THREE_MONTHS)


class FollowUpState(StrEnum):
    """What came of a call."""

    DONE = "完了"
    OPEN = "対応中"
    ABSENT = "不在"
    MOVED = "日を変更"

    is_done = one_of(DONE)
    is_open = one_of(OPEN)


@record
class DispatchRequest:
    """One 派遣希望票 of a 団体, entered from the signed paper.

    Attributes:
        signed: False = reported by telephone, the paper is still to come.
        signer: the 代表者 as signed.
        took_part: what the paper says of the 講習会.
        days: the wished days as written.
        consent: whether name and telephone may be passed to the contractor.
        outcome: "" = not decided.
        reason: 選定理由, or the published rule by which it was declined.
        lecture_id: the 講習会 that links the 団体 to it (仕様書4(2)柱書).
        unlinked_reason: why it stands without one.
        exception_reason: why it was chosen though it came after the closing day or unsigned.
        kind: the key of the kind of visits that it asks for; "" = the first of its year.
        handed_on: when the paper itself went to the contractor.
        file_id: a scan; the paper is kept at ``original_place`` until ``dispose_on``.
    """

    id: Key = 0
    programme_id: Key
    organisation_id: Key
    event_id: Key | None = None
    received_on: date = data_field("受領日", names_row=True)
    received_how: ReceivedHow = "窓口"
    receipt_number: ReceiptNumber = ""
    signed: bool = data_field("署名", default=True)
    signer: str = text_field("代表者の氏名", "goes")
    signer_role: str = text_field("代表者の役職", "goes")
    tools: tuple[str, ...] = data_field("ツール", erasing="word", default=())
    wish: str = text_field("希望", "free")
    current_use: str = text_field("いまの様子", "free")
    trouble: str = text_field("困っていること", "free")
    took_part: str = text_field("これまでの参加", "free")
    days: str = text_field("希望する日", "word")
    venue: str = text_field("会場", "word")
    network: Network = data_field("インターネット", default=Network.UNKNOWN)
    fee: str = text_field("使用料", "word")
    equipment: str = text_field("会場で使えるもの", "word")
    people: int | None = optional_field("参加する人数")
    phones: int | None = optional_field("スマートフォンを持つ人数")
    consent: Consent = data_field("受託者へ知らせる同意", default=Consent.UNKNOWN)
    consent_on: date | None = optional_field("同意を確かめた日")
    file_id: Key | None = None
    file_name: FileName = ""
    original_place: str = text_field("原本の保管場所", "word")
    dispose_on: DisposeOn = None
    outcome: RequestOutcome = data_field("結果", default=RequestOutcome.OPEN)
    decided_on: date | None = optional_field("決定した日")
    reason: Reason = ""
    lecture_id: Key | None = None
    unlinked_reason: str = text_field("不参加でも選ぶ理由", "free")
    exception_reason: str = text_field("それでも選ぶ理由", "free")
    handed_on: date | None = optional_field("受託者へ渡した日")
    handed_how: str = text_field("渡した方法", "staff")
    kind: str = text_field("種別", "word")


@record
class DispatchSupport:
    """The support of one 派遣 beside its event (hearing, agreement, equipment; 仕様書4(2)ク).

    ``line`` is how the venue gets its network; ``tables`` holds tables of a received report, typed by the
    ward: 「到達状況」 (ツール, 前, 後), 「支援計画」 (時期, 内容, 担当, 目標, 区の役割), and 「書き写した版」
    from which version each is.
    """

    id: Key = 0
    event_id: Key
    hearing_on: date | None = optional_field("ヒアリングの日")
    hearing_how: str = text_field("ヒアリングの方法", "word")
    hearing_people: str = text_field("ヒアリングをした人", "word")
    issue: str = text_field("課題", "free")
    agreed: str = text_field("合意した内容", "free")
    agreement_number: str = text_field("協議の番号", "word")
    equipment: str = text_field("会場で使えるもの", "word")
    line: str = text_field("通信", "free")
    fee: str = text_field("使用料", "word")
    tables: dict[str, tuple[tuple[str, ...], ...]] = data_field("表", erasing="free", default_factory=dict)


@record
class DispatchFollowUp:
    """One question of the 団体 with its answer, or one attempt of the call after three months.

    ``asked_on`` is the day it came or was tried; ``next_on`` when it continues (対応中, 不在, 日を変更); ``counted`` a
    number that was reported (「9–11月 5回」). A call that came through says how many ``months`` after the visit it was
    and what the 団体 uses (0 = it was not asked). A person's telephone number is not kept here.
    """

    id: Key = 0
    event_id: Key
    kind: FollowUpKind = data_field("種別", names_row=True, default=FollowUpKind.FOLLOW_UP)
    asked_on: date = data_field("受けた日")
    way: Way = "電話"
    side: Side = data_field("担当", default=Side.CONTRACTOR)
    question: str = text_field("問い", "free")
    answer: str = text_field("対応", "free")
    answered_on: date | None = optional_field("対応日")
    state: FollowUpState = data_field("状態", default=FollowUpState.DONE)
    next_on: date | None = optional_field("つぎの日")
    counted: str = text_field("聞いた数", "free")
    months: int = data_field("訪問から何か月後", default=0)
    tools_in_use: tuple[str, ...] = data_field("いま使っているもの", erasing="word", default=())
