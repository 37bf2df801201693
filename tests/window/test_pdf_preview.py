"""The preview shows the PDF itself from memory and prints its pages."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from app.widgets.pdf.pdf_pages import PageMark
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.pdf.pdf_printing import PrintJob, chosen_pages, new_printer
from tests.support.window_parts import sample_pdf


def preview_of(qtbot, data: bytes) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(600, 700)
    made.show()
    made.show_pdf(data)
    return made


def paper_printer(preview: PdfPreview, path: Path, **wishes: bool) -> QPrinter:
    printer = new_printer(preview.pages.source, **wishes)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_pages_are_counted_and_turned_by_buttons_and_keys(qtbot):
    preview = preview_of(qtbot, sample_pdf(3))
    assert (preview.page_count(), preview.count.text()) == (3, "1 / 3")
    preview.on.click()
    assert preview.count.text() == "2 / 3"
    qtbot.keyClick(preview.pages, Qt.Key.Key_End)
    assert (preview.count.text(), preview.on.isEnabled()) == ("3 / 3", False)
    qtbot.keyClick(preview.pages, Qt.Key.Key_PageUp)
    assert preview.count.text() == "2 / 3"


def test_zoom_steps_and_fits_the_width_again(qtbot):
    preview = preview_of(qtbot, sample_pdf(1))
    fitted = preview.pages.zoom()
    preview.larger.click()
    assert preview.pages.zoom() > fitted
    preview.smaller.click()
    preview.width_button.click()
    assert preview.pages.zoom() == fitted


def test_marks_lie_over_the_page_and_leave_the_pdf_alone(qtbot):
    preview = preview_of(qtbot, sample_pdf(1))
    before = preview.pages.viewport().grab().toImage()
    preview.show_marks((PageMark(page=1, x=72, y=300, width=120, height=20, words="1"),))
    after = preview.pages.viewport().grab().toImage()
    assert before != after
    preview.show_marks(())
    assert preview.pages.viewport().grab().toImage() == before


def test_a_broken_file_says_so_in_place(qtbot):
    preview = preview_of(qtbot, sample_pdf(1)[:200])
    assert "表示できません" in preview.words()
    assert (preview.page_count(), preview.count.text()) == (0, "")
    preview.show_pdf(sample_pdf(2))
    assert (preview.words(), preview.page_count()) == ("", 2)


def test_printing_draws_every_page_and_tells_what_went_out(qtbot, tmp_path):
    preview = preview_of(qtbot, sample_pdf(3))
    out = tmp_path / "printed.pdf"
    run = PrintJob(preview.pages.source, paper_printer(preview, out))
    with qtbot.waitSignal(run.finished) as told:
        run.start()
    assert (told.args[0].pages, told.args[0].copies) == (3, 1)
    printed = QPdfDocument()
    printed.load(str(out))
    assert printed.pageCount() == 3
    points = printed.pagePointSize(0)
    assert abs(points.width() - 595) < 2
    assert abs(points.height() - 842) < 2


def ink(image: QImage) -> tuple[int, int]:
    """First column and row with something dark."""
    for y in range(image.height()):
        for x in range(image.width()):
            if image.pixelColor(x, y).lightness() < 100 and image.pixelColor(x, y).alpha() > 0:
                return x, y
    return -1, -1


def test_a_printed_page_has_everything_at_its_place(qtbot, tmp_path):
    preview = preview_of(qtbot, sample_pdf(1))
    out = tmp_path / "printed.pdf"
    run = PrintJob(preview.pages.source, paper_printer(preview, out))
    with qtbot.waitSignal(run.finished):
        run.start()
    printed = QPdfDocument()
    printed.load(str(out))
    size = preview.pages.source.sizes[0].toSize()
    shown: list[QImage] = []
    preview.pages.source.draw(0, size, shown.append, pytest.fail)
    theirs, ours = ink(shown[0]), ink(printed.render(0, size))
    assert abs(theirs[0] - ours[0]) <= 2
    assert abs(theirs[1] - ours[1]) <= 2


def test_a_page_range_is_kept(qtbot, tmp_path):
    preview = preview_of(qtbot, sample_pdf(3))
    printer = paper_printer(preview, tmp_path / "p.pdf")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert chosen_pages(preview.pages.source, printer) == [1, 2]


def test_a_printer_starts_black_and_white_and_on_both_sides(qtbot):
    preview = preview_of(qtbot, sample_pdf(2))
    printer = new_printer(preview.pages.source)
    assert printer.colorMode() == QPrinter.ColorMode.GrayScale


def test_a_stopped_print_tells_so(qtbot, tmp_path):
    preview = preview_of(qtbot, sample_pdf(3))
    run = PrintJob(preview.pages.source, paper_printer(preview, tmp_path / "p.pdf"))
    run.progressed.connect(lambda done, _total: run.stop() if done == 1 else None)
    with qtbot.waitSignal(run.stopped):
        run.start()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_refuses_says_so(qtbot, tmp_path):
    preview = preview_of(qtbot, sample_pdf(1))
    run = PrintJob(preview.pages.source, paper_printer(preview, tmp_path / "no" / "such" / "p.pdf"))
    with qtbot.waitSignal(run.failed) as told:
        run.start()
    assert "プリンター" in told.args[0].happened


def test_the_drawn_pages_are_let_go_when_the_screen_is_left_and_come_again(qtbot):
    preview = preview_of(qtbot, sample_pdf(2))
    before = preview.pages.viewport().grab().toImage()
    assert preview.pages._images
    preview.hide()
    assert not preview.pages._images
    preview.show()
    assert (preview.page_count(), preview.pages.viewport().grab().toImage()) == (2, before)


def test_a_page_that_just_fits_comes_to_rest(qtbot):
    """With the bar it fitted, without it was too high: the page swung between the two as long as it was shown."""
    preview = preview_of(qtbot, sample_pdf(1))
    for height in range(740, 860, 4):
        preview.resize(500, height)
        widths = []
        for _turn in range(12):
            QApplication.processEvents()
            widths.append(preview.pages.viewport().width())
        assert len(set(widths[4:])) == 1, height
