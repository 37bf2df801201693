"""Typed additions to the numbers of a year (年度まとめ)."""

from __future__ import annotations

from datetime import date, datetime

from db.frozen_record import frozen_record


@frozen_record
class EarlierFigure:
    """One number of an earlier year with its source; ``day`` is the last day counted, None = whole year.

    ``kind`` is a kind of event, ``item`` what was counted (延べ人数 …).
    """

    id: int = 0
    fiscal_year: int
    kind: str
    item: str
    number: int
    day: date | None = None
    source: str
    by: str
    at: datetime


@frozen_record
class YearReason:
    """Why a number differs from the 仕様書, in words or by a 協議; ``item`` is the row (講習会/各回の人数)."""

    id: int = 0
    programme_id: int
    item: str
    reason: str
    agreement_id: int | None = None
    by: str
    at: datetime


@frozen_record
class AnswerFigure:
    """One number that an answer quoted, with its name and source."""

    title: str
    value: str
    source: str


@frozen_record
class YearAnswer:
    """An answer to a 議員 or a 照会 with the numbers it quoted, as of ``day``."""

    id: int = 0
    programme_id: int
    question: str
    asked_by: str
    asked_on: date
    figures: tuple[AnswerFigure, ...] = ()
    answer: str
    day: date
    by: str
    at: datetime
