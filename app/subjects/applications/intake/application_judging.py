"""Says, row by row, what a person has to look at in a list of applications before it belongs to any event."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.foreign_files.telltale_texts import has_lost_sign, looks_like_test, starts_like_formula
from app.foreign_files.written_days import DayReading
from app.subjects.applications.intake.application_cells import CANCELLED, is_withdrawn, unnamed_companions
from app.subjects.register.intake import person_values
from app.subjects.register.intake.person_values import PhoneReading

Said = tuple[str, str, str]
"""Field concerned, reason, code."""

_NAME_FIELDS = ("name", "furigana", "organisation", "branch", "names", "contact_name", "contact_furigana")
_REMARKS = ("care", "note", "themes")
_KANA_FIELDS = ("furigana", "contact_furigana")
_TRIAL_FIELDS = ("name", "organisation", "care", "note")
_FREE_FIELDS = ("care", "note", "themes", "organisation", "name", "memo")
_TIME_IN_HEADING = re.compile(r"日時|時刻|タイムスタンプ|timestamp|time")
_SEVERAL_NAMES = re.compile(
    r"[、，;；/／＋+&＆\n]|(?:ほか|他|外)\s*[0-9０-９一二三四五六七八九]+\s*[名人]|と.{1,8}(?:の?[2-9２-９]名)"
)
_LABELS = {
    "name": "氏名", "furigana": "ふりがな", "organisation": "団体名", "branch": "支部", "names": "同行者の氏名",
    "contact_name": "連絡担当の氏名", "contact_furigana": "連絡担当のふりがな",
}  # fmt: skip


def row_problems(
    values: Mapping[str, str],
    phones: Mapping[str, PhoneReading],
    received: DayReading,
    wished: Mapping[str, DayReading],
    people: int | None,
) -> list[Said]:
    """What is wrong in one row by itself; ``values`` are by field, empty texts included."""
    found = _missing(values) + _odd_names(values)
    found += [
        (field, reading.problem, "phone_invalid")
        for field, reading in phones.items()
        if reading.problem and not values.get(field, "").startswith("#")
    ]
    found += _odd_people(values, people) + _odd_days(received, wished) + _cancellation(values)
    test = next((field for field in _TRIAL_FIELDS if looks_like_test(values.get(field, ""))), "")
    return [*found, (test, "試し送信らしい申込", "test_answer")] if test else found


def _missing(values: Mapping[str, str]) -> list[Said]:
    wanted = (("name", "氏名"), ("phone", "電話番号"))
    return [(field, f"{word}が空", "missing_required") for field, word in wanted if values.get(field, word) == ""]


def _odd_names(values: Mapping[str, str]) -> list[Said]:
    found: list[Said] = []
    for field in _NAME_FIELDS:
        if has_lost_sign(values.get(field, "")):
            found.append((field, f"{_LABELS[field]}に「?」などがあり、文字が失われたおそれがある", "lost_character"))
    if _SEVERAL_NAMES.search(values.get("name", "")):
        found.append(("name", "氏名の欄に、2人以上が書かれているかもしれない", "several_names"))
    if unnamed_companions(values.get("names", "")):
        found.append(("names", "同行者の氏名がなく、人数だけが書かれている", "companions_unnamed"))
    for field in _KANA_FIELDS:
        if person_values.has_kanji(values.get(field, "")) and values[field] not in person_values.SAME_AS_ABOVE:
            found.append((field, "ふりがなに漢字がある", "kana_invalid"))
    return found


def _odd_people(values: Mapping[str, str], people: int | None) -> list[Said]:
    if people is None:
        return [("people", "人数を1つの数にできない", "not_a_number")] if values.get("people") else []
    return [] if 1 <= people <= 99 else [("people", f"人数が{people}人になっている", "value_out_of_range")]


def _odd_days(received: DayReading, wished: Mapping[str, DayReading]) -> list[Said]:
    found: list[Said] = [("received_at", received.problem, received.code)] if received.problem else []
    for field, day in wished.items():
        if day.problem:
            found.append((field, day.problem, day.code))
        elif day.day and received.day and day.day < received.day:
            found.append((field, "希望日が受付日より前", "date_in_past"))
    return found


def _cancellation(values: Mapping[str, str]) -> list[Said]:
    if is_withdrawn(values.get("status", "")):
        return [("status", "取消と書かれている。参加者に数えるかを人が決める", "cancelled")]
    for field in ("status", "note", "care", "memo"):
        if CANCELLED.search(values.get(field, "")):
            return [(field, "取消と書かれている。参加者に数えるかを人が決める", "cancelled")]
    return []


def row_notices(
    values: Mapping[str, str],
    phones: Mapping[str, PhoneReading],
    received: DayReading,
    headings: Mapping[str, str],
    *,
    lossy: bool,
) -> list[Said]:
    """What is handled rightly but worth knowing; ``headings`` by field, ``lossy`` for an encoding that loses characters."""
    found = _phone_notices(phones) + _received_notices(values, received, headings.get("received_at", ""))
    if person_values.is_kana_only(values.get("name", "")):
        reason = "氏名の欄がカナだけ。外国の方の名のこともあるので、断らずに確かめる"
        found.append(("name", reason, "name_is_kana"))
    for field in _FREE_FIELDS:
        if starts_like_formula(values.get(field, "")):
            reason = "先頭が数式と同じ記号の文字。文字のまま扱い、書き出しでも数式にしない"
            found.append((field, reason, "formula_like_text"))
    for field in _REMARKS if lossy else ():
        if "?" in values.get(field, ""):
            reason = "この欄の「?」は本物の疑問符と見る。文字の欠けとして数えない"
            found.append((field, reason, "question_mark_is_genuine"))
    return found


def _phone_notices(phones: Mapping[str, PhoneReading]) -> list[Said]:
    found: list[Said] = []
    for field, reading in phones.items():
        if reading.restored:
            shown = person_values.shown_phone(reading.digits)
            found.append((field, f"先頭の0が落ちた電話番号。{shown} と読む", "phone_leading_zero_restored"))
        if reading.several:
            found.append((field, "電話番号が2つ以上ある。はじめの番号を使う", "several_phones"))
    return found


def _received_notices(values: Mapping[str, str], received: DayReading, heading: str) -> list[Said]:
    if received.serial:
        return [("received_at", "シートの通し番号のまま書かれた日付を、日付として読んだ", "date_serial")]
    if received.date_only and _TIME_IN_HEADING.search(heading):
        return [("received_at", "時刻の無い日付（手で足した行）", "timestamp_date_only")]
    if values.get("received_at") == "":
        return [("received_at", "申込日時が空（手で足した行）", "timestamp_blank")]
    return []
