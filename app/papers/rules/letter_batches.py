"""Which letter of a kind is made now, where what it is about has several one after another (``Letter.revision``).

What was issued went to those of its day: whoever comes after that gets a letter with a 発信日 and a number of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, TypeVar

from db.records.papers import Letter, Outgoing

One = TypeVar("One")


_REVISION: Final = "／"


def key_of(kind: str, revision: int) -> str:
    """Return the matter (``Notification.key``) that one letter of a kind is."""
    return kind if revision == 1 else f"{kind}{_REVISION}{revision}"


def revision_of(key: str) -> int:
    """Return which letter of its kind a matter is."""
    _kind, _sign, number = key.partition(_REVISION)
    return int(number) if number.isdigit() else 1


def is_issued(letter: Letter | None) -> bool:
    """Whether a letter went out as it is noted: it has its 発信日, and a 公文書 is 施行."""
    return letter is not None and letter.issued_on is not None and (letter.form != "公文書" or letter.state == "施行")


def went(letter: Letter | None, left: Iterable[Outgoing], told: Collection[str]) -> bool:
    """Whether a letter went to somebody: it was issued, and a paper of it named what was told since.

    Args:
        left: what was saved or printed of its kind and stands; ``version`` says of which letter. told: the matters.
    """
    return (
        letter is not None
        and is_issued(letter)
        and any(row.version == letter.revision and not row.facts.keys().isdisjoint(told) for row in left)
    )


def made_now(
    everybody: Sequence[One], *, waiting: Sequence[One], fresh: Sequence[One], revision: int, gone: bool
) -> tuple[list[One], int]:
    """Return whom the letter is about that is made now, and the how-manieth of its kind that is.

    Args:
        everybody: whom letters of this kind are about, for the newest one to be made once more. waiting: whoever was
            not told yet. fresh: whoever stood in none of the letters that went. revision: of the newest letter.
        gone: the newest one went.
    """
    if gone and fresh:
        return list(fresh), revision + 1
    return list(waiting or everybody), revision
