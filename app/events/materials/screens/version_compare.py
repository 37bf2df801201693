"""Two versions of a handout side by side, with a list of changed pages and frames on both."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent

from app.events.materials.screens.page_marks import how_to_open
from app.events.materials.screens.pdf_comparison import Difference, PageChange, compare_versions
from app.events.materials.services.material_files import VersionFile, read_two_versions
from app.events.materials.services.materials import MaterialView
from app.widgets.buttons import Button, main_button
from app.widgets.keys import BackOnEscape
from app.widgets.labels import small_label, styled_frame, wrapped_label
from app.widgets.layouts import in_column, in_row
from app.widgets.lists.record_model import Cell, Column
from app.widgets.lists.record_table import RecordTable
from app.widgets.note_box import NoteBox
from app.widgets.pdf.pdf_pages import PageMark
from app.widgets.pdf.pdf_preview import PdfPreview
from app.window import theme as t
from app.window.app_context import AppContext, with_store
from app.window.background_task import bind_with_progress
from app.window.failure_messages import failure_of
from db.record import record
from db.records.submissions.materials import MaterialVersion

_ICONS = {"変わった": "git-diff", "加わった": "plus-circle", "なくなった": "minus-circle"}
_QUIET = "ページ番号と、どのページにもある見出し・版の表示の違いは、数えていません。"
_LIST, _NARROW_LIST = 216, 168


@record
class ChangedPage:
    """One changed page in the list."""

    id: int
    change: PageChange

    @property
    def page_words(self) -> str:
        """Return the page in words (「p.3」, 「p.4 → p.5」, or that of the only version)."""
        numbers = [f"p.{one}" for one in (self.change.old, self.change.new) if one is not None]
        return " → ".join(dict.fromkeys(numbers))


def _row(line: ChangedPage) -> Cell:
    change = line.change
    beside = f"{len(change.areas)}か所" if change.change == "変わった" else ""
    return Cell(
        line.page_words,
        f"{change.change}{f'　{beside}' if beside else ''}",
        strong=True,
        icon=_ICONS[change.change],
    )


class VersionCompare(BackOnEscape):
    """The comparison page.

    Signals: ``back_asked()``; ``finding_asked(int)`` write a finding on that page of the new version.
    """

    finding_asked = Signal(int)

    def __init__(self, app_context: AppContext):
        super().__init__()
        self._app_context = app_context
        self._shown = (0, 0)
        self.difference: Difference | None = None
        self.title = wrapped_label("", "h1")
        self.said = wrapped_label("", "strong")
        self.problem = NoteBox(tone="amber")
        self.list = RecordTable(
            "version-changes",
            (Column("page", "変わったページ", stretch=True, show=_row, sortable=False),),
            title="変わったページ",
            empty="変わったページはありません。",
            filtered=False,
            foot=False,
            names_people=False,
            on_open=self._ask_finding,
            on_choose=self._show_change,
        )
        self.old = PdfPreview(title="前の版", empty="受領したファイルを読み込んでいます。")
        self.new = PdfPreview(title="新しい版", empty="受領したファイルを読み込んでいます。")
        self.write = Button("このページに指摘を書く", self._ask_finding, icon_name="pencil-simple")
        self.back = main_button("確認に戻る", self.back_asked.emit)
        self._build()

    def _build(self) -> None:
        """Lay out the list and both versions beside each other."""
        head = in_column(self.title, self.said, self.problem, spacing=4, margins=(16, 8, 16, 4))
        self.problem.show_text("")
        both = in_row(self.list, spacing=8, margins=(16, 0, 0, 0))
        for side in (self.old, self.new):
            side.setMinimumWidth(t.scaled(240))
            both.addWidget(side, 1)
        foot = styled_frame("footer")
        in_row((small_label(_QUIET), 1), self.write, self.back, owner=foot, margins=(16, 8, 16, 8))
        in_column(head, (both, 1), foot, owner=self, spacing=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the width of the list, which is smaller in a narrow page."""
        super().resizeEvent(event)
        self.list.setFixedWidth(t.scaled(_NARROW_LIST if t.is_narrow(self.width()) else _LIST))

    def show_versions(self, view: MaterialView, old: MaterialVersion, new: MaterialVersion, *, may_write: bool) -> None:
        """Read both files, then compare them in the background; ``may_write`` offers a finding if ``new`` is open."""
        self._shown = (old.id, new.id)
        self.difference = None
        self.title.setText(f"{view.material.title}　第{old.version}版と第{new.version}版")
        self.said.setText("ページを比べています。")
        self.problem.show_text("")
        self.list.show_rows(())
        self.list.set_empty("")
        self.write.setVisible(may_write and not new.locked)
        for side in (self.old, self.new):
            side.show_loading()
        self._app_context.read(
            with_store(read_two_versions, old_id=old.id, new_id=new.id),
            self._compare,
            on_failed=self._refuse,
            owner=self,
        )
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _compare(self, files: tuple[VersionFile, VersionFile]) -> None:
        """Show both files and compare them if they are PDFs, unless others were chosen meanwhile."""
        old, new = files
        if (old.version.id, new.version.id) != self._shown:
            return
        without = [one for one in files if not one.is_pdf]
        for side, file in ((self.old, old), (self.new, new)):
            words = f"第{file.version.version}版"
            if file.is_pdf:
                side.show_received(self._app_context, file.data, title=words, on_shown=self._refresh_marks)
            else:
                side.title.setText(words)
                side.clear(how_to_open(file.version.file_name))
        if without:
            self.said.setText("PDFでない版があるため、ページを並べて比べられません。")
            return
        self._app_context.run_stoppable(
            bind_with_progress(compare_versions, old.data, new.data),
            partial(self._show, self._shown),
            on_failed=self._refuse,
            owner=self,
            title="2つの版を比べています",
        )

    def _show(self, of: tuple[int, int], found: Difference) -> None:
        """Show the pages that differ, unless other versions were chosen meanwhile."""
        if of != self._shown:
            return
        self.difference = found
        counted = [(words, sum(one.change == words for one in found.changes)) for words in _ICONS]
        told = "・".join(f"{words} {count}ページ" for words, count in counted if count)
        pages = f"{found.old_pages}ページ" + (
            f" → {found.new_pages}ページ" if found.new_pages != found.old_pages else ""
        )
        self.said.setText(f"{told or '変わったページはありません'}（{pages}）")
        self.list.set_empty("変わったページはありません。")
        self.list.show_rows(tuple(ChangedPage(id=number, change=one) for number, one in enumerate(found.changes)))
        self.old.show_marks(_frames(found.changes, new=False))
        self.new.show_marks(_frames(found.changes, new=True))
        if found.changes:
            self.list.choose(lambda line: line.id == 0)
            self._show_change(self.list.current())

    def _refresh_marks(self) -> None:
        """Draw the marks when a side's pages are loaded, which may be later than the comparison."""
        self._show_change(self.list.current())

    def _show_change(self, line: ChangedPage | None) -> None:
        """Show one page in both versions, at its first difference; a version without it shows the page before."""
        if line is None or self.difference is None:
            return
        for side, mine, other in (
            (self.old, line.change.old, line.change.new),
            (self.new, line.change.new, line.change.old),
        ):
            page = mine or self._counterpart_page(other or 1, new=side is self.new)
            side.note.setText("" if mine is not None else "この版にはないページです")
            side.pages.go_to_page(page)
            if mine is not None and line.change.areas:
                first = line.change.areas[0]
                side.pages.show_mark(PageMark(page=mine, x=first.x, y=first.y, width=first.width, height=first.height))

    def _counterpart_page(self, page: int, *, new: bool) -> int:
        """Return the page to show in the version (``new`` or old) without ``page`` of the other: the one before."""
        assert self.difference is not None
        before = 1
        for pair in self.difference.pairs:
            mine, theirs = (pair.new, pair.old) if new else (pair.old, pair.new)
            if theirs is not None and theirs >= page:
                break
            before = mine or before
        return before

    def _ask_finding(self) -> None:
        if self.write.isVisible():
            self.finding_asked.emit(self.new.pages.page() or 1)

    def _refuse(self, problem: Exception) -> None:
        """Say why the files can't be compared."""
        self.said.setText("")
        self.problem.show_text(failure_of(problem).as_one_text())


def _frames(changes: Sequence[PageChange], *, new: bool) -> list[PageMark]:
    """Return frames around the changed areas of one version; added or removed pages have none.

    Without numbers, which would cover the words beside a changed digit.
    """
    marks = []
    for change in changes:
        page = change.new if new else change.old
        if page is not None:
            marks += [
                PageMark(page=page, x=spot.x, y=spot.y, width=spot.width, height=spot.height, tone="amber")
                for spot in change.areas
            ]
    return marks
