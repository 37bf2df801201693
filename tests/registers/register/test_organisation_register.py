"""The register of 団体 and people: added, changed, taken out, with 役職 and 段階 as histories."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Heading, Table
from app.documents.services.document_scope import DocumentScope
from app.history.services import undo
from app.registers.register.rules import in_register_order
from app.registers.register.services.organisation_view import build_record, read_organisation
from app.registers.register.services.organisations import (
    create_organisation,
    delete_organisation,
    is_undialable,
    list_branches,
    list_organisations,
    mark_stage,
    remove_contact,
    remove_stage_mark,
    save_contact,
    update_organisation,
)
from app.registers.register.services.people import (
    add_person,
    change_role,
    correct_role,
    delete_person,
    page_people,
    read_person,
    update_person,
)
from app.registers.register.services.subsidies import save_subsidy
from db.records.event_form import EventForm
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Subsidy
from db.records.programme import Programme
from db.records.roster import Entry
from db.rows import rows
from tests.support.paper_words import said_by
from tests.support.stores import made_by, new_store
from tests.support.years import add_dispatch, add_lecture, started_year

WHO = {"by": "見本　係員", "now": datetime(2026, 12, 1, 9, 0)}
store = made_by(new_store)


def acting(store):
    return ActionContext(store, **WHO)


def test_a_person_is_added_with_the_telephone_that_is_known(store):
    made = add_person(acting(store), name="見本　一子", phone="03-0000-0001").id
    add_person(acting(store), name="見本　二子")
    kept = [(one.person_id, one.kind, one.value, one.purpose) for one in rows(store.database, Contact)]
    assert kept == [(made, "電話", "03-0000-0001", "団体への連絡")]
    undo(store, **WHO)
    undo(store, **WHO)
    assert not rows(store.database, Contact)


def organisation(store, name="見本あおば町会", branch="第1支部", **more):
    return create_organisation(acting(store), organisation=Organisation(branch=branch, name=name, **more)).id


def test_a_second_chair_of_an_organisation_is_said(store):
    own, context = organisation(store), acting(store)
    first = add_person(context, name="見本　旧", organisation_id=own, role="会長")
    assert "会長" not in first.message
    second = add_person(context, name="見本　新", organisation_id=own, role="会計")
    words = "この団体には、ほかにも会長の方がいます（見本　旧）。"
    assert words in change_role(context, person_id=second.id, organisation_id=own, role="会長").message
    change_role(context, person_id=first.id, organisation_id=own, role="")
    assert "ほかにも" not in correct_role(context, person_id=second.id, organisation_id=own, role="会長").message
    assert "（見本　新）" in add_person(context, name="見本　三", organisation_id=own, role="会長").message


def entered(store, person_id, organisation_id, *, attendance=""):
    with store.change(action="申込", **WHO) as change:
        if not store.database.execute("SELECT count(*) FROM programmes").fetchone()[0]:
            change.insert(Programme(fiscal_year=2026, title="見本", term_end=date(2027, 3, 31)))
        event = change.insert(
            Event(kind="講習会", form=EventForm.LECTURE, ordinal=3, subject="LINE講習会", event_date=date(2026, 9, 24))
        )
        change.insert(
            Entry(event_id=event, person_id=person_id, organisation_id=organisation_id, attendance=attendance)
        )
    return event


def test_names_stay_exactly_as_typed(store):
    made = organisation(store, "葛󠄀ヶ谷　髙台町会", furigana="ｸｽﾞｶﾞﾔ")
    person = add_person(acting(store), name="𠮷﨑　Nguyễn", furigana="ヨシザキ", organisation_id=made, role="会計").id
    view = read_organisation(store, organisation_id=made)
    assert (view.organisation.name, view.organisation.furigana) == ("葛󠄀ヶ谷　髙台町会", "ｸｽﾞｶﾞﾔ")
    assert read_person(store, person_id=person).person.name == "𠮷﨑　Nguyễn"


def test_the_list_goes_by_the_numbers_of_the_branches_and_is_never_a_ranking(store):
    for branch, name in (
        ("第10支部", "は町会"),
        ("いろは支部", "ろ町会"),
        ("第2支部", "あ町会"),
        ("", "連合会の外の会"),
        ("いろは支部", "い町会"),
    ):
        organisation(store, name, branch)
    found = list_organisations(store)
    assert [(row.organisation.branch, row.organisation.name) for row in found.rows] == [
        ("第2支部", "あ町会"),
        ("第10支部", "は町会"),
        ("いろは支部", "ろ町会"),
        ("いろは支部", "い町会"),
        ("", "連合会の外の会"),
    ]
    assert (found.total, found.branch_count) == (5, 3)
    assert list_branches(store) == ("第2支部", "第10支部", "いろは支部")
    assert [row.organisation.name for row in list_organisations(store, text="いろは い町会").rows] == ["い町会"]


def test_one_name_may_stand_in_two_branches_but_not_twice_in_one(store):
    first = organisation(store, "中央町会", "第1支部")
    organisation(store, "中央町会", "第2支部")
    with pytest.raises(UserError, match="もう登録されています"):
        organisation(store, "中央町会", "第1支部")
    with pytest.raises(UserError, match="入力されていません"):
        organisation(store, "  ")
    renamed = replace(read_organisation(store, organisation_id=first).organisation, branch="第2支部")
    with pytest.raises(UserError, match="第2支部には"):
        update_organisation(acting(store), organisation=renamed)


def test_an_organisation_with_records_is_merged_not_deleted(store):
    made = organisation(store)
    person = add_person(acting(store), name="見本　太郎", organisation_id=made).id
    entered(store, person, made)
    with pytest.raises(UserError, match="削除できません") as refusal:
        delete_organisation(acting(store), organisation_id=made)
    assert "まとめる" in refusal.value.todo
    with pytest.raises(UserError, match="削除できません"):
        delete_person(acting(store), person_id=person)


def test_an_organisation_without_records_goes_with_all_that_is_its_own(store):
    made = organisation(store, stages={"LINE": "1"})
    person = add_person(acting(store), name="見本　太郎", organisation_id=made).id
    save_contact(acting(store), contact=Contact(person_id=person, value="03-0000-0001", purpose="団体への連絡"))
    save_subsidy(acting(store), subsidy=Subsidy(organisation_id=made, fiscal_year=2026, amount=10))
    delete_organisation(acting(store), organisation_id=made)
    for table in ("organisations", "people", "contacts", "memberships", "stage_marks", "subsidies", "person_keys"):
        assert store.database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0


def test_a_new_role_closes_the_one_before_and_both_stay_in_the_history(store):
    first, second = organisation(store), organisation(store, "見本みどり町会")
    person = add_person(
        acting(store), name="見本　花子", organisation_id=first, role="会計", from_on=date(2024, 4, 1)
    ).id
    change_role(acting(store), person_id=person, organisation_id=second, role="会長", on=date(2026, 4, 1))
    view = read_person(store, person_id=person)
    assert (view.organisation.id, view.person.role) == (second, "会長")
    assert [
        (line.membership.role, line.membership.from_on, line.membership.to_on, line.is_current) for line in view.roles
    ] == [("会長", date(2026, 4, 1), None, True), ("会計", date(2024, 4, 1), date(2026, 4, 1), False)]
    former = read_organisation(store, organisation_id=first).former_roles
    assert [(line.person.name, line.membership.role) for line in former] == [("見本　花子", "会計")]
    with pytest.raises(UserError, match="同じです"):
        change_role(acting(store), person_id=person, organisation_id=second, role="会長")
    with pytest.raises(UserError, match="より前です"):
        change_role(acting(store), person_id=person, organisation_id=second, role="", on=date(2026, 3, 1))


def test_a_mistake_in_a_role_is_put_right_without_a_history(store):
    made = organisation(store)
    person = add_person(acting(store), name="見本　花子", organisation_id=made, role="会計").id
    correct_role(acting(store), person_id=person, organisation_id=made, role="会長", from_on=date(2025, 4, 1))
    view = read_person(store, person_id=person)
    assert [(line.membership.role, line.is_current) for line in view.roles] == [("会長", True)]


def test_stages_are_a_history_whose_latest_day_is_the_present_one(store):
    made = organisation(store, stages={"LINE": "0"})
    later = mark_stage(
        acting(store), organisation_id=made, tool="LINE", stage="3", marked_on=date(2026, 12, 2), source="派遣"
    ).id
    mark_stage(acting(store), organisation_id=made, tool="LINE", stage="1", marked_on=date(2026, 10, 1))
    mark_stage(acting(store), organisation_id=made, tool="HP", stage="×", marked_on=date(2026, 10, 1))
    view = read_organisation(store, organisation_id=made)
    assert [(line.tool, line.words, len(line.history)) for line in view.stages] == [
        ("LINE", "3 運用開始", 3),
        ("HP", "× 希望しない", 1),
    ]
    assert view.organisation.stages == {"LINE": "3", "HP": "×"}
    remove_stage_mark(acting(store), mark_id=later)
    assert read_organisation(store, organisation_id=made).organisation.stages == {"LINE": "0", "HP": "×"}
    with pytest.raises(UserError, match="0から5"):
        mark_stage(acting(store), organisation_id=made, tool="LINE", stage="6", marked_on=date(2026, 10, 1))


def test_what_the_people_of_an_organisation_took_part_in_is_its_history(store):
    made = organisation(store)
    person = add_person(acting(store), name="髙橋　恵子", organisation_id=made, role="会計").id
    entered(store, person, made, attendance="出席")
    line = read_organisation(store, organisation_id=made).participation[0]
    assert line.event.full_title == "第3回 LINE講習会"
    assert [(one.name, one.role, one.outcome) for one in line.people] == [("髙橋　恵子", "会計", "出席")]
    row = list_organisations(store).rows[0]
    assert (row.people_count, row.event_count, row.last_day) == (1, 1, date(2026, 9, 24))
    hit = page_people(store, filter_text="高橋").rows[0]
    assert hit.last_event == "第3回 LINE講習会（9/24(木)）に出席"


def test_an_application_and_a_visit_ahead_are_no_participation(store):
    """An application for an event ahead stood under 受講, and a visit ahead among those that took place."""
    made = organisation(store)
    person = add_person(acting(store), name="髙橋　恵子", organisation_id=made, role="会計").id
    entered(store, person, made)
    row = list_organisations(store).rows[0]
    assert (row.event_count, row.last_day) == (0, None)
    entered(store, person, made, attendance="欠席")
    assert list_organisations(store).rows[0].event_count == 0
    entered(store, person, made, attendance="出席")
    assert list_organisations(store).rows[0].event_count == 1


def test_the_record_says_of_an_event_that_it_was_cancelled_and_of_others_who_came(tmp_path):
    store = started_year(tmp_path / "year")
    made = organisation(store)
    person = add_person(acting(store), name="髙橋　恵子", organisation_id=made, role="会計").id
    held, cancelled = add_lecture(store), add_lecture(store, date(2026, 10, 20))
    with store.change(action="申込", **WHO) as change:
        for event in (held, cancelled):
            change.insert(Entry(event_id=event, person_id=person, organisation_id=made, state="決定"))
        change.update(Event, cancelled, status=EventStatus.CANCELLED)
    content = build_record(store, DocumentScope(organisation_id=made), WHO["now"])
    (table,) = (one for one in content.blocks if isinstance(one, Table) and one.name == "申込・参加")
    people = {day: words.split("\n") for day, _title, words in table.rows}
    assert people["R8.10.20"][0] == "中止"
    assert people["R8.9.24"][0].startswith("髙橋　恵子　会計")
    assert [len(lines) for lines in (people["R8.10.20"], people["R8.9.24"])] == [2, 1]


def test_the_record_prints_readings_in_hiragana_and_names_as_typed(tmp_path):
    store = started_year(tmp_path / "year")
    made = organisation(store)
    add_person(acting(store), name="髙橋　ｹｲ子", furigana="ﾀｶﾊｼ ｹｲｺ", organisation_id=made)
    with store.change(action="ふりがな", **WHO) as change:
        change.update(Organisation, made, furigana="ﾐﾎﾝﾁﾖｳｶｲ")
    said = said_by(build_record(store, DocumentScope(organisation_id=made), WHO["now"]))
    assert "みほんちようかい" in said
    assert "髙橋　ｹｲ子\nたかはし けいこ" in said
    assert read_organisation(store, organisation_id=made).organisation.furigana == "ﾐﾎﾝﾁﾖｳｶｲ"


def test_the_record_says_first_of_a_visit_that_it_was_to_this_organisation(tmp_path):
    store = started_year(tmp_path / "year")
    made = organisation(store)
    person = add_person(acting(store), name="髙橋　恵子", organisation_id=made).id
    held, cancelled = (add_dispatch(store, date(2026, 10, day), organisation_id=made) for day in (15, 20))
    (heading,) = (
        one
        for one in build_record(store, DocumentScope(organisation_id=made), WHO["now"]).blocks
        if isinstance(one, Heading) and one.text == "申込・参加"
    )
    assert heading.right == "", "two visits ahead are none that took place"
    with store.change(action="申込", **WHO) as change:
        for event in (held, cancelled):
            change.insert(Entry(event_id=event, person_id=person, organisation_id=made, state="決定"))
        change.update(Event, cancelled, status=EventStatus.CANCELLED)
    content = build_record(store, DocumentScope(organisation_id=made), WHO["now"])
    (table,) = (one for one in content.blocks if isinstance(one, Table) and one.name == "申込・参加")
    people = {day: words.split("\n") for day, _title, words in table.rows}
    assert {day: lines[0] for day, lines in people.items()} == {
        "R8.10.15": "この団体への派遣（予定）",
        "R8.10.20": "この団体への派遣（中止）",
    }
    assert [len(lines) for lines in people.values()] == [2, 2]


def test_a_contact_needs_a_purpose_and_an_odd_number_is_kept_and_flagged(store):
    made = organisation(store)
    with pytest.raises(UserError, match="使う目的"):
        save_contact(acting(store), contact=Contact(organisation_id=made, value="03-0000-0001"))
    kept = save_contact(
        acting(store), contact=Contact(organisation_id=made, value="8000001353", purpose="団体への連絡")
    ).id
    assert read_organisation(store, organisation_id=made).contacts[0].value == "8000001353"
    assert is_undialable("8000001353")
    assert all(map(is_undialable, ("O3-0000-1234", "09O-0000-1234")))
    assert not any(map(is_undialable, ("０３－００００－１２３４", "03-0000-1234 内線123", "03-0000-1234（内 5）")))
    remove_contact(acting(store), contact_id=kept)
    assert read_organisation(store, organisation_id=made).contacts == ()


def test_people_come_in_pages_that_follow_filter_and_order(store):
    made = organisation(store)
    for number in range(25):
        add_person(acting(store), name=f"見本　{number:02d}", furigana="", organisation_id=made)
    person = add_person(acting(store), name="あ", furigana="あ").id
    first = page_people(store, limit=10)
    assert (len(first.rows), first.total) == (10, 26)
    assert [hit.person.name for hit in page_people(store, offset=24, limit=10, filter_text="見本").rows] == ["見本　24"]
    assert page_people(store, limit=1, sort="name").rows[0].id == person
    update_person(acting(store), person_id=person, name="い", furigana="", note="")
    assert read_person(store, person_id=person).person.name == "い"


def test_the_register_goes_by_the_numbers_of_the_branches_and_those_without_one_are_last():
    named = ((1, "第1支部"), (2, "第10支部"), (3, ""), (4, "第2支部"), (5, "第1支部"))
    register = [Organisation(id=number, name=f"見本{number}", branch=branch) for number, branch in reversed(named)]
    assert [one.id for one in in_register_order(register)] == [1, 5, 4, 2, 3]
