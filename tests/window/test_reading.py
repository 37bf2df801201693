"""ふりがな is proposed from what was typed before it was converted, and never against what somebody wrote."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field
from app.widgets.forms.furigana_proposal import kana_of
from tests.support.input_method import compose
from tests.support.waiting import in_front


@pytest.fixture
def form(qtbot):
    made = Form(
        (Field(key="name", label="氏名"), Field(key="furigana", label="ふりがな", optional=True, reading_of="name")),
        fiscal_year=2026,
    )
    qtbot.addWidget(made)
    made.show()
    in_front(qtbot, made)
    made.go_to("name")
    return made


def texts(form):
    return form.value("name"), form.value("furigana")


def test_what_was_typed_before_the_conversion_is_the_reading(form, qtbot):
    name = form.editor("name")
    compose(name, "れ", "れいた", "れいたn", "れいたに", "例谷")
    qtbot.keyClicks(name, " ")
    compose(name, "はなk", "はなこ", "花子")
    assert texts(form) == ("例谷 花子", "れいたに はなこ")


def test_a_last_n_waits_for_its_kana_and_katakana_is_read_in_hiragana(form):
    compose(form.editor("name"), "みほ", "みほn", "見本")
    compose(form.editor("name"), "エリ", "エリ")
    assert texts(form) == ("見本エリ", "みほんえり")
    assert [kana_of(text) for text in ("ｴﾘ", "花", "", "ヴァンn")] == ["", "", "", "ゔぁんん"]


def test_what_is_taken_back_goes_from_the_reading_and_an_emptied_name_begins_anew(form, qtbot):
    name = form.editor("name")
    compose(name, "みほん", "見本")
    compose(name, "はなこ", "花")
    qtbot.keyClick(name, Qt.Key.Key_Backspace)
    assert texts(form) == ("見本", "みほん")
    name.selectAll()
    qtbot.keyClick(name, Qt.Key.Key_Delete)
    compose(name, "れい", "例")
    assert texts(form) == ("例", "れい")


def test_a_reading_that_somebody_wrote_stays_and_none_is_made_up_for_pasted_words(form, qtbot):
    name, furigana = form.editor("name"), form.editor("furigana")
    compose(name, "みほん", "見本")
    compose(furigana, "", "さま")
    compose(name, "はなこ", "花子")
    assert texts(form) == ("見本花子", "みほんさま")

    form.set_values({"name": "", "furigana": ""})
    QApplication.clipboard().setText("山田太郎")
    name.paste()
    assert texts(form) == ("山田太郎", "")
    compose(name, "さま", "様")
    assert texts(form) == ("山田太郎様", "")


def test_a_name_that_stands_there_keeps_its_reading_when_it_is_changed(form):
    form.set_values({"name": "髙橋", "furigana": "たかはし"})
    form.editor("name").end(False)
    compose(form.editor("name"), "はなこ", "花子")
    assert texts(form) == ("髙橋花子", "たかはし")
