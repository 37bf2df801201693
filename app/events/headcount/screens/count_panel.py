"""The screen 参加予定人数: typed by 団体 or from the roster, compared with the specification, notified, exported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from app.common.join_nonempty import fill_nonempty
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.export_button import ExportButton, ExportTable
from app.documents.screens.mail_text_dialog import MailTextDialog
from app.documents.screens.notification_dialog import CorrectNotificationDialog, NotificationDialog
from app.documents.services.document_scope import DocumentScope
from app.event.parts import EventPicker, empty_year_words, show_basis_dialog
from app.event.rules.expected_attendance import ExpectedTotals, care_words, expected_totals
from app.events.headcount.screens.count_grid import CountGrid
from app.events.headcount.screens.count_line import LENT, NUMBERS, numbers_asked, sum_words, unknown_words
from app.events.headcount.screens.notice_panel import NoticePanel
from app.events.headcount.services import (
    NEW_ORGANISATION,
    Answer,
    HeadcountView,
    UnknownOrganisation,
    make_headcount_notice,
    read_headcount,
    remove_headcount_notice,
    revoke_headcount_notification,
    set_count_source,
    set_expected_counts,
    settle_organisations,
)
from app.widgets.action_mixin import show_failure_in
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import inline_button, link_button
from app.widgets.dialogs.common_dialogs import ReasonDialog, SavingDialog
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import Paragraph, heading, label, second_label, section, small_label
from app.widgets.layouts import add, in_column
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Cell, Column
from app.widgets.note_box import NoteBox
from app.widgets.panel import EmptyState, Panel
from app.widgets.screen import Screen, in_scroll_area, page_column, widget_row
from app.window.app_context import AppContext, bind_action
from app.window.failure_messages import failure_of
from db.records.events import CountSource
from db.records.participants import HEADCOUNT_KEY, ExpectedCount, NoticeWithNotification

_DECIDE_LATER = ""


class OrganisationsDialog(SavingDialog):
    """Dialog with one choice for each typed 団体 that is not registered. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: HeadcountView):
        super().__init__(parent, "団体を確かめる", view.title, main="決める")
        self._event_id = view.event_id
        self._unknown = view.unknown_organisations
        self.put(
            Paragraph(
                "団体の名簿にない名前です。似た名前の団体があるときは、同じ団体かを選んでください。"
                "人数の表の名前は、入力したまま残ります。"
            )
        )
        self.form = Form(
            tuple(
                Field(str(number), one.name, "choice", width=360, choices=_choices(one))
                for number, one in enumerate(view.unknown_organisations)
            ),
            label_width=240,
            on_change=self._follow,
        )
        # A similar name needs a decision; without one, a new 団体 is the default.
        self.form.set_values(
            {
                str(number): _DECIDE_LATER if one.similar else NEW_ORGANISATION
                for number, one in enumerate(view.unknown_organisations)
            }
        )
        self.put(self.form, None)
        self.form.go_to("0")
        self._follow()

    def answers(self) -> dict[str, Answer]:
        """Return the choices by name, without names left for later."""
        chosen = {one.name: str(self.form.value(str(number))) for number, one in enumerate(self._unknown)}
        return {
            name: NEW_ORGANISATION if answer == NEW_ORGANISATION else int(answer)
            for name, answer in chosen.items()
            if answer != _DECIDE_LATER
        }

    def _follow(self) -> None:
        """Enable the button when something is answered."""
        count = len(self.answers())
        self.set_main(f"{count}団体を決める" if count else "決める", enabled=bool(count))

    def _save(self) -> None:
        self.run_action(settle_organisations, event_id=self._event_id, answers=self.answers())


def _choices(organisation: UnknownOrganisation) -> tuple[tuple[str, str], ...]:
    """Return what an unknown 団体 may be: to be decided later, one with a similar name, or a new one."""
    near = [(str(each.id), f"{each.name}　{each.branch}".rstrip("　") + "と同じ") for each in organisation.similar]
    first = ((_DECIDE_LATER, "選んでください"),) if organisation.similar else ((_DECIDE_LATER, "あとで決める"),)
    return (*first, *near, (NEW_ORGANISATION, "新しい団体として名簿に加える"))


ROSTER, TYPED = CountSource.ROSTER, CountSource.TYPED
_COUNTED_HINT = (
    "「参加者」の名簿から、団体ごとに数えています。氏名は出ません。"
    "必要な対応には手配する内容だけが載り、本人の書いたことは載りません。"
)


class SourceSwitch(QWidget):
    """Switch between roster and typed numbers. Signals: ``chosen(str)`` 名簿 or 入力, when changed by hand."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.roster = QRadioButton()
        self.typed = QRadioButton()
        for button in (self.roster, self.typed):
            self.group.addButton(button)
        in_column(FlowRow(self.roster, self.typed, spacing=24), owner=self)
        self.roster.clicked.connect(lambda _on: self.chosen.emit(ROSTER))
        self.typed.clicked.connect(lambda _on: self.chosen.emit(TYPED))

    def show_view(self, view: HeadcountView, *, may_write: bool) -> None:
        """Show the current source and the number of each; hidden while numbers are typed and the roster is empty."""
        entered = view.roster_people is not None
        self.setVisible(entered or view.from_roster)
        people = f"（{view.roster_people}人）" if entered else "（まだ0人）"
        self.roster.setText(f"名簿の人数を使う{people}")
        self.typed.setText(f"入力した人数を使う（{view.typed_people}人）")
        (self.roster if view.from_roster else self.typed).setChecked(True)
        for button in (self.roster, self.typed):
            button.setAccessibleName(button.text())
            button.setEnabled(may_write)


class CountList(QWidget):
    """Read-only list of the expected numbers by 団体. Signals: none."""

    def __init__(self, open_roster: Callable[[], object]):
        super().__init__()
        self._lends = True
        self.table = FittedTable(
            "headcount-roster",
            (
                record_column(
                    ExpectedCount, "organisation_name", lambda row: row, stretch=True, sortable=False, show=_name
                ),
                *(
                    Column(
                        key, title, _number(key, unit), align="right", sortable=False,
                        shown_if_any=(lambda _row: self._lends) if key == LENT else None,
                    )
                    for key, title, unit in NUMBERS
                ),
                Column("care_request", "必要な対応", _care, widest=260, sortable=False),
            ),
            title="団体ごとの参加予定人数",
            empty="名簿に、参加する方がまだいません。",
            empty_button="参加者を開く",
            empty_on_click=open_roster,
            unit="団体",
        )  # fmt: skip
        self.table.setToolTip(_COUNTED_HINT)
        in_column(self.table, owner=self)
        self.setFocusProxy(self.table)

    def show_view(self, view: HeadcountView) -> None:
        """Show the rows with their sums as the last one."""
        self._lends = view.lends_devices
        self.table.show_rows((*view.rows, view.totals) if view.rows else ())


def _name(row: ExpectedCount | ExpectedTotals) -> Cell:
    if isinstance(row, ExpectedTotals):
        return Cell(f"計　{row.organisations}団体", unknown_words(row), strong=True)
    return Cell(row.organisation_name, unknown_words(row))


def _care(row: ExpectedCount | ExpectedTotals) -> str:
    return care_words([row.care_request]) if isinstance(row, ExpectedCount) else ""


def _number(key: str, unit: str) -> Callable[[ExpectedCount | ExpectedTotals], Cell]:

    def show(row: ExpectedCount | ExpectedTotals) -> Cell:
        """Return the cell of the number, 「—」 for zero, or of its sum."""
        if isinstance(row, ExpectedTotals):
            return Cell(sum_words(row, key, unit), strong=True)
        value = int(getattr(row, key))
        return Cell(f"{value}{unit}" if value else "—", tone="" if value else "second", strong=key == "people")

    return show


def count_sheet(rows: Sequence[ExpectedCount], *, lends: bool = True) -> ExportTable:
    """Return the table for export with a line of sums; 必要な対応 makes it one with personal data.

    ``lends`` False = without lent devices.
    """
    numbers = numbers_asked(lends=lends)
    lines = [
        (row.organisation_name, *(str(getattr(row, key)) for key, _title, _unit in numbers), _care(row)) for row in rows
    ]
    totals = expected_totals(rows)
    sums = [sum_words(totals, key, unit).removesuffix(unit) for key, _title, unit in numbers]
    return ExportTable(
        columns=("団体", *(f"{title}（{unit}）" for _key, title, unit in numbers), "必要な対応"),
        rows=(*lines, (f"計　{totals.organisations}団体", *sums, "")),
        words=f"{totals.organisations}団体・{totals.people}人",
        personal=any(row.care_request.strip() for row in rows),
        total=True,
    )


_HINT = (
    "入力した欄を離れると保存します。Enter・↑↓ で上下の行へ移ります。Excelの表を貼り付けることもできます。"
    "必要な対応は、だれのことか分からない書き方にします（拡大資料1部、前方の席1 など）。"
)
HEADCOUNT, CHANGE = "参加人数連絡書", "参加人数変更連絡書"


class CountPanel(Screen):
    """Screen or tab with the expected numbers of one event. Signals: none.

    ``embedded`` is the tab of an event, without heading and choice of the event. ``open_with(event_id=…)``.
    """

    def __init__(self, app_context: AppContext, *, embedded: bool = False):
        super().__init__(app_context)
        self._embedded = embedded
        self._event_id = 0
        self._pending = 0
        self._begins = False
        self.view: HeadcountView | None = None
        # In the tab of an event it has no layout; without an owner it would never be deleted.
        self.picker = EventPicker(app_context, parent=self)
        self.picker.setVisible(not embedded)
        self.to_event = link_button("実施回を開く", lambda: app_context.back_to("event", event_id=self._event_id))
        self.to_event.setParent(self)
        self.to_event.setVisible(not embedded)
        self.spec = second_label()
        self.unsaved = NoteBox(tone="red")
        self.unsaved.put(inline_button("もう一度保存する", self._save_again))
        self.grid = CountGrid()
        self.source = SourceSwitch()
        self.list = CountList(lambda: app_context.go("event", event_id=self._event_id, tab="参加者"))
        self.list.table.name_copies("参加予定人数", lambda: self._event_id or None)
        self.hint = small_label(_HINT)
        self._lends = True
        self.export = ExportButton(
            app_context,
            lambda deliver: deliver(count_sheet(self._rows(), lends=self._lends)),
            title="参加予定人数",
            event_id=lambda: self._event_id,
        )
        self.warnings = NoteBox(tone="amber", said_as=_without_count)
        self.unknown = NoteBox()
        self.ask = inline_button("団体を確かめる", self._ask_organisations)
        self.unknown.put(self.ask)
        self.bar = ActionBar(app_context)
        self.notice = NoticePanel(self.bar)
        self.copies = Panel("必要部数")
        self.copies_sum = label("", "h2", wrap=True, figure=True)
        self.copies_words = small_label()
        self.none = EmptyState()
        self._build()
        self._connect()

    def _build(self) -> None:
        page = QWidget()
        column = page_column(page)
        in_column((page, 1), self.bar, owner=self, spacing=0)
        if not self._embedded:
            column.addWidget(FlowRow(heading("人数連絡"), self.picker, self.to_event, spacing=16))
        main = QWidget()
        left = in_column(owner=main, spacing=12, margins=(0, 0, 8, 8))
        top = widget_row(section("参加予定人数"), 8)
        add(top, (self.spec, 1), self.export)
        add(left, top, self.source, self.unsaved, self.grid, self.list, self.warnings, self.unknown, self.hint, None)
        self.copies.put(self.copies_sum)
        self.copies.put(self.copies_words)
        self.columns = FoldingColumns(
            "人数",
            in_scroll_area(main),
            (("連絡", self.notice), ("必要部数", self.copies)),
            wide=320,
            under=left if self._embedded else None,
        )
        add(column, (self.columns, 1), (self.none, 1))
        for part in (self.none, self.source, self.list):
            part.hide()

    def _connect(self) -> None:
        """Connect the signals of grid, source and notice."""
        self.picker.chosen.connect(self._choose)
        self.grid.rows_edited.connect(self._save)
        self.grid.finished.connect(self.notice.focus_next_step)
        self.source.chosen.connect(self._switch)
        self.notice.make_asked.connect(self._make_notice)
        self.notice.preview.chosen.connect(self._preview)
        self.notice.mail.chosen.connect(self._show_mail)
        self.notice.tell.chosen.connect(self._open_notification)
        self.notice.correct.chosen.connect(self._correct_notification)
        self.notice.untell.chosen.connect(self._revoke_notification)
        self.notice.drop.chosen.connect(self._delete_notice)
        self.notice.basis.chosen.connect(self._show_basis)
        self.notice.list.opened.connect(self._preview)

    # reading

    def open_with(self, **arguments: Any) -> None:
        """Choose the event; on the page of its own, focus what is next once it is read. Without one the last stays."""
        if arguments.get("event_id"):
            self._choose(int(arguments["event_id"]))
            self.picker.choose(self._event_id)
            self._begins = not self._embedded

    def focus_work_area(self) -> None:
        """Focus the empty line of the grid, or with numbers from the roster the next step of the notice.

        Before the numbers are read, this is done once they are. Nothing is focused if the data are read-only.
        """
        self._begins = True
        if self.view is not None:
            self._focus_grid(self.view)

    def _focus_grid(self, view: HeadcountView) -> None:
        """Focus what is to be done next when the page is opened."""
        if self._begins and self.may_write:
            if view.from_roster:
                self.notice.focus_next_step()
            else:
                self.grid.go_to_end()
        self._begins = False

    def view_state(self) -> dict[str, Any]:
        """Return the event."""
        return {"event_id": self._event_id}

    @property
    def has_unsaved_work(self) -> bool:
        """Return whether numbers are typed and not saved, or wait to be saved."""
        return bool(self._pending or self.unsaved.words())

    def reload(self) -> None:
        """Read the numbers as they stand."""
        if not self._embedded:
            self.picker.reload()
        self._read()

    def _choose(self, event_id: int) -> None:
        """Show another event, or the empty page without one; typed reasons and warnings are dropped."""
        if event_id == self._event_id and (event_id or self._embedded):
            return
        self._event_id = event_id
        self.view = None
        self.notice.clear_reason()
        self.unsaved.show_text("")
        self.columns.setVisible(bool(event_id))
        self.bar.setVisible(bool(event_id))
        self.none.setVisible(not event_id)
        self.none.show_text(*empty_year_words(self.app_context))
        if self.isVisible():
            self._read()

    def _read(self) -> None:
        if self._event_id:
            self.run_read(self._show, read_headcount, event_id=self._event_id, today=self.today)

    def _show(self, view: HeadcountView) -> None:
        """Show the numbers and the notice, unless another event was chosen meanwhile."""
        if view.event_id != self._event_id:
            return
        self.view = view
        may_write, self._lends = self.may_write, view.lends_devices
        self.source.show_view(view, may_write=may_write)
        for part in (self.grid, self.hint):
            part.setVisible(not view.from_roster)
        self.list.setVisible(view.from_roster)
        self.setFocusProxy(self.list if view.from_roster else self.grid)
        if view.from_roster:
            self.list.show_view(view)
        # Numbers typed meanwhile are newer than those read.
        elif self._pending == 0 and not self.unsaved.words():
            self.grid.set_read_only(not may_write)
            self.grid.show_rows(view.event_id, view.rows, view.organisations, lends=view.lends_devices)
        self.grid.show_totals(view.totals)
        self.export.set_available(bool(view.rows))
        room = fill_nonempty("　会場の定員 {}人", view.venue_capacity)
        self.spec.setText(f"仕様 {view.spec_words}{room}")
        self.warnings.show_text("\n".join(_warning_words(each.text, each.needs) for each in view.warnings))
        self.unknown.show_text(_unknown_words(view))
        self.ask.setEnabled(may_write)
        self.notice.show_view(view, may_write=may_write)
        self.copies_sum.setText(f"{view.copies.words}{'' if view.are_copies_final else '（仮）'}")
        self.copies_words.setText(
            "連絡した人数による部数です。予備は2部と1割の多いほう。"
            if view.are_copies_final
            else "人数を連絡すると確定します。予備は2部と1割の多いほう。"
        )
        self.columns.set_count(0, view.totals.people or None)
        self._focus_grid(view)

    def _rows(self) -> list[ExpectedCount]:
        return list(self.view.rows) if self.view is not None and self.view.from_roster else self.grid.rows()

    # writing

    def _switch(self, source: CountSource) -> None:
        if self.run_action(set_count_source, event_id=self._event_id, source=source) is None:
            self._read()

    def show_error(self, problem: Exception) -> None:
        """Show the error and read the numbers again, so that a pressed control shows what is stored."""
        super().show_error(problem)
        self._read()

    def _save(self, rows: list[ExpectedCount]) -> None:
        """Save the rows of the grid; why they could not be saved stands above it until they are."""
        self._pending += 1
        task = self.run_change(
            bind_action(set_expected_counts, event_id=self._event_id, rows=rows),
            partial(self._show_saved, rows),
            failed=self._show_save_error,
        )
        if task is None:
            self._read()

    def _show_saved(self, _rows: list[ExpectedCount], _saved: object) -> None:
        """Remove the warning once nothing is unsaved."""
        self._pending -= 1
        if self._pending == 0:
            self.unsaved.show_text("")

    def _show_save_error(self, problem: Exception) -> None:
        """Show why the numbers were not saved."""
        self._pending -= 1
        show_failure_in(failure_of(problem), self.unsaved)

    def _ask_organisations(self) -> None:
        if self.view is not None and self.view.unknown_organisations:
            OrganisationsDialog(self, self.view).open()

    def _save_again(self) -> None:
        """Save the numbers of the grid once more, after an error."""
        self.unsaved.show_text("")
        self._save(self.grid.rows())

    def _make_notice(self, reason: str) -> None:
        self.run_change(
            bind_action(make_headcount_notice, event_id=self._event_id, reason=reason),
            self._show_notice_made,
        )

    def _show_notice_made(self, _saved: object) -> None:
        self.notice.clear_reason()

    def _delete_notice(self) -> None:
        if self.view is not None and self.view.draft is not None:
            self.run_action(remove_headcount_notice, notice_id=self.view.draft.id)

    # dialogs

    def _notice_kind(self) -> str:
        return CHANGE if self.view is not None and len(self.view.notices) > 1 else HEADCOUNT

    def _preview(self) -> None:
        """Open the newest notice as a document."""
        title = self.view.title if self.view is not None else ""
        DocumentDialog(self, event_id=self._event_id, kind=self._notice_kind(), subject=title).open()

    def _show_mail(self) -> None:
        """Open the mail text of the newest notice, to copy."""
        title = self.view.title if self.view is not None else ""
        MailTextDialog(
            self,
            scope=DocumentScope(event_id=self._event_id),
            kind=self._notice_kind(),
            subject=f"{self._notice_kind()}　{title}",
        ).open()

    def _open_notification(self) -> None:
        view = self.view
        if view is not None and view.draft is not None:
            NotificationDialog(
                self,
                event_id=self._event_id,
                key=HEADCOUNT_KEY,
                subject=f"{self._title_of(view.draft)}　{view.title}",
            ).open()

    def _correct_notification(self) -> None:
        """Open the dialog that corrects the record of the newest notification, if there is one."""
        told = self.view.notified_notice if self.view is not None else None
        if told is not None and told.act is not None:
            CorrectNotificationDialog(self, told.act).open()

    def _title_of(self, notice: NoticeWithNotification) -> str:
        notices = self.view.notices if self.view is not None else ()
        return next(each.title for each in notices if each.notice.id == notice.id)

    def _revoke_notification(self) -> None:
        """Ask why the notification is taken back, then take it back."""
        told = self.view.notified_notice if self.view is not None else None
        if self.view is None or told is None:
            return
        ReasonDialog(
            self,
            "連絡済を取り消す",
            f"{self._title_of(told)}　{self.view.title}",
            verb="連絡済を取り消す",
            text="参加人数の連絡の期限は、また未連絡になります。"
            "連絡した記録は消さずに、「取消」として理由と一緒に残します。",
            usual_reasons=("別の実施回と取り違えた", "まだ連絡していなかった"),
            change=lambda reason: bind_action(revoke_headcount_notification, notice_id=told.id, reason=reason),
        ).open()

    def _show_basis(self) -> None:
        if self.view is not None and self.view.task is not None:
            show_basis_dialog(self.view.task, self)


def _unknown_words(view: HeadcountView) -> str:
    """Return, in sentences, the first two names like a registered 団体 and all that are like none; "" = none."""
    if not view.unknown_organisations:
        return ""
    near = [
        f"「{one.name}」は「{one.similar[0].name}」のことですか。" for one in view.unknown_organisations if one.similar
    ]
    names = "、".join(one.name for one in view.unknown_organisations if not one.similar)
    parts = [*near[:2], fill_nonempty("{}は、団体の名簿にありません。", names)]
    return "".join(parts)


def _without_count(warning: str) -> str:
    """Return a warning without the number of participants, which is spoken with every number that is saved."""
    return re.sub(r"^参加予定が\d+人", "", warning)


def _warning_words(text: str, needs: str) -> str:
    ways = {"程度の範囲内": "程度の範囲内です。", "協議で足りる": "受託者との協議のみで、契約変更は不要の見込みです。"}
    return text + ways.get(needs, fill_nonempty("{}。", needs))
