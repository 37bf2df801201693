"""年間計画 and the paper of 日程の比べ: computed to the day, one sheet, a new 版 when a day has moved, nothing that
does not fit lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.documents.services.document_saving import save_document
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.documents.wall_blocks import WallDay, WallEntry
from app.event.services.event_moves import move_event
from app.event.services.tasks.deadlines import event_tasks
from app.events.schedules.documents import (
    WALL_PLAN_KIND,
    PrintedEvent,
    comparison_document,
    fingerprint,
    wall_plan,
)
from app.events.schedules.rules import WeekLoad
from app.events.schedules.services import build_comparison, build_wall_plan, save_ward_day
from app.programme.intake import preset
from db.records.events import Event
from db.records.schedules import SchedulePlan, WardDay
from db.rows import rows
from tests.support.independent_calendar import closed, holidays
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.paper_words import cells_of, pages_of, pdf_of
from tests.support.sample import BY, NOW, event_id
from tests.support.years import plain_context

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}
SCOPE = DocumentScope(fiscal_year=2026, as_of=NOW.date())


def plan_of(store):
    content = build_wall_plan(store, SCOPE, NOW)
    return content, content.blocks[0]


def days_of(block):
    """Every day of the sheet by its date."""
    found = {}
    for place, month in enumerate(block.months):
        year, number = 2026 + (place + 5) // 12, (place + 5) % 12 + 1
        for index, day in enumerate(month.days, start=1):
            if day.weekday:
                found[date(year, number, index)] = day
    return found


def texts(day, kind):
    return {one.text for one in day.entries if one.kind == kind}


def test_every_event_and_deadline_stands_on_its_day_and_nothing_else_does(store):
    _content, block = plan_of(store)
    days = days_of(block)
    assert next(iter(days)) == date(2026, 6, 1)
    assert list(days)[-1] == date(2027, 5, 31)
    assert len(days) == 365
    events = [one for one in rows(store.database, Event) if one.status != "中止" and one.event_date]
    signs = {"講習会": "講", "派遣": "派", "意見交換会": "意"}
    for event in events:
        name = f"{signs[event.kind]}{event.ordinal}"
        assert any(text.startswith(name + " ") for text in texts(days[event.event_date], "event")), name
        for task in event_tasks(store, event_id=event.id, today=NOW.date()):
            kind = {"人数連絡": "ward", "資料確認": "ward", "実施報告書": "contractor"}.get(task.task)
            if kind is not None:
                words = task.task.removeprefix("実施")
                assert f"{name} {words}" in texts(days[task.due], kind), (name, task.task)
    drawn = [one for day in days.values() for one in day.entries]
    assert sum(one.kind == "event" for one in drawn) == len(events)
    assert f"実施 {len(events)}回" in block.sums
    for kind, words in (("ward", "区の期限"), ("contractor", "受託者の期限"), ("end", "期間の末"), ("own", "区の行事")):
        assert f"{words} {sum(one.kind == kind for one in drawn)}件" in block.sums
    assert texts(days[date(2027, 3, 10)], "end") == {"派遣 報告期限の限度"}
    assert "予算要求 部への提出" in texts(days[date(2026, 10, 23)], "own")


def test_closed_days_are_grey_and_holidays_named(store):
    _content, block = plan_of(store)
    for day, shown in days_of(block).items():
        assert shown.closed == closed(day), day
        assert bool(shown.holiday) == (day in holidays(day.year)), day
        assert shown.weekday == "月火水木金土日"[day.weekday()]
    missing = [one for month in block.months for one in month.days if not one.weekday]
    assert len(missing) == 12 * 31 - 365
    assert missing[0] == WallDay()


def test_it_is_one_sheet_of_a3_and_what_has_no_room_stands_below(store):
    day = date(2027, 1, 26)
    for number in range(5):
        title = "とても長い名前の行事で一つのます目にはどうしても入らないもの" if number == 0 else f"行事その{number}"
        save_ward_day(ActionContext(store, **WHO), ward_day=WardDay(programme_id=1, title=title, day=day))
    content, block = plan_of(store)
    assert len(days_of(block)[day].entries) == 5
    reader = pdf_of(content)
    (page,) = reader.pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [420, 297]
    (said,) = pages_of(content)
    for words in ("とても長い名前の行事で一つのます目にはどうしても入らないもの", "行事その4", "1月26日"):
        assert words in said
    assert WallEntry(kind="own", text="行事その1") in days_of(block)[day].entries


def test_the_version_rises_only_when_a_day_has_moved_since_one_left(store, tmp_path):
    def leave(number):
        save_document(
            ActionContext(store, **WHO),
            scope=SCOPE,
            kind=WALL_PLAN_KIND,
            format="pdf",
            options=SaveOptions(path=tmp_path / f"{number}.pdf"),
        )

    assert plan_of(store)[0].version == 1
    leave(1)
    assert plan_of(store)[0].version == 1
    move_event(
        ActionContext(store, **WHO),
        event_id=event_id(store, "派遣", 3),
        new_date=date(2027, 1, 27),
        reason="会場の都合",
    )
    content, block = plan_of(store)
    assert content.version == 2
    assert any(text.startswith("派3") for text in texts(days_of(block)[date(2027, 1, 27)], "event"))
    leave(2)
    assert plan_of(store)[0].version == 2


def test_the_paper_of_a_draft_says_every_line_in_both_forms(store):
    plan = rows(store.database, SchedulePlan)[-1]
    content = build_comparison(store, replace(SCOPE, item=plan.id), NOW)
    said, cells = "".join(pages_of(content)), cells_of(content)
    assert len(pdf_of(content).pages) == 1
    for words in (
        "期間R8.12.25（金）を過ぎる",
        "仕4(1)ア",
        "最後の日",
        "役員が出やすい日（協議）",
        "提案できる日",
        "受託者",
        "協議が整った日",
    ):
        assert words in said, words
    assert any("期間 R8.12.25（金） を過ぎる" in cell for cell in cells)
    weeks = next(block for block in content.blocks if type(block).__name__ == "DataSheet")
    assert len(weeks.rows) > 20
    mondays = [date(2026, 8, 24) + timedelta(days=7 * place) for place in range(2)]
    assert [weeks.rows[place][0][:8] for place in range(2)] == [f"R8.{day.month}.{day.day}（" for day in mondays]


def test_a_draft_says_of_each_event_its_days_beside_those_of_the_other_draft():
    day = date(2026, 9, 22)
    given = {
        "title": "第1回", "day": day, "other_day": day + timedelta(days=1), "venue": "区民館",
        "material_due": date(2026, 9, 8), "headcount_due": None, "report_due": date(2026, 10, 22),
        "week_item_count": 5, "remarks": "同じ週", "suggested_days": (day,), "is_marked": True,
    }  # fmt: skip
    nothing = {
        "title": "第2回", "day": None, "other_day": None, "venue": "", "material_due": None, "headcount_due": None,
        "report_due": None, "week_item_count": 0, "remarks": "", "suggested_days": (), "is_marked": False,
    }  # fmt: skip
    lines = [PrintedEvent(**one) for one in (given, nothing)]
    busy = WeekLoad(monday=date(2026, 9, 21), counts=(2, 1, 1, 1), has_closed_weekday=True)
    calm = replace(busy, monday=date(2026, 9, 28), counts=(1, 0, 0, 3), has_closed_weekday=False)

    def made(weeks, other):
        about = {"number": 2, "name": "案2", "other": other, "counted": "1回"}
        return comparison_document(plain_context(), lines, weeks, **about)

    said = made((busy, calm), "案1")
    assert_paper(lines_of(said), "比較")
    assert_paper(lines_of(made((calm,), "")), "比較 ほかの案なし")
    assert sum(one.width for one in said.blocks[1].columns) == said.sheet_width


def test_the_plan_on_the_wall_leaves_out_what_the_contract_does_not_have():
    year, kinds = preset().programme, preset().kinds
    one, two = WallEntry(kind="own", text="予算"), WallEntry(kind="event", text="講1")
    marks = {date(2026, 9, 1): (one, two), date(2026, 5, 31): (one,)}
    bare = replace(year, title="支援事業", proposal_period=""), [replace(one, headcount_period="") for one in kinds]
    blocks = []
    for of, which in ((year, kinds), bare):
        blocks.append(wall_plan(plain_context(programme=of), which, marks, version=2, notes=()).blocks[0])
        begins = (month.era for month in blocks[-1].months)
        legend = (words for _kind, words in blocks[-1].legend)
        assert_paper([blocks[-1].title, *legend, blocks[-1].also, *begins, blocks[-1].sums], of.title)
    assert blocks[0].months[3].days[0].entries == (two, one)
    assert fingerprint(marks) == fingerprint({day: found[::-1] for day, found in marks.items()}) != fingerprint({})
