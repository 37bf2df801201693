"""The register as it is read and written down: lists row by row, doubles, the record of a 団体, what acts say."""

from dataclasses import replace
from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.importing.row_target import RowChoice, preview_list
from app.registers.register.documents import OrganisationFacts, organisation_record
from app.registers.register.rules import NameFinder
from app.registers.register.services import organisations, people, planned_changes
from app.registers.register.services.merging import move_contacts, move_memberships
from app.registers.register.services.organisation_intake import TAKE_NEW
from app.registers.register.services.organisation_merge import (
    _are_similar,
    mark_as_distinct,
    merge_organisations,
    preview_organisation_merge,
    suggest_duplicates,
)
from app.registers.register.services.organisation_suggestions import suggest_organisations
from app.registers.register.services.organisation_target import ORGANISATIONS
from app.registers.register.services.organisation_view import read_organisation
from app.registers.register.services.registered_people import RegisteredPeople, phone_key
from app.registers.register.services.search import find_organisations, find_people, matched_spans, other_spellings
from app.registers.register.services.subsidies import save_subsidy
from db.name_key import name_key
from db.records.dispatches import DispatchRequest
from db.records.organisations import (
    Contact,
    ContactKind,
    Membership,
    Organisation,
    Person,
    PlannedChange,
    PlannedField,
    Subsidy,
)
from db.records.presentations import Presentation
from db.records.roster import Entry
from db.rows import by_id, rows
from tests.support.organisation_lists import import_organisations, preview_organisations
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import BY, NOW, TODAY, add_lecture, plain_context

HEAD = "支部,団体名,会長名,連絡先,世帯数,LINE,補助金\n"
LISTED = (
    "第1支部,みほん町会,見本　太郎,03-0000-0001,120,2,30000",
    "第1支部,みほん町会,見本　太郎,03-0000-0001,120,2,30000",
    "第1支部,みほん町会,見本　次郎,03-0000-0001,120,2,30000",
    "第1支部,みほん 町会,見本　太郎,,,,",
    "第1支部,,見本　太郎,,,,",
    "第2支部,わかば会,空席,03-0000-0002,約100,×,申請中",
    "第2支部,こだま会,髙木　花子,03-0000-0003,80,3,",
    "第2支部,古い名の会,,,,,",
    "第3支部,みほん町会,,,,,",
    "第3支部,ひかり?会,,,,,",
    "第3支部,あおぞら第一町会,,12,,9,",
    "第3支部,あおぞら第二町会,青空?　元,０３－００００－０００４,,,",
)


@pytest.fixture
def listed(store, tmp_path):
    """A register of five 団体, and a list that says something else of most of them."""
    context = acting(store)
    for branch, name, more in (
        ("第2支部", "わかば会", {"households": 90}),
        ("第2支部", "こだま会", {"households": 80}),
        ("第2支部", "旧の会", {}),
        ("第3支部", "ひかり台会", {}),
        ("", "みほん町会", {}),
    ):
        organisations.create_organisation(context, organisation=Organisation(branch=branch, name=name, **more))
    known = {one.name: one.id for one in rows(store.database, Organisation)}
    for name, chair, phone in (("わかば会", "若葉　元", "03-0000-0009"), ("こだま会", "高木　花子", "03-0000-0003")):
        people.add_person(context, name=chair, organisation_id=known[name], role="会長")
        contact = Contact(organisation_id=known[name], value=phone, purpose="団体への連絡")
        organisations.save_contact(context, contact=contact)
    organisations.mark_stage(
        context, organisation_id=known["こだま会"], tool="LINE", stage="1", marked_on=date(2026, 12, 1)
    )
    old = by_id(store.database, Organisation, known["旧の会"])
    for name in ("古い名の会", "いまの会"):
        organisations.update_organisation(context, organisation=replace(old, name=name))
    path = tmp_path / "一覧.csv"
    path.write_text(HEAD + "\n".join(LISTED) + "\n", encoding="utf-8")
    return path


def acting(store):
    return ActionContext(store, BY, NOW)


def judged(found):
    said = []
    for one in found.rows:
        changed = [f"{each.label} {each.old}→{each.new}{'（残す）' * each.is_kept}" for each in one.changes]
        near = "、".join(each.name for each in one.similar)
        words = (one.outcome, one.reason, one.note, "、".join(changed), near, "要確認" * one.needs_review)
        said.append(f"{one.spreadsheet_row}行目　{'｜'.join(words)}".rstrip("｜"))
    return said


def test_a_list_is_judged_row_by_row_and_taken_in_as_it_was_decided(store, listed):
    shown = preview_organisations(store, path=listed, today=TODAY)
    assert_paper([*judged(shown), *shown.notices], "見たとき")
    target = next(one for one in rows(store.database, Organisation) if one.name == "みほん町会").id
    choices = {
        1: RowChoice(action="新しい団体"),
        3: RowChoice(action="取り込まない"),
        9: RowChoice(action="同じ団体", record_id=target),
        11: RowChoice(action="新しい団体"),
    }
    decided = preview_organisations(store, path=listed, today=TODAY, choices=choices)
    assert_paper(judged(decided), "決めたあと")
    done = import_organisations(store, path=listed, by=BY, now=NOW, choices=choices)
    views = [read_organisation(store, organisation_id=one.id) for one in rows(store.database, Organisation, order="id")]
    assert_paper(
        [
            done.message,
            *(
                f"{one.organisation.branch} {one.organisation.name} {one.organisation.households}"
                f"{one.organisation.households_text}｜"
                + "・".join(f"{each.person.name} {each.person.role} {each.person.note}" for each in one.members)
                + "｜"
                + "・".join(f"{each.kind} {each.value} {each.ended_on} {each.note}" for each in one.contacts)
                + "｜"
                + "・".join(f"{each.tool} {each.stage}" for each in one.stages)
                + "｜"
                + "・".join(f"{each.amount} {each.note}" for each in one.subsidies)
                for one in views
            ),
        ],
        "取り込んだあと",
    )


def test_of_two_rows_of_one_name_one_is_new_however_both_were_decided(store, listed):
    """The register holds a name once in a 支部: a like row is the same, another one is to be looked at."""
    new = dict.fromkeys((1, 2, 3, 4), RowChoice(action="新しい団体"))
    found = preview_organisations(store, path=listed, today=TODAY, choices=new).rows[:4]
    assert [(one.outcome, one.reason) for one in found] == [
        ("新規", "新しい団体として取り込む"),
        ("重複", "2行目と同じ支部・団体名です"),
        ("確認が必要", "2行目と同じ支部・団体名ですが、内容が違います"),
        ("新規", "新しい団体として取り込む"),
    ]
    first = preview_organisations(
        store, path=listed, today=TODAY, choices={1: RowChoice(action="取り込まない"), 2: new[2]}
    )
    assert [one.outcome for one in first.rows[:3]] == ["取り込まない", "新規", "確認が必要"]


@pytest.mark.parametrize(
    ("new", "outcome", "more"),
    [(1, "新規", {}), (2, "確認が必要", {}), (2, "新規", {TAKE_NEW: True})],
)
def test_a_list_of_which_more_than_a_third_is_new_asks_first_whether_it_is(store, tmp_path, new, outcome, more):
    for name in ("あ会", "い会"):
        organisations.create_organisation(acting(store), organisation=Organisation(branch="第1支部", name=name))
    path = tmp_path / "一覧.csv"
    names = ["あ会", "い会", "ひばり自治会", "すずめ町会"][: 2 + new]
    path.write_text("支部,団体名\n" + "\n".join(f"第1支部,{name}" for name in names) + "\n", encoding="utf-8")
    settings = {"as_of": TODAY, **more}
    found = preview_list(store, path=path, target=ORGANISATIONS, today=TODAY, settings=settings)
    assert [one.outcome for one in found.rows] == ["重複", "重複"] + [outcome] * new


def test_a_new_group_of_a_known_name_says_where_the_other_one_is(store):
    def made(branch, name="みほん町会"):
        given = Organisation(branch=branch, name=name)
        return organisations.create_organisation(acting(store), organisation=given).message

    said = [made("第1支部"), made("第2支部"), made("", "みほん 町会"), made("第3支部", "よその会")]
    with pytest.raises(UserError, match="第2支部には「みほん町会」がもう登録"):
        made("第2支部")
    assert_paper(said, "同じ名の団体")


def test_doubles_are_proposed_with_their_reason_and_no_more_once_they_are_apart(store):
    context = acting(store)

    def made(name, branch="第1支部", **more):
        given = Organisation(branch=branch, name=name, **more)
        return organisations.create_organisation(context, organisation=given).id

    first = made("光が森三丁目町会", furigana="ひかりがもり")
    for name, more in (
        ("光が森四丁目町会", {}),
        ("光ヶ森三丁目町会", {"branch": ""}),
        ("ひかりの会", {"furigana": "ヒカリガモリ"}),
        ("光が森三丁目町内会", {}),
        ("まったく別の会", {}),
    ):
        made(name, **more)
    for name, furigana, role in (
        ("高梁　恵子", "たかはし　けいこ", "会長"),
        ("髙梁　惠子", "", ""),
        ("高梁　恵美子", "", ""),
        ("高梁　恵一", "たかはし　けいいち", ""),
        ("高梁　景子", "たかはし　けいこ", ""),
    ):
        people.add_person(context, name=name, furigana=furigana, organisation_id=first, role=role)
    found = suggest_duplicates(store)
    assert_paper(
        [f"{one.kind}　{one.first}／{one.second}　{one.affiliation}　{one.reason}" for one in found], "二重の登録"
    )
    pair = found[0]
    said = mark_as_distinct(context, what=pair.kind, keep_id=pair.drop_id, drop_id=pair.keep_id).message
    assert said == "別の登録として残しました。二重の登録には、もう並べません。"
    assert suggest_duplicates(store) == found[1:]
    with pytest.raises(UserError, match="もう別の登録"):
        mark_as_distinct(context, what=pair.kind, keep_id=pair.keep_id, drop_id=pair.drop_id)
    other = next(one for one in rows(store.database, Organisation) if one.name == "光が森三丁目町内会").id
    organisations.save_contact(context, contact=Contact(organisation_id=other, value="03-0000-0001", purpose="連絡"))
    for group in (first, other):
        save_subsidy(context, subsidy=Subsidy(organisation_id=group, fiscal_year=2026, name="補助", amount=3))
    shown = preview_organisation_merge(store, keep_id=first, drop_id=other)
    done = merge_organisations(context, keep_id=first, drop_id=other)
    assert_paper(
        [
            *(f"{one.label}　{one.keep}／{one.drop}　{one.proposed}" for one in shown.choices),
            *shown.moves, *(f"{keep.name}／{drop.name}" for keep, drop in shown.same_people), done.message,
            *(f"{one.organisation.name}　{one.former_name_words}" for one in find_organisations(store, text="町内会")),
            *(f"{one.name} {one.amount}" for one in rows(store.database, Subsidy)),
        ],
        "まとめる",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "least", "alike"),
    [
        ("光が森自治会", "光の森自治会", 0.8, True),
        ("光が森自治会", "光の森自治会", 0.9, False),
        ("一丁目町会", "二丁目町会", 0.5, False),
        ("町会東", "町会", 0.5, False),
        ("町会", "町会会", 0.8, True),
        ("abcd", "abce", 0.75, True),
        ("abcd", "abce", 0.76, False),
    ],
)
def test_names_that_differ_in_a_number_or_a_side_are_not_alike(one, other, least, alike):
    assert _are_similar(one, other, least) == _are_similar(other, one, least) == alike


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("03-0000-0001", "0300000001"), ("０３（００００）０００１", "0300000001"), ("080-0000-0001", "08000000001"),
        ("03-0000-0001 内線12", "0300000001"), ("03000000", ""), ("030000000", ""), ("0300000001", "0300000001"),
        ("03-0000-00012", "0300000001"), ("080-0000-00012", "08000000001"), ("", ""),
    ],
)  # fmt: skip
def test_a_telephone_is_known_by_its_ten_digits_a_mobile_by_eleven(value, key):
    assert phone_key(value) == key


def test_people_are_looked_up_by_their_group_and_by_the_name_that_an_entry_says(store):
    context = acting(store)
    group = organisations.create_organisation(context, organisation=Organisation(name="みほん町会")).id
    inside = people.add_person(context, name="髙橋　恵子", organisation_id=group).id
    outside = people.add_person(context, name="高橋 恵子").id
    organisations.save_contact(context, contact=Contact(person_id=inside, value="03-0000-0001", purpose="連絡"))
    mail = Contact(person_id=inside, value="a@example.jp", kind=ContactKind.MAIL, purpose="連絡")
    organisations.save_contact(context, contact=mail)
    event = add_lecture(store)
    with store.change(action="申込", by=BY, now=NOW) as change:
        change.insert(Entry(event_id=event, person_id=outside, organisation_name="よその会"))
    known = RegisteredPeople(store.database)
    assert list(known.find(group, "よその会", "高橋恵子")) == [inside]
    assert list(known.find(None, "よその 会", "髙橋 恵子")) == [outside]
    assert [list(known.find(*asked)) for asked in ((group, "", " "), (None, "みほん町会", "高橋恵子"))] == [[], []]
    assert (known.phones(inside), known.phones(outside)) == ({"0300000001"}, set())
    known.add(90, Person(id=90, name="新　人", organisation_id=group), "", "080-0000-0002")
    known.add(91, Person(id=91, name="新　人"), "よその会")
    assert (list(known.find(group, "", "新人")), list(known.find(None, "よその会", "新人"))) == ([90], [91])
    assert (known.phones(90), known.phones(91)) == ({"08000000002"}, set())


@pytest.mark.parametrize(
    ("text", "typed", "spans"),
    [
        ("髙橋　恵子", "高橋", ((0, 2),)),
        ("髙橋　恵子", "橋恵", ((1, 4),)),
        ("葛󠄀西　敏明", "葛西", ((0, 3),)),
        ("町会町会", "町会", ((0, 4),)),
        ("町会と町会", "町会", ((0, 2), (3, 5))),
        ("㍿みほん", "株式会社", ((0, 1),)),
        ("みほん", "", ()),
        ("みほん", "他", ()),
    ],
)
def test_what_matched_is_marked_in_the_text_as_it_stands(text, typed, spans):
    assert matched_spans(text, (name_key(typed),)) == spans


def test_other_characters_and_readings_are_said_once(store):
    names = ("髙橋　恵子", "髙橋　惠子", "高橋　恵子")
    assert other_spellings("高橋 恵子", names, ("たかはし",)) == ("髙", "惠", "たかはし")
    assert other_spellings("高橋 たかはし", names, ("たかはし",)) == ("髙",)
    assert other_spellings("", names, ()) == ()


def test_the_search_counts_its_limit_and_names_what_was_called_otherwise(store):
    context = acting(store)
    for number in (1, 2, 3):
        group = Organisation(branch=f"第{number}支部", name=f"みほん{number}丁目町会")
        made = organisations.create_organisation(context, organisation=group).id
        people.add_person(context, name=f"見本　{number}郎", organisation_id=made, role="会長")
    organisations.update_organisation(context, organisation=Organisation(id=made, branch="第3支部", name="あらたな会"))
    event = add_lecture(store)
    with store.change(action="申込", by=BY, now=NOW) as change:
        for name in ("みほん外の会", "よそのみほん会", "みほん1丁目町会"):
            change.insert(Entry(event_id=event, organisation_name=name))

    def suggested(limit):
        return [
            f"{one.name}{'＋' * (one.organisation is not None)}{one.former_name_words}"
            for one in suggest_organisations(store, text="みほん", limit=limit)
        ]

    every = [
        "みほん1丁目町会＋",
        "みほん2丁目町会＋",
        "あらたな会＋旧称 みほん3丁目町会",
        "みほん外の会",
        "よそのみほん会",
    ]
    assert [suggested(limit) for limit in (1, 3, 4, 9)] == [every[:1], every[:3], every[:4], every]
    assert [len(find_people(store, text="見本", limit=limit)) for limit in (0, 1, 2, 9)] == [0, 1, 2, 3]
    assert [len(find_organisations(store, text="みほん", limit=limit)) for limit in (0, 1, 9)] == [0, 1, 3]
    (hit,) = find_people(store, text="2郎", limit=9)
    assert (hit.affiliation, hit.last_event) == ("みほん2丁目町会（第2支部）・会長", "")


def test_a_surname_counts_before_an_honorific_and_a_whole_name_anywhere():
    finder = NameFinder.with_keys(
        [(name, name_key(name)) for name in ("見本　花子", "はなこ", "みほこえ", "林")], name_key
    )
    found = {text: finder.contains_name(text) for text in (
        "見本花子に聞いた", "見本さん", "見本は", "はなこ", "みほこえへ", "林さん", "林", "花子", "担当は見本花子",
    )}  # fmt: skip
    assert [text for text, is_found in found.items() if is_found] == [
        "見本花子に聞いた",
        "見本さん",
        "みほこえへ",
        "担当は見本花子",
    ]


FACTS = OrganisationFacts(
    organisation=Organisation(
        id=7,
        name="みほん町会",
        furigana="ミホン",
        branch="第1支部",
        households=1200,
        support_policy="写真",
        note="覚え",
    ),
    people=(("見本　太郎", "会長", "R8.4.1から", "03"),),
    contacts=(),
    participation=(),
    participation_words="2回・3人",
    stages=(),
    agreements=(),
    subsidies=(("令和8年度", "補助", "1円", "", "", "申請"),),
    remark="一行\n\n二行",
)


def test_the_record_of_a_group_numbers_its_chapters_by_what_it_has():
    whole = organisation_record(plain_context(TODAY), FACTS)
    assert (whole.file_stem, whole.personal) == ("R8-団007-団体の記録-20260901", True)
    assert_paper(lines_of(whole), "団体の記録")
    few = replace(
        FACTS, subsidies=(), organisation=Organisation(id=7, name="みほん町会", households_text="約100", households=9)
    )
    assert_paper(lines_of(organisation_record(plain_context(TODAY), few)), "補助金なし")
    none = replace(few, remark=" ", organisation=Organisation(id=7, name="みほん町会"))
    context = plain_context(TODAY)
    context = replace(context, programme=replace(context.programme, branch="地区"))
    assert_paper(lines_of(organisation_record(context, none)), "名前だけ")


@pytest.mark.parametrize(
    ("value", "is_wrong"),
    [
        ("03-0000-0001", False), ("080-0000-0001", False), ("03-0000-001", True), ("03-0000-000123", True),
        ("13-0000-0001", True), ("０３-００００-０００１ 内線5", False), ("03-0000-0001A", True),
        ("03-0000-00012", True), ("090-0000-001", True), ("0120-000-001", False), ("0800-000-0001", False),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_dialled_is_told(value, is_wrong):
    assert organisations.is_undialable(value) == is_wrong


def test_what_is_announced_is_taken_over_on_its_day_and_not_before(store):
    context, said = acting(store), []
    group = organisations.create_organisation(context, organisation=Organisation(name="みほん町会")).id
    tomorrow = date(2026, 9, 2)

    def announce(what, value, day, **more):
        planned = PlannedChange(organisation_id=group, what=what, value=value, from_on=day)
        done = planned_changes.save_planned_change(context, planned=planned, **more)
        said.append(done.message)
        return done.id

    for value, day, more, says in (
        (" ", TODAY, {}, "書かれていません"),
        ("あらた会", tomorrow, {"take_over": True}, "替わる日がまだ来ていません"),
    ):
        with pytest.raises(UserError, match=says):
            announce(PlannedField.NAME, value, day, **more)
    later, due = announce(PlannedField.NAME, "あらた会", tomorrow), announce(PlannedField.NAME, "いまの会", TODAY)
    announce(PlannedField.NAME, "すぐの会", TODAY, take_over=True)
    assert [one.id for one in planned_changes.read_due_changes(store, today=TODAY)] == [due]
    assert [one.id for one in planned_changes.read_due_changes(store, today=tomorrow)] == [due, later]
    said.append(planned_changes.apply_due_changes(context).message)
    with pytest.raises(UserError, match="反映する届出はありません"):
        planned_changes.apply_due_changes(context)
    with pytest.raises(UserError, match="もう登録に反映しています"):
        planned_changes.save_planned_change(context, planned=by_id(store.database, PlannedChange, due))
    said.append(planned_changes.remove_planned_change(context, planned_id=later).message)
    assert by_id(store.database, Organisation, group).name == "いまの会"
    done = [action for (action,) in store.database.execute("SELECT action FROM journal WHERE action LIKE '%届出%'")]
    assert_paper([*said, *done], "届出の言葉")


def test_a_corrected_name_says_where_the_old_one_is_still_written(store):
    context = acting(store)
    group = organisations.create_organisation(context, organisation=Organisation(name="みほん町会")).id
    person = people.add_person(context, name="見本　太郎", organisation_id=group, role="会長").id
    event = add_lecture(store)

    def renamed(name):
        return people.update_person(context, person_id=person, name=name, furigana="", note="").message

    said = [renamed("見本　次郎")]
    for record in (
        DispatchRequest(programme_id=1, organisation_id=group, received_on=TODAY, signer="見本　次郎"),
        DispatchRequest(programme_id=1, organisation_id=group, received_on=TODAY, signer="よその人"),
    ):
        with store.change(action="用意", by=BY, now=NOW) as change:
            change.insert(record)
    said.append(renamed("見本　三郎"))
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.insert(Presentation(event_id=event, organisation_id=group, presenter=" 見本　三郎 "))
        change.insert(Presentation(event_id=event, organisation_id=group, addressed="会長　見本　三郎"))
    said.append(renamed("見本　四郎"))
    with pytest.raises(UserError, match="いまの登録と同じ"):
        people.change_role(context, person_id=person, organisation_id=group, role="会長")
    people.change_role(context, person_id=person, organisation_id=group, role="会計", on=TODAY)
    with pytest.raises(UserError, match="就いた日より前"):
        people.change_role(context, person_id=person, organisation_id=group, role="書記", on=date(2026, 8, 31))
    people.change_role(context, person_id=person, organisation_id=group, role="書記", on=TODAY)
    held = [(one.role, one.from_on, one.to_on) for one in rows(store.database, Membership, order="id")]
    assert_paper([*said, *map(str, held)], "名前と役職")


def test_of_two_contacts_and_roles_alike_one_is_kept_with_the_earlier_day(store):
    context = acting(store)
    keep, drop = (people.add_person(context, name=name).id for name in ("甲", "乙"))
    group = organisations.create_organisation(context, organisation=Organisation(name="みほん町会")).id
    with store.change(action="用意", by=BY, now=NOW) as change:
        for person, value, more in (
            (keep, "03-0000-0001", {"dispose_on": date(2027, 9, 30)}),
            (drop, "0300000001", {"dispose_on": date(2027, 4, 30), "purpose": "連絡", "note": "夜"}),
            (drop, "03-0000-0002", {"purpose": "連絡"}),
            (drop, "03（0000）0002", {"note": "朝"}),
        ):
            change.insert(Contact(person_id=person, value=value, **more))
        for person, role, began, ended in (
            (keep, "会長", date(2026, 4, 1), None),
            (drop, "会長", date(2025, 4, 1), None),
            (drop, "会計", date(2024, 4, 1), date(2025, 3, 31)),
            (drop, "会計", date(2023, 4, 1), date(2024, 3, 31)),
        ):
            change.insert(Membership(person_id=person, organisation_id=group, role=role, from_on=began, to_on=ended))

    def of(record, person):
        return rows(store.database, record, person_id=person, order="id")

    with store.change(action="移す", by=BY, now=NOW) as change:
        move_contacts(change, of(Contact, keep), of(Contact, drop), organisation_id=None, person_id=keep)
        move_memberships(change, of(Membership, keep), of(Membership, drop), person_id=keep)
    assert_paper(
        [
            *(f"{one.value} {one.purpose} {one.dispose_on} {one.note}" for one in of(Contact, keep)),
            *(f"{one.role} {one.from_on} {one.to_on}" for one in of(Membership, keep)),
            f"{of(Contact, drop)} {of(Membership, drop)}",
        ],
        "1つにする",
    )
