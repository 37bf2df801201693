"""Two entries of one 団体 or one person become one: nothing is lost, nothing stands twice, one undo takes it back."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services.document_context import letter_of
from app.documents.services.document_scope import DocumentScope
from app.history import services as history_services
from app.registers.register.services.merging import field_choice
from app.registers.register.services.organisation_merge import (
    merge_organisations,
    preview_organisation_merge,
    suggest_duplicates,
)
from app.registers.register.services.organisation_view import read_organisation
from app.registers.register.services.organisations import create_organisation, mark_stage, save_contact
from app.registers.register.services.people import add_person, read_person
from app.registers.register.services.person_merge import merge_people, preview_person_merge
from app.registers.register.services.subsidies import save_subsidy
from db.records.applications import Application
from db.records.calls import Call, ChangeDecision
from db.records.documents import DocumentPassage, Letter, LetterForm, LetterState, Notification, Outgoing
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Subsidy
from db.records.participants import ExpectedCount
from db.records.programme import Programme
from db.records.roster import Entry
from db.records.year.proposal import PolicyLine
from db.rows import rows
from db.tables import documents
from tests.support.stores import new_store

NOW = datetime(2026, 12, 1, 9, 0)
WHO = {"by": "見本　係員", "now": NOW}


def acting(store):
    return ActionContext(store, **WHO)


@pytest.fixture
def store(tmp_path):
    made = new_store(tmp_path)
    with made.change(action="年度", **WHO) as change:
        change.insert(Programme(fiscal_year=2026, title="見本", term_end=date(2027, 3, 31)))
    yield made
    made.database.conn.close()


def organisation(store, name, branch="第1支部", **more):
    return create_organisation(acting(store), organisation=Organisation(branch=branch, name=name, **more)).id


def person(store, name, organisation_id, phone="", **more):
    made = add_person(acting(store), name=name, organisation_id=organisation_id, **more).id
    if phone:
        save_contact(acting(store), contact=Contact(person_id=made, value=phone, purpose="中止・変更の連絡"))
    return made


def event(store, ordinal, **more):
    with store.change(action="実施回", **WHO) as change:
        return change.insert(
            Event(
                kind="講習会",
                form=EventForm.LECTURE,
                ordinal=ordinal,
                subject="LINE講習会",
                event_date=date(2026, 9, ordinal),
                **more,
            )
        )


def insert(store, record):
    with store.change(action="見本", **WHO) as change:
        return change.insert(record)


def whole(store):
    apart = ("journal", "former_names", "_sqlite_migrations", "facts")
    names = [name for name in store.database.table_names() if name not in apart]
    return {name: list(store.database.query(f"SELECT * FROM [{name}] ORDER BY 1")) for name in names}


@pytest.fixture
def pair(store):
    """Two entries of one 団体, the second with a row in every table that can point to it."""
    keep = organisation(
        store, "見本桜見台北町会", furigana="みほん", households=120, note="前からの覚え", stages={"LINE": "1"}
    )
    drop = organisation(store, "見本桜台北町会", households=130, note="別の覚え", support_policy="派遣を勧める")
    first = event(store, 1)
    decision = insert(
        store, ChangeDecision(event_id=first, kind="中止", decided_at=NOW, decided_by="課長", reason="大雪")
    )
    stays = person(store, "髙橋　恵子", keep, "03-0000-1111", role="会計")
    goes = person(store, "高橋 恵子", drop, "０３－００００－１１１１", role="会計")
    other = person(store, "見本　一", drop)
    for value in ("03-0000-2222", "03-0000-3333"):
        save_contact(acting(store), contact=Contact(organisation_id=drop, value=value, purpose="団体への連絡"))
    save_contact(acting(store), contact=Contact(organisation_id=keep, value="0300002222", purpose="団体への連絡"))
    mark_stage(acting(store), organisation_id=drop, tool="LINE", stage="3", marked_on=date(2026, 12, 2))
    for one in (keep, drop):
        save_subsidy(acting(store), subsidy=Subsidy(organisation_id=one, fiscal_year=2026, amount=30000))
    insert(store, Application(organisation_id=drop, organisation_name="桜台北", name="高橋 恵子"))
    insert(store, Entry(event_id=first, person_id=goes, organisation_id=drop))
    insert(store, Entry(event_id=first, person_id=stays, organisation_id=keep))
    insert(
        store,
        Call(
            event_id=first,
            decision_id=decision,
            target="団体",
            organisation_id=drop,
            outcome="連絡済",
            at=NOW,
            by="見本",
        ),
    )
    for one, people in ((keep, 2), (drop, 3)):
        insert(
            store,
            ExpectedCount(
                event_id=first,
                position=one,
                organisation_id=one,
                organisation_name="見本桜台北町会",
                people=people,
                own_devices=people - 1,
                lent_devices=1,
                care_count=people,
                care_request="席",
            ),
        )
    insert(
        store,
        Event(
            kind="派遣",
            form=EventForm.VISIT,
            ordinal=1,
            subject="派遣",
            organisation_id=drop,
            organisation_name="見本桜台北町会",
        ),
    )
    insert(
        store,
        Notification(
            organisation_id=drop,
            document_kind="支援の方針",
            key="方針",
            told_on=date(2026, 12, 1),
            told_to="見本桜台北町会",
            told_how="手渡し",
            told_by="見本",
            by="見本",
            at=NOW,
        ),
    )
    return keep, drop, stays, goes, other


def test_the_preview_says_what_moves_and_proposes_a_value_for_every_field(store, pair):
    keep, drop, stays, goes, _ = pair
    before = whole(store)
    preview = preview_organisation_merge(store, keep_id=keep, drop_id=drop)
    assert {one.key: one.proposed for one in preview.choices if one.differs} == {
        "name": "keep",
        "furigana": "keep",
        "households": "keep",
        "support_policy": "drop",
        "note": "both",
    }
    assert "役員・人　2人" in preview.moves
    assert "連絡先　2件（うち1件は同じものがあるため1つにします）" in preview.moves
    assert "派遣の実施回　1回" in preview.moves
    assert [(one.id, other.id) for one, other in preview.same_people] == [(stays, goes)]
    assert whole(store) == before


def test_merging_moves_every_reference_and_leaves_nothing_twice(store, pair):
    keep, drop, stays, goes, other = pair
    merge_organisations(
        acting(store), keep_id=keep, drop_id=drop, take={"households": "drop", "name": "drop"}, people=[(stays, goes)]
    )
    view = read_organisation(store, organisation_id=keep)
    assert (view.organisation.name, view.organisation.households) == ("見本桜台北町会", 130)
    assert view.organisation.note == "前からの覚え\n別の覚え"
    assert view.organisation.support_policy == "派遣を勧める"
    assert view.organisation.stages == {"LINE": "3"}
    assert [line.person.id for line in view.members] == [stays, other]
    assert [row.value for row in view.contacts] == ["03-0000-3333", "0300002222"]
    assert [row.value for row in read_person(store, person_id=stays).contacts] == ["03-0000-1111"]
    assert len(view.subsidies) == 1
    assert [line.event.full_title for line in view.participation] == ["第1回 派遣 見本桜台北町会", "第1回 LINE講習会"]
    counts = store.database.execute(
        "SELECT people, own_devices, lent_devices, care_count, care_request FROM expected_counts"
    ).fetchall()
    assert counts == [(5, 3, 2, 5, "席")]
    left = [
        name
        for name in (
            "acts",
            "people",
            "memberships",
            "contacts",
            "stage_marks",
            "subsidies",
            "applications",
            "entries",
            "calls",
            "events",
        )
        if store.database.execute(f"SELECT count(*) FROM {name} WHERE organisation_id = ?", [drop]).fetchone()[0]
    ]
    assert left == []
    assert store.database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_one_undo_takes_a_merge_back_whole(store, pair):
    keep, drop, stays, goes, _ = pair
    before = whole(store)
    merge_organisations(acting(store), keep_id=keep, drop_id=drop, people=[(stays, goes)])
    history_services.undo(store, **WHO)
    assert whole(store) == before


def test_two_entries_of_one_person_become_one_and_a_double_application_is_marked(store):
    made, other = organisation(store, "あ町会"), organisation(store, "い町会")
    stays = person(store, "渡邉　正", made, "090-0000-0001", role="会長")
    goes = person(store, "渡辺 正", other, "09000000001", role="会長", furigana="わたなべ　ただし")
    first, second = event(store, 1), event(store, 2)
    for one in (first, second):
        insert(store, Entry(event_id=one, person_id=goes, organisation_id=other))
    insert(store, Entry(event_id=first, person_id=stays, organisation_id=made))
    preview = preview_person_merge(store, keep_id=stays, drop_id=goes)
    assert preview.moves == (
        "申込・参加の記録　2件",
        "役職の履歴　1件",
        "連絡先　1件（うち1件は同じものがあるため1つにします）",
    )
    assert preview.warnings == (
        "第1回 LINE講習会（9/1(火)）に両方の申込があります。まとめたあと、実施回の参加者で1件を辞退にしてください。",
    )
    before = whole(store)
    merge_people(acting(store), keep_id=stays, drop_id=goes, take={"role": "drop"})
    view = read_person(store, person_id=stays)
    assert (view.person.name, view.person.furigana, view.organisation.id) == ("渡邉　正", "わたなべ　ただし", other)
    assert len(view.contacts) == 1
    assert [line.organisation.name for line in view.roles] == ["い町会", "あ町会"]
    doubtful = store.database.execute("SELECT event_id, doubtful FROM entries ORDER BY id").fetchall()
    assert doubtful == [(first, "同じ人の申込が2件あります"), (second, ""), (first, "")]
    history_services.undo(store, **WHO)
    assert whole(store) == before


def test_the_chair_of_an_organisation_is_its_chair_after_a_merge_too(store):
    keep, drop = organisation(store, "い町会"), organisation(store, "い町会", branch="第2支部")
    stays = person(store, "見本　太郎", keep)
    goes = person(store, "見本　太郎", drop, role="会長")
    merge_organisations(acting(store), keep_id=keep, drop_id=drop, people=[(stays, goes)])
    view = read_organisation(store, organisation_id=keep)
    assert [(line.person.name, line.person.role) for line in view.members] == [("見本　太郎", "会長")]


def test_an_entry_is_not_merged_with_itself(store):
    made = organisation(store, "あ町会")
    with pytest.raises(UserError, match="同じ1件"):
        merge_organisations(acting(store), keep_id=made, drop_id=made)
    with pytest.raises(UserError, match="見つかりません"):
        preview_person_merge(store, keep_id=99, drop_id=98)


def test_likely_doubles_are_proposed_with_the_reason(store):
    one = organisation(store, "桜見台北町会", "桜見台支部")
    organisation(store, "桜台北町会", "桜見台支部")
    organisation(store, "髙台町会", "第2支部")
    organisation(store, "高台町会", "")
    person(store, "髙橋　恵子", one)
    person(store, "高橋恵子", one)
    assert [(each.kind, each.first, each.second, each.reason) for each in suggest_duplicates(store)] == [
        ("団体", "桜見台北町会", "桜台北町会", "同じ支部で、名称が似ている"),
        ("団体", "髙台町会", "高台町会", "片方に支部の登録がなく、名称が同じ（表記の違いだけ）"),
        ("人", "髙橋　恵子", "高橋恵子", "同じ団体で、氏名が同じ（表記の違いだけ）"),
    ]


def test_names_that_differ_on_purpose_and_namesakes_elsewhere_are_not_proposed(store):
    first = organisation(store, "見本一丁目町会")
    for name in ("見本二丁目町会", "見本東町会", "見本西町会", "見本１号棟自治会", "見本２号棟自治会"):
        organisation(store, name)
    second = organisation(store, "見本一丁目町会", "第2支部")
    for where, name in (
        (first, "山田　一郎"),
        (first, "山田　二郎"),
        (second, "山田　一郎"),
        (first, "山田　花子"),
        (first, "山田　幸子"),
    ):
        person(store, name, where)
    assert suggest_duplicates(store) == ()
    for where in (first, second):
        person(store, "田中　正", where, "03-0000-0009")
    assert [(each.first, each.reason, each.affiliation) for each in suggest_duplicates(store)] == [
        ("田中　正", "氏名と電話番号が同じ", "見本一丁目町会")
    ]


def test_the_field_of_a_merge_may_be_taken_from_either_side(store):
    keep = organisation(store, "い町会", note="a")
    drop = organisation(store, "ろ町会", branch="第2支部", note="b")
    merge_organisations(acting(store), keep_id=keep, drop_id=drop, take={"branch": "drop", "note": "keep"})
    found = read_organisation(store, organisation_id=keep).organisation
    assert found == replace(found, branch="第2支部", name="い町会", note="a")


def test_copies_of_either_name_bear_the_name_that_is_taken(store):
    keep, drop = organisation(store, "い町会"), organisation(store, "ろ町会", branch="第2支部")
    *visits, third = [event(store, ordinal) for ordinal in (1, 2, 3)]
    with store.change(action="派遣と人数を用意", **WHO) as change:
        for number, (owner, name) in enumerate(((keep, "い町会"), (drop, "ろ町会"))):
            named = {"organisation_id": owner, "organisation_name": name}
            change.update(Event, visits[number], **named, subject=f"派遣　{name}")
            change.insert(ExpectedCount(event_id=visits[number], position=0, people=3, **named))
        reworded = {"organisation_id": drop, "organisation_name": "ろ町会（青年部）"}
        written = change.insert(ExpectedCount(event_id=third, position=0, people=1, **reworded))
    before = [rows(store.database, Event), rows(store.database, ExpectedCount)]
    merge_organisations(acting(store), keep_id=keep, drop_id=drop, take={"name": "drop"})
    found = [one for one in rows(store.database, Event) if one.id in visits]
    assert {(one.organisation_name, one.subject) for one in found} == {("ろ町会", "派遣　ろ町会")}
    counts = {one.id: one.organisation_name for one in rows(store.database, ExpectedCount, organisation_id=keep)}
    assert set(counts.values()) == {"ろ町会", "ろ町会（青年部）"}
    assert counts[written] == "ろ町会（青年部）"
    history_services.undo(store, **WHO)
    assert [rows(store.database, Event), rows(store.database, ExpectedCount)] == before


def test_papers_about_an_organisation_itself_go_along_and_its_own_wording_stays(store):
    keep = organisation(store, "い町会")
    drop = organisation(store, "い町会", branch="第2支部")
    with store.change(action="書類を用意", subject="papers", **WHO) as change:
        change.insert(Letter(organisation_id=drop, document_kind="お知らせ"))
        change.insert(DocumentPassage(organisation_id=keep, document_kind="お知らせ", part="文", text="残る文"))
        change.insert(DocumentPassage(organisation_id=drop, document_kind="お知らせ", part="文", text="去る文"))
        change.insert(DocumentPassage(organisation_id=drop, document_kind="お知らせ", part="追伸", text="移る文"))
        change.insert(
            Outgoing(
                organisation_id=drop,
                document_kind="お知らせ",
                reference="",
                version=1,
                format="pdf",
                way="印刷",
                by="見本",
                at=datetime(2026, 9, 1, 9),
            )
        )
    merge_organisations(acting(store), keep_id=keep, drop_id=drop)
    assert [row.document_kind for row in documents.letters_of(store.database, organisation_id=keep)] == ["お知らせ"]
    assert len(documents.outgoing_of_organisation(store.database, keep)) == 1
    assert [row.text for row in rows(store.database, DocumentPassage, organisation_id=keep)] == ["残る文", "移る文"]


def test_of_two_letters_of_a_kind_the_one_to_the_entry_that_stays_is_asked_for_again(store):
    keep, drop = organisation(store, "見本町会"), organisation(store, "みほん町会")
    with store.change(action="不採択", **WHO) as change:
        for number, one in (("413", keep), ("414", drop)):
            change.insert(
                Letter(
                    organisation_id=one,
                    document_kind="派遣不採択通知",
                    form=LetterForm.FORMAL,
                    state=LetterState.ISSUED,
                    document_number=number,
                )
            )
    merge_organisations(acting(store), keep_id=keep, drop_id=drop)
    scope = DocumentScope(organisation_id=keep)
    known = letter_of(store, scope, "派遣不採択通知", on=NOW.date())
    assert known is not None
    assert known.document_number == "413"
    assert {one.document_number for one in rows(store.database, Letter, organisation_id=keep)} == {"413", "414"}


def test_merging_knows_every_table_that_points_to_a_person_or_an_organisation(store):
    found = {
        (table.name, key.other_table)
        for table in store.database.tables
        for key in table.foreign_keys
        if key.other_table in ("organisations", "people")
    }
    of_organisation = {
        "acts", "people", "memberships", "contacts", "stage_marks", "subsidies", "applications", "entries", "calls",
        "expected_counts", "events", "letters", "outgoing", "paper_texts", "dispatch_wishes", "planned_changes",
        "proposal_policies", "presentations", "contact_memos",
    }  # fmt: skip
    assert {name for name, other in found if other == "organisations"} == of_organisation
    assert {name for name, other in found if other == "people"} == {
            "memberships", "contacts", "entries", "holds", "mistake_reports", "data_requests",
        }  # fmt: skip


def test_policies_of_a_year_move_or_are_joined_without_losing_a_word(store):
    keep, drop = organisation(store, "い町会"), organisation(store, "ろ町会")
    with store.change(action="用意", **WHO, subject="proposal") as change:
        change.insert(PolicyLine(programme_id=1, organisation_id=keep, policy="更新の担当を2人にする。"))
        change.insert(PolicyLine(programme_id=1, organisation_id=drop, stage="LINE 1", policy="後任へ渡す。"))
    merge_organisations(acting(store), keep_id=keep, drop_id=drop)
    found = rows(store.database, PolicyLine)
    assert [(one.organisation_id, one.stage, one.policy) for one in found] == [
        (keep, "LINE 1", "更新の担当を2人にする。　後任へ渡す。")
    ]


@pytest.mark.parametrize(
    ("keep", "drop", "proposed"), [("甲", "乙", "keep"), ("甲", "", "keep"), ("　", "乙", "drop"), ("", "", "drop")]
)
def test_what_stays_goes_before_the_other_unless_it_is_empty_and_texts_that_differ_stay_both(keep, drop, proposed):
    assert field_choice("note", "備考", keep, drop).proposed == proposed
    both = field_choice("note", "備考", keep, drop, can_keep_both=True).proposed
    assert both == ("both" if (keep, drop) == ("甲", "乙") else proposed)
