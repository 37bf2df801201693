"""Whatever place of the window shows a name leaves an access, and no access holds one."""

import json
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication

from app.startup.pictures.sample_additions import event_ids
from app.startup.pictures.shot import close_dialogs
from app.startup.pictures.visible_texts import visible_texts
from app.widgets.layouts import front_window
from app.window.ui_settings import use_settings_file
from db.accesses import queries
from db.accesses.sessions import begin_recording, write_accesses
from db.records.organisations import Contact, Person
from db.rows import rows
from tests.support.sample import NOW
from tests.support.sample_desk import give_users, session
from tests.support.visits import every_visit, until_quiet
from tests.support.whole_window import whole_window

STAYS_OPEN = {"窓 選定を記録": "the form of the visit before, which was noted when it was opened"}


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication):
    """Each place with whether a name was in sight and what was noted; and all that was recorded, with who is known."""
    use_settings_file(None)
    folder = tmp_path_factory.mktemp("tour")
    with session(folder) as desk:
        give_users(desk.store)
        names = {one.name for one in rows(desk.store.database, Person)}
        reached = {one.value for one in rows(desk.store.database, Contact)}
        ids = event_ids(desk.store, NOW.date())
        window = whole_window(desk)
        window.show()
        places = {}
        for visit in every_visit(ids, folder):
            begin_recording(desk.store, pc="MADO-01", now=NOW)
            window.go("settings", page="closed_days")
            until_quiet(window)
            desk.tasks.run_on_store(lambda: write_accesses(desk.store), on_done=lambda _said: None, owner=window)
            until_quiet(window)
            begin_recording(desk.store, pc="MADO-01", now=NOW)
            window.go(visit.place, **visit.arguments)
            until_quiet(window)
            for step in visit.opening:
                step(window)
                until_quiet(window)
            shown = [*visible_texts(window), *visible_texts(front_window(window))]
            noted = [one for one in desk.store.accesses._waiting if one.act.is_opening]
            places[visit.name] = ({name for name in names if any(name in text for text in shown)}, noted)
            desk.tasks.run_on_store(lambda: write_accesses(desk.store), on_done=lambda _said: None, owner=window)
            close_dialogs(window)
            until_quiet(window)
        found = queries.accesses_after(desk.store.database, 0)
        window.close()
        window.deleteLater()
    return places, found, names | reached


def test_whatever_place_shows_a_name_leaves_an_access(tour):
    places, _found, _known = tour
    named = {place for place, (names, _noted) in places.items() if names}
    assert len(named) > 30
    unnoted = {place for place in named if not places[place][1]}
    assert unnoted <= set(STAYS_OPEN)
    # Where the list behind it was read anew in time, it was noted once more.
    assert all(places[before][1] for before, place in pairwise(places) if place in STAYS_OPEN)


def test_no_access_holds_a_name_or_what_reaches_somebody(tour):
    _places, found, known = tour
    assert len(found) > 100
    said = json.dumps([[str(value) for value in vars(one).values()] for one in found], ensure_ascii=False)
    assert {one for one in known if len(one) > 1 and one in said} == set()
