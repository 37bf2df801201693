"""What goes into the folder for staff: what is used, whole; nothing nobody uses; the papers name exactly that."""

import ast
import re
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest

from build_spec import packing
from tests.build_spec.test_libraries import locked, wished_by
from tests.support.trees import nodes_of

QT = "PySide6/Qt"


@pytest.mark.parametrize(
    "place",
    [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{QT}/plugins/imageformats/libqsvg.so",
        f"{QT}/plugins/printsupport/libcupsprintersupport.so",
        f"{QT}/translations/qtbase_ja.qm",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\plugins\\iconengines\\qsvgicon.dll",
        "resources/fonts/NotoSansJP-Bold.ttf",
        "docx\\templates\\default.docx",
    ],
)
def test_what_the_window_needs_stays(place: str):
    assert packing.is_packed(place)


@pytest.mark.parametrize(
    "place",
    [
        f"{QT}/plugins/platforms/libqeglfs.so",
        f"{QT}/plugins/platforms/libqvnc.so",
        f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/egldeviceintegrations/libqeglfs-x11-integration.so",
        f"{QT}/plugins/imageformats/libqpdf.so",
        f"{QT}/translations/qtbase_de.qm",
        "docx/templates/default-docx-template/word/styles.xml",
        f"{QT}/translations/qt_help_ja.qm",
        "PySide6\\plugins\\platforminputcontexts\\qtvirtualkeyboardplugin.dll",
        "PySide6\\plugins\\tls\\qopensslbackend.dll",
        "PySide6\\translations\\qtbase_fr.qm",
        "msoffcrypto_tool-6.1.0.dist-info/RECORD",
        "msoffcrypto_tool-6.1.0.dist-info\\INSTALLER",
    ],
)
def test_what_nobody_uses_goes(place: str):
    assert not packing.is_packed(place)


ENTRIES = [
    ("PySide6/QtWidgets.abi3.so", "/v/QtWidgets.abi3.so", "EXTENSION"),
    (f"{QT}/plugins/platforms/libqxcb.so", "/v/libqxcb.so", "BINARY"),
    (f"{QT}/plugins/printsupport/libcupsprintersupport.so", "/v/libcupsprintersupport.so", "BINARY"),
    (f"{QT}/lib/libQt6Widgets.so.6", "/v/libQt6Widgets.so.6", "BINARY"),
    (f"{QT}/lib/libQt6Qml.so.6", "/v/libQt6Qml.so.6", "BINARY"),
    ("libxcb-cursor.so.0", "/lib/libxcb-cursor.so.0", "BINARY"),
    ("libcups.so.2", "/lib/libcups.so.2", "BINARY"),
    ("libpython3.11.so.1.0", "/lib/libpython3.11.so.1.0", "BINARY"),
    ("pypdfium2_raw/libpdfium.so", "/v/libpdfium.so", "BINARY"),
    ("pypdfium2_raw\\pdfium.dll", "C:/v/pdfium.dll", "BINARY"),
]
LINKS = {
    "/v/QtWidgets.abi3.so": [("libQt6Widgets.so.6", "/v/libQt6Widgets.so.6")],
    "/v/libqxcb.so": [("libxcb-cursor.so.0", "/lib/libxcb-cursor.so.0"), ("libGL.so.1", "/lib/libGL.so.1")],
    "/v/libcupsprintersupport.so": [("libcups.so.2", "/lib/libcups.so.2"), ("libavahi.so.3", None)],
}


def test_only_libraries_that_something_links_to_are_packed_and_those_of_the_print_service_never():
    kept = {place for place, _source, _kind in packing.only_needed(ENTRIES, lambda file: LINKS.get(file, []))}

    assert {place for place, _source, _kind in ENTRIES} - kept == {f"{QT}/lib/libQt6Qml.so.6", "libcups.so.2"}


@pytest.mark.skipif(sys.platform != "linux", reason="on Windows the window needs nothing beside Qt")
def test_nothing_is_packed_where_a_library_of_the_window_is_missing():
    links = {**LINKS, "/v/libqxcb.so": [("libxcb-cursor.so.0", None)]}
    without = [entry for entry in ENTRIES if "xcb-cursor" not in entry[0]]

    with pytest.raises(SystemExit, match=r"作れません: libxcb-cursor\.so\.0"):
        packing.only_needed(without, lambda file: links.get(file, []))


def test_what_is_left_out_by_name_is_nothing_that_the_program_imports(project_folder: Path):
    imported = {
        name
        for path in (*(project_folder / "app").rglob("*.py"), *(project_folder / "db").rglob("*.py"))
        for node in nodes_of(path)
        for name in _named_by(node)
    }

    assert {"PySide6.QtCore", "pikepdf", "PIL"} <= imported
    assert sorted(imported & set(packing.UNUSED)) == []


def _named_by(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def test_a_link_to_what_is_not_packed_goes_with_it():
    links = [(name, f"{QT}/lib/{name}", "SYMLINK") for name in ("libQt6Qml.so.6", "libQt6Widgets.so.6")]
    kept = [entry for entry in ENTRIES if "Qml" not in entry[0]]

    assert packing.without_dangling_links(links, kept) == links[1:]


def test_the_library_that_python_begins_with_is_the_same_whatever_order_its_modules_came_in(tmp_path: Path):
    code = {"re/__init__.pyc": b"one", "locale.pyc": b"two", "re/_parser.pyc": b"three"}
    written = []
    for number, names in enumerate((list(code), list(reversed(code)))):
        library = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(library, "w") as packed:
            for name in names:
                packed.writestr(name, code[name])
        packing.sort_library(library)
        written.append(library.read_bytes())
        with zipfile.ZipFile(library) as packed:
            assert {name: packed.read(name) for name in packed.namelist()} == code

    assert written[0] == written[1]


def test_the_papers_name_libraries_of_the_lock_and_every_wish(project_folder: Path):
    named = packing.named_libraries((project_folder / "docs" / "third-party.md").read_text(encoding="utf-8"))

    assert wished_by(project_folder) <= named
    assert named <= locked(project_folder)


def test_a_difference_between_papers_and_folder_is_named():
    assert packing.difference_text(["click", "lxml"], {"lxml", "click"}) == ""
    assert packing.difference_text(["click"], {"lxml"}) == "packed but not named: click; named but not packed: lxml"


def test_the_conditions_of_every_font_and_icon_lie_beside_it(project_folder: Path):
    resources = project_folder / "resources"
    for font in (resources / "fonts").glob("*.ttf"):
        family = re.split(r"-", font.stem)[0]
        text = (resources / "fonts" / f"OFL-{family}.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text, font.name
    assert "MIT License" in (resources / "icons" / "LICENSE-phosphor.txt").read_text(encoding="utf-8")


def test_files_are_traced_to_the_library_they_came_with_and_its_conditions_are_found():
    import openpyxl

    owners = packing.owners([openpyxl.__file__, __file__])

    assert set(owners) == {"openpyxl"}
    (source, place), *_more = packing.licences_of(owners)
    assert Path(source).is_file()
    assert place.startswith("licences/openpyxl/")


def test_the_conditions_of_what_a_library_holds_itself_travel_each_in_a_file_of_its_own():
    places = [place for _source, place in packing.licences_of({"pypdfium2": distribution("pypdfium2")})]

    assert "licences/pypdfium2/BUILD_LICENSES/pdfium.txt" in places
    assert "licences/pypdfium2/LICENSES/BSD-3-Clause.txt" in places
    assert len(places) == len(set(places)) > 20
