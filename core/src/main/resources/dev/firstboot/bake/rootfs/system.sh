#!/bin/sh
# Adds kernel, ZFS and boot loader to an installed tree, and makes its initramfs. Runs as root of a sandbox.
#   system.sh ROOT ROOTFS-TAR PACKAGES INITRAMFS KERNEL-RELEASE OUTPUT-DIRECTORY TIME
# PACKAGES holds .deb files, INITRAMFS what goes to /etc/initramfs-tools. TIME, in seconds, is that of all that is made here and not by a package's builder: the same packages make the same system.
set -eu
umask 022
root=$1 rootfs=$2 packages=$3 initramfs=$4 release=$5 output=$6 time=$7
start=$(date +%s)
export LC_ALL=C

# Access control lists are extended attributes like any other, in the archive as on the disk. (With --acls tar would look for them in a form that nobody writes.)
echo "unpacking the installed packages"
mkdir "$root"
tar -C "$root" --numeric-owner --xattrs --xattrs-include='*' --exclude='./dev/*' -xpf "$rootfs"
mkdir -p "$root/var/cache/firstboot"
cp "$packages"/*.deb "$root/var/cache/firstboot/"
mkdir -p "$root/etc/initramfs-tools"
cp -R "$initramfs/." "$root/etc/initramfs-tools/"
chmod -R u=rwX,go=rX "$root/etc/initramfs-tools"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 0755 "$root/usr/sbin/policy-rc.d"
cat >"$root/var/cache/firstboot/install.sh" <<'END'
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C HOME=/root DEBIAN_FRONTEND=noninteractive SYSTEMD_OFFLINE=1
release=$1
export SOURCE_DATE_EPOCH=$2
# INITRD=No and this file: the initramfs is made once, when all that goes into it is there.
conf=/etc/initramfs-tools/update-initramfs.conf
mkdir -p "${conf%/*}"
echo 'update_initramfs=no' >"$conf"
INITRD=No apt-get install -y --no-install-recommends -o APT::Sandbox::User=root \
  -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=/dev/null \
  -o Dpkg::Options::=--force-unsafe-io -o Dpkg::Options::=--force-confold /var/cache/firstboot/*.deb
printf 'update_initramfs=yes\nbackup_initramfs=no\n' >"$conf"
# zfsutils-linux makes one when it is installed. In the initramfs all machines would have it, and none after it: a mismatch.
rm -f /etc/hostid
echo 'COMPRESS=zstd' >/etc/initramfs-tools/conf.d/10-firstboot
echo "making the initramfs"
update-initramfs -c -k "$release"
END
# What is mounted for this goes with its namespace; taking it down by hand is not allowed to everybody.
# shellcheck disable=SC2016 # for the inner shell
unshare --mount sh -euc '
  mount --rbind /dev "$0/dev"
  mount -t proc proc "$0/proc"
  mount -t sysfs sysfs "$0/sys"
  mount -t tmpfs tmpfs "$0/run"
  mount -t tmpfs tmpfs "$0/tmp"
  exec chroot "$0" sh /var/cache/firstboot/install.sh "$1" "$2"
' "$root" "$release" "$time" 2>&1

rm -rf "$root/var/cache/firstboot" "$root/usr/sbin/policy-rc.d" "$root/vmlinuz.old" "$root/initrd.img.old"
find "$root/var/cache/apt" -type f -delete
# They tell of the moment.
find "$root/var/log" "$root/var/cache/ldconfig" -type f -size +0 -delete

echo "packing the system"
find "$root" -newermt "@$start" -exec touch --no-dereference --date="@$time" '{}' +
cp "$root/boot/vmlinuz-$release" "$output/vmlinuz"
cp "$root/boot/initrd.img-$release" "$output/initrd.img"
cp "$root/usr/lib/systemd/boot/efi/systemd-bootx64.efi" "$output/systemd-bootx64.efi"
chmod 0644 "$output/vmlinuz" "$output/initrd.img" "$output/systemd-bootx64.efi"
tar -C "$root" --numeric-owner --xattrs --xattrs-include='*' --sort=name \
  --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime -cf "$output/system.tar" .
