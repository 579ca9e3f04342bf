# shellcheck shell=sh
# shellcheck disable=SC2034 # used by those who read this file
# What the first-boot scripts share; read with '.'. FIRSTBOOT_ROOT is empty on a machine and a directory in tests.
root=${FIRSTBOOT_ROOT-}
engine=$root/usr/lib/firstboot
state=$root/var/lib/firstboot
runtime=$root/run/firstboot

say() { printf 'firstboot: %s\n' "$*"; }
fail() { say "$@" >&2; exit 1; }

# settle TEMPORARY FINAL: makes FINAL the temporary file, whole or not at all, whenever the power fails: the content reaches the disk
# before the name does, and the name before we go on.
settle() {
  sync "$1" && mv -f "$1" "$2" && sync "${2%/*}"
}

# uptime: hundredths of a second since the kernel started, in $now; no process is started for it.
uptime() {
  read -r now _ < "$root/proc/uptime"
  now=${now%.*}${now#*.}
  # Without its leading zeros, which would make it an octal number.
  while [ "${now#0}" != "$now" ] && [ "$now" != 0 ]; do now=${now#0}; done
}

# seconds HUNDREDTHS: as a decimal number.
seconds() { printf '%d.%02d' "$(($1 / 100))" "$(($1 % 100))"; }
