"""The record of one handout, with name, deadline, versions, findings and answers, rights and copies."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty
from app.events.materials.rules import blocked_words, rights_blocking_printing, state_words
from app.events.materials.services.materials import MaterialView, VersionRow
from app.widgets.badges import KindSquare
from app.widgets.buttons import Button, inline_button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.keys import BackOnEscape
from app.widgets.labels import label, second_label, separator, small_label, with_accessible_name, wrapped_label
from app.widgets.layouts import add, in_column, in_row, row_of, stack_when_narrow
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column
from app.widgets.note_box import NoteBox
from app.widgets.screen import clear_layout, in_scroll_area, page_column
from app.window import theme as t
from db.digits import is_digits
from db.fields import field_label
from db.record import record
from db.records.submissions.materials import Finding

RECORD = "版・部数・権利"
"""The name of the page in links to it."""


class VersionList(QWidget):
    """The versions, newest first.

    Signals: ``open_asked(int)`` show the file of a version.
    """

    open_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = in_column(owner=self, spacing=6)

    def show_view(self, view: MaterialView) -> None:
        """Show the versions received and requested."""
        clear_layout(self._column)
        if view.next_words:
            add(self._column, _line(second_label(view.next_words), label("受託者", "small")), separator())
        for row in view.versions:
            add(self._column, self._version(row), separator())
        if not view.versions:
            self._column.addWidget(second_label("まだ受領していません。"))

    def _version(self, row: VersionRow) -> QWidget:
        version = row.version
        words = QWidget()
        column = in_column(
            wrapped_label(f"第{version.version}版　{row.received_words}", "strong" if row.newest else "body"),
            owner=words,
            spacing=1,
        )
        small = [version.file_name or "ファイルなしで受領"]
        small += [row.result_words] if row.result_words else []
        small += [f"理由：{version.result_note}"] if version.result_note else []
        column.addWidget(small_label("\n".join(small)))
        if version.file_id is None:
            return words
        open_ = with_accessible_name(
            link_button("開く", lambda: self.open_asked.emit(version.id)), f"第{version.version}版を開く"
        )
        return _line(words, open_)


def _line(words: QWidget, end: QWidget) -> QWidget:
    return row_of((words, 1), (end, 0, Qt.AlignmentFlag.AlignTop), spacing=8)


STATE = "state"


@record
class FindingLine:
    """One finding with its version; ``id`` is the finding's, ``number`` counts in order of creation."""

    id: int
    version: int
    finding: Finding
    number: int = 0


def lines_of(view: MaterialView) -> tuple[FindingLine, ...]:
    """Return the findings of all versions, those on the newest first."""
    came = [finding.id for row in reversed(view.versions) for finding in row.findings]
    return tuple(
        FindingLine(id=finding.id, version=row.version.version, finding=finding, number=came.index(finding.id) + 1)
        for row in view.versions
        for finding in row.findings
    )


def page_words(page: str) -> str:
    """Return 「p.6」 for a number, anything else as typed."""
    return f"p.{page}" if is_digits(page.strip()) else page


def finding_list() -> FittedTable:
    """Return the list; Enter and F2 edit a finding, Space marks it as corrected, Delete removes it."""
    return FittedTable(
        "findings",
        (
            Column(
                "page",
                field_label(Finding, "page"),
                width=48,
                show=lambda line: Cell(page_words(line.finding.page), strong=True),
            ),
            Column("text", field_label(Finding, "text"), show=_text, stretch=True),
            Column(STATE, "修正", width=82, show=state_cell),
        ),
        title="指摘",
        empty="指摘はありません。",
        group=lambda line: f"第{line.version}版の指摘",
        head=False,
        names_people=False,
    )


def _text(line: FindingLine) -> Cell:
    finding = line.finding
    duty = f"必須（{finding.basis}）" if finding.duty.is_required else "お願い"
    return Cell(finding.text, duty + fill_nonempty("\n対応：{}", finding.response))


def state_cell(line: FindingLine) -> Cell:
    """Return the cell that shows whether a finding is corrected; the lists toggle it on a click there."""
    if line.finding.resolved:
        return Cell("修正済", icon="check-circle-fill", tone="green", tip="押すと未修正に戻します")
    return Cell("未修正", icon="circle", tone="amber", tip="押すと修正済にします")


class HandoutRecord(BackOnEscape):
    """The record, in two columns that fold.

    Signals: ``back_asked()``; ``check_asked()`` page and findings side by side; ``version_opened(int)``;
    ``finding_asked(object)`` edit one; ``finding_toggled(object)``, ``finding_removed(object)``;
    ``printed_typed(object, object)`` copies printed and handed out (None = unknown).
    """

    check_asked = Signal()
    version_opened = Signal(int)
    finding_asked = Signal(object)
    finding_toggled = Signal(object)
    finding_removed = Signal(object)
    printed_typed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.view: MaterialView | None = None
        self.back = link_button("", self.back_asked.emit)
        self.sign = KindSquare("")
        self.about = label("", "small")
        self.title = wrapped_label("", "h1")
        self.check = Button("ページと指摘を開く", self.check_asked.emit, icon_name="columns")
        self.rename = inline_button("名前を直す")
        self.remove = inline_button("消す", danger=True)
        self.due = NoteBox(tone="amber")
        self.basis = link_button("期限の根拠")
        self.versions = VersionList()
        self.problem = NoteBox(tone="red")
        self.findings_title = wrapped_label("", "h2")
        self.add_finding = inline_button("指摘を加える", self.check_asked.emit)
        self.findings = finding_list()
        self.no_findings = label("指摘はありません。", "second")
        self.rights = second_label()
        self.held = NoteBox(tone="amber", small=True)
        self.answer = inline_button("権利を確かめる")
        self.reuse = inline_button("ほかの実施回で使う")
        self.copies = wrapped_label("", "strong")
        self.copies_words = small_label("予備は2部と1割の多いほう。人数が変わると直ります。")
        self.printed = _copies_form("printed", "印刷")
        self.handed_out = _copies_form("handed_out", "配布")
        self._build()
        self._connect()

    def _build(self) -> None:
        """Lay out versions, copies, findings and rights."""
        came = (label("版", "h2"), self.versions, label("印刷部数（受託者）", "h2"), self.copies, self.copies_words)
        found = (FlowRow(self.findings_title, self.add_finding, spacing=12), self.findings, self.no_findings)
        first = _column(*came, FlowRow(self.printed, self.handed_out, spacing=12))
        second = _column(*found, label("権利", "h2"), self.rights, self.held, FlowRow(self.answer, self.reuse))
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._across.setSpacing(32)
        add(self._across, (first, 1), (second, 1))
        inside_all = QWidget()
        whole = page_column(inside_all, spacing=8)
        whole.addWidget(FlowRow(self.back, self.sign, self.about, spacing=12))
        add(
            whole,
            in_row((self.title, 1), (self.check, 0, Qt.AlignmentFlag.AlignTop)),
            FlowRow(self.rename, self.basis, self.remove),
            self.due,
            self._across,
            None,
        )
        outer = in_column((in_scroll_area(inside_all), 1), owner=self)
        # Below the scroll area: an error message takes room from its foot, and nothing moves under the mouse.
        outer.addWidget(self.problem)

    def _connect(self) -> None:
        """Connect the signals of versions, findings and copies."""
        self.versions.open_asked.connect(self.version_opened)
        self.findings.opened.connect(self._change)
        self.findings.edit_asked.connect(self._change)
        self.findings.acted.connect(lambda line: self.finding_toggled.emit(line.finding))
        self.findings.delete_asked.connect(self._remove)
        self.findings.clicked.connect(self._click)
        self.printed.committed.connect(self._emit_printed)
        self.handed_out.committed.connect(self._emit_printed)

    def show_view(self, view: MaterialView, *, may_write: bool) -> None:
        """Show a handout."""
        another = self.view is None or self.view.material.id != view.material.id
        self.view = view
        event = view.event
        self.sign.show_kind(event.kind)
        self.about.setText(f"{short_date_or('日程未定', event.event_date)} {view.event_title}")
        self.title.setText(view.material.title)
        self.rename.setVisible(may_write)
        self.remove.setVisible(may_write and not view.versions)
        self._show_due(view)
        self.versions.show_view(view)
        if another:
            self.problem.show_text("")
        self._show_findings(view, may_write=may_write)
        self._show_rights(view, may_write=may_write)
        self._show_copies(view, may_write=may_write, another=another)
        self.check.setVisible(bool(view.versions))

    def _show_due(self, view: MaterialView) -> None:
        """Show the day by which the handout is due, or nothing without a deadline."""
        task = view.task
        self.basis.setVisible(task is not None)
        if task is None:
            self.due.show_text("")
            return
        closed = task.completed_on is not None
        state = f"{short_date(task.completed_on)} 済" if task.completed_on else task.state_words
        name = "手で変えた期限" if task.override is not None else "期限（開庁日）"
        day = short_date(task.due) if task.due else task.provisional_words
        tone = "quiet" if closed else "red" if task.bucket == "期限超過" else "amber"
        self.due.show_text(f"**{name} {day}**\n{state}　{task.basis_short}", tone=tone)  # type: ignore[arg-type]

    def _show_findings(self, view: MaterialView, *, may_write: bool) -> None:
        lines = lines_of(view)
        newest = view.versions[0].version if view.versions else None
        must = sum(line.finding.duty.is_required for line in lines)
        counts = f"　必須 {must}・お願い {len(lines) - must}" if lines else ""
        self.findings_title.setText(f"指摘 {len(lines)}件{counts}")
        self.findings.model.group_by(
            (lambda line: f"第{line.version}版の指摘") if len({line.version for line in lines}) > 1 else None
        )
        self.findings.show_rows(lines)
        self.findings.setVisible(bool(lines))
        self.no_findings.setVisible(not lines)
        self.add_finding.setVisible(may_write and newest is not None and not newest.locked)

    def _show_rights(self, view: MaterialView, *, may_write: bool) -> None:
        """Show the rights, and whether they stop printing."""
        material = view.material
        self.rights.setText(state_words(material.rights).replace("・", "\n"))
        held = rights_blocking_printing(material.rights)
        self.held.show_text(
            blocked_words(material.title, held, material.rights, action="印刷できません") if held else ""
        )
        self.answer.setVisible(may_write)
        self.reuse.setVisible(may_write and any(row.version.is_checked for row in view.versions))

    def _show_copies(self, view: MaterialView, *, may_write: bool, another: bool) -> None:
        """Show how many copies are needed, printed and handed out."""
        newest = view.versions[0].version if view.versions else None
        self.copies.setText(view.copies_words if view.copies.people else "参加人数がまだ入力されていません。")
        self.copies_words.setVisible(bool(view.copies.people) and not view.copies_final)
        for key, form in (("printed", self.printed), ("handed_out", self.handed_out)):
            form.setVisible(newest is not None)
            form.set_enabled(key, may_write)
            stored = getattr(newest, key) if newest is not None else None
            if another or form.value(key) != stored:
                form.set_values({key: stored})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns below each other in a narrow window."""
        super().resizeEvent(event)
        # Not ``t.narrow``: both columns are short of words, and beside each other they are seen in large letters too.
        stack_when_narrow(self._across, t.is_narrow(self.window().width()))

    def _change(self, line: Any) -> None:
        if line is not None:
            self.finding_asked.emit(line.finding)

    def _remove(self, lines: list[Any]) -> None:
        if lines:
            self.finding_removed.emit(lines[0].finding)

    def _click(self, line: FindingLine, key: str) -> None:
        if key == STATE:
            self.finding_toggled.emit(line.finding)

    def _emit_printed(self) -> None:
        self.printed_typed.emit(self.printed.value("printed"), self.handed_out.value("handed_out"))


def _column(*parts: QWidget) -> QWidget:
    """Return widgets below each other."""
    made = QWidget()
    column = in_column(owner=made, spacing=8)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return made


def _copies_form(key: str, words: str) -> Form:
    """Return the form for one number of copies (printed, or handed out)."""
    field = Field(key, words, "number", unit="部", width=64, least=0, most=9999)
    return Form((field,), label_width=36)


def show_notification(button: Button, view: MaterialView | None, *, may_write: bool) -> None:
    """Show 「通知したと記録する」 while the newest version's result is not notified and may be, else hide it."""
    waits = view is not None and view.not_notified
    button.setVisible(waits and may_write)
    if view is not None and waits:
        button.set_words("通知したと記録する")
        button.setToolTip("書類を見て、日・相手・方法を記録します")


def why_no_notification(view: MaterialView | None, *, may_write: bool) -> str:
    """Return why ``show_notification`` hides the button: reading only, no result yet, else notified already."""
    newest = view.versions[0].version if view is not None and view.versions else None
    if not may_write:
        return "閲覧中のため、通知を記録できません。"
    if newest is None or newest.result is None:
        return "まだ結果がありません。F5・F6・F7 で結果を決めると、Alt+T で通知を記録できます。"
    return "この版の結果は、通知済です。"


def version_words(row: VersionRow) -> str:
    """Return 「第1版 11/13(金) 受領・再提出」."""
    version = row.version
    result = fill_nonempty("・{}", version.result)
    return f"第{version.version}版 {short_date(version.received_on)} 受領{result}"
