"""What people ask of their own data in a folder of before, in a year without anybody, for a reader, and over a kill."""

import os
import signal

from app.actions.action_context import ActionContext
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.programme.holds import read_holds
from app.settings.data_requests import services
from app.settings.data_requests.documents import FILE_RECORD, UNLISTED
from app.settings.data_requests.screens import DataRequestsScreen
from db import connection, migrations
from db.keys import derive_keys
from db.records.organisations import Person
from db.records.year.rights import DataRequest, MistakeReport, RequestKind, RequestStep, RequestTerm
from db.rows import rows
from db.store import DATABASE_NAME, Store
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, sample_store
from tests.support.sample_desk import session, shown
from tests.support.stores import DATA_KEY, filled_store
from tests.support.undo_rights import request

TODAY = NOW.date()


def test_a_folder_of_the_shape_before_keeps_its_people_and_takes_requests():
    step = next(place for place, path in enumerate(migrations.STEPS, 1) if path.stem.startswith("0098"))
    database = migrations.in_memory(upto=step - 1)
    people = "INSERT INTO people (name, furigana, role, note) VALUES ('見本　花子', '', '', '')"
    database.execute(people)
    migrations.migrate(database)
    assert [one.name for one in rows(database, Person)] == ["見本　花子"]
    assert [rows(database, kind) for kind in (MistakeReport, DataRequest, RequestStep, RequestTerm)] == [[], [], [], []]
    assert services.terms_of(database)[RequestKind.CORRECTION].days == services.MOST_DAYS
    assert read_holds(database, TODAY).found == ()


def test_a_kill_within_a_save_leaves_the_case_as_it_was_and_the_next_save_works(tmp_path):
    store = sample_store(tmp_path)
    folder = store.folder
    services.save_request(ActionContext(store, BY, NOW), request=request(basis="法83条"))
    store.database.conn.close()

    def opened():
        keys = derive_keys(DATA_KEY)
        database = connection.connect(folder / DATABASE_NAME, keys.pages)
        return Store(folder=folder, database=database, keys=keys, login_id="x")

    child = os.fork()
    if child == 0:
        try:
            again = opened()
            again.before_commit.append(lambda _row: os.kill(os.getpid(), signal.SIGKILL))
            services.save_request(ActionContext(again, BY, NOW), request=request(basis="法83条", requester="途中"))
        finally:
            os._exit(3)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    store = opened()
    assert [one.requester for one in rows(store.database, DataRequest)] == ["見本　太郎"]
    saved = services.save_request(ActionContext(store, BY, NOW), request=request(basis="法83条"))
    assert [one.number for one in rows(store.database, DataRequest) if one.id == saved.id] == [2]
    store.database.conn.close()


def _a_year(folder):
    from db.records.programme import Programme

    store = sample_store(folder)
    year = rows(store.database, Programme)[0]
    store.database.conn.close()
    return year


def test_a_year_without_anybody_has_its_papers_and_takes_the_request_of_a_stranger(tmp_path):
    year = _a_year(tmp_path / "見本")

    def fill(store):
        with store.change(action="年度", by=BY, now=NOW) as change:
            change.insert(year)

    store, _ = filled_store(tmp_path / "空", fill)
    paper = documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind=FILE_RECORD, now=NOW)
    assert [word for word in ("0人", UNLISTED) if word not in said_by(paper)] == []
    services.save_request(ActionContext(store, BY, NOW), request=request(person_id=None, basis="法83条"))
    assert [one.kind for one in rows(store.database, DataRequest)] == [RequestKind.DISCLOSURE]
    assert read_holds(store.database, TODAY).people == frozenset()
    store.database.conn.close()


def test_a_reader_sees_the_cases_and_changes_none(qtbot, tmp_path):
    with session(tmp_path) as desk:
        desk.store.read_only = desk.read_only = True
        screen = shown(qtbot, DataRequestsScreen(desk), desk, person_id=1, subject="見本")
        screen.add(RequestKind.DISCLOSURE)
        assert (screen.add_button.isEnabled(), screen.next_button.isEnabled()) == (False, False)
        assert rows(desk.store.database, DataRequest) == []
