"""Typed additions to the numbers of a year (年度まとめ)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from db.fields import (
    FiscalYear,
    Item,
    Key,
    Origin,
    Reason,
    RecordedAt,
    RecordedBy,
    Spec,
)
from db.record import record


@record
class EarlierFigure:
    """One number of an earlier year with its source; ``day`` is the last day counted, None = whole year.

    ``kind`` is a kind of event, ``item`` what was counted (延べ人数 …).
    """

    id: Key = 0
    fiscal_year: FiscalYear
    kind: Annotated[str, Spec("種別", names_row=True, erasing="word")]
    item: Item
    number: Annotated[int, Spec("数")]
    day: Annotated[date | None, Spec("いつまでの数か")] = None
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

    title: Annotated[str, Spec("題名")]
    value: Annotated[str, Spec("数")]
    source: Annotated[str, Spec("出どころ")]


@record
class YearAnswer:
    """An answer to a 議員 or a 照会 with the numbers it quoted, as of ``day``."""

    id: Key = 0
    programme_id: Key
    question: Annotated[str, Spec("問い", names_row=True, erasing="free")]
    asked_by: Annotated[str, Spec("聞いた人", erasing="staff")]
    asked_on: Annotated[date, Spec("聞かれた日")]
    figures: Annotated[tuple[AnswerFigure, ...], Spec("数と出どころ", erasing="word")] = ()
    answer: Annotated[str, Spec("答え", erasing="free")]
    day: Annotated[date, Spec("数が正しかった日")]
    by: RecordedBy
    at: RecordedAt
