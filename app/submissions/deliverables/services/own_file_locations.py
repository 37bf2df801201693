"""The place in the window where an own file belongs that somebody tries to import.

A file is recognised by its name, or by the table of a form when nothing else is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.documents.services.document_kind import DOCUMENTS
from app.foreign_files.own_files import FormTable, OwnFileLocation
from app.ledgers.services.ledger import LEDGERS
from app.programme.rules import every_own_wording
from app.submissions.deliverables.documents import ENDING, HEADINGS
from app.submissions.deliverables.services.year_forms import FORMS


def location_of(name: str) -> OwnFileLocation | None:
    """Return what the own file called ``name`` is (様式, 管理簿, 書類) and on which page it belongs, or None."""
    if any(name == ledger.title for ledger in LEDGERS):
        return OwnFileLocation(file_type="管理簿", page="情報保護")
    if not any(name in (paper.kind, *paper.aliases) for paper in DOCUMENTS):
        return None
    return (
        OwnFileLocation(file_type="様式", page="資料・報告")
        if name.endswith(ENDING)
        else OwnFileLocation(file_type="書類", page="帳票")
    )


def _form_tables() -> Iterator[FormTable]:
    """Yield the headings of every table in a form of the program, by which its file is recognised."""
    for form in FORMS:
        for page in form.make("", "").pages:
            if page.columns:
                yield FormTable(headings=tuple(column.title for column in page.columns), form=form.title)
    for headings in HEADINGS:
        for said in every_own_wording("\n".join(headings)):
            yield FormTable(headings=tuple(said.split("\n")))


FORM_TABLES: Final = tuple(_form_tables())
