"""The tab 書類 of an event, one list of all its documents, and 帳票 of the year or of a 団体."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import compress
from typing import Any, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.rules import FactChange, are_only_names, returned_count, sealed_ids, shown_fact
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.document_view import DocumentView
from app.documents.screens.letter_differences_panel import DifferencesDialog, DifferencesPanel, differences_words
from app.documents.screens.letter_panel import LetterPanel
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
    set_aside,
    withdraw_notification,
)
from app.event.services.event_lists import EventName, list_event_names
from app.event.services.event_notifications import ADDRESSEES
from app.event_day.day.services.day_pack import PACK
from app.events.as_of.services import changed_since
from app.events.letters.parts import (
    LARGE_ALL,
    OPTION_KINDS,
    ORDINARY_ALL,
    PAPER,
    STEPS,
    AddresseePanel,
    LetterView,
    OptionForm,
    PassagesPanel,
    SidePages,
    ThreeColumns,
)
from app.events.letters.rules.letter_texts import CANCELLATION, CHANGE
from app.events.letters.services.large_print import set_large_print
from app.events.letters.services.letter_page import KINDS, LetterPage
from app.events.letters.services.undelivered import (
    named_addressees,
    note_undelivered,
    record_posting,
    returned_words,
)
from app.main_window.action_routes import route_to
from app.main_window.navigation import EventTab, ScreenEntry
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.bars.notice_strip import Notice, NoticeStrip, NoticeTone
from app.widgets.buttons import (
    Button,
    MenuAction,
    MoreButton,
    danger_button,
    inline_button,
    link_button,
    main_button,
    menu_actions_of,
)
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import SideAndMiddle
from app.widgets.forms.form_fields import Field
from app.widgets.forms.record_fields import record_field
from app.widgets.keys import on_key
from app.widgets.labels import Paragraph, heading, label, separator, small_label, styled_frame
from app.widgets.layouts import column_of, in_column, in_grid, in_row, row_of
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, GroupFold
from app.widgets.lists.record_table import RecordTable
from app.widgets.panel import Panel
from app.widgets.screen import Screen, clear_layout, disable_when_read_only, in_scroll_area
from app.window import theme as t
from app.window.app_context import AppContext, bind_action, with_store
from app.window.debounce import debounce
from app.window.year_words import in_year_words
from app.year_end.document_library.services import (
    FOLDED,
    NOT_NOW,
    TOLD,
    WAITING,
    EventDocuments,
    ListedDocument,
    OutgoingRow,
    read_event_documents,
)
from db.records.documents import Notification, Outgoing, PostSort, ReturnedLetter


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each built when first shown."""

    yield ScreenEntry("documents", "printer", "年度の帳票", DocumentsScreen, parent_screen="events")


def tabs() -> Iterator[EventTab]:
    """Yield its tab in an event."""

    yield EventTab(title="書類", factory=DocumentsTab)


def document_list() -> FittedTable:
    """Build the table of documents; Enter or a click shows the document."""
    return FittedTable(
        "documents-papers",
        (Column("paper", "帳票", _cell, stretch=True, sortable=False),),
        title="帳票",
        empty="この年度の帳票は、まだありません。",
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
    """The documents of the year or of one 団体; emits no signals.

    ``open_with(kind=…)`` or ``open_with(page="年度")``, ``open_with(organisation_id=…, kind=…)``: without them the last
    choice stays, at first the year. ``copy`` opens the 控え of that row of the log.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._shelf: DocumentLibrary | None = None
        self._kind = ""
        self._asked = False
        self._item: int | None = None
        self._scope = DocumentScope()
        self._organisation_id = 0
        self.list = document_list()
        self.bar = ActionBar(app_context)
        self.paper = DocumentView(app_context, main="pdf", bar=self.bar)
        self.letter = LetterPanel(app_context, in_bar=True)
        self.paper.put_in_bar(self.letter)
        self.notices = NoticeStrip()
        self.log, self.everything = logged(self)
        column = page_above(self.bar, self)
        self.heading = heading("帳票")
        self.group = label("", "strong")
        self.of_year = link_button("年度の帳票へ", self._leave_organisation)
        column.addWidget(FlowRow(self.heading, self.group, self.of_year, spacing=16))
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
        self.list.chosen.connect(self._show_chosen)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(self.parts.show_middle)
        self.letter.fields_asked.connect(lambda: self.parts.tabs.choose(2))

    def open_with(self, **arguments: Any) -> None:
        """Choose the year or the 団体, and the document kind; ``copy`` opens a kept copy.

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
        if arguments.get("copy"):
            open_kept(self, int(arguments["copy"]))

    def view_state(self) -> dict[str, Any]:
        """Return the 団体, if it is of one, and the document kind."""
        return {
            "organisation_id": self._organisation_id, "kind": self._kind, "item": self._item,
            "listed": self.parts.is_first_shown,
        }  # fmt: skip

    @property
    def kind(self) -> str:
        """Return the chosen document kind."""
        return self._kind

    def _leave_organisation(self) -> None:
        """Show the documents of the year again, after those of a 団体."""
        self._organisation_id = 0
        self.reload()

    def reload(self) -> None:
        """Read and show the documents of the 団体, else of the year."""
        of_group = bool(self._organisation_id)
        self.heading.setText("帳票" if of_group else "年度の帳票")
        for part in (self.group, self.of_year):
            part.setVisible(of_group)
        scope = (
            DocumentScope(organisation_id=self._organisation_id)
            if of_group
            else DocumentScope(fiscal_year=self.fiscal_year, as_of=self.today)
        )
        self.run_read(self._show, read_library, scope=scope, today=self.today)

    def _show(self, library: DocumentLibrary) -> None:
        """Show documents that were read, unless another scope was chosen meanwhile.

        The wanted document is chosen, else the first that can be made.
        """
        if (library.scope.organisation_id or 0) != self._organisation_id:
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
            self.paper.show_missing(chosen)

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


def open_kept(screen: QWidget, outgoing_id: int) -> None:
    """Open the dialog with a kept copy."""
    IssuedCopyDialog(screen, outgoing_id=outgoing_id).open()


def logged(screen: Screen) -> tuple[FittedTable, Button]:
    """Build the log of a page, whose rows open their copies, with the link to all that left in any year."""

    def show(events: tuple[EventName, ...]) -> None:
        OutgoingDialog(screen, {row.id: row.title for row in events}).open()

    def read_names() -> None:
        screen.run_read(show, list_event_names, today=screen.today, fiscal_year=screen.fiscal_year)

    def open_row(row: Outgoing) -> None:
        if row.has_copy:
            open_kept(screen, row.id)

    log = log_list()
    log.opened.connect(open_row)
    log.acted.connect(open_row)
    return log, link_button("すべての記録", read_names)


def outgoing_words(row: Outgoing) -> str:
    """Return words on how the document left (「PDF」「印刷」「連絡の文」)."""
    if row.way.is_contact:
        return "連絡の文"
    return "印刷" if row.way.is_print else way_words(row).split(" ")[0]


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
_TELLS = "伝えた日と方法を入れると、「連絡・通知済」になります。"
_LONG = 14
_LINES = 6
_CHANGES = 8
_ROSTER_FACTS = ("名簿", "宛先")


class ChangedFactsTable(QWidget):
    """前回 → 今回 of the changed facts; what was told besides is in a small paragraph below. Signals: none."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = in_grid(across=8, down=6, wide=0)
        self.since = Paragraph()
        self._same = Paragraph(role="small")
        in_column(self._grid, self.since, self._same, owner=self, spacing=6)
        self.changed: tuple[FactChange, ...] = ()

    def show_facts(self, rows: tuple[FactChange, ...], changed: tuple[FactChange, ...]) -> None:
        """Show the facts that changed as a table, and the others, as they were told, in one line."""
        same = [f"{in_year_words(row.name)} {row.before}" for row in rows if row not in changed and row.before]
        self._same.show_text(("前回のほかの内容　" if changed else "") + "・".join(same))
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
    """Panel on how one row was told: its copy, facts notified and current; its ``acts`` stand in the bar of the page.

    Signals: ``names_read(str)`` how the people of the row were called when it was told, and now.
    """

    names_read = Signal(str)

    def __init__(self, app_context: AppContext):
        super().__init__("連絡・通知")
        self.note.setWordWrap(True)  # a 差替え names its 団体
        self._app_context = app_context
        # What stands beside the row is left out where it cannot be read.
        self._read = partial(app_context.read, on_failed=lambda _problem: None, owner=self)
        self._row: OutgoingRow | None = None
        self._event_id = 0
        self.makes = False
        """Whether the document of the row is made next."""
        self.words = Paragraph(role="small")
        self.kept = small_label()
        self.copy = inline_button("控えを開く", self.open_copy)
        self.heading = label("前回 → 今回", "strong")
        self.facts = ChangedFactsTable()
        self.how = Paragraph(role="second")
        ask_posting, ask_undelivered = (
            self._on_told(partial(self._read_addressees, ask)) for ask in (self._ask_posting, self._ask_undelivered)
        )
        self.tell_button = main_button("通知したと記録する", self.ask_notification)
        self.make_button = Button("", self._on_row(self._make))
        self.aside = Button("見送りにする", self._on_row(self._ask_set_aside))
        self.correct = Button("通知・連絡の記録を直す", self._on_told(self._ask_correct))
        self.posting = Button("発送を記録", ask_posting)
        self.undelivered = Button("届かなかった宛先（返戻）", ask_undelivered)
        self.withdraw = danger_button("通知済を取り消す", self._on_told(self._ask_withdraw))
        self.acts = (
            self.make_button,
            self.tell_button,
            self.aside,
            self.posting,
            self.correct,
            self.undelivered,
            self.withdraw,
        )
        self.put(self.words, in_row((self.kept, 1), self.copy), separator())
        self.put(self.heading, self.facts, self.how, None)
        disable_when_read_only(app_context, *self.acts)

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
        """Show document, copy and notification of a row; None hides its acts."""
        self._row = row
        if row is None:
            for act in self.acts:
                act.hide()
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
        if row.replacement is not None:  # the title names whom a 差替え binds, of all whom the letter names
            lines = tuple(one for one in lines if one.name != ADDRESSEES)
        self.facts.show_facts(lines, stand.changed_facts)
        self.facts.since.hide()
        told = row.row or stand.notification
        hidden = [one for one in stand.changed_facts if one.before == one.now]
        if told is not None and self._event_id and hidden:
            # Names and lists are compared by a seal, so what they were is read from the history.
            self._read(
                with_store(
                    changed_since,
                    event_id=self._event_id,
                    entries={number for one in hidden if one.name in _ROSTER_FACTS for number in one.changed_ids},
                    moment=told.at,
                    now=self._app_context.now(),
                    only_names=are_only_names(stand.changed_facts),
                ),
                partial(self._show_changes, row),
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
        standing, act, stand = row.status, row.line.notification, row.line.matter_status
        waits = standing not in TOLD
        self.tell_button.setVisible(waits)
        again = standing != "未通知" or (stand.is_outdated and not row.is_over)
        makes = waits and again and row.has_document and not returned_count(stand.changed_facts)
        by_number = row.line.notification_kind.logged_name
        elsewhere = "違いに答える" if row.is_asked else "当日の紙を開く" if row.line.document_kind == PACK else ""
        self.make_button.set_words(("変更連絡を作成" if act else "人数連絡を作成") if by_number else elsewhere)
        self.make_button.setVisible(makes and bool(self.make_button.text()))
        # The next step is filled: a document is made, then notified.
        self.makes = makes
        self.make_button.set_filled(makes)
        self.tell_button.set_filled(waits and not makes)
        self.aside.setVisible(standing in WAITING and not stand.matter.is_draft)
        told = act is not None and act.is_notified
        for part in (self.how, self.posting, self.correct):
            part.setVisible(told)
        self.posting.set_filled(False)
        how = ""
        if act is not None and told:
            said = fill_nonempty("\n{}", act.reason)
            day = short_date(act.told_on, row.today)
            if act.posted_on:
                post = f"{short_date(act.posted_on, row.today)}　{act.post_sort}　{act.pieces}通　{act.tracking}"
                said += f"\n発送　{post.rstrip()}"
            elif act.is_by_issue:
                # Printed or saved since, it goes to the post.
                self.posting.set_filled(row.row is not None and not row.row.way.is_issue)
                said += "\n送り方の記録はありません。「発送を記録」で残せます。"
            how = f"{day}　{act.way_words}で　{act.told_to}へ　（{act.told_by}）{said}"
            self.how.show_text(how)
        if act is not None and self._event_id:
            read = with_store(returned_words, notification_id=act.id, today=row.today)
            self._read(read, partial(self._show_returned, row, how))
        self.withdraw.setVisible(act is not None)
        self.undelivered.setVisible(act is not None and bool(sealed_ids(act.facts.get(ADDRESSEES, ""))))
        self.withdraw.set_words("見送りを取り消す" if standing == "見送り" else "通知済を取り消す")

    def _show_returned(self, row: OutgoingRow, how: str, returned: Sequence[str]) -> None:
        """Show what came back of a row below how it was told, unless another was chosen meanwhile."""
        if returned and row is self._row:
            self.how.show_text("\n".join(filter(None, (how, *returned))))
            self.how.show()

    def _show_copy(self, row: OutgoingRow) -> None:
        """Name the copy of a document that left, or say that there is none; of what was told in words show the words.

        Its pages open by their link: the page shows the document beside.
        """
        kept = row.row if row.row is not None and row.row.has_copy else None
        self.copy.setVisible(kept is not None)
        self.kept.setText(f"控え　{outgoing_words(kept)} {short_date(kept.at.date(), row.today)}" if kept else "")
        said = "まだ保存も印刷もしていません。" if row.line.notification is None else "控えはありません。"
        self.words.show_text("" if kept else said)
        self.words.setVisible(kept is None)
        if kept is not None and kept.format == "txt":
            self._read(with_store(open_copy, outgoing_id=kept.id), partial(self._show_words, row))

    def _show_words(self, row: OutgoingRow, copy: IssuedCopy) -> None:
        """Show the words of a copy that was read, unless another row was chosen meanwhile."""
        if row is self._row:
            text = copy.data.decode(errors="replace").splitlines()
            self.words.show_text("\n".join([line for line in text if line.strip()][:_LINES]))
            self.words.show()

    def open_copy(self) -> None:
        """Open the dialog with the kept copy of the row."""
        if self._row is not None and self._row.row is not None:
            open_kept(self, self._row.row.id)

    def ask_notification(self) -> None:
        """Open the dialog that records the notification; nothing while its button is disabled."""
        row = self._row
        if row is not None and self.tell_button.isEnabled():
            line = row.line
            NotificationDialog(self, event_id=self._event_id, key=line.id, subject=line.matter_name).open()

    def _ask_correct(self, act: Notification) -> None:
        CorrectNotificationDialog(self, act).open()

    def _make(self, row: OutgoingRow) -> None:
        """Go to where the document is made: 参加者 for 人数連絡, 当日 for the 当日セット.

        A letter that left is not made anew: what it says otherwise is asked.
        """
        if row.is_asked:
            scope = DocumentScope(event_id=self._event_id)
            DifferencesDialog(self._app_context, scope, row.line.matter_kind, parent=self).open()
        elif row.line.notification_kind.logged_name:
            self._app_context.go("event", event_id=self._event_id, tab="参加者", part="人数連絡")
        else:
            self._app_context.go("event", event_id=self._event_id, tab="当日")

    def _ask_set_aside(self, row: OutgoingRow) -> None:
        ReasonDialog(
            self,
            "見送りにする",
            row.line.matter_name,
            verb="見送りにする",
            text="伝えないことを理由と一緒に残します。内容がまた変わると、一覧とホームに戻ります。",
            usual_reasons=("ほかの連絡で伝えた", "伝える必要がなくなった"),
            change=lambda reason: bind_action(set_aside, event_id=self._event_id, key=row.line.id, reason=reason),
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
        """Open the dialog for how the telling was posted, at first a piece for each addressee; a 派遣 has but one."""
        shown = vars(act) | {
            "posted_on": act.posted_on or act.told_on,
            "post_sort": act.post_sort or PostSort.PERSONAL,
            "pieces": act.pieces or len(choices) or 1,
        }
        FormDialog(
            self,
            "発送を記録する",
            f"{in_year_words(act.document_kind)}　{act.title}",
            main="記録する",
            fields=(
                record_field(Notification, "posted_on", width=132, optional=False),
                record_field(Notification, "post_sort", width=160, optional=False),
                record_field(
                    Notification,
                    "pieces",
                    least=1,
                    width=80,
                    hint="出した封筒の数。はじめは宛先の数です。",
                    optional=False,
                ),
                record_field(Notification, "tracking", hint="特定記録・書留のとき"),
            ),
            values=shown,
            change=lambda values: bind_action(record_posting, notification_id=act.id, **values),
            near=self._app_context.today(),
        ).open()

    def _read_addressees(self, ask: Callable[[Notification, _Addressees], None], act: Notification) -> None:
        """Read whom the telling named, and ask about them."""
        self._read(with_store(named_addressees, notification_id=act.id), partial(ask, act))

    def _ask_undelivered(self, act: Notification, choices: _Addressees) -> None:
        """Open the dialog for the addressee whom a telling did not reach, and why."""
        FormDialog(
            self,
            "届かなかった宛先",
            f"{in_year_words(act.document_kind)}　{act.title}",
            main="届かなかったと記録する",
            text="宛所不明、送信エラー、番号違いのときに記録します。この宛先だけが、伝えていないものに戻ります。"
            "電話で伝えるか、「宛先」で同じ1通を印刷して再送したら、「通知したと記録する」。",
            fields=(
                Field("entry_ids", "宛先", "choice", choices=choices),
                record_field(ReturnedLetter, "returned_on", width=132),
                record_field(Notification, "reason", hint="宛所不明、転居先不明、保管期間経過など", optional=False),
            ),
            values={"returned_on": self._app_context.today()},
            near=self._app_context.today(),
            change=lambda values: bind_action(note_undelivered, notification_id=act.id, **values),
        ).open()


def _told_hint(row: OutgoingRow, *, makes: bool) -> str:
    """Return whom the next step of a row binds and what it does; "" where nothing is to be done."""
    if row.status in TOLD:
        return ""
    to = fill_nonempty("{}へ　", row.party)
    return f"**{to}**{RULE if makes else _TELLS}"


_TEXTS, _TO, _SETTINGS, _DIFFERENCES, _RECORD = "文面", "宛先", "設定", "違い", "記録"
_DOORS = {
    _TEXTS: "文を直す",
    _TO: "宛先を見る",
    _SETTINGS: "設定（発信のしかたなど）",
    _DIFFERENCES: "いまの記録との違い",
    _RECORD: "記録と控え",
}
"""What opens each page beside a document."""
_PARTS = {"文": _TEXTS, "発信・決裁": ""}
_PAST = "実施日になったので、答えは要りません。"


def event_document_list() -> RecordTable:
    """Return the list of an event's documents; a click or the arrow keys show one."""
    made = RecordTable(
        "event-documents",
        (Column("kind", "書類", _listed_cell, stretch=True, sortable=False),),
        title="書類",
        empty="この実施回の書類はありません。",
        group=lambda row: row.group,
        folds={name: GroupFold() for name in FOLDED},
        filtered=False,
        foot=False,
    )
    made.view.horizontalHeader().hide()
    return made


def _listed_cell(row: ListedDocument) -> Cell:
    changed = row.status == "変更あり"
    off = row.group == NOT_NOW
    return Cell(
        in_year_words(row.kind),
        row.words,
        strong=not off,
        tone="amber" if changed else "second" if off else "",
        icon="clock-fill" if changed else "",
    )


class DocumentsTab(Screen):
    """Tab 書類 of one event: the list of its documents, and the page of the one chosen. Signals: none.

    ``open_with(event_id=…, kind=…)`` chooses a document or matter, ``copy`` opens a kept copy; ``focus_part`` takes a
    key of ``_PARTS``.
    """

    keeps_place = True

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._event_id = 0
        self._read: EventDocuments | None = None
        self._page: LetterPage | None = None
        self._kind = self._only = ""
        self._key: tuple[str, int, str] | None = None
        self._asked, self._part = False, ""
        self._names = ""
        self.notices = NoticeStrip()
        self.list = event_document_list()
        self.list.name_copies("書類と、伝えたか", lambda: self._event_id or None)
        self.bar = ActionBar(app_context)
        self.paper = LetterView(app_context, self.bar)
        self.texts = PassagesPanel(app_context)
        self.to = AddresseePanel()
        self.to.list.name_copies("通知の宛先", lambda: self._event_id or None)
        self.differences = DifferencesPanel(app_context)
        self.options = OptionForm(app_context)
        self.letter = LetterPanel(app_context, in_bar=True, compares=False)
        self.detail = OutgoingDetail(app_context)
        self.log, self.everything = logged(self)
        self.paper.put_in_bar(self.letter, *self.detail.acts, steps=(*self.detail.acts[:2], self.detail.posting))
        self.more = MoreButton(self._paper_actions, "この書類の操作")
        self.paper.preview.fold_zoom(self.more)
        self.side = self._build_side()
        self._offered: tuple[str, ...] = ()
        frame = styled_frame("panel")
        in_column(self.paper, owner=frame, margins=(1, 1, 1, 1))
        self.parts = ThreeColumns(("書類", self.list), ("紙", frame), ("段", self.side))
        page = in_column((self.parts, 1), margins=(t.PAGE_X, 10, t.PAGE_X, 8))
        in_column(self.notices, (page, 1), self.bar, owner=self, spacing=0)
        self.list.chosen.connect(self._select)
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda: self.parts.show_part(PAPER))
        self.texts.text_changed.connect(self._show_typed)
        self.to.ticked.connect(self._show_preview)
        self.to.enlarged.connect(self._store_large)
        self.to.single_letter_asked.connect(self._show_only)
        self.to.merge_asked.connect(
            lambda: self.go("purpose_export", event_id=self._event_id, purpose="差し込み用", kind=self._kind)
        )
        self.options.start_changed.connect(self._show_preview)
        self.letter.fields_asked.connect(self.show_page)
        self.letter.next.chosen.connect(self.side.show_page)
        self.letter.next.offer_changed.connect(self._lead)
        self.paper.size_button.chosen.connect(self.to.toggle_all_large)
        self.detail.names_read.connect(self._name_people)
        on_key(self, "F12", self._switch, inside=True)

    def _build_side(self) -> SidePages:
        """Return the steps and the pages that open in their place."""
        self._settings = Panel("この書類の設定", note="すべての実施回に共通")
        self._settings.put(self.options)
        self.letter.setToolTip("F12 で、紙と段を行き来します")
        steps, settings, told = (
            in_scroll_area(column_of(*parts, None, spacing=16, margins=(0, 0, 10, 8)))
            for parts in (
                (self.letter, self.detail),
                (self.letter.ways, self._settings),
                (row_of(label("控え", "strong"), None, self.everything), self.log),
            )
        )
        pages = (self.texts, self.to, settings, in_scroll_area(self.differences), told)
        return SidePages(steps, dict(zip(_DOORS, pages, strict=True)))

    def open_with(self, **arguments: Any) -> None:
        """Set the event, and the ``kind`` (a document or matter) to choose; ``copy`` opens a kept copy."""
        event_id = int(arguments.get("event_id") or self._event_id)
        kind = str(arguments.get("kind") or "")
        if kind or event_id != self._event_id:
            self._kind, self._key = kind, None
        self._event_id = event_id
        if kind:
            self._asked = not arguments.get("listed")
        if arguments.get("copy"):
            open_kept(self, int(arguments["copy"]))

    def focus_part(self, part: str, /) -> None:
        """Show a page of the chosen document, now and once it is read."""
        self._part = part
        self._show_part()

    def _show_part(self) -> None:
        """Show the page that was asked for, if the document has it."""
        name = _PARTS.get(self._part)
        if name is not None and self._page is not None and self._page.kind == self._kind:
            self._part = ""
            self.show_page(name)

    def show_page(self, name: str = "") -> None:
        """Open a page in place of the steps, "" = the steps, with the keyboard in it."""
        self.parts.show_part(STEPS)
        self.side.open_page(name)

    def _switch(self) -> None:
        """Move the keyboard from the paper to the steps, or from anywhere else to the paper."""
        pages = self.paper.preview.pages
        if pages.hasFocus():
            self.show_page(self.side.page)
        else:
            self.parts.show_part(PAPER)
            pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _paper_actions(self) -> Iterator[MenuAction]:
        """Yield what is seldom done with the document, or opened in place of its steps."""
        for name in self._offered:
            yield _DOORS[name], partial(self.show_page, name)
        yield from menu_actions_of((*self.paper.folded, *self.paper.preview.zoom_buttons))

    def view_state(self) -> dict[str, Any]:
        """Return the document chosen."""
        return {"kind": self._kind, "listed": True} if self._kind else {}

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether one addressee or some are chosen; these choices are stored nowhere."""
        return bool(self._only) or self.to.chosen() is not None

    @property
    def kind(self) -> str:
        """Return the kind of the document shown."""
        return self._kind

    def reload(self) -> None:
        """Read and show all documents of the event, and the page of the chosen one."""
        if self._event_id:
            self.run_read(
                self._show,
                read_event_documents,
                event_id=self._event_id,
                kind=self._kind,
                key=self._key,
                now=self.app_context.now(),
            )

    def _show(self, found: EventDocuments) -> Iterator[None]:
        """Show the list, then the texts, then the panels and pages, each in its own turn of the event loop.

        What was read of another event than the chosen one is dropped, as is the rest of one that another has replaced.
        """
        if found.library.event_id != self._event_id:
            return
        shown, row = found.page, found.chosen
        focused = self.window().focusWidget()
        at_work = focused in (*self.detail.acts, self.letter.next)
        before = (self._read.library.event_id, self._read.chosen.kind, self._read.chosen.key[0]) if self._read else ()
        chosen = (self._event_id, row.kind, row.key[0])
        moved = before != chosen
        self._read, self._page, self._kind, self._key = found, shown, row.kind, row.key
        self._names = "" if moved else self._names
        if before[:2] != chosen[:2]:
            self._only = ""
        self._fill_list(found)
        self.log.show_rows(found.log)
        self._offer_pages(found, moved=moved)
        self._show_part()
        self.detail.set_event(self._event_id)
        self.detail.show_row(row.outgoing)
        scope = DocumentScope(event_id=self._event_id)
        self.letter.show_letter(scope, *([shown.row] if shown is not None else ()))
        self._lead()
        self._show_notices()
        yield
        if self._read is not found:
            return
        if shown is not None:
            self.texts.show_page(shown)
        yield
        if self._read is not found:
            return
        if shown is not None:
            self.to.show_page(shown)
            self.options.show_page(shown)
            self._settings.setVisible(self.options.form is not None and not shown.kept_words)
            self.differences.show_differences(scope, shown.kind, shown.differences, kept_words=_compared(shown))
        self._show_preview()
        if self._asked:
            # Whoever opened the tab for one document wants to see it, also where the list has a tab of its own.
            self._asked = False
            self.parts.show_part(PAPER)
        if at_work and focused is not None and not focused.isVisible():
            # A disappearing button must not leave the focus on the button that withdraws a notification.
            (self.paper.preview.pages if self.parts.narrow else self.list.view).setFocus(
                Qt.FocusReason.OtherFocusReason
            )

    def _fill_list(self, found: EventDocuments) -> None:
        """Show the documents; what is chosen stays, and is opened where it lay folded."""
        # The previously current row is not the user's choice now: selecting it would read that document as well.
        self.list.blockSignals(True)
        self.list.show_rows(found.rows)
        self.list.choose(lambda each: each.key == found.chosen.key, take_focus=False)
        self.list.blockSignals(False)

    def _offer_pages(self, found: EventDocuments, *, moved: bool) -> None:
        """Offer the pages that the chosen document has; another one begins at its steps."""
        shown = found.page
        goes_out = shown is not None and shown.row.goes_out and shown.row.is_ready
        offered = (
            shown is not None and (bool(shown.passages) or shown.kind in KINDS),
            shown is not None and bool(shown.addressees),
            goes_out or (shown is not None and shown.kind in OPTION_KINDS),
            shown is not None and bool(shown.differences),
            True,
        )
        self._offered = tuple(compress(_DOORS, offered))
        if moved or self.side.page not in self._offered:
            self.side.show_page()

    def _lead(self) -> None:
        """Fill the one button that is next: the step of the letter, then its document, then that it was told."""
        row = self._read.chosen.outgoing if self._read is not None else None
        if row is not None:
            stepping = self.letter.next.is_offered
            makes = self.detail.makes
            self.detail.make_button.set_filled(makes and not stepping)
            self.detail.tell_button.set_filled(not makes and not stepping and row.status not in TOLD)
        is_new = row is None or (row.is_unmade and self._page is not None)
        self.detail.setVisible(not is_new)
        self.paper.show_step("" if row is None or is_new else _told_hint(row, makes=self.detail.makes))

    def _show_notices(self) -> None:
        """Show what blocks or differs in the document shown, and what changed after it was told."""
        found, shown = self._read, self._page
        if found is None:
            return
        changed = [row.outgoing for row in found.rows if row.outgoing and row.status == "変更あり"]
        notices = [self._change_notice(changed)] if changed else self._no_longer_so(found.view)
        if shown is not None and shown.differences:
            differing = Notice(
                text=f"{differences_words(_compared(shown), shown.differences)}{'' if shown.asks else _PAST}",
                tone="amber" if shown.asks else "quiet",
                link="違いを見る",
                on_click=partial(self.show_page, _DIFFERENCES),
            )
            row = found.chosen.outgoing
            if row is not None and row.is_asked and changed == [row]:  # both are about the letter shown
                notices = [replace(differing, text=notices.pop().text + differing.text)]
            else:
                notices.append(differing)
        self.notices.show_notices(notices)

    def _lines(self, found: EventDocuments) -> Iterator[Notice]:
        """Yield what is to be known of the chosen document, and the doors to its pages."""
        shown = found.page
        if shown is not None:
            yield from (self._caution(shown, words) for words in shown.cautions)
        if shown is not None and shown.addressees:
            out, of = self.to.letter_count(), len(shown.addressees)
            said = f"宛先　{of}件" if out == of else f"宛先　{of}件のうち {out}件に出す"
            yield self._door(said, _TO, tone="done" if out else "quiet")
        if shown is not None and self.texts.fields:
            edited = fill_nonempty("{}か所を直しました", sum(one.edited for one in shown.passages))
            yield self._door(f"文　{edited or '直していません'}", _TEXTS, tone="done")
        if wishes := self.to.wish_words:
            yield Notice(text=wishes, link="拡大版にする", on_click=self.to.enlarge_wished)
        if _SETTINGS in self._offered and (way := self.letter.way_words):
            yield self._door(way, _SETTINGS, link="変える")
        if found.log:
            yield self._door(f"控え　{len(found.log)}件", _RECORD)

    def _door(self, text: str, page: str, *, tone: NoticeTone = "quiet", link: str = "") -> Notice:
        return Notice(text=text, tone=tone, link=link or _DOORS[page], on_click=partial(self.show_page, page))

    def _caution(self, shown: LetterPage, words: str) -> Notice:
        """Return the line of a caution: amber with the door to mend it while it blocks the 施行 that is to come."""
        stop = next((one for one in shown.stops if one.words == words), None)
        todo = route_to(stop.link) if stop is not None and stop.link is not None else None
        return Notice(
            text=words,
            tone="amber" if stop is not None and self.letter.next.is_offered else "quiet",
            link="" if todo is None else _DOORS[_TEXTS] if todo.arguments.get("part") == "文" else todo.label,
            on_click=partial(self.follow, todo) if todo is not None else None,
        )

    def _no_longer_so(self, view: OutgoingView) -> list[Notice]:
        """Return the notice that what was told no longer holds while the document that says so is still to be sent."""
        told_of = [line.document_kind for line in view.lines if line.notification is not None]
        untold = {line.document_kind for line in view.lines if line.notification is None}
        paper = next((one for one in _NO_LONGER_SO if one in untold), "")
        if not told_of or not paper:
            return []
        before = "・".join(dict.fromkeys(map(in_year_words, told_of)))
        said = f"{_NO_LONGER_SO[paper]}通知済みの書類（{before}）は前の内容です。"
        door = partial(self._choose_kind, paper)
        return [Notice(text=said, tone="amber", link=f"{paper}を開く", on_click=door)]

    def _choose_kind(self, kind: str) -> None:
        self.open_with(kind=kind)
        self.reload()

    def _name_people(self, names: str) -> None:
        """Say on top how people are called otherwise, where nothing else has changed."""
        self._names = names
        self._show_notices()

    def _change_notice(self, changed: Sequence[OutgoingRow]) -> Notice:
        """Return the notice of what changed after its notification, and of which documents."""
        first = changed[0].line
        if returned_count(first.matter_status.changed_facts):
            return Notice(
                text=f"**届かなかった宛先があります　{changed_words(changed)}**　同じ1通は「宛先」で。", tone="amber"
            )
        told = "、".join(
            f"{in_year_words(one.line.document_kind)}（{short_date(one.line.notification.told_on, self.today)} 連絡済）"
            for one in changed
            if one.line.notification
        )
        shown = self._read.chosen.outgoing if self._read is not None else None
        is_told = list(changed) == [shown] and are_only_names(first.matter_status.changed_facts)
        names = self._names if is_told else ""
        return Notice(
            text=f"**連絡したあとに変わりました　{names or changed_words(changed)}**　{told}は前のままです。",
            tone="amber",
        )

    def _select(self, row: ListedDocument | None) -> None:
        if row is not None and (self._read is None or row.key != self._read.chosen.key):
            self._kind, self._key = row.kind, row.key
            self.reload()

    def _open(self, row: ListedDocument) -> None:
        """Show the document, and open the dialog that records the notification where it is due and possible now."""
        self.parts.show_part(PAPER)
        if row.outgoing is not None and row.waits and can_notify_now(row.outgoing.line):
            self.detail.ask_notification()
        else:
            self.paper.preview.pages.setFocus()

    def _show_typed(self, texts: object) -> None:
        if self._page is not None and self._page.kind in KINDS and isinstance(texts, dict):
            self.paper.show_typed(texts)

    def _show_preview(self) -> None:
        """Show the pages for the ticked addressees, or what is missing."""
        shown, found = self._page, self._read
        if found is None:
            return
        # A wish for large letters is settled by who gets one.
        self.letter.show_lines(tuple(self._lines(found)))
        if shown is None:
            of_set = found.chosen.outgoing is not None and found.chosen.outgoing.has_document
            said = "書類ごとに印刷します。" if of_set else "書類はありません。電話やメールで伝えて、記録します。"
            self.paper.clear(f"{in_year_words(found.chosen.kind)}　{said}")
            return
        if not shown.row.is_ready:
            self.paper.show_missing(shown.row)
            return
        size = ORDINARY_ALL if self.to.is_all_large else LARGE_ALL
        self.paper.size_button.set_words(size if self.to.has_large_print else "")
        self.paper.show_letters(
            shown.event_id,
            shown.kind,
            chosen=(self._only,) if self._only else found.replaced or self.to.chosen(),
            start=self.options.start,
            as_series=bool(shown.row.goes_out and len(shown.addressees) > 1),
            large=self.to.large if self.to.has_large_print else None,
        )

    def _store_large(self, addressees: set[str], large: bool) -> None:
        """Store who gets a 拡大版; whoever may not write sees and prints it all the same."""
        if self.may_write:
            self.run_action(
                set_large_print, event_id=self._event_id, kind=self._kind, addressees=addressees, large=large
            )

    def _show_only(self, key: str) -> None:
        """Preview the letter of the addressee with this key ("" = all), in a narrow window in its own tab."""
        self._only = key
        self._show_preview()
        self.parts.show_part(PAPER)


def _compared(shown: LetterPage) -> str:
    """Return what of a letter is compared with today's records.

    Where the letter of who was decided later is made, those that left before are.
    """
    return shown.kept_words or ("出した時の写し" if shown.differences else "")
