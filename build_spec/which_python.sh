#!/bin/sh
# Prints the Python that .venv is built from: $PYTHON if it fits, else the first that does; nothing when there is none.
fits='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
for python in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
  if "$python" -c "$fits" 2>/dev/null; then
    echo "$python"
    exit
  fi
done
