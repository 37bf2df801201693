"""The step of the contract register leaves years and changes of before as they were, with nothing made up."""

from __future__ import annotations

from datetime import date

import pytest

from app.programme.rules import contract_on
from db import migrations
from db.records.programme import Contractor, ContractTerms, Programme
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_a_year_and_a_change_of_before_read_as_they_were():
    made = migrations.in_memory(upto=17)
    made.execute(
        "INSERT INTO programmes (id, fiscal_year, title, contract_date, term_end, clauses_checked, proposal_period, "
        "payment_period, sample, draft_lead_open_days, question_lead_open_days, review_open_days, check_open_days, "
        "announce_days, copy_years) VALUES (1, 2026, '見本の事業', '2026-07-31', '2027-03-31', '一致', '2週間以内', "
        "'30日以内', 0, 5, 2, 5, 4, '[7,3,0]', 5)"
    )
    made.execute(
        "INSERT INTO contract_terms (id, programme_id, valid_from, reason, term_end, proposal_period, payment_period) "
        "VALUES (1, 1, '2026-10-01', '見直し', '2027-03-15', '2週間以内', '20日以内')"
    )
    made.execute(
        "INSERT INTO contractors (id, name, representative, responsible, email, phone, programme_id, reason) "
        "VALUES (1, '見本企画', '', '見本', '', '', 1, '')"
    )
    migrations.migrate(made)
    (year,), terms, (contractor,) = rows(made, Programme), rows(made, ContractTerms), rows(made, Contractor)
    assert (year.contract_number, year.amount, year.tax_rate, year.annex_004) == ("", None, 10, False)
    assert year.expiry_days == (90, 60, 30, 7)
    after = contract_on(year, terms, date(2026, 10, 1))
    assert (after.term_end, after.payment_period, after.amount) == (date(2027, 3, 15), "20日以内", None)
    assert (contractor.name, contractor.registration_number) == ("見本企画", "")
    made.conn.close()
