# Readies a sandbox from within and runs a program there. Runs as the first process of its namespaces, all mounts of which go with them.
#   sh -c THIS firstboot-sandbox PLACE program argument...
# PLACE is bound to /mnt, unless it is empty.
set -eu
[ -z "$1" ] || mount --bind "$1" /mnt
shift
# Packages put the host's name into their configuration.
hostname localhost
domainname '(none)'
mount -t proc proc /proc

# Devices that hold nothing. What is in /dev/shm, and disks, are the host's.
mount -t tmpfs -o mode=0755 tmpfs /mnt
for device in full null random tty urandom zero; do
  : >"/mnt/$device"
  mount --bind "/dev/$device" "/mnt/$device"
done
mkdir /mnt/pts /mnt/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts /mnt/pts
mount -t tmpfs -o mode=1777 tmpfs /mnt/shm
ln -s pts/ptmx /mnt/ptmx
ln -s /proc/self/fd /mnt/fd
for stream in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${stream%:*}" "/mnt/${stream#*:}"; done
mount --rbind /mnt /dev
umount --lazy /mnt

cd /mnt
# Not by exec: the first process has to stay, and to bury what others leave behind.
"$@" || exit $?
