"""How running text begins, in every form of a paper: beside its mark, one character in, or at the margin."""

from __future__ import annotations

import re
from typing import NamedTuple

# 「ア　…」「(1)　…」「・…」 hang beside their mark instead of being indented.
_MARKED = re.compile(r"(?:[ア-ン]|[0-9]{1,2}|[①-⑳]|[(（][0-9ア-ン]{1,2}[)）])[　 ]+|[・※][　 ]?")
_NUMBERED = re.compile(r"([0-9０-９]{1,2}|[(（][0-9０-９]{1,2}[)）])[　 ．.]+(.*)", re.DOTALL)


class RunningText(NamedTuple):
    """A paragraph: its ``mark`` with the space behind it or "", its text, and whether it begins one character in."""

    mark: str
    text: str
    is_indented: bool


def running_text(text: str, *, strong: bool = False) -> RunningText:
    """Return how a paragraph begins.

    A sentence starts one character in; a phrase without 。 such as 「別紙のとおり」, a ``strong`` text and one that
    begins with a bracket start at the margin, unless typed with 「　」.
    """
    if marked := _MARKED.match(text):
        return RunningText(marked.group(), text[marked.end() :], is_indented=False)
    is_indented = text.startswith("　") or (not strong and "。" in text and text[0] not in " （(「")
    return RunningText("", text.lstrip("　"), is_indented)


def item_label(label: str, number: str = "") -> tuple[str, str]:
    """Return the number of an item typed before its label ("1", "(2)"), else ``number``, and the label without it."""
    match = _NUMBERED.fullmatch(label)
    return (match[1], match[2]) if match else (number, label)
