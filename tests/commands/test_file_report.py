"""A file is described by its kind: what is wrong in a row is told, what needs an event's questions is not judged."""

import pytest

from app.commands.intake import describe_file
from tests.support.answer_files import write_csv
from tests.support.booking_files import BOOKING_TEXT

ANSWERS = (
    ("タイムスタンプ", "Q1 満足度", "Q2 台数", "Q3 感想"),
    ("2026/13/01 10:00:00", "満足", "1", "よい"),
    ("2026/10/01 10:00:00", "とても満足", "たくさん", ""),
)
APPLICATIONS = (
    ("受付番号", "団体名", "お名前", "電話番号", "生年月日"),
    ("1", "みほん町会", "見本　花子", "03-0000-0001", "1950/01/01"),
    ("2", "", "", "03-0000-0002", ""),
)
ORGANISATIONS = (
    ("支部", "町会・自治会名", "会長名"),
    ("第1支部", "みほん町会", "見本　花子"),
    ("第1支部", "", "見本　次郎"),
)
BOOKINGS = tuple(tuple(line.split(",")) for line in BOOKING_TEXT.splitlines())


@pytest.mark.parametrize(
    ("rows", "kind", "problems", "dropped"),
    [
        (ANSWERS, "アンケート", ((1, "bad_timestamp"),), ()),
        (APPLICATIONS, "申込", ((2, "missing_required"),), ("生年月日",)),
        (ORGANISATIONS, "団体一覧", ((2, "missing_required"),), ()),
        (BOOKINGS, "会場予約", ((4, "invalid_date"),), ()),
    ],
)
def test_each_kind_of_file_tells_its_rows_in_doubt(tmp_path, rows, kind, problems, dropped):
    found = describe_file(write_csv(tmp_path / "一覧.csv", rows))
    assert (found.file.kind, len(found.file.rows), found.file.headings) == (kind, len(rows) - 1, rows[0])
    assert tuple((one.row, one.code) for one in found.problems) == problems
    assert found.dropped_columns == dropped
