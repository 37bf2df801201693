"""Words found on a screen by a reader of letters that is nearly right, without that reader."""

import struct

from PIL import Image

from tests.faults.read_screen import Words, _in_lines, picture_of, plain, spots


def _line(text: str, left: int = 100, top: int = 40) -> Words:
    signs = plain(text)
    return Words(signs, tuple((left + 14 * n, top, left + 14 * n + 14, top + 14) for n in range(len(signs))))


def test_words_are_found_nearly_and_the_button_before_the_sentence_that_names_it():
    sentence, button = (
        _line("見本データで試す　何も入力しないで、すぐ使えます"),
        _line("見本テータで試す", left=1186, top=578),
    )

    found = spots((sentence, button), "見本データで試す")

    assert [(spot.x > 1186, spot.y) for spot in found] == [(False, 47), (True, 585)]
    assert spots((button, _line("バックアップから復元する")), "フォルダーを選ぶ") == []


def test_a_short_word_is_read_exactly_unless_it_stands_alone():
    assert spots((_line("設定"),), "設定")
    assert spots((_line("報告者"),), "報告書")
    assert spots((_line("受託者からの報告者"),), "報告書") == []


def test_pieces_side_by_side_become_one_line():
    rows = [
        "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext",
        "5\t1\t1\t1\t1\t1\t200\t80\t60\t28\t90\tPDF",
        "5\t1\t2\t1\t1\t1\t264\t80\t84\t28\t90\tで保存",
        "5\t1\t3\t1\t1\t1\t900\t80\t84\t28\t90\tやめる",
    ]

    assert [line.text for line in _in_lines("\n".join(rows), 2)] == ["pdfで保存", "やめる"]


def test_the_memory_of_a_screen_becomes_a_picture(tmp_path):
    numbers = [100 + 8, 7, 2, 24, 2, 1, 0, 0, 32, 0, 32, 32, 8, *[0] * 12]
    memory = tmp_path / "screen"
    memory.write_bytes(struct.pack(">25I", *numbers) + bytes(8) + bytes([3, 2, 1, 0, 6, 5, 4, 0]))

    picture = picture_of(memory)

    assert isinstance(picture, Image.Image)
    assert [picture.getpixel((x, 0)) for x in range(2)] == [(1, 2, 3), (4, 5, 6)]
