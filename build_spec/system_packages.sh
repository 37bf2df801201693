#!/bin/sh
# Sees to the system libraries that Qt needs. Usage: system_packages.sh run|test|bundle|python
#
# Looks first and installs only what is missing, so that a second call costs nothing. As root on Debian
# it installs; anyone else is told, in Japanese, what to ask the administrator for.
set -eu
purpose=${1:?run, test, bundle or python}
PATH=$PATH:/usr/sbin:/sbin

# Qt without a screen (found with ldd in a bare chroot; QtPdf is the one that wants gssapi).
without_screen="
libGL.so.1 libgl1
libEGL.so.1 libegl1
libglib-2.0.so.0 libglib2.0-0
libfontconfig.so.1 libfontconfig1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libgssapi_krb5.so.2 libgssapi-krb5-2
libsqlite3.so.0 libsqlite3-0"
# What a real window adds.
with_screen="
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-shape.so.0 libxcb-shape0
libxcb-xkb.so.1 libxcb-xkb1
libxcb-render-util.so.0 libxcb-render-util0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libwayland-cursor.so.0 libwayland-cursor0"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  with_screen=
fi

missing=
known=$(ldconfig -p 2>/dev/null || true)
look_for_libraries() {
  for word in $1; do
    case $word in
      *.so.*) library=$word ;;
      *) case $known in *"	$library "*) ;; *) missing="$missing $word" ;; esac ;;
    esac
  done
}

case $purpose in
  run) look_for_libraries "$without_screen$with_screen" ;;
  test) look_for_libraries "$without_screen" ;;
  bundle)
    look_for_libraries "$without_screen"
    command -v objcopy >/dev/null 2>&1 || missing="$missing binutils"
    ;;
  python)
    # Asked for only by python_environment.sh, once it has found that one of the two is not there.
    missing=" python3 python3-venv"
    ;;
  *)
    echo "system_packages.sh: run, test, bundle または python を指定してください。" >&2
    exit 2
    ;;
esac

[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  {
    echo "このパソコンには、つぎの部品が足りません:$missing"
    echo "何も変更していません。管理者につぎの操作を依頼してから、もう一度お試しください。"
    echo "  apt-get update && apt-get install --no-install-recommends$missing"
  } >&2
  exit 1
fi

echo "足りない部品を入れます:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  # the list is words on purpose
if ! { apt-get -qq update && apt-get -qq install -y --no-install-recommends $missing; } >/dev/null; then
  {
    echo "部品を入れられませんでした:$missing"
    echo "ほかのものは変更していません。上の表示を管理者に伝えてください。"
  } >&2
  exit 1
fi
