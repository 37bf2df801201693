"""The second backup folder: set once, written at each closing, with a time limit.

A process of its own writes the copy, and is abandoned when it takes too long.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common import failure_log
from app.data_folder.services.path_checks import NOTHING_MADE, check_backup_folder_path
from app.data_folder.services.second_folder_child import serve
from app.foreign_files.children.limited_child import ChildLimits, ask_child
from db.backups import second_folder
from db.backups.second_folder import CopyAttempt
from db.files import filesystem
from db.files.storage_errors import ENGINE_ERRORS, StorageProblem, to_storage_problem
from db.record import frozen, record
from db.records.backups import BackupFolder
from db.rows import rows
from db.store import Store

SUBJECT = "backups"
CLOSING_SECONDS = 30.0
"""Maximum seconds that closing waits for the second folder; the rest is copied the next time."""
MANUAL_SECONDS = 1800.0
OUTDATED_AFTER = timedelta(days=31)
NEVER_COPIED = "まだ写していません。"
_MEMORY_LIMIT_MB = 600


@frozen
class CopyTarget:
    """What a copy to the second folder needs, read while the data are open.

    ``folder`` is the data folder, ``owner`` the id by which the second folder knows whose backups it holds.
    """

    folder: Path
    second_folder: Path
    owner: str


@record
class SecondFolderState:
    """The state of the second folder; ``target`` None = none is set; ``last_attempt`` None = none yet.

    ``decision`` is the row by which it was set.
    """

    target: CopyTarget | None
    last_attempt: CopyAttempt | None = None
    decision: BackupFolder | None = None

    def problem(self, today: date) -> str:
        """Return a sentence on what is wrong (never copied, last attempt failed, too old); "" = none, or no folder."""
        if self.target is None:
            return ""
        if self.last_attempt is None:
            return NEVER_COPIED
        old = (
            self.last_attempt.newest_time is not None and today - self.last_attempt.newest_time.date() > OUTDATED_AFTER
        )
        return self.last_attempt.problem or (f"{OUTDATED_AFTER.days}日より長く写していません。" if old else "")


def copy_target(store: Store) -> CopyTarget | None:
    """Return the current second folder; None if none is set, the store is read-only, or the data cannot be read."""
    with suppress(StorageProblem, *ENGINE_ERRORS):  # closing itself reports this
        return read_second_folder(store).target if not store.read_only else None
    return None


def second_folder_trouble(store: Store, *, today: date) -> SecondFolderState | None:
    """Return the state of the second folder if its last attempt failed or is too old, else None.

    Without a recorded attempt the data are not read, and the result is None.
    """
    tried = second_folder.read_attempt(store.folder)
    if tried is None:
        return None
    quick = SecondFolderState(target=CopyTarget(store.folder, Path(tried.second_folder), ""), last_attempt=tried)
    if not quick.problem(today):
        return None
    found = read_second_folder(store)
    return found if found.problem(today) else None


def read_second_folder(store: Store) -> SecondFolderState:
    """Return the current second folder and its last attempt, without accessing the folder."""
    row = _decision(store)
    if row is None:
        return SecondFolderState(target=None)
    wanted = CopyTarget(folder=store.folder, second_folder=Path(row.place), owner=second_folder.owner_id_of(store.keys))
    tried = second_folder.read_attempt(store.folder)
    ours = tried if tried is not None and tried.second_folder == row.place else None
    return SecondFolderState(target=wanted, last_attempt=ours, decision=row)


def set_second_folder(context: ActionContext, *, folder: Path) -> ActionResult:
    """Set the second folder: the chosen one if empty or used before, else a subfolder of it.

    The folder is marked as that of these data; nothing is copied yet.

    Raises:
        UserError: no backup can be put there, it lies in the data folder, or it holds the backups of other data.
    """
    whole = filesystem.absolute(folder)
    here = filesystem.absolute(context.store.folder)
    check_backup_folder_path(whole)
    owner = second_folder.owner_id_of(context.store.keys)
    target = _folder_to_use(whole, owner)
    check_backup_folder_path(target)
    if any(second_folder.read_owner(one) not in ("", owner) for one in (target, *target.parents)):
        raise UserError(
            "この場所は、ほかのデータのバックアップの置き場です。", "別の場所を選んでください。", NOTHING_MADE
        )
    try:
        with context.change("バックアップの2つ目の場所を決めた", SUBJECT) as change:
            number = change.insert(BackupFolder(place=str(target), **context.signature))
            # Last: a change that is refused leaves nothing there.
            second_folder.mark_folder(target, owner)
            same = target.stat().st_dev == here.stat().st_dev
    except OSError as error:
        raise to_storage_problem(error) or error from error
    # By this home knows that there is something to ask for, without a look into the data.
    second_folder.write_attempt(
        context.store.folder, CopyAttempt(str(target), context.now, second_folder.newest_time(target), NEVER_COPIED)
    )
    near = (
        "データと同じディスクにあります。ディスクが壊れると両方が失われるため、別のディスクを勧めます。" if same else ""
    )
    return ActionResult(f"バックアップの2つ目の場所を決めました。閉じるたびに、ここにも写します。{near}", number)


def remove_second_folder(context: ActionContext) -> ActionResult:
    """Stop using the second folder; its content stays, and is the ward's to remove."""
    with context.change("バックアップの2つ目の場所をやめた", SUBJECT) as change:
        number = change.insert(BackupFolder(place="", **context.signature))
    return ActionResult("2つ目の場所をやめました。そこにあるバックアップは、区で消してください。", number)


def copy_to_second_folder(target: CopyTarget, *, now: datetime, seconds: float = MANUAL_SECONDS) -> CopyAttempt:
    """Copy the newest backup to the second folder, record the attempt and return it.

    A failure is not raised: it is the ``problem`` of the attempt.

    Args:
        seconds: time limit; a disk that is missing or does not answer is reported as such.
    """
    request = {
        "folder": str(target.folder),
        "place": str(target.second_folder),
        "owner": target.owner,
        "today": now.date().isoformat(),
    }
    answer, _ = ask_child(serve, request, b"", ChildLimits(seconds=seconds, megabytes=_MEMORY_LIMIT_MB))
    made, problem = str(answer.get("made", "")), str(answer.get("problem", ""))
    unsaid = (
        "時間内に終わりませんでした。つぎに閉じたときに、続きを写します。"
        if answer.get("refused") == "time"
        else second_folder.COPY_FAILED
    )
    before = second_folder.read_attempt(target.folder)
    kept = before.newest_time if before is not None and before.second_folder == str(target.second_folder) else None
    tried = CopyAttempt(
        second_folder=str(target.second_folder),
        attempted_at=now,
        newest_time=datetime.fromisoformat(made) if made else kept,
        problem="" if made else problem or unsaid,
    )
    second_folder.write_attempt(target.folder, tried)
    return tried


def copy_at_closing(target: CopyTarget | None, *, now: datetime) -> tuple[str, ...]:
    """Copy the backup made at closing, after the lock was released; return messages on a failure, () = none.

    ``target`` None = no second folder was chosen; nothing is copied.
    """
    if target is None:
        return ()
    tried = copy_to_second_folder(target, now=now, seconds=CLOSING_SECONDS)
    if not tried.problem:
        return ()
    failure_log.log_event("second_place")
    made = tried.newest_time
    lies = f"そこにある新しいものは、{made.month}月{made.day}日のものです。" if made is not None else ""
    where = f"バックアップの2つ目の場所（{target.second_folder}）に写せませんでした。"
    return (f"{where}{tried.problem}{lies}データフォルダーのバックアップは作ってあります。",)


def _decision(store: Store) -> BackupFolder | None:
    """Return the newest decision on the second folder, None where none is set."""
    row = next(iter(rows(store.database, BackupFolder, order="-id")), None)
    return row if row is not None and row.place else None


def _folder_to_use(chosen: Path, owner: str) -> Path:
    """Return the chosen folder if it is empty, new or ours already, else a subfolder of our own."""
    if second_folder.read_owner(chosen) == owner:
        return chosen
    try:
        empty = not any(chosen.iterdir())
    except FileNotFoundError:
        empty = True
    except OSError:
        empty = False
    return chosen if empty else chosen / "デジ活デスクのバックアップ"
