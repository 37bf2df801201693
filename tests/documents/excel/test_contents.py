"""Beside the first page: what the book holds, with links, rows and checks; figures and 回収状況 follow their cells."""

import dataclasses
from io import BytesIO

from openpyxl import load_workbook

from app.documents import blocks as b
from app.documents.excel.contents_list import BACK, TITLE
from app.documents.excel.render import render_xlsx
from tests.documents.excel.conftest import single


def columns(*titles):
    return tuple(b.Column(title=title, width=165 / len(titles), align="right") for title in titles)


def report(document, *, minutes="20分（質問 5分）", left="4", returned="15件"):
    stages = (
        b.StageLine(tool="LINE（対象）", before=1, after=3, text="1 → 3"),
        b.StageLine(tool="Instagram", before=0, after=0, text="0（変化なし）"),
    )
    figures = (
        b.Figure(
            label="対象ツール", value="1", unit="件", counted=b.Counted(table="段階", column="ツール", like="*（対象）")
        ),
        b.Figure(label="到達段階", value="1→3", unit="", counted=b.Counted(table="段階", column="前 → 後")),
        b.Figure(
            label="達成した目標", value="2", unit="件", counted=b.Counted(table="目標", column="結果", like="達成*")
        ),
        b.Figure(label="つぎの支援", value="R8.11", unit="", counted=b.Counted(table="支援計画", column="時期")),
        b.Figure(label="延べ", value="7", unit="件", counted=b.Counted(table="目標", column="結果", like="達成*")),
    )
    blocks = (
        b.KeyFigures(figures=figures),
        b.Heading(level=1, number="1", text="概要"),
        b.Table(
            name="仕様との対照",
            columns=columns("項目", "実績"),
            rows=(("実施日", "R8.9.30（水）"), ("実施時間", minutes)),
        ),
        *(b.Paragraph(text="文" * 2600),) * 2,
        b.Heading(level=1, number="2", text="実施内容", sheet="実施内容"),
        b.Table(
            name="時間割",
            columns=columns("時刻", "分", "項目"),
            total_row=True,
            rows=(("14:00", "15", "講義"), ("14:15", "5", "質問"), ("14:20", "20", "終了")),
        ),
        *(b.Paragraph(text="文" * 2600),) * 2,
        b.Heading(level=1, number="3", text="配布資料", sheet="配布資料"),
        b.Table(
            name="配布資料",
            columns=columns("No", "印刷", "配布", "残部"),
            rows=(("1", "20", "16", left), ("2", "", "", "")),
        ),
        *(b.Paragraph(text="文" * 2600),) * 2,
        b.Heading(level=1, number="4", text="集計", sheet="集計"),
        b.Table(
            name="回収状況",
            columns=columns("配布（出席者）", "紙", "オンライン", "回収　計", "回収率"),
            rows=(("16人", "10件", "5件", returned, "93.8％"),),
        ),
        single("問1", "役割", (("会長", 9), ("会員", 6)), 0),
        b.Heading(level=1, number="5", text="到達状況", sheet="到達状況"),
        b.StageChart(words=("0", "1", "2", "3"), lines=stages, note="", name="段階"),
        b.Table(name="目標", columns=columns("No", "結果"), rows=(("1", "達成 9人"), ("2", "達成"), ("3", "一部達成"))),
        b.Table(name="支援計画", columns=columns("時期", "内容"), rows=(("R8.11", "確認"),)),
        *(b.Paragraph(text="文" * 2600),) * 2,
    )
    content = dataclasses.replace(document, blocks=blocks, look="report")
    data = render_xlsx(content)
    return load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)


def beside(book, results):
    """The list: chapter → (words, rows, check), and where its link leads."""
    sheet, shown = book.worksheets[0], results.worksheets[0]
    (head,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == TITLE]
    found = {}
    for row in range(head.row + 2, sheet.max_row + 1):
        cell = sheet.cell(row, head.column)
        if cell.hyperlink is not None:
            found[cell.value] = (
                cell.hyperlink.location,
                *(shown.cell(row, head.column + number).value for number in (1, 2, 3)),
            )
    return found


def test_every_chapter_has_a_link_its_rows_and_what_agrees(document):
    book, results = report(document)
    found = beside(book, results)
    assert list(found)[1:] == ["実施内容", "配布資料", "集計", "到達状況"]
    for name, (place, *_rest) in found.items():
        sheet, _, cell = place.rpartition("!")
        target = book[sheet.strip("'")]
        near = [target.cell(target[cell].row + down, 1).value for down in range(2)]
        assert name == next(iter(found)) or any(name in str(value) for value in near)
    assert [rest[2] for rest in found.values()] == [2, 3, 2, 1, 4]
    assert [rest[3] for rest in found.values()] == [None, "○ 計20分", "○ 印刷－配布＝残部", "○ 計＝回収数", None]
    for sheet in book.worksheets[1:]:
        (back,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == BACK]
        assert back.hyperlink.location == f"'{book.worksheets[0].title}'!A1"


def test_what_does_not_agree_is_marked(document):
    checks = [rest[3] for rest in beside(*report(document, minutes="25分", left="3")).values()]
    assert checks[1:3] == ["× 計20分", "× 印刷－配布＝残部"]


def test_the_row_of_what_came_back_adds_up_and_every_n_follows_it(document):
    book, results = report(document)
    sheet, shown = book["集計"], results["集計"]
    found = {str(cell.value): cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"}
    added = next(cell for text, cell in found.items() if text.count("+") == 1 and "ROUND" not in text)
    rate = next(cell for text, cell in found.items() if text.startswith("=ROUND") and cell.row == added.row)
    assert (shown[added.coordinate].value, shown[rate.coordinate].value) == (15, 93.8)
    other, _shown = report(document, returned="14件")
    assert not [
        cell
        for line in other["集計"].iter_rows(max_row=added.row)
        for cell in line
        if cell.data_type == "f" and "+" in cell.value
    ], "a sum that does not hold stays as it is"


def test_a_figure_that_counts_a_table_follows_it_and_another_stays_a_number(document):
    book, results = report(document)
    sheet, shown = book.worksheets[0], results.worksheets[0]
    values = [cell for cell in sheet[2] if cell.value is not None and cell.column <= 10]
    said = {shown[cell.coordinate].value: str(cell.value) for cell in values}
    assert said[1].startswith("=COUNTIF('到達状況'!")
    assert said[1].endswith(',"*（対象）")')
    assert said["1→3"].startswith("=SUBSTITUTE('到達状況'!")
    assert said[2].startswith("=COUNTIF('到達状況'!")
    assert said["R8.11"].startswith("='到達状況'!")
    assert said[7] == "7"
