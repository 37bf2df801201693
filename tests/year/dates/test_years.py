"""A second year beside the first on a real store: started, used, closed by hand, and all of it taken back."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.file_saving import SaveOptions
from app.documents.services.list_export import export_list
from app.event.services import event_changes, event_drafts, event_lists, month
from app.event.services.event_view import read_event
from app.event.services.tasks import deadlines
from app.events.applications.services.application_writing import read_contact_rule
from app.history import services as history_services
from app.home.today.services import home
from app.programme import services as programme_services
from app.submissions.work_queue.rules import DONE
from app.submissions.work_queue.services import read_work_queue
from app.surveys.compare import services as compare_services
from app.surveys.questions.services import surveys
from app.year.dates import services as dates_services
from db.records.event_form import EventForm
from db.records.programme import DocumentSetting, OwedPaper
from tests.support.years import BY, NOW, add_lecture, at, sign_contract, started_year, the_event

LATE = at(date(2027, 2, 20))
acting = partial(ActionContext, by=BY, now=LATE)


def two_years(tmp_path):
    store = started_year(tmp_path)
    programme_services.set_document_setting(
        ActionContext(store, BY, NOW), setting=DocumentSetting(document_kind="参加人数連絡書", addressee="みほん")
    )
    dates_services.start_year(acting(store), draft=dates_services.next_year_draft(store, today=LATE.date()))
    return store


def lecture_of_next_year(store, subject="Zoom講習会"):
    draft = event_drafts.EventDraft(
        kind="講習会", form=EventForm.LECTURE, subject=subject, event_date=date(2027, 9, 22), venue="みほん区民館"
    )
    return event_changes.create_event(acting(store), draft=draft, fiscal_year=2027).id


def test_the_next_year_holds_the_settings_of_the_last_with_dates_a_year_later(tmp_path):
    store = two_years(tmp_path)
    first = programme_services.read_programme(store, fiscal_year=2026)
    second = programme_services.read_programme(store)

    assert [one.fiscal_year for one in programme_services.programmes(store)] == [2027, 2026]
    assert second.programme.title == "令和9年度 町会・自治会デジタル活用支援事業委託"
    assert (second.programme.term_end, second.programme.contract_date) == (date(2028, 3, 31), None)
    assert second.kind("講習会").window_end == date(2027, 12, 25)
    assert second.office.section == first.office.section
    assert second.contractor.responsible == first.contractor.responsible
    assert [row.addressee for row in second.document_settings] == ["みほん"]
    assert first.kind("講習会").window_end == date(2026, 12, 25)


@pytest.mark.parametrize(
    ("begins", "next_begins"), [("契約締結日", "契約締結日"), ("令和8年9月1日", "令和9年9月1日"), ("", "")]
)
def test_fixed_days_of_the_contract_are_a_year_later_and_words_stay(begins, next_begins, store):
    view = programme_services.read_programme(store)
    owed = tuple(OwedPaper(paper="その他の届", when=when) for when in ("令和8年7月30日", "求めたとき"))
    last = replace(view.programme, term_begins=begins, term_end=date(2028, 2, 29), owed=owed)
    following, _kinds = dates_services.next_year_values(replace(view, programme=last))
    assert (following.term_begins, following.term_end) == (next_begins, date(2029, 2, 28))
    assert [row.when for row in following.owed] == ["令和9年7月30日", "求めたとき"]


def test_settings_of_one_year_leave_the_other_alone(tmp_path):
    store = two_years(tmp_path)
    view = programme_services.read_programme(store)
    programme_services.set_contractor(acting(store), contractor=replace(view.contractor, name="みほん新株式会社"))
    programme_services.set_office(acting(store), office=replace(view.office, phone="03-0000-0007"), programme_id=1)

    first, second = (programme_services.read_programme(store, fiscal_year=year) for year in (2026, 2027))
    assert (first.contractor.name, second.contractor.name) == ("みほん受託株式会社", "みほん新株式会社")
    assert first.office.phone == "03-0000-0007" != second.office.phone


def test_a_year_is_started_once_and_a_year_that_is_not_there_is_refused(tmp_path):
    store = two_years(tmp_path)
    draft = dates_services.next_year_draft(store, today=LATE.date())

    with pytest.raises(UserError, match="もう始まっています"):
        dates_services.start_year(
            acting(store), draft=replace(draft, programme=replace(draft.programme, fiscal_year=2026))
        )
    with pytest.raises(UserError, match="この年度は見つかりません"):
        programme_services.read_programme(store, fiscal_year=2030)


def test_starting_a_year_is_undone_while_nothing_hangs_on_it(tmp_path):
    store = two_years(tmp_path)

    history_services.undo(store, by=BY, now=LATE)
    assert [one.fiscal_year for one in programme_services.programmes(store)] == [2026]
    history_services.redo(store, by=BY, now=LATE)
    assert [one.fiscal_year for one in programme_services.programmes(store)] == [2027, 2026]
    assert programme_services.read_programme(store).document_settings[0].addressee == "みほん"


def test_an_export_does_not_keep_a_year_from_being_undone(tmp_path):
    store = two_years(tmp_path)
    path = tmp_path / "一覧.xlsx"
    export_list(
        acting(store),
        title="実施回の一覧",
        columns=("回",),
        rows=(("第1回",),),
        options=SaveOptions(path=path),
        personal=False,
    )

    history_services.undo(store, by=BY, now=LATE)
    assert [one.fiscal_year for one in programme_services.programmes(store)] == [2026]
    assert path.exists()


def test_another_person_s_event_keeps_the_year(tmp_path):
    store = two_years(tmp_path)
    draft = event_drafts.EventDraft(
        kind="講習会", form=EventForm.LECTURE, subject="Zoom", event_date=date(2027, 9, 22), venue="みほん区民館"
    )
    event_changes.create_event(ActionContext(store, "見本 花子", LATE), draft=draft, fiscal_year=2027)

    with pytest.raises(UserError, match=r"「令和9年度を始めた」は元に戻せません.*見本 花子さん"):
        history_services.undo(store, by=BY, now=LATE)


def test_home_keeps_the_open_duties_of_the_year_before_and_names_the_year(store):
    sign_contract(store)
    add_lecture(store, date(2026, 9, 24))
    alone = home.read_home(store, today=LATE.date())
    due = home.count_due(store, today=LATE.date())
    dates_services.start_year(acting(store), draft=dates_services.next_year_draft(store, today=LATE.date()))

    seen = home.read_home(store, today=LATE.date())

    def open_rows(view):
        mine = [row.task for row in (*view.rows, *view.later_rows)]
        awaited = [(row.event_words, row.kind, row.due) for row in view.work_queue.rows if row.event_id]
        return [*((task.event_title, task.task, task.due) for task in mine), *awaited]

    assert open_rows(alone)
    assert open_rows(seen) == open_rows(alone)
    assert {row.year_words for row in seen.rows} == {"令和8年度"}
    assert home.count_due(store, today=LATE.date()) == due
    assert seen.has_events, "the duties of the year before stand in the window"
    first = home.read_home(store, today=LATE.date(), fiscal_year=2026)
    assert {row.year_words for row in first.rows} == {""}
    assert first.has_events


def test_lists_and_calendar_follow_the_chosen_year(store):
    first = add_lecture(store, date(2026, 9, 24))
    dates_services.start_year(acting(store), draft=dates_services.next_year_draft(store, today=LATE.date()))
    second = lecture_of_next_year(store)

    def listed(**year):
        return [row.id for row in event_lists.list_events(store, today=LATE.date(), **year).rows]

    def named(**year):
        return [row.id for row in event_lists.list_event_names(store, today=LATE.date(), **year)]

    def in_month(at_year, fiscal_year):
        found = month.read_month(store, year=at_year, month=9, today=LATE.date(), fiscal_year=fiscal_year)
        return [one.event_id for day in found.days for one in day.events]

    assert (listed(), listed(fiscal_year=2026)) == ([second], [first])
    assert (named(), named(fiscal_year=2026)) == ([second], [first])
    assert named(fiscal_year=2027, always_include=first) == [first]
    assert (in_month(2026, 2026), in_month(2027, 2027), in_month(2026, 2027)) == ([first], [second], [])
    assert [row.id for row in surveys.list_surveys(store, fiscal_year=2026)] == [first]
    assert compare_services.read_record_summary(store, today=LATE.date(), fiscal_year=2026).text.startswith("令和8年度")
    assert read_contact_rule(store, programme_id=1).dispose_on == date(2027, 4, 30)


def test_each_event_counts_by_the_numbers_of_its_own_year_and_has_its_own_ordinal(store):
    first = add_lecture(store, date(2026, 9, 30))
    dates_services.start_year(acting(store), draft=dates_services.next_year_draft(store, today=LATE.date()))
    second = lecture_of_next_year(store)
    numbers = programme_services.read_programme(store).kind("講習会")
    programme_services.change_numbers(acting(store), numbers=replace(numbers, headcount_period="10日前"))

    def nominal(event_id):
        view = read_event(store, event_id=event_id, today=LATE.date())
        return next(task.nominal for task in (*view.tasks, *view.lapsed_tasks) if task.task == "人数連絡")

    assert (nominal(first), nominal(second)) == (date(2026, 9, 25), date(2027, 9, 12))
    assert (the_event(store, first).ordinal, the_event(store, second).ordinal) == (1, 1)


def test_a_year_is_closed_with_day_and_reason_and_opened_again(store):
    add_lecture(store, date(2026, 9, 24))
    dates_services.start_year(acting(store), draft=dates_services.next_year_draft(store, today=LATE.date()))
    open_duties = dates_services.read_closing(store, fiscal_year=2026, today=LATE.date()).open_duties
    dates_services.close_year(acting(store), fiscal_year=2026, day=LATE.date(), reason="出納閉鎖まで済んだ")

    closed = programme_services.read_programme(store, fiscal_year=2026).programme
    assert (closed.closed_on, closed.closed_reason) == (LATE.date(), "出納閉鎖まで済んだ")
    assert "実施報告書の提出" in " ".join(open_duties)
    assert "検算" not in " ".join(open_duties), "a check of its own is no duty"
    assert home.read_home(store, today=LATE.date()).rows == ()
    assert home.read_home(store, today=LATE.date(), fiscal_year=2026).rows == ()
    assert home.count_due(store, today=LATE.date()) == 0
    assert deadlines.event_tasks(store, event_id=1, today=LATE.date())

    dates_services.reopen_year(acting(store), fiscal_year=2026)
    assert home.read_home(store, today=LATE.date()).rows


@pytest.mark.parametrize(
    ("day", "reason", "said"),
    [(LATE.date(), " ", "理由が書かれていません"), (date(2027, 2, 21), "済んだ", "まだ来ていません")],
)
def test_a_year_is_not_closed_without_a_reason_or_ahead_of_time(day, reason, said, store):
    with pytest.raises(UserError, match=said):
        dates_services.close_year(acting(store), fiscal_year=2026, day=day, reason=reason)


def test_closing_twice_and_opening_an_open_year_are_refused(store):
    with pytest.raises(UserError, match="閉じていません"):
        dates_services.reopen_year(acting(store), fiscal_year=2026)
    dates_services.close_year(acting(store), fiscal_year=2026, day=LATE.date(), reason="済んだ")
    with pytest.raises(UserError, match="もう閉じています"):
        dates_services.close_year(acting(store), fiscal_year=2026, day=LATE.date(), reason="済んだ")


def test_the_boards_name_the_year_of_each_row_while_more_than_one_is_open(store):
    add_lecture(store)
    today = LATE.date()

    def named():
        mine = [row for row in read_work_queue(store, today=today).rows if row.event_id]
        return {f"{row.year_words}　{row.event_words}".strip("　") for row in mine}

    assert named() == {"第1回 LINE講習会"}, "of one year alone it needs no name"
    dates_services.start_year(acting(store), draft=dates_services.next_year_draft(store, today=today))
    lecture_of_next_year(store)
    assert named() == {"令和8年度　第1回 LINE講習会", "令和9年度　第1回 Zoom講習会"}

    dates_services.close_year(acting(store), fiscal_year=2026, day=today, reason="完了")
    assert named() == {"第1回 Zoom講習会"}
    shown = read_work_queue(store, today=today, fiscal_year=2026)
    assert {row.turn for row in shown.rows if "LINE" in row.event_words} == {DONE}, "a closed year waits for nothing"
    assert shown.count("区の対応待ち") == read_work_queue(store, today=today).count("区の対応待ち")
