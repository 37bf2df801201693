"""Checks before drawing whether a font has every character, and at which size names will fit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from typing import Any

from app.common.text_walk import TextWalk
from app.documents import rules
from app.documents.blocks import BLOCK_MODULES, DocumentContent, StageChart, Table
from app.documents.chart_blocks import ValueChart
from app.documents.pdf.blocks import cards_and_labels, roster_list
from app.documents.pdf.typesetting.name_setting import NameTooLong, fit_name_to_room
from app.documents.pdf.typesetting.typefaces import (
    Face,
    FontCollection,
    UnknownCharacter,
    cells,
    open_collection,
    visible_text,
)
from app.documents.rules import NameRule
from db.record import frozen

# These name files, sheets and properties, or become a QR code or a barcode; they are never drawn as text.
_UNDRAWN = frozenset(
    (
        "kind",
        "reference",
        "first_sheet",
        "file_stem",
        "properties",
        "sheet",
        "name",
        "counted",
        "inputs",
        "url",
        "barcode",
        "key",
    )
)
_ROSTER_NAME = roster_list.NAME_WIDTH - 2 * roster_list.PADDING
_ROSTER_ORGANISATION = roster_list.ORGANISATION_WIDTH - 2 * roster_list.PADDING
_NAME_PLACES = (
    (roster_list.ROSTER_DOCUMENT, rules.ROSTER_NAME, _ROSTER_NAME),
    (cards_and_labels.TAG_DOCUMENT, rules.TAG_NAME, cards_and_labels.ROOM),
)
_READING_PLACES = (
    (roster_list.ROSTER_DOCUMENT, rules.ROSTER_READING, _ROSTER_NAME),
    (cards_and_labels.TAG_DOCUMENT, rules.TAG_READING, cards_and_labels.ROOM),
)
_ORGANISATION_PLACES = (
    (roster_list.ROSTER_DOCUMENT, rules.ROSTER_ORGANISATION, _ROSTER_ORGANISATION),
    (cards_and_labels.TAG_DOCUMENT, rules.TAG_ORGANISATION, cards_and_labels.ROOM),
)


@frozen
class MissingCharacter:
    """A character that cannot be printed, and the line of text that contains it."""

    text: str
    character: str


class MissingGlyph(Exception):
    """Error for texts with characters that cannot be printed; ``missing`` lists them."""

    def __init__(self, missing: tuple[MissingCharacter, ...]):
        """Build a sentence for staff that names the missing characters and their texts."""
        self.missing = missing
        named = "、".join(
            f"「{item.text}」の「{item.character}」（{_character_code(item.character)}）" for item in missing
        )
        super().__init__(
            f"書体にない文字があるため、PDFを作れませんでした。{named}。"
            "入力した内容はそのまま残っています。別の字に置き換えることはしません。"
            "その字の所だけを空けて書き出せます。"
        )


def missing_characters(content: DocumentContent) -> tuple[MissingCharacter, ...]:
    """Return the characters of ``content`` that gothic, bold or (of a letter) mincho lacks, each with its line."""
    collection = open_collection()
    faces = [collection.face("gothic"), collection.face("bold")]
    if content.look == "letter" or any(getattr(block, "look", "") == "letter" for block in content.blocks):
        faces.append(collection.face("mincho"))
    known = {"\n"}
    found = {}
    for text in drawn_texts(content):
        for cell in dict.fromkeys(cells(visible_text(text))):
            if cell in known:
                continue
            if all(_holds(face, cell) for face in faces):
                known.add(cell)
            else:
                found.update(dict.fromkeys(MissingCharacter(line, cell) for line in _lines_with(text, cell)))
    return tuple(found)


GAP = "〔　〕"
"""Printed in place of a character that is to be written by hand."""


def replace_by_gaps(value: Any, characters: Collection[str], texts: Collection[str]) -> Any:
    """Return a content or block with ``GAP`` for each of the characters, and for each whole text in ``texts``.

    What is not drawn (names of files and sheets) stays unchanged.
    """

    def gapped(text: str) -> str:
        """Return a text with gaps for the characters, or one gap for a whole text of ``texts``."""
        if text in texts or visible_text(text) in texts:
            return GAP
        parts = cells(visible_text(text))
        return "".join(GAP if part in characters else part for part in parts) if set(parts) & set(characters) else text

    return _DRAWN_TEXT_WALK.with_changed_texts(value, gapped)


def _drawn_fields(kind: type) -> tuple[str, ...]:
    """Return the fields of a block whose texts are drawn.

    The name of a table, scale or chart is only its name in a workbook; every other name is that of a person.
    """
    drawn_name = kind not in (Table, StageChart, ValueChart)
    return tuple(
        part.name for part in fields(kind) if part.name not in _UNDRAWN or (part.name == "name" and drawn_name)
    )


def drawn_texts(value: Any) -> Iterator[str]:
    """Yield every text of a content or block that is drawn on paper."""
    return _DRAWN_TEXT_WALK.texts(value)


_DRAWN_TEXT_WALK = TextWalk(
    "字形",
    searched=BLOCK_MODULES,
    fields_of=_drawn_fields,
    key_filter=lambda _name: False,
)
"""The search through drawn texts; mappings hold properties of the file and are skipped."""
_WHOLE = TextWalk(
    "見えない字",
    searched=BLOCK_MODULES,
)


def _holds(face: Face, cell: str) -> bool:
    try:
        return face.advances[cell] >= 0
    except UnknownCharacter:
        return False


def _lines_with(text: str, cell: str) -> list[str]:
    """Return the lines of a text that hold a character: of a list of people, those concerned."""
    return [line.strip() for line in text.split("\n") if cell in cells(visible_text(line))]


def _character_code(character: str) -> str:
    """Return the characters as Unicode code points, such as "U+9AD9"."""
    return " ".join(f"U+{ord(part):04X}" for part in character)


def without_invisible(value: Any) -> Any:
    """Return a content or block with the ``visible_text`` of its texts: no zero width, a tab as a wide space."""
    return _WHOLE.with_changed_texts(value, visible_text)


@frozen
class PrintedSize:
    """The size of a text on one document; ``lines`` 0 = it fits at no size, ``is_usual`` = at the usual size."""

    location: str
    size: float
    lines: int
    is_usual: bool

    @property
    def words(self) -> str:
        """Return 「名札 22.5ポイント・2行」, or that it does not fit there."""
        if not self.lines:
            return f"{self.location}に入りません"
        lines = f"・{self.lines}行" if self.lines > 1 else ""
        return f"{self.location} {self.size:g}ポイント{lines}"


def unprintable_in_names(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return ``unprintable_characters`` for a long list of names, opening fonts only for characters beyond code page
    932.
    """
    return unprintable_characters(text for text in texts if not _is_usual(text))


def _is_usual(text: str) -> bool:
    try:
        return bool(text.encode("cp932")) or not text
    except UnicodeEncodeError:
        return False


def unprintable_characters(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the characters that gothic or bold lacks, by the text that contains them; only texts with any."""
    collection = open_collection()
    faces = (collection.face("gothic"), collection.face("bold"))
    found = {}
    for text in texts:
        missing = [
            cell for cell in dict.fromkeys(cells(visible_text(text))) if not all(_holds(face, cell) for face in faces)
        ]
        if missing:
            found[text] = tuple(missing)
    return found


def sizes_of_name(text: str) -> tuple[PrintedSize, ...]:
    """Return the printed sizes of a person's name on 受付名簿 and 名札."""
    return _sizes(text, _NAME_PLACES, "bold")


def sizes_of_reading(text: str) -> tuple[PrintedSize, ...]:
    """Return the printed sizes of a ふりがな on 受付名簿 and 名札."""
    return _sizes(text, _READING_PLACES, "gothic")


def sizes_of_organisation(text: str) -> tuple[PrintedSize, ...]:
    """Return the printed sizes of a 団体 on 受付名簿 and 名札."""
    return _sizes(text, _ORGANISATION_PLACES, "gothic")


def _sizes(text: str, places: tuple[tuple[str, NameRule, float], ...], face: str) -> tuple[PrintedSize, ...]:
    collection = open_collection()
    shown = str(without_invisible(text))
    return tuple(_size(shown, place, rule, room, face, collection) for place, rule, room in places)


def _size(text: str, place: str, rule: NameRule, room: float, face: str, collection: FontCollection) -> PrintedSize:
    """Return the size in which a name is printed at one place; 0 lines where it fits at no size."""
    try:
        fitted = fit_name_to_room(text, rule, room, collection, face, place)  # type: ignore[arg-type]
    except NameTooLong:
        return PrintedSize(place, 0.0, 0, is_usual=False)
    return PrintedSize(
        place, fitted.size, len(fitted.lines), is_usual=fitted.size == rule.start and len(fitted.lines) < 2
    )
