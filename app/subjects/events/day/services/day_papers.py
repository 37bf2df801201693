"""The papers of the day: what stands on the desk at the door, on the tables and in the hands of the witness."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.papers.services.paper_kind import PaperKind
from app.subjects.events.day.papers import day_agenda, name_tags, witness_sheet
from app.subjects.events.day.services import day_building as building
from app.subjects.events.event.services.event_file import EventFile
from app.subjects.events.event.services.event_paper import event_paper
from app.subjects.events.roster.papers import roster_sheet
from app.subjects.events.roster.services.roster import roster_of
from app.subjects.submissions.materials.papers import collation
from app.subjects.submissions.materials.services.material_board import copies_of
from db.store import Store
from db.tables import roster

_PEOPLE: Final = "参加者"


def _has_people(store: Store, file: EventFile) -> bool:
    return bool(roster.entries(store.database, file.event.id))


def _people(store: Store, file: EventFile, _today: date) -> str:
    door = roster_of(store.database, file.event).door
    unnamed = sum(row.person is None for row in door)
    return f"{len(door)}人" + (f"　うち氏名未定 {unnamed}人" if unnamed else "")


def _copies(_store: Store, file: EventFile, _today: date) -> str:
    if not file.materials:
        return ""
    needed, told = copies_of(file)
    return f"必要部数　{needed.words}" + ("" if told else "（人数連絡前）")


def _groups(store: Store, file: EventFile, _today: date) -> str:
    return f"{len(roster.groups(store.database, file.event.id))}班"


PAPERS: tuple[PaperKind, ...] = (
    event_paper(
        kind=roster_sheet.KIND,
        shelf="当日",
        meets="用意",
        build=building.roster,
        ready=_has_people,
        state=_people,
        missing="参加者を登録すると作成できます。",
        todo=_PEOPLE,
        personal=True,
        leaving=building.note_roster_left,
    ),
    event_paper(
        kind=day_agenda.KIND,
        also=(collation.KIND,),
        shelf="当日",
        meets="用意",
        build=building.agenda,
        ready=lambda _store, file: building.has_timetable(file) or bool(file.materials),
        state=_copies,
        missing="当日の進行を入力するか、配布資料を登録すると作成できます。",
        todo="当日の進行",
    ),
    event_paper(
        kind=witness_sheet.KIND,
        counted=True,
        shelf="当日",
        meets="用意",
        build=building.witness,
        ready=lambda _store, file: file.event.event_date is not None,
        missing="実施日が決まると作成できます。",
        todo="実施日",
    ),
    event_paper(
        kind=name_tags.TAGS,
        shelf="当日",
        meets="用意",
        build=building.tags,
        ready=_has_people,
        missing="参加者を登録すると作成できます。",
        todo=_PEOPLE,
        formats=("pdf",),
        personal=True,
    ),
    event_paper(
        kind=name_tags.SEATS,
        shelf="当日",
        meets="用意",
        build=building.seats,
        ready=_has_people,
        missing="参加者を登録すると作成できます。",
        todo=_PEOPLE,
        formats=("pdf",),
        personal=True,
    ),
    event_paper(
        kind=name_tags.TABLES,
        shelf="当日",
        meets="用意",
        build=building.tables,
        ready=lambda store, file: bool(roster.groups(store.database, file.event.id)),
        fits=lambda file: file.event.kind == "意見交換会",
        state=_groups,
        missing="班分けをすると作成できます。",
        todo="班分け",
        formats=("pdf",),
    ),
)
