"""A field of one line stays one line, whatever is pasted into it; names stay as they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.widgets.forms.form import Form
from app.widgets.forms.form_fields import Field, OneLine


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("みほん髙﨑𠮷町会\r\n", "みほん髙﨑𠮷町会"),
        ("みほん町会\tみほん太郎\n", "みほん町会 みほん太郎"),
        ("練馬区\n地域文化部\n", "練馬区 地域文化部"),
        ("葛󠄀　飾\x00 ", "葛󠄀　飾 "),
        ("みほん\ud83d町会\ude00", "みほん町会"),  # halves of an emoji could be neither stored nor printed
    ],
)
def test_what_is_pasted_from_a_cell_becomes_one_line(qtbot, pasted, kept):
    field = OneLine()
    qtbot.addWidget(field)
    edited: list[str] = []
    field.textEdited.connect(edited.append)
    QGuiApplication.clipboard().setText(pasted)

    field.paste()

    assert field.text() == kept
    assert edited == [kept]
    assert field.cursorPosition() == len(kept.encode("utf-16-le")) // 2
    field.clear()
    for key, then in ((Qt.Key.Key_V, kept), (Qt.Key.Key_Z, "")):
        qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
        assert field.text() == then
    assert edited == [kept, kept, ""]


def test_the_input_method_and_the_program_write_one_line_too(qtbot):
    field = OneLine("前\n")
    qtbot.addWidget(field)
    assert field.text() == "前"

    typed = QInputMethodEvent("", [])
    typed.setCommitString("後\nろ")
    QApplication.sendEvent(field, typed)
    assert field.text() == "前後 ろ"


def test_a_form_saves_a_pasted_name_without_its_line_end(qtbot):
    form = Form((Field(key="sender", label="発信者"), Field(key="note", label="備考", kind="lines")))
    qtbot.addWidget(form)
    QGuiApplication.clipboard().setText("地域振興課長\r\n")
    form.editor("sender").paste()
    form.editor("note").paste()
    assert (form.value("sender"), form.value("note")) == ("地域振興課長", "地域振興課長\n")
