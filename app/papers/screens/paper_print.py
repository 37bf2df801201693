"""Prints one finished paper from memory, after one question for whom; what the screen shows meanwhile may change.

What others made is drawn by the child process, page by page, as it is for the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.papers.screens.doubts_box import DoubtsBox
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import wrapped_label
from app.widgets.pdf import pdf_printing
from app.widgets.pdf.page_source import OwnPages, PageSource, ReceivedPages
from app.widgets.pdf.pdf_printing import Printed, PrintRun
from app.window.desk import Desk, desk_above
from db.records.papers import PrintUse

_USES: tuple[tuple[PrintUse, str], ...] = (
    ("配る", "配る（渡す・送る・掲示する）"),
    ("控え用", "控え用（区の手元に置く）"),
)


class PrintUseDialog(DialogFrame):
    """For whom a print is made: 配る unless somebody says 控え用. Signals: those of ``DialogFrame``."""

    def __init__(self, title: str, parent: QWidget, doubts: DoubtsBox | None = None) -> None:
        super().__init__("印刷", title, main="プリンターを選ぶ", width=520, parent=parent)
        if doubts is not None:
            self.put(doubts)
            doubts.appeared.connect(self.fit)
        self._group = QButtonGroup(self)
        for number, (_use, words) in enumerate(_USES):
            button = QRadioButton(words)
            self._group.addButton(button, number)
            self.put(button)
        self._group.button(0).setChecked(True)
        self.put(wrapped_label("どちらも、印刷した内容の控えを出力の記録に残します。", "small"))

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
    received_by: Desk | None = None,
    doubts: DoubtsBox | None = None,
) -> None:
    """Ask for whom, then for printer, pages, copies and sides (black and white first), and print ``data`` page by page.

    ``copies`` and ``both_sides`` are what is chosen at first. ``received_by``: others made it, and the desk lets it be
    drawn. ``doubts`` are said over the question. ``printed`` follows when the pages went to the printer, ``failed``
    when it took none; やめる calls neither. Who only reads is told so, and nothing is printed.
    """

    desk = desk_above(parent)
    if desk is not None and not desk.may_write():  # what is printed is logged, which only who writes can do
        return

    def ask() -> None:
        use = question.use()
        question.accept()
        if received_by is None:
            go_on(use, OwnPages(data, parent))
            return
        pages = ReceivedPages(received_by, data, parent)
        pages.open(lambda _facts: go_on(use, pages), failed)

    def go_on(use: PrintUse, pages: PageSource) -> None:
        def end() -> None:
            pages.leave()
            pages.deleteLater()

        printer = pdf_printing.ask_printer(pages, parent, title=title, mono=True, copies=copies, both_sides=both_sides)
        if printer is None:
            end()
            return
        run = PrintRun(pages, printer, pages)
        run.finished.connect(lambda told: printed(replace(told, use=use)))
        run.failed.connect(failed)
        for ended in (run.finished, run.failed, run.stopped):
            ended.connect(end)
        run.start()

    question = PrintUseDialog(title, parent, doubts)
    question.confirmed.connect(ask)
    question.open()
