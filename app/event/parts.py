"""Widgets and dialogs on an event and its dates that screens of several subjects use.

They choose an event, list a calendar day, explain a date by clause and arithmetic, and set a deadline by hand (the
computed dates and the reason stay visible).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.actions.action_id import ActionLink
from app.calendar.dates import long_date, long_date_plain
from app.calendar.periods import closed_day_law
from app.common.display_words import display_word
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.event_facts import formal_title
from app.documents.rules import with_known_numbers
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import note_copied_text
from app.event.rules.event_warning import AGREEMENT, CONTRACT_CHANGE, NEEDS, WITHIN_TOLERANCE
from app.event.rules.target_dates import INVOICE, NOTICE
from app.event.services.calendar_entries import (
    ENDING,
    KIND,
    CalendarContents,
    CalendarScope,
    read_calendar,
    save_calendar,
)
from app.event.services.event_lists import EventName, list_event_names, other_event_words
from app.event.services.event_results import record_result
from app.event.services.event_view import EventView
from app.event.services.month import Month, MonthDay
from app.event.services.tasks.task import CORRECTION, Task
from app.main_window.action_routes import Route, route_to
from app.programme.rules import full_clause
from app.programme.services import ProgrammeView, read_programme
from app.widgets.badges import KindSquare
from app.widgets.buttons import link_button
from app.widgets.dialogs.common_dialogs import LinkEntry, LinkListDialog, SavingDialog, TextToCopyDialog
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import ChoiceBox, Field
from app.widgets.forms.record_fields import record_field
from app.widgets.labels import Paragraph, label, second_label
from app.widgets.layouts import in_grid, in_row
from app.widgets.month_calendar import DayMarks
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, app_context_at, bind_action, with_store
from db.records.event_status import CutShort
from db.records.events import EventResult


class RefusedDay:
    """The refusal of a day outside 履行期間 in a dialog, with the way to the contract, which closes the dialog."""

    def __init__(self, dialog: SavingDialog):
        self._dialog, self._is_left = dialog, False
        self._route = route_to(ActionLink("契約"))
        self.link = link_button(self._route.label, self._leave)
        self.link.hide()
        dialog.refusal.row.addWidget(self.link)
        dialog.rejected.connect(self._follow)

    def show(self, why: str) -> None:
        """Show why the day is refused and disable saving; "" removes what was shown of another day."""
        self._is_left = False
        if not why and self.link.isHidden():
            return
        said = f"**この日にはできません。**{why}契約変更で履行期間を変えたときは、先に契約変更を記録します。"
        self._dialog.show_error_text(said if why else "")
        self.link.setVisible(bool(why))
        self._dialog.main.setEnabled(not why)

    def _leave(self) -> None:
        self._is_left = True
        self._dialog.reject()

    def _follow(self) -> None:
        if self._is_left:
            self._dialog.app_context.follow(self._route)


def show_day_list(day: MonthDay, on_open: Callable[[Route], None], parent: QWidget) -> None:
    """Open the list of a day; ``on_open`` is called with the route of the chosen line."""
    LinkListDialog(long_date(day.day), _entries(day, on_open), subject="実施回と期限", parent=parent).open()


def _entries(day: MonthDay, on_open: Callable[[Route], None]) -> list[LinkEntry]:
    """Return the events of a day as links to their pages, then its tasks as links to where each is done."""
    entries = [
        LinkEntry(
            words=event.title,
            second=event.status,
            kind=event.kind,
            follow=partial(on_open, route_to(ActionLink("実施回", event_id=event.event_id))),
        )
        for event in day.events
    ]
    for task in day.tasks:
        way = route_to(task.link)
        entries.append(
            LinkEntry(
                words=f"{task.label}　{task.detail}".strip(),
                second=join_nonempty(task.event_title, task.basis_short, task.state_words),
                kind=task.kind or "",
                verb=way.label,
                follow=partial(on_open, way),
            )
        )
    return entries


def full_basis_words(task: Task) -> str:
    """Return the arithmetic of a date, that of its 目安日 if another, and why it was set by hand, a line each."""
    lines = [f"{task.basis}。" if task.basis and not task.basis.endswith("。") else task.basis]
    if task.margin_basis and task.margin_basis != task.basis:
        lines.append(f"{task.margin_basis}。")
    if task.override is not None:
        lines.append(f"手で変えた期限です。理由：{task.override_reason}")
    return join_nonempty(*lines, separator="\n")


class BasisDialog(DialogFrame):
    """Dialog that explains one deadline: its dates, arithmetic and warnings. Signals: those of ``DialogFrame``."""

    def __init__(self, task: Task, parent: QWidget):
        subject = join_nonempty(task.event_title, task.label)
        super().__init__("期限の根拠", subject, cancel="閉じる", width=640, parent=parent)
        self.put(self._dates(task), NoteBox(full_basis_words(task), "accent"))
        for warning in task.warnings:
            self.put(NoteBox(warning, "amber"))
        if task.clause:
            self.put(Paragraph(f"{task.clause} は {full_clause(task.clause)} の略記です。", role="small"))
        if not task.is_contract_duty:
            self.put(Paragraph("目安日は契約上の期限ではありません。過ぎても期限超過にはなりません。", role="small"))
        self.put(None)

    def _dates(self, task: Task) -> QGridLayout:
        """Return the grid of the days of a deadline, from 暦どおり to the one set by hand."""
        grid = in_grid(across=24, down=8, wide=1)
        after = task.column == "nominal"
        rows = [
            ("期限（暦どおり）", task.nominal),
            (f"休日の場合の期限（{closed_day_law(task.rule)}）" if after else "期限（開庁日）", task.working),
            ("目安日", task.margin),
        ]
        if task.override is not None:
            rows.append(("手で変えた期限", task.override))
        shown = [(name, day) for name, day in rows if day is not None]
        for number, (name, day) in enumerate(shown):
            assert day is not None
            grid.addWidget(label(name, "second"), number, 0)
            grid.addWidget(label(long_date(day), "date" if day == task.due else "body"), number, 1)
        grid.addWidget(label("残り・状態", "second"), len(shown), 0)
        grid.addWidget(label(task.provisional_words or task.state_words), len(shown), 1)
        return grid


def show_basis_dialog(task: Task, parent: QWidget) -> BasisDialog:
    """Open the explanation of a task's date over ``parent``, and return the dialog."""
    dialog = BasisDialog(task, parent)
    dialog.open()
    return dialog


SAVE_CALENDAR = "カレンダー（.ics）に保存"
"""Words of every button and entry that saves a calendar file."""
_HOW_TO_TAKE_IN = (
    "予定表のソフトの「取り込み」（インポート）で開きます。同じ予定には、いつも同じ番号が付きます。"
    "日付が変わったあとの2回めの取り込みで、前の予定が置き換わるか、2つ並ぶかは、予定表のソフトによります。"
    "2つ並ぶときは、前に取り込んだ分を消してから取り込んでください。人の名前は入りません。"
)


def ask_calendar(app_context: AppContext, scope: CalendarScope, parent: QWidget) -> None:
    """Read what the calendar file of a scope holds and open the dialog that saves it; if read-only only say so."""
    if app_context.read_only:
        app_context.show_message("閲覧専用で開いているため、カレンダーに保存できません。")
        return
    app_context.read(
        with_store(read_calendar, scope=scope, today=app_context.today()),
        partial(_ask_where_to_save, scope, parent),
        owner=parent,
    )


def _ask_where_to_save(scope: CalendarScope, parent: QWidget, contents: CalendarContents) -> None:
    SaveDialog(
        parent,
        SAVE_CALENDAR,
        KIND,
        stem=contents.stem,
        ending=ENDING,
        personal="",
        plain_only=True,
        change=lambda options: bind_action(save_calendar, scope=scope, options=options),
        intro=f"{contents.words}{_HOW_TO_TAKE_IN}",
    ).open()


NO_EVENT = "この年度の実施回は、まだありません。"
"""Text on pages of events in a year without events."""
NO_EVENT_YET = f"{NO_EVENT}日付を入れると、期限が根拠と一緒にすべて出ます。"
"""The same text on the page where events are added."""


def remark_other_event(dialog: SavingDialog, words: QLabel, *, event_id: int, text: str) -> None:
    """Add below the words on a received file that its text names another event, unless they changed meanwhile."""
    before = words.text()

    def show(remark: str) -> None:
        if remark and words.text() == before:
            words.setText(f"{before}\n{remark}")
            dialog.fit_to_content()

    dialog.app_context.read(with_store(other_event_words, event_id=event_id, text=text), show, owner=dialog)


def empty_year_words(app_context: AppContext) -> tuple[str, str, Callable[[], object]]:
    """Return text, button label and button action of an ``EmptyState`` for a year without events."""
    return NO_EVENT, "事業を開く", lambda: app_context.go("events")


class EventPicker(QWidget):
    """Combo box of events. Signals: ``chosen(int)`` the id, also after the first load; 0 = none.

    Call ``reload`` whenever the screen reads. ``choose`` may be called before or after.
    """

    chosen = Signal(int)

    def __init__(self, app_context: AppContext, *, parent: QWidget | None = None):
        super().__init__(parent)
        self._app_context = app_context
        self.event_id = 0
        self._told: int | None = None
        self._kinds: dict[int, str] = {}
        self.sign = KindSquare("", side=22)
        self.box = ChoiceBox("実施回を選ぶ")
        self.box.activated.connect(lambda _number: self._select_event(int(self.box.currentData() or 0)))
        in_row(label("実施回", "second"), self.sign, self.box, owner=self, spacing=8)

    def choose(self, event_id: int) -> None:
        """Choose an event and emit ``chosen`` if it is another; one not in the list is shown after the next reload."""
        self._select_event(event_id)

    def reload(self) -> None:
        """Read the list of events again, keeping the choice.

        Without one it chooses the next event not cancelled, else the last such event, else the first.
        """
        self._app_context.read(
            with_store(
                list_event_names,
                today=self._app_context.today(),
                fiscal_year=self._app_context.fiscal_year,
                always_include=self.event_id,
            ),
            self._show,
        )

    def _show(self, events: tuple[EventName, ...]) -> None:
        """Fill the choice of events; choose as ``reload`` says where the chosen one is not in it.

        ``chosen`` is emitted if that is another one than before.
        """
        today = self._app_context.today()
        self._kinds = {row.id: row.kind for row in events}
        self.box.clear()
        for row in events:
            state = "（中止）" if row.cancelled else ""
            self.box.addItem(f"{row.date_words}　{row.title}{state}", row.id)
        if self.box.findData(self.event_id) < 0:
            held = [row for row in events if not row.cancelled]
            coming = [row for row in held if row.event_date is not None and row.event_date >= today]
            first = (coming or held[-1:] or list(events))[:1]
            self.event_id = first[0].id if first else 0
        self._select_event(self.event_id)

    def _select_event(self, event_id: int) -> None:
        """Choose an event and show its kind; emit ``chosen`` if it is another one."""
        self.event_id = event_id
        self.box.setCurrentIndex(self.box.findData(event_id))
        kind = self._kinds.get(event_id, "")
        self.sign.setVisible(bool(kind))
        if kind:
            self.sign.show_kind(kind)
        if self._told != event_id:
            self._told = event_id
            self.chosen.emit(event_id)


_PLAIN_CLOSED = ("土曜日", "日曜日", "年末年始")


def day_marks(month: Month, *, words: bool = False) -> dict[date, DayMarks]:
    """Return the marks by day of a page; with ``words`` the flag names a single deadline, and counts several.

    Without ``words`` it has no words, only the number.
    """
    return {day.day: _marks(day, words=words) for day in month.days}


def _marks(day: MonthDay, *, words: bool) -> DayMarks:
    """Return what the calendar shows of a day; ``words`` = its flag names the deadline, or says how many there are."""
    count = len(day.tasks)
    named = f"{count}件" if count > 1 else (day.tasks[0].label if count else "")
    holiday = "" if day.closed in _PLAIN_CLOSED else day.closed
    return DayMarks(
        events=tuple((event.kind, event.short) for event in day.events),
        flags=count,
        flag_words=named if words else "",
        overdue=day.overdue,
        closed=bool(day.closed),
        closed_words=_short_holiday(holiday),
        tip=_day_description(day),
    )


def _short_holiday(name: str) -> str:
    """Return 「敬老」 for 敬老の日, 「休日」 for 国民の休日, 「振替」 for 振替休日."""
    short = {"国民の休日": "休日", "振替休日": "振替"}.get(name, name)
    return short.removesuffix("の日").removesuffix("記念日")


def _day_description(day: MonthDay) -> str:
    """Return the day (「9月21日　閉庁日（敬老の日）」), then each event and each task with its event, a line each."""
    lines = [f"{day.day.month}月{day.day.day}日" + fill_nonempty("　閉庁日（{}）", day.closed)]
    lines += [event.title for event in day.events]
    lines += [f"期限　{task.label}　{task.event_title}".rstrip() for task in day.tasks]
    return "\n".join(lines)


class OverrideDialog(FormDialog):
    """Dialog to set the date of a deadline of an event or of the year. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, task: Task, change: Callable[[dict[str, Any]], Any]):
        """``change`` returns the action that sets the day."""
        super().__init__(
            parent,
            "期限を手で変える",
            task.label,
            main="この日にする",
            fields=(
                Field("due", "新しい期限", "date", width=120, hint="9/1、R8.9.1 など"),
                Field("reason", "変える理由", hint="画面と履歴に残ります。計算した日付も消えません。"),
            ),
            values={"due": task.override or task.due, "reason": task.override_reason},
            change=change,
            label_width=96,
        )
        self.body.insertWidget(0, NoteBox(f"計算した期限　{full_basis_words(task)}", "quiet"))


class CloseTaskDialog(FormDialog):
    """Dialog for day and reason of closing a deadline by hand. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, task: Task, change: Callable[[dict[str, Any]], Any], *, note: str = ""):
        """``change`` returns the action that closes it; ``note`` is what follows from the day."""
        received = task.next_actor == "受託者" and task.programme_id is not None
        super().__init__(
            parent,
            "済にする",
            task.label,
            main="済にする",
            text=note,
            fields=(
                Field("closed_on", "受領日" if received else "済んだ日", "date", width=120, hint="9/1、R8.9.1 など"),
                Field("reason", "理由", hint="何をもって済としたか（例：受領した、起案番号）。履歴に残ります。"),
            ),
            values={"closed_on": app_context_at(parent).today()},
            change=change,
            width=600,
            label_width=96,
        )


# Reason of a requested day that is no deadline of the contract.
_REASONS: Mapping[str, str] = {
    CORRECTION: "",
    NOTICE: "検査を履行期間内に終えるためのお願いです。",
    INVOICE: "支払の手続を出納閉鎖までに終えるためのお願いです。",
}


class RequestDraftDialog(TextToCopyDialog):
    """Dialog with the text that asks the contractor for what ``task`` is about; copying it is logged.

    Signals: those of ``DialogFrame``.
    """

    def __init__(self, parent: QWidget, task: Task):
        super().__init__(
            parent,
            "提出のお願い（文案）",
            task.event_title,
            copy_words="文面をコピーする",
            text_name="文案",
        )
        self._task = task
        self.text_copied.connect(self._note_copied)
        self.app_context.read(
            with_store(read_programme, fiscal_year=task.fiscal_year or None, on=self.app_context.today()), self._fill
        )

    def _note_copied(self, text: str) -> None:
        event_id, year = self._task.event_id, self._task.fiscal_year
        scope = DocumentScope(event_id=event_id) if event_id else DocumentScope(fiscal_year=year or None)
        kind = f"{self._task.task}のお願い"
        self.note_copied(bind_action(note_copied_text, scope=scope, kind=kind, text=text, to="受託者"))

    def _fill(self, year: ProgrammeView) -> None:
        self.show_subject(request_subject(self._task, year))
        self.text.setPlainText(request_text(self._task, year, user_name=self.app_context.user_name))


def request_subject(task: Task, year: ProgrammeView) -> str:
    """Return the subject line of a request to the contractor."""
    return f"{_formal_event_name(task, year)}　{_requested_item(task)}について（お願い）".strip("　")


def request_text(task: Task, year: ProgrammeView, *, user_name: str) -> str:
    """Return the text of the request, signed by ``user_name``; dates stand with their clause."""
    contractor, office = year.contractor, year.office
    responsible = f"業務責任者　{contractor.responsible}　様" if contractor.responsible else "業務責任者　様"
    lines = [
        contractor.name or "（受託者名）",
        responsible,
        "",
        "いつもお世話になっております。",
        f"{office.ward}{office.section}の{user_name}です。",
        "",
        _opening(task),
        "",
        f"1　実施回　{_event(task, year)}",
        f"2　提出物　{_requested_item(task)}",
        f"3　{_date_name(task)}　{_date_words(task)}",
        "",
        _closing(task),
        "ご不明な点がありましたら、下記までご連絡ください。",
        "",
        join_nonempty(office.section, office.unit, separator=" "),
        user_name,
        join_nonempty(fill_nonempty("電話 {}", office.phone), office.email),
    ]
    return with_known_numbers("\n".join(lines).strip() + "\n", year.programme, year.kinds)


def _requested_item(task: Task) -> str:
    """Return what is asked for (「実施報告書」, of one handout 「修正した資料 操作手順書 第2版」).

    The internal count of received items (「0 / 2点」) is left out.
    """
    named = task.detail if task.material_id is not None else ""
    return join_nonempty(task.label.removesuffix("の提出"), named, separator=" ")


def _formal_event_name(task: Task, year: ProgrammeView) -> str:
    """Return the event's name as outgoing documents print it, or empty."""
    return (
        formal_title(task.event, year.with_numbers_of(task.event.event_date).kind(task.event.kind))
        if task.event is not None
        else ""
    )


def _event(task: Task, year: ProgrammeView) -> str:
    """Return formal name and day of the event of a task; without an event its name or 「全事業」."""
    if task.event_date is None:
        return _formal_event_name(task, year) or "全事業"
    return f"{_formal_event_name(task, year)}（{long_date_plain(task.event_date)}実施）"


def _date_name(task: Task) -> str:
    return "提出期限" if task.is_contract_duty else "提出していただきたい日"


def _date_words(task: Task) -> str:
    """Return the date of a task with its clause and the day it moves to; 「お早めに…」 for a 目安日 that has passed.

    Instead of both the provisional words, where the date is provisional.
    """
    if task.provisional_words:
        return task.provisional_words
    if not task.is_contract_duty and task.days_left < 0:
        return "お早めにお願いいたします"
    rests = [f"{full_clause(task.clause)}　{task.rule}"] if task.is_contract_duty and task.clause else []
    if task.is_contract_duty and task.working is not None and task.working > task.due:
        rests.append(f"休日の場合　{long_date(task.working)}")
    return long_date(task.due) + fill_nonempty("（{}）", "。".join(rests))


def _opening(task: Task) -> str:
    """Return the first sentence of the text that asks for a paper: asked for, or asked for after its last day."""
    if task.bucket == "期限超過":
        return "つぎの提出物の期限が過ぎております。提出の見込みの日をお知らせいただき、ご提出をお願いいたします。"
    return "つぎの提出物について、ご提出をお願いいたします。"


def _closing(task: Task) -> str:
    """Return the last sentence of a request: excuses mail that crossed for a duty, else why it is needed by then."""
    if task.is_contract_duty:
        return "すでにお送りいただいている場合は、行き違いをお許しください。"
    why = _REASONS.get(task.task, "区の確認を期限までに終えるためのお願いです。")
    return f"{why}むずかしい場合は、お送りいただける日をお知らせください。"


_COUNTS = (
    ("applied", "申込", "人"),
    ("applied_organisations", "申込の団体", "団体"),
    ("attended", "出席", "人"),
    ("attended_organisations", "出席の団体", "団体"),
    ("absent", "欠席", "人"),
    ("walk_ins", "当日受付", "人"),
    ("lent_devices", "貸与端末", "台"),
    ("own_devices", "持参端末", "台"),
)


_CUT_SHORT_FIELDS = ("ended_at", "cut_reason", "people_at_end", "cut_short", "agreement_id")


def cut_short_fields(talks: Iterable[tuple[int, str]] = ()) -> tuple[Field, ...]:
    """Return the fields on an event that was broken off, below the box that says so; ``talks`` are its 協議."""
    return (
        Field("is_cut_short", "打切り", "check", words="途中で打ち切った（警報、停電、講師の急病など）"),
        record_field(EventResult, "ended_at", kind="time", width=80, optional=False),
        record_field(EventResult, "cut_reason", width=320, placeholder="大雨警報の発表のため", optional=False),
        record_field(EventResult, "people_at_end", width=80, least=0),
        Field("cut_short", "回数の扱い", "choice", choices=tuple((one, one.words) for one in CutShort if one)),
        Field("agreement_id", "もとの協議", "choice", choices=((None, "—"), *talks), optional=True, width=320),
    )


def watch_cut_short(form: Form, asked: Sequence[str] = _CUT_SHORT_FIELDS) -> None:
    """Show the fields ``asked`` for on an event that was broken off while the box says so, and then go to the first."""

    def show(key: str = "is_cut_short") -> None:
        """Show or hide the fields after a change of the box."""
        if key == "is_cut_short":
            for each in _CUT_SHORT_FIELDS:
                form.show_field(each, form.value(key) and each in asked)
            if form.value(key) and form.isVisible():
                form.go_to("ended_at")

    form.changed.connect(show)
    show()


_RECORD, _ANYWAY = "記録して実施済にする", "この数で記録する"
_SLIP = 10
"""From so many times the plan on a number is taken for a slip of the finger (80 for 8)."""


class ResultDialog(SavingDialog):
    """Dialog for the ward's own count of one day. Signals: those of ``SavingDialog``."""

    def __init__(self, parent: QWidget, view: EventView):
        super().__init__(parent, "実施の記録", view.title, main=_RECORD, width=640)
        self._view = view
        day = view.event.event_date
        held = f"{long_date(day)} {view.time_words}　{view.venue_words}" if day else ""
        self.put(second_label(held))
        counts = tuple(
            Field(key, name, "number", unit=unit, width=80, least=0, optional=True) for key, name, unit in _COUNTS
        )
        witness = record_field(EventResult, "witness", width=320, hint="立ち会った職員。検査で使います。")
        note = record_field(EventResult, "note", kind="lines", lines=2)
        talks = ((one.id, join_nonempty(one.record_number, one.topic)) for one in view.topics if one.is_in_effect)
        self.form = Form(
            (*counts, witness, note, *cut_short_fields(talks)),
            self.app_context.fiscal_year,
            label_width=116,
            on_change=self._show_comparison,
        )
        typed = self._values()
        self._doubt = ""
        self.form.set_values(typed)
        self.form.show_field("lent_devices", self._asks_lent or bool(typed.get("lent_devices")))
        self.sums = NoteBox(tone="amber", reserve=2)
        self.put(self.form, self.sums, None)  # below, so that no field moves while somebody types
        self._show_comparison()
        watch_cut_short(self.form)
        self.form.go_to("attended")

    def _values(self) -> dict[str, Any]:
        """Return the values of the form: the recorded result, else counted 申込 and the user as witness.

        No devices: what people wished for is no record of what they used.
        """
        result = self._view.result
        if result is not None:
            keys = (*(key for key, _name, _unit in _COUNTS), "witness", "note", *_CUT_SHORT_FIELDS)
            values = {key: getattr(result, key) for key in keys}
            return values | {"is_cut_short": bool(result.cut_short), "cut_short": result.cut_short or CutShort.OPEN}
        totals, counted = self._view.headcount, self._view.participation
        # Who reported an absence did apply: where the roster knows the people, 申込 is not the number expected.
        applied = counted.applied if counted is not None else totals.people or None
        groups = counted.applied_organisations if counted is not None else totals.organisations
        return {
            "applied": applied,
            "applied_organisations": groups if applied is not None else None,
            "attended_organisations": max(groups, 1) if self._view.event.form.at_organisation else None,
            "witness": self.app_context.user_name,
            "cut_short": CutShort.OPEN,
        }

    @property
    def _asks_lent(self) -> bool:
        """Return whether the ward lends devices by its contract, or lends some all the same."""
        return self._view.numbers.lends_devices or bool(self._view.headcount.lent_devices)

    def _show_comparison(self) -> None:
        """Compare 出席 with the plan and, when all are known, 出席＋欠席 with 申込.

        What cannot be is asked once before it is saved (``_doubt``), any other difference only shown.
        """
        values = self.form.values()
        applied, attended, absent = values["applied"], values["attended"], values["absent"]
        self._doubt = words = ""
        self.set_main(_RECORD)
        plan = self._view.headcount.people or self._view.numbers.people_max
        if plan and (attended or 0) >= plan * _SLIP:
            self._doubt = f"出席 {attended}人は、予定 {plan}人の{_SLIP}倍以上です。数字を確かめてください。"
        elif None not in (applied, attended, absent):
            left = applied + (values["walk_ins"] or 0) - attended - absent
            sums = f"申込と当日受付は{attended + absent + left}人、出席と欠席は{attended + absent}人です。"
            if left < 0:
                self._doubt = f"{sums}合いません。出席と欠席が{-left}人多くなっています。"
            elif left:
                words = f"{sums}{left}人は、出席にも欠席にも入っていません。"
                words += "落選・辞退・決定取消の方であれば、このままで構いません。"
        self.sums.show_text(self._doubt or words)

    def _save(self) -> None:
        """Save the result, which marks the event 実施済; nothing while a field is invalid."""
        if not self.form.check_all():
            return
        if self._doubt and self.main.text() != _ANYWAY:
            self.sums.show_text(f"**{self._doubt}**\nまだ保存していません。このとおりなら、もう一度押してください。")
            self.set_main(_ANYWAY)
            return
        shown = self._view.result or EventResult(event_id=self._view.event.id)
        values = self.form.values()
        # A choice box hands back the bare word.
        values["cut_short"] = CutShort(values["cut_short"]) if values.pop("is_cut_short") else CutShort.NOT
        self.run_action(record_result, event_id=self._view.event.id, result=replace(shown, **values))


SETTLEMENT_WORDS = {
    WITHIN_TOLERANCE: "「程度」の範囲内",
    AGREEMENT: display_word(AGREEMENT),
    CONTRACT_CHANGE: "契約変更の要否を契約課へ確認",
}


def settlement_options(*, strict: bool) -> tuple[tuple[str, str], ...]:
    """Return value and words of each option; a ``strict`` number (全2回) excludes 程度."""
    return tuple((need, SETTLEMENT_WORDS[need]) for need in NEEDS if not (strict and need == WITHIN_TOLERANCE))
