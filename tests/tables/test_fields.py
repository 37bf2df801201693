"""A correction by the names of its fields: what differs from what was shown, and what a record made anew says."""

from __future__ import annotations

import importlib
import pkgutil
import typing
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Annotated

import pytest

import db.records
from app.importing.list_fields import heading_patterns, list_fields, text_fields
from app.widgets.lists.record_columns import ColumnOverride, record_columns
from db.fields import changed_fields, corrections, specs, with_values
from db.mapping import TABLE_OF, field_types
from db.record import Erasing, FieldSpec, ListColumn, data_field
from db.records.applications import Application
from db.records.venues import Booking, Venue
from db.rows import by_id
from tests.support.stores import new_store
from tests.support.text_columns import erasing_class

WHO = {"by": "見本　係員", "now": datetime(2026, 9, 16, 10, 20), "subject": "venues"}


def test_only_what_was_typed_is_named():
    shown = Venue(id=3, name="みほん区民館", room="第1研修室", note="鍵は事務室")
    assert changed_fields(shown, replace(shown, room="")) == {"room": ""}
    assert corrections(shown, replace(shown, room="")) == {"room": ""}
    assert corrections(shown, Venue(name="みほん区民館", room="第2研修室")) == {
        "name": "みほん区民館",
        "room": "第2研修室",
    }
    assert "id" not in corrections(None, shown)


def test_what_is_not_named_stays_in_the_row(tmp_path):
    store = new_store(tmp_path)
    with store.change(action="会場", **WHO) as change:
        made = change.update_or_insert(Venue, None, name="みほん区民館", note="鍵は事務室")
    known = by_id(store.database, Venue, made)
    with store.change(action="会場", **WHO) as change:
        assert change.update_or_insert(Venue, known, room="第1研修室") == made
    assert by_id(store.database, Venue, made) == replace(known, room="第1研修室")
    store.database.conn.close()


@dataclass(frozen=True, kw_only=True)
class _Guest:
    id: int = 0
    name: str = data_field("氏名", "氏名|名前", match_order=20, list_column=ListColumn(), default="")
    nick: str | None = data_field(
        "呼び名", "呼び?名", key="called", list_column=ListColumn(min_list_width=600), default=None
    )
    came: Annotated[int, FieldSpec("回数", unit="回", is_editable=True, list_column=ListColumn())] = 1


def test_a_field_says_what_it_is_and_is_plain_to_all_others():
    told = specs(_Guest)
    assert [(one.name, one.spec.label, one.kind, one.default) for one in told.values()] == [
        ("name", "氏名", str, ""),
        ("nick", "呼び名", str, None),
        ("came", "回数", int, 1),
    ]
    assert field_types(Application)["name"] is str


def test_lists_of_others_are_asked_for_it_and_a_new_pattern_is_tried_first():
    found = list_fields(_Guest, {"called": (FieldSpec("ふりがな", "読み", key="kana", match_order=5),)})
    assert {key: one.label for key, one in found.items()} == {"name": "氏名", "called": "呼び名", "kana": "ふりがな"}
    assert [key for _, key in heading_patterns(found, [(10, "年齢", "dropped")])] == [
        "called",
        "kana",
        "dropped",
        "name",
    ]
    assert text_fields(_Guest) == {"name": "name", "nick": "called"}
    with pytest.raises(KeyError):
        list_fields(_Guest, {"gone": (FieldSpec("支部", key="branch"),)})
    with pytest.raises(TypeError):
        text_fields(_Odd)


@dataclass(frozen=True, kw_only=True)
class _Odd:
    came: Annotated[int, FieldSpec("回数", "回数")] = 1


def test_its_list_has_a_column_for_it():
    columns = record_columns(
        _Guest, lambda row: row, {"name": ColumnOverride(key="who", show=lambda row: f"{row.name} 様")}
    )
    one, two = _Guest(name="見本", came=12), _Guest(name="例谷", nick="れい")
    assert [(column.key, column.title, column.align, column.min_list_width) for column in columns] == [
        ("who", "氏名", "left", 0),
        ("nick", "呼び名", "left", 600),
        ("came", "回数", "right", 0),
    ]
    assert [column.show(one) for column in columns] == ["見本 様", "—", "12回"]
    assert [column.export_columns()[0].show(two) for column in columns] == ["例谷 様", "れい", "1回"]
    assert columns[2].sort is not None
    assert columns[2].sort(one) == 12
    with pytest.raises(KeyError):
        record_columns(_Guest, lambda row: row, {"id": ColumnOverride()})


def test_what_a_form_does_not_hold_is_carried():
    shown = Application(id=4, name="見本 花子", device="iPhoneを持参", row_key="k")
    typed = with_values(shown, {"name": "見本 華子"})
    assert typed == replace(shown, name="見本 華子")
    assert changed_fields(shown, typed, Application) == {"name": "見本 華子"}
    with pytest.raises(TypeError):
        with_values(shown, {"nmae": ""})


RECORDS = [
    kind
    for module in pkgutil.walk_packages(db.records.__path__, "db.records.")
    for kind in vars(importlib.import_module(module.name)).values()
    if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.name
]


def test_every_field_of_every_record_has_a_word_or_says_that_nobody_meets_it():
    assert set(TABLE_OF) < set(RECORDS)
    unsaid = [
        f"{kind.__name__}.{one.name}"
        for kind in RECORDS
        for one in fields(kind)
        if (told := specs(kind).get(one.name)) is None or not (told.spec.label or told.spec.is_hidden)
    ]
    assert unsaid == [], "a field says its word for people, Spec(…), or that nobody meets it: Key, Spec(is_hidden=True)"


def test_what_a_record_says_of_its_fields_can_be_read():
    for kind in RECORDS:
        told = specs(kind).values()
        keys = [one.spec.key or one.name for one in told]
        assert len(keys) == len(set(keys)), kind.__name__
        assert {one.spec.erasing for one in told} <= set(typing.get_args(Erasing))
        if any(one.spec.custom_parsing for one in told):  # a register reads each cell by the type of its field
            text_fields(kind)


def test_what_an_erasing_does_with_a_field_follows_from_its_type_where_it_is_no_free_text():
    told = specs(Venue)
    assert {name: erasing_class(told[name]) for name in ("id", "name", "note", "capacity", "facility")} == {
        "id": "",
        "name": "word",
        "note": "free",
        "capacity": "",
        "facility": "word",
    }
    assert erasing_class(specs(Booking)["day"]) == "day"
