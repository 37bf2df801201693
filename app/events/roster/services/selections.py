"""Selects participants: capacity, preview, saving with the roster in one action, and repeating to check."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.date_only_moments import clock_words_if_timed
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.event.rules.recruitment import DECIDE_STEP
from app.event.rules.selection_minimum import closing_day
from app.event.services.event_records import read_event_or_error
from app.event.services.expected_counts import initial_capacity, is_manual
from app.event.services.recruitment import tick_open_step
from app.events.roster.rules import (
    RESULTS,
    SelectionTerms,
    count_results,
    event_facts,
    find_missed_applicants,
    organisation_key,
    repeat_selection,
    select_participants,
    state_and_order,
    why_in_list,
)
from app.events.roster.services.admissions import assign_admission_numbers
from app.events.roster.services.roster import RosterRow, roster_of
from app.events.roster.services.told_places import TOLD_STAYS, ToldPlaces, read_told_places
from app.programme.rules import most_people_words, people_words
from app.programme.services import office_calendar, programme_of_event
from db.engine import Database
from db.record import group_by_key, record
from db.records.events import Event
from db.records.programme import EventKind
from db.records.roster import Entry, EntryState, Selection, SelectionLine, SelectionMethod
from db.store import Store
from db.tables import events
from db.tables import roster as table


@record
class SelectionRow:
    """One line of a selection with its person; ``row`` None = removed from the roster since."""

    line: SelectionLine
    why: str
    row: RosterRow | None

    @property
    def id(self) -> int:
        """Return the entry's id."""
        return self.line.entry_id


@record
class SavedSelection:
    """One saved selection of participants. ``is_manual``: it records one place whose state was set by hand."""

    selection: Selection
    rows: tuple[SelectionRow, ...]
    is_manual: bool

    @property
    def id(self) -> int:
        """Return the selection's id."""
        return self.selection.id

    def count(self, result: str) -> int:
        """Return how many lines have this result (補欠 at any position)."""
        return count_results(self.selection.lines, result)


@record
class SelectionView:
    """What a selection of participants starts from: applicants, capacity, remarks, earlier selections newest first.

    ``capacity`` is the default number of places, whatever an earlier selection had; ``organisations`` counts 団体.
    """

    event: Event
    title: str
    applicants: tuple[RosterRow, ...]
    organisations: int
    capacity: int
    venue_capacity: int | None
    spec_words: str
    remarks: tuple[str, ...]
    saved_selections: tuple[SavedSelection, ...]


@record
class SelectionProposal:
    """The unsaved result of a selection; ``remarks`` say what might be unexpected."""

    terms: SelectionTerms
    rows: tuple[SelectionRow, ...]
    remarks: tuple[str, ...]

    @property
    def lines(self) -> tuple[SelectionLine, ...]:
        """Return the lines only, to pass back when saving."""
        return tuple(row.line for row in self.rows)

    def count(self, result: str) -> int:
        """Return how many lines have this result (補欠 at any position)."""
        return count_results(self.lines, result)


@record
class SelectionCheck:
    """The result of repeating a saved selection to check it; ``is_same``: it gave the saved lines."""

    is_same: bool
    words: str


def new_seed() -> str:
    """Return an unpredictable seed, short enough to be read out: 「4F2A9-1C077」."""
    digits = secrets.token_hex(5).upper()
    return f"{digits[:5]}-{digits[5:]}"


def read_selection(store: Store, *, event_id: int, today: date) -> SelectionView:
    """Return what a selection of the event starts from; raises ``UserError`` when the event is gone."""
    database = store.database
    event = read_event_or_error(database, event_id)
    every = roster_of(database, event).rows
    told = read_told_places(database, event, [row.entry for row in every])
    rows = [row for row in every if _is_applicant(row.entry, told)]
    numbers = programme_of_event(store, event).kind(event.kind)
    return SelectionView(
        event=event,
        title=event.full_title,
        applicants=tuple(rows),
        organisations=len({organisation_key(row.entry) for row in rows} - {""}),
        capacity=initial_capacity(database, event),
        venue_capacity=event.venue_capacity,
        spec_words=people_words(numbers),
        remarks=_initial_remarks(store, event, rows, told, today),
        saved_selections=tuple(reversed(saved_selections(database, event))),
    )


def saved_selections(database: Database, event: Event) -> list[SavedSelection]:
    """Return the selections of an event, oldest first, each with the people of its lines."""
    known = {row.entry.id: row for row in roster_of(database, event).rows}
    return [
        SavedSelection(
            selection=one,
            rows=_selection_rows(one.lines, known),
            is_manual=is_manual(one),
        )
        for one in table.selections(database, event.id)
    ]


def _selection_rows(lines: Sequence[SelectionLine], known: Mapping[int, RosterRow]) -> tuple[SelectionRow, ...]:
    return tuple(SelectionRow(line=line, why=why_in_list(line, lines), row=known.get(line.entry_id)) for line in lines)


def propose_selection(store: Store, *, event_id: int, terms: SelectionTerms) -> SelectionProposal:
    """Return the preview of a selection; nothing is saved.

    Raises:
        UserError: the event is gone, nobody has applied, or the terms are incomplete.
    """
    event = read_event_or_error(store.database, event_id)
    _check_terms(terms)
    rows = {row.entry.id: row for row in roster_of(store.database, event).rows}
    lines = _selection_lines(store.database, event, terms)
    proposal = SelectionProposal(terms=terms, rows=_selection_rows(lines, rows), remarks=())
    numbers = programme_of_event(store, event).kind(event.kind)
    return replace(proposal, remarks=_result_remarks(proposal, event, numbers))


def save_selection(
    context: ActionContext,
    *,
    event_id: int,
    terms: SelectionTerms,
    reason: str = "",
    shown: Sequence[SelectionLine] | None = None,
    tries: int = 0,
) -> ActionResult:
    """Save a selection and the state of every place in one action, and tick the recruitment step 「決定」.

    Args:
        shown: the lines of the preview; if the roster has changed since, nothing is saved.
        tries: how often the seed was changed after a result was seen; saved with the selection.

    Raises:
        UserError: the terms are incomplete, 区の調整 has no reason, nobody applied, the roster has changed, or somebody
            who came would have no place.
    """
    database = context.database
    event = read_event_or_error(database, event_id)
    _check_terms(terms)
    if terms.method.by_ward and not reason.strip():
        raise UserError(
            "区の調整の理由がまだ入力されていません。", "どのように調整したかを書いてください。記録に残ります。"
        )
    lines = _selection_lines(database, event, terms)
    if shown is not None and tuple(shown) != lines:
        raise UserError("確かめたあとに、名簿が変わりました。", "新しい結果を確かめてから、もう一度保存してください。")
    _check_who_came(table.entries(database, event_id), lines)
    selection = Selection(
        event_id=event_id,
        method=terms.method,
        seed=terms.seed if terms.method.by_lot else "",
        capacity=terms.capacity,
        organisation_limit=terms.organisation_limit,
        organisations_first=terms.organisations_first,
        not_chosen_first=terms.not_chosen_first,
        reason=join_nonempty(
            reason.strip(), fill_nonempty("結果を見たあとに種を変えた回数　{}回", tries), separator="\n"
        ),
        lines=lines,
        made_at=context.now,
        by=context.by,
        **event_facts(event),
    )
    with context.change(
        f"{event.full_title}の参加者を決めた（{terms.method}）", "selections", event_id=event_id
    ) as change:
        row_id = change.insert(selection)
        for line in lines:
            state, order = state_and_order(line)
            change.update(Entry, line.entry_id, state=state, waiting_order=order)
        assign_admission_numbers(context.store, change, event_id)
        tick_open_step(context.database, change, event_id, DECIDE_STEP, on=context.today, done_by=context.by)
    counts = (f"{name}{count}人" for name in RESULTS if (count := count_results(lines, name)))
    told = "、".join(counts)
    return ActionResult(f"{event.full_title}の参加者を決めました（{told}）。", row_id)


def _check_who_came(entries: Sequence[Entry], lines: Sequence[SelectionLine]) -> None:
    """Raise ``UserError`` if somebody who is marked 出席 is not selected by the lines."""
    came = {entry.id for entry in entries if entry.attendance.is_present}
    missed = sum(line.entry_id in came and line.result != EntryState.CHOSEN for line in lines)
    if missed:
        raise UserError(
            f"出席と記録されている{missed}人が、決定になりません。",
            "定員を直すか、「受付」の「紙の名簿から出欠」で出欠を直してください。",
        )


def check_selection(store: Store, *, selection_id: int) -> SelectionCheck:
    """Repeat a saved selection with its input; return whether the result is the same, and what changed since.

    A place set by hand has no input and counts as the same.

    Raises:
        UserError: the selection is gone.
    """
    database = store.database
    kept = get_or_raise(database, Selection, selection_id)
    pairs = zip(kept.lines, repeat_selection(kept) if not is_manual(kept) else kept.lines, strict=True)
    different = sum(one != other for one, other in pairs)
    known = {row.entry.id: row for row in roster_of(database, read_event_or_error(database, kept.event_id)).rows}
    changed = sum(not _is_unchanged(known.get(line.entry_id), line) for line in kept.lines)
    if different:
        words = (
            f"{len(kept.lines)}件のうち{different}件が、記録と違う結果になりました。"
            f"記録が書き換えられているおそれがあります。"
        )
    else:
        by = {
            SelectionMethod.LOTS: f"同じ種（{kept.seed}）と",
            SelectionMethod.FIRST_COME: "同じ申込日時と",
            SelectionMethod.WARD: "記録された",
        }[kept.method]
        words = f"{by}同じ申込者{len(kept.lines)}件で、記録と同じ結果になりました。"
        words += fill_nonempty("そのあと名簿で{}件が変わっています（欠席、繰上げなど）。", changed)
    return SelectionCheck(is_same=not different, words=words)


def applicants_of(database: Database, event: Event) -> list[SelectionLine]:
    """Return the candidates: who applied, neither withdrew nor reported an absence, and was not told 落選.

    They have no result yet; ``why`` names the letter by which a place was told, so that nobody else gets it.
    """
    every = table.entries(database, event.id)
    told = read_told_places(database, event, every)
    entries = [entry for entry in every if _is_applicant(entry, told)]
    before = [
        one
        for one in events.events_of_year(database, event.programme_id)
        if one.event_date and one.status.counts and (event.event_date is None or one.event_date < event.event_date)
    ]
    earlier = group_by_key((entry.event_id, entry) for entry in table.entries_of(database, [one.id for one in before]))
    missed = find_missed_applicants(earlier[one.id] for one in before)
    return [
        SelectionLine(
            entry_id=entry.id,
            result="",
            why=told.words(entry),
            applied_at=entry.applied_at,
            application_id=entry.application_id,
            organisation=organisation_key(entry),
            named=entry.person_id is not None,
            missed=missed.includes(entry),
            told=bool(told.words(entry)),
        )
        for entry in entries
    ]


def _selection_lines(database: Database, event: Event, terms: SelectionTerms) -> tuple[SelectionLine, ...]:
    """Return who is chosen by the terms, or raise that nobody applied."""
    applicants = applicants_of(database, event)
    if not applicants:
        raise UserError("まだ申込がありません。", "申込を取り込むか、電話の申込を入力してください。")
    return select_participants(applicants, terms)


def _is_applicant(entry: Entry, told: ToldPlaces) -> bool:
    """Return whether the entry takes part in a selection.

    Not 辞退, 決定取消 or told 落選, no walk-in, no absence reported.
    """
    gone = entry.state.is_withdrawn or entry.state.is_revoked or entry.id in told.refused
    return not gone and not entry.walk_in and entry.absent_told_at is None


def _check_terms(terms: SelectionTerms) -> None:
    """Raise ``UserError`` when the terms are incomplete."""
    if terms.capacity < 1:
        raise UserError("定員がまだ入力されていません。", "1人以上で入力してください。")
    if terms.organisation_limit is not None and terms.organisation_limit < 1:
        raise UserError("1団体の上限は1人以上で入力してください。", "上限をつけないときは空欄にします。")
    if terms.method.by_lot and not terms.seed.strip():
        raise UserError(
            "抽選の種がまだ入力されていません。", "「種を作る」を押すか、立会いの方が決めた数字を入力してください。"
        )
    if terms.method.by_ward and not terms.picked_entries:
        raise UserError("決定にする方がまだ選ばれていません。", "一覧で決定にする方に印をつけてください。")


def _is_unchanged(row: RosterRow | None, line: SelectionLine) -> bool:
    """Return whether a place is as the selection left it; False if it is gone or an absence was reported."""
    if row is None or row.entry.absent_told_at is not None:
        return False
    return (row.entry.state, row.entry.waiting_order) == state_and_order(line)


def _initial_remarks(
    store: Store, event: Event, rows: Sequence[RosterRow], told: ToldPlaces, today: date
) -> tuple[str, ...]:
    """Return remarks to read before participants are selected."""
    closing = closing_day(events.recruitment_steps(store.database, event.id), event, office_calendar(store))
    found = [f"受付締切（{closing.month}/{closing.day}）の前です。"] if closing is not None and closing >= today else []
    counted = (
        (
            sum(bool(told.words(row.entry)) for row in rows),
            f"決定通知で知らせた{{}}人のほかの方の中から、空いている枠の分を決めます。{TOLD_STAYS}",
        ),
        (len(told.refused), "落選通知で知らせた{}人は、対象に入れていません。"),
        (sum(bool(row.entry.doubtful.strip()) for row in rows), "確認が必要な申込が{}件あります。"),
        (
            sum(row.person is None for row in rows),
            "氏名未定の枠が{}人分あります。枠は1人分ずつ数え、同じ申込の中では氏名のある方のあとになります。",
        ),
    )
    return (*found, *(words.format(number) for number, words in counted if number))


def _result_remarks(proposal: SelectionProposal, event: Event, numbers: EventKind) -> tuple[str, ...]:
    """Return what might be unexpected in the result of a selection."""
    found = []
    terms, chosen = proposal.terms, proposal.count(EntryState.CHOSEN)
    limited = sum("上限" in line.why for line in proposal.lines)
    if limited and chosen < terms.capacity:
        found.append(f"1団体の上限のため、定員に{terms.capacity - chosen}人の余裕が残ります。")
    if terms.method.by_ward and chosen > terms.capacity:
        found.append(f"定員{terms.capacity}人を{chosen - terms.capacity}人超えています。")
    if event.venue_capacity is not None and chosen > event.venue_capacity:
        found.append(f"会場の定員{event.venue_capacity}人を超えています。")
    if chosen > numbers.people_max:
        found.append(
            f"決定{chosen}人は、仕様の{most_people_words(numbers)}を{chosen - numbers.people_max}人超えます。"
            "理由を起案資料に書きます。"
        )
    if terms.method.first_come:
        untimed = sum(line.applied_at is None for line in proposal.lines)
        last = "最後になります。" if untimed < len(proposal.lines) else "名簿に入った順になります。"
        found += [f"申込日時のない申込が{untimed}件あります。先着順では{last}"] * bool(untimed)
        found += _same_time_remarks(proposal)
    if chosen < numbers.people_min:
        found.append(
            f"決定{chosen}人は、仕様の{people_words(numbers)}を{numbers.people_min - chosen}人下回ります。"
            "追加で募集するか、理由を「理由」に書きます。"
        )
    return tuple(found)


def _same_time_remarks(proposal: SelectionProposal) -> list[str]:
    """Return a remark if the last place was given among people who applied at the same time."""
    drawn = [row.line for row in proposal.rows if not row.line.told]
    inside = [line.applied_at for line in drawn if line.result == EntryState.CHOSEN]
    outside = {line.applied_at for line in drawn if line.result != EntryState.CHOSEN and "上限" not in line.why}
    same = [at for at in inside if at is not None and at in outside]
    if not same:
        return []
    return [
        (
            f"定員の境目に、同じ申込日時（{same[-1].month}/{same[-1].day} "
            f"{clock_words_if_timed(same[-1])}）の申込があります。名簿に入った順にしています。"
        )
    ]
