"""履歴, undo and redo of one's own actions, newest first, also after a restart, and the wording of changes.

Everything is derived from the change journal: an undo is a new entry (``undo_of``), a redo another (``redo_of``), and
which of them is in effect is read from the journal.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import is_dataclass, replace
from datetime import date, datetime
from functools import cache, partial
from typing import Any, Protocol

from app.actions.user_error import UserError
from app.calendar.dates import long_date, short_date
from app.common.extension_point import ExtensionPoint
from db.backups import image_upgrade
from db.fields import SpecifiedField, specs
from db.files import storage_errors
from db.journal import Change
from db.mapping import TABLE_OF
from db.record import frozen
from db.records.accounts import JournalEntry, RowChange
from db.records.organisations import Organisation, Person
from db.records.roster import Entry
from db.rows import rows
from db.store import Store
from db.tables import journal as table

TABLES: Mapping[str, str] = {
    "programmes": "年度の事業", "kind_numbers": "種別ごとの数値", "contract_terms": "契約の内容の変更",
    "task_closings": "手で済みにした期限", "closed_days": "閉庁日", "offices": "所属・担当者", "contractors": "受託者",
    "paper_settings": "書類の宛先", "users": "利用者", "organisations": "団体", "people": "参加者", "events": "事業",
    "agenda_items": "当日進行", "equipment_items": "機材", "recruitment_steps": "募集の段取り",
    "deadline_overrides": "期限の変更", "event_results": "当日の結果", "agreements": "協議", "meetings": "打合せ",
    "homework": "宿題", "agreement_files": "協議の添付", "dispatch_wishes": "希望票", "presentations": "事例発表",
    "dispatch_supports": "支援のあゆみ", "dispatch_follow_ups": "フォローアップ",
    "expected_counts": "参加見込み", "headcount_notices": "参加人数連絡", "stored_files": "保管ファイル",
    "letters": "通知文", "kept_papers": "出した通知の写し", "letter_answers": "通知の違いの答え",
    "outgoing": "出力の記録", "acts": "連絡・通知の記録", "outgoing_people": "控えに載る人",
    "outgoing_organisations": "控えに載る団体", "materials": "資料", "material_versions": "資料の版",
    "findings": "指摘", "questionnaires": "設問のひな形", "event_surveys": "アンケート",
    "survey_imports": "オンライン回答の取り込み", "answer_sheets": "回答", "reports": "実施報告書",
    "received_papers": "受領した書類", "evidence": "提案書の根拠", "proposal_issues": "提案書の課題",
    "proposal_plans": "次年度の実施案", "proposal_policies": "団体の支援方針", "budget_memos": "検討メモ",
    "memo_amounts": "検討メモの要求額", "memo_clauses": "仕様書で直すところ", "memo_cuts": "減額されたときの順",
    "memo_questions": "決まっていないこと", "specification_texts": "仕様書の読み比べ", "next_values": "つぎの年度の数",
    "paper_readings": "書類の点検", "inspections": "検査", "payments": "支払", "account_questions": "会計課への確認",
    "report_figures": "突合の数字", "report_photos": "報告書の写真", "kept_numbers": "残した食い違い",
    "confirmed_states": "確認したときの内容", "memberships": "役職の履歴", "contacts": "連絡先",
    "stage_marks": "活用の段階", "not_doubles": "別の登録", "subsidies": "補助金", "applications": "申込",
    "foreign_imports": "ファイルの取り込み", "column_maps": "列の対応", "entries": "名簿", "selections": "参加者の決定",
    "table_groups": "班", "group_wishes": "班の希望", "discussion_lines": "討議の記録",
    "discussion_points": "討議のまとめ", "arrangements": "配慮の手配", "tablets": "貸与タブレット",
    "tablet_loans": "タブレットの貸出", "change_decisions": "中止・変更の判断", "calls": "電話の記録",
    "contact_memos": "応対メモ", "returned_letters": "返戻", "absences": "留守",
    "mistake_reports": "本人からの申出", "data_requests": "本人からの請求", "request_steps": "補正・第三者の意見",
    "request_terms": "請求に答える期間",
    "holds": "記録の保留", "backup_rules": "バックアップの期間",
    "second_entries": "2回目の入力", "sheet_drafts": "書きかけの用紙", "comment_themes": "自由記述の分類",
    "comment_marks": "自由記述の扱い", "venues": "会場", "bookings": "会場の予約", "schedule_plans": "日程の案",
    "schedule_candidates": "候補日", "ward_days": "区の年中行事", "planned_changes": "届出の予定",
    "calendar_entries": "カレンダーに出した予定",
    "takeouts": "持出し管理簿", "erasings": "消去", "erased_files": "消したファイル", "disposals": "消す印",
    "disposal_holds": "残す理由", "backup_places": "2つ目の場所", "protected_places": "保護された保存先",
    "restore_drills": "復元の点検", "incidents": "事故の対応", "incident_notes": "事故の経過",
    "incident_measures": "再発防止策", "incident_rules": "事故のときの決まり", "ledger_rows": "管理簿の行",
    "ledger_notes": "管理簿の訂正・確認", "ledger_numbers": "管理簿の番号", "ledger_settings": "管理簿の点検",
    "check_sheets": "確認票", "paper_texts": "書類の文", "earlier_counts": "前の年度の集計",
    "earlier_figures": "前の年度の実績", "year_reasons": "仕様との違いの理由", "year_answers": "照会への回答",
    "access_reviews": "アクセスの記録の点検",
}  # fmt: skip
"""What a row of each table is called."""

_FORMER_FIELDS: Mapping[tuple[str, str], str] = {
    ("people", "phone"): "電話", ("headcount_notices", "told_on"): "連絡日",
    ("headcount_notices", "told_by"): "連絡した人", ("headcount_notices", "told_to"): "連絡先",
    ("headcount_notices", "told_how"): "連絡の方法",
}  # fmt: skip
"""Columns that no record has any more; old actions show them."""

_EMPTY = "（空欄）"
_MONEY = ("円", "千円")


def table_name(table: str) -> str:
    """Return the Japanese name for rows of a table; 「記録」 where it has none."""
    return TABLES.get(table, "記録")


Names = Mapping[str, Mapping[int, str]]
"""Names of people and 団体 by the column that refers to them."""
NAME_REFERENCES = ("person_id", "organisation_id", "entry_id")
_NAMED_BY_THEMSELVES = {"people", "presentations", "events", "letters", "paper_texts", "outgoing", "acts"}
"""Tables whose rows are not named by the person or 団体 that they refer to; all others are."""


def row_name(table: str, row: Mapping[str, Any], names: Names | None = None) -> str:
    """Return 「資料「テキスト」」, 「名簿「練馬 花子」」, or the table's name alone where the row has no name.

    Args:
        names: of people and 団体 as they stand now; None = no row is named by them.
    """
    if names is not None and table not in _NAMED_BY_THEMSELVES:
        about = (names.get(key, {}).get(row.get(key) or 0) for key in NAME_REFERENCES)
        if whose := next((name for name in about if name), ""):
            return f"{table_name(table)}「{whose}」"
    for name, told in _fields_of(table).items():
        if told.spec.names_row and row.get(name):
            return f"{table_name(table)}「{value_words(table, name, row[name])}」"
    return table_name(table)


@cache
def _fields_of(table: str) -> Mapping[str, SpecifiedField]:
    """Return the fields that the record of a table declares; empty where there is no such record."""
    kind = next((kind for kind, one in TABLE_OF.items() if one == table), None)
    return specs(kind) if kind is not None else {}


def is_shown(table: str, field: str) -> bool:
    """Return whether a field is shown in the 履歴; one that no record has only if it is a known former field."""
    told = _fields_of(table).get(field)
    return not told.spec.is_hidden if told is not None else (table, field) in _FORMER_FIELDS


def field_name(table: str, field: str) -> str:
    """Return the Japanese name of a field, of an amount with 「（円）」 or 「（千円）」; 「そのほか」 without one."""
    told = _fields_of(table).get(field)
    if told is None:
        return _FORMER_FIELDS.get((table, field), "そのほか")
    return f"{told.spec.label}（{told.spec.unit}）" if told.spec.unit in _MONEY else told.spec.label or "そのほか"


def value_words(table: str, field: str, value: Any) -> str:
    """Return a stored value as text: dates in full, はい and いいえ, lists joined by 、, numbers with their unit.

    An amount of money stands without its unit (「1,200」), which ``field_name`` gives; 「（空欄）」 = empty.
    """
    told = _fields_of(table).get(field)
    if told is not None and told.spec.unit and isinstance(value, int):
        return f"{value:,}" if told.spec.unit in _MONEY else f"{value}{told.spec.unit}"
    return _value_words(value, told.kind if told is not None else str)


def part_words(table: str, field: str, part: str, value: Any) -> str:
    """Return a value of a field in words; with ``part`` it is the value of one entry of the field (of a dict or list).

    A record inside it is described by all its fields.
    """
    told = _fields_of(table).get(field)
    kind = told.kind if told is not None else str
    if part and (args := typing.get_args(kind)):
        kind = args[-1 if typing.get_origin(kind) is dict else 0]
    return _value_words(value, kind, with_all=True)


def _value_words(value: Any, kind: Any, *, with_all: bool = False) -> str:
    """Return a stored value as text, JSON decoded by the type ``kind``; 「（空欄）」 where it is empty."""
    if value is None or value in ("", "[]", "{}"):
        return _EMPTY
    if isinstance(value, str) and value[:1] in "[{" and kind is not str:
        with suppress(ValueError):
            return _plain_words(json.loads(value), kind, with_all=with_all) or _EMPTY
    return _single_words(value, kind)


def _single_words(value: Any, kind: Any) -> str:
    """Return one value that is no list or record as text: dates in full, yes and no as はい and いいえ."""
    if kind is bool or value is True or value is False:
        return "はい" if value else "いいえ"
    if kind in (date, datetime) and isinstance(value, str):
        with suppress(ValueError):
            moment = datetime.fromisoformat(value)
            return long_date(moment.date()) + (f" {moment:%H:%M}" if len(value) > 10 else "")
    return str(value)


def _plain_words(plain: Any, kind: Any, *, with_all: bool = False) -> str:
    """Return a decoded JSON value in one line; records inside by their title or, ``with_all``, by all their fields."""
    args = typing.get_args(kind)
    if isinstance(plain, list):
        return "、".join(_plain_words(item, args[0] if args else str) for item in plain)
    if not isinstance(plain, dict):
        return _single_words(plain, kind)
    if "title" in plain and not with_all:
        return str(plain["title"])
    told = specs(kind) if is_dataclass(kind) else {}  # type: ignore[arg-type]
    parts = [(told[name].spec.label, told[name].kind, item) for name, item in plain.items() if name in told]
    parts = parts if told else [(name, args[-1] if args else str, item) for name, item in plain.items()]
    shown = [(name, part, item) for name, part, item in parts if name and item not in (None, "", [], {})]
    return "、".join(f"{name}：{_plain_words(item, part)}" for name, part, item in shown)


class UndoGuard(Protocol):
    """A check that refuses an undo which would change what a subject has fixed."""

    def __call__(self, store: Store, net: Collection[RowChange], *, cannot: str) -> None:
        """Raise ``UserError`` when the ``net`` changes are not allowed; ``cannot`` is 「元に戻せません」 or alike."""


_CHANGE_BY_HAND = "直すときは、「変更」でその操作を選び、「この場所を開く」から直せます"
"""Advice to change by hand an action that undo skips because of a later barrier (0014)."""
UNDO_GUARDS: ExtensionPoint[UndoGuard] = ExtensionPoint("undo_guards")


@frozen
class UndoResult:
    """The result of an undo or redo: a sentence for the undo bar; ``seq`` and event of the action undone or redone."""

    message: str
    seq: int
    event_id: int | None


@frozen
class FieldChange:
    """One field before and after, as text; ``row_name`` names the row (「資料「テキスト」」)."""

    row_name: str
    field: str
    before: str
    after: str


@frozen
class HistoryLine:
    """One action in the 履歴 with what it changed; ``is_undone`` = undone since.

    ``outgoing_id`` is the row of the outgoing log whose 控え this action kept, None where nothing left.
    """

    seq: int
    at: datetime
    by: str
    action: str
    event_id: int | None
    changes: tuple[FieldChange, ...]
    is_undone: bool
    outgoing_id: int | None = None


def last_action(store: Store) -> int:
    """Return the number of the newest journal entry, to mark where a piece of work begins; 0 = none yet."""
    return table.newest(store.database)


def undo(store: Store, *, by: str, now: datetime, since: int = 0, event_id: int | None = None) -> UndoResult:
    """Undo one's own newest action that is in effect, as a new entry of the journal.

    Undo is per person and in order. An own action before a later barrier (``JournalEntry``) of one's own is skipped
    and named. Saving and printing by others do not block it: what they produced is kept with the log, and what others
    changed since is found row by row.

    Rows of ledgers are never deleted: an added row is marked as 取消, or a 取消 row is added for it.

    Args:
        since: only actions after this journal number. event_id: only actions of this event.
    Raises:
        UserError: there is nothing to undo, all own actions are before a later own export, a row was changed since
            (the later change is named), or a guard refuses (``UNDO_GUARDS``).
    """
    found, passed = _next_undo(store, by, since=since, event_id=event_id)
    if found is None:
        narrowed = since and passed is None and _next_undo(store, by)[0] is not None
        why = "この画面を開く前の操作は、ほかの画面で元に戻せます。" if narrowed else _undo_problem(store, passed)
        raise UserError("元に戻せる操作がありません。", why)
    undone = _write_undo(store, _with_images(store, found), by=by, now=now)
    if passed is None:
        return undone
    kept = f"「{passed.entry.action}」は、「{passed.barrier.action}」より前のため、そのままです（{_CHANGE_BY_HAND}）。"
    return replace(undone, message=undone.message + kept)


def undo_entry(store: Store, *, seq: int, by: str, now: datetime) -> UndoResult:
    """Undo one own action by its number, as a new entry of the journal, in the fields that it changed only.

    Args:
        seq: the number of the action in the journal.
    Raises:
        UserError: ``undo_entry_problem`` says why, or a row was changed since (the later change is named).
    """
    entry = table.entry_of(store.database, seq)
    if entry is None:
        raise UserError("その操作は、履歴にありません。", "画面を開き直してください。")
    refused, net = _undo_changes(store, entry, by)
    if refused:
        raise UserError(f"「{entry.action}」は、元に戻せません。", refused)
    return _write_undo(store, entry, by=by, now=now, changes=net)


def _on_current_rows(read_image: image_upgrade.ReadImage, changes: Sequence[RowChange]) -> list[RowChange]:
    """Return the changes as if made to the rows of now, so that others' later changes in other fields stay.

    A row of which a changed field has another value by now keeps its images, so that the undo is refused.
    """
    found = []
    for item in changes:
        now = read_image(item.table, item.row_id)
        if now is not None and item.before is not None and item.after is not None:
            fields = {name for name, value in item.after.items() if item.before.get(name) != value}
            if all(now.get(name) == item.after[name] for name in fields):
                back = {name: item.before.get(name) for name in fields}
                found.append(replace(item, before=now | back, after=now))
                continue
        found.append(item)
    return found


def undo_entry_problem(store: Store, *, entry: JournalEntry, by: str) -> str:
    """Return why an action can't be undone alone, and what to do instead; "" when it can."""
    return _undo_changes(store, entry, by)[0]


def _undo_changes(store: Store, entry: JournalEntry, by: str) -> tuple[str, list[RowChange]]:
    """Return why an action can't be undone alone ("" = it can), and its changes, applied to the current rows if so."""
    net = table.net_changes(entry)
    if entry.undo_of is not None:
        refused = "元に戻したことは、続けて Ctrl+Y を押すとやり直せます。"
    elif not net or entry.barrier:
        refused = (
            "書類を出したことや消したことは取り消せません。書き直すところがあれば、その場所を開いて直してください。"
        )
    elif entry.seq in table.undone_entries(store.database, [entry.seq]):
        refused = "もう元に戻してあります。"
    elif entry.by != by:
        refused = f"元に戻せるのは、ご自分の操作だけです。{entry.by}さんに頼むか、その場所を開いて直してください。"
    elif barrier := _barrier_of(store, entry, by):
        refused = (
            f"そのあとに「{barrier.action}」（{_moment_text(barrier)}）があります。その場所を開いて直してください。"
        )
    else:
        refused = ""
        try:
            net = _upgraded_changes(store, entry, net, "元に戻せません", adjust=_on_current_rows)
            net = _on_current_rows(partial(table.image_of, store.database), net)
            _check_unchanged(store, entry, net, "元に戻せません")
            _check_guards(store, net, cannot="元に戻せません")
        except UserError as refusal:
            refused = f"{refusal.happened}{refusal.todo}"
    return refused, net


def _barrier_of(store: Store, entry: JournalEntry, by: str) -> JournalEntry | None:
    """Return the later barrier, common or own, that covers an action; None = none."""
    beginning = table.last_global_barrier(store.database)
    if entry.seq <= beginning:
        return table.entry_of(store.database, beginning)
    events: dict[int, JournalEntry] = {}
    subjects: dict[str, JournalEntry] = {}
    for head in table.own_headers(store.database, by, after=entry.seq):
        if head.barrier and head.event_id is not None:
            events.setdefault(head.event_id, head)
        elif head.barrier:
            subjects.setdefault(head.subject, head)
    return _barrier_over(store, entry, events, subjects)


def _write_undo(
    store: Store, entry: JournalEntry, *, by: str, now: datetime, changes: list[RowChange] | None = None
) -> UndoResult:
    """Write the undo of an action; raises UserError where a row was changed since or a subject forbids it.

    Args:
        changes: what to undo, where that is not the rows as the action left them (``_on_current_rows``).
    """
    changes = (
        _upgraded_changes(store, entry, table.net_changes(entry), "元に戻せません") if changes is None else changes
    )
    _check_unchanged(store, entry, changes, "元に戻せません")
    _check_guards(store, changes, cannot="元に戻せません")
    with (
        _named_reference_errors(store, entry, changes, "元に戻せません"),
        store.change(
            action=f"「{entry.action}」を元に戻した",
            by=by,
            now=now,
            subject=entry.subject,
            event_id=entry.event_id,
            undo_of=entry.seq,
        ) as change,
    ):
        table.hold_references_until_commit(store.database)
        kept = _rows_kept_with_ledger(changes)
        for item in reversed(changes):
            if (item.table, item.row_id) in kept:
                continue
            if not _added_to_ledger(item):
                change.restore(item.table, item.row_id, item.before)
            elif mark := table.withdrawal_column(item.table):
                change.restore(item.table, item.row_id, {**(item.after or {}), mark: 1})
            else:
                _add_ledger_note(change, item, is_undone=True, by=by, now=now)
    return UndoResult(f"「{entry.action}」を元に戻しました。", entry.seq, entry.event_id)


def redo(store: Store, *, by: str, now: datetime) -> UndoResult:
    """Repeat one's own action that was undone last, as long as one did nothing else since.

    Raises:
        UserError: there is nothing to repeat, a row was changed since (the later change is named), or a guard refuses.
    """
    found = _next_redo(store, by)
    if found is None:
        raise UserError("やり直せる操作がありません。", "元に戻した操作は、ほかの操作をする前ならやり直せます。")
    undone = _with_images(store, found)
    entry = _with_images(store, undone, of=undone.undo_of)
    # Errors name the action that is repeated, not that it was undone.
    undone = replace(undone, action=entry.action)
    net = [item for item in table.net_changes(undone) if not _added_to_ledger(item)]
    net = _upgraded_changes(store, undone, net, "やり直せません")
    again = table.net_changes(entry)
    kept = _rows_kept_with_ledger(again)
    noted = [
        item
        for item in again
        if _added_to_ledger(item) and not table.withdrawal_column(item.table) and (item.table, item.row_id) not in kept
    ]
    noted = _upgraded_changes(store, entry, noted, "やり直せません")
    _check_unchanged(store, undone, net, "やり直せません")
    _check_guards(store, net, cannot="やり直せません")
    with (
        _named_reference_errors(store, undone, net, "やり直せません"),
        store.change(
            action=f"「{entry.action}」をやり直した",
            by=by,
            now=now,
            subject=entry.subject,
            event_id=entry.event_id,
            redo_of=entry.seq,
        ) as change,
    ):
        table.hold_references_until_commit(store.database)
        for item in reversed(net):
            change.restore(item.table, item.row_id, item.before)
        for item in noted:
            _add_ledger_note(change, item, is_undone=False, by=by, now=now)
    return UndoResult(f"「{entry.action}」をやり直しました。", entry.seq, entry.event_id)


def read_names(store: Store, images: Sequence[Mapping[str, Any]]) -> Names:
    """Return the current names of people and 団体 whose ids occur in row images, by the column and the id in it."""
    wanted = {key: {int(one[key]) for one in images if isinstance(one.get(key), int)} for key in NAME_REFERENCES}
    entries = rows(store.database, Entry, id=sorted(wanted["entry_id"]))
    people = wanted["person_id"] | {one.person_id for one in entries if one.person_id is not None}
    places = wanted["organisation_id"]
    of_person = {one.id: one.name for one in rows(store.database, Person, id=sorted(people))}
    of_place = {one.id: one.name for one in rows(store.database, Organisation, id=sorted(places))}
    return {
        "person_id": of_person,
        "organisation_id": of_place,
        "entry_id": {one.id: of_person.get(one.person_id or 0, "") for one in entries},
    }


def history_lines(store: Store, entries: Sequence[JournalEntry]) -> tuple[HistoryLine, ...]:
    """Return journal entries as 履歴 lines, in the order given.

    What the user typed and did not choose in an edit conflict is among the changes, as 「…（選ばなかった書きかけ）」.
    """
    undone = table.undone_entries(store.database, [entry.seq for entry in entries])
    images = [image for entry in entries for item in entry.changes for image in (item.before, item.after) if image]
    names = read_names(store, images)
    return tuple(
        HistoryLine(
            seq=entry.seq,
            at=entry.at,
            by=entry.by,
            action=entry.action,
            event_id=entry.event_id,
            changes=(
                *(line for change in table.net_changes(entry) for line in _field_changes(change, names)),
                *(
                    replace(line, field=f"{line.field}（選ばなかった書きかけ）")
                    for change in table.unchosen_changes(entry)
                    for line in _field_changes(change, names)
                ),
            ),
            is_undone=entry.seq in undone,
            outgoing_id=_outgoing_id(entry),
        )
        for entry in entries
    )


@frozen
class _SkippedEntry:
    """An own action that undo skips, and the later barrier that covers it."""

    entry: JournalEntry
    barrier: JournalEntry


def _next_undo(
    store: Store, by: str, *, since: int = 0, event_id: int | None = None
) -> tuple[JournalEntry | None, _SkippedEntry | None]:
    """Return one's newest undoable action, and the newest one skipped because of a barrier; None = there is none.

    Going back from the newest, an own export covers everything that one did before for the same event (or the same
    subject, where it concerns no event); exports by others cover nothing.
    """
    taken = set()
    events: dict[int, JournalEntry] = {}
    subjects: dict[str, JournalEntry] = {}
    passed = None
    for head in table.own_headers(store.database, by, after=max(since, table.last_global_barrier(store.database))):
        if head.barrier:
            if head.event_id is not None:
                events.setdefault(head.event_id, head)
            else:
                subjects.setdefault(head.subject, head)
        elif head.undo_of is not None:
            taken.add(head.undo_of)
        elif head.seq not in taken and event_id in (None, head.event_id):
            barrier = _barrier_over(store, head, events, subjects)
            if barrier is None:
                return head, passed
            passed = passed or _SkippedEntry(head, barrier)
    return None, passed


def _barrier_over(
    store: Store, head: JournalEntry, events: dict[int, JournalEntry], subjects: dict[str, JournalEntry]
) -> JournalEntry | None:
    """Return the later barrier among those given that covers an action, or None."""
    if head.event_id in events:
        return events[head.event_id]
    if not events and not subjects:
        return None
    concerned = table.events_of(_with_images(store, head))
    if not concerned:
        return subjects.get(head.subject)
    return next((events[one] for one in sorted(concerned) if one in events), None)


def _next_redo(store: Store, by: str) -> JournalEntry | None:
    """Return the newest own undo not repeated yet, or None where another own action (an export too) came after it."""
    repeated = set()
    for entry in table.own_headers(store.database, by, after=table.last_global_barrier(store.database)):
        if entry.redo_of is not None:
            repeated.add(entry.redo_of)
        elif entry.undo_of is None:
            return None
        elif entry.undo_of not in repeated:
            return entry
    return None


def _undo_problem(store: Store, skipped: _SkippedEntry | None) -> str:
    """Return why nothing can be undone, naming the barrier after the own actions if there is one."""
    barrier = skipped.barrier if skipped else table.entry_of(store.database, table.last_global_barrier(store.database))
    if barrier is None:
        return "元に戻せるのは、ご自分の操作だけです。"
    return f"{_moment_text(barrier)}の「{barrier.action}」より前の操作は、元に戻せません。{_CHANGE_BY_HAND}。"


def _upgraded_changes(
    store: Store,
    entry: JournalEntry,
    changes: list[RowChange],
    cannot: str,
    *,
    adjust: image_upgrade.AdjustImages | None = None,
) -> list[RowChange]:
    """Return the changes of an entry in today's schema; raises ``UserError`` that names what prevents it."""
    try:
        return image_upgrade.upgrade_images(store.database, entry.seq, changes, adjust=adjust)
    except image_upgrade.ImageNotUpgradable as unfit:
        raise UserError(
            f"「{entry.action}」は{cannot}。{_moment_text(unfit.shape)}の「{unfit.shape.action}」で、"
            "同じところの持ち方が変わっています。",
            "いまの内容を、その場所を開いて直してください。",
        ) from unfit


def _check_unchanged(store: Store, entry: JournalEntry, changes: list[RowChange], cannot: str) -> None:
    """Raise UserError, naming the later change, when a row is no longer as the entry left it."""
    for item in changes:
        if not table.is_row_equal(store.database, item.table, item.row_id, item.after):
            raise _undo_error(entry, table.later_change(store.database, entry.seq, item.table, item.row_id), cannot)


class _named_reference_errors:  # noqa: N801 - reads as a clause of the with statement
    """Turn a foreign-key error at the commit into a ``UserError`` that names the later change."""

    def __init__(self, store: Store, entry: JournalEntry, changes: list[RowChange], cannot: str):
        self._store, self._entry, self._changes, self._cannot = store, entry, changes, cannot

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, storage_errors.ENGINE_ERRORS) or "constraint" not in str(error).lower():
            return
        for item in self._changes:
            if item.before is None:
                for other, row_id in table.referring_rows(self._store.database, item.table, item.row_id):
                    later = table.later_change(self._store.database, self._entry.seq, other, row_id)
                    if later is not None:
                        raise _undo_error(self._entry, later, self._cannot) from error
        raise _undo_error(self._entry, None, self._cannot) from error


def _undo_error(entry: JournalEntry, later_entry: JournalEntry | None, cannot: str) -> UserError:
    """Return the error that an action can't be undone or repeated, naming the later change if it is known."""
    if later_entry is None:
        return UserError(
            f"「{entry.action}」は、あとから同じところが変わったため、{cannot}。", "履歴で変更をご確認ください。"
        )
    return UserError(
        f"「{entry.action}」は{cannot}。そのあとで、{later_entry.by}さんが{_moment_text(later_entry)}に「{later_entry.action}」を行っています。",
        "先にその変更を元に戻すか、いまの内容を直接直してください。",
    )


def _added_to_ledger(item: RowChange) -> bool:
    """Return whether the change added a row to a ledger; such a row is never removed."""
    return table.is_ledger_table(item.table) and item.before is None and item.after is not None


def _outgoing_id(entry: JournalEntry) -> int | None:
    """Return the id of the first row of the outgoing log that an action added with a copy or kept letters, or None."""
    kept = (one for one in entry.changes if one.table == "outgoing" and one.before is None)
    return next(
        (
            one.row_id
            for one in kept
            if one.after and (one.after.get("copy_file_id") or one.after.get("kept_papers", "[]") != "[]")
        ),
        None,
    )


def _rows_kept_with_ledger(changes: list[RowChange]) -> set[tuple[str, int]]:
    """Return (table, row ID) of each row added that is kept with a ledger row.

    These are 控え of what left, people and organisations named in it, numbers issued.
    """
    copies = {(item.after or {}).get("copy_file_id") for item in changes if item.table == "outgoing"}
    return {
        (item.table, item.row_id)
        for item in changes
        if item.before is None
        and (
            item.table in ("outgoing_people", "outgoing_organisations", "ledger_numbers")
            or (item.table == "stored_files" and item.row_id in copies)
        )
    }


def _add_ledger_note(change: Change, item: RowChange, *, is_undone: bool, by: str, now: datetime) -> None:
    """Add a row to a ledger that an earlier row was undone, or is in effect again."""
    assert item.after is not None
    row = {name: value for name, value in item.after.items() if name not in ("id", "copy_file_id", "copy_sha256")}
    change.insert_raw(
        item.table,
        row
        | {
            "way": "取消" if is_undone else item.after["way"],
            "by": by,
            "at": now.isoformat(),
            "detail": f'{{"もとの記録":"{item.row_id}"}}',
            "withdraws": item.row_id if is_undone else item.after["withdraws"],
        },
    )


def _field_changes(change: RowChange, names: Names) -> list[FieldChange]:
    """Return what happened to one row, a change for each field that differs and is shown in the 履歴.

    A new or removed row is a single change without a field: ``after`` is 「加えた」 or 「削除した」.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        image = after if after is not None else before
        if image is None:
            return []
        what = row_name(change.table, image, names)
        return [FieldChange(what, "", "", "加えた") if before is None else FieldChange(what, "", "", "削除した")]
    what = row_name(change.table, after, names)
    return [
        FieldChange(
            what,
            field_name(change.table, name),
            value_words(change.table, name, before.get(name)),
            value_words(change.table, name, value),
        )
        for name, value in after.items()
        if before.get(name) != value and is_shown(change.table, name)
    ]


def _with_images(store: Store, head: JournalEntry, *, of: int | None = None) -> JournalEntry:
    """Return an entry, or the one numbered ``of``, together with its row images."""
    entry = table.entry_of(store.database, of or head.seq)
    assert entry is not None
    return entry


def _moment_text(entry: JournalEntry) -> str:
    return f"{short_date(entry.at.date())} {entry.at:%H:%M}"


def _check_guards(store: Store, changes: Collection[RowChange], *, cannot: str) -> None:
    """Raise UserError if a guard of a subject forbids to undo one of the changes."""
    for guard in UNDO_GUARDS:
        guard(store, changes, cannot=cannot)
