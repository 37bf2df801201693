"""A 講習会 with invented people on its roster, for tests of the door, the 班, the tablets and the 配慮."""

from datetime import date, datetime

from app.actions.action_context import ActionContext
from db.records.organisations import Organisation, Person
from db.records.roster import Entry, Tablet
from db.store import Store
from db.tables import roster
from tests.support.years import BY, NOW, add_lecture

DAY = date(2026, 9, 24)
DOOR = datetime(2026, 9, 24, 13, 40)

# Of each: 氏名、ふりがな、団体の番号、端末、配慮。
PEOPLE = (
    ("みほん 節子", "みほん せつこ", 0, "持参", ""),
    ("髙橋 見本子", "たかはし みほこ", 0, "貸与", "前方の席を希望。耳が聞こえにくい。"),
    ("齋藤 見本", "さいとう みほん", 1, "貸与", ""),
    ("渡邉 例子", "わたなべ れいこ", 1, "持参", "手話通訳を希望"),
    ("𠮷田 例男", "ヨシダ レイオ", 2, "貸与", ""),
    ("伊藤 試", "いとう こころみ", 2, "", ""),
)  # fmt: skip
ORGANISATIONS = (("第1支部", "みほん若葉町会"), ("第1支部", "みほん桜自治会"), ("", "見本団地自治会"))


def write(store: Store, *records: object) -> list[int]:
    """Insert records in one change, as test data; return their ids."""
    with store.change(action="試験の用意", by="用意", now=NOW) as change:
        return [change.insert(record) for record in records]


def door_event(store: Store, *, unnamed: int = 1, day: date = DAY) -> int:
    """Add a 講習会 with the invented people and ``unnamed`` places without a name; return its id."""
    event_id = add_lecture(store, day)
    groups = write(store, *(Organisation(branch=branch, name=name) for branch, name in ORGANISATIONS))
    people = write(
        store, *(Person(organisation_id=groups[at], name=name, furigana=kana) for name, kana, at, _, _ in PEOPLE)
    )
    applied = datetime(2026, 9, 1, 9)
    named = [
        Entry(
            event_id=event_id,
            person_id=person,
            organisation_id=groups[at],
            state="決定",
            device=device,
            care=care,
            applied_at=applied.replace(minute=minute),
        )
        for minute, (person, (_, _, at, device, care)) in enumerate(zip(people, PEOPLE, strict=True))
    ]
    places = [
        Entry(event_id=event_id, organisation_id=groups[0], state="決定", applied_at=applied.replace(hour=12))
        for _ in range(unnamed)
    ]
    write(store, *named, *places)
    return event_id


WAITING = "補見 待子"


def waiting_one(store: Store, event_id: int) -> int:
    """Add the fourth of those who wait for a place; return the id of the entry."""
    group = write(store, Organisation(branch="第2支部", name="みほん待町会"))[0]
    person = write(store, Person(organisation_id=group, name=WAITING, furigana="ほみ まちこ"))[0]
    return write(
        store,
        Entry(
            event_id=event_id,
            person_id=person,
            organisation_id=group,
            state="補欠",
            waiting_order=4,
            applied_at=datetime(2026, 9, 2, 9),
        ),
    )[0]


def entries_by_name(store: Store, event_id: int) -> dict[str, Entry]:
    """Return the entries by the name of the person (a place without one under "")."""
    from app.events.roster.services.roster import read_roster

    return {row.person.name if row.person else "": row.entry for row in read_roster(store, event_id=event_id).rows}


def tablets(store: Store, count: int) -> list[int]:
    """Add ``count`` tablets, numbered from 1."""
    return write(store, *(Tablet(number=str(number)) for number in range(1, count + 1)))


def numbers(store: Store, event_id: int) -> dict[str, int | None]:
    """The numbers of the list by name."""
    return {name: entry.number for name, entry in entries_by_name(store, event_id).items()}


def who(now: datetime = DOOR) -> dict[str, object]:
    """Who does it, and when."""
    return {"by": BY, "now": now}


def all_entries(store: Store, event_id: int) -> list[Entry]:
    """The entries as stored."""
    return roster.entries(store.database, event_id)


def acting(store: Store, now: datetime = DOOR) -> ActionContext:
    """Return how whoever is at the door acts."""
    return ActionContext(store, BY, now)
