"""Finds in words what a kept letter says otherwise than one made from today's records would."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from itertools import takewhile

from app.actions.user_error import UserError
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import (
    Block,
    Contact,
    DocumentContent,
    Heading,
    KeyValues,
    Letterhead,
    LetterItems,
    Paragraph,
    SheetBreak,
    Table,
    Title,
)
from app.documents.handout_blocks import NamedLines
from app.documents.services.document_kind import DocumentKind, document_of, documents_about
from app.documents.services.document_scope import DocumentScope, keys_of
from app.documents.services.kept_letters.kept_papers import (
    COVERED,
    is_drawn_here,
    issued_contents,
    kept_document,
    kept_papers_of,
    letter_with_kept,
    split_letters,
)
from db.digits import is_digits
from db.name_key import plain_organisation
from db.query_cache import cached_queries
from db.record import record
from db.records.documents import KeptPaper, Letter, LetterAnswer, LetterState
from db.rows import rows
from db.store import Store

_ADDRESSEE, _ADDRESS = "宛先", "住所"
PEOPLE_PARTS = (_ADDRESSEE, "参加される方", "お申込みの方", "参加予定の方", "対象の方", "辞退された方")
"""Parts in which people and 団体 are called by their names."""
_SHOWN = 3
_RECEPTION = "（受付　"
_ABSENCE = "欠席・代理出席"


@record
class LetterDifference:
    """One thing that a kept letter says otherwise than today's records.

    Attributes:
        part: of the letter (「日時」「宛先」). before, after: the lines that differ, "" = it says nothing of it.
        addressees: whose letters say so, as they stand on them; entries: whom these letters are about. has_left: its
            letter is 施行. is_sent: False for a 起案資料, which nobody gets.
    """

    part: str
    before: str
    after: str
    addressees: tuple[str, ...] = ()
    entries: frozenset[int] = frozenset()
    has_left: bool = True
    is_sent: bool = True

    @property
    def key(self) -> str:
        """Return what identifies this difference; one that goes further has another."""
        return sha256("\0".join((self.part, self.before, self.after)).encode()).hexdigest()

    def says_the_same_as(self, other: LetterDifference) -> bool:
        """Return whether the same words changed into the same ones in the same letters, as a name does in two parts."""
        return (self.addressees, *self._changed_words) == (other.addressees, *other._changed_words)

    @property
    def _changed_words(self) -> tuple[set[str], set[str]]:
        """Return the words that went, and those that came."""
        before, after = (set(text.replace("（", " ").split()) for text in (self.before, self.after))
        return before - after, after - before

    @property
    def is_known_later(self) -> bool:
        """Return whether a 団体 that was written to as 「… 御中」 has but a person now, or a letter an address."""
        name, _, person = self.after.partition("\n")
        same = plain_organisation(self.before) == plain_organisation(f"{name}　御中")
        return not self.before if self.part == _ADDRESS else self.part == _ADDRESSEE and bool(person) and same

    @property
    def words(self) -> str:
        """Return 「日時：9月10日 → 9月17日（みほん町会 ほか2件）」."""
        return f"{self.part}：{self.change_words}"

    @property
    def change_words(self) -> str:
        """Return ``words`` without the part."""
        names = [one.partition("\n")[0] for one in self.addressees]
        more = f" ほか{len(names) - _SHOWN}件" if len(names) > _SHOWN else ""
        to = f"（{'、'.join(names[:_SHOWN])}{more}）" if names else ""
        return f"{_one_line(self.before)} → {_one_line(self.after)}{to}"


def _one_line(text: str) -> str:
    return join_nonempty(*text.split("\n"), separator="／") or "（なし）"


@record
class KeptComparison:
    """What a kept letter says otherwise than today's records; ``kept_words`` says what is compared, "" = nothing."""

    differences: tuple[LetterDifference, ...] = ()
    kept_words: str = ""


def read_comparison(store: Store, *, scope: DocumentScope, kind: str, now: datetime) -> KeptComparison:
    """Return what is open of a kind of letter; nothing where nothing is kept of it."""
    paper = document_of(scope, kind)
    kept = kept_document(store, paper, scope, now.date())
    if kept is None or kept.kept is None:
        return KeptComparison()
    return KeptComparison(differences=open_differences(store, paper, scope, now), kept_words=kept.kept.words)


@cached_queries
def open_differences(
    store: Store, paper: DocumentKind, scope: DocumentScope, now: datetime
) -> tuple[LetterDifference, ...]:
    """Return ``letter_differences`` that nobody has answered yet, of every letter of a kind."""
    letters = differing_letters(store, paper, scope, now.date())
    return tuple(one for letter in letters for one in unanswered_differences(store, letter, paper, scope, now))


def differing_letters(store: Store, paper: DocumentKind, scope: DocumentScope, on: date) -> list[Letter]:
    """Return the letters of a kind that are kept: the one that is made now, and those that are 施行 before it."""
    now = letter_with_kept(store, paper, scope, on)
    before = rows(store.database, Letter, document_kind=paper.kind, state=LetterState.ISSUED, **keys_of(store, scope))
    others = [one for one in before if paper.build_for is not None and (now is None or one.id != now.id)]
    return [*([now] if now is not None else []), *others]


@cached_queries
def unanswered_differences(
    store: Store, letter: Letter, paper: DocumentKind, scope: DocumentScope, now: datetime
) -> tuple[LetterDifference, ...]:
    """Return ``letter_differences`` of one letter that nobody has answered yet."""
    answers = rows(store.database, LetterAnswer, letter_id=letter.id, document_kind=paper.kind)
    answered = {one.difference for one in answers}
    return tuple(one for one in letter_differences(store, letter, paper, scope, now) if one.key not in answered)


def letter_differences(
    store: Store, letter: Letter, paper: DocumentKind, scope: DocumentScope, now: datetime
) -> tuple[LetterDifference, ...]:
    """Return what the kept letters of a kind say otherwise than today's records, () while nothing is kept.

    Number and day of the letter are none, nor is who gets a letter for the first time where others follow it. Of what
    left the newest letter that told somebody is compared: none before it, nor one of a decision that another follows.
    A file of the office's is not compared. Of a 起案資料 what it decides is compared: drafts and addressees are asked
    about at their letters. What left without what nobody knew that day (a 会長, an address) was right.
    """
    kept = _compared(paper, issued_contents(store, letter, kind=paper.kind, wanted=is_drawn_here))
    if not kept:
        return ()
    told_later: frozenset[int] = frozenset()
    if letter.state.is_issued:
        if letter.decision_id not in (None, paper.rests_on(store, scope).get("decision_id")):
            return ()
        told_later = _told_later(store, letter, scope)
    else:  # what it says of its own day (「本日」, a day to answer by) is of the day it was put up
        now = max(one.at for one in kept_papers_of(store, letter, paper.kind))
    try:
        made = _compared(paper, split_letters(made_now(store, letter, paper, scope, kept, now)))
    except UserError:
        made = []
    if paper.drafts is not None and not made:  # there is nothing to decide any more
        return ()
    found: dict[LetterDifference, list[DocumentContent]] = {}
    for one in kept:
        today = _of_same(one, made)
        if told_later and _entries(today or one) <= told_later:
            continue
        gone = [LetterDifference(part=_ADDRESSEE, before=_addressee(one), after="")]
        for each in _differences(one, today, paper.parts_of_its_day) if today is not None else gone:
            if not (letter.state.is_issued and each.is_known_later):
                found.setdefault(each, []).append(one)
    return tuple(
        replace(
            each,
            addressees=tuple(to for one in letters if (to := _addressee(one))),
            entries=frozenset().union(*map(_entries, letters)),
            has_left=letter.state.is_issued,
            is_sent=paper.drafts is None,
        )
        for each, letters in found.items()
    )


def made_now(
    store: Store,
    letter: Letter,
    paper: DocumentKind,
    scope: DocumentScope,
    kept: Iterable[DocumentContent],
    now: datetime,
) -> DocumentContent:
    """Return what a letter would say today; one that others follow is made for those whom it named."""
    if paper.build_for is None or letter.revision == paper.revision(store, scope):
        return paper.build(store, scope, now)
    return paper.build_for(store, scope, now, frozenset().union(*(_entries(one) for one in kept)))


def _told_later(store: Store, letter: Letter, scope: DocumentScope) -> frozenset[int]:
    """Return the entries that a later letter of the same event named, which told who is selected or a decision."""
    if letter.event_id is None:
        return frozenset()
    issued = rows(store.database, Letter, event_id=letter.event_id, state=LetterState.ISSUED)
    kept = rows(store.database, KeptPaper, letter_id=[one.id for one in issued], replaced=False)
    newest = {one.letter_id: one.id for one in sorted(kept, key=lambda one: one.id)}
    telling = {one.kind for one in documents_about(scope) if one.build_for is not None}
    order = {one.id: (one.issued_on or date.min, newest.get(one.id, 0)) for one in issued}
    later = {
        one.id
        for one in issued
        if (one.decision_id or one.document_kind in telling) and order[one.id] > order[letter.id]
    }
    return frozenset(entry for one in kept if one.letter_id in later for entry in one.entries)


def _of_same(kept: DocumentContent, made: Iterable[DocumentContent]) -> DocumentContent | None:
    """Return the letter of today to the same addressee, else the one that names the same places (two 団体 merged)."""
    key, entries = _key(kept), _entries(kept)
    same = (one for one in made if _key(one) == key)
    return next(same, None) or next((one for one in made if entries & _entries(one)), None)


def _addressee(content: DocumentContent) -> str:
    return next((head.addressee for head in content.letterheads), "")


def _entries(content: DocumentContent) -> frozenset[int]:
    return frozenset(entry for head in content.letterheads for entry in head.entries)


def _key(content: DocumentContent) -> str:
    return next((one.key for one in content.letterheads), "")


def _compared(paper: DocumentKind, contents: list[DocumentContent]) -> list[DocumentContent]:
    """Return what is compared of letters: of a 起案資料 its first sheet, on which stands what it decides."""
    if paper.drafts is None:
        return contents
    return [
        replace(one, blocks=tuple(takewhile(lambda block: not isinstance(block, SheetBreak), one.blocks)))
        for one in contents
    ]


def _differences(
    kept: DocumentContent, now: DocumentContent, parts_of_its_day: Collection[str]
) -> list[LetterDifference]:
    """Return the differing lines of two letters, part by part."""
    before, after = (_lines(one.blocks, parts_of_its_day) for one in (kept, now))
    found = []
    gone, new = [one for one in before if one not in after], [one for one in after if one not in before]
    for was, said in zip(gone, new, strict=False):
        if set(before[was]) & set(after[said]):  # a row under another name
            after[was] = after.pop(said)
    for part in dict.fromkeys((*before, *after)):
        then, now_said = before.get(part, []), after.get(part, [])
        gone, new = _without_same(then, now_said, part), _without_same(now_said, then, part)
        if any(COVERED in one for one in gone):  # who asked to be erased is not asked about
            continue
        if not new and all(one.startswith(_RECEPTION) for one in gone):  # letters of a 派遣 named it before
            continue
        if gone or new:
            found.append(LetterDifference(part=part, before="\n".join(gone), after="\n".join(new)))
    # The day to answer by follows that of the event; alone it is of the letter's own day.
    moved = any(one.part == "日時" for one in found)
    return [one for one in found if moved or one.part != _ABSENCE]


def _without_same(lines: Iterable[str], others: Iterable[str], part: str) -> list[str]:
    """Return the lines that do not stand in ``others``; the 団体 of an addressee in no other spelling either."""
    known = {_reading(one, part) for one in others}
    return [one for one in lines if _reading(one, part) not in known]


def _reading(line: str, part: str) -> str:
    return plain_organisation(line) if part == _ADDRESSEE and "様" not in line else line


def _lines(blocks: Iterable[Block], without: Collection[str]) -> dict[str, list[str]]:
    """Return the lines of a letter by its parts, without its number and day, nor parts and chapters of its day."""
    found: dict[str, list[str]] = {}
    chapter = ""
    for block in blocks:
        chapter = block.text if isinstance(block, Heading) else chapter
        for part, text in _parts(block, chapter) if chapter not in without else ():
            if part not in without:
                found.setdefault(part, []).extend(line for line in text.split("\n") if line.strip())
    return found


def _parts(block: Block, chapter: str) -> Iterable[tuple[str, str]]:
    """Yield the lines of a block, each under the part of the letter that it is of."""
    if isinstance(block, Letterhead):
        yield from ((_ADDRESSEE, block.addressee), (_ADDRESS, "\n".join(block.window)))
        yield from (("差出人", "\n".join(block.sender)), ("入場番号", block.barcode))
    elif isinstance(block, Title):
        yield from (("件名", f"{block.text}\n{block.subtitle}"), ("本文", block.lead))
    elif isinstance(block, Paragraph):
        yield chapter or "本文", block.text
    elif isinstance(block, (LetterItems, KeyValues)):
        yield from block.rows
    elif isinstance(block, NamedLines):
        yield from ((block.label, text) for row in block.rows for text in row)
    elif isinstance(block, Table):
        yield from _table_parts(block, with_titles=bool(chapter))
    elif isinstance(block, Contact):
        yield "問合せ先", "\n".join(block.lines)


def _table_parts(block: Table, *, with_titles: bool) -> Iterable[tuple[str, str]]:
    """Yield the cells of a table under what names their row, the cells of a single row under their titles."""
    titles = [one.title for one in block.columns]
    if len(block.rows) == 1 and with_titles:
        yield from zip(titles, block.rows[0], strict=True)
        return
    for number, *row in block.rows:
        name = row[0].partition("\n")[0] if is_digits(number) else number
        cells = zip(titles[1:], row, strict=True)
        yield from ((name, f"{title}　{text}" if with_titles else text) for title, text in cells if text)
