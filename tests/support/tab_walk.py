"""Walks a window with real Tab keys: what is never reached, where Tab stays, what has the focus out of sight."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from tests.support.layout import Fault

MISSED, TRAP, OUT_OF_SIGHT = "Tab never reaches it", "Tab stays there", "focused out of sight"
_STUCK = 9
"""So often Tab may stay in one part: a line of words with several links takes one Tab a link."""


def tab_faults(window: QWidget) -> list[Fault]:
    """Press Tab from the first part of ``window`` until it comes round, and return what was wrong on the way."""
    window.activateWindow()
    QApplication.processEvents()
    waiting = _stops(window)
    if not waiting:
        return []
    waiting[0].setFocus(Qt.FocusReason.TabFocusReason)
    faults: list[Fault] = []
    met: list[QWidget] = []
    stuck, count = 0, 2 * len(waiting) + 10
    while count and stuck < _STUCK:
        count -= 1
        at = window.focusWidget()
        if at is not None and at not in met:
            met.append(at)
            QApplication.processEvents()
            if at.visibleRegion().isEmpty() and not at.size().isEmpty():
                faults.append(Fault(OUT_OF_SIGHT, _name(at), ""))
        elif at is met[0] and len(met) > 1:
            break
        QTest.keyClick(at or window, Qt.Key.Key_Tab)
        stuck = stuck + 1 if window.focusWidget() is at else 0
    if stuck and len(waiting) > 1:
        faults.append(Fault(TRAP, _name(met[-1]), ""))
    return faults + [Fault(MISSED, _name(one), "") for one in _stops(window) if one in waiting and one not in met]


def _stops(window: QWidget) -> list[QWidget]:
    return [
        one
        for one in window.findChildren(QWidget)
        if one.window() is window
        and one.isVisible()
        and one.isEnabled()
        and (one.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
        and one.focusProxy() is None
        and not _bare(one)
    ]


def _bare(one: QWidget) -> bool:
    """A scrolled page has no work of its own."""
    return isinstance(one, QAbstractScrollArea) and one.metaObject().className() == "QScrollArea"


def _name(one: QWidget) -> str:
    return f"{type(one).__name__} 「{one.accessibleName() or one.property('text') or one.objectName()}」"
