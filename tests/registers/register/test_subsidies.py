"""補助金 of the 団体: their days on home, closed by an act, printed, and proposed to the next year."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.user_error import UserError
from app.calendar.office_days import OfficeCalendar
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import render_document
from app.event.services.tasks.follow_ups import read_year_follow_ups
from app.history import services as history_services
from app.registers.register.rules import next_year_proposal
from app.registers.register.services import subsidies
from app.registers.register.services.organisation_view import RECORD
from app.year.dates.services import close_year, next_year_draft, start_year
from db.records.organisations import Organisation, Subsidy
from db.rows import by_id, rows
from tests.support.organisation_lists import import_organisations
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}
TODAY = NOW.date()


def grant(store, **more):
    organisation = rows(store.database, Organisation)[12]
    given = {"name": "活動の補助金", "apply_by": date(2026, 12, 11), "report_by": date(2027, 3, 31)} | more
    subsidy = Subsidy(organisation_id=organisation.id, fiscal_year=2026, **given)
    return organisation, subsidies.save_subsidy(acting(store), subsidy=subsidy).id


def waiting(store):
    found = read_year_follow_ups(store, TODAY)
    return [
        (one.label, one.detail, one.due, one.link.organisation_id) for one in found if one.task == subsidies.SUBSIDY
    ]


def test_a_subsidy_stands_on_home_by_its_next_day_until_an_act_closes_it(store):
    organisation, row_id = grant(store)
    name = f"{organisation.name}　活動の補助金"
    first = (f"{name}の申請", "まだ案内していません", date(2026, 12, 11), organisation.id)
    assert waiting(store) == [first]

    def note(state, **more):
        one = replace(by_id(store.database, Subsidy, row_id), state=state, **more)
        return subsidies.save_subsidy(acting(store), subsidy=one)

    note("案内済", state_on=date(2026, 11, 20))
    assert waiting(store) == [(first[0], "案内済", *first[2:])]
    note("申請済")
    assert by_id(store.database, Subsidy, row_id).state_on == TODAY, "a new state is of its own day"
    assert waiting(store) == [(f"{name}の実績報告", "申請済", date(2027, 3, 31), organisation.id)]
    note("実績報告済")
    assert waiting(store) == []
    history_services.undo(store, **WHO)
    history_services.undo(store, **WHO)
    assert by_id(store.database, Subsidy, row_id).state_on == date(2026, 11, 20)
    said = said_by(
        render_document(
            store, scope=DocumentScope(organisation_id=organisation.id), kind=RECORD, format="pdf", now=NOW
        ).content
    )
    for words in ("5\n補助金\n", "活動の補助金\nR8.12.11\nR9.3.31\n案内済\nR8.11.20"):
        assert words in said, words
    close_year(acting(store), fiscal_year=2026, day=TODAY, reason="検査と支払が済んだ")
    assert waiting(store) == [], "a closed year leaves home"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": " ", "note": "申請中"}, "どの補助金か"),
        ({"name": "", "apply_by": None, "report_by": None}, "名称も金額も"),
        ({"report_by": date(2026, 12, 10)}, "申請期限より前"),
        ({"state": "案内済", "state_on": date(2026, 12, 2)}, "先の日付"),
    ],
)
def test_what_cannot_be_is_refused(store, given, words):
    with pytest.raises(UserError, match=words):
        grant(store, **given)


def test_the_next_year_is_offered_what_the_last_one_had_and_copies_nothing_by_itself(store):
    organisation, row_id = grant(store, state="実績報告済", amount=30_000)
    start_year(acting(store), draft=next_year_draft(store, today=TODAY))
    found = subsidies.read_subsidies(store, fiscal_year=2027)
    (offer,) = found.proposals
    assert (found.rows, waiting(store)) == ((), [])
    assert (offer.id, offer.organisation.name) == (row_id, organisation.name)
    assert (offer.subsidy.apply_by, offer.subsidy.report_by) == (date(2027, 12, 10), date(2028, 3, 31)), (
        "a year later, on an open day"
    )
    assert (offer.subsidy.amount, offer.subsidy.state) == (None, "")
    with pytest.raises(UserError, match="選ばれていません"):
        subsidies.take_over_subsidies(acting(store), fiscal_year=2027, subsidy_ids=())
    subsidies.take_over_subsidies(acting(store), fiscal_year=2027, subsidy_ids=(row_id,))
    found = subsidies.read_subsidies(store, fiscal_year=2027)
    assert ([one.subsidy.name for one in found.rows], found.proposals) == (["活動の補助金"], ())
    assert [one[2] for one in waiting(store)] == [date(2027, 12, 10)]
    with pytest.raises(UserError, match="もう引き継がれて"):
        subsidies.take_over_subsidies(acting(store), fiscal_year=2027, subsidy_ids=(row_id,))


@pytest.mark.parametrize(
    ("day", "later"), [(date(2028, 2, 29), date(2029, 2, 28)), (date(2028, 3, 1), date(2029, 3, 1))]
)
def test_a_last_day_of_february_is_proposed_for_a_year_that_has_none(day, later):
    calendar = OfficeCalendar()
    offer = next_year_proposal(Subsidy(organisation_id=1, fiscal_year=2027, report_by=day), calendar)
    assert (offer.fiscal_year, offer.apply_by, offer.report_by) == (2028, None, later)


def test_a_list_says_the_sum_and_leaves_name_and_days_alone(store, tmp_path):
    organisation, row_id = grant(store)
    path = tmp_path / "名簿.csv"
    path.write_text(f"支部,町会・自治会名,補助金\n{organisation.branch},{organisation.name},45000\n", encoding="utf-8")
    import_organisations(store, path=path, by=BY, now=datetime(2026, 12, 1, 10), as_of=TODAY)
    kept = by_id(store.database, Subsidy, row_id)
    assert (kept.amount, kept.name, kept.apply_by) == (45_000, "活動の補助金", date(2026, 12, 11))
