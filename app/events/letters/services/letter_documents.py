"""Declares the document kinds of letters and recruitment documents, and saves a series as one file a letter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from typing import Any, Final

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionId
from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage, large_print_words
from app.documents.file_format import SHEET_FORMATS, TEXT_FORMATS, Format
from app.documents.rules import EventRole
from app.documents.services import documents
from app.documents.services.document_context import event_document_context
from app.documents.services.document_doubts import day_over_detail
from app.documents.services.document_kind import DocumentKind, run_outgoing_hook
from app.documents.services.document_passages import merge_passages
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.file_saving import (
    SavedFile,
    SaveOptions,
    bytes_to_save,
    check_folder,
    write_folder,
)
from app.documents.services.issued_copies import log_outgoing
from app.documents.services.protected_folders import saving_terms
from app.documents.services.saved_outside import PART_OF_KEY, folder_detail
from app.event.rules.recruitment import DECISION, FLYER, FORM, GAZETTE, TO_BRANCHES, TO_PRESIDENTS, WEB_PAGE
from app.event.services.event_document import event_document_kind, event_records_of
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import EventRecords, read_event_or_error
from app.events.letters.documents import check_sheet
from app.events.letters.documents.drafting_set import DRAFTING_OF_ITS_DAY
from app.events.letters.rules.letter_texts import (
    CANCELLATION,
    CHANGE,
    DRAFTING,
    DRAFTING_CHANGE,
    FORMAL,
    INVITATION,
    LEAVING,
    PLACE_REVOCATION,
    REFUSAL_LETTER,
    REVOCATION,
    WITHDRAWAL,
)
from app.events.letters.services import letter_building, letter_checks
from app.events.letters.services.letter_addressees import (
    ALL_ORGANISATIONS,
    goes_to_organisation,
    has_addressees,
    read_options,
)
from app.events.letters.services.letter_batches import (
    DECISION_LETTERS,
    REPEATABLE_LETTERS,
    SELECTION_LETTERS,
    basis_of_letter,
    entries_to_notify,
    letter_batches_of,
    read_revision,
)
from app.events.letters.services.letter_building import LABELS
from app.events.roster.services.admissions import assign_admission_numbers
from db.journal import Change
from db.record import record
from db.records.accounts import RowChange
from db.records.documents import Outgoing, ReturnedLetter
from db.records.events import Event
from db.rows import rows
from db.store import Store
from db.tables import roster

_ENTER_PEOPLE_ACTION: Final = "参加者"
NUMBERED = "入場番号"
"""Key under which the log records that an issued letter bore 入場番号."""
_OUTDATED_ERROR = UserError(
    "参加者が、表示したときから変わっています。",
    "画面を開き直して、もう一度保存または印刷してください。",
    "ファイルは作成していません。番号も付けていません。",
)
_NO_CHANGE = "中止・変更の判断を記録すると作成できます。"
RECRUITMENT_DOCUMENTS = (FLYER, FORM, TO_PRESIDENTS, TO_BRANCHES, GAZETTE, WEB_PAGE)
NOTICE_DOCUMENTS = (DRAFTING, DECISION, REFUSAL_LETTER, INVITATION, WITHDRAWAL, PLACE_REVOCATION, LABELS)
CHANGE_DOCUMENTS = (DRAFTING_CHANGE, CANCELLATION, CHANGE, REVOCATION)


def _event_of(store: Store, scope: DocumentScope) -> Event:
    return read_event_or_error(store.database, scope.event_id)


def _ready(kind: str) -> Callable[[Store, EventRecords], bool]:
    """Return the function that says whether a document can be made: somebody gets it, and its decision is made."""
    if kind in RECRUITMENT_DOCUMENTS:
        return lambda _store, _file: True
    if kind in CHANGE_DOCUMENTS:
        return partial(_has_change, "" if kind == DRAFTING_CHANGE else kind)
    if kind == WITHDRAWAL:  # or the 団体 of a 派遣 withdrew its request
        return lambda _store, file: bool(entries_to_notify(file, kind)) or file.event.status.is_withdrawn
    return lambda store, file: all(
        has_addressees(file, one)
        for one in (letter_building.drafted_letters(store, file.event, kind) if kind == DRAFTING else (kind,))
    )


def _has_change(kind: str, store: Store, file: EventRecords) -> bool:
    """Return whether the current decision leads to this letter (any, if ""), and it has addressees."""
    letter = letter_building.change_letter(store, file.event)
    return letter == (kind or letter) != "" and has_addressees(file, letter)


def _count(kind: str, _store: Store, file: EventRecords, _today: date) -> str:
    """Return how many 団体 and people get the letter, and 「決定前」 while the selection is not made."""
    before = "　決定前" if file.is_decision_pending and kind in (DECISION, INVITATION) else ""
    entries = letter_batches_of(file, kind).current_entries
    if not entries and goes_to_organisation(file.event, kind):
        return "1団体　参加者は未定"
    groups = len({row.organisation_key for row in entries} - {""})
    waiting = sum(row.state.is_waiting for row in entries)
    refused = fill_nonempty("落選{}人・", len(entries) - waiting)
    among = fill_nonempty("（うち補欠 {}人）", waiting)
    people = f"{refused}補欠{waiting}人" if waiting and kind == REFUSAL_LETTER else f"{len(entries)}人{among}"
    return f"{f'{groups}団体　' if groups else ''}{people}{before}"


def _labels_ready(store: Store, records: EventRecords) -> bool:
    wanted = read_options(store.database, LABELS, event_id=records.event.id).labels_for
    return wanted == ALL_ORGANISATIONS or has_addressees(records, wanted)


_ENCLOSURES = "同封物"


def _enclosures(store: Store, event: Event, on: date) -> tuple[Passage, ...]:
    letter = read_options(store.database, LABELS, event_id=event.id, on=on).labels_for
    return (Passage(_ENCLOSURES, "" if letter == ALL_ORGANISATIONS else letter),)


def _build_check_sheet(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the 封入・宛名の突合せ表 of those whom the address labels are for; raises ``UserError`` without any."""
    context = event_document_context(store, event, check_sheet.KIND, now)
    options = read_options(store.database, LABELS, event_id=event.id, on=now.date())
    to = letter_building.letter_addressees(store, event=event, kind=LABELS, options=options, now=now)
    if not to:
        raise UserError(_NO_APPLICATION_WORDS, "「宛名ラベル」の「宛先」で、だれに送るかを選べます。")
    (enclosed,) = merge_passages(
        store.database,
        keys=keys_of(store, DocumentScope(event_id=event.id)),
        kind=check_sheet.KIND,
        defaults=_enclosures(store, event, now.date()),
    )
    return check_sheet.check_sheet(
        context,
        read_event_facts(store, event),
        to,
        letter=options.labels_for,
        enclosures=enclosed.text,
        returned={one.addressee for one in rows(store.database, ReturnedLetter)},
    )


def _event_role(kind: str) -> EventRole:
    """Return the event role of a letter: 記録 to who comes no more, 変更 of change letters, else 案内."""
    if kind in LEAVING:  # who comes no more is told whatever the state of the event
        return "記録"
    return "変更" if kind in CHANGE_DOCUMENTS else "案内"


def _paper(kind: str, missing: str, todo: ActionId = _ENTER_PEOPLE_ACTION, **more: Any) -> DocumentKind:
    """Return the document kind of a letter, a recruitment document or a 起案資料.

    Args:
        missing, todo: what to say and do while it is not ready. more: further arguments of ``event_document_kind``.
    """
    return event_document_kind(
        kind=kind,
        group="中止・変更" if kind in CHANGE_DOCUMENTS else "募集・通知",
        event_role=_event_role(kind),
        build=partial(letter_building.build_letter_document, kind=kind),
        passages=lambda store, event, on: letter_building.default_passages(store, event=event, kind=kind, on=on),
        mail=partial(_mail, kind),
        ready=_ready(kind),
        missing_words=missing,
        todo=todo,
        formats=SHEET_FORMATS if kind in (FLYER, FORM) else TEXT_FORMATS,
        personal=kind not in RECRUITMENT_DOCUMENTS,
        revision=_revision(kind),
        **more,
    )


def _mail(kind: str, store: Store, event: Event, now: datetime) -> str:
    return letter_building.mail_text(store, event=event, kind=kind, today=now.date())


def _recruitment(kind: str) -> DocumentKind:
    return _paper(
        kind,
        "実施回を作成すると作成できます。",
        "実施回",
        host_document=GAZETTE if kind == WEB_PAGE else "",
        # A 派遣 goes to the 団体 that asked for it.
        is_applicable=lambda subject: (
            event_records_of(subject).event.form.recruits
            and (kind != TO_BRANCHES or subject.programme is None or subject.programme.branch != "")
        ),
        clauses=("clause_recruitment",),
        goes_out=kind in (TO_PRESIDENTS, TO_BRANCHES),
    )


def _notice(kind: str, missing: str, todo: ActionId = _ENTER_PEOPLE_ACTION) -> DocumentKind:
    return _paper(
        kind,
        missing,
        todo,
        state=partial(_count, kind),
        goes_out=True,
        formal=kind in FORMAL,
        parts_of_its_day=("日時", "会場") if kind in (*LEAVING, REFUSAL_LETTER) else (),
        stops=lambda store, event, on: letter_checks.issue_blockers(store, event=event, kind=kind, on=on),
        on_outgoing=_assign_admission_numbers if kind == DECISION else None,
        build_for=partial(_build_for, kind) if kind in REPEATABLE_LETTERS else None,
        shares_texts=kind in SELECTION_LETTERS,
        rests_on=lambda store, scope: basis_of_letter(store, _event_of(store, scope), kind),
    )


def _build_for(
    kind: str, store: Store, scope: DocumentScope, now: datetime, entries: Collection[int]
) -> DocumentContent:
    return letter_building.build_letter_document(store, _event_of(store, scope), now, kind=kind, entries=entries)


def _revision(kind: str) -> Callable[[Store, DocumentScope], int]:
    """Return the function that returns which letter of a kind is made now; always 1 for kinds an event has once."""
    if kind not in (*REPEATABLE_LETTERS, *DECISION_LETTERS):
        return lambda _store, _scope: 1
    return lambda store, scope: read_revision(store, _event_of(store, scope), kind).revision


def _assign_admission_numbers(
    store: Store, change: Change, scope: DocumentScope, content: DocumentContent
) -> dict[str, str]:
    """Assign the 入場番号 that the letters bear as they are issued; return what the log notes of it.

    The drawn numbers are compared with the roster place by place, because a number may belong to another place by now.

    Raises:
        UserError: the roster has changed since the letters were drawn; nothing is written.
    """
    event_id = scope.event_id or 0
    assign_admission_numbers(store, change, event_id)
    given = {entry.id: entry.admission for entry in roster.entries(store.database, event_id)}
    places = [place for head in content.letterheads for place in head.places]
    if any(given.get(entry_id) != number for entry_id, number in places):
        raise _OUTDATED_ERROR
    return {NUMBERED: "あり"} if places else {}


def _drafting(kind: str, missing: str, todo: ActionId = _ENTER_PEOPLE_ACTION) -> DocumentKind:
    def drafted(store: Store, event: Event) -> Sequence[str]:
        return letter_building.drafted_letters(store, event, kind)

    return _paper(
        kind,
        missing,
        todo,
        names_no_place=True,
        state=lambda store, file, _today: "・".join(drafted(store, file.event)),
        parts_of_its_day=DRAFTING_OF_ITS_DAY,
        notified_with=(DECISION,) if kind == DRAFTING else (),
        drafts=lambda store, scope: [(scope, letter) for letter in drafted(store, _event_of(store, scope))],
    )


def check_admission_undo(store: Store, net: Collection[RowChange], *, cannot: str) -> None:
    """Refuse to undo 入場番号 once a 決定通知 with them was issued, as no number may be given twice.

    Args:
        net: the changes that would be undone.
        cannot: the words that refuse, such as 「元に戻せません」.

    Raises:
        UserError: numbers would be taken back.
    """
    given = {
        change.row_id
        for change in net
        if change.table == "events"
        and (change.before or {}).get("last_admission", 0) < (change.after or {}).get("last_admission", 0)
    }
    left = rows(store.database, Outgoing, event_id=given, document_kind=DECISION)
    if any(NUMBERED in one.detail for one in left):
        raise UserError(
            f"決定通知を出していて、入場番号が伝わっているため、{cannot}。",
            "参加される方は、「参加者」で1人ずつ状態を直せます。付けた番号は、ほかの方には使いません。",
        )


_NO_APPLICATION_WORDS = "申込みを入れると作成できます。"
_CALLS: Final = "中止・変更の連絡"
DOCUMENTS: tuple[DocumentKind, ...] = (
    *map(_recruitment, RECRUITMENT_DOCUMENTS),
    _drafting(DRAFTING, _NO_APPLICATION_WORDS),
    _notice(DECISION, _NO_APPLICATION_WORDS),
    _notice(REFUSAL_LETTER, "参加者を決めて、落選または補欠の方がいるときに作成できます。", "参加者の決定"),
    _notice(INVITATION, _NO_APPLICATION_WORDS),
    _notice(WITHDRAWAL, "参加の辞退か、希望の取下げを記録すると作成できます。"),
    _notice(PLACE_REVOCATION, "参加者の「状態」で「決定の取消し」をすると作成できます。"),
    event_document_kind(
        kind=LABELS,
        group="募集・通知",
        event_role="記録",  # a 中止通知 is sent by post too
        build=partial(letter_building.build_letter_document, kind=LABELS),
        mail=partial(_mail, LABELS),
        ready=_labels_ready,
        missing_words=_NO_APPLICATION_WORDS,
        todo=_ENTER_PEOPLE_ACTION,
        personal=True,
    ),
    event_document_kind(
        kind=check_sheet.KIND,
        group="募集・通知",
        event_role="記録",
        build=_build_check_sheet,
        ready=_labels_ready,
        passages=_enclosures,
        worded_in_library=True,
        missing_words=_NO_APPLICATION_WORDS,
        todo=_ENTER_PEOPLE_ACTION,
        personal=True,
    ),
    _drafting(DRAFTING_CHANGE, _NO_CHANGE, _CALLS),
    _notice(CANCELLATION, "中止を記録すると作成できます。", _CALLS),
    _notice(CHANGE, "日時・会場の変更か延期を記録すると作成できます。", _CALLS),
    _notice(REVOCATION, "知らせた中止や変更を取り消すと作成できます。", _CALLS),
)


@record
class SavedLetters(SavedFile):
    """The letters written to the folder ``path``: how many files, and the hash over all of them."""

    files: int
    sha256: str


def render_each(
    contents: Sequence[DocumentContent],
    *,
    format: Format,  # noqa: A002
    leave_open: bool = False,
) -> tuple[documents.RenderedDocument, ...]:
    """Return every letter drawn by itself; ``leave_open`` as for ``documents.render``."""
    return tuple(documents.render(content, format=format, with_gaps=leave_open) for content in contents)


def save_each(
    context: ActionContext,
    *,
    event_id: int,
    kind: str,
    drawn: Sequence[documents.RenderedDocument],
    options: SaveOptions,
    day_reason: str = "",
) -> SavedLetters:
    """Write every letter to its own file in a new folder and log it; undo stops there.

    Args:
        drawn: the letters as ``render_each`` returns them.
        day_reason: why they leave though they state a day that is over.

    Raises:
        UserError: no letter, no password or reason, or the folder exists.
        StorageProblem: a file could not be written; none of them stays, nothing was logged.
    """
    if not drawn:
        raise UserError("保存する通知がありません。", "宛先に印を付けてください。")
    personal = any(one.content.personal for one in drawn)
    terms = saving_terms(context, options=options, personal=personal)
    path = options.path
    check_folder(path, overwrite=options.overwrite)
    files = [
        (f"{one.content.file_stem}.{one.format}", bytes_to_save(one.data, options, format=one.format)) for one in drawn
    ]
    digest = sha256("\n".join(sha256(data).hexdigest() for _, data in files).encode()).hexdigest()
    first = drawn[0]
    row = Outgoing(
        event_id=event_id,
        document_kind=kind,
        reference=first.content.reference,
        version=first.content.version,
        ordinal=first.content.ordinal,
        format=first.format,
        way=options.way,
        file_name=path.name,
        sha256=digest,
        pages=sum(one.pages for one in drawn) or None,
        personal=personal,
        reason=terms.reason,
        **context.signature,
        detail={"ファイル数": str(len(files))} | folder_detail(path) | terms.detail,
    )
    large = sum(bool(large_print_words(one.content)) for one in drawn)
    named = kind if not large else f"{kind}（拡大版）" if large == len(drawn) else f"{kind}（うち拡大版{large}通）"
    with context.change(f"{named}を1通1ファイルで保存", "papers", event_id=event_id, barrier=True) as change:
        scope = DocumentScope(event_id=event_id)
        left = [run_outgoing_hook(context.store, change, scope, one.content) for one in drawn]
        # The row of the folder. Each letter has a row and a copy of its own, so that a copy holds one addressee.
        row_id = log_outgoing(context.store, change, row, copy=None)
        for one, noted, (name, data) in zip(drawn, left, files, strict=True):
            letter = replace(
                row,
                file_name=name,
                sha256=sha256(data).hexdigest(),
                pages=one.pages or None,
                personal=one.content.personal,
                detail={PART_OF_KEY: path.name} | noted | day_over_detail(one.content, day_reason),
            )
            log_outgoing(context.store, change, letter, copy=one.data, content=one.content)
        write_folder(path, files)
    words = " ".join(one.gap_words for one in drawn if one.gap_texts)
    said = f"「{path.name}」に{len(files)}通を保存しました。{words}"
    return SavedLetters(message=said, id=row_id, can_undo=False, path=path, files=len(files), sha256=digest)
