"""The numbers of the events of the sample year beside every place that states them, with what lies behind each, whole:
as they are, and after the records changed."""

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.year_end.consistency.services.event_numbers import (
    accept_difference,
    consistency_doubts,
    read_breakdown,
    read_event_numbers,
    reopen_difference,
)
from app.year_end.consistency.services.report_drift import report_drift
from db.query_cache import caching
from db.records.events import EventResult
from db.records.roster import Attendance, Entry
from db.records.submissions.reports import AcceptedDifference, ReportFigure
from db.rows import row, rows
from tests.support.paper_lines import assert_paper, came
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by

year = made_by(sample_store)
EVENTS = (("講習会", 1), ("講習会", 3), ("講習会", 5), ("派遣", 1), ("派遣", 3), ("意見交換会", 1))


def lines_about(store, event):
    with caching(store.database):
        view = read_event_numbers(store, event_id=event)
        counts = f"食い違い {view.contradictions}　前の数 {view.outdated}　一致 {view.agreeing}"
        said = [f"{counts}　ずれ {report_drift(store, event)}"]
        for one in view.rows:
            said.append(f"{one.name}　{one.ours}{one.unit}")
            said += [
                f"　{cell.source.title}　{cell.source.day}　{cell.value}　{cell.status}"
                for cell in one.cells
                if cell.value
            ]
            wrong = next((cell.value for cell in one.cells if cell in one.contradictions), "")
            behind = read_breakdown(store, event_id=event, number=one.name, value=wrong)
            told = [f"{each.name}（{each.reason} {each.noted_at}）" for each in behind.differing]
            if behind.arithmetic or behind.cause or told or behind.document_words:
                said.append(
                    f"　＝{behind.arithmetic}　{behind.cause}　{'、'.join(told)}　{len(behind.everybody)}人"
                    f"　{'・'.join(behind.document_words)}"
                )
        said += [f"！{one.key}　{one.words}　{one.sources}" for one in view.inconsistencies]
        said += [f"連絡 {one.title}　{one.day}　{one.values}　{one.settled}" for one in view.notified]
        for kind in ("実施報告書", "受付名簿", "アンケート集計表", "当日進行表・機材チェック表"):
            doubts = consistency_doubts(store, DocumentScope(event_id=event), kind, NOW.date())
            said += [f"{kind}：{doubt}" for doubt in doubts]
    return [*said, *view.remarks]


@pytest.mark.parametrize(("kind", "ordinal"), EVENTS)
def test_the_numbers_of_an_event(year, kind, ordinal):
    event = event_id(year, kind, ordinal)
    before = lines_about(year, event)
    assert_paper(before, f"{kind}{ordinal}")
    entries = rows(year.database, Entry, event_id=event)
    with year.change(action="記録を直した", by=BY, now=NOW, event_id=event) as change:
        change.update(Entry, entries[0].id, attendance=Attendance.ABSENT)
        change.update(Entry, entries[1].id, walk_in=True)
        change.update(Entry, entries[4].id, substitute_for=entries[2].id)
        change.update(Entry, entries[2].id, absent_told_at=NOW, attendance=Attendance.ABSENT)
        change.update(Entry, entries[3].id, attendance=Attendance.UNKNOWN)
        for one in rows(year.database, ReportFigure):
            if one.item.startswith(("配布資料", "貸与")):
                change.update(ReportFigure, one.id, theirs="99")
        if (result := row(year.database, EventResult, event_id=event)) is not None:
            change.update(EventResult, result.id, source="手入力", attended=9, lent_devices=7, own_devices=30)
    assert_paper(came(before, lines_about(year, event)), f"{kind}{ordinal}　直したあと")


def test_a_difference_is_left_with_a_reason_until_a_number_changes(year):
    event, said = event_id(year, "講習会", 3), []
    before = lines_about(year, event)
    for number, place, reason in (
        ("出席", "届いた報告書", " "), ("申込", "届いた報告書", "数え方"), ("出席", "受付", "数え方"),
        ("出席", "届いた報告書", " 数え方 "), ("出席", "届いた報告書", "もう一度"), ("報告書の回収率", "", "四捨五入"),
    ):  # fmt: skip
        try:
            given = {"event_id": event, "number": number, "source_key": place, "reason": reason}
            said.append(f"→{accept_difference(acting(year), **given).message}")
        except UserError as error:
            said.append(f"×{error}")
    said += came(before, lines_about(year, event))
    kept = rows(year.database, AcceptedDifference, event_id=event)
    said += [f"{one.number}　{one.place}　{one.ours}　{one.theirs}　{one.reason}　{one.kept_on}" for one in kept]
    said += [reopen_difference(acting(year), acceptance_id=kept[0].id).message, *lines_about(year, event)[:1]]
    assert_paper(said, "残した食い違い")
