"""Turns an exception into what a user must know: what happened, what was lost, what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal

from app.common import failure_log
from app.common.failure_facts import FailureFacts, facts_of
from app.common.join_nonempty import join_nonempty
from db.record import record

Stage = Literal["", "writing", "reading", "saved"]
"""The kind of work in which an error arose: a change, reading or drawing, or work after a saved change."""
_TRY_AGAIN = "画面の内容を確かめて、もう一度お試しください。続くときは、下の番号を情報システム担当へ伝えてください。"


@record
class Failure:
    """A failure as text (起きたこと, 失われたもの, つぎにすること) with folded ``details`` for IT.

    ``number`` identifies it on the telephone ("E-3F2A"); it is empty for errors raised by our own rules. ``small``
    failures are shown in a note or a small dialog, without details. ``heading`` replaces the usual heading of that
    dialog where something was done after all.
    """

    happened: str
    lost: str
    todo: str
    details: str = ""
    number: str = ""
    small: bool = False
    heading: str = ""

    def as_one_text(self) -> str:
        """Return the three sentences as one text."""
        return join_nonempty(self.happened, self.lost, self.todo, separator="")


def failure_of(problem: BaseException) -> Failure:
    """Return the failure for an exception, and write it to the log.

    An exception with ``happened`` / ``lost`` / ``todo`` provides its own text; database and file errors are translated;
    anything else gets a general sentence. Details never hold a message or a file name: they may contain a person's
    name.
    """
    failure_log.log_failure(problem)
    stage = getattr(problem, "stage", "")
    facts = facts_of(problem)
    if stage == "saved":
        return _failure_after_saving(facts)
    failure = _describe(problem, facts)
    return replace(failure, heading="表示または作成ができませんでした") if stage == "reading" else failure


def mark_stage(problem: BaseException, stage: Stage) -> None:
    """Record on an exception in which kind of work it arose; the first mark counts."""
    if not getattr(problem, "stage", ""):
        with suppress(AttributeError):
            problem.stage = stage  # type: ignore[attr-defined]


@contextmanager
def after_saving() -> Iterator[None]:
    """Mark exceptions in this block as raised after a change was saved, so that the message does not call it failed."""
    try:
        yield
    except Exception as problem:
        mark_stage(problem, "saved")
        raise


def _failure_after_saving(facts: FailureFacts) -> Failure:
    return Failure(
        happened="操作の結果は保存されています。そのあとの表示で、予期しないことが起きました。",
        lost="ありません。保存した内容は残っています。",
        todo=(
            "もう一度保存する必要はありません。画面を開き直して、内容を確かめてください。"
            "続くときは、下の番号を情報システム担当へ伝えてください。"
        ),
        details=facts.as_lines(),
        number=facts.number,
        heading="保存はできましたが、表示で問題が起きました",
    )


def _describe(problem: BaseException, facts: FailureFacts) -> Failure:
    """Return the message about an exception: its own words, else by its kind."""
    happened = getattr(problem, "happened", "")
    if isinstance(happened, str) and happened:
        told = bool(getattr(problem, "details", ""))
        return Failure(
            happened=happened,
            lost=str(getattr(problem, "lost", "") or ""),
            todo=str(getattr(problem, "todo", "") or ""),
            details=facts.as_lines() if told else "",
            number=facts.number if told else "",
            small=not told,
        )
    if isinstance(problem, OSError):
        return _file_failure(problem, facts)
    known = _engine_failure(problem)
    if known is not None:
        return _describe(known, facts)
    stage = getattr(problem, "stage", "")
    if stage == "reading":
        return Failure(
            happened="予期しないことが起き、表示または作成を最後まで進められませんでした。",
            lost="ありません。保存済みのデータは変わっていません。",
            todo=_TRY_AGAIN,
            details=facts.as_lines(),
            number=facts.number,
        )
    failure = Failure(
        happened="予期しないことが起き、この操作を最後まで進められませんでした。",
        lost="保存は全部か、まったくしないかのどちらかなので、途中まで書き込まれたデータはありません。",
        todo=_TRY_AGAIN,
        details=facts.as_lines(),
        number=facts.number,
    )
    # An error in the window itself: what the button asked for may have been saved before it.
    return failure if stage else replace(failure, heading="この操作を最後まで進められませんでした")


def _engine_failure(problem: BaseException) -> BaseException | None:
    from db.files.storage_errors import to_storage_problem

    return to_storage_problem(problem)


def _file_failure(problem: OSError, facts: FailureFacts) -> Failure:
    name = Path(problem.filename).name if isinstance(problem.filename, str) else ""
    called = f"「{name}」" if name else "ファイル"
    if isinstance(problem, FileNotFoundError):
        happened = f"{called}が見つかりません。"
        todo = "移動したり名前を変えたりしていないか確かめて、もう一度選んでください。"
    elif isinstance(problem, PermissionError):
        happened, todo = _permission_texts(problem, called)
    else:
        happened = f"{called}の読み書きができませんでした。"
        todo = "保存先のフォルダーと空き容量を確かめて、もう一度お試しください。"
    return Failure(
        happened=happened,
        lost="デジ活デスクのデータは変わっていません。",
        todo=todo,
        details=facts.as_lines(),
        number=facts.number,
    )


def _permission_texts(problem: PermissionError, file_name: str) -> tuple[str, str]:
    """Return what happened and what to do where a file may not be used."""
    from db.files.filesystem import is_in_use

    if is_in_use(problem):
        return (
            f"{file_name}を、ほかのプログラムが使っています。",
            (
                "Excel などで開いていれば閉じて、もう一度お試しください。"
                "ウイルス対策ソフトの検査中なら、少し待ってください。"
            ),
        )
    return (
        f"{file_name}を開けない、または書き込めません（読み取り専用か、権限がありません）。",
        "権限のある人に頼むか、別の場所を選んで、もう一度お試しください。",
    )
