"""Rendering a document's content to the bytes of a Word file.

python-docx is loaded at the first call. The file holds no author, time, change or comment.
"""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any
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
    paragraph_xml,
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

_NEEDED = ("styles", "settings", "officeDocument")
"""The parts of python-docx's template that are kept; a thumbnail, themes and 436 styles are not."""
_SETTINGS = f"""<w:settings {NAMESPACES}><w:defaultTabStop w:val="840"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode"
 w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>"""


def render_docx(content: DocumentContent) -> bytes:
    """Return ``content`` as a Word file; the same content gives the same bytes."""
    import docx

    with pause_gc():
        shown = without_invisible(content)
        document = docx.Document()
        _drop_template(document)
        parts = list(word_parts(shown, partial(_picture, document)))
        families = dict.fromkeys([(False, NORMAL), *((one.is_letter, one.density) for one in parts)])
        _set(document.styles.element, style_sheet(families))
        _set(document.settings.element, _SETTINGS)
        said = document.core_properties
        said._element[:] = ()
        said.title, said.language = content.properties.get("title", content.kind), LANGUAGE
        written = [write_blocks(one) + paragraph_xml("Gap", layout=_page(one)) for one in parts[:-1]]
        written += (write_blocks(one) + _page(one) for one in parts[-1:])
        _set(document.element.body, f"<w:body {NAMESPACES}>{''.join(written)}</w:body>")
        before = None
        for part, section in zip(parts, document.sections, strict=True):
            if before is None or before != part.is_letter:
                _frame(section, shown, part, counts_all=len(parts) == 1)
            before = part.is_letter
        return _saved(document)


def _drop_template(document: Document) -> None:
    """Leave of the template what carries styles and settings."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in rels.items() if not one.reltype.endswith(_NEEDED)]:
            del rels[key]


def _set(element: Any, text: str) -> None:
    """Put the elements of a text in the place of those of an element."""
    from docx.oxml import parse_xml

    made: Any = parse_xml(text)
    element[:] = made[:]


def _picture(document: Document, shown: PlaceMap, wide: float) -> str:
    if not shown.data:
        return ""
    from docx.oxml.xmlchemy import serialize_for_reading
    from docx.shared import Mm

    drawn: Any = document.part.new_pic_inline(BytesIO(shown.data), width=Mm(wide))
    drawn.docPr.set("descr", shown.words)
    layout = '<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="right"/>'
    return paragraph_xml("Normal", f"<w:r><w:drawing>{serialize_for_reading(drawn)}</w:drawing></w:r>", layout=layout)


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
    tabs = tab_stop(part.width / 2, "center") + tab_stop(part.width, "right")
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
        text = paragraph_xml(style, *runs, layout=rule + spaced(tabs=tabs))
        _set(place._element, f"<w:hdr {NAMESPACES}>{text}</w:hdr>")


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
