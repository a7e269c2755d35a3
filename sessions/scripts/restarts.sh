#!/bin/sh
set -e
install -m 755 web /srv/web
reboot
