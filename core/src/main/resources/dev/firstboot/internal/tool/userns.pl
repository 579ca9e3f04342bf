# For programs that begin with this: makes the process root of a new user namespace with these maps, by the names of their files in /proc. Instead of a map there
# may be a program that writes it, newuidmap or newgidmap, and its arguments behind the process.
use strict;
use warnings;
require 'syscall.ph';

sub become_root {
    my %maps = @_;

    # Only who stays outside may say which ids the namespace has.
    pipe my $inside, my $tell or die "pipe: $!\n";
    my $helper = fork // die "fork: $!\n";
    if (!$helper) {
        close $tell;
        sysread $inside, my $none, 1;
        for my $map (keys %maps) {
            if (ref $maps{$map}) {
                my ($program, @words) = @{ $maps{$map} };
                system($program, getppid, @words) == 0 or exit 1;
                next;
            }
            open my $file, '>', '/proc/' . getppid . "/$map" or die "$map: $!\n";
            syswrite $file, $maps{$map} or die "$map: $!\n";
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
}

