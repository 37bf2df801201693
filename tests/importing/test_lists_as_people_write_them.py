"""Lists of 団体 and bookings as people write them: what a careful clerk makes of each row stands beside the files."""

from __future__ import annotations

import csv

import pytest

from app.importing.row_target import preview_list
from app.registers.register.services.organisation_intake import MANY_NEW, TAKE_NEW
from app.registers.register.services.organisation_target import ORGANISATIONS
from app.registers.venues.services import BOOKINGS
from tests.fixtures.survey.samples import REPORTS
from tests.support.sample import NOW, sample_store

OUTCOMES = {"新規": "new", "更新": "known", "重複": "known", "確認が必要": "ask", "取り込まない": "out"}
with (REPORTS / "n_expected.tsv").open(encoding="utf-8") as table:
    WANTED = list(csv.DictReader(table, delimiter="\t"))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    found = sample_store(tmp_path_factory.mktemp("lists"))
    yield found
    found.database.conn.close()


def look(store, path, target, **given):
    return preview_list(store, path=path, target=target, today=NOW.date(), **given)


@pytest.mark.parametrize(("number", "target"), [("n05", ORGANISATIONS), ("n15", BOOKINGS)])
def test_what_a_list_says_comes_out_or_is_asked(store, number, target):
    path = next(REPORTS.glob(f"{number}_*"))
    wanted = {int(one["row"]): one["want"] for one in WANTED if one["file"] == path.name and one["row"] != "0"}
    found = look(store, path, target)
    seen = {row.row: (OUTCOMES[row.outcome], row.words) for row in found.rows}
    assert {row: seen[row] for row, want in wanted.items() if seen[row][0] not in want.split("|")} == {}


def test_a_new_organisation_stands_under_its_branch_as_the_others_are_written(store):
    found = look(store, next(REPORTS.glob("n05_*")), ORGANISATIONS)
    assert [row.source.branch for row in found.rows] == [f"第{number}支部" for number in (1, 2, 3, 4, 5, 3, 2)]


def test_a_list_that_fits_hardly_anybody_asks_before_all_are_new(store, tmp_path):
    path = tmp_path / "団体.csv"
    lines = [f"桜地区,見本どこか{n}町会" for n in "一二三"]
    path.write_text("\r\n".join(["支部,団体名", *lines, "第1支部,見本あおば町会"]) + "\r\n", encoding="utf-8")
    found = look(store, path, ORGANISATIONS)
    assert [row.reason for row in found.rows[:3]] == [MANY_NEW] * 3
    agreed = look(store, path, ORGANISATIONS, settings={TAKE_NEW: True})
    assert [row.outcome for row in agreed.rows[:3]] == ["新規"] * 3
