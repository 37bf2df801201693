"""Titles, places and sentences in a narrow box are broken between words, and stay the texts that they are."""

import pytest
from PySide6.QtGui import QFontMetricsF, QTextLayout
from PySide6.QtWidgets import QLabel

from app.widgets.labels import small_label, wrapped_label


def lines_of(shown: QLabel) -> str:
    """The lines as Qt breaks them at the width of the label, without the marks that hold words together."""
    said = QLabel.text(shown)
    layout = QTextLayout(said, shown.font())
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(shown.width())
        lines.append(said[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return "\n".join(line.replace("\u2060", "").rstrip() for line in lines)


@pytest.mark.parametrize(
    ("text", "fits", "lines"),
    [
        ("12/8(火) 第6回 Instagram講習会", "12/8(火) 第6回 Instagram講習", "12/8(火) 第6回 Instagram\n講習会"),
        (
            "14:00–16:00　見本つつじ台区民館 研修室",
            "14:00–16:00　見本つつじ台区民館 研修",
            "14:00–16:00　見本つつじ台区民館\n研修室",
        ),
        ("見本つつじ台区民館", "見本つつじ台区民", "見本つつじ台\n区民館"),
        ("番号を続けて入力します。", "番号を続けて入力しま", "番号を続けて\n入力します。"),
    ],
)
def test_a_label_is_broken_between_its_words_and_stays_the_text_it_is(qtbot, text, fits, lines):
    for shown in (small_label(text), wrapped_label(text), wrapped_label(text, "h2")):
        qtbot.addWidget(shown)
        shown.ensurePolished()
        shown.show()
        shown.resize(round(QFontMetricsF(shown.font()).horizontalAdvance(fits)) + 2, 80)
        assert lines_of(shown) == lines
        assert shown.heightForWidth(shown.width()) == QLabel.heightForWidth(shown, shown.width())
        assert shown.heightForWidth(shown.width()) > shown.heightForWidth(1_000)
        assert shown.text() == text == shown.accessibleName()


def test_a_word_longer_than_its_box_is_broken_and_a_name_of_its_own_is_kept(qtbot):
    shown = wrapped_label("高度情報通信連絡協議会総合会館")
    qtbot.addWidget(shown)
    shown.resize(100, 80)
    assert "\n" in lines_of(shown)
    shown.setAccessibleName("会場")
    shown.setText("区民館")
    assert (shown.text(), shown.accessibleName()) == ("区民館", "会場")
