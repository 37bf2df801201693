"""Setting up: silent when nothing is missing; one sentence for everything missing before anything is fetched."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

# Nothing here needs a system: each command is looked up in a folder made for the test.
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows is set up by a script of its own")

PURPOSES = ("run", "test", "bundle")
OF_WINDOWS = ("git", "wine64", "gcc-mingw-w64-x86-64-win32")
SCRIPTS = ("system_packages.sh", "python_environment.sh", "which_python.sh", "why_it_failed.sh")
TOOLS = ("sh", "cat", "cut", "date", "df", "awk", "dirname", "mkdir", "rm", "sha256sum")
LIBRARIES = (
    *("libGL.so.1", "libEGL.so.1", "libglib-2.0.so.0", "libfontconfig.so.1", "libxkbcommon.so.0", "libdbus-1.so.3"),
    *("libgssapi_krb5.so.2", "libsqlite3.so.0", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1"),
    *("libxcb-shape.so.0", "libxcb-xkb.so.1", "libxcb-render-util.so.0", "libxkbcommon-x11.so.0"),
    "libwayland-cursor.so.0",
)
PIP_WARNS = "WARNING: a page of it"


class Pc:
    """A copy of the set-up on a PC that has only what a test gives it; every call of apt-get and pip is noted."""

    def __init__(self, project: Path, place: Path) -> None:
        self.desk = place / "desk"
        (self.desk / "build_spec").mkdir(parents=True)
        for name in ("requirements.lock", *(f"build_spec/{script}" for script in SCRIPTS)):
            shutil.copy(project / name, self.desk / name)
        self._bin = place / "bin"
        self._bin.mkdir()
        self.root = place / "root"  # where the system keeps what is no command
        self.own = place / "own"  # where the system keeps its Python
        self.own.mkdir()
        self._elsewhere = {"SYSTEM_BIN": str(self.own), "SYSTEM_ROOT": str(self.root)}
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, tool
            (self._bin / tool).symlink_to(found)
        self.calls = place / "calls"
        self.has("id", "echo 1000")
        self.has("ldconfig", "")
        self.has("apt-get", f'echo "apt-get $*" >>"{self.calls}"; echo "Get:1 a long story"')

    def has(self, name: str, script: str) -> None:
        """Put a command on the PC."""
        _program(self._bin / name, script)

    def knows(self, *packages: str) -> None:
        """Let apt know these packages and no other."""
        self.has("apt-cache", f'case " {" ".join(packages)} " in *" $2 "*) echo "  Candidate: 1" ;; esac')

    def has_everything_but(self, *commands: str) -> None:
        """Put all libraries and tools on the PC, but not these commands."""
        listed = "; ".join(f'printf "\\t{name} (libc6) => /lib/{name}\\n"' for name in LIBRARIES)
        self.has("ldconfig", listed)
        self.has_python()
        for name in {"objcopy", "Xvfb", "git", "x86_64-w64-mingw32-gcc"} - set(commands):
            self.has(name, "")
        if "wine64" not in commands:
            (self.root / "usr/lib/wine").mkdir(parents=True, exist_ok=True)
            (self.root / "usr/lib/wine/wine64").touch()

    def has_python(self, *, works: bool = True) -> None:
        """Put a Python on the PC that makes an environment, whose pip complains at length and then ``works`` or not."""
        pip = f'echo "pip $*" >>"{self.calls}"; echo "{PIP_WARNS}" >&2; exit {int(not works)}'
        inner = f'case "$*" in *"pip install"*) {pip} ;; esac'
        made = f"mkdir -p .venv/bin; cat >.venv/bin/python <<'END'\n#!/bin/sh\n{inner}\nEND\n"
        self.has("chmod", f'exec {shutil.which("chmod")} "$@"')
        self.has("python3.11", f'case "$*" in *"venv --clear"*) {made}chmod +x .venv/bin/python ;; esac')

    def ask(
        self, script: str, *words: str, variables: Sequence[tuple[str, str]] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the scripts and note what it says."""
        return subprocess.run(
            [str(self._bin / "sh"), str(self.desk / "build_spec" / script), *words],
            env={"PATH": str(self._bin), "LANG": "C.UTF-8", **self._elsewhere, **dict(variables)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def called(self) -> str:
        """What was asked of apt-get and pip."""
        return self.calls.read_text(encoding="utf-8") if self.calls.exists() else ""

    def files(self) -> set[str]:
        """Every file of the copy."""
        return {str(path.relative_to(self.desk)) for path in self.desk.rglob("*")}


def _program(path: Path, script: str) -> None:
    path.unlink(missing_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def pc(project_folder: Path, tmp_path: Path) -> Pc:
    """A bare PC of somebody who is not root."""
    return Pc(project_folder, tmp_path)


def test_nothing_is_said_where_nothing_is_missing(pc: Pc):
    pc.has_everything_but()

    for purpose in (*PURPOSES, "windows"):
        asked = pc.ask("system_packages.sh", purpose, variables=[("DISPLAY", ":0")])
        assert (asked.returncode, asked.stdout, asked.stderr) == (0, "", ""), purpose


def test_this_machine_has_what_the_tests_need(project_folder: Path):
    script = str(project_folder / "build_spec" / "system_packages.sh")
    asked = subprocess.run(["sh", script, "test"], capture_output=True, encoding="utf-8", check=False)

    assert (asked.returncode, asked.stdout, asked.stderr) == (0, "", "")


def test_an_ordinary_user_is_told_once_what_the_command_lacks_and_nothing_is_touched(pc: Pc):
    before = pc.files()

    answers = {purpose: pc.ask("system_packages.sh", purpose) for purpose in PURPOSES}

    assert {asked.returncode for asked in answers.values()} == {1}
    for purpose, asked in answers.items():
        told, unchanged, line = asked.stderr.splitlines()
        assert f"make {purpose} に要る部品" in told
        assert told.partition("足りません:")[2] in line
        assert "何も変更していません" in unchanged
        for package in ("python3-venv", "libgl1", "libgssapi-krb5-2"):
            assert f" {package}" in told
        for package in ("libxcb-cursor0", "libpython3-dev", "binutils", "xvfb"):
            assert (f" {package}" in told) == (purpose == "bundle"), package
    assert (pc.called(), pc.files()) == ("", before)


@pytest.mark.parametrize(
    ("python", "known", "asked_for"),
    [
        ("3.11", ("libglib2.0-0", "libpython3.11", "python3.11-venv"), ("libglib2.0-0", "libpython3.11")),
        ("3.13", ("libglib2.0-0t64", "libpython3.13", "python3.13-venv"), ("libglib2.0-0t64", "libpython3.13")),
        ("3.12", ("libglib2.0-0", "libpython3-dev", "python3-venv"), ("libglib2.0-0", "libpython3-dev")),
        ("", ("libglib2.0-0", "libpython3-dev"), ("libglib2.0-0", "libpython3-dev")),
    ],
    ids=["Debian 12", "Debian 13", "a Python of somebody else", "no Python"],
)
def test_the_names_asked_for_are_those_of_the_system_and_of_its_python(pc: Pc, python, known, asked_for):
    if python:
        script = f'case "$*" in *version_info\\[*) echo {python} ;; *) exit 1 ;; esac'
        pc.has("python3.11", f'case "$*" in *"<= sys.version_info"*) exit 0 ;; esac; {script}')
    pc.knows(*known)

    said = pc.ask("system_packages.sh", "bundle").stderr.splitlines()[-1].split("recommends ")[1].split()

    assert [name for name in said if name.startswith(("libglib", "libpython"))] == list(asked_for)
    assert [name for name in said if name.endswith("-venv")] == [known[2] if python else "python3-venv"]


def test_what_only_the_folder_for_staff_needs_keeps_nobody_from_running(pc: Pc):
    pc.has_everything_but("Xvfb")

    assert (pc.ask("system_packages.sh", "run").returncode, pc.ask("system_packages.sh", "test").returncode) == (0, 0)
    bundle = pc.ask("system_packages.sh", "bundle")
    assert (bundle.returncode, bundle.stderr.splitlines()[-1].split("recommends")[1]) == (1, " xvfb")


def test_what_only_the_windows_folder_needs_is_asked_for_by_that_purpose_alone(pc: Pc):
    pc.has_everything_but("git", "wine64", "x86_64-w64-mingw32-gcc")

    assert [pc.ask("system_packages.sh", purpose).returncode for purpose in PURPOSES] == [0, 0, 0]
    windows = pc.ask("system_packages.sh", "windows")
    assert windows.returncode == 1
    assert windows.stderr.splitlines()[-1].split("recommends ")[1].split() == list(OF_WINDOWS)
    assert "make windows に要る部品" in windows.stderr


def test_a_python_without_its_shared_library_is_named_for_the_folder(pc: Pc):
    pc.has_everything_but()
    pc.has("python3.11", 'case "$*" in *INSTSONAME*) exit 1 ;; esac')

    assert pc.ask("system_packages.sh", "test").returncode == 0
    assert "足りません: libpython3-dev\n" in pc.ask("system_packages.sh", "bundle").stderr


def test_the_systems_own_python_comes_first_and_one_that_makes_no_environments_last(pc: Pc):
    pc.has("python3.11", "")
    assert pc.ask("which_python.sh").stdout == "python3.11\n"

    _program(pc.own / "python3", "")
    assert pc.ask("which_python.sh").stdout == f"{pc.own / 'python3'}\n"
    assert pc.ask("which_python.sh", variables=[("PYTHON", "python3.11")]).stdout == "python3.11\n"

    _program(pc.own / "python3", 'case "$*" in *ensurepip*) exit 1 ;; esac')
    assert pc.ask("which_python.sh").stdout == "python3.11\n"

    pc.has("python3.11", "exit 1")
    assert pc.ask("which_python.sh").stdout == f"{pc.own / 'python3'}\n", "the package that it lacks is asked for"


def test_the_libraries_of_a_window_are_needed_where_there_is_a_screen(pc: Pc):
    pc.has_everything_but()
    shown = "; ".join(f'printf "\\t{name} x\\n"' for name in LIBRARIES if "xcb-cursor" not in name)
    pc.has("ldconfig", shown)

    assert pc.ask("system_packages.sh", "run").returncode == 0
    assert "libxcb-cursor0" in pc.ask("system_packages.sh", "run", variables=[("DISPLAY", ":0")]).stderr


def test_root_gets_everything_at_once_and_one_line_about_it(pc: Pc):
    pc.has("id", "echo 0")

    asked = pc.ask("system_packages.sh", "run")

    assert (asked.returncode, len(asked.stderr.splitlines())) == (0, 1)
    assert [word for word in ("apt-get -q update", "libgl1") if word not in pc.called()] == []
    assert "xvfb" not in pc.called(), "only the folder for staff wants it"
    assert "a long story" in (pc.desk / "build" / "setup.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("E: Failed to fetch http://…  Temporary failure resolving", "ネットワークにつながっているか"),
        ("E: Unable to locate package libpython3.11", "配布元にありません"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "ほかの操作が部品を入れている"),
        ("E: You don't have enough free space in /var/cache/apt/archives/.", "ディスクの空きが足りません"),
        ("E: Sub-process /usr/bin/dpkg returned an error code (1)", "もう一度お試しください"),
    ],
)
def test_when_installing_fails_it_says_what_failed_and_where_the_rest_is(pc: Pc, said, reason):
    pc.has("id", "echo 0")
    pc.has("apt-get", f'echo "{said}"; exit 100')

    asked = pc.ask("system_packages.sh", "run")

    assert asked.returncode == 1
    assert reason in asked.stderr
    assert ("ネットワーク" in asked.stderr) == ("fetch" in said)
    assert [word for word in (said, "build/setup.log") if word not in asked.stderr] == []
    assert "何も変更していません" not in asked.stderr


def test_a_wrong_purpose_is_wrong_usage(pc: Pc):
    assert (pc.ask("system_packages.sh", "coffee").returncode, pc.ask("system_packages.sh").returncode) == (2, 2)


def test_the_libraries_come_with_one_line_and_the_rest_is_in_the_log(pc: Pc):
    pc.has_everything_but()

    asked = pc.ask("python_environment.sh")

    assert asked.returncode == 0, asked.stderr
    assert len(asked.stderr.splitlines()) == 1
    assert "1〜2分、ディスク約1 GB" in asked.stderr
    assert PIP_WARNS in (pc.desk / "build" / "setup.log").read_text(encoding="utf-8")
    calls = pc.called()

    assert pc.ask("python_environment.sh").stderr == ""  # the lock is the same: nothing is looked at again
    assert pc.called() == calls


def test_when_the_libraries_cannot_be_had_the_log_is_named_and_the_next_call_tries_again(pc: Pc):
    pc.has_everything_but()
    pc.has_python(works=False)

    for _ in range(2):
        asked = pc.ask("python_environment.sh")

        assert asked.returncode == 1
        assert "build/setup.log" in asked.stderr
        assert PIP_WARNS not in asked.stderr
        assert "ネットワーク" not in asked.stderr, "pip said nothing of it"
    assert pc.called().count("pip install") == 2


def test_a_full_disk_is_said_before_anything_is_made(pc: Pc):
    pc.has_everything_but()
    pc.has("df", "echo /dev/sda 9 9 1000 1% /")

    asked = pc.ask("python_environment.sh")

    assert asked.returncode == 1
    assert "空きが足りません" in asked.stderr
    assert not (pc.desk / ".venv").exists()


def test_a_changed_lock_is_installed(pc: Pc):
    pc.has_everything_but()
    assert pc.ask("python_environment.sh").returncode == 0
    stamp = pc.desk / ".venv" / "requirements.sha256"
    assert stamp.read_text("ascii").strip() == hashlib.sha256((pc.desk / "requirements.lock").read_bytes()).hexdigest()

    stamp.write_text(hashlib.sha256(b"as it was before").hexdigest(), encoding="ascii")
    calls = pc.called().count("pip install")
    assert (pc.ask("python_environment.sh").returncode, pc.called().count("pip install")) == (0, calls + 1)
