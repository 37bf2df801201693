"""Every number on the papers of the sample year is found whole by whoever searches, copies or listens."""

import io
import re

import pytest
from pypdf import PdfReader

from app.documents.blocks import Column, DataSheet, Figure, KeyFigures, Table, TallyChart, TallyRow, Title
from app.documents.pdf.printable import drawn_texts
from app.documents.pdf.render import render_pdf
from tests.documents.pdf.everything_on_paper import content
from tests.support.in_full import some
from tests.support.sample_papers import sample_papers
from tests.support.second_reader import text_read_by_pdfium

NUMBER = re.compile(r"[0-9]+(?:[.,:/-][0-9]+)*")


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


@pytest.mark.nightly
def test_every_number_of_the_sample_papers_is_read_back_whole(qapp):
    lost = {}
    for paper in some(sample_papers(), of=3):
        drawn = tuple(block for block in paper.blocks if not isinstance(block, DataSheet))
        wanted = numbers("\n".join(drawn_texts(drawn)))
        missing = wanted - numbers(text_read_by_pdfium(render_pdf(paper).data))
        if missing:
            lost[paper.file_stem] = sorted(missing)
    assert lost == {}


@pytest.mark.parametrize("number", ["11", "111", "11.8", "R8.11.13", "11:00", "110", "1,111"])
def test_a_number_with_ones_beside_each_other_is_one_word_in_every_column(number, qapp):
    columns = (
        Column(title="左", width=40),
        Column(title="右", width=40, align="right"),
        Column(title="中", width=40, align="center"),
    )
    read = text_read_by_pdfium(render_pdf(content(Table(columns=columns, rows=((number,) * 3,)))).data)
    assert re.findall(r"[0-9R.,:]*1[0-9.,:]*", read.replace("R8-", "")).count(number) == 3


def test_a_title_whose_characters_stand_apart_is_one_word(qapp):
    data = render_pdf(content(Title(text="報告書"))).data
    assert "報告書" in text_read_by_pdfium(data)
    assert b"/ActualText" in PdfReader(io.BytesIO(data)).pages[0].get_contents().get_data()


def test_figures_and_charts_say_their_numbers_whole(qapp):
    rows = tuple(TallyRow(number=str(n), text=f"選択肢{n}", count=11, percent="11.1") for n in range(1, 10))
    chart = TallyChart(code="問11", title="見本", type="MA", base=99, rows=rows, note="注　ｎ＝99。")
    figures = KeyFigures(figures=(Figure(label="出席", value="111", unit="人"),))
    read = text_read_by_pdfium(render_pdf(content(figures, chart)).data)
    assert read.count("11.1") == 9
    assert "111" in read
