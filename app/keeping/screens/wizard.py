"""Beginning anew in three steps; what was typed stays when one goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.calendar.wareki import fiscal_year_words
from app.keeping.screens.rail import Rail
from app.keeping.screens.railed_page import RailedPage
from app.keeping.screens.step_office import OfficeStep
from app.keeping.screens.step_user import UserStep
from app.keeping.screens.step_year import YearStep
from app.widgets.buttons import Button
from app.widgets.failure_dialog import note_failure
from app.widgets.recovery_key_view import RecoveryKeyView
from app.window.failure_messages import Failure
from db.records.programme import Contractor, KindNumbers, Office, Programme

if TYPE_CHECKING:
    from app.keeping.services.places import Place

_TITLES = ("年度と契約の数", "所属・担当者", "IDとパスワード")
_RECOVERY = 3


@dataclass(frozen=True, kw_only=True)
class NewData:
    """Everything that a new data folder begins with."""

    folder: Path
    programme: Programme
    numbers: tuple[KindNumbers, ...]
    office: Office
    contractor: Contractor
    login_id: str
    display_name: str
    password: str


class NewYearWizard(RailedPage):
    """The three steps.

    Signals: ``finished(NewData)`` make the folder; ``confirmed()`` the recovery key was put away;
    ``left()`` back to the first question; ``sample_asked()``.
    """

    finished = Signal(object)
    confirmed = Signal()
    left = Signal()

    def __init__(self, programme: Programme, numbers: Sequence[KindNumbers], office: Office) -> None:
        year = fiscal_year_words(programme.fiscal_year)
        steps = (
            (_TITLES[0], f"{year}の仕様書どおり"),
            (_TITLES[1], "書類の発信者と、受託者"),
            (_TITLES[2], "回復キーを印刷します"),
        )
        super().__init__(Rail("はじめの準備　2分ほどで終わります", steps=steps), _TITLES[0])
        self._folder = Path()
        self.year = YearStep(programme, numbers)
        self.office = OfficeStep(office, programme)
        self.user = UserStep()
        self._recovery = QWidget()
        self._recovery_column = QVBoxLayout(self._recovery)
        self._recovery_column.setContentsMargins(0, 0, 0, 0)
        self._pages = (self.year, self.office, self.user, self._recovery)
        for page in self._pages:
            self.put(page)
        self._step = 0
        self.back = Button("もどる", self.go_back, icon_name="caret-left", tall=True)
        self.on = Button("", self.go_on, kind="main", tall=True)
        self.on.setDefault(True)
        self.put_foot(self.back, None, self.on)
        self._show(0)

    @property
    def step(self) -> int:
        """The step shown, from 0; 3 is the recovery key."""
        return self._step

    def begin_in(self, place: Place) -> None:
        """Start at the first step; what was typed before stays."""
        self._folder = place.folder
        self.user.show_place(place)
        self._show(0)

    def go_back(self) -> None:
        """One step back, or to the first question."""
        if self._step == 0:
            self.left.emit()
        else:
            self._show(self._step - 1)

    def go_on(self) -> None:
        """One step on, when this one is sound."""
        if self._step == _RECOVERY:
            self.confirmed.emit()
            return
        steps = (self.year, self.office, self.user)
        if not steps[self._step].is_sound():
            return
        if self._step < len(steps) - 1:
            self._show(self._step + 1)
        else:
            self.finished.emit(self._new_data())

    def show_recovery_key(self, view: RecoveryKeyView) -> None:
        """The folder is made: show its key; on is possible once it was put away."""
        self.user.form.clear_passwords()
        self._recovery_column.addWidget(view)
        self._recovery_column.addStretch(1)
        view.confirmed.connect(self.on.setEnabled)
        self._show(_RECOVERY)
        self.on.setEnabled(False)

    def show_failure(self, failure: Failure) -> None:
        """The folder could not be made; everything typed is still there."""
        self._show(2)
        note_failure(failure, self.user.problem)

    def _show(self, step: int) -> None:
        self._step = step
        for number, page in enumerate(self._pages):
            page.setVisible(number == step)
        last = step == _RECOVERY
        self.title.setText("回復キー" if last else _TITLES[step])
        self.count.setText(f"{min(step + 1, 3)} / 3")
        self.hint.setText("" if last else "あとから「設定」で直せます。" if step < 2 else "")
        if self.rail.steps is not None:
            self.rail.steps.show_step(min(step, 2))
        self.back.setVisible(not last)
        self.rail.sample_button.setVisible(not last)
        self.strip_sample.setVisible(not last)
        words = (f"つぎへ　{_TITLES[1]}", f"つぎへ　{_TITLES[2]}", "データフォルダーを作成する", "使い始める")
        self.on.set_words(words[step])
        self.on.setEnabled(True)
        self.area.verticalScrollBar().setValue(0)
        self.take_focus()

    def take_focus(self) -> None:
        """The first field of the step."""
        first = {0: ("title", self.year.form), 1: ("ward", self.office.office_form), 2: ("login_id", self.user.form)}
        if self._step in first:
            key, form = first[self._step]
            form.go_to(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on, like the button at the foot."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.on.isEnabled():
            self.go_on()
            return
        super().keyPressEvent(event)

    def _new_data(self) -> NewData:
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
