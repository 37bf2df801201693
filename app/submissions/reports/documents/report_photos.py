"""The chapter 写真 of a 実施報告書, with pictures, consents, and how refusals were respected."""

from __future__ import annotations

from app.calendar import dates
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import Block, Column, Heading, KeyValues, Paragraph, Photo, Photos, SheetBreak, Table
from app.submissions.reports.documents.report_parts import ReportFacts
from app.submissions.reports.rules.photo_points import REFUSED_CHECK
from app.submissions.reports.rules.report_points import PHOTO_ANSWER, WITHOUT_PHOTOS

NO_PHOTOS = "写真の掲載はない。"
_TO_FILL_IN = "（写真　　枚　撮影者　　　　　　撮影不可の方が写っていないことの確認　　　　　　）"
_ONE_ROW = 2
_NOTE = (
    "了解のない人が写る写真および氏名・電話番号・アカウント名が読み取れる写真は掲載しない。"
    "他団体の画面を写すときは、その団体の許諾の日を「加工・確認」に記す。"
)


def photo_chapter(facts: ReportFacts) -> tuple[Block, ...]:
    """Return the chapter, on a new page if it has several rows; without pictures one line.

    That there are none is printed once somebody answered so, at last with the contractor's confirmation.
    """
    report, photos = facts.report, facts.photos
    if not photos:
        is_answered = report.body.get(PHOTO_ANSWER) == WITHOUT_PHOTOS or report.contractor_confirmed_on is not None
        why = report.body.get("写真", "").strip() or (NO_PHOTOS if is_answered else _TO_FILL_IN)
        return (facts.heading("写真"), Paragraph(why))
    day = dates.long_date(facts.event.event_date) if facts.event.event_date else ""
    taker = report.body.get("撮影者", "").strip()
    said = report.body.get("写真", "").strip()
    return (
        SheetBreak(sheet="写真", page=len(photos) > _ONE_ROW),
        facts.heading("写真", right=f"{len(photos)}枚　掲載の了解は下の表のとおり", sheet="写真"),
        Photos(
            photos=tuple(
                Photo(label=f"写真{place}", time=photo.taken_at, scene=photo.scene, file_id=photo.file_id)
                for place, photo in enumerate(photos, 1)
            )
        ),
        Heading(
            2,
            "(1)",
            "了解と使い方",
            right=join_nonempty(fill_nonempty("撮影者　{}", taker), day),
        ),
        Table(
            (
                Column("写真", width=13, align="center"),
                Column("写っている人", width=31),
                Column("了解の取り方", width=38),
                Column("使ってよい範囲", width=41),
                Column("加工・確認", width=42),
            ),
            tuple(
                (str(place), photo.seen, photo.consent, photo.permitted, photo.treated)
                for place, photo in enumerate(photos, 1)
            ),
            name="写真の了解",
        ),
        KeyValues(rows=_rules(facts)),
        *((Paragraph(f"　{said}"),) if said else ()),
        Paragraph(f"注　{_NOTE}", style="note"),
    )


def _rules(facts: ReportFacts) -> tuple[tuple[str, str], ...]:
    """Return (name, text) of who agreed, until when the originals are kept, and what was removed from the files."""
    people, body = facts.event.people, facts.report.body
    counts = [f"出席{people.attended}人"] if people.attended is not None else []
    counts += [f"撮影してよい{people.photo_allowed}人"] if people.photo_allowed is not None else []
    counts += [f"撮影不可{people.photo_refused}人"] if people.photo_refused is not None else []
    check = body.get(REFUSED_CHECK, "").strip()
    rows = [("出席者の了解", "　".join(counts) + fill_nonempty("（{}）", check))] if counts or check else []
    erased = body.get("元の画像", "").strip()
    if erased:
        rows.append(("残す期間", erased))
    rows.append(("位置の情報", "画像に付く位置・機種の情報は、貼り付けるときに取り除いた。"))
    return tuple(rows)
