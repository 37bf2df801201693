"""The command ``demo``: runs the main job on the sample year, writes its documents and screenshots."""

from __future__ import annotations

import argparse
import secrets
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands import command_line
from app.commands.documents import WrittenDocuments, documents_of_rows, kinds_for, scopes_of_all, write_documents
from app.data_folder.services.clock import now_of
from app.data_folder.services.data_folder import close_data_folder
from app.documents.file_format import SHEET_FORMATS
from app.documents.services.folder_check import check_document_folder
from app.event.services.event_lists import list_events
from app.events.applications.services import application_import
from app.sample.services import sample_year
from app.sample.services.sample_folder import create_sample_folder
from app.surveys.answers.services import survey_import
from db.files import filesystem
from db.files.storage_errors import to_storage_problem
from db.store import Store

Pictures = Callable[[Store, Path], list[str]]
LOGIN, NAME = "mihon", "見本　係員"
SIZES = ("1366x768", "125", "150", "175", "200", "1920x1080")
_MARK_FILE = ".見本の出力"
# What is done on the sample's own day always carries the same hour, before the one that its pictures show.
_MORNING = time(9, 40)
_ANSWERS_OF, _APPLICATIONS_OF = ("講習会", 5), ("講習会", 7)

HELP = "見本の年度で、ひととおりの帳票と画面を書き出す"
DESCRIPTION = "見本の年度を作り、回答の取込み、集計、帳票の作成、画面の撮影までを行います。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``demo`` to its ``parser``."""
    parser.add_argument("--out", type=Path, required=True, metavar="フォルダー", help="書き出す場所")
    parser.add_argument(
        "--only", choices=("documents", "screenshots"), metavar="対象", help="documents または screenshots"
    )
    parser.add_argument("--size", choices=SIZES, default=SIZES[0], metavar="大きさ", help="画面の大きさ")
    command_line.add_output_options(parser)


def run(arguments: argparse.Namespace, *, take_pictures: Pictures | None = None) -> int:
    """Run the demo and print the places and counts, or with ``--json`` every file: ``{documents, screenshots}``.

    What an earlier demo left of these parts in ``--out`` is removed first. ``take_pictures`` is passed by a caller that
    may start the window; without it there are no screenshots. Returns 1 when a document could not be written.
    """
    parts = {"documents": ["documents"], "screenshots": [f"screenshots/{arguments.size}"]}
    made = parts.get(arguments.only or "", [*parts["documents"], *parts["screenshots"]])
    check_document_folder(arguments.out, ())
    out = _own_folder(filesystem.absolute(arguments.out), ("data", *made))
    now = command_line.requested_now(arguments)
    command_line.print_to_stderr(f"見本の年度を「{out.name}」に作っています。")
    password = secrets.token_urlsafe(18)
    store, _ = create_sample_folder(out / "data", login_id=LOGIN, display_name=NAME, password=password, now=now)
    try:
        today = datetime.combine(now_of(store, now).date(), _MORNING)
        command_line.print_to_stderr(_import_applications(store, out, today), _import_answers(store, out, today))
        written = WrittenDocuments(rows=[], failed=())
        if arguments.only != "screenshots":
            command_line.print_to_stderr("帳票を書き出しています（1分ほど）。")
            written = _write_documents(store, out / "documents", today)
        documents = [row for row in written.rows if row["path"]]
        shots = []
        if take_pictures is not None and arguments.only != "documents":
            command_line.print_to_stderr("画面を写しています（数分かかります）。")
            shots = take_pictures(store, out / "screenshots")
    finally:
        close_data_folder(store, now=now)
    command_line.print_result(
        arguments, {"documents": documents, "screenshots": shots}, *_summary_lines(out, documents, shots)
    )
    command_line.print_to_stderr(*written.failed)
    return command_line.REFUSED if written.failed else command_line.DONE


def _summary_lines(out: Path, documents: list[dict[str, Any]], screenshots: list[str]) -> list[str]:
    """Return how many documents and screenshots were written, and where, as lines."""
    said = [f"帳票　{len(documents)}件：{out / 'documents'}"] if documents else []
    return said + ([f"画面　{len(screenshots)}枚：{Path(screenshots[0]).parent}"] if screenshots else [])


def _own_folder(out: Path, parts: tuple[str, ...]) -> Path:
    """Empty the folder ``out`` of the ``parts`` of an earlier demo, or create it; mark it as a demo's, and return it.

    Raises:
        UserError: it holds files, but no mark of a demo.
    """
    try:
        if out.is_dir() and any(out.iterdir()) and not (out / _MARK_FILE).exists():
            raise UserError(
                f"「{out.name}」には、ほかのファイルがあります。",
                "空のフォルダーか、前に見本を書き出したフォルダーを指定してください。",
                "何も書き出していません。",
            )
        for part in (out / name for name in parts):
            if part.exists():
                filesystem.remove_tree(part)
        out.mkdir(parents=True, exist_ok=True)
        (out / _MARK_FILE).touch()
    except OSError as error:
        raise to_storage_problem(error) or error from error
    return out


def _import_applications(store: Store, out: Path, now: datetime) -> str:
    """Write a sample file of applications as downloaded from the ward's form, import it and return the message."""
    path = out / "申込フォームの回答（見本）.csv"
    path.write_bytes(sample_year.application_form_sample())
    event_id = _event_id(store, now, *_APPLICATIONS_OF)
    return application_import.import_applications(ActionContext(store, NAME, now), event_id=event_id, path=path).message


def _import_answers(store: Store, out: Path, now: datetime) -> str:
    """Write a sample file of online answers as downloaded from the form, import it and return the message."""
    path = out / "Google フォームの回答（見本）.csv"
    path.write_bytes(sample_year.google_form_sample())
    event_id = _event_id(store, now, *_ANSWERS_OF)
    return survey_import.import_survey(ActionContext(store, NAME, now), event_id=event_id, path=path).message


def _event_id(store: Store, now: datetime, kind: str, ordinal: int) -> int:
    """Return the id of an event of the sample year, found by its kind and ordinal."""
    rows = list_events(store, today=now.date()).rows
    return next(row.id for row in rows if row.kind == kind and f"第{ordinal}回" in row.title)


def _write_documents(store: Store, folder: Path, now: datetime) -> WrittenDocuments:
    """Write every document of the sample year into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    scopes = scopes_of_all(store, now)
    wanted = [(scope, kinds_for(store, scope=scope)) for scope in scopes] + documents_of_rows(store, scopes)
    # The people of the sample year are invented.
    return write_documents(
        ActionContext(store, NAME, now), wanted=wanted, formats=SHEET_FORMATS, folder=folder, personal=True
    )
