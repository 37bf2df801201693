"""Page of 派遣 in 事業: steps of the call, one row with seven steps for each 団体, its request or a form beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.documents.screens.document_view import show_year_document
from app.documents.screens.export_button import export_button
from app.events.dispatches.documents import CALL_FOR_REQUESTS, REQUEST_FORM, SELECTION
from app.events.dispatches.rules import ADD_VISIT
from app.events.dispatches.screens.request_detail import RequestDetail
from app.events.dispatches.screens.request_form import RequestForm
from app.events.dispatches.screens.step_columns import ended_row_text, step_columns
from app.events.dispatches.screens.step_routes import TASKS_DONE_HERE, route_of_task
from app.events.dispatches.services.dispatch_requests import link_event
from app.events.dispatches.services.steps import DispatchRow, DispatchYear, read_dispatches
from app.programme.rules import in_short_brackets, planned_words
from app.widgets.bars.action_bar import ActionBar
from app.widgets.buttons import Button, MoreButton, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.fold_line import FoldLine
from app.widgets.folding_columns import ListAndDetail
from app.widgets.keys import on_key
from app.widgets.labels import label, section, small_label
from app.widgets.layouts import add, in_column
from app.widgets.lists.record_table import RecordTable
from app.widgets.pages import Pages, ensure_visible
from app.widgets.panel import Panel
from app.widgets.screen import Screen, disable_when_read_only, in_scroll_area
from app.widgets.step_marks import StepMarks
from app.window import theme as t
from app.window.app_context import AppContext
from app.window.year_words import in_year_words
from db.records.organisations import Organisation

_SIDE_WIDTH = 376
_LOW_HEIGHT = 620
_PHONE = "F9"
"""The key of a telephone call that asks for a place, as elsewhere."""
_HINT = "● つぎの段　✓ 済　○ まだ　　行を Enter で「支援のあゆみ」の、つぎの段から開きます。"


class DispatchesPage(Screen):
    """Page that shows the 派遣 of a year in their steps.

    ``tools`` are placed in the heading of 事業, on a narrow window those of the list above the list. Signals:
    ``event_asked(int, str)`` add a 派遣 of this 団体 (id, name).
    """

    event_asked = Signal(int, str)
    kind_asked = Signal(str)

    def __init__(self, app_context: AppContext):
        super().__init__(app_context)
        self.year: DispatchYear | None = None
        self._kind = ""
        self._wanted: dict[str, int] = {}
        self._asked = self._new = self._edit = ""
        self._to_fill = 0
        # True while the list is filled; the panel beside it follows in the next turn of the event loop.
        self._fills = False
        self.record = Button("希望票を記録する", self.add, key=_PHONE)
        self.papers = MoreButton(self.document_actions, "募集要項・用紙", kind="plain", icon_name="printer")
        self.call = StepMarks("募集の段")
        self.counts = label("", "small")
        self.drafting = link_button("起案資料", lambda: self._open_document(SELECTION))
        self.table = RecordTable(
            "dispatch-steps",
            step_columns(app_context.today()),
            title="団体別の進み具合",
            empty="希望票の記録は、まだありません。電話でも用紙でも、受けたときに記録します。",
            empty_button="希望票を記録する",
            empty_on_click=self.add,
            search=lambda one: one.organisation.furigana if one.organisation is not None else "",
            filtered=False,
            foot=False,
            least_row=45,
            names_people=False,
            on_edit=self.edit_request,
            on_open=self.open_row,
            on_choose=self._choose,
        )
        self._of_list = (self.table.filter_field, self.papers)
        self.tools: tuple[QWidget, ...] = (*self._of_list, self.record)
        self._tools_below = False
        self.export = export_button(app_context, self.table, title=in_year_words("派遣の一覧"), small=True)
        self.ended = FoldLine("不採択・取下げ・中止")
        self.hint = small_label()
        self.act = Button("", self.open_next_step)
        self.bar = ActionBar(app_context)
        self.bar.put(self.act)
        self.look = Button("希望票を見る", self._show_request)
        self.detail = RequestDetail(self)
        self.last_day, self.undated = label("", "small"), label("", "small")
        self._build()
        self._connect()
        self.setFocusProxy(self.table)

    def _build(self) -> None:
        self.left = QWidget()
        column = in_column(owner=self.left, spacing=8)
        line = Panel()
        line.put(FlowRow(self.call, self.counts, spacing=16, at_end=1))
        column.addWidget(line)
        self.told = label("受付順（優劣を示すものではありません）", "small")
        tools = (self.look, self.drafting, self.export)
        self._over_list = FlowRow(section("団体別の進み具合"), self.told, *tools, spacing=12, at_end=len(tools))
        add(
            column,
            self._over_list,
            (self.table, 1),
            self.ended,
            self.hint,
        )
        self.facts = FlowRow(self.last_day, self.undated, spacing=24)
        column.addWidget(self.facts)
        self.side = Pages()
        self.side.addWidget(in_scroll_area(self.detail))
        self.across = ListAndDetail(self.left, self.side, back=in_year_words("派遣の一覧"), wide=_SIDE_WIDTH, usual=300)
        page = QWidget()
        in_column((self.across, 1), owner=page, margins=(t.PAGE_X, 0, t.PAGE_X, 8))
        in_column((page, 1), self.bar, owner=self, spacing=0)

    def _connect(self) -> None:
        self.ended.toggled.connect(lambda _on: self._fill())
        self.detail.change.chosen.connect(self.edit_request)
        on_key(self, _PHONE, self.record.click)
        disable_when_read_only(self.app_context, self.record)

    def fit_size(self) -> None:
        """Show 「希望票を見る」 on a narrow window, and hide the small words on a low one."""
        low = self.window().height() < t.scaled(_LOW_HEIGHT)
        ensure_visible(self.look, seen=t.should_fold_columns(self.window().width()))
        ensure_visible(self.facts, seen=not low)
        ensure_visible(self.hint, seen=not low)
        self._place_tools()

    def _place_tools(self) -> None:
        """Place the list's buttons above the list where the heading would wrap; 起案資料 is then in a menu."""
        below, heading = self.window().width() < t.FOLD_WIDE, self.record.parentWidget()
        if below == self._tools_below or not isinstance(heading, FlowRow):
            return
        self._tools_below = below
        for tool in self._of_list:
            hidden = tool.isHidden()
            (self._over_list if below else heading).add_before(tool, self.export if below else self.record)
            tool.setHidden(hidden)
        for part in (self.told, self.drafting):
            ensure_visible(part, seen=not below)

    # navigation

    @cached_property
    def request_form(self) -> RequestForm:
        """Return the form of a 希望票 for the right column, built when first used."""
        made = RequestForm(self.app_context)
        made.saved.connect(self._on_request_saved)
        made.closed.connect(self.close_form)
        self.side.addWidget(made)
        return made

    def open_with(self, **arguments: Any) -> None:
        """Select a request (``wish_id``), or that of a 派遣 (``event_id``) or of a 団体 (``organisation_id``).

        ``new`` and ``edit`` identify a request to enter or correct one, so that returning to the page does not open the
        form again.
        """
        known = {key: arguments[key] for key in ("wish_id", "event_id", "organisation_id") if arguments.get(key)}
        self._wanted = known or self._wanted
        self._asked = arguments.get("granted") or self._asked
        for key in ("new", "edit"):
            word = str(arguments.get(key) or "")
            setattr(self, f"_{key}", word if word != self._asked else "")

    def view_state(self) -> dict[str, Any]:
        """Return the selected request, and the last fulfilled ``new`` or ``edit``."""
        current = self._current_row()
        slip = current.request if current is not None else None
        return {"wish_id": slip.id if slip is not None else None, "granted": self._asked}

    @property
    def is_form_open(self) -> bool:
        """Return whether the right column holds the form."""
        return self.side.currentIndex() == 1

    def reload(self) -> None:
        """Read the 派遣 of the year."""
        self.run_read(
            self._show,
            read_dispatches,
            today=self.today,
            fiscal_year=self.fiscal_year,
            kind=self._kind,
        )

    def show_kind(self, kind: str) -> None:
        """Show the visits of a kind."""
        if kind != self._kind:
            self._kind = kind
            self.mark_stale()

    # display

    def _show(self, year: DispatchYear) -> Iterator[None]:
        """Show the list, then in another turn of the event loop the panel beside it."""
        first = self.year is None
        self.year = year
        today, kind = self.today, year.requests.kind
        self.across.back.set_words(f"‹ {kind.name}の一覧に戻る")
        self.call.show_steps([(one.words, one.state) for one in year.call_steps])
        self.counts.setText(
            f"希望 {year.requests.organisation_count}団体　決定 {year.selected_count} / "
            f"{planned_words(kind)}　{kind.clause_planned}".rstrip("　")
        )
        end = short_date(year.report_end, today)
        last = f"　報告書が {end} までに収まるのは {short_date(year.last_day, today)} まで"
        self.last_day.setText(
            f"実施できる期間　{short_date(kind.window_end, today)} まで{in_short_brackets(kind.clause_window)}"
            f"{last if year.last_day < kind.window_end else ''}"
        )
        self.undated.setText(f"日程が未定　{'、'.join(year.without_date) or 'ありません'}")
        wanted = self._find_target_row(year)
        if wanted is not None and wanted.steps.end_reason:
            self.ended.setChecked(True)
        # After saving, the row stays selected even if it no longer fits the filter, so that the next step is never
        # filled in for another 団体.
        stays = wanted if wanted is not None else self._current_row()
        self.table.keep_row(stays)
        self._fills = True
        self._fill(stays)
        if wanted is not None:
            self.table.choose(lambda one: one.id == wanted.id, take_focus=not self.is_form_open)
        elif first and self.table.current() is None:
            self._select_first()
        self._fills = False
        yield
        self._choose(self._current_row())
        if self.is_form_open:
            self.request_form.refresh_requests(year.requests)
        self._open_target(year, wanted)

    def _find_target_row(self, year: DispatchYear) -> DispatchRow | None:
        """Return the row that the link to this page asked for, or None."""
        wanted, self._wanted = self._wanted, {}
        for key, number in wanted.items():
            found = next((one for one in year.rows if _link_arguments(one)[key] == number), None)
            keys = [one.kind for one in year.requests.visit_kinds]
            after = keys[keys.index(year.requests.kind.kind) + 1 :] if not self._new else []
            if found is None and (after or key == "organisation_id"):
                self._wanted = wanted  # of another kind, or of a 団体 without a request, for which the form is
            if found is None and after:
                self.kind_asked.emit(after[0])
            if found is not None:
                return found
        return None

    def _select_first(self) -> None:
        """Select the first row on which the ward has to act (one passed or due soon goes first), else the first."""
        mine = [
            one for one in self.table.model.records() if one.steps.current_step and one.steps.responsible_side == "区"
        ]
        late = [one for one in mine if one.step_due is not None and (one.step_due.is_passed or one.step_due.is_soon)]
        first = next(iter((*late, *mine)), None)
        self.table.choose(lambda one: first is None or one.id == first.id, take_focus=False)

    def _open_target(self, year: DispatchYear, target_row: DispatchRow | None) -> None:
        """Open the form that is wanted: of a request just entered, a new one (``new``) or the selected one (``edit``).

        With read-only data only the first.
        """
        if self._to_fill:
            slip = next((one for one in year.requests.rows if one.id == self._to_fill), None)
            self._to_fill = 0
            if slip is not None:
                self._open_form(lambda: self.request_form.open_request(year.requests, slip, just_saved=True))
        if self.app_context.read_only:
            return
        if self._new:
            self._asked, self._new = self._new, ""
            known = self._wanted.pop("organisation_id", None) or (
                target_row.organisation.id if target_row is not None and target_row.organisation is not None else 0
            )
            self.add(year.requests.organisations.get(known))
        elif self._edit:
            self._asked, self._edit = self._edit, ""
            self.edit_request()

    def _fill(self, kept_row: DispatchRow | None = None) -> None:
        """Fill the list; ``kept_row``, which has just ended, stays visible though ended ones are folded."""
        if self.year is None:
            return
        ended = [one for one in self.year.rows if one.steps.end_reason]
        self.ended.show_count(len(ended), *map(ended_row_text, ended))
        going = [one for one in self.year.rows if not one.steps.end_reason]
        seen = [one for one in ended if self.ended.isChecked() or (kept_row is not None and one.id == kept_row.id)]
        self.table.show_rows([*going, *seen])
        self.hint.setText(f"{self.year.organisation_count}団体　　{_HINT}")

    def _current_row(self) -> DispatchRow | None:
        current = self.table.current()
        return current if isinstance(current, DispatchRow) else None

    def _choose(self, current: DispatchRow | None) -> None:
        """Show request and next step of the chosen row, None hides both; nothing while the list is being filled."""
        if self._fills:
            return
        self.detail.setVisible(current is not None)
        if current is not None and self.year is not None:
            self.detail.show_row(self.year.requests, current)
        self._show_next_step(current)

    def _show_next_step(self, current: DispatchRow | None) -> None:
        """Say the next step of the chosen row in the bar, with its button; nothing for None."""
        if current is None or self.year is None:
            self.act.hide()
            self.bar.show_words("")
            return
        words = next_button_text(current)
        self.act.set_words(words)
        self.act.setVisible(bool(words))
        writes = current.steps.next_task in TASKS_DONE_HERE
        self.act.setEnabled(not (writes and self.app_context.read_only))
        self.act.set_filled(
            bool(current.steps.current_step) and current.steps.responsible_side == "区" and not self.is_form_open
        )
        self.bar.show_words(f"**{current.name}**　{self._row_note(current)}")

    def _row_note(self, current: DispatchRow) -> str:
        """Return the sentence on what is next for a row, or why nothing is.

        For 選定, once as many are selected as planned, it says that one more needs a 協議.
        """
        slips, turn = self.year.requests if self.year is not None else None, current.steps.current_step
        if (
            turn == "選定"
            and slips is not None
            and self.year is not None
            and self.year.selected_count >= slips.kind.planned
        ):
            more = f"{self.year.selected_count + 1}{slips.kind.planned_unit}目は、協議の記録を残します。"
            return f"決定は {self.year.selected_count} / {planned_words(slips.kind)}です。{more}"
        if current.steps.end_reason:
            return f"{current.steps.end_reason}のため、ここまでです。"
        if not turn:
            return "すべての段が済んでいます。"
        why = "。決定通知は、実施回から出します" if current.steps.next_task == ADD_VISIT else ""
        return f"つぎは「{turn}」：{in_year_words(current.steps.next_words)}{why}"

    # actions

    def open_row(self) -> None:
        """Open 支援のあゆみ at the current step; for a 団体 without a 実施回 do the next step here."""
        current = self._current_row()
        if current is None:
            return
        if current.event is not None:
            part = {"part": current.steps.current_step} if current.steps.current_step else {}
            self.go("event", event_id=current.event.id, tab="支援のあゆみ", **part)
        elif current.steps.current_step:
            self.open_next_step()
        else:
            self._show_request()

    def open_next_step(self) -> None:
        """Do the next task of the row: its dialog opens, or the screen where it is done."""
        current = self._current_row()
        if current is None:
            return
        if current.steps.next_task in TASKS_DONE_HERE:
            if self.may_write:
                self._run_step_here(current.steps.next_task, current)
            return
        way = route_of_task(current.steps.next_task, current.event.id) if current.event is not None else None
        if way is not None:
            self.follow(way)
        else:
            self.open_row()

    def _run_step_here(self, next_task: str, current: DispatchRow) -> None:
        """Open the dialog or form of the next step, or emit ``event_asked`` to add the 派遣."""
        if next_task == "選定を記録する":
            self.detail.open_decision()
        elif next_task == ADD_VISIT and current.organisation is not None:
            self.event_asked.emit(current.organisation.id, current.organisation.name)
        elif current.request is None:
            self.add(current.organisation)
        else:
            self.edit_request()

    def link_new_event(self, event_id: int) -> None:
        """Link a newly added 派遣 to the request of the selected row; nothing unless that is 決定."""
        current = self._current_row()
        if current is not None and current.request is not None and current.request.request.outcome.is_chosen:
            self.run_action(link_event, wish_id=current.request.id, event_id=event_id)

    def add(self, organisation: Organisation | None = None) -> None:
        """Open the form of a new request, of ``organisation`` if given, in the right column."""
        if self.year is not None and self.may_write:
            if (
                organisation is None
                and self.side.currentWidget() is self.request_form
                and not self.request_form.wish_id
            ):
                self.request_form.finder.setFocus(Qt.FocusReason.OtherFocusReason)  # typed text stays
                return
            slips = self.year.requests
            self._open_form(lambda: self.request_form.open_new(slips, organisation))

    def edit_request(self) -> None:
        """Open the form to correct the request of the selected row, or to enter it if there is none."""
        current = self._current_row()
        if current is None or self.year is None or self.app_context.read_only:
            return
        slips, slip = self.year.requests, current.request
        if slip is None:
            self.add(current.organisation)
            return
        self.app_context.note_access("希望票", organisation_id=slip.request.organisation_id)
        self._open_form(lambda: self.request_form.open_request(slips, slip))

    def _open_form(self, focus_form: Callable[[], None]) -> None:
        """Show the form and call ``focus_form`` while the pressed button still exists.

        Otherwise Qt would move the focus of the vanished button to the save button, which has the same text.
        """
        self.side.setCurrentWidget(self.request_form)
        self.across.show_detail()
        focus_form()
        self.across.fold()
        self._set_tools_hidden(True)
        self._show_next_step(self._current_row())

    def _set_tools_hidden(self, paused: bool) -> None:
        """Hide the list's buttons while the form is open.

        The property ``rests`` keeps them hidden when the heading is rebuilt.
        """
        for tool in self.tools:
            tool.setProperty("rests", paused)
            tool.setVisible(not paused)

    def close_form(self) -> None:
        """Show the request of the selected row again, and focus the list."""
        self.side.setCurrentIndex(0)
        self._set_tools_hidden(False)
        self.across.show_list()
        self._show_next_step(self._current_row())
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_request_saved(self, saved: Any) -> None:
        """After saving a new request have all its fields shown at the next reading, of a corrected one close the form.

        The saved request is selected then.
        """
        if not self.request_form.wish_id:
            self._to_fill = saved.id
        else:
            self.close_form()
        self._wanted = {"wish_id": saved.id}

    def _show_request(self) -> None:
        """Close the form, unless it warns of unsaved text, and show the request again."""
        if self.is_form_open:
            self.request_form.close_unsaved()
            if self.is_form_open:
                return
        self.across.show_detail()
        self.detail.change.setFocus(Qt.FocusReason.OtherFocusReason)

    # documents

    def document_actions(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """Return the entries of 「募集要項・用紙」: text and action."""
        return (
            ("募集要項", lambda: self._open_document(CALL_FOR_REQUESTS)),
            ("希望票の用紙", lambda: self._open_document(REQUEST_FORM)),
            (in_year_words(SELECTION), lambda: self._open_document(SELECTION)),
        )

    def _open_document(self, kind: str) -> None:
        if self.year is not None:
            about = self.year.requests
            show_year_document(self, kind, fiscal_year=about.fiscal_year, item=about.item)


def _link_arguments(one: DispatchRow) -> dict[str, int | None]:
    return {
        "wish_id": one.request.id if one.request is not None else None,
        "event_id": one.event.id if one.event is not None else None,
        "organisation_id": one.organisation.id if one.organisation is not None else None,
    }


def next_button_text(one: DispatchRow) -> str:
    """Return the text of a row's button: its current step, or the link to 支援のあゆみ; "" = neither."""
    if one.steps.next_task in TASKS_DONE_HERE:
        return in_year_words(TASKS_DONE_HERE[one.steps.next_task])
    way = route_of_task(one.steps.next_task, one.event.id) if one.event is not None else None
    return way.label if way is not None else "支援のあゆみを開く" if one.event is not None else ""
