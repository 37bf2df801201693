"""Third step of the first start: ID, display name and password of the first user, and where the data will lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.keeping.screens.password_form import PasswordForm
from app.widgets.form_fields import Field
from app.widgets.labels import label
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.path_words import path_words

if TYPE_CHECKING:
    from app.keeping.services.places import Place

USER_FIELDS = (
    Field(key="login_id", label="ID", width=200, hint="職員番号など。ログインのときに使います。"),
    Field(key="display_name", label="表示名", width=240, hint="履歴と、同僚の画面に出る名前です。"),
)


class UserStep(QWidget):
    """The step. Signals: none; the wizard asks ``is_sound``."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.form = PasswordForm(USER_FIELDS)
        column.addWidget(self.form)
        self.place = Panel("データを置く場所")
        self._where = label("", wrap=True)
        self.place.put(self._where)
        self.caution = NoteBox(tone="amber", parent=self.place)
        self.place.put(self.caution)
        column.addWidget(self.place)
        column.addWidget(
            NoteBox(
                "つぎに、パスワードを忘れたときのための**回復キー**を1度だけ表示します。印刷するか、書き写してください。",
                tone="accent",
            )
        )
        self.problem = NoteBox(tone="red")
        column.addWidget(self.problem)
        self.problem.say("")
        column.addStretch(1)

    def show_place(self, place: Place) -> None:
        """Say where the data will be made, and once more what is to be known of that place."""
        from app.papers.services.copied_places import copied_in_words

        self._where.setText(path_words(place.folder))
        self.caution.say(copied_in_words(place.copied_by) if place.copied_by else "")

    def is_sound(self) -> bool:
        """Whether one may go on; what won't do is said in its place."""
        self.problem.say("")
        return self.form.check_all()
