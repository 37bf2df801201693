"""The child process that opens a PDF of others and returns counts, text, pixels and newly written PDFs.

It is the only place where such a file is opened. It stays for one document while that is looked at; its time and
memory are watched from outside. What it is asked (``do``), and what it answers:

- ``open`` (with the bytes): ``pages``, ``sizes`` in pt, ``xfa``, ``lacks_fonts``
- ``draw`` (``page`` from 0, ``width``, ``height`` in dots, ``grey``): ``stride``, then the rows of pixels (BGRx or
    grey)
- ``words`` (``page``): ``text`` with that of filled fields, ``marks`` (what strikes out, covers or notes, each with
  its words and place), then the place of each sign of the text: left, top, right, bottom in pt from the top left
- ``join`` (``parts`` one behind the other in the bytes, …): ``pages``, ``each``, ``lack_fonts``, then a PDF
- ``encrypt`` (``password``, ``not_said``, with the bytes): then a PDF that asks for the password

or ``refused`` with the word for what is wrong.
"""

from __future__ import annotations

import ctypes
import io
import itertools
import json
import sys
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.foreign_files.children.child_process import ChildConnection, limit_memory

MAX_PAGES = 2_000
"""Page limit; a page tree that claims more was made to keep a reader busy."""
MAX_PIXELS = 20_000_000
"""Pixel limit, A4 at three times its size on a sharp screen; larger requests are scaled up from it."""
MAX_CHARACTERS = 200_000
"""Character limit of one page; a page in the smallest type has ten thousand."""
MAX_JOINED_PAGES = 50_000
"""Page limit of all copies together."""
MAX_PAGE_SIDE = 14_400.0
"""The longest side of a page in pt (ISO 32000-1, annex C)."""
_A4 = (595.276, 841.89)
_ANNOTATIONS = 0x01
_PASSWORD_ERROR = 4
_XFA = 2
_GREY, _BGRX = 1, 3
_SCALE = 100
"""Positions are requested as whole numbers in this fraction of a pt."""
_STEP = 1000.0
_Box = tuple[float, float, float, float]
"""Left, bottom, right, top of something on a page, in pt."""
_MARKUP = frozenset({1, *range(3, 16)})
"""Kinds of annotations that strike out, draw, stamp or note."""
_MAX_MARKS, _MAX_DRAWN, _LONGEST_NOTE = 500, 5_000, 2_000
_LINE_HEIGHT = 4.0
"""The most pt that a line is high; what is higher may cover."""
_LINE_HYPHEN = 2
"""The character that PDFium returns for a hyphen at the end of a line."""


class PdfLimitError(Exception):
    """Raised with the word for the limit that a file exceeds, or for what it lacks."""


def serve(connection: ChildConnection, megabytes: int) -> None:
    """Send "ready", then answer one question after the other: request (JSON) and bytes, answer (JSON) and bytes."""
    limit_memory(megabytes)
    paper = _PdfDocument()
    connection.send_bytes(b"ready")
    import pikepdf  # noqa: F401 - loaded while the document is still being fetched, as is the next
    import pypdfium2  # noqa: F401

    while True:
        request = json.loads(connection.recv_bytes())
        answer, made = handle_request(paper, request, connection.recv_bytes())
        connection.send_bytes(json.dumps(answer, ensure_ascii=True).encode("ascii"))
        connection.send_bytes(made)


def handle_request(document: _PdfDocument, request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the answer to one question and its bytes, or the word for what is wrong with the file."""
    try:
        return getattr(document, request.pop("do"))(data, **request)  # type: ignore[no-any-return]
    except PdfLimitError as excess:
        return {"refused": str(excess)}, b""
    except MemoryError:
        return {"refused": "memory"}, b""


class _PdfDocument:
    """The one PDF that this process has open, with a method for each question."""

    def __init__(self) -> None:
        self._pdf: Any = None

    def open(self, data: bytes) -> tuple[dict[str, Any], bytes]:
        """Open the PDF and return its page sizes, whether it is an XFA form, and whether fonts lack; no bytes.

        Raises:
            PdfLimitError: it is locked or broken, or has no pages or too many.
        """
        import pypdfium2

        try:
            self._pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise PdfLimitError("password" if error.err_code == _PASSWORD_ERROR else "broken") from None
        count = len(self._pdf)
        if not 1 <= count <= MAX_PAGES:
            raise PdfLimitError("pages" if count > 0 else "empty")
        sizes = [self._size(number) for number in range(count)]
        xfa = int(pypdfium2.raw.FPDF_GetFormType(self._pdf)) == _XFA
        try:
            with _open_pdf(data, 0) as paper:
                lacks_fonts = _lacks_fonts(paper)
        except (PdfLimitError, MemoryError):
            lacks_fonts = False  # it can be shown all the same
        return {"pages": count, "sizes": sizes, "xfa": xfa, "lacks_fonts": lacks_fonts}, b""

    def _size(self, number: int) -> tuple[float, float]:
        import pypdfium2

        try:
            width, height = self._pdf.get_page_size(number)
        except pypdfium2.PdfiumError:
            return _A4  # said to be there and is not: it is shown as a page that can't be drawn
        if not (0 < width < MAX_PAGE_SIDE * 10 and 0 < height < MAX_PAGE_SIDE * 10):
            return _A4
        return (min(width, MAX_PAGE_SIDE), min(height, MAX_PAGE_SIDE))

    def _page(self, number: int) -> Any:
        import pypdfium2

        try:
            return self._pdf[number]
        except pypdfium2.PdfiumError:
            raise PdfLimitError("page") from None

    def draw(self, _data: bytes, *, page: int, width: int, height: int, grey: bool) -> tuple[dict[str, Any], bytes]:
        """Draw a page with its annotations (stamps, filled fields) on white; return its stride and pixels.

        Raises:
            PdfLimitError: ``width`` times ``height`` is too much or nothing.
        """
        import pypdfium2

        c = pypdfium2.raw
        if not (width > 0 and height > 0 and width * height <= MAX_PIXELS):
            raise PdfLimitError("page")
        leaf = self._page(page)
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, _GREY if grey else _BGRX)
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
            c.FPDF_RenderPageBitmap(bitmap, leaf, 0, 0, width, height, 0, _ANNOTATIONS)
            return {"stride": bitmap.stride}, bytes(bitmap.buffer)
        finally:
            bitmap.close()
            leaf.close()

    def words(self, _data: bytes, *, page: int) -> tuple[dict[str, Any], bytes]:
        """Return the characters of a page in reading order, and their places as bytes, four floats each.

        They are left, top, right, bottom in pt from the top left; all 0 where a character has none.

        Raises:
            PdfLimitError: there are too many.
        """
        import pypdfium2

        c = pypdfium2.raw
        leaf = self._page(page)
        read = leaf.get_textpage()
        try:
            count = c.FPDFText_CountChars(read)
            if count > MAX_CHARACTERS:
                raise PdfLimitError("signs")
            signs = []
            boxes = []
            for number in range(max(0, count)):
                signs.append(_character(c.FPDFText_GetUnicode(read, number)))
                try:
                    boxes.append(read.get_charbox(number))
                except pypdfium2.PdfiumError:
                    boxes.append((0.0, 0.0, 0.0, 0.0))
            marks = _drawn_marks(leaf, boxes)
            for is_field, text, (left, bottom, right, top) in _annotations(leaf):
                if not is_field:
                    marks.append((text, (left, bottom, right, top)))
                elif text:
                    step = (right - left) / len(text)
                    signs += ["\n", *text]
                    boxes.append((0.0, 0.0, 0.0, 0.0))
                    boxes += [(left + n * step, bottom, left + (n + 1) * step, top) for n in range(len(text))]
            place = _visible_box(leaf)
            places = array("f", itertools.chain.from_iterable(map(place, boxes)))
            return {"text": "".join(signs), "marks": [(text, place(box)) for text, box in marks]}, places.tobytes()
        finally:
            read.close()
            leaf.close()

    def join(
        self,
        data: bytes,
        *,
        parts: list[dict[str, Any]],
        sets: int,
        whole_sheets: bool,
        set_words: str,
        metadata: str,
        information: dict[str, str],
    ) -> tuple[dict[str, Any], bytes]:
        """Join the PDFs of ``parts``, the whole ``sets`` times, with a bookmark for each that has words.

        Return the pages, which parts lack fonts, and the new PDF. A part has ``size`` in bytes, ``times`` it is
        repeated, and its ``words``.

        Raises:
            PdfLimitError: a part is broken or empty, or there are too many pages.
        """
        import pikepdf

        opened = []
        begin = 0
        for number, part in enumerate(parts):
            opened.append(_open_pdf(data[begin : begin + part["size"]], number))
            begin += part["size"]
        each = [len(one.pages) for one in opened]
        total = sets * sum(
            part["times"] * (count + (count % 2 if whole_sheets else 0))
            for part, count in zip(parts, each, strict=True)
        )
        if not all(each) or total > MAX_JOINED_PAGES:
            raise PdfLimitError("pages" if all(each) else "empty")
        try:
            made = _join_parts(
                parts,
                opened,
                sets=sets,
                whole_sheets=whole_sheets,
                set_words=set_words,
                metadata=metadata,
                information=information,
            )
        except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
            raise PdfLimitError("broken") from None
        return {"pages": total, "each": each, "lack_fonts": [*map(_lacks_fonts, opened)]}, made

    def encrypt(self, data: bytes, *, password: str, not_said: str) -> tuple[dict[str, Any], bytes]:
        """Return a PDF encrypted with a password (AES-256), as bytes; raises PdfLimitError for a broken one.

        ``not_said`` is removed from its metadata, as it is no archive then.
        """
        import pikepdf

        with _open_pdf(data, 0) as paper:
            try:
                if "/Metadata" in paper.Root:
                    held = paper.Root.Metadata
                    held.write(held.read_bytes().replace(not_said.encode(), b""))
                target = io.BytesIO()
                paper.save(target, encryption=pikepdf.Encryption(owner=password, user=password, R=6, aes=True))
            except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
                raise PdfLimitError("broken") from None
            return {}, target.getvalue()


def _annotations(leaf: Any) -> Iterator[tuple[bool, str, _Box]]:
    """Yield what somebody put on a page: whether it is a filled field, its words (in one line), and its place."""
    import pypdfium2

    c = pypdfium2.raw
    for number in range(min(c.FPDFPage_GetAnnotCount(leaf), _MAX_MARKS)):
        note = c.FPDFPage_GetAnnot(leaf, number)
        is_field, area = c.FPDFAnnot_GetSubtype(note) == c.FPDF_ANNOT_WIDGET, c.FS_RECTF()
        if (is_field or c.FPDFAnnot_GetSubtype(note) in _MARKUP) and c.FPDFAnnot_GetRect(note, area):
            length = c.FPDFAnnot_GetStringValue(note, b"V" if is_field else b"Contents", None, 0)
            told = ctypes.create_string_buffer(min(length, _LONGEST_NOTE))
            c.FPDFAnnot_GetStringValue(
                note, b"V" if is_field else b"Contents", ctypes.cast(told, ctypes.POINTER(c.FPDF_WCHAR)), len(told)
            )
            words = told.raw.decode("utf-16-le", "replace").replace("\0", " ")
            yield is_field, " ".join(words.split()), (area.left, area.bottom, area.right, area.top)
        c.FPDFPage_CloseAnnot(note)


def _drawn_marks(leaf: Any, signs: Sequence[_Box]) -> list[tuple[str, _Box]]:
    """Return the places of lines drawn through the middle of signs, and of areas filled above earlier text."""
    import pypdfium2

    c = pypdfium2.raw
    found = []
    written = []
    for number in range(min(c.FPDFPage_CountObjects(leaf), _MAX_DRAWN)):
        drawn = c.FPDFPage_GetObject(leaf, number)
        kind, edges = c.FPDFPageObj_GetType(drawn), [ctypes.c_float() for _ in range(4)]
        if kind not in (c.FPDF_PAGEOBJ_TEXT, c.FPDF_PAGEOBJ_PATH) or not c.FPDFPageObj_GetBounds(drawn, *edges):
            continue
        left, bottom, right, top = (edge.value for edge in edges)
        box = (left, bottom, right, top)
        if kind == c.FPDF_PAGEOBJ_TEXT:
            written.append(box)
            continue
        middle, is_line = (bottom + top) / 2, top - bottom <= _LINE_HEIGHT
        filled, stroked = ctypes.c_int(), ctypes.c_int()
        c.FPDFPath_GetDrawMode(drawn, filled, stroked)
        if is_line:
            crossed = any(
                left <= (x0 + x1) / 2 <= right and y0 + (y1 - y0) / 4 < middle < y1 - (y1 - y0) / 4
                for x0, y0, x1, y1 in signs
            )
        else:
            crossed = bool(filled.value) and any(
                left <= (x0 + x1) / 2 <= right and bottom <= (y0 + y1) / 2 <= top for x0, y0, x1, y1 in written
            )
        if crossed and right - left > _LINE_HEIGHT:
            found.append(("", box))
    return found


def _visible_box(leaf: Any) -> Callable[[_Box], _Box]:
    """Return the function that maps a place of a page to left, top, right, bottom in pt from the top left."""
    seen = _visible_position(leaf)

    def place(box: _Box) -> _Box:
        left, bottom, right, top = box
        (x0, y0), (x1, y1) = seen(left, top), seen(right, bottom)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    return place


def _visible_position(leaf: Any) -> Callable[[float, float], tuple[float, float]]:
    """Return the function that maps positions to the visible page (rotated, cropped), in pt from the top left."""
    import pypdfium2

    width, height = leaf.get_size()
    told = pypdfium2.PdfPosConv(leaf, (0, 0, round(width * _SCALE), round(height * _SCALE), 0)).to_bitmap
    corners = [told(0, 0), told(_STEP, 0), told(0, _STEP)]
    (x0, y0), (x1, y1), (x2, y2) = [(x / _SCALE, y / _SCALE) for x, y in corners]
    ax, ay, bx, by = (x1 - x0) / _STEP, (y1 - y0) / _STEP, (x2 - x0) / _STEP, (y2 - y0) / _STEP
    return lambda x, y: (x0 + ax * x + bx * y, y0 + ay * x + by * y)


def _character(number: int) -> str:
    """Return the character of a code; an invalid one or half a surrogate pair becomes the replacement character."""
    if number == _LINE_HYPHEN:
        return "-"
    return chr(number) if 0 < number < 0xD800 or 0xDFFF < number <= sys.maxunicode else "\ufffd"


def _lacks_fonts(paper: Any) -> bool:
    """Return whether a page or a part of one is written in a composite font, as Japanese is, that is not in the file.

    Fonts of one byte are Latin, and every PC has some for them. Damaged fonts count as being there.
    """
    import pikepdf

    kinds: Any = (pikepdf.Dictionary, pikepdf.Stream)
    try:
        return any(
            not any(key.startswith("/FontFile") for key in one.get("/FontDescriptor", {}))
            for held in paper.objects
            if isinstance(held, kinds)
            for font in held.get("/Resources", {}).get("/Font", {}).values()
            for one in font.get("/DescendantFonts", [])
        )
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, AttributeError):
        return False


def _open_pdf(data: bytes, number: int) -> Any:
    """Open one of several PDFs with pikepdf; raises ``PdfLimitError`` where it is damaged or has a password."""
    import pikepdf

    try:
        paper = pikepdf.open(io.BytesIO(data))
        len(paper.pages)
    except pikepdf.PasswordError:
        raise PdfLimitError(f"password {number}") from None
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
        raise PdfLimitError(f"broken {number}") from None
    return paper


def _join_parts(
    parts: list[dict[str, Any]],
    opened: list[Any],
    *,
    sets: int,
    whole_sheets: bool,
    set_words: str,
    metadata: str,
    information: dict[str, str],
) -> bytes:
    """Return the bytes of a PDF that joins opened PDFs, repeated as asked, with bookmarks and metadata."""
    import pikepdf

    with pikepdf.new() as pdf:
        marks: list[Any] = []
        for turn in range(sets):
            above = marks
            if sets > 1:
                mark = pikepdf.OutlineItem(f"{turn + 1}{set_words}", len(pdf.pages))
                mark.is_closed = True
                marks.append(mark)
                above = mark.children
            for part, paper in zip(parts, opened, strict=True):
                if part["words"]:
                    above.append(pikepdf.OutlineItem(part["words"], len(pdf.pages)))
                for _time in range(part["times"]):
                    pdf.pages.extend(paper.pages)
                    if whole_sheets and len(paper.pages) % 2:
                        pdf.add_blank_page(page_size=_A4)
        _set_metadata(pdf, metadata, information)
        if marks:
            with pdf.open_outline() as outline:
                outline.root.extend(marks)
            pdf.Root.PageMode = pikepdf.Name.UseOutlines
        target = io.BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            min_version="1.7",
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return target.getvalue()


def _set_metadata(pdf: Any, metadata: str, information: dict[str, str]) -> None:
    """Write language, viewer preferences, XMP metadata and document information into the joined PDF."""
    import pikepdf

    root = pdf.Root
    root.Lang = pikepdf.String("ja-JP")
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    root.Metadata = pikepdf.Stream(pdf, metadata.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    pdf.trailer.Info = pdf.make_indirect(
        pikepdf.Dictionary({f"/{name}": pikepdf.String(text) for name, text in information.items()})
    )
