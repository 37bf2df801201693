"""The command ``check-numbers``: lists numbers of an event or a year that differ between two places."""

from __future__ import annotations

import argparse
from collections import Counter

from app.calendar.wareki import fiscal_year_words
from app.commands.command_line import DONE, REFUSED, WrongUsage, print_result, print_to_stderr
from app.commands.opening import add_data_options, now_for_store, read_store
from app.common.join_nonempty import fill_nonempty
from app.year_end.consistency.rules import Inconsistency, SourceNumber, unknown_counts
from app.year_end.consistency.services.event_numbers import EventNumbers, day_words, read_event_numbers
from app.year_end.consistency.services.suspected_misreadings import SuspectedMisreadings, read_suspected_misreadings
from app.year_end.consistency.services.year_numbers import read_year_consistency

OURS = "区の記録"

HELP = "数字の食い違いを調べる"
DESCRIPTION = (
    "実施回または年度の数字を、帳票・集計・報告書どうしで比べます。"
    "年度では、引いた根拠と出典、期限と遅れの日数も比べ、読みちがえの疑いのある行と、比べていない取り込みを示します。"
    "食い違いがあると終了コード 1 です。"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``check-numbers`` to its ``parser``."""
    add_data_options(parser)
    parser.add_argument("--event", type=int, metavar="番号", help="1つの実施回だけ（events で番号が分かります）")
    parser.add_argument("--year", type=int, metavar="西暦", help="その年度のすべて（令和8年度は 2026）")


def run(arguments: argparse.Namespace) -> int:
    """Print ``{ok, contradictions: [{id, where: [{paper, value}], source}], unknown: [{id, value, source}]}``.

    Of a year also ``suspected`` and ``uncompared``. The exit code is 1 when there is a contradiction.
    """
    if (arguments.event is None) == (arguments.year is None):
        raise WrongUsage("--event（実施回の番号）か --year（西暦）のどちらか一方を指定してください。")
    suspected: SuspectedMisreadings | None = None
    with read_store(arguments) as store:
        if arguments.event is not None:
            events: tuple[EventNumbers, ...] = (read_event_numbers(store, event_id=arguments.event),)
            found = _contradictions(events[0])
        else:
            year = read_year_consistency(
                store, fiscal_year=arguments.year, today=now_for_store(store, arguments).date()
            )
            events = year.events
            found = [one for view in events for one in _contradictions(view)]
            found += [_year_contradiction(arguments.year, one) for one in year.inconsistencies]
            suspected = read_suspected_misreadings(
                store, fiscal_year=arguments.year, today=now_for_store(store, arguments).date()
            )
    words = [_contradiction_line(one) for one in found]
    summary = f"食い違い {len(found)}件" if found else "食い違いはありません。"
    unknown = [
        {"id": f"{view.event.id}:{name}", "value": value, "source": f"{view.event.full_title}　{name}"}
        for view in events
        for name, value in unknown_counts(view.facts, held=view.event.status.is_held)
    ]
    print_to_stderr(*(f"{one['source']}　{one['value']}" for one in unknown))
    said: dict[str, object] = {"ok": not found, "contradictions": found, "unknown": unknown}
    if suspected is not None:
        said |= {
            "suspected": [
                {"id": one.key, "kind": one.kind, "now": one.reread_words, "source": one.where}
                for one in suspected.rows
            ],
            "uncompared": [
                {
                    "id": one.imported.id,
                    "file": one.imported.file_name,
                    "at": one.imported.at.isoformat(timespec="minutes"),
                    "source": one.where,
                    "photos": one.photo_allowed_count,
                }
                for one in suspected.imports
            ],
        }
        print_to_stderr(*_misreading_lines(suspected))
    print_result(arguments, said, *words, summary)
    return REFUSED if found else DONE


def _contradictions(view: EventNumbers) -> list[dict[str, object]]:
    """Return the contradictions between the numbers of an event, as plain data."""
    found = []
    for row in view.rows:
        if cells := row.contradictions:
            where = [{"paper": OURS, "value": f"{row.ours}{row.unit}"}]
            where += [{"paper": _source_words(cell), "value": f"{cell.value}{row.unit}"} for cell in cells]
            found.append(_event_contradiction(view, f"{row.name}:{cells[0].source.key}", where, row.name))
    for one in view.inconsistencies:
        found.append(
            _event_contradiction(
                view, one.key, [{"paper": paper, "value": value} for paper, value in one.sources], one.words
            )
        )
    return found


def _source_words(cell: SourceNumber) -> str:
    """Return the title of a source with its day and page, as far as known."""
    day = day_words(cell.source.day)
    page = fill_nonempty(" p.{}", cell.page)
    return f"{cell.source.title}{f'（{day} {cell.source.occasion}）' if day else ''}{page}"


def _misreading_lines(found: SuspectedMisreadings) -> list[str]:
    """Return the suspected misreadings, the imports not compared since, and a closing sentence as lines of output."""
    counts = Counter((one.where, one.kind) for one in found.rows)
    said = [f"読みちがえの疑い　{where}　{kind} {count}件" for (where, kind), count in counts.items()]
    for one in found.imports:
        taken = f"{one.imported.at:%Y-%m-%d %H:%M}　{one.imported.by}"
        said.append(
            f"比べていない取り込み　{one.imported.file_name}　{taken}　{one.where}　撮影可 {one.photo_allowed_count}人"
        )
    return [*said, found.words]


def _year_contradiction(fiscal_year: int, inconsistency: Inconsistency) -> dict[str, object]:
    where = [{"paper": paper, "value": value} for paper, value in inconsistency.sources]
    return {
        "id": f"{fiscal_year}:{inconsistency.key}",
        "where": where,
        "source": f"{fiscal_year_words(fiscal_year)}　{inconsistency.words}",
    }


def _event_contradiction(view: EventNumbers, key: str, where: list[dict[str, str]], source: str) -> dict[str, object]:
    return {"id": f"{view.event.id}:{key}", "where": where, "source": f"{view.event.full_title}　{source}"}


def _contradiction_line(contradiction: dict[str, object]) -> str:
    where = contradiction["where"]
    assert isinstance(where, list)
    return f"{contradiction['source']}　" + " ／ ".join(f"{place['paper']} {place['value']}" for place in where)
