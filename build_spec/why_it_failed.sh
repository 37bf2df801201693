#!/bin/sh
# Says why a set-up failed, from the log of apt or pip. Usage: why_it_failed.sh LOG
#
# Only what the log shows is said to be the reason; the last complaints of the tool follow as they are.
set -eu
log=$1
awk -v log_name="$log" '
  /Could not resolve|Temporary failure|Unable to connect|Could not connect|Failed to fetch|NewConnectionError|timed out/ { network = 1 }
  /Could not get lock|Unable to acquire the dpkg/ { lock = 1 }
  /No space left|enough free space/ { disk = 1 }
  /Unable to locate package|no installation candidate|No matching distribution/ { unknown = 1 }
  /^(E:|ERROR:)/ { three = two; two = one; one = $0 }
  END {
    if (disk) print "ディスクの空きが足りません。空けてから、もう一度お試しください。"
    else if (lock) print "ほかの操作が部品を入れているところです。終わってから、もう一度お試しください。"
    else if (network) print "ネットワークにつながっているかを確かめて、もう一度お試しください。"
    else if (unknown) print "求めた名前のものが、このパソコンの配布元にありません。Debian 12 か 13 でお試しください。"
    else print "もう一度お試しください。"
    if (three != "") print "  " three
    if (two != "") print "  " two
    if (one != "") print "  " one
    print "続くときは、記録 " log_name " を管理者に見せてください。"
  }' "$log"
