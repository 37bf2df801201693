"""The command ``duties``: lists what the contract requires, and where each duty is handled."""

from __future__ import annotations

import argparse

from app.commands.command_line import DONE, print_result
from app.commands.opening import add_data_options, now_for_store, read_store
from app.programme.intake import find_definition
from app.programme.rules import YearDefinition
from app.programme.services import definition_of, read_programme
from app.settings.protection.services import FULFILMENT_WORDS, Duty, read_duties

HELP = "契約が求めることと、それがどこにあるかの一覧を出す"
DESCRIPTION = (
    "特記事項の29条、情報保護、契約条件のそれぞれが、どの管理簿・届・確認・設定にあるかを一覧にします。"
    "契約条件は、--data の年度か --preset の定義のものです。"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``duties`` to its ``parser``."""
    parser.add_argument("--must", action="store_true", help="満たさなければならないものだけを出す")
    parser.add_argument(
        "--preset",
        metavar="定義",
        default="r8",
        help="--data のないとき、その定義（r8＝令和8年度、または定義ファイルの場所）",
    )
    add_data_options(parser, required=False)


def run(arguments: argparse.Namespace) -> int:
    """Print the duties of the contract in the order of their clauses; returns exit code 0."""
    found = read_duties(required_only=arguments.must, contract=_contract(arguments))
    print_result(
        arguments,
        [
            {"basis": one.basis, "duty": one.duty, "how": one.how, "where": one.where, "reason": one.reason}
            for one in found
        ],
        *map(_as_text, found),
        f"{len(found)}件",
    )
    return DONE


def _contract(arguments: argparse.Namespace) -> YearDefinition:
    """Return the contract: of the newest year of a data folder, or without a folder of a definition."""
    if arguments.data is None:
        return find_definition(arguments.preset)
    with read_store(arguments) as store:
        return definition_of(read_programme(store, on=now_for_store(store, arguments).date()))


def _as_text(duty: Duty) -> str:
    clauses = "・".join(filter(None, (duty.cited_clauses, duty.other_clauses)))
    return "　".join(filter(None, (clauses, duty.duty, FULFILMENT_WORDS[duty.how], duty.where, duty.reason)))
