"""Urgent changes (中止・延期・変更), with the decision and the calls about it, and the calls before an event."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from db.fields import Key, Note, Reason, RecordedAt, RecordedBy
from db.record import data_field, one_of, optional_field, record, text_field
from db.records.roster import Entry


class DecisionKind(StrEnum):
    """What was decided about an event."""

    CANCELLATION = "中止"
    POSTPONEMENT = "延期"
    NEW_TIME = "日時の変更"
    NEW_VENUE = "会場の変更"
    CANCELLATION_REVOKED = "中止の取消し"
    POSTPONEMENT_REVOKED = "延期の取消し"
    NEW_TIME_REVOKED = "日時の変更の取消し"
    NEW_VENUE_REVOKED = "会場の変更の取消し"

    is_cancellation = one_of(CANCELLATION)
    moves_day = one_of(POSTPONEMENT, NEW_TIME)
    """Whether the event gets another day or time."""
    moves_venue = one_of(NEW_VENUE)
    is_postponement = one_of(POSTPONEMENT)
    moves_time = one_of(NEW_TIME)
    drops_day = one_of(CANCELLATION, POSTPONEMENT)
    """Whether nothing is held on the day."""
    revokes = one_of(CANCELLATION_REVOKED, POSTPONEMENT_REVOKED, NEW_TIME_REVOKED, NEW_VENUE_REVOKED)
    """Whether people were told of a decision that was taken back, and have to hear that it was."""

    @property
    def revocation(self) -> DecisionKind:
        """Return the kind that takes this one back."""
        return DecisionKind(f"{self}の取消し")

    @property
    def revoked(self) -> str:
        """Return what was taken back (「中止」)."""
        return self.removesuffix("の取消し")


class CallOutcome(StrEnum):
    """What came of a call."""

    REACHED = "連絡済"
    ABSENT = "不在・再架電"
    MESSAGE = "伝言"
    NOT_NEEDED = "対象外"
    NOT_COMING = "欠席"
    PROXY = "代理"

    is_not_coming = one_of(NOT_COMING, PROXY)
    """Whether whoever was called does not come."""
    is_reached = one_of(REACHED)
    is_told = one_of(REACHED, MESSAGE)
    """Whether the news was told or left."""
    is_settled = one_of(REACHED, NOT_NEEDED)
    """Whether nobody has to call again."""
    is_to_repeat = one_of(ABSENT, MESSAGE)
    """Whether somebody has to call again."""
    is_absent = one_of(NOT_COMING)
    is_message = one_of(MESSAGE)
    is_not_needed = one_of(NOT_NEEDED)


class CallTarget(StrEnum):
    """Who is called."""

    ORGANISATION = "団体"
    CONTRACTOR = "受託者"
    VENUE = "会場"
    INTERPRETER = "手話・要約筆記"
    SPEAKER = "発表者"

    is_organisation = one_of(ORGANISATION)
    is_person = one_of(ORGANISATION, SPEAKER)
    """Whether the contact is a person's own."""


@record
class ChangeDecision:
    """A decision on an event, with who, when, the reason, and the facts before it.

    ``told_time`` is set where a postponed event had been moved before and nobody was notified;
    ``before_time`` then says from which day it was postponed. ``taken_back`` says when and by whom a 延期 or a
    change was taken back; a 中止 taken back is known by its event. ``entered_on``: the day on which its new day
    or place was entered; older decisions lack it, as they may ``reason_seen``: the reason was checked in the
    wording of letters. ``no_replacement``: it was decided that nothing is held in place of a 中止.
    """

    id: Key = 0
    event_id: Key
    kind: DecisionKind = data_field("種別", names_row=True)
    decided_at: datetime = data_field("判断した時刻")
    decided_by: str = data_field("判断した者", erasing="staff")
    reason: Reason
    note: Note = ""
    before_time: str = text_field("もとの日時", "word")
    told_time: str = text_field("知らせた日時", "word")
    before_place: str = text_field("もとの会場", "free")
    substitute: str = text_field("振替日", "free")
    taken_back: str = text_field("取消", "free")
    reason_seen: bool = data_field("理由の文を確認", default=False)
    entered_on: date | None = optional_field("新しい日時・会場の入力日")
    no_replacement: bool = data_field("代わりの開催は行わない", default=False)


@record
class Call:
    """One call about a decision, to a 団体 (``entry_id`` None = all its people) or another party.

    Without a decision it is a 確認の電話 to one person, some days before the event; ``about_day`` is the day that was
    confirmed, so that after a move everybody is asked again.
    """

    id: Key = 0
    event_id: Key
    decision_id: Key | None = None
    target: CallTarget = data_field("相手", names_row=True)
    organisation_id: Key | None = None
    entry_id: Key | None = None
    whom: str = text_field("話した相手", "goes")
    outcome: CallOutcome = data_field("結果")
    about_day: date | None = optional_field("確認した実施日")
    at: RecordedAt
    by: RecordedBy
    again_at: datetime | None = optional_field("かけ直す時刻")
    note: str = text_field("メモ", "goes")

    def concerns(self, entry: Entry) -> bool:
        """Return whether it was made to the person of an entry or, where it names nobody, to the 団体."""
        if self.entry_id is not None:
            return self.entry_id == entry.id
        return self.organisation_id is not None and self.organisation_id == entry.organisation_id
