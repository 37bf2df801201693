"""The form of a report, its check and the ward's own numbers, read whole over the sample year."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.foreign_files.picture_reading import Picture
from app.submissions.reports.services import report_check, report_facts, report_form, report_photos, reports
from db.records.events import Event
from db.records.submissions.reports import Report
from db.rows import by_id, rows
from db.tables.events import events_of_year
from db.tables.reports import reports_of_event
from tests.support.figures import report_comes
from tests.support.paper_lines import assert_paper
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

store = made_by(sample_store, scope="module")
TODAY = NOW.date()


def form_lines(view):
    for one in view.sections:
        parts = "・".join(part.title for part in one.chapters)
        yield f"■{one.section.words}　{one.section.writer}　{one.state}{'　求める' * one.is_asked_for}　{parts}"
        for facts in one.facts:
            yield f"〔{facts.title}〕{facts.link.action}{facts.link.event_id}{'　そろう' * facts.complete}"
            yield from ("　".join(line).replace("\n", " / ") for line in facts.lines)
    yield from view_lines(view, "form", "sections", "photos", "task", "link")


def test_the_form_of_a_report_shows_what_it_has_and_what_it_waits_for(store):
    for kind, number in (("講習会", 2), ("講習会", 3), ("講習会", 6), ("派遣", 1), ("意見交換会", 1)):
        view = report_form.read_form_screen(store, event_id=event_id(store, kind, number), today=TODAY)
        assert_paper(form_lines(view), f"{kind}{number} 様式")


def test_each_received_report_is_shown_with_its_limit_and_its_numbers(store):
    said = []
    for event in events_of_year(store.database, 1):
        for report in reports_of_event(store.database, event.id):
            if report.way.is_received:
                view = report_check.read_report_check(store, report_id=report.id, today=TODAY)
                left = ("report", "versions", "data", "current_figures", "id", "report_id", "position", "review")
                shown = [one for one in view.figures if view.open_differences or not one.item.startswith("設問　")]
                said.append(f"【{event.full_title}　第{report.version}版】")
                said += view_lines(replace(view, figures=tuple(shown)), "event", "questions", *left)
                said.append(f"残り{view.open_count}")
    assert_paper(said, "確認")


@pytest.mark.parametrize(("day", "in_time"), [(date(2026, 11, 30), True), (date(2026, 12, 1), False)])
def test_a_report_is_in_time_up_to_its_last_day(tmp_path, day, in_time):
    store = sample_store(tmp_path)
    view = report_check.read_report_check(store, report_id=report_comes(store, event_id(store, "講習会", 4), on=day))
    assert (view.limit, view.in_time) == (date(2026, 11, 30), in_time)
    store.database.conn.close()


def test_minutes_are_compared_where_the_organisation_has_no_rest_of_the_hours(store):
    event = by_id(store.database, Event, event_id(store, "派遣", 1))
    facts = report_facts.gather_facts(store, event=event, report=Report(event_id=event.id, way="作成", version=1))
    said = []
    for booked in (109, 110, 111):
        each = replace(facts, event=replace(facts.event, booked_minutes=booked))
        said += [one[1:] for one in report_facts.own_numbers(each) if one[0] == "時間割の分"]
    assert said == [("110分", "進行表"), ("110分", "進行表"), ("", "進行表 110分、あと1分は団体の時間")]


def test_a_rate_says_by_which_attendance_it_was_counted_where_that_is_another_now(store):
    event = by_id(store.database, Event, event_id(store, "講習会", 2))
    facts = report_facts.gather_facts(store, event=event, report=Report(event_id=event.id, way="作成", version=1))
    said = []
    for fixed, attended in ((None, 15), (TODAY, 16), (TODAY, 15)):
        responses = replace(facts.event.responses, fixed_on=fixed, attended=attended)
        numbers = report_facts.own_numbers(replace(facts, event=replace(facts.event, responses=responses)))
        said += [one[2] for one in numbers if one[0] == "回収率"]
    assert said == ["回収数÷出席", "回収数÷出席", "回収数÷出席15人（R8.12.1の集計確定による）"]


def test_findings_of_the_event_before_are_offered_with_their_remedy(tmp_path):
    store = sample_store(tmp_path)
    second, third = (event_id(store, "講習会", number) for number in (2, 3))
    made = next(one for one in rows(store.database, Report, event_id=second) if one.way == "作成")
    lines = (("遅い", "5人", "早める", "区"), ("長い", "3人"), (" ", "x", "y"), (), ("古い",))
    with store.change(action="課題", by=BY, now=NOW) as change:
        change.update(Report, made.id, tables=made.tables | {"課題と改善": lines})
    offered = report_form.read_form_screen(store, event_id=third, today=TODAY).initial_rows["前回の課題"]
    assert offered == (("遅い", "早める", "", ""), ("長い", "", "", ""), ("古い", "", "", ""))
    store.database.conn.close()


def test_photos_are_numbered_in_their_order_whatever_was_moved_or_taken_out(tmp_path):
    store, said = sample_store(tmp_path), []
    event = event_id(store, "講習会", 4)
    made = reports.start_report(acting(store), event_id=event).id

    def pictures(*names):
        found = [Picture(name=f"{one}.jpg", data=one.encode(), width=8, height=6) for one in names]
        return [replace(one, taken_at=f"2026-10-{28 + at % 3}T14:{at:02d}:30") for at, one in enumerate(found)]

    def look(message):
        photos = report_photos.read_photos(store, report_id=made)
        told = (f"{one.number} {one.data.decode()} {one.photo.taken_at}" for one in photos)
        said.append(f"{message}　{'・'.join(told)}")
        return [one.photo.id for one in photos]

    def act(does, **given):
        return look(does(acting(store), **given).message)

    ids = act(report_photos.add_photos, report_id=made, pictures=pictures("甲", "乙", "丙"))
    act(report_photos.move_photo, photo_id=ids[2], step=-1)
    act(report_photos.move_photo, photo_id=ids[0], step=-1)
    act(report_photos.move_photo, photo_id=ids[1], step=1)
    for _again in range(2):
        act(report_photos.describe_photo, photo_id=ids[1], words={"scene": "会場"})
    act(report_photos.remove_photo, photo_id=ids[2])
    act(report_photos.add_photos, report_id=made, pictures=pictures(*"丁戊己庚辛壬癸子丑寅"))
    for some in ((), pictures("卯")):
        with pytest.raises(UserError) as refused:
            report_photos.add_photos(acting(store), report_id=made, pictures=some)
        said.append(str(refused.value).replace("\n", ""))
    assert_paper(said, "写真")
    store.database.conn.close()


def test_the_own_numbers_of_every_event_say_where_they_are_from(store):
    said = []
    for event in events_of_year(store.database, 1):
        report = Report(event_id=event.id, way="作成", version=1)
        facts = report_facts.gather_facts(store, event=event, report=report)
        numbers = ("｜".join(one) for one in report_facts.own_numbers(facts) if not one[0].startswith("設問　"))
        said += [f"【{event.full_title}】日数{facts.ordinal_day}", *numbers]
    assert_paper(said, "区の記録")
