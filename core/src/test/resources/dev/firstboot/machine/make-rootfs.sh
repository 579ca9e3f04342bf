# sh make-rootfs.sh TAR: a small Debian with a service that echoes and a word of readiness. Credentials change what it does:
#   fixture.silent   never becomes ready, and a unit fails
#   fixture.mute     becomes ready, but does not say so on the console
#   fixture.off      powers off instead of becoming ready
set -e
tree=$(dirname "$1")/overlay
rm -rf "$tree"
mkdir -p "$tree/etc/systemd/system/multi-user.target.wants" "$tree/usr/lib/fixture"

cat >"$tree/usr/lib/fixture/ready" <<'END'
#!/bin/sh
given() { [ -e "/run/credentials/@system/$1" ]; }
first=false
[ -e /var/lib/fixture-booted ] || first=true
touch /var/lib/fixture-booted
sync
if given fixture.silent; then echo "no readiness today" >&2; exit 1; fi
if given fixture.off; then exec systemctl --no-block poweroff; fi
read -r up idle </proc/uptime
line="{\"firstboot\":\"ready\",\"image\":\"fixture\",\"firstBoot\":$first,\"seconds\":$up,\"probes\":[{\"name\":\"echo\",\"seconds\":0.25}]}"
mkdir -p /run/firstboot
echo "$line" >/run/firstboot/ready.json
given fixture.mute || echo "$line" >/dev/console
END
chmod 755 "$tree/usr/lib/fixture/ready"

cat >"$tree/etc/systemd/system/fixture-ready.service" <<'END'
[Unit]
After=multi-user.target fixture-echo.service
Wants=fixture-echo.service
[Service]
Type=oneshot
ExecStart=/usr/lib/fixture/ready
[Install]
WantedBy=graphical.target
END
cat >"$tree/etc/systemd/system/fixture-echo.service" <<'END'
[Service]
ExecStart=socat TCP-LISTEN:7777,fork,reuseaddr EXEC:cat
END
cat >"$tree/etc/systemd/system/fixture-network.service" <<'END'
[Unit]
ConditionVirtualization=!container
[Service]
Type=oneshot
ExecStart=sh -c 'n=$(ls /sys/class/net | grep -v lo | head -n 1); ip link set "$n" up; ip address add 10.0.2.15/24 dev "$n"'
END
ln -s ../fixture-echo.service ../fixture-network.service "$tree/etc/systemd/system/multi-user.target.wants/"
mkdir "$tree/etc/systemd/system/graphical.target.wants"
ln -s ../fixture-ready.service "$tree/etc/systemd/system/graphical.target.wants/"
: >"$tree/etc/machine-id"
echo fixture >"$tree/etc/hostname"

# Programs with privileges of their own, and a file with an entry for one more user.
export privileged='cd /usr/lib/fixture
  cp /usr/bin/cat capable; setcap cap_net_raw=ep capable
  cp /usr/bin/cat setuid; chmod 4755 setuid
  echo shared >shared; chmod 600 shared; setfacl -m u:nobody:r shared'

mmdebstrap --quiet --variant=minbase --format=tar --aptopt='Acquire::Languages "none"' \
  --include=systemd,systemd-sysv,dbus,udev,iproute2,socat,linux-image-cloud-amd64,initramfs-tools,qemu-guest-agent,systemd-boot-efi \
  --include=acl,libcap2-bin,nftables \
  --customize-hook="sync-in $tree /" --customize-hook='chroot "$1" sh -euc "$privileged"' trixie "$1"
rm -rf "$tree"
