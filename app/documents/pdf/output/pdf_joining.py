"""Joins PDFs drawn by this program and keeps their structure elements, metadata and bookmarks.

Pages hold only their drawing. The reading order is stored per file (ISO 32000-1, 14.7.4.4: every page has its number
in the parent tree), so a page that is joined, or repeated, gets elements of its own. Files of others are not accepted
here:
those are joined by the child process (``app.foreign_files.pdf_reading.join_received_pdfs``).
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from app.documents.pdf.output.pdf_archive import PdfDescription, info_entries, is_pdfa, xmp_metadata
from app.documents.pdf.typesetting.tags import CELLS
from db.record import frozen, record

if TYPE_CHECKING:
    import pikepdf

_A4 = (595.276, 841.89)


class ForeignPdfError(Exception):
    """Error for a PDF that was not drawn by this program; ``number`` counts the parts from 0."""

    def __init__(self, number: int):
        """Take the index of the part."""
        self.number = number
        super().__init__(f"{number + 1}番目のPDFは、このアプリで作ったものではありません。")


@record
class JoinPart:
    """One document to join: its PDF, number of copies, and bookmark text (empty = none).

    ``pages`` are the wanted pages (from 0, end exclusive); None = all.
    """

    data: bytes
    copies: int = 1
    bookmark: str = ""
    pages: range | None = None


@frozen
class JoinedPdf:
    """The joined PDF and its number of pages."""

    data: bytes
    pages: int


def join_pdfs(parts: Sequence[JoinPart], description: PdfDescription, *, whole_sheets: bool = False) -> JoinedPdf:
    """Return one PDF of all ``parts``.

    Args:
        description: the metadata of the whole.
        whole_sheets: add an empty page after an odd number of pages, so that in double-sided print every part, and
            every copy of it, begins on a new sheet.
    Raises:
        ForeignPdfError: a part was not drawn by this program.
    """
    import pikepdf  # imported only when PDFs are joined: it is slow

    opened = {}
    try:
        with pikepdf.new() as pdf:
            for number, part in enumerate(parts):
                if id(part.data) not in opened:  # copies of one PDF share its fonts
                    opened[id(part.data)] = _open_own_pdf(part.data, number)
            whole = _JoinedFile(pdf)
            for part in parts:
                for turn in range(part.copies):
                    whole.add(opened[id(part.data)], part, first=turn == 0, whole_sheets=whole_sheets)
            return JoinedPdf(whole.finish(description, next(iter(opened.values()))), len(pdf.pages))
    finally:
        for paper in opened.values():
            paper.close()


def join_pages(files: Sequence[bytes]) -> bytes:
    """Return the pages of several PDFs drawn here one after another, without the reading order of a PDF/A."""
    return _pages_of([(one, None) for one in files])


def part_pages(data: bytes, size: int) -> list[bytes]:
    """Return every ``size`` pages of a PDF drawn here as a file of their own."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as whole:
        count = len(whole.pages)
    return [_pages_of([(data, slice(start, start + size))]) for start in range(0, count, size)]


def _pages_of(parts: Sequence[tuple[bytes, slice | None]]) -> bytes:
    """Return the wanted pages (None = all) of some PDFs drawn here; the same pages give the same bytes."""
    import pikepdf

    made = io.BytesIO()
    with pikepdf.new() as pdf, ExitStack() as opened:
        for data, wanted in parts:
            paper = opened.enter_context(pikepdf.open(io.BytesIO(data)))
            pdf.pages.extend(paper.pages[wanted or slice(None)])
        pdf.save(made, deterministic_id=True)
    return made.getvalue()


def _open_own_pdf(data: bytes, number: int) -> pikepdf.Pdf:
    """Open one of our own PDF files for joining; raises ``ForeignPdfError`` for any other."""
    import pikepdf

    try:
        paper = pikepdf.open(io.BytesIO(data))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ForeignPdfError(number) from error
    if not _is_drawn_here(paper):
        paper.close()
        raise ForeignPdfError(number)
    return paper


def _is_drawn_here(pdf: pikepdf.Pdf) -> bool:
    """Return whether a PDF was drawn here as PDF/A, so that its structure elements are known to be in order."""
    root = pdf.Root
    return "/StructTreeRoot" in root and "/Metadata" in root and is_pdfa(root.Metadata.read_bytes())


def _let_others_run(_percent: int) -> None:
    """Give the window a turn: pikepdf holds the interpreter while it writes, for 70 letters a quarter of a second."""
    time.sleep(0)


class _JoinedFile:
    """A PDF to which documents are added one after the other."""

    def __init__(self, pdf: pikepdf.Pdf):
        import pikepdf

        self._pike: Any = pikepdf
        self._pdf = pdf
        self._parents: list[Any] = []
        self._links: dict[tuple[int, int], Any] = {}
        self._elements: list[Any] = []
        self._marks: list[pikepdf.OutlineItem] = []
        self._tree: Any = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        self._document: Any = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Document, P=self._tree))

    def add(self, source_pdf: pikepdf.Pdf, part: JoinPart, *, first: bool, whole_sheets: bool) -> None:
        """Add a document, or some of its pages.

        ``first`` = not a further copy, which gets no bookmark; ``whole_sheets`` adds a blank page to an odd number.
        """
        begin = len(self._pdf.pages)
        places: dict[tuple[int, int], int] = {}
        wanted = part.pages if part.pages is not None else range(len(source_pdf.pages))
        for number in wanted:
            page: Any = source_pdf.pages[number]
            places[page.objgen] = len(self._pdf.pages)
            self._pdf.pages.append(page)
        if first and part.bookmark:
            mark = self._pike.OutlineItem(part.bookmark, begin)
            mark.is_closed = True
            mark.children.extend(self._bookmarks_of(source_pdf, places))
            self._marks.append(mark)
        self._copy_elements(source_pdf, part.bookmark, places)
        if whole_sheets and len(wanted) % 2:
            self._pdf.add_blank_page(page_size=_A4)

    def _bookmarks_of(
        self, source_pdf: pikepdf.Pdf, new_pages: dict[tuple[int, int], int]
    ) -> Iterator[pikepdf.OutlineItem]:
        with source_pdf.open_outline() as outline:
            yield from self._kept_bookmarks(outline.root, new_pages)

    def _kept_bookmarks(
        self, items: Sequence[pikepdf.OutlineItem], new_pages: dict[tuple[int, int], int]
    ) -> Iterator[pikepdf.OutlineItem]:
        for item in items:
            place: Any = item.destination
            if not isinstance(place, self._pike.Array) or place[0].objgen not in new_pages:
                continue
            made = self._pike.OutlineItem(item.title, new_pages[place[0].objgen], "XYZ", left=0, top=float(place[3]))
            made.children.extend(self._kept_bookmarks(item.children, new_pages))
            yield made

    def _copy_elements(self, source_pdf: pikepdf.Pdf, words: str, new_pages: dict[tuple[int, int], int]) -> None:
        """Copy the structure elements of the pages just added, as a part of the document titled ``words``."""
        pike, pdf = self._pike, self._pdf
        known: dict[tuple[int, int], Any] = {}
        pages = {own: pdf.pages[place].obj for own, place in new_pages.items()}
        every: list[Any] = list(source_pdf.pages)
        by_page = {page.objgen: page for page in every}
        self._links = {}
        for own, page in pages.items():
            self._copy_links(by_page[own].obj, page)
        top = pdf.make_indirect(pike.Dictionary(S=pike.Name.Part, P=self._document))
        if words:
            top.T = pike.String(words)
        kids = _as_list(source_pdf.Root.StructTreeRoot.K)
        top.K = pike.Array([one for one in (self._element(kid, top, pages, known) for kid in kids) if one is not None])
        self._elements.append(top)
        numbers = list(source_pdf.Root.StructTreeRoot.ParentTree.Nums)
        held = dict(zip((int(one) for one in numbers[::2]), numbers[1::2], strict=True))
        for own, page in pages.items():
            page.StructParents = len(self._parents)
            source = held[int(by_page[own].obj.StructParents)]
            self._parents.append(pdf.make_indirect(pike.Array([known[one.objgen] for one in source])))

    def _copy_links(self, source: Any, page: Any) -> None:
        """Give a page links of its own: those of a further copy would be one object with the first."""
        if "/Annots" not in source:
            return
        copies = [self._pdf.make_indirect(self._pike.Dictionary(dict(one.items()))) for one in page.Annots]
        self._links |= {old.objgen: copied for old, copied in zip(source.Annots, copies, strict=True)}
        page.Annots = self._pike.Array(copies)

    def _element(
        self, source: Any, parent: Any, pages: dict[tuple[int, int], Any], known: dict[tuple[int, int], Any]
    ) -> Any:
        """Return a copy of the element ``source`` under ``parent``, or None if it concerns none of the copied
        pages.
        """
        pike = self._pike
        made = self._pdf.make_indirect(pike.Dictionary(S=source.S, P=parent))
        own = source.get("/Pg")
        page = pages.get(own.objgen) if own is not None else None
        kids = []
        said = False
        for kid in _as_list(source.get("/K", [])):
            if isinstance(kid, int):
                copied, says = (kid if page is not None else None), True
            elif "/S" in kid and "/K" not in kid and str(kid.S)[1:] in CELLS:  # an empty cell keeps its column
                copied, says = self._pdf.make_indirect(pike.Dictionary(S=kid.S, P=made)), False
            elif "/S" in kid:
                copied, says = self._element(kid, made, pages, known), True
            else:
                copied, says = self._reference(kid, made, pages), True
            if copied is not None:
                kids.append(copied)
                said = said or says
        if not said:
            return None
        if page is not None:
            made.Pg = page
        for name in ("/A", "/Alt"):
            if name in source:
                made[name] = pike.Object.parse(source[name].unparse())
        made.K = pike.Array(kids)
        known[source.objgen] = made
        return made

    def _reference(self, source: Any, element: Any, pages: dict[tuple[int, int], Any]) -> Any:
        """Return the copy of what an element refers to, drawn content or a link; None where its page is not copied."""
        pike = self._pike
        if source.Pg.objgen not in pages:
            return None
        page = pages[source.Pg.objgen]
        if "/MCID" in source:
            return pike.Dictionary(Type=pike.Name.MCR, Pg=page, MCID=source.MCID)
        link = self._links[source.Obj.objgen]
        link.StructParent = len(self._parents)  # by its number its element is found
        self._parents.append(element)
        return pike.Dictionary(Type=pike.Name.OBJR, Obj=link, Pg=page)

    def finish(self, description: PdfDescription, first: pikepdf.Pdf) -> bytes:
        """Return the bytes of the file with its metadata and bookmarks."""
        pike, pdf, root = self._pike, self._pdf, self._pdf.Root
        root.Lang = pike.String("ja-JP")
        root.ViewerPreferences = pike.Dictionary(DisplayDocTitle=True)
        root.Metadata = pike.Stream(pdf, xmp_metadata(description), Type=pike.Name.Metadata, Subtype=pike.Name.XML)
        self._tree.K = self._document
        self._document.K = pike.Array(self._elements)
        numbers = [part for number, held in enumerate(self._parents) for part in (number, held)]
        self._tree.ParentTree = pdf.make_indirect(pike.Dictionary(Nums=pike.Array(numbers)))
        self._tree.ParentTreeNextKey = len(self._parents)
        root.StructTreeRoot = self._tree
        root.MarkInfo = pike.Dictionary(YesMeaning=True)
        root.OutputIntents = pdf.copy_foreign(_indirect(first, first.Root.OutputIntents))
        pdf.trailer.Info = pdf.make_indirect(
            pike.Dictionary({f"/{name}": pike.String(text) for name, text in info_entries(description).items()})
        )
        if self._marks:
            with pdf.open_outline() as outline:
                outline.root.extend(self._marks)
            root.PageMode = pike.Name.UseOutlines
        target = io.BytesIO()
        pdf.save(
            target,
            deterministic_id=True,
            min_version="1.7",
            object_stream_mode=pike.ObjectStreamMode.generate,
            fix_metadata_version=False,
            progress=_let_others_run,
        )
        return target.getvalue()


def _indirect(pdf: pikepdf.Pdf, held: Any) -> Any:
    """Return ``held`` as an indirect object: only those can be copied into another file."""
    return held if held.is_indirect else pdf.make_indirect(held)


def _as_list(kids: Any) -> list[Any]:
    """Return the children of a structure element, one or an array of them, as a list."""
    import pikepdf

    return list(kids) if isinstance(kids, (pikepdf.Array, list)) else [kids]
