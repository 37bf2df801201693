"""The numbers of 令和8年度 as stated in the 仕様書, the initial values of editable settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.programme.rules.event_kinds import kind_facts
from db.records.programme import Kind, KindNumbers, Office, Programme

FISCAL_YEAR_R8 = 2026
_FIRST_DAY = date(2026, 9, 1)


def programme_r8() -> Programme:
    """The contract of 令和8年度 (仕様書1, 3, 4(4), 5); the contract date is not known in advance."""
    return Programme(
        fiscal_year=FISCAL_YEAR_R8,
        title="令和8年度 町会・自治会デジタル活用支援事業委託",
        term_end=date(2027, 3, 31),
        proposal_period="2週間以内",
        payment_period="30日以内",
    )


def _numbers_r8(
    kind: Kind, place: int, *, window_end: date, planned: int, days: int | None, report_period: str
) -> KindNumbers:
    """Return the numbers that the 仕様書 states alike for every kind; ``place`` is its item in 仕様書4."""
    clause, facts = f"仕4({place})", kind_facts(kind)
    return KindNumbers(
        kind=kind,
        form=facts.form,
        window_start=_FIRST_DAY,
        window_end=window_end,
        planned=planned,
        planned_unit="回",
        strict=False,
        days=days,
        people_min=10,
        people_max=20,
        minutes=120,
        headcount_period="5日前",
        material_period="2週間前",
        has_survey=facts.has_survey,
        report_period=report_period,
        clause_window=f"{clause}ア",
        clause_planned=f"{clause}ウ",
        clause_people=f"{clause}エ",
        clause_minutes=f"{clause}オ",
        clause_content=f"{clause}カ",
        clause_material=f"{clause}キ",
        clause_equipment=f"{clause}ク",
        clause_survey=f"{clause}ケ",
        clause_report=f"{clause}コ",
    )


def kind_numbers_r8() -> tuple[KindNumbers, ...]:
    """The numbers of the three kinds of event, in the order of the 仕様書.

    アドバイザー派遣 has no survey, so ケ is its report; デジタル意見交換会 is 全2回 and 2日間 without 程度, so strict.
    """
    lectures = _numbers_r8("講習会", 1, window_end=date(2026, 12, 25), planned=7, days=None, report_period="1か月以内")
    dispatches = _numbers_r8("派遣", 2, window_end=date(2027, 3, 15), planned=3, days=3, report_period="3週間以内")
    exchanges = _numbers_r8("意見交換会", 3, window_end=date(2027, 2, 14), planned=2, days=2, report_period="1か月以内")
    return (
        lectures,
        replace(dispatches, planned_unit="団体", people_max=10, clause_survey="", clause_report="仕4(2)ケ"),
        replace(exchanges, strict=True),
    )


def office_r8() -> Office:
    """The section in charge (仕様書8); names of people are never preset."""
    return Office(
        ward="練馬区",
        department="地域文化部",
        section="協働推進課",
        unit="区民協働担当係",
        postal_code="176-0001",
        address="練馬区練馬1丁目17番1号 ココネリ3階",
        phone="03-6759-9119",
        fax="03-6757-2026",
    )
