"""Rendering a document's content to the bytes of a Word file.

python-docx is loaded at the first call. The file holds no author, time, change or comment.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

from app.common.gc_paused import pause_gc
from app.common.own_file_marks import LANGUAGE
from app.common.zip_entry import stable_entry
from app.documents.blocks import DocumentContent
from app.documents.pdf.printable import without_invisible
from app.documents.pdf.typesetting.sizes import NORMAL, PAGE_EDGE
from app.documents.word.body import Part, word_parts, write_blocks
from app.documents.word.text_styles import (
    BOLD,
    FRAME,
    NAMESPACES,
    Family,
    paragraph,
    run,
    size,
    spaced,
    style_sheet,
    tab_stop,
    twips,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

    from app.documents.guide_blocks import PlaceMap

_NEEDED: Final = ("styles", "settings", "officeDocument")
"""The parts of python-docx's template that are kept; a thumbnail, themes and 436 styles are not."""
_SETTINGS: Final = f"""<w:settings {NAMESPACES}><w:defaultTabStop w:val="840"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"""


def render_docx(content: DocumentContent) -> bytes:
    """Return ``content`` as a Word file; the same content gives the same bytes."""
    import docx

    with pause_gc():
        shown = without_invisible(content)
        document = docx.Document()
        parts = word_parts(shown)
        _set_up(document, [one.family for one in parts], shown)
        _fill(document, parts)
        before = None
        for part, section in zip(parts, document.sections, strict=True):
            if before is None or before != part.is_letter:
                _frame(section, shown, part, counts_all=len(parts) == 1)
            before = part.is_letter
        return _saved(document)


def _set_up(document: Document, families: Iterable[Family], content: DocumentContent) -> None:
    """Leave of the template its styles and settings as ours, and of its properties the title alone."""
    from docx.oxml import parse_xml

    package = document.part.package
    for rels in (document.part.rels, package.rels):
        for key, one in list(rels.items()):
            if not one.reltype.endswith(_NEEDED):
                del rels[key]
    sheet = style_sheet({Family(is_letter=False, density=NORMAL): 1} | dict.fromkeys(families, 1))
    for element, text in ((document.styles.element, sheet), (document.settings.element, _SETTINGS)):
        made: Any = parse_xml(text)
        element[:] = made[:]
    said: Any = document.core_properties
    said._element[:] = ()
    said.title, said.language = content.properties.get("title", content.kind), LANGUAGE


def _fill(document: Document, parts: list[Part]) -> None:
    """Write the body: every part, and after it the page that it stands on."""
    from docx.oxml import parse_xml

    def picture(shown: PlaceMap, wide: float) -> str:
        """Return the picture of a map where one was supplied."""
        if not shown.data:
            return ""
        from docx.oxml.xmlchemy import serialize_for_reading
        from docx.shared import Mm

        drawn: Any = document.part.new_pic_inline(BytesIO(shown.data), width=Mm(wide))
        drawn.docPr.set("descr", shown.words)
        layout = '<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>'
        return paragraph("Normal", f"<w:r><w:drawing>{serialize_for_reading(drawn)}</w:drawing></w:r>", layout=layout)

    pages = [_page(one) for one in parts]
    ends = [paragraph("Gap", layout=page) for page in pages[:-1]]
    written = (write_blocks(part, picture) + end for part, end in zip(parts, [*ends, pages[-1]], strict=True))
    body: Any = document.element.body
    made: Any = parse_xml(f"<w:body {NAMESPACES}>{''.join(written)}</w:body>")
    body[:] = made[:]


def _page(part: Part) -> str:
    """Return the page of a part: its paper and the margins of the PDF, and no grid that would stretch its lines."""
    paper = part.paper
    turned = ' w:orient="landscape"' if paper.width > paper.height else ""
    edge, number = twips(PAGE_EDGE), '<w:pgNumType w:start="1"/>' if part.counts else ""
    return (
        f'<w:sectPr><w:pgSz w:w="{twips(paper.width)}" w:h="{twips(paper.height)}"{turned}/>'
        f'<w:pgMar w:top="{twips(paper.top - 4)}" w:right="{twips(paper.right)}" w:bottom="{twips(paper.bottom)}" '
        f'w:left="{twips(paper.left)}" w:header="{edge}" w:footer="{edge}" w:gutter="0"/>{number}</w:sectPr>'
    )


def _frame(section: Section, content: DocumentContent, part: Part, *, counts_all: bool) -> None:
    """Write head and foot of a section; a letter has the marks alone at its head."""
    from docx.oxml import parse_xml

    middle, end = part.paper.text_width / 2, part.paper.text_width
    tabs = tab_stop(middle, "center") + tab_stop(end, "right")
    marks = [one for one in (content.state_mark, content.stamp, "見本" if content.sample else "") if one]
    boxed = run("　").join(run(f"　{mark}　", BOLD + FRAME) for mark in marks)
    reason = run(f"　理由　{content.passed_reason}") if content.state_mark and content.passed_reason else ""
    left, right = ("", "") if part.is_letter else (content.header_left, content.header_right)
    pages = run("\t") + _field("PAGE") + (run(" / ") + _field("NUMPAGES") if counts_all else "")
    for place, style, side, runs in (
        (section.header, "Header", "bottom", (run(f"{left}\t"), boxed, reason, run(f"\t{right}"))),
        (section.footer, "Footer", "top", (run(content.footer_left), pages, run(f"\t{content.footer_right}"))),
    ):
        ruled = side == "top" or not part.is_letter
        rule = f'<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="2" w:color="808080"/></w:pBdr>' if ruled else ""
        place.is_linked_to_previous = False
        text = paragraph(style, *runs, layout=rule + spaced(tabs=tabs))
        made: Any = parse_xml(f"<w:hdr {NAMESPACES}>{text}</w:hdr>")
        element: Any = place._element
        element[:] = made[:]


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}">{run("1", size(8.5))}</w:fldSimple>'


def _saved(document: Document) -> bytes:
    """Return the file without times of writing."""
    made, target = BytesIO(), BytesIO()
    document.save(made)
    with ZipFile(made) as read, ZipFile(target, "w") as written:
        for name in read.namelist():
            written.writestr(stable_entry(name), read.read(name))
    return target.getvalue()
