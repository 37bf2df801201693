"""Plays rounds of writers that meet at one folder, and prints what they came to as one line of JSON.

A process of its own, since it forks and stops what it forked: ``python -m tests.faults.seats take-over
--rounds 10``. Several plays follow each other in one process, a line for each: ``cut:5:3 in-order:1:1:order`` is five
rounds of seed 3, then one without that guard. With ``--preloaded`` it was started under the libraries of ``preload/``;
without, the engine takes no locks at all and a writer is stopped at a stage of saving or from outside, which needs no
compiler.
"""

import argparse
import functools
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from db import keyring
from tests.faults import seat_guards, seat_late, seat_rounds, seat_turns
from tests.faults.seat_desks import STUCK_SECONDS, Room, Stuck
from tests.faults.seat_rounds import Outcome
from tests.faults.seat_worker import World
from tests.support.data_folders import copied_folder

LIGHT = 1000
OLD_MILLISECONDS = 300
SLOW = 0.012
MEDIAN_GAP = 2.0
SOON_STUCK = 6.0
"""Without a guard a round may come to a standstill, which is what was to be seen."""
SETTLE = {True: 0.6, False: 0.1}

Round = Callable[[Room, random.Random], Outcome]
ROUNDS: dict[str, Round] = {
    "take-over": seat_rounds.take_over,
    "copying": functools.partial(seat_rounds.take_over, wakes=("copying",)),
    "later": functools.partial(seat_rounds.take_over, wakes=("working", "closed", "killed")),
    "living": functools.partial(seat_rounds.take_over, living=True),
    "start": seat_rounds.double_start,
    "gone": seat_rounds.came_and_went,
    "late": seat_late.late_work,
    "chain": seat_late.chain,
    "dies": seat_late.dies,
    "clock": seat_rounds.clocks,
    "hand-over": seat_turns.hand_overs,
    "cut": seat_turns.cut,
    "in-order": seat_turns.in_order,
    "put-back": seat_turns.put_back,
}


def light_keys() -> None:
    """Stretch passwords a little only: nobody attacks these folders, and hundreds are opened."""
    keyring.MIN_ITERATIONS = LIGHT
    assert keyring.wrap.__kwdefaults__ is not None
    keyring.wrap.__kwdefaults__["iterations"] = LIGHT


def play(
    kind: str, rounds: int, *, seed: int = 1, preloaded: bool = False, contents: bool = False, without: str = ""
) -> dict[str, Any]:
    """Play ``rounds`` rounds of a kind; return how many failed, what went wrong by kind, and the counts."""
    light_keys()
    counts: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    failed: list[str] = []
    gaps: list[float] = []
    for number in range(rounds):
        # A seed for each round: any of them can be played again by itself.
        chance = random.Random(f"{kind}/{seed}/{number}")
        # On a busy machine an old view has passed before anybody acts on it. A guard that is off is missed for longer
        # then.
        older = 1 + number // 8 if without and not failed else 1
        world = World(
            folder=copied_folder(Path(tempfile.mkdtemp(prefix="desk-faults-"))),
            pc="",
            slow=SLOW if kind == "copying" else 0.0,
            settle=0.0 if without == "settle" else SETTLE[preloaded],
            preloaded=preloaded,
            old=OLD_MILLISECONDS * older if preloaded else 0,
            old_contents=contents,
            locks_lie=not preloaded,
            without=without,
        )
        room = Room(world, stuck=SOON_STUCK if without else STUCK_SECONDS)
        try:
            outcome = ROUNDS[kind](room, chance)
        except Stuck as problem:
            outcome = Outcome()
            outcome.add("stuck", str(problem))
        finally:
            room.clear()
        counts += outcome.counts
        gaps += outcome.gaps
        wrong += Counter({name: len(said) for name, said in outcome.wrong.items()})
        failed += [f"{number}: {name}: {'; '.join(said)[:300]}" for name, said in outcome.wrong.items()][:1]
    if gaps and median(gaps) > MEDIAN_GAP:
        wrong["gap"] += 1
        failed.append(f"all: gap: median {median(gaps)}")
    return {"rounds": rounds, "failed": len(failed), "wrong": wrong, "counts": counts, "said": failed}


def main(words: list[str]) -> int:
    """Read the words, play, print; return 0 when no round failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("plays", nargs="+")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--preloaded", action="store_true")
    parser.add_argument("--contents", action="store_true")
    parser.add_argument("--without", choices=list(seat_guards.OFF), default="")
    asked = parser.parse_args(words)
    failed = 0
    for one in asked.plays:
        kind, rounds, seed, without = (*one.split(":"), "", "", "")[:4]
        met = play(
            kind,
            int(rounds or asked.rounds),
            seed=int(seed or asked.seed),
            preloaded=asked.preloaded,
            contents=asked.contents,
            without=without or asked.without,
        )
        print(json.dumps(met, ensure_ascii=False))
        failed += met["failed"]
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
