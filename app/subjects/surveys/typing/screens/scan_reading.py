"""A file of scanned sheets, read page by page beside the window: a PDF by the PDF library of Qt, a picture by a child process.

Nothing of it is kept on disk; the file itself is only read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPdf import QPdfDocument

from app.foreign_files.picture_reading import GreyPage, read_grey_pages
from app.foreign_files.refusal import IntakeRefusal
from app.refusal import Refusal
from app.subjects.surveys.typing.rules.read_scan import ReadScan
from app.subjects.surveys.typing.services.blank_sheets import BlankSheet
from app.widgets.pdf_turns import giving_way
from db.records.surveys import Question

if TYPE_CHECKING:
    from app.subjects.surveys.typing.intake.scanned_sheets import ScanReader

Tell = Callable[[int, int], None]
SCAN_ENDINGS: Final = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
SCAN_KINDS: Final = f"スキャンした用紙（PDF・画像） ({' '.join(f'*{one}' for one in SCAN_ENDINGS)})"
MOST_PAGES: Final = 400
"""Pages of one file; every page that is looked at stays in memory as a small picture."""
MOST_BYTES: Final = 400 * 1024 * 1024
_LONG_SIDE: Final = 2104
_PDF: Final = b"%PDF-"
_AGAIN: Final = "コピー機でもう一度読み取り、PDFで保存したファイルを選んでください。"


def read_scan(
    tell: Tell,
    *,
    path: Path,
    survey_id: int,
    questions: Sequence[Question],
    blanks: Sequence[BlankSheet],
    known: Collection[str],
) -> ReadScan:
    """Return the sheets in a scan; meant for another thread than the window's.

    Args:
        tell: is told how many pages are done, and ends the work where やめる was pressed.
        path: a PDF, JPEG, PNG or TIFF. survey_id, questions, blanks: the sheets that are looked for.
        known: signs of pages that were entered before.

    Raises:
        Refusal: the file can't be read at all, in words with what to do.
    """
    from app.subjects.surveys.typing.intake.scanned_sheets import ScanReader

    data = _bytes_of(path)
    reader = ScanReader(
        survey_id=survey_id,
        questions=questions,
        forms={blank.large: blank.pages for blank in blanks},
        prints={form.code: pixels for blank in blanks for form, pixels in zip(blank.pages, _printed(blank), strict=False)},
    )
    try:
        pages = _pdf_pages(data, path.name) if data[:1024].lstrip().startswith(_PDF) else _picture_pages(data, path.name)
        for done, (count, page) in enumerate(pages, start=1):
            _take(reader, page)
            tell(done, count)
    except IntakeRefusal as problem:
        happened, _between, todo = str(problem).partition("ので、")
        raise Refusal(f"{happened}。", todo) from problem
    return reader.result(known)


def _take(reader: ScanReader, page: GreyPage) -> None:
    if page.pixels:
        reader.take(page.pixels, page.width, page.height)
    else:
        reader.take_unreadable()


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise Refusal(f"「{path.name}」が見つかりません。", "場所と名前を確かめて、選び直してください。") from None
    except OSError:
        raise Refusal(f"「{path.name}」を開けません。", "ほかのソフトで開いていれば閉じて、選び直してください。") from None
    if not data:
        raise Refusal(f"「{path.name}」は中身が空です。", _AGAIN)
    if len(data) > MOST_BYTES:
        raise Refusal(
            f"「{path.name}」は大きすぎます（上限{MOST_BYTES // (1024 * 1024)}MB）。",
            "200dpi・グレーで読み取り直すか、いくつかに分けて読み取ってください。",
        )
    return data


def _picture_pages(data: bytes, name: str) -> Iterator[tuple[int, GreyPage]]:
    if data.startswith((b"PK", b"MZ", b"GIF8")) or not data.startswith((b"\xff\xd8", b"\x89PNG", b"II", b"MM", b"BM")):
        raise Refusal(f"「{name}」は、スキャンした用紙のファイルではありません。", "コピー機で読み取ったPDFか画像を選んでください。")
    return read_grey_pages(data, name, most=MOST_PAGES)


def _pdf_pages(data: bytes, name: str) -> Iterator[tuple[int, GreyPage]]:
    document, buffer = _opened(data)
    try:
        if document.error() == QPdfDocument.Error.IncorrectPassword:
            raise Refusal(f"「{name}」にはパスワードが付いています。", "パスワードを付けずに読み取り直してください。")
        if document.status() != QPdfDocument.Status.Ready or document.pageCount() < 1:
            raise Refusal(f"「{name}」を開けません。ファイルが途中で切れているか、壊れています。", _AGAIN)
        count = document.pageCount()
        if count > MOST_PAGES:
            raise Refusal(
                f"「{name}」は{count}ページあり、一度に読み取れる{MOST_PAGES}ページを超えています。",
                "いくつかに分けて読み取ってください。",
            )
        for number in giving_way(range(count)):
            yield count, _grey_page(document, number)
    finally:
        document.close()
        buffer.close()


def _opened(data: bytes) -> tuple[QPdfDocument, QBuffer]:
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document, buffer


def _grey_page(document: QPdfDocument, number: int, size: QSize | None = None) -> GreyPage:
    """Draw one page in grey, as large as an A4 at 180 dots to the inch: the window waits for each drawing."""
    points = document.pagePointSize(number)
    longest = max(points.width(), points.height())
    if longest <= 0 or min(points.width(), points.height()) <= 0:
        return GreyPage(pixels=b"")
    if size is None:
        scale = _LONG_SIDE / longest
        # Rows of whole words: nothing is to be cut off their ends.
        size = QSize(max(4, round(points.width() * scale / 4) * 4), max(4, round(points.height() * scale / 4) * 4))
    drawn = document.render(number, size)
    if drawn.isNull():
        return GreyPage(pixels=b"")
    page = QImage(size, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.drawImage(0, 0, drawn)
    painter.end()
    grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels, step = bytes(grey.constBits()), grey.bytesPerLine()
    if step != grey.width():
        pixels = b"".join(pixels[row * step : row * step + grey.width()] for row in range(grey.height()))
    return GreyPage(pixels=pixels, width=grey.width(), height=grey.height())


def _printed(blank: BlankSheet) -> Iterator[bytes]:
    """Yield the pages of a form in grey, as large as a fitted page."""
    from app.subjects.surveys.typing.intake.page_fitting import SIZE

    document, buffer = _opened(blank.data)
    try:
        for number in giving_way(range(document.pageCount())):
            yield _grey_page(document, number, QSize(*SIZE)).pixels
    finally:
        document.close()
        buffer.close()
