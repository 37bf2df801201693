"""What each kind of paper says for one event, built from the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.documents import (
    headcount_notice,
    material_result,
    paper,
    report_check,
    report_dispatch,
    report_exchange,
    report_lecture,
    report_parts,
)
from app.documents.blocks import DocumentContent
from app.documents.report_parts import ReportFacts
from app.rules import guides
from app.rules.deadlines import MATERIAL as MATERIAL_CHECK
from app.rules.deadlines import Deadline, event_deadlines
from app.rules.report_points import POINTS, newest
from app.services import confirmed_states, report_facts
from app.services.paper_scope import PaperScope, ScopeKeys, keys_of, year_of
from app.services.programme import programme_of_event
from app.services.programme_view import ProgrammeView, setting_among, settings_of_event
from app.services.refusal import Refusal
from db.records.accounts import RowChange
from db.records.events import Event
from db.records.papers import Letter
from db.records.programme import Kind, PaperSetting
from db.records.reports import Report
from db.store import Store
from db.tables import journal, materials, outgoing, participants, reports

HEADCOUNT = headcount_notice.KIND
CHANGE = headcount_notice.CHANGE_KIND
MATERIAL = material_result.KIND
REPORT = report_parts.KIND
CHECK = report_check.KIND
NOT_CONFIRMED = "様式・受託者確認前"
_REPORTS: dict[Kind, Callable[..., DocumentContent]] = {
    "講習会": report_lecture.report_lecture,
    "派遣": report_dispatch.report_dispatch,
    "意見交換会": report_exchange.report_exchange,
}


def report(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return the report made here; once the event was held, the records alone already fill a form.

    Raises:
        Refusal: there is no form yet and the event was not held.
    """
    found = newest(reports.reports_of_event(store.database, event.id), "作成")
    if found is None and event.status != "実施済":
        raise Refusal("報告書の様式がまだありません。", "「報告書」で様式を作成してください。")
    form = found or Report(event_id=event.id, way="作成", version=1, author="区")
    return report_content(store, event=event, report=form, now=now)


def paper_context(
    store: Store,
    view: ProgrammeView,
    event: Event,
    kind: str,
    now: datetime,
    *,
    formal: bool = False,
    given_on: date | None = None,
) -> paper.PaperContext:
    """Return ``context_of`` for a paper of an event.

    Args:
        view: the settings of the event's year as of ``now``. formal, given_on: as for ``context_of``.
    """
    return context_of(store, view, PaperScope(event_id=event.id), kind, now, formal=formal, given_on=given_on)


def context_of(
    store: Store,
    view: ProgrammeView,
    scope: PaperScope,
    kind: str,
    now: datetime,
    *,
    formal: bool = False,
    given_on: date | None = None,
) -> paper.PaperContext:
    """Return the office, the contractor and the settings that a paper of ``kind`` carries: those of its 発信日.

    Args:
        view: the settings of the paper's year as of ``now``. formal: a 公文書 at first.
        given_on: the day on which it was given, which counts where no 施行日 is noted.
    """
    known = letters_in_year(store, scope, view)
    context = paper.PaperContext(
        programme=view.programme,
        office=view.office,
        contractor=view.contractor,
        calendar=view.calendar,
        made_at=now,
        letter=letter_among(known, kind, formal=formal, on=now.date()),
        given_on=given_on,
    )
    names = view.with_names_of(context.issue_day)
    return replace(context, office=names.office, contractor=names.contractor, setting=names.setting_of(kind))


def letter_of(store: Store, scope: PaperScope, kind: str, *, formal: bool = False, on: date) -> Letter | None:
    """Return how the outgoing paper goes: as noted for it, else as 設定 says (None = 事務連絡).

    Args:
        formal: without a word in 設定 this kind is a 公文書, which needs 起案 and 決裁. on: today, for 設定.
    """
    return letter_among(read_known_letters(store, scope, on=on), kind, formal=formal, on=on)


@dataclass(frozen=True, kw_only=True)
class KnownLetters:
    """How the outgoing papers of one scope go: what was noted for each, and all that 設定 says in its year."""

    keys: ScopeKeys
    letters: tuple[Letter, ...]
    settings: tuple[PaperSetting, ...]


def read_known_letters(store: Store, scope: PaperScope, *, on: date) -> KnownLetters:
    """Return how all outgoing papers of a scope go; raises ``Refusal`` when what they are about is gone."""
    keys = keys_of(store, scope)
    letters = tuple(outgoing.letters_of(store.database, **keys))
    if scope.event_id is None:
        settings = year_of(store, scope, on=on).rows.paper_settings
    else:
        settings = settings_of_event(store.database, scope.event_id)
    return KnownLetters(keys=keys, letters=letters, settings=settings)


def letters_in_year(store: Store, scope: PaperScope, view: ProgrammeView) -> KnownLetters:
    """Return the same when the settings of the paper's year were read already; a master (event 0) is of no year."""
    keys = ScopeKeys(
        event_id=scope.event_id,
        programme_id=view.programme.id if scope.fiscal_year is not None else None,
        organisation_id=scope.organisation_id,
    )
    settings = () if scope.event_id == 0 else view.rows.paper_settings
    return KnownLetters(keys=keys, letters=tuple(outgoing.letters_of(store.database, **keys)), settings=settings)


def letter_among(known: KnownLetters, kind: str, *, formal: bool = False, on: date) -> Letter | None:
    """Return ``letter_of`` from what was read already."""
    found = [one for one in known.letters if one.document_kind == kind]
    if found:
        return found[-1]
    setting = setting_among(known.settings, kind, on)
    if setting is None and formal:
        return Letter(**known.keys, document_kind=kind, form="公文書")
    if setting is None or setting.form not in ("メール", "公文書"):
        return None
    return Letter(**known.keys, document_kind=kind, form="公文書" if setting.form == "公文書" else "メール")


def headcount(store: Store, event: Event, now: datetime, *, change: bool) -> DocumentContent:
    """Return 参加人数連絡書, or its 変更連絡; raises ``Refusal`` while there is none."""
    view = programme_of_event(store, event, on=now.date())
    notices = participants.notices(store.database, event.id)
    first = [notice for notice in notices if notice.revision == 1]
    if not notices or not first:
        raise Refusal("参加人数がまだまとまっていません。", "「人数連絡」で人数を確かめ、人数連絡を作成してください。")
    if change and len(notices) < 2:
        raise Refusal("人数の変更はまだありません。", "変更があったときに作成できます。")
    told, previous = (notices[-1], notices[-2]) if change else (first[0], None)
    kind = CHANGE if change else HEADCOUNT
    context = paper_context(store, view, event, kind, now, given_on=told.told_on)
    return headcount_notice.headcount_notice(context, event, view.numbers[event.kind], told, previous)


def reviewed_materials(store: Store, event_id: int) -> tuple[material_result.ReviewedMaterial, ...]:
    """Return every handout of the event that has a result, with its newest judged version and the findings on it."""
    reviewed = []
    for one in materials.of_event(store.database, event_id):
        judged = [version for version in materials.versions(store.database, one.id) if version.result]
        if judged:
            found = tuple(materials.findings(store.database, judged[-1].id))
            reviewed.append(material_result.ReviewedMaterial(material=one, version=judged[-1], findings=found))
    return tuple(reviewed)


def resubmit_by(
    view: ProgrammeView,
    event: Event,
    reviewed: tuple[material_result.ReviewedMaterial, ...],
    day: date,
) -> date | None:
    """Return the day the ward asks a mended version for, the one its screens show; never before ``day``."""
    judged = [one.version.result_on for one in reviewed if one.version.result != "確認済" and one.version.result_on]
    confirm = _confirmation(view, event)
    if confirm is None or not judged:
        return None
    calendar = view.calendar
    wanted = guides.resubmission_day(confirm.working, confirm.start, max(judged), calendar)
    return wanted if wanted >= day else guides.resubmission_day(confirm.working, confirm.start, day, calendar)


def _confirmation(view: ProgrammeView, event: Event) -> Deadline | None:
    """The 資料確認 of an event with a date."""
    if event.event_date is None:
        return None
    rows = event_deadlines(view.numbers[event.kind], view.programme, event.event_date, view.calendar)
    return next(row for row in rows if row.task == MATERIAL_CHECK)


def _given_on(event: Event, reviewed: tuple[material_result.ReviewedMaterial, ...], today: date) -> date:
    """The date of the notice: today, but for an event that has passed the day of its last result."""
    judged = [one.version.result_on for one in reviewed if one.version.result_on]
    return max(judged) if judged and event.event_date and event.event_date < today else today


def material(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 資料確認結果通知; raises ``Refusal`` before the first result."""
    view = programme_of_event(store, event, on=now.date())
    reviewed = reviewed_materials(store, event.id)
    if not reviewed:
        raise Refusal("確認の結果がまだありません。", "資料の結果を選んでから作成してください。")
    given_on = _given_on(event, reviewed, now.date())
    context = paper_context(store, view, event, MATERIAL, now, given_on=given_on)
    confirm = _confirmation(view, event)
    return material_result.material_result(
        context,
        event,
        view.numbers[event.kind],
        reviewed,
        notice_number=_notice_number(store, event.id),
        resubmit_by=resubmit_by(view, event, reviewed, context.issue_day),
        confirm_by=confirm.nominal if confirm else None,
    )


def _notice_number(store: Store, event_id: int) -> int:
    """Return the number of the notice: a new one only when a result or finding changed since the last one left.

    Saving or printing the same notice again must not make it another one.
    """
    changed = False
    for entry in journal.entries(store.database, event_id=event_id):
        for row in journal.net_changes(entry):
            after = row.after or {}
            if row.table == "outgoing" and after.get("document_kind") == MATERIAL and after.get("way") != "取消":
                return int(after["version"]) + (1 if changed else 0)
            changed = changed or row.table == "findings" or _judged(row)
    return 1


def _judged(row: RowChange) -> bool:
    """Whether a journal row gave a version another result."""
    if row.table != "material_versions":
        return False
    return (row.before or {}).get("result") != (row.after or {}).get("result")


def report_content(
    store: Store, *, event: Event, report: Report, now: datetime, facts: ReportFacts | None = None
) -> DocumentContent:
    """Return ``report`` as a document; free text that may name a person makes it a paper with personal data.

    What the contractor confirmed is returned as it was then.

    Args:
        facts: what it is built from when that is not what the records say now, nor what was confirmed.
    """
    kept = confirmed_states.confirmed_report(store, report) if facts is None else None
    if kept is not None:
        return kept
    ground = report_facts.read_ground(store, event, on=now.date())
    context = paper_context(store, ground.view, event, REPORT, now)
    facts = facts or report_facts.gather(store, event=event, report=report, ground=ground)
    stamp = "" if report.contractor_confirmed_on else NOT_CONFIRMED
    content = _REPORTS[event.kind](context, facts, stamp=stamp)
    # What nobody has looked at yet is not quoted; what somebody chose to quote all the same is said.
    if ground.quoted:
        return replace(content, personal=True, footer_left="自由記述に個人が分かるおそれのある語を含む")
    return content


def check(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 実施報告書 確認票; raises ``Refusal`` before a report was received."""
    ground = report_facts.read_ground(store, event, on=now.date())
    context = paper_context(store, ground.view, event, CHECK, now)
    report = newest(reports.reports_of_event(store.database, event.id), "受領")
    if report is None:
        raise Refusal("受領した報告書がまだありません。", "受託者の報告書の受領を記録してください。")
    facts = report_facts.gather(store, event=event, report=report, ground=ground)
    clause = facts.numbers.clause_report.replace("仕", "仕様書", 1)
    return report_check.report_check(
        context,
        event,
        report,
        tuple(reports.figures_of_report(store.database, report.id)),
        clause=clause,
        due=facts.due,
        due_words=facts.numbers.report_period,
        points=POINTS[event.kind],
        limit=date.fromisoformat(facts.extra["期限の最終日"]) if facts.extra.get("期限の最終日") else None,
    )
