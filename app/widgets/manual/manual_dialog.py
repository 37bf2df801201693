"""使い方: the manual inside the program, opened at a chapter; searchable and printable."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextBrowser, QTextEdit, QWidget

from app.common.phrase_search import searched_words
from app.widgets.buttons import Button
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.forms.field_icons import offer_clearing
from app.widgets.forms.form_fields import OneLine
from app.widgets.keys import is_enter
from app.widgets.labels import label, with_accessible_name
from app.widgets.layouts import column_of, row_of
from app.widgets.manual.manual_pages import apply_manual_style
from app.widgets.manual.manual_text import Chapter, found_passages, read_manual, without_pictures
from app.window import theme as t
from app.window.failure_messages import failure_of
from db.digits import one_width

_LIST = 240
_SCROLLS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down)


class _SearchField(OneLine):
    """Search field that passes scrolling keys on, and in which Enter presses no button of the dialog.

    Signals: ``read_on(QKeyEvent)`` ↑, ↓, PageUp or PageDown; those of ``QLineEdit``.
    """

    read_on = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit ``read_on`` for scrolling keys, which go to the chapter; Enter presses no button."""
        if event.key() in _SCROLLS:
            self.read_on.emit(event)
        else:
            super().keyPressEvent(event)
            if is_enter(event):
                event.accept()


class ManualDialog(DialogFrame):
    """Shows the manual at one chapter. Signals: those of ``DialogFrame``."""

    def __init__(self, chapter: str, *, parent: QWidget | None = None):
        """Open the manual at the named ``chapter``; if there is none of that name, at the first."""
        super().__init__("使い方", cancel="閉じる", wide=True, full=True, parent=parent)
        self.chapters = read_manual()
        self.field = with_accessible_name(_SearchField(), "使い方をさがす")
        self.field.setPlaceholderText("使い方をさがす")
        offer_clearing(self.field)
        self.found = label("", "small")
        self.list = with_accessible_name(QListWidget(), "使い方の章")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.text = with_accessible_name(QTextBrowser(), "使い方の本文")
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setStyleSheet("QTextBrowser, QTextBrowser:focus { border: none; padding: 0; }")
        self.print_button = Button("この章を印刷する", self._print, icon_name="printer", tall=True)
        self.put_button(self.print_button)
        self.set_note("↑↓ PageUp PageDown で読み進めます。")
        self._build()
        self._counts: list[int] = [0] * len(self.chapters)
        self._words: list[str] = []
        self._hits: list[tuple[int, int]] = []
        for one in self.chapters:
            self.list.addItem(QListWidgetItem(one.title))
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(next((at for at, one in enumerate(self.chapters) if one.name == chapter), 0))
        self.field.textChanged.connect(self._search)
        self.field.read_on.connect(self.text.event)
        self.field.returnPressed.connect(self._next_match)
        self.field.setFocus()

    def _build(self) -> None:
        left = column_of(self.field, self.found, (self.list, 1), spacing=8)
        left.setFixedWidth(t.scaled(_LIST))
        both = row_of(left, (self.text, 1), spacing=t.PAGE_X)
        self.put((both, 1))

    @property
    def chapter(self) -> Chapter:
        """Return the chapter shown."""
        return self.chapters[max(0, self.list.currentRow())]

    def has_unsaved_input(self) -> bool:
        """Return False: a search text is discarded without a question."""
        return False

    def _show(self, _row: int) -> None:
        document = QTextDocument(self.text)
        document.setDefaultFont(t.font("body"))
        document.setMarkdown(
            f"## {self.chapter.title}\n\n{without_pictures(self.chapter.text)}\n",
            QTextDocument.MarkdownFeature.MarkdownDialectGitHub,
        )
        document.setDocumentMargin(4)
        apply_manual_style(document, width=0)
        self.text.setDocument(document)
        self._highlight()

    # searching

    def _search(self, words: str) -> None:
        """Count matches in every chapter, and show the first with matches unless the current one has some.

        Where nothing stands as typed, the words that it is about are looked for; the best chapter is shown.
        """
        wanted = words.strip()
        self._words = [wanted] if wanted else []
        self._counts = self._count()
        if wanted and not any(self._counts):
            self._words = list(searched_words(wanted))
            counts, chapters = self._count(), [chapter.title for chapter, _ in found_passages(wanted)]
            self._counts = [
                count if one.title in chapters else 0 for one, count in zip(self.chapters, counts, strict=True)
            ]
            if chapters:
                self.list.setCurrentRow([one.title for one in self.chapters].index(chapters[0]))
        for at, count in enumerate(self._counts):
            item = self.list.item(at)
            item.setText(f"{self.chapters[at].title}　{count}" if count else self.chapters[at].title)
            item.setHidden(bool(wanted) and not count)
        total = sum(self._counts)
        self.found.setText("" if not wanted else f"{total}か所" if total else "見つかりませんでした")
        if total and not self._counts[self.list.currentRow()]:
            self.list.setCurrentRow(next(at for at, count in enumerate(self._counts) if count))
        else:
            self._highlight()

    def _count(self) -> list[int]:
        return [len(_matches(f"{one.title}\n{without_pictures(one.text)}", self._words)) for one in self.chapters]

    def _highlight(self) -> None:
        """Highlight the matches in the chapter shown, and scroll to the first."""
        hits = []
        self._hits = _matches(self.text.toPlainText(), self._words)
        for start, end in self._hits:
            hit = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            look.setBackground(QColor(t.SEARCH_HIT))
            hit.cursor, hit.format = cursor, look  # the stubs leave the two fields out
            hits.append(hit)
        self.text.setExtraSelections(hits)
        self._go_to(self._hits[0][0] if self._hits else 0)

    def _go_to(self, position: int) -> None:
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(position)
        self.text.setTextCursor(cursor)
        self.text.ensureCursorVisible()

    def _next_match(self) -> None:
        """Go to the next match, in a later chapter if this one has no more, after the last one from the beginning."""
        here = self.text.textCursor().position()
        later = [start for start, _end in self._hits if start > here]
        if later:
            self._go_to(later[0])
            return
        rows = [at for at, count in enumerate(self._counts) if count]
        if rows:
            following = [at for at in rows if at > self.list.currentRow()] or rows
            if following[0] == self.list.currentRow():
                self._highlight()
            else:
                self.list.setCurrentRow(following[0])

    # printing

    def _print(self) -> None:
        from app.widgets.dialogs.failure_dialog import show_failure
        from app.widgets.manual.manual_pages import chapter_pdf
        from app.widgets.pdf.page_source import OwnPages
        from app.widgets.pdf.pdf_printing import PrintJob, ask_printer

        pages = OwnPages(chapter_pdf(self.chapter), self)
        printer = ask_printer(pages, self, title=f"使い方　{self.chapter.name}")
        if printer is None:
            return
        run = PrintJob(pages, printer, self)
        run.failed.connect(lambda problem: show_failure(failure_of(problem), self))
        run.start()


def _matches(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Return where any of ``words`` begins and ends in ``text``; ctrl+z finds Ctrl+Z, and ﾎｰﾑ ホーム."""
    wanted = "|".join(re.escape(_normalized(one)) for one in words)
    plain, at = "", []
    for number, sign in enumerate(text):
        same = _normalized(sign)
        plain += same
        at += [number] * len(same)
    return [(at[found.start()], at[found.end() - 1] + 1) for found in (re.finditer(wanted, plain) if wanted else ())]


def _normalized(words: str) -> str:
    return one_width(words).casefold()
