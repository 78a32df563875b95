#!/usr/bin/env bash
# Requests made from the OpenAPI document (Schemathesis): no answer of 500 and above, none outside the document. Before there are
# accounts, then signed in as an editor, then as an administrator.
#
#   bash tests/schemathesis.sh [PROGRAM [EXAMPLES]]     without PROGRAM: target/release/faju; EXAMPLES a route: 50
#
# Needs python3 with venv, and PyPI at the first time. What is missing is told as `skipped`.
set -euo pipefail
cd "$(dirname "$0")/.."

version=4.32.5
program=$(realpath "${1:-target/release/faju}")
examples=${2:-50}
password='临江县的桥有四十二座我都走过'
root=$PWD/target/schemathesis
if [ ! -x "$program" ]; then
    echo "schemathesis.sh: there is no $program" >&2
    exit 2
fi
if [ ! -x "$root/bin/st" ]; then
    if ! { python3 -m venv "$root" && "$root/bin/pip" install --quiet "schemathesis==$version"; }; then
        rm -rf "$root"
        echo 'skipped: schemathesis: python3 with venv, or PyPI, is missing'
        exit 0
    fi
fi

work=$(mktemp -d)
server=
ended() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap ended EXIT

"$program" --data "$work/data" serve --listen 127.0.0.1:0 --allow-import 2>"$work/log" &
server=$!
until grep -q '"message":"ready"' "$work/log"; do
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done
address=$(grep -o '"address":"[^"]*"' "$work/log" | head -n 1 | cut -d '"' -f 4)

# What a description cannot say of a value (a query that can be read, a day that comes before another) is answered with 400, which
# two further checks of Schemathesis would call wrong.
checks=not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance
checks=$checks,response_schema_conformance

asked() { # WHO [OPTION...]
    echo "== schemathesis: $1"
    shift
    (cd "$work" && "$root/bin/st" run "http://$address/api/v1/openapi.json" --checks "$checks" --phases coverage,fuzzing \
        --max-examples "$examples" --generation-deterministic --continue-on-failure --request-timeout 60 --workers 2 \
        --warnings off --no-color "$@")
}

signed_in() { # NAME
    curl --silent --fail --output /dev/null --cookie-jar "$work/$1" --header "Origin: http://$address" \
        --data-urlencode "name=$1" --data-urlencode "password=$password" "http://$address/login"
    awk '/faju_session/ { print "faju_session=" $NF }' "$work/$1"
}

asked 'nobody, before there are accounts'
for role in administrator editor; do
    "$program" --data "$work/data" user add "$role" --role "$role" <<<"$password" >/dev/null
done
for role in editor administrator; do
    # Signing out would end the rest.
    asked "$role" --exclude-path /logout --header "Cookie: $(signed_in "$role")" --header "Origin: http://$address"
done
if grep -q '"level":"ERROR"' "$work/log"; then
    grep -m 5 '"level":"ERROR"' "$work/log" >&2
    exit 1
fi
