"""People with the hardest names in a real, started year, for the tests of letters and labels."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.documents.services.document_library import read_library
from app.events.letters.services.letter_page import LetterPage, read_page
from db.records.calls import ChangeDecision
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event, RecruitmentStep
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry
from db.store import Store
from tests.support.stores import filled_store
from tests.support.years import BY, NOW, start_year

LONG = "豊泉台団地第二住宅管理組合自治会連合協議会"
LONGEST = "みほん学園町七丁目・八丁目パークサイドガーデンヒルズ管理組合連合自治会"
YOSHIDA, TAKASAKI, KATSURAGI, GUEST = (
    "𠮷田 榮一",
    "髙﨑 千鶴子",
    "葛\U000e0100城 麻衣子",
    "佐久間 アレクサンドラ 美智子",
)
ADDRESS = "〒176-0012 練馬区豊玉北九丁目99番99号　みほん豊泉台団地第二住宅11号棟1234号室"


class Letters:
    """One 講習会 with people of three 団体: one chosen twice with a place unnamed, one refused, one waiting.

    ``then`` is what was done with them once a run, before each test gets its copy.
    """

    def __init__(self, folder: Path, then: Callable[[Any], object] | None = None) -> None:
        self.store: Store
        self.store, (self.event_id, entries) = filled_store(folder, _put_letters, then=then)
        self.entries: list[int] = list(entries)

    def decide(self, kind: str, **known: str) -> None:
        """Write down a decision in a hurry."""
        with self.store.change(action="判断", by=BY, now=NOW) as change:
            change.insert(
                ChangeDecision(
                    event_id=self.event_id,
                    kind=kind,
                    decided_at=NOW,
                    decided_by=BY,
                    # type: ignore[arg-type]
                    reason="大雨警報の発表",
                    **known,
                )
            )
            if kind == "中止":
                change.update(
                    Event,
                    self.event_id,
                    status=EventStatus.CANCELLED,
                    cancelled_on=NOW.date(),
                    cancel_reason="大雨警報の発表",
                )

    def close(self) -> None:
        """Close the store."""
        self.store.database.conn.close()


def _put_letters(store: Store, then: Callable[[Any], object] | None) -> tuple[int, tuple[int, ...]]:
    start_year(store)
    with store.change(action="用意", by=BY, now=NOW) as change:
        event_id = change.insert(
            Event(
                kind="講習会",
                form=EventForm.LECTURE,
                ordinal=2,
                subject="LINE講習会",
                event_date=date(2026, 9, 10),
                venue="みほん区民館",
                room="研修室1",
                content="LINE公式アカウントの作成と配信",
            )
        )
        for position, (name, days) in enumerate((("受付開始", 42), ("受付締切", 17))):
            change.insert(RecruitmentStep(event_id=event_id, position=position, name=name, offset_days=days))
        long = change.insert(Organisation(name=LONG, branch="第12支部"))
        longest = change.insert(Organisation(name=LONGEST, branch="第3支部"))
        third = change.insert(Organisation(name="みほん川北町会"))
        head = change.insert(Person(organisation_id=long, name=YOSHIDA, role="会長"))
        deputy = change.insert(Person(organisation_id=long, name=TAKASAKI, role="副会長"))
        other = change.insert(Person(organisation_id=longest, name=KATSURAGI, role="理事長"))
        guest = change.insert(Person(organisation_id=third, name=GUEST, role="広報担当"))
        change.insert(Contact(organisation_id=long, kind="住所", value=ADDRESS, purpose="決定通知の送付"))
        change.insert(
            Contact(
                person_id=other,
                kind="住所",
                value="練馬区みほん町1-2-3",
                purpose="決定通知の送付",
                dispose_on=date(2027, 4, 30),
            )
        )
        applied = datetime(2026, 8, 1, 9, 0)
        entries = [
            change.insert(Entry(event_id=event_id, person_id=person, organisation_id=organisation,
                                state=state, device=device, role=role, applied_at=applied, waiting_order=order))
            for person, organisation, state, device, role, order in (
                (head, long, "決定", "貸与", "", None),
                (deputy, long, "決定", "持参", "", None),
                (None, long, "決定", "", "", None),
                (other, longest, "落選", "", "", None),
                (guest, third, "補欠", "持参", "デジタル担当", 1),
            )
        ]  # fmt: skip
    if then is not None:
        then(SimpleNamespace(store=store, event_id=event_id, entries=entries))
    return event_id, tuple(entries)


def read_letters(store: Store, *, event_id: int, kind: str, now: datetime) -> LetterPage:
    """The page of one kind of document of an event, of the first for one that does not fit."""
    shelf = read_library(store, event_id=event_id, today=now.date())
    return read_page(store, shelf, shelf.row(kind) or shelf.rows[0], now=now)
