"""A person found among 100,000 by the search of the window against the bare SQL LIKE over the same rows."""

import random
import tempfile
from pathlib import Path

from app.registers.register.services.search import find_people
from db.store import Store
from tests.bench.paired import Paired, pair
from tests.support.stores import new_store

PEOPLE = 100_000
LIMIT = 20

_FAMILIES = (
    ("髙橋", "たかはし"), ("高橋", "たかはし"), ("渡邉", "わたなべ"), ("渡辺", "わたなべ"), ("齋藤", "さいとう"),
    ("斉藤", "さいとう"), ("𠮷田", "よしだ"), ("見本", "みほん"), ("試山", "ためやま"), ("例川", "れいかわ"),
)  # fmt: skip
_GIVEN = tuple(
    (first + last, sound + end)
    for first, sound in (("恵", "けい"), ("正", "まさ"), ("美", "み"), ("和", "かず"), ("幸", "ゆき"))
    for last, end in (("子", "こ"), ("男", "お"), ("一", "いち"), ("江", "え"), ("代", "よ"))
)
_TYPED = ("渡邊 正子", "ｻｲﾄｳ", "0000-1234", "見本12丁目", "どこにもいない人")


def measure() -> Paired:
    """Ask one question after another, each found by name, reading, number, 団体 or nowhere."""
    with tempfile.TemporaryDirectory() as place:
        store = filled(Path(place))
        database = store.database

        def ours() -> None:
            for text in _TYPED:
                find_people(store, text=text, limit=LIMIT)

        def bare() -> None:
            for text in _TYPED:
                database.execute(
                    "SELECT p.*, o.* FROM people p LEFT JOIN organisations o ON o.id = p.organisation_id "
                    "WHERE p.name LIKE ? OR p.furigana LIKE ? OR o.name LIKE ? ORDER BY p.id LIMIT ?",
                    [f"%{text}%"] * 3 + [LIMIT],
                ).fetchall()

        found = pair(ours, bare, rounds=9, warm=2)
        database.conn.close()
    return Paired(found.ours / len(_TYPED), found.bare / len(_TYPED), found.ratio)


def filled(folder: Path) -> Store:
    """Make a store with 247 団体 and 100,000 people, each with a telephone."""
    chance = random.Random(1)
    store = new_store(folder)
    database = store.database
    database.execute("BEGIN")
    database.conn.executemany(
        "INSERT INTO organisations (id, branch, name, furigana, stages, support_policy, note) VALUES (?, ?, "
        "?, ?, '{}', '', '')",
        [(n, f"第{n % 17 + 1}支部", f"見本{n}丁目町会", f"みほん{n}ちょうめちょうかい") for n in range(1, 248)],
    )
    people = []
    for number in range(1, PEOPLE + 1):
        (family, sound), (given, end) = chance.choice(_FAMILIES), chance.choice(_GIVEN)
        people.append((number, number % 247 + 1, f"{family}　{given}", f"{sound}　{end}"))
    database.conn.executemany(
        "INSERT INTO people (id, organisation_id, name, furigana, role, note) VALUES (?, ?, ?, ?, '', '')", people
    )
    database.conn.executemany(
        "INSERT INTO contacts (person_id, kind, value, purpose, note) VALUES (?, '電話', ?, '', '')",
        [(number, f"03-0000-{number % 10_000:04d}") for number in range(1, PEOPLE + 1)],
    )
    database.execute("COMMIT")
    return store
