"""The deadline that ``docs/adding.md`` adds in one file stands wherever deadlines do; a line left out is told."""

import json

import pytest

from tests.support.scratch_house import ScratchHouse, patch_of, replaced

KINDS = "app/event/services/tasks/task_kind.py"
NEEDED = ("name", "label", "action", "due_rule", "completed_on")
SEEN = """
import json, os, sys, tempfile
from datetime import date, datetime
from pathlib import Path
from app.main_window.action_routes import route_to
from app.contributions import register_contributions
from tests.support.light_locks import LIGHT, stretched
from tests.support.stores import TEMPLATES
place = Path(tempfile.mkdtemp())
os.environ[TEMPLATES] = str(place)
register_contributions()
from app.actions.action_context import ActionContext
from app.event.services.tasks import deadlines
from app.event.services import event_moves, month
from app.year_end.handover.services import read_handover
from app.home.today.services.home import read_home
from app.year.dates.services import read_closing
from app.events.agreements.services import save_record
from db.records.agreements import Agreement
from tests.support.years import BY, add_lecture, started_year
with stretched(LIGHT):
    store = started_year(place)
event_id = add_lecture(store, date(2026, 9, 9))
def row(task):
    return [task.label, task.due.isoformat(), task.basis, route_to(task.link).label, task.next_actor]
def of_event(today):
    tasks = deadlines.event_tasks(store, event_id=event_id, today=today)
    return [task for task in tasks if task.task == "写真の提供の協議"]
before, after = date(2026, 9, 8), date(2026, 9, 14)
home = read_home(store, today=after)
shown = month.read_month(store, year=2026, month=9, today=after)
move = event_moves.preview_move(store, event_id=event_id, new_date=date(2026, 9, 16), today=before)
found = {
    "before": [row(one) for one in of_event(before)],
    "event": [row(one) for one in of_event(after)],
    "home": [row(one.task) for one in (*home.rows, *home.later_rows) if one.task.task == "写真の提供の協議"],
    "month": [day.day.isoformat() for day in shown.days for one in day.tasks if one.task == "写真の提供の協議"],
    "move": [[one.label, one.words] for one in move.rows if one.task == "写真の提供の協議"],
    "closing": [w for w in read_closing(store, fiscal_year=2026, today=after).open_duties if "写真の提供" in w],
    "handover": "写真の提供を協議する" in repr(read_handover(store, fiscal_year=2026, now=datetime(2026, 9, 14, 9))),
}
settled = Agreement(event_id=event_id, topic="写真の提供", settled_on=date(2026, 9, 18), decision="区が選ぶ")
save_record(ActionContext(store, BY, datetime(2026, 9, 18, 15)), record=settled)
found["closed"] = [one.completed_on.isoformat() for one in of_event(date(2026, 9, 30))]
found["told"] = []
import app.event.services.tasks.task_kind as kinds
lines = Path(kinds.__file__).read_text(encoding="utf-8").splitlines()
at = lines.index('        name="写真の提供の協議",')
for n in range(at, at + 6):
    try:
        exec(compile("\\n".join(lines[:n] + lines[n + 1:]), kinds.__file__, "exec"), {"__name__": kinds.__name__})
    except TypeError as error:
        found["told"].append(str(error).rpartition(" ")[2].strip("'"))
print(json.dumps(found, ensure_ascii=False))
"""


@pytest.fixture
def house(tmp_path) -> ScratchHouse:
    return ScratchHouse(tmp_path, patch_of("A deadline"))


def test_a_deadline_added_in_one_file_stands_on_home_and_wherever_deadlines_stand(house):
    assert patch_of("A deadline").size == (1, 8, 0)
    found = json.loads(house.python(SEEN))

    # 9/9 + 14 = 9/23(水・祝), and 9/21 and 9/22 are closed, too.
    basis = "目安日。実施日から14日の 9/23(水・祝) は閉庁日のため前の開庁日 = 9/18(金)"
    here = [["写真の提供を協議する", "2026-09-18", basis, "協議・打合せを開く", "区"]]
    assert found["before"] == []
    assert found["event"] == found["home"] == here
    assert found["month"] == ["2026-09-18"]
    assert found["move"] == [["写真の提供を協議する", "12日後ろへ"]]
    assert len(found["closing"]) == 1
    assert found["handover"]
    assert found["closed"] == ["2026-09-18"]
    # The sixth line, 「only after the event」, may be left out.
    assert found["told"] == list(NEEDED)


@pytest.mark.in_full
@pytest.mark.parametrize("line", NEEDED)
def test_mypy_tells_of_a_line_that_was_left_out(house, line):
    wanted = next(one for one in house_lines(house) if one.strip().startswith(f"{line}="))
    house.without(wanted.strip(), path=KINDS)

    told = house.mypy(KINDS)

    assert not told.held
    assert f'Missing named argument "{line}"' in told.said


@pytest.mark.in_full
def test_mypy_tells_of_a_word_that_leads_nowhere(house):
    place = house.folder / KINDS
    text = place.read_text(encoding="utf-8")
    asked = next(one for one in house_lines(house) if one.strip().startswith("action="))
    assert text.count(asked) == 1
    place.write_text(text.replace(asked, '        action="送る",'), encoding="utf-8")

    told = house.mypy(KINDS)

    assert not told.held
    assert 'Argument "action" to "TaskKind" has incompatible type' in told.said


def house_lines(house: ScratchHouse) -> list[str]:
    """The lines of the declaration as the patch adds it."""
    lines = (house.folder / KINDS).read_text(encoding="utf-8").splitlines()
    at = lines.index('        name="写真の提供の協議",')
    return lines[at : at + 6]


TOLD = """
import json, os, tempfile
from datetime import date, datetime
from pathlib import Path
from app.main_window.action_routes import route_to
from app.contributions import register_contributions
from tests.support.light_locks import LIGHT, stretched
from tests.support.stores import TEMPLATES
place = Path(tempfile.mkdtemp())
os.environ[TEMPLATES] = str(place)
register_contributions()
from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import notification
from app.event.services.tasks import deadlines
from tests.support.years import BY, add_lecture, started_year
with stretched(LIGHT):
    store = started_year(place)
event_id = add_lecture(store, date(2026, 9, 9))
def tasks(today):
    found = deadlines.event_tasks(store, event_id=event_id, today=today)
    return [one for one in found if one.task == "アンケートの礼状"]
def state(today):
    return [[one.due.isoformat(), one.completed_on and one.completed_on.isoformat()] for one in tasks(today)]
after = date(2026, 9, 14)
found = {"before": state(date(2026, 9, 8)), "open": state(after)}
way = route_to(tasks(after)[0].link)
lines = notification.read_outgoing_view(store, event_id=event_id).lines
found["way"] = [way.label, way.screen_name, way.arguments["tab"], way.arguments["kind"]]
found["row"] = [one.matter_status.status for one in lines if one.document_kind == way.arguments["kind"]]
given = {"told_to": "回答した方", "told_how": "郵送"}
context = ActionContext(store, BY, datetime(2026, 9, 14, 15))
try:
    notification.notify(context, event_id=event_id, key="アンケートの礼状", **given)
except UserError as refusal:
    found["refused"] = str(refusal)
found["closed"] = state(date(2026, 9, 30))
print(json.dumps(found, ensure_ascii=False))
"""
OFFERS, WAYS = "app/events/contributions.py", "app/main_window/action_routes.py"
BUTTONS = (
    "tests/startup/test_places_of_buttons.py::test_every_word_a_service_may_ask_by_has_its_line_and_a_screen",
    "tests/startup/test_places_of_before.py::test_every_way_leads_where_it_did",
)


@pytest.fixture
def telling(tmp_path) -> ScratchHouse:
    return ScratchHouse(tmp_path, patch_of("A deadline that telling closes"))


@pytest.mark.nightly
def test_a_deadline_that_telling_closes_has_its_row_in_the_papers_and_is_closed_there(telling):
    found = json.loads(telling.python(TOLD))

    # 9/9 + 10 = 9/19(土).
    assert found["before"] == []
    assert found["open"] == [["2026-09-18", None]]
    assert found["way"] == ["礼状を記録", "event", "書類", "アンケートの礼状"]
    assert found["row"] == ["未作成"]
    assert "refused" not in found
    assert found["closed"] == [["2026-09-18", "2026-09-14"]]


@pytest.mark.in_full
def test_a_closing_without_its_matter_is_told_by_who_tells_it(telling):
    telling.apply(
        replaced(
            OFFERS,
            "    *thanks_notification.NOTIFICATIONS,\n",
            "",
        )
    )

    found = json.loads(telling.python(TOLD))

    assert found["refused"]
    assert found["closed"] == [["2026-09-18", None]]


@pytest.mark.in_full
@pytest.mark.parametrize(
    ("left_out", "teller"), [(WAYS, BUTTONS[0]), ("tests/window/places_of_before.txt", BUTTONS[1])]
)
def test_a_word_without_its_way_is_told_by_a_test_and_not_by_mypy(tmp_path, left_out, teller):
    house = ScratchHouse(tmp_path, patch_of("A deadline that telling closes").outside_of(left_out))

    assert house.mypy(WAYS, KINDS).held
    told = house.pytest(teller)

    assert not told.held
    assert "礼状を送る" in told.said
