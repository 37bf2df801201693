"""A list that makes a row current while it is filled has its details read once, and again after the next reading."""

from collections import Counter

import pytest

from app.home.changes.screens import ChangesScreen
from app.registers.register.screens.organisations_screen import OrganisationsScreen
from db.store import Store
from tests.support.doing import do
from tests.support.sample_desk import shown
from tests.support.turns_pages import turns_made


@pytest.mark.parametrize(
    ("made", "details"),
    [
        (ChangesScreen, {"read_change"}),
        (OrganisationsScreen, {"read_organisation"}),
        (turns_made, {"read_material", "read_related_items"}),
    ],
)
def test_the_details_of_the_row_made_current_are_read_once(desk, qtbot, monkeypatch, made, details):
    asked = Counter()
    read = Store.read_with_retry

    def noted(store, query, touched):
        name = getattr(query, "given", (query,))[0].__name__
        asked.update({name} & details)
        return read(store, query, touched)

    monkeypatch.setattr(Store, "read_with_retry", noted)
    screen = shown(qtbot, made(desk), desk)
    assert asked.total() == 1

    asked.clear()
    do(qtbot, desk, screen.refresh)
    assert asked.total() == 1, "what was read anew may differ"
