"""Prints a finished document from memory, independent of what the screen shows meanwhile.

A print is normally for others (配る); the menu of the button prints for the office's own file (控え用). Files of
others are drawn page by page by the child process, as on the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.documents.screens.doubts_box import DoubtsBox, day_reason_field
from app.widgets.buttons import Button, menu_entry
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form import Form
from app.widgets.pdf import pdf_printing
from app.widgets.pdf.page_source import OwnPages, PageSource, ReceivedPages
from app.widgets.pdf.pdf_printing import PrintJob, PrintResult
from app.window.app_context import AppContext, app_context_of, when_unlocked
from db.records.documents import PrintUse

KEPT = "控え用に印刷する（区の手元に置く）"
BY_MENU = "区の手元に置く控えは、右クリックの「控え用に印刷する」で印刷します。"


class PrintDoubtsDialog(DialogFrame):
    """Shows warnings about a document before it is printed. Signals: those of ``DialogFrame``."""

    def __init__(self, title: str, parent: QWidget, doubts: DoubtsBox):
        super().__init__("印刷", title, main="プリンターを選ぶ", width=640, parent=parent)
        self.put(doubts)
        self.form = Form((day_reason_field(),))
        self.put(self.form)
        self.form.setVisible(doubts.asks_reason)
        self._doubts = doubts
        self.confirmed.connect(self._go_on)

    def _go_on(self) -> None:
        """Close, unless the reason that a day which is over asks for is missing."""
        if self._doubts.asks_reason and not self.form.check_all():
            return
        self._doubts.reason = self.form.value("day_reason")
        self.accept()


def offer_kept(button: Button, act: Callable[[], object]) -> None:
    """Add a context menu (right click) and a tip to a print button.

    Its one entry prints for the office's own file (控え用), by ``act``.
    """

    def open_menu(at: QPoint) -> None:
        """Show the menu with 「控え用に印刷する」, unless the button is disabled."""
        if not button.isEnabled():
            return
        menu = QMenu(button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu_entry(menu, KEPT, act, icon_name="printer")
        menu.popup(button.mapToGlobal(at))

    button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    button.customContextMenuRequested.connect(open_menu)
    button.setToolTip(BY_MENU)


def print_document(
    data: bytes,
    *,
    title: str,
    parent: QWidget,
    on_printed: Callable[[PrintResult], None],
    on_failed: Callable[[Exception], None],
    copies: int = 1,
    both_sides: bool = True,
    received_by: AppContext | None = None,
    doubts: DoubtsBox | None = None,
    use: PrintUse = PrintUse.HANDOUT,
) -> None:
    """Ask for printer, pages, copies and sides (black and white first), and print ``data`` page by page.

    ``copies`` and ``both_sides`` are preselected. ``received_by``: the file is from others, and this context draws it
    in the child process. ``doubts`` are shown before, if any. ``use``: for others, or for the office's own file.
    ``on_printed`` is called when the pages went to the printer, ``on_failed`` when it took none; やめる calls neither.
    In 閲覧専用 a message is shown and nothing is printed.
    """

    desk = app_context_of(parent)
    if desk is not None and not desk.check_may_write():  # a print is logged, which needs the right to write
        return

    def begin() -> None:
        """Open the pages, a received file in the child process, which checks it first; then ask for the printer."""
        if received_by is None:
            pages: PageSource = OwnPages(data, parent)
            when_unlocked(pages, partial(go_on, pages))
            return
        received = ReceivedPages(received_by, data, parent)
        received.open(lambda _facts: when_unlocked(received, partial(go_on, received)), on_failed)

    def go_on(pages: PageSource) -> None:
        """Ask for the printer and print the pages."""

        def end() -> None:
            pages.close()
            pages.deleteLater()

        printer = pdf_printing.ask_printer(pages, parent, title=title, copies=copies, both_sides=both_sides)
        if printer is None:
            end()
            return
        run = PrintJob(pages, printer, pages)
        run.finished.connect(lambda told: on_printed(replace(told, use=use)))
        run.failed.connect(on_failed)
        for ended in (run.finished, run.failed, run.stopped):
            ended.connect(end)
        run.start()

    def ask(box: DoubtsBox, found: bool) -> None:
        """Ask about doubts in the document before it is printed; without any begin at once."""
        if not found:
            box.deleteLater()
            begin()
            return
        question = PrintDoubtsDialog(title, parent, box)
        question.accepted.connect(begin)
        question.open()

    if doubts is None:
        begin()
        return
    doubts.setParent(parent)
    doubts.known.connect(partial(ask, doubts))
