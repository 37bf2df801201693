"""The declaration of a document kind: its subject, its content, when it can be made, who gets it.

Every kind is a ``DocumentKind``; each subject registers its kinds, and ``DOCUMENTS`` holds all of them in the order of
the library. ``DocumentEvent`` is what a kind is checked against before it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from typing import Literal

from app.actions.action_id import ActionId, ActionLink
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.common.extension_point import ExtensionPoint
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage, large_print_words
from app.documents.event_phase import EventState
from app.documents.file_format import SHEET_FORMATS, Format
from app.documents.rules import EventRole
from app.documents.services.document_scope import About, DocumentScope
from app.programme.services import read_programme
from db.journal import Change
from db.record import frozen, record
from db.records.programme import EventKind, Programme
from db.store import Store


@record
class DocumentEvent:
    """The event that a document is about, as far as it decides whether and how that is made.

    Attributes:
        state: the state of the event on the day. link: where to go on when a document is stopped.
        outdated_letters: by kind of an issued letter, a sentence on what it says that is no longer so.
        notification_link: where the change is notified. schedule_key: current day, start and place of the event.
        override_reasons: reasons against a stop, by its key (``document_states``).
    """

    event_id: int
    state: EventState
    link: ActionLink
    outdated_letters: Mapping[str, str] = field(default_factory=dict)
    notification_link: ActionLink | None = None
    schedule_key: str = ""
    override_reasons: Mapping[str, str] = field(default_factory=dict)


DocumentGroup = Literal["人数・資料", "募集・通知", "当日", "中止・変更", "報告", "年度", "団体", "管理簿"]
DOCUMENT_SUBJECTS: ExtensionPoint[SubjectReader] = ExtensionPoint("document_subjects")
"""Functions that read what documents of an event, a year or a 団体 are about."""
FINGERPRINT_KEY = "照合値"
"""Key in the log for the hash of a document's content, so that the same content gets the same 版."""
TYPE_SIZE_KEY = "文字の大きさ"
"""Key in the log for what of a letter was a 拡大版."""
DOCUMENTS: ExtensionPoint[DocumentKind] = ExtensionPoint("documents")


@record
class DocumentSubject:
    """The event, year or 団体 of a scope, read once for all its documents.

    ``record`` is what its subject package read of it; ``is_over`` whether nothing of an event is to come on a day;
    ``kinds`` are those of a year, for a 団体 those of every year; ``programme`` is the contract of a year.
    """

    scope: DocumentScope
    title: str
    is_over: Callable[[date], bool] = lambda _today: False
    record: object = None
    kinds: Sequence[EventKind] = ()
    programme: Programme | None = None


SubjectReader = tuple[About, Callable[[Store, DocumentScope], DocumentSubject]]


def read_subject(store: Store, scope: DocumentScope) -> DocumentSubject:
    """Read the subject of a scope; raises ``UserError`` if the event, the year or the 団体 does not exist."""
    return dict(DOCUMENT_SUBJECTS.all())[scope.about](store, scope)


def read_year(store: Store, scope: DocumentScope) -> DocumentSubject:
    """Read the year of a scope as subject; raises ``UserError`` if it was not started here."""
    view = read_programme(store, fiscal_year=scope.fiscal_year)
    year = view.programme
    return DocumentSubject(scope=scope, title=fiscal_year_words(year.fiscal_year), kinds=view.kinds, programme=year)


class DocumentHeldBack(UserError):
    """Error for a document that is not made until its content is settled, although its subject exists."""


@frozen
class DocumentStop:
    """A missing item without which a letter cannot be 施行: a sentence, and a ``link`` to fix it (None = right
    there).
    """

    words: str
    link: ActionLink | None = None


@record
class DocumentItem:
    """One row of a year that has a document of its own: its id, and its name in a list."""

    id: int
    title: str


@record
class DaySet:
    """The place of a document in the 当日セット: its printing order and the proposed number of copies.

    ``copies`` 0 = it does not belong to every set and is added by ticking. ``always_joined`` = the PDF of the whole set
    contains it all the same.
    """

    order: int
    copies: int = 0
    always_joined: bool = False


@record
class DocumentKind:
    """One document kind of an event, a year or a 団体.

    Attributes:
        kind: its name, also in file names. about: what it is about. group: its group in the library.
        formats: its file formats. build: returns its content now; raises ``UserError`` for what does not exist yet.
        is_ready: whether it can be made now (always, unless given). is_applicable: whether this event has it at all.
        state_words: its state in words, once ready. missing_words: why it can't be made yet. todo: the action that is
            then needed.
        passages: the texts that staff may edit, in the app's own wording on the 発信日.
        goes_out: a letter of the ward with 事務連絡 / メール / 公文書 and its states. formal: 公文書 by default.
        personal: it names people. recipient: for whom it is made, in one word without a name. mail: returns its
            content as a mail to copy; None = it has no such text.
        is_internal: 庁内限り: it is never notified, mailed or handed to anybody outside (``internal_kind``).
        parts_of_its_day: parts of a letter that hold for the day it left alone, so that a later difference is no matter
            of who got it (the day of an event to which he does not come, what else was offered then).
        rests_on: the columns of its ``Letter`` that name the selection or decision it tells, as they are now.
        stops: what must not be missing once it is 施行 on a day; 案 and 起案中 may lack it.
        worded_in_library: its passages are edited beside it; of an event only letters have that anyway.
        items: for a document about one row of a year each: returns those rows (``DocumentScope.item``).
        letters_of_year: for a letter that follows another of its kind: the rows of a year that have one each, oldest
            first; ``DocumentScope.item`` chooses among them, without it the newest is meant.
        build_for: of a letter that others of its kind follow: returns its content now for those who have these places.
        revision: which letter of its kind it is now, if there are several in succession (a 検査 and the one after it):
            each has its own state, date, number and texts. 1 = the first, or the only one.
        shares_texts: all letters of this kind have the same texts, so that later recipients read what the first ones
            read.
        on_outgoing: called inside the change by which it is saved or printed, with its scope and content; its result
            is kept in the log.
        aliases: names of former documents that lead to this kind. What was issued under such a name is still found
            under it.
        drafts: of a 起案資料: returns scope and kind of each letter that it decides on; it is kept with the first.
        drafted_in: of a letter: returns the scope of its 起案資料, where that is about more than the letter.
        host_document: the document on whose sheet it is printed: it is worded, notified and copied under its own name,
            and not listed separately. is_listed: False = it is printed from the list it shows and is not in the
            library.
        counted: it holds numbers of participants or responses: if they differ from the records of its day, its pages
            are marked (``DOCUMENT_MARKS``).
        notified_with: the documents it is notified with: once one of them gave another day or place, it is not made
            again without a reason, like a formal letter itself.
        event_role: its role for its event, from which ``state_effect`` derives the effect of each state;
            required for documents of an event.
        names_no_place: it is made while a new place is missing, as it asks for one or tells none.
        text_when_cancelled: what to do instead if the event is cancelled, a sentence; "" = the usual sentence.
        is_held_back: whether its subject exists while it is not ready: when all documents are written it is listed
            with the error of ``build`` (``DocumentHeldBack``).
        event_status: returns the status of its event on a day, from what was read of the subject.
        day_set: its place in the 当日セット; None = it is no document of the day.
        names_all: nobody is left out of it, whatever a 利用停止 says (calls about a 中止).
        clauses: the clauses it follows, as a field of ``EventKind`` (「clause_people」) or as cited (「特17」).
    """

    kind: str
    about: About = "年度"
    group: DocumentGroup = "年度"
    build: Callable[[Store, DocumentScope, datetime], DocumentContent]
    is_ready: Callable[[Store, DocumentSubject], bool] = lambda _store, _subject: True
    missing_words: str
    todo: ActionId
    formats: tuple[Format, ...] = SHEET_FORMATS
    is_applicable: Callable[[DocumentSubject], bool] = lambda _subject: True
    state_words: Callable[[Store, DocumentSubject, date], str] = lambda _store, _subject, _today: ""
    passages: Callable[[Store, DocumentScope, date], Sequence[Passage]] = lambda _store, _scope, _on: ()
    goes_out: bool = False
    formal: bool = False
    personal: bool = False
    recipient: str = ""
    is_internal: bool = False
    mail: Callable[[Store, DocumentScope, datetime], str] | None = None
    stops: Callable[[Store, DocumentScope, date], tuple[DocumentStop, ...]] = lambda _store, _scope, _on: ()
    parts_of_its_day: tuple[str, ...] = ()
    rests_on: Callable[[Store, DocumentScope], Mapping[str, int]] = lambda _store, _scope: {}
    items: Callable[[Store, DocumentScope], Sequence[DocumentItem]] | None = None
    letters_of_year: Callable[[Store, DocumentScope], Sequence[DocumentItem]] | None = None
    notified_with: tuple[str, ...] = ()
    build_for: Callable[[Store, DocumentScope, datetime, Collection[int]], DocumentContent] | None = None
    revision: Callable[[Store, DocumentScope], int] = lambda _store, _scope: 1
    shares_texts: bool = False
    on_outgoing: Callable[[Store, Change, DocumentScope, DocumentContent], dict[str, str]] | None = None
    event_role: EventRole = "回によらない"
    names_no_place: bool = False
    text_when_cancelled: str = ""
    is_held_back: Callable[[Store, DocumentSubject], bool] = lambda _store, _subject: False
    event_status: Callable[[Store, DocumentScope, date, DocumentSubject | None], DocumentEvent] | None = None
    day_set: DaySet | None = None
    clauses: tuple[str, ...] = ()
    counted: bool = False
    names_all: bool = False
    worded_in_library: bool = False
    aliases: tuple[str, ...] = ()
    host_document: str = ""
    is_listed: bool = True
    drafts: Callable[[Store, DocumentScope], Sequence[tuple[DocumentScope, str]]] | None = None
    drafted_in: Callable[[Store, DocumentScope], DocumentScope] = lambda _store, scope: scope

    @property
    def names(self) -> tuple[str, ...]:
        """Return its own name first, then its aliases."""
        return (self.kind, *self.aliases)

    @property
    def can_be_urgent(self) -> bool:
        """Return whether it may leave by an 口頭決裁 before its 起案 (急施): a letter that tells a 中止 or a change."""
        return self.formal and self.event_role == "変更"

    @property
    def is_in_library(self) -> bool:
        """Return whether it is listed in the library by itself, not within another document that holds it."""
        return self.is_listed and not self.host_document

    def missing_link(self, scope: DocumentScope) -> ActionLink:
        """Return the link to what is needed before the document can be made."""
        return ActionLink(action=self.todo, event_id=scope.event_id, organisation_id=scope.organisation_id)


def documents_about(scope: DocumentScope) -> tuple[DocumentKind, ...]:
    """Return every document kind of an event, a year, a 団体, or one row of a year (``DocumentScope.item``).

    Also those that are not listed, not ready, or not applicable to this subject.
    """
    return tuple(paper for paper in DOCUMENTS if paper.about == scope.about and _is_about(paper, scope))


def _is_about(document_kind: DocumentKind, scope: DocumentScope) -> bool:
    """Return whether a document kind fits the scope: one row of a year, or the year itself."""
    of_item = scope.item is not None
    return (document_kind.items is not None) == of_item or (of_item and document_kind.letters_of_year is not None)


def document_of(scope: DocumentScope, kind: str) -> DocumentKind:
    """Return the document kind of a name, checked against the scope.

    Raises:
        UserError: there is no such kind, or it is about something else than ``scope``.
    """
    found = document_kind(kind)
    if found.about != scope.about:
        raise UserError(f"「{kind}」は{found.about}ごとの帳票です。", f"{found.about}を選んで作成してください。")
    if not _is_about(found, scope):
        raise UserError(f"「{kind}」は1件ごとの帳票です。", "一覧で1件を選んで作成してください。")
    return found


def document_kind(kind: str) -> DocumentKind:
    """Return the document kind of a name or alias.

    Raises:
        UserError: there is no such kind; the sentence names those there are.
    """
    found = _kind_by_name(kind)
    if found is None:
        known = "、".join(paper.kind for paper in DOCUMENTS if paper.is_in_library)
        raise UserError(f"「{kind}」という帳票はありません。", f"つぎの中から選んでください：{known}")
    return found


def kind_of(name: str) -> str:
    """Return the kind that a name or alias leads to; other names are returned unchanged."""
    found = _kind_by_name(name)
    return found.kind if found is not None else name


def host_document_of(kind: str) -> str:
    """Return the host document of a kind, or the kind itself without one; names of no kind are returned unchanged."""
    found = _kind_by_name(kind)
    return (found.host_document or found.kind) if found is not None else kind


def run_outgoing_hook(store: Store, change: Change, scope: DocumentScope, content: DocumentContent) -> dict[str, str]:
    """Return the log detail of a document that leaves: hash of its content, 拡大版, and what ``on_outgoing`` returns.

    The kind's ``on_outgoing`` is called for it, inside ``change``.
    """
    found = _kind_by_name(content.kind)
    kept = {FINGERPRINT_KEY: content.says} if content.says else {}
    if large := large_print_words(content):
        kept[TYPE_SIZE_KEY] = large
    if found is None or found.on_outgoing is None:
        return kept
    return kept | found.on_outgoing(store, change, scope, content)


def revision_of(store: Store, scope: DocumentScope, kind: str) -> int:
    """Return which letter of its kind a document is now (``Letter.revision``), 1 for nearly all."""
    found = _kind_by_name(kind)
    return found.revision(store, scope) if found is not None else 1


def text_revision(document_kind: DocumentKind, store: Store, scope: DocumentScope) -> int:
    """Return the revision whose passages a letter uses: its own, or the first of its kind."""
    return 1 if document_kind.shares_texts else document_kind.revision(store, scope)


def formats_of(kind: str) -> tuple[Format, ...]:
    """Return the formats of a document kind; () for a name of no document kind (a list, a text)."""
    found = _kind_by_name(kind)
    return found.formats if found is not None else ()


def recipient_of(kind: str) -> str:
    """Return for whom a document kind is made, in one word without a name (「受託者」), or ""."""
    found = _kind_by_name(kind)
    return found.recipient if found is not None else ""


def internal_kind(text: str) -> str:
    """Return the first internal document kind that ``text`` (a note of what is handed over) mentions, or "".

    The last word of its name is enough (「検討メモ」); spaces in ``text`` do not matter.
    """
    plain = "".join(text.split())
    return next((paper.kind for paper in DOCUMENTS if paper.is_internal and _short_name(paper.kind) in plain), "")


def _short_name(kind: str) -> str:
    """Return the last word of a kind, its everyday name (「検討メモ」)."""
    return kind.rsplit(maxsplit=1)[-1]


def reject_internal(text: str) -> None:
    """Raise ``UserError`` if ``text`` mentions an internal document as handed over."""
    if kind := internal_kind(text):
        raise UserError(
            f"「{kind}」は庁内限りです。受託者・応札者へは出せません。", "庁内で使うときは、保存か印刷をしてください。"
        )


def _kind_by_name(kind: str) -> DocumentKind | None:
    return next((paper for paper in DOCUMENTS if kind in paper.names), None)
