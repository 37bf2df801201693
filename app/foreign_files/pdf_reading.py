"""Opens PDFs of others in a child process and returns counts, text, pixels and newly written PDFs.

Call it in the background only, never on the window's thread: it waits for the child. The original bytes are never
changed.
"""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.foreign_files.children import pdf_child
from app.foreign_files.children.limited_child import ChildLimits, LimitedChild
from app.foreign_files.children.pdf_child import MAX_PAGES, MAX_PIXELS
from db.record import record

MAX_MEGABYTES = 290
"""Memory limit of the child for a small file; a large one is added to it."""
MAX_SECONDS = 4.0
"""Time limit for opening, for a page, for its words; usually less than a tenth of a second."""
MAX_TOTAL_CHARACTERS = 2_000_000
"""Character limit of all pages together, a thousand full ones; pages sharing one text make a small file."""
MAX_TOTAL_SECONDS = 60.0
"""Time limit for the words of all pages together."""
_BYTES_A_SECOND = 20_000_000
_MAX_FAILURES = 3
"""Number of pages that may crash the child before the file is given up."""
_MILLION = 1024 * 1024
_SPARE_CHILDREN: list[LimitedChild] = []
"""One unused child, ready for the next document, as starting one takes longest."""


class UnreadablePdf(Exception):
    """Raised for a PDF of others that cannot be shown: what it is, that it is safe, what to do.

    ``why`` is the word for the reason; ``part`` counts the files from 0 where several were joined, None = not known.
    """

    lost = "受け取ったファイルはそのまま残っています。"

    def __init__(self, reason_code: str = "broken", *, part: int | None = None):
        """Build the sentence for ``reason_code``."""
        self.why = reason_code if reason_code in _REASON_TEXTS else "broken"
        self.part = part
        self.is_pc_problem = self.why == "start"
        """The PC had no resources to open it; it can be tried again."""
        self.happened, self.todo = _REASON_TEXTS[self.why]
        super().__init__(self.happened)


class ReadingCancelled(Exception):
    """Raised when the document was closed while a question was open."""


_SAFE_TEXT = "送り主に、元の文書からPDFを作り直して（または、紙に印刷してスキャンして）送ってもらってください。"
_REASON_TEXTS: Mapping[str, tuple[str, str]] = {
    "broken": (
        "このPDFは、途中で切れているか、壊れているか、ページがないため、表示できません。",
        "送り主にもう一度送ってもらうか、別のアプリで開けるか確かめてください。",
    ),
    "password": (
        "このPDFは、パスワードが付いているため、表示できません。",
        "パスワードを外したPDFを送ってもらうか、外して保存し直したものを受け取ってください。",
    ),
    "empty": ("このPDFには、ページがありません。", "送り主にもう一度送ってもらってください。"),
    "pages": (
        f"このPDFは、ページが多すぎるため（上限{MAX_PAGES:,}ページ）、表示できません。",
        "送り主に、分けて送ってもらってください。",
    ),
    "time": ("このPDFは、表示に時間がかかりすぎるため、安全のために途中で止めました。", _SAFE_TEXT),
    "memory": (
        "このPDFは、メモリーがかかりすぎるか、途中から読み取れないため、安全のために途中で止めました。",
        _SAFE_TEXT,
    ),
    "start": (
        "パソコンに余裕がなく、PDFを開き始められませんでした。",
        "使っていないアプリを閉じてから、もう一度行ってください。",
    ),
    "signs": ("このPDFは、文字が多すぎるため、文字を読み取れません。", _SAFE_TEXT),
    "page": ("このページは、壊れているため表示できません。", _SAFE_TEXT),
}

_FORM = "入力用の特別な形式のPDFのため、内容が表示されないことがあります。ふつうのPDFで送ってもらうと確かめられます。"


def lacking_fonts_words(named: str) -> str:
    """Return what is said of PDFs, as ``named``, that do not hold their Japanese fonts; "" for none."""
    return fill_nonempty(
        "{}には日本語のフォントが入っておらず、ここや別のパソコンでは文字が空白になることがあるので、"
        "受託者に、フォントを埋め込んだPDFを頼んでください（受け取ったファイルはそのまま残ります）。",
        named,
    )


@record
class PdfInfo:
    """What is known of an opened PDF: the size of each page in pt, and a ``warning`` of what may not be seen."""

    sizes: tuple[tuple[float, float], ...]
    warning: str

    @property
    def page_count(self) -> int:
        """Return the number of pages."""
        return len(self.sizes)


@record
class PagePixels:
    """A drawn page: rows of ``stride`` bytes, BGRx or one grey byte per pixel, top row first."""

    pixels: bytes
    width: int
    height: int
    stride: int


@record
class PageText:
    """The characters of a page in reading order; ``character_boxes`` holds left, top, right, bottom of each in pt.

    ``marks`` are what somebody struck out, covered or noted: its words, and left, top, right, bottom.
    """

    text: str
    character_boxes: array[float]
    marks: Sequence[tuple[str, Sequence[float]]] = ()

    def area(self, start: int, length: int) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of some characters in pt from the top left; four zeros = nowhere."""
        found = [
            self.character_boxes[4 * one : 4 * one + 4]
            for one in range(max(0, start), min(start + length, len(self.text)))
        ]
        seen = [one for one in found if one[2] > one[0] or one[3] > one[1]]
        if not seen:
            return (0.0, 0.0, 0.0, 0.0)
        return (
            min(one[0] for one in seen), min(one[1] for one in seen), max(one[2] for one in seen),
            max(one[3] for one in seen)
        )  # fmt: skip


class ReceivedPdf:
    """One opened PDF of others; its child runs until ``suspend`` (can be resumed), ``cancel`` or ``close``.

    Use it from one thread at a time; ``suspend`` and ``cancel`` may be called from any.
    """

    def __init__(self, data: bytes, *, caps: ChildLimits | None = None):
        """Start the child at once; ``caps`` limit each answer, by default generously."""
        self._data = data
        self._caps = caps or limits_for(data)
        self._strikes = 0
        self._turn = 0
        self._ended = False
        self._child: LimitedChild | None = _fresh_child(self._caps.megabytes)
        self._opened_in: LimitedChild | None = None
        self._facts: PdfInfo | None = None

    def open(self) -> PdfInfo:
        """Open the document and return its page sizes; raises UnreadablePdf."""
        if self._facts is None:
            self._open_child()
        assert self._facts is not None
        return self._facts

    def draw(self, page: int, width: int, height: int, *, grey: bool = False) -> PagePixels:
        """Return a page (from 0) stretched to ``width`` by ``height`` pixels; raises UnreadablePdf.

        The caller keeps the proportions of the page. Above the pixel limit both are scaled down (``fit_size``).
        """
        width, height = fit_size(width, height)
        answer, pixels = self._ask_about_page(
            {"do": "draw", "page": page, "width": width, "height": height, "grey": grey}
        )
        _start_spare_child()
        stride = int(answer["stride"])
        if stride < width * (1 if grey else 4) or len(pixels) != stride * height:
            raise UnreadablePdf("page")
        return PagePixels(pixels=pixels, width=width, height=height, stride=stride)

    def words(self, page: int) -> PageText:
        """Return the characters of a page (from 0) with their positions; raises UnreadablePdf."""
        answer, packed = self._ask_about_page({"do": "words", "page": page})
        places = array("f")
        text = str(answer["text"])
        if len(packed) != 16 * len(text):
            raise UnreadablePdf("page")
        places.frombytes(packed)
        return PageText(text=text, character_boxes=places, marks=answer["marks"])

    def read_all_words(self) -> tuple[PageText, ...]:
        """Return the words of all pages; raises UnreadablePdf, also if they exceed the total limits."""
        found = []
        until, signs = time.monotonic() + MAX_TOTAL_SECONDS, 0
        for number in range(self.open().page_count):
            found.append(self.words(number))
            signs += len(found[-1].text)
            if signs > MAX_TOTAL_CHARACTERS:
                raise UnreadablePdf("signs")
            if time.monotonic() > until:
                raise UnreadablePdf("time")
        return tuple(found)

    def suspend(self) -> None:
        """End the child, from any thread; a waiting question raises ReadingCancelled, the next starts a new child."""
        self._turn += 1
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def cancel(self) -> None:
        """End the child for good, from any thread; a waiting and every later question raises ReadingCancelled.

        The thread that used it still calls ``close``.
        """
        self._ended = True
        self.suspend()

    def close(self) -> None:
        """End the child for good and release its resources, on the thread that used it."""
        self._ended = True
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _ask_about_page(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Ask the child about a page, opening the PDF first if needed; after several failures raise UnreadablePdf."""
        if self._strikes >= _MAX_FAILURES:
            raise UnreadablePdf("time")
        child = self._child
        if child is None or child is not self._opened_in:
            child = self._open_child()
        return self._ask(child, request, b"", self._caps.seconds)

    def _open_child(self) -> LimitedChild:
        """Return the child with the PDF open in it, a new one where there is none; raises UnreadablePdf.

        What the child says of the PDF is kept.
        """
        child = self._child
        if child is None:
            child = self._child = _fresh_child(self._caps.megabytes)
        answer, _ = self._ask(child, {"do": "open"}, self._data, self._caps.seconds + len(self._data) / _BYTES_A_SECOND)
        sizes = tuple((float(width), float(height)) for width, height in answer["sizes"])
        if not 1 <= len(sizes) <= MAX_PAGES or not all(
            (math.isfinite(one) and 0 < one <= pdf_child.MAX_PAGE_SIDE) for size in sizes for one in size
        ):
            raise UnreadablePdf("broken")
        warnings = _FORM if answer["xfa"] else "", lacking_fonts_words("このPDF" if answer["lacks_fonts"] else "")
        self._facts = PdfInfo(sizes=sizes, warning=join_nonempty(*warnings, separator="\n"))
        self._opened_in = child
        return child

    def _ask(
        self, child: LimitedChild, request: dict[str, Any], data: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
        """Return the child's answer; raises UnreadablePdf, or ReadingCancelled if nobody waits for it any more."""
        turn = self._turn
        answer, made = ({}, b"") if self._ended else child.ask(request, data, seconds=seconds, with_bytes=True)
        if turn != self._turn or self._ended:
            child.close()
            raise ReadingCancelled
        if refused := str(answer.get("refused", "")):
            if refused in ("time", "memory", "start"):
                self._strikes += refused != "start"
                self._child = None
                child.close()
            raise UnreadablePdf(refused)
        return answer, made


def limits_for(data: bytes) -> ChildLimits:
    """Return the limits for a document of this size."""
    # The file and its first pages; an ordinary one leaves the rest of what every child may take to its pictures.
    return ChildLimits(
        seconds=MAX_SECONDS, megabytes=max(MAX_MEGABYTES, MAX_MEGABYTES - 60 + 3 * len(data) // _MILLION)
    )


def _fresh_child(megabytes: int) -> LimitedChild:
    """Return an unused child: the spare one if its limit is sufficient, or a new one."""
    while megabytes == MAX_MEGABYTES and _SPARE_CHILDREN:
        try:
            child = _SPARE_CHILDREN.pop()
        except IndexError:  # another thread was quicker
            break
        if child.is_running():
            return child
        child.close()
    return LimitedChild(pdf_child.serve, megabytes)


def _start_spare_child() -> None:
    if not _SPARE_CHILDREN:
        _SPARE_CHILDREN.append(LimitedChild(pdf_child.serve, MAX_MEGABYTES))


def fit_size(width: int, height: int) -> tuple[int, int]:
    """Return width and height in pixels, scaled down if they exceed the pixel limit."""
    dots = max(1, width) * max(1, height)
    if dots <= MAX_PIXELS:
        return max(1, width), max(1, height)
    share = math.sqrt(MAX_PIXELS / dots)
    return max(1, math.floor(width * share)), max(1, math.floor(height * share))


@contextmanager
def open_received_pdf(data: bytes) -> Iterator[ReceivedPdf]:
    """Yield an opened PDF of others for questions, and end its child after the block."""
    pdf = ReceivedPdf(data)
    try:
        yield pdf
    finally:
        pdf.close()


def is_pdf(data: bytes) -> bool:
    """Return whether bytes begin as a PDF does."""
    return data[:1024].lstrip().startswith(b"%PDF")


def count_pages(data: bytes) -> int:
    """Return the number of pages of a PDF of others.

    Raises:
        UnreadablePdf: it is damaged, locked, empty, or made to stop whoever opens it.
    """
    if not is_pdf(data):
        raise UnreadablePdf("broken")
    with open_received_pdf(data) as pdf:
        return pdf.open().page_count


def read_pdf_words(data: bytes) -> tuple[PageText, ...]:
    """Return the words of all pages; raises UnreadablePdf."""
    with open_received_pdf(data) as pdf:
        return pdf.read_all_words()


def first_words(data: bytes) -> str:
    """Return the words of the first page of a PDF of others, "" where it has none, can't be read, or is no PDF."""
    try:
        with open_received_pdf(data) as pdf:
            return pdf.words(0).text
    except UnreadablePdf:
        return ""


@record
class JoinPart:
    """One file to join: how often it is repeated, and its bookmark (empty = none)."""

    data: bytes
    times: int = 1
    bookmark: str = ""


@record
class JoinedPdf:
    """The joined PDF, its pages, those of each part, and which parts do not hold their Japanese fonts."""

    data: bytes
    pages: int
    pages_by_part: tuple[int, ...]
    lack_fonts: tuple[bool, ...]


def join_received_pdfs(
    parts: Sequence[JoinPart],
    *,
    sets: int = 1,
    whole_sheets: bool = False,
    set_words: str,
    metadata: str,
    information: Mapping[str, str],
) -> JoinedPdf:
    """Return one PDF that joins PDFs of others, the whole ``sets`` times.

    Args:
        whole_sheets: add an empty page behind an odd number of pages, so that on both sides of the paper every part
            begins on a sheet of its own.
        set_words: what follows the number of a set in its bookmark.
        metadata: the XMP packet of the file.
        information: the entries of its information dictionary, by name.

    Raises:
        UnreadablePdf: a part is damaged or locked (``part`` says which), or they are too much together.
    """
    data = b"".join(one.data for one in parts)
    times = sets * sum(one.times for one in parts)
    answer, made = _ask_once(
        {
            "do": "join",
            "parts": [{"size": len(one.data), "times": one.times, "words": one.bookmark} for one in parts],
            "sets": sets,
            "whole_sheets": whole_sheets,
            "set_words": set_words,
            "metadata": metadata,
            "information": dict(information),
        },
        data,
        # Each copy of a page is written anew: 300 of 30 pages take some seconds.
        seconds=MAX_SECONDS + len(data) / _BYTES_A_SECOND + times / 20,
        # The files, what is made of them, and both once more while it goes over.
        megabytes=MAX_MEGABYTES + 6 * len(data) // _MILLION + times // 4,
    )
    return JoinedPdf(
        data=made,
        pages=int(answer["pages"]),
        pages_by_part=tuple(int(one) for one in answer["each"]),
        lack_fonts=tuple(map(bool, answer["lack_fonts"])),
    )


def encrypt_received_pdf(data: bytes, password: str, *, not_said: str) -> bytes:
    """Return a PDF of others encrypted with a password (AES-256, revision 6).

    Args:
        not_said: text to remove from its metadata.
    Raises:
        UnreadablePdf: it is damaged or has a password already.
    """
    _answer, made = _ask_once(
        {"do": "encrypt", "password": password, "not_said": not_said},
        data,
        seconds=MAX_SECONDS + len(data) / _BYTES_A_SECOND * 4,
        megabytes=MAX_MEGABYTES + 6 * len(data) // _MILLION,
    )
    return made


def _ask_once(request: dict[str, Any], data: bytes, *, seconds: float, megabytes: int) -> tuple[dict[str, Any], bytes]:
    """Return the answer of a new child to one question, and end it; raises UnreadablePdf."""
    child = LimitedChild(pdf_child.serve, megabytes)
    try:
        answer, made = child.ask(request, data, seconds=seconds, with_bytes=True)
    finally:
        child.close()
    if refused := str(answer.get("refused", "")):
        why, _space, part = refused.partition(" ")
        raise UnreadablePdf(why, part=int(part) if part else None)
    return answer, made
