"""The project names no machine, no registry and no address it does not own; its texts can be read and followed."""

import re
import tomllib
from pathlib import Path

# Written so that these patterns do not match themselves.
FOREIGN = re.compile(
    r"(?<!subjects)/(?:wor[k]|shar[e]d|roo[t]|hom[e]/\w+|op[t]|User[s]/\w+|tm[p])/"
    r"|[A-Z]:\\\\?User[s]"
    r"|py[p]i\.org|python[h]osted|np[m]js|registr[y]\.|index-ur[l]\s*=|deb\.debia[n]|localhos[t]:\d"
)
BINARY = {".png", ".ttf", ".xlsx", ".pdf", ".ico", ".zip", ".xls", ".jpg", ".db", ".otf"}
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def _text(path: Path) -> str:
    if path.suffix.lower() in BINARY:
        return ""
    return path.read_text(encoding="utf-8", errors="ignore")


def test_no_file_names_a_machine_or_a_registry(project_files, project_folder):
    named = [
        f"{path.relative_to(project_folder)}: {found.group()}"
        for path in project_files
        if (found := FOREIGN.search(_text(path)))
    ]

    assert named == []


def test_every_locked_library_is_checked_by_its_hash(project_folder):
    lock = (project_folder / "requirements.lock").read_text(encoding="utf-8")
    wanted = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL | re.IGNORECASE)

    assert len(wanted) > 40
    assert [entry.split()[0] for entry in wanted if "--hash=sha256:" not in entry] == []
    assert "://" not in lock


def test_every_library_asked_for_is_in_the_lock(project_folder):
    asked = tomllib.loads((project_folder / "pyproject.toml").read_text(encoding="utf-8"))
    names = {
        re.split(r"[<>=!~\[; ]", wish)[0].lower().replace("_", "-")
        for wish in [*asked["project"]["dependencies"], *asked["dependency-groups"]["dev"]]
    }
    lock = (project_folder / "requirements.lock").read_text(encoding="utf-8")
    locked = {name.lower().replace("_", "-") for name in re.findall(r"^([A-Za-z0-9_.\-]+)==", lock, re.MULTILINE)}

    assert names - locked == set()


def test_every_link_in_the_papers_of_the_project_leads_somewhere(project_files, project_folder):
    broken = [
        f"{path.relative_to(project_folder)}: {link}"
        for path in project_files
        if path.suffix == ".md"
        for link in LINK.findall(_text(path))
        if "://" not in link and not link.startswith("mailto:") and not (path.parent / link).exists()
    ]

    assert broken == []


def test_the_papers_for_staff_are_in_japanese(project_files, project_folder):
    for path in project_files:
        if path.name == "README.md" and path.parent == project_folder:
            lines = [line for line in _text(path).splitlines() if line.startswith("#")]
            assert lines
            assert all(JAPANESE.search(line) for line in lines)


def test_every_font_and_picture_comes_with_its_licence(project_folder):
    fonts = list((project_folder / "resources").rglob("*.ttf"))

    assert [font for font in fonts if not list(font.parent.glob("*LICENSE*")) + list(font.parent.glob("OFL*"))] == []
