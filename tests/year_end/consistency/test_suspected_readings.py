"""読みちがえの疑い: what a folder of before holds, told by the rows alone or named as what nobody can know, and put
right."""

from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.events.applications.services.application_import import import_applications
from app.events.roster.services.entries import read_entries
from app.history import services as history_services
from app.year_end.consistency.services.suspected_misreadings import (
    _is_upcoming,
    confirm_import,
    correct_misreading,
    read_suspected_misreadings,
)
from db.records.applications import Application, ForeignImport
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Arrangement, Entry
from db.records.surveys import Answer, EventSurvey, Question, SurveyImport, SurveyResponse
from db.rows import by_id, rows
from tests.support.application_rows import BY, year_store

NOW = datetime(2026, 9, 16, 10, 20)
TODAY = NOW.date()


@pytest.fixture
def store(tmp_path):
    found = year_store(tmp_path, organisations=[("第1支部", "みほん一丁目町会")])
    with found.change(action="前の版の取り込み", by=BY, now=NOW, subject="applications") as change:
        for event_id, name, photo in ((1, "見本 済", "可"), (2, "見本 先", "不可")):
            _taken_in(change, event_id, name, photo)
        change.update(Event, 1, status=EventStatus.HELD, event_date=date(2026, 9, 1))
        change.insert(Person(organisation_id=1, name="改選中", role="会長"))
        for organisation, name in ((1, "見本 一郎"), (None, "なし")):
            change.insert(Person(organisation_id=organisation, name=name, role="会長"))
        survey = change.insert(EventSurvey(event_id=1, title="標準", questions=(QUESTION,)))
        imported = change.insert(
            SurveyImport(
                survey_id=survey,
                file_name="回答.csv",
                sha256="",
                at=NOW,
                by=BY,
                new=1,
                duplicate=0,
                needs_check=0,
                skipped=0,
            )
        )
        change.insert(
            SurveyResponse(
                survey_id=survey,
                import_id=imported,
                source="オンライン",
                answers={"q1": Answer(chosen=("ＬＩＮＥ", "その他"), other="電子回覧板")},
            )
        )
    yield found
    found.database.conn.close()


QUESTION = Question(
    code="q1", title="使うもの", type="MA", options=("ＬＩＮＥ", "電子回覧板", "その他"), has_other=True
)


def _taken_in(change, event_id, name, photo):
    """One application with a companion as the reading of before wrote them."""
    taken = ForeignImport(
        target="申込", event_id=event_id, file_name=f"{name}.csv", sha256="", source="", at=NOW, by=BY
    )
    import_id = change.insert(taken)
    application = change.insert(
        Application(import_id=import_id, name=name, care="いいえ", organisation_name="見本町会")
    )
    for person, care in ((name, "いいえ"), ("いません", "")):
        person_id = change.insert(Person(name=person))
        place = Entry(event_id=event_id, application_id=application, person_id=person_id, care=care, photo=photo)
        change.insert(place)


def look(store):
    return read_suspected_misreadings(store, fiscal_year=2026, today=TODAY)


def right(store, key, **given):
    return correct_misreading(ActionContext(store, BY, NOW), fiscal_year=2026, key=key, **given)


def of_kind(store, kind):
    return [one for one in look(store).rows if one.kind == kind]


def test_the_rows_alone_show_needs_people_chairs_and_choices(store):
    found = look(store)
    assert sorted({(one.kind, one.stored_words, one.reread_words) for one in found.rows}) == sorted(
        {
            ("配慮", "いいえ", "（なし）"),
            ("同行者", "いません", "（なし）"),
            ("会長", "改選中", "（なし）"),
            ("その他", "電子回覧板", "電子回覧板"),
        }
    )
    assert [(one.where, one.who) for one in found.rows if one.kind == "会長"] == [("みほん一丁目町会", "会長")]
    # What is still to come is looked at first.
    assert found.rows[0].event_id == 2


@pytest.mark.parametrize(
    ("status", "day", "is_upcoming"),
    [
        (EventStatus.PLANNED, None, True), (EventStatus.PLANNED, TODAY, True), (EventStatus.HELD, TODAY, False),
        (EventStatus.PLANNED, date(2026, 9, 15), False), (EventStatus.HELD, None, False),
    ],
)  # fmt: skip
def test_an_event_is_to_come_on_its_day_and_without_one_but_not_once_it_was_held(status, day, is_upcoming):
    event = Event(kind="講習会", form=EventForm.LECTURE, subject="見本", status=status, event_date=day)
    assert _is_upcoming(event, TODAY) == is_upcoming


def test_imports_of_before_are_named_with_those_to_come_first_and_what_no_row_can_show(store):
    found = look(store)
    assert [(one.imported.file_name, one.is_upcoming, one.photo_allowed_count) for one in found.imports] == [
        ("見本 先.csv", True, 0),
        ("見本 済.csv", False, 2),
    ]
    assert "行からは分かりません" in found.words


def test_an_empty_page_says_what_was_not_looked_at(tmp_path):
    store = year_store(tmp_path)
    found = look(store)
    assert (found.rows, found.imports) == ((), ())
    assert "撮影・端末・状態の返事は、行からは分からないため調べていません" in found.words
    store.database.conn.close()


def test_a_place_of_nobody_goes_and_comes_back_by_undo(store):
    before = (rows(store.database, Entry), rows(store.database, Person))
    (first, second) = of_kind(store, "同行者")
    right(store, first.key)
    assert [one.key for one in of_kind(store, "同行者")] == [second.key]
    assert len(rows(store.database, Entry)) == 3
    assert [one.name for one in rows(store.database, Person)].count("いません") == 1
    history_services.undo(store, by=BY, now=NOW)
    assert (rows(store.database, Entry), rows(store.database, Person)) == before


def test_who_waits_behind_a_place_of_nobody_moves_up_in_the_list(store):
    (first, _second) = of_kind(store, "同行者")
    number = int(first.key.split()[1])
    with store.change(action="補欠", by=BY, now=NOW, subject="roster") as change:
        change.update(Entry, number, state="補欠", waiting_order=1)
        behind = change.insert(Entry(event_id=first.event_id, state="補欠", waiting_order=2))
    right(store, first.key)
    assert by_id(store.database, Entry, behind).waiting_order == 1


def test_a_place_of_nobody_that_was_received_stays(store):
    key = of_kind(store, "同行者")[0].key
    with store.change(action="受付", by=BY, now=NOW, subject="roster") as change:
        change.update(Entry, int(key.split()[1]), attendance="出席")
    with pytest.raises(UserError, match="受付済"):
        right(store, key)


def test_a_bare_answer_is_no_need_and_a_bare_yes_asks_what_is_needed(store):
    for one in of_kind(store, "配慮"):
        right(store, one.key)
    assert {one.care for one in rows(store.database, Entry)} == {""}
    assert {one.care for one in rows(store.database, Application)} == {""}
    with store.change(action="前の版", by=BY, now=NOW, subject="applications") as change:
        change.update(Entry, 1, care="いいえ\nはい")
    (one,) = of_kind(store, "配慮")
    with store.change(action="手配不要にした", by=BY, now=NOW, subject="roster") as change:
        event_id = by_id(store.database, Entry, 1).event_id
        change.insert(Arrangement(event_id=event_id, entry_id=1, content=NO_ARRANGEMENT_NEEDED))
    right(store, one.key, words="車いす")
    assert by_id(store.database, Entry, 1).care == "車いす"
    assert rows(store.database, Arrangement) == [], "what was reviewed said something else"
    assert of_kind(store, "配慮") == []


@pytest.mark.parametrize(
    "need", ["耳が聞こえません", "手話通訳", "長く歩けません", "いいえ、車いすです", "非常食アレルギー"]
)
def test_a_need_is_never_suspected(store, need):
    with store.change(action="直した", by=BY, now=NOW, subject="roster") as change:
        for entry in rows(store.database, Entry):
            change.update(Entry, entry.id, care=need)
    assert of_kind(store, "配慮") == []


def test_a_chair_that_is_an_answer_goes_and_a_choice_comes_out_of_other(store):
    right(store, of_kind(store, "会長")[0].key)
    assert "改選中" not in [one.name for one in rows(store.database, Person)]
    assert rows(store.database, Organisation)
    right(store, of_kind(store, "その他")[0].key)
    (sheet,) = rows(store.database, SurveyResponse)
    assert sheet.answers["q1"] == Answer(chosen=("ＬＩＮＥ", "電子回覧板"))
    assert (of_kind(store, "会長"), of_kind(store, "その他")) == ([], [])


def test_a_choice_under_fixed_totals_is_refused_and_nothing_lost(store):
    with store.change(action="確定", by=BY, now=NOW, subject="surveys") as change:
        change.update(EventSurvey, 1, frozen_at=NOW, frozen_by=BY)
    with pytest.raises(UserError, match="確定"):
        right(store, of_kind(store, "その他")[0].key)


def test_an_applicant_who_is_an_answer_becomes_a_place_without_a_name(store):
    with store.change(action="前の版", by=BY, now=NOW, subject="applications") as change:
        change.update(Person, by_id(store.database, Entry, 1).person_id, name="はい")
    (one,) = of_kind(store, "氏名")
    assert (one.stored_words, one.reread_words) == ("はい", "氏名未定")
    right(store, one.key)
    assert by_id(store.database, Entry, 1).person_id is None


def test_a_photo_of_before_bears_the_mark_at_its_event_until_somebody_confirmed_the_file(store):
    def unread(event_id):
        return [row.is_photo_unclear for row in read_entries(store, event_id=event_id, today=TODAY).rows]

    assert (unread(1), unread(2)) == ([True, True], [False, False])
    confirm_import(ActionContext(store, BY, NOW), import_id=1)
    assert unread(1) == [False, False]
    assert [one.imported.id for one in look(store).imports] == [2]
    with pytest.raises(UserError):
        confirm_import(ActionContext(store, BY, NOW), import_id=1)


def test_what_today_takes_in_bears_no_mark(store, tmp_path):
    path = tmp_path / "申込.csv"
    path.write_text("氏名,団体名,電話番号,写真\n見本 今,みほん一丁目町会,03-0000-0001,可\n", encoding="utf-8")
    import_applications(ActionContext(store, BY, NOW), path=path, event_id=3)
    (row,) = read_entries(store, event_id=3, today=TODAY).rows
    assert (row.entry.photo, row.is_photo_unclear) == ("可", False)
    assert len(look(store).imports) == 2
