"""Saving and printing documents, complete or not at all, with a row in the outgoing log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import long_date
from app.documents.blocks import DocumentContent
from app.documents.document_frame import large_print_words
from app.documents.services import document_context, documents
from app.documents.services.document_kind import (
    Format,
    document_of,
    documents_about,
    formats_of,
    reject_internal,
    run_outgoing_hook,
)
from app.documents.services.document_scope import DocumentScope, keys_of, scope_of, year_of
from app.documents.services.document_states import answer_of, reject_stopped
from app.documents.services.file_saving import SavedFile, SaveWay, bytes_to_save, write_atomically
from app.documents.services.issued_copies import log_outgoing, note_withdrawn
from app.documents.services.protected_folders import saving_terms
from app.documents.services.saved_outside import file_folder_detail
from app.programme.rules import full_number
from db.record import record
from db.records.documents import Letter, LetterForm, LetterState, Outgoing, OutgoingWay, PrintUse
from db.store import Store
from db.tables import documents as table

FORMAL_STEPS: tuple[LetterState, ...] = tuple(LetterState)


@record
class SavedDocument(SavedFile):
    """A saved document: where, how many pages, its hash."""

    pages: int
    sha256: str


def save_document(
    context: ActionContext,
    *,
    event_id: int | None = None,
    scope: DocumentScope | None = None,
    kind: str,
    format: Format,  # noqa: A002
    path: Path,
    way: SaveWay = OutgoingWay.PLAIN,
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    rendered: documents.RenderedDocument | None = None,
) -> SavedDocument:
    """Write one document to ``path`` and log it; it cannot be undone.

    Args:
        event_id, scope: what it is about; one of the two is given.
        rendered: the document as it was shown, so that exactly that is saved; None draws it now.
        way: 暗号化して保存 needs ``password``; そのまま保存 of a document with personal data needs ``reason``.
        overwrite: replace an existing file (the window asks first).
    Raises:
        UserError: a needed password or reason is missing, a name has no glyph, this kind lacks the format, or the file
            exists.
        StorageProblem: the file could not be written; nothing was logged.
    """
    about = scope_of(event_id, scope)
    if format not in (offered := formats_of(kind) or (format,)):
        words = "と".join("Excel" if one == "xlsx" else "PDF" for one in offered)
        raise UserError(f"{kind}は、この形では保存できません。", f"{words}で保存できます。")
    rendered = rendered or documents.render_document(
        context.store, scope=about, kind=kind, format=format, now=context.now
    )
    terms = saving_terms(context, path=path, way=way, reason=reason, personal=rendered.content.personal)
    data = bytes_to_save(rendered.data, way, format=format, password=password)
    digest = sha256(data).hexdigest()
    row = Outgoing(
        **keys_of(context.store, about),
        document_kind=kind,
        reference=rendered.content.reference,
        version=rendered.content.version,
        ordinal=rendered.content.ordinal,
        format=format,
        way=way,
        file_name=path.name,
        sha256=digest,
        pages=rendered.pages or None,
        personal=rendered.content.personal,
        reason=terms.reason,
        by=context.by,
        at=context.now,
        detail=_gap_detail(rendered) | file_folder_detail(path) | terms.detail,
    )
    with context.change(
        f"{_printed_name(rendered.content)}を{'Excel' if format == 'xlsx' else 'PDF'}で保存",
        "papers",
        event_id=about.event_id,
        barrier=True,
    ) as change:
        # Inside the change: a row that can't be kept leaves no file, a file that can't be written no row.
        left = run_outgoing_hook(context.store, change, about, rendered.content)
        row_id = log_outgoing(
            context.store, change, replace(row, detail=row.detail | left), copy=rendered.data, content=rendered.content
        )
        write_atomically(path, data, overwrite=overwrite)
    return SavedDocument(
        message=f"「{path.name}」を保存しました。{rendered.gap_words}",
        id=row_id,
        can_undo=False,
        path=path,
        pages=rendered.pages,
        sha256=digest,
    )


def log_print(
    context: ActionContext,
    *,
    event_id: int | None = None,
    scope: DocumentScope | None = None,
    kind: str,
    copies: int,
    pages: int,
    rendered: documents.RenderedDocument,
    use: PrintUse = PrintUse.HANDOUT,
    how: str = "",
) -> ActionResult:
    """Log a print: which document, how many copies, and the printed pages as its copy; it cannot be undone.

    Args:
        event_id, scope: what it is about; one of the two is given. pages: of one copy, as chosen.
        rendered: the document as it went to the printer. use: for others (配る), or for the office's own file (控え用).
        how: colour and sides as chosen (「白黒・両面」).
    Raises:
        UserError: a guard holds it back (``OUTGOING_GUARDS``).
    """
    about = scope_of(event_id, scope)
    content = rendered.content
    row = Outgoing(
        **keys_of(context.store, about),
        document_kind=kind,
        reference=content.reference,
        version=content.version,
        ordinal=content.ordinal,
        format="pdf",
        way=OutgoingWay.PRINTED,
        print_use=use,
        sha256=sha256(rendered.data).hexdigest(),
        pages=pages,
        copies=copies,
        personal=content.personal,
        by=context.by,
        at=context.now,
        detail=({"印刷": how} if how else {}) | _gap_detail(rendered),
    )
    named = _printed_name(content)
    with context.change(f"{named}を印刷（{copies}部）", "papers", event_id=about.event_id, barrier=True) as change:
        left = run_outgoing_hook(context.store, change, about, content)
        row_id = log_outgoing(
            context.store, change, replace(row, detail=row.detail | left), copy=rendered.data, content=content
        )
    return ActionResult(f"{kind}の印刷（{copies}部）を記録しました。{rendered.gap_words}", row_id, can_undo=False)


def _printed_name(content: DocumentContent) -> str:
    """Return the kind of a document, with what of it is a 拡大版: 「決定通知（うち拡大版2通）」."""
    large = large_print_words(content)
    return f"{content.kind}（{large}）" if large else content.kind


def _gap_detail(rendered: documents.RenderedDocument) -> dict[str, str]:
    """Return the log detail for gaps left to be written by hand, {"空けた所": "2か所"}, or {} without any."""
    return {"空けた所": f"{len(rendered.gap_texts)}か所"} if rendered.gap_texts else {}


def set_letter_state(
    context: ActionContext,
    *,
    event_id: int | None = None,
    scope: DocumentScope | None = None,
    kind: str,
    form: LetterForm,
    state: LetterState = LetterState.DRAFT,
    decided_on: date | None = None,
    document_number: str = "",
    issued_on: date | None = None,
) -> ActionResult:
    """Set the form of an outgoing document: 事務連絡 (default), a mail, or a formal letter and its state.

    Each of the values replaces the stored one; None and "" clear it.

    Args:
        scope: its scope, if it is not about an event. issued_on: the 施行日 of a 公文書; of another document its
            発信日, which is its date and decides whose names it carries (None = the day it is made).
        document_number: as the ward's document system gave it; a bare one is stored with the 文書記号 of 決裁.
    Raises:
        UserError: no document of such a scope, or an internal one; it is 施行 already and state, days or number would
            change (``withdraw_issue`` first); 決裁済 or 施行 without 決裁日 and number; 施行 without a day, or with
            something missing that ``DocumentKind.stops`` names.
            StoppedByState: 施行 of what the state of its event stopped on that day.
    """
    form, state = LetterForm(form), LetterState(state)
    if form.is_formal and state.is_decided and not (decided_on and document_number.strip()):
        raise UserError("決裁日と文書番号が必要です。", "文書管理システムで付いた番号を入力してください。")
    if form.is_formal and state.is_issued and issued_on is None:
        raise UserError("施行日が必要です。", "施行した日付を入力してください。")
    about = scope_of(event_id, scope)
    declared = document_of(about, kind)
    reject_internal(kind)
    if form.is_formal and state.is_issued and issued_on is not None:
        answer = answer_of(context.store, declared, about, context.today)
        # What was issued before the event stood so is only written down later.
        if not answer.reissued and (answer.since is None or issued_on >= answer.since):
            reject_stopped(answer, about, kind)
        missing = declared.stops(context.store, about, issued_on)
        if missing:
            raise UserError(
                f"{kind}は、まだ施行にできません。{''.join(one.words for one in missing)}",
                "そろえてから、施行にしてください。",
                links=tuple(one.link for one in missing if one.link is not None),
            )
    present = document_context.letter_of(context.store, about, kind, on=context.today)
    number = _full_number(context.store, about, document_number, decided_on or context.today)
    if present is not None and present.state.is_issued:
        _reject_issued(present, state, (decided_on, issued_on), (document_number.strip(), number))
        number = present.document_number
    what = f"{kind}の扱いを{form}（{state}）に"
    kept = present.issued_on if present is not None else None
    if not form.is_formal and (present is None or present.form == form) and kept != issued_on:
        what = f"{kind}の発信日を{long_date(issued_on) if issued_on else '出力する日'}に"
    # What it tells is fixed at 起案.
    rests_on = declared.rests_on(context.store, about) if present is None or present.state.is_draft else {}
    with context.change(what, "papers", event_id=about.event_id) as change:
        letter_id = change.update_or_insert(
            Letter,
            present,
            **rests_on,
            **keys_of(context.store, about),
            document_kind=kind,
            revision=declared.revision(context.store, about),
            form=form,
            state=state,
            decided_on=decided_on,
            document_number=number,
            issued_on=issued_on,
        )
    gone = _cleared_words(present, form, decided_on, number, issued_on)
    return ActionResult(f"{what}しました。{gone}".replace("の扱いを", "を"), letter_id)


def _cleared_words(
    before: Letter | None, form: str, decided_on: date | None, number: str, issued_on: date | None
) -> str:
    """Return a sentence on the days and the number that a step back or another form cleared, "" without any.

    A 発信日 that was cleared by itself is what the action says already.
    """
    if before is None:
        return ""
    cleared = {
        "決裁日": before.decided_on is not None and decided_on is None,
        "文書番号": bool(before.document_number) and not number,
        "発信日": before.form != form and before.issued_on is not None and issued_on is None,
    }
    names = [name for name, is_cleared in cleared.items() if is_cleared]
    return f"入力してあった{'と'.join(names)}は消えました。" if names else ""


def _full_number(store: Store, scope: DocumentScope, typed: str, on: date) -> str:
    """Return the number as printed, with the 文書記号 of the day of its 決裁 if typed without; "" if nothing is."""
    return full_number(read_document_symbol(store, scope=scope, on=on), typed) if typed.strip() else ""


def _reject_issued(
    letter: Letter, state: LetterState, days: tuple[date | None, date | None], numbers: tuple[str, str]
) -> None:
    """Raise ``UserError`` on a change to state, days or number of a letter that is 施行."""
    kind = letter.document_kind
    if not state.is_issued:
        raise UserError(f"{kind}は施行になっています。", "先に、理由を書いて施行を取り消してください。")
    if (letter.decided_on, letter.issued_on) != days or letter.document_number not in numbers:
        raise UserError(
            f"{kind}は施行になっています。出した文書の日付と番号は変えられません。",
            "入力の誤りは、理由を書いて施行を取り消してから直してください。",
        )


def read_document_symbol(store: Store, *, scope: DocumentScope, on: date) -> str:
    """Return the 文書記号 that precedes document numbers of a scope on a day."""
    return year_of(store, scope, on=on).office.document_symbol


def list_outgoing(
    store: Store, *, event_id: int | None = None, scope: DocumentScope | None = None
) -> tuple[Outgoing, ...]:
    """Return the outgoing log, newest first: all of it, or that of one event, year or 団体.

    Of a year it has the kinds that ``documents_about`` names: those about the year itself, or with an ``item`` those
    about single rows, of whichever row.
    """
    about = scope_of(event_id, scope)
    keys = keys_of(store, about)
    if keys["programme_id"] is not None:
        kinds = [name for paper in documents_about(about) for name in paper.names]
        return tuple(table.outgoing_of_year(store.database, keys["programme_id"], kinds))
    if keys["organisation_id"] is not None:
        return tuple(table.outgoing_of_organisation(store.database, keys["organisation_id"]))
    if keys["event_id"] is not None:
        return tuple(table.outgoing_of_event(store.database, keys["event_id"]))
    return tuple(table.all_outgoing(store.database))


def withdraw_issue(context: ActionContext, *, scope: DocumentScope, kind: str, reason: str) -> ActionResult:
    """Withdraw the 施行 of a letter: it is 決裁済 again, with its number.

    What of it left since the 決裁 is marked as withdrawn in the log; rows and copies stay.

    Raises:
        UserError: no reason, or the letter is not 施行.
    """
    why = require_reason(reason, "施行")
    letter = document_context.letter_of(context.store, scope, kind, on=context.today)
    if letter is None or not letter.id or not letter.state.is_issued:
        raise UserError(f"{kind}は、施行になっていません。", "画面を開き直してください。")
    with context.change(f"{kind}の施行を取り消した（{why}）", "papers", event_id=letter.event_id) as change:
        change.update(Letter, letter.id, state=LetterState.APPROVED, issued_on=None)
        since = letter.decided_on or letter.issued_on or context.today
        note_withdrawn(
            context.store,
            change,
            (kind,),
            since=since,
            reason=why,
            who=context.by,
            at=context.now,
            of_newest=letter.revision > 1,
            **keys_of(context.store, scope),
        )
    return ActionResult(f"{kind}の施行を取り消しました。出力の記録と控えは残ります。", letter.id)
