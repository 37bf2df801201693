"""Users of the folder: own ID, password and key slot; out is out; a restart changes nothing."""

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.data_folder.services import accounts, data_folder
from app.data_folder.services.check_data import check_data_folder
from db.files import storage_errors
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, copied_folder, opened, recovery_key
from tests.support.history_lines import list_history
from tests.support.next_undo import next_undo

SECOND = "ふたりめのながいパスワード"


@pytest.fixture
def store(tmp_path):
    return opened(copied_folder(tmp_path))


def add(store, login_id="b", name="見本 太郎", password=SECOND):
    return accounts.add_user(
        ActionContext(store, NAME, NOW), login_id=login_id, display_name=name, password=password, password_is_own=True
    )


def enter(store, login_id, password):
    """Close the folder and open it as somebody."""
    closed(store)
    return data_folder.open_data_folder(
        store.folder, login_id=login_id, password=password, now=NOW, pc="M", wait=0.2
    ).store


def test_a_second_user_opens_the_same_data_with_an_own_password(store):
    add(store)
    second = enter(store, "b", SECOND)
    assert second.display_name == "見本 太郎"
    assert [line.user.login_id for line in accounts.list_users(second) if line.can_log_in] == [LOGIN, "b"]
    closed(second)
    assert check_data_folder(store.folder, login_id="b", password=SECOND).is_sound


@pytest.mark.parametrize(
    ("login_id", "name", "password", "words"),
    [
        (LOGIN, "別の人", SECOND, "すでに使われています"),
        ("c", NAME, SECOND, "表示名"),
        ("c", "別の人", "short", "12文字以上"),
        (" c", "別の人", SECOND, "IDを入力"),
    ],
)
def test_what_cannot_be_added_is_refused_in_words(store, login_id, name, password, words):
    with pytest.raises(UserError, match=words):
        add(store, login_id, name, password)
    assert len(accounts.list_users(store)) == 1
    closed(store)


def test_a_changed_password_replaces_the_old_one(store):
    new = "あたらしいながい言葉です"
    with pytest.raises(storage_errors.WrongPassword, match="いまのパスワードが違います"):
        accounts.change_password(
            ActionContext(store, NAME, NOW), login_id=LOGIN, old_password="x" * 12, new_password=new
        )
    accounts.change_password(ActionContext(store, NAME, NOW), login_id=LOGIN, old_password=PASSWORD, new_password=new)
    closed(store)
    with pytest.raises(storage_errors.WrongPassword):
        opened(store.folder)
    closed(opened(store.folder, password=new))


def test_a_user_taken_out_cannot_log_in_and_may_come_back(store):
    add(store)
    accounts.deactivate_user(ActionContext(store, NAME, NOW), login_id="b")
    closed(store)
    with pytest.raises(storage_errors.WrongPassword):
        data_folder.open_data_folder(store.folder, login_id="b", password=SECOND, now=NOW)
    again = opened(store.folder)
    assert [line.user.active for line in accounts.list_users(again)] == [True, False]
    add(again, password="もういちど入るながい言葉")
    closed(enter(again, "b", "もういちど入るながい言葉"))


def test_nobody_locks_everybody_out(store):
    with pytest.raises(UserError, match="ご自分の利用は止められません"):
        accounts.deactivate_user(ActionContext(store, NAME, NOW), login_id=LOGIN)
    with pytest.raises(UserError, match="いません"):
        accounts.deactivate_user(ActionContext(store, NAME, NOW), login_id="nobody")
    closed(store)


def test_a_forgotten_password_is_set_anew_with_the_recovery_key_only(store):
    new = "おもいだせないときの言葉"
    with pytest.raises(UserError, match="回復キーで開いたときだけ"):
        accounts.set_password_after_recovery(ActionContext(store, NAME, NOW), login_id=LOGIN, new_password=new)
    closed(store)
    found = data_folder.open_with_recovery_key(store.folder, recovery_key=recovery_key(), now=NOW).store
    accounts.set_password_after_recovery(ActionContext(found, "回復キー", NOW), login_id=LOGIN, new_password=new)
    closed(found)
    closed(opened(store.folder, password=new))


def test_a_password_set_anew_holds_no_name_of_its_own_user_but_may_hold_another(store):
    add(store, name="見本かえで七海たろうはな")
    closed(store)
    found = data_folder.open_with_recovery_key(store.folder, recovery_key=recovery_key(), now=NOW).store
    setting = {"context": ActionContext(found, "回復キー", NOW), "new_password": "見本かえで七海たろうはなです"}
    with pytest.raises(UserError, match="名前"):
        accounts.set_password_after_recovery(login_id="b", **setting)
    accounts.set_password_after_recovery(login_id=LOGIN, **setting)
    closed(found)
    closed(opened(store.folder, password=setting["new_password"]))


def test_a_new_recovery_key_makes_the_old_paper_worthless(store):
    assert accounts.has_recovery_key(store)
    key = accounts.issue_recovery_key(ActionContext(store, NAME, NOW))
    closed(store)
    with pytest.raises(storage_errors.WrongPassword):
        data_folder.open_with_recovery_key(store.folder, recovery_key=recovery_key(), now=NOW)
    closed(data_folder.open_with_recovery_key(store.folder, recovery_key=key, now=NOW).store)


def test_changes_of_access_stand_in_the_journal_and_are_not_taken_back_by_undo(store):
    add(store)
    accounts.deactivate_user(ActionContext(store, NAME, NOW), login_id="b")
    assert [line.action for line in list_history(store, limit=2)] == [
        "利用を止めた（ID b）",
        "利用者を追加した（ID b）",
    ]
    assert next_undo(store, by=NAME) == "事業を加えた"
    closed(store)


def test_the_password_of_who_opened_it_is_asked_again_and_no_other_passes(store):
    accounts.check_own_password(store, password=PASSWORD)
    add(store)
    for other in (SECOND, PASSWORD + "x", ""):
        with pytest.raises(storage_errors.WrongPassword, match="パスワードが違います"):
            accounts.check_own_password(store, password=other)
    accounts.check_own_password(store, password=PASSWORD)
    closed(store)
