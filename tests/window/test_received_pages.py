"""A PDF of others in the window: its pages come beside it, the window answers meanwhile, and nothing of it stays when
it is left."""

import io
import time

import pikepdf
import psutil
import pytest
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.common import failure_log
from app.documents.screens import document_print
from app.documents.screens.document_print import print_document
from app.foreign_files.pdf_reading import MAX_SECONDS, ReceivedPdf
from app.widgets.buttons import Button
from app.widgets.pdf import pdf_printing
from app.widgets.pdf.page_source import ReceivedPages
from app.widgets.pdf.pdf_preview import PdfPreview
from tests.support import hostile_pdfs
from tests.support.doing import do
from tests.support.handout_pdfs import handout, japanese
from tests.support.in_full import some
from tests.support.waiting import wait_idle

HANDOUT = handout()
MOST_GAP_MS = 100


class Pulse(QObject):
    """Beats in the window's own event loop, and keeps the longest time between two beats (ms).

    ``longest`` counts what this program itself took: on a machine that does other things the clock goes on by itself.
    ``by_clock`` is what a person would have waited.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.by_clock, self.beats = 0.0, 0, 0
        self._taken = time.process_time()
        self._since = QElapsedTimer()
        self._timer = QTimer(self, interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._since.start()
        self._timer.start()

    def _beat(self) -> None:
        taken = time.process_time()
        self.longest = max(self.longest, (taken - self._taken) * 1000)
        self.by_clock = max(self.by_clock, self._since.restart())
        self._taken = taken
        self.beats += 1


def is_drawn(pages, page):
    """Return whether a page (from 1) is rendered at its present size."""
    kept = pages._images.get(page - 1)
    return kept is not None and kept[0] == pages._pixels_of(page - 1).width()


def gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def child_of(preview: PdfPreview) -> psutil.Process:
    return psutil.Process(preview.pages.source._pdf._child._child.pid)


@pytest.fixture
def preview(qtbot, desk):
    """A preview beside a form that is being filled."""
    window = QWidget()
    window.typed = QLineEdit()
    made = PdfPreview()
    made.desk = desk
    made.typed = window.typed
    column = QVBoxLayout(window)
    column.addWidget(window.typed)
    column.addWidget(made, 1)
    qtbot.addWidget(window)
    window.resize(700, 900)
    window.show()
    made.window_ = window
    return made


def shown(qtbot, preview, data, **wishes):
    with qtbot.waitSignal(preview.pages_shown):
        preview.show_received(preview.desk, data, **wishes)
    wait_idle(qtbot, preview.desk)


def test_pages_come_are_turned_and_are_sharp_at_every_zoom(qtbot, preview):
    turned = []
    shown(qtbot, preview, HANDOUT, title="第1版", note="資料.pdf", on_shown=lambda: turned.append(preview.page_count()))
    assert turned == [5]
    assert (preview.title.text(), preview.count.text(), preview.words()) == ("第1版", "1 / 5", "")
    pages = preview.pages
    do(qtbot, preview.desk, pages.grab)
    assert is_drawn(pages, 1)
    assert is_drawn(pages, 2)  # the next one is there before it is turned to
    assert not is_drawn(pages, 4)
    preview.larger.click()
    do(qtbot, preview.desk, pages.grab)
    assert is_drawn(pages, 1)
    preview.pages.go_to_page(5)
    do(qtbot, preview.desk, pages.grab)
    assert is_drawn(pages, 5)


def test_every_page_in_sight_is_drawn_however_many_small_ones_that_are(qtbot, preview):
    made, strips = io.BytesIO(), pikepdf.new()
    for _ in range(30):
        strips.add_blank_page(page_size=(595, 30))
    strips.save(made)
    shown(qtbot, preview, made.getvalue())
    pages = preview.pages
    do(qtbot, preview.desk, pages.grab)
    seen = [number + 1 for number in pages._visible_pages()]
    assert len(seen) > 12
    assert all(is_drawn(pages, page) for page in seen)
    pages.go_to_page(30)
    do(qtbot, preview.desk, pages.grab)
    assert not is_drawn(pages, 1)


@pytest.mark.parametrize(
    "made", some([hostile_pdfs.nested_forms, hostile_pdfs.deep_tree, hostile_pdfs.huge_picture], of=3)
)
def test_the_window_answers_and_the_form_beside_it_is_kept_while_a_hostile_file_is_refused(qtbot, preview, made):
    data = made()
    preview.typed.setText("申込者から")
    pulse = Pulse()
    preview.show_received(preview.desk, data)
    typed = 0
    while preview.desk.tasks.is_busy:
        qtbot.keyClicks(preview.typed, "a")
        typed += 1
        QApplication.processEvents()
        preview.pages.viewport().grab()
    assert pulse.longest <= MOST_GAP_MS
    # Waiting for the child takes nothing, but nobody could type meanwhile.
    assert pulse.beats >= 3
    assert pulse.by_clock < MAX_SECONDS * 1000 / 2
    assert preview.typed.text() == f"申込者から{'a' * typed}"
    said = preview.words() or preview.pages._unseen.get(0, "")
    assert said == "" or "安全のために途中で止めました" in said or "ページが多すぎる" in said
    if made is hostile_pdfs.nested_forms:
        assert "送り主に" in said


def test_what_cannot_be_opened_says_so_in_place_and_the_next_file_is_shown(qtbot, preview):
    shown(qtbot, preview, HANDOUT[:300], on_shown=lambda: pytest.fail("nothing is there to be turned to"))
    assert "途中で切れているか" in preview.words()
    assert "受け取ったファイルはそのまま残っています" in preview.words()
    assert preview.page_count() == 0
    shown(qtbot, preview, HANDOUT)
    assert (preview.words(), preview.page_count()) == ("", 5)


def test_a_file_shown_after_another_is_the_one_that_stands_there(qtbot, preview):
    single = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(single)
    preview.show_received(preview.desk, HANDOUT, on_shown=lambda: pytest.fail("it was left before it came"))
    shown(qtbot, preview, single.getvalue())
    assert preview.page_count() == 1


def test_the_child_goes_when_the_page_is_left_and_comes_when_it_is_looked_at_again(qtbot, preview):
    shown(qtbot, preview, HANDOUT)
    first = child_of(preview)
    preview.hide()
    qtbot.waitUntil(lambda: gone(first))
    preview.show()
    do(qtbot, preview.desk, preview.pages.grab)
    assert is_drawn(preview.pages, 1)
    second = child_of(preview)
    preview.clear()
    qtbot.waitUntil(lambda: gone(second))


def test_a_preview_that_is_left_before_its_file_has_opened_ends_in_silence(qtbot, preview, tmp_path):
    """A kept letter stands there, and the paper that is drawn anew takes its place at once."""
    log, told = tmp_path / "faults.log", []
    preview.desk.failed.connect(told.append)
    failure_log.set_log_file(log)
    try:
        preview.show_received(preview.desk, HANDOUT)
        preview.show_pdf(HANDOUT)
        qtbot.waitUntil(lambda: not preview.pages.findChildren(ReceivedPages))
        wait_idle(qtbot, preview.desk)
    finally:
        failure_log.set_log_file(None)
    assert preview.page_count() == 5
    assert told == []
    assert not log.exists()


def test_a_form_that_readers_cannot_show_is_shown_with_a_word_about_it(qtbot, preview):
    shown(qtbot, preview, hostile_pdfs.special_form(), note="届出.pdf")
    assert preview.note.text() == "届出.pdf"
    assert "入力用の特別な形式" in preview.warning.accessibleName()
    assert preview.page_count() == 1


def test_a_file_without_its_fonts_is_shown_with_a_word_about_it_until_the_next_one(qtbot, preview):
    shown(qtbot, preview, japanese())
    assert (preview.page_count(), preview.warning.isVisible()) == (1, True)
    assert "フォントを埋め込んだPDFを頼んで" in preview.warning.accessibleName()
    shown(qtbot, preview, HANDOUT)
    assert (preview.page_count(), preview.warning.isVisible()) == (5, False)


def printed_by(qtbot, monkeypatch, preview, data, path):
    """Print a received PDF into a file, as the dialog of the handouts does; what followed."""
    told: list[object] = []

    def chosen(pages, parent, **wishes):
        printer = pdf_printing.new_printer(pages, mono=wishes.get("mono", True))
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return printer

    monkeypatch.setattr(pdf_printing, "ask_printer", chosen)
    print_document(
        data,
        title="配布資料",
        parent=preview.window_,
        on_printed=told.append,
        on_failed=told.append,
        received_by=preview.desk,
    )
    qtbot.waitUntil(lambda: bool(told))
    wait_idle(qtbot, preview.desk)
    return told[0]


def test_a_received_file_is_printed_from_the_pixels_of_the_child(qtbot, monkeypatch, preview, tmp_path):
    assert not hasattr(document_print, "QPdfDocument")
    told = printed_by(qtbot, monkeypatch, preview, HANDOUT, tmp_path / "printed.pdf")
    assert (told.pages, told.mono, told.use) == (5, True, "配る")
    printed = QPdfDocument()
    printed.load(str(tmp_path / "printed.pdf"))
    assert printed.pageCount() == 5
    page = printed.render(0, printed.pagePointSize(0).toSize())
    pdf = ReceivedPdf(HANDOUT)
    size = printed.pagePointSize(0).toSize()
    theirs = pdf.draw(0, size.width(), size.height(), grey=True)
    pdf.close()
    dark = [
        (x, y)
        for y in range(0, theirs.height, 3)
        for x in range(0, theirs.width, 3)
        if theirs.pixels[y * theirs.stride + x] < 60
    ]
    assert len(dark) > 10
    agree = sum(
        any(
            page.pixelColor(x + dx, y + dy).lightness() < 160 and page.pixelColor(x + dx, y + dy).alpha() > 0
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        )
        for x, y in dark
    )
    assert agree > 0.9 * len(dark)


def test_a_page_that_cannot_be_drawn_ends_the_print_and_says_why(qtbot, monkeypatch, preview, tmp_path):
    problem = printed_by(qtbot, monkeypatch, preview, hostile_pdfs.nested_forms(), tmp_path / "printed.pdf")
    assert "安全のために途中で止めました" in problem.happened


def test_beside_a_list_one_button_enlarges_the_page_and_fits_it_again(qtbot, preview):
    beside = PdfPreview(compact=True)
    qtbot.addWidget(beside)
    beside.desk = preview.desk
    beside.resize(360, 500)
    beside.show()
    shown(qtbot, beside, HANDOUT)
    assert [one for one in beside.findChildren(Button) if one.isVisible()] == [beside.enlarge]
    fitting = beside.pages.zoom()
    beside.enlarge.click()
    assert beside.pages.zoom() > fitting
    beside.enlarge.click()
    assert beside.pages.zoom() == fitting
