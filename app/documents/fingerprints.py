"""Fingerprints: short hashes of a value's written form that show whether a document or notification differs.

New fingerprints carry the mark ``w1:``; those without it are of the legacy form and are still compared with it.
Stored hashes are never recalculated, so neither form may change: names come from ``db/written_names.py``, values as
here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from app.documents.written_blocks import WRITTEN_BLOCKS
from db.mapping import as_json
from db.written_names import names_of

MARK = "w1:"
"""Prefix of a fingerprint of the written form; one without it is of the legacy form."""
CLASS, VALUES = "class", "values"
_DIGITS = 16
_PLAIN = frozenset({str, int, float, bool, type(None)})
"""What stands as it is in either form; asked first, as almost every value is of these."""
assert WRITTEN_BLOCKS  # read before anything is written: its entries say the names


def fingerprint_of(value: Any, extra: str = "", *, digits: int = _DIGITS) -> str:
    """Return a short hash of a value; ``extra`` is further text that makes it differ.

    It is the mark ``w1:`` and ``digits`` hexadecimal digits.
    """
    return MARK + _short(written_form(value) + extra, digits)


def matches_fingerprint(kept: str | None, value: Any, extra: str = "") -> bool:
    """Return whether a value equals the one that ``kept`` was made from, by this or an earlier version.

    ``kept`` None equals nothing; ``extra`` is that it was made with.
    """
    if kept is None:
        return False
    if kept.startswith(MARK):
        return kept == fingerprint_of(value, extra)
    return kept == legacy_fingerprint(value, extra)


def legacy_fingerprint(value: Any, extra: str = "", *, digits: int = _DIGITS) -> str:
    """Return the hash without a mark, as earlier versions made it."""
    return _short(legacy_form(value) + extra, digits)


def written_form(value: Any) -> str:
    """Return a value as text by its written names, in an order independent of the source code."""
    return as_json(_comparison_form(value))


def legacy_form(value: Any) -> str:
    """Return the exact ``repr`` text of a value under the class and field names of earlier versions."""
    if type(value) in _PLAIN:
        return repr(value)
    if isinstance(value, str):
        return repr(str(value))  # a word of a set as the text that it is
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = names_of(type(value))
        fields = ", ".join(f"{name}={legacy_form(one)}" for name, one in names.compared_values(value).items())
        return f"{names.name}({fields})"
    write = _LEGACY_FORMS.get(type(value))
    return write(value) if write is not None else repr(value)


def _legacy_tuple(value: tuple[Any, ...]) -> str:
    return f"({', '.join(map(legacy_form, value))}{',' if len(value) == 1 else ''})"


_LEGACY_FORMS: dict[type, Callable[[Any], str]] = {
    tuple: _legacy_tuple,
    list: lambda value: f"[{', '.join(map(legacy_form, value))}]",
    dict: lambda value: f"{{{', '.join(f'{legacy_form(key)}: {legacy_form(one)}' for key, one in value.items())}}}",
}


def _comparison_form(value: Any) -> Any:
    """Return a value as plain data for comparison; a value that is not part of a document becomes its text."""
    if type(value) in _PLAIN or isinstance(value, str):
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = names_of(type(value))
        found = {name: _comparison_form(one) for name, one in names.compared_values(value).items()}
        return {CLASS: names.name} | {name: found[name] for name in sorted(found)}
    if isinstance(value, tuple | list | frozenset | set):
        each = [_comparison_form(one) for one in value]
        return each if isinstance(value, tuple | list) else {CLASS: "frozenset", VALUES: sorted(each, key=str)}
    if isinstance(value, dict):
        return {CLASS: "dict", VALUES: {str(key): _comparison_form(value[key]) for key in sorted(value, key=str)}}
    if isinstance(value, int | float):
        return value
    return {CLASS: "bytes", VALUES: sha256(value).hexdigest()} if isinstance(value, bytes) else str(value)


def _short(text: str, digits: int) -> str:
    return sha256(text.encode()).hexdigest()[:digits]
