"""Kinds of before keep what they had: the 協議 of every event, and the clause before the figures of the last year."""

from db import migrations
from db.records.programme import EventKind, VisitStep
from db.rows import rows
from tests.support.old_shapes import before_step


def test_kinds_of_before_keep_their_consultations_and_the_clause_of_the_last_year():
    database = before_step(101)
    filled = {
        name: "" if kind == "TEXT" else 0
        for _number, name, kind, needed, usual, key in database.execute("PRAGMA table_info(kind_numbers)")
        if needed and usual is None and not key
    }
    for kind, form, clause in (("講習会", "講習", "仕4(1)カ"), ("訪問", "派遣", ""), ("会", "意見交換", "第7条")):
        said = {
            **filled, "kind": kind, "form": form, "clause_content": clause, "held_last_year_source": "「前年」",
            "steps": "[]", "window_start": "2026-09-01", "window_end": "2026-12-25", "counted": "回",
        }  # fmt: skip
        columns = ", ".join(said)
        database.execute(
            f"INSERT INTO kind_numbers ({columns}) VALUES ({', '.join('?' * len(said))})", tuple(said.values())
        )

    migrations.migrate(database)

    agreed = (VisitStep.CONSULTATION,)
    assert [(one.steps, one.held_last_year_source) for one in rows(database, EventKind, order="id")] == [
        (agreed, "仕様書4(1)カ「前年」"),
        ((), "「前年」"),
        (agreed, "「前年」"),
    ]
