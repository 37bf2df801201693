"""The received kind that ``docs/adding.md`` adds is outstanding, awaited on home, received, looked through, and closes
its date; where only one of its two lines is there, a test tells."""

import json

import pytest

from tests.support.scratch_house import ScratchHouse, patch_of

SEEN = """
import json, os, tempfile
from datetime import date, datetime
from pathlib import Path
from app.contributions import register_contributions
from tests.support.light_locks import LIGHT, stretched
from tests.support.stores import TEMPLATES
place = Path(tempfile.mkdtemp())
os.environ[TEMPLATES] = str(place)
register_contributions()
from app.actions.action_context import ActionContext
from app.received.services import ReceiptScope
from app.received.services import Receipt, read_received, receive_paper
from app.submissions.deliverables.services.due_list import read_due_list
from app.event.services.tasks import deadlines
from app.home.today.services.home import read_home
from tests.support.years import BY, started_year
with stretched(LIGHT):
    store = started_year(place)
today = date(2026, 5, 28)
def owed():
    rows = read_due_list(store, today=today).rows
    return [[row.title, row.due.isoformat()] for row in rows if row.kind == "年間計画書"]
def closed():
    year = deadlines.read_year(store, today)
    (task,) = [one for one in deadlines.year_tasks(store, year) if one.task == "年間計画書"]
    return task.completed_on.isoformat() if task.completed_on else ""
home = read_home(store, today=today)
found = {
    "owed": owed(),
    "home": [[row.kind, row.turn, row.is_later] for row in home.work_queue.rows if row.kind == "年間計画書"],
    "open": closed(),
}
paper_id = receive_paper(
    ActionContext(store, BY, datetime(2026, 5, 28, 9)), kind="年間計画書", scope=ReceiptScope(programme_id=1),
    receipt=Receipt(received_on=date(2026, 5, 27), original_place="紙ファイル"),
).id
found["points"] = list(read_received(store, paper_id=paper_id).unchecked_points)
found["closed"] = closed()
print(json.dumps(found, ensure_ascii=False))
"""


@pytest.fixture
def house(tmp_path) -> ScratchHouse:
    return ScratchHouse(tmp_path, patch_of("A received kind"))


@pytest.mark.nightly
def test_a_received_kind_of_two_lines_is_owed_awaited_received_and_closes_its_date(house):
    found = json.loads(house.python(SEEN))

    # 5/31 is a Sunday.
    assert found["owed"] == [["年間計画書", "2026-05-29"]]
    assert found["home"] == [["年間計画書", "受託者待ち", False]]
    assert found["open"] == ""
    assert found["points"] == ["各回の日程", "講師"]
    assert found["closed"] == "2026-05-27"


@pytest.mark.in_full
@pytest.mark.parametrize(
    ("line", "path"),
    [
        ('_kind("年間計画書"', "app/year/dates/services.py"),
        ('name="年間計画書",', "app/event/services/tasks/year_task_kind.py"),
    ],
)
def test_where_one_of_its_lines_is_left_out_a_test_tells(house, line, path):
    house.without(line, path=path)

    told = house.pytest("tests/received/test_received_kinds.py")

    assert not told.held
    assert "年間計画書" in told.said or "'name'" in told.said
