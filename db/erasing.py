"""Erasing for good: cells of rows and of all their images in the journal get stand-ins, in one step of the journal.

No link, no ``payload_hash`` and no head of the journal is rewritten: the step names each image that it wrote anew with
the hash of what stands there since, and ``journal.check_chain`` takes that one alone. Who repeats the changes elsewhere
repeats this too, and must come to the same images (``repeat_erasing``). What is whose, and when it falls due, is said
by the subjects; here are only cells, lives and images.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from db import journal, mapping
from db.engine import Database
from db.files import storage_errors
from db.journal import ERASING_SUBJECT, Change
from db.mapping import TABLE_OF
from db.records.accounts import JournalEntry, RowChange
from db.records.erasing import ErasedFile, ErasedImage, ErasedRow, Erasing
from db.redactions import end_of_redaction, redact
from db.row_history import RowHistories, RowHistory, row_histories, walk_journal
from db.store import Store

_EMPTY: Final = (None, "", "[]", "{}")
_TABLE: Final = TABLE_OF[Erasing]
_SEARCHED: Final = ("people", "organisations")
"""Whose former names are kept for the search."""

Cells = Mapping[RowHistory, Mapping[str, str]]
"""The stand-in of each cell that is to go, by life and column."""


def new_token() -> str:
    """Return the name of a new erasing."""
    return secrets.token_hex(16)


def erase(
    store: Store,
    all_cells: Cells,
    *,
    action: str,
    by: str,
    now: datetime,
    files: Sequence[str] = (),
    write_note: Callable[[Change], None] | None = None,
) -> Erasing:
    """Set these cells in the rows that are there and in every image of their lives; return what was noted.

    Args:
        action: what was done in the words of the window; it names nobody, since nothing erases it again.
        write_note: writes the rows that note it, in the same step, when all is done.

    Raises:
        As ``Store.change``.
    """
    with store.change(action=action, by=by, now=now, subject=ERASING_SUBJECT, barrier=True) as change:
        noted = Erasing(token=new_token(), at=now, lives=_to_erased_rows(all_cells), files=tuple(files))
        done = carry_out(store.database, store.keys.chain, change, noted)
        if write_note is not None:
            write_note(change)
        return done


def carry_out(database: Database, key: bytes, change: Change, erasing: Erasing) -> Erasing:
    """Do in an open change what an erasing notes, and note the images; lives that are not there are passed by.

    Args:
        erasing: what to do; the images that it names already are those whose hash no step knows (``repeat_at_head``).
    """
    wanted = {RowHistory(one.table, one.row_id, one.born, one.link): one.cells for one in erasing.lives}
    known = {image.seq: image.hash for image in erasing.images}
    blanked, left = _blank_images(database, key, wanted)
    written = {**known, **blanked}
    for table, row_id, row in _blank_rows(database, left, row_histories(database)):
        change.rows.append(RowChange(table=table, row_id=row_id, before=row, after=row))
    _note_files(database, change, erasing)
    images = tuple(ErasedImage(seq=seq, hash=digest) for seq, digest in sorted(written.items()))
    done = Erasing(token=erasing.token, at=erasing.at, lives=erasing.lives, files=erasing.files, images=images)
    change.insert(done)
    return done


def _note_files(database: Database, change: Change, erasing: Erasing) -> None:
    """The kept files of an erasing are gone from this step on, whether somebody had marked them or not."""
    for name in erasing.files:
        known = mapping.fetch(database, ErasedFile, "SELECT * FROM erased_files WHERE keyed_hash = ?", [name])
        if known:
            change.update(ErasedFile, known[0].id, gone=True, since=erasing.at.date())
        else:
            change.insert(ErasedFile(keyed_hash=name, since=erasing.at.date(), gone=True))


def repeat_erasing(database: Database, key: bytes, row: Mapping[str, Any]) -> None:
    """Do to the images below a step what it did to them, where the changes are written once more.

    An image that the log holds rewritten already may have been rewritten by a later erasing, too: it is held against
    the last word alone, when all is written (``journal.check_chain``).

    Args:
        row: the journal's row of the step; its rows are written already.

    Raises:
        Damaged: an image that was as it had been came out otherwise than the step says.
    """
    seq = int(row["seq"])
    for noted in _erasings_of_step(database, row):
        wanted = {RowHistory(one.table, one.row_id, one.born, one.link): one.cells for one in noted.lives}
        told = {image.seq: image.hash for image in noted.images}
        untouched = _unaltered_steps(database, key, list(told), below=seq)
        _blank_images(database, key, wanted, below=seq)
        _forget_names_of_step(database, wanted, seq)
        for number, payload in _payloads(database, untouched):
            if journal.payload_hash(key, payload) != told[number]:
                raise storage_errors.Damaged(
                    f"step {number}",
                    happened="消去をくり返したところ、記録と違う結果になりました。",
                    lost="もとのデータとバックアップには、何も書き込んでいません。",
                )


def repeat_at_head(database: Database, key: bytes, erasing: Erasing, *, at: datetime, lock_number: int) -> None:
    """Carry out an erasing whose step is not in this journal, as one new step with the same name and stand-ins.

    It is noted though nothing was found, so that it is asked only once.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        change = Change(database)
        carry_out(database, key, change, erasing)
        entry = JournalEntry(
            seq=0,
            at=at,
            by="復元",
            action="消去したものを、復元したデータからも消去した",
            subject=ERASING_SUBJECT,
            event_id=None,
            barrier=True,
        )
        journal.append(database, key, entry, change.payload(), lock_number=lock_number)
        database.execute("COMMIT")
    except BaseException:
        if database.conn.in_transaction:
            database.execute("ROLLBACK")
        raise


def erasings(database: Database) -> list[Erasing]:
    """Return every erasing, the first one first; none where the data have an older shape."""
    if _TABLE not in database.table_names():
        return []
    return mapping.fetch(database, Erasing, f"SELECT * FROM {_TABLE} ORDER BY id")  # noqa: S608


def last_step(database: Database) -> int:
    """Return the number of the last step of erasing, 0 where nothing was erased."""
    found = database.execute(
        "SELECT coalesce(max(seq), 0) FROM journal WHERE subject = ?", [ERASING_SUBJECT]
    ).fetchone()
    return int(found[0])


def unexplained_images(database: Database, key: bytes, seqs: Iterable[int]) -> tuple[ErasedImage, ...]:
    """Return those steps whose payload fits no hash that is known, with the hash of what they hold."""
    given = journal.rewritten_hashes(database, key)
    found = []
    rows = "SELECT seq, payload, payload_hash FROM journal WHERE seq = ?"
    for seq in seqs:
        for number, payload, own in database.execute(rows, [seq]).fetchall():
            digest = journal.payload_hash(key, payload)
            if digest != given.get(number, own):
                found.append(ErasedImage(seq=int(number), hash=digest))
    return tuple(found)


def _unaltered_steps(database: Database, key: bytes, seqs: Sequence[int], *, below: int) -> list[int]:
    """Return those steps whose payload is what the steps below a number left."""
    given = journal.rewritten_hashes(database, key, below=below)
    query = "SELECT seq, payload, payload_hash FROM journal WHERE seq IN (SELECT value FROM json_each(?))"
    found = database.execute(query, [mapping.as_json(list(seqs))]).fetchall()
    return [int(seq) for seq, payload, own in found if journal.payload_hash(key, payload) == given.get(seq, own)]


def _to_erased_rows(all_cells: Cells) -> tuple[ErasedRow, ...]:
    return tuple(
        ErasedRow(table=life.table, row_id=life.row_id, born=life.born, link=life.link, cells=dict(cells))
        for life, cells in all_cells.items()
    )


def _blank_images(
    database: Database, key: bytes, all_cells: Cells, *, below: int = 1 << 62
) -> tuple[dict[int, str], dict[RowHistory, Mapping[str, str]]]:
    """Write every image of these lives anew that a step below a number holds; return its hash by step, and the cells
    that go from the rows, too: those but for which the step was found until which they go.

    The names that they bore before go from the search with them, and nobody else's who had the number at another time.
    """
    payloads = {}
    left: dict[RowHistory, Mapping[str, str]] = dict(all_cells)
    ends = {link for cells in all_cells.values() for one in cells.values() if (link := end_of_redaction(one))}
    for step in walk_journal(database, below=below):
        touched: set[RowHistory] = set()
        last = {life: at for at, life in enumerate(step.after)}
        for at, (change, before, after) in enumerate(zip(step.changes, step.before, step.after, strict=True)):
            for side, life in (("before", before), ("after", after)):
                if life is not None and life in left:
                    if side == "after" and step.link in ends and last[life] == at:
                        left[life] = {
                            name: one for name, one in left[life].items() if end_of_redaction(one) != step.link
                        }
                    change[side] = _blanked_image(change[side], left[life])
                    touched.add(life)
        if touched:
            payloads[step.seq] = mapping.as_json(step.changes)
            _forget_names_of_step(database, {life: all_cells[life] for life in touched}, step.seq)
    for seq, payload in payloads.items():
        database.execute("UPDATE journal SET payload = ? WHERE seq = ? AND payload <> ?", [payload, seq, payload])
    return {seq: journal.payload_hash(key, payload) for seq, payload in payloads.items()}, {
        life: cells for life, cells in left.items() if cells
    }


def _blanked_image(image: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, Any]:
    """Return an image with its stand-ins; what was empty stays empty, a column of a later shape is passed by."""
    return {
        name: redact(value, cells[name]) if name in cells and value not in _EMPTY else value
        for name, value in image.items()
    }


def _blank_rows(
    database: Database, all_cells: Cells, histories: RowHistories
) -> Iterable[tuple[str, int, dict[str, Any]]]:
    """Set the cells of the rows that are there; return each row as it stands then."""
    there = [life for life in all_cells if histories.is_current(life)]
    for life in there:
        select = f"SELECT * FROM [{life.table}] WHERE id = ?"  # noqa: S608 - a table of our own
        row = next(iter(mapping.read(database, select, [life.row_id])), None)
        if row is None:
            continue
        after = _blanked_image(row, all_cells[life])
        changed = [name for name, value in after.items() if value != row[name]]
        if changed:
            names = ", ".join(f"[{name}] = ?" for name in changed)
            values = [*(after[name] for name in changed), life.row_id]
            database.execute(f"UPDATE [{life.table}] SET {names} WHERE id = ?", values)  # noqa: S608
        yield life.table, life.row_id, after
    last = database.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
    _forget_names_of_step(database, {life: all_cells[life] for life in there}, int(last[0]) + 1)


def _forget_names_of_step(database: Database, all_cells: Cells, seq: int) -> None:
    """A name that is replaced is kept for the search with the number of its step, by a trigger: of these it must not
    be."""
    for life, cells in all_cells.items():
        if life.table in _SEARCHED and "name" in cells:
            query = "DELETE FROM former_names WHERE what = ? AND row_id = ? AND seq = ?"
            database.execute(query, [life.table, life.row_id, seq])


def _erasings_of_step(database: Database, row: Mapping[str, Any]) -> list[Erasing]:
    ids = [change.row_id for change in journal.to_entry(row).changes if change.table == _TABLE]
    found = [mapping.fetch(database, Erasing, f"SELECT * FROM {_TABLE} WHERE id = ?", [one]) for one in ids]  # noqa: S608
    return [one for some in found for one in some]


def _payloads(database: Database, seqs: Sequence[int]) -> list[tuple[int, str]]:
    query = "SELECT seq, payload FROM journal WHERE seq IN (SELECT value FROM json_each(?))"
    return [(int(seq), str(text)) for seq, text in database.execute(query, [mapping.as_json(list(seqs))]).fetchall()]
