# Looks after what a machine uses on this host, and removes it all when it gets TERM: from its owner, from whoever
# stops a machine that outlived its owner, or from the leash it runs on when its owner is gone.
#   sh -c THIS firstboot-janitor DIRECTORY CGROUPS NETNS LINKS UNIT IDS SHARED      (each may be empty; lists are separated by blanks)
# SHARED is a directory that others do not remove while we hold a lock on it (flock(2)).
dir=$1 cgroups=$2 netns=$3 links=$4 container=$5 ids=$6 shared=${7-}

# The machine's supervisor, while it runs.
supervisor() {
    pid=$(cat "$dir/supervisor.pid" 2>/dev/null) && [ -n "$pid" ] && grep -q firstboot-leash "/proc/$pid/cmdline" 2>/dev/null
}

button() {
    perl -MIO::Socket::UNIX -e '
        my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or exit 1;
        <$s>; print $s qq({"execute":"qmp_capabilities"}\n); <$s>;
        print $s qq({"execute":"system_powerdown"}\n); <$s>' "$dir/qmp"
}

# Tells the container's first process to halt (SIGRTMIN+3). systemd-nspawn would do so on TERM, and end all at once on the second one.
halt() {
    pid=$(cat "$dir/nspawn.pid" 2>/dev/null) || return 0
    for first in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null); do
        ! grep -q '^NSpid:.*[[:space:]]1$' "/proc/$first/status" || kill -37 "$first"
    done
}

powerdown() {
    left=180
    while supervisor && [ "$left" -gt 0 ]; do
        # A machine that is still starting does not hear its power button: press it again.
        [ $((left % 10)) -ne 0 ] || if [ -n "$container" ]; then halt; elif [ -S "$dir/qmp" ]; then button; fi
        sleep 1
        left=$((left - 1))
    done
}

# Removes the directory, unless something is mounted in it: whatever that is, it is not the machine's.
clear() {
    real=$(cd "$dir" && pwd -P) || return 0
    while read -r _ _ _ _ point _; do
        case $point in "$real" | "$real"/*) return 0 ;; esac
    done </proc/self/mountinfo
    rm -rf --one-file-system "$dir"
}

tidy() {
    trap '' TERM
    [ -z "$dir" ] || { [ -e "$dir/detached" ] && supervisor && powerdown; }
    left=300
    while [ -n "$dir" ] && supervisor && [ "$left" -gt 0 ]; do
        kill "$pid"
        sleep 0.1
        left=$((left - 1))
    done
    for group in $cgroups; do
        [ -d "$group" ] || continue
        left=100
        while [ "$left" -gt 0 ]; do
            found=$(find "$group" -name cgroup.procs -exec cat {} + 2>/dev/null)
            [ -n "$found" ] || break
            kill -9 $found 2>/dev/null
            sleep 0.05
            left=$((left - 1))
        done
        find "$group" -depth -type d -exec rmdir {} + 2>/dev/null
    done
    for name in $netns; do ip netns delete "$name"; done
    for link in $links; do
        ip link delete "$link"
        # A link whose other end went with its namespace vanishes a little later.
        left=100
        while [ -e "/sys/class/net/$link" ] && [ "$left" -gt 0 ]; do sleep 0.05; left=$((left - 1)); done
    done
    [ -z "$container" ] || rmdir "/run/systemd/nspawn/propagate/$container"
    [ -z "$dir" ] || clear
    [ -z "$ids" ] || rmdir "$ids"
    exit 0
}

# Gives what is older than the last 16 MiB of the console back to the disk, once that is as much again: it reads as zeros then. Places in the file stay what
# they are, for who reads on.
shorten() {
    size=$(stat -c %s "$dir/console.log") && [ "$size" -gt $((given + 2 * kept)) ] || return 0
    fallocate --punch-hole --offset 0 --length $((size - kept)) "$dir/console.log"
    given=$((size - kept))
}
given=0 kept=16777216

trap tidy TERM
# Taken by us and not before: who is killed earlier has taken none.
[ -z "$ids" ] || mkdir "$ids" || { ids=''; echo "somebody else took these ids just now; boot the machine again" >&2; exit 1; }
if [ -n "$shared" ]; then
    command exec 9<"$shared" && flock --shared 9 && [ "$shared" -ef /dev/fd/9 ] \
        || { [ -z "$ids" ] || rmdir "$ids"; echo "$shared was removed meanwhile; boot the machine again" >&2; exit 1; }
fi
[ -z "$dir" ] || mkdir -m 700 "$dir" || { [ -z "$ids" ] || rmdir "$ids"; exit 1; }
echo ready
exec >/dev/null 2>&1
while :; do
    sleep 2 &
    wait $!
    [ -z "$dir" ] || shorten
    [ -z "$dir" ] || { [ -e "$dir/detached" ] && ! supervisor && tidy; }
done
