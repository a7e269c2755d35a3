#!/bin/sh
set -e
#> there is no verb "set"
#>   why   did you mean use?
#>   next  help
nohup /srv/web/server >/var/log/web.log 2>&1 &
#> there is no verb "nohup"
#>   why   oosh does not know it
#>   next  help
