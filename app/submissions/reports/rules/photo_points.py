"""What must be known of a report's pictures before its confirmation (特記事項: 個人情報, 肖像)."""

from __future__ import annotations

from collections.abc import Sequence

from db.records.submissions.reports import Report, ReportPhoto

MAX_PHOTOS = 12
"""Three pages of pictures at most."""
REFUSED_CHECK = "撮影不可の確認"
"""The typed part on how it was verified that nobody who refused is in a picture."""


def photo_gaps(photos: Sequence[ReportPhoto]) -> tuple[str, ...]:
    """Return what is missing for each picture (「写真2：写っている人、了解の取り方」); saving is always possible."""
    found = []
    for number, photo in enumerate(photos, 1):
        wanted = (
            ("場面", photo.scene),
            ("写っている人", photo.seen),
            ("了解の取り方", photo.consent),
            ("使ってよい範囲", photo.permitted),
        )
        missing = [name for name, text in wanted if not text.strip()]
        if missing:
            found.append(f"写真{number}：{'、'.join(missing)}")
    return tuple(found)


def photo_stops(report: Report, photos: Sequence[ReportPhoto], *, refused: int | None) -> tuple[str, ...]:
    """Return what prevents a report with pictures from being confirmed; () = nothing, or no pictures.

    Args:
        refused: how many of those who came may not be photographed; None = nobody was asked or noted.
    """
    found = list(photo_gaps(photos))
    if photos and refused and not report.body.get(REFUSED_CHECK, "").strip():
        found.append(f"撮影不可の方が{refused}人いた回のため、「撮影不可の方が写っていないことの確認」")
    return tuple(found)
