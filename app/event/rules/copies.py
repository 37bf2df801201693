"""Number of copies of a handout: the people and a reserve."""

from __future__ import annotations

from db.record import frozen

MIN_SPARE = 2
SPARE_PERCENT = 10


@frozen
class CopiesNeeded:
    """Number of copies of a handout: for ``people`` plus ``spare`` ones (予備)."""

    people: int
    spare: int

    @property
    def total(self) -> int:
        """Return the 必要部数."""
        return self.people + self.spare

    @property
    def words(self) -> str:
        """Return the sum as shown beside the number, 「15＋予備2＝17部」."""
        return f"{self.people}＋予備{self.spare}＝{self.total}部"


def required_copies(people: int) -> CopiesNeeded:
    """Return the 必要部数 for ``people`` (仕様書4 キ: 人数分); the reserve is the larger of 2 and 10 %, rounded up.

    Raises:
        ValueError: the number is negative.
    """
    if people < 0:
        raise ValueError("人数は0以上で入力してください。")
    tenth = -(-people * SPARE_PERCENT // 100)
    return CopiesNeeded(people, max(MIN_SPARE, tenth))


def copies_to_prepare(
    notified_people: int | None,
    current_people: int,
    *,
    draft_people: int | None = None,
    held: bool = False,
    asked: bool = True,
) -> tuple[CopiesNeeded, bool]:
    """Return the copies to prepare, and whether the number is final: notified, and unchanged since.

    Args:
        notified_people: the people last notified, None = never.
        current_people: those expected now, 0 = not known.
        draft_people: those of a notice that was made and not notified, None = none; if they differ from the notified
            ones the number is not final, as the printer may know it already.
        held: the event is over, so the people expected now do not matter for printing.
        asked: the contract asks to notify the people; a number that nobody waits for is final.
    """
    if notified_people is None:
        return required_copies(current_people), not asked
    if draft_people is not None and draft_people != notified_people:
        return required_copies(draft_people if held else current_people or draft_people), False
    if held or current_people in (0, notified_people):
        return required_copies(notified_people), True
    return required_copies(current_people), False
