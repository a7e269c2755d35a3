#!/bin/sh
DB_PASSWORD='hunter2hunter2'
apt-get install nginx
cd /srv/web
rm -rf $1/cache
exit 0
