"""Every list that names people leaves a row when it is copied (Ctrl+C); those that name nobody are said here."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.support.trees import nodes_of

APP = Path(__file__).resolve().parents[2] / "app"
LOGGED_BY = {
    "application_rows": "wizard.py",
}
"""The module that logs the copies of a list which another one makes."""
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
    "survey-earlier": "totals of earlier years",
    "questionnaire_versions": "questions",
    "survey_questions": "questions",
    "questionnaires": "questionnaires",
    "survey_check": "questions and totals",
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
}
"""The lists (by the name under which their columns are remembered) in which no participant, applicant or officer can
stand."""


def _lists() -> dict[str, Path]:
    """Every list by its name, with the module that makes it."""
    found: dict[str, Path] = {}
    for path in sorted(APP.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "RecordTable(" not in text or path.name == "record_table.py":
            continue
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RecordTable":
                name = node.args[0]
                words = name.value if isinstance(name, ast.Constant) else ast.unparse(name)
                found[str(words)] = path
    return found


def test_every_list_leaves_a_row_or_names_nobody():
    lists = _lists()
    assert len(lists) > 30
    silent = {
        name
        for name, path in lists.items()
        if name not in NAMES_NOBODY and not _leaves_a_row(path.with_name(LOGGED_BY.get(name, path.name)))
    }
    assert silent == set()
    assert {*NAMES_NOBODY, *LOGGED_BY} - set(lists) == set(), "a list that is no longer there"


def _leaves_a_row(module: Path) -> bool:
    text = module.read_text(encoding="utf-8")
    return "personal=True" in text or "log_copies(" in text
