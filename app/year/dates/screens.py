"""年度の期日, every due date of the year itself with its basis, and the menu 「令和8年度 ▾」 to choose or start a
year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.calendar.wareki import fiscal_year_words
from app.common.and_others import and_others
from app.common.join_nonempty import join_nonempty
from app.data_folder.screens.step_year import YearStep
from app.documents.screens.export_button import export_button
from app.event.parts import (
    SAVE_CALENDAR,
    CloseTaskDialog,
    OverrideDialog,
    ask_calendar,
    full_basis_words,
    show_basis_dialog,
)
from app.event.rules.target_dates import INVOICE, NOTICE
from app.event.services.calendar_entries import CalendarScope
from app.main_window.action_routes import route_to
from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.programme.services import programmes
from app.widgets.action_mixin import ActionMixin, show_failure_in
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, main_button
from app.widgets.dialogs.common_dialogs import SavingDialog
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.labels import InfoIcon, Paragraph, label, section, wrapped_label
from app.widgets.layouts import add
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, ExportColumn, Tone, unsorted
from app.widgets.note_box import NoteBox
from app.widgets.screen import Screen, page_title, widget_row
from app.window import theme as t
from app.window.app_context import AppContext, bind_action
from app.window.failure_messages import failure_of
from app.year.dates.services import (
    YearClosing,
    YearDates,
    YearDraft,
    YearDue,
    close_year,
    close_year_task,
    next_year_draft,
    override_year_deadline,
    read_closing,
    read_definition_of_year,
    read_year_dates,
    remove_year_override,
    reopen_year,
    reopen_year_task,
    start_year,
)
from db.records.programme import Programme


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each built when first shown."""

    yield ScreenEntry("year", "flag", "年度の期日", YearScreen, parent_screen="summary")


class StartYearDialog(SavingDialog):
    """Dialog that starts the next year, with its contract and numbers to correct; signals as ``SavingDialog``."""

    def __init__(self, parent: QWidget, draft: YearDraft):
        super().__init__(
            parent,
            "つぎの年度を始める",
            draft.words,
            main=f"{draft.words}を始める",
            width=880,
        )
        self._draft = self._of_file = draft
        self.step = YearStep(
            draft.programme,
            draft.numbers,
            intro=_numbers_source_words(draft),
        )
        self.step.file_chosen.connect(self._read_definition)
        self.office = Form(
            (Field("office", "所属", "choice", choices=((False, "いまの所属"), (True, "定義ファイルの所属"))),),
            draft.programme.fiscal_year,
            on_change=self._show_carried_over,
        )
        self.both = wrapped_label()
        self.office.put_above("office", self.both)
        self.office.hide()
        self.carried_over = Paragraph(_carried_over_words(draft))
        self.put(self.office, self.step, section("そのまま引き継ぐもの"), self.carried_over)

    def _read_definition(self, path: Path) -> None:
        self.app_context.run_in_background(
            partial(read_definition_of_year, path, self._draft),
            self._start_from,
            on_failed=lambda problem: show_failure_in(failure_of(problem), self.step.problem),
            owner=self,
        )

    def _start_from(self, draft: YearDraft) -> None:
        """Fill the form with contract and kinds of a definition file, which replace those typed so far.

        Where its 所属 is another one, both stand to be chosen from.
        """
        self._of_file = draft
        self.step.show_definition(draft.programme, draft.numbers)
        both = (self._draft.office, draft.office)
        said = [join_nonempty(one.full_name, one.address, one.phone) for one in both]
        self.both.setText(f"いまの所属：{said[0]}\n定義ファイル：{said[1]}")
        self.office.set_values({"office": both[0] != both[1]})
        self.office.setVisible(both[0] != both[1])
        self._show_carried_over()

    def _chosen(self) -> YearDraft:
        return self._of_file if self.office.value("office") else self._draft

    def _show_carried_over(self) -> None:
        self.carried_over.show_text(_carried_over_words(self._chosen()))

    def _save(self) -> None:
        """Start the year as drafted, once the fields are valid."""
        if not self.step.check_fields():
            return
        self.run_action(
            start_year,
            draft=replace(self._chosen(), programme=self.step.programme(), numbers=self.step.numbers.numbers()),
        )


def _numbers_source_words(draft: YearDraft) -> str:
    """Return the sentences that say where the numbers come from: confirmed of the next 仕様書, or this year's."""
    rest = "新しい契約書と違うところを直してください。始めたあとも「設定」で直せます。"
    if not draft.confirmed:
        return f"いまの年度の数を写し、日付を1年あとにしてあります。{rest}"
    return (
        f"「仕様書の読み比べ」で確認した{len(draft.confirmed)}件は、その値にしてあります。"
        f"ほかは、いまの年度の数を写し、日付を1年あとにしてあります。{rest}"
    )


def _carried_over_words(draft: YearDraft) -> str:
    """Return words on what is carried over unchanged (offices, contractor, document settings, 団体 and people).

    They also say where subsidies are taken over, and that open deadlines of this year stay on home.
    """
    contractor = join_nonempty(draft.contractor.name, draft.contractor.responsible)
    return (
        f"所属　{draft.office.full_name or '（未入力）'}\n受託者　{contractor or '（未入力）'}\n"
        "帳票の宛先・発信者、団体と参加者の登録、閉庁日も、そのまま使えます。"
        "団体の補助金は、始めたあとで「団体」の「補助金の期限」から、引き継ぐものを選びます。"
        "いまの年度の済んでいない期限は、済むまでホームに残ります。"
    )


_SHOWN = 8


def close_year_dialog(app_context: AppContext, closing: YearClosing, parent: QWidget) -> FormDialog:
    """Return the dialog that closes a year with day and reason, and names its open tasks."""
    year = closing.programme.fiscal_year
    words = fiscal_year_words(year)
    dialog = FormDialog(
        parent,
        "年度を閉じる",
        words,
        main=f"{words}を閉じる",
        fields=(
            Field("day", "閉じる日", "date", width=120, hint="9/1、R8.9.1 など"),
            Field("reason", "理由", hint="設定と履歴に残ります（例：検査と支払が済んだ）。"),
        ),
        values={"day": app_context.today()},
        change=lambda typed: bind_action(close_year, fiscal_year=year, **typed),
        text=_open_words(closing),
        label_width=96,
    )
    dialog.body.insertWidget(
        1, Paragraph("閉じても記録は消えません。いつでも見て、印刷し、もう一度開くことができます。", role="second")
    )
    return dialog


def _open_words(closing: YearClosing) -> str:
    """Return words on the open tasks that closing removes from home: their number, and the first eight in full."""
    found = closing.open_duties
    if not found:
        return "この年度に、済んでいない期限はありません。"
    rest = and_others(found, _SHOWN, "\nほか{}件")
    return (
        f"済んでいない期限が{len(found)}件あります。閉じると、ホームに出なくなります。\n"
        + "\n".join(f"・{words}" for words in found[:_SHOWN])
        + rest
    )


START, CLOSE, REOPEN = "start", "close", "reopen"


class YearMenu(ActionMixin, QObject):
    """Keeps the year menu of the top bar up to date; emits no signals."""

    def __init__(self, app_context: AppContext, main: MainWindow):
        super().__init__(main)
        self.app_context = app_context
        self._main = main
        main.top_bar.year_action_asked.connect(self._run_action)
        app_context.follow_changes(self, self.reload)

    def reload(self) -> None:
        """Read the years of the data folder and show them in the menu."""
        self.run_read(self._show, programmes)

    def _show(self, years: Sequence[Programme]) -> None:
        """Fill the menu with the years and, unless read-only, what starts the next, and closes or reopens the shown.

        Where the shown year no longer exists, the window goes to the newest instead.
        """
        known = {one.fiscal_year: one for one in years}
        self._main.set_years(tuple(sorted(known)))
        if self.fiscal_year not in known:
            # Its start was undone.
            self._main.choose_year(max(known))
            return
        shown = known[self.fiscal_year]
        words = fiscal_year_words(shown.fiscal_year)
        acts = [(START, f"つぎの年度（{fiscal_year_words(max(known) + 1)}）を始める…")]
        acts.append((CLOSE, f"{words}を閉じる…") if shown.closed_on is None else (REOPEN, f"{words}をもう一度開く"))
        self._main.top_bar.set_year_actions(() if self.app_context.read_only else acts)

    def _run_action(self, key: str) -> None:
        """Open the dialog that starts or closes a year; reopen a year at once."""
        today = self.today
        if key == START:
            self.run_read(self._ask_start, next_year_draft, today=today)
        elif key == CLOSE:
            self.run_read(self._ask_close, read_closing, fiscal_year=self.fiscal_year, today=today)
        else:
            self.run_action(reopen_year, fiscal_year=self.fiscal_year)

    def _ask_start(self, draft: YearDraft) -> None:
        StartYearDialog(self._main, draft).open()

    def _ask_close(self, closing: YearClosing) -> None:
        close_year_dialog(self.app_context, closing, self._main).open()


DATES = ("nominal", "working", "margin")


def year_columns(today: date) -> tuple[Column, ...]:
    """Return the columns of the list of due dates."""

    def day(name: str) -> Column:
        """Return the column of one of the three dates."""
        titles = {"nominal": "期限\n（暦どおり）", "working": "期限\n（開庁日）", "margin": "目安日"}
        return Column(name, titles[name], lambda row: _day(row, name, today))

    return unsorted(
        Column("what", "やること", _title_cell, stretch=True, width=190),
        Column("owner", "担当", _owner),
        *(day(name) for name in DATES),
        Column("basis", "根拠", _basis, widest=230),
        Column(
            "state",
            "残り・状態",
            _state,
            width=150,
            widest=240,
            export_parts=(
                ExportColumn("残り・状態", lambda row: _state(row).text),
                ExportColumn("済とした理由", lambda row: row.closing.reason if row.closing else ""),
            ),
        ),
    )


def _title_cell(row: YearDue) -> Cell:
    return Cell(row.task.label, row.task.detail, strong="区" in row.task.owner)


def _owner(row: YearDue) -> Cell:
    ward = "区" in row.task.owner
    return Cell(row.task.owner, strong=ward, tone="" if ward else "second")


def _day(row: YearDue, name: str, today: date) -> Cell:
    """Return the cell of one of the three dates, bold for the one that counts, marked if 仮 or by hand."""
    task = row.task
    given = {"nominal": task.nominal, "working": task.working, "margin": task.margin}[name]
    if given is None:
        return Cell("—", tone="second")
    counts = task.column == name
    tip = full_basis_words(task)
    if counts and task.override is not None:
        words = f"手で変更・計算 {short_date(given, today)}"
        return Cell(short_date(task.override, today), words, strong=task.is_open, tip=tip)
    if task.provisional_words:
        return Cell(task.provisional_words if counts else "仮", tone="" if counts else "second", tip=tip)
    late: Tone = "red" if counts and task.bucket == "期限超過" else "" if counts else "second"
    second = "休日の場合" if name == "working" and task.column == "nominal" and task.working != task.nominal else ""
    return Cell(short_date(given, today), second, strong=counts and task.is_open, tone=late, tip=tip)


def _basis(row: YearDue) -> Cell:
    """Return the cell with the clause and rule of a due date; one that no contract asks for is called 目安日."""
    task = row.task
    if not task.is_contract_duty:
        return Cell("目安日", join_nonempty(task.clause, task.rule, separator=" "))
    return Cell(task.clause, task.rule)


def _state(row: YearDue) -> Cell:
    """Return the cell with the badge 済 and why, or for an open task 「あと2日」 over 「開庁日 2日」 (``Task``).

    While a 請求書 is returned the second line is 「返戻中・再受領待ち」; a provisional date gives 「仮」.
    """
    task = row.task
    if not task.is_open:
        why = row.closing.reason if row.closing is not None else "出力の記録による"
        return Cell(task.short_words, why, badge="済")
    if any(one.received_again is None for one in row.returns):
        return Cell(task.short_words, "返戻中・再受領待ち", second_tone="amber")
    if task.provisional_words:
        return Cell("仮", task.short_words)
    if not task.is_contract_duty and task.days_left < 0:
        return Cell(task.short_words)
    tone: Tone = "red" if task.bucket == "期限超過" else ""
    return Cell(task.short_words, task.open_words, tone=tone, strong=task.announced_days is not None)


_COUNTED = {
    NOTICE: "検査の期限（10日以内）は、この受領日から数えます。",
    INVOICE: "支払の期限は、この受領日から数えます。不備で返した請求書ではなく、"
    "適法な請求書の受領日を入力してください。",
}


class YearScreen(Screen):
    """The due dates of the year; emits no signals.

    ``open_with(task=…, programme_id=…)`` selects that row of that year, by default the window's.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._wanted = ""
        self._programme_id: int | None = None
        self.summary = label("", "second")
        self.table = FittedTable(
            "year-dates",
            year_columns(app_context.today()),
            title="年度の期日",
            empty="この年度の期日は、まだありません。",
            tint=lambda one: t.AMBER_BOX if one.task.is_open and one.task.announced_days is not None else "",
            names_people=False,
            on_click=self._explain,
            on_edit=self.change_date,
            on_open=self._open_link,
            on_choose=self._update_buttons,
        )
        self.note = NoteBox(tone="quiet")
        self.close_button = Button("済にする", self.close_task, icon_name="check")
        self.move_button = Button("日付を変える", self.change_date, icon_name="calendar")
        self.back_button = Button("元に戻す", self.take_back, icon_name="arrow-u-up-left")
        self.steps_button = Button("完了・検査・支払を開く", self.go_to_steps, icon_name="receipt")
        self.bar = ActionBar(app_context)
        self.open_button = main_button("", lambda: self._open_link(self.table.current()))
        self.bar.put(self.open_button, self.steps_button, self.close_button, self.move_button, self.back_button)
        column = page_above(self.bar, self, scrolls=True)
        add(column, page_title(app_context, "年度の期日", "summary", self.summary), self.table)
        self.setFocusProxy(self.table)
        column.addWidget(self.note)
        foot = widget_row()
        self.calendar_button = Button(SAVE_CALENDAR, self.save_calendar, icon_name="calendar", low=True)
        self.calendar_button.setToolTip("年度の期日と各回の期限のうち、区がするものを保存します")
        self.calendar_button.setEnabled(app_context.may_write)
        export = export_button(app_context, self.table, title="年度の期日")
        add(
            foot,
            InfoIcon("日付を押すと計算方法を表示します。目安日は契約上の期限ではありません。"),
            None,
            self.calendar_button,
            export,
        )
        add(column, foot, None)
        app_context.year_changed.connect(self._forget)
        self._update_buttons(None)

    def open_with(self, *, task: str = "", programme_id: int | None = None, **_more: Any) -> None:
        """Remember the year to show (None = the window's) and the due date to select at the next reading."""
        self._wanted, self._programme_id = task, programme_id

    def _forget(self, _year: int) -> None:
        """Forget the requested row when another year is shown."""
        self.open_with()

    def reload(self) -> None:
        """Read and show the due dates as of today."""
        shown = None if self._programme_id is not None else self.fiscal_year
        self.run_read(
            self._show,
            read_year_dates,
            today=self.today,
            fiscal_year=shown,
            programme_id=self._programme_id,
        )

    def save_calendar(self) -> None:
        """Open the dialog that saves the deadlines of the ward in the shown year and its events as a calendar file."""
        year = self.fiscal_year if self._programme_id is None else None
        scope = CalendarScope(fiscal_year=year, programme_id=self._programme_id, deadlines_only=True)
        ask_calendar(self.app_context, scope, self)

    def close_task(self) -> None:
        """Open the dialog that closes the chosen task, or the screen 完了・検査・支払 where it is recorded in steps.

        Without steps nothing opens for a task that is done, or when read-only.
        """
        chosen = self._chosen()
        if chosen is not None and _has_steps(chosen):
            self.go_to_steps()
        elif chosen is not None and chosen.task.is_open and self.may_write:
            task = chosen.task
            year = task.programme_id or 0
            CloseTaskDialog(
                self,
                task,
                lambda typed: bind_action(close_year_task, programme_id=year, task=task.task, **typed),
                note=_COUNTED.get(task.task, ""),
            ).open()

    def go_to_steps(self) -> None:
        """Go to the screen 完了・検査・支払 with the year of the chosen task; without one nothing happens."""
        chosen = self._chosen()
        if chosen is not None:
            way = route_to(ActionLink("完了の手続きを進める", programme_id=chosen.task.programme_id))
            self.follow(way)

    def change_date(self) -> None:
        """Open the dialog that sets another date for the chosen task, if that is open and the program may write."""
        chosen = self._chosen()
        if chosen is not None and chosen.task.is_open and self.may_write:
            task = chosen.task
            year = task.programme_id or 0
            OverrideDialog(
                self,
                task,
                lambda typed: bind_action(override_year_deadline, programme_id=year, task=task.task, **typed),
            ).open()

    def take_back(self) -> None:
        """Open the chosen task again at once if it was closed by hand, else remove its date set by hand.

        Nothing happens without a choice, or while read-only.
        """
        chosen = self._chosen()
        if chosen is not None and self.may_write:
            service = reopen_year_task if chosen.closing is not None else remove_year_override
            self.run_action(service, programme_id=chosen.task.programme_id or 0, task=chosen.task.task)

    def _chosen(self) -> YearDue | None:
        found = self.table.current()
        return found if isinstance(found, YearDue) else None

    def _show(self, found: YearDates) -> None:
        """Show the due dates that were read, and choose the requested one, or without any choice the first open one."""
        self.table.show_rows(found.rows)
        done = len(found.rows) - found.open_count
        self.summary.setText(f"{found.words}　未了 {found.open_count}件・済 {done}件")
        first = next((one.id for one in found.rows if one.task.is_open), "")
        wanted, self._wanted = self._wanted, ""
        if wanted or self.table.current() is None:
            self.table.choose(lambda one: one.id == (wanted or first), take_focus=bool(wanted))
        self._update_buttons(self.table.current())

    def _update_buttons(self, chosen: object) -> None:
        """Enable the buttons of what can be done with the chosen due date (None = none), and show its note below."""
        one = chosen if isinstance(chosen, YearDue) else None
        may = one is not None and self.may_write
        closes = may and one is not None and one.task.is_open
        self.close_button.setVisible(closes and one is not None and not _has_steps(one))
        self.move_button.setVisible(closes)
        way = route_to(one.task.link) if one is not None and one.task.is_open else None
        elsewhere = way is not None and way.screen_name not in ("year", "completion")
        self.open_button.set_words(way.label if way is not None and elsewhere else "")
        steps = one is not None and (_has_steps(one) or one.task.task in (NOTICE, INVOICE))
        self.steps_button.setVisible(steps)
        self.steps_button.set_filled(steps and not elsewhere)
        self.close_button.set_filled(not steps and not elsewhere)
        by_hand = one is not None and (
            (one.closing is not None and not _has_steps(one)) or (one.task.is_open and one.task.override is not None)
        )
        self.back_button.setVisible(may and by_hand)
        name, _line, rest = _words(one, self.app_context).partition("\n") if one is not None else ("", "", "")
        self.bar.show_words(name)
        self.note.show_text(rest)

    def _open_link(self, chosen: YearDue) -> None:
        """Go to the screen where a task is done, or close it as `close_task` does where it has no other screen."""
        way = route_to(chosen.task.link)
        if way.screen_name == "year":
            self.close_task()
        else:
            self.follow(way)

    def _explain(self, one: object, key: str) -> None:
        if isinstance(one, YearDue) and key in DATES:
            show_basis_dialog(one.task, self)


def _has_steps(row: YearDue) -> bool:
    """Return whether the row is recorded step by step elsewhere (検査, 支払, a returned 請求書)."""
    return row.task.link.action == "完了の手続きを進める" or bool(row.returns)


def _words(row: YearDue, app_context: AppContext) -> str:
    """Return the text of the note on the chosen row, line by line: name (bold) and date, basis, warnings, closing.

    The returns of the 請求書 follow.
    """
    task = row.task
    day = task.provisional_words or short_date(task.due, app_context.today())
    lines = [f"**{task.label}　{day}**", full_basis_words(task), *task.warnings]
    if row.closing is not None:
        on = short_date(row.closing.closed_on, app_context.today())
        lines.append(f"{on} に済（{row.closing.by}）　理由：{row.closing.reason}")
    lines += [each.words(app_context.today()) for each in row.returns]
    return join_nonempty(*lines, separator="\n")
