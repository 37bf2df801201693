"""The record of a drill as it is printed, what is numbered and named, and which task of the year it closes."""

from dataclasses import replace
from datetime import date, datetime, timedelta

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
GOOD = RestoreDrill(
    fiscal_year=2026, number=3, began=NOW, ended=NOW + timedelta(seconds=95), by=BY, witness="見本 花子", pc="MADO-09",
    opened_with="回復キー", generation=12, made=MADE, replayed=4,
    places=(
        DrillFolder(where="データの中", newest=MADE, generations=7),
        DrillFolder(where="共有", newest=MADE, generations=0),
    ),
    steps=(
        DrillStep(what="戻した", at=NOW, good=True),
        DrillStep(what="開いた", at=NOW, good=True, note="回復キーで開いた"),
    ),
    counts=tuple(DrillCount(what=what, living=1200, restored=1200) for what in ("実施回", "団体", "人")),
)  # fmt: skip
BAD = replace(
    GOOD, number=11, ended=NOW, witness="", generation=0, made=None, replayed=0, missing=2,
    places=(DrillFolder(where="共有", newest=None, generations=None, state="読めない"),),
    steps=(DrillStep(what="戻した", at=NOW, good=False, note="使えるバックアップがない"),),
    counts=(DrillCount(what="実施回", living=3, restored=1), DrillCount(what="団体", living=2, restored=2)),
    notes=("時計が違う",), treatment="写し直した", treated_by="見本 花子", treated_on=date(2026, 9, 3),
)  # fmt: skip


@pytest.mark.parametrize(
    ("drill", "case"),
    [(GOOD, "うまくいった"), (BAD, "見つかった"), (replace(BAD, counts=()), "戻せなかった"),
     (replace(GOOD, counts=GOOD.counts[:2], ended=NOW + timedelta(seconds=1)), "2種類を1秒で")],
)  # fmt: skip
def test_the_record_says_what_was_restored_compared_and_done(drill, case):
    paper = drill_record(plain_context(), drill, year_words="R8", next_on=date(2027, 11, 30))
    assert_paper([paper.reference, *lines_of(paper)], case)


def test_drills_are_numbered_by_year_and_a_good_one_closes_the_task_once(store):
    given = [BAD, GOOD, GOOD, replace(GOOD, fiscal_year=2027)]
    done = [services.record_drill(acting(store), drill=one, witness=" 見本 花子 ") for one in given]
    assert [one.message for one in done[:2]] == [
        "復元の点検で、確かめることが見つかりました。",
        "復元の点検を終えました。件数はすべて合っています。",
    ]
    assert {one.can_undo for one in done} == {False}
    assert [(one.fiscal_year, one.number, one.witness) for one in reversed(services.read_drills(store))] == [
        (2026, 1, "見本 花子"), (2026, 2, "見本 花子"), (2026, 3, "見本 花子"), (2027, 1, "見本 花子"),
    ]  # fmt: skip
    closings = [(one.task, one.closed_on, one.reason) for one in rows(store.database, TaskClosing)]
    assert closings == [(DRILL, NOW.date(), "復元の点検記録 第2号")]
    for year, titles in ((2026, ["第1号　9/1(火)", "第2号　9/1(火)", "第3号　9/1(火)"]), (2025, []), (None, [])):
        scope = DocumentScope(fiscal_year=year)
        assert [one.title for one in services._records(store, scope)] == titles
        assert len(services._chosen_drills(store, scope)) == len(titles)
    newest = services.build_record(store, DocumentScope(fiscal_year=2026), NOW)
    named = services.build_record(store, DocumentScope(fiscal_year=2026, item=done[1].id), NOW)
    assert (newest.reference, named.reference) == ("R8-復元-03", "R8-復元-02")
    assert "つぎの点検｜R9.11.30（火）まで" in lines_of(newest)[-1]
    with pytest.raises(UserError, match="処置が書かれていません"):
        services.record_treatment(acting(store), drill_id=done[0].id, words=" ")
    services.record_treatment(acting(store), drill_id=done[0].id, words=" 写し直した ")
    kept = by_id(store.database, RestoreDrill, done[0].id)
    assert (kept.treatment, kept.treated_by, kept.treated_on) == ("写し直した", BY, NOW.date())
