"""The dialog of a set of handouts, which also the day of an event uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QCheckBox, QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_print import offer_kept, print_document
from app.documents.screens.doubts_box import DoubtsBox
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services.document_scope import DocumentScope
from app.events.materials.services import handout_sets
from app.events.materials.services.handout_sets import HandoutFiles, HandoutRow, HandoutSet, HandoutView
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_printing import PrintResult
from app.window.app_context import bind_action, with_store
from app.window.background_task import bind_arguments
from db.records.documents import PrintUse
from db.records.protection import Checkout

_SETS, _EACH = "1部ずつそろえる", "資料ごとにまとめる"


class HandoutDialog(SavingDialog):
    """Dialog to choose handouts and copies, and to print or save them. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: HandoutView):
        super().__init__(
            parent,
            "配布資料を印刷",
            view.title,
            main="印刷する",
            note="印刷と保存は記録に残ります。",
        )
        self._view = view
        self.doubts = DoubtsBox(self.app_context, DocumentScope(event_id=view.event_id), (handout_sets.KIND,))
        self.doubts.appeared.connect(self.fit_to_content)
        self.put(self.doubts)
        self.warning = NoteBox(tone="amber")
        self.put(self.warning)
        self.boxes: dict[int, QCheckBox] = {}
        for row in view.rows:
            self._add(row)
        self.form = Form(
            (
                record_field(
                    Checkout,
                    "copies",
                    width=64,
                    unit="部",
                    least=1,
                    most=handout_sets.MAX_COPIES,
                    hint=fill_nonempty("必要部数　{}", view.copies_words),
                ),
                Field("order", "順序", "radio", choices=((_SETS, _SETS), (_EACH, _EACH))),
                Field("apart", "用紙", "check", words="資料ごとに別の用紙から始める（両面）"),
                Field("listed", "中身の一覧", "check", words="1部ごとに、先頭に付ける"),
            ),
            self.app_context.fiscal_year,
        )
        self.form.set_values({"copies": view.copies, "order": _SETS, "apart": True, "listed": True})
        self.put(self.form)
        self.save_button = Button("PDFで保存", self.save_pdf, icon_name="file-pdf", tall=True)
        self.put_button(self.save_button)
        self.confirmed.connect(self.print_out)
        offer_kept(self.main, partial(self.print_out, PrintUse.COPY))
        self.app_context.lock_changed.connect(self._update_warning)
        self._update_warning()

    def print_out(self, use: PrintUse = PrintUse.HANDOUT) -> None:
        """Draw the chosen handouts, ask for the printer and print; ``use`` 控え用 = for the office's own file."""
        self._build_and_run(partial(self._print, use), for_printer=True)

    def save_pdf(self) -> None:
        """Draw the chosen handouts in all copies and ask where to save them."""
        self._build_and_run(self._save_files, for_printer=False)

    def _add(self, row: HandoutRow) -> None:
        version = row.version
        pages = f"　{version.pages}ページ" if version and version.pages else ""
        edition = f"　第{version.version}版{pages}" if version else ""
        box = QCheckBox(f"{row.material.title}{edition}")
        box.setChecked(row.ready)
        box.setEnabled(version is not None and version.file_id is not None)
        box.clicked.connect(self._update_warning)
        self.put(box)
        self.boxes[row.material.id] = box
        if row.remark:
            small = wrapped_label(row.remark, "warned")
            small.setContentsMargins(28, 0, 0, 0)
            self.put(small)

    def _chosen(self) -> tuple[int, ...]:
        return tuple(number for number, box in self.boxes.items() if box.isChecked())

    def _update_warning(self) -> None:
        """Warn if a handout that is not 確認済 is ticked; disable printing if none is ticked."""
        chosen = self._chosen()
        unsure = [
            row.material.title
            for row in self._view.rows
            if row.material.id in chosen and row.state != handout_sets.CONFIRMED
        ]
        self.warning.show_text(
            fill_nonempty("確認済でない資料を含みます（{}）。版が変わることがあります。", "、".join(unsure))
        )
        ready = bool(chosen) and self.may_write
        self.set_main("印刷する", enabled=ready)
        self.save_button.setEnabled(ready)

    def _build_and_run(self, on_joined: Callable[[HandoutSet], None], *, for_printer: bool) -> None:
        """Join the ticked handouts in the chosen order, and pass the result to ``on_joined``.

        Nothing happens while a field is unreadable. ``for_printer`` joins a collated set only once, as the printer
        repeats it. The list of contents comes only with 1部ずつそろえる.
        """
        self.show_error_text("")
        if not self.form.check_all():
            return
        values = self.form.values()
        collated = values["order"] == _SETS
        # The printer repeats a set by itself, so the pages are passed only once.
        copies = 1 if for_printer and collated else int(values["copies"])

        def join(files: HandoutFiles) -> None:
            self.app_context.run_in_background(
                bind_arguments(
                    handout_sets.join_handouts,
                    files=files,
                    copies=copies,
                    collated=collated,
                    whole_sheets=bool(values["apart"]),
                ),
                open_with,
                on_failed=self.show_error,
                owner=self,
                title="配布資料をまとめています",
                drawing=True,
            )

        def open_with(handouts: HandoutSet) -> None:
            """Enable the dialog again and pass on the joined handouts, after a warning where they have one."""
            self.set_busy(False)
            if not handouts.warning:
                on_joined(handouts)
                return
            question = DialogFrame("配布資料の文字", self._view.title, main="このまま進む", parent=self)
            question.put(NoteBox(handouts.warning, "amber"))
            question.confirmed.connect(question.accept)
            question.accepted.connect(partial(on_joined, handouts))
            question.open()

        self.set_busy(True)
        now = self.app_context.now() if values["listed"] and collated else None
        self.app_context.read(
            with_store(
                handout_sets.gather_handouts, event_id=self._view.event_id, material_ids=self._chosen(), now=now
            ),
            join,
            on_failed=self.show_error,
            owner=self,
        )

    def _print(self, use: PrintUse, handouts: HandoutSet) -> None:
        """Print the handouts, and save that they were printed."""
        values = self.form.values()
        print_document(
            handouts.data,
            title=handouts.stem,
            parent=self,
            on_printed=lambda told: self._log_print(handouts, told),
            on_failed=self.app_context.show_failure,
            copies=int(values["copies"]) if handouts.collated else 1,
            both_sides=bool(values["apart"]),
            received_by=self.app_context,
            use=use,
        )

    def _log_print(self, handouts: HandoutSet, printed: PrintResult) -> None:
        sides = "両面" if printed.both_sides else "片面"
        self.run_action(
            handout_sets.note_handout_print,
            handouts=replace(handouts, copies=handouts.copies * printed.copies),
            use=printed.use,
            how=f"{'白黒' if printed.mono else 'カラー'}・{sides}",
        )

    def _save_files(self, handouts: HandoutSet) -> None:
        dialog = SaveDialog(
            self,
            "配布資料をPDFで保存",
            self._view.title,
            stem=handouts.stem,
            ending=".pdf",
            personal="",
            intro=f"{len(handouts.files)}点　{handouts.copies}部　全{handouts.pages}ページ",
            change=lambda options: bind_action(handout_sets.save_handouts, handouts=handouts, options=options),
        )
        dialog.saved.connect(lambda _path: self.accept())
        dialog.open()
