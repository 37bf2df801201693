"""The handouts that are distributed at an event, for every document, list and print of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.documents.services.document_kind import document_kind
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import event_status_of
from app.event.services.event_records import EventRecords, MaterialRecords
from app.events.materials import documents as materials_documents
from db.records.presentations import Presentation
from db.records.submissions.materials import Material
from db.rows import rows
from db.store import Store

HANDOUTS = "配布資料"
"""The document kind of printed handouts."""
TIMETABLE = "当日進行表・機材チェック表"
CONSENT = "「事例発表」で承諾書を記録するか、資料の「権利」の「許諾」に、それでも配る理由を書いてください。"
"""What to do next; the reason is stored with the handout as for every other right."""


def distributed_handouts(records: EventRecords) -> tuple[MaterialRecords, ...]:
    """Return the distributed handouts in order.

    One of a 発表 counts only with its 承諾書 (``Presentation.allows``), or with a written reason.
    """
    return tuple(one for one in records.materials if not unresolved_consent(records.presentations, one.material))


def unresolved_consent(presentations: Iterable[Presentation], material: Material) -> str:
    """Return whose 承諾 to distribute a handout is missing without a reason, "" = none."""
    return "" if exception_reason(material) else missing_consent(presentations, material)


def missing_consent(presentations: Iterable[Presentation], material: Material) -> str:
    """Return the first presenter whose 承諾 to distribute a handout is missing, or ""; a reason does not count."""
    mine = (one for one in presentations if one.material_id == material.id and not one.allows("use_handout"))
    return next((one.presenter_name for one in mine), "")


def exception_reason(material: Material) -> str:
    """Return the reason written beside the 許諾 of a handout, such as why it is used without one; "" = none."""
    answer = material.rights.get("許諾")
    return answer.reason.strip() if answer is not None else ""


def handout_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return which handout of a 発表 a list leaves out, or includes for a reason.

    For printed handouts, which have no mark, also that their event is not held.
    """
    if kind not in (TIMETABLE, materials_documents.ENCLOSURES_KIND, HANDOUTS) or scope.event_id is None:
        return ()
    return (*(_state_doubts(store, scope, today) if kind == HANDOUTS else ()), *_consent_doubts(store, scope))


def _state_doubts(store: Store, scope: DocumentScope, today: date) -> tuple[str, ...]:
    """Return a warning before printing if the event is not held."""
    standing = event_status_of(store, document_kind(materials_documents.ENCLOSURES_KIND), scope, today)
    off = standing is not None and standing.state.phase.is_off
    return (f"この回は{standing.state.word}です。配布資料に、その印は入りません。",) if standing and off else ()


def _consent_doubts(store: Store, scope: DocumentScope) -> tuple[str, ...]:
    """Return a sentence for each handout whose presenter has not agreed to it: used for a reason, or left out."""
    known = [one for one in rows(store.database, Presentation, event_id=scope.event_id) if one.material_id]
    if not known:
        return ()
    found = []
    for one in rows(store.database, Material, event_id=scope.event_id, order=("position", "id")):
        who = missing_consent(known, one)
        if who and (reason := exception_reason(one)):
            found.append(f"「{one.title}」は、「{who}」から配る承諾を受けていません（理由：{reason}）。")
        elif who:
            found.append(f"「{who}」の資料「{one.title}」は、配る承諾がないため、配布資料に入れていません。")
    return tuple(found)
