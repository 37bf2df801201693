"""How a paper or list may leave the app: encrypted, or plain with a reason where people are named; one file or a folder."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from app.papers.services.file_targets import NOTHING_WRITTEN, check_targets
from app.papers.services.safe_file import AlreadyThere, write_whole
from app.refusal import Refusal
from db import on_disk
from db.storage_errors import as_problem

Way = Literal["暗号化して保存", "そのまま保存", "コマンド"]
Format = Literal["pdf", "xlsx"]


def check_way(way: Way, reason: str, *, personal: bool, happened: str = "個人情報を含む書類です。") -> None:
    """Let what names people leave plain only with a reason; ``happened`` says what holds the names.

    Raises:
        Refusal: そのまま保存 of something personal without a reason.
    """
    if personal and way == "そのまま保存" and not reason.strip():
        raise Refusal(happened, "「暗号化して保存」を選ぶか、そのまま保存する理由を書いてください。")


def as_leaving(data: bytes, way: Way, *, format: Format, password: str) -> bytes:  # noqa: A002
    """Return the bytes as they go out: encrypted when the way says so, else as they are; raises as ``protect``."""
    return protect(data, format=format, password=password) if way == "暗号化して保存" else data


def protect(data: bytes, *, format: Format, password: str) -> bytes:  # noqa: A002
    """Return the file encrypted with ``password`` (AES-256).

    Raises:
        Refusal: the password has fewer than 12 characters.
    """
    if len(password) < 12:
        raise Refusal("パスワードは12文字以上にしてください。", "文字の種類は問いません。")
    if format == "pdf":
        from app.papers.pdf.finished_pdfs import encrypt_pdf

        return encrypt_pdf(data, password)
    from app.papers.excel.render import encrypt_xlsx

    return encrypt_xlsx(data, password)


def check_folder(folder: Path, *, overwrite: bool) -> None:
    """Ask before a folder that is there already is used; raises ``AlreadyThere``, or ``Refusal`` for its name."""
    check_targets([folder])
    if folder.exists() and not overwrite:
        raise AlreadyThere(folder.name)


def write_folder(folder: Path, files: Sequence[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write every file into ``folder``, made when it is missing, all or none; files that are there are never replaced.

    Raises:
        Refusal: one of the names is taken, too long or none that Windows takes, or two files have the same name. StorageProblem: one could not be written;
            those written before are gone again.
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
