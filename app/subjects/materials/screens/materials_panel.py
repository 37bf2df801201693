"""The handouts of one event with the one looked at in detail; and the page on which one is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.papers.screens.export_button import export_button
from app.papers.screens.paper_view import PaperDialog
from app.papers.screens.told_dialog import ToldDialog
from app.subjects.events.parts.deadline_basis import explain
from app.subjects.events.parts.request_dialog import RequestDialog
from app.subjects.events.services.event_file import handout_key
from app.subjects.materials.screens.finding_dialogs import FindingDialog, KeptFileDialog
from app.subjects.materials.screens.material_check import MaterialCheck
from app.subjects.materials.screens.material_detail import MaterialDetail
from app.subjects.materials.screens.material_dialogs import MaterialNameDialog, ReceiveDialog, WithdrawDialog
from app.subjects.materials.screens.page_places import older_with_file
from app.subjects.materials.screens.rights_dialogs import ReuseDialog, RightsDialog
from app.subjects.materials.screens.version_compare import VersionCompare
from app.subjects.materials.services.material_board import REVIEWING, UNTOLD, BoardRow, MaterialBoard, board
from app.subjects.materials.services.material_rights import ReusePlace, places_to_reuse
from app.subjects.materials.services.materials import (
    MaterialView,
    read_material,
    remove_finding,
    remove_material,
    resolve_finding,
    set_printed,
    set_result,
)
from app.widgets.buttons import Button
from app.widgets.failure_dialog import refuse_beside
from app.widgets.folding_columns import ListAndDetail
from app.widgets.pages import PageLayout
from app.widgets.panel import EmptyState, Panel
from app.widgets.record_model import Cell, Column, SheetPart, Tone
from app.widgets.record_table import RecordTable
from app.widgets.screen import Screen, page
from app.widgets.screen import row as side_by_side
from app.window.desk import Desk, acting, with_store
from db.records.materials import Finding, Material, Result
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class BoardLine:
    """One handout on the board with the group it stands in; ``id`` tells lines apart also without a handout."""

    id: str
    group: str
    row: BoardRow


def lines_of(board: MaterialBoard) -> tuple[BoardLine, ...]:
    """The lines of a board in its order."""
    return tuple(
        BoardLine(id=f"{row.event_id}-{row.material_id}", group=group.title, row=row)
        for group in board.groups
        for row in group.rows
    )


def event_words(row: BoardRow, today: date) -> str:
    """「12/8(火) 第6回 Instagram講習会」 (with its year among several), or without a date while it is open."""
    day = short_date(row.event_date, today) if row.event_date else "日程未定"
    return f"{day} {row.event_title}"


def board_columns() -> tuple[Column, ...]:
    """The columns; the event stands above already."""

    def due(line: BoardLine) -> Cell:
        row = line.row
        late = row.bucket == "期限超過"
        return Cell(
            text=row.due_words,
            aside=row.state_words,
            aside_tone="red" if late else "second",
            second=row.basis_short,
            date=True,
            tone="red" if late else "",
        )

    return (
        Column(
            key="due", title="期限（開庁日）と根拠", show=due, widest=176, sort=lambda line: line.row.due,
            parts=(
                SheetPart(title="期限（開庁日）", show=lambda line: line.row.due_words),
                SheetPart(title="残り", show=lambda line: line.row.state_words),
                SheetPart(title="根拠", show=lambda line: line.row.basis_short),
            ),
        ),
        Column(
            key="title", title="資料", stretch=True,
            show=lambda line: Cell(text=line.row.title, strong=line.row.material_id != 0),
        ),
        Column(
            key="received", title="版・受領", show=_received, sort=lambda line: line.row.received_on,
            parts=(
                SheetPart(title="版", show=lambda line: line.row.version_words),
                SheetPart(title="受領", show=lambda line: line.row.received_words),
            ),
        ),
        Column(
            key="findings", title="指摘・通知", show=_findings, sort=lambda line: line.row.findings_open,
            parts=(
                SheetPart(title="指摘", show=lambda line: line.row.findings_words.partition(" ")[0]),
                SheetPart(title="指摘の対応", show=lambda line: line.row.findings_words.partition(" ")[2]),
                SheetPart(title="通知", show=lambda line: line.row.notified_words),
            ),
        ),
        Column(key="state", title="状態", show=lambda line: Cell(badge=line.row.state, text=line.row.state)),
        Column(
            key="copies", title="部数", show=_copies, needs=860,
            parts=(
                SheetPart(title="部数", show=lambda line: line.row.copies_words.partition("（")[0]),
                SheetPart(title="部数の扱い", show=lambda line: "仮" if "（仮）" in line.row.copies_words else ""),
            ),
        ),
    )  # fmt: skip


def _received(line: BoardLine) -> Cell:
    """The version with the day it came under it, or 「目標」 with the ward's target for it."""
    row = line.row
    target, _, day = row.received_words.partition(" ")
    if row.received_on is None and day:
        return Cell(text=target, second=day, tone="second")
    return Cell(text=row.version_words, second=row.received_words)


def _findings(line: BoardLine) -> Cell:
    """「3件」 with 「未修正・未通知」 under it."""
    open_ = line.row.findings_open > 0
    count, _, state = line.row.findings_words.partition(" ")
    tone: Tone = "amber" if open_ else ""
    under = "・".join(words for words in (state, line.row.notified_words) if words)
    return Cell(text=count, second=under, tone=tone, second_tone=tone or "second", strong=open_)


def _copies(line: BoardLine) -> Cell:
    return Cell(text=line.row.copies_words, strong=line.row.copies_words != "—")


def first_to_do(lines: Iterable[BoardLine]) -> Any:
    """The line the ward should look at first: what waits for its own look, then what waits to be told,
    else the first."""
    found = list(lines)
    mine = [line for state in (REVIEWING, UNTOLD) for line in found if line.row.state == state]
    return next(iter(mine or found), None)


NOTICE = "資料確認結果通知"
_HINT = "部数＝参加者＋予備。受領の「目標」は区の目標です。Enter で右の欄へ移ります。"


class MaterialsPanel(Screen):
    """The handouts. Signals: none.

    ``embedded`` True is the tab of an event: its handouts. Else a page of its own, on which one of them is checked:
    ``arrive(event_id=…, material_id=…)``; from there one goes back to 資料・報告.
    """

    def __init__(self, desk: Desk, *, embedded: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._embedded = embedded
        self._event_id = 0
        self._wanted: tuple[int, int] | None = None
        self._receive_soon = False
        self._just_received = False
        self._lines: tuple[BoardLine, ...] = ()
        # In the tab of an event the one filled button is that of the event.
        self.receive = Button("資料を受領する", self._receive, icon_name="download-simple")
        self.table = RecordTable(
            "materials-event",
            board_columns(),
            title="資料",
            empty="この実施回の資料は、まだ登録されていません。",
            empty_button="資料を受領する",
            empty_act=self._receive,
            group=lambda line: line.group,
            search=lambda line: line.row.event_title,
            hint=_HINT,
            unit="点",
            filtered=False,
        )
        self.export = export_button(desk, self.table, title="資料の一覧", event_id=lambda: self._event_id or None)
        self.table.foot.addWidget(self.export)
        self.detail = MaterialDetail()
        self.check = MaterialCheck(desk)
        if not embedded:
            self.check.back.set_words("資料・報告へ")
        self.compare = VersionCompare(desk)
        self._none = EmptyState()
        self._side = PageLayout()
        self._build()
        self._connect()

    def _build(self) -> None:
        head = side_by_side()
        head.addStretch(1)
        head.addWidget(self.receive)
        self._head = QWidget()
        self._head.setLayout(head)
        side = QWidget()
        side.setLayout(self._side)
        nothing = Panel()
        nothing.put(self._none)
        self._side.addWidget(self.detail)
        self._side.addWidget(nothing)
        self.parts = ListAndDetail(self.table, side, back="資料の一覧", wide=360)
        listed = self._listed = QWidget()
        inside = page(listed)
        inside.addWidget(self._head)
        inside.addWidget(self.parts, 1)
        self._pages = PageLayout(self)
        self._blank = QWidget()
        if not self._embedded:
            self._pages.addWidget(self._blank)
        self._pages.addWidget(listed)
        self._pages.addWidget(self.check)
        self._pages.addWidget(self.compare)

    def _connect(self) -> None:
        self.setFocusProxy(self.table)
        self.parts.turned.connect(lambda on_detail: self._head.setVisible(not on_detail))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _line: self._open_detail())
        self.table.view.clicked.connect(lambda _index: self.parts.show_detail())
        self.table.edit_asked.connect(lambda _line: self._rename())
        self.table.delete_asked.connect(lambda _lines: self._remove())
        detail = self.detail
        detail.check_asked.connect(self.open_check)
        self.check.left.connect(self._leave_check)
        self.check.notice_asked.connect(self._show_notice)
        self.check.tell_asked.connect(self._ask_told)
        self.check.beside_asked.connect(self.open_compare)
        self.compare.left.connect(lambda: self._leave_compare(0))
        self.compare.finding_asked.connect(self._leave_compare)
        detail.rights_asked.connect(self._ask_rights)
        detail.reuse_asked.connect(self._ask_reuse)
        self.check.file_asked.connect(self._open_version)
        detail.receive_asked.connect(self._receive)
        detail.request_asked.connect(self._ask_contractor)
        detail.notice_asked.connect(self._show_notice)
        detail.tell_asked.connect(self._ask_told)
        detail.rename_asked.connect(self._rename)
        detail.remove_asked.connect(self._remove)
        detail.version_opened.connect(self._open_version)
        detail.result_chosen.connect(self._set_result)
        detail.withdraw_asked.connect(self._withdraw)
        detail.finding_asked.connect(self._open_finding)
        detail.finding_toggled.connect(self._toggle)
        detail.finding_removed.connect(lambda each: self._write(acting(self.desk, remove_finding, finding_id=each.id)))
        detail.printed_typed.connect(self._set_printed)
        detail.basis_asked.connect(self._explain)

    # reading

    def arrive(self, **arguments: Any) -> None:
        """Take the event, and the handout to go to; ``receive`` opens its receipt."""
        event_id = int(arguments.get("event_id") or 0)
        if event_id != self._event_id:
            self._event_id = event_id
            self._lines = ()
        if event_id:
            self.check.keep_draft()
            self._pages.setCurrentIndex(0)
            self._wanted = (event_id, int(arguments.get("material_id") or 0))
        self._receive_soon = bool(arguments.get("receive"))

    def begin_at(self, part: str, /) -> None:
        """``part``: the id of the handout to stand on, in the tab of its event."""
        if part.isdecimal():
            self._wanted = (self._event_id, int(part))
            if self._lines:
                self._stand_on_wanted(self._lines)
        self.begin()

    def stand(self) -> dict[str, Any]:
        """The event, in the tab of one."""
        return {"event_id": self._event_id} if self._embedded else {"event_id": self._event_id, **self._one()}

    def _one(self) -> dict[str, int]:
        """The handout that is checked."""
        view = self.check.view
        return {"material_id": view.material.id} if view is not None else {}

    @property
    def unfinished(self) -> bool:
        """A finding is half typed beside a page."""
        return self.check.unfinished

    def reload(self) -> None:
        """Read the board."""
        if self._event_id:
            self.desk.read(with_store(board, today=self.desk.today(), event_id=self._event_id), self._show)
        elif not self._embedded:
            self.desk.go("turns", kind="資料")

    def _show(self, found: MaterialBoard) -> None:
        first_time = not self._lines
        lines = tuple(line for line in lines_of(found) if line.row.material_id)
        self._lines = lines
        self.table.show_rows(lines)
        if self._wanted is None:
            stays = None if first_time else self.table.current()
            self._stand_at(stays or first_to_do(lines))
        else:
            self._stand_on_wanted(lines)
        if self._receive_soon:
            self._receive_soon = False
            if not self.desk.read_only:
                self._receive()

    def _stand_on_wanted(self, lines: Sequence[BoardLine]) -> None:
        """Go to the handout one was sent to, else to what the ward should look at first."""
        assert self._wanted is not None
        event_id, material_id = self._wanted
        self._wanted = None
        mine = [line for line in lines if line.row.event_id == event_id]
        self._stand_at(next((line for line in mine if line.row.material_id == material_id), first_to_do(mine)))

    def _stand_at(self, wanted: BoardLine | None) -> None:
        if wanted is not None:
            self.table.choose(lambda line: line.id == wanted.id, take_focus=False)
        self._choose(wanted)

    def _line(self) -> BoardLine | None:
        line = self.table.current()
        return line if isinstance(line, BoardLine) else None

    def _choose(self, line: BoardLine | None) -> None:
        self.receive.setEnabled(not self.desk.read_only and bool(self._event_id))
        if line is not None and line.row.material_id:
            self.desk.read(
                with_store(read_material, material_id=line.row.material_id, today=self.desk.today()),
                self._show_detail,
                owner=self,
            )
            return
        if line is None:
            self._none.say("資料を選ぶと、ここに版と指摘が出ます。")
        else:
            words = f"{line.row.event_title} の資料は、まだ登録されていません。"
            self._none.say(words, "資料を受領する", self._receive)
        self._side.setCurrentIndex(1)
        if self._pages.currentWidget() in (self.check, self._blank):
            self._leave_check()

    def _show_detail(self, view: MaterialView) -> None:
        line = self._line()
        if line is not None and line.row.material_id == view.material.id:
            self.detail.show_view(view, may_write=not self.desk.read_only)
            self._side.setCurrentIndex(0)
            if self._pages.currentWidget() is self._blank:
                self.open_check()
                if not view.versions:
                    self._leave_check()
                return
            if self._pages.currentWidget() is self._listed:
                if self._just_received and self.detail.check.isVisible():
                    # What was received is looked at next.
                    self.detail.check.setFocus(Qt.FocusReason.OtherFocusReason)
                self._just_received = False
                return
            shown = self.check.view
            if shown is not None and shown.material.id == view.material.id and view.versions:
                self.check.show_view(view, may_write=not self.desk.read_only)
            else:
                # What was judged is gone (its arrival was taken back): nothing else slips under the hands.
                self._leave_check()

    def open_check(self, page: int = 0) -> None:
        """Page and findings side by side, at ``page`` of the received file when it is told."""
        view = self.detail.view
        if view is not None and view.versions:
            self.check.show_view(view, may_write=not self.desk.read_only, page=page)
            self._pages.setCurrentWidget(self.check)
            self.check.begin()

    def open_compare(self) -> None:
        """The version before the newest beside it, page by page."""
        view = self.check.view
        older = older_with_file(view) if view is not None else None
        if view is not None and older is not None:
            self.compare.show_versions(view, older, view.versions[0].version, may_write=not self.desk.read_only)
            self._pages.setCurrentWidget(self.compare)

    def _leave_compare(self, page: int) -> None:
        """Back to the findings, at a page where one is to be written."""
        self._pages.setCurrentWidget(self.check)
        if page:
            self.check.preview.pages.go_to_page(page)
        self.check.row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_check(self) -> None:
        self.check.keep_draft()
        if not self._embedded:
            self.desk.go("turns", event_id=self._event_id, **self._one())
            return
        self._pages.setCurrentIndex(0)
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_detail(self) -> None:
        self.parts.show_detail()
        self.detail.focusNextChild()

    # writing

    def _write(self, change: Callable[[Store], object]) -> None:
        """Save, and say in the detail why not."""
        self.detail.problem.say("")
        self.desk.write(change, failed=self._refuse, owner=self)

    def _refuse(self, problem: Exception) -> None:
        refuse_beside(problem, self.detail.problem, self.desk)
        view = self.detail.view
        if view is not None and view.versions:
            self.detail.result.say_result(view.versions[0].version.result or "")

    def _set_result(self, result: Result) -> None:
        view = self.detail.view
        if view is not None and view.versions:
            self._write(acting(self.desk, set_result, version_id=view.versions[0].version.id, result=result))

    def _toggle(self, finding: Finding) -> None:
        self._write(acting(self.desk, resolve_finding, finding_id=finding.id, resolved=not finding.resolved))

    def _set_printed(self, printed: int | None, handed_out: int | None) -> None:
        view = self.detail.view
        if view is not None and view.versions:
            self._write(
                acting(
                    self.desk,
                    set_printed,
                    version_id=view.versions[0].version.id,
                    printed=printed,
                    handed_out=handed_out,
                )
            )

    def _remove(self) -> None:
        line = self._line()
        if line is not None and line.row.material_id:
            self._write(acting(self.desk, remove_material, material_id=line.row.material_id))

    # dialogs

    def _event(self) -> tuple[int, str] | None:
        """The event in work with its words: that of the current line, or of the tab."""
        line = self._line()
        if line is not None:
            return line.row.event_id, line.row.event_title
        return (self._event_id, "") if self._event_id else None

    def _go_to(self, event_id: int, material_id: int) -> None:
        self._wanted = (event_id, material_id)

    def _rename(self) -> None:
        view, line = self.detail.view, self._line()
        if view is not None and line is not None and line.row.material_id == view.material.id:
            MaterialNameDialog(self.desk, view.material, event_title=view.event_title, parent=self).open()

    def _receive(self) -> None:
        event = self._event()
        if event is None:
            return
        line = self._line()
        rows = [each.row for each in self._lines]
        dialog = ReceiveDialog(
            self.desk,
            rows,
            event_id=event[0],
            event_title=event[1],
            material_id=line.row.material_id if line is not None else 0,
            then=partial(self._go_to, event[0]),
            parent=self,
        )
        dialog.accepted.connect(self._expect_check)
        dialog.open()

    def _expect_check(self) -> None:
        self._just_received = True

    def _open_version(self, version_id: int) -> None:
        view = self.detail.view
        row = next((each for each in view.versions if each.version.id == version_id), None) if view else None
        if view is not None and row is not None:
            viewer = KeptFileDialog(
                self.desk,
                version_id=version_id,
                subject=f"{view.material.title}　第{row.version.version}版",
                may_write=not row.version.locked and row.newest,
                parent=self,
            )
            viewer.finding_asked.connect(self.open_check)
            viewer.open()

    def _open_finding(self, finding: Finding) -> None:
        view = self.detail.view
        if view is None or not view.versions or self.desk.read_only:
            return
        number = next(row.version.version for row in view.versions if row.version.id == finding.version_id)
        FindingDialog(self.desk, finding, subject=f"{view.material.title}　第{number}版", parent=self).open()

    def _ask_rights(self) -> None:
        view = self.detail.view
        if view is not None:
            RightsDialog(self.desk, view.material, parent=self).open()

    def _ask_reuse(self) -> None:
        view = self.detail.view
        if view is not None:
            self.desk.read(
                with_store(places_to_reuse, material_id=view.material.id, today=self.desk.today()),
                partial(self._open_reuse, view.material),
                owner=self,
            )

    def _open_reuse(self, material: Material, places: Sequence[ReusePlace]) -> None:
        if not places:
            self.desk.say("これから行う実施回が、ほかにありません。")
            return
        ReuseDialog(self.desk, material, places, then=self._go_to, parent=self).open()

    def _withdraw(self) -> None:
        view = self.detail.view
        if view is not None and view.versions:
            WithdrawDialog(self.desk, title=view.material.title, version=view.versions[0].version, parent=self).open()

    def _ask_contractor(self) -> None:
        view = self.detail.view
        if view is not None and view.request is not None:
            RequestDialog(self.desk, view.request, self).open()

    def _show_notice(self) -> None:
        view = self.detail.view
        if view is not None:
            PaperDialog(self.desk, event_id=view.event.id, kind=NOTICE, subject=view.event_title, parent=self).open()

    def _ask_told(self) -> None:
        view = self.detail.view
        if view is not None and view.untold and not self.desk.read_only:
            ToldDialog(
                self.desk,
                event_id=view.event.id,
                key=handout_key(view.material.id),
                subject=f"{view.material.title}　第{view.versions[0].version.version}版",
                to_look=self.open_check,
                parent=self,
            ).open()

    def _explain(self) -> None:
        view = self.detail.view
        if view is not None and view.task is not None:
            explain(view.task, self)

    def keyPressEvent(self, event: Any) -> None:
        """Esc in the details goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and not self.table.view.hasFocus():
            self.parts.show_list()
            return
        super().keyPressEvent(event)
