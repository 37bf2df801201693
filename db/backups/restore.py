"""Restore a backup into a new folder, from the newest good generation and the change log."""

from __future__ import annotations

import json
import os
import platform
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from db import connection, erasing, folder_layout, journal, keyring, lock_takeover, mapping, migrations, write_lock
from db.accesses import queries
from db.backups import backup, change_log, copies, erasing_lists
from db.engine import Database
from db.files import file_store, storage_errors
from db.files.atomic_files import atomic_folder, remove_leftovers
from db.files.filesystem import remove_empty_folder
from db.keys import Keys
from db.migrations import schema_step
from db.record import frozen
from db.records.accounts import Access, AccessAct
from db.records.erasing import Erasing
from db.store import DATABASE_NAME
from db.tables import accounts, documents
from db.tables.journal import hold_references_until_commit, rows_after

_ERASINGS_UNKNOWN = (
    "これよりあとのデータやバックアップを読めないため、あとで消去したものがあったかを確かめられません。"
    "情報システムの担当者に伝えてください。"
)
_PLAUSIBLE = 100_000
_Found = TypeVar("_Found")


@frozen
class RestoreResult:
    """The result of a restore (time and number of the backup, changes replayed and missing).

    ``missing`` are numbers of changes known to have been made that could not be restored (``not_replayed`` of
    them are in the log, but after a gap). ``rows`` is how many rows the data have, ``notes`` say what was skipped.
    """

    folder: Path
    generation: int
    backup_time: datetime
    replayed: int
    missing: tuple[int, ...]
    not_replayed: int
    rows: int
    notes: tuple[str, ...]


class TargetNotEmpty(storage_errors.StorageProblem):
    """The folder to restore into is not empty."""

    happened = "復元先のフォルダーには、すでにファイルがあります。"
    lost = "そのフォルダーにも、バックアップにも、何も書き込んでいません。"
    todo = "新しい（空の）フォルダーを指定してください。"


def restore(
    source: Path,
    *,
    to: Path,
    secret: str,
    owner: str | None,
    now: datetime,
    live_folder: Path | None = None,
    replay: bool = True,
    use_live_data: bool = True,
) -> RestoreResult:
    """Restore into the new folder ``to``, which appears only when everything in it has been verified.

    Args:
        source: a data folder, a folder of generations, or one generation; from there on older ones are tried
            when it is bad.
        secret, owner: password and login ID, or the recovery key and None.
        live_folder: the data folder whose change log and stored files are used; by default the one the backup
            lies in.
        replay: False restores the backup alone.
        use_live_data: False leaves the database of the live folder alone, for a caller that has it open.

    Raises:
        WrongPassword, RestrictedError (閲覧, a temporary password), MissingData, Damaged (no generation is good),
        TargetNotEmpty, or another StorageProblem.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise TargetNotEmpty(to.name)
    remove_leftovers(to, older_than=0)  # a whole copy of the data that a killed restore left
    candidates = _candidates(source)
    home = live_folder or _data_folder_of(candidates[0].path)
    notes = []
    for one in candidates:
        try:
            keys, ring = _unlock(one, home, secret, owner)
            said = backup.generation_findings(one) or list(
                copies.inspect_copy(one.path / DATABASE_NAME, keys.for_number(one.key_number)).findings
            )
        except (storage_errors.Damaged, storage_errors.NotOurs, storage_errors.KeyChanged) as problem:
            said = [problem.happened]
        if said:
            notes.append(f"第{one.number}世代（{one.created_at:%Y-%m-%d %H:%M}）は使えません：{said[0]}")
            continue
        return _restore(
            one, to, keys, ring, home, notes, owner=owner, replay=replay, use_live_data=use_live_data, now=now
        )
    raise storage_errors.Damaged(
        " / ".join(notes),
        happened="使えるバックアップがありません。",
        todo="ほかの場所に置いたバックアップを指定してください。",
    )


def _candidates(source: Path) -> list[backup.Generation]:
    """Return the generations to try, in order; a folder counts by its manifest, whatever its name.

    Raises:
        MissingData: there is none.
    """
    given = backup.read(source)
    if given is not None or backup.number_of(source) is not None:
        every = backup.generations(source.parent, any_name=True)
        place = next((at for at, one in enumerate(every) if one.path.name == source.name), len(every))
        chosen = every[place:] or ([given] if given is not None else [])
    elif (source / backup.FOLDER_NAME).is_dir():
        chosen = backup.generations(source / backup.FOLDER_NAME, any_name=True)
    else:
        chosen = backup.generations(source, any_name=True)
    if not chosen:
        raise storage_errors.MissingData(
            "backups",
            happened="この場所にバックアップが見つかりません。",
            todo="バックアップのフォルダー（またはデータフォルダー）を指定してください。",
        )
    return chosen


def _data_folder_of(generation: Path) -> Path | None:
    """Return the data folder a generation lies in, or None when it was put elsewhere."""
    folder = generation.parent.parent
    return folder if generation.parent.name == backup.FOLDER_NAME else None


def _unlock(
    generation: backup.Generation, data_folder: Path | None, secret: str, owner: str | None
) -> tuple[Keys, keyring.Keyring]:
    """Return the keys and the newest keyring, opened with ``secret``; raises Damaged if none can be read.

    Where a newer backup was made after a change of the data key, its keyring counts: the earlier one would
    still accept the password of somebody for whose leaving the key was changed.
    """
    places = [generation.path / keyring.FILE_NAME]
    if data_folder is not None:
        places = [*keyring.current_paths(data_folder), *places]
    found = [ring for place in places if (ring := keyring.read_file(place)) is not None]
    own = max((ring.key_number for ring in found), default=0)
    later = {other.path for other in backup.generations(generation.path.parent) if other.path != generation.path}
    found += [
        ring
        for path in later
        if (ring := keyring.read_file(path / keyring.FILE_NAME)) is not None and ring.key_number > own
    ]
    # With an older keyring the data would continue under two keys, so the newer program must restore.
    others = [path / keyring.FILE_NAME for path in later]
    keyring.reject_newer([*places, *others], known_number=max((ring.number for ring in found), default=-1))
    if not found:
        raise storage_errors.Damaged("keyring", happened="鍵ファイルが壊れています。")
    data_key, ring = keyring.open_copies(found, secret, owner=owner)
    slot = ring.slot_of(owner) if owner is not None else None
    if slot is not None and slot.restriction in ("reader", "given"):  # a second copy is not for those who only read
        raise storage_errors.restriction_error(slot.restriction)
    return keyring.keys_of(data_key, ring), ring


def _restore(
    generation: backup.Generation,
    to: Path,
    keys: Keys,
    ring: keyring.Keyring,
    data_folder: Path | None,
    notes: list[str],
    *,
    owner: str | None,
    replay: bool,
    use_live_data: bool,
    now: datetime,
) -> RestoreResult:
    """Restore a generation: copy, replay, migrate, erase again, copy files, verify, and make a backup of it.

    Raises:
        Damaged: the result does not pass its checks.
    """
    try:
        if to.exists():
            remove_empty_folder(to)
        with atomic_folder(to) as beside:
            seat_number = 1 + max(generation.lock_number, *_known_lock_numbers(generation, data_folder))
            living = folder_layout.new_database_path(beside, seat_number, keys.number)
            _copy_database(generation, keys, living)
            database = connection.connect(living, keys.pages)
            try:
                data_at = data_folder if use_live_data else None
                replayed, missing, left = (
                    _replay(database, keys, data_folder, data_at, generation, notes) if replay else (0, (), 0)
                )
                shape = migrations.version_of(database)
                migrations.migrate(database)
                schema_step.append_schema_step(database, keys.chain, before=shape, at=now, lock_number=seat_number)
                _record_restore(database, keys, data_at, generation.number, owner, now)
                notes += _erase_again(
                    database, keys, generation, data_folder, data_at, lock_number=seat_number, now=now
                )
                write_lock.start_numbering(beside, seat_number)
                sealed = keyring.write(beside, ring, keys, lock_number=seat_number)
                accounts.set_known_keyring(database, sealed)
                notes += _restore_files(database, keys, generation, data_folder, beside)
                findings = connection.check_pages(database) or journal.check_chain(database, keys.chain)
                if findings:
                    raise storage_errors.Damaged(" / ".join(findings))
                target = beside / backup.FOLDER_NAME
                backup.make(
                    database, keys, beside, target=target, now=now, reason="復元したとき", lock_number=seat_number
                )
                rows = copies.contents(database).rows
            finally:
                database.conn.close()
    except (*storage_errors.ENGINE_ERRORS, OSError) as error:
        raise storage_errors.to_storage_problem(error) or error from error
    return RestoreResult(to, generation.number, generation.created_at, replayed, missing, left, rows, tuple(notes))


def _record_restore(
    database: Database, keys: Keys, live_folder: Path | None, number: int, owner: str | None, now: datetime
) -> None:
    """Add the accesses that the live data had since the backup, which no change log holds, and the restore itself."""
    end, _ = queries.chain_end(database)
    later = _query_live_database(live_folder, keys, lambda living: queries.accesses_after(living, end)) or []
    access = Access(at=now.astimezone(), act=AccessAct.RESTORE, what=f"第{number}世代", token=secrets.token_hex(8))
    database.execute("BEGIN IMMEDIATE")
    queries.append(database, keys.chain, [*later, replace(access, login_id=owner or "", pc=platform.node())])
    database.execute("COMMIT")


def _copy_database(generation: backup.Generation, keys: Keys, target: Path) -> None:
    """Copy the database of a backup, re-encrypting it where it lies under an earlier key."""
    if generation.key_number == keys.number:
        shutil.copyfile(generation.path / DATABASE_NAME, target)
        return
    source = connection.connect(
        generation.path / DATABASE_NAME, keys.for_number(generation.key_number).pages, read_only=True
    )
    try:
        copies.copy_database(source, keys.pages, target)
    finally:
        source.conn.close()


def _replay(
    database: Database,
    keys: Keys,
    data_folder: Path | None,
    live_folder: Path | None,
    generation: backup.Generation,
    notes: list[str],
) -> tuple[int, tuple[int, ...], int]:
    """Write the logged changes after the backup, in order, up to the first that is missing.

    Args:
        data_folder: whose change log is read.
        live_folder: whose database may be asked as well.

    Returns: how many were written, which numbers are missing, how many lie beyond the gap.
    """
    seq, chain = copies.head(database)
    found: dict[int, change_log.LoggedChange] = {}
    living = _LiveJournal(live_folder, keys)
    if data_folder is not None:
        found, findings = change_log.read_all(data_folder, keys.log_keys, after=seq)
        notes += findings
    replayed, of_journal = 0, 0
    while True:
        shape = migrations.version_of(database)
        logged = found.get(seq + 1) or living.change(seq + 1, schema_version=shape, near=found)
        if logged is None:
            break
        row = logged.row
        of_journal += seq + 1 not in found
        if logged.lock_number < copies.lock_number_of_head(database):
            break
        if journal.chain_link(keys.chain, chain, row) != row["chain"]:
            notes.append(f"変更 {seq + 1} 番は、前の変更とつながらないため戻していません。")
            break
        if logged.version > shape:
            migrations.migrate(database, upto=logged.version)
        apply_logged_change(database, logged, keys)
        seq, chain, replayed = seq + 1, row["chain"], replayed + 1
    if of_journal:
        notes.append(f"変更の控えで読めない {of_journal}件 は、いまのデータの履歴から戻しました。")
    # Changes of a lower write lock beyond the point where a later one continued were never reported as saved.
    writer = max(copies.lock_number_of_head(database), lock_takeover.takeover_origin(database)[0])
    beyond = [number for number, logged in found.items() if logged.lock_number >= writer]
    known = max(
        [seq, *beyond, *_claimed_change_numbers(data_folder, live_folder, generation, keys, after=seq, writer=writer)]
    )
    missing = tuple(range(seq + 1, known + 1))
    return replayed, missing, sum(number in beyond for number in missing)


class _LiveJournal:
    """The rows of the live journal, for changes the log lost; a row counts if its chain link proves it.

    The file is read when the first row is asked for: mostly none is.
    """

    def __init__(self, data_folder: Path | None, keys: Keys):
        self._home, self._keys = data_folder, keys
        self._read = False
        self._version = 0
        self._rows: dict[int, dict[str, Any]] = {}

    def change(
        self, seq: int, *, schema_version: int, near: Mapping[int, change_log.LoggedChange]
    ) -> change_log.LoggedChange | None:
        """Return the change of a number, None where nothing sound holds it.

        A row of the journal does not say its schema version: it counts where the nearest change behind it, or
        else the live file itself, has the schema of the data so far.

        Args:
            schema_version: that of the data restored so far.
            near: what the log holds.
        """
        if not self._read and self._home is not None:
            self._version, self._rows = _query_live_database(
                self._home, self._keys, lambda database: _journal_of(database, seq - 1)
            ) or (0, {})
        self._read = True
        behind = min((number for number in near if number > seq), default=None)
        then = near[behind].version if behind is not None else self._version
        row = self._rows.get(seq)
        return (
            change_log.LoggedChange(row=row, version=schema_version)
            if row is not None and then == schema_version
            else None
        )


def _journal_of(database: Database, after: int) -> tuple[int, dict[int, dict[str, Any]]]:
    return migrations.version_of(database), {int(row["seq"]): row for row in rows_after(database, after)}


def apply_logged_change(database: Database, logged: change_log.LoggedChange, keys: Keys | None = None) -> None:
    """Write one logged change and its journal row in a transaction; an erasing also redacts the images before it.

    Args:
        keys: None where nothing is ever erased (a 当日持出しファイル).

    Raises:
        Damaged: repeating an erasing gave another result than it did.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        hold_references_until_commit(database)
        change = journal.Change(database)
        for item in json.loads(logged.row["payload"] or "[]"):
            change.restore(item["table"], item["row_id"], item["after"])
        journal.insert_row(database, logged.row)
        if keys is not None and logged.row["subject"] == journal.ERASING_SUBJECT:
            erasing.repeat_erasing(database, keys.chain, logged.row)
        database.execute("COMMIT")
    except BaseException:
        connection.roll_back(database)
        raise


def _erase_again(
    database: Database,
    keys: Keys,
    generation: backup.Generation,
    data_folder: Path | None,
    live_folder: Path | None,
    *,
    lock_number: int,
    now: datetime,
) -> list[str]:
    """Repeat every erasing that the restored data lack, before they are shown.

    Return sentences where the lists of the backups were incomplete. Redactions found in the change log whose
    own entry is lost are explained by a new entry.
    """
    places = _backup_folders(generation, data_folder)
    known = {each.token for each in erasing.erasings(database)}
    listed = erasing_lists.read_lists(places, keys, known=known)
    told = _known_erasings(generation, keys, data_folder, live_folder)
    by_token = {each.token: each for each in [*told.erasings, *listed]}
    unlisted = by_token.keys() - known - {each.token for each in listed}
    for each in sorted(by_token.values(), key=lambda each: (each.at, each.token)):
        if each.token not in known:
            erasing.repeat_at_head(
                database, keys.chain, replace(each, id=0, images=()), at=now, lock_number=lock_number
            )
    seqs = [int(found[0]) for found in database.execute("SELECT seq FROM journal WHERE payload <> ''").fetchall()]
    left = erasing.unexplained_images(database, keys.chain, [seq for seq in seqs if seq > generation.contents.seq])
    if left:
        noted = Erasing(token=erasing.new_token(), at=now, images=left)
        erasing.repeat_at_head(database, keys.chain, noted, at=now, lock_number=lock_number)
    database.execute("VACUUM")
    said = f"消去した記録の一覧が {len(unlisted)}件 ないため、ほかのデータの記録から補い、もう一度消去しました。"
    return [*([said] if unlisted else []), *([_ERASINGS_UNKNOWN] if told.unread else [])]


def _backup_folders(generation: backup.Generation, data_folder: Path | None) -> list[Path]:
    """Return the folders in which lists of erasings and later generations are looked for."""
    return [
        generation.path.parent,
        *([data_folder, data_folder / backup.FOLDER_NAME] if data_folder is not None else []),
    ]


@frozen
class _KnownErasings:
    """The erasings known beside the lists; ``unread`` = later data exist, and none could be read."""

    erasings: tuple[Erasing, ...]
    unread: bool


def _known_erasings(
    generation: backup.Generation, keys: Keys, data_folder: Path | None, live_folder: Path | None
) -> _KnownErasings:
    """Collect erasings from the live database, the newest later generation and the change log.

    A list is one small file: it is lost when somebody tidies or copies half a folder, and names would come back.
    """
    found: list[Erasing] = []
    living = _query_live_database(live_folder, keys, erasing.erasings)
    found += living or ()
    later = {
        each.path: each for place in _backup_folders(generation, data_folder) for each in backup.generations(place)
    }
    newer = [
        each
        for each in later.values()
        if (each.contents.seq, each.created_at) > (generation.contents.seq, generation.created_at)
    ]
    asked = None
    for each in sorted(newer, key=lambda each: (each.contents.seq, each.created_at), reverse=True):
        asked = _erasings_of_generation(each, keys)
        if asked is not None:
            found += asked
            break
    if data_folder is not None:
        found += _erasings_of_log(data_folder, keys, after=generation.contents.seq)
    return _KnownErasings(tuple(found), unread=bool(newer) and asked is None and living is None)


def _erasings_of_generation(generation: backup.Generation, keys: Keys) -> list[Erasing] | None:
    """Return the erasings that the database of a generation holds, None where it cannot be opened."""
    try:
        path = generation.path / DATABASE_NAME
        return _run_query(
            connection.connect(path, keys.for_number(generation.key_number).pages, read_only=True), erasing.erasings
        )
    except (OSError, storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS):
        return None


def _erasings_of_log(data_folder: Path, keys: Keys, *, after: int) -> list[Erasing]:
    """Return the erasings in the change log, also those beyond a gap, which are not replayed."""
    logged, _ = change_log.read_all(data_folder, keys.log_keys, after=after)
    return [
        mapping.to_record(Erasing, change.after)
        for each in logged.values()
        if each.row["subject"] == journal.ERASING_SUBJECT
        for change in journal.to_entry(each.row).changes
        if change.table == mapping.TABLE_OF[Erasing] and change.after is not None
    ]


def _known_lock_numbers(generation: backup.Generation, data_folder: Path | None) -> list[int]:
    """Return the lock numbers of the backups beside, and the highest of the live folder; 0 at least."""
    beside = [other.lock_number for other in backup.generations(generation.path.parent)]
    return [
        0,
        *beside,
        *(
            [folder_layout.highest_lock_number(data_folder), write_lock.read_lock_status(data_folder).number]
            if data_folder is not None
            else []
        ),
    ]


def _claimed_change_numbers(
    data_folder: Path | None,
    live_folder: Path | None,
    generation: backup.Generation,
    keys: Keys,
    *,
    after: int,
    writer: int,
) -> list[int]:
    """Return ``after``, and the higher last-change numbers that other places claim.

    The caller compares them to tell which changes are missing after a restore. The places are the backups and the
    newest copy's note (both from write lock number ``writer`` on), the change log, and the live database. A number
    that no readable copy proves counts only if it is at most ``_PLAUSIBLE`` higher.
    """
    claims = [
        (other.contents.seq, other.path / DATABASE_NAME, other.key_number)
        for other in backup.generations(generation.path.parent)
        if other.lock_number >= writer
    ]
    heads = [after]
    if data_folder is not None:
        note = copies.read_note(data_folder)
        claims += [(note.contents.seq, note.path, note.key_number)] if note and note.lock_number >= writer else []
        heads.append(change_log.highest_written(data_folder, keys.log_keys, after=after, lock_number=writer))
    heads += [_live_head(live_folder, keys)] if live_folder is not None else []
    for seq, path, key in sorted(claims, key=lambda claim: claim[0]):
        if seq > max(heads):
            proved = copies.verified_head(path, keys, key_number=key)
            heads.append(proved[0] if proved else seq if seq <= max(heads) + _PLAUSIBLE else after)
    return heads


def _live_head(data_folder: Path, keys: Keys) -> int:
    """Return the number of the last change in the live database, 0 when it cannot be read."""
    return _query_live_database(data_folder, keys, lambda database: copies.head(database)[0]) or 0


def _query_live_database(data_folder: Path | None, keys: Keys, query: Callable[[Database], _Found]) -> _Found | None:
    """Return the result of ``query`` on the live database, None when it is unreadable or fails the key.

    Nothing is written there, not even the rollback of a half-done change: after a stop a copy of the file is asked.
    """
    living = lock_takeover.live_database(data_folder, keys) if data_folder is not None else None
    if living is None or data_folder is None:
        return None
    beside = living.with_name(living.name + lock_takeover.JOURNAL_ENDING)
    try:
        if not beside.exists():
            if copies.verified_head(living, keys) is None:
                return None
            return _run_query(connection.connect(living, keys.pages, read_only=True), query)
        holder = write_lock.read_lock_status(data_folder).claim
        if holder is not None and holder.pid == os.getpid():
            return None  # open in this program; reading the file beside SQLite would drop its lock
        with lock_takeover.private_copy(data_folder / f"look-{secrets.token_hex(4)}", living) as copy:
            return _run_query(connection.connect(copy, keys.pages), query)
    except (OSError, storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS):
        return None


def _run_query(database: Database, query: Callable[[Database], _Found]) -> _Found:
    try:
        return query(database)
    finally:
        database.conn.close()


def _restore_files(
    database: Database, keys: Keys, generation: backup.Generation, data_folder: Path | None, to: Path
) -> list[str]:
    """Copy each stored file from wherever a whole one exists; return what is missing or was skipped.

    Files that no row names are copied too, for an undo; files that were erased are not.
    """
    expected = documents.checksums_of_stored_files(database)
    erased = documents.erased_files(database) - set(expected)
    sources = list(
        dict.fromkeys(
            [
                generation.path.parent,
                *([data_folder, data_folder / backup.FOLDER_NAME] if data_folder is not None else []),
            ]
        )
    )
    passed_over = 0
    for name in sorted({*expected, *generation.files} - erased):
        for source in sources:
            state, kept = file_store.read(source, name, keys)
            if state == "whole":
                file_store.put_encrypted(to, name, file_store.reencrypt(kept, name, keys, keys.number))
                passed_over += source != sources[0] and name in generation.files
                break
    said = [f"保管ファイル {passed_over}件 は、バックアップのものが壊れていたため、別の控えから戻しました。"]
    return [*(said if passed_over else []), *file_store.findings(to, keys, expected)]
