"""What every public service that writes says and writes on the sample year, row by row, in the case of its scenario.

Behind ｝ stands what home and the list of events say then that they did not say of the year before its preparation.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from app.actions.action_context import ActionContext
from tests.support.lists_of_a_day import home_and_events
from tests.support.paper_lines import assert_paper, came
from tests.support.sample import BY, NOW
from tests.support.scenarios import act, address, scenarios
from tests.support.stores import made_by
from tests.support.world import World

world = made_by(World)
untouched = made_by(World, scope="module")
_DRAWN = re.compile(r"(?<=｜size )[0-9]+|消去）?[0-9a-f]{4}|[0-9a-f]{12,}|(?:/[^ /、。」]+){2,}/|[A-Za-z0-9+/=]{40,}")
_LONG = 300


@pytest.fixture(scope="module")
def lists(untouched):
    """What they say before any act, and before what an act needs is prepared."""
    return home_and_events(untouched.store, day=NOW.date())


@pytest.mark.parametrize("function", sorted(scenarios(), key=address), ids=address)
def test_an_act_says_and_writes_and_the_lists_say_what_is_written_down(world, lists, function):
    result = act(function, world, ActionContext(world.store, BY, NOW))
    told = [getattr(result, "message", "") or "", *_written(world, world.before, world.rows())]
    for name, lines in home_and_events(world.store, day=NOW.date()).items():
        told += [f"｝{name}　{line}" for line in came(lists[name], lines)]
    assert_paper([_DRAWN.sub("〈…〉", one).replace("\n", " / ") for one in told], address(function))


def _written(world: World, before: dict[str, list[Any]], after: dict[str, list[Any]]) -> Iterator[str]:
    """Yield every row that came, went or changed, with the columns that it is about; a new row has no number."""
    database = world.store.database
    for name in sorted(before.keys() | after.keys()):
        columns = [one.name for one in database[name].columns]
        old, new = ({_key(row): _columns(row, columns) for row in rows.get(name, ())} for rows in (before, after))
        for key in {**old, **new}:
            if key not in new:
                yield f"－{name} {key}"
            elif key not in old:
                held = (f"{column} {_value(value)}" for column, value in new[key].items() if value and column != "id")
                yield f"＋{name}　{'｜'.join(held)}"
            elif old[key] != new[key]:
                both = ((column, value, new[key][column]) for column, value in old[key].items())
                moved = (f"{column} {_value(was)}→{_value(now)}" for column, was, now in both if was != now)
                yield f"・{name} {key}　{'｜'.join(moved)}"


def _key(row: Any) -> Any:
    """Return the number of a row, of those by columns too."""
    return next(iter(row.values())) if isinstance(row, dict) else row[0]


def _columns(row: Any, columns: list[str]) -> dict[str, Any]:
    return row if isinstance(row, dict) else dict(zip(columns, row, strict=True))


def _value(value: Any) -> str:
    said = f"{len(value)} bytes" if isinstance(value, bytes) else str(value)
    return said if len(said) <= _LONG else f"{said[:_LONG]}⋯"
