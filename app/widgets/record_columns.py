"""What a screen declares to get a list: columns, cells, a row's button, and the question for a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Tone = Literal["", "second", "red", "amber", "green", "accent"]
CellAlign = Literal["left", "right", "center"]
BlockState = Literal["done", "next", "planned", "open"]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: a main line, words in small beside it, and a small second line (basis, place).

    ``badge`` draws ``text`` as a badge of that status word; ``kind`` puts the square of an event
    kind before the main line, ``second_kind`` before the second one; ``icon`` a Phosphor name,
    coloured by ``icon_tone`` or else like the words.
    ``date`` uses the large bold face of a deadline. ``blocks`` draws a band of progress blocks
    above the second line. ``tip`` is shown on hover. Nothing is ever cut: it wraps.
    """

    text: str = ""
    second: str = ""
    aside: str = ""
    badge: str = ""
    kind: str = ""
    second_kind: str = ""
    icon: str = ""
    icon_tone: Tone = ""
    tone: Tone = ""
    second_tone: Tone = "second"
    aside_tone: Tone = "second"
    strong: bool = False
    date: bool = False
    blocks: tuple[BlockState, ...] = ()
    tip: str = ""

    def plain(self) -> str:
        """The cell as one line of text, for copying and searching."""
        return " ".join(part for part in (self.text or self.badge, self.aside, self.second) if part)


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """One column of a copied or exported table: its heading and the text of a row."""

    title: str
    show: Callable[[Any], str]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a list.

    ``show`` turns a row into a text or a ``Cell``. ``width`` in pixels at 標準 (0 = as wide as the
    content, at most ``widest`` when that is given); ``stretch`` takes the free room. ``sort`` gives the sort key of a row (default: the
    shown text; None values last); in a paged list ``key`` names the sort instead. ``narrow`` False
    hides the column below 1000 px, ``needs`` while the list itself is narrower than that. ``copied`` is the
    text for Ctrl+C and Excel when it differs; ``parts`` (or what gives them at that moment) stand there as
    columns of their own, because a sheet wants one fact a cell where the window shows several.
    """

    key: str
    title: str
    show: Callable[[Any], str | Cell]
    width: int = 0
    widest: int = 0
    stretch: bool = False
    align: CellAlign = "left"
    sort: Callable[[Any], Any] | None = None
    sortable: bool = True
    narrow: bool = True
    needs: int = 0
    copied: Callable[[Any], str] | None = None
    parts: Sequence[SheetPart] | Callable[[], Sequence[SheetPart]] = ()

    def sheet_parts(self) -> tuple[SheetPart, ...]:
        """The columns it becomes in a copied or exported table."""
        parts = self.parts() if callable(self.parts) else self.parts
        return tuple(parts) or (SheetPart(title=self.title, show=self.copied or self._plain),)

    def _plain(self, row: Any) -> str:
        return as_cell(self.show(row)).plain()


@dataclass(frozen=True, kw_only=True)
class RowAction:
    """The button of a row: its verb, filled when it is the one thing to do now."""

    text: str
    main: bool = False


@dataclass(frozen=True, kw_only=True)
class Query:
    """The question for one page. ``sort`` is a column key, with "-" before it for downward."""

    offset: int
    limit: int
    filter_text: str
    sort: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its rows, and how many there are in all under the filter."""

    rows: Sequence[Any]
    total: int


@dataclass(frozen=True)
class GroupHead:
    """A grouping row with its count."""

    title: str
    count: int


def as_cell(shown: str | Cell) -> Cell:
    """A text as a cell."""
    return shown if isinstance(shown, Cell) else Cell(text=shown)
