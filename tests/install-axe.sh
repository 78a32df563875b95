#!/usr/bin/env bash
# Fetches axe-core, with which tests/browser.rs checks the accessibility of every page. Does nothing if it is there.
set -euo pipefail

version=4.10.3
root="$(cd "$(dirname "$0")/.." && pwd)/target/axe"
if [ -s "$root/axe-$version.min.js" ]; then
    exit 0
fi
mkdir -p "$root"
cd "$root"
npm pack --silent "axe-core@$version" >/dev/null
tar -xzf "axe-core-$version.tgz" package/axe.min.js
mv package/axe.min.js "axe-$version.min.js"
rm -r package "axe-core-$version.tgz"
