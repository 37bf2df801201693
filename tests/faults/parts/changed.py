"""Three years changed afterwards: every paper is written by ``documents --all --personal`` and counted again from the
rows."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.data_folder.services import data_folder
from app.sample.services.sample_year import fill_sample_year
from db.store import Store
from tests.faults.report import Report
from tests.support.changed_papers import recounted
from tests.support.changed_years import AFTER, CHANGES, OLD_DAYS
from tests.support.data_folders import LOGIN, PASSWORD, filled_folder, opened
from tests.support.sample import NOW, event_id

NAME = "changed"
SAYS = "確定後の出席の訂正、中止、日程変更のある3つのフォルダーで、すべての帳票を書き出し、数と日を行から数え直します。"


def run(report: Report) -> bool:
    """Change, write, and count again; say what no page says itself."""
    good = True
    for name, change in CHANGES.items():
        with tempfile.TemporaryDirectory(prefix="desk-changed-") as place:
            folder = filled_folder(Path(place), _filled(change))
            written, broken = _documents(folder, Path(place))
            store = opened(folder, now=AFTER)
            try:
                old = {event_id(store, *which): day for which, day in OLD_DAYS.get(name, {}).items()}
                found = recounted(store, AFTER, old_days=old)
            finally:
                data_folder.close_data_folder(store, now=AFTER)
        report.say(
            *broken,
            *found.failed,
            *found.wrong,
            f"{name}　書き出し {written}件、数え直した帳票 {found.papers}件（印 {found.marked}件、止まる "
            f"{len(found.stopped)}件）、"
            f"比べた数と日 {found.compared}か所、印のない食い違い {len(found.wrong)}か所",
        )
        good = good and written > 0 and not (broken or found.failed or found.wrong)
    return good


def _filled(change: Callable[[Store], None]) -> Callable[[Store], object]:
    def fill(store: Store) -> None:
        fill_sample_year(store, now=NOW.replace(month=8, day=3))
        change(store)

    return fill


def _documents(folder: Path, place: Path) -> tuple[int, list[str]]:
    """Write everything; return how many files there are, and what the command complained of."""
    words = place / "password"
    words.write_text(PASSWORD, encoding="utf-8")
    called = [
        sys.executable, "-m", "app", "documents", "--data", str(folder), "--user", LOGIN, "--password-file", str(words),
        "--all", "--personal", "--json", "--today", AFTER.date().isoformat(), "--out", str(place / "out"),
    ]  # fmt: skip
    ended = subprocess.run(called, capture_output=True, text=True, encoding="utf-8", check=False)
    broken = [] if ended.returncode == 0 else [f"documents {ended.returncode}：{ended.stderr[-400:]}"]
    rows = json.loads(ended.stdout) if ended.stdout.strip() else []
    missing = [row["path"] for row in rows if row["path"] and not Path(row["path"]).is_file()]
    return sum(bool(row["path"]) for row in rows), broken + missing
