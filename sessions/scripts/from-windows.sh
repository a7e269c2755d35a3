#!/bin/sh
set -e
echo saved by another editor
