"""What one kind of paper declares of itself: what it is about, what it says, when it can be made, who gets it.

Every kind is a ``PaperKind``, whatever it is about; each subject reads what its papers are about, and declares its
kinds, which stand in ``PAPERS`` in the order of the shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from app.acts.action_id import ActionId, Asked
from app.acts.refusal import Refusal
from app.calendar.wareki import fiscal_year_words
from app.common.declared import Declared
from app.papers.blocks import DocumentContent
from app.papers.paper import Passage
from app.papers.rules.states import Manner
from app.papers.services.event_standing import EventStanding
from app.papers.services.paper_scope import About, PaperScope
from app.programme.services.programme import read_programme
from db.frozen_record import frozen_record
from db.journal import Change
from db.store import Store

Format = Literal["pdf", "xlsx"]
Shelf = Literal["人数・資料", "募集・通知", "当日", "中止・変更", "報告", "年度", "団体", "管理簿"]
SUBJECTS: Final[Declared[SubjectReader]] = Declared("paper_subjects")
"""Who reads what the papers of an event, a year or a 団体 are about."""
FINGERPRINT: Final = "照合値"
"""Under which name the log keeps what a paper said, so that the same paper made again is the same 版."""
PAPERS: Final[Declared[PaperKind]] = Declared("papers")


@frozen_record
class PaperSubject:
    """What the papers of a shelf are about, read once for all of them; ``record`` is what its subject knows of it.

    ``day`` is that of an event with a date.
    """

    scope: PaperScope
    title: str
    day: date | None = None
    record: object = None


SubjectReader = tuple[About, Callable[[Store, PaperScope], PaperSubject]]


def read_subject(store: Store, scope: PaperScope) -> PaperSubject:
    """Read what papers are about; raises ``Refusal`` when the event, the year or the 団体 is not there."""
    return dict(SUBJECTS.all())[scope.about](store, scope)


def read_year(store: Store, scope: PaperScope) -> PaperSubject:
    """Read the year that papers are about; raises ``Refusal`` when it was not started here."""
    year = read_programme(store, fiscal_year=scope.fiscal_year).programme.fiscal_year
    return PaperSubject(scope=scope, title=fiscal_year_words(year))


class HeldBack(Refusal):
    """A paper whose matter is there, and that is not made until what it would say is settled."""


def _always(_subject: PaperSubject) -> bool:
    return True


def _never(_store: Store, _subject: PaperSubject) -> bool:
    return False


def _nothing(_store: Store, _subject: PaperSubject, _today: date) -> str:
    return ""


@dataclass(frozen=True)
class PaperStop:
    """Something without which a letter is not 施行: a sentence, and ``way`` to where it is mended, None = beside it."""

    words: str
    way: Asked | None = None


def _no_stops(_store: Store, _scope: PaperScope, _on: date) -> tuple[PaperStop, ...]:
    return ()


def _first(_store: Store, _scope: PaperScope) -> int:
    return 1


def _no_texts(_store: Store, _scope: PaperScope, _on: date) -> Sequence[Passage]:
    return ()


@frozen_record
class PaperItem:
    """One row of a year that has a paper of its own: its id, and how it is named in a list."""

    id: int
    title: str


@frozen_record
class PaperKind:
    """One kind of paper of an event, a year or a 団体.

    Attributes:
        kind: its name, also in file names. about: what it is about. shelf: the group it stands under.
        formats: what it can be. build: its content now; raises ``Refusal`` for what is not there yet.
        ready: whether it can be made as things stand. fits: whether this event has it at all.
        state: how it stands, in words, once ready. missing: why it can't be made yet. todo: what is asked
            for then.
        passages: the texts that staff may word, in the app's own wording on the 発信日.
        goes_out: a letter of the ward with 事務連絡 / メール / 公文書 and its states. formal: 公文書 from the start.
        personal: it names people. recipient: for whom it is made, in one word without a name. mail: the same as a
            mail to copy; None = it has no such text.
        inside: 庁内限り: it is never told, mailed or handed to anybody outside (``inside_kind``).
        stops: what is missing that must not be missing once it is 施行 on a day; 案 and 起案中
            may lack it.
        own_words: one of an event whose texts are written in 帳票; those of others are in 通知・募集.
        items: for a paper about one row of a year each: the rows there are (``PaperScope.item``).
        several: for a letter that follows another of its kind: the rows of a year that have one each, the oldest first;
            ``PaperScope.item`` chooses among them, without it the newest is meant.
        revision: which letter of its kind it is now, where what it is about has several one after another (a 検査 and
            the one after it): each has its own state, date, number and texts. 1 = the first, or the only one.
        same_words: all letters of it are worded alike, whichever one it is: who comes later reads what the first ones
            read.
        leaving: called inside the change by which it leaves (saved, printed), with what it is about and what left;
            what it returns is kept in the log.
        also: names that lead here: papers that were made by themselves once. What was issued under such a name is read
            under it as ever. sheet: the paper on whose sheet it stands: it is worded, told and copied under its own
            name, and stands in no list beside its sheet. listed: False = it is printed from the list it shows and
            stands on no shelf.
        counted: it says who came or what came back: where those numbers are of another day than the records, its
            pages are
            marked (``paper_marks``).
        told_with: the papers with which it is told: once one of them told another day or place, it is not made anew
            without a reason, as a formal letter itself.
        meets: what it is to its event, by which ``rules/states.py`` says how it meets each state; one of an event
            says it.
        instead: what is done in its place where the event is cancelled, a sentence; "" = what most papers say.
        held_back: whether its matter is there while it is not ready: where all papers are written it is named with
            what ``build`` raises (``HeldBack``).
        halted_mark: what every page bears where it is made, with a reason, although it halts at something.
        standing: how that event stands on a day, from what was read of it where it was.
        rests_on: the clauses it follows, as a field of ``KindNumbers`` (「clause_people」) or as they are cited
            (「特17」).
    """

    kind: str
    about: About
    shelf: Shelf
    build: Callable[[Store, PaperScope, datetime], DocumentContent]
    ready: Callable[[Store, PaperSubject], bool]
    missing: str
    todo: ActionId
    formats: tuple[Format, ...] = ("pdf", "xlsx")
    fits: Callable[[PaperSubject], bool] = _always
    state: Callable[[Store, PaperSubject, date], str] = _nothing
    passages: Callable[[Store, PaperScope, date], Sequence[Passage]] = _no_texts
    goes_out: bool = False
    formal: bool = False
    personal: bool = False
    recipient: str = ""
    inside: bool = False
    mail: Callable[[Store, PaperScope, datetime], str] | None = None
    stops: Callable[[Store, PaperScope, date], tuple[PaperStop, ...]] = _no_stops
    items: Callable[[Store, PaperScope], Sequence[PaperItem]] | None = None
    several: Callable[[Store, PaperScope], Sequence[PaperItem]] | None = None
    told_with: tuple[str, ...] = ()
    revision: Callable[[Store, PaperScope], int] = _first
    same_words: bool = False
    leaving: Callable[[Store, Change, PaperScope, DocumentContent], dict[str, str]] | None = None
    meets: Manner = "回によらない"
    instead: str = ""
    held_back: Callable[[Store, PaperSubject], bool] = _never
    halted_mark: str = ""
    standing: Callable[[Store, PaperScope, date, PaperSubject | None], EventStanding] | None = None
    rests_on: tuple[str, ...] = ()
    counted: bool = False
    own_words: bool = False
    also: tuple[str, ...] = ()
    sheet: str = ""
    listed: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Its own name first, then those that lead here."""
        return (self.kind, *self.also)

    @property
    def on_shelf(self) -> bool:
        """Whether it stands in the lists of papers by itself."""
        return self.listed and not self.sheet

    def asked(self, scope: PaperScope) -> Asked:
        """What is asked for while the paper can't be made."""
        return Asked(what=self.todo, event_id=scope.event_id, organisation_id=scope.organisation_id)


def papers_about(scope: PaperScope) -> tuple[PaperKind, ...]:
    """Return every kind of paper of an event, of a year, of a 団体, or of one row of a year."""
    return tuple(paper for paper in PAPERS if paper.about == scope.about and _is_about(paper, scope))


def _is_about(paper: PaperKind, scope: PaperScope) -> bool:
    """Whether a paper is about one row of a year, or about the year, as the scope is."""
    of_item = scope.item is not None
    return (paper.items is not None) == of_item or (of_item and paper.several is not None)


def items_of_year(store: Store, scope: PaperScope) -> tuple[tuple[PaperKind, PaperItem], ...]:
    """Return every row of a year that has a paper of its own, kind by kind; of letters that follow one another those
    before the newest, which is that of the year."""
    kinds = [paper for paper in PAPERS if paper.about == scope.about]
    found = [(paper, item) for paper in kinds if paper.items is not None for item in paper.items(store, scope)]
    before = [
        (paper, item) for paper in kinds if paper.several is not None for item in paper.several(store, scope)[:-1]
    ]
    return (*found, *before)


def paper_of(scope: PaperScope, kind: str) -> PaperKind:
    """Return the declaration of one kind.

    Raises:
        Refusal: there is no such kind, or it is about something else than ``scope``.
    """
    found = paper_kind(kind)
    if found.about != scope.about:
        raise Refusal(f"「{kind}」は{found.about}ごとの帳票です。", f"{found.about}を選んで作成してください。")
    if not _is_about(found, scope):
        raise Refusal(f"「{kind}」は1件ごとの帳票です。", "一覧で1件を選んで作成してください。")
    return found


def paper_kind(kind: str) -> PaperKind:
    """Return the declaration of one kind, by its name or by one that leads to it.

    Raises:
        Refusal: there is no such kind; the sentence names those there are.
    """
    found = _named(kind)
    if found is None:
        known = "、".join(paper.kind for paper in PAPERS if paper.on_shelf)
        raise Refusal(f"「{kind}」という帳票はありません。", f"つぎの中から選んでください：{known}")
    return found


def kind_of(name: str) -> str:
    """Return the kind that a name leads to (its own for a kind); a name of no paper as it is."""
    found = _named(name)
    return found.kind if found is not None else name


def sheet_of(kind: str) -> str:
    """Return the name of the paper that a name leads to; a name of no paper as it is."""
    found = _named(kind)
    return (found.sheet or found.kind) if found is not None else kind


def note_leaving(store: Store, change: Change, scope: PaperScope, content: DocumentContent) -> dict[str, str]:
    """Let a paper do inside ``change`` what its leaving asks for; return what the log keeps of it."""
    found = _named(content.kind)
    kept = {FINGERPRINT: content.says} if content.says else {}
    if found is None or found.leaving is None:
        return kept
    return kept | found.leaving(store, change, scope, content)


def revision_of(store: Store, scope: PaperScope, kind: str) -> int:
    """Return which letter of its kind a paper is now (``Letter.revision``), 1 for nearly all."""
    found = _named(kind)
    return found.revision(store, scope) if found is not None else 1


def revision_of_words(paper: PaperKind, store: Store, scope: PaperScope) -> int:
    """Return whose texts a letter has: its own, or those of the first of its kind."""
    return 1 if paper.same_words else paper.revision(store, scope)


def formats_of(kind: str) -> tuple[Format, ...]:
    """Return what a kind of paper can be; nothing for what is no paper of the shelf."""
    found = _named(kind)
    return found.formats if found is not None else ()


def recipient_of(kind: str) -> str:
    """Return for whom a kind of paper is made, in one word and without a name (「受託者」), or ""."""
    found = _named(kind)
    return found.recipient if found is not None else ""


def inside_kind(text: str) -> str:
    """Return the kind of paper that stays in the house and is named in ``text`` (a note of what is handed
    on), or ""."""
    plain = "".join(text.split())
    return next((paper.kind for paper in PAPERS if paper.inside and _short(paper.kind) in plain), "")


def _short(kind: str) -> str:
    """The last word of a kind, by which people call it (「検討メモ」)."""
    return kind.rsplit(maxsplit=1)[-1]


def refuse_inside(text: str) -> None:
    """Refuse to hand on what is named in ``text`` where it stays in the house."""
    if kind := inside_kind(text):
        raise Refusal(
            f"「{kind}」は庁内限りです。受託者・応札者へは出せません。", "庁内で使うときは、保存か印刷をしてください。"
        )


def _named(kind: str) -> PaperKind | None:
    return next((paper for paper in PAPERS if kind in paper.names), None)
