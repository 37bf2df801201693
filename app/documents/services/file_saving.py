"""Writing files outside the app: names that Windows accepts, complete or not at all, no unasked overwriting.

A document or list is encrypted, or plain with a reason where people are named; one file or a folder. Problems are
reported before anything is written.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path, PurePath
from typing import Literal, TypeVar

from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.password_rules import password_problem
from app.documents.file_format import Format
from app.documents.services.unfinished_files import note_while_writing
from db import folder_layout
from db.files import file_names, filesystem
from db.files.storage_errors import FileInUse, MissingData, ReadOnlyFolder, to_storage_problem
from db.record import record
from db.records.documents import OutgoingWay

NOTHING_WRITTEN = "何も書き出していません。"
_Path = TypeVar("_Path", bound=PurePath)
_MOST = 120
_ANOTHER = "別の名前にしてください。"
_SAID = {
    "sign": "{what}に「{signs}」は使えません。",
    "control": f"{{what}}に改行などは使えません。{_ANOTHER}",
    "direction": "{what}に、文字の向きを変える見えない記号が入っています。名前を入力し直してください。",
    "reserved": f"{{what}}「{{name}}」は、Windowsが別の用途に使っています。{_ANOTHER}",
    "end": "{what}の終わりに、「.」や空白は使えません。",
    "empty": f"この名前は{{what}}に使えません。{_ANOTHER}",
}
SaveWay = Literal[OutgoingWay.ENCRYPTED, OutgoingWay.PLAIN, OutgoingWay.COMMAND]


@record
class SaveOptions:
    """Where and how a file, or a folder of files, is saved; every saving service takes them.

    暗号化して保存 needs ``password``; そのまま保存 of what names people needs ``reason``. ``overwrite``: replace an
    existing file, or write into an existing folder (the window asks first).
    """

    path: Path
    way: SaveWay = OutgoingWay.PLAIN
    password: str = ""
    reason: str = ""
    overwrite: bool = False


@record
class SavedFile(ActionResult):
    """The result of saving a file or a folder of files: its path."""

    path: Path


def saved_file_result(path: Path, row_id: int) -> SavedFile:
    """Return the result of saving a file, which can't be undone; ``row_id`` is that of the log or its subject."""
    return SavedFile(message=f"「{path.name}」を保存しました。", id=row_id, can_undo=False, path=path)


def name_flaw_words(name: str, *, called: str = "ファイル名") -> str:
    """Return why an office PC would not accept ``name``, called ``called`` in the sentence, else ""."""
    flaw = file_names.flaw(name)
    if not flaw:
        return ""
    signs = "」「".join(dict.fromkeys(sign for sign in name if sign in file_names.FORBIDDEN))
    return _SAID[flaw].format(what=called, name=name, signs=signs)


def name_problem(name: str) -> str:
    """Return why ``name`` can't be the name of a file or folder on an office PC, else ""."""
    said = name_flaw_words(name.strip(" "))
    if said or len(name) <= _MOST:
        return said
    return f"ファイル名が長すぎます。{_MOST}文字までにしてください。"


def length_problem(path: PurePath) -> str:
    """Return why the absolute ``path`` is too long for this system, else ""."""
    over = max(file_names.excess_length(one) for one in (path, temporary_path(path)))
    if not over:
        return ""
    return f"保存先と名前を合わせると、{over}文字長すぎます。名前を短くするか、場所を変えてください。"


def temporary_path(path: _Path) -> _Path:
    """Return a new temporary name under which a file is written before it is renamed."""
    return path.with_name(f".{secrets.token_hex(6)}.part")


def check_targets(paths: Iterable[Path]) -> None:
    """Check the names of files before any of them is written.

    Raises:
        UserError: a name is not accepted by Windows, too long, or inside a data folder.
    """
    named = tuple(paths)
    for path in named:
        said = name_flaw_words(path.name) or length_problem(filesystem.absolute(path))
        if said:
            raise UserError(f"「{_printable_name(path.name)}」という名前では保存できません。", said, NOTHING_WRITTEN)
    for folder in {path.parent for path in named}:
        if said := data_folder_problem(folder):
            raise UserError("この場所には、書き出せません。", said, NOTHING_WRITTEN)


def data_folder_problem(folder: Path) -> str:
    """Return why a place inside a data folder can't be used; "" = it is not in one.

    What lies there is the program's own: encrypted, copied into backups and counted by ``verify``.
    """
    found = folder_layout.data_folder_of(folder)
    if found is None:
        return ""
    return (
        f"ここは、デジ活デスクのデータのフォルダー「{_printable_name(found.name)}」の中です。"
        "データと別のフォルダーを選んでください。"
    )


def free_name(path: Path) -> Path:
    """Return the first unused name of 「名前（2）」「名前（3）」 … beside ``path``."""
    return next(
        found for number in count(2) if not (found := path.with_name(f"{path.stem}（{number}）{path.suffix}")).exists()
    )


def _printable_name(name: str) -> str:
    """Return a name for a sentence, without invisible characters and direction marks, cut if it is long."""
    kept = "".join(sign for sign in name if sign.isprintable())
    return kept if len(kept) <= _MOST else f"{kept[:_MOST]}…"


class TargetExistsError(UserError):
    """Error for an existing file of that name when overwriting was not requested."""

    def __init__(self, name: str):
        super().__init__(f"「{name}」は、もうあります。", "別の名前にするか、「置き換える」を選んでください。")


def write_atomically(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write ``data`` to ``path`` through a temporary file beside it, synced before it is renamed.

    Args:
        path: the file to make. data: its bytes. overwrite: replace an existing file.
    Raises:
        UserError: the name is not accepted by Windows, too long, or inside a data folder. TargetExistsError: the file
            exists and ``overwrite`` is False.
        StorageProblem: no room, no right to write, no such folder, each in words.
    """
    check_targets([path])
    if path.exists() and not overwrite:
        raise TargetExistsError(path.name)
    part = temporary_path(path)
    with note_while_writing(part):
        try:
            filesystem.create_exclusive(part, data)
            if overwrite:
                filesystem.replace(part, path)
            else:
                filesystem.rename(part, path)
        except FileExistsError as error:  # somebody else took the name meanwhile
            raise TargetExistsError(path.name) from error
        except OSError as error:
            raise _file_problem(error, path) from error
        finally:
            with suppress(OSError):
                filesystem.remove(part, missing_ok=True)


def _file_problem(error: OSError, path: Path) -> Exception:
    """Return the error in words about this file, not about the data folder."""
    problem = to_storage_problem(error) or error
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
    if isinstance(problem, FileInUse):
        return FileInUse(
            problem.details,
            happened=f"「{path.name}」をほかのプログラムが使っているため、書き込めませんでした。",
        )
    return problem


def bytes_to_save(data: bytes, options: SaveOptions, *, format: Format, received: bool = False) -> bytes:  # noqa: A002
    """Return the bytes to write: encrypted if the way is 暗号化して保存, else unchanged.

    ``received`` as for ``encrypt_file``, and raises as that does.
    """
    if not options.way.is_encrypted:
        return data
    return encrypt_file(data, format=format, password=options.password, received=received)


def encrypt_file(data: bytes, *, format: Format, password: str, received: bool = False) -> bytes:  # noqa: A002
    """Return the file encrypted with ``password`` (AES-256).

    Args:
        received: a PDF of others, or with pages of theirs: the child process encrypts it.
    Raises:
        UserError: the password is too short, too long, too simple, or read differently by different readers; or a
            received PDF can't be encrypted.
    """
    if said := password_problem(password):
        raise UserError("このパスワードでは暗号化できません。", said)
    if format == "pdf" and received:
        return _encrypt_received(data, password)
    if format == "pdf":
        from app.documents.pdf.output.pdf_encryption import encrypt_pdf

        return encrypt_pdf(data, password)
    from app.documents.excel.render import encrypt_office_file

    return encrypt_office_file(data, password)


def _encrypt_received(data: bytes, password: str) -> bytes:
    """Return a received PDF encrypted with a password; raises a sentence that says why not."""
    from app.documents.pdf.output.pdf_archive import conformance_text
    from app.foreign_files.pdf_reading import UnreadablePdf, encrypt_received_pdf

    try:
        return encrypt_received_pdf(data, password, not_said=conformance_text())
    except UnreadablePdf as problem:
        raise UserError(
            f"受け取ったPDFを暗号化できません。{problem.happened}",
            problem.todo if problem.is_pc_problem else "「そのまま保存」を選び、受け取ったままで保存してください。",
        ) from problem


def check_folder(folder: Path, *, overwrite: bool) -> None:
    """Check the name of a new folder; nothing is made.

    Raises:
        TargetExistsError: it exists and ``overwrite`` is False. UserError: as ``check_targets``.
    """
    check_targets([folder])
    if folder.exists() and not overwrite:
        raise TargetExistsError(folder.name)


def write_folder(folder: Path, files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write all files into ``folder``, created if missing, or none; return their paths; existing ones stay.

    Raises:
        UserError: a name is taken, too long or not accepted by Windows, or two files have the same name.
        StorageProblem: one could not be written; those written before are removed again.
    """
    names = [name for name, _ in files]
    check_targets(folder / name for name in names)
    taken = [name for name in names if (folder / name).exists()]
    if taken or len(set(names)) < len(names):
        raise UserError(
            f"保存先に、同じ名前のファイルがもうあります（{'、'.join(taken or names)}）。",
            "別のフォルダーを選ぶか、前のファイルを移してください。",
            NOTHING_WRITTEN,
        )
    made = not folder.exists()
    written = []
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise to_storage_problem(error) or error from error
        for name, data in files:
            write_atomically(folder / name, data)
            written.append(folder / name)
    except BaseException:
        for path in written:
            with suppress(OSError):
                filesystem.remove(path)
        if made:
            with suppress(OSError):
                filesystem.remove_empty_folder(folder)
        raise
    return tuple(written)
