"""Somebody who is 閲覧, and what they try: every writing service that undo does not take back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from app.documents.services import copy_retention, document_saving, documents, issued_copies, list_export
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
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
from tests.support.scenarios import Service, act
from tests.support.world import DAY, OTHER, World


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
    world: World, out: Path, reader: Reader, *, first: Sequence[Service]
) -> dict[Callable[..., Any], Callable[[], object]]:
    """Every writing service that undo does not take back, with what it needs, prepared by somebody else.

    ``first``: two services of the person here, made while they still were 担当; the last of them is taken back.
    """
    store, event_id, context = world.store, world.events["L5"], ActionContext(world.store, BY, NOW)
    scope, kind = DocumentScope(event_id=event_id), report_documents.REPORT
    document_saving.save_document(
        ActionContext(store, OTHER, NOW),
        scope=scope,
        kind=kind,
        format="pdf",
        options=SaveOptions(path=out.parent / "kept.pdf"),
    )
    copy = rows(store.database, Outgoing, by=OTHER)[-1].id
    reader.on = False
    for service in first:
        act(service, world, context)
    (done,) = store.database.execute("SELECT max(seq) FROM journal").fetchone()
    history_services.undo(store, by=BY, now=NOW)
    reader.on = True
    late = ActionContext(store, BY, datetime(2060, 4, 1, 9))
    materials.receive_version(
        ActionContext(store, OTHER, NOW),
        material_id=world.material("L6", 1),
        name="第2版.pdf",
        data=b"%PDF-1.4 second",
        received_on=DAY,
    )
    with_file = next(one.id for one in rows(store.database, MaterialVersion) if one.file_id is not None)
    year = rows(store.database, Programme)[0]
    return {
        document_saving.save_document: lambda: document_saving.save_document(
            context, scope=scope, kind=kind, format="pdf", options=SaveOptions(path=out / "a.pdf")
        ),
        document_saving.log_print: lambda: document_saving.log_print(
            context, scope=scope, kind=kind, copies=1, pages=1, rendered=documents.render_document(
                store, scope=scope, kind=kind, format="pdf", now=NOW)
        ),
        material_files.save_version_copy: lambda: material_files.save_version_copy(
            context, version_id=with_file, options=SaveOptions(path=out / "b.pdf")
        ),
        list_export.export_list: lambda: list_export.export_list(
            context, title="一覧", columns=["a"], rows=[["b"]], options=SaveOptions(path=out / "b.xlsx"), personal=False
        ),
        calendar_entries.save_calendar: lambda: calendar_entries.save_calendar(
            context, scope=calendar_entries.CalendarScope(event_id=event_id), options=SaveOptions(path=out / "b.ics")
        ),
        issued_copies.save_copy: lambda: issued_copies.save_copy(
            context, outgoing_id=copy, options=SaveOptions(path=out / "c.pdf", reason="控え")
        ),
        issued_copies.note_copy_print: lambda: issued_copies.note_copy_print(
            context, outgoing_id=copy, copies=1, pages=1
        ),
        issued_copies.note_copied_text: lambda: issued_copies.note_copied_text(
            context, scope=scope, kind="文", text="文"
        ),
        issued_copies.note_copied_list: lambda: issued_copies.note_copied_list(
            context, title="一覧", count="1人", event_id=event_id, fiscal_year=2026
        ),
        copy_retention.erase_expired: lambda: copy_retention.erase_expired(
            late, outgoing_ids=[copy_retention.read_expired(store, today=late.today).rows[0].id]
        ),
        history_services.undo: lambda: history_services.undo(store, by=BY, now=NOW),
        history_services.undo_entry: lambda: history_services.undo_entry(store, seq=done - 1, by=BY, now=NOW),
        history_services.redo: lambda: history_services.redo(store, by=BY, now=NOW),
        programme_services.start_programme: lambda: programme_services.start_programme(
            context, programme=replace(year, id=0, fiscal_year=2031), numbers=(), office=Office()
        ),
    }  # fmt: skip
