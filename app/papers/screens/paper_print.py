"""Prints one finished paper from memory, after one question for whom; what the screen shows meanwhile may change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.widgets import pdf_printing
from app.widgets.dialog_frame import DialogFrame
from app.widgets.labels import label
from app.widgets.pdf_printing import Printed, PrintRun
from db.records.papers import PrintUse

_USES: tuple[tuple[PrintUse, str], ...] = (
    ("配る", "配る（渡す・送る・掲示する）"),
    ("控え用", "控え用（区の手元に置く）"),
)


class PrintUseDialog(DialogFrame):
    """For whom a print is made: 配る unless somebody says 控え用. Signals: those of ``DialogFrame``."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("印刷", title, main="プリンターを選ぶ", width=520, parent=parent)
        self._group = QButtonGroup(self)
        for number, (_use, words) in enumerate(_USES):
            button = QRadioButton(words)
            self._group.addButton(button, number)
            self.put(button)
        self._group.button(0).setChecked(True)
        self.put(label("どちらも、印刷した内容の控えを出力の記録に残します。", "small", wrap=True))

    def choose(self, use: PrintUse) -> None:
        """Tick one."""
        self._group.button([one for one, _words in _USES].index(use)).setChecked(True)

    def use(self) -> PrintUse:
        """What was chosen."""
        return _USES[self._group.checkedId()][0]


def print_paper(
    data: bytes,
    *,
    title: str,
    parent: QWidget,
    printed: Callable[[Printed], None],
    failed: Callable[[Exception], None],
    copies: int = 1,
    both_sides: bool = True,
) -> None:
    """Ask for whom, then for printer, pages, copies and sides (black and white first), and print ``data`` page by page.

    ``copies`` and ``both_sides`` are what is chosen at first.
    ``printed`` follows when the pages went to the printer, ``failed`` when it took none; やめる calls neither.
    """

    def ask() -> None:
        use = question.use()
        question.accept()
        document = _loaded(data, parent)
        printer = pdf_printing.ask_printer(
            document, parent, title=title, mono=True, copies=copies, both_sides=both_sides
        )
        if printer is None:
            document.deleteLater()
            return
        run = PrintRun(document, printer, document)
        run.finished.connect(lambda told: printed(replace(told, use=use)))
        run.failed.connect(failed)
        for end in (run.finished, run.failed, run.stopped):
            end.connect(document.deleteLater)
        run.start()

    question = PrintUseDialog(title, parent)
    question.confirmed.connect(ask)
    question.open()


def _loaded(data: bytes, parent: QWidget) -> QPdfDocument:
    document = QPdfDocument(parent)
    buffer = QBuffer(document)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document
