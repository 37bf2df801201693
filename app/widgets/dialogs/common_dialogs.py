"""Dialogs that every subject uses: list of links, reason, replace a file, copy a mail, base class for saving.

A saving dialog runs one service and closes when it has succeeded; mails are only copied, never sent from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from app.widgets.action_mixin import ActionMixin, show_failure_in
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.dialog_frame import CAN_UNDO, DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, label, separator, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.window import theme as t
from app.window.app_context import app_context_at, check_may_copy
from app.window.clipboard import copy_for_pasting
from app.window.failure_messages import failure_of
from db.record import record

if TYPE_CHECKING:
    from app.actions.action_context import ActionContext
    from app.window.background_task import Job

Result = TypeVar("Result")


@record
class LinkEntry:
    """One entry of a link list: its text, the callback of its button, smaller text below, kind of event, verb.

    ``kind`` is the key of a kind of event, whose square is shown, "" = none. ``blocked`` says why its button can't be
    used, "" = it can.
    """

    words: str
    follow: Callable[[], object]
    second: str = ""
    kind: str = ""
    verb: str = "開く"
    blocked: str = ""


class LinkListDialog(DialogFrame):
    """Dialog that lists entries, each with its button. Signals: those of ``DialogFrame``."""

    def __init__(
        self,
        title: str,
        entries: Sequence[LinkEntry],
        *,
        subject: str = "",
        empty_text: str = "この日の実施回と期限はありません。",
        parent: QWidget | None = None,
    ):
        """Create the dialog; ``empty_text`` is shown when there are no entries."""
        super().__init__(title, subject, cancel="閉じる", width=560, parent=parent)
        self.entries = tuple(entries)
        for number, entry in enumerate(self.entries):
            if number:
                self.put(separator())
            self.put(self._line(entry))
        if not self.entries:
            self.put(wrapped_label(empty_text))
        self.put(None)

    def _line(self, entry: LinkEntry) -> QHBoxLayout:
        """Return the line of one entry: its square, its words and its button."""
        line = in_row(spacing=8)
        if entry.kind:
            line.addWidget(KindSquare(entry.kind))
        words = in_column(wrapped_label(entry.words, "strong"), spacing=2)
        if entry.second:
            words.addWidget(small_label(entry.second))
        line.addLayout(words, 1)
        button = with_accessible_name(
            inline_button(entry.verb, lambda: self._follow_entry(entry)), f"{entry.words}　{entry.verb}"
        )
        if entry.blocked:
            button.setEnabled(False)
            button.setToolTip(entry.blocked)
        line.addWidget(button)
        return line

    def _follow_entry(self, entry: LinkEntry) -> None:
        """Close the dialog, then call ``follow`` of the entry."""
        self.accept()
        entry.follow()


class SavingDialog(ActionMixin, DialogFrame):
    """Base class of every dialog that writes: saving, errors, unsaved input and undo work alike in all of them.

    Signals: ``saved_result(object)`` the service's result, after closing; those of ``DialogFrame``. When the service
    raises an error, the dialog stays open with everything typed and the error is shown above the buttons.
    """

    saved_result = Signal(object)
    writes = True
    shows_all_errors = False
    """Whether serious failures are shown in the dialog too, e.g. of a file that can be chosen anew there."""
    form: Form

    def __init__(self, parent: QWidget, title: str, subject: str = "", **named: Any):
        """Create the dialog; ``named`` are arguments of ``DialogFrame``, with ``CAN_UNDO`` as default note."""
        super().__init__(title, subject, parent=parent, **{"note": CAN_UNDO} | named)
        self.app_context = app_context_at(parent)
        self._is_valid: Callable[[], bool] = lambda: True
        self.confirmed.connect(self._save_if_valid)

    def put_form(self, form: Form, values: object = None, *, focus: str = "") -> None:
        """Add the form of the dialog, which is checked before ``_save`` is called.

        ``values`` are shown at first, by key or from a record; ``focus`` is the key of the field that is focused, "" =
        the first.
        """
        self.form = form
        self._is_valid = form.check_all
        if values is not None:
            form.set_values(values)
        self.put(form, None)
        if form.fields:
            form.go_to(focus or form.fields[0].key)

    def _save_if_valid(self) -> None:
        if self._is_valid():
            self._save()

    def _save(self) -> None:
        """Called when the main button is pressed; overridden to save. Dialogs that connect ``confirmed`` leave it."""

    def run_change(
        self,
        change: Callable[[ActionContext], Result],
        done: Callable[[Result], object] | None = None,
        *,
        further_actions: Sequence[Callable[[ActionContext], object]] = (),
        failed: Callable[[Exception], object] | None = None,
        title: str = "",
    ) -> Job | None:
        """Run ``change`` (a service bound by ``bind_action``) and close; the buttons are disabled meanwhile.

        ``further_actions`` are run after it, one by one as long as none fails; ``saved_result`` then has the result
        of the last. ``done`` gets the result of ``change`` instead: nothing is closed or enabled again,
        ``further_actions`` are not run, and ``saved_result`` is not emitted. ``failed`` replaces ``show_error`` for
        an error of ``change`` itself, and must enable the buttons again (``set_busy``).
        """
        self.set_busy(True)
        self.show_error_text("")
        after = done or (
            self._close_with
            if not further_actions
            else lambda _saved: self.run_change(further_actions[0], further_actions=further_actions[1:], title=title)
        )
        return super().run_change(change, after, failed=failed, title=title)

    def run_change_and_stay(
        self, change: Callable[[ActionContext], Result], done: Callable[[Result], object] | None = None
    ) -> None:
        """Run ``change`` while the dialog stays open, e.g. for one line of its list."""
        self.show_error_text("")
        super().run_change(change, done)

    def _close_with(self, result: object) -> None:
        """Close after saving, and emit the result."""
        self.set_busy(False)
        self.accept()
        self.saved_result.emit(result)

    def show_error(self, problem: Exception) -> None:
        """Show above the buttons why nothing was saved.

        A serious failure is shown over the window, unless ``shows_all_errors``.
        """
        self.set_busy(False)
        failure = failure_of(problem)
        if failure.small or self.shows_all_errors:
            show_failure_in(failure, self.refusal)
            self.fit_to_content()
        else:
            self.app_context.show_failure(problem)


def usual_buttons(texts: Sequence[str], use: Callable[[str], object]) -> tuple[Button, ...]:
    """Return a button for each usual text, pressed by Alt with its number as well, that passes it to ``use``."""
    buttons = tuple(
        Button(words, partial(use, words), low=True, key=f"Alt+{number}") for number, words in enumerate(texts, 1)
    )
    for button in buttons:
        on_key(button, button.key, button.click)
    return buttons


class ReasonDialog(SavingDialog):
    """Asks for a reason, with usual ones to insert by mouse or Alt with its number.

    ``change(reason)`` returns the action to run, ``on_saved`` gets its result. Signals: those of ``SavingDialog``.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        subject: str,
        *,
        verb: str,
        text: str,
        usual_reasons: Sequence[str],
        change: Callable[[str], Callable[[ActionContext], object]],
        on_saved: Callable[[Any], object] | None = None,
        working: str = "",
    ):
        """Create the dialog.

        ``verb`` is the text of the main button, ``text`` the paragraph above the field, ``working`` the name of work
        that takes long, "" = it does not.
        """
        super().__init__(parent, title, subject, main=verb, width=600)
        self._change = change
        self._working = working
        if on_saved is not None:
            self.saved_result.connect(on_saved)
        self.put(Paragraph(text))
        self.form = Form((Field("reason", "理由", "lines", lines=2, hint="一覧と履歴に残ります"),))
        self.put(self.form)
        self.usual = usual_buttons(usual_reasons, self._use_reason)
        choices = FlowRow(*self.usual)
        choices.setVisible(bool(usual_reasons))
        self.put(choices, None)
        self.form.go_to("reason")

    def _use_reason(self, words: str) -> None:
        """Put a usual reason into the field in place of its text, and focus the main button."""
        self.form.set_values({"reason": words})
        # What is usual needs no more words: Enter goes on, Shift+Tab goes back to write more.
        self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self.form.check_all():
            self.run_change(self._change(self.form.value("reason")), title=self._working)


class ReplaceDialog(DialogFrame):
    """Asks whether to replace an existing file or save under another name.

    Signals: those of ``DialogFrame``; ``confirmed()`` = replace it (the caller closes the dialog), ``rejected()`` =
    another name, or Esc.
    """

    def __init__(self, path: Path, parent: QWidget):
        super().__init__(
            "同じ名前のファイルがあります",
            path.name,
            main="置き換える",
            cancel="別の名前で保存",
            width=560,
            main_kind="danger",
            parent=parent,
        )
        self.put(
            wrapped_label(f"「{path.name}」は、{path.parent} にもうあります。"),
            wrapped_label("置き換えると、いまあるファイルの内容は戻せません。"),
            None,
        )


class TextToCopyDialog(SavingDialog):
    """Shows a subject and text with a button to copy each, and can record that the text was copied.

    Signals: those of ``SavingDialog``; ``text_copied(str)`` when the text was copied: 「件名：…」 and, after an
    empty line, the text.
    """

    text_copied = Signal(str)
    writes = False

    def __init__(
        self,
        parent: QWidget,
        title: str,
        about: str,
        *,
        copy_words: str,
        text_name: str,
    ):
        super().__init__(
            parent,
            title,
            about,
            main=copy_words,
            cancel="閉じる",
            note="このアプリからは送信しません。メールなどに貼り付けて使います。",
            width=680,
        )
        self.subject = with_accessible_name(QLineEdit(), "件名")
        self.text = with_accessible_name(QPlainTextEdit(), text_name)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(round(t.line_height() * 13))
        self.copied = label("", "done")
        self.put(label("件名", "small"), self.subject, label("本文（直せます）", "small"), (self.text, 1))
        self.foot.insertWidget(1, self.copied)
        self.put_button(Button("件名をコピーする", self._copy_subject, tall=True))
        self.confirmed.connect(self._copy_text)

    def show_subject(self, words: str) -> None:
        """Show the subject, scrolled to its beginning."""
        self.subject.setText(words)
        self.subject.setCursorPosition(0)

    def _copy_subject(self) -> None:
        """Copy the subject and say so, if this user may copy."""
        if not check_may_copy(self):
            return
        copy_for_pasting(self.subject.text())
        self.copied.setText("件名をコピーしました")

    def _copy_text(self) -> None:
        """Copy the text, say so and emit ``text_copied``, if this user may copy."""
        if not check_may_copy(self):
            return
        copy_for_pasting(self.text.toPlainText())
        self.copied.setText("本文をコピーしました")
        self.text_copied.emit(f"件名：{self.subject.text()}\n\n{self.text.toPlainText()}")

    def note_copied(self, change: Callable[[ActionContext], object]) -> None:
        """Run ``change``, which records that the text was copied, and stay open; in 閲覧専用 nothing is recorded."""
        if self.may_write:
            self.run_change_and_stay(change)
