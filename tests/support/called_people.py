"""An event with seventeen invented people of eleven 団体, as in a cancellation in a hurry."""

from datetime import datetime

from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry
from db.store import Store

PURPOSE = "中止・変更の連絡"
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("みほんつつじ町会", "03-0000-0011", ("渡邉 見本子", "森 見本子")),
    ("みほん若葉野町会", "03-0000-0012", ("髙橋 見本子", "堀 見本一")),
    ("みほん緑坂自治会", "03-0000-0013", ("山﨑 見本雄", "山﨑 見本子")),
    ("みほん日向丘町会", "03-0000-0015", ("伊藤 見本子", "吉田 見本一")),
    ("みほん微風坂町会", "03-0000-0016", ("石井 見本清",)),
    ("みほん欅野団地自治会", "03-0000-0014", ("齋藤 見本実",)),
    ("みほん花歌町会", "03-0000-0017", ("田口 見本修",)),
    ("みほん菜の花自治会", "03-0000-0018", ("中村 見本男", "岩﨑 見本子")),
    ("みほん木漏日自治会", "03-0000-0019", ("濵田 見本美",)),
    ("みほん暁自治会", "03-0000-0020", ("佐久間 見本進",)),
    ("みほん月見坂町会", "03-0000-0021", ("小林 見本茂", "小林 見本代")),
)


def fill_roster(store: Store, event_id: int, *, now: datetime) -> None:
    """Enter everybody as chosen; the 団体 has the number that is kept for a cancellation."""
    with store.change(action="名簿を入れた", by="準備", now=now, subject="entries", event_id=event_id) as change:
        for name, phone, people in GROUPS:
            organisation = change.insert(Organisation(branch="第3支部", name=name))
            change.insert(Contact(organisation_id=organisation, value=phone, purpose=PURPOSE))
            for person in people:
                person_id = change.insert(Person(organisation_id=organisation, name=person))
                change.insert(
                    Entry(
                        event_id=event_id,
                        person_id=person_id,
                        organisation_id=organisation,
                        state="決定",
                        applied_at=now,
                    )
                )
