"""留守: while somebody is away, the rows of home that name him name his colleague, and are his own again afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.event.services.tasks.task import Task
from db.engine import Database
from db.name_key import name_key
from db.records.accounts import User
from db.records.year.enquiries import Absence
from db.rows import by_id, rows

SUBJECT = "absences"
_SPACE = "　"


def active_absences(database: Database, today: date) -> tuple[Absence, ...]:
    """Return who is away on a day."""
    return tuple(one for one in rows(database, Absence) if one.begins_on <= today <= one.until)


def acted_for(task: Task, absences: Sequence[Absence], today: date) -> Task:
    """Return a task whose person is away with the colleague who acts for him; no record is changed."""
    detail = f"{_SPACE}{task.detail}{_SPACE}"
    for one in absences:
        acting = f"{one.colleague}（{one.person}さんの留守 {short_date(one.until, today)}まで）"
        detail = detail.replace(f"{_SPACE}{one.person}{_SPACE}", f"{_SPACE}{acting}{_SPACE}")
    return replace(task, detail=detail.strip(_SPACE))


def record_absence(
    context: ActionContext, *, person: str, colleague: str, begins_on: date, until: date
) -> ActionResult:
    """Record that somebody is away and who acts for him, from a day to another.

    Raises:
        UserError: nobody or the same person is named, it ends before it begins or before today, or on some of its days
            the colleague is away too, or the person acts for somebody else.
    """
    person, colleague = person.strip(), colleague.strip()
    if not person or not colleague or name_key(person) == name_key(colleague):
        raise UserError("留守にする人か代わりの人がないか、同じ人です。", "1人ずつ、別の人を書いてください。")
    if until < max(begins_on, context.today):
        raise UserError("留守の終わりが、始まりか本日より前です。", "日付を確かめてください。")
    _reject_chain(context.database, person, colleague, begins_on, until)
    row = Absence(person=person, colleague=colleague, begins_on=begins_on, until=until, by=context.by)
    with context.change("留守を記録した", SUBJECT) as change:
        row_id = change.insert(row)
    known = {name_key(one.display_name) for one in rows(context.database, User, active=True)}
    stranger = "" if name_key(colleague) in known else f"「{colleague}」という利用者はいません。"
    days = f"{short_date(begins_on, context.today)}から{short_date(until, context.today)}まで"
    return ActionResult(
        f"{days}、{person}さんの行は{colleague}さんの行として並びます。そのあと戻ります。{stranger}", row_id
    )


def _reject_chain(database: Database, person: str, colleague: str, begins_on: date, until: date) -> None:
    """Raise ``UserError`` where rows would stand with somebody who is away."""
    for one in rows(database, Absence):
        if one.until < begins_on or until < one.begins_on:
            continue
        if name_key(one.person) == name_key(colleague):
            raise UserError(f"{colleague}さんも、その間に留守です。", "別の人を代わりにしてください。")
        if name_key(one.colleague) == name_key(person):
            raise UserError(
                f"{person}さんは、その間に{one.person}さんの代わりをしています。",
                f"先に、{one.person}さんの留守を終えて、別の人を代わりにして記録し直してください。",
            )


def end_absence(context: ActionContext, *, absence_id: int) -> ActionResult:
    """End an absence today: the rows are the person's own again."""
    found = by_id(context.database, Absence, absence_id)
    if found is None:
        raise UserError("この留守の記録は、もうありません。", "画面を開き直してください。")
    with context.change("留守を終えた", SUBJECT) as change:
        if found.begins_on < context.today:
            change.update(Absence, absence_id, until=context.today - timedelta(days=1))
        else:
            change.delete(Absence, absence_id)
    return ActionResult(f"{found.person}さんの行に戻しました。", absence_id)
