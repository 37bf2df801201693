"""Which record lives in which table, and which tables are ledgers whose rows are never deleted."""

from __future__ import annotations

from typing import Any, Final

from db.records import (
    accounts,
    agreements,
    applications,
    calls,
    events,
    materials,
    organisations,
    papers,
    participants,
    programme,
    protection,
    reports,
    roster,
    surveys,
    venues,
)

TABLE_OF: Final[dict[type[Any], str]] = {
    programme.Programme: "programmes",
    programme.KindNumbers: "kind_numbers",
    programme.ClosedDay: "closed_days",
    programme.Office: "offices",
    programme.Contractor: "contractors",
    programme.PaperSetting: "paper_settings",
    accounts.User: "users",
    organisations.Organisation: "organisations",
    organisations.Person: "people",
    organisations.Membership: "memberships",
    organisations.Contact: "contacts",
    organisations.StageMark: "stage_marks",
    organisations.Subsidy: "subsidies",
    applications.Application: "applications",
    applications.ForeignImport: "foreign_imports",
    applications.ColumnMap: "column_maps",
    roster.Entry: "entries",
    roster.Selection: "selections",
    roster.TableGroup: "table_groups",
    roster.GroupWish: "group_wishes",
    roster.Arrangement: "arrangements",
    roster.Tablet: "tablets",
    roster.TabletLoan: "tablet_loans",
    calls.ChangeDecision: "change_decisions",
    calls.Call: "calls",
    venues.Venue: "venues",
    venues.Booking: "bookings",
    protection.Takeout: "takeouts",
    events.Event: "events",
    events.AgendaItem: "agenda_items",
    events.EquipmentItem: "equipment_items",
    events.RecruitmentStep: "recruitment_steps",
    events.DeadlineOverride: "deadline_overrides",
    events.EventResult: "event_results",
    agreements.Agreement: "agreements",
    participants.ExpectedCount: "expected_counts",
    participants.HeadcountNotice: "headcount_notices",
    papers.StoredFile: "stored_files",
    papers.Letter: "letters",
    papers.Outgoing: "outgoing",
    papers.PaperText: "paper_texts",
    materials.Material: "materials",
    materials.MaterialVersion: "material_versions",
    materials.Finding: "findings",
    surveys.Questionnaire: "questionnaires",
    surveys.EventSurvey: "event_surveys",
    surveys.SurveyImport: "survey_imports",
    surveys.AnswerSheet: "answer_sheets",
    surveys.SecondEntry: "second_entries",
    surveys.CommentTheme: "comment_themes",
    surveys.CommentMark: "comment_marks",
    reports.Report: "reports",
    reports.ReportFigure: "report_figures",
}

LEDGER_TABLES: Final = frozenset({"outgoing", "takeouts"})

# A row of these says itself that it was taken back; in the other ledgers a further row says so.
MARKED_WHEN_TAKEN_BACK: Final[dict[str, str]] = {"takeouts": "cancelled"}
