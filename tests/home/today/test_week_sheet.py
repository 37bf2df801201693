"""今週の予定: what home says for this week and the next on one page, whatever there is, and nobody's name."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import reject_internal
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import fits_one_page
from app.home.today.documents import KIND, WeekEvent, WeekFacts, WeekTask, week_sheet
from app.home.today.services.home import read_home
from app.home.today.services.week_sheet import read_week
from app.programme import services as programme_services
from app.year.dates import services as dates_services
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by

SCOPE = DocumentScope(fiscal_year=2026)
GROUPS = ("期限超過", "今日", "目安日を過ぎたもの", "今週", "来週")
TASK = WeekTask(
    day="R8.12.11（金）",
    left="あと10日",
    what="参加人数を連絡する　14人",
    event="講06 Instagram講習会（2回目）",
    owner="区→受託者",
    basis="仕4(1)エ",
)
EVENT = WeekEvent(
    when="R8.12.8（火）\n14:00–16:00",
    title="第6回 Instagram講習会（2回目）",
    place="見本つつじ台区民館 研修室",
    people="14人\n8団体",
    missing="資料の確認 あと2点、機材の手配 あと2品目、配慮の手配 0 / 2人、当日資料一式 未了",
)

store = made_by(sample_store, scope="module")


def drawn(content) -> tuple[int, str]:
    made = documents.render(content, format="pdf")
    return made.pages, "".join(page.extract_text() for page in PdfReader(BytesIO(made.data)).pages)


def test_the_page_of_the_sample_year_says_what_home_says_up_to_the_end_of_next_week(store):
    content = documents.build_document(store, scope=SCOPE, kind=KIND, now=NOW)
    pages, text = drawn(content)
    assert pages == 1
    assert (content.stamp, content.file_stem) == ("庁内限り", "R8-今週の予定-20261201")

    home = read_home(store, today=NOW.date(), fiscal_year=2026)
    found = read_week(store, today=NOW.date(), fiscal_year=2026)
    soon = [row for row in home.later_rows if row.task.due <= date(2026, 12, 12)]
    assert {name: len(tasks) for name, tasks in found.groups} == {
        "期限超過": sum(row.task.bucket == "期限超過" for row in home.rows),
        "今日": sum(row.task.bucket == "今日" for row in home.rows),
        "目安日を過ぎたもの": sum(row.task.bucket == "目安日過ぎ" for row in home.rows),
        "今週": sum(row.task.bucket == "今週" for row in home.rows),
        "来週": len(soon),
    }
    first = found.groups[0][1][0]
    assert first.cells == (
        "□ R8.11.24（火）",
        "7日超過",
        "資料の確認を終える　あと2点",
        "講06 Instagram講習会（2回目）",
        "区",
        "仕4(1)キ",
    )
    assert [(one.when, one.people) for one in found.events] == [("R8.12.8（火）\n14:00–16:00", "14人\n8団体")]
    assert "資料の確認 あと2点、機材の手配 あと2品目" in found.events[0].missing
    for words in ("期限超過　2件", "今週と来週の実施回"):
        assert words in said_by(content)
    assert "24件（期限超過2件）" in "".join(text.split())

    sheet = load_workbook(BytesIO(documents.render(content, format="xlsx").data)).active
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_no_participant_is_named_and_it_stays_in_the_house(store):
    names = {"".join(name.split()) for (name,) in store.database.execute("SELECT name FROM people").fetchall()}
    text = "".join(said_by(documents.build_document(store, scope=SCOPE, kind=KIND, now=NOW)).split())
    assert len(names) > 50
    assert [name for name in names if name in text] == []
    with pytest.raises(UserError):
        reject_internal(KIND)


@pytest.mark.parametrize(
    ("tasks", "long", "events"), [(0, False, 0), (3, False, 1), (40, False, 2), (60, False, 4), (60, True, 12)]
)
def test_it_is_one_page_whatever_there_is_and_says_how_many_more(store, tasks, long, events):
    one = TASK
    if long:
        one = replace(
            TASK,
            event="派01 見本つきみ台三丁目東部地区防災・見守り活動連合自治会",
            what="資料の確認結果を通知する　操作手順書（改訂版の案）第2版",
        )
    share = -(-tasks // len(GROUPS))
    parts = [(name, (one,) * max(min(share, tasks - number * share), 0)) for number, name in enumerate(GROUPS)]
    facts = WeekFacts(groups=tuple(part for part in parts if part[1]), events=(EVENT,) * events, remark="")
    context = _context(store)
    content = week_sheet(context, facts, fits=fits_one_page)
    pages, _text = drawn(content)
    said = said_by(content)
    shown = said.count("□ R8.12.11（金）")
    assert (pages, facts.task_count) == (1, tasks)
    if tasks <= 40 and not long:
        assert shown == tasks
        assert "ほかに" not in said
    else:
        assert 15 < shown <= 40
        assert f"ほかに{tasks - shown}件あります。ホームの「区がやること」で確かめます。" in said
    assert ("覚え" in said) == (tasks <= 40)
    assert ("ほかに4回あります。" in said) == (events > 8)
    if not tasks:
        assert "来週までに区がすることはありません。" in said
        assert "来週までに実施する回はありません。" in said


def _context(store):
    return document_context_of(store, SCOPE, KIND, NOW)


def test_two_open_years_stand_on_one_page_each_task_with_its_year(store, tmp_path):
    own = sample_store(tmp_path)
    today = date(2027, 3, 24)
    dates_services.start_year(
        ActionContext(own, BY, datetime(2027, 3, 24, 9)), draft=dates_services.next_year_draft(own, today=today)
    )
    assert len(programme_services.programmes(own)) == 2
    found = read_week(own, today=today, fiscal_year=2027)
    words = {task.event for _name, tasks in found.groups for task in tasks}
    assert any(one.startswith("令和8年度") for one in words)
    content = documents.build_document(
        own, scope=DocumentScope(fiscal_year=2027), kind=KIND, now=datetime(2027, 3, 24, 9)
    )
    assert drawn(content)[0] == 1
