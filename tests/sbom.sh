#!/usr/bin/env bash
# Writes what the program is made of, as CycloneDX, to target/faju.cdx.json, and checks that it names every crate that is linked into the
# program, in the version of Cargo.lock, with a licence and a digest. The document is generated and therefore not committed.
#
# Needs cargo-cyclonedx (`cargo install --locked cargo-cyclonedx`) and jq.
set -euo pipefail
cd "$(dirname "$0")/.."

for tool in cargo-cyclonedx jq; do
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: sbom: $tool is missing"
        exit 0
    fi
done
work=$(mktemp -d)
trap 'rm -rf "$work" faju.cdx.json' EXIT

cargo cyclonedx --quiet --format json --spec-version 1.5
mkdir -p target
jq --sort-keys . faju.cdx.json >target/faju.cdx.json

# What cargo links: neither build scripts nor what only tests use.
cargo tree --locked --edges normal --prefix none --format '{p}' |
    sed -E 's/^([^ ]+) v([^ ]+).*/\1 \2/' | sort -u | grep -v '^faju ' >"$work/linked"
jq -r '.components[] | "\(.name) \(.version)"' target/faju.cdx.json | sort -u >"$work/named"
jq -r '.components[] | select((.licenses | length) == 0 or (.hashes | length) == 0) | "\(.name) \(.version)"' \
    target/faju.cdx.json >"$work/bare"
awk '/^name = / { name = $3 } /^version = / { print name, $3 }' Cargo.lock | tr -d '"' | sort -u >"$work/locked"

fault=0
told() { # FILE WHAT
    if [ -s "$1" ]; then
        sed "s/^/sbom.sh: $2: /" "$1" >&2
        fault=1
    fi
}
comm -23 "$work/linked" "$work/named" >"$work/missing"
comm -23 "$work/named" "$work/locked" >"$work/strange"
told "$work/missing" 'linked, but not named'
told "$work/strange" 'named, but not in Cargo.lock'
told "$work/bare" 'without licence or digest'
[ -s "$work/linked" ] || { echo 'sbom.sh: cargo tree told of no crate' >&2; fault=1; }
echo "target/faju.cdx.json: CycloneDX $(jq -r .specVersion target/faju.cdx.json)," \
    "$(wc -l <"$work/named") components, all $(wc -l <"$work/linked") linked crates among them"
exit "$fault"
