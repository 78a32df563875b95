#!/usr/bin/env bash
# The Debian package, from an existing program: made, looked at, and, in a container that is booted with systemd, installed, used, upgraded,
# removed and purged (tests/package/inside.sh).
#
#   bash tests/package.sh [PROGRAM]     without PROGRAM: target/release/faju
#
# Needs cargo-deb; for the container root, debootstrap and systemd-nspawn (Debian packages debootstrap, systemd-container) on a Debian whose
# release is that of the program. What is missing is told as `skipped`. The base system is kept in target/package/base.
set -euo pipefail
cd "$(dirname "$0")/.."

skipped() {
    echo "skipped: package: $1"
}

if ! command -v cargo-deb >/dev/null; then
    skipped 'cargo-deb is missing: cargo install --locked cargo-deb'
    exit 0
fi
files=docs/operation/package
if command -v shellcheck >/dev/null; then
    shellcheck "$files"/{build.sh,postinst,prerm,postrm} tests/package.sh tests/package/inside.sh
else
    skipped 'shellcheck is missing'
fi

package=$(bash "$files/build.sh" "$@")
echo "== $package, $(stat -c %s "$package") bytes"

# Modes and owners: nothing that a user other than root could change, one program, no set-user-id.
dpkg-deb --contents "$package" >target/package/contents
if awk '$2 != "root/root" && $2 != "0/0" || $1 !~ /^(drwxr-xr-x|-rw-r--r--|-rwxr-xr-x)$/' target/package/contents | grep .; then
    echo 'package.sh: the owner or mode of these is not as it should be' >&2
    exit 1
fi
[ "$(grep -c '^-rwx' target/package/contents)" = 1 ] || { echo 'package.sh: more than one program' >&2; exit 1; }
if command -v lintian >/dev/null; then
    # There is no address of a maintainer; libyaml is a translation into Rust, not Debian's; `chown` is for kept backups.
    lintian --fail-on error --suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog,initial-upload-closes-no-bugs,embedded-library,recursive-privilege-change \
        --allow-root "$package"
else
    skipped 'lintian is missing'
fi

if [ "$(id -u)" != 0 ]; then
    skipped 'installing needs root'
    exit 0
fi
for tool in debootstrap systemd-nspawn; do
    if ! command -v "$tool" >/dev/null; then
        skipped "installing needs $tool"
        exit 0
    fi
done
# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "${ID:-}/${VERSION_CODENAME:-}")
if [ "${release%/*}" != debian ]; then
    skipped 'installing is tried on Debian only'
    exit 0
fi

base=target/package/base
if [ ! -e "$base/made" ]; then
    rm -rf "$base"
    debootstrap --variant=minbase --include=systemd,systemd-sysv,adduser,curl "${release#*/}" "$base" >target/package/base.log ||
        { tail -n 20 target/package/base.log >&2; exit 1; }
    touch "$base/made"
fi
root=target/package/root
rm -rf "$root"
cp -a "$base" "$root"
rm "$root/made"
cp "$package" "$root/faju.deb"
cp tests/package/inside.sh "$root/inside.sh"
cat >"$root/etc/systemd/system/inside.service" <<'UNIT'
[Unit]
After=multi-user.target
[Service]
Type=oneshot
ExecStart=/bin/bash /inside.sh
StandardOutput=append:/inside.log
StandardError=inherit
ExecStopPost=/bin/systemctl poweroff --no-block
UNIT
ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -s ../inside.service "$root/etc/systemd/system/multi-user.target.wants/"

# A network of its own with nothing in it: no port of this machine is taken.
timeout 300 systemd-nspawn --directory="$root" --boot --register=no --keep-unit --private-network --quiet \
    </dev/null >target/package/boot.log 2>&1 || true
if [ ! -s "$root/inside.log" ]; then
    tail -n 20 target/package/boot.log >&2
    echo 'package.sh: the container did not boot' >&2
    exit 1
fi
cat "$root/inside.log"
grep --quiet '^== nothing stays' "$root/inside.log"
rm -rf "$root"
