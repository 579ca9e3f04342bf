# shellcheck shell=sh
# What the commands of a machine's console share; read with '.'. A stack is the running boot environment: the dataset that is mounted at / and all below it, which are
# snapshotted, rolled back and cloned together. What is in KEEP stays apart.
export LC_ALL=C

# complain TEXT…: says what is wrong, and the way out, and ends.
complain() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# misused TEXT…: the same where the command line is wrong.
misused() {
  printf "%s: %s; see '%s --help'\n" "${0##*/}" "$*" "${0##*/}" >&2
  exit 2
}

require_root() {
  [ "$(id -u)" = 0 ] || complain "only root may do this"
}

# Sets $stack to the running boot environment's dataset.
find_stack() {
  stack=
  while read -r source target type _; do
    # The last one mounted there is the one that is seen.
    if [ "$target" = / ] && [ "$type" = zfs ]; then stack=$source; fi
  done </proc/self/mounts
  [ -n "$stack" ] || complain "this system does not run from ZFS"
}

# check_name NAME: whether a snapshot or an environment may be called so: a word that needs no quotes anywhere.
check_name() {
  case $1 in
    '' | [!A-Za-z0-9]* | *[!A-Za-z0-9._-]*)
      misused "'$1' is no name: use letters, digits, '.', '_' and '-', and begin with a letter or digit" ;;
  esac
  [ "${#1}" -le 64 ] || misused "the name '$1' is too long: use at most 64 characters"
}

# json: makes each line of standard input the inside of a JSON string.
json() { sed 's/\\/\\\\/g; s/"/\\"/g; s/\t/\\t/g'; }

# bytes NUMBER: for people.
bytes() { numfmt --to=iec --suffix=B "$1"; }
