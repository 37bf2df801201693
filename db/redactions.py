"""The value of an erased cell (a fixed word, a random one for each person, or facts without their sums).

A redaction never contains or derives from the old text: a hash of a name is found by trying names, and so are the
short sums in notified facts (``acts``, ``outgoing``).
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.mapping import as_json

REDACTED = "（消去）"
"""The value of an erased text."""
ERASED_LABEL = "消去済"
"""What people read in its place."""
SUM_SEPARATOR = " #"
"""The separator between the words of a fact and its sums."""
EARLIER_SEPARATOR = " ~"
"""The separator between a fact and the words in which earlier programs said the same."""
ERASED_SUM = "-"
"""What replaces a sum whose source was erased, so that nothing is compared with it any more."""
_FACTS_PREFIX = "facts:"
_UNTIL_PREFIX = "until:"
_WHOLE_SUM = re.compile(r"[0-9a-f]{12}")
_FEWEST = 4
_SPARE = 8


def is_redacted_text(text: object) -> bool:
    """Return whether a text is a redaction."""
    return isinstance(text, str) and text.startswith(REDACTED)


def display_text(text: str) -> str:
    """Return a text as shown to people, with 「消去済」 in place of a redaction."""
    return ERASED_LABEL if is_redacted_text(text) else text


def text_beside_name(text: str) -> str:
    """Return a text that is shown beside a name, "" for a redaction, since the name shows it."""
    return "" if is_redacted_text(text) else text


def personal_redactions(count: int, used: Iterable[str]) -> list[str]:
    """Return a random, unique redaction for each of ``count`` people (「（消去）4f2a」).

    Args:
        used: those that stand for others already.
    """
    taken, found = set(used), list[str]()
    signs = _FEWEST
    while (len(taken) + count) * _SPARE > 16**signs:
        signs += 1
    while len(found) < count:
        drawn = f"{REDACTED}{secrets.token_hex(signs)[:signs]}"
        if drawn not in taken:
            taken.add(drawn)
            found.append(drawn)
    return found


def redaction_of_facts(sums: Mapping[str, Sequence[int] | None], words: Iterable[str] = ()) -> str:
    """Return the redaction of a cell with facts, which keeps them without the sums of erased people.

    Args:
        sums: the sums to remove, by the name of the fact; None = all.
        words: facts that are removed as a whole.
    """
    wanted = {name: None if ids is None else sorted(ids) for name, ids in sorted(sums.items())}
    return _FACTS_PREFIX + as_json({"sums": wanted, "words": sorted(words)})


def redaction_until(link: str) -> str:
    """Return the redaction of a text only in images before a journal entry, since its row was reworded then.

    Args:
        link: the chain value of that entry. Data without it hold the old words, and are redacted in the row, too.
    """
    return _UNTIL_PREFIX + link


def end_of_redaction(redaction: str) -> str:
    """Return the chain value of the entry before which a cell is redacted, "" for all of it."""
    return redaction.removeprefix(_UNTIL_PREFIX) if redaction.startswith(_UNTIL_PREFIX) else ""


def redact(value: Any, redaction: str) -> Any:
    """Return the value of a cell after redaction; repeating it changes nothing.

    Args:
        redaction: the new value itself, or what ``redaction_of_facts`` (facts without sums) or ``redaction_until``
            (every text replaced, lists and mappings kept as such) returned.
    """
    if redaction.startswith(_UNTIL_PREFIX):
        return _redact_texts(value)
    if not redaction.startswith(_FACTS_PREFIX):
        return redaction
    said = json.loads(redaction.removeprefix(_FACTS_PREFIX))
    try:
        facts = json.loads(str(value))
    except ValueError:
        return "{}"
    return as_json(_remove_sums(facts, said["sums"], said["words"]))


def _redact_texts(value: Any) -> Any:
    """Replace a text, or each text of a list or mapping, so that the structure stays readable."""
    try:
        plain = json.loads(str(value))
    except ValueError:
        return REDACTED
    return as_json(_redact_plain(plain)) if isinstance(plain, dict | list) else REDACTED


def _redact_plain(plain: Any) -> Any:
    """Return decoded JSON data with every text that is not empty redacted."""
    if isinstance(plain, dict):
        return {name: _redact_plain(one) for name, one in plain.items()}
    if isinstance(plain, list):
        return [_redact_plain(one) for one in plain]
    return REDACTED if isinstance(plain, str) and plain else plain


def _remove_sums(facts: Any, sums: Mapping[str, Sequence[int] | None], words: Sequence[str]) -> Any:
    """Return facts (by name, or by matter and name) without the ``sums``; those named in ``words`` are redacted."""
    if not isinstance(facts, dict):
        return facts
    found = {}
    for name, fact in facts.items():
        if isinstance(fact, str) and name in words:
            found[name] = REDACTED
        elif isinstance(fact, str) and name in sums:
            found[name] = EARLIER_SEPARATOR.join(
                _remove_sum(part, sums[name]) for part in fact.split(EARLIER_SEPARATOR)
            )
        else:
            found[name] = _remove_sums(fact, sums, words)
    return found


def _remove_sum(fact: str, ids: Sequence[int] | None) -> str:
    """Return a fact with the hashes of names removed."""
    words, between, seal = fact.partition(SUM_SEPARATOR)
    if _WHOLE_SUM.fullmatch(seal):
        return f"{words}{between}{ERASED_SUM}"
    parts = [one.split(":") for one in seal.split(",")]
    cut = [
        [number, *(ERASED_SUM if ids is None or number in {str(one) for one in ids} else one for one in rest)]
        for number, *rest in parts
    ]
    return f"{words}{between}{','.join(map(':'.join, cut))}"
