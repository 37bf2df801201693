"""What era a year or a day has is worked out in the calendar; a screen only shows it."""

import ast

ROOMS = ("/screens/", "/parts/", "app/widgets/", "app/window/", "app/main_window/", "app/startup/")
FIRST_YEARS = {1925, 1926, 1988, 1989, 2018, 2019}
ERAS = ("令和", "平成", "昭和", "R", "H", "S")


def _works_out_an_era(tree: ast.Module) -> list[int]:
    """The lines where a year is counted from the first of an era, or put behind the name of one."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            sides = (node.left, node.right)
            if any(isinstance(side, ast.Constant) and side.value in FIRST_YEARS for side in sides):
                found.append(node.lineno)
        if isinstance(node, ast.JoinedStr):
            for before, after in zip(node.values, node.values[1:], strict=False):
                named = isinstance(before, ast.Constant) and str(before.value).endswith(ERAS)
                if named and isinstance(after, ast.FormattedValue):
                    found.append(node.lineno)
    return found


def test_no_screen_works_out_an_era(product):
    shown = [one for one in product if any(room in one.address for room in ROOMS)]
    assert len(shown) > 200
    assert {one.address: lines for one in shown if (lines := _works_out_an_era(one.tree))} == {}


def test_the_walk_finds_an_era_that_is_worked_out():
    for words in ('f"令和{year - 2018}年度"', 'f"R{words}-5"', "day.year - 1988", "2018 + era"):
        assert _works_out_an_era(ast.parse(words)), words
    for words in ('f"{fiscal_year_words(year)}　"', 'f"令和の{year}"', "year - 1", '"令和8年度"'):
        assert not _works_out_an_era(ast.parse(words)), words
