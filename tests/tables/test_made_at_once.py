"""Frozen records that are made at once take, miss and refuse what every frozen record does, and stay frozen."""

from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from db.fast_dataclass import fast_dataclass, to_values


@dataclass(frozen=True, kw_only=True)
class _Usual:
    id: int = 0
    name: str
    wishes: tuple[str, ...] = ()


@fast_dataclass
@dataclass(frozen=True, kw_only=True)
class _AtOnce:
    id: int = 0
    name: str
    wishes: tuple[str, ...] = ()


@pytest.mark.parametrize("given", [{"name": "見本"}, {"name": "見本", "id": 3, "wishes": ("LINE講習会",)}])
def test_a_record_made_at_once_holds_what_the_usual_one_holds(given):
    usual, made = _Usual(**given), _AtOnce(**given)

    assert list(vars(made).items()) == list(vars(usual).items())
    assert repr(made) == repr(usual).replace("_Usual", "_AtOnce")
    assert made == _AtOnce(**given)
    assert hash(made) == hash(usual)
    assert replace(made, name="別") == _AtOnce(**{**given, "name": "別"})
    assert inspect.signature(_AtOnce) == inspect.signature(_Usual)
    with pytest.raises(FrozenInstanceError):
        made.name = "別"  # type: ignore[misc]


@pytest.mark.parametrize("given", [{}, {"name": "見本", "unknown": 1}])
def test_what_is_missing_or_unknown_is_refused(given):
    with pytest.raises(TypeError):
        _Usual(**given)
    with pytest.raises(TypeError):
        _AtOnce(**given)


def test_two_records_share_nothing_that_could_change():
    """A default that is made anew for every record is refused rather than shared."""

    @dataclass(frozen=True, kw_only=True)
    class WithFactory:
        held: list[int] = field(default_factory=list)

    @dataclass(frozen=True)
    class ByPlace:
        name: str

    for kind in (WithFactory, ByPlace):
        assert fields(kind)
        with pytest.raises(TypeError, match=kind.__name__):
            fast_dataclass(kind)


def test_the_values_of_a_new_row_stand_in_the_order_of_its_columns():
    names, values_of = to_values(_AtOnce, {"wishes": list}, ("import_id", "name"))
    plain, values_of_plain = to_values(_AtOnce, {}, ())
    made = _AtOnce(id=3, name="見本", wishes=("LINE講習会",))

    assert names == ("id", "name", "wishes", "import_id")
    assert values_of(vars(made), 8, {"name": "別", "import_id": 5}) == (8, "別", ["LINE講習会"], 5)
    assert values_of({**vars(made), "wishes": None}, 8, {"name": None, "import_id": 5}) == (8, None, None, 5)
    assert (plain, values_of_plain(vars(made), 0, {})) == (("id", "name", "wishes"), (0, "見本", ("LINE講習会",)))
