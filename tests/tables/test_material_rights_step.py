"""Handouts and findings from before their rights and places were noted: as they were, nothing answered, no place."""

from __future__ import annotations

import pytest

from db import migrations
from db.records.submissions.materials import Finding, Material
from db.rows import rows

pytestmark = pytest.mark.nightly


def test_handouts_and_findings_keep_what_they_said():
    before = next(number for number, step in enumerate(migrations.STEPS) if "material_rights" in step.name)
    database = migrations.in_memory(upto=before)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("INSERT INTO materials (id, event_id, position, title, note) VALUES (3, 6, 0, 'テキスト', '')")
    database.execute(
        "INSERT INTO findings (id, version_id, position, page, text, duty, basis, response, resolved)"
        " VALUES (5, 4, 0, '3', '字が小さい', 'お願い', '', '', 1)"
    )
    migrations.migrate(database)
    (material,), (finding,) = rows(database, Material), rows(database, Finding)
    database.conn.close()
    assert (material.title, material.rights) == ("テキスト", {})
    assert (finding.text, finding.resolved, finding.place) == ("字が小さい", True, ())
