"""The step of completion leaves years and contractors of before as they were, with nothing made up."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.programme import Contractor, Programme
from db.records.year.completion import Inspection, PaperReading
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_a_year_of_before_has_no_deadline_of_the_accounts_and_no_inspection():
    made = migrations.in_memory(upto=23)
    made.execute(
        "INSERT INTO programmes (id, fiscal_year, title, contract_date, term_end, clauses_checked, proposal_period, "
        "payment_period, sample, draft_lead_open_days, question_lead_open_days, review_open_days, check_open_days, "
        "announce_days, copy_years) VALUES (1, 2026, '見本の事業', '2026-07-31', '2027-03-31', '一致', '2週間以内', "
        "'30日以内', 0, 5, 2, 5, 4, '[7,3,0]', 5)"
    )
    made.execute(
        "INSERT INTO contractors (id, name, representative, responsible, email, phone, programme_id, reason) "
        "VALUES (1, '見本企画', '', '見本', '', '', 1, '')"
    )
    migrations.migrate(made)
    (year,), (contractor,) = rows(made, Programme), rows(made, Contractor)
    assert (year.accounts_due, year.invoice_seal) == (None, "")
    assert (contractor.name, contractor.account, contractor.account_holder) == ("見本企画", "", "")
    assert rows(made, Inspection) == rows(made, PaperReading) == []
    made.conn.close()
