"""Decides which of several successive letters of a kind is made now (``Letter.revision``).

An issued letter went to the people of its day: whoever is added later gets a letter with its own 発信日 and number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final, TypeVar

from db.records.documents import Letter, Outgoing

Recipient = TypeVar("Recipient")


_REVISION: Final = "／"


def batch_key(kind: str, revision: int) -> str:
    """Return the key (``Notification.key``) of one letter of a kind."""
    return kind if revision == 1 else f"{kind}{_REVISION}{revision}"


def revision_of(key: str) -> int:
    """Return the revision of a letter from its key."""
    _kind, _sign, number = key.partition(_REVISION)
    return int(number) if number.isdigit() else 1


def is_issued(letter: Letter | None) -> bool:
    """Return whether a letter is recorded as sent: it has its 発信日, and a 公文書 is 施行."""
    return letter is not None and letter.issued_on is not None and (letter.form != "公文書" or letter.state == "施行")


def was_sent(letter: Letter | None, outgoing: Iterable[Outgoing], notified: Collection[str]) -> bool:
    """Return whether a letter went to somebody: it was issued, and one of its documents was notified.

    Args:
        outgoing: what was saved or printed of its kind and not withdrawn; ``version`` says of which letter.
        notified: the keys that were notified.
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
    """Return the people of the letter that is made now, and its revision.

    Args:
        all_people: everybody letters of this kind are about, to make the newest one again. not_notified: who was not
            notified yet. in_no_letter: who was in none of the letters sent. revision: of the newest letter.
        newest_was_sent: the newest one was sent.
    """
    if newest_was_sent and in_no_letter:
        return list(in_no_letter), revision + 1
    return list(not_notified or all_people), revision
