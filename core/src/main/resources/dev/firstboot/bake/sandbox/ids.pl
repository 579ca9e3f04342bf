# Becomes root of a user namespace and executes a program there. Runs as root of the host, or of a user namespace that has further ids.
# Begins with userns.pl.
#   perl -e THIS BASE PLACE program argument...
# Ids from 0 on, 65536 if there are so many, are BASE and up outside. They get PLACE, which is bound to /root, as the way to it may be closed to them.
my ($base, $place) = splice @ARGV, 0, 2;
my $parent = getppid;

# How many ids there are from BASE on.
sub count {
    my ($map) = @_;
    open my $file, '<', "/proc/self/$map" or die "$map: $!\n";
    while (defined(my $line = <$file>)) {
        my ($first, undef, $ids) = split ' ', $line;
        my $end = $first + $ids;
        return $end - $base > 65536 ? 65536 : $end - $base if $first <= $base && $base < $end;
    }
    die "$map has no id $base\n";
}

system('chown', '-hR', "$base:$base", $place) == 0 or exit 1;
0 == syscall &SYS_unshare, 0x00020000 or die "no mount namespace: $!\n";
system('mount', '--make-rprivate', '/') == 0 or exit 1;
system('mount', '--bind', $place, '/root') == 0 or exit 1;

become_root(map { $_ => "0 $base " . count($_) . "\n" } 'uid_map', 'gid_map');
syscall &SYS_prctl, 1, 9, 0, 0, 0;    # PR_SET_PDEATHSIG: dies with its parent; another owner has just undone it
exit 129 if getppid != $parent;
exec @ARGV;
die "$ARGV[0]: $!\n";
