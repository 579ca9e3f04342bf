# Unpacks an archive as root of a user namespace, in the current directory, which must be BASE's. What belongs to id n in the archive belongs to BASE + n
# outside: owners, the users named in access control lists, and the root for whom a file capability counts.
# Begins with userns.pl.
#   perl -e THIS BASE tar argument...     with the archive as standard input
my $base = shift @ARGV;

become_root(map { $_ => "0 $base 65536\n" } 'uid_map', 'gid_map');
exec @ARGV;
die "$ARGV[0]: $!\n";
