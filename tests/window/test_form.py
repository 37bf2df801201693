"""The one form: typed dates read back, full-width digits, problems said when a field is left."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QRadioButton

from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field, TextEditor, UnreadableInput, read_value
from app.widgets.labels import WrappingLabel
from app.widgets.screen import in_scroll_area
from tests.support.layout import CUT, OUTSIDE, OVER, faults_of
from tests.support.waiting import in_front
from tests.support.window_parts import office_form


def form_of(qtbot, *fields: Field) -> Form:
    form = Form(fields, fiscal_year=2026)
    qtbot.addWidget(form)
    form.resize(600, 400)
    form.show()
    in_front(qtbot, form)
    return form


def type_into(form: Form, key: str, text: str) -> None:
    """Type as with an input method, so that any character can be typed."""
    box = form.editor(key)
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


@pytest.mark.parametrize("typed", ["9/28", "R8.9.28", "令和8年9月28日", "20260928", "９／２８"])
def test_a_date_is_read_in_every_spelling_and_said_back(qtbot, typed):
    form = form_of(qtbot, Field(key="day", label="日付", kind="date", width=120))
    type_into(form, "day", typed)
    assert form.value("day") == date(2026, 9, 28)
    editor = form.editor("day").parent()
    assert isinstance(editor, TextEditor)
    assert editor.back.text() == "令和8年9月28日（月）"


@pytest.mark.parametrize(("width", "lines"), [(700, 1), (420, 2)])
def test_choices_go_on_in_the_next_line_where_there_is_no_room(qtbot, width, lines):
    choices = ((1, "検算（任意の確認）"), (2, "代行入力（協議の番号が要る）"))
    form = form_of(qtbot, Field("purpose", "目的", "radio", choices=choices))
    form.resize(width, 400)
    radios = form.findChildren(QRadioButton)
    qtbot.waitUntil(lambda: len({one.mapTo(form, QPoint()).y() for one in radios}) == lines)
    assert all(one.mapTo(form, one.rect().bottomRight()).x() <= width for one in radios)
    assert form.minimumSizeHint().width() <= 420


def test_a_date_without_a_year_lies_in_the_fiscal_year(qtbot):
    form = form_of(qtbot, Field(key="day", label="日付", kind="date"))
    type_into(form, "day", "2/4")
    assert form.value("day") == date(2027, 2, 4)


def test_a_number_takes_full_width_digits_and_commas(qtbot):
    field = Field(key="n", label="人数", kind="number", unit="人", least=1, most=200)
    assert read_value(field, "１２", 2026) == 12
    many = Field(key="n", label="部数", kind="number")
    assert [read_value(many, one, 2026) for one in ("1,234", "１，２３４", "1、234", "-1,234")] == [
        1234,
        1234,
        1234,
        -1234,
    ]
    assert read_value(field, " ", 2026) is None
    for odd in ("十二", "--5", "1-2", "2,3", "10,15", "1,00", "②", "2³", "½"):
        with pytest.raises(UnreadableInput, match="数として読めません"):
            read_value(field, odd, 2026)
    with pytest.raises(UnreadableInput, match="大きすぎます"):
        read_value(field, "9" * 20, 2026)
    with pytest.raises(UnreadableInput, match="大きすぎます"):
        read_value(field, "9" * 4301, 2026)
    with pytest.raises(UnreadableInput, match="200人以下"):
        read_value(field, "201", 2026)
    upto = Field(key="n", label="補欠", kind="number", unit="人まで", least=0)
    with pytest.raises(UnreadableInput, match=r"^0人以上で"):
        read_value(upto, "-3", 2026)


def test_what_the_act_itself_may_ask_for_is_not_called_optional(qtbot):
    form = form_of(
        qtbot,
        Field(key="note", label="備考", optional=True),
        Field(key="why", label="理由", optional=True, is_sometimes_asked=True),
    )
    assert [one.text() for one in form.findChildren(QLabel) if "任意" in one.text()] == ["（任意）"]
    assert form.check_all()


@pytest.mark.parametrize("name", ["契約変更の番号", "確認した日", "ファシリテーター", "LINEオープンチャット", "部屋"])
def test_a_name_with_its_optional_stands_whole_at_every_width_of_its_column(qtbot, name):
    for width in (80, 96, 112, 120, 152, 240):
        form = Form((Field(key="a", label=name, optional=True), Field(key="b", label="理由")), label_width=width)
        qtbot.addWidget(form)
        form.resize(600, 200)
        form.show()
        assert [fault for fault in faults_of(form) if fault.kind in (CUT, OUTSIDE, OVER)] == [], width
        told = next(one for one in form.findChildren(QLabel) if one.text() == "（任意）")
        room = told.parentWidget().rect()
        assert room.contains(told.geometry().adjusted(0, 0, -2, 0)), width


def test_what_is_refused_is_brought_into_sight_with_its_sentence(qtbot):
    form = Form([Field(key=f"f{number}", label=f"欄{number}") for number in range(30)])
    area = in_scroll_area(form)
    qtbot.addWidget(area)
    area.resize(600, 300)
    area.show()
    in_front(qtbot, area)
    form.set_values({f"f{number}": "あ" for number in range(30) if number not in (2, 27)})
    for key in ("f2", "f27"):
        bar = area.verticalScrollBar()
        bar.setValue(bar.maximum() if key == "f2" else 0)
        assert not form.check_all()
        said = next(one for one in form.findChildren(QLabel) if one.text() == form.problem_shown(key))
        for part in (form.editor(key), said):
            qtbot.waitUntil(lambda part=part: part.visibleRegion().boundingRect() == part.rect())
        form.set_values({key: "い"})


def test_nothing_is_said_while_typing_but_when_the_field_is_left(qtbot):
    form = form_of(qtbot, Field(key="day", label="日付", kind="date"), Field(key="name", label="氏名", optional=True))
    type_into(form, "day", "9/31")
    assert form.problem_shown("day") == ""
    form.go_to("name")
    qtbot.waitUntil(lambda: "31日はありません" in form.problem_shown("day"))
    assert form.editor("day").accessibleDescription() == form.problem_shown("day")
    type_into(form, "day", "9/30")
    assert form.problem_shown("day") == ""


def test_what_is_pressed_does_not_move_before_it_is_released(qtbot):
    form = form_of(qtbot, Field("day", "日付", "date"), Field("place", "会場"))
    type_into(form, "day", "9/31")
    place = form.editor("place")
    before, at = place.mapTo(form, QPoint()), place.mapTo(form, place.rect().center())
    QTest.mousePress(form.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert place.hasFocus()
    QApplication.processEvents()
    assert (form.problem_shown("day"), place.mapTo(form, QPoint())) == ("", before)
    QTest.mouseRelease(form.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    qtbot.waitUntil(lambda: bool(form.problem_shown("day")))


def test_an_empty_field_is_only_called_empty_when_the_whole_form_is_checked(qtbot):
    form = form_of(qtbot, Field(key="name", label="担当者"), Field(key="note", label="メモ", optional=True))
    form.go_to("name")
    form.go_to("note")
    assert form.problem_shown("name") == ""
    assert not form.check_all()
    assert form.problem_shown("name") == "担当者がまだ入力されていません。"
    assert form.problems() == {"name": "担当者がまだ入力されていません。"}
    qtbot.waitUntil(lambda: form.editor("name").hasFocus())


def test_leaving_a_changed_field_is_the_moment_to_save(qtbot):
    form = form_of(qtbot, Field(key="name", label="氏名"), Field(key="n", label="人数", kind="number", optional=True))
    saved = []
    form.committed.connect(saved.append)
    type_into(form, "name", "髙﨑𠮷")
    form.go_to("n")
    form.go_to("name")
    form.go_to("n")
    assert saved == ["name"]
    assert form.value("name") == "髙﨑𠮷"
    type_into(form, "n", "x")
    form.go_to("name")
    assert saved == ["name"]


def test_a_name_stays_exactly_as_typed(qtbot):
    form = form_of(qtbot, Field(key="name", label="氏名"))
    for name in ("祐\ufa4f 〜", "葛\U000e0100飾", "ｶﾅ　全角"):
        type_into(form, "name", name)
        assert form.value("name") == name


def test_every_kind_of_field_gives_back_what_it_was_given(qtbot):
    form = office_form()
    qtbot.addWidget(form)
    given = form.values()
    assert (given["day"], given["start"], given["people"]) == (date(2026, 9, 28), "14:00", 20)
    assert (given["stamp"], given["nature"], given["net"]) == (1, 1, True)
    form.set_values({"nature": 2, "net": False, "stamp": 2, "reason": "みほん\n二行目"})
    assert (form.value("nature"), form.value("stamp")) == (2, 2)
    assert form.value("net") is False
    assert form.value("reason") == "みほん\n二行目"


def test_a_choice_is_committed_at_once(qtbot):
    form = office_form()
    qtbot.addWidget(form)
    form.show()
    saved = []
    form.committed.connect(saved.append)
    form.set_values({"nature": 1})
    from PySide6.QtWidgets import QRadioButton

    form.findChildren(QRadioButton)[1].click()
    assert saved == ["nature"]


def test_controls_carry_their_label_as_accessible_name_and_numbers_switch_the_input_method_off(qtbot):
    form = office_form()
    qtbot.addWidget(form)
    assert form.editor("staff").accessibleName() == "担当者"
    assert not form.editor("people").testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert form.editor("staff").testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_hidden_field_is_not_asked_for(qtbot):
    form = form_of(qtbot, Field(key="name", label="氏名"), Field(key="why", label="理由"))
    form.set_values({"name": "みほん"})
    form.show_field("why", False)
    assert form.problems() == {}


def test_a_rule_of_the_screen_speaks_in_its_own_sentence(qtbot):
    rule = Field(
        key="end", label="終了", kind="time", rule=lambda v: "" if v > "14:00" else "開始より後にしてください。"
    )
    form = form_of(qtbot, rule, Field(key="x", label="次", optional=True))
    type_into(form, "end", "13時")
    form.go_to("x")
    qtbot.waitUntil(lambda: form.problem_shown("end") == "開始より後にしてください。")


def test_a_field_that_was_emptied_is_asked_for_when_left_and_nothing_is_committed(qtbot):
    form = form_of(
        qtbot,
        Field(key="days", label="報告書の内容確認", kind="number", least=0),
        Field(key="title", label="事業名"),
        Field(key="note", label="備考", optional=True),
    )
    form.set_values({"days": 5, "title": "", "note": "済"})
    committed: list[str] = []
    form.committed.connect(committed.append)
    for key in ("days", "title", "note"):
        box = form.editor(key)
        box.setFocus()
        box.selectAll()
        qtbot.keyClick(box, Qt.Key.Key_Delete)
        qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert form.problem_shown("days") == "報告書の内容確認がまだ入力されていません。"
    assert form.problem_shown("title") == ""
    assert committed == ["note"]

    type_into(form, "days", "0")
    form.editor("note").setFocus()
    assert form.problem_shown("days") == ""
    assert committed == ["note", "days"]


def test_half_typed_text_stays_over_a_reading_anew_until_it_is_saved(qtbot):
    form = Form((Field(key="tel", label="連絡先", optional=True), Field(key="note", label="備考", optional=True)))
    qtbot.addWidget(form)
    form.set_values({"tel": "", "note": "はじめ"})
    form.editor("tel").setText("03-0000-0123")
    assert form.dirty_fields() == ("tel",)
    form.keep_unsaved_input()
    form.set_values({"tel": "03-0000-0132", "note": "同僚の覚え"})
    assert (form.values(), form.dirty_fields()) == ({"tel": "03-0000-0123", "note": "同僚の覚え"}, ("tel",))
    form.set_values({"tel": "03-0000-0123", "note": "同僚の覚え"})
    assert form.dirty_fields() == ()
    form.set_values({"tel": "03-0000-0132"})
    assert form.value("tel") == "03-0000-0132"


def test_what_is_left_while_a_colleague_has_the_seat_is_committed_when_the_seat_is_back(desk, qtbot):
    form = form_of(
        qtbot, Field(key="tel", label="連絡先", optional=True), Field(key="note", label="備考", optional=True)
    )
    form.app_context = desk
    committed: list[str] = []
    form.committed.connect(committed.append)
    form.set_values({"tel": "", "note": ""})
    desk.set_read_only(True)
    type_into(form, "tel", "03-0000-0123")
    form.editor("note").setFocus()
    assert committed == []
    form.set_values({"tel": "03-0000-0132", "note": ""})  # a newer copy was read
    assert (form.value("tel"), form.dirty_fields()) == ("03-0000-0123", ("tel",))
    desk.set_read_only(False)
    assert committed == ["tel"]
    desk.lock_changed.emit()
    assert committed == ["tel"]


def test_a_day_that_stands_there_is_replaced_by_what_is_typed(qtbot):
    fields = (Field(key="name", label="氏名"), Field(key="day", label="日付", kind="date", width=120))
    form = form_of(qtbot, *fields)
    form.set_values({"name": "みほん", "day": date(2026, 12, 1)})
    form.go_to("day")
    qtbot.keyClicks(form.editor("day"), "11/30")
    assert form.value("day") == date(2026, 11, 30)
    form.editor("day").deselect()
    qtbot.mouseDClick(form.editor("day"), Qt.MouseButton.LeftButton)
    qtbot.mouseRelease(form.editor("day"), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(form.editor("day"), "10/5")
    assert form.value("day") == date(2026, 10, 5)
    form.go_to("name")
    qtbot.keyClicks(form.editor("name"), "A")
    assert form.value("name") == "みほんA", "a name is gone on with"


def test_the_word_of_a_field_stands_whole_however_narrow_its_column(qtbot):
    form = Form((Field(key="words", label="伝えたこと"),), label_width=40)
    qtbot.addWidget(form)
    form.resize(300, 200)
    form.show()
    word = next(one for one in form.findChildren(QLabel) if one.text() == "伝えたこと")
    assert word.wordWrap()
    assert word.height() >= word.heightForWidth(word.width()) > word.fontMetrics().height() * 1.5


def test_the_word_of_a_field_is_broken_between_its_words(qtbot):
    form = Form((Field("came", "講習会への参加"), Field("name", "氏名")), label_width=92)
    qtbot.addWidget(form)
    form.show()
    (words,) = [one for one in form.findChildren(WrappingLabel) if one.text() == "講習会への参加"]
    assert words._lay_out(92)[0].split("\n") == ["講習会への", "参加"]
    assert words.height() >= words.heightForWidth(words.width())


def test_a_number_shows_what_was_understood_when_it_is_left(qtbot):
    form = form_of(qtbot, Field(key="n", label="部数", kind="number"), Field(key="other", label="ほか"))
    for typed, shown in (("１，２３４", "1234"), ("1,234", "1234"), ("2,3", "2,3"), ("②", "②")):
        type_into(form, "n", typed)
        form.editor("other").setFocus()
        box = form.editor("n")
        assert isinstance(box, QLineEdit)
        assert box.text() == shown
        assert bool(form.problem_shown("n")) == (shown == typed)


def test_a_pasted_text_is_never_cut_and_one_too_long_is_refused(qtbot):
    form = form_of(qtbot, Field(key="name", label="事業"))
    box = form.editor("name")
    assert isinstance(box, QLineEdit)
    QApplication.clipboard().setText("字" * 32_768)
    box.paste()
    assert len(box.text()) == 32_768
    assert not form.check_all()
    assert "32768字ある（32767字まで）" in form.problem_shown("name")
    box.backspace()
    assert form.check_all()
