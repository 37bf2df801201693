"""The 当日セット leaves the app: as one PDF, as files, or to the printer; every paper with its row in the log.

- ``save_pack_file(store, drawn, path, way, password, reason, overwrite, by, now) -> SavedPack`` one PDF
- ``save_pack_folder(store, drawn, path, …, by, now) -> SavedPack`` a file each in a new folder ``path``
- ``note_pack_print(store, drawn, copies, how, by, now) -> Saved``
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import Format, Way, as_leaving, check_folder, check_way, write_folder
from app.papers.services.paper_kinds import note_leaving
from app.papers.services.safe_file import write_whole
from app.saved import Saved
from app.subjects.day.services.day_pack import PACK, DrawnPack, DrawnPaper
from db.journal import Change
from db.records.papers import Outgoing, PrintUse
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class SavedPack(Saved):
    """What was written: the file or folder, and every file in it."""

    path: Path
    files: tuple[Path, ...]


def save_pack_file(
    store: Store,
    *,
    drawn: DrawnPack,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    by: str,
    now: datetime,
) -> SavedPack:
    """Write the whole set as one PDF and log the set and each paper; undo does not reach past this.

    Raises:
        Refusal: people are named and there is neither encryption nor a reason, the file is there, or the roster is no
            longer what was drawn. StorageProblem: it could not be written; nothing was logged.
    """
    _check(drawn, way, reason)
    data = as_leaving(drawn.data, way, format="pdf", password=password)
    digest = sha256(data).hexdigest()
    base = _base(drawn, way=way, reason=reason, by=by, now=now)
    with _change(store, drawn, "1つのPDFで保存", by, now) as change:
        set_row = replace(base, file_name=path.name, sha256=digest, pages=drawn.pages)
        row_id = log_issued(store, change, set_row, copy=drawn.data, says=_said(drawn))
        for paper in drawn.papers:
            row = replace(set_row, sha256=sha256(paper.pdf).hexdigest())
            _log(store, change, drawn.event_id, paper, row, copy=paper.pdf)
        write_whole(path, data, overwrite=overwrite)
    return SavedPack(said=f"「{path.name}」を保存しました。", id=row_id, can_undo=False, path=path, files=(path,))


def save_pack_folder(
    store: Store,
    *,
    drawn: DrawnPack,
    path: Path,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    by: str,
    now: datetime,
) -> SavedPack:
    """Write every paper as a file of its own into the folder ``path``, all or none, and log each.

    Args:
        overwrite: use a folder that is there already; files in it are never replaced.

    Raises:
        Refusal: as ``save_pack_file``, or a file of such a name is there. AlreadyThere: the folder is there.
    """
    _check(drawn, way, reason)
    check_folder(path, overwrite=overwrite)
    kinds: tuple[Format, Format] = ("pdf", "xlsx")
    files = [
        (
            f"{paper.content.file_stem}.{ending}",
            as_leaving(data, way, format=ending, password=password),
            paper,
            ending,
            data,
        )
        for paper in drawn.papers
        for ending, data in zip(kinds, (paper.pdf, paper.xlsx), strict=True)
        if data is not None
    ]
    base = _base(drawn, way=way, reason=reason, by=by, now=now)
    with _change(store, drawn, "書類ごとに保存", by, now) as change:
        # The row of the folder: each of its files has a row and a copy of its own.
        folder_row = replace(base, file_name=path.name, format="pdf", pages=drawn.pages)
        row_id = log_issued(store, change, folder_row, copy=None)
        for name, data, paper, ending, copy in files:
            row = replace(base, file_name=name, format=ending, sha256=sha256(data).hexdigest())
            _log(store, change, drawn.event_id, paper, row, copy=copy)
        written = write_folder(path, [(name, data) for name, data, *_ in files])
    said = f"「{path.name}」に{len(files)}個のファイルを保存しました。"
    return SavedPack(said=said, id=row_id, can_undo=False, path=path, files=written)


def note_pack_print(
    store: Store,
    *,
    drawn: DrawnPack,
    copies: int = 1,
    use: PrintUse = "配る",
    how: str = "",
    by: str,
    now: datetime,
) -> Saved:
    """Log that the set was printed, for others or for the office's own file: the set, and each paper with its copies.

    Raises:
        Refusal: the roster is no longer what was drawn: print it again.
    """
    base = replace(_base(drawn, way="印刷", reason="", by=by, now=now), copies=copies, print_use=use)
    detail = {"印刷": how} if how else {}
    with _change(store, drawn, "印刷", by, now) as change:
        digest = sha256(drawn.data).hexdigest()
        set_row = replace(base, pages=drawn.pages, sha256=digest, detail=detail)
        row_id = log_issued(store, change, set_row, copy=drawn.data, says=_said(drawn))
        for paper in drawn.papers:
            row = replace(base, sha256=sha256(paper.pdf).hexdigest(), copies=copies * paper.copies, detail=detail)
            _log(store, change, drawn.event_id, paper, row, copy=paper.pdf)
    return Saved(said=f"当日セット（{drawn.pages}ページ）の印刷を記録しました。", id=row_id, can_undo=False)


def _check(drawn: DrawnPack, way: Way, reason: str) -> None:
    named = "、".join(one.content.kind for one in drawn.papers if one.content.personal)
    check_way(way, reason, personal=drawn.personal, happened=f"個人情報を含む書類があります（{named}）。")


def _base(drawn: DrawnPack, *, way: str, reason: str, by: str, now: datetime) -> Outgoing:
    """The row of the set itself."""
    return Outgoing(
        event_id=drawn.event_id,
        document_kind=PACK,
        reference=drawn.stem,
        version=0,
        format="pdf",
        way=way,  # type: ignore[arg-type]
        personal=drawn.personal,
        reason=reason.strip(),
        by=by,
        at=now,
        detail={"書類": "、".join(f"{one.content.kind}{one.copies}部" for one in drawn.papers)},
    )


def _log(store: Store, change: Change, event_id: int, paper: DrawnPaper, row: Outgoing, *, copy: bytes) -> None:
    """Write the row of one paper of the set with its copy."""
    content = paper.content
    left = note_leaving(store, change, event_id, content)
    log_issued(
        store,
        change,
        replace(
            row,
            document_kind=content.kind,
            reference=content.reference,
            version=content.version,
            pages=paper.pages if row.format == "pdf" else None,
            copies=paper.copies if row.way != "印刷" else row.copies,
            personal=content.personal,
            detail=left | {"一式": row.reference} | ({"印刷": row.detail["印刷"]} if "印刷" in row.detail else {}),
        ),
        copy=copy,
        says=content,
    )


def _said(drawn: DrawnPack) -> tuple[object, ...]:
    """What the whole set says."""
    return tuple(one.content for one in drawn.papers)


def _change(store: Store, drawn: DrawnPack, how: str, by: str, now: datetime) -> AbstractContextManager[Change]:
    return store.change(
        action=f"当日セット（{len(drawn.papers)}種類）を{how}",
        by=by, now=now, subject="papers", event_id=drawn.event_id, barrier=True,
    )  # fmt: skip
