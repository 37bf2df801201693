"""The sizes in which a PDF is set, read back from its pages."""

from collections import Counter

import pypdfium2
from pypdfium2 import raw


def sizes_of(data: bytes, *, first: int = 0, last: int | None = None) -> Counter[tuple[float, str]]:
    """Return how many characters stand in which size, without blanks, on all pages or from ``first`` to ``last``."""
    found: Counter[tuple[float, str]] = Counter()
    with pypdfium2.PdfDocument(data) as pdf:
        for page in list(pdf)[first:last]:
            text = page.get_textpage()
            for number in range(text.count_chars()):
                sign = text.get_text_range(number, 1)
                if sign.strip():
                    found[round(raw.FPDFText_GetFontSize(text.raw, number), 1), sign] += 1
            text.close()
    return found


def small_text(data: bytes, least: float) -> list[str]:
    """Return what is set in less than ``least`` points on each page, without blanks."""
    found: list[str] = []
    with pypdfium2.PdfDocument(data) as pdf:
        for page in pdf:
            text = page.get_textpage()
            signs = [
                text.get_text_range(number, 1)
                for number in range(text.count_chars())
                if round(raw.FPDFText_GetFontSize(text.raw, number), 1) < least
            ]
            found.append("".join("".join(signs).split()))
            text.close()
    return found
