"""A count with an unknown part that is never printed, shown or added up as 0."""

from __future__ import annotations

from collections.abc import Iterable

from app.common.join_nonempty import fill_nonempty
from db.record import record


@record
class PartialCount:
    """A number of people or things as far as it is known.

    ``known`` is the sum of what was noted, None = nothing was. ``unknown`` is the number of people of whom it is not
    known, ``missing`` the number of events (or other items added up) without a record: while there are any, ``known``
    is a minimum and 0 means nothing.
    """

    known: int | None = None
    unknown: int = 0
    missing: int = 0

    @property
    def exact(self) -> int | None:
        """Return the number if all of it is known, else None: only this may be compared or divided."""
        return None if self.unknown or self.missing else self.known

    @property
    def has_number(self) -> bool:
        """Return whether a number is known, if only a minimum; 0 is one only if nothing is unknown or missing."""
        return bool(self.known) or self.exact is not None

    def __add__(self, other: PartialCount) -> PartialCount:
        """Add both, their unknown parts too."""
        known = [one.known for one in (self, other) if one.known is not None]
        return PartialCount(
            known=sum(known) if known else None,
            unknown=self.unknown + other.unknown,
            missing=self.missing + other.missing,
        )

    def words(self, unit: str) -> str:
        """Return 「60台」, 「60台以上（15人 未確認）」, 「未確認（15人）」, 「記録なし」; "" where nothing is asked."""
        if self.has_number:
            return self.minimum_words(unit) + (f"（{self._unknown_words}）" if self.exact is None else "")
        if self.unknown:
            rest = fill_nonempty("、{}回 記録なし", self.missing)
            return f"未確認（{self.unknown}人{rest}）"
        return "記録なし" if self.missing else ""

    def words_in_brackets(self, unit: str) -> str:
        """Return ``words`` in a form for use inside brackets: 「18人以上、1回 記録なし」."""
        return self.words(unit).replace("（", "、").removesuffix("）")

    def minimum_words(self, unit: str = "") -> str:
        """Return the number for a narrow cell: 「60台」, 「60台以上」, "" where none is known."""
        return f"{self.known}{self.unit_words(unit)}" if self.has_number else ""

    def unit_words(self, unit: str) -> str:
        """Return the unit to show after the number where the two are placed apart: 「人」, 「人以上」."""
        return unit if self.exact is not None else f"{unit}以上"

    @property
    def _unknown_words(self) -> str:
        """Return what is not known: 「15人 未確認、1回 記録なし」, "" = everything is."""
        gaps = [f"{self.unknown}人 未確認"] if self.unknown else []
        gaps += [f"{self.missing}回 記録なし"] if self.missing else []
        return "、".join(gaps)


def sum_counts(counts: Iterable[PartialCount]) -> PartialCount:
    """Return the sum of counts, 0 of none."""
    whole = PartialCount(known=0)
    for one in counts:
        whole += one
    return whole


def sum_event_counts(numbers: Iterable[int | None]) -> PartialCount:
    """Return the sum of one number per event, of which None counts as an event without a record."""
    return sum_counts(PartialCount(missing=1) if one is None else PartialCount(known=one) for one in numbers)


def known_number(count: int | None, unknown: int | None) -> int | None:
    """Return a number of devices, None where it is not known: 0 counts only if everybody was asked.

    Args:
        count: how many are known, None = nobody noted any. unknown: for how many people it is not known, None = nobody
            counted those.
    """
    return None if not PartialCount(known=count, unknown=unknown or 0).has_number else count
