"""The register of 団体: its list, changes to it, contacts and the history of 段階 (§8.4 for disposal of contacts)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.common.join_nonempty import fill_nonempty
from app.common.text_rules import check_writable_texts
from app.documents.services.copy_retention import copies_naming
from app.documents.services.rare_characters import rare_in_input
from app.registers.register.rules import current_stages, in_register_order, is_stage, phone_doubt, stage_words
from app.registers.register.services.contacts import add_contact
from app.registers.register.services.mistake_reports import insert_report
from app.registers.register.services.renaming import update_name_copies
from app.registers.register.services.search import former_names, search_keys
from db.digits import one_width
from db.engine import Database
from db.fields import changed_fields
from db.journal import Change
from db.name_key import digits_of, name_key, organisation_name_key
from db.record import record
from db.records.organisations import (
    Contact,
    Membership,
    Organisation,
    Person,
    PlannedChange,
    StageMark,
    Subsidy,
)
from db.records.year.rights import MistakeReport
from db.rows import row, rows
from db.store import Store
from db.tables import organisations as table
from db.tables import register


@record
class OrganisationRow:
    """One 団体 in the list.

    ``event_count`` counts the events that somebody of it attended, ``last_day`` is the latest of them. ``former_name``
    is set where only the former name matched the search.
    """

    organisation: Organisation
    chair: str
    people_count: int
    event_count: int
    last_day: date | None
    former_name: str

    @property
    def id(self) -> int:
        """Return the id of the 団体."""
        return self.organisation.id


@record
class OrganisationList:
    """The 団体 found, and the number of all 団体 and of their 支部."""

    rows: tuple[OrganisationRow, ...]
    total: int
    branch_count: int


def list_organisations(store: Store, *, text: str = "") -> OrganisationList:
    """Return the 団体 that contain every word of ``text`` in any spelling, in the order of the register.

    Searched are 名称 (former ones too), ふりがな, 支部 and contacts.
    """
    database = store.database
    keys = search_keys(text)
    found = in_register_order(register.listed_organisations(database, keys))
    former = former_names(database, keys, found)
    chairs = register.chairs(database)
    entered = register.participation_counts(database)
    counts = table.people_counts(database, [one.id for one in found])
    rows = []
    for one in found:
        events, last = entered.get(one.id, (0, ""))
        rows.append(
            OrganisationRow(
                organisation=one,
                chair="、".join(chairs.get(one.id, ())),
                people_count=counts.get(one.id, 0),
                event_count=events,
                last_day=date.fromisoformat(last) if last else None,
                former_name=former.get(one.id, ""),
            )
        )
    return OrganisationList(
        rows=tuple(rows), total=register.count_organisations(database), branch_count=len(list_branches(store))
    )


def list_branches(store: Store) -> tuple[str, ...]:
    """Return the 支部 in the order of the register."""
    every = in_register_order(table.all_organisations(store.database))
    return tuple(dict.fromkeys(one.branch for one in every if one.branch))


def create_organisation(context: ActionContext, *, organisation: Organisation) -> ActionResult:
    """Add a 団体 to the register, its name exactly as typed.

    Raises:
        UserError: no name, a text that cannot be printed, or the 支部 has a 団体 of this name already.
    """
    check_organisation(context.database, organisation)
    with context.change("団体を加えた", "organisations") as change:
        made = insert_organisation(change, context, organisation)
    said = f"{_same_name_notice(context.database, organisation, made)}{_unprintable_character_notice(organisation)}"
    return ActionResult(f"「{organisation.name}」を加えました。{said}", made)


def _unprintable_character_notice(organisation: Organisation) -> str:
    """Return a sentence on characters in name, ふりがな or 支部 that no font of the documents draws, "" = none."""
    return rare_in_input(organisation.name, organisation.furigana, organisation.branch)


def insert_organisation(change: Change, context: ActionContext, organisation: Organisation) -> int:
    """Add a 団体 as part of another action and return its id; call ``check_organisation`` before.

    Its 段階 become the first marks, of ``day`` and by ``marked_by``.
    """
    made = change.insert(replace(organisation, id=0))
    insert_stage_marks(change, context, made, organisation.stages, source="登録")
    return made


def update_organisation(context: ActionContext, *, organisation: Organisation) -> ActionResult:
    """Save the 団体 as given, except its 段階, which only ``mark_stage`` and ``remove_stage_mark`` change.

    Copies of the name elsewhere are updated (``update_name_copies``).

    Raises:
        UserError: it is gone, has no name or a text that cannot be printed, or another 団体 of the 支部 has that name.
    """
    before = get_organisation(context.database, organisation.id)
    check_organisation(context.database, organisation)
    with context.change("団体の登録を直した", "organisations") as change:
        change.update(Organisation, before.id, **changed_fields(before, replace(organisation, stages=before.stages)))
        followed = update_name_copies(change, context.database, before, organisation.name)
    renamed = (
        "届出で改称したときは「届出の予定」に替わる日を入れると、その日より前の回は旧称のままになります。"
        if name_key(organisation.name) != name_key(before.name)
        else ""
    )
    return ActionResult(
        f"「{organisation.name}」を直しました。{followed}{renamed}{_unprintable_character_notice(organisation)}",
        organisation.id,
    )


def delete_organisation(context: ActionContext, *, organisation_id: int) -> ActionResult:
    """Delete a 団体 with its people, contacts, 段階, 補助金 and 届出の予定, if nothing else refers to it.

    The 控え of issued documents that name it are listed and stay until their retention ends.

    Raises:
        UserError: it or one of its people has applied or taken part, or a document about it was written or issued; two
            entries of one 団体 are merged instead.
    """
    database = context.database
    organisation = get_organisation(database, organisation_id)
    people = table.people(database, organisation_id)
    if register.references_to_organisation(database, organisation_id) or register.count_entries_of_people(
        database, [one.id for one in people]
    ):
        raise UserError(
            f"「{organisation.name}」には申込、参加、帳票の記録があるため、削除できません。",
            "同じ団体が2件あるときは、「まとめる」で1件にしてください。記録は残ります。",
        )
    kept = copies_naming(context.store, organisation_id=organisation_id)
    with context.change("団体を削除", "organisations") as change:
        of_people = {"person_id": [one.id for one in people]}
        of_it = {"organisation_id": organisation_id}
        gone: list[tuple[type[Any], dict[str, Any]]] = [(Contact, of_people), (Membership, of_people)]
        gone += [(kind, of_it) for kind in (StageMark, Subsidy, PlannedChange, Contact, Membership, Person)]
        for kind, whose in gone:
            for row in rows(database, kind, **whose):
                change.delete(kind, row.id)
        change.delete(Organisation, organisation_id)
    also = fill_nonempty("（{}人も）", len(people))
    return ActionResult(f"「{organisation.name}」を削除しました{also}。{kept}", organisation_id)


def get_organisation(database: Database, organisation_id: int) -> Organisation:
    """Return one 団体; raises ``UserError`` when it no longer exists."""
    return get_or_raise(database, Organisation, organisation_id)


def insert_stage_marks(
    change: Change, context: ActionContext, organisation_id: int, stages: dict[str, str], *, source: str
) -> None:
    """Insert the first mark of the history for each tool in ``stages``; a value that is no 段階 is skipped."""
    for tool, stage in stages.items():
        if is_stage(stage):
            change.insert(
                StageMark(
                    organisation_id=organisation_id,
                    tool=tool,
                    stage=stage,
                    marked_on=context.today,
                    source=source,
                    by=context.by,
                )
            )


def _same_name_notice(database: Database, organisation: Organisation, organisation_id: int) -> str:
    """Return a remark on the first other 団体 of the same name in any spelling, which may be the same; "" for none."""
    key = organisation_name_key(organisation.name)
    every = table.all_organisations(database)
    same = [one for one in every if one.id != organisation_id and organisation_name_key(one.name) == key]
    if not same:
        return ""
    return f"{same[0].branch or '支部なし'}に「{same[0].name}」があります。二重の登録でないか、確かめてください。"


def check_organisation(database: Database, organisation: Organisation) -> None:
    """Check that a 団体 can be saved.

    Raises:
        UserError: no name, a name that cannot be printed, or its 支部 has a 団体 of that name.
    """
    if not organisation.name.strip():
        raise UserError("団体名がまだ入力されていません。", "団体名を入力してください。")
    check_writable_texts(
        {"団体名": organisation.name, "ふりがな": organisation.furigana, "支部": organisation.branch},
        {"支援方針": organisation.support_policy, "備考": organisation.note},
    )
    same = row(database, Organisation, branch=organisation.branch, name=organisation.name)
    if same is not None and same.id != organisation.id:
        where = organisation.branch or "支部なし"
        raise UserError(
            f"{where}には「{organisation.name}」がもう登録されています。",
            "登録されているほうを開いて直すか、名称を確かめてください。",
        )


PURPOSES = ("団体への連絡", "中止・変更の連絡", "通知の送付")


_EXTENSION = re.compile("内線?.*")
_LETTER = re.compile("[A-Za-z]")


def is_undialable(value: str) -> bool:
    """Return whether a telephone number cannot be dialled: its digits are odd (``phone_doubt``), or a letter (O3).

    An extension is none of its digits. Such a number is saved and flagged, never rejected.
    """
    number = _EXTENSION.sub("", one_width(value))
    return phone_doubt(digits_of(number)) != "" or _LETTER.search(number) is not None


def save_contact(context: ActionContext, *, contact: Contact, report: MistakeReport | None = None) -> ActionResult:
    """Add a contact (``id`` 0) or save it as given; the value stays exactly as typed.

    Raises:
        UserError: nothing typed, a text that cannot be printed, no purpose, no owner, the contact is gone,
            or the ``report`` of whom it follows is incomplete.
    """
    if not contact.value.strip():
        raise UserError(f"{contact.kind}がまだ入力されていません。", "連絡先を入力してください。")
    check_writable_texts({}, {contact.kind: contact.value, "備考": contact.note})
    if not contact.purpose.strip():
        raise UserError("使う目的がまだ入力されていません。", "何のために使う連絡先かを選んでください。")
    if contact.organisation_id is None and contact.person_id is None:
        raise UserError("だれの連絡先かが決まっていません。", "団体または人を選んでから加えてください。")
    known = get_or_raise(context.database, Contact, contact.id) if contact.id else None
    action = "連絡先を直した" if contact.id else "連絡先を加えた"
    ended: tuple[Contact, ...] = ()
    with context.change(action, "organisations") as change:
        if known is not None:
            made = change.correct(known, contact)
        else:
            owned = rows(
                context.database, Contact, organisation_id=contact.organisation_id, person_id=contact.person_id
            )
            made, ended = add_contact(change, owned, contact, context.today)
        told = insert_report(change, store=context.store, report=report, **context.signature)
    before = f"同じ目的の{'、'.join(one.value for one in ended)}は、使わない連絡先にしました。" if ended else ""
    more = "どちらも使うときは、備考か目的を変えます。" if ended else ""
    return ActionResult(f"連絡先を{'直しました' if known else '加えました'}。{told}{before}{more}", made)


def remove_contact(context: ActionContext, *, contact_id: int) -> ActionResult:
    """Delete a contact; raises ``UserError`` when it is gone."""
    found = get_or_raise(context.database, Contact, contact_id)
    with context.change("連絡先を削除", "organisations") as change:
        change.delete(Contact, contact_id)
    return ActionResult(f"連絡先（{found.kind}）を削除しました。", contact_id)


def mark_stage(
    context: ActionContext,
    *,
    organisation_id: int,
    tool: str,
    stage: str,
    marked_on: date,
    source: str = "",
    event_id: int | None = None,
) -> ActionResult:
    """Record the 段階 ("0" … "5", "×" 希望しない) of one tool on a day; earlier marks stay.

    ``source`` says in words where it is known from, ``event_id`` at which event it was seen (None = at none).

    Raises:
        UserError: no such 段階, no tool, or the 団体 is gone.
    """
    organisation = get_organisation(context.database, organisation_id)
    if not is_stage(stage):
        raise UserError("段階は0から5、または×（希望しない）です。", "選び直してください。")
    if not tool.strip():
        raise UserError("ツールの名前がまだ入力されていません。", "ツールの名前を入力してください。")
    mark = StageMark(
        organisation_id=organisation_id,
        tool=tool,
        stage=stage,
        marked_on=marked_on,
        source=source,
        event_id=event_id,
        by=context.by,
    )
    with context.change("活用の段階を記録", "organisations", event_id=event_id) as change:
        made = change.insert(mark)
        marks = register.stage_marks(context.database, organisation_id)
        change.update(Organisation, organisation_id, stages=current_stages(marks, organisation.stages))
    return ActionResult(f"{tool} を「{stage_words(stage)}」としました。", made)


def remove_stage_mark(context: ActionContext, *, mark_id: int) -> ActionResult:
    """Delete one mark from the history; the current 段階 follows from the marks that stay.

    Raises:
        UserError: the mark is gone.
    """
    found = get_or_raise(context.database, StageMark, mark_id)
    organisation = get_organisation(context.database, found.organisation_id)
    with context.change("活用の段階の記録を削除", "organisations") as change:
        change.delete(StageMark, mark_id)
        marks = register.stage_marks(context.database, organisation.id)
        kept = {tool: stage for tool, stage in organisation.stages.items() if tool != found.tool}
        change.update(Organisation, organisation.id, stages=current_stages(marks, kept))
    return ActionResult(f"{found.tool} の記録を1件削除しました。", mark_id)
