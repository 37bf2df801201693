"""The blocks of a 当日のしおり, which participants take home, and the small map of a venue."""

from __future__ import annotations

from dataclasses import field

from app.common.join_nonempty import fill_nonempty
from db.record import frozen, record


@record
class PlaceMap:
    """The way to a venue as a drawing with five labels; not drawn without the station or the building.

    ``minutes`` on foot, None = not known. ``source`` is who drew it and who permits it. A supplied picture is drawn in
    its place: ``data`` a JPEG, stored as file ``file_id``.
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
        """Return 「徒歩 6分」, or ""."""
        return fill_nonempty("徒歩 {}分", self.minutes)

    @property
    def words(self) -> str:
        """Return 「見本駅から見本会館までの略図（南口、徒歩 6分）」, for whoever cannot see the map."""
        way = "、".join(word for word in (self.exit, self.street, self.walk) if word)
        between = f"{self.station}から{self.building}まで" if self.station else self.building
        return f"{between}の略図" + fill_nonempty("（{}）", way)


@frozen
class GuideTitle:
    """The front page: the event in large type between a line above and lines below."""

    above: str
    title: str
    below: tuple[str, ...] = ()


@frozen
class GuideLines:
    """A heading and lines under it, each after ``mark`` (「・」, 「□」 = a box to tick, or "").

    The first ``leading`` lines are bold. ``as_of`` is the date of the lines, small beside the heading; it makes no
    other edition. ``url`` becomes a QR code at the right. ``small`` sets the lines in the smaller type.
    """

    heading: str
    lines: tuple[str, ...]
    mark: str = ""
    leading: int = 0
    url: str = ""
    small: bool = False
    as_of: str = ""


@frozen
class GuideRows:
    """Rows between rules: a time, a number or a word at the left, its title, and a line about it.

    ``bold``: the titles stand out (a timetable, steps), else all is running text (困ったとき).
    """

    heading: str
    rows: tuple[tuple[str, str, str], ...]
    bold: bool = True


@frozen
class GuideBox:
    """A box with a bold line and text under it."""

    title: str
    text: str


@frozen
class GuideWriting:
    """Room to write: ``lines`` rules, of which at least ``least`` stay when room is short; 0 = one box."""

    heading: str
    lines: int = 0
    least: int = 0


GuidePart = GuideTitle | GuideLines | GuideRows | GuideBox | GuideWriting | PlaceMap


@record
class GuidePanel:
    """One of the four pages; ``foot`` is printed at its lower end."""

    parts: tuple[GuidePart, ...]
    foot: tuple[GuidePart, ...] = ()


@record
class GuideSheet:
    """An A4 landscape sheet, printed on both sides and folded once; in large type its pages follow each other."""

    front: GuidePanel
    left: GuidePanel
    right: GuidePanel
    back: GuidePanel

    @property
    def in_order(self) -> tuple[GuidePanel, ...]:
        """Return the pages in reading order."""
        return self.front, self.left, self.right, self.back
