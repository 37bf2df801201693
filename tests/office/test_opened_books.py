"""What the look at a workbook opened by LibreOffice calls wrong, and what its table says."""

import pytest

from app.documents.blocks import DocumentContent, Paragraph, Title
from app.documents.pdf.render import render_pdf
from tests.office.run import EXCEPTIONS, Opened, errors_in, looked_at, most_pages, table


@pytest.fixture
def printed(tmp_path):
    def write(*texts):
        content = DocumentContent(
            kind="報告",
            reference="R8",
            version=1,
            look="report",
            first_sheet="概要",
            file_stem="報告",
            blocks=(Title(text="報告"), *(Paragraph(text=text) for text in texts)),
        )
        path = tmp_path / "printed.pdf"
        path.write_bytes(render_pdf(content).data)
        return path

    return write


def test_a_page_without_errors_is_counted(tmp_path, printed):
    assert looked_at(tmp_path / "R8-講01.xlsx", printed("17人")) == Opened("R8-講01", pages=1)


@pytest.mark.parametrize("error", ["#REF!", "#NAME?", "Err:502", "###"])
def test_an_error_in_a_cell_is_named_with_its_page(tmp_path, printed, error):
    (wrong,) = looked_at(tmp_path / "R8-講01.xlsx", printed(error)).wrong

    assert wrong.startswith("1ページに「")


def test_a_book_that_does_not_open_or_shows_nothing_is_wrong(tmp_path):
    assert looked_at(tmp_path / "R8-講01.xlsx", tmp_path / "none.pdf").wrong == ["開けません"]
    assert errors_in([" ", ""]) == ["何も書かれていません"]


def test_the_table_names_every_book_and_counts_what_is_wrong():
    said = table([Opened("R8-講01", pages=2, as_pdf=1), Opened("R8-講02", wrong=["開けません"])]).splitlines()

    assert said[1].split() == ["2", "1", "R8-講01"]
    assert said[2].split("　")[-1] == "不合格: 開けません"
    assert said[3] == "ブック 2件、不合格 1件"


def test_a_book_of_more_than_a_page_over_its_paper_is_wrong(tmp_path, printed):
    printed("17人").rename(tmp_path / "R8-講01.pdf")
    long = printed(*(f"{number}段落\n" * 30 for number in range(8)))

    found = looked_at(tmp_path / "R8-講01.xlsx", long)
    assert (found.as_pdf, most_pages(found)) == (1, 2)
    assert found.wrong == [f"{found.pages}ページ（2ページまで）"]


def test_exceptions_have_a_reason():
    assert all(more > 1 and why for more, why in EXCEPTIONS.values())
    assert most_pages(Opened("R8-アンケート中間集計", as_pdf=5)) == 6
    assert most_pages(Opened("令和8年度-事故等報告書（様式）", as_pdf=2)) == 4
