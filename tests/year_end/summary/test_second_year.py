"""The sample year as the second one in the folder: what it says beside the year before, and the rows behind its
numbers, whole."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.year_end.summary.documents import YEAR_REPORT_KIND
from app.year_end.summary.rules import ITEMS
from app.year_end.summary.services.source_rows import read_source_rows
from app.year_end.summary.services.year_summary import read_summary
from db.query_cache import caching
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.sample import NOW, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

TODAY = NOW.date()
_ELSEWHERE = (
    "per_event", "event_values", "counts", "kind", "form", "short_name", "group", "item", "programme_id", "question",
    "options", "channels",
)  # fmt: skip


@pytest.fixture
def second(year):
    """The first 講習会 and the first 派遣 were held a year before; one of this year has no day, one no roster."""
    run = year.database.execute
    for table, others in (("programmes", "fiscal_year"), ("kind_numbers", "programme_id")):
        columns = ", ".join(one.name for one in year.database[table].columns if one.name not in ("id", others))
        value = 2025 if table == "programmes" else "(SELECT id FROM programmes WHERE fiscal_year = 2025)"
        run(f"INSERT INTO {table} ({others}, {columns}) SELECT {value}, {columns} FROM {table}")
    run(
        "UPDATE events SET event_date = date(event_date, '-1 year'), programme_id = "
        "(SELECT id FROM programmes WHERE fiscal_year = 2025) WHERE id IN (1, 8)"
    )
    run("UPDATE events SET event_date = NULL WHERE id = 7")
    run("UPDATE entries SET attendance = '', person_id = NULL WHERE event_id = 4")
    run("UPDATE event_results SET attended = 11, attended_organisations = 7 WHERE event_id = 4")
    typed = "organisation_id = NULL, organisation_name = ' 見本の集い '"
    run(f"UPDATE entries SET {typed} WHERE event_id = 9 AND id % 3 = 0")
    return year


year = made_by(sample_store)


def test_the_numbers_of_two_years_stand_beside_each_other(second):
    before = [*view_lines(read_summary(second, today=TODAY), *_ELSEWHERE)]
    assert_paper(before, "まとめ")
    for today in (date(2026, 10, 20), date(2027, 3, 31), date(2027, 4, 1)):
        found = view_lines(read_summary(second, today=today, fiscal_year=2026), *_ELSEWHERE)
        assert_paper(came(before, found), f"{today}")
        before = found


def test_the_paper_of_a_second_year(second):
    scope = DocumentScope(fiscal_year=2026, as_of=TODAY)
    assert_paper(lines_of(build_document(second, scope=scope, kind=YEAR_REPORT_KIND, now=NOW)), "年間実績総括")


@pytest.mark.parametrize(
    ("kind", "branch"), [(None, ""), ("講習会", ""), ("派遣", ""), (None, "第4支部"), (None, "支部なし")]
)
def test_the_rows_behind_every_number(second, kind, branch):
    said = []
    with caching(second.database):
        for item in ITEMS[1:] if branch else ("予定", "未定", "申込", *ITEMS):
            found = read_source_rows(second, today=TODAY, fiscal_year=2026, kind=kind, item=item, branch=branch)
            said += [f"■{found.title}　{found.words}　{len(found.rows)}行{'　氏名あり' * found.personal}　{found.note}"]
            for one in (*found.rows[:2], *found.rows[2:][-2:]):
                link = f"{one.link.action} {one.link.event_id or one.link.organisation_id}" if one.link else ""
                said.append("｜".join((*one.cells, f"{one.counts_for}", link)))
        assert_paper(said, f"元の行　{kind or '全体'}　{branch}".strip("　"))
    with pytest.raises(UserError, match="「満足」の元になる一覧はありません"):
        read_source_rows(second, today=TODAY, item="満足")
