"""The outcomes a row of applications can have, and what its words about 配慮 mean."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, get_args

Outcome = Literal["新規", "更新", "重複", "確認が必要", "取り込まない"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)

_NO_CARE = re.compile(r"(?:特に|とくに)?(?:なし|無し|ない|無い|ありません|ございません)(?:です)?[。.]?|[-ー−]+|無")


def care_of(text: str) -> str:
    """Return what was written about 配慮 as it is, or "" when it says that none is needed (「特になし」)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return "" if not plain or _NO_CARE.fullmatch(plain) else text.strip()
