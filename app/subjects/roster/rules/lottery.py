"""The numbers of a 抽選: from a seed that is shown and kept, so that anybody can draw them again."""

from __future__ import annotations

import hashlib
import hmac

DIGITS = 16


def draw_number(seed: str, key: str) -> str:
    """Return the number that ``key`` draws under ``seed``: the first 16 hexadecimal digits of HMAC-SHA-256.

    The smaller number goes first. It depends on nothing but the two texts (as UTF-8): neither on the order in which
    applicants are read nor on the others who apply, and whoever knows the seed gets the same with any tool.
    """
    return hmac.new(seed.encode(), key.encode(), hashlib.sha256).hexdigest()[:DIGITS]
