"""What the lists that a clerk looks at every day say of a year on a day, a line a row."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from app.event.services.event_lists import list_events
from app.events.dispatches.services.steps import read_dispatches
from app.home.today.services.home import read_home
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.work_queue.services import read_work_queue
from db.query_cache import cached_queries
from db.store import Store

_DAYS_LEFT = re.compile(
    r"(?<![0-9])[0-9]+(?=(?:開庁)?日(?:超過|過ぎ|遅れ|前|後|目|経過|間|で|$))|(?<=あと)[0-9]+|(?<=から)[0-9]+(?=日)"
)


@cached_queries
def lists_of_a_day(store: Store, *, day: date) -> dict[str, list[str]]:
    """Return what each list says on a day, a line a row; a date goes by its row and is not said again."""
    shown = {
        "提出物": (
            (one.tone, one.group, one.title, one.event_words, one.basis_words, one.state_words, one.state_second)
            for one in read_work_queue(store, today=day, fiscal_year=2026).rows
        ),
        "期限": (
            (one.group, one.title, one.check_words, one.late_words, one.late_second)
            for one in read_due_list(store, today=day).rows
        ),
        "派遣": (
            (
                one.name,
                one.steps.current_step,
                one.steps.next_words,
                one.steps.responsible_side,
                "過ぎ" if one.step_due and one.step_due.is_passed else "",
            )
            for one in read_dispatches(store, today=day, fiscal_year=2026).rows
        ),
    }
    return home_and_events(store, day=day) | _without_days_left(shown)


@cached_queries
def home_and_events(store: Store, *, day: date) -> dict[str, list[str]]:
    """Return what home and the list of events say on a day, a line a row."""
    home = read_home(store, today=day)
    tasks = (
        (one.task.bucket, "！" * one.is_main_action, one.task.label, one.task.detail, one.task.event_title)
        for one in home.rows
    )
    events = (
        (one.title, one.people_words, one.state, one.state_words, one.step_words, *(x.state for x in one.blocks))
        for one in list_events(store, today=day).rows
    )
    below = ((one,) for one in (home.passed_words, home.self_managed_words, home.waiting_words))
    return _without_days_left({"ホーム": (*tasks, *below), "事業": events})


def _without_days_left(lists: Mapping[str, Iterable[tuple[str, ...]]]) -> dict[str, list[str]]:
    return {name: [_DAYS_LEFT.sub("◯", "｜".join(filter(None, one))) for one in rows] for name, rows in lists.items()}
