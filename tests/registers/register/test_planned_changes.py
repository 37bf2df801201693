"""届出の予定: told in advance, taken over on the day, undone as one; and whose 会長 changed since the last letter to
them."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.issued_copies import withdraw_row
from app.event.rules.recruitment import TO_PRESIDENTS
from app.event.services.tasks.follow_ups import read_eventless_follow_ups
from app.history import services as history_services
from app.home.today.services.global_search import search_everything
from app.registers.register.services import planned_changes as planned
from app.registers.register.services.organisation_view import read_organisation
from app.registers.register.services.organisations import list_organisations, update_organisation
from db.records.documents import Letter, Outgoing
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person, PlannedChange
from db.records.participants import ExpectedCount
from db.records.roster import Entry
from db.rows import by_id, row, rows
from db.tables import register
from tests.support.later_shape import give_later_shape
from tests.support.organisation_lists import import_organisations, preview_organisations
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, acting

pytestmark = pytest.mark.sample_year

WHO = {"by": BY, "now": NOW}
APRIL = {"by": BY, "now": datetime(2027, 4, 1, 8, 31)}


def with_chair(store):
    chairs = register.chairs(store.database)
    return next(one for one in rows(store.database, Organisation) if one.id in chairs)


def tell(store, organisation, what, value, on=date(2027, 4, 1), **more):
    change = PlannedChange(organisation_id=organisation.id, what=what, value=value, from_on=on, **more)
    return planned.save_planned_change(acting(store), planned=change).id


def test_everything_told_takes_effect_on_its_day_and_is_one_action(store):
    one = with_chair(store)
    before = register.chairs(store.database)[one.id][0]
    for row_of_sample in rows(store.database, PlannedChange, applied_on=None):
        planned.remove_planned_change(acting(store), planned_id=row_of_sample.id)
    tell(store, one, "会長", "見本　あたらし", furigana="みほん　あたらし")
    tell(store, one, "住所", "みほん区さくら町9-9-9")
    tell(store, one, "名称", "新しい名の見本町会")
    later = tell(store, one, "電話", "03-0000-9999", on=date(2027, 5, 1))
    assert planned.read_due_changes(store, today=date(2027, 3, 31)) == ()
    with pytest.raises(UserError):
        planned.apply_due_changes(acting(store))
    home = [
        found
        for found in read_eventless_follow_ups(store.database, NOW.date())
        if found.task == planned.PLANNED_SUBJECT
    ]
    assert [found.due for found in home] == [date(2027, 4, 1)] * 3 + [date(2027, 5, 1)]
    assert not any("あたらし" in found.label + found.detail or "さくら町" in found.label for found in home)
    planned.apply_due_changes(ActionContext(store, **APRIL))
    view = read_organisation(store, organisation_id=one.id)
    assert view.organisation.name == "新しい名の見本町会"
    assert register.chairs(store.database)[one.id] == ["見本　あたらし"]
    assert any(
        line.person is not None and line.person.name == before and line.membership.to_on == date(2027, 4, 1)
        for line in view.former_roles
    )
    assert row(store.database, Contact, organisation_id=one.id, kind="住所").value == "みほん区さくら町9-9-9"
    assert by_id(store.database, PlannedChange, later).applied_on is None
    done = next(change for change in view.planned if change.what == "名称")
    with pytest.raises(UserError, match="もう登録に反映"):
        planned.save_planned_change(ActionContext(store, **APRIL), planned=replace(done, value="別の名"))
    (item,) = [
        found
        for group in search_everything(store, text=one.name).groups
        for found in group.items
        if "→「新しい名の見本町会" in found.title
    ]
    assert item.link.organisation_id == one.id
    (listed,) = [each for each in list_organisations(store, text=one.name).rows if each.id == one.id]
    assert (listed.former_name, listed.organisation.name) == (one.name, "新しい名の見本町会")
    history_services.undo(store, **APRIL)
    assert register.chairs(store.database)[one.id] == [before]
    assert by_id(store.database, Organisation, one.id).name == one.name


def test_what_was_taken_back_waits_for_a_word_and_does_not_come_again_by_itself(store, tmp_path, monkeypatch):
    one = with_chair(store)
    for row_of_sample in rows(store.database, PlannedChange, applied_on=None):
        planned.remove_planned_change(acting(store), planned_id=row_of_sample.id)
    named = tell(store, one, "名称", "新しい名の見本町会")
    moved = tell(store, one, "住所", "みほん区さくら町9-9-9")
    planned.apply_due_changes(ActionContext(store, **APRIL))
    history_services.undo(store, **APRIL)
    april = APRIL["now"].date()
    assert planned.read_due_changes(store, today=april) == (), "the next one who opens the program must not let it"
    with pytest.raises(UserError, match="反映する届出はありません"):
        planned.apply_due_changes(ActionContext(store, **APRIL))
    assert read_organisation(store, organisation_id=one.id).suspended == {named, moved}
    asked = {
        found.label
        for found in read_eventless_follow_ups(store.database, april)
        if found.task == planned.PLANNED_SUBJECT
    }
    assert asked == {f"{one.name}の{what}を登録に反映するか決める" for what in ("名称", "住所")}

    kept = by_id(store.database, PlannedChange, named)
    assert "元に戻したまま" in planned.save_planned_change(ActionContext(store, **APRIL), planned=kept).message
    assert planned.read_due_changes(store, today=april) == ()
    with pytest.raises(UserError, match="まだ来ていません"):
        planned.save_planned_change(acting(store), planned=kept, take_over=True)
    planned.save_planned_change(ActionContext(store, **APRIL), planned=kept, take_over=True)
    assert by_id(store.database, Organisation, one.id).name == "新しい名の見本町会"
    # What was put right since is told anew, and one may take that back, too.
    planned.save_planned_change(
        ActionContext(store, **APRIL),
        planned=replace(by_id(store.database, PlannedChange, moved), value="みほん区うめ町1"),
    )
    assert [each.id for each in planned.read_due_changes(store, today=april)] == [moved]
    history_services.undo(store, **APRIL)
    assert planned.read_due_changes(store, today=april) == ()
    later = "ALTER TABLE planned_changes ADD COLUMN later TEXT NOT NULL DEFAULT '';\n"
    give_later_shape(monkeypatch, store, tmp_path, later, now=APRIL["now"])
    assert planned.read_due_changes(store, today=april) == (), "nor does an update let it"
    history_services.undo(store, **APRIL)
    assert by_id(store.database, Organisation, one.id).name == one.name
    assert read_organisation(store, organisation_id=one.id).suspended == {named, moved}


def test_only_those_whose_chair_changed_after_the_last_letter_are_listed(store):
    one = with_chair(store)
    before = register.chairs(store.database)[one.id][0]
    with store.change(action="案内文", by=BY, now=NOW, subject="letters") as change:
        change.insert(
            Letter(event_id=1, document_kind=TO_PRESIDENTS, form="公文書", state="施行", issued_on=date(2027, 3, 1))
        )
    assert planned.read_chair_changes(store).rows == ()
    tell(store, one, "会長", "見本　あたらし")
    planned.apply_due_changes(ActionContext(store, **APRIL))
    found = planned.read_chair_changes(store)
    assert found.since == date(2027, 3, 1)
    (changed,) = [each for each in found.rows if each.organisation.id == one.id]
    assert (changed.former_chair, changed.new_chair, changed.on) == (before, "見本　あたらし", date(2027, 4, 1))
    with store.change(action="案内文", by=BY, now=NOW, subject="letters") as change:
        change.insert(
            Letter(event_id=2, document_kind=TO_PRESIDENTS, form="公文書", state="施行", issued_on=date(2027, 4, 1))
        )
    assert planned.read_chair_changes(store).rows == (), "who took office on its day is the one it went to"


def test_a_chair_who_is_known_only_from_an_application_is_history_too(store):
    with store.change(action="申込を受け付けた", by=BY, now=NOW) as change:
        made = change.insert(Organisation(name="みほん申込のみ町会", branch="第1支部"))
        change.insert(Person(organisation_id=made, name="見本　もと", role="会長"))
    one = by_id(store.database, Organisation, made)
    tell(store, one, "会長", "見本　あたらし")
    planned.apply_due_changes(ActionContext(store, **APRIL))
    (changed,) = [each for each in planned.read_chair_changes(store).rows if each.organisation.id == one.id]
    assert (changed.former_chair, changed.new_chair) == ("見本　もと", "見本　あたらし")


def test_a_chair_who_was_entered_before_the_day_came_did_not_change_hands(store):
    one = with_chair(store)
    before = register.chairs(store.database)[one.id][0]
    held = register.memberships_of_organisation(store.database, one.id)
    tell(store, one, "会長", before)
    planned.apply_due_changes(ActionContext(store, **APRIL))
    assert register.memberships_of_organisation(store.database, one.id) == held
    assert one.id not in [each.organisation.id for each in planned.read_chair_changes(store).rows]
    assert list(register.chairs(store.database)[one.id]) == [before]


def test_a_letter_whose_issue_was_withdrawn_is_not_the_last_one(store):
    store.database.conn.execute("DELETE FROM outgoing WHERE document_kind = ?", [TO_PRESIDENTS])
    left = Outgoing(
        document_kind=TO_PRESIDENTS, reference="", version=1, format="pdf", way="印刷", by=BY, at=datetime(2027, 3, 1)
    )
    before = planned.read_chair_changes(store).since
    with store.change(action="案内文", by=BY, now=NOW, subject="papers") as change:
        left_id = change.insert(left)
    assert planned.read_chair_changes(store).since == date(2027, 3, 1)
    with store.change(action="施行を取り消した", by=BY, now=NOW, subject="papers") as change:
        withdraw_row(change, by_id(store.database, Outgoing, left_id), reason="直す", who=BY, at=NOW)
    assert planned.read_chair_changes(store).since == before


def test_a_list_taken_in_says_whose_chair_changed(store, tmp_path):
    one = with_chair(store)
    before = register.chairs(store.database)[one.id][0]
    path = tmp_path / "名簿.csv"
    path.write_text(f"支部,町会・自治会名,会長名\n{one.branch},{one.name},見本　あたらし\n", encoding="utf-8")
    preview = preview_organisations(store, path=path, today=date(2027, 4, 20), as_of=date(2027, 4, 1))
    assert any("会長が替わった団体が1件" in words for words in preview.notices)
    import_organisations(store, path=path, by=BY, now=datetime(2027, 4, 20, 9), as_of=date(2027, 4, 1))
    (changed,) = planned.read_chair_changes(store).rows
    assert (changed.organisation.id, changed.former_chair, changed.new_chair) == (one.id, before, "見本　あたらし")


def test_what_says_nothing_is_refused(store):
    with pytest.raises(UserError, match="変更後の住所"):
        tell(store, with_chair(store), "住所", " ")
    for what in ("名称", "会長"):
        with pytest.raises(UserError, match=f"{what}に絵文字がある"):
            tell(store, with_chair(store), what, "見本\U0001f600")
    assert tell(store, with_chair(store), "住所", "見本区\U0001f600"), "an address is printed on no letter as a name"


def dispatch_of(store, ordinal):
    return row(store.database, Event, kind="派遣", ordinal=ordinal)


@pytest.mark.parametrize("ordinal", [1, 3])
def test_a_new_name_is_borne_by_all_that_is_made_from_then_on_and_the_former_one_is_found(store, ordinal):
    """派01 was held, 派03 is still to come. Letters and rosters read the register, a 派遣 holds a copy of the name."""
    event = dispatch_of(store, ordinal)
    old = by_id(store.database, Organisation, event.organisation_id)
    before = rows(store.database, Event), rows(store.database, ExpectedCount)
    named = old.name.replace("見本", "みほん新")
    said = update_organisation(acting(store), organisation=replace(old, name=named)).message
    assert "派遣1件の団体名も新しくしました" in said
    assert dispatch_of(store, ordinal).full_title == f"第{ordinal}回 派遣 {named}"
    printed = said_by(documents.build_document(store, event_id=event.id, kind="受付名簿", now=NOW))
    assert named in printed
    assert old.name not in printed
    for name in (old.name, named):
        assert old.id in [one.organisation.id for one in list_organisations(store, text=name).rows]
    history_services.undo(store, **WHO)
    assert (rows(store.database, Event), rows(store.database, ExpectedCount)) == before


def test_a_name_that_was_told_in_advance_is_borne_by_its_dispatch_too(store):
    coming = dispatch_of(store, 3)
    for waiting in rows(store.database, PlannedChange, applied_on=None):
        planned.remove_planned_change(acting(store), planned_id=waiting.id)
    tell(
        store,
        by_id(store.database, Organisation, coming.organisation_id),
        "名称",
        "見本わかば・みどり町会",
        on=NOW.date(),
    )
    planned.apply_due_changes(acting(store))
    assert dispatch_of(store, 3).organisation_name == "見本わかば・みどり町会"


def test_events_of_before_a_renaming_call_the_organisation_as_on_their_day(store):
    """A roster of October made again in March; the 派遣 and the numbers that copy the name alike."""
    place = next(one for one in rows(store.database, Entry, order="id") if one.organisation_id and one.state == "決定")
    event = by_id(store.database, Event, place.event_id)
    one = by_id(store.database, Organisation, place.organisation_id)
    with store.change(action="用意", **WHO) as change:
        later = change.insert(replace(event, id=0, event_date=date(2027, 3, 25)))
        change.insert(Entry(event_id=later, organisation_id=one.id, state="決定"))
        copies = [
            change.insert(
                ExpectedCount(
                    event_id=number, position=90, organisation_id=one.id, organisation_name=one.name, people=1
                )
            )
            for number in (event.id, later)
        ]
    tell(store, one, "名称", "新しい名の見本町会", on=date(2027, 3, 1))
    assert one.name in roster_said(store, event.id)
    planned.apply_due_changes(ActionContext(store, **APRIL))
    assert one.name in roster_said(store, event.id)
    assert "新しい名の見本町会" not in roster_said(store, event.id)
    assert "新しい名の見本町会" in roster_said(store, later)
    copied = [by_id(store.database, ExpectedCount, each).organisation_name for each in copies]
    assert copied == [one.name, "新しい名の見本町会"]
    history_services.undo(store, **APRIL)
    assert one.name in roster_said(store, later)


def test_a_name_that_was_written_wrongly_is_right_on_every_paper(store):
    place = next(one for one in rows(store.database, Entry, order="id") if one.organisation_id and one.state == "決定")
    one = by_id(store.database, Organisation, place.organisation_id)
    said = update_organisation(acting(store), organisation=replace(one, name="書き直した見本町会")).message
    assert "届出で改称したときは「届出の予定」に替わる日を入れると" in said
    assert "書き直した見本町会" in roster_said(store, place.event_id)
    # The 届出 may be entered afterwards, with its day.
    change = PlannedChange(organisation_id=one.id, what="名称", value="書き直した見本町会", from_on=date(2026, 12, 31))
    planned.save_planned_change(ActionContext(store, **APRIL), planned=change, take_over=True)
    assert one.name in roster_said(store, place.event_id)


def roster_said(store, event_id):
    return said_by(documents.build_document(store, event_id=event_id, kind="受付名簿", now=APRIL["now"]))
