"""Saving and printing documents, complete or not at all, with a row in the outgoing log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError, require_reason
from app.calendar.dates import long_date
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import large_print_words
from app.documents.file_format import FORMAT_WORDS, Format
from app.documents.services import document_context, documents
from app.documents.services.document_doubts import day_over_detail
from app.documents.services.document_kind import (
    FINGERPRINT_KEY,
    TYPE_SIZE_KEY,
    DocumentKind,
    document_of,
    documents_about,
    formats_of,
    reject_internal,
    run_outgoing_hook,
)
from app.documents.services.document_scope import DocumentScope, keys_of, scope_of, year_of
from app.documents.services.document_states import answer_of, reject_stopped
from app.documents.services.file_saving import SavedFile, SaveOptions, bytes_to_save
from app.documents.services.issued_copies import log_outgoing, note_withdrawn, save_leaving
from app.documents.services.kept_letters.handed_file import HandedFile, keep_handed
from app.documents.services.kept_letters.kept_papers import (
    DrawnLetter,
    fix_content,
    forget_pages,
    is_drawn_here,
    issued_contents,
    keep_pages,
    kept_papers_of,
    letter_with_kept,
    release_content,
)
from app.documents.services.kept_letters.letter_differences import unanswered_differences
from app.documents.services.notification import note_answered, note_issue, withdraw_issue_notice
from app.documents.services.protected_folders import saving_terms
from app.programme.rules import full_number
from app.programme.services import office_calendar
from db.journal import Change
from db.query_cache import caching
from db.record import one_of, record
from db.records.documents import DecisionWay, Letter, LetterForm, LetterState, Outgoing, OutgoingWay, PrintUse
from db.rows import rows
from db.store import Store
from db.tables import documents as table

FORMAL_STEPS: tuple[LetterState, ...] = tuple(LetterState)


class IssueEnding(StrEnum):
    """What becomes of a 施行 that is taken back, and of its number."""

    MISTAKE = "誤って施行と記録した"
    NOT_SENT = "出すのを取り止めた（番号はこのまま使う）"
    VOID = "出すのを取り止め、番号を欠番にした"

    is_mistake = one_of(MISTAKE)
    is_void = one_of(VOID)


@record
class DecisionDetails:
    """How a letter was decided; of an 口頭決裁 when, by whom, and who heard it."""

    way: DecisionWay = DecisionWay.USUAL
    at: datetime | None = None
    by: str = ""
    heard_by: str = ""


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
    options: SaveOptions,
    rendered: documents.RenderedDocument | None = None,
    day_reason: str = "",
) -> SavedDocument:
    """Write one document and log it; it cannot be undone.

    Args:
        event_id, scope: what it is about; one of the two is given.
        rendered: the document as it was shown, so that exactly that is saved; None draws it now.
        day_reason: why it leaves though it states a day that is over.
    Raises:
        UserError: a needed password or reason is missing, a name has no glyph, this kind lacks the format, or the file
            exists.
        StorageProblem: the file could not be written; nothing was logged.
    """
    about = scope_of(event_id, scope)
    if format not in (offered := formats_of(kind) or (format,)):
        words = "と".join(FORMAT_WORDS[one] for one in offered)
        raise UserError(f"{kind}は、この形では保存できません。", f"{words}で保存できます。")
    rendered = rendered or documents.render_document(
        context.store, scope=about, kind=kind, format=format, now=context.now
    )
    terms = saving_terms(context, options=options, personal=rendered.content.personal)
    data = bytes_to_save(rendered.data, options, format=format)
    content = rendered.content
    saved = save_leaving(
        context,
        options=options,
        action=f"{_printed_name(content)}を{FORMAT_WORDS[format]}で保存",
        data=data,
        copy=rendered.data,
        content=content,
        left=lambda change: run_outgoing_hook(context.store, change, about, content),
        **_columns(context.store, about, kind, content),
        format=format,
        pages=rendered.pages or None,
        reason=terms.reason,
        detail=_gap_detail(rendered) | terms.detail | day_over_detail(content, day_reason),
    )
    said = f"「{options.path.name}」を保存しました。{rendered.gap_words}"
    digest = sha256(data).hexdigest()
    return SavedDocument(**vars(saved) | {"message": said}, pages=rendered.pages, sha256=digest)


def _columns(store: Store, scope: DocumentScope, kind: str, content: DocumentContent) -> dict[str, Any]:
    """Return what the log says of a document: whose it is, its kind, number and 版, and whether it names people."""
    return {
        **keys_of(store, scope),
        "document_kind": kind,
        "reference": content.reference,
        "version": content.version,
        "ordinal": content.ordinal,
        "personal": content.personal,
    }


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
    day_reason: str = "",
) -> ActionResult:
    """Log a print: which document, how many copies, and the printed pages as its copy; it cannot be undone.

    Args:
        event_id, scope: what it is about; one of the two is given. pages: of one copy, as chosen.
        rendered: the document as it went to the printer. use: for others (配る), or for the office's own file (控え用).
        how: colour and sides as chosen (「白黒・両面」). day_reason: as for ``save_document``.
    Raises:
        UserError: a guard holds it back (``OUTGOING_GUARDS``).
    """
    about = scope_of(event_id, scope)
    content = rendered.content
    row = Outgoing(
        **_columns(context.store, about, kind, content),
        format="pdf",
        way=OutgoingWay.PRINTED,
        print_use=use,
        sha256=sha256(rendered.data).hexdigest(),
        pages=pages,
        copies=copies,
        **context.signature,
        detail=({"印刷": how} if how else {}) | _gap_detail(rendered) | day_over_detail(content, day_reason),
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
    drawn: Sequence[DrawnLetter] | None = None,
    decision: DecisionDetails | None = None,
    handed: HandedFile | None = None,
    as_it_was: bool = False,
) -> ActionResult:
    """Set the form of an outgoing document: 事務連絡 (default), a mail, or a formal letter and its state.

    Each of the values replaces the stored one; None and "" clear it. From 起案中 on its content is kept
    (``kept_papers``), with 施行 its pages too: that is logged, counts as told, and cannot be undone.

    Args:
        drawn: the pages that leave with 施行 (``draw_issue``); None draws them now. decision: how it was decided, None
            = as stored; with an 口頭決裁 it is 施行 before its 起案. handed: the file of the office in the place of
            what is drawn, with 起案中 or 施行. as_it_was: a 決裁 or 施行 of an earlier day was of what was put up,
            or of ``handed``: what has changed since is asked once it is 施行.
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
    about = scope_of(event_id, scope)
    declared = document_of(about, kind)
    reject_internal(kind)
    if form.is_formal and state.is_decided:
        if decision is not None and decision.way.is_oral:
            _check_oral(context, declared, decision)
        _check_step(context, about, declared, state, document_number.strip(), decided_on, issued_on)
    present = document_context.letter_of(context.store, about, kind, on=context.today)
    revision = declared.revision(context.store, about)
    keys: dict[str, Any] = {**keys_of(context.store, about), "document_kind": kind, "revision": revision}
    before = present or Letter(**keys)
    number = (
        full_number(read_document_symbol(context.store, scope=about, on=decided_on or context.today), document_number)
        if document_number.strip()
        else ""
    )
    is_issue = form.is_formal and state.is_issued and not before.state.is_issued
    if before.state.is_issued:
        _reject_issued(before, state, (decided_on, issued_on), (document_number.strip(), number))
        number = before.document_number
    elif form.is_formal and state.is_decided:
        happened = issued_on if is_issue else decided_on
        as_it_was = as_it_was and happened is not None and happened < context.today
        if not as_it_was:
            _reject_changed(context, declared, about)
    put_up = f"、{'起案した内容' if handed is None else '出したもの'}のまま" if as_it_was else ""
    what = f"{kind}の扱いを{put_up}{form}（{state}）に"
    if not form.is_formal and (present is None or present.form == form) and before.issued_on != issued_on:
        what = f"{kind}の発信日を{long_date(issued_on) if issued_on else '出力する日'}に"
    decision = _details_of(before, decision, state)
    given: dict[str, Any] = {
        "form": form,
        "state": state,
        "decided_on": decided_on,
        "document_number": number,
        "issued_on": issued_on,
        "decision_way": decision.way,
        "decided_at": decision.at,
        "decided_by": decision.by.strip(),
        "heard_by": decision.heard_by.strip(),
        "drafted_on": before.drafted_on if state.is_issued else None,
    }
    if before.state.is_draft:  # what it tells is fixed at 起案
        given |= declared.rests_on(context.store, about)
    letter = replace(before, revision=revision, **given)
    if is_issue and drawn is None and handed is None:
        drawn = draw_letters(issued_contents(context.store, letter, kind=kind, wanted=is_drawn_here))
    of_change = context.change(what, "papers", event_id=about.event_id, barrier=is_issue)
    with of_change as change, caching(context.store.database):
        letter = replace(letter, id=change.update_or_insert(Letter, letter if letter.id else None, **keys, **given))
        if not form.is_formal or state.is_draft:
            release_content(context.store, change, letter)
        elif not kept_papers_of(context.store, letter, kind):
            fix_content(change, context, letter.id, declared, about)
        texts, differing = keep_handed(change, context, letter, kind, handed) if handed is not None else ([], "")
        if is_issue:
            _log_issue(context, change, about, letter, drawn, handed, texts)
    gone = _cleared_words(before, form, decided_on, number, issued_on)
    told = f"{len(texts)}件の宛先に伝えたと記録しました。" if is_issue and len(texts) > 1 else ""
    step = ("施行日", issued_on) if is_issue else ("決裁日", decided_on)
    closed = _closed_day_words(context, *step) if not letter.decided_at else ""  # an 口頭決裁 may be of any day
    return ActionResult(
        f"{what}しました。{told}{gone}{differing}{closed}".replace("の扱いを", "を"), letter.id, can_undo=not is_issue
    )


def _closed_day_words(context: ActionContext, name: str, day: date | None) -> str:
    """Return a sentence if the office was closed on the day of a step, "" if not."""
    reason = office_calendar(context.store).closed_reason(day) if day is not None else None
    return f"{name}の{long_date(day)}は閉庁日です（{reason}）。違うときは、直してください。" if day and reason else ""


def _details_of(letter: Letter, given: DecisionDetails | None, state: LetterState) -> DecisionDetails:
    """Return how a letter was decided: as given, else as stored; nothing before its 決裁."""
    if not state.is_decided:
        return DecisionDetails()
    return given or DecisionDetails(
        way=letter.decision_way, at=letter.decided_at, by=letter.decided_by, heard_by=letter.heard_by
    )


def _check_step(
    context: ActionContext,
    scope: DocumentScope,
    paper: DocumentKind,
    state: LetterState,
    number: str,
    decided_on: date | None,
    issued_on: date | None,
) -> None:
    """Raise ``UserError`` for 決裁済 or 施行 of a 公文書 without what it needs."""
    if not (decided_on and number):
        raise UserError("決裁日と文書番号が必要です。", "文書管理システムで付いた番号を入力してください。")
    if decided_on > context.today:
        raise UserError("決裁日が、本日より後になっています。", "決裁を受けた日付を入力してください。")
    if not state.is_issued:
        return
    if issued_on is None:
        raise UserError("施行日が必要です。", "施行した日付を入力してください。")
    if issued_on < decided_on:
        raise UserError("施行日が、決裁日より前になっています。", "決裁日と施行日を確かめてください。")
    answer = answer_of(context.store, paper, scope, context.today)
    # What was issued before the event stood so is only written down later.
    if not answer.reissued and (answer.since is None or issued_on >= answer.since):
        reject_stopped(answer, scope, paper.kind)
    missing = paper.stops(context.store, scope, issued_on)
    if missing:
        raise UserError(
            f"{paper.kind}は、まだ施行にできません。{''.join(one.words for one in missing)}",
            "そろえてから、施行にしてください。起案した文面を直すときは、「…」で案に戻します。",
            links=tuple(one.link for one in missing if one.link is not None),
        )


def _check_oral(context: ActionContext, paper: DocumentKind, decision: DecisionDetails) -> None:
    """Raise ``UserError`` for an 口頭決裁 of a letter that has none, or without day, hour and names."""
    if not paper.can_be_urgent:
        raise UserError(f"{paper.kind}は、口頭決裁では施行にできません。", "起案し、決裁のあとに施行にしてください。")
    if decision.at is None or not decision.by.strip() or not decision.heard_by.strip():
        raise UserError(
            "口頭決裁の日時、決裁した人、聞いた人のどれかが足りません。", "3つとも書いてください。記録に残ります。"
        )
    if decision.at > context.now:
        raise UserError("口頭決裁の日時が、これからの日時です。", "決裁を受けた日時を書いてください。")


def record_later_draft(
    context: ActionContext, *, scope: DocumentScope, kind: str, drafted_on: date | None
) -> ActionResult:
    """Record when the 起案 of a letter that left by an 口頭決裁 was decided; of several that await it, of the first.

    Raises:
        UserError: no day, one before the 口頭決裁 or ahead, or the letter awaits no 起案.
    """
    every = rows(context.database, Letter, document_kind=kind, **keys_of(context.store, scope))
    letter = next((one for one in every if one.awaits_draft), None)
    if letter is None:
        raise UserError(f"{kind}に、事後の起案を待つものはありません。", "画面を開き直してください。")
    if drafted_on is None or drafted_on > context.today or drafted_on < (letter.decided_on or drafted_on):
        raise UserError("事後の決裁日は、口頭決裁の日から本日までです。", "決裁日を確かめてください。")
    with context.change(
        f"{kind}の事後の起案の決裁日を{long_date(drafted_on)}に", "papers", event_id=letter.event_id
    ) as change:
        change.update(Letter, letter.id, drafted_on=drafted_on)
    said = f"{kind}（{letter.document_number}）の事後の起案を記録しました。"
    return ActionResult(f"{said}{_closed_day_words(context, '事後の決裁日', drafted_on)}", letter.id)


def _reject_changed(context: ActionContext, paper: DocumentKind, scope: DocumentScope) -> None:
    """Raise ``UserError`` for a letter that says otherwise than today's records, and nobody has answered to that."""
    letter = letter_with_kept(context.store, paper, scope, context.today)
    found = unanswered_differences(context.store, letter, paper, scope, context.now) if letter is not None else ()
    if found:
        raise UserError(
            f"{paper.kind}を起案したあとに、つぎのことが変わりました。{'、'.join(one.words for one in found)}。",
            "変わったとおりに出すときは、案に戻して起案し直すか、決裁者の了承を記録してください。"
            "そのまま出すときは、「いまの記録との違い」で理由を書いてください。",
            "起案した内容は、そのまま残っています。",
        )


def draw_letters(contents: Sequence[DocumentContent]) -> tuple[DrawnLetter, ...]:
    """Draw each letter by itself; what can't be printed is left blank, to be written by hand."""
    drawn = [documents.render(one, format="pdf", with_gaps=True) for one in contents]
    return tuple(DrawnLetter(content=one.content, data=one.data, pages=one.pages) for one in drawn)


def read_issue(store: Store, *, scope: DocumentScope, kind: str, issued_on: date, today: date) -> list[DocumentContent]:
    """Return each letter of a kind as it leaves with 施行 on a day; [] where nothing is kept of it yet."""
    letter = document_context.letter_of(store, scope, kind, on=today)
    if letter is None:
        return []
    issued = replace(letter, state=LetterState.ISSUED, issued_on=issued_on)
    return issued_contents(store, issued, kind=kind, wanted=is_drawn_here)


def _log_issue(
    context: ActionContext,
    change: Change,
    scope: DocumentScope,
    letter: Letter,
    drawn: Sequence[DrawnLetter] | None,
    handed: HandedFile | None,
    texts: list[DocumentContent],
) -> None:
    """Keep the pages of a letter that is 施行 now, log that it left, and record that it was told.

    Args:
        handed, texts: the file that the office made of it, and the contents of its letters.
    """
    kind, store = letter.document_kind, context.store
    contents = issued_contents(store, letter, kind=kind)
    if not contents:  # the builder says why it can't be made: what can't be made can't leave
        document_of(scope, kind).build(store, scope, context.now)
    if any(one.source.is_taken_in and one.at < context.now for one in kept_papers_of(store, letter, kind)):
        raise UserError(
            f"{kind}は、直したファイルで起案しています。",
            "番号と日付の入った、出したファイルを選んで施行にしてください。",
            "施行は記録していません。",
        )
    row_id = None
    if contents:
        row = replace(issue_row(store, scope, contents[0], context), personal=any(one.personal for one in contents))
        left = [run_outgoing_hook(store, change, scope, one) for one in contents]
        per_letter = (FINGERPRINT_KEY, TYPE_SIZE_KEY)
        row = replace(row, detail={key: value for one in left for key, value in one.items() if key not in per_letter})
        if handed is not None:
            came = replace(row, format=handed.form, file_name=handed.name, sha256=handed.sha256)
            if handed.is_parted:
                parted = tuple(one.id for one in kept_papers_of(store, letter, kind))
                row_id = log_outgoing(store, change, replace(came, kept_papers=parted), copy=None, content=texts)
            else:
                row_id = log_outgoing(store, change, came, copy=handed.data, content=texts)
        own = issued_contents(store, letter, kind=kind, wanted=is_drawn_here)
        if own:
            if large := sum(TYPE_SIZE_KEY in one for one in left):
                row = replace(row, detail=row.detail | {TYPE_SIZE_KEY: f"うち拡大版{large}通"})
            # What was never 起案中 here is kept by this very change.
            papers = keep_pages(store, change, letter, kind, drawn or draw_letters(own), now=context.now)
            row_id = log_outgoing(store, change, replace(row, kept_papers=papers), copy=None, content=own)
    note_issue(change, context, scope, letter, row_id, contents[0].told if contents else {})
    # What differs was answered before the 決裁, and letters before this one are not compared any more.
    note_answered(change, context, scope)


def issue_row(store: Store, scope: DocumentScope, content: DocumentContent, context: ActionContext) -> Outgoing:
    """Return the row of the log with which a letter leaves with its 施行, under the facts that it was put up with."""
    return Outgoing(
        **_columns(store, scope, content.kind, content),
        format="pdf",
        way=OutgoingWay.ISSUE,
        **context.signature,
        facts=content.told,
    )


def _cleared_words(before: Letter, form: str, decided_on: date | None, number: str, issued_on: date | None) -> str:
    """Return a sentence on the days and the number that a step back or another form cleared, "" without any.

    A 発信日 that was cleared by itself is what the action says already.
    """
    cleared = {
        "決裁日": before.decided_on is not None and decided_on is None,
        "文書番号": bool(before.document_number) and not number,
        "発信日": before.form != form and before.issued_on is not None and issued_on is None,
    }
    names = [name for name, is_cleared in cleared.items() if is_cleared]
    return fill_nonempty("入力してあった{}は消えました。", "と".join(names))


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


def read_day_stops(store: Store, *, scope: DocumentScope, kind: str, on: date, today: date) -> str:
    """Return what would stop a letter of the day ``on`` and not one of today, in sentences; "" if nothing."""
    stops = document_of(scope, kind).stops
    anyway = stops(store, scope, today)
    return "".join(one.words for one in stops(store, scope, on) if one not in anyway)


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


def withdraw_issue(
    context: ActionContext,
    *,
    scope: DocumentScope,
    kind: str,
    reason: str,
    ending: IssueEnding = IssueEnding.MISTAKE,
) -> ActionResult:
    """Withdraw the 施行 of a letter that was not sent: it is 決裁済 again, 起案中 where its number is void.

    What of it left since the 決裁 is marked as withdrawn in the log; rows and copies stay.

    Raises:
        UserError: no reason, or the letter is not 施行.
    """
    why = require_reason(reason, "施行")
    letter = document_context.letter_of(context.store, scope, kind, on=context.today)
    if letter is None or not letter.state.is_issued:
        raise UserError(f"{kind}は、施行になっていません。", "画面を開き直してください。")
    ending = IssueEnding(ending)
    if not ending.is_mistake:
        void = f"、{letter.document_number}を欠番にした" if ending.is_void else ""
        why = f"出すのを取り止めた{void}：{why}"
    with context.change(f"{kind}の施行を取り消した（{why}）", "papers", event_id=letter.event_id) as change:
        change.update(Letter, letter.id, state=LetterState.APPROVED, issued_on=None)
        if ending.is_void:
            change.update(Letter, letter.id, state=LetterState.IN_APPROVAL, decided_on=None, document_number="")
        forget_pages(context.store, change, letter)
        withdraw_issue_notice(change, context, letter, reason=why)
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
