#!/bin/sh
# Prints the Python that .venv is built from: $PYTHON if it fits, else the first that does; nothing when there is none.
#
# The system's own comes before one that only this account finds: distributions compile theirs with profiles and
# link-time optimisation, one compiled by hand usually without, and is a seventh slower at all that is done here. One
# that can make environments comes before one that cannot, so that nothing is asked of an administrator needlessly.
fits='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
first=
own=${SYSTEM_BIN:-/usr/bin} # the tests have another
for python in ${PYTHON:-} "$own/python3.11" "$own/python3" python3.11 python3 python3.12 python3.13; do
  "$python" -c "$fits" 2>/dev/null || continue
  : "${first:=$python}"
  if [ "$python" = "${PYTHON:-}" ] || "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$python"
    exit
  fi
done
[ -z "$first" ] || echo "$first"
