#!/bin/sh
# The bytes of CMap data that qingwen embeds: the tables of the four Adobe collections, as they are compressed in
# hayro-cmap. That every predefined CMap can be had from them is a test of crates/pdf/src/fonts/collection.rs.
set -e
cd "$(dirname "$0")/../.."
manifest=$(cargo metadata --format-version 1 --locked | python3 -c '
import json, sys
print(next(p["manifest_path"] for p in json.load(sys.stdin)["packages"] if p["name"] == "hayro-cmap"))')
wc -c < "$(dirname "$manifest")/assets/cmaps.brotli"
