"""派遣 in detail, with the signed 希望票, the support of each 団体, and later questions and calls."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from enum import StrEnum
from typing import Annotated

from db.fields import (
    DisposeOn,
    FileName,
    Key,
    Reason,
    ReceiptNumber,
    ReceivedHow,
    Spec,
    Way,
)
from db.record import one_of, record
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
    received_on: Annotated[date, Spec("受領日", names_row=True)]
    received_how: ReceivedHow = "窓口"
    receipt_number: ReceiptNumber = ""
    signed: Annotated[bool, Spec("署名")] = True
    signer: Annotated[str, Spec("代表者の氏名", erasing="goes")] = ""
    signer_role: Annotated[str, Spec("代表者の役職", erasing="goes")] = ""
    tools: Annotated[tuple[str, ...], Spec("ツール", erasing="word")] = ()
    wish: Annotated[str, Spec("希望", erasing="free")] = ""
    current_use: Annotated[str, Spec("いまの様子", erasing="free")] = ""
    trouble: Annotated[str, Spec("困っていること", erasing="free")] = ""
    took_part: Annotated[str, Spec("これまでの参加", erasing="free")] = ""
    days: Annotated[str, Spec("希望する日", erasing="word")] = ""
    venue: Annotated[str, Spec("会場", erasing="word")] = ""
    network: Annotated[Network, Spec("インターネット")] = Network.UNKNOWN
    fee: Annotated[str, Spec("使用料", erasing="word")] = ""
    equipment: Annotated[str, Spec("会場で使えるもの", erasing="word")] = ""
    people: Annotated[int | None, Spec("参加する人数")] = None
    phones: Annotated[int | None, Spec("スマートフォンを持つ人数")] = None
    consent: Annotated[Consent, Spec("受託者へ知らせる同意")] = Consent.UNKNOWN
    consent_on: Annotated[date | None, Spec("同意を確かめた日")] = None
    file_id: Key | None = None
    file_name: FileName = ""
    original_place: Annotated[str, Spec("原本の保管場所", erasing="word")] = ""
    dispose_on: DisposeOn = None
    outcome: Annotated[RequestOutcome, Spec("結果")] = RequestOutcome.OPEN
    decided_on: Annotated[date | None, Spec("決定した日")] = None
    reason: Reason = ""
    lecture_id: Key | None = None
    unlinked_reason: Annotated[str, Spec("不参加でも選ぶ理由", erasing="free")] = ""
    exception_reason: Annotated[str, Spec("それでも選ぶ理由", erasing="free")] = ""
    handed_on: Annotated[date | None, Spec("受託者へ渡した日")] = None
    handed_how: Annotated[str, Spec("渡した方法", erasing="staff")] = ""
    kind: Annotated[str, Spec("種別", erasing="word")] = ""


@record
class DispatchSupport:
    """The support of one 派遣 beside its event (hearing, agreement, equipment; 仕様書4(2)ク).

    ``line`` is how the venue gets its network; ``tables`` holds tables of a received report, typed by the
    ward: 「到達状況」 (ツール, 前, 後), 「支援計画」 (時期, 内容, 担当, 目標, 区の役割), and 「書き写した版」
    from which version each is.
    """

    id: Key = 0
    event_id: Key
    hearing_on: Annotated[date | None, Spec("ヒアリングの日")] = None
    hearing_how: Annotated[str, Spec("ヒアリングの方法", erasing="word")] = ""
    hearing_people: Annotated[str, Spec("ヒアリングをした人", erasing="word")] = ""
    issue: Annotated[str, Spec("課題", erasing="free")] = ""
    agreed: Annotated[str, Spec("合意した内容", erasing="free")] = ""
    agreement_number: Annotated[str, Spec("協議の番号", erasing="word")] = ""
    equipment: Annotated[str, Spec("会場で使えるもの", erasing="word")] = ""
    line: Annotated[str, Spec("通信", erasing="free")] = ""
    fee: Annotated[str, Spec("使用料", erasing="word")] = ""
    tables: Annotated[dict[str, tuple[tuple[str, ...], ...]], Spec("表", erasing="free")] = field(default_factory=dict)


@record
class DispatchFollowUp:
    """One question of the 団体 with its answer, or one attempt of the call after three months.

    ``asked_on`` is the day it came or was tried; ``next_on`` when it continues (対応中, 不在, 日を変更); ``counted`` a
    number that was reported (「9–11月 5回」). A person's telephone number is not kept here.
    """

    id: Key = 0
    event_id: Key
    kind: Annotated[FollowUpKind, Spec("種別", names_row=True)] = FollowUpKind.FOLLOW_UP
    asked_on: Annotated[date, Spec("受けた日")]
    way: Way = "電話"
    side: Annotated[Side, Spec("担当")] = Side.CONTRACTOR
    question: Annotated[str, Spec("問い", erasing="free")] = ""
    answer: Annotated[str, Spec("対応", erasing="free")] = ""
    answered_on: Annotated[date | None, Spec("対応日")] = None
    state: Annotated[FollowUpState, Spec("状態")] = FollowUpState.DONE
    next_on: Annotated[date | None, Spec("つぎの日")] = None
    counted: Annotated[str, Spec("聞いた数", erasing="free")] = ""
