"""The ward's list of 団体, as a workbook and as text: 247 of them in 17 支部, and exactly the doubtful places."""

from collections import Counter

import pytest

from app.foreign_files.foreign_file import read_foreign_file
from app.registers.register.intake import STAGE_PREFIX, read_organisations
from tests.fixtures.survey.samples import expected, sample_path
from tests.support.plain_names import plain_name


@pytest.fixture(params=["11", "12"], scope="module")
def sample(request):
    file = read_foreign_file(sample_path(request.param))
    return file, read_organisations(file), expected(request.param)


def test_headings_in_two_rows_and_totals_are_seen_for_what_they_are(sample):
    file, _, wanted = sample

    header = wanted.get("header_row", wanted.get("header_record"))
    assert (file.kind, file.source, file.encoding, file.header_row) == (
        "団体一覧", wanted["format"], wanted.get("encoding"), header,
    )  # fmt: skip
    assert list(file.headings) == [column["header"] for column in wanted["columns"]]
    total = [line.source_line for line in file.left_out if line.kind == "合計"]
    assert total == ([wanted["total_row"]] if "total_row" in wanted else [])


def test_every_organisation_is_read_under_its_branch(sample):
    _, table, wanted = sample

    assert len({(row.branch, row.name) for row in table.rows}) == wanted["unique_organisations"]
    counts = Counter(row.branch for row in table.rows)
    assert len(counts) == wanted["branches"]
    assert counts == wanted.get("branch_counts", counts)


def test_numbers_stages_and_empty_seats_mean_what_they_should(sample):
    _, table, wanted = sample
    steps = sorted(index for index, field in table.columns.items() if field.startswith(STAGE_PREFIX))
    tools = [table.columns[index].removeprefix(STAGE_PREFIX) for index in steps]

    for row, record in zip(table.rows, wanted["records"], strict=True):
        meant = {key: value for key, value in record["normalised"].items() if key != "tools_raw"}
        assert {
            "branch": row.branch,
            "org": row.name,
            "chair": plain_name(row.chair) or None,
            "phone": row.phone or None,
            "households": row.households,
            "tools": {tool: int(row.stages[tool]) if row.stages.get(tool, "×") != "×" else None for tool in tools},
            "subsidy": row.subsidy,
        } == meant
        raw = record["normalised"].get("tools_raw", {})
        assert {tool for tool in tools if row.stages.get(tool) == "×"} == {
            tool for tool in tools if raw.get(tool) in {"×", "✕"}
        } or not raw


def test_exactly_the_doubtful_places_are_named_and_the_rest_is_said(sample):
    _, table, wanted = sample

    assert [(p.row, p.index, p.code) for p in table.problems] == [
        (p["data_row"], p["column_index"], p["code"]) for p in wanted["problems"]
    ]
    said = {(n.row, n.index, n.code) for n in table.notices}
    assert {(n["data_row"], n["column_index"], n["code"]) for n in wanted["notices"]} <= said
    twins = {n.row for n in table.notices if n.code == "same_name_other_branch"}
    assert twins == set(wanted["duplicates"][0]["data_rows"])


def test_a_name_with_a_lost_character_is_marked_so_that_it_overwrites_nothing():
    table = read_organisations(read_foreign_file(sample_path("12")))

    lost = [row for row in table.rows if row.damaged_fields]
    assert len(lost) == table.lost_characters == 10
    assert all(row.damaged_fields == ("chair",) for row in lost)
