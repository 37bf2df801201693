"""資料確認 of one handout, and every action on it (versions, findings, results, copies)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.services.issued_copies import note_withdrawn
from app.documents.services.stored_files import keep_file
from app.event.rules.copies import CopiesNeeded
from app.event.rules.deadlines import MATERIAL
from app.event.rules.target_dates import DRAFT_MATERIALS
from app.event.services.event_records import MaterialRecords, handout_key, read_event_or_error, read_event_records
from app.event.services.tasks.deadlines import read_event_year
from app.event.services.tasks.event_tasks import tasks_of
from app.event.services.tasks.task import RESUBMISSION, Task
from app.events.materials.documents import RESULT_KIND as NOTICE
from app.events.materials.services.material_board import copies_of, notified_words, state_of
from db.fields import changed_fields
from db.journal import Change
from db.record import record
from db.records.documents import Notification
from db.records.events import Event
from db.records.submissions.materials import (
    Finding,
    FindingDuty,
    Material,
    MaterialResult,
    MaterialVersion,
)
from db.store import Store
from db.tables import materials as table

REUSE_REASON = "再利用の理由："
"""Before the reason why a version is used again though a right blocks it."""
_WITHDRAWN = "取消："
"""Before the reason why a result was withdrawn, beside a reason of the receipt."""


def required_material(store: Store, material_id: int) -> Material:
    """Return one handout; raises ``UserError`` when it does not exist."""
    return get_or_raise(store.database, Material, material_id)


def required_version(store: Store, version_id: int) -> MaterialVersion:
    """Return one version; raises ``UserError`` when it does not exist."""
    return get_or_raise(store.database, MaterialVersion, version_id)


def open_version(store: Store, version_id: int) -> tuple[Material, MaterialVersion]:
    """Return a version with its handout; raises ``UserError`` if it or a later version of the handout is 確認済."""
    version = required_version(store, version_id)
    material = required_material(store, version.material_id)
    if any(row.locked for row in table.versions(store.database, material.id) if row.version >= version.version):
        raise UserError(
            f"「{material.title}」は確認済のため、変えられません。",
            "直すときは、確認済を取り消すか、つぎの版を受領します。",
        )
    return material, version


@record
class VersionRow:
    """One version with its findings; the newest one can be judged unless locked."""

    version: MaterialVersion
    findings: tuple[Finding, ...]
    newest: bool
    received_words: str
    result_words: str


@record
class MaterialView:
    """One handout in detail; ``versions`` newest first.

    ``task`` is that of 資料確認; ``required_count`` (必須) and ``optional_count`` are findings on the newest version.
    ``copies`` follow the notified numbers, those of now before that or where they changed since: ``copies_final`` says
    which, ``copies_words`` 「今の参加予定 15人＋予備2＝17部（仮）」.
    ``next_words`` says when the next version is requested (「第2版 9/17(木) までにお願い」 or ""); ``request`` is the
    task behind 提出のお願い, None once nothing is awaited. ``not_notified`` says that the result of the newest version
    is not notified yet, ``notification`` is its notification.
    """

    material: Material
    event: Event
    event_title: str
    task: Task | None
    state: str
    versions: tuple[VersionRow, ...]
    required_count: int
    optional_count: int
    copies: CopiesNeeded
    copies_final: bool
    copies_words: str
    next_words: str
    request: Task | None
    notified_words: str
    not_notified: bool = False
    notification: Notification | None = None


def read_material(store: Store, *, material_id: int, today: date) -> MaterialView:
    """Return one handout in detail; raises ``UserError`` when it does not exist."""
    material = required_material(store, material_id)
    year = read_event_year(store, material.event_id, today, with_follow_ups=False)
    file = read_event_records(store, material.event_id)
    handout = next((row for row in file.materials if row.material.id == material_id), None)
    if handout is None:
        raise UserError("この資料は、もうありません。", "資料確認を開き直してください。")
    tasks = tasks_of(file, year)
    again = next((row for row in tasks if row.task == RESUBMISSION and row.material_id == material_id), None)
    draft = next((row for row in tasks if row.task == DRAFT_MATERIALS), None)
    latest = handout.latest
    number = latest.version + 1 if latest else 1
    findings = handout.findings_on(latest)
    copies, final = copies_of(file)
    words = f"{'連絡済' if final else '今の参加予定'} {copies.words}"
    notified = notified_words(file, handout, today)
    key = (handout_key(material.id), number - 1)
    told = next(
        (act for act in reversed(file.notifications) if (act.key, act.version) == key and act.is_notified), None
    )
    return MaterialView(
        material=material,
        event=file.event,
        event_title=file.event.full_title,
        task=next((row for row in tasks if row.task == MATERIAL), None),
        state=state_of(handout),
        versions=tuple(_version_row(row, handout, today) for row in reversed(handout.versions)),
        required_count=sum(row.duty.is_required for row in findings),
        optional_count=sum(not row.duty.is_required for row in findings),
        copies=copies,
        copies_final=final,
        copies_words=words if final else f"{words}（仮）",
        next_words=f"第{number}版 {short_date(again.due, today)} までにお願い" if again and again.due else "",
        request=again or (draft if latest is None else None),
        notified_words=notified,
        not_notified=notified == "未通知",
        notification=told,
    )


def viewed_pages_words(version: MaterialVersion) -> str:
    """Return how many pages were viewed in the check (「18 / 18ページ」); "" where unknown."""
    if not version.looked:
        return ""
    return f"{len(version.looked)} / {version.pages}ページ" if version.pages else f"{len(version.looked)}ページ"


def is_viewed(version: MaterialVersion) -> bool:
    """Return whether every page of the version was opened in the check, as far as it is known which ones were."""
    return not version.looked or len(version.looked) >= (version.pages or 0)


def _version_row(version: MaterialVersion, handout: MaterialRecords, today: date) -> VersionRow:
    pages = fill_nonempty("・{}ページ", version.pages)
    judged = f"{version.result} {short_date(version.result_on, today)}" if version.result and version.result_on else ""
    return VersionRow(
        version=version,
        findings=handout.findings_on(version),
        newest=version is handout.latest,
        received_words=f"{short_date(version.received_on, today)} 受領（{version.received_how}）{pages}",
        result_words=f"{judged} {version.result_by}".strip(),
    )


def add_material(context: ActionContext, *, event_id: int, title: str) -> ActionResult:
    """Add a handout to an event; it is due as the contract says. Raises ``UserError`` for an empty title."""
    read_event_or_error(context.database, event_id)
    _check_title(title)
    position = len(table.of_event(context.database, event_id))
    with context.change(f"資料「{title}」を加えた", "materials", event_id=event_id) as change:
        row_id = change.insert(Material(event_id=event_id, position=position, title=title, added_on=context.today))
    return ActionResult(f"資料「{title}」を加えました。", row_id)


def change_material(context: ActionContext, *, material_id: int, title: str, note: str | None = None) -> ActionResult:
    """Change the title of a handout; ``note`` None leaves the note. Raises ``UserError`` for an empty title."""
    material = required_material(context.store, material_id)
    _check_title(title)
    with context.change(f"資料「{title}」の名前を変えた", "materials", event_id=material.event_id) as change:
        change.update(Material, material_id, title=title, note=material.note if note is None else note)
    return ActionResult(f"資料「{title}」を保存しました。", material_id)


def remove_material(context: ActionContext, *, material_id: int) -> ActionResult:
    """Delete a handout without received versions; raises ``UserError`` once it has one."""
    material = required_material(context.store, material_id)
    if table.versions(context.database, material_id):
        raise UserError(f"「{material.title}」は受領した版があるため、消せません。", "名前を直すことはできます。")
    with context.change(f"資料「{material.title}」を消した", "materials", event_id=material.event_id) as change:
        change.delete(Material, material_id)
    return ActionResult(f"資料「{material.title}」を消しました。", material_id)


def receive_version(
    context: ActionContext,
    *,
    material_id: int,
    name: str = "",
    data: bytes | None = None,
    received_on: date | None = None,
    received_how: str = "メール",
    pages: int | None = None,
    reason: str = "",
) -> ActionResult:
    """Receive the next version of a handout; the file is stored encrypted with its SHA-256.

    Args:
        name, data: file name and content as received; ``data`` None for paper.
        received_on: the day (default: the day of ``now``).
        pages: as counted in the file; None = unknown.
        reason: why a version replaces one that is already 確認済; needed only then.

    Raises:
        UserError: the newest version is 確認済 and no reason is given, or the day is in the future.
    """
    material = required_material(context.store, material_id)
    versions = table.versions(context.database, material_id)
    latest = versions[-1] if versions else None
    _check_day(context, received_on)
    if latest is not None and latest.locked and not reason.strip():
        raise UserError(
            f"「{material.title}」の第{latest.version}版は確認済です。",
            "差し替える理由を書くと、つぎの版を受領できます。",
        )
    number = latest.version + 1 if latest else 1
    note = f"（差替え：{reason}）" if reason.strip() else ""
    with context.change(
        f"資料「{material.title}」の第{number}版を受領した{note}", "materials", event_id=material.event_id
    ) as change:
        version = MaterialVersion(
            material_id=material_id,
            version=number,
            received_on=received_on or context.today,
            received_how=received_how,
            file_name=name,
            pages=pages,
            result_note=reason,
        )
        row_id, version = _insert_version(context, change, version, data)
    twin = next((row for row in versions if row.sha256 and row.sha256 == version.sha256), None)
    same = f"第{twin.version}版と同じファイルです。" if twin else ""
    return ActionResult(f"「{material.title}」の第{number}版を受領しました。{same}", row_id)


def receive_new_material(
    context: ActionContext,
    *,
    event_id: int,
    title: str,
    name: str = "",
    data: bytes | None = None,
    received_on: date | None = None,
    received_how: str = "メール",
    pages: int | None = None,
) -> ActionResult:
    """Add a handout to an event with its first version, received as for ``receive_version``; return the handout's id.

    Raises:
        UserError: the title is empty, or the day is in the future; nothing is added.
    """
    _check_title(title)
    _check_day(context, received_on)
    with context.change(f"資料「{title}」の第1版を受領した", "materials", event_id=event_id) as change:
        position = len(table.of_event(context.database, event_id))
        row_id = change.insert(Material(event_id=event_id, position=position, title=title, added_on=context.today))
        version = MaterialVersion(
            material_id=row_id,
            version=1,
            received_on=received_on or context.today,
            received_how=received_how,
            file_name=name,
            pages=pages,
        )
        _insert_version(context, change, version, data)
    return ActionResult(f"「{title}」の第1版を受領しました。", row_id)


def _check_day(context: ActionContext, received_on: date | None) -> None:
    """Raise ``UserError`` for a day of receipt in the future."""
    if received_on is not None and received_on > context.today:
        raise UserError("受領した日が、本日より後になっています。", "日付を確かめてください。")


def _insert_version(
    context: ActionContext, change: Change, version: MaterialVersion, data: bytes | None
) -> tuple[int, MaterialVersion]:
    """Insert a version with its file, if there is one; return its id and the version with its file."""
    if data is not None:
        kept = keep_file(context.store, change, data=data, name=version.file_name, now=context.now, pages=version.pages)
        version = replace(version, file_id=kept.id, sha256=kept.sha256)
    return change.insert(version), version


def set_printed(
    context: ActionContext, *, version_id: int, printed: int | None, handed_out: int | None = None
) -> ActionResult:
    """Record how many copies the contractor ``printed`` and ``handed_out`` (None = unknown), also on a locked version.

    Raises ``UserError`` for a number below zero.
    """
    material = required_material(context.store, required_version(context.store, version_id).material_id)
    if any(number is not None and number < 0 for number in (printed, handed_out)):
        raise UserError("部数が0より小さくなっています。", "部数を確かめてください。")
    with context.change(
        f"資料「{material.title}」の印刷部数を記録した", "materials", event_id=material.event_id
    ) as change:
        change.update(MaterialVersion, version_id, printed=printed, handed_out=handed_out)
    return ActionResult(f"「{material.title}」の印刷部数を記録しました。", version_id)


def _check_title(title: str) -> None:
    if not title.strip():
        raise UserError("資料の名前が書かれていません。", "スライド、操作の手引きなど、名前を書いてください。")


def add_finding(
    context: ActionContext,
    *,
    version_id: int,
    page: str,
    text: str,
    duty: str = "お願い",
    basis: str = "",
    place: tuple[float, ...] = (),
    viewed_pages: Iterable[int] = (),
) -> ActionResult:
    """Add a finding to a version; 必須 needs its basis (内容の誤り, 肖像の承諾, a clause …).

    Args:
        place: its position on the page, in pt from the top left (left, top, width, height); () = none.
        viewed_pages: the pages shown to the author, in addition to those shown before.

    Raises:
        UserError: the handout is 確認済, nothing is written, or 必須 without a basis.
    """
    material, version = open_version(context.store, version_id)
    count = len(table.findings(context.database, version_id))
    finding = _finding(Finding(version_id=version_id, position=count, page=page, text=text, place=place), duty, basis)
    with context.change(f"資料「{material.title}」に指摘を加えた", "materials", event_id=material.event_id) as change:
        row_id = change.insert(finding)
        if shown := set(viewed_pages) - set(version.looked):
            change.update(MaterialVersion, version_id, looked=tuple(sorted({*version.looked, *shown})))
    return ActionResult(f"第{version.version}版に指摘を加えました（{count + 1}件）。", row_id)


def change_finding(
    context: ActionContext,
    *,
    finding_id: int,
    page: str,
    text: str,
    duty: str,
    basis: str | None = None,
    response: str | None = None,
    place: tuple[float, ...] | None = None,
) -> ActionResult:
    """Update a finding; ``basis``, ``response`` and ``place`` None stay. Raises ``UserError`` as ``add_finding``."""
    found = get_or_raise(context.database, Finding, finding_id)
    material, _ = open_version(context.store, found.version_id)
    finding = _finding(replace(found, page=page, text=text), duty, found.basis if basis is None else basis)
    given = {name: value for name, value in (("response", response), ("place", place)) if value is not None}
    with context.change(f"資料「{material.title}」の指摘を変えた", "materials", event_id=material.event_id) as change:
        change.update(Finding, finding_id, **changed_fields(found, finding), **given)
    return ActionResult("指摘を保存しました。", finding_id)


def resolve_finding(
    context: ActionContext, *, finding_id: int, resolved: bool = True, response: str | None = None
) -> ActionResult:
    """Mark a finding as corrected (``resolved``) or open; raises ``UserError`` once the handout is 確認済.

    Args:
        response: what the contractor answered; None = the stored answer stays.
    """
    found = get_or_raise(context.database, Finding, finding_id)
    material, _ = open_version(context.store, found.version_id)
    word = "修正済" if resolved else "未修正"
    with context.change(
        f"資料「{material.title}」の指摘を{word}にした", "materials", event_id=material.event_id
    ) as change:
        change.update(Finding, finding_id, resolved=resolved, response=found.response if response is None else response)
    return ActionResult(f"指摘を{word}にしました。", finding_id)


def remove_finding(context: ActionContext, *, finding_id: int) -> ActionResult:
    """Delete a finding; raises ``UserError`` once the handout is 確認済."""
    found = get_or_raise(context.database, Finding, finding_id)
    material, _ = open_version(context.store, found.version_id)
    with context.change(f"資料「{material.title}」の指摘を消した", "materials", event_id=material.event_id) as change:
        change.delete(Finding, finding_id)
    return ActionResult("指摘を消しました。", finding_id)


def _finding(finding: Finding, duty: str, basis: str) -> Finding:
    """Return the finding with its duty and basis; raises ``UserError`` without text, or 必須 without a basis."""
    if not finding.text.strip():
        raise UserError("指摘の内容が書かれていません。", "どこをどう直すかを書いてください。")
    if duty == "必須" and not basis.strip():
        raise UserError("必須の指摘には、根拠が要ります。", "内容の誤り、肖像の承諾など、根拠を書いてください。")
    return replace(finding, duty=FindingDuty.REQUIRED if duty == "必須" else FindingDuty.REQUEST, basis=basis)


def set_result(
    context: ActionContext,
    *,
    version_id: int,
    result: MaterialResult,
    note: str = "",
    viewed_pages: Iterable[int] = (),
) -> ActionResult:
    """Set the result of the newest version; 確認済 locks it, 修正後使用可 and 再提出 await a newer one.

    Why the version was received or used again stays with it, why an earlier result was withdrawn does not.

    Args:
        viewed_pages: the pages shown to the judge, in addition to those shown before.

    Raises:
        UserError: not the newest version, already locked, 確認済 with an open 必須 finding on any version, or
            修正後使用可 / 再提出 without a finding that says what to correct (on it, or still open from an older
            one).
    """
    material, version = open_version(context.store, version_id)
    if result not in tuple(MaterialResult):
        raise UserError(f"「{result}」という結果はありません。", "確認済・修正後使用可・再提出から選んでください。")
    result = MaterialResult(result)
    versions = table.versions(context.database, version.material_id)
    if versions[-1].id != version_id:
        raise UserError(f"第{version.version}版より新しい版を受領しています。", "いちばん新しい版を確認してください。")
    findings = [row for each in versions for row in table.findings(context.database, each.id)]
    must = [row for row in findings if row.duty.is_required and not row.resolved]
    if result.is_checked and must:
        raise UserError(f"必須の指摘が{len(must)}件、未修正です。", "修正を確かめてから確認済にしてください。")
    if not result.is_checked and not any(row.version_id == version_id or not row.resolved for row in findings):
        raise UserError(f"{result}とする指摘が書かれていません。", "直すところを指摘に書いてください。")
    with context.change(
        f"資料「{material.title}」第{version.version}版を{result}にした",
        "materials",
        event_id=material.event_id,
    ) as change:
        change.update(
            MaterialVersion,
            version_id,
            result=result,
            result_on=context.today,
            result_by=context.by,
            result_note=join_nonempty(_reason_of_receipt(version), note, separator="\n"),
            locked=result.is_checked,
            looked=tuple(sorted({*version.looked, *viewed_pages})),
        )
    return ActionResult(f"「{material.title}」第{version.version}版を{result}にしました。", version_id)


def _reason_of_receipt(version: MaterialVersion) -> str:
    """Return why a version was received after a 確認済 one, or used again though a right blocks it; "" = no reason."""
    note = version.result_note
    if version.version == 1 and not note.startswith(REUSE_REASON):
        return (
            ""  # It needed none: an earlier version of the program wrote why a result was withdrawn without the word.
        )
    return f"\n{note}".partition(f"\n{_WITHDRAWN}")[0].strip("\n")


def withdraw_result(context: ActionContext, *, version_id: int, reason: str) -> ActionResult:
    """Withdraw a result with a reason; the version and its deadline are open again.

    A 資料確認結果通知 that left since then stays in the log, with a 取消.

    Raises:
        UserError: it has no result, or no reason is given.
    """
    version = required_version(context.store, version_id)
    material = required_material(context.store, version.material_id)
    if version.result is None:
        raise UserError("この版の結果は、まだありません。", "画面を開き直してください。")
    if not reason.strip():
        raise UserError("結果を取り消す理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    with context.change(
        f"資料「{material.title}」第{version.version}版の{version.result}を取り消した（{reason}）",
        "materials",
        event_id=material.event_id,
    ) as change:
        change.update(
            MaterialVersion,
            version_id,
            result=None,
            result_on=None,
            result_by="",
            result_note=join_nonempty(_reason_of_receipt(version), f"{_WITHDRAWN}{reason}", separator="\n"),
            locked=False,
        )
        note_withdrawn(
            context.store,
            change,
            (NOTICE,),
            since=version.result_on or context.today,
            reason=reason.strip(),
            who=context.by,
            at=context.now,
            event_id=material.event_id,
        )
    return ActionResult(f"「{material.title}」第{version.version}版の結果を取り消しました。", version_id)
