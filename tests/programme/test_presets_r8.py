"""The preset of 令和8年度 says what the 仕様書 says."""

from datetime import date

from app.calendar.periods import parse_period
from app.programme.intake import preset


def test_the_three_kinds_carry_the_numbers_of_the_specification(lectures, dispatches, exchanges):
    assert [numbers.kind for numbers in preset().kinds] == ["講習会", "派遣", "意見交換会"]
    assert (lectures.window_start, lectures.window_end) == (date(2026, 9, 1), date(2026, 12, 25))
    assert (dispatches.window_start, dispatches.window_end) == (date(2026, 9, 1), date(2027, 3, 15))
    assert (exchanges.window_start, exchanges.window_end) == (date(2026, 9, 1), date(2027, 2, 14))
    assert (lectures.planned, lectures.planned_unit, lectures.strict, lectures.days) == (7, "回", False, None)
    assert (dispatches.planned, dispatches.planned_unit, dispatches.strict, dispatches.days) == (
        3,
        "団体",
        False,
        3,
    )
    assert (exchanges.planned, exchanges.planned_unit, exchanges.strict, exchanges.days) == (2, "回", True, 2)
    assert [(n.people_min, n.people_max) for n in preset().kinds] == [(10, 20), (10, 10), (10, 20)]
    assert [n.minutes for n in preset().kinds] == [120, 120, 120]
    assert [n.has_survey for n in preset().kinds] == [True, False, True]
    assert [n.report_period for n in preset().kinds] == ["1か月以内", "3週間以内", "1か月以内"]


def test_every_number_names_its_clause(lectures, dispatches, exchanges):
    for which, numbers in enumerate((lectures, dispatches, exchanges), start=1):
        clauses = {
            numbers.clause_window: "ア",
            numbers.clause_planned: "ウ",
            numbers.clause_people: "エ",
            numbers.clause_minutes: "オ",
            numbers.clause_content: "カ",
            numbers.clause_material: "キ",
            numbers.clause_equipment: "ク",
        }
        assert clauses == {f"仕4({which}){letter}": letter for letter in "アウエオカキク"}
    assert (lectures.clause_survey, lectures.clause_report) == ("仕4(1)ケ", "仕4(1)コ")
    assert (dispatches.clause_survey, dispatches.clause_report) == ("", "仕4(2)ケ")
    assert (exchanges.clause_survey, exchanges.clause_report) == ("仕4(3)ケ", "仕4(3)コ")


def test_every_preset_period_can_be_counted(programme):
    for numbers in preset().kinds:
        for text in (numbers.headcount_period, numbers.material_period, numbers.report_period):
            assert parse_period(text).words == text
    for text in (programme.proposal_period, programme.payment_period):
        assert parse_period(text).words == text


def test_the_contract_and_the_office_are_preset_without_any_person():
    programme, office = preset().programme, preset().office

    assert programme.title == "令和8年度 町会・自治会デジタル活用支援事業委託"
    assert (programme.fiscal_year, programme.term_end) == (2026, date(2027, 3, 31))
    assert programme.contract_date is None
    assert (programme.announce_days, programme.draft_lead_open_days) == ((7, 3, 0), 5)
    assert f"{office.ward}{office.department}{office.section}{office.unit}" == (
        "練馬区地域文化部協働推進課区民協働担当係"
    )
    assert (office.postal_code, office.phone, office.fax) == ("176-0001", "03-6759-9119", "03-6757-2026")
    assert office.document_symbol == ""
