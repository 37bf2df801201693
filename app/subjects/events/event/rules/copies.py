"""How many copies of a handout are needed: the people and a reserve."""

from __future__ import annotations

from dataclasses import dataclass

MIN_SPARE = 2
SPARE_PERCENT = 10


@dataclass(frozen=True)
class CopiesNeeded:
    """Copies for ``people`` and the ``spare`` ones (予備)."""

    people: int
    spare: int

    @property
    def total(self) -> int:
        """必要部数."""
        return self.people + self.spare

    @property
    def words(self) -> str:
        """The sum as it stands beside the number: 「15＋予備2＝17部」."""
        return f"{self.people}＋予備{self.spare}＝{self.total}部"


def required_copies(people: int) -> CopiesNeeded:
    """必要部数 for ``people`` (仕様書4 キ: 人数分): the reserve is the larger of 2 and 10 %, rounded up.

    Raises ValueError for a negative number.
    """
    if people < 0:
        raise ValueError("人数は0以上で入力してください。")
    tenth = -(-people * SPARE_PERCENT // 100)
    return CopiesNeeded(people, max(MIN_SPARE, tenth))


def copies_to_prepare(
    notified_people: int | None, current_people: int, *, draft_people: int | None = None, held: bool = False
) -> tuple[CopiesNeeded, bool]:
    """Return the copies to count on and whether they are final: what was told and is still so.

    Args:
        notified_people: the people told last, None = nobody was told. now: those expected now, 0 = not known.
        draft_people: those of a notice that was made and not told; whoever prints may know it already, but nothing says
        so. held: the event is over, so that what is expected now says no more what to print.
    """
    if notified_people is None:
        return required_copies(current_people), False
    if draft_people is not None and draft_people != notified_people:
        return required_copies(draft_people if held else current_people or draft_people), False
    if held or current_people in (0, notified_people):
        return required_copies(notified_people), True
    return required_copies(current_people), False
