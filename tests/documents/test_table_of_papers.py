"""The table of the papers in docs names every kind that the program declares, once, with what it is about and its
forms."""

from collections import Counter
from pathlib import Path

from app.documents.services.document_kind import DOCUMENTS

FORMS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


def rows(project_folder: Path) -> list[list[str]]:
    text = (project_folder / "docs" / "papers.md").read_text(encoding="utf-8")
    # The table behind it says how each meets the state of its event (``test_every_kind_in_every_state``).
    lines = [line for line in text.partition("## How")[0].splitlines() if line.startswith("| ")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_declared_paper_stands_in_the_table_once_with_its_forms(project_folder):
    written = rows(project_folder)
    assert [kind for kind, times in Counter(row[0] for row in written).items() if times > 1] == []
    declared = {(one.kind, one.about, ", ".join(FORMS[form] for form in one.formats)) for one in DOCUMENTS}
    assert {(row[0], row[1], row[2]) for row in written} == declared


def test_every_row_says_what_asks_for_it(project_folder):
    for row in rows(project_folder):
        assert len(row) == 5, row
        assert all(row[:4]), row
