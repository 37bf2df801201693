"""The papers of a survey: the sheet to fill in, in 14 points and large, and how many of each are needed.

Public functions: ``sheet_copies``, ``read_copies``, ``set_large_copies`` (also ``by`` and ``now``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from app.papers.blocks import DocumentContent
from app.papers.services.paper_context import paper_context
from app.papers.services.paper_kind import PaperKind
from app.programme.services.programme import programme_of_event
from app.refusal import Refusal
from app.saved import Saved
from app.subjects.events.rules.copies import CopiesNeeded, required_copies
from app.subjects.events.services.event_file import EventFile, read_file
from app.subjects.events.services.event_paper import event_paper
from app.subjects.surveys.questions.papers import questionnaire
from app.subjects.surveys.questions.services.surveys import open_survey
from db.records.events import Event
from db.records.surveys import EventSurvey
from db.store import Store
from db.tables import surveys

MOST_LARGE = 30


@dataclass(frozen=True, kw_only=True)
class SheetCopies:
    """How many sheets lie ready: ``usual`` for everybody with a reserve, ``large`` in 20 pt on top of them.

    ``told`` False = the numbers were not told to the contractor yet. Without people ``usual`` is None.
    """

    usual: CopiesNeeded | None
    large: int
    told: bool

    @property
    def words(self) -> str:
        """「18＋予備2＝20部、拡大版1部」, or that the people are not known yet."""
        usual = self.usual.words if self.usual is not None else "人数がまだ分かりません"
        before = "" if self.told or self.usual is None else "（人数連絡前）"
        return f"{usual}{before}" + (f"、拡大版{self.large}部" if self.large else "")

    def of(self, kind: str) -> int:
        """The copies of one kind of sheet; 0 = not known, or none wanted."""
        if kind == questionnaire.LARGE_KIND:
            return self.large
        return self.usual.total if self.usual is not None else 0


def sheet_copies(file: EventFile) -> SheetCopies:
    """Return how many sheets an event needs: the people told, else those expected now, and the reserve."""
    people = file.told.people if file.told is not None else file.people
    return SheetCopies(
        usual=required_copies(people) if people else None,
        large=file.survey.large_copies if file.survey is not None else 0,
        told=file.told is not None,
    )


def read_copies(store: Store, *, event_id: int) -> SheetCopies:
    """Return how many sheets the event needs; raises ``Refusal`` when it is no longer there."""
    return sheet_copies(read_file(store, event_id))


def set_large_copies(store: Store, *, survey_id: int, copies: int, by: str, now: datetime) -> Saved:
    """Keep how many sheets are wanted in 20 pt; raises ``Refusal`` out of range or when the totals are frozen."""
    survey = open_survey(store, survey_id)
    if not 0 <= copies <= MOST_LARGE:
        raise Refusal("拡大版の部数を確かめてください。", f"0部から{MOST_LARGE}部までにしてください。")
    with store.change(
        action="アンケート用紙の拡大版の部数を変更", by=by, now=now, subject="surveys", event_id=survey.event_id
    ) as change:
        change.update(EventSurvey, survey_id, large_copies=copies)
    return Saved(said=f"拡大版を{copies}部にしました。", id=survey_id)


def _sheet(store: Store, event: Event, now: datetime, kind: str) -> DocumentContent:
    survey = surveys.survey_of_event(store.database, event.id)
    if survey is None or not survey.questions:
        raise Refusal("この実施回の設問がまだありません。", "「アンケート」で設問を決めてください。")
    context = paper_context(store, programme_of_event(store, event, on=now.date()), event, kind, now)
    content = questionnaire.questionnaire(context, event, survey, kind=kind)
    return replace(content, copies=sheet_copies(read_file(store, event.id)).of(kind))


def _state(_store: Store, file: EventFile, _today: date, kind: str) -> str:
    survey = file.survey
    if survey is None:
        return ""
    copies = sheet_copies(file)
    wanted = copies.of(kind)
    if kind == questionnaire.LARGE_KIND:
        needed = f"必要 {wanted}部" if wanted else "必要な部数は「アンケート」で決めます"
    else:
        needed = f"必要 {wanted}部" if wanted else ""
    agreed = "設問決定" if survey.fixed_on else "協議中"
    return "　".join(part for part in (agreed, f"{len(survey.questions)}問", needed) if part)


def _kind(kind: str) -> PaperKind:
    return event_paper(
        kind=kind,
        shelf="当日",
        build=lambda store, event, now: _sheet(store, event, now, kind),
        ready=lambda _store, file: file.survey is not None and bool(file.survey.questions),
        fits=lambda file: file.event.kind != "派遣",
        state=lambda store, file, today: _state(store, file, today, kind),
        missing="設問を決めると作成できます。",
        todo="アンケート",
        formats=("pdf",),
    )


PAPERS = (_kind(questionnaire.KIND), _kind(questionnaire.LARGE_KIND))
