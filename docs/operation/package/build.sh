#!/usr/bin/env bash
# Makes the Debian package from a program that is built already, and prints where it lies.
#
#   bash docs/operation/package/build.sh [PROGRAM]     without PROGRAM: target/release/faju
#
# Needs cargo-deb (`cargo install --locked cargo-deb`) and, for the libraries it depends on, dpkg-dev.
set -euo pipefail
cd "$(dirname "$0")/../../.."

program=${1:-target/release/faju}
if [ ! -x "$program" ]; then
    echo "build.sh: there is no $program: cargo build --release --locked" >&2
    exit 2
fi
# A target directory of its own, so that any program can be packed and none in `target/` is touched.
made=target/package
rm -rf "$made/release" "$made/debian"
mkdir -p "$made/release/package"
cp "$program" "$made/release/faju"
# Places of panics are told without debugging information.
if command -v strip >/dev/null; then
    strip "$made/release/faju"
fi
for shell in bash zsh fish; do
    "$made/release/faju" completions "$shell" >"$made/release/package/faju.$shell"
done
# Debian wants a change log of its own form; ours is CHANGELOG.md.
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
day=$(git log -1 --format=%cD 2>/dev/null || date -R)
gzip -9n >"$made/release/package/changelog.gz" <<TEXT
faju ($version-1) unstable; urgency=medium

  * See CHANGELOG.md of the project.

 -- the faju authors <faju@localhost>  $day
TEXT
CARGO_TARGET_DIR=$PWD/$made cargo deb --no-build --quiet --output "$made/debian/" >&2
printf '%s\n' "$made"/debian/*.deb
