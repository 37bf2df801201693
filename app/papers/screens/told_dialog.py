"""Steps 1 内容確認, 2 判定, 3 通知 of whatever the ward tells: the paper at the left, the steps at the right.

Every paper that goes to the contractor, to a 団体 or to another desk is told here, and nowhere else. Enter notes
nothing: that somebody was told is said by a press alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QWidget

from app.common.together import together
from app.papers.rules.notification import named
from app.papers.screens.paper_view import PaperView
from app.papers.screens.told_fields import HowTold, ToldFields
from app.papers.services.notification import ToTell, correct_told, read_to_tell, tell
from app.papers.services.paper_scope import PaperScope, scope_of
from app.widgets.buttons import link_button
from app.widgets.dialogs.dialog_frame import CAN_UNDO, TALLEST
from app.widgets.dialogs.usual_dialogs import SavingDialog
from app.widgets.labels import rule, say_or_hide, wrapped_label
from app.widgets.layouts import add, in_column, in_row
from app.widgets.note_box import NoteBox
from app.widgets.screen import scrolling
from app.widgets.step_block import StepBlock, show_course
from app.window import theme as t
from app.window.desk import Desk, with_store
from db.records.papers import Notification

_RIGHT: Final = 384
_DRAWN: Final = 120
_MAIN: Final = "通知したと記録する"
_NOTE: Final = f"このアプリからは送りません。Ctrl+Enter か、ボタンで記録します。{CAN_UNDO}"


class ToldDialog(SavingDialog):
    """Asks how a matter was told. Signals: those of ``SavingDialog``."""

    def __init__(
        self,
        desk: Desk,
        *,
        event_id: int | None = None,
        scope: PaperScope | None = None,
        key: str,
        subject: str,
        to_look: Callable[[], object] | None = None,
        ward: int = 0,
        parent: QWidget,
    ) -> None:
        """``key`` is the matter of the event, or of the ``scope``, that is told. ``to_look`` leads to where it was
        looked at, ``ward`` is how many things are 区の対応待ち with this one (0 = it is none of them)."""
        super().__init__(desk, _MAIN, subject, main=_MAIN, note=_NOTE, wide=True, parent=parent)
        self._scope, self._key, self._ward = scope_of(event_id, scope), key, ward
        self.wanted: ToTell | None = None
        self._pages: set[int] = set()
        self._decided_words = ""
        self.view = PaperView(desk, with_note=False)
        self.look = link_button("ページと指摘を開く", lambda: self._go_to_look(to_look))
        self.look.setVisible(to_look is not None)
        self.looked = StepBlock(1, "内容確認", *((self.look,) if to_look is not None else ()))
        self.decided = StepBlock(2, "判定")
        self.told = StepBlock(3, "通知")
        self.made = wrapped_label("", "done")
        self.seen = wrapped_label("", "done")
        self.fields = ToldFields(desk)
        self.form = self.fields.form
        self.goes = NoteBox(tone="accent")
        self._put_together()
        self.view.shown.connect(self._see)
        self.view.preview.page_changed.connect(self._turn)
        self.fields.changed.connect(self._follow)
        self._sent = False
        desk.changed.connect(self._read)
        self.form.go_to("told_how")
        self.main.setDefault(False)
        self._follow()
        self._read()

    def _put_together(self) -> None:
        for part in (self.made, self.seen, self.fields):
            self.told.put(part)
        inside = QWidget()
        right = in_column(owner=inside, spacing=6, margins=(16, 6, 16, 6))
        for number, step in enumerate((self.looked, self.decided, self.told)):
            if number:
                right.addWidget(rule())
            right.addWidget(step)
        add(right, self.goes, None)
        beside = scrolling(inside)
        beside.setFixedWidth(t.scaled(_RIGHT))
        both = QWidget()
        in_row((self.view, 1), beside, owner=both, spacing=0)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.put((both, 1))
        above = self.parentWidget()
        room = above.window().height() if above is not None else TALLEST
        self.view.setMinimumHeight(max(260, room - 72 - _DRAWN))

    # what waits

    def _read(self) -> None:
        """Read what waits: saving or printing the paper in this very dialog makes it. What was told here waits no more,
        and the dialog closes upon it."""
        if self._sent:
            return
        ask = with_store(read_to_tell, scope=self._scope, key=self._key, now=self.desk.now())
        self.desk.read(ask, self._show, owner=self, failed=self._cannot)

    def _cannot(self, problem: Exception) -> None:
        """Nothing waits any more: somebody else told it meanwhile, or it was taken back."""
        if self.isHidden():
            return
        self.refuse(problem)
        self.fields.know(made=False)

    def _show(self, wanted: ToTell) -> None:
        self.wanted = wanted
        self.fields.propose(wanted.to)
        self.fields.know(made=not wanted.lacks, lacks=wanted.lacks)
        changed = "、".join(one.words for one in wanted.changed)
        self._decided_words = together(wanted.decided, f"前回から　{changed}" if changed else "", by="\n")
        leaves = f"区の対応待ちは {self._ward} から {self._ward - 1} になります。" if self._ward else ""
        self.goes.say(f"**記録すると**　{wanted.goes}{leaves}Ctrl+Z で元に戻せます。")
        if wanted.paper:
            if self.view.kind != wanted.paper:
                self.view.show_of(self._scope, wanted.paper)
            else:
                self.view.refresh()
        else:
            # A set, or what is said by word: there is no one page of it, so nothing waits for being shown.
            self.view.clear(wanted.text)
            self.fields.see(True)
        self._say_steps()

    def _see(self, kind: str) -> None:
        self._pages = {self.view.preview.pages.page()} if kind else set()
        self.fields.see(bool(kind))
        self._say_steps()

    def _turn(self, page: int, _count: int) -> None:
        self._pages.add(page)
        self._say_steps()

    def _say_steps(self) -> None:
        """Step 1 counts pages; 3 says what is there of the paper of this version."""
        wanted = self.wanted
        if wanted is None:
            return
        count = self.view.preview.page_count()
        shown = f"この書類の {len(self._pages)} / {count}ページ" if count else ""
        show_course(2, (self.looked, wanted.looked or shown), (self.decided, self._decided_words), (self.told, ""))
        say_or_hide(self.made, f"✓　作った　{wanted.made}" if wanted.made else "")
        on = bool(self._pages) and bool(wanted.paper)
        say_or_hide(self.seen, f"✓　内容確認　左の書類を表示（{len(self._pages)} / {count}ページ）" if on else "")

    def _follow(self) -> None:
        """The button is shut until a way was chosen and what that way needs is there."""
        if not self.desk.read_only:
            self.main.setEnabled(self.fields.ready)

    # acting

    def _go_to_look(self, to_look: Callable[[], object] | None) -> None:
        if to_look is not None:
            self.reject()
            to_look()

    def _save(self) -> None:
        if self.fields.check():
            self._sent = True
            self.do(tell, scope=self._scope, key=self._key, **self.fields.values())

    def refuse(self, problem: Exception) -> None:
        """It was not sent and can be again."""
        self._sent = False
        super().refuse(problem)


class CorrectToldDialog(SavingDialog):
    """Puts right how something was told: day, party, way, words. Signals: those of ``SavingDialog``."""

    def __init__(self, desk: Desk, told: Notification, parent: QWidget) -> None:
        super().__init__(
            desk,
            "伝えた記録を直す",
            named(told.document_kind, told.title),
            main="直した記録を保存する",
            width=600,
            parent=parent,
        )
        self._act_id = told.id
        self.fields = ToldFields(desk, also=told.told_how, label_width=120)
        self.fields.show_noted(
            HowTold(
                told_on=told.told_on,
                told_to=told.told_to,
                told_how=told.told_how,
                told_by=told.told_by,
                words=told.reason,
            )
        )
        self.put(self.fields, None)
        self.fields.form.go_to("told_on")

    def _save(self) -> None:
        if self.fields.check():
            self.do(correct_told, act_id=self._act_id, **self.fields.values())
