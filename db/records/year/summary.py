"""Typed additions to the numbers of a year (年度まとめ)."""

from __future__ import annotations

from datetime import date

from db.fields import (
    FiscalYear,
    Item,
    Key,
    Origin,
    Reason,
    RecordedAt,
    RecordedBy,
)
from db.record import data_field, optional_field, record


@record
class EarlierFigure:
    """One number of an earlier year with its source; ``day`` is the last day counted, None = whole year.

    ``kind`` is a kind of event, ``item`` what was counted (延べ人数 …).
    """

    id: Key = 0
    fiscal_year: FiscalYear
    kind: str = data_field("種別", names_row=True, erasing="word")
    item: Item
    number: int = data_field("数")
    day: date | None = optional_field("いつまでの数か")
    source: Origin
    by: RecordedBy
    at: RecordedAt


@record
class YearReason:
    """Why a number differs from the 仕様書, in words or by a 協議; ``item`` is the row (講習会/各回の人数)."""

    id: Key = 0
    programme_id: Key
    item: Item
    reason: Reason
    agreement_id: Key | None = None
    by: RecordedBy
    at: RecordedAt


@record
class AnswerFigure:
    """One number that an answer quoted, with its name and source."""

    title: str = data_field("題名")
    value: str = data_field("数")
    source: str = data_field("出どころ")


@record
class YearAnswer:
    """An answer to a 議員 or a 照会 with the numbers it quoted, as of ``day``."""

    id: Key = 0
    programme_id: Key
    question: str = data_field("問い", names_row=True, erasing="free")
    asked_by: str = data_field("聞いた人", erasing="staff")
    asked_on: date = data_field("聞かれた日")
    figures: tuple[AnswerFigure, ...] = data_field("数と出どころ", erasing="word", default=())
    answer: str = data_field("答え", erasing="free")
    day: date = data_field("数が正しかった日")
    by: RecordedBy
    at: RecordedAt
