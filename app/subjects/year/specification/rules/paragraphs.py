"""Split the text of a 仕様書 into paragraphs with clauses as cited here (「4(1)エ」, 「特17(1)」)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from db.frozen_record import frozen_record

LETTERS: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
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
TABLE: Final = "別表"
_WRAPPED: Final = 24
"""A line of this length that does not end with 「。」 was wrapped by the page, not by its author."""
_SHORT: Final = 30
_HEAD: Final = 24
_LEFT_OUT: Final = 3
_CITED = re.compile(
    r"(仕様書|仕|特記事項|特|機)?(第)?(\d+)?(?:条(?:第(?P<whole>\d+)項)?|-(?P<short>\d+))?((?:\(\d+\))?)([ア-ヲ]?)"
)


@frozen_record
class SpecParagraph:
    """One paragraph with its clause and its words without the number.

    The clause is e.g. 「4(1)エ」, 「機6-8(1)」, 「別表」; "" = what precedes the first.
    """

    clause: str
    text: str

    @property
    def title(self) -> str:
        """Return its first line, when that is a heading."""
        first = self.text.split("\n", 1)[0]
        return first if len(first) <= _SHORT and not first.endswith("。") else ""

    @property
    def body(self) -> str:
        """Return its words without the heading."""
        return self.text.partition("\n")[2] or self.text if self.title else self.text


@dataclass(kw_only=True)
class _Reader:
    """The state while reading a text.

    Annex ("" = the 仕様書 itself), article, paragraph of an annex (0 = its first), item, letter and an open
    numbered list.
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
        clause = f"{self.annex}{self.article}" if self.article else ""
        clause += f"-{self.paragraph}" if self.paragraph else ""
        clause += f"({self.item})" if self.item else ""
        clause += LETTERS[self.letter] if self.letter >= 0 else ""
        self.found.append((clause, [one for one in (self.heading, words) if one]))
        self.heading, self.listed = "", 0

    def read_line(self, line: str, following: str) -> None:
        """Read one line; ``following`` is the next."""
        plain = unicodedata.normalize("NFKC", line).strip()
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
        """Go to another article (0 = none); the next words belong to it."""
        self.annex = annex or self.annex
        self.article, self.paragraph, self.item, self.letter = article, 0, 0, -1

    def _in_annex(self, plain: str, line: str) -> None:
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
    lines = [one for one in lines if one and _PAGE.fullmatch(unicodedata.normalize("NFKC", one)) is None]
    reader = _Reader(
        numbered=any(_BRACKETED.fullmatch(unicodedata.normalize("NFKC", one)) for one in _before_annex(lines))
    )
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        reader.read_line(line, following)
    found = (SpecParagraph(clause=clause, text=_joined(said)) for clause, said in reader.found)
    return tuple(one for one in found if one.text)


def _before_annex(lines: list[str]) -> list[str]:
    end = next(
        (place for place, one in enumerate(lines) if _ARTICLE.match(unicodedata.normalize("NFKC", one))), len(lines)
    )
    return lines[:end]


def _joined(lines: list[str]) -> str:
    said: list[str] = []
    for line in lines:
        # A long line without its 「。」 continues in the next one.
        if said and len(said[-1].rsplit("\n", 1)[-1]) >= _WRAPPED and not said[-1].endswith(("。", "）", ")")):
            said[-1] += line
        else:
            said.append(line)
    return "\n".join(said)


def clauses_in(words: str) -> tuple[str, ...]:
    """Return the clauses that a basis cites, in the short form without 「仕」.

    「仕4(1)コ・(2)ケ」 is ("4(1)コ", "4(2)ケ"), 「仕4コ・ケ」 ("4コ", "4ケ"): any item of the article;
    「特記事項第7条」 is ("特7",).
    """
    found: list[str] = []
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", words))
    annex, article, item = "", "", ""
    for part in re.split(r"[・、]|と(?=[仕特機第])", plain):
        cited = _CITED.match(part)
        if cited is None or not any(cited.groups()):
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
    if not cited or not clause:
        return False
    anywhere = re.fullmatch(r"(\d+)([ア-ヲ])", cited)
    if anywhere is not None and cited not in known:
        return re.fullmatch(rf"{anywhere[1]}\(\d+\){anywhere[2]}", clause) is not None
    if known and cited not in known:
        while cited not in known and (above := parent_clause(cited)) != cited:
            cited = above
        return clause == cited
    return clause == cited or (clause.startswith(cited) and not clause[len(cited)].isdigit())


def parent_clause(clause: str) -> str:
    """Return the parent clause (「4(1)」 for 「4(1)エ」); an article is its own."""
    return re.sub(r"(?<=.)(?:\(\d+\)|[ア-ヲ]|-\d+)$", "", clause)
