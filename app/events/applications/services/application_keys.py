"""Recognises rows imported before by their keys, of the current or an earlier version of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.events.applications.intake.application_cells import canonical_row_text, stable_headings
from app.events.applications.intake.application_rows import ApplicationRow
from app.events.applications.services.application_preview import map_file
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.foreign_files.foreign_shape import ForeignFile, with_earlier_reading
from app.foreign_files.tables.heading_roles import fold_heading
from app.importing.missing_years import with_years
from db.record import group_by_key
from db.records.applications import Application, ImportTarget
from db.store import Store
from db.tables import applications as table

EarlierTexts = Callable[[], Mapping[int, Sequence[str]]]
"""Returns the canonical texts of rows by an earlier version of the reader; computed only when needed."""


def earlier_texts(
    store: Store, file: ForeignFile, fields: Mapping[int, str], year_start: date | None
) -> dict[int, list[str]]:
    """Return the canonical texts of ``file`` as an earlier version read it, by row; empty if it read it equally.

    A row has one text or several. ``year_start`` is the first of the twelve months in which days without a year lie.
    What such a text leaves out depends on the columns: those remembered or proposed for the earlier headings, else the
    current ones (``fields``) by heading.
    """
    before = with_earlier_reading(file)
    if before is None:
        return {}
    found: dict[int, list[str]] = {}
    for columns in (map_file(store, before, None).fields, _fields_by_heading(file, before, fields)):
        dated = with_years(before, columns, APPLICATIONS_TARGET.day_fields, year_start)
        headings = stable_headings(dated, columns)
        for row in dated.rows:
            texts = found.setdefault(row.row, [])
            text = canonical_row_text(row, headings)
            if text not in texts:
                texts.append(text)
    return found


def _fields_by_heading(file: ForeignFile, earlier_file: ForeignFile, fields: Mapping[int, str]) -> dict[int, str]:
    """Return the current fields by the columns of the earlier reading; equal headings in their order."""
    places = group_by_key((fold_heading(heading), index) for index, heading in enumerate(file.headings))
    found = {}
    for index, heading in enumerate(earlier_file.headings):
        same = places.get(fold_heading(heading), [])
        now = same.pop(0) if len(same) > 1 else same[0] if same else None
        if now is not None and now in fields:
            found[index] = fields[now]
    return found


class ImportedRows:
    """Finds the applications that rows of a file brought in an earlier import."""

    def __init__(self, store: Store, rows: Sequence[ApplicationRow], earlier_texts: EarlierTexts):
        self._hash = store.keys.keyed_hash
        self._keys = {row.row: self._hash_key(row.canonical_text) for row in rows}
        self._known = table.applications_by_key(store.database, list(self._keys.values()))
        self._earlier = self._find_by_earlier_keys(store, earlier_texts) if self._needs_earlier_keys(store) else {}

    def _needs_earlier_keys(self, store: Store) -> bool:
        """Return whether keys of the earlier reader can match: a row is new to the current one, and files were
        imported.
        """
        unknown = any(key not in self._known for key in self._keys.values())
        return unknown and bool(table.imports_for(store.database, ImportTarget.APPLICATIONS))

    def _find_by_earlier_keys(self, store: Store, earlier_texts: EarlierTexts) -> dict[int, Application]:
        """Return applications imported earlier under a key that was then made differently."""
        keys = {
            row: [self._hash_key(text) for text in texts]
            for row, texts in earlier_texts().items()
            if self._keys.get(row) not in self._known
        }
        known = table.applications_by_key(store.database, [key for some in keys.values() for key in some])
        return {row: known[key] for row, some in keys.items() for key in some if key in known}

    def _hash_key(self, text: str) -> str:
        """Return the keyed hash by which the application of a row is found again in a later file."""
        return self._hash(f"application\n{text}")

    def key(self, row: int) -> str:
        """Return the key of a row by the current reader."""
        return self._keys[row]

    def application_of_row(self, row: int) -> Application | None:
        """Return the application that a row brought before, or None."""
        return self._known.get(self._keys[row]) or self._earlier.get(row)

    def is_known_by_earlier_reading(self, row: int) -> bool:
        """Return whether only the earlier reader knows a row, because more rows or other cells are read today."""
        return row in self._earlier
