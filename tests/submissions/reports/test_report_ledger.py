"""受領報告書一覧: how a report stands is said where it is checked, and by no correction of the list."""

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.ledgers.services.ledger_reading import read_ledger
from app.ledgers.services.ledger_writing import correct_row
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by

YEAR = {"key": "reports", "fiscal_year": 2026}
store = made_by(sample_store)


def test_no_correction_makes_a_report_confirmed_that_is_not(store):
    book = read_ledger(store, today=NOW.date(), **YEAR).book
    line = next(one for one in book.lines if one.cells["state"] != "確認済")
    with pytest.raises(UserError, match="状態は、管理簿には記入できません"):
        correct_row(
            ActionContext(store, BY, NOW),
            row_key=line.key,
            column="state",
            value="確認済",
            reason="口頭で済んだ",
            **YEAR,
        )
    correct_row(
        ActionContext(store, BY, NOW), row_key=line.key, column="pages", value="12", reason="数え直した", **YEAR
    )
