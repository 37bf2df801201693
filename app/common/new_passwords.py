"""The one rule for every new password: of a person, of a file that leaves, of a 当日持出しファイル; also its words.

Long enough, not guessed at once, and read alike by every reader. PDF takes 127 bytes of UTF-8 (ISO 32000-2,
7.6.4.3.3) and Excel 255 signs. Some readers bring a typed password into the form of SASLprep (RFC 4013) first and some
do not: what that changes (full-width letters, half-width kana, a が of two signs) would open in one program and not in
another. A password that is in use already is never judged.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache
from typing import Final

from app.common.file_locations import resources_folder
from db.frozen_record import frozen_record

LEAST: Final = 12
COMFORTABLE: Final = 16
MOST_BYTES: Final = 127
LEAST_DIFFERENT: Final = 4
LEAST_BESIDE: Final = 8
"""Signs that a password must have beside the ID and the name of its owner."""
LEAST_UNCOMMON: Final = 4
"""Signs that a password must have beside common words, digits and marks."""
_FROM: Final = 3
"""A word of fewer signs stands in many a good password by chance."""
_RUN: Final = 0.8
_KATAKANA: Final = {sign: sign - 0x60 for sign in range(ord("ァ"), ord("ヶ") + 1)}
_LIKE_LETTERS: Final = str.maketrans("@4310!5$7", "aaeioisst")
"""What is written for a letter to make a common word look like none (p@ssw0rd)."""
_GAPS: Final = str.maketrans("", "", " 　-‐－ー・/.")


@frozen_record
class OwnWords:
    """What a stranger would try first: the login ID and the name of who will use the password."""

    login_id: str = ""
    name: str = ""


NOBODY: Final = OwnWords()


def password_problem(password: str, *, own: OwnWords = NOBODY) -> str:
    """Return a sentence when ``password`` must not be taken, else ""."""
    if len(password) < LEAST:
        return f"{LEAST}文字以上にしてください。いまは{len(password)}文字です。"
    return _guessed_easily(password, own) or _read_differently(password) or _common(password)


def password_words(password: str, *, own: OwnWords = NOBODY) -> str:
    """Return what is said of a password while it is typed: what it lacks, or how good it is."""
    if not password:
        return f"{LEAST}文字以上。言葉をいくつかつなげると、長くても覚えやすくなります。"
    if len(password) < LEAST:
        return f"あと{LEAST - len(password)}文字必要です（{LEAST}文字以上）。"
    problem = password_problem(password, own=own)
    if problem:
        return problem
    if len(password) < COMFORTABLE:
        return f"十分な長さです（{len(password)}文字）。"
    return f"強いパスワードです（{len(password)}文字）。"


def _guessed_easily(password: str, own: OwnWords) -> str:
    plain = password.casefold()
    if len(set(plain.translate(_GAPS))) < LEAST_DIFFERENT:
        return f"空白や同じ文字のくり返しは使えません。違う文字を{LEAST_DIFFERENT}つ以上入れてください。"
    if plain.translate(_GAPS).isdigit():
        return "数字だけのパスワードは使えません。言葉を足してください。"
    steps = [ord(after) - ord(before) for before, after in itertools.pairwise(plain)]
    if sum(step in (1, -1) for step in steps) >= len(steps) * _RUN:
        return "並び順のとおりの文字は使えません。ほかの言葉を足してください。"
    for word, called in ((own.login_id, "ID"), (own.name, "名前")):
        left = plain
        for part in (word, word.translate(_GAPS)):
            left = left.replace(part.casefold(), "") if len(part) >= _FROM else left
        if left != plain and len(left) < LEAST_BESIDE:
            return f"{called}がほとんどそのまま入っています。別の言葉を足してください。"
    return ""


def _common(password: str) -> str:
    """What nothing much is left of when the words that a stranger tries first are taken away is refused."""
    plain = password.casefold().translate(_KATAKANA)
    for one in (plain, plain.translate(_LIKE_LETTERS)):
        left, words = _common_words().subn("", one)
        if words and sum(sign.isalpha() for sign in left) < LEAST_UNCOMMON:
            return "よく使われる言葉や地名、役所の言葉と数字だけです。ほかの言葉を足してください。"
    return ""


@cache
def _common_words() -> re.Pattern[str]:
    text = (resources_folder() / "passwords" / "common_words.txt").read_text(encoding="utf-8")
    words = {word for line in text.splitlines() if not line.startswith("#") for word in line.split()}
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda one: (-len(one), one)))))


def _read_differently(password: str) -> str:
    if len(password.encode()) > MOST_BYTES:
        return f"長すぎます。英数字なら{MOST_BYTES}文字まで、日本語なら{MOST_BYTES // 3}文字までにしてください。"
    changed = [sign for sign in password if unicodedata.normalize("NFKC", sign) != sign]
    if changed or unicodedata.normalize("NFKC", password) != password:
        seen = changed and changed[0].isprintable() and not changed[0].isspace()
        return (
            f"{f'「{changed[0]}」のような' if seen else ''}"
            "全角の英数字や空白、半角カナなどは、開くソフトや入力のしかたによって別の文字と見なされるため使えません。"
        )
    if any(not sign.isprintable() for sign in password):
        return "目に見えない文字が入っています。入力し直してください。"
    return ""
