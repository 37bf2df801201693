"""支払の時計 against another formulation: the last day is the first one whose distance, less the stopped days, is the
period."""

import random
from datetime import date, timedelta

from app.event.rules.closing_deadlines import payment_deadline
from app.event.rules.payment_clock import cautious_days, counted_days
from app.programme.intake import preset
from tests.support.independent_calendar import closed

DAY = timedelta(days=1)


def _merged(spans):
    """Spans of whole days, first and last included, those that touch or overlap as one."""
    found: list[list[date]] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        if found and first <= found[-1][1] + DAY:
            found[-1][1] = max(found[-1][1], last)
        else:
            found.append([first, last])
    return found


def _last_day(first_counted, days, spans):
    """Push the end of the plain period behind every span that begins before it, from the earliest on."""
    end = first_counted + DAY * (days - 1)
    for first, last in _merged(spans):
        begun = max(first, first_counted)
        if last >= first_counted and begun <= end:
            end += DAY * ((last - begun).days + 1)
    return end


def _some_returns(chance, received):
    day, stops = received, []
    for _ in range(chance.randrange(4)):
        day += DAY * chance.randrange(0, 14)
        again = day + DAY * chance.randrange(0, 21)
        stops.append((day, again))
        day = again
    return stops


def test_the_last_day_is_that_of_another_formulation_for_any_returns(office_calendar):
    chance = random.Random(30)
    programme = preset().programme
    for _ in range(400):
        received = date(2027, 3, 1) + DAY * chance.randrange(60)
        stops = _some_returns(chance, received)
        last = _last_day(received + DAY, 30, stops)
        careful = _last_day(received, 30, [(returned + DAY, again - DAY) for returned, again in stops])

        assert counted_days(received, 30, stops)[-1] == last, (received, stops)
        assert cautious_days(received, 30, stops)[-1] == careful, (received, stops)
        deadline = payment_deadline(programme, received, office_calendar, stops=stops)
        while closed(careful):
            careful -= DAY
        assert (deadline.nominal, deadline.early) == (last, careful), (received, stops)
        assert deadline.early <= deadline.nominal


def test_the_worked_case_two_days_passed_and_twenty_eight_are_left():
    stops = [(date(2027, 4, 7), date(2027, 4, 12))]
    counted = counted_days(date(2027, 4, 5), 30, stops)

    assert [day for day in counted if day <= date(2027, 4, 13)] == [date(2027, 4, 6), date(2027, 4, 13)]
    assert counted[-1] == date(2027, 5, 11)
    assert cautious_days(date(2027, 4, 5), 30, stops)[-1] == date(2027, 5, 8)
