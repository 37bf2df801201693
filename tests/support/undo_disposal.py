"""Undo of a mark for erasing and of a reason to keep: both come back as long as nothing was erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.subjects.settings.disposal.services import disposal
from db.records.organisations import Contact
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def marked(world: World, who: dict[str, Any]) -> object:
    with world.store.change(action="連絡先", by=OTHER, now=NOW, subject="roster") as change:
        change.insert(Contact(event_id=1, note="発表 太郎", value="03-0000-2002", dispose_on=NOW.date()))
    world.before = world.rows()
    return disposal.mark_for_erasing(world.store, lines=["presenters:now"], witness="", **who)


SCENARIOS: dict[Callable[..., Any], Act] = {
    disposal.mark_for_erasing: marked,
    disposal.mark_person: lambda w, who: disposal.mark_person(w.store, person_id=1, reason="本人の申出", **who),
    disposal.keep_longer: lambda w, who: disposal.keep_longer(
        w.store, kind="applicants", reason="確認中", until=date(2027, 6, 30), **who
    ),
}
