"""Parts of a line, as far as there are any."""

from __future__ import annotations


def join_nonempty(*parts: str, separator: str = "　") -> str:
    """Return the parts that say something, with a wide space or ``separator`` between them."""
    return separator.join(part for part in parts if part)
