"""How strong a new password is, in words that help: length first, then what makes it easy to guess."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

LEAST = 12
COMFORTABLE = 16

Level = Literal["empty", "short", "weak", "good", "strong"]


@dataclass(frozen=True)
class Strength:
    """The verdict: ``level`` and one sentence. Only ``short`` is refused; ``weak`` is a piece of advice."""

    level: Level
    words: str


def password_strength(password: str, *, login_id: str, name: str) -> Strength:
    """Judge a password of at least 12 characters (特記事項 第19条: nobody else may get in).

    Args:
        password: as typed, never changed. login_id, name: words a stranger would try first.
    """
    if not password:
        return Strength("empty", f"{LEAST}文字以上。言葉をいくつかつなげると、長くても覚えやすくなります。")
    if len(password) < LEAST:
        return Strength("short", f"あと{LEAST - len(password)}文字必要です（{LEAST}文字以上）。")
    guessable = _why_guessable(password, login_id=login_id, name=name)
    if guessable:
        return Strength("weak", f"推測されやすいパスワードです。{guessable}")
    if len(password) < COMFORTABLE:
        return Strength("good", f"十分な長さです（{len(password)}文字）。")
    return Strength("strong", f"強いパスワードです（{len(password)}文字）。")


def _why_guessable(password: str, *, login_id: str, name: str) -> str:
    plain = password.casefold()
    for word, called in ((login_id, "ID"), (name, "表示名")):
        if len(word) > 2 and word.casefold() in plain and len(password) - len(word) < LEAST:
            return f"{called}がほとんどそのまま入っています。別の言葉を足してください。"
    if len(set(plain)) < 5:
        return "同じ文字のくり返しです。ほかの言葉を足してください。"
    if password.isdigit():
        return "数字だけです。言葉を足してください。"
    if _is_run(plain):
        return "並び順のとおりの文字です。ほかの言葉を足してください。"
    return ""


def _is_run(plain: str) -> bool:
    """Whether nearly every sign follows from the one before it (abcdef, 123456)."""
    steps = [ord(after) - ord(before) for before, after in itertools.pairwise(plain)]
    return sum(step in (1, -1) for step in steps) >= len(steps) * 0.8
