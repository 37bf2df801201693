"""The screen 事故の対応: the incidents of the year, and one of them with its six steps, forms and course.

Nothing is locked: every step opens at any time. Pressed buttons record the moment and the person in the course.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.actions.action_result import ActionResult
from app.calendar.dates import short_date
from app.common.clauses import clause_of
from app.common.join_nonempty import fill_nonempty
from app.data_folder.screens.failure_log_dialog import FailureLogDialog
from app.documents.screens.document_view import show_year_document
from app.main_window.navigation import ScreenEntry
from app.settings.incidents import rules as incidents_rules
from app.settings.incidents.documents import KIND
from app.settings.incidents.services import incidents as service
from app.settings.incidents.services.incident_view import (
    RECEIVED,
    IncidentLine,
    IncidentStep,
    IncidentView,
    events_of,
    incidents_of,
    read_incident,
    read_rules,
)
from app.widgets.badges import Badge
from app.widgets.bars.action_bar import ActionBar, page_above
from app.widgets.buttons import Button, MoreButton, inline_button, link_button, main_button
from app.widgets.dialogs.form_dialog import FormDialog
from app.widgets.display_texts import short_moment
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns
from app.widgets.forms.form_fields import Field
from app.widgets.forms.growing_text import GrowingText
from app.widgets.forms.record_fields import record_field
from app.widgets.keys import on_key
from app.widgets.labels import (
    heading,
    label,
    second_label,
    section,
    small_label,
    with_accessible_name,
)
from app.widgets.layouts import add, column_of, in_row, row_of
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_columns import record_column
from app.widgets.lists.record_model import Cell, Column, unsorted
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pages import Pages, ensure_visible
from app.widgets.screen import (
    Screen,
    back_button,
    disable_when_read_only,
    in_scroll_area,
    is_short,
    trim_page_edges,
)
from app.window.app_context import AppContext, bind_action, with_store
from db.fields import field_label
from db.records.incidents import Incident, IncidentMeasure, IncidentNote, IncidentRules, ReportNeed


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen of this package; it is built when first shown."""

    yield ScreenEntry("incidents", "shield-check", "事故の対応", IncidentsScreen, parent_screen="settings")


_NO_NAMES = "本人の氏名や連絡先は書きません。人数と情報の項目だけを書きます。"
_PLACES = tuple((one, one) for one in incidents_rules.BASIS)
_SORTS = tuple((one, one) for one in ("事故のおそれ", "事故", "特記・法令への違反", "違反の兆候"))
_NEEDED = tuple((one, one) for one in ReportNeed if one)
_KNOWN = (
    Field("known_on", "把握した日", "date", width=120),
    Field("known_time", "把握した時刻", "time"),
    record_field(Incident, "known_by", width=240, hint="区の職員の氏名。空なら入力した人です。"),
)
Events = tuple[tuple[int, str], ...]


def _event_field(known: Events) -> Field:
    """Return the form field that chooses the event of an incident, or none."""
    choices = ((None, "—"), *known)
    return record_field(Incident, "event_id", kind="choice", choices=choices)


def begin_dialog(app_context: AppContext, events: Events, parent: QWidget, on_saved: Any) -> FormDialog:
    """Return the dialog that starts a record; a few words are enough, the rest can be added later."""
    now = app_context.now()

    def change(typed: dict[str, Any]) -> Any:
        """Return the bound action that begins the record of an incident."""
        known_at = datetime.combine(typed.pop("known_on"), time.fromisoformat(typed.pop("known_time")))
        known_by = typed.pop("known_by")
        return bind_action(
            service.begin_incident,
            fiscal_year=app_context.fiscal_year,
            incident=typed,
            known_at=known_at,
            known_by=known_by,
        )

    return FormDialog(
        parent,
        "事故を記録する",
        main="記録を始める",
        text=f"ひとことで始められます。分からないことは、あとから書けます。{_NO_NAMES}",
        fields=(
            record_field(Incident, "title", hint="受付名簿(紙) 1部が見あたらない"),
            record_field(Incident, "place", kind="radio", choices=_PLACES),
            record_field(Incident, "sort", choices=_SORTS),
            *_KNOWN,
            _event_field(events),
            record_field(Incident, "origin", hint="持出し管理簿の番号など"),
        ),
        values={
            "place": "区", "sort": "事故のおそれ", "known_on": now.date(), "known_time": f"{now:%H:%M}",
            "event_id": None,
        },
        change=change,
        near=now.date(),
        on_saved=on_saved,
    )  # fmt: skip


def facts_dialog(
    app_context: AppContext, view: IncidentView, events: Events, parent: QWidget, *, first_field: str = ""
) -> FormDialog:
    """Return the dialog for the facts of an incident; ``first_field`` gets the focus."""
    known_at = view.incident.known_at
    shown = {name: getattr(view.incident, name) for name in service.TYPED if name != "cause"} | {"known_at": known_at}

    def change(typed: dict[str, Any]) -> Any:
        """Return the bound action that saves the typed facts."""
        moment = datetime.combine(typed.pop("known_on"), time.fromisoformat(typed.pop("known_time")))
        # The form shows no seconds: an unchanged moment keeps those it had.
        same = moment == known_at.replace(second=0, microsecond=0)
        typed["known_at"] = known_at if same else moment
        return bind_action(service.write_facts, incident_id=view.incident.id, typed=typed, shown=shown)

    made = FormDialog(
        parent,
        "事実を書く",
        view.incident.title,
        text=f"分かったところから書きます。空けたところは「調査中」と印刷します。{_NO_NAMES}",
        fields=(
            record_field(Incident, "happened", hint="11/13(金) 16:30ごろ"),
            record_field(Incident, "what", kind="lines", lines=2, hint="書類の名前と、載っている項目"),
            record_field(Incident, "amount", hint="1部、14件"),
            record_field(Incident, "people", least=0, width=80),
            record_field(Incident, "spot"),
            record_field(Incident, "course", kind="lines", lines=3),
            *_KNOWN,
            record_field(Incident, "title"),
            record_field(Incident, "place", kind="radio", choices=_PLACES),
            record_field(Incident, "sort", choices=_SORTS),
            _event_field(events),
            record_field(Incident, "origin"),
        ),
        values=shown | {"known_on": known_at.date(), "known_time": f"{known_at:%H:%M}"},
        change=change,
        near=app_context.today(),
    )  # fmt: skip
    if first_field:
        made.form.go_to(first_field)
    return made


def cause_dialog(view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the dialog in which the cause of an incident is written."""
    shown = {"cause": view.incident.cause}
    return FormDialog(
        parent,
        "原因を書く",
        view.incident.title,
        fields=(record_field(Incident, "cause", kind="lines", lines=4, hint="直接の原因と、その背景"),),
        values=shown,
        change=lambda typed: bind_action(service.write_facts, incident_id=view.incident.id, typed=typed, shown=shown),
    )


def report_dialog(app_context: AppContext, view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the dialog for the decision whether to report to the 委員会."""
    known, today = view.incident, app_context.today()
    return FormDialog(
        parent,
        "報告の要否を書く",
        f"個人情報保護委員会（{incidents_rules.CLAUSE}）",
        text="要否は人が判断します。個人情報保護の所管に相談した結果を書きます。",
        fields=(
            Field("needed", "要否", "radio", choices=_NEEDED),
            Field("decided_by", "判断した人", hint="職と氏名"),
            Field("on", "判断した日", "date", width=120),
            Field("reason", "理由", "lines", lines=2, optional=True, hint="「否」のときは必ず書きます。"),
            Field(
                "wrong_purpose", "不正の目的", "check",
                words=f"不正の目的によるおそれがある（確報は{view.rules.long_days}日）",
            ),
        ),
        values={
            "needed": known.needed or None, "decided_by": known.needed_by, "on": known.needed_on or today,
            "reason": known.needed_reason, "wrong_purpose": known.wrong_purpose,
        },
        change=lambda typed: bind_action(service.record_report_decision, incident_id=known.id, **typed),
        near=today,
    )  # fmt: skip


def reported_days_dialog(app_context: AppContext, view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the dialog for the days on which the 速報 and the 確報 were made."""
    known = view.incident
    return FormDialog(
        parent,
        "報告した日を書く",
        f"個人情報保護委員会（{incidents_rules.CLAUSE}）",
        fields=(
            Field("early_on", "速報の日", "date", width=120, optional=True),
            Field("final_on", "確報の日", "date", width=120, optional=True),
        ),
        values={"early_on": known.early_on, "final_on": known.final_on},
        change=lambda typed: bind_action(service.record_report_days, incident_id=known.id, **typed),
        near=app_context.today(),
    )


def affected_people_dialog(app_context: AppContext, view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the dialog for the decision to notify the affected persons, and the day the last was notified."""
    known = view.incident
    return FormDialog(
        parent,
        "本人への通知を書く",
        known.title,
        text="氏名は書きません。知らせる人は、名簿から開きます。",
        fields=(
            Field("needed", "要否", "radio", choices=_NEEDED),
            Field("decided_by", "判断した人", hint="職と氏名"),
            record_field(Incident, "people", least=0, width=80),
            Field("how", "方法・理由", "lines", lines=2, optional=True, hint="電話、文書など。「否」のときは理由。"),
            Field("on", "知らせ終えた日", "date", width=120, optional=True),
        ),
        values={
            "needed": known.owners_needed or None, "decided_by": known.owners_by, "people": known.people,
            "how": known.owners_how, "on": known.owners_on,
        },
        change=lambda typed: bind_action(service.record_people_decision, incident_id=known.id, **typed),
        near=app_context.today(),
    )  # fmt: skip


def measure_dialog(
    app_context: AppContext, view: IncidentView, measure: IncidentMeasure | None, parent: QWidget
) -> FormDialog:
    """Return the dialog that edits a preventive ``measure``, None = adds a new one."""
    names = ("what", "who", "planned_on", "done_on")
    return FormDialog(
        parent,
        "再発防止策を変える" if measure else "再発防止策を加える",
        view.incident.title,
        fields=(
            record_field(IncidentMeasure, "what", kind="lines", lines=2),
            record_field(IncidentMeasure, "who", width=240),
            record_field(IncidentMeasure, "planned_on", width=120),
            record_field(IncidentMeasure, "done_on", width=120),
        ),
        values={name: getattr(measure, name) for name in names} if measure else None,
        change=lambda typed: bind_action(
            service.save_measure,
            incident_id=view.incident.id,
            measure=typed,
            measure_id=measure.id if measure else 0,
        ),
        near=app_context.today(),
    )


def close_dialog(view: IncidentView, how: str, parent: QWidget) -> FormDialog:
    """Return the dialog that closes the record; open points are listed and need a reason.

    ``how`` is 見つかった or 最終の報告 and decides the title; 見つかった always needs a reason.
    """
    found = how == incidents_rules.FOUND
    text = "\n".join(f"・{point}" for point in view.open_points)
    might = view.incident.sort.is_incident or view.incident.sort.is_suspected
    head = "見つかったときは「事故のおそれ」で終わります。" if found and might else ""
    left = f"残っていること（理由を書くと閉じられます）\n{text}" if text else "残っていることはありません。"
    hint = (
        "どこで、どのように見つかり、だれも見ていないと言えるか"
        if found
        else "残っていることがあるときは必ず書きます。"
    )
    return FormDialog(
        parent,
        "見つかったので閉じる" if found else "記録を閉じる",
        view.incident.title,
        main="閉じる",
        text=f"{head}{left}",
        fields=(Field("reason", "理由", "lines", optional=not (found or view.open_points), hint=hint),),
        change=lambda typed: bind_action(
            service.close_incident, incident_id=view.incident.id, how=how, reason=typed["reason"]
        ),
    )


def rules_dialog(known: IncidentRules, parent: QWidget, *, fiscal_year: int) -> FormDialog:
    """Return the dialog for the addressees and deadlines that the ward uses in a year."""
    names = ("early_from", "early_to", "final_days", "long_days")

    def change(typed: dict[str, Any]) -> Any:
        """Return the bound action that saves addressees and deadlines."""
        days = {name: typed[name] for name in names}
        return bind_action(service.set_incident_rules, fiscal_year=fiscal_year, days=days, parties=typed["parties"])

    parties = "\n".join(f"{name}　{phone}".rstrip() for name, phone in known.parties.items())
    return FormDialog(
        parent,
        "連絡先と日数を決める",
        text="日数は、把握した日を1日目として数えます"
        f"（{clause_of('漏えい等の報告', '漏えい等の報告の日数')}）。区の規程に合わせて変えられます。",
        fields=(
            Field("parties", "知らせる相手", "lines", lines=5, hint="1行に1か所。名前、空白、電話の順に書きます。"),
            *(record_field(IncidentRules, name, least=1, width=72) for name in names),
        ),
        values={"parties": parties} | {name: getattr(known, name) for name in names},
        change=change,
    )


def reopen_dialog(view: IncidentView, parent: QWidget) -> FormDialog:
    """Return the dialog that reopens a closed record, with a reason."""
    return FormDialog(
        parent,
        "記録を開き直す",
        view.incident.title,
        main="開き直す",
        fields=(Field("reason", "理由", "lines", lines=2),),
        change=lambda typed: bind_action(service.reopen_incident, incident_id=view.incident.id, reason=typed["reason"]),
    )


_NAMES = "名前は写しません。対象の人は名簿から開き、ここには人数だけを書きます。"
_HINTS = (
    "被害を広げないことが先です。したら「行った」で時刻が残ります。",
    "電話をかけたら「話した」を押します。かけた人と時刻が残ります。",
    "分かったことから書きます。空欄は「調査中」と印字します。",
    _NAMES,
    "原因と、同じことを起こさないためにすることを書きます。",
    "残っていることがあっても、理由を書けば閉じられます。",
)


class IncidentsScreen(Screen):
    """The screen 事故の対応. Signals: none.

    ``open_with(incident_id=…)`` opens one incident, with 0 the list, without it the newest open one, else the list.
    """

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self._id = 0
        self._step = 0
        self._year = app_context.fiscal_year
        self._view: IncidentView | None = None
        self._events: Events = ()
        self.problem = NoteBox(tone="red")
        self.to_list = link_button("一覧", lambda: app_context.go("incidents", incident_id=0))
        self.title = label("", "strong")
        self.badge = Badge("要確認")
        self.since = label("", "h2", figure=True)
        self.since_words = label("", "small")
        self.more = MoreButton(self._menu_actions)
        self.begin_button = main_button("事故を記録する", self.begin_incident, icon_name="plus")
        self.name = heading("事故の対応")
        head = FlowRow(
            back_button(app_context, "settings"), self.name, self.title, self.badge, self.to_list, spacing=12
        )
        self.pages = Pages()
        self.pages.addWidget(self._list_page())
        self.pages.addWidget(self._incident_page())
        self.bar = ActionBar(app_context)
        self.bar.put(*self._acts)
        column = page_above(self.bar, self, spacing=8)
        self._page = column.parentWidget()
        add(
            column,
            in_row((head, 1), self.since_words, self.since, self.more),
            self.problem,
            (self.pages, 1),
        )
        for number in range(len(incidents_rules.STEPS)):
            on_key(self, f"Alt+{number + 1}", partial(self.go_to_step, number + 1), inside=True)
        self.setFocusProxy(self.list)

    # The parts

    def _list_page(self) -> QWidget:
        self.list = RecordTable(
            "incidents",
            _list_columns(self),
            title="事故の一覧",
            empty="この年度の事故の記録は、ありません。",
            filtered=False,
            names_people=False,
            on_open=lambda one: self.go("incidents", incident_id=one.id) if one is not None else None,
        )
        note = second_label(
            "紛失、送り間違い、持出しの未返却などが起きたとき、または起きたかもしれないときに、ここから始めます。"
            "だれに、いつまでに知らせるかを示します。"
        )
        holder = column_of(note, (self.list, 1), spacing=12)
        disable_when_read_only(self.app_context, self.begin_button)
        return holder

    def _incident_page(self) -> QWidget:
        """Build and return the page of one incident, with its six steps."""
        self.steps = FittedTable(
            "incident-steps",
            unsorted(Column("step", "段", show=_step_cell, stretch=True)),
            title="6つの段",
            empty="",
            head=False,
            names_people=False,
            on_open=self.focus_work_area,
            on_choose=self._choose_step,
        )
        self.where = small_label()
        beside = in_scroll_area(column_of(self.steps, self.where, None, spacing=12))
        beside.setFixedWidth(200)
        self.step_title = section("")
        self.hint = small_label()
        self.lines = FittedTable(
            "incident-lines",
            unsorted(
                Column("what", "だれに・なにを", show=_what_cell, stretch=True),
                Column("until", "いつまで", show=_until_cell, width=104),
                Column("result", "結果", show=_result_cell, width=176),
            ),
            title="事故の段の中身",
            empty="まだありません。",
            on_open=self._open_line,
            on_choose=self._update_buttons,
        )
        self.button_of = {
            incidents_rules.DONE: Button("行った", partial(self.record_outcome, incidents_rules.DONE)),
            incidents_rules.TOLD: Button("話した", partial(self.record_outcome, incidents_rules.TOLD)),
            incidents_rules.ABSENT: Button("不在", partial(self.record_outcome, incidents_rules.ABSENT)),
            incidents_rules.LATER: Button("あとで", partial(self.record_outcome, incidents_rules.LATER)),
            "書く": Button("書く", self.open_row_form),
            "報告した日": Button("報告した日を書く", self.edit_reported_days),
            "加える": Button("再発防止策を加える", self.add_measure),
            "閉じる": Button("記録を閉じる", partial(self.close_incident, incidents_rules.FINISHED)),
        }
        middle = column_of(
            in_row((self.step_title, 0), (self.hint, 1), spacing=12),
            self.lines,
            None,
            spacing=8,
        )
        main = row_of(beside, (in_scroll_area(middle), 1), spacing=12)
        self.columns = FoldingColumns("対応", main, (("経過", self._course_panel()),), wide=340, gap=16)
        self.found_button = Button("見つかった", partial(self.close_incident, incidents_rules.FOUND))
        self.paper_button = Button("", self.show_document)
        self.reopen_button = Button("開き直す", self.reopen)
        self._acts = (*self.button_of.values(), self.paper_button, self.found_button, self.reopen_button)
        disable_when_read_only(
            self.app_context, *self.button_of.values(), self.found_button, self.reopen_button, self.write_button
        )
        return self.columns

    def _course_panel(self) -> QWidget:
        self.course = FittedTable(
            "incident-course",
            unsorted(
                Column("at", "時刻", show=lambda one: short_moment(one.at, self.today), width=96),
                Column("words", "したこと", show=_note_cell, stretch=True),
            ),
            title="事故の経過",
            empty="まだありません。",
            head=False,
        )
        self.more_words = with_accessible_name(GrowingText(lines=2), "経過に書き加える")
        self.more_words.setPlaceholderText("いま分かったこと")
        self.write_button = inline_button("書き加える", self.add_course_line)
        return column_of(
            in_row(section("経過"), (small_label("押すたびに残ります。新しいものが上です。"), 1), spacing=12),
            self.more_words,
            in_row(self.write_button, None),
            self.course,
            None,
            spacing=8,
            margins=(0, 0, 8, 0),
        )

    # What is shown

    def fit_size(self) -> None:
        """Hide the title on a low page."""
        low = is_short(self)
        ensure_visible(self.name, seen=not low or self._view is None)
        trim_page_edges(self._page, short=low)

    def open_with(self, *, incident_id: int | None = None, step: int = 0, **_more: Any) -> None:
        """Remember which incident, at which ``step`` (0 = the current one), the screen shows when it is read.

        ``incident_id`` 0 shows the list, None the newest open incident.
        """
        self._id = -1 if incident_id is None else incident_id
        self._step = step
        self._year = self.fiscal_year

    def view_state(self) -> dict[str, Any]:
        """Return the id of the open incident, 0 while the list is shown."""
        return {"incident_id": self._id if self._id > 0 else 0}

    def focus_work_area(self) -> None:
        """Move the keyboard focus to the rows of the step, or to the list."""
        (self.lines.view if self._view is not None else self.list.view).setFocus()

    def reload(self) -> None:
        """Read the year's incidents and events; the open incident is read once the list is there."""
        self.run_read(self._show_list, incidents_of, fiscal_year=self.fiscal_year)
        self.run_read(self._take_events, events_of, fiscal_year=self.fiscal_year)

    def _take_events(self, events: Events) -> None:
        self._events = events

    @property
    def _incident_year(self) -> int:
        return self._view.fiscal_year if self._view is not None else self.fiscal_year

    def _show_list(self, found: tuple[Incident, ...]) -> None:
        """Show the incidents of the year; open the one asked for or the newest open one, in another year none."""
        self.list.show_rows(found)
        if self._year != self.fiscal_year:  # another year was chosen: its list is wanted
            self._id, self._year = 0, self.fiscal_year
        if self._id == -1:
            self._id = next((one.id for one in found if one.closed_on is None), 0)
        if self._id > 0:
            # It may be one of another year: home speaks of all that are open.
            ask = with_store(read_incident, incident_id=self._id, now=self.app_context.now())
            self.app_context.read(ask, self._show, on_failed=lambda _gone: self._show_none(), owner=self)
            return
        self._show_none()

    def _show_none(self) -> None:
        """Show the list, since no incident is open or the one asked for is no longer there."""
        self._view = None
        self._update_header_footer()

    def _show(self, view: IncidentView) -> None:
        """Show an incident, on the chosen step or else the next one."""
        self._view = view
        if view.fiscal_year != self.fiscal_year:
            self.run_read(self._take_events, events_of, fiscal_year=view.fiscal_year)
        self._update_header_footer()
        # Setting the rows selects the list's old current row, which may differ from the requested step.
        self._step = wanted = self._step or view.current_step
        self.steps.show_rows(view.steps)
        self.course.show_rows(view.notes)
        self.columns.set_count(1, len(view.notes))
        self.steps.choose(lambda one: one.id == wanted, take_focus=False)
        self._step = wanted
        self._show_step()

    def _update_header_footer(self) -> None:
        view = self._view
        self.pages.setCurrentIndex(1 if view is not None else 0)
        self.setFocusProxy(self.lines if view is not None else self.list)
        self.fit_size()
        for part in (self.title, self.badge, self.to_list, self.since, self.since_words):
            ensure_visible(part, seen=view is not None)
        self.bar.put(*(self._acts if view else [self.begin_button]))
        self.bar.show_words("このアプリからは送りません。出した報告は、版ごとに控えが残ります。")
        if view is None:
            return
        one, closed = view.incident, view.incident.closed_on is not None
        self.title.setText(f"第{one.number}号　{one.title}")
        self.badge.show_status("済" if closed else "要確認", one.closed_how if closed else one.sort)
        known = short_moment(one.known_at, self.today)
        self.since_words.setText("閉じた日" if closed else f"把握 {known} から")
        self.since.setText(short_date(one.closed_on, self.today) if one.closed_on is not None else view.elapsed_text)
        origin = fill_nonempty("\n始まりの記録　{}", one.origin)
        event = fill_nonempty("\n実施回　{}", view.event)
        self.where.setText(f"どこで起きたか　{one.place}\n根拠　{incidents_rules.BASIS[one.place]}{event}{origin}")
        self.found_button.setVisible(not closed)
        self.reopen_button.setVisible(closed)
        ensure_visible(self.more_words, seen=not closed)
        ensure_visible(self.write_button, seen=not closed)
        self.paper_button.set_words("最終の報告を作って見る" if closed else f"{view.next_report}を作って見る")

    def _choose_step(self, step: IncidentStep | None) -> None:
        if step is not None and step.id != self._step:
            self._step = step.id
            self._show_step()

    def go_to_step(self, number: int) -> None:
        """Select a step and move the keyboard focus to its rows (Alt+1 to Alt+6)."""
        if self._view is not None:
            self.steps.choose(lambda one: one.id == number, take_focus=False)
            self.lines.view.setFocus()

    def _show_step(self) -> None:
        """Show the current step with its hint and lines, the first open line selected."""
        if self._view is None:
            return
        step = self._view.steps[self._step - 1]
        self.step_title.setText(f"{step.id}　{step.title}")
        self.hint.setText(_HINTS[step.id - 1])
        self.lines.model.group_by(_group if any(one.group for one in step.lines) else None)
        self.lines.show_rows(step.lines)
        waits = next((one for one in step.lines if not one.done), None)
        if waits is not None:
            self.lines.choose(lambda one: one.id == waits.id, take_focus=False)
        else:
            self.lines.ensure_current_row()
        self._update_buttons()

    def _update_buttons(self) -> None:
        """Show the buttons that fit the selected row; the main button is the notification due, else the report."""
        view, line = self._view, self.lines.current()
        if view is None:
            return
        open_now = view.incident.closed_on is None
        kind = line.kind if line is not None else ""
        offered = {
            "first": {incidents_rules.DONE}, "party": {incidents_rules.TOLD, incidents_rules.ABSENT,
            incidents_rules.LATER}, "report": {"書く", "報告した日"},
            "fact": {"書く"}, "owners": {"書く"}, "cause": {"書く", "加える"}, "measure": {"書く", "加える"},
            "open": {"閉じる"}, "paper": {"書く"},
        }.get(kind, set())  # fmt: skip
        for key, button in self.button_of.items():
            button.setVisible(open_now and key in offered)
        words = {
            "report": "要否を書く", "fact": "事実を書く", "owners": "要否・知らせたことを書く", "cause": "原因を書く",
            "measure": "この行を変える", "paper": "提出物を開く",
        }  # fmt: skip
        self.button_of["書く"].set_words(words.get(kind, "書く"))
        due = open_now and kind == "party" and line is not None and not line.done
        self.button_of[incidents_rules.TOLD].set_filled(due)
        self.paper_button.set_filled(not due)

    # What is done

    def begin_incident(self) -> None:
        """Open the form that starts the record of an incident."""
        begin_dialog(self.app_context, self._events, self, self._on_begun).open()

    def _on_begun(self, saved: ActionResult) -> None:
        self.go("incidents", incident_id=saved.id)

    def record_outcome(self, outcome: str) -> None:
        """Add the outcome of the selected first step or call to the course of the incident, with the present time."""
        line, view = self.lines.current(), self._view
        if line is None or view is None:
            return
        words = f"{line.text}へ電話" if line.kind == "party" else line.text
        self.run_action(
            service.add_course_line, incident_id=view.incident.id, words=words, step=line.id, outcome=outcome
        )

    def add_course_line(self) -> None:
        """Add the typed text to the course."""
        if self._view is not None:
            words = self.more_words.toPlainText()
            self.problem.show_text("")
            change = bind_action(service.add_course_line, incident_id=self._view.incident.id, words=words)
            self.run_change(change, lambda _saved: self.more_words.clear())

    def open_row_form(self) -> None:
        """Open the form of the selected row, or for a received paper the screen 資料・報告."""
        line, view = self.lines.current(), self._view
        if line is None or view is None or self.app_context.read_only:
            return
        if line.kind == "paper":
            self.go("turns", text=RECEIVED)
        elif line.kind == "report":
            report_dialog(self.app_context, view, self).open()
        elif line.kind == "owners":
            affected_people_dialog(self.app_context, view, self).open()
        elif line.kind == "cause":
            cause_dialog(view, self).open()
        elif line.kind == "measure":
            measure = next((one for one in view.measures if str(one.id) == line.id), None)
            measure_dialog(self.app_context, view, measure, self).open()
        else:
            facts_dialog(self.app_context, view, self._events, self, first_field=line.id).open()

    def _open_line(self, line: IncidentLine | None) -> None:
        """Open the form or report of a row on Enter; where a button of its own records it, move the focus there."""
        if line is not None and line.kind == "issue":
            self.show_document()
        if line is None or self._view is None or self._view.incident.closed_on is not None or line.kind == "issue":
            return
        if line.kind in ("first", "party"):
            self.button_of[incidents_rules.TOLD if line.kind == "party" else incidents_rules.DONE].setFocus()
        elif line.kind == "open":
            self.button_of["閉じる"].setFocus()
        else:
            self.open_row_form()

    def edit_reported_days(self) -> None:
        """Open the form for the days of the reports to the 委員会."""
        if self._view is not None:
            reported_days_dialog(self.app_context, self._view, self).open()

    def add_measure(self) -> None:
        """Open the form of a new preventive measure."""
        if self._view is not None:
            measure_dialog(self.app_context, self._view, None, self).open()

    def close_incident(self, how: str) -> None:
        """Open the form that closes the record shown; ``how`` is ``FINISHED``, or ``FOUND`` if the thing was found.

        A reason is required where it was found, or where points are still open.
        """
        if self._view is not None:
            close_dialog(self._view, how, self).open()

    def reopen(self) -> None:
        """Open the form that reopens a closed record."""
        if self._view is not None:
            reopen_dialog(self._view, self).open()

    def show_document(self) -> None:
        """Open the dialog with the report on the incident as it would be printed now."""
        if self._view is not None:
            show_year_document(self, KIND, fiscal_year=self._incident_year, item=self._view.incident.id)

    def _menu_actions(self) -> list[tuple[str, Any]]:
        """Return the entries of the menu, each as its words and the function it calls."""
        found = [
            ("連絡先と日数を決める", self.edit_rules),
            ("プログラムの障害の記録を見る", self.show_log),
        ]
        if self._view is not None:
            found.append(("別の事故を記録する", self.begin_incident))
            if self._view.incident.event_id is not None:
                event_id = self._view.incident.event_id
                found.append(("対象の名簿を開く", lambda: self.go("event", event_id=event_id, tab="参加者")))
            found.append(("事故簿を開く", lambda: self.go("ledgers", ledger="incidents")))
        return found

    def show_log(self) -> None:
        """Open the dialog with the error log of the program, to be handed over."""
        FailureLogDialog(
            self.app_context.tasks, folder=self.app_context.store.folder, clock=self.app_context.now, parent=self
        ).open()

    def edit_rules(self) -> None:
        """Open the form of the ward's addressees and deadlines."""
        self.run_read(
            lambda known: rules_dialog(known, self, fiscal_year=self._incident_year).open(),
            read_rules,
            fiscal_year=self._incident_year,
        )


def _group(line: IncidentLine) -> str:
    return line.group


def _step_cell(step: IncidentStep) -> Cell:
    return Cell(
        f"{step.id}　{step.title}",
        step.words,
        icon="check-circle-fill" if step.done else "circle",
        icon_tone="green" if step.done else "accent",
        strong=True,
    )


def _what_cell(line: IncidentLine) -> Cell:
    return Cell(line.text, line.detail, strong=line.kind in ("party", "report"))


def _until_cell(line: IncidentLine) -> Cell:
    late = line.kind == "report" and line.is_warning
    return Cell(line.until, line.basis, tone="amber" if late else "", strong=late)


def _result_cell(line: IncidentLine) -> Cell:
    if line.done and line.kind != "fact":
        return Cell(line.result, line.result_note, icon="check-circle-fill", icon_tone="green", tone="green")
    return Cell(line.result, line.result_note, tone="amber" if line.is_warning else "")


def _note_cell(note: IncidentNote) -> Cell:
    """Return the cell of a line of the course, with who wrote it."""
    words = f"{note.words}　{note.outcome}" if note.outcome else note.words
    return Cell(words, note.by)


def _list_columns(screen: IncidentsScreen) -> tuple[Column, ...]:
    return unsorted(
        Column("number", field_label(Incident, "number"), show=lambda one: f"第{one.number}号", width=72),
        Column("known", "把握", show=lambda one: short_moment(one.known_at, screen.app_context.today()), width=120),
        Column("title", "件名", show=lambda one: Cell(one.title, one.place, strong=True), stretch=True),
        record_column(Incident, "sort", lambda one: one, width=170),
        Column("closed", "いま", show=lambda one: _state_cell(one, screen), width=150),
    )


def _state_cell(one: Incident, screen: IncidentsScreen) -> Cell:
    if one.closed_on is None:
        return Cell("対応中", tone="amber", strong=True)
    return Cell(
        one.closed_how, short_date(one.closed_on, screen.app_context.today()), icon="check-circle-fill", tone="green"
    )
