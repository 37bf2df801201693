"""Checks at opening: pages, records outside the database, the keyring."""

from __future__ import annotations

from pathlib import Path

from db import connection, keyring, lock_takeover
from db.backups import backup, change_log, copies
from db.digits import whole_number
from db.engine import Database
from db.files import storage_errors
from db.keys import Keys
from db.record import frozen
from db.store import DATABASE_NAME, Store
from db.tables import accounts, journal


def check_all_pages(database: Database) -> None:
    """Check every page before anything is written; raises ``Damaged``."""
    try:
        findings = connection.check_pages(database)
    except storage_errors.ENGINE_ERRORS as error:
        raise storage_errors.Damaged(str(error)) from error
    if findings:
        raise storage_errors.Damaged(" / ".join(findings))


@frozen
class _HeadClaim:
    """The end of the journal according to a backup or published copy; ``copy``, under ``key_number``, proves it.

    ``seq`` and ``chain`` are those of its last journal row, ``source`` names it in a sentence
    (「バックアップ 第3世代」).
    """

    lock_number: int
    source: str
    seq: int
    chain: str
    copy: Path
    key_number: int


def check_no_changes_lost(database: Database, keys: Keys, folder: Path) -> list[str]:
    """Check that the journal reaches as far as log, backups and published copy, so that no changes were lost.

    A manifest or note alone proves nothing: it counts when the copy beside it confirms it. Returns sentences about
    those that differ. What lock numbers before the takeover that created this file say beyond it was reported to
    nobody, and is named by ``lock_acquisition.new_unmerged_notes``.

    Raises:
        Damaged: changes exist only there, or the two contradict each other.
    """
    notes = []
    floor = 0
    begun, _ = lock_takeover.takeover_origin(database)
    for claim in _head_claims(folder):
        if _has_entry(database, claim.seq, claim.chain):
            floor = claim.seq
            break
        if claim.lock_number < begun:
            continue
        if copies.verified_head(claim.copy, keys, key_number=claim.key_number) == (claim.seq, claim.chain):
            raise _changes_lost_problem(claim.seq)
        notes.append(f"{claim.source}の目録が、データと合いません。「データを点検する」で確かめてください。")
    logged = change_log.last_change(folder, keys.log_keys, after=floor, lock_number=begun)
    if logged is not None and not _has_entry(database, int(logged.row["seq"]), str(logged.row["chain"])):
        raise _changes_lost_problem(int(logged.row["seq"]))
    return notes


def catch_up_log(store: Store) -> list[str]:
    """Write journal rows that are missing in the change log after an interruption; return no message."""
    assert store.change_log is not None
    claims = _head_claims_of_backups(store.folder)
    floor = max((claim.seq for claim in claims if _has_entry(store.database, claim.seq, claim.chain)), default=0)
    change_log.catch_up(store.change_log, store.folder, journal.rows_after(store.database, floor), after=floor)
    return []


def _head_claims(folder: Path) -> list[_HeadClaim]:
    """Return the journal ends of the verified backups and the published copy, the furthest first."""
    claims = _head_claims_of_backups(folder)
    note = copies.read_note(folder)
    if note is not None:
        head = note.contents
        claims.append(_HeadClaim(note.lock_number, "閲覧用の写し", head.seq, head.chain, note.path, note.key_number))
    return sorted((claim for claim in claims if claim.seq), key=lambda claim: claim.seq, reverse=True)


def _head_claims_of_backups(folder: Path) -> list[_HeadClaim]:
    """Return up to which change each backup says the data went; only those whose counts were verified."""
    return [
        _HeadClaim(
            one.lock_number,
            f"バックアップ 第{one.number}世代",
            one.contents.seq,
            one.contents.chain,
            one.path / DATABASE_NAME,
            one.key_number,
        )
        for one in backup.generations(folder / backup.FOLDER_NAME)
        if one.counts_verified
    ]


def _has_entry(database: Database, seq: int, chain: str) -> bool:
    """Return whether the journal has the change with this number and chain."""
    entry = next(journal.rows_after(database, seq - 1), None)
    return entry is not None and entry["seq"] == seq and entry["chain"] == chain


def _changes_lost_problem(seq: int) -> storage_errors.Damaged:
    return storage_errors.Damaged(
        f"known to {seq}",
        happened="変更の控えかバックアップにある最後の変更が、データファイルにありません。"
        "データファイルが古いものに替わっているようです。",
        lost="変更の控えとバックアップはそのままです。どちらにも何も書き込んでいません。",
        todo="このフォルダーから新しいフォルダーへ復元してください（バックアップと変更の控えから戻します）。",
    )


def check_keyring_number(store: Store, ring: keyring.Keyring) -> list[str]:
    """Compare the keyring with the one the database last knew; return a message where it is another one, else [].

    A newer one with a valid seal is noted in the database instead, without a message, as is the same one where a
    program of before noted it without roles.
    """
    known = accounts.fact(store.database, accounts.KEYRING_FACT)
    is_same, is_sealed = known == ring.mark, keyring.is_sealed(ring, store.keys.keyring)
    if is_sealed and (
        ring.number > known_number(known) or (is_same and accounts.known_restriction(store.database, "") is None)
    ):
        accounts.set_known_keyring(store.database, ring)
        return []
    if is_same:
        return []
    return ["鍵ファイルが、前に使っていたものと違います。利用者の一覧をご確認ください。"]


def check_keyring_not_older(database: Database, unlocked: keyring.UnlockedKeyring) -> None:
    """Check that a keyring restored beside damaged ones is not outdated: an old password would open it.

    Raises:
        Damaged: the database knows a newer one.
    """
    known = accounts.fact(database, accounts.KEYRING_FACT)
    ring = unlocked.keyring
    if unlocked.has_skipped_files and known != ring.mark and ring.number <= known_number(known):
        raise keyring.unreadable_problem({"damaged"})


def known_number(fact: str) -> int:
    """Return the keyring number in the fact that the database keeps of it (0 = none)."""
    return whole_number(fact.partition(":")[0]) or 0
