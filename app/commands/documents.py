"""The command ``documents``: writes an event's papers as PDF and Excel, nothing overwritten."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import command_line, opening
from app.documents.blocks import DocumentContent
from app.services import paper_saving, papers
from app.services.file_targets import NOTHING_WRITTEN, check_targets
from app.services.refusal import Refusal
from db import on_disk
from db.storage_errors import as_problem
from db.store import Store

if TYPE_CHECKING:
    from datetime import datetime

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

FORMATS: tuple[papers.Format, ...] = ("pdf", "xlsx")
_FORMAT_WORDS = {"pdf": "PDF", "xlsx": "Excel"}


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    """One paper ready to be written; ``drawn`` is None for a form that there is not, and ``warning`` says why."""

    kind: str
    format: papers.Format
    path: Path
    drawn: papers.Rendered | None
    warning: str = ""


def add_parser(subparsers: Subparsers) -> None:
    """Add ``documents`` and its options to the dispatcher's ``subparsers``."""
    parser = subparsers.add_parser(
        "documents", help="帳票を書き出す", description="実施回の帳票を、PDFとExcelで書き出します。"
    )
    opening.add_data_options(parser)
    parser.add_argument(
        "--event", type=int, required=True, metavar="番号", help="実施回の番号（events で確かめられます）"
    )
    parser.add_argument(
        "--kind", action="append", default=[], metavar="種類", help="帳票の種類（何回でも指定できます）"
    )
    parser.add_argument("--format", default="pdf,xlsx", metavar="形式", help="pdf、xlsx または pdf,xlsx")
    parser.add_argument("--out", type=Path, required=True, metavar="フォルダー", help="書き出す場所")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the papers and print a list of ``{kind, format, path, pages, sha256, warnings}``."""
    wanted = _formats(arguments.format)
    with opening.opened_store(arguments) as store:
        now = opening.now_in(store, arguments)
        kinds = tuple(dict.fromkeys(arguments.kind)) or papers.kinds_for(store, event_id=arguments.event)
        rows = write_papers(
            store,
            event_id=arguments.event,
            kinds=kinds,
            wanted=wanted,
            folder=arguments.out,
            by=store.display_name,
            now=now,
            named=bool(arguments.kind),
        )
    words = [f"{row['kind']}　{row['path'] or '—'}　{'　'.join(row['warnings'])}".rstrip("　") for row in rows]
    if not rows:
        command_line.tell("この実施回で作成できる帳票はまだありません。")
    command_line.show(arguments, rows, *words)
    return command_line.DONE


def write_papers(
    store: Store,
    *,
    event_id: int,
    kinds: tuple[str, ...],
    wanted: tuple[papers.Format, ...],
    folder: Path,
    by: str,
    now: datetime,
    named: bool = True,
) -> list[dict[str, Any]]:
    """Write the kinds in the wanted formats: those that were ``named`` all or, when one cannot be made, none.

    Of kinds that nobody named, one that cannot be made (a name that no font holds) keeps none of the others back.
    Returns one row a file; a paper or a format that there is not gives a row with a warning and no file.

    Raises:
        Refusal: a paper that was named cannot be made yet, or a file of that name is there already.
    """
    ready = [
        one
        for kind in kinds
        for one in _drawn(store, event_id=event_id, kind=kind, wanted=wanted, folder=folder, now=now, named=named)
    ]
    _make_room(folder, [each.path for each in ready if each.drawn is not None])
    return [_write(store, each, event_id=event_id, by=by, now=now) for each in ready]


def _drawn(
    store: Store,
    *,
    event_id: int,
    kind: str,
    wanted: tuple[papers.Format, ...],
    folder: Path,
    now: datetime,
    named: bool,
) -> list[_Drawn]:
    """One kind in its forms; where it was not named, what cannot be made becomes a warning."""
    found = []
    content: DocumentContent | None = None
    for file_format in wanted:
        try:
            content = content or papers.build_paper(store, event_id=event_id, kind=kind, now=now)
            found.append(_draw(content, kind=kind, file_format=file_format, folder=folder))
        except Refusal as refusal:
            if named:
                raise
            path = folder / f"{kind}.{file_format}"
            found.append(_Drawn(kind=kind, format=file_format, path=path, drawn=None, warning=str(refusal)))
    return found


def _draw(content: DocumentContent, *, kind: str, file_format: papers.Format, folder: Path) -> _Drawn:
    path = folder / f"{content.file_stem}.{file_format}"
    if file_format not in papers.FORMATS[kind]:
        warning = f"{kind}には{_FORMAT_WORDS[file_format]}の形式がありません。"
        return _Drawn(kind=kind, format=file_format, path=path, drawn=None, warning=warning)
    return _Drawn(kind=kind, format=file_format, path=path, drawn=papers.render(content, format=file_format))


def _make_room(folder: Path, paths: list[Path]) -> None:
    """Make the folder, and refuse before anything is written when one of the names is taken or too long."""
    check_targets(paths)
    if folder.exists() and not folder.is_dir():
        raise Refusal(
            f"「{folder.name}」はフォルダーではありません。", "書き出すフォルダーを指定してください。", NOTHING_WRITTEN
        )
    taken = [path.name for path in paths if path.exists()]
    if taken:
        raise Refusal(
            f"書き出す場所に、同じ名前のファイルがもうあります（{'、'.join(taken)}）。",
            "別のフォルダーを指定するか、前のファイルを移してください。",
            NOTHING_WRITTEN,
        )
    try:
        if paths:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise as_problem(error) or error from error


def _write(store: Store, each: _Drawn, *, event_id: int, by: str, now: datetime) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": each.kind, "format": each.format, "path": None, "pages": 0, "sha256": None}
    if each.drawn is None:
        return row | {"warnings": [each.warning]}
    saved = paper_saving.save_paper(
        store, event_id=event_id, kind=each.kind, format=each.format, path=each.path, way="コマンド",
        drawn=each.drawn, by=by, now=now,
    )  # fmt: skip
    content = each.drawn.content
    warnings = ["個人情報を含むおそれがあります。取扱いにご注意ください。"] if content.personal else []
    if content.stamp:
        warnings.append(f"全ページに「{content.stamp}」と入っています。")
    return row | {
        "path": str(on_disk.absolute(saved.path)),
        "pages": saved.pages,
        "sha256": saved.sha256,
        "warnings": warnings,
    }


def _formats(text: str) -> tuple[papers.Format, ...]:
    asked = {part.strip() for part in text.split(",") if part.strip()}
    found = tuple(one for one in FORMATS if one in asked)
    if not found or asked - set(FORMATS):
        raise command_line.WrongUsage(
            f"「{text}」という形式はありません。--format には pdf、xlsx または pdf,xlsx を指定してください。"
        )
    return found
