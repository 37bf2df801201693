"""A program ended two hundred times in the middle of saving; ``make test`` does it twenty times."""

from tests.faults import killing
from tests.faults.report import Report

NAME = "kills"
SAYS = "保存の途中でプログラムを200回止め、保存したと報告したものが失われないことを確かめます。"


def run(report: Report) -> bool:
    """Stop a saving program and say what was lost."""
    outcome = killing.run(200, seed=report.seed)
    report.say(*outcome.lost, outcome.said())
    return outcome.good
