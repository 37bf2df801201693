"""通知・募集の書類: pick a paper, mend its texts beside the real pages, choose who gets it, and let it leave."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.main_window.ways import way_to
from app.papers.screens.letter_panel import LetterPanel
from app.papers.screens.mail_text_dialog import MailTextDialog
from app.papers.services.paper_scope import PaperScope
from app.papers.services.paper_shelf import PaperRow
from app.subjects.events.parts.event_picker import EventPicker
from app.subjects.letters.screens.addressee_panel import AddresseePanel
from app.subjects.letters.screens.kind_list import kind_list
from app.subjects.letters.screens.letter_view import LetterView
from app.subjects.letters.screens.option_form import OptionForm
from app.subjects.letters.screens.passages_panel import PassagesPanel
from app.subjects.letters.screens.three_columns import ThreeColumns
from app.subjects.letters.services.letters import LetterPage, read_letters
from app.widgets.flow_row import FlowRow
from app.widgets.labels import heading
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import Screen, page, scrolling
from app.window.desk import Desk, with_store

_NONE = "この年度の実施回は、まだありません。"
_TEXTS, _TO, _WAY = range(3)


class LettersScreen(Screen):
    """Letters, recruitment papers and labels of one event. Signals: none.

    ``arrive(event_id=…, kind=…)``: without them the last choice stays.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._page: LetterPage | None = None
        self._kind = ""
        self._only = ""
        self._asked = False
        self.picker = EventPicker(desk)
        self.list = kind_list()
        self.view = LetterView(desk)
        self.texts = PassagesPanel(desk)
        self.to = AddresseePanel()
        self.options = OptionForm(desk)
        self.letter = LetterPanel(desk)
        self.cautions = NoteBox(tone="amber")
        column = page(self)
        column.addWidget(FlowRow(heading("通知・募集の書類"), self.picker, spacing=16))
        frame = QFrame()
        frame.setProperty("kind", "panel")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.view)
        self.parts = ThreeColumns(
            ("書類", scrolling(self.list)),
            ("見本", frame),
            (("文", self.texts), ("宛先", self.to), ("出しかた", scrolling(self._way()))),
            above=self.cautions,
        )
        column.addWidget(self.parts, 1)
        self.picker.chosen.connect(self._read)
        self.list.chosen.connect(self._take)
        self.list.opened.connect(lambda _row: self._open())
        self.texts.typed.connect(self.view.show_typed)
        self.to.ticked.connect(self._draw)
        self.to.only_asked.connect(self._show_only)
        self.options.start_changed.connect(lambda _start: self._draw())
        self.letter.mail_asked.connect(self._show_mail)

    def _way(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 10, 8)
        column.setSpacing(16)
        self._settings = Panel("この書類の設定", note="すべての実施回に共通")
        self._settings.put(self.options)
        column.addWidget(self._settings)
        column.addWidget(self.letter)
        column.addStretch(1)
        return side

    def arrive(self, **arguments: Any) -> None:
        """Take the event and the kind of paper."""
        if arguments.get("kind"):
            self._kind = str(arguments["kind"])
            self._asked = True
        if arguments.get("event_id"):
            self.picker.choose(int(arguments["event_id"]))

    def reload(self) -> None:
        """Read the events and the paper of the one chosen."""
        self.picker.reload()
        if self.picker.event_id:
            self._read(self.picker.event_id)

    @property
    def kind(self) -> str:
        """The paper now chosen."""
        return self._kind

    def _read(self, event_id: int) -> None:
        if not event_id:
            self.list.show_rows(())
            self.letter.hide()
            self.view.clear(_NONE, "事業・日程を開く", lambda: self.desk.go("events"))
        elif self.isVisible():
            self.desk.read(
                with_store(read_letters, event_id=event_id, kind=self._kind, now=self.desk.now()),
                self._show,
                failed=self._refuse,
            )

    def _refuse(self, problem: Exception) -> None:
        """Say in the middle what can't be shown (a 派遣 recruits nobody)."""
        self._page = None
        self.list.show_rows(())
        self.cautions.say("")
        self.view.clear(str(getattr(problem, "happened", problem)))

    def _show(self, shown: LetterPage) -> None:
        if shown.event_id != self.picker.event_id:
            return
        changed = self._page is None or (self._page.event_id, self._page.kind) != (shown.event_id, shown.kind)
        self._page, self._kind = shown, shown.kind
        if changed:
            self._only = ""
        self.list.show_rows(shown.rows)
        self.list.choose(lambda each: each.kind == shown.kind, take_focus=False)
        self.cautions.say("\n".join(f"・{words}" for words in shown.cautions))
        self.texts.show_page(shown)
        self.to.show_page(shown)
        self.options.show_page(shown)
        self._settings.setVisible(self.options.form is not None)
        self.letter.show_letter(PaperScope(event_id=shown.event_id), shown.row)
        self.parts.set_count(_TO, self.to.many() or None)
        self._draw()
        if self._asked:
            # Whoever came for one paper wants to see it, also where the list has a tab of its own.
            self._asked = False
            self.parts.show_middle()

    def _take(self, chosen: PaperRow | None) -> None:
        """Go to another paper of the list."""
        if chosen is not None and self._page is not None and chosen.kind != self._page.kind:
            self._kind = chosen.kind
            self._read(self.picker.event_id)

    def _draw(self) -> None:
        """Show the pages for those ticked, or what is missing."""
        shown = self._page
        if shown is None:
            return
        if not shown.row.ready:
            todo = way_to(shown.row.todo) if shown.row.todo is not None else None
            self.view.clear(
                f"{shown.kind}は、まだ作成できません。{shown.row.state}",
                todo.label if todo else "",
                (lambda: self.desk.go(todo.place, **todo.arguments)) if todo else None,
            )
            return
        self.parts.set_count(_TO, self.to.many() or None)
        chosen = (self._only,) if self._only else self.to.chosen()
        serial = bool(shown.row.goes_out and len(shown.addressees) > 1)
        self.view.show_letters(shown.event_id, shown.kind, chosen=chosen, start=self.options.start, serial=serial)

    def _show_only(self, key: str) -> None:
        self._only = key
        self._draw()
        self.parts.show_middle()

    def _open(self) -> None:
        self.parts.show_middle()
        self.view.preview.pages.setFocus()

    def _show_mail(self) -> None:
        if self._page is not None:
            MailTextDialog(
                self.desk, scope=PaperScope(event_id=self._page.event_id), kind=self._page.kind, parent=self,
                subject=f"{self._page.kind}　{self._page.title}",
            ).open()  # fmt: skip
