#!/bin/sh
set -e
nohup /srv/web/server >/var/log/web.log 2>&1 &
