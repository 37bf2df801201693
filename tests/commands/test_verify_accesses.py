"""``verify --accesses``: a month by ids and counts for managers and 点検; a command that reads is recorded itself."""

import json

from app.actions.action_context import ActionContext
from app.data_folder.services import accounts
from db.accesses import queries
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, opened

MONTH = ("--accesses", f"{NOW:%Y-%m}", "--today", f"{NOW:%Y-%m-%d}")


def login(folder, tmp_path, login_id=LOGIN):
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD, encoding="utf-8")
    return ("--data", folder, "--user", login_id, "--password-file", path)


def add_user(folder, role):
    store = opened(folder)
    words = {"login_id": "tenken", "display_name": "点検　係", "password": PASSWORD, "password_is_own": True}
    accounts.add_user(ActionContext(store, NAME, NOW), role=role, **words)
    closed(store)


def test_a_month_is_listed_by_ids_and_the_listing_is_recorded(call, folder, tmp_path):
    code, said, _err = call("verify", *login(folder, tmp_path), *MONTH, "--json")
    assert code == 0
    rows = json.loads(said)
    assert {"ログイン", "権限の変更"} <= {one["act"] for one in rows}
    assert {"token", "name"} & set(rows[0]) == set()
    store = opened(folder)
    assert "命令 verify" in {one.what for one in queries.accesses_after(store.database, 0)}
    assert list((folder / "accesses").iterdir()) == []
    closed(store)


def test_who_checks_may_list_and_who_reads_may_not(call, folder, tmp_path):
    add_user(folder, "点検")
    code, said, _err = call("verify", *login(folder, tmp_path, "tenken"), *MONTH)
    assert (code, "権限の変更" in said, "利用者を" in said) == (0, True, False)
    store = opened(folder)
    accounts.set_rights(ActionContext(store, NAME, NOW), login_id="tenken", role="閲覧", manages=False)
    closed(store)
    code, said, err = call("verify", *login(folder, tmp_path, "tenken"), *MONTH)
    assert (code, said) == (1, "")
    assert "印のある人" in err


def test_a_month_that_is_none_is_wrong_usage(call, folder, tmp_path):
    assert call("verify", *login(folder, tmp_path), "--accesses", "11月")[0] == 2


def test_a_command_whose_access_cannot_be_written_says_so_and_goes_on(call, folder, tmp_path):
    (folder / "accesses").write_text("", encoding="utf-8")
    code, said, err = call("verify", *login(folder, tmp_path), *MONTH)
    assert (code, "ログイン" in said) == (0, True)
    assert "閲覧の記録を、データのフォルダーに書けません" in err
