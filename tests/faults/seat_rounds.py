"""Rounds in which two or more writers meet at one folder, and what each round came to.

A take-over: A saves and stands still anywhere inside a commit, B takes over, A wakes up before, during or after. A
double
start: several begin within 0.3 seconds. Afterwards a third opens the folder and everything that was reported is sought.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.faults.seat_desks import Desk, Room, Stuck

STAGES = ("inside", "committed", "confirmed", "logged", "anywhere")
MOMENTS = ("before", "halfway", "after")
WAKES = ("waiting", "copying", "working", "closed", "killed", "never")
START_WITHIN = 0.3


@dataclass
class Outcome:
    """What one round came to: what went wrong by kind, counts of what happened, and seconds from giving to getting."""

    wrong: dict[str, list[str]] = field(default_factory=dict)
    gaps: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, *said: str) -> None:
        """Note something that must not be."""
        if said:
            self.wrong.setdefault(kind, []).extend(said)


def take_over(room: Room, chance: random.Random, *, living: bool = False, wakes: tuple[str, ...] = WAKES) -> Outcome:
    """A saves, B takes over, A comes back where ``wakes`` says; ``living``: A never stood still, only its sign got
    lost."""
    outcome = Outcome()
    a, b = room.desk("A"), room.desk("B")
    must_open(room.does(a, "open", "opened"))
    room.does(a, "save", "saved all", times=chance.randint(1, 3))
    room.does(b, "look", "looked")
    if living:
        goes_on(room, a, chance)
    else:
        stands_still(room, a, chance)
    room.make_silent()
    wake = "goes on" if living else chance.choice(wakes)
    outcome.counts[f"wake {wake}"] += 1
    b.order("open", take_over=True)
    _wakes_while_b_opens(room, a, b, wake, chance)
    room.until(lambda: b.last("opened", "refused") or b.state == "ended")
    if b.last("opened") is None:
        note_refusal(outcome, b.last("refused", "broke"))
    else:
        _b_works(room, a, b, wake, chance)
        _a_ends(room, a, wake, outcome, chance)
    a.kill()
    look_after_all(room, [a, b], outcome, chance)
    return outcome


def double_start(room: Room, chance: random.Random) -> Outcome:
    """Several begin within 0.3 seconds; exactly one may write, and the others read who it is."""
    outcome = Outcome()
    before = chance.choice(("closed", "left", "died"))
    outcome.counts[f"after {before}"] += 1
    if before != "closed":
        first = room.desk("A")
        must_open(room.does(first, "open", "opened"))
        room.does(first, "save", "saved all", times=2)
        first.kill()
        room.make_silent()
    starters = [room.desk("A" if before == "died" else name) for name in "BCDE"[: chance.choice((2, 2, 3, 4))]]
    for desk in starters:
        room.does(desk, "look", "looked")
    begin = time.monotonic() + 0.02
    for desk in starters:
        desk.order("open", take_over=before == "left", at=begin + chance.random() * START_WITHIN)
    room.until(lambda: all(desk.last("opened", "refused") for desk in starters))
    winners = [desk for desk in starters if desk.last("opened")]
    outcome.counts["started"] += len(starters)
    outcome.add("winners", *([f"{len(winners)} winners"] if len(winners) != 1 else []))
    kinds = {str(desk.last("refused", "opened")["error"]) for desk in starters if desk not in winners}
    outcome.add("refused", *(kinds - {"Locked", "HolderSilent"}))
    for desk in winners:
        desk.order("save", times=chance.randint(2, 4))
    room.until(lambda: all(desk.last("saved all", "lost", "failed") for desk in winners))
    for desk in starters:
        if desk not in winners:
            desk.kill()
    look_after_all(room, room.desks[:], outcome, chance)
    return outcome


def came_and_went(room: Room, chance: random.Random) -> Outcome:
    """C's PC still sees the folder as it was before A came and went and B sat down: C must not get in beside B."""
    outcome = Outcome()
    old = room.world.old * 5
    a, b, c = room.desk("A"), room.desk("B"), room.desk("C", old=old, settle=old / 800)
    room.does(c, "look", "looked", at=chance.choice(("seats", "folder", "both")))
    if silent := chance.random() < 0.4:
        must_open(room.does(a, "open", "opened"))
        room.does(a, "save", "saved all", times=2)
        a.stop()
        room.until(lambda: a.state == "stopped")
        room.make_silent()
    else:
        for _ in range(chance.randint(1, 2)):
            must_open(room.does(a, "open", "opened"))
            room.does(a, "save", "saved all", times=chance.randint(1, 2))
            room.does(a, "close", "closed")
    outcome.counts["before: taken over" if silent else "before: came and went"] += 1
    must_open(room.does(b, "open", "opened", take_over=silent))
    room.does(b, "save", "saved all", times=2)
    room.does(b, chance.choice(("keyring", "look")), "keyring", "looked")
    gone = chance.random() < 0.4
    if gone:
        room.does(b, "close", "closed")
    met = room.does(c, "open", "opened", take_over=chance.random() < 0.5)
    outcome.counts["got in" if met["what"] == "opened" else "refused"] += 1
    outcome.add("winners", *(["C beside B"] if met["what"] == "opened" and not gone else []))
    outcome.add("refused", *([str(met)] if met.get("error") not in {None, "Locked", "HolderSilent"} else []))
    for desk in (b, c):
        if desk.last("opened") and not desk.last("closed"):
            room.does(desk, "save", "saved all", "lost", "failed", times=2)
    outcome.add("untold", *(str(one) for one in b.all("lost") + b.all("failed")))
    for desk in (a, c):
        if desk.state == "stopped" or not desk.last("opened"):
            desk.kill()
    look_after_all(room, [a, b, c], outcome, chance)
    return outcome


def clocks(room: Room, chance: random.Random) -> Outcome:
    """A's and B's clocks are two hours apart and A's leaps: nobody who lives is silenced, and a silent one is taken
    over."""
    outcome = Outcome()
    apart = chance.choice((-7200.0, 7200.0))
    a, b = room.desk("A", clock=apart), room.desk("B", clock=-apart * chance.choice((0, 1)))
    must_open(room.does(a, "open", "opened"))
    room.does(a, "save", "saved all", times=2)
    met = room.does(b, "open", "opened", take_over=True)
    outcome.add("silenced", *([str(met)] if met.get("error") != "Locked" else []))
    for leap in (-apart, apart):
        room.does(a, "leap", "leapt", seconds=leap)
        kept = room.does(a, "save", "saved all", "lost", "failed", times=2)
        outcome.add("leap", *([str(kept)] if kept["what"] != "saved all" else []))
    stands_still(room, a, chance)
    room.make_silent()
    room.pause(room.world.old / 500)  # nobody asks again before his PC looks again
    got = room.does(b, "open", "opened", take_over=True)
    if got["what"] != "opened":
        outcome.add("refused", str(got))
        return outcome
    room.does(b, "save", "saved all", times=2)
    a.wake()
    _a_ends(room, a, "working", outcome, chance)
    a.kill()
    look_after_all(room, [a, b], outcome, chance)
    return outcome


def must_open(met: dict[str, Any]) -> dict[str, Any]:
    """Hold that the writer got in; a round that cannot begin is no round."""
    if met["what"] != "opened":
        raise Stuck(str(met))
    return met


def note_refusal(outcome: Outcome, met: dict[str, Any] | None) -> None:
    """Note that somebody did not get in, and whether it was because of damage."""
    outcome.add("damaged" if met and met.get("error") == "Damaged" else "refused", str(met))


def goes_on(room: Room, a: Desk, chance: random.Random) -> None:
    """Let a writer save on and on; return when it has reported a few."""
    reported = len(a.saved + a.added) + chance.randint(1, 4)
    a.order("go", gap=chance.choice((0.0, 0.1)), colleagues=chance.random() < 0.3)
    room.until(lambda: len(a.saved + a.added) >= reported)


def stands_still(room: Room, a: Desk, chance: random.Random) -> None:
    """Let A stand still: at a random write, sync or rename of a commit, between two, or at a stage of saving."""
    if room.world.preloaded:
        a.order("stop_at", number=chance.randint(1, 60), moment=chance.choice(MOMENTS))
        a.order("go")
    else:
        stage = chance.choice(STAGES)
        if stage == "anywhere":
            goes_on(room, a, chance)
            room.pause(chance.random() * 0.01)
            a.stop()
        else:
            a.order("stop_in", stage=stage, after=chance.randint(0, 2))
            a.order("go")
    room.until(lambda: a.state == "stopped")


def _wakes_while_b_opens(room: Room, a: Desk, b: Desk, wake: str, chance: random.Random) -> None:
    if wake not in {"waiting", "copying"}:
        return
    told = "claimed" if wake == "waiting" else "copying"
    room.until(lambda: b.last(told, "opened", "refused"))
    room.pause(chance.random() * (room.world.settle * 1.2 if wake == "waiting" else 0.004))
    a.wake()


def _b_works(room: Room, a: Desk, b: Desk, wake: str, chance: random.Random) -> None:
    """B saves; it stays, closes or is killed in the middle, and A wakes up where ``wake`` says."""
    if wake == "working" and chance.random() < 0.5:
        a.wake()
    room.does(b, "save", "saved all", "lost", "failed", times=chance.randint(1, 4))
    if wake == "closed":
        room.does(b, "close", "closed")
    elif wake == "killed":
        goes_on(room, b, chance)
        room.pause(chance.random() * 0.01)
        b.kill()
    if wake != "never":
        a.wake()


def _a_ends(room: Room, a: Desk, wake: str, outcome: Outcome, chance: random.Random) -> None:
    """A, awake again, must be told; then it closes late or just ends."""
    if wake == "never":
        return
    outcome.counts["woke"] += 1
    enough = len(a.saved + a.added) + 50  # whoever reports so many was not told
    room.until(lambda: a.last("lost", "failed") or a.state == "ended" or len(a.saved + a.added) > enough)
    told = a.last("lost")
    outcome.counts["told"] += told is not None
    outcome.add("untold", *([] if told else [f"A {a.told[-2:]}"]))
    if chance.random() < 0.5:
        room.does(a, "close", "closed")


def look_after_all(room: Room, desks: list[Desk], outcome: Outcome, chance: random.Random) -> None:
    """Open the folder once more, and seek everything that was reported."""
    died = ""
    for desk in desks:
        if desk.state == "ended":
            died = desk.name if not desk.last("closed", "refused") else died
        elif desk.last("opened") and not desk.last("closed"):
            if chance.random() < 0.5:
                room.does(desk, "save", "saved all", "lost", "failed", times=1)
            room.does(desk, "close", "closed")
    silent = bool(died) and chance.random() < 0.5
    if silent:
        room.make_silent()
    c = room.desk("C" if silent or not died else died)
    met = room.does(c, "open", "opened", take_over=silent)
    if met["what"] != "opened":
        note_refusal(outcome, met)
        return
    found = room.does(c, "contents", "contents")
    living = set(found["living"])
    reported = [name for desk in desks for name in desk.saved]
    outcome.counts["reported"] += len(reported)
    outcome.counts["added"] += sum(len(desk.added) for desk in desks)
    for desk in room.desks:
        outcome.counts += Counter((desk.last("opened") or {}).get("lies", {}))
    outcome.add("lost", *(name for name in reported if name not in living))
    may_log_in = set(found["may log in"])
    outcome.add("locked out", *(name for desk in desks for name in desk.added if name not in may_log_in))
    outcome.add("twice", *found["twice"])
    outcome.add("unlike", *found["unlike"])
    outcome.counts["left behind"] += len(found["left"])
    if found["left"]:
        notes = [note for desk in room.desks for one in desk.all("opened") for note in one["notes"]]
        unnamed = [name for name in found["left"] if not any(f"「{name}」" in note for note in notes)]
        outcome.add("unnamed", *(f"{name} in {notes}" for name in unnamed))
    room.does(c, "close", "closed")
    outcome.add("damaged", *room.does(c, "verify", "verified")["findings"])
