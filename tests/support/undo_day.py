"""Undo of the papers of the day: what was chosen for them comes back; what left the app stays logged."""

from collections.abc import Callable
from typing import Any

from app.event_day.day.services import day_document_content, day_pack, guide_documents
from app.events.materials.services import handout_sets
from tests.support.scenarios import Scenarios

SCENARIOS: Scenarios = {
    day_document_content.set_day_option: lambda w: {
        "event_id": w.events["L6"],
        "option": "資料を区で印刷する",
        "on": True,
    },
    guide_documents.mark_guide_checked: lambda w: {"event_id": w.events["L4"]},
}

NO_UNDO: dict[Callable[..., Any], str] = {
    day_pack.save_pack_file: "an export: a row of the log that is never deleted",
    day_pack.save_pack_folder: "an export: a row of the log that is never deleted",
    day_pack.note_pack_print: "printing can't be taken back",
    handout_sets.save_handouts: "an export: a row of the log that is never deleted",
    handout_sets.note_handout_print: "printing can't be taken back",
}
