"""The record of a drill as it is printed, what is numbered and named, and which task of the year it closes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.event.rules.target_dates import DRILL
from app.settings.drill import services
from app.settings.drill.documents import drill_record
from db.records.backups import DrillCount, DrillFolder, DrillStep, RestoreDrill
from db.records.programme import TaskClosing
from db.rows import by_id, rows
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import BY, NOW, acting, plain_context

MADE = datetime(2026, 8, 31, 18, 5)
SAME = tuple(DrillCount(what=what, living=1200, restored=1200) for what in ("実施回", "団体", "人"))
WELL = {
    "fiscal_year": 2026, "number": 3, "began": NOW, "ended": NOW + timedelta(seconds=95), "by": BY, "pc": "MADO-09",
    "witness": "見本 花子", "opened_with": "回復キー", "generation": 12, "made": MADE, "replayed": 4, "counts": SAME,
    "places": (DrillFolder(where="データの中", newest=MADE, generations=7),),
    "steps": (DrillStep(what="戻した", at=NOW, good=True), DrillStep(what="開いた", at=NOW, good=True, note="鍵")),
}  # fmt: skip
BADLY = {
    "number": 11, "ended": NOW, "witness": "", "generation": 0, "made": None, "replayed": 0, "missing": 2,
    "places": (DrillFolder(where="共有", newest=None, generations=None, state="読めない"),),
    "steps": (DrillStep(what="戻した", at=NOW, good=False, note="使えるバックアップがない"),),
    "counts": (DrillCount(what="実施回", living=3, restored=1), DrillCount(what="団体", living=2, restored=2)),
    "notes": ("時計が違う",), "treatment": "写し直した", "treated_by": "見本 花子", "treated_on": date(2026, 9, 3),
}  # fmt: skip
GOOD, BAD = RestoreDrill(**WELL), RestoreDrill(**WELL | BADLY)


@pytest.mark.parametrize(
    ("drill", "case"),
    [
        (GOOD, "うまくいった"),
        (BAD, "見つかった"),
        (replace(BAD, counts=()), "戻せなかった"),
        (replace(GOOD, counts=GOOD.counts[:2], ended=NOW + timedelta(seconds=1)), "2種類を1秒で"),
    ],
)
def test_the_record_says_what_was_restored_compared_and_done(drill, case):
    paper = drill_record(plain_context(), drill, year_words="R8", next_on=date(2027, 11, 30))
    assert_paper([paper.reference, *lines_of(paper)], case)


def record(store, drill):
    return services.record_drill(acting(store), drill=drill, witness=" 見本 花子 ")


def build(store, **more):
    return services.build_record(store, DocumentScope(fiscal_year=2026, **more), NOW)


def is_ready(store):
    return services._is_available(store, SimpleNamespace(scope=DocumentScope(fiscal_year=2026)))


def test_drills_are_numbered_by_year_and_a_good_one_closes_the_task_once(store):
    given = [replace(BAD, treatment=""), GOOD, GOOD, replace(GOOD, fiscal_year=2027)]
    done = [record(store, one) for one in given]
    assert [one.message for one in done[:2]] == [
        "復元の点検で、確かめることが見つかりました。",
        "復元の点検を終えました。件数はすべて合っています。",
    ]
    assert {one.can_undo for one in done} == {False}
    told = [f"{one.fiscal_year}-{one.number} {one.witness}" for one in reversed(services.read_drills(store))]
    assert told == [f"{number} 見本 花子" for number in ("2026-1", "2026-2", "2026-3", "2027-1")]
    closings = [(one.task, one.closed_on, one.reason) for one in rows(store.database, TaskClosing)]
    assert closings == [(DRILL, NOW.date(), "復元の点検記録 第2号")]
    for year, titles in ((2026, ["第1号　9/1(火)", "第2号　9/1(火)", "第3号　9/1(火)"]), (2025, []), (None, [])):
        scope = DocumentScope(fiscal_year=year)
        assert [one.title for one in services._records(store, scope)] == titles
        assert len(services._chosen_drills(store, scope)) == len(titles)
    assert (build(store).reference, build(store, item=done[1].id).reference) == ("R8-復元-03", "R8-復元-02")
    assert "つぎの点検｜R9.11.30（火）まで" in lines_of(build(store))[-1]


def test_the_newest_waits_for_its_treatment_and_has_no_record_before(store):
    record(store, replace(GOOD, fiscal_year=2025))
    with pytest.raises(UserError, match="まだしていません"):
        build(store)
    assert (services.untreated_drill(store), is_ready(store)) == (None, False)
    bad = record(store, replace(BAD, treatment="")).id
    with pytest.raises(UserError, match="処置が、まだ書かれていません"):
        build(store)
    assert (services.untreated_drill(store).id, is_ready(store)) == (bad, False)
    with pytest.raises(UserError, match="処置が書かれていません"):
        services.record_treatment(acting(store), drill_id=bad, words=" ")
    services.record_treatment(acting(store), drill_id=bad, words=" 写し直した ")
    kept = by_id(store.database, RestoreDrill, bad)
    assert (kept.treatment, kept.treated_by, kept.treated_on) == ("写し直した", BY, NOW.date())
    assert (services.untreated_drill(store), is_ready(store), build(store).reference) == (None, True, "R8-復元-01")
    record(store, GOOD)
    assert (services.untreated_drill(store), build(store).reference) == (None, "R8-復元-02")
    record(store, replace(BAD, treatment=""))
    record(store, GOOD)
    assert services.untreated_drill(store) is None, "an older one waits no more"
