#!/bin/sh
# Installs a release that starts and answers every request with an error.
set -e
echo "release 2.5.0 on $(hostname)"
echo 503 >~/service
