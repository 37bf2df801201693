"""The numbers of 令和8年度 as the 仕様書 states them; every one is a setting that a later year changes."""

from __future__ import annotations

from datetime import date

from db.records.programme import KindNumbers, Office, Programme

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


def _lectures_r8() -> KindNumbers:
    """デジタル活用講習会 (仕様書4(1))."""
    return KindNumbers(
        kind="講習会",
        window_start=_FIRST_DAY,
        window_end=date(2026, 12, 25),
        planned=7,
        planned_unit="回",
        strict=False,
        days=None,
        people_min=10,
        people_max=20,
        minutes=120,
        headcount_period="5日前",
        material_period="2週間前",
        has_survey=True,
        report_period="1か月以内",
        clause_window="仕4(1)ア",
        clause_planned="仕4(1)ウ",
        clause_people="仕4(1)エ",
        clause_minutes="仕4(1)オ",
        clause_content="仕4(1)カ",
        clause_material="仕4(1)キ",
        clause_equipment="仕4(1)ク",
        clause_survey="仕4(1)ケ",
        clause_report="仕4(1)コ",
    )


def _dispatches_r8() -> KindNumbers:
    """アドバイザー派遣による個別支援 (仕様書4(2)): no survey, so ケ is the report."""
    return KindNumbers(
        kind="派遣",
        window_start=_FIRST_DAY,
        window_end=date(2027, 3, 15),
        planned=3,
        planned_unit="団体",
        strict=False,
        days=3,
        people_min=10,
        people_max=10,
        minutes=120,
        headcount_period="5日前",
        material_period="2週間前",
        has_survey=False,
        report_period="3週間以内",
        clause_window="仕4(2)ア",
        clause_planned="仕4(2)ウ",
        clause_people="仕4(2)エ",
        clause_minutes="仕4(2)オ",
        clause_content="仕4(2)カ",
        clause_material="仕4(2)キ",
        clause_equipment="仕4(2)ク",
        clause_survey="",
        clause_report="仕4(2)ケ",
    )


def _exchanges_r8() -> KindNumbers:
    """デジタル意見交換会 (仕様書4(3)): 全2回 and 2日間 without 程度, so strict."""
    return KindNumbers(
        kind="意見交換会",
        window_start=_FIRST_DAY,
        window_end=date(2027, 2, 14),
        planned=2,
        planned_unit="回",
        strict=True,
        days=2,
        people_min=10,
        people_max=20,
        minutes=120,
        headcount_period="5日前",
        material_period="2週間前",
        has_survey=True,
        report_period="1か月以内",
        clause_window="仕4(3)ア",
        clause_planned="仕4(3)ウ",
        clause_people="仕4(3)エ",
        clause_minutes="仕4(3)オ",
        clause_content="仕4(3)カ",
        clause_material="仕4(3)キ",
        clause_equipment="仕4(3)ク",
        clause_survey="仕4(3)ケ",
        clause_report="仕4(3)コ",
    )


def kind_numbers_r8() -> tuple[KindNumbers, ...]:
    """The numbers of the three kinds of event, in the order of the 仕様書."""
    return (_lectures_r8(), _dispatches_r8(), _exchanges_r8())


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
