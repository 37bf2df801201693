"""The names under which document blocks and their fields are written to files.

One entry per class; a class or a field that is added or renamed gets its line here (docs/adding.md, "A block").
"""

from __future__ import annotations

from typing import Final

from app.documents.blocks import (
    BigNumber,
    Bullets,
    Certificate,
    Choice,
    Closing,
    Column,
    Contact,
    Counted,
    DataSheet,
    DocumentContent,
    Figure,
    FillLine,
    GroupFlow,
    Heading,
    InputCells,
    InputTable,
    KeyFigures,
    KeyValues,
    Letterhead,
    LetterItems,
    NameTag,
    NameTags,
    PairedBands,
    Paragraph,
    Photo,
    Photos,
    RosterLine,
    RosterList,
    SeatCard,
    SheetBreak,
    SignBoxes,
    SquareChart,
    SquareLine,
    StageChart,
    StageLine,
    Table,
    TableCard,
    TallyChart,
    TallyRow,
    Title,
    WriteBox,
)
from app.documents.chart_blocks import ChartMark, ValueChart
from app.documents.guide_blocks import (
    GuideBox,
    GuideLines,
    GuidePanel,
    GuideRows,
    GuideSheet,
    GuideTitle,
    GuideWriting,
    PlaceMap,
)
from app.documents.handout_blocks import (
    Banner,
    FormField,
    FormRow,
    FormRows,
    HandoutItems,
    Label,
    LabelSheet,
    NamedLines,
    NoticeBox,
    QuestionnaireEnd,
    QuestionnaireHead,
    QuestionOnPaper,
    TickRow,
    TickRows,
)
from app.documents.ledger_blocks import (
    LedgerRowOnPaper,
    LedgerSheet,
)
from app.documents.wall_blocks import (
    WallDay,
    WallEntry,
    WallMonth,
    WallPlan,
)
from db.written_names import WrittenNames, declare_written_names

WRITTEN_BLOCKS: Final[tuple[WrittenNames, ...]] = (
    declare_written_names(
        NameTag,
        "NameTag",
        "event organisation name reading role group no_photo",
        not_compared="mark admission barcode",
        added_later="admission barcode",
    ),
    declare_written_names(NameTags, "NameTags", "tags"),
    declare_written_names(SeatCard, "SeatCard", "name organisation event"),
    declare_written_names(Certificate, "Certificate", "title number organisation name sentence rows date sender"),
    declare_written_names(TableCard, "TableCard", "number event when facilitator members note"),
    declare_written_names(DataSheet, "DataSheet", "sheet title columns rows numbers lead notes printed"),
    declare_written_names(
        Letterhead,
        "Letterhead",
        "addressee date sender reference window",
        not_compared="admission places barcode",
        added_later="barcode",
    ),
    declare_written_names(Title, "Title", "text subtitle lead", not_compared="centred"),
    declare_written_names(Counted, "Counted", "table column like"),
    declare_written_names(Figure, "Figure", "label value unit note counted", not_compared="asked"),
    declare_written_names(KeyFigures, "KeyFigures", "figures"),
    declare_written_names(Heading, "Heading", "level number text right sheet"),
    declare_written_names(Paragraph, "Paragraph", "text style align"),
    declare_written_names(Bullets, "Bullets", "items title"),
    declare_written_names(KeyValues, "KeyValues", "rows label_width"),
    declare_written_names(LetterItems, "LetterItems", "rows start", not_compared="place_map"),
    declare_written_names(BigNumber, "BigNumber", "label value unit note"),
    declare_written_names(Column, "Column", "title width align tick choices", not_compared="bar"),
    declare_written_names(
        Table,
        "Table",
        "columns rows name note bold_rows group_rows total_row ruled min_row_height landscape grey_rows",
        not_compared="at_foot type_size",
        added_later="type_size",
    ),
    declare_written_names(TallyRow, "TallyRow", "number text count percent kind paper online"),
    declare_written_names(
        TallyChart,
        "TallyChart",
        "code title type base rows note reference_only sum_label sum_count sum_percent positive base_name",
    ),
    declare_written_names(PairedBands, "PairedBands", "labels charts note"),
    declare_written_names(StageLine, "StageLine", "tool before after text"),
    declare_written_names(StageChart, "StageChart", "words lines note name"),
    declare_written_names(SquareLine, "SquareLine", "goal text before after"),
    declare_written_names(SquareChart, "SquareChart", "people lines note"),
    declare_written_names(ChartMark, "ChartMark", "label value text below fill lowest highest reference_only group"),
    declare_written_names(
        ValueChart,
        "ValueChart",
        "name shape marks ticks label_name value_name unit range_name legend reference_name note",
    ),
    declare_written_names(GroupFlow, "GroupFlow", "name facilitator members steps note"),
    declare_written_names(Photo, "Photo", "label time scene file_id data"),
    declare_written_names(Photos, "Photos", "photos"),
    declare_written_names(Choice, "Choice", "label words chosen", not_compared="number"),
    declare_written_names(Closing, "Closing", "text"),
    declare_written_names(Contact, "Contact", "lines title"),
    declare_written_names(
        SheetBreak, "SheetBreak", "sheet page restart look", not_compared="type_size", added_later="type_size"
    ),
    declare_written_names(
        RosterLine,
        "RosterLine",
        "number organisation branch name reading role device group care no_photo note entry_id walk_in",
        not_compared="admission",
        added_later="photo",
    ),
    declare_written_names(RosterList, "RosterList", "lines totals counted walk_ins grouped"),
    declare_written_names(FillLine, "FillLine", "parts"),
    declare_written_names(SignBoxes, "SignBoxes", "boxes"),
    declare_written_names(WriteBox, "WriteBox", "label height text"),
    declare_written_names(InputCells, "InputCells", "column first rows name kind choices hint"),
    declare_written_names(InputTable, "InputTable", "table inputs"),
    declare_written_names(
        DocumentContent,
        "DocumentContent",
        "kind reference version look blocks first_sheet file_stem header_left header_right footer_left "
        "footer_right stamp state_mark passed_reason sample personal outgoing type_size sheet_width "
        "numbered_copies copies close at_most properties",
        not_compared="packed counted_version says ordinal",
        added_later="packed counted_version says ordinal",
    ),
    declare_written_names(GuideSheet, "GuideSheet", "front left right back"),
    declare_written_names(
        PlaceMap, "PlaceMap", "station building exit street minutes source file_id", not_compared="data"
    ),
    declare_written_names(GuideTitle, "GuideTitle", "above title below"),
    declare_written_names(GuideLines, "GuideLines", "heading lines mark leading url small", not_compared="as_of"),
    declare_written_names(GuideRows, "GuideRows", "heading rows bold"),
    declare_written_names(GuideBox, "GuideBox", "title text"),
    declare_written_names(GuideWriting, "GuideWriting", "heading lines least"),
    declare_written_names(GuidePanel, "GuidePanel", "parts foot"),
    declare_written_names(Banner, "Banner", "headline above below lead plain"),
    declare_written_names(FormRows, "FormRows", "rows"),
    declare_written_names(HandoutItems, "HandoutItems", "rows large"),
    declare_written_names(LabelSheet, "LabelSheet", "labels size start"),
    declare_written_names(NamedLines, "NamedLines", "label rows number"),
    declare_written_names(NoticeBox, "NoticeBox", "title text size url", not_compared="strong"),
    declare_written_names(QuestionnaireEnd, "QuestionnaireEnd", "text"),
    declare_written_names(QuestionnaireHead, "QuestionnaireHead", "title event day lines asked_by url url_text"),
    declare_written_names(
        QuestionOnPaper, "QuestionOnPaper", "code number title type hint note options written unit room"
    ),
    declare_written_names(TickRows, "TickRows", "rows kind"),
    declare_written_names(FormField, "FormField", "caption text share"),
    declare_written_names(FormRow, "FormRow", "label fields height"),
    declare_written_names(TickRow, "TickRow", "text ticks value room"),
    declare_written_names(Label, "Label", "organisation person postal_code address mark"),
    declare_written_names(
        LedgerSheet, "LedgerSheet", "title about handling titles widths rows numbers totals note boxes"
    ),
    declare_written_names(LedgerRowOnPaper, "LedgerRowOnPaper", "cells struck correction cancelled counts"),
    declare_written_names(WallPlan, "WallPlan", "title about legend also months sums below"),
    declare_written_names(WallEntry, "WallEntry", "kind text"),
    declare_written_names(WallDay, "WallDay", "weekday closed holiday entries"),
    declare_written_names(WallMonth, "WallMonth", "title era days"),
)
"""The written names; the first form of each was written by versions with database schema 51."""
