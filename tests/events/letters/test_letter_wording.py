"""The wording of letters, the count of characters, and addresses parted for labels."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.calendar.office_days import OfficeCalendar
from app.documents.handout_blocks import HandoutItems, NoticeBox
from app.event.rules.agenda import default_agenda
from app.event.rules.recruitment import TO_BRANCHES, document_of_step
from app.event.services.event_facts import planned_facts
from app.events.calls import rules as calls_rules
from app.events.letters.documents import recruitment_documents
from app.events.letters.rules.change_letters import UNDECIDED, change_of_facts, is_reason_unchecked
from app.events.letters.rules.drafting_texts import can_draft, drafting_passages
from app.events.letters.rules.letter_texts import (
    DRAFTING,
    DRAFTING_CHANGE,
    LETTERS,
    EarlierLetter,
    LetterFacts,
    ReplacedEvent,
    absence_deadline,
    reception_time,
)
from app.events.letters.rules.notices import notice_passages
from app.events.letters.rules.recruitment_texts import RECRUITMENT, care_offer, recruitment_passages
from app.events.letters.services.letter_addressees import split_address
from app.programme.intake import preset
from db.records.agreements import Agreement
from db.records.calls import ChangeDecision
from db.records.event_form import EventForm
from db.records.events import AgendaItem, Event
from db.records.programme import EventKind, Office
from tests.support.paper_lines import assert_says
from tests.support.paper_words import pages_of
from tests.support.said_words import PROJECT
from tests.support.years import plain_context

NUMBERS = {one.kind: one for one in preset().kinds}
OFFICE = Office(ward="練馬区", section="協働推進課", unit="みほん係", phone="03-0000-0001", fax="03-0000-0002")


def facts(**changes) -> LetterFacts:
    event = changes.pop("event", None) or planned_facts(
        Event(
            kind="講習会",
            form=EventForm.LECTURE,
            ordinal=2,
            subject="LINE講習会",
            event_date=date(2026, 9, 10),
            venue="みほん区民館",
            network="有",
        ),
        NUMBERS["講習会"],
    )
    known = LetterFacts(
        event=event,
        name="デジタル活用講習会　第2回「LINE講習会」",
        title="LINE講習会",
        numbers=NUMBERS[event.kind],
        programme=preset().programme,
        office=OFFICE,
        venue_lines="みほん区民館",
        content="操作の体験",
        absence_by=date(2026, 9, 2),
        apply_by=date(2026, 8, 24),
        chosen=(17, 12),
        applied=(23, 14),
        rejected=6,
    )
    return replace(known, **changes)


def words(kind: str, known: LetterFacts) -> dict[str, str]:
    return {one.part: one.text for one in notice_passages(kind, known)}


def recruiting(kind: str, known: LetterFacts) -> dict[str, str]:
    return {one.part: one.text for one in recruitment_passages(kind, known)}


def called(known: LetterFacts) -> dict[str, str]:
    """What is said on the telephone, by the key of its text."""
    context = calls_rules.ChangeTextContext(
        event=known.event,
        decision=known.decision,
        change=change_of_facts(known),
        office=OFFICE,
        caller="山田",
        today=date(2026, 9, 9),
    )
    return {key: calls_rules.change_text(context, key) for key in calls_rules.TEXT_KEYS}


@pytest.mark.parametrize(
    ("event_date", "told"),
    [
        (date(2026, 9, 10), date(2026, 9, 2)),
        (date(2026, 9, 24), date(2026, 9, 16)),
        (date(2027, 1, 4), date(2026, 12, 24)),
    ],
)
def test_absences_are_asked_for_two_open_days_before_the_headcount_is_told(event_date, told):
    event = Event(kind="講習会", form=EventForm.LECTURE, subject="x", event_date=event_date)
    assert absence_deadline(event, NUMBERS["講習会"], preset().programme, OfficeCalendar()) == told


@pytest.mark.parametrize(
    ("reply_from", "told"),
    [
        (date(2026, 9, 15), date(2026, 9, 16)),
        (date(2026, 9, 17), date(2026, 9, 17)),
        (date(2026, 9, 24), date(2026, 9, 17)),
    ],
)
def test_a_late_letter_asks_for_absences_when_it_has_arrived_or_the_day_before_the_headcount(reply_from, told):
    event = Event(kind="講習会", form=EventForm.LECTURE, subject="x", event_date=date(2026, 9, 24))
    assert absence_deadline(event, NUMBERS["講習会"], preset().programme, OfficeCalendar(), reply_from) == told


def test_an_event_without_a_day_has_no_day_for_absences():
    event = Event(kind="講習会", form=EventForm.LECTURE, subject="x")
    assert absence_deadline(event, NUMBERS["講習会"], preset().programme, OfficeCalendar()) is None
    assert (
        "お早めに"
        in words("決定通知", facts(event=planned_facts(event, NUMBERS[event.kind]), absence_by=None))["欠席・代理出席"]
    )


def test_nobody_is_asked_to_bring_a_password():
    for kind in LETTERS:
        assert "パスワード" not in "".join(words(kind, facts()).values())
    for kind in RECRUITMENT:
        assert "パスワード" not in "".join(recruiting(kind, facts()).values())
    assert "LINEを使える状態にした端末" in words("決定通知", facts())["持ち物"]
    site = facts(event=replace(facts().event, subject="ホームページ・電子回覧板講習会", tools=("ホームページ",)))
    assert "充電した端末" in words("決定通知", site)["持ち物"], "nobody has a home page ready on a device"
    flyer = recruiting("募集チラシ", site)
    assert "充電したスマートフォン" in flyer["持ち物"]


def test_practice_is_promised_where_the_timetable_has_some():
    agenda = default_agenda(NUMBERS["講習会"])

    def said(agenda: Sequence[AgendaItem], numbers: EventKind = NUMBERS["講習会"]) -> str:
        known = facts(event=replace(facts().event, agenda=tuple(agenda)), numbers=numbers)
        return "\n".join(one.text for kind in RECRUITMENT for one in recruitment_passages(kind, known))

    assert "講師とともに、その場で操作しながら学びます。" in said(agenda)
    assert "講師とともに学びます。" in said([one for one in agenda if one.form != "実習"])
    assert "とともに" not in said(agenda, replace(NUMBERS["講習会"], lecturer=""))
    assert "学びます" not in said((), replace(NUMBERS["講習会"], lecturer=""))


def test_presidents_are_said_to_get_a_letter_where_a_step_sends_it():
    def said(*, writes: bool) -> str:
        known = facts(writes_to_presidents=writes)
        return recruiting(TO_BRANCHES, known)["お願いしたいこと"]

    assert said(writes=True).endswith("各会長あてには、別に案内文、募集チラシおよび参加申込書を送ります。")
    assert said(writes=False) == "支部の会議などで、募集のご案内をお配りください。"


def test_a_reason_that_only_the_selection_holds_is_not_invented():
    for method in ("抽選", "先着順", "区の調整", ""):
        told = "".join(words("落選通知", facts(method=method)).values())
        assert [one for one in ("より多くの団体", "参加団体の数などを考えて") if one in told] == []


def test_no_sentence_speaks_of_a_number_that_the_ward_does_not_have():
    def said(form: str, **office: str) -> str:
        known = facts(office=replace(OFFICE, **office), application_url=form)
        return "\n".join(one.text for kind in RECRUITMENT for one in recruitment_passages(kind, known))

    both, none = said(""), said("", phone="", fax="", unit="")
    assert "FAXまたは電話でお申し込み" in both
    assert "8月24日(月)までに電話で協働推進課みほん係（03-0000-0001）へ" in both
    assert "8月24日(月)までに協働推進課へ" in none
    assert not [word for word in ("電話", "FAX", "（）", "でへ") if word in none]
    assert "参加申込書（FAX）か電話で、" in said("https://example.jp")
    assert "参加申込書で、" in said("https://example.jp", phone="", fax="")


def test_the_decision_says_what_somebody_who_comes_must_know():
    said = words("決定通知", facts())
    assert "9月2日（水）までに" in said["欠席・代理出席"]
    assert "代理" in said["欠席・代理出席"]
    assert said["荒天時"]
    assert "03-0000-0001" in said["当日の連絡先"]
    for matter in ("公共交通機関", "写真", "配慮"):
        assert matter in said["その他"]


def test_a_refusal_names_how_it_was_decided():
    assert "抽選" in words("落選通知", facts(method="抽選"))["理由"]
    assert "順に" in words("落選通知", facts(method="先着順"))["理由"]
    assert words("落選通知", facts())["理由"].endswith("決定したためです。")


def test_a_refusal_says_by_which_number_of_places_was_chosen_and_only_that_of_more_who_applied():
    drawn = words("落選通知", facts(method="抽選", applied=(16, 11), capacity_chosen=12))
    assert drawn["理由"].startswith("定員（12人）を上回るお申込みがあり、抽選により")
    assert "定員（12人）を上回るお申込みがあり、抽選を行った結果、今回は参加いただけない" in drawn["前文"]
    assert "上回る" not in "".join(words("落選通知", facts(applied=(16, 11))).values())
    assert "前文（補欠の方）" not in drawn
    assert "補欠としてお待ちいただく" in words("落選通知", facts(waiting=1))["前文（補欠の方）"]


def test_a_dispatch_is_told_in_words_for_the_hall_of_one_organisation_without_the_number_of_the_ward():
    event = planned_facts(
        Event(
            kind="派遣",
            form=EventForm.VISIT,
            ordinal=1,
            subject="みほん町会",
            event_date=date(2026, 10, 21),
            venue="みほん会館",
            network="有",
        ),
        NUMBERS["派遣"],
    )
    known = facts(event=event, name="アドバイザー派遣による個別支援　第1回", decision=MOVED)
    for kind in LETTERS:
        said = words(kind, known)
        assert "第1回" not in "".join(said.values())
        assert "公共交通機関" not in "".join(said.values())
        assert "団体は" not in said.get("欠席・代理出席", "")
    assert words("決定通知", known)["件名"] == "アドバイザー派遣による個別支援の実施決定について（通知）"
    assert "人数が変わるときは、\n9月2日（水）までに" in words("決定通知", known)["欠席・代理出席"]


def test_without_another_day_the_call_and_the_letter_promise_the_same():
    known = facts(decision=replace(MOVED, kind="中止"))
    promised = words("中止通知", known)["参加の取扱い"]
    for said in called(known).values():
        assert promised in said
        assert "振替" not in said


EARLIER = EarlierLetter(
    kind="決定通知",
    number="8練地協第391号",
    issued_on=date(2026, 8, 28),
    time_words="令和8年9月3日（木）　午後2時から午後4時まで",
    place_words="みほん区民館",
)
MOVED = ChangeDecision(
    event_id=1, kind="日時の変更", decided_at=datetime(2026, 8, 30, 11, 30), decided_by="課長", reason="講師の都合"
)


def test_a_change_says_before_and_after_and_which_letter_told_it():
    said = words("変更通知", facts(decision=MOVED, earlier_letter=EARLIER))
    assert said["件名"].endswith("の日時の変更について（通知）")
    assert "令和8年8月28日付け8練地協第391号により参加の決定をお知らせした講習会" in said["前文"]
    assert "ご迷惑をおかけし、申し訳ありません" in said["前文"]
    assert said["変更前の日時"] == "令和8年9月3日（木）　午後2時から午後4時まで"
    assert said["変更後の日時"].startswith("令和8年9月10日（木）")
    assert (said["変更前の会場"], said["変更後の会場"]) == ("みほん区民館", "みほん区民館")
    assert said["変更の理由"] == "講師の都合"
    assert "9月2日（水）までに" in said["お手続き"]
    assert "決定通知（8練地協第391号）" in said["お願い"]


def test_a_change_of_the_place_leaves_the_day_and_says_a_place_that_is_not_known_yet():
    parts = ("変更前の日時", "変更後の日時", "変更前の会場", "変更後の会場")
    day = "令和8年9月10日（木）　午後2時から午後4時まで"
    after = f"{day}\n（受付　午後1時30分から）"
    venue, told = replace(MOVED, kind="会場の変更"), replace(EARLIER, time_words=day)
    for known, said in (
        (facts(decision=venue), (day, after, "", UNDECIDED)),
        (facts(decision=venue, earlier_letter=told), (day, after, "みほん区民館", UNDECIDED)),
        (facts(decision=venue, earlier_letter=replace(told, place_words="みほん会館")),
         (day, after, "みほん会館", "みほん区民館")),
        (facts(decision=replace(MOVED, substitute="10月ごろ")), ("", "10月ごろ", "みほん区民館", "みほん区民館")),
    ):  # fmt: skip
        assert tuple(words("変更通知", known)[part] for part in parts) == said
    off = replace(MOVED, kind="中止")
    for earlier, when in ((EARLIER, EARLIER.time_words), (None, day)):
        said = words("中止通知", facts(decision=off, earlier_letter=earlier))
        assert (said["中止する講習会"].split("\n")[1:], said["その他"]) == ([when, "みほん区民館"], "")


@pytest.mark.parametrize(
    ("month", "day", "of_choice", "of_change"),
    [(8, 24, False, True), (8, 25, True, True), (9, 10, True, True), (9, 11, False, False)],
)
def test_a_draft_bears_a_day_from_the_closing_day_to_the_event(month, day, of_choice, of_change):
    known = facts(issue_date=date(2026, month, day))
    assert [can_draft(known, kind) for kind in (DRAFTING, DRAFTING_CHANGE)] == [of_choice, of_change]


def test_what_was_noted_when_it_was_decided_goes_before_what_the_letter_told():
    noted = replace(MOVED, before_time="令和8年9月10日（木）午後2時から午後4時まで")
    said = words("変更通知", facts(decision=noted, earlier_letter=EARLIER))
    assert said["変更前の日時"] == "令和8年9月10日（木）午後2時から午後4時まで"
    assert said["変更後の日時"] == "決まりしだいご案内します。"
    both = facts(decision=MOVED, earlier_letter=replace(EARLIER, place_words="みほん会館"))
    assert words("変更通知", both)["件名"].endswith("の日時および会場の変更について（通知）")


def test_a_delay_from_a_day_that_nobody_was_told_does_not_announce_that_day_as_the_new_one():
    put_off = replace(
        MOVED, kind="延期", told_time=EARLIER.time_words, before_time="令和8年9月10日（木）午後2時から午後4時30分まで"
    )
    said = words("変更通知", facts(decision=put_off, earlier_letter=EARLIER))
    assert said["変更前の日時"] == EARLIER.time_words
    assert said["変更後の日時"] == "決まりしだいご案内します。"
    again = replace(put_off, before_time="令和8年9月7日（月）午後2時から午後4時まで")
    assert words("変更通知", facts(decision=again))["変更後の日時"].startswith("令和8年9月10日（木）")


def test_a_cancellation_names_the_replacement_the_call_and_no_device():
    called = facts(
        decision=replace(MOVED, kind="中止", reason="大雪のため"), called_on=(date(2026, 9, 9),), earlier_letter=EARLIER
    )
    said = words("中止通知", called)
    assert said["中止の理由"] == "大雪のため"
    assert said["代わりの開催"] == "", "nobody decided that nothing is held instead"
    alone = replace(called, decision=replace(MOVED, kind="中止", no_replacement=True))
    assert words("中止通知", alone)["代わりの開催"] == "代わりの開催は行いません。"
    assert "9月9日（水）に電話でお知らせした内容の確認" in said["電話での連絡"]
    over_days = replace(called, called_on=(date(2026, 9, 9), date(2026, 9, 10)))
    assert "さきに電話でお知らせした" in words("中止通知", over_days)["電話での連絡"]
    assert "ご迷惑をおかけし、申し訳ありません" in said["前文"]
    assert {"持ち物", "端末", "欠席・代理出席"} & set(said) == set()
    instead = replace(MOVED, kind="中止", substitute="令和8年9月24日（木）午後2時から午後4時まで")
    said = words("中止通知", facts(decision=instead))
    assert said["代わりの開催"].startswith("令和8年9月24日（木）")
    assert "そのまま代わりの回の参加者とします" in said["参加の取扱い"]
    assert said["件名"].endswith("の中止および代わりの開催について（通知）")
    nobody = words("中止通知", facts(decision=instead, chosen=(0, 0)))["参加の取扱い"]
    assert nobody == "代わりの回に参加を希望される方は、お早めに問合せ先へご連絡ください。"
    assert "そのまま" in words("中止通知", facts(decision=instead, chosen=(0, 0), taken_over=8))["参加の取扱い"]


TYPED = (
    "大雪のため",
    "台風の接近により",
    "会場が使えないので",
    "団体から辞退の申出があった",
    "大雪。",
    "講師の急病（診断書あり）のため",
)


@pytest.mark.parametrize("reason", TYPED)
def test_a_reason_stands_in_its_own_words_wherever_it_stands(reason):
    known = facts(decision=replace(MOVED, kind="中止", reason=reason))
    said = called(known)
    for kind in ("中止通知", "変更通知"):
        said[f"起案 {kind}"] = "\n".join(one.text for one in drafting_passages(known, (kind,)))
    for text in said.values():
        assert f"理由　{reason}" in text.split("\n")
    assert words("中止通知", known)["中止の理由"] == reason
    assert words("変更通知", known)["変更の理由"] == reason


def test_a_reason_typed_before_is_to_be_asked_about_until_it_was_seen():
    assert is_reason_unchecked(MOVED)
    assert not is_reason_unchecked(replace(MOVED, reason_seen=True))
    assert not is_reason_unchecked(None)
    assert not is_reason_unchecked(replace(MOVED, reason="会場の設備点検のため"))
    assert is_reason_unchecked(replace(MOVED, reason="日程の比較の案1による。会場の設備点検のため"))


def drafted(known: LetterFacts, *letters: str) -> dict[str, str]:
    return {one.part: one.text for one in drafting_passages(known, letters or ("決定通知",))}


def test_a_drafting_of_a_cancellation_or_a_change_cites_the_clause_of_its_own_matter():
    known = facts(decision=MOVED)
    late = replace(known, event=replace(known.event, event_date=date(2026, 12, 28)))
    assert drafted(known, "中止通知")["参考（委託仕様）"] == "仕様書4(1)ウ　7回程度"
    assert drafted(late, "変更通知")["参考（委託仕様）"].startswith("仕様書4(1)ア　令和8年9月1日から")
    assert (
        "は、仕様書4(1)アの期間（令和8年9月1日から令和8年12月25日まで）の外である。"
        in drafted(late, "変更通知")["起案理由"]
    )
    assert "の外" not in drafted(known, "変更通知")["起案理由"]
    assert "人から20人程度" in drafted(known)["参考（委託仕様）"]


def test_a_drafting_asks_and_counts_who_applied_and_who_was_refused():
    said = drafted(facts(method="抽選", issue_date=date(2026, 8, 25)))
    assert said["伺い文"] == (
        "標記の講習会について、つぎのとおり参加者17人（12団体）を決定し、6人を不採択とし、"
        "別紙1の案により通知してよろしいか伺います。"
    )
    assert "募集したところ、14団体23人の申込みがあった" in said["起案理由"]
    assert "抽選により、12団体17人の参加を決定し、6人を不採択とする。" in said["起案理由"]
    decided = facts(decision=MOVED, issue_date=date(2026, 8, 25))
    off = replace(decided, decision=replace(MOVED, kind="中止", decided_at=None))
    back = replace(decided, decision=replace(MOVED, kind="中止の取消し", decided_by=" "))
    revoked = replace(decided, revoked_because="二重の申込みのため")
    known = dict.fromkeys(LETTERS, decided) | {"決定取消通知": revoked, "中止通知": off, "中止・変更の取消通知": back}
    drafts = {letter: drafted(one, letter) for letter, one in known.items()}
    drafts["派遣"] = drafted(facts(event=replace(decided.event, form=EventForm.VISIT), chosen=(0, 0)))
    drafts["振替"] = drafted(
        replace(decided, replaced_event=ReplacedEvent(event=decided.event, people=20, organisations=12))
    )
    drafts["欠席"] = drafted(replace(decided, withdrawn=2, applied=(19, 12), rejected=0))
    named = facts(event=replace(decided.event, form=EventForm.VISIT), applied=(9, 1), chosen=(8, 1), rejected=0)
    drafts["派遣の名"] = drafted(replace(named, withdrawn=1))
    moved = ReplacedEvent(event=decided.event, people=5, organisations=1)
    drafts["派遣の振替"] = drafted(replace(named, replaced_event=moved, numbers=NUMBERS["派遣"]))
    for said in drafts.values():
        assert said["伺い文"].endswith("通知してよろしいか伺います。")
        assert said["伺い文"].count("。") == 1
    assert_says(
        [
            f"{one['件名'][23:]}　{one['伺い文'].partition('別紙')[0]}　{one['起案理由']}".replace("\n", "／")
            for name, one in drafts.items()
        ],
        """
        参加者の決定および通知について　標記の講習会について、つぎのとおり参加者17人（12団体）を決定し、6人を不採択とし
        　　、　参加者を募集したところ、14団体23人の申込みがあった。12団体17人の参加を決定し、6人を不採択とする。
        落選通知について　標記の講習会の落選通知について、　デジタル活用講習会　第2回「LINE講習会」の落選通知を出す。
        開催通知について　標記の講習会の開催通知について、　デジタル活用講習会　第2回「LINE講習会」の開催通知を出す。
        中止の通知について　標記の講習会を、つぎの理由により中止することとし、　令和8年9月10日（木）　午後2時から午後4時
        　　までに予定していたデジタル活用講習会　第2回「LINE講習会」を中止する。／理由　講師の都合
        日時の変更の通知について　標記の講習会について、つぎの理由により変更することとし、　デジタル活用講習会　第2回「L
        　　INE講習会」を変更する（令和8年8月30日 11時30分、課長の判断）。／理由　講師の都合
        中止の取消しの通知について　標記の講習会について、つぎの理由により中止を取り消すこととし、　令和8年9月10日（木）
        　　　午後2時から午後4時までに予定していたデジタル活用講習会　第2回「LINE講習会」を中止とした決定を取り消し、予
        　　定どおり行う。／理由　講師の都合
        決定取消通知について　標記の講習会への参加の決定を、つぎの理由により取り消すこととし、　デジタル活用講習会　第2
        　　回「LINE講習会」の決定取消通知を出す。／理由　二重の申込みのため
        辞退受理通知について　標記の講習会の辞退の申出を受理することとし、　デジタル活用講習会　第2回「LINE講習会」の辞
        　　退受理通知を出す。
        実施の決定および通知について　標記の講習会について、つぎのとおり実施を決定し、　希望のあった団体について、実施を
        　　決定する。参加される方は、団体からの連絡による。
        参加者の決定および通知について　標記の講習会について、つぎのとおり参加者17人（12団体）を決定し、6人を不採択とし
        　　、　この回は、令和8年9月10日（木）に予定し、中止した第2回 LINE講習会の代わりに開催する。その参加者のうち20人
        　　（12団体）を引き継ぐ。ほかに3人の申込みがあった。12団体17人の参加を決定し、6人を不採択とする。
        参加者の決定および通知について　標記の講習会について、つぎのとおり参加者17人（12団体）を決定し、　参加者を募集し
        　　たところ、12団体19人の申込みがあった（うち2人から、その後に欠席の連絡または取消しがあった）。12団体17人の参
        　　加を決定する。
        実施の決定および通知について　標記の講習会について、つぎのとおり参加者8人（1団体）を決定し、　希望のあった団体か
        　　ら、参加される方9人の連絡があった（うち1人から、その後に欠席の連絡または取消しがあった）。1団体8人の参加を決
        　　定する。
        実施の決定および通知について　標記の講習会について、つぎのとおり参加者8人（1団体）を決定し、　この回は、令和8年9
        　　月10日（木）に予定し、中止した第2回 LINE講習会の代わりに開催する。その参加者のうち5人（1団体）を引き継ぐ。派
        　　遣先に選定した団体から、参加される方4人の連絡があった。1団体8人の参加を決定する。
        """,
    )


@pytest.mark.parametrize(("day", "said"), [(24, "募集しており、これまでに"), (25, "募集したところ")])
def test_before_the_closing_day_is_over_nobody_says_that_it_was(day, said):
    assert said in drafted(facts(issue_date=date(2026, 8, day)))["起案理由"]


def test_a_drafting_rests_on_the_guideline_of_the_ward_and_quotes_the_specification_to_the_letter():
    said = drafted(facts(guideline="みほん事業実施要領　第6（参加者の決定）"))
    assert said["決定の根拠"] == "みほん事業実施要領　第6（参加者の決定）"
    assert said["参考（委託仕様）"] == (
        "仕様書4(1)エ「各回10人から20人程度。参加者の募集は区が行い、各講習会実施日の5日前までに、"
        "参加人数を受託者に連絡する。」"
    )
    other = drafted(facts(numbers=replace(NUMBERS["講習会"], people_max=30)))
    assert other["参考（委託仕様）"] == "仕様書4(1)エ"
    assert other["決定の根拠"] == "（区の実施要領の名称と条を記入する）"


def test_more_people_than_specified_have_a_reason_with_the_number_of_the_agreement():
    assert "定員を超えて決定する理由" not in drafted(facts())
    many = facts(chosen=(25, 14))
    assert drafted(many)["定員を超えて決定する理由"] == ""
    agreed = Agreement(
        topic="参加人数", number="No15", content="補助講師を1人増やして支障なしとした。", settled_on=date(2026, 9, 14)
    )
    assert drafted(replace(many, agreement=agreed))["定員を超えて決定する理由"] == (
        "補助講師を1人増やして支障なしとした（協議記録 No15、令和8年9月14日（月））。"
    )
    assert drafted(replace(many, agreement=replace(agreed, content="")))["定員を超えて決定する理由"] == (
        "参加人数について協議した（協議記録 No15、令和8年9月14日（月））。"
    )


def test_a_decision_and_an_invitation_are_told_apart():
    decided, invited = words("決定通知", facts()), words("開催通知", facts(earlier_letter=EARLIER))
    assert "お申込みいただいた講習会について、つぎのとおり参加を決定しました" in decided["前文"]
    assert "8練地協第391号により参加の決定をお知らせした講習会を、つぎのとおり開催します" in invited["前文"]


def test_the_address_of_the_events_own_form_is_told_by_the_papers_of_its_recruitment():
    known = facts(application_url="https://example.jp/mihon/k02-apply")
    flyer, letter, page = (recruiting(kind, known) for kind in ("募集チラシ", "会長あて案内文", "ホームページ原稿"))
    assert "右の二次元コードから、または" in flyer["申込方法"]
    assert letter["申込方法"].endswith("同封のチラシの二次元コードからも申し込めます。")
    assert "または申込フォーム（https://example.jp/mihon/k02-apply）から\n▷配慮" in page["本文"]
    plain = recruiting("募集チラシ", facts())
    assert "二次元コード" not in plain["申込方法"]


def test_a_flyer_names_the_organiser_the_lecturer_and_has_a_code_only_where_there_is_an_address():
    said = recruiting("募集チラシ", facts())
    assert (said["主催"], said["講師"], said["申込フォームのURL"]) == ("練馬区（協働推進課）", "", "")
    known = facts(event=replace(facts().event, lecturer="講師　見本 亮介\n補助講師　例野 さくら"))
    texts = [(one.part, one.text) for one in recruitment_passages("募集チラシ", known)]
    context = plain_context(date(2026, 8, 1), office=OFFICE)
    plain = recruitment_documents.flyer(context, known.event, texts)
    coded = recruitment_documents.flyer(
        context, known.event, [*texts[:-1], ("申込フォームのURL", "https://example.jp/apply"), texts[-1]]
    )
    boxes = {block.title: block for block in coded.blocks if isinstance(block, NoticeBox)}
    assert boxes["申込方法"].url == "https://example.jp/apply"
    assert "主催　練馬区（協働推進課）" in coded.blocks[0].below
    rows = [row for block in plain.blocks if isinstance(block, HandoutItems) for row in block.rows]
    assert ("講師", "見本 亮介") in rows
    assert all(block.url == "" for block in plain.blocks if isinstance(block, NoticeBox))
    assert len(pages_of(plain)) == len(pages_of(coded)) == 1


@pytest.mark.parametrize(
    ("typed", "code", "rest"),
    [
        ("〒176-0001 練馬区練馬1丁目", "176-0001", "練馬区練馬1丁目"),
        ("1760001練馬区", "176-0001", "練馬区"),
        ("〒１７６－０００１　練馬区", "176-0001", "練馬区"),
        ("練馬区みほん1-2-3", "", "練馬区みほん1-2-3"),
        ("〒176-0001\n練馬区\nみほん荘", "176-0001", "練馬区\nみほん荘"),
    ],
)
def test_an_address_is_parted_into_its_code_and_the_rest_as_typed(typed, code, rest):
    assert split_address(typed) == (code, rest)


def test_the_reception_opens_half_an_hour_before():
    programme = preset().programme
    assert reception_time("14:00", programme) == "13:30"
    assert reception_time("00:10", programme) == "00:00"
    assert reception_time("14:00", replace(programme, reception_minutes=45)) == "13:15"


@pytest.mark.parametrize(
    ("step", "paper"),
    [
        ("チラシ校了", "募集チラシ"), ("会長あて送付", "会長あて案内文"),
        ("支部長・会長への周知", "支部長あて依頼文"), ("区報原稿締切", "区報原稿"), ("決定通知", "決定通知"),
        ("受付開始", ""),
    ],
)  # fmt: skip
def test_a_step_of_recruitment_leads_to_its_paper(step, paper):
    assert document_of_step(step) == paper


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [
        ((0, 0), "標記のアドバイザー派遣について、つぎのとおり実施を決定し、"),
        ((1, 0), "標記のアドバイザー派遣について、つぎのとおり参加者1人（0団体）を決定し、"),
        ((4, 1), "標記のアドバイザー派遣について、つぎのとおり参加者4人（1団体）を決定し、"),
    ],
)
def test_a_visit_is_decided_on_by_its_organisation_until_somebody_is_named(chosen, asked):
    kind = NUMBERS["派遣"]
    visited = planned_facts(
        Event(kind="派遣", form=EventForm.VISIT, subject="派遣", organisation_name="みほん町会"), kind
    )
    said = drafted(facts(event=visited, chosen=chosen, applied=chosen, rejected=0))
    assert said["伺い文"].startswith(asked)
    assert ("実施を決定する" in said["起案理由"]) is (chosen == (0, 0))
    assert "実施を決定し" not in drafted(facts(chosen=(0, 0)))["伺い文"], "a lecture has people"


def test_whoever_is_called_reads_what_can_be_arranged_until_when_and_nobody_is_asked_for_a_diagnosis():
    usual = preset().programme.care_offered
    said = care_offer(usual, "令和8年8月24日（月）まで", "、FAXまたは電話で")
    assert said.startswith(f"{usual}は、令和8年8月24日（月）までに、FAXまたは電話でお知らせください。")
    assert "過ぎてもご相談ください" in said
    assert care_offer(usual, "", "").startswith(f"{usual}は、お申込みのときにお知らせください。")
    form = (PROJECT / "tests/documents/words/参加申込書.txt").read_text(encoding="utf-8")
    assert "（過ぎても相談できます）" in form
    assert "委託事業者に伝えてよい" in form
    for kind in ("参加申込書", "募集チラシ", "会長あて案内文", "アドバイザー派遣希望票"):
        words = (PROJECT / "tests/documents/words" / f"{kind}.txt").read_text(encoding="utf-8")
        assert usual in words, kind
    own = facts(programme=replace(preset().programme, care_offered="筆談、託児"))
    (brief,) = (one.text for one in recruitment_passages("区報原稿", own) if "▷配慮" in one.text)
    assert f"▷配慮：筆談などは申込時に（FAX{own.office.fax}も可、過ぎても相談可）" in brief, (
        "who cannot telephone is told how"
    )
    for kind in RECRUITMENT:
        words = "".join(one.text for one in recruitment_passages(kind, own))
        assert usual not in words
        assert ("筆談、託児" in words) == (usual in "".join(recruiting(kind, facts()).values())), kind
    for kind in ("区報原稿", "ホームページ原稿"):
        assert "▷配慮：" in (PROJECT / "tests/documents/words" / f"{kind}.txt").read_text(encoding="utf-8")


def test_an_event_is_outside_its_period_before_the_first_and_after_the_last_day_and_people_are_too_many_above_most():
    numbers = NUMBERS["講習会"]
    first, last = numbers.window_start, numbers.window_end
    days = [first - timedelta(days=1), first, last, last + timedelta(days=1), None]
    known = [facts(event=replace(facts().event, event_date=day)) for day in days]
    assert [one.is_outside_period for one in known] == [True, False, False, True, False]
    most = numbers.people_max
    assert [facts(chosen=(most + more, 40)).people_over_limit for more in (-1, 0, 1, 2)] == [0, 0, 1, 2]


def test_a_cancelled_dispatch_names_its_decision_to_be_carried_out_and_no_participants():
    known = facts(decision=replace(MOVED, kind="中止"), earlier_letter=replace(EARLIER, deed=EventForm.VISIT.deed))
    at_it = replace(known, event=replace(known.event, form=EventForm.VISIT))
    said = words("中止通知", at_it)["前文"]
    assert "により実施の決定をお知らせした" in said
    assert "実施を予定されていた皆さまには" in said
