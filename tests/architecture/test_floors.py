"""The floors of the house: who may import whom, and that nothing goes round in a circle."""

from __future__ import annotations

import re
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

THREADS = {"threading", "_thread", "concurrent", "asyncio"}
QT_THREADS = {"QThread", "QThreadPool", "QRunnable", "QtConcurrent"}


def test_every_import_contract_is_kept(project_folder: Path, capsys):
    kept = lint_imports(config_filename=str(project_folder / "pyproject.toml"), no_cache=True)

    assert kept == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_module_reaches_itself_through_its_imports(product):
    known = {source.module for source in product}
    graph = {}
    for source in product:
        wanted = set()
        for name, _line in source.imports:
            module = name
            while module and module not in known:
                module = module.rpartition(".")[0]
            if module and module != source.module:
                wanted.add(module)
        graph[source.module] = wanted

    circle = None
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " > ".join(reversed(error.args[1]))

    assert circle is None, f"these modules import each other in a circle: {circle}"


def test_every_room_of_app_has_its_place_in_the_contract(project_folder: Path):
    contracts = tomllib.loads((project_folder / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    order = next(one for one in contracts["contracts"] if one["name"] == "the order of the rooms")["layers"]
    placed = {room.strip() for layer in order for room in layer.split(":")}

    found = {
        f"app.{path.stem}"
        for path in (project_folder / "app").iterdir()
        if path.stem not in {"__init__", "__pycache__"}
    }

    assert found - placed == set()


def test_every_subject_has_its_place_in_the_contracts(project_folder: Path):
    contracts = tomllib.loads((project_folder / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    by_name = {one["name"]: one for one in contracts["contracts"]}
    order = by_name["the order of the subjects"]["layers"]
    floors = set(by_name["the floors inside each room"]["containers"])
    districts = [path for path in (project_folder / "app" / "subjects").iterdir() if (path / "__init__.py").exists()]

    rooms = {
        f"app.subjects.{district.name}.{path.name}"
        for district in districts
        for path in district.iterdir()
        if (path / "__init__.py").exists()
    }

    assert len(order) == len(set(order))
    assert {one for one in rooms if not one.startswith("app.subjects.surveys.")} == set(order) - {
        "app.subjects.surveys"
    }
    assert rooms - floors == set()


def test_no_contract_lets_an_import_pass_that_it_forbids(project_folder: Path):
    contracts = tomllib.loads((project_folder / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]

    assert [one["name"] for one in contracts["contracts"] if one.get("ignore_imports")] == []


def test_threads_are_known_to_one_file(product):
    offenders = [
        f"{source.address}:{line} {name}"
        for source in product
        if source.address != "app/window/background_task.py"
        for name, line in source.imports
        if name.split(".")[0] in THREADS or QT_THREADS & set(name.split("."))
    ]

    assert offenders == []


def test_sql_is_written_in_the_lower_floor_only(product):
    sql = re.compile(
        r"\bSELECT\s.+\sFROM\b|\bINSERT\s+(OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b"
        r"|\bPRAGMA\s+\w|\bCREATE\s+(TABLE|INDEX|TRIGGER|VIRTUAL)\b|\bALTER\s+TABLE\b|\bDROP\s+TABLE\b",
        re.DOTALL,
    )
    offenders = [
        f"{source.address}:{text.lineno} {text.value[:60]!r}"
        for source in product
        if source.module.split(".")[0] == "app"
        for text in source.texts
        if sql.search(text.value)
    ]

    assert offenders == []
