"""Undo of a mark for erasing and of a reason to keep: both come back as long as nothing was erased."""

from datetime import date, datetime, timedelta
from typing import Any

from app.settings.disposal.services import disposal
from app.settings.disposal.services.holds import record_hold, release_hold
from db.records.disposals import Disposal, DisposalItem, Hold, HoldReason
from db.records.organisations import Contact
from db.records.programme import Programme
from db.rows import rows
from tests.support.erased import given_up
from tests.support.sample import NOW
from tests.support.scenarios import Scenarios, after, done
from tests.support.world import OTHER, World

YEAR_HOLD = Hold(programme_id=1, reason=HoldReason.AUDIT, begins_on=NOW.date(), by="", at=NOW)


def noted(world: World, *, at: datetime, items: tuple[DisposalItem, ...] = ()) -> None:
    """A mark of one day that waits, with places that were noted."""
    with world.store.change(action="印", by=OTHER, now=at, subject="disposal") as change:
        for one in rows(world.store.database, Programme):
            change.update(Programme, one.id, sample=False)  # of the sample year no day of the PC is asked
        change.insert(
            Disposal(
                fiscal_year=2026,
                number=9,
                kind="request",
                what="申出",
                count=1,
                unit="人",
                why="申出",
                due_on=at.date(),
                items=items,
                marked_at=at,
                by=OTHER,
            )
        )
    world.before = world.rows()


def judged(world: World) -> dict[str, Any]:
    place = DisposalItem(table="organisations", row_id=1, column="note", since=1, sort="surname")
    noted(world, at=NOW, items=(place,))
    return {"place": place, "is_theirs": True}


SCENARIOS: Scenarios = {
    disposal.mark_for_erasing: lambda w: after(
        w.put(Contact(event_id=1, note="発表 太郎", value="03-0000-2002", dispose_on=NOW.date())),
        lines=["presenters:now"], witness=""),
    disposal.mark_person_for_erasing: lambda w: {
        "person_id": 1, "reason": "本人の申出", "places": given_up(w.store, 1, NOW)},
    disposal.judge_text: judged,
    disposal.confirm_clock: lambda w: after(noted(w, at=NOW - timedelta(days=90))),
    disposal.keep_longer: lambda _w: {"kind": "applicants", "reason": "確認中", "until": date(2027, 6, 30)},
    record_hold: lambda _w: {"hold": YEAR_HOLD},
    release_hold: lambda w: {"hold_id": done(record_hold, w)},
}  # fmt: skip
