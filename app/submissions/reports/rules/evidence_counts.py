"""Add the number of people from the tally to evidence that quotes a question and its options."""

from __future__ import annotations

import re
from collections.abc import Mapping

from db.digits import one_width

_COUNTED = re.compile(r"\d+\s*(?:人|件|団体|枚|分)")
_QUOTED = re.compile(r"(問\d+)\s*((?:「[^」]+」[、・および]*)+)")
_OPTION = re.compile(r"「([^」]+)」")
Counts = Mapping[str, Mapping[str, tuple[int, bool]]]
"""The people of an option, and whether one was to be chosen, by question number and option."""


def names_count(text: str) -> bool:
    """Return whether a text states a number of people, answers, 団体, responses or minutes."""
    return bool(_COUNTED.search(one_width(text)))


def with_counts(text: str, counts: Counts) -> str:
    """Return a typed evidence with the people of every quoted option; text with a number is unchanged.

    The people of several options of a single-choice question are added; with several answers each has its own.
    """
    if names_count(text) or not counts:
        return text
    return _QUOTED.sub(lambda found: _counted(found, counts), text)


def _counted(found: re.Match[str], counts: Counts) -> str:
    """Return a matched passage with the present counts of the options it quotes, unchanged if one is unknown."""
    options = counts.get(found[1], {})
    quoted = _OPTION.findall(found[2])
    if not quoted or any(option not in options for option in quoted):
        return found[0]
    if all(options[option][1] for option in quoted):
        rest = found[0][len(found[0].rstrip("、・および")) :]
        return f"{found[0].rstrip('、・および')}{sum(options[option][0] for option in quoted)}人{rest}"
    each = "".join(f"「{option}」{options[option][0]}人" for option in quoted)
    return f"{found[1]}{each}"
