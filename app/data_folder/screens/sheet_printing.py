"""Printing a sheet that is drawn in memory and lies in no file: the recovery key, somebody's first password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.window.background_task import Tasks


class SheetPrinter:
    """Draws one sheet beside the window and sends it to a printer of the person's choice."""

    def __init__(
        self,
        draw: Callable[[], bytes],
        tasks: Tasks,
        owner: QWidget,
        *,
        title: str,
        failed: Callable[[Exception], None],
    ) -> None:
        """``draw`` gives the sheet as a PDF in memory; ``title`` is what the print is called."""
        self._draw, self._tasks, self._owner = draw, tasks, owner
        self._title, self._failed = title, failed

    def print(self, done: Callable[[], None], ended: Callable[[], None] = lambda: None) -> None:
        """Draw and print; ``done`` when it was sent, ``ended`` when the button that asked may be pressed again."""

        def send(data: bytes) -> None:
            from app.widgets.pdf.page_source import OwnPages
            from app.widgets.pdf.pdf_printing import PrintRun, ask_printer

            ended()
            pages = OwnPages(data, self._owner)
            printer = ask_printer(pages, self._owner, title=self._title)
            if printer is None:
                return
            run = PrintRun(pages, printer, self._owner)
            run.finished.connect(lambda _printed: done())
            run.failed.connect(self._failed)
            run.start()

        def refuse(problem: Exception) -> None:
            ended()
            self._failed(problem)

        self._tasks.apart(
            self._draw, done=send, failed=refuse, title=f"{self._title}を印刷しています", owner=self._owner
        )
