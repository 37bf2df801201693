"""Writes the blocks of a document as the body of a Word file.

Blocks that no kind with Word has are not known here (``DocumentKind.formats``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import (
    Choice,
    Closing,
    Contact,
    DocumentContent,
    FillLine,
    Heading,
    KeyFigures,
    KeyValues,
    Letterhead,
    LetterItems,
    Paragraph,
    SheetBreak,
    SignBoxes,
    Table,
    Title,
)
from app.documents.excel.render import spell_out_choices
from app.documents.guide_blocks import PlaceMap
from app.documents.handout_blocks import NamedLines, NoticeBox
from app.documents.pdf.blocks.tables import setting_of
from app.documents.pdf.render import lay_out, layout_of, parts_of
from app.documents.pdf.typesetting.layout import split_note
from app.documents.pdf.typesetting.sizes import LANDSCAPE, MM, PORTRAIT, Density, Paper
from app.documents.text_marks import item_label, running_text
from app.documents.word.even_fonts import open_even_fonts, text_ems
from app.documents.word.text_styles import (
    BOLD,
    FRAME,
    MINCHO,
    family_key,
    label,
    paragraph_xml,
    run,
    size,
    spaced,
    tab_stop,
    twips,
)

_FIRST, _NAME, _VALUE = 4.0, 12.0, 47.0
"""Where number, name and value of a letter's item stand, in mm."""
_COLUMNS = tab_stop(_NAME) + tab_stop(_VALUE)
_BELOW = 10.0
"""Where the values of a 拡大版 stand, below their names."""
_EDGE, _HAIR = (f'w:val="single" w:sz="{wide}" w:space="0" w:color="auto"/>' for wide in (6, 2))
_BETWEEN = f"<w:insideV {_HAIR}"
_BOX = f"<w:top {_EDGE}<w:left {_EDGE}<w:bottom {_EDGE}<w:right {_EDGE}<w:insideH {_HAIR}{_BETWEEN}"
_RULES = f"<w:top {_EDGE}<w:bottom {_EDGE}<w:insideH {_HAIR}"
_GREY, _DARKER = "F0F0F0", "E6E6E6"
_WHITE_ON_BLACK = '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/>'


class Part(NamedTuple):
    """A part of a document that begins on a page of its own; ``counts`` its pages from 1.

    Attributes:
        content: the document with the blocks, the look and the type size of this part alone.
        is_letter, density: whose styles it has (``Family``). points: the size of its text.
        picture: returns the supplied picture of a map, so many mm wide, or "".
    """

    content: DocumentContent
    counts: bool
    paper: Paper
    is_letter: bool
    density: Density
    points: float
    picture: Callable[[PlaceMap, float], str]

    @property
    def width(self) -> float:
        """Return the width between its margins."""
        return self.paper.text_width

    def style(self, name: str) -> str:
        """Return the key of one of its styles."""
        return f"{family_key((self.is_letter, self.density))}{name}"

    def line(self, style: str, said: str, look: str = "", **layout: Any) -> str:
        """Return a text as a paragraph in one of its styles, laid out as ``spaced`` says."""
        return paragraph_xml(self.style(style), run(said, look), layout=spaced(**layout))


def word_parts(content: DocumentContent, picture: Callable[[PlaceMap, float], str]) -> Iterator[Part]:
    """Yield the parts of a document, each set as closely as its pages need it."""
    for one, restart in parts_of(spell_out_choices(content)):
        is_letter, density = one.look == "letter", lay_out(one, open_even_fonts()).density
        yield Part(
            content=one,
            counts=restart,
            paper=LANDSCAPE if one.look == "roster" else PORTRAIT,
            is_letter=is_letter,
            density=density,
            points=density.letter_size if is_letter else 10.0,
            picture=picture,
        )


def write_blocks(part: Part) -> str:
    """Return the blocks of a part as WordprocessingML."""
    return "".join(_WRITERS[type(block)](block, part) for block in part.content.blocks)


def _letterhead(block: Letterhead, part: Part) -> str:
    lines = [line.lstrip(" 　") for line in block.addressee.split("\n")]
    head = [part.line("Right", one) for one in (block.reference, block.date if part.is_letter else "") if one]
    if block.admission and part.is_letter:
        head.append(part.line("Left", f"　入場番号　{'　'.join(block.admission)}　", BOLD + FRAME))
    if not part.is_letter:
        lines[0] += f"\t{block.date}"
    lines[:0] = block.window
    tabs, to = tab_stop(part.width, "right"), len(block.window)
    head += [
        part.line("Left", line, before=0 if at else 4.6, left=4 if at > to else 0, tabs=tabs)
        for at, line in enumerate(lines)
    ]
    head += [part.line("Right", one, before=0 if at else 4.6) for at, one in enumerate(block.sender)]
    return "".join(head)


def _title(block: Title, part: Part) -> str:
    points, below, between = 18.0, 12.0, "\n"
    layout: dict[str, Any] = {"before": 5.0, "after": 2.0}
    lead = part.line("Left", block.lead, size(9.5), before=1, step=5.2) if block.lead else ""
    if part.is_letter:
        points = below = 14 * part.density.letter_scale
        layout = {"before": 7.0, "step": points * 0.53}
        lead = _paragraph(Paragraph(block.lead, style="letter"), part, before=4.6) if block.lead else ""
    elif part.content.look == "form" and not block.centred:
        points = 17.0
        wide = (text_ems(block.text) * points + text_ems(block.subtitle) * below) / MM + 8
        between = "\t" if wide <= part.width else between
        layout |= {"before": 1.0, "step": 8.0, "align": "left", "tabs": tab_stop(part.width, "right")}
    subtitle = run(f"{between}{block.subtitle}" if block.subtitle else "", size(below))
    return paragraph_xml("Title", run(block.text, size(points)), subtitle, layout=spaced(**layout)) + lead


def _heading(block: Heading, part: Part) -> str:
    right = run(f"\t{block.right}", f'<w:b w:val="0"/>{size(8.5)}') if block.right else ""
    tabs = tab_stop(part.width, "right")
    if block.level == 1 and not part.is_letter:
        number = f"{run(f' {block.number} ', _WHITE_ON_BLACK)}{run('　')}" if block.number else ""
        layout = spaced(part.density.heading_space - 1.4, tabs=tabs)
        return paragraph_xml("Heading1", number, run(block.text), right, layout=layout)
    words = run(join_nonempty(block.number, block.text), size(part.points) if part.is_letter else "")
    return paragraph_xml("Heading2", words, right, layout=spaced(part.density.above_part, tabs=tabs))


def _paragraph(block: Paragraph, part: Part, *, before: float = 1.4) -> str:
    if block.style == "note":
        return _note(block.text)
    points, look, step = part.points, label(10) if block.style == "strong" else "", 0.0
    if block.style == "letter" and not part.is_letter:
        points, step = part.density.letter_size, part.density.letter_leading
        look = size(points, MINCHO)
    written = []
    for number, text in enumerate(block.text.split("\n")):
        said = text
        layout: dict[str, Any] = {"align": block.align}
        if block.align == "left" and text.strip():
            begins, em = running_text(text, strong=block.style == "strong"), points / MM
            hang = max(text_ems(begins.mark), 1.7) * em if begins.mark else 0.0
            said = f"{begins.mark.rstrip(' 　')}\t{begins.text}" if begins.mark else begins.text
            layout = {"left": hang, "first": em if begins.is_indented else -hang}
        written.append(part.line("Body", said, look, before=0 if number else before, step=step, **layout))
    return "".join(written)


def _note(text: str, *, left: float = 0) -> str:
    return paragraph_xml("Note", run("\t".join(split_note(text))), layout=spaced(1.2, left=left + 4.6, first=-4.6))


def _item(head: tuple[str, str], values: Sequence[tuple[str, str]], part: Part) -> str:
    """Return an item of a letter: its lines, each with what stands at its right, beside number and name.

    In a 拡大版 they stand below.
    """
    name, start = "\t".join(filter(None, head)), _VALUE
    written, tabs = "", tab_stop(part.width, "right")
    look = label(part.points)
    layout: dict[str, Any] = {"before": part.density.item_space}
    if part.density.is_large:
        start = _BELOW if head[0] else 0.0
        written, name = part.line("Item", name, look, left=start, first=-start, **layout), ""
        layout = {}
    for line, right in values:
        hang = part.points / MM if line.startswith("・") else 0.0
        first = _FIRST - start if name else 0.0
        layout |= {"left": start + hang, "first": first - hang}
        stops = _COLUMNS if name else ""
        runs = run(fill_nonempty("{}\t", name), look), run(f"{line}\t{right}" if right else line)
        written += paragraph_xml(part.style("Item"), *runs, layout=spaced(**layout, tabs=stops + tabs))
        layout, name = {}, ""
    return written


def _letter_items(block: LetterItems, part: Part) -> str:
    items = [
        _item(item_label(name, str(at)), [(line, "") for line in value.split("\n")], part)
        for at, (name, value) in enumerate(block.rows, block.start)
    ]
    shown = block.place_map
    if shown is None:
        return "".join(items)
    words = join_nonempty(f"※　{shown.words}", shown.street, shown.source, separator="、")
    return "".join((*items, part.picture(shown, 58), _note(words, left=_VALUE)))


def _named_lines(block: NamedLines, part: Part) -> str:
    return _item((str(block.number), block.label), block.rows, part)


def _choice(block: Choice, part: Part) -> str:
    words = (run(word, BOLD + FRAME if word == block.chosen else "") for word in block.words)
    name = run(f"{block.number or ''}\t{block.label}\t", label(part.points))
    layout = spaced(left=_VALUE, first=_FIRST - _VALUE, tabs=_COLUMNS)
    return paragraph_xml(part.style("Item"), name, run("　・　").join(words), layout=layout)


def _closing(block: Closing, part: Part) -> str:
    return part.line("Right", block.text, before=1.6, right=4 if part.is_letter else 0)


def _contact(block: Contact, part: Part) -> str:
    points = part.points if part.is_letter else 9.0
    start = 0.0 if part.density.is_large else 36.0 if part.is_letter else 62.0
    wide = text_ems(block.title) * points / MM + 4.8
    rules = f"<w:top {_EDGE}<w:bottom {_EDGE}".replace('space="0"', 'space="4"')
    layout = f"<w:keepLines/><w:pBdr>{rules}</w:pBdr>{spaced(4, left=start + wide, first=-wide)}"
    return paragraph_xml(
        part.style("Contact"), run(block.title, BOLD), run("\t" + "\n".join(block.lines)), layout=layout
    )


def _key_values(block: KeyValues, part: Part) -> str:
    widths = (block.label_width, part.width - block.label_width)
    points, step = part.density.key_size, part.density.key_leading
    rows = [
        _row(
            _cell(part.line("Head", name), widths[0], fill=_GREY)
            + _cell(part.line("Cell", value, size(points), step=step), widths[1])
        )
        for name, value in block.rows
    ]
    return _grid(rows, widths, _RULES, part.density.key_padding)


def _table(block: Table, part: Part) -> str:
    setting = setting_of(block, layout_of(part.content, open_even_fonts(), part.density))
    widths = [plan.width for plan in setting.plans]

    def cells(style: str, texts: Iterable[str], look: str = "", fill: str = "") -> str:
        return "".join(
            _cell(part.line(style, "□" if one.tick and not text else text, look, align=one.align), wide, fill=fill)
            for one, wide, text in zip(block.columns, widths, texts, strict=True)
        )

    rows = [_row(cells("Head", [one.title for one in block.columns]), "<w:tblHeader/>")]
    high = f'<w:trHeight w:val="{twips(block.min_row_height)}"/>' if block.min_row_height else ""
    for number, texts in enumerate(block.rows):
        if number in block.group_rows:
            rows.append(_row(_cell(part.line("Head", texts[0]), part.width, fill=_DARKER, span=len(widths))))
            continue
        bold = number in block.bold_rows or (block.total_row and number == len(block.rows) - 1)
        look = size(setting.style.size, bold=bold)
        rows.append(_row(cells("Cell", texts, look, _GREY if number in block.grey_rows else ""), high))
    note = _note(block.note) if block.note else ""
    return _grid(rows, widths, _BOX if block.ruled else _RULES, setting.padding) + note


def _cell(inner: str, width: float, *, fill: str = "", span: int = 1) -> str:
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{over}{shade}</w:tcPr>{inner}</w:tc>'


def _row(cells: Iterable[str], shape: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{shape}</w:trPr>{''.join(cells)}</w:tr>"


def _grid(rows: Iterable[str], widths: Sequence[float], lines: str, padding: float) -> str:
    """Return a table between gaps, without which Word would join it to the next one; ``padding`` of its rows in mm."""
    above = f'w:w="{twips(padding / 2)}" w:type="dxa"'
    columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    gap = paragraph_xml("Gap")
    return (
        f'{gap}<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top {above}/><w:left w:w="85" w:type="dxa"/><w:bottom {above}/>'
        f'<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}'
        f"</w:tbl>{gap}"
    )


def _boxes(cells: Sequence[str], part: Part, *, lines: str = _BOX, shape: str = "") -> str:
    """Return cells side by side, equally wide."""
    wide = part.width / max(len(cells), 1)
    return _grid([_row((_cell(one, wide) for one in cells), shape)], [wide] * len(cells), lines, 2.5)


def _sheet_break(block: SheetBreak, _part: Part) -> str:
    return paragraph_xml("Gap", layout="<w:pageBreakBefore/>") if block.page else ""


def _sign_boxes(block: SignBoxes, part: Part) -> str:
    cells = [part.line("Head", name) + part.line("Cell", line) for name, line in block.boxes]
    return part.line("Left", "", step=4.0) + _boxes(cells, part, shape='<w:trHeight w:val="907"/>')


def _notice_box(block: NoticeBox, part: Part) -> str:
    points = block.size
    title = part.line("Cell", block.title, size(points + 1, bold=True), step=points * 0.55) if block.title else ""
    said = join_nonempty(block.text, "" if block.url in block.text else block.url, separator="\n")
    return _boxes([title + part.line("Cell", said, size(points, bold=block.strong), step=points * 0.52)], part)


def _fill_line(block: FillLine, part: Part) -> str:
    said = (f"{name}{'＿' * round(room / 3.2)}{unit}" for name, room, unit in block.parts)
    return part.line("Left", "　".join(said), size(9), before=1.6)


def _key_figures(block: KeyFigures, part: Part) -> str:
    cells = [
        part.line("Head", one.label, align="center")
        + part.line("Cell", f"{one.value} {one.unit}", size(16, bold=True), step=9, align="center")
        + part.line("Cell", one.note, size(7.5), align="center")
        for one in block.figures
    ]
    return _boxes(cells, part, lines=_RULES + _BETWEEN)


_WRITERS: dict[type, Callable[[Any, Part], str]] = {
    Letterhead: _letterhead,
    Title: _title,
    Heading: _heading,
    Paragraph: _paragraph,
    LetterItems: _letter_items,
    NamedLines: _named_lines,
    Choice: _choice,
    Closing: _closing,
    Contact: _contact,
    KeyValues: _key_values,
    Table: _table,
    SheetBreak: _sheet_break,
    SignBoxes: _sign_boxes,
    NoticeBox: _notice_box,
    FillLine: _fill_line,
    KeyFigures: _key_figures,
}
