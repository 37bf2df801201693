"""What one kind of paper declares of itself: what it is about, what it says, when it can be made, who gets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.documents.blocks import DocumentContent
from app.services.event_file import EventFile
from app.services.paper_scope import PaperScope
from app.services.task import Action
from db.journal import Change
from db.records.events import Event
from db.store import Store

Format = Literal["pdf", "xlsx"]
Shelf = Literal["人数・資料", "募集・通知", "当日", "中止・変更", "報告", "年度"]


def _always(_file: EventFile) -> bool:
    return True


def _nothing(_store: Store, _file: EventFile, _today: date) -> str:
    return ""


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of paper of an event.

    Attributes:
        kind: its name, also in file names. shelf: the group it stands under. formats: what it can be.
        build: its content now; raises ``Refusal`` for what is not there yet.
        ready: whether it can be made for the event as it stands. fits: whether this event has it at all.
        state: how it stands, in words, once ready. missing: why it can't be made yet. todo: label and place
            of the button that leads there.
        goes_out: a letter of the ward with 事務連絡 / メール / 公文書 and its states. formal: 公文書 from the start.
        personal: it names people.
        leaving: called inside the change by which it leaves (saved, printed), with the event's id and what left;
            what it returns is kept in the log.
    """

    kind: str
    shelf: Shelf
    build: Callable[[Store, Event, datetime], DocumentContent]
    ready: Callable[[Store, EventFile], bool]
    missing: str
    todo: tuple[str, str]
    formats: tuple[Format, ...] = ("pdf", "xlsx")
    fits: Callable[[EventFile], bool] = _always
    state: Callable[[Store, EventFile, date], str] = _nothing
    goes_out: bool = False
    formal: bool = False
    personal: bool = False
    leaving: Callable[[Store, Change, int, DocumentContent], dict[str, str]] | None = None

    def action(self, event_id: int) -> Action:
        """The button that leads to what is missing."""
        label, place = self.todo
        return Action(label=label, place=place, arguments={"event_id": event_id})


@dataclass(frozen=True, kw_only=True)
class YearPaper:
    """One kind of paper of a year: on the same shelf, with the same preview, saving, printing and log.

    Attributes:
        kind: its name, also in file names. formats: what it can be.
        build: its content for a year up to the scope's day; raises ``Refusal`` for what is not there yet.
        ready: whether it can be made now. missing: why it can't. todo: label and place of the button that leads there.
        personal: it names people.
    """

    kind: str
    build: Callable[[Store, PaperScope, datetime], DocumentContent]
    ready: Callable[[Store, PaperScope], bool]
    missing: str
    todo: tuple[str, str]
    shelf: Shelf = "年度"
    formats: tuple[Format, ...] = ("pdf", "xlsx")
    personal: bool = False

    def action(self) -> Action:
        """The button that leads to what is missing."""
        label, place = self.todo
        return Action(label=label, place=place)
