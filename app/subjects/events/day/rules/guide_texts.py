"""Default wording of the 当日のしおり, its proposals to be checked by staff, and its timetable for participants."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from app.calendar import dates
from app.documents.document_frame import Passage
from app.documents.event_facts import VenueFacts
from app.programme.rules.event_kinds import kind_facts
from app.subjects.events.event.rules.agenda import clock_of, clock_times, minutes_of, total_minutes
from app.subjects.events.letters.rules.letter_texts import PHOTO_NOTICE, LetterFacts, reception_time
from db.frozen_record import frozen_record
from db.records.event_form import EventForm
from db.records.events import AgendaItem

KIND: Final = "当日のしおり"
LARGE_KIND: Final = "当日のしおり（拡大版）"
USE, WIFI, AIMS, STEPS, TASKS = "きょう使うもの", "Wi-Fi", "きょうの目あて", "手順", "課題"
LEARNT, AFTER, TROUBLE, PHOTOS, NEXT = "きょうのまとめ", "おわったあと", "困ったとき", "写真のこと", "つぎの一歩"
PROPOSED: Final = (AIMS, STEPS, TASKS, LEARNT)
"""Parts with proposals, which are printed only after somebody has checked them."""
MAX_LINES: Final = 3
_STAFF_FORMS: Final = ("準備", "撤収", "事前", "事後")
_STAFF_WORK_PATTERN = re.compile(
    "(?:(?:区|受託者|職員|係員|講師|スタッフ|補助員)(?:の|と)?)?(?:(?:会場|機材|機器|端末|備品|資料|受付)の?)?"
    "(?:設営|撤収|搬入|搬出|後?片付け|準備|打合せ|集合|解散|動作確認)(?:作業)?"
)
"""A title that is staff work as a whole: 「会場設営」, 「機材の動作確認」; 「集合写真」 is for participants."""
_PARTS = re.compile("、|・|および|（[^（）]*）")
_FRAMING_PATTERN = re.compile("あいさつ|挨拶|開会|閉会|趣旨|自己紹介|休憩|アンケート|受付|質問|質疑|相談")
_STAFF_SUFFIX_PATTERN = re.compile(r"（(?:配布・回収|配布|回収|区|受託者)）")
_NONE_YET: Final = "いま申込みを受け付けている回はありません。"


@frozen_record
class NextEvent:
    """An event one may still join: 「第7回 LINE講習会」, its day, and the period of applications."""

    title: str
    day: date
    apply_from: date | None = None
    apply_by: date | None = None


@frozen_record
class GuideFacts:
    """Facts for the wording of a しおり: the event, the events after it and the call for 派遣.

    Attributes:
        dispatch_call_until: last day of the 希望票 of the year, None = there is none.
        online_survey: the survey has an address, which is printed beside the words.
    """

    letter: LetterFacts
    today: date
    next_events: tuple[NextEvent, ...] = ()
    dispatch_call_until: date | None = None
    online_survey: bool = False


def guide_passages(facts: GuideFacts) -> tuple[Passage, ...]:
    """Return every text that staff may word, in the order of the pages."""
    event = facts.letter.event
    steps = STEPS if event.form is EventForm.LECTURE else TASKS
    return (
        Passage(USE, "\n".join(_device_lines(facts.letter)), lines=3),
        Passage(WIFI, _wifi(facts.letter), lines=1),
        Passage(AIMS, "\n".join(propose_practice_goals(event.timetable)), lines=3),
        Passage(steps, "", lines=6),
        Passage(LEARNT, "\n".join(propose_learnt_parts(event.timetable)), lines=3),
        Passage(AFTER, _survey_lines(facts), lines=3),
        Passage(TROUBLE, _TROUBLE, lines=4),
        Passage(PHOTOS, PHOTO_NOTICE, lines=2),
        Passage(NEXT, "申込み・ご相談は、下の問合せ先へお電話ください。", lines=3),
    )


def attendee_rows(
    items: Iterable[AgendaItem], start: str, end: str, *, after: Iterable[AgendaItem] = ()
) -> tuple[tuple[str, str, str], ...]:
    """Return the day as participants see it: clock, part and one line; without ``staff_rows``.

    It ends at the time on cover and letters; only a timetable longer than the booked time ends later.

    Args:
        items: lines with minutes.
        start, end: of the event, "HH:MM".
        after: what follows the end.
    """
    rows = tuple(items)
    shown = [
        (_clock(timed.start), _STAFF_SUFFIX_PATTERN.sub("", timed.item.title), _first_line(timed.item.content))
        for timed in clock_times(start, rows)
        if not _is_staff_only(timed.item)
    ]
    closes = max(minutes_of(start) + total_minutes(rows), minutes_of(end))
    last = "、".join(("おわり", *(_STAFF_SUFFIX_PATTERN.sub("", one.title) for one in after)))
    return ((_clock(reception_time(start)), "受付", ""), *shown, (_clock(clock_of(closes)), last, ""))


def staff_rows(items: Iterable[AgendaItem]) -> tuple[str, ...]:
    """Return the titles of the parts of the day that participants do not see."""
    return tuple(one.title for one in items if _is_staff_only(one))


def _is_staff_only(item: AgendaItem) -> bool:
    """Return whether only staff do a part: by its form, else if its whole title is such work."""
    if item.form.strip() in _STAFF_FORMS:
        return True
    named = [one.strip() for one in _PARTS.split(item.title) if one.strip()]
    return bool(named) and all(_STAFF_WORK_PATTERN.fullmatch(one) for one in named)


def propose_practice_goals(items: Sequence[AgendaItem]) -> tuple[str, ...]:
    """Propose goals: the parts in which people do something themselves, three at most."""
    done = [one for one in items if one.form in ("実習", "グループワーク", "個人ワーク") or "操作" in one.title]
    return tuple(_STAFF_SUFFIX_PATTERN.sub("", one.title) for one in done[:MAX_LINES])


def propose_learnt_parts(items: Sequence[AgendaItem]) -> tuple[str, ...]:
    """Propose what was learnt: the three longest parts in their order, without greeting, break or survey."""
    own = [one for one in items if not _FRAMING_PATTERN.search(one.title) and not _is_staff_only(one)]
    longest = sorted(own, key=lambda one: -(one.minutes or 0))[:MAX_LINES]
    return tuple(_STAFF_SUFFIX_PATTERN.sub("", one.title) for one in own if one in longest)


def _device_lines(facts: LetterFacts) -> Iterable[str]:
    """Yield what is on the table: both lines about devices, or only the one that applies to everybody."""
    people = facts.event.people
    if not facts.event.form.in_groups:
        nobody_known = not (people.own_devices or people.lent_devices)
        if people.own_devices or people.unknown_devices or nobody_known:
            yield "充電したスマートフォンまたはタブレット" + (
                "（持参の方）" if people.lent_devices or nobody_known else ""
            )
        if people.lent_devices or people.unknown_devices or nobody_known:
            yield "貸し出しのタブレット" + ("（申込みの方）" if people.own_devices or nobody_known else "")
    yield "このしおり、筆記用具、眼鏡"


def _wifi(facts: LetterFacts) -> str:
    """Return the Wi-Fi the ward allows, never with a password."""
    return "会場のWi-Fiを使えます。職員におたずねください。" if facts.event.network == "有" else ""


def _survey_lines(facts: GuideFacts) -> str:
    """Return what to do with the survey; empty for a 派遣, and no online survey without an address."""
    if not kind_facts(facts.letter.event.kind).has_survey:
        return "つぎの集まりで、1つ試してみてください。"
    if not facts.online_survey:
        return "アンケート（無記名）は、配った用紙でお願いします。"
    return "アンケート（無記名）は、紙かスマートフォンの、どちらか一方でお願いします。"


_TROUBLE: Final = (
    "手がとまった　手をあげてください。席へうかがいます。\n気分がわるい　近くの職員へ。\n地震・火災　職員が案内します。"
)
AED, REFUGE = "AED", "避難場所"


def venue_safety_lines(place: VenueFacts) -> tuple[tuple[str, str], ...]:
    """Return where AED and 避難場所 of the venue are, if known; they follow the venue, so no typed text holds them."""
    return tuple((word, where) for word, where in ((AED, place.aed), (REFUGE, place.refuge)) if where)


def next_step_lines(facts: GuideFacts) -> tuple[str, ...]:
    """Return what one may still join or ask for; it follows the events, so no typed text holds it."""
    return tuple(_next_event_lines(facts))


def _next_event_lines(facts: GuideFacts) -> Iterable[str]:
    for one in facts.next_events[:MAX_LINES]:
        yield f"{dates.month_day(one.day)}　{one.title}{_when_to_apply(one, facts.today)}"
    if not facts.next_events and not facts.letter.event.form.at_organisation:
        yield _NONE_YET
    until = facts.dispatch_call_until
    if not facts.letter.event.form.at_organisation:
        if until is not None and until >= facts.today:
            yield f"アドバイザーの派遣　希望票を{dates.month_day(until)}まで受け付けています。"
        else:
            yield (
                "アドバイザーの派遣　今年度の募集はおわりました。"
                if until
                else "アドバイザーの派遣　問合せ先へおたずねください。"
            )


def _when_to_apply(next_event: NextEvent, today: date) -> str:
    if next_event.apply_from is not None and next_event.apply_from > today:
        return f"（申込みは{dates.month_day(next_event.apply_from)}から）"
    return f"（申込みは{dates.month_day(next_event.apply_by)}まで）" if next_event.apply_by is not None else ""


def _clock(clock: str) -> str:
    """Return 「1:30」 of "13:30", as on a wall clock."""
    hour, minute = clock.split(":")
    return f"{(int(hour) - 1) % 12 + 1}:{minute}"


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0]
