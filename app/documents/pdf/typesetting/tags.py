"""The structure elements of a PDF: headings, paragraphs, and tables with their cells.

Screen readers and copying follow these elements, not the positions on the page. The pieces say what they are
(``Piece.tag``), the cells of a table while they are drawn, and all lines, backgrounds, headers and footers are marked
as artifacts (ISO 32000-1, 14.8.2.2). Every document gets its elements here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

from app.common.join_nonempty import fill_nonempty
from app.documents.pdf.typesetting.links import Target
from db.record import frozen, group_by_key

Kind = Literal["H1", "H2", "H3", "H4", "P", "TR", "LI"]
"""What a piece is: the title, three levels of headings, running text, one row of a table, or one item of a list."""
Cell = Literal["TH", "TD"]
Scope = Literal["Column", "Row"]

ARTIFACT = "/Artifact BMC "
"""Opens an artifact: rules, backgrounds, charts whose table follows."""
PAGE_ARTIFACT = "/Artifact <</Type /Pagination>> BDC "
"""Opens a page artifact: headers, footers, page numbers, and the repeated heading row of a table."""


@frozen
class Tag:
    """The structure element of one piece.

    Neighbouring pieces with the same ``owner`` are one element (the lines of a paragraph, the rows of a table);
    without an owner a piece is an element of its own. ``words`` is the text of its bookmark; empty = none. Items with
    the same ``list`` are one list.
    """

    kind: Kind = "P"
    owner: object | None = None
    words: str = ""
    list: object | None = None


PARAGRAPH = Tag()


CELLS = frozenset(("TH", "TD"))
"""Elements that keep their place in a row even when empty."""


class _Annotation(NamedTuple):
    """A link on a page: the area in points, what it opens, and what it is called."""

    page: int
    area: tuple[float, float, float, float]
    target: Target


class _Element:
    """One element: its kind, its parent, and its children, which are elements or (page, marked content id)."""

    __slots__ = ("annotation", "attributes", "kids", "kind", "number", "parent")

    def __init__(self, kind: str, parent: _Element | None, attributes: str = ""):
        self.kind = kind
        self.parent = parent
        self.attributes = attributes
        self.kids: list[_Element | tuple[int, int]] = []
        self.number = 0
        self.annotation: _Annotation | None = None
        if parent is not None:
            parent.kids.append(self)


class Tags:
    """The elements of one document, collected while it is drawn."""

    def __init__(self) -> None:
        self._document = _Element("Document", None)
        self._marks: list[list[_Element]] = []
        self._group: _Element = self._document
        self._row: _Element | None = None
        self.current_element: _Element | None = None
        self._running: _Element | None = None
        self._owner: object | None = None
        self._list: tuple[object, _Element] | None = None
        self._places: list[tuple[int, list[_Element | tuple[int, int]]]] = []
        self._furniture = True

    def begin_page(self) -> None:
        """Begin a page; what is drawn belongs to no element until a piece begins."""
        self._marks.append([])
        self.begin_page_artifact()

    def begin_page_artifact(self) -> None:
        """Begin the header, footer or a mark of the page."""
        self.current_element, self._row, self._furniture = None, None, True

    def begin(self, tag: Tag, *, repeated: bool) -> None:
        """Begin a piece of ``tag``; ``repeated`` is the repeated heading row of a table that goes on.

        Where something else was drawn in between (the title of each page of a ledger) the rows below are a table of
        their own, which needs its heading.
        """
        if repeated and tag.owner is self._owner:
            self.begin_page_artifact()
            return
        self._furniture = False
        self._row = None
        if tag.kind == "TR":
            if tag.owner is None or tag.owner is not self._owner:
                self._group = _Element("Table", self._document)
            self._row = _Element("TR", self._group)
            self.current_element = None
        elif tag.owner is None or tag.owner is not self._owner:
            self.current_element = self._running = (
                self._new_item(tag.list) if tag.kind == "LI" else _Element(tag.kind, self._document)
            )
        else:  # it goes on, over the turn of a page too
            self.current_element = self._running
        self._owner = tag.owner

    def _new_item(self, of: object) -> _Element:
        """Return the body of a new item of the list ``of``, which is begun with its first item."""
        if self._list is None or self._list[0] is not of:
            self._list = of, _Element("L", self._document)
        return _Element("LBody", _Element("LI", self._list[1]))

    def begin_part(self, kind: Literal["H1", "H2", "P"] = "P") -> None:
        """Begin a further paragraph, or a heading, within a piece of several parts."""
        if not self._furniture and self._row is None and self.current_element is not None:
            if self.current_element.kids or self.current_element.kind == "LBody":
                self.current_element = _Element(kind, self._document)
            self.current_element.kind = kind
            self._owner = None

    def begin_item(self, of: object) -> None:
        """Begin a further item of a list within a piece of several parts."""
        if not self._furniture and self._row is None:
            self.current_element, self._owner = self._new_item(of), None

    @contextmanager
    def read_as(self, place: int) -> Iterator[None]:
        """Have what is drawn in the block read in the order of its number, wherever it stands on folded sheets."""
        start = len(self._document.kids)
        self.current_element = _Element("P", self._document)
        yield
        self._places.append((place, self._document.kids[start:]))
        del self._document.kids[start:]
        self.current_element, self._owner = None, None

    @contextmanager
    def link(self, area: tuple[float, float, float, float], target: Target) -> Iterator[None]:
        """Make what is written in the block a link to ``target`` over the area, in points from the lower left."""
        leaf = self.current_element
        if leaf is None:
            yield
            return
        self.current_element = _Element("Link", leaf)
        self.current_element.annotation = _Annotation(len(self._marks) - 1, area, target)
        yield
        self.current_element = leaf

    @property
    def linked_pages(self) -> frozenset[int]:
        """Return the numbers of the pages with links, from 0, when everything is drawn."""
        self._put_in_order()
        return frozenset(one.annotation.page for one in _linked(self._document) if one.annotation is not None)

    def _put_in_order(self) -> None:
        """Put what was drawn for a place of its own (``read_as``) into the order of reading."""
        for _place, kids in sorted(self._places, key=lambda one: one[0]):
            self._document.kids += kids
        self._places = []

    def begin_figure(self, words: str) -> None:
        """Begin a picture; ``words`` describe it to whoever can't see it."""
        if self._furniture or self._row is not None:
            return
        if self.current_element is None or self.current_element.kids or self.current_element.kind == "LBody":
            self.current_element = _Element("Figure", self._document)
        self.current_element.kind = "Figure"
        self.current_element.attributes = f"/Alt <FEFF{words.encode('utf-16-be').hex().upper()}>"
        self._owner = None

    def begin_cell(self, kind: Cell, *, scope: Scope = "Column", span: int = 1) -> None:
        """Begin the next cell of the row, over ``span`` columns (``scope`` only of a TH); nothing outside a row."""
        if self._row is None:
            return
        said = f"/Scope /{scope}" if kind == "TH" else ""
        if span > 1:
            said += f"/ColSpan {span}"
        self.current_element = _Element(kind, self._row, fill_nonempty("/A <</O /Table {}>>", said))

    def begin_artifact(self) -> None:
        """Begin an artifact up to the next part, cell or piece (a chart above its own table)."""
        self.current_element = None

    def opening_operators(self, leaf: object | None) -> str:
        """Return the operators that open marked content for ``leaf``, and register that content with it."""
        if not isinstance(leaf, _Element):
            return PAGE_ARTIFACT if self._furniture else ARTIFACT
        page = len(self._marks) - 1
        number = len(self._marks[page])
        self._marks[page].append(leaf)
        leaf.kids.append((page, number))
        return f"/{leaf.kind} <</MCID {number}>> BDC "

    def file_objects(self, root: int, first: int, pages: Sequence[int]) -> tuple[str, list[str], dict[int, list[int]]]:
        """Return the root element, the objects from number ``first`` on as written to the file, and which are links.

        Args:
            root: the object number of the root. pages: the object numbers of the pages in order.
        Returns:
            the root, the objects, and the object numbers of the links by page.
        """
        self._put_in_order()
        whole: list[_Element] = []
        _number_elements(self._document, first, whole)
        links = [element for element in whole if element.annotation is not None]
        places = {element.number: first + len(whole) + 1 + count for count, element in enumerate(links)}
        objects = [_element_text(element, root, pages, places) for element in whole]
        parents = [
            f"{page} [{' '.join(f'{element.number} 0 R' for element in elements)}]"
            for page, elements in enumerate(self._marks)
        ]
        # Behind the pages each link has a number of its own, by which its element is found.
        parents += [f"{len(self._marks) + count} {element.number} 0 R" for count, element in enumerate(links)]
        objects.append(f"<</Nums [{' '.join(parents)}]>>")
        objects += [_annotation_text(element, len(self._marks) + count) for count, element in enumerate(links)]
        by_page = group_by_key(
            (element.annotation.page, places[element.number]) for element in links if element.annotation is not None
        )
        tree = f"<</Type /StructTreeRoot /K {first} 0 R /ParentTree {first + len(whole)} 0 R>>"
        return tree, objects, by_page


def _linked(element: _Element) -> Iterator[_Element]:
    for kid in element.kids:
        if isinstance(kid, _Element):
            if kid.annotation is not None:
                yield kid
            yield from _linked(kid)


def _annotation_text(element: _Element, parent: int) -> str:
    """Return the object of a link: its area, what it opens and its number in the tree of parents."""
    if element.annotation is None:
        raise ValueError("the element is no link")
    _page, area, target = element.annotation
    said = target.words.encode("utf-16-be").hex().upper()
    uri = re.sub(r"[()\\]", lambda sign: f"\\{sign.group()}", target.uri)
    return (
        f"<</Type /Annot /Subtype /Link /Rect [{' '.join(f'{one:.2f}' for one in area)}] /Border [0 0 0] /F 4 "
        f"/StructParent {parent} /Contents <FEFF{said}> /A <</Type /Action /S /URI /URI ({uri})>>>>"
    )


def _number_elements(element: _Element, first: int, whole: list[_Element]) -> None:
    """Number an element of the tag tree and all below it, and drop empty ones."""
    element.number = first + len(whole)
    whole.append(element)
    if not any(isinstance(kid, _Element) for kid in element.kids):  # most are leaves
        return
    # A part of a piece that turned out to be empty says nothing; an empty cell keeps its column.
    element.kids = [kid for kid in element.kids if not isinstance(kid, _Element) or _says_something(kid)]
    for kid in element.kids:
        if isinstance(kid, _Element):
            _number_elements(kid, first, whole)


def _says_something(element: _Element) -> bool:
    return element.kind in CELLS or any(not isinstance(kid, _Element) or _says_something(kid) for kid in element.kids)


def _element_text(element: _Element, root: int, pages: Sequence[int], links: Mapping[int, int]) -> str:
    """Return an element of the tag tree as PDF source."""
    above = element.parent.number if element.parent is not None else root
    linked = links.get(element.number)
    first = element.kids[0] if len(element.kids) == 1 and linked is None else None
    if isinstance(first, tuple):  # nearly all
        return f"<</S /{element.kind} /P {above} 0 R /Pg {pages[first[0]]} 0 R{element.attributes} /K {first[1]}>>"
    page = next((kid[0] for kid in element.kids if isinstance(kid, tuple)), None)
    kids = []
    for kid in element.kids:
        if isinstance(kid, _Element):
            kids.append(f"{kid.number} 0 R")
        elif kid[0] == page:
            kids.append(str(kid[1]))
        else:  # a paragraph that goes on over the page
            kids.append(f"<</Type /MCR /Pg {pages[kid[0]]} 0 R /MCID {kid[1]}>>")
    if linked is not None and page is not None:
        kids.append(f"<</Type /OBJR /Obj {linked} 0 R /Pg {pages[page]} 0 R>>")
    held = f" /K {kids[0]}" if len(kids) == 1 else fill_nonempty(" /K [{}]", " ".join(kids))
    where = f" /Pg {pages[page]} 0 R" if page is not None else ""
    return f"<</S /{element.kind} /P {above} 0 R{where}{element.attributes}{held}>>"
