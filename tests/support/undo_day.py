"""Undo of the papers of the day: what was chosen for them comes back; what left the app stays logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.event_day.day.services import day_document_content, day_pack, guide_documents
from app.events.materials.services import handout_sets
from tests.support.world import World

Act = Callable[[World, dict[str, Any]], object]

SCENARIOS: dict[Callable[..., Any], Act] = {
    day_document_content.set_day_option: lambda w, who: day_document_content.set_day_option(
        w.store, event_id=w.events["L6"], option="資料を区で印刷する", on=True, **who
    ),
    guide_documents.mark_guide_checked: lambda w, who: guide_documents.mark_guide_checked(
        w.store, event_id=w.events["L4"], **who
    ),
}

NO_UNDO: dict[Callable[..., Any], str] = {
    day_pack.save_pack_file: "an export: a row of the log that is never deleted",
    day_pack.save_pack_folder: "an export: a row of the log that is never deleted",
    day_pack.note_pack_print: "printing can't be taken back",
    handout_sets.save_handouts: "an export: a row of the log that is never deleted",
    handout_sets.note_handout_print: "printing can't be taken back",
}
