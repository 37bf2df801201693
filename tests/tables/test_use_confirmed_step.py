"""The step of the day on which the use of a room was confirmed: only the program's own lines fill the column."""

from __future__ import annotations

from datetime import date

import pytest

from db import migrations
from db.records.venues import Booking
from db.rows import rows

pytestmark = pytest.mark.nightly


@pytest.mark.parametrize(
    ("used_on", "note", "confirmed_on", "left"),
    [
        ("2026-12-08", "12/1(火) 使うことを確認", date(2026, 12, 1), ""),
        ("2027-02-10", "R9 2/4(木) 使うことを確認", date(2027, 2, 4), ""),
        # Told in December of a room in January: the year of the line is the one before.
        ("2027-01-20", "鍵は窓口\n12/1(火) 使うことを確認\n11/2(月) 備品を変えた", date(2026, 12, 1), "鍵は窓口\n11/2(月) 備品を変えた"),
        ("2026-12-08", "11/30(月) 使うことを確認\n12/1(火) 使うことを確認", date(2026, 11, 30), ""),
        # Not the program's own words, another weekday, a day after the day of use, a year where there is none.
        ("2026-12-08", "12/1に館へ電話、使うことを確認する（まだ）", None, None),
        ("2026-12-08", "使うことを確認していない", None, None),
        ("2026-12-08", "12/1(水) 使うことを確認", None, None),
        ("2026-12-08", "12/1(火) 使うことを確認した", None, None),
        ("2026-12-08", " 12/1(火) 使うことを確認", None, None),
        ("2026-12-08", "12/15(火) 使うことを確認", None, None),
        ("2026-12-08", "R8 12/1(火) 使うことを確認", None, None),
        ("2026-12-08", "2/31(火) 使うことを確認", None, None),
        ("2027-02-10", "2/4(木) 使うことを確認", None, None),
        ("2026-12-08", "", None, None),
    ],
)  # fmt: skip
def test_a_whole_line_of_the_program_fills_the_column_and_any_other_stays(used_on, note, confirmed_on, left):
    before = next(number for number, path in enumerate(migrations.STEPS) if "use_confirmed" in path.stem)
    database = migrations.in_memory(upto=before)
    database.execute("PRAGMA foreign_keys = OFF")
    columns = [row[1] for row in database.execute("PRAGMA table_info(bookings)") if row[3] and row[4] is None]
    given = {"id": 7, "venue_name": "みほん区民館", "day": used_on, "note": note}
    values = dict.fromkeys(columns, "") | {"state": "仮予約"} | given
    marks = ", ".join("?" * len(values))
    database.execute(f"INSERT INTO bookings ({', '.join(values)}) VALUES ({marks})", list(values.values()))
    migrations.migrate(database)
    (row,) = rows(database, Booking)
    database.conn.close()
    assert (row.use_confirmed_on, row.note) == (confirmed_on, note if left is None else left)
