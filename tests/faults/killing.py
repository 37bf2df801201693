"""Stops a program in the middle of saving, again and again, and counts what was lost: nothing may be.

A child opens a data folder and saves one change after the other. It tells the parent through a pipe
when it is inside a transaction, when it is about to commit, and each commit after it returned. The
parent ends it with SIGKILL: at least half of the times inside a transaction (the child then stands
still there), else at a random moment while it commits, syncs and writes the change log. After each
stop the folder is opened again: every reported commit is there, the chain is whole, the change log
is complete and the rows are what the journal says.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from db import connection, journal, migrations
from db.backups import change_log, copies
from db.keys import derive_keys
from db.records.organisations import Organisation
from db.store import DATABASE_NAME, Store
from db.tables import journal as journal_table

KEYS = derive_keys(bytes(range(32)))
NOW = datetime.fromisoformat("2026-09-01T09:00")
INSIDE, COMMITTING, REPORTED = b"T", b"B", b"C"
LARGE = 3_000_000  # more than the page cache holds: pages reach the file before the commit


@dataclass
class Outcome:
    """What the stops came to."""

    kills: int = 0
    inside: int = 0
    reported: int = 0
    hot_journals: int = 0
    caught_up: int = 0
    lost: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Nothing is lost, and half of the stops hit a transaction as they were meant to."""
        return not self.lost and self.inside * 2 >= self.kills

    def said(self) -> str:
        """The counts in one sentence."""
        return (
            f"停止 {self.kills}回（うちトランザクションの途中 {self.inside}回、書きかけのジャーナルが残ったもの "
            f"{self.hot_journals}回）、報告された保存 {self.reported}件、失われたもの {len(self.lost)}件、"
            f"次に開いたとき控えに補ったもの {self.caught_up}件"
        )


def open_store(folder: Path) -> tuple[Store, int]:
    """Open the folder as the product does (no password slots here); return how many log entries were caught up."""
    new = not (folder / DATABASE_NAME).exists()
    database = connection.connect(folder / DATABASE_NAME, KEYS.pages, create=new)
    migrations.migrate(database)
    log = change_log.ChangeLog(folder, KEYS.log, migrations.NEWEST)
    store = Store(folder=folder, database=database, keys=KEYS, login_id="kill", change_log=log)
    store.after_commit.append(log.append)
    return store, change_log.catch_up(log, folder, journal_table.rows_after(database, 0))


def save_for_ever(folder: Path, pipe: int, hold_at: int, large: bool) -> None:
    """The child: save until ended; at change ``hold_at`` stand still inside the transaction."""
    store, _ = open_store(folder)
    count = 0
    while True:
        count += 1
        with store.change(action="団体を加えた", by="見本", now=NOW, subject="organisations") as change:
            note = "あ" * (LARGE // 3) if large and count == hold_at else ""
            row_id = change.insert(Organisation(name=f"みほん町会{count}", note=note))
            change.update(Organisation, row_id, households=count)
            if count == hold_at:
                os.write(pipe, INSIDE)
                while True:
                    signal.pause()
            os.write(pipe, COMMITTING)
        os.write(
            pipe, REPORTED + store.database.execute("SELECT max(seq) FROM journal").fetchone()[0].to_bytes(4, "big")
        )


def stop_once(folder: Path, *, inside: bool, large: bool, chance: random.Random) -> tuple[list[int], bool]:
    """Start a child, end it, and return the numbers it reported and whether it was inside a transaction."""
    reading, writing = os.pipe()
    hold_at = chance.randint(1, 6) if inside else 0
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            save_for_ever(folder, writing, hold_at, large)
        finally:
            os._exit(3)
    os.close(writing)
    heard = b""
    commits = chance.randint(1, 12)
    while True:
        select.select([reading], [], [], 30)
        piece = os.read(reading, 65536)
        heard += piece
        if not piece:
            break
        if (inside and heard.endswith(INSIDE)) or (not inside and len(_reported(heard)) >= commits):
            break
    if not inside:
        select.select([], [], [], chance.random() * 0.002)  # somewhere in the next save
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, 65536):
        heard += piece
    os.close(reading)
    return _reported(heard), inside and heard.endswith(INSIDE)


def _reported(heard: bytes) -> list[int]:
    """Return the numbers of the commits that were reported."""
    numbers, at = [], 0
    while at < len(heard):
        if heard[at : at + 1] == REPORTED:
            if at + 5 <= len(heard):
                numbers.append(int.from_bytes(heard[at + 1 : at + 5], "big"))
            at += 5
        else:
            at += 1
    return numbers


def _is_hot(rollback: Path) -> bool:
    """Say whether a rollback journal was left that the next opening has to play back."""
    return rollback.is_file() and any(rollback.read_bytes()[:8])


def check(folder: Path, reported: list[int], outcome: Outcome) -> None:
    """Open the folder after a stop and note everything that is not as it was reported."""
    outcome.hot_journals += _is_hot(folder / f"{DATABASE_NAME}-journal")
    store, caught_up = open_store(folder)
    outcome.caught_up += caught_up
    head, _ = copies.head(store.database)
    lost = [f"報告済みの変更 {number} がありません。" for number in reported if number > head]
    lost += connection.check_pages(store.database)
    lost += journal.check_chain(store.database, KEYS.chain)
    lost += [
        f"{table} {row_id} が履歴と違います。"
        for table, row_id, _, _ in journal_table.rows_unlike_journal(store.database)
    ]
    logged, findings = change_log.read_all(folder, KEYS.log)
    lost += findings
    lost += [f"変更の控え {number} がありません。" for number in range(1, head + 1) if number not in logged]
    outcome.lost += lost
    store.change_log.close()
    store.database.conn.close()


def run(kills: int, *, seed: int = 1, fresh_every: int = 25) -> Outcome:
    """Stop a saving child ``kills`` times, every second time for certain inside a transaction."""
    chance = random.Random(seed)
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="desk-faults-") as place:
        for number in range(kills):
            folder = Path(place) / str(number // fresh_every)
            folder.mkdir(exist_ok=True)
            inside = number % 2 == 0 or number % 5 == 0
            reported, was_inside = stop_once(folder, inside=inside, large=number % 4 == 0, chance=chance)
            outcome.kills += 1
            outcome.inside += was_inside
            outcome.reported += len(reported)
            check(folder, reported, outcome)
    return outcome


if __name__ == "__main__":
    outcome = run(int(sys.argv[1]))
    print(*outcome.lost, outcome.said(), sep="\n")
    sys.exit(0 if outcome.good else 1)
