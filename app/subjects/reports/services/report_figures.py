"""Our own side of 数字の突合: each number with where the ward's record comes from."""

from __future__ import annotations

from app.subjects.events.rules.copies import required_copies
from app.subjects.reports.papers.report_parts import ReportFacts

Line = tuple[str, str, str]


def ours(facts: ReportFacts) -> tuple[Line, ...]:
    """Return 項目, 区の記録, 出どころ for every number of a report (empty = the ward has no record)."""
    return (*_people(facts), *_materials(facts), *_agenda(facts), *_survey(facts))


def _people(facts: ReportFacts) -> tuple[Line, ...]:
    result = facts.result

    def shown(value: int | None, unit: str) -> str:
        return "" if value is None else f"{value}{unit}"

    return (
        ("申込", shown(result.applied if result else None, "人"), "実施の記録"),
        ("出席", shown(result.attended if result else None, "人"), "受付・実施の記録"),
        ("団体", shown(result.attended_organisations if result else None, "団体"), "受付・実施の記録"),
    )


def _materials(facts: ReportFacts) -> tuple[Line, ...]:
    lines: list[Line] = []
    for material, version in facts.materials:
        if version is None:
            continue
        day = f"{version.result_on.month}/{version.result_on.day} {version.result}" if version.result_on else "確認前"
        lines.append((f"資料の版　{material.title}", f"第{version.version}版", day))
    if facts.materials:
        told = facts.extra.get("連絡した人数", "")
        needed = required_copies(int(told)) if told else None
        lines.append(
            ("印刷部数", f"{needed.total}部", f"連絡した{needed.people}人＋予備{needed.spare}")
            if needed
            else ("印刷部数", "", "人数連絡の記録がありません")
        )
    return tuple(lines)


def _agenda(facts: ReportFacts) -> tuple[Line, ...]:
    total = sum(item.minutes or 0 for item in facts.agenda)
    return (("時間割の分", f"{total}分" if total else "", "進行表"),)


def _survey(facts: ReportFacts) -> tuple[Line, ...]:
    survey = facts.survey
    if survey is None:
        return ()
    total = (("回収数", f"{survey.returned}枚", f"紙{survey.paper}・オンライン{survey.online}"),)
    asked = [chart.code for chart in survey.charts if chart.type == "SA"]
    if not asked:
        return total
    return (*total, (f"設問の合計　{asked[0]}〜{asked[-1]}", f"各{survey.returned}人", "検算（無回答を含む）"))
