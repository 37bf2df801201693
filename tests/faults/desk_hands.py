"""Hands and eyes at one screen: keys and mouse by xdotool, words read from the pixels, every wait for something with a
limit."""

from __future__ import annotations

import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, ImageChops

from build_spec.virtual_screen import virtual_screen
from tests.faults.read_screen import WAYS, Area, Spot, lines_of, picture_of, spots

LIMIT = 60.0
_LOOK = 0.25
_QUIET = 0.5
_IDLE = 0.2  # so much of a processor a program uses that only blinks
_CARET = (3, 40)  # a blinking caret changes no more than so many pixels across and down
_CLIPBOARD = "clipboard"
_REST = (6, 640)
_STEPS = 8


def pause(seconds: float) -> None:
    """Let the program work between two looks; what is waited for is looked at, never slept through."""
    select.select([], [], [], seconds)


class NotSeen(Exception):
    """What had to come did not within its time."""


@dataclass
class Hands:
    """One person at one screen. ``pictures`` is where what was seen is kept, under ``name``."""

    variables: dict[str, str]
    memory: Path
    pictures: Path
    name: str
    kept: list[str] = field(default_factory=list)
    spent: Callable[[], float] = lambda: 0.0
    """The seconds of processor that the program at this screen has used so far."""

    # --- eyes

    def picture(self) -> Image.Image:
        """The screen now."""
        return picture_of(self.memory)

    def keep(self, title: str) -> Path:
        """Keep what stands on the screen once nothing moves any more."""
        path = self.pictures / f"{self.name}-{len(self.kept) + 1:02d}-{title}.png"
        self.still().save(path, optimize=True)
        self.kept.append(path.name)
        return path

    def still(self, limit: float = 30.0) -> Image.Image:
        """The screen once it stays the same (but for a caret) while who draws it has nothing to do; at the limit as it
        is."""
        end = time.monotonic() + limit
        before, spent = self.picture(), self.spent()
        while time.monotonic() < end:
            pause(_QUIET)
            now, more = self.picture(), self.spent()
            if _same(before, now) and more - spent < _IDLE * _QUIET:
                return now
            before, spent = now, more
        return before

    def shades(self) -> int:
        """How many colours stand on it."""
        colours = self.picture().getcolors(1 << 20)
        return len(colours or ())

    def see(self, words: str, *, area: Area | None = None) -> Spot | None:
        """Where the words stand now; None while they do not."""
        now = self.picture()
        for larger in WAYS:
            found = spots(lines_of(now, area, larger=larger), words)
            if found:
                return found[0]
        return None

    def read(self, area: Area | None = None) -> str:
        """All that is read on the screen, a line each."""
        return "\n".join(line.text for line in lines_of(self.still(), area))

    def wait_for(self, *words: str, limit: float = LIMIT, area: Area | None = None) -> Spot:
        """Wait until one of ``words`` stands there; where it stands."""
        met: list[Spot] = []
        before: list[Image.Image] = []

        def seen() -> bool:
            now = self.picture()
            if before and ImageChops.difference(before[0], now).getbbox() is None:
                return False
            before[:] = [now]
            for larger in WAYS:
                lines = lines_of(now, area, larger=larger)
                met.extend(spot for one in words for spot in spots(lines, one)[:1])
                if met:
                    break
            return bool(met)

        self.until(f"「{'」か「'.join(words)}」が出る", seen, limit)
        return met[0]

    def wait_gone(self, words: str, *, limit: float = LIMIT, area: Area | None = None) -> None:
        """Wait until ``words`` stand there no more."""
        self.until(f"「{words}」が消える", lambda: self.see(words, area=area) is None, limit)

    def until(self, what: str, reached: Callable[[], bool], limit: float = LIMIT) -> None:
        """Wait until ``reached``.

        Raises:
            NotSeen: it is not when the limit comes; a picture of what is there instead is kept.
        """
        end = time.monotonic() + limit
        while not reached():
            if time.monotonic() > end:
                path = self.keep("見つからない")
                raise NotSeen(f"{limit:.0f}秒のうちに、{what}ことがありませんでした（{path.name}）。")
            pause(_LOOK)

    # --- hands

    def click(self, words: str, *, area: Area | None = None, limit: float = LIMIT, times: int = 1) -> None:
        """Press the words with the mouse, once they stand there."""
        spot = self.wait_for(words, area=area, limit=limit)
        self.click_at(spot.x, spot.y, times=times)

    def click_at(self, x: int, y: int, *, times: int = 1, button: int = 1) -> None:
        """Press a point."""
        self._xdotool("mousemove", str(x), str(y))
        self._xdotool("click", "--repeat", str(times), "--delay", "60", str(button))
        # The hand that stays on a button hides its words from the next look; where it rests, keys still reach the
        # window.
        self._xdotool("mousemove", *map(str, _REST))

    def drag(self, begin: tuple[int, int], end: tuple[int, int]) -> None:
        """Take what lies at one point, carry it to another and let go, as slowly as a hand does."""
        self._xdotool("mousemove", *map(str, begin))
        self._xdotool("mousedown", "1")
        for step in range(1, _STEPS + 1):
            at = (str(one + (other - one) * step // _STEPS) for one, other in zip(begin, end, strict=True))
            self._xdotool("mousemove", *at)
            pause(_LOOK)
        self._xdotool("mouseup", "1")

    def keys(self, *names: str) -> None:
        """Press keys one after the other, as xdotool names them (``ctrl+k``, ``Return``)."""
        self._xdotool("key", "--delay", "40", *names)

    def type(self, text: str) -> None:
        """Type letters of the keyboard."""
        self._xdotool("type", "--delay", "25", text)

    def put_in(self, text: str) -> None:
        """Paste over what stands in the field that has the keyboard, as from another program.

        Wine hears of a new clipboard a moment late, so it is pressed again until something is seen.
        """
        self.give_clipboard(text)
        before = self.still(5)
        for _turn in range(4):
            self.keys("ctrl+a", "ctrl+v")
            end = time.monotonic() + 3
            while time.monotonic() < end:
                if not _same(before, self.picture()):
                    return
                pause(_LOOK)

    def give_clipboard(self, text: str) -> None:
        """Let another program of this screen hold ``text`` in the clipboard."""
        subprocess.run(
            ["xclip", "-selection", _CLIPBOARD, "-i"],
            input=text.encode(),
            env=self._env(),
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def clipboard(self) -> str:
        """What another program of this screen would paste; "" while there is nothing."""
        got = subprocess.run(
            ["xclip", "-selection", _CLIPBOARD, "-o", "-t", "UTF8_STRING"],
            env=self._env(),
            capture_output=True,
            check=False,
            timeout=20,
        )
        return got.stdout.decode("utf-8", "replace") if got.returncode == 0 else ""

    # --- windows

    def titles(self) -> list[str]:
        """The titles of all windows that are shown, the lowest first."""
        found = self._xdotool("search", "--onlyvisible", "--name", ".", needed=False).split()
        return [title for number in found if (title := self._xdotool("getwindowname", number, needed=False).strip())]

    def in_front(self) -> str:
        """The title of the window that has the keyboard."""
        return self._xdotool("getwindowfocus", "getwindowname", needed=False).strip()

    def windows(self, title: str) -> list[str]:
        """The numbers of the windows shown whose title holds ``title``."""
        return self._xdotool("search", "--onlyvisible", "--name", title, needed=False).split()

    def corner(self, window: str) -> tuple[int, int]:
        """Where the upper left corner of a window stands."""
        told = self._xdotool("getwindowgeometry", "--shell", window)
        lines = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
        return int(lines["X"]), int(lines["Y"])

    def _xdotool(self, *words: str, needed: bool = True) -> str:
        done = subprocess.run(["xdotool", *words], env=self._env(), capture_output=True, check=False, timeout=120)
        if done.returncode and needed:
            raise NotSeen(f"xdotool {' '.join(words)}: {done.stderr.decode(errors='replace').strip()}")
        return done.stdout.decode("utf-8", "replace")

    def _env(self) -> dict[str, str]:
        import os

        return {**os.environ, **self.variables, "LANG": "C.UTF-8"}


def _same(one: Image.Image, other: Image.Image) -> bool:
    place = ImageChops.difference(one, other).getbbox()
    return place is None or (place[2] - place[0] <= _CARET[0] and place[3] - place[1] <= _CARET[1])


@contextmanager
def hands(work: Path, pictures: Path, name: str) -> Iterator[Hands]:
    """A screen of its own with somebody at it."""
    memory = work / f"screen-{name}"
    memory.mkdir(parents=True)
    with virtual_screen(memory) as screen:
        assert screen.memory is not None
        yield Hands(screen.variables, screen.memory, pictures, name)
