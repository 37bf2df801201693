"""What each writing service is given on the sample year: for undo, the list of tasks and every other walk over all."""

import functools
import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.get_or_raise import get_or_raise
from tests.support.world import World

Service = Callable[..., Any]
Scenarios = dict[Service, Callable[[World], dict[str, Any]]]
"""By service what it is given by name; whatever that needs is prepared by a colleague. ``now`` is when it is done."""


@functools.cache
def scenarios() -> Scenarios:
    """Return the scenarios of all parts beside this module."""
    return functools.reduce(lambda all_of, part: all_of | part.SCENARIOS, _parts(), Scenarios())


def no_undo() -> dict[Service, str]:
    """Return the services whose act is no change of rows that undo could take back, each with why."""
    return functools.reduce(lambda all_of, part: all_of | getattr(part, "NO_UNDO", {}), _parts(), {})


def _parts() -> list[Any]:
    found = sorted(Path(__file__).parent.glob("undo_*.py"))
    return [importlib.import_module(f"tests.support.{part.stem}") for part in found]


def address(service: Service) -> str:
    """Return the name of a scenario in the list of tests."""
    *_, package, module = service.__module__.split(".")
    return f"{f'{package}_{module}' if module == 'services' else module}.{service.__name__}"


def act(service: Service, world: World, context: ActionContext) -> Any:
    """Let the colleague prepare, take the state to come back to, then act."""
    given = scenarios()[service](world)
    world.before = world.rows()
    return service(replace(context, now=given.pop("now", context.now)), **given)


def done(service: Service, world: World) -> Any:
    """Let the colleague do what a scenario says; return the id of what was made."""
    return service(world.other, **scenarios()[service](world)).id


def as_it_stands(kind: type[Any], row_id: int, world: World) -> Any:
    """Return a row that was prepared, as the service finds it: a form gives it back whole."""
    world.before = world.rows()
    return get_or_raise(world.store.database, kind, row_id)


def after(_prepared: object, **given: Any) -> dict[str, Any]:
    """Return what a service is given once the colleague has prepared it."""
    return given


def written(path: Path, data: bytes) -> Path:
    """Write a file that a service reads."""
    path.write_bytes(data)
    return path
