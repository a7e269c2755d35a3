#!/bin/sh
# Refuses to be run a second time.
set -e
[ ! -e "$HOME/shop" ] || { echo "shop is there already"; exit 4; }
mkdir "$HOME/shop"
echo "shop is installed on $(hostname)"
