"""Serial letters as one file each: all of them in a new folder, or none, with one row in the log of what left.

- ``save_each(store, event_id, kind, drawn, path, way, password, reason, by, now) -> SavedLetters``
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from app.documents.blocks import DocumentContent
from app.services import papers
from app.services.paper_saving import Way, protect
from app.services.refusal import Refusal
from app.services.safe_file import AlreadyThere, write_whole
from app.services.saved import Saved
from db.records.papers import Outgoing
from db.storage_errors import as_problem
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class SavedLetters(Saved):
    """The letters written to ``path`` (a folder): how many files, and the hash over all of them."""

    path: Path
    files: int
    sha256: str


def render_each(contents: Sequence[DocumentContent], *, format: papers.Format) -> tuple[papers.Rendered, ...]:  # noqa: A002
    """Draw every letter by itself."""
    return tuple(papers.render(content, format=format) for content in contents)


def save_each(
    store: Store,
    *,
    event_id: int,
    kind: str,
    drawn: Sequence[papers.Rendered],
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    by: str,
    now: datetime,
) -> SavedLetters:
    """Write every letter to a file of its own in the new folder ``path`` and log it; undo does not reach past this.

    Args:
        drawn: the letters as ``render_each`` gives them. overwrite: put them into a folder that is there already.
        way: 暗号化して保存 needs ``password`` (the same for all); そのまま保存 needs ``reason``, for they name people.

    Raises:
        Refusal: no letter, no password or reason, or the folder is there.
        StorageProblem: a file could not be written; none of them stays, nothing was logged.
    """
    if not drawn:
        raise Refusal("保存する通知がありません。", "宛先に印を付けてください。")
    personal = any(one.content.personal for one in drawn)
    if personal and way == "そのまま保存" and not reason.strip():
        raise Refusal("個人情報を含む書類です。", "「暗号化して保存」を選ぶか、そのまま保存する理由を書いてください。")
    if path.exists() and not overwrite:
        raise AlreadyThere(path.name)
    files = [
        (f"{one.content.file_stem}.{one.format}",
         protect(one.data, format=one.format, password=password) if way == "暗号化して保存" else one.data)
        for one in drawn
    ]  # fmt: skip
    digest = sha256("\n".join(sha256(data).hexdigest() for _, data in files).encode()).hexdigest()
    first = drawn[0]
    row = Outgoing(
        event_id=event_id,
        document_kind=kind,
        reference=first.content.reference,
        version=first.content.version,
        format=first.format,
        way=way,
        file_name=path.name,
        sha256=digest,
        pages=sum(one.pages for one in drawn) or None,
        personal=personal,
        reason=reason.strip(),
        by=by,
        at=now,
        detail={"ファイル数": str(len(files))},
    )
    with store.change(
        action=f"{kind}を1通1ファイルで保存", by=by, now=now, subject="papers", event_id=event_id, barrier=True
    ) as change:
        row_id = change.insert(row)
        _write_all(path, files, overwrite=overwrite)
    said = f"「{path.name}」に{len(files)}通を保存しました。"
    return SavedLetters(said=said, id=row_id, can_undo=False, path=path, files=len(files), sha256=digest)


def _write_all(folder: Path, files: Sequence[tuple[str, bytes]], *, overwrite: bool) -> None:
    """Write all files; when one fails, those written before go again."""
    made = not folder.exists()
    written: list[Path] = []
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise as_problem(error) or error from error
        for name, data in files:
            target = folder / name
            write_whole(target, data, overwrite=overwrite)
            written.append(target)
    except BaseException:
        if made:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            for target in written:
                target.unlink(missing_ok=True)
        raise
