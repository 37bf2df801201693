"""The texts of the 仕様書 that are compared, and the next year's numbers confirmed from them."""

from __future__ import annotations

from datetime import date
from typing import Literal

from db.frozen_record import frozen_record

SpecificationYear = Literal["この年度", "つぎの年度"]


@frozen_record
class SpecificationText:
    """One 仕様書 with its stored file (None = typed text) and the text extracted from it.

    Attributes:
        programme_id: the current year.
        side: whether it is the 仕様書 of that year or of the next one.
    """

    id: int = 0
    programme_id: int
    side: SpecificationYear
    file_id: int | None = None
    file_name: str
    text: str
    kept_on: date
    kept_by: str


@frozen_record
class NextValue:
    """One number of the next year, as somebody confirmed it from the new 仕様書; the next year starts with it.

    Attributes:
        programme_id: the current year.
        key: which number (「講習会.planned」).
        value: as stored.
        clause, quote: where the new 仕様書 has it, and the words it was read from ("" = typed without them).
    """

    id: int = 0
    programme_id: int
    key: str
    value: str
    clause: str = ""
    quote: str = ""
    confirmed_on: date
    confirmed_by: str
