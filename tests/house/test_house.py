"""The figures of the house count what they say."""

import ast

from db import mapping
from db import rows as db_rows
from db.records.organisations import Organisation
from tests.house import actions, run, unmoved
from tests.support.sample import NOW, sample_store
from tests.support.stores import new_store

SHARED = (
    "def one(a, b):\n    c = a.first + 1\n    d = b.second(c, 2)\n    e = [c, d, 'x']\n    f = e[0] + d\n    g = "
    "f * c\n    return g + d\n"
)


def tree(text):
    return ast.parse(text)


def test_a_module_that_one_sibling_alone_uses_is_found_and_no_other():
    place = run.PROJECT / "app" / "subject"
    trees = {
        place / "part.py": tree(""),
        place / "whole.py": tree("from app.subject.part import one"),
        place / "shared.py": tree(""),
        place / "other.py": tree("from app.subject import shared"),
        run.PROJECT / "app" / "elsewhere.py": tree("from app.subject.shared import two\nimport app.subject.whole"),
    }
    assert [path.name for path in run.single_sibling(trees)] == ["part.py"]


def test_nodes_are_counted_whatever_the_formatting():
    assert run.nodes_of("a = b") == run.nodes_of("a=(\n  b\n)") == 4
    assert run.nodes_of("a = b.c") == 5


def test_what_somebody_new_touches_is_counted_from_the_page_without_migration_and_tests():
    patch = "".join(
        f"--- /dev/null\n+++ b/{path}\n@@\n+one\n+two\n"
        for path in ("app/one.py", "db/migrations/0099_one.sql", "tests/test_one.py")
    )
    found = dict(run.figures_of_newcomers(f"## A field\n```diff\n{patch}```\n"))

    assert found["to add a field"] == "1 file +2 (before: 6 files +9)"
    assert found["to add a deadline"].startswith("no patch on the page")
    assert len(found) == 3


def test_what_moved_is_said_line_by_line():
    before = {"file a.pdf": "1", "file b.pdf": "2", "journal x": "3"}
    assert list(unmoved.differences(before, before)) == []
    assert list(unmoved.differences(before, {"file a.pdf": "1", "file c.pdf": "2", "journal x": "4"})) == [
        "gone: file b.pdf", "new: file c.pdf", "moved: journal x",
    ]  # fmt: skip


def test_places_of_one_shape_are_a_pair_whatever_their_names():
    one, other = run.PROJECT / "app" / "one.py", run.PROJECT / "app" / "other.py"
    renamed = SHARED.replace("first", "left").replace("'x'", "'y'").replace("2", "9")
    assert run.alike_pairs({one: SHARED, other: renamed}) == 1
    assert run.alike_pairs({one: SHARED, other: "a = 1\n"}) == 0


def test_the_statements_of_an_action_are_counted(tmp_path):
    store = new_store(tmp_path)

    def act():
        store.database.execute("SELECT 1").fetchone()
        with store.change(action="x", by="y", now=NOW) as change:
            change.insert(Organisation(name="一の会", branch="第一"))

    seen = actions.statements(store, act)
    assert seen[0] == "SELECT 1"
    assert "BEGIN IMMEDIATE" in [one for one in seen if not actions.is_select(one)]
    assert actions.statements(store, lambda: None) == []
    store.database.conn.close()


def test_what_is_read_in_one_reading_is_what_is_read_when_everything_is_asked_for_anew(tmp_path, monkeypatch):
    store = sample_store(tmp_path)
    done = actions._actions(store)
    in_one = {name: done[name]() for name in ("home", "event page", "what passes", "letters")}
    for module in (mapping, db_rows):
        monkeypatch.setattr(module, "cached_results", lambda _database: None)

    assert [name for name, found in in_one.items() if found != done[name]()] == []
    store.database.conn.close()


def test_the_ten_most_used_actions_ask_no_more_than_they_did():
    """One reading an action: a service reads what it needs once and hands it on."""
    found = {one.name: one for one in actions.counted_actions()}
    assert found.keys() == actions.LIMITS.keys()
    assert {one.name: one.selects for one in found.values() if one.selects > one.limit} == {}
    # Whoever only reads runs nothing beside SELECTs: no savepoint around each, no transaction.
    assert {one.name: one.others for one in found.values() if one.others and one.name != actions.RECEIVING} == {}
