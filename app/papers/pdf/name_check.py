"""Asks, before anything is drawn, whether every name can be printed and how large it will stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.papers import fonts
from app.papers.pdf import name_tags, roster_list
from app.papers.pdf.coverage import without_unseen
from app.papers.pdf.name_setting import NameTooLong, set_name
from app.papers.pdf.typefaces import FontCollection, UnknownCharacter, cells, open_collection, visible
from app.papers.rules import name_fitting as rules
from app.papers.rules.name_fitting import NameRule

_ROSTER_NAME = roster_list.NAME_WIDTH - 2 * roster_list.PADDING
_ROSTER_ORGANISATION = roster_list.ORGANISATION_WIDTH - 2 * roster_list.PADDING
_NAME_PLACES = (
    (roster_list.PLACE, rules.ROSTER_NAME, _ROSTER_NAME),
    (name_tags.PLACE, rules.TAG_NAME, name_tags.ROOM),
)
_READING_PLACES = (
    (roster_list.PLACE, rules.ROSTER_READING, _ROSTER_NAME),
    (name_tags.PLACE, rules.TAG_READING, name_tags.ROOM),
)
_ORGANISATION_PLACES = (
    (roster_list.PLACE, rules.ROSTER_ORGANISATION, _ROSTER_ORGANISATION),
    (name_tags.PLACE, rules.TAG_ORGANISATION, name_tags.ROOM),
)


@dataclass(frozen=True)
class SizeOnPaper:
    """How one text will stand on one paper; ``lines`` 0 = it fits no size. ``usual`` = at the size it starts with."""

    place: str
    size: float
    lines: int
    usual: bool

    @property
    def words(self) -> str:
        """「名札 22.5ポイント・2行」."""
        if not self.lines:
            return f"{self.place}に入りません"
        lines = f"・{self.lines}行" if self.lines > 1 else ""
        return f"{self.place} {self.size:g}ポイント{lines}"


def unprintable(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the characters no bundled font draws, by the text they stand in."""
    collection = open_collection(fonts.bundled_fonts_folder())
    faces = (collection.face("gothic"), collection.face("bold"))
    found: dict[str, tuple[str, ...]] = {}
    for text in texts:
        missing = []
        for cell in dict.fromkeys(cells(visible(text))):
            try:
                for face in faces:
                    _ = face.advances[cell]
            except UnknownCharacter:
                missing.append(cell)
        if missing:
            found[text] = tuple(missing)
    return found


def sizes_of_name(text: str) -> tuple[SizeOnPaper, ...]:
    """Return how a person's name stands on 受付名簿 and 名札."""
    return _sizes(text, _NAME_PLACES, "bold")


def sizes_of_reading(text: str) -> tuple[SizeOnPaper, ...]:
    """Return how a ふりがな stands on 受付名簿 and 名札."""
    return _sizes(text, _READING_PLACES, "gothic")


def sizes_of_organisation(text: str) -> tuple[SizeOnPaper, ...]:
    """Return how a 団体 stands on 受付名簿 and 名札."""
    return _sizes(text, _ORGANISATION_PLACES, "gothic")


def _sizes(text: str, places: tuple[tuple[str, NameRule, float], ...], face: str) -> tuple[SizeOnPaper, ...]:
    collection = open_collection(fonts.bundled_fonts_folder())
    shown = str(without_unseen(text))
    return tuple(_size(shown, place, rule, room, face, collection) for place, rule, room in places)


def _size(text: str, place: str, rule: NameRule, room: float, face: str, collection: FontCollection) -> SizeOnPaper:
    try:
        fitted = set_name(text, rule, room, collection, face, place)  # type: ignore[arg-type]
    except NameTooLong:
        return SizeOnPaper(place, 0.0, 0, usual=False)
    return SizeOnPaper(place, fitted.size, len(fitted.lines), usual=fitted.size == rule.start and len(fitted.lines) < 2)
