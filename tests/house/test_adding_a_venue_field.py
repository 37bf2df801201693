"""A field of a 会場 as ``docs/adding.md`` adds it: typed, taken in, saved in our workbook, told in 履歴, printed."""

import json
import re

import pytest

from db import migrations
from tests.support.scratch_house import Patch, ScratchHouse, patch_of

SEEN = """
import json, os, tempfile
from datetime import date, datetime
from pathlib import Path
from app.contributions import register_contributions
from tests.support.light_locks import LIGHT, stretched
from tests.support.stores import TEMPLATES
place = Path(tempfile.mkdtemp())
os.environ[TEMPLATES] = str(place)
os.environ["QT_QPA_PLATFORM"] = "offscreen"
register_contributions()
import inspect
from app.actions.action_context import ActionContext
from app.documents.services import documents
from app.event.rules.event_venue import venue_facts
from app.events.letters.services import letter_building
from app.history import services as history_services
from app.home.today.services.global_search import search_everything
from app.importing.row_target import import_list
from app.registers.venues import screens
from app.registers.venues.services import VENUES, list_venues, save_venue
from db.rows import rows
from db.records.venues import Venue
from db.records.events import Event
from tests.support.history_lines import list_history
from tests.support.years import BY, NOW, add_lecture, started_year
with stretched(LIGHT):
    store = started_year(place)
event_id = add_lecture(store, date(2026, 9, 9))
who = {"by": BY, "now": NOW}
path = place / "会場.csv"
path.write_text("会場名,駐輪場のようす\\n見本もみじ会館,北がわ\\n", encoding="utf-8")
import_list(ActionContext(store, BY, NOW), target=VENUES, path=path)
(venue,) = rows(store.database, Venue)
found = {"taken in": venue.parking}
with store.change(action="会場を変えた", subject="venues", **who) as change:
    change.update(Venue, venue.id, parking="南がわ", address="みほん町1")
    change.update(Event, event_id, venue="見本もみじ会館")
found["history"] = [[one.field, one.before, one.after] for one in list_history(store)[0].changes if "駐" in one.field]
facts = venue_facts(rows(store.database, Event)[0], rows(store.database, Venue))
found["facts"] = list(facts.more)
columns = [one for column in screens.venue_columns() for one in column.export_columns()]
found["exported"] = [one.show(list_venues(store)[0]) for one in columns if one.title == "駐輪場"]
found["listed"] = "駐輪場" in [one.title for one in screens.venue_columns()]
items = [item for group in search_everything(store, text="南がわ").groups for item in group.items]
found["searched"] = [item.detail for item in items if item.link.venue_id]
found["typed"] = 'record_field(Venue, "parking"' in inspect.getsource(screens.VenueDialog)
for kind in ("会長あて案内文", "当日のしおり"):
    found[kind] = "南がわ" in str(documents.build_document(store, event_id=event_id, kind=kind, now=NOW))
history_services.undo(store, **who)
found["undone"] = rows(store.database, Venue)[0].parking
print(json.dumps(found, ensure_ascii=False))
"""


def the_patch() -> Patch:
    """The patch of the page; its step takes the number that is free today."""
    found = patch_of("A field of a 会場").files
    return Patch({re.sub(r"/\d{4}_", f"/{migrations.NEWEST + 1:04d}_", path): found[path] for path in found})


@pytest.mark.nightly
def test_four_files_bring_it_everywhere(tmp_path):
    patch = the_patch()
    assert patch.size[0] <= 4

    found = json.loads(ScratchHouse(tmp_path, patch).python(SEEN))

    assert found == {
        "taken in": "北がわ",
        "history": [["駐輪場", "北がわ", "南がわ"]],
        "facts": ["駐輪場　南がわ"],
        "exported": ["南がわ"],
        "listed": True,
        "searched": ["駐輪場：南がわ"],
        "typed": True,
        "会長あて案内文": True,
        "当日のしおり": True,
        "undone": "北がわ",
    }
