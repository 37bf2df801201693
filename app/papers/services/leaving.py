"""How a file leaves the app: under a name that Windows takes, whole or not at all, never over another one unasked.

A paper or list goes encrypted, or plain with a reason where people are named; one file or a folder. What does not fit
is said in words before anything is written.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path, PurePath
from typing import Final, Literal, TypeVar

from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.common.new_passwords import password_problem
from app.papers.services.unfinished_files import noted
from db import layout
from db.files import file_names, on_disk
from db.files.storage_errors import HeldFile, MissingData, ReadOnlyFolder, as_problem
from db.frozen_record import frozen_record

NOTHING_WRITTEN: Final = "何も書き出していません。"
_Path = TypeVar("_Path", bound=PurePath)
_MOST: Final = 120
_ANOTHER: Final = "別の名前にしてください。"
_SAID: Final = {
    "sign": "{what}に「{signs}」は使えません。",
    "control": f"{{what}}に改行などは使えません。{_ANOTHER}",
    "direction": "{what}に、文字の向きを変える見えない記号が入っています。名前を入力し直してください。",
    "reserved": f"{{what}}「{{name}}」は、Windowsが別の用途に使っています。{_ANOTHER}",
    "end": "{what}の終わりに、「.」や空白は使えません。",
    "empty": f"この名前は{{what}}に使えません。{_ANOTHER}",
}
Way = Literal["暗号化して保存", "そのまま保存", "コマンド"]
Format = Literal["pdf", "xlsx"]


@frozen_record
class SavedFile(Saved):
    """What left as a file, or as a folder of files: where it is now."""

    path: Path


def file_saved(path: Path, row_id: int) -> SavedFile:
    """Say that a file was saved; undo does not reach past it. ``row_id`` is that of the log, or of what it is about."""
    return SavedFile(f"「{path.name}」を保存しました。", id=row_id, can_undo=False, path=path)


def flaw_in_words(name: str, *, what: str = "ファイル名") -> str:
    """Return a sentence when no office PC takes ``name``, called ``what`` in it, else ""."""
    flaw = file_names.flaw(name)
    if not flaw:
        return ""
    signs = "」「".join(dict.fromkeys(sign for sign in name if sign in file_names.FORBIDDEN))
    return _SAID[flaw].format(what=what, name=name, signs=signs)


def name_problem(name: str) -> str:
    """Return a sentence when ``name`` can't be the name of a file or folder on an office PC, else ""."""
    said = flaw_in_words(name.strip(" "))
    if said or len(name) <= _MOST:
        return said
    return f"ファイル名が長すぎます。{_MOST}文字までにしてください。"


def length_problem(path: PurePath) -> str:
    """Return a sentence when ``path``, an absolute one, is too long for this system, else ""."""
    over = max(file_names.excess(one) for one in (path, beside(path)))
    if not over:
        return ""
    return f"保存先と名前を合わせると、{over}文字長すぎます。名前を短くするか、場所を変えてください。"


def beside(path: _Path) -> _Path:
    """Return the name under which a file is written before it gets its own: a new one each time."""
    return path.with_name(f".{secrets.token_hex(6)}.part")


def check_targets(paths: Iterable[Path]) -> None:
    """Look at the names of files that are to be written, before any of them is.

    Raises:
        Refusal: one of them has a name that Windows does not take, or is too long, or would lie in a data folder.
    """
    named = tuple(paths)
    for path in named:
        said = flaw_in_words(path.name) or length_problem(on_disk.absolute(path))
        if said:
            raise Refusal(f"「{_shown(path.name)}」という名前では保存できません。", said, NOTHING_WRITTEN)
    for folder in {path.parent for path in named}:
        if said := data_folder_problem(folder):
            raise Refusal("この場所には、書き出せません。", said, NOTHING_WRITTEN)


def data_folder_problem(folder: Path) -> str:
    """Return what is wrong with a place that is a data folder or lies in one; "" = it does not.

    What lies there is the program's own: it is encrypted, copied into backups and counted by ``verify``.
    """
    found = layout.data_folder_of(folder)
    if found is None:
        return ""
    return (
        f"ここは、デジ活デスクのデータのフォルダー「{_shown(found.name)}」の中です。"
        "データと別のフォルダーを選んでください。"
    )


def free_name(path: Path) -> Path:
    """Return the first of 「名前（2）」「名前（3）」 … beside ``path`` that no file has."""
    return next(
        found for number in count(2) if not (found := path.with_name(f"{path.stem}（{number}）{path.suffix}")).exists()
    )


def _shown(name: str) -> str:
    """Return a name as it may stand in a sentence: what can't be seen or turns the writing round is left out."""
    kept = "".join(sign for sign in name if sign.isprintable())
    return kept if len(kept) <= _MOST else f"{kept[:_MOST]}…"


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
    with noted(part):
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


def as_leaving(data: bytes, way: Way, *, format: Format, password: str, received: bool = False) -> bytes:  # noqa: A002
    """Return the bytes as they go out: encrypted when the way says so, else as they are; raises as ``protect``."""
    if way != "暗号化して保存":
        return data
    return protect(data, format=format, password=password, received=received)


def protect(data: bytes, *, format: Format, password: str, received: bool = False) -> bytes:  # noqa: A002
    """Return the file encrypted with ``password`` (AES-256).

    Args:
        received: a PDF that others made, or holds pages of theirs: the child process closes it.

    Raises:
        Refusal: the password is too short, too long, of too few signs, or read differently by different readers; or a
            received PDF can't be closed.
    """
    if said := password_problem(password):
        raise Refusal("このパスワードでは暗号化できません。", said)
    if format == "pdf" and received:
        return _locked_received(data, password)
    if format == "pdf":
        from app.papers.pdf.finished.finished_pdfs import encrypt_pdf

        return encrypt_pdf(data, password)
    from app.papers.excel.render import encrypt_xlsx

    return encrypt_xlsx(data, password)


def _locked_received(data: bytes, password: str) -> bytes:
    from app.foreign_files.pdf_reading import UnreadablePdf, lock_received
    from app.papers.pdf.finished.archive import said_conformance

    try:
        return lock_received(data, password, not_said=said_conformance())
    except UnreadablePdf as problem:
        raise Refusal(
            f"受け取ったPDFを暗号化できません。{problem.happened}",
            problem.todo if problem.of_the_pc else "「そのまま保存」を選び、受け取ったままで保存してください。",
        ) from problem


def check_folder(folder: Path, *, overwrite: bool) -> None:
    """Ask before a folder that is there already is used; raises ``AlreadyThere``, or ``Refusal`` for its name."""
    check_targets([folder])
    if folder.exists() and not overwrite:
        raise AlreadyThere(folder.name)


def write_folder(folder: Path, files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write every file into ``folder``, made when it is missing, all or none; files that are there are never replaced.

    Raises:
        Refusal: one of the names is taken, too long or none that Windows takes, or two files have the same name.
            StorageProblem: one could not be written; those written before are gone again.
    """
    names = [name for name, _ in files]
    check_targets(folder / name for name in names)
    taken = [name for name in names if (folder / name).exists()]
    if taken or len(set(names)) < len(names):
        raise Refusal(
            f"保存先に、同じ名前のファイルがもうあります（{'、'.join(taken or names)}）。",
            "別のフォルダーを選ぶか、前のファイルを移してください。",
            NOTHING_WRITTEN,
        )
    made = not folder.exists()
    written: list[Path] = []
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise as_problem(error) or error from error
        for name, data in files:
            write_whole(folder / name, data)
            written.append(folder / name)
    except BaseException:
        for path in written:
            with suppress(OSError):
                on_disk.remove(path)
        if made:
            with suppress(OSError):
                on_disk.remove_empty_folder(folder)
        raise
    return tuple(written)
