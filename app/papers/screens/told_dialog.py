"""Notes that a paper was told: the paper as it stands in sight at the left; the day, the party and the way at the
right.

Nothing is chosen beforehand and Enter notes nothing: that somebody was told is said by a press alone. What was said by
telephone or in a document that was not made here needs no paper of this program, but the words of who told it.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.papers.screens.paper_view import PaperView
from app.papers.services.paper_scope import PaperScope
from app.papers.services.telling import OUTSIDE, WAYS, tell
from app.widgets.dialog_frame import CAN_UNDO, TALLEST
from app.widgets.dialogs import SavingDialog
from app.widgets.form import Form
from app.widgets.form_fields import Field
from app.widgets.labels import Paragraph
from app.window import theme as t
from app.window.desk import Desk, acting

_RIGHT: Final = 360
_SEEN: Final = "左の書類で伝えたことを記録します。"
_WAITS: Final = "左の書類が出るまで、お待ちください。書類によらないときは「電話」か「アプリの外の文書」を選びます。"
_CHOOSE: Final = "どの方法で伝えたかを選んでください。"
_SAY: Final = "伝えたことを書いてください。書類は要りません。"
_DRAWN: Final = 120
_NOTE: Final = f"Ctrl+Enter か、ボタンで記録します。{CAN_UNDO}"


class ToldDialog(SavingDialog):
    """Asks how a paper of an event was told. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        desk: Desk,
        *,
        event_id: int,
        key: str,
        kind: str,
        subject: str,
        to: str,
        parent: QWidget | None = None,
    ) -> None:
        """``key`` is the matter that is told, ``kind`` its paper, ``to`` whom one usually tells."""
        super().__init__(
            desk, "通知したと記録する", subject, main="通知したと記録する", note=_NOTE, wide=True, parent=parent
        )
        self._event_id, self._key = event_id, key
        self._seen = False
        self.view = PaperView(desk, with_note=False)
        self.view.shown.connect(self._see)
        self.form = Form(
            (
                Field(key="told_on", label="日", kind="date", width=84),
                Field(key="told_to", label="相手"),
                Field(
                    key="told_how",
                    label="方法",
                    kind="choice",
                    choices=(("", "選んでください"), *((way, way) for way in WAYS)),
                ),
                Field(
                    key="words",
                    label="伝えたこと",
                    kind="lines",
                    optional=True,
                    asked_at_times=True,
                    placeholder="例：電話で再提出と伝えた。文書なら、その名と日付",
                ),
            ),
            fiscal_year=desk.fiscal_year,
            label_width=84,
        )
        self.form.set_values({"told_on": desk.today(), "told_to": to, "told_how": ""})
        self.form.changed.connect(lambda _key: self._follow())
        self.state = Paragraph(role="small")
        self._put_together()
        self.confirmed.connect(self._save)
        self.view.show_of(PaperScope(event_id=event_id), kind)
        self.form.go_to("told_how")
        self.main.setDefault(False)
        self._follow()

    def _put_together(self) -> None:
        beside = QWidget()
        right = QVBoxLayout(beside)
        right.setContentsMargins(16, 12, 16, 12)
        right.setSpacing(12)
        right.addWidget(self.form)
        right.addWidget(self.state)
        right.addStretch(1)
        beside.setFixedWidth(t.scaled(_RIGHT))
        both = QWidget()
        across = QHBoxLayout(both)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.view, 1)
        across.addWidget(beside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put(both, 1)
        above = self.parentWidget()
        room = above.window().height() if above is not None else TALLEST
        self.view.setMinimumHeight(max(260, room - 72 - _DRAWN))

    def _see(self, kind: str) -> None:
        self._seen = bool(kind)
        self._follow()

    def _follow(self) -> None:
        """The button is shut until a way was chosen and what that way needs is there."""
        way = self.form.value("told_how")
        outside = way in OUTSIDE
        ready = bool(str(self.form.value("words") or "").strip()) if outside else self._seen
        waits = _CHOOSE if not way else _SAY if outside else _WAITS
        self.state.say(_SEEN if way and ready and not outside else "" if way and ready else waits)
        if not self.desk.read_only:
            self.main.setEnabled(bool(way) and ready)

    def _save(self) -> None:
        if not self.form.check_all():
            return
        typed: dict[str, Any] = self.form.values()
        self.send(acting(self.desk, tell, event_id=self._event_id, key=self._key, **typed))
