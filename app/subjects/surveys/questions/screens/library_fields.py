"""The fields of the dialogs of the library: a master's name, kind and year, and when it was agreed."""

from __future__ import annotations

from datetime import date

from app.subjects.surveys.questions.parts.survey_fields import not_ahead
from app.subjects.surveys.questions.services.questionnaires import KINDS
from app.widgets.form_fields import Field

_KINDS = tuple((kind, kind) for kind in KINDS)
_NAME = Field(key="name", label="名称", width=360)


def year_field(*known: int | None) -> Field:
    """The year a master is for: two before and three after those that are known."""
    years = [year for year in known if year]
    choices = tuple((year, f"令和{year - 2018}年度") for year in range(min(years) - 2, max(years) + 4))
    return Field(key="fiscal_year", label="年度", kind="choice", choices=choices)


def master_fields(fiscal_year: int, *known: int | None, start: bool = False) -> tuple[Field, ...]:
    """Name, kind, year (``known`` = the one it has) and note; ``start`` also asks what to begin with."""
    begin = Field(
        key="from_default",
        label="はじめの設問",
        kind="radio",
        choices=((True, "標準の10問から始める"), (False, "空から始める")),
    )
    note = Field(key="note", label="備考", kind="lines", lines=2, optional=True)
    fields = (_NAME, Field(key="kind", label="種別", kind="radio", choices=_KINDS), year_field(fiscal_year, *known))
    return (*fields, begin, note) if start else (*fields, note)


def keep_fields(*years: int | None) -> tuple[Field, ...]:
    """Name and year of a master made from something that is there."""
    return (_NAME, year_field(*years))


def import_fields(*years: int | None) -> tuple[Field, ...]:
    """Name, kind and year of a set that was read from a file."""
    return (_NAME, Field(key="kind", label="種別", kind="radio", choices=_KINDS), year_field(*years))


def agreed_fields(today: date) -> tuple[Field, ...]:
    """When a master was agreed, and with whom."""
    return (
        Field(key="agreed_on", label="協議した日", kind="date", width=96, rule=lambda day: not_ahead(day, today)),
        Field(key="agreed_with", label="協議の相手", width=320, optional=True, placeholder="受託者の業務責任者"),
    )
