"""The step that gives the discussion rows of its own: what landed reports hold moves, nothing is lost and nothing
stands twice."""

from __future__ import annotations

import json

import pytest

from app.events.discussion.rules import report_rows
from app.events.discussion.services import discussion_of
from db import migrations
from db.records.discussion import DiscussionStep
from db.records.event_form import EventForm
from db.records.events import Event

pytestmark = pytest.mark.nightly

STEP = next(number for number, path in enumerate(migrations.STEPS, start=1) if path.stem.endswith("_discussions"))
GROUPS = [
    [
        "1班",
        "役員の仕事を減らす",
        "5人・4団体　付箋 23枚",
        "例野",
        "毎月の回覧\n・会計の集計",
        "担い手の不足 9枚\n情報の伝達 14枚\n選定：役員の仕事を減らす",
        "案内を一本化\nひな形",
        "役員会から",
    ],
    ["2班", "", "4人　付箋多数", "仮井", "", "紙3枚を配る 10枚\n選定：回覧板を早く", "", ""],
]
COMMON = [["紙と併せて使う", "1、2"], ["小さく試す", "1"]]
ACTIONS = [["ひな形を配る", "1班　解決策「ひな形」", "区・受託者", "R8.12.25（金）", "協議記録"]]
CHANGES = [["時間が足りない", "5分延ばす。", "付箋89枚"]]


def _reports(database, *, confirmed: bool) -> None:
    columns = {
        table: [found[1] for found in database.execute(f"PRAGMA table_info({table})")]
        for table in ("programmes", "events", "reports", "table_groups")
    }

    def put(table: str, **given: object) -> None:
        kinds = {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({table})")}
        whole = {name: given.get(name, 0 if kinds[name] == "INTEGER" else "") for name in columns[table]}
        names = ", ".join(f"[{name}]" for name in whole)
        marks = ", ".join("?" * len(whole))
        database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(whole.values()))

    database.execute("PRAGMA foreign_keys = OFF")
    put("events", id=1, programme_id=1, kind="意見交換会", tools="[]", event_date="2026-11-12", organisation_id=None)
    put("table_groups", id=1, event_id=1, number=1, facilitator="受託者の配置表のとおり")
    tables = {
        "班": GROUPS,
        "共通点": COMMON,
        "つなげること": ACTIONS,
        "引継ぎ": CHANGES,
        "時間割内容": [["発表", "班5分"]],
    }
    for version in (1, 2):
        put(
            "reports",
            id=version,
            event_id=1,
            way="作成",
            version=version,
            body="{}",
            points="{}",
            tables=json.dumps(tables, ensure_ascii=False),
            contractor_confirmed_on="2026-11-20" if confirmed else None,
        )


def _moved(*, confirmed: bool = False):
    database = migrations.in_memory(upto=STEP - 1)
    _reports(database, confirmed=confirmed)
    migrations.migrate(database)
    tables = [json.loads(text) for (text,) in database.execute("SELECT tables FROM reports ORDER BY id")]
    return database, tables


def test_what_the_newest_report_held_becomes_lines_and_prints_as_before():
    database, (older, newest) = _moved()
    event = Event(id=1, kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会")
    talk = discussion_of(database, event)
    assert [(line.text, line.notes, line.chosen) for line in talk.groups[0].lines_of(DiscussionStep.SORTING)] == [
        ("担い手の不足", 9, False),
        ("情報の伝達", 14, False),
        ("役員の仕事を減らす", None, True),
    ]
    assert (talk.groups[0].facilitator, talk.groups[0].counted_notes, talk.groups[0].composition) == (
        "例野",
        23,
        "5人・4団体",
    )
    assert (talk.groups[1].topic, talk.groups[1].counted_notes, talk.groups[1].composition) == (
        "回覧板を早く",
        None,
        "4人　付箋多数",
    )
    assert talk.groups[1].lines_of(DiscussionStep.SORTING)[0].text == "紙3枚を配る"
    printed = report_rows(talk.groups, talk.points)
    first = [*GROUPS[0][:4], "毎月の回覧\n会計の集計", *GROUPS[0][5:]]
    assert printed["班"][0] == tuple(first)
    assert [list(row) for row in printed["共通点"]] == COMMON
    assert [list(row) for row in printed["つなげること"]] == ACTIONS
    assert [list(row) for row in printed["引継ぎ"]] == CHANGES
    # Nothing stands twice, and what an older version said stays with it.
    assert set(newest) == {"時間割内容"}
    assert set(older) == {"班", "共通点", "つなげること", "引継ぎ", "時間割内容"}
    database.conn.close()


def test_a_report_confirmed_before_its_content_was_kept_keeps_its_words():
    database, (_older, newest) = _moved(confirmed=True)
    assert newest["班"] == GROUPS
    assert (
        discussion_of(database, Event(id=1, kind="意見交換会", form=EventForm.EXCHANGE, subject="意見交換会"))
        .groups[0]
        .counted_notes
        == 23
    )
    database.conn.close()
