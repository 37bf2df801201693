"""Undo of a mark for erasing and of a reason to keep: both come back as long as nothing was erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from app.actions.action_context import ActionContext
from app.settings.disposal.services import disposal
from app.settings.disposal.services.holds import record_hold, release_hold
from db.records.disposals import Disposal, DisposalItem, Hold, HoldReason
from db.records.organisations import Contact
from db.records.programme import Programme
from db.rows import rows
from tests.support.erased import given_up
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, ActionContext], object]


def marked(world: World, context: ActionContext) -> object:
    with world.store.change(action="連絡先", by=OTHER, now=NOW, subject="roster") as change:
        change.insert(Contact(event_id=1, note="発表 太郎", value="03-0000-2002", dispose_on=NOW.date()))
    world.before = world.rows()
    return disposal.mark_for_erasing(context, lines=["presenters:now"], witness="")


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


def judged(world: World, context: ActionContext) -> object:
    place = DisposalItem(table="organisations", row_id=1, column="note", since=1, sort="surname")
    noted(world, at=NOW, items=(place,))
    return disposal.judge_text(context, place=place, is_theirs=True)


def asked_about_its_day(world: World, context: ActionContext) -> object:
    noted(world, at=NOW - timedelta(days=90))
    return disposal.confirm_clock(context)


def year_hold(context: ActionContext) -> Hold:
    """Return a hold of the year as a form gives it."""
    return Hold(programme_id=1, reason=HoldReason.AUDIT, begins_on=context.today, by="", at=context.now)


def released(world: World, context: ActionContext) -> object:
    """Release a hold that a colleague recorded."""
    made = record_hold(ActionContext(world.store, OTHER, NOW), hold=year_hold(context))
    world.before = world.rows()
    return release_hold(context, hold_id=made.id)


SCENARIOS: dict[Callable[..., Any], Act] = {
    disposal.mark_for_erasing: marked,
    disposal.mark_person_for_erasing: lambda w, context: disposal.mark_person_for_erasing(
        context, person_id=1, reason="本人の申出", places=given_up(w.store, 1, context.now)
    ),
    disposal.judge_text: judged,
    disposal.confirm_clock: asked_about_its_day,
    disposal.keep_longer: lambda w, context: disposal.keep_longer(
        context, kind="applicants", reason="確認中", until=date(2027, 6, 30)
    ),
    record_hold: lambda w, context: record_hold(context, hold=year_hold(context)),
    release_hold: released,
}
