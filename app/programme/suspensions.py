"""利用停止 in force: whose data no letter, list or export uses, each as far as the decision says.

Calls about a 中止 or a change are never stopped: somebody who is not called stands before a closed door."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Literal

from db.engine import Database
from db.name_key import name_key
from db.record import group_by_key, record
from db.records.organisations import Organisation, Person
from db.records.year.rights import DataRequest, RequestKind
from db.rows import rows

Use = Literal["letters", "lists", "exports"]


@record
class SuspendedName:
    """The name by which a text is known to be about somebody, with the 団体 where others have that name."""

    name: str
    organisation: str = ""

    def is_in(self, texts: Collection[str]) -> bool:
        """Return whether texts that belong together, as ``name_key`` folds them, name the person."""
        return all(any(part in one for one in texts) for part in (self.name, self.organisation))


def is_in_force(request: DataRequest, today: date) -> bool:
    """Return whether a request is a 利用停止 that was decided and has not ended."""
    decided = request.decided_on if request.kind.is_suspension and request.decision.is_granted else None
    return decided is not None and decided <= today and (request.ended_on is None or request.ended_on > today)


def suspension_words(requests: Iterable[DataRequest], today: date) -> str:
    """Return 「利用停止 決定第3号」 of those in force, "" without any; why is said with the request alone."""
    return "、".join(
        f"利用停止 決定{one.notice_number or f'第{one.number}号'}" for one in requests if is_in_force(one, today)
    )


def words_by_person(database: Database, today: date) -> dict[int | None, str]:
    """Return ``suspension_words`` by the id of each person of the register whose data are suspended on a day."""
    found = rows(database, DataRequest, kind=RequestKind.SUSPENSION)
    mine = group_by_key((one.person_id, one) for one in found if one.person_id is not None)
    return {person_id: suspension_words(ours, today) for person_id, ours in mine.items()}


def suspended_ids(database: Database, use: Use, today: date) -> frozenset[int]:
    """Return the ids of the people whose data are not used so on a day."""
    return frozenset(
        one.person_id
        for one in rows(database, DataRequest, kind=RequestKind.SUSPENSION)
        if one.person_id is not None and getattr(one, f"stops_{use}") and is_in_force(one, today)
    )


def suspended_names(database: Database, use: Use, today: date) -> tuple[SuspendedName, ...]:
    """Return the names of the people whose data are not used so on a day."""
    ids = suspended_ids(database, use, today)
    if not ids:
        return ()
    people = rows(database, Person)
    keys = [name_key(one.name) for one in people]
    places = {one.id: name_key(one.name) for one in rows(database, Organisation)}
    return tuple(
        SuspendedName(name=key, organisation=places.get(one.organisation_id or 0, "") if keys.count(key) > 1 else "")
        for one, key in zip(people, keys, strict=True)
        if one.id in ids and key
    )
