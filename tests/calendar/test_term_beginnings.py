"""The beginning of 履行期間 is read in every form that contracts write it in, and no other text is one."""

from datetime import date

import pytest

from app.calendar.term_beginnings import BeginningProblem, find_term_beginning, parse_term_beginning

MADE = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("written", "words", "first"),
    [
        ("契約確定日の翌日", "契約確定日の翌日", date(2027, 4, 2)),
        ("契約締結日の翌日から", "契約締結日の翌日", date(2027, 4, 2)), (" 契約締結日 ", "契約締結日", MADE),
        ("契約日から", "契約日", MADE), ("契約締結の日", "契約締結の日", MADE),
        ("令和９年４月１０日", "令和9年4月10日", date(2027, 4, 10)), ("R9.4.10", "令和9年4月10日", date(2027, 4, 10)),
        ("2027-04-10", "令和9年4月10日", date(2027, 4, 10)),
    ],
)  # fmt: skip
def test_a_beginning_is_read_in_the_words_of_contracts(written, words, first):
    found = parse_term_beginning(written)
    assert (found.words, found.first_day(MADE)) == (words, first)
    assert found.first_day(None) == (first if found.day else None)
    assert parse_term_beginning(words) == found


@pytest.mark.parametrize("written", ["", "すぐ", "4月1日", "令和9年2月30日", "契約確定日の翌々日", "履行期間の初日"])
def test_what_is_no_beginning_is_refused_with_the_forms(written):
    with pytest.raises(BeginningProblem, match="契約確定日の翌日、契約締結日、令和9年4月1日 のように"):
        parse_term_beginning(written)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("契約確定日の翌日から令和10年3月31日まで", ("契約確定日の翌日", "契約確定日の翌日から")),
        ("契約期間は契約締結日から令和10年3月31日までとする。", ("契約締結日", "契約締結日から")),
        ("令和9年4月1日(木)から令和10年3月31日まで", ("令和9年4月1日", "令和9年4月1日(木)から")),
        ("令和9年2月30日から、契約日より", ("契約日", "契約日より")),
        ("契約締結日に定める", ()),
        ("令和10年3月31日まで", ()),
    ],
)
def test_a_beginning_is_found_in_a_sentence(said, found):
    assert tuple(getattr(one, "words", one) for one in find_term_beginning(said) or ()) == found
