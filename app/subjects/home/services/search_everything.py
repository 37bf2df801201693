"""The search over everything (Ctrl+K): people, 団体, 実施回, 書類・記録, and what one can do with the words typed.

- ``search_everything(store, text) -> Found``
"""

from __future__ import annotations

from collections.abc import Sequence

from app.asked import Asked
from app.subjects.home.services.search_items import Found, FoundGroup, FoundItem
from app.subjects.home.services.search_records import found_corrections, found_events, found_papers
from app.subjects.register.services.search import (
    OrganisationHit,
    PersonHit,
    find_organisations,
    find_people,
    readings_of,
    search_keys,
    spellings_beside,
)
from db.store import Store
from db.tables import organisations

PEOPLE, ORGANISATIONS, EVENTS, RECORDS = 5, 4, 4, 4
_ORGANISATION_WORDS = ("町会", "自治会", "親和会", "睦会", "町内会")


def search_everything(store: Store, *, text: str) -> Found:
    """Return what ``text`` finds in any spelling, people first, then papers, then what can be done."""
    keys = search_keys(text)
    if not keys:
        return Found(text=text, groups=())
    hits = find_people(store, text=text, limit=50)
    people = [hit for hit in hits if not hit.by_reading]
    readings = readings_of(text, (hit.person for hit in people))
    places = find_organisations(store, text=text, limit=50)
    officers = [hit for hit in hits if hit.by_reading]
    total = organisations.count_people(store.database, keys)
    records = [
        *found_papers(store.database, keys, RECORDS),
        *found_corrections(store.database, keys, RECORDS),
    ][:RECORDS]
    groups = (
        _group("人", [_person(hit) for hit in people[:PEOPLE]], total),
        _group(
            "団体の役員・連絡先",
            [*(_organisation(hit) for hit in places), *(_officer(hit) for hit in officers)][:ORGANISATIONS],
            len(places) + len(officers),
        ),
        _group("実施回", list(found_events(store.database, keys, EVENTS))),
        _group("書類・記録", records),
        _group("すること", _to_do(text.strip(), people)),
    )
    names = [*(hit.person.name for hit in hits), *(hit.organisation.name for hit in places)]
    return Found(
        text=text,
        groups=tuple(group for group in groups if group.items),
        keys=(*keys, *readings),
        also=spellings_beside(text, names, readings)[:4],
    )


def _group(title: str, items: Sequence[FoundItem], total: int | None = None) -> FoundGroup:
    return FoundGroup(title=title, items=tuple(items), total=len(items) if total is None else total)


def _person(hit: PersonHit) -> FoundItem:
    return FoundItem(
        icon="user",
        title=hit.person.name,
        second="　".join(part for part in (hit.belonging, hit.last_event) if part) or hit.person.furigana,
        asked=Asked(what="人", person_id=hit.id),
        copied=hit.person.name,
    )


def _organisation(hit: OrganisationHit) -> FoundItem:
    one = hit.organisation
    return FoundItem(
        icon="users-three",
        title=one.name,
        second="　".join(part for part in (one.branch, one.furigana, f"登録 {hit.people}人") if part),
        asked=Asked(what="団体", organisation_id=one.id),
        copied=one.name,
    )


def _officer(hit: PersonHit) -> FoundItem:
    """Somebody registered in kana alone: it may be the person, so the 団体 is what is shown."""
    role = f"{hit.person.role}　" if hit.person.role else ""
    return FoundItem(
        icon="users-three",
        title=hit.organisation_name or "団体の登録なし",
        second=f"{role}{hit.person.name}　様　ふりがなだけの登録",
        asked=Asked(what="人", person_id=hit.id),
        copied=hit.person.name,
    )


def _to_do(text: str, people: Sequence[PersonHit]) -> list[FoundItem]:
    found = []
    if text.endswith(_ORGANISATION_WORDS):
        found.append(
            FoundItem(
                icon="users-three", title=f"「{text}」を新しい団体として加える", second="団体・参加者",
                asked=Asked(what="団体を加える", name=text), marked=False,
            )
        )  # fmt: skip
    elif not any(character.isdigit() for character in text):
        found.append(
            FoundItem(
                icon="user-plus", title=f"「{text}」を新しい人として加える", second="団体・参加者",
                asked=Asked(what="人を加える", name=text), marked=False,
            )
        )  # fmt: skip
    if people:
        found.append(
            FoundItem(
                icon="list", title=f"人の一覧を「{text}」で絞り込む", second="団体・参加者",
                asked=Asked(what="人の一覧", text=text), marked=False,
            )
        )  # fmt: skip
    return found
