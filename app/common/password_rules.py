"""The rule for every new password (of a person, a file that leaves, a 当日持出しファイル) and its texts.

A password must be long enough, hard to guess, and read alike by every program. PDF takes 127 bytes of UTF-8 (ISO
32000-2, 7.6.4.3.3) and Excel 255 characters. Some programs convert a typed password by SASLprep (RFC 4013) and some do
not: what that changes (full-width letters, half-width kana, a が of two characters) would open in one program and not
in another. A password already in use is never judged.
"""

from __future__ import annotations

import itertools
import re
from functools import cache

from app.common.file_locations import resources_folder
from db.digits import is_digits, one_width
from db.record import record

MIN_LENGTH = 12
STRONG_LENGTH = 16
MAX_BYTES = 127
MIN_DISTINCT = 4
MIN_BESIDE_NAME = 8
"""Minimum number of characters besides the login ID and the name of the owner."""
MIN_UNCOMMON = 4
"""Minimum number of characters besides common words, digits and marks."""
_MIN_WORD_LENGTH = 3
"""Common words shorter than this are ignored: they occur in many good passwords by chance."""
_SEQUENCE_SHARE = 0.8
_KATAKANA = {sign: sign - 0x60 for sign in range(ord("ァ"), ord("ヶ") + 1)}
_LOOKALIKES = str.maketrans("@4310!5$7", "aaeioisst")
"""Characters that are written in place of a letter (p@ssw0rd)."""
_SEPARATORS = str.maketrans("", "", " 　-‐－ー・/.")


@record
class PasswordOwner:
    """Login ID and name of the password's owner, which a stranger would try first."""

    login_id: str = ""
    name: str = ""


NO_OWNER = PasswordOwner()


def password_problem(password: str, *, owner: PasswordOwner = NO_OWNER) -> str:
    """Return the sentence why a new ``password`` is refused, else "".

    ``owner``: whose login ID and name may not make up nearly all of it (by default nobody's).
    """
    if len(password) < MIN_LENGTH:
        return f"{MIN_LENGTH}文字以上にしてください。いまは{len(password)}文字です。"
    return _guessable_problem(password, owner) or _encoding_problem(password) or _common_words_problem(password)


def password_feedback(password: str, *, owner: PasswordOwner = NO_OWNER) -> str:
    """Return the feedback shown while a password is typed: what it lacks, or how good it is.

    ``owner`` as for ``password_problem``.
    """
    if not password:
        return f"{MIN_LENGTH}文字以上。地名や役所の言葉でない言葉をいくつかつなげると、長くても覚えやすくなります。"
    if len(password) < MIN_LENGTH:
        return f"あと{MIN_LENGTH - len(password)}文字必要です（{MIN_LENGTH}文字以上）。"
    problem = password_problem(password, owner=owner)
    if problem:
        return problem
    if len(password) < STRONG_LENGTH:
        return f"十分な長さです（{len(password)}文字）。"
    return f"強いパスワードです（{len(password)}文字）。"


def _guessable_problem(password: str, owner: PasswordOwner) -> str:
    """Return why a password can be guessed, "" where it can't."""
    plain = password.casefold()
    if len(set(plain.translate(_SEPARATORS))) < MIN_DISTINCT:
        return f"空白や同じ文字のくり返しは使えません。違う文字を{MIN_DISTINCT}つ以上入れてください。"
    if is_digits(plain.translate(_SEPARATORS)):
        return "数字だけのパスワードは使えません。言葉を足してください。"
    steps = [ord(after) - ord(before) for before, after in itertools.pairwise(plain)]
    if sum(step in (1, -1) for step in steps) >= len(steps) * _SEQUENCE_SHARE:
        return "並び順のとおりの文字は使えません。ほかの言葉を足してください。"
    for word, called in ((owner.login_id, "ID"), (owner.name, "名前")):
        left = plain
        for part in (word, word.translate(_SEPARATORS)):
            left = left.replace(part.casefold(), "") if len(part) >= _MIN_WORD_LENGTH else left
        if left != plain and len(left) < MIN_BESIDE_NAME:
            return f"{called}がほとんどそのまま入っています。別の言葉を足してください。"
    return ""


def _common_words_problem(password: str) -> str:
    """Return the problem of a password that is little more than the words a stranger tries first, else ""."""
    plain = password.casefold().translate(_KATAKANA)
    for one in (plain, plain.translate(_LOOKALIKES)):
        left, words = _common_words().subn("", one)
        if words and sum(sign.isalpha() for sign in left) < MIN_UNCOMMON:
            return "よく使われる言葉や地名、役所の言葉と数字だけです。ほかの言葉を足してください。"
    return ""


@cache
def _common_words() -> re.Pattern[str]:
    text = (resources_folder() / "passwords" / "common_words.txt").read_text(encoding="utf-8")
    words = {word for line in text.splitlines() if not line.startswith("#") for word in line.split()}
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda one: (-len(one), one)))))


def _encoding_problem(password: str) -> str:
    """Return why a password is too long or can't be typed everywhere, "" if neither."""
    if len(password.encode()) > MAX_BYTES:
        return f"長すぎます。英数字なら{MAX_BYTES}文字まで、日本語なら{MAX_BYTES // 3}文字までにしてください。"
    changed = [sign for sign in password if one_width(sign) != sign]
    if changed or one_width(password) != password:
        seen = changed and changed[0].isprintable() and not changed[0].isspace()
        return (
            f"{f'「{changed[0]}」のような' if seen else ''}"
            "全角の英数字や空白、半角カナなどは、開くソフトや入力のしかたによって別の文字と見なされるため使えません。"
        )
    if any(not sign.isprintable() for sign in password):
        return "目に見えない文字が入っています。入力し直してください。"
    return ""
