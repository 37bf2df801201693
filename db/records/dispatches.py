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
from db.record import data_field, one_of, record
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
    signer: str = data_field("代表者の氏名", erasing="goes", default="")
    signer_role: str = data_field("代表者の役職", erasing="goes", default="")
    tools: tuple[str, ...] = data_field("ツール", erasing="word", default=())
    wish: str = data_field("希望", erasing="free", default="")
    current_use: str = data_field("いまの様子", erasing="free", default="")
    trouble: str = data_field("困っていること", erasing="free", default="")
    took_part: str = data_field("これまでの参加", erasing="free", default="")
    days: str = data_field("希望する日", erasing="word", default="")
    venue: str = data_field("会場", erasing="word", default="")
    network: Network = data_field("インターネット", default=Network.UNKNOWN)
    fee: str = data_field("使用料", erasing="word", default="")
    equipment: str = data_field("会場で使えるもの", erasing="word", default="")
    people: int | None = data_field("参加する人数", default=None)
    phones: int | None = data_field("スマートフォンを持つ人数", default=None)
    consent: Consent = data_field("受託者へ知らせる同意", default=Consent.UNKNOWN)
    consent_on: date | None = data_field("同意を確かめた日", default=None)
    file_id: Key | None = None
    file_name: FileName = ""
    original_place: str = data_field("原本の保管場所", erasing="word", default="")
    dispose_on: DisposeOn = None
    outcome: RequestOutcome = data_field("結果", default=RequestOutcome.OPEN)
    decided_on: date | None = data_field("決定した日", default=None)
    reason: Reason = ""
    lecture_id: Key | None = None
    unlinked_reason: str = data_field("不参加でも選ぶ理由", erasing="free", default="")
    exception_reason: str = data_field("それでも選ぶ理由", erasing="free", default="")
    handed_on: date | None = data_field("受託者へ渡した日", default=None)
    handed_how: str = data_field("渡した方法", erasing="staff", default="")
    kind: str = data_field("種別", erasing="word", default="")


@record
class DispatchSupport:
    """The support of one 派遣 beside its event (hearing, agreement, equipment; 仕様書4(2)ク).

    ``line`` is how the venue gets its network; ``tables`` holds tables of a received report, typed by the
    ward: 「到達状況」 (ツール, 前, 後), 「支援計画」 (時期, 内容, 担当, 目標, 区の役割), and 「書き写した版」
    from which version each is.
    """

    id: Key = 0
    event_id: Key
    hearing_on: date | None = data_field("ヒアリングの日", default=None)
    hearing_how: str = data_field("ヒアリングの方法", erasing="word", default="")
    hearing_people: str = data_field("ヒアリングをした人", erasing="word", default="")
    issue: str = data_field("課題", erasing="free", default="")
    agreed: str = data_field("合意した内容", erasing="free", default="")
    agreement_number: str = data_field("協議の番号", erasing="word", default="")
    equipment: str = data_field("会場で使えるもの", erasing="word", default="")
    line: str = data_field("通信", erasing="free", default="")
    fee: str = data_field("使用料", erasing="word", default="")
    tables: dict[str, tuple[tuple[str, ...], ...]] = data_field("表", erasing="free", default_factory=dict)


@record
class DispatchFollowUp:
    """One question of the 団体 with its answer, or one attempt of the call after three months.

    ``asked_on`` is the day it came or was tried; ``next_on`` when it continues (対応中, 不在, 日を変更); ``counted`` a
    number that was reported (「9–11月 5回」). A person's telephone number is not kept here.
    """

    id: Key = 0
    event_id: Key
    kind: FollowUpKind = data_field("種別", names_row=True, default=FollowUpKind.FOLLOW_UP)
    asked_on: date = data_field("受けた日")
    way: Way = "電話"
    side: Side = data_field("担当", default=Side.CONTRACTOR)
    question: str = data_field("問い", erasing="free", default="")
    answer: str = data_field("対応", erasing="free", default="")
    answered_on: date | None = data_field("対応日", default=None)
    state: FollowUpState = data_field("状態", default=FollowUpState.DONE)
    next_on: date | None = data_field("つぎの日", default=None)
    counted: str = data_field("聞いた数", erasing="free", default="")
