# Becomes root of a user namespace of an ordinary user's, and executes a program there. The user is 0; the user's subordinate ids (subuid(5)) follow. Begins with userns.pl.
#   perl -e THIS UIDMAP GIDMAP ADDRESS program argument...
# The maps are arguments of newuidmap(1) and newgidmap(1). With an ADDRESS there is a network, too, for machines only: a bridge that has it, and no way out.
my ($users, $groups, $address) = splice @ARGV, 0, 3;

become_root(uid_map => ['newuidmap', split ' ', $users], gid_map => ['newgidmap', split ' ', $groups]);
if ($address) {
    0 == syscall &SYS_unshare, 0x40000000 or die "no network namespace: $!\n";
    for my $call ('link set lo up', 'link add bridge type bridge', "address add $address dev bridge", 'link set bridge up') {
        system('ip', split ' ', $call) == 0 or exit 1;
    }
}
exec @ARGV;
die "$ARGV[0]: $!\n";
