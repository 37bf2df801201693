"""The shelf of one event's papers: which fit, which can be made now, how each stands and what left.

- ``read_shelf(store, event_id, today) -> PaperShelf``
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.dates import short_date
from app.services.event_file import EventFile, read_file
from app.services.headcount_view import notice_title
from app.services.paper_building import CHANGE, CHECK, HEADCOUNT, KINDS, MATERIAL, NOT_CONFIRMED, REPORT, letter_of
from app.services.paper_saving import list_outgoing
from app.services.papers import kinds_for
from app.services.reports import newest
from app.services.task import Action
from db.records.materials import RESULTS
from db.records.papers import Letter, Outgoing
from db.store import Store

TO_CONTRACTOR = (HEADCOUNT, CHANGE, MATERIAL)
"""Papers from the ward to the contractor: 事務連絡 unless they are made a formal letter."""


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One kind of paper that fits the event.

    ``ready`` whether it can be made now; ``state`` how it stands, or why it can't be made yet, ``todo`` the
    button that leads there. ``goes_out`` papers carry the letter frame: ``letter`` None = 事務連絡.
    ``left_words`` 「12/1(火) 印刷 2部」, the last time it left, or "".
    """

    kind: str
    ready: bool
    state: str
    todo: Action | None
    goes_out: bool
    letter: Letter | None
    left_words: str


@dataclass(frozen=True, kw_only=True)
class PaperShelf:
    """The papers of one event and the log of what left, newest first."""

    event_id: int
    title: str
    event_date: date | None
    rows: tuple[PaperRow, ...]
    log: tuple[Outgoing, ...]

    def row(self, kind: str) -> PaperRow | None:
        """One paper by its kind, or None when it does not fit this event."""
        return next((row for row in self.rows if row.kind == kind), None)


def read_shelf(store: Store, *, event_id: int, today: date) -> PaperShelf:
    """Return the papers of one event as they stand today; raises ``Refusal`` when the event is gone."""
    file = read_file(store, event_id)
    ready = kinds_for(store, event_id=event_id)
    log = list_outgoing(store, event_id=event_id)
    no_materials = file.event.kind == "派遣" and not file.event.extra_materials and not file.materials
    fitting = [kind for kind in KINDS if not (kind == MATERIAL and no_materials)]
    return PaperShelf(
        event_id=event_id,
        title=file.event.full_title,
        event_date=file.event.event_date,
        rows=tuple(
            PaperRow(
                kind=kind,
                ready=kind in ready,
                state=_state(kind, file, today) if kind in ready else _missing(kind),
                todo=None if kind in ready else _todo(kind, event_id),
                goes_out=kind in TO_CONTRACTOR,
                letter=letter_of(store, event_id, kind),
                left_words=_left(log, kind, today),
            )
            for kind in fitting
        ),
        log=log,
    )


def way_words(row: Outgoing) -> str:
    """How a paper left: 「印刷 2部」「PDF そのまま保存」「Excel 暗号化して保存」."""
    if row.way == "印刷":
        return f"印刷 {row.copies}部"
    shape = {"pdf": "PDF", "xlsx": "Excel"}.get(row.format, row.format)
    return f"{shape} {row.way}"


def _left(log: Sequence[Outgoing], kind: str, today: date) -> str:
    last = next((row for row in log if row.document_kind == kind), None)
    return f"{short_date(last.at.date(), today)} {way_words(last)}" if last else ""


def _state(kind: str, file: EventFile, today: date) -> str:
    if kind in (HEADCOUNT, CHANGE):
        notice = file.notices[-1] if kind == CHANGE else file.notices[0]
        told = f"連絡済 {short_date(notice.told_on, today)}" if notice.told_on else "作成済・未連絡"
        return f"{notice_title(notice.revision)}　{notice.people}人　{told}"
    if kind == MATERIAL:
        results = [one.latest.result for one in file.materials if one.latest is not None and one.latest.result]
        return "・".join(f"{result} {results.count(result)}" for result in RESULTS if result in results)
    report = newest(list(file.reports), "作成" if kind == REPORT else "受領")
    if report is None:
        return ""
    words = report.status if kind == CHECK else "" if report.contractor_confirmed_on else NOT_CONFIRMED
    return f"第{report.version}版　{words}".strip("　")


def _missing(kind: str) -> str:
    return {
        HEADCOUNT: "参加人数をまとめると作成できます。",
        CHANGE: "連絡したあとに人数が変わったとき作成できます。",
        MATERIAL: "資料の確認結果を選ぶと作成できます。",
        REPORT: "報告書の様式を作成すると出せます。",
        CHECK: "受託者の報告書を受領すると作成できます。",
    }[kind]


def _todo(kind: str, event_id: int) -> Action:
    if kind in (HEADCOUNT, CHANGE):
        return Action(label="参加人数を開く", place="participants", arguments={"event_id": event_id})
    if kind == MATERIAL:
        return Action(label="資料を開く", place="materials", arguments={"event_id": event_id})
    return Action(label="報告書を開く", place="report", arguments={"event_id": event_id})
