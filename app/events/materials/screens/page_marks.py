"""The marks of findings on a page, and what is said of a received file without pages."""

from __future__ import annotations

from app.events.materials.screens.material_detail import FindingLine
from app.events.materials.services.materials import MaterialView
from app.widgets.pdf.pdf_pages import MarkTone, PageMark
from db.digits import whole_number
from db.records.submissions.materials import MaterialVersion

ON_PAPER = "紙で受領した版です。原本を見ながら、ページの番号を入力して指摘を書けます。"
_PLACE = (120.0, 18.0)
"""Width and height in pt of the frame that a click on the page creates, a few words in one line."""
_FILES = {
    "docx": ("ワープロの文書", "ワープロソフト"), "doc": ("ワープロの文書", "ワープロソフト"),
    "jtd": ("ワープロの文書", "ワープロソフト"),
    "pptx": ("スライド", "スライドを作るソフト"), "ppt": ("スライド", "スライドを作るソフト"),
    "xlsx": ("Excelの表", "Excel"), "xls": ("Excelの表", "Excel"),
    "jpg": ("写真", "写真を見るアプリ"), "jpeg": ("写真", "写真を見るアプリ"), "png": ("画像", "写真を見るアプリ"),
    "mp4": ("動画", "動画を見るアプリ"), "zip": ("まとめて圧縮したファイル", "エクスプローラー"),
}  # fmt: skip


def area_around(x: float, y: float) -> tuple[float, ...]:
    """Return left, top, width and height of the frame around a clicked point, in pt, not beyond left or top edge."""
    wide, high = _PLACE
    return (max(0.0, x - wide / 2), max(0.0, y - high / 2), wide, high)


def mark_words(line: FindingLine) -> str:
    """Return the number of a finding's mark, which never changes; "" without a position on the page."""
    return str(line.number) if line.finding.place else ""


def page_mark(
    page: str, place: tuple[float, ...], words: str, tone: MarkTone, *, dashed: bool = False, strong: bool = False
) -> PageMark | None:
    """Return the frame of a finding over its page; None without a position or page number."""
    number = whole_number(page)
    if len(place) != 4 or number is None:
        return None
    x, y, width, height = place
    return PageMark(
        page=number, x=x, y=y, width=width, height=height, words=words, tone=tone, dashed=dashed, strong=strong
    )


def is_inside(mark: PageMark, x: float, y: float) -> bool:
    """Return whether a point of a page lies in a frame."""
    return mark.x <= x <= mark.x + mark.width and mark.y <= y <= mark.y + mark.height


def previous_comparable_version(view: MaterialView) -> MaterialVersion | None:
    """Return the newest earlier version with a stored file; None if there is none or the newest version has no file."""
    if not view.versions or view.versions[0].version.file_id is None:
        return None
    return next((row.version for row in view.versions[1:] if row.version.file_id is not None), None)


def how_to_open(name: str) -> str:
    """Return what a received file without pages is, and how to open it."""
    ending = name.rpartition(".")[2].lower()
    what, application = _FILES.get(ending, ("このアプリで開けないファイル", "そのファイルを作ったアプリ"))
    return (
        f"「{name}」は{what}のため、ここにページは出ません。"
        f"下の「受領したファイル」から控えを保存し、{application}で開いて見てください。"
        "指摘は、ページの番号を入力して右に書けます。ページを並べて確かめたいときは、"
        "受託者にPDFでの提出をお願いしてください。"
    )
