"""What may close a file that leaves: every reader opens it alike, and it is not guessed at once."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from app.acts.refusal import Refusal
from app.papers.rules.file_password import password_problem
from app.papers.services.leaving import protect


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("みじかい", "12文字以上"),
        (" " * 12, "くり返し"),
        ("aaaaaaaaaaaa", "くり返し"),
        ("abababababab", "くり返し"),
        ("あいうえお" * 9, "長すぎます"),
        ("a1b2" * 32, "長すぎます"),
        ("ＡＢＣ１２３という合言葉", "全角の英数字"),
        ("ﾊﾝｶｸのカナという合言葉", "半角カナ"),
        ("か\u3099くどうという合言葉です", "別の文字"),
        ("つつじ\u3000台の猫は三毛です", "別の文字"),
        ("つつじ台の猫は\u200b三毛です", "目に見えない"),
        ("つつじ台の猫は三毛でした", ""),
        ("correct horse battery", ""),
    ],
)
def test_a_password_is_refused_in_words(password, words):
    said = password_problem(password)
    assert words in said
    assert bool(said) == bool(words)


def test_no_file_is_closed_with_a_password_that_a_reader_may_not_open():
    with pytest.raises(Refusal, match="暗号化できません"):
        protect(b"", format="pdf", password="あいうえお" * 9)


def test_the_longest_allowed_japanese_password_opens_in_a_reader_of_its_own():
    target = BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(target)
    password = "つつじ台の猫は三毛でした" * 3 + "みほんです"
    assert len(password.encode()) <= 127
    closed = protect(target.getvalue(), format="pdf", password=password)
    with pikepdf.open(BytesIO(closed), password=password) as opened:
        assert len(opened.pages) == 1
