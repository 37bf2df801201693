"""The day of every event as its tab is read, one day through its course, and its rules and sentences case by case."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import Heading, Paragraph, RosterLine
from app.documents.event_facts import PeopleFacts
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.event.rules.agenda import LENGTH_TOPIC
from app.event.services.event_records import read_event_records
from app.event_day.checkouts import services as checkouts
from app.event_day.day import documents as papers
from app.event_day.day import rules
from app.event_day.day.rules import Attendee, DayFacts, GuideFacts, NextEvent, OtherEvent
from app.event_day.day.services import day_document_content as building
from app.event_day.day.services import day_documents, day_overview, day_pack, guide_documents
from app.event_day.day.services.preflight import evaluate_preflight, read_preflight_facts
from app.event_day.reception import services as reception
from app.events.letters.services.letter_building import read_letter_facts
from app.events.roster.rules import AdmissionCode
from app.events.tablets import services as tablets
from app.programme.intake import preset
from db.records.agreements import Agreement
from db.records.documents import Outgoing
from db.records.event_form import EventForm
from db.records.events import AgendaItem, Event
from db.records.protection import Checkout
from db.records.roster import Entry
from db.records.surveys import EventSurvey
from db.rows import by_id, rows
from db.tables import events, roster
from tests.support.paper_lines import assert_paper, came, lines_of
from tests.support.sample import BY, NOW, event_id, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines
from tests.support.years import plain_context

store = made_by(sample_store)
year = made_by(sample_store, scope="module")
DAY = datetime(2026, 12, 8)


def said(store, number, now=NOW):
    """Say what the tab of a day shows: its step and steps, its papers, and what the check before printing finds."""
    view = day_overview.read_day(store, event_id=number, now=now)
    step, turns = rules.current_step(view.facts, now), rules.next_transition(view.facts, now)
    checked = evaluate_preflight(read_preflight_facts(store, event_id=number, today=now.date()))
    rest = ("event", "pack", "facts", "lines", "options", "day_files_outstanding")
    return [
        *view_lines(view, *rest),
        f"いま｜{step}｜{turns}｜{day_overview.step_act(step)[1] or day_overview.finished_words(view)}",
        *(f"段｜{'✓' * one.is_done}{one.title}｜{one.words}" for one in view.lines),
        *(
            f"紙｜{'☑' if one.is_ticked else '☐'}{one.kind} {one.copies}部｜{one.state}｜{one.mark}"
            f"｜{'セット' * one.is_in_set}{'・1つのPDF' * one.is_in_joined_pdf}"
            f"｜{one.newest_copy.words(now.date()) if one.newest_copy else ''}"
            f"{f'｜{one.link.action}' if one.link else ''}"
            for one in view.pack.rows
        ),
        f"配布資料｜{view.pack.handout_words}｜{view.pack.handouts and view.pack.handouts.words(now.date())}",
        view.pack.beside,
        *(
            f"確認｜{one.finding.severity}｜{one.finding.sentence}｜{'／'.join(one.finding.details[:3])}｜{one.link.action}"
            for one in checked.rows
        ),
    ]


def test_the_day_of_every_event_of_the_year_is_read(year):
    for one in events.events_of_year(year.database, 1):
        assert_paper(said(year, one.id), one.full_title.split("（")[0])


def printed(store, number, now, *kinds, copies=2):
    """Note that papers of the day were printed, without drawing them."""
    made = [documents.build_document(store, event_id=number, kind=kind, now=now) for kind in kinds]
    drawn = day_pack.DrawnPack(
        event_id=number,
        stem="R8-講06-当日の紙",
        documents=tuple(
            day_pack.DrawnDocument(content=one, copies=copies + at, pdf=b"x", pages=1, xlsx=None)
            for at, one in enumerate(made)
        ),
        data=b"x",
        pages=len(made),
        open_words="名札は入っていません",
    )
    return day_pack.note_pack_print(ActionContext(store, BY, now), drawn=drawn, copies=3, how="白黒・両面").message


def test_one_day_is_read_through_its_course(store):
    number = event_id(store, "講習会", 6)
    before = said(store, number)

    def then(case, now, *more):
        nonlocal before
        after = said(store, number, now)
        assert_paper([*more, *came(before, after)], case)
        before = after

    def at(hour, minute=0, day=8):
        return DAY.replace(day=day, hour=hour, minute=minute)

    def acting(now):
        return ActionContext(store, BY, now)

    tablets.assign_tablets(acting(NOW), event_id=number, spare=1)
    message = printed(store, number, at(9, 30, day=7), "受付名簿", "当日進行表・機材チェック表")
    then("前日に2種を印刷した", at(10, day=7), message)
    printed(store, number, at(10, 30, day=7), "実施確認票")
    then("セットがそろった", at(11, day=7))
    logged = rows(store.database, Outgoing, event_id=number)[-4:]
    assert_paper(
        [
            f"{one.document_kind} {one.version}｜{one.copies}部｜{one.pages}ページ｜{one.way}"
            f"｜{one.detail.get('印刷')}｜{one.detail.get('書類')}"
            for one in logged
        ],
        "記録",
    )
    people = [one for one in roster.entries(store.database, number) if one.number]
    with store.change(action="辞退", by=BY, now=NOW) as change:
        change.update(Entry, people[0].id, state="辞退")
    then("1人が辞退した", at(9))
    row = Checkout(
        contents="受付名簿",
        taken_at=at(9, 10),
        taken_by=BY,
        approved_by="見本 係長",
        copies=2,
        event_id=number,
        purpose="受付",
        destination="会場",
        due_back_at=at(17, 15),
    )
    out = checkouts.record_checkout(acting(at(9, 10)), checkout=row).id
    file = replace(row, medium=checkouts.MEDIUM, encryption="AES", taken_at=at(9, 20), copies=1)
    file_out = checkouts.record_checkout(acting(at(9, 20)), checkout=file).id
    then("持ち出した", at(9, 30))
    for one in people[1:4]:
        reception.receive(acting(at(13, 40)), entry_id=one.id)
    reception.mark_absent(acting(at(13, 50)), entry_id=people[4].id)
    then("受付のあいだ", at(13, 50))
    then("おわりの時刻", at(16))
    for one in people[5:]:
        reception.receive(acting(at(13, 55)), entry_id=one.id)
    reception.close_reception(acting(at(16, 5)), event_id=number)
    then("受付を閉じた", at(16, 10))
    loans = [one.id for one in roster.loans(store.database, number) if one.out_at]
    tablets.note_returned(acting(at(16, 20)), loan_ids=loans[1:])
    for checkout in (out, file_out):
        checkouts.record_return(acting(at(17)), checkout_id=checkout, returned_at=at(17), checked_by="見本 係長")
    then("1台が戻らない", at(17, 5))
    tablets.note_returned(acting(at(17, 10)), loan_ids=loans[:1])
    then("初期化がまだ", at(17, 10))
    tablets.confirm_initialised(acting(at(17, 20)), loan_ids=loans, checked_by="見本 係長")
    then("みな返した", at(9, day=9))


def test_what_was_taken_for_another_day_is_not_of_this_one():
    event = Event(kind="講習会", form=EventForm.LECTURE, subject="", event_date=DAY.date())
    usual = {"taken_by": BY, "purpose": "", "destination": "", "approved_by": ""}
    found = []
    for contents, medium, taken, returned in (
        ("受付名簿", "紙", 1, None), ("受付名簿", "紙", 1, 7), ("受付名簿", "紙", 1, 8), ("名札", "紙", 7, None),
        ("名札", "紙", 8, None), ("名札", "紙", 8, 8), ("", checkouts.MEDIUM, 7, None), ("", checkouts.MEDIUM, 7, 7),
    ):  # fmt: skip
        back = DAY.replace(day=returned) if returned else None
        one = Checkout(contents=contents, medium=medium, taken_at=DAY.replace(day=taken), returned_at=back, **usual)
        state = checkouts.state_of_checkout(one, DAY)
        line = checkouts.CheckoutRow(id=1, checkout=one, event_title="", state=state, remark="")
        found.append(day_overview._is_for_present_day(line, event))
    assert found == [True, False, True, False, True, True, True, False]


def guide_facts(year, **given):
    event = by_id(year.database, Event, event_id(year, "講習会", 6))
    letter = read_letter_facts(year, event=event, on=NOW.date())
    return GuideFacts(**{"letter": letter, "today": DAY.date(), "has_survey": True} | given)


def test_the_guide_says_what_fits_the_event(year):
    facts = guide_facts(year)
    assert_paper([f"{one.part}｜{one.text}".replace("\n", " / ") for one in rules.guide_passages(facts)], "しおりの文")
    event, lines = facts.letter.event, []
    for own, lent, unknown, lends in product((0, 1), (0, 1), (0, 1), (True, False)):
        people = PeopleFacts(own_devices=own, lent_devices=lent, unknown_devices=unknown)
        kind = replace(event.year_kind, lends_devices=lends)
        letter = replace(facts.letter, event=replace(event, people=people, year_kind=kind))
        said = " / ".join(rules._device_lines(letter)).removesuffix(" / このしおり、筆記用具、眼鏡")
        lines.append(f"持参{own} 貸与{lent} 未確認{unknown} {'貸す' if lends else '貸さない'}：{said}")
    assert_paper(lines, "きょう使うもの")
    asked = product((True, False), (True, False), (True, False))
    found = [guide_facts(year, has_survey=a, online_survey=b, anonymous_survey=c) for a, b, c in asked]
    assert_paper(dict.fromkeys(map(rules._survey_lines, found)), "アンケートのことば")
    bare = replace(facts.letter, office=replace(facts.letter.office, phone=""))
    bare = replace(bare, event=replace(event, network="無", form=EventForm.EXCHANGE))
    passages = {one.part: one.text for one in rules.guide_passages(replace(facts, letter=bare))}
    assert (passages[rules.WIFI], passages[rules.USE]) == ("", "このしおり、筆記用具、眼鏡")
    assert (rules.TASKS in passages, passages[rules.NEXT]) == (True, "申込み・ご相談は、下の問合せ先へどうぞ。")


def test_what_one_may_still_join_is_said_to_the_last_day(year):
    day, lines = DAY.date(), []
    for days in (-1, 0, 1):
        other = day + timedelta(days)
        found = guide_facts(
            year,
            next_events=tuple(
                NextEvent(title=f"第{n}回", day=date(2027, 1, n), apply_from=begins, apply_by=ends)
                for n, (begins, ends) in enumerate(((other, None), (None, other), (other, other), (None, None)), 1)
            ),
            visits=(("派遣", other), ("支援", None)),
            made_on=date(2026, 12, 7),
        )
        lines += [f"{days:+d}日｜{one}" for one in rules.next_step_lines(found)]
        lines += [f"{days:+d}日　作る日なし｜{one}" for one in rules.next_step_lines(replace(found, made_on=None))[3:4]]
    assert_paper(lines, "つぎの一歩")
    first = by_id(year.database, Event, event_id(year, "講習会", 1))
    later = guide_documents._open_events_after(year, first, NOW.date())
    assert_paper([f"{one.title}｜{one.day}｜{one.apply_from}から｜{one.apply_by}まで" for one in later], "あとの実施回")
    kinds = [preset().kinds[1], replace(preset().kinds[1], name_in_text="訪問支援")]
    assert [guide_documents.visits_words(one) for one in kinds] == ["アドバイザーの派遣", "訪問支援"]
    days = [NOW.date() - timedelta(1), NOW.date(), day]
    read_on = [guide_documents._reading_day(replace(first, event_date=one), NOW.date()) for one in (*days, None)]
    assert read_on == [NOW.date(), NOW.date(), day, NOW.date()]
    assert [rules._clock(one) for one in ("00:05", "12:30", "13:00")] == ["12:05", "12:30", "1:00"]


def test_what_is_unsaid_in_a_guide_is_told_to_whoever_prints_it(store):
    """What nobody checked, how long the day is unless that was agreed upon and settled, and who answers the survey."""
    number = event_id(store, "講習会", 4)
    scope, event = DocumentScope(event_id=number), by_id(store.database, Event, number)

    def told(kind=rules.KIND, of=scope):
        return list(guide_documents.guide_doubts(store, of, kind, NOW.date()))

    def put(*found):
        with store.change(action="用意", by=BY, now=NOW) as change:
            return [change.insert(one) for one in found]

    said = [guide_documents.read_guide(store, event_id=number, on=NOW.date()).words, *told(rules.LARGE_KIND)]
    assert told("受付名簿") == told(of=DocumentScope()) == []
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Event, number, end_time="17:00")
    said += [f"長い {one}" for one in told()]
    (row,) = put(Agreement(event_id=number, topic=LENGTH_TOPIC, asked_on=NOW.date()))
    said += [f"協議中 {one}" for one in told()]
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Agreement, row, settled_on=NOW.date())
    said += [f"整った {one}" for one in told()]
    guide_documents.mark_guide_checked(ActionContext(store, BY, NOW), event_id=number)
    said += [guide_documents.read_guide(store, event_id=number, on=NOW.date()).words]
    asked = [guide_documents._facts(store, event, NOW.date()).anonymous_survey]
    survey = rows(store.database, EventSurvey, event_id=number)[0]
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(EventSurvey, survey.id, questions=[])
    asked += [guide_documents._facts(store, event, NOW.date()).anonymous_survey]
    assert_paper([*said, f"無記名 {asked}"], "しおりの前に知ること")


def test_an_option_of_a_day_goes_alone(store):
    number, found = event_id(store, "意見交換会", 2), []
    prints, placed = building.WARD_PRINTS, building.NAMES_ON_TABLES
    for option, on in ((prints, True), (placed, True), (placed, True), (placed, False), (placed, False)):
        building.set_day_option(ActionContext(store, BY, NOW), event_id=number, option=option, on=on)
        found.append(building.read_options(store, event_id=number))
    assert [(one.ward_prints, one.names_on_tables) for one in found] == [
        (True, False), (True, True), (True, True), (True, False), (True, False),
    ]  # fmt: skip


def test_what_is_proposed_is_taken_from_the_parts_of_the_day():
    def item(title, minutes=10, form=""):
        return AgendaItem(event_id=1, position=1, title=title, minutes=minutes, form=form)

    parts = (
        item("開会のあいさつ", 5), item("講義", 30), item("操作体験", 20), item("演習（区）", 20, "実習"),
        item("話合い", 15, "グループワーク"), item("清書", None, "個人ワーク"), item("まとめ", 40),
        item("会場の片付け", 60), item("質疑、相談", 50), item("撤収", 30, "撤収"),
    )  # fmt: skip
    assert rules.propose_practice_goals(parts) == ("操作体験", "演習", "話合い")
    assert rules.propose_learnt_parts(parts) == ("講義", "操作体験", "まとめ")
    assert rules.staff_rows(parts) == ("会場の片付け", "撤収")


def person(number, name="見本 花子", **given):
    usual = {"number": str(number), "name": name, "reading": "みほん", "organisation": "甲会", "entry_id": number}
    return Attendee(**{**usual, "person_id": number, "key": f"甲会/{name}{number}", **given})


def test_each_finding_before_printing_is_said_with_whom_it_concerns():
    people = [
        person(1), person(2, person_id=1), person(3, "見本 次郎", reading=" "), person(4, "", person_id=None, key=""),
        person(5, "見本 三郎", key="甲会/二"), person(6, "見本 三郎", person_id=None, key="甲会/二"),
        person(7, "見本 四郎", person_id=None, key=""), person(8, "見本 五郎", person_id=None, key=""),
    ]  # fmt: skip
    others = [
        OtherEvent(title="朝の回", start="10:00", end="14:00", people=frozenset({3})),
        OtherEvent(title="昼の回", start="13:00", end="14:01", people=frozenset({3, 5})),
        OtherEvent(title="夕の回", start="16:00", end="17:00", people=frozenset({3})),
        OtherEvent(title="夜の回", start="15:59", end="17:00", people=frozenset({3})),
    ]
    found = [
        *rules.unnamed_places(people), *rules.missing_readings(people), *rules.duplicate_people(people),
        *rules.booked_elsewhere(people, "14:00", "16:00", others), *rules.booked_elsewhere(people, "", "", ()),
        *rules.care_without_arrangement(people[:1]), *rules.care_without_arrangement([]),
        *(one for given in ((3, 0, 0), (3, 2, 2), (3, 2, 1), (3, 1, 0)) for one in rules.too_few_tablets(*given)),
        *rules.unconfirmed_materials({"甲": "確認済", "乙": "確認中"}), *rules.unconfirmed_materials({"甲": "確認済"}),
        *(
            one
            for told, expected, same in ((None, 0, False), (None, 1, False), (3, 3, True), (3, 3, False), (3, 4, False))
            for one in rules.headcount_not_notified(told, expected, is_same=same)
        ),
    ]  # fmt: skip
    lines = [f"{one.subject}｜{one.sentence}｜{'／'.join(one.details)}｜{one.entry_id or ''}" for one in found]
    assert_paper(lines, "印刷の前の確認")


def test_the_clock_of_a_day_is_read_as_far_as_it_is_one():
    one = DayFacts(day=DAY.date(), start="", end="", people=1, unmarked=1)
    clocks = ("", "9", "24:00", "23:59", "23:60", "9:05", "x:05")
    found = [replace(one, start=clock).starts_at for clock in clocks]
    assert found == [None, None, None, DAY.replace(hour=23, minute=59), None, DAY.replace(hour=9, minute=5), None]
    assert (one.ends_at, replace(one, day=None).ends_at) == (DAY.replace(day=9), None)
    early = replace(one, start="9:00", end="10:00")
    assert rules.next_transition(early, DAY.replace(hour=8, minute=30)) == DAY.replace(hour=9)
    with_roster = replace(early, has_checkout=True)
    assert [rules.current_step(with_roster, DAY.replace(hour=hour)) for hour in (9, 10)] == ["受付", "実施"]


@pytest.mark.parametrize("copies", [0, day_pack.MAX_COPIES + 1])
def test_a_set_is_made_in_one_to_three_hundred_copies(year, copies):
    number = event_id(year, "講習会", 6)
    choice = day_pack.PackChoice(kind="実施確認票", copies=copies)
    with pytest.raises(UserError, match=r"実施確認票の部数を確かめてください。.*1部から300部まで"):
        day_pack.build_pack(year, event_id=number, choices=[choice], now=NOW)
    for good in (1, day_pack.MAX_COPIES):
        found = day_pack.build_pack(year, event_id=number, choices=[replace(choice, copies=good)], now=NOW)
        assert (found.stem, found.items[0][1]) == ("R8-講06-当日の紙", good)


def test_cards_tags_and_the_guide_are_made_for_whom_there_is(year):
    facts = guide_facts(year).letter.event
    context = plain_context(NOW.date())
    lines = [
        RosterLine(number="1", name="見本 花子", organisation="甲", group="1", admission="501", no_photo=True),
        RosterLine(number="2", name="", organisation="乙", group="1"),
        RosterLine(number="3", name="見本 次郎", organisation="乙", group="2", photo="撮影未確認"),
        RosterLine(number="4", name="見本 三郎", organisation="乙"),
    ]
    seated = replace(facts, facilitators={2: "見本 導"})
    for names in (True, False):
        assert_paper(lines_of(papers.table_cards(context, seated, [1, 2], lines, with_names=names)), f"班札 {names}")
    tags = papers.name_tags(context, facts, lines).blocks[0].tags
    said = [(one.name, one.group, one.no_photo, one.admission, one.barcode) for one in tags[:4]]
    assert said == [
        ("見本 花子", "1班", True, "501", AdmissionCode(event_id=facts.id, number=501).digits),
        ("見本 次郎", "2班", True, "", ""), ("見本 三郎", "", False, "", ""), ("", "", False, "", ""),
    ]  # fmt: skip
    sizes = [
        len(papers.name_tags(context, facts, lines[2:3] * n + lines[1:2] * m).blocks[0].tags)
        for n, m in ((0, 0), (8, 0), (7, 1), (9, 0), (8, 1), (18, 0))
    ]
    assert sizes == [10, 10, 10, 20, 20, 20]
    assert len(papers.seat_cards(context, facts, lines).blocks) == 3
    words = {one.part: one.text for one in papers.certificate_passages(facts)}
    undated = replace(facts, event_date=None)
    assert_paper(lines_of(papers.certificates(context, facts, lines[:1], words)), "受講証")
    assert_paper(lines_of(papers.certificates(context, undated, lines[:1], words)), "受講証 日程なし")
    kinds = [replace(facts.year_kind, audience=audience) for audience in ("", "区民")]
    given = [
        replace(facts, year_kind=kind, form=form) for kind in kinds for form in (EventForm.LECTURE, EventForm.VISIT)
    ]
    homes = [papers._right(one, {rules.TASKS: "甲　乙\n丙"}).foot[0].heading for one in given]
    visit = "つぎの集まりまでに、まず1つ"
    assert homes == ["うちの会で、まず1つ", visit, "帰ってから、まず1つ", visit]


def test_the_course_of_a_day_names_who_is_photographed_with_care(year):
    facts = guide_facts(year).letter.event
    programme = replace(preset().programme, clauses_checked="照合した")
    context, kind = plain_context(NOW.date(), programme=programme), facts.year_kind

    def agenda(photographs, everybody=3, event=facts, numbers=kind):
        given = {"roster_copies": 2, "collation": (Paragraph("表"), Paragraph("帳合い")), "everybody": everybody}
        made = papers.day_agenda(context, event, numbers, photographs=photographs, **given)
        heads = [one for one in lines_of(made) if one.startswith(("当日進行表", "◇　機材"))]
        return [f"個人情報{made.personal}", *heads, *lines_of(made)[-4:]]

    rows = [("1", "A", "撮影不可", ""), ("2", "", "", ""), ("3", "", "条件", "後ろ姿だけ")]
    for case, given in (
        ("撮影なし", ()), ("撮影 条件なし", rows[:2]), ("撮影 条件あり", rows), ("撮影 全員未確認", [rows[1]] * 3),
    ):  # fmt: skip
        assert_paper(agenda(given), case)
    assert agenda(rows, event=replace(facts, agenda=())) == ["個人情報False", "帳合い"]
    assert agenda((), numbers=replace(kind, clause_equipment="仕4(2)ク"))[2] == (
        "◇　機材チェック表　用意する側の根拠：仕様書4(2)ク"
    )
    undated = replace(facts, event_date=None, venue_facts=replace(facts.venue_facts, room=""))
    assert agenda((), event=undated, numbers=replace(kind, clause_equipment=""))[1:3] == [
        "当日進行表・機材チェック表｜日程を協議中　見本つつじ台区民館",
        "◇　機材チェック表",
    ]


def test_the_sheet_of_the_witness_asks_only_what_there_is(year):
    facts, context = guide_facts(year).letter.event, plain_context(NOW.date())
    people = PeopleFacts(expected=5, expected_organisations=2, lent_devices=2)
    bare = replace(facts.year_kind, material_period="", has_survey=False)
    whole = replace(facts, people=people, lecturer="見本 講師", witness="係 2人", network="無")
    for case, event, kind in (
        ("確認票", whole, facts.year_kind), ("確認票 少ない", replace(facts, people=PeopleFacts()), bare),
        ("確認票 派遣", replace(whole, form=EventForm.VISIT), facts.year_kind),
    ):  # fmt: skip
        assert_paper([one for one in lines_of(papers.witness_sheet(context, event, kind)) if "｜" in one][:12], case)


def test_the_course_of_a_day_is_made_of_a_timetable_or_of_what_is_handed_out(store):
    def heads(kind, number):
        event = by_id(store.database, Event, event_id(store, kind, number))
        with store.change(action="用意", by=BY, now=NOW) as change:
            for one in rows(store.database, AgendaItem, event_id=event.id):
                change.delete(AgendaItem, one.id)
        content = documents.build_document(store, event_id=event.id, kind=papers.AGENDA_KIND, now=NOW)
        return [one.text for one in content.blocks if isinstance(one, Heading)]

    def on_the_desk(number):
        said = documents.build_document(store, event_id=number, kind=papers.AGENDA_KIND, now=NOW)
        return [one for one in lines_of(said) if "受付名簿" in one and "回収" in one]

    number = event_id(store, "講習会", 5)
    assert on_the_desk(number) == ["7｜受付名簿｜2部｜区｜｜｜｜終了後に回収"]
    with store.change(action="用意", by=BY, now=NOW) as change:
        for one in rows(store.database, Entry, event_id=number):
            change.update(Entry, one.id, event_id=event_id(store, "講習会", 4))
    assert on_the_desk(number) == [], "nobody is on it"
    assert not [one for one in heads("講習会", 6) if "機材" in one]
    with pytest.raises(UserError, match="当日の進行がまだありません。"):
        heads("派遣", 3)


def test_who_has_no_name_gets_no_certificate_and_is_said(store):
    number = event_id(store, "講習会", 1)
    came = [one for one in roster.entries(store.database, number) if one.attendance.is_present]

    def said():
        return day_documents._came(store, read_event_records(store, number), NOW.date())

    assert said() == "16人"
    with store.change(action="用意", by=BY, now=NOW) as change:
        change.update(Entry, came[0].id, person_id=None)
    assert said() == "15人　氏名未定の 1人を除く"
