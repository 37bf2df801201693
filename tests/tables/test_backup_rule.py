"""Which generations are kept: the latest ten, one a day for thirty days, month ends for three years."""

from datetime import date, datetime, timedelta
from pathlib import Path

from db.backups import backup, retention
from db.backups.copies import DatabaseContents

TODAY = date(2026, 9, 30)


def one(number: int, made: datetime, *, seq: int | None = None, verified: bool | None = True) -> backup.Generation:
    contents = DatabaseContents(
        counts={"events": 1}, seq=number if seq is None else seq, chain=str(seq or number), version=1
    )
    return backup.Generation(Path(str(number)), number, made, "手動", contents, {}, {}, None, verified)


def kept(every: list[backup.Generation]) -> set[int]:
    newest_first = sorted(every, key=lambda item: item.number, reverse=True)
    return {item.number for item in retention.select_kept(newest_first, today=TODAY)}


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, datetime.min.time()).replace(hour=hour)


def test_the_latest_ten_of_a_busy_day_stay():
    every = [one(number, at(TODAY, hour=number // 2)) for number in range(1, 31)]
    assert kept(every) == set(range(21, 31))


def test_opening_and_closing_without_a_change_pushes_nothing_out():
    worked = [one(number, at(TODAY)) for number in range(1, 11)]
    idle = [one(number, at(TODAY, 10), seq=10) for number in range(11, 31)]
    assert kept(worked + idle) == {2, 3, 4, 5, 6, 7, 8, 9, *range(21, 31)}


def test_each_of_the_last_thirty_days_keeps_its_last_one():
    every = [
        one(day * 2 + turn, at(date(2026, 7, 1) + timedelta(days=day), 9 + turn))
        for day in range(92)
        for turn in (0, 1)
    ]
    days = {item.created_at.date() for item in every if item.number in kept(every)}
    assert {TODAY - timedelta(days=back) for back in range(31)} <= days
    assert date(2026, 7, 31) in days, "the end of July stays as its month's"
    assert date(2026, 7, 30) not in days


def test_month_ends_stay_for_three_years_and_then_go():
    first = date(2022, 1, 15)
    every = [one(number, at(first + timedelta(days=30 * number))) for number in range(1, 58)]
    years = {item.created_at.year for item in every if item.number in kept(every)}
    assert years == {2023, 2024, 2025, 2026}


def test_the_newest_verified_one_is_never_pushed_out_by_unverified_ones():
    every = [one(1, at(date(2020, 1, 1)))] + [one(number, at(TODAY), verified=None) for number in range(2, 20)]
    assert 1 in kept(every)


def test_a_clock_years_ahead_for_one_sitting_ends_no_generation():
    month_ends = [
        one(number, at(date(2024 + (number + 5) // 12, (number + 5) % 12 + 1, 28))) for number in range(1, 27)
    ]
    ahead = one(40, at(date(2032, 9, 30)))
    every = sorted([*month_ends, ahead], key=lambda item: item.number, reverse=True)
    assert retention.plausible_today(every, date(2032, 9, 30)) <= month_ends[-1].created_at.date() + timedelta(days=31)
    believed = {
        item.number for item in retention.select_kept(every, today=retention.plausible_today(every, date(2032, 9, 30)))
    }
    trusting = {item.number for item in retention.select_kept(every, today=date(2032, 9, 30))}
    assert believed == {item.number for item in every}
    assert len(trusting) < len(believed)


def test_a_clock_put_right_counts_at_once_and_a_real_pause_is_believed_after_some_days():
    ahead = [one(2, at(date(2032, 9, 30))), one(1, at(date(2026, 9, 29)))]
    assert retention.plausible_today(ahead, TODAY) == TODAY
    paused = [one(1, at(date(2026, 3, 31)))]
    for number in range(2, 12):
        paused.insert(0, one(number, at(date(2026, 9, 20) + timedelta(days=number - 2))))
    assert retention.plausible_today(paused, TODAY) == TODAY
