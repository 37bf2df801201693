"""Make a PDF fit for archiving as PDF/A-2b (ISO 19005-2): metadata, colour profile, bookmarks, compact objects.

Readers will then show the document in thirty years as they do now. The date is the document's own, so the same
document of the same time is the same file to the last byte. The thousands of small objects of a tagged document go
into object streams (ISO 32000-1, 7.5.7); reportlab omits the line end before ``endstream`` that PDF/A requires (ISO
19005-2, 6.1.7.1).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from hashlib import md5
from typing import Any, BinaryIO, NamedTuple
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from app.common.own_file_marks import PDF_PRODUCER
from app.documents.pdf.typesetting.tags import Tags

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_STREAM_END = b"endstream\n"
_OBJECTS_PER_STREAM = 200
"""Objects per object stream: a reader unpacks a whole stream to find one."""
_LEVEL = 1


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
    held = {number: _ForwardObject() for number in sorted(tags.linked_pages)}
    for number, links in held.items():
        document.Reference(links)
        pages[number].Annots = links
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
    text, elements, linked = tags.file_objects(
        root, len(objects) + 1, [numbers[page.__InternalName__] for page in pages]
    )
    objects[root - 1] = text.encode("ascii")
    for page, places in linked.items():
        listed = " ".join(f"{place} 0 R" for place in places)
        objects[numbers[held[page].__InternalName__] - 1] = f"[{listed}]".encode("ascii")
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
    """Return the whole PDF file with objects, object streams and the cross-reference stream."""
    whole = bytearray(_HEAD)
    places = {0: (0, 0, 65535)}
    small = []
    for number, body in enumerate(objects, 1):
        if body.endswith(_STREAM_END):
            places[number] = (1, len(whole), 0)
            whole += b"%d 0 obj\n%s\n%s\nendobj\n" % (number, body[: -len(_STREAM_END)], _STREAM_END[:-1])
        else:
            small.append((number, body.strip()))
    following = max(len(places) + len(small), 1)
    for start in range(0, len(small), _OBJECTS_PER_STREAM):
        packed = small[start : start + _OBJECTS_PER_STREAM]
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


_TOKYO = timezone(timedelta(hours=9))
_CONFORMS = (
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>",
    "http://www.aiim.org/pdfa/ns/id/",
)


class Bookmark(NamedTuple):
    """One bookmark: its text, the page (from 0), the height in points, its level from 0."""

    words: str
    page: int
    top: float
    rank: int


class PdfDescription(NamedTuple):
    """The metadata of a PDF; ``created`` None = not known, and then no date is written."""

    title: str
    subject: str
    author: str
    created: datetime | None


class DocumentCanvas(Canvas):
    """The canvas of one document, which is finished as PDF/A."""

    def __init__(self, target: BinaryIO, font: str):
        """Write to ``target`` with ``font`` as the first font, as reportlab's default font is not embedded."""
        super().__init__(
            target,
            invariant=1,
            pageCompression=1,
            lang="ja-JP",
            pdfVersion=(1, 7),
            initialFontName=font,  # type: ignore[arg-type]
        )
        self._target = target

    @property
    def document(self) -> Any:
        """Return reportlab's document, which holds pages and objects."""
        return self._doc  # type: ignore[attr-defined]

    def close_page(self) -> None:
        """End the page."""
        self.showPage()
        self.document.Pages.pages[-1].Trans = None

    def finish(
        self, description: PdfDescription, tags: Tags, bookmarks: Sequence[Bookmark], *, open_bookmarks: bool
    ) -> None:
        """Add metadata, tags and bookmarks and write the file; ``open_bookmarks`` shows the bookmarks on opening."""
        document = self.document
        document.info = _Info(description)
        catalog = document.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.Metadata = _stream(xmp_metadata(description), Type="Metadata", Subtype="XML")
        profile = _stream(grey_and_colour_profile(), packed=True)
        profile.dictionary.dict["N"] = 3
        catalog.OutputIntents = pdfdoc.PDFArray([pdfdoc.PDFDictionary({
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        })])  # fmt: skip
        self.setViewerPreference("DisplayDocTitle", "true")
        self._add_bookmarks(bookmarks, open_bookmarks=open_bookmarks)
        self._target.write(write_pdf(self, tags, _identifier(document.Pages.pages, description)))

    def _add_bookmarks(self, bookmarks: Sequence[Bookmark], *, open_bookmarks: bool) -> None:
        document = self.document
        for number, mark in enumerate(bookmarks):
            key = f"mark{number}"
            place = self._bookmarkReference(key)  # type: ignore[attr-defined]
            place.xyz(0, round(mark.top, 2), 0)
            place.setPage(document.Reference(document.Pages.pages[mark.page]))
            self.addOutlineEntry(mark.words, key, mark.rank, closed=None)
        if bookmarks and open_bookmarks:
            self.showOutline()


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc, unused-ignore]
    """The document information dictionary, for readers older than XMP."""

    def __init__(self, description: PdfDescription):
        super().__init__()
        self._said = description
        self.title, self.author, self.subject = description.title, description.author, description.subject

    def format(self, document: Any) -> bytes:
        """Return the dictionary as bytes of the file."""
        parts = {name: pdfdoc.PDFString(text) for name, text in info_entries(self._said).items()}
        written: bytes = pdfdoc.PDFDictionary(parts).format(document)
        return written


def info_entries(description: PdfDescription) -> dict[str, str]:
    """Return the entries of the document information dictionary (ISO 32000-1, 14.3.3)."""
    parts = {
        "Title": description.title,
        "Author": description.author,
        "Subject": description.subject,
        "Creator": PDF_PRODUCER,
        "Producer": PDF_PRODUCER,
    }
    if description.created is not None:
        parts["CreationDate"] = parts["ModDate"] = f"D:{description.created:%Y%m%d%H%M%S}+09'00'"
    return {name: text for name, text in parts.items() if text}


def describe_pdf(properties: dict[str, str], *, title: str, subject: str) -> PdfDescription:
    """Return the metadata of a PDF from the properties of its content; a time without a zone is taken as Japanese.

    ``title`` and ``subject`` stand where the properties have none.
    """
    made = properties.get("created")
    created = datetime.fromisoformat(made).replace(microsecond=0) if made else None
    if created is not None and created.tzinfo is None:
        created = created.replace(tzinfo=_TOKYO)
    return PdfDescription(
        title=properties.get("title") or title,
        subject=properties.get("subject") or subject,
        author=properties.get("author", ""),
        created=created.astimezone(_TOKYO) if created else None,
    )


def _stream(data: bytes, *, packed: bool = False, **names: str) -> Any:
    """Return a PDF stream object, compressed if ``packed``."""
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary({key: pdfdoc.PDFName(name) for key, name in names.items()}), data)
    if packed:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _identifier(pages: Sequence[Any], description: PdfDescription) -> bytes:
    """Return the file identifier, a hash of what the file says."""
    whole = md5(usedforsecurity=False)
    for page in pages:
        whole.update(page.stream.encode("utf-8") if isinstance(page.stream, str) else page.stream)
    # As ``repr`` says it, under names of its own: what a class is called here makes no other file.
    named = zip(("title", "subject", "author", "created"), description, strict=True)
    whole.update(f"Described({', '.join(f'{name}={value!r}' for name, value in named)})".encode())
    return whole.hexdigest().encode()


def xmp_metadata(description: PdfDescription) -> bytes:
    """Return the metadata as an XMP packet that declares PDF/A-2b."""

    def simple(name: str, text: str) -> str:
        """Return an XML element with a text, "" without a text."""
        return f"<{name}>{escape(text)}</{name}>" if text else ""

    def alternatives(name: str, text: str) -> str:
        """Return an XML element with a text in the default language, "" without a text."""
        return (
            f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt></{name}>' if text else ""
        )

    made = description.created.isoformat() if description.created else ""
    author = (
        f"<dc:creator><rdf:Seq><rdf:li>{escape(description.author)}</rdf:li></rdf:Seq></dc:creator>"
        if description.author
        else ""
    )
    conforms, space = _CONFORMS
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        f' xmlns:pdfaid="{space}">\n'
        f"{conforms}\n"
        f"<dc:format>application/pdf</dc:format>{alternatives('dc:title', description.title)}"
        f"{alternatives('dc:description', description.subject)}{author}"
        "<dc:language><rdf:Bag><rdf:li>ja-JP</rdf:li></rdf:Bag></dc:language>\n"
        f"{simple('xmp:CreatorTool', PDF_PRODUCER)}{simple('xmp:CreateDate', made)}{simple('xmp:ModifyDate', made)}"
        f"{simple('pdf:Producer', PDF_PRODUCER)}\n"
        "</rdf:Description></rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    ).encode()


def is_pdfa(metadata: bytes) -> bool:
    """Return whether XMP metadata was written here and declares PDF/A."""
    return _CONFORMS[0].encode() in metadata and f"<pdf:Producer>{PDF_PRODUCER}</pdf:Producer>".encode() in metadata


def conformance_text() -> str:
    """Return the part of the XMP that declares PDF/A, to be removed from a file that is not."""
    return _CONFORMS[0]


def without_conformance(metadata: bytes) -> bytes:
    """Return XMP without the declaration of PDF/A: an encrypted file is not PDF/A."""
    return metadata.replace(_CONFORMS[0].encode(), b"")


@cache
def grey_and_colour_profile() -> bytes:
    """Return an sRGB colour profile, computed from the values of IEC 61966-2-1.

    sRGB is three primaries and one curve; as an ICC profile of version 4 (ICC.1:2004-10) they take five hundred bytes
    and are free of rights.
    """
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0)
    curve += _fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    # The primaries of sRGB and the matrix that carries its white D65 to the white of profiles, D50 (Bradford).
    adapted = (1.047882, 0.022919, -0.050217, 0.029587, 0.990479, -0.017060, -0.009232, 0.015076, 0.751678)
    parts = {
        b"desc": _words("sRGB IEC61966-2.1"),
        b"cprt": _words("CC0"),
        b"wtpt": _colour(0.9642, 1.0, 0.8249),
        b"chad": b"sf32" + bytes(4) + _fixed(*adapted),
        b"rXYZ": _colour(0.43607, 0.22249, 0.01392),
        b"gXYZ": _colour(0.38515, 0.71687, 0.09708),
        b"bXYZ": _colour(0.14307, 0.06061, 0.71410),
        b"rTRC": curve,
    }
    names = [*parts, b"gTRC", b"bTRC"]
    place, held, places = 128 + 4 + 12 * len(names), b"", {}
    for name, part in parts.items():
        places[name] = (place + len(held), len(part))
        held += part + bytes(-len(part) % 4)
    places[b"gTRC"] = places[b"bTRC"] = places[b"rTRC"]
    listed = struct.pack(">L", len(names)) + b"".join(name + struct.pack(">LL", *places[name]) for name in names)
    whole = 128 + len(listed) + len(held)
    made = struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
    head = struct.pack(">L4sL4s4s4s", whole, bytes(4), 0x04200000, b"mntr", b"RGB ", b"XYZ ") + made
    head += b"acsp" + bytes(28) + _fixed(0.9642, 1.0, 0.8249) + bytes(48)
    return head + listed + held


def _fixed(*numbers: float) -> bytes:
    """Return numbers as the fixed-point numbers of an ICC profile."""
    return struct.pack(f">{len(numbers)}l", *(round(number * 65536) for number in numbers))


def _colour(*numbers: float) -> bytes:
    """Return a colour as an XYZ tag of an ICC profile."""
    return b"XYZ " + bytes(4) + _fixed(*numbers)


def _words(text: str) -> bytes:
    """Return a text as a multi-language tag of an ICC profile."""
    letters = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">LL2s2sLL", 1, 12, b"en", b"US", len(letters), 28) + letters
