"""The program has a face of its own on Windows: the icon is the sign in the window, the version that of the project."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QWidget

from app.window import theme as t
from app.window.icons import product_sign
from app.window.style_sheet import apply_text_size
from build_spec.draw_icon import SIDES, draw
from build_spec.version_resource import copyright_of, version_of, version_resource


def test_the_icon_that_is_kept_is_the_sign_as_it_is_drawn_now(qapp, project_folder: Path):
    kept = QIcon(str(project_folder / "resources" / "icons" / "desk.ico"))

    assert [size.width() for size in kept.availableSizes()] == list(SIDES)
    for side in SIDES:
        assert kept.pixmap(side, side).toImage() == product_sign(side).toImage().convertToFormat(
            kept.pixmap(side, side).toImage().format()
        ), f"python build_spec/draw_icon.py ({side})"


def test_each_size_is_drawn_for_itself_with_sharp_lines(qapp):
    for side in SIDES:
        image = product_sign(side).toImage()
        assert {image.pixelColor(round(side * 0.4), y).name() for y in range(side)} == {
            t.ACCENT.lower(),
            t.PAGE.lower(),
        }, side
    assert draw()[:6] == bytes((0, 0, 1, 0, len(SIDES), 0))


def test_every_window_bears_it(qapp, qtbot):
    apply_text_size(qapp, "標準")
    window = QWidget()
    qtbot.addWidget(window)

    assert not window.windowIcon().isNull()
    assert window.windowIcon().pixmap(32, 32).toImage().pixelColor(2, 16).name() == t.ACCENT.lower()


class Part:
    """Stands for a part of PyInstaller's version resource, which can be made on Windows only."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.given, self.named = given, named


@pytest.mark.parametrize(("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("2.3", (2, 3, 0, 0))])
def test_the_version_resource_is_what_pyinstaller_reads(version: str, numbers: tuple[int, ...], project_folder: Path):
    rights = copyright_of(project_folder)
    text = version_resource(version, name="dejikatsu-desk", description="デジ活デスク", copyright_words=rights)
    parts = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    whole = eval(text, {name: type(name, (Part,), {}) for name in parts})

    fixed, (words, language) = whole.named["ffi"], whole.named["kids"]
    assert fixed.named["filevers"] == fixed.named["prodvers"] == numbers
    (table,) = words.given[0]
    said = dict(one.given for one in table.given[1])
    assert (said["ProductName"], said["FileVersion"]) == ("デジ活デスク", version)
    assert said["LegalCopyright"] == rights
    assert rights.endswith(said["CompanyName"])
    assert said["CompanyName"].startswith("The authors of")
    assert said["OriginalFilename"] == "dejikatsu-desk.exe"
    assert table.given[0] == "041104B0"
    assert language.given[0][0].given == ("Translation", [0x0411, 1200])


def test_the_version_is_that_of_the_project(project_folder: Path):
    assert version_of(project_folder).count(".") == 2
