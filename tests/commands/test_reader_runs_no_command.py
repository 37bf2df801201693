"""閲覧 and 点検 by the commands: nothing is written, nobody is named, no seat is taken; checking goes on."""

import pytest

from app.actions.action_context import ActionContext
from app.commands.main import COMMANDS
from app.data_folder.services import accounts
from app.programme.intake import preset
from db.records.event_form import EventForm
from db.records.events import Event
from tests.support.data_folders import NAME, NOW, PASSWORD, closed, opened


@pytest.fixture
def reader(login):
    """The options that open the copied folder as somebody who is 閲覧."""
    store = opened(login[1])
    accounts.add_user(
        ActionContext(store, NAME, NOW),
        login_id="r",
        display_name="見本 四郎",
        password=PASSWORD,
        role="閲覧",
        password_is_own=True,
    )
    closed(store)
    return ("--data", login[1], "--user", "r", *login[4:])


ASKED = {
    "documents": "writes papers",
    "calendar": "writes a file",
    "issued": "names people with --personal, writes copies with --out",
    "backup": "copies the data",
    "import-applications": "writes, and its trial names who is known",
    "import-survey": "writes, and its trial names rows",
    "import-list": "writes, and its trial names who is known",
    "restore": "makes a second copy of the data",
}
"""What is refused to a 閲覧, each with why."""
NOT_ASKED = {
    "verify": "looks, and says numbers",
    "events": "titles and venues",
    "definition": "the contract, without names of people",
    "check-numbers": "numbers and titles",
    "init": "a folder of one's own",
    "backups": "no login: names and times of backups",
    "deadlines": "no data", "intake": "no data", "tally": "no data",
    "duties": "the contract, without names of people", "demo": "no data",
    "self-check": "no data",
}  # fmt: skip
"""What a 閲覧 may, each with why."""


def test_every_command_is_said_to_be_asked_or_not():
    """A new command stands in one of the two, and what is asked stands in the test below."""
    assert set(ASKED) | set(NOT_ASKED) == set(COMMANDS)
    assert not set(ASKED) & set(NOT_ASKED)


def test_what_writes_or_names_people_is_refused_and_leaves_the_folder_as_it_was(call, reader, tmp_path, bytes_of):
    out = tmp_path / "out"
    out.mkdir()
    listed = tmp_path / "申込.csv"
    listed.write_text("氏名,団体\n見本　花,見本町会\n", encoding="utf-8")
    before = bytes_of(reader[1])
    calls = (
        ("documents", *reader, "--all", "--personal", "--out", out),
        ("calendar", *reader, "--out", out / "a.ics"),
        ("issued", *reader, "--personal"),
        ("issued", *reader, "--out", out),
        ("backup", *reader),
        ("import-applications", *reader, "--event", "1", listed),
        ("import-applications", *reader, "--event", "1", "--dry-run", listed),
        ("import-survey", *reader, "--event", "1", listed),
        ("import-survey", *reader, "--event", "1", "--dry-run", listed),
        ("import-list", *reader, "--list", "団体の一覧", listed),
        ("import-list", *reader, "--list", "団体の一覧", "--dry-run", listed),
        ("restore", reader[1], "--to", tmp_path / "new", *reader[2:]),
    )
    assert {words[0] for words in calls} == set(ASKED)
    for words in calls:
        code, said, err = call(*words)
        assert (code, said) == (1, ""), (words[0], said, err)
        assert "役割は「閲覧」です" in err, (words[0], err)
    assert bytes_of(reader[1]) == before
    assert list(out.iterdir()) == []
    assert not (tmp_path / "new").exists()


def test_looking_and_checking_go_on(call, reader, bytes_of):
    before = bytes_of(reader[1])
    for words in (("verify", *reader), ("issued", *reader)):
        code, _, err = call(*words)
        assert code == 0, (words[0], err)
    assert bytes_of(reader[1]) == before


def test_who_checks_may_verify_back_up_and_restore_and_is_told_nothing_that_the_data_hold(
    call, reader, tmp_path, bytes_of
):
    """An event of another form than its kind has: of a person who looks it is named, of who checks its number."""
    store = opened(reader[1])
    accounts.set_rights(ActionContext(store, NAME, NOW), login_id="r", role="点検", manages=False)
    with store.change(action="形を変えた", by=NAME, now=NOW, subject="events") as change:
        change.insert(preset().kinds[0])
        change.update(Event, 1, form=EventForm.VISIT)
    closed(store)
    listed, out = tmp_path / "申込.csv", tmp_path / "out"
    listed.write_text("氏名,団体\n見本　花,見本町会\n", encoding="utf-8")
    before = bytes_of(reader[1])
    refused = {
        "documents": ("--all", "--out", out),
        "calendar": ("--out", out / "a.ics"),
        "issued": (),
        "import-applications": ("--event", "1", "--dry-run", listed),
        "import-survey": ("--event", "1", "--dry-run", listed),
        "import-list": ("--list", "団体の一覧", "--dry-run", listed),
        "events": (),
        "definition": ("--out", out / "a.toml"),
        "check-numbers": ("--year", "2026"),
    }
    no_login = {"init", "backups", "deadlines", "intake", "tally", "duties", "demo", "self-check"}
    assert {*refused, *no_login, "verify", "backup", "restore"} == set(COMMANDS)
    for name, words in refused.items():
        code, said, err = call(name, *reader, *words)
        assert (code, said) == (1, ""), (name, said, err)
        assert "役割は「点検」です" in err, (name, err)
    assert not out.exists()
    assert bytes_of(reader[1]) == before

    heard = [call("verify", *reader)]
    assert "実施回（番号 1）の実施の形が、その種類の形と違います。" in heard[0][1]
    heard += [
        call("backup", *reader, "--to", tmp_path / "b"),
        call("restore", tmp_path / "b", "--to", tmp_path / "new", *reader[2:]),
        call("verify", *reader, "--accesses", f"{NOW:%Y-%m}"),
    ]
    assert [code for code, _out, _err in heard] == [1, 0, 0, 0], heard
    for word in (NAME, "見本 四郎", "はじめの題名", "見本の事業", "講習会"):
        assert word not in "".join(said + err for _code, said, err in heard)


def test_a_given_password_opens_the_data_for_no_command(call, reader, bytes_of):
    store = opened(reader[1])
    accounts.set_temporary_password(
        ActionContext(store, NAME, NOW), login_id="r", password="仮のとてもながいパスワード"
    )
    closed(store)
    before = bytes_of(reader[1])
    reader[5].write_text("仮のとてもながいパスワード", encoding="utf-8")
    for words in (
        ("events", *reader),
        ("issued", *reader),
        ("check-numbers", *reader, "--event", "1"),
        ("verify", *reader),
        ("restore", reader[1], "--to", reader[1].parent / "new", *reader[2:]),
    ):
        code, said, err = call(*words)
        assert (code, said) == (1, ""), (words[0], said, err)
        assert "ほかの人が決めた仮のもの" in err, (words[0], err)
    assert bytes_of(reader[1]) == before
