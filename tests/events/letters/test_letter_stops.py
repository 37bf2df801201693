"""What stops the 施行 of a letter, sentence by sentence, and what is said before it leaves."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.blocks import KeyValues, LetterItems, Table
from app.documents.handout_blocks import NoticeBox
from app.documents.services import document_passages, document_saving, documents
from app.documents.services.document_doubts import read_doubts
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState
from app.event.services import event_moves, recruitment
from app.events.calls.services import calls
from app.events.calls.services.call_view import read_calls
from app.events.letters.services import letter_page
from app.events.letters.services.letter_building import read_letter_facts
from app.events.letters.services.letter_checks import print_doubts
from app.history import services as history_services
from app.programme import services as programme_services
from db.records.agreements import Agreement
from db.records.calls import CallOutcome, ChangeDecision, DecisionKind
from db.records.documents import Letter, LetterForm, LetterState
from db.records.event_status import EventStatus
from db.records.events import AgendaItem, Event, RecruitmentStep
from db.records.organisations import Organisation, Person
from db.records.programme import DocumentSetting
from db.records.roster import Entry
from db.rows import by_id, row, rows
from tests.support.letter_people import TAKASAKI, Letters, read_letters
from tests.support.paper_words import cells_of, pages_of
from tests.support.years import BY, NOW, acting

WHO = {"by": BY, "now": NOW}
ISSUED = date(2026, 8, 28)
TODAY = NOW.date()


def issue(people: Letters, kind: str, on: date = ISSUED) -> None:
    document_saving.set_letter_state(
        acting(people.store),
        event_id=people.event_id,
        kind=kind,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=on,
        document_number="8練地協第391号",
        issued_on=on,
    )


def write(people: Letters, kind: str, part: str, text: str) -> None:
    document_passages.set_passage(acting(people.store), event_id=people.event_id, kind=kind, part=part, text=text)


def build(people: Letters, kind: str):
    return letter_page.build_letters(people.store, event_id=people.event_id, kind=kind, now=NOW)


def doubts(people: Letters, kind: str, today: date = TODAY) -> str:
    return "".join(read_doubts(people.store, scope=DocumentScope(event_id=people.event_id), kind=kind, today=today))


def move(people: Letters, **changed) -> None:
    with people.store.change(action="変更", by=BY, now=NOW) as change:
        change.update(Event, people.event_id, **changed)


def decide(people: Letters, kind: str, reason: str = "大雨警報の発表", **given: bool) -> None:
    calls.decide_change(
        acting(people.store),
        event_id=people.event_id,
        kind=kind,
        decided_at=datetime(2026, 8, 31, 8, 30),
        decided_by="課長",
        reason=reason,
        **given,
    )


def add(people: Letters, *records) -> None:
    with people.store.change(action="用意", by=BY, now=NOW) as change:
        for one in records:
            change.insert(one)


def add_people(people: Letters, count: int) -> None:
    groups = [f"みほん{number}町会" for number in range(count)]
    add(people, *(Entry(event_id=people.event_id, organisation_name=name, state="決定") for name in groups))


def test_more_people_than_specified_are_not_told_without_a_reason_and_the_number_of_an_agreement(people):
    def put(state):
        document_saving.set_letter_state(
            acting(people.store), event_id=people.event_id, kind="決定通知", form=LetterForm.FORMAL, state=state
        )

    add_people(people, 20)
    put("起案中")
    with pytest.raises(UserError, match=r"23人は、仕様の20人程度を3人超えています.*協議番号がありません"):
        issue(people, "決定通知")
    put("案")
    write(people, "起案資料", "定員を超えて決定する理由", "会場の定員は30人である。")
    with pytest.raises(UserError, match="協議番号がありません"):
        issue(people, "決定通知")
    assert "協議番号がありません" in doubts(people, "起案資料")
    write(people, "起案資料", "定員を超えて決定する理由", "会場の定員は30人である（協議記録 No15）。")
    issue(people, "決定通知")
    first = pages_of(build(people, "起案資料"))[0]
    assert "+3人（15.0％）" in first
    assert "会場の定員は30人である（協議記録No15）" in first


def test_a_settled_agreement_about_the_number_of_people_is_enough(people):
    add_people(people, 18)
    add(
        people,
        Agreement(
            event_id=people.event_id,
            number="協議02-5",
            topic="参加人数",
            content="21人でも支障なし",
            asked_on=NOW.date(),
            settled_on=NOW.date(),
        ),
    )
    issue(people, "決定通知")
    assert "協議記録協議02-5（写し）" in pages_of(build(people, "起案資料"))[0]


def test_a_reason_that_counts_other_applications_than_there_are_stops_the_decision(people):
    add_people(people, 20)
    applied = read_letter_facts(people.store, event=by_id(people.store.database, Event, people.event_id)).applied[0]
    part = "定員を超えて決定する理由"
    write(people, "起案資料", part, f"申込みが{applied - 2}人となった。会場の定員は30人である（協議記録 No15）。")
    with pytest.raises(UserError, match=f"申込みの人数（{applied - 2}人）が、いまの申込み（{applied}人）と違います"):
        issue(people, "決定通知")
    write(people, "起案資料", part, "申込みが20人程度を超えた。会場の定員は30人である（協議記録 No15）。")
    issue(people, "決定通知")


def test_what_will_stop_the_issue_is_said_while_it_is_put_up_and_not_only_after_it_was_decided(people):
    def put_up(state: LetterState) -> tuple[str, ...]:
        document_saving.set_letter_state(
            acting(people.store),
            event_id=people.event_id,
            kind="決定通知",
            form=LetterForm.FORMAL,
            state=state,
            decided_on=ISSUED if state.is_decided else None,
            document_number="391" if state.is_decided else "",
        )
        page = read_letters(people.store, event_id=people.event_id, kind="決定通知", now=NOW)
        assert page.kept_words
        return page.cautions

    add_people(people, 20)
    for state in (LetterState.IN_APPROVAL, LetterState.APPROVED):
        assert "人超えています。起案資料に「定員を超えて決定する理由」を書いてください。" in "".join(put_up(state))


def test_page_one_of_a_drafting_holds_all_to_decide_on_and_no_name(people):
    setting = DocumentSetting(
        document_kind="起案資料", extra={"根拠": "みほん事業実施要領　第6（参加者の決定）", "保存年限・分類": "5年"}
    )
    programme_services.set_document_setting(
        acting(people.store), setting=setting, valid_from=date(2026, 8, 1), reason="要領の制定"
    )
    pages = pages_of(build(people, "起案資料"))
    assert "通知してよろしいか伺います。" in pages[0]
    for words in (
        "決定の内容",
        "理由",
        "みほん事業実施要領第6（参加者の決定）",
        "非公開",
        "決裁日",
        "文書番号",
        "施行日",
    ):
        assert words in pages[0]
    for page in pages[:-1]:
        assert TAKASAKI.replace(" ", "") not in page
    assert TAKASAKI.replace(" ", "") in pages[-1]
    assert "実施要領が、設定" not in doubts(people, "起案資料")
    known = document_passages.read_passages(
        people.store, scope=DocumentScope(event_id=people.event_id), kind="起案資料", on=date(2026, 7, 31)
    )
    assert next(one.text for one in known if one.part == "決定の根拠").startswith("（区の実施要領"), "before its day"


def test_a_drafting_before_the_closing_day_is_over_is_said(people):
    closing = date(2026, 8, 24)
    assert "申込みの締切（令和8年8月24日（月））を過ぎていません" in doubts(people, "起案資料", closing)
    assert "を過ぎていません" not in doubts(people, "起案資料", date(2026, 8, 25))


def test_a_drafting_has_its_day_only_where_it_can_be_of_it_and_its_drafts_have_neither_day_nor_number(people):
    on_time = letter_page.build_letters(
        people.store, event_id=people.event_id, kind="起案資料", now=datetime(2026, 8, 25, 9)
    )
    assert "起案令和8年8月25日（火）" in pages_of(on_time)[0]
    with pytest.raises(StoppedByState, match="実施日は過ぎています"):
        letter_page.build_letters(people.store, event_id=people.event_id, kind="起案資料", now=datetime(2026, 9, 11, 9))
    assert "実施日（令和8年9月10日（木））を過ぎています" in doubts(people, "起案資料", date(2026, 9, 11))
    issue(people, "決定通知")
    first, draft = pages_of(build(people, "起案資料"))[:2]
    assert "起案令和8年月日" in first
    assert "決裁日" in first
    assert "令和8年8月28日" in first
    assert "8練地協第391号" in first
    assert "8練地協第391号" not in draft
    assert "令和8年月日" in draft


def test_a_letter_that_recruits_has_the_day_on_which_its_step_was_done(people):
    add(
        people,
        RecruitmentStep(
            event_id=people.event_id, position=2, name="会長あて送付", offset_days=46, done_on=date(2026, 7, 27)
        ),
    )
    late = datetime(2026, 9, 9, 9)
    content = letter_page.build_letters(people.store, event_id=people.event_id, kind="会長あて案内文", now=late)
    assert "令和8年7月27日" in pages_of(content)[0]
    assert doubts(people, "会長あて案内文", late.date()) == ""
    assert "より後です" in doubts(people, "支部長あて依頼文", late.date())


def test_a_change_is_issued_with_before_after_reason_and_the_letter_that_told_it(people):
    decide(people, "日時の変更")
    with pytest.raises(UserError, match="さきに出した決定通知または開催通知の日付と番号"):
        issue(people, "変更通知")
    issue(people, "決定通知")
    move(people, event_date=date(2026, 9, 17))
    write(people, "変更通知", "変更の理由", "")
    with pytest.raises(UserError, match="「変更の理由」がまだ書かれていません"):
        issue(people, "変更通知")
    write(people, "変更通知", "変更の理由", "会場の修繕のため")
    issue(people, "変更通知")
    content = build(people, "変更通知")
    table = next(block for block in content.blocks if isinstance(block, Table))
    assert [column.title for column in table.columns] == ["項目", "変更前", "変更後"]
    rows = {row[0]: row[1:] for row in table.rows}
    assert rows["日時"][0].startswith("令和8年9月10日（木）")
    assert rows["日時"][1].startswith("▶ 令和8年9月17日（木）")
    assert rows["会場"][1] == "変更なし"
    assert rows["持ち物・参加費"][1] == "変更なし"
    assert table.bold_rows == (0,)
    assert "8練地協第391号により参加の決定をお知らせした" in "".join(pages_of(content))
    assert any("変更なし" in cell for cell in cells_of(content))


@pytest.mark.parametrize(("count", "pages"), [(8, 1), (12, 2), (20, 2), (30, 2)])
def test_of_a_change_to_many_people_only_their_table_goes_over(people, count, pages):
    with people.store.change(action="用意", by=BY, now=NOW) as change:
        group = change.insert(Organisation(name="見本大人数の会"))
        for number in range(count):
            one = change.insert(Person(organisation_id=group, name=f"見本　八{number}"))
            of = {"event_id": people.event_id, "organisation_id": group, "person_id": one}
            change.insert(Entry(**of, state="決定", device="貸与", role="会員"))
    decide(people, "日時の変更")
    move(people, event_date=date(2026, 9, 17))
    (letter,) = [
        one
        for one in letter_page.build_each(people.store, event_id=people.event_id, kind="変更通知", now=NOW)
        if "大人数" in one.file_stem
    ]
    found = [re.sub(r"\s", "", page) for page in pages_of(letter)]
    assert len(found) == pages
    assert ("お手続き" in found[0], "問合せ先" in found[0], "変更の理由" in found[0]) == (True, True, True)
    named = [f"見本八{number}様（会員）" for number in range(count)]
    assert [name for name in named if name not in found[-1]] == []
    assert ("別紙のとおり" in found[0], "問合せ先" in found[-1]) == (pages > 1, pages == 1)


def test_another_decision_has_a_letter_with_its_own_number_day_and_words(people):
    issue(people, "決定通知")
    decide(people, "日時の変更")
    move(people, event_date=date(2026, 9, 17))
    write(people, "変更通知", "変更の理由", "会場の修繕のため")
    issue(people, "変更通知")
    first = build(people, "変更通知")
    assert first.blocks[0].reference == "8練地協第391号"
    later = NOW + timedelta(days=3)
    calls.decide_change(
        ActionContext(people.store, BY, later),
        event_id=people.event_id,
        kind=DecisionKind.NEW_VENUE,
        decided_at=later,
        decided_by="課長",
        reason="講師の都合のため",
    )
    move(people, venue="みほん南区民館")
    second = letter_page.build_letters(people.store, event_id=people.event_id, kind="変更通知", now=later)
    said = "".join(pages_of(second))
    assert (second.stamp, "会場の修繕のため" in said, "みほん南区民館" in said) == ("案", False, True)
    assert second.blocks[0].reference == ""
    assert second.file_stem != first.file_stem
    row = read_library(people.store, event_id=people.event_id, today=later.date()).row("変更通知")
    assert row.letter.state == "案", "the letter of the first change says nothing of the second"
    kept = [(one.revision, one.state) for one in rows(people.store.database, Letter, document_kind="変更通知")]
    assert kept == [(1, "施行")], "the first letter stays as it was"


def test_a_change_that_changes_nothing_or_asks_by_a_closed_day_is_not_issued(people):
    issue(people, "決定通知")
    decide(people, "日時の変更")
    write(people, "変更通知", "変更後の日時", "令和8年9月10日（木）　午後2時から午後4時まで")
    with pytest.raises(UserError, match="変更前と変更後が同じです"):
        issue(people, "変更通知")
    write(people, "変更通知", "変更後の日時", "令和8年9月24日（木）　午後2時から午後4時まで")
    write(people, "変更通知", "お手続き", "参加できない方は、9月6日（日）までにご連絡ください。")
    with pytest.raises(UserError, match="令和8年9月6日（日）は閉庁日です（日曜日）"):
        issue(people, "変更通知")
    write(people, "変更通知", "お手続き", "参加できない方は、9月7日（月）までにご連絡ください。")
    issue(people, "変更通知")


def test_a_cancellation_names_no_device_frames_the_replacement_and_says_that_the_call_came_first(people):
    issue(people, "落選通知")
    decide(people, "中止")
    assert "電話での連絡の記録がありません" in doubts(people, "中止通知")
    assert "代わりの開催" not in "".join(pages_of(build(people, "中止通知")))
    assert "代わりの開催" not in "".join(pages_of(build(people, "起案資料（中止・変更）")))
    assert "行うとも行わないとも記録がないため" in doubts(people, "中止通知")
    decide(people, "中止", no_replacement=True)
    assert "代わりの開催は行いません。" in "".join(pages_of(build(people, "中止通知")))
    calls.set_substitute(
        acting(people.store),
        event_id=people.event_id,
        day_words="令和8年9月24日（木）　午後2時から午後4時まで",
        nature="協議で足りる",
    )
    with pytest.raises(UserError, match="代わりの開催の会場がありません"):
        issue(people, "中止通知")
    write(people, "中止通知", "代わりの開催", "令和8年9月24日（木）　午後2時から午後4時まで\nみほん区民館　研修室1")
    key = call_lines(people)[0].key
    calls.note_call(acting(people.store), event_id=people.event_id, key=key, outcome=CallOutcome.REACHED)
    issue(people, "中止通知")
    content = build(people, "中止通知")
    frames = [block for block in content.blocks if isinstance(block, NoticeBox)]
    assert frames[0].text.endswith("みほん区民館　研修室1")
    said = "".join(pages_of(content))
    assert "電話でお知らせした内容の確認" in said
    assert "ご迷惑をおかけし" in said
    for words in ("端末", "持ち物", "貸与"):
        assert words not in said
    numbers = [block.start for block in content.blocks if isinstance(block, LetterItems)]
    called, waiting = numbers[: numbers.index(1, 1)], numbers[numbers.index(1, 1) :]
    assert called == sorted(set(called))
    assert waiting == called[:-1], "nobody called who is 補欠"
    first, last = pages_of(content)
    assert "電話でお知らせした内容の確認" in first
    assert "電話でお知らせした" not in last
    assert "補欠としてお待ちいただいていた講習会" in last
    assert "補欠の方佐久間" in last


def test_a_cancellation_says_of_the_call_only_to_those_who_were_reached(people):
    add_people(people, 2)
    decide(people, "中止")
    keys = [line.key for line in call_lines(people)]
    calls.note_call(acting(people.store), event_id=people.event_id, key=keys[0], outcome=CallOutcome.REACHED)
    calls.note_call(acting(people.store), event_id=people.event_id, key=keys[1], outcome=CallOutcome.ABSENT)
    pages = pages_of(build(people, "中止通知"))
    assert ["電話でお知らせした内容の確認" in page for page in pages] == [True, False, False, False, False]
    assert "電話がまだ済んでいない団体が2団体あります" in doubts(people, "中止通知")
    with people.store.change(action="用意", by=BY, now=NOW) as change:
        person = change.insert(Person(name="例川 一人"))
        change.insert(Entry(event_id=people.event_id, person_id=person, state="決定", applied_at=NOW))
    said = doubts(people, "中止通知")
    assert "電話がまだ済んでいない相手が2団体と団体のない方1人あります。その相手への通知に" in said


def test_who_waits_is_told_so_and_who_cannot_come_otherwise_also_in_one_organisation(people):
    with people.store.change(action="用意", by=BY, now=NOW) as change:
        known = people.store.database
        waiting = row(known, Entry, event_id=people.event_id, state="補欠")
        change.insert(replace(waiting, id=0, person_id=None, state="落選", waiting_order=None))
    pages = pages_of(build(people, "落選通知"))
    assert ["補欠としてお待ちいただくこととなりました" in page for page in pages] == [False, True, False]
    assert ["参加いただけないこととなりました" in page for page in pages] == [True, False, True]
    drafted = build(people, "起案資料")
    first = pages_of(drafted)[0]
    assert "1人を補欠、2人を不採択とし" in first
    assert "落選通知（補欠の方）（案）1通" in first
    assert "補欠としてお待ちいただくこととなりました" in pages_of(drafted)[3]


def call_lines(people: Letters):
    from app.event.services.event_records import read_event_or_error
    from app.events.calls.services.call_sheet import read_call_sheet

    return read_call_sheet(people.store.database, read_event_or_error(people.store.database, people.event_id)).lines


def test_a_cancellation_that_nobody_decided_is_not_issued(people):
    move(people, status=EventStatus.CANCELLED, cancel_reason="大雪")
    with pytest.raises(UserError, match="中止を判断した日時と判断した者が記録されていません"):
        issue(people, "中止通知")


def test_no_letter_that_invites_or_refuses_is_issued_for_what_was_cancelled(people):
    move(people, status=EventStatus.CANCELLED, cancel_reason="大雪")
    for kind in ("決定通知", "落選通知", "開催通知"):
        with pytest.raises(UserError, match="中止通知で知らせます"):
            issue(people, kind)
        page = read_letters(people.store, event_id=people.event_id, kind=kind, now=NOW)
        assert (page.row.state, page.cautions) == ("中止のため作成しません", ())


def test_who_told_since_that_he_does_not_come_stands_in_the_sum_of_a_drafting(people):
    assert "欠席・取消" not in pages_of(build(people, "起案資料"))[0]
    with people.store.change(action="欠席", by=BY, now=NOW) as change:
        change.update(Entry, people.entries[1], absent_told_at=NOW)
    page = pages_of(build(people, "起案資料"))[0]
    assert "欠席・取消" in page
    found = read_letter_facts(people.store, event=by_id(people.store.database, Event, people.event_id))
    assert (found.applied[0], found.chosen[0], found.rejected, found.waiting, found.withdrawn) == (5, 2, 1, 1, 1)
    assert "5人の申込みがあった（うち1人から、その後に欠席の連絡または取消しがあった）" in page.replace(" ", "")

    # Who lost the place to the ward has said nothing.
    with people.store.change(action="決定取消", by=BY, now=NOW) as change:
        change.update(Entry, people.entries[1], state="決定取消")
        change.update(Entry, people.entries[0], state="決定取消")
    page = "".join(pages_of(build(people, "起案資料"))[0].split())
    assert "5人の申込みがあった。うち2人は、区が決定を取り消した。" in page
    assert ("欠席・取消" in page, "決定取消" in page) == (False, True)


def test_a_letter_ends_the_event_when_it_was_booked_to_end_whatever_the_timetable_takes(people):
    move(people, start_time="14:00", end_time="16:00")
    add(people, AgendaItem(event_id=people.event_id, position=0, title="講義", minutes=110))
    page = pages_of(build(people, "決定通知"))[0]
    assert "午後2時から午後4時まで" in page
    assert "3時50分" not in page


def test_the_mail_of_a_cancellation_says_that_a_call_came_first_only_where_everybody_was_reached(people):
    calls.decide_change(
        acting(people.store),
        event_id=people.event_id,
        kind=DecisionKind.CANCELLATION,
        decided_at=NOW,
        decided_by="課長",
        reason="大雪のため",
    )
    (line,) = read_calls(people.store, event_id=people.event_id, caller="見本", today=TODAY).sheet.lines
    for reached, everybody in ((line.people[:1], False), (line.people, True)):
        ids = [one.entry_id for one in reached]
        calls.note_call(
            acting(people.store), event_id=people.event_id, key=line.key, outcome=CallOutcome.REACHED, entry_ids=ids
        )
        mail = documents.document_mail_text(people.store, event_id=people.event_id, kind="中止通知", now=NOW)
        assert ("電話でお知らせした" in mail) == everybody


def test_a_decision_without_day_or_venue_is_not_issued(people):
    move(people, venue="", event_date=None)
    with pytest.raises(UserError, match="実施日が決まっていません。会場が決まっていません。"):
        issue(people, "決定通知")
    said = read_letters(people.store, event_id=people.event_id, kind="決定通知", now=NOW).cautions
    assert [said.count(words) for words in ("実施日が決まっていません。", "会場が決まっていません。")] == [1, 1]


def test_a_letter_that_asks_for_applications_says_when_its_day_is_too_late_and_comes_from_the_chief(people):
    for kind in ("会長あて案内文", "支部長あて依頼文", "募集チラシ", "参加申込書", "区報原稿", "ホームページ原稿"):
        assert doubts(people, kind, date(2026, 8, 24)) == ""
        assert "申込期限（令和8年8月24日（月））より後です" in doubts(people, kind, date(2026, 8, 25))
    office = programme_services.read_programme(people.store).office
    chief = replace(office, sender="みほん課長　見本 太郎")
    programme_services.set_office(acting(people.store), office=chief)
    for kind in ("会長あて案内文", "支部長あて依頼文"):
        assert "みほん課長見本太郎" in pages_of(build(people, kind))[0]


def test_labels_without_an_address_are_named_before_they_leave(people):
    said = doubts(people, "宛名ラベル")
    assert said == ""
    add(people, Entry(event_id=people.event_id, organisation_name="住所のない町会", state="決定"))
    assert doubts(people, "宛名ラベル") == "住所の登録がない宛先が1件あります：住所のない町会。"
    add(people, Entry(event_id=people.event_id, state="決定"))
    assert doubts(people, "宛名ラベル") == "住所の登録がない宛先が2件あります：住所のない町会、氏名未定。"


def test_an_invitation_without_a_decision_says_which_letter_decides(people):
    assert "決定通知を使います" in doubts(people, "開催通知")
    issue(people, "決定通知")
    assert "決定通知を使います" not in doubts(people, "開催通知")
    assert "参加の決定をお知らせした講習会を、つぎのとおり開催します" in pages_of(build(people, "開催通知"))[0]


def test_the_numbers_of_a_drafting_of_a_cancellation_are_what_stops(people):
    decide(people, "中止", reason="大雪のため。", no_replacement=True)
    content = build(people, "起案資料（中止・変更）")
    shown = [row for block in content.blocks if isinstance(block, KeyValues) for row in block.rows]
    assert ("代わりの開催", "代わりの開催は行いません。") in shown
    first = pages_of(content)[0]
    assert "を中止する（" in first
    assert "理由大雪のため。" in first
    assert "課長の判断" in first


def test_a_reason_that_was_typed_before_is_shown_inside_its_letter_and_asked_about_once(people):
    with people.store.change(action="判断", by=BY, now=NOW) as change:
        change.insert(
            ChangeDecision(event_id=people.event_id, kind="中止", decided_at=NOW, decided_by="課長", reason="大雪")
        )
        change.update(Event, people.event_id, status=EventStatus.CANCELLED)
    assert "入力したとおりに「大雪」と出ます" in doubts(people, "中止通知")
    decide(people, "中止", reason="大雪")
    assert "入力したとおりに" not in doubts(people, "中止通知")
    assert "大雪のため" not in "".join(pages_of(build(people, "中止通知")))


def test_a_letter_that_was_decided_on_is_the_same_letter_whenever_it_is_printed(people):
    decided = date(2026, 8, 26)
    document_saving.set_letter_state(
        acting(people.store),
        event_id=people.event_id,
        kind="決定通知",
        form=LetterForm.FORMAL,
        state=LetterState.APPROVED,
        decided_on=decided,
        document_number="8練地協第391号",
    )
    for day in (datetime(2026, 8, 27, 9, 0), datetime(2026, 9, 9, 9, 0)):
        said = pages_of(letter_page.build_letters(people.store, event_id=people.event_id, kind="決定通知", now=day))[0]
        assert "令和8年8月26日" in said
        assert "8練地協第391号" in said


def test_the_number_and_the_day_of_a_letter_that_went_out_are_changed_by_taking_it_back_alone(people):
    issue(people, "決定通知")
    issue(people, "決定通知")
    with pytest.raises(UserError, match="日付と番号は変えられません"):
        issue(people, "決定通知", date(2026, 8, 31))


def test_a_published_period_stays_where_it_was_when_the_event_is_moved_and_one_nobody_knows_follows(people):
    before = read_letter_facts(people.store, event=by_id(people.store.database, Event, people.event_id))
    steps = {step.name: step for step in rows(people.store.database, RecruitmentStep, event_id=people.event_id)}
    moved_to = date(2026, 12, 28)
    told = {"event_id": people.event_id, "new_date": moved_to, "today": TODAY}
    assert "公表した募集期間" not in "".join(
        one.text for one in event_moves.preview_move(people.store, **told).follow_ups
    )
    recruitment.tick_step(acting(people.store), step_id=steps["受付開始"].id, on=date(2026, 7, 30))
    preview = event_moves.preview_move(people.store, **told)
    assert "公表した募集期間（7/30(木)から8/24(月)まで）はそのままです" in "".join(
        one.text for one in preview.follow_ups
    )
    assert not next(one for one in preview.rows if one.task == "受付締切").is_changed
    event_moves.move_event(acting(people.store), event_id=people.event_id, new_date=moved_to, reason="会場の都合")
    after = read_letter_facts(people.store, event=by_id(people.store.database, Event, people.event_id))
    assert (
        (after.apply_from, after.apply_by)
        == (before.apply_from, before.apply_by)
        == (date(2026, 7, 30), date(2026, 8, 24))
    )
    assert "8月24日（月）まで" in pages_of(build(people, "募集チラシ"))[0]
    drafted = "".join(pages_of(build(people, "起案資料")))
    assert "令和8年7月30日（木）から令和8年8月24日（月）まで" in drafted
    assert "の期間（令和8年9月1日から令和8年12月25日まで）の外である" in drafted
    event_moves.move_event(
        acting(people.store), event_id=people.event_id, new_date=date(2026, 9, 10), reason="会場が空いた"
    )
    back = {
        step.name: (step.due, step.note)
        for step in rows(people.store.database, RecruitmentStep, event_id=people.event_id)
    }
    assert (back["受付開始"], back["受付締切"]) == ((None, ""), (None, ""))
    history_services.undo(people.store, **WHO)
    history_services.undo(people.store, **WHO)
    again = {step.name: step.due for step in rows(people.store.database, RecruitmentStep, event_id=people.event_id)}
    assert set(again.values()) == {None}


def test_a_period_that_nobody_was_told_of_follows_its_event(people):
    event_moves.move_event(
        acting(people.store), event_id=people.event_id, new_date=date(2026, 9, 24), reason="会場の都合"
    )
    found = read_letter_facts(people.store, event=by_id(people.store.database, Event, people.event_id))
    assert found.apply_by == date(2026, 9, 7)


def test_a_drafting_says_who_came_after_the_closing_day(people):
    with people.store.change(action="用意", **WHO) as change:
        change.update(Entry, people.entries[0], applied_at=datetime(2026, 8, 25, 9, 0))
    said = "".join(pages_of(build(people, "起案資料")))
    assert "4人の申込みがあり、締切の後に1人（1団体）の申込みがあった（計3団体5人）" in said


def test_a_drafting_of_a_cancellation_cites_the_number_of_events_and_one_of_a_change_their_days(people):
    decide(people, "中止")
    first = pages_of(build(people, "起案資料（中止・変更）"))[0]
    assert "7回程度" in first
    assert "10人から20人" not in first


def test_the_draft_of_a_cancellation_says_to_how_many_the_call_came_first(people):
    add_people(people, 2)
    decide(people, "中止")
    sheet = read_calls(people.store, event_id=people.event_id, caller=BY, today=TODAY).sheet
    assert len(sheet.lines) > 1
    assert "電話がつながった" not in "".join(pages_of(build(people, "起案資料（中止・変更）")))
    calls.note_call(acting(people.store), event_id=people.event_id, key=sheet.lines[0].key, outcome=CallOutcome.REACHED)
    assert "（先に電話がつながった1通だけに入れる）" in "".join(pages_of(build(people, "起案資料（中止・変更）")))
    assert "ほかに補欠・落選2人（電話ではなく、中止通知で知らせる）" in "".join(
        pages_of(documents.build_document(people.store, event_id=people.event_id, kind="電話一覧", now=NOW))
    )
    letter = read_letters(people.store, event_id=people.event_id, kind="中止通知", now=NOW).row
    assert letter.state.endswith("人（うち補欠 1人）")


def test_a_letter_that_hardly_leaves_time_to_answer_says_so_before_it_is_put_up(people):
    event = by_id(people.store.database, Event, people.event_id)

    def said(on):
        found = print_doubts(people.store, event=event, kind="決定通知", on=on)
        return [one for one in found if "届いて返事ができる日" in one]

    assert said(ISSUED) == []
    (late,) = said(date(2026, 9, 2))
    assert late.startswith("欠席・代理の連絡の期限（令和8年9月3日（木））")
