"""How the 当日セット leaves: printed, one PDF, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.papers.screens.doubts_box import DoubtsBox
from app.papers.screens.leaving_dialog import SaveDialog
from app.papers.screens.paper_print import print_paper
from app.papers.screens.paper_view import ask_to_leave_open
from app.papers.services.paper_scope import PaperScope
from app.subjects.events.day.services import day_pack
from app.subjects.events.day.services.day_pack import DrawnPack, PackChoice, PackContents
from app.widgets.forms.form_fields import Field
from app.widgets.pdf.pdf_printing import Printed
from app.widgets.sending import Sending
from app.window.background_task import bound
from app.window.desk import Desk, acting, with_store
from db.records.papers import PrintUse

_PERSONAL = "受付名簿など、個人情報を含む書類があります。暗号化して保存することをおすすめします。"


class SaveFilesDialog(SaveDialog):
    """Asks for the folder's name instead of a file's. Signals: those of ``SaveDialog``.

    A folder that is there is used as it is; the service refuses when a file of the same name lies in it.
    """

    def _fields(self) -> tuple[Field, ...]:
        return tuple(
            replace(field, label="フォルダー名") if field.key == "name" else field for field in super()._fields()
        )

    def save(self, *, overwrite: bool = True) -> None:  # noqa: ARG002 - a folder is never replaced
        """Save; only the service decides about files that are there."""
        super().save(overwrite=True)


class PackLeaving(Sending, QObject):
    """The ways out of the 当日セット.

    Signals: ``left(DrawnPack)`` after it was printed or saved; ``busy(bool)`` while it is being drawn.
    """

    left = Signal(object)
    busy = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self._over = parent

    def print_out(
        self, event_id: int, choices: tuple[PackChoice, ...], *, whole_sheets: bool, use: PrintUse = "配る"
    ) -> None:
        """Draw the papers, ask for the printer and print them."""
        self._draw(event_id, choices, lambda drawn: self._print(drawn, whole_sheets, use), whole_sheets=whole_sheets)

    def save_pdf(self, event_id: int, choices: tuple[PackChoice, ...], *, whole_sheets: bool) -> None:
        """Draw the papers and ask where to save the one PDF."""
        self._draw(event_id, choices, self._ask_file, whole_sheets=whole_sheets)

    def save_files(self, event_id: int, choices: tuple[PackChoice, ...]) -> None:
        """Draw the papers, with their workbooks, and ask for the folder."""
        self._draw(event_id, choices, self._ask_folder, excel=True)

    def _draw(
        self,
        event_id: int,
        choices: tuple[PackChoice, ...],
        then: Callable[[DrawnPack], None],
        *,
        excel: bool = False,
        whole_sheets: bool = False,
        leave_open: bool = False,
    ) -> None:
        self.busy.emit(True)

        def draw(contents: PackContents) -> None:
            self.desk.apart(
                bound(
                    day_pack.draw_pack,
                    contents=contents,
                    excel=excel,
                    whole_sheets=whole_sheets,
                    leave_open=leave_open,
                ),
                open_with,
                failed=refuse,
                owner=self,
                title="当日セットを作成しています",
                drawing=True,
            )

        def open_with(drawn: DrawnPack) -> None:
            self.busy.emit(False)
            then(drawn)

        def refuse(problem: Exception) -> None:
            self.busy.emit(False)
            again = partial(
                self._draw, event_id, choices, then, excel=excel, whole_sheets=whole_sheets, leave_open=True
            )
            ask_to_leave_open(self.desk, problem, again, self._over)

        self.desk.read(
            with_store(day_pack.build_pack, event_id=event_id, choices=choices, now=self.desk.now()),
            draw,
            failed=refuse,
            owner=self,
        )

    def _print(self, drawn: DrawnPack, whole_sheets: bool, use: PrintUse) -> None:
        print_paper(
            drawn.data,
            title=drawn.stem,
            parent=self._over,
            printed=lambda told: self._note(drawn, told),
            failed=self.desk.fail,
            both_sides=whole_sheets,
            doubts=self._doubts(drawn),
            use=use,
        )

    def _note(self, drawn: DrawnPack, printed: Printed) -> None:
        sides = "両面" if printed.both_sides else "片面"
        self.send(
            acting(
                self.desk,
                day_pack.note_pack_print,
                drawn=drawn,
                copies=printed.copies,
                use=printed.use,
                how=f"{'白黒' if printed.mono else 'カラー'}・{sides}",
            ),
            lambda _saved: self.left.emit(drawn),
        )

    def _ask_file(self, drawn: DrawnPack) -> None:
        dialog = SaveDialog(
            self.desk,
            "当日セットをPDFで保存",
            drawn.stem,
            told=_told(drawn),
            change=lambda leaving: acting(self.desk, day_pack.save_pack_file, drawn=drawn, **leaving),
            **self._common(drawn, ".pdf"),
        )
        dialog.saved.connect(lambda _path: self.left.emit(drawn))
        dialog.open()

    def _ask_folder(self, drawn: DrawnPack) -> None:
        dialog = SaveFilesDialog(
            self.desk,
            "当日セットを書類ごとに保存",
            drawn.stem,
            told="フォルダーを作り、書類ごとのPDFと、Excelのある書類はExcelも入れます。",
            change=lambda leaving: acting(self.desk, day_pack.save_pack_folder, drawn=drawn, **leaving),
            **self._common(drawn, ""),
        )
        dialog.saved.connect(lambda _path: self.left.emit(drawn))
        dialog.open()

    def _common(self, drawn: DrawnPack, ending: str) -> dict[str, Any]:
        return {
            "stem": drawn.stem,
            "ending": ending,
            "personal": _PERSONAL if drawn.personal else "",
            "doubts": self._doubts(drawn),
            "parent": self._over,
        }

    def _doubts(self, drawn: DrawnPack) -> DoubtsBox:
        """What each paper of the set would have said by itself."""
        kinds = tuple(one.content.kind for one in drawn.papers)
        return DoubtsBox(self.desk, PaperScope(event_id=drawn.event_id), kinds)


def _told(drawn: DrawnPack) -> str:
    """「受付名簿2部、… 全9ページ」."""
    names = "、".join(f"{one.content.kind}{one.copies}部" for one in drawn.papers)
    return f"{names}（全{drawn.pages}ページ）" + (f"\n{drawn.open_words}" if drawn.open_words else "")
