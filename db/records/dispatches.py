"""派遣 in detail, with the signed 希望票, the support of each 団体, and later questions and calls."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Literal

from db.frozen_record import frozen_record
from db.records.events import Network, Side

Consent = Literal["", "同意あり", "同意なし"]
RequestOutcome = Literal["", "決定", "不採択", "取下げ"]
FollowUpKind = Literal["フォローアップ", "3か月後の電話"]
FollowUpState = Literal["完了", "対応中", "不在", "日を変更"]


@frozen_record
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
        handed_on: when the paper itself went to the contractor.
        file_id: a scan; the paper is kept at ``original_place`` until ``dispose_on``.
    """

    id: int = 0
    programme_id: int
    organisation_id: int
    event_id: int | None = None
    received_on: date
    received_how: str = "窓口"
    receipt_number: str = ""
    signed: bool = True
    signer: str = ""
    signer_role: str = ""
    tools: tuple[str, ...] = ()
    wish: str = ""
    current_use: str = ""
    trouble: str = ""
    took_part: str = ""
    days: str = ""
    venue: str = ""
    network: Network = "不明"
    fee: str = ""
    equipment: str = ""
    people: int | None = None
    phones: int | None = None
    consent: Consent = ""
    consent_on: date | None = None
    file_id: int | None = None
    file_name: str = ""
    original_place: str = ""
    dispose_on: date | None = None
    outcome: RequestOutcome = ""
    decided_on: date | None = None
    reason: str = ""
    lecture_id: int | None = None
    unlinked_reason: str = ""
    exception_reason: str = ""
    handed_on: date | None = None
    handed_how: str = ""


@frozen_record
class DispatchSupport:
    """The support of one 派遣 beside its event (hearing, agreement, equipment; 仕様書4(2)ク).

    ``line`` is how the venue gets its network; ``tables`` holds tables of a received report, typed by the
    ward: 「到達状況」 (ツール, 前, 後), 「支援計画」 (時期, 内容, 担当, 目標, 区の役割), and 「書き写した版」
    from which version each is.
    """

    id: int = 0
    event_id: int
    hearing_on: date | None = None
    hearing_how: str = ""
    hearing_people: str = ""
    issue: str = ""
    agreed: str = ""
    agreement_number: str = ""
    equipment: str = ""
    line: str = ""
    fee: str = ""
    tables: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)


@frozen_record
class DispatchFollowUp:
    """One question of the 団体 with its answer, or one attempt of the call after three months.

    ``asked_on`` is the day it came or was tried; ``next_on`` when it continues (対応中, 不在, 日を変更); ``counted`` a
    number that was reported (「9–11月 5回」). A person's telephone number is not kept here.
    """

    id: int = 0
    event_id: int
    kind: FollowUpKind = "フォローアップ"
    asked_on: date
    way: str = "電話"
    side: Side = "受託者"
    question: str = ""
    answer: str = ""
    answered_on: date | None = None
    state: FollowUpState = "完了"
    next_on: date | None = None
    counted: str = ""
