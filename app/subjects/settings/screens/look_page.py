"""表示: the size of the letters, for this person at this PC."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.subjects.settings.screens.doors import SettingsDoors
from app.subjects.settings.screens.settings_page import SettingsPage
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.note_box import NoteBox
from app.window import theme as t
from app.window.desk import Desk
from app.window.remembered import remember, write_down
from app.window.style_sheet import put_on

SIZE_KEY = "look/size"
_FIELDS = (
    Field(key="size", label="文字の大きさ", kind="radio", choices=(("標準", "標準"), ("大", "大"), ("特大", "特大"))),
)


class LookPage(SettingsPage):
    """The page. Signals: none."""

    def __init__(self, desk: Desk, doors: SettingsDoors) -> None:
        super().__init__(desk, doors, "表示", "このPCの、ご自分の画面だけが変わります。")
        self.form = Form(_FIELDS)
        self.body.addWidget(self.form)
        self.body.addWidget(NoteBox("すぐに変わります。", tone="quiet"))
        self.form.committed.connect(self._wear)
        self._read_only_note.say("")

    def reload(self) -> None:
        """Show what is worn."""
        self.form.set_values({"size": t.size()})

    def _wear(self, _key: str) -> None:
        chosen: Any = self.form.value("size")
        application = QApplication.instance()
        if chosen in t.SIZES and isinstance(application, QApplication):
            remember(SIZE_KEY, chosen)
            write_down()
            self.desk.look_changes.emit()
            # A turn later, when the screens that were let go of are gone.
            QTimer.singleShot(0, self, lambda: put_on(application, chosen))
