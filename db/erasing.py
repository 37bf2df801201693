"""Erase cells of rows and of all their journal images for good, as one journal entry.

No chain link, ``payload_hash`` or header of the journal is rewritten: the entry names each image that it
rewrote with the hash of its new content, and ``journal.check_chain`` accepts that one alone. Whoever replays
the changes elsewhere repeats the erasing too, and must get the same images (``repeat_erasing``). Which data
belong to whom, and when they fall due, is decided by the subjects; this module knows cells, row histories and
images only.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

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

_EMPTY = (None, "", "[]", "{}")
_TABLE = TABLE_OF[Erasing]
_SEARCHED = ("people", "organisations")
"""Tables whose former names are kept for the search."""

Cells = Mapping[RowHistory, Mapping[str, str]]
"""The redaction of each cell to be erased, by row history and column."""


def new_token() -> str:
    """Return a new token for an erasing."""
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
    """Redact these cells in the rows and in every image of their histories; return what was recorded.

    The entry is a barrier: nobody can undo anything before it any more.

    Args:
        action: the description of the action for the window; it names nobody, since it is never erased itself.
        files: keyed hashes of the stored files that are recorded as erased; they are removed later.
        write_note: writes the rows that record it, in the same entry, when all is done.

    Raises:
        As ``Store.change``.
    """
    with store.change(action=action, by=by, now=now, subject=ERASING_SUBJECT, barrier=True) as change:
        noted = Erasing(
            token=new_token(),
            at=now,
            lives=tuple(
                ErasedRow(table=life.table, row_id=life.row_id, born=life.born, link=life.link, cells=dict(cells))
                for life, cells in all_cells.items()
            ),
            files=tuple(files),
        )
        done = apply_erasing(store.database, store.keys.chain, change, noted)
        if write_note is not None:
            write_note(change)
        return done


def apply_erasing(database: Database, key: bytes, change: Change, erasing: Erasing) -> Erasing:
    """Carry out an erasing in an open change and record the images; missing row histories are skipped.

    Args:
        erasing: what to do; the images that it names already are those whose hash no entry knows
            (``repeat_at_head``).
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
    """Record that the kept files of an erasing are gone from this entry on."""
    for name in erasing.files:
        known = mapping.fetch(database, ErasedFile, "SELECT * FROM erased_files WHERE keyed_hash = ?", [name])
        if known:
            change.update(ErasedFile, known[0].id, gone=True, since=erasing.at.date())
        else:
            change.insert(ErasedFile(keyed_hash=name, since=erasing.at.date(), gone=True))


def repeat_erasing(database: Database, key: bytes, row: Mapping[str, Any]) -> None:
    """Repeat an erasing on the images below its journal entry, while changes are replayed.

    An image that the log holds redacted already may have been redacted by a later erasing, too: it is checked
    at the end (``journal.check_chain``).

    Args:
        row: the journal's row of the erasing; its rows are written already.

    Raises:
        Damaged: an unchanged image came out otherwise than the entry says.
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
    """Carry out an erasing missing in this journal as a new entry with the same token and redactions.

    It has a transaction of its own, so none may be open.
    It is recorded even if nothing was found, so that it is asked only once.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        change = Change(database)
        apply_erasing(database, key, change, erasing)
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
    """Return every erasing, oldest first; none where the data have an older schema."""
    if _TABLE not in database.table_names():
        return []
    return mapping.fetch(database, Erasing, f"SELECT * FROM {_TABLE} ORDER BY id")  # noqa: S608


def last_step(database: Database) -> int:
    """Return the number of the last erasing's journal entry, 0 where nothing was erased."""
    found = database.execute(
        "SELECT coalesce(max(seq), 0) FROM journal WHERE subject = ?", [ERASING_SUBJECT]
    ).fetchone()
    return int(found[0])


def unexplained_images(database: Database, key: bytes, seqs: Iterable[int]) -> tuple[ErasedImage, ...]:
    """Return entries whose payload matches no known hash, with the hash of what they hold."""
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
    """Return those of ``seqs`` whose payload is as stored, or as an erasing before entry ``below`` rewrote it."""
    given = journal.rewritten_hashes(database, key, below=below)
    query = "SELECT seq, payload, payload_hash FROM journal WHERE seq IN (SELECT value FROM json_each(?))"
    found = database.execute(query, [mapping.as_json(list(seqs))]).fetchall()
    return [int(seq) for seq, payload, own in found if journal.payload_hash(key, payload) == given.get(seq, own)]


def _blank_images(
    database: Database, key: bytes, all_cells: Cells, *, below: int = 1 << 62
) -> tuple[dict[int, str], dict[RowHistory, Mapping[str, str]]]:
    """Redact every image of these histories in entries below ``below``; return hashes and cells.

    Returned are the new hash by entry, and the cells to redact in the rows too. Former names that these rows
    bore are removed from the search, but no other row's that had the same id at another time.
    """
    payloads = {}
    left = dict(all_cells)
    ends = {link for cells in all_cells.values() for one in cells.values() if (link := end_of_redaction(one))}
    for step in walk_journal(database, below=below):
        touched = set()
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
    """Return an image with its redactions; empty cells and columns of a later schema are skipped."""
    return {
        name: redact(value, cells[name]) if name in cells and value not in _EMPTY else value
        for name, value in image.items()
    }


def _blank_rows(
    database: Database, all_cells: Cells, histories: RowHistories
) -> Iterable[tuple[str, int, dict[str, Any]]]:
    """Redact the cells of existing rows; yield table, id and the redacted row of each.

    After the last one, the former names are removed that a trigger kept of these rows.
    """
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
    """Remove former names that a trigger kept for the search in this entry."""
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
