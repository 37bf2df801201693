"""Within one reading a question is asked once; nothing is kept after it, and nothing of what stood before a write."""

import pytest

from db.query_cache import cached_queries, caching
from db.records.events import Event
from db.rows import by_id, row, rows, rows_of_each
from tests.house.actions import statements
from tests.support.years import BY, NOW, add_lecture, started_year


@pytest.fixture
def store(tmp_path):
    store = started_year(tmp_path)
    add_lecture(store)
    yield store
    store.database.conn.close()


def test_the_same_question_is_asked_once_and_again_in_the_next_action(store):
    @cached_queries
    def thrice(store):
        return [rows(store.database, Event), rows(store.database, Event), [row(store.database, Event)]]

    def one_or_a_list(store):
        return rows(store.database, Event, id=1), rows(store.database, Event, id=[1], order="id")

    first, second, third = thrice(store)
    assert first == second == third
    assert first is not second
    assert len(statements(store, lambda: thrice(store))) == 1
    assert len(statements(store, lambda: [thrice(store), thrice(store)])) == 2
    assert len(statements(store, lambda: cached_queries(one_or_a_list)(store))) == 1
    assert len(statements(store, lambda: one_or_a_list(store))) == 2


def test_what_was_written_meanwhile_is_seen_and_what_was_rolled_back_is_not(store):
    def title(store):
        return by_id(store.database, Event, 1).subject

    def given_up(store, seen):
        with store.change(action="直した", by=BY, now=NOW) as change:
            change.update(Event, 1, subject="やめた")
            seen.append(title(store))
            raise RuntimeError

    @cached_queries
    def between(store):
        seen = [title(store)]
        with store.change(action="直した", by=BY, now=NOW) as change:
            change.update(Event, 1, subject="新しい")
            seen.append(title(store))
        seen.append(title(store))
        with pytest.raises(RuntimeError):
            given_up(store, seen)
        return [*seen, title(store)]

    assert between(store) == ["LINE講習会", "新しい", "新しい", "やめた", "新しい"]


def test_inside_a_change_only_a_block_inside_it_keeps_what_it_read_and_sees_what_it_wrote(store):
    seen = []

    def title():
        seen.append(by_id(store.database, Event, 1).subject)

    def given_up():
        with store.change(action="直した", by=BY, now=NOW) as change, caching(store.database):
            title()
            title()
            change.update(Event, 1, subject="やめた")
            title()
            title()
            raise RuntimeError

    def around():
        with caching(store.database):
            title()
            with pytest.raises(RuntimeError):
                given_up()
            title()

    asked = [one for one in statements(store, around) if one.startswith("SELECT") and "events" in one]
    assert seen == ["LINE講習会", "LINE講習会", "LINE講習会", "やめた", "やめた", "LINE講習会"]
    assert len(asked) == 5  # before, inside, what is to be changed, after the update, after it was given up


def test_rows_that_stand_among_those_read_are_not_asked_for_again(store):
    for subject in ("スマホ講習会", "防災講習会"):
        add_lecture(store, subject=subject)

    def asked(store):
        every = rows(store.database, Event, order=("-event_date", "id"))
        return [
            every,
            rows(store.database, Event),
            rows(store.database, Event, programme_id=1, order=("-event_date", "id")),
            rows(store.database, Event, subject=["防災講習会", "LINE講習会"]),
            [by_id(store.database, Event, 3), by_id(store.database, Event, 99)],
            [row(store.database, Event, order="-id", programme_id=1)],
        ]

    alone = asked(store)
    assert cached_queries(asked)(store) == alone
    # The whole table, and the last one of it in an order that nobody asked for before.
    assert len(statements(store, lambda: cached_queries(asked)(store))) == 2


def test_some_of_the_rows_do_not_stand_for_all(store):
    for subject in ("スマホ講習会", "防災講習会"):
        add_lecture(store, subject=subject)

    @cached_queries
    def asked(store):
        some = rows(store.database, Event, subject=["スマホ講習会", "防災講習会"])
        one = by_id(store.database, Event, some[0].id)
        return [len(some), one.subject, len(rows(store.database, Event)), by_id(store.database, Event, 1).subject]

    assert asked(store) == [2, "スマホ講習会", 3, "LINE講習会"]
    assert len(statements(store, lambda: asked(store))) == 2


def test_whoever_changes_the_list_that_was_given_changes_nobody_elses(store):
    @cached_queries
    def careless(store):
        rows(store.database, Event).clear()
        return len(rows(store.database, Event))

    assert careless(store) == 1


def test_whoever_changes_a_list_that_was_answered_changes_no_later_answer(store):
    @cached_queries
    def emptied(store):
        for ask in (
            lambda: rows(store.database, Event),
            lambda: rows(store.database, Event, programme_id=1),
            lambda: rows(store.database, Event, id=[1, 1]),
            lambda: rows_of_each(store.database, {Event: "id"})[Event],
            lambda: rows_of_each(store.database, {Event: "-id"}, programme_id=1)[Event],
        ):
            for _each in range(2):
                found = ask()
                assert [event.id for event in found] == [1]
                found.clear()

    emptied(store)
