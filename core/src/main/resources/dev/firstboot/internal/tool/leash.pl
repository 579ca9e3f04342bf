# Runs one tool on a leash: standard input is a pipe from the program that wants it run. When that pipe ends, be it
# by intent or because the program was killed, the tool and everything it started is ended too.
#   perl -e THIS PRCTL GRACE SIZE INPUT program argument...
# PRCTL: number of the prctl system call here, 0 if unknown. GRACE: seconds between TERM and KILL.
# SIZE: bytes at the head of the pipe which are the tool's own input; -1: its input is the file INPUT.
# Later bytes on the pipe are orders: K ends the tool at once, R lets it go on when the pipe ends.
use strict;
my ($prctl, $grace, $size, $input) = splice @ARGV, 0, 4;
$0 = "firstboot-leash $ARGV[0]";
syscall $prctl, 36, 1, 0, 0, 0 if $prctl;    # PR_SET_CHILD_SUBREAPER: what the tool leaves behind comes to us

my $data = '';
while (length $data < $size) {
    my $got = sysread STDIN, $data, $size - length $data, length $data;
    exit 129 unless $got;
}
pipe my $woken, my $wake or die "pipe: $!\n";
local $SIG{CHLD} = sub { syswrite $wake, 'c' };
my ($tool_input, $feed);
if ($size >= 0) { pipe $tool_input, $feed or die "pipe: $!\n" }

$SIG{$_} = 'IGNORE' for qw(HUP INT QUIT PIPE);
my $supervisor = $$;
my $tool = fork // die "fork: $!\n";
if (!$tool) {
    $SIG{$_} = 'DEFAULT' for qw(CHLD HUP INT QUIT PIPE);
    close $feed if $feed;
    syscall $prctl, 1, 9, 0, 0, 0 if $prctl;    # PR_SET_PDEATHSIG: dies with us
    exit 129 if getppid != $supervisor;
    # Not by us: to open a named pipe takes until somebody writes to it.
    if ($tool_input) { open STDIN, '<&', $tool_input }
    else             { open STDIN, '<', $input or do { print STDERR "$input: $!\n"; exit 126 } }
    exec 'setsid', '--', @ARGV;
    print STDERR "setsid: $!\n";
    exit 127;
}
close $tool_input if $tool_input;
if ($feed) {
    my $feeder = fork // die "fork: $!\n";
    if (!$feeder) { $SIG{PIPE} = 'DEFAULT'; close STDOUT; close STDERR; syswrite_all($feed, $data); exit 0 }
    close $feed;
    undef $data;
}
open STDOUT, '>', '/dev/null';
open STDERR, '>', '/dev/null';
my $ending = 0;    # wanted: the end of the tool
my $held = 1;
$SIG{TERM} = sub { $ending ||= 1; syswrite $wake, 't' };

my ($status, $deadline);
while (!defined $status) {
    my $ready = '';
    vec($ready, fileno $woken, 1) = 1;
    vec($ready, 0, 1) = 1 if $held;
    # Perl runs handlers between its own steps: a signal that comes after the last step before select() wakes nobody, so look now and then.
    my $timeout = defined $deadline ? $deadline - now() : 1;
    $timeout = 1 if $timeout > 1;
    $timeout = 0 if $timeout < 0;
    if (select($ready, undef, undef, $timeout) > 0) {
        sysread $woken, my $drop, 512 if vec($ready, fileno $woken, 1);
        if ($held && vec($ready, 0, 1)) { obey() }
    }
    while ((my $pid = waitpid -1, 3) > 0) {
        # nsenter stops itself when what it runs is stopped, as systemd does to all processes before a reboot; nobody else would wake it (WUNTRACED).
        if (-d "/proc/$pid") { kill 'CONT', $pid }
        elsif ($pid == $tool) { $status = $? }
    }
    last if defined $status;
    if ($ending == 1) { $ending = 2; kill 'TERM', -$tool, $tool; $deadline = now() + $grace }
    if ($ending == 3 || defined $deadline && now() >= $deadline) {
        kill 'KILL', -$tool, $tool;
        $deadline = now() + 1;
    }
}
sweep();
exit($status & 127 ? 128 + ($status & 127) : $status >> 8);

sub obey {
    my $got = sysread STDIN, my $orders, 512;
    if    (!$got)           { $held = 0; $ending ||= 1 }
    elsif ($orders =~ /K/)  { $ending = 3; $grace = 0 }
    elsif ($orders =~ /R/)  { $held = 0 }
}

# Ends whatever the tool left behind, also what made itself a session of its own.
sub sweep {
    my $end = now() + $grace;
    kill 'TERM', -$tool unless $prctl;
    my $signal = $ending == 3 ? 'KILL' : 'TERM';
    my $give_up = now() + $grace + 10;
    while (now() < $give_up) {
        my $pid;
        1 while ($pid = waitpid -1, 1) > 0;
        last if $pid < 0;
        $signal = 'KILL' if now() >= $end;
        kill $signal, children();
        select undef, undef, undef, 0.02;
    }
    # What the tool started inside of a container's namespace came to the first process there, not to us, but is still of its group.
    while ($ending && now() < $give_up && kill 0, -$tool) {
        kill 'KILL', -$tool if $ending == 3 || now() >= $end;
        select undef, undef, undef, 0.02;
    }
}

sub children {
    my @found;
    opendir my $proc, '/proc' or return;
    for my $pid (grep /^\d+$/, readdir $proc) {
        open my $stat, '<', "/proc/$pid/stat" or next;
        push @found, $pid if (<$stat> // '') =~ /^.*\) \S (\d+) /s && $1 == $$;
    }
    return @found;
}

sub syswrite_all {
    my ($to, $bytes) = @_;
    my $at = 0;
    while ($at < length $bytes) { $at += syswrite($to, $bytes, 65536, $at) // return }
}

sub now {
    open my $uptime, '<', '/proc/uptime' or return time;
    return (split ' ', <$uptime>)[0];
}
