"""The tables of 団体の記録 are as wide as the page, and a list without rows says so."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from app.documents.blocks import Paragraph, Table
from app.registers.register import documents
from app.registers.register.documents import OrganisationFacts, organisation_record
from db.records.organisations import Organisation


def tables(monkeypatch, **rows):
    monkeypatch.setattr(documents.document_frame, "frame_document", lambda *_a, blocks, **_k: tuple(blocks))
    lists = dict.fromkeys(("people", "contacts", "participation", "stages", "agreements", "subsidies"), ())
    facts = OrganisationFacts(
        organisation=Organisation(id=1, name="みほん町会"), participation_words="", remark="", **(lists | rows)
    )
    context = SimpleNamespace(
        programme=SimpleNamespace(fiscal_year=2026, branch="支部", year_code="R8"), made_at=datetime(2026, 9, 1, 9)
    )
    return organisation_record(context, facts)


@pytest.mark.parametrize(
    ("given", "name", "count"),
    [
        ("people", "役員・人", 4), ("contacts", "団体の連絡先", 4), ("participation", "申込・参加", 3),
        ("stages", "到達段階", 4), ("agreements", "協議", 4), ("subsidies", "補助金", 6),
    ],
)  # fmt: skip
def test_each_table_fills_the_page(monkeypatch, given, name, count):
    blocks = tables(monkeypatch, **{given: [("x",) * count]})
    (table,) = (one for one in blocks if isinstance(one, Table))
    assert (table.name, len(table.columns)) == (name, count)
    assert sum(column.width for column in table.columns) == 165
    empty = tables(monkeypatch)
    assert not any(isinstance(one, Table) for one in empty)
    assert sum(one == Paragraph(documents._NO_RECORDS) for one in empty) == 5
