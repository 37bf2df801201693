"""A small whole year for a journey: who applied and came to which event, and what that adds up to, counted by hand of
it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.event.services.event_changes import create_event
from app.event.services.event_drafts import EventDraft
from app.event_day.reception.services import close_reception
from app.programme.intake import preset
from app.received.services import ReceiptScope, judge_point, read_received, received_of_kind
from app.submissions.reports.services import report_check
from app.year_end.completion.services import checks
from app.year_end.completion.services.completion import read_completion
from app.year_end.summary.services.typed_numbers import set_reason
from app.year_end.summary.services.year_summary import read_summary
from db.records.events import Event
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.records.submissions.received import PointResult
from db.rows import rows
from db.store import Store
from db.tables import reports
from tests.support.completion import as_the_register_has_it, know_contract
from tests.support.kinds_r8 import form_of
from tests.support.submission_forms import figures_form, filled

LINE, CASHLESS, INSTAGRAM = "LINE講習会", "キャッシュレス決済講習会", "Instagram講習会"
VISIT, TALK = "派遣 みほん一町会", "意見交換会"
GROUPS: Final[Mapping[str, str]] = {"みほん一町会": "第1支部", "みほん二自治会": "第2支部", "みほん三町会": "第2支部"}
PEOPLE: Final[Mapping[str, str]] = {
    "見本　一子": "みほん一町会", "見本　一郎": "みほん一町会", "見本　二子": "みほん二自治会",
    "見本　二郎": "みほん二自治会",
    "見本　三子": "みほん三町会", "見本　三郎": "みほん三町会", "髙﨑　𠮷雄": "みほん三町会",
}  # fmt: skip
_ONE, _TWO, _THREE = tuple(PEOPLE)[:2], tuple(PEOPLE)[2:4], tuple(PEOPLE)[4:]


@dataclass(frozen=True, kw_only=True)
class Held:
    """An event that takes place: who applied, and who of them came."""

    kind: str
    day: date
    applied: Sequence[str]
    came: Sequence[str]


HELD: Final[Mapping[str, Held]] = {
    LINE: Held(kind="講習会", day=date(2026, 9, 30), applied=(*_ONE, *_TWO, *_THREE), came=(*_ONE, *_TWO, *_THREE[:2])),
    INSTAGRAM: Held(kind="講習会", day=date(2026, 10, 21), applied=(*_TWO, *_THREE), came=(*_TWO, *_THREE)),
    VISIT: Held(kind="派遣", day=date(2026, 12, 9), applied=_ONE, came=_ONE),
    TALK: Held(
        kind="意見交換会", day=date(2027, 1, 20), applied=(*_ONE, *_TWO, _THREE[0]), came=(_ONE[0], *_TWO, _THREE[0])
    ),
}


@dataclass(frozen=True, kw_only=True)
class Sums:
    """The numbers of some events, each counted over the names above and nothing else."""

    events: int
    applied: int
    visits: int
    people: int
    group_visits: int
    groups: int


def sums(*kinds: str) -> Sums:
    """Count the events of some kinds, or of all."""
    held = [one for one in HELD.values() if not kinds or one.kind in kinds]
    came = [name for one in held for name in one.came]
    at_each = [{PEOPLE[name] for name in one.came} for one in held]
    return Sums(
        events=len(held),
        applied=sum(len(one.applied) for one in held),
        visits=len(came),
        people=len(set(came)),
        group_visits=sum(len(groups) for groups in at_each),
        groups=len(set().union(*at_each)),
    )


def of_branch(branch: str) -> tuple[int, int, int, int, int]:
    """Of a 支部: 登録, 実団体, 延べ団体, 実人数, 延べ人数, as they are printed."""
    own = {name for name, its in GROUPS.items() if its == branch}
    came = [(number, name) for number, one in enumerate(HELD.values()) for name in one.came if PEOPLE[name] in own]
    return (
        len(own), len({PEOPLE[name] for _n, name in came}), len({(n, PEOPLE[name]) for n, name in came}),
        len({name for _n, name in came}), len(came),
    )  # fmt: skip


def plan_the_rest(store: Store, *, by: str, now: datetime) -> ActionResult:
    """Enter 団体 and people, and every event but the one that the clerk adds by hand; return the last."""
    with store.change(action="団体と氏名を入れた", by=by, now=now, subject="organisations") as change:
        ids = {name: change.insert(Organisation(name=name, branch=branch)) for name, branch in GROUPS.items()}
        for name, group in PEOPLE.items():
            change.insert(Person(organisation_id=ids[group], name=name))
    for kind, subject, day in (
        ("講習会", INSTAGRAM, date(2026, 10, 14)),
        ("講習会", CASHLESS, date(2026, 11, 11)),
        ("派遣", "派遣", HELD[VISIT].day),
        ("意見交換会", TALK, HELD[TALK].day),
    ):
        to = {"organisation_id": ids["みほん一町会"], "organisation_name": "みほん一町会"} if kind == "派遣" else {}
        saved = create_event(
            ActionContext(store, by, now),
            draft=EventDraft(
                kind=kind,
                form=form_of(kind),
                subject=subject,
                event_date=day,
                venue="みほん区民館",
                venue_capacity=24,
                network="有",
                **to,
            ),
        )
    return saved


def event_of(store: Store, name: str) -> Event:
    """The event of a name."""
    kinds = {VISIT: {"kind": "派遣"}, TALK: {"kind": "意見交換会"}}
    (found,) = rows(store.database, Event, **kinds.get(name, {"kind": "講習会", "subject": name}))
    return found


def apply_all(store: Store, *, by: str, now: datetime) -> int:
    """Enter who applied to each event, all with a place; also two people of the event that is cancelled."""
    known = {one.name: one for one in rows(store.database, Person)}
    wanted = {name: one.applied for name, one in HELD.items()} | {CASHLESS: _TWO}
    with store.change(action="申込みを入れた", by=by, now=now, subject="roster") as change:
        for name, people in wanted.items():
            event_id = event_of(store, name).id
            for person in people:
                one = known[person]
                change.insert(
                    Entry(
                        event_id=event_id,
                        person_id=one.id,
                        organisation_id=one.organisation_id,
                        state="決定",
                        applied_at=now,
                    )
                )
    return len(wanted)


def hold(store: Store, *, name: str, by: str, now: datetime) -> ActionResult:
    """Note who came to an event and close its reception."""
    event = event_of(store, name)
    known = {one.id: one.name for one in rows(store.database, Person)}
    came = [
        one.id for one in rows(store.database, Entry, event_id=event.id) if known[one.person_id or 0] in HELD[name].came
    ]
    with store.change(action="出席を入れた", by=by, now=now, subject="roster", event_id=event.id) as change:
        everybody = [one.id for one in rows(store.database, Entry, event_id=event.id)]
        change.update_each(Entry, {one: {"attendance": "出席" if one in came else "欠席"} for one in everybody})
    return close_reception(ActionContext(store, by, now), event_id=event.id, witness="みほん髙﨑")


def form_back(store: Store, *, name: str, path: Path, now: datetime) -> None:
    """Write the ward's own form of the numbers as it came back: one person too many, everything else as it was."""
    held = HELD[name]
    known = {
        "申込": len(held.applied), "出席": len(held.came) + 1, "欠席": len(held.applied) - len(held.came),
        "団体": len({PEOPLE[one] for one in held.came}),
    }  # fmt: skip
    path.write_bytes(filled(figures_form(store, now, event_of(store, name).id), known))


def receive_report_of(store: Store, *, name: str, data: bytes, by: str, now: datetime) -> ActionResult:
    """Receive a report as it came by mail today."""
    return report_check.receive_report(
        ActionContext(store, by, now),
        event_id=event_of(store, name).id,
        data=data,
        name="報告書.pdf",
        pages=1,
        received_on=now.date(),
        received_how="メール",
    )


def confirm_report_of(store: Store, *, name: str, by: str, now: datetime) -> ActionResult:
    """Find every point in the newest report of an event and every number as the ward has it, and confirm it."""
    event = event_of(store, name)
    report = max(
        (one for one in reports.reports_of_event(store.database, event.id) if one.way == "受領"),
        key=lambda one: one.version,
    )
    for point in next(one for one in preset().kinds if one.kind == event.kind).report_items:
        report_check.tick_point(ActionContext(store, by, now), report_id=report.id, point=point, found=True)
    report_check.set_figures(
        ActionContext(store, by, now),
        report_id=report.id,
        settled=[
            report_check.SettledFigure(figure_id=one.id, theirs=one.ours)
            for one in reports.figures_of_report(store.database, report.id)
        ],
    )
    return report_check.confirm_report(
        ActionContext(store, by, now), report_id=report.id, on=now.date(), reason="用紙を配らなかった"
    )


def contract(store: Store, *, by: str, now: datetime) -> None:
    """Type the contract register, signed by whom it may be."""
    know_contract(store, now.date())


def look_through(store: Store, *, kind: str, by: str, now: datetime) -> ActionResult:
    """Find every point in the newest paper of a kind."""
    paper = received_of_kind(store, kind, ReceiptScope(programme_id=1))[-1]
    saved = ActionResult(message="", id=paper.id)
    for point in read_received(store, paper_id=paper.id).points:
        saved = judge_point(ActionContext(store, by, now), paper_id=paper.id, point=point, result=PointResult.FINE)
    return saved


def read_invoice(store: Store, *, by: str, now: datetime) -> ActionResult:
    """Type what stands in the newest 請求書: all as the register has it, dated two days ago."""
    newest = read_completion(store, programme_id=1, today=now.date()).invoice
    assert newest is not None
    said = as_the_register_has_it(newest, now.date() - timedelta(days=2))
    return checks.note_reading(ActionContext(store, by, now), paper_id=newest.paper.id, said=said)


def say_why(store: Store, *, but: str, by: str, now: datetime) -> int:
    """Give a reason for whatever is not as the 仕様書 has it but for one item; return for how many."""
    lines = [
        one for one in read_summary(store, today=now.date(), fiscal_year=2026).blocking_lines if one.line.item != but
    ]
    for one in lines:
        set_reason(ActionContext(store, by, now), programme_id=1, item=one.line.key, reason="みほんの小さな年度のため")
    return len(lines)
