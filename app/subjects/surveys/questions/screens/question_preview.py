"""The sheet as it would be printed, drawn anew a moment after every change, with what was found in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.subjects.surveys.questions.services.questionnaire_preview import (
    DrawnSet,
    PreparedSet,
    draw_preview,
    prepare_preview,
)
from app.widgets.pdf_preview import PdfPreview
from app.window.background_task import bound
from app.window.desk import Desk, with_store
from app.window.failure_messages import failure_of
from db.records.surveys import Question

_WAIT_MS = 350


class QuestionPreview(QWidget):
    """The live preview. Signals: ``checked(tuple)`` what was found; ``drawn(int)`` the number of pages."""

    checked = Signal(object)
    drawn = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._of: dict[str, int] = {}
        self._questions: tuple[Question, ...] | None = None
        self._asked = 0
        self._places: dict[str, int] = {}
        self._wanted = ""
        self._stale = False
        self.preview = PdfPreview(title="", empty="設問を加えると、用紙の見本が出ます。")
        self.large = QCheckBox("拡大版（20ポイント）で見る")
        self.large.clicked.connect(lambda _on: self._ask_now())
        foot = QFrame()
        foot.setProperty("kind", "footer")
        inner = QHBoxLayout(foot)
        inner.setContentsMargins(16, 6, 16, 6)
        inner.setSpacing(12)
        inner.addWidget(self.large)
        inner.addStretch(1)
        frame = QFrame()
        frame.setProperty("kind", "panel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        inside.addWidget(self.preview, 1)
        inside.addWidget(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        # While somebody types, one drawing after the last letter is enough.
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._soon.timeout.connect(self._ask_now)

    def show_set(self, questions: Sequence[Question], **of: int) -> None:
        """Draw ``questions`` now; ``of`` is ``event_id`` or ``questionnaire_id``."""
        if of != self._of:
            self._places = {}
            self.preview.say_waiting()
        self._of = of
        self._questions = tuple(questions)
        self._ask_now()

    def follow(self, questions: Sequence[Question], code: str = "") -> None:
        """Draw ``questions`` a moment later, as they are being typed, at the page of ``code``."""
        self._questions = tuple(questions)
        self._wanted = code
        self._soon.start()

    def show_question(self, code: str) -> None:
        """Turn to the page on which a question stands."""
        self._wanted = code
        page = self._places.get(code, 0)
        if page and page != self.preview.pages.page():
            self.preview.pages.go_to_page(page)

    def waiting(self) -> bool:
        """Whether a drawing is still to come."""
        return self._soon.isActive()

    # drawing

    def _ask_now(self) -> None:
        self._soon.stop()
        if not self._of or self._questions is None:
            return
        if not self.isVisible():
            # The findings are wanted all the same: their number stands beside the questions.
            self._stale = True
        self._asked += 1
        turn = self._asked

        def draw(prepared: PreparedSet) -> None:
            if turn == self._asked:
                self.desk.apart(bound(draw_preview, prepared=prepared), arrive, failed=refuse, owner=self, drawing=True)

        def arrive(made: DrawnSet) -> None:
            if turn == self._asked:
                self._show(made)

        def refuse(problem: Exception) -> None:
            if turn == self._asked:
                self._refuse(problem)

        given: dict[str, Any] = {**self._of, "questions": self._questions, "large": self.large.isChecked()}
        self.desk.read(with_store(prepare_preview, now=self.desk.now(), **given), draw, failed=refuse, owner=self)

    def _show(self, made: DrawnSet) -> None:
        page = self.preview.pages.page() if self._places else 0
        self._places = made.places
        sheets = (made.pages + 1) // 2
        self.preview.show_pdf(made.data, title=f"{made.pages}ページ（両面{sheets}枚）")
        wanted = made.places.get(self._wanted, page)
        if wanted > 1:
            self.preview.pages.go_to_page(wanted)
        self.drawn.emit(made.pages)
        self.checked.emit(made.findings)

    def _refuse(self, problem: Exception) -> None:
        self._places = {}
        self.preview.clear(failure_of(problem).in_one())
        self.checked.emit(())

    def showEvent(self, event: QShowEvent) -> None:
        """Seen for the first time, the page has its real width."""
        super().showEvent(event)
        if self._stale and not event.spontaneous():
            self._stale = False
            self.show_question(self._wanted)
