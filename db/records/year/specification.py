"""The texts of the 仕様書 that are compared, and the next year's numbers confirmed from them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from db.fields import (
    BodyText,
    ConfirmedBy,
    FileName,
    HiddenKey,
    Key,
    Spec,
)
from db.record import one_of, record


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
    side: Annotated[SpecificationYear, Spec("どちらの年度")]
    file_id: Key | None = None
    file_name: FileName
    text: BodyText
    kept_on: Annotated[date, Spec("残した日")]
    kept_by: Annotated[str, Spec("残した人", erasing="staff")]


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
    value: Annotated[str, Spec("数", erasing="word")]
    clause: Annotated[str, Spec("根拠", erasing="word")] = ""
    quote: Annotated[str, Spec("引用する文", erasing="free")] = ""
    confirmed_on: Annotated[date, Spec("確認日")]
    confirmed_by: ConfirmedBy
