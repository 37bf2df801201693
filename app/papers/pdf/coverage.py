"""Which characters of a document no font can draw, said before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from app.papers import fonts
from app.papers.blocks import DocumentContent
from app.papers.pdf.typefaces import Face, UnknownCharacter, cells, open_collection, visible

# These name files, sheets and properties; they are never drawn.
_UNDRAWN = frozenset(("kind", "reference", "first_sheet", "file_stem", "properties", "sheet", "name"))


@dataclass(frozen=True)
class MissingCharacter:
    """One character that no font holds, and the text in which it stands."""

    text: str
    character: str


class MissingGlyph(Exception):
    """A text holds characters that cannot be printed; ``missing`` lists them."""

    def __init__(self, missing: tuple[MissingCharacter, ...]) -> None:
        """Say which characters of which texts are missing, in a sentence for staff."""
        self.missing = missing
        named = "、".join(f"「{item.text}」の「{item.character}」（{_code(item.character)}）" for item in missing)
        super().__init__(
            f"書体にない文字があるため、PDFを作れませんでした。{named}。"
            "入力した内容はそのまま残っています。別の字に置き換えることはしません。"
            "届出の字を確かめて、使える字で入力し直してください。"
        )


def missing_characters(content: DocumentContent, *, fonts_folder: Path | None = None) -> tuple[MissingCharacter, ...]:
    """List the characters of ``content`` that no bundled font draws, each with the text it stands in."""
    collection = open_collection(fonts_folder or fonts.bundled_fonts_folder())
    faces = [collection.face("gothic"), collection.face("bold")]
    if content.look == "letter" or any(getattr(block, "look", "") == "letter" for block in content.blocks):
        faces.append(collection.face("mincho"))
    known = {"\n"}
    found: dict[MissingCharacter, None] = {}
    for text in drawn_texts(content):
        for cell in dict.fromkeys(cells(visible(text))):
            if cell in known:
                continue
            if all(_holds(face, cell) for face in faces):
                known.add(cell)
            else:
                found.update(dict.fromkeys(MissingCharacter(line, cell) for line in _lines_with(text, cell)))
    return tuple(found)


def drawn_texts(value: Any) -> Iterator[str]:
    """Yield every text of a content or block that is drawn on paper."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from drawn_texts(item)
    elif is_dataclass(value):
        # The name of a table names it in a workbook; every other name is somebody's and is drawn.
        drawn_name = type(value).__name__ != "Table"
        for part in fields(value):
            if part.name not in _UNDRAWN or (part.name == "name" and drawn_name):
                yield from drawn_texts(getattr(value, part.name))


def _holds(face: Face, cell: str) -> bool:
    try:
        return face.advances[cell] >= 0
    except UnknownCharacter:
        return False


def _lines_with(text: str, cell: str) -> list[str]:
    """The lines of a text that hold a character: of a list of people those whom it concerns."""
    return [line.strip() for line in text.split("\n") if cell in cells(visible(line))]


def _code(character: str) -> str:
    return " ".join(f"U+{ord(part):04X}" for part in character)


def without_unseen(value: Any) -> Any:
    """Return a content or block whose texts hold no characters that never show (tab, zero width)."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, tuple):
        return tuple(without_unseen(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{part.name: without_unseen(getattr(value, part.name)) for part in fields(value)})
    return value
