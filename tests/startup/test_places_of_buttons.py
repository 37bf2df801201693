"""Every place that a button or a task names is a screen of the window."""

from __future__ import annotations

import ast
from datetime import date, datetime, timedelta
from pathlib import Path

from app.papers.services.paper_kinds import PAPERS
from app.startup.screens import screens
from app.subjects.events.services import deadlines
from app.subjects.settings.screens.doors import SettingsDoors
from tests.support.sample import sample_store


def _registered(qapp) -> set[str]:
    doors = SettingsDoors(
        folder=Path(), login_id="mihon", clock=datetime.now, backup_made=lambda: None, leave_for_restore=lambda: None
    )
    return {entry.place for entry in screens(doors)}


def _named_in(folder: Path) -> dict[str, set[str]]:
    """Every place written in the source: ``place="…"`` of an Action or of something found, and ``go("…")``."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = (
                [word.value for word in node.keywords if word.arg == "place"] if name in ("Action", "FoundItem") else []
            )
            given += node.args[:1] if name == "go" else []
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found.setdefault(value.value, set()).add(path.name)
    return found


def test_every_place_written_in_the_program_is_a_screen(qapp, project_folder):
    named = _named_in(project_folder / "app")

    assert {"year", "event", "survey_year"} <= set(named)
    assert {place: files for place, files in named.items() if place not in _registered(qapp)} == {}


def test_every_task_of_the_sample_year_leads_to_a_screen_on_every_day_of_it(qapp, tmp_path):
    store = sample_store(tmp_path)
    registered = _registered(qapp)
    first = date(2026, 8, 3)
    days = [first + timedelta(days=30 * number) for number in range(11)]

    led = {task.action.place for day in days for task in deadlines.all_tasks(store, today=day)}

    assert led - registered == set()
    assert {"year", "survey_year"} <= led
    assert {paper.todo[1] for paper in PAPERS} - registered == set()
