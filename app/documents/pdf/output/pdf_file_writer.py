"""Writes the objects of a finished canvas as a compact file that conforms to PDF/A.

reportlab writes each object separately and no line end before ``endstream``. A tagged document has thousands of small
objects, so they go into object streams (ISO 32000-1, 7.5.7), and the cross-reference table is a stream too; PDF/A
requires the line end (ISO 19005-2, 6.1.7.1).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from app.documents.pdf.typesetting.tags import Tags

_HEAD: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_STREAM_END: Final = b"endstream\n"
_TOGETHER: Final = 200
"""Objects per object stream: a reader unpacks a whole stream to find one."""
_LEVEL: Final = 1


class _ForwardObject(pdfdoc.PDFObject):  # type: ignore[misc, unused-ignore]
    """An object that gets its number before its content."""

    __RefOnly__ = 1
    __InternalName__: str

    def format(self, _document: Any) -> bytes:
        """Return nothing: the content is inserted when everything has its number."""
        return b""


def write_pdf(canvas: Any, tags: Tags, mark: bytes) -> bytes:
    """Return the bytes of the file for a canvas whose pages are all closed.

    Args:
        tags: the elements of its pages. mark: file identifier of thirty-two hexadecimal digits.
    """
    document = canvas._doc
    for font in document.delayedFonts:
        font.addObjects(document)
    pages = document.Pages.pages
    for number, page in enumerate(pages):
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number, pdfdoc.PDFName("S")
    tree = _ForwardObject()
    document.Reference(tree)
    document.Catalog.StructTreeRoot = tree
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
    document.Reference(document.Catalog)
    document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        document.Catalog.Outlines = None
    objects = _format_objects(document)
    numbers = {name: number for name, (number, _) in document.idToObjectNumberAndVersion.items()}
    root = numbers[tree.__InternalName__]
    text, elements = tags.file_objects(root, len(objects) + 1, [numbers[page.__InternalName__] for page in pages])
    objects[root - 1] = text.encode("ascii")
    objects += [element.encode("ascii") for element in elements]
    named = numbers[document.Catalog.__InternalName__], numbers[document.info.__InternalName__]
    return _file(objects, *named, mark)


def _format_objects(document: Any) -> list[bytes]:
    """Return reportlab's objects by number from 1; formatting one may create further ones."""
    objects: list[bytes] = []
    while (name := document.numberToId.get(len(objects) + 1)) is not None:
        objects.append(pdfdoc.format(document.idToObject[name], document, toplevel=1))
    return objects


def _file(objects: Iterable[bytes], catalog: int, info: int, mark: bytes) -> bytes:
    whole = bytearray(_HEAD)
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    small: list[tuple[int, bytes]] = []
    for number, body in enumerate(objects, 1):
        if body.endswith(_STREAM_END):
            places[number] = (1, len(whole), 0)
            whole += b"%d 0 obj\n%s\n%s\nendobj\n" % (number, body[: -len(_STREAM_END)], _STREAM_END[:-1])
        else:
            small.append((number, body.strip()))
    following = max(len(places) + len(small), 1)
    for start in range(0, len(small), _TOGETHER):
        packed = small[start : start + _TOGETHER]
        places[following] = (1, len(whole), 0)
        places.update({number: (2, following, order) for order, (number, _) in enumerate(packed)})
        whole += _pack_objects(following, packed)
        following += 1
    places[following] = (1, len(whole), 0)
    begun = len(whole)
    table = zlib.compress(b"".join(struct.pack(">BLH", *places[number]) for number in range(following + 1)), _LEVEL)
    whole += (
        b"%d 0 obj\n<</Type /XRef /Size %d /W [1 4 2] /Root %d 0 R /Info %d 0 R /ID [<%s><%s>]"
        b" /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (following, following + 1, catalog, info, mark, mark, len(table), table, begun)
    )
    return bytes(whole)


def _pack_objects(number: int, objects: list[tuple[int, bytes]]) -> bytes:
    """Return an object stream: numbers and offsets first, then the objects."""
    places, held = [], bytearray()
    for own, body in objects:
        places.append(b"%d %d" % (own, len(held)))
        held += body + b"\n"
    head = b" ".join(places) + b"\n"
    data = zlib.compress(head + bytes(held), _LEVEL)
    shape = (
        b"%d 0 obj\n<</Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n"
    )
    return shape % (number, len(objects), len(head), len(data), data)
