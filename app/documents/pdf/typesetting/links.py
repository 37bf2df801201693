"""Finds the addresses of a document that its PDF opens: web pages, mail, and telephone numbers, but no FAX."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import Any, NamedTuple

_WEB = re.compile(r"https?://[!-~]*[0-9A-Za-z/=_-]")
_MAIL = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]*@[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)+")
_PHONE = re.compile(r"(?<![0-9-])0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}(?![0-9-])")
_FAX = re.compile(r"(?:FAX|ＦＡＸ|ファクス|ファックス)[^0-9]{0,8}\Z", re.IGNORECASE)
_LEAST_BEGINNING = 14
"""Characters of a long address at the end of a line that are enough to know which one it is."""


class Target(NamedTuple):
    """What a link opens, and what it is called for whoever does not see it."""

    uri: str
    words: str


class FoundLink(NamedTuple):
    """A link in a line: from which character to which, and what it opens."""

    start: int
    end: int
    target: Target


class LinkFinder:
    """Finds the addresses of one document in its lines, where a long one may be broken."""

    def __init__(self, targets: dict[str, Target]):
        """Take what the document says, by the text that stands for it."""
        self._targets = targets
        self._pattern = re.compile("|".join(map(re.escape, sorted(targets, key=len, reverse=True))))

    def find(self, line: str) -> list[FoundLink]:
        """Return the links in a line to what the document names (web, mail, phone), in order; also the beginning of a
        web address at its end that only one continues.
        """
        found = [FoundLink(*one.span(), self._targets[one.group()]) for one in self._pattern.finditer(line)]
        begun = _WEB.search(line, found[-1].end if found else 0)
        if begun is not None and begun.end() == len(line) and len(begun.group()) >= _LEAST_BEGINNING:
            whole = [target for text, target in self._targets.items() if text.startswith(begun.group())]
            found += [FoundLink(*begun.span(), whole[0])] if len(whole) == 1 else []
        return found


def find_links(content: object) -> LinkFinder | None:
    """Return the finder of a document's addresses, None where it says none."""
    targets: dict[str, Target] = {}
    for text in _texts(content):
        if "://" in text:
            targets |= {one: Target(one, f"ウェブページ　{one}") for one in _WEB.findall(text)}
        if "@" in text:
            targets |= {one: Target(f"mailto:{one}", f"メール　{one}") for one in _MAIL.findall(text)}
        if "-" in text:
            for one in _PHONE.finditer(text):
                if _FAX.search(text[: one.start()]) is None:
                    targets[one.group()] = Target(f"tel:{one.group()}", f"電話　{one.group()}")
    return LinkFinder(targets) if targets else None


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value) and not isinstance(value, type):
        for own in fields(value):
            yield from _texts(getattr(value, own.name))
