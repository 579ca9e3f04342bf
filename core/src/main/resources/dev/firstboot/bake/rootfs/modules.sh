#!/bin/sh
# Compiles the kernel modules of ZFS and packs them. Runs as root of a sandbox, outside of the chroot it makes.
#   modules.sh ROOT PACKAGES KERNEL-RELEASE ZFS-VERSION NAME OUTPUT
# ROOT is made anew from the .deb files in PACKAGES: they are unpacked only, no script of theirs runs.
set -eu
root=$1 packages=$2 release=$3 version=$4 name=$5 output=$6
export LC_ALL=C

mkdir -p "$root/usr/bin" "$root/usr/sbin" "$root/usr/lib" "$root/usr/lib64"
for merged in bin sbin lib lib64; do ln -s "usr/$merged" "$root/$merged"; done
# shellcheck disable=SC2016 # for the inner shell
find "$packages" -name '*.deb' -print0 | xargs -0 -P "$(nproc)" -n 1 \
  sh -c 'dpkg-deb --fsys-tarfile "$1" | tar -C "$0" --keep-directory-symlink -xf -' "$root"
[ -e "$root/usr/bin/awk" ] || ln -s mawk "$root/usr/bin/awk"
[ -e "$root/usr/bin/sh" ] || ln -s dash "$root/usr/bin/sh"

mkdir -p "$root/dev" "$root/proc" "$root/tmp"
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
cat >"$root/build.sh" <<'END'
set -eu
export PATH=/usr/sbin:/usr/bin LC_ALL=C HOME=/tmp
headers=/usr/src/linux-headers-$1
# Debugging information would be stripped in the end and takes time. What the C code sees, autoconf.h, stays as it is.
sed -i '/^CONFIG_DEBUG_INFO/d; /^CONFIG_GDB_SCRIPTS/d' "$headers/include/config/auto.conf"
cd /usr/src/zfs-*
echo "objects: $(grep -cE '\.o( \\)?$' module/Kbuild.in)"
./configure --disable-dependency-tracking --with-config=kernel \
  --with-linux="$(echo /usr/src/linux-headers-*-common)" --with-linux-obj="$headers"
make -j"$(nproc)"
mkdir /modules
# One module or many: that depends on ZFS's version.
find module -name '*.ko' | while read -r module; do strip --strip-debug -o "/modules/${module##*/}" "$module"; done
END
chroot "$root" sh /build.sh "$release" 2>&1

tree=$root/package
modules=$tree/usr/lib/modules/$release/updates
mkdir -p "$modules" "$tree/DEBIAN"
mv "$root/modules"/*.ko "$modules/"
cat >"$tree/DEBIAN/control" <<END
Package: $name
Version: $version
Architecture: amd64
Maintainer: the host that compiled it <root@localhost>
Provides: zfs-modules
Section: kernel
Priority: optional
Description: OpenZFS kernel modules for Linux $release
 Compiled from zfs-dkms when the image was baked.
END
cat >"$tree/DEBIAN/postinst" <<END
#!/bin/sh
set -e
[ "\$1" != configure ] || depmod -a $release
END
chmod 0755 "$tree/DEBIAN/postinst"
find "$tree" -exec touch -h -d @0 '{}' +
SOURCE_DATE_EPOCH=0 dpkg-deb --root-owner-group -Zxz --build "$tree" "$output"
