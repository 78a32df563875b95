#!/usr/bin/env bash
# Fetches oidc-provider, the certified identity provider at which tests/http/outside.rs signs in. Does nothing if it is there, and
# says so where npm is missing.
set -euo pipefail

version=9.13.3
root="$(cd "$(dirname "$0")/.." && pwd)/target/oidc"
if [ -d "$root/node_modules/oidc-provider" ]; then
    exit 0
fi
if ! command -v npm >/dev/null; then
    echo 'npm is missing: no oidc-provider'
    exit 0
fi
mkdir -p "$root"
cd "$root"
npm install --silent --no-audit --no-fund --no-save "oidc-provider@$version" >/dev/null
