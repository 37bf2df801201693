"""The command ``documents``: writes documents of an event, a year or everything as PDF and Excel."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.actions.action_context import ActionContext
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.commands import command_line, opening
from app.common.failures import failure_reason
from app.documents.blocks import DocumentContent
from app.documents.file_format import FORMAT_WORDS, TEXT_FORMATS, Format
from app.documents.services import document_saving, documents
from app.documents.services.document_kind import (
    DOCUMENTS,
    DocumentHeldBack,
    DocumentItem,
    DocumentKind,
    document_kind,
    document_of,
    documents_about,
    formats_of,
    host_document_of,
    read_subject,
)
from app.documents.services.document_scope import DocumentScope, scope_of
from app.documents.services.document_states import StoppedByState, override_stop
from app.documents.services.file_saving import NOTHING_WRITTEN, SaveOptions, check_targets
from app.documents.services.folder_check import check_document_folder
from app.event.services.event_lists import list_events
from app.programme.services import programmes
from db.files import filesystem
from db.files.storage_errors import to_storage_problem
from db.record import record
from db.records.documents import OutgoingWay
from db.records.events import Event
from db.store import Store

if TYPE_CHECKING:
    from datetime import datetime

_REASON_NEEDED = "この命令では、--event と --kind に --reason を付けます。"


@record
class _RenderedFile:
    """One document in one format; ``rendered`` is None where there is no file, and ``warning`` says why.

    ``failed`` = there should have been a file.
    """

    kind: str
    format: Format
    path: Path
    rendered: documents.RenderedDocument | None
    warning: str = ""
    failed: bool = False


HELP = "帳票を書き出す"
DESCRIPTION = "実施回や年度の帳票を、PDFとExcelで書き出します。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``documents`` to its ``parser``."""
    opening.add_data_options(parser)
    about = parser.add_mutually_exclusive_group(required=True)
    about.add_argument("--event", type=int, metavar="番号", help="実施回の番号（events で確かめられます）")
    about.add_argument("--year", type=int, metavar="西暦", help="年度の帳票（令和8年度は 2026）")
    about.add_argument("--all", action="store_true", help="すべての年度と実施回の帳票")
    parser.add_argument(
        "--kind", action="append", default=[], metavar="種類", help="帳票の種類（何回でも指定できます）"
    )
    parser.add_argument(
        "--format", default="pdf,xlsx", metavar="形式", help="pdf、docx、xlsx（「,」で区切る。付けなければ pdf,xlsx）"
    )
    parser.add_argument("--personal", action="store_true", help="個人の名前が載る帳票も書き出す")
    parser.add_argument(
        "--leave-open", action="store_true", help="書体にない字の所を空けて書き出す（あとで手で書き入れる）"
    )
    parser.add_argument(
        "--reason",
        default="",
        metavar="理由",
        help="実施回の状態で止まる帳票を、理由を記録して作成する（--event と --kind で指定した帳票だけ）",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="フォルダー", help="書き出す場所")


def run(arguments: argparse.Namespace) -> int:
    """Write the documents and print a list of ``{kind, format, path, pages, sha256, warnings}``.

    A document that failed, or is stopped by the state of its event, is listed with its reason; only the former makes
    the command end with 1, and neither keeps the others back. With ``--reason`` a stopped one is made, and the reason
    is stored as in the window.
    """
    wanted = _formats(arguments.format)
    reason = arguments.reason.strip()
    if arguments.reason and not (reason and arguments.event is not None and arguments.kind):
        raise command_line.WrongUsage("--reason は、理由を書き、--event と --kind で帳票を指定して使ってください。")
    with opening.opened_store(arguments) as store:
        now = opening.now_for_store(store, arguments)
        kinds = tuple(dict.fromkeys(map(host_document_of, arguments.kind)))
        scopes = _scopes(store, arguments, now)
        wanted_papers = [(scope, _kinds(store, scope, kinds, all_scopes=arguments.all)) for scope in scopes]
        made = write_documents(
            ActionContext(store, store.display_name, now),
            wanted=[*wanted_papers, *documents_of_rows(store, scopes, kinds)],
            formats=wanted,
            folder=arguments.out,
            personal=arguments.personal,
            leave_open=arguments.leave_open,
            reason=reason,
            requested_kinds=kinds,
        )
    rows = made.rows
    words = [f"{row['kind']}　{row['path'] or '—'}　{'　'.join(row['warnings'])}".rstrip("　") for row in rows]
    if not rows:
        command_line.print_to_stderr("作成できる帳票はまだありません。")
    command_line.print_result(arguments, rows, *words)
    command_line.print_to_stderr(*made.failed)
    return command_line.REFUSED if made.failed else command_line.DONE


def _scopes(store: Store, arguments: argparse.Namespace, now: datetime) -> list[DocumentScope]:
    """Return the requested scopes: one event, one year, or every year with its events.

    Raises:
        UserError: the data have no such year.
    """
    if arguments.event is not None:
        return [DocumentScope(event_id=arguments.event)]
    if arguments.year is not None:
        if arguments.year not in [one.fiscal_year for one in programmes(store)]:
            raise UserError(
                f"{fiscal_year_words(arguments.year)}は、このデータにありません。",
                "年度を西暦で指定してください。",
                NOTHING_WRITTEN,
            )
        return [DocumentScope(fiscal_year=arguments.year, as_of=now.date())]
    return scopes_of_all(store, now)


def scopes_of_all(store: Store, now: datetime) -> list[DocumentScope]:
    """Return the scopes of every year, earliest first, each followed by its events."""
    found = []
    for year in sorted(one.fiscal_year for one in programmes(store)):
        events = list_events(store, today=now.date(), fiscal_year=year).rows
        found += [
            DocumentScope(fiscal_year=year, as_of=now.date()),
            *(DocumentScope(event_id=row.id) for row in events),
        ]
    return found


def documents_of_rows(
    store: Store, scopes: Sequence[DocumentScope], requested_kinds: Sequence[str] = ()
) -> list[tuple[DocumentScope, tuple[str, ...]]]:
    """Return the documents about single rows of the years in ``scopes``, only ``requested_kinds`` if given.

    Each is the scope with the id of the row in ``item``, and one kind.
    """
    return [
        (replace(scope, item=item.id), (paper.kind,))
        for scope in scopes
        if scope.fiscal_year is not None
        for paper, item in items_of_year(store, scope)
        if not requested_kinds or paper.kind in requested_kinds
    ]


def _kinds(
    store: Store, scope: DocumentScope, requested_kinds: tuple[str, ...], *, all_scopes: bool
) -> tuple[str, ...]:
    """Return the document kinds to make in a scope, requested or all that can be made, without those about single rows.

    For all scopes, requested kinds that can't be made are left out.

    Raises:
        UserError: a requested kind is unknown; for one scope also: it is not of such a scope, or the event is gone.
    """
    for kind in requested_kinds:
        document_kind(kind)
    if not requested_kinds or all_scopes:
        ready = kinds_for(store, scope=scope, requested=requested_kinds, held_back=True)
        return tuple(kind for kind in ready if not requested_kinds or kind in requested_kinds)
    alone = tuple(kind for kind in requested_kinds if document_kind(kind).items is None)
    for kind in alone:
        document_of(scope, kind)
    if scope.event_id is not None:
        get_or_raise(store.database, Event, scope.event_id)
    return alone


@record
class WrittenDocuments:
    """The result of writing documents: one row per file in ``rows``, failed documents with reasons in ``failed``."""

    rows: list[dict[str, Any]]
    failed: tuple[str, ...]


def write_documents(
    context: ActionContext,
    *,
    wanted: Sequence[tuple[DocumentScope, tuple[str, ...]]],
    formats: tuple[Format, ...],
    folder: Path,
    personal: bool = False,
    leave_open: bool = False,
    reason: str = "",
    requested_kinds: Sequence[str] = (),
) -> WrittenDocuments:
    """Write document kinds in the given formats; one that can't be made or written keeps none of the others back.

    A missing document or format gives a row with a warning and no file, and so does one that names people unless
    ``personal``. ``leave_open`` writes a document with gaps for what can't be printed. ``reason`` is why documents are
    made although the state of their event stops them, stored for each; "" = they are not made. ``requested_kinds`` are
    kinds requested by name: one that is held back counts as failed, otherwise it is only named.

    Raises:
        UserError: a file of such a name exists already, or a name or the folder can't be used; no file was written.
    """

    def build(scope: DocumentScope, kind: str) -> DocumentContent:
        """Return a document, overriding a stop by the state of the event with ``reason`` where that is allowed."""
        try:
            return documents.build_document(context.store, scope=scope, kind=kind, now=context.now)
        except StoppedByState as stopped:
            if stopped.final or not reason or (document_kind(kind).personal and not personal):
                raise
        override_stop(context, scope=scope, kind=kind, reason=reason)
        return documents.build_document(context.store, scope=scope, kind=kind, now=context.now)

    ready = [
        (scope, one)
        for scope, kinds in wanted
        for kind in kinds
        for one in _render_kind(
            partial(build, scope, kind),
            kind,
            formats,
            folder,
            personal=personal,
            leave_open=leave_open,
            by_name=kind in requested_kinds,
        )
    ]
    _prepare_folder(folder, [each.path for _scope, each in ready if each.rendered is not None])
    rows, failed = [], []
    for scope, each in ready:
        row, reason = _write_or_explain(context, each, scope=scope)
        rows.append(row)
        failed += [f"{each.kind}：{reason}"] if reason else []
    return WrittenDocuments(rows=rows, failed=tuple(dict.fromkeys(failed)))


def _render_kind(
    build: Callable[[], DocumentContent],
    kind: str,
    formats: tuple[Format, ...],
    folder: Path,
    *,
    personal: bool,
    leave_open: bool,
    by_name: bool,
) -> list[_RenderedFile]:
    """Render one document kind in each format; what can't be made comes with a warning instead of a file."""
    found = []
    content = None
    for file_format in formats:
        path = folder / f"{kind}.{file_format}"
        none = _RenderedFile(kind=kind, format=file_format, path=path, rendered=None)
        try:
            content = content or build()
            if (content.personal or document_kind(kind).personal) and not personal:
                found.append(
                    replace(none, warning="個人の名前が載る帳票です。書き出すときは --personal を付けてください。")
                )
            else:
                found.append(
                    _render_file(content, kind=kind, file_format=file_format, folder=folder, leave_open=leave_open)
                )
        except StoppedByState as stopped:
            found.append(replace(none, warning=str(stopped) if stopped.final else f"{stopped}{_REASON_NEEDED}"))
        except DocumentHeldBack as held:
            found.append(replace(none, warning=str(held), failed=by_name))
        except Exception as problem:  # noqa: BLE001 - the others are written all the same, and this one is named
            found.append(replace(none, warning=failure_reason(problem), failed=True))
    return found


def _render_file(
    content: DocumentContent, *, kind: str, file_format: Format, folder: Path, leave_open: bool
) -> _RenderedFile:
    """Return a document rendered in one format, or a warning where its kind has no such format."""
    path = folder / f"{content.file_stem}.{file_format}"
    if file_format not in formats_of(kind):
        warning = f"{kind}には{FORMAT_WORDS[file_format]}の形式がありません。"
        return _RenderedFile(kind=kind, format=file_format, path=path, rendered=None, warning=warning)
    drawn = documents.render(content, format=file_format, with_gaps=leave_open)
    return _RenderedFile(kind=kind, format=file_format, path=path, rendered=drawn)


def _prepare_folder(folder: Path, paths: list[Path]) -> None:
    """Create the folder for the files, if there are any.

    Raises UserError before writing when a name is taken or too long, or the folder can't be used.
    """
    check_targets(paths)
    check_document_folder(folder, [path.name for path in paths])
    taken = [path.name for path in paths if path.exists()]
    if taken:
        raise UserError(
            f"書き出す場所に、同じ名前のファイルがもうあります（{'、'.join(taken)}）。",
            "別のフォルダーを指定するか、前のファイルを移してください。",
            NOTHING_WRITTEN,
        )
    try:
        if paths:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise to_storage_problem(error) or error from error


def _write_or_explain(
    context: ActionContext, rendered_file: _RenderedFile, *, scope: DocumentScope
) -> tuple[dict[str, Any], str]:
    """Write one file; return its result row, and the error if there should have been a file ("" = none)."""
    try:
        return _write(context, rendered_file, scope=scope), rendered_file.warning if rendered_file.failed else ""
    except Exception as problem:  # noqa: BLE001 - one that is held back or can't be written stops none of the others
        reason = failure_reason(problem)
        none = replace(rendered_file, rendered=None, warning=reason)
        return _write(context, none, scope=scope), reason


def _write(context: ActionContext, rendered_file: _RenderedFile, *, scope: DocumentScope) -> dict[str, Any]:
    """Save a rendered document and return its result row.

    Without one the row has ``path`` and ``sha256`` None, ``pages`` 0, and the warning that says why.
    """
    row = {
        "kind": rendered_file.kind,
        "format": rendered_file.format,
        "path": None,
        "pages": 0,
        "sha256": None,
    }
    if rendered_file.rendered is None:
        return row | {"warnings": [rendered_file.warning]}
    saved = document_saving.save_document(
        context,
        scope=scope,
        kind=rendered_file.kind,
        format=rendered_file.format,
        options=SaveOptions(path=rendered_file.path, way=OutgoingWay.COMMAND),
        rendered=rendered_file.rendered,
    )
    content = rendered_file.rendered.content
    warnings = ["個人情報を含むおそれがあります。取扱いにご注意ください。"] if content.personal else []
    warnings += [f"{words}。"] if (words := rendered_file.rendered.gap_words) else []
    warnings += [f"全ページに「{mark}」と入っています。" for mark in (content.state_mark, content.stamp) if mark]
    warnings += [f"理由を記録して作成しました：{content.passed_reason}"] if content.passed_reason else []
    return row | {
        "path": str(filesystem.absolute(saved.path)),
        "pages": saved.pages,
        "sha256": saved.sha256,
        "warnings": warnings,
    }


def _formats(text: str) -> tuple[Format, ...]:
    """Return the formats named in ``text``; raises WrongUsage where one is unknown or none is named."""
    asked = {part.strip() for part in text.split(",") if part.strip()}
    found = tuple(one for one in TEXT_FORMATS if one in asked)
    if not found or asked - set(TEXT_FORMATS):
        raise command_line.WrongUsage(
            f"「{text}」という形式はありません。--format には pdf、docx、xlsx を「,」で区切って指定してください。"
        )
    return found


def items_of_year(store: Store, scope: DocumentScope) -> tuple[tuple[DocumentKind, DocumentItem], ...]:
    """Return every row of a year that has a document of its own, kind by kind.

    Of letters that follow one another, those before the newest: the newest belongs to the year itself.
    """
    kinds = [paper for paper in DOCUMENTS if paper.about == scope.about]
    found = [(paper, item) for paper in kinds if paper.items is not None for item in paper.items(store, scope)]
    before = [
        (paper, item)
        for paper in kinds
        if paper.letters_of_year is not None
        for item in paper.letters_of_year(store, scope)[:-1]
    ]
    return (*found, *before)


def kinds_for(
    store: Store,
    *,
    event_id: int | None = None,
    scope: DocumentScope | None = None,
    requested: Collection[str] = (),
    held_back: bool = False,
) -> tuple[str, ...]:
    """Return the document kinds that can be made now for an event, a year or a 団体.

    Args:
        requested: kinds wanted by name, also those not in the library. held_back: include those held back until
            something is settled.
    Raises:
        UserError: there is no such event, year or 団体.
    """
    subject = read_subject(store, scope_of(event_id, scope))
    wanted = (paper for paper in documents_about(subject.scope) if paper.is_in_library or paper.kind in requested)
    fitting = (paper for paper in wanted if paper.is_applicable(subject))
    return tuple(
        paper.kind
        for paper in fitting
        if paper.is_ready(store, subject) or (held_back and paper.is_held_back(store, subject))
    )
