"""Rules of a day: its seven steps and which is current, the checks before printing, and the wording of the しおり."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args

from app.calendar import dates
from app.documents.blocks import RosterLine
from app.documents.document_frame import Passage
from app.documents.event_facts import VenueFacts
from app.documents.event_phase import EventPhase
from app.event.rules.agenda import clock_of, clock_times, minutes_of, total_minutes
from app.events.letters.rules.letter_texts import PHOTO_NOTICE, LetterFacts
from db.digits import whole_number
from db.record import record
from db.records.event_form import EventForm
from db.records.events import AgendaItem

KIND = "当日のしおり"
LARGE_KIND = "当日のしおり（拡大版）"
USE, WIFI, AIMS, STEPS, TASKS = "きょう使うもの", "Wi-Fi", "きょうの目あて", "手順", "課題"
LEARNT, AFTER, TROUBLE, PHOTOS, NEXT = "きょうのまとめ", "おわったあと", "困ったとき", "写真のこと", "つぎの一歩"
PROPOSED = (AIMS, STEPS, TASKS, LEARNT)
"""Parts with proposals, which are printed only after somebody has checked them."""
MAX_LINES = 3
_STAFF_FORMS = ("準備", "撤収", "事前", "事後")
_STAFF_WORK_PATTERN = re.compile(
    "(?:(?:区|受託者|職員|係員|講師|スタッフ|補助員)(?:の|と)?)?(?:(?:会場|機材|機器|端末|備品|資料|受付)の?)?"
    "(?:設営|撤収|搬入|搬出|後?片付け|準備|打合せ|集合|解散|動作確認)(?:作業)?"
)
"""A title that is staff work as a whole: 「会場設営」, 「機材の動作確認」; 「集合写真」 is for participants."""
_PARTS = re.compile("、|・|および|（[^（）]*）")
_FRAMING_PATTERN = re.compile("あいさつ|挨拶|開会|閉会|趣旨|自己紹介|休憩|アンケート|受付|質問|質疑|相談")
_STAFF_SUFFIX_PATTERN = re.compile(r"（(?:配布・回収|配布|回収|区|受託者)）")


@record
class NextEvent:
    """An event one may still join: 「第7回 LINE講習会」, its day, and the period of applications."""

    title: str
    day: date
    apply_from: date | None = None
    apply_by: date | None = None


@record
class GuideFacts:
    """Facts for the wording of a しおり: the event, the events after it and the call for 派遣.

    Attributes:
        visits: what each kind of visits that is called for is called (「アドバイザーの派遣」), and the last day of its
            希望票, None = there is none.
        made_on: the day on which it is made, which may come before ``today``, on which it is read.
        has_survey: those who come are asked by a survey.
        online_survey: the survey has an address, which is printed beside the words.
        anonymous_survey: its questions are known, and none asks who answers.
    """

    letter: LetterFacts
    today: date
    next_events: tuple[NextEvent, ...] = ()
    visits: tuple[tuple[str, date | None], ...] = ()
    made_on: date | None = None
    has_survey: bool
    online_survey: bool = False
    anonymous_survey: bool = False


def guide_passages(facts: GuideFacts) -> tuple[Passage, ...]:
    """Return every text of the guide that staff may word, in the order of the pages."""
    event = facts.letter.event
    steps = STEPS if event.form is EventForm.LECTURE else TASKS
    return (
        Passage(USE, "\n".join(_device_lines(facts.letter)), lines=3),
        Passage(
            WIFI,
            "会場のネットを使えます。職員におたずねください。" if facts.letter.event.network.is_present else "",
            lines=1,
        ),
        Passage(AIMS, "\n".join(propose_practice_goals(event.timetable)), lines=3),
        Passage(steps, "", lines=6),
        Passage(LEARNT, "\n".join(propose_learnt_parts(event.timetable)), lines=3),
        Passage(AFTER, _survey_lines(facts), lines=3),
        Passage(TROUBLE, _TROUBLE, lines=4),
        Passage(PHOTOS, PHOTO_NOTICE),
        Passage(
            NEXT,
            f"申込み・ご相談は、下の問合せ先へ{'お電話ください' if facts.letter.office.phone else 'どうぞ'}。",
            lines=3,
        ),
    )


def attendee_rows(
    items: Iterable[AgendaItem], start: str, end: str, opens: str, *, after: Iterable[AgendaItem] = ()
) -> tuple[tuple[str, str, str], ...]:
    """Return the day as participants see it, 受付 first, おわり last: clock (「1:30」), part, first line of its text.

    Parts that only staff do (``staff_rows``) are left out.

    It ends at the time on cover and letters; only a timetable longer than the booked time ends later.

    Args:
        items: lines with minutes.
        start, end: of the event, "HH:MM". opens: when the reception does.
        after: what follows the end.
    """
    rows = tuple(items)
    shown = [
        (
            _clock(timed.start),
            _STAFF_SUFFIX_PATTERN.sub("", timed.item.title),
            timed.item.content.strip().split("\n")[0],
        )
        for timed in clock_times(start, rows)
        if not _is_staff_only(timed.item)
    ]
    closes = max(minutes_of(start) + total_minutes(rows), minutes_of(end))
    last = "、".join(("おわり", *(_STAFF_SUFFIX_PATTERN.sub("", one.title) for one in after)))
    return ((_clock(opens), "受付", ""), *shown, (_clock(clock_of(closes)), last, ""))


def staff_rows(items: Iterable[AgendaItem]) -> tuple[str, ...]:
    """Return the titles of the parts of the day that participants do not see."""
    return tuple(one.title for one in items if _is_staff_only(one))


def _is_staff_only(item: AgendaItem) -> bool:
    """Return whether only staff do a part: by its form, else if its whole title is such work."""
    if item.form.strip() in _STAFF_FORMS:
        return True
    named = [one.strip() for one in _PARTS.split(item.title) if one.strip()]
    return bool(named) and all(map(_STAFF_WORK_PATTERN.fullmatch, named))


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
    people, lends = facts.event.people, facts.event.year_kind.lends_devices
    if not facts.event.form.in_groups:
        open_ones = people.unknown_devices or not (people.own_devices or people.lent_devices)
        own, lent = people.own_devices or open_ones, people.lent_devices or (lends and open_ones)
        if own:
            yield "充電したスマートフォンまたはタブレット" + ("（持参の方）" if lent else "")
        if lent:
            yield "貸し出しのタブレット" + ("（申込みの方）" if own else "")
    yield "このしおり、筆記用具、眼鏡"


def _survey_lines(facts: GuideFacts) -> str:
    """Return the lines on what to do with the survey, or what to try where there is none."""
    if not facts.has_survey:
        return "つぎの集まりで、1つ試してみてください。"
    anonymous = "（無記名）" if facts.anonymous_survey else ""
    if not facts.online_survey:
        return f"アンケート{anonymous}は、配った用紙でお願いします。"
    return f"アンケート{anonymous}は、紙かスマートフォンの、どちらか一方でお願いします。"


_TROUBLE = "手がとまった　手をあげてください。\n気分がわるい　近くの職員へ。\n地震・火災　職員の案内を聞いてください。"
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
    for name, until in () if facts.letter.event.form.at_organisation else facts.visits:
        if until is not None and until >= facts.today:
            told = f"希望票を{dates.month_day(until)}まで受け付けています。"
        elif until is not None and facts.made_on is not None and until >= facts.made_on:
            told = f"希望票の受付は{dates.month_day(until)}までです。"
        else:
            told = "今年度の募集はおわりました。" if until else "問合せ先へおたずねください。"
        yield f"{name}　{told}"


def _when_to_apply(next_event: NextEvent, today: date) -> str:
    """Return 「（申込みは9月1日から）」 before that day, else 「（申込みは9月20日まで）」; "" if that is unknown."""
    if next_event.apply_from is not None and next_event.apply_from > today:
        return f"（申込みは{dates.month_day(next_event.apply_from)}から）"
    return f"（申込みは{dates.month_day(next_event.apply_by)}まで）" if next_event.apply_by is not None else ""


def _clock(clock: str) -> str:
    """Return 「1:30」 of "13:30", as on a wall clock."""
    hour, minute = clock.split(":")
    return f"{(int(hour) - 1) % 12 + 1}:{minute}"


Subject = Literal[
    "字形",
    "長い名前",
    "ふりがな",
    "氏名未定",
    "重複",
    "配慮",
    "タブレット",
    "資料",
    "人数",
]
Severity = Literal["止まる", "確認", "参考"]
"""止まる: cannot be printed. 確認: somebody should check. 参考: information."""


@record
class PreflightFinding:
    """One finding: a sentence, and a line for each person or thing it concerns; ``entry_id`` is of the first person."""

    subject: Subject
    severity: Severity
    sentence: str
    details: tuple[str, ...] = ()
    entry_id: int | None = None


@record
class Attendee(RosterLine):
    """One line of the roster to be checked; ``key`` is 団体 and name with their spellings folded."""

    person_id: int | None
    key: str

    @property
    def words(self) -> str:
        """Return 「3 見本 花子（見本町会）」, as it stands in a finding."""
        who = self.name or "氏名未定"
        return f"{self.number}　{who}（{self.organisation}）".strip("　")


@record
class OtherEvent:
    """Another event of the same day with the ids of the people expected there; times "HH:MM"."""

    title: str
    start: str
    end: str
    people: frozenset[int]


def missing_readings(people: Iterable[Attendee]) -> tuple[PreflightFinding, ...]:
    """Return a finding on people without ふりがな, if there are any; an unnamed place does not need one."""
    found = [one for one in people if one.name and not one.reading.strip()]
    return _finding_with_people("ふりがな", "ふりがなのない参加者 {}人", found)


def unnamed_places(people: Iterable[Attendee]) -> tuple[PreflightFinding, ...]:
    """Return a finding on places still without a name, which are printed as a line to write on."""
    found = [one for one in people if not one.name]
    return _finding_with_people("氏名未定", "氏名未定 {}人。名簿の氏名が空きます", found)


def duplicate_people(people: Sequence[Attendee]) -> tuple[PreflightFinding, ...]:
    """Return a finding on people who are on the roster twice: the same person, or a name twice in a 団体."""
    named = [one for one in people if one.name]
    ids = Counter(one.person_id for one in named if one.person_id is not None)
    keys = Counter(one.key for one in named if one.key)
    found = [one for one in named if (one.person_id is not None and ids[one.person_id] > 1) or keys[one.key] > 1]
    return _finding_with_people("重複", "同じ人と思われる行 {}行", found)


def booked_elsewhere(
    people: Iterable[Attendee], start: str, end: str, others: Iterable[OtherEvent]
) -> tuple[PreflightFinding, ...]:
    """Return one finding on all people expected at another event of the same day, () if there are none.

    It says of each whether the times overlap.
    """
    found = []
    for other in others:
        overlap = start < other.end and other.start < end
        words = "時間が重なります" if overlap else "同じ日です"
        for one in people:
            if one.person_id is not None and one.person_id in other.people:
                found.append((one, f"{one.words}　{other.title}　{other.start}–{other.end}（{words}）"))
    if not found:
        return ()
    sentence = f"同じ日のほかの実施回にも申し込んだ方 {len({one.person_id for one, _ in found})}人"
    return (
        PreflightFinding(
            subject="重複",
            severity="確認",
            sentence=sentence,
            details=tuple(words for _, words in found),
            entry_id=found[0][0].entry_id,
        ),
    )


def care_without_arrangement(people: Sequence[Attendee]) -> tuple[PreflightFinding, ...]:
    """Return a finding on ``people``, those whose 配慮 has no settled arrangement, without its content; () for none."""
    return _finding_with_people("配慮", "配慮 {}人の手配がまだ", people)


def too_few_tablets(needed: int, missing: int, free: int) -> tuple[PreflightFinding, ...]:
    """Return a finding if people who asked for a tablet have none reserved; it says if too few are free.

    Args:
        needed: people who asked for a tablet.
        missing: those of them for whom none is reserved yet, 0 = no finding.
        free: tablets that could still be reserved.
    """
    if not missing:
        return ()
    short = max(missing - free, 0)
    detail = f"貸与を希望 {needed}人、割当済 {needed - missing}台、割り当てられる端末 {free}台"
    sentence = f"貸与タブレット {short}台が不足" if short else f"貸与タブレット {missing}台の割当てがまだ"
    return (PreflightFinding(subject="タブレット", severity="確認", sentence=sentence, details=(detail,)),)


def tablets_without_provider(remark: str) -> tuple[PreflightFinding, ...]:
    """Return a finding if people borrow tablets which nobody has agreed to bring (仕様書4(2)ク); "" = none do."""
    return (PreflightFinding(subject="タブレット", severity="確認", sentence=remark),) if remark else ()


def unconfirmed_materials(states: Mapping[str, str]) -> tuple[PreflightFinding, ...]:
    """Return a finding on the handouts that are not 確認済, () = none; ``states`` are their states by title."""
    found = tuple(f"{title}　{state}" for title, state in states.items() if state != "確認済")
    if not found:
        return ()
    sentence = f"まだ使えない資料 {len(found)}点"
    return (PreflightFinding(subject="資料", severity="確認", sentence=sentence, details=found),)


def headcount_not_notified(
    notified_people: int | None, expected: int, *, is_same: bool
) -> tuple[PreflightFinding, ...]:
    """Return a finding if no number was notified to the 受託者 (None), or one other than the roster's (仕様書4 エ).

    Nothing while none was notified and nobody is ``expected``. ``is_same``: the details agree, too.
    """
    if notified_people is None:
        if not expected:
            return ()
        return (
            PreflightFinding(
                subject="人数", severity="確認", sentence=f"参加人数を連絡していません。受託者へ {expected}人"
            ),
        )
    if is_same:
        return ()
    words = (
        f"連絡した{notified_people}人が、いまは{expected}人。"
        if notified_people != expected
        else "連絡した内訳が変わりました。"
    )
    return (PreflightFinding(subject="人数", severity="確認", sentence=f"{words}変更連絡が必要です"),)


def _finding_with_people(subject: Subject, sentence: str, people: Sequence[Attendee]) -> tuple[PreflightFinding, ...]:
    """Return a finding of the check before the day, none if it concerns nobody."""
    if not people:
        return ()
    return (
        PreflightFinding(
            subject=subject,
            severity="確認",
            sentence=sentence.format(len(people)),
            details=tuple(one.words for one in people),
            entry_id=people[0].entry_id,
        ),
    )


Step = Literal["紙", "持出し", "受付", "実施", "回収", "返却", "出席"]
ALL_STEPS: tuple[Step, ...] = get_args(Step)
COLLECTING = "回収"
"""The step that only events have from which something is collected."""
CHECK_IN_LEAD = timedelta(minutes=30)
"""How long before the start check-in opens if 当日進行 has no time for it."""


@record
class DayFacts:
    """State of one event as far as the steps of its day need it.

    Attributes:
        day: None = not decided.
        start, end: "HH:MM", "" = not known.
        phase: what the event is now.
        is_printed: all documents of the set were issued once.
        changed_count: number of documents whose content has changed since.
        has_checkout: the 持出し管理簿 has a row for this day. lent_count: tablets handed out.
        outstanding_count: rows, files and tablets that are not back (a tablet until its 初期化 is confirmed).
        people: number on the 受付名簿; ``unmarked`` of them are neither 出席 nor 欠席.
        check_in_closed: check-in was closed.
        has_responses: survey responses were entered.
    """

    day: date | None
    start: str
    end: str
    phase: EventPhase = EventPhase.PLANNED
    is_printed: bool = False
    changed_count: int = 0
    has_checkout: bool = False
    lent_count: int = 0
    outstanding_count: int = 0
    people: int
    unmarked: int
    check_in_closed: bool = False
    has_responses: bool = False

    @property
    def has_result(self) -> bool:
        """Return whether its result is recorded (実施済)."""
        return self.phase is EventPhase.HELD

    @property
    def check_in_opens_at(self) -> datetime | None:
        """Return when check-in opens, None while day or time are not known."""
        begins = self._moment_of_day(self.start)
        return begins - CHECK_IN_LEAD if begins is not None else None

    @property
    def starts_at(self) -> datetime | None:
        """Return the start, None while day or time are not known."""
        return self._moment_of_day(self.start)

    @property
    def ends_at(self) -> datetime | None:
        """Return the end; without a known time the end of the day, None without a day."""
        known = self._moment_of_day(self.end)
        if known is not None or self.day is None:
            return known
        return datetime.combine(self.day + timedelta(days=1), time())

    def _moment_of_day(self, clock: str) -> datetime | None:
        """Return a clock time (「13:30」) on the day of the event, None where one of them is unknown."""
        hour, minute = map(whole_number, clock.partition(":")[::2])
        if self.day is None or hour is None or minute is None or hour > 23 or minute > 59:
            return None
        return datetime.combine(self.day, time(hour, minute))


def current_step(facts: DayFacts, now: datetime) -> Step | None:
    """Return the current step; None = nothing is due (any step can be opened all the same).

    Items taken out are to be returned whatever became of the event. Printing and taking out are skipped once check-in
    opens, so that whoever printed elsewhere is not held up. After the end only the result, outstanding items and
    unmarked people remain.
    """
    if facts.has_result or facts.phase.is_off or facts.phase.awaits_day:
        unmarked = facts.has_result and facts.unmarked
        return "返却" if facts.outstanding_count else "出席" if unmarked else None
    if facts.ends_at is not None and now >= facts.ends_at:
        return "実施"
    if not facts.has_checkout and (facts.check_in_opens_at is None or now < facts.check_in_opens_at):
        return "持出し" if is_done("紙", facts) else "紙"
    if facts.people:
        return "受付"
    return "実施" if facts.starts_at is not None and now >= facts.starts_at else None


def is_done(step: Step, facts: DayFacts) -> bool:
    """Return whether a step is done; documents that changed after they were taken out stay done."""
    done: Mapping[Step, bool] = {
        "紙": facts.is_printed and (not facts.changed_count or facts.has_checkout),
        "持出し": facts.has_checkout,
        "受付": facts.check_in_closed,
        "実施": facts.has_result,
        "回収": facts.has_responses,
        "返却": not facts.outstanding_count and (facts.has_checkout or facts.lent_count > 0),
        "出席": bool(facts.people) and not facts.unmarked,
    }
    return done[step]


def next_transition(facts: DayFacts, now: datetime) -> datetime | None:
    """Return the next moment at which the clock alone may change the current step, None = no more."""
    turns = [one for one in (facts.check_in_opens_at, facts.starts_at, facts.ends_at) if one is not None and one > now]
    return min(turns, default=None)
