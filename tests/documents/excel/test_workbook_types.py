"""Numbers, days and times are what they are in a workbook, so that staff can sort, filter and go on counting."""

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from app.documents import blocks as b
from app.documents import handout_blocks as h
from app.documents.excel.numbers import read_day, read_time
from app.documents.excel.render import render_xlsx
from app.documents.ledger_blocks import LedgerRowOnPaper, LedgerSheet


def workbook(*blocks: b.Block, look: str = "report"):
    content = b.DocumentContent(
        kind="見本", reference="R8", version=1, look=look, first_sheet="見本", file_stem="見本", blocks=blocks
    )
    return load_workbook(BytesIO(render_xlsx(content)))


def column(sheet, title: str) -> list[object]:
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == title)
    return [cell.value for (cell,) in sheet.iter_rows(min_row=head.row + 1, min_col=head.column, max_col=head.column)]


def table(title: str, *texts: str, width: float = 60, align: str = "left") -> b.Table:
    columns = (b.Column(title=title, width=width, align=align), b.Column(title="内容", width=100))  # type: ignore[arg-type]
    return b.Table(columns=columns, rows=tuple((text, "見本") for text in texts))


def test_the_numbers_of_roster_labels_and_questions_are_numbers():
    lines = tuple(b.RosterLine(number=str(n), organisation="見本町会", name="見本", group=str(n)) for n in range(1, 12))
    roster = workbook(b.RosterList(lines=lines, totals="予定　11人", grouped=True), look="roster").active
    assert column(roster, "No")[:11] == list(range(1, 12))
    assert column(roster, "班")[:11] == list(range(1, 12))

    labels = tuple(h.Label(organisation=f"見本{n}町会", postal_code="1760001") for n in range(1, 12))
    sheet = workbook(h.LabelSheet(labels=labels)).active
    assert column(sheet, "No")[:11] == list(range(1, 12))
    assert column(sheet, "郵便番号")[:11] == ["1760001"] * 11

    rows = tuple(b.TallyRow(number=str(n), text=f"選択肢{n}", count=n, percent="10.0") for n in range(1, 4))
    chart = b.TallyChart(code="問1", title="見本", type="SA", base=6, rows=rows, note="")
    assert column(workbook(chart).active, "No")[:3] == [1, 2, 3]


@pytest.mark.parametrize(
    ("text", "day", "form"),
    [
        ("R8.9.14", date(2026, 9, 14), "[$-411]ge.m.d"),
        ("R8.9.14（月）", date(2026, 9, 14), '[$-411]ge.m.d"（"aaa"）"'),
        ("R8.9.23（水・祝）", date(2026, 9, 23), '[$-411]ge.m.d"（"aaa"・祝）"'),
        ("令和8年9月10日", date(2026, 9, 10), '[$-411]ggge"年"m"月"d"日"'),
        ("令和8年9月10日（木）", date(2026, 9, 10), '[$-411]ggge"年"m"月"d"日""（"aaa"）"'),
    ],
)
def test_a_day_in_a_cell_is_a_day_that_is_shown_in_wareki(text, day, form):
    for sheet in (workbook(table("確認日", text)).active, workbook(b.KeyValues(rows=(("確認日", text),))).active):
        (cell,) = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, datetime)]
        assert cell.value.date() == day
        assert cell.number_format == form


@pytest.mark.parametrize(
    "text",
    [
        "R8.9.14（火）",
        "R8.13.1",
        "R8.2.30",
        "R1.4.30",
        "R8.11",
        "令和8.9.14",
        "R8年9月14日",
        "令和8年9月1日まで",
        "8.9.14",
        "R08.9.1",
    ],
)
def test_what_is_no_day_or_has_another_weekday_stays_as_it_was_typed(text):
    assert read_day(text) is None
    assert column(workbook(table("確認日", text)).active, "確認日")[0] == text


def test_a_narrow_column_of_days_takes_the_room_of_another_and_holds_nothing_but_days():
    sheet = workbook(table("日", "R8.9.10（木）", "R8.12.10（木）", width=14)).active
    assert [day.date() for day in column(sheet, "日")[:2]] == [date(2026, 9, 10), date(2026, 12, 10)]
    assert sheet.column_dimensions["A"].width > 14 / 25.4 * 96 / 8


def test_days_that_get_no_room_leave_their_weekday_out_all_of_them():
    columns = tuple(b.Column(title=f"{n}日", width=11) for n in range(15))
    rows = tuple(("R8.9.10（木）",) * 15 for _row in range(2))
    cells = [cell for row in workbook(b.Table(columns=columns, rows=rows)).active.iter_rows(min_row=2) for cell in row]
    assert {cell.number_format for cell in cells if isinstance(cell.value, datetime)} == {"[$-411]ge.m.d"}


def test_a_no_is_a_number_beside_a_correction_and_under_the_heading_of_its_group():
    assert column(workbook(table("番号", "1", "2", "1-1")).active, "番号")[:3] == [1, 2, "1-1"]
    columns = (b.Column(title="No", width=9, align="center"), b.Column(title="内容", width=100))
    grouped = b.Table(columns=columns, group_rows=(0,), rows=(("講習会", ""), ("1", "見本"), ("2", "見本")))
    assert column(workbook(grouped).active, "No")[:3] == ["講習会", 1, 2]


def test_the_numbers_of_a_column_show_what_falls_and_thousands_alike():
    sheet = workbook(table("増減", "△12", "+1,300", "0", align="right")).active
    assert column(sheet, "増減")[:3] == [-12, 1300, 0]
    forms = [sheet.cell(row, 1).number_format for row in (2, 3, 4)]
    assert forms == ['#,##0;"△"#,##0;#,##0', '+#,##0;"△"#,##0;#,##0', '#,##0;"△"#,##0;#,##0']


def test_what_is_left_of_a_handout_follows_what_was_printed_and_handed_out():
    columns = (
        b.Column(title="資料名", width=100),
        *(b.Column(title=title, width=20, align="right") for title in ("印刷", "配布", "残部")),
    )
    handouts = b.Table(name="配布資料", columns=columns, rows=(("次第", "20", "16", "4"), ("地図", "20", "16", "3")))
    assert column(workbook(handouts).active, "残部")[:2] == ["=B2-C2", 3]


def test_a_form_is_white_only_where_it_is_filled_in_and_takes_a_day_as_a_day():
    columns = (b.Column(title="項目", width=60), b.Column(title="記入", width=60))
    asked = b.InputTable(
        table=b.Table(name="記入表", columns=columns, rows=(("持込日", ""),), ruled=True),
        inputs=(b.InputCells(column="記入", name="様式_持込日", kind="day"),),
    )
    sheet = workbook(asked).active
    assert (sheet["A2"].fill.fgColor.rgb, sheet["B2"].fill.fill_type) == ("00F0F0F0", None)
    assert sheet["B2"].number_format == "yyyy/m/d"
    (check,) = sheet.data_validations.dataValidation
    assert (check.type, check.errorStyle, str(check.sqref)) == ("date", "warning", "B2")


def test_the_bars_of_a_column_are_filled_evenly():
    columns = (b.Column(title="回", width=60), b.Column(title="％", width=60, align="right", bar=True))
    content = b.DocumentContent(
        kind="見本",
        reference="R8",
        version=1,
        look="report",
        first_sheet="見本",
        file_stem="見本",
        blocks=(b.Table(columns=columns, rows=(("第1回", "80.0"), ("第2回", "60.0"))),),
    )
    with ZipFile(BytesIO(render_xlsx(content))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'gradient="0"' in sheet
    assert sheet.count("{00000001-0000-4000-8000-000000000000}") == 2


def test_times_are_times_only_where_the_whole_column_holds_times():
    assert column(workbook(table("時刻", "9:05", "14:00")).active, "時刻")[:2] == [time(9, 5), time(14, 0)]
    assert column(workbook(table("番号", "14:05", "007")).active, "番号")[:2] == ["14:05", "007"]
    assert read_time("24:00") is None


def test_the_times_of_a_timetable_follow_its_minutes():
    columns = (b.Column(title="時刻", width=20), b.Column(title="分", width=15, align="right"))
    rows = (("14:00", "5"), ("14:05", "20"), ("14:30", "10"), ("14:40", ""), ("15:00", "5"))
    sheet = workbook(b.Table(columns=columns, rows=rows)).active
    # 14:30 does not follow 14:05 and its twenty minutes, and 15:00 stands after a row without minutes.
    assert column(sheet, "時刻")[:5] == [time(14, 0), "=A2+B2/1440", time(14, 30), "=A4+B4/1440", time(15, 0)]


def figures(*, collected: str = "15", people: str = "11", attended: str = "16") -> b.KeyFigures:
    return b.KeyFigures(figures=(
        b.Figure(label="出席者", value=attended, unit="人"),
        b.Figure(label="アンケート回収", value=collected, unit="件", note="回収率 93.8％"),
        b.Figure(label="満足計", value=people, unit="人", note="回収15件中 73.3％（参考値）"),
        b.Figure(label="ほか", value="11", unit="人"),
    ))  # fmt: skip


def tallied() -> tuple[b.Block, ...]:
    rows = (
        b.TallyRow(number="1", text="満足", count=11, percent="73.3"),
        b.TallyRow(number="2", text="不満", count=4, percent="26.7"),
    )
    chart = b.TallyChart(
        code="問1",
        title="満足",
        type="SA",
        base=15,
        rows=rows,
        note="",
        sum_label="満足計",
        sum_count=11,
        sum_percent="73.3",
        positive=("満足",),
    )
    return (b.Heading(level=1, number="4", text="集計", sheet="集計"), chart)


def test_the_first_sheet_says_by_formula_what_the_tally_says():
    book = workbook(figures(), *tallied())
    kept = {cell.value for row in book["見本"].iter_rows() for cell in row if cell.data_type == "f"}
    assert (
        kept
        == {
            "='集計'!$C$5",
            "='集計'!$C$6",
            '="回収率 "&TEXT(ROUND(B1/A1*100,1),"0.0")&"％"',
            """="回収"&'集計'!$C$5&"件中 "&TEXT('集計'!$D$6,"0.0")&"％（参考値）\"""",
        }
        or len(kept) == 4
    )
    assert 11 in {cell.value for row in book["見本"].iter_rows() for cell in row}, "a figure of another name stays"


def test_a_rate_by_another_attendance_than_the_one_beside_it_stays_as_it_is():
    sheet = workbook(figures(attended="20"), *tallied())["見本"]
    kept = {cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "回収率 93.8％" in kept
    assert not [text for text in kept if "回収率" in str(text) and str(text).startswith("=")]


def test_a_figure_of_another_name_follows_the_question_that_it_names():
    figure = b.Figure(label="活用の意向あり", value="11", unit="人", note="回収15件中 73.3％", asked="問1")
    book = workbook(b.KeyFigures(figures=(figure, b.Figure(label="ほか", value="1", unit="件"))), *tallied())
    assert book["見本"]["A2"].value.startswith("='集計'!")


def test_a_figure_that_the_tally_says_otherwise_stays_the_number_it_is():
    book = workbook(figures(collected="14", people="10"), *tallied())
    assert not [cell for row in book["見本"].iter_rows() for cell in row if cell.data_type == "f"]


def test_days_moments_and_counts_of_a_ledger_are_what_they_are_and_not_text():
    cells = (
        ("1", "R8.8.25(火)\n16:00", "R8.9.7(月)", "1件", "区"),
        ("2", "R8.9.3(木)", "—", "12件", "区"),
        ("2-1", "R8.9.4(金)\n9:05", "R8.9.8(火)", "", "受託者"),
    )
    sheet = workbook(
        LedgerSheet(
            title="授受簿",
            about="",
            handling="",
            titles=("番号", "日時", "受領日", "数量", "だれ"),
            widths=(11, 22, 22, 20, 60),
            rows=tuple(LedgerRowOnPaper(cells=row) for row in cells),
        ),
        look="ledger",
    ).active
    assert column(sheet, "日時")[:3] == [datetime(2026, 8, 25, 16), datetime(2026, 9, 3), datetime(2026, 9, 4, 9, 5)]
    assert column(sheet, "受領日")[:3] == [datetime(2026, 9, 7), "—", datetime(2026, 9, 8)]
    assert column(sheet, "数量")[:2] == [1, 12]
    shown = {
        cell.value: cell.number_format for row in sheet.iter_rows() for cell in row if cell.is_date or cell.value == 12
    }
    assert shown[datetime(2026, 8, 25, 16)] == '[$-411]ge.m.d"("aaa")" h:mm'
    assert shown[datetime(2026, 9, 3)] == '[$-411]ge.m.d"("aaa")"'
    assert shown[12] == '0"件"'


def test_days_and_times_that_need_room_leave_every_column_of_words_its_own():
    """持出し管理簿: three columns of day and time beside eleven of words, on one landscape page."""
    moment = "R8.12.1（火）\n10:05"
    columns = tuple(
        b.Column(title=title, width=width)
        for title, width in (
            ("番号", 11.0),
            *((f"日時{n}", 22.0) for n in range(3)),
            ("持ち出し先", 20.9),
            *((f"語{n}", 17.0) for n in range(9)),
        )
    )
    rows = tuple((str(n), moment, moment, moment, "見本こもれび区民館", *["見本"] * 9) for n in range(1, 4))
    sheet = workbook(b.Table(name="見本", columns=columns, rows=rows), look="roster").active
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, 15)]
    assert min(widths) > 4
