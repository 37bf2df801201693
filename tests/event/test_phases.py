"""Every surface answers alike about one event, in every situation: ``phases.tsv`` says how."""

import csv
import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.event.rules.event_warning import AGREEMENT
from app.event.services.event_cancellation import restore_event
from app.event.services.event_moves import move_event
from app.event.services.event_results import mark_held, record_result
from app.events.calls.services.calls import decide_change
from app.events.dispatches.services.dispatch_requests import decide_dispatch_request
from db.records.dispatches import DispatchRequest
from db.records.event_status import CutShort
from db.records.events import EventResult
from db.rows import row
from tests.event.phase_surfaces import READERS, SURFACES, Asked
from tests.support.sample import BY, event_id, sample_store
from tests.support.years import add_lecture

DECIDED = date(2026, 12, 1)
"""The day of the sample year, on which everything is decided."""
DAY, NEW_DAY, VISIT_DAY = date(2026, 12, 8), date(2026, 12, 15), date(2027, 1, 20)


class Office:
    """Does to the event of a situation what an office does."""

    def __init__(self, store, number: int) -> None:
        self.store, self.number = store, number

    def on(self, day: date) -> ActionContext:
        return ActionContext(self.store, BY, datetime.combine(day, time(9, 5)))

    def decides(self, kind: str, day: date = DECIDED) -> None:
        given = {"decided_at": datetime.combine(day, time(9)), "decided_by": "課長", "reason": "台風のため"}
        decide_change(self.on(day), event_id=self.number, kind=kind, **given)

    def moves(self, day: date) -> None:
        move_event(self.on(DECIDED), event_id=self.number, new_date=day, reason="会場の都合")

    def takes_back(self) -> None:
        restore_event(self.on(DECIDED), event_id=self.number)

    def holds(self) -> None:
        mark_held(self.on(DAY), event_id=self.number)

    def breaks_off(self) -> None:
        given = {"attended": 12, "cut_short": CutShort.LEFT_OUT, "ended_at": "14:40", "cut_reason": "火災報知器"}
        result = EventResult(event_id=self.number, people_at_end=12, **given)
        record_result(self.on(DAY), event_id=self.number, result=result)

    def answers(self, outcome: str) -> None:
        request = row(self.store.database, DispatchRequest, event_id=self.number)
        given = {"outcome": outcome, "decided_on": DECIDED, "reason": "団体の都合"} if outcome else {}
        empty = {"outcome": "", "decided_on": DECIDED, "reason": ""}
        decide_dispatch_request(self.on(DECIDED), wish_id=request.id, **(given or empty))

    def adds_one_without_a_day(self) -> None:
        self.number = add_lecture(
            self.store, None, subject="みほんの会", exception_reason="希望が多いため", exception_kind=AGREEMENT
        )


def _nothing(_office: Office) -> None:
    """All is as in the sample year."""


def _both(office: Office) -> None:
    office.decides("延期")
    office.decides("会場の変更")


def _back(office: Office) -> None:
    office.decides("中止")
    office.takes_back()


def _postponed_and_back(office: Office) -> None:
    office.decides("延期")
    _back(office)


def _moved(office: Office) -> None:
    office.decides("日時の変更")
    office.moves(NEW_DAY)


def _moved_and_back(office: Office) -> None:
    _moved(office)
    office.decides("日時の変更", date(2026, 12, 2))
    office.moves(DAY)


def _decided(kind: str) -> Callable[[Office], None]:
    return lambda office: office.decides(kind)


def _answered(outcome: str) -> Callable[[Office], None]:
    return lambda office: office.answers(outcome)


AFTER, AFTER_VISIT = date(2026, 12, 10), date(2027, 1, 25)
SITUATIONS: dict[str, tuple[str, Callable[[Office], None], date]] = {
    "予定": ("講習会", _nothing, DECIDED),
    "延期": ("講習会", _decided("延期"), DECIDED),
    "日時の変更": ("講習会", _decided("日時の変更"), DECIDED),
    "会場の変更": ("講習会", _decided("会場の変更"), DECIDED),
    "日程変更": ("講習会", _moved, DECIDED),
    "中止": ("講習会", _decided("中止"), DECIDED),
    "中止の取消": ("講習会", _back, DECIDED),
    "派遣 予定": ("派遣", _nothing, DECIDED),
    "派遣 取下げ": ("派遣", _answered("取下げ"), DECIDED),
    "派遣 不採択": ("派遣", _answered("不採択"), DECIDED),
    "未記録": ("講習会", _nothing, AFTER),
    "延期 旧日後": ("講習会", _decided("延期"), AFTER),
    "会場の変更 日後": ("講習会", _decided("会場の変更"), AFTER),
    "中止 日後": ("講習会", _decided("中止"), AFTER),
    "実施済 人数なし": ("講習会", lambda office: office.holds(), AFTER),
    "取下げ 日後": ("派遣", _answered("取下げ"), AFTER_VISIT),
    "派遣 未記録": ("派遣", _nothing, AFTER_VISIT),
    "延期 旧日当日": ("講習会", _decided("延期"), DAY),
    "取下げ 前日": ("派遣", _answered("取下げ"), date(2027, 1, 19)),
    "途中打切り 数えない": ("講習会", lambda office: office.breaks_off(), AFTER),
    "予定 当日": ("講習会", _nothing, DAY),
    "選定前": ("派遣", _answered(""), DECIDED),
    "協議中": ("講習会", lambda office: office.adds_one_without_a_day(), DECIDED),
    "延期のあと中止、中止の取消": ("講習会", _postponed_and_back, DECIDED),
    "動かして戻した": ("講習会", _moved_and_back, DECIDED),
    "延期と会場の変更": ("講習会", _both, DECIDED),
    "会場の変更 当日": ("講習会", _decided("会場の変更"), DAY),
}
_TABLE = (Path(__file__).parent / "phases.tsv").read_text(encoding="utf-8").splitlines()
MATRIX = {one["situation"]: one for one in csv.DictReader(_TABLE, delimiter="\t")}


def arranged(folder: Path, name: str) -> Asked:
    """Bring the event of a situation into it, on a copy of the sample year."""
    kind, act, today = SITUATIONS[name]
    store = sample_store(folder)
    office = Office(store, event_id(store, kind, 6 if kind == "講習会" else 3))
    act(office)
    return Asked(store=store, event_id=office.number, today=today, guide_of=event_id(store, "講習会", 5))


@pytest.mark.parametrize("name", SITUATIONS)
def test_every_surface_answers_as_the_matrix_says(tmp_path, name):
    asked = arranged(tmp_path, name)
    said = {surface: str(read(asked)) for surface, read in SURFACES.items()}
    asked.store.database.conn.close()
    assert said == {surface: MATRIX[name][surface] for surface in SURFACES}


def test_every_module_that_asks_for_a_phase_makes_a_surface_of_the_matrix():
    asks = re.compile(
        r"from app\.documents\.event_phase import|from app\.event\.services\.event_state import"
        r"|from app\.event\.rules\.event_state import .*\b(state_of|phase_of|open_change|awaits_day)\b"
        r"|\w\.phase\b|\w\.awaited_change\b"
    )
    found = {
        ".".join(path.with_suffix("").parts[1:])
        for path in Path("app").rglob("*.py")
        if asks.search(path.read_text(encoding="utf-8"))
    }
    assert found - {"documents.event_phase"} == set(READERS)
    assert {one for surfaces in READERS.values() for one in surfaces.split()} <= set(SURFACES)
