"""What the program of before kept of files that it took in, put into a store of today with the keys of that reading."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from db import mapping
from db.records.applications import Application, ForeignImport
from db.records.organisations import Contact, Person
from db.records.roster import Entry
from db.store import Store

FOLDER = Path(__file__).parents[1] / "fixtures" / "before"
"""Made by the program of 0a4eb610: every file taken in for the first event, all doubtful rows with it; ``raw`` is the
canonical text of each row, whose keyed sum it kept, ``born`` a place as the first of two rows of one person made it."""
_KINDS = {"applications": Application, "people": Person, "entries": Entry, "contacts": Contact}
_NOT_EMPTY: dict[type, dict[str, Any]] = {
    Application: {"name": ""},
    Person: {"name": ""},
    Entry: {"event_id": 1},
    Contact: {"kind": "電話", "value": ""},
}


def applications_before() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """What was kept of each file of applications, by its name."""
    return json.loads((FOLDER / "applications.json").read_text(encoding="utf-8"))


def put_in(store: Store, kept: dict[str, list[dict[str, Any]]], file_name: str, *, by: str, now: datetime) -> None:
    """Put the rows of one file into ``store`` as the program of before left them, a place that a later row of the file
    took over as it came to be first."""
    with store.change(action="取り込み", by=by, now=now, subject="applications") as change:
        change.insert(
            ForeignImport(
                target="申込",
                event_id=1,
                file_name=file_name,
                sha256="",
                at=now,
                by=by,
                new=len(kept["applications"]),
                updated=0,
                duplicate=0,
                needs_check=0,
                skipped=0,
                source="",
            )
        )
        for name, kind in _KINDS.items():
            empty = mapping.to_columns(kind(**_NOT_EMPTY[kind]))
            for found in kept[name]:
                values = found["born"] if "born" in found else dict(found)
                if raw := values.pop("raw", None):
                    values["row_key"] = store.keys.keyed_hash(f"application\n{raw}")
                change.insert(mapping.to_record(kind, {**empty, **values}))
        for found in kept["entries"]:
            if "born" in found:
                change.update(Entry, found["id"], **{name: found[name] for name in found if name not in ("id", "born")})
