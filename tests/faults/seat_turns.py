"""The rounds in which a seat is handed over between writers that go on saving, with cuts at each arrow and wrong
clocks."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from dataclasses import dataclass, field

from db import folder_layout
from tests.faults.seat_desks import Desk, Room
from tests.faults.seat_rounds import Outcome, look_after_all, must_open
from tests.faults.seat_turner import ARROWS

EACH = 10
LONGEST_GAP = 5.0
_GIVER = ("handing", "published", "opened", "closed", "done", "given")
_BEFORE_THE_END = ("handing", "published", "opened", "closed")


@dataclass
class Watch:
    """Looks at the claims all the while: never two."""

    room: Room
    most: int = 0
    seen: set[str] = field(default_factory=set)

    def look(self) -> bool:
        """Note how many claims stand now; always False, to be asked inside a condition."""
        names = {path.name for path in (self.room.folder / "seat").glob("*.claim")}
        self.seen |= names
        self.most = max(self.most, len(names))
        return False


def hand_overs(room: Room, chance: random.Random) -> Outcome:
    """Two writers hand the seat to and fro while they save, their clocks two hours apart."""
    outcome, apart = Outcome(), chance.choice((0.0, 7200.0, -7200.0)) if room.world.preloaded else 0.0
    a, b = room.desk("A", clock=apart), room.desk("B", clock=-apart)
    begin(room, a, b)
    watch = Watch(room)
    for desk in (a, b):
        desk.order("live")
    room.until(lambda: watch.look() or len(a.all("gave") + b.all("gave")) >= EACH or _broken(a, b))
    if broken := _broken(a, b):
        outcome.add("damaged", *broken)
        return outcome
    for desk in (a, b):
        desk.order("live", wishes=False)
    _leave(room, a, b)
    _judge(outcome, watch, a, b)
    look_after_all(room, [a, b], outcome, chance)
    return outcome


def cut(room: Room, chance: random.Random) -> Outcome:
    """One of the two ends at an arrow of the hand-over; the other goes on, in time or after the silence.
    Clocks differ."""
    outcome = Outcome()
    arrow = chance.choice(ARROWS)
    outcome.counts[f"cut {arrow}"] += 1
    apart = chance.choice((0.0, 7200.0, -7200.0)) if room.world.preloaded else 0.0
    a, b = room.desk("A", clock=apart), room.desk("B", clock=-apart)
    begin(room, a, b)
    dies, lives = (a, b) if arrow in _GIVER else (b, a)
    room.does(dies, "die_at", "armed", arrow=arrow)
    watch = Watch(room)
    for desk in (a, b):
        desk.order("live")
    room.until(lambda: watch.look() or dies.state == "ended")
    room.until(lambda: lives.last("got", "gave") or room_is_left(room))
    if arrow in _BEFORE_THE_END or lives is a:
        _take_over_silent(room, lives, outcome)
    room.until(lambda: lives.last("got") or lives.state == "ended")
    begun = len(lives.saved)
    lives.order("live", wishes=False)
    room.until(lambda: watch.look() or len(lives.saved) > begun + 1)
    _leave(room, lives)
    _judge(outcome, watch, a, b)
    look_after_all(room, [a, b], outcome, chance)
    return outcome


def in_order(room: Room, chance: random.Random) -> Outcome:
    """B asked before C: C must not get the seat that was given to B."""
    outcome = Outcome()
    a, b, c = room.desk("A"), room.desk("B"), room.desk("C")
    begin(room, a, b)
    room.does(c, "read", "reads")
    room.does(b, "ask", "asks")
    room.does(a, "save", "saved all", times=chance.randint(1, 3))
    a.order("live", saves=10_000)
    room.until(lambda: _in_line(room, b))
    room.does(c, "ask", "asks")
    room.until(lambda: _in_line(room, c))
    room.does(a, "look", "looked")
    room.does(a, "hand", "handed")
    c.order("live")
    room.pause(0.2)
    outcome.add("jumped", *([str(c.last("got"))] if c.last("got") else []))
    b.order("live", saves=1)
    room.until(lambda: b.last("got") or c.last("got"))
    room.until(lambda: c.last("got"))
    _leave(room, b, c)
    outcome.counts["got"] += len(b.all("got") + c.all("got"))
    look_after_all(room, [a, b, c], outcome, chance)
    return outcome


def put_back(room: Room, chance: random.Random) -> Outcome:
    """Between giving and following somebody puts an older data file back: who follows must refuse."""
    outcome = Outcome()
    a, b = room.desk("A"), room.desk("B")
    begin(room, a, b)
    room.pause(room.world.old / 500)
    room.does(b, "ask", "asks")
    living = folder_layout.database_of(room.folder)
    assert living is not None
    shutil.copyfile(living, room.folder.parent / "older")
    room.does(a, "save", "saved all", times=chance.randint(1, 3))
    room.does(a, "hand", "handed")
    shutil.copyfile(room.folder.parent / "older", living)
    room.pause(room.world.old / 500)
    met = room.does(b, "follow", "got", "waits on")
    outcome.counts["reported"] += len(a.saved)
    outcome.counts += Counter((a.last("opened") or {}).get("lies", {}))
    outcome.counts += Counter((b.last("reads") or {}).get("lies", {}))
    outcome.add("lost", *([] if met.get("error") == "Damaged" else [str(met)]))
    return outcome


def begin(room: Room, a: Desk, b: Desk) -> None:
    """A types, B reads."""
    must_open(room.does(a, "open", "opened"))
    room.does(a, "sit", "sits")
    room.does(b, "read", "reads")


def room_is_left(room: Room) -> bool:
    """Whether only a dead one's claim is there."""
    return bool(list((room.folder / "seat").glob("*.claim")))


def _in_line(room: Room, desk: Desk) -> bool:
    token = str((desk.last("reads") or {})["token"])
    return any(
        token in path.read_text(encoding="utf-8", errors="replace").partition("queue")[2]
        for path in (room.folder / "desks").glob("*.json")
    )


def _take_over_silent(room: Room, lives: Desk, outcome: Outcome) -> None:
    """The dead one is silent for a while, the person agrees, and the living one takes over."""
    room.does(lives, "look", "looked")  # no more live
    if lives.last("got", "gave") is lives.last("got") and lives.last("got") is not None:
        return
    room.pause(room.world.old / 500)
    seen = room.does(lives, "see", "seen")
    outcome.add("silenced", *([str(seen)] if seen["silent"] else []))
    room.make_silent()
    room.does(lives, "leap_own", "leapt", seconds=600)
    room.pause(room.world.old / 500)  # nobody asks again before his PC looks again
    seen = room.does(lives, "see", "seen")
    outcome.add("refused", *([str(seen)] if not seen["silent"] else []))
    got = room.does(lives, "follow", "got", "waits on", take_over=True)
    outcome.add("refused", *([str(got)] if got["what"] != "got" else []))


def _broken(*desks: Desk) -> list[str]:
    """What ended the turns of somebody: data that cannot be worked in any more."""
    return [str(found) for desk in desks if (found := desk.last("refused", "broke")) is not None]


def _leave(room: Room, *desks: Desk) -> None:
    """Who types hands over no more; a seat that was just given is taken up; then all close."""
    alive = [desk for desk in desks if desk.state != "ended"]
    room.until(lambda: sum(len(one.all("got")) - len(one.all("gave")) for one in alive) >= int(len(alive) < len(desks)))
    for desk in alive:
        room.does(desk, "look", "looked")
    for desk in alive:
        room.does(desk, "leave", "closed")


def _judge(outcome: Outcome, watch: Watch, *desks: Desk) -> None:
    """Hold the times of all turns: no two at once, no gap too long (their median is held over all rounds)."""
    outcome.add("winners", *([f"{watch.most} claims at once"] if watch.most > 1 else []))
    gave = {one["seat"]: one["at"] for desk in desks for one in desk.all("gave")}
    got = {one["seat"]: one["at"] for desk in desks for one in desk.all("got")}
    outcome.gaps += sorted(got[number + 1] - at for number, at in gave.items() if number + 1 in got)
    outcome.counts["hand-overs"] += len(outcome.gaps)
    outcome.counts["gap in ms"] += int(1000 * sum(outcome.gaps))
    outcome.add("gap", *(f"{gap}" for gap in outcome.gaps if gap > LONGEST_GAP))
    outcome.add("stuck", *(str(one) for desk in desks for one in desk.all("kept")))
