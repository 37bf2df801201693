"""The handouts of one event for the printer, in order and n copies, from confirmed files only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.services.document_kind import document_kind
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import build_in_state
from app.documents.services.documents import RenderedDocument, render
from app.documents.services.file_saving import (
    SavedFile,
    SaveOptions,
    bytes_to_save,
    saved_file_result,
    write_atomically,
)
from app.documents.services.issued_copies import log_outgoing
from app.documents.services.saved_outside import file_folder_detail
from app.documents.services.stored_files import read_file as read_kept
from app.event.services.event_records import EventRecords, MaterialRecords, read_event_records
from app.events.materials import documents as materials_documents
from app.events.materials.documents import CollatedHandout
from app.events.materials.rules import blocked_words, rights_blocking_printing
from app.events.materials.services.distributed_handouts import (
    CONSENT,
    HANDOUTS,
    missing_consent,
    unresolved_consent,
)
from app.events.materials.services.material_board import copies_of, state_of
from app.events.materials.services.material_documents import enclosures_sheet
from app.events.materials.services.material_rights import ANSWER
from app.foreign_files.pdf_reading import JoinPart, UnreadablePdf, is_pdf, join_received_pdfs, lacking_fonts_words
from db.journal import Change
from db.record import record
from db.records.documents import Outgoing, PrintUse
from db.records.submissions.materials import Material, MaterialVersion
from db.store import Store

KIND = HANDOUTS
CONFIRMED = "確認済"
MAX_COPIES = 300
_SET = "部目"


@record
class HandoutRow:
    """One handout; ``ready`` = 確認済 with a stored file, ``remark`` what prevents printing, or ""."""

    material: Material
    version: MaterialVersion | None
    state: str
    ready: bool
    remark: str


@record
class HandoutView:
    """The handouts of one event in order.

    ``copies`` are those needed, 1 while nobody is expected; ``copies_words`` is their calculation, "" while nobody is
    expected.
    """

    event_id: int
    title: str
    rows: tuple[HandoutRow, ...]
    copies: int
    copies_words: str


@record
class HandoutFile:
    """One handout with its file as received."""

    material: Material
    version: MaterialVersion
    data: bytes


@record
class HandoutFiles:
    """The chosen handouts in order, and in ``contents`` the cover sheet."""

    event_id: int
    stem: str
    files: tuple[HandoutFile, ...]
    contents: DocumentContent | None = None


@record
class HandoutSet:
    """One PDF for the printer, with ``copies`` of every handout.

    ``collated``: set by set, else one handout after the other. ``cover`` is the sheet in front of each set, None
    = none. ``warning`` names the handouts that may come out blank.
    """

    event_id: int
    stem: str
    files: tuple[HandoutFile, ...]
    copies: int
    collated: bool
    data: bytes
    pages: int
    cover: RenderedDocument | None = None
    warning: str = ""


def read_handouts(store: Store, *, event_id: int) -> HandoutView:
    """Return the handouts and whether each can be printed; raises ``UserError`` for an unknown event."""
    file = read_event_records(store, event_id)
    needed, told = copies_of(file)
    return HandoutView(
        event_id=event_id,
        title=file.event.full_title,
        rows=tuple(_row(file, one) for one in file.materials),
        copies=needed.total if needed.people else 1,
        copies_words=f"{needed.words}{'' if told else '（人数連絡前）'}" if needed.people else "",
    )


def gather_handouts(
    store: Store, *, event_id: int, material_ids: Sequence[int], now: datetime | None = None
) -> HandoutFiles:
    """Return the stored files of the newest versions of the chosen handouts, each verified against its receipt.

    One that is not 確認済 is returned as well: whoever chose it was warned there. ``now`` is the moment of the
    cover sheet, None = no sheet.

    Raises:
        UserError: nothing chosen, a right that blocks printing (許諾, 生成AI), a 発表 without 承諾 to distribute
            it, no file, a file that is no PDF, or one whose hash is not that of the received version; the
            handout is named.
        Damaged: the stored file is missing or was altered.
    """
    event_file = read_event_records(store, event_id)
    chosen = [one for one in event_file.materials if one.material.id in set(material_ids)]
    if not chosen:
        raise UserError("印刷する資料が選ばれていません。", "資料を1つ以上選んでください。")
    files = []
    for one in chosen:
        version = one.latest
        title = one.material.title
        if version is None or version.file_id is None:
            raise UserError(
                f"「{title}」には、保管しているファイルがありません。", "資料の画面で受領を記録してください。"
            )
        data = read_kept(store, version.file_id)
        if version.sha256 and sha256(data).hexdigest() != version.sha256:
            raise _file_differs(title, "内容（ハッシュ値）")
        if not is_pdf(data):
            raise _not_printed(title)
        held = rights_blocking_printing(one.material.rights)
        if held:
            raise UserError(blocked_words(title, held, one.material.rights, action="印刷できません"), ANSWER)
        if unresolved_consent(event_file.presentations, one.material):
            raise UserError(_no_consent_words(event_file, one), CONSENT)
        files.append(HandoutFile(material=one.material, version=version, data=data))
    stem = f"{event_file.event.full_title}-{KIND}".replace(" ", "")
    inside = [CollatedHandout(title=one.material.title, version=one.version) for one in files]
    return HandoutFiles(
        event_id=event_id,
        stem=stem,
        files=tuple(files),
        contents=_cover(store, event_file, now, inside) if now is not None else None,
    )


def _cover(store: Store, records: EventRecords, now: datetime, inside: Sequence[CollatedHandout]) -> DocumentContent:
    """Return the sheet in front of each set, marked with the event's state as other documents."""
    scope = DocumentScope(event_id=records.event.id)
    kind = document_kind(materials_documents.ENCLOSURES_KIND)
    return build_in_state(store, kind, scope, now.date(), lambda: enclosures_sheet(store, records.event, now, inside))


def join_handouts(files: HandoutFiles, *, copies: int, collated: bool = True, whole_sheets: bool = True) -> HandoutSet:
    """Return one PDF of ``copies``, set by set (``collated``), or all copies of one handout first.

    A child process writes it, since it opens foreign files. With ``contents`` and ``collated``, every set begins with
    that sheet; otherwise it is left out.

    Args:
        whole_sheets: every handout begins on a new sheet when printed on both sides.

    Raises:
        UserError: the number of copies is out of range, a file is no PDF that opens, or its number of pages is
            not the one recorded for its version; the handout is named.
    """
    from app.documents.pdf.output.pdf_archive import describe_pdf, info_entries, without_conformance, xmp_metadata

    if not 1 <= copies <= MAX_COPIES:
        raise UserError("部数を確かめてください。", f"1部から{MAX_COPIES}部までにしてください。")
    said = describe_pdf({}, title=files.stem, subject="")
    cover = render(files.contents, format="pdf") if files.contents is not None and collated else None
    front = [JoinPart(data=cover.data, bookmark=materials_documents.ENCLOSURES_KIND)] if cover is not None else []
    try:
        joined = join_received_pdfs(
            [
                *front,
                *(
                    JoinPart(data=one.data, times=1 if collated else copies, bookmark=one.material.title)
                    for one in files.files
                ),
            ],
            sets=copies if collated else 1,
            whole_sheets=whole_sheets,
            set_words=_SET,
            metadata=without_conformance(xmp_metadata(said)).decode(),
            information=info_entries(said),
        )
    except UnreadablePdf as problem:
        raise _not_printed(
            files.files[problem.part - len(front)].material.title if problem.part is not None else "", problem
        ) from problem
    for one, pages in zip(files.files, joined.pages_by_part[len(front) :], strict=True):
        if one.version.pages is not None and pages != one.version.pages:
            raise _file_differs(
                one.material.title, f"ページ数（確認した版 {one.version.pages}ページ、保管ファイル {pages}ページ）"
            )
    lacking = zip(files.files, joined.lack_fonts[len(front) :], strict=True)
    return HandoutSet(
        event_id=files.event_id,
        stem=f"{files.stem}-{copies}部",
        files=files.files,
        copies=copies,
        collated=collated,
        data=joined.data,
        pages=joined.pages,
        cover=cover,
        warning=lacking_fonts_words("".join(f"「{one.material.title}」" for one, lacks in lacking if lacks)),
    )


def save_handouts(context: ActionContext, *, handouts: HandoutSet, options: SaveOptions) -> SavedFile:
    """Write the PDF and log every handout in it, with a reason; undo does not reach past this.

    Raises:
        TargetExistsError: the file exists and is not to be replaced. StorageProblem: it could not be written.
    """
    data = bytes_to_save(handouts.data, options, format="pdf", received=True)
    with context.change(
        f"配布資料{len(handouts.files)}点（{handouts.copies}部）をPDFで保存",
        "papers",
        event_id=handouts.event_id,
        barrier=True,
    ) as change:
        for one in handouts.files:
            row = _outgoing(context, handouts, one, options.way, options.path.name, options.reason)
            row = replace(row, detail=file_folder_detail(options.path))
            log_outgoing(context.store, change, row, copy=one.data, content=one.material)
        _log_cover(context, change, handouts, row)
        write_atomically(options.path, data, overwrite=options.overwrite)
    return saved_file_result(options.path, handouts.event_id)


def note_handout_print(
    context: ActionContext, *, handouts: HandoutSet, use: PrintUse = PrintUse.HANDOUT, how: str = ""
) -> ActionResult:
    """Log that the handouts were printed, for others or the office, with version, pages, hash and copies.

    ``how`` is colour and sides as chosen.
    """
    with context.change(
        f"配布資料{len(handouts.files)}点を印刷（{handouts.copies}部）",
        "papers",
        event_id=handouts.event_id,
        barrier=True,
    ) as change:
        for one in handouts.files:
            row = replace(_outgoing(context, handouts, one, "印刷", "", how), print_use=use)
            log_outgoing(context.store, change, row, copy=one.data, content=one.material)
        _log_cover(context, change, handouts, row)
    said = f"配布資料{len(handouts.files)}点（{handouts.copies}部）の印刷を記録しました。"
    return ActionResult(said, handouts.event_id, can_undo=False)


def _log_cover(context: ActionContext, change: Change, handouts: HandoutSet, row: Outgoing) -> None:
    cover = handouts.cover
    if cover is not None:
        kept = replace(
            row,
            document_kind=materials_documents.ENCLOSURES_KIND,
            reference=cover.content.reference,
            version=cover.content.version,
            ordinal=cover.content.ordinal,
            sha256=sha256(cover.data).hexdigest(),
            pages=cover.pages,
        )
        log_outgoing(context.store, change, kept, copy=cover.data, content=cover.content)


def _no_consent_words(records: EventRecords, handout: MaterialRecords) -> str:
    """Return the message on a missing 承諾 to distribute a handout."""
    who = missing_consent(records.presentations, handout.material)
    return f"「{handout.material.title}」は、「{who}」から配る承諾を受けていないため、印刷できません。"


def _row(records: EventRecords, handout: MaterialRecords) -> HandoutRow:
    """Return a handout with what prevents printing, the first of: no version, no file, a right, 承諾, not 確認済."""
    version, state = handout.latest, state_of(handout)
    if version is None:
        remark = "まだ受領していません。"
    elif version.file_id is None:
        remark = "ファイルなしで受領しています。原本から印刷してください。"
    elif held := rights_blocking_printing(handout.material.rights):
        remark = blocked_words(handout.material.title, held, handout.material.rights, action="印刷できません")
    elif unresolved_consent(records.presentations, handout.material):
        remark = _no_consent_words(records, handout)
    elif state != CONFIRMED:
        remark = f"確認済ではありません（{state}）。"
    else:
        remark = ""
    ready = version is not None and version.file_id is not None and state == CONFIRMED and not remark
    return HandoutRow(material=handout.material, version=version, state=state, ready=ready, remark=remark)


def _outgoing(
    context: ActionContext, handouts: HandoutSet, handout: HandoutFile, way: str, file_name: str, words: str
) -> Outgoing:
    """Return the row of the outgoing log for a handout; ``words`` = the reason, for ``way`` 印刷 colour and sides."""
    printed = way == "印刷"
    return Outgoing(
        event_id=handouts.event_id,
        document_kind=KIND,
        reference=handout.material.title,
        version=handout.version.version,
        format="pdf",
        way=way,  # type: ignore[arg-type]
        file_name=file_name,
        sha256=sha256(handout.data).hexdigest(),
        pages=handout.version.pages,
        copies=handouts.copies,
        reason="" if printed else words.strip(),
        **context.signature,
        detail={"印刷": words} if printed and words else {},
    )


def _not_printed(title: str, problem: UnreadablePdf | None = None) -> UserError:
    """Return the error that a handout (``title`` "" = one of those chosen) can't be printed, and why if known."""
    if problem is not None and problem.is_pc_problem:
        return UserError(problem.happened, problem.todo)
    called = f"「{title}」" if title else "選んだ資料のどれか"
    why = problem.happened if problem is not None and problem.why != "broken" else ""
    return UserError(
        f"{called}は、このアプリで印刷できるPDFではありません。{why}",
        "「資料」で控えを保存し、作成に使ったソフトで印刷してください。",
    )


def _file_differs(title: str, what: str) -> UserError:
    return UserError(
        f"「{title}」の保管ファイルは、確認した版と{what}が違います。",
        "「資料」で版と保管ファイルを確かめてください。違う内容のものは印刷しません。",
    )
