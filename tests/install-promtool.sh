#!/usr/bin/env bash
# Fetches promtool, with which tests/monitoring.sh tries the alert rules, out of the Debian package. Installs nothing. Does nothing if it is
# there, and says so where it cannot.
set -euo pipefail

root="$(cd "$(dirname "$0")/.." && pwd)/target/promtool"
if command -v promtool >/dev/null || [ -x "$root/usr/bin/promtool" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
    echo 'apt-get is missing: no promtool'
    exit 0
fi
mkdir -p "$root"
cd "$root"
# The lists of a fresh container are empty; to renew them needs root.
apt-get download prometheus >/dev/null 2>&1 || { apt-get update >/dev/null 2>&1 && apt-get download prometheus >/dev/null 2>&1; } || {
    echo 'the Debian package prometheus cannot be fetched: no promtool'
    exit 0
}
dpkg -x prometheus_*.deb .
rm prometheus_*.deb
