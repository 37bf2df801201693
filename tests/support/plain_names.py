"""Names as the lists of the truth write them, for comparing what was read."""

import re
import unicodedata

from app.foreign_files.cells.written_values import clean

_HALF_KANA = re.compile("[\uff61-\uff9f]+")
_TO_KATAKANA = {code: chr(code + 0x60) for code in range(0x3041, 0x3097)}
_KANJI = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def plain_name(text: str) -> str:
    """A name for comparing by eye: blanks become one half-width space, half-width kana full-width; kanji stay."""
    wide = _HALF_KANA.sub(lambda match: unicodedata.normalize("NFKC", match.group()), clean(text))
    return " ".join(wide.split())


def plain_kana(text: str) -> str:
    """Furigana in full-width katakana, blanks as one half-width space; empty when it holds kanji."""
    return "" if _KANJI.search(text) else plain_name(text).translate(_TO_KATAKANA)
