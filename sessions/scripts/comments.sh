#!/bin/sh
# To be written.
