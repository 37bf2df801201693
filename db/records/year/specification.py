"""The texts of the 仕様書 that are compared, and the next year's numbers confirmed from them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from db.fields import (
    BodyText,
    ConfirmedBy,
    FileName,
    HiddenKey,
    Key,
)
from db.record import data_field, one_of, record, text_field


class SpecificationYear(StrEnum):
    """Which year a 仕様書 is for."""

    THIS = "この年度"
    NEXT = "つぎの年度"

    is_next = one_of(NEXT)


@record
class SpecificationText:
    """One 仕様書 with its stored file (None = typed text) and the text extracted from it.

    Attributes:
        programme_id: the current year.
        side: whether it is the 仕様書 of that year or of the next one.
    """

    id: Key = 0
    programme_id: Key
    side: SpecificationYear = data_field("どちらの年度")
    file_id: Key | None = None
    file_name: FileName
    text: BodyText
    kept_on: date = data_field("残した日")
    kept_by: str = data_field("残した人", erasing="staff")


@record
class NextValue:
    """One number of the next year, as somebody confirmed it from the new 仕様書; the next year starts with it.

    Attributes:
        programme_id: the current year.
        key: which number (「講習会.planned」).
        value: as stored.
        clause, quote: where the new 仕様書 has it, and the words it was read from ("" = typed without them).
    """

    id: Key = 0
    programme_id: Key
    key: HiddenKey
    value: str = data_field("数", erasing="word")
    clause: str = text_field("根拠", "word")
    quote: str = text_field("引用する文", "free")
    confirmed_on: date = data_field("確認日")
    confirmed_by: ConfirmedBy
