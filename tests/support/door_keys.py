"""A rush at the door by real keys: right, wrong, double and twice-entered numbers, and what must have come of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.input_method import compose
from tests.support.waiting import wait_idle

WRONG = ("999", "0", "9025", "902542434311066")


@dataclass
class Rush:
    """What was typed. ``valid`` each number once, in its order; ``refused`` how many others; ``heard`` the sounds.

    ``said`` is what stood on the large line right after each of the others.
    """

    valid: list[int] = field(default_factory=list)
    refused: int = 0
    heard: int = 0
    said: list[str] = field(default_factory=list)


def shuffled(numbers: Sequence[int], *, total: int, seed: int) -> list[str]:
    """``total`` entries in an order of ``seed``: all of ``numbers``, and between them wrong, double and old ones."""
    chance = random.Random(seed)
    order = list(numbers)
    chance.shuffle(order)
    typed: list[str] = []
    others = total - len(order)
    for at, number in enumerate(order):
        typed.append(str(number))
        while others and chance.random() < others / (len(order) - at):
            others -= 1
            before = str(chance.choice(order[: at + 1]))
            typed.append(chance.choice([chance.choice(WRONG), str(number), before]))
    return typed


def type_rush(
    qtbot: Any, screen: Any, typed: Sequence[str], *, a_second: float = 0, composed: Callable[[int], bool] | None = None
) -> Rush:
    """Type every entry and Enter into whatever has the keyboard, ``a_second`` of them in a second (0 = without a
    pause).

    ``composed(at)`` says which of them come through the input method, whose Enter is never seen as a key.
    """
    rush, sound = Rush(), QApplication.beep

    def hear() -> None:
        rush.heard += 1

    QApplication.beep = hear  # type: ignore[method-assign, assignment]
    clock = QElapsedTimer()
    clock.start()
    try:
        for at, text in enumerate(typed):
            QApplication.processEvents()
            if a_second:
                qtbot.waitUntil(lambda at=at: clock.elapsed() >= 1000 * at / a_second)
            fresh = not text.startswith(WRONG) and int(text) not in rush.valid
            _enter(text, composed is not None and composed(at))
            if fresh:
                rush.valid.append(int(text))
            else:
                rush.refused += 1
                rush.said.append(screen.message.text())
        wait_idle(qtbot, screen.app_context)
    finally:
        QApplication.beep = sound  # type: ignore[method-assign]
    return rush


def _enter(text: str, composed: bool) -> None:
    target: QWidget | None = QApplication.activeModalWidget() or QApplication.focusWidget()
    assert target is not None
    held = target.focusWidget() or target
    if composed:
        wide = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        compose(held, *(wide[: upto + 1] for upto in range(len(wide))), wide)
        return
    QTest.keyClicks(held, text)
    QTest.keyClick(held, Qt.Key.Key_Return)
