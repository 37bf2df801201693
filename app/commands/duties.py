"""The command ``duties``: lists what the contract requires, and where each duty is handled."""

from __future__ import annotations

import argparse

from app.commands.command_line import DONE, add_json_option, print_result
from app.settings.protection.services import FULFILMENT_WORDS, Duty, read_duties

HELP = "契約が求めることと、それがどこにあるかの一覧を出す"
DESCRIPTION = "特記事項の29条、情報保護、契約条件のそれぞれが、どの管理簿・届・確認・設定にあるかを一覧にします。"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``duties`` to its ``parser``."""
    parser.add_argument("--must", action="store_true", help="満たさなければならないものだけを出す")
    add_json_option(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the duties in the order of their clauses; returns 0."""
    found = read_duties(required_only=arguments.must)
    print_result(arguments, [_as_json(one) for one in found], *map(_as_text, found), f"{len(found)}件")
    return DONE


def _as_json(duty: Duty) -> dict[str, object]:
    """Return one duty as JSON; ``how`` is one of ledger, form, check, setting, screen, not software."""
    return {"basis": duty.basis, "duty": duty.duty, "how": duty.how, "where": duty.where, "reason": duty.reason}


def _as_text(duty: Duty) -> str:
    """Return one duty of the contract as a line of text."""
    clauses = "・".join(filter(None, (duty.cited_clauses, duty.other_clauses)))
    return "　".join(filter(None, (clauses, duty.duty, FULFILMENT_WORDS[duty.how], duty.where, duty.reason)))
