"""Undo over every public service function that writes: the rows come back as they were, redo repeats them."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import app
from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands import documents
from app.data_folder.services import accounts
from app.documents.services import document_saving, protected_folders
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.event.services import agenda, equipment
from app.history import services as history_services
from app.sample.services import sample_proposal, sample_year
from app.submissions.reports.services import report_documents, reports
from db.touched_tables import TouchedTables
from tests.support.emptied_fields import AS_IT_CAME, EMPTIES, NOT_FILLED
from tests.support.filled_rows import FilledRows, emptied
from tests.support.in_full import some
from tests.support.next_undo import next_undo
from tests.support.readers import Reader, leaving
from tests.support.sample import BY, NOW
from tests.support.scenarios import act, address, no_undo, scenarios
from tests.support.stores import made_by
from tests.support.world import OTHER, World


def writes(function: Callable[..., Any]) -> bool:
    """Whether a function is a service that writes: it is given a context, or ``by`` whom and when."""
    given = inspect.signature(function).parameters
    first = next(iter(given.values()), None)
    return (first is not None and first.annotation in (ActionContext, "ActionContext")) or {"by", "now"} <= {*given}


def writing_functions() -> set[Callable[..., Any]]:
    """Every public function of the program that writes, wherever its module lies."""
    found: set[Callable[..., Any]] = set()
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if module.name == "app.__main__":  # importing it starts the program
            continue
        loaded = importlib.import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == loaded.__name__ and not name.startswith("_") and writes(function):
                found.add(function)
    return found


class FilledWorld(World):
    """The sample year with something in every field; what a scenario prepares is filled as soon as it stands."""

    def __init__(self, folder: Path) -> None:
        self._before: dict[str, list[Any]] = {}
        super().__init__(folder)
        self.fills = True
        self.filled = FilledRows(self.store, NOT_FILLED)

    @property
    def before(self) -> dict[str, list[Any]]:
        """The state to come back to."""
        return self._before

    @before.setter
    def before(self, rows: dict[str, list[Any]]) -> None:
        self._before = self.rows() if self.fills and self.filled.fill() else rows


world = made_by(FilledWorld, scope="module")


def test_every_writing_service_function_stands_in_this_table():
    known = set(scenarios()) | set(no_undo())
    assert writing_functions() == known, "tests/support/undo_*.py say what each service is given, or why it has no undo"


def test_a_service_is_known_by_its_act_or_by_whom_and_when_it_is_called():
    def on_act(context: ActionContext, *, event_id): ...

    def on_store(store, *, event_id, by, now): ...

    def reads(store, *, event_id, now): ...

    def tells_of(row, context: ActionContext): ...

    assert [writes(one) for one in (on_act, on_store, reads, tells_of)] == [True] * 2 + [False] * 2


@pytest.mark.parametrize("function", sorted(scenarios(), key=address), ids=address)
def test_undo_brings_every_row_back_and_redo_repeats_it(world, function, monkeypatch):
    world.before, world.fills = world.rows(), function not in AS_IT_CAME
    (since,) = world.store.database.execute("SELECT max(seq) FROM journal").fetchone()
    reader, touched = Reader(world.store, monkeypatch), TouchedTables()
    reader.on = False
    try:
        with touched.recording(world.store.database, world.store.schema):
            act(function, world, ActionContext(world.store, BY, NOW))
        assert BY in reader.asked, "it changes rows past the one place that asks who may"
        after, lost = world.rows(), emptied(world.store, since, BY)
        assert _apart(after, world.before), "the action changed nothing: the scenario proves nothing"
        assert touched.written.issuperset(_apart(after, world.before)), "screens that show it would not read again"
        history_services.undo(world.store, by=BY, now=NOW)
        assert not _apart(_but_for_the_log(world.rows()), _but_for_the_log(world.before))
        history_services.redo(world.store, by=BY, now=NOW)
        assert not _apart(_but_for_the_log(world.rows()), _but_for_the_log(after))
        history_services.undo(world.store, by=BY, now=NOW)
    finally:
        _clean_up(world)
    assert lost == set(EMPTIES.get(address(function), ())), (
        "a field held something before this action and nothing after it (or no longer does): name the fields "
        "that change "
        "(change.update, change.keep), or say in tests/support/emptied_fields.py why it is emptied on purpose"
    )


def _apart(rows: dict[str, list[Any]], others: dict[str, list[Any]]) -> list[str]:
    """The tables that differ; a whole year would be too much to print."""
    return [name for name in rows.keys() | others.keys() if rows.get(name) != others.get(name)]


def _but_for_the_log(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Every row but those of the log of what left and of its copies, which stay and get a 取消 row; of acts those that
    stand."""
    copies = {row["copy_file_id"] for row in rows["outgoing"]}
    kept = {name: found for name, found in rows.items() if not name.startswith("outgoing")}
    kept["acts"] = [row for row in rows["acts"] if not row["withdrawn"]]
    return kept | {"stored_files": [row for row in rows["stored_files"] if row["id"] not in copies]}


def _clean_up(world: World) -> None:
    """Take the preparation back as well, so that scenarios do not see each other."""
    world.filled.release()
    for _ in range(40):
        if not next_undo(world.store, by=OTHER):
            return
        history_services.undo(world.store, by=OTHER, now=NOW)


ASKED_ELSEWHERE = {
    sample_year.fill_sample_year: "fills a folder that nobody else has opened yet",
    sample_year.fill_reports: "a part of it",
    sample_proposal.fill_proposal: "a part of it",
    protected_folders.saving_terms: "writes nothing, and stops in the act that asked for it",
}
"""Beside ``accounts``, which need a keyring (``tests/data_folder/test_rights.py``): what no 閲覧 can come to."""


def test_a_reader_runs_no_writing_service_and_lets_nothing_out(world, tmp_path, monkeypatch):
    """Each scenario, what it prepares written by a 担当: the service itself stops at the one place that asks."""
    reader, out = Reader(world.store, monkeypatch), tmp_path / "out"
    out.mkdir()
    context, world.fills = ActionContext(world.store, BY, NOW), False
    newest, mine = "SELECT max(seq) FROM journal", "SELECT count(*) FROM journal WHERE seq > ? AND by = ?"
    (before,) = world.store.database.execute(newest).fetchone()
    for function in some(sorted(scenarios(), key=address), of=12):
        assert reader.is_refused(lambda function=function: act(function, world, context)), address(function)
        _clean_up(world)
    assert world.store.database.execute(mine, [before, BY]).fetchone() == (0,)
    ways = leaving(world, out, reader, first=[agenda.set_agenda, equipment.check_equipment])
    (before,) = world.store.database.execute(newest).fetchone()
    for function, way in ways.items():
        assert reader.is_refused(way), address(function)
    written = documents.write_documents(
        context,
        wanted=[(DocumentScope(event_id=world.events["L5"]), (report_documents.REPORT,))],
        formats=("pdf",),
        folder=out,
        personal=True,
    )
    assert len(written.failed) == 1
    world.store.restriction = ""
    assert list(out.iterdir()) == []
    assert world.store.database.execute(mine, [before, BY]).fetchone() == (0,)
    of_people = {one for one in no_undo() if one.__module__ == accounts.__name__}
    for function in set(no_undo()) - {*ways, documents.write_documents, *ASKED_ELSEWHERE, *of_people}:
        source = inspect.getsource(function)
        asks = any(word in source for word in ("change(", "export_list(", "save_leaving("))
        assert asks, f"{address(function)} asks nobody who may"
    monkeypatch.undo()
    history_services.undo(world.store, by=BY, now=NOW)
    _clean_up(world)


def test_undo_stops_at_an_export(world, tmp_path):
    reports.write_chapter(ActionContext(world.store, BY, NOW), report_id=world.report("L5"), key="所感", text="一")
    document_saving.save_document(
        ActionContext(world.store, BY, NOW),
        event_id=world.events["L5"],
        kind=report_documents.REPORT,
        format="pdf",
        options=SaveOptions(path=tmp_path / "a.pdf"),
    )
    with pytest.raises(UserError):
        history_services.undo(world.store, by=BY, now=NOW)
