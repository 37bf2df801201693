"""What in a written answer may be somebody's data: telephone numbers by their digits, addresses, known names."""

import pytest

from app.registers.register.rules import (
    MAIL_FLAG,
    NAME_FLAG,
    PHONE_FLAG,
    NameFinder,
    personal_flags,
    without_personal_data,
)
from db.name_key import name_key


@pytest.mark.parametrize(
    ("text", "is_phone"),
    [
        ("03-0000-1234", True), ("090-0000-1234", True), ("０９０（００００）１２３４", True), ("03-0000-123", False),
        ("090-0000-12345", False), ("+81 3 0000 1234", True), ("+81 90 0000 1234", True), ("+81 3 0000 123", False),
        ("+81 90 0000 12345", False), ("０３の００００の１２３４", True), ("〇三ー〇〇〇〇ー一二三四", True),
        ("090.0000.1234", True), ("070の0000の1234の3人", True), ("05.10.2026", False), ("0000-1234", True),
        ("0000-12345", False), ("2025-2026", False), ("1995-1999", False), ("2100-1234", True), ("2026-1234", True),
        ("1.0312345678", False), ("12345678901", False), ("", False),
    ],
)  # fmt: skip
def test_a_telephone_number_is_known_by_how_many_digits_it_has(text, is_phone):
    assert personal_flags(text) == ((PHONE_FLAG,) if is_phone else ())
    assert personal_flags(f"連絡は{text}まで") == ((PHONE_FLAG,) if is_phone else ())


def test_an_address_and_a_known_name_are_named_in_their_order():
    finder = NameFinder(["髙橋　みほん", "まり", "みほこ", "林"])
    assert personal_flags("mihon.taro@example.jp", finder=finder) == (MAIL_FLAG,)
    assert personal_flags("mihon@example", finder=finder) == ()
    assert personal_flags("髙橋みほんさん 03-0000-1234 a@b.example.jp", finder=finder) == (
        PHONE_FLAG,
        MAIL_FLAG,
        NAME_FLAG,
    )
    for text, named in (
        ("髙橋さん", True),
        ("髙橋の橋", False),
        ("つまり", False),
        ("林道", False),
        ("髙橋みほん", True),
    ):
        assert (NAME_FLAG in personal_flags(text, finder=finder)) is named, text
    assert personal_flags("髙橋みほん") == (), "nobody is known"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("電話は03-0000-1234です", "電話は○○です"), ("０９０（００００）１２３４か0000-5678へ", "○○か○○へ"),
        ("070の0000の1234の3人", "○○の3人"), ("yamada.taro@example.lg.jpまで", "○○まで"),
        ("隣の高橋 みほんさんと髙橋会長がよかった", "隣の○○さんと○○がよかった"), ("林道の話", "林道の話"),
    ],
)  # fmt: skip
def test_what_is_found_is_hidden_and_the_words_around_it_stay(text, masked):
    finder = NameFinder(["髙橋　みほん"], name_key)
    assert without_personal_data(text, finder=finder) == masked
    assert personal_flags(masked, finder=finder) == ()
