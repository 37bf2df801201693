"""The discussion: how typed lines are read, what adds up, what a report is filled from, and what keeps it from being
confirmed."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.documents.blocks import Closing, Table
from app.event.rules.equipment import counted_quantity
from app.event.services.event_facts import planned_facts
from app.events.discussion import documents as discussion_documents
from app.events.discussion import services as discussion_services
from app.events.discussion.rules import (
    GroupDiscussion,
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
from app.history import services as history_services
from app.home.today.services.global_search import search_everything
from app.home.today.services.home import read_home
from app.main_window.action_routes import route_to
from app.programme.intake import preset
from app.submissions.reports.services import report_documents, reports
from db.records.discussion import DiscussionLine, DiscussionPoint, DiscussionStep, SummaryPart
from db.records.documents import ConfirmedState
from db.records.event_status import EventStatus
from db.records.events import EquipmentItem, Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.records.submissions.reports import Report
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by
from tests.support.years import plain_context

WHO = {"by": BY, "now": NOW}
store = made_by(sample_store, scope="module")


def talk(store, ordinal: int = 1):
    return discussion_services.read_discussion(store, event_id=event_id(store, "意見交換会", ordinal)).discussion


def line(number: int, text: str, *, notes: int | None = None, group: int = 1) -> DiscussionLine:
    return DiscussionLine(
        id=number, event_id=1, group_number=group, step="分類", position=number, text=text, notes=notes
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("担い手の不足 9", TypedLine(text="担い手の不足", notes=9)),
        ("担い手の不足　９枚", TypedLine(text="担い手の不足", notes=9)),
        ("・費用 6 ", TypedLine(text="費用", notes=6)),
        ("*役員の仕事を減らす", TypedLine(text="役員の仕事を減らす", chosen=True)),
        ("＊ 役員の仕事 3", TypedLine(text="役員の仕事 3", chosen=True)),
        ("令和8", TypedLine(text="令和8")),
        ("12", TypedLine(text="12")),
    ],
)
def test_a_line_says_its_sticky_notes_and_what_was_chosen(typed, read):
    assert parse_step(DiscussionStep.SORTING, typed) == (read,)


def test_only_a_class_has_notes_and_of_two_stars_the_last_one_counts():
    assert parse_step(DiscussionStep.SOLUTIONS, "担当は2人 1\n\n*まず試す") == (
        TypedLine(text="担当は2人 1"),
        TypedLine(text="*まず試す"),
    )
    assert [one.chosen for one in parse_step(DiscussionStep.SORTING, "*一つ目\n費用 3\n*二つ目")] == [
        False,
        False,
        True,
    ]


def test_a_reworded_line_stays_the_same_line_and_one_put_between_is_new():
    before = [line(1, "担い手の不足", notes=9), line(2, "情報"), line(3, "費用")]
    typed = parse_step(DiscussionStep.SORTING, "担い手の不足 9\n新しい 2\n情報\n費用")
    assert [kept.id if kept else None for kept, _ in match_lines(before, typed)] == [1, None, 2, 3]
    assert [
        kept.id if kept else None
        for kept, _ in match_lines(before, parse_step(DiscussionStep.SORTING, "担い手の不足\n情報の伝達 8\n費用"))
    ] == [1, 2, 3]


def test_what_is_typed_and_read_back_is_what_was_typed(store):
    """Random sheets, each against what was typed: nothing is lost, nothing is kept twice."""
    event, dice = event_id(store, "意見交換会", 2), random.Random(28)
    for _ in range(25):
        lines = [
            f"{word} {dice.randrange(1, 30)}"
            for word in dice.sample(["紙", "役員", "安否", "費用", "広報", "会場", "写真", "鍵"], dice.randrange(0, 6))
        ]
        discussion_services.save_step(
            acting(store), event_id=event, group_number=2, step=DiscussionStep.SORTING, text="\n".join(lines)
        )
        group = talk(store, 2).groups[1]
        assert [editor_text(one) for one in group.lines_of("分類")] == lines
        assert group.sorted_notes == (sum(int(one.split()[1]) for one in lines) or None)
        assert len({one.id for one in group.lines_of("分類")}) == len(lines)
    discussion_services.save_step(acting(store), event_id=event, group_number=2, step=DiscussionStep.SORTING, text="")


def test_saving_the_same_again_notes_nothing(store):
    event = event_id(store, "意見交換会", 1)
    rows_before = store.database.execute("SELECT count(*) FROM journal").fetchone()
    text = "\n".join(editor_text(one) for one in talk(store).groups[0].lines_of("分類"))
    discussion_services.save_step(acting(store), event_id=event, group_number=1, step=DiscussionStep.SORTING, text=text)
    assert store.database.execute("SELECT count(*) FROM journal").fetchone() == rows_before


def test_sums_are_computed_and_compared_and_facilitators_are_of_the_list(store):
    assert note_sums(talk(store).groups).by_group == (23, 27, 21, 18)
    assert (talk(store).sums.counted_total, talk(store).sums.sorted_total, talk(store).sums.is_consistent) == (
        89,
        89,
        True,
    )
    view = discussion_services.read_discussion(store, event_id=event_id(store, "意見交換会", 1))
    assert view.remarks == ()
    came = [one for one in rows(store.database, Entry, event_id=view.event.id) if one.attendance == "出席"]
    seated = [[one for one in came if one.group_number == number] for number in (1, 2, 3, 4)]
    assert [group.composition for group in view.discussion.groups] == [
        f"{len(those)}人・{len({one.organisation_id for one in those})}団体" for those in seated
    ]
    assert sum(map(len, seated)) == view.participant_count == 18
    (few,) = discussion_services.read_discussion(store, event_id=event_id(store, "意見交換会", 2)).remarks
    assert few == "4班に対し、ファシリテーターが3人です。各班に1人が要ります（仕4(3)カ）。"
    group = replace(view.discussion.groups[0], counted_notes=24)
    assert group_remarks((group,), names=(), expected=2, clause="仕4(3)カ") == (
        "1班の例野　一子さんは、この日の配置表にいません。",
        "1班：付箋は24枚ですが、分類の計は23枚です。",
        "班の記録が1班分で、実施回の2班と合いません。",
    )
    with pytest.raises(UserError, match="配置表にいません"):
        discussion_services.choose_facilitator(acting(store), event_id=view.event.id, group_number=1, name="見本　太郎")
    with pytest.raises(UserError, match="討議の記録がありません"):
        discussion_services.read_discussion(store, event_id=event_id(store, "講習会", 1))


def test_paper_and_pens_are_numbers(store):
    view = discussion_services.read_discussion(store, event_id=event_id(store, "意見交換会", 1))
    assert dict(view.supplies) == {"模造紙": "6枚", "付箋": "18人分", "マーカー": "4"}
    typed = EquipmentItem(event_id=1, position=1, name="付箋", quantity="12冊")
    assert counted_quantity(typed, groups=4, people=20) == "12冊"
    assert counted_quantity(replace(typed, quantity="班の数＋予備"), groups=4, people=20) == "4＋予備"
    assert counted_quantity(replace(typed, quantity="班の数"), groups=None, people=20) == "班の数"
    assert counted_quantity(replace(typed, quantity="人数分"), groups=4, people=None) == "人数分"


def test_the_record_on_paper_has_marks_and_sums_and_nobodys_name(store):
    content = discussion_services.build_record(store, required_event(store, event_id(store, "意見交換会", 1)), NOW)
    words = str(content.blocks)
    came = {one.person_id for one in rows(store.database, Entry, event_id=event_id(store, "意見交換会", 1))}
    named = [one.name for one in rows(store.database, Person) if one.id in came]
    assert len(named) > 15
    assert [name for name in named if name in words] == []
    marks = next(one for one in content.blocks if isinstance(one, Table) and one.name == "班に共通したこと")
    assert marks.rows[1] == ("担当を2人以上にする", "●", "", "●", "", "2班")
    assert "23＋27＋21＋18＝89枚" in words
    assert not content.personal
    with pytest.raises(UserError, match="班の記録がまだありません"):
        discussion_services.build_record(store, required_event(store, event_id(store, "意見交換会", 2)), NOW)


def test_a_search_finds_what_a_group_wrote(store):
    found = {group.title: group for group in search_everything(store, text="オープンチャット").groups}["討議の記録"]
    assert [(one.title, one.detail) for one in found.items] == [
        ("紙は残し、写しをオープンチャットに載せる", "第1回 意見交換会　2班　解決策")
    ]
    assert found.items[0].link is not None
    assert route_to(found.items[0].link).screen_name == "discussion"


def test_an_action_without_its_line_and_notes_that_differ_stop_the_confirmation(store):
    """A line that is gone no longer counts; what the contractor confirmed stays as it was."""
    event = event_id(store, "意見交換会", 1)
    made = next(one for one in rows(store.database, Report, event_id=event) if one.way == "作成")
    solved = "\n".join(one.text for one in talk(store).groups[2].lines_of("発表"))
    discussion_services.save_step(
        acting(store), event_id=event, group_number=3, step=DiscussionStep.PRESENTATION, text=""
    )
    discussion_services.save_note_count(acting(store), event_id=event, group_number=4, notes=19)
    with pytest.raises(UserError) as stopped:
        reports.confirm_by_contractor(acting(store), report_id=made.id, on=NOW.date())
    assert "つぎにつなげること3のもとになった討議" in stopped.value.happened
    assert "4班：付箋19枚の内訳が8＋6＋4＝18枚です" in stopped.value.happened
    assert talk(store).groups[2].lines_of("発表") == ()
    discussion_services.save_step(
        acting(store), event_id=event, group_number=3, step=DiscussionStep.PRESENTATION, text=solved
    )
    new_line = talk(store).groups[2].lines_of("発表")[0].id
    for point in talk(store).points:
        if point.cells[0].startswith(("防災訓練", "まず役員会")):
            others = point.lines[:1] if point.part == "共通点" else ()
            discussion_services.set_origin(acting(store), point_id=point.id, lines=(*others, new_line))
    discussion_services.save_note_count(acting(store), event_id=event, group_number=4, notes=18)
    reports.confirm_by_contractor(acting(store), report_id=made.id, on=NOW.date())
    assert rows(store.database, ConfirmedState, report_id=made.id)
    kept = report_documents.report_document(store, required_event(store, event), NOW)
    assert any(isinstance(block, Closing) for block in kept.blocks)
    discussion_services.save_step(
        acting(store), event_id=event, group_number=1, step=DiscussionStep.PROBLEMS, text="あとから書いた"
    )
    discussion_services.remove_point(acting(store), point_id=talk(store).points[0].id)
    assert report_documents.report_document(store, required_event(store, event), NOW) == kept
    assert discussion_services.read_discussion(store, event_id=event).confirmed_on == date(2026, 12, 1)
    version = reports.make_next_version(acting(store), report_id=made.id).id
    drawn = report_documents.report_document(store, required_event(store, event), NOW)
    assert "あとから書いた" in str(drawn.blocks)
    assert "班" not in by_id(store.database, Report, version).tables
    with pytest.raises(UserError, match="討議の記録から"):
        reports.write_rows(acting(store), report_id=version, key="班", rows=(("1班",),))


def required_event(store, event: int) -> Event:
    found = by_id(store.database, Event, event)
    assert found is not None
    return found


def test_a_group_that_was_taken_away_keeps_what_it_wrote():
    assert note_sums((GroupDiscussion(number=1), GroupDiscussion(number=2, counted_notes=3))).counted_total is None
    assert note_sums(()).is_consistent is None


@pytest.mark.parametrize(
    ("person", "ward"),
    [
        ("区", True),
        ("区・受託者", True),
        ("受託者、練馬区協働推進課", True),
        ("区の担当", True),
        ("受託者", False),
        ("区民", False),
        ("地区委員", False),
        ("区内の町会", False),
        ("", False),
        ("市", True),
        ("受託者・市の担当", True),
        ("見本市協働推進課", True),
        ("見本町役場", True),
        ("見本町役場総務係", True),
        ("柏市協働推進課長", True),
        ("中村営業部長", False),
        ("村上企画室", False),
        ("市村係長", False),
        ("市民", False),
        ("本町", False),
        ("町会", False),
        ("本町会婦人部", False),
        ("町内会", False),
    ],
)
def test_what_the_ward_does_is_known_by_its_name(person, ward):
    assert is_of_ward(person) is ward


@pytest.mark.parametrize(
    ("when", "day"),
    [("R8.12.25（金）", date(2026, 12, 25)), ("12/25", date(2026, 12, 25)), ("1月中", date(2027, 1, 31)),
        ("２月", date(2027, 2, 28)),
     ("12月", date(2026, 12, 31)), ("12月上旬", date(2026, 12, 10)), ("4/20", date(2027, 4, 20)),
     ("年度内", date(2027, 3, 31)),
     ("13月", None), ("なるべく早く", None), ("", None)],
)  # fmt: skip
def test_a_time_is_read_as_the_day_until_which_it_runs(when, day):
    assert action_due(when, date(2026, 11, 18)) == day


def test_what_the_ward_does_next_stands_on_home_until_it_is_done(tmp_path):
    store = sample_store(tmp_path)
    event, today = event_id(store, "意見交換会", 1), NOW.date()

    def on_home():
        view = read_home(store, today=today)
        return {
            row.task.label: row
            for row in (*view.rows, *view.later_rows)
            if row.task.task == discussion_services.OUTCOME_TASK
        }

    assert list(on_home()) == [
        "つぎにつなげること：引継書および運用ルールのひな形を作り、配る",
        "つぎにつなげること：防災訓練での試行を希望する団体を募る",
    ]
    row = on_home()["つぎにつなげること：防災訓練での試行を希望する団体を募る"]
    assert (row.task.due, row.task.is_contract_duty) == (date(2027, 1, 29), False)
    point = row.link.point_id
    assert route_to(row.link).arguments == {"event_id": event, "point_id": point, "page": "まとめ"}
    with pytest.raises(UserError, match="済んだ日"):
        discussion_services.finish_action(acting(store), point_id=point, done_on=date(2026, 4, 1))
    common = next(one for one in talk(store).points if one.part == "共通点")
    with pytest.raises(UserError, match="つぎにつなげること"):
        discussion_services.finish_action(acting(store), point_id=common.id)
    discussion_services.finish_action(acting(store), point_id=point)
    assert row.task.label not in on_home()
    paper = said_by(discussion_services.build_record(store, by_id(store.database, Event, event), NOW))
    assert "済　R8.12.1（火）" in paper
    assert "済　R8.12.1" not in said_by(
        report_documents.report_document(store, by_id(store.database, Event, event), NOW)
    )
    history_services.undo(store, **WHO)
    assert row.task.label in on_home()
    discussion_services.save_point(
        acting(store),
        event_id=event,
        part=SummaryPart.LINKS,
        point_id=point,
        cells=("団体を募る", "", "区", "なるべく早く", ""),
    )
    assert len(on_home()) == 1
    store.database.conn.close()


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("ひな形を配る", "", "区", "1月中", "配ったか"), ("ひな形を配る", "区　確かめ方 配ったか", date(2027, 1, 31))),
        (("ひな形を配る", "", "区", "1月中", ""), ("ひな形を配る", "区", date(2027, 1, 31))),
        (("ひな形を配る", "", "区", "1月中"), None),
        ((), None),
        (("", "", "区", "1月中", ""), None),
        (("ひな形を配る", "", "受託者", "1月中", ""), None),
        (("ひな形を配る", "", "区", "なるべく早く", ""), None),
    ],
)
def test_a_row_of_what_is_next_is_a_task_of_the_ward_with_words_and_a_day(monkeypatch, cells, told):
    point = DiscussionPoint(id=7, event_id=3, part="つなげること", position=0, cells=cells)
    monkeypatch.setattr(
        discussion_services.discussions, "open_actions", lambda _database: [(point, date(2026, 11, 18))]
    )
    found = discussion_services.action_follow_ups(None, NOW.date())
    assert [(one.label, one.detail, one.due) for one in found] == (
        [(f"つぎにつなげること：{told[0]}", *told[1:])] if told else []
    )
    assert [(one.event_id, one.rule, one.link.point_id) for one in found] == ([(3, "目安日", 7)] if told else [])


def test_what_the_last_meeting_found_is_shown_though_one_between_was_cancelled(tmp_path):
    store = sample_store(tmp_path / "year")
    first = event_id(store, "意見交換会", 1)
    discussion_services.save_point(
        acting(store), event_id=first, part=SummaryPart.HANDOVER, cells=("時間が足りない", "講義を短くする", "振返り")
    )
    held = by_id(store.database, Event, first)
    with store.change(action="用意", subject="events", by=BY, now=NOW) as change:
        days = [held.event_date + timedelta(days=number) for number in (10, 20)]
        gone, coming = (change.insert(replace(held, id=0, event_date=day, status=EventStatus.PLANNED)) for day in days)
        change.update(Event, gone, status=EventStatus.CANCELLED)
    shown = discussion_services.read_discussion(store, event_id=coming).previous_outcomes
    assert ("時間が足りない", "講義を短くする") in shown
    store.database.conn.close()


def test_the_record_has_each_group_with_its_steps_and_what_is_written_below():
    first = GroupDiscussion(
        number=1,
        facilitator="例野",
        composition="3人・2団体",
        counted_notes=9,
        lines=(
            line(1, "担い手の不足", notes=9),
            replace(line(2, "役員の仕事"), chosen=True),
            replace(line(3, "表にする"), step=DiscussionStep.SOLUTIONS),
        ),
    )
    second = GroupDiscussion(number=2, lines=(replace(line(4, "減らす", group=2), step=DiscussionStep.PRESENTATION),))
    groups = (first, second, GroupDiscussion(number=3))
    points = [
        DiscussionPoint(event_id=1, part=part, position=1, cells=cells, lines=lines, done_on=date(2026, 11, 20))
        for part, cells, lines in (
            (SummaryPart.COMMON, ("表", ""), (3, 4)), (SummaryPart.COMMON, ("鍵", "２"), ()),
            (SummaryPart.LINKS, ("配る", "声", "区", "1月", ""), (2, 3)),
            (SummaryPart.HANDOVER, ("短い", "延ばす", ""), ()),
        )
    ]  # fmt: skip
    kind = preset().kinds[2]
    event = planned_facts(Event(id=1, kind=kind.kind, form=kind.form, subject="", event_date=date(2026, 11, 18)), kind)

    def said(groups, points):
        tables = report_rows(groups, points, include_done=True)
        return lines_of(discussion_documents.discussion_record(plain_context(), event, tables, groups))

    assert_paper(said(groups, points), "討議の記録")
    assert_paper(said((), points[1:2]), "班なし")
    counted = replace(second, counted_notes=4)
    assert said((first, counted), ())[1] == "■1　班ごとの討議内容　2班　付箋　9＋4＝13枚"
    assert said((first,), ())[1] == "■1　班ごとの討議内容　1班　付箋　9枚"
    assert discussion_documents.common_table([("", "")], [("1班", None)]) is None
