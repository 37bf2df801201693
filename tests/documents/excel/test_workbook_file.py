"""The file as a file: the same bytes each time, its properties, its sheets' names, its password."""

import dataclasses
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import msoffcrypto
import pytest
from openpyxl import load_workbook

from app.documents import blocks as b
from app.documents.excel.merge_book import merge_book
from app.documents.excel.render import encrypt_office_file, render_xlsx
from tests.support.written_books import written

ONCE = """
import hashlib, sys
from app.documents import blocks as b
from app.documents.excel.render import render_xlsx
content = b.DocumentContent(kind="報告", reference="R8", version=1, look="report", first_sheet="概要", file_stem="x",
    properties={"created": "2026-09-24T15:20:00"}, blocks=(b.Title(text="報告"), b.TallyChart(code="問1", title="x",
    type="SA", base=1, note="", rows=(b.TallyRow(number="1", text="はい", count=1, percent="100.0"),))))
print(hashlib.sha256(render_xlsx(content)).hexdigest())
"""


def test_the_same_content_gives_the_same_bytes(document):
    assert hashlib.sha256(render_xlsx(document)).digest() == hashlib.sha256(render_xlsx(document)).digest()


def test_the_bytes_are_the_same_in_another_run(project_folder):
    runs = {
        subprocess.run(
            [sys.executable, "-c", ONCE],
            cwd=project_folder,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(runs) == 1


def test_no_entry_tells_when_it_was_written(document):
    with ZipFile(BytesIO(written(document))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_nothing_readable_is_left_in_the_temporary_folder_meanwhile(roster, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))

    assert render_xlsx(roster)


def test_the_properties_say_what_the_document_is(document):
    properties = load_workbook(BytesIO(written(document))).properties

    assert properties.title == "実施報告書　第2回"
    assert properties.identifier == "R8-講02-実施報告書"
    assert properties.version == "1"
    assert properties.created.isoformat() == "2026-09-24T15:20:00"


@pytest.mark.parametrize("kind", ["document", "letter", "merge list"])
def test_no_workbook_says_who_or_what_made_it(kind, request):
    data = merge_book(("氏名",), [("見本",)]) if kind == "merge list" else render_xlsx(request.getfixturevalue(kind))
    with ZipFile(BytesIO(data)) as archive:
        assert {name for name in archive.namelist() if b"openpyxl" in archive.read(name).lower()} == set()
    said = load_workbook(BytesIO(data)).properties
    assert {said.creator, said.lastModifiedBy} <= {None, ""}
    assert said.created.year == (2026 if kind == "document" else 1980)


def test_an_outgoing_paper_does_not_tell_when_it_was_made_nor_its_internal_number(letter):
    properties = load_workbook(BytesIO(render_xlsx(letter))).properties

    assert properties.created.year == 1980
    assert properties.identifier is None


def test_the_sheets_are_those_the_headings_name_and_short_ones_share_a_page_under_their_names(document):
    book = load_workbook(BytesIO(written(document)))
    ranges = {name: next(iter(found.destinations)) for name, found in book.defined_names.items()}

    alone = ["概要", "実施内容", "配布資料", "集計", "自由記述", "名簿", "到達状況"]
    assert book.sheetnames == [*alone, "所感・改善"]
    sheet, place = ranges["連絡"]
    assert sheet == "所感・改善"
    assert book[sheet][place.split(":")[0]].value in ("1　事業名", None)
    assert "1　事業名" in [cell.value for row in book[sheet][place] for cell in row]


def test_a_chapter_keeps_a_sheet_of_its_own_where_that_costs_no_page(document):
    def sheets(lines):
        chapters = [
            part
            for name in ("甲", "乙", "丙")
            for part in (b.SheetBreak(sheet=name), *(b.Paragraph(text="行") for _ in range(lines)))
        ]
        return load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=tuple(chapters))))).sheetnames

    assert sheets(36) == ["甲", "乙", "丙"]
    # Three pages for what fills one: the shortest go together.
    assert len(sheets(3)) == 2


def test_chapters_share_no_sheet_on_which_a_column_would_be_too_narrow_for_its_words(document):
    """A list of short columns, a word each, before one of sentences."""
    titles = ("搬入", "動作", "返却", "個数", "充電", "番号", "確認", "備考")
    words = b.Table(tuple(b.Column(title, width=20.6) for title in titles), (titles,) * 2)
    long = "会場の接続が不安定なため、受託者が通信機器を2台用意し、区が前日に動作を確かめることとした。" * 2
    reasons = b.Table((b.Column("決めたこと", width=90), b.Column("理由", width=75)), ((long, long),) * 2)
    short = b.Table((b.Column("相手", width=90), b.Column("電話", width=75)), (("受託者", "03-0000-0000"),) * 2)

    def sheets(*tables):
        chapters = zip("甲乙丙", tables, strict=False)
        blocks = tuple(part for name, table in chapters for part in (b.SheetBreak(sheet=name), table))
        return load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=blocks)))).sheetnames

    assert sheets(words, reasons, words) == ["甲", "乙", "丙"]
    assert sheets(short, reasons, short) == ["甲", "乙"], "the same columns suit both"


def test_two_long_lists_keep_their_sheets_and_so_the_heading_that_stays_in_sight(document):
    table = b.Table((b.Column("もの", width=90), b.Column("数", width=75)), (("電源タップ", "2"),) * 9)
    chapters = (part for name in "甲乙丙" for part in (b.SheetBreak(sheet=name), table))
    book = load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=tuple(chapters)))))
    assert [(sheet.title, sheet.freeze_panes) for sheet in book] == [("甲", "A2"), ("乙", "A2"), ("丙", "A2")]


def test_a_name_excel_forbids_is_written_with_full_width_signs_and_never_twice(document):
    blocks = (
        b.Heading(level=1, number="1", text="甲", sheet="受付/名簿:[1]"),
        b.SheetBreak(sheet="あ" * 40),
        b.Paragraph(text="乙"),
        b.SheetBreak(sheet="受付/名簿:[1]"),
        b.Paragraph(text="丙"),
    )
    content = dataclasses.replace(document, look="letter", blocks=blocks)
    names = load_workbook(BytesIO(render_xlsx(content))).sheetnames

    assert names == ["受付／名簿：［1］", "あ" * 31, "受付／名簿：［1］（2）"]


def test_an_empty_document_is_still_a_workbook(document):
    book = load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=()))))

    assert book.sheetnames == ["概要"]


def test_tables_and_charts_without_rows_are_drawn_empty(document):
    blocks = (
        b.Table(name="空", columns=(b.Column(title="項目", width=165),), rows=()),
        b.KeyValues(rows=()),
        b.KeyFigures(figures=()),
        b.LetterItems(rows=()),
        b.Bullets(items=()),
        b.TallyChart(code="問1", title="なし", type="MA", base=0, rows=(), note=""),
        b.StageChart(words=(), lines=(), note=""),
        b.GroupFlow(name="1班", facilitator="", members="", steps=()),
        b.Choice(label="結果", words=(), chosen=""),
        b.Contact(lines=()),
    )
    book = load_workbook(BytesIO(render_xlsx(dataclasses.replace(document, blocks=blocks))))

    assert book.active.max_row > 5


def test_a_password_opens_the_workbook_and_another_does_not(roster):
    data = render_xlsx(roster)
    locked = encrypt_office_file(data, "みほん-合言葉 𠮷")
    file = msoffcrypto.OfficeFile(BytesIO(locked))
    opened = BytesIO()
    file.load_key(password="みほん-合言葉 𠮷", verify_password=True)
    file.decrypt(opened)

    assert opened.getvalue() == data
    assert "髙﨑".encode("utf-16-le") not in locked
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        msoffcrypto.OfficeFile(BytesIO(locked)).load_key(password="ちがう", verify_password=True)


def test_an_empty_password_is_refused():
    with pytest.raises(ValueError, match="パスワード"):
        encrypt_office_file(b"", "")


def test_the_workbook_library_is_loaded_only_when_a_workbook_is_written(project_folder: Path):
    check = "import sys, app.documents.excel.render; print('openpyxl' in sys.modules or 'msoffcrypto' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", check], cwd=project_folder, capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"


def test_every_cell_has_a_style_with_a_name_that_staff_can_change(document):
    book = load_workbook(BytesIO(written(document)))
    used = {cell.style for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert used <= {"題名", "見出し（文書）", "表の見出し", "本文", "注", "数", "日付", "時刻"}
    assert {"題名", "表の見出し", "本文", "数"} <= used


def test_the_height_of_a_row_that_wraps_is_only_a_proposal(document):
    """Where another font stands in for ours, the program makes the row as high as its text needs."""
    long = "どれだけ長い文でも、行の高さが足りないために切れることはない。" * 6
    table = b.Table(
        columns=(b.Column(title="項目", width=40), b.Column(title="内容", width=125)), rows=(("短", "短"), ("長", long))
    )
    data = render_xlsx(dataclasses.replace(document, blocks=(table,)))
    with ZipFile(BytesIO(data)) as book:
        rows = re.findall(r'<row r="[0-9]+"([^>]*)>', book.read("xl/worksheets/sheet1.xml").decode())

    assert ["customHeight" in shape for shape in rows[:3]] == [True, True, False]
    assert all(' ht="' in shape for shape in rows[:3])
