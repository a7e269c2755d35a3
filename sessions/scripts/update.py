#!/usr/bin/env python3
print("web 2.4.1")
#> there is no verb "print("web 2.4.1")"
#>   why   oosh does not know it
#>   next  help
