"""The points that the clause requires of a 実施報告書, its chapters, their authors and completeness."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, replace
from datetime import date
from typing import Literal

from app.common.join_nonempty import join_nonempty, lines_of
from db.record import frozen, record
from db.records.event_form import EventForm
from db.records.programme import EventKind, ReportAnswer, ReportExtra, VisitStep
from db.records.submissions.reports import Report

NO_ANSWERS = "回答がまだありません"
SURVEY_POINT = "アンケートの集計結果"
Shape = Literal["text", "table", "auto"]
ChapterSource = Literal["result", "agenda", "materials", "survey", "discussion", "outcome"]
SectionState = Literal["済", "記入待ち", "任意"]
Writer = Literal["区が記入", "受託者の集計", "受託者"]


@frozen
class ReportChapter:
    """One chapter or part of the form, with the key of its text, its author and input shape.

    ``shape`` auto = filled from the records; ``columns`` are the headings of typed rows. ``optional`` chapters
    never count against completeness.
    """

    key: str
    title: str
    _: KW_ONLY
    writer: Literal["区", "受託者"] = "受託者"
    shape: Shape = "text"
    columns: tuple[str, ...] = ()
    optional: bool = True
    hint: str = ""


_HIGHLIGHTS = ReportChapter("要点", "要点", hint="1行に1つ、3つまで")
_TIMETABLE = ReportChapter(
    "時間割内容",
    "時間割の内容",
    writer="区",
    shape="table",
    columns=("項目", "行ったこと"),
    hint="空の行は進行表の内容のまま",
)
_VIEW = ReportChapter("所感", "講師所感", optional=False)
_CLASSES = ReportChapter(
    "自由記述分類",
    "自由記述の分類",
    shape="table",
    columns=("設問", "番号", "分類"),
    hint="設問は「問10」のように、番号は記述の番号",
)
_TEACHER = ReportChapter("講師", "講師")
_PHOTOS = (
    ReportChapter("写真", "写真についての説明"),
    ReportChapter("撮影者", "撮影者"),
    ReportChapter(
        "撮影不可の確認",
        "撮影不可の方が写っていないことの確認",
        hint="例　席と撮影の向きを分け、全ての写真に写っていない",
    ),
    ReportChapter("元の画像", "元の画像を残す期間", hint="例　R9.3.31（水）までに受託者が消去し、証明書に記す"),
)

_COMPARED = (
    ReportChapter(
        "前回の課題",
        "前回の課題は、どうなったか",
        shape="table",
        columns=("前回の課題", "今回したこと", "今回の結果", "判定"),
        hint="判定は「改善」または「続けて取り組む」。結果は人数・件数で書きます",
    ),
    ReportChapter("つぎの回", "つぎの回への引継ぎ", hint="1行に1つ"),
    ReportChapter(
        "前年の数",
        "前年の同じ回の数",
        writer="区",
        shape="table",
        columns=("項目", "人数・件数"),
        hint="項目は、申込、出席、参加団体、アンケート回収、満足計、貸与タブレット。分からない項目は書きません",
    ),
    ReportChapter("前年の出どころ", "前年の数の出どころ", writer="区", hint="例　令和7年度 係の記録（R8.9.30入力）"),
)

CHAPTERS: Mapping[EventForm, tuple[ReportChapter, ...]] = {
    EventForm.LECTURE: (
        _HIGHLIGHTS,
        _TEACHER,
        _TIMETABLE,
        ReportChapter("質疑", "主な質疑応答", shape="table", columns=("質問", "回答")),
        _CLASSES,
        _VIEW,
        ReportChapter(
            "課題と改善", "課題と次回への改善", shape="table", columns=("課題", "根拠", "改善の内容", "担当", "期限")
        ),
        *_PHOTOS,
        *_COMPARED,
    ),
    EventForm.VISIT: (
        _HIGHLIGHTS,
        ReportChapter("講師", "アドバイザー"),
        ReportChapter("ヒアリング", "事前ヒアリング", optional=False),
        ReportChapter("課題と目標", "課題と目標", shape="table", columns=("把握した課題", "当日の目標", "結果")),
        _TIMETABLE,
        ReportChapter("運用ルール", "団体が決めた運用ルール（案）"),
        ReportChapter(
            "到達状況",
            "ツール別の段階",
            shape="table",
            columns=("ツール", "前", "後"),
            hint="0から5、希望しないときは×",
            optional=False,
        ),
        ReportChapter(
            "できること",
            "できるようになったこと",
            shape="table",
            columns=("内容", "前", "後", "目標"),
            hint="前・後は人数、目標は「課題と目標」の番号",
        ),
        ReportChapter(
            "確かめ方",
            "できるようになったことの確かめ方",
            hint="例　開始時および終了時に、同じ自己確認票（無記名・6項目）で確かめた。"
            "数が減ったときは「（内容）の理由　…」の行を加えます",
        ),
        ReportChapter("確かめた人数", "確かめた人数（ｎ）", hint="空のときは出席者数"),
        _CLASSES,
        ReportChapter("支援方針", "今後の支援方針", optional=False),
        ReportChapter(
            "支援計画",
            "支援の予定",
            shape="table",
            columns=("時期", "内容", "担当", "目標", "区の役割"),
            hint="時期は「R9.1」の形で。次年度4月以降の行も必要です。区の担当には協議の番号を書きます",
        ),
        ReportChapter(
            "フォローアップ",
            "フォローアップ",
            shape="table",
            columns=("年月日", "方法", "内容", "対応", "対応日", "状態"),
            hint="状態は「完了」または「対応中」。対応中は、対応日に「次回」とその日",
        ),
        *_PHOTOS,
    ),
    EventForm.EXCHANGE: (
        _HIGHLIGHTS,
        _TEACHER,
        ReportChapter("講義", "講義の要旨", optional=False),
        _TIMETABLE,
        ReportChapter(
            "班",
            "班ごとの討議内容",
            shape="auto",
            columns=("班", "選定した題", "構成", "ファシリテーター", "課題", "分類・選定", "解決策", "発表"),
            optional=False,
        ),
        ReportChapter("共通した課題", "各班に共通した課題"),
        _CLASSES,
        _VIEW,
        ReportChapter(
            "所感の根拠",
            "所感の根拠",
            shape="table",
            columns=("わかったこと", "根拠"),
            hint="根拠には人数・件数・枚数を書きます",
        ),
        ReportChapter("まとめ", "まとめ"),
        ReportChapter("共通点", "班に共通したこと", shape="auto", columns=("共通したこと", "班")),
        ReportChapter(
            "つなげること",
            "つぎにつなげること",
            shape="auto",
            columns=("すること", "もとになった討議", "担当", "時期", "確かめ方"),
        ),
        ReportChapter(
            "引継ぎ", "つぎの回への引継ぎ", shape="auto", columns=("今回わかったこと", "つぎの回で変えること", "根拠")
        ),
        *_PHOTOS,
        *_COMPARED,
    ),
}


@record
class PointState:
    """One point of the clause, done or not, with what it is based on or what is missing."""

    point: str
    done: bool
    words: str


def report_items(kind: EventKind) -> dict[str, ReportAnswer]:
    """Return what the contract asks of a report, each item with the chapter that answers it ("" = none of the form).

    The totals of the survey are asked for just where the kind has one, whatever the contract's items say.
    """
    asked = [(item, answer) for item, answer in kind.report_items.items() if kind.has_survey or not answer.is_tally]
    if kind.has_survey and all(not answer.is_tally for _item, answer in asked):
        asked.insert(1, (SURVEY_POINT, ReportAnswer.TALLY))
    return dict(asked)


def required_points(kind: EventKind) -> tuple[str, ...]:
    """Return what the contract requires of a report, in its own words.

    The totals of the survey are among them just where the kind has one (``report_items``).
    """
    return tuple(report_items(kind))


def is_only_tally(kind: EventKind, points: Sequence[str]) -> bool:
    """Return whether the points are nothing but the totals of the survey."""
    return bool(points) and all(report_items(kind).get(point) is ReportAnswer.TALLY for point in points)


def completeness(
    kind: EventKind, report: Report, *, has_timetable: bool, attended: int | None, returned: int | None, frozen: bool
) -> tuple[PointState, ...]:
    """Return the contract's points for a report made in the program.

    Args:
        has_timetable: the event has an agenda.
        attended: people who came, or None while unknown.
        returned: counted responses, or None without a survey.
        frozen: the tally is fixed (集計確定).
    """
    recorded = has_timetable and attended is not None
    states = []
    for point, answer in report_items(kind).items():
        if answer.is_tally:
            words = f"回収 {returned}件・集計{'確定' if frozen else 'は未確定'}" if returned else NO_ANSWERS
            states.append(PointState(point=point, done=bool(returned) and frozen, words=words))
        elif answer.is_discussion:
            groups = [row for row in report.tables.get("班", ()) if any(row[4:])]
            done = bool(groups) and recorded
            words = f"{len(groups)}班の記録" if done else "進行表、班ごとの討議内容または出席数がまだです"
            states.append(PointState(point=point, done=done, words=words))
        elif answer.is_conduct:
            words = "進行表と当日の記録から" if recorded else "進行表または出席数がまだです"
            states.append(PointState(point=point, done=recorded, words=words))
        else:
            states.append(_point_state(point, report.body.get(answer or own_chapter_key(point), "")))
    return tuple(states)


def own_chapter_key(item: str) -> str:
    """Return the key of the free text that answers an item of the contract without a chapter of the form."""
    return f"項目：{item}"


def own_chapters(kind: EventKind) -> tuple[ReportChapter, ...]:
    """Return a part of free text for each item of the contract that no chapter of the form answers."""
    return tuple(
        ReportChapter(own_chapter_key(item), item, optional=False)
        for item, answer in report_items(kind).items()
        if not answer
    )


def _point_state(point: str, text: str) -> PointState:
    """Return the state of one required point: done once its chapter has text."""
    written = bool(text.strip())
    return PointState(point=point, done=written, words="記入あり" if written else "まだ書かれていません")


WITHOUT_ANSWERS_PREFIX = "アンケートの回答なしで確認済："
REASON_PREFIX = "数がそろわないまま進めた理由："
"""Of a request for correction, and of the contractor's confirmation."""
CHECK_REASON_PREFIX = "数がそろわないまま確認済にした理由："
_CHECK_PREFIXES = (WITHOUT_ANSWERS_PREFIX, CHECK_REASON_PREFIX)


def note_with_reason(
    note: str, reason: str, *, without_answers: bool = False, outdated: bool, prefix: str = REASON_PREFIX
) -> str:
    """Return the remarks of a report with an added reason for continuing, a line for each ground.

    Without either ground the reason is not added.

    Args:
        without_answers: it is confirmed without a single answer of its survey (仕様書4(1)ケ).
        outdated: its numbers are outdated. prefix: what stands before that reason.
    """
    words = "　".join(lines_of(reason))
    lines = (
        f"{WITHOUT_ANSWERS_PREFIX}{words}" if without_answers else "",
        f"{prefix}{words}" if outdated else "",
    )
    return join_nonempty(note, *lines, separator="\n")


def reasons_in_note(note: str) -> tuple[str, ...]:
    """Return the lines of a note that give reasons for continuing with outdated numbers."""
    return tuple(line for line in note.splitlines() if line.startswith((REASON_PREFIX, CHECK_REASON_PREFIX)))


def note_without_reasons(note: str) -> str:
    """Return the remarks without reasons, for a confirmation of the contractor withdrawn or for another version."""
    return "\n".join(line for line in note.splitlines() if not line.startswith((REASON_PREFIX, *_CHECK_PREFIXES)))


def note_without_check_reasons(note: str) -> str:
    """Return the remarks without the reasons of 確認済, for one withdrawn; other steps keep theirs."""
    return "\n".join(line for line in note.splitlines() if not line.startswith(_CHECK_PREFIXES))


def newest_report(found: list[Report], way: str) -> Report | None:
    """Return the highest version of one way (作成 or 受領), or None."""
    return max((report for report in found if report.way == way), key=lambda report: report.version, default=None)


def first_received_on(found: Iterable[Report]) -> date | None:
    """Return the day of the first receipt, by which lateness counts whatever was corrected since; None before it."""
    return min((report.received_on for report in found if report.received_on is not None), default=None)


@record
class Section:
    """One printed chapter, with its number (empty for what precedes the first), title and author.

    ``keys`` are the typed parts in it, ``sources`` the records it is filled from; ``supporting_sources`` are
    records that fill its own parts, so that the parts say whether it is written. ``title`` is also the key by
    which quotes from a chapter refer to it; ``printed_title`` is printed where that is another word.
    """

    number: str = ""
    title: str
    writer: Writer
    keys: tuple[str, ...] = ()
    sources: tuple[ChapterSource, ...] = ()
    supporting_sources: tuple[ChapterSource, ...] = ()
    printed_title: str = ""

    @property
    def words(self) -> str:
        """Return number and title (「5　講師所感」)."""
        name = self.printed_title or self.title
        return f"{self.number}　{name}" if self.number else name


def _section(
    title: str,
    writer: Writer,
    keys: str = "",
    sources: tuple[ChapterSource, ...] = (),
    supporting_sources: tuple[ChapterSource, ...] = (),
    printed_title: str = "",
) -> Section:
    """Return a section of the report outline; ``keys`` are those of its chapters, parted by blanks."""
    return Section(
        title=title,
        writer=writer,
        keys=tuple(keys.split()),
        sources=sources,
        supporting_sources=supporting_sources,
        printed_title=printed_title,
    )


PHOTOS = "写真"
"""The title of the chapter with the pictures."""
PHOTO_ANSWER, WITH_PHOTOS, WITHOUT_PHOTOS = "写真の掲載", "載せる", "載せない"
"""The key of whether it has pictures ("" = the contractor decides), and the answers."""
HANDED_OVER = "受託者へ渡した"
"""The key beside the tables of a report: (day, way, party) by which its form was handed to the contractor."""
COMPARED = "前回・前年との比べ"
"""The title of the chapter that compares earlier events, as quotes in offices' data name it."""
COMPARED_PRINTED = "前回・前年との比較"
_COMPARED_SECTION = _section(
    COMPARED, "受託者", "前回の課題 つぎの回 前年の数 前年の出どころ", printed_title=COMPARED_PRINTED
)
_HIGHLIGHT_SECTION = _section("要点", "受託者", "要点")
"""What precedes the first chapter, without a number."""
_SURVEY_SECTION = _section("アンケート集計", "受託者の集計", "自由記述分類", ("survey",))
_PHOTO_SECTION = _section(PHOTOS, "受託者", "写真 撮影者 撮影不可の確認 元の画像")

POLICY = "今後の支援方針"
"""The title of the chapter that says what was promised to a 団体."""
OUTLINE: Mapping[EventForm, tuple[Section, ...]] = {
    EventForm.LECTURE: (
        _HIGHLIGHT_SECTION,
        _section("概要", "区が記入", "講師", ("result",)),
        _section("実施内容", "区が記入", "時間割内容 質疑", ("agenda",)),
        _section("配布資料", "区が記入", "", ("materials",)),
        _SURVEY_SECTION,
        _section("講師所感", "受託者", "所感"),
        _section("課題と次回への改善", "受託者", "課題と改善"),
        _PHOTO_SECTION,
        _COMPARED_SECTION,
    ),
    EventForm.VISIT: (
        _HIGHLIGHT_SECTION,
        _section("概要", "区が記入", "講師", ("result",)),
        _section("事前ヒアリングと課題", "受託者", "ヒアリング 課題と目標"),
        _section("実施内容", "区が記入", "時間割内容 運用ルール", ("agenda",)),
        _section("到達状況", "受託者", "到達状況 できること 確かめ方 確かめた人数"),
        _SURVEY_SECTION,
        _section(POLICY, "受託者", "支援方針 支援計画"),
        _section("フォローアップ", "受託者", "フォローアップ"),
        _PHOTO_SECTION,
    ),
    EventForm.EXCHANGE: (
        _HIGHLIGHT_SECTION,
        _section("概要", "区が記入", "講師", ("result",)),
        _section("講義", "受託者", "講義 時間割内容", ("agenda",)),
        _section("グループワークの討議内容", "受託者", "班 共通した課題", supporting_sources=("discussion",)),
        _SURVEY_SECTION,
        _section("講師所感", "受託者", "所感 所感の根拠"),
        _section("まとめ", "受託者", "まとめ 共通点 つなげること 引継ぎ", supporting_sources=("outcome",)),
        _PHOTO_SECTION,
        _section("配布資料", "区が記入", "", ("materials",)),
        _COMPARED_SECTION,
    ),
}


_ANSWERED_IN = {
    "講師所感": ReportAnswer.IMPRESSIONS,
    "課題と次回への改善": ReportAnswer.IMPRESSIONS,
    "グループワークの討議内容": ReportAnswer.DISCUSSION,
    "到達状況": ReportAnswer.SUPPORT,
    POLICY: ReportAnswer.SUPPORT,
}
"""The chapters that are there only where the contract asks for what they answer."""


def outline(kind: EventKind) -> tuple[Section, ...]:
    """Return the chapters of a report with their numbers, those of the contract's own items last but the comparison.

    One about the survey or the hearing is there only where the kind has one, and one that no item asks for where the
    office has it.
    """
    asked = {None, *kind.report_items.values()}
    left_out: list[str] = [one for one in ReportExtra if not (one in kind.report_extras or one.is_talk)]
    left_out += [_SURVEY_SECTION.title] if not kind.has_survey else []
    left_out += [ReportExtra.HEARING] if VisitStep.HEARING not in kind.steps else []
    present = [one for one in OUTLINE[kind.form] if one.title not in left_out and _ANSWERED_IN.get(one.title) in asked]
    present = [_as_called(kind, one) for one in present]
    present += [Section(title=one.title, writer="受託者", keys=(one.key,)) for one in own_chapters(kind)]
    # The first event has nothing to compare: a chapter behind that one would leave a number out.
    present.sort(key=lambda one: one.title == COMPARED)
    numbers = itertools.count(1)
    return tuple(
        one if one.title == _HIGHLIGHT_SECTION.title else replace(one, number=str(next(numbers))) for one in present
    )


def _as_called(kind: EventKind, section: Section) -> Section:
    """Return a chapter whose printed title calls who leads as the contract does; a talk that nobody asks for has
    only its timetable.
    """
    if "講義" in section.keys and ReportExtra.TALK not in kind.report_extras:
        return replace(section, keys=(_TIMETABLE.key,), printed_title="実施内容")
    if section.title != _VIEW.title or kind.lecturer in section.title:
        return section
    return replace(section, printed_title=section.title.replace(_TEACHER.title, kind.lecturer))


def report_chapters(kind: EventKind) -> tuple[ReportChapter, ...]:
    """Return the typed parts of a report; one about the answers of a survey only where there is one."""
    known = (one for one in CHAPTERS[kind.form] if kind.has_survey or one is not _CLASSES)
    return (*(_called_chapter(kind, one) for one in known), *own_chapters(kind))


def _called_chapter(kind: EventKind, chapter: ReportChapter) -> ReportChapter:
    """Return a chapter whose title calls who leads as the contract does; others unchanged."""
    if chapter.key == _TEACHER.key:
        return replace(chapter, title=kind.lecturer)
    return replace(chapter, title=f"{kind.lecturer}所感") if chapter is _VIEW else chapter


def chapters_of(kind: EventKind, section: Section) -> tuple[ReportChapter, ...]:
    """Return the typed parts of ``section`` in order."""
    known = {chapter.key: chapter for chapter in report_chapters(kind)}
    return tuple(known[key] for key in section.keys)


def is_written(chapter: ReportChapter, report: Report) -> bool:
    """Return whether something was typed into one part."""
    if chapter.shape == "text":
        return bool(report.body.get(chapter.key, "").strip())
    return any(cell.strip() for cells in report.tables.get(chapter.key, ()) for cell in cells)


def is_asked_for(kind: EventKind, section: Section) -> bool:
    """Return whether the contract asks for what a chapter answers."""
    for item, answer in report_items(kind).items():
        key = "班" if answer.is_discussion else answer or own_chapter_key(item)
        source: ChapterSource | None = "survey" if answer.is_tally else "agenda" if answer.is_conduct else None
        if source in section.sources if source is not None else key in section.keys:
            return True
    return False


def section_state(
    kind: EventKind, section: Section, report: Report, present: Mapping[ChapterSource, bool]
) -> SectionState:
    """Return whether a chapter is complete (仕様書4(1)コ, (2)ケ, (3)コ): 済 or 記入待ち.

    One that may stay empty is 任意 as long as nothing is written in it.

    Args:
        present: for each source whether the records hold what the chapter prints.
    """
    chapters = chapters_of(kind, section)
    wanted = [chapter for chapter in chapters if not chapter.optional]
    if not section.sources and not wanted:
        return "済" if any(is_written(chapter, report) for chapter in chapters) else "任意"
    complete = all(present.get(source, False) for source in section.sources)
    return "済" if complete and all(is_written(chapter, report) for chapter in wanted) else "記入待ち"
