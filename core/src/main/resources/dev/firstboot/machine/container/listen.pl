# Opens a door for this host's programs and nobody else: a free port of 127.0.0.1, which is printed. It becomes the standard input of a program.
#   perl -e THIS program argument...
use strict;
use warnings;
use Socket;

socket my $door, PF_INET, SOCK_STREAM, 0 or die "socket: $!\n";
bind $door, pack_sockaddr_in(0, INADDR_LOOPBACK) or die "bind: $!\n";
listen $door, SOMAXCONN or die "listen: $!\n";
my ($port) = sockaddr_in(getsockname $door);
$| = 1;
print "$port\n";
open STDIN, '<&', $door or die "standard input: $!\n";
exec @ARGV;
die "$ARGV[0]: $!\n";
