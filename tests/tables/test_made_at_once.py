"""Frozen records that are made at once take, miss and refuse what every frozen record does, and stay frozen."""

from __future__ import annotations

import inspect
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from db.fast_dataclass import to_values
from db.record import frozen, record
from db.records.roster import Device


@dataclass(frozen=True, kw_only=True)
class _Usual:
    id: int = 0
    name: str
    wishes: tuple[str, ...] = ()


@record
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
    with pytest.raises(FrozenInstanceError):
        del made.name


@pytest.mark.parametrize("given", [{}, {"name": "見本", "unknown": 1}])
def test_what_is_missing_or_unknown_is_refused(given):
    with pytest.raises(TypeError):
        _Usual(**given)
    with pytest.raises(TypeError):
        _AtOnce(**given)


@record
class _Made:
    held: list[int] = field(default_factory=list)
    device: Device = Device.UNKNOWN
    seen: int = field(default=0, compare=False)


@frozen
class _ByPlace:
    message: str
    id: int = 0


@record
class _Below(_ByPlace):
    rows: int = 0


def test_what_stands_by_place_in_the_class_below_does_so_in_a_record():
    assert _Below("保存しました", 3, rows=2) == _Below(message="保存しました", id=3, rows=2)
    with pytest.raises(TypeError):
        _Below("保存しました", 3, 2)  # type: ignore[misc]


def test_two_records_share_nothing_that_could_change_and_hold_words_of_a_closed_set():
    one, other = _Made(), _Made(device="貸与")  # type: ignore[arg-type]
    one.held.append(1)
    assert (other.held, one == _Made(held=[1], seen=3)) == ([], True)
    assert (other.device is Device.LENT, one.device is Device.UNKNOWN) == (True, True)


def test_the_values_of_a_new_row_stand_in_the_order_of_its_columns():
    names, values_of = to_values(_AtOnce, {"wishes": list}, ("import_id", "name"))
    plain, values_of_plain = to_values(_AtOnce, {}, ())
    made = _AtOnce(id=3, name="見本", wishes=("LINE講習会",))

    assert names == ("id", "name", "wishes", "import_id")
    assert values_of(vars(made), 8, {"name": "別", "import_id": 5}) == (8, "別", ["LINE講習会"], 5)
    assert values_of({**vars(made), "wishes": None}, 8, {"name": None, "import_id": 5}) == (8, None, None, 5)
    assert (plain, values_of_plain(vars(made), 0, {})) == (("id", "name", "wishes"), (0, "見本", ("LINE講習会",)))
