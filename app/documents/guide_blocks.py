"""The parts of a 当日のしおり, what everybody who comes takes home, and the small map of a venue."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.frozen_record import frozen_record


@frozen_record
class PlaceMap:
    """The way to a venue as a drawing of five words; a way that lacks the station or the building is not drawn.

    ``minutes`` on foot, None = not known. ``source`` is who drew it and who permits it. A picture that somebody gave
    is drawn in its place: ``data`` a JPEG, kept as file ``file_id``.
    """

    station: str
    building: str
    exit: str = ""
    street: str = ""
    minutes: int | None = None
    source: str = ""
    file_id: int = 0
    data: bytes = field(default=b"", repr=False)

    @property
    def walk(self) -> str:
        """「徒歩 6分」, or empty."""
        return f"徒歩 {self.minutes}分" if self.minutes else ""

    @property
    def words(self) -> str:
        """The map in words, for whoever cannot see it."""
        way = "、".join(word for word in (self.exit, self.street, self.walk) if word)
        between = f"{self.station}から{self.building}まで" if self.station else self.building
        return f"{between}の略図" + (f"（{way}）" if way else "")


@dataclass(frozen=True)
class GuideTitle:
    """What the front names: the event large between a line above and lines below."""

    above: str
    title: str
    below: tuple[str, ...] = ()


@dataclass(frozen=True)
class GuideLines:
    """A heading and lines under it, each behind ``mark`` (「・」, 「□」 = a box to tick, or nothing).

    ``leading`` lines at the beginning are bold. ``as_of`` stands small beside the heading: the day that the lines are
    of, which makes no other paper of it. ``url`` becomes a QR code at the right.
    ``small`` sets the lines in the smaller type.
    """

    heading: str
    lines: tuple[str, ...]
    mark: str = ""
    leading: int = 0
    url: str = ""
    small: bool = False
    as_of: str = ""


@dataclass(frozen=True)
class GuideRows:
    """Rows between rules: a clock, a number or a word at the left, what it is, and a line on it.

    ``bold``: what a row is stands out (a timetable, steps), else it is running text (困ったとき).
    """

    heading: str
    rows: tuple[tuple[str, str, str], ...]
    bold: bool = True


@dataclass(frozen=True)
class GuideBox:
    """A box with a bold line and text under it."""

    title: str
    text: str


@dataclass(frozen=True)
class GuideWriting:
    """Room to write in: ``lines`` rules, of which ``least`` stay when room is short; 0 = one box."""

    heading: str
    lines: int = 0
    least: int = 0


GuidePart = GuideTitle | GuideLines | GuideRows | GuideBox | GuideWriting | PlaceMap


@frozen_record
class GuidePanel:
    """One of the four pages; ``foot`` stands at its lower end."""

    parts: tuple[GuidePart, ...]
    foot: tuple[GuidePart, ...] = ()


@frozen_record
class GuideSheet:
    """A sheet of A4 landscape, printed on both sides and folded once; in large type its pages follow each other."""

    front: GuidePanel
    left: GuidePanel
    right: GuidePanel
    back: GuidePanel

    @property
    def in_order(self) -> tuple[GuidePanel, ...]:
        """The pages as they are read."""
        return self.front, self.left, self.right, self.back
