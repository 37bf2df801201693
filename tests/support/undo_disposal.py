"""Undo of a mark for erasing, of a reason to keep, and of a thing entered at the end of a contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.programme.services.programme import read_programme
from app.subjects.settings.disposal.services import contract_end, disposal
from app.subjects.submissions.deliverables.services.disposal_order import read_disposal_order
from db.records.organisations import Contact
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def marked(world: World, who: dict[str, Any]) -> object:
    with world.store.change(action="連絡先", by=OTHER, now=NOW, subject="roster") as change:
        change.insert(Contact(event_id=1, note="発表 太郎", value="03-0000-2002", dispose_on=NOW.date()))
    world.before = world.rows()
    return disposal.mark_for_erasing(world.store, lines=["presenters:now"], witness="", **who)


def settled(world: World, who: dict[str, Any]) -> object:
    order = read_disposal_order(world.store.database, read_programme(world.store).programme)
    cells = {"done": NOW.date().isoformat(), "way": "裁断", "who": "受託見本　さくら"}
    return contract_end.settle_held(
        world.store, fiscal_year=order.programme.fiscal_year, line=order.held.left[0].id, cells=cells, **who
    )


SCENARIOS: dict[Callable[..., Any], Act] = {
    disposal.mark_for_erasing: marked,
    disposal.mark_person: lambda w, who: disposal.mark_person(w.store, person_id=1, reason="本人の申出", **who),
    contract_end.settle_held: settled,
    disposal.keep_longer: lambda w, who: disposal.keep_longer(
        w.store, kind="applicants", reason="確認中", until=date(2027, 6, 30), **who
    ),
}
