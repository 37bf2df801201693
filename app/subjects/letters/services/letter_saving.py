"""Serial letters as one file each: all of them in a new folder, or none, with a row for the folder and one each in the log of what left.

- ``save_each(store, event_id, kind, drawn, path, way, password, reason, by, now) -> SavedLetters``
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from app.papers.blocks import DocumentContent
from app.papers.services import papers
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import Way, as_leaving, check_folder, check_way, write_folder
from app.papers.services.paper_kind import Format
from app.refusal import Refusal
from app.saved import Saved
from db.records.papers import Outgoing
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class SavedLetters(Saved):
    """The letters written to ``path`` (a folder): how many files, and the hash over all of them."""

    path: Path
    files: int
    sha256: str


def render_each(contents: Sequence[DocumentContent], *, format: Format) -> tuple[papers.Rendered, ...]:  # noqa: A002
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
    check_way(way, reason, personal=personal)
    check_folder(path, overwrite=overwrite)
    files = [
        (f"{one.content.file_stem}.{one.format}", as_leaving(one.data, way, format=one.format, password=password))
        for one in drawn
    ]
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
        # The row of the folder: each letter has a row and a copy of its own, so that a copy holds one addressee.
        row_id = log_issued(store, change, row, copy=None)
        for one, (name, data) in zip(drawn, files, strict=True):
            letter = replace(
                row, file_name=name, sha256=sha256(data).hexdigest(), pages=one.pages or None,
                personal=one.content.personal, detail={"一式": path.name},
            )  # fmt: skip
            log_issued(store, change, letter, copy=one.data, says=one.content)
        write_folder(path, files)
    said = f"「{path.name}」に{len(files)}通を保存しました。"
    return SavedLetters(said=said, id=row_id, can_undo=False, path=path, files=len(files), sha256=digest)
