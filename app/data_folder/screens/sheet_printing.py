"""Printing a sheet that is drawn in memory and stored in no file: recovery key, temporary password."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.window.app_context import when_unlocked
from app.window.background_task import Tasks

if TYPE_CHECKING:
    from app.widgets.pdf.page_source import PageSource


class SheetPrinter:
    """Draws one sheet in the background and sends it to a printer that the user chooses."""

    def __init__(
        self,
        draw: Callable[[], bytes],
        tasks: Tasks,
        owner: QWidget,
        *,
        title: str,
        on_failed: Callable[[Exception], None],
    ):
        """Take ``draw``, which returns the sheet as a PDF in memory, and ``title``, the name of the print job.

        ``on_failed`` is called when the sheet could not be drawn or printed.
        """
        self._draw, self._tasks, self._owner = draw, tasks, owner
        self._title, self._on_failed = title, on_failed

    def print(self, on_done: Callable[[], None], on_ended: Callable[[], None] = lambda: None) -> None:
        """Draw the sheet in the background, ask for a printer and print.

        Args:
            on_done: called once it was sent; not when no printer is chosen.
            on_ended: called when the button may be enabled again: once it is drawn, before the printer is asked for, or
                once drawing failed.
        """

        def send(data: bytes) -> None:
            """Ask for the printer, after unlocking while the screen is locked."""
            from app.widgets.pdf.page_source import OwnPages

            on_ended()
            pages = OwnPages(data, self._owner)
            when_unlocked(pages, lambda: ask(pages))

        def ask(pages: PageSource) -> None:
            """Let the user choose a printer and print the drawn sheet."""
            from app.widgets.pdf.pdf_printing import PrintJob, ask_printer

            printer = ask_printer(pages, self._owner, title=self._title)
            if printer is None:
                return
            run = PrintJob(pages, printer, self._owner)
            run.finished.connect(lambda _printed: on_done())
            run.failed.connect(self._on_failed)
            run.start()

        def refuse(problem: Exception) -> None:
            """Report that the sheet could not be drawn."""
            on_ended()
            self._on_failed(problem)

        self._tasks.run_in_background(
            self._draw, on_done=send, on_failed=refuse, title=f"{self._title}を印刷しています", owner=self._owner
        )
