#!/bin/sh
# Builds .venv from requirements.lock; does nothing (and needs no network) while the lock stays the same.
#
# One line of progress; what pip has to say is kept in a log that is named when something fails.
set -eu
cd "$(dirname "$0")/.."
stamp=.venv/requirements.sha256
log=build/setup.log
room=1300000
wanted=$(sha256sum requirements.lock | cut -d' ' -f1)

if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
  exit 0
fi

fits='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
make_environment() {
  if ! .venv/bin/python -c "$fits" || ! .venv/bin/python -m pip --version; then
    "$(sh build_spec/which_python.sh)" -m venv --clear .venv || return 1
  fi
  rm -f "$stamp"
  .venv/bin/python -m pip install --disable-pip-version-check --no-input --progress-bar off \
    --require-hashes -r requirements.lock
}

if [ ! -d .venv ] && [ "$(df -Pk . | awk 'END { print $4 }')" -lt "$room" ]; then
  echo "ディスクの空きが足りません（約1 GBの空きが要ります）。何も変更していません。" >&2
  exit 1
fi
mkdir -p build
printf '%s' "ライブラリを .venv に入れています（1〜2分、ディスク約1 GB）… " >&2
begun=$(date +%s)
if ! make_environment >"$log" 2>&1; then
  {
    echo "できませんでした。"
    printf '%s' ".venv のほかは何も変更していません。"
    sh build_spec/why_it_failed.sh "$log"
  } >&2
  exit 1
fi
echo "$wanted" >"$stamp"
echo "終わりました（$(($(date +%s) - begun))秒）。" >&2
