#!/usr/bin/env bash
# The first command of the README, as a newcomer runs it: an empty data directory, nothing configured. Ready within
# seconds, the sample answers, a polite stop ends it.
#
#   bash tests/first-command.sh [PROGRAM]
#
# Without PROGRAM it is built and run by cargo, as the README says.
set -euo pipefail
cd "$(dirname "$0")/.."

listen=127.0.0.1:18300
data=$(mktemp -d)
if [ $# -gt 0 ]; then
    faju=("$1")
else
    cargo build --release --locked --quiet
    # Cargo replaces itself by the program, so its process id is the server's.
    faju=(cargo run --release --locked --quiet --)
fi
FAJU_DATA=$data "${faju[@]}" serve --listen "$listen" &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$data"' EXIT

began=$SECONDS
until curl --silent --fail --output /dev/null "http://$listen/readyz"; do
    kill -0 "$server" || { echo "serve ended before it was ready" >&2; exit 1; }
    if [ $((SECONDS - began)) -ge 10 ]; then echo "serve was not ready after 10 s" >&2; exit 1; fi
    sleep 0.2
done
answer=$(curl --silent --fail --get --data-urlencode 'q=处罚' "http://$listen/api/v1/search")
grep --quiet '"sample":true' <<<"$answer" || { echo "the answer does not say that it is the sample: $answer" >&2; exit 1; }
kill -TERM "$server"
wait "$server"
echo "the first command answers from the sample and stops when told"
