# Runs as ejabberd: lays traps of one kind wherever root has ever written something in its directories, and where root's
# helpers might.
#   traps.sh link|hard|directory|fifo|none
for place in /run/ejabberd /var/lib/ejabberd /var/lib/ejabberd-upload /var/log/ejabberd; do
    for name in address.yml address.yml.new .address.yml.firstboot told \
        .erlang.cookie ..erlang.cookie.firstboot erlang.cookie .erlang.cookie.firstboot \
        ejabberd.log ejabberd.log.1 ejabberd.log.1.gz ejabberd.log.2.gz error.log error.log.1 error.log.1.gz; do
        rm -rf "${place:?}/$name"
        case $1 in
            link) ln -s /var/canary "$place/$name" ;;
            # The kernel lets it make another name only of what it may write.
            hard) ln /var/canary-for-all "$place/$name" 2>/dev/null || ln /run/canary-for-all "$place/$name" ;;
            directory) mkdir -p "$place/$name/full" ;;
            fifo) mkfifo "$place/$name" ;;
        esac
    done
done
