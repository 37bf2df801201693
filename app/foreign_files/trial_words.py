"""Knows the texts by which somebody tries a form out before it is opened."""

from __future__ import annotations

import re

_TRIAL = re.compile(
    r"テスト(?:送信|回答|投稿|入力|です)|試し(?:送信|に送|に入力)|動作確認|送信テスト|集計から除|"
    r"^\s*(?:テスト|てすと|test)[\s0-9０-９]*(?:町会|自治会|団体|氏名|太郎|花子)?[\s0-9０-９]*$",
    re.IGNORECASE,
)


def looks_like_test(text: str) -> bool:
    """Whether a text looks like a trial (「テスト送信です」「テスト 太郎」)."""
    return bool(_TRIAL.search(text))
