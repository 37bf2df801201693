"""A row of a file is named in one way wherever it is spoken of: by the number that Excel shows."""

from app.foreign_files.foreign_file import read_foreign_file
from app.surveys.compare.intake import read_earlier_counts
from tests.support.foreign_books import struck_book

LONG = '"一行目\n二行目"'
"""A cell with a line break: two lines of the file, one row of a spreadsheet."""


def text_file(tmp_path, *lines, name="一覧.csv"):
    path = tmp_path / name
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-8-sig"))
    return path


def test_what_a_file_holds_and_what_its_answers_say_name_the_row_of_a_spreadsheet(call, tmp_path):
    applications = text_file(
        tmp_path,
        "受付日,氏名,電話番号,備考",
        f"2026/9/1,見本 花子,03-0000-0001,{LONG}",
        ",,,",
        "2026/9/2,,03-0000-0002,",
    )
    assert "\n    4行目（氏名）　氏名が空" in call("intake", applications)[1]
    answers = text_file(
        tmp_path,
        "タイムスタンプ,満足度,感想",
        f"2026/9/1 10:00:00,満足,{LONG}",
        "2026/9/1 10:01:00,満足,よい",
        "2026/9/1 10:02:00,,",
        name="回答.csv",
    )
    said = call("tally", answers)[1]
    assert "  4行目　すべての設問が無回答" in said
    assert "データ" not in said


def test_damage_and_other_tables_are_found_at_the_row_of_a_spreadsheet(tmp_path):
    lines = ("受付日,氏名,電話番号,備考", f"2026/9/1,見本 花子,03-0000-0001,{LONG}", "2026/9/2,見本 夏子,03-0000-0002,")
    short = read_foreign_file(
        text_file(tmp_path, *lines, "受付日,氏名,電話番号,団体名", "2026/9/3,見本 秋子,03-0000-0003,")
    )
    assert [one.reason for one in short.notices] == ["4行目から別の表があり、読んでいない"]
    mixed = tmp_path / "混在.csv"
    good = "\r\n".join((*lines, *(f"2026/9/{day},見本 冬子,03-0000-00{day},よい" for day in range(10, 20)))) + "\r\n"
    mixed.write_bytes(good.encode() + "2026/9/4,見本 春子,03-0000-0004,\r\n".encode("cp932"))
    found = read_foreign_file(mixed)
    assert [one.reason for one in found.notices] == ["文字コードが混ざっている（14行目）"]
    assert found.rows[-1].problem.startswith("14行目だけ文字コードが違い")


def test_totals_of_an_earlier_year_name_the_row_of_a_spreadsheet(tmp_path):
    path = text_file(tmp_path, "設問,選択肢,人数", f"{LONG},満足,3", "問2,不満,三つ")
    assert read_earlier_counts(path, ()).problems == (
        "3行目：「不満」の人数「三つ」が数として読めないため、取り込まない。",
    )


def test_a_total_struck_out_is_named_and_not_taken(tmp_path):
    lines = [("設問", "選択肢", "人数", "ｎ"), ("満足度", "満足", 8, 10), ("", "不満", 2, 10)]
    found = read_earlier_counts(struck_book(tmp_path / "前年.xlsx", lines, {3}), ())
    assert found.problems == ("3行目：行に取消線が引かれているため、取り込まない。",)
    assert [dict(one.counts) for one in found.questions] == [{"満足": 8}]
