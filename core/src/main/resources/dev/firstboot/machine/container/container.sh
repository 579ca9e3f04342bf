# Runs one container:   sh -c THIS firstboot-container DIRECTORY "CGROUP..." ADDRESS INTERFACE OWNER PORT program argument...
# It joins control groups of its own first, and starts the container anew when it asks for a reboot. PROGRAM becomes systemd-nspawn, or starts it.
# Where root of an ordinary user's namespace runs this, systemd-nspawn may neither use the bridge nor take over control groups: OWNER is then the machine's root,
# who gets the groups, and PORT the bridge's end of a cable, which is laid here. Else both are empty.
dir=$1 cgroups=$2 address=$3 interface=$4 owner=$5 port=$6
shift 6
for group in $cgroups; do
    mkdir -p "$group" && echo $$ > "$group/cgroup.procs" || exit 125
    [ -z "$owner" ] || for file in "$group" "$group/cgroup.procs" "$group/cgroup.subtree_control" "$group/cgroup.threads"; do
        [ ! -e "$file" ] || chown "$owner:$owner" "$file" || exit 125
    done
done

# Lays the cable to the container with the process $1, once that has a network other than systemd-nspawn's.
cable() {
    [ "$(readlink "/proc/$1/ns/net")" != "$(readlink "/proc/$nspawn/ns/net")" ] || return 1
    nsenter --target "$1" --net ip link show "$interface" >/dev/null 2>&1 && return
    ip link delete "$port" 2>/dev/null
    ip link add "$port" type veth peer name "$interface" netns "$1" && ip link set "$port" master bridge up
}

# Tells which process is systemd-nspawn: for an ordinary user the one that what was started waits for.
find_nspawn() {
    nspawn=$!
    [ -z "$owner" ] || nspawn=$(echo $(cat "/proc/$!/task/$!/children" 2>/dev/null))
    [ -n "$nspawn" ] && echo "$nspawn" > "$dir/nspawn.pid"
}

# Gives the container's end of its cable the address, once it has been laid.
plug() {
    nspawn=
    while kill -0 $! 2>/dev/null; do
        [ -n "$nspawn" ] || find_nspawn
        for pid in $(cat "/proc/$nspawn/task/$nspawn/children" 2>/dev/null); do
            [ -z "$port" ] || cable "$pid" || continue
            nsenter --target "$pid" --net ip address replace "$address" dev "$interface" 2>/dev/null || continue
            nsenter --target "$pid" --net ip link set "$interface" up && return
        done
        sleep 0.02
    done
}

while :; do
    "$@" &
    trap 'kill $!' TERM
    plug
    wait $!
    status=$?
    while kill -0 $! 2>/dev/null; do wait $!; status=$?; done
    [ "$status" = 133 ] || exit "$status"
done
