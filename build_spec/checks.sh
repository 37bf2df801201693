#!/bin/sh
# Everything that must hold, in one run: style, types, tests (the structure is among them). What the tests cost the
# processor, by room and the dearest by name, stands under them; the time of all comes last.
#
# A failing check does not hide the ones after it; any failure makes the whole run fail.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python
began=$(date +%s)
failed=
types=
tests=

# All that anybody puts into the temporary folder lies in here and goes with it. Some tests do a part as an
# ordinary user, who has to get through to the folder made for that. In memory where there is room: thousands of
# tests save, and every saving waits for the disk.
home=${TMPDIR:-/tmp}
free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "${free:-0}" -gt 4000000 ]; then home=/dev/shm; fi
place=$(mktemp -d "$home/desk-checks-XXXXXX")
mkdir "$place/temporary"
chmod 711 "$place" "$place/temporary"
export TMPDIR="$place/temporary"
trap 'rm -rf "$place"' EXIT
trap 'kill $types $tests 2>/dev/null; wait; exit 130' INT TERM HUP

# Two workers and many children load the same modules: they are compiled once, whatever the surroundings wish.
unset PYTHONDONTWRITEBYTECODE

export DESK_PROCESSOR_TIME="$place/processor"
: >"$place/tests" # it is read before a background process may have come to make it

# The tests take both cores for minutes; the type check runs beside them instead of before. To rewrite every assert, so
# that it tells its values, costs a quarter of a minute: only those that failed are run once more that way.
$python -m pytest -q -n 2 --dist worksteal --assert=plain -o cache_dir="$place/cache" >"$place/tests" 2>&1 &
tests=$!
# What it would keep for the next time is of no use where every checkout is a new one.
$python -m mypy ${CI:+--cache-dir=/dev/null} >"$place/types" 2>&1 &
types=$!

echo "== ruff"
ruff=
$python -m ruff check . || ruff=" ruff"
$python -m ruff format --check --quiet . || ruff=" ruff"
failed="$failed$ruff"
echo "== mypy"
wait $types || failed="$failed mypy"
cat "$place/types"
[ -z "$failed" ] || echo "!! 不合格:$failed"
echo "== pytest"
tail -n +1 -f --pid=$tests "$place/tests"
if ! wait $tests; then
  failed="$failed pytest"
  echo "== 不合格のテストをもう一度（値を添えて）"
  env -u DESK_PROCESSOR_TIME $python -m pytest -q --last-failed --last-failed-no-failures none -o cache_dir="$place/cache" 2>&1
fi

[ ! -f "$place/processor" ] || cat "$place/processor"

left=$(find "$TMPDIR" -mindepth 1 -maxdepth 1)
if [ -n "$left" ]; then
  echo "!! 一時フォルダーに残されたもの: $left"
  failed="$failed 一時フォルダー"
fi
seconds=$(($(date +%s) - began))
# Of the shell and of all that it has waited for; its second line is what they spent. A pipe would ask another shell.
times >"$place/times"
spent=$(awk 'NR == 2 { split($1, own, "m"); split($2, kernel, "m")
  all = (own[1] + kernel[1]) * 60 + own[2] + kernel[2]; printf "%d分%.1f秒", int(all / 60), all - 60 * int(all / 60) }' "$place/times")
echo "== 全体 $((seconds / 60))分$((seconds % 60))秒　プロセッサー時間 $spent${failed:+　不合格:$failed}"
[ -z "$failed" ]
