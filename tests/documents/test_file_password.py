"""What closes a file that leaves: a password of the one rule, and every reader opens it alike."""

from io import BytesIO

import pikepdf
import pytest

from app.actions.user_error import UserError
from app.documents.services.file_saving import encrypt_file


def test_no_file_is_closed_with_a_password_that_a_reader_may_not_open():
    with pytest.raises(UserError, match="暗号化できません"):
        encrypt_file(b"", format="pdf", password="あいうえお" * 9)


def test_the_longest_allowed_japanese_password_opens_in_a_reader_of_its_own():
    target = BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(target)
    password = "つつじ台の猫は三毛でした" * 3 + "みほんです"
    assert len(password.encode()) <= 127
    closed = encrypt_file(target.getvalue(), format="pdf", password=password)
    with pikepdf.open(BytesIO(closed), password=password) as opened:
        assert len(opened.pages) == 1
