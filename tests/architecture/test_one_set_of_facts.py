"""A paper of an event has one source: its facts. It reads no records, and asks no service for a number of its own."""

import ast
from pathlib import Path

from tests.support.areas import AREAS
from tests.support.trees import nodes_of

FORBIDDEN_ROOMS = ("db.rows", "db.tables", "db.store", "db.journal", "db.mapping")
RECORDS_BEHIND_THE_FACTS = {"Event", "EventResult", "ExpectedCount", "Entry", "TableGroup"}
"""Rows from which a second title, a second count or a second end could be made."""
OF_A_YEAR = {"app/registers/register/documents.py", "app/surveys/compare/documents.py"}
"""Papers of a 団体, and of many events beside each other: what they say of each is counted by their own subject."""


def _builders(project_folder: Path) -> list[Path]:
    found = [
        path
        for area in ("event", *AREAS)
        for path in (project_folder / "app" / area).rglob("*.py")
        if "documents" in path.relative_to(project_folder).parts or path.name == "documents.py"
    ]
    return [path for path in found if path.relative_to(project_folder).as_posix() not in OF_A_YEAR]


def test_a_builder_of_an_events_paper_takes_facts_and_reads_nothing(project_folder: Path):
    offenders = []
    builders = _builders(project_folder)
    for path in builders:
        for node in nodes_of(path):
            if not isinstance(node, ast.ImportFrom) or node.module is None:
                continue
            where = f"{path.relative_to(project_folder)}:{node.lineno}"
            names = {alias.name for alias in node.names}
            if ".services" in node.module or node.module.startswith(FORBIDDEN_ROOMS):
                offenders.append(f"{where} {node.module}")
            if node.module.startswith("db.records") and names & RECORDS_BEHIND_THE_FACTS:
                offenders.append(f"{where} {sorted(names & RECORDS_BEHIND_THE_FACTS)}")

    assert offenders == []
    assert len(builders) > 20


def test_title_and_length_of_an_event_are_worded_in_one_place(project_folder: Path):
    """No builder puts its own order of ordinal and programme together, nor counts minutes from clock times."""
    offenders = [
        f"{path.relative_to(project_folder)}:{node.lineno} {node.attr}"
        for path in _builders(project_folder)
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute)
        and node.attr in {"ordinal", "booked_minutes", "facilitator"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"event", "group"}
    ]

    assert offenders == []
