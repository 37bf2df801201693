"""Every list refuses to be copied (Ctrl+C) by who only reads, and logs it for the rest; who names nobody says so."""

import ast

NAMES_NOBODY = {
    "agreements": "matters and days; who spoke stands beside the list",
    "dispatch-steps": "派遣 by 団体; who signed stands beside the list",
    "saved-out": "papers, days, staff and folders; a file bears the name that staff gave it",
    "tablets": "numbers and names of devices",
    "findings-check": "pages and findings",
    "version-changes": "numbers of pages",
    "turns-event": "handouts and the report of one event",
    "events": "events by 団体 and venue",
    "surveys": "surveys by event",
    "'survey-each' if each else 'survey-compare'": "totals",
    "f'practices-{name}'": "rows of a contract",
    "survey-earlier": "totals of earlier years",
    "questionnaire_versions": "questions",
    "survey_questions": "questions",
    "questionnaires": "questionnaires",
    "survey-sources": "questionnaires, and events by title",
    "report-chapters": "chapters",
    "turns": "handouts, reports and papers by title",
    "year-answers": "questions and numbers; who asked is no participant",
    "year-judged": "numbers of the contract beside what was held",
    "proposal-evidence": "evidence, in which no name may stand",
    "specification": "paragraphs of the 仕様書",
    "proposal-totals": "totals of the year by option",
    "duties": "clauses and where each is met",
    "check-items": "items of a check list with judgement and evidence",
    "bookings": "rooms and days",
    "venues": "halls and rooms",
    "numbers-year": "numbers by paper",
    "disposal": "kinds of personal data with their number",
    "incidents": "incidents, which name nobody concerned",
    "outgoing": "what left and which of the staff let it leave",
    "fitted_table": "imports, by file and rows",
    "backup_list": "backups, by day and rows",
    "line_list": "plans of the next year, by 団体 and work",
    "ledger_overview_page": "ledgers, with the number of their rows",
    "application_imports": "imports, by file and rows",
    "survey_imports": "imports, by file and rows",
    "findings": "pages and findings",
    "headcount-notices": "notices of numbers, and which of the staff told them",
    "event-draft": "deadlines of an event",
    "event-agenda": "what happens when, by the ward or the contractor",
    "event-equipment": "equipment and its number",
    "event-deadlines": "deadlines of an event",
    "event-move": "deadlines of an event",
    "contract-moves": "deadlines of events",
    "year-dates": "days of the year",
    "ward-days": "days of the ward",
    "closed_days": "days on which the office is closed",
    "past-dues": "deadlines of an event",
    "past-counts": "counts",
    "documents-papers": "kinds of papers",
    "documents-log": "what left and which of the staff let it leave",
    "day_papers": "kinds of papers",
    "day_outside": "kinds of what is taken out",
    "year-branches": "totals by 支部",
    "year-satisfaction": "totals by event",
    "year-lectures": "totals by event",
    "year-overview": "totals of the years",
    "completion-points": "points of a check beside the contract",
    "specification-numbers": "numbers of the 仕様書",
    "contract-history": "changes of the contract",
    "drills": "drills, by day and which of the staff",
    "protected_places": "folders, and which of the staff chose them",
    "incident-steps": "the six steps",
}
"""The lists (by the name under which their columns are remembered, or by what makes them) in which no participant,
applicant or officer can stand."""
ASKED_EACH_TIME = {"f'behind-{len(sources.headings)}'", "f'purpose-{sheet.purpose.name}'"}
"""Lists made of what was asked for, which names people or does not."""
_LISTS = {"RecordTable", "FittedTable", "ImportHistoryTable"}
_SUPER = "super().__init__"


def _declared(product) -> dict[str, str]:
    """Every list with what it says of names, "" where it says nothing."""
    found = {}
    for source in product:
        if not any(word in source.text for word in _LISTS):
            continue
        made = [one for one in source.nodes if isinstance(one, ast.Call) and getattr(one.func, "id", "") in _LISTS]
        heirs = [
            one for one in source.nodes if isinstance(one, ast.ClassDef) and _LISTS & set(map(ast.unparse, one.bases))
        ]
        for heir in heirs:
            made += [one for one in ast.walk(heir) if isinstance(one, ast.Call) and ast.unparse(one.func) == _SUPER]
        for call in made:
            name = call.args[0]
            key = ast.literal_eval(name) if isinstance(name, ast.Constant) else ast.unparse(name)
            said = {one.arg: ast.unparse(one.value) for one in call.keywords}.get("names_people", "")
            found[source.path.stem if key in ("name", "*positional") else key] = said
    return found


def test_a_list_that_lets_itself_be_copied_unlogged_names_nobody(product):
    said = _declared(product)
    assert len(said) > 90
    assert {name for name, words in said.items() if words == "False"} == set(NAMES_NOBODY)
    assert {name for name, words in said.items() if words not in ("", "False")} == ASKED_EACH_TIME
