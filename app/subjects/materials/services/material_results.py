"""The ward's result on a version: 確認済 locks it, anything else waits for a newer one."""

from __future__ import annotations

from datetime import date, datetime

from app.papers.services.issued_copies import note_withdrawn
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.materials.papers.material_result import KIND as NOTICE
from app.subjects.materials.services.material_rows import open_version, required_material, required_version
from db.records.materials import RESULTS, MaterialVersion, Result
from db.store import Store
from db.tables import materials as table


def set_result(
    store: Store,
    *,
    version_id: int,
    result: Result,
    note: str = "",
    result_on: date | None = None,
    by: str,
    now: datetime,
) -> Saved:
    """Say the result of the newest version: 確認済 locks it; 修正後使用可 and 再提出 wait for a newer one.

    Raises:
        Refusal: not the newest version, already locked, 確認済 with an open 必須 finding on any version, or
            修正後使用可 / 再提出 without a finding that says what to mend.
    """
    material, version = open_version(store, version_id)
    if result not in RESULTS:
        raise Refusal(f"「{result}」という結果はありません。", "確認済・修正後使用可・再提出から選んでください。")
    versions = table.versions(store.database, version.material_id)
    if versions[-1].id != version_id:
        raise Refusal(f"第{version.version}版より新しい版を受領しています。", "いちばん新しい版を確認してください。")
    findings = [row for each in versions for row in table.findings(store.database, each.id)]
    must = [row for row in findings if row.duty == "必須" and not row.resolved]
    if result == "確認済" and must:
        raise Refusal(f"必須の指摘が{len(must)}件、未修正です。", "修正を確かめてから確認済にしてください。")
    if result != "確認済" and not any(row.version_id == version_id for row in findings):
        raise Refusal(f"{result}とする指摘が書かれていません。", "直すところを指摘に書いてください。")
    with store.change(
        action=f"資料「{material.title}」第{version.version}版を{result}にした", by=by, now=now, subject="materials",
        event_id=material.event_id,
    ) as change:  # fmt: skip
        change.update(
            MaterialVersion, version_id, result=result, result_on=result_on or now.date(), result_by=by,
            result_note=note, locked=result == "確認済",
        )  # fmt: skip
    return Saved(said=f"「{material.title}」第{version.version}版を{result}にしました。", id=version_id)


def withdraw_result(store: Store, *, version_id: int, reason: str, by: str, now: datetime) -> Saved:
    """Take a result back with a reason; the version is open again and the deadline with it.

    A 資料確認結果通知 that left since then stays in the log, with a 取消.
    """
    version = required_version(store, version_id)
    material = required_material(store, version.material_id)
    if version.result is None:
        raise Refusal("この版の結果は、まだありません。", "画面を開き直してください。")
    if not reason.strip():
        raise Refusal("結果を取り消す理由が書かれていません。", "理由を書いてください。履歴に残ります。")
    action = f"資料「{material.title}」第{version.version}版の{version.result}を取り消した（{reason}）"
    with store.change(action=action, by=by, now=now, subject="materials", event_id=material.event_id) as change:
        change.update(
            MaterialVersion, version_id, result=None, result_on=None, result_by="", result_note=reason, locked=False
        )
        note_withdrawn(
            store, change, (NOTICE,), since=version.result_on or now.date(), reason=reason.strip(), who=by, at=now,
            event_id=material.event_id,
        )  # fmt: skip
    return Saved(said=f"「{material.title}」第{version.version}版の結果を取り消しました。", id=version_id)
