# Unpacks an archive once for all the machines that boot from it, and removes what has not been of use for long.
#   sh -c THIS firstboot-unpack STORE NAME OWNER LIMIT STAMP program argument...     with the archive as standard input
# PROGRAM unpacks into its current directory, which is STORE/NAME/tree in the end, and OWNER's. LIMIT: so many KiB may all together have. STAMP, if
# it is not empty: the archive's inode, size and times of change, as they were when NAME was chosen; another archive is not unpacked under that name.
#
# STORE/NAME appears by one rename, whole or not at all. Who uses it has a shared lock (flock(2)) on it, who makes or removes it an exclusive one, which the
# kernel takes from whoever is killed. A name begins with that of this boot of the host: what a power cut may have damaged is never used.
store=$1 name=$2 owner=$3 limit=$4 stamp=$5
shift 5
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
    if [ -n "$stamp" ] && [ "$(stat -L -c '%i %s %.9Y %.9Z' /dev/fd/0)" != "$stamp" ]; then
        clear "$name.new"
        echo "it was changed meanwhile; boot it once it is whole" >&2
        exit 1
    fi
    du -sk "$name.new" | cut -f 1 >"$name.new/size"
    mv -T "$name.new" "$name"
done

# What is in use, young or within the limit stays; else the longest unused goes first. That it cannot go keeps no machine from booting.
(
    total=0
    for directory in $(ls -t); do
        [ "$directory" != "$name" ] || { total=$((total + $(cat "$name/size"))); continue; }
        size=0
        case $directory in
            *.new | *.old) ;;
            "${name%%-*}"-*) size=$(cat "$directory/size" 2>/dev/null || echo 0) ;;
        esac
        # Half of something, or of an earlier boot, is of no use to anybody.
        if [ -n "$(find "$directory" -maxdepth 0 -mmin -2)" ] || { [ "$size" != 0 ] && [ $((total + size)) -le "$limit" ]; }; then
            total=$((total + size))
        elif take "$directory" -n 2>/dev/null; then
            [ "$directory" = "${directory%.old}.old" ] || mv -T "$directory" "${directory%.old}.old" || continue
            clear "${directory%.old}.old" || continue
        else
            total=$((total + size))
        fi
    done
) || :
