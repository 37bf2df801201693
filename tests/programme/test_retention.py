"""The rule of retention: each kind once, both ends in the printed promise, month ends of backups for three years."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.documents.services.document_kind import DOCUMENTS
from app.events.applications.services.application_writing import set_contact_rule
from app.programme.rules import APPLICANTS, PHOTOS, RETENTIONS, BackupTerm, last_copies_on, promise_text, retention_end
from app.programme.services import KEEP_MONTHS, applicant_retention_end, read_backup_rule, read_programme
from db.backups import backup, retention
from db.backups.copies import DatabaseContents
from db.backups.retention import last_day_in_backups
from db.records.backups import BackupRule
from db.records.programme import Programme
from tests.support.years import BY, NOW, at, started_year

YEAR = Programme(id=1, fiscal_year=2026, title="見本", term_end=date(2027, 3, 31))


def generations_until(day: date, years: int = 5) -> list[backup.Generation]:
    """A generation at the end of every week and month, each with a state of its own, newest first."""
    days = [day - timedelta(days=back) for back in range(365 * years)]
    wanted = [one for one in days if one.weekday() == 4 or one.day == monthrange(one.year, one.month)[1]][::-1]
    made = []
    for number, one in enumerate(wanted, 1):
        held = DatabaseContents(counts={}, seq=number, chain=str(number), version=1)
        at = datetime.combine(one, time(17))
        made.append(backup.Generation(Path(str(number)), number, at, "閉じたとき", held, {}, {}, None, True))
    return made[::-1]


@pytest.mark.parametrize("today", [date(2030, 4, 1), date(2030, 3, 31), date(2028, 2, 29), date(2029, 3, 1)])
def test_a_month_end_is_kept_for_36_months_whatever_is_asked_for(today):
    kept = {one.created_at.date() for one in retention.select_kept(generations_until(today), today=today)}
    months = today.year * 12 + today.month - 1
    for back in range(1, 37):
        year, month = divmod(months - back, 12)
        assert date(year, month + 1, monthrange(year, month + 1)[1]) in kept, back


@pytest.mark.parametrize("day", [date(2027, 3, 31), date(2027, 4, 30), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_last_day_in_backups_is_the_last_on_which_the_rule_keeps_that_state(day):
    last = last_day_in_backups(day)

    def kept_on(today: date) -> bool:
        return any(
            one.created_at.date() == day for one in retention.select_kept(generations_until(today, 6), today=today)
        )

    assert kept_on(last)
    assert not kept_on(last + timedelta(days=1))


def test_a_promise_names_the_day_of_the_rows_and_the_longest_day_of_every_copy():
    assert promise_text(APPLICANTS, YEAR, "名簿", backups=BackupTerm()) == (
        "名簿は令和9年4月30日（金）までに消去し、暗号化した控えとバックアップは最長で令和13年3月31日まで残ります。"
    )
    assert promise_text(PHOTOS, YEAR, "写真", backups=BackupTerm(), end=date(2027, 1, 29)) == (
        "写真は令和9年1月29日（金）までに消去し、暗号化したバックアップは最長で令和12年1月31日まで残ります。"
    )


def test_every_kind_ends_after_its_year_and_no_copy_before_the_rows():
    for kind in RETENTIONS:
        assert retention_end(kind, YEAR) >= YEAR.term_end
        assert last_copies_on(kind, YEAR, backups=BackupTerm()) > retention_end(kind, YEAR)
        assert all((kind.data_name, kind.purpose))
    assert len({kind.key for kind in RETENTIONS}) == len(RETENTIONS)
    assert {name for kind in RETENTIONS for name in kind.promised_in} <= {one.kind for one in DOCUMENTS}


def test_a_day_set_for_a_new_year_does_not_put_off_what_the_year_before_promised(tmp_path):
    store = started_year(tmp_path)

    def end(fiscal_year):
        year = replace(read_programme(store, fiscal_year=2026).programme, fiscal_year=fiscal_year)
        return applicant_retention_end(store.database, year)

    def set_day(today, day):
        set_contact_rule(ActionContext(store, BY, at(today)), purpose="中止の連絡", dispose_on=day)

    set_day(date(2026, 11, 2), date(2027, 5, 31))
    assert (end(2026), end(2027)) == (date(2027, 5, 31), date(2028, 4, 30))
    set_day(date(2027, 6, 1), date(2028, 5, 31))
    assert end(2027) == date(2028, 5, 31)
    assert end(2026) == date(2027, 4, 30), "its data were to be erased by then, and are overdue"
    set_day(date(2027, 6, 2), date(2028, 9, 30))
    assert (end(2026), end(2027)) == (date(2027, 4, 30), date(2028, 9, 30))
    set_day(date(2027, 4, 5), date(2027, 5, 14))
    assert end(2026) == date(2027, 5, 14), "set after its last day, for the year before"


def test_the_newest_rule_counts(tmp_path):
    store = started_year(tmp_path)
    assert read_backup_rule(store) == {"months": KEEP_MONTHS, "basis": ""}
    for months in (24, 36):
        with store.change(action="x", by=BY, now=NOW, subject="programme") as change:
            change.insert(BackupRule(months=months, basis=f"規則{months}", by=BY, at=NOW))
        assert read_backup_rule(store) == {"months": months, "basis": f"規則{months}"}
