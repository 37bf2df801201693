"""Rules for documents of any kind: clauses and names in texts, revisions of letters, states of notification.

A document cites clause numbers of the 仕様書 only once 「契約書と一致する」 was answered or they were corrected by
hand, since a wrong number would cite what does not exist; the window shows them anyway. A person added after a letter
was issued gets another letter with its own 発信日 and number. Saving and printing never count as notified, for no
document kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from hashlib import sha256
from itertools import combinations, pairwise
from types import MappingProxyType
from typing import Literal, TypeVar

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.common.text_walk import TextWalk
from app.documents.blocks import BLOCK_MODULES
from app.documents.event_phase import EventPhase, EventState
from app.documents.fingerprints import MARK
from app.programme.rules import ANNEX, BRANCH, clause_fields, in_branch_words, in_own_words, municipality
from db.digits import one_width, whole_number
from db.name_key import plain_organisation
from db.record import frozen, record
from db.records.documents import Letter, Notification, Outgoing
from db.records.programme import EventKind, Office, Programme
from db.redactions import EARLIER_SEPARATOR, ERASED_SUM, REDACTED, SUM_SEPARATOR


def count_characters(text: str) -> int:
    """Return the number of characters of ``text`` as an editor counts them.

    Line ends and invisible characters count nothing; a character with its variant selector (葛󠄀) or combining mark
    counts one; every space and every half-width letter counts one.
    """
    return sum(not _joins(char) for char in text if char not in "\r\n")


def _joins(char: str) -> bool:
    """Return whether a character belongs to the one before it, such as a combining mark."""
    point = ord(char)
    selector = 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF
    return selector or bool(unicodedata.combining(char)) or unicodedata.category(char) in ("Cc", "Cf")


def character_count_words(text: str, limit: int | None = None) -> str:
    """Return 「183字」, with ``limit`` 「183字／200字（残り17字）」 or 「214字／200字（14字超過）」."""
    count = count_characters(text)
    if not limit:
        return f"{count}字"
    rest = limit - count
    return f"{count}字／{limit}字（{f'残り{rest}字' if rest >= 0 else f'{-rest}字超過'}）"


UNCHECKED = "未確認"
"""The answers that count as not confirmed: 「契約書が未着」, and no answer."""

_LETTER = r"[ア-ン](?![ァ-ヴー])"
_ARTICLE = rf"\d+(?:[(（]\d+[)）])?(?:{_LETTER}(?:[・、]?{_LETTER})*)?"
_FURTHER = rf"[・、][(（]\d+[)）](?:{_LETTER})?|から[(（]\d+[)）]まで"
_CLAUSE_NUMBER = re.compile(rf"(?:仕様書|(?<![一-龠々])仕){_ARTICLE}(?:{_FURTHER})*")
_ITSELF = "仕様書"

_TWICE = re.compile(f"{_ITSELF}(?:・{_ITSELF})+")
_BARE_BASIS = re.compile(rf"(?:用意する側の)?根拠：{_ITSELF}(?:[・、から]*{_ITSELF}(?:まで)?)*(?:　|$)")

Content = TypeVar("Content")


def can_print_numbers(programme: Programme) -> bool:
    """Return whether the clause numbers of a year are confirmed to be those of its contract."""
    return programme.clauses_checked != UNCHECKED


def without_numbers(text: str, articles: Sequence[str] = ()) -> str:
    """Return a text that cites the 仕様書 without numbers: 「仕様書4(1)エに基づき」 becomes 「仕様書に基づき」.

    ``articles`` are clauses in another form (「第3条第2項」), the longest first. A line that says its basis alone goes.
    """
    for one in articles:
        text = re.sub(rf"(?<!事項)(?<!法){re.escape(one)}(?!第?\d)", _ITSELF, text)
    return _BARE_BASIS.sub("", _TWICE.sub(_ITSELF, _CLAUSE_NUMBER.sub(_ITSELF, text))) if "仕" in text else text


def _articles(programme: Programme, kinds: Iterable[EventKind]) -> list[str]:
    """Return the clauses of a year that are no short forms of the 仕様書, the longest first."""
    named = [getattr(programme, name) for name in clause_fields(Programme)]
    named += [getattr(one, name) for one in kinds for name in clause_fields(EventKind)]
    named += [*(row.clause for row in programme.requirements), *(row.clause for row in programme.owed)]
    return sorted({one for one in named if one[:1] not in ("", "仕", "特", "機")}, key=len, reverse=True)


_PARAGRAPH = r"第\d+条(?:第\d+項)?(?:[(（]\d+[)）])?"
_IN_SHORT = r"\d+(?:-\d+)?(?:[(（]\d+[)）])?[ア-ヲ]?(?![ァ-ヴー])"
_OF_ANNEX = (
    rf"(?:(?:{ANNEX.title}|{ANNEX.short}){_PARAGRAPH}(?:(?:・|、|から){_PARAGRAPH}(?:まで)?)*|{ANNEX.title}"
    rf"|(?<![一-龠々])特{_IN_SHORT}(?:(?:・|、|から)特?{_IN_SHORT}(?:まで)?)*(?:・別表)?)"
)
"""One or several clauses of the 特記事項 that the program knows, in full or in short, or its title."""
_CITED_OF_ANNEX = re.compile(_OF_ANNEX)
_BRACKET_OF_ANNEX = re.compile(rf"[(（]{_OF_ANNEX}[)）]")
_WITHOUT_ANNEX = (
    (re.compile(rf"{_OF_ANNEX}(?:(?:の規定)?(?:により|に基づき)、?|の)"), ""),
    (re.compile(rf"　?{_OF_ANNEX}"), ""),
    (re.compile(rf"{ANNEX.short}(?=[のを])"), "情報の取扱い"),
)
"""What a text says in place of the clauses where a contract has no 特記事項."""


def _with_annex(annex: str) -> Callable[[str], str]:
    """Return a function that changes a text for a contract with another 特記事項 (``annex``), or with none ("")."""

    def change(text: str) -> str:
        """Return a text that cites ``annex`` as a whole in place of clauses of the known 特記事項; "" = cites none."""
        if "特" not in text:
            return text
        # A bracket says where the known one states something, which another annex need not state.
        text = _BRACKET_OF_ANNEX.sub("", text)
        if annex:
            return _CITED_OF_ANNEX.sub(annex, text)
        for pattern, said in _WITHOUT_ANNEX:
            text = pattern.sub(said, text)
        return text

    return change


_OF_BRANCHES = frozenset(
    (
        *(BRANCH, f"{BRANCH}別", f"団体・{BRANCH}", f"{BRANCH}なし", f"{BRANCH}なし（連合会未加盟）"),
        *(f"{BRANCH}ごとの延べ人数", f"参加団体の{BRANCH}別", f"（　　　　　{BRANCH}）"),
        "図は多い順、表は名簿順。支部の間の優劣を示すものではない",
    )
)
"""Whole texts of documents by which the program names branches; what is typed (「第3支部」) stays as it is."""


def with_known_numbers(content: Content, programme: Programme, kinds: Iterable[EventKind] = ()) -> Content:
    """Return a text or blocks without clause numbers that are unconfirmed or of a 特記事項 that is not the contract's.

    Every text of a document passes through here.
    """
    if not can_print_numbers(programme):
        articles = _articles(programme, kinds)
        content = _CITING.with_changed_texts(content, lambda text: without_numbers(text, articles))
    if programme.branch not in ("", BRANCH):
        content = _CITING.with_changed_texts(
            content,
            lambda text: in_branch_words(text, programme.branch) if text.strip("　") in _OF_BRANCHES else text,
        )
    if programme.annex != ANNEX.title:
        content = _CITING.with_changed_texts(content, _with_annex(programme.annex))
    return content


_SAID_OF_ITSELF = frozenset(
    ("区", "区・受託者", "受託者・区", "区→受託者", "受託者→区", "区使用欄", "立会職員（区）", "区の立会者",
     "当日責任者　区", "受付（区）、資料の配布（受託者）", "受付（区）", "区の期限（人数連絡・資料確認＝開庁日）",
     "区の期限（資料確認＝開庁日）", "区　記録・確認",
     "区の年中行事・会計（目安日）", "区　点検（係長）", "区　記録者", "区の遅れ", "区の記録", "区の確認日",
     "区の立会者が当日に記した実施確認票による", "区の記録の出どころ",
     "注　人数はすべて延べ。実施日、出席数、区の立会者および提出物の明細は、検査調書別紙による。")
)  # fmt: skip
"""Whole texts of documents by which the program, and nobody who types, names the municipality."""


_SAID_IN_TEXTS = re.compile(
    r"(?<![一-龠0-9０-９])区(?="
    "が(?:確認中|訂正|記入）|お願いする日|伝えた書類|確認した版|準備$|ファイルを読む|することは|遅れた日数|認めて|行う。|入力した日|消した|自分で持って|代行して"
    "|、申込の内容|引き継ぐ）)"
    "|から(?:受託者へ|連絡し)|に(?:提出|知らせてください|返還すること)|を通して|と受託者に|へ(?:第一報|返してください)"
    "|の(?:務め|記録|許可|承認|職員|期限|行事|遅れ|目安日|対応|立会|確認|内部|外へ|検算|入力|役割|意見|点検|規程|要綱|自主管理"
    "|担当に|欄|調整で|実施要領)"
    "|で(?:使う欄|分かる)|は(?:、必要と|受領・確認)|（受託者は控え|（代行| [0-9]+件・)"
    "|(?<=集計　)区(?=[　（、])|^区(?=　区の入力|（令和|（検算）|、確定後に)"
    "|(?<=［)区(?=］)|(?<=記入（)区(?=）)|(?<=ほか（)区(?=）)|^区(?=：)"
)
"""What the program says of the municipality inside longer texts, next to what somebody typed.

Only these words: a 町会 may itself be called 区, and what is typed (「区の集会所」) stays as it is.
"""


def with_own_words(content: Content, office: Office) -> Content:
    """Return texts or blocks with the program's word 区 replaced where the municipality is a 市, 町 or 村."""
    own = municipality(office)
    if own == "区":
        return content

    def change(text: str) -> str:
        """Return a text with 区 replaced, where the program itself wrote it."""
        return in_own_words(text, office) if text in _SAID_OF_ITSELF else _SAID_IN_TEXTS.sub(own, text)

    said: Content = _CITING.with_changed_texts(content, change)
    return said


def with_changed_words(content: Content, change: Callable[[str], str]) -> Content:
    """Return a content with ``change`` applied to each of its texts."""
    changed: Content = _CITING.with_changed_texts(content, change)
    return changed


_CITING = TextWalk(
    "条項番号",
    searched=BLOCK_MODULES,
)


Recipient = TypeVar("Recipient")


_REVISION = "／"


def batch_key(kind: str, revision: int) -> str:
    """Return the key (``Notification.key``) of one letter of a kind: the kind itself, 「決定通知／2」 for the 2nd."""
    return kind if revision == 1 else f"{kind}{_REVISION}{revision}"


def revision_in_key(key: str) -> int:
    """Return the revision of a letter from its key, 1 where the key has none."""
    _kind, _sign, number = key.partition(_REVISION)
    return whole_number(number) or 1


def is_issued(letter: Letter | None) -> bool:
    """Return whether a letter is recorded as sent: it has its 発信日, and a 公文書 is 施行."""
    return letter is not None and letter.issued_on is not None and (not letter.form.is_formal or letter.state.is_issued)


def was_sent(letter: Letter | None, outgoing: Iterable[Outgoing], notified: Collection[str]) -> bool:
    """Return whether a letter went to somebody: it was issued, and one of its documents was notified.

    Args:
        outgoing: what was saved or printed of its kind and not withdrawn; ``record_number`` says of which letter.
        notified: the keys that were notified.
    """
    return (
        letter is not None
        and is_issued(letter)
        and any(row.record_number == letter.revision and not row.facts.keys().isdisjoint(notified) for row in outgoing)
    )


def current_batch(
    all_people: Sequence[Recipient],
    *,
    not_notified: Sequence[Recipient],
    in_no_letter: Sequence[Recipient],
    revision: int,
    newest_was_sent: bool,
) -> tuple[list[Recipient], int]:
    """Return the people of the letter that is made now, and its revision.

    Once the newest was sent, those in no letter get one of the next revision; else it is made for those not notified,
    or for all.

    Args:
        all_people: everybody letters of this kind are about, to make the newest one again. not_notified: who was not
            notified yet. in_no_letter: who was in none of the letters sent. revision: of the newest letter.
        newest_was_sent: the newest one was sent.
    """
    if newest_was_sent and in_no_letter:
        return list(in_no_letter), revision + 1
    return list(not_notified or all_people), revision


STEP = 0.25
Measure = Callable[[str], float]
Wrap = Callable[[str, float], Sequence[str]]

# A person's name is broken at its space or middle dot wherever it fits so; the mark stays at the end of its line.
_PARTS = re.compile(r"[^\s・＝]*[\s・＝]+|[^\s・＝]+")
_KATAKANA = {code: chr(code - 0x60) for code in range(0x30A1, 0x30F7)}


@frozen
class NameRule:
    """The allowed sizes in points for a name in one place of a document.

    ``start`` is tried first, ``floor`` last, both on one line; then up to ``lines`` lines, at ``wrapped`` or smaller.
    ``anywhere`` lets a line end wherever Japanese lines may (団体), else at a space as long as that fits (人).
    """

    start: float
    floor: float
    wrapped: float
    lines: int = 2
    anywhere: bool = False


# Minimum sizes in the design of the documents; 団体 on two lines, a third where its row or card has the room.
# A row of the roster grows: one long cell (役職, 支部, 備考) never keeps the whole list from being printed. A person's
# name of more than three lines is rather a mistake, and is asked about.
_GROWING = 20
ROSTER_NAME = NameRule(11, 9.5, 10.5, 3)
ROSTER_ORGANISATION = NameRule(9, 7.5, 7.75, _GROWING, anywhere=True)
ROSTER_READING = NameRule(6.5, 6.5, 6.5, _GROWING)
ROSTER_SHORT = NameRule(9, 7.5, 7.5, _GROWING, anywhere=True)
TAG_NAME = NameRule(30, 18, 24, 3)
TAG_ORGANISATION = NameRule(12, 9, 10.5, 3, anywhere=True)
TAG_READING = NameRule(10, 6.5, 8)
TAG_ROLE = NameRule(12, 5.5, 7.5, 3, anywhere=True)
TAG_EVENT = NameRule(10, 6, 6, 2, anywhere=True)
SEAT_NAME = NameRule(84, 30, 66)
SEAT_ORGANISATION = NameRule(24, 12, 20, 3, anywhere=True)
CERTIFICATE_NAME = NameRule(30, 18, 24, 3)
CERTIFICATE_ORGANISATION = NameRule(16, 12, 14, 3, anywhere=True)
TABLE_NAME = NameRule(17, 12, 13)
TABLE_ORGANISATION = NameRule(12, 8.5, 9, 3, anywhere=True)
TABLE_READING = NameRule(8, 6.5, 6.5)
FACILITATOR = NameRule(17, 12, 14)


@frozen
class FittedName:
    """A fitted name: its lines (without the spaces between them) and its size in points."""

    lines: tuple[str, ...]
    size: float


def fit_name(text: str, rule: NameRule, room: float, measure: Measure, wrap: Wrap | None = None) -> FittedName | None:
    """Return how ``text`` fits into ``room`` mm, or None if it does not even at the floor.

    Args:
        measure: the width in mm of a text at one point. wrap: breaks a text into lines of so many mm at one point;
            None = lines end at spaces and middle dots only.
    """
    size = _largest(measure(text), room, rule.start)
    if size >= rule.floor:
        return FittedName((text,), size)
    if rule.anywhere and wrap is not None:
        return _fit_anywhere(text, rule, room, measure, wrap)
    parts = _PARTS.findall(text)
    for count in range(2, min(rule.lines, len(parts)) + 1):
        lines = min(
            (_joined(parts, cuts) for cuts in combinations(range(len(parts) - 1, 0, -1), count - 1)),
            key=lambda lines: max(map(measure, lines)),
        )
        size = _largest(max(map(measure, lines)), room, rule.wrapped)
        if size >= rule.floor:
            return FittedName(lines, size)
    # A name whose parts are too long is broken anywhere rather than not printed.
    return _fit_anywhere(text, rule, room, measure, wrap) if wrap is not None else None


def _fit_anywhere(text: str, rule: NameRule, room: float, measure: Measure, wrap: Wrap) -> FittedName | None:
    """Fit a text to several lines, broken anywhere; None where it fits at no size."""
    for count in range(2, rule.lines + 1):
        size = rule.wrapped
        while size >= rule.floor:
            lines = tuple(wrap(text, room / size))
            if len(lines) <= count and max(map(measure, lines)) * size <= room * 1.001:
                return FittedName(lines, size)
            size -= STEP
    return None


def _joined(parts: Sequence[str], cuts: Sequence[int]) -> tuple[str, ...]:
    """Return the parts joined into lines that begin at ``cuts``."""
    places = [0, *sorted(cuts), len(parts)]
    return tuple("".join(parts[start:end]).rstrip() for start, end in pairwise(places))


def _largest(width: float, room: float, start: float) -> float:
    """Return the largest size in quarter points, ``start`` at most, at which ``width`` (at one point) fits."""
    if width * start <= room:
        return start
    return int((room / width + 1e-6) / STEP) * STEP


def in_hiragana(reading: str) -> str:
    """Return a ふりがな as printed: katakana, also half-width, as hiragana; everything else as typed."""
    wide = re.sub("[\uff66-\uff9f]+", lambda found: one_width(found.group()), reading)
    return wide.translate(_KATAKANA)


_SHORT = 3
"""Names of up to so many characters are checked by their neighbours, as they may be part of unknown names."""

_FOLLOWS = re.compile(
    r"様|氏|殿|御中|宛|先生|会長|副会長|代表|役員|会員|支部|主催|ほか|さん|さま|など|から|より|まで|[はがをにへとのもでや]"
)
_PRECEDES = re.compile(r"(?:会長|代表|役員|講師|担当|団体|氏名|ほか|[はがをにへとのもでや])$")
_OF_A_WORD = re.compile(r"[^\W_]")


def names_in_text(names: Iterable[str], text: str, *, place_names: Iterable[str] = ()) -> frozenset[str]:
    """Return the names that occur in a text as words of their own, ignoring spaces within them.

    A name that lies only within longer ones of ``names`` or ``place_names`` does not count; one of up to three
    characters counts only where no word continues before or after it. Doubtful cases count: a copy is rather listed
    once too often than once too few.

    Args:
        names: of people and 団体, as they are registered; empty ones are ignored. text: searched line by line; a name
            never runs over two. place_names: other known names, of venues and the like, which may contain one of
            ``names``.
    """
    lines = text.splitlines()
    tight = ["".join(line.split()) for line in lines]
    asked = {name: "".join(name.split()) for name in names}
    whole = "\n".join(tight)
    found = {key for key in asked.values() if key and key in whole}
    if not found:
        return frozenset()
    known = found | {"".join(one.split()) for one in place_names}
    longer = {key: [one for one in known if key != one and key in one] for key in found}
    said = {
        key
        for key in found
        if any(key in near and _is_named(key, line, longer[key]) for near, line in zip(tight, lines, strict=True))
    }
    return frozenset(name for name, key in asked.items() if key in said)


def _is_named(key: str, line: str, longer: Iterable[str]) -> bool:
    """Return whether a line names a key outside of longer names that contain it; a short key only as a whole word."""
    within = [place for one in longer for place in _occurrences(one, line)]
    return any(
        not any(first <= start and end <= last for first, last in within)
        and (len(key) > _SHORT or _is_whole_word(line[:start], line[end:]))
        for start, end in _occurrences(key, line)
    )


def _occurrences(key: str, line: str) -> Iterator[tuple[int, int]]:
    """Yield where a key stands in a line, with spaces inside it allowed."""
    spaced = r"\s*".join(map(re.escape, key))
    for one in re.finditer(f"(?=({spaced}))", line):
        yield one.span(1)


def _is_whole_word(before: str, behind: str) -> bool:
    """Return whether no word continues: no letter, or a word that usually goes with names."""
    return (not before or not _OF_A_WORD.match(before[-1]) or bool(_PRECEDES.search(before))) and (
        not behind or not _OF_A_WORD.match(behind) or bool(_FOLLOWS.match(behind))
    )


StatusWord = Literal["変更あり", "未通知", "通知済", "見送り", "未作成"]
STATUSES: tuple[StatusWord, ...] = ("変更あり", "未通知", "通知済", "見送り", "未作成")
VERSION = "版"
"""The fact that holds the version of a matter; another version is notified separately."""

_NUMBER = re.compile(r"(\d{1,9})(\D+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NOT_COMPARED = "（消去したものは、いまと比べていません）"
_UNKNOWN = frozenset({"", ERASED_SUM})
_OR = "|"
"""Between the hashes of the spellings of one name."""
_NAMED = 2
"""Number of sealed parts that are names: 団体 and 氏名."""


@record
class Matter:
    """Something to be notified by a document kind, with its current facts.

    Attributes:
        key: which matter, the same over all versions. version: its current version, 0 = it has none.
        title: the version or the addressees in words. facts: what a document of it says now, by name.
        fact_names: what a fact is called in the year, where it is not called by its name.
        document_kind: the document kind that notifies it. since: the day since which it is so, if known.
        reference: of its document, where each matter has one of its own; "" = one document for all.
        is_draft: a stored snapshot that waits to be notified. created_words: who created it and when.
        issued_on: the day of the 施行 of its letter, None before: it was sent, and is to be recorded as notified.
        unissued_state: the state of a 公文書 that is not 施行 yet (案, 起案中, 決裁済): such a document went to
            nobody.
    """

    key: str
    version: int = 0
    title: str = ""
    facts: Mapping[str, str]
    fact_names: Mapping[str, str] = field(default_factory=dict)
    document_kind: str
    since: date | None = None
    reference: str = ""
    is_draft: bool = False
    created_words: str = ""
    issued_on: date | None = None
    unissued_state: str = ""


RETURNED = "（返戻を除く）"
"""What the words of a notified fact end in whose addressees it did not all reach."""


@record
class FactChange:
    """One fact as notified and as it is now.

    ``differs`` = it has changed. ``difference`` is 「+1」 for numbers of one unit, else ""; ``renamed_count`` how many
    names in it are others now, if nothing else changed: that of a 団体 is one, whoever comes from it. ``changed_ids``
    are the people, sealed with both their names, that differ.
    """

    name: str
    before: str
    now: str
    differs: bool = False
    difference: str = ""
    renamed_count: int = 0
    changed_ids: frozenset[int] = frozenset()

    @property
    def words(self) -> str:
        """Return 「参加予定 14人 → 15人」, or 「名簿が変わりました」 where both are shown alike.

        Of people whom it did not reach it says how many.
        """
        if RETURNED in self.before and self.changed_ids:
            return f"返戻の{len(self.changed_ids)}人に、電話か同じ写しの再送で伝える"
        if self.renamed_count:
            return f"{self.name}の名前が変わりました"
        if self.before == self.now:
            return f"{self.name}が変わりました"
        return f"{self.name} {self.before or 'なし'} → {self.now or 'なし'}"


def returned_count(changes: Sequence[FactChange]) -> int:
    """Return how many people a notification did not reach, 0 if more has changed."""
    return len(changes[0].changed_ids) if len(changes) == 1 and RETURNED in changes[0].before else 0


def are_only_names(changes: Sequence[FactChange]) -> bool:
    """Return whether something changed, and nothing but names of people."""
    return bool(changes) and all(one.renamed_count for one in changes)


@record
class MatterStatus:
    """The status of one version of a matter.

    Attributes:
        notification: the one that notified it (or set it aside). outgoing: its newest document that was saved or
            printed.
        facts: as notified (通知済, 変更あり, 見送り), as in the document that waits (未通知), or as now (未作成).
        compared_facts: every notified fact beside the current one.
        replacement: the row of a 差替え that waits to be sent; its matter bears its words as title.
    """

    matter: Matter
    status: StatusWord
    notification: Notification | None = None
    outgoing: Outgoing | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    compared_facts: tuple[FactChange, ...] = ()
    replacement: Outgoing | None = None

    @property
    def changed_facts(self) -> tuple[FactChange, ...]:
        """Return the facts that have changed."""
        return tuple(one for one in self.compared_facts if one.differs)

    @property
    def is_outdated(self) -> bool:
        """Return whether its document was made before something changed and is no longer correct."""
        return self.status == "未通知" and bool(self.changed_facts)


def fact_changes(notified: Mapping[str, str], now: Mapping[str, str]) -> tuple[FactChange, ...]:
    """Return the notified facts that have changed; a fact that was not notified is not compared."""
    return tuple(
        _fact_change(name, before, now.get(name, ""))
        for name, before in notified.items()
        if not _says_the_same(before, now.get(name, ""))
    )


def compare_facts(
    notified: Mapping[str, str], now: Mapping[str, str], names: Mapping[str, str] = MappingProxyType({})
) -> tuple[FactChange, ...]:
    """Return every notified fact beside the current one; ``names`` are what facts are called instead of their own."""
    return tuple(_fact_change(names.get(name, name), before, now.get(name, "")) for name, before in notified.items())


@frozen
class _Fact:
    """A stored fact taken apart.

    Attributes:
        own: its words with their seal. words, seal: the two apart.
        earlier: the fact as earlier versions said the same (``with_earlier_words``), "" where it has no such wording.
    """

    own: str
    words: str
    seal: str
    earlier: str

    @property
    def has_names(self) -> bool:
        """Return whether it was sealed by ``with_names_seal``, not by one hash of all."""
        return ":" in self.seal and not self.seal.startswith(MARK)

    @property
    def has_erased_names(self) -> bool:
        """Return whether a part of its seal, or all of it, was erased."""
        return ERASED_SUM in self.seal.replace(",", ":").split(":")

    @property
    def names(self) -> dict[str, list[str]]:
        """Return the hashes of the names by the id of the person (as text)."""
        return {number: parts for number, *parts in (one.split(":") for one in self.seal.split(","))}


def _parse(fact: str) -> _Fact:
    own, _, earlier = fact.partition(EARLIER_SEPARATOR)
    words, _, seal = own.partition(SUM_SEPARATOR)
    return _Fact(own, words, seal, earlier)


def _says_the_same(before: str, now: str) -> bool:
    """Return whether two facts are equal, in their words or in those in which earlier versions said the same.

    Where only one of the two carries the earlier wording (``with_earlier_words``), the other is compared with that.
    Sealed names are compared by person, unknown ones are no change. What was erased of either is not compared: it is
    nothing to be notified again.
    """
    if REDACTED in before or REDACTED in now:
        return True
    was, said = _parse(before.replace(RETURNED, "")), _parse(now)
    if was.seal == ERASED_SUM or (said.has_erased_names and ":" not in was.seal):
        return was.words in (said.words, _parse(said.earlier).words)
    if bool(was.earlier) != bool(said.earlier):
        was, said = (_parse(was.earlier), said) if was.earlier else (was, _parse(said.earlier))
    if said.has_names:
        return was.words == said.words and not any(map(any, _differences(was, said).values()))
    return plain_organisation(was.own) == plain_organisation(said.own)


def _fact_change(name: str, before: str, now: str) -> FactChange:
    """Return how a fact changed, with the difference of two numbers; erased parts are not compared."""
    same = _says_the_same(before, now)
    was, said = _parse(before), _parse(now)
    is_erased = REDACTED in f"{before}{now}" or was.has_erased_names or said.has_erased_names
    said = was if same else said
    old, new = _NUMBER.fullmatch(was.own), _NUMBER.fullmatch(said.own)
    differences = _differences(was, said)
    difference = ""
    if old and new and old[2] == new[2] and old[1] != new[1]:
        difference = f"{int(new[1]) - int(old[1]):+d}".replace("-", "−")
    return FactChange(
        name=name,
        before=shown_fact(was.words),
        now=f"{shown_fact(said.words)}{NOT_COMPARED if same and is_erased else ''}",
        differs=not same,
        difference=difference,
        renamed_count=_count_renamed(was, differences),
        changed_ids=frozenset(
            int(one)
            for one, parts in differences.items()
            # Whom it reached and who left since is no 返戻.
            if was.has_names and any(parts) and not (RETURNED in before and one in was.names)
        ),
    )


def matter_name(document_kind: str, title: str) -> str:
    """Return 「資料確認結果通知（操作手順書 第2版）」; without a title the document kind alone."""
    return f"{document_kind}（{title}）" if title else document_kind


def with_seal(words: str, seal: str) -> str:
    """Return a fact that shows ``words`` and changes with ``seal``: a list of people is compared, never stored."""
    return f"{words}{SUM_SEPARATOR}{seal}"


def organisation_spellings(name: str, written: Iterable[str] = ()) -> tuple[str, ...]:
    """Return a 団体名 with the spellings that are the same name to an import: its plain one, and those of ``written``.

    Notifications of earlier versions hold the spelling of their day alone, so the written ones are named as well.
    """
    plain = plain_organisation(name)
    return (name, plain, *(one for one in written if plain_organisation(one) == plain)) if name else ()


def with_names_seal(words: str, names: Mapping[int, Sequence[str | Sequence[str]]]) -> str:
    """Return a fact that shows ``words`` and changes when somebody is added, removed or renamed.

    A name that was unknown when it was notified (氏名未定), or that earlier versions did not compare, is no change.
    Six digits of the hash of a name are kept: enough to see a change. They do not protect a name against guessing (of
    some hundreds mostly one fits), so they are stored with the names, and are erased with them. What was erased gets
    no hash (``ERASED_SUM``): its redaction is no change.

    Args:
        names: by id, what the document calls each person (団体, 氏名); "" = not known. Of several spellings of one name
            each may stand for it.
    """
    return with_seal(words, _seal({str(one): map(_name_checksum, parts) for one, parts in sorted(names.items())}))


def _seal(names: Mapping[str, Iterable[str]]) -> str:
    return ",".join(":".join((number, *parts)) for number, parts in names.items())


def _name_checksum(name: str | Sequence[str]) -> str:
    """Return a short hash of a name, one of each spelling; "" for no name, ``ERASED_SUM`` where it was erased."""
    spellings = [name] if isinstance(name, str) else name
    if any(REDACTED in one for one in spellings):
        return ERASED_SUM
    return _OR.join(dict.fromkeys(sha256(one.encode()).hexdigest()[:6] for one in spellings if one))


def sealed_ids(fact: str) -> frozenset[int]:
    """Return the ids of the people in a fact of ``with_names_seal``; none if all of it was erased."""
    return frozenset(int(number) for number in _parse(fact).names if number not in _UNKNOWN)


def without_people(fact: str, words: str, gone: Collection[int]) -> str:
    """Return a fact of ``with_names_seal`` without some of its people, which shows ``words``."""
    kept = {number: parts for number, parts in _parse(fact).names.items() if int(number) not in gone}
    return with_seal(words, _seal(kept))


def with_names_as_now(fact: str, now: str, but: Collection[int]) -> str:
    """Return a fact of ``with_names_seal`` that calls its people as the fact ``now`` does, ``but`` for some."""
    told, said = _parse(fact).names, _parse(now).names
    names = {one: parts if one in map(str, but) else said.get(one, parts) for one, parts in told.items()}
    return now if names == said != told else fact.replace(_parse(fact).seal, _seal(names))


def _differences(was: _Fact, said: _Fact) -> dict[str, list[bool]]:
    """Return by id which sealed parts of a person differ, as far as both are known; all of who is in one fact alone."""
    told, current = (was.names, said.names) if said.has_names else ({}, {})
    return {
        number: [
            not {*old.split(_OR)} & {*new.split(_OR)} and not {old, new} & _UNKNOWN
            for old, new in zip(parts, current[number], strict=False)
        ]
        if number in told and number in current
        else [True]
        for number, parts in (current | told).items()
    }


def _count_renamed(was: _Fact, differences: Mapping[str, list[bool]]) -> int:
    """Return how many names are others, that of a 団体 counted once; 0 if the people differ or more has changed."""
    if any(len(one) < _NAMED or any(one[_NAMED:]) for one in differences.values()):
        return 0
    places = ((number, place) for number, parts in differences.items() for place in range(_NAMED) if parts[place])
    return len({was.names[number][place] for number, place in places})


def with_earlier_words(words: str, earlier: str) -> str:
    """Return a current fact together with the wording in which earlier versions notified the same.

    What was notified in that wording then does not count as changed.
    """
    return f"{words}{EARLIER_SEPARATOR}{earlier}"


def has_earlier_words(fact: str) -> bool:
    """Return whether a fact carries the wording of earlier versions, so that it is not one of theirs."""
    return EARLIER_SEPARATOR in fact


def shown_fact(fact: str) -> str:
    """Return a fact for display: without its seal and earlier wording, a day as 「12/8(火)」."""
    words = _parse(fact).words
    return short_date(date.fromisoformat(words)) if _DAY.fullmatch(words) else words


def matter_statuses(
    matter: Matter | None, drafts: Sequence[Matter], notifications: Sequence[Notification], outgoing: Sequence[Outgoing]
) -> tuple[MatterStatus, ...]:
    """Return the statuses of one matter: what waits, what was notified (oldest first), then 見送り or 未作成, if so.

    Args:
        matter: as it is now; None = it no longer exists, and only what was notified is returned. drafts: snapshots of
            it that wait.
        notifications: those of its key that were not withdrawn, oldest first.
        outgoing: the rows of its documents that were saved or printed for others and not withdrawn, oldest first.
    """
    told = [act for act in notifications if act.is_notified]
    last = notifications[-1] if notifications else None
    # Whoever was sent a 差替え has what it puts right: what changed besides is asked at the letter that all were sent.
    whole = [act for act in told if REPLACEMENT not in act.title] or told
    lines = [_notified_line(act, matter, told[-1] if act is whole[-1] else None, set_aside_by=last) for act in told]
    if matter is None:
        return tuple(lines)
    right = _replacement_lines(matter, notifications, outgoing)
    if right and not fact_changes(right[0].facts, matter.facts):
        # What changed is answered: the 差替え tells it to whom it concerns.
        lines = [replace(one, status="通知済") for one in lines]
    waiting = (
        [_draft_line(draft, matter, outgoing) for draft in drafts]
        or right
        or _outdated_documents(matter, last, outgoing)
        or _issued_letter_line(matter, notifications)
    )
    if last is not None and not last.is_notified and not waiting and _is_about_version(last, matter):
        kept = not fact_changes(last.facts, matter.facts)
        if kept:
            lines.append(MatterStatus(matter=matter, status="見送り", notification=last, facts=last.facts))
    known = waiting or any(_is_about_version(act, matter) for act in notifications)
    if not known:
        lines.append(MatterStatus(matter=matter, status="未作成", facts=matter.facts))
    return (*waiting, *lines)


def _is_about_version(notification: Notification, matter: Matter) -> bool:
    return notification.version == matter.version


def _notified_line(
    notification: Notification, matter: Matter | None, newest: Notification | None, *, set_aside_by: Notification | None
) -> MatterStatus:
    """Return the status of one notification; compared with now is what was told last, if of the present version.

    Args:
        newest: what was told last of the matter, where it is compared here. set_aside_by: the newest act on the matter,
            which may be a 見送り of what has changed since.
    """
    line = MatterStatus(
        matter=matter or Matter(key=notification.key, facts={}, document_kind=notification.document_kind),
        status="通知済",
        notification=notification,
        facts=notification.facts,
    )
    if matter is None or newest is None or not _is_about_version(newest, matter):
        return line
    line = replace(line, compared_facts=compare_facts(newest.facts, matter.facts, matter.fact_names))
    set_aside = (
        set_aside_by is not None and not set_aside_by.is_notified and not fact_changes(set_aside_by.facts, matter.facts)
    )
    return replace(line, status="変更あり") if line.changed_facts and not set_aside else line


def _draft_line(draft: Matter, matter: Matter, outgoing: Sequence[Outgoing]) -> MatterStatus:
    """Return the status of a waiting snapshot, with the newest row of the log of its version, if any."""
    copy = next((row for row in reversed(outgoing) if row.record_number == draft.version), None)
    return MatterStatus(
        matter=draft,
        status="未通知",
        outgoing=copy,
        facts=draft.facts,
        compared_facts=compare_facts(draft.facts, matter.facts, matter.fact_names),
    )


def _outdated_documents(matter: Matter, last: Notification | None, outgoing: Sequence[Outgoing]) -> list[MatterStatus]:
    """Return the status of the newest document if it was not notified: newer than the last notification, and another.

    At most one; none if there is no such document. It is outdated if the facts have changed since it was made.
    """
    newest = next((row for row in reversed(outgoing) if _of_version(row, matter)), None)
    if newest is None:
        return []
    facts = newest.facts.get(matter.key) or matter.facts
    if last is not None and _is_about_version(last, matter):
        # What is made of a letter that is 施行 is a copy of it.
        before = matter.issued_on or (last.outgoing_id is not None and newest.id <= last.outgoing_id)
        if before or newest.at <= last.at or not (fact_changes(last.facts, facts) or fact_changes(facts, last.facts)):
            return []
    return [
        MatterStatus(
            matter=matter,
            status="未通知",
            outgoing=newest,
            facts=facts,
            compared_facts=compare_facts(facts, matter.facts, matter.fact_names),
        )
    ]


REPLACEMENT = "差替え"
"""Key in a log row for the 団体 and the parts of the letters that take the place of wrong ones."""


def replacement_words(row: Outgoing) -> str:
    """Return 「差替え（1通　みほん町会　宛先の誤り）」 of the row of a 差替え, "" of any other."""
    return fill_nonempty(f"{REPLACEMENT}（{{}}）", row.detail.get(REPLACEMENT))


def replacement_party(row: Outgoing) -> str:
    """Return the 団体 that the row of a 差替え names between its number and its parts; "" for people without one."""
    return row.detail[REPLACEMENT].partition("　")[2].rpartition("　")[0].replace("　", "、")


def _replacement_lines(
    matter: Matter, notifications: Sequence[Notification], outgoing: Sequence[Outgoing]
) -> list[MatterStatus]:
    """Return the status of each 差替え that nobody was sent yet; it binds its addressees alone.

    Nothing of it is compared: what changed besides is asked at the letter that left.
    """
    return [
        MatterStatus(
            matter=replace(matter, title=replacement_words(row)),
            status="未通知",
            outgoing=row,
            facts=row.facts[matter.key],
            replacement=row,
        )
        for row in outgoing
        if REPLACEMENT in row.detail
        and matter.key in row.facts
        # An act tells of the whole letter, or of this 差替え, alone or with others as those of earlier versions.
        and not any(
            act.at >= row.at and (REPLACEMENT not in act.title or replacement_words(row) in act.title)
            for act in notifications
        )
    ]


def _issued_letter_line(matter: Matter, notifications: Sequence[Notification]) -> list[MatterStatus]:
    """Return the status of a letter that is 施行 but neither recorded as notified nor set aside; [] for others."""
    mine = [act for act in notifications if _is_about_version(act, matter)]
    if matter.issued_on is None or any(act.is_notified for act in mine):
        return []
    if mine and not fact_changes(mine[-1].facts, matter.facts):
        return []
    return [MatterStatus(matter=matter, status="未通知", facts=matter.facts)]


def _of_version(row: Outgoing, matter: Matter) -> bool:
    """Return whether a row of the log is of the current version of a matter.

    A row that keeps no facts is matched by its reference and by its day (not before ``Matter.since``).
    """
    if row.facts:
        said = row.facts.get(matter.key)
        return said is not None and said.get(VERSION) == matter.facts.get(VERSION)
    if matter.reference and row.reference != matter.reference:
        return False
    return matter.since is None or row.at.date() >= matter.since


EventRole = Literal["案内", "配付", "用意", "変更", "実施後", "結果", "記録", "回によらない"]
"""What a document kind is to its event.

案内 invites to it or starts it (letters, flyer, numbers notified); 配付 is handed to participants or those asked for
an example, and to nobody if the event was cancelled; 用意 stays useful whether it takes place or not (roster, tags,
agenda); 変更 tells of an urgent change; 実施後 is only for what took place; 結果 needs its recorded result; 記録
states what happened; 回によらない is about no event (a year, a 団体).
"""
StateEffect = Literal["作成", "印", "停止"]
"""Whether the document is made as usual, made with the state on every page, or stopped unless there is a reason."""

NO_RESULT = "実施結果の記録前"
"""The mark of a document that needs the result while there is none."""


def state_effect(role: EventRole, state: EventState, *, names_no_place: bool = False) -> StateEffect:
    """Return the effect of an event's state on a document of ``role``: 停止, 印 (made with a mark) or 作成.

    Args:
        names_no_place: it asks for a place or tells none, so that it is made while a new one is missing.
    """
    phase = state.phase
    if phase.is_off:
        return "停止" if role in ("案内", "配付", "実施後", "結果") else "印" if role == "用意" else "作成"
    if phase is EventPhase.WITHOUT_PLACE and not names_no_place:
        return "停止" if role in ("案内", "配付") else "印" if role == "用意" else "作成"
    if phase is EventPhase.RESULT_MISSING and role in ("案内", "配付"):
        return "停止"
    return "印" if role == "結果" and state_mark(state) == NO_RESULT else "作成"


def can_override(role: EventRole, phase: EventPhase) -> bool:
    """Return whether a stopped document may be made with a reason: all but what is distributed at a cancelled event."""
    return not (role == "配付" and phase is EventPhase.CANCELLED)


def state_mark(state: EventState) -> str:
    """Return the mark for every page: 「延期」「中止」「会場未定」「実施結果の記録前」 …, "" in other states."""
    if state.phase.is_off or state.phase is EventPhase.WITHOUT_PLACE:
        return state.word
    return NO_RESULT if state.lacks_people or state.phase is EventPhase.RESULT_MISSING else ""
