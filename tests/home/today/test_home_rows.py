"""Which rows stand on home and in which order, how they are worded, and what a page of them has room for."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import pytest

from app.documents.blocks import Table, WriteBox
from app.event.services.tasks.event_tasks import DAYS_SET
from app.event.services.tasks.task import DRAFTING, STEP
from app.home.today.documents import MOST_ROWS, WeekEvent, WeekFacts, WeekTask, week_sheet
from app.home.today.services.document_search import _by_relevance, is_document_name
from app.home.today.services.home import _SELECTIONS, _home_row, ward_tasks
from db.records.event_status import EventStatus
from tests.support.paper_words import said_by
from tests.support.years import plain_context

TODAY = date(2026, 9, 14)


def task(year=2026, bucket="今週", provisional=""):
    return SimpleNamespace(fiscal_year=year, bucket=bucket, provisional_words=provisional, due=date(2026, 9, 16))


@pytest.mark.parametrize(
    ("given", "row"),
    [
        (task(), ("9/16(水)", False, "")),
        (task(year=2025), ("9/16(水)", False, "令和7年度")),
        (task(year=2027), ("9/16(水)", False, "令和9年度")),
        (task(year=0), ("9/16(水)", False, "")),
        (task(bucket="期限超過"), ("9/16(水)", True, "")),
        (task(provisional="仮 9/20(日)"), ("仮 9/20(日)", False, "")),
        (task(provisional="日程が決まると出ます"), ("9/16(水)", False, "")),
    ],
)
def test_a_task_of_another_year_says_so_and_one_of_no_year_does_not(given, row):
    found = _home_row(given, TODAY, 2026)
    assert (found.date_words, found.is_main_action, found.year_words) == row


def event(number, day, kind="講習会", status=EventStatus.PLANNED):
    return SimpleNamespace(id=number, event_date=day and date(2026, 9, day), kind=kind, status=EventStatus(status))


class _Hashed(SimpleNamespace):
    def __hash__(self):
        return self.id


def ordered(today, *events):
    rows = [_Hashed(**vars(one)) for one in events]
    positions = {"講習会": 0, "派遣": 1}
    known = {one.id: SimpleNamespace(position=positions[one.kind]) for one in rows}
    return [one.id for one in _by_relevance(rows, known, today)]


def test_the_next_event_of_each_kind_comes_first_then_the_last_one_then_a_cancelled_one():
    events = (
        event(1, 1), event(2, 10), event(3, 14), event(4, 20), event(5, 16, "派遣"), event(6, 8, "派遣"),
        event(7, 15, status=EventStatus.CANCELLED), event(8, None),
    )  # fmt: skip
    assert (ordered(TODAY, *events), ordered(date(2026, 9, 15), *events)[:3]) == ([3, 5, 2, 6, 4, 7, 1], [4, 5, 3])
    assert ordered(None, *events)[:2] == [4, 5], "without a day nothing is to come"
    assert (ordered(TODAY, event(8, None)), ordered(TODAY)) == ([8], [])


@dataclass(frozen=True)
class Due:
    """What home asks of a task."""

    label: str
    bucket: str = "期限超過"
    due: date = TODAY
    task: str = STEP
    event_id: int | None = 1
    step_id: int | None = None
    rule: str = ""
    detail: str = ""
    next_actor: str = "区"
    is_open: bool = True
    is_own_check: bool = False
    is_contract_duty: bool = False
    programme_id: int | None = None
    announced_days: int | None = None


_DUTY = Due("約", "今日", is_contract_duty=True)


def step(number, bucket="目安日過ぎ", **more):
    return Due(f"段{number}", bucket, step_id=number, **more)


@pytest.mark.parametrize(
    ("tasks", "shown"),
    [
        ([Due("済", is_open=False), Due("検算", is_own_check=True), Due("する")], ["する"]),
        ([Due("待つ", "今週", next_actor="受託者"), Due("遅れた", next_actor="受託者")], ["遅れた"]),
        ([Due("年度", "今週", programme_id=1), Due("予告", "今週", programme_id=1, announced_days=7)], ["予告"]),
        ([Due("年度", programme_id=1)], ["年度"]),
        ([step(1), step(2), step(3)], ["段1", "段2", "段3"]),
        ([step(one) for one in range(1, 6)], ["段1", "段2", "段3（ほかに2件も過ぎています）"]),
        ([step(1), step(2, "来週から"), *(step(one, "来週から", event_id=2) for one in (3, 4))], ["段1", "段3"]),
        ([step(1, "来週から"), step(2, "来週から"), step(3, "今週"), step(4, "今週")], ["段3", "段4", "段1"]),
        ([step(1), *(step(one, rule=min(DAYS_SET)) for one in (2, 3, 4, 5))], ["段1", "段2", "段3", "段4", "段5"]),
        (
            [step(1, detail="3団体"), *(step(one) for one in (2, 3, 4))],
            ["段1（3団体）", "段2", "段3（ほかに1件も過ぎています）"],
        ),
        ([step(1), Due("起案", task=DRAFTING, step_id=1), Due("起案2", task=DRAFTING, event_id=2)], ["起案", "起案2"]),
        ([step(1), Due(_SELECTIONS[0], step_id=9), Due("起案", task=DRAFTING, step_id=1)], [_SELECTIONS[0]]),
        (
            [Due("後", "今日"), Due("先", "今日", date(2026, 9, 1)), _DUTY, Due("遅れ")],
            ["遅れ", "先", "約", "後"],
        ),
    ],
)  # fmt: skip
def test_home_shows_what_the_ward_is_to_do_and_of_recruitment_the_next_steps(tasks, shown):
    assert [f"{one.label}（{one.detail}）" if one.detail else one.label for one in ward_tasks(tasks)] == shown


def page(tasks, room, *, box=99.0, events=0):
    """Draw the page of the week on paper with room for some rows, and with them for a box of some height."""
    one = WeekTask(day="日", left="残", what="する", event="回", owner="区", basis="目安日")
    held = WeekEvent(when="日", title="回", place="所", people="人", missing="なし")
    groups = (("期限超過", (one,) * min(tasks, 2)), ("今週", (one,) * max(tasks - 2, 0)))
    facts = WeekFacts(groups=groups, events=(held,) * events, remark="ほかの目安日")

    def rows(content, name="やること"):
        tables = [block for block in content.blocks if isinstance(block, Table) and block.name == name]
        return sum(len(table.rows) - len(table.group_rows) for table in tables)

    def fits(content):
        boxes = [block.height for block in content.blocks if isinstance(block, WriteBox)]
        return rows(content) <= room and all(height <= box for height in boxes)

    content = week_sheet(plain_context(TODAY), facts, fits=fits)
    said = said_by(content)
    height = [block.height for block in content.blocks if isinstance(block, WriteBox)]
    left = [number for number in range(1, 60) if f"ほかに{number}件あります" in said]
    assert "ほかの目安日" in said
    assert f"{tasks}件" + (f"（期限超過 {min(tasks, 2)}件）" if tasks else "") in said
    assert ("今週　" in said) == (rows(content) > 2)
    return rows(content), left, height, rows(content, "実施回")


@pytest.mark.parametrize(
    ("tasks", "room", "shown"),
    [
        (0, 60, (0, [])), (1, 60, (1, [])), (3, 3, (3, [])), (3, 2, (2, [1])), (3, 1, (1, [2])), (3, 0, (0, [3])),
        (MOST_ROWS, 60, (MOST_ROWS, [])), (MOST_ROWS + 1, 60, (MOST_ROWS, [1])), (50, 39, (39, [11])),
        (50, 7, (7, [43])),
    ],
)  # fmt: skip
def test_the_page_of_the_week_shows_as_many_rows_as_fit_and_counts_the_others(tasks, room, shown):
    assert page(tasks, room)[:2] == shown


@pytest.mark.parametrize(("box", "drawn"), [(99, [34]), (33, [24]), (14, [14]), (9, [9]), (8, [])])
def test_the_rest_of_the_page_is_a_box_as_high_as_there_is_room(box, drawn):
    assert page(3, 60, box=box)[2] == drawn


@pytest.mark.parametrize(("events", "shown"), [(0, 0), (8, 8), (9, 8)])
def test_eight_events_stand_on_the_page_of_the_week(events, shown):
    assert page(3, 60, events=events)[3] == shown


@pytest.mark.parametrize(
    ("text", "is_name"),
    [("受付名簿", True), ("受付名簿を印刷", True), ("付名簿", True), ("受付", True), ("付名", False), ("受", False)],
)
def test_a_part_of_a_documents_name_is_nobodys_name(text, is_name):
    assert is_document_name(text) == is_name
