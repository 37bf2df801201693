"""Findings on a version: written, changed, mended, removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.refusal import Refusal
from app.required import required
from app.saved import Saved
from app.subjects.materials.services.material_rows import open_version
from db.records.materials import Finding
from db.store import Store
from db.tables import materials as table


def add_finding(
    store: Store,
    *,
    version_id: int,
    page: str,
    text: str,
    duty: str = "お願い",
    basis: str = "",
    by: str,
    now: datetime,
) -> Saved:
    """Write a finding on a version; 必須 needs its basis (内容の誤り, 肖像の承諾, a clause …).

    Raises:
        Refusal: the handout is 確認済, nothing is written, or 必須 without a basis.
    """
    material, version = open_version(store, version_id)
    finding = _finding(Finding(version_id=version_id, position=0, page=page, text=text), duty, basis)
    count = len(table.findings(store.database, version_id))
    with store.change(
        action=f"資料「{material.title}」に指摘を加えた", by=by, now=now, subject="materials",
        event_id=material.event_id,
    ) as change:  # fmt: skip
        row_id = change.insert(replace(finding, position=count))
    return Saved(said=f"第{version.version}版に指摘を加えました（{count + 1}件）。", id=row_id)


def change_finding(
    store: Store,
    *,
    finding_id: int,
    page: str,
    text: str,
    duty: str,
    basis: str = "",
    response: str | None = None,
    by: str,
    now: datetime,
) -> Saved:
    """Save every field of a finding; ``response`` None leaves the contractor's answer."""
    found = required(store.database, Finding, finding_id)
    material, _ = open_version(store, found.version_id)
    finding = _finding(replace(found, page=page, text=text), duty, basis)
    with store.change(
        action=f"資料「{material.title}」の指摘を変えた", by=by, now=now, subject="materials",
        event_id=material.event_id,
    ) as change:  # fmt: skip
        change.save(replace(finding, response=found.response if response is None else response))
    return Saved(said="指摘を保存しました。", id=finding_id)


def resolve_finding(
    store: Store, *, finding_id: int, resolved: bool = True, response: str | None = None, by: str, now: datetime
) -> Saved:
    """Note that a finding was mended (``resolved``) or is open again; ``response`` what the contractor said."""
    found = required(store.database, Finding, finding_id)
    material, _ = open_version(store, found.version_id)
    word = "修正済" if resolved else "未修正"
    with store.change(
        action=f"資料「{material.title}」の指摘を{word}にした", by=by, now=now, subject="materials",
        event_id=material.event_id,
    ) as change:  # fmt: skip
        change.update(Finding, finding_id, resolved=resolved, response=found.response if response is None else response)
    return Saved(said=f"指摘を{word}にしました。", id=finding_id)


def remove_finding(store: Store, *, finding_id: int, by: str, now: datetime) -> Saved:
    """Delete a finding; raises ``Refusal`` once the handout is 確認済."""
    found = required(store.database, Finding, finding_id)
    material, _ = open_version(store, found.version_id)
    with store.change(
        action=f"資料「{material.title}」の指摘を消した", by=by, now=now, subject="materials",
        event_id=material.event_id,
    ) as change:  # fmt: skip
        change.delete(Finding, finding_id)
    return Saved(said="指摘を消しました。", id=finding_id)


def _finding(finding: Finding, duty: str, basis: str) -> Finding:
    """Return the finding with its duty, checked."""
    if not finding.text.strip():
        raise Refusal("指摘の内容が書かれていません。", "どこをどう直すかを書いてください。")
    if duty == "必須" and not basis.strip():
        raise Refusal("必須の指摘には、根拠が要ります。", "内容の誤り、肖像の承諾など、根拠を書いてください。")
    return replace(finding, duty="必須" if duty == "必須" else "お願い", basis=basis)
