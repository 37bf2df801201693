"""One rule for every new password: it is not guessed at once, and every reader opens what it closes alike."""

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.common.password_rules import PasswordOwner, password_feedback, password_problem
from app.data_folder.screens.password_form import PasswordForm
from app.data_folder.services import accounts, data_folder
from app.event_day.day_file.services import day_file_checkout
from db.records.protection import Checkout
from tests.support.data_folders import LOGIN, NAME, NOW, PASSWORD, closed, copied_folder, opened


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("みじかい", "12文字以上"), (" " * 12, "くり返し"), ("aaaaaaaaaaaa", "くり返し"),
        ("abababababab", "くり返し"), ("111111111111", "くり返し"), ("みほんみほんみほんみほん", "くり返し"),
        ("482915730461", "数字だけ"), ("0312-3456-7890", "数字だけ"), ("123456789012", "数字だけ"),
        ("abcdefghijklm", "並び順のとおり"), ("mihon01mihon01", "IDがほとんどそのまま"),
        ("Mihon01-abcd", "IDがほとんどそのまま"), ("password1234", "よく使われる"), ("P@ssw0rd-2026", "よく使われる"),
        ("パスワード123456789", "よく使われる"), ("qwertyuiop12", "よく使われる"), ("1qaz2wsx3edc", "よく使われる"),
        ("Nerimaku-2026", "よく使われる"), ("nerimakuyakusho8", "よく使われる"),
        ("令和8年度練馬区役所職員", "よく使われる"), ("令和8年度練馬区協働推進課", "よく使われる"),
        ("れいわ8ねんど・ネリマ区", "よく使われる"), ("setagaya-shibuya-1", "よく使われる"),
        ("iloveyou-sakura", "よく使われる"), ("welcome 2026 admin", "よく使われる"),
        ("2026年12月25日の令和", "よく使われる"), ("password of the blue heron", ""),
        ("練馬の庭に咲く白い朝顔", "12文字以上"), ("練馬の庭に咲く白い朝顔たち", ""),
        ("みほん山田みほん 山田です", "名前がほとんどそのまま"), ("mihon01の庭に咲く朝顔の花", ""),
        ("mihon01庭に咲く白い朝顔", ""), ("mihon01庭に咲く朝顔花", "IDがほとんどそのまま"),
        ("あいうえお" * 9, "長すぎます"), ("a1b2" * 32, "長すぎます"), ("ＡＢＣ１２３という合言葉", "全角の英数字"),
        ("ﾊﾝｶｸのカナという合言葉", "半角カナ"), ("か\u3099くどうという合言葉です", "別の文字"),
        ("つつじ\u3000台の猫は三毛です", "別の文字"), ("つつじ台の猫は\u200b三毛です", "目に見えない"),
        ("つつじ台の猫は三毛でした", ""), ("correct horse battery", ""),
    ],
)  # fmt: skip
def test_a_password_is_refused_in_words(password, words):
    said = password_problem(password, owner=PasswordOwner(login_id="mihon01", name="みほん 山田"))
    assert words in said
    assert bool(said) == bool(words)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "12文字以上"), ("みじかい", "あと8文字必要です"), ("つつじ台の猫は三毛です", "あと1文字必要です"),
        ("aaaaaaaaaaaa", "くり返し"), ("つつじ台の猫は三毛でした", "十分な長さです（12文字）"),
        ("correct horse battery", "強いパスワードです（21文字）"),
    ],
)  # fmt: skip
def test_the_strength_is_said_in_a_sentence(password, words):
    assert words in password_feedback(password)


GUESSED = ["111111111111", "aaaaaaaaaaaa", "123456789012", f"{LOGIN}{LOGIN}"]


@pytest.mark.parametrize("password", GUESSED)
def test_every_door_refuses_what_is_guessed_at_once(tmp_path, password):
    folder = copied_folder(tmp_path)
    with pytest.raises(UserError, match="使えません"):
        data_folder.set_first_password(
            folder, login_id=LOGIN, password=PASSWORD, new_password=password, now=NOW, wait=0.2
        )
    store = opened(folder)
    act = ActionContext(store, NAME, NOW)
    takes = {
        "the first user": lambda: data_folder.create_data_folder(
            tmp_path / "new", login_id=LOGIN, display_name=NAME, password=password, now=NOW
        ),
        "another user": lambda: accounts.add_user(act, login_id=LOGIN, display_name="同僚", password=password),
        "one's own": lambda: accounts.change_password(
            act, login_id=LOGIN, old_password=PASSWORD, new_password=password
        ),
        "a given one": lambda: accounts.set_temporary_password(act, login_id=LOGIN, password=password),
        "after the recovery": lambda: accounts.set_password_after_recovery(act, login_id=LOGIN, new_password=password),
        "a day file": lambda: day_file_checkout.check_out_day_file(
            act,
            event_id=1,
            checkout=Checkout(contents="", taken_at=NOW, taken_by=NAME),
            path=tmp_path / "持出し.djd",
            password=password,
            with_care=False,
        ),
    }
    for take in takes.values():
        with pytest.raises(UserError, match="このパスワードは使えません"):
            take()
    closed(store)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("password", GUESSED)
def test_the_form_says_it_before_the_button_does_anything(qtbot, password):
    form = PasswordForm(login_id=LOGIN, name=NAME)
    qtbot.addWidget(form)
    form.set_values({"password": password, "again": password})
    assert not form.check_all()
    assert form.problem_shown("password")
