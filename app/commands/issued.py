"""The command ``issued``: lists what has left the program, and with ``--out`` writes the stored copies as files."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.commands import command_line, opening
from app.documents.services.copy_retention import fiscal_year_of_row
from app.documents.services.document_library import way_words
from app.documents.services.document_saving import list_outgoing
from app.documents.services.file_saving import NOTHING_WRITTEN, SaveOptions, check_targets
from app.documents.services.folder_check import check_document_folder
from app.documents.services.issued_copies import copy_words, recipient_kind, save_copy, scope_words
from app.programme.services import programmes
from db.files import file_names, filesystem
from db.files.storage_errors import to_storage_problem
from db.records.documents import Outgoing, OutgoingWay
from db.store import Store

_PERSONAL_NEEDED = "個人の名前が載る控えです。書き出すときは --personal を付けてください。"

HELP = "出した書類と控えの一覧を出す"
DESCRIPTION = "出した書類を新しい順に一覧にし、控えを書き出します。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``issued`` to its ``parser``."""
    opening.add_data_options(parser)
    parser.add_argument("--year", type=int, metavar="西暦", help="その年度だけ（令和8年度は 2026）")
    parser.add_argument("--personal", action="store_true", help="相手の名前と、個人の名前が載る控えも出す")
    parser.add_argument("--out", type=Path, metavar="フォルダー", help="控えを書き出す場所")


def run(arguments: argparse.Namespace) -> int:
    """Print a list of ``{id, kind, scope, form, when, way, to, version, sha256, copy_sha256, path, withdrawn}``.

    With ``--out`` the stored copies are also written as files. Copies with names of people, and the names of
    recipients, are included only with ``--personal``. A withdrawal is no row; it sets ``withdrawn`` of the withdrawn.
    """
    with opening.opened_store(arguments) if arguments.out else opening.read_store(arguments) as store:
        if arguments.personal:
            store.check_unrestricted()
        now = opening.now_for_store(store, arguments)
        if arguments.year is not None and arguments.year not in [one.fiscal_year for one in programmes(store)]:
            raise UserError(
                f"{fiscal_year_words(arguments.year)}は、このデータにありません。",
                "年度を西暦で指定してください。",
                NOTHING_WRITTEN,
            )
        found = list_outgoing(store)
        taken_back = {row.withdraws for row in found}
        wanted = [
            row
            for row in found
            if not row.way.is_withdrawal and arguments.year in (None, fiscal_year_of_row(store, row))
        ]
        paths = (
            _write_copies(store, wanted, arguments.out, personal=arguments.personal, now=now) if arguments.out else {}
        )
        rows = [_as_json(store, row, paths.get(row.id), row.id in taken_back, arguments.personal) for row in wanted]
        words = [_as_text(row, paths.get(row.id)) for row in wanted]
    hidden = sum(row.personal and row.has_copy for row in wanted)
    if arguments.out and hidden and not arguments.personal:
        command_line.print_to_stderr(f"{_PERSONAL_NEEDED}（{hidden}件）")
    if not rows:
        command_line.print_to_stderr("出した書類の記録はまだありません。")
    command_line.print_result(arguments, rows, *words)
    return command_line.DONE


def _write_copies(
    store: Store, wanted: list[Outgoing], folder: Path, *, personal: bool, now: datetime
) -> dict[int, Path]:
    """Write the stored copies as files and return their paths; raises UserError before the first if a name is taken."""
    paths = {
        row.id: folder / file_names.safe_name(f"{row.id:05d}-{row.reference or row.document_kind}.{row.format}")
        for row in wanted
        if row.has_copy and (personal or not row.personal)
    }
    check_targets(paths.values())
    check_document_folder(folder, [path.name for path in paths.values()])
    taken = [path.name for path in paths.values() if path.exists()]
    if taken:
        raise UserError(
            f"書き出す場所に、同じ名前のファイルがもうあります（{'、'.join(taken)}）。",
            "別のフォルダーを指定するか、前のファイルを移してください。",
            NOTHING_WRITTEN,
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise to_storage_problem(error) or error from error
    for outgoing_id, path in paths.items():
        save_copy(
            ActionContext(store, store.display_name, now),
            outgoing_id=outgoing_id,
            options=SaveOptions(path=path, way=OutgoingWay.COMMAND),
        )
    return paths


def _as_json(store: Store, row: Outgoing, path: Path | None, withdrawn: bool, personal: bool) -> dict[str, object]:
    """Return an outgoing document as plain data for JSON; the recipient is named only if ``personal``."""
    to = recipient_kind(row)
    name = row.detail.get("相手", "") if personal else ""
    return {
        "id": row.id,
        "kind": row.document_kind,
        "scope": scope_words(store, row),
        "form": row.format,
        "when": row.at.isoformat(),
        "way": row.way,
        "to": f"{to}　{name}".strip("　") if name != to else to,
        "version": row.version,
        "sha256": row.sha256 or None,
        "copy_sha256": row.copy_sha256,
        "path": str(filesystem.absolute(path)) if path is not None else None,
        "withdrawn": withdrawn,
    }


def _as_text(row: Outgoing, path: Path | None) -> str:
    return f"{row.id}　{row.at:%Y-%m-%d %H:%M}　{row.document_kind}　{way_words(row)}　{path or copy_words(row)}"
