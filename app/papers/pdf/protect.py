"""Puts a password on a finished PDF, for papers that leave the office by mail."""

from __future__ import annotations

import io


def encrypt_pdf(data: bytes, password: str) -> bytes:
    """Return the PDF encrypted with AES-256 (revision 6), opened by ``password``.

    Raises ``ValueError`` for an empty password: such a file would open for everybody.
    """
    if not password:
        raise ValueError(
            "パスワードが空のため、PDFに鍵を掛けられませんでした。元のPDFはそのままです。パスワードを入れてください。"
        )
    import pikepdf  # loaded only when a paper is sent: it is slow to import

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as paper:
        paper.save(target, encryption=pikepdf.Encryption(owner=password, user=password, R=6, aes=True))
    return target.getvalue()
