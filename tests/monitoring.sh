#!/usr/bin/env bash
# The alert rules and the dashboard: promtool checks and tries the rules, parses every query of the dashboard, and every metric that either
# names is exported by a running server, with accounts, a backup and one search behind it.
#
#   bash tests/monitoring.sh [PROGRAM]     without PROGRAM: target/release/faju
#
# Needs jq and curl, and promtool (`bash tests/install-promtool.sh`). What is missing is told as `skipped`.
set -euo pipefail
cd "$(dirname "$0")/.."

program=$(realpath "${1:-target/release/faju}")
folder=docs/operation/monitoring
# What others export: Prometheus itself, and the blackbox exporter.
others='^(up|probe_ssl_earliest_cert_expiry)$'
promtool=promtool
if [ -x target/promtool/usr/bin/promtool ]; then
    promtool=target/promtool/usr/bin/promtool
fi
for tool in jq curl; do
    if ! command -v "$tool" >/dev/null; then
        echo "skipped: monitoring: $tool is missing"
        exit 0
    fi
done
if [ ! -x "$program" ]; then
    echo "monitoring.sh: there is no $program" >&2
    exit 2
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

# Every query of the dashboard as a rule, with a span where Grafana would put one.
jq -e '.panels | length > 0 and all(.[]; (.targets | length) > 0 and (.title | length) > 0)' "$folder/dashboard.json" >/dev/null
# shellcheck disable=SC2016
jq -r '.panels[].targets[].expr' "$folder/dashboard.json" | sed 's/\$__rate_interval/5m/g; s/\$instance/.*/g' >"$work/queries"
jq -R -n '{groups: [{name: "dashboard", rules: [inputs | {record: "x", expr: .}]}]}' "$work/queries" >"$work/dashboard.yml"
if command -v "$promtool" >/dev/null; then
    "$promtool" check rules "$folder/alerts.yml"
    "$promtool" test rules "$folder/alerts.test.yml"
    # Rules that record the same name twice are told of; here only that they can be read is asked.
    "$promtool" check rules --lint=none "$work/dashboard.yml" >/dev/null
    echo "dashboard: promtool reads all $(wc -l <"$work/queries") queries"
    # A rule that nothing tries might never fire.
    sed -n 's/^ *- alert: //p' "$folder/alerts.yml" | sort >"$work/rules"
    grep -o 'alertname: [A-Za-z]*' "$folder/alerts.test.yml" | sed 's/.* //' | sort -u >"$work/tried"
    diff "$work/rules" "$work/tried" || { echo 'monitoring.sh: not every rule is tried' >&2; exit 1; }
else
    echo 'skipped: monitoring: promtool is missing (bash tests/install-promtool.sh): the rules were not checked'
fi

data=$work/data
mkdir "$data"
printf 'a password of the test\n' | "$program" --data "$data" user add admin --role administrator >/dev/null
printf 'a password of the test\n' | "$program" --data "$data" user add watch --role auditor >/dev/null
key=$("$program" --data "$data" --json key add watch --label watch --right read --right audit | jq -r .secret)
"$program" --data "$data" backup "$work/backup" >/dev/null
"$program" --data "$data" serve --listen 127.0.0.1:0 2>"$work/log" &
server=$!
for _ in $(seq 300); do
    if grep --quiet '"message":"ready"' "$work/log"; then break; fi
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done
address=$(grep -o '"address":"[^"]*"' "$work/log" | head -n 1 | cut -d '"' -f 4)
curl --silent --fail --output /dev/null "http://$address/api/v1/search?q=x"
# The server looks for documents twenty times a second.
sleep 0.5
curl --silent --fail --header "Authorization: Bearer $key" "http://$address/metrics" >"$work/metrics"
curl --silent --fail "http://$address/metrics" >"$work/public"
if command -v "$promtool" >/dev/null; then
    "$promtool" check metrics <"$work/metrics"
fi

sed -n 's/^\([a-z_]*\)[{ ].*/\1/p' "$work/metrics" | sort -u >"$work/exported"
{
    sed -n '/^ *expr:/,/^ *\(for\|labels\):/p' "$folder/alerts.yml" | grep -v '^ *#'
    cat "$work/queries"
    jq -r '.templating.list[].definition // empty' "$folder/dashboard.json"
} | grep -oE '\b(faju|probe)_[a-z_]+|\bup\b' | sort -u | grep -vE "$others" >"$work/named"
[ "$(wc -l <"$work/named")" -ge 10 ] || { echo 'monitoring.sh: too few metrics were found in the rules' >&2; exit 1; }
if ! comm -23 "$work/named" "$work/exported" | sed 's/^/monitoring.sh: named, but not exported: /' | tee "$work/missing" >&2 ||
    [ -s "$work/missing" ]; then
    exit 1
fi
# The other way round: what is exported and watched by nobody is told, and no fault.
comm -13 "$work/named" "$work/exported" | sed 's/^/exported, in no rule or panel: /'
if grep -E '^faju_(data|index|journal|audit|backup)_' "$work/public"; then
    echo 'monitoring.sh: this is for operators, and anybody may read it' >&2
    exit 1
fi
echo "monitoring: all $(wc -l <"$work/named") metrics of the rules and the dashboard are exported"
