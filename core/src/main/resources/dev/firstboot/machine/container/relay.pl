# Takes connections from the socket that is standard input to ADDRESS and PORT, each way until its end. It ends when DIRECTORY is gone.
#   perl -e THIS ADDRESS PORT DIRECTORY
# A side is a socket: what is to be written to it (out), whether it has said all (eof) and been told the end (shut), and the other one.
use strict;
use warnings;
use Errno qw(EAGAIN EINTR EINPROGRESS);
use Fcntl qw(F_GETFL F_SETFL O_NONBLOCK);
use Socket qw(:DEFAULT IPPROTO_TCP TCP_KEEPIDLE TCP_KEEPINTVL TCP_KEEPCNT);

my ($address, $port, $directory) = @ARGV;
my $target = pack_sockaddr_in($port, inet_aton($address));
my $most = 65536;
my %sides;
open my $door, '+<&=', 0 or die "standard input: $!\n";
eager($door);
$SIG{PIPE} = 'IGNORE';

while (-d $directory) {
    my ($read, $write) = ('', '');
    vec($read, fileno $door, 1) = 1;
    for my $side (values %sides) {
        vec($read, $side->{number}, 1) = 1 if !$side->{eof} && !$side->{connecting} && length $side->{other}{out} < $most;
        vec($write, $side->{number}, 1) = 1 if $side->{connecting} || length $side->{out};
    }
    next unless select($read, $write, undef, 1) > 0;
    my @now = values %sides;
    for my $side (@now) {
        send_on($side) if exists $sides{ $side->{number} } && vec($write, $side->{number}, 1);
        take_in($side) if exists $sides{ $side->{number} } && vec($read, $side->{number}, 1);
    }
    begin() if vec($read, fileno $door, 1);
}

sub begin {
    my $client;
    if (!accept $client, $door) { select undef, undef, undef, 0.05 unless $! == EAGAIN; return }
    socket my $server, PF_INET, SOCK_STREAM, 0 or return;
    eager($_) for $client, $server;
    # A machine that lost its power says no goodbye.
    setsockopt $server, SOL_SOCKET, SO_KEEPALIVE, 1;
    setsockopt $server, IPPROTO_TCP, $$_[0], $$_[1] for [TCP_KEEPIDLE, 5], [TCP_KEEPINTVL, 5], [TCP_KEEPCNT, 3];
    my ($one, $two) = map { { socket => $_, number => fileno $_, out => '', eof => 0, shut => 0, connecting => 0 } } $client, $server;
    ($one->{other}, $two->{other}) = ($two, $one);
    $sides{ $_->{number} } = $_ for $one, $two;
    if (!connect $server, $target) {
        if ($! == EINPROGRESS) { $two->{connecting} = 1 } else { break_off($two) }
    }
}

sub take_in {
    my ($side) = @_;
    my $got = sysread $side->{socket}, $side->{other}{out}, $most, length $side->{other}{out};
    if (!defined $got) { break_off($side) unless $! == EAGAIN || $! == EINTR }
    elsif (!$got) { $side->{eof} = 1; finish($side->{other}) }
}

sub send_on {
    my ($side) = @_;
    if ($side->{connecting}) {
        return break_off($side) if unpack 'i', getsockopt $side->{socket}, SOL_SOCKET, SO_ERROR;
        $side->{connecting} = 0;
    }
    if (length $side->{out}) {
        my $sent = syswrite $side->{socket}, $side->{out};
        if (defined $sent) { substr $side->{out}, 0, $sent, '' }
        elsif ($! != EAGAIN && $! != EINTR) { return break_off($side) }
    }
    finish($side);
}

# Tells a side the end, once all has been written that the other one said.
sub finish {
    my ($side) = @_;
    return if $side->{shut} || $side->{connecting} || length $side->{out} || !$side->{other}{eof};
    shutdown $side->{socket}, 1;
    $side->{shut} = 1;
    forget($side) if $side->{other}{shut};
}

# As whoever is connected directly would see it: as a reset, not as an end.
sub break_off {
    my ($side) = @_;
    setsockopt $_->{socket}, SOL_SOCKET, SO_LINGER, pack 'ii', 1, 0 for $side, $side->{other};
    forget($side);
}

sub forget {
    my ($side) = @_;
    for my $one ($side, $side->{other}) {
        delete $sides{ $one->{number} };
        close $one->{socket};
    }
    # They know each other, so perl would keep them.
    delete $side->{other}{other};
    delete $side->{other};
}

sub eager {
    my ($socket) = @_;
    fcntl $socket, F_SETFL, O_NONBLOCK | fcntl $socket, F_GETFL, 0 or die "fcntl: $!\n";
}
