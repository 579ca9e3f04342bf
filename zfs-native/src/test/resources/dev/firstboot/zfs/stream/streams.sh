#!/bin/sh
# Makes the streams beside it, in the current directory. Needs root, a loaded ZFS, and 256 MiB in /run.
set -eux
truncate -s 256M /run/pool.img
zpool create -o cachefile=none -O mountpoint=/t -O compression=lz4 -O atime=off tank /run/pool.img

# a: small files, a large one, one of noise, a link so long that it spills, and what changes when they do
zfs create -o xattr=sa tank/a
echo hello >/t/a/hello
yes firstboot | head -c 300000 >/t/a/yes
head -c 3000 /dev/urandom >/t/a/random
ln -s "/$(yes abcdefghij | tr -d '\n' | head -c 400)" /t/a/link
mkdir /t/a/dir
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do echo $i >/t/a/dir/f$i; done
zfs snapshot tank/a@1
zfs hold keep tank/a@1
truncate -s 1000 /t/a/yes
rm /t/a/dir/f1*
echo more >>/t/a/hello
dd if=/dev/zero of=/t/a/random bs=1000 count=1 seek=100 conv=notrunc
zfs snapshot tank/a@2

zfs create -o recordsize=1M tank/big
yes large | head -c 1500000 >/t/big/yes
head -c 5000 /dev/urandom >/t/big/random
echo tiny >/t/big/tiny
zfs snapshot tank/big@1

echo password | zfs create -o encryption=on -o keyformat=passphrase -o pbkdf2iters=100000 tank/secret
yes secret | head -c 40000 >/t/secret/yes
echo s >/t/secret/small
zfs snapshot tank/secret@1

zfs create -V 1M -o volblocksize=16k tank/vol
sleep 1
yes volume | head -c 50000 | dd of=/dev/zvol/tank/vol bs=16k
zfs snapshot tank/vol@1

zfs clone tank/a@1 tank/red
echo >/t/red/yes
zfs snapshot tank/red@1
zfs redact tank/a@1 book tank/red@1

zfs create tank/tree
zfs create -o compression=zstd -o com.example:note='größe' tank/tree/leaf
echo leaf >/t/tree/leaf/x
zfs snapshot -r tank/tree@1
echo two >/t/tree/leaf/x
zfs snapshot -r tank/tree@2

zfs send tank/a@1 >full.zfs
zfs send -i @1 tank/a@2 >incremental.zfs
zfs send -c tank/a@1 >compressed.zfs
zfs send -Lec tank/big@1 >large.zfs
zfs send -w tank/secret@1 >raw.zfs
zfs send tank/vol@1 >volume.zfs
zfs send -R tank/tree@2 >replicated.zfs
zfs send -Rh -I @1 tank/a@2 >holds.zfs
zfs send --redact book tank/a@1 >redacted.zfs

cut() { # stream, dataset
  size=$(wc -c <$1.zfs)
  for percent in 3 35 60 85 97; do
    bytes=$((size * percent / 100 / 8 * 8 + 4))
    head -c $bytes $1.zfs | zfs receive -s $2 || true
    token=$(zfs get -Hpo value receive_resume_token $2 || true)
    [ -z "$token" ] || [ "$token" = - ] || echo "$1 $bytes $token" >>tokens.txt
    zfs receive -A $2 || true
  done
}
for stream in full compressed large raw volume redacted; do cut $stream tank/part; done
zfs receive tank/base <full.zfs
cut incremental tank/base

head -c 200000 full.zfs | zfs receive -s tank/part || true
zfs send -t "$(zfs get -Hpo value receive_resume_token tank/part)" >resumed.zfs
zfs send --saved tank/part >saved.zfs

for f in *.zfs; do zstream dump -v <$f >${f%.zfs}.dump; done
zpool export tank
head -c 131072 /run/pool.img | tail -c 114688 >label.xdr
zdb -l /run/pool.img >label.txt
gzip -9n *.zfs *.dump label.xdr
