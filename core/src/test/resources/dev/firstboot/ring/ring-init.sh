#!/bin/sh
# The first program of the guest in which the live tests run: takes the baked system off its pool and runs the tests in it.
. /fb/init-lib.sh

# What stops ZFS ends the guest at once: nobody waits for a test that never returns.
try modprobe spl spl_panic_halt=1
load_zfs zfs_arc_max=268435456
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
