"""What the papers of a year say and the year no longer has: named by the command, whether or not anybody opens the
paper."""

from dataclasses import replace
from datetime import date

import pytest

from app.submissions.deliverables.rules.due_rows import DueRow
from app.year_end.consistency.rules import day_inconsistency

ROW = DueRow(
    id="report-1",
    kind="実施報告書",
    title="第1回 LINE講習会 報告書",
    group="区の対応",
    due=date(2026, 10, 24),
    last_day=date(2026, 10, 26),
    due_words="10/24(土)",
    contract=True,
    basis_words="仕4(1)コ 1か月以内",
)
TODAY = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("came", "said", "wrong"),
    [
        (date(2026, 10, 21), "期限内　3日早い", ""),
        (date(2026, 10, 21), "期限内　5日早い", "3日早い"),
        (date(2026, 10, 23), "期限内　1日早い", ""),
        (date(2026, 10, 24), "期限内", ""),
        (date(2026, 10, 26), "期限内", ""),
        (date(2026, 10, 26), "期限内　2日早い", "期限内"),
        (date(2026, 10, 27), "受託者 1日遅れ", ""),
        (date(2026, 10, 28), "受託者 2日遅れ", ""),
        (date(2026, 10, 28), "受託者 4日遅れ", "2日遅れ"),
        (None, "受託者 6日遅れ", ""),
        (None, "", ""),
    ],
)
def test_days_early_and_late_are_those_between_the_printed_dates(came, said, wrong):
    assert day_inconsistency(replace(ROW, received_on=came, late_words=said), TODAY) == wrong


def test_what_is_no_date_of_the_contract_is_not_counted():
    assert day_inconsistency(replace(ROW, contract=False, late_words="目安日を62日過ぎ"), TODAY) == ""


def test_how_late_the_ward_looks_through_it_is_no_number_of_the_contractor():
    row = replace(ROW, received_on=date(2026, 10, 9), late_words="目安日 99日過ぎ", check_is_late=True)

    assert day_inconsistency(row, TODAY) == ""
    assert day_inconsistency(replace(row, check_is_late=False), TODAY) == "15日早い"


def test_a_corrected_version_that_came_later_is_not_late():
    row = replace(
        ROW, first_received_on=date(2026, 10, 21), received_on=date(2026, 10, 30), late_words="期限内　3日早い"
    )

    assert day_inconsistency(row, TODAY) == ""
