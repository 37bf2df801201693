"""The command ``calendar``: saves events and deadlines as a calendar file (.ics) for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.actions.action_context import ActionContext
from app.commands import command_line, opening
from app.documents.services.file_saving import NOTHING_WRITTEN, SaveOptions
from app.event.services.calendar_entries import ENDING, CalendarScope, save_calendar
from db.files import filesystem
from db.records.documents import OutgoingWay

HELP = "予定をカレンダー（.ics）に書き出す"
DESCRIPTION = "実施回と期限を、予定表のソフトに取り込むカレンダー（.ics）に書き出します。人の名前は入りません。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``calendar`` to its ``parser``."""
    opening.add_data_options(parser)
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--event", type=int, metavar="番号", help="実施回の番号（events で確かめられます）")
    about.add_argument(
        "--year", type=int, metavar="西暦", help="年度（令和8年度は 2026。指定しないと、いちばん新しい年度）"
    )
    parser.add_argument("--deadlines", action="store_true", help="年度の予定のうち、区の期限だけを書き出す")
    parser.add_argument("--overwrite", action="store_true", help="同じ名前のファイルを置き換える")
    parser.add_argument("--out", type=Path, required=True, metavar="ファイル", help="書き出すファイル（.ics）")


def run(arguments: argparse.Namespace) -> int:
    """Save the calendar file and print ``{path, events, deadlines, changed, withdrawn, undated, sha256}``."""
    if arguments.out.suffix.lower() != ENDING:
        raise command_line.WrongUsage("--out には、.ics で終わるファイル名を指定してください。")
    if arguments.deadlines and arguments.event is not None:
        raise command_line.WrongUsage("--deadlines は、--event と一緒には使えません。")
    with opening.opened_store(arguments) as store:
        opening.check_year(store, arguments.year, lost=NOTHING_WRITTEN)
        saved = save_calendar(
            ActionContext(store, store.display_name, opening.now_for_store(store, arguments)),
            scope=CalendarScope(
                event_id=arguments.event, fiscal_year=arguments.year, deadlines_only=arguments.deadlines
            ),
            options=SaveOptions(path=arguments.out, way=OutgoingWay.COMMAND, overwrite=arguments.overwrite),
        )
    contents = saved.contents
    result = {
        "path": str(filesystem.absolute(saved.path)),
        "events": contents.event_count,
        "deadlines": contents.deadline_count,
        "changed": contents.changed,
        "withdrawn": contents.withdrawn,
        "undated": list(contents.undated),
        "sha256": saved.sha256,
    }
    command_line.print_result(arguments, result, saved.message)
    return command_line.DONE
