"""The check of a handout, with the received file at the left and the findings at the right.

内容確認 is counted by the pages shown and never ticked by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QLabel, QWidget

from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty
from app.events.materials.screens.finding_editor import FindingDraft, FindingEditor, key_hints
from app.events.materials.screens.material_detail import (
    STATE,
    FindingLine,
    lines_of,
    page_words,
    show_notification,
    state_cell,
    version_words,
    why_no_notification,
)
from app.events.materials.screens.page_marks import (
    ON_PAPER,
    area_around,
    how_to_open,
    is_inside,
    mark_words,
    page_mark,
    previous_comparable_version,
)
from app.events.materials.services.evidence import KIND as EVIDENCE
from app.events.materials.services.material_board import RESUBMIT
from app.events.materials.services.material_files import VersionFile, read_version_file
from app.events.materials.services.materials import (
    MaterialView,
    add_finding,
    change_finding,
    remove_finding,
    resolve_finding,
    set_result,
    viewed_pages_words,
)
from app.events.materials.services.usual_findings import usual_findings
from app.widgets.action_mixin import ActionMixin
from app.widgets.badges import Badge
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button
from app.widgets.focus_keeper import restore_focus
from app.widgets.labels import label, second_label, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.evidence_shortcut import WITH_SHIFT, install_evidence_key
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import PageLayout, ensure_visible
from app.widgets.pdf.pdf_pages import PageMark
from app.widgets.pdf.pdf_preview import PdfPreview
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from app.window.failure_messages import failure_of
from db.digits import whole_number
from db.fields import field_label
from db.records.submissions.materials import Finding, MaterialResult, MaterialVersion


def _text(line: FindingLine) -> Cell:
    return Cell(line.finding.text, fill_nonempty("対応：{}", line.finding.response))


def check_finding_list() -> RecordTable:
    """Return the list; Enter and F2 edit a finding, Space marks it as corrected, Delete removes it."""
    return RecordTable(
        "findings-check",
        (
            Column("mark", "印", width=38, show=mark_words, sortable=False),
            Column(
                "page",
                field_label(Finding, "page"),
                width=52,
                show=lambda line: Cell(page_words(line.finding.page), strong=True),
            ),
            record_column(Finding, "duty", lambda line: line.finding, width=60),
            record_column(Finding, "basis", lambda line: line.finding, width=104, min_list_width=520),
            Column("text", field_label(Finding, "text"), show=_text, stretch=True),
            Column(STATE, "修正", width=82, show=state_cell),
        ),
        title="指摘",
        empty="指摘はありません。下の行に書くと、ここに並びます。",
        filtered=False,
        foot=False,
        names_people=False,
    )


class ViewedPages(QLabel):
    """The label 「内容確認　3 / 18ページ」 of the version shown; emits no signals."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "second")
        self._turned: dict[int, set[int]] = {}
        self._version: MaterialVersion | None = None
        self.seen: set[int] = set()

    def track_version(self, version: MaterialVersion | None) -> None:
        """Count and show the viewed pages of this version from now on, with those counted of it before; None = none."""
        self._version = version
        self._show_count()

    def add_page(self, page: int) -> None:
        """Count a page as viewed."""
        if self._version is not None and page:
            self._turned.setdefault(self._version.id, set()).add(page)
            self._show_count()

    def pages_of(self, version_id: int) -> tuple[int, ...]:
        """Return the pages of a version viewed since this label was made, in order, without those stored before."""
        return tuple(sorted(self._turned.get(version_id, ())))

    def _show_count(self) -> None:
        version = self._version
        self.seen = {*version.looked, *self.pages_of(version.id)} if version is not None else set()
        words = viewed_pages_words(replace(version, looked=tuple(self.seen))) if version is not None else ""
        self.setText(fill_nonempty("内容確認　{}", words))


_RESULT_NAMES = ("F5", "F6", "F7")
_SIDE_BY_SIDE = 900
"""The width below which page and findings are shown one at a time."""
_LOW = 480
_RESULT_KEYS = (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7)


class MaterialCheck(ActionMixin, QWidget):
    """The newest version of a handout, its findings and its result.

    Signals: ``back_asked()``; ``file_asked(int)`` open the received file of a version.
    """

    back_asked = Signal()
    file_asked = Signal(int)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self.app_context = app_context
        self.view: MaterialView | None = None
        self._may_write = False
        self._drafts: dict[int, FindingDraft] = {}
        self._shown_version = 0
        self._saving = False
        # The result just given, until it is seen: the next step is its notification.
        self._judged: MaterialResult | None = None
        self._narrow = True
        self.preview = PdfPreview(title="受領したファイル", empty="受領したファイルを読み込んでいます。")
        self.preview.setMinimumWidth(t.scaled(280))
        self.title = wrapped_label("", "h1")
        self.badge = Badge("区が確認中")
        self.due = label("", "second")
        self.versions = second_label()
        self.beside = Button("", icon_name="columns", low=True)
        self.count = label("", "h2", figure=True)
        self.findings = check_finding_list()
        self.row = FindingEditor()
        self.problem = NoteBox(tone="red", reserve=1, small=True)
        self.result_title = label("", "strong")
        self.looked = ViewedPages()
        self.results: dict[MaterialResult, Button] = {}
        self.turn = Button("ページを見る", self._toggle_side)
        self.file = Button("受領したファイル", self._ask_file)
        self.notice = Button("資料確認結果通知")
        self.tell = Button("")
        self.back = Button("資料の一覧へ", self._leave, kind="icon", icon_name="arrow-left")
        self.receive = Button("")
        self._hint = ""
        self.bar = ActionBar(app_context)
        self._build()
        self._connect()
        self._show_sides(page=False)

    def _build(self) -> None:
        """Lay out the findings and results beside the pages."""
        self._judging = QWidget()
        column = in_column(
            in_row(self.back, (self.title, 1), (self.badge, 0, Qt.AlignmentFlag.AlignTop), spacing=10),
            in_row((self.versions, 1), self.beside, (self.turn, 0, Qt.AlignmentFlag.AlignRight)),
            in_row((self.count, 1), self.due),
            (self.findings, 1),
            self.row,
            owner=self._judging,
            spacing=6,
            margins=(16, 8, 16, 8),
        )
        # The keys and error messages share one place of fixed height, so that a warning moves nothing.
        place = QWidget()
        place.setFixedHeight(t.scaled(56))
        self._below = PageLayout(place)
        column.addWidget(place)
        self._below.addWidget(key_hints())
        self._below.addWidget(self.problem)
        column.addLayout(in_row((self.result_title, 1), self.looked))
        for result, key in zip(MaterialResult, _RESULT_NAMES, strict=True):
            self.results[result] = Button(f"{result}　{key}", partial(self._judge, result))
        self.bar.put(self.receive, self.tell, self.notice, *self.results.values(), self.file)
        both = in_row((self.preview, 38), (self._judging, 62), spacing=0)
        self.preview.setToolTip("届いたファイルには書き込みません。ページを押すと、指摘の印の場所が決まります。")
        self.turn.hide()
        in_column((both, 1), self.bar, owner=self, spacing=0)

    def _connect(self) -> None:
        """Connect the signals of pages, editor and list, and the keys."""
        self.preview.page_changed.connect(self._on_page_changed)
        self.preview.pages.pressed_at.connect(self._on_page_clicked)
        self.row.position_changed.connect(self._show_marks)
        self.row.submitted.connect(self.save_finding)
        self.row.cancelled.connect(self._cancel_change)
        self.findings.acted.connect(lambda line: self._toggle(line.finding, go_on=True))
        self.findings.chosen.connect(self._show_page_of)
        self.findings.opened.connect(self._begin_change)
        self.findings.edit_asked.connect(self._begin_change)
        self.findings.delete_asked.connect(lambda lines: self._remove([line.finding for line in lines[:1]]))
        self.findings.clicked.connect(self._click)
        near = Qt.ShortcutContext.WidgetWithChildrenShortcut
        acts = {
            "Alt+1": self.row.must.click, "Alt+2": self.row.wish.click, "F8": self._toggle_side,
            "Alt+T": self._ask_notification_by_key,
            "PgDown": partial(self._turn, 1), "PgUp": partial(self._turn, -1),
        }  # fmt: skip
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self, context=near).activated.connect(act)
        install_evidence_key(self, self.app_context, self._current_evidence, key=WITH_SHIFT)
        for key, button in zip(_RESULT_KEYS, self.results.values(), strict=True):
            QShortcut(QKeySequence(key), self, context=near).activated.connect(button.click)

    def _on_page_changed(self, page: int, _count: int) -> None:
        """Follow the shown page with the typed finding, and count it as viewed."""
        self.row.follow_page(page)
        self.looked.add_page(page)
        self._show_hint()

    def _turn(self, pages: int) -> None:
        self.preview.pages.go_to_page(self.preview.pages.page() + pages)

    def _ask_notification_by_key(self) -> None:
        """Press 「通知したと記録する」 on Alt+T, or say why it cannot be pressed."""
        if not self.tell.is_offered:
            self._show_text(why_no_notification(self.view, may_write=self._may_write))
        else:
            self.tell.click()

    def _current_evidence(self) -> tuple[str, str] | None:
        """Return the current finding as evidence for the 提案書; without one F6 decides the result."""
        line = self.findings.current()
        return (EVIDENCE, str(line.finding.id)) if line is not None else None

    # what is shown

    def show_view(self, view: MaterialView, *, may_write: bool, page: int = 0) -> None:
        """Show a handout, at ``page`` if given, with its half-typed finding restored."""
        another = self.view is None or self.view.material.id != view.material.id
        if another:
            self.keep_draft()
        self.view, self._may_write = view, may_write
        if another:
            self._show_text("")
            self.run_read(self.row.show_suggestions, usual_findings)
            self.row.show_draft(self._drafts.get(view.material.id, FindingDraft()))
        newest = view.versions[0] if view.versions else None
        self.title.setText(view.material.title)
        self.badge.show_status(view.state)
        task = view.task
        self.due.setText(f"期限（開庁日）　{short_date(task.due)}　{task.state_words}" if task and task.due else "")
        self.file.setVisible(newest is not None and newest.version.file_id is not None)
        self.versions.setText("　→　".join(version_words(row) for row in reversed(view.versions[:3])))
        # Findings from older versions are shown first.
        lines = sorted(lines_of(view), key=lambda line: line.version)
        open_ = [line for line in lines if not line.finding.resolved]
        must = sum(line.finding.duty.is_required for line in open_)
        self.count.setText(f"指摘　残り {len(open_)}件（必須 {must}・お願い {len(open_) - must}）")
        number = newest.version.version if newest else 0
        carried = any(line.version != number for line in lines)
        self.findings.model.group_by(
            (
                lambda line: (
                    f"第{line.version}版で見つけたもの"
                    if line.version == number
                    else f"第{line.version}版からの持ち越し"
                )
            )
            if carried
            else None
        )
        # A list that is read again turns no page: whoever gave the result keeps the page in sight.
        with QSignalBlocker(self.findings):
            self.findings.show_rows(tuple(lines))
        older = previous_comparable_version(view)
        self.beside.setVisible(older is not None)
        self.beside.set_words(f"第{older.version}版と並べる" if older is not None else "")
        self._show_marks()
        self.looked.track_version(newest.version if newest is not None else None)
        locked = newest is None or newest.version.locked
        self.row.setEnabled(may_write and not locked)
        self._show_results(view, must, locked=locked)
        if newest is not None and newest.version.id == self._shown_version:
            if page:
                self.preview.pages.go_to_page(page)
        elif newest is not None:
            self._shown_version = newest.version.id
            self.preview.show_loading()
            self.app_context.read(
                with_store(read_version_file, version_id=newest.version.id),
                partial(self._show_file, newest.version.id, page),
                on_failed=partial(self._no_file, newest.version.id),
                owner=self,
            )
            if not (another or self.has_unsaved_work):
                # A version that came in begins with what was found in the one before.
                self.focus_work_area()

    def _show_results(self, view: MaterialView, must: int, *, locked: bool) -> None:
        """Show the three results, the one given and those that can be given, and the buttons of the notification.

        確認済 is disabled while 必須 findings (``must``) are open. After a result was given the focus goes to its
        notification.
        """
        newest = view.versions[0] if view.versions else None
        given = newest.version.result if newest else None
        said = f"第{newest.version.version}版の結果" if newest else ""
        lasts = "　確認済の版は、変えられません。" if locked and newest else ""
        self.result_title.setText(f"{said}　{given}{lasts}" if given is not None else said)
        asked = given is None and self._may_write and not locked
        for result, button in self.results.items():
            button.setEnabled(self._may_write and not locked and result != given and not (result.is_checked and must))
            button.set_filled(asked and (result.is_resubmission if must else result.is_checked))
        shut = f"必須が{must}件、未修正のため、確認済にできません。" if must else ""
        choice = "確認済：この版を使用　修正後使用可：修正版は受領のみ　再提出：つぎの版を確認"
        self._hint = (shut or choice) if asked else ""
        self._show_hint()
        awaited = view.state == RESUBMIT and self._may_write
        self.receive.set_words(f"第{newest.version.version + 1}版を受領する" if newest and awaited else "")
        self.receive.set_filled(awaited)
        self.notice.setVisible(given is not None)
        show_notification(self.tell, self.view, may_write=self._may_write)
        self.tell.set_filled(self.tell.is_offered)
        if self.tell.is_offered:
            self.tell.setToolTip(f"Alt+T　{self.tell.toolTip()}")
        if given is not None and given == self._judged:
            self._judged = None
            if self.tell.is_offered and not self.has_unsaved_work:
                # Enter opens the question with the document in sight; it records nothing by itself.
                restore_focus(self.tell)

    def _show_hint(self) -> None:
        """Show in the bar what the results mean, behind how many pages nobody has turned to yet."""
        pages, seen = self.preview.page_count(), len(self.looked.seen)
        said = f"**{pages}ページ中 {seen}ページを開きました**　" if self._hint and seen < pages else ""
        self.bar.show_words(said + self._hint)

    def _show_file(self, version_id: int, page: int, file: VersionFile) -> None:
        """Show the file of a version, unless another was chosen meanwhile."""
        if version_id != self._shown_version:
            return
        if file.is_pdf:
            self.preview.show_received(
                self.app_context,
                file.data,
                title=f"第{file.version.version}版",
                on_shown=partial(self._turn_to, version_id, page),
            )
        else:
            self.preview.clear(how_to_open(file.version.file_name))

    def _turn_to(self, version_id: int, page: int) -> None:
        """Turn to ``page`` once the pages are loaded; 0 = to that of the current finding if the list has the focus."""
        if version_id != self._shown_version:
            return
        if page:
            self.preview.pages.go_to_page(page)
        else:
            self._show_page_of(self.findings.current())
        self.row.follow_page(self.preview.pages.page())
        self._show_marks()

    def _no_file(self, version_id: int, problem: Exception) -> None:
        if version_id == self._shown_version:
            # Received on paper is no error; a stored file that was altered or is missing is one, and shown as such.
            self.preview.clear(ON_PAPER if isinstance(problem, UserError) else failure_of(problem).as_one_text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show page and findings one at a time where they do not fit side by side."""
        super().resizeEvent(event)
        # A low window keeps its height for the findings.
        low = self.height() < t.scaled(_LOW)
        self.findings.view.horizontalHeader().setVisible(not low)
        self.versions.setVisible(not low)
        narrow = self.width() < t.scaled(_SIDE_BY_SIDE)
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_sides(page=False)

    def _show_sides(self, *, page: bool) -> None:
        """Show pages and findings, on a narrow window only one of them."""
        sides = [(self.preview, page or not self._narrow), (self._judging, not page or not self._narrow)]
        # Which goes first; both at once would need more width than there is.
        for side, seen in sorted(sides, key=lambda one: one[1]):
            ensure_visible(side, seen=seen)
        self.turn.setVisible(self._narrow)
        self.turn.set_words(f"{'指摘を書く' if page else 'ページを見る'}　F8")

    def _toggle_side(self) -> None:
        """On a narrow window, change between pages and findings."""
        if not self._narrow:
            return
        writing = self._judging.isVisible()
        self._show_sides(page=writing)
        if writing:
            self.preview.pages.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is done

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether a finding is half typed, on the handout shown or on another."""
        self.keep_draft()
        return bool(self._drafts)

    def keep_draft(self) -> None:
        """Remember the half-typed finding of the handout shown, or forget it where none is typed."""
        if self.view is None:
            return
        draft = self.row.draft()
        if draft.text.strip() or draft.finding_id:
            self._drafts[self.view.material.id] = draft
        else:
            self._drafts.pop(self.view.material.id, None)

    def _leave(self) -> None:
        """Keep the half-typed finding and emit ``back_asked``."""
        self.keep_draft()
        self.back_asked.emit()

    def _ask_file(self) -> None:
        if self.view is not None and self.view.versions:
            self.file_asked.emit(self.view.versions[0].version.id)

    def save_finding(self, on_saved: Callable[[], None] | None = None) -> None:
        """Save the typed finding; if its handout is still shown then, start the next and call ``on_saved``.

        A rejected finding stays in the fields.
        """
        view, draft = self.view, self.row.draft()
        if view is None or not view.versions or not self.row.isEnabled() or self._saving:
            return
        self._show_text("")
        self._saving = True
        basis = draft.basis if draft.duty.is_required else ""
        change = (
            bind_action(
                change_finding,
                finding_id=draft.finding_id,
                page=draft.page,
                text=draft.text,
                duty=draft.duty,
                basis=basis,
                place=draft.place,
            )
            if draft.finding_id
            else bind_action(
                add_finding,
                version_id=view.versions[0].version.id,
                page=draft.page,
                text=draft.text,
                duty=draft.duty,
                basis=basis,
                place=draft.place,
                viewed_pages=self.looked.pages_of(view.versions[0].version.id),
            )
        )
        self.run_change(change, lambda _saved: self._begin_next(view.material.id, on_saved))

    def _begin_next(self, material_id: int, on_saved: Callable[[], None] | None) -> None:
        """Begin the next finding after one was saved."""
        self._saving = False
        self._drafts.pop(material_id, None)
        if self.view is not None and self.view.material.id == material_id:
            self._open_new()
            if on_saved is not None:
                on_saved()

    def _cancel_change(self) -> None:
        """Leave the edited finding unchanged and begin a new one."""
        self._show_text("")
        self._open_new()

    def _open_new(self) -> None:
        self.row.show_draft(FindingDraft())
        self.row.follow_page(self.preview.pages.page())
        self.row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin_change(self, line: object) -> None:
        """Load a finding into the editor, unless a new one is half typed there."""
        finding = getattr(line, "finding", None)
        if not isinstance(finding, Finding) or not self.row.isEnabled():
            return
        if self.row.text.text().strip() and not self.row.finding_id:
            self._show_text("入力中の指摘を加えてから、前の指摘を直してください。")
            return
        self.row.show_draft(
            FindingDraft(
                page=finding.page,
                duty=finding.duty,
                basis=finding.basis,
                text=finding.text,
                finding_id=finding.id,
                place=finding.place,
            )
        )
        self.row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _click(self, line: FindingLine, key: str) -> None:
        if key == STATE:
            self._toggle(line.finding)
        else:
            self._show_page_of(line)

    def _show_page_of(self, line: FindingLine | None) -> None:
        """Show the page of the finding that is selected while the list has the focus."""
        walking = self.window().focusWidget() is self.findings.view
        page = whole_number(line.finding.page) if line is not None and walking else None
        if line is None or page is None:
            return
        mark = next((one for one in self._marks() if one.words == mark_words(line) and one.words), None)
        if mark is not None:
            self.preview.pages.show_mark(mark)
        else:
            self.preview.pages.go_to_page(page)
        self._show_marks()

    # marks on the page

    def _lines(self) -> list[FindingLine]:
        return [
            line
            for row in range(self.findings.model.rowCount())
            if isinstance(line := self.findings.model.record(row), FindingLine)
        ]

    def _marks(self) -> list[PageMark]:
        """Return the marks of the findings but the edited one, numbered as in the list, dashed for earlier versions."""
        newest = self.view.versions[0].version.version if self.view is not None and self.view.versions else 0
        here = self.findings.current()
        marks = [
            page_mark(
                line.finding.page,
                line.finding.place,
                mark_words(line),
                "green" if line.finding.resolved else "red",
                dashed=line.version != newest,
                strong=isinstance(here, FindingLine) and here.id == line.id,
            )
            for line in self._lines()
            if line.finding.id != self.row.finding_id
        ]
        return [one for one in marks if one is not None]

    def _show_marks(self) -> None:
        """Show the marks on the page, with the one being typed."""
        typed = page_mark(self.row.page.text(), self.row.place, "", "accent", strong=True)
        self.preview.show_marks([*self._marks(), *([typed] if typed is not None else [])])

    def _on_page_clicked(self, page: int, x: float, y: float) -> None:
        """Select the finding of a clicked mark, or place the typed finding at the click."""
        hit = next((one for one in self._marks() if one.page == page and is_inside(one, x, y)), None)
        if hit is not None:
            self.findings.choose(lambda line: mark_words(line) == hit.words)
            self._show_marks()
        elif self.row.isEnabled():
            self.row.set_position(area_around(x, y), page)
            self.row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_work_area(self) -> None:
        """Show the first open finding with its page if an earlier version has any, else focus the text of a new one."""
        if self._has_earlier_findings() and self._go_to_open():
            self._show_page_of(self.findings.current())
        else:
            self.row.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_earlier_findings(self) -> bool:
        view = self.view
        return view is not None and any(row.findings for row in view.versions[1:])

    def _go_to_open(self, *, after: int = 0) -> bool:
        """Select the first open finding below the one with id ``after``, else above it; return whether there is one."""
        lines = self._lines()
        here = next((number for number, line in enumerate(lines) if line.id == after), -1)
        order = [*lines[here + 1 :], *lines[: max(here, 0)]]
        wanted = next((line for line in order if not line.finding.resolved), None)
        return wanted is not None and self.findings.choose(lambda line: line.id == wanted.id)

    def _toggle(self, finding: Finding, *, go_on: bool = False) -> None:
        """Mark a finding as corrected or open; by key also go on to the next open one."""
        self._show_text("")
        if go_on and not finding.resolved:
            self._go_to_open(after=finding.id)
        self.run_action(resolve_finding, finding_id=finding.id, resolved=not finding.resolved)

    def _remove(self, findings: list[Finding]) -> None:
        self._show_text("")
        for finding in findings:
            self.run_action(remove_finding, finding_id=finding.id)

    def _judge(self, result: MaterialResult) -> None:
        """Record a result for the newest version, unless it has that one; a half-typed finding is saved first."""
        view = self.view
        if view is None or not view.versions:
            return
        newest = view.versions[0].version
        if result != newest.result and self.row.draft().text.strip():
            # The result is based on what is typed, so it is saved as a finding first.
            self.save_finding(partial(self._judge, result))
        elif result != newest.result:
            self._show_text("")
            self._judged = result
            self.run_action(
                set_result,
                version_id=newest.id,
                result=result,
                viewed_pages=self.looked.pages_of(newest.id),
            )

    def show_error(self, problem: Exception) -> None:
        """Show the error below the findings in place of the key hints; the finding can be saved again."""
        self._saving, self._judged = False, None
        super().show_error(problem)
        self._below.setCurrentIndex(1 if self.problem.words() else 0)

    def _show_text(self, words: str) -> None:
        """Show a message below the findings, or with "" the key hints."""
        self.problem.show_text(words)
        self._below.setCurrentIndex(1 if words else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Esc; the half-typed finding is kept."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)
