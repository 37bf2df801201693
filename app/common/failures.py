"""How a failure is said where the rest goes on without it: in words a rule or the environment has, else
by its place."""

from __future__ import annotations

import traceback

from app.actions.user_error import UserError
from app.common import failure_log
from db.files.storage_errors import StorageProblem, to_storage_problem


def failure_reason(problem: Exception) -> str:
    """Say why one of many things failed while the others go on: what a rule or the environment says, else its place."""
    failure_log.log_failure(problem, "paper")
    known = to_storage_problem(problem) or problem
    if isinstance(known, (UserError, StorageProblem)):
        return str(known)
    return (
        f"プログラムの誤りで作成できませんでした。情報システムの担当者に、つぎの詳細を伝えてください。"
        f"詳細：{failure_location(problem)}"
    )


def failure_location(error: Exception) -> str:
    """Return kind and place of an error of our own (「KeyError（comparing.py 104行）」); its text may hold names."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    name = place.filename.replace("\\", "/").rpartition("/")[2]
    return f"{type(error).__name__}（{name} {place.lineno}行）"
