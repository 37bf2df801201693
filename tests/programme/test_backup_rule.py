"""How long month ends are kept: as the newest rule says."""

from app.programme.services import KEEP_MONTHS, read_backup_rule
from db.records.backups import BackupRule
from tests.support.years import BY, NOW, started_year


def test_the_newest_rule_counts(tmp_path):
    store = started_year(tmp_path)
    assert read_backup_rule(store) == {"months": KEEP_MONTHS, "basis": ""}
    for months in (24, 36):
        with store.change(action="x", by=BY, now=NOW, subject="programme") as change:
            change.insert(BackupRule(months=months, basis=f"規則{months}", by=BY, at=NOW))
        assert read_backup_rule(store) == {"months": months, "basis": f"規則{months}"}
