"""Turns an exception into the three things a person needs: what happened, what was lost, what to do."""

from __future__ import annotations

from pathlib import Path

from app.common import failure_log
from app.common.failure_facts import FailureFacts, facts_of
from app.common.together import together
from db.frozen_record import frozen_record

_GENERIC_LOST = "保存は全部か、まったくしないかのどちらかなので、途中まで書き込まれたデータはありません。"


@frozen_record
class Failure:
    """A failure in words: 起きたこと, 失われたもの, つぎにすること; ``details`` folded for IT.

    ``number`` names it on the telephone ("E-3F2A"); empty for refusals by our own rules. ``small``
    failures are said in a note or a small dialog, without details.
    """

    happened: str
    lost: str
    todo: str
    details: str = ""
    number: str = ""
    small: bool = False

    def in_one(self) -> str:
        """The three as running text."""
        return together(self.happened, self.lost, self.todo, by="")


def failure_of(problem: BaseException) -> Failure:
    """The failure behind an exception, which is written into the log: whatever is put into words was a fault.

    An exception that carries ``happened`` / ``lost`` / ``todo`` speaks for itself; engine and file
    errors are put into words; anything else gets a safe sentence. Details never hold a message or the
    name of a file: they may quote a person.
    """
    failure_log.note(problem)
    return _in_words(problem, facts_of(problem))


def _in_words(problem: BaseException, facts: FailureFacts) -> Failure:
    happened = getattr(problem, "happened", "")
    if isinstance(happened, str) and happened:
        told = bool(getattr(problem, "details", ""))
        return Failure(
            happened=happened,
            lost=str(getattr(problem, "lost", "") or ""),
            todo=str(getattr(problem, "todo", "") or ""),
            details=facts.in_lines() if told else "",
            number=facts.number if told else "",
            small=not told,
        )
    if isinstance(problem, OSError):
        return _file_failure(problem, facts)
    known = _engine_failure(problem)
    if known is not None:
        return _in_words(known, facts)
    return Failure(
        happened="予期しないことが起き、この操作を最後まで進められませんでした。",
        lost=_GENERIC_LOST,
        todo="画面の内容を確かめて、もう一度お試しください。続くときは、下の番号を情報システム担当へ伝えてください。",
        details=facts.in_lines(),
        number=facts.number,
    )


def _engine_failure(problem: BaseException) -> BaseException | None:
    from db.files.storage_errors import as_problem

    return as_problem(problem)


def _file_failure(problem: OSError, facts: FailureFacts) -> Failure:
    name = Path(problem.filename).name if isinstance(problem.filename, str) else ""
    called = f"「{name}」" if name else "ファイル"
    if isinstance(problem, FileNotFoundError):
        happened = f"{called}が見つかりません。"
        todo = "移動したり名前を変えたりしていないか確かめて、もう一度選んでください。"
    elif isinstance(problem, PermissionError):
        happened, todo = _refused_words(problem, called)
    else:
        happened = f"{called}の読み書きができませんでした。"
        todo = "保存先のフォルダーと空き容量を確かめて、もう一度お試しください。"
    return Failure(
        happened=happened,
        lost="デジ活デスクのデータは変わっていません。",
        todo=todo,
        details=facts.in_lines(),
        number=facts.number,
    )


def _refused_words(problem: PermissionError, called: str) -> tuple[str, str]:
    from db.files.on_disk import held_by_another

    if held_by_another(problem):
        return (
            f"{called}を、ほかのプログラムが使っています。",
            (
                "Excel などで開いていれば閉じて、もう一度お試しください。"
                "ウイルス対策ソフトの検査中なら、少し待ってください。"
            ),
        )
    return (
        f"{called}を開けない、または書き込めません（読み取り専用か、権限がありません）。",
        "権限のある人に頼むか、別の場所を選んで、もう一度お試しください。",
    )
