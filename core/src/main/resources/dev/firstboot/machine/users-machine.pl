# Becomes the machine's root and runs a program, systemd-nspawn, which finds the machine's files in /run/firstboot/machine. Begins with userns.pl.
#   perl -e THIS OWNER program argument...
# OWNER is the first of the machine's 65,536 ids, as they are numbered where this begins. What is mounted there cannot be taken apart in the new namespace,
# nor made the root of another one, so the files are bound anew.
my $owner = shift @ARGV;
my ($from, $to, $none, $MS_BIND_REC, $MS_REC_SLAVE) = ('/run/firstboot/rootfs', '/run/firstboot/machine', 'none', 0x1000 | 0x4000, 0x4000 | 0x80000);
my $root = '/';

become_root(map { $_ => "0 $owner 65536\n" } 'uid_map', 'gid_map');
0 == syscall &SYS_unshare, 0x00020000 or die "no mount namespace: $!\n";
0 == syscall &SYS_mount, $none, $root, $none, $MS_REC_SLAVE, 0 or die "mount namespace: $!\n";
-d $to or mkdir $to, 0755 or die "$to: $!\n";
0 == syscall &SYS_mount, $from, $to, $none, $MS_BIND_REC, 0 or die "$to: $!\n";
exec @ARGV;
die "$ARGV[0]: $!\n";
