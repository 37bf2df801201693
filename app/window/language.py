"""Makes Qt's own texts (the buttons of file and print dialogs) Japanese."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication


def install_japanese(application: QApplication) -> bool:
    """Install Qt's Japanese texts and the Japanese locale; return False when the file is missing."""
    japanese = QLocale("ja_JP")
    QLocale.setDefault(japanese)
    translator = QTranslator(application)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = translator.load(japanese, "qtbase", "_", folder)
    if found:
        application.installTranslator(translator)
    return found
