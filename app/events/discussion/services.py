"""Save the discussion of an 意見交換会 while it is typed (lines of each 班, rows of the まとめ), and declare its
document.

No name of a participant is asked for, read or shown, also not in evidence for the 提案書; a facilitator is a person
of the contractor's 配置表.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.row_cells import filled_cells
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind
from app.event.rules.agenda import TimedItem, clock_times
from app.event.rules.equipment import supplies
from app.event.rules.participation import is_on_check_in_list
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import person_names_in, read_event_facts
from app.event.services.event_records import EventRecords, read_event_or_error
from app.event.services.tasks.follow_ups import FollowUp
from app.events.discussion.documents import KIND, discussion_record
from app.events.discussion.rules import (
    FACILITATOR,
    PARTS,
    GroupDiscussion,
    NoteSums,
    TypedLine,
    action_due,
    editor_text,
    group_remarks,
    is_of_ward,
    match_lines,
    note_sums,
    parse_step,
    report_rows,
)
from app.events.groups.services import MAX_GROUPS, set_facilitator
from app.programme.services import kind_of_event, programme_of_event
from app.registers.workers.rules import Worker
from app.registers.workers.services import read_workers
from app.year.dates.services import CurrentEvidence, EvidenceSource
from db.engine import Database
from db.journal import Change
from db.name_key import name_key
from db.record import record
from db.records.discussion import DiscussionLine, DiscussionPoint, DiscussionStep, SummaryPart
from db.records.events import AgendaItem, Event, EventResult
from db.records.roster import Entry, TableGroup
from db.records.year.proposal import EvidenceSort
from db.rows import by_id, row, rows, rows_by_id
from db.store import Store
from db.tables import discussions, events, reports
from db.tables import roster as roster_table

OUTCOME_TASK = "討議のまとめ"


@record
class Discussion:
    """The 班 with their lines, and the rows of the まとめ in their order."""

    groups: tuple[GroupDiscussion, ...] = ()
    points: tuple[DiscussionPoint, ...] = ()

    @property
    def sums(self) -> NoteSums:
        """Return the sums of sticky notes."""
        return note_sums(self.groups)

    def points_of(self, part: SummaryPart) -> tuple[DiscussionPoint, ...]:
        """Return the rows of one part."""
        return tuple(point for point in self.points if point.part == part)


@record
class DiscussionView:
    """Everything the page of a discussion of an 意見交換会 shows.

    Attributes:
        workers: people on duty that day by the 配置表, facilitators first.
        participant_count: people who came by the result (``is_attendance_known``), else those expected; None = nobody.
        timetable: items of the day that take minutes, with clock times.
        supplies: 模造紙, 付箋 and マーカー as numbers.
        previous_outcomes: what the previous meeting found and wants changed now.
        confirmed_on: day on which the newest report was confirmed, whose content is of that time.
    """

    event: Event
    clause: str
    discussion: Discussion
    workers: tuple[Worker, ...]
    participant_count: int | None
    is_attendance_known: bool
    timetable: tuple[TimedItem, ...]
    supplies: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    previous_outcomes: tuple[tuple[str, str], ...]
    confirmed_on: date | None


def discussion_of(database: Database, event: Event, *, entries: Sequence[Entry] | None = None) -> Discussion:
    """Return the discussion of ``event``; ``entries`` are its places, if read already."""
    groups = {group.number: group for group in roster_table.groups(database, event.id)}
    lines = rows(database, DiscussionLine, event_id=event.id, order=("group_number", "position", "id"))
    points = rows(database, DiscussionPoint, event_id=event.id, order=("position", "id"))
    if not groups and not lines and not points:
        return Discussion()
    placed = roster_table.entries(database, event.id) if entries is None else entries
    # A removed 班 keeps what it wrote.
    numbers = sorted({*groups, *(line.group_number for line in lines)})
    return Discussion(
        groups=tuple(
            _group_discussion(
                groups.get(number) or TableGroup(event_id=event.id, number=number),
                tuple(line for line in lines if line.group_number == number),
                placed,
            )
            for number in numbers
        ),
        points=tuple(points),
    )


def _group_discussion(
    group: TableGroup, lines: tuple[DiscussionLine, ...], entries: Sequence[Entry]
) -> GroupDiscussion:
    return GroupDiscussion(
        number=group.number,
        facilitator=person_names_in(group.facilitator),
        composition=group.composition or _composition([one for one in entries if one.group_number == group.number]),
        is_composition_typed=bool(group.composition),
        counted_notes=group.notes,
        lines=lines,
    )


def _composition(seated: Sequence[Entry]) -> str:
    """Return 「5人・4団体」 of those who came to a 班, before the day of those who will; "" if nobody."""
    came = [one for one in seated if one.attendance.is_present and one.state.is_coming]
    counted = came or [one for one in seated if is_on_check_in_list(one)]
    if not counted:
        return ""
    organisations = {one.organisation_key for one in counted} - {""}
    return f"{len(counted)}人・{len(organisations)}団体"


def read_discussion(store: Store, *, event_id: int) -> DiscussionView:
    """Return the discussion of an event.

    Raises:
        UserError: the event is gone, or is no 意見交換会 (仕様書4(3)).
    """
    event = _exchange_meeting(store, event_id)
    database = store.database
    entries = roster_table.entries(database, event_id)
    talk = discussion_of(database, event, entries=entries)
    result = row(database, EventResult, event_id=event_id)
    attended = result.attended if result is not None else None
    expected = sum(map(is_on_check_in_list, entries))
    people = attended if attended is not None else expected or None
    serving = _workers_of_day(store, event)
    agenda = [item for item in rows(database, AgendaItem, event_id=event_id, order=("position", "id")) if item.minutes]
    made = [one for one in reports.reports_of_event(database, event_id) if not one.way.is_received]
    newest = max(made, key=lambda one: one.version, default=None)
    clause = kind_of_event(database, event).clause_discussion
    return DiscussionView(
        event=event,
        clause=clause,
        discussion=talk,
        workers=serving,
        participant_count=people,
        is_attendance_known=attended is not None,
        timetable=clock_times(event.start_time, agenda),
        supplies=supplies(events.equipment(database, event_id), groups=len(talk.groups) or event.groups, people=people),
        remarks=group_remarks(talk.groups, names=[one.name for one in serving], expected=event.groups, clause=clause),
        previous_outcomes=_previous_outcomes(database, event),
        confirmed_on=newest.contractor_confirmed_on if newest is not None else None,
    )


def find_lines(database: Database, name_keys: Sequence[str]) -> list[DiscussionLine]:
    """Return the lines of all discussions that contain every one of ``name_keys`` (made with ``name_key``)."""
    return [line for line in rows(database, DiscussionLine) if all(key in name_key(line.text) for key in name_keys)]


def _exchange_meeting(store: Store, event_id: int) -> Event:
    event = read_event_or_error(store.database, event_id)
    if not event.form.in_groups:
        raise UserError("この実施回には、討議の記録がありません。", "班に分かれて話し合う実施回から開いてください。")
    return event


def _previous_outcomes(database: Database, event: Event) -> tuple[tuple[str, str], ...]:
    """Return pairs from the まとめ of the previous event of its kind in the year: what was found, and what changes.

    () without such an event; a cancelled one is passed over, and points without a change are left out.
    """
    before = [
        one
        for one in events.events_of_same_year(database, event.id)
        if one.kind == event.kind and one.status.counts
        if event.event_date and one.event_date and one.event_date < event.event_date
    ]
    if not before:
        return ()
    last = max(before, key=lambda one: (one.event_date or date.min, one.id))
    found = rows(database, DiscussionPoint, event_id=last.id, part=SummaryPart.HANDOVER, order=("position", "id"))
    return tuple((one.cells[0], one.cells[1]) for one in found if len(one.cells) > 1 and one.cells[1].strip())


def _workers_of_day(store: Store, event: Event) -> tuple[Worker, ...]:
    """Return people on duty on the day by the 配置表, facilitators first; without a date all of them."""
    found = read_workers(store.database, programme_of_event(store, event).programme)
    serving = [one for one in found if event.event_date is None or one.is_serving(event.event_date)]
    return tuple(sorted(serving, key=lambda one: one.role != FACILITATOR))


def ensure_groups(context: ActionContext, *, event_id: int, count: int) -> ActionResult:
    """Create missing 班 from 1 to ``count`` and store their number with the event; existing ones stay and count.

    Raises:
        UserError: the event is no 意見交換会, or the count is not between 1 and 20.
    """
    event = _exchange_meeting(context.store, event_id)
    if not 1 <= count <= MAX_GROUPS:
        raise UserError(f"班は1から{MAX_GROUPS}までです。", "班の数を直してください。")
    known = {group.number for group in roster_table.groups(context.database, event_id)}
    missing = {*range(1, count + 1)} - known
    total = len(known | missing)
    with context.change(f"{event.full_title}：{total}班を用意した", "discussion", event_id=event_id) as change:
        for number in sorted(missing):
            change.insert(TableGroup(event_id=event_id, number=number))
        change.update(Event, event_id, groups=total)
    return ActionResult(f"{total}班を用意しました。" if missing else f"もう{total}班があります。", event_id)


def save_step(
    context: ActionContext, *, event_id: int, group_number: int, step: DiscussionStep, text: str
) -> ActionResult:
    """Save what a 班 wrote in one step, one row a line; without a change nothing is recorded.

    Args:
        step: 課題, 分類, 解決策 or 発表.
        text: as in the editor, parsed by ``rules.parse_step``.

    Raises:
        UserError: the event is no 意見交換会, or the 班 is gone.
    """
    event = _exchange_meeting(context.store, event_id)
    before = rows(
        context.database,
        DiscussionLine,
        event_id=event_id,
        group_number=group_number,
        step=step,
        order=("position", "id"),
    )
    if not before:
        _required_group(context.store, event_id, group_number)
    typed = parse_step(step, text)
    said = ActionResult(f"{group_number}班の「{step}」を保存しました。", event_id)
    if [editor_text(line) for line in before] == [editor_text(line) for line in typed]:
        return said
    with context.change(
        f"{event.full_title}：{group_number}班の「{step}」を記入", "discussion", event_id=event_id
    ) as change:
        pairs = match_lines(before, typed)
        kept = {line.id for line, _ in pairs if line is not None}
        for line in before:
            if line.id not in kept:
                change.delete(DiscussionLine, line.id)
        for position, (same, words) in enumerate(pairs, 1):
            _save_line(change, same, words, position, event_id=event_id, group_number=group_number, step=step)
    return said


def _save_line(
    change: Change,
    line: DiscussionLine | None,
    words: TypedLine,
    position: int,
    *,
    event_id: int,
    group_number: int,
    step: DiscussionStep,
) -> None:
    if line is None:
        change.insert(
            DiscussionLine(
                event_id=event_id,
                group_number=group_number,
                step=step,
                position=position,
                text=words.text,
                notes=words.notes,
                chosen=words.chosen,
            )
        )
    elif (line.position, line.text, line.notes, line.chosen) != (position, words.text, words.notes, words.chosen):
        change.update(
            DiscussionLine, line.id, position=position, text=words.text, notes=words.notes, chosen=words.chosen
        )


def _required_group(store: Store, event_id: int, number: int) -> TableGroup:
    """Return the 班 of this number; raises ``UserError`` if there is none."""
    found = row(store.database, TableGroup, event_id=event_id, number=number)
    if found is None:
        raise UserError(f"{number}班はありません。", "班を用意してから入力してください。")
    return found


def save_note_count(context: ActionContext, *, event_id: int, group_number: int, notes: int | None) -> ActionResult:
    """Save how many sticky notes a 班 wrote, as counted on its sheet; None = not counted.

    Raises:
        UserError: the event is no 意見交換会, the 班 is gone, or the number is negative.
    """
    event = _exchange_meeting(context.store, event_id)
    group = _required_group(context.store, event_id, group_number)
    if notes is not None and notes < 0:
        raise UserError("付箋の枚数は0以上です。", "枚数を直してください。")
    if notes != group.notes:
        with context.change(
            f"{event.full_title}：{group_number}班の付箋の枚数を記入", "discussion", event_id=event_id
        ) as change:
            change.update(TableGroup, group.id, notes=notes)
    return ActionResult(f"{group_number}班の付箋の枚数を保存しました。", group.id)


def set_composition(context: ActionContext, *, event_id: int, group_number: int, composition: str) -> ActionResult:
    """Save the typed composition of a 班 in numbers (「5人・4団体」), shown in place of the roster's; "" = count that.

    Raises:
        UserError: the event is no 意見交換会, or the 班 is gone.
    """
    event = _exchange_meeting(context.store, event_id)
    group = _required_group(context.store, event_id, group_number)
    if composition.strip() != group.composition:
        with context.change(
            f"{event.full_title}：{group_number}班の人数を記入", "discussion", event_id=event_id
        ) as change:
            change.update(TableGroup, group.id, composition=composition.strip())
    return ActionResult(f"{group_number}班の人数を保存しました。", group.id)


def choose_facilitator(context: ActionContext, *, event_id: int, group_number: int, name: str) -> ActionResult:
    """Set the facilitator of a 班 from the 配置表 (仕様書4(3)カ); "" = nobody yet.

    Raises:
        UserError: the event is no 意見交換会, the 班 is gone, or nobody of that name is on duty that day.
    """
    event = _exchange_meeting(context.store, event_id)
    if name and name not in {one.name for one in _workers_of_day(context.store, event)}:
        raise UserError(f"{name}さんは、この日の配置表にいません。", "従事者名簿に加えるか、ほかの方を選んでください。")
    return set_facilitator(context, event_id=event_id, group_number=group_number, facilitator=name)


def save_point(
    context: ActionContext, *, event_id: int, part: SummaryPart, point_id: int = 0, cells: Sequence[str]
) -> ActionResult:
    """Save a row of the まとめ, and return the id of a new one (``point_id`` 0).

    Args:
        part: 共通点, つなげること or 引継ぎ.
        cells: in the order of ``rules.PARTS``; the second of 共通点 and of つなげること is the text typed beside the
            chosen lines.

    Raises:
        UserError: the event is no 意見交換会, or the row was deleted meanwhile.
    """
    event = _exchange_meeting(context.store, event_id)
    width = len(PARTS[part])
    kept = filled_cells([cell.strip() for cell in cells], width)
    before = _required_point(context.store, point_id) if point_id else None
    said = f"「{kept[0] or part}」を保存しました。"
    if before is not None and filled_cells(before.cells, width) == kept:
        return ActionResult(said, point_id)
    with context.change(f"{event.full_title}：まとめ「{part}」を記入", "discussion", event_id=event_id) as change:
        if before is not None:
            change.update(DiscussionPoint, point_id, cells=kept)
            return ActionResult(said, point_id)
        others = rows(context.database, DiscussionPoint, event_id=event_id, part=part)
        position = max((one.position for one in others), default=0) + 1
        new_id = change.insert(DiscussionPoint(event_id=event_id, part=part, position=position, cells=kept))
    return ActionResult(said, new_id)


def set_origin(context: ActionContext, *, point_id: int, lines: Sequence[int]) -> ActionResult:
    """Set from which lines of the discussion a row of the まとめ comes.

    Raises:
        UserError: the row was deleted, or a line belongs to another event or is gone.
    """
    point = _required_point(context.store, point_id)
    event = get_or_raise(context.database, Event, point.event_id)
    known = {line.id for line in rows(context.database, DiscussionLine, event_id=event.id)}
    if not set(lines) <= known:
        raise UserError("選んだ行が、討議の記録にありません。", "画面を開き直してください。")
    with context.change(
        f"{event.full_title}：まとめ「{point.part}」のもとを選んだ", "discussion", event_id=event.id
    ) as change:
        change.update(DiscussionPoint, point_id, lines=tuple(dict.fromkeys(lines)))
    return ActionResult("もとになった討議を保存しました。", point_id)


def remove_point(context: ActionContext, *, point_id: int) -> ActionResult:
    """Delete a row of the まとめ; Ctrl+Z restores it.

    Raises:
        UserError: it was deleted already.
    """
    point = _required_point(context.store, point_id)
    event = get_or_raise(context.database, Event, point.event_id)
    with context.change(
        f"{event.full_title}：まとめ「{point.part}」の行を削除した", "discussion", event_id=event.id
    ) as change:
        change.delete(DiscussionPoint, point_id)
    return ActionResult("まとめの行を削除しました。", event.id)


def finish_action(context: ActionContext, *, point_id: int, done_on: date | None = None) -> ActionResult:
    """Record that a row of つなげること was done (default: today).

    Raises:
        UserError: the row was deleted, is of another part, or the day lies before the discussion or ahead.
    """
    point, event, what = _required_action(context.store, point_id)
    day = done_on or context.today
    if day > context.today or (event.event_date is not None and day < event.event_date):
        raise UserError("済んだ日は、実施日から本日までの日です。", "日付を確かめてください。")
    with context.change(f"{event.full_title}：まとめ「{what}」を済にした", "discussion", event_id=event.id) as change:
        change.update(DiscussionPoint, point.id, done_on=day)
    return ActionResult(f"「{what}」を済にしました（{short_date(day, context.today)}）。", point.id)


def reopen_action(context: ActionContext, *, point_id: int) -> ActionResult:
    """Set a row of つなげること back to open; raises ``UserError`` when it was deleted or is of another part."""
    point, event, what = _required_action(context.store, point_id)
    with context.change(
        f"{event.full_title}：まとめ「{what}」を未了に戻した", "discussion", event_id=event.id
    ) as change:
        change.update(DiscussionPoint, point.id, done_on=None)
    return ActionResult(f"「{what}」を未了に戻しました。", point.id)


def _required_action(store: Store, point_id: int) -> tuple[DiscussionPoint, Event, str]:
    """Return a row of つなげること, its event and what to do; raises ``UserError`` if it is gone or of another part."""
    point = _required_point(store, point_id)
    if not point.part.is_link:
        raise UserError("済にできるのは「つぎにつなげること」の行だけです。", "行を確かめてください。")
    return point, get_or_raise(store.database, Event, point.event_id), point.cells[0] if point.cells else ""


def action_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """Return what the ward has not done yet of its つなげること as follow-ups, a 目安日 by the written 時期.

    A 時期 without a day is no follow-up, as with a 宿題.

    Args:
        event_id: if this event is no 意見交換会, there are none; else all events are looked at, also for None.
    """
    only = by_id(database, Event, event_id)
    if only is not None and not only.form.in_groups:
        return []
    return [
        FollowUp(
            task=OUTCOME_TASK,
            event_id=point.event_id,
            label=f"つぎにつなげること：{point.cells[0]}",
            detail=join_nonempty(point.cells[2], fill_nonempty("確かめ方 {}", point.cells[4])),
            due=due,
            basis=f"討議のまとめに書いた時期（{point.cells[3]}）です",
            rule="目安日",
            link=ActionLink("討議のまとめ", event_id=point.event_id, point_id=point.id),
        )
        for point, held in discussions.open_actions(database)
        if len(point.cells) > 4
        and point.cells[0]
        and is_of_ward(point.cells[2])
        and (due := action_due(point.cells[3], held)) is not None
    ]


def _required_point(store: Store, point_id: int) -> DiscussionPoint:
    """Return a row of the まとめ; raises ``UserError`` if it is gone."""
    found = by_id(store.database, DiscussionPoint, point_id)
    if found is None:
        raise UserError("まとめのこの行は、もうありません。", "画面を開き直してください。")
    return found


def build_record(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 討議の記録; raises ``UserError`` before a 班 wrote anything."""
    talk = discussion_of(store.database, event)
    if not any(group.lines for group in talk.groups):
        raise UserError("班の記録がまだありません。", "「討議の記録」で入力してください。")
    context = event_document_context(store, event, KIND, now)
    return discussion_record(
        context, read_event_facts(store, event), report_rows(talk.groups, talk.points, include_done=True), talk.groups
    )


def _state(store: Store, records: EventRecords, _today: date) -> str:
    """Return 「3班　付箋 12枚」: how many groups an event has and, if counted, how many notes they wrote."""
    talk = discussion_of(store.database, records.event)
    notes = f"　付箋 {talk.sums.counted_total}枚" if talk.sums.counted_total is not None else ""
    return f"{len(talk.groups)}班{notes}"


DOCUMENTS: tuple[DocumentKind, ...] = (
    event_document_kind(
        kind=KIND,
        clauses=("clause_discussion",),
        group="報告",
        event_role="実施後",
        build=build_record,
        ready=lambda store, file: row(store.database, DiscussionLine, event_id=file.event.id) is not None,
        fits=lambda file: file.event.form.in_groups,
        state=_state,
        missing_words="班の記録を入力すると作成できます。",
        todo="討議の記録",
    ),
)


EVIDENCE_KIND = "討議"


def read_evidence(store: Store, keys: Sequence[str]) -> Mapping[str, CurrentEvidence]:
    """Return the present text of the lines with these ids (written as text), by id; deleted ones are left out."""
    lines = rows(store.database, DiscussionLine, id=[int(key) for key in keys])
    held = rows_by_id(store.database, Event, id=[line.event_id for line in lines])
    return {
        str(line.id): CurrentEvidence(
            sort=EvidenceSort.DISCUSSION,
            said=line.text,
            count="" if line.notes is None else f"付箋 {line.notes}枚",
            source=f"{event.full_title} {line.group_number}班 {'選定' if line.chosen else line.step}",
            day=event.event_date,
            programme_id=event.programme_id,
        )
        for line in lines
        if (event := held.get(line.event_id)) is not None
    }


SOURCE = EvidenceSource(kind=EVIDENCE_KIND, read=read_evidence)
