"""A postal address as it was typed, parted into its code and the rest for labels and window envelopes."""

from __future__ import annotations

import re
from typing import NamedTuple

_CODE = re.compile(r"\s*〒?\s*([0-9０-９]{3})[-－ー‐−]?([0-9０-９]{4})(?![0-9０-９\-－])[ 　\n]*")


class PostalAddress(NamedTuple):
    """「176-0001」 (or empty) and the address exactly as typed after it."""

    code: str
    address: str


def split_address(typed: str) -> PostalAddress:
    """Part a typed address; a text that does not begin with a postal code is all address."""
    found = _CODE.match(typed)
    if found is None:
        return PostalAddress("", typed.strip())
    code = "-".join(part.translate(_HALF) for part in found.groups())
    return PostalAddress(code, typed[found.end() :].strip())


_HALF = str.maketrans("０１２３４５６７８９", "0123456789")
