# Unpacks an archive as root of a user namespace, in the current directory, which must be BASE's. What belongs to id n in the archive belongs to BASE + n
# outside: owners, the users named in access control lists, and the root for whom a file capability counts.
#   perl -e THIS BASE tar argument...     with the archive as standard input
use strict;
use warnings;
require 'syscall.ph';
my $base = shift @ARGV;

# Only who stays outside may say which ids the namespace has.
pipe my $inside, my $tell or die "pipe: $!\n";
my $helper = fork // die "fork: $!\n";
if (!$helper) {
    close $tell;
    sysread $inside, my $none, 1;
    for my $map ('uid_map', 'gid_map') {
        open my $file, '>', '/proc/' . getppid . "/$map" or die "$map: $!\n";
        syswrite $file, "0 $base 65536\n" or die "$map: $!\n";
    }
    exit 0;
}
0 == syscall &SYS_unshare, 0x10000000 or die "no user namespace: $!\n";
close $tell;
waitpid $helper, 0;
exit 1 if $?;

0 == syscall &SYS_setgroups, 0, 0 or die "setgroups: $!\n";
0 == syscall &SYS_setresgid, 0, 0, 0 or die "setresgid: $!\n";
0 == syscall &SYS_setresuid, 0, 0, 0 or die "setresuid: $!\n";
exec @ARGV;
die "$ARGV[0]: $!\n";
