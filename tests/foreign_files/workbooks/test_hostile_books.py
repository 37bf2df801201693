"""A workbook that would swell, stall or call out is refused in one sentence, read by a child that is ended in time."""

import random
import zipfile

import pytest

from app.foreign_files.children import workbook_child
from app.foreign_files.children.child_process import limit_memory
from app.foreign_files.children.limited_child import ChildLimits, ask_child
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.intake_refusal import IntakeRefusal
from tests.fixtures.survey.samples import expected, sample_path
from tests.support.foreign_books import HEADINGS, PERSON, book, crooked, inline, rows
from tests.support.in_full import some
from tests.support.own_children import none_left, takes_much_and_never_answers

TABLE = inline(HEADINGS, 1) + inline(PERSON, 2)


@pytest.fixture
def own_children():
    with none_left():
        yield


@pytest.mark.parametrize("number", ["24", "27", "29", "31", "32", "33", "35"])
def test_a_hostile_sample_is_refused_and_left_as_it_is(number):
    path = sample_path(number)
    before = path.read_bytes()

    assert "reject" in expected(number)["expect"]["outcome"]
    with pytest.raises(IntakeRefusal) as refused:
        read_foreign_file(path)

    assert str(refused.value).count("。") == 1
    assert path.read_bytes() == before


def test_five_megabytes_in_one_cell_are_refused(tmp_path):
    path = tmp_path / "1セル.csv"
    path.write_bytes("あ".encode() * 1_747_626)

    with pytest.raises(IntakeRefusal, match="長すぎるセル"):
        read_foreign_file(path)


def test_a_bomb_is_refused_by_the_directory_of_its_zip_before_a_child_is_started(monkeypatch):
    def started(*_, **__):
        raise AssertionError("nothing may be unpacked")

    monkeypatch.setattr("app.foreign_files.foreign_file.read_workbook", started)
    with pytest.raises(IntakeRefusal, match="展開すると200MB"):
        read_foreign_file(sample_path("29"))


def _noise(length):
    return "".join(random.Random(8).choices("あいうえおかきくけこさしすせそ", k=length))


BOMBS = {
    "entities": (
        lambda p: crooked(p, inline(["&b;"], 1), prolog='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'),
        "文書型",
    ),
    "entities in shared texts": (
        lambda p: crooked(p, TABLE, shared="<si><t>&a;</t></si>", prolog='<!DOCTYPE x [<!ENTITY a "ha">]>'),
        "文書型",
    ),
    "blanks": (lambda p: crooked(p, TABLE, after=" " * 30_000_000), "大きすぎます"),
    "one shared text": (lambda p: crooked(p, TABLE, shared=f"<si><t>{_noise(2_000_000)}</t></si>"), "長すぎるセル"),
    "one cell": (lambda p: crooked(p, TABLE + inline([_noise(2_000_000)], 3)), "長すぎるセル"),
    "empty rows": (
        lambda p: crooked(p, TABLE + "".join(f'<row r="{n}" ht="{n % 97}"/>' for n in range(3, 155_000))),
        "書式だけの行",
    ),
    "rows": (
        lambda p: crooked(
            p,
            inline(HEADINGS, 1)
            + "".join(f'<row r="{n}"><c><v>{n * 7919 % 99991}</v></c></row>' for n in range(2, 40_000)),
        ),
        "行が多すぎます",
    ),
    "columns": (lambda p: crooked(p, inline([f"列{n}" for n in range(16_000)], 1)), "列が多すぎる"),
    "far cells": (
        lambda p: crooked(p, TABLE + "".join(f'<row r="{n}"><c r="ZZ{n}"><v>1</v></c></row>' for n in range(3, 400))),
        "表の外に値のあるセルが多すぎて",
    ),
    "cut off": (lambda p: crooked(p, TABLE + "<row"), "壊れています"),
}


@pytest.mark.usefixtures("own_children")
@pytest.mark.parametrize("name", some(BOMBS, of=2))
def test_a_workbook_made_to_hurt_is_refused_with_its_reason(tmp_path, name):
    make, words = BOMBS[name]
    path = make(tmp_path / "届いた.xlsx")

    # The reason is asked, not the pace: on a busy machine the time of the product would be up before it is found.
    with pytest.raises(IntakeRefusal, match=words) as refused:
        read_foreign_file(path, caps=ChildLimits(seconds=60))

    assert str(refused.value).count("。") == 1


def test_a_declared_size_without_cells_costs_nothing(tmp_path):
    path = crooked(tmp_path / "広い.xlsx", TABLE, before='<dimension ref="A1:XFD1048576"/>')

    assert len(read_foreign_file(path).rows) == 1


@pytest.mark.usefixtures("own_children")
def test_the_child_is_ended_when_its_time_is_up(tmp_path):
    path = book(tmp_path / "長い.xlsx", lambda sheet, _: rows(sheet, 1, [HEADINGS, *[PERSON] * 5_000]))

    with pytest.raises(IntakeRefusal, match="時間がかかりすぎ"):
        read_foreign_file(path, caps=ChildLimits(seconds=0.001))


def _takes_more_than_the_system_gives(connection, megabytes):
    connection.send_bytes(b"ready")
    connection.recv_bytes()
    connection.recv_bytes()
    limit_memory(megabytes)
    held = bytearray(2 * megabytes * 1024 * 1024)
    connection.recv_bytes()  # where the system sets no limit
    connection.send_bytes(bytes(held))


@pytest.mark.usefixtures("own_children")
def test_the_child_is_ended_by_the_system_when_it_takes_too_much_memory(tmp_path, monkeypatch):
    path = book(tmp_path / "重い.xlsx", lambda sheet, _: rows(sheet, 1, [HEADINGS, PERSON]))
    monkeypatch.setattr(workbook_child, "serve", _takes_more_than_the_system_gives)

    with pytest.raises(IntakeRefusal, match="メモリー"):
        read_foreign_file(path, caps=ChildLimits(seconds=60, megabytes=100))


@pytest.mark.usefixtures("own_children")
def test_the_child_is_ended_by_the_watch_where_the_system_sets_no_limit():
    answer, _ = ask_child(takes_much_and_never_answers, {}, b"", ChildLimits(seconds=60, megabytes=100))

    assert answer == {"refused": "memory"}


def test_a_link_to_another_book_is_not_followed_and_its_saved_value_is_used(tmp_path):
    linked = (
        '<row r="2"><c t="str"><f>[1]他!A1</f><v>見本 花子</v></c><c '
        't="str"><f>WEBSERVICE("http://example.jp/")</f><v>03-0000-1111</v></c></row>'
    )
    path = crooked(tmp_path / "リンク.xlsx", inline(["氏名", "電話番号"], 1) + linked)

    file = read_foreign_file(path)
    assert file.rows[0].cells == ("見本 花子", "03-0000-1111")
    assert [notice.code for notice in file.notices] == ["formula_cell", "formula_cell"]


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"inner.zip": b"PK\x03\x04"}, "すべて展開"),
        ({"a.csv": b"x", "b.csv": b"y"}, "すべて展開"),
        ({"a.csv": b"a,b\n" * 6_000_000}, "大きすぎます"),
        ({"a.csv": b"%PDF-1.4"}, "PDF"),
        ({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<t/>"}, "Wordの文書"),
        ({"xl/workbook.bin": b"x", "[Content_Types].xml": b"<t/>"}, "xlsb"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}, "OpenDocument"),
    ],
)
def test_a_zip_that_holds_no_single_list_is_refused_with_what_it_is(tmp_path, parts, words):
    path = tmp_path / "届いた.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    with pytest.raises(IntakeRefusal, match=words):
        read_foreign_file(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x1f\x8b\x08\x00", "圧縮ファイル"),
        (b"%PDF-1.7", "PDF"),
        (b"SQLite format 3\x00", "データベース"),
        (random.Random(3).randbytes(200_000), "NUL|読めません"),
        (b"PK\x03\x04" + bytes(100), "壊れています"),
    ],
)
def test_another_file_under_the_name_of_a_list_is_refused(tmp_path, data, words):
    path = tmp_path / "申込.csv"
    path.write_bytes(data)

    with pytest.raises(IntakeRefusal, match=words):
        read_foreign_file(path)


def test_a_workbook_with_macros_is_read_without_running_them_and_says_so(tmp_path):
    path = book(tmp_path / "元.xlsx", lambda sheet, _: rows(sheet, 1, [HEADINGS, PERSON])).rename(
        tmp_path / "申込.xlsm"
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")

    assert [notice.code for notice in read_foreign_file(path).notices] == ["macros"]


def test_half_of_an_emoji_is_a_lost_character_and_two_halves_are_one_sign(tmp_path):
    halves = (
        "00002",
        *PERSON[1:2],
        "見本_xD83D_ 太郎",
        *PERSON[3:7],
        "よろしく_xD83D__xDE00_です_xDE00_　_x005F_xD83D_",
    )
    shared = "<si><t>見本_xDE00_ 次郎</t></si><si><r><t>_xD83D_</t></r><r><t>_xDE00_</t></r></si>"
    row = "".join(f'<c t="s"><v>{place}</v></c>' for place in "01")
    path = crooked(tmp_path / "絵文字.xlsx", f'{TABLE}{inline(halves, 3)}<row r="4">{row}</row>', shared=shared)

    found = read_foreign_file(path)

    cells = [cell for row in found.rows for cell in row.cells]
    assert "".join(cells).encode()  # what is kept can be hashed, stored and printed
    assert {"見本\ufffd 太郎", "よろしく😀です\ufffd　_xD83D_", "見本\ufffd 次郎", "😀"} <= set(cells)
    assert found.lost_characters == 1


def test_a_number_that_is_none_in_the_parts_of_a_workbook_is_no_error(tmp_path):
    long = "9" * 4301
    odd = "".join(f'<c t="s"><v>{one}</v></c><c s="{one}"><v>{one}</v></c>' for one in ("②", "³", long))
    found = read_foreign_file(crooked(tmp_path / "数.xlsx", f'{TABLE}<row r="3">{odd}</row>'))
    assert found.rows[1].cells[:6] == ("", "②", "", "³", "", long)

    with pytest.raises(IntakeRefusal, match="壊れています"):
        read_foreign_file(crooked(tmp_path / "行.xlsx", f'{TABLE}<row r="{long}"><c><v>1</v></c></row>'))
