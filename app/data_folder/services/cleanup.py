"""Tidying up beside the data: whatever goes wrong in it is a sentence, and what is really to be done goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.common import failure_log
from db.files import storage_errors


def run_cleanup(task_name: str, work: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """Do ``work`` and return the sentences that it gives; a fault of the disk, or of what lies there, becomes one.

    For what must never keep the data from being opened, closed or backed up: old backups, segments of the change log,
    copies and notes may be held, unreadable, missing, of another kind or newer than this program.

    Args:
        task_name: its name in the words of the window (「古いバックアップの片づけ」).
    """
    try:
        return tuple(work())
    except (OSError, ValueError, storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS) as error:
        failure_log.log_failure(error, failure_log.CLEANUP_EVENTS.get(task_name, "tidying"))
        return (f"{task_name}ができませんでした。{_reason(error)}",)


def _reason(error: Exception) -> str:
    problem = storage_errors.to_storage_problem(error)
    if problem is None or isinstance(error, FileNotFoundError | PermissionError):
        return (
            "ファイルをほかのプログラムが使っているか、読み書きの権限がないようです。"
            "保存済みのデータは変わっていません。"
        )
    return f"{problem.happened}{problem.todo}"
