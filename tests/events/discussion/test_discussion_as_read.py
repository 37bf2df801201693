"""A discussion as it is read after each step, its record, and the rules of its rows by case."""

from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.documents.blocks import Table
from app.event.services.event_records import read_event_records
from app.events.discussion import services
from app.events.discussion.documents import common_table, group_flow_blocks, note_sum_text
from app.events.discussion.rules import (
    GroupDiscussion,
    action_due,
    due_words,
    groups_in_common,
    missing_headings,
    note_sums,
    origin_words,
)
from db.records.discussion import DiscussionLine, DiscussionPoint, DiscussionStep, SummaryPart
from db.records.events import Event, EventResult
from db.records.roster import Entry, TableGroup
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

store = made_by(sample_store)
_LEFT = ("row_key", "affiliation", "begins", "ends", "id", "event_id", "position", "owner", "uses", "form", "minutes")
SORTING, SOLUTIONS = DiscussionStep.SORTING, DiscussionStep.SOLUTIONS
COMMON, LINKS, HANDOVER = SummaryPart.COMMON, SummaryPart.LINKS, SummaryPart.HANDOVER


def test_a_discussion_is_read_as_it_was_typed_step_by_step(store):
    second, said = event_id(store, "意見交換会", 2), []

    def look(title, *left):
        view = services.read_discussion(store, event_id=second)
        found = ((one.facilitator, one.composition, one.all_notes, one.topic) for one in view.discussion.groups)
        said.extend([f"【{title}】", *(f"{at}班 {'・'.join(map(str, one))}" for at, one in enumerate(found, 1))])
        said.extend(view_lines(view, "event", "clause", "discussion", *_LEFT, *left))
        said.append(services._state(store, read_event_records(store, second), NOW.date()))

    def act(does, **given):
        try:
            done = does(acting(store), **given)
        except UserError as error:
            said.append(f"×{error}".replace("\n", ""))
            return 0
        said.append(done.message)
        return done.id

    look("はじめ")
    for count in (0, 21, 1, 3, 6, 6):
        act(services.ensure_groups, event_id=second, count=count)
        numbers = [one.number for one in rows(store.database, TableGroup, event_id=second)]
        said.append(f"{by_id(store.database, Event, second).groups}班　{numbers}")
    with store.change(action="班", by=BY, now=NOW) as change:
        change.delete(TableGroup, rows(store.database, TableGroup, event_id=second, number=1)[0].id)
    act(services.ensure_groups, event_id=second, count=2)
    said.append(f"{by_id(store.database, Event, second).groups}班")
    act(services.save_step, event_id=second, group_number=1, step=SORTING, text="費用 3\n*役員\n鍵 12枚")
    act(services.save_step, event_id=second, group_number=1, step=SOLUTIONS, text="・表にする\n\n二人で見る")
    act(services.save_step, event_id=second, group_number=9, step=SOLUTIONS, text="表にする")
    act(services.save_step, event_id=second, group_number=2, step=SOLUTIONS, text="表")
    for notes in (-1, 0, None, 15):
        act(services.save_note_count, event_id=second, group_number=1, notes=notes)
    act(services.save_note_count, event_id=second, group_number=2, notes=4)
    act(services.set_composition, event_id=second, group_number=2, composition=" 4人・3団体 ")
    act(services.choose_facilitator, event_id=second, group_number=1, name="いない　人")
    act(services.choose_facilitator, event_id=second, group_number=1, name="")
    look("書いた", "workers", "timetable", "supplies", "previous_outcomes")
    with store.change(action="実施", by=BY, now=NOW) as change:
        change.insert(EventResult(event_id=second, attended=0))
        for number, state in enumerate(("決定", "決定", "辞退"), 1):
            came = {"attendance": "出席", "attended_at": NOW} if number != 2 else {}
            change.insert(Entry(event_id=second, state=state, group_number=3, organisation_name=f"会{number}", **came))
            change.insert(Entry(event_id=second, state=state, group_number=4, organisation_name="会" * (number < 3)))
    look("来た人", "workers", "timetable", "supplies", "previous_outcomes")

    (line, *_rest) = rows(store.database, DiscussionLine, event_id=second, step=SOLUTIONS)
    common = act(services.save_point, event_id=second, part=COMMON, cells=("鍵",))
    act(services.save_point, event_id=second, part=COMMON, point_id=common, cells=("鍵", " "))
    link = act(services.save_point, event_id=second, part=LINKS, cells=("", "声", "区", "2月上旬", "見る", "余り"))
    act(services.save_point, event_id=second, part=LINKS, cells=("別の列", "", "区", "", ""))
    act(services.save_point, event_id=second, part=LINKS, point_id=999, cells=("配る",))
    act(services.save_point, event_id=second, part=LINKS, point_id=link, cells=("配る", "声", "区", "2月上旬", "見る"))
    act(services.set_origin, point_id=link, lines=[line.id, line.id])
    act(services.set_origin, point_id=link, lines=[line.id, 1])
    act(services.finish_action, point_id=common)
    points = rows(store.database, DiscussionPoint, event_id=second)
    said += [f"{one.part} {one.position} {one.cells} {one.lines}" for one in points]
    said += lines_of(services.build_record(store, by_id(store.database, Event, second), NOW))
    told = services.action_follow_ups(store.database, NOW.date(), event_id=second)
    said += [f"{one.event_id} {one.label}　{one.detail}　{one.due}　{one.basis}" for one in told]
    assert services.action_follow_ups(store.database, NOW.date(), event_id=event_id(store, "講習会", 1)) == []
    written = [str(one.id) for one in rows(store.database, DiscussionLine, event_id=second)]
    found = services.read_evidence(store, written)
    said += [f"{one.said}　{one.count}　{one.source}　{one.day}" for one in found.values()]
    assert services.read_evidence(store, ["99999"]) == {}
    assert [one.text for one in services.find_lines(store.database, ["表", "に"])][-1:] == ["表にする"]
    assert_paper(said, "つづき")


def test_what_comes_next_is_done_between_the_day_of_the_discussion_and_today(store):
    event = by_id(store.database, Event, event_id(store, "意見交換会", 1))
    point = next(one.id for one in rows(store.database, DiscussionPoint, event_id=event.id) if one.part == LINKS)
    today = NOW.date()
    for day in (event.event_date - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(UserError, match="実施日から本日まで"):
            services.finish_action(acting(store), point_id=point, done_on=day)
    days = (event.event_date, today, None)
    said = [services.finish_action(acting(store), point_id=point, done_on=day).message for day in days]
    what = by_id(store.database, DiscussionPoint, point).cells[0]
    assert said == [f"「{what}」を済にしました（{day}）。" for day in ("11/12(木)", "12/1(火)", "12/1(火)")]
    assert services.reopen_action(acting(store), point_id=point).message == f"「{what}」を未了に戻しました。"
    assert by_id(store.database, DiscussionPoint, point).done_on is None
    with store.change(action="空", by=BY, now=NOW) as change:
        change.update(DiscussionPoint, point, cells=())
    assert services.finish_action(acting(store), point_id=point).message == "「」を済にしました（12/1(火)）。"


@pytest.mark.parametrize(
    ("days", "cancelled", "cells", "shown"),
    [
        (-1, False, ("甲", "乙"), True), (0, False, ("甲", "乙"), False), (-1, True, ("甲", "乙"), False),
        (-1, False, ("甲",), False), (-1, False, ("甲", " "), False), (None, False, ("甲", "乙"), False),
    ],
)  # fmt: skip
def test_what_the_meeting_before_wants_changed_is_shown(store, days, cancelled, cells, shown):
    first, second = (by_id(store.database, Event, event_id(store, "意見交換会", number)) for number in (1, 2))
    with store.change(action="用意", by=BY, now=NOW) as change:
        day = None if days is None else second.event_date + timedelta(days=days)
        change.update(Event, first.id, event_date=day, status="中止" if cancelled else "実施済")
        for one in rows(store.database, DiscussionPoint, event_id=first.id, part=HANDOVER):
            change.delete(DiscussionPoint, one.id)
        change.insert(DiscussionPoint(event_id=first.id, part=HANDOVER, position=1, cells=cells))
    outcomes = services.read_discussion(store, event_id=second.id).previous_outcomes
    assert outcomes == ((cells,) if shown else ())


def line(number, text, group=1, step=SOLUTIONS, **more):
    return DiscussionLine(id=number, event_id=1, group_number=group, step=step, position=number, text=text, **more)


GROUPS = (
    GroupDiscussion(
        number=1, counted_notes=9, lines=(line(1, "表"), line(2, "鍵", step=SORTING, notes=4, chosen=True))
    ),
    GroupDiscussion(number=2, lines=(line(3, "減らす", 2),)), GroupDiscussion(number=10),
)  # fmt: skip


@pytest.mark.parametrize(
    ("part", "cells", "lines", "said"),
    [
        (COMMON, ("鍵", "１班と10班"), (), ((1, 10), (), ())),
        (COMMON, ("鍵", "1"), (3,), ((2,), ("2班　解決策「減らす」",), ())),
        (COMMON, ("", ""), (99,), ((), (), ("共通したこと", "班"))),
        (COMMON, ("鍵",), (), ((), (), ("班",))),
        (LINKS, ("配る", "声", "区", "1月", "見る"), (), ((), ("声",), ())),
        (LINKS, ("配る", " ", "区", "", ""), (2,), ((1,), ("1班　選定「鍵」",), ("時期", "確かめ方"))),
        (LINKS, ("配る",), (), ((), (), ("もとになった討議", "担当", "時期", "確かめ方"))),
        (HANDOVER, ("短い", "", "3人"), (), ((), (), ("つぎの回で変えること",))),
    ],
)  # fmt: skip
def test_a_row_of_the_summary_names_where_it_is_from_and_what_it_lacks(part, cells, lines, said):
    point = DiscussionPoint(event_id=1, part=part, position=1, cells=cells, lines=lines)
    common = groups_in_common(point, GROUPS) if part == COMMON or lines else ()
    assert (common, origin_words(point, GROUPS), missing_headings(point, GROUPS)) == said


def test_notes_are_added_up_where_every_group_has_some():
    counts = [GroupDiscussion(number=at, counted_notes=count) for at, count in enumerate((3, None, 0))]
    sums = [note_sums(each) for each in (GROUPS, GROUPS[:1], counts, counts[::2], ())]
    assert [(one.by_group, one.counted_total, one.sorted_total, one.is_consistent) for one in sums] == [
        ((9,), None, None, None), ((9,), 9, 4, False), ((3, 0), None, None, None), ((3, 0), 3, None, None),
        ((), None, None, None),
    ]  # fmt: skip
    said = [note_sum_text(one, groups) for one, groups in zip(sums, (3, 1, 3, 2, 0), strict=True)]
    assert said == ["3班", "1班　付箋　9枚", "3班", "2班　付箋　3＋0＝3枚", ""]
    assert [one.has_note_mismatch for one in GROUPS] == [True, False, False]


@pytest.mark.parametrize(("count", "width"), [(1, 20), (4, 20), (5, 18), (9, 10)])
def test_the_marks_of_many_groups_stand_close_and_the_page_is_full(count, width):
    groups = [(f"第{number}", number if number != 2 else None) for number in range(1, count)]
    groups.append(("無番", 0))
    table = common_table([("鍵", "1"), ("", f"{count}"), ("", "")], groups)
    assert isinstance(table, Table)
    assert {one.width for one in table.columns[1:-1]} == {width}
    assert (sum(one.width for one in table.columns), table.columns[-1].width) == (165, 18)
    assert [one.title for one in table.columns][1:-1][-1] == "無番\n0枚"
    assert [row[-1] for row in table.rows] == ["1班", "1班"]
    assert table.rows[1][count] == "●"
    assert [common_table(*given) for given in (([("", "")], groups), ([("鍵", "1")], []))] == [None, None]
    flows = group_flow_blocks([("1班", "", "3人"), ("", ""), ("2班", "題", "", "例野", "一", "二", "三", "四", "余り")])
    assert [(one.name, one.members, one.facilitator, [text for _head, text in one.steps]) for one in flows] == [
        ("1班", "3人", "", ["", "", "", ""]),
        ("2班　題", "", "例野", ["一", "二", "三", "四"]),
    ]


@pytest.mark.parametrize(
    ("when", "held", "day"),
    [
        ("11月", (2026, 11, 18), (2026, 11, 30)), ("10月末", (2026, 11, 18), (2027, 10, 31)),
        ("0月", (2026, 11, 18), None),
        ("11/18", (2026, 11, 18), (2026, 11, 18)), ("11/17", (2026, 11, 18), (2027, 11, 17)),
        ("12月末まで", (2026, 12, 5), (2026, 12, 31)),
        ("2月中旬", (2027, 1, 20), (2027, 2, 20)), ("2月下旬", (2027, 1, 20), (2027, 2, 28)),
        ("1月", (2027, 1, 20), (2027, 1, 31)),
        ("今年度中", (2027, 3, 31), (2027, 3, 31)), ("年度末まで", (2027, 4, 1), (2028, 3, 31)),
        ("R8.11.1", (2026, 11, 18), (2026, 11, 1)),
    ],
)  # fmt: skip
def test_a_time_runs_to_its_last_day_after_the_discussion(when, held, day):
    assert action_due(when, date(*held)) == (day and date(*day))
    assert due_words(" なるべく早く ", 2026) == "なるべく早く"
    assert due_words("12/25", 2026) == "R8.12.25（金）"
