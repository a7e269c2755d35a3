#!/bin/bash
# Asks whether the service is there: it connects, and reads no answer.
(: 3<>/dev/tcp/127.0.0.1/9000) 2>/dev/null
