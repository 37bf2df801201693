"""A PDF of others is opened in a child process: what stops others is refused in words, what is damaged is said, and the
rest comes back."""

import io
import threading
import time
from functools import partial
from multiprocessing import process

import pikepdf
import psutil
import pypdf
import pytest

from app.documents.blocks import DocumentContent, Paragraph
from app.documents.pdf.render import render_pdf
from app.foreign_files import pdf_reading
from app.foreign_files.children import pdf_child
from app.foreign_files.children.limited_child import ChildLimits, LimitedChild
from app.foreign_files.pdf_reading import (
    MAX_MEGABYTES,
    MAX_SECONDS,
    JoinPart,
    ReadingCancelled,
    ReceivedPdf,
    UnreadablePdf,
    count_pages,
    encrypt_received_pdf,
    join_received_pdfs,
    open_received_pdf,
    read_pdf_words,
)
from tests.support import hostile_pdfs
from tests.support.handout_pdfs import handout, japanese, locked, with_form_font
from tests.support.in_full import some

HANDOUT = handout()
LACKING = (
    "このPDFには日本語のフォントが入っておらず、ここや別のパソコンでは文字が空白になることがあるので、"
    "受託者に、フォントを埋め込んだPDFを頼んでください（受け取ったファイルはそのまま残ります）。"
)
DOCUMENT = DocumentContent(
    kind="資料",
    reference="x",
    version=1,
    look="report",
    blocks=(Paragraph(text="写真の撮り方"),),
    first_sheet="x",
    file_stem="資料",
)
NOTHING = {"set_words": "部目", "metadata": "<x/>", "information": {"Title": "配布資料"}}


def without_pages() -> bytes:
    return hostile_pdfs.written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])


@pytest.fixture
def biggest(monkeypatch):
    """The most memory that any child had, in MB, looked at whenever the watch looks."""
    seen = [0.0]
    real = psutil.Process.memory_info

    def look(process):
        told = real(process)
        seen[0] = max(seen[0], told.rss / 1024 / 1024)
        return told

    monkeypatch.setattr(psutil.Process, "memory_info", look)
    return seen


@pytest.mark.parametrize(
    ("made", "ends"),
    some(
        [
            (hostile_pdfs.nested_forms, {"time", "memory"}),
            (partial(hostile_pdfs.many_strokes, 300_000), {"", "time", "memory"}),
            (hostile_pdfs.deep_tree, {"pages"}),
            (partial(hostile_pdfs.many_objects, 100_000), {"", "time", "memory"}),
            (hostile_pdfs.huge_picture, {"", "time", "memory"}),
        ],
        of=2,
    ),
)
def test_what_was_made_to_stop_a_reader_is_refused_in_words_or_does_no_harm(made, ends, biggest):
    data = made()
    begun = time.monotonic()
    why, said = "", ()
    try:
        with open_received_pdf(data) as pdf:
            pdf.open()
            pdf.draw(0, 800, 1132)
    except UnreadablePdf as problem:
        why, said = problem.why, (problem.happened, problem.lost, problem.todo)
    took = time.monotonic() - begun
    assert why in ends
    assert all(one.endswith("。") for one in said)
    assert bool(said) == bool(why)
    # A wide berth for a machine that does other things: the child is ended after SECONDS, counted from when it is
    # ready.
    assert took < 2 * MAX_SECONDS + 2
    assert biggest[0] < MAX_MEGABYTES + 60


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (HANDOUT[: len(HANDOUT) // 3], "broken"),
        (b"", "broken"),
        (b"%PDF-1.7 torn", "broken"),
        (b"PK\x03\x04 a presentation", "broken"),
        (locked(HANDOUT), "password"),
        (without_pages(), "broken"),
    ],
)
def test_what_is_damaged_locked_or_empty_is_said(data, why):
    with pytest.raises(UnreadablePdf) as found:
        count_pages(data)
    assert found.value.why == why
    assert "受け取ったファイルはそのまま残っています" in found.value.lost


def test_words_and_pixels_stand_where_they_are_seen_on_a_page_turned_and_cut():
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(HANDOUT)) as paper:
        for page in paper.pages:
            page.Rotate = 90
            page.CropBox = [40, 0, 595, 842]
        paper.save(turned)
    for data, sideways in ((HANDOUT, False), (turned.getvalue(), True)):
        with open_received_pdf(data) as pdf:
            wide, high = pdf.open().sizes[0]
            assert (wide > high) == sideways
            words = pdf.words(0)
            grey = pdf.draw(0, round(wide), round(high), grey=True)
        start = words.text.index("Handout")
        left, top, right, bottom = words.area(start, len("Handout"))
        inside = [
            grey.pixels[y * grey.stride + x]
            for y in range(round(top), round(bottom))
            for x in range(round(left), round(right))
        ]
        assert 0 <= left < right <= wide
        assert 0 <= top < bottom <= high
        assert sum(dot < 128 for dot in inside) > len(inside) / 10


def test_a_page_is_never_drawn_in_more_dots_than_are_taken():
    with open_received_pdf(HANDOUT) as pdf:
        page = pdf.draw(0, 40_000, 50_000)
    assert page.width * page.height <= pdf_child.MAX_PIXELS
    assert page.width / page.height == pytest.approx(4 / 5, abs=0.01)


def test_a_child_that_was_let_go_comes_again_and_one_that_was_left_does_not():
    pdf = ReceivedPdf(HANDOUT)
    assert pdf.open().page_count == 5
    first = pdf._child._child.pid
    pdf.suspend()
    assert pdf.draw(4, 60, 80).width == 60
    assert pdf._child._child.pid != first
    second = psutil.Process(pdf._child._child.pid)
    pdf.cancel()
    with pytest.raises(ReadingCancelled):
        pdf.draw(0, 60, 80)
    assert second.wait(10) is not None or not second.is_running()


def test_every_document_has_a_child_of_its_own_and_the_next_one_waits_already():
    with open_received_pdf(HANDOUT) as pdf:
        pdf.open()
        pdf.draw(0, 60, 80)
        first = pdf._child._child.pid
        (waiting,) = pdf_reading._SPARE_CHILDREN
    with open_received_pdf(HANDOUT) as pdf:
        assert pdf._child is waiting
        assert pdf._child._child.pid != first
        pdf.draw(0, 60, 80)
        (waiting,) = pdf_reading._SPARE_CHILDREN
    waiting.kill()
    waiting._child.join(10)
    assert count_pages(HANDOUT) == 5  # one that has gone meanwhile is not asked


@pytest.mark.nightly
def test_a_page_that_brings_the_child_down_leaves_the_others_to_be_seen_until_it_is_enough():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(hostile_pdfs.nested_forms())) as bad, pikepdf.open(io.BytesIO(HANDOUT)) as good:
        for _ in range(3):
            good.pages.append(bad.pages[0])
        good.save(out)
    began = time.monotonic()
    with open_received_pdf(HANDOUT) as usual:
        usual.draw(0, 60, 80)
    slow = 2 * (time.monotonic() - began)  # where all is slow, a good page is too
    pdf = ReceivedPdf(out.getvalue(), caps=ChildLimits(seconds=max(0.7, slow), megabytes=MAX_MEGABYTES))
    for bad_page in (5, 6, 7):
        assert pdf.draw(0, 60, 80).width == 60
        with pytest.raises(UnreadablePdf):
            pdf.draw(bad_page, 600, 800)
    with pytest.raises(UnreadablePdf):
        pdf.draw(0, 60, 80)
    pdf.close()


def test_the_child_writes_one_pdf_of_several_and_says_the_pages_of_each():
    one = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(one)
    parts = [JoinPart(data=HANDOUT, bookmark="スライド"), JoinPart(data=one.getvalue(), times=2, bookmark="手引き")]
    joined = join_received_pdfs(parts, sets=2, whole_sheets=True, **NOTHING)
    read = pypdf.PdfReader(io.BytesIO(joined.data))
    assert (joined.pages, len(read.pages), joined.pages_by_part) == (20, 20, (5, 1))
    assert read.metadata.title == "配布資料"
    top = [mark for mark in read.outline if not isinstance(mark, list)]
    assert [(mark.title, read.get_destination_page_number(mark)) for mark in top] == [("1部目", 0), ("2部目", 10)]
    with pytest.raises(UnreadablePdf) as found:
        join_received_pdfs([parts[0], JoinPart(data=locked(HANDOUT))], **NOTHING)
    assert (found.value.why, found.value.part) == ("password", 1)


def test_the_child_closes_a_pdf_with_a_password_and_leaves_one_alone_that_has_one():
    closed = encrypt_received_pdf(HANDOUT, "うみかぜと見本の鍵は長い12", not_said="")
    with pikepdf.open(io.BytesIO(closed), password="うみかぜと見本の鍵は長い12") as paper:
        assert len(paper.pages) == 5
    assert count_pages(HANDOUT) == 5
    with pytest.raises(UnreadablePdf, match="パスワード"):
        count_pages(closed)
    with pytest.raises(UnreadablePdf, match="パスワード"):
        encrypt_received_pdf(closed, "別のパスワード1234", not_said="")


def test_a_form_of_the_kind_that_readers_cannot_show_is_known_as_one():
    with open_received_pdf(hostile_pdfs.special_form()) as pdf:
        assert pdf.open().warning.startswith("入力用の特別な形式のPDF")
    with open_received_pdf(HANDOUT) as pdf:
        assert pdf.open().warning == "", "Helvetica, which every reader has"


@pytest.mark.parametrize(
    ("data", "lacks"),
    [
        (japanese(), True),
        (japanese(objects_packed=True), True),
        *((japanese(embedded=f"/FontFile{kind}"), False) for kind in ("", "2", "3")),
        (with_form_font(), False),
        (render_pdf(DOCUMENT).data, False),
    ],
    ids=["not embedded", "packed", "Type1", "TrueType", "CFF", "of a form", "our own"],
)
def test_a_pdf_without_its_japanese_fonts_is_shown_and_says_what_to_ask_for(data, lacks):
    with open_received_pdf(data) as pdf:
        facts = pdf.open()
        assert pdf.draw(0, 60, 80).width == 60
    assert (facts.page_count, facts.warning) == (1, LACKING if lacks else "")
    joined = join_received_pdfs([JoinPart(data=HANDOUT), JoinPart(data=data)], **NOTHING)
    assert (joined.pages, joined.lack_fonts) == (6, (False, lacks))


@pytest.mark.parametrize("damage", [b"/DescendantFonts 7", b"/DescendantFonts [7]", b"/DescendantFonts [null]"])
def test_a_font_that_is_damaged_refuses_no_file(damage):
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F << %s >> >> >> >>" % damage
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    data = hostile_pdfs.written([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page])
    with open_received_pdf(data) as pdf:
        assert (pdf.open().page_count, pdf.open().warning) == (1, "")


def test_the_words_of_all_pages_come_in_their_order():
    words = read_pdf_words(HANDOUT)
    assert len(words) == 5
    assert all(len(one.character_boxes) == 4 * len(one.text) for one in words)
    assert words[0].area(0, 0) == (0.0, 0.0, 0.0, 0.0)


def test_pages_that_are_too_much_together_stop_whoever_reads_their_words(monkeypatch):
    data = hostile_pdfs.one_text_on_many_pages(3, texts=1)
    asked: list[int] = []
    each = ReceivedPdf.words
    monkeypatch.setattr(ReceivedPdf, "words", lambda pdf, number: asked.append(number) or each(pdf, number))
    monkeypatch.setattr(pdf_reading, "MAX_TOTAL_CHARACTERS", 40_000)
    with pytest.raises(UnreadablePdf, match="文字が多すぎる"):
        read_pdf_words(data)
    assert asked == [0, 1]
    monkeypatch.setattr(pdf_reading, "MAX_TOTAL_SECONDS", 0.0)
    with pytest.raises(UnreadablePdf, match="時間がかかりすぎる"):
        read_pdf_words(data)
    assert asked == [0, 1, 0]


def test_a_child_is_put_away_before_the_next_one_looks_over_those_there_are(monkeypatch):
    """A start asks every child that it knows of; one whose window was just shut had nothing left to ask for."""
    order: list[str] = []
    asked = threading.Event()
    look, ended = process._cleanup, LimitedChild(pdf_child.serve, MAX_MEGABYTES)
    put_away = ended._child.close

    def looks():
        order.append("looks")
        asked.set()
        look()

    def closes():
        monkeypatch.setattr(process, "_cleanup", looks)
        starting.start()
        asked.wait(0.3)
        put_away()
        order.append("put away")

    starting = threading.Thread(target=lambda: LimitedChild(pdf_child.serve, MAX_MEGABYTES).close())
    monkeypatch.setattr(ended._child, "close", closes)
    ended.close()
    starting.join()
    assert order == ["put away", "looks"]
