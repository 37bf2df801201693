"""Parts of a line, as far as there are any."""

from __future__ import annotations


def together(*parts: str, by: str = "　") -> str:
    """Return the parts that say something, with a wide space or ``by`` between them."""
    return by.join(part for part in parts if part)
