"""Puts a password on a finished workbook, as Excel itself does (AES-256)."""

from __future__ import annotations

from io import BytesIO


def encrypt_xlsx(data: bytes, password: str) -> bytes:
    """Return the workbook ``data`` encrypted so that Excel asks for ``password`` when it is opened.

    Raises:
        ValueError: the password is empty.
    """
    if not password:
        raise ValueError("パスワードが空のため、暗号化していません。パスワードを決めてから、もう一度出力してください。")
    from msoffcrypto.format.ooxml import OOXMLFile

    target = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, target)
    return target.getvalue()
