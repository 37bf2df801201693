"""The wording of letters, the count of characters, and addresses parted for labels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.calendar.office_days import OfficeCalendar
from app.programme.rules import presets
from app.subjects.events.rules.recruitment import paper_of_step
from app.subjects.letters.rules.letter_texts import (
    LETTERS,
    LetterFacts,
    absence_day,
    drafting_passages,
    notice_passages,
    reception_time,
)
from app.subjects.letters.rules.recruitment_texts import (
    RECRUITMENT,
    count_characters,
    count_words,
    recruitment_passages,
)
from app.subjects.letters.services.letter_addressees import split_address
from db.records.calls import ChangeDecision
from db.records.events import Event
from db.records.programme import Office

NUMBERS = {one.kind: one for one in presets.kind_numbers_r8()}
OFFICE = Office(ward="練馬区", section="協働推進課", unit="みほん係", phone="03-0000-0001", fax="03-0000-0002")


def facts(**changes) -> LetterFacts:
    event = changes.pop("event", None) or Event(
        kind="講習会", ordinal=2, subject="LINE講習会", event_date=date(2026, 9, 10), venue="みほん区民館", network="有"
    )
    known = LetterFacts(
        event=event, name="デジタル活用講習会　第2回「LINE講習会」", title="LINE講習会", numbers=NUMBERS[event.kind],
        programme=presets.programme_r8(), office=OFFICE, place="みほん区民館", content="操作の体験",
        absence_by=date(2026, 9, 2), apply_by=date(2026, 8, 24), chosen=(17, 12), applied=(23, 14), refused=6,
    )  # fmt: skip
    return replace(known, **changes)


def words(kind: str, known: LetterFacts) -> dict[str, str]:
    return {one.part: one.text for one in notice_passages(kind, known)}


@pytest.mark.parametrize(
    ("event_date", "told"),
    [
        (date(2026, 9, 10), date(2026, 9, 2)),
        (date(2026, 9, 24), date(2026, 9, 16)),
        (date(2027, 1, 4), date(2026, 12, 24)),
    ],
)
def test_absences_are_asked_for_two_open_days_before_the_headcount_is_told(event_date, told):
    event = Event(kind="講習会", subject="x", event_date=event_date)
    assert absence_day(event, NUMBERS["講習会"], presets.programme_r8(), OfficeCalendar()) == told


def test_an_event_without_a_day_has_no_day_for_absences():
    event = Event(kind="講習会", subject="x")
    assert absence_day(event, NUMBERS["講習会"], presets.programme_r8(), OfficeCalendar()) is None
    assert "お早めに" in words("決定通知", facts(event=event, absence_by=None))["欠席・代理出席"]


def test_nobody_is_asked_to_bring_a_password():
    for kind in LETTERS:
        assert "パスワード" not in "".join(words(kind, facts()).values())
    for kind in RECRUITMENT:
        assert "パスワード" not in "".join(one.text for one in recruitment_passages(kind, facts()))
    assert "LINEを使える状態にした端末" in words("決定通知", facts())["持ち物"]


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


def test_a_change_says_before_and_after():
    decision = ChangeDecision(
        event_id=1, kind="日時の変更", decided_at=None, decided_by="", reason="講師の都合",  # type: ignore[arg-type]
        note="もとの日時：令和8年9月3日（木）午後2時から午後4時まで",
    )  # fmt: skip
    said = words("変更通知", facts(decision=decision))
    assert said["変更前"] == "令和8年9月3日（木）午後2時から午後4時まで"
    assert said["変更後"].startswith("令和8年9月10日（木）")
    assert said["理由"] == "講師の都合のため"
    same = replace(decision, note="もとの日時：令和8年9月10日（木）午後2時から午後4時まで")
    assert words("変更通知", facts(decision=same))["変更後"] == "決まりしだいご案内します。"


def test_the_reason_to_draft_counts_who_applied_and_who_was_refused():
    reason = {one.part: one.text for one in drafting_passages(facts(method="抽選"), ("決定通知",))}["起案理由"]
    assert "14団体23人の申込み" in reason
    assert "抽選により、12団体17人の参加を決定し、6人を不採択として" in reason


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


@pytest.mark.parametrize(
    ("text", "count"),
    [("あいう", 3), ("葛\U000e0100城", 2), ("𠮷田\n榮一", 4), ("か\u3099", 1), ("A B　C", 5), ("", 0)],
)
def test_characters_are_counted_as_an_editor_counts_them(text, count):
    assert count_characters(text) == count


def test_the_count_says_what_is_left_or_too_much():
    assert count_words("あ" * 183, 200) == "183字／200字（残り17字）"
    assert count_words("あ" * 214, 200) == "214字／200字（14字超過）"
    assert count_words("あ") == "1字"


def test_the_reception_opens_half_an_hour_before():
    assert reception_time("14:00") == "13:30"
    assert reception_time("00:10") == "00:00"


@pytest.mark.parametrize(
    ("step", "paper"),
    [("チラシ校了", "募集チラシ"), ("会長あて送付", "会長あて案内文"), ("支部長・会長への周知", "支部長あて依頼文"),
     ("区報原稿締切", "区報原稿"), ("決定通知", "決定通知"), ("受付開始", "")],
)  # fmt: skip
def test_a_step_of_recruitment_leads_to_its_paper(step, paper):
    assert paper_of_step(step) == paper
