"""The one way in which a screen, or a part of one, writes: seat, refusal, what is said and undone are the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from app.acts.act import Act
from app.common.together import together
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, acting, with_store
from app.window.failure_messages import Failure, failure_of

if TYPE_CHECKING:  # a part is a QObject by what else it is made from
    from PySide6.QtCore import QObject as _Part

    from app.window.background_task import Job
    from db.store import Store
else:
    _Part = object

Given = ParamSpec("Given")
Result = TypeVar("Result")


class Sending(_Part):
    """Stands before the widget that a screen or a part is made from.

    Its ``desk`` writes. Where it has a note box ``problem``, refusals are said there, else over the window.
    """

    desk: Desk

    def do(
        self, service: Callable[Concatenate[Act, Given], object], *positional: Given.args, **given: Given.kwargs
    ) -> Job | None:
        """Have a service done, signed by who sits here: what a button does. What was refused before is said no more."""
        if self._said_in is not None:
            self._said_in.say("")
        return self.send(acting(self.desk, service, *positional, **given))

    def fetch(
        self,
        done: Callable[[Result], object],
        service: Callable[Concatenate[Store, Given], Result],
        *positional: Given.args,
        **given: Given.kwargs,
    ) -> Job:
        """Have a service read beside the window; ``done`` takes the result while this part still stands."""
        return self.desk.read(with_store(service, *positional, **given), done, owner=self)

    def send(
        self,
        change: Callable[[Store], Result],
        done: Callable[[Result], object] | None = None,
        *,
        failed: Callable[[Exception], object] | None = None,
        title: str = "",
    ) -> Job | None:
        """Write with ``change`` (a service by ``acting``), then ``done`` with its result.

        ``failed`` takes the place of ``refuse`` where what was typed has to be brought back; ``title`` names long work.
        """
        return self.desk.write(change, done, failed=failed or self.refuse, owner=self, title=title)

    def refuse(self, problem: Exception) -> None:
        """Nothing was saved: say why beside what it concerns, a grave fault over the window."""
        refuse_beside(problem, self._said_in, self.desk)

    @property
    def _said_in(self) -> NoteBox | None:
        box = getattr(self, "problem", None)
        return box if isinstance(box, NoteBox) else None


def note_failure(failure: Failure, box: NoteBox) -> None:
    """Say a small failure in place, in the note box of a screen or dialog."""
    rest = together(failure.todo, failure.lost, by="")
    box.say(f"**{failure.happened}**\n{rest}", tone="red")


def refuse_beside(problem: Exception, box: NoteBox | None, desk: Desk) -> None:
    """Say a small failure in the note box of what it concerns, a grave one, or where that box is not seen, over the
    window."""
    failure, page = failure_of(problem), box.parentWidget() if box is not None else None
    if box is not None and failure.small and page is not None and page.isVisibleTo(page.window()):
        note_failure(failure, box)
    else:
        desk.fail(problem)
