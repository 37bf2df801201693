"""The papers of a survey: the sheet to fill in, in 14 points and large."""

from __future__ import annotations

from datetime import date, datetime

from app.documents import questionnaire
from app.documents.blocks import DocumentContent
from app.rules.copies import required_copies
from app.services.event_file import EventFile
from app.services.paper_building import paper_context
from app.services.paper_kind import PaperKind
from app.services.programme import read_programme
from app.services.refusal import Refusal
from db.records.events import Event
from db.store import Store
from db.tables import surveys


def _sheet(store: Store, event: Event, now: datetime, kind: str) -> DocumentContent:
    survey = surveys.survey_of_event(store.database, event.id)
    if survey is None or not survey.questions:
        raise Refusal("この実施回の設問がまだありません。", "「アンケート」で設問を決めてください。")
    context = paper_context(store, read_programme(store), event, kind, now)
    return questionnaire.questionnaire(context, event, survey, kind=kind)


def _state(_store: Store, file: EventFile, _today: date) -> str:
    survey = file.survey
    if survey is None:
        return ""
    agreed = "設問決定" if survey.fixed_on else "協議中"
    people = file.people
    return f"{agreed}　{len(survey.questions)}問　必要 {required_copies(people).total}部" if people else agreed


def _kind(kind: str) -> PaperKind:
    return PaperKind(
        kind=kind,
        shelf="当日",
        build=lambda store, event, now: _sheet(store, event, now, kind),
        ready=lambda _store, file: file.survey is not None and bool(file.survey.questions),
        fits=lambda file: file.event.kind != "派遣",
        state=_state,
        missing="設問を決めると作成できます。",
        todo=("アンケートを開く", "survey"),
        formats=("pdf",),
    )


PAPERS = (_kind(questionnaire.KIND), _kind(questionnaire.LARGE_KIND))
