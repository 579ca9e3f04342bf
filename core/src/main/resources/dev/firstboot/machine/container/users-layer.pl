# Shows a machine's files below /run/firstboot, in a mount namespace of its own, and runs a program there. Runs as root of a user namespace of an ordinary user's.
#   perl -e THIS TREE OWNER DIRECTORY program argument...
# TREE belongs to OWNER's ids already. /run/firstboot/rootfs is a layer over it, which is kept in DIRECTORY; or TREE itself, if it is in DIRECTORY.
# What systemd-nspawn is given is copied, as the way to DIRECTORY is closed to the machine's root, who runs it; hosts stays the file that it is.
use strict;
use warnings;
require 'syscall.ph';

my ($tree, $owner, $directory) = splice @ARGV, 0, 3;
my ($CLONE_NEWNS, $MS_BIND, $MS_REC_SLAVE, $place) = (0x00020000, 0x1000, 0x4000 | 0x80000, '/run/firstboot');

0 == syscall &SYS_unshare, $CLONE_NEWNS or die "no mount namespace: $!\n";
mounted('none', '/', 'none', $MS_REC_SLAVE, '');
chdir $directory or die "$directory: $!\n";
# The host's own is closed to us. This one is the machine's root's, who finds nothing of the host's in it.
mounted('firstboot', '/run', 'tmpfs', 0, "mode=755,uid=$owner,gid=$owner");
made($_) for $place, "$place/rootfs";
if ($tree eq "$directory/rootfs") {
    mounted($tree, "$place/rootfs", 'none', $MS_BIND, '');
} else {
    -d 'work' or mkdir 'work', 0755 or die "work: $!\n";
    if (!-d 'upper') {
        # The new root directory is owned as the one below it.
        my $mode = (stat $tree)[2] // die "$tree: $!\n";
        mkdir 'upper.new', 0755 or die "upper.new: $!\n";
        chown $owner, $owner, 'upper.new' or die "upper.new: $!\n";
        chmod $mode & 07777, 'upper.new' or die "upper.new: $!\n";
        rename 'upper.new', 'upper' or die "upper: $!\n";
    }
    # Of root of a namespace the kernel takes no other marks than the user's, with which directories of the archive cannot be renamed.
    symlink $tree, 'lower' unless -l 'lower';
    mounted('firstboot', "$place/rootfs", 'overlay', 0, 'lowerdir=lower,upperdir=upper,workdir=work,userxattr');
}
for my $name (grep { -e } glob('credential-* host0.network')) {
    open my $from, '<', $name or die "$name: $!\n";
    my $mode = (stat $from)[2] & 0777;
    open my $to, '>', "$place/$name" or die "$place/$name: $!\n";
    chmod $mode, $to or die "$place/$name: $!\n";
    print $to $_ while <$from>;
    close $to or die "$place/$name: $!\n";
    chown $owner, $owner, "$place/$name" or die "$place/$name: $!\n";
}
if (-e 'hosts') {
    open my $point, '>', "$place/hosts" or die "$place/hosts: $!\n";
    mounted('hosts', "$place/hosts", 'none', $MS_BIND, '');
}
exec @ARGV;
die "$ARGV[0]: $!\n";

sub made {
    my ($path) = @_;
    mkdir $path, 0755 or die "$path: $!\n";
    chown $owner, $owner, $path or die "$path: $!\n";
}

sub mounted {
    my ($source, $target, $type, $flags, $data) = @_;
    0 == syscall &SYS_mount, $source, $target, $type, $flags, $data or die "mount of $target ($type): $!\n";
}
