"""The list of every place of before knows all there are: screens, tabs, pages of 設定, keys, ways, what Ctrl+K finds.

What is in sight at each of them is looked at on the tour of ``test_layout``.
"""

from typing import get_args

import pytest

from app.actions.action_id import ActionId
from app.home.today.services.global_search import search_everything
from app.main_window.action_routes import ROUTES, route_to
from app.settings.pages.screens.settings_screen import PARTS
from app.startup.screens import event_tabs, screens
from db.records.event_form import EventForm
from tests.support.places_of_before import KEYS, PLACES, SEARCHED, WAYS_OF_BEFORE, address_of, missing_of
from tests.support.sample import NOW, sample_store
from tests.support.settings_pages import no_doors

ADDRESSES = {place.address for place in PLACES}


@pytest.fixture
def registered(qapp):
    return list(screens(no_doors()))


def test_every_screen_tab_and_page_that_is_registered_has_its_line(registered):
    named = {address.partition(" ")[0] for address in ADDRESSES}
    tabs = {f"event {tab.title}" for tab in event_tabs()} | {"event 概要"}
    pages = {f"settings {name}" for name, _page, _make in PARTS}

    assert {entry.screen_name for entry in registered} - named == set()
    assert (tabs | pages) - ADDRESSES == set()


def test_an_event_has_seven_tabs_whatever_its_form():
    tabs = event_tabs()
    forms = {tab.only_form for tab in tabs if tab.only_form is not None}
    for form in EventForm:
        # A tab of one form alone stands in place of アンケート.
        mine = [
            one
            for one in tabs
            if one.only_form in (None, form) and not (one.only_with == "アンケート" and form in forms)
        ]
        asked = "支援のあゆみ" if form.at_organisation else "アンケート"
        assert [one.title for one in mine] == ["参加者", "資料", "当日", asked, "報告", "書類"], form


def test_the_window_has_seven_places_and_the_first_five_numbers_lead_where_they_did(registered):
    entries = [entry for entry in registered if not entry.parent_screen]
    assert {f"Ctrl+{number}": entry.screen_name for number, entry in enumerate(entries, 1)} == KEYS
    assert [entry.title for entry in entries] == ["ホーム", "事業", "団体", "資料・報告", "アンケート", "年度", "設定"]
    assert {entry.title for entry in entries if entry.badge is not None} == {"ホーム", "資料・報告", "設定"}


def test_every_way_leads_where_it_did():
    assert {what: address_of(line.screen_name, line.fixed) for what, line in ROUTES.items()} == WAYS_OF_BEFORE
    assert set(WAYS_OF_BEFORE) == set(get_args(ActionId))


def test_the_old_names_are_found_by_the_search(tmp_path):
    store = sample_store(tmp_path)

    def found(word: str) -> set[str]:
        groups = search_everything(store, text=word, today=NOW.date()).groups
        ways = [
            route_to(item.link) for group in groups for item in group.items if item.link and not item.creates_record
        ]
        return {address_of(way.screen_name, way.arguments) for way in ways}

    missing = [(word, address) for word, address in SEARCHED if address not in found(word)]
    store.database.conn.close()
    assert missing == []
    assert len(SEARCHED) > 70


def test_what_is_not_there_is_told():
    first = PLACES[0]
    line = f"{first.name} | {first.address}"
    everything = {f"{one.name} | {one.address}": [f"＞{one.shows}"] for one in PLACES}

    assert missing_of(everything) == []
    assert missing_of(everything | {line: ["ほか"], "あたらしい | new": []}) == [
        f"{line}: no 「{first.shows}」",
        "not in the list: あたらしい | new",
    ]
    assert missing_of({name: seen for name, seen in everything.items() if name != line}) == [f"no such place: {line}"]
