"""The dialog to save a file: proposes name and place, encryption first where people are named, no overwriting."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.actions.action_context import ActionContext
from app.common.password_rules import PasswordOwner, password_problem
from app.documents.file_format import FORMAT_WORDS
from app.documents.screens.doubts_box import DoubtsBox, day_reason_field
from app.documents.screens.save_folder import DOCUMENTS_KEY, FolderLine, make_first_folder
from app.documents.services import document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import (
    SavedFile,
    SaveOptions,
    SaveWay,
    TargetExistsError,
    free_name,
    length_problem,
    name_problem,
)
from app.documents.services.protected_folders import list_protected, protected_place_of, protected_words
from app.main_window.status_bars import show_saved_file
from app.widgets.dialogs.common_dialogs import ReplaceDialog, SavingDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import wrapped_label
from app.widgets.note_box import NoteBox
from app.window.app_context import app_context_at, bind_action
from db.files import filesystem
from db.records.documents import OutgoingWay, ProtectedFolder

ENCRYPTED: SaveWay = OutgoingWay.ENCRYPTED
PLAIN: SaveWay = OutgoingWay.PLAIN


class SaveDialog(SavingDialog):
    """Saves one file through a service. Signals: those of ``SavingDialog``; ``saved(Path)`` when it is written.

    ``change(options)`` returns the function that writes the file in the store.
    """

    saved = Signal(object)

    shows_all_errors = True

    def __init__(
        self,
        parent: QWidget,
        title: str,
        subject: str,
        *,
        stem: str,
        ending: str,
        personal: str,
        change: Callable[[SaveOptions], Callable[[ActionContext], SavedFile]],
        intro: str = "",
        plain_only: bool = False,
        doubts: DoubtsBox | None = None,
    ):
        """Build the dialog; ``stem`` and ``ending`` (「.xlsx」) are the proposed file name.

        ``plain_only``: this kind of file can't be encrypted. ``intro`` says what is saved, above everything else.
        ``personal`` is the caution where people are named, empty where nobody is; ``doubts``
        are warnings about the documents.
        """
        super().__init__(
            parent,
            title,
            subject,
            main="保存する",
            note="保存したことを記録に残します。",
        )
        self._change = change
        self._ending = ending
        self._personal = bool(personal)
        self._plain_only = plain_only
        self.doubts = doubts
        if doubts is not None:
            self.put(doubts)
            doubts.appeared.connect(self._update_fields)
        if intro:
            self.put(wrapped_label(intro))
        self.note = NoteBox(personal, "amber")
        self.note.show_text(personal)
        self.put(self.note)
        self._caution = personal
        self._places: tuple[ProtectedFolder, ...] | None = None
        self._protected: ProtectedFolder | None = None
        self.place = FolderLine(self.app_context, key=DOCUMENTS_KEY)
        self.place.chosen.connect(self._on_folder_changed)
        self.place.appeared.connect(lambda: self.fit_to_content() if self.isVisible() else None)
        self.form = Form(
            self._fields(),
            fiscal_year=self.app_context.fiscal_year,
            near=self.app_context.today(),
            on_change=self._update_fields,
        )
        self.form.set_values({"name": stem, "way": ENCRYPTED if self._personal and not plain_only else PLAIN})
        self.put(self.place, self.form, None)
        self.confirmed.connect(self.save)
        self._update_fields()
        self.form.go_to("way" if personal and not plain_only else "name")
        if personal:
            self.run_read(self._take_places, list_protected)

    def _fields(self) -> tuple[Field, ...]:
        """Return the fields of the dialog: file name, way of saving and passwords."""
        ways = (ENCRYPTED, PLAIN) if self._personal else (PLAIN, ENCRYPTED)
        own = PasswordOwner(login_id=self.app_context.login_id, name=self.app_context.user_name)
        long_enough = "12文字以上にします。相手には、ファイルとは別の方法で伝えます。忘れると開けません。"
        return (
            Field("name", "ファイル名", unit=self._ending, width=400, rule=name_problem),
            Field("way", "保存のしかた", "radio", choices=tuple((way, way) for way in ways)),
            Field(
                "password",
                "パスワード",
                "password",
                width=280,
                hint=long_enough,
                rule=partial(password_problem, owner=own),
            ),
            Field("again", "パスワード（もう一度）", "password", width=280),
            Field("reason", "理由", width=400, hint="暗号化せずに保存する理由を書きます。記録に残ります。"),
            day_reason_field(),
        )

    def _take_places(self, places: tuple[ProtectedFolder, ...]) -> None:
        self._places = places
        self._check_protection()

    def _on_folder_changed(self) -> None:
        """Treat the new folder as unprotected until it has been checked."""
        self._show_protection(self.place.folder, None)
        self._check_protection()

    def _check_protection(self) -> None:
        """Check in the background whether the folder lies in a protected place: a share may be slow."""
        if self._places is not None:
            folder = self.place.folder
            self.app_context.run_in_background(
                partial(protected_place_of, self._places, folder),
                partial(self._show_protection, folder),
                on_failed=lambda _problem: None,
                owner=self,
            )

    def _show_protection(self, folder: Path, place: ProtectedFolder | None) -> None:
        """Propose the way that suits ``folder``: no encryption in a protected place, else encryption where possible.

        Nothing happens if the folder was changed since.
        """
        if self._places is None or folder != self.place.folder:
            return
        moved, self._protected = place != self._protected, place
        if moved:
            self.form.set_values({"way": PLAIN if place is not None or self._plain_only else ENCRYPTED})
        if place is None:
            self.note.show_text(self._caution, tone="amber")
        else:
            self.note.show_text(protected_words(place), tone="quiet")
        self._update_fields()
        if place is not None and moved:
            self.form.go_to("reason")

    def choose_folder(self, folder: Path) -> None:
        """Use ``folder`` from now on, and remember it for the next time."""
        self.place.choose(folder)
        self.place.remember_folder()

    def target(self) -> Path:
        """Return the path that would be written."""
        name = self.form.text("name").strip()
        return self.place.folder / (name if name.lower().endswith(self._ending) else name + self._ending)

    def save(self, *, overwrite: bool = False) -> None:
        """Save with the chosen options once all are valid; ask before a file is replaced, unless ``overwrite``."""
        if not self.form.check_all() or not self._passwords_match():
            self.fit_to_content()  # what is wrong stands below the fields
            return
        too_long = length_problem(filesystem.absolute(self.target()))
        if too_long:
            self.form.set_problem("name", too_long)
            self.form.go_to("name")
            return
        if self.target().exists() and not overwrite:
            self._ask_replace()
            return
        values = self.form.values()
        encrypted = values["way"].is_encrypted
        options = SaveOptions(
            path=self.target(),
            way=values["way"],
            password=values["password"] if encrypted else "",
            reason="" if encrypted else values["reason"],
            overwrite=overwrite,
        )
        self.run_change(
            _save_into_folder(self._change(options), options.path), self._on_saved, title="ファイルを保存しています"
        )

    def _update_fields(self) -> None:
        """Show only the fields that the chosen way needs."""
        encrypted = self.form.value("way").is_encrypted
        self.form.show_field("way", not self._plain_only)
        self.form.show_field("password", encrypted)
        self.form.show_field("again", encrypted)
        self.form.show_field("reason", not encrypted and self._personal)
        self.form.show_field("day_reason", self.doubts is not None and self.doubts.asks_reason)
        self.place.set_unprotected(not encrypted and self._personal and self._protected is None)
        self.set_main("暗号化して保存する" if encrypted else "保存する")
        if self.isVisible():
            self.fit_to_content()

    def _passwords_match(self) -> bool:
        """Return whether both typed passwords are the same, else say so."""
        values = self.form.values()
        if values["way"].is_encrypted and values["password"] != values["again"]:
            self.form.set_problem("again", "2回の入力が違います。もう一度入力してください。")
            self.form.go_to("again")
            return False
        return True

    def _ask_replace(self) -> None:
        question = ReplaceDialog(self.target(), parent=self)
        question.confirmed.connect(question.accept)
        question.confirmed.connect(lambda: self.save(overwrite=True))
        question.rejected.connect(self._propose_free_name)
        question.open()

    def _propose_free_name(self) -> None:
        self.form.set_values({"name": free_name(self.target()).stem})
        self.form.go_to("name")

    def _on_saved(self, saved: SavedFile) -> None:
        """Close the dialog, show where the file was saved, and emit ``saved``."""
        self.place.remember_folder()
        self._close_with(saved)
        self.saved.emit(saved.path)
        behind = self.parentWidget()
        if behind is not None:
            show_saved_file(behind, saved.message, saved.path)

    def show_error(self, problem: Exception) -> None:
        """If a file of that name exists, ask whether to overwrite; else show the error."""
        if isinstance(problem, TargetExistsError):
            self.set_busy(False)
            self._ask_replace()
        else:
            super().show_error(problem)


def _save_into_folder(change: Callable[[ActionContext], SavedFile], path: Path) -> Callable[[ActionContext], SavedFile]:
    """Return a save function that first creates the default folder if it is missing."""

    def save(context: ActionContext) -> SavedFile:
        """Create the default folder if it is missing, then save."""
        make_first_folder(path.parent)
        return change(context)

    return save


class SaveDocumentDialog(SaveDialog):
    """Saves one drawn document exactly as shown. Signals: those of ``SaveDialog``."""

    def __init__(
        self,
        parent: QWidget,
        *,
        scope: DocumentScope,
        kind: str,
        rendered: documents.RenderedDocument,
    ):
        super().__init__(
            parent,
            f"{FORMAT_WORDS[rendered.format]}で保存",
            rendered.content.kind,
            stem=rendered.content.file_stem,
            ending=f".{rendered.format}",
            personal="個人情報を含む書類です。暗号化して保存することをおすすめします。"
            "紙に出すだけなら、保存せずに「印刷する」を使います。"
            if rendered.content.personal
            else "",
            change=lambda options: bind_action(
                document_saving.save_document,
                scope=scope,
                kind=kind,
                format=rendered.format,
                rendered=rendered,
                day_reason=self.form.value("day_reason"),
                options=options,
            ),
            doubts=DoubtsBox(app_context_at(parent), scope, (kind,), contents=(rendered.content,)),
        )
