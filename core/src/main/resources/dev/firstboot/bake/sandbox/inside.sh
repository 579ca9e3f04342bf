# Readies a sandbox from within and runs a program there. Runs as the first process of its namespaces, all mounts of which go with them.
#   sh -c THIS firstboot-sandbox program argument...
set -eu
# Packages put the host's name into their configuration.
hostname localhost
domainname '(none)'
mount -t proc proc /proc

# Devices that hold nothing. What is in /dev/shm, and disks, are the host's.
mount -t tmpfs -o mode=0755 tmpfs /root
for device in full null random tty urandom zero; do
  : >"/root/$device"
  mount --bind "/dev/$device" "/root/$device"
done
mkdir /root/pts /root/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts /root/pts
mount -t tmpfs -o mode=1777 tmpfs /root/shm
ln -s pts/ptmx /root/ptmx
ln -s /proc/self/fd /root/fd
for stream in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${stream%:*}" "/root/${stream#*:}"; done
mount --rbind /root /dev
umount --lazy /root

cd /root
# Not by exec: the first process has to stay, and to bury what others leave behind.
"$@" || exit $?
