"""Words of papers and mails case by case: how characters are counted and how the ward signs a mail."""

from dataclasses import replace

import pytest

from app.documents.rules import character_count_words, count_characters
from app.documents.services.documents import sender_words
from app.programme.services import read_programme
from tests.support.years import started_year


@pytest.mark.parametrize("selector", ["\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef"])
def test_a_character_counts_one_with_the_selector_of_its_form(selector):
    assert count_characters(f"葛{selector}飾") == 2


@pytest.mark.parametrize("beside", ["\ufe10", "\ufdff", "\U000e01f0"])
def test_what_stands_beside_the_selectors_counts_as_a_character(beside):
    assert count_characters(f"葛{beside}飾") == 3


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("か\u3099く", 2), ("一\r\n二\n", 2), ("一　二 三", 5), ("ｱﾞ", 2), ("一\u200b二\ufeff", 2), ("𠮷野", 2)],
)
def test_line_ends_marks_and_what_is_not_seen_count_nothing_and_every_space_counts(text, count):
    assert count_characters(text) == count


def test_a_mail_is_signed_with_the_telephone_number_where_there_is_one(tmp_path):
    view = read_programme(started_year(tmp_path))
    with_phone = sender_words(replace(view, office=replace(view.office, phone="03-0000-0000")))
    without = sender_words(replace(view, office=replace(view.office, phone="")))
    assert with_phone == f"{without}　電話 03-0000-0000"
    assert "電話" not in without


@pytest.mark.parametrize(
    ("text", "count"),
    [("あいう", 3), ("葛\U000e0100城", 2), ("𠮷田\n榮一", 4), ("か\u3099", 1), ("A B　C", 5), ("", 0)],
)
def test_characters_are_counted_as_an_editor_counts_them(text, count):
    assert count_characters(text) == count


def test_the_count_says_what_is_left_or_too_much():
    assert character_count_words("あ" * 183, 200) == "183字／200字（残り17字）"
    assert character_count_words("あ" * 214, 200) == "214字／200字（14字超過）"
    assert character_count_words("あ") == "1字"
