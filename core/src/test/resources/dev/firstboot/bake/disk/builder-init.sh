#!/bin/sh
# The builder guest's only program: makes the pool and fills it. Runs in the image's own initramfs as process 1, with no udev and no network.
# Its drives tell by their serial what they are. What it has to say goes to the second serial port, a word and a value per line.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
mkdir -p /dev /proc /sys /run /mnt
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs run /run

say() { echo "$*" >/dev/ttyS1; }
off() { sync; poweroff -f; sleep 600; }
fail() { say "fail $*"; off; }
try() { "$@" >/run/said 2>&1 || fail "$*: $(tr '\n' ' ' </run/said)"; }
seconds() { read -r up rest </proc/uptime; echo "${up} s"; }

# The whole disk whose serial is $1.
drive() {
  for block in /sys/block/vd*; do
    [ "$(cat "$block/serial" 2>/dev/null)" != "$1" ] || { echo "${block##*/}"; return; }
  done
  fail "there is no drive '$1'"
}

# Bytes read so far from the drives named.
bytes_read() {
  sum=0
  for name in "$@"; do
    read -r requests merged sectors rest <"/sys/block/$name/stat"
    sum=$((sum + sectors * 512))
  done
  echo "$sum"
}

unpack() {
  LD_LIBRARY_PATH=/fb/lib /fb/bin/tar -C /mnt --numeric-owner --same-owner --xattrs '--xattrs-include=*' --acls \
    --keep-directory-symlink -xpf "/dev/$1" >/run/said 2>&1 || fail "unpacking ${1}: $(tr '\n' ' ' </run/said)"
}

say "log kernel up after $(seconds)"
modprobe virtio_pci
modprobe virtio_blk || fail "the kernel has no virtio disks"
modprobe zfs || fail "ZFS does not load: $(dmesg | tail -n 3 | tr '\n' ' ')"
say "log ZFS loaded after $(seconds)"
target=$(drive target) system=$(drive system) overlay=$(drive overlay)
pool=/dev/${target}2
tries=0
until [ -b "$pool" ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 50 ] || fail "the disk has no partition for the pool"
  sleep 0.1
done
. /fb/create.sh
say "log pool made after $(seconds)"

(while :; do say "progress $(bytes_read "$system" "$overlay")"; sleep 1; done) &
reporter=$!
unpack "$system"
while read -r path; do
  [ -z "$path" ] || rm -rf "/mnt$path"
done </fb/removals
unpack "$overlay"
kill "$reporter"
wait "$reporter" 2>/dev/null
say "log files written after $(seconds)"

. /fb/finish.sh
say "log pool exported after $(seconds)"
say done
off
