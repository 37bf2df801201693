"""The discussion of an 意見交換会, kept as it is typed: what each 班 wrote, and what follows from it.

- ``read_discussion(store, event_id) -> DiscussionView``; ``talk_of(database, event) -> Talk`` what a report is filled
    from
- ``prepare_groups``, ``write_step``, ``count_notes``, ``set_composition``, ``choose_facilitator`` (store, …, by, now) →
    ``Saved``
- ``write_point``, ``choose_origin``, ``remove_point`` rows of the まとめ
- ``finish_action``, ``reopen_action``: what follows was done; ``action_follow_ups(database, today)`` what the ward
    still has to do

No name of a participant is asked for, read or shown; a facilitator is a person of the contractor's 配置表.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.common.together import together
from app.programme.services.programme import programme_of_event
from app.subjects.events.discussion.rules import (
    FACILITATOR,
    PARTS,
    GroupTalk,
    NoteSums,
    TypedLine,
    action_day,
    group_remarks,
    is_of_ward,
    keep_lines,
    line_as_typed,
    note_sums,
    read_step,
)
from app.subjects.events.event.rules.agenda import TimedItem, clock_times
from app.subjects.events.event.rules.equipment import supplies
from app.subjects.events.event.rules.taking_part import COMING, was_expected
from app.subjects.events.event.services.event_facts import named_persons
from app.subjects.events.event.services.event_file import required_event
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.events.groups.services import MOST_GROUPS, set_facilitator
from app.subjects.settings.workers.rules import Worker
from app.subjects.settings.workers.services.workers import read_workers
from db.engine import Database
from db.frozen_record import frozen_record
from db.journal import Change
from db.name_key import name_key
from db.records.discussion import DiscussionLine, DiscussionPoint, Part, Step
from db.records.events import AgendaItem, Event, EventResult
from db.records.roster import Entry, TableGroup
from db.rows import by_id, row, rows
from db.store import Store
from db.tables import discussions, events, reports
from db.tables import roster as roster_table

ACTION = "討議のまとめ"


@frozen_record
class Talk:
    """What was said: the 班 with their lines, and the rows of the まとめ in their order."""

    groups: tuple[GroupTalk, ...] = ()
    points: tuple[DiscussionPoint, ...] = ()

    @property
    def sums(self) -> NoteSums:
        """The sticky notes of all 班."""
        return note_sums(self.groups)

    def of(self, part: Part) -> tuple[DiscussionPoint, ...]:
        """The rows of one part."""
        return tuple(point for point in self.points if point.part == part)


@frozen_record
class DiscussionView:
    """Everything the page of a discussion shows.

    ``workers`` serve on that day by the 配置表, facilitators first. ``people`` came, or are expected before the day.
    ``timetable`` are the items of the day with their clock times, ``supplies`` 模造紙, 付箋 and マーカー as numbers,
    ``remarks`` what to look at, ``handed_on`` what the meeting before found and wants changed now, ``confirmed_on`` the
    day on which the newest report was confirmed: it says what it said then.
    """

    event: Event
    talk: Talk
    workers: tuple[Worker, ...]
    people: int | None
    came: bool
    timetable: tuple[TimedItem, ...]
    supplies: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    handed_on: tuple[tuple[str, str], ...]
    confirmed_on: date | None


def talk_of(database: Database, event: Event, *, entries: Sequence[Entry] | None = None) -> Talk:
    """Return what was said at ``event``; ``entries`` are its places, when they were read already."""
    groups = {group.number: group for group in roster_table.groups(database, event.id)}
    lines = rows(database, DiscussionLine, event_id=event.id, order=("group_number", "position", "id"))
    points = rows(database, DiscussionPoint, event_id=event.id, order=("position", "id"))
    if not groups and not lines and not points:
        return Talk()
    placed = roster_table.entries(database, event.id) if entries is None else entries
    # A 班 that was taken away keeps what it wrote.
    numbers = sorted({*groups, *(line.group_number for line in lines)})
    return Talk(
        groups=tuple(
            _group(
                groups.get(number) or TableGroup(event_id=event.id, number=number),
                tuple(line for line in lines if line.group_number == number),
                placed,
            )
            for number in numbers
        ),
        points=tuple(points),
    )


def _group(group: TableGroup, lines: tuple[DiscussionLine, ...], entries: Sequence[Entry]) -> GroupTalk:
    return GroupTalk(
        number=group.number,
        facilitator=named_persons(group.facilitator),
        composition=group.composition or _composition([one for one in entries if one.group_number == group.number]),
        typed=bool(group.composition),
        notes=group.notes,
        lines=lines,
    )


def _composition(seated: Sequence[Entry]) -> str:
    """「5人・4団体」 of those who came to a 班, before the day of those who are to come; "" without anybody."""
    came = [one for one in seated if one.attendance == "出席" and one.state in COMING]
    counted = came or [one for one in seated if was_expected(one)]
    if not counted:
        return ""
    organisations = {one.group for one in counted} - {""}
    return f"{len(counted)}人・{len(organisations)}団体"


def read_discussion(store: Store, *, event_id: int) -> DiscussionView:
    """Return the discussion of an event.

    Raises:
        Refusal: the event is gone, or is no 意見交換会 (仕様書4(3)).
    """
    event = _exchange(store, event_id)
    database = store.database
    entries = roster_table.entries(database, event_id)
    talk = talk_of(database, event, entries=entries)
    result = row(database, EventResult, event_id=event_id)
    attended = result.attended if result is not None else None
    expected = sum(was_expected(one) for one in entries)
    people = attended if attended is not None else expected or None
    serving = _serving(store, event)
    agenda = [item for item in rows(database, AgendaItem, event_id=event_id, order=("position", "id")) if item.minutes]
    made = [one for one in reports.reports_of_event(database, event_id) if one.way == "作成"]
    newest = max(made, key=lambda one: one.version, default=None)
    return DiscussionView(
        event=event,
        talk=talk,
        workers=serving,
        people=people,
        came=attended is not None,
        timetable=clock_times(event.start_time, agenda),
        supplies=supplies(events.equipment(database, event_id), groups=len(talk.groups) or event.groups, people=people),
        remarks=group_remarks(talk.groups, names=[one.name for one in serving], expected=event.groups),
        handed_on=_handed_on(database, event),
        confirmed_on=newest.contractor_confirmed_on if newest is not None else None,
    )


def find_lines(database: Database, keys: Sequence[str]) -> list[DiscussionLine]:
    """Return the lines of all discussions that hold every one of ``keys`` (made with ``name_key``)."""
    return [
        line for line in rows(database, DiscussionLine, order="id") if all(key in name_key(line.text) for key in keys)
    ]


def _exchange(store: Store, event_id: int) -> Event:
    event = required_event(store.database, event_id)
    if event.kind != "意見交換会":
        raise Refusal("討議の記録があるのは、意見交換会だけです。", "意見交換会の実施回から開いてください。")
    return event


def _handed_on(database: Database, event: Event) -> tuple[tuple[str, str], ...]:
    """What the まとめ of the 意見交換会 before says of this one: what was found, and what changes."""
    year = [one for one in events.of_same_year(database, event.id) if one.kind == event.kind and one.event_date]
    before = [one for one in year if event.event_date and one.event_date and one.event_date < event.event_date]
    if not before:
        return ()
    last = max(before, key=lambda one: (one.event_date or date.min, one.id))
    found = rows(database, DiscussionPoint, event_id=last.id, part="引継ぎ", order=("position", "id"))
    return tuple((one.cells[0], one.cells[1]) for one in found if len(one.cells) > 1 and one.cells[1].strip())


def _serving(store: Store, event: Event) -> tuple[Worker, ...]:
    """Who serves on the day of the event by the 配置表, facilitators first; without a date, whoever is in it."""
    found = read_workers(store.database, programme_of_event(store, event).programme)
    serving = [one for one in found if event.event_date is None or one.serves(event.event_date)]
    return tuple(sorted(serving, key=lambda one: one.role != FACILITATOR))


@deed
def prepare_groups(act: Act, *, event_id: int, count: int) -> Saved:
    """Have the 班 1 to ``count``, whoever sits in them; those that are there stay as they are.

    Raises:
        Refusal: the event is no 意見交換会, or the count is not between 1 and 20.
    """
    event = _exchange(act.store, event_id)
    if not 1 <= count <= MOST_GROUPS:
        raise Refusal(f"班は1から{MOST_GROUPS}までです。", "班の数を直してください。")
    known = {group.number for group in roster_table.groups(act.database, event_id)}
    with act.change(f"{event.full_title}：{count}班を用意した", "discussion", event_id=event_id) as change:
        for number in range(1, count + 1):
            if number not in known:
                change.insert(TableGroup(event_id=event_id, number=number))
        change.update(Event, event_id, groups=max(count, len(known)))
    return Saved(f"{count}班を用意しました。", event_id)


@deed
def write_step(act: Act, *, event_id: int, group_number: int, step: Step, text: str) -> Saved:
    """Keep what a 班 wrote in one step, a line a row; nothing is noted where nothing changed.

    Args:
        step: 課題, 分類, 解決策 or 発表. text: as it stands in the editor; how a line is read says ``rules.read_step``.

    Raises:
        Refusal: the event is no 意見交換会, or the 班 is gone.
    """
    event = _exchange(act.store, event_id)
    before = rows(
        act.database,
        DiscussionLine,
        event_id=event_id,
        group_number=group_number,
        step=step,
        order=("position", "id"),
    )
    if not before:
        _table_group(act.store, event_id, group_number)
    typed = read_step(step, text)
    said = Saved(f"{group_number}班の「{step}」を保存しました。", event_id)
    if [line_as_typed(line) for line in before] == [line_as_typed(line) for line in typed]:
        return said
    with act.change(
        f"{event.full_title}：{group_number}班の「{step}」を記入", "discussion", event_id=event_id
    ) as change:
        pairs = keep_lines(before, typed)
        kept = {line.id for line, _ in pairs if line is not None}
        for line in before:
            if line.id not in kept:
                change.delete(DiscussionLine, line.id)
        for position, (same, words) in enumerate(pairs, 1):
            _put(change, same, words, position, event_id=event_id, group_number=group_number, step=step)
    return said


def _put(
    change: Change,
    line: DiscussionLine | None,
    words: TypedLine,
    position: int,
    *,
    event_id: int,
    group_number: int,
    step: Step,
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


def _table_group(store: Store, event_id: int, number: int) -> TableGroup:
    found = row(store.database, TableGroup, event_id=event_id, number=number)
    if found is None:
        raise Refusal(f"{number}班はありません。", "班を用意してから入力してください。")
    return found


@deed
def count_notes(act: Act, *, event_id: int, group_number: int, notes: int | None) -> Saved:
    """Keep how many sticky notes a 班 wrote, as counted on its sheet; None = not counted.

    Raises:
        Refusal: the event is no 意見交換会, the 班 is gone, or the number is negative.
    """
    event = _exchange(act.store, event_id)
    group = _table_group(act.store, event_id, group_number)
    if notes is not None and notes < 0:
        raise Refusal("付箋の枚数は0以上です。", "枚数を直してください。")
    if notes != group.notes:
        with act.change(
            f"{event.full_title}：{group_number}班の付箋の枚数を記入", "discussion", event_id=event_id
        ) as change:
            change.update(TableGroup, group.id, notes=notes)
    return Saved(f"{group_number}班の付箋の枚数を保存しました。", group.id)


@deed
def set_composition(act: Act, *, event_id: int, group_number: int, composition: str) -> Saved:
    """Keep who makes up a 班 in numbers (「5人・4団体」), where nobody was seated by name; "" = count the roster.

    Raises:
        Refusal: the event is no 意見交換会, or the 班 is gone.
    """
    event = _exchange(act.store, event_id)
    group = _table_group(act.store, event_id, group_number)
    if composition.strip() != group.composition:
        with act.change(f"{event.full_title}：{group_number}班の人数を記入", "discussion", event_id=event_id) as change:
            change.update(TableGroup, group.id, composition=composition.strip())
    return Saved(f"{group_number}班の人数を保存しました。", group.id)


@deed
def choose_facilitator(act: Act, *, event_id: int, group_number: int, name: str) -> Saved:
    """Have a person of the 配置表 lead a 班 (仕様書4(3)カ); "" = nobody yet.

    Raises:
        Refusal: the event is no 意見交換会, the 班 is gone, or nobody of that name serves on the day.
    """
    event = _exchange(act.store, event_id)
    if name and name not in {one.name for one in _serving(act.store, event)}:
        raise Refusal(f"{name}さんは、この日の配置表にいません。", "従事者名簿に加えるか、ほかの方を選んでください。")
    return set_facilitator(
        Act(act.store, act.by, act.now), event_id=event_id, group_number=group_number, facilitator=name
    )


@deed
def write_point(act: Act, *, event_id: int, part: Part, point_id: int = 0, cells: Sequence[str]) -> Saved:
    """Keep a row of the まとめ; the id of a new one (``point_id`` 0) comes back.

    Args:
        part: 共通点, つなげること or 引継ぎ. cells: as ``rules.PARTS`` names them; of 共通点 the second, of
            つなげること the second is what was typed beside the chosen lines.

    Raises:
        Refusal: the event is no 意見交換会, or the row was taken out meanwhile.
    """
    event = _exchange(act.store, event_id)
    width = len(PARTS[part])
    kept = (*(cell.strip() for cell in cells), *("",) * width)[:width]
    before = _point(act.store, point_id) if point_id else None
    said = f"「{kept[0] or part}」を保存しました。"
    if before is not None and (*before.cells, *("",) * width)[:width] == kept:
        return Saved(said, point_id)
    with act.change(f"{event.full_title}：まとめ「{part}」を記入", "discussion", event_id=event_id) as change:
        if before is not None:
            change.update(DiscussionPoint, point_id, cells=kept)
            return Saved(said, point_id)
        others = rows(act.database, DiscussionPoint, event_id=event_id, part=part)
        position = max((one.position for one in others), default=0) + 1
        new_id = change.insert(DiscussionPoint(event_id=event_id, part=part, position=position, cells=kept))
    return Saved(said, new_id)


@deed
def choose_origin(act: Act, *, point_id: int, lines: Sequence[int]) -> Saved:
    """Say from which lines of the discussion a row of the まとめ comes.

    Raises:
        Refusal: the row was taken out, or a line belongs to another event or is gone.
    """
    point = _point(act.store, point_id)
    event = get_or_refuse(act.database, Event, point.event_id)
    known = {line.id for line in rows(act.database, DiscussionLine, event_id=event.id)}
    if not set(lines) <= known:
        raise Refusal("選んだ行が、討議の記録にありません。", "画面を開き直してください。")
    with act.change(
        f"{event.full_title}：まとめ「{point.part}」のもとを選んだ", "discussion", event_id=event.id
    ) as change:
        change.update(DiscussionPoint, point_id, lines=tuple(dict.fromkeys(lines)))
    return Saved("もとになった討議を保存しました。", point_id)


@deed
def remove_point(act: Act, *, point_id: int) -> Saved:
    """Take a row out of the まとめ; Ctrl+Z brings it back.

    Raises:
        Refusal: it was taken out already.
    """
    point = _point(act.store, point_id)
    event = get_or_refuse(act.database, Event, point.event_id)
    with act.change(
        f"{event.full_title}：まとめ「{point.part}」の行を削除した", "discussion", event_id=event.id
    ) as change:
        change.delete(DiscussionPoint, point_id)
    return Saved("まとめの行を削除しました。", event.id)


@deed
def finish_action(act: Act, *, point_id: int, done_on: date | None = None) -> Saved:
    """Note that what follows from a discussion was done (default: on the day of ``now``).

    Raises:
        Refusal: the row was taken out, it is none of つなげること, or the day lies before the discussion or ahead.
    """
    point, event = _action(act.store, point_id)
    day = done_on or act.today
    if day > act.today or (event.event_date is not None and day < event.event_date):
        raise Refusal("済んだ日は、意見交換会の日から本日までの日です。", "日付を確かめてください。")
    what = point.cells[0] if point.cells else ""
    with act.change(f"{event.full_title}：まとめ「{what}」を済にした", "discussion", event_id=event.id) as change:
        change.update(DiscussionPoint, point.id, done_on=day)
    return Saved(f"「{what}」を済にしました（{short_date(day, act.today)}）。", point.id)


@deed
def reopen_action(act: Act, *, point_id: int) -> Saved:
    """Make what follows from a discussion open again; raises ``Refusal`` when the row was taken out."""
    point, event = _action(act.store, point_id)
    what = point.cells[0] if point.cells else ""
    with act.change(f"{event.full_title}：まとめ「{what}」を未了に戻した", "discussion", event_id=event.id) as change:
        change.update(DiscussionPoint, point.id, done_on=None)
    return Saved(f"「{what}」を未了に戻しました。", point.id)


def _action(store: Store, point_id: int) -> tuple[DiscussionPoint, Event]:
    point = _point(store, point_id)
    if point.part != "つなげること":
        raise Refusal("済にできるのは「つぎにつなげること」の行だけです。", "行を確かめてください。")
    return point, get_or_refuse(store.database, Event, point.event_id)


def action_follow_ups(database: Database, _today: date, *, event_id: int | None = None) -> list[FollowUp]:
    """What the ward said it does after a discussion and has not done: a 目安日, by the 時期 that was written.

    A 時期 that names no day is no row, as a 宿題 without a day is none.
    """
    only = by_id(database, Event, event_id) if event_id is not None else None
    if only is not None and only.kind != "意見交換会":
        return []
    return [
        FollowUp(
            task=ACTION,
            event_id=point.event_id,
            label=f"つぎにつなげること：{point.cells[0]}",
            detail=together(point.cells[2], f"確かめ方 {point.cells[4]}" if point.cells[4] else ""),
            due=due,
            basis=f"意見交換会のまとめに書いた時期（{point.cells[3]}）です",
            rule="目安日",
            asked=Asked("討議のまとめ", event_id=point.event_id, point_id=point.id),
        )
        for point, held in discussions.open_actions(database)
        if len(point.cells) > 4
        and point.cells[0]
        and is_of_ward(point.cells[2])
        and (due := action_day(point.cells[3], held)) is not None
    ]


def _point(store: Store, point_id: int) -> DiscussionPoint:
    found = by_id(store.database, DiscussionPoint, point_id)
    if found is None:
        raise Refusal("まとめのこの行は、もうありません。", "画面を開き直してください。")
    return found
