#!/bin/sh
set -e
#> there is no verb "set"
#>   why   did you mean use?
#>   next  help
install -m 755 web /srv/web
#> there is no verb "install"
#>   why   oosh does not know it
#>   next  help
reboot
#> there is no verb "reboot"
#>   why   did you mean report?
#>   next  help
