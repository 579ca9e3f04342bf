# Unpacks an archive once for all the machines that boot from it, and removes what has not been of use for long.
#   sh -c THIS firstboot-unpack STORE NAME OWNER LIMIT program argument...     with the archive as standard input
# PROGRAM unpacks into its current directory, which is STORE/NAME/tree in the end, and OWNER's. LIMIT: so many KiB may all together have.
#
# STORE/NAME appears by one rename, whole or not at all. Who uses it has a shared lock (flock(2)) on it, who makes or removes it an exclusive one, which the
# kernel takes from whoever is killed. A name begins with that of this boot of the host: what a power cut may have damaged is never used.
store=$1 name=$2 owner=$3 limit=$4
shift 4
set -eu
umask 077
cd "$store"

# take DIRECTORY [option of flock]: locks what bears this name at that moment, on descriptor 8; false if nothing does any more.
take() {
    command exec 8<"$1" || return 1
    flock $2 8 || return 1
    [ "$1" -ef /dev/fd/8 ]
}

# Nothing is ever mounted here; if something is, it is not ours to remove.
clear() {
    real=$(pwd -P)/$1
    while read -r _ _ _ _ point _; do
        case $point in "$real" | "$real"/*) return 1 ;; esac
    done </proc/self/mountinfo
    rm -rf --one-file-system "$1"
}

while [ ! -d "$name" ]; do
    mkdir -p "$name.new"
    take "$name.new" '' 2>/dev/null || continue
    [ ! -d "$name" ] || break
    clear "$name.new/tree"
    mkdir -m 755 "$name.new/tree"
    chown "$owner:$owner" "$name.new/tree"
    (cd "$name.new/tree" && exec "$@") || { status=$?; clear "$name.new"; exit "$status"; }
    du -sk "$name.new" | cut -f 1 >"$name.new/size"
    mv -T "$name.new" "$name"
done

total=0
for directory in $(ls -t); do
    [ "$directory" != "$name" ] || { total=$((total + $(cat "$name/size"))); continue; }
    case $directory in
        *.new | *.old) size=$limit ;;
        "${name%%-*}"-*) size=$(cat "$directory/size" 2>/dev/null || echo "$limit") ;;
        *) size=$limit ;;
    esac
    if [ $((total + size)) -le "$limit" ] || [ -n "$(find "$directory" -maxdepth 0 -mmin -2)" ]; then
        total=$((total + size))
    elif take "$directory" -n 2>/dev/null; then
        [ "$directory" = "${directory%.old}.old" ] || mv -T "$directory" "${directory%.old}.old"
        clear "${directory%.old}.old"
    fi
done
