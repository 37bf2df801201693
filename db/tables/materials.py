"""Reading handouts, the versions received and the findings on them."""

from __future__ import annotations

from db import mapping
from db.engine import Database
from db.records.materials import Finding, Material, MaterialVersion


def material(database: Database, material_id: int) -> Material | None:
    """Return one handout, or None."""
    return mapping.fetch_one(database, Material, "SELECT * FROM materials WHERE id = ?", [material_id])


def of_event(database: Database, event_id: int) -> list[Material]:
    """Return the handouts of one event in order."""
    return mapping.fetch(
        database, Material, "SELECT * FROM materials WHERE event_id = ? ORDER BY position, id", [event_id]
    )


def everything(database: Database) -> list[Material]:
    """Return every handout, by event and position."""
    return mapping.fetch(database, Material, "SELECT * FROM materials ORDER BY event_id, position, id")


def version(database: Database, version_id: int) -> MaterialVersion | None:
    """Return one version, or None."""
    return mapping.fetch_one(database, MaterialVersion, "SELECT * FROM material_versions WHERE id = ?", [version_id])


def versions(database: Database, material_id: int) -> list[MaterialVersion]:
    """Return the versions of one handout, first received first."""
    return mapping.fetch(
        database,
        MaterialVersion,
        "SELECT * FROM material_versions WHERE material_id = ? ORDER BY version, id",
        [material_id],
    )


def all_versions(database: Database) -> list[MaterialVersion]:
    """Return the versions of every handout, first received first within each."""
    return mapping.fetch(database, MaterialVersion, "SELECT * FROM material_versions ORDER BY material_id, version, id")


def finding(database: Database, finding_id: int) -> Finding | None:
    """Return one finding, or None."""
    return mapping.fetch_one(database, Finding, "SELECT * FROM findings WHERE id = ?", [finding_id])


def findings(database: Database, version_id: int) -> list[Finding]:
    """Return the findings on one version in order."""
    return mapping.fetch(
        database, Finding, "SELECT * FROM findings WHERE version_id = ? ORDER BY position, id", [version_id]
    )


def all_findings(database: Database) -> list[Finding]:
    """Return the findings on every version, in order within each."""
    return mapping.fetch(database, Finding, "SELECT * FROM findings ORDER BY version_id, position, id")
