"""Letters and their 起案資料 whole, from an addressee with everything to one with nothing."""

from dataclasses import replace
from datetime import date

import pytest

from app.calendar.office_days import OfficeCalendar
from app.documents.guide_blocks import PlaceMap
from app.events.letters.documents.drafting_set import LetterDraft, drafting_set
from app.events.letters.documents.letter_layout import Addressee, LetterPerson, _subject, letters
from app.events.letters.rules.change_letters import cancellation_passages, is_reason_unchecked
from app.events.letters.rules.letter_texts import WAITING_LEAD, WAITING_PART, EarlierLetter
from app.events.letters.services import letter_addressees
from app.events.letters.services.letter_checks import _deadlines_on_closed_days
from app.programme.intake import preset
from db.records.agreements import Agreement
from db.records.calls import ChangeDecision
from db.records.documents import Letter, LetterForm, LetterState
from db.records.programme import DocumentSetting
from tests.events.letters.test_letter_wording import OFFICE, facts
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import NOW, plain_context

CONTEXT = plain_context(date(2026, 9, 1), office=OFFICE)
EVENT = replace(facts().event, id=7)
NAMED = LetterPerson(name="髙﨑 千鶴子", role="会長", device="持参", state="", admission="501", entry_id=11)
LENT = LetterPerson(name="見本 花子", role="", device="貸与", state="", entry_id=12, moved_from_event="第1回から変更")
UNNAMED = LetterPerson(name="", role="", device="", state="", entry_id=13)
SECOND = replace(UNNAMED, admission="502")
GROUP_VALUES = {
    "key": "o1", "organisation": "みほん町会", "person": "髙﨑 千鶴子", "role": "会長", "branch": "第1支部",
    "postal_code": "176-0001", "address": "練馬1-1",
    "people": (NAMED, LENT, UNNAMED, SECOND, replace(UNNAMED, is_erased=True)),
}  # fmt: skip
GROUP = Addressee(**GROUP_VALUES)
WAITS = LetterPerson(name="例野 一", role="", device="", state="補欠（1番）", entry_id=14)
WAITING = Addressee(key="o2w", organisation="例町会", people=(WAITS,), is_waiting_list=True)
TEXTS = (
    ("件名", "デジタル活用講習会　第2回「LINE講習会」の参加者の決定について（通知）"), ("前文", "前文。"),
    (WAITING_LEAD, "補欠の前文。"), ("日時", "9月10日　午後"), ("会場", "みほん区民館　研修室"), ("持ち物", " "),
    (WAITING_PART, "お待ちください。"), ("電話での連絡", "電話しました。"), ("お願い", "控えてください。"),
)  # fmt: skip


def laid_out(kind, *addressees, texts=TEXTS, event=EVENT, **given):
    return letters(CONTEXT, event, kind=kind, texts=texts, addressees=addressees, **given)


def test_each_addressee_has_a_letter_with_its_people_and_what_is_for_it_alone():
    place_map = PlaceMap(station="練馬", building="区民館", minutes=5)
    made = laid_out("決定通知", GROUP, WAITING, window_envelope=True, edition=2, large=("o2w",), place_map=place_map)
    assert_paper(lines_of(made), "決定通知")
    assert (made.type_size, made.version, made.first_sheet, made.personal) == (14, 2, "1 みほん町会", True)
    assert [block.type_size for block in made.blocks if hasattr(block, "restart")] == [18]
    heads = [one for one in made.blocks if hasattr(one, "window")]
    assert [(one.window, one.places, one.entries) for one in heads] == [
        (("〒176-0001", "練馬1-1"), ((11, 501), (13, 502)), (11, 12, 13, 13, 13)),
        ((), (), (14,)),
    ]
    plain = laid_out("会長あて案内文", Addressee(key="all", full_line="各会長 様"), personal=False)
    assert_paper(lines_of(plain), "会長あて")
    many = replace(GROUP, people=(NAMED, LENT, UNNAMED) * 3)
    visit = replace(EVENT, form=preset().kinds[1].form, tablet_side="区")
    said = [one for one in lines_of(laid_out("開催通知", many, event=visit)) if "9人" in one]
    assert said == ["参加される方｜9人　端末：持参　3人、貸与　3人、未定　3人｜｜3"]


@pytest.mark.parametrize(
    ("kind", "texts", "to"),
    [
        ("中止通知", (("代わりの開催", "10月1日\n区民館"), ("お問合せ", "係")), replace(WAITING, was_called=True)),
        ("変更通知", (("変更前の日時", "9月10日　午後　2時"), ("変更後の日時", "9月17日　午後"),
                  ("変更前の会場", "区民館"), ("変更後の会場", "区民館"), ("内容", "体験"),
                  ("持ち物・参加費", "なし"), ("変更の理由", "大雪")),
         replace(GROUP, previously_named=(NAMED, WAITS))),
    ],
)  # fmt: skip
def test_what_falls_out_or_moves_is_said_with_what_was_before(kind, texts, to):
    said = lines_of(laid_out(kind, to, texts=texts))
    assert_paper(said[1:-1], kind)
    if kind == "変更通知":
        many = replace(to, people=(LENT,) * 9, previously_named=(), is_previously_named_unknown=True)
        lines = [one for one in lines_of(laid_out(kind, many, texts=texts)) if one not in said]
        assert (lines[1], lines[-1]) == ("参加される方｜さきの通知のとおり｜9人（2のとおり）", "3　変更の理由　大雪")


def test_a_visit_of_many_says_to_its_organisation_how_many_come_and_came_before():
    visit, many = replace(EVENT, form=preset().kinds[1].form, tablet_side="区"), replace(GROUP, people=(LENT,) * 8)
    for before, said in (
        ((), "変更なし"),
        ((LENT, WAITS), "▶ 8人　端末：貸与　8人"),
    ):
        to = replace(many, previously_named=before)
        lines = lines_of(laid_out("変更通知", to, texts=(("変更の理由", "大雪"),), event=visit))
        (row,) = [one for one in lines if "参加される方" in one]
        assert row.rpartition("｜")[2] == said


@pytest.mark.parametrize(
    ("told", "count", "said"),
    [
        (
            ("見本 花子　様", "例野 二　様"),
            2,
            "見本 花子　様 / 例野 二　様｜見本 花子　様 / ▶ 例野 一　様　補欠（1番）",
        ),
        (("見本 花子　様", "例野 一　様"), 1, "見本 花子　様 / 例野 一　様｜▶ 1人 / 見本 花子　様"),
        (("例野 二　様",) * 9, 2, "9人｜▶ 2人（2のとおり）"),
    ],
)
def test_a_letter_of_a_change_marks_who_is_another_and_nobody_else(told, count, said):
    people = (replace(LENT, moved_from_event=""), WAITS)[:count]
    to = replace(GROUP, people=people, told_lines=tuple((one, "") for one in told))
    lines = [
        one for one in lines_of(laid_out("変更通知", to, texts=(("変更の理由", "大雪"),))) if "参加される方" in one
    ]
    assert lines[0].removeprefix("◎") == f"参加される方｜{said}"
    assert [one.count("▶") for one in lines[1:]] == [2] * (len(told) == 9), "the list names the new ones"


def test_a_long_subject_is_parted_behind_the_name_or_before_the_brackets():
    long = "あ" * 24
    given = (f"{long}（通知", f"{long}（通知）", f"「{long}」の決定（通知）", f"{long}いいい")
    assert [_subject(one) for one in given] == [
        (f"{long}（通知", ""), (long, "（通知）"), (f"「{long}」の", "決定（通知）"), (f"{long}いいい", ""),
    ]  # fmt: skip


def test_a_draft_counts_every_letter_and_leaves_open_what_is_not_known():
    given = {
        "document_kind": "決定通知", "event_id": 7, "form": LetterForm.FORMAL, "state": LetterState.APPROVED,
        "decided_on": date(2026, 8, 31), "document_number": "8第1号", "issued_on": date(2026, 9, 2),
    }  # fmt: skip
    letter = Letter(**given)
    called = replace(GROUP, was_called=True)
    drafts = [
        LetterDraft(kind=kind, context=replace(CONTEXT, letter=one), texts=TEXTS, addressees=to)
        for kind, one, to in (
            ("決定通知", letter, (called, replace(GROUP, key="o3", organisation=""))),
            ("落選通知", replace(letter, document_number="8第2号"), (WAITING,)),
        )
    ]
    known = facts(
        event=EVENT,
        waiting=2,
        withdrawn=1,
        chosen=(23, 12),
        headcount_by=date(2026, 9, 4),
        agreement=Agreement(topic="人数", ordinal=47),
    )
    texts = (
        ("件名", "参加者の決定"), ("伺い文", "伺います。"), ("起案理由", "申込み。"), ("定員を超えて決定する理由", ""),
        ("備考", "なし。"),
    )  # fmt: skip

    def draft(known, drafts, texts=texts, kind="起案資料"):
        return lines_of(drafting_set(CONTEXT, known, kind=kind, texts=texts, drafts=drafts))

    said = draft(known, drafts)
    letters_of_draft = said.index("別紙1 案（決定通知）｜✓"), said.index("宛先一覧｜✓")
    assert "4　電話での連絡　電話しました。 / （先に電話がつながった1通だけに入れる）" in said[slice(*letters_of_draft)]
    assert_paper([*said[: letters_of_draft[0]], *said[letters_of_draft[1] :]], "起案資料")
    bare = [replace(drafts[0], context=CONTEXT, addressees=(GROUP,))]
    few = replace(known, chosen=(8, 5), waiting=0, withdrawn=0, headcount_by=None, apply_by=None, agreement=None)
    assert_paper(draft(few, bare, texts[:3]), "起案資料 1団体")
    within, nobody = (draft(replace(few, **given), bare) for given in ({"chosen": (10, 5)}, {"applied": (0, 0)}))
    assert [next(one for one in lines if one.startswith("人数｜")) for lines in (within, nobody)] == [
        "人数｜23人｜10人｜6人｜10人から20人程度｜範囲内",
        "人数｜0人｜8人｜6人｜10人から20人程度｜—",
    ]
    changed = (("変更前の日時", "9月10日"), ("変更後の日時", "9月17日"), ("変更前の会場", "館"), ("変更後の会場", "館"))
    moved = [replace(bare[0], kind="変更通知", texts=changed)]
    assert_paper(draft(few, moved, texts[:1], "起案資料（中止・変更）")[:18], "起案資料 変更")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9月10日まで", ""), ("9月9日（水）まで", "より前です"), ("7月13日まで", "より前です"),
        ("7月12日まで", "閉庁日です（日曜日）"), ("9月13日まで", "閉庁日です（日曜日）"),
        ("2月30日まで", "2月30日という日はありません"), ("1月4日まで", ""), ("9月9日に", ""),
    ],
)  # fmt: skip
def test_a_deadline_in_a_letter_lies_on_an_open_day_from_its_own_on(text, said):
    found = list(_deadlines_on_closed_days(None, {"返事": text}, date(2026, 9, 10), OfficeCalendar()))
    assert [said in one.words for one in found] == [True] * bool(said)


def test_a_deadline_without_a_year_is_of_the_nearest_one():
    for on, text, said in (
        (date(2027, 1, 5), "12月28日まで", "令和8年12月28日（月）は、通知の日付（令和9年1月5日（火））より前です。"),
        (date(2026, 12, 20), "1月3日まで", "令和9年1月3日（日）は閉庁日です（年末年始）。"),
    ):
        (found,) = _deadlines_on_closed_days(None, {"返事": text}, on, OfficeCalendar())
        assert found.words == f"「返事」の期限の{said}"


@pytest.mark.parametrize(
    ("kind", "extra", "known"),
    [
        ("決定通知", {}, ("団体ごと", False, True, 12, "決定通知", None)),
        ("会長あて案内文", {"宛名の単位": "x"}, ("団体ごと", False, True, 12, "決定通知", None)),
        ("支部長あて依頼文", {}, ("共通", False, True, 12, "決定通知", None)),
        ("区報原稿", {"字数の目安": "0", "ラベルの面数": "7"}, ("団体ごと", False, True, 12, "決定通知", None)),
        ("決定通知", {"宛名の単位": "1人ごと", "窓あき封筒": "する", "親展": "しない", "ラベルの面数": "24",
                  "字数の目安": "200", "ラベルの宛先": "落選通知"}, ("1人ごと", True, False, 24, "落選通知", 200)),
    ],
)  # fmt: skip
def test_settings_of_a_letter_that_do_not_fit_are_the_usual_ones(monkeypatch, kind, extra, known):
    setting = DocumentSetting(document_kind=kind, extra=extra, honorific="殿")
    monkeypatch.setattr(letter_addressees, "setting_of_event", lambda *_a, **_k: setting)
    found = letter_addressees.read_options(None, kind, event_id=1)
    assert found.honorific == "殿"
    assert (
        found.unit,
        found.window_envelope,
        found.confidential,
        found.label_size,
        found.labels_for,
        found.max_characters,
    ) == known


def test_an_earlier_letter_and_what_is_known_of_an_event_are_said_case_by_case():
    lines, second = [], date(2026, 9, 3)
    usual = {"kind": "決定通知", "number": "第7号", "issued_on": date(2026, 9, 1), "time_words": "", "place_words": ""}
    for given in (
        {"issued_on": None}, {"number": ""}, {"later_letters": ((second, ""),)}, {"kind": ""},
        {"number": "", "later_letters": ((second, "第8号"),)}, {"kind": "変更通知", "deed": "実施"},
    ):  # fmt: skip
        letter = EarlierLetter(**usual | given)
        lines.append(f"{letter.told_words}｜{letter.full_name}")
    numbers, event = facts().numbers, facts().event
    for changed in (
        {}, {"numbers": replace(numbers, audience="区民", people_max=22)}, {"applied": (20, 9)}, {"applied": (21, 9)},
        {"capacity_chosen": 23}, {"capacity_chosen": 22}, {"chosen": (20, 9)}, {"chosen": (21, 9)},
        {"event": replace(event, subject="キャッシュレス入門")}, {"event": replace(event, event_date=None)},
        {"event": replace(event, start_time="00:20")}, {"event": replace(event, subject="Zoom入門")},
    ):  # fmt: skip
        known = facts(**changed)
        said = (
            known.audience,
            known.over_capacity_words,
            f"{known.people_over_limit}人超",
            known.tool,
            known.app,
            known.time_words_with_reception.replace("\n", "／"),
            "期間外" * known.is_outside_period,
        )
        lines.append("｜".join(said))
    for told_on in ((), (date(2026, 9, 1),), (date(2026, 9, 1), date(2026, 9, 2))):
        cancelled = {one.part: one.text for one in cancellation_passages(facts(called_on=told_on))}
        lines.append(f"電話：{cancelled['電話での連絡']}")
    for reason in ("", "大雪のため", "大雪のため。", "大雪", "大雪。休むため。", "大雪。休むため"):
        decision = ChangeDecision(event_id=7, kind="中止", decided_at=NOW, decided_by="課長", reason=reason)
        seen = replace(decision, reason_seen=True)
        lines.append(f"理由「{reason}」：{is_reason_unchecked(decision)}{is_reason_unchecked(seen)}")
    assert_paper(lines, "言い方")
