"""What is checked when a data folder is opened: pages, what stands outside the database, the keyring."""

from __future__ import annotations

from pathlib import Path

from db import backup, change_log, connection, keyring, storage_errors
from db.engine import Database
from db.keys import Keys
from db.restore import KEYRING_FACT
from db.store import Store
from db.tables import accounts, journal


def check_sound(database: Database) -> None:
    """Check every page before anything is written."""
    try:
        findings = connection.check_pages(database)
    except storage_errors.ENGINE_ERRORS as error:
        raise storage_errors.Damaged(str(error)) from error
    if findings:
        raise storage_errors.Damaged(" / ".join(findings))


def check_not_behind(database: Database, keys: Keys, folder: Path) -> None:
    """See that the journal reaches as far as log and backups: else the database lost changes.

    Raises:
        Damaged: changes are there only, or both tell a different story.
    """
    seq, chain = _newest_backup(folder)
    logged = change_log.last(folder, keys.log, after=seq)
    if logged is not None:
        seq, chain = int(logged.row["seq"]), str(logged.row["chain"])
    entry = next(journal.rows_after(database, seq - 1), None)
    if seq == 0 or (entry is not None and entry["chain"] == chain):
        return
    raise storage_errors.Damaged(
        f"known to {seq}",
        happened="変更の控えかバックアップにある最後の変更が、データファイルにありません。データファイルが古いものに替わっているようです。",
        lost="変更の控えとバックアップはそのままです。どちらにも何も書き込んでいません。",
        todo="このフォルダーから新しいフォルダーへ復元してください（バックアップと変更の控えから戻します）。",
    )


def catch_up_log(store: Store) -> None:
    """Write to the log what the journal has and the log lacks: a stop came between the two."""
    assert store.change_log is not None
    floor, _ = _newest_backup(store.folder)
    rows = journal.rows_after(store.database, floor)
    change_log.catch_up(store.change_log, store.folder, rows, after=floor)


def _newest_backup(folder: Path) -> tuple[int, str]:
    """Return how far the newest verified backup reaches: number and chain value (0 = there is none)."""
    kept = backup.generations(folder / backup.FOLDER_NAME)
    return max(((one.contents.seq, one.contents.chain) for one in kept if one.counts_verified), default=(0, ""))


def check_keyring_number(store: Store, ring: keyring.Keyring) -> list[str]:
    """Compare the keyring with the one the database last knew; a newer one is taken over, an older one is said."""
    known = accounts.fact(store.database, KEYRING_FACT)
    if known == f"{ring.number}:{ring.seal}":
        return []
    if ring.number > int(known.partition(":")[0] or 0) and keyring.is_sealed(ring, store.keys.keyring):
        accounts.set_fact(store.database, KEYRING_FACT, f"{ring.number}:{ring.seal}")
        return []
    return ["鍵ファイルが、前に使っていたものと違います。利用者の一覧をご確認ください。"]
