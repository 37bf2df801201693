"""The wizard for new data in three steps: the year's contract, the office, the first user.

What was typed stays when going back. The second step shows a preview of the letter beside it; the third says where the
data will be stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.calendar.wareki import era_year_words, fiscal_year_words
from app.data_folder.screens.password_form import PasswordForm
from app.data_folder.screens.recovery import RecoveryKeyView
from app.data_folder.screens.start_page import StartPage, StartSidebar
from app.data_folder.screens.step_year import YearStep
from app.programme.parts import CONTRACTOR_FIELDS, OFFICE_FIELDS, FieldsWithLetter, contractor_values, office_values
from app.widgets.action_mixin import show_failure_in
from app.widgets.buttons import Button
from app.widgets.display_texts import path_words
from app.widgets.forms.form import Form, check_together
from app.widgets.forms.form_fields import Field
from app.widgets.keys import is_enter
from app.widgets.labels import section, wrapped_label
from app.widgets.layouts import add, in_column
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.window.failure_messages import Failure
from db.record import record
from db.records.programme import Contractor, EventKind, Office, Programme

if TYPE_CHECKING:
    from app.data_folder.services.folder_choice import CheckedFolder


USER_FIELDS = (
    Field("login_id", "ID", width=200, hint="職員番号など。ログインのときに使います。"),
    Field("display_name", "表示名", width=240, hint="履歴と、同僚の画面に出る名前です。"),
)
_TITLES = ("年度と契約条件", "所属・担当者", "IDとパスワード")
_RECOVERY_STEP = 3


class OfficeStep(QWidget):
    """Page of the wizard for office and contractor. Signals: none; the wizard calls ``check_fields``."""

    def __init__(self, office: Office, programme: Programme):
        super().__init__()
        self._year_words = era_year_words(programme.term_end.replace(year=programme.fiscal_year))
        self.office_form = Form(OFFICE_FIELDS)
        self.office_form.set_values(office_values(office))
        self.contractor_form = Form(CONTRACTOR_FIELDS)
        self.contractor_form.set_values(contractor_values(Contractor()))
        fields = QWidget()
        column = in_column(owner=fields, spacing=12)
        # In the order of the letter beside it; what is still to be typed comes first, where we are is proposed.
        add(column, section("受託者"), self.contractor_form, 8, section("区の所属・担当者"), self.office_form, None)
        whole = FieldsWithLetter(fields)
        self.letterhead = whole.letterhead
        in_column(whole, owner=self)
        for form in (self.office_form, self.contractor_form):
            form.changed.connect(self._update_letterhead)
        self._update_letterhead()

    def check_fields(self) -> bool:
        """Return whether all values are valid; show an error beside each that is not."""
        return check_together(self.contractor_form.check_all, self.office_form.check_all)

    def office(self) -> Office:
        """Return the office as typed."""
        return Office(**self.office_form.values())

    def contractor(self) -> Contractor:
        """Return the contractor as typed."""
        return Contractor(**self.contractor_form.values())

    def _update_letterhead(self) -> None:
        self.letterhead.show_letter(self.office(), self.contractor(), year_words=self._year_words)


class UserStep(QWidget):
    """Page of the wizard for the first user. Signals: none; the wizard calls ``check_fields``."""

    def __init__(self) -> None:
        super().__init__()
        self.form = PasswordForm(USER_FIELDS)
        column = in_column(self.form, owner=self, spacing=16)
        self.folder_panel = Panel("データを置く場所")
        self._folder_label = wrapped_label()
        self.folder_panel.put(self._folder_label)
        self.caution = NoteBox(tone="amber", parent=self.folder_panel)
        self.folder_panel.put(self.caution)
        add(
            column,
            self.folder_panel,
            NoteBox(
                "つぎに、パスワードを忘れたときのための**回復キー**を1度だけ表示します。"
                "印刷するか、書き写してください。",
                "accent",
            ),
        )
        self.problem = NoteBox(tone="red")
        column.addWidget(self.problem)
        column.addStretch(1)

    def show_folder(self, folder: CheckedFolder) -> None:
        """Show where the data will be stored, with the caution about that place."""
        from db.files.synced_folders import synced_data_message

        self._folder_label.setText(path_words(folder.folder))
        self.caution.show_text(synced_data_message(folder.copied_by) if folder.copied_by else "")

    def check_fields(self) -> bool:
        """Return whether all values are valid; show an error beside each that is not."""
        self.problem.show_text("")
        return self.form.check_all()


@record
class NewData:
    """Everything needed to create a new data folder; ``numbers`` are the kinds of event with their numbers."""

    folder: Path
    programme: Programme
    numbers: tuple[EventKind, ...]
    office: Office
    contractor: Contractor
    login_id: str
    display_name: str
    password: str


class NewYearWizard(StartPage):
    """Wizard that collects in three steps what a new data folder needs, and shows the recovery key.

    Signals: ``finished(NewData)`` create the folder; ``confirmed()`` the recovery key was put away; ``back_asked()``
    back to the first page; ``sample_asked()``.
    """

    finished = Signal(object)
    confirmed = Signal()
    back_asked = Signal()

    def __init__(self, programme: Programme, numbers: Sequence[EventKind], office: Office):
        year = fiscal_year_words(programme.fiscal_year)
        steps = (
            (_TITLES[0], f"{year}の仕様書どおり"),
            (_TITLES[1], "書類の発信者と、受託者"),
            (_TITLES[2], "回復キーを印刷します"),
        )
        super().__init__(StartSidebar("はじめの準備　2分ほどで終わります", steps=steps), _TITLES[0])
        self._folder = Path()
        self._checked: CheckedFolder | None = None
        self.year = YearStep(programme, numbers)
        self.office = OfficeStep(office, programme)
        self.user = UserStep()
        self._recovery_page = QWidget()
        self._recovery_column = in_column(owner=self._recovery_page)
        self._pages = (self.year, self.office, self.user, self._recovery_page)
        for page in self._pages:
            self.add(page)
        self.step = 0
        self.back_button = Button("もどる", self.go_back, icon_name="caret-left", tall=True)
        self.next_button = Button("", self.go_next, kind="main", tall=True)
        self.next_button.setDefault(True)
        self.add_buttons(self.back_button, None, self.next_button)
        self._show(0)

    @property
    def checked_folder(self) -> CheckedFolder:
        """Return the folder for which the wizard was started."""
        assert self._checked is not None
        return self._checked

    def start(self, folder: CheckedFolder) -> None:
        """Start at the first step; what was typed before stays."""
        self._checked, self._folder = folder, folder.folder
        self.user.show_folder(folder)
        self._show(0)

    def go_back(self) -> None:
        """Go one step back, or from the first emit ``back_asked``."""
        if self.step == 0:
            self.back_asked.emit()
        else:
            self._show(self.step - 1)

    def go_next(self) -> None:
        """Go one step on if this one is valid; the last emits ``finished``, the recovery key ``confirmed``."""
        if self.step == _RECOVERY_STEP:
            self.confirmed.emit()
            return
        steps = (self.year, self.office, self.user)
        if not steps[self.step].check_fields():
            return
        if self.step < len(steps) - 1:
            self._show(self.step + 1)
        else:
            self.finished.emit(self._new_data())

    def show_recovery_key(self, view: RecoveryKeyView) -> None:
        """Show the key of the created folder and clear the password.

        Going on is possible once 印刷した or 書き写した is ticked.
        """
        self.user.form.clear_passwords()
        add(self._recovery_column, view, None)
        view.confirmed.connect(self._set_next_enabled)
        self._show(_RECOVERY_STEP)
        self.next_button.setEnabled(False)

    def _set_next_enabled(self, confirmed: bool) -> None:
        """Enable the button "next" once the recovery key is confirmed."""
        self.next_button.setEnabled(confirmed)
        if confirmed:
            # Nothing is left to answer: the keyboard stands on what begins.
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_failure(self, failure: Failure) -> None:
        """Show on the third step why the folder could not be created; everything typed is still there."""
        self._show(2)
        show_failure_in(failure, self.user.problem)

    def _show(self, step: int) -> None:
        """Show one step (0 to 2; 3 = the recovery key) with its heading, buttons and focus."""
        self.step = step
        for number, page in enumerate(self._pages):
            page.setVisible(number == step)
        last = step == _RECOVERY_STEP
        self.title.setText("回復キー" if last else _TITLES[step])
        self.count.setText(f"{min(step + 1, 3)} / 3")
        self.hint.setText("あとから「設定」で直せます。" if step < 2 and not last else "")
        if self.sidebar.steps is not None:
            self.sidebar.steps.show_step(min(step, 2))
        self.back_button.setVisible(not last)
        self.sidebar.sample_button.setVisible(not last)
        self.strip_sample.setVisible(not last)
        words = (f"つぎへ　{_TITLES[1]}", f"つぎへ　{_TITLES[2]}", "データフォルダーを作成する", "使い始める")
        self.next_button.set_words(words[step])
        self.next_button.setEnabled(True)
        self.area.verticalScrollBar().setValue(0)
        self.focus_first_field()

    def focus_first_field(self) -> None:
        """Set the focus to the first field of the step; nothing for the recovery key."""
        first = {
            0: ("title", self.year.form),
            1: ("name", self.office.contractor_form),
            2: ("login_id", self.user.form),
        }
        if self.step in first:
            key, form = first[self.step]
            form.go_to(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on when Enter is pressed in a field, like the button at the foot."""
        if is_enter(event) and self.next_button.isEnabled():
            self.go_next()
            return
        super().keyPressEvent(event)

    def _new_data(self) -> NewData:
        """Return everything typed, to create the data folder with."""
        user = self.user.form.values()
        return NewData(
            folder=self._folder,
            programme=self.year.programme(),
            numbers=self.year.numbers.numbers(),
            office=self.office.office(),
            contractor=self.office.contractor(),
            login_id=str(user["login_id"]).strip(),
            display_name=str(user["display_name"]).strip(),
            password=self.user.form.password(),
        )
