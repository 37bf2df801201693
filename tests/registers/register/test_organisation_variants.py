"""Lists of 団体 as other wards keep them: 支部 once for a block, as section titles, or nowhere."""

from app.foreign_files.foreign_file import read_foreign_file
from app.registers.register.intake import read_organisations
from tests.support.foreign_books import book, rows


def _read(folder, text):
    path = folder / "団体.csv"
    path.write_bytes(text.encode("cp932"))
    return read_organisations(read_foreign_file(path))


def test_a_branch_written_once_for_a_block_is_carried_down_and_said(tmp_path):
    table = _read(
        tmp_path, "支部,団体名,世帯数\r\n第1支部,みほん町会,10\r\n,見本会,20\r\n第2支部,桜町会,30\r\n,梅町会,40\r\n"
    )

    assert [row.branch for row in table.rows] == ["第1支部", "第1支部", "第2支部", "第2支部"]
    assert [n.row for n in table.notices if n.code == "branch_carried"] == [2, 4]


def test_an_empty_branch_in_a_list_that_repeats_it_is_doubted_and_not_filled(tmp_path):
    lines = "".join(f"第1支部,みほん{n}町会,10\r\n" for n in range(4))
    table = _read(tmp_path, f"支部,団体名,世帯数\r\n{lines},未加盟の会,20\r\nなし,単独の会,5\r\n")

    assert [row.branch for row in table.rows[-2:]] == ["", ""]
    assert [(p.row, p.code) for p in table.problems] == [(5, "branch_missing")]


def test_sections_titled_with_a_branch_count_for_the_rows_below(tmp_path):
    table = _read(
        tmp_path,
        "No,団体名,会長,世帯数\r\n■第1支部,,,\r\n1,みほん町会,見本,100\r\n小計,,,100\r\n■第2支部,,,\r\n"
        "2,桜町会,桜,５０\r\n合計,2団体,,150\r\n",
    )

    assert [(row.branch, row.name, row.households) for row in table.rows] == [
        ("第1支部", "みほん町会", 100),
        ("第2支部", "桜町会", 50),
    ]


def test_stages_vacant_seats_and_texts_in_place_of_numbers(tmp_path):
    def fill(sheet, _):
        sheet.write("A1", "団体一覧")
        sheet.merge_range("A4:A5", "第１支部")
        head = ("支部", "町会・自治会名", "代表者氏名", "電話", "世帯数", "補助金", "LINE", "HP", "Zoom")
        rows(sheet, 3, [head])
        rows(sheet, 4, [(None, "みほん町会", "欠員", "非公開", "約300世帯", "申請中", "✕", "４", "7")])
        rows(sheet, 5, [(None, "見本会", "見本 三", 9011112222, "1,200", "30,000円", 0, "×", None)])
        rows(sheet, 6, [("第１支部 計", None, None, None, 1500)])

    table = read_organisations(read_foreign_file(book(tmp_path / "団体.xlsx", fill)))
    first, second = table.rows
    assert {"stage:LINE", "stage:HP", "stage:Zoom"} <= {*table.columns.values()}
    assert (first.branch, second.branch) == ("第１支部", "第１支部")
    assert (first.chair, first.is_chair_vacant, first.phone, first.households) == ("", True, "", None)
    assert (first.households_text, first.subsidy_note) == ("約300世帯", "申請中")
    assert (dict(first.stages), dict(second.stages)) == ({"LINE": "×", "HP": "4"}, {"LINE": "0", "HP": "×"})
    assert "Zoomの欄：7" in first.note
    assert (second.phone, second.households, second.subsidy) == ("09011112222", 1200, 30000)
    assert [(p.row, p.column, p.code) for p in table.problems] == [
        (1, "世帯数", "not_a_number"), (1, "補助金", "not_a_number"), (1, "Zoom", "value_out_of_range"),
    ]  # fmt: skip


def test_the_same_organisation_twice_is_doubted_and_a_namesake_of_another_branch_is_not(tmp_path):
    table = _read(
        tmp_path, "支部,団体名,世帯数\r\n第1支部,親和会,1\r\n第2支部,親和会,2\r\n第1支部,親和　会,3\r\n,,\r\n"
    )

    assert [(p.row, p.code) for p in table.problems] == [(3, "duplicate_organisation")]
    assert [n.row for n in table.notices if n.code == "same_name_other_branch"] == [1, 2]
