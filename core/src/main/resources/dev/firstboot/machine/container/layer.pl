# Lays a layer for writing over an unpacked archive, in DIRECTORY/rootfs, and runs a program in a mount namespace of its own: what is mounted is gone with it.
# Begins with userns.pl.
#   perl -e THIS TREE FIRST BASE DIRECTORY program argument...
#   perl -e THIS TREE FIRST BASE
# The files of TREE, which on the disk belong to ids from FIRST on, are shown as those of ids from BASE on. Nothing is ever written to them. Without
# DIRECTORY it only tries whether they can be shown so.
use POSIX ();

my ($tree, $first, $base, $directory) = splice @ARGV, 0, 4;
# System calls of Linux 5.2 and 5.12, which have the same numbers on all processors: open_tree, move_mount, mount_setattr.
my ($OPEN_TREE, $MOVE_MOUNT, $MOUNT_SETATTR) = (428, 429, 442);
my ($AT_FDCWD, $AT_EMPTY_PATH, $OPEN_TREE_CLONE, $MOVE_MOUNT_F_EMPTY_PATH) = (-100, 0x1000, 1, 4);
my ($RDONLY, $IDMAP) = (0x1, 0x100000);

my $shown = syscall $OPEN_TREE, $AT_FDCWD, $tree, $OPEN_TREE_CLONE;
$shown >= 0 or die "open_tree $tree: $!\n";
my $users = namespace("$first $base 65536\n");
my $attributes = pack 'Q4', $RDONLY | $IDMAP, 0, 0, fileno $users;
my $none = '';
0 == syscall $MOUNT_SETATTR, $shown, $none, $AT_EMPTY_PATH, $attributes, length $attributes or die "ID-mapped mount of $tree: $!\n";
exit 0 unless defined $directory;

my ($CLONE_NEWNS, $MS_REC_SLAVE, $root) = (0x00020000, 0x4000 | 0x80000, '/');
0 == syscall &SYS_unshare, $CLONE_NEWNS or die "no mount namespace: $!\n";
0 == syscall &SYS_mount, 0, $root, 0, $MS_REC_SLAVE, 0 or die "mount namespace: $!\n";
chdir $directory or die "$directory: $!\n";
my $lower = 'lower';
-d $_ or mkdir $_, 0755 or die "$_: $!\n" for $lower, 'work', 'rootfs';
0 == syscall $MOVE_MOUNT, $shown, $none, $AT_FDCWD, $lower, $MOVE_MOUNT_F_EMPTY_PATH or die "move_mount: $!\n";
POSIX::close($shown);
if (!-d 'upper') {
    # The new root directory is owned as the one below it.
    my (undef, undef, $mode, undef, $uid, $gid) = stat $lower or die "$lower: $!\n";
    mkdir 'upper.new', 0755 or die "upper.new: $!\n";
    chown $uid, $gid, 'upper.new' or die "upper.new: $!\n";
    chmod $mode & 07777, 'upper.new' or die "upper.new: $!\n";
    rename 'upper.new', 'upper' or die "upper: $!\n";
}
# Directories can be renamed only with redirect_dir.
my ($source, $target, $type, $data) = ('firstboot', 'rootfs', 'overlay', 'lowerdir=lower,upperdir=upper,workdir=work,redirect_dir=on');
0 == syscall &SYS_mount, $source, $target, $type, 0, $data or die "overlay: $!\n";
exec @ARGV;
die "$ARGV[0]: $!\n";

# A user namespace with this map, for as long as what is returned is open. Nobody is in it.
sub namespace {
    my ($map) = @_;
    pipe my $heard, my $tell or die "pipe: $!\n";
    my $member = fork // die "fork: $!\n";
    if (!$member) {
        0 == syscall &SYS_unshare, 0x10000000 or die "no user namespace: $!\n";
        close $heard;
        close $tell;
        sleep 60;
        POSIX::_exit(0);
    }
    close $tell;
    sysread $heard, my $nothing, 1;
    for my $name ('uid_map', 'gid_map') {
        open my $file, '>', "/proc/$member/$name" or die "$name: $!\n";
        syswrite $file, $map or die "$name: $!\n";
    }
    open my $namespace, '<', "/proc/$member/ns/user" or die "user namespace: $!\n";
    kill 'KILL', $member;
    waitpid $member, 0;
    return $namespace;
}
