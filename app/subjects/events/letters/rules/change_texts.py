"""The words of a change in a hurry: on the telephone, in a mail, on the ward's page, on the door of the venue."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.calendar.dates import clock_words, long_date, time_range_words
from app.common.together import together
from app.papers.event_facts import EventFacts
from app.subjects.events.event.rules.change_notes import (
    BEFORE_PLACE,
    BEFORE_TIME,
    SUBSTITUTE,
    begins_otherwise,
    note_value,
    time_in_mind,
)
from app.subjects.events.letters.rules.letter_texts import next_time
from db.frozen_record import frozen_record
from db.records.calls import ChangeDecision
from db.records.programme import Office

TALK, MAIL, WEB, DOOR = "電話で話す文", "メール", "区ホームページ", "会場の掲示"
TEXT_KEYS = (TALK, MAIL, WEB, DOOR)

REASON_SEEN: Final = "理由の文"
"""The line of a decision's note that says that its reason was seen as letters say it; older decisions lack it."""
SEEN: Final = "確認済"


@frozen_record
class Words:
    """What every text is put together from."""

    event: EventFacts
    decision: ChangeDecision
    office: Office
    caller: str
    today: date


def change_text(words: Words, key: str) -> str:
    """Return one of the four texts (``key`` of ``TEXT_KEYS``), ready to copy; nothing is sent."""
    makers = {TALK: _talk, MAIL: _mail, WEB: _web, DOOR: _door}
    return makers[key](words)


def when_words(event: EventFacts) -> str:
    """「令和8年9月24日（木）午後2時から午後4時まで」, or that the day is open."""
    if event.event_date is None:
        return "日程未定"
    return f"{long_date(event.event_date)}{time_range_words(event.start_time, event.end_time)}"


def place_words(event: EventFacts) -> str:
    """Venue and room in one line."""
    return together(event.venue, event.room)


def reason_line(reason: str) -> str:
    """「理由　大雪のため」: a line of its own, in the very words that were typed; empty for no reason.

    Nothing is put before or behind them, as no rule knows how somebody's words end (「申出があった」,
    「台風の接近により」).
    """
    words = reason.strip()
    return f"理由　{words}" if words else ""


def reason_unseen(decision: ChangeDecision | None) -> bool:
    """Whether the reason was typed before letters said it word by word, and nobody has looked at it since."""
    return decision is not None and bool(decision.reason.strip()) and note_value(decision.note, REASON_SEEN) != SEEN


def _result(words: Words) -> str:
    """What happens instead, in one or two sentences."""
    event, decision = words.event, words.decision
    if decision.kind == "会場の変更":
        before = note_value(decision.note, BEFORE_PLACE)
        new = place_words(event)
        return f"新しい会場は、{new}です。" if new and new != before else "新しい会場は、決まりしだいご案内します。"
    substitute = note_value(decision.note, SUBSTITUTE)
    if decision.kind == "中止":
        return f"振替の日は、{substitute}です。" if substitute else next_time(event.kind)
    before = note_value(decision.note, BEFORE_TIME)
    if before and _moved(before, event) and event.event_date is not None:
        return f"新しい日時は、{when_words(event)}です。"
    return f"新しい日時は、{substitute}です。" if substitute else "新しい日時は、決まりしだいご案内します。"


def _verb(decision: ChangeDecision) -> str:
    return {
        "中止": "中止します", "延期": "延期します", "日時の変更": "日時を変更します", "会場の変更": "会場を変更します",
    }[decision.kind]  # fmt: skip


def _when_before(words: Words) -> str:
    """The day and time people have in mind."""
    return time_in_mind(words.decision.note).replace("　", "") or when_words(words.event)


def _moved(before: str, event: EventFacts) -> bool:
    return begins_otherwise(before, event.event_date, event.start_time)


def _soon(words: Words) -> str:
    """「本日午後2時からの」「明日午前10時からの」「9月24日（木）午後2時からの」."""
    event = words.event
    before = time_in_mind(words.decision.note)
    if event.event_date is None or (before and _moved(before, event)):
        return f"{_when_before(words)}の"
    ahead = (event.event_date - words.today).days
    day = {0: "本日", 1: "明日"}.get(ahead) or long_date(event.event_date).partition("年")[2]
    return f"{day}{clock_words(event.start_time)}からの"


def _stay_away(decision: ChangeDecision) -> str:
    if decision.kind == "会場の変更":
        return "もとの会場へはお越しにならないようお願いします。"
    if decision.kind == "日時の変更":
        return "もとの日時にはお越しにならないようお願いします。"
    return "会場へはお越しにならないようお願いします。"


def _section(office: Office) -> str:
    return f"{office.ward}{office.section}"


def _talk(words: Words) -> str:
    event, decision = words.event, words.decision
    return (
        f"{_section(words.office)}の{words.caller}です。{_soon(words)}{event.full_title}は、{_verb(decision)}。\n"
        f"{reason_line(decision.reason)}\n{_stay_away(decision)}{_result(words)}"
    )


def _contact(office: Office) -> str:
    lines = [f"{office.ward}{office.department}{office.section}{office.unit}"]
    if office.phone:
        lines.append(f"電話　{office.phone}")
    return "\n".join(lines)


def _facts(words: Words) -> str:
    event, decision = words.event, words.decision
    place = note_value(decision.note, BEFORE_PLACE) or place_words(event)
    return together(
        f"事業名　{event.told_title}",
        f"日時　{_when_before(words)}",
        f"会場　{place}" if place else "",
        reason_line(decision.reason),
        by="\n",
    )


def _mail(words: Words) -> str:
    event, decision = words.event, words.decision
    return (
        f"件名　【{decision.kind}】{event.told_title}について\n\n"
        f"日ごろから区政にご協力いただき、ありがとうございます。\n"
        f"お申し込みいただいた{event.told_title}は、{_verb(decision)}。\n"
        f"{_stay_away(decision)}{_result(words)}\n\n{_facts(words)}\n\n問合せ先\n{_contact(words.office)}"
    )


def _web(words: Words) -> str:
    event, decision = words.event, words.decision
    return (
        f"{event.told_title}の{decision.kind}について\n\n"
        f"{_when_before(words)}に予定していた{event.told_title}は、{_verb(decision)}。"
        f"{_result(words)}\n\n{_facts(words)}\n\n問合せ先\n{_contact(words.office)}"
    )


def _door(words: Words) -> str:
    event, decision = words.event, words.decision
    return (
        f"お知らせ\n\n{_soon(words)}「{event.told_title}」は、{_verb(decision)}。\n"
        f"{reason_line(decision.reason)}\n{_result(words)}\n\n{_contact(words.office)}"
    )
