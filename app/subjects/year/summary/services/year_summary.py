"""年度まとめ as numbers: each kind against the 仕様書, 支部, satisfaction, the year before, what is open, and the one
line.

``read_summary(store, today, fiscal_year) -> YearSummary``; what stands behind a number is told by
``app.subjects.year.summary.services.behind``, what is typed beside them by
``app.subjects.year.summary.services.typed_numbers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.acts.refusal import Refusal
from app.calendar.wareki import era_year_short, fiscal_year_words
from app.common.counted import Counted, counted_of_events, counted_sum
from app.papers.paper import table_day
from app.subjects.events.event.rules.attendance import people_words
from app.subjects.events.event.rules.event_checks import count_warnings
from app.subjects.events.event.rules.event_warning import WITHIN_ABOUT
from app.subjects.events.event.rules.held import cancelled_words
from app.subjects.events.event.rules.taking_part import taking_part
from app.subjects.events.event.services.event_state import left_out_words
from app.subjects.events.event.services.progress import Progress, progress
from app.subjects.events.event.services.tasks.deadlines import proposal_task
from app.subjects.events.event.services.tasks.task import Task
from app.subjects.surveys.compare.papers import InterimFacts
from app.subjects.surveys.compare.services.interim_totals import read_interim, record_line
from app.subjects.year.summary.rules.spec_lines import (
    COUNT,
    PEOPLE,
    HeldFact,
    KindGround,
    SpecLine,
    kind_lines,
    proposal_line,
)
from app.subjects.year.summary.rules.summary_facts import JudgedLine, Reasoned, Satisfaction, YearSummary
from app.subjects.year.summary.rules.year_figures import (
    EVENTS,
    NO_BRANCH,
    PRESET,
    PRESET_SOURCE,
    PRESET_YEAR,
    TOTAL,
    UNKNOWN_CHANGE,
    VISITS,
    BranchFigures,
    Earlier,
    KindFigures,
    LectureFigures,
    attended_before,
    counted,
    lecture_item,
    lecture_name,
)
from app.subjects.year.summary.services.year_ground import YearGround, read_ground
from db.records.agreements import Agreement
from db.records.events import Event
from db.records.programme import KINDS, Kind, KindNumbers
from db.rows import rows
from db.store import Store


def read_summary(store: Store, *, today: date, fiscal_year: int | None = None) -> YearSummary:
    """Return what a year (None = the newest) adds up to; raises ``Refusal`` for a year not started."""
    return summary_of(store, read_ground(store, today=today, fiscal_year=fiscal_year))


def summary_of(store: Store, ground: YearGround) -> YearSummary:
    """Return the summary from what was read."""
    programme, today = ground.programme, ground.today
    numbers = ground.year.view.numbers
    kinds = tuple(_kind(ground, numbers[kind]) for kind in KINDS if kind in numbers)
    satisfaction = _satisfaction(store, ground)
    branches, branch_total = _branches(ground)
    proposal = proposal_task([file.event for file in ground.files], ground.year)
    year = [file.event for file in ground.files]
    left_out = left_out_words(store.database, year, today)
    record = record_line(programme.fiscal_year, year, ground.entries, ground.results, today, left_out=left_out)
    return YearSummary(
        programme_id=programme.id,
        fiscal_year=programme.fiscal_year,
        today=today,
        kinds=kinds,
        total=_total(ground, kinds),
        branches=branches,
        branch_total=branch_total,
        lines=_lines(store, ground, proposal),
        satisfaction=satisfaction,
        lectures=_lectures(ground, satisfaction),
        lectures_source=_lectures_source(ground),
        record_line=record.line,
        notes=(*record.notes, *_notes(ground)),
    )


def _kind(ground: YearGround, numbers: KindNumbers) -> KindFigures:
    kind = numbers.kind
    far = progress(ground.files, numbers)
    held = ground.held_of(kind)
    outlook, good = _outlook(ground, numbers, far)
    counts = ground.counts(held)
    return KindFigures(
        kind=kind,
        name=far.name,
        spec_words=far.spec_words,
        window_words=f"{_short(numbers.window_start, ground)}–{_short(numbers.window_end, ground)}",
        planned=far.planned,
        undecided=far.undecided,
        per_event=tuple(count for event in held if (count := ground.people(event)) is not None),
        people_spec=people_words(numbers),
        counts=counts,
        applied=_applied(ground, held),
        first=ground.first.people(held) if ground.first is not None else None,
        first_groups=ground.first.group_count(held) if ground.first is not None else None,
        earlier=earlier_figure(ground, kind, VISITS, same_period=True),
        outlook=outlook,
        good=good,
    )


def _short(day: date, ground: YearGround) -> str:
    year = "" if day.year == ground.programme.fiscal_year else f"{era_year_short(day)} "
    return f"{year}{day.month}/{day.day}"


def _applied(ground: YearGround, events: Sequence[Event]) -> Counted:
    """Who applied, of the roster where there is one, else as typed; an event that tells neither is no 0."""
    found = []
    for event in events:
        entries, result = ground.entries.get(event.id, ()), ground.results.get(event.id)
        typed = result.applied if result is not None else None
        found.append(taking_part(entries).applied if entries else typed)
    return counted_of_events(found)


def _outlook(ground: YearGround, numbers: KindNumbers, far: Progress) -> tuple[str, bool]:
    """How the number of a kind will end, and whether that is as the 仕様書 has it; 程度 is within one."""
    living = [file.event for file in ground.files if file.event.kind == numbers.kind]
    outside = [
        event
        for event in living
        if event.event_date is not None
        and (own := ground.year.of(event).view.numbers[event.kind])
        and not own.window_start <= event.event_date <= own.window_end
    ]
    if outside:
        return f"期間外 {len(outside)}回", False
    over = ground.today > numbers.window_end
    many = [one for one in count_warnings(living, numbers, final=over) if one.needs != WITHIN_ABOUT]
    if far.done + far.planned > far.spec and many:
        return f"{far.done + far.planned - far.spec}{numbers.planned_unit}多い", False
    if over and far.undecided and many:
        return f"{far.undecided}{numbers.planned_unit}不足", False
    return "見込みどおり", True


def _total(ground: YearGround, kinds: Sequence[KindFigures]) -> KindFigures:
    held = ground.held_of(None)
    known = [one.earlier for one in kinds if one.earlier is not None]
    earlier = None
    # A sum of some kinds beside all of this year would say a growth that nobody knows.
    if known and all(one.earlier is not None or not one.counts.events for one in kinds):
        sources = tuple(dict.fromkeys(one.source for one in known))
        earlier = Earlier(number=sum(one.number for one in known), source="、".join(sources), day=known[0].day)
    return KindFigures(
        kind=None,
        name=TOTAL,
        spec_words="",
        window_words="",
        planned=sum(one.planned for one in kinds),
        undecided=sum(one.undecided for one in kinds),
        per_event=(),
        people_spec="",
        counts=ground.counts(held),
        applied=counted_sum(one.applied for one in kinds),
        first=ground.first.people(held) if ground.first is not None else None,
        first_groups=ground.first.group_count(held) if ground.first is not None else None,
        earlier=earlier,
        outlook="",
        good=True,
    )


def earlier_figure(ground: YearGround, kind: Kind, item: str, *, same_period: bool = False) -> Earlier | None:
    """Return one number of the year before: as typed, else from its own records, else as the 仕様書 prints it.

    Args:
        same_period: of its own records only what lies before the same day of that year.
    """
    last = ground.programme.fiscal_year - 1
    typed = next((one for one in ground.typed if (one.kind, one.item) == (kind, item)), None)
    if typed is not None:
        return Earlier(number=typed.number, source=typed.source, day=typed.day, typed=True)
    if ground.earlier is not None:
        return _from_records(ground, kind, item, same_period=same_period)
    if last == PRESET_YEAR and kind == "講習会" and item == EVENTS:
        return Earlier(number=sum(PRESET.values()), source=PRESET_SOURCE)
    return None


def _from_records(ground: YearGround, kind: Kind, item: str, *, same_period: bool) -> Earlier | None:
    assert ground.earlier is not None
    until = None
    if same_period and ground.today <= date(ground.programme.fiscal_year + 1, 3, 31):
        until = _year_before(ground.today)
    events = [
        event
        for event in ground.earlier.events
        if event.kind == kind and (until is None or (event.event_date or date.max) <= until)
    ]
    number = counted(ground.counts_before(events), item)
    source = f"{fiscal_year_words(ground.earlier.programme.fiscal_year)}の記録"
    return Earlier(number=number, source=source, day=until) if number is not None else None


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _lines(store: Store, ground: YearGround, proposal: Task | None) -> tuple[JudgedLine, ...]:
    records = {one.id: one for one in rows(store.database, Agreement, id=_linked(ground))} if _linked(ground) else {}
    lines = []
    for kind, numbers in ground.year.view.numbers.items():
        far = progress(ground.files, numbers)
        more = far.planned > 0 or (far.undecided > 0 and ground.today <= numbers.window_end)
        facts = ground.facts(kind)
        for line in kind_lines(KindGround(numbers=numbers, held=facts, more=more, today=ground.today)):
            earlier, change = _beside(line, ground, kind, facts)
            lines.append(JudgedLine(line=line, earlier=earlier, change=change, reason=_reason(line, ground, records)))
    last = proposal_line(
        period=ground.programme.proposal_period,
        limit=max(proposal.deadline.limit, proposal.due) if proposal is not None else None,
        received=proposal.closed_on if proposal is not None else None,
        provisional=proposal.provisional if proposal is not None else "",
        today=ground.today,
    )
    return (*lines, JudgedLine(line=last, reason=_reason(last, ground, records)))


def _beside(line: SpecLine, ground: YearGround, kind: Kind, facts: Sequence[HeldFact]) -> tuple[Earlier | None, str]:
    """Return the year before beside a line that counts events or people, and the change."""
    if line.item == PEOPLE:
        counts = ground.counts([one.event for one in facts])
        earlier, now = earlier_figure(ground, kind, VISITS), counts.counted(counts.visits).exact
    elif line.item == COUNT or line.item.startswith("日数"):
        earlier, now = earlier_figure(ground, kind, EVENTS), len(facts)
    else:
        return None, ""
    if earlier is None or not facts:
        return earlier, ""
    return earlier, UNKNOWN_CHANGE if now is None else earlier.change(now)


def _linked(ground: YearGround) -> list[int]:
    return [one.agreement_id for one in ground.reasons.values() if one.agreement_id is not None]


def _reason(line: SpecLine, ground: YearGround, records: dict[int, Agreement]) -> Reasoned | None:
    """As typed here; else that of every event that is off, where the event itself bears one (実施期間, 人数, 時間)."""
    typed = ground.reasons.get(line.key)
    if typed is not None:
        record = records.get(typed.agreement_id or 0)
        cited = "" if record is None else record.record_number + ("" if record.stands else "（取消）")
        return Reasoned(words=typed.reason, agreement=cited, typed=typed)
    own = [part.event for part in line.parts if part.off]
    if not line.off or line.word == "期限後" or not own or not all(event.exception_reason.strip() for event in own):
        return None
    return Reasoned(words="、".join(f"{event.full_title}：{event.exception_reason.strip()}" for event in own))


def _satisfaction(store: Store, ground: YearGround) -> Satisfaction:
    try:
        found: InterimFacts = read_interim(store, as_of=ground.today, fiscal_year=ground.programme.fiscal_year)
    except Refusal:
        # Nothing came back yet.
        return Satisfaction()
    held = {file.event.id for file in ground.held}
    events = [
        one for kind in found.kinds for one in kind.events if one.satisfaction is not None and one.event.id in held
    ]
    return Satisfaction(events=tuple(sorted(events, key=lambda one: (one.event.event_date or date.max, one.event.id))))


def _branches(ground: YearGround) -> tuple[tuple[BranchFigures, ...], BranchFigures]:
    """支部 in the order of the register; nothing is sorted by result. Only rosters tell a 支部."""
    branch_of = {one.id: one.branch.strip() or NO_BRANCH for one in ground.organisations}
    names = dict.fromkeys(one.branch.strip() or NO_BRANCH for one in ground.organisations)
    held = ground.held_of(None)
    came = attended_before(ground.entries, held)
    if any(branch_of.get(one.organisation_id or 0, NO_BRANCH) == NO_BRANCH for one in came):
        names.setdefault(NO_BRANCH)
    order = sorted(names, key=lambda name: name == NO_BRANCH)
    found = []
    for name in order:
        mine = {
            event.id: [
                one
                for one in ground.entries.get(event.id, ())
                if branch_of.get(one.organisation_id or 0, NO_BRANCH) == name
            ]
            for event in held
        }
        first = None
        if ground.first is not None and ground.first.people_known:
            first = sum(
                branch_of.get(one.organisation_id or 0, NO_BRANCH) == name
                for event in held
                for one in ground.first.entries.get(event.id, ())
            )
        found.append(
            BranchFigures(
                name=name,
                registered=sum(branch == name for branch in branch_of.values()),
                counts=ground.counts_of_entries(held, mine),
                first=first,
            )
        )
    total = BranchFigures(
        name=TOTAL,
        registered=len(branch_of),
        counts=ground.counts_of_entries(held, ground.entries),
        first=ground.first.people(held) if ground.first is not None else None,
    )
    return tuple(found), total


def _lectures(ground: YearGround, satisfaction: Satisfaction) -> tuple[LectureFigures, ...]:
    held = ground.held_of("講習会")
    before = _lectures_before(ground)
    names = dict.fromkeys([*before, *(lecture_name(event.subject) for event in held)])
    asked = {one.event.id: one.satisfaction for one in satisfaction.events}
    found = []
    for name in names:
        mine = [event for event in held if lecture_name(event.subject) == name]
        counts = ground.counts(mine)
        tallies = [tally for event in mine if (tally := asked.get(event.id)) is not None]
        found.append(
            LectureFigures(
                name=name,
                before=before.get(name, 0) if before else None,
                visits_before=_visits_before(ground, name),
                events=len(mine),
                visits=counts.counted(counts.visits),
                sheets=sum(one.base for one in tallies),
                satisfied=sum(one.sum_count for one in tallies) if tallies else None,
            )
        )
    return tuple(found)


def _visits_before(ground: YearGround, name: str) -> int | None:
    """Who came to one kind of lecture in the year before: as typed, else by its records; None = nobody recorded it."""
    typed = next((one for one in ground.typed if (one.kind, one.item) == ("講習会", lecture_item(name))), None)
    if typed is not None:
        return typed.number
    if ground.earlier is None:
        # What was not held had nobody; who came to what was held stands nowhere.
        before = _lectures_before(ground)
        return 0 if before and name not in before else None
    mine = [one for one in ground.earlier.events if one.kind == "講習会" and lecture_name(one.subject) == name]
    counts = ground.counts_before(mine)
    return None if mine and counts.unknown else counts.visits


def _lectures_before(ground: YearGround) -> dict[str, int]:
    if ground.earlier is not None:
        found: dict[str, int] = {}
        for event in ground.earlier.events:
            if event.kind == "講習会":
                name = lecture_name(event.subject)
                found[name] = found.get(name, 0) + 1
        return found
    return dict(PRESET) if ground.programme.fiscal_year - 1 == PRESET_YEAR else {}


def _lectures_source(ground: YearGround) -> str:
    if ground.earlier is not None:
        return f"{fiscal_year_words(ground.earlier.programme.fiscal_year)}の記録"
    return PRESET_SOURCE if ground.programme.fiscal_year - 1 == PRESET_YEAR else ""


def _notes(ground: YearGround) -> tuple[str, ...]:
    """What the reader has to know of the numbers beside what the record line says."""
    notes = []
    if ground.first is None:
        notes.append("前の年度の出席の記録がないため、初参加は数えていない。")
    elif not ground.first.people_known:
        notes.append("前の年度の氏名は保つ期間が終わり消去したため、人の初参加は数えていない。")
    if ground.typed:
        last = max(ground.typed, key=lambda one: one.at)
        sources = "、".join(dict.fromkeys(one.source for one in ground.typed))
        notes.append(f"前の年度の数は係の入力（{sources}、{table_day(last.at.date())}入力）による。")
    if ground.cancelled:
        told = cancelled_words(ground.cancelled, [file.event for file in ground.files])
        notes.append(f"中止した回は数えていない：{told}。")
    return tuple(notes)
