"""The one style sheet of the program, built from the theme, and how it is applied to windows.

It is set on each window, not on the application: a style sheet of the application makes Qt restyle a widget and all its
children each time it is put into a parent. Without one, a widget without a window is not styled at all, and a screen is
styled once, when the window takes it.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget
from shiboken6 import isValid

from app.window import theme as t
from app.window.accessible_roles import install_accessible_roles
from app.window.fonts import load_fonts, resource_folder

_SHEET = "the sheet that windows wear"
_styled_windows: WeakSet[QWidget] = WeakSet()
_SYSTEM_COLOUR_ROLES: tuple[Any, ...] = (
    *("QAbstractItemView", "QMenu", "QMenuBar", "QMessageBox", "QTipLabel", "QStatusBar"),
    *("QDockWidgetTitle", "QMdiSubWindowTitleBar"),
)
"""Kinds of widgets to which Windows gives its own font, so that the font of the application does not reach them.
Any: Qt takes a text here, its types say bytes.
"""


def apply_text_size(application: QApplication, size_name: t.SizeName = "標準") -> None:
    """Set fonts, palette, style sheet and icon of the application; call it again for another text size."""
    t.set_text_size(size_name)
    if not application.property("dressed"):
        load_fonts()
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setWindowIcon(QIcon(str(resource_folder() / "icons" / "desk.ico")))
        install_accessible_roles()
        application.setProperty("dressed", True)
    # What follows restyles every existing widget, which takes a fifth of a second: only when something changed.
    if application.palette() != (palette := _palette()):
        application.setPalette(palette)
    body = t.font("body")
    if application.font() != body:
        application.setFont(body)
    if application.property(_SHEET) != (sheet := style_sheet()):
        application.setProperty(_SHEET, sheet)
        for window in filter(isValid, list(_styled_windows)):
            window.setStyleSheet(sheet)
    for kind in _SYSTEM_COLOUR_ROLES:  # last: style and sheet give the system's back
        if QApplication.font(kind) != body:
            QApplication.setFont(body, kind)


def apply_contrast(application: QApplication, contrast: bool) -> None:
    """Set the colours of high contrast, or the usual ones, and show them in every window."""
    t.set_contrast(contrast)
    apply_text_size(application, t.size())


def apply_style(window: QWidget) -> None:
    """Apply the style sheet to a top-level window, now and at every change of the text size; call it once a window.

    Dialogs, menus and pop-up lists with a parent use the style sheet of their window.
    """
    if window in _styled_windows:
        return
    _styled_windows.add(window)
    application = QApplication.instance()
    if application is not None and (sheet := application.property(_SHEET)):
        window.setStyleSheet(sheet)


def style_sheet() -> str:
    """Return the style sheet at the current text size."""
    return "\n".join((_text(), _buttons(), _fields(), _choices(), _lists(), _frames(), _bars()))


def _palette() -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, colour in (
        (roles.Window, t.PAGE),
        (roles.Base, t.PAGE),
        (roles.AlternateBase, t.PAGE),
        (roles.Button, t.PAGE),
        (roles.WindowText, t.INK),
        (roles.Text, t.INK),
        (roles.ButtonText, t.INK),
        (roles.PlaceholderText, t.INK_WEAK),
        (roles.Highlight, t.ACCENT),
        (roles.HighlightedText, t.PAGE),
        (roles.Link, t.ACCENT),
        (roles.LinkVisited, t.ACCENT),
        (roles.ToolTipBase, t.PAGE),
        (roles.ToolTipText, t.INK),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.INK_WEAK))
    return palette


def _size(role: t.Role) -> str:
    return f"{t.points(role)}pt"


def _svg(name: str) -> str:
    return (resource_folder() / "icons" / f"{name}.svg").as_posix()


def _text() -> str:
    return f"""
QWidget {{ color: {t.INK}; }}
QToolTip {{ background: {t.PAGE}; color: {t.INK}; border: 1px solid {t.CONTROL};
  padding: 4px 8px; font-size: {_size("small")}; }}
QLabel[role="small"] {{ font-size: {_size("small")}; color: {t.INK_SECONDARY}; }}
QLabel[role="smallink"] {{ font-size: {_size("small")}; }}
QLabel[role="second"] {{ color: {t.INK_SECONDARY}; }}
QLabel[role="strong"] {{ font-weight: bold; }}
QLabel[role="date"] {{ font-size: {_size("date")}; font-weight: bold; }}
QLabel[role="h2"] {{ font-size: {_size("h2")}; font-weight: bold; }}
QLabel[role="h1"] {{ font-size: {_size("h1")}; font-weight: bold; }}
QLabel[role="count"] {{ font-size: {_size("count")}; font-weight: bold; color: {t.ACCENT}; }}
QLabel[role="problem"] {{ font-size: {_size("small")}; color: {t.RED}; }}
QLabel[role="differs"] {{ color: {t.RED}; font-weight: bold; }}
QLabel[role="warned"] {{ color: {t.AMBER}; font-weight: bold; }}
QLabel[role="warned"][low="true"] {{ font-size: {_size("small")}; }}
QLabel[role="done"] {{ color: {t.GREEN}; }}
"""


def _buttons() -> str:
    height = t.scaled(t.FIELD)
    row = t.scaled(t.ROW_BUTTON)
    main = t.scaled(t.MAIN_BUTTON)
    return f"""
QPushButton {{ background: {t.PAGE}; border: 1px solid {t.CONTROL}; border-radius: {t.RADIUS}px;
  padding: 0 13px; min-height: {height - 2}px; }}
QPushButton, QCheckBox, QRadioButton {{ outline: none; }}
QPushButton:hover {{ background: {t.ACCENT_TINT}; }}
QPushButton:pressed {{ background: {t.SELECTION}; }}
QPushButton:focus {{ border: 2px solid {t.ACCENT}; padding: 0 12px; min-height: {height - 4}px; }}
QPushButton:disabled {{ background: {t.PAPER_TINT}; border-color: {t.STRONG_LINE}; color: {t.INK_WEAK}; }}
QPushButton:checked {{ background: {t.SELECTION}; border-color: {t.ACCENT}; font-weight: bold; }}
QFrame[kind="mapping-line"] {{ border: none; border-bottom: 1px solid {t.ROW_LINE}; }}
QFrame[kind="mapping-open"] {{ background: {t.AMBER_BOX}; border: none; border-bottom: 1px solid {t.ROW_LINE}; }}
QPushButton[kind="main"] {{ background: {t.ACCENT}; border-color: {t.ACCENT}; color: {t.PAGE};
  font-weight: bold; }}
QPushButton[kind="main"]:hover {{ background: {t.ACCENT_DARK}; }}
QPushButton[kind="main"]:focus {{ border: 2px solid {t.ACCENT}; }}
QPushButton[kind="main"]:disabled {{ background: {t.PAPER_TINT}; border: 1px solid {t.STRONG_LINE};
  color: {t.INK_WEAK}; }}
QPushButton[kind="danger"] {{ border-color: {t.RED}; color: {t.RED}; }}
QPushButton[kind="danger"]:hover {{ background: {t.RED_TINT}; }}
QPushButton[kind="danger"]:disabled {{ border-color: {t.STRONG_LINE}; color: {t.INK_WEAK}; }}
QPushButton[tall="true"] {{ min-height: {main - 2}px; padding: 0 19px; }}
QPushButton[tall="true"]:focus {{ min-height: {main - 4}px; padding: 0 18px; }}
QPushButton[low="true"] {{ min-height: {row - 2}px; padding: 0 9px; }}
QPushButton[low="true"]:focus {{ min-height: {row - 4}px; padding: 0 8px; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {t.ACCENT};
  text-decoration: underline; padding: 0 3px; min-height: 22px; text-align: left; }}
QPushButton[kind="link"]:hover {{ color: {t.ACCENT_DARK}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.ACCENT}; padding: 0 2px; min-height: 20px; }}
QPushButton[kind="link"][strong="true"] {{ font-weight: bold; }}
QPushButton[kind="link"][low="true"] {{ text-decoration: none; }}
QPushButton[kind="link"][strong="true"]:disabled {{ background: transparent; color: {t.INK}; text-decoration: none; }}
QPushButton[kind="icon"] {{ padding: 0; min-width: {height - 2}px; max-width: {height - 2}px; }}
QPushButton[kind="icon"]:focus {{ min-width: {height - 4}px; max-width: {height - 4}px; }}
QPushButton[kind="bare"] {{ border: 1px solid transparent; background: transparent; padding: 0 7px; }}
QPushButton[kind="bare"]:focus {{ border: 2px solid {t.ACCENT}; padding: 0 6px; }}
QPushButton[kind="plain"][search="true"] {{ text-align: left; color: {t.INK_SECONDARY}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
"""


def _fields() -> str:
    height = t.scaled(t.FIELD)
    row = t.scaled(t.ROW_BUTTON)
    arrow = t.scaled(14)
    return f"""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {{ background: {t.PAGE};
  border: 1px solid {t.CONTROL}; border-radius: {t.RADIUS}px; padding: 0 8px;
  selection-background-color: {t.ACCENT}; selection-color: {t.PAGE}; placeholder-text-color: {t.INK_WEAK}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {height - 2}px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px 5px; }}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{ border: 2px solid {t.ACCENT}; padding: 0 7px;
  min-height: {height - 4}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {t.ACCENT}; padding: 3px 4px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QLineEdit:read-only,
QPlainTextEdit:read-only {{ background: {t.PAPER_TINT}; border-color: {t.STRONG_LINE}; color: {t.INK_SECONDARY}; }}
QLineEdit[low="true"], QComboBox[low="true"] {{ min-height: {row - 2}px; }}
QLineEdit[low="true"]:focus, QComboBox[low="true"]:focus {{ min-height: {row - 4}px; }}
QPlainTextEdit[kind="cell"], QPlainTextEdit[kind="cell"]:read-only {{ background: transparent;
  border: 3px solid transparent; border-radius: 0; padding: 3px 2px; color: {t.INK}; }}
QPlainTextEdit[kind="cell"]:focus {{ background: {t.PAGE}; border: 3px solid {t.ACCENT}; padding: 3px 2px; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{
  border-color: {t.RED}; background: {t.RED_TINT}; }}
QLineEdit[differs="true"] {{ color: {t.RED}; font-weight: bold; }}
QComboBox::drop-down {{ border: none; width: {t.scaled(28)}px; }}
QComboBox::down-arrow {{ image: url("{_svg("caret-down")}"); width: {arrow}px; height: {arrow}px; }}
QComboBox::down-arrow:disabled {{ image: url("{_svg("caret-down-weak")}"); }}
QComboBox QAbstractItemView {{ border: 1px solid {t.CONTROL}; background: {t.PAGE}; outline: 0;
  selection-background-color: {t.SELECTION}; selection-color: {t.INK}; }}
QComboBox QAbstractItemView::item {{ min-height: {height}px; padding: 0 8px 0 4px;
  border-left: 4px solid transparent; }}
QComboBox QAbstractItemView::item:selected {{ background: {t.SELECTION}; color: {t.INK};
  border-left: 4px solid {t.ACCENT}; }}
"""


def _choices() -> str:
    """Return the style rules of boxes to tick; they are as large as the letters beside them."""
    side, ring = t.scaled(16), t.scaled(5)
    return f"""
QCheckBox, QRadioButton {{ spacing: 8px; min-height: 24px; padding: 2px 4px 2px 2px; border: 2px solid transparent;
  border-radius: {t.RADIUS}px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t.ACCENT}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.INK_WEAK}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {side}px; height: {side}px;
  border: 1px solid {t.CONTROL}; background: {t.PAGE}; }}
QCheckBox::indicator {{ border-radius: 3px; }}
QCheckBox::indicator:checked {{ background: {t.ACCENT}; border-color: {t.ACCENT};
  image: url("{_svg("check-white")}"); }}
QCheckBox::indicator:disabled {{ background: {t.PAPER_TINT}; border-color: {t.STRONG_LINE}; }}
QCheckBox::indicator:checked:disabled {{ background: {t.INK_WEAK}; }}
QRadioButton::indicator {{ border-radius: {side // 2 + 1}px; }}
QRadioButton::indicator:checked {{ border: {ring}px solid {t.ACCENT};
  width: {side + 2 - 2 * ring}px; height: {side + 2 - 2 * ring}px; }}
QRadioButton::indicator:disabled {{ background: {t.PAPER_TINT}; border-color: {t.STRONG_LINE}; }}
"""


def _lists() -> str:
    head = t.scaled(t.HEAD)
    return f"""
QTableView, QTreeView, QListView {{ background: {t.PAGE}; border: none; outline: 0;
  selection-background-color: {t.SELECTION}; selection-color: {t.INK}; gridline-color: {t.ROW_LINE}; }}
QHeaderView {{ background: {t.PAPER_TINT}; border: none; min-height: {head}px;
  font-size: {_size("small")}; font-weight: bold; }}
QHeaderView::section {{ background: {t.PAPER_TINT}; color: {t.INK_SECONDARY}; border: none;
  border-top: 1px solid {t.STRONG_LINE}; border-bottom: 1px solid {t.STRONG_LINE};
  padding: 0 6px; font-size: {_size("small")}; font-weight: bold; }}
QHeaderView::down-arrow {{ image: url("{_svg("caret-down-head")}"); width: 11px; height: 11px;
  subcontrol-origin: padding; subcontrol-position: center right; right: 4px; }}
QHeaderView::up-arrow {{ image: url("{_svg("caret-up-head")}"); width: 11px; height: 11px;
  subcontrol-origin: padding; subcontrol-position: center right; right: 4px; }}
QTableCornerButton::section {{ background: {t.PAPER_TINT}; border: none; }}
QListView::item {{ min-height: {t.scaled(t.ROW)}px; padding: 0 8px 0 4px; color: {t.INK};
  border-left: 4px solid transparent; border-bottom: 1px solid {t.ROW_LINE}; }}
QListView::item:selected {{ background: {t.SELECTION}; color: {t.INK}; border-left: 4px solid {t.ACCENT}; }}
QListView::item:focus {{ border: 2px solid {t.ACCENT}; border-left: 4px solid {t.ACCENT}; padding: 0 6px 0 4px; }}
QMenu {{ background: {t.PAGE}; border: 1px solid {t.CONTROL}; padding: 4px 0; }}
QMenu::item {{ padding: 7px 24px 7px 8px; color: {t.INK}; border-left: 4px solid transparent; }}
QMenu::icon {{ padding-left: 12px; }}
QMenu::item:selected {{ background: {t.SELECTION}; border-left: 4px solid {t.ACCENT}; }}
QMenu::item:disabled {{ color: {t.INK_WEAK}; }}
QMenu::separator {{ height: 1px; background: {t.ROW_LINE}; margin: 4px 0; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::handle {{ background: {t.CONTROL}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.INK_SECONDARY}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ border: 1px solid {t.CONTROL}; border-radius: {t.RADIUS}px; background: {t.PAGE};
  min-height: 10px; max-height: 10px; text-align: center; }}
QProgressBar::chunk {{ background: {t.ACCENT}; }}
QSplitter::handle {{ background: {t.HAIRLINE}; }}
"""


def _frames() -> str:
    return f"""
QMainWindow, QDialog {{ background: {t.PAGE}; }}
QScrollArea {{ border: none; background: transparent; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QFrame[kind="grouprow"] {{ background: {t.PAGE}; border: none; border-bottom: 1px solid {t.ROW_LINE}; }}
QFrame[kind="grouprow"][current="true"] {{ background: {t.SELECTION}; }}
QFrame[kind="groupsum"] {{ background: {t.PAPER_TINT}; border: none; border-bottom: 1px solid {t.STRONG_LINE}; }}
QFrame[kind="panel"] {{ background: {t.PAGE}; border: 1px solid {t.HAIRLINE};
  border-radius: {t.RADIUS}px; }}
QFrame[kind="panel"][tone="accent"] {{ border: 1px solid {t.ACCENT}; border-left: 4px solid {t.ACCENT}; }}
QFrame[kind="panel"][tone="top"] {{ border-top: 3px solid {t.ACCENT}; }}
QFrame[kind="note"] {{ background: {t.ACCENT_TINT}; border: 1px solid {t.ACCENT};
  border-left: 4px solid {t.ACCENT}; border-radius: {t.RADIUS}px; }}
QFrame[kind="note"][tone="amber"] {{ background: {t.AMBER_BOX}; border-color: {t.AMBER}; }}
QFrame[kind="note"][tone="red"] {{ background: {t.RED_TINT}; border-color: {t.RED}; }}
QFrame[kind="note"][tone="quiet"] {{ background: {t.FOOTER}; border: 1px solid {t.HAIRLINE}; }}
QFrame[kind="note"][tone="kept"] {{ background: transparent; border-color: transparent; }}
QFrame[kind="seatband"] {{ background: {t.FOOTER}; border: none; border-left: 4px solid {t.STRONG_LINE};
  border-bottom: 1px solid {t.HAIRLINE}; }}
QFrame[kind="seatband"][tone="accent"] {{ background: {t.ACCENT_TINT}; border-left-color: {t.ACCENT};
  border-bottom-color: {t.ACCENT}; }}
QFrame[kind="seatband"][tone="amber"] {{ background: {t.AMBER_TINT}; border-left-color: {t.AMBER};
  border-bottom-color: {t.AMBER}; }}
QFrame[kind="seatband"][tone="green"] {{ background: {t.GREEN_TINT}; border-left-color: {t.GREEN};
  border-bottom-color: {t.GREEN}; }}
QFrame[kind="line"] {{ background: {t.HAIRLINE}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[kind="upright"] {{ background: {t.HAIRLINE}; border: none; max-width: 1px; min-width: 1px; }}
QFrame[kind="tablehead"] {{ border: none; border-top: 1px solid {t.STRONG_LINE};
  border-bottom: 1px solid {t.STRONG_LINE}; background: {t.PAPER_TINT}; }}
QFrame[kind="tablehead"] QLabel {{ font-weight: bold; }}
QFrame[kind="dialoghead"] {{ border: none; border-bottom: 1px solid {t.HAIRLINE}; background: {t.PAGE}; }}
QFrame[kind="footer"] {{ border: none; border-top: 1px solid {t.HAIRLINE}; background: {t.FOOTER}; }}
QFrame[kind="strip"] {{ border: none; border-bottom: 1px solid {t.HAIRLINE}; background: {t.FOOTER}; }}
QFrame[kind="strip"][tone="amber"] {{ background: {t.AMBER_TINT}; border-bottom-color: {t.AMBER}; }}
QFrame[kind="strip"][tone="amber"] QLabel {{ color: {t.AMBER_INK}; }}
QFrame[kind="strip"][tone="red"] {{ background: {t.RED_TINT}; border-bottom-color: {t.RED}; }}
QFrame[kind="undobar"] {{ background: {t.DARK_BAR}; }}
QFrame[kind="undobar"] QLabel {{ color: {t.PAGE}; }}
QFrame[kind="undobar"] QPushButton {{ background: transparent; color: {t.PAGE}; border: 1px solid {t.PAGE}; }}
QFrame[kind="undobar"] QPushButton:focus {{ border: 2px solid {t.SEARCH_HIT}; }}
QFrame[kind="waitbar"] {{ background: {t.PAGE}; border: 1px solid {t.CONTROL};
  border-radius: {t.RADIUS}px; }}
QLabel[kind="sample"] {{ border: 1px dashed {t.CONTROL}; padding: 1px 6px;
  font-size: {_size("small")}; color: {t.INK_SECONDARY}; }}
QLabel[kind="key"] {{ border: 1px solid {t.STRONG_LINE}; border-radius: 3px; padding: 0 4px;
  background: {t.FOOTER}; color: {t.INK_SECONDARY}; font-size: {_size("small")}; }}
"""


def _bars() -> str:
    return f"""
QFrame[kind="sidebar"] {{ background: {t.PAPER_TINT}; border: none; border-right: 1px solid {t.HAIRLINE}; }}
QFrame[kind="sidefoot"] {{ background: transparent; border: none; border-top: 1px solid {t.HAIRLINE}; }}
QFrame[kind="topbar"] {{ background: {t.PAGE}; border: none; border-bottom: 1px solid {t.HAIRLINE}; }}
QLabel[role="product"] {{ font-size: {_size("h2")}; font-weight: bold; color: {t.ACCENT}; }}
"""
