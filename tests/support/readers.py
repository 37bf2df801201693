"""Somebody who is 閲覧, and what they try: every writing service that undo does not take back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.documents.services import copy_retention, document_saving, documents, issued_copies, list_export
from app.documents.services.document_scope import DocumentScope
from app.event.services import calendar_entries
from app.events.materials.services import material_files, materials
from app.history import services as history_services
from app.programme import services as programme_services
from app.submissions.reports.services import report_documents
from db.files import storage_errors
from db.records.documents import Outgoing
from db.records.programme import Office, Programme
from db.records.submissions.materials import MaterialVersion
from db.rows import rows
from db.store import Store
from tests.support.sample import BY, NOW
from tests.support.world import DAY, OTHER, World

Act = Callable[[World, dict[str, Any]], object]


class Reader:
    """Makes ``BY`` a 閲覧 while it is ``on``; ``asked`` holds who asked for each change."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store, self.on = store, True
        self.asked: list[str] = []
        change = Store.change

        def by_role(store: Store, **given: Any) -> Any:
            store.restriction = "reader" if self.on and given["by"] == BY else ""
            self.asked.append(given["by"])
            return change(store, **given)

        monkeypatch.setattr(Store, "change", by_role)

    def is_refused(self, act: Callable[[], object]) -> bool:
        """Whether an action ends at the one place that asks."""
        self.asked.clear()
        try:
            act()
        except storage_errors.RestrictedError:
            return self.asked[-1:] == [BY]
        finally:
            self.store.restriction = ""
        return False


def leaving(
    world: World, out: Path, reader: Reader, *, first: Sequence[Act]
) -> dict[Callable[..., Any], Callable[[], object]]:
    """Every writing service that undo does not take back, with what it needs, prepared by somebody else.

    ``first``: two actions of the person here, made while they still were 担当; the last of them is taken back.
    """
    store, event_id, who = world.store, world.events["L5"], {"by": BY, "now": NOW}
    scope, kind = DocumentScope(event_id=event_id), report_documents.REPORT
    document_saving.save_document(
        store, scope=scope, kind=kind, format="pdf", path=out.parent / "kept.pdf", by=OTHER, now=NOW
    )
    copy = rows(store.database, Outgoing, by=OTHER)[-1].id
    reader.on = False
    for act in first:
        act(world, who)
    (done,) = store.database.execute("SELECT max(seq) FROM journal").fetchone()
    history_services.undo(store, **who)
    reader.on = True
    late = {"by": BY, "now": datetime(2060, 4, 1, 9)}
    materials.receive_version(
        store,
        material_id=world.material("L6", 1),
        name="第2版.pdf",
        data=b"%PDF-1.4 second",
        received_on=DAY,
        by=OTHER,
        now=NOW,
    )
    with_file = next(one.id for one in rows(store.database, MaterialVersion) if one.file_id is not None)
    year = rows(store.database, Programme)[0]
    return {
        document_saving.save_document: lambda: document_saving.save_document(
            store, scope=scope, kind=kind, format="pdf", path=out / "a.pdf", **who
        ),
        document_saving.log_print: lambda: document_saving.log_print(
            store, scope=scope, kind=kind, copies=1, pages=1, rendered=documents.render_document(
                store, scope=scope, kind=kind, format="pdf", now=NOW), **who
        ),
        material_files.save_version_copy: lambda: material_files.save_version_copy(
            store, version_id=with_file, path=out / "b.pdf", **who
        ),
        list_export.export_list: lambda: list_export.export_list(
            store, title="一覧", columns=["a"], rows=[["b"]], path=out / "b.xlsx", personal=False, **who
        ),
        calendar_entries.save_calendar: lambda: calendar_entries.save_calendar(
            store, scope=calendar_entries.CalendarScope(event_id=event_id), path=out / "b.ics", **who
        ),
        issued_copies.save_copy: lambda: issued_copies.save_copy(
            store, outgoing_id=copy, path=out / "c.pdf", reason="控え", **who
        ),
        issued_copies.note_copy_print: lambda: issued_copies.note_copy_print(
            store, outgoing_id=copy, copies=1, pages=1, **who
        ),
        issued_copies.note_copied_text: lambda: issued_copies.note_copied_text(
            store, scope=scope, kind="文", text="文", **who
        ),
        issued_copies.note_copied_list: lambda: issued_copies.note_copied_list(
            store, title="一覧", count="1人", event_id=event_id, fiscal_year=2026, **who
        ),
        copy_retention.erase_expired: lambda: copy_retention.erase_expired(
            store, outgoing_ids=[copy_retention.read_expired(store, today=late["now"].date())[0].id], **late
        ),
        history_services.undo: lambda: history_services.undo(store, **who),
        history_services.undo_entry: lambda: history_services.undo_entry(store, seq=done - 1, **who),
        history_services.redo: lambda: history_services.redo(store, **who),
        programme_services.start_programme: lambda: programme_services.start_programme(
            store, programme=replace(year, id=0, fiscal_year=2031), numbers=(), office=Office(), **who
        ),
    }  # fmt: skip
