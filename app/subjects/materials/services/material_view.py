"""One handout in detail: its deadline, versions with findings, the copies needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.calendar.dates import short_date
from app.refusal import Refusal
from app.subjects.events.rules.copies import CopiesNeeded
from app.subjects.events.rules.deadlines import MATERIAL
from app.subjects.events.rules.guides import DRAFT
from app.subjects.events.services.deadlines import read_event_year
from app.subjects.events.services.event_file import MaterialFile, read_file
from app.subjects.events.services.event_tasks import tasks_of
from app.subjects.events.services.task import RESUBMISSION, Task
from app.subjects.materials.services.material_board import copies_of, notified_words, state_of
from app.subjects.materials.services.material_rows import required_material
from db.records.events import Event
from db.records.materials import Finding, Material, MaterialVersion
from db.store import Store


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One version with its findings; ``newest`` and not ``locked`` can be judged."""

    version: MaterialVersion
    findings: tuple[Finding, ...]
    newest: bool
    received_words: str
    result_words: str


@dataclass(frozen=True, kw_only=True)
class MaterialView:
    """One handout in detail; ``versions`` newest first.

    ``copies`` follow the numbers told, before that the present ones: ``copies_final`` says which,
    ``copies_words`` 「今の申込 15人＋予備2＝17部（仮）」. ``next_version`` is the number the next one gets,
    ``next_words`` when it is asked for (「第2版 9/17(木) までにお願い」 or ""); ``request`` is the task behind
    提出のお願い, None once nothing is awaited.
    """

    material: Material
    event: Event
    event_title: str
    task: Task | None
    state: str
    versions: tuple[VersionRow, ...]
    must: int
    wishes: int
    copies: CopiesNeeded
    copies_final: bool
    copies_words: str
    next_version: int
    next_words: str
    request: Task | None
    notified_words: str


def read_material(store: Store, *, material_id: int, today: date) -> MaterialView:
    """Return one handout with its deadline, versions, findings and copies; raises ``Refusal`` when it is gone."""
    material = required_material(store, material_id)
    year = read_event_year(store, material.event_id, today)
    file = read_file(store, material.event_id)
    handout = next((row for row in file.materials if row.material.id == material_id), None)
    if handout is None:
        raise Refusal("この資料は、もうありません。", "資料確認を開き直してください。")
    tasks = tasks_of(file, year)
    again = next((row for row in tasks if row.task == RESUBMISSION and row.material_id == material_id), None)
    draft = next((row for row in tasks if row.task == DRAFT), None)
    latest = handout.latest
    number = latest.version + 1 if latest else 1
    findings = handout.findings_on(latest)
    copies, final = copies_of(file)
    words = f"{'連絡済' if final else '今の申込'} {copies.words}"
    return MaterialView(
        material=material,
        event=file.event,
        event_title=file.event.full_title,
        task=next((row for row in tasks if row.task == MATERIAL), None),
        state=state_of(handout),
        versions=tuple(_version_row(row, handout, today) for row in reversed(handout.versions)),
        must=sum(row.duty == "必須" for row in findings),
        wishes=sum(row.duty != "必須" for row in findings),
        copies=copies,
        copies_final=final,
        copies_words=words if final else f"{words}（仮）",
        next_version=number,
        next_words=f"第{number}版 {short_date(again.due, today)} までにお願い" if again and again.due else "",
        request=again or (draft if latest is None else None),
        notified_words=notified_words(file, today),
    )


def _version_row(version: MaterialVersion, handout: MaterialFile, today: date) -> VersionRow:
    pages = f"・{version.pages}ページ" if version.pages else ""
    judged = f"{version.result} {short_date(version.result_on, today)}" if version.result and version.result_on else ""
    return VersionRow(
        version=version,
        findings=handout.findings_on(version),
        newest=version is handout.latest,
        received_words=f"{short_date(version.received_on, today)} 受領（{version.received_how}）{pages}",
        result_words=f"{judged} {version.result_by}".strip(),
    )
