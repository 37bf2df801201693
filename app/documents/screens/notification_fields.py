"""The fields for how something was notified (day, party, way, words), the same for every notification.

Nothing is preselected. The fields are enabled when the document of this version exists and was viewed, or when the way
is by telephone or by a document from elsewhere: then the words replace the document.
"""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.documents.services.notification import NOTIFICATION_WAYS, WAYS_BY_WORDS
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph
from app.widgets.layouts import in_column
from app.window.app_context import AppContext
from db.records.documents import BY_ISSUE

_UNSEEN = "書類が全部の大きさで出るまで、お待ちください。"
_AROUND_SIGNS = 4
"""Width of border and padding of a line, in characters."""
_ELSE = "書類によらないときは「電話」か「アプリの外の文書」を選びます。"


class NotificationArguments(TypedDict):
    """The typed values, as the services take them."""

    told_on: date
    told_to: str
    told_how: str
    told_by: str
    words: str


class NotificationFields(QWidget):
    """The fields of a notification, with what is still needed below them.

    Signals: ``changed()`` a value or the set of visible fields changed.
    """

    changed = Signal()

    def __init__(self, app_context: AppContext, *, former_way: str = "", label_width: int = 52):
        """Build the fields; ``former_way`` is a stored way that is no longer offered."""
        super().__init__()
        ways = (
            (*NOTIFICATION_WAYS, former_way)
            if former_way and former_way not in NOTIFICATION_WAYS
            else NOTIFICATION_WAYS
        )
        self._made, self._lacks, self._seen, self._noted = False, "", False, False
        self.form = Form(
            (
                Field(
                    "told_how",
                    "方法",
                    "choice",
                    choices=(("", "選んでください"), *((way, "施行" if way == BY_ISSUE else way) for way in ways)),
                ),
                Field("told_on", "日", "date", width=84),
                Field("told_to", "相手"),
                Field("told_by", "担当者"),
                Field(
                    "words",
                    "内容",
                    "lines",
                    lines=2,
                    optional=True,
                    is_sometimes_asked=True,
                    placeholder="例：電話で伝えた。文書なら、その名と日付",
                ),
            ),
            fiscal_year=app_context.fiscal_year,
            near=app_context.today(),
            label_width=label_width,
            on_change=self._update_fields,
        )
        self.form.set_values({"told_on": app_context.today(), "told_by": app_context.user_name, "told_how": ""})
        self.state = Paragraph(role="small")
        in_column(self.form, self.state, owner=self, spacing=8)
        self.setFocusProxy(self.form.editor("told_how"))
        self._update_fields()

    @property
    def way(self) -> str:
        """Return the chosen way, "" = none yet."""
        return self.form.text("told_how")

    @property
    def is_ready(self) -> bool:
        """Return whether a way was chosen and what it needs is there: typed words, or a document made and looked at.

        A recorded notification that is corrected needs the way alone.
        """
        if self.way in WAYS_BY_WORDS and not self._noted:
            return bool(self.form.text("words").strip())
        return bool(self.way) and self._may_record

    @property
    def _may_record(self) -> bool:
        return self._noted or (self._made and self._seen)

    def propose_party(self, party: str) -> None:
        """Fill in the usual party unless something was typed."""
        if not self.form.text("told_to").strip():
            self.form.set_values({"told_to": party})
            editor = self.form.editor("told_to")
            if isinstance(editor, QLineEdit):
                editor.setCursorPosition(0)
            self._show_full_party()

    def set_document_state(self, *, exists: bool, lacks: str = "") -> None:
        """Set whether the document of this version exists, and why it can't be used (``lacks``, "" = it can)."""
        self._made, self._lacks = exists, lacks
        self._update_fields()

    def set_document_seen(self, seen: bool) -> None:
        """Set whether the document is shown in full size."""
        self._seen = seen
        self._update_fields()

    def show_recorded(self, recorded: NotificationArguments) -> None:
        """Show a recorded notification for correction, which needs no viewed document."""
        self._noted = True
        self.form.set_values(recorded)
        self._update_fields()

    def values(self) -> NotificationArguments:
        """Return the typed values."""
        typed: NotificationArguments = self.form.values()  # type: ignore[assignment]
        return typed

    def check(self) -> bool:
        """Return whether it is ready and all values are valid; if ready, show an error beside each that is not."""
        return self.is_ready and self.form.check_all()

    def _update_fields(self) -> None:
        """Enable the fields and choose the hint that fit the way of notifying; emit ``changed``."""
        outside = self.way in WAYS_BY_WORDS
        for key in ("told_on", "told_to", "told_by", "words"):
            self.form.set_enabled(key, self._may_record or outside)
        if not self.way:
            said = "通知・連絡の方法を選んでください。"
        elif outside:
            said = "" if self.is_ready else "内容を書いてください。書類は要りません。"
        else:
            said = "" if self._may_record else self._lacks or f"{_UNSEEN}{_ELSE}"
        self.state.show_text(said)
        self.state.setVisible(bool(said))
        self._show_full_party()
        self.changed.emit()

    def _show_full_party(self) -> None:
        editor = self.form.editor("told_to")
        words = self.form.text("told_to").strip()
        room = editor.width() - editor.fontMetrics().averageCharWidth() * _AROUND_SIGNS
        self.form.set_hint("told_to", words if editor.fontMetrics().horizontalAdvance(words) > room else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Check again whether the party fits the new width."""
        super().resizeEvent(event)
        self._show_full_party()
