"""Writes a file whole or not at all, and never over another one without being asked."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from app.papers.services.file_targets import beside, check_targets
from app.refusal import Refusal
from db import on_disk
from db.storage_errors import HeldFile, MissingData, ReadOnlyFolder, as_problem


class AlreadyThere(Refusal):
    """A file of that name exists and overwriting was not asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(f"「{name}」は、もうあります。", "別の名前にするか、「置き換える」を選んでください。")


def write_whole(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write ``data`` to ``path`` through a temporary file beside it, synced before it takes the name.

    Args:
        path: the file to make. data: its bytes. overwrite: replace a file that is there.

    Raises:
        Refusal: the name is none that Windows takes, or too long. AlreadyThere: the file exists and ``overwrite``
            is False.
        StorageProblem: no room, no right to write, no such folder, each in words.
    """
    check_targets([path])
    if path.exists() and not overwrite:
        raise AlreadyThere(path.name)
    part = beside(path)
    try:
        on_disk.create_exclusive(part, data)
        if overwrite:
            on_disk.replace(part, path)
        else:
            on_disk.rename(part, path)
    except FileExistsError as error:  # somebody else took the name meanwhile
        raise AlreadyThere(path.name) from error
    except OSError as error:
        raise _in_words(error, path) from error
    finally:
        with suppress(OSError):
            on_disk.remove(part, missing_ok=True)


def _in_words(error: OSError, path: Path) -> Exception:
    """Say it of this file: the data folder has nothing to do with it."""
    problem = as_problem(error) or error
    if isinstance(problem, ReadOnlyFolder):
        return ReadOnlyFolder(
            problem.details,
            happened=f"「{path.name}」を書き込めません（読み取り専用か、書き込む権限のない場所です）。",
            todo="書き込める別の場所を選んで、もう一度保存してください。",
        )
    if isinstance(problem, MissingData):
        return MissingData(
            problem.details,
            happened=f"保存先のフォルダー「{path.parent.name}」が見つかりません。",
            todo="USBメモリや共有フォルダーがつながっているかを確かめて、もう一度保存先を選んでください。",
        )
    if isinstance(problem, HeldFile):
        return HeldFile(
            problem.details,
            happened=f"「{path.name}」をほかのプログラムが使っているため、書き込めませんでした。",
        )
    return problem
