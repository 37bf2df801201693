"""What goes wrong at the way in and behind the window: its clock set back is asked about, a folder that was moved is
named and waited for."""

from datetime import datetime, timedelta

from app.data_folder.screens.login import LoginPage
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.labels import Paragraph
from tests.support.sessions import LOGIN, NOW


def asked(main) -> DialogFrame | None:
    return next(
        (one for one in main.findChildren(DialogFrame) if one.isVisible() and "時計" in one.windowTitle()), None
    )


def test_a_clock_before_the_latest_record_is_said_and_asked_about(sessions, qtbot):
    sessions.make_and_close()
    sessions.now = NOW - timedelta(days=10)
    window = sessions.start()
    main = sessions.enter(window)
    dialog = asked(main)
    assert dialog is not None
    words = " ".join(one.plain_text() for one in dialog.findChildren(Paragraph))
    assert [word for word in ("8月22日", "9月1日") if word not in words] == []
    with qtbot.waitSignal(window.ended):
        dialog.main.click()
    window = sessions.start()
    main = sessions.enter(window)
    dialog = asked(main)
    assert dialog is not None
    dialog.reject()
    assert main.isVisible()


def test_a_clock_that_goes_on_or_stands_a_little_apart_is_not_asked_about(sessions):
    sessions.make_and_close()
    sessions.now = NOW - timedelta(minutes=20)
    assert asked(sessions.enter(sessions.start())) is None


def test_a_folder_moved_away_is_named_and_the_sentence_goes_when_it_is_back(sessions, qtbot):
    sessions.make_and_close()
    folder = sessions.home / "data"
    sessions.now = datetime.fromisoformat("2026-09-01T10:32")
    main = sessions.enter(sessions.launched(heartbeat_seconds=0.1))

    def foot() -> str:
        return str(main.side_bar._foot.accessibleName())

    qtbot.waitUntil(lambda: "バックアップ" in foot())
    main.app_context.saved.emit(main.app_context.now())
    assert main.top_bar.saved.text() == "保存済み 10:32"
    away = folder.with_name("elsewhere")
    folder.rename(away)
    qtbot.waitUntil(lambda: "データのフォルダーが見つかりません" in foot())
    assert main.top_bar.saved.text() == "保存できません"
    assert not main.app_context.read_only
    away.rename(folder)
    qtbot.waitUntil(lambda: "見つかりません" not in foot() and "バックアップ" in foot())
    assert main.top_bar.saved.text() == "保存済み 10:32"
    assert not main.app_context.read_only


def test_two_passwords_that_differ_are_said_when_the_second_field_is_left(sessions, qtbot):
    wizard = sessions.begin_anew(sessions.start())
    sessions.click(wizard.next_button)
    sessions.write(wizard.office.contractor_form.editor("name"), "みほん受託株式会社")
    sessions.click(wizard.next_button)
    form = wizard.user.form
    sessions.write(form.editor("password"), "correct horse battery")
    sessions.write(form.editor("again"), "correct horse butter")
    form.editor("password").setFocus()
    qtbot.waitUntil(lambda: "上のパスワードと違います" in form.problem_shown("again"))
    sessions.write(form.editor("again"), "correct horse battery")
    assert not form.problem_shown("again")


def test_the_fifth_wrong_password_brings_a_pause_with_its_count_and_the_right_one_opens_after_it(sessions, qtbot):
    sessions.make_and_close()
    window = sessions.start()
    page = sessions.on_page(window, LoginPage)
    qtbot.waitUntil(page.read_button.isEnabled)
    for count in range(1, 6):
        sessions.log_in(window, "not the password")
        qtbot.waitUntil(lambda count=count: page.tries.wrong_count == count and not window.is_busy)
        assert page.login_button.isEnabled() == (count < 5)
    assert "5回、違っていました。5秒" in page.problem.words()
    # Reading needs the password too: the button says why it waits, and for how long.
    assert not page.read_button.isEnabled()
    assert "5秒たつと、もう一度開けます" in page._published_label.text()
    page.show_folder(sessions.home / "another", login_id=LOGIN, published_at=NOW)
    assert not page.read_button.isEnabled()
    assert "5回、違っていました。5秒" in page.problem.words(), "the form stays disabled, and says why"
    asked = []
    page.login_asked.connect(lambda *typed: asked.append(typed))
    page._ask(page.login_asked)
    assert asked == []
    page.tries._timer.start(0)
    qtbot.waitUntil(page.login_button.isEnabled)
    assert page.read_button.isEnabled()
    assert "写しを見ます" in page._published_label.text()
    assert "5回、違っていました。もう一度入力できます。" in page.problem.words()
    sessions.enter(window)
    assert page.tries.wrong_count == 0
