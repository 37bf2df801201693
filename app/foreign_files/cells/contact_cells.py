"""Reads cells of mail and postal addresses: what is one address, and what says that there is none."""

from __future__ import annotations

import re

from app.foreign_files.cells.answer_reading import is_nothing
from db.digits import one_width

MAIL = re.compile(r"[!-+./0-9:<-?A-~-]+@(?:[0-9A-Za-z-]+\.)+[A-Za-z]{2,}")
"""One address alone, also with the points that telephone companies allowed."""
_NO_ACCOUNT = "anonymous"
ADDRESS = re.compile(
    r"(?=.*[\d一二三四五六七八九十〇])"
    r"(?!.*\([^)]*(?:不可|不要|[なせ][いし]|予定|[。、]|でも|(?:から|まで|です|ます|さい)[^)]{0,2}\)|[隣横裏前向][のりがい]|(?:旧|転居|引っ?越|変更|移転)))"
    r"(?!.*(?:ください|下さい|ません|(?:です|ます|まで|から|でも可|不在|留守|手渡し|のこと)[。.]?$))(?!〃|仝|同上|上に?と?同)[^※→⇒➡×。]*"
)
"""What an address in one width can be: it has a number, and no remark or change beside it."""


def plain_mail(text: str) -> str:
    """Return a mail cell in one width, "" where it says that there is none."""
    plain = one_width(text).strip().removeprefix("mailto:")
    return "" if plain.casefold() == _NO_ACCOUNT or is_nothing(text) else plain
