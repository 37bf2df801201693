"""A 講習会 with invented people taken out as a 当日持出しファイル, and what a clerk does with it, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.event_day.day_file.services.day_file_checkout import CheckedOutDayFile, check_out_day_file, preview_day_file
from app.event_day.day_file.services.day_file_opening import OpenedDayFile, close_day_file, open_day_file
from app.event_day.reception.services import read_reception
from app.events.tablets import services as tablet_services
from db.files.day_file import FILE_SUFFIX
from db.records.organisations import Contact, Organisation, Person
from db.records.protection import Checkout
from db.records.roster import Arrangement, Entry
from db.store import Store
from db.tables import organisations
from tests.support import door_people
from tests.support.door_people import DOOR, write
from tests.support.years import BY

PASSWORD = "blue bicycle and 朝顔"
OUT = datetime(2026, 9, 24, 12, 30)
BACK = datetime(2026, 9, 24, 17, 5)
CHECKER = "見本 係長"
PHONE, MAIL, ADDRESS = "03-0000-1234", "mihon@example.jp", "練馬区見本町1-2-3"
STRANGER, OTHER_TITLE = "他行 見本夫", "写真整理講習会"


def event_with_secrets(store: Store) -> int:
    """The door's 講習会, with everything around it that has to stay in the office; return its id."""
    event_id = door_people.door_event(store)
    door_people.tablets(store, 6)
    tablet_services.assign_tablets(ActionContext(store, BY, OUT), event_id=event_id, spare=1)
    person = organisations.all_people(store.database)[1]
    entry = door_people.entries_by_name(store, event_id)[person.name]
    contacts = (("電話", PHONE), ("メール", MAIL), ("住所", ADDRESS))
    write(
        store, *(Contact(person_id=person.id, kind=kind, value=value, purpose="中止の連絡") for kind, value in contacts)
    )
    write(store, Arrangement(event_id=event_id, entry_id=entry.id, kind="席", content="前から2列目", phone=PHONE))
    with store.change(action="試験の用意", by="用意", now=OUT) as change:
        change.update(
            Entry, entry.id, note=f"自宅 {PHONE}", absent_note=f"伝言 {PHONE}", doubtful="同じ方の二重の申込か"
        )
    elsewhere = door_people.add_lecture(store, datetime(2026, 10, 8).date(), subject=OTHER_TITLE)
    group = write(store, Organisation(name="よその見本町会", branch="第9支部"))[0]
    stranger = write(store, Person(organisation_id=group, name=STRANGER, furigana="たこう みほお"))[0]
    write(store, Entry(event_id=elsewhere, person_id=stranger, organisation_id=group, state="決定", applied_at=OUT))
    return event_id


def take_out(store: Store, event_id: int, folder: Path, *, with_care: bool = True) -> CheckedOutDayFile:
    """Take the event out into ``folder``."""
    offer = preview_day_file(store, event_id=event_id)
    row = Checkout(
        contents="",
        taken_at=OUT,
        taken_by="見本 次郎",
        approved_by=CHECKER,
        purpose="受付",
        destination=offer.destination,
        due_back_at=offer.due_back_at,
    )
    return check_out_day_file(
        ActionContext(store, BY, OUT),
        event_id=event_id,
        path=folder / f"{offer.file_stem}{FILE_SUFFIX}",
        password=PASSWORD,
        checkout=row,
        with_care=with_care,
    )


@contextmanager
def at_venue(path: Path) -> Iterator[OpenedDayFile]:
    """The file opened at the venue."""
    day = open_day_file(path, password=PASSWORD)
    try:
        yield day
    finally:
        close_day_file(day)


def at_door(day: OpenedDayFile) -> dict[str, object]:
    """Who does it at the venue, and when."""
    return {"by": day.label.taken_by, "now": DOOR}


def came(store: Store, event_id: int) -> set[str]:
    """The names of those who were received."""
    return {row.name for row in read_reception(store, event_id=event_id).received}
