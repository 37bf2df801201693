"""The common way in which screens and parts run actions: write lock, errors, messages and undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from app.actions.action_context import ActionContext
from app.common.join_nonempty import join_nonempty
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, bind_action, with_store
from app.window.failure_messages import Failure, failure_of

if TYPE_CHECKING:  # a part is a QObject by what else it is made from
    from PySide6.QtCore import QObject as _Part

    from app.window.background_task import Job
    from db.store import Store
else:
    _Part = object

Given = ParamSpec("Given")
Result = TypeVar("Result")


class ActionMixin(_Part):
    """Mixin, placed before the widget class, that runs actions and reads through ``app_context``.

    If it has a note box ``problem``, errors are shown there, else over the window.
    """

    app_context: AppContext

    @property
    def today(self) -> date:
        """Return today (in the sample year, its own)."""
        return self.app_context.today()

    @property
    def fiscal_year(self) -> int:
        """Return the fiscal year that the window shows."""
        return self.app_context.fiscal_year

    @property
    def may_write(self) -> bool:
        """Return whether changes are taken: the folder is not open 閲覧専用."""
        return self.app_context.may_write

    def go(self, screen_name: str, **arguments: object) -> None:
        """Show a screen by name, opened with ``arguments``."""
        self.app_context.go(screen_name, **arguments)

    def follow(self, way: Any) -> None:
        """Show what a ``Route`` leads to."""
        self.go(way.screen_name, **way.arguments)

    def run_action(
        self,
        service: Callable[Concatenate[ActionContext, Given], object],
        *positional: Given.args,
        **given: Given.kwargs,
    ) -> Job | None:
        """Hide any earlier error and run an action as the current user; what a button calls.

        Returns None when nothing was run (see ``AppContext.write``).
        """
        if self._error_box is not None:
            self._error_box.show_text("")
        return self.run_change(bind_action(service, *positional, **given))

    def run_read(
        self,
        done: Callable[[Result], object],
        service: Callable[Concatenate[Store, Given], Result],
        *positional: Given.args,
        **given: Given.kwargs,
    ) -> Job:
        """Run a read service on the database thread; ``done`` gets the result if this widget still exists.

        An error is shown over the window.
        """
        return self.app_context.read(with_store(service, *positional, **given), done, owner=self)

    def run_change(
        self,
        change: Callable[[ActionContext], Result],
        done: Callable[[Result], object] | None = None,
        *,
        failed: Callable[[Exception], object] | None = None,
        title: str = "",
    ) -> Job | None:
        """Run ``change`` (a service bound by ``bind_action``), then ``done`` with its result.

        ``failed`` replaces ``show_error`` where typed input must be restored; ``title`` names long work.
        """
        return self.app_context.write(change, done, on_failed=failed or self.show_error, owner=self, title=title)

    def show_error(self, problem: Exception) -> None:
        """Show why nothing was saved, in the note box; a serious failure over the window."""
        show_error_near(problem, self._error_box, self.app_context)

    @property
    def _error_box(self) -> NoteBox | None:
        """Return the box in which failures are shown, or None."""
        box = getattr(self, "problem", None)
        return box if isinstance(box, NoteBox) else None


def show_failure_in(failure: Failure, box: NoteBox) -> None:
    """Show a failure in red in a note box: what happened, what to do and what was lost, without details."""
    rest = join_nonempty(failure.todo, failure.lost, separator="")
    box.show_text(f"**{failure.happened}**\n{rest}", tone="red")


def show_error_near(problem: Exception, box: NoteBox | None, app_context: AppContext) -> None:
    """Show a small failure in a visible note box; a serious one, or without such a box, over the window."""
    failure, page = failure_of(problem), box.parentWidget() if box is not None else None
    if box is not None and failure.small and page is not None and page.isVisibleTo(page.window()):
        show_failure_in(failure, box)
    else:
        app_context.show_failure(problem)
