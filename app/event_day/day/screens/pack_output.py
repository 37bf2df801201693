"""Output of the 当日の紙: printing, one PDF, single files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_print import print_document
from app.documents.screens.document_view import offer_gaps
from app.documents.screens.doubts_box import DoubtsBox
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services.document_scope import DocumentScope
from app.event_day.day.rules import KIND as GUIDE
from app.event_day.day.rules import LARGE_KIND as LARGE_GUIDE
from app.event_day.day.services import day_pack
from app.event_day.day.services.day_pack import DrawnPack, PackChoice, PackContents
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import link_button
from app.widgets.forms.form_fields import Field
from app.widgets.pdf.pdf_printing import PrintResult
from app.window.app_context import AppContext, bind_action, with_store
from app.window.background_task import bind_arguments
from db.records.documents import PrintUse


class SaveFilesDialog(SaveDialog):
    """Dialog for the folder's name instead of a file's. Signals: those of ``SaveDialog``.

    An existing folder is used; the service rejects a file of the same name in it.
    """

    def _fields(self) -> tuple[Field, ...]:
        return tuple(
            replace(field, label="フォルダー名") if field.key == "name" else field for field in super()._fields()
        )

    def save(self, *, overwrite: bool = True) -> None:  # noqa: ARG002 - a folder is never replaced
        """Save; only the service decides about existing files."""
        super().save(overwrite=True)


class PackOutput(ActionMixin, QObject):
    """Prints or saves the 当日の紙.

    Signals: ``output_done(DrawnPack)`` it was printed or saved; ``busy_changed(bool)`` it is being drawn;
    ``guide_asked()`` the texts of the しおり are to be looked at first, after which ``ask_again`` goes on.
    """

    guide_asked = Signal()
    output_done = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, app_context: AppContext, parent: QWidget):
        super().__init__(parent)
        self.app_context = app_context
        self._over = parent
        self.ask_again: Callable[[], None] = lambda: None

    def print_out(
        self, event_id: int, choices: tuple[PackChoice, ...], *, whole_sheets: bool, use: PrintUse = PrintUse.HANDOUT
    ) -> None:
        """Draw the documents, ask for the printer and print them; ``use`` 控え用 = for the office's own file.

        With ``whole_sheets`` each document begins on a new sheet, and printing on both sides is proposed.
        """
        self._draw(event_id, choices, lambda drawn: self._print(drawn, whole_sheets, use), whole_sheets=whole_sheets)

    def save_pdf(self, event_id: int, choices: tuple[PackChoice, ...], *, whole_sheets: bool) -> None:
        """Draw the documents, then open the dialog that saves them as one PDF."""
        self._draw(event_id, choices, self._ask_file, whole_sheets=whole_sheets)

    def save_files(self, event_id: int, choices: tuple[PackChoice, ...]) -> None:
        """Draw the documents and their workbooks, and ask for the folder."""
        self._draw(event_id, choices, self._ask_folder, excel=True)

    def _draw(
        self,
        event_id: int,
        choices: tuple[PackChoice, ...],
        on_drawn: Callable[[DrawnPack], None],
        *,
        excel: bool = False,
        whole_sheets: bool = False,
        leave_open: bool = False,
    ) -> None:
        """Draw the chosen documents in the background for ``on_drawn``; emit ``busy_changed`` before and after.

        ``excel``, ``whole_sheets`` and ``leave_open`` are those of ``day_pack.draw_pack``.
        """
        self.busy_changed.emit(True)
        self.ask_again = partial(
            self._draw, event_id, choices, on_drawn, excel=excel, whole_sheets=whole_sheets, leave_open=leave_open
        )

        def draw(contents: PackContents) -> None:
            """Draw the contents that were read, in the background."""
            self.app_context.run_in_background(
                bind_arguments(
                    day_pack.draw_pack,
                    contents=contents,
                    excel=excel,
                    whole_sheets=whole_sheets,
                    leave_open=leave_open,
                ),
                open_with,
                on_failed=refuse,
                owner=self,
                title="当日の紙を作成しています",
                drawing=True,
            )

        def open_with(drawn: DrawnPack) -> None:
            """Emit ``busy_changed`` and pass on the drawn documents."""
            self.busy_changed.emit(False)
            on_drawn(drawn)

        def refuse(problem: Exception) -> None:
            """Emit ``busy_changed``, and offer to leave gaps where a text cannot be printed."""
            self.busy_changed.emit(False)
            again = partial(
                self._draw, event_id, choices, on_drawn, excel=excel, whole_sheets=whole_sheets, leave_open=True
            )
            offer_gaps(self.app_context, problem, again, self._over)

        self.app_context.read(
            with_store(day_pack.build_pack, event_id=event_id, choices=choices, now=self.app_context.now()),
            draw,
            on_failed=refuse,
            owner=self,
        )

    def _print(self, drawn: DrawnPack, whole_sheets: bool, use: PrintUse) -> None:
        print_document(
            drawn.data,
            title=drawn.stem,
            parent=self._over,
            on_printed=lambda told: self._log_print(drawn, told),
            on_failed=self.app_context.show_failure,
            both_sides=whole_sheets,
            doubts=self._doubts_box(drawn),
            use=use,
        )

    def _log_print(self, drawn: DrawnPack, printed: PrintResult) -> None:
        """Save a print of the documents in the log, then emit ``output_done``."""
        sides = "両面" if printed.both_sides else "片面"
        self.run_change(
            bind_action(
                day_pack.note_pack_print,
                drawn=drawn,
                copies=printed.copies,
                use=printed.use,
                how=f"{'白黒' if printed.mono else 'カラー'}・{sides}",
            ),
            lambda _saved: self.output_done.emit(drawn),
        )

    def _ask_file(self, drawn: DrawnPack) -> None:
        """Open the dialog that saves all documents as one PDF; once saved, ``output_done`` is emitted."""
        dialog = SaveDialog(
            self._over,
            "当日の紙をPDFで保存",
            drawn.stem,
            intro=_saved_words(drawn),
            change=lambda options: bind_action(day_pack.save_pack_file, drawn=drawn, options=options),
            **self._save_arguments(drawn, ".pdf"),
        )
        dialog.saved.connect(lambda _path: self.output_done.emit(drawn))
        dialog.open()

    def _ask_folder(self, drawn: DrawnPack) -> None:
        """Open the dialog that saves each document to a folder; once saved, ``output_done`` is emitted."""
        dialog = SaveFilesDialog(
            self._over,
            "当日の紙を書類ごとに保存",
            drawn.stem,
            intro="フォルダーを作り、書類ごとのPDFと、Excelのある書類はExcelも入れます。",
            change=lambda options: bind_action(day_pack.save_pack_folder, drawn=drawn, options=options),
            **self._save_arguments(drawn, ""),
        )
        dialog.saved.connect(lambda _path: self.output_done.emit(drawn))
        dialog.open()

    def _save_arguments(self, drawn: DrawnPack, ending: str) -> dict[str, Any]:
        """Return the keyword arguments that both dialogs for saving share."""
        return {
            "stem": drawn.stem,
            "ending": ending,
            "personal": "受付名簿など、個人情報を含む書類があります。暗号化して保存することをおすすめします。"
            if drawn.personal
            else "",
            "doubts": self._doubts_box(drawn),
        }

    def _doubts_box(self, drawn: DrawnPack) -> DoubtsBox:
        """Return the box with the doubts of all documents of the set, with links to where the しおり gets its texts."""
        kinds = tuple(one.content.kind for one in drawn.documents)
        box = DoubtsBox(self.app_context, DocumentScope(event_id=drawn.event_id), kinds)
        if not {GUIDE, LARGE_GUIDE}.isdisjoint(kinds):
            box.put(link_button("しおりの文面を見る", partial(self._leave, box, self.guide_asked.emit)))
            # Without a venue of this number the list of venues is shown.
            venue = link_button("会場の一覧を開く", partial(self._leave, box, partial(self.go, "venues", venue_id=0)))
            box.put(venue)
            box.known.connect(lambda: venue.setVisible("会場の一覧に" in box.words()))
        return box

    def _leave(self, box: DoubtsBox, go: Callable[[], object]) -> None:
        """Close the dialog with the box, as its pages are drawn anew once the texts were looked at."""
        dialog = box.window()
        if isinstance(dialog, QDialog):
            dialog.reject()
            go()


def _saved_words(drawn: DrawnPack) -> str:
    """Return 「受付名簿2部、… 全9ページ」."""
    names = "、".join(f"{one.content.kind}{one.copies}部" for one in drawn.documents)
    return f"{names}（全{drawn.pages}ページ）" + fill_nonempty("\n{}", drawn.open_words)
