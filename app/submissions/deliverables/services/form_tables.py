"""The tables of all forms, by which a file of ours is recognised that has lost its name.

Every file of others is compared with them: no ledger, document or database is loaded for that."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.foreign_files.own_files import FormTable
from app.programme.rules import every_own_wording
from app.registers.workers.rules import ROLES
from app.submissions.deliverables.rules import year_form_definitions as pages
from app.submissions.deliverables.rules.submission_form import PAGE_HEADINGS, goods_form, workers_form

_MAKERS = (
    partial(workers_form, roles=ROLES), goods_form, pages.selection_form, pages.lessons_form, pages.changes_form,
    pages.subcontract_form, pages.certificate_form, pages.incident_form, pages.drill_form, pages.allowance_form,
)  # fmt: skip


def _form_tables() -> Iterator[FormTable]:
    """Yield the headings of every table in a form of the program, by which its file is recognised."""
    for make in _MAKERS:
        form = make(about="", subject="")
        for page in form.pages:
            if page.columns:
                yield FormTable(headings=tuple(column.title for column in page.columns), form=form.title)
    for headings in PAGE_HEADINGS:
        for said in every_own_wording("\n".join(headings)):
            yield FormTable(headings=tuple(said.split("\n")))


FORM_TABLES = tuple(_form_tables())
