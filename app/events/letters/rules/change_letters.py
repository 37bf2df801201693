"""Default wording of 変更通知 and 中止通知: what was notified before, what holds now, and what to do."""

from __future__ import annotations

from dataclasses import replace

from app.calendar import dates
from app.common.join_nonempty import fill_nonempty
from app.documents.document_frame import Passage, date_time_words, venue_words
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    LEAD,
    NOTHING_ELSE,
    SUBJECT,
    THANKS,
    EarlierLetter,
    LetterFacts,
    absence_words,
    belongings_words,
    make_passage,
    next_time_words,
    waiting_list_lead,
)
from db.record import record
from db.records.calls import ChangeDecision, DecisionKind

BEFORE, AFTER = "変更前の", "変更後の"
CHANGED_ITEMS = ("日時", "会場")
"""Items of a 変更通知 with a text before and after; their parts are 「変更前の日時」「変更後の日時」."""
KEPT_ITEMS = ("内容", "持ち物・参加費")
"""Items of the same table that do not change."""
WHY_CHANGED, WHAT_TO_DO, WHICH_HOLDS = "変更の理由", "お手続き", "お願い"
UNDECIDED = "決まりしだいご案内します。"
WHY_CANCELLED, REPLACEMENT, TAKING_PART, BY_PHONE = "中止の理由", "代わりの開催", "参加の取扱い", "電話での連絡"
NO_REPLACEMENT = "代わりの開催は行いません。"


@record
class ChangeForParticipants:
    """How an event differs from what its participants know; letter, 起案, calls and texts all use it.

    Attributes:
        time_before, place_before: what the participants know, "" where that is not recorded.
        is_time_changed, is_place_changed: the event differs from that now.
        awaits_day: it is postponed and still has the day that was given up, whether they know that one or not.
        keeps_start: it begins when they know it begins, so that only its end differs, if anything.
    """

    kind: DecisionKind
    time_before: str
    place_before: str
    is_time_changed: bool
    is_place_changed: bool
    awaits_day: bool = False
    keeps_start: bool = False

    @property
    def has_new_time(self) -> bool:
        """Return whether there is a day and time to tell instead of the one they know."""
        return self.is_time_changed and not self.awaits_day

    @property
    def items(self) -> tuple[str, ...]:
        """Return 「日時」「会場」: what differs, and what will change while the new value is not entered yet."""
        decided = {DecisionKind.NEW_TIME: "日時", DecisionKind.NEW_VENUE: "会場"}.get(self.kind, "")
        differs = dict(zip(CHANGED_ITEMS, (self.is_time_changed, self.is_place_changed), strict=True))
        return tuple(name for name in CHANGED_ITEMS if differs[name] or name == decided)

    @property
    def words(self) -> str:
        """Return 「日時および会場の変更」「延期」「中止」「中止の取消し」."""
        if self.kind.drops_day or self.kind.revokes:
            return self.kind
        return f"{'および'.join(self.items)}の変更"


def change_for_participants(
    decision: ChangeDecision | None, earlier_letter: EarlierLetter | None, *, when: str, place: str
) -> ChangeForParticipants:
    """Return how an event differs from what its participants know.

    What they know is what was noted with the decision, else what they were notified of. Without a decision the kind is
    日時の変更.

    Args:
        earlier_letter: the letter by which they know of the event.
        when, place: time and place as they are now, in words; "" = not known, which counts as unchanged.
    """
    noted = decision.before_place if decision else ""
    when_before = previously_announced_time(decision) or (earlier_letter.time_words if earlier_letter else "")
    place_before = noted or (earlier_letter.place_words if earlier_letter else "")

    def begins_as_now(before: str) -> bool:
        """Return whether a time in words is of the day and start of now."""
        return bool(before) and same_words(before.partition("から")[0], when.partition("から")[0])

    return ChangeForParticipants(
        kind=decision.kind if decision else DecisionKind.NEW_TIME,
        time_before=when_before,
        place_before=place_before,
        is_time_changed=bool(when) and _differs(when_before, when),
        is_place_changed=bool(place) and _differs(place_before, place),
        awaits_day=decision is not None and decision.kind.is_postponement and begins_as_now(decision.before_time),
        keeps_start=begins_as_now(when_before),
    )


def change_of_facts(facts: LetterFacts) -> ChangeForParticipants:
    """Return how an event differs from what its participants know, from the facts of its letters."""
    when = facts.time_words if facts.event.event_date is not None else ""
    return change_for_participants(facts.decision, facts.earlier_letter, when=when, place=facts.venue_lines)


def facts_as_known_by(facts: LetterFacts, earlier_letter: EarlierLetter | None) -> LetterFacts:
    """Return the facts of a letter for those who know of the event by another letter than all its readers together.

    What held before is what that letter said, whatever was noted of most people when the change was decided.
    """
    decision = facts.decision
    if earlier_letter is not None and decision is not None:
        decision = replace(
            decision,
            told_time=earlier_letter.time_words or decision.told_time,
            before_place=earlier_letter.place_words or decision.before_place,
        )
    return replace(facts, earlier_letter=earlier_letter, decision=decision)


def change_passages(facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of a 変更通知; what held before is as in the decision, else as in the earlier letter."""
    decision, earlier = facts.decision, facts.earlier_letter
    change = change_of_facts(facts)
    substitute = decision.substitute if decision else ""
    when_before, place_before = change.time_before, change.place_before
    when_after, place_after = facts.time_words_with_reception, facts.venue_lines
    if change.kind.moves_venue:
        when_before = when_before or facts.time_words
        place_after = place_after if change.is_place_changed else UNDECIDED
    else:
        place_before = place_before or facts.venue_lines.split("\n")[0]
        when_after = when_after if change.has_new_time else substitute or UNDECIDED
    told = earlier.told_words if earlier else "お申込みいただいた"
    return (
        make_passage(SUBJECT, f"{facts.public_name}の{change.words}について（通知）"),
        make_passage(LEAD, f"{facts.in_own_words(THANKS)}{told}{facts.kind_word}について、つぎのとおり変更します。"
                "ご予定をいただいていたところ、"
                "ご迷惑をおかけし、申し訳ありません。", 4),
        *waiting_list_lead(facts,
        f"{facts.in_own_words(THANKS)}補欠としてお待ちいただいている{facts.kind_word}について、つぎのとおり変更します。"
                      "ご迷惑をおかけし、申し訳ありません。"),
        make_passage(f"{BEFORE}日時", when_before),
        make_passage(f"{AFTER}日時", when_after),
        make_passage(f"{BEFORE}会場", place_before),
        make_passage(f"{AFTER}会場", place_after, 3),
        make_passage("内容", facts.content),
        make_passage("持ち物・参加費", f"{belongings_words(facts)}\n参加費　{facts.fee}", 3),
        make_passage(WHY_CHANGED, decision.reason if decision else ""),
        make_passage(WHAT_TO_DO,
        f"変更後の日時および会場に参加できる方は、お手続きは不要です。\n{absence_words(facts)}",
        4),
        make_passage(WHICH_HOLDS, f"さきにお送りした{earlier.full_name if earlier else '通知'}は、"
                             f"この通知と併せてお持ちください。"
                "日時および会場は、この通知によります。", 3),
        NOTHING_ELSE,
    )  # fmt: skip


def cancellation_passages(facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of a 中止通知; it does not list what to bring."""
    decision, earlier = facts.decision, facts.earlier_letter
    instead = _replacement_event_words(facts) or (decision.substitute if decision else "")
    told = earlier.told_words if earlier else "お申込みいただいた"
    to_whom = f"{facts.event.form.deed}を予定されていた皆さまには、" if earlier else ""
    # Participants know what they were notified of, wherever the event was moved since.
    change = change_of_facts(facts)
    told_when, told_place = (
        change.time_before or facts.time_words,
        change.place_before or facts.venue_lines.split("\n")[0],
    )
    subject = "中止および代わりの開催" if instead else "中止"
    return (
        make_passage(SUBJECT, f"{facts.public_name}の{subject}について（通知）"),
        make_passage(
            LEAD,
            f"{facts.in_own_words(THANKS)}{told}{facts.kind_word}を、つぎのとおり中止します。{to_whom}"
            "ご迷惑をおかけし、申し訳ありません。",
            4,
        ),
        *waiting_list_lead(
            facts,
            f"{facts.in_own_words(THANKS)}補欠としてお待ちいただいていた{facts.kind_word}を、つぎのとおり中止します。"
            "ご迷惑をおかけし、申し訳ありません。",
        ),
        make_passage(f"中止する{facts.kind_word}", f"{facts.public_name}\n{told_when}\n{told_place}", 3),
        make_passage(WHY_CANCELLED, decision.reason if decision else facts.event.cancel_reason),
        make_passage(REPLACEMENT, instead or (NO_REPLACEMENT if decision and decision.no_replacement else ""), 3),
        make_passage(TAKING_PART, _participation_words(facts, is_replaced=bool(instead)), 3),
        make_passage(BY_PHONE, _called_before_words(facts)),
        make_passage(
            "その他",
            "荒天などで代わりの開催もできないときは、電話でお知らせします。" if instead else "",
        ),
    )


ASKED_AGAIN, WHY_REVOKED = "参加の確認", "取消しの理由"


def revocation_passages(facts: LetterFacts) -> tuple[Passage, ...]:
    """Return the passages of the letter that a 中止, 延期 or change was taken back, of which people had been told."""
    decision, earlier = facts.decision, facts.earlier_letter
    revoked = decision.kind.revoked if decision is not None else ""
    by = earlier.citation if earlier is not None and earlier.kind in (CANCELLATION, CHANGE) else "さきに電話で"
    lead = f"{revoked}を取り消し、つぎのとおり予定どおり開催します。たび重なるご連絡となり、申し訳ありません。"
    return (
        make_passage(SUBJECT, f"{facts.public_name}の{revoked}の取消しについて（通知）"),
        make_passage(LEAD, f"{facts.in_own_words(THANKS)}{by}{revoked}をお知らせした{facts.kind_word}は、{lead}", 4),
        *waiting_list_lead(
            facts,
            f"{facts.in_own_words(THANKS)}補欠としてお待ちいただいていた{facts.kind_word}は、{lead}",
        ),
        make_passage("日時", facts.time_words_with_reception),
        make_passage("会場", facts.venue_lines, 3),
        make_passage(WHY_REVOKED, decision.reason if decision else ""),
        make_passage("内容", facts.content),
        make_passage("持ち物・参加費", f"{belongings_words(facts)}\n参加費　{facts.fee}", 3),
        make_passage(
            ASKED_AGAIN,
            f"参加されるかどうかを、電話でもう一度うかがいます。ご都合がつかなくなった方は、ご遠慮なくお申し出ください。\n"
            f"{absence_words(facts)}",
            4,
        ),
        NOTHING_ELSE,
    )


def _replacement_event_words(facts: LetterFacts) -> str:
    """Return name, day and place of the replacement event, each with its label; "" without one or without its day."""
    other = facts.replacement_event
    if other is None or other.event_date is None:
        return ""
    return f"名称　{other.participant_title}\n日時　{date_time_words(other)}\n会場　{venue_words(other) or UNDECIDED}"


def same_words(before: str, after: str) -> bool:
    """Return whether two texts of an item say the same.

    Spaces and the lines after the first (reception, way there) are ignored.
    """
    return _normalized(before) == _normalized(after)


def _differs(before: str, after: str) -> bool:
    return bool(before) and not same_words(before, after)


def _normalized(text: str) -> str:
    """Return the first line without spaces."""
    return text.partition("\n")[0].replace("　", "").replace(" ", "")


def _participation_words(facts: LetterFacts, *, is_replaced: bool) -> str:
    """Return how people take part after a cancellation: at the replacement or at a later event."""
    if not is_replaced:
        return next_time_words(facts.event.year_kind)
    if not (facts.chosen[0] or facts.taken_over):
        return "代わりの回に参加を希望される方は、お早めに問合せ先へご連絡ください。"
    return (
        "すでに参加が決定している方は、そのまま代わりの回の参加者とします。申込みのし直しは不要です。\n"
        "参加できない方、代わりの方が参加される団体は、お早めに問合せ先へご連絡ください。"
    )


def _called_before_words(facts: LetterFacts) -> str:
    """Return the sentence that a telephone call came first, for those who were reached; else empty."""
    if not facts.called_on:
        return ""
    day = facts.called_on[0]
    said = f"{dates.month_day(day)}に" if len(facts.called_on) == 1 else "さきに"
    return f"この通知は、{said}電話でお知らせした内容の確認のためにお送りするものです。"


def previously_announced_time(decision: ChangeDecision | None) -> str:
    """Return in words the day and time that participants knew before a decision, "" if unknown or without one."""
    return decision.told_time or decision.before_time if decision is not None else ""


def reason_line(reason: str) -> str:
    """Return 「理由 大雪のため」, the reason on a line of its own as typed; empty without a reason.

    Nothing is put before or behind the typed words, because their ending is not known (「申出があった」,
    「台風の接近により」).
    """
    return fill_nonempty("理由　{}", reason.strip())


def is_reason_unchecked(decision: ChangeDecision | None) -> bool:
    """Return whether the reason was typed before letters quoted it word by word, and was not reviewed since.

    One sentence that ends in 「…のため」 is as letters quote it.
    """
    if decision is None or decision.reason_seen:
        return False
    said = decision.reason.strip().removesuffix("。")
    return bool(said) and ("。" in said or not said.endswith("のため"))
