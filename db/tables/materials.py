"""Queries on handouts, received versions and findings."""

from __future__ import annotations

from db.engine import Database
from db.records.submissions.materials import Finding, Material, MaterialVersion
from db.rows import rows


def of_event(database: Database, event_id: int) -> list[Material]:
    """Return the handouts of one event in order."""
    return rows(database, Material, event_id=event_id, order=("position", "id"))


def versions(database: Database, material_id: int) -> list[MaterialVersion]:
    """Return the versions of one handout, in the order received."""
    return rows(database, MaterialVersion, material_id=material_id, order=("version", "id"))


def findings(database: Database, version_id: int) -> list[Finding]:
    """Return the findings on one version in order."""
    return rows(database, Finding, version_id=version_id, order=("position", "id"))


def frequent_findings(database: Database, *, limit: int) -> list[tuple[str, str, str]]:
    """Return text, duty and basis of findings that occur more than once, most frequent first."""
    return [
        (str(text), str(duty), str(basis))
        for text, duty, basis in database.execute(
            "SELECT text, duty, basis FROM findings GROUP BY text, duty, basis HAVING count(*) > 1 "
            "ORDER BY count(*) DESC, max(id) DESC LIMIT ?",
            [limit],
        ).fetchall()
    ]
