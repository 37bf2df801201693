"""Writes every row of the outgoing log together with the 控え in the form in which it left, and reopens copies."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Any, cast

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain
from app.calendar.wareki import fiscal_year_words
from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.common.text_walk import TextWalk
from app.documents.blocks import BLOCK_MODULES, DocumentContent, KeptPages
from app.documents.file_format import FORMAT_WORDS, Format
from app.documents.rules import names_in_text
from app.documents.services.document_kind import recipient_of, reject_internal
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.documents import join_letters
from app.documents.services.file_saving import (
    NOTHING_WRITTEN,
    SavedFile,
    SaveOptions,
    bytes_to_save,
    saved_file_result,
    write_atomically,
)
from app.documents.services.kept_letters.kept_papers import copy_erased, is_word, read_pages
from app.documents.services.notification_kinds import COPIED_ROW_KEY, NOTIFICATIONS, facts_of_outgoing
from app.documents.services.protected_folders import saving_terms
from app.documents.services.saved_outside import file_folder_detail
from app.documents.services.stored_files import keep_file, read_file
from app.foreign_files.intake_refusal import IntakeRefusal
from db.journal import Change
from db.record import record
from db.records.documents import Outgoing, OutgoingOrganisation, OutgoingPerson, OutgoingWay, PrintUse, StoredFile
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.programme import Programme
from db.rows import by_id, rows
from db.store import Store
from db.tables import documents as table

OutgoingGuard = Callable[[Store, Outgoing, Callable[[], str]], None]
OUTGOING_GUARDS: ExtensionPoint[OutgoingGuard] = ExtensionPoint("outgoing_guards")
"""Checks before something leaves: each gets the row and a reader of every text in it, and raises to refuse."""
NO_COPY = "控えなし"
COPY_KEPT = "控えあり"
OVERRIDE_REASON_KEY = "回の状態を越えた理由"
"""Key in the log row for the reason why a document left despite its event's state (``document_states``)."""
AGREES = "控えは記録と一致"
DIFFERS = (
    "控えの内容が、出したときの記録と一致しません。この控えは使わず、バックアップの控えと比べてください。"
    "ほかのデータは変わっていません。"
)
_CONTRACTOR = "受託者"
_TO_KEY = "相手"
_TEXT_FORMS = ("txt", "ics", "json", "csv")
_MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "ics": "text/calendar",
}


@record
class IssuedCopy:
    """A stored copy with its row; ``agrees`` whether its hash is the logged one, ``agreement_words`` in words.

    ``form`` is the format of the copy: pdf, xlsx, txt (a text copied, spoken or read out) or another extension.
    ``people_count``: how many people of the register it names.
    """

    row: Outgoing
    data: bytes
    form: str
    agrees: bool
    agreement_words: str
    people_count: int = 0


def log_outgoing(
    store: Store,
    change: Change,
    row: Outgoing,
    *,
    copy: bytes | str | None,
    content: object = None,
    happened: bool = False,
) -> int:
    """Write the log row of what leaves with its copy and the people and 団体 named in it; return the row's id.

    The facts it notifies (``facts_of_outgoing``) are added unless ``row`` has some.

    Args:
        row: the row without its copy. copy: what left, before any encryption; a text for what was copied or spoken;
            None only for data that is no document, or for a folder whose files have rows of their own.
        content: the content of the copy (of a document, rows of a list), searched for names of people and 団体; a text
            is searched itself. happened: it was said outside of the program, so no guard can hold it back.
    Raises:
        UserError: a guard holds it back (``OUTGOING_GUARDS``); nothing was logged, and no file must be written.
        StorageProblem: the copy could not be stored; nothing was logged.
    """
    for guard in () if happened else OUTGOING_GUARDS:
        guard(store, row, partial(_all_text, copy if content is None else content))
    kept = content.kept if isinstance(content, DocumentContent) else None
    if not row.facts and not row.way.is_withdrawal:
        row = replace(row, facts=_facts_as_left(store, row, kept) or facts_of_outgoing(store, row))
    if isinstance(content, DocumentContent) and content.passed_reason:
        row = replace(row, detail=row.detail | {OVERRIDE_REASON_KEY: content.passed_reason})
    if kept is not None and kept.files and row.format == "pdf" and not is_word(kept.files[0]):
        row, copy = replace(row, kept_papers=kept.ids), None
    if copy is None:
        return _insert_with_parties(store, change, row, content if row.kept_papers else "")
    data = copy.encode() if isinstance(copy, str) else copy
    row = replace(row, format="txt") if isinstance(copy, str) else row
    stored = keep_file(
        store,
        change,
        data=data,
        name=row.file_name or f"{row.reference or row.document_kind}.{row.format}",
        now=row.at,
        media_type=_MEDIA.get(row.format, ""),
        pages=row.pages,
    )
    digest = sha256(data).hexdigest()
    return _insert_with_parties(
        store,
        change,
        replace(row, copy_file_id=stored.id, copy_sha256=digest, sha256=row.sha256 or digest),
        copy if content is None else content,
    )


def save_leaving(
    context: ActionContext,
    *,
    options: SaveOptions,
    action: str,
    data: bytes,
    copy: bytes,
    content: object = None,
    left: Callable[[Change], dict[str, str]] = lambda _change: {},
    subject: str = "papers",
    **columns: Any,
) -> SavedFile:
    """Write a file that leaves and log it, neither without the other; it cannot be undone.

    Args:
        action: its words in 履歴. data: the file. copy: the same before any encryption. content: as for
            ``log_outgoing``. left: called inside the change, returns what else the log tells in detail. columns: of
            the row of the log.
    Raises:
        UserError, StorageProblem: as ``log_outgoing`` and ``write_atomically``; nothing was logged or written.
    """
    path = options.path
    unless_given: dict[str, Any] = {"version": 0, "reason": options.reason.strip()}
    row = Outgoing(
        **unless_given | columns,
        way=options.way,
        file_name=path.name,
        sha256=sha256(data).hexdigest(),
        **context.signature,
    )
    with context.change(action, subject, event_id=row.event_id, barrier=True) as change:
        detail = row.detail | file_folder_detail(path) | left(change)
        row_id = log_outgoing(context.store, change, replace(row, detail=detail), copy=copy, content=content)
        write_atomically(path, data, overwrite=options.overwrite)
    return saved_file_result(path, row_id)


def _facts_as_left(store: Store, row: Outgoing, kept: KeptPages | None) -> dict[str, dict[str, str]]:
    """Return the facts that kept letters were 施行 with, which a copy of them says still; {} for another document."""
    if kept is None or not kept.has_left:
        return {}
    issues = rows(
        store.database, Outgoing, document_kind=row.document_kind, way=OutgoingWay.ISSUE, event_id=row.event_id
    )
    return next((one.facts for one in issues if set(kept.ids) & set(one.kept_papers)), {})


def _insert_with_parties(store: Store, change: Change, row: Outgoing, content: object) -> int:
    """Insert a row of the log with the people and 団体 named in ``content``; return its id."""
    row_id = change.insert(row)
    people, organisations = _named_parties(store, content) if content else ((), ())
    for person_id in people:
        change.insert(OutgoingPerson(outgoing_id=row_id, person_id=person_id))
    for organisation_id in organisations:
        change.insert(OutgoingOrganisation(outgoing_id=row_id, organisation_id=organisation_id))
    return row_id


def open_copy(store: Store, *, outgoing_id: int) -> IssuedCopy:
    """Return the stored copy exactly as it left, compared with the hash in the log.

    Raises:
        UserError: there is no such row, no copy was kept, or it was erased after its retention. Damaged: the file is
            missing or was altered.
    """
    row = get_or_raise(store.database, Outgoing, outgoing_id)
    if row.kept_papers and row.copy_file_id is None:
        return _open_kept_papers(store, row)
    if row.copy_file_id is None:
        raise UserError(f"{copy_words(row)}。", "出力の記録（日時・種類・照合の値）は残っています。")
    data = read_file(store, row.copy_file_id)
    agrees = sha256(data).hexdigest() == row.copy_sha256
    return IssuedCopy(
        row=row,
        data=data,
        form=row.format,
        agrees=agrees,
        agreement_words=AGREES if agrees else DIFFERS,
        people_count=len(table.people_of_copy(store.database, row.id)),
    )


def _open_kept_papers(store: Store, row: Outgoing) -> IssuedCopy:
    """Return the pages of the kept letters that left; raises ``UserError`` where all of them were erased."""
    kept, pages = read_pages(store, row.kept_papers)
    if not pages:
        raise copy_erased()
    gone = len(row.kept_papers) - len(pages)
    agrees = all(sha256(pages[one.id]).hexdigest() == one.sha256 for one in kept if one.id in pages)
    files = rows(store.database, StoredFile, id=[one.file_id for one in kept if one.id in pages])
    covered = sum(one.added_at > row.at for one in files)  # drawn anew when somebody beside was erased
    first = DocumentContent(
        kind=row.document_kind,
        reference=row.reference,
        version=row.version,
        look="letter",
        blocks=(),
        first_sheet=row.document_kind,
        file_stem=row.document_kind,
        properties={"created": row.at.isoformat()},
    )
    erased = join_nonempty(
        fill_nonempty("{}通は消去", gone), fill_nonempty("{}通は氏名の一部を消去", covered), separator="、"
    )
    words = f"{AGREES}（{len(kept)}通のうち{erased}）" if erased else AGREES
    return IssuedCopy(
        row=row,
        data=join_letters([pages[one.id] for one in kept if one.id in pages], first),
        form="pdf",
        agrees=agrees,
        agreement_words=words if agrees else DIFFERS,
        people_count=len(table.people_of_copy(store.database, row.id)),
    )


def save_copy(context: ActionContext, *, outgoing_id: int, options: SaveOptions) -> SavedFile:
    """Write a stored copy and log that it left once more; it cannot be undone.

    A document alone can be encrypted.

    Raises:
        UserError: there is no copy, it can't be encrypted, a needed password or reason is missing, a guard holds it
            back, or the file exists.
        StorageProblem: the file could not be written; nothing was logged.
    """
    kept = open_copy(context.store, outgoing_id=outgoing_id)
    old = kept.row
    can_encrypt = old.format in FORMAT_WORDS
    if options.way.is_encrypted and not can_encrypt:
        raise UserError(
            "この形のファイルは暗号化できません。", "「そのまま保存」を選び、理由を書いてください。", NOTHING_WRITTEN
        )
    terms = saving_terms(context, options=options, personal=old.personal, happened="個人情報を含む控えです。")
    data = bytes_to_save(kept.data, options, format=cast(Format, old.format), received=True)
    row = replace(
        old,
        id=0,
        way=options.way,
        file_name=options.path.name,
        sha256=sha256(data).hexdigest(),
        copies=1,
        print_use=PrintUse.NONE,
        reason=terms.reason,
        **context.signature,
        detail=_copied_detail(old) | file_folder_detail(options.path) | terms.detail,
    )
    with context.change(f"{old.document_kind}の控えを保存", "papers", event_id=old.event_id, barrier=True) as change:
        row_id = _log_copy_outgoing(context.store, change, kept, row)
        write_atomically(options.path, data, overwrite=options.overwrite)
    return saved_file_result(options.path, row_id)


def note_copy_print(
    context: ActionContext,
    *,
    outgoing_id: int,
    copies: int,
    pages: int,
    use: PrintUse = PrintUse.HANDOUT,
    how: str = "",
) -> ActionResult:
    """Log that a stored copy was printed as it left, whatever its event's state is now; it cannot be undone.

    Args:
        pages, use, how: as for ``log_print``.
    Raises:
        UserError: there is no copy, or a guard holds it back.
    """
    kept = open_copy(context.store, outgoing_id=outgoing_id)
    old = kept.row
    row = replace(
        old,
        id=0,
        way=OutgoingWay.PRINTED,
        file_name="",
        sha256=old.copy_sha256 or "",
        pages=pages,
        copies=copies,
        print_use=use,
        reason="",
        **context.signature,
        detail=_copied_detail(old) | ({"印刷": how} if how else {}),
    )
    with context.change(
        f"{old.document_kind}の控えを印刷（{copies}部）", "papers", event_id=old.event_id, barrier=True
    ) as change:
        row_id = _log_copy_outgoing(context.store, change, kept, row)
    return ActionResult(f"{old.document_kind}の控えの印刷（{copies}部）を記録しました。", row_id, can_undo=False)


def _log_copy_outgoing(store: Store, change: Change, kept: IssuedCopy, row: Outgoing) -> int:
    """Write ``row`` for a copy that leaves once more, with the people and 団体 named in the copy; return its id.

    Raises:
        UserError: a guard holds it back (``OUTGOING_GUARDS``), or could not read the copy; nothing was logged, and no
            file must be written.
    """
    for guard in OUTGOING_GUARDS:
        guard(store, row, partial(_copy_text, kept))
    row_id = change.insert(row)
    for person_id in table.people_of_copy(store.database, kept.row.id):
        change.insert(OutgoingPerson(outgoing_id=row_id, person_id=person_id))
    for organisation_id in table.organisations_of_copy(store.database, kept.row.id):
        change.insert(OutgoingOrganisation(outgoing_id=row_id, organisation_id=organisation_id))
    return row_id


def _copied_detail(old: Outgoing) -> dict[str, str]:
    """Return the log detail of a copy that leaves once more: of which row it is, and for whom that was."""
    return {COPIED_ROW_KEY: str(old.id)} | {key: value for key, value in old.detail.items() if key == _TO_KEY}


def _copy_text(kept: IssuedCopy) -> str:
    """Return every text in a stored copy; "" for a form that cannot be read, such as slides of others.

    Raises:
        UserError: the document could not be read.
    """
    # None is needed before a copy leaves once more.
    from app.foreign_files.pdf_reading import UnreadablePdf, read_pdf_words
    from app.foreign_files.word_reading import read_word_text
    from app.foreign_files.workbooks.form_workbook import read_form_workbook

    try:
        if kept.form == "pdf":
            return "\n".join(page.text for page in read_pdf_words(kept.data))
        if kept.form == "docx":
            return "\n".join(read_word_text(kept.data).lines)
        if kept.form == "xlsx":
            return "\n".join(cell.text for cell in read_form_workbook(kept.data).cells.values())
    except (UnreadablePdf, IntakeRefusal) as problem:
        raise UserError(
            "控えの中の文字を読めないため、受託者へ渡せない連絡先がないかを確かめられません。",
            "少し待ってから、もう一度お試しください。それでも読めないときは、もとの書類を開いて保存してください。",
            NOTHING_WRITTEN,
        ) from problem
    return kept.data.decode(errors="replace") if kept.form in _TEXT_FORMS else ""


def note_copied_text(
    context: ActionContext, *, scope: DocumentScope, kind: str, text: str, to: str = ""
) -> ActionResult:
    """Log a text that was copied to be sent or handed in, with the text itself; it cannot be undone.

    Args:
        scope: what it is about. kind: what it is (「参加人数連絡書の文」), never the name of a document: a text does
            not count as the document. to: for whom.
    Raises:
        UserError: there is no text, or it mentions an internal document.
    """
    if not text.strip():
        raise UserError("コピーする文がありません。", "文を書いてから、もう一度コピーしてください。")
    reject_internal(f"{kind}{text}")
    row = Outgoing(
        **keys_of(context.store, scope),
        document_kind=kind,
        reference="",
        version=0,
        format="txt",
        way=OutgoingWay.COPIED,
        **context.signature,
        detail={_TO_KEY: to} if to else {},
    )
    with context.change(f"{kind}をコピー", "papers", event_id=scope.event_id, barrier=True) as change:
        row_id = log_outgoing(context.store, change, row, copy=text)
    return ActionResult("コピーした文の控えを残しました。", row_id, can_undo=False)


def note_copied_list(
    context: ActionContext, *, title: str, count: str, event_id: int | None, fiscal_year: int
) -> ActionResult:
    """Log that rows of a list that names people were copied (Ctrl+C); it cannot be undone.

    The copied rows are not stored: the log says which list, how much, when and by whom.

    Args:
        title: the list (「参加者名簿」). count: how many rows (「14人」). event_id: whose list it is, or None: then it
            is of ``fiscal_year``.
    """
    scope = DocumentScope(event_id=event_id) if event_id is not None else DocumentScope(fiscal_year=fiscal_year)
    row = Outgoing(
        **keys_of(context.store, scope),
        document_kind=title,
        reference="",
        version=0,
        format="txt",
        way=OutgoingWay.COPIED,
        **context.signature,
        personal=True,
        detail={"件数": count},
    )
    with context.change(f"「{title}」の{count}をコピー", "papers", event_id=event_id, barrier=True) as change:
        row_id = log_outgoing(context.store, change, row, copy=None)
    return ActionResult(
        f"{count}をコピーしました。個人情報のため、持ち出しの記録に残しました。", row_id, can_undo=False
    )


def scope_words(store: Store, row: Outgoing) -> str:
    """Return what a row is about: full title of the event, name of the 団体, 「令和8年度」, or "" if none."""
    if row.event_id is not None:
        return get_or_raise(store.database, Event, row.event_id).full_title
    if row.organisation_id is not None:
        return get_or_raise(store.database, Organisation, row.organisation_id).name
    year = by_id(store.database, Programme, row.programme_id)
    return fiscal_year_words(year.fiscal_year) if year is not None else ""


def recipient_kind(row: Outgoing) -> str:
    """Return for whom something left without naming anybody: 「区の控え」「受託者」, or "" if unknown."""
    if row.print_use.is_copy:
        return "区の控え"
    to = row.detail.get(_TO_KEY, "")
    if to.startswith(_CONTRACTOR) or row.document_kind in (one.logged_name for one in NOTIFICATIONS):
        return _CONTRACTOR
    return recipient_of(row.document_kind)


def note_withdrawn(
    store: Store,
    change: Change,
    kinds: Collection[str],
    *,
    since: date | datetime,
    reason: str,
    who: str,
    at: datetime,
    event_id: int | None = None,
    programme_id: int | None = None,
    organisation_id: int | None = None,
    of_newest: bool = False,
) -> tuple[Outgoing, ...]:
    """Log, inside ``change``, that documents of ``kinds`` that left are withdrawn; rows and copies stay.

    Args:
        since: what left before this day or moment said something else and is skipped, as are prints for the own file
            and rows already withdrawn. event_id, programme_id, organisation_id: what the document is about.
        of_newest: only what bears the number of the newest one, where letters of a kind follow one another.
    Returns:
        The withdrawn rows, oldest first.
    """
    scope: dict[str, Any] = {"event_id": event_id, "programme_id": programme_id, "organisation_id": organisation_id}
    logged = rows(store.database, Outgoing, document_kind=sorted(kinds), **scope)
    gone = {row.withdraws for row in logged}
    taken = {row.withdraws for row in logged if row.id not in gone}
    left = tuple(
        row
        for row in logged
        if not row.way.is_withdrawal
        and row.id not in taken
        and not row.print_use.is_copy
        and (row.at if isinstance(since, datetime) else row.at.date()) >= since
    )
    if of_newest:
        left = tuple(row for row in left if row.record_number == left[-1].record_number)
    for row in left:
        withdraw_row(change, row, reason=reason, who=who, at=at)
    return left


def withdrawn_words(withdrawn: Sequence[Outgoing]) -> str:
    """Return the sentence that names the withdrawn documents, with day and way of each (「11/27 Excel」); "" = none."""
    kinds = dict.fromkeys(row.document_kind for row in withdrawn)
    named = [
        f"{kind}（{'、'.join(dict.fromkeys(_way_words(row) for row in withdrawn if row.document_kind == kind))}）"
        for kind in kinds
    ]
    return f"出したもの{len(withdrawn)}件を、出力の記録で取消にしました：{'、'.join(named)}。" if named else ""


def _way_words(row: Outgoing) -> str:
    """Return day and way of the output, such as "11/27 Excel"."""
    how = "印刷" if row.way.is_print else FORMAT_WORDS.get(row.format, row.format.upper())
    return f"{row.at.month}/{row.at.day} {how}"


def withdraw_row(change: Change, row: Outgoing, *, reason: str, who: str, at: datetime) -> None:
    """Log, inside ``change``, that the document of one row is withdrawn; the row and its copy stay."""
    change.insert(
        replace(
            row,
            id=0,
            way=OutgoingWay.WITHDRAWAL,
            withdraws=row.id,
            reason=reason,
            by=who,
            at=at,
            facts={},
            copy_file_id=None,
            copy_sha256=None,
            copy_erased_on=None,
            kept_papers=(),
            detail={"もとの記録": str(row.id)},
        )
    )


def copy_words(row: Outgoing) -> str:
    """Return whether a row has its copy: 「控えあり」「控えなし」「控えは保存期間を過ぎて消去（令和14年4月1日）」."""
    if row.copy_erased_on is not None:
        return f"控えは保存期間を過ぎて消去（{long_date_plain(row.copy_erased_on)}）"
    return COPY_KEPT if row.has_copy else NO_COPY


def count_people(store: Store, content: DocumentContent) -> int:
    """Return how many people of the register a document names, 0 where it is not marked as personal."""
    return len(_named_parties(store, content)[0]) if content.personal else 0


def _named_parties(store: Store, content: object) -> tuple[list[int], list[int]]:
    """Return the ids of people and 団体 whose whole name occurs in a content, not only within another name.

    Two of one name both count: a copy is rather listed once too often than once too few.
    """
    people, organisations = table.names_of_people(store.database), table.names_of_organisations(store.database)
    names = [name for _, name in (*people, *organisations)]
    said = names_in_text(names, _all_text(content), place_names=table.venue_names(store.database))
    return (
        [row_id for row_id, name in people if name in said],
        [row_id for row_id, name in organisations if name in said],
    )


def _all_text(content: object) -> str:
    return "\n".join(_OUTGOING.texts(content))


_OUTGOING = TextWalk(
    "氏名・団体名",
    searched=(*BLOCK_MODULES, "db.records"),
)
