"""The layers and areas: who may import whom, and that nothing goes round in a circle."""

import re
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

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


def test_every_package_of_app_has_its_place_in_the_contract(project_folder: Path):
    contracts = _contracts(project_folder)
    order = next(one for name, one in contracts.items() if name.startswith("the order of the packages"))
    placed = {package.strip() for layer in order["layers"] for package in layer.split(":")}

    found = {
        f"app.{path.stem}"
        for path in (project_folder / "app").iterdir()
        if path.stem not in {"__init__", "__pycache__", "README"}
    }

    assert found - placed == set()


def test_every_package_inside_an_area_has_its_place_in_the_contracts(project_folder: Path):
    contracts = _contracts(project_folder)
    with_layers = set(contracts["the layers inside each package"]["containers"])
    ordered = {
        f"{area}.{layer}"
        for name, one in contracts.items()
        if name.startswith("the order inside")
        for area in one["containers"]
        for layer in one["layers"]
        if layer != "contributions"  # a module of the area, not a package
    }

    inside = {package for package in with_layers if package.count(".") == 2}

    assert inside == ordered
    assert all(one.get("exhaustive") for name, one in contracts.items() if name.startswith("the order inside"))


def _contracts(project_folder: Path) -> dict[str, dict[str, Any]]:
    text = (project_folder / "pyproject.toml").read_text(encoding="utf-8")
    return {one["name"]: one for one in tomllib.loads(text)["tool"]["importlinter"]["contracts"]}


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
