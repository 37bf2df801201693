"""The check of a whole data folder: pages, references, journal, change log, files, keyring, backups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.calendar.dates import short_date
from app.common.and_others import and_others
from app.data_folder.services.data_folder import this_pc
from app.data_folder.services.folder_location import conflict_notes
from app.data_folder.services.lock_acquisition import connect_read_only, find_unmerged_changes, unmerged_message
from app.data_folder.services.opening_checks import known_number
from app.data_folder.services.path_checks import missing_data
from app.history.services import table_name
from db import connection, folder_layout, journal, keyring, lock_takeover, migrations, write_lock
from db.accesses import queries
from db.backups import backup, change_log, copies, erasing_lists
from db.engine import Database
from db.files import atomic_files, file_store, storage_errors
from db.keys import Keys
from db.migrations import initial_schema
from db.record import frozen
from db.store import DATABASE_NAME, Store
from db.tables import accounts, documents, events
from db.tables import journal as journal_table

MAX_OPENED_BACKUPS = 3
_UNREADABLE = "データファイルを最後まで読めません。"
_MAX_NAMED = 5


@frozen
class CheckResult:
    """The result of a check: findings (sentences, none = intact), number of rows in all tables, and notes.

    ``notes`` are no damage: what could not be read just now, data of an earlier schema, backups in quarantine, and
    changes left in files from before a takeover.
    """

    findings: tuple[str, ...]
    rows: int
    notes: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Return True when nothing is wrong."""
        return not self.findings


def check_data_folder(
    folder: Path, *, login_id: str, password: str, pc: str = "", wait: float = connection.WAIT_SECONDS
) -> CheckResult:
    """Check everything in a data folder without repairing; nobody may have it open for writing.

    ``pc`` is the name of this PC ("" = as the system says), ``wait`` the seconds for another program.

    Raises:
        WrongPassword, MissingData, Locked, NewerData, TemporaryPassword: it cannot be checked. Damage is a finding,
            not an error.
    """
    if folder_layout.database_of(folder) is None:
        raise missing_data(folder)
    try:
        unlocked = keyring.unlock(folder, password, owner=login_id)
    except storage_errors.Damaged as problem:
        return CheckResult((problem.happened,), 0)
    keys = unlocked.keys
    slot = unlocked.keyring.slot_of(login_id)
    if slot is not None and slot.given:
        raise storage_errors.TemporaryPassword
    is_checker = slot is not None and slot.role == "点検"
    held: list[str] = []
    findings = keyring.findings(folder, keys.keyring, unreadable=held)
    notes = []
    rows = 0
    try:
        standing = write_lock.read_lock_status(folder)
        database = connect_read_only(folder, keys, pc=pc or this_pc(), wait=wait)
    except storage_errors.Locked as problem:
        holder = "" if is_checker else problem.holder or _first_holder(folder)
        raise storage_errors.Locked(problem.details, holder=holder) from problem
    except (storage_errors.NotOurs, storage_errors.Damaged):
        findings.append("データファイルが壊れていて開けません。")
    else:
        try:
            findings += connection.check_pages(database) or _check_contents(
                database, keys, folder, unlocked.keyring, held, names_events=not is_checker
            )
            rows = copies.contents(database).rows
            if migrations.pending(database):
                notes.append("データは、前の版のデジ活デスクの形です。ふつうに開くと、新しい形になります。")
        except storage_errors.ENGINE_ERRORS:
            findings = findings or [_UNREADABLE]
        finally:
            database.conn.close()
    findings += _check_backups(folder, keys, held)
    notes += _beside_notes(folder)
    if findings and write_lock.read_lock_status(folder) != standing:
        raise storage_errors.Locked("opened meanwhile")
    return CheckResult(tuple(findings), rows, (*notes, *_unreadable_notes(held)))


def _first_holder(folder: Path) -> str:
    """Return in words who has the folder open by the note of an old program, "" where there is none."""
    holder = initial_schema.read_note(folder)
    return holder.in_words() if holder is not None else ""


def check_open_store(store: Store) -> CheckResult:
    """Check the folder that is open here without repairing it. Damage is a finding, not an error."""
    database, keys, folder = store.database, store.keys, store.folder
    held: list[str] = []
    findings = keyring.findings(folder, keys.keyring, unreadable=held)
    rings = [ring for ring in keyring.read_both(folder, keys.keyring) if ring is not None]
    rows = 0
    try:
        findings += connection.check_pages(database)
        if rings:
            newest = max(rings, key=lambda ring: ring.number)
            findings += _check_contents(database, keys, folder, newest, held)
        rows = copies.contents(database).rows
    except storage_errors.ENGINE_ERRORS:
        findings = findings or [_UNREADABLE]
    findings += _check_backups(folder, keys, held)
    return CheckResult(
        tuple(findings),
        rows,
        (*_unreadable_notes(held), *_beside_notes(folder), *_unmerged_notes(store)),
    )


def _beside_notes(folder: Path) -> tuple[str, ...]:
    """Return a note on each whole copy that a service or a killed restore left, and on each backup in quarantine.

    Nothing depends on any of them, and a backup was reported when it was found damaged.
    """
    left = tuple(
        f"途中で止まった復元のフォルダー（{one.name}）が、データフォルダーの隣に残っています。"
        "中は暗号化されたデータの写しです。いまのデータには関わりません。1日たつと、データを開いたときに消します。"
        for one in atomic_files.unfinished_items(folder)
        if one.parent == folder.parent
    )
    return (
        conflict_notes(folder)
        + left
        + tuple(
            f"バックアップ 第{one.number}世代は使えないため、{short_date(one.since)}に脇に置きました（{one.reason}）。"
            f"{short_date(one.removal_date)}を過ぎると消します。いまのデータには関わりません。"
            for one in backup.quarantined_generations(folder / backup.FOLDER_NAME)
        )
    )


def _unmerged_notes(store: Store) -> tuple[str, ...]:
    """Return a note on changes left in files of holders who were taken over: no damage, and never merged."""
    try:
        found = find_unmerged_changes(store)
    except (OSError, storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS):
        return ("引継ぎ前のファイルを読めません。いまのデータには関わりません。",)
    return (unmerged_message(found),) if found else ()


def _check_contents(
    database: Database,
    keys: Keys,
    folder: Path,
    ring: keyring.Keyring,
    unreadable: list[str],
    *,
    names_events: bool = True,
) -> list[str]:
    """Return findings on journal, anchors, rows, erasings, failed logins, stored files and keyring, a sentence each.

    What could not be read just now is added to ``unreadable`` by name; that is no finding. ``names_events`` False says
    nothing of what the data hold (点検).
    """
    findings = journal.check_chain(database, keys.chain)
    findings += _check_anchors(database, keys, folder, unreadable)
    findings += [
        f"{table_name(table)}の記録（番号 {row_id}）が、"
        f"履歴にない形で{'消されて' if row is None else '変えられて'}います。"
        for table, row_id, _, row in journal_table.rows_unlike_journal(database)
    ]
    findings += _other_forms(database, names_events=names_events)
    findings += erasing_lists.erasing_list_findings(folder / backup.FOLDER_NAME, database, keys, unreadable=unreadable)
    if broken := accounts.first_broken_login(database, keys.chain):
        findings.append(f"ログインの失敗の記録（{broken}番）が書き換えられています。")
    if broken := queries.first_broken(database, keys.chain):
        findings.append(f"アクセスの記録（{broken}番）が書き換えられています。")
    findings += file_store.findings(folder, keys, documents.checksums_of_stored_files(database), unreadable=unreadable)
    known = accounts.fact(database, accounts.KEYRING_FACT)
    if known != ring.mark and ring.number <= known_number(known):
        findings.append("鍵ファイルが、データが最後に使っていたものと違います（古いものに替わっているようです）。")
    return findings


def _other_forms(database: Database, *, names_events: bool) -> list[str]:
    """Return a sentence for each event whose form differs from that of its kind; none for data of an older version."""
    if migrations.pending(database):
        return []
    return [
        f"{one.full_title}の実施の形が、「{one.kind}」の形と違います。"
        if names_events
        else f"実施回（番号 {one.id}）の実施の形が、その種類の形と違います。"
        for one in events.events_of_other_form(database)
    ]


def _check_anchors(database: Database, keys: Keys, folder: Path, unreadable: list[str]) -> list[str]:
    """Return a sentence for each record outside the database (log, backup, copy) that contradicts the journal.

    So removing its last rows is detected. What could not be read just now is added to ``unreadable``.
    """
    seq, _ = copies.head(database)
    chains = {int(row["seq"]): str(row["chain"]) for row in journal_table.rows_after(database, 0)}
    unread: list[str] = []
    logged, findings = change_log.read_all(folder, keys.log_keys, newest=seq, unreadable=unread)
    unreadable += unread
    begun, _ = lock_takeover.takeover_origin(database)
    known = [
        ("変更の控え", number, str(one.row["chain"]))
        for number, one in logged.items()
        if one.lock_number >= begun or chains.get(number) == one.row["chain"]
    ]
    generations = backup.generations(folder / backup.FOLDER_NAME)
    note = copies.read_note(folder)
    known += [
        (source, head.seq, head.chain)
        for source, number, head in [
            *((f"バックアップ 第{one.number}世代", one.lock_number, one.contents) for one in generations),
            *([("閲覧用の写し", note.lock_number, note.contents)] if note else []),
        ]
        # Changes of a lock number before the takeover that created this file, beyond it, were reported to nobody.
        if number >= begun or chains.get(head.seq) == head.chain
    ]
    for source, number, chain in known:
        if number > seq:
            findings.append(f"履歴 {number} 番が、{source}にはあるのに、データにありません。")
        elif number and chains.get(number) != chain:
            findings.append(f"履歴 {number} 番が、{source}の内容と違います。")
    floor = max(
        (one.contents.seq for one in generations if chains.get(one.contents.seq) == one.contents.chain), default=0
    )
    lacking = [number for number in chains if number > floor and number not in logged]
    if not unread and (len(lacking) > 1 or (lacking and lacking[0] != seq)):
        findings.append(
            f"変更の控えが {len(lacking)}件 足りません（データは無事です。いちど開いて閉じると補われます）。"
        )
    return findings


def _check_backups(folder: Path, keys: Keys, unreadable: list[str]) -> list[str]:
    """Return findings on backups (manifests, stored files, the newest three opened) and on the published copy.

    What could not be read just now is added to ``unreadable`` by name.
    """
    findings = []
    place = folder / backup.FOLDER_NAME
    generations = backup.generations(place)
    for path in backup.unreadable_folders(place):
        try:
            (path / backup.MANIFEST_NAME).read_bytes()
            findings.append(f"バックアップ 第{backup.number_of(path)}世代の目録が読めません。")
        except PermissionError:
            unreadable.append(f"バックアップ 第{backup.number_of(path)}世代の目録")
        except OSError:
            findings.append(f"バックアップ 第{backup.number_of(path)}世代の目録がありません。")
    for position, one in enumerate(generations):
        closed: list[str] = []
        said = backup.generation_findings(one, unreadable=closed)
        if not said and not closed and position < MAX_OPENED_BACKUPS:
            said = _check_opened_backup(one, keys)
        findings += said
        unreadable += closed
    named = {name for one in generations for name in one.files}
    findings += [
        f"バックアップの{line}"
        for line in file_store.findings(place, keys, {}, extra_names=named, unreadable=unreadable)
    ]
    findings += _findings_of(lambda: copies.find_published(folder)) if copies.read_note(folder) else []
    return findings


def _unreadable_notes(unreadable: list[str]) -> tuple[str, ...]:
    """Return a note on what could not be read because of another program or a missing right: no damage."""
    if not unreadable:
        return ()
    named = "、".join(dict.fromkeys(unreadable[:_MAX_NAMED])) + and_others(unreadable, _MAX_NAMED, " ほか{}件")
    return (
        (
            f"いま読めないため、確かめていないものがあります（{named}）。"
            f"ほかのプログラムを閉じるか、読み取りの権限をご確認のうえ、もう一度点検してください。"
        ),
    )


def _check_opened_backup(generation: backup.Generation, keys: Keys) -> list[str]:
    """Return what is wrong with the database of one backup, a sentence each; [] = nothing."""
    try:
        found = copies.inspect_copy(generation.path / DATABASE_NAME, keys.for_number(generation.key_number))
    except storage_errors.StorageProblem as problem:
        return [f"バックアップ 第{generation.number}世代：{problem.happened}"]
    if found != generation.contents:
        return [f"バックアップ 第{generation.number}世代の内容が、目録の件数と合いません。"]
    return [f"バックアップ 第{generation.number}世代：{line}" for line in found.findings]


def _findings_of(check: Callable[[], object]) -> list[str]:
    """Run a check; return the sentence of the problem that it raises, [] where it raises none."""
    try:
        check()
    except storage_errors.StorageProblem as problem:
        return [problem.happened]
    return []
