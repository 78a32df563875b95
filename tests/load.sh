#!/usr/bin/env bash
# HTTP load: 32 connections that ask as fast as they are answered (closed loop, with wrk): 210 questions of two words again
# and again, then 5,670 of three words, each asked once before the first comes again. Then the 210 at half the rate reached
# with them, each timed from the moment it was due (open loop, tests/soak/open_loop.rs).
#
#   bash tests/load.sh [DATA_DIR]
#
# Without DATA_DIR a data directory is made from the collection LawRefBook in FAJU_REAL_DATA. The generator runs beside
# the server on the same cores: what a client elsewhere would see is better. FAJU_LOAD_SECONDS: length of each loop.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${FAJU_LOAD_SECONDS:-20}
connections=32

if ! command -v wrk >/dev/null; then
    echo 'load.sh: wrk is needed: apt-get install wrk' >&2
    exit 2
fi
cargo build --release --locked --quiet
cargo test --release --locked --quiet --no-run --test soak
faju=target/release/faju

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

data=${1:-}
if [ -z "$data" ]; then
    pack="${FAJU_REAL_DATA:?name a data directory, or the data pack in FAJU_REAL_DATA}/laws/lawrefbook.tar.zst"
    data="$work/data"
    # 1 says that files were refused; the collection holds some.
    "$faju" --data "$data" import "$pack" >"$work/import.txt" || [ $? -eq 1 ]
    head -n 1 "$work/import.txt"
fi

# Short questions: two words each, percent-encoded.
whom=(经营者 施工单位 当事人 行政机关 企业 个人 建设单位 生产者 许可证 保证金 公共场所 机动车 食品 土地 广告)
what=(罚款 责令改正 听证 登记 备案 期限 吊销 赔偿 检查 公示 转让 监督 申请 没收)
for one in "${whom[@]}"; do
    for other in "${what[@]}"; do
        encoded=$(printf '%s' "$one $other" | od -An -v -tx1 | tr -d '\n' | tr ' ' '%')
        echo "/api/v1/search?q=$encoded&limit=10&highlight=false"
    done
done >"$work/targets"

# Every question with one more word that it does not have.
awk -F'[=&]|%20' '
    { questions[NR] = $2 "%20" $3; words[$2]; words[$3] }
    END {
        for (at = 1; at <= NR; at++) {
            split(questions[at], own, "%20")
            for (word in words)
                if (word != own[1] && word != own[2])
                    print "/api/v1/search?q=" questions[at] "%20" word "&limit=10&highlight=false"
        }
    }' "$work/targets" >"$work/once"

cat >"$work/ask.lua" <<'LUA'
local threads = 0
function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end
local requests, at = {}, 0
function init()
    for target in io.lines(os.getenv("FAJU_LOAD_TARGETS")) do
        requests[#requests + 1] = wrk.format("GET", target)
    end
    -- Each thread begins elsewhere.
    at = number * math.floor(#requests / 2)
end
function request()
    at = at % #requests + 1
    return requests[at]
end
LUA

"$faju" --data "$data" serve --listen 127.0.0.1:0 2>"$work/log" &
server=$!
until grep -q '"message":"ready"' "$work/log"; do
    kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
    sleep 0.1
done
address=$(grep -o '"address":"[^"]*"' "$work/log" | head -n 1 | cut -d '"' -f 4)

closed() { # FILE_OF_TARGETS REPORT
    export FAJU_LOAD_TARGETS="$1"
    echo "== closed loop: $connections connections, $seconds s, $(wc -l <"$1") different questions"
    wrk --threads 2 --connections "$connections" --duration "${seconds}s" --latency --script "$work/ask.lua" \
        "http://$address" | tee "$2"
    if grep -qE 'Non-2xx|Socket errors' "$2"; then
        echo 'load.sh: not every request was answered' >&2
        exit 1
    fi
}
closed "$work/targets" "$work/warm.txt" >/dev/null
closed "$work/once" "$work/once.txt"
closed "$work/targets" "$work/closed.txt"

rate=$(awk '/^Requests\/sec:/ { print $2 / 2 }' "$work/closed.txt")
echo "== open loop: $rate requests/s, $seconds s"
FAJU_LOAD_ADDRESS="$address" FAJU_LOAD_RATE="$rate" FAJU_LOAD_SECONDS="$seconds" \
    cargo test --release --locked --quiet --test soak -- --ignored --exact open_loop::open_loop --nocapture
awk '/^VmHWM/ { printf "peak memory of the server: %.0f MB\n", $2 / 1000 }' "/proc/$server/status"
