"""The edges of small helpers: counts, lists, names and passwords, the last that is taken and the first that is not."""

from datetime import timedelta
from zipfile import ZIP_DEFLATED

import pytest

from app.actions.user_error import UserError
from app.common import extension_point, file_locations
from app.common.and_others import and_others
from app.common.display_words import count_words, display_word, left_words
from app.common.extension_point import ExtensionPoint, register
from app.common.failure_facts import facts_of
from app.common.failures import failure_reason
from app.common.file_locations import recent_files
from app.common.join_nonempty import fill_nonempty, join_nonempty, lines_of
from app.common.number_lists import numbers_words, parse_numbers
from app.common.partial_count import PartialCount, known_number
from app.common.password_rules import password_feedback, password_problem
from app.common.text_rules import MAX_NAME_LENGTH, check_writable_texts, mask_personal_numbers, name_problem
from app.common.zip_entry import stable_entry
from tests.support.saved_files import save_at
from tests.window.conftest import NOW


def test_what_is_left_of_a_number_is_said_until_nothing_is():
    assert [left_words(done, total) for done, total in ((0, 0), (0, 2), (1, 2), (2, 2), (3, 2))] == [
        "", "あと2件", "あと1件", "済", "済",
    ]  # fmt: skip
    assert left_words(4, 5, "人", finished="全員") == "あと1人"
    assert [count_words(one, "人") for one in (None, 0, 1)] == ["", "0人", "1人"]
    assert [display_word(one) for one in ("さそい文", "協議")] == ["案内文", "協議"]
    assert [and_others("甲乙丙", named) for named in (1, 2, 3, 4)] == ["、ほか2件", "、ほか1件", "", ""]
    assert join_nonempty("甲", "", "乙") == "甲　乙"
    assert [fill_nonempty("{}回", one) for one in (0, 1)] == ["", "1回"]
    assert [lines_of(one) for one in (None, " 甲 \n\n乙")] == [(), ("甲", "乙")]


def test_numbers_are_listed_up_to_a_range_of_a_thousand():
    assert len(parse_numbers("1-1000").numbers) == 1000
    assert (parse_numbers("1-1001").unreadable, numbers_words([3, 5])) == (("1-1001",), "3、5番")


@pytest.mark.parametrize(
    ("count", "unknown", "known"),
    [(None, None, None), (0, None, 0), (0, 0, 0), (0, 1, None), (2, 1, 2), (None, 3, None)],
)
def test_no_device_counts_as_none_only_where_everybody_was_asked(count, unknown, known):
    assert known_number(count, unknown) == known


def test_a_count_says_its_number_its_unit_and_its_gaps():
    cases = [PartialCount(known=3), PartialCount(known=0, missing=1), PartialCount(unknown=2, missing=1)]
    assert [
        (one.exact, one.has_number, one.unit_words("台"), one.words("台"), one.minimum_words("台")) for one in cases
    ] == [
        (3, True, "台", "3台", "3台"), (None, False, "台以上", "記録なし", ""),
        (None, False, "台以上", "未確認（2人、1回 記録なし）", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("あ" * MAX_NAME_LENGTH, ""), ("あ" * (MAX_NAME_LENGTH + 1), "101字ある（100字まで）"), ("髙橋\t花子\r\n", ""),
        ("𠮷田 花子", ""), ("é", ""), ("\U00020000", ""), ("花子\U0001f000", "絵文字がある"),
        ("花子\ufe0f", "絵文字がある"),
        ("\U0001ffff", "絵文字がある"), ("\x00花", "目に見えない符号か、印刷できない字（U+0000）がある"),
        ("\x00\x01\x01\x02\x03", "目に見えない符号か、印刷できない字（U+0000・U+0001・U+0002）がある"),
    ],
)  # fmt: skip
def test_a_name_is_taken_as_long_as_a_paper_can_print_it(name, problem):
    assert name_problem(name) == problem


def test_every_typed_text_is_checked_and_only_names_for_signs():
    check_writable_texts({"氏名": "花子"}, {"備考": "\U0001f600"})
    check_writable_texts({})
    for names, texts in (({"氏名": "123456789018"}, None), ({}, {"備考": "1234-5678-9018"})):
        with pytest.raises(UserError, match=f"{next(iter(names or texts))}に、個人番号"):
            check_writable_texts(names, texts)
    assert mask_personal_numbers("番号ー１２３４５６７８９０１８と12345") == "番号ー１２３４５６７８９０１８と12345"
    assert mask_personal_numbers("番号１２３４５６７８９０１８と12345") == "番号＊＊＊＊＊＊＊＊＊＊＊＊と12345"
    assert mask_personal_numbers("１２３") == "１２３"


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("abcdefghijklmzqz", "並び順"),
        ("abcdefghijklzqzt", ""),
        ("aaabbbcccddd", ""),
        ("aaabbbcccaaa", "くり返し"),
        ("つつじ台の猫は三毛でし", "12文字以上"),
        ("password-kmq1", "よく使われる"),
        ("password-kmqx", ""),
        ("庭に咲く白い朝顔の花たちよ", ""),
        ("k7" * 6 + "mq", ""),
    ],
)
def test_a_password_is_refused_from_its_edges_on(password, said):
    found = password_problem(password)
    assert said in found
    assert bool(said) == bool(found)


def test_a_password_is_strong_from_sixteen_letters_on_and_fits_into_127_bytes():
    strong = "つつじ台の猫は三毛でしたよねえと"
    assert [password_feedback(strong[:length]) for length in (11, 12, 15, 16)] == [
        "あと1文字必要です（12文字以上）。", "十分な長さです（12文字）。", "十分な長さです（15文字）。",
        "強いパスワードです（16文字）。",
    ]  # fmt: skip
    long = "heron-of-the-blue-pond" * 6
    assert (password_problem(long[:127]), "127文字まで、日本語なら42文字" in password_problem(long[:128])) == ("", True)


def test_a_file_is_recent_for_seven_days_and_one_ahead_and_of_a_plain_name(downloads):
    ages = {"七日": timedelta(days=7), "古い": timedelta(days=7, seconds=1), "あす": -timedelta(days=1)}
    ages["先"] = -timedelta(days=1, seconds=1)
    for name, age in ages.items():
        save_at(downloads / f"{name}.pdf", b"x", NOW - age)
    found = recent_files((".pdf",), now=NOW)
    assert ([one.path.stem for one in found.files], found.is_complete) == (["あす", "七日"], True)
    for sign in "\u202e\u2066\u200e\u061c\n\u2028\u2029":
        assert not file_locations._has_plain_name(f"表{sign}.pdf"), f"U+{ord(sign):04X}"
    for name in ("表（写し）.pdf", "\u05d0.pdf", "表\u3000.pdf"):
        assert file_locations._has_plain_name(name), name


def test_contributions_are_loaded_once_and_only_when_they_are_read(monkeypatch):
    monkeypatch.setattr(extension_point, "_sources", {})
    point, asked = ExtensionPoint("words"), []
    assert point.all_if_registered() == ()
    with pytest.raises(LookupError, match="nobody has declared 'words'"):
        point.all()
    register("words", lambda: asked.append(1) or ["甲", "乙"])
    assert asked == []
    assert (point.all_if_registered(), list(point), point.all(), asked) == (
        ("甲", "乙"),
        ["甲", "乙"],
        ("甲", "乙"),
        [1],
    )
    monkeypatch.setattr(extension_point, "_sources", {})
    assert point.all_if_registered() == ("甲", "乙")


def test_an_entry_of_a_zip_says_neither_when_nor_where_it_was_written():
    entry = stable_entry("資料/一.txt")
    assert (entry.filename, entry.date_time, entry.compress_type, entry.create_system, entry.external_attr) == (
        "資料/一.txt", (1980, 1, 1, 0, 0, 0), ZIP_DEFLATED, 0, 0o600 << 16,
    )  # fmt: skip


def test_a_failure_is_said_in_its_own_words_or_by_its_place():
    assert failure_reason(UserError("紙がありません。")) == str(UserError("紙がありません。"))
    try:
        {}["氏名"]
    except KeyError as error:
        said = failure_reason(error)
    assert "詳細：KeyError（test_last_taken_first_refused.py " in said
    assert "氏名" not in said
    first, second, third = KeyError("a"), OSError("b"), ValueError("c")
    third.__cause__, second.__context__ = second, first
    assert facts_of(third).causes == ("OSError", "KeyError")
