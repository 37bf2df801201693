"""A list of 10,000 rows and 20 columns as xlsx against XlsxWriter writing the same texts with one look."""

import io
from datetime import datetime

import xlsxwriter

from app.documents.excel.render import render_xlsx
from app.documents.list_sheet import list_sheet
from db.records.programme import Programme
from tests.bench.paired import Paired, pair

ROWS, COLUMNS = 10_000, 20


def measure() -> Paired:
    """Time the list as the window exports it against a bare constant-memory-free XlsxWriter sheet."""
    heads = [f"項目{number}" for number in range(1, COLUMNS + 1)]
    rows = [
        [
            # Numbers, words that come again (団体), and words that never do (氏名, 受付番号).
            str(row)
            if column % 5 == 0
            else f"見本{row % 97}町会 {column}"
            if column % 5 < 3
            else f"見本{row}番{column}"
            for column in range(COLUMNS)
        ]
        for row in range(ROWS)
    ]
    programme = Programme(fiscal_year=2026, title="見本事業", term_end=datetime(2027, 3, 31).date())
    now = datetime(2026, 12, 1, 9, 5)

    def ours() -> bytes:
        return render_xlsx(
            list_sheet(programme, title="一覧", columns=heads, rows=rows, made_at=now, reference="R8-一覧")
        )

    def bare() -> bytes:
        buffer = io.BytesIO()
        book = xlsxwriter.Workbook(buffer, {"in_memory": True})
        look = book.add_format({"font_name": "BIZ UDPゴシック", "font_size": 10, "bottom": 1, "text_wrap": True})
        sheet = book.add_worksheet("一覧")
        sheet.write_row(0, 0, heads, look)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                if text.isdigit():
                    sheet.write_number(number, column, int(text), look)
                else:
                    sheet.write_string(number, column, text, look)
        book.close()
        return buffer.getvalue()

    return pair(ours, bare, rounds=5, warm=0)
