# What is done often. `just --list` shows it.

# Fetched real data, if it lies beside this repository.
export FAJU_REAL_DATA := env("FAJU_REAL_DATA", if path_exists("../shared/data") == "true" { canonicalize("../shared/data") } else { "" })

# Everything CI runs, and what cargo-deny says of dependencies, advisories too (needs a network).
check:
    bash .ci/run
    cargo deny check

# The tests, with the real data if it is there.
test:
    cargo test

# Speed beside the straightforward program.
bench:
    cargo bench

# Ten minutes of load, ten times as many requests as can be answered, the corpus ×10, a hundred kills.
soak:
    cargo test --release --no-fail-fast -- --ignored --nocapture --test-threads=1

# Failing calls to the system, a thousand kills, a wrong clock.
faults:
    cargo test --release --test faults -- --include-ignored --nocapture

# What hidden documents must not show, in ten thousand requests; requests made from the OpenAPI document.
security:
    cargo test --release --test http -- --ignored --nocapture
    cargo build --release --locked
    bash tests/schemathesis.sh

# That the fuzz targets compile: they are a package of their own, which no other command builds. Needs no nightly toolchain.
fuzz-check:
    cargo check --manifest-path fuzz/Cargo.toml --bins

# HTTP load with wrk, on the real corpus or on a data directory that is named.
load *DATA:
    bash tests/load.sh {{DATA}}

# What leaves, rendered by LibreOffice to PNG, to be looked at.
render OUT:
    bash tests/render.sh {{OUT}}

# The Debian package: built, looked at, and installed, used and purged in a container. Says what it skips.
package:
    cargo build --release --locked
    bash tests/package.sh

# What the program is made of, as CycloneDX, to target/faju.cdx.json. Needs cargo-cyclonedx and jq.
sbom:
    bash tests/sbom.sh

# Alert rules and dashboard, held against what a running server exports.
monitoring:
    cargo build --locked
    bash tests/install-promtool.sh
    bash tests/monitoring.sh target/debug/faju

fmt:
    cargo fmt

# The program on the sample corpus.
run:
    cargo run --release -- serve
