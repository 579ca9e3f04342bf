# Becomes the machine's root and runs a program, systemd-nspawn, which finds the machine's files in /run/firstboot/machine, and nothing of the host's but what
# it needs itself: with its own tools the machine's root can go wherever systemd-nspawn is, and do there what that may. Begins with userns.pl.
#   perl -e THIS OWNER program argument...
# OWNER is the first of the machine's 65,536 ids, as they are numbered where this begins. It waits for the program, passes TERM on and ends as that does.
use Errno ();
use POSIX ();

my ($owner, $program) = ($ARGV[0], $ARGV[1]);
shift @ARGV;
my ($NEWNS, $NEWCGROUP, $NEWUTS, $NEWIPC, $NEWPID, $NEWNET) = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x20000000, 0x40000000);
my ($RDONLY, $NOSUID, $NODEV, $NOEXEC, $REMOUNT, $BIND, $REC, $REC_SLAVE) = (1, 2, 4, 8, 0x20, 0x1000, 0x4000, 0x4000 | 0x80000);
my ($AT_FDCWD, $AT_RECURSIVE, $MNT_DETACH, $JOIN_SESSION_KEYRING, $PDEATHSIG) = (-100, 0x8000, 2, 1, 1);
# A system call of Linux 5.12, which has the same number on all processors.
my $MOUNT_SETATTR = 442;
# Where the new root directory is made; it is seen by nobody else.
my $new = '/tmp';

0 == syscall &SYS_unshare, $NEWPID or die "no process namespace: $!\n";
pipe my $parent, my $alive or die "pipe: $!\n";
my $child;
$SIG{TERM} = sub { kill 'TERM', $child if $child };
$child = fork // die "fork: $!\n";
if ($child) {
    waitpid $child, 0;
    exit($? & 127 ? 128 + ($? & 127) : $? >> 8);
}
$SIG{TERM} = 'DEFAULT';
close $alive;
opendir my $open, '/proc/self/fd' or die "/proc/self/fd: $!\n";
POSIX::close($_) for grep { /^\d+$/ && $_ > 2 && $_ != fileno $parent && $_ != fileno $open } readdir $open;
closedir $open;
%ENV = map { $_ => $ENV{$_} } grep { $_ eq 'PATH' || /^SYSTEMD_NSPAWN_/ } keys %ENV;

0 == syscall &SYS_unshare, $NEWNS | $NEWCGROUP | $NEWUTS | $NEWIPC | $NEWNET or die "no namespaces: $!\n";
mounted('none', '/', 'none', $REC_SLAVE, 0);
make_root();
# All that is mounted now stays together in the namespace that follows, which belongs to the machine's users: there it can neither be taken apart, so that
# something below it would be seen, nor made writable; nor the root of another one, so the files are bound anew.
become_root(map { $_ => "0 $owner 65536\n" } 'uid_map', 'gid_map');
0 == syscall &SYS_unshare, $NEWNS or die "no mount namespace: $!\n";
my ($from, $to) = ('/run/firstboot/rootfs', '/run/firstboot/machine');
-d $to or mkdir $to, 0755 or die "$to: $!\n";
mounted($from, $to, 'none', $BIND | $REC, 0);
# The user's keys are not the machine's. A kernel may have none.
syscall &SYS_keyctl, $JOIN_SESSION_KEYRING, 0;
# Dies with who waits for it.
0 == syscall &SYS_prctl, $PDEATHSIG, 9, 0, 0, 0 or die "prctl: $!\n";
vec(my $ended = '', fileno $parent, 1) = 1;
exit 1 if select $ended, undef, undef, 0;
exec @ARGV;
die "$ARGV[0]: $!\n";

# A root directory with systemd-nspawn and its libraries, harmless devices, the machine's own /run, processes and control groups, and nothing else.
sub make_root {
    mounted('firstboot', $new, 'tmpfs', $NOSUID | $NODEV | $NOEXEC, 'mode=755');
    made("$new/$_") for qw(dev etc old proc run sys usr);
    for my $libraries (grep { -d } qw(/lib /lib64 /usr/lib /usr/lib64)) {
        if (-l $libraries) { symlink readlink $libraries, "$new$libraries" or die "$new$libraries: $!\n" }
        else { made("$new$libraries"); shown($libraries, $REC) }
    }
    for my $file (grep { -f } $program, '/etc/ld.so.cache') {
        file($file);
        shown($file, 0);
    }
    for my $device (grep { -c } map { "/dev/$_" } qw(null zero full random urandom tty net/tun)) {
        file($device);
        mounted($device, "$new$device", 'none', $BIND, 0);
    }
    # systemd-nspawn wants some; the host's is nobody's business.
    open my $random, '<', '/dev/urandom' or die "/dev/urandom: $!\n";
    sysread $random, my $bytes, 16;
    file('/etc/machine-id', unpack('H*', $bytes) . "\n");
    symlink 'run', "$new/tmp" or die "$new/tmp: $!\n";
    mounted('/run', "$new/run", 'none', $BIND | $REC, 0);
    mounted('proc', "$new/proc", 'proc', $NOSUID | $NODEV | $NOEXEC, 0);
    mounted('sysfs', "$new/sys", 'sysfs', $RDONLY | $NOSUID | $NODEV | $NOEXEC, 0);
    mounted('cgroup2', "$new/sys/fs/cgroup", 'cgroup2', $NOSUID | $NODEV | $NOEXEC, 0);

    my $old = "$new/old";
    0 == syscall &SYS_pivot_root, $new, $old or die "pivot_root: $!\n";
    chdir '/' or die "/: $!\n";
    $old = '/old';
    0 == syscall &SYS_umount2, $old, $MNT_DETACH or die "umount of the host's root directory: $!\n";
    rmdir $old or die "$old: $!\n";
    mounted('none', '/', 'none', $REMOUNT | $BIND | $RDONLY | $NOSUID | $NODEV | $NOEXEC, 0);
}

sub made {
    my ($path) = @_;
    -d $path or mkdir $path, 0755 or die "$path: $!\n";
}

# A file of the new root directory's, and the directories that it is in.
sub file {
    my ($path, $text) = @_;
    my $directory = $new;
    for my $name (grep { length } split m{/}, $path =~ s{[^/]*$}{}r) {
        $directory .= "/$name";
        made($directory);
    }
    open my $file, '>', "$new$path" or die "$new$path: $!\n";
    print $file $text // '';
    close $file or die "$new$path: $!\n";
}

# The host's own, there, to read. An older kernel keeps but the host's permissions, by which the machine's users may write nothing either.
sub shown {
    my ($path, $recursive) = @_;
    my $there = "$new$path";
    mounted($path, $there, 'none', $BIND | $recursive, 0);
    my $attributes = pack 'Q4', $RDONLY | $NOSUID | $NODEV, 0, 0, 0;
    0 == syscall $MOUNT_SETATTR, $AT_FDCWD, $there, $recursive ? $AT_RECURSIVE : 0, $attributes, length $attributes
        or $!{ENOSYS}
        or die "read-only mount of $there: $!\n";
}

sub mounted {
    my ($source, $target, $type, $flags, $data) = @_;
    0 == syscall &SYS_mount, $source, $target, $type, $flags, $data or die "mount of $target ($type): $!\n";
}
