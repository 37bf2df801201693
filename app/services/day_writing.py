"""Writes several files all or none: a set of papers is never left half on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.services.refusal import Refusal
from app.services.safe_file import write_whole


def write_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write every file, or remove those already written when one fails; a file that is there is never replaced.

    Raises:
        Refusal: one of the names is taken, or two files have the same name. StorageProblem: one could not be written.
    """
    names = [path.name for path, _ in files]
    taken = [path.name for path, _ in files if path.exists()]
    if taken or len(set(names)) < len(names):
        raise Refusal(
            f"保存先に、同じ名前のファイルがもうあります（{'、'.join(taken or names)}）。",
            "別のフォルダーを選ぶか、前のファイルを移してください。",
            "何も書き出していません。",
        )
    written: list[Path] = []
    try:
        for path, data in files:
            write_whole(path, data)
            written.append(path)
    except BaseException:
        for path in written:
            with suppress(OSError):
                path.unlink()
        raise
