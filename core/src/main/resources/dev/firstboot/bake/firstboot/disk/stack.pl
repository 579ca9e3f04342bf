# What the commands of a machine's console share; read with require. A stack is the running boot environment: the dataset that is mounted at / and all below it, which are
# snapshotted, rolled back and cloned together. What is in KEEP stays apart. Uses nothing beyond perl-base.
use strict;
use warnings;

$ENV{LC_ALL} = 'C';
$ENV{PATH}   = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

my ($command) = $0 =~ m{([^/]+)$};

# What is wrong, and the way out. Exit 1: it cannot be done; 2: the command line is wrong; 3: there is no such thing.
sub complain { print STDERR "$command: $_[0]\n"; exit($_[1] // 1) }
sub misused  { complain("$_[0]; see '$command --help'", 2) }

sub require_root { complain('only root may do this') if $> != 0 }

# The running boot environment's dataset.
sub stack {
    my $stack;
    open(my $mounts, '<', '/proc/self/mounts') or complain("cannot read /proc/self/mounts: $!");
    while (<$mounts>) {
        my ($source, $target, $type) = split / /;
        # The last one mounted there is the one that is seen.
        $stack = $source if $target eq '/' && $type eq 'zfs';
    }
    complain('this system does not run from ZFS') if !defined $stack;
    return $stack;
}

# Whether a snapshot or an environment may be called so: a word that needs no quotes anywhere.
sub is_name { return $_[0] =~ /\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z/ }

sub require_name {
    misused("'$_[0]' is no name: use up to 64 letters, digits, '.', '_' and '-', and begin with a letter or digit") if !is_name($_[0]);
}

# Runs a program without a shell; gives its status, what it printed, and what it complained of. It prints little: lines go to $each, if there is one.
sub run {
    my ($each, @words) = @_;
    pipe(my $out, my $out_end) or complain("no pipe: $!");
    open(my $err, '+>', undef) or complain("no temporary file: $!");
    my $child = fork() // complain("cannot start $words[0]: $!");
    if ($child == 0) {
        open(STDIN, '<', '/dev/null');
        open(STDOUT, '>&', $out_end) or exit 126;
        open(STDERR, '>&', $err)     or exit 126;
        { no warnings; exec { $words[0] } @words; }
        exit 127;
    }
    close $out_end;
    my $said = '';
    while (my $line = <$out>) {
        if ($each) { $each->($line) } else { $said .= $line }
    }
    waitpid($child, 0);
    my $status = $?;
    seek($err, 0, 0);
    my $complaints = do { local $/; <$err> } // '';
    $complaints =~ s/\s+\z//;
    return ($status, $said, $complaints);
}

# The same, of a program that must not fail.
sub output {
    my ($status, $said, $complaints) = run(undef, @_);
    complain($complaints ne '' ? $complaints : "'@_' failed") if $status != 0;
    return $said;
}

# Rows of a table that ZFS prints: zfs list -Hp ….
sub rows { return table(output('zfs', @_)) }

sub table { return map { chomp; [split /\t/, $_, -1] } split /^/, $_[0] }

# A whole number, for json.
sub number { my $number = $_[0]; return \\$number }

# A value as JSON: undef, a reference to 0 or 1 for a truth, what number gives, a text, an array or a hash. ZFS escapes bytes outside of ASCII itself.
sub json {
    my ($value) = @_;
    return 'null' if !defined $value;
    return $$value ? 'true' : 'false' if ref $value eq 'SCALAR';
    return $$$value if ref $value eq 'REF';
    return '[' . join(',', map { json($_) } @$value) . ']' if ref $value eq 'ARRAY';
    return '{' . join(',', map { json($_) . ':' . json($value->{$_}) } sort keys %$value) . '}' if ref $value eq 'HASH';
    my $text = $value;
    $text =~ s/([\\"])/\\$1/g;
    $text =~ s/([\x00-\x1f\x7f-\xff])/sprintf '\\u%04x', ord $1/ge;
    return "\"$text\"";
}

# Bytes for people.
sub bytes {
    my ($number) = @_;
    my @units = qw(B KiB MiB GiB TiB PiB);
    while ($number >= 1024 && @units > 1) { $number /= 1024; shift @units }
    return sprintf($units[0] eq 'B' ? '%.0f %s' : '%.1f %s', $number, $units[0]);
}

1;
