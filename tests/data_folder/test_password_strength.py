"""A new password is judged in words; only a short one is refused."""

from __future__ import annotations

import pytest

from app.data_folder.rules.password_strength import password_strength


@pytest.mark.parametrize(
    ("password", "level", "words"),
    [
        ("", "empty", "12文字以上"),
        ("みじかい", "short", "あと8文字必要です"),
        ("みほんみほんみほんみほん", "weak", "同じ文字のくり返し"),
        ("482915730461", "weak", "数字だけ"),
        ("abcdefghijklm", "weak", "並び順のとおり"),
        ("mihon01-abcd", "weak", "IDがほとんどそのまま"),
        ("つつじ台の猫は三毛です", "short", "あと1文字必要です"),
        ("つつじ台の猫は三毛でした", "good", "十分な長さです（12文字）"),
        ("correct horse battery", "strong", "強いパスワードです（21文字）"),
    ],
)
def test_the_strength_is_said_in_a_sentence(password, level, words):
    strength = password_strength(password, login_id="mihon01", name="みほん山田")

    assert strength.level == level
    assert words in strength.words
