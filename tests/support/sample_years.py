"""The sample year as it is, with little in it, and after some of it was changed: to be read, one of each for a run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.actions.user_error import UserError
from app.documents.blocks import SheetBreak
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from db.query_cache import caching
from db.store import Store
from tests.support.paper_lines import lines_of
from tests.support.sample import NOW, event_id, sample_store
from tests.support.written_papers import change_the_year

YEAR: Final = DocumentScope(fiscal_year=2026, as_of=NOW.date())
_MAY_BE_MISSING: Final = {
    "programmes": "contract_date contract_number amount tax accounts_due invoice_to clause_purpose clause_term"
    " clause_proposal clause_payment clause_annexes",
    "kind_numbers": "clause_window clause_planned clause_people clause_minutes clause_content clause_material"
    " clause_equipment clause_survey clause_report clause_item clause_target clause_venue clause_recruitment"
    " clause_selection clause_discussion question_time audience lecturer held_last_year_source",
    "offices": "section unit postal_code phone fax email document_symbol staff",
    "contractors": "representative responsible email phone address registration_number account account_holder",
    "organisations": "branch furigana households note",
    "events": "lecturer groups facilitators venue_capacity note room content",
    "agenda_items": "form content uses",
    "equipment_items": "checked_on checked_by agreement note",
    "event_results": "applied applied_organisations attended attended_organisations absent walk_ins lent_devices"
    " own_devices witness note",
    "agreements": "settled_on partner way ward_view contractor_view decision reason clause ward_people"
    " section_asked_on section_person section_answer confirmed_on confirmed_how original_place",
    "material_versions": "pages result_by result_note printed handed_out",
    "event_surveys": "agreed_on fixed_on online_url online_close distributed counted_by counted_on checked_by"
    " papers_received",
    "people": "furigana role phone",
    "entries": "device care group_number seat waiting_order attendance attended_at absent_told_at absent_note note",
    "table_groups": "facilitator note",
    "venues": "address access phone capacity equipment note aed refuge",
    "bookings": "applied_on approval_number approved_on reduction equipment key_note cancel_by fee purpose",
    "reports": "receipt_number original_place points checked_on checked_by note",
    "received_papers": "received_from receipt_number original_place points checked_on checked_by note keep_years",
    "letters": "document_number issued_on",
    "meetings": "place ward_people contractor_people handed next_meeting answer_by confirmed_on confirmed_how",
    "homework": "person due done_on done_note",
    "dispatch_wishes": "signer signer_role current_use trouble took_part days venue network equipment people phones",
    "dispatch_supports": "hearing_on hearing_how hearing_people issue agreed agreement_number equipment line fee",
    "earlier_figures": "source",
    "presentations": "minutes questions answer_by material sheets presenter original_place",
    "incidents": "people spot course needed_reason owners_how cause closed_how",
    "restore_drills": "witness pc treatment treated_by treated_on",
    "budget_memos": "maker hand_in total_this total_next cut_note",
}


def bare_year(folder: Path) -> Store:
    """Return the sample year in which everything is missing that may be."""
    store = sample_store(folder)
    for table, names in _MAY_BE_MISSING.items():
        required = {one.name for one in store.database[table].columns if one.notnull}
        for name in names.split():
            (kept,) = next(iter(store.database.execute(f"SELECT max({name}) FROM {table}")))
            value = "''" if name in required else "NULL"
            if str(kept)[:1] in ("[", "{"):
                value = "'[]'" if str(kept).startswith("[") else "'{}'"
            store.database.execute(f"UPDATE {table} SET {name} = {value}")
    return store


def changed_year(folder: Path) -> Store:
    """Return the sample year after an event was moved, one cancelled, a 団体 renamed and a count corrected."""
    store = sample_store(folder)
    change_the_year(store)
    return store


def paper(
    store: Store, kind: str, *event: str | int, first_sheet: bool = False, most: int = 0, item: int | None = None
) -> list[str]:
    """Return the lines of a paper of an event (「講習会」, 2) or of the year; of one that can't be made, why.

    Args:
        first_sheet: of many letters or labels the first alone. most: only so many lines; 0 = all.
    """
    scope = YEAR if item is None else DocumentScope(fiscal_year=2026, as_of=NOW.date(), item=item)
    if event:
        scope = DocumentScope(event_id=event_id(store, str(event[0]), int(event[1])))
    return paper_of(store, kind, scope, first_sheet=first_sheet, most=most)


def paper_of(store: Store, kind: str, scope: DocumentScope, *, first_sheet: bool = False, most: int = 0) -> list[str]:
    """Return the lines of a paper about something (``paper``)."""
    try:
        with caching(store.database):
            content = build_document(store, scope=scope, kind=kind, now=NOW)
    except UserError as refusal:
        return [f"（作成しない）{line}" for line in str(refusal).splitlines()]
    blocks = list(content.blocks)
    if first_sheet:
        blocks = blocks[: next((at for at, one in enumerate(blocks) if isinstance(one, SheetBreak)), len(blocks))]
    heads = [one for one in (content.stamp, content.header_left, content.header_right) if one.strip()]
    lines = ["｜".join(heads), *lines_of(blocks)] if heads else lines_of(blocks)
    return lines[:most] if most else lines
