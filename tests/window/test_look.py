"""The look: contrast, fonts with every name, icons for every status, a quick start."""

from types import SimpleNamespace

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from PySide6.QtCore import QEvent, QLocale, QPoint, QRectF, Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QImage, QPainter, QRawFont
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QCompleter,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QRadioButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.documents.screens.painted_table import ink_on, paint_fill
from app.widgets.badges import BADGE_LOOKS, Badge, KindSquare, ProgressBlocks, blocks_of
from app.widgets.buttons import Button, inline_button, link_button, main_button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import FoldingColumns, SideAndMiddle
from app.widgets.forms.line_completion import attach_completer
from app.widgets.labels import Link, Paragraph, label
from app.widgets.layouts import column_of
from app.widgets.note_box import NoteBox
from app.widgets.panel import Panel
from app.widgets.screen import widget_row
from app.widgets.tabs import Tabs
from app.window import theme as t
from app.window.fonts import FAMILIES, load_fonts, resource_folder
from app.window.icons import UnknownIcon, icon, icon_pixmap
from app.window.language import install_japanese
from app.window.painting import theme_colour
from app.window.style_sheet import apply_contrast, apply_style, apply_text_size, style_sheet
from build_spec import own_fonts
from tests.support.child_python import run_python
from tests.support.waiting import in_front


def light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", [t.PAGE, t.PAPER_TINT, t.SELECTION, t.CLOSED_DAY, t.FOOTER])
@pytest.mark.parametrize("ink", [t.INK, t.INK_SECONDARY, t.INK_WEAK, t.ACCENT])
def test_text_stands_out_from_every_ground(ink, ground):
    assert contrast(ink, ground) >= 4.5


def test_every_badge_is_readable_and_has_a_word_and_a_sign():
    for kind, look in BADGE_LOOKS.items():
        assert contrast(look.ink, look.fill) >= 4.5, kind
        assert not look.icon or not icon(look.icon).isNull(), kind
        assert look.icon or look.dashed, kind


def test_the_lines_of_controls_can_be_seen():
    assert contrast(t.CONTROL, t.PAGE) >= 3


@pytest.fixture
def high_contrast():
    t.set_contrast(True)
    yield
    t.set_contrast(False)


def test_in_high_contrast_words_reach_seven_and_lines_and_signs_three_to_one(high_contrast):
    grounds = (t.PAGE, t.PAPER_TINT, t.SELECTION, t.CLOSED_DAY, t.FOOTER, t.ACCENT_TINT, t.AMBER_BOX, t.SEARCH_HIT)
    inks = (t.INK, t.INK_SECONDARY, t.INK_WEAK, t.ACCENT, t.ACCENT_DARK)
    low = {(ink, ground): contrast(ink, ground) for ink in inks for ground in grounds if contrast(ink, ground) < 7}
    pairs = [(t.RED, t.RED_TINT), (t.AMBER, t.AMBER_TINT), (t.GREEN, t.GREEN_TINT), (t.PAGE, t.ACCENT), (t.PAGE, t.RED)]
    pairs += [(t.PAGE, t.DARK_BAR), (t.AMBER_INK, t.AMBER_BOX)]
    pairs += [tuple(map(t.current_colour, (look.ink, look.fill))) for look in BADGE_LOOKS.values()]
    pairs += [(ink_on(band), band) for band in t.CHART_BANDS]
    assert low == {}
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 7} == {}
    for line in (t.CONTROL, t.STRONG_LINE, t.HAIRLINE, t.ROW_LINE, t.ACCENT, t.RED, t.AMBER, t.GREEN):
        assert contrast(line, t.PAGE) >= 3, line
    # Two bands are parted by a dark line with a white one inside.
    assert contrast(t.CHART_BANDS[0], t.PAGE) >= 3
    chart = QImage(20, 20, QImage.Format.Format_ARGB32)
    with QPainter(chart) as painter:
        paint_fill(painter, QRectF(0, 0, 20, 20), t.CHART_BANDS[1])
    assert [chart.pixelColor(x, 10).name().upper() for x in (0, 1, 10)] == [t.CHART_BANDS[0], t.PAGE, t.CHART_BANDS[1]]


def test_what_took_a_colour_earlier_paints_the_current_one_there_and_back(qapp):
    seen = []
    for wanted in (True, False):
        t.set_contrast(wanted)
        icon_of = icon("check", t.RED)  # in the first round taken from the table of high contrast
        seen.append((theme_colour(BADGE_LOOKS["期限超過"].fill).name().upper(), t.RED, t.current_colour(t.RED)))
        assert theme_colour(t.RED).name().upper() == t.RED
        assert not icon_of.isNull()
    assert seen == [("#850000", "#850000", "#850000"), ("#A8201A", "#A8201A", "#A8201A")]
    values = [*t._USUAL.values(), *t._CONTRAST.values(), *t._USUAL_BANDS[:4], *t._CONTRAST_BANDS[:4], t.PAGE]
    assert len(set(values)) == len(values), "a colour is known by its value"
    assert set(t._CONTRAST) == set(t._USUAL)


def test_high_contrast_dresses_windows_that_are_open(qapp):
    window = QWidget()
    apply_style(window)
    try:
        apply_contrast(qapp, True)
        assert "#00255C" in window.styleSheet()
        assert qapp.palette().text().color().name().upper() == t.INK == "#000002"
    finally:
        apply_contrast(qapp, False)
    assert "#00255C" not in window.styleSheet()
    assert qapp.palette().text().color().name().upper() == t.INK


def test_the_current_entry_of_menus_and_lists_differs_by_more_than_a_tint(qapp):
    sheet = style_sheet()
    for part in ("QMenu::item:selected", "QListView::item:selected", "QComboBox QAbstractItemView::item:selected"):
        rule = sheet.split(part, 1)[1].split("}", 1)[0]
        assert f"border-left: 4px solid {t.ACCENT}" in rule, part
    assert contrast(t.ACCENT, t.PAGE) >= 3


def test_a_list_with_the_keyboard_shows_where_it_stands(qapp, qtbot):
    """設定の一覧 looked the same with the keyboard and without."""
    box = QWidget()
    apply_style(box)
    qtbot.addWidget(box)
    listed, other = QListWidget(), QLineEdit()
    column = QVBoxLayout(box)
    column.addWidget(listed)
    column.addWidget(other)
    listed.addItems(["契約", "日付と期限"])
    listed.setCurrentRow(0)
    box.show()
    qtbot.waitExposed(box)
    box.activateWindow()
    listed.setFocus()
    qtbot.waitUntil(listed.hasFocus)
    there = listed.grab().toImage()
    other.setFocus()
    assert listed.grab().toImage() != there


@pytest.mark.parametrize(
    ("points", "size"),
    [(9, "標準"), (9.5, "標準"), (10, "大"), (11.5, "特大"), (12, "特大"), (15.75, "最大"), (20.25, "最大")],
)
def test_the_first_text_size_is_the_one_nearest_to_the_letters_of_windows(points, size):
    assert t.size_for_system_letters(points) == size


def test_the_largest_letters_are_twice_the_usual_ones(qapp):
    try:
        apply_text_size(qapp, "最大")
        assert [t.points("body"), t.points("small")] == [21, 18]
    finally:
        apply_text_size(qapp, "標準")


def test_a_font_that_qt_cannot_open_by_its_name_is_loaded_by_what_it_holds(qapp, monkeypatch):
    """Without a screen, Windows opens no font in a folder with a Japanese name: the manual was built in none."""

    blind = SimpleNamespace(
        addApplicationFont=lambda _name: -1, addApplicationFontFromData=QFontDatabase.addApplicationFontFromData
    )
    monkeypatch.setattr("app.window.fonts.QFontDatabase", blind)

    assert load_fonts() == ()


def test_the_bundled_fonts_load_and_have_rare_characters(qapp):
    assert load_fonts() == ()
    assert set(FAMILIES) <= set(QFontDatabase.families())
    raw = QRawFont.fromFont(t.font())
    for character in "髙﨑德濵邊祐":
        assert raw.supportsCharacter(ord(character)), character


@pytest.mark.parametrize("words", ["山田_花子\n見本あおば町会", "山田_花子\n𠮷見本町会"])
def test_two_lines_of_a_hint_stand_apart_and_one_line_is_no_taller(qapp, words):
    look = QFontMetricsF(t.font("small"))
    pixels = t.font("small").pointSizeF() * 96 / 72
    one, two = label("山田_花子", "small"), label(words, "small", wrap=True)
    for shown in (one, two):
        shown.setFont(t.font("small"))
    assert look.lineSpacing() == pytest.approx(1.4 * pixels, abs=0.3)
    assert one.sizeHint().height() <= pixels + 2
    assert two.heightForWidth(400) >= one.sizeHint().height() + 1.3 * pixels


def test_a_face_of_the_same_kind_that_is_installed_on_the_pc_draws_nothing(tmp_path):
    """The PC has a BIZ UDPGothic of its own, with hardly a character in it."""
    place = tmp_path / "fonts"
    place.mkdir()
    for style in ("Regular", "Bold"):
        installed = TTFont(resource_folder() / "fonts" / f"BIZUDPGothic-{style}.ttf")
        installed["name"].setName("BIZ UDPGothic", 1, 3, 1, 0x409)
        few = subset.Subsetter(subset.Options(drop_tables=["meta"]))
        few.populate(text="あいうABC")
        few.subset(installed)
        installed.save(place / f"installed-{style}.ttf")
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{place}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>", encoding="utf-8"
    )
    script = (
        "from PySide6.QtGui import QFont, QFontDatabase, QRawFont; from PySide6.QtWidgets import QApplication;"
        "from app.window import theme as t; from app.window.style_sheet import apply_text_size; a = QApplication([]);"
        "print([name in QFontDatabase.families() for name in ('BIZ UDPGothic', t.font().families()[0])]);"
        "apply_text_size(a, '標準');"
        "used = [QRawFont.fromFont(t.font('body', bold=bold)) for bold in (False, True)];"
        "print(*[(font.familyName(), font.styleName(), font.supportsCharacter(ord('髙'))) for font in used])"
    )

    done = run_python("-c", script, env={"FONTCONFIG_FILE": str(settings)})

    assert done.stdout.splitlines() == [
        "[True, False]",
        f"('{FAMILIES[0]}', 'Regular', True) ('{FAMILIES[0]}', 'Bold', True)",
    ]


def test_the_names_of_the_carried_fonts_are_our_own_and_their_makers_and_conditions_stay(project_folder):
    for name, (family, style) in own_fonts.NAMES.items():
        with TTFont(project_folder / "resources" / "fonts" / name, lazy=True) as font:
            names = font["name"]
            assert [names.getDebugName(number) for number in (1, 2, 4)] == [family, style, f"{family} {style}"]
            assert "SIL Open Font License" in names.getDebugName(13)
            assert "opyright" in names.getDebugName(0) or "(c)" in names.getDebugName(0)
            assert "Source" not in family
    assert [*dict(own_fonts.NAMES.values())] == FAMILIES


def test_a_character_outside_the_main_font_is_drawn_by_the_one_behind_it(qapp):
    def drawn(text: str) -> QImage:
        image = QImage(60, 60, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.setFont(t.font("count"))
        painter.drawText(4, 52, text)
        painter.end()
        return image

    assert drawn("𠮷") != drawn("𣘺")
    assert drawn("𠮷") != drawn("\U000e1fff")


def test_sizes_follow_the_chosen_text_size(qapp):
    apply_text_size(qapp, "特大")
    assert (t.points("body"), t.points("small"), t.points("h1")) == (14, 12, 20)
    assert t.scaled(t.ROW) == 48
    assert [t.is_narrow(width) for width in (1000, 1332, 1333)] == [True, True, False]
    assert [t.should_fold_columns(width) for width in (1093, 1280)] == [True, False]
    apply_text_size(qapp, "大")
    assert [t.is_narrow(width) for width in (1000, 1142, 1143)] == [True, True, False]
    assert [t.should_fold_columns(width) for width in (1027, 1028, 1093)] == [True, False, False]
    apply_text_size(qapp, "標準")
    assert (t.points("body"), t.points("date")) == (10.5, 11.5)
    assert [(t.is_narrow(width), t.should_fold_columns(width)) for width in (999, 1000)] == [
        (True, True),
        (False, False),
    ]


def test_a_screen_is_dressed_once_by_the_window_that_takes_it(qtbot):
    dressed: list[QEvent.Type] = []

    class Line(QLabel):
        def changeEvent(self, event: QEvent) -> None:
            dressed.append(event.type())
            super().changeEvent(event)

    window = QWidget()
    apply_style(window)
    part: QWidget = Line("一行")
    for _ in range(6):
        around = QWidget()
        QVBoxLayout(around).addWidget(part)
        part = around
    assert dressed.count(QEvent.Type.StyleChange) == 0
    QVBoxLayout(window).addWidget(part)
    assert dressed.count(QEvent.Type.StyleChange) == 1
    qtbot.addWidget(window)


def test_a_window_all_that_opens_from_it_and_the_words_offered_under_a_line_wear_the_sheet_at_every_size(qapp, qtbot):
    window = QWidget()
    apply_style(window)
    qtbot.addWidget(window)
    dialog = DialogFrame("題", parent=window)
    line = QLineEdit(window)
    attach_completer(line, QCompleter(["若葉町会"], line))
    small = label("小さい字", "small")
    QVBoxLayout(window).addWidget(small)

    def size() -> float:
        small.ensurePolished()
        return small.font().pointSizeF()

    assert dialog.style().inherits("QStyleSheetStyle")
    assert line.completer().popup().style().inherits("QStyleSheetStyle")
    usual = size()
    apply_text_size(qapp, "特大")
    larger = size()
    apply_text_size(qapp, "標準")
    assert larger > usual == size()
    assert qapp.styleSheet() == ""


@pytest.mark.parametrize("made", [QListWidget, QTableView, QMenu])
def test_letters_that_the_system_has_for_a_kind_of_part_are_not_taken(qapp, qtbot, made):
    QApplication.setFont(QFont("Monospace", 6), "QAbstractItemView")
    QApplication.setFont(QFont("Monospace", 6), "QMenu")
    apply_text_size(qapp)
    part = made()
    qtbot.addWidget(part)
    part.ensurePolished()

    assert part.font() == t.font("body")


def test_icons_are_drawn_in_any_colour_and_an_unknown_one_is_a_mistake():
    assert not icon("house", t.ACCENT).isNull()
    image = icon_pixmap("check-circle-fill", 32, "#1E6335").toImage()
    colours = {
        image.pixelColor(x, y).name() for x in range(32) for y in range(32) if image.pixelColor(x, y).alpha() == 255
    }
    assert "#1e6335" in colours
    with pytest.raises(UnknownIcon):
        icon("no-such-icon")


def test_the_words_of_qt_itself_are_japanese(qapp):
    assert install_japanese(qapp)
    assert QApplication.translate("QPlatformTheme", "Cancel") == "キャンセル"
    assert QLocale().name() == "ja_JP"


def test_a_button_is_never_narrower_than_its_words(qtbot):
    button = main_button("決定通知を作成")
    qtbot.addWidget(button)
    words = button.fontMetrics().horizontalAdvance("決定通知を作成")
    assert button.minimumSizeHint().width() >= words + 20
    small = Button("開く", kind="icon", icon_name="caret-left")
    qtbot.addWidget(small)
    assert small.toolTip() == small.accessibleName() == "開く"


def test_badges_squares_and_blocks_tell_their_words(qtbot):
    badge, square = Badge("準備", "準備 5 / 8"), KindSquare("派遣")
    blocks = ProgressBlocks(blocks_of(2, 4, 1), name="講習会")
    for made in (badge, square, blocks):
        qtbot.addWidget(made)
    assert badge.accessibleName() == "準備 5 / 8"
    assert square.accessibleName() == "派遣"
    assert blocks.accessibleName() == "講習会　済 2　予定 4　未定 1"


def test_statuses_and_kinds_differ_without_colour(qtbot):
    def grey(widget: QWidget) -> QImage:
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
        return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)

    kinds = [grey(KindSquare(kind)) for kind in ("講習会", "派遣", "意見交換会")]
    assert kinds[0] != kinds[1] != kinds[2]
    marks = [grey(ProgressBlocks((state,))) for state in ("done", "next", "planned", "open")]
    assert all(marks[n] != marks[n + 1] for n in range(3))


def test_a_note_hides_when_it_has_nothing_to_say(qtbot):
    owner = QWidget()
    qtbot.addWidget(owner)
    box = NoteBox("", parent=owner)
    owner.show()
    assert box.isHidden()
    box.show_text("**期限** を確かめてください。", tone="amber")
    assert (box.isVisible(), box.words()) == (True, "期限 を確かめてください。")


def test_a_paragraph_shows_what_looks_like_markup_as_it_is(qtbot):
    text = Paragraph("<b>みほん</b> & **強調**")
    qtbot.addWidget(text)
    assert text.plain_text() == "<b>みほん</b> & 強調"
    assert "&lt;b&gt;" in text.text()


def test_a_link_is_followed(qtbot):
    followed = []
    link = Link("すべて見る", lambda: followed.append(True))
    qtbot.addWidget(link)
    link.linkActivated.emit("go")
    assert followed == [True]


def test_tabs_build_a_page_when_it_is_first_chosen(qtbot):
    built = []

    def late() -> QWidget:
        built.append(True)
        return QPushButton("あとから")

    tabs = Tabs()
    qtbot.addWidget(tabs)
    tabs.add("概要", QWidget())
    number = tabs.add("資料", late)
    tabs.set_count(number, 2)
    assert built == []
    tabs.choose(number)
    assert built == [True]
    assert tabs.current() == number


def test_parts_go_on_in_the_next_line_when_there_is_no_room(qtbot):
    row = FlowRow(*(Badge(kind) for kind in list(BADGE_LOOKS)[:8]))
    qtbot.addWidget(row)
    assert row.heightForWidth(2000) == 24
    assert row.heightForWidth(200) > 100


def test_a_row_that_is_seen_folds_anew_when_a_part_comes_grows_or_goes(qtbot):
    row = FlowRow(Badge("決定"), spacing=8)
    qtbot.addWidget(row)
    row.resize(300, 60)
    row.show()
    one_line = row.heightForWidth(300)
    grown = QPushButton("短い")
    row.add(grown)
    assert row.heightForWidth(300) >= one_line
    before = row.heightForWidth(300)
    grown.setText("この言葉はとても長いので、次の行へ送られて、そこに立つことになります")
    qtbot.waitUntil(lambda: row.heightForWidth(300) > before)
    grown.hide()
    qtbot.waitUntil(lambda: row.heightForWidth(300) == one_line)


@pytest.mark.parametrize("make", [lambda: label("短い", wrap=True), lambda: Paragraph("短い")])
def test_the_height_of_folding_text_follows_its_words_its_letters_and_its_margins(qtbot, make):
    """It is kept for a width; whatever changes it has to be seen at once, or text is cut."""
    text = make()
    qtbot.addWidget(text)
    text.show()
    low = text.heightForWidth(200)
    assert text.heightForWidth(200) == low
    say = text.show_text if isinstance(text, Paragraph) else text.setText
    say("この言葉はとても長いので、幅が狭ければ、いくつもの行に折られることになります。" * 3)
    high = text.heightForWidth(200)
    assert high > 2 * low
    assert text.heightForWidth(2000) < high
    text.setContentsMargins(0, 30, 0, 30)
    assert text.heightForWidth(200) == high + 60
    text.setContentsMargins(0, 0, 0, 0)
    assert text.heightForWidth(200) == high
    large = text.font()
    large.setPointSizeF(large.pointSizeF() * 2)
    text.setFont(large)
    larger = text.heightForWidth(200)
    assert larger > high
    text.setStyleSheet("padding: 0 60px")
    assert text.heightForWidth(200) not in (high, larger)
    say("短い")
    assert text.heightForWidth(200) < high


def test_the_right_column_becomes_tabs_on_a_narrow_window(qtbot):
    sides = (("つぎの実施回", QPushButton("a")), ("カレンダー", QPushButton("b")))
    columns = FoldingColumns("区がやること", QPushButton("main"), sides)
    qtbot.addWidget(columns)
    columns.resize(1366, 600)
    columns.show()
    assert not columns.is_narrow
    assert all(side.isVisible() for _words, side in sides)
    columns.resize(900, 500)
    qtbot.waitUntil(lambda: columns.is_narrow)
    columns.tabs.choose(2)
    assert (sides[1][1].isVisible(), sides[0][1].isVisible()) == (True, False)
    columns.resize(1366, 600)
    qtbot.waitUntil(lambda: not columns.is_narrow)
    # A part that goes back to another place is shown with the next turn of the event loop.
    qtbot.waitUntil(lambda: all(side.isVisible() for _words, side in sides))


@pytest.mark.parametrize("height", range(300, 330, 5))
def test_no_line_of_a_side_column_is_cut_before_anybody_scrolls(qtbot, height):
    lines = [label(f"行 {number}") for number in range(40)]
    columns = FoldingColumns("区がやること", QPushButton("main"), (("カレンダー", column_of(*lines)),))
    qtbot.addWidget(columns)
    columns.resize(1366, height)
    columns.show()
    room = columns._right.viewport()
    qtbot.waitUntil(lambda: columns._right.verticalScrollBar().maximum() > 0)

    def last_is_whole():
        shown = [one for one in lines if one.mapTo(columns._inside, QPoint()).y() < room.height()]
        return 0 < len(shown) < 40 and shown[-1].visibleRegion().boundingRect().height() == shown[-1].height()

    qtbot.waitUntil(last_is_whole)


def test_in_the_largest_letters_the_right_column_becomes_tabs_on_a_wider_window(qapp, qtbot):
    columns = FoldingColumns("区がやること", QPushButton("main"), (("カレンダー", QPushButton("a")),))
    qtbot.addWidget(columns)
    columns.resize(1093, 600)
    columns.show()
    assert not columns.is_narrow
    apply_text_size(qapp, "特大")
    try:
        columns.resize(1093, 599)
        qtbot.waitUntil(lambda: columns.is_narrow)
    finally:
        apply_text_size(qapp, "標準")
    columns.resize(1093, 600)
    qtbot.waitUntil(lambda: not columns.is_narrow)


def test_a_side_that_became_smaller_in_its_tab_leaves_no_bar_over_empty_room(qtbot):
    first, tall = Panel("お願い"), QWidget()
    tall.setFixedHeight(600)
    # A part that folds, so that the height of the side follows its width.
    first.put(tall, FlowRow(QPushButton("加える"), QPushButton("直す")), None)
    parts = SideAndMiddle(("お願い", first), ("見本", QPushButton("paper")), ("文", (QPushButton("texts"),)))
    qtbot.addWidget(parts)
    parts.resize(1366, 500)
    parts.show()
    parts.resize(700, 400)
    qtbot.waitUntil(lambda: parts.is_narrow)
    qtbot.waitUntil(lambda: first.height() >= 600)
    tall.setFixedHeight(40)
    bar = first.parentWidget().parentWidget().parentWidget().verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)


def test_opening_the_window_loads_nothing_heavy():
    script = (
        "import sys; import app.main_window.main_window, app.window.style_sheet, app.window.language;"
        "heavy = {'reportlab','openpyxl','jpholiday','numpy','PySide6.QtPdf','PySide6.QtSvg',"
        "'PySide6.QtPrintSupport'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = run_python("-c", script)
    assert done.stdout.strip() == "[]"


def test_a_font_of_one_kind_is_described_once_and_still_each_callers_own(qapp):
    one, other = t.font("small"), t.font("small")
    assert one.isCopyOf(other)
    one.setBold(True)
    assert not other.bold()
    assert not t.font("small").bold()


def test_words_that_fold_take_the_room_up_to_the_button_whatever_width_the_system_wishes_for_them(qtbot):
    """Qt wishes for a width by the mean letter of the system's font, with which Windows folded a short sentence."""
    words, button = label("受付だけを、このPCで行います。", wrap=True), Button("当日持出しファイルを開く")
    made = QWidget()
    qtbot.addWidget(made)
    made.setLayout(widget_row(words, None, button))
    made.resize(900, 60)
    made.show()

    assert words.width() > 500
    assert button.geometry().right() == 899


@pytest.mark.parametrize(
    "make",
    [
        lambda: Button("1つ前に戻す"),
        lambda: inline_button("1つ前に戻す"),
        lambda: link_button("1つ前に戻す"),
        lambda: Button("1つ前に戻す", kind="bare"),
        lambda: QCheckBox("1つ前に戻す"),
        lambda: QRadioButton("1つ前に戻す"),
    ],
)
def test_the_frame_of_the_keyboard_lies_around_the_words_and_not_over_them(qtbot, make):
    window = QWidget()
    qtbot.addWidget(window)
    apply_style(window)
    column = QVBoxLayout(window)
    part, other = make(), QLineEdit()
    for one in (other, part):
        column.addWidget(one)
    window.show()
    in_front(qtbot, window)
    other.setFocus()
    inside = part.rect().adjusted(3, 3, -3, -3)
    before = part.grab(inside).toImage()
    qtbot.keyClick(other, Qt.Key.Key_Tab)
    assert (part.hasFocus(), part.grab(inside).toImage()) == (True, before)
