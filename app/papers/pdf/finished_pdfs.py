"""What is done with finished PDFs: put one behind the other, each as often as it is wanted, or closed with a password."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

_A4 = (595.276, 841.89)


class UnreadablePaper(Exception):
    """A PDF can't be opened or asks for a password; ``number`` counts the parts from 0."""

    def __init__(self, number: int) -> None:
        """Say which part it is."""
        self.number = number
        super().__init__(f"{number + 1}番目のPDFを読めません。")


@dataclass(frozen=True)
class JoinedPdf:
    """The PDF of all parts and the number of its pages."""

    data: bytes
    pages: int


def join_pdfs(parts: Sequence[tuple[bytes, int]], *, sets: int = 1, whole_sheets: bool = False) -> JoinedPdf:
    """Return one PDF of all ``parts`` (a PDF and how often it follows itself), the whole ``sets`` times.

    Args:
        whole_sheets: add an empty page behind an odd number of pages, so that on both sides of the paper every
            part begins on a sheet of its own.

    Raises:
        UnreadablePaper: a part is no PDF or is locked.
    """
    import pikepdf  # loaded only when papers are joined: it is slow to import

    target = io.BytesIO()
    with pikepdf.new() as whole:
        opened = []
        for number, (data, _times) in enumerate(parts):
            try:
                opened.append(pikepdf.open(io.BytesIO(data)))
            except (pikepdf.PdfError, pikepdf.PasswordError) as error:
                raise UnreadablePaper(number) from error
        for _set in range(sets):
            for paper, (_data, times) in zip(opened, parts, strict=True):
                for _time in range(times):
                    whole.pages.extend(paper.pages)
                    if whole_sheets and len(paper.pages) % 2:
                        whole.add_blank_page(page_size=_A4)
        pages = len(whole.pages)
        whole.save(target, deterministic_id=True)
        for paper in opened:
            paper.close()
    return JoinedPdf(target.getvalue(), pages)


def count_pages(data: bytes) -> int | None:
    """Return the number of pages of a PDF, or None when it can't be read."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as paper:
            return len(paper.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError):
        return None


def split_evenly(data: bytes, count: int) -> list[bytes]:
    """Return ``count`` PDFs of equally many pages each."""
    import pikepdf

    parts = []
    with pikepdf.open(io.BytesIO(data)) as paper:
        pages = len(paper.pages) // count
        for start in range(0, pages * count, pages):
            target = io.BytesIO()
            with pikepdf.new() as part:
                part.pages.extend(paper.pages[start : start + pages])
                part.save(target, deterministic_id=True)
            parts.append(target.getvalue())
    return parts


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
