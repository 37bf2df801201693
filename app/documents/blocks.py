"""The blocks that every document is made of; PDF and Excel both draw exactly these.

A document's content is one ``DocumentContent``: header, footer and marks plus a tuple of blocks. Confirmed content is
kept under the written names of its classes and fields (``documents/written_blocks.py``), which fingerprints use too.
Builders in the ``documents`` layer of the subjects are pure functions from records to content. Widths are millimetres
of the PDF page.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, field
from typing import Literal

from app.documents.chart_blocks import ValueChart
from app.documents.guide_blocks import GuideSheet, PlaceMap
from app.documents.handout_blocks import (
    Banner,
    FormRows,
    HandoutItems,
    LabelSheet,
    NamedLines,
    NoticeBox,
    QuestionnaireEnd,
    QuestionnaireHead,
    QuestionOnPaper,
    TickRows,
)
from app.documents.ledger_blocks import LedgerSheet
from app.documents.wall_blocks import WallPlan
from db.record import frozen, record
from db.records.surveys import QuestionType

BLOCK_MODULES = (
    "app.documents.blocks",
    "app.documents.chart_blocks",
    "app.documents.guide_blocks",
    "app.documents.handout_blocks",
    "app.documents.ledger_blocks",
    "app.documents.wall_blocks",
)
"""Where the blocks of a document are declared, for those who walk all their texts."""
Align = Literal["left", "right", "center"]


@record
class NameTag:
    """One 名札; with all texts but ``event`` empty it is to be filled in by hand for a walk-in.

    ``mark`` stands in its corner: how the event stands, where it is not as planned. ``admission`` is the 入場番号,
    ``barcode`` the digits of the code beside it.
    """

    event: str
    organisation: str = ""
    name: str = ""
    reading: str = ""
    role: str = ""
    group: str = ""
    no_photo: bool = False
    mark: str = ""
    admission: str = ""
    barcode: str = ""


@record
class NameTags:
    """名札 of 91×55 mm, ten on a sheet, with cut marks."""

    tags: tuple[NameTag, ...]


@record
class SeatCard:
    """席札 as a block: one sheet folded in the middle, the same on both halves."""

    name: str
    organisation: str = ""
    event: str = ""


@record
class Certificate:
    """受講証 of one person, a page of its own: what it certifies in ``sentence`` and ``rows``, by whom and when."""

    title: str
    number: str
    organisation: str
    name: str
    sentence: str
    rows: tuple[tuple[str, str], ...]
    date: str
    sender: str


@record
class TableCard:
    """班札, folded in the middle: 班 and ファシリテーター in front, who sits there (reading, name, 団体) behind."""

    number: str
    event: str
    when: str
    facilitator: str = ""
    members: tuple[tuple[str, str, str], ...] = ()
    note: str = ""


@record
class DataSheet:
    """A worksheet of its own with one row per answer: ``columns`` are the headings, each cell a text or a written
    number.

    ``sheet`` names the worksheet, ``title`` stands above the table with ``lead`` under it, ``notes`` below the table;
    ``numbers`` are the indexes of the columns that hold only numbers. Only the first ``printed`` columns are printed
    (0 = all of them).
    """

    sheet: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    lead: str = ""
    notes: tuple[str, ...] = ()
    printed: int = 0


@record
class Letterhead:
    """Head of a letter or report: addressee left, date right, sender lines right.

    ``reference`` is a line above the date (文書番号, or empty). ``window`` are the lines of the postal address above
    the addressee, both where a window envelope shows them. ``admission`` is the 入場番号 in its box, and what is under
    it (「ほか 2人」), ``barcode`` the digits of the code beside it; ``places`` entry and number of everybody in it, not
    drawn.
    """

    addressee: str
    date: str
    sender: tuple[str, ...]
    reference: str = ""
    window: tuple[str, ...] = ()
    admission: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    barcode: str = ""
    key: str = ""
    entries: tuple[int, ...] = ()


@frozen
class Title:
    """The document's title, an optional subtitle, and an optional lead sentence under it.

    ``centred``: a form whose title stands in the middle, as that of a 届 does; that of other forms stands at the left.
    """

    text: str
    _: KW_ONLY
    subtitle: str = ""
    lead: str = ""
    centred: bool = False


@record
class Counted:
    """The table rows that a key figure counts: those of ``column`` in ``table`` whose text matches ``like``.

    In ``like`` ``*`` stands for any text; empty = the figure is the text of the first row itself. The workbook uses a
    formula for it.
    """

    table: str
    column: str
    like: str = ""


@frozen
class Figure:
    """One key figure: label above, numeral with unit, note below; an empty value is drawn empty.

    ``counted`` names the table rows that it counts, ``asked`` the question whose sum it repeats (「問8」), if any.
    """

    label: str
    value: str
    _: KW_ONLY
    unit: str
    note: str = ""
    counted: Counted | None = field(default=None, compare=False)
    asked: str = field(default="", compare=False)


@record
class KeyFigures:
    """Up to five key figures side by side between two rules."""

    figures: tuple[Figure, ...]


@frozen
class Heading:
    """Level 1: number white in a black box; level 2: 「(1)」 bold. ``right`` is a small note at the end.

    ``sheet`` (level 1 only) names the Excel sheet that starts here; empty = same sheet goes on.
    """

    level: Literal[1, 2]
    number: str
    text: str
    _: KW_ONLY
    right: str = ""
    sheet: str = ""


@frozen
class Paragraph:
    """Running text; ``style`` body, letter, note (small), or strong."""

    text: str
    _: KW_ONLY
    style: Literal["body", "letter", "note", "strong"] = "body"
    align: Align = "left"


@record
class Bullets:
    """A short list with ``・``; ``title`` bold above it when given."""

    items: tuple[str, ...]
    title: str = ""


@record
class KeyValues:
    """Rows of a grey label and a value (165 mm wide in all); a value may hold several lines."""

    rows: tuple[tuple[str, str], ...]
    label_width: float = 30


@record
class LetterItems:
    """The numbered items of a letter after 「記」: 「1　日時」 with the value 43 mm to the right.

    ``start`` is the number of the first item, so that a list can continue after a table; ``place_map`` is drawn beside
    them.
    """

    rows: tuple[tuple[str, str], ...]
    start: int = 1
    place_map: PlaceMap | None = None


@record
class BigNumber:
    """One number in a box (参加人数), with label before and unit after."""

    label: str
    value: str
    unit: str
    note: str = ""


@frozen
class Column:
    """A table column: heading, width in mm, alignment; ``tick`` an empty box per row, ``bar`` a bar of 0–100.

    ``choices``: the cell holds the chosen word, ringed among all of them.
    """

    title: str
    width: float
    _: KW_ONLY
    align: Align = "left"
    tick: bool = False
    choices: tuple[str, ...] = ()
    bar: bool = False


@frozen
class Table:
    """A table whose rows stay whole while they fit on a page and whose heading is repeated with （つづき）.

    ``bold_rows`` / ``group_rows`` are row numbers from 0 (a group row is a grey sub-heading whose first cell spans the
    table), ``grey_rows`` a break in a timetable; ``total_row`` keeps the last row with the one above it. ``ruled`` adds
    vertical hairlines for forms filled by hand, ``min_row_height`` is in mm. ``name`` names the table in the workbook.
    ``landscape``: it stands on landscape pages in the PDF. ``at_foot``: the last table of a paper stands whole at the
    foot of its last page, with the heading above it. ``type_size``: points of every cell and heading, which never get
    smaller; 0 = as closely as the page needs it.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    _: KW_ONLY
    name: str = ""
    note: str = ""
    bold_rows: tuple[int, ...] = ()
    group_rows: tuple[int, ...] = ()
    total_row: bool = False
    ruled: bool = False
    min_row_height: float = 0
    landscape: bool = False
    grey_rows: tuple[int, ...] = ()
    at_foot: bool = False
    type_size: float = 0


@record
class TallyRow:
    """One option of a tallied question: its printed number, text, people, percent as printed ("31.3").

    ``kind``: option, other (その他), exclusive (特になし), none (無回答), outside (選択肢にない回答). ``paper`` and
    ``online`` are the people by the way in which they answered, None = not known.
    """

    number: str
    text: str
    count: int
    percent: str
    kind: Literal["option", "other", "exclusive", "none", "outside"] = "option"
    paper: int | None = None
    online: int | None = None


TALLIED_AS = {
    QuestionType.ONE: "単一回答",
    QuestionType.SEVERAL: "複数回答",
    QuestionType.NUMBER: "数値回答",
    QuestionType.TEXT: "自由記述",
}


@record
class TallyChart:
    """The result of one question, never split over pages.

    A single answer (SA) is a 100 % band with a key table, multiple answers (MA) are bars inside the table. ``rows``
    are in print order (MA already sorted, the special rows last). ``base`` is n. ``sum_label`` such as 満足計 with
    ``sum_count`` people and ``sum_percent``; empty label = none. ``positive`` are the rows added up in that sum,
    ``base_name`` says what n is.
    """

    code: str
    title: str
    type: QuestionType
    base: int
    rows: tuple[TallyRow, ...]
    note: str
    reference_only: bool = False
    sum_label: str = ""
    sum_count: int = 0
    sum_percent: str = ""
    positive: tuple[str, ...] = ()
    base_name: str = "回収数"

    @property
    def rows_as_asked(self) -> tuple[TallyRow, ...]:
        """Return the rows in the order of the questionnaire, the special ones last.

        Counts are compared in this order: that of print follows the counts.
        """
        return tuple(sorted(self.rows, key=lambda row: int(row.number or len(self.rows) + 1)))


@record
class PairedBands:
    """A question asked twice with the same options: two bands of equal width over one table, never split."""

    labels: tuple[str, str]
    charts: tuple[TallyChart, TallyChart]
    note: str = ""


@record
class StageLine:
    """One tool on the scale 0–5 before (○) and after (●); ``text`` is "1 → 3", or "×　希望しない"."""

    tool: str
    before: int | None
    after: int | None
    text: str


@record
class StageChart:
    """到達状況 of a 派遣: one row per tool on a scale of six steps, without ranking; ``name`` is the heading of the
    rows.
    """

    words: tuple[str, ...]
    lines: tuple[StageLine, ...]
    note: str
    name: str = field(default="", compare=False)


@record
class SquareLine:
    """One ability: number of its goal or "", its text, and how many people had it before and after (None = unknown)."""

    goal: str
    text: str
    before: int | None
    after: int | None


@record
class SquareChart:
    """できるようになったこと of a 派遣: one square per person; black = before, hatched = gained since."""

    people: int
    lines: tuple[SquareLine, ...]
    note: str


@record
class GroupFlow:
    """One 班 of an 意見交換会: 課題 ▶ 分類・選定 ▶ 解決策 ▶ 発表, each with its text and number of sticky notes."""

    name: str
    facilitator: str
    members: str
    steps: tuple[tuple[str, str], ...]
    note: str = ""


@record
class Photo:
    """One photo: label 「写真1」, time, what it shows, and the picture (``data`` a JPEG, stored as file
    ``file_id``).
    """

    label: str
    time: str
    scene: str
    file_id: int
    data: bytes = b""


@record
class Photos:
    """Photos two by two in frames of 79×52 mm, four a page; no photo is cropped."""

    photos: tuple[Photo, ...]


@record
class Choice:
    """The possible words of a result in a row, the chosen one ringed.

    ``number`` is that of the item in a letter; 0 = it stands between rules, not in a letter.
    """

    label: str
    words: tuple[str, ...]
    chosen: str
    number: int = 0


@record
class Closing:
    """Block that prints the closing word 「以上」 at the right margin."""

    text: str = "以上"


@record
class Contact:
    """The enquiry box at the foot of a letter."""

    lines: tuple[str, ...]
    title: str = "問合せ先"


@record
class SheetBreak:
    """The start of a new Excel sheet (and, when ``page`` is set, a new PDF page) without a heading.

    With ``page``, ``restart`` begins a document whose pages count from 1 (serial letters), ``look`` sets the look of
    what follows (a letter inside a form), and ``type_size`` its type in points; empty or 0 = it stays.
    """

    sheet: str
    page: bool = False
    restart: bool = False
    look: Literal["", "report", "letter", "form"] = ""
    type_size: int = 0


@record
class RosterLine:
    """One person on the 受付名簿; an empty ``name`` is a place without a name yet, to be filled in by hand.

    ``entry_id`` and ``walk_in`` (came without being expected) are never drawn. ``care`` is a ● alone, ``no_photo`` the
    mark 撮影不可, ``photo`` another word about photographing. ``group`` starts a new band.
    """

    number: str
    organisation: str
    branch: str = ""
    name: str = ""
    reading: str = ""
    role: str = ""
    device: str = ""
    group: str = ""
    care: bool = False
    no_photo: bool = False
    note: str = ""
    entry_id: int = 0
    walk_in: bool = False
    admission: str = ""
    photo: str = ""


@record
class RosterList:
    """The rows of the 受付名簿 with totals, counts to fill in at check-in (label and unit), and lines for walk-ins.

    ``grouped`` shows the column 班; ``branch`` is the title of the column 支部, "" = it is left out.
    """

    lines: tuple[RosterLine, ...]
    totals: str
    counted: tuple[tuple[str, str], ...] = ()
    walk_ins: int = 2
    grouped: bool = False
    branch: str = "支部"


@record
class FillLine:
    """A line to fill in by hand; each part is a label, the millimetres to write on, and a unit or ""."""

    parts: tuple[tuple[str, float, str], ...]


@record
class SignBoxes:
    """Boxes side by side for signatures: a label and a line of text with room to write."""

    boxes: tuple[tuple[str, str], ...]


@record
class WriteBox:
    """A box of ``height`` mm to write in, with its label above; ``text`` is printed in it when known."""

    label: str
    height: float
    text: str = ""


@record
class InputCells:
    """Cells of one column to be filled in: ``rows`` cells from row ``first`` (from 0, -1 = the heading).

    ``name`` is what the first of them is called, "" = it has no name. ``kind`` is what they take, ``choices`` the
    words of a list; ``hint`` is shown when one is entered.
    """

    column: str
    first: int = 0
    rows: int = 1
    name: str = ""
    kind: Literal["", "count", "rate", "day", "text", "choice"] = ""
    choices: tuple[str, ...] = ()
    hint: str = ""


@record
class InputTable:
    """A table to be filled in on a PC; in print it is the table alone.

    Its ``table`` has a name, by which its columns are found in the workbook.
    """

    table: Table
    inputs: tuple[InputCells, ...]


Block = (
    Letterhead
    | Title
    | KeyFigures
    | Heading
    | Paragraph
    | Bullets
    | KeyValues
    | LetterItems
    | BigNumber
    | Table
    | TallyChart
    | PairedBands
    | StageChart
    | SquareChart
    | ValueChart
    | GroupFlow
    | Photos
    | Choice
    | Closing
    | Contact
    | SheetBreak
    | RosterList
    | NameTags
    | SeatCard
    | Certificate
    | TableCard
    | FillLine
    | SignBoxes
    | WriteBox
    | Banner
    | HandoutItems
    | NoticeBox
    | FormRows
    | NamedLines
    | TickRows
    | LabelSheet
    | QuestionnaireHead
    | QuestionOnPaper
    | QuestionnaireEnd
    | DataSheet
    | LedgerSheet
    | InputTable
    | WallPlan
    | GuideSheet
)


ORDINARY_PRINT = 14
LARGE_PRINT = 18
"""Points of the 拡大版 of a letter or form (``DocumentContent.type_size``); below it stands the size of its look."""
Look = Literal["report", "letter", "form", "roster", "card", "sheet", "ledger", "wall", "guide"]


@record
class KeptPages:
    """The kept letters that a content consists of.

    Attributes:
        ids: of each letter, in order. words: what they are, such as 「出した時の写し」.
        files: the PDF of each as it left, of ``pages`` in all; () before 施行, and for another type size.
        has_left: its letter is 施行.
    """

    ids: tuple[int, ...]
    words: str
    files: tuple[bytes, ...] = ()
    pages: int = 0
    has_left: bool = False


@record
class DocumentContent:
    """The complete content of a document, independent of how it is drawn.

    ``kind`` is the document kind, ``reference`` the 整理番号 under which it is logged, ``version`` its 版;
    ``personal`` = people are named or may be.
    ``look`` report (Gothic, header and footer), letter (Mincho body, no header), form (report with 17 pt title),
    roster (A4 landscape), card (A4 portrait without header and footer), sheet (a questionnaire to fill in, its type of
    ``type_size`` points), ledger (A4 landscape, one ``LedgerSheet``), wall (A3 landscape, one ``WallPlan``; PDF only),
    guide (one ``GuideSheet``; PDF only). A letter or card with a ``type_size`` of ``LARGE_PRINT`` is a 拡大版.
    ``first_sheet`` names the first Excel sheet. ``stamp`` is the mark on every page (「様式・受託者確認前」),
    ``sample`` adds 「見本」; ``outgoing`` documents bear no 区分 and no time.
    ``state_mark`` is how its event stands, large on every page (「中止」), ``passed_reason`` why it was made all the
    same. ``sheet_width`` (mm, Excel only) makes the sheet wider than its paper, printed on one page.
    ``ordinal`` is the number of the record or letter that it is of (0 = of none). ``counted_version``: its version
    follows from what left (``editions``); then ``says`` is the fingerprint of its content. ``numbered_copies``: so
    many, each numbered at the top (2部の1部目). ``copies`` are proposed for printing; 0 = one. ``close``: lines stand
    close; still closer where it takes more than ``at_most`` pages (0 = any number), and with ``packed`` in smaller
    type. ``kept``: it is what was kept of a letter. ``told``: the facts that a kept letter notifies, by
    matter; ``mail`` its text as a mail to copy.
    """

    kind: str
    reference: str
    version: int
    look: Look
    blocks: tuple[Block, ...]
    first_sheet: str
    file_stem: str
    header_left: str = ""
    header_right: str = ""
    footer_left: str = ""
    footer_right: str = ""
    stamp: str = ""
    state_mark: str = ""
    passed_reason: str = ""
    sample: bool = False
    personal: bool = False
    outgoing: bool = False
    type_size: int = ORDINARY_PRINT
    sheet_width: float = 0
    numbered_copies: int = 0
    copies: int = 0
    close: bool = False
    at_most: int = 0
    packed: bool = False
    counted_version: bool = False
    ordinal: int = 0
    says: str = ""
    properties: dict[str, str] = field(default_factory=dict)
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    mail: str = ""
    kept: KeptPages | None = None

    @property
    def letterheads(self) -> tuple[Letterhead, ...]:
        """Return the heads of its letters in their order."""
        return tuple(one for one in self.blocks if isinstance(one, Letterhead))
