"""The one exception of this floor: a received file that cannot be taken, said in one Japanese sentence."""

from __future__ import annotations


class IntakeRefusal(Exception):
    """A file is not read at all; ``str()`` is one Japanese sentence: what it is, and what to do.

    It speaks for itself as ``happened``, so no log takes it for a fault of the program.
    """

    lost = "保存済みのデータは変わっていません。"

    def __init__(self, happened: str) -> None:
        self.happened = happened
        super().__init__(happened)


def not_started_refusal(file: str = "ファイル") -> IntakeRefusal:
    """The refusal where the system let nothing start that reads ``file`` (its name in brackets), which says nothing
    about it."""
    return IntakeRefusal(
        f"パソコンに余裕がなく、{file}を読み始められませんでしたので、"
        "使っていないアプリを閉じてから、もう一度選んでください。"
    )
