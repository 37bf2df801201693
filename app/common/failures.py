"""The text for a failure after which other work goes on: known words if there are any, else the code location."""

from __future__ import annotations

import traceback

from app.actions.user_error import UserError
from app.common import failure_log
from db.files.storage_errors import StorageProblem, to_storage_problem


def failure_reason(problem: Exception) -> str:
    """Log why one of many documents failed (「書類を作成できなかった」) and return the reason.

    It is the text of a UserError or a storage problem; of any other error a sentence with its code location.
    """
    failure_log.log_failure(problem, "paper")
    known = to_storage_problem(problem) or problem
    if isinstance(known, (UserError, StorageProblem)):
        return str(known)
    return (
        f"プログラムの誤りで作成できませんでした。情報システムの担当者に、つぎの詳細を伝えてください。"
        f"詳細：{failure_location(problem)}"
    )


def failure_location(error: Exception) -> str:
    """Return class and place of a program error (「KeyError（comparing.py 104行）」); its message may hold names."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    name = place.filename.replace("\\", "/").rpartition("/")[2]
    return f"{type(error).__name__}（{name} {place.lineno}行）"
