"""PDFs made to stop whoever opens them: small files that never end, or fill the memory."""

import io
import zlib
from collections.abc import Sequence

import pikepdf


def written(objects: Sequence[bytes], *, root: int = 1) -> bytes:
    """Return a PDF of ``objects``, numbered from 1."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, table))
    return out.getvalue()


def stream(head: bytes, data: bytes) -> bytes:
    """Return a stream object, packed."""
    packed = zlib.compress(data, 9)
    return b"<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (head, len(packed), packed)


def _book(page: bytes, *rest: bytes) -> bytes:
    """One page (object 3) and what it needs (from 4 on)."""
    return written([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>" % page,
        *rest,
    ])  # fmt: skip


def one_text_on_many_pages(pages: int = 2_000, texts: int = 6) -> bytes:
    """Pages that share one text of ``texts`` times 32,000 letters: 1,000 of them are 160 KB, and millions
    of letters."""
    shown = b"BT /F 8 Tf 10 800 Td " + b"".join(b"(" + b"a" * 32_000 + b") Tj " for _ in range(texts)) + b"ET"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>"
    )
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    return written([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        stream(b"", shown),
        *[page] * pages,
    ])  # fmt: skip


def nested_forms(depth: int = 12, each: int = 10) -> bytes:
    """Forms that draw the next one ``each`` times: 2.4 KB, each ** depth rectangles."""
    forms = [
        stream(
            b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
            b"/Resources << /XObject << /F %d 0 R >> >>" % (6 + number),
            b"/F Do " * each,
        )
        for number in range(depth)
    ]
    last = stream(b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]", b"0 0 9 9 re f ")
    return _book(b"/Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >>", stream(b"", b"/F Do"), *forms, last)


def deep_tree(depth: int = 5_000) -> bytes:
    """A tree of pages ``depth`` floors deep, with one page on each."""
    floors = []
    for number in range(depth):
        own, parent = 2 + 2 * number, b"/Parent %d 0 R" % (2 * number) if number else b""
        kids = b"%d 0 R" % (own + 1) + (b" %d 0 R" % (own + 2) if number < depth - 1 else b"")
        floors.append(b"<< /Type /Pages /Kids [%s] /Count %d %s >>" % (kids, depth - number, parent))
        floors.append(b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] >>" % own)
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", *floors])


def huge_picture(side: int = 40_000) -> bytes:
    """A picture of ``side`` dots each way, black and white, packed into next to nothing."""
    row = bytes(side // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 1 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (side, side, len(packed), packed)
    )
    return _book(
        b"/Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>", stream(b"", b"595 0 0 842 0 0 cm /I Do"), picture
    )


def many_strokes(count: int = 1_000_000) -> bytes:
    """A page of ``count`` lines, packed into a few kilobytes."""
    return _book(b"/Contents 4 0 R", stream(b"", b"0 0 m 9 9 l S\n" * count))


def many_objects(count: int = 1_000_000) -> bytes:
    """A page with ``count`` objects in one packed stream."""
    head = " ".join(f"{number} {2 * (number - 4)}" for number in range(4, count + 4)).encode("ascii")
    packed = zlib.compress(head + b" " + b"0 " * count, 9)
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate((
        b"<< /Type /Catalog /Pages 2 0 R /Odd [%s] >>" % b" ".join(b"%d 0 R" % one for one in range(4, 2000)),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ), start=1):  # fmt: skip
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    held = count + 4
    places.append(out.tell())
    out.write(
        b"%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\n"
        b"endobj\n" % (held, count, len(head) + 1, len(packed), packed)
    )
    table = out.tell()
    rows = [b"\x00\x00\x00\x00\x00\x00\x00\x00"]
    rows += [b"\x01" + place.to_bytes(4, "big") + b"\0\0\0" for place in places[:3]]
    rows += [b"\x02" + held.to_bytes(4, "big") + number.to_bytes(3, "big") for number in range(count)]
    rows += [b"\x01" + place.to_bytes(4, "big") + b"\0\0\0" for place in (places[3], table)]
    packed = zlib.compress(b"".join(rows), 9)
    out.write(
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [1 4 3] /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
        b"%s\nendstream\nendobj\n" % (held + 1, held + 2, len(packed), packed)
    )
    out.write(b"startxref\n%d\n%%%%EOF\n" % table)
    return out.getvalue()


def special_form() -> bytes:
    """A form of the kind (XFA) that readers but one can't show."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array(), XFA=pdf.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        )
        pdf.Root.NeedsRendering = True
        pdf.save(out)
    return out.getvalue()
