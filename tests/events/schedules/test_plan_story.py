"""One 案 from its beginning to the events of the year, and the ward's own days: what is shown, saved and refused."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.event.services.tasks.deadlines import read_year
from app.events.schedules import services as schedules
from db.records.events import Event
from db.records.programme import EventKind, Programme
from db.records.schedules import ScheduleCandidate, WardDay
from db.records.venues import Facility, Venue
from db.rows import row, rows
from tests.support.paper_lines import assert_paper, changes, lines_of
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

store = made_by(sample_store)
TODAY = NOW.date()


class Story:
    """What a clerk does with 日程の比較 of the sample year, with what each act says and writes into 履歴."""

    def __init__(self, store):
        self.store, self.lines = store, []

    def do(self, act, **given):
        try:
            result = act(acting(self.store), **given)
        except UserError as error:
            self.lines.append(f"×{error}")
            return 0
        self.lines.append(f"→{result.message}")
        return result.id

    def read(self, **given):
        return schedules.read_comparison(self.store, today=TODAY, **given)

    def shown(self, **given):
        found = self.read(**given)
        return [
            f"{schedules.plan_words(found.plan)}　比べる {found.other_plan and schedules.plan_words(found.other_plan)}",
            f"{found.counts_text}　直す{found.correction_count}・確かめる{found.check_count}",
            f"変わる{found.ready_count}・違う{len(found.differing_lines)}",
            *(
                f"{one.title}｜{one.candidate.typed}｜{one.day}｜{one.current_day}｜{one.other_day}{'▶' * one.differs}"
                f"｜{'変' * one.is_changed}{'直' * one.needs_correction}{'確' * one.needs_check}{one.final_status}"
                f"｜{schedules.remark_words(one)}"
                for one in found.lines
            ),
        ]

    def line(self, kind, ordinal, plan_id):
        wanted = event_id(self.store, kind, ordinal)
        return next(one for one in self.read(plan_id=plan_id).lines if one.candidate.event_id == wanted)

    def put(self, plan_id, kind, ordinal, **values):
        self.do(schedules.save_candidate, candidate=replace(self.line(kind, ordinal, plan_id).candidate, **values))


@pytest.fixture
def story(store):
    return Story(store)


def test_the_draft_of_the_sample_year_is_shown_with_the_one_before_and_printed(story):
    assert_paper(story.shown(), "見本の案")
    first = story.read().plans[0]
    assert_paper(story.shown(plan_id=first.id), "見本の案1")
    paper = schedules.build_comparison(story.store, DocumentScope(item=story.read().plan.id), NOW)
    assert_paper(lines_of(paper), "見本の案の紙")


def test_a_draft_begins_with_the_events_is_changed_and_becomes_the_year(story):
    with story.store.change(action="契約の数", by=BY, now=NOW) as change:
        for one in rows(story.store.database, EventKind):
            change.update(EventKind, one.id, planned=one.planned + 2)
        change.insert(Venue(name="見本ホール", room="大", capacity=80, facility=Facility.WARD))
    plan = story.do(schedules.start_plan, name=" 見直し ")
    story.do(schedules.start_plan, name="写し", copy_of=plan)
    story.do(schedules.rename_plan, plan_id=plan, name=" 区の直し ")
    before = story.shown(plan_id=plan)
    assert_paper([*story.lines, *before], "始まり")
    story.lines = []
    new = next(one.candidate for one in story.read(plan_id=plan).lines if one.candidate.event_id is None)
    for wrong in ({"subject": " "}, {"end_time": "14:00"}, {"typed": "2/30"}):
        story.do(schedules.save_candidate, candidate=replace(new, **wrong))
    story.do(schedules.apply_plan, plan_id=plan)
    story.do(schedules.save_candidate, candidate=replace(new, typed="12/26"))
    story.do(schedules.apply_plan, plan_id=plan)
    new = replace(new, typed="12/26", reason="役員が出やすい", venue="見本ホール", room="大", lecturer="講師")
    story.do(schedules.save_candidate, candidate=new)
    story.do(
        schedules.save_candidate,
        candidate=ScheduleCandidate(plan_id=plan, position=0, kind="派遣", subject="", organisation_name="みほん会"),
    )
    story.put(plan, "講習会", 7, venue="見本ホール", room="大", lecturer="べつの講師")
    story.put(plan, "意見交換会", 2, typed="R9.2.5", reason="団体の会議")
    story.put(plan, "派遣", 3, start_time="13:00", end_time="15:00")
    story.put(plan, "講習会", 1, venue="見本ホール")
    assert_paper([*story.lines, *changes(before, story.shown(plan_id=plan))], "直した")
    was, story.lines = {one.id: one for one in rows(story.store.database, Event)}, []
    story.do(schedules.apply_plan, plan_id=plan)
    story.do(schedules.apply_plan, plan_id=plan)
    for one in rows(story.store.database, Event):
        if one != was.get(one.id):
            said = view_lines(was[one.id]) if one.id in was else []
            story.lines += [f"■{one.full_title}", *changes(said, view_lines(one))]
    story.lines.append(str(story.read(plan_id=plan).plan.applied_on))
    story.put(plan, "講習会", 7, lecturer="")
    story.lines.append(str(story.read(plan_id=plan).plan.applied_on))
    last = story.read(plan_id=plan).lines[-1]
    story.do(schedules.remove_candidate, candidate_id=last.id)
    story.do(schedules.remove_candidate, candidate_id=last.id)
    story.do(schedules.remove_plan, plan_id=plan)
    story.do(schedules.remove_plan, plan_id=plan)
    assert rows(story.store.database, ScheduleCandidate, plan_id=plan) == []
    assert_paper(story.lines, "実施回にした")


def test_a_day_after_the_end_of_the_contract_is_refused_whatever_the_reason(story):
    plan = story.do(schedules.start_plan, name="")
    story.put(plan, "派遣", 3, typed="R9.4.1", reason="団体の希望")
    story.do(schedules.apply_plan, plan_id=plan)
    assert_paper(story.lines, "履行期間の外")


def test_a_year_without_a_draft_has_an_empty_comparison(story):
    for one in story.read().plans:
        story.do(schedules.remove_plan, plan_id=one.id)
    found = story.read(fiscal_year=2026)
    assert (found.plan, found.other_plan, found.lines, found.weeks, found.counts_text) == (None, None, (), (), "")
    assert (found.fiscal_year, len(found.kinds), found.ready_count, found.correction_count) == (2026, 3, 0, 0)
    assert_paper(story.lines, "消した")


def test_the_wards_own_days_are_kept_done_and_asked_for_on_home(story):
    programme = row(story.store.database, Programme)

    def shown():
        found = schedules.read_ward_days(story.store)
        return [
            f"{found.year_text}　残り{found.open_count}{'　会計あり' * found.has_accounts_day}",
            *(f"{one.day} {one.title}　{one.owner}　{one.basis}　{one.done_on}{one.done_by}" for one in found.rows),
        ]

    before = shown()
    day = WardDay(programme_id=programme.id, title="会長会", owner="", day=TODAY, basis="課の通知")
    number = story.do(schedules.save_ward_day, ward_day=day)
    other = story.do(schedules.save_ward_day, ward_day=replace(day, title="予算", owner="課の庶務", basis=""))
    for wrong in (replace(day, title=" "), replace(day, title="会計の締切")):
        story.do(schedules.save_ward_day, ward_day=wrong)
    story.do(schedules.save_ward_day, ward_day=replace(day, id=number, title="会長会（秋）"))
    story.lines += [
        f"{one.label}｜{one.detail}｜{one.due}｜{one.basis}｜{one.rule}｜{one.link.ward_day_id in (number, other)}"
        for one in schedules.ward_day_follow_ups(story.store.database, TODAY)
    ]
    story.do(schedules.finish_ward_day, ward_day_id=number, done_on=date(2026, 12, 2))
    story.do(schedules.finish_ward_day, ward_day_id=number)
    story.do(schedules.finish_ward_day, ward_day_id=other, done_on=date(2026, 11, 30))
    assert_paper([*before, *story.lines, *changes(before, shown())], "区の年中行事")
    story.lines = []
    story.do(schedules.reopen_ward_day, ward_day_id=number)
    story.do(schedules.remove_ward_day, ward_day_id=other)
    story.do(schedules.remove_ward_day, ward_day_id=other)
    story.do(schedules.add_usual_ward_days)
    for one in schedules.read_ward_days(story.store).rows[:2]:
        story.do(schedules.remove_ward_day, ward_day_id=one.id)
    story.do(schedules.add_usual_ward_days)
    assert_paper([*story.lines, *changes(before, shown())], "区の年中行事を戻した")


def test_every_day_of_the_plan_on_the_wall_says_what_is_due(story):
    def entries(today=TODAY):
        marks, undated = schedules.read_entries_by_day(story.store, read_year(story.store, today))
        return [
            *(f"{day}　{'・'.join(f'{one.kind} {one.text}' for one in marks[day])}" for day in sorted(marks)),
            *(f"日なし　{one.full_title}" for one in undated),
        ]

    before = entries()
    assert_paper(before, "年間計画の日")
    for name, changed in {
        "団体なし": (event_id(story.store, "派遣", 3), {"organisation_name": ""}),
        "日なし": (event_id(story.store, "講習会", 7), {"event_date": None}),
        "種別だけの名前": (event_id(story.store, "講習会", 7), {"subject": "講習会"}),
        "番号なし": (event_id(story.store, "意見交換会", 2), {"ordinal": None}),
    }.items():
        number, values = changed
        was = next(one for one in rows(story.store.database, Event) if one.id == number)
        with story.store.change(action="用意", by=BY, now=NOW) as change:
            change.update(Event, number, **values)
        assert_paper(changes(before, entries()), f"年間計画 {name}")
        with story.store.change(action="戻す", by=BY, now=NOW) as change:
            change.update(Event, number, **{one: getattr(was, one) for one in values})
