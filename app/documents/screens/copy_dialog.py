"""控えを開く: shows the stored copy of an issued document, checked against the log."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.file_format import FORMAT_WORDS
from app.documents.screens.document_print import offer_kept, print_document
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services.document_kind import formats_of
from app.documents.services.document_library import way_words
from app.documents.services.issued_copies import IssuedCopy, note_copy_print, open_copy, save_copy
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.display_texts import moment_words
from app.widgets.labels import with_accessible_name, wrapped_label
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_preview import PdfPreview
from app.widgets.pdf.pdf_printing import PrintResult
from app.window.app_context import bind_action, with_store
from app.window.year_words import in_year_words
from db.files import file_names
from db.records.documents import PrintUse

_NOT_HERE = (
    "この形の控えは、ここでは表示できません。「名前を付けて保存」で保存してから、そのファイルのアプリで開いてください。"
)


class IssuedCopyDialog(SavingDialog):
    """Dialog that shows one stored copy, to be saved or printed. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, *, outgoing_id: int):
        super().__init__(parent, "控え", cancel="閉じる", width=880, note="")
        self.copy: IssuedCopy | None = None
        self.told = wrapped_label()
        self.check = NoteBox()
        self.preview = PdfPreview(title="出したときのまま")
        self.text = with_accessible_name(QPlainTextEdit(readOnly=True), "控えの文")
        self.text.hide()
        self.fill_height(self.preview, self.text, around=240)
        self.put(self.told, self.check, (self.preview, 1), (self.text, 1))
        self.save_button = Button("名前を付けて保存", self._ask_where, tall=True)
        self.save_button.setEnabled(False)
        self.put_button(self.save_button)
        self.print_button = Button("印刷する", self._print, icon_name="printer", tall=True)
        offer_kept(self.print_button, partial(self._print, PrintUse.COPY))
        self.print_button.hide()
        self.put_button(self.print_button)
        self.preview.show_loading()
        self.app_context.read(with_store(open_copy, outgoing_id=outgoing_id), self._show, on_failed=self._on_unreadable)

    def _show(self, copy: IssuedCopy) -> None:
        """Show the copy that left, with when, how and to whom, and whether it agrees with the log.

        A copy that is neither text nor PDF is not shown, only saved. The print button is shown for a PDF of a
        document kind of ours alone; read-only nothing can be saved or printed.
        """
        self.copy = copy
        row = copy.row
        if row.personal:
            self.app_context.note_access(
                "控え", count=copy.people_count, event_id=row.event_id, organisation_id=row.organisation_id
            )
        version = fill_nonempty("　第{}版", row.version)
        to = row.detail.get("相手", "")
        parts = (
            f"{in_year_words(row.document_kind)}{version}", moment_words(row.at), way_words(row),
            fill_nonempty("相手 {}", to), f"担当 {row.by}",
        )  # fmt: skip
        self.told.setText(join_nonempty(*parts))
        self.check.show_text(copy.agreement_words, tone="quiet" if copy.agrees else "red")
        self.save_button.setEnabled(self.may_write)
        is_text = copy.form in ("txt", "json")
        self.text.setVisible(is_text)
        self.preview.setVisible(not is_text)
        if is_text:
            self.text.setPlainText(copy.data.decode(errors="replace"))
        elif copy.data.startswith(b"%PDF"):
            # It may be a handout as it was received, printed as it was.
            self.preview.show_received(self.app_context, copy.data, note=row.file_name or row.reference)
            # Our own pages alone are printed from here; what came in is printed where it lies.
            self.print_button.setVisible(bool(formats_of(row.document_kind)) and self.may_write)
        else:
            self.preview.clear(_NOT_HERE)
        self.fit_to_content()

    def _on_unreadable(self, problem: Exception) -> None:
        """Close the dialog and show why the copy cannot be read."""
        self.reject()
        self.app_context.show_failure(problem)

    def _print(self, use: PrintUse = PrintUse.HANDOUT) -> None:
        """Print the copy exactly as it left, whatever the state of its event is now."""
        copy = self.copy
        if copy is None:
            return
        print_document(
            copy.data,
            title=copy.row.reference or copy.row.document_kind,
            parent=self,
            on_failed=self.app_context.show_failure,
            on_printed=lambda told: self._log_print(copy, told),
            use=use,
        )

    def _log_print(self, copy: IssuedCopy, printed: PrintResult) -> None:
        """Record that the copy was printed once more."""
        sides = "両面" if printed.both_sides else "片面"
        self.run_change_and_stay(
            bind_action(
                note_copy_print,
                outgoing_id=copy.row.id,
                copies=printed.copies,
                pages=printed.pages,
                use=printed.use,
                how=f"{'白黒' if printed.mono else 'カラー'}・{sides}",
            )
        )

    def _ask_where(self) -> None:
        if self.copy is None:
            return
        row = self.copy.row
        plain_only = row.format not in FORMAT_WORDS
        stem = (row.file_name or row.reference or row.document_kind).removesuffix(f".{row.format}")
        SaveDialog(
            self,
            "控えを保存",
            in_year_words(row.document_kind),
            stem=file_names.safe_name(f"{stem}-控え"),
            ending=f".{row.format}",
            personal=(
                "個人情報を含む控えです。この形のファイルは暗号化できません。"
                if plain_only
                else "個人情報を含む控えです。暗号化して保存することをおすすめします。"
            )
            if row.personal
            else "",
            plain_only=plain_only,
            change=lambda options: bind_action(save_copy, outgoing_id=row.id, options=options),
        ).open()
