#!/bin/sh
# The builder guest's only program: makes the pool and fills it.
. /fb/init-lib.sh

unpack() {
  LD_LIBRARY_PATH=/fb/lib /fb/bin/tar -C /mnt --numeric-owner --same-owner --xattrs '--xattrs-include=*' \
    --keep-directory-symlink -xpf "$1" >/run/said 2>&1 || fail "unpacking ${1}: $(tr '\n' ' ' </run/said)"
}

load_zfs
target=$(drive target) system=$(drive system) overlay=$(drive overlay)
pool=${target}2
tries=0
until [ -b "$pool" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 50 ] || fail "the disk has no partition for the pool"
  sleep 0.1
done
. /fb/create.sh
unpack "$system"
while read -r path; do
  [ -z "$path" ] || rm -rf "/mnt$path"
done </fb/removals
unpack "$overlay"
. /fb/finish.sh
say done
off
