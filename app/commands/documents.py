"""The command ``documents``: writes an event's papers as PDF and Excel, nothing overwritten."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.commands import common
from app.services import paper_saving, papers
from app.services.refusal import Refusal
from db.store import Store

if TYPE_CHECKING:
    from datetime import datetime

    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

FORMATS: tuple[papers.Format, ...] = ("pdf", "xlsx")


def add_parser(subparsers: Subparsers) -> None:
    """Add ``documents`` and its options to the dispatcher's ``subparsers``."""
    parser = subparsers.add_parser(
        "documents", help="帳票を書き出す", description="実施回の帳票を、PDFとExcelで書き出します。"
    )
    common.add_data_options(parser)
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
    with common.opened_store(arguments) as store:
        now = common.now_in(store, arguments)
        by = arguments.user
        kinds = tuple(arguments.kind) or papers.kinds_for(store, event_id=arguments.event)
        arguments.out.mkdir(parents=True, exist_ok=True)
        rows: list[dict[str, Any]] = []
        for kind in kinds:
            rows += write_papers(
                store, event_id=arguments.event, kind=kind, wanted=wanted, folder=arguments.out, by=by, now=now
            )
    words = [f"{row['kind']}　{row['path'] or '—'}　{'　'.join(row['warnings'])}".rstrip("　") for row in rows]
    common.show(arguments, rows, *(words or ["この実施回で作成できる帳票はまだありません。"]))
    return common.DONE


def write_papers(
    store: Store,
    *,
    event_id: int,
    kind: str,
    wanted: tuple[papers.Format, ...],
    folder: Path,
    by: str,
    now: datetime,
) -> list[dict[str, Any]]:
    """Write one kind in the wanted formats; a format the kind does not have gives a warning and no file."""
    content = papers.build_paper(store, event_id=event_id, kind=kind, now=now)
    rows = []
    for file_format in wanted:
        if file_format not in papers.FORMATS[kind]:
            warning = f"{kind}には{'Excel' if file_format == 'xlsx' else 'PDF'}の形式がありません。"
            rows.append(_row(kind, file_format, "", 0, "", [warning]))
            continue
        saved = paper_saving.save_paper(
            store, event_id=event_id, kind=kind, format=file_format, path=folder / f"{content.file_stem}.{file_format}",
            way="コマンド", by=by, now=now,
        )  # fmt: skip
        warnings = ["個人情報を含むおそれがあります。取扱いにご注意ください。"] if content.personal else []
        if content.stamp:
            warnings.append(f"全ページに「{content.stamp}」と入っています。")
        rows.append(_row(kind, file_format, str(saved.path.resolve()), saved.pages, saved.sha256, warnings))
    return rows


def _row(kind: str, file_format: str, path: str, pages: int, sha256: str, warnings: list[str]) -> dict[str, Any]:
    return {"kind": kind, "format": file_format, "path": path, "pages": pages, "sha256": sha256, "warnings": warnings}


def _formats(text: str) -> tuple[papers.Format, ...]:
    asked = {part.strip() for part in text.split(",") if part.strip()}
    found = tuple(one for one in FORMATS if one in asked)
    if not found or asked - set(FORMATS):
        raise Refusal(f"「{text}」という形式はありません。", "pdf、xlsx または pdf,xlsx を指定してください。")
    return found
