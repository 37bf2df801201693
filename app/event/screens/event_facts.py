"""List この回のこと: what an event is, one line each; a tick = nothing is left to be done there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.calendar.dates import short_date
from app.common.display_words import display_word
from app.common.join_nonempty import join_nonempty
from app.event.rules.agenda import leaves_rest, minutes_of, total_minutes
from app.event.services.event_view import EventView
from app.programme.rules import people_words
from app.widgets.labels import label, section
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.fitted_table import FittedTable
from app.widgets.lists.record_model import Cell, Column, unsorted
from db.record import record
from db.records.events import Event


@record
class FactLine:
    """One line: its name, its value, a grey line below, a tool tip; something is ``missing``, or all ``is_done``."""

    id: str
    value: str
    second: str = ""
    tip: str = ""
    missing: bool = False
    is_done: bool = False


def reason_words(event: Event) -> str:
    """Return the reason recorded for what differs from the contract, "" for none."""
    kind = f"（{display_word(event.exception_kind)}）" if event.exception_kind else ""
    return f"記録した理由　{event.exception_reason}{kind}" if event.exception_reason else ""


def fact_lines(view: EventView, today: date) -> Iterator[FactLine]:
    """Yield the lines of an event."""
    event, totals = view.event, view.headcount
    seats = f"会場の定員 {event.venue_capacity}人" if event.venue_capacity is not None else ""
    reason = event.reason_for(view.numbers.clause_people)
    about = join_nonempty(f"仕様 {people_words(view.numbers)}", seats, "理由を記録済" if reason else "")
    expected = f"{totals.people}人・{totals.organisations}団体" if totals.people else "人数は未入力"
    yield FactLine(id="参加", value=expected, second=about, tip=reason_words(event) if reason else "")
    if view.steps:
        waiting = [step.name for step in view.steps if not step.is_closed]
        inferred = [step for step in view.steps if step.is_inferred]
        unrecorded = f"{len(inferred)}段は記録なし（{inferred[-1].note}）" if inferred else ""
        done = f"{view.steps[0].name}から{view.steps[-1].name}まで" if inferred else f"{len(view.steps)}段 済"
        yield FactLine(
            id="募集",
            value=_left(waiting) or done,
            second=unrecorded,
            missing=bool(waiting),
            is_done=not waiting and not inferred,
        )
    open_topics = [one.topic for one in view.topics if one.is_open]
    yield FactLine(
        id="協議",
        value=_left(open_topics) or (f"{len(view.topics)}件 済" if view.topics else "まだありません"),
        missing=bool(open_topics),
        is_done=bool(view.topics) and not open_topics,
    )
    yield FactLine(id="会場", value=view.place_words or "会場未定", missing=not view.place_words)
    if event.lecturer:
        yield FactLine(id=view.numbers.lecturer, value=event.lecturer)
    if event.content:
        yield FactLine(id="内容", value=event.content.split("\n")[0])
    minutes = total_minutes(row.item for row in view.agenda)
    rest = minutes_of(event.end_time) - minutes_of(event.start_time) - minutes
    yield FactLine(
        id="進行",
        value=f"{event.hours}　{minutes}分" if view.agenda else "まだありません",
        second=f"あと{rest}分は団体の時間" if view.agenda and rest > 0 and leaves_rest(view.numbers) else "",
        tip="\n".join(view.agenda_remarks),
        missing=not view.agenda or bool(view.agenda_remarks),
    )
    unchecked = sum(row.checked_on is None for row in view.equipment)
    left = f"{unchecked}品目の記録なし" if view.phase.is_over else f"{unchecked}品目がまだ"
    yield FactLine(
        id="機材",
        value=left if unchecked else f"{len(view.equipment)}品目 済" if view.equipment else "なし",
        tip="\n".join(view.equipment_remarks),
        missing=bool(unchecked) and not view.phase.is_over,
        is_done=bool(view.equipment) and not unchecked,
    )
    yield _result_line(view, today)


def _left(names: list[str]) -> str:
    """Return 「設問がまだ」, 「内容、機材 ほか2件がまだ」, "" for nothing."""
    more = f" ほか{len(names) - 2}件" if len(names) > 2 else ""
    return f"{'、'.join(names[:2])}{more}がまだ" if names else ""


def _result_line(view: EventView, today: date) -> FactLine:
    result, day = view.result, view.event.event_date
    if result is not None:
        groups = f"・{result.attended_organisations}団体" if result.attended_organisations is not None else ""
        known = f"出席 {result.attended}人{groups}" if result.attended is not None else "実施済"
        return FactLine(id="記録", value=known, is_done=True)
    if view.phase.is_over or (day is not None and day <= today and view.phase.will_be_held):
        return FactLine(id="記録", value="結果がまだ", missing=True)
    begins = f"{short_date(day, today)} から書けます" if day is not None else "日程が決まると書けます"
    return FactLine(id="記録", value=begins)


def _value(line: FactLine) -> Cell:
    sign = "check-circle-fill" if line.is_done else ""
    return Cell(line.value, line.second, strong=line.missing, icon=sign, icon_tone="green", tip=line.tip)


class EventFacts(QWidget):
    """List この回のこと. Signals: ``opened(str)`` the name of a line (参加, 募集 …) that was pressed, or Enter."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.table = FittedTable(
            "event-facts",
            unsorted(
                Column("name", "こと", lambda line: Cell(line.id, tone="second"), width=64, keeps_width=True),
                Column("value", "いま", _value, stretch=True),
            ),
            title="この回のこと",
            empty="",
            head=False,
            on_open=lambda line: self.opened.emit(line.id),
            on_click=lambda line, _key: self.opened.emit(line.id),
        )
        in_column(in_row(section("この回のこと"), label("→ で移る", "small"), None), self.table, owner=self, spacing=4)
        self.setFocusProxy(self.table)

    def show_view(self, view: EventView, today: date) -> None:
        """Show what the event is."""
        self.table.show_rows(tuple(fact_lines(view, today)))
