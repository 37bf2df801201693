"""A folder written before the 検算 was kept opens with its surveys as they were."""

from datetime import date

from db import connection, migrations
from db.keys import derive_keys
from db.records.surveys import EventSurvey
from db.rows import by_id
from tests.support.stores import DATA_KEY


def test_a_survey_of_the_first_shape_gets_an_empty_check(tmp_path):
    database = connection.connect(tmp_path / "desk.db", derive_keys(DATA_KEY).pages, create=True)
    migrations.migrate(database, upto=1)
    database.execute(
        "INSERT INTO programmes (id, fiscal_year, title, term_end, clauses_checked, proposal_period, "
        "payment_period, sample, draft_lead_open_days, question_lead_open_days, review_open_days, "
        "check_open_days, announce_days) VALUES (1, 2026, '見本', '2027-03-31', '一致', '2週間以内', "
        "'30日以内', 0, 5, 2, 5, 4, '[7]')"
    )
    names = [row["name"] for row in database.query("PRAGMA table_info(events)")]
    needed = {row["name"] for row in database.query("PRAGMA table_info(events)") if row["notnull"]}
    numbers = {"id": 1, "programme_id": 1, "extra_materials": 1, "hands_on": 0}
    values = {
        name: numbers.get(name, "[]" if name == "tools" else "x") for name in names if name in needed or name == "id"
    }
    database.execute(
        f"INSERT INTO events ({', '.join(values)}) VALUES ({', '.join('?' for _ in values)})", list(values.values())
    )
    database.execute(
        "INSERT INTO event_surveys (id, event_id, title, questions, online_url, counted_by, purpose, frozen_by, "
        "freeze_note, counted_on) VALUES (1, 1, '見本', '[]', '', '受託者', '検算', '', '', '2026-10-07')"
    )

    migrations.migrate(database)

    survey = by_id(database, EventSurvey, 1)
    assert survey is not None
    assert (survey.purpose, survey.counted_on) == ("検算", date(2026, 10, 7))
    assert (survey.contractor_counts, survey.checked_by, survey.checked_on) == ({}, "", None)
    database.conn.close()
