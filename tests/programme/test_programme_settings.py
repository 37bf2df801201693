"""The year's settings on a real store."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.user_error import UserError
from app.data_folder.services import clock
from app.event.services.tasks import deadlines
from app.programme import services as programme_services
from app.programme.intake import preset
from app.programme.parts import OFFICE_FIELDS
from db.records.programme import DocumentSetting
from tests.support.stores import new_store
from tests.support.years import TODAY, acting, add_lecture, at, started_year


def test_a_new_year_holds_the_numbers_of_the_specification(tmp_path):
    view = programme_services.read_programme(started_year(tmp_path))

    assert [one.kind for one in view.kinds] == ["講習会", "派遣", "意見交換会"]
    assert view.kind("派遣").report_period == "3週間以内"
    assert view.office.section == "協働推進課"
    assert view.contractor.responsible == "見本 花子"


def test_reading_before_the_first_start_is_refused_in_words(tmp_path):
    with pytest.raises(UserError, match="年度がまだ始まっていません"):
        programme_services.read_programme(new_store(tmp_path))


def test_the_same_year_is_not_started_twice(tmp_path):
    store = started_year(tmp_path)
    given = preset()

    with pytest.raises(UserError, match="もう始まっています"):
        programme_services.start_programme(
            acting(store), programme=given.programme, numbers=given.kinds, office=given.office
        )


def test_a_changed_period_moves_the_deadlines_that_rest_on_it(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, date(2026, 9, 30))
    numbers = programme_services.read_programme(store).kind("講習会")

    programme_services.change_numbers(acting(store), numbers=replace(numbers, headcount_period="7日前"))

    tasks = {task.task: task for task in deadlines.event_tasks(store, event_id=event_id, today=TODAY)}
    assert tasks["人数連絡"].nominal == date(2026, 9, 23)
    assert tasks["人数連絡"].due == date(2026, 9, 18)


def test_a_period_that_cannot_be_read_is_refused(tmp_path):
    store = started_year(tmp_path)
    numbers = programme_services.read_programme(store).kind("講習会")

    with pytest.raises(UserError, match="期限の決まりとして読めません"):
        programme_services.change_numbers(acting(store), numbers=replace(numbers, report_period="なるべく早く"))


def test_a_closed_day_of_the_office_moves_a_deadline_and_can_be_taken_back(tmp_path):
    store = started_year(tmp_path)
    event_id = add_lecture(store, date(2026, 9, 30))

    def due():
        tasks = deadlines.event_tasks(store, event_id=event_id, today=TODAY)
        return next(task.due for task in tasks if task.task == "人数連絡")

    assert due() == date(2026, 9, 25)
    saved = programme_services.add_closed_day(acting(store), day=date(2026, 9, 25), reason="庁舎の停電")
    assert due() == date(2026, 9, 24)
    programme_services.remove_closed_day(acting(store), closed_day_id=saved.id)
    assert due() == date(2026, 9, 25)


def test_a_day_that_is_closed_already_is_not_added(tmp_path):
    with pytest.raises(UserError, match="もう閉庁日です（秋分の日）"):
        programme_services.add_closed_day(acting(started_year(tmp_path)), day=date(2026, 9, 23), reason="")


def test_office_contractor_and_paper_settings_are_one_row_each(tmp_path):
    store = started_year(tmp_path)
    view = programme_services.read_programme(store)
    programme_services.set_office(acting(store), office=replace(view.office, phone="03-0000-0001"))
    programme_services.set_contractor(acting(store), contractor=replace(view.contractor, name="みほん株式会社"))
    for addressee in ("みほん株式会社", "みほん受託株式会社"):
        setting = DocumentSetting(document_kind="参加人数連絡書", addressee=addressee)
        programme_services.set_document_setting(acting(store), setting=setting)

    view = programme_services.read_programme(store)
    assert (view.office.phone, view.contractor.name) == ("03-0000-0001", "みほん株式会社")
    assert [row.addressee for row in view.document_settings] == ["みほん受託株式会社"]


def test_the_sample_year_has_its_own_today(tmp_path):
    store = started_year(tmp_path)
    real = at(date(2030, 1, 2))
    assert clock.today_of(store, real) == date(2030, 1, 2)

    sample = replace(programme_services.read_programme(store).programme, sample=True, sample_today=date(2026, 12, 1))
    programme_services.change_programme(acting(store), programme=sample)

    assert clock.now_of(store, real) == at(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": -1, "tax": None}, "契約金額が0円より小さくなっています"),
        ({"amount": 0, "tax": None}, None),
        ({"amount": None, "tax": None}, None),
        ({"amount": 0, "tax": 0}, None),
        ({"amount": 0, "tax": 1}, "消費税額が、契約金額（税込）より大きく"),
        ({"amount": None, "tax": 0}, "消費税額だけが入っています"),
        ({"tax_rate": -1}, "税率は0から100までの数です"),
        ({"tax_rate": 0}, None),
        ({"tax_rate": 100}, None),
        ({"tax_rate": 101}, "税率は0から100までの数です"),
    ],
)
def test_the_amount_and_the_rate_of_a_contract_have_their_bounds(changes, said):
    contract = replace(preset().programme, **changes)
    if said is None:
        programme_services.check_contract(contract)
    else:
        with pytest.raises(UserError, match=said):
            programme_services.check_contract(contract)


@pytest.mark.parametrize("tax", [0, 100])
def test_a_contract_may_have_a_tax_from_nothing_to_its_amount(tax):
    programme_services.check_contract(replace(preset().programme, amount=100, tax=tax))


@pytest.mark.parametrize("tax", [-1, 101])
def test_a_contract_has_no_tax_below_nothing_or_above_its_amount(tax):
    with pytest.raises(UserError, match="消費税額"):
        programme_services.check_contract(replace(preset().programme, amount=100, tax=tax))


@pytest.mark.parametrize(("typed", "told"), [("sato@example", True), ("sato@example.jp", False), ("", False)])
def test_an_address_that_no_mail_reaches_is_told(typed, told):
    (field,) = (one for one in OFFICE_FIELDS if one.key == "email")
    assert ("届かない形" in field.read_back(typed)) == told
