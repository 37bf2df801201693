"""Lists of applications of one year, one after the other: each row with its outcome, and the roster it leaves."""

import csv
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.events.applications.services import application_import, application_preview, application_writing, manual_entry
from app.events.applications.services.application_preview import RowCorrection
from app.events.applications.services.applications import applications_of_event, list_imports
from app.events.applications.services.manual_entry import TypedApplication
from db.records.applications import Application
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.roster import Arrangement, Entry
from db.rows import by_id, rows
from db.tables import journal
from tests.support.application_rows import BY, HEADINGS, NOW, row, year_store
from tests.support.paper_lines import assert_paper
from tests.support.stores import made_by
from tests.support.told_story import Story
from tests.support.view_lines import view_lines

ONE, TWO = "みほん一丁目町会", "みほん二丁目自治会"
REGISTER = [("第1支部", ONE), ("第2支部", TWO), ("第3支部", "みほん親和会"), ("第4支部", ONE)]
OWN = ("団体名", "支部", "お名前", "電話番号", "FAX", "同行者", "人数", "撮影", "掲載", "連絡担当の電話", "備考")
store = made_by(lambda place: year_store(place, organisations=REGISTER))
TAKE = RowCorrection(decision="取り込む")


def shown(one):
    """A row of the preview, with what it does to the roster and what a clerk may do with it."""
    marks = "".join((
        "✓" * one.is_taken, f"+{one.new_entry_count}", "×" * (not one.is_importable), "単" * one.decide_singly,
        "個" * one.is_numbered, "直" * one.is_corrected, f"↑{one.joined_line}" * (one.joined_line > 0),
    ))  # fmt: skip
    who = f"{one.name}（{one.organisation_name}）{one.people}人{one.device}{'・'.join(one.companions)}"
    where = "・".join(map(str, (*one.event_ids, *one.doubtful_fields)))
    changes = "、".join(f"{each.key} {each.old}→{each.new}" for each in one.changes)
    said = "｜".join((f"{one.line} {one.outcome}{marks}", who, where, one.reason, one.note, changes))
    return said.replace("\n", " / ")


class Year(Story):
    """The store of a year, the lists that are taken in and what is said about them."""

    def __init__(self, store, folder):
        super().__init__(store, by=BY, at=NOW)
        self.folder = folder

    @property
    def context(self):
        return ActionContext(self.store, BY, self.at)

    def take(self, *given, headings=HEADINGS, name="申込.csv", **decided):
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([headings, *given])
        try:
            made = application_import.import_applications(self.context, path=path, **{"event_id": 1} | decided)
        except UserError as error:
            self.lines.append(f"×{error}")
            return application_import.preview_applications(self.store, path=path, **{"event_id": 1} | decided)
        self.lines += [f"◇{made.message}", *(shown(one) for one in made.preview.all_rows)]
        self.lines += [f"気づき：{one}" for one in (*made.preview.notices, *made.preview.readings)]
        for one in made.preview.questions:
            said = (one.heading, one.words, "・".join(one.names), "・".join(one.options), one.answer)
            self.lines.append(f"問い：{'｜'.join(said)}")
        return made.preview

    def roster(self, *events):
        """Note every place of some events, with the person and what the register knows of him."""
        database = self.store.database
        for event_id in events or (1,):
            for entry in rows(database, Entry, event_id=event_id, order="id"):
                person = by_id(database, Person, entry.person_id)
                told = "・".join(
                    f"{one.kind}{one.value}〜{one.dispose_on or ''}{one.note}{'済' * bool(one.ended_on)}"
                    for one in rows(database, Contact, person_id=entry.person_id or -1)
                )
                who = f"{person.id}{person.name}{person.furigana}｜{told}" if person else "氏名未定"
                (said,) = view_lines([entry], "event_id", "person_id", *(() if person else ("id",)))
                self.lines.append(f"名簿{event_id}｜{who}｜{said}")
        self.lines = [f"{one}×{count}" if (count := len(list(same))) > 1 else one for one, same in groupby(self.lines)]

    def applications(self, event_id=1):
        one = max(applications_of_event(self.store, event_id=event_id).rows, key=lambda line: line.id)
        self.lines += [
            f"申込{one.id}｜{one.name}｜{one.organisation_name}｜{one.phone}｜未定{one.unnamed_count}",
            *view_lines([one.application], "row_key", "sha256"),
            *view_lines(list(one.contacts), "purpose", "dispose_on"),
        ]


@pytest.fixture
def year(store, tmp_path):
    return Year(store, tmp_path)


def test_who_applies_again_in_whatever_order_has_one_place_with_the_latest_words_and_the_first_time(year):
    other = RowCorrection(organisation_id=4, decision="取り込む")
    year.take(
        row(1, "髙橋　みほん", at="2026/09/03 9:00"),
        row(2, "佐藤　みほん", TWO, at="2026/09/04 9:00", 人数="3", 配慮="前の席"),
        row(3, "鈴木　みほん", TWO, at="2026/09/05 9:00", 役職="会計"),
        row(4, "髙橋　みほん", at="2026/09/06 9:00", phone="03-0000-0001"),
        mends={1: RowCorrection(organisation_id=1, decision="取り込む"), 4: other},
    )
    mine = RowCorrection(organisation_id=1, decision="取り込む")
    year.take(
        row(5, "髙橋みほん", at="2026/09/05 9:00", phone="0300000001", 端末="貸与", ふりがな="たかはし みほん"),
        row(6, "佐藤　みほん", TWO, at="2026/09/08 9:00", phone="03-0000-0002", 人数="2", 配慮="手話通訳"),
        mends={1: mine},
    )
    again = [
        row(7, "髙橋　みほん", at="2026/09/04 9:00", phone="03-0000-0001"),
        row(8, "髙橋　みほん", at="2026/09/02 9:30", phone="03-0000-0001"),
        row(9, "髙橋　みほん", at="2026/09/01", phone="03-0000-0001"),
        row(10, "鈴木　みほん", TWO, at="2026/09/05 9:00", phone="03-0000-0003", 役職="会計"),
        row(11, "鈴木　花子", TWO, at="2026/09/07", phone="03-0000-0003"),
    ]
    plain = replace(mine, decision="")
    year.take(*again, mends={1: plain, 2: plain, 3: plain})
    year.roster()
    year.take(again[2], mends={1: mine})
    entries = {number: one.id for number, one in enumerate(rows(year.store.database, Entry, order="id"), 1)}
    year.change(Entry, entries[1], device="持参", photo="不可")
    for number in (2, 3, 4):
        year.change(Entry, entries[number], state="辞退")
    year.change(Entry, entries[5], absent_told_at=datetime(2026, 9, 10, 9), absent_note="通院", waiting_order=None)
    year.lines.append("―区が直したあと")
    year.take(
        row(12, "髙橋　みほん", at="2026/09/12 9:00", phone="03-0000-0001", 端末="貸与", 役職="会長"),
        row(13, "佐藤　みほん", TWO, at="2026/09/12 9:00", phone="03-0000-0002"),
        row(14, "鈴木　みほん", TWO, at="2026/09/09 9:00", phone="03-0000-0003", 役職="会計"),
        row(15, "鈴木　みほん", TWO, at="2026/09/11 9:00", phone="03-0000-0003", 役職="会計"),
        mends={1: mine, 2: TAKE, 4: TAKE},
    )
    year.roster()
    assert_paper(year.lines, "同じ人の申込")


def test_the_waiting_line_closes_up_and_who_was_taken_off_the_roster_is_asked_about(year):
    given = [row(number, f"見本　{number}子", TWO) for number in range(1, 6)]
    year.take(*given)
    for number in (1, 2, 3):
        year.change(Entry, number, state="補欠", waiting_order=number)
    year.take(row(1, "見本　1子", TWO, 状態="取下げ"), mends={1: TAKE})
    year.change(Person, 4, name="見本　改姓")
    with year.store.change(action="外した", by=BY, now=NOW) as change:
        for number in (4, 5):
            change.delete(Entry, number)
    year.take(*given[3:], row(6, "見本　5子", TWO, phone="03-0000-0005"))
    year.roster()
    assert_paper(year.lines, "補欠と外した人")


def test_a_list_with_companions_gives_takes_and_keeps_their_places(year):
    line = (TWO, "第2支部", "森田　みほん", "03-0000-0001", "03-0000-9001")
    year.take(
        (*line, "本間　みほん、岩﨑　みほん", "4", "可", "不可", "03-0000-7001", "駐車場を使う"),
        (TWO, "第2支部", "", "03-0000-0002", "", "", "2", "", "", "", ""),
        (TWO, "第2支部", "小林　みほん", "3-0000-0003", "", "", "", "後ろ姿だけなら", "", "", ""),
        (TWO, "第2支部", "中村　みほん", "", "", "中村　次郎", "1", "可", "可", "", ""),
        headings=OWN,
        mends={2: TAKE, 3: TAKE},
    )
    year.roster()
    year.lines.append("―つぎの名簿")
    year.take(
        (*line, "岩﨑　みほん、遠藤　みほん", "3", "可", "可", "03-0000-7001", "駐車場は要らない"),
        (TWO, "第2支部", "中村　みほん", "03-0000-0004", "", "中村　次郎、中村　三郎", "3", "不可", "", "", ""),
        headings=OWN,
        mends={1: replace(TAKE, note="遅れます")},
    )
    year.roster()
    year.applications()
    came = next(one for one in rows(year.store.database, Entry, order="id") if one.person_id and one.id > 1)
    year.change(Entry, came.id, attendance="出席", state="申込")
    year.lines.append(f"―{came.id}が来たあと")
    year.take((*line, "", "1", "可", "", "", ""), headings=OWN, mends={1: TAKE})
    year.roster()
    heads = ("団体名", "お名前", "電話番号", "人数", "申込日時", "住所", "備考")
    year.lines.append("―ほかの列の名簿")
    for at, *more in (
        ("9/14 8:15", "見本区1-1", "遅れる"), ("9/14", "見本区1-2", ""), ("9/15", "見本区1-1", ""),
        ("9/15 7:00", "", ""),
    ):  # fmt: skip
        year.take((TWO, "中村　みほん", "03-0000-0004", "4", f"2026/{at}", *more), headings=heads)
        year.applications()
    year.roster()
    assert_paper(year.lines, "同行者")


def test_a_list_of_the_year_goes_by_its_wishes_and_says_what_it_does_not_know(year):
    first = by_id(year.store.database, Event, 1)
    for ordinal, (subject, status) in enumerate((("Excel講習会", "実施済"), ("写真講習会", "中止")), 5):
        held = {"subject": subject, "ordinal": ordinal, "event_date": date(2026, 12, ordinal)}
        year.put(Event(kind=first.kind, form=first.form, status=EventStatus(status), **held))
    context = year.context
    given = [
        row(1, "髙橋　みほん", TWO, wishes="LINE講習会 9/30,Instagram講習会", 人数="2"),
        row(2, "佐藤　みほん", TWO, wishes="Excel講習会"),
        row(3, "鈴木　みほん", TWO, wishes="写真講習会,どちらでも"),
        row(4, "岩﨑　みほん", TWO, wishes="どちらでも"),
        row(5, "森田　みほん", TWO, wishes=""),
        row(6, "本間　みほん", TWO, wishes="Instagram講習会は希望しません"),
        row(7, "?田　みほん", TWO, wishes="Instagram講習会", phone="03-0000-0007"),
        row(8, "?田　みほん", TWO, wishes="Instagram講習会", phone="03-0000-0007"),
        *(
            row(number, name, TWO, wishes="Instagram講習会", **more)
            for number, (name, more) in enumerate(
                (
                    ("遠藤　みほん", {"人数": "21"}),
                    ("小林　みほん", {"人数": "20"}),
                    ("中村　みほん", {"状態": "取下げ"}),
                    ("中村\ufffd　みほん", {}),
                    ("123456789018", {}),
                    ("試験　太郎", {"状態": "テスト"}),
                ),
                9,
            )
        ),
    ]
    first = year.take(*given, event_id=None)
    year.lines += view_lines(first.wishes)
    application_import.save_wishes(context, source_key=first.mapped.key, wishes={"どちらでも": 0, "もうない": 99})
    year.lines.append("―どちらでもは取り込まない")
    year.take(*given[2:4], event_id=None, wishes={"写真講習会": 1})
    year.lines.append("―確認が必要な行も取り込む")
    decided = {1: RowCorrection(decision="辞退として取り込む"), 5: replace(TAKE, reason=" ")}
    decided[6] = replace(TAKE, reason="番号ではない")
    year.take(*given[6:10], *given[12:], event_id=None, include_doubtful=True, mends=decided)
    year.roster(3)
    for number in (None, 3):
        year.lines += [f"{one.event_title}｜{one.imported.new}" for one in list_imports(year.store, event_id=number)]
    assert_paper(year.lines, "希望ごと")


@pytest.mark.parametrize(("known", "others"), [(3, 4), (4, 5), (5, 5), (0, 8), (0, 9)])
def test_names_out_of_the_register_are_said_once_from_five_and_where_they_are_more_than_half(year, known, others):
    at = "2026/09/01 9:00"
    given = [row(number, f"見本　{number}子", TWO, at=at) for number in range(known)]
    given += [row(one, f"他所　{one}子", f"{one}番地{one % 3}町会", at=at) for one in range(10, 10 + others)]
    given.append(row(70, "他所　末子", "１０番地 １町会", at=at))
    preview = year.take(*given[1:] if known else given)
    said = [one for one in year.lines if one.startswith("気づき")] + [shown(one) for one in preview.rows[-1:]]
    assert_paper(said, f"一覧に無い団体 {known}と{others}")


def test_at_most_eight_pairs_of_names_are_said_and_how_many_more(year):
    given = [row(number, f"他所　{number}子", f"{number}番地町会") for number in range(1, 10)]
    given += [row(number + 9, f"他所　{number}美", f"{number}番地 町会") for number in range(1, 10)]
    for last in (17, 18):
        year.take(*given[:last])
    assert_paper([one for one in year.lines if one.startswith("気づき：書き")], "書き方の違い")


def test_what_is_left_out_is_a_table_of_the_file_with_what_stood_beyond_its_headings(year):
    cells = (*row(1, "?田　みほん"), "余り", "余り2")
    preview = year.take(cells, row(2, "佐藤　みほん", TWO), row(3, "番号　123456789018", TWO)[:10], ("合計", "2名"))
    for wanted in (None, preview.all_rows):
        heads, lines = application_preview.left_out_table(preview, wanted)
        year.lines += ["・".join(heads), *("｜".join(one) for one in lines)]
    repeated = application_preview._unique_headings(["行", "氏名", "氏名", "理由", "氏名"])
    assert_paper([*year.lines, "・".join(repeated)], "取り込まない申込")


def test_what_is_typed_is_refused_or_kept_with_what_it_leaves_open(year):
    def typed(**values):
        usual = {"event_id": 1, "organisation_id": 2, "name": "髙橋　みほん", "phone": "03-0000-1111"}
        return TypedApplication(**(usual | values))

    def add(**values):
        return year.do(manual_entry.add_application, typed=typed(**values))

    for wrong in (
        {"name": " ", "organisation_id": None}, {"phone": "なし"}, {"people": 0}, {"people": 31},
        {"name": "見本\ud800"}, {"care": "番号は123456789018"},
        {"organisation_id": None, "organisation_name": ONE, "is_new_organisation": True},
    ):  # fmt: skip
        add(**wrong)
    first = add(people=2, care=" 前の席 ", role="会長")
    second = add(name="", phone="03-0000-2222", people=30)
    add(name="本間　みほん", organisation_id=None, organisation_name="つつじ会", phone="")
    add(name="佐藤　みほん", organisation_id=None, organisation_name=" つつじ会 ", is_new_organisation=True, way="")
    add(name="高橋みほん")
    add(name="高橋みほん", phone="", received_at=datetime(2026, 9, 20, 9))
    add(name="", organisation_id=2, person_id=1)
    known = manual_entry.known_applicants(year.store, organisation_id=2, event_id=1)
    year.lines += view_lines(list(known), "organisation_id")
    year.lines += view_lines(manual_entry.read_event_capacity(year.store, event_id=1))
    entries = {one.id: one for one in rows(year.store.database, Entry)}
    open_id = next(one.id for one in entries.values() if one.person_id is None)
    for given in (
        {"name": " "}, {"name": "髙橋みほん"}, {"name": "", "person_id": 1},
        {"name": "森田　みほん", "furigana": "もりた", "role": "会計"}, {"name": "本間"},
    ):  # fmt: skip
        year.do(manual_entry.name_entry, entry_id=open_id, **given)
    year.put(
        Arrangement(event_id=1, entry_id=1, kind="手話通訳", content="2人"),
        Arrangement(event_id=1, entry_id=1, content="手配不要"),
        Arrangement(event_id=1, entry_id=3, kind="席", content="前"),
    )
    shown_now = manual_entry.typed_application_of(1, applications_of_event(year.store, event_id=1).rows[0])
    for values in ({"people": 3, "care": "手話通訳"}, {"people": 1}, {"name": "髙橋　太郎", "role": ""}):
        given = {"typed": replace(shown_now, **values), "shown": shown_now}
        year.do(manual_entry.change_application, application_id=first.id, **given)
    year.roster()
    year.change(Event, 1, status=EventStatus.CANCELLED)
    for application_id in (first.id, first.id, second.id):
        year.do(manual_entry.withdraw_application, application_id=application_id)
    year.lines += [f"履歴：{one.action}｜{one.event_id}" for one in journal.entries(year.store.database, limit=8)]
    add(name="")
    year.lines += view_lines(rows(year.store.database, Application), "id")
    year.lines += view_lines(manual_entry.read_event_capacity(year.store, event_id=1))
    assert_paper(year.lines, "電話の申込")


def test_the_purpose_of_contacts_is_asked_for_and_its_day_is_not_past(year):
    for purpose, day in ((" ", date(2027, 4, 30)), ("連絡", date(2026, 9, 15)), (" 連絡 ", date(2026, 9, 16))):
        year.do(application_writing.set_contact_rule, purpose=purpose, dispose_on=day)
    for given in ({"programme_id": None}, {"programme_id": 1, "held_on": date(2027, 3, 1)}, {"programme_id": 9}):
        year.lines += view_lines(application_writing.read_contact_rule(year.store, **given))
    assert_paper(year.lines, "連絡先の目的")


def test_who_is_in_the_register_is_found_there_and_gets_what_it_lacks(year):
    first, second, third = year.put(
        Person(organisation_id=2, name="髙橋　みほん"),
        Person(organisation_id=2, name="佐藤　みほん", furigana="さとう　みほん"),
        Person(organisation_id=2, name="鈴木　みほん"),
    )
    year.put(*(Contact(person_id=one, value=f"03-0000-000{one}", purpose="名簿") for one in (first, second, third)))
    year.put(Person(organisation_id=2, name="鈴木　みほん"), Person(name="岩﨑　みほん"))
    asking = "みほん町会の役員をつとめている者ですがどこに書けばよいですか"
    given = [
        row(1, "髙橋　みほん", TWO, 人数="2"), row(2, "佐藤　みほん", TWO), row(3, "鈴木　みほん", TWO),
        row(4, "鈴木　みほん", TWO, phone="090-0000-0004"), row(5, "岩﨑　みほん", ""), row(6, "森田　みほん", asking),
        row(7, "遠藤　みほん", TWO, ふりがな="エンドウ\u202eミホン"),
    ]  # fmt: skip
    year.take(*given, mends=dict.fromkeys((4, 5, 6, 7), TAKE))
    year.roster()
    assert_paper(year.lines, "団体の名簿にいる人")


@pytest.mark.parametrize(
    ("heading", "cell", "field"),
    [
        ("第1希望", "2026/10/15", "date1"), ("第1希望", "10/15", "wishes"), ("第1希望日", "いつでも", "date1"),
        ("第一希望", "Instagram講習会", "wishes"),
    ],
)  # fmt: skip
def test_a_first_wish_is_a_day_where_it_says_so_or_holds_one(year, heading, cell, field):
    heads = ("団体名", "お名前", "電話番号", heading, "手話", "備考", "")
    preview = year.take((TWO, "森田　みほん", "03-0000-0001", cell, "要", "車いす", ""), headings=heads, event_id=3)
    found = [one.field for one in preview.mapped.columns]
    assert found == ["organisation", "name", "phone", field, "care", "note"]
