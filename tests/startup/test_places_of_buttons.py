"""Every button that leads somewhere: its words, its place and what it hands on, and that every such place
is a screen."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import get_args

from app.actions.action_id import ActionId, ActionLink
from app.documents.services.document_kind import DOCUMENTS
from app.documents.services.document_scope import DocumentScope
from app.event.services.tasks import deadlines
from app.event_day.day.rules import PreflightFinding, Subject
from app.event_day.day.services.preflight import link_to_fix
from app.main_window.action_routes import MANUAL, ROUTES, route_to
from app.startup.screens import screens
from app.submissions.reports.services.report_form import read_form_screen
from db.records.events import Event
from db.rows import rows
from tests.support.said_words import ANEW, LED, differences, room_of
from tests.support.sample import sample_store
from tests.support.settings_pages import no_doors
from tests.support.trees import nodes_of

_KNOWN = (
    "event_id", "organisation_id", "person_id", "entry_id", "booking_id", "step_id", "programme_id", "task",
    "kind", "copy", "name", "text",
)  # fmt: skip
_OF_THE_YEAR = [date(2026, 4, 1) + timedelta(days=21 * number) for number in range(19)]


def _registered(qapp) -> set[str]:
    return {entry.screen_name for entry in screens(no_doors())}


def _named_in(folder: Path) -> dict[str, set[str]]:
    """Every place written in the source: ``place="…"`` of a button of a screen, and ``go("…")``."""
    found: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        for node in nodes_of(path):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [word.value for word in node.keywords if word.arg == "place"] if name == "Route" else []
            given += node.args[:1] if name == "go" else []
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    found.setdefault(value.value, set()).add(path.name)
    return found


def _line(who: str, asked: ActionLink) -> str:
    """One line of ``words.txt``: what asks, the words of the button, the place, and what is handed to it: an id by its
    name alone, a fixed word as name=word. An id that is not the one asked about would stand there with its value."""
    way = route_to(asked)
    given = [
        name if name in _KNOWN and value == getattr(asked, name) else f"{name}={value}"
        for name, value in sorted(way.arguments.items())
    ]
    return f"{who} | {way.label} | {way.screen_name} | {' '.join(given)}"


def _of_tasks(store) -> set[str]:
    found = set()
    for day in _OF_THE_YEAR:
        for task in deadlines.all_tasks(store, today=day):
            assert task.link.event_id in (task.event_id, None)
            assert task.link.step_id in (task.step_id, None)
            found.add(_line(f"期限 {task.task}", task.link))
    return found


def _of_papers() -> Iterator[tuple[str, str]]:
    """By the room that builds each."""
    scopes = {
        "実施回": DocumentScope(event_id=6), "年度": DocumentScope(fiscal_year=2026),
        "団体": DocumentScope(organisation_id=3),
    }  # fmt: skip
    for paper in DOCUMENTS:
        build = paper.build.func if isinstance(paper.build, partial) else paper.build
        yield room_of(build.__module__), _line(f"帳票 {paper.kind}", paper.missing_link(scopes[paper.about]))


def _of_the_check(event: Event) -> set[str]:
    return {
        _line(
            f"印刷前 {subject}{'' if entry_id is None else ' ひとり'}",
            link_to_fix(
                PreflightFinding(subject=subject, severity="参考", sentence="", details=(), entry_id=entry_id), event.id
            ),
        )
        for subject in get_args(Subject)
        for entry_id in (None, 7)
    }


def _of_the_form(store) -> set[str]:
    return {
        _line(f"報告書 {facts.title.partition('（')[0]}", facts.link)
        for event in rows(store.database, Event)
        for section in read_form_screen(store, event_id=event.id, today=date(2026, 12, 1)).sections
        for facts in section.facts
    }


def test_every_button_of_the_sample_year_says_and_leads_as_it_is_written_down(tmp_path):
    store = sample_store(tmp_path)
    event = next(iter(rows(store.database, Event)))
    led = defaultdict(list)
    for room, line in _of_papers():
        led[room].append(line)
    led["event"] += sorted(_of_tasks(store))
    led["event_day/day"] += sorted(_of_the_check(event))
    led["submissions/reports"] += sorted(_of_the_form(store))
    store.database.conn.close()

    told = differences(LED, led)
    assert told == [], ANEW + "\n".join(told)
    assert sum(map(len, led.values())) > 100


def test_every_word_a_service_may_ask_by_has_its_line_and_a_screen(qapp):
    everything = {name: 1 for name in _KNOWN if name not in ("task", "kind", "name", "text")}

    led = {
        route_to(ActionLink(action=what, **everything, task="検査", kind="名札", name="見本", text="見本")).screen_name
        for what in get_args(ActionId)
    }

    assert set(ROUTES) == set(get_args(ActionId))
    # The manual is no screen: it lies over the one that is shown.
    assert led - _registered(qapp) == {MANUAL}
    assert {"year", "survey_year", "documents"} <= led


def test_every_kind_of_paper_asks_by_a_word_of_the_set():
    assert {paper.todo for paper in DOCUMENTS} - set(get_args(ActionId)) == set()


def test_every_place_written_in_the_program_is_a_screen(qapp, project_folder):
    named = _named_in(project_folder / "app")

    assert {"event", "events", "survey"} <= set(named)
    assert {place: files for place, files in named.items() if place not in _registered(qapp)} == {}


def test_no_service_names_a_place_of_the_window(qapp, project_folder):
    windows = {"screens", "parts", "main_window", "widgets", "window", "startup"}
    places = _registered(qapp)

    told = {
        path.name
        for path in (project_folder / "app").rglob("*.py")
        if not windows & set(path.parts)
        for node in nodes_of(path)
        if isinstance(node, ast.keyword) and node.arg == "place"
        if isinstance(node.value, ast.Constant) and node.value.value in places
    }

    assert told == set()
