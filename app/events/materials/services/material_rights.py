"""Answer the rights of a handout, and reuse it in another event where they allow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import short_date_or
from app.event.services.event_records import read_event_or_error
from app.events.materials.rules import CONDITION, STATES, blocked_words, rights_blocking_reuse
from app.events.materials.services.materials import REUSE_REASON
from db.record import record
from db.records.event_status import EventStatus
from db.records.events import Event
from db.records.programme import Programme
from db.records.submissions.materials import Material, MaterialVersion, RightAnswer, UsageRight
from db.rows import rows
from db.store import Store
from db.tables import materials as table

ANSWER = "資料の「権利」で確かめた結果を選ぶか、それでも使う理由を書いてください。"


@record
class ReuseTarget:
    """An event in which a handout may be reused: 「10/1(木)　第7回 LINE講習会」, or with 「日程未定」."""

    event_id: int
    words: str


def answer_rights(
    context: ActionContext, *, material_id: int, answers: Mapping[UsageRight, tuple[str, str]]
) -> ActionResult:
    """Record the states of rights, each with the condition or the reason for use ("" = none).

    The state "" takes an answer back: the right is 未確認 again.

    Raises:
        UserError: there is no such right or state, 条件付き without its condition, a reason without a state, or nothing
            new was answered.
    """
    material = get_or_raise(context.database, Material, material_id)
    changed: dict[str, RightAnswer] = {}
    for right, (state, reason) in answers.items():
        if right not in tuple(UsageRight) or state not in ("", *STATES[right]):
            raise UserError(f"権利「{right}」に「{state}」はありません。", "画面を開き直してください。")
        if not state and reason.strip():
            raise UserError(
                f"「{right}」は未確認のままで、理由・条件が書かれています。",
                "確かめた結果を選ぶか、理由・条件を消してください。",
            )
        if state == CONDITION and not reason.strip():
            raise UserError("使える条件が書かれていません。", "どんなときに使えるかを書いてください。")
        known = material.rights.get(right)
        if (state, reason.strip()) != ((known.state, known.reason) if known is not None else ("", "")):
            changed[right] = RightAnswer(state=state, reason=reason.strip(), on=context.today, by=context.by)
    if not changed:
        raise UserError("変わった権利がありません。", "確かめた結果を選んでから保存してください。")
    words = "、".join(
        f"{right}を「{one.state or '未確認'}」{'（理由あり）' if one.reason else ''}" for right, one in changed.items()
    )
    rights = {right: one for right, one in {**material.rights, **changed}.items() if one.state}
    with context.change(f"資料「{material.title}」の{words}にした", "materials", event_id=material.event_id) as change:
        change.update(Material, material_id, rights=rights)
    return ActionResult(f"「{material.title}」の{words}にしました。", material_id)


def reuse_targets(store: Store, *, material_id: int, today: date) -> tuple[ReuseTarget, ...]:
    """Return the other planned events of all open years from today on, by day, undated ones last."""
    material = get_or_raise(store.database, Material, material_id)
    years = [one.id for one in rows(store.database, Programme, closed_on=None)]
    events = [
        one
        for one in rows(
            store.database, Event, programme_id=years, status=EventStatus.PLANNED, order=("event_date nulls last", "id")
        )
        if one.id != material.event_id and (one.event_date is None or one.event_date >= today)
    ]
    return tuple(
        ReuseTarget(
            event_id=one.id,
            words=f"{short_date_or('日程未定', one.event_date, today)}　{one.full_title}",
        )
        for one in events
    )


def reuse_material(context: ActionContext, *, material_id: int, event_id: int, reason: str = "") -> ActionResult:
    """Add the newest 確認済 version of a handout to another event as its first version, to be checked there.

    The rights are copied. ``reason`` overrides blocking rights, and stays with the version.

    Raises:
        UserError: no version is 確認済, the event has a handout of that name, or a right blocks it without a reason.
    """
    material = get_or_raise(context.database, Material, material_id)
    event = read_event_or_error(context.database, event_id)
    confirmed = [one for one in table.versions(context.database, material_id) if one.is_checked]
    if not confirmed:
        raise UserError(
            f"「{material.title}」は、まだ確認済ではありません。", "確認済にしてから、ほかの実施回で使ってください。"
        )
    there = table.of_event(context.database, event_id)
    if any(one.title == material.title for one in there):
        raise UserError(
            f"{event.full_title}には「{material.title}」がもうあります。", "その資料の版として受領してください。"
        )
    held = rights_blocking_reuse(material.rights)
    if held and not reason.strip():
        raise UserError(blocked_words(material.title, held, material.rights, action="ほかの実施回で使えません"), ANSWER)
    newest = confirmed[-1]
    note = f"{read_event_or_error(context.database, material.event_id).full_title} 第{newest.version}版から"
    with context.change(
        f"資料「{material.title}」を{event.full_title}でも使うことにした", "materials", event_id=event_id
    ) as change:
        new_id = change.insert(
            Material(
                event_id=event_id,
                position=len(there),
                title=material.title,
                note=note,
                rights=material.rights,
                added_on=context.today,
            )
        )
        change.insert(
            replace(
                MaterialVersion(material_id=new_id, version=1, received_on=context.today, received_how="再利用"),
                file_id=newest.file_id,
                file_name=newest.file_name,
                sha256=newest.sha256,
                pages=newest.pages,
                result_note=f"{REUSE_REASON}{reason.strip()}" if reason.strip() else "",
            )
        )
    return ActionResult(f"「{material.title}」を{event.full_title}に加えました。そこで確認してください。", new_id)
