# What the first program of every guest begins with. It runs in an image's own initramfs as process 1, with no udev and no network. Its drives tell by their
# serial what they are. What it has to say goes to the second serial port, a word and its rest per line; "fail" and why ends the guest.
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

# The device of the whole disk whose serial is $1.
drive() {
  for block in /sys/block/vd*; do
    [ "$(cat "$block/serial" 2>/dev/null)" != "$1" ] || { echo "/dev/${block##*/}"; return; }
  done
  fail "there is no drive '$1'"
}

load_zfs() {
  modprobe zfs "$@" || fail "ZFS does not load: $(dmesg | tail -n 3 | tr '\n' ' ')"
  say "zfs $(cat /sys/module/zfs/version)"
}

say "init runs"
modprobe virtio_pci
modprobe virtio_blk || fail "the kernel has no virtio disks"
