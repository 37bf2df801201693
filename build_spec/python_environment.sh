#!/bin/sh
# Builds .venv from requirements.lock; does nothing (and needs no network) while the lock stays the same.
set -eu
cd "$(dirname "$0")/.."
stamp=.venv/requirements.sha256
wanted=$(sha256sum requirements.lock | cut -d' ' -f1)

if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
  exit 0
fi

fits='import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))'
find_python() {
  for python in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
    if "$python" -c "$fits" 2>/dev/null; then
      echo "$python"
      return
    fi
  done
}

if ! .venv/bin/python -c "$fits" 2>/dev/null || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  python=$(find_python)
  if [ -z "$python" ] || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    sh build_spec/system_packages.sh python
    python=$(find_python)
  fi
  if [ -z "$python" ]; then
    echo "Python 3.11 から 3.13 が見つかりません。何も変更していません。入れてから、もう一度お試しください。" >&2
    exit 1
  fi
  echo "実行環境（.venv）を作ります。" >&2
  "$python" -m venv --clear .venv
fi

echo "必要なライブラリを入れます（1分ほどかかります）。" >&2
rm -f "$stamp"
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; then
  echo "ライブラリを入れられませんでした。ほかのものは変更していません。上の表示を確かめて、もう一度お試しください。" >&2
  exit 1
fi
echo "$wanted" >"$stamp"
