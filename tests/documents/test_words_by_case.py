"""Words of papers and mails case by case: how characters are counted and how the ward signs a mail."""

from dataclasses import replace
from itertools import product

import pytest

from app.documents.event_phase import EventPhase, EventState
from app.documents.rules import (
    can_override,
    character_count_words,
    count_characters,
    state_effect,
    state_mark,
    with_own_words,
)
from app.documents.services.documents import sender_words
from app.programme.services import read_programme
from db.records.programme import Office
from tests.support.paper_lines import assert_paper
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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("区", "市"), ("区→受託者", "市→受託者"), ("立会職員（区）", "立会職員（市）"),
        ("区が確認中です。", "市が確認中です。"),
        ("まだ区が確認中です。", "まだ市が確認中です。"), ("区の集会所", "区の集会所"), ("大区の記録", "大区の記録"),
        ("区が来る", "区が来る"), ("担当", "担当"), ("区の遅れ", "市の遅れ"), ("区：確認", "市：確認"),
        ("北区：確認", "北区：確認"),
    ],
)  # fmt: skip
def test_a_city_says_its_own_word_where_the_program_wrote_of_the_ward(text, said):
    office = Office(ward="見本市", section="協働推進課")
    assert with_own_words((text,), office) == (said,)
    assert with_own_words((text,), replace(office, ward="見本区")) == (text,)


ROLES = ("案内", "配付", "用意", "変更", "実施後", "結果", "記録", "回によらない")


def test_what_each_role_of_a_paper_makes_of_each_state_of_its_event():
    lines = []
    for phase, lacks in (*product(EventPhase, (False,)), (EventPhase.HELD, True)):
        state = EventState(phase=phase, decided="延期", lacks_people=lacks)
        made = [(role, state_effect(role, state), state_effect(role, state, names_no_place=True)) for role in ROLES]
        said = ("".join(dict.fromkeys(one)) for one in made if one[1:] != ("作成", "作成"))
        lines.append(f"{phase}{'（人数なし）' * lacks}　{state_mark(state) or '—'}　{'　'.join(said)}")
    for role in ROLES:
        never = "・".join(phase for phase in EventPhase if not can_override(role, phase))
        lines += [f"理由を書いても作れない　{role}：{never}"] if never else []
    assert_paper(lines, "役割と状態")
