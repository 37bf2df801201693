"""Which letter of a kind is made now, where what it is about has several one after another (``Letter.revision``).

What was issued went to those of its day: whoever comes after that gets a letter with a 発信日 and a number of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, TypeVar

from db.records.documents import Letter, Outgoing

Recipient = TypeVar("Recipient")


_REVISION: Final = "／"


def batch_key(kind: str, revision: int) -> str:
    """Return the matter (``Notification.key``) that one letter of a kind is."""
    return kind if revision == 1 else f"{kind}{_REVISION}{revision}"


def revision_of(key: str) -> int:
    """Return which letter of its kind a matter is."""
    _kind, _sign, number = key.partition(_REVISION)
    return int(number) if number.isdigit() else 1


def is_issued(letter: Letter | None) -> bool:
    """Whether a letter went out as it is noted: it has its 発信日, and a 公文書 is 施行."""
    return letter is not None and letter.issued_on is not None and (letter.form != "公文書" or letter.state == "施行")


def was_sent(letter: Letter | None, outgoing: Iterable[Outgoing], notified: Collection[str]) -> bool:
    """Whether a letter went to somebody: it was issued, and a paper of it named what was told since.

    Args:
        outgoing: what was saved or printed of its kind and stands; ``version`` says of which letter. told: the matters.
    """
    return (
        letter is not None
        and is_issued(letter)
        and any(row.version == letter.revision and not row.facts.keys().isdisjoint(notified) for row in outgoing)
    )


def current_batch(
    all_people: Sequence[Recipient],
    *,
    not_notified: Sequence[Recipient],
    in_no_letter: Sequence[Recipient],
    revision: int,
    newest_was_sent: bool,
) -> tuple[list[Recipient], int]:
    """Return whom the letter is about that is made now, and the how-manieth of its kind that is.

    Args:
        all_people: whom letters of this kind are about, for the newest one to be made once more. waiting: whoever was
            not told yet. fresh: whoever stood in none of the letters that went. revision: of the newest letter.
        newest_was_sent: the newest one went.
    """
    if newest_was_sent and in_no_letter:
        return list(in_no_letter), revision + 1
    return list(not_notified or all_people), revision
