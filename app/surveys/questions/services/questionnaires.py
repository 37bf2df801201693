"""The library of questionnaires, whose masters are copied into events and compared over years.

Only ``use_questionnaire`` writes to an event's questions, and only where there are none: a change of a master never
reaches what an event asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from typing import Literal

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar import dates
from app.calendar.wareki import fiscal_year_words
from app.documents.document_frame import table_day
from app.programme.services import programme_of_event, read_programme
from app.surveys.questions.intake import questionnaire_for
from app.surveys.questions.rules import COMPARABLE, ComparedVersion, VersionChange, assign_codes, compare_versions
from app.surveys.questions.services.surveys import check_questions_valid, get_surveyed_event, take_snapshot
from db.fields import changed_fields
from db.journal import Change
from db.record import record
from db.records.events import Event
from db.records.programme import EventKind
from db.records.surveys import EventSurvey, Question, Questionnaire
from db.rows import by_id, rows
from db.store import Store
from db.tables import surveys as table

COPY_SIGN = "（写し）"
VersionKind = Literal["ひな形", "実施回"]
VersionKey = tuple[VersionKind, int]
"""The kind of a version with the id of the master, or of the event."""


@record
class QuestionnaireRow:
    """One line of the library, the master and the number of events using it."""

    questionnaire: Questionnaire
    event_count: int

    @property
    def id(self) -> int:
        """Return the master's id, by which a list keeps its current row."""
        return self.questionnaire.id


@record
class UsingEvent:
    """One event using a master; ``is_unchanged`` = its questions still equal the master's."""

    event: Event
    is_unchanged: bool


@record
class Origin:
    """The master of an event's questions, None without one; ``is_unchanged`` = they still equal it."""

    questionnaire: Questionnaire | None
    is_unchanged: bool = False


@record
class QuestionnaireView:
    """One master with the events using it, by date; ``kinds`` are those it may be for."""

    questionnaire: Questionnaire
    using_events: tuple[UsingEvent, ...]
    kinds: tuple[EventKind, ...] = ()


def surveyed_kinds(store: Store, *, fiscal_year: int | None = None) -> tuple[EventKind, ...]:
    """Return the kinds of a year (None = the newest) that have a survey on any day of it, in their order."""
    return read_programme(store, fiscal_year=fiscal_year, with_names=False).surveyed_kinds


def list_questionnaires(store: Store, *, kind: str = "", archived: bool = False) -> tuple[QuestionnaireRow, ...]:
    """Return the masters, newest year first; ``kind`` "" = all, ``archived`` True includes archived ones."""
    uses = table.questionnaire_uses(store.database)
    return tuple(
        QuestionnaireRow(questionnaire=one, event_count=uses.get(one.id, 0))
        for one in table.all_questionnaires(store.database)
        if (archived or not one.archived) and kind in ("", one.kind)
    )


def read_questionnaire(store: Store, *, questionnaire_id: int) -> QuestionnaireView:
    """Return one master with the events that use it; raises ``UserError`` when it does not exist."""
    master = get_or_raise(store.database, Questionnaire, questionnaire_id)
    used = []
    for survey in rows(store.database, EventSurvey, questionnaire_id=questionnaire_id, order="event_id"):
        event = by_id(store.database, Event, survey.event_id)
        if event is not None:
            used.append(UsingEvent(event=event, is_unchanged=survey.questions == master.questions))
    used.sort(key=lambda one: (one.event.event_date or date.max, one.event.id))
    view = read_programme(store, with_names=False)
    kinds = tuple(one for one in view.kinds if one in view.surveyed_kinds or one.kind == master.kind)
    return QuestionnaireView(questionnaire=master, using_events=tuple(used), kinds=kinds)


def read_origin(store: Store, *, survey_id: int) -> Origin:
    """Return from which master an event's questions come, and whether they still equal it."""
    survey = by_id(store.database, EventSurvey, survey_id)
    if survey is None or survey.questionnaire_id is None:
        return Origin(questionnaire=None)
    master = by_id(store.database, Questionnaire, survey.questionnaire_id)
    return Origin(questionnaire=master, is_unchanged=master is not None and master.questions == survey.questions)


def create_questionnaire(
    context: ActionContext,
    *,
    name: str,
    kind: str,
    fiscal_year: int | None = None,
    from_default: bool = True,
    note: str = "",
) -> ActionResult:
    """Create a master.

    Args:
        kind: a kind of the newest year that has a survey.
        fiscal_year: the western first year; None = the newest.
        from_default: start with the default questions of the kind, else with none.

    Raises:
        UserError: no name, one used already for that kind in that year, or another kind.
    """
    view = read_programme(context.store)
    year = fiscal_year if fiscal_year is not None else view.programme.fiscal_year
    questions = _default_questions(context.store, kind) if from_default else ()
    return add_questionnaire(
        context, questionnaire=Questionnaire(name=name, kind=kind, fiscal_year=year, questions=questions, note=note)
    )


def add_questionnaire(context: ActionContext, *, questionnaire: Questionnaire) -> ActionResult:
    """Add a whole master to the library; new questions get their codes.

    Raises:
        UserError: no name, one used already for its kind in its year, another kind, or invalid questions.
    """
    made = replace(questionnaire, id=0, name=questionnaire.name.strip(), note=questionnaire.note.strip())
    _check_kind(context.store, made.kind)
    _check_name(context.store, made)
    elsewhere = table.questions_elsewhere(context.database)
    made = replace(made, questions=assign_codes(made.questions, now=context.now, used_codes=tuple(elsewhere)))
    # The default questions of two kinds may share a code; each kind keeps its own, whichever is stored first.
    usual = [one for one in _default_questions(context.store, made.kind) if one in made.questions]
    check_questions_valid(made.questions, previous=tuple(usual), elsewhere=elsewhere)
    with _begin_change(context, "設問のひな形を作成") as change:
        new_id = change.insert(made)
    return ActionResult(f"ひな形「{made.name}」（{len(made.questions)}問）を作成しました。", new_id)


def _default_questions(store: Store, kind: str) -> tuple[Question, ...]:
    """Return the default questions of a kind of the newest year, () for another kind."""
    known = read_programme(store).find_kind(kind)
    return questionnaire_for(known).questions if known is not None else ()


def duplicate_questionnaire(
    context: ActionContext, *, questionnaire_id: int, name: str = "", fiscal_year: int | None = None
) -> ActionResult:
    """Copy a master, usually into the next year; the codes are kept, so that years can be compared.

    The copy must be agreed again and is not archived. Without ``name`` it keeps the name, with （写し） in the same
    year; its kind stays, whichever kinds the newest year has. ``fiscal_year`` is that of the copy, None = the same.
    Raises ``UserError`` for a name taken in that year.
    """
    master = get_or_raise(context.database, Questionnaire, questionnaire_id)
    year = fiscal_year if fiscal_year is not None else master.fiscal_year
    called = name.strip() or (master.name if year != master.fiscal_year else master.name + COPY_SIGN)
    copy = replace(
        master, id=0, name=called, fiscal_year=year, agreed_on=None, agreed_with="", archived=False, note=master.note
    )
    _check_name(context.store, copy)
    with _begin_change(context, "設問のひな形をコピー") as change:
        new_id = change.insert(copy)
    return ActionResult(f"ひな形「{called}」を作成しました（{len(copy.questions)}問）。", new_id)


def update_description(
    context: ActionContext, *, questionnaire_id: int, name: str, kind: str, fiscal_year: int | None, note: str
) -> ActionResult:
    """Change a master's name, kind, ``fiscal_year`` (None = none) and note.

    Raises ``UserError`` as ``create_questionnaire``; the kind that it has may stay.
    """
    master = get_or_raise(context.database, Questionnaire, questionnaire_id)
    told = replace(master, name=name.strip(), kind=kind, fiscal_year=fiscal_year, note=note.strip())
    if told.kind != master.kind:
        _check_kind(context.store, told.kind)
    _check_name(context.store, told)
    with _begin_change(context, "設問のひな形の名称を変更") as change:
        change.update(Questionnaire, master.id, **changed_fields(master, told))
    return ActionResult(f"ひな形「{told.name}」を保存しました。", questionnaire_id)


def update_master_questions(
    context: ActionContext, *, questionnaire_id: int, questions: tuple[Question, ...]
) -> ActionResult:
    """Change a master's questions; its agreement is open again, and no event is changed.

    Raises:
        UserError: the master is archived, or as ``surveys.update_questions``.
    """
    master = get_or_raise(context.database, Questionnaire, questionnaire_id)
    if master.archived:
        raise UserError("使わないことにしたひな形です。", "直すときは、「使うひな形に戻す」を選んでください。")
    elsewhere = table.questions_elsewhere(context.database, questionnaire_id=questionnaire_id)
    questions = assign_codes(
        questions, now=context.now, used_codes=(*elsewhere, *(one.code for one in master.questions))
    )
    check_questions_valid(questions, previous=master.questions, elsewhere=elsewhere)
    with _begin_change(context, "設問のひな形を変更") as change:
        change.update(Questionnaire, questionnaire_id, questions=questions, agreed_on=None, agreed_with="")
    again = "協議済の印を外しました。" if master.agreed_on is not None else ""
    return ActionResult(f"ひな形の設問（{len(questions)}問）を保存しました。{again}", questionnaire_id)


def mark_questionnaire_agreed(
    context: ActionContext, *, questionnaire_id: int, agreed_on: date | None, agreed_with: str = ""
) -> ActionResult:
    """Mark a master 協議済 with the day and with whom; ``agreed_on`` None removes the mark.

    Raises:
        UserError: the day is in the future, or the questions are not complete.
    """
    master = get_or_raise(context.database, Questionnaire, questionnaire_id)
    if agreed_on is not None:
        if agreed_on > context.today:
            raise UserError("協議の日が今日より先になっています。", "協議した日を確かめてください。")
        if not master.questions:
            raise UserError("設問がまだありません。", "設問を加えてから、協議済にしてください。")
        check_questions_valid(master.questions)
    with _begin_change(context, "設問のひな形の協議を記録") as change:
        partner = agreed_with.strip() if agreed_on is not None else ""
        change.update(Questionnaire, questionnaire_id, agreed_on=agreed_on, agreed_with=partner)
    said = f"協議済（{dates.short_date(agreed_on)}）にしました。" if agreed_on else "協議済の印を外しました。"
    return ActionResult(said, questionnaire_id)


def archive_questionnaire(context: ActionContext, *, questionnaire_id: int, archived: bool = True) -> ActionResult:
    """Archive a master, so that it is no longer offered, or restore it; events keep their copies."""
    master = get_or_raise(context.database, Questionnaire, questionnaire_id)
    with _begin_change(context, "設問のひな形を使わないことに" if archived else "設問のひな形を戻す") as change:
        change.update(Questionnaire, questionnaire_id, archived=archived)
    said = "を使わないことにしました。" if archived else "を使うひな形に戻しました。"
    return ActionResult(f"「{master.name}」{said}", questionnaire_id)


def delete_questionnaire(context: ActionContext, *, questionnaire_id: int) -> ActionResult:
    """Delete a master that no event uses.

    Raises:
        UserError: an event's questions come from it; it can be archived instead.
    """
    master = get_or_raise(context.database, Questionnaire, questionnaire_id)
    used = len(rows(context.database, EventSurvey, questionnaire_id=questionnaire_id, order="event_id"))
    if used:
        raise UserError(
            f"「{master.name}」は{used}回の実施回で使われているため、削除できません。",
            "一覧に出さないときは、「使わないことにする」を選んでください。",
        )
    with _begin_change(context, "設問のひな形を削除") as change:
        change.delete(Questionnaire, questionnaire_id)
    return ActionResult(f"ひな形「{master.name}」を削除しました。", questionnaire_id)


def use_questionnaire(context: ActionContext, *, event_id: int, questionnaire_id: int) -> ActionResult:
    """Give an event its own copy of a master's questions, to be agreed again (仕様書4(1)ケ).

    Raises:
        UserError: the event has questions already, its kind has no survey, or the master has no questions.
    """
    event = get_surveyed_event(context.store, event_id)
    master = get_or_raise(context.database, Questionnaire, questionnaire_id)
    if not master.questions:
        raise UserError(f"ひな形「{master.name}」に設問がありません。", "設問を加えてから使ってください。")
    return take_snapshot(
        context, event=event, title=master.name, questions=master.questions, questionnaire_id=questionnaire_id
    )


def save_as_questionnaire(
    context: ActionContext, *, survey_id: int, name: str, fiscal_year: int | None = None
) -> ActionResult:
    """Store an event's questions in the library as a master of ``fiscal_year`` (None = the event's).

    The event is not changed; the questions keep their codes, the master has the kind of the event. Raises ``UserError``
    without the survey, or for a name that is missing or taken.
    """
    survey = by_id(context.database, EventSurvey, survey_id)
    event = by_id(context.database, Event, survey.event_id) if survey is not None else None
    if survey is None or event is None:
        raise UserError("このアンケートは見つかりません。", "一覧から選び直してください。")
    year = fiscal_year if fiscal_year is not None else programme_of_event(context.store, event).programme.fiscal_year
    made = Questionnaire(
        name=name.strip(), kind=event.kind, fiscal_year=year, questions=survey.questions, note=f"{event.full_title}から"
    )
    _check_name(context.store, made)
    with _begin_change(context, "実施回の設問をひな形に") as change:
        new_id = change.insert(made)
    return ActionResult(f"ひな形「{made.name}」（{len(made.questions)}問）を作成しました。", new_id)


def choose_kind_words(kinds: Sequence[EventKind]) -> str:
    """Return the sentence that asks to choose one of the kinds with a survey, or to set one."""
    if not kinds:
        return "「設定」の「契約」で、アンケートを行う種類を決めてください。"
    names = [one.name for one in kinds]
    return f"{'か'.join(names)}を選んでください。" if len(names) <= 2 else f"{'、'.join(names)}から選んでください。"


def _check_kind(store: Store, kind: str) -> None:
    """Raise ``UserError`` for a chosen kind that has no survey in the newest year."""
    kinds = surveyed_kinds(store)
    if kind not in [one.kind for one in kinds]:
        raise UserError("種別が選ばれていません。", choose_kind_words(kinds))


def _check_name(store: Store, questionnaire: Questionnaire) -> None:
    """Raise ``UserError`` for a master without a name, or with one taken for its kind in its year."""
    if not questionnaire.name:
        raise UserError("ひな形の名称が空です。", "名称を書いてください。")
    for one in table.all_questionnaires(store.database):
        if (one.name, one.fiscal_year, one.kind) == (
            questionnaire.name,
            questionnaire.fiscal_year,
            questionnaire.kind,
        ) and one.id != questionnaire.id:
            raise UserError(f"同じ年度に「{questionnaire.name}」が、もうあります。", "別の名称にしてください。")


def _begin_change(context: ActionContext, action: str) -> AbstractContextManager[Change]:
    return context.change(action, "surveys")


@record
class Version:
    """One comparable set; ``label`` 「令和8年度　講習会アンケート」 or 「9/30　第2回 LINE講習会」."""

    key: VersionKey
    label: str
    questions: tuple[Question, ...]


@record
class VersionComparison:
    """Two versions and their questions in the order of the new one."""

    new: Version
    rows: tuple[ComparedVersion, ...]

    @property
    def change_counts(self) -> dict[VersionChange, int]:
        """Return how many questions have each kind of change, without zeros."""
        return dict(Counter(row.change for row in self.rows))

    @property
    def comparable_count(self) -> int:
        """Return how many questions are comparable."""
        return sum(row.change in COMPARABLE for row in self.rows)


def list_versions(store: Store) -> tuple[Version, ...]:
    """Return every master with questions, archived ones too, newest year first, then what every event asked."""
    database = store.database
    found = [
        Version(
            key=("ひな形", one.id),
            label=f"{fiscal_year_words(one.fiscal_year)}　{one.name}" if one.fiscal_year else one.name,
            questions=one.questions,
        )
        for one in table.all_questionnaires(database)
        if one.questions
    ]
    for survey in rows(database, EventSurvey, order="event_id"):
        event = by_id(database, Event, survey.event_id)
        if event is not None and survey.questions:
            day = f"{table_day(event.event_date)}　" if event.event_date else ""
            label = f"{day}{event.full_title}"
            found.append(Version(key=("実施回", event.id), label=label, questions=survey.questions))
    return tuple(found)


def compare_questionnaires(store: Store, *, old: VersionKey, new: VersionKey) -> VersionComparison:
    """Return two versions compared; raises ``UserError`` when one does not exist or has no questions."""
    versions = {version.key: version for version in list_versions(store)}
    for key in (old, new):
        if key not in versions:
            raise UserError("比べる設問が見つかりません。", "選び直してください。")
    first, second = versions[old], versions[new]
    return VersionComparison(new=second, rows=compare_versions(first.questions, second.questions))
