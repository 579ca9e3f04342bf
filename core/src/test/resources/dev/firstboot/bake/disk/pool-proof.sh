#!/bin/sh
# The only program of a guest that has a written pool as its drive "target": does with it what a machine does in its life. The kernel's command line says
# how much: proof=live, proof=again, or proof=tree for a disk with the pool of an image on it.
. /fb/init-lib.sh

scrub() {
  try zpool scrub -w tank
  zpool status -v tank >/run/status
  grep -q 'errors: No known data errors' /run/status || fail "scrub $1: $(tr '\n' ' ' </run/status)"
  grep -q 'with 0 errors' /run/status || fail "scrub $1: $(tr '\n' ' ' </run/status)"
  say "scrubbed $1"
}

# What was unmounted may be busy for a moment yet.
export_pool() {
  tries=0
  until zpool export tank >/run/said 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 20 ] || fail "export: $(tr '\n' ' ' </run/said)"
    sleep 0.5
  done
}

import() { try zpool import -d "$target" -R /mnt "$@" tank; }

archive() {
  LD_LIBRARY_PATH=/fb/lib /fb/bin/tar -C /mnt --format=posix --numeric-owner --xattrs '--xattrs-include=*' --sort=name \
    -cf "$out" . 2>/run/said || fail "tar: $(tr '\n' ' ' </run/said)"
}

compare() {
  import -o readonly=on
  archive
  # The archive has no sockets.
  # shellcheck disable=SC2012,SC2046
  set -- $(ls -ln /mnt/host/socket)
  say "socket $1 $2"
  zfs list -H -o name,used,referenced,compressratio | while read -r line; do say "list $line"; done
  export_pool
  import
  scrub "as written"
  # Mounted, and nothing was left to be done with its dnodes.
  try zpool sync tank
  zfs list -H -p -o name,written | while read -r line; do say "written $line"; done
}

# How many files each user, group and project has.
accounts() {
  for kind in userspace groupspace projectspace; do
    zfs "$kind" -n -H -p -o name,objused "$1" 2>&1
  done
}

live() {
  try zfs snapshot -r tank@one
  try zfs clone tank/os@one tank/clone
  echo changed >/mnt/etc/changed
  rm -rf /mnt/many
  try zfs create -o compression=off -o recordsize=128k -o mountpoint=/fill tank/fill
  dd if=/dev/zero of=/mnt/fill/full bs=1M >/run/said 2>&1 && fail "the pool never became full"
  grep -q 'No space left' /run/said || fail "filling: $(tr '\n' ' ' </run/said)"
  rm /mnt/fill/full
  try zfs destroy tank/fill
  try zpool sync tank
  try zpool wait -t free tank
  say "filled"
  zfs send -R tank/os@one 2>/run/said | zfs recv -u tank/copy >/run/said2 2>&1 || fail "recv: $(cat /run/said /run/said2)"
  for name in "" /db /sizes; do
    ours=$(accounts "tank/os$name@one") theirs=$(accounts "tank/copy$name@one")
    [ -n "$ours" ] && [ "$ours" = "$theirs" ] || fail "accounts of tank/os$name@one: $ours; received: $theirs"
  done
  say "received"
  try zfs rollback -r tank/os@one
  [ ! -e /mnt/etc/changed ] || fail "rolled back, and yet changed"
  [ -e /mnt/many/name-7 ] || fail "rolled back, and yet without what was deleted"
  try zpool upgrade tank
  before=$(zpool list -Hpo size tank)
  try zpool online -e tank "$target"
  [ "$(zpool list -Hpo size tank)" -gt "$before" ] || fail "the pool has not grown from $before bytes"
  say "grown"
  export_pool
  import
  scrub "after a life"
  n=0
  while [ "$n" -lt 10000 ]; do
    n=$((n + 1))
    echo "$n" >"/mnt/etc/synced-$n"
    dd if=/dev/null of="/mnt/etc/synced-$n" conv=notrunc,fsync 2>/dev/null || fail "fsync"
    say "synced $n"
  done
}

tree() {
  # A pool that is only read does not count.
  try zpool import -d "${target}2" -N rpool
  say "allocated $(zpool list -H -p -o allocated rpool)"
  try zpool export rpool
  try zpool import -d "${target}2" -N -o readonly=on -R /mnt rpool
  zfs list -H -o name -s mountpoint -r rpool/ROOT/original rpool/KEEP | while read -r name; do
    [ "$name" = rpool/KEEP ] || try zfs mount "$name"
  done
  for name in rpool/ROOT rpool/KEEP; do say "used $(zfs list -H -p -o used "$name")"; done
  archive
}

again() {
  import -f
  n=1
  while [ -e "/mnt/etc/synced-$n" ] && [ "$(cat "/mnt/etc/synced-$n")" = "$n" ]; do n=$((n + 1)); done
  say "kept $((n - 1))"
  scrub "after the plug was pulled"
  export_pool
}

load_zfs
target=$(drive target) out=$(drive out)
read -r line </proc/cmdline
case $line in
  *proof=live*) compare; live ;;
  *proof=again*) again ;;
  *proof=tree*) tree ;;
esac
say done
off
