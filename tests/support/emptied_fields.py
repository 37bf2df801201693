"""Which fields the scenarios of ``test_undo_everything`` leave unfilled, and which of them an action empties on
purpose.

Both lists only get shorter. Every field that is not named here holds something before each action and still does after
it: a correction that empties what it was not told to is a field of somebody's work lost.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from app.events.applications.services import application_import
from app.events.calls.services import confirmations
from app.importing import list_target
from app.settings.access import services as access_services

_STATE: Final = "what stands here says how far the matter is, and with it which action may be taken"
_HOUR: Final = "an hour that the end has to follow"
_PERIOD: Final = "a period in words that deadlines are computed from"


def _of(table: str, columns: str, why: str) -> dict[str, str]:
    """Name several columns of one table that stand here for one reason."""
    return {f"{table}.{column}": why for column in columns.split()}


NOT_FILLED: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "acts.withdrawn", "agreements.confirmed_on", "agreements.decision", "agreements.reason",
            "agreements.settled_on", "agreements.withdrawn_on", "answer_sheets.counted", "applications.withdrawn",
            "bookings.use_confirmed_on", "change_decisions.entered_on", "change_decisions.taken_back",
            "check_sheets.received_on", "dispatch_wishes.handed_on", "dispatch_wishes.outcome",
            "dispatch_wishes.signed", "disposals.confirmed_at", "disposals.erased_at",
            "entries.absent_told_at", "entries.attendance", "entries.comes_again", "entries.late", "entries.number",
            "entries.walk_in",
            "equipment_items.checked_on", "event_results.cut_short", "event_surveys.frozen_at", "events.status",
            "holds.released_on", "homework.done_on", "incidents.closed_on",
            "kept_papers.erased_on", "kept_papers.replaced", "ledger_rows.withdrawn", "letters.decision_way",
            "letters.drafted_on", "letters.revision",
            "presentations.answer", "presentations.withdrawn_on",
            "material_versions.locked", "meetings.confirmed_on", "planned_changes.applied_on",
            "programmes.closed_on", "protected_places.ended_at",
            "questionnaires.archived", "recruitment_steps.done_on", "report_figures.handling",
            "report_figures.theirs", "reports.contractor_confirmed_on", "schedule_candidates.nature",
            "second_entries.settled_at", "tablet_loans.back_at", "tablet_loans.initialised_at", "tablet_loans.out_at",
            "tablets.retired_on", "takeouts.cancelled", "takeouts.merged_at", "ward_days.done_on",
        ),
        _STATE,
    ),
    "bookings.end_time": _HOUR,
    "event_results.ended_at": _HOUR,
    **_of("events", "end_time start_time", _HOUR),
    **_of("schedule_candidates", "end_time start_time", _HOUR),
    **_of("programmes", "payment_period proposal_period term_begins", _PERIOD),
    "kind_numbers.valid_from": "from which day the numbers hold",
    "kind_numbers.counted": "what the unit says",
    "dispatch_wishes.kind": "the key of a kind of its year",
    **_of("inspections", "repair_due repaired_on", "a day that has to follow another"),
    "evidence.issue": "the number of a 課題 of its year",
}  # fmt: skip

AS_IT_CAME: Final[Mapping[Callable[..., Any], str]] = {
    application_import.undo_import: "takes back only what stands exactly as it was taken in",
    list_target.revert_import: "takes back only what stands exactly as it was taken in",
    confirmations.note_mailed: "a contact that ended is no address",
    access_services.confirm_review: "what is confirmed is not confirmed again",
}
"""Actions whose preparation is left as it is made."""

_TAKEN_BACK: Final = "what is taken back stands as before it was done"
_ANOTHER_DAY: Final = "a venue is booked for a day; for another day it is not"
_PLACE: Final = "the place goes to another, or is waited for no more"
_ASKED_AGAIN: Final = "what was compared or agreed no longer is, once it is another"

EMPTIES: Final[Mapping[str, Mapping[str, str]]] = {
    "suspected_misreadings.correct_misreading": {"entries.care": "a bare no is no need"},
    "agreements.reopen_topic": {"agreements.settled_on": _TAKEN_BACK},
    "manual_entry.change_application": {"entries.doubtful": "who corrected it has looked at the doubt"},
    "manual_entry.withdraw_application": {"entries.waiting_order": _PLACE},
    "schedules_services.apply_plan": {"events.venue_booked_on": _ANOTHER_DAY},
    "arrangements_services.reopen_arrangement": _of(
        "arrangements", "refused_because settled_by settled_on", _TAKEN_BACK
    ),
    "reception_services.record_attendance": {"entries.attended_at": "who did not come came at no time"},
    "reception_services.mark_absent": {"entries.attended_at": "who did not come came at no time"},
    "reception_services.receive_from_paper": {"entries.attended_at": "the paper says no time"},
    "reception_services.undo_check_in": _of("entries", "attendance attended_at", _TAKEN_BACK),
    "calls.set_substitute": {"change_decisions.no_replacement": "a day is named, so that something is held instead"},
    "checks.finish_check": {"paper_readings.second_by": "a 業務完了届 is looked through by one"},
    "checks.reopen_check": _of("paper_readings", "checked_on first_by second_by", _TAKEN_BACK)
    | _of("received_papers", "checked_by checked_on status", _TAKEN_BACK),
    "checks.return_invoice": {"received_papers.correction_due": "asked for anew, without a day"},
    "checks.take_back_return": _of("received_papers", "checked_by checked_on status", _TAKEN_BACK),
    "proposal_services.accept_new_words": _of("evidence", "count kept_reason", "it says what its source says now"),
    "proposal_services.accept_all_new_words": _of("evidence", "count kept_reason", "it says what its source says now"),
    "discussion_services.reopen_action": {"discussion_points.done_on": _TAKEN_BACK},
    "discussion_services.save_step": _of(
        "discussion_lines", "chosen notes", "the lines are what stands in the text, marks and all"
    ),
    "disposal.mark_person_for_erasing": {"entries.waiting_order": _PLACE},
    "entry_changes.promote_from_waitlist": _of("entries", "answer_by waiting_order", _PLACE),
    "admissions.enable_admission_numbers": {"events.admissions": _TAKEN_BACK},
    "entry_changes.restore_entry": {"entries.absent_note": _TAKEN_BACK},
    "entry_changes.set_state": _of("entries", "answer_by waiting_order", _PLACE),
    "entry_changes.replace_person": _of("entries", "admission attended_at group_number number seat", _PLACE),
    "entry_changes.take_back_absence": _of("entries", "absent_note absent_told_at", _TAKEN_BACK),
    "entry_changes.record_absence": {"entries.waiting_order": _PLACE},
    "confirmations.note_absence": {"entries.waiting_order": _PLACE},
    "confirmations.note_substitute": _of("entries", "admission attended_at group_number seat", _PLACE),
    "equipment.uncheck_equipment": _of("equipment_items", "checked_by checked_on", _TAKEN_BACK),
    "event_cancellation.restore_event": _of("events", "cancel_reason cancelled_on status", _TAKEN_BACK),
    "event_changes.update_event": {"events.venue_booked_on": "another room is not approved with the one before"},
    "event_moves.move_event": {"events.venue_booked_on": _ANOTHER_DAY},
    "event_results.record_result": {"event_results.source": "a number typed otherwise is no count of the roster"},
    "materials.withdraw_result": _of("material_versions", "locked result result_by result_on", _TAKEN_BACK),
    "incidents.close_incident": {"incidents.sort": "what was found again was one that was feared"},
    "incidents.reopen_incident": _of("incidents", "closed_by closed_how closed_on closed_reason", _TAKEN_BACK),
    "agreements_services.finish_homework": {"homework.done_note": "said anew each time it is done"},
    "agreements_services.remove_meeting": {"agreements.meeting_id": "the meeting is gone"},
    "agreements_services.reopen_homework": _of("homework", "done_note done_on", _TAKEN_BACK),
    "agreements_services.save_meeting": {"agreements.meeting_id": "a 協議 that is no longer ticked"},
    "agreements_services.take_back_meeting_confirmation": _of("agreements", "confirmed_how confirmed_on", _TAKEN_BACK)
    | _of("meetings", "confirmed_how confirmed_on", _TAKEN_BACK),
    "document_saving.withdraw_issue": {"letters.issued_on": _TAKEN_BACK},
    "letter_corrections.agree_to_changes": dict.fromkeys(
        ("kept_papers", "kept_papers.pages", "kept_papers.position", "kept_papers.sha256"),
        "what was put up is kept anew",
    ),
    "people.correct_role": _of("people", "organisation_id role", "the scenario says: of no 団体"),
    "planned_changes.apply_due_changes": {"people.role": "the 役職 passes to another"},
    "schedules_services.save_candidate": {"schedule_plans.applied_on": _ASKED_AGAIN},
    "questionnaires.update_master_questions": _of("questionnaires", "agreed_on agreed_with", _ASKED_AGAIN),
    "received_services.withdraw_confirmation": _of("received_papers", "checked_by checked_on status", _TAKEN_BACK),
    "agreements_services.take_back_confirmation": _of("agreements", "confirmed_how confirmed_on", _TAKEN_BACK),
    "recruitment.untick_step": _of("recruitment_steps", "done_by done_on", _TAKEN_BACK),
    "report_check.request_correction": {"received_papers.correction_due": "asked for anew, without a day"},
    "report_check.withdraw_check": _of("received_papers", "checked_by checked_on status", _TAKEN_BACK),
    "reports.withdraw_form": _of("reports", "received_how received_on status", _TAKEN_BACK),
    "entry_moves.move_to_event": {"entries.waiting_order": _PLACE},
    "selections.save_selection": {"entries.waiting_order": _PLACE},
    "data_entry_services.change_response": {"answer_sheets.problems": "judged anew by the answers as they are now"},
    "data_entry_services.decide_answer": {"answer_sheets.problems": "decided; the first reading stays in words"},
    "survey_comparison.set_contractor_counts": _of("event_surveys", "checked_by checked_on", _ASKED_AGAIN),
    "survey_freezing.unfreeze_tally": _of("event_surveys", "frozen_at frozen_by uncompared", _TAKEN_BACK),
    "survey_freezing.freeze_tally_again": {"confirmed_states": "what was fixed is kept anew, as it is now"},
    "data_entry_services.settle_second_entry": {"answer_sheets.problems": "judged anew by the answers as they are now"},
    "survey_themes.remove_theme": {"comment_marks.theme_id": "the 分類 is gone"},
    "surveys.update_questions": {"event_surveys.fixed_on": _ASKED_AGAIN},
    "schedules_services.reopen_ward_day": _of("ward_days", "done_by done_on", _TAKEN_BACK),
    "dispatch_requests.decide_dispatch_request": _of(
        "dispatch_wishes", "exception_reason unlinked_reason", "the scenario declines: only who is chosen needs it"
    ),
    "dispatch_requests.note_form_handed_over": _of("dispatch_wishes", "handed_how handed_on", _TAKEN_BACK),
    "dates_services.reopen_year": _of("programmes", "closed_on closed_reason", _TAKEN_BACK),
    "venues_services.remove_map": {"venues.map_file_id": "the picture is taken away"},
}
"""By service (as the scenarios are called) each field that holds something before the action and nothing after it, and
why."""
