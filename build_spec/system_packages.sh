#!/bin/sh
# Sees to what the system has to bring. Usage: system_packages.sh run|test|bundle|windows
#
# Looks first, so that a second call costs nothing and needs no network. What the purpose needs and does not find is
# named all at once or, as root on Debian, installed, before anything else is downloaded or written. What only another
# purpose needs is not asked for: it must keep nobody from running.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-}
case $purpose in
  run | test | bundle | windows) ;;
  *)
    echo "system_packages.sh: run, test, bundle または windows を指定してください。" >&2
    exit 2
    ;;
esac
PATH=$PATH:/usr/sbin:/sbin
log=build/setup.log
python=$(sh build_spec/which_python.sh)
known=$(ldconfig -p 2>/dev/null || true)
version=$("${python:-false}" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true)

# What is looked for, its package, and who needs it: all, a window on a screen, the folder for staff, that for Windows.
# Of several names the first that apt knows is asked for: Debian 13 renamed some (t64) and has another Python.
# Qt without a screen was found with ldd in a bare chroot; QtPdf is the one that wants gssapi.
needs() {
  cat <<END
python:itself                python3             all
python:venv                  ${version:+python$version-venv|}python3-venv all
library:libGL.so.1           libgl1              all
library:libEGL.so.1          libegl1             all
library:libglib-2.0.so.0     libglib2.0-0|libglib2.0-0t64 all
library:libfontconfig.so.1   libfontconfig1      all
library:libxkbcommon.so.0    libxkbcommon0       all
library:libdbus-1.so.3       libdbus-1-3         all
library:libgssapi_krb5.so.2  libgssapi-krb5-2    all
library:libsqlite3.so.0      libsqlite3-0        all
library:libxcb-cursor.so.0   libxcb-cursor0      window
library:libxcb-icccm.so.4    libxcb-icccm4       window
library:libxcb-keysyms.so.1  libxcb-keysyms1     window
library:libxcb-shape.so.0    libxcb-shape0       window
library:libxcb-xkb.so.1      libxcb-xkb1         window
library:libxcb-render-util.so.0 libxcb-render-util0 window
library:libxkbcommon-x11.so.0 libxkbcommon-x11-0 window
library:libwayland-cursor.so.0 libwayland-cursor0 window
python:library               ${version:+libpython$version|}libpython3-dev bundle
command:objcopy              binutils            bundle
command:Xvfb                 xvfb                bundle
command:git                  git                 windows
file:/usr/lib/wine/wine64    wine64              windows
command:x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64-win32 windows
END
}

# Debian keeps the interpreter, the making of environments and the shared library in three packages.
library_of_python="
import ctypes, pathlib, sys, sysconfig
name, folder = sysconfig.get_config_var('INSTSONAME'), sysconfig.get_config_var('LIBDIR')
if not (pathlib.Path(folder) / name).is_file():
    ctypes.CDLL(name)"

is_there() {
  case $1 in
    library:*) case $known in *"	${1#library:} "*) ;; *) return 1 ;; esac ;;
    command:*) command -v "${1#command:}" ;;
    file:*) [ -e "${SYSTEM_ROOT:-}${1#file:}" ] ;; # the tests have another
    python:itself) [ -n "$python" ] ;;
    python:venv) "${python:-false}" -c 'import ensurepip, venv' || .venv/bin/python -m pip --version ;;
    python:library) .venv/bin/python -c "$library_of_python" || "${python:-false}" -c "$library_of_python" ;;
  esac >/dev/null 2>&1
}

# The first of the names (a|b) that apt knows, else the first.
name_for_apt() {
  rest=$1\|
  while [ -n "$rest" ]; do
    name=${rest%%|*} rest=${rest#*|}
    case $(LC_ALL=C apt-cache policy "$name" 2>/dev/null || true) in
      *"Candidate: (none)"*) ;;
      *"Candidate: "*)
        echo "$name"
        return
        ;;
    esac
  done
  echo "${1%%|*}"
}

# The packages missing for the groups named, each with a space before it.
missing_for() {
  needs | while read -r sought names group; do
    case " $* " in *" $group "*) is_there "$sought" || printf ' %s' "$(name_for_apt "$names")" ;; esac
  done
}

groups=all
case $purpose in
  run) [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || groups="all window" ;;
  bundle) groups="all window bundle" ;;
  windows) groups="all bundle windows" ;;
esac
# shellcheck disable=SC2086  # the groups are words on purpose
missing=$(missing_for $groups)
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
  {
    echo "このパソコンには、make $purpose に要る部品のうち、つぎのものが足りません:$missing"
    echo "何も変更していません。管理者につぎの操作を依頼してから、もう一度お試しください。"
    echo "  apt-get update && apt-get install --no-install-recommends$missing"
  } >&2
  exit 1
fi

case $purpose in
  windows) size="2 GB" ;;
  *) size="400 MB" ;;
esac
mkdir -p build
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
apt-get -q update >"$log" 2>&1 || true # what it could not reach shows when something of it is wanted
# shellcheck disable=SC2086
missing=$(missing_for $groups) # a bare system knows no name before
echo "足りない部品を入れます（ディスク約$size）:$missing" >&2
# shellcheck disable=SC2086
if ! apt-get -q install -y --no-install-recommends $missing >>"$log" 2>&1; then
  {
    printf '%s' "部品を入れられませんでした。"
    sh build_spec/why_it_failed.sh "$log"
  } >&2
  exit 1
fi
