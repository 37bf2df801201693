"""A folder from before: what was granted stays, and 会計の締切 stands in the contract alone, whichever of the two was
typed."""

from __future__ import annotations

from datetime import date

import pytest

from db import migrations
from db.records.organisations import Subsidy
from db.records.schedules import WardDay
from db.rows import rows

pytestmark = pytest.mark.nightly

TITLE, EXAMPLE = "会計の締切（支払の起案）", "例の日付。区の通知で確かめて直す"
APRIL = "2027-04-16"


@pytest.mark.parametrize(
    ("typed", "basis", "done", "due", "left"),
    [
        (None, "会計課の通知", None, date(2027, 4, 16), []),
        (None, EXAMPLE, None, None, []),
        (APRIL, "会計課の通知", None, date(2027, 4, 16), []),
        ("2027-05-14", EXAMPLE, None, date(2027, 5, 14), []),
        ("2027-05-14", "係で決めた", None, date(2027, 5, 14), ["支払の起案"]),
        (None, "会計課の通知", "2027-04-10", date(2027, 4, 16), ["支払の起案"]),
    ],
)
def test_one_day_of_the_accounts_is_left(typed, basis, done, due, left):
    step = next(number for number, path in enumerate(migrations.STEPS, start=1) if "subsidies" in path.stem)
    database = migrations.in_memory(upto=step - 1)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO programmes (id, fiscal_year, title, contract_date, term_end, clauses_checked, proposal_period, "
        "payment_period, sample, draft_lead_open_days, question_lead_open_days, review_open_days, check_open_days, "
        "announce_days, copy_years, accounts_due) VALUES (1, 2026, '見本の事業', '2026-07-31', '2027-03-31', '一致', "
        "'2週間以内', '30日以内', 0, 5, 2, 5, 4, '[7,3,0]', 5, ?)",
        [typed],
    )
    database.execute(
        "INSERT INTO ward_days (id, programme_id, title, day, basis, done_on) VALUES (3, 1, ?, ?, ?, ?), (4, "
        "1, '予算要求', '2026-10-09', '', NULL)",
        [TITLE, APRIL, basis, done],
    )
    database.execute(
        "INSERT INTO subsidies (id, organisation_id, fiscal_year, amount, note) VALUES (5, 9, 2026, 30000, '')"
    )
    migrations.migrate(database)
    assert database.execute("SELECT accounts_due FROM programmes").fetchone()[0] == (due.isoformat() if due else None)
    assert [one.title for one in rows(database, WardDay, order="id")] == [*left, "予算要求"]
    assert rows(database, Subsidy) == [Subsidy(id=5, organisation_id=9, fiscal_year=2026, amount=30000)]
    database.conn.close()
