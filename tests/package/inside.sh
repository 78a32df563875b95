#!/usr/bin/env bash
# Runs as root in the container of tests/package.sh, with systemd: installs the package, uses it, upgrades, removes and purges it.
set -euo pipefail
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

at=http://127.0.0.1:8300
fail() {
    echo "inside.sh: $1"
    systemctl status faju --no-pager --lines 30 || true
    exit 1
}
trap 'fail "line $LINENO: $BASH_COMMAND"' ERR
is() { # WHAT EXPECTED FOUND
    [ "$2" = "$3" ] || fail "$1: expected [$2], found [$3]"
    echo "$1: $3"
}
ready() {
    for _ in $(seq 150); do
        if curl --silent --fail --output /dev/null "$at/readyz"; then return; fi
        sleep 0.2
    done
    fail 'not ready after 30 s'
}
as_faju() { runuser -u faju -- faju --data /var/lib/faju "$@"; }
# Every file outside of what changes by itself.
everything() {
    find / -xdev \( -path /proc -o -path /run -o -path /tmp -o -path /sys -o -path /dev -o -path /var/log -o -path /var/tmp \
        -o -path /var/lib/dpkg -o -path /var/cache -o -path /var/lib/systemd/timers -o -name 'inside.*' \) -prune -o -print | sort
}
people() { cat /etc/passwd /etc/group /etc/shadow /etc/gshadow; }

everything >/run/before
people >/run/people

echo '== install'
dpkg -i /faju.deb >/dev/null
is 'user' 'faju /var/lib/faju /usr/sbin/nologin' "$(getent passwd faju | awk -F: '{ print $1, $6, $7 }')"
is 'no other group' 'faju' "$(id -nG faju)"
for folder in /var/lib/faju /var/backups/faju; do
    is "$folder" 'faju:faju 700' "$(stat -c '%U:%G %a' "$folder")"
done
for file in /usr/share/man/man1/faju.1.gz /usr/share/bash-completion/completions/faju /usr/share/doc/faju/copyright \
    /usr/share/doc/faju/operation.md /usr/share/doc/faju/monitoring/alerts.yml /etc/default/faju; do
    [ -s "$file" ] || fail "$file is missing or empty"
done
bash -n /usr/share/bash-completion/completions/faju
is 'enabled' 'enabled' "$(systemctl is-enabled faju)"
is 'timer of the backups' 'disabled' "$(systemctl is-enabled faju-backup.timer || true)"

echo '== run'
ready
is 'alive' 'ok' "$(curl --silent "$at/healthz")"
curl --silent --fail --get --data-urlencode 'q=处罚' "$at/api/v1/search" | grep --quiet '"sample":true' || fail 'the sample does not answer'
pid=$(systemctl show --property MainPID --value faju)
is 'runs as' 'faju' "$(stat -c %U "/proc/$pid")"
field() { awk -v name="$1:" '$1 == name { print $2 }' "/proc/$pid/status"; }
is 'effective rights' '0000000000000000' "$(field CapEff)"
is 'rights that it could get' '0000000000000000' "$(field CapBnd)"
is 'no new rights' '1' "$(field NoNewPrivs)"
is 'system calls filtered' '2' "$(field Seccomp)"
is 'mode of new files' '0077' "$(field Umask)"
is 'the system is only read' 'ro' "$(awk '$5 == "/" { print substr($6, 1, 2) }' "/proc/$pid/mountinfo" | tail -n 1)"
is 'its data is written' 'rw' "$(awk '$5 == "/var/lib/faju" { print substr($6, 1, 2) }' "/proc/$pid/mountinfo" | tail -n 1)"
systemd-analyze verify --man=no faju.service faju-backup.service faju-backup.timer
score=$(systemd-analyze security --no-pager faju.service | tee /run/security | awk '/Overall exposure level/ { print $(NF - 2) }')
tail -n 1 /run/security
awk -v score="$score" 'BEGIN { exit !(score > 0 && score <= 2.0) }' || fail "systemd-analyze security: $score"

echo '== use'
mkdir -p /run/laws
printf '# 云桥县渡口管理办法\n\n第一条 渡口应当设置标志牌。\n\n第二条 本办法自2024年1月1日起施行。\n' >/run/laws/渡口.md
chmod -R a+rX /run/laws
as_faju import --access public /run/laws >/dev/null
found() { curl --silent --fail --get --data-urlencode 'q="设置标志牌"' "$at/api/v1/search" | grep --only-matching '"value":[0-9]*' | head -n 1; }
for _ in $(seq 50); do
    if [ "$(found)" = '"value":1' ]; then break; fi
    sleep 0.2
done
is 'found while it runs' '"value":1' "$(found)"
printf 'a password of the test\n' | as_faju user add admin --role administrator >/dev/null
printf 'a password of the test\n' | as_faju user add watch --role auditor >/dev/null
key=$(as_faju --json key add watch --label 监控 --right read --right audit --days 30 | grep --only-matching '"secret": *"[^"]*"' | cut -d '"' -f 4)
# The corpus lies behind the mode of its directory, accounts and log have their own besides.
is 'accounts and log for others' '' "$(find /var/lib/faju/people /var/lib/faju/audit -perm /077)"
if runuser -u nobody -- ls /var/lib/faju >/run/seen 2>&1; then fail 'anybody reads the data directory'; fi
metrics() { curl --silent --fail --header "Authorization: Bearer $key" "$at/metrics"; }
metrics | grep --quiet '^faju_data_free_bytes ' || fail 'the disk is not in the metrics'
if metrics | grep --quiet '^faju_backup_timestamp_seconds '; then fail 'a backup that was never made'; fi
systemctl start faju-backup.service
[ -n "$(find /var/backups/faju -type f)" ] || fail 'no backup'
metrics | grep '^faju_backup_timestamp_seconds '
before=$pid
kill -KILL "$pid"
sleep 3
ready
pid=$(systemctl show --property MainPID --value faju)
[ "$before" != "$pid" ] || fail 'the same process after a kill'
is 'found after a kill' '"value":1' "$(found)"

echo '== upgrade'
sed -i 's|^FAJU_OPTIONS=.*|FAJU_OPTIONS="--listen 127.0.0.1:8301"|' /etc/default/faju
dpkg -i --force-confold /faju.deb >/dev/null
at=http://127.0.0.1:8301
ready
is 'own settings and data stay' '"value":1' "$(found)"

echo '== remove'
dpkg -r faju >/dev/null
is 'stopped' 'inactive' "$(systemctl is-active faju || true)"
[ ! -e /usr/bin/faju ] || fail 'the program stays'
is 'the corpus stays' 'faju' "$(stat -c %U /var/lib/faju/corpus/journal)"
[ -s /etc/default/faju ] || fail 'the settings went'
dpkg -i /faju.deb >/dev/null
ready
is 'found after coming back' '"value":1' "$(found)"

echo '== purge'
dpkg -P faju >/dev/null
is 'backups stay, and are of root' 'root 700' "$(stat -c '%U %a' /var/backups/faju)"
rm -r /var/backups/faju
everything >/run/after
diff /run/before /run/after || fail 'something stays'
people | diff /run/people - || fail 'the user stays'
if grep --quiet --line-regexp faju /proc/[0-9]*/comm 2>/dev/null; then fail 'it still runs'; fi
echo '== nothing stays'
