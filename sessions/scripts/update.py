#!/usr/bin/env python3
print("web 2.4.1")
