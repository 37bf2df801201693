"""帳票 (preview, save and print documents of an event, the year or a 団体) and the tab 書類 of one event.

A document of 書類 has the steps 作成, 保存・印刷 and 連絡・通知済.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.rules import FactChange, StatusWord, are_only_names, returned_count, sealed_ids, shown_fact
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.document_view import DocumentView
from app.documents.screens.letter_differences_panel import DifferencesDialog, differences_words
from app.documents.screens.letter_panel import LetterPanel
from app.documents.screens.mail_text_dialog import MailTextDialog
from app.documents.screens.notification_dialog import CorrectNotificationDialog, NotificationDialog
from app.documents.screens.outgoing_log import OutgoingDialog, log_list
from app.documents.screens.passage_fields import PassageList
from app.documents.services.document_kind import DocumentGroup, host_document_of
from app.documents.services.document_library import DocumentLibrary, DocumentRow, read_library, way_words
from app.documents.services.document_passages import PassageRow, read_passages
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import IssuedCopy, open_copy
from app.documents.services.kept_letters.letter_differences import KeptComparison, read_comparison
from app.documents.services.notification import (
    OutgoingView,
    can_notify_now,
    read_outgoing_view,
    set_aside,
    withdraw_notification,
)
from app.documents.services.notification_kinds import MatterLine
from app.event.parts import (
    DOCUMENTS_TAB,
    DOCUMENTS_VIEW,
    NO_EVENT,
    NOTIFICATIONS_VIEW,
    WHOLE_YEAR,
    DocumentViewLinks,
    EventPicker,
    empty_year_words,
)
from app.event.services.event_notifications import ADDRESSEES
from app.event_day.day.services.day_pack import PACK
from app.events.as_of.services import changed_since
from app.events.letters.rules.letter_texts import CANCELLATION, CHANGE
from app.events.letters.services.letter_page import KINDS
from app.events.letters.services.undelivered import (
    named_addressees,
    note_undelivered,
    record_posting,
    returned_words,
)
from app.main_window.action_routes import route_to
from app.main_window.navigation import EventTab, ScreenEntry
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.bars.notice_strip import Notice, NoticeStrip
from app.widgets.buttons import Button, danger_button, inline_button, link_button, main_button
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail, SideAndMiddle
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, heading, label, separator, small_label, styled_frame
from app.widgets.layouts import column_of, in_column, in_grid, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, GroupFold, RowAction, unsorted
from app.widgets.panel import Panel
from app.widgets.pdf.pdf_pages import PdfPages
from app.widgets.screen import Screen, clear_layout, disable_when_read_only, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from app.window.debounce import debounce
from app.window.failure_messages import failure_of
from app.window.year_words import in_year_words
from db.record import record
from db.records.documents import Notification, Outgoing, PostSort, ReturnedLetter


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each built when first shown."""

    yield ScreenEntry("documents", "printer", "帳票", DocumentsScreen, parent_screen="events")


def tabs() -> Iterator[EventTab]:
    """Yield its tab in an event."""

    yield EventTab(title="書類", factory=OutgoingPanel)


def document_list() -> FittedTable:
    """Build the table of documents; Enter or a click shows the document."""
    return FittedTable(
        "documents-papers",
        (Column("paper", "帳票", _cell, stretch=True, sortable=False),),
        title="帳票",
        empty=NO_EVENT,
        group=lambda row: row.group,
        head=False,
        names_people=False,
    )


def sort_by_group(rows: Sequence[DocumentRow]) -> tuple[DocumentRow, ...]:
    """Return the documents by group, each group in its own order."""
    order = get_args(DocumentGroup)
    return tuple(sorted(rows, key=lambda row: order.index(row.group)))


def _cell(row: DocumentRow) -> Cell:
    form = row.letter.form if row.letter is not None else ""
    state = f"（{row.letter.state}）" if row.letter is not None and row.letter.form.is_formal else ""
    return Cell(
        join_nonempty(in_year_words(row.kind), row.title),
        join_nonempty(row.state, f"{form}{state}" if form else ""),
        strong=row.can_be_made,
        tone="" if row.can_be_made else "second",
        icon="file-text"
        if row.can_be_made
        else "prohibit"
        if row.state_answer.is_stopped and row.is_ready
        else "circle",
    )


class DocumentsScreen(Screen):
    """The documents of one event, of the year or of one 団体; emits no signals.

    ``open_with(event_id=…, kind=…, copy=…)`` (``copy`` opens the 控え of that row of the log),
    ``open_with(whole_year=True, kind=…)`` or ``open_with(page="年度")``, ``open_with(organisation_id=…,
    kind=…)``: without them the last choice stays, at first the next event.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._shelf: DocumentLibrary | None = None
        self._kind = ""
        self._asked = False
        self._item: int | None = None
        self._scope = DocumentScope()
        self._organisation_id = 0
        self.picker = EventPicker(app_context, whole_year=True)
        self.list = document_list()
        self.bar = ActionBar(app_context)
        self.paper = DocumentView(app_context, main="pdf", bar=self.bar)
        self.letter = LetterPanel(app_context, in_bar=True)
        self.paper.put_in_bar(self.letter)
        self.notices = NoticeStrip()
        self.log = log_list()
        self.everything = link_button("すべての記録", self._show_everything)
        column = page_above(self.bar, self)
        self.views = DocumentViewLinks(
            app_context, DOCUMENTS_VIEW, event_and_kind=lambda: (self.picker.event_id, self._kind)
        )
        self.heading = heading("帳票")
        self.group = label("", "strong")
        self.events = link_button("実施回・年度の帳票へ", self._leave_organisation)
        column.addWidget(FlowRow(self.heading, self.picker, self.views, self.group, self.events, spacing=16))
        column.addWidget(self.notices)
        self.texts = PassageList(app_context)
        self.words = Panel("文")
        self.words.put(self.texts)
        self.words.hide()
        log = Panel("出力の記録")
        log.put_in_head(self.everything)
        log.put(self.log)
        frame = styled_frame("panel")
        in_column(self.paper, owner=frame, margins=(1, 1, 1, 1))
        self.parts = SideAndMiddle(("帳票", self.list), ("見本", frame), ("発信・記録", (self.letter, self.words, log)))
        column.addWidget(self.parts, 1)
        self._follow_soon = debounce(self, self.list.scroll_page_to_current)
        self.paper.shown.connect(self._compare)
        self.picker.chosen.connect(self._read)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(self.parts.show_middle)
        self.letter.mail.chosen.connect(self._show_mail)
        self.letter.fields_asked.connect(lambda: self.parts.tabs.choose(2))
        self.log.opened.connect(self._open_logged)
        self.log.acted.connect(self._open_logged)

    def open_with(self, **arguments: Any) -> None:
        """Choose the event, the year or the 団体, and the document kind; ``copy`` opens a kept copy.

        ``item`` is the one of several letters of the kind; with ``listed`` the list stays in sight on a narrow page.
        Without ``organisation_id`` a 団体 shown before is left, except with no arguments at all.
        """
        if arguments.get("kind"):
            self._kind, self._asked = str(arguments["kind"]), True
            self._item = arguments.get("item")
            # A requested document is shown, also where it is in a tab of its own.
            if not arguments.get("listed"):
                self.parts.show_middle()
        self._organisation_id = int(arguments.get("organisation_id") or 0 if arguments else self._organisation_id)
        if arguments.get("event_id"):
            self.picker.choose(int(arguments["event_id"]))
        elif arguments.get("whole_year") or arguments.get("page") == "年度":
            self.picker.choose(WHOLE_YEAR)
        if arguments.get("copy"):
            self._open_copy(int(arguments["copy"]))

    def view_state(self) -> dict[str, Any]:
        """Return the event, the year or the 団体, and the document kind."""
        whole_year = self.picker.event_id == WHOLE_YEAR
        return {
            "event_id": 0 if whole_year else self.picker.event_id, "whole_year": whole_year,
            "organisation_id": self._organisation_id, "kind": self._kind, "item": self._item,
            "listed": self.parts.is_first_shown,
        }  # fmt: skip

    def reload(self) -> None:
        """Read the events to choose from, and show the documents of the chosen one."""
        self.picker.reload()
        if self.picker.event_id or self._organisation_id:
            self._read(self.picker.event_id)

    @property
    def kind(self) -> str:
        """Return the chosen document kind."""
        return self._kind

    def _leave_organisation(self) -> None:
        """Show the documents of the chosen event or year again, after those of a 団体."""
        self._organisation_id = 0
        self._read(self.picker.event_id)

    def _read(self, event_id: int) -> None:
        """Read and show the documents of the 団体, else of the event or the year (``WHOLE_YEAR``); 0 empties the page.

        Nothing is read while the screen is hidden.
        """
        of_group = bool(self._organisation_id)
        of_event = event_id > 0 and not of_group
        self.views.setVisible(of_event)
        self.heading.setText(DOCUMENTS_TAB if of_event else "帳票")
        self.picker.setVisible(not of_group)
        for part in (self.group, self.events):
            part.setVisible(of_group)
        if of_group:
            if self.isVisible():
                scope = DocumentScope(organisation_id=self._organisation_id)
                self.run_read(self._show, read_library, scope=scope, today=self.today)
        elif not event_id:
            self.list.show_rows(())
            self.letter.hide()
            self.paper.clear(*empty_year_words(self.app_context))
        elif self.isVisible() and event_id == WHOLE_YEAR:
            today = self.today
            scope = DocumentScope(fiscal_year=self.fiscal_year, as_of=today)
            self.run_read(self._show, read_library, scope=scope, today=today)
        elif self.isVisible():
            self.run_read(self._show, read_library, event_id=event_id, today=self.today)

    def _show(self, library: DocumentLibrary) -> None:
        """Show documents that were read, unless another scope was chosen meanwhile.

        The wanted document is chosen, else the first that can be made.
        """
        wanted_event = WHOLE_YEAR if library.scope.about == "年度" else library.event_id
        if (library.scope.organisation_id or 0) != self._organisation_id:
            return
        if not self._organisation_id and wanted_event != self.picker.event_id:
            return
        self.group.setText(f"団体　{library.title}" if self._organisation_id else "")
        self._shelf = library
        self.log.show_rows(library.log)
        first = next((each for each in library.listed_rows if each.can_be_made), library.listed_rows[0])
        wanted = library.row(self._kind, self._item) or first
        self._kind, self._item = wanted.kind, wanted.item
        self.list.show_rows(sort_by_group(library.listed_rows))
        self.list.choose(
            lambda each: (each.kind, each.item) == (host_document_of(wanted.kind), wanted.item), take_focus=False
        )
        self._show_chosen(wanted)
        if self._asked:
            self._asked = False
            self._follow_soon.start()

    def _show_chosen(self, chosen: DocumentRow | None) -> None:
        """Preview a document, or show what is missing for it; also show its letter and its passages."""
        if chosen is None or self._shelf is None:
            return
        self._kind, self._item = chosen.kind, chosen.item
        self.notices.show_notices(())
        scope = self._scope = self._shelf.scope_of(chosen)
        self.letter.show_letter(scope, chosen)
        self._read_passages(scope, chosen)
        if chosen.is_ready:
            self.paper.show_document_of(scope, chosen.kind)
        else:
            todo = route_to(chosen.missing_link) if chosen.missing_link is not None else None
            self.paper.clear(
                f"{in_year_words(chosen.kind)}は、まだ作成できません。{chosen.state}",
                todo.label if todo else "",
                partial(self.follow, todo) if todo else None,
            )

    def _read_passages(self, scope: DocumentScope, chosen: DocumentRow) -> None:
        """Read and show the passages that may be edited, in documents without a screen of their own for it."""
        self.words.setVisible(chosen.has_own_texts and chosen.is_ready)
        if not chosen.has_own_texts:
            return

        def show(rows: tuple[PassageRow, ...]) -> None:
            if self._shelf is not None and (self._scope, self._kind) == (scope, chosen.kind):
                self.texts.show_texts(scope, chosen.kind, rows)

        issued = (chosen.letter.issued_on if chosen.letter else None) or self.today
        self.run_read(show, read_passages, scope=scope, kind=chosen.kind, on=issued)

    def _compare(self, _kind: str) -> None:
        """Compare what is kept of a 起案資料 with today's records; a letter has its differences beside its steps."""
        content, scope, kind = self.paper.content, self._scope, self._kind

        def show(found: KeptComparison) -> None:
            """Show the number of differences, with the door to them, unless another document was chosen meanwhile."""
            if found.differences and (self._scope, self._kind) == (scope, kind):
                said = differences_words(found.kept_words, found.differences)
                door = partial(self._show_differences, scope, kind)
                self.notices.show_notices([Notice(text=said, tone="quiet", link="違いを見る", on_click=door)])

        if content is not None and content.kept is not None and not content.outgoing:
            self.run_read(show, read_comparison, scope=scope, kind=kind, now=self.app_context.now())

    def _show_differences(self, scope: DocumentScope, kind: str) -> None:
        DifferencesDialog(self.app_context, scope, kind, parent=self).open()

    def _open(self) -> None:
        self.parts.show_middle()
        self.paper.preview.pages.setFocus()

    def _show_mail(self) -> None:
        if self._shelf is not None:
            MailTextDialog(
                self,
                scope=self._scope,
                kind=self._kind,
                subject=f"{in_year_words(self._kind)}　{self._shelf.title}",
            ).open()

    def _open_logged(self, row: Outgoing) -> None:
        if row.has_copy:
            self._open_copy(row.id)

    def _open_copy(self, outgoing_id: int) -> None:
        IssuedCopyDialog(self, outgoing_id=outgoing_id).open()

    def _show_everything(self) -> None:
        OutgoingDialog(self, self.picker.titles).open()


GROUPS: dict[StatusWord, str] = {
    "変更あり": "通知後に変更",
    "未通知": "作成済み・未通知",
    "通知済": "通知済み",
    "見送り": "通知済み",
    "未作成": "未作成",
}
BY_WORDS_GROUP = "未連絡（書類のないもの）"
"""The group of what is told by telephone or mail, without a document, and was not told yet."""
NOTIFIED_SHOWN = 6
TELL, OPEN_COPY = "通知を記録", "控えを開く"


@record
class OutgoingRow:
    """One line of 書類, with the row of the log for its document, and today's date.

    Once its event is over (``is_over``), what has changed since is only remarked.
    """

    line: MatterLine
    row: Outgoing | None
    today: date
    is_over: bool = False

    @property
    def id(self) -> tuple[str, int, str]:
        """Return the id for comparing with a later reading."""
        return self.key

    @property
    def status(self) -> StatusWord:
        """Return its status: 変更あり, 未通知, 通知済, 見送り or 未作成."""
        status = self.line.status
        return "通知済" if self.is_over and status == "変更あり" else status

    @property
    def has_document(self) -> bool:
        """Return whether the matter is told by a document of this program."""
        return self.line.notification_kind.text is None

    @property
    def is_unmade(self) -> bool:
        """Return whether its document was not made yet."""
        return self.status == "未作成" and self.has_document

    @property
    def is_asked(self) -> bool:
        """Return whether its letter left and says otherwise than today's records: that is asked, nothing made anew."""
        return self.status == "変更あり" and self.line.matter_status.matter.issued_on is not None

    @property
    def group(self) -> str:
        """Return the heading under which it is listed, by its status (``GROUPS``, ``BY_WORDS_GROUP``)."""
        return BY_WORDS_GROUP if self.status == "未作成" and not self.has_document else GROUPS[self.status]

    @property
    def key(self) -> tuple[str, int, str]:
        """Return the key that identifies the row."""
        act = self.line.notification
        return self.line.key, act.id if act is not None else 0, self.status


def rows_of(view: OutgoingView, today: date) -> tuple[OutgoingRow, ...]:
    """Return a row for each line of ``view`` in its order, those whose document was not made yet last."""
    made = []
    for line in view.lines:
        act = line.notification
        row = (
            view.outgoing.get(act.outgoing_id)
            if act is not None and act.outgoing_id is not None
            else line.matter_status.outgoing
        )
        if row is not None and row.way.is_issue:
            # What the 施行 kept was neither saved nor printed; what was since is the same paper.
            left = [one for one in view.outgoing.values() if one.kept_papers == row.kept_papers]
            row = max(left, key=lambda one: one.id, default=row)
        made.append(OutgoingRow(line=line, row=row, today=today, is_over=(view.day or today) < today))
    return tuple(sorted(made, key=lambda one: one.is_unmade))


def outgoing_list() -> FittedTable:
    """Build the table of what leaves the ward; Enter or a click shows the document at the right."""
    return FittedTable(
        "event-leaving",
        unsorted(
            Column("paper", "帳票・版", _document_cell, stretch=True),
            Column("party", "相手", _party_words, widest=150, min_list_width=800),
            Column("made", "1 作成", _created_cell, min_list_width=520),
            Column("left", "2 保存・印刷", _outgoing_cell),
            Column("told", "3 連絡・通知済（日・方法・だれが）", _notified_cell, widest=236),
        ),
        title="帳票と、伝えたか",
        empty="この実施回で伝えるものは、まだありません。",
        group=lambda row: row.group,
        folds={GROUPS["未作成"]: GroupFold(about=_unmade_kinds)},
        action=_action,
        below=lambda _row: ("", ""),
    )


def _unmade_kinds(rows: Sequence[OutgoingRow]) -> list[str]:
    return list(dict.fromkeys(in_year_words(row.line.document_kind) for row in rows))


def _document_cell(row: OutgoingRow) -> Cell:
    return Cell(in_year_words(row.line.document_kind), aside=row.line.title, strong=not row.is_unmade)


def _party_words(row: OutgoingRow) -> str:
    """Return the name of whom it was or will be told."""
    act = row.line.notification
    return act.told_to if act is not None and act.told_to else row.line.notification_kind.usual_party


def _created_cell(row: OutgoingRow) -> Cell:
    """Return the cell that says whether and when the document was made."""
    if row.is_unmade:
        return Cell("未作成", icon="circle", tone="second")
    matter = row.line.matter_status.matter
    words = matter.created_words
    if not words and row.row is None and row.line.notification is None and matter.issued_on is not None:
        words = f"{matter.issued_on.month}/{matter.issued_on.day} 施行"
    if not words and row.row is not None:
        words = f"{row.row.at.month}/{row.row.at.day} {family_name(row.row.by)}"
    return Cell(words or "—", icon="check-circle-fill" if words else "", icon_tone="green")


def _outgoing_cell(row: OutgoingRow) -> Cell:
    """Return the cell that says how and when the document left."""
    if row.row is None:
        return Cell("—", tone="second")
    day = f"{row.row.at.month}/{row.row.at.day}"
    if row.row.way.is_issue:
        return Cell(f"施行の控え {day}", tone="second")
    return Cell(f"{outgoing_words(row.row)} {day}", icon="check-circle-fill", icon_tone="green")


def outgoing_words(row: Outgoing) -> str:
    """Return words on how the document left (「PDF」「印刷」「連絡の文」)."""
    if row.way.is_contact:
        return "連絡の文"
    return "印刷" if row.way.is_print else way_words(row).split(" ")[0]


def _notified_cell(row: OutgoingRow) -> Cell:
    """Return the cell that says whether and when the document was notified."""
    stand = row.line.matter_status
    act = stand.notification
    if act is None:
        late = "作成のあとに変更あり" if stand.is_outdated and not row.is_over else ""
        return Cell("未通知", icon="circle", tone="second", aside=late, aside_tone="amber")
    day = short_date(act.told_on, row.today)
    if row.status == "見送り":
        return Cell(f"{day} 見送り", icon="minus-circle", tone="second", aside=act.reason)
    words = f"{day} {act.way_words}"
    if row.status == "変更あり":
        now = "、".join(f"いま{one.now}" if one.before != one.now else one.words for one in stand.changed_facts[:1])
        return Cell(words, aside=now, icon="clock-fill", tone="amber", strong=True, aside_tone="amber")
    since = "あとで変更" if row.status != stand.status else ""
    return Cell(f"{words}　{family_name(act.told_by)}", icon="check-circle-fill", icon_tone="green", aside=since)


def family_name(name: str) -> str:
    """Return the family name if the name has a space."""
    return name.replace("　", " ").split(" ")[0]


def _action(row: OutgoingRow) -> RowAction | None:
    """Return the button of a row: record the notification of an 未通知 one, else open its copy; None without one."""
    if row.status == "未通知":
        return RowAction(TELL)
    if row.row is not None and row.row.has_copy:
        return RowAction(OPEN_COPY)
    return None


def changed_words(rows: Sequence[OutgoingRow]) -> str:
    """Return the facts changed since the notification (「参加予定 14人 → 15人 … ほか1件」), the first three."""
    found = list(dict.fromkeys(one.words for row in rows for one in row.line.matter_status.changed_facts))
    return first_words(found)


def first_words(found: Sequence[str]) -> str:
    """Return the first three of some words, and how many more there are."""
    return "、".join(found[:3]) + (f" ほか{len(found) - 3}件" if len(found) > 3 else "")


_NO_LONGER_SO = {
    CANCELLATION: f"**この回は中止です。**{CANCELLATION}は未通知です。",
    CHANGE: f"**日時または会場が変わりました。**{CHANGE}は未通知です。",
}
"""What is said while the document that withdraws a notification is still to be sent."""
RULE = "保存や印刷だけでは「連絡・通知済」になりません。"
_MAKES = f"帳票を開きます。{RULE}"
_TELLS = "伝えた日と方法を入れると、「連絡・通知済」になります。"
_DETAIL = 286
_COPY = 164
_LONG = 14
_LINES = 6
_CHANGES = 8
_ROSTER_FACTS = ("名簿", "宛先")
_TOLD = ("通知済", "見送り")


class ChangedFactsTable(QWidget):
    """前回 → 今回 of the changed facts; unchanged ones are in a small paragraph below. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = in_grid(across=8, down=6, wide=0)
        self.since = Paragraph()
        self._same = Paragraph(role="small")
        in_column(self._grid, self.since, self._same, owner=self, spacing=6)
        self.changed: tuple[FactChange, ...] = ()

    def show_facts(self, rows: tuple[FactChange, ...], changed: tuple[FactChange, ...]) -> None:
        """Show the facts that changed as a table, and those that are the same in one line."""
        same = [f"{in_year_words(row.name)} {row.before}" for row in rows if row not in changed and row.before]
        self._same.show_text(("同じ　" if changed else "") + "・".join(same))
        self._same.setVisible(bool(same))
        if changed == self.changed:
            return
        self.changed = changed
        clear_layout(self._grid)
        for number, row in enumerate(changed):
            if len(row.before) + len(row.now) > _LONG or row.before == row.now:
                said = row.words if row.before == row.now else f"{row.before or 'なし'} → **{row.now or 'なし'}**"
                name = "" if said == row.words else f"{row.name}　"
                self._grid.addWidget(Paragraph(in_year_words(name + said)), number, 0, 1, 5)
                continue
            texts = (in_year_words(row.name), row.before or "なし", "→", row.now or "なし", row.difference)
            for column, text in enumerate(texts):
                made = label(text, "strong" if column in (3, 4) else "small" if column == 0 else "body")
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                made.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self._grid.addWidget(made, number, column)


_Addressees = tuple[tuple[tuple[int, ...], str], ...]


class OutgoingDetail(Panel):
    """Panel with the document of one row: preview, facts notified and current; ``bar`` has the next step.

    Signals: ``names_read(str)`` how the people of the row were called when it was told, and now.
    """

    names_read = Signal(str)

    def __init__(self, app_context: AppContext):
        super().__init__("帳票")
        self._app_context = app_context
        self.bar = ActionBar(app_context)
        self._row: OutgoingRow | None = None
        self._event_id = 0
        self.pages = PdfPages()
        self.pages.setFixedHeight(t.scaled(_COPY))
        self.words = Paragraph(role="small")
        self.kept = small_label()
        self.copy = inline_button("控えを開く", self.open_copy)
        self.heading = label("前回 → 今回", "strong")
        self.facts = ChangedFactsTable()
        self.how = Paragraph(role="second")
        self.tell_button = main_button("通知したと記録する", self.ask_notification)
        self.make_button = Button("", self._on_row(self._make))
        self.aside = Button("見送りにする", self._on_row(self._ask_set_aside))
        self.correct = Button("通知・連絡の記録を直す", self._on_told(self._ask_correct))
        self.posting = Button("発送を記録", self._on_told(partial(self._read_addressees, self._ask_posting)))
        self.undelivered = Button(
            "届かなかった宛先（返戻）", self._on_told(partial(self._read_addressees, self._ask_undelivered))
        )
        self.withdraw = danger_button("通知済を取り消す", self._on_told(self._ask_withdraw))
        changing = (
            self.tell_button,
            self.make_button,
            self.aside,
            self.correct,
            self.posting,
            self.undelivered,
            self.withdraw,
        )
        self.bar.put(self.make_button, self.tell_button, *changing[2:])
        self.put(self.pages, self.words, in_row((self.kept, 1), self.copy), separator())
        self.put(self.heading, self.facts, self.how, None)
        disable_when_read_only(app_context, *changing)

    def _on_row(self, act: Callable[[OutgoingRow], object]) -> Callable[[], object]:
        """Return what a button calls that acts on the row shown."""
        return lambda: act(self._row) if self._row is not None else None

    def _on_told(self, act: Callable[[Notification], object]) -> Callable[[], object]:
        """Return what a button calls that acts on the notification of the row."""
        return self._on_row(lambda row: act(row.line.notification) if row.line.notification is not None else None)

    def set_event(self, event_id: int) -> None:
        """Remember the event whose documents are shown; the buttons act on it, so call it before ``show_row``."""
        self._event_id = event_id

    def show_row(self, row: OutgoingRow | None) -> None:
        """Show document, copy and notification of a row; None hides everything."""
        self.setVisible(row is not None)
        self.bar.setVisible(row is not None)
        self._row = row
        if row is None:
            return
        stand = row.line.matter_status
        self.title.setText(in_year_words(row.line.document_kind))
        self.note.setText(row.line.title)
        self._show_copy(row)
        self.heading.setText(
            "前回 → 今回"
            if stand.changed_facts
            else "通知・連絡した内容"
            if stand.notification is not None
            else "通知・連絡する内容"
        )
        lines = stand.compared_facts or tuple(
            FactChange(name=stand.matter.fact_names.get(name, name), before=shown_fact(said), now=shown_fact(said))
            for name, said in stand.facts.items()
        )
        self.facts.show_facts(lines, stand.changed_facts)
        self.facts.since.hide()
        told = row.row or stand.notification
        hidden = [one for one in stand.changed_facts if one.before == one.now]
        if told is not None and self._event_id and hidden:
            # Names and lists are compared by a seal, so what they were is read from the history.
            self._app_context.read(
                with_store(
                    changed_since,
                    event_id=self._event_id,
                    entries={number for one in hidden if one.name in _ROSTER_FACTS for number in one.changed_ids},
                    moment=told.at,
                    now=self._app_context.now(),
                    only_names=are_only_names(stand.changed_facts),
                ),
                partial(self._show_changes, row),
                on_failed=lambda _problem: None,
                owner=self,
            )
        self._show_next_step(row)

    def _show_changes(self, row: OutgoingRow, changes: Sequence[str]) -> None:
        """Show what changed since the document of a row left, unless another row was chosen meanwhile."""
        if changes and row is self._row:
            self.facts.since.show_text("\n".join(changes[:_CHANGES]))
            self.facts.since.show()
            if are_only_names(row.line.matter_status.changed_facts):
                self.names_read.emit(first_words(changes))

    def _show_next_step(self, row: OutgoingRow) -> None:
        standing, act = row.status, row.line.notification
        waits = standing in ("変更あり", "未通知", "未作成")
        self.tell_button.setVisible(waits)
        again = standing != "未通知" or (row.line.matter_status.is_outdated and not row.is_over)
        returned = returned_count(row.line.matter_status.changed_facts)
        makes = waits and again and row.line.notification_kind.text is None and not returned
        self.make_button.setVisible(makes)
        # The next step is filled: a document is made, then notified.
        self.make_button.set_filled(makes)
        self.tell_button.set_filled(not makes)
        by_number = row.line.notification_kind.logged_name and act
        self.make_button.set_words("変更連絡を作成" if by_number else "違いに答える" if row.is_asked else "帳票を作成")
        self.aside.setVisible(standing in ("変更あり", "未通知") and not row.line.matter_status.matter.is_draft)
        told = act is not None and act.is_notified
        self.how.setVisible(told)
        how = ""
        if act is not None and told:
            said = fill_nonempty("\n{}", act.reason)
            day = short_date(act.told_on, row.today)
            if act.posted_on:
                post = f"{short_date(act.posted_on, row.today)}　{act.post_sort}　{act.pieces}通　{act.tracking}"
                said += f"\n発送　{post.rstrip()}"
            elif act.is_by_issue:
                said += "\n送り方の記録はありません。「発送を記録」で残せます。"
            how = f"{day}　{act.way_words}で　{act.told_to}へ　（{act.told_by}）{said}"
            self.how.show_text(how)
        if act is not None and self._event_id:
            self._app_context.read(
                with_store(returned_words, notification_id=act.id, today=row.today),
                partial(self._show_returned, row, how),
                on_failed=lambda _problem: None,
                owner=self,
            )
        self.posting.setVisible(told)
        self.correct.setVisible(told)
        self.withdraw.setVisible(act is not None)
        self.undelivered.setVisible(act is not None and bool(sealed_ids(act.facts.get(ADDRESSEES, ""))))
        self.bar.show_words(_step_hint(row, makes=makes))
        self.withdraw.set_words("見送りを取り消す" if standing == "見送り" else "通知済を取り消す")

    def _show_returned(self, row: OutgoingRow, how: str, returned: Sequence[str]) -> None:
        """Show what came back of a row below how it was told, unless another was chosen meanwhile."""
        if returned and row is self._row:
            self.how.show_text("\n".join(filter(None, (how, *returned))))
            self.how.show()

    def _show_copy(self, row: OutgoingRow) -> None:
        """Read and show the copy of a document that left, or say that there is none."""
        kept = row.row is not None and row.row.has_copy
        self.copy.setVisible(kept)
        self.kept.setText(
            f"控え　{outgoing_words(row.row)} {short_date(row.row.at.date(), row.today)}"
            if kept and row.row is not None
            else ""
        )
        self.pages.clear()
        self.pages.hide()
        self.words.setText(
            "" if kept else "まだ保存も印刷もしていません。" if row.line.notification is None else "控えはありません。"
        )
        self.words.setVisible(not kept)
        if kept and row.row is not None:
            wanted = row.row.id
            self._app_context.read(
                with_store(open_copy, outgoing_id=wanted),
                lambda copy: self._draw(wanted, copy),
                owner=self,
                on_failed=lambda problem: self._draw_nothing(wanted, failure_of(problem).happened),
            )

    def _draw(self, wanted: int, copy: IssuedCopy) -> None:
        """Show the pages or the text of the copy that was read, unless another row was chosen meanwhile."""
        if not self._is_shown(wanted):
            return
        if copy.data.startswith(b"%PDF"):
            self.pages.show()
            self.pages.show_received(
                self._app_context,
                copy.data,
                on_opened=lambda _facts: self.pages.fit_width(),
                on_failed=partial(self._no_pages, wanted),
            )
        elif copy.form == "txt":
            text = copy.data.decode(errors="replace").splitlines()
            self._draw_nothing(wanted, "\n".join([line for line in text if line.strip()][:_LINES]))

    def _no_pages(self, wanted: int, problem: Exception) -> None:
        self.pages.hide()
        self._draw_nothing(wanted, failure_of(problem).happened)

    def _draw_nothing(self, wanted: int, words: str) -> None:
        """Show words in place of pages, unless another row was chosen: the copy's text, or why there is none."""
        if self._is_shown(wanted):
            self.words.show_text(words)
            self.words.show()

    def _is_shown(self, wanted: int) -> bool:
        return self._row is not None and self._row.row is not None and self._row.row.id == wanted

    def open_copy(self) -> None:
        """Open the dialog with the kept copy of the row."""
        if self._row is not None and self._row.row is not None:
            IssuedCopyDialog(self, outgoing_id=self._row.row.id).open()

    def ask_notification(self) -> None:
        """Open the dialog that records the notification; nothing while its button is disabled."""
        row = self._row
        if row is None or not self.tell_button.isEnabled():
            return
        NotificationDialog(
            self,
            event_id=self._event_id,
            key=row.line.key,
            subject=row.line.matter_name,
        ).open()

    def _ask_correct(self, act: Notification) -> None:
        CorrectNotificationDialog(self, act).open()

    def _make(self, row: OutgoingRow) -> None:
        """Go to where the document is made: 参加者 for 人数連絡, 当日 for the 当日セット, else 帳票.

        A letter that left is not made anew: what it says otherwise is asked.
        """
        if row.is_asked:
            scope = DocumentScope(event_id=self._event_id)
            DifferencesDialog(self._app_context, scope, row.line.matter_kind, parent=self).open()
        elif row.line.notification_kind.logged_name:
            self._app_context.go("event", event_id=self._event_id, tab="参加者", part="人数連絡")
        elif row.line.document_kind == PACK:
            self._app_context.go("event", event_id=self._event_id, tab="当日")
        else:
            self._app_context.go("documents", event_id=self._event_id, kind=row.line.document_kind)

    def _ask_set_aside(self, row: OutgoingRow) -> None:
        ReasonDialog(
            self,
            "見送りにする",
            row.line.matter_name,
            verb="見送りにする",
            text="伝えないことを理由と一緒に残します。内容がまた変わると、一覧とホームに戻ります。",
            usual_reasons=("ほかの連絡で伝えた", "伝える必要がなくなった"),
            change=lambda reason: bind_action(set_aside, event_id=self._event_id, key=row.line.key, reason=reason),
        ).open()

    def _ask_withdraw(self, act: Notification) -> None:
        """Open a dialog for a reason, which takes the notification or 見送り back."""
        verb = self.withdraw.text()
        ReasonDialog(
            self,
            verb,
            f"{in_year_words(act.document_kind)}　{act.title}",
            verb=verb,
            text="伝えていないものとして一覧とホームに戻ります。記録は消さずに、「取消」として理由と一緒に残します。",
            usual_reasons=("別の実施回と取り違えた", "まだ伝えていなかった"),
            change=lambda reason: bind_action(withdraw_notification, notification_id=act.id, reason=reason),
        ).open()

    def _ask_posting(self, act: Notification, choices: _Addressees) -> None:
        """Open the dialog for how the telling was posted, at first a piece for each addressee."""
        shown = vars(act) | {
            "posted_on": act.posted_on or act.told_on,
            "post_sort": act.post_sort or PostSort.PERSONAL,
            "pieces": act.pieces or len(choices) or None,
        }
        FormDialog(
            self,
            "発送を記録する",
            f"{in_year_words(act.document_kind)}　{act.title}",
            main="記録する",
            fields=(
                record_field(Notification, "posted_on", width=132),
                record_field(Notification, "post_sort", width=160),
                record_field(Notification, "pieces", least=1, width=80, hint="出した封筒の数。はじめは宛先の数です。"),
                record_field(Notification, "tracking", optional=True, hint="特定記録・書留のとき"),
            ),
            values=shown,
            change=lambda values: bind_action(record_posting, notification_id=act.id, **values),
            near=self._app_context.today(),
        ).open()

    def _read_addressees(self, ask: Callable[[Notification, _Addressees], None], act: Notification) -> None:
        """Read whom the telling named, and ask about them."""
        self._app_context.read(
            with_store(named_addressees, notification_id=act.id),
            partial(ask, act),
            on_failed=lambda _problem: None,
            owner=self,
        )

    def _ask_undelivered(self, act: Notification, choices: _Addressees) -> None:
        """Open the dialog for the addressee whom a telling did not reach, and why."""
        FormDialog(
            self,
            "届かなかった宛先",
            f"{in_year_words(act.document_kind)}　{act.title}",
            main="届かなかったと記録する",
            text="宛所不明、送信エラー、番号違いのときに記録します。この宛先だけが、伝えていないものに戻ります。"
            "電話で伝えるか、「通知・募集」の「宛先」で同じ1通を印刷して再送したら、「通知したと記録する」。",
            fields=(
                Field("entry_ids", "宛先", "choice", choices=choices),
                record_field(ReturnedLetter, "returned_on", width=132),
                record_field(Notification, "reason", hint="宛所不明、転居先不明、保管期間経過など"),
            ),
            values={"returned_on": self._app_context.today()},
            near=self._app_context.today(),
            change=lambda values: bind_action(note_undelivered, notification_id=act.id, **values),
        ).open()


def _step_hint(row: OutgoingRow, *, makes: bool) -> str:
    """Return whom the next step of a row binds and what it does; "" where nothing is to be done."""
    if row.status in _TOLD:
        return ""
    to = fill_nonempty("{}へ　", _party_words(row))
    return f"**{to}**{_MAKES if makes else _TELLS}"


class OutgoingPanel(Screen):
    """Tab 書類 of one event; emits no signals."""

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id = 0
        self._view: OutgoingView | None = None
        self._changed: tuple[OutgoingRow, ...] = ()
        self._all_told = False
        self._chosen: tuple[str, int, str] | None = None
        self._asked = ""
        self.notices = NoticeStrip()
        self.list = outgoing_list()
        self.list.name_copies("帳票と、伝えたか", lambda: self._event_id or None)
        self.more = link_button("", self._show_all_notified)
        self.foot = small_label()
        self.views = DocumentViewLinks(
            app_context, NOTIFICATIONS_VIEW, event_and_kind=lambda: (self._event_id, self._current_letter())
        )
        self.detail = OutgoingDetail(app_context)
        self.detail.show_row(None)
        more = (self.more, 0, Qt.AlignmentFlag.AlignLeft)
        left = column_of(self.views, self.list, more, self.foot, None, spacing=8)
        self._detail_area = in_scroll_area(self.detail)
        self.parts = ListAndDetail(in_scroll_area(left), self._detail_area, back="書類の一覧", wide=320, usual=_DETAIL)
        page = in_column((self.parts, 1), margins=(t.PAGE_X, 10, t.PAGE_X, 8))
        in_column(self.notices, (page, 1), self.detail.bar, owner=self, spacing=0)
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(self._open)
        self.list.acted.connect(self._run_row_action)
        self.detail.names_read.connect(self._name_people)
        self._follow_soon = debounce(self, self.list.scroll_page_to_current)

    def _current_letter(self) -> str:
        """Return the document kind of the selected row if it is a letter, else ""."""
        row = self.list.current()
        return row.line.document_kind if row is not None and row.line.document_kind in KINDS else ""

    def open_with(self, **arguments: Any) -> None:
        """Set the event, and the ``kind`` (a document or matter) to select and reveal after the next reading."""
        event_id = int(arguments.get("event_id") or self._event_id)
        if event_id != self._event_id:
            self._all_told, self._chosen = False, None
        self._event_id = event_id
        self._asked = str(arguments.get("kind") or "")

    def reload(self) -> None:
        """Read and show the state of all documents of the event."""
        if self._event_id:
            self.detail.set_event(self._event_id)
            self.run_read(self._show, read_outgoing_view, event_id=self._event_id)

    def _show(self, view: OutgoingView) -> None:
        """Show what left and what was notified, as it was read, unless another event was chosen meanwhile."""
        if view.scope.event_id != self._event_id:
            return
        focused = self.window().focusWidget()
        at_work = focused is not None and focused.isVisible() and self.detail.isAncestorOf(focused)
        self._view = view
        rows = rows_of(view, self.today)
        self._changed = tuple(row for row in rows if row.status == "変更あり")
        self._show_summary(view, self._changed)
        told = [row for row in rows if row.status in _TOLD]
        asked = self._select_requested(rows)
        hidden = set() if self._all_told else {row.key for row in told[NOTIFIED_SHOWN:]}
        shown = [row for row in rows if row.key not in hidden]
        self.more.set_words(f"ほか{len(hidden)}件")
        self.more.setVisible(bool(hidden))
        self.foot.setText(f"{len(rows)}件")
        wanted = self._chosen if self._chosen in [row.key for row in shown] else (shown[0].key if shown else None)
        self.list.show_rows(shown)
        self.list.choose(lambda row: row.key == wanted, take_focus=False)
        self._show_chosen(next((row for row in shown if row.key == wanted), None))
        if asked:
            self._follow_soon.start()
        if at_work and focused is not None and not focused.isVisible():
            # A disappearing field or button must not leave the focus on the button that withdraws a notification.
            (self.parts.back if self.parts.is_detail_shown else self.list.view).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def _select_requested(self, rows: Sequence[OutgoingRow]) -> bool:
        """Select the requested row, pending before notified ones; False = none was requested."""
        mine = sorted(
            (row for row in rows if row.line.document_kind == self._asked), key=lambda row: row.status in _TOLD
        )
        self._asked = ""
        if not mine:
            return False
        self._chosen = mine[0].key
        self._all_told = self._all_told or mine[0].status in _TOLD
        return True

    def _show_summary(self, view: OutgoingView, changed: tuple[OutgoingRow, ...]) -> None:
        """Show a notice of what changed after its notification, or what no longer holds; none where nothing did."""
        if changed:
            self.notices.show_notices([self._change_notice(view, changed)])
            return
        told_of = [line.document_kind for line in view.lines if line.notification is not None]
        untold = {line.document_kind for line in view.lines if line.notification is None}
        paper = next((one for one in _NO_LONGER_SO if one in untold), "")
        before = "・".join(dict.fromkeys(map(in_year_words, told_of)))
        said = f"{_NO_LONGER_SO.get(paper)}通知済みの書類（{before}）は前の内容です。"
        door = partial(self.go, "letters", event_id=self._event_id, kind=paper)
        notice = Notice(text=said, tone="amber", link=f"{paper}を開く", on_click=door)
        self.notices.show_notices([notice] if told_of and paper else [])

    def _name_people(self, names: str) -> None:
        """Say on top how people are called otherwise, where nothing else has changed."""
        if self._view is not None and len(self._changed) == 1:
            self.notices.show_notices([self._change_notice(self._view, self._changed, names)])

    def _change_notice(self, view: OutgoingView, changed: tuple[OutgoingRow, ...], names: str = "") -> Notice:
        """Return the notice of what changed after its notification (``names``, if known), and by which action."""
        first = changed[0].line
        if returned_count(first.matter_status.changed_facts):
            return Notice(
                text=f"**届かなかった宛先があります　{changed_words(changed)}**　同じ1通は「通知・募集」の「宛先」で。",
                tone="amber",
            )
        act = first.notification
        today = self.today
        told = f"{in_year_words(first.document_kind)}（{short_date(act.told_on, today)} 連絡済）" if act else ""
        by = ""
        if view.changed_by is not None:
            at, action = view.changed_by
            by = f"{short_date(at.date(), today)} {at.hour}:{at.minute:02d} {action}。"
        return Notice(
            text=f"**連絡したあとに変わりました　{names or changed_words(changed)}**　{by}{told}は前のままです。",
            tone="amber",
        )

    def _show_chosen(self, row: OutgoingRow | None) -> None:
        self._chosen = row.key if row is not None else None
        self.detail.show_row(row)
        # Without a document to show the list has the whole width.
        self._detail_area.setVisible(row is not None)

    def _open(self, row: OutgoingRow) -> None:
        """Show the details, and open the dialog that records the notification where it is due and possible now."""
        self.parts.show_detail()
        if row.status in ("変更あり", "未通知", "未作成") and can_notify_now(row.line):
            self.detail.ask_notification()

    def _run_row_action(self, row: OutgoingRow) -> None:
        if row.status == "未通知":
            self.list.choose(lambda each: each.key == row.key, take_focus=False)
            self._show_chosen(row)
            self._open(row)
        elif row.row is not None and row.row.has_copy:
            IssuedCopyDialog(self, outgoing_id=row.row.id).open()

    def _show_all_notified(self) -> None:
        self._all_told = True
        self.reload()
