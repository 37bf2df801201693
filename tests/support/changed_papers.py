"""Every number and date of every paper of a changed year, counted again from the rows by other means than the program's
own.

``recounted(store) -> Recount``: what papers say of who came, what came back and when an event takes place is read from
their words, and held against plain SQL and a calendar of the tests. A page that says of itself that its numbers are of
another day, or how its event stands, is marked and may say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from app.actions.user_error import UserError
from app.commands.documents import items_of_year
from app.documents.blocks import DocumentContent, KeyFigures
from app.documents.handout_blocks import NoticeBox
from app.documents.services.document_kind import documents_about, read_subject
from app.documents.services.document_marks import TITLE
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import StoppedByState
from app.documents.services.documents import build_document
from db.query_cache import cached_queries
from db.store import Store
from tests.support.paper_words import said_by

_DAY = re.compile(r"(?:令和(\d+)年|R(\d+)\.)\s*(\d+)[月.](\d+)日?（([月火水木金土日])(?:・祝)?）")
_CAME = re.compile(r"(?<!予定)(?<!欠)出席(?:者数|者)?[　 ]*(\d+)人")
_BACK = re.compile(r"回収(?:数)?[　 ]*(\d+)件")
_RATE = re.compile(r"回収率[　 ]*(\d+\.\d)％")
_WEEKDAYS = "月火水木金土日"
HISTORY = ("中止・変更通知", "変更連絡書", "参加人数変更連絡書", "中止・変更の連絡メモ", "電話連絡票", "辞退受理通知")
"""Kinds that are about what was before, or are for who withdrew before: they may name the day of then."""


@dataclass
class Recount:
    """How much was compared, what was stopped by the state of its event, and every contradiction that no page says
    itself."""

    papers: int = 0
    marked: int = 0
    compared: int = 0
    stopped: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    under_marks: list[str] = field(default_factory=list)
    """What contradicts the rows on a page that says itself that it is of another day."""


@dataclass(frozen=True)
class _Known:
    """What the rows say of one event."""

    day: date | None
    came: int | None
    back: int

    @property
    def rate(self) -> str:
        if not self.came or self.back > self.came:
            return ""
        return str((Decimal(self.back) * 100 / self.came).quantize(Decimal("0.1"), ROUND_HALF_UP))


@cached_queries
def recounted(store: Store, now: datetime, *, old_days: dict[int, date] | None = None) -> Recount:
    """Build every paper of the year and count it again.

    Args:
        old_days: by event, the day that it no longer takes place on: no paper of it says that day as its own.
    """
    found = Recount()
    gone = old_days or {}
    ids = [row[0] for row in store.database.execute("select id from events order by id")]
    for event_id in ids:
        known = _known(store, event_id)
        for kind, content in _contents(store, DocumentScope(event_id=event_id), now, found):
            _compare(found, f"{event_id} {kind}", kind, content, known, gone.get(event_id))
    year = DocumentScope(fiscal_year=2026)
    groups = store.database.execute("select id from organisations order by id")
    scopes = [DocumentScope(organisation_id=row[0]) for row in groups.fetchall()]
    scopes += [replace(year, item=item.id) for _kind, item in items_of_year(store, year)]
    for scope in dict.fromkeys(scopes):
        for kind, content in _contents(store, scope, now, found):
            found.papers += 1
            _weekdays(found, kind, said_by(content))
    for kind, content in _contents(store, year, now, found):
        found.papers += 1
        _weekdays(found, kind, said_by(content))
        _year(store, found, kind, content, now.date())
    return found


def _contents(
    store: Store, scope: DocumentScope, now: datetime, found: Recount
) -> Iterator[tuple[str, DocumentContent]]:
    subject = read_subject(store, scope)
    for paper in documents_about(subject.scope):
        if not paper.is_applicable(subject) or not paper.is_ready(store, subject):
            continue
        try:
            yield paper.kind, build_document(store, scope=scope, kind=paper.kind, now=now)
        except StoppedByState as stopped:
            found.stopped.append(f"{subject.title} {paper.kind}：{stopped}")
        except UserError:
            continue
        except Exception as problem:  # noqa: BLE001  # one that breaks is what this looks for
            found.failed.append(f"{subject.title} {paper.kind}：{problem!r}")


def _known(store: Store, event_id: int) -> _Known:
    run = store.database.execute
    (day,) = run("select event_date from events where id = ?", (event_id,)).fetchone()
    typed = run("select attended, source from event_results where event_id = ?", (event_id,)).fetchone()
    (listed,) = run(
        "select count(*) from entries where event_id = ? and attendance = '出席' and state in ('申込', '決定')",
        (event_id,),
    ).fetchone()
    came = None if typed is None else listed if typed[1] == "名簿" else typed[0]
    (back,) = run(
        "select count(*) from answer_sheets s join event_surveys e on e.id = s.survey_id where e.event_id = "
        "? and s.counted",
        (event_id,),
    ).fetchone()
    return _Known(day=date.fromisoformat(day) if day else None, came=came, back=back)


def is_marked(content: DocumentContent) -> bool:
    """Whether the pages say themselves that their numbers are of another day, or how their event stands."""
    boxed = any(isinstance(block, NoticeBox) and block.title == TITLE for block in content.blocks)
    return boxed or bool(content.state_mark)


def _compare(found: Recount, name: str, kind: str, content: DocumentContent, known: _Known, old: date | None) -> None:
    found.papers += 1
    marked = is_marked(content)
    found.marked += marked
    said = said_by(content)
    _weekdays(found, name, said)
    for what, value, right in _numbers(content, said, known):
        found.compared += 1
        if value != right:
            (found.under_marks if marked else found.wrong).append(f"{name}　{what} {value}（行からは {right}）")
    if old is not None and kind not in HISTORY and not content.state_mark:
        found.compared += 1
        if any(_day(one) == old for one in _DAY.finditer(said)):
            found.wrong.append(f"{name}　{old} が載る（いまは {known.day}）")


def _numbers(content: DocumentContent, said: str, known: _Known) -> Iterator[tuple[str, str, str]]:
    """What the paper says of its own event: in its figures, its first table and its sentences up to the chapter that
    compares."""
    own = said.split("前回・前年との比較", maxsplit=1)[0].split("数の比較", maxsplit=1)[0]
    if known.came is not None:
        for one in _CAME.finditer(own):
            yield "出席", one[1], str(known.came)
        for figure in _figures(content, ("出席者", "参加者")):
            yield "出席", figure, str(known.came)
    for one in _BACK.finditer(own):
        yield "回収", one[1], str(known.back)
    for figure in _figures(content, ("回収", "アンケート回収")):
        yield "回収", figure, str(known.back)
    for one in _RATE.finditer(own):
        yield "回収率", one[1], known.rate
    for figure in _figures(content, ("回収率",)):
        yield "回収率", figure, known.rate


def _figures(content: DocumentContent, labels: tuple[str, ...]) -> Iterator[str]:
    for block in content.blocks:
        if isinstance(block, KeyFigures):
            yield from (one.value for one in block.figures if one.label in labels and one.value)


def _weekdays(found: Recount, name: str, said: str) -> None:
    """Every day with a weekday has its own."""
    for one in _DAY.finditer(said):
        found.compared += 1
        day = _day(one)
        if day is None or _WEEKDAYS[day.weekday()] != one[5]:
            found.wrong.append(f"{name}　曜日 {one[0]}")


def _day(one: re.Match[str]) -> date | None:
    try:
        return date(2018 + int(one[1] or one[2]), int(one[3]), int(one[4]))
    except ValueError:
        return None


def _year(store: Store, found: Recount, kind: str, content: DocumentContent, today: date) -> None:
    """How many events were held and how many people came, in the words of the papers of the year."""
    run = store.database.execute
    held = [
        row[0] for row in run("select id from events where status = '実施済' and event_date <= ?", (today.isoformat(),))
    ]
    people = sum(_known(store, event_id).came or 0 for event_id in held)
    said = said_by(content)
    patterns = {
        "検査調書別紙": (r"(\d+)回・延べ(\d+)人",),
        "年間実績総括": (r"計(\d+)回　延べ人数(\d+)人",),
        "アンケート中間集計": (r"計(\d+)回　延べ人数(\d+)人",),
        "検討メモ": (r"計(\d+)回　延べ人数(\d+)人",),
    }
    for pattern in patterns.get(kind, ()):
        for times, sum_of in re.findall(pattern, said):
            found.compared += 1
            if (int(times), int(sum_of)) != (len(held), people):
                found.wrong.append(f"{kind}　{times}回・{sum_of}人（行からは {len(held)}回・{people}人）")
