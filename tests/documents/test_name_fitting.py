"""A name becomes smaller, then takes several lines, and is never cut."""

from dataclasses import replace

import pytest

from app.documents.rules import NameRule, fit_name, in_hiragana

RULE = NameRule(start=12, floor=8, wrapped=10)


def one_each(text: str) -> float:
    return float(len(text))


@pytest.mark.parametrize(
    ("text", "room", "lines", "size"),
    [
        ("髙﨑 千鶴子", 100, ("髙﨑 千鶴子",), 12), ("髙﨑 千鶴子", 60, ("髙﨑 千鶴子",), 10),
        ("髙﨑 千鶴子", 48, ("髙﨑 千鶴子",), 8), ("髙﨑 千鶴子", 47.9, ("髙﨑", "千鶴子"), 10),
        ("髙﨑　千鶴子", 29, ("髙﨑", "千鶴子"), 9.5),
        ("佐久間 アレクサンドラ 美智子", 100, ("佐久間 アレクサンドラ", "美智子"), 9),
        ("髙﨑 千鶴子", 24, ("髙﨑", "千鶴子"), 8),
        ("ヴォルフガング・アマデウス", 70, ("ヴォルフガング・", "アマデウス"), 8.75),
    ],
)  # fmt: skip
def test_a_name_shrinks_by_quarter_points_and_then_breaks_at_its_space(text, room, lines, size):
    fitted = fit_name(text, RULE, room, one_each)

    assert fitted is not None
    assert (fitted.lines, fitted.size) == (lines, size)


def test_a_name_without_a_space_is_not_torn_where_nothing_breaks_lines():
    assert fit_name("ながいなまえ", RULE, 40, one_each) is None


def test_where_lines_may_end_anywhere_the_fewest_lines_win():
    def wrap(text: str, measure: float) -> list[str]:
        step = max(int(measure), 1)
        return [text[start : start + step] for start in range(0, len(text), step)]

    rule = NameRule(start=12, floor=8, wrapped=9, lines=3, anywhere=True)
    fitted = fit_name("あ" * 20, rule, 90, one_each, wrap)
    assert fitted is not None
    assert (len(fitted.lines), fitted.size) == (2, 9)
    assert (fit_name("あ" * 20, rule, 80, one_each, wrap).size, fit_name("あ" * 33, rule, 90, one_each, wrap).size) == (
        8,
        8,
    )
    assert fit_name("あ" * 20, replace(rule, lines=1), 90, one_each, wrap) is None
    assert "".join(fitted.lines) == "あ" * 20
    assert fit_name("あ" * 40, rule, 90, one_each, wrap) is None
    person = replace(rule, anywhere=False)
    assert fit_name("あ" * 20, person, 90, one_each, wrap) == fitted, "a person's name without a space, too"
    spaced = fit_name("ああああ いいいいいいいい", person, 90, one_each, wrap)
    assert spaced is not None
    assert spaced.lines == ("ああああ", "いいいいいいいい"), "at its space, as long as that fits"


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("タカサキ　チヅコ", "たかさき　ちづこ"), ("ﾀｶｻｷ ﾁﾂﾞｺ", "たかさき ちづこ"),
        ("グエン ティ フオン", "ぐえん てぃ ふおん"), ("サンドラー", "さんどらー"), ("たかさき", "たかさき"),
        ("Nguyen", "Nguyen"), ("", ""),
    ],
)  # fmt: skip
def test_a_reading_is_printed_in_hiragana(stored, printed):
    assert in_hiragana(stored) == printed
