"""A search through a value meets every text in it, whatever it is made of, and changes it without touching the rest."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

from app.common import failure_log, text_walk
from app.common.text_rules import has_personal_number
from app.common.text_walk import TextWalk


@dataclass(frozen=True)
class Sheet:
    title: str
    rows: Any = ()
    made: str = field(default="", init=False)


@dataclass(frozen=True)
class Hidden:
    title: str


@dataclass(frozen=True)
class Unlisted:
    title: str
    other: Any = None


class Pair(NamedTuple):
    left: Any
    right: Any


class Slotted:
    __slots__ = ("__weakref__", "lacking", "other", "word")

    def __init__(self, word: Any, other: Any = None) -> None:
        self.word, self.other = word, other


class One(Slotted):
    __slots__ = "single"  # noqa: PLC0205

    def __init__(self, single: str) -> None:
        super().__init__("下")
        self.single = single


class Struct:
    __struct_fields__ = ("word", "lacking")
    word = "字"


class Said:
    __slots__ = ()

    def __str__(self) -> str:
        return "言"


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(failure_log, "log_unknown_type", lambda kind: found.append(kind.__name__))
    monkeypatch.setattr(text_walk, "ALL_WALKS", [])
    return found


def walk(**given: Any) -> TextWalk:
    names = {"searched": (__name__,), "textless": (f"{__name__}.Hidden", bytearray)}
    return TextWalk("試し", **names | given)


def shout(text: str) -> str:
    return text.replace("字", "ジ")


def test_every_text_is_met_in_its_order_and_what_holds_none_is_passed_by(logged: list[str]) -> None:
    value = {
        "甲": ["一", ("二", {"三"}), None, 4, date(2026, 9, 1), b"x", True],
        "乙": Sheet("四", deque([Pair("五", ["六"])])),
        "丙": Hidden("見ない"),
        "丁": {"戊": "七"}.values(),
    }
    assert list(walk().texts(value)) == ["一", "二", "三", "四", "五", "六", "七"]
    assert list(walk(key_filter=lambda key: key != "甲").texts(value)) == ["四", "五", "六", "七"]
    assert list(walk(fields_of=lambda _kind: ("rows",)).texts(value["乙"])) == ["五", "六"]
    assert logged == []


def test_the_longer_name_decides_and_a_name_is_of_whole_parts(logged: list[str]) -> None:
    own, part = f"{__name__}.Sheet", f"{__name__}.Hid"
    kinds = [
        ({"searched": (own,), "textless": (__name__,)}, Sheet, "fields"),
        ({"searched": (__name__,), "textless": (own,)}, Sheet, "none"),
        ({"searched": (__name__,), "textless": (__name__,)}, Sheet, "fields"),
        ({"searched": (part,), "textless": ()}, Hidden, "unknown"),
        ({"searched": (__name__,), "textless": ()}, Slotted, "unknown"),
        ({"searched": (), "textless": (Slotted,)}, One, "none"),
    ]  # fmt: skip
    for given, kind, way in kinds:
        assert walk(**given).walk_kind(kind) == way, (given, kind)
    first = walk()
    assert [first.walk_kind(Sheet), first.walk_kind(Sheet), *first.searched_fields(Sheet)] == [
        "fields", "fields", "title", "rows",
    ]  # fmt: skip
    assert text_walk.ALL_WALKS[-1] is first


def test_a_value_of_no_declared_type_is_searched_by_its_fields_else_as_it_is_said(logged: list[str]) -> None:
    nobody = walk(searched=())
    ring = Slotted("輪")
    ring.other = ring
    deep = Slotted("底")
    for _ in range(12):
        deep = Slotted("段", deep)
    cases: list[tuple[Any, list[str]]] = [
        (Unlisted("題", Slotted("中", Said())), ["題", "中", "言"]), (Struct(), ["字"]), (One("単"), ["単", "下"]),
        (SimpleNamespace(甲="あ", 乙=["い"]), ["あ", "い"]), (ring, ["輪"] * 2), (deep, ["段"] * 9), (Said(), ["言"]),
    ]  # fmt: skip
    for value, texts in cases:
        assert sorted(nobody.texts(value)) == sorted(texts), value
    assert logged[:3] == ["Unlisted", "Slotted", "Said"]
    assert list(nobody.texts(Unlisted)) == [], "the class itself holds no words"
    assert nobody.with_changed_texts(Unlisted, shout) is Unlisted


def test_a_changed_value_keeps_its_kind_and_an_unchanged_one_is_the_same_object(logged: list[str]) -> None:
    every = walk()
    rows = ("字", 1)
    for value in ("無", ["無", 2], ("無",), {"無"}, {"鍵": "無"}, Sheet("無", ["無"]), Unlisted("無"), 5, Hidden("字")):
        assert every.with_changed_texts(value, shout) is value
    assert every.with_changed_texts(["字", rows], shout) == ["ジ", ("ジ", 1)]
    assert every.with_changed_texts(Pair("無", "字"), shout) == Pair("無", "ジ")
    assert every.with_changed_texts({"字"}, shout) == {"ジ"}
    assert every.with_changed_texts(frozenset({"字"}), shout) == frozenset({"ジ"})
    assert every.with_changed_texts(deque(["字"]), shout) == ("ジ",)
    assert every.with_changed_texts({"字": "字", "無": rows}, shout) == {"字": "ジ", "無": ("ジ", 1)}
    assert every.with_changed_texts(Sheet("字", [Hidden("字")]), shout) == Sheet("ジ", [Hidden("字")])
    of_keys = walk(key_filter=lambda key: key != "甲")
    assert of_keys.with_changed_texts({"甲": "字", "乙": "字"}, shout) == {"甲": "字", "乙": "ジ"}
    assert logged == []


def test_a_value_of_no_declared_type_is_changed_in_a_copy(logged: list[str]) -> None:
    nobody = walk(searched=())
    slotted = Slotted("字", Unlisted("字"))
    made = nobody.with_changed_texts(slotted, shout)
    assert (made.word, made.other, slotted.word) == ("ジ", Unlisted("ジ"), "字")
    for value in (Slotted("無"), SimpleNamespace(甲="無"), Said()):
        assert nobody.with_changed_texts(value, shout) is value
    assert nobody.with_changed_texts(SimpleNamespace(甲="字"), shout).甲 == "ジ"
    assert nobody.with_changed_texts(Said(), lambda _text: "別") == "別"
    assert logged.count("Said") == 2


def test_a_number_that_nobody_may_keep_is_met_at_any_depth_but_not_in_fields_of_other_numbers() -> None:
    number = "123456789018"
    refused: list[dict[str, Any]] = [
        {"note": number}, {"rows": [{"name": ("x", number)}]}, {"values": {"備考": number}}, {"numbered": number},
    ]  # fmt: skip
    kept: list[dict[str, Any]] = [
        {"receipt_number": number}, {"numbers": [number]}, {"path": number}, {"sha256": number},
        {"values": {"receipt_number": number}}, {"note": "12345678901"}, {"note": f"1{number}"},
    ]  # fmt: skip
    check: Callable[[dict[str, Any]], bool] = has_personal_number
    assert [check(one) for one in refused] == [True] * len(refused)
    assert [check(one) for one in kept] == [False] * len(kept)
