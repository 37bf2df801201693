"""Dialogs to export a 当日持出しファイル (content, carrier, destination, password), and to import and delete it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QLineEdit, QRadioButton, QWidget

from app.calendar.dates import clock_time, moment_of
from app.common.join_nonempty import fill_nonempty
from app.data_folder.screens.password_form import PasswordForm
from app.documents.screens.save_folder import DAY_FILES_KEY, FolderLine, make_first_folder
from app.documents.services.file_saving import name_problem
from app.event.parts import EventPicker
from app.event_day.checkouts.services import outside_words
from app.event_day.day_file.services.day_file_checkout import (
    PURPOSE,
    CheckedOutDayFile,
    DayFilePreview,
    check_out_day_file,
    preview_day_file,
)
from app.event_day.day_file.services.day_file_differences import VenueDifference
from app.event_day.day_file.services.day_file_return import (
    ReturnPreview,
    Side,
    destroy_day_copy,
    read_return,
    return_day_file,
)
from app.widgets.buttons import Button, inline_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.display_texts import moment_words
from app.widgets.flow_row import FlowRow
from app.widgets.forms.file_field import FileField
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, label, section, separator, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import add, column_of, in_column, in_grid
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Column, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.screen import widget_row
from app.window import theme as t
from app.window.app_context import AppContext, ReadOnlyError, bind_action, with_store
from app.window.background_task import bind_arguments
from db.files.day_file import FILE_SUFFIX
from db.records.protection import Checkout

_SIDES: tuple[Side, Side] = ("会場", "事務所")
_FILE_HINT = "会場で使ったファイルを選び、持ち出したときに決めたパスワードを入力してください。まだ何も変わりません。"
_AFTER_RETURN_HINT = (
    "戻したあと、選んだファイルは上書きして消去します。"
    "ほかの場所（ノートPC、USBメモリなど）の写しは、手で消してください。"
    "Ctrl+Z で名簿は元に戻せますが、消去したファイルは戻りません。"
)
_MEASURED_MS = 60
_COLUMNS = unsorted(
    Column("who", "だれ・何", lambda one: one.who_words, stretch=True),
    Column("kind", "項目", lambda one: one.kind),
    Column("taken", "持出しのとき", lambda one: one.at_checkout, widest=150),
    Column("venue", "会場での記録", lambda one: one.venue, widest=180),
)


class ConflictList(QWidget):
    """Conflicts between office and venue side by side, each to be chosen by hand.

    Signals: ``changed()`` something was chosen.
    """

    changed = Signal()

    def __init__(self, conflicts: Sequence[VenueDifference]):
        super().__init__()
        self._groups: dict[str, QButtonGroup] = {}
        column = in_column(owner=self, spacing=8)
        if len(conflicts) > 1:
            whole = [inline_button(f"すべて{side}にする", partial(self._choose_all, side)) for side in _SIDES]
            column.addWidget(FlowRow(*whole))
        grid = in_grid(across=16, down=6, wide=1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(2, 1)
        for number, conflict in enumerate(conflicts):
            self._add_conflict(grid, number * 3, conflict)
        column.addLayout(grid)

    def choices(self) -> dict[str, Side]:
        """Return the choices so far, by the key of the conflict."""
        return {key: _SIDES[group.checkedId()] for key, group in self._groups.items() if group.checkedId() in (0, 1)}

    def open_count(self) -> int:
        """Return how many conflicts still have no choice."""
        return len(self._groups) - len(self.choices())

    def button(self, key: str, side: Side) -> QRadioButton:
        """Return the button of one side of a conflict."""
        found = self._groups[key].button(_SIDES.index(side))
        assert isinstance(found, QRadioButton)
        return found

    def _add_conflict(self, grid: QGridLayout, line: int, conflict: VenueDifference) -> None:
        """Add one difference to the grid, with the choice between venue and office."""
        if line:
            grid.addWidget(separator(), line - 1, 0, 1, 3)
        grid.addWidget(wrapped_label(conflict.who_words, "strong"), line, 0)
        grid.addWidget(small_label(f"{conflict.kind}　持出しのとき：{conflict.at_checkout}"), line + 1, 0)
        group = QButtonGroup(self)
        for number, (side, words) in enumerate(zip(_SIDES, (conflict.venue, conflict.office), strict=True)):
            button = with_accessible_name(
                QRadioButton(f"{side}　{words}"), f"{conflict.who_words} {conflict.kind}：{side}の「{words}」にする"
            )
            group.addButton(button, number)
            grid.addWidget(button, line, number + 1, 2, 1)
        group.idToggled.connect(lambda _number, on: self.changed.emit() if on else None)
        self._groups[conflict.key] = group

    def _choose_all(self, side: Side) -> None:
        for group in self._groups.values():
            group.button(_SIDES.index(side)).setChecked(True)


class ReturnDayFileDialog(SavingDialog):
    """Dialog to import a 当日持出しファイル; afterwards the file is destroyed.

    Signals: those of ``SavingDialog``; ``manual_return_asked()`` the file is lost, so only record its return.
    """

    manual_return_asked = Signal()

    shows_all_errors = True

    def __init__(self, parent: QWidget, subject: str = ""):
        super().__init__(parent, "持出しファイルを戻す", subject, main="内容を確かめる", width=860, note="")
        self._preview: ReturnPreview | None = None
        self.conflicts: ConflictList | None = None
        self.changes: FittedTable | None = None
        self.file = FileField()
        name = label("ファイル")
        name.setFixedWidth(t.scaled(t.LABEL))
        line = widget_row(name, self.file, spacing=16)
        line.setStretch(1, 1)
        self.secret = Form((Field("password", "パスワード", "password", width=340),))
        self._first = column_of(Paragraph(_FILE_HINT), line, self.secret, spacing=12)
        self.put(self._first)
        self._second = QWidget()
        self._page = in_column(owner=self._second, spacing=12)
        self._second.hide()
        self.put(self._second)
        self.same = NoteBox(tone="amber")
        self.checker = Form((Field("checked_by", "返却確認者", width=240),), on_change=self._compare_people)
        self.hand_button = Button("ファイルなしで返却を記録", self._ask_manual_return, tall=True)
        self.put_button(self.hand_button)
        self.put(None)
        self.confirmed.connect(self._confirm_or_continue)
        box = self.secret.editor("password")
        if isinstance(box, QLineEdit):
            box.returnPressed.connect(self._confirm_or_continue)
        self.file.entered.connect(lambda: self.secret.go_to("password"))
        self.file.setFocus()

    def load_preview(self) -> None:
        """Read from the chosen file what it would change, and show it."""
        path = self.file.path()
        self.show_error_text("")
        if path is None:
            self.show_error_text("ファイルがまだ選ばれていません。")
            self.file.setFocus()
        elif self.secret.check_all():
            self.set_busy(True)
            self.app_context.read(
                with_store(read_return, path=path, password=str(self.secret.value("password"))),
                self._show,
                on_failed=self.show_error,
                title="当日持出しファイルを読んでいます",
            )

    def bring_back(self) -> None:
        """Merge the file into the data, or destroy a copy of one that was merged before."""
        self.show_error_text("")
        path, password = self.file.path(), str(self.secret.value("password"))
        if path is None:
            return
        if self._preview is not None and self._preview.is_already_merged:
            self.set_busy(True)
            self.app_context.run_in_background(
                bind_arguments(destroy_day_copy, path=path, password=password),
                self._show_destroyed,
                on_failed=self.show_error,
                writes=True,
            )
        elif self.checker.check_all():
            choices = self.conflicts.choices() if self.conflicts is not None else {}
            checked_by = self.checker.value("checked_by")
            self.run_action(return_day_file, choices=choices, checked_by=checked_by, path=path, password=password)

    def _confirm_or_continue(self) -> None:
        if self._preview is None:
            self.load_preview()
        else:
            self.bring_back()

    def _show(self, preview: ReturnPreview) -> None:
        """Show what the file brings back, with its notes and differences."""
        self.set_busy(False)
        self._preview = preview
        self._first.hide()
        self.hand_button.hide()
        for note in preview.notes:
            self._page.addWidget(NoteBox(note, "amber"))
        row = preview.checkout
        self._page.addWidget(
            Paragraph(
                f"**{preview.event.full_title}**　{moment_words(row.taken_at)}に{row.taken_by}さんが持ち出したファイル"
            )
        )
        if preview.is_already_merged:
            self._show_merged(preview)
        else:
            self._show_changes(preview)
        self._second.show()
        self.fit_to_content()
        # Again after the list has measured its rows.
        QTimer.singleShot(_MEASURED_MS, self, self.fit_to_content)

    def _show_merged(self, preview: ReturnPreview) -> None:
        """Show that the file was merged before, and can only be destroyed."""
        row = preview.checkout
        at = moment_words(row.returned_at) if row.returned_at is not None else ""
        words = f"このファイルは、**{at}に戻されています**（返却確認者 {row.return_checked_by}）。名簿は変わりません。"
        self._page.addWidget(NoteBox(words, "accent"))
        self.set_main("この写しを消去する")

    def _show_changes(self, preview: ReturnPreview) -> None:
        settled = sum(one.verdict == "済" for one in preview.differences)
        sums = f"会場の記録　受付済 **{preview.attended_count}人**（うち当日受付 {preview.walk_in_count}人）"
        sums += fill_nonempty("　すでに入っているもの {}件", settled)
        self._page.addWidget(Paragraph(sums))
        if preview.renumbered:
            who = "、".join(f"{one.who_words} {one.renumbered}" for one in preview.renumbered)
            words = f"会場で伝えた番号を、名簿では別の方が使っています。番号が変わる方：{who}"
            self._page.addWidget(NoteBox(words, "amber"))
        if preview.conflicts:
            self.conflicts = ConflictList(preview.conflicts)
            self.conflicts.changed.connect(self._update_button)
            add(
                self._page,
                4,
                section(f"持出しのあと、事務所でも変わったもの　{len(preview.conflicts)}件"),
                self.conflicts,
            )
        if preview.unconflicted:
            add(self._page, 4, section(f"名簿に入るもの　{len(preview.unconflicted)}件"))
            self.changes = FittedTable("day-file-changes", _COLUMNS, title="名簿に入るもの", empty="", unit="件")
            self._page.addWidget(self.changes)
            self.changes.show_rows(preview.unconflicted)
        elif not preview.conflicts:
            self._page.addWidget(Paragraph("名簿に入れるものは、ありません。"))
        add(self._page, self.same, self.checker)
        self.same.show_text("")
        self._page.addWidget(Paragraph(_AFTER_RETURN_HINT, role="second"))
        self.checker.go_to("checked_by")
        self._update_button()

    def _compare_people(self) -> None:
        """Show a warning while the same person took the file out and checks it."""
        taken_by = self._preview.checkout.taken_by if self._preview is not None else ""
        same = str(self.checker.value("checked_by")).strip() == taken_by
        self.same.show_text("持ち出した者と同じ人です。別の人が確かめるのが原則です。" if same else "")

    def _update_button(self) -> None:
        """Show on the button how many conflicts are open, and enable it for none."""
        left = self.conflicts.open_count() if self.conflicts is not None else 0
        self.set_main(f"あと{left}件を選んでください" if left else "名簿に戻してファイルを消去する", enabled=left == 0)

    def _show_destroyed(self, gone: bool) -> None:
        """Close the dialog when the copy was destroyed, else show that it could not be."""
        self.set_busy(False)
        if gone:
            self.accept()
            self.app_context.show_message("写しを消去しました。名簿は変わっていません。")
        else:
            self.show_error_text("この写しは消去できませんでした。手で消してください。")

    def _ask_manual_return(self) -> None:
        self.reject()
        self.manual_return_asked.emit()

    def show_error(self, problem: Exception) -> None:
        """Show the error; until the file was read, clear and focus the password again."""
        super().show_error(problem)
        if self._preview is None:
            self.secret.set_values({"password": ""})
            self.secret.go_to("password")


_INCLUDED_WORDS = "受付名簿の番号・氏名・ふりがな・団体・役職・端末・班・撮影の可否・出欠、貸与タブレットの番号"
_EXCLUDED_WORDS = "電話番号・メール・住所、ほかの実施回、ほかの方、履歴"
_KEEP_HINT = (
    "このファイルだけのパスワードです。アプリには残しません。**忘れると誰にも開けません。** "
    "いま紙などに控え、ファイルとは別に持ち歩いてください。"
)


class DayFileCheckoutDialog(SavingDialog):
    """Dialog 当日持出しファイルを作る: what is exported and what stays, carrier, destination, and a password of its
    own.

    Signals: those of ``SavingDialog``; ``saved`` gives a ``CheckedOutDayFile``.
    """

    shows_all_errors = True

    def __init__(self, parent: QWidget, offer: DayFilePreview):
        super().__init__(
            parent,
            "当日持出しファイルを作る",
            offer.event.full_title,
            main="ファイルを作る",
            note="持出し管理簿に記入します。元には戻せません。",
            width=760,
        )
        self._offer = offer
        if offer.files_outstanding:
            told = f"**{outside_words(offer.files_outstanding)}**です。もう1つ作ると、戻すときに両方を突き合わせます。"
            self.put(NoteBox(told, "amber"))
        self.put(
            Paragraph(f"**持ち出すもの**　この実施回だけ。{_INCLUDED_WORDS}（受付名簿 {offer.people_count}人）"),
            Paragraph(f"**事務所に残すもの**　{_EXCLUDED_WORDS}"),
        )
        self.care = QCheckBox(
            f"配慮の内容も持ち出す（{offer.care_count}人。受付の画面では F8 を押している間だけ出ます）"
        )
        self.care.setChecked(True)
        if offer.care_count:
            self.put(self.care)
        else:
            self.care.setParent(self)
            self.care.hide()
        self.form = Form(self._fields(), self.app_context.fiscal_year, near=self.app_context.today())
        self._fill()
        self.target = FolderLine(self.app_context, key=DAY_FILES_KEY)
        self.put(self.form, self.target, section("ファイルのパスワード"), Paragraph(_KEEP_HINT))
        self.passwords = PasswordForm(login_id=self.app_context.login_id, name=self.app_context.user_name)
        self.put(self.passwords, None)
        self.confirmed.connect(self.check_out)
        self.form.go_to("approved_by")

    def check_out(self) -> None:
        """Write the day file, once the fields are valid."""
        self.show_error_text("")
        if not check_together(self.form.check_all, self.passwords.check_all):
            return
        values = self.form.values()
        row = Checkout(
            contents="",
            taken_at=self.app_context.now(),
            taken_by=values["taken_by"],
            approved_by=values["approved_by"],
            purpose=values["purpose"],
            destination=values["destination"],
            due_back_at=moment_of(values["back_day"], values["back_time"]),
        )
        try:
            make_first_folder(self.target.folder)
        except OSError as problem:
            self.show_error(problem)
            return
        name = str(values["name"]).strip().removesuffix(FILE_SUFFIX) + FILE_SUFFIX
        self.run_change(
            bind_action(
                check_out_day_file,
                event_id=self._offer.event.id,
                path=self.target.folder / name,
                password=self.passwords.password(),
                checkout=row,
                with_care=bool(self._offer.care_count) and self.care.isChecked(),
            ),
            title="当日持出しファイルを作成しています",
        )

    def _fields(self) -> tuple[Field, ...]:
        return (
            record_field(Checkout, "taken_by", width=240),
            record_field(Checkout, "approved_by", width=240, optional=False),
            record_field(Checkout, "purpose", width=240, optional=False),
            record_field(Checkout, "destination", width=400, optional=False),
            Field("back_day", "返却予定の日", "date", width=120),
            Field("back_time", "返却予定の時刻", "time", width=88),
            Field("name", "ファイル名", unit=FILE_SUFFIX, width=280, rule=name_problem),
        )

    def _fill(self) -> None:
        due = self._offer.due_back_at
        self.form.set_values(
            {
                "taken_by": self.app_context.user_name, "purpose": PURPOSE, "destination": self._offer.destination,
                "back_day": due.date() if due else None, "back_time": clock_time(due) if due else "",
                "name": self._offer.file_stem,
            }
        )  # fmt: skip

    def _close_with(self, result: Any) -> None:
        """Clear the passwords, remember the folder of a file that was written, and close the dialog."""
        self.passwords.clear_passwords()
        if isinstance(result, CheckedOutDayFile):
            self.target.remember_folder()
        super()._close_with(result)


class PickEventDialog(DialogFrame):
    """Dialog to choose the event to export. Signals: those of ``DialogFrame``."""

    def __init__(self, app_context: AppContext, parent: QWidget):
        super().__init__("当日持出しファイルを作る", main="つづける", width=640, parent=parent)
        self.put(Paragraph("持ち出す実施回を選んでください。1つのファイルには、1つの実施回だけが入ります。"))
        self.picker = EventPicker(app_context)
        self.put(self.picker, None)
        self.main.setEnabled(False)
        self.picker.chosen.connect(lambda event_id: self.main.setEnabled(bool(event_id)))
        self.picker.reload()


def check_out_event(app_context: AppContext, owner: QWidget, *, event_id: int | None) -> None:
    """Open the dialog that writes a day file, after asking for the event if none is given; not while read-only."""
    if app_context.read_only:
        app_context.show_failure(ReadOnlyError())
    elif event_id is None:
        asked = PickEventDialog(app_context, owner)
        asked.confirmed.connect(lambda: _check_out_chosen(app_context, owner, asked))
        asked.open()
    else:

        def show(offer: DayFilePreview) -> None:
            DayFileCheckoutDialog(owner, offer).open()

        app_context.read(with_store(preview_day_file, event_id=event_id), show, owner=owner)


def bring_back(
    app_context: AppContext, owner: QWidget, *, subject: str, on_manual_return: Callable[[], object]
) -> None:
    """Open the dialog that merges a day file; ``on_manual_return`` is called to record a return without one."""
    if app_context.read_only:
        app_context.show_failure(ReadOnlyError())
        return
    dialog = ReturnDayFileDialog(owner, subject)
    dialog.manual_return_asked.connect(on_manual_return)
    dialog.open()


def _check_out_chosen(app_context: AppContext, owner: QWidget, dialog: PickEventDialog) -> None:
    """Close the dialog, and open the one that writes a day file of the chosen event."""
    dialog.accept()
    check_out_event(app_context, owner, event_id=dialog.picker.event_id)
