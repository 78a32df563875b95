#!/usr/bin/env bash
# What leaves, as LibreOffice shows it: writes a document, provisions, a catalogue, a list of results and an opinion from the sample
# corpus (or from DATA_DIR), opens each headless and renders it to PDF, and with pdftoppm its first page to PNG, for a person to look at.
#
#   bash tests/render.sh OUT_DIR [DATA_DIR]
#
# FAJU names the program; without it the release build is used. LibreOffice ends with an error, or writes nothing, where it
# would ask a person to repair a file; that fails here.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${1:?render.sh: OUT_DIR}
data=${2:-}
office=$(command -v soffice || command -v libreoffice || true)
if [ -z "$office" ]; then
    echo 'render.sh: LibreOffice is needed: apt-get install libreoffice-writer libreoffice-calc' >&2
    exit 2
fi
if [ -z "${FAJU:-}" ]; then
    cargo build --release --locked --quiet
    FAJU=target/release/faju
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out" "$work/data" "$work/files" "$work/home"
faju() { "$FAJU" --data "${data:-$work/data}" "$@"; }

id=$(faju --json search '处罚' --kind legislation | grep -o '"id": *"[0-9a-f]\{16\}"' | head -n 1 | grep -o '[0-9a-f]\{16\}')
faju show "$id" --format docx -o "$work/files/document.docx"
faju show "$id" --format html -o "$work/files/document.html"
faju catalogue --year "$(date +%Y)" --format docx -o "$work/files/catalogue.docx"
faju catalogue --year "$(date +%Y)" --format xlsx -o "$work/files/list.xlsx"
printf '云桥县管理办法\n第一条　违反本办法的，处五百元以上二千元以下罚款。\n第二条　外地企业应当在本县设立分公司。\n' >"$work/draft.txt"
faju review "$work/draft.txt" --format docx -o "$work/files/opinion.docx"
faju review --corpus --format html -o "$work/files/cleanup.html"

if ! command -v pdftoppm >/dev/null; then
    echo 'render.sh: without pdftoppm (apt-get install poppler-utils) there are PDF files and no PNG' >&2
fi
failed=0
for file in "$work"/files/*; do
    name=$(basename "$file")
    timeout 120 "$office" "-env:UserInstallation=file://$work/home" --headless --convert-to pdf --outdir "$work/pdf" "$file" >/dev/null 2>"$work/said" || true
    if [ ! -s "$work/pdf/${name%.*}.pdf" ] || grep -qi 'repair\|corrupt' "$work/said"; then
        echo "$name: LibreOffice did not open it" >&2
        failed=1
        continue
    fi
    mv "$work/pdf/${name%.*}.pdf" "$out/$name.pdf"
    if command -v pdftoppm >/dev/null; then
        pdftoppm -png -r 80 -f 1 -l 1 -singlefile "$out/$name.pdf" "$out/$name"
    fi
    echo "$name: rendered to $out/$name.pdf"
done
exit "$failed"
