"""The command ``events`` on a real data folder."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.commands.main import main
from app.event.services import event_results
from app.programme import services as programme_services
from app.programme.intake import preset
from db.records.events import EventResult
from db.store import Store
from tests.support.data_folders import LOGIN, NAME, PASSWORD, filled_folder
from tests.support.years import NOW, add_dispatch, add_lecture


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_folder(tmp_path_factory.mktemp("events"), _two_events)


def _two_events(store: Store) -> None:
    given = preset()
    programme_services.start_programme(
        ActionContext(store, NAME, NOW), programme=given.programme, numbers=given.kinds, office=given.office
    )
    held = add_lecture(store, date(2026, 9, 1))
    result = EventResult(event_id=held, attended=17)
    event_results.record_result(ActionContext(store, NAME, NOW), event_id=held, result=result)
    add_dispatch(store, None)


def _asked(folder: Path, *more: str) -> list[str]:
    secret = folder.parent / "password.txt"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    login = ["--data", str(folder), "--user", LOGIN, "--password-file", str(secret)]
    return ["events", *login, "--today", "2026-09-02", *more]


def test_events_are_listed_for_programs(folder, capsys):
    assert main(_asked(folder, "--json")) == 0

    assert json.loads(capsys.readouterr().out) == [
        {
            "id": 1,
            "kind": "講習会",
            "title": "第1回 LINE講習会",
            "date": "2026-09-01",
            "status": "実施済",
            "participants": 17,
        },
        {
            "id": 2,
            "kind": "派遣",
            "title": "派遣 みほん若葉町会",
            "date": None,
            "status": "協議中",
            "participants": None,
        },
    ]


def test_events_are_listed_for_people(folder, capsys):
    assert main(_asked(folder)) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "1　9/1(火)　第1回 LINE講習会　みほん区民館 研修室　実施済　出席 17"
    assert lines[-1] == "2件　実施済 1・予定 0・協議中 1"


def test_of_several_years_the_newest_is_named_and_another_can_be_asked_for(tmp_path, capsys):
    def two_years(store: Store) -> None:
        _two_events(store)
        newer = replace(
            preset().programme, fiscal_year=2027, contract_date=date(2027, 4, 1), term_end=date(2028, 3, 31)
        )
        programme_services.start_programme(
            ActionContext(store, NAME, NOW), programme=newer, numbers=preset().kinds, office=preset().office
        )

    both = filled_folder(tmp_path, two_years)
    assert main(_asked(both)) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "令和9年度の実施回です。ほかの年度は --year で指定してください。"
    )
    assert main(_asked(both, "--year", "2026")) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "2件　実施済 1・予定 0・協議中 1"
    assert main(_asked(both, "--year", "2031")) == 1
    assert "令和13年度" in capsys.readouterr().err


def test_without_a_password_nothing_is_listed(folder, capsys):
    assert main(["events", "--data", str(folder)]) == 2
    assert "--password-file" in capsys.readouterr().err
