"""The editable passages of one document, each saved when its field is left, with a reset to the default."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.common.display_words import display_word
from app.documents.rules import character_count_words
from app.documents.services.document_passages import PassageRow, read_passages, reset_passage, set_passage
from app.documents.services.document_scope import DocumentScope
from app.widgets.action_mixin import ActionMixin
from app.widgets.buttons import inline_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.form_fields import Field, LinesEditor
from app.widgets.labels import label, small_label, with_accessible_name
from app.widgets.layouts import in_column, layout_now
from app.widgets.screen import widget_row as line
from app.window.app_context import AppContext

_TALLEST = 40


class PassageField(QWidget):
    """The field of one passage.

    Signals: ``typing(str, str)`` part and text on every keystroke; ``text_entered(str, str)`` the field was left with
    another text; ``reset_asked(str)`` the default text is wanted again.
    """

    typing = Signal(str, str)
    text_entered = Signal(str, str)
    reset_asked = Signal(str)

    def __init__(self, passage: PassageRow, *, counted: bool):
        """Build the field; ``counted`` shows how many characters the text has."""
        super().__init__()
        self._row = passage
        name = display_word(passage.part)
        self._counted = counted
        self._limit: int | None = None
        self.editor = LinesEditor(Field(passage.part, name, "lines"))
        self.editor.box.setAccessibleName(name)
        self.editor.grow_with_text(least=passage.lines, most=_TALLEST)
        self.back = with_accessible_name(
            inline_button("元の文面に戻す", lambda: self.reset_asked.emit(self._row.part)), f"{name}を元の文面に戻す"
        )
        self.count = label("", "small")
        self.state = small_label()
        in_column(
            line(label(name, "strong"), None, self.count, self.back),
            self.editor,
            self.state,
            owner=self,
            spacing=2,
        )
        self.editor.edited.connect(self._on_edit)
        self.editor.focus_left.connect(self._on_left)
        self.show_row(passage)

    @property
    def part(self) -> str:
        """Return the name of the passage."""
        return self._row.part

    @property
    def text(self) -> str:
        """Return the text as typed."""
        return str(self.editor.value())

    def show_row(self, passage: PassageRow, limit: int | None = None) -> None:
        """Show a passage; a text that is being typed stays. ``limit`` is the greatest length, None = none."""
        typed = self.editor.box.hasFocus() and self.text != self._row.text
        if not typed and self.text != passage.text:
            self.editor.show_value(passage.text)
        self._row, self._limit = passage, limit
        # Where the app has no words of its own there is nothing to go back to, and nothing to follow.
        reworded = passage.edited and bool(passage.default)
        self.back.setVisible(reworded)
        self.state.setText(
            ""
            if not reworded
            else "直したあとに実施回の内容が変わりました。"
            if passage.outdated
            else "直した文。実施回を変えても変わりません。"
        )
        self.state.setProperty("role", "warned" if passage.outdated else "small")
        self.state.style().polish(self.state)
        self.state.setVisible(bool(self.state.text()))
        self.state.setToolTip(f"元の文\n{passage.default}" if passage.edited else "")
        self._show_count()

    def save(self) -> None:
        """Emit ``text_entered`` if the text differs from the stored one."""
        if self.text != self._row.text:
            self.text_entered.emit(self._row.part, self.text)

    def _on_edit(self) -> None:
        """Show the length and emit ``typing``."""
        self._show_count()
        self.typing.emit(self._row.part, self.text)

    def _on_left(self) -> None:
        self.save()

    def _show_count(self) -> None:
        """Show how many characters are typed, of how many where there is a limit, if this passage is counted."""
        self.count.setVisible(self._counted)
        if self._counted:
            self.count.setText(character_count_words(self.text, self._limit))


class PassageList(ActionMixin, QWidget):
    """The fields of all passages. Signals: ``typing()`` on every keystroke."""

    typing = Signal()

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self._scope = DocumentScope()
        self._kind = ""
        self.fields: list[PassageField] = []
        self._column = in_column(owner=self, spacing=12)

    @property
    def shown_document(self) -> tuple[DocumentScope, str]:
        """Return the scope of the document and its kind."""
        return self._scope, self._kind

    def show_texts(
        self,
        scope: DocumentScope,
        kind: str,
        passages: Sequence[PassageRow],
        *,
        counted: Sequence[str] = (),
        limits: dict[str, int | None] | None = None,
    ) -> bool:
        """Show the passages of a document; fields of the same document are reused, so that the focus stays.

        Args:
            counted: the parts whose characters are counted. limits: how many of them may stand there, by part.

        Returns:
            Whether other fields stand there now.
        """
        parts = [passage.part for passage in passages]
        another = (scope, kind) != (self._scope, self._kind) or [field.part for field in self.fields] != parts
        if another:
            self._rebuild(scope, kind, passages, counted)
        for field, passage in zip(self.fields, passages, strict=True):
            field.show_row(passage, (limits or {}).get(passage.part))
            field.editor.box.setReadOnly(self.app_context.read_only)
            field.back.setEnabled(self.may_write)
        return another

    def texts(self) -> dict[str, str]:
        """Return the current texts of the fields by part."""
        return {field.part: field.text for field in self.fields}

    def _rebuild(self, scope: DocumentScope, kind: str, passages: Sequence[PassageRow], counted: Sequence[str]) -> None:
        """Replace the fields by those of another document."""
        self._scope, self._kind = scope, kind
        for old in self.fields:
            old.hide()
            old.deleteLater()
        self.fields = [PassageField(passage, counted=passage.part in counted) for passage in passages]
        for field in self.fields:
            self._column.addWidget(field)
            field.typing.connect(lambda _part, _text: self.typing.emit())
            # A field left because another document was chosen still saves to its own document.
            field.text_entered.connect(lambda part, text: self._write(scope, kind, part, text))
            field.reset_asked.connect(lambda part: self._reset(scope, kind, part))
        layout_now(self)

    def _write(self, scope: DocumentScope, kind: str, part: str, text: str) -> None:
        if self.may_write:
            self.run_action(set_passage, scope=scope, kind=kind, part=part, text=text)

    def _reset(self, scope: DocumentScope, kind: str, part: str) -> None:
        self.run_action(reset_passage, scope=scope, kind=kind, part=part)


class WordingDialog(ActionMixin, DialogFrame):
    """The dialog with the passages of one document that has no other place for them; each is saved on leaving.

    Signals: those of ``DialogFrame``.
    """

    def __init__(self, app_context: AppContext, scope: DocumentScope, kind: str, note: str, *, parent: QWidget):
        """Build the dialog; ``note`` says which documents use these texts."""
        super().__init__(f"{kind}の文", cancel="閉じる", width=720, parent=parent)
        self.app_context = app_context
        self._scope, self._kind = scope, kind
        self.texts = PassageList(app_context)
        self.put(label(note, "small", wrap=True), self.texts, None)
        app_context.follow_changes(self, self._read)
        self._read()

    def reject(self) -> None:
        """Close after saving the text being edited."""
        for field in self.texts.fields:
            field.save()
        super().reject()

    def _read(self, *_what: object) -> None:
        self.run_read(self._show, read_passages, scope=self._scope, kind=self._kind, on=self.today)

    def _show(self, rows: Sequence[PassageRow]) -> None:
        self.texts.show_texts(self._scope, self._kind, rows)
