"""「当日セット」: the documents of the day that belong together, drawn and printed or saved as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.common.failures import failure_reason
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import event_code
from app.documents.file_format import Format
from app.documents.services import documents
from app.documents.services.document_kind import (
    DOCUMENTS,
    DocumentKind,
    DocumentSubject,
    formats_of,
    read_subject,
    run_outgoing_hook,
)
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import state_answer, with_halts
from app.documents.services.file_saving import (
    SavedFile,
    SaveOptions,
    bytes_to_save,
    check_folder,
    write_atomically,
    write_folder,
)
from app.documents.services.issued_copies import log_outgoing
from app.documents.services.protected_folders import SavingTerms, saving_terms
from app.documents.services.saved_outside import PART_OF_KEY, file_folder_detail, folder_detail
from app.event.services.event_document import event_records_of
from app.event.services.event_records import EventRecords, read_event_records
from app.event.services.event_state import read_event_status
from app.event.services.tasks.task_completion import DAY_DOCUMENTS
from app.event_day.day import rules as day_rules
from app.event_day.day.services.day_document_content import with_copies
from app.event_day.day.services.printed_documents import PrintedDocument, printed_documents
from app.events.materials.services.distributed_handouts import HANDOUTS
from app.events.materials.services.material_board import copies_of
from app.programme.services import programme_of_event
from app.surveys.questions import documents as questions_documents
from app.surveys.questions.services.survey_documents import questionnaire_copies
from db.journal import Change
from db.record import record
from db.records.documents import Outgoing, PrintUse
from db.store import Store

PACK = DAY_DOCUMENTS
FILE_STEM = "当日の紙"
MAX_COPIES = 300


def _documents_of_day() -> dict[str, DocumentKind]:
    """Return the documents that declare a place in the 当日セット, in printing order."""
    found = [(paper.day_set.order, paper) for paper in DOCUMENTS if paper.day_set is not None]
    return {paper.kind: paper for _, paper in sorted(found, key=lambda one: one[0])}


def kinds_of_set(subject: DocumentSubject | None = None) -> tuple[str, ...]:
    """Return the documents of every set of an event; others are added by ticking.

    Args:
        subject: the event with all its records; None, or one with its core records alone = what any event may have.
    """
    known = subject if subject is not None and isinstance(subject.record, EventRecords) else None
    return tuple(
        kind
        for kind, paper in _documents_of_day().items()
        if paper.day_set is not None and paper.day_set.copies and (known is None or paper.is_applicable(known))
    )


@record
class PackRow:
    """One document of the 当日セット, with its state and proposed choice.

    Attributes:
        state: its state in words; if it cannot be made yet, what is missing, and ``link`` leads there (else None).
        copies: the proposed number.
        is_in_set: it belongs to every set.
        is_in_joined_pdf: the PDF of all contains it too.
        is_ticked: to be printed now: in the set and not issued yet, or changed since. What is for each of the people
            (名札, しおり) is from when they are decided.
        newest_copy: the last one printed or saved.
        mark: text on every page because of the state of the event.
    """

    kind: str
    is_ready: bool
    state: str
    link: ActionLink | None
    is_ticked: bool
    copies: int
    mark: str
    is_in_set: bool
    is_in_joined_pdf: bool
    newest_copy: PrintedDocument | None

    @property
    def id(self) -> str:
        """Return the key of the row."""
        return self.kind


@record
class PackView:
    """The documents of one event's day.

    Attributes:
        handouts: the last copy of the handouts printed or saved.
        handout_words: how many copies of the handouts are needed, "" = not known; None = there are none.
        beside: how many copies of another paper are needed that cannot be printed yet, "" = none.
    """

    event_id: int
    rows: tuple[PackRow, ...]
    handouts: PrintedDocument | None
    handout_words: str | None
    beside: str

    @property
    def outdated_rows(self) -> tuple[PackRow, ...]:
        """Return the documents whose content changed since they were issued."""
        return tuple(row for row in self.rows if row.newest_copy is not None and row.newest_copy.change_words)


@record
class PackChoice:
    """One ticked document of the day with its number of copies."""

    kind: str
    copies: int = 1


@record
class PackContents:
    """The content of every ticked document in printing order; ``omitted`` is what could not be made, and why."""

    event_id: int
    stem: str
    items: tuple[tuple[DocumentContent, int], ...]
    omitted: tuple[str, ...]


@record
class DrawnDocument:
    """One drawn document of the set; ``copies`` is how often the joined PDF contains it."""

    content: DocumentContent
    copies: int
    pdf: bytes
    pages: int
    xlsx: bytes | None


@record
class DrawnPack:
    """The drawn 当日セット: every document by itself, and all in one PDF.

    Attributes:
        open_words: gaps to be filled in by hand, and documents that could not be made.
    """

    event_id: int
    stem: str
    documents: tuple[DrawnDocument, ...]
    data: bytes
    pages: int
    open_words: str

    @property
    def personal(self) -> bool:
        """Return whether one of the documents names people."""
        return any(one.content.personal for one in self.documents)


def read_pack(store: Store, *, event_id: int, now: datetime) -> PackView:
    """Return the documents of the day; raises ``UserError`` when the event is gone."""
    subject = read_subject(store, DocumentScope(event_id=event_id))
    file = event_records_of(subject)
    today = now.date()
    ahead = file.event.status.is_planned and (file.event.event_date is None or today <= file.event.event_date)
    declared = _documents_of_day()
    left = printed_documents(store, file, (*declared, HANDOUTS), now, compare=ahead)
    # The contractor prints them (仕様書4(1)ケ); if ticked, the ward prints enough for people and reserve.
    sheets, (needed, told) = questionnaire_copies(file), copies_of(file)
    handed = needed.total if needed.people else 0
    known = bool(needed.people) and not file.is_decision_pending
    standing = read_event_status(store, subject.scope, today, file)
    rows = []
    for kind, paper in declared.items():
        assert paper.day_set is not None
        copies = paper.day_set.copies
        if not paper.is_applicable(subject) or (kind == questions_documents.LARGE_KIND and not sheets.large):
            continue
        wanted = (
            sheets.copies_of(kind)
            if kind in questions_documents.SIZES
            else handed
            if kind == day_rules.KIND
            else copies
        )
        ready = paper.is_ready(store, subject)
        answer = state_answer(paper, standing, today)
        mark = (with_halts(store, paper, subject.scope, today, answer) if ready else answer).words
        printed = left.get(kind)
        wanted_now = copies > 0 or (paper.day_set.always_joined and known and not mark)
        due = ahead and (wanted_now if printed is None else bool(printed.change_words))
        rows.append(
            PackRow(
                kind=kind,
                is_ready=ready,
                state=join_nonempty(paper.state_words(store, subject, today), mark) if ready else paper.missing_words,
                link=None if ready else paper.missing_link(subject.scope),
                is_ticked=ready and due,
                copies=min(max(wanted, 1), MAX_COPIES),
                mark=mark,
                is_in_set=copies > 0,
                is_in_joined_pdf=copies > 0 or paper.day_set.always_joined,
                newest_copy=printed,
            )
        )
    words = f"{needed.words}{'' if told else '（人数連絡前）'}" if needed.people else ""
    asks, survey = file.kind.has_survey, file.survey
    return PackView(
        event_id=event_id,
        rows=tuple(rows),
        handouts=left.get(HANDOUTS),
        handout_words=words if file.materials else None,
        beside=fill_nonempty("アンケート用紙　{}", words if asks and not (survey and survey.questions) else ""),
    )


def build_pack(store: Store, *, event_id: int, choices: Sequence[PackChoice], now: datetime) -> PackContents:
    """Return the content of the chosen documents, in printing order.

    Raises:
        UserError: nothing chosen, a number of copies out of range, or a kind that is not of the set.
        Exception: that of the last document, if none can be made; if some can, the others are ``omitted``.
    """
    wanted = {choice.kind: choice.copies for choice in choices}
    if not wanted:
        raise UserError("当日の紙が選ばれていません。", "書類を1つ以上選んでください。")
    wrong = [kind for kind, copies in wanted.items() if not 1 <= copies <= MAX_COPIES]
    if wrong:
        raise UserError(f"{wrong[0]}の部数を確かめてください。", f"1部から{MAX_COPIES}部までにしてください。")
    declared = _documents_of_day()
    unknown = [kind for kind in wanted if kind not in declared]
    if unknown:
        raise UserError(f"「{unknown[0]}」は当日の紙ではありません。", "一覧から選び直してください。")
    items, left_out = [], []
    problem = None
    for kind in (one for one in declared if one in wanted):
        try:
            content = documents.build_document(store, event_id=event_id, kind=kind, now=now)
        except Exception as failure:  # noqa: BLE001 - the others are made all the same, and this one is named
            problem = failure
            left_out.append(f"{kind}は入っていません：{failure_reason(failure)}")
        else:
            items.append((with_copies(content, wanted[kind]), wanted[kind]))
    if problem is not None and not items:
        raise problem
    return PackContents(
        event_id=event_id,
        stem=_stem(store, read_event_records(store, event_id)),
        items=tuple(items),
        omitted=tuple(left_out),
    )


def draw_pack(
    contents: PackContents, *, excel: bool = False, whole_sheets: bool = False, leave_open: bool = False
) -> DrawnPack:
    """Draw every document, and all of them as one PDF in printing order; nothing is written.

    One that cannot be drawn is left out and named in ``open_words``.

    Args:
        excel: draw the workbooks too.
        whole_sheets: every document begins on a new sheet, also in duplex printing.
        leave_open: leave a gap to be written by hand for text that cannot be printed.

    Raises:
        UnprintableText: a name that cannot be printed; it is given in the error.
        Exception: that of the last document, if none can be drawn.
    """
    from app.documents.pdf.output.pdf_archive import describe_pdf
    from app.documents.pdf.output.pdf_joining import JoinPart, join_pdfs

    drawn = []
    parts = []
    words: dict[str, None] = {}
    problem = None
    for content, copies in contents.items:
        try:
            paper = documents.render(content, format="pdf", with_gaps=leave_open)
        except documents.UnprintableText:
            raise  # the window offers to leave a gap for it and to print all others
        except Exception as failure:  # noqa: BLE001 - as in build_pack
            words |= {f"{content.kind}は入っていません：{failure_reason(failure)}": None}
            problem = failure
            continue
        words |= {f"{content.kind}の{paper.gap_words}": None} if paper.gap_texts else {}
        book = documents.render(content, format="xlsx").data if excel and "xlsx" in formats_of(content.kind) else None
        drawn.append(DrawnDocument(content=content, copies=copies, pdf=paper.data, pages=paper.pages, xlsx=book))
        if content.numbered_copies:  # it contains its copies already; separately, each begins on a new sheet
            each = paper.pages // copies if whole_sheets else paper.pages
            begins = range(0, paper.pages, each)
            parts += [
                JoinPart(data=paper.data, bookmark="" if page else content.kind, pages=range(page, page + each))
                for page in begins
            ]
        else:
            parts.append(JoinPart(data=paper.data, copies=copies, bookmark=content.kind))
    if problem is not None and not drawn:
        raise problem
    said = describe_pdf(contents.items[0][0].properties | {"title": contents.stem}, title=contents.stem, subject="")
    joined = join_pdfs(parts, said, whole_sheets=whole_sheets)
    return DrawnPack(
        event_id=contents.event_id,
        stem=contents.stem,
        documents=tuple(drawn),
        data=joined.data,
        pages=joined.pages,
        open_words="　".join((*words, *contents.omitted)),
    )


def _stem(store: Store, records: EventRecords) -> str:
    """Return the name of the file with all documents."""
    view = programme_of_event(store, records.event)
    return f"{event_code(view.programme, records.event, view.kind(records.event.kind))}-{FILE_STEM}"


def save_pack_file(context: ActionContext, *, drawn: DrawnPack, options: SaveOptions) -> SavedFile:
    """Write the whole set as one PDF and log the set and each document; undo stops there.

    Raises:
        UserError: people are named without encryption or reason, the file exists, or the roster has changed since it
            was drawn.
        StorageProblem: it could not be written; nothing was logged.
    """
    terms, path = _output_terms(context, drawn, options), options.path
    data = bytes_to_save(drawn.data, options, format="pdf")
    digest = sha256(data).hexdigest()
    base = _set_log_row(context, drawn, way=options.way, reason=terms.reason)
    with _change(context, drawn, "1つのPDFで保存") as change:
        detail = base.detail | file_folder_detail(path) | terms.detail
        set_row = replace(base, file_name=path.name, sha256=digest, pages=drawn.pages, detail=detail)
        row_id = log_outgoing(context.store, change, set_row, copy=drawn.data, content=_stated_content(drawn))
        for paper in drawn.documents:
            row = replace(set_row, sha256=sha256(paper.pdf).hexdigest())
            _log(context.store, change, drawn.event_id, paper, row, copy=paper.pdf)
        write_atomically(path, data, overwrite=options.overwrite)
    return SavedFile(
        message=f"「{path.name}」を保存しました。{drawn.open_words}",
        id=row_id,
        can_undo=False,
        path=path,
    )


def save_pack_folder(context: ActionContext, *, drawn: DrawnPack, options: SaveOptions) -> SavedFile:
    """Write every document as its own file into a folder, all or none, and log each.

    Files in an existing folder are never replaced.

    Raises:
        UserError: as ``save_pack_file``, or a file of such a name exists.
        TargetExistsError: the folder exists.
    """
    terms, path = _output_terms(context, drawn, options), options.path
    check_folder(path, overwrite=options.overwrite)
    kinds: tuple[Format, Format] = ("pdf", "xlsx")
    files = [
        (
            f"{paper.content.file_stem}.{ending}",
            bytes_to_save(data, options, format=ending),
            paper,
            ending,
            data,
        )
        for paper in drawn.documents
        for ending, data in zip(kinds, (paper.pdf, paper.xlsx), strict=True)
        if data is not None
    ]
    base = _set_log_row(context, drawn, way=options.way, reason=terms.reason)
    with _change(context, drawn, "書類ごとに保存") as change:
        # The row of the folder; each of its files has a row and a copy of its own.
        detail = base.detail | folder_detail(path) | terms.detail
        folder_row = replace(base, file_name=path.name, format="pdf", pages=drawn.pages, detail=detail)
        row_id = log_outgoing(context.store, change, folder_row, copy=None)
        for name, data, paper, ending, copy in files:
            row = replace(base, file_name=name, format=ending, sha256=sha256(data).hexdigest())
            _log(context.store, change, drawn.event_id, paper, row, copy=copy)
        write_folder(path, [(name, data) for name, data, *_ in files])
    said = f"「{path.name}」に{len(files)}個のファイルを保存しました。{drawn.open_words}"
    return SavedFile(message=said, id=row_id, can_undo=False, path=path)


def note_pack_print(
    context: ActionContext, *, drawn: DrawnPack, copies: int = 1, use: PrintUse = PrintUse.HANDOUT, how: str = ""
) -> ActionResult:
    """Log that the set was printed, for others or for the office's own file (``use``): the set and each document.

    Args:
        copies: of the whole set, by which the copies of each document are multiplied.
        how: colour and sides (「白黒・両面」), "" = not known.

    Raises:
        UserError: the roster has changed since it was drawn, so it has to be printed again.
    """
    base = replace(_set_log_row(context, drawn, way="印刷", reason=""), copies=copies, print_use=use)
    detail = base.detail | ({"印刷": how} if how else {})
    with _change(context, drawn, "印刷") as change:
        digest = sha256(drawn.data).hexdigest()
        set_row = replace(base, pages=drawn.pages, sha256=digest, detail=detail)
        row_id = log_outgoing(context.store, change, set_row, copy=drawn.data, content=_stated_content(drawn))
        for paper in drawn.documents:
            row = replace(base, sha256=sha256(paper.pdf).hexdigest(), copies=copies * paper.copies, detail=detail)
            _log(context.store, change, drawn.event_id, paper, row, copy=paper.pdf)
    return ActionResult(
        f"当日の紙（{drawn.pages}ページ）の印刷を記録しました。{drawn.open_words}", row_id, can_undo=False
    )


def _output_terms(context: ActionContext, drawn: DrawnPack, options: SaveOptions) -> SavingTerms:
    """Return the terms under which the documents may be saved."""
    named = "、".join(one.content.kind for one in drawn.documents if one.content.personal)
    happened = f"個人情報を含む書類があります（{named}）。"
    return saving_terms(context, options=options, personal=drawn.personal, happened=happened)


def _set_log_row(context: ActionContext, drawn: DrawnPack, *, way: str, reason: str) -> Outgoing:
    return Outgoing(
        event_id=drawn.event_id,
        document_kind=PACK,
        reference=drawn.stem,
        version=0,
        format="pdf",
        way=way,  # type: ignore[arg-type]
        personal=drawn.personal,
        reason=reason,
        **context.signature,
        detail={"書類": "、".join(f"{one.content.kind}{one.copies}部" for one in drawn.documents)},
    )


def _log(store: Store, change: Change, event_id: int, document: DrawnDocument, row: Outgoing, *, copy: bytes) -> None:
    """Write the log row of one document of the set, with its copy, inside ``change``."""
    content = document.content
    left = run_outgoing_hook(store, change, DocumentScope(event_id=event_id), content)
    log_outgoing(
        store,
        change,
        replace(
            row,
            document_kind=content.kind,
            reference=content.reference,
            version=content.version,
            ordinal=content.ordinal,
            pages=document.pages if row.format == "pdf" else None,
            copies=document.copies if not row.way.is_print else row.copies,
            personal=content.personal,
            detail=left | {PART_OF_KEY: row.reference} | ({"印刷": row.detail["印刷"]} if "印刷" in row.detail else {}),
        ),
        copy=copy,
        content=content,
    )


def _stated_content(drawn: DrawnPack) -> tuple[object, ...]:
    return tuple(one.content for one in drawn.documents)


def _change(context: ActionContext, drawn: DrawnPack, how: str) -> AbstractContextManager[Change]:
    return context.change(
        f"当日セット（{len(drawn.documents)}種類）を{how}", "papers", event_id=drawn.event_id, barrier=True
    )
