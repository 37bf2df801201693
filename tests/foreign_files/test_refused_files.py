"""A file that cannot be taken is refused with a sentence that says what it is and what to do."""

import io
import re
import zipfile
from pathlib import Path

import pytest

from app.commands.intake import describe_file
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.text_decoding import decode_bytes, read_text
from app.surveys.answers.intake.survey_file import read_survey_file
from tests.fixtures.survey.samples import sample_path, sample_questions

HEAD = '"タイムスタンプ","Q1 満足度","Q2 感想"\n'


def _file(folder: Path, data: bytes, name: str = "回答.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def _zip(*names: str) -> bytes:
    store = io.BytesIO()
    with zipfile.ZipFile(store, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return store.getvalue()


@pytest.mark.parametrize(("number", "words"), [("27", "壊れています"), ("33", "空のファイル")])
def test_a_damaged_sample_is_refused_by_name_of_its_trouble(number, words):
    path = sample_path(number)
    before = path.read_bytes()

    with pytest.raises(IntakeRefusal, match=words):
        read_survey_file(path, None)

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "壊れています|見出しの行が見つかりません"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧形式"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "パスワードを外し"),
        (b"%PDF-1.7\n", "PDF"),
        (_zip("Index/Document.iwa", "preview.jpg"), "Numbers（Apple）の書類"),
        (b"[InternetShortcut]\r\nURL=https://docs.example.jp/d/1\r\n", "場所を書いただけ"),
        (b'{"url":"https://docs.example.jp/open?id=1","doc_id":"1","email":"a@example.jp"}', "場所を書いただけ"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "画像"),
        (b"\n<html><table><tr><td>1</td></tr></table>", "HTML"),
        (b"\xef\xbb\xbf", "空のファイル"),
        (b" \r\n\r\n", "空のファイル"),
        (b"\xff\xfeA\x00\x00\xd8", "読めません"),
        ("満足,感想\n".encode() + b"\x81\xff,\xfd\xfe\n", "2行目"),
        (b"abc\ndef\n", "見出し"),
        ("氏名,感想\n".encode() + b"\n" * 300_000, "行が多すぎます"),
    ],
)
def test_what_is_no_table_of_answers_is_refused(tmp_path, data, words):
    with pytest.raises(IntakeRefusal, match=words):
        read_survey_file(_file(tmp_path, data), None)


def test_a_huge_cell_and_a_huge_file_are_refused_at_once(tmp_path):
    with pytest.raises(IntakeRefusal, match="長すぎる"):
        read_survey_file(_file(tmp_path, "あ".encode() * 1_700_000), None)
    with pytest.raises(IntakeRefusal, match="大きすぎます"):
        read_survey_file(_file(tmp_path, b"a," * 6_000_000), None)


def test_twenty_thousand_columns_are_refused(tmp_path):
    line = ",".join(f"c{number}" for number in range(20_000))

    with pytest.raises(IntakeRefusal, match="列が多すぎて（20000列"):
        read_survey_file(_file(tmp_path, f"{line}\r\n{line}\r\n".encode()), None)


@pytest.mark.parametrize(
    ("body", "rows", "named"),
    [
        ('1,2026/09/01 10:00,"長い,はなし\n2,2026/09/01 11:00,はい\n3,2026/09/01 12:00,いいえ"\n', 3, {1, 3}),
        ('1,2026/09/01 10:00,"\n2,2026/09/01 11:00,はい\n', 2, {1}),
        ('1,2026/09/01 10:00,"よい"かった\n2,2026/09/01 11:00,はい\n', 2, {1}),
    ],
)
def test_a_quote_that_is_not_closed_is_named_and_swallows_no_later_row(tmp_path, body, rows, named):
    survey = read_survey_file(_file(tmp_path, ("受付番号,送信日時,Q1 感想\n" + body).encode()), None)

    assert len(survey.rows) == rows
    assert {problem.row for problem in survey.problems if problem.code == "unclosed_quote"} == named
    assert survey.rows[1].raw[2] == "はい"


def test_damaged_rows_of_answers_are_named_and_never_read_as_something_else(tmp_path):
    head = "タイムスタンプ,Q1 満足度,Q2 感想\n2026/09/10 10:00:00,満足,よかった\n"
    data = (
        (head * 1).encode()
        + "2026/09/10 11:00:00,不満,残念\n".encode("cp932")
        + "2026/09/10 12:00:00,満足,また\n".encode() * 3
    )
    survey = read_survey_file(_file(tmp_path, data), None)

    assert [problem.row for problem in survey.problems if problem.code == "decode_error"] == [2]
    assert [row.raw[2] for row in survey.rows] == ["よかった", "残念", "また", "また", "また"]


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(IntakeRefusal, match=re.escape("「ない.csv」が見つかりません")):
        read_text(tmp_path / "ない.csv")


def test_a_file_of_another_survey_is_refused(tmp_path):
    path = _file(
        tmp_path, '"タイムスタンプ","Q1 好きな色","Q2 好きな歌"\n"2026/09/10 3:32:08 午後 GMT+9","青","ない"'.encode()
    )

    with pytest.raises(IntakeRefusal, match="設問と同じ見出しの列が1つもありません"):
        read_survey_file(path, sample_questions("01")[2:6])


def test_utf16_text_and_a_csv_named_as_a_workbook_are_read(tmp_path):
    text = "受付番号\t送信日時\t氏名\r\n0001\t2026/09/01 10:00\t𠮷田　みほん\r\n"
    report = describe_file(_file(tmp_path, b"\xff\xfe" + text.encode("utf-16-le"), "申込.txt"))

    assert (report.file.source, report.file.encoding, len(report.file.rows)) == ("utf16le_tsv", "utf-16-le", 1)
    assert len(describe_file(sample_path("28")).file.rows) == 7


def test_headings_alone_are_no_rows():
    report = describe_file(sample_path("34"))

    assert (len(report.file.rows), report.file.header_row, report.file.encoding) == (0, 1, "utf-8")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("感想".encode("cp932"), "cp932"),
        ("髙﨑".encode("cp932"), "cp932"),
        ("感想".encode("utf-8-sig"), "utf-8"),
        (b"\xfe\xff" + "感想".encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_found_by_strict_trial(data, encoding):
    decoded = decode_bytes(data)

    assert decoded.encoding == encoding
    assert "\ufeff" not in decoded.text


@pytest.mark.parametrize(
    ("kept", "words"), [(400, "途中で切れている"), (4_000, "途中で切れている"), (5_632, "Excelで開き")]
)
def test_an_old_workbook_that_is_cut_off_is_not_told_to_be_opened_in_excel(tmp_path, kept, words):
    path = tmp_path / "申込.xls"
    path.write_bytes(sample_path("32").read_bytes()[:kept])
    with pytest.raises(IntakeRefusal, match=words):
        read_foreign_file(path)


@pytest.mark.parametrize(("name", "meant"), [("~$申込.xlsx", "「申込.xlsx」"), (".~lock.申込.xlsx#", "「申込.xlsx」")])
def test_the_mark_of_an_open_workbook_is_called_what_it_is(tmp_path, name, meant):
    path = tmp_path / name
    path.write_bytes(b"\x05minon" + bytes(159))
    with pytest.raises(IntakeRefusal, match=f"目印のファイル.*{meant}を選んで"):
        read_foreign_file(path)
