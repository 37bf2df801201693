"""Leaves out of a year everything that may be missing, as where an office writes down only what it must."""

from typing import Final

from db.store import Store

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
    "dispatch_wishes": "signer signer_role current_use trouble took_part days venue equipment people phones",
    "dispatch_supports": "hearing_on hearing_how hearing_people issue agreed agreement_number equipment line fee",
    "earlier_figures": "source",
    "presentations": "minutes questions answer_by material sheets presenter original_place",
    "incidents": "people spot course needed_reason owners_how cause closed_how",
    "restore_drills": "witness pc treatment treated_by treated_on",
    "budget_memos": "maker hand_in total_this total_next cut_note",
}


def leave_out(store: Store) -> None:
    """Empty every field that may be empty."""
    for table, names in _MAY_BE_MISSING.items():
        required = {one.name for one in store.database[table].columns if one.notnull}
        for name in names.split():
            (kept,) = next(iter(store.database.execute(f"SELECT max({name}) FROM {table}")))
            value = "''" if name in required else "NULL"
            if str(kept)[:1] in ("[", "{"):
                value = "'[]'" if str(kept).startswith("[") else "'{}'"
            store.database.execute(f"UPDATE {table} SET {name} = {value}")
