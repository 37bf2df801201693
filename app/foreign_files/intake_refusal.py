"""The exception for a received file that cannot be read, with one Japanese sentence."""

from __future__ import annotations


class IntakeRefusal(Exception):
    """Raised when a file is not read at all; ``str()`` is one Japanese sentence on what it is and what to do.

    It has ``happened``, so that no log takes it for a program error.
    """

    lost = "保存済みのデータは変わっていません。"

    def __init__(self, happened: str):
        self.happened = happened
        super().__init__(happened)


def not_started_refusal(file: str = "ファイル") -> IntakeRefusal:
    """Return the refusal if no child process could be started for ``file``, which says nothing about the file."""
    return IntakeRefusal(
        f"パソコンに余裕がなく、{file}を読み始められませんでしたので、"
        "使っていないアプリを閉じてから、もう一度選んでください。"
    )
