#!/bin/sh
# The first program of the guest in which the live tests run: takes the baked system off its pool and runs the tests in it. Runs in the image's own
# initramfs as process 1. Its drives tell by their serial what they are. What tests print goes to the second serial port.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
mkdir -p /dev /proc /sys /run /mnt
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs run /run

say() { echo "$*" >/dev/ttyS1; }
off() { sync; poweroff -f; sleep 600; }
fail() { say "ring: $*"; off; }
try() { "$@" >/run/said 2>&1 || fail "$*: $(tr '\n' ' ' </run/said)"; }

# The whole disk whose serial is $1.
drive() {
  for block in /sys/block/vd*; do
    [ "$(cat "$block/serial" 2>/dev/null)" != "$1" ] || { echo "/dev/${block##*/}"; return; }
  done
  fail "there is no drive '$1'"
}

say "ring: init runs"
try modprobe virtio_pci
try modprobe virtio_blk
# What stops ZFS ends the guest at once: nobody waits for a test that never returns.
try modprobe spl spl_panic_halt=1
try modprobe zfs zfs_arc_max=268435456
echo 60 >/proc/sys/kernel/hung_task_timeout_secs
echo 1 >/proc/sys/kernel/hung_task_panic
system=$(drive system) payload=$(drive payload) reports=$(drive reports)
try zpool import -N -f -o cachefile=none -R /mnt -d "${system}2" rpool
try zfs mount rpool/ROOT/original
mkdir -p /mnt/ring
try mount -t tmpfs -o size=1500m ring /mnt/ring
try tar -xf "$payload" -C /mnt/ring
echo "$reports" >/mnt/ring/drive
for place in proc sys dev run; do
  mkdir -p "/mnt/$place"
  try mount --move "/$place" "/mnt/$place"
done
# From here on this is the machine's root, for the kernel too: its threads open the files that pools are in, and its helpers mount snapshots.
exec run-init /mnt /bin/sh /ring/guest.sh
