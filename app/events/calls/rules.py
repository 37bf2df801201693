"""Short texts about a change or 中止: for the telephone, a mail, the ward's web page and a notice at the venue."""

from __future__ import annotations

from datetime import date

from app.calendar.dates import clock_words, long_date, time_range_words
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_facts import EventFacts
from app.events.letters.rules.change_letters import ChangeForParticipants, reason_line
from app.events.letters.rules.letter_texts import next_time_words
from app.programme.rules import in_own_words
from db.record import record
from db.records.calls import ChangeDecision
from db.records.programme import Office

TALK, MAIL, WEB, DOOR = "電話で話す文", "メール", "区ホームページ", "会場の掲示"
TEXT_KEYS = (TALK, MAIL, WEB, DOOR)


@record
class ChangeTextContext:
    """Facts from which the texts about a change are made; ``replacement_event`` is held in place of the event."""

    event: EventFacts
    decision: ChangeDecision
    change: ChangeForParticipants
    office: Office
    caller: str
    today: date
    replacement_event: EventFacts | None = None


def change_text(context: ChangeTextContext, key: str) -> str:
    """Return one of the four texts, ready to copy; nothing is sent.

    Args:
        key: one of ``TEXT_KEYS``.
    """
    makers = {TALK: _telephone_text, MAIL: _mail, WEB: _web, DOOR: _notice_text}
    return makers[key](context)


def when_words(event: EventFacts) -> str:
    """Return 「令和8年9月24日（木）午後2時から午後4時まで」, 「日程未定」 without a day."""
    if event.event_date is None:
        return "日程未定"
    return f"{long_date(event.event_date)}{time_range_words(event.start_time, event.end_time)}"


def place_words(event: EventFacts) -> str:
    """Return venue and room in one line."""
    return join_nonempty(event.venue, event.room)


def _outcome_sentences(context: ChangeTextContext) -> str:
    """Return one or two sentences about what happens instead; "" if nothing does.

    After a 中止 the day of the 振替, or that people are invited again; after another change the new day and place, or
    「決まりしだいご案内します」.
    """
    event, decision, change = context.event, context.decision, context.change
    substitute = decision.substitute
    if decision.kind.is_cancellation:
        other = context.replacement_event
        if other is not None and other.event_date is not None:
            substitute = when_words(other)
        return f"振替の日は、{substitute}です。" if substitute else next_time_words(event.year_kind)
    if decision.kind.revokes:
        return f"日時は{when_words(event)}、会場は{place_words(event)}です。参加されるかどうか、お聞かせください。"
    said = []
    if decision.kind.is_postponement or "日時" in change.items:
        when = when_words(event) if change.has_new_time else substitute
        said.append(f"新しい日時は、{when}です。" if when else "新しい日時は、決まりしだいご案内します。")
    if "会場" in change.items:
        place = place_words(event) if change.is_place_changed else ""
        said.append(f"新しい会場は、{place}です。" if place else "新しい会場は、決まりしだいご案内します。")
    return "".join(said)


def _change_verb(change: ChangeForParticipants) -> str:
    if change.kind.revokes:
        return f"{change.kind.revoked}を取り消し、予定どおり行います"
    return f"{change.words}します" if change.kind.drops_day else f"{'および'.join(change.items)}を変更します"


def _time_before(context: ChangeTextContext) -> str:
    """Return the day and time the participants know, without wide space; if that is not recorded, those of now."""
    return context.change.time_before.replace("　", "") or when_words(context.event)


def _near_time_words(context: ChangeTextContext) -> str:
    """Return 「本日午後2時からの」「9月24日（木）午後2時からの」; the former time if it changed or none is set."""
    event = context.event
    if event.event_date is None or context.change.is_time_changed:
        return f"{_time_before(context)}の"
    ahead = (event.event_date - context.today).days
    day = {0: "本日", 1: "明日"}.get(ahead) or long_date(event.event_date).partition("年")[2]
    return f"{day}{clock_words(event.start_time)}からの"


def _stay_away(context: ChangeTextContext) -> str:
    """Return the sentence that asks people not to come: at all after 中止 or 延期, else to the old time or place.

    "" where only the end is another: they come at the time they know. The 団体 of a 派遣 is visited at its own place,
    and is asked to tell its people.
    """
    change = context.change
    if context.event.form.at_organisation:
        return "参加を予定されている方へも、お伝えくださいますようお願いします。"
    if change.kind.revokes:
        return ""
    if change.kind.drops_day:
        return "会場へはお越しにならないようお願いします。"
    only_end = change.is_time_changed and change.keeps_start
    if "会場" not in change.items:
        return "" if only_end else "もとの日時にはお越しにならないようお願いします。"
    if "日時" not in change.items or only_end:
        return "もとの会場へはお越しにならないようお願いします。"
    return "もとの日時に、もとの会場へお越しにならないようお願いします。"


def _section(office: Office) -> str:
    return f"{office.ward}{office.section}"


def _telephone_text(context: ChangeTextContext) -> str:
    event, decision, change = context.event, context.decision, context.change
    at_it = event.form.at_organisation
    named = f"{event.organisation_name}への{event.participant_title}" if at_it else event.full_title
    return (
        f"{_section(context.office)}の{context.caller}です。{_near_time_words(context)}{named}は、{_change_verb(change)}。\n"
        f"{reason_line(decision.reason)}\n{_stay_away(context)}{_outcome_sentences(context)}"
    )


def _contact(office: Office) -> str:
    """Return the office, and its phone number on a second line if known."""
    lines = [office.full_name]
    if office.phone:
        lines.append(f"電話　{office.phone}")
    return "\n".join(lines)


def _facts(context: ChangeTextContext) -> str:
    """Return name, time, place and reason as lines; unknown ones are left out."""
    event, decision = context.event, context.decision
    place = context.change.place_before or place_words(event)
    return join_nonempty(
        f"事業名　{event.participant_title}",
        f"日時　{_time_before(context)}",
        fill_nonempty("会場　{}", place),
        reason_line(decision.reason),
        separator="\n",
    )


def _mail(context: ChangeTextContext) -> str:
    event, change = context.event, context.change
    return (
        f"件名　【{change.words}】{event.participant_title}について\n\n"
        f"{in_own_words('日ごろから区政にご協力いただき、ありがとうございます。', context.office)}\n"
        f"お申し込みいただいた{event.participant_title}は、{_change_verb(change)}。\n"
        f"{_stay_away(context)}{_outcome_sentences(context)}\n\n{_facts(context)}\n\n問合せ先\n{_contact(context.office)}"
    )


def _web(context: ChangeTextContext) -> str:
    event, change = context.event, context.change
    return (
        f"{event.participant_title}の{change.words}について\n\n"
        f"{_time_before(context)}に予定していた{event.participant_title}は、{_change_verb(change)}。"
        f"{_outcome_sentences(context)}\n\n{_facts(context)}\n\n問合せ先\n{_contact(context.office)}"
    )


def _notice_text(context: ChangeTextContext) -> str:
    event, decision = context.event, context.decision
    return (
        f"お知らせ\n\n{_near_time_words(context)}「{event.participant_title}」は、{_change_verb(context.change)}。\n"
        f"{reason_line(decision.reason)}\n{_outcome_sentences(context)}\n\n{_contact(context.office)}"
    )
