"""The papers between ward and contractor: the numbers told, the result on the materials, the reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.rules.dates import short_date
from app.rules.report_points import newest
from app.services import paper_building as building
from app.services.event_file import EventFile
from app.services.headcount_view import notice_title
from app.services.paper_kind import PaperKind, event_paper
from db.records.materials import RESULTS
from db.store import Store


def _told(place: int) -> Callable[[Store, EventFile, date], str]:
    def words(_store: Store, file: EventFile, today: date) -> str:
        notice = file.notices[place]
        told = f"連絡済 {short_date(notice.told_on, today)}" if notice.told_on else "作成済・未連絡"
        return f"{notice_title(notice.revision)}　{notice.people}人　{told}"

    return words


def _judged(_store: Store, file: EventFile, _today: date) -> str:
    results = [one.latest.result for one in file.materials if one.latest is not None and one.latest.result]
    return "・".join(f"{result} {results.count(result)}" for result in RESULTS if result in results)


def _form(_store: Store, file: EventFile, _today: date) -> str:
    report = newest(list(file.reports), "作成")
    if report is None:
        return ""
    words = "" if report.contractor_confirmed_on else building.NOT_CONFIRMED
    return f"第{report.version}版　{words}".strip("　")


def _received(_store: Store, file: EventFile, _today: date) -> str:
    report = newest(list(file.reports), "受領")
    return f"第{report.version}版　{report.status}" if report else ""


PAPERS: tuple[PaperKind, ...] = (
    event_paper(
        kind=building.HEADCOUNT,
        shelf="人数・資料",
        build=lambda store, event, now: building.headcount(store, event, now, change=False),
        ready=lambda _store, file: bool(file.notices),
        state=_told(0),
        missing="参加人数をまとめると作成できます。",
        todo=("参加人数を開く", "participants"),
        goes_out=True,
    ),
    event_paper(
        kind=building.CHANGE,
        shelf="人数・資料",
        build=lambda store, event, now: building.headcount(store, event, now, change=True),
        ready=lambda _store, file: len(file.notices) > 1,
        state=_told(-1),
        missing="連絡したあとに人数が変わったとき作成できます。",
        todo=("参加人数を開く", "participants"),
        goes_out=True,
    ),
    event_paper(
        kind=building.MATERIAL,
        shelf="人数・資料",
        build=building.material,
        ready=lambda _store, file: any(version.result for one in file.materials for version in one.versions),
        fits=lambda file: file.event.kind != "派遣" or file.event.extra_materials or bool(file.materials),
        state=_judged,
        missing="資料の確認結果を選ぶと作成できます。",
        todo=("資料を開く", "materials"),
        goes_out=True,
    ),
    event_paper(
        kind=building.REPORT,
        shelf="報告",
        build=building.report,
        ready=lambda _store, file: newest(list(file.reports), "作成") is not None or file.event.status == "実施済",
        state=_form,
        missing="報告書の様式を作成すると出せます。",
        todo=("報告書を開く", "report"),
    ),
    event_paper(
        kind=building.CHECK,
        shelf="報告",
        build=building.check,
        ready=lambda _store, file: newest(list(file.reports), "受領") is not None,
        state=_received,
        missing="受託者の報告書を受領すると作成できます。",
        todo=("報告書を開く", "report"),
        formats=("pdf",),
    ),
)
