"""Numbers, days and times are what they are in a workbook, so that staff can sort, filter and go on counting."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.papers import blocks as b
from app.papers import handout_blocks as h
from app.papers.excel.numbers import read_day, read_time
from app.papers.excel.render import render_xlsx


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


def test_a_day_that_has_no_room_in_its_column_stays_a_text_that_wraps():
    assert column(workbook(table("日", "令和8年12月10日（木）", width=14)).active, "日")[0] == "令和8年12月10日（木）"


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


def figures(*, collected: str = "15", people: str = "11") -> b.KeyFigures:
    return b.KeyFigures(figures=(
        b.Figure(label="出席者", value="16", unit="人"),
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
        code="問1", title="満足", type="SA", base=15, rows=rows, note="", sum_label="満足計", sum_count=11,
        sum_percent="73.3", positive=("満足",),
    )  # fmt: skip
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


def test_a_figure_that_the_tally_says_otherwise_stays_the_number_it_is():
    book = workbook(figures(collected="14", people="10"), *tallied())
    assert not [cell for row in book["見本"].iter_rows() for cell in row if cell.data_type == "f"]
