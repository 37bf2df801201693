"""Encrypting PDFs that were drawn by this program; files of others are never opened here."""

from __future__ import annotations

import io

from app.documents.pdf.output.pdf_archive import without_conformance


def encrypt_pdf(data: bytes, password: str) -> bytes:
    """Return a PDF drawn here encrypted with AES-256 (revision 6), opened by ``password``.

    Raises ``ValueError`` for an empty password: such a file would open for everybody.
    """
    if not password:
        raise ValueError(
            "パスワードが空のため、PDFに鍵を掛けられませんでした。元のPDFはそのままです。パスワードを入れてください。"
        )
    import pikepdf  # imported only when a PDF is encrypted: it is slow

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as paper:
        if "/Metadata" in paper.Root:  # an encrypted PDF is not PDF/A
            paper.Root.Metadata.write(without_conformance(paper.Root.Metadata.read_bytes()))
        paper.save(target, encryption=pikepdf.Encryption(owner=password, user=password, R=6, aes=True))
    return target.getvalue()
