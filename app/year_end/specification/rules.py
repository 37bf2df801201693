"""Split two 仕様書 into paragraphs with clauses (「4(1)エ」, 「特17(1)」), match them, and find stated numbers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from rapidfuzz import fuzz

from app.calendar.periods import find_period
from app.calendar.term_beginnings import find_term_beginning
from app.common.join_nonempty import fill_nonempty
from app.programme.rules import (
    KIND_FIELDS,
    LOOSE,
    PERIOD_SIDES,
    STRICT,
    ContractValue,
    ValueType,
    contract_values,
    with_values,
)
from db.digits import is_digits, one_width
from db.record import frozen, record
from db.records.event_form import EventForm
from db.records.programme import EventKind, Programme

LETTERS = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_ARTICLE = re.compile(r"第(\d{1,3})条(?:の\d+)?\s*(.*)")
_NUMBERED = re.compile(r"(\d{1,2})(?:[.．、]\s*|\s+)(\S.*)")
_BRACKETED = re.compile(r"\((\d{1,2})\)\s*(\S.*)")
_LETTERED = re.compile(r"([ア-ヲ])(?:[.．、)]\s*|\s+)(\S.*)")
_HEADING = re.compile(r"\([^()]{1,30}\)")
_PAGE = re.compile(r"[-―–]?\s*\d{1,3}\s*[-―–]?|\d{1,3}\s*/\s*\d{1,3}")
_LIST_MARK = re.compile(r"[-―–*]\s+(?=(?:\d{1,2}[.、\s]|\(\d{1,2}\)|第\d)\s*\S)")
_ANNEX = re.compile(r".{0,24}特記事項")
_OUTSIDE_ANNEX = re.compile(r".{0,24}機密保持.{0,24}特記事項")
"""The title of the annex that is no part of the contract; a text may begin with it."""
_TABLE = re.compile(r"別表\d*\s*(?:\(第\d{1,3}条関係\))?")
TABLE = "別表"
_WRAPPED = 24
"""A line of this length that does not end with 「。」 was wrapped by the page, not by its author."""
_SHORT = 30
_HEAD = 24
_LEFT_OUT = 3
_CITED = re.compile(
    r"(仕様書|仕|特記事項|特|機)?(第)?(\d+)?(?:条(?:第(?P<whole>\d+)項)?|-(?P<short>\d+))?((?:\(\d+\))?)([ア-ヲ]?)"
)


@record
class SpecParagraph:
    """One paragraph with its clause and its words without the number.

    The clause is e.g. 「4(1)エ」, 「機6-8(1)」, 「別表」; "" = what precedes the first.
    """

    clause: str
    text: str

    @property
    def title(self) -> str:
        """Return its first line, when that is a heading, else ""."""
        first = self.text.partition("\n")[0]
        return first if len(first) <= _SHORT and not first.endswith("。") else ""

    @property
    def body(self) -> str:
        """Return its words without the heading."""
        return self.text.partition("\n")[2] or self.text if self.title else self.text


@dataclass(kw_only=True)
class _Reader:
    """The state while reading a text.

    Attributes:
        numbered: whether the text has 「(1)」 at all.
        annex: 「特」 or 「機」, "" = the 仕様書 itself.
        article, paragraph, item: the current numbers, 0 = none (of an annex's article its first paragraph).
        letter: the place in ``LETTERS``, -1 = none.
        listed: the last number of an open numbered list.
        heading: a heading that waits for its article.
        found: clause and lines of each paragraph.
    """

    numbered: bool
    annex: str = ""
    article: int = 0
    paragraph: int = 0
    item: int = 0
    letter: int = -1
    listed: int = 0
    heading: str = ""
    found: list[tuple[str, list[str]]] = field(default_factory=lambda: [("", [])])

    def begin(self, words: str) -> None:
        """Begin a paragraph with these words, under the current article and number."""
        clause = f"{self.annex}{self.article}" if self.article else ""
        clause += fill_nonempty("-{}", self.paragraph)
        clause += fill_nonempty("({})", self.item)
        clause += LETTERS[self.letter] if self.letter >= 0 else ""
        self.found.append((clause, [one for one in (self.heading, words) if one]))
        self.heading, self.listed = "", 0

    def read_line(self, line: str, following: str) -> None:
        """Add one line to the paragraphs, or begin a new one with it; ``following`` is the next line."""
        plain = one_width(line).strip()
        # 「- 3 乙は、」: a list mark that a converter put before the number of a paragraph.
        if (mark := _LIST_MARK.match(plain)) is not None:
            plain, line = plain[mark.end() :], line.lstrip(" 　-―–・*")
        if self._is_article(plain):
            return
        if self.annex:
            self._in_annex(plain, line)
        elif not self._is_numbered(plain, line) and not self._is_item(plain, line, following):
            self.found[-1][1].append(line)

    def _is_article(self, plain: str) -> bool:
        """Begin an article or annex if the line is its heading; return whether it is."""
        outside = _OUTSIDE_ANNEX.fullmatch(plain) is not None
        if outside or (_ANNEX.fullmatch(plain) and (self.article or self.annex)):
            self._go_to(0, annex="機" if outside else "特")
            self.found.append(("", [plain]))
            return True
        if self.annex and _TABLE.fullmatch(plain):
            self._go_to(0)
            self.found.append((TABLE, [plain]))
            return True
        found = _ARTICLE.fullmatch(plain)
        if found is None or not (self.annex or int(found[1]) == 1):
            return False
        self._go_to(int(found[1]), annex=self.annex or "特")
        self.begin(found[2])
        return True

    def _go_to(self, article: int, *, annex: str = "") -> None:
        """Set the current article (0 = none), to which the next words belong, and forget its numbers."""
        self.annex = annex or self.annex
        self.article, self.paragraph, self.item, self.letter = article, 0, 0, -1

    def _in_annex(self, plain: str, line: str) -> None:
        """Add a line inside an annex to its paragraphs, or begin a new one with it."""
        paragraph, item = _NUMBERED.fullmatch(plain), _BRACKETED.fullmatch(plain)
        if _HEADING.fullmatch(plain):
            self.heading = plain
        elif paragraph is not None and self.article and int(paragraph[1]) == max(2, self.paragraph + 1):
            self.paragraph, self.item = int(paragraph[1]), 0
            self.begin(paragraph[2])
        elif item is not None and self.article and int(item[1]) == self.item + 1:
            self.item += 1
            self.begin(item[2])
        else:
            self.found[-1][1].append(line)

    def _is_numbered(self, plain: str, line: str) -> bool:
        """Begin a numbered paragraph if the line is one; return whether it is."""
        found = _NUMBERED.fullmatch(plain)
        if found is None:
            return False
        number = int(found[1])
        row = self.listed and number == self.listed + 1
        if row or (number == 1 and self.article) or "\t" in line:
            self.listed = number if row or number == 1 else self.listed
            return False
        # A short version of a 仕様書 may skip articles, but never inside a numbered list.
        farthest = self.article + (1 if self.listed else _LEFT_OUT)
        if not self.article < number <= farthest or plain.endswith("。"):
            return False
        self._go_to(number)
        self.begin(found[2])
        return True

    def _is_item(self, plain: str, line: str, following: str) -> bool:
        """Begin an item 「(1)」 or a letter 「ア」 if the line is one; return whether it is."""
        found = _BRACKETED.fullmatch(plain)
        if found is not None and self.article and int(found[1]) == self.item + 1:
            self.item, self.letter = self.item + 1, -1
            self.begin(found[2])
            return True
        found = _LETTERED.fullmatch(plain)
        if found is not None and self.article:
            place = LETTERS.find(found[1])
            if place == self.letter + 1 or place == 0:
                self.letter = place
                self.begin(found[2])
                return True
        if not self.numbered and self._lost_its_number(plain, line, following):
            self.item, self.letter = self.item + 1, -1
            self.begin(line)
            return True
        return False

    def _lost_its_number(self, plain: str, line: str, following: str) -> bool:
        """Return whether a line is an item's heading whose 「(1)」 is missing in the file's text."""
        before = self.found[-1][1][-1] if self.found[-1][1] else ""
        begins = self.letter >= 0 or (not self.item and len(self.found[-1][1]) == 1)
        return (
            begins
            and bool(self.article)
            and (before.endswith("。") or self.letter < 0)
            and len(plain) <= _HEAD
            and "\t" not in line
            and re.match(r"[(\d〒・※]", plain) is None
            and re.search(r"[。、\s]", plain) is None
            and "。" in following
            and re.match(r"[ア-ヲ]\s", following) is None
        )


def split_paragraphs(text: str) -> tuple[SpecParagraph, ...]:
    """Return the paragraphs of a 仕様書 in order.

    Page numbers are removed; a line wrapped by the page is joined. A file whose text lacks the 「(1)」 of its
    items (a list of the word processor) gets them back by counting headings.

    Args:
        text: the whole text, with its lines.
    """
    lines = [one.strip(" 　\r") for one in text.replace("\f", "\n").split("\n")]
    lines = [one for one in lines if one and _PAGE.fullmatch(one_width(one)) is None]
    reader = _Reader(numbered=any(_BRACKETED.fullmatch(one_width(one)) for one in _before_annex(lines)))
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        reader.read_line(line, following)
    found = (SpecParagraph(clause=clause, text=_joined(said)) for clause, said in reader.found)
    return tuple(one for one in found if one.text)


def _before_annex(lines: list[str]) -> list[str]:
    end = next((place for place, one in enumerate(lines) if _ARTICLE.match(one_width(one))), len(lines))
    return lines[:end]


def _joined(lines: list[str]) -> str:
    """Return the lines as text, where lines that were wrapped are joined."""
    said: list[str] = []
    for line in lines:
        # A long line without its 「。」 continues in the next one.
        if said and len(said[-1]) >= _WRAPPED and not said[-1].endswith(("。", "）", ")")):
            said[-1] += line
        else:
            said.append(line)
    return "\n".join(said)


def clauses_in(words: str) -> tuple[str, ...]:
    """Return the clauses that a basis cites, in the short form without 「仕」.

    「仕4(1)コ・(2)ケ」 is ("4(1)コ", "4(2)ケ"), 「仕4コ・ケ」 ("4コ", "4ケ"): any item of the article;
    「特記事項第7条」 is ("特7",).
    """
    found = []
    plain = re.sub(r"\s", "", one_width(words))
    annex, article, item = "", "", ""
    for part in re.split(r"[・、]|と(?=[仕特機第])", plain):
        cited = _CITED.match(part)
        if cited is None:
            continue
        source, _kind, number, whole, short, bracket, letter = cited.groups()
        paragraph = whole or short
        if source:
            annex, article, item = {"特": "特", "機": "機"}.get(source[0], ""), "", ""
        if number:
            article, item = number, ""
        if not article or not (source or number or bracket or letter):
            continue
        item = bracket or item
        found.append(f"{annex}{article}{f'-{paragraph}' if paragraph else ''}{item}{letter}")
    return tuple(dict.fromkeys(found))


def cites(cited: str, clause: str, known: Collection[str]) -> bool:
    """Return whether a cited clause is that of a paragraph, above it, or below it where texts are less deep.

    Args:
        cited: one of ``clauses_in``; 「4コ」 means コ of every item of 4.
        clause: of the paragraph.
        known: the clauses of both texts; a cited one that is not among them belongs to its parent paragraph.
    """
    anywhere = re.fullmatch(r"(\d+)([ア-ヲ])", cited)
    if anywhere is not None and cited not in known:
        return re.fullmatch(rf"{anywhere[1]}\(\d+\){anywhere[2]}", clause) is not None
    if known and cited not in known:
        while cited not in known and (above := parent_clause(cited)) != cited:
            cited = above
        return clause == cited
    return clause == cited or (clause.startswith(cited) and not is_digits(clause[len(cited)]))


def parent_clause(clause: str) -> str:
    """Return the parent clause (「4(1)」 for 「4(1)エ」); an article is its own."""
    return re.sub(r"(?<=.)(?:\(\d+\)|[ア-ヲ]|-\d+)$", "", clause)


_ABOUT = re.compile("程度|以上|前後|ほど")
_COUNT = re.compile(r"(?:全|計|年)?(\d{1,9})(?:回|団体|か所)")
_DAYS = re.compile(r"(\d{1,9})日間")
_PEOPLE = re.compile(r"(\d{1,9})人?(?:から|~|-|ないし)(\d{1,9})人|(\d{1,9})人")
_LENGTH = re.compile(r"(\d{1,9}(?:\.\d+)?)時間(?:(半)|(\d{1,9})分)?|(\d{1,9})分")
_ABOUT_OF = {"strict": _COUNT, "people_strict": _PEOPLE, "minutes_strict": _LENGTH}
"""What stands before 「程度」 in a sentence, by the field that says whether it does."""
_DATE = re.compile(r"(?:令和(元|\d{1,4})|(20\d\d))年(\d{1,9})月(\d{1,9})日")
_REIWA = 2018


@frozen
class FoundValue:
    """A value as stored, and the words of the 仕様書 it was read from."""

    text: str
    quote: str


def find_value(value: ContractValue, paragraph: SpecParagraph) -> FoundValue | None:
    """Return what a paragraph states for a number of the contract, or None where it has no such number.

    Args:
        value: this year's number.
        paragraph: of the next 仕様書.
    """
    name = value.key.partition(".")[2]
    said = re.sub(r"\s", "", one_width(paragraph.body)).replace("〜", "~").replace("−", "-").replace("–", "-")
    if value.value_type == "項番":
        # Written in another way (「仕4(2)柱書」, 「第4条」) it is still the same clause.
        same = clauses_in(value.text) == (paragraph.clause,)
        stated = value.text if same else f"仕{paragraph.clause}"
        return FoundValue(stated, paragraph.title) if paragraph.clause else None
    if name == "title":
        first = paragraph.body.partition("\n")[0].strip()
        return FoundValue(first, first) if first else None
    if value.value_type == "日付":
        return _date(name, said)
    if value.value_type == "始まり":
        begins = find_term_beginning(said)
        return FoundValue(begins[0].words, begins[1]) if begins is not None else None
    if value.value_type == "期間":
        return _period(name, said)
    return _number(name, value.value_type, said)


def _number(name: str, sort: ValueType, said: str) -> FoundValue | None:
    """Return the value of this number that a paragraph states, None where it states none."""
    if sort == "程度":
        counted = _ABOUT_OF[name].search(said)
        quote = _quoted(counted, said) if counted else ""
        return FoundValue(STRICT if quote == counted[0] else LOOSE, quote) if counted else None
    if name == "minutes":
        length = _LENGTH.search(said)
        return FoundValue(str(_minutes(length)), _quoted(length, said)) if length else None
    if name in ("people_min", "people_max"):
        people = _PEOPLE.search(said)
        if people is None:
            return None
        low, high = people[1] or people[3], people[2] or people[3]
        return FoundValue(str(int(low if name == "people_min" else high)), _quoted(people, said))
    found = (_DAYS if name == "days" else _COUNT).search(said)
    return FoundValue(str(int(found[1])), _quoted(found, said)) if found else None


def _quoted(found: re.Match[str], said: str) -> str:
    """Return the words of a number with the 「程度」 behind it."""
    about = _ABOUT.match(said, found.end())
    return f"{found[0]}{about[0] if about else ''}"


def _minutes(found: re.Match[str]) -> int:
    """Return the length in minutes that was found as minutes, or as hours and minutes."""
    if found[4]:
        return int(found[4])
    return round(float(found[1]) * 60) + (30 if found[2] else int(found[3] or 0))


def _period(name: str, said: str) -> FoundValue | None:
    """Return the first period written on the side of its day on which this one lies, or None."""
    found = find_period(said, PERIOD_SIDES[name])
    return FoundValue(found[0].words, found[1]) if found is not None else None


def _date(name: str, said: str) -> FoundValue | None:
    """Return the first date for a first day, the second for a last day, else the last one found."""
    found = [(made, one[0]) for one in _DATE.finditer(said) if (made := _day(one)) is not None]
    if not found or (name == "window_end" and len(found) < 2):
        return None
    day, quote = found[0] if name == "window_start" else found[1] if name == "window_end" else found[-1]
    return FoundValue(day.isoformat(), quote)


def _day(found: re.Match[str]) -> date | None:
    """Return the day that was found written, None where there is no such day."""
    year = int(found[2]) if found[2] else _REIWA + (1 if found[1] == "元" else int(found[1]))
    try:
        return date(year, int(found[3]), int(found[4]))
    except ValueError:
        return None


ParagraphChange = Literal["変更", "追加", "削除", "項番だけ", "同じ"]
Run = tuple[str, bool]
_ALIKE = 0.6
"""The minimum similarity of matching paragraphs that have not the same heading within the same clause."""
_WHOLE = 160
_AROUND = 14
"""The length up to which a text is printed whole, and how much is printed around changes of a longer one."""
_PIECE = re.compile(r"\d[\d,.]*|[一-龠々]+|[ァ-ヴー]+|[ぁ-ん]+|[A-Za-z]+|\s+|.", re.DOTALL)


@record
class ParagraphPair:
    """One paragraph of both texts; None on the side that lacks it."""

    old: SpecParagraph | None
    new: SpecParagraph | None
    change: ParagraphChange

    @property
    def clause(self) -> str:
        """Return the number of the paragraph, in the new text if it is there."""
        return (self.new or self.old or SpecParagraph(clause="", text="")).clause

    @property
    def title(self) -> str:
        """Return its heading, or its first words."""
        shown = self.new or self.old or SpecParagraph(clause="", text="")
        return shown.title or shown.text.replace("\n", " ")[:24]


def compare_paragraphs(
    old: Sequence[SpecParagraph], new: Sequence[SpecParagraph], *, by_clause: bool = False
) -> tuple[ParagraphPair, ...]:
    """Return both texts as pairs, matched by similarity, or by the same heading within the same clause.

    They are in the order of ``new``; a paragraph that it lacks follows the pair of the one before it in ``old``.

    Args:
        old, new: the paragraphs of both texts in order.
        by_clause: match the same clauses instead, as for an old text in words of our own.
    """
    partner = _matching_paragraphs(old, new, by_clause)
    of_old = {one: other for other, one in partner.items()}
    found = []
    for place, one in enumerate(new):
        before = old[partner[place]] if place in partner else None
        found.append((place, ParagraphPair(old=before, new=one, change=_change_of(before, one))))
    after = -1
    for place, one in enumerate(old):
        after = of_old.get(place, after)
        if place not in of_old:
            found.append((after, ParagraphPair(old=one, new=None, change="削除")))
    return tuple(pair for _place, pair in sorted(found, key=lambda each: each[0]))


def _matching_paragraphs(old: Sequence[SpecParagraph], new: Sequence[SpecParagraph], by_clause: bool) -> dict[int, int]:
    """Return the place in ``old`` by the place in ``new`` of the paragraphs that correspond, each used once."""
    plain_old, plain_new = [_plain(one.text) for one in old], [_plain(one.text) for one in new]
    rated = []
    for there, one in enumerate(new):
        for here, other in enumerate(old):
            if (_annex(one.clause), bool(one.clause)) != (_annex(other.clause), bool(other.clause)):
                continue
            alike = fuzz.ratio(plain_new[there], plain_old[here]) / 100
            same = one.clause == other.clause
            titled = bool(one.title) and one.title == other.title
            near = titled and parent_clause(one.clause) == parent_clause(other.clause)
            if same if by_clause else alike >= _ALIKE or near:
                rated.append((alike + 0.3 * same + 0.3 * titled + 0.1 * near, -abs(there - here), there, here))
    partner = {}
    taken = set()
    for _score, _near, there, here in sorted(rated, reverse=True):
        if there not in partner and here not in taken:
            partner[there] = here
            taken.add(here)
    return partner


def _change_of(old: SpecParagraph | None, new: SpecParagraph) -> ParagraphChange:
    """Return how a paragraph has changed: 追加 (no old one), 変更 in its words, 項番だけ or 同じ."""
    if old is None:
        return "追加"
    if _plain(old.text) != _plain(new.text):
        return "変更"
    return "同じ" if old.clause == new.clause else "項番だけ"


def _plain(text: str) -> str:
    return re.sub(r"\s", "", one_width(text))


def _annex(clause: str) -> str:
    """Return the sign of a clause's annex (「特」, 「機」, 「別」 of 別表), "" for the 仕様書 itself."""
    return clause[:1] if clause[:1] in ("特", "機", TABLE[:1]) else ""


def mark_changes(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the words of both sides as runs, each with whether the other side lacks it."""
    here, there = _PIECE.findall(old), _PIECE.findall(new)
    matcher = difflib.SequenceMatcher(
        None, [_plain(one) for one in here], [_plain(one) for one in there], autojunk=False
    )
    left: list[Run] = []
    right: list[Run] = []
    for sort, a, b, c, d in matcher.get_opcodes():
        changed = sort != "equal" and bool(_plain("".join(here[a:b])) or _plain("".join(there[c:d])))
        _add(left, "".join(here[a:b]), changed)
        _add(right, "".join(there[c:d]), changed)
    return tuple(left), tuple(right)


def _add(runs: list[Run], words: str, changed: bool) -> None:
    if words and runs and runs[-1][1] == changed:
        runs[-1] = (runs[-1][0] + words, changed)
    elif words:
        runs.append((words, changed))


def shorten(runs: Sequence[Run]) -> str:
    """Return the words of one side, a long one shortened to its changes with some context (「…」)."""
    whole = "".join(words for words, _changed in runs)
    if len(whole) <= _WHOLE:
        return whole
    if not any(changed for _words, changed in runs):
        return f"{whole[:_WHOLE]}…"
    said = ""
    for place, (words, changed) in enumerate(runs):
        if changed:
            said += words if len(words) <= _WHOLE else f"{words[:_WHOLE]}…"
        elif len(words) <= 2 * _AROUND:
            said += words
        else:
            head = words[:_AROUND] if place else ""
            tail = words[-_AROUND:] if place < len(runs) - 1 else ""
            said += f"{head}…{tail}"
    return said


@record
class KindProposal:
    """A kind of event that the next 仕様書 seems to bring or to leave out; somebody confirms it.

    Attributes:
        clause: the item that brings it (「4(5)」), "" for one that is left out.
        kind: the key of the kind that is left out, "" for a new one.
        title, name, sign, form: of a new one as proposed from the words of its item, else those of this year.
    """

    clause: str = ""
    kind: str = ""
    title: str = ""
    name: str = ""
    sign: str = ""
    form: EventForm = EventForm.LECTURE

    @property
    def is_new(self) -> bool:
        """Return whether it is a kind that this year does not have."""
        return not self.kind


_ITEM = re.compile(r"\d+\(\d+\)")
_NO_KIND_WORDS = ("提案", "報告", "協議", "打合せ", "検査", "その他", "事務局", "個人情報")
_FORM_WORDS = (
    (EventForm.EXCHANGE, ("意見交換", "討議", "グループ", "交流会", "座談会", "ワークショップ")),
    (EventForm.VISIT, ("派遣", "訪問", "出前", "出張")),
)
_ENDINGS = re.compile(r"(?:の実施|の開催|の企画・運営|の企画運営|の運営|に関する業務|業務|について)$")


def propose_kinds(new: Sequence[SpecParagraph], kinds: Sequence[EventKind]) -> tuple[KindProposal, ...]:
    """Return the kinds that the next 仕様書 seems to bring, in its order, then those that it seems to leave out.

    Args:
        new: its paragraphs. kinds: those of this year.
    """
    items = [one for kind in kinds for one in clauses_in(kind.clause_item)]
    articles = {parent_clause(one) for one in items}
    found = []
    there = set()
    signs = {one.sign for one in kinds}
    for one in new:
        if _ITEM.fullmatch(one.clause) is None or parent_clause(one.clause) not in articles:
            continue
        head = one.title or one.text.partition("\n")[0]
        mine = {kind.kind for kind in kinds if kind.title in one.text or kind.name in head}
        there |= mine
        if mine or any(word in head for word in _NO_KIND_WORDS):
            continue
        title = _ENDINGS.sub("", head.strip("　 "))[:40]
        sign = next((character for character in title if "一" <= character <= "龠" and character not in signs), "")
        found.append(
            KindProposal(
                clause=one.clause,
                title=title,
                name=title,
                sign=sign,
                form=next(
                    (form for form, words in _FORM_WORDS if any(word in head for word in words)), EventForm.LECTURE
                ),
            )
        )
        signs.add(sign)
    gone = [
        KindProposal(kind=one.kind, title=one.title, name=one.name, sign=one.sign, form=one.form)
        for one in kinds
        if articles and one.kind not in there
    ]
    return (*found, *gone)


_WORDS_OF_CLAUSE = (
    ("clause_window", ("期間",)),
    ("clause_planned", ("回数", "団体数", "実施回", "派遣数")),
    ("clause_people", ("人数", "定員", "対象")),
    ("clause_minutes", ("時間",)),
    ("clause_content", ("内容",)),
    ("clause_material", ("資料",)),
    ("clause_equipment", ("機材", "端末", "機器")),
    ("clause_survey", ("アンケート",)),
    ("clause_report", ("報告",)),
)
"""By what words of its heading or text a paragraph of an item says what, in this order."""


def values_of_item(
    kind: EventKind, item: str, paragraphs: Sequence[SpecParagraph], programme: Programme
) -> dict[str, FoundValue]:
    """Return what the paragraphs of an item state for a kind, by field; clauses included.

    Args:
        kind: with the numbers to begin with. item: its clause (「4(5)」). programme: the contract, not changed here.
    """
    inside = [one for one in paragraphs if one.clause.startswith(item) and one.clause != item]
    found = {"clause_item": FoundValue(f"仕{item}", "")}
    places = {}
    for name, words in _WORDS_OF_CLAUSE:
        heads = [one for one in inside if any(word in (one.title or one.text[:_HEAD]) for word in words)]
        place = next(iter(heads or [one for one in inside if any(word in one.text for word in words)]), None)
        if place is not None:
            places[name] = place
            found[name] = FoundValue(f"仕{place.clause}", place.title)
    _programme, (cited,) = with_values(
        programme, [kind], {f"{kind.kind}.{name}": one.text for name, one in found.items()}
    )
    values = {one.key.partition(".")[2]: one for one in contract_values(programme, [cited])}
    for name, _label, _sort, clause in KIND_FIELDS:
        if name in values and clause in places and (stated := find_value(values[name], places[clause])) is not None:
            found[name] = stated
    return found
