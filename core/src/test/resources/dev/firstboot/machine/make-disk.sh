# sh make-disk.sh ROOTFS-TAR DISK: a raw disk with systemd-boot and the kernel on its EFI system partition, and an ext4 root.
set -e
work=$(dirname "$2")/disk-work
rm -rf "$work" "$2"
mkdir -p "$work/root"
tar --extract --file "$1" --directory "$work/root" --numeric-owner --same-permissions
kernel=$(ls "$work/root/boot" | grep '^vmlinuz-' | head -n 1)
initrd=$(ls "$work/root/boot" | grep '^initrd.img-' | head -n 1)
cat >"$work/entry.conf" <<END
title fixture
linux /$kernel
initrd /$initrd
options root=/dev/vda2 rw console=ttyS0 systemd.show_status=yes no_timer_check
END
printf 'timeout 0\n' >"$work/loader.conf"

esp=$work/esp
truncate -s 200M "$esp"
mformat -i "$esp" -F ::
mmd -i "$esp" ::/EFI ::/EFI/BOOT ::/loader ::/loader/entries
mcopy -i "$esp" "$work/root/usr/lib/systemd/boot/efi/systemd-bootx64.efi" ::/EFI/BOOT/BOOTX64.EFI
mcopy -i "$esp" "$work/root/boot/$kernel" "$work/root/boot/$initrd" ::/
mcopy -i "$esp" "$work/entry.conf" ::/loader/entries/fixture.conf
mcopy -i "$esp" "$work/loader.conf" ::/loader/loader.conf

truncate -s 1200M "$2"
sgdisk --new=1:2048:+200M --typecode=1:EF00 --new=2:0:0 --typecode=2:8300 "$2" >/dev/null
dd if="$esp" of="$2" bs=1M seek=1 conv=notrunc,sparse status=none
start=$(sgdisk --info=2 "$2" | sed -n 's/^First sector: \([0-9]*\).*/\1/p')
end=$(sgdisk --info=2 "$2" | sed -n 's/^Last sector: \([0-9]*\).*/\1/p')
mke2fs -q -t ext4 -d "$work/root" -E offset=$((start * 512)) "$2" $(((end - start + 1) / 2))k
rm -rf "$work"
