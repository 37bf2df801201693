"""Read a whole number as people type it. Nothing else asks whether signs are digits.

``str.isdigit`` calls ② and ³ digits, which ``int`` cannot read; ``int`` refuses 4,301 digits with an English sentence;
NFKC makes 23 of 「2³」; and a comma taken away anywhere makes 23 of 「2,3」.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 15
"""In digits: more than any count, amount or number of a row; a longer one could not be stored."""
_THOUSANDS = re.compile(r"(?<![\d,.])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")


def is_digits(text: str) -> bool:
    """Return whether a text is digits only, in half or full width; ②, ³ and 十 are none."""
    return text.isdecimal()


def one_width(text: str) -> str:
    """Return a text in its usual width, for comparing and reading (NFKC); it makes digits of ②, ³ and ½ as well."""
    return unicodedata.normalize("NFKC", text)


def without_blanks(text: str) -> str:
    """Return a text in its usual width (``one_width``) without any blanks, for comparing."""
    return "".join(one_width(text).split())


def narrow_numbers(text: str) -> str:
    """Return a text with numbers in half width; one with ②, ³ or ½ is left as it is, so that it reads as none."""
    return text if any(unicodedata.category(sign) == "No" for sign in text) else one_width(text)


def narrow_number(text: str) -> str:
    """Return a text with one number in half width, without blanks around it and the commas between thousands."""
    return without_commas(narrow_numbers(text)).strip()


def without_commas(text: str) -> str:
    """Return a text in half width without the commas between thousands (「1,234人」); 「2,3人」 keeps its own."""
    return _THOUSANDS.sub(lambda found: found[0].replace(",", ""), text)


def whole_number(text: str) -> int | None:
    """Return the whole number from 0 that a text is (「１２」, 「1,234」), None for any other text."""
    plain = text if text.isdecimal() else narrow_number(text)
    return int(plain) if plain.isdecimal() and len(plain) <= _LONGEST else None


def narrow_digits(text: str) -> str:
    """Return a text of the same length with its digits in half width."""
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
