# Runs one container:   sh -c THIS firstboot-container DIRECTORY "CGROUP..." systemd-nspawn argument...
# It joins control groups of its own first, and starts the container anew when it asks for a reboot.
dir=$1 cgroups=$2
shift 2
for group in $cgroups; do
    mkdir -p "$group" && echo $$ > "$group/cgroup.procs" || exit 125
done
while :; do
    "$@" &
    echo $! > "$dir/nspawn.pid"
    trap 'kill $!' TERM
    wait $!
    status=$?
    while kill -0 $! 2>/dev/null; do wait $!; status=$?; done
    [ "$status" = 133 ] || exit "$status"
done
