"""Rounds in which somebody does late what only the holder may, and in which the taker itself falls asleep or dies."""

import hashlib
import random
import re
from pathlib import Path

from tests.faults.seat_desks import Desk, Room
from tests.faults.seat_rounds import MOMENTS, Outcome, goes_on, look_after_all, must_open, note_refusal, stands_still

JOBS = ("close", "backup", "publish", "sweep", "keyring", "beat")
DONE = {"close": "closed"}


def late_work(room: Room, chance: random.Random) -> Outcome:
    """A closes, backs up, publishes, sweeps or changes the keyring after B took over: no file but A's own
    may change."""
    outcome = Outcome()
    a, b = room.desk("A"), room.desk("B")
    own = must_open(room.does(a, "open", "opened"))
    room.does(a, "save", "saved all", times=2)
    jobs = [*chance.sample(JOBS[1:], 3), "close"]
    caught = chance.choice(("at rest", "in a job", "in the close")) if room.world.preloaded else "at rest"
    if caught == "at rest":
        a.stop()
    else:
        if caught == "in the close":
            jobs = ["close"]
        a.order("stop_at", number=chance.randint(1, 80), moment=chance.choice(MOMENTS))
        for job in jobs:
            a.order(job)
    room.until(lambda: a.state == "stopped" or a.last("closed"))
    outcome.counts[f"caught {caught if a.state == 'stopped' else 'too late'}"] += 1
    room.make_silent()
    met = room.does(b, "open", "opened", take_over=a.state == "stopped")
    if met["what"] != "opened":
        outcome.add("refused", str(met))
        return outcome
    room.does(b, "save", "saved all", times=2)
    room.does(b, "backup", "backup")
    if chance.random() < 0.5:
        room.does(b, "keyring", "keyring")
    before = _sums(room.folder)
    if caught == "at rest":
        for job in jobs:
            a.order(job)
    a.wake()
    room.until(lambda: a.last("closed") or a.state == "ended")
    after = _sums(room.folder)
    unlike = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    outcome.counts["own files written late"] += sum(_is_of(name, own) for name in unlike)
    outcome.counts["jobs"] += len(jobs)
    foreign = [name for name in unlike if not _is_of(name, own)]
    if a.last("backup"):  # whoever only reads may back up the copy for readers: a new generation, of the seat it shows
        foreign = [name for name in foreign if name in before or not name.startswith("backups/")]
    outcome.add("altered", *(f"{name} after {jobs}" for name in foreign))
    a.kill()
    look_after_all(room, [a, b], outcome, chance)
    return outcome


def chain(room: Room, chance: random.Random) -> Outcome:
    """B is stopped or killed anywhere while it takes over from A, and C comes at once: all that was
    reported is there."""
    outcome = Outcome()
    a, b = room.desk("A"), room.desk("B")
    c = room.desk(chance.choice("BC"))  # a colleague, or B's own PC begun anew
    must_open(room.does(a, "open", "opened"))
    room.does(a, "save", "saved all", times=2)
    awake = chance.random() < 0.5
    for desk in (b, c):
        room.does(desk, "look", "looked")
    if awake:
        goes_on(room, a, chance)
    else:
        stands_still(room, a, chance)
    room.make_silent()
    _falls_out(room, b, chance)
    outcome.counts[f"taker {b.state}"] += 1
    room.make_silent()
    if not _insists(room, c, outcome):
        return outcome
    first, second = chance.sample((a, b), 2)
    first.wake()
    room.does(c, "save", "saved all", "lost", "failed", times=2)
    second.wake()
    outcome.counts["woke"] += 1
    room.until(lambda: a.last("lost", "failed"))
    outcome.add("untold", *([] if a.last("lost") else [str(a.told[-2:])]))
    _b_ends(room, b, outcome)
    room.does(c, "save", "saved all", "lost", "failed", times=1)
    a.kill()
    b.kill()
    look_after_all(room, [a, b, c], outcome, chance)
    return outcome


def _insists(room: Room, c: Desk, outcome: Outcome) -> bool:
    """C asks to take over; where its PC still sees the claim that B took away, once more. Say whether it got in."""
    for _ in range(2):
        met = room.does(c, "open", "opened", take_over=True)
        if met["what"] == "opened":
            return True
        room.pause(room.world.old / 500)
    note_refusal(outcome, met)
    return False


def dies(room: Room, chance: random.Random) -> Outcome:
    """A is killed anywhere: opening, saving, adding a colleague, closing; its own PC or another opens, and all is
    there."""
    outcome = Outcome()
    a = room.desk("A")
    at = chance.choice(("opening", "saving", "closing"))
    outcome.counts[f"killed while {at}"] += 1
    deadly = {
        "number": chance.randint(1, 120 if at == "opening" else 60),
        "moment": chance.choice(MOMENTS),
        "dies": True,
    }
    if at == "opening":
        a.order("stop_at", **deadly)
    a.order("open")
    room.until(lambda: a.last("opened") or a.state == "ended")
    if at == "closing":
        room.does(a, "save", "saved all", times=2)
    if at != "opening":
        a.order("stop_at", **deadly)
    if at == "closing":
        a.order("close")
    else:
        a.order("go", colleagues=chance.random() < 0.3)
    room.until(lambda: a.state == "ended" or a.last("closed"))
    a.kill()
    look_after_all(room, [a], outcome, chance)
    return outcome


def _falls_out(room: Room, b: Desk, chance: random.Random) -> None:
    """B begins to take over, and stops or ends somewhere on the way."""
    if room.world.preloaded:
        number = chance.randint(1, chance.choice((14, 60)))  # half of them around the claim
        b.order("stop_at", number=number, moment=chance.choice(MOMENTS))
        b.order("open", take_over=True)
    else:
        b.order("open", take_over=True)
        room.until(lambda: b.last("claimed"))
        room.pause(chance.random() * room.world.settle * 1.5)
        b.stop()
    room.until(lambda: b.state == "stopped" or b.last("opened", "refused"))
    if b.state == "runs":
        b.order("stop_at", number=0, moment="before")
        b.stop()
        room.until(lambda: b.state == "stopped")
    if chance.random() < 0.5:
        b.kill()


def _b_ends(room: Room, b: Desk, outcome: Outcome) -> None:
    """B, awake again, either never got in or is told at its first change."""
    if b.state == "ended":
        return
    room.until(lambda: b.last("opened", "refused"))
    if b.last("opened"):
        met = room.does(b, "save", "saved all", "lost", "failed", times=1)
        outcome.add("untold", *([] if met["what"] == "lost" else [f"B {met}"]))


def _sums(folder: Path) -> dict[str, str]:
    """Return the sum of every file by its name in the folder."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _is_of(name: str, opened: dict[str, object]) -> bool:
    """Say whether a file carries the number of a seat, or its token, in its name, or is the file it worked in."""
    own = str(opened["token"]) in name or name.startswith(str(opened["file"]))
    return own or bool(re.search(rf"(?<!\d){opened['seat']:06d}(?!\d)", name))
