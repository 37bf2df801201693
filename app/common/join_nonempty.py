"""Words of the parts of a line that are not empty."""

from __future__ import annotations


def join_nonempty(*parts: str, separator: str = "　") -> str:
    """Return the non-empty parts, joined by a wide space or ``separator``."""
    return separator.join(part for part in parts if part)


def fill_nonempty(words: str, part: object) -> str:
    """Return ``words`` with ``part`` in place of their ``{}``; "" where the part is empty."""
    return words.format(part) if part else ""


def lines_of(text: str | None) -> tuple[str, ...]:
    """Return the lines of a text as typed, without blanks around them and without empty ones."""
    return tuple(filter(None, map(str.strip, (text or "").splitlines())))
