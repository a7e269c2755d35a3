#!/bin/sh
set -e
echo "migrating"
[ "$(hostname)" != i-bp1c ] || { echo "disk full" >&2; exit 3; }
