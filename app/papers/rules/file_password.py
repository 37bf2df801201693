"""What may be the password of a file that leaves: long enough, no sign repeated, and read alike by every reader.

PDF takes 127 bytes of UTF-8 (ISO 32000-2, 7.6.4.3.3) and Excel 255 signs. Some readers bring a typed password into the
form of SASLprep (RFC 4013) first and some do not: what that changes (full-width letters, half-width kana, a が of two
signs) would open in one program and not in another.
"""

from __future__ import annotations

import unicodedata
from typing import Final

SHORTEST: Final = 12
MOST_BYTES: Final = 127
LEAST_DIFFERENT: Final = 4


def password_problem(password: str) -> str:
    """Return a sentence when ``password`` must not close a file, else ""."""
    if len(password) < SHORTEST:
        return f"{SHORTEST}文字以上にしてください。いまは{len(password)}文字です。"
    if len(set(password.replace(" ", "").replace("　", ""))) < LEAST_DIFFERENT:
        return f"空白や同じ文字のくり返しは使えません。違う文字を{LEAST_DIFFERENT}つ以上入れてください。"
    if len(password.encode()) > MOST_BYTES:
        return f"長すぎます。英数字なら{MOST_BYTES}文字まで、日本語なら{MOST_BYTES // 3}文字までにしてください。"
    changed = [sign for sign in password if unicodedata.normalize("NFKC", sign) != sign]
    if changed or unicodedata.normalize("NFKC", password) != password:
        seen = changed and changed[0].isprintable() and not changed[0].isspace()
        return (
            f"{f'「{changed[0]}」のような' if seen else ''}"
            "全角の英数字や空白、半角カナなどは、開くソフトによって別の文字と見なされるため使えません。"
        )
    if any(not sign.isprintable() for sign in password):
        return "目に見えない文字が入っています。入力し直してください。"
    return ""
