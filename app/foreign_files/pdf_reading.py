"""The one door of every PDF of others: opened in a child process, and given back as counts, text, pixels and PDFs made
anew.

- ``ReceivedPdf``: one document that is looked at, its child kept warm until ``rest`` or ``end``
- ``count_pages``, ``read_pdf_words``: counts and words at once
- ``join_received_pdfs``, ``encrypt_received_pdf``: PDFs that the child wrote

None of it is for the thread of the window: it waits for the child. The bytes themselves are never changed.
"""

from __future__ import annotations

import math
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from app.foreign_files.children import pdf_child
from app.foreign_files.children.limited_child import ChildLimits, LimitedChild
from app.foreign_files.children.pdf_child import MAX_PAGES, MAX_PIXELS
from db.frozen_record import frozen_record

MAX_MEGABYTES: Final = 290
"""What the child may take for a small file; a large one lies in its memory as well."""
MAX_SECONDS: Final = 4.0
"""For opening, for a page, for its words: an ordinary one takes less than a tenth of one."""
MAX_TOTAL_CHARACTERS: Final = 2_000_000
"""Letters of all pages together: a thousand full ones. Pages that share one text are a small file."""
MAX_TOTAL_SECONDS: Final = 60.0
"""For the words of all pages together."""
_BYTES_A_SECOND: Final = 20_000_000
_MAX_FAILURES: Final = 3
"""So many pages may bring the child down before the whole file is given up."""
_MILLION: Final = 1024 * 1024
_SPARE_CHILDREN: Final[list[LimitedChild]] = []
"""One child that has seen nothing yet, ready for the next document: the start is what takes longest of a first page."""


class UnreadablePdf(Exception):
    """A PDF of others that isn't shown: what it is, that it is safe, what to do. ``why`` is the word of ``_WORDS``.

    ``part`` counts the files from 0 where several were joined.
    """

    lost = "受け取ったファイルはそのまま残っています。"

    def __init__(self, reason_code: str = "broken", *, part: int | None = None) -> None:
        """Say ``reason_code`` in words."""
        self.why = reason_code if reason_code in _REASON_TEXTS else "broken"
        self.part = part
        self.of_the_pc = self.why == "start"
        """The document was not looked at: the same will do when the PC has room."""
        self.happened, self.todo = _REASON_TEXTS[self.why]
        super().__init__(self.happened)


class ReadingCancelled(Exception):
    """The document was left while it was asked for something: nobody waits for the answer."""


_SAFE_TEXT: Final = "送り主に、元の文書からPDFを作り直して（または、紙に印刷してスキャンして）送ってもらってください。"
_REASON_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
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


@frozen_record
class PdfInfo:
    """What a document is: width and height of each page in pt; ``xfa`` = a form whose pages most readers can't show."""

    sizes: tuple[tuple[float, float], ...]
    xfa: bool

    @property
    def page_count(self) -> int:
        """How many pages it has."""
        return len(self.sizes)


@frozen_record
class PagePixels:
    """A drawn page: rows of ``stride`` bytes, BGRx or one grey byte a dot, the first row at the top."""

    pixels: bytes
    width: int
    height: int
    stride: int
    grey: bool


@frozen_record
class PageText:
    """The signs of a page in the order of reading, with the place of each."""

    text: str
    character_boxes: array[float]

    def area(self, start: int, length: int) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom in pt, from the top left of the page, of some of the signs; four noughts =
        nowhere."""
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
    """One PDF of others, looked at: its child stays until ``suspend`` (to come again), ``cancel`` or ``close``.

    Asked by one thread at a time; ``suspend`` and ``cancel`` may come from any.
    """

    def __init__(self, data: bytes, *, caps: ChildLimits | None = None) -> None:
        """Start the child at once; ``caps`` for an answer default to what an ordinary page takes, many times over."""
        self._data = data
        self._caps = caps or limits_for(data)
        self._strikes = 0
        self._turn = 0
        self._ended = False
        self._child: LimitedChild | None = _fresh_child(self._caps.megabytes)
        self._opened_in: LimitedChild | None = None
        self._facts: PdfInfo | None = None

    def open(self) -> PdfInfo:
        """Return what the document is; raises UnreadablePdf."""
        if self._facts is None:
            self._open_child()
        assert self._facts is not None
        return self._facts

    def draw(self, page: int, width: int, height: int, *, grey: bool = False) -> PagePixels:
        """Return a page (from 0) in ``width`` by ``height`` dots, fewer where that is more than is drawn; raises
        UnreadablePdf."""
        width, height = fit_size(width, height)
        answer, pixels = self._ask_about_page(
            {"do": "draw", "page": page, "width": width, "height": height, "grey": grey}
        )
        _start_spare_child()
        stride = int(answer["stride"])
        if stride < width * (1 if grey else 4) or len(pixels) != stride * height:
            raise UnreadablePdf("page")
        return PagePixels(pixels=pixels, width=width, height=height, stride=stride, grey=grey)

    def words(self, page: int) -> PageText:
        """Return the signs of a page (from 0) with their places; raises UnreadablePdf."""
        answer, packed = self._ask_about_page({"do": "words", "page": page})
        places = array("f")
        text = str(answer["text"])
        if len(packed) != 16 * len(text):
            raise UnreadablePdf("page")
        places.frombytes(packed)
        return PageText(text=text, character_boxes=places)

    def read_all_words(self) -> tuple[PageText, ...]:
        """Return the words of all pages; raises UnreadablePdf, also where they are too much or take too
        long together."""
        found: list[PageText] = []
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
        """Let the child go; the next question starts another."""
        self._turn += 1
        child, self._child = self._child, None
        if child is not None:
            child.kill()

    def cancel(self) -> None:
        """Let the child go for good."""
        self._ended = True
        self.suspend()

    def close(self) -> None:
        """Let the child go for good and take away what it leaves behind: for the thread that asked."""
        self._ended = True
        child, self._child = self._child, None
        if child is not None:
            child.close()

    def _ask_about_page(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._strikes >= _MAX_FAILURES:
            raise UnreadablePdf("time")
        child = self._child
        if child is None or child is not self._opened_in:
            child = self._open_child()
        return self._ask(child, request, b"", self._caps.seconds)

    def _open_child(self) -> LimitedChild:
        child = self._child
        if child is None:
            child = self._child = _fresh_child(self._caps.megabytes)
        answer, _ = self._ask(child, {"do": "open"}, self._data, self._caps.seconds + len(self._data) / _BYTES_A_SECOND)
        sizes = tuple((float(width), float(height)) for width, height in answer["sizes"])
        if not 1 <= len(sizes) <= MAX_PAGES or not all(_is_page_length(one) for size in sizes for one in size):
            raise UnreadablePdf("broken")
        self._facts = PdfInfo(sizes=sizes, xfa=bool(answer["xfa"]))
        self._opened_in = child
        return child

    def _ask(
        self, child: LimitedChild, request: dict[str, Any], data: bytes, seconds: float
    ) -> tuple[dict[str, Any], bytes]:
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
    """Return what the child may take for a document of this size."""
    # The file and its first pages; an ordinary one leaves the rest of what every child may take to its pictures.
    return ChildLimits(
        seconds=MAX_SECONDS, megabytes=max(MAX_MEGABYTES, MAX_MEGABYTES - 60 + 3 * len(data) // _MILLION)
    )


def _fresh_child(megabytes: int) -> LimitedChild:
    """Return a child that has seen nothing: the one that waits, where it may take as much, or a new one."""
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
    """Start the child of the next document, once the page that was waited for is drawn."""
    if not _SPARE_CHILDREN:
        _SPARE_CHILDREN.append(LimitedChild(pdf_child.serve, MAX_MEGABYTES))


def fit_size(width: int, height: int) -> tuple[int, int]:
    """Return width and height in dots, made smaller by the same share where they are more than is drawn."""
    dots = max(1, width) * max(1, height)
    if dots <= MAX_PIXELS:
        return max(1, width), max(1, height)
    share = math.sqrt(MAX_PIXELS / dots)
    return max(1, math.floor(width * share)), max(1, math.floor(height * share))


@contextmanager
def open_received_pdf(data: bytes) -> Iterator[ReceivedPdf]:
    """Let a document be asked about, and end its child."""
    pdf = ReceivedPdf(data)
    try:
        yield pdf
    finally:
        pdf.close()


def is_pdf(data: bytes) -> bool:
    """Whether bytes begin as a PDF does."""
    return data[:1024].lstrip().startswith(b"%PDF")


def count_pages(data: bytes) -> int:
    """Return how many pages a PDF of others has.

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


@frozen_record
class JoinPart:
    """One file of a joined PDF: how often it follows itself, and what its bookmark says (empty = it has none)."""

    data: bytes
    times: int = 1
    bookmark: str = ""


@frozen_record
class JoinedPdf:
    """The PDF of all parts as the child wrote it, its pages, and those of each part."""

    data: bytes
    pages: int
    pages_by_part: tuple[int, ...]


def join_received_pdfs(
    parts: Sequence[JoinPart],
    *,
    sets: int = 1,
    whole_sheets: bool = False,
    set_words: str,
    metadata: str,
    information: Mapping[str, str],
) -> JoinedPdf:
    """Return one PDF of PDFs of others, the whole ``sets`` times.

    Args:
        whole_sheets: add an empty page behind an odd number of pages, so that on both sides of the paper every part
            begins on a sheet of its own.
        set_words: what follows the number of a set in its bookmark. metadata: XMP. information: by the names of its
            entries.

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
    return JoinedPdf(data=made, pages=int(answer["pages"]), pages_by_part=tuple(int(one) for one in answer["each"]))


def encrypt_received_pdf(data: bytes, password: str, *, not_said: str) -> bytes:
    """Return a PDF of others closed with a password (AES-256, revision 6).

    Args:
        not_said: what its description must not say any more.

    Raises:
        UnreadablePdf: it is damaged or has a password already.
    """
    _answer, made = _ask_once(
        {"do": "lock", "password": password, "not_said": not_said},
        data,
        seconds=MAX_SECONDS + len(data) / _BYTES_A_SECOND * 4,
        megabytes=MAX_MEGABYTES + 6 * len(data) // _MILLION,
    )
    return made


def _ask_once(request: dict[str, Any], data: bytes, *, seconds: float, megabytes: int) -> tuple[dict[str, Any], bytes]:
    child = LimitedChild(pdf_child.serve, megabytes)
    try:
        answer, made = child.ask(request, data, seconds=seconds, with_bytes=True)
    finally:
        child.close()
    if refused := str(answer.get("refused", "")):
        why, _space, part = refused.partition(" ")
        raise UnreadablePdf(why, part=int(part) if part else None)
    return answer, made


def _is_page_length(points: float) -> bool:
    return math.isfinite(points) and 0 < points <= pdf_child.MAX_PAGE_SIDE
