"""Backups and restoring, for the window and the commands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.data_folder.services.cleanup import run_cleanup
from app.data_folder.services.path_checks import (
    NOTHING_MADE,
    check_backup_folder_path,
    check_data_folder_path,
    missing_data,
)
from app.documents.services.folder_check import is_drive_missing
from app.documents.services.unfinished_files import note_while_writing
from db.backups import backup, change_log, copies, restore, second_folder
from db.backups.backup import Generation, Reason
from db.backups.retention import KEEP_MONTHS
from db.record import frozen
from db.records.accounts import Access, AccessAct
from db.records.backups import BackupRule
from db.store import Store
from db.tables import documents
from db.tables.erasing_days import backup_months

_NOT_CLEANED_UP = (
    "この場所のバックアップは、自動では片づきません。古いものは区で消してください"
    "（「2つ目の場所」に決めた所は、自動で片づきます）。"
)


@frozen
class BackupResult:
    """A backup that was just made; ``are_counts_verified`` False = only bytes and hashes were checked so far.

    ``sha256`` is that of its manifest, ``rows`` the number of its rows. ``published_at`` is the time of the copy it was
    made from, when nobody logged in for it. ``notes`` name stored files that were repaired or could not be copied;
    ``message`` ends with them.
    """

    path: Path
    sha256: str
    rows: int
    are_counts_verified: bool
    published_at: datetime | None
    message: str
    notes: tuple[str, ...] = ()


@frozen
class BackupLine:
    """One backup in the list; ``is_verified``: its parts are unchanged, and it was opened and counted.

    ``state`` says so in words (「開いて確認済」); ``generation`` is its number, ``reason`` its きっかけ, ``rows`` the
    number of its rows. ``is_damaged``: it cannot be restored. Not verified may also mean that its counts wait for a
    login, or that ``damaged_files`` of its stored files were altered: the rest of it is reliable.
    """

    path: Path
    created_at: datetime
    generation: int
    reason: str
    rows: int
    is_verified: bool
    state: str
    is_damaged: bool = False
    damaged_files: int = 0


def make_backup(store: Store, *, now: datetime, to: Path | None = None, reason: Reason = "手動") -> BackupResult:
    """Make a backup and verify it by opening; in a folder open for reading only, one of the published copy.

    In the data folder's own folder for backups, older ones are then pruned by the rule.

    Args:
        to: another folder for it (a portable disk); by default the data folder's own.
        reason: what led to it (きっかけ), as the list of backups shows it; not kept for one of the published copy.
    Raises:
        UserError: a backup can't be put at ``to`` (``check_backup_folder_path``), or others have theirs there.
        RestrictedError: this user may only read.
        StorageProblem: no room, no right; the data itself is untouched. WriteLockLost: a colleague took over.
    """
    store.check_unrestricted()
    if to is not None and second_folder.read_owner(to) not in ("", second_folder.owner_id_of(store.keys)):
        raise UserError(
            "この場所は、ほかのデータのバックアップの置き場です。", "別の場所を選んでください。", NOTHING_MADE
        )
    if store.read_only:
        return back_up_published(folder=store.folder, now=now, to=to)
    store.confirm_commits()
    if to is not None:
        check_backup_folder_path(to)
    target = to or store.folder / backup.FOLDER_NAME
    seat = store.write_lock.number if store.write_lock is not None else 0
    made = backup.make(
        store.database, store.keys, store.folder, target=target, now=now, reason=reason, lock_number=seat
    )
    if store.accesses is not None and (to is not None or reason == "手動"):
        store.accesses.note(Access(at=now, act=AccessAct.BACKUP, count=made.contents.rows))
    if to is not None:
        return _backup_result(replace(made, notes=(*made.notes, _NOT_CLEANED_UP)))
    notes = run_cleanup("古いバックアップと変更の控えの片づけ", lambda: _prune_backups(target, now, store))
    return _backup_result(replace(made, notes=(*made.notes, *notes)))


def back_up_published(*, folder: Path, now: datetime, to: Path | None = None) -> BackupResult:
    """Make a backup without a password, from the last published copy.

    Raises:
        UserError: as ``make_backup``. StorageProblem: nothing was published yet, no room, no right.
    """
    if not folder.is_dir():
        raise missing_data(folder)
    if to is not None:
        check_backup_folder_path(to)
    target = to or folder / backup.FOLDER_NAME
    made = backup.make_without_password(folder, target=target, now=now)
    if to is not None:
        return _backup_result(replace(made, notes=(*made.notes, _NOT_CLEANED_UP)))
    # The change log is left alone: only its writer may remove a part of it.
    notes = run_cleanup("古いバックアップの片づけ", lambda: _prune_backups(target, now, None))
    return _backup_result(replace(made, notes=(*made.notes, *notes)))


def set_backup_months(context: ActionContext, *, months: int, basis: str) -> ActionResult:
    """Set how long the last backup of a month is kept, in this folder and in the second one.

    Raises:
        UserError: less than a month, or fewer or more months than usual without saying where that is written.
    """
    if months < 1:
        raise UserError("月末のバックアップを残す月数が、1より小さくなっています。", "1以上の数を入力してください。")
    if months != KEEP_MONTHS and not basis.strip():
        raise UserError(
            f"{KEEP_MONTHS}か月と違う期間の根拠が書かれていません。",
            "区の決まりの名前（文書管理規程など）を入力してください。",
        )
    with context.change(f"月末のバックアップを残す期間を{months}か月にした", "backups") as change:
        row_id = change.insert(BackupRule(months=months, basis=basis.strip(), **context.signature))
    from app.programme.holds import read_holds  # not before the login page stands

    held = read_holds(context.database, context.today).words
    return ActionResult(
        f"月末のバックアップを{months}か月残します。もう渡した書類に書いた日は変わりません。{held}", row_id
    )


def list_backups(*, folder: Path) -> tuple[BackupLine, ...]:
    """Return the backups of a data folder, or of a folder of backups, newest first.

    The parts of each are compared with its manifest.

    Raises:
        MissingData: there is no such folder.
    """
    own = folder / backup.FOLDER_NAME
    if not folder.is_dir():
        raise missing_data(folder)
    target = own if own.is_dir() else folder
    every = backup.generations(target)
    unlike = backup.damaged_files(target, every)
    lines = []
    for one in sorted(every, key=lambda made: made.number, reverse=True):
        said = backup.generation_findings(one)
        files = sum(one.number in numbers for numbers in unlike.values())
        lines.append(
            BackupLine(
                path=one.path,
                created_at=one.created_at,
                generation=one.number,
                reason=one.reason,
                rows=one.contents.rows,
                is_verified=not said and not files and bool(one.counts_verified),
                state=said[0] if said else _state_text(one, files),
                is_damaged=bool(said),
                damaged_files=files,
            )
        )
    return tuple(lines)


def moments_of_backups(folder: Path) -> list[tuple[int, datetime]]:
    """Return the number of the last change, and the time, of each backup in a data folder, oldest first."""
    return [(one.contents.seq, one.created_at) for one in reversed(backup.generations(folder / backup.FOLDER_NAME))]


def restore_backup(
    *,
    source: Path,
    target: Path,
    secret: str,
    login_id: str | None,
    now: datetime,
    live_folder: Path | None = None,
    replay: bool = True,
) -> restore.RestoreResult:
    """Restore the newest good backup into a new folder, then the change log up to the first gap.

    Args:
        source: a data folder, a folder of backups or one backup. secret, login_id: password and ID,
            or the recovery key and None. live_folder: whose change log to use when the backup lies elsewhere.
        replay: False brings back the backup alone.

    Raises:
        UserError: data can't be put at ``target`` (``check_data_folder_path``).
        StorageProblem: in words; the target is then as it was.
    """
    check_data_folder_path(target)
    if is_drive_missing(source):
        raise missing_data(source)
    with note_while_writing(target):
        return restore.restore(
            source, to=target, secret=secret, owner=login_id, now=now, live_folder=live_folder, replay=replay
        )


def restore_messages(result: restore.RestoreResult) -> tuple[str, ...]:
    """Return sentences on what was restored and what was not: the backup's time, changes replayed, numbers missing."""
    made = result.backup_time
    said = [
        (
            f"{made.year}年{made.month}月{made.day}日 {made:%H:%M} "
            f"のバックアップ（第{result.generation}世代）から復元しました。"
        )
    ]
    said.append(f"そのあとの変更 {result.replayed}件 を、変更の控えから戻しました。")
    if result.missing:
        said.append(f"戻せなかった変更が {len(result.missing)}件 あります（変更の番号：{_ranges(result.missing)}）。")
        if result.not_replayed:
            said.append(
                f"このうち {result.not_replayed}件 は控えにありますが、前の変更が欠けているため戻していません。"
            )
    return (*said, *result.notes)


def check_unverified_backups(store: Store, *, now: datetime) -> tuple[str, ...]:
    """Open the backups made without a password, compare counts, verify their stored files by key; return messages."""
    target = store.folder / backup.FOLDER_NAME
    waiting = [one for one in backup.generations(target) if one.counts_verified is None]
    said = []
    for one in waiting:
        right = backup.check_counts(one, store.keys)
        words = (
            "件数を確認しました。"
            if right
            else "件数を確認したところ、内容が合いませんでした。このバックアップは使われません。"
        )
        said.append(f"パスワードなしで作ったバックアップ（第{one.number}世代、{one.created_at:%m/%d %H:%M}）の{words}")
    if waiting:
        copies = backup.file_copies_of(store.folder, target, store.keys, now)
        names = copies.unverified_files(sorted({name for one in waiting for name in one.files}))
        expected = documents.checksums_of_stored_files(store.database)
        said += (
            [*copies.check_contents(names, expected), f"その保管ファイル {len(names)}件 を、鍵で確かめました。"]
            if names
            else []
        )
    return tuple(said)


def published_time(*, folder: Path) -> datetime | None:
    """Return when the copy for reading was published, or None."""
    note = copies.read_note(folder)
    return note.time if note else None


def _backup_result(generation: Generation) -> BackupResult:
    """Return the facts and the message on a new backup; one of the published copy has its counts unverified."""
    said = f"バックアップを作り、開いて確かめました（第{generation.number}世代、{generation.contents.rows}行）。"
    if generation.published_at:
        said = (
            f"{generation.published_at.month}月{generation.published_at.day}日 "
            f"{generation.published_at:%H:%M} に作られた閲覧用の写しから"
            f"バックアップを作りました（第{generation.number}世代）。ファイルの照合は済んでいます。"
            f"件数の確認は、つぎにログインしたときに行います。"
        )
    return BackupResult(
        path=generation.path,
        sha256=generation.sha256,
        rows=generation.contents.rows,
        are_counts_verified=bool(generation.counts_verified),
        published_at=generation.published_at,
        message="\n".join((said, *generation.notes)),
        notes=generation.notes,
    )


def _prune_backups(target: Path, now: datetime, store: Store | None) -> tuple[str, ...]:
    """Delete backups that the rule does not keep and, with a writer, the log before the oldest; return no message."""
    if store is not None:
        from app.programme.holds import read_holds

        held = bool(read_holds(store.database, now.date()).found)
        backup.write_plan(target, backup.BackupPlan(backup_months(store.database), held))
    kept = backup.prune(target, today=now.date())
    if store is not None and store.change_log is not None and kept and not backup.unreadable_folders(target):
        store.change_log.close()
        change_log.prune_segments(store.folder, store.keys.log_keys, floor=min(one.contents.seq for one in kept))
    return ()


def _state_text(generation: Generation, damaged_files: int) -> str:
    """Return in words how far a backup was verified: 「開いて確認済」「照合済（件数の確認は次回ログイン時）」.

    Altered stored files are named instead.
    """
    if damaged_files:
        return f"保管ファイル {damaged_files}件 が、作ったときと違います（データは復元できます）"
    return "開いて確認済" if generation.counts_verified else "照合済（件数の確認は次回ログイン時）"


def _ranges(numbers: tuple[int, ...]) -> str:
    """Return 「4～6、9」 for 4, 5, 6, 9."""
    said = []
    start = previous = numbers[0]
    for number in (*numbers[1:], -1):
        if number != previous + 1:
            said.append(str(start) if start == previous else f"{start}～{previous}")
            start = number
        previous = number
    return "、".join(said)
