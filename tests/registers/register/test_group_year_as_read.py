"""One 団体 over a year as it is read and printed, and the lines between: what is merged, found, linked and refused."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.history.services import undo
from app.importing.row_target import RowChoice
from app.registers.register.services import organisations, people, planned_changes
from app.registers.register.services.merging import keep_large_print, move_contacts
from app.registers.register.services.organisation_merge import merge_organisations, suggest_duplicates
from app.registers.register.services.organisation_view import build_record, read_organisation
from app.registers.register.services.search import former_names, name_finder
from app.registers.register.services.subsidies import save_subsidy
from app.registers.register.services.unlinked_names import link_names, read_unlinked_names, unlinked_notice
from db.records.agreements import Agreement
from db.records.applications import Application
from db.records.documents import Letter
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import (
    Contact,
    ContactKind,
    Membership,
    Organisation,
    Person,
    PlannedChange,
    PlannedField,
    StageMark,
    Subsidy,
)
from db.records.participants import ExpectedCount
from db.records.roster import Attendance, Entry
from db.records.surveys import Answer, SurveyResponse
from db.redactions import REDACTED
from db.rows import by_id, rows
from tests.support.organisation_lists import import_organisations
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.view_lines import view_lines
from tests.support.years import BY, NOW, TODAY, acting, add_dispatch, add_lecture, the_event

SPRING = date(2026, 4, 1)


def put(store, *records):
    with store.change(action="用意", by=BY, now=NOW, subject="organisations") as change:
        return [change.insert(one) for one in records]


def group(store, name="みほん町会", **more):
    return organisations.create_organisation(acting(store), organisation=Organisation(name=name, **more)).id


def test_a_group_with_its_people_its_events_and_what_was_agreed_stands_in_its_record(store):
    made = group(store, furigana="ミホン", branch="第1支部", households=120)
    chair, former, erased = put(
        store,
        Person(name="見本　太郎", furigana="ミホン　タロウ", role="会長", organisation_id=made),
        Person(name="見本　次郎", role="", organisation_id=made),
        Person(name=REDACTED, organisation_id=made),
    )
    put(
        store,
        Membership(person_id=chair, organisation_id=made, role="会長", from_on=SPRING),
        Membership(person_id=chair, organisation_id=made, role="会計", to_on=date(2026, 3, 31)),
        Membership(person_id=former, organisation_id=made, role="会長", from_on=date(2024, 4, 1), to_on=SPRING),
        Membership(person_id=erased, organisation_id=made, role="書記", to_on=SPRING),
        Contact(person_id=chair, value="03-0000-0001", purpose="連絡"),
        Contact(person_id=chair, value="03-0000-0009", purpose="前の", ended_on=SPRING),
        Contact(organisation_id=made, value="03-0000-0008", purpose="前の", ended_on=SPRING),
        Contact(organisation_id=made, value="a@example.jp", kind=ContactKind.MAIL, note="係", dispose_on=TODAY),
        StageMark(organisation_id=made, tool="LINE", stage="1", marked_on=SPRING, source="電話", by=BY),
        StageMark(organisation_id=made, tool="LINE", stage="2", marked_on=TODAY, source="講習会", by=BY),
        Subsidy(organisation_id=made, fiscal_year=2026, name="活動", amount=30000, note="うち備品"),
        Subsidy(organisation_id=made, fiscal_year=2025, note="申請中"),
        PlannedChange(organisation_id=made, what=PlannedField.NAME, value="あらた会", from_on=date(2026, 10, 1)),
    )
    held, cancelled, undated = (
        add_lecture(store, day, subject=f"{number}つめの講習会")
        for number, day in enumerate((date(2026, 9, 3), date(2026, 9, 24), None), 1)
    )
    own, wish = add_dispatch(store, organisation_id=made), add_dispatch(store, None, organisation_id=made)
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, held, status=EventStatus.HELD)
        change.update(Event, cancelled, status=EventStatus.CANCELLED)
        change.update(Organisation, made, stages={"LINE": "2", "Instagram": "3"})
    here = {"organisation_id": made}
    put(
        store,
        Entry(event_id=held, person_id=chair, attendance=Attendance("出席"), **here),
        Entry(event_id=held, walk_in=True, attendance=Attendance("出席"), **here),
        Entry(event_id=held, person_id=former, absent_told_at=NOW, role="相談役", **here),
        Entry(event_id=cancelled, person_id=chair, **here),
        Entry(event_id=undated, person_id=erased, walk_in=True, role="書記", **here),
        Agreement(event_id=own, topic="日程", content="土曜に", asked_on=TODAY),
        Agreement(event_id=own, topic="機材", asked_on=TODAY, settled_on=date(2026, 9, 8)),
        Agreement(event_id=own, topic="内容", asked_on=TODAY, settled_on=TODAY, withdrawn_on=date(2026, 9, 9)),
        Agreement(event_id=held, topic="よその回の題", asked_on=TODAY),
    )
    assert_paper(view_lines(read_organisation(store, organisation_id=made)), "団体を読む")
    paper = build_record(store, DocumentScope(fiscal_year=2026, organisation_id=made), NOW)
    assert_paper([*lines_of(paper), paper.file_stem], "団体の記録")
    with store.change(action="実施した", by=BY, now=NOW) as change:
        change.update(Event, own, status=EventStatus.HELD)
        change.update(Event, wish, status=EventStatus.WITHDRAWN)
    later = lines_of(build_record(store, DocumentScope(fiscal_year=2026, organisation_id=made), NOW))
    assert_paper([one for one in later if one not in lines_of(paper)], "派遣が済んだあと")
    other = group(store, "よその会")
    few = lines_of(build_record(store, DocumentScope(fiscal_year=2026, organisation_id=other), NOW))
    assert "■2　申込・参加" in few, "nothing applied, nothing counted"


def test_a_contact_that_gets_its_purpose_by_a_merge_is_no_double_of_another_purpose(store):
    keep, drop = group(store), group(store, "みほん会")
    put(
        store,
        Contact(organisation_id=keep, value="03-0000-0001"),
        *(Contact(organisation_id=drop, value="0300000001", purpose=purpose) for purpose in ("連絡", "請求")),
        *(Letter(organisation_id=keep, document_kind="お礼", event_id=None, revision=one) for one in (1, 2)),
        Letter(organisation_id=drop, document_kind="お礼", event_id=None, revision=1),
        Letter(organisation_id=drop, document_kind="案内", event_id=None, revision=1),
    )
    with store.change(action="移す", by=BY, now=NOW) as change:
        mine, theirs = (rows(store.database, Contact, organisation_id=one) for one in (keep, drop))
        move_contacts(change, mine, theirs, organisation_id=keep, person_id=None)
    held = [(one.value, one.purpose) for one in rows(store.database, Contact, organisation_id=keep, order="id")]
    assert held == [("03-0000-0001", "連絡"), ("0300000001", "請求")]
    merge_organisations(acting(store), keep_id=keep, drop_id=drop)
    letters = rows(store.database, Letter, organisation_id=keep, order="id")
    assert [f"{one.document_kind}{one.revision}" for one in letters] == ["お礼1", "お礼2", "お礼3", "案内1"]


def test_a_group_whose_people_took_part_elsewhere_is_kept_and_one_without_a_trace_goes(store):
    context, event = acting(store), add_lecture(store)
    made, other, bare = (group(store, name) for name in ("みほん町会", "よその会", "からの会"))
    (person,) = put(store, Person(name="見本　太郎", organisation_id=made))
    put(
        store,
        Entry(event_id=event, person_id=person, organisation_name="ほかの団体"),
        Entry(event_id=event, organisation_id=other),
    )
    for one in (made, other):
        with pytest.raises(UserError, match="申込、参加、帳票の記録がある"):
            organisations.delete_organisation(context, organisation_id=one)
    organisations.delete_organisation(context, organisation_id=bare)
    assert by_id(store.database, Organisation, bare) is None


def test_who_else_is_chair_is_said_of_a_chair_alone(store):
    made = group(store)
    said = [
        people.add_person(acting(store), name=name, organisation_id=where, role=role).message
        for name, where, role in (
            ("甲", made, "会長"), ("乙", made, "会計"), ("丙", made, "会長"), ("丁", None, "会長"),
        )
    ]  # fmt: skip
    assert_paper(said, "人を加える")


def test_a_change_taken_back_waits_for_a_decision_others_for_their_day(store):
    context, made = acting(store), group(store)
    for what, value, day in (
        (PlannedField.NAME, "あらた会", TODAY),
        (PlannedField.PRESIDENT, "見本　太郎", date(2026, 9, 2)),
    ):
        planned = PlannedChange(organisation_id=made, what=what, value=value, from_on=day)
        planned_changes.save_planned_change(context, planned=planned)
    planned_changes.apply_due_changes(context)
    undo(store, by=BY, now=NOW)
    assert_paper(view_lines(planned_changes.planned_change_follow_ups(store.database, TODAY), "link"), "届出の期限")


def test_a_person_of_the_same_number_is_no_former_name_of_a_group(store):
    made = group(store, "みほん町会")
    (person,) = put(store, Person(name="若葉　太郎"))
    assert made == person
    people.update_person(acting(store), person_id=person, name="青葉　太郎", furigana="", note="")
    found = rows(store.database, Organisation)
    assert former_names(store.database, ("若葉",), found) == {}


def test_names_are_looked_for_where_somebody_wrote_in_own_words(store):
    put(store, Person(name="見本　太郎"))

    def finder(**answer):
        return name_finder(store, [SurveyResponse(survey_id=1, source="紙", answers={"問1": Answer(**answer)})])

    assert [finder() is None, finder(text=" ") is None, finder(text="よい") is None, finder(other="他") is None] == [
        True, True, False, False,
    ]  # fmt: skip


def test_names_that_no_group_has_are_listed_with_their_people_and_linked(store):
    known, event = group(store, "わかば会"), add_lecture(store)
    inside, one, two, phone, lone = put(
        store,
        Person(name="見本　一郎", organisation_id=known),
        Person(name="見本　一郎"),
        Person(name="見本　二郎"),
        Person(name="見本　三郎"),
        Person(name="見本　四郎"),
    )
    put(
        store,
        *(Entry(event_id=event, person_id=one, organisation_name=name) for name in ("わかば会", "わかば 会")),
        Entry(event_id=event, person_id=two, organisation_name="わかば会"),
        Entry(event_id=event, person_id=phone, organisation_name="あおば会"),
        Entry(event_id=event, person_id=phone, organisation_name="こだま会"),
        Entry(event_id=event, person_id=lone, organisation_name="  "),
        Entry(event_id=event, organisation_name=REDACTED),
        ExpectedCount(event_id=event, position=0, organisation_name="あおば会", people=3),
        Application(organisation_name="あおば会", branch=" 第2支部 ", name="見本　三郎"),
        Application(organisation_name="こだま会", branch="第1支部", name="見本　三郎"),
        Application(organisation_name="こだま会", branch="第2支部", name="見本　三郎"),
    )
    assert_paper(view_lines(read_unlinked_names(store)), "名簿にない団体名")
    assert unlinked_notice(store.database, "あおば 会", "ない会") == (
        "同じ団体名が、申込1件・参加者1人・人数の表1行に書かれています。「団体」の「名簿にない団体名」で結び付けられます。"
    )
    assert unlinked_notice(store.database, "ない会") == ""
    answers = {one.key: known if one.organisation else f"new{one.branches[-1]}" for one in read_unlinked_names(store)}
    assert_paper([link_names(acting(store), answers=answers).message], "結び付けた")
    assert read_unlinked_names(store) == ()
    assert by_id(store.database, Person, one) is None
    held = [(one.name, one.organisation_id) for one in rows(store.database, Person, order="id")]
    assert held == [("見本　一郎", known), ("見本　二郎", known), ("見本　三郎", None), ("見本　四郎", None)]
    assert inside
    group(store, "ひかり台会")
    put(store, *(Entry(event_id=event, organisation_name=name) for name in ("あたらし会", "ひかり?会")))
    names = [(one.name, [each.name for each in one.similar]) for one in read_unlinked_names(store)]
    assert names == [("ひかり?会", ["ひかり台会"]), ("あたらし会", [])], "what may be registered stands first"


def test_a_name_stored_with_the_wrapping_of_an_export_is_corrected_in_its_copies_too(store, tmp_path):
    wrapped = '="みほん町会"'
    made = group(store, wrapped, branch="第1支部")
    event = add_dispatch(store, organisation_id=made)
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, event, organisation_name=wrapped)
    path = tmp_path / "一覧.csv"
    path.write_text("支部,団体名,世帯数\n第1支部,みほん町会,90\n", encoding="utf-8")
    done = import_organisations(
        store, path=path, by=BY, now=NOW, choices={1: RowChoice(action="同じ団体", record_id=made)}
    )
    names = (by_id(store.database, Organisation, made).name, the_event(store, event).organisation_name)
    assert (done.message, *names) == ("団体1件を更新しました。", "みほん町会", "みほん町会")


@pytest.mark.parametrize(("state", "action"), [("", "補助金を記録"), ("申請済", "みほん町会の補助金を申請済にした")])
def test_the_history_names_the_new_state_of_a_subsidy(store, state, action):
    given = Subsidy(organisation_id=group(store), fiscal_year=2026, name="活動", state=state)
    save_subsidy(acting(store), subsidy=given)
    (newest,) = store.database.execute("SELECT action FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    assert newest == action


def test_large_print_follows_its_addressee_alone(store):
    event = add_lecture(store)
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, event, large_letters=("o1", "p7"))
        keep_large_print(change, store.database, {"o1": "o2", "o9": "o3"})
    assert the_event(store, event).large_letters == ("o1", "o2", "p7")


def test_no_more_than_a_hundred_doubles_are_proposed(store):
    put(store, *(Organisation(name=f"会{chr(0x4E00 + 37 * number)}", furigana="みほん") for number in range(15)))
    assert len(suggest_duplicates(store)) == 100
