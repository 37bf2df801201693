"""Waiting and looking in a self-check: until something is there, and whether a surface really shows something."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

_PATIENCE_MS = 60_000
_TURN_MS = 20
_FEWEST_COLOURS = 12
_PICTURES = {b"svg", b"ico"}


class NotSeen(Exception):
    """What should have come did not; the text says what is there instead."""


def wait_until(reached: Callable[[], bool], troubles: list[str], otherwise: str) -> None:
    """Wait until ``reached``; the first of ``troubles``, what nobody caught meanwhile, ends the wait.

    Raises:
        NotSeen: a trouble, or ``otherwise`` after a long time.
    """
    end = QDeadlineTimer(_PATIENCE_MS)
    while not reached() or troubles:
        if troubles or end.hasExpired():
            raise NotSeen(troubles[0] if troubles else otherwise)
        QTest.qWait(_TURN_MS)


def rest(idle: Callable[[], bool], troubles: list[str]) -> None:
    """Wait until nothing is under way; one answer may ask the next question.

    Raises:
        NotSeen: a trouble, or it never comes to rest.
    """
    for _turn in range(4):
        wait_until(idle, troubles, "処理が終わりません。")
        QTest.qWait(_TURN_MS)


def keep_picture(window: QWidget, path: Path) -> None:
    """Write what really stands on the screen; where the system does not let that be read, what the window drew.

    Raises:
        NotSeen: nothing is to be seen there, or it cannot be written.
    """
    QTest.qWait(10 * _TURN_MS)
    seen = window.screen().grabWindow(window.winId())
    if seen.isNull():
        seen = window.grab()
    if not seen.save(str(path)):
        raise NotSeen("画面の写しを保存できません。")
    look_at(seen.toImage(), path.stem)


def look_at(image: QImage, name: str) -> None:
    """Letters have many shades, an empty surface has few.

    Raises:
        NotSeen: nothing is to be seen.
    """
    shades = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 2)}
    if len(shades) < _FEWEST_COLOURS:
        raise NotSeen(f"「{name}」に何も表示されていません。")


def look_for_picture_readers() -> None:
    """The marks of check boxes and the sign of the program are pictures that Qt reads by parts of its own.

    Raises:
        NotSeen: one of these parts is not there.
    """
    missing = _PICTURES - {bytes(kind.data()) for kind in QImageReader.supportedImageFormats()}
    if missing:
        raise NotSeen(f"絵を読む部品がありません（{'、'.join(sorted(kind.decode() for kind in missing))}）。")
