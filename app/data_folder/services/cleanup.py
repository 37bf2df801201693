"""Maintenance tasks whose failure is reported as a sentence and never stops the main work."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.common import failure_log
from db.files import storage_errors


def run_cleanup(task_name: str, work: Callable[[], Iterable[str]]) -> tuple[str, ...]:
    """Run ``work`` and return its sentences; a disk or file error becomes one of them.

    For what must never keep the data from being opened, closed or backed up: old backups, segments of the change log,
    copies and notes may be held open, unreadable, missing, of another kind or newer than this program.

    Args:
        task_name: its name in the words of the window (「古いバックアップの片づけ」).
    """
    try:
        return tuple(work())
    except (OSError, ValueError, storage_errors.StorageProblem, *storage_errors.ENGINE_ERRORS) as error:
        failure_log.log_failure(error, failure_log.CLEANUP_EVENTS.get(task_name, "tidying"))
        return (f"{task_name}ができませんでした。{_reason(error)}",)


def _reason(error: Exception) -> str:
    """Return in a sentence why a maintenance task failed and what to do.

    An error of a file that the storage does not know is said to be a file in use, or a missing right; any other
    unknown one to be unexpected.
    """
    problem = storage_errors.to_storage_problem(error)
    if problem is None and not isinstance(error, OSError):
        return "予期しないことが起きました。障害の記録に残してあります。保存済みのデータは変わっていません。"
    if problem is None or isinstance(error, FileNotFoundError | PermissionError):
        return (
            "ファイルをほかのプログラムが使っているか、読み書きの権限がないようです。"
            "保存済みのデータは変わっていません。"
        )
    return f"{problem.happened}{problem.todo}"
