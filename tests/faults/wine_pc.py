"""An office PC of Wine: a prefix of its own with a Japanese font, a drive Y: that is the share, one screen and who sits
there.

Its windows are framed and stacked by Wine itself, so that no window manager of Linux is between program and hand.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from build_spec.wine import COMPILER, Wine
from tests.faults.desk_hands import Hands, hands

PROJECT = Path(__file__).resolve().parents[2]
WINDOW, COMMAND = "dejikatsu-desk.exe", "dejikatsu-desk-command.exe"
_FONT = PROJECT / "resources" / "fonts" / "BIZUDPGothic-Regular.ttf"
_FACE = "BIZ UDPGothic"
_LINKED = ",".join(f"{byte:02x}" for byte in f"{_FONT.name},{_FACE}\0\0".encode("utf-16-le"))
_USUAL = f"{96:08x}"
_SETTINGS = rf"""Windows Registry Editor Version 5.00

[HKEY_CURRENT_USER\Software\Wine\X11 Driver]
"Managed"="N"

[HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements]
"Tahoma"="{_FACE}"
"MS Shell Dlg"="{_FACE}"
"MS Shell Dlg 2"="{_FACE}"
"MS UI Gothic"="{_FACE}"

[HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\FontLink\SystemLink]
"Tahoma"=hex(7):{_LINKED}
"Tahoma Bold"=hex(7):{_LINKED}
"MS Shell Dlg"=hex(7):{_LINKED}
"Lucida Console"=hex(7):{_LINKED}

[HKEY_CURRENT_USER\Control Panel\Desktop]
"LogPixels"=dword:{_USUAL}

[HKEY_LOCAL_MACHINE\Software\Classes\.pdf]
@="shown"

[HKEY_LOCAL_MACHINE\Software\Classes\.xlsx]
@="shown"

[HKEY_LOCAL_MACHINE\Software\Classes\shown\shell\open\command]
@="\"C:\\shown.exe\" \"%1\""
"""
_SHOWN = r"""
#include <windows.h>
int WINAPI wWinMain(HINSTANCE a, HINSTANCE b, LPWSTR words, int d) {
  HANDLE log = CreateFileW(L"C:\\shown.txt", GENERIC_WRITE, FILE_SHARE_READ, 0, CREATE_ALWAYS, 0, 0);
  char text[4096]; DWORD done;
  int size = WideCharToMultiByte(CP_UTF8, 0, words, -1, text, sizeof text, 0, 0);
  WriteFile(log, text, size > 0 ? size - 1 : 0, &done, 0);
  CloseHandle(log);
  return 0;
}
"""
_HELD = r"""
#include <windows.h>
int wmain(int count, wchar_t **words) {
  HANDLE file = CreateFileW(words[1], GENERIC_READ, FILE_SHARE_READ, 0, OPEN_EXISTING, 0, 0);
  HANDLE in = GetStdHandle(STD_INPUT_HANDLE), out = GetStdHandle(STD_OUTPUT_HANDLE);
  char sign; DWORD done;
  if (file == INVALID_HANDLE_VALUE) return 1;
  WriteFile(out, "held\n", 5, &done, 0);
  ReadFile(in, &sign, 1, &done, 0);
  return 0;
}
"""
"""What a viewer and a spreadsheet do, without either: say what was opened; hold a file that others may only read."""


@dataclass
class Running:
    """A program that was started; what it says is gathered in ``said``."""

    process: subprocess.Popen[bytes]
    said: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def spent(self) -> float:
        """Seconds of processor that it and what it started have used."""
        try:
            own = psutil.Process(self.process.pid)
            return sum(sum(one.cpu_times()[:2]) for one in (own, *own.children(recursive=True)))
        except psutil.Error:
            return 0.0

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def words(self) -> str:
        """What it has said so far."""
        return b"".join(self.said).decode("utf-8", "replace")


@dataclass
class Pc:
    """One PC. ``share`` is what the programs of it call ``Y:``."""

    name: str
    wine: Wine
    hands: Hands
    share: Path
    dots: int = 96
    started: list[Running] = field(default_factory=list)

    def typed(self, path: Path) -> str:
        """What is typed here for a place on the share."""
        return "Y:\\" + str(path.relative_to(self.share)).replace("/", "\\")

    def start(self, program: Path | str, *words: str, more: dict[str, str] | None = None) -> Running:
        """Start a program by its file, as a double click does."""
        name = program if isinstance(program, str) else self.typed(program)
        # Input and output are pipes: at a file, or at nothing, Python ends before its first line.
        process = subprocess.Popen(
            [*self.wine.command(Path("x"), ())[:1], name, *words],
            env=self.wine.variables() | self.hands.variables | (more or {}),
            cwd=self.share,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        running = Running(process)
        self.started.append(running)
        return running

    def desk(self, folder: Path) -> Running:
        """Double-click the program in ``folder``; the eyes at this screen follow it."""
        running = self.start(folder / WINDOW)
        self.hands.spent = running.spent
        return running

    def command(self, folder: Path, *words: str) -> tuple[int, str]:
        """Run one command of the program in ``folder``; its exit code and what it said."""
        running = self.start(folder / COMMAND, *words)
        assert running.process.stdin is not None
        running.process.stdin.close()
        code = running.process.wait(timeout=300)
        running._reader.join(20)
        return code, running.words()

    @contextmanager
    def held(self, path: Path) -> Iterator[None]:
        """Let another program hold a file open, as a spreadsheet does, while the block runs."""
        holder = self.start("C:\\held.exe", self.typed(path))
        self.hands.until(f"ほかのプログラムが {path.name} を開く", lambda: "held" in holder.words(), 20)
        try:
            yield
        finally:
            assert holder.process.stdin is not None
            holder.process.stdin.close()
            holder.process.wait(timeout=20)

    def last_shown(self) -> str:
        """The words with which the system opened a file in its program, "" while it did not."""
        told = self.wine.prefix / "drive_c" / "shown.txt"
        return told.read_text(encoding="utf-8") if told.is_file() else ""

    def make(self) -> None:
        """Put the PC together: prefix, font, drive, the two small programs."""
        self.wine.make()
        drives = self.wine.prefix / "dosdevices"
        (drives / "y:").unlink(missing_ok=True)
        (drives / "y:").symlink_to(self.share)
        shutil.copy(_FONT, self.wine.prefix / "drive_c/windows/Fonts")
        settings = self.wine.prefix / "drive_c" / "settings.reg"
        settings.write_text(_SETTINGS.replace(_USUAL, f"{self.dots:08x}"), encoding="utf-16")
        self._quietly("regedit", "/S", "C:\\settings.reg")
        with tempfile.TemporaryDirectory() as place:
            for name, source, more in (("shown", _SHOWN, ["-mwindows"]), ("held", _HELD, [])):
                file = Path(place) / f"{name}.c"
                file.write_text(source, encoding="ascii")
                target = self.wine.prefix / "drive_c" / f"{name}.exe"
                subprocess.run([COMPILER, "-municode", "-s", str(file), "-o", str(target), *more], check=True)

    def end(self) -> None:
        """End all that was started here, and this prefix's server."""
        for running in self.started:
            if running.alive:
                running.kill()
        self.wine.end()

    def _quietly(self, *words: str) -> None:
        subprocess.run(
            self.wine.command(Path(words[0]), words[1:]),
            env=self.wine.variables(),
            input=b"\n",
            capture_output=True,
            check=True,
        )


@contextmanager
def pc(name: str, work: Path, share: Path, pictures: Path, *, dots: int = 96) -> Iterator[Pc]:
    """A PC with its screen, taken down at the end; its system counts ``dots`` an inch."""
    with hands(work, pictures, name) as person:
        made = Pc(name, Wine(work / f"pc-{name}"), person, share, dots)
        made.make()
        try:
            yield made
        finally:
            made.end()


def fresh_program(folder: Path, place: Path) -> Path:
    """The packed folder as somebody copied it, at ``place``: what it writes beside itself is nobody else's."""
    try:
        shutil.copytree(folder, place, copy_function=os.link)
    except OSError:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(folder, place)
    return place
