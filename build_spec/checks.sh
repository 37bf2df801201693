#!/bin/sh
# Everything that must hold, in one run: style, types, structure, tests. The closing line of pytest comes last.
#
# A failing check does not hide the ones after it; any failure makes the whole run fail.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
notes=$(mktemp -d)
trap 'rm -rf "$notes"' EXIT
failed=

# The type check is the slow one and needs one core; the other two run beside it.
(
  $python -m mypy >"$notes/mypy" 2>&1
  echo $? >"$notes/mypy.exit"
) &

echo "== ruff"
$python -m ruff check . || failed="$failed ruff"
echo "== import-linter"
if ! $python -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' >"$notes/imports" 2>&1; then
  cat "$notes/imports"
  failed="$failed import-linter"
fi
tail -n 3 "$notes/imports"
wait
echo "== mypy"
cat "$notes/mypy"
[ "$(cat "$notes/mypy.exit")" = 0 ] || failed="$failed mypy"

[ -z "$failed" ] || echo "!! 不合格:$failed"
echo "== pytest"
$python -m pytest -q -n 2 || failed="$failed pytest"
[ -z "$failed" ]
