# Runs one program, whose output goes to standard output while there is room. Where the disk is full, what comes is dropped until there is: the program
# never knows, for systemd-nspawn ends a container whose console it cannot write to.
#   perl -e THIS program argument...
use strict;
pipe my $from, my $to or die "pipe: $!\n";
my $relay = fork // die "fork: $!\n";
if (!$relay) {
    # Ends when nobody is left to write.
    $SIG{$_} = 'IGNORE' for qw(HUP INT TERM);
    close $to;
    while (sysread $from, my $bytes, 65536) {
        my $at = 0;
        while ($at < length $bytes) { $at += syswrite(STDOUT, $bytes, 65536, $at) || last }
    }
    exit 0;
}
open STDOUT, '>&', $to or die "standard output: $!\n";
open STDERR, '>&', $to or die "standard error: $!\n";
exec @ARGV;
die "$ARGV[0]: $!\n";
