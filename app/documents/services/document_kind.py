"""What one kind of paper declares of itself: what it is about, what it says, when it can be made, who gets it.

Every kind is a ``DocumentKind``, whatever it is about; each subject reads what its papers are about, and declares its
kinds, which stand in ``PAPERS`` in the order of the shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from app.actions.action_id import ActionId, ActionLink
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.common.extension_point import ExtensionPoint
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.rules.state_effects import EventRole
from app.documents.services.document_scope import About, DocumentScope
from app.documents.services.event_status import EventStatus
from app.programme.services.programme import read_programme
from db.frozen_record import frozen_record
from db.journal import Change
from db.store import Store

Format = Literal["pdf", "xlsx"]
DocumentGroup = Literal["人数・資料", "募集・通知", "当日", "中止・変更", "報告", "年度", "団体", "管理簿"]
DOCUMENT_SUBJECTS: Final[ExtensionPoint[SubjectReader]] = ExtensionPoint("document_subjects")
"""Who reads what the papers of an event, a year or a 団体 are about."""
FINGERPRINT: Final = "照合値"
"""Under which name the log keeps what a paper said, so that the same paper made again is the same 版."""
DOCUMENTS: Final[ExtensionPoint[DocumentKind]] = ExtensionPoint("documents")


@frozen_record
class DocumentSubject:
    """What the papers of a shelf are about, read once for all of them; ``record`` is what its subject knows of it.

    ``day`` is that of an event with a date.
    """

    scope: DocumentScope
    title: str
    day: date | None = None
    record: object = None


SubjectReader = tuple[About, Callable[[Store, DocumentScope], DocumentSubject]]


def read_subject(store: Store, scope: DocumentScope) -> DocumentSubject:
    """Read what papers are about; raises ``UserError`` when the event, the year or the 団体 is not there."""
    return dict(DOCUMENT_SUBJECTS.all())[scope.about](store, scope)


def read_year(store: Store, scope: DocumentScope) -> DocumentSubject:
    """Read the year that papers are about; raises ``UserError`` when it was not started here."""
    year = read_programme(store, fiscal_year=scope.fiscal_year).programme.fiscal_year
    return DocumentSubject(scope=scope, title=fiscal_year_words(year))


class DocumentHeldBack(UserError):
    """A paper whose matter is there, and that is not made until what it would say is settled."""


def _always(_subject: DocumentSubject) -> bool:
    return True


def _never(_store: Store, _subject: DocumentSubject) -> bool:
    return False


def _no_state_words(_store: Store, _subject: DocumentSubject, _today: date) -> str:
    return ""


@dataclass(frozen=True)
class DocumentStop:
    """Something without which a letter is not 施行: a sentence, and ``link`` to where it is mended, None = beside
    it.
    """

    words: str
    link: ActionLink | None = None


def _no_stops(_store: Store, _scope: DocumentScope, _on: date) -> tuple[DocumentStop, ...]:
    return ()


def _first_revision(_store: Store, _scope: DocumentScope) -> int:
    return 1


def _no_texts(_store: Store, _scope: DocumentScope, _on: date) -> Sequence[Passage]:
    return ()


@frozen_record
class DocumentItem:
    """One row of a year that has a paper of its own: its id, and how it is named in a list."""

    id: int
    title: str


@frozen_record
class DocumentKind:
    """One kind of paper of an event, a year or a 団体.

    Attributes:
        kind: its name, also in file names. about: what it is about. group: the group it stands under.
        formats: what it can be. build: its content now; raises ``UserError`` for what is not there yet.
        is_ready: whether it can be made as things stand. is_applicable: whether this event has it at all.
        state_words: how it stands, in words, once ready. missing_words: why it can't be made yet. todo: what is asked
            for then.
        passages: the texts that staff may word, in the app's own wording on the 発信日.
        goes_out: a letter of the ward with 事務連絡 / メール / 公文書 and its states. formal: 公文書 from the start.
        personal: it names people. recipient: for whom it is made, in one word without a name. mail: the same as a
            mail to copy; None = it has no such text.
        is_internal: 庁内限り: it is never told, mailed or handed to anybody outside (``internal_kind``).
        stops: what is missing that must not be missing once it is 施行 on a day; 案 and 起案中
            may lack it.
        worded_in_library: one of an event whose texts are written in 帳票; those of others are in 通知・募集.
        items: for a paper about one row of a year each: the rows there are (``DocumentScope.item``).
        letters_of_year: for a letter that follows another of its kind: the rows of a year that have one each, the
            oldest first; ``DocumentScope.item`` chooses among them, without it the newest is meant.
        revision: which letter of its kind it is now, where what it is about has several one after another (a 検査 and
            the one after it): each has its own state, date, number and texts. 1 = the first, or the only one.
        shares_texts: all letters of it are worded alike, whichever one it is: who comes later reads what the first
            ones read.
        on_outgoing: called inside the change by which it leaves (saved, printed), with what it is about and what left;
            what it returns is kept in the log.
        aliases: names that lead here: papers that were made by themselves once. What was issued under such a name is
            read under it as ever. host_document: the paper on whose sheet it stands: it is worded, told and copied
            under its own name, and stands in no list beside its sheet. is_listed: False = it is printed from the list
            it shows and stands on no shelf.
        counted: it says who came or what came back: where those numbers are of another day than the records, its
            pages are
            marked (``paper_marks``).
        notified_with: the papers with which it is told: once one of them told another day or place, it is not made
            anew without a reason, as a formal letter itself.
        event_role: what it is to its event, by which ``rules/states.py`` says how it meets each state; one of an event
            says it.
        text_when_cancelled: what is done in its place where the event is cancelled, a sentence; "" = what most papers
            say.
        is_held_back: whether its matter is there while it is not ready: where all papers are written it is named with
            what ``build`` raises (``DocumentHeldBack``).
        halted_mark: what every page bears where it is made, with a reason, although it halts at something.
        event_status: how that event stands on a day, from what was read of it where it was.
        clauses: the clauses it follows, as a field of ``KindNumbers`` (「clause_people」) or as they are cited
            (「特17」).
    """

    kind: str
    about: About
    group: DocumentGroup
    build: Callable[[Store, DocumentScope, datetime], DocumentContent]
    is_ready: Callable[[Store, DocumentSubject], bool]
    missing_words: str
    todo: ActionId
    formats: tuple[Format, ...] = ("pdf", "xlsx")
    is_applicable: Callable[[DocumentSubject], bool] = _always
    state_words: Callable[[Store, DocumentSubject, date], str] = _no_state_words
    passages: Callable[[Store, DocumentScope, date], Sequence[Passage]] = _no_texts
    goes_out: bool = False
    formal: bool = False
    personal: bool = False
    recipient: str = ""
    is_internal: bool = False
    mail: Callable[[Store, DocumentScope, datetime], str] | None = None
    stops: Callable[[Store, DocumentScope, date], tuple[DocumentStop, ...]] = _no_stops
    items: Callable[[Store, DocumentScope], Sequence[DocumentItem]] | None = None
    letters_of_year: Callable[[Store, DocumentScope], Sequence[DocumentItem]] | None = None
    notified_with: tuple[str, ...] = ()
    revision: Callable[[Store, DocumentScope], int] = _first_revision
    shares_texts: bool = False
    on_outgoing: Callable[[Store, Change, DocumentScope, DocumentContent], dict[str, str]] | None = None
    event_role: EventRole = "回によらない"
    text_when_cancelled: str = ""
    is_held_back: Callable[[Store, DocumentSubject], bool] = _never
    halted_mark: str = ""
    event_status: Callable[[Store, DocumentScope, date, DocumentSubject | None], EventStatus] | None = None
    clauses: tuple[str, ...] = ()
    counted: bool = False
    worded_in_library: bool = False
    aliases: tuple[str, ...] = ()
    host_document: str = ""
    is_listed: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Its own name first, then those that lead here."""
        return (self.kind, *self.aliases)

    @property
    def is_in_library(self) -> bool:
        """Whether it stands in the lists of papers by itself."""
        return self.is_listed and not self.host_document

    def missing_link(self, scope: DocumentScope) -> ActionLink:
        """What is asked for while the paper can't be made."""
        return ActionLink(action=self.todo, event_id=scope.event_id, organisation_id=scope.organisation_id)


def documents_about(scope: DocumentScope) -> tuple[DocumentKind, ...]:
    """Return every kind of paper of an event, of a year, of a 団体, or of one row of a year."""
    return tuple(paper for paper in DOCUMENTS if paper.about == scope.about and _is_about(paper, scope))


def _is_about(document_kind: DocumentKind, scope: DocumentScope) -> bool:
    """Whether a paper is about one row of a year, or about the year, as the scope is."""
    of_item = scope.item is not None
    return (document_kind.items is not None) == of_item or (of_item and document_kind.letters_of_year is not None)


def items_of_year(store: Store, scope: DocumentScope) -> tuple[tuple[DocumentKind, DocumentItem], ...]:
    """Return every row of a year that has a paper of its own, kind by kind; of letters that follow one another those
    before the newest, which is that of the year."""
    kinds = [paper for paper in DOCUMENTS if paper.about == scope.about]
    found = [(paper, item) for paper in kinds if paper.items is not None for item in paper.items(store, scope)]
    before = [
        (paper, item)
        for paper in kinds
        if paper.letters_of_year is not None
        for item in paper.letters_of_year(store, scope)[:-1]
    ]
    return (*found, *before)


def document_of(scope: DocumentScope, kind: str) -> DocumentKind:
    """Return the declaration of one kind.

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
    """Return the declaration of one kind, by its name or by one that leads to it.

    Raises:
        UserError: there is no such kind; the sentence names those there are.
    """
    found = _kind_by_name(kind)
    if found is None:
        known = "、".join(paper.kind for paper in DOCUMENTS if paper.is_in_library)
        raise UserError(f"「{kind}」という帳票はありません。", f"つぎの中から選んでください：{known}")
    return found


def kind_of(name: str) -> str:
    """Return the kind that a name leads to (its own for a kind); a name of no paper as it is."""
    found = _kind_by_name(name)
    return found.kind if found is not None else name


def host_document_of(kind: str) -> str:
    """Return the name of the paper that a name leads to; a name of no paper as it is."""
    found = _kind_by_name(kind)
    return (found.host_document or found.kind) if found is not None else kind


def run_outgoing_hook(store: Store, change: Change, scope: DocumentScope, content: DocumentContent) -> dict[str, str]:
    """Let a paper do inside ``change`` what its leaving asks for; return what the log keeps of it."""
    found = _kind_by_name(content.kind)
    kept = {FINGERPRINT: content.says} if content.says else {}
    if found is None or found.on_outgoing is None:
        return kept
    return kept | found.on_outgoing(store, change, scope, content)


def revision_of(store: Store, scope: DocumentScope, kind: str) -> int:
    """Return which letter of its kind a paper is now (``Letter.revision``), 1 for nearly all."""
    found = _kind_by_name(kind)
    return found.revision(store, scope) if found is not None else 1


def text_revision(document_kind: DocumentKind, store: Store, scope: DocumentScope) -> int:
    """Return whose texts a letter has: its own, or those of the first of its kind."""
    return 1 if document_kind.shares_texts else document_kind.revision(store, scope)


def formats_of(kind: str) -> tuple[Format, ...]:
    """Return what a kind of paper can be; nothing for what is no paper of the shelf."""
    found = _kind_by_name(kind)
    return found.formats if found is not None else ()


def recipient_of(kind: str) -> str:
    """Return for whom a kind of paper is made, in one word and without a name (「受託者」), or ""."""
    found = _kind_by_name(kind)
    return found.recipient if found is not None else ""


def internal_kind(text: str) -> str:
    """Return the kind of paper that stays in the house and is named in ``text`` (a note of what is handed
    on), or ""."""
    plain = "".join(text.split())
    return next((paper.kind for paper in DOCUMENTS if paper.is_internal and _short_name(paper.kind) in plain), "")


def _short_name(kind: str) -> str:
    """The last word of a kind, by which people call it (「検討メモ」)."""
    return kind.rsplit(maxsplit=1)[-1]


def reject_internal(text: str) -> None:
    """Refuse to hand on what is named in ``text`` where it stays in the house."""
    if kind := internal_kind(text):
        raise UserError(
            f"「{kind}」は庁内限りです。受託者・応札者へは出せません。", "庁内で使うときは、保存か印刷をしてください。"
        )


def _kind_by_name(kind: str) -> DocumentKind | None:
    return next((paper for paper in DOCUMENTS if kind in paper.names), None)
