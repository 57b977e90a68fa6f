#!/usr/bin/env bash
# Makes testdata/encrypted from testdata/pdf/grid.pdf with qpdf (11.3): every algorithm of the standard security
# handler (ISO 32000-2, 7.6.4), once with the empty user password and once with both passwords.
#
#   testdata/encrypted/make.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
from=$root/testdata/pdf/grid.pdf
to=$root/testdata/encrypted
mkdir -p "$to"
make() { # name, further options of --encrypt
    name=$1
    shift
    qpdf --static-id --object-streams=generate --allow-weak-crypto --encrypt "" owner "$@" -- "$from" "$to/$name-open.pdf"
    qpdf --static-id --object-streams=generate --allow-weak-crypto --encrypt user owner "$@" -- "$from" "$to/$name-closed.pdf"
}
make r2-rc4-40 40
make r3-rc4-128 128 --use-aes=n
make r4-rc4-128 128 --force-V4 --use-aes=n
make r4-aes-128 128 --use-aes=y
make r5-aes-256 256 --force-R5
make r6-aes-256 256
