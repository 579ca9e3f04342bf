# Runs one container:   sh -c THIS firstboot-container DIRECTORY "CGROUP..." ADDRESS INTERFACE program argument...
# It joins control groups of its own first, and starts the container anew when it asks for a reboot. PROGRAM becomes systemd-nspawn.
dir=$1 cgroups=$2 address=$3 interface=$4
shift 4
for group in $cgroups; do
    mkdir -p "$group" && echo $$ > "$group/cgroup.procs" || exit 125
done

# Gives the container's end of its cable the address, once systemd-nspawn has laid it.
plug() {
    while kill -0 $! 2>/dev/null; do
        for pid in $(cat "/proc/$!/task/$!/children" 2>/dev/null); do
            nsenter --target "$pid" --net ip address replace "$address" dev "$interface" 2>/dev/null || continue
            nsenter --target "$pid" --net ip link set "$interface" up && return
        done
        sleep 0.02
    done
}

while :; do
    "$@" &
    echo $! > "$dir/nspawn.pid"
    trap 'kill $!' TERM
    plug
    wait $!
    status=$?
    while kill -0 $! 2>/dev/null; do wait $!; status=$?; done
    [ "$status" = 133 ] || exit "$status"
done
